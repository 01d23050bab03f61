"""Gree: completeness for a refund, and a deduction on accessories bought with a phone."""

from __future__ import annotations

from decimal import Decimal

import pytest

import sanbao
from claims import ACCESSORIES, TWO_EXCHANGES, TWO_REPAIRS, accessory, goods, handset
from promised import both, had, on_wednesday, outcomes, under

ID = "gree-phone"


def test_a_refund_only_of_what_is_complete_and_sound() -> None:
    """Art. 11 asks for no such thing; the exchange is not touched."""
    complete = on_wednesday("2025-06-18", complete=True)
    assert both(ID, complete) == (("refund", "exchange", "free_repair"),) * 2
    missing = on_wednesday("2025-06-18", complete=False)
    assert both(ID, missing) == (
        ("refund", "exchange", "free_repair"),
        ("exchange", "free_repair"),
    )
    unknown = under(ID, on_wednesday("2025-06-18"))
    assert unknown.possible == ("refund", "exchange")
    assert "product.complete" in unknown.needs


def test_exchange_until_day_15_and_after_two_repairs() -> None:
    for claim, outcome in (
        (on_wednesday("2025-06-26"), "exchange"),
        (on_wednesday("2025-06-27"), "free_repair"),
        (handset(repairs=TWO_REPAIRS), "exchange"),
    ):
        assert outcomes(ID, claim) == (outcome, outcome)


@pytest.mark.parametrize("kind", ACCESSORIES)
def test_an_accessory_bought_with_a_phone_is_refunded_less_depreciation(kind: str) -> None:
    """Exchanged last on 2025-04-07, returned on 2025-04-12: the days run from the exchange.

    100 yuan on its own that day; 5 days at 0.5 % are 2.50 yuan. Art. 14 keeps nothing.
    """
    claim = accessory(
        kind,
        claimed_on="2025-04-12",
        exchanges=TWO_EXCHANGES,
        bought_with_phone=True,
        standalone_price="100.00",
    )
    [by_law] = [one for one in sanbao.decide(claim).remedies if one.remedy == "refund"]
    assert (by_law.fee, by_law.payable) == (Decimal("0.00"), Decimal("100.00"))
    [promised] = [one for one in under(ID, claim).remedies if one.remedy == "refund"]
    assert promised.rule == "gree.accessory_refund"
    assert promised.rate_per_day == Decimal("0.005")
    assert (promised.used_days, promised.fee) == (5, Decimal("2.50"))
    assert promised.payable == Decimal("97.50")


@pytest.mark.parametrize("kind", ACCESSORIES)
def test_an_accessory_bought_alone_is_refunded_in_full(kind: str) -> None:
    claim = accessory(kind, claimed_on="2025-04-12", exchanges=TWO_EXCHANGES)
    for decision in (sanbao.decide(claim), under(ID, claim)):
        [refund] = [one for one in decision.remedies if one.remedy == "refund"]
        assert refund.rule == "art14.refund"
        assert refund.payable == Decimal("120.00")


def test_exchanged_once_there_is_no_refund_yet() -> None:
    claim = accessory("charger", claimed_on="2025-04-12", exchanges=TWO_EXCHANGES[:1])
    assert both(ID, claim) == (("exchange",), ("exchange",))


def test_without_knowing_how_it_was_bought_the_refund_is_open() -> None:
    claim = accessory(
        "charger", claimed_on="2025-04-12", exchanges=TWO_EXCHANGES, bought_with_phone=None
    )
    decision = under(ID, claim)
    assert "exchange" in had(decision)
    assert "product.bought_with_phone" in decision.needs


def test_what_is_left_of_a_price_nobody_knows() -> None:
    """By which price an accessory goes hangs on how it was bought: so does what is left of it."""
    twice = [{"exchanged_on": "2012-05-20"}, {"exchanged_on": "2012-06-08"}]
    claim = goods("battery", "battery_fault", claimed_on="2012-06-20", sold_on="2012-05-01")
    claim |= {"exchanges": twice, "request": "refund", "same_model_in_stock": True}
    claim["fault"]["battery_capacity"] = 50
    claim["purchase"] = {"sold_on": "2012-05-01", "standalone_price": "0.50"}
    unknown = under(ID, claim)
    assert "product.bought_with_phone" in unknown.needs
    claim["product"]["bought_with_phone"] = True
    [refund] = [one for one in under(ID, claim).remedies if one.remedy == "refund"]
    assert (refund.rule, str(refund.payable)) == ("gree.accessory_refund", "0.47")
