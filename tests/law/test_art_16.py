"""Article 16: exchange where parts are missing for more than 60 days."""

from __future__ import annotations

from typing import Any

import pytest

import sanbao
from claims import FACTORY, LAW, MISUSED, battery, cited, day, days_after, exchange, handset, repair

RULE = "art16.exchange"


def waiting(handed_in_on: str, claimed_on: str, **changes: Any) -> dict[str, Any]:
    """Return the claim for a phone that waits for parts."""
    ordinary = {"repairs": [repair(handed_in_on, delay="parts")]}
    return handset(**(ordinary | changes), claimed_on=claimed_on)


LAST_DAYS = [
    # handed in, day 60
    # after the windows of 7 and 15 days, which the repair would stretch
    ("2025-03-24", "2025-05-23"),  # a Friday
    ("2025-03-26", "2025-05-25"),  # a Sunday: does not roll
    ("2025-04-03", "2025-06-02"),  # the Dragon Boat Festival's Monday: does not roll
]


@pytest.mark.parametrize(("handed_in", "sixtieth"), LAST_DAYS)
def test_day_60_is_not_enough(handed_in: str, sixtieth: str) -> None:
    """On the sixtieth day after it was handed in the phone is still repaired."""
    decision = sanbao.decide(waiting(handed_in, sixtieth))
    assert decision.verdicts[RULE] == "fails"
    assert decision.outcome == "free_repair"


@pytest.mark.parametrize(("handed_in", "sixtieth"), LAST_DAYS)
def test_day_61_gives_an_exchange(handed_in: str, sixtieth: str) -> None:
    """From the sixty-first day the seller exchanges a phone that waits for parts."""
    decision = sanbao.decide(waiting(handed_in, days_after(sixtieth, 1)))
    assert decision.outcome == "exchange"
    assert decision.lead is not None
    assert decision.lead.rule == RULE


@pytest.mark.parametrize(("handed_in", "sixtieth"), LAST_DAYS)
def test_the_day_it_begins_is_announced(handed_in: str, sixtieth: str) -> None:
    """While the phone waits, the decision says on which day the exchange will be owed."""
    begins = sanbao.decide(waiting(handed_in, days_after(handed_in, 5))).dates.begins
    assert {found.rule: found.on for found in begins}[RULE] == day(days_after(sixtieth, 1))


REPAIRED_OR_NOT = [
    pytest.param({}, "holds", id="open"),
    pytest.param({"handed_back_on": "2025-05-13"}, "holds", id="handed back later"),
    pytest.param({"ready_on": "2025-05-13"}, "holds", id="ready later"),
    pytest.param({"notified_on": "2025-05-13"}, "holds", id="notified later"),
    pytest.param({"handed_back_on": "2025-05-12"}, "fails", id="handed back on the day"),
    pytest.param({"ready_on": "2025-05-12"}, "fails", id="ready on the day"),
    pytest.param({"notified_on": "2025-05-12"}, "fails", id="notified on the day"),
    pytest.param({"ready_on": "2025-05-01"}, "fails", id="ready long since"),
    pytest.param({"delay": "repairer"}, "fails", id="another reason"),
]


@pytest.mark.parametrize(("facts", "verdict"), REPAIRED_OR_NOT)
def test_only_an_unrepaired_phone(facts: dict[str, Any], verdict: str) -> None:
    """A phone that is ready, or called ready, is repaired even if it was not collected."""
    one = repair("2025-03-10", **({"delay": "parts"} | facts))
    decision = sanbao.decide(handset(repairs=[one]))
    assert decision.verdicts[RULE] == verdict


def test_a_ready_phone_still_counts_as_repair_time() -> None:
    """A phone that is ready but not handed back is deducted up to the claim."""
    claim = handset(repairs=[repair("2025-03-10", delay="parts", ready_on="2025-04-01")])
    assert sanbao.decide(claim).dates.deducted_days == 64


def test_handed_in_before_the_exchange() -> None:
    """A repair from before the last exchange concerns another unit."""
    claim = waiting("2025-03-10", "2025-05-12", exchanges=[exchange("2025-03-11")])
    assert sanbao.decide(claim).verdicts[RULE] == "fails"


def test_the_longest_wait_counts() -> None:
    """Of two repairs that are delayed alike the one handed in first gives the exchange."""
    repairs = [repair("2025-04-14", delay="parts"), repair("2025-03-10", delay="parts")]
    for listed in (repairs, repairs[::-1]):
        assert sanbao.decide(handset(repairs=listed)).verdicts[RULE] == "holds"


def test_waits_for_different_reasons_do_not_add_up() -> None:
    """A long wait for one reason and a short one for another are two waits."""
    repairs = [repair("2025-03-10", delay="repairer"), repair("2025-04-14", delay="parts")]
    assert sanbao.decide(handset(repairs=repairs)).verdicts[RULE] == "fails"


@pytest.mark.parametrize("symptom", ["unlisted", "battery_fault", "charger_fault"])
def test_no_listed_fault_is_asked(symptom: str) -> None:
    """A quality problem that no list names is exchanged all the same; no fault is not."""
    open_repair = [repair("2025-03-10", delay="parts")]
    decision = sanbao.decide(handset(symptom=symptom, repairs=open_repair))
    assert decision.outcome == "exchange"
    assert decision.verdicts[RULE] == "holds"
    sound = sanbao.decide(handset(symptom="none", repairs=open_repair))
    assert sound.verdicts[RULE] == "fails"


def test_not_for_accessories() -> None:
    """The 60 days are for main units."""
    claim = battery(repairs=[repair("2025-03-10", delay="parts")])
    assert sanbao.decide(claim).verdicts[RULE] == "fails"


@pytest.mark.parametrize(("facts", "by"), [(MISUSED, "art24.misuse"), (FACTORY, "art9.factory")])
def test_barred(facts: dict[str, Any], by: str) -> None:
    """Established misuse, or papers that carry repair only, take the exchange away."""
    finding = sanbao.decide(waiting("2025-03-10", "2025-05-12", **facts)).finding(RULE)
    assert (finding.verdict, finding.barred_by) == ("barred", (by,))


def test_waiting_keeps_the_period_open() -> None:
    """A phone that waits since the last day of the period is exchanged long after it."""
    claim = waiting("2025-03-04", "2025-06-30", sold_on="2024-03-04")
    decision = sanbao.decide(claim)
    assert decision.verdicts["art24.expired"] == "fails"
    assert decision.outcome == "exchange"


def test_citation() -> None:
    """The right cites article 16."""
    assert f"{LAW} art. 16" in cited(RULE)
