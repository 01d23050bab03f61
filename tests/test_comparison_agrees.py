"""A comparison never contradicts itself: figures, differences, words and exit status agree."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import combinations_with_replacement
from pathlib import Path
from random import Random
from typing import Final

import pytest

from comparisons import differing, shows, unreported
from promises import promise
from random_claims import nowhere, random_claim
from sanbao import MOBILE_2001, Claim, Engine, Policy, PolicySet, policies
from sanbao.cli import main
from sanbao.evaluation.advantage import advantages
from sanbao.model.readings import DEFAULT_READINGS, reading_values
from sanbao.policies.mobile_2024 import MOBILE_2024
from sanbao.rules.conditions import Under
from sanbao.statespace.comparing import compare, side_by_side
from sanbao.statespace.comparison import Comparison

READINGS: Final = [
    (name, value)
    for name, values in reading_values().items()
    for value in values
    if value != getattr(DEFAULT_READINGS, name)
]


OF_2024: Final = ("period_start", "repair_time_in_windows")
"""Readings of Decree 778: of goods delivered before it they change nothing."""


def settling(*readings: tuple[str, str]) -> Policy:
    """Return a promise that is the law under other readings, and nothing else."""
    return promise("settling", readings=tuple(Under(*one) for one in readings))


@cache
def read_otherwise(name: str, value: str) -> tuple[Policy, Policy, Comparison]:
    """Return the law, a promise that only reads it otherwise, and how they differ; once."""
    law = MOBILE_2024 if name in OF_2024 else MOBILE_2001
    other = settling((name, value))
    return law, other, compare(law, other)


def check(comparison: Comparison, a: Policy, b: Policy) -> None:
    """Hold the parts of a comparison against one another."""
    worse = [one for one in comparison.divergences if one.direction == "worse"]
    better = [one for one in comparison.divergences if one.direction == "better"]
    assert (comparison.worse > 0) == bool(worse) == comparison.falls_below
    assert (comparison.better > 0) == bool(better)
    for total, found in ((comparison.worse, worse), (comparison.better, better)):
        cells = [one.cells for one in found]
        assert max(cells, default=0) <= total <= sum(cells)
    same = ("The consumer gets the same in every claim", "消费者所得都相同")
    for lang, said in zip(("en", "zh"), same, strict=True):
        text = comparison.explain(lang).replace("\n", "")  # type: ignore[arg-type]
        assert (said in text) == (not comparison.divergences)
    for one in comparison.divergences:
        assert one.claims
        assert shows(one, a, b)


@pytest.mark.untraced
@pytest.mark.parametrize(("name", "value"), READINGS)
def test_a_promise_that_only_reads_the_law_otherwise(
    name: str, value: str, pytestconfig: pytest.Config
) -> None:
    """What random claims show is told, and what is told is shown by a claim."""
    law, other, comparison = read_otherwise(name, value)
    check(comparison, law, other)
    assert comparison.divergences
    one, two = map(Engine, side_by_side(law, other, PolicySet.shipped()))
    rng = Random(13)
    for _ in range(int(pytestconfig.getoption("--claims") / 5)):
        claim = Claim.model_validate(nowhere(random_claim(rng)))
        first, second = one.decide(claim), two.decide(claim)
        if first.outcome is not None and second.outcome is not None:
            assert not unreported(comparison, first, second, claim.product.kind), claim.to_json()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Pair the policies that ship.

    Each with the law; ``--all-pairs``: with every other and with itself.
    """
    if metafunc.function is not test_shipped_policies:
        return
    names = policies.ids()
    if metafunc.config.getoption("--all-pairs"):
        pairs = list(combinations_with_replacement(names, 2))
    else:
        pairs = [(MOBILE_2001.id, name) for name in names if name != MOBILE_2001.id]
    metafunc.parametrize(("one", "other"), pairs)


@pytest.mark.untraced
def test_shipped_policies(one: str, other: str) -> None:
    a, b = policies.get(one), policies.get(other)
    check(compare(a, b), a, b)


