"""Article 19: refund less depreciation where the same model is in stock."""

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
    cited,
    days_after,
    exchange,
    handset,
    repair,
)
from sanbao.depreciation import depreciate
from sanbao.model.decision import Remedy

RULE = "art19.refund"


def wants_money(**changes: Any) -> dict[str, Any]:
    """Return the claim of who is owed an exchange from stock and asks for money."""
    ordinary: dict[str, Any] = {
        "repairs": TWO_REPAIRS,
        "same_model_in_stock": True,
        "request": "refund",
    }
    return handset(**(ordinary | changes))


def refund(claim: dict[str, Any], **readings: Any) -> Remedy:
    """Return the refund less depreciation of the decision on ``claim``."""
    decision = sanbao.decide(claim, readings=sanbao.Readings(**readings))
    [found] = [remedy for remedy in decision.remedies if remedy.rule == RULE]
    return found


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param(wants_money(claimed_on="2025-03-14", repairs=[]), id="art. 12"),
        pytest.param(wants_money(), id="art. 13"),
        pytest.param(
            wants_money(repairs=[repair("2025-03-24", delay="parts")], claimed_on="2025-05-26"),
            id="art. 16",
        ),
        pytest.param(wants_money(repairs=[repair("2025-04-01", delay="repairer")]), id="art. 17"),
        pytest.param(wants_money(claimed_on="2025-03-05", repairs=[], **PROVEN), id="art. 11"),
    ],
)
def test_it_follows_from_every_exchange_of_a_main_unit(claim: dict[str, Any]) -> None:
    """Who is owed an exchange from stock may have the money instead, less a fee."""
    decision = sanbao.decide(claim)
    assert decision.outcome == "refund"
    assert decision.lead is not None
    assert decision.lead.rule == RULE


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        pytest.param({"request": None}, "exchange", id="not asked"),
        pytest.param({"request": "exchange"}, "exchange", id="asked for exchange"),
        pytest.param({"same_model_in_stock": False}, "refund", id="none in stock"),
        pytest.param({"repairs": ()}, "free_repair", id="no exchange owed"),
        pytest.param({"claimed_on": "2025-03-05", "repairs": ()}, "refund", id="art. 11 instead"),
        pytest.param({"gift": True, "price": None}, "exchange", id="nothing to refund"),
        pytest.param({"gift": True, "price": "0.00"}, "exchange", id="nothing to refund, 0"),
    ],
)
def test_just_missed(changes: dict[str, Any], outcome: str) -> None:
    """It takes an exchange owed, the model in stock, a price, and a consumer who asks."""
    decision = sanbao.decide(wants_money(**changes))
    assert decision.verdicts[RULE] == "fails"
    assert decision.outcome == outcome


def test_not_beside_the_full_refund() -> None:
    """Within 7 days the refund in full stands alone; less is not offered beside it."""
    decision = sanbao.decide(wants_money(claimed_on="2025-03-05", repairs=()))
    refunds = [remedy.rule for remedy in decision.remedies if remedy.remedy == "refund"]
    assert refunds == ["art11.refund"]


def test_not_for_accessories() -> None:
    """No depreciation is laid down for accessories, so they are exchanged."""
    decision = sanbao.decide(battery(same_model_in_stock=True, request="refund"))
    assert decision.verdicts[RULE] == "fails"
    assert decision.outcome == "exchange"


@pytest.mark.parametrize("facts", [MISUSED, FACTORY, {"sold_in_mainland": False}])
def test_a_barred_exchange_is_not_owed(facts: dict[str, Any]) -> None:
    """What bars the exchange takes the money in its place away with it."""
    decision = sanbao.decide(wants_money(**facts))
    assert decision.verdicts["art13.exchange"] == "barred"
    assert decision.verdicts[RULE] == "fails"


def test_the_fee() -> None:
    """Half a percent of the price is kept for each day of use that was no day in repair."""
    # 2025-03-03 to 2025-05-12: 70 days, 5 of them in repair; 65 x 15.00
    money = refund(wants_money())
    assert (money.used_days, money.deducted_days) == (65, 5)
    assert money.rate_per_day == Decimal("0.005")
    assert (money.price, money.fee, money.payable) == (
        Decimal("3000.00"),
        Decimal("975.00"),
        Decimal("2025.00"),
    )
    assert money.owed_by == "seller"


def test_worked_example() -> None:
    """2750 yuan, 184 days from the exchange: 92 percent are kept and 220.00 are paid back."""
    assert (refund_2010 := depreciate(Decimal("2750"), 184, Decimal("0.005"))).fee == Decimal(
        "2530.00"
    )
    assert refund_2010.payable == Decimal("220.00")


