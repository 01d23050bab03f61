"""Article 10: free repair inside the period, and the 30 days that a repair must last."""

from __future__ import annotations

from typing import Any

import pytest

import sanbao
from claims import (
    LAW,
    MAIN_UNITS,
    MISUSED,
    NOTHING,
    battery,
    cited,
    day,
    duties,
    exchange,
    goods,
    handset,
    repair,
)


@pytest.mark.parametrize("kind", MAIN_UNITS)
def test_free_repair_inside_the_period(kind: str) -> None:
    """A faulty main unit is repaired free of charge inside the period, by the repairer."""
    decision = sanbao.decide(goods(kind, "keys_fail"))
    assert decision.outcome == "free_repair"
    assert decision.lead is not None
    assert decision.lead.rule == "art10.repair"
    [remedy] = decision.remedies
    assert (remedy.remedy, remedy.owed_by, remedy.payable) == ("free_repair", "repairer", None)


@pytest.mark.parametrize(
    ("sold", "claimed", "verdict"),
    [
        ("2024-03-04", "2024-03-04", "holds"),  # the first day
        ("2024-03-04", "2025-03-04", "holds"),  # the last
        ("2024-03-04", "2025-03-05", "fails"),
        ("2024-03-08", "2025-03-10", "holds"),  # rolled over a weekend
        ("2024-03-08", "2025-03-11", "fails"),
        ("2023-10-01", "2024-10-08", "holds"),  # rolled over National Day
        ("2023-10-01", "2024-10-09", "fails"),
        ("2024-09-28", "2025-09-28", "holds"),  # a Sunday on which one works
        ("2024-09-28", "2025-09-29", "fails"),
    ],
)
def test_boundary_days(sold: str, claimed: str, verdict: str) -> None:
    """Free repair is owed up to the last day of the period, itself included."""
    decision = sanbao.decide(handset(sold_on=sold, claimed_on=claimed))
    assert decision.verdicts["art10.repair"] == verdict


@pytest.mark.parametrize("symptom", ["unlisted", "battery_fault", "earphone_fault"])
@pytest.mark.parametrize(
    ("claimed", "outcome", "lead"),
    [
        ("2025-03-03", "free_repair", "art10.repair"),
        ("2026-03-03", "free_repair", "art10.repair"),
        ("2026-03-04", "paid_repair", "art24.expired"),
    ],
)
def test_any_quality_problem(symptom: str, claimed: str, outcome: str, lead: str) -> None:
    """A phone that overheats is on no list, and is repaired free to the last day."""
    decision = sanbao.decide(handset(symptom=symptom, claimed_on=claimed))
    assert decision.outcome == outcome
    assert decision.lead is not None
    assert decision.lead.rule == lead


@pytest.mark.parametrize("symptom", ["unlisted", "battery_fault"])
def test_an_unlisted_repair_must_last_as_well(symptom: str) -> None:
    """The 30 days after a repair ask for the same fault, not for a listed one."""
    for repaired, verdict in (((None), "holds"), (symptom, "holds"), ("no_ring", "fails")):
        one = repair("2025-02-24", "2025-02-28", symptom=repaired)
        decision = sanbao.decide(repaired_late("2025-03-30", symptom=symptom, repairs=[one]))
        assert decision.verdicts["art10.again"] == verdict
        assert decision.outcome == ("free_repair" if verdict == "holds" else "paid_repair")


def test_a_phone_that_overheats_is_told_so_in_words() -> None:
    """Whoever reads it learns that repair is free, by art. 10, and why nothing else is."""
    decision = sanbao.decide(
        handset(symptom="unlisted", request="exchange", claimed_on="2025-03-05")
    )
    asked, outcome, *_ = decision.explain("zh").split("\n")
    assert outcome == "您可以：免费修理（《手机三包规定》第10条，由修理者负责）。"
    assert asked.startswith("您要求换货，现在不能：")
    assert "不适用" not in decision.explain("zh")
    for audience in ("clerk", "auditor"):
        assert "免费修理" in decision.explain("zh", audience)


def test_not_for_accessories() -> None:
    """An accessory is exchanged, not repaired."""
    verdicts = sanbao.decide(battery(repairs=[repair("2025-05-05", "2025-05-06")])).verdicts
    assert (verdicts["art10.repair"], verdicts["art10.again"]) == ("fails", "fails")


