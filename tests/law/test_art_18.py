"""Article 18: refund in full where an exchange is owed and none is in stock."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import sanbao
from claims import (
    FACTORY,
    LAW,
    MISUSED,
    PROVEN,
    TWO_REPAIRS,
    battery,
    charger,
    cited,
    handset,
    repair,
)

RULE = "art18.refund"

EXCHANGES = [
    pytest.param(handset(claimed_on="2025-03-05"), "art11.exchange", id="art. 11"),
    pytest.param(handset(claimed_on="2025-03-14"), "art12.exchange", id="art. 12"),
    pytest.param(handset(repairs=TWO_REPAIRS), "art13.exchange", id="art. 13"),
    pytest.param(
        handset(repairs=[repair("2025-03-10", delay="parts")]), "art16.exchange", id="art. 16"
    ),
    pytest.param(
        handset(repairs=[repair("2025-04-01", delay="repairer")]), "art17.exchange", id="art. 17"
    ),
    pytest.param(battery(), "art14.exchange", id="art. 14"),
]


@pytest.mark.parametrize(("claim", "owed"), EXCHANGES)
def test_it_follows_from_every_exchange(claim: dict[str, Any], owed: str) -> None:
    """Whatever gives the exchange, none in stock makes it a refund for the asking."""
    decision = sanbao.decide({**claim, "same_model_in_stock": False, "request": "refund"})
    assert decision.outcome == "refund"
    assert decision.verdicts[owed] == "holds"
    assert decision.verdicts[RULE] == "holds"


@pytest.mark.parametrize(("claim", "owed"), EXCHANGES)
def test_in_stock_there_is_no_refund_in_full(claim: dict[str, Any], owed: str) -> None:
    """Where the seller has the model, this article gives nothing."""
    decision = sanbao.decide({**claim, "same_model_in_stock": True, "request": "refund"})
    assert decision.verdicts[owed] == "holds"
    assert decision.verdicts[RULE] == "fails"


def test_it_leads_and_deducts_nothing() -> None:
    """The refund is the invoice price; days of use are not charged."""
    claim = handset(repairs=TWO_REPAIRS, same_model_in_stock=False, request="refund")
    decision = sanbao.decide(claim)
    assert decision.lead is not None
    assert decision.lead.rule == RULE
    [refund] = [remedy for remedy in decision.remedies if remedy.remedy == "refund"]
    assert (refund.price, refund.fee, refund.payable) == (
        Decimal("3000.00"),
        Decimal("0.00"),
        Decimal("3000.00"),
    )
    assert refund.owed_by == "seller"


@pytest.mark.parametrize("request_", [None, "exchange"])
def test_the_exchange_stays_owed(request_: str | None) -> None:
    """None in stock, the exchange stays the outcome and the refund stands beside it."""
    claim = handset(repairs=TWO_REPAIRS, same_model_in_stock=False, request=request_)
    decision = sanbao.decide(claim)
    assert decision.lead is not None
    assert decision.lead.rule == "art13.exchange"
    assert RULE in [remedy.rule for remedy in decision.remedies]


@pytest.mark.parametrize("request_", [None, "refund", "exchange", "repair"])
def test_the_finding_says_wait_or_refund(request_: str | None) -> None:
    """The parties may agree on a date; without that the refund is the consumer's."""
    claim = handset(repairs=TWO_REPAIRS, same_model_in_stock=False, request=request_)
    assert sanbao.decide(claim).finding(RULE).notes == ("wait_or_refund",)


def test_no_note_where_it_is_in_stock() -> None:
    """Nobody has to wait for a model that is in stock."""
    claim = handset(repairs=TWO_REPAIRS, same_model_in_stock=True)
    assert sanbao.decide(claim).finding(RULE).notes == ()


@pytest.mark.parametrize(
    ("together", "payable"), [(False, "120.00"), (True, "95.00")], ids=["alone", "with a phone"]
)
def test_what_is_refunded_for_an_accessory(together: bool, payable: str) -> None:
    """An accessory bought with a phone is refunded at its own price of the day."""
    decision = sanbao.decide(
        charger(
            bought_with_phone=together,
            standalone_price="95.00",
            same_model_in_stock=False,
            request="refund",
        )
    )
    assert decision.lead is not None
    assert decision.lead.rule == RULE
    [refund] = [remedy for remedy in decision.remedies if remedy.rule == RULE]
    assert refund.payable == Decimal(payable)


def test_lesser_papers_carry_it() -> None:
    """What follows from an exchange follows also where only a copy proves the date."""
    claim = handset(claimed_on="2025-03-05", same_model_in_stock=False, request="refund", **PROVEN)
    decision = sanbao.decide(claim)
    assert decision.lead is not None
    assert decision.lead.rule == RULE


def test_no_exchange_owed() -> None:
    """Where only repair is owed, an empty shelf gives no refund."""
    decision = sanbao.decide(handset(same_model_in_stock=False, request="refund"))
    assert decision.verdicts[RULE] == "fails"
    assert decision.outcome == "free_repair"


@pytest.mark.parametrize("facts", [MISUSED, FACTORY, {"sold_in_mainland": False}])
def test_a_barred_exchange_is_not_owed(facts: dict[str, Any]) -> None:
    """What bars the exchange takes the refund in its place away with it."""
    claim = handset(repairs=TWO_REPAIRS, same_model_in_stock=False, request="refund", **facts)
    decision = sanbao.decide(claim)
    assert decision.verdicts["art13.exchange"] == "barred"
    assert decision.verdicts[RULE] == "fails"
    assert RULE not in [remedy.rule for remedy in decision.remedies]


@pytest.mark.parametrize("price", [None, "0.00"])
def test_a_gift_without_a_price(price: str | None) -> None:
    """A gift that cost nothing is exchanged; there is no money to give instead."""
    claim = handset(
        repairs=TWO_REPAIRS, gift=True, price=price, same_model_in_stock=False, request="refund"
    )
    decision = sanbao.decide(claim)
    assert decision.verdicts[RULE] == "fails"
    assert decision.outcome == "exchange"


def test_citation() -> None:
    """The right cites article 18."""
    assert f"{LAW} art. 18" in cited(RULE)
