"""Article 17: exchange where the repairer takes more than 30 days."""

from __future__ import annotations

from typing import Any

import pytest

import sanbao
from claims import FACTORY, LAW, MISUSED, battery, cited, day, days_after, exchange, handset, repair

RULE = "art17.exchange"


def delayed(handed_in_on: str, claimed_on: str, **changes: Any) -> dict[str, Any]:
    """Return the claim for a phone that the repairer has not got round to."""
    ordinary = {"repairs": [repair(handed_in_on, delay="repairer")]}
    return handset(**(ordinary | changes), claimed_on=claimed_on)


LAST_DAYS = [
    # handed in, day 30
    ("2025-04-09", "2025-05-09"),  # a Friday
    ("2025-04-11", "2025-05-11"),  # a Sunday: does not roll
    ("2025-04-01", "2025-05-01"),  # Labour Day: does not roll
]


@pytest.mark.parametrize(("handed_in", "thirtieth"), LAST_DAYS)
def test_day_30_is_not_enough(handed_in: str, thirtieth: str) -> None:
    """On the thirtieth day after it was handed in the phone is still repaired."""
    decision = sanbao.decide(delayed(handed_in, thirtieth))
    assert decision.verdicts[RULE] == "fails"
    assert decision.outcome == "free_repair"


@pytest.mark.parametrize(("handed_in", "thirtieth"), LAST_DAYS)
def test_day_31_gives_an_exchange(handed_in: str, thirtieth: str) -> None:
    """From the thirty-first day the seller exchanges a phone that the repairer delays."""
    decision = sanbao.decide(delayed(handed_in, days_after(thirtieth, 1)))
    assert decision.outcome == "exchange"
    assert decision.lead is not None
    assert decision.lead.rule == RULE


@pytest.mark.parametrize(("handed_in", "thirtieth"), LAST_DAYS)
def test_the_day_it_begins_is_announced(handed_in: str, thirtieth: str) -> None:
    """While the phone waits, the decision says on which day the exchange will be owed."""
    begins = sanbao.decide(delayed(handed_in, days_after(handed_in, 5))).dates.begins
    assert {found.rule: found.on for found in begins}[RULE] == day(days_after(thirtieth, 1))


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        pytest.param({}, "holds", id="open"),
        pytest.param({"handed_back_on": "2025-05-13"}, "holds", id="handed back later"),
        pytest.param({"ready_on": "2025-05-13"}, "holds", id="ready later"),
        pytest.param({"notified_on": "2025-05-13"}, "holds", id="notified later"),
        pytest.param({"handed_back_on": "2025-05-12"}, "fails", id="handed back on the day"),
        pytest.param({"ready_on": "2025-05-12"}, "fails", id="ready on the day"),
        pytest.param({"notified_on": "2025-05-12"}, "fails", id="notified on the day"),
        pytest.param({"delay": "parts"}, "fails", id="another reason"),
    ],
)
def test_only_an_unrepaired_phone(facts: dict[str, Any], verdict: str) -> None:
    """A phone that is ready, or called ready, is repaired even if it was not collected."""
    one = repair("2025-04-01", **({"delay": "repairer"} | facts))
    assert sanbao.decide(handset(repairs=[one])).verdicts[RULE] == verdict


def test_a_finished_long_repair_gives_nothing() -> None:
    """A repair that took 40 days but is over leaves only repair."""
    claim = handset(repairs=[repair("2025-03-20", "2025-04-29", delay="repairer")])
    assert sanbao.decide(claim).outcome == "free_repair"


def test_handed_in_before_the_exchange() -> None:
    """A repair from before the last exchange concerns another unit."""
    claim = delayed("2025-03-10", "2025-05-12", exchanges=[exchange("2025-03-11")])
    assert sanbao.decide(claim).verdicts[RULE] == "fails"


def test_the_longest_wait_counts() -> None:
    """Of two repairs that are delayed alike the one handed in first gives the exchange."""
    repairs = [repair("2025-04-28", delay="repairer"), repair("2025-04-01", delay="repairer")]
    for listed in (repairs, repairs[::-1]):
        assert sanbao.decide(handset(repairs=listed)).verdicts[RULE] == "holds"


def test_waits_for_different_reasons_do_not_add_up() -> None:
    """A long wait for one reason and a short one for another are two waits."""
    repairs = [repair("2025-04-01", delay="parts"), repair("2025-04-28", delay="repairer")]
    assert sanbao.decide(handset(repairs=repairs)).verdicts[RULE] == "fails"


@pytest.mark.parametrize("symptom", ["unlisted", "battery_fault", "charger_fault"])
def test_no_listed_fault_is_asked(symptom: str) -> None:
    """A quality problem that no list names is exchanged all the same; no fault is not."""
    open_repair = [repair("2025-03-10", delay="repairer")]
    decision = sanbao.decide(handset(symptom=symptom, repairs=open_repair))
    assert decision.outcome == "exchange"
    assert decision.verdicts[RULE] == "holds"
    sound = sanbao.decide(handset(symptom="none", repairs=open_repair))
    assert sound.verdicts[RULE] == "fails"


def test_not_for_accessories() -> None:
    """The 30 days are for main units."""
    claim = battery(repairs=[repair("2025-03-10", delay="repairer")])
    assert sanbao.decide(claim).verdicts[RULE] == "fails"


@pytest.mark.parametrize(("facts", "by"), [(MISUSED, "art24.misuse"), (FACTORY, "art9.factory")])
def test_barred(facts: dict[str, Any], by: str) -> None:
    """Established misuse, or papers that carry repair only, take the exchange away."""
    finding = sanbao.decide(delayed("2025-04-01", "2025-05-12", **facts)).finding(RULE)
    assert (finding.verdict, finding.barred_by) == ("barred", (by,))


def test_citation() -> None:
    """The right cites article 17."""
    assert f"{LAW} art. 17" in cited(RULE)