def test_repair_is_barred() -> None:
    """Inside the period, established misuse takes free repair away."""
    finding = sanbao.decide(handset(**MISUSED)).finding("art10.repair")
    assert (finding.verdict, finding.barred_by) == ("barred", ("art24.misuse",))


# Sold on 2024-03-04; a repair from 2025-02-24 to 2025-02-28 deducts 5 days: the period
# would end on Sunday 2025-03-09 and ends on Monday 2025-03-10. The 30th day after the
# hand-back is Sunday 2025-03-30.
LATE_REPAIR = repair("2025-02-24", "2025-02-28")

# Handed in after the period, which ended on 2025-03-04, and repaired free all the same: it
# adds no day. The 30th day after the hand-back is Sunday 2025-04-13.
FREE_REPAIR = repair("2025-03-06", "2025-03-14")


def repaired_late(claimed_on: str, **changes: Any) -> dict[str, Any]:
    ordinary: dict[str, Any] = {"sold_on": "2024-03-04", "repairs": [LATE_REPAIR]}
    return handset(**(ordinary | changes), claimed_on=claimed_on)


@pytest.mark.parametrize(
    ("repaired", "claimed", "expired", "again", "outcome", "lead"),
    [
        (LATE_REPAIR, "2025-02-28", "fails", "holds", "free_repair", "art10.repair"),
        (LATE_REPAIR, "2025-03-10", "fails", "holds", "free_repair", "art10.repair"),
        # it came back: one fault, and the period of the day it was first brought
        (LATE_REPAIR, "2025-03-11", "fails", "holds", "free_repair", "art10.repair"),
        (LATE_REPAIR, "2025-03-30", "fails", "holds", "free_repair", "art10.repair"),
        (LATE_REPAIR, "2025-03-31", "holds", "fails", "paid_repair", "art24.expired"),
        # first brought after the period: what was repaired must last all the same
        (FREE_REPAIR, "2025-03-14", "holds", "holds", "free_repair", "art10.again"),
        (FREE_REPAIR, "2025-04-13", "holds", "holds", "free_repair", "art10.again"),
        (FREE_REPAIR, "2025-04-14", "holds", "fails", "paid_repair", "art24.expired"),
    ],
)
def test_a_repair_lasts_30_days(
    repaired: dict[str, Any], claimed: str, expired: str, again: str, outcome: str, lead: str
) -> None:
    """The same fault within 30 days is repaired free even after the period; they do not roll."""
    decision = sanbao.decide(repaired_late(claimed, repairs=[repaired]))
    last = "2025-03-10" if repaired is LATE_REPAIR else "2025-03-04"
    assert decision.dates.period_ends_on == day(last)
    assert decision.verdicts["art24.expired"] == expired
    assert decision.verdicts["art10.again"] == again
    assert decision.outcome == outcome
    assert decision.lead is not None
    assert decision.lead.rule == lead


def test_the_30th_day_on_a_working_day() -> None:
    """The 30 days end on the 30th day after the hand-back also where that is a Monday."""
    # 5 days in repair: the period ends on Sunday 2025-03-09, so on 2025-03-10
    handed_back = repair("2025-02-25", "2025-03-01")
    for claimed, verdict in (("2025-03-31", "holds"), ("2025-04-01", "fails")):
        claim = repaired_late(claimed, repairs=[handed_back])
        assert sanbao.decide(claim).verdicts["art10.again"] == verdict


@pytest.mark.parametrize(
    "repairs",
    [
        pytest.param([repair("2025-02-24", "2025-02-28", symptom="no_ring")], id="another fault"),
        pytest.param([repair("2025-02-24", "2025-02-28", under_guarantee=False)], id="paid for"),
        pytest.param([repair("2025-02-24")], id="still open"),
        pytest.param([repair("2025-02-24", ready_on="2025-02-28")], id="not handed back"),
        pytest.param([], id="no repair"),
    ],
)
def test_which_repair_lasts_30_days(repairs: list[dict[str, Any]]) -> None:
    """Only a finished repair under the guarantees, for the fault that is back, must last."""
    decision = sanbao.decide(repaired_late("2025-03-04", repairs=repairs))
    assert decision.verdicts["art10.again"] == "fails"