def test_worked_example_as_a_claim() -> None:
    """The same, where two repairs of an hour cost no day because only nights count."""
    claim = handset(
        price="2750.00",
        sold_on="2009-12-01",
        exchanges=[exchange("2010-03-15")],
        repairs=[repair("2010-05-10", "2010-05-10"), repair("2010-06-10", "2010-06-10")],
        claimed_on="2010-09-15",
        same_model_in_stock=True,
        request="refund",
    )
    money = refund(claim, repair_days="elapsed")
    assert (money.used_days, money.deducted_days) == (184, 0)
    assert (money.fee, money.payable) == (Decimal("2530.00"), Decimal("220.00"))


def test_from_the_invoice() -> None:
    """The days of use run from the invoice where it is later than the sale."""
    money = refund(wants_money(invoiced_on="2025-03-06"))
    assert money.used_days == 67 - 5


def test_delivery_does_not_matter() -> None:
    """A later delivery does not shorten the days of use."""
    assert refund(wants_money(received_on="2025-03-06")).used_days == 65


def test_from_the_last_exchange() -> None:
    """The days of use run from the last exchange, and only later repairs are deducted."""
    repairs = [
        repair("2025-03-10", "2025-03-12"),
        repair("2025-04-07", "2025-04-08"),
        repair("2025-04-21", "2025-04-23"),
    ]
    money = refund(wants_money(exchanges=[exchange("2025-04-01")], repairs=repairs))
    assert (money.used_days, money.deducted_days) == (41 - 5, 5)


def test_an_open_repair_is_no_use() -> None:
    """A phone that waits for parts is not used while it waits."""
    # 84 days since the sale; from 2025-03-24 to the claim, both counted, are 64
    waits = wants_money(repairs=[repair("2025-03-24", delay="parts")], claimed_on="2025-05-26")
    money = refund(waits)
    assert (money.used_days, money.deducted_days) == (20, 64)
    assert money.fee == Decimal("300.00")


def test_never_less_than_no_day() -> None:
    """A phone that was in repair on every day was not used, and costs nothing."""
    repairs = [repair("2025-03-03", "2025-03-03"), repair("2025-03-04", "2025-03-05")]
    money = refund(wants_money(claimed_on="2025-03-05", repairs=repairs, **PROVEN))
    assert (money.used_days, money.deducted_days) == (0, 3)
    assert (money.fee, money.payable) == (Decimal("0.00"), Decimal("3000.00"))


@pytest.mark.parametrize(
    ("used", "fee"),
    [(199, "2985.00"), (200, "3000.00"), (201, "3000.00"), (300, "3000.00")],
)
def test_never_more_than_the_price(used: int, fee: str) -> None:
    """After 200 days of use the fee has eaten the price and grows no further."""
    repairs = [repair("2024-03-20", "2024-03-21"), repair("2024-04-07", "2024-04-09")]
    claim = wants_money(
        sold_on="2024-03-04", repairs=repairs, claimed_on=days_after("2024-03-04", used + 5)
    )
    money = refund(claim)
    assert money.used_days == used
    assert money.fee == Decimal(fee)
    assert money.payable == Decimal("3000.00") - Decimal(fee)


@pytest.mark.parametrize(
    ("price", "fee", "payable"),
    [
        ("1601.00", "520.33", "1080.67"),  # 520.325
        ("1599.00", "519.68", "1079.32"),  # 519.675
        ("1600.00", "520.00", "1080.00"),
        ("0.01", "0.00", "0.01"),  # 0.00325
        ("0.02", "0.01", "0.01"),  # 0.0065
    ],
)
def test_rounded_half_up(price: str, fee: str, payable: str) -> None:
    """The fee is rounded to the fen, half a fen up, and the rest of the price is paid."""
    money = refund(wants_money(price=price))
    assert (money.fee, money.payable) == (Decimal(fee), Decimal(payable))


def test_citations() -> None:
    """The right cites article 19 and the appendix that holds the rate."""
    assert {f"{LAW} art. 19", f"{LAW} app. 1"} <= cited(RULE)


# --- nothing is left ----------------------------------------------------------------------


EXCHANGED = {"exchanges": [exchange("2024-03-04")], "invoiced_on": "2024-04-10"}
"""Exchanged on the day of the sale; the invoice came in the sixth week."""


def long_used(days: int, /, **changes: Any) -> dict[str, Any]:
    """Return the claim for money after so many days of use, which 5 days in repair were not."""
    repairs = [repair("2024-03-20", "2024-03-21"), repair("2024-04-07", "2024-04-09")]
    claimed = days_after("2024-03-04", days + 5)
    return wants_money(sold_on="2024-03-04", repairs=repairs, claimed_on=claimed, **changes)


