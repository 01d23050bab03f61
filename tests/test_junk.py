"""Every public entry point answers junk with the library's own error."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

import sanbao
from claims import handset
from sanbao.depreciation import depreciate
from sanbao.schema import schema

DECISION = sanbao.decide(handset())
NEST: list[Any] = []
for _ in range(500):
    NEST = [NEST]

JUNK: list[Any] = [
    None,
    "",
    " ",
    "😀",
    "\ud800",
    "\u202e<script>alert(1)</script>",
    float("nan"),
    float("inf"),
    -1,
    0,
    10**400,
    b"",
    b"\xff\xfe",
    [],
    {},
    {"": {}},
    {1: 2},
    {"claimed_on": {}},
    [[]],
    NEST,
    object(),
    object,
    Decimal("NaN"),
    lambda: None,
    ...,
    "x" * 100_000,
]


def some(junk: Any, instead: Any) -> Any:
    """Return ``junk``, or ``instead`` where junk is what the entry point takes for absent."""
    return junk or instead


ENTRIES: dict[str, Callable[[Any], object]] = {
    "decide": sanbao.decide,
    "Engine.decide": sanbao.Engine().decide,
    "policy of decide": lambda junk: sanbao.decide(handset(), policy=some(junk, 1)),
    "readings of decide": lambda junk: sanbao.decide(handset(), readings=some(junk, 1)),
    "calendar of decide": lambda junk: sanbao.decide(handset(), calendar=some(junk, 1)),
    "policies of decide": lambda junk: sanbao.decide(handset(), policies=some(junk, 1)),
    "Engine(policy)": lambda junk: sanbao.Engine(policy=some(junk, 1)),
    "Engine(readings)": lambda junk: sanbao.Engine(readings=some(junk, [])),
    "Engine(calendar)": lambda junk: sanbao.Engine(calendar=some(junk, 1)),
    "Claim.model_validate": sanbao.Claim.model_validate,
    "Claim.from_json": sanbao.Claim.from_json,
    "Claim(claimed_on)": lambda junk: sanbao.Claim(claimed_on=junk, product=junk),
    "Product": lambda junk: sanbao.Product(kind=junk),
    "Readings.from_dict": lambda junk: sanbao.Readings.from_dict(some(junk, [])),
    "Readings.from_json": sanbao.Readings.from_json,
    "Readings": lambda junk: sanbao.Readings(first_day=junk),
    "Policy.from_json": sanbao.Policy.from_json,
    "Decision.from_json": sanbao.Decision.from_json,
    "explain": DECISION.explain,
    "to_html": DECISION.to_html,
    "explain(audience)": lambda junk: DECISION.explain("en", junk),
    "to_html(audience)": lambda junk: DECISION.to_html("en", junk),
    "card": DECISION.card,
    "card of a claim": DECISION.case.claim.card,
    "card of a policy": sanbao.MOBILE_2001.card,
    "why_not": DECISION.why_not,
    "why": lambda junk: DECISION.why(junk, rather_than="exchange"),
    "why(rather_than)": lambda junk: DECISION.why("refund", rather_than=junk),
    "what_if": lambda junk: DECISION.what_if(some(junk, 1)),
    "what_if(path)": lambda junk: DECISION.what_if({str(junk): junk}),
    "what_if(value)": lambda junk: DECISION.what_if({"product.kind": junk}),
    "what_if(part)": lambda junk: DECISION.what_if(product=some(junk, 1)),
    "WhyNot.explain": DECISION.why_not("paid_repair").explain,
    "timeline.on": DECISION.timeline.on,
    "timeline.explain": DECISION.timeline.explain,
    "reproduce": DECISION.receipt.reproduce,
    "schema": schema,
    "schema(mode)": lambda junk: schema("claim", junk),
    "Voucher": lambda junk: sanbao.Voucher.model_validate(some(junk, 1)),
    "Voucher.from_json": sanbao.Voucher.from_json,
    "agreement": lambda junk: sanbao.agreement(voucher=some(junk, 1)),
    "agreement(sold_on)": lambda junk: sanbao.agreement(sold_on=some(junk, -1)),
    "imei_checks": lambda junk: sanbao.imei_checks(unit=some(junk, 1)),
    "voucher_state(kind)": lambda junk: sanbao.voucher_state(None, None, junk),
    "with_year": lambda junk: sanbao.chinese_calendar().with_year(junk, days_off=junk),
    "days_off": lambda junk: sanbao.chinese_calendar().with_year(2027, days_off=some(junk, [1])),
    "working_days": lambda junk: sanbao.chinese_calendar().with_year(
        2027, days_off=[], working_days=some(junk, [1])
    ),
    "depreciate(price)": lambda junk: depreciate(junk, 1, Decimal("0.005")),
    "depreciate(days)": lambda junk: depreciate(Decimal(1), some(junk, -1), Decimal("0.005")),
    "depreciate(rate)": lambda junk: depreciate(Decimal(1), 1, junk),
    "depreciate(rounding)": lambda junk: depreciate(Decimal(1), 1, Decimal("0.005"), junk),
}


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
@pytest.mark.parametrize("junk", JUNK, ids=[f"{number}" for number in range(len(JUNK))])
def test_junk(entry: Callable[[Any], object], junk: Any) -> None:
    """The answer is a ValidationError whose problems have a field and a reason."""
    with pytest.raises(sanbao.ValidationError) as caught:
        entry(junk)
    assert caught.value.problems
    for problem in caught.value.problems:
        assert problem.field
        assert problem.reason
        assert len(str(problem)) < 1000
        str(problem).encode("utf-8")


class Spiteful:
    """An object that cannot even be described."""

    def __repr__(self) -> str:
        raise OSError("no")


def test_an_object_that_cannot_be_described() -> None:
    """Whatever a value's own description raises, the value is named by its type."""
    with pytest.raises(sanbao.ValidationError, match="a value of type Spiteful"):
        sanbao.Claim.model_validate({"claimed_on": Spiteful(), "product": {"kind": "handset"}})


def test_a_claim_can_be_taken_apart_and_built_again() -> None:
    """Iterating over a claim gives its fields and nothing else."""
    claim = sanbao.Claim.model_validate(handset())
    assert sanbao.Claim(**dict(claim)) == claim
    whole, half = (
        sanbao.Claim.model_validate(handset(battery_capacity=capacity)) for capacity in (80, 80.0)
    )
    assert whole.to_json() == half.to_json()
