"""Article 12: exchange or repair from day 8 to day 15."""

from __future__ import annotations

import pytest

import sanbao
from claims import LAW, MISUSED, PROVEN, battery, cited, day, days_after, exchange, handset, repair

LAST_DAYS = [
    # sold, last day of the 7, last day of the 15
    ("2025-03-03", "2025-03-10", "2025-03-18"),  # Monday, Tuesday
    ("2026-03-07", "2026-03-16", "2026-03-23"),  # Saturday and Sunday: the Mondays
    ("2025-09-19", "2025-09-26", "2025-10-09"),  # day 15 is in the National Day holiday
    ("2025-09-13", "2025-09-22", "2025-09-28"),  # day 15 is a Sunday on which one works
]


@pytest.mark.parametrize(("sold", "seventh", "last"), LAST_DAYS)
def test_first_and_last_day_in(sold: str, seventh: str, last: str) -> None:
    """From the day after the 7-day window up to the fifteenth day, exchange leads."""
    for claimed in (days_after(seventh, 1), last):
        decision = sanbao.decide(handset(sold_on=sold, claimed_on=claimed))
        assert decision.dates.exchange_until == day(last)
        assert decision.outcome == "exchange"
        assert decision.lead is not None
        assert decision.lead.rule == "art12.exchange"
        assert [remedy.rule for remedy in decision.remedies] == ["art12.exchange", "art10.repair"]


@pytest.mark.parametrize(("sold", "seventh", "last"), LAST_DAYS)
def test_days_out(sold: str, seventh: str, last: str) -> None:
    """The 7-day window is article 11's, and after day 15 only repair is left."""
    within_week = sanbao.decide(handset(sold_on=sold, claimed_on=seventh))
    assert within_week.verdicts["art12.exchange"] == "fails"
    later = sanbao.decide(handset(sold_on=sold, claimed_on=days_after(last, 1)))
    assert later.verdicts["art12.exchange"] == "fails"
    assert later.outcome == "free_repair"


def test_both_windows_can_end_on_one_day() -> None:
    """Where the seventh day rolls as far as the fifteenth, this article has no day of its own."""
    # sold 2025-09-24: day 7 is 2025-10-01 and rolls to 10-09, which is day 15
    decision = sanbao.decide(handset(sold_on="2025-09-24", claimed_on="2025-10-09"))
    assert decision.dates.refund_until == decision.dates.exchange_until == day("2025-10-09")
    assert decision.verdicts["art12.exchange"] == "fails"
    next_day = sanbao.decide(handset(sold_on="2025-09-24", claimed_on="2025-10-10"))
    assert next_day.outcome == "free_repair"


@pytest.mark.parametrize(("claimed", "verdict"), [("2025-03-21", "holds"), ("2025-03-22", "fails")])
def test_from_delivery(claimed: str, verdict: str) -> None:
    """The 15 days run from delivery where it was later than the sale."""
    decision = sanbao.decide(handset(received_on="2025-03-06", claimed_on=claimed))
    assert decision.verdicts["art12.exchange"] == verdict


@pytest.mark.parametrize(("claimed", "verdict"), [("2025-04-16", "holds"), ("2025-04-17", "fails")])
def test_from_the_exchange(claimed: str, verdict: str) -> None:
    """After an exchange a new 15 days run."""
    decision = sanbao.decide(handset(exchanges=[exchange("2025-04-01")], claimed_on=claimed))
    assert decision.verdicts["art12.exchange"] == verdict


def test_repair_days_do_not_extend_the_window() -> None:
    """Before Decree 778 days in repair do not lengthen the 15 days."""
    claim = handset(sold_on="2024-03-04", repairs=[repair("2024-03-13", "2024-03-15")])
    for claimed, verdict in (("2024-03-19", "holds"), ("2024-03-20", "fails")):
        decision = sanbao.decide({**claim, "claimed_on": claimed})
        assert decision.verdicts["art12.exchange"] == verdict


def test_lesser_papers_carry_it() -> None:
    """A copy of the invoice is enough for the exchange."""
    assert sanbao.decide(handset(claimed_on="2025-03-14", **PROVEN)).outcome == "exchange"


def test_not_for_accessories() -> None:
    """The 15 days are for main units."""
    decision = sanbao.decide(battery(claimed_on="2025-03-14"))
    assert decision.verdicts["art12.exchange"] == "fails"


def test_barred() -> None:
    """Established misuse takes the exchange away."""
    finding = sanbao.decide(handset(claimed_on="2025-03-14", **MISUSED)).finding("art12.exchange")
    assert (finding.verdict, finding.barred_by) == ("barred", ("art24.misuse",))


def test_the_consumer_may_choose_repair() -> None:
    """Who would rather have the phone repaired gets that."""
    decision = sanbao.decide(handset(claimed_on="2025-03-14", request="repair"))
    assert decision.outcome == "free_repair"


def test_citation() -> None:
    """The right cites article 12 and the Civil Code on how days are counted."""
    expected = {f"{LAW} art. 12", "cn.civil-code art. 201", "cn.civil-code art. 203"}
    assert expected <= cited("art12.exchange")