@pytest.mark.parametrize(
    ("changes", "days", "outcome"),
    [
        pytest.param({}, 199, "refund", id="half a percent is left"),
        pytest.param({}, 200, "exchange", id="nothing is left"),
        pytest.param({"price": None}, 199, "refund", id="price not known"),
        pytest.param({"price": None}, 200, "exchange", id="price not known, nothing left"),
        pytest.param({"price": "0.50"}, 197, "refund", id="a fee of 0.4925"),
        pytest.param({"price": "0.50"}, 198, "exchange", id="rounded up to the price"),
        pytest.param(EXCHANGED, 199, "refund", id="from an exchange before the invoice"),
        pytest.param(EXCHANGED, 200, "exchange", id="nothing left since that exchange"),
        pytest.param({"used": False}, 200, "refund", id="never used"),
        pytest.param({"used": False, "price": None}, 200, "refund", id="never used, no price"),
    ],
)
def test_of_which_nothing_is_left(changes: dict[str, Any], days: int, outcome: str) -> None:
    """A refund of nothing never leads: the exchange does, though money was asked for."""
    decision = sanbao.decide(long_used(days, **changes))
    assert decision.outcome == outcome
    assert decision.verdicts[RULE] == "holds"
    assert RULE in [remedy.rule for remedy in decision.remedies]
    assert decision.requested is not None
    assert decision.requested.available is (outcome == "refund")
    notes = decision.finding(RULE).notes
    assert notes == (("nothing_left",) if outcome == "exchange" else ())


@pytest.mark.parametrize(
    ("rounding", "outcome"), [("half_up", "exchange"), ("down", "refund"), ("half_even", "refund")]
)
def test_rounding_can_leave_a_fen(rounding: Any, outcome: str) -> None:
    """0.01 yuan at 50 percent: half a fen, rounded up or not."""
    read = sanbao.Readings(rounding=rounding)
    claim = long_used(100, price="0.01")
    assert sanbao.decide(claim, readings=read).outcome == outcome


def test_no_fee_leaves_everything() -> None:
    """Under the reading that charges none there is always something left."""
    read = sanbao.Readings(depreciation="not_charged")
    assert sanbao.decide(long_used(300), readings=read).outcome == "refund"


def test_stock_unknown_and_nothing_left() -> None:
    """Money if there is none in stock, else the exchange: what is in stock has to be asked."""
    decision = sanbao.decide(long_used(200, same_model_in_stock=None))
    assert decision.possible == ("refund", "exchange")
    assert decision.needs == ("same_model_in_stock",)
    decision = sanbao.decide(long_used(199, same_model_in_stock=None))
    assert decision.outcome == "refund"


# --- goods that nobody used ---------------------------------------------------------------


@pytest.mark.parametrize("readings", [{}, {"depreciation_days": "inclusive"}, {"rounding": "down"}])
def test_goods_never_used_pay_no_fee(readings: dict[str, str]) -> None:
    """The fee is for days of use: a phone that was never used is paid back in full."""
    found = refund(wants_money(used=False), **readings)
    assert (found.fee, found.payable) == (Decimal("0.00"), Decimal("3000.00"))
    assert found.rate_per_day == Decimal("0.005")
    used = refund(wants_money(used=True), **readings)
    assert used == refund(wants_money(), **readings)
    assert used.fee is not None
    assert used.fee > 0


def test_goods_never_used_and_no_price() -> None:
    """Where the price is not known there is no fee all the same."""
    found = refund(wants_money(used=False, price=None))
    assert (found.fee, found.payable) == (Decimal("0.00"), None)


def test_goods_never_used_without_the_day_of_the_sale() -> None:
    """Nor is the first day needed, where no day is paid for."""
    unknown: dict[str, Any] = {"sold_on": None, "repairs": [], "claimed_on": "2025-03-05"}
    unknown |= {**PROVEN, "manufactured_on": "2025-03-03"}
    found = refund(wants_money(**unknown))
    assert (found.fee, found.payable, found.used_days) == (None, None, None)
    found = refund(wants_money(used=False, **unknown))
    assert (found.fee, found.payable) == (Decimal("0.00"), Decimal("3000.00"))
    assert found.used_days is None
    assert "purchase.invoiced_on" not in sanbao.decide(wants_money(used=False, **unknown)).needs


def test_no_reading_about_the_fee_matters_to_goods_never_used() -> None:
    """How days of use are counted is neither tried nor told where none is paid for."""
    money = {"depreciation", "depreciation_days", "depreciation_start", "rounding"}
    claim = wants_money(exchanges=[exchange("2025-03-20")], price="1234.57")
    assert money & {one.reading for one in sanbao.decide(claim).depends_on or ()}
    unused = {**claim, "product": {"kind": "handset", "used": False}}
    assert not money & {one.reading for one in sanbao.decide(unused).depends_on or ()}


def test_goods_never_used_in_words() -> None:
    """The text says that nothing is kept, and not how many days were used."""
    decision = sanbao.decide(wants_money(used=False))
    assert "退货，退还3000.00元，不扣折旧费（《手机三包规定》第19条" in decision.explain("zh")
    assert "Refund, 3000.00 yuan back, no depreciation kept (Regulation" in decision.explain("en")
    changed = sanbao.decide(wants_money()).what_if({"product.used": False})
    [money] = [one for one in changed.after.remedies if one.rule == RULE]
    assert money.payable == Decimal("3000.00")
    assert "商品没有使用过" in changed.explain("zh")
    assert "the goods were never used" in changed.explain("en")
