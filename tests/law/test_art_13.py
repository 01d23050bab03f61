"""Article 13: exchange after two repairs."""

from __future__ import annotations

from typing import Any

import pytest

import sanbao
from claims import (
    FACTORY,
    LAW,
    MISUSED,
    TWO_REPAIRS,
    battery,
    cited,
    exchange,
    goods,
    handset,
    repair,
)

FIRST, SECOND = TWO_REPAIRS


@pytest.mark.parametrize("kind", ["handset", "vehicle_phone", "fixed_station_phone"])
def test_faulty_again_after_two_repairs(kind: str) -> None:
    """A main unit that was repaired twice and fails again is exchanged by the seller."""
    decision = sanbao.decide(goods(kind, "screen_fault", repairs=TWO_REPAIRS))
    assert decision.outcome == "exchange"
    assert decision.lead is not None
    assert decision.lead.rule == "art13.exchange"
    owed = {remedy.rule: remedy.owed_by for remedy in decision.remedies}
    assert owed["art13.exchange"] == "seller"


@pytest.mark.parametrize(
    ("second", "verdict"),
    [
        pytest.param(SECOND, "holds", id="ordinary"),
        pytest.param(repair("2025-04-07", "2025-04-09", symptom="no_ring"), "holds", id="another"),
        pytest.param(repair("2025-05-12", "2025-05-12"), "holds", id="handed back on the day"),
        pytest.param(repair("2025-03-03", "2025-03-03"), "holds", id="handed in on the first day"),
        pytest.param(
            repair("2025-04-07", "2025-04-09", symptom="unlisted"), "fails", id="unlisted"
        ),
        pytest.param(repair("2025-04-07", "2025-04-09", symptom="none"), "fails", id="no fault"),
        pytest.param(
            repair("2025-04-07", "2025-04-09", symptom="charger_fault"), "fails", id="accessory's"
        ),
        pytest.param(
            repair("2025-04-07", "2025-04-09", recorded=False), "fails", id="not recorded"
        ),
        pytest.param(
            repair("2025-04-07", "2025-04-09", under_guarantee=False), "fails", id="paid for"
        ),
        pytest.param(repair("2025-05-09"), "fails", id="still open"),
        pytest.param(repair("2025-05-09", ready_on="2025-05-10"), "fails", id="not handed back"),
        pytest.param(repair("2025-05-09", "2025-05-13"), "fails", id="handed back later"),
        pytest.param(repair("2025-05-13", "2025-05-14"), "fails", id="after the claim"),
        pytest.param(repair("2025-03-02", "2025-03-05"), "fails", id="before the start"),
    ],
)
def test_which_repairs_count(second: dict[str, Any], verdict: str) -> None:
    """Only finished, recorded repairs of listed faults under the guarantees count."""
    decision = sanbao.decide(handset(repairs=[FIRST, second]))
    assert decision.verdicts["art13.exchange"] == verdict
    [check] = [
        check
        for check in decision.finding("art13.exchange").checks
        if check.fact == "repairs_counted"
    ]
    assert check.actual == (2 if verdict == "holds" else 1)


@pytest.mark.parametrize(
    ("repairs", "outcome"),
    [([], "free_repair"), ([FIRST], "free_repair"), ([FIRST, FIRST, SECOND], "exchange")],
)
def test_how_many(repairs: list[dict[str, Any]], outcome: str) -> None:
    """One repair is not enough, and more than two are no less than two."""
    assert sanbao.decide(handset(repairs=repairs)).outcome == outcome


def test_repairs_before_an_exchange_do_not_count() -> None:
    """The unit given in exchange starts with no repairs."""
    claim = handset(repairs=TWO_REPAIRS, exchanges=[exchange("2025-04-07")])
    decision = sanbao.decide(claim)
    assert decision.verdicts["art13.exchange"] == "fails"


@pytest.mark.parametrize("symptom", ["unlisted", "battery_fault", "charger_fault"])
def test_a_listed_fault_is_asked_now(symptom: str) -> None:
    """Two repairs of listed faults give an exchange for a listed fault only."""
    repairs = [one | {"symptom": "no_ring"} for one in TWO_REPAIRS]
    decision = sanbao.decide(handset(repairs=repairs, symptom=symptom))
    assert decision.verdicts["art13.exchange"] == "fails"
    assert decision.outcome == "free_repair"


def test_not_faulty_now() -> None:
    """Two repairs give nothing while the phone works."""
    decision = sanbao.decide(handset(repairs=TWO_REPAIRS, symptom="none"))
    assert decision.outcome == "excluded"
    assert decision.verdicts["art13.exchange"] == "fails"


def test_not_for_accessories() -> None:
    """An accessory is exchanged under article 14, not for its repairs."""
    assert sanbao.decide(battery(repairs=TWO_REPAIRS)).verdicts["art13.exchange"] == "fails"


# Sold on 2024-03-04 with 2 + 2 days in repair, the period ends on Saturday 2025-03-08 and
# so on Monday 2025-03-10; sold on 2024-03-01 it ends on Wednesday 2025-03-05.
EARLY_REPAIRS = (repair("2024-06-03", "2024-06-04"), repair("2024-07-01", "2024-07-02"))


@pytest.mark.parametrize(
    ("sold", "claimed", "verdict"),
    [
        ("2024-03-01", "2025-03-05", "holds"),
        ("2024-03-01", "2025-03-06", "barred"),
        ("2024-03-04", "2025-03-10", "holds"),
        ("2024-03-04", "2025-03-11", "barred"),
    ],
)
def test_only_inside_the_period(sold: str, claimed: str, verdict: str) -> None:
    """Two repairs give an exchange up to the last day of the period."""
    decision = sanbao.decide(handset(sold_on=sold, claimed_on=claimed, repairs=EARLY_REPAIRS))
    finding = decision.finding("art13.exchange")
    assert finding.verdict == verdict
    assert finding.barred_by == (() if verdict == "holds" else ("art24.expired",))
    assert decision.outcome == ("exchange" if verdict == "holds" else "paid_repair")


@pytest.mark.parametrize(("facts", "by"), [(MISUSED, "art24.misuse"), (FACTORY, "art9.factory")])
def test_barred(facts: dict[str, Any], by: str) -> None:
    """Established misuse, or papers that carry repair only, take the exchange away."""
    finding = sanbao.decide(handset(repairs=TWO_REPAIRS, **facts)).finding("art13.exchange")
    assert (finding.verdict, finding.barred_by) == ("barred", (by,))


def test_citation() -> None:
    """The right cites article 13."""
    assert f"{LAW} art. 13" in cited("art13.exchange")