def test_the_last_such_repair_counts() -> None:
    """Of several repairs for one fault the last one starts the 30 days."""
    repairs = [FREE_REPAIR, repair("2024-06-03", "2024-06-03")]
    assert sanbao.decide(repaired_late("2025-04-13", repairs=repairs)).outcome == "free_repair"


@pytest.mark.parametrize(
    ("asked", "claimed", "verdict"),
    [
        ("2025-03-14", "2025-06-02", "holds"),  # asked on the day it was handed back
        ("2025-04-13", "2025-06-02", "holds"),
        ("2025-04-14", "2025-06-02", "fails"),
        # asked before the hand-back: what it came back for is told by the day of the claim
        ("2025-03-13", "2025-04-13", "holds"),
        ("2025-03-13", "2025-04-14", "fails"),
    ],
)
def test_the_30_days_are_held_against_the_day_it_was_brought_again(
    asked: str, claimed: str, verdict: str
) -> None:
    """A demand of within the 30 days is not lost by waiting."""
    claim = repaired_late(claimed, asked_on=asked, repairs=[FREE_REPAIR])
    assert sanbao.decide(claim).verdicts["art10.again"] == verdict


def test_a_repair_before_the_exchange_does_not_count() -> None:
    """The unit that was handed out in exchange has not been repaired."""
    claim = handset(
        repairs=[repair("2025-04-24", "2025-04-28")], exchanges=[exchange("2025-04-29")]
    )
    assert sanbao.decide(claim).verdicts["art10.again"] == "fails"


def test_no_record_is_needed() -> None:
    """A repair must last whether or not it was written down."""
    unrecorded = [FREE_REPAIR | {"recorded": False}]
    decision = sanbao.decide(repaired_late("2025-04-13", repairs=unrecorded))
    assert decision.outcome == "free_repair"
    assert decision.verdicts["art24.expired"] == "holds"


def test_only_the_end_of_the_period_is_no_bar_to_it() -> None:
    """Misuse takes the second repair away; that the period is over does not."""
    decision = sanbao.decide(repaired_late("2025-04-13", repairs=[FREE_REPAIR], **MISUSED))
    finding = decision.finding("art10.again")
    assert (finding.verdict, finding.barred_by) == ("barred", ("art24.misuse",))
    assert decision.outcome == "paid_repair"
    assert decision.verdicts["art24.expired"] == "holds"


def test_without_evidence_it_is_barred() -> None:
    """Without any proof of the date the second repair is paid for, too."""
    decision = sanbao.decide(repaired_late("2025-03-30", **NOTHING))
    assert decision.outcome == "paid_repair"
    assert decision.verdicts["art10.again"] != "holds"


def test_nothing_but_repair_outlives_the_period() -> None:
    """Exchange after two repairs ends with the period even where the repair must still last."""
    repairs = [repair("2024-06-03", "2024-06-03"), FREE_REPAIR]
    decision = sanbao.decide(repaired_late("2025-04-13", repairs=repairs))
    assert decision.finding("art13.exchange").barred_by == ("art24.expired",)
    assert [remedy.rule for remedy in decision.remedies] == ["art10.again"]


@pytest.mark.parametrize(
    ("claim", "arises"),
    [
        (handset(), True),
        (repaired_late("2025-03-30"), True),
        (handset(claimed_on="2025-03-05"), False),
        (handset(**MISUSED), False),
        (battery(), False),
    ],
)
def test_a_free_repair_must_last(claim: dict[str, Any], arises: bool) -> None:
    """Who repairs a main unit free of charge answers for 30 days."""
    assert ("art10.lasts_30_days" in duties(claim)) == arises


@pytest.mark.parametrize("rule", ["art10.repair", "art10.again"])
def test_citations(rule: str) -> None:
    """Free repair cites article 10."""
    assert f"{LAW} art. 10" in cited(rule)


def test_citation_of_the_duty() -> None:
    """That a repair must last cites article 10."""
    [citation] = duties(handset())["art10.lasts_30_days"].citations
    assert str(citation) == f"{LAW} art. 10"
