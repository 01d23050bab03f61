"""Article 9: what the papers prove, and which rights they carry."""

from __future__ import annotations

from typing import Any

import pytest

import sanbao
from claims import (
    FACTORY,
    FULL,
    LAW,
    NOTHING,
    PROVEN,
    TWO_EXCHANGES,
    TWO_REPAIRS,
    battery,
    cited,
    day,
    days_after,
    exchange,
    handset,
    repair,
)

GRADES = ("art9.full", "art9.proven", "art9.factory", "art9.none")
DATED = "2024-12-03"


@pytest.mark.parametrize("voucher", ["intact", "lost", "altered", "mismatched"])
@pytest.mark.parametrize("invoice", ["original", "copy", "none"])
@pytest.mark.parametrize("factory", [None, DATED])
@pytest.mark.parametrize("main_unit", [True, False])
def test_exactly_one_grade(
    invoice: str, voucher: str, factory: str | None, main_unit: bool
) -> None:
    """Original with intact voucher is full, either or a copy proves, else the factory date."""
    if invoice == "original" and voucher == "intact":
        grade = "art9.full"
    elif invoice in ("original", "copy") or voucher == "intact":
        grade = "art9.proven"
    elif factory and main_unit:
        grade = "art9.factory"
    else:
        grade = "art9.none"
    papers = {"invoice": invoice, "voucher": voucher, "manufactured_on": factory}
    verdicts = sanbao.decide((handset if main_unit else battery)(**papers)).verdicts
    assert [rule for rule in GRADES if verdicts[rule] == "holds"] == [grade]
    assert {verdicts[rule] for rule in GRADES} == {"holds", "fails"}


IN_WEEK = handset(claimed_on="2025-03-05")
IN_FORTNIGHT = handset(claimed_on="2025-03-14")
REPAIRED_TWICE = handset(repairs=TWO_REPAIRS)
WAITING = handset(claimed_on="2025-05-20", repairs=[repair("2025-03-10", delay="parts")])
DELAYED = handset(repairs=[repair("2025-03-10", delay="repairer")])
REPAIRED_LATELY = handset(repairs=[repair("2025-05-05", "2025-05-06")])
NONE_IN_STOCK = handset(repairs=TWO_REPAIRS, same_model_in_stock=False, request="refund")
IN_STOCK = handset(repairs=TWO_REPAIRS, same_model_in_stock=True, request="refund")
EXCHANGED_TWICE = battery(exchanges=TWO_EXCHANGES)

CARRIED = [
    ("art11.refund", IN_WEEK, {"full"}),
    ("art11.exchange", IN_WEEK, {"full", "proven"}),
    ("art12.exchange", IN_FORTNIGHT, {"full", "proven"}),
    ("art13.exchange", REPAIRED_TWICE, {"full", "proven"}),
    ("art16.exchange", WAITING, {"full", "proven"}),
    ("art17.exchange", DELAYED, {"full", "proven"}),
    ("art18.refund", NONE_IN_STOCK, {"full", "proven"}),
    ("art19.refund", IN_STOCK, {"full", "proven"}),
    ("art14.exchange", battery(), {"full", "proven"}),
    ("art14.refund", EXCHANGED_TWICE, {"full"}),
    ("art10.repair", handset(), {"full", "proven", "factory"}),
    ("art10.again", REPAIRED_LATELY, {"full", "proven", "factory"}),
]
PAPERS = {"full": FULL, "proven": PROVEN, "factory": FACTORY, "none": NOTHING}


@pytest.mark.parametrize("grade", PAPERS)
@pytest.mark.parametrize(("rule", "claim", "carried_by"), CARRIED)
def test_what_the_grade_carries(
    rule: str, claim: dict[str, Any], carried_by: set[str], grade: str
) -> None:
    """Full papers carry every right, proof no own refund, a factory date only repair."""
    decision = sanbao.decide({**claim, "evidence": PAPERS[grade]})
    assert (decision.verdicts[rule] == "holds") == (grade in carried_by)


@pytest.mark.parametrize(
    ("rule", "claim"), [("art11.refund", IN_WEEK), ("art14.refund", EXCHANGED_TWICE)]
)
def test_proof_of_the_date_carries_no_refund_of_its_own(rule: str, claim: dict[str, Any]) -> None:
    """With a copy of the invoice, exchange is what is left of the refund."""
    decision = sanbao.decide({**claim, "evidence": PROVEN})
    finding = decision.finding(rule)
    assert (finding.verdict, finding.barred_by) == ("barred", ("art9.proven",))
    assert decision.outcome == "exchange"


