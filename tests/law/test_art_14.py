"""Article 14: accessories are exchanged, and refunded after two exchanges."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import sanbao
from claims import (
    ACCESSORIES,
    LAW,
    MISUSED,
    PROVEN,
    TWO_EXCHANGES,
    accessory,
    battery,
    charger,
    cited,
    days_after,
    exchange,
    handset,
)


@pytest.mark.parametrize("kind", ACCESSORIES)
def test_an_accessory_is_exchanged(kind: str) -> None:
    """A faulty accessory inside its period is exchanged free by the seller."""
    decision = sanbao.decide(accessory(kind))
    assert decision.outcome == "exchange"
    assert decision.lead is not None
    assert decision.lead.rule == "art14.exchange"
    assert [(remedy.rule, remedy.owed_by) for remedy in decision.remedies] == [
        ("art14.exchange", "seller")
    ]


@pytest.mark.parametrize("kind", ACCESSORIES)
def test_an_accessory_is_refunded_after_two_exchanges(kind: str) -> None:
    """An accessory that was exchanged twice and fails again is refunded."""
    decision = sanbao.decide(accessory(kind, exchanges=TWO_EXCHANGES))
    assert decision.outcome == "refund"
    assert decision.lead is not None
    assert decision.lead.rule == "art14.refund"
    assert [remedy.rule for remedy in decision.remedies] == ["art14.refund", "art14.exchange"]


LAST_DAYS = [
    # kind, start, last day
    ("battery", "2025-03-03", "2025-09-03"),  # a Wednesday
    ("battery", "2025-03-06", "2025-09-08"),  # a Saturday: Monday
    ("battery", "2025-04-06", "2025-10-09"),  # in the National Day holiday
    ("battery", "2025-08-31", "2026-02-28"),  # a Saturday on which one works
    ("wired_earphone", "2025-03-03", "2025-06-03"),  # a Tuesday
    ("wired_earphone", "2025-03-01", "2025-06-03"),  # a Sunday before the Dragon Boat Festival
    ("charger", "2024-03-04", "2025-03-04"),  # a Tuesday
    ("charger", "2024-03-08", "2025-03-10"),  # a Saturday: Monday
    ("terminal_card", "2023-10-01", "2024-10-08"),  # National Day
    ("data_card", "2024-09-28", "2025-09-28"),  # a Sunday on which one works
]


@pytest.mark.parametrize(("kind", "start", "last"), LAST_DAYS)
def test_exchange_up_to_the_last_day(kind: str, start: str, last: str) -> None:
    """The exchange is owed up to the last day of the accessory's own period."""
    inside = sanbao.decide(accessory(kind, sold_on=start, claimed_on=last))
    assert inside.verdicts["art14.exchange"] == "holds"
    outside = sanbao.decide(accessory(kind, sold_on=start, claimed_on=days_after(last, 1)))
    assert outside.verdicts["art14.exchange"] == "fails"
    assert outside.outcome == "paid_repair"


@pytest.mark.parametrize(("kind", "start", "last"), LAST_DAYS)
def test_refund_up_to_the_last_day(kind: str, start: str, last: str) -> None:
    """The refund is owed up to the last day of the period that the second exchange started."""
    exchanges = [exchange(days_after(start, -20)), exchange(start)]
    claim = accessory(kind, sold_on=days_after(start, -40), exchanges=exchanges, claimed_on=last)
    assert sanbao.decide(claim).verdicts["art14.refund"] == "holds"
    claim["claimed_on"] = days_after(last, 1)
    assert sanbao.decide(claim).verdicts["art14.refund"] == "fails"


@pytest.mark.parametrize(
    ("exchanges", "outcome"),
    [
        ([], "exchange"),
        ([exchange("2025-03-20")], "exchange"),
        ([exchange("2025-03-02"), exchange("2025-03-20")], "exchange"),  # one before the sale
        ([exchange("2025-03-03"), exchange("2025-03-20")], "refund"),
        ([exchange("2025-03-20"), exchange("2025-03-20")], "refund"),
        ([*TWO_EXCHANGES, exchange("2025-05-12")], "refund"),
    ],
)
def test_how_many_exchanges(exchanges: list[dict[str, Any]], outcome: str) -> None:
    """Two exchanges since the sale make the refund, one does not."""
    assert sanbao.decide(charger(exchanges=exchanges)).outcome == outcome


@pytest.mark.parametrize(
    ("together", "payable"), [(False, "120.00"), (True, "95.00")], ids=["alone", "with a phone"]
)
def test_what_is_refunded(together: bool, payable: str) -> None:
    """Bought alone the invoice price is paid back, with a phone the accessory's own price."""
    decision = sanbao.decide(
        charger(exchanges=TWO_EXCHANGES, bought_with_phone=together, standalone_price="95.00")
    )
    refund = decision.remedies[0]
    assert refund.rule == "art14.refund"
    assert (refund.price, refund.fee, refund.payable) == (
        Decimal(payable),
        Decimal("0.00"),
        Decimal(payable),
    )


def test_the_consumer_may_choose_the_exchange() -> None:
    """Who would rather have a third charger gets that."""
    decision = sanbao.decide(charger(exchanges=TWO_EXCHANGES, request="exchange"))
    assert decision.lead is not None
    assert decision.lead.rule == "art14.exchange"


def test_lesser_papers_carry_the_exchange_only() -> None:
    """With a copy of the invoice the accessory is exchanged a third time."""
    decision = sanbao.decide(charger(exchanges=TWO_EXCHANGES, **PROVEN))
    assert decision.finding("art14.refund").barred_by == ("art9.proven",)
    assert decision.lead is not None
    assert decision.lead.rule == "art14.exchange"


@pytest.mark.parametrize("rule", ["art14.exchange", "art14.refund"])
def test_barred(rule: str) -> None:
    """Established misuse takes both remedies away."""
    decision = sanbao.decide(charger(exchanges=TWO_EXCHANGES, **MISUSED))
    finding = decision.finding(rule)
    assert (finding.verdict, finding.barred_by) == ("barred", ("art24.misuse",))
    assert decision.outcome == "paid_repair"


@pytest.mark.parametrize("rule", ["art14.exchange", "art14.refund"])
def test_not_for_main_units(rule: str) -> None:
    """A phone that was exchanged twice has no refund from this article."""
    assert sanbao.decide(handset(exchanges=TWO_EXCHANGES)).verdicts[rule] == "fails"


@pytest.mark.parametrize(
    ("prices", "outcome"),
    [
        ({"price": None}, "exchange"),
        ({"price": "0.00"}, "exchange"),
        ({"price": "120.00"}, "refund"),
        ({"price": None, "standalone_price": "95.00"}, "exchange"),
        ({"price": None, "standalone_price": "95.00", "bought_with_phone": True}, "refund"),
        ({"price": "120.00", "bought_with_phone": True}, "exchange"),
        ({"standalone_price": "0.00", "bought_with_phone": True}, "exchange"),
    ],
)
def test_a_gift_without_a_price_is_exchanged_again(prices: dict[str, Any], outcome: str) -> None:
    """A free accessory without a price of the kind to be refunded leaves nothing to refund."""
    decision = sanbao.decide(battery(gift=True, exchanges=TWO_EXCHANGES, **prices))
    assert decision.outcome == outcome


@pytest.mark.parametrize("rule", ["art14.exchange", "art14.refund"])
def test_citations(rule: str) -> None:
    """Both rights cite article 14."""
    assert f"{LAW} art. 14" in cited(rule, battery())
