"""Article 23: gifts carry the same guarantees."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import sanbao
from claims import LAW, MISUSED, TWO_EXCHANGES, TWO_REPAIRS, battery, duties, handset

GIFT = "art23.gift"


@pytest.mark.parametrize(
    "claim",
    [
        handset(claimed_on="2025-03-05"),
        handset(claimed_on="2025-03-14"),
        handset(),
        handset(repairs=TWO_REPAIRS),
        battery(),
        battery(exchanges=TWO_EXCHANGES),
    ],
)
def test_a_gift_with_a_price_is_like_any_goods(claim: dict[str, Any]) -> None:
    """What was given away in a promotion is refunded, exchanged and repaired as if sold."""
    given = {**claim, "purchase": {**claim["purchase"], "gift": True}}
    assert sanbao.decide(given).outcome == sanbao.decide(claim).outcome
    assert GIFT in duties(given)
    assert GIFT not in duties(claim)


@pytest.mark.parametrize("price", [None, "0.00"])
@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        (handset(gift=True, claimed_on="2025-03-05"), "exchange"),
        (handset(gift=True, claimed_on="2025-03-05", request="refund"), "exchange"),
        (handset(gift=True), "free_repair"),
        (battery(gift=True, exchanges=TWO_EXCHANGES), "exchange"),
        (battery(gift=True, same_model_in_stock=False, request="refund"), "exchange"),
    ],
)
def test_without_a_price_there_is_nothing_to_refund(
    claim: dict[str, Any], outcome: str, price: str | None
) -> None:
    """A gift without a price is exchanged or repaired, never refunded."""
    free = {**claim, "purchase": {**claim["purchase"], "price": price}}
    decision = sanbao.decide(free)
    assert decision.outcome == outcome
    assert "refund" not in [remedy.remedy for remedy in decision.remedies]


def test_one_fen_is_a_price() -> None:
    """The smallest price is something to refund."""
    decision = sanbao.decide(handset(gift=True, price="0.01", claimed_on="2025-03-05"))
    assert decision.outcome == "refund"
    assert decision.remedies[0].payable == Decimal("0.01")


@pytest.mark.parametrize(
    ("price", "outcome"), [(None, "refund"), ("0.00", "exchange"), ("0.01", "refund")]
)
def test_what_was_no_gift_is_refunded(price: str | None, outcome: str) -> None:
    """Goods that were sold are refunded even where the price is not stated, but not for nothing."""
    decision = sanbao.decide(handset(price=price, claimed_on="2025-03-05"))
    assert decision.outcome == outcome


@pytest.mark.parametrize("request_", [None, "refund"])
@pytest.mark.parametrize("in_stock", [True, False, None])
def test_an_exchange_remains_whatever_the_stock(
    in_stock: bool | None, request_: str | None
) -> None:
    """What cost nothing is exchanged, in stock or not."""
    claim = handset(
        gift=True, price=None, repairs=TWO_REPAIRS, same_model_in_stock=in_stock, request=request_
    )
    decision = sanbao.decide(claim)
    assert (decision.outcome, decision.needs) == ("exchange", ())
    assert "refund" not in [remedy.remedy for remedy in decision.remedies]


def test_not_where_the_guarantees_do_not_apply() -> None:
    """A gift that was misused is treated as misused goods are."""
    assert GIFT not in duties(handset(gift=True, **MISUSED))


def test_citation() -> None:
    """The duty cites article 23."""
    duty = duties(handset(gift=True))[GIFT]
    assert [str(citation) for citation in duty.citations] == [f"{LAW} art. 23"]
