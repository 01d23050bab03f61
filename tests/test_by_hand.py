"""The hand-written peers of ``benchmarks/audit.py`` say what the law says.

They are held to the law stated a second time, which shares no code with the engine, and to
the engine that decides single claims.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from flat import frame_of, scalar_columns
from law_oracle import draw, judge
from random_claims import random_claim
from sanbao import Claim
from sanbao.audit.tables.input.schema import RESULTS

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
COLUMNS = ["outcome", "rule", "payable", "fee", "period_ends_on"]
CHUNK = 1000
PEERS = ("by_hand_polars", "by_hand_numpy")


@cache
def by_hand(name: str) -> Callable[[pl.DataFrame], pl.DataFrame]:
    spec = spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    decide: Callable[[pl.DataFrame], pl.DataFrame] = module.decide
    return decide


def of_the_engine(claims: Iterable[Claim]) -> pl.DataFrame:
    return scalar_columns(claims, depends=False).select(COLUMNS)


def of_the_oracle(claims: Iterable[Claim]) -> pl.DataFrame:
    rows = [judged(claim.model_dump(mode="json")) for claim in claims]
    return pl.DataFrame(rows, schema={name: RESULTS[name] for name in COLUMNS})


def judged(claim: dict[str, Any]) -> dict[str, Any]:
    """Return what the oracle says of a claim, as the result columns have it."""
    said = judge(claim)
    rule, payable, ends = said["lead_rule"], said["payable"], said["dates"]["period_ends_on"]
    fees = [one["fee"] for one in said["remedies"] if one["rule"] == rule]
    # it names no fee of a refund in full, which is one of nothing
    fee = (fees[0] or (payable and "0.00")) if fees else None
    return {
        "outcome": said["outcome"],
        "rule": rule,
        "payable": payable and Decimal(payable),
        "fee": fee and Decimal(fee),
        "period_ends_on": ends and date.fromisoformat(ends),
    }


def random_claims() -> Iterator[Claim]:
    return (of_the_whole_country(random_claim(Random(seed))) for seed in count())


def drawn_claims() -> Iterator[Claim]:
    return (of_the_whole_country(draw.random_claim(Random(seed), unknown=0)) for seed in count())


def of_the_whole_country(claim: dict[str, Any]) -> Claim:
    """Return a claim without its places: by hand there is only the law of the whole country."""
    for place in ("province", "trader_province"):
        claim["purchase"].pop(place, None)
    return Claim.model_validate(claim)


def assert_both_agree(
    claims: Iterable[Claim], law: Callable[[Iterable[Claim]], pl.DataFrame]
) -> None:
    claims = list(claims)
    table, expected = frame_of(claims), law(claims)
    for name in PEERS:
        assert_frame_equal(by_hand(name)(table), expected)


@pytest.mark.untraced
@pytest.mark.parametrize(
    ("drawn", "law"), [(random_claims, of_the_engine), (drawn_claims, of_the_oracle)]
)
def test_both_decide_as_the_law_does(
    pytestconfig: pytest.Config,
    drawn: Callable[[], Iterator[Claim]],
    law: Callable[[Iterable[Claim]], pl.DataFrame],
) -> None:
    claims = islice(drawn(), int(pytestconfig.getoption("--claims")))
    while chunk := list(islice(claims, CHUNK)):
        assert_both_agree(chunk, law)


@pytest.mark.parametrize("name", PEERS)
def test_no_claims_are_no_answers(name: str) -> None:
    assert by_hand(name)(frame_of([])).height == 0


# --- on both sides of every boundary -------------------------------------------------------------

# goods of the Decree, bought on a Monday; no rest day stands at the end of windows and period
BOUGHT: dict[str, Any] = {"sold_on": "2025-03-03", "price": "2000.00"}
PAPERS = {"invoice": "original", "voucher": "intact"}
GIVEN: dict[str, Any] = {
    "product": {"kind": "handset"},
    "purchase": BOUGHT,
    "evidence": PAPERS,
    "fault": {"symptom": "screen_fault"},
    "same_model_in_stock": True,
}
TWO_REPAIRS = [
    {"handed_in_on": "2025-04-01", "handed_back_on": "2025-04-01"},
    {"handed_in_on": "2025-04-10", "handed_back_on": "2025-04-10"},
]

COMES_BACK = [{"handed_in_on": "2025-09-01", "handed_back_on": "2025-09-05"}]
NETWORK = {"cause": "network", "cause_basis": "report", "contested": True}


def claim(claimed_on: str, **parts: Any) -> Claim:
    changed = {
        name: {**GIVEN[name], **part} if isinstance(GIVEN.get(name), dict) else part
        for name, part in parts.items()
    }
    return Claim.model_validate({**GIVEN, "claimed_on": claimed_on, **changed})


def repaired(handed_in: str, handed_back: str | None, **more: Any) -> list[dict[str, Any]]:
    return [{"handed_in_on": handed_in, "handed_back_on": handed_back, **more}]


def liquid(basis: str, **more: Any) -> dict[str, Any]:
    return {"cause": "liquid", "cause_basis": basis, **more}


BOUNDARIES: dict[str, list[tuple[str, Claim]]] = {
    "seven days": [
        ("art11.refund", claim("2025-03-10")),
        ("art12.exchange", claim("2025-03-11")),
    ],
    "fifteen days": [
        ("art12.exchange", claim("2025-03-18")),
        ("art10.repair", claim("2025-03-19")),
    ],
    "a window stretched by a repair": [
        ("art11.refund", claim("2025-03-12", repairs=repaired("2025-03-05", "2025-03-06"))),
        ("art12.exchange", claim("2025-03-13", repairs=repaired("2025-03-05", "2025-03-06"))),
    ],
    "a window stretched for decree goods only": [
        (
            "art12.exchange",
            claim(
                "2023-03-14",
                purchase={"sold_on": "2023-03-06"},
                repairs=repaired("2023-03-08", "2023-03-09"),
            ),
        ),
    ],
    "a repair handed in on the last day of a window": [
        ("art11.refund", claim("2025-03-21", repairs=repaired("2025-03-10", "2025-03-20"))),
        ("art12.exchange", claim("2025-03-21", repairs=repaired("2025-03-11", "2025-03-20"))),
    ],
    "the day asked": [
        ("art11.refund", claim("2025-04-20", asked_on="2025-03-10")),
        ("art12.exchange", claim("2025-04-20", asked_on="2025-03-11")),
    ],
    "asked before the exchange": [
        (
            "art10.repair",
            claim("2025-04-17", asked_on="2025-03-31", exchanges=[{"exchanged_on": "2025-04-01"}]),
        ),
        (
            "art11.refund",
            claim("2025-04-17", asked_on="2025-04-01", exchanges=[{"exchanged_on": "2025-04-01"}]),
        ),
    ],
    "the end of the period": [
        ("art10.repair", claim("2026-03-03")),
        ("art24.expired", claim("2026-03-04")),
    ],
    "a repair handed in on the last day of the period": [
        (
            "art10.repair",
            claim(
                "2026-03-06", repairs=repaired("2026-03-03", "2026-03-05", under_guarantee=False)
            ),
        ),
        (
            "art24.expired",
            claim(
                "2026-03-09", repairs=repaired("2026-03-03", "2026-03-05", under_guarantee=False)
            ),
        ),
        (
            "art24.expired",
            claim(
                "2026-03-06", repairs=repaired("2026-03-04", "2026-03-05", under_guarantee=False)
            ),
        ),
    ],
    "a fault that comes back": [
        ("art10.repair", claim("2026-04-09", repairs=repaired("2026-03-02", "2026-03-10"))),
        ("art24.expired", claim("2026-04-10", repairs=repaired("2026-03-02", "2026-03-10"))),
    ],
    "a fault that comes back twice": [
        (
            "art13.exchange",
            claim(
                "2026-05-10",
                repairs=[
                    *repaired("2026-03-02", "2026-03-10"),
                    *repaired("2026-04-09", "2026-04-10"),
                ],
            ),
        ),
        (
            "art10.again",
            claim(
                "2026-05-10",
                repairs=[
                    *repaired("2026-03-02", "2026-03-10"),
                    *repaired("2026-04-10", "2026-04-11"),
                ],
            ),
        ),
    ],
    "a repair after the period that did not last": [
        ("art10.again", claim("2026-04-11", repairs=repaired("2026-03-10", "2026-03-12"))),
        ("art24.expired", claim("2026-04-12", repairs=repaired("2026-03-10", "2026-03-12"))),
    ],
    "parts wanting for 60 days": [
        ("art10.repair", claim("2025-05-31", repairs=repaired("2025-04-01", None, delay="parts"))),
        (
            "art16.exchange",
            claim("2025-06-01", repairs=repaired("2025-04-01", None, delay="parts")),
        ),
    ],
    "a repairer late by 30 days": [
        (
            "art10.repair",
            claim("2025-05-01", repairs=repaired("2025-04-01", None, delay="repairer")),
        ),
        (
            "art17.exchange",
            claim("2025-05-02", repairs=repaired("2025-04-01", None, delay="repairer")),
        ),
    ],
    "two repairs on record": [
        ("art13.exchange", claim("2025-05-02", repairs=TWO_REPAIRS)),
        (
            "art10.repair",
            claim("2025-05-02", repairs=[TWO_REPAIRS[0], {**TWO_REPAIRS[1], "recorded": False}]),
        ),
    ],
    "who found the cause": [
        ("art10.repair", claim("2025-05-02", fault=liquid("trader"))),
        ("art24.misuse", claim("2025-05-02", fault=liquid("report"))),
        ("art10.repair", claim("2025-05-02", fault=liquid("report", contested=True))),
        ("art24.misuse", claim("2025-05-02", fault=liquid("inspection", contested=True))),
        ("art24.misuse", claim("2025-05-02", fault=liquid("consumer", contested=True))),
    ],
    "found within six months": [
        (
            "art10.repair",
            claim("2025-09-20", fault=liquid("report", contested=True, appeared_on="2025-09-03")),
        ),
        (
            "art24.misuse",
            claim("2025-09-20", fault=liquid("report", contested=True, appeared_on="2025-09-04")),
        ),
    ],
    "found when it first came back, where there are papers": [
        ("art10.repair", claim("2025-09-10", fault=NETWORK, repairs=COMES_BACK)),
        (
            "app3.network",
            claim(
                "2025-09-10",
                fault=NETWORK,
                repairs=COMES_BACK,
                evidence={"invoice": "none", "voucher": "lost"},
            ),
        ),
    ],
    "a voucher never issued": [
        ("art11.refund", claim("2025-03-10", evidence={"voucher": "not_issued"})),
        ("art11.exchange", claim("2025-03-10", evidence={"voucher": "lost"})),
    ],
    "other proof of the sale": [
        (
            "art11.exchange",
            claim("2025-03-10", evidence={"invoice": "other", "voucher": "lost"}),
        ),
        (
            "art24.no_evidence",
            claim("2025-03-10", evidence={"invoice": "none", "voucher": "lost"}),
        ),
    ],
    "a price of nothing": [
        ("art11.exchange", claim("2025-03-10", purchase={"price": "0.00"})),
        ("art11.refund", claim("2025-03-10", purchase={"price": "0.01"})),
        ("art11.exchange", claim("2025-03-10", purchase={"paid_price": "0.00"})),
        ("art11.exchange", claim("2025-03-10", purchase={"price": None, "gift": True})),
    ],
    "nothing left of the price": [
        ("art19.refund", claim("2025-09-20", request="refund", repairs=TWO_REPAIRS)),
        ("art13.exchange", claim("2025-09-21", request="refund", repairs=TWO_REPAIRS)),
    ],
    "nothing left of a price that is not known": [
        (
            "art19.refund",
            claim("2025-09-20", request="refund", repairs=TWO_REPAIRS, purchase={"price": None}),
        ),
        (
            "art13.exchange",
            claim("2025-09-21", request="refund", repairs=TWO_REPAIRS, purchase={"price": None}),
        ),
        (
            "art19.refund",
            claim(
                "2025-09-21",
                request="refund",
                repairs=TWO_REPAIRS,
                purchase={"price": None},
                product={"used": False},
            ),
        ),
    ],
    "found unqualified by an authority": [
        (
            "cpl54.refund",
            claim(
                "2014-03-15",
                purchase={"sold_on": "2013-03-04"},
                fault={"found_unqualified": True},
            ),
        ),
        (
            "art24.expired",
            claim(
                "2014-03-14",
                purchase={"sold_on": "2013-03-04"},
                fault={"found_unqualified": True},
            ),
        ),
    ],
}


@pytest.mark.parametrize("boundary", BOUNDARIES)
def test_both_sides_of_a_boundary(boundary: str) -> None:
    rules, claims = zip(*BOUNDARIES[boundary], strict=True)
    assert of_the_oracle(claims)["rule"].to_list() == list(rules)
    assert_both_agree(claims, of_the_oracle)
    assert_both_agree(claims, of_the_engine)


def test_decree_goods_are_refunded_at_the_price_really_paid() -> None:
    def paid(received_on: str) -> Claim:
        bought = {"sold_on": "2024-06-20", "received_on": received_on, "paid_price": "1800.00"}
        return claim("2024-07-02", purchase=bought)

    claims = [paid("2024-06-30"), paid("2024-07-01")]
    payable = by_hand("by_hand_polars")(frame_of(claims))["payable"].to_list()
    assert payable == [Decimal("2000.00"), Decimal("1800.00")]
    assert_both_agree(claims, of_the_oracle)
    assert_both_agree(claims, of_the_engine)