@pytest.mark.parametrize(
    ("settled", "status"),
    [
        ("depreciation_start = 'from_invoice'", 1),
        pytest.param("rounding = 'down'", 0, marks=pytest.mark.untraced),
    ],
)
def test_the_exit_status_is_what_the_figures_say(
    settled: str, status: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "shop.toml"
    path.write_text(_PROMISE.format(settled=settled), encoding="utf-8")
    assert main(["compare", MOBILE_2001.id, str(path), "--lang", "en"]) == status
    said = " ".join(capsys.readouterr().out.split())
    assert "The consumer gets the same in every claim" not in said
    assert ("Where it gives less" in said) == bool(status)


_PROMISE: Final = """
id = "shop"
version = "1"
kind = "commitment"
title_zh = "店铺承诺"
title_en = "Shop promise"
beside = "cn.mobile-2001"
source = "made up"
read_on = 2026-01-01
in_force_from = 2020-01-01

[readings]
{settled}
"""


ISSUED: Final = Claim.model_validate(
    {
        "claimed_on": "2025-09-20",
        "product": {"kind": "handset"},
        "purchase": {"sold_on": "2025-05-05", "price": "2000.00"},
        "evidence": {"invoice": "original", "voucher": "intact"},
        "fault": {"symptom": "screen_fault"},
        "exchanges": [{"exchanged_on": "2025-06-20"}],
        "repairs": [
            {"handed_in_on": "2025-08-01", "handed_back_on": "2025-08-01"},
            {"handed_in_on": "2025-09-01", "handed_back_on": "2025-09-01"},
        ],
        "same_model_in_stock": True,
        "request": "refund",
    }
)
"""Sold for 2000 yuan, exchanged after 46 days, and repaired twice since."""


@pytest.mark.untraced
def test_a_fee_from_the_invoice_is_told() -> None:
    """The law pays back 1100 yuan, a promise that charges from the invoice 640."""
    law, other, comparison = read_otherwise("depreciation_start", "from_invoice")
    assert law == MOBILE_2001
    first, second = Engine(MOBILE_2001).decide(ISSUED), Engine(other).decide(ISSUED)
    paid = [
        str(remedy.payable)
        for decision in (first, second)
        for remedy in decision.remedies
        if remedy.remedy == "refund"
    ]
    assert paid == ["1100.00", "640.00"]
    assert not unreported(comparison, first, second, "handset")
    assert {one.rule for one in comparison.divergences} == {"art19.refund"}
    # a fee may be higher, or take the whole price where the other leaves something
    worse, spent = differing(comparison, "worse")[::-1]
    assert (worse.given, worse.cells) == (worse.instead, 20_357_568)
    assert spent.instead is None
    assert worse.kinds == ("handset", "vehicle_phone", "fixed_station_phone")
    # without an exchange nothing is reckoned otherwise; an invoice after it makes it dearer
    assert worse.claim.exchanges
    better, spent = differing(comparison, "better")[::-1]
    assert better.given == better.instead
    assert spent.instead is None
    late = better.claim
    assert late.purchase.invoiced_on is not None
    assert late.purchase.invoiced_on > late.exchanges[0].exchanged_on
    text = " ".join(comparison.explain("en").split())
    assert "less 0.5% of the price a day in either, but reckoned otherwise" in text
    assert "(depreciation_start = from_invoice)" in text
    assert "dates and price make the fee differ" in text
    assert "相同" not in comparison.explain("zh")
    read = Comparison.from_json(comparison.to_json())
    assert "by the readings of each policy" in " ".join(read.explain("en").split())


@pytest.mark.untraced
def test_fees_of_which_neither_is_always_the_lower() -> None:
    """A lower rate from the invoice: better for most, worse for some that were exchanged late."""
    lower = promise(
        "lower",
        readings=(Under("depreciation_start", "from_invoice"),),
        catalogue=tuple(
            replace(line, daily_rate=Decimal("0.004")) if line.daily_rate else line
            for line in MOBILE_2001.catalogue
        ),
    )
    comparison = compare(MOBILE_2001, lower)
    check(comparison, MOBILE_2001, lower)
    assert {one.direction for one in comparison.divergences} == {"worse", "better"}
    first, second = Engine(MOBILE_2001).decide(ISSUED), Engine(lower).decide(ISSUED)
    assert list(advantages(first, second)) == [("refund", "less_depreciation")]
    assert not unreported(comparison, first, second, "handset")
    # together with the law it is never worse, and the law's way of reckoning is not lost
    together = policies.combined(MOBILE_2001, lower)
    assert not compare(MOBILE_2001, together).falls_below
    more = compare(lower, together)
    assert not more.falls_below
    spent, dearer = more.divergences
    assert (spent.rule, dearer.rule) == ("art19.refund", "art19.refund")
    assert spent.instead is None
    assert dearer.instead is not None