@pytest.mark.parametrize(
    "papers",
    [
        {"invoice": "original", "voucher": "lost"},
        {"invoice": "copy", "voucher": "lost"},
        {"invoice": "none", "voucher": "intact"},
        {"invoice": "copy", "voucher": "intact"},
    ],
)
def test_what_proves_the_date(papers: dict[str, str]) -> None:
    """The original alone, a copy, or the voucher alone prove the date, and give an exchange."""
    decision = sanbao.decide({**IN_WEEK, "evidence": papers})
    assert decision.verdicts["art9.proven"] == "holds"
    assert decision.lead is not None
    assert decision.lead.rule == "art11.exchange"


def test_a_factory_date_carries_repair_only() -> None:
    """Inside the 7 days a factory date alone gives free repair, no more."""
    decision = sanbao.decide({**IN_WEEK, "evidence": FACTORY})
    assert decision.outcome == "free_repair"
    assert decision.finding("art11.exchange").barred_by == ("art9.factory",)
    assert [remedy.rule for remedy in decision.remedies] == ["art10.repair"]


FACTORY_DAYS = [
    # made, starts (day 90 after), last day
    ("2024-12-03", "2025-03-03", "2026-03-03"),  # a Tuesday
    ("2025-01-01", "2025-04-01", "2026-04-01"),  # a Wednesday
    ("2023-12-09", "2024-03-08", "2025-03-10"),  # 2025-03-08 is a Saturday
    ("2023-12-01", "2024-02-29", "2025-02-28"),  # no 29th in 2025
    ("2023-07-03", "2023-10-01", "2024-10-08"),  # National Day
]


@pytest.mark.parametrize(("made", "starts", "last"), FACTORY_DAYS)
def test_period_from_the_factory_date(made: str, starts: str, last: str) -> None:
    """Without papers the period starts on the 90th day after the factory date."""
    lost = NOTHING | {"manufactured_on": made, "sold_on": None}
    inside = sanbao.decide(handset(**lost, claimed_on=last))
    assert inside.dates.period_starts_on == day(starts)
    assert inside.dates.period_ends_on == day(last)
    assert inside.outcome == "free_repair"
    outside = sanbao.decide(handset(**lost, claimed_on=days_after(last, 1)))
    assert outside.outcome == "paid_repair"
    assert outside.verdicts["art24.expired"] == "holds"


@pytest.mark.parametrize("claimed", ["2024-12-03", "2025-02-03", "2025-03-02", "2025-03-03"])
def test_a_claim_before_the_presumed_start_is_inside(claimed: str) -> None:
    """A new phone that fails before day 90 after it was made is covered."""
    claim = handset(**FACTORY, sold_on=None, claimed_on=claimed)
    assert sanbao.decide(claim).outcome == "free_repair"


@pytest.mark.parametrize(
    "stated",
    [
        {"sold_on": "2025-01-06"},
        {"invoiced_on": "2025-01-08"},
        {"sold_on": None, "received_on": "2025-01-09"},
        {"exchanges": [exchange("2025-04-01")]},
    ],
)
def test_nothing_unproved_moves_the_presumed_start(stated: dict[str, Any]) -> None:
    """On the factory date alone the period starts on its 90th day, whatever else is said."""
    dates = sanbao.decide(handset(**FACTORY, **stated)).dates
    assert dates.period_starts_on == day("2025-03-03")
    assert dates.period_ends_on == day("2026-03-03")


def test_a_factory_date_beside_papers_decides_nothing() -> None:
    """Where papers prove the date, the factory date does not move the period."""
    decision = sanbao.decide(handset(**PROVEN, manufactured_on="2024-10-01"))
    assert decision.dates.period_starts_on == day("2025-03-03")


def test_a_factory_date_is_no_help_for_an_accessory() -> None:
    """Accessories show no factory date that would stand in for lost papers."""
    decision = sanbao.decide(battery(**FACTORY))
    assert decision.outcome == "paid_repair"
    assert decision.lead is not None
    assert decision.lead.rule == "art24.no_evidence"


@pytest.mark.parametrize("rule", GRADES)
def test_citations(rule: str) -> None:
    """Every grade of evidence cites article 9."""
    assert f"{LAW} art. 9" in cited(rule)
