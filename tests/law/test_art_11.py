"""Article 11: refund, exchange or repair within 7 days."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import sanbao
from claims import (
    LAW,
    MISUSED,
    PROVEN,
    battery,
    cited,
    day,
    days_after,
    exchange,
    handset,
    repair,
)

LAST_DAYS = [
    # sold, last day
    ("2025-03-03", "2025-03-10"),  # Monday to Monday
    ("2026-03-07", "2026-03-16"),  # day 7 is a Saturday: Monday
    ("2026-03-08", "2026-03-16"),  # day 7 is a Sunday: Monday
    ("2025-09-24", "2025-10-09"),  # day 7 is National Day: the day after the holiday
    ("2025-09-21", "2025-09-28"),  # day 7 is a Sunday on which one works
]


@pytest.mark.parametrize(("sold", "last"), LAST_DAYS)
def test_last_day_in(sold: str, last: str) -> None:
    """On the seventh day, or the working day it rolls to, all three remedies are open."""
    decision = sanbao.decide(handset(sold_on=sold, claimed_on=last))
    assert decision.dates.refund_until == day(last)
    assert decision.outcome == "refund"
    assert decision.lead is not None
    assert decision.lead.rule == "art11.refund"
    assert decision.verdicts["art11.exchange"] == "holds"
    assert decision.verdicts["art12.exchange"] == "fails"
    assert [remedy.rule for remedy in decision.remedies] == [
        "art11.refund",
        "art11.exchange",
        "art10.repair",
    ]


@pytest.mark.parametrize(("sold", "last"), LAST_DAYS)
def test_first_day_out(sold: str, last: str) -> None:
    """The day after the window neither refund nor exchange of this article is open."""
    decision = sanbao.decide(handset(sold_on=sold, claimed_on=days_after(last, 1)))
    assert decision.verdicts["art11.refund"] == "fails"
    assert decision.verdicts["art11.exchange"] == "fails"
    assert decision.outcome != "refund"
    [check] = [
        check
        for check in decision.finding("art11.refund").checks
        if check.counted_from == "refund_window_start"
    ]
    assert (check.holds, check.margin, check.threshold) == (False, -1, last)


def test_the_day_of_sale_is_inside() -> None:
    """A phone that fails on the day it is bought is taken back."""
    assert sanbao.decide(handset(claimed_on="2025-03-03")).outcome == "refund"


def test_the_refund_is_in_full() -> None:
    """Nothing is deducted from the invoice price within 7 days."""
    decision = sanbao.decide(handset(claimed_on="2025-03-10", price="1599.99"))
    refund = decision.remedies[0]
    assert (refund.rule, refund.owed_by) == ("art11.refund", "seller")
    assert (refund.price, refund.fee, refund.payable) == (
        Decimal("1599.99"),
        Decimal("0.00"),
        Decimal("1599.99"),
    )


def test_the_window_runs_from_delivery() -> None:
    """Where the phone was delivered later than sold, the 7 days run from delivery."""
    for claimed, verdict in (("2025-03-13", "holds"), ("2025-03-14", "fails")):
        decision = sanbao.decide(handset(received_on="2025-03-06", claimed_on=claimed))
        assert decision.verdicts["art11.refund"] == verdict
        assert decision.dates.refund_until == day("2025-03-13")


def test_the_invoice_date_does_not_move_the_window() -> None:
    """The 7 days run from the delivery or the sale, whatever day the invoice bears."""
    dates = sanbao.decide(handset(invoiced_on="2025-03-06")).dates
    assert dates.refund_until == day("2025-03-10")


def test_repair_days_do_not_extend_the_window() -> None:
    """Before Decree 778 days in repair lengthen the period but not the 7 days."""
    repairs = [repair("2024-03-05", "2024-03-08")]
    claim = handset(sold_on="2024-03-04", repairs=repairs, claimed_on="2024-03-12")
    decision = sanbao.decide(claim)
    assert decision.dates.refund_until == day("2024-03-11")
    assert decision.verdicts["art11.refund"] == "fails"
    assert sanbao.decide({**claim, "claimed_on": "2024-03-11"}).verdicts["art11.refund"] == "holds"


def test_the_window_starts_again_after_an_exchange() -> None:
    """The 7 days run anew from the exchange."""
    for claimed, verdict in (("2025-04-08", "holds"), ("2025-04-09", "fails")):
        claim = handset(
            exchanges=[exchange("2025-04-01")], received_on="2025-03-06", claimed_on=claimed
        )
        assert sanbao.decide(claim).verdicts["art11.refund"] == verdict


def test_not_for_accessories() -> None:
    """The 7 days are for main units; an accessory is exchanged."""
    decision = sanbao.decide(battery(claimed_on="2025-03-05"))
    assert decision.verdicts["art11.refund"] == "fails"
    assert decision.verdicts["art11.exchange"] == "fails"
    assert decision.outcome == "exchange"
    assert decision.dates.refund_until is None


def test_refund_is_barred_by_lesser_papers() -> None:
    """Without the voucher the refund falls away and the exchange stays."""
    decision = sanbao.decide(handset(claimed_on="2025-03-05", **PROVEN))
    assert decision.finding("art11.refund").barred_by == ("art9.proven",)
    assert decision.lead is not None
    assert decision.lead.rule == "art11.exchange"


@pytest.mark.parametrize("rule", ["art11.refund", "art11.exchange"])
def test_barred(rule: str) -> None:
    """Established misuse takes both remedies away inside the 7 days."""
    decision = sanbao.decide(handset(claimed_on="2025-03-05", **MISUSED))
    finding = decision.finding(rule)
    assert (finding.verdict, finding.barred_by) == ("barred", ("art24.misuse",))
    assert decision.outcome == "paid_repair"


@pytest.mark.parametrize(
    ("request_", "outcome", "lead"),
    [
        ("refund", "refund", "art11.refund"),
        ("exchange", "exchange", "art11.exchange"),
        ("repair", "free_repair", "art10.repair"),
        (None, "refund", "art11.refund"),
    ],
)
def test_the_consumer_chooses(request_: str | None, outcome: str, lead: str) -> None:
    """Within 7 days it is the consumer who picks refund, exchange or repair."""
    decision = sanbao.decide(handset(claimed_on="2025-03-05", request=request_))
    assert decision.outcome == outcome
    assert decision.lead is not None
    assert decision.lead.rule == lead


@pytest.mark.parametrize("price", [None, "0.00"])
def test_a_gift_without_a_price_is_exchanged(price: str | None) -> None:
    """A gift that cost nothing leaves nothing to refund, so it is exchanged."""
    claim: dict[str, Any] = handset(claimed_on="2025-03-05", gift=True, price=price)
    decision = sanbao.decide(claim)
    assert decision.verdicts["art11.refund"] == "fails"
    assert decision.lead is not None
    assert decision.lead.rule == "art11.exchange"


@pytest.mark.parametrize("rule", ["art11.refund", "art11.exchange"])
def test_citations(rule: str) -> None:
    """Both rights cite article 11 and the Civil Code on how days are counted."""
    assert {f"{LAW} art. 11", "cn.civil-code art. 201", "cn.civil-code art. 203"} <= cited(rule)
