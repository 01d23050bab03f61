"""What is not known is settled by cases: by every value that it could have."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import sanbao
from claims import (
    FACTORY,
    NOTHING,
    PROVEN,
    TWO_EXCHANGES,
    TWO_REPAIRS,
    battery,
    charger,
    handset,
    repair,
)


def assert_open(
    claim: dict[str, Any], possible: tuple[str, ...], needs: tuple[str, ...]
) -> sanbao.Decision:
    """Assert that just these outcomes remain, and that just these facts settle it."""
    decision = sanbao.decide(claim)
    assert decision.outcome is None
    assert decision.lead is None
    assert decision.possible == possible
    assert decision.needs == needs
    return decision


def assert_decided(claim: dict[str, Any], outcome: str) -> sanbao.Decision:
    """Assert that the outcome is the same whatever the unknown facts are."""
    decision = sanbao.decide(claim)
    assert decision.outcome == outcome
    assert decision.possible == (outcome,)
    return decision


# --- the cause of a delay -------------------------------------------------------------


@pytest.mark.parametrize(
    ("claimed", "outcome"),
    [
        ("2025-04-23", "free_repair"),  # day 30
        ("2025-04-24", None),  # day 31: an exchange if the repairer delays
        ("2025-05-23", None),  # day 60
        ("2025-05-24", "exchange"),  # day 61: an exchange whichever it is
    ],
)
def test_delay(claimed: str, outcome: str | None) -> None:
    """Beyond 60 days an exchange is owed whatever delays the repair; between, it depends."""
    claim = handset(claimed_on=claimed, repairs=[repair("2025-03-24")])
    if outcome is None:
        assert_open(claim, ("exchange", "free_repair"), ("repairs[0].delay",))
    else:
        assert_decided(claim, outcome)


def test_delay_beyond_60_days_leaves_the_article_open() -> None:
    """That the exchange is owed is certain, by which article is not."""
    claim = handset(claimed_on="2025-05-24", repairs=[repair("2025-03-24")])
    decision = assert_decided(claim, "exchange")
    exchanges = [remedy for remedy in decision.remedies if remedy.remedy == "exchange"]
    assert {remedy.rule for remedy in exchanges} == {"art16.exchange", "art17.exchange"}
    assert {remedy.needs for remedy in exchanges} == {("repairs[0].delay",)}


@pytest.mark.parametrize(("request_", "outcome"), [(None, "exchange"), ("refund", "refund")])
def test_delay_beyond_60_days_and_none_in_stock(request_: str | None, outcome: str) -> None:
    """The refund in place of the exchange is there whatever delays the repair."""
    claim = handset(
        claimed_on="2025-05-26",
        repairs=[repair("2025-03-24")],
        same_model_in_stock=False,
        request=request_,
    )
    decision = assert_decided(claim, outcome)
    assert "art18.refund" in [remedy.rule for remedy in decision.remedies]


def test_delay_of_a_repaired_phone() -> None:
    """Nobody asks what delays a phone that is ready."""
    claim = handset(repairs=[repair("2025-03-20", ready_on="2025-04-01")])
    assert_decided(claim, "free_repair")


# --- the stock ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "used"),
    [
        ({"repairs": TWO_REPAIRS}, 65),
        ({"claimed_on": "2025-03-14"}, 11),
        ({"claimed_on": "2025-03-10", **PROVEN}, 7),
    ],
)
def test_stock_of_a_main_unit(changes: dict[str, Any], used: int) -> None:
    """With money asked for, the refund is certain and only its amount is open."""
    decision = assert_decided(handset(request="refund", **changes), "refund")
    refunds = {remedy.rule: remedy for remedy in decision.remedies if remedy.remedy == "refund"}
    assert list(refunds) == ["art18.refund", "art19.refund"]
    assert [remedy.needs for remedy in refunds.values()] == [("same_model_in_stock",)] * 2
    assert refunds["art18.refund"].payable == Decimal("3000.00")
    assert refunds["art19.refund"].used_days == used
    assert refunds["art19.refund"].payable == Decimal("3000.00") - 15 * used
    assert decision.needs == ("same_model_in_stock",)
    assert decision.requested is not None
    assert decision.requested.available is True
    assert decision.verdicts["art18.refund"] == "unknown"
    assert decision.verdicts["art19.refund"] == "unknown"


def test_stock_within_7_days() -> None:
    """The full refund of the first week does not hang on the stock."""
    decision = assert_decided(handset(claimed_on="2025-03-05", request="refund"), "refund")
    assert decision.lead is not None
    assert decision.lead.rule == "art11.refund"
    assert decision.needs == ()


def test_stock_of_an_accessory() -> None:
    """An accessory is refunded only if there is none to exchange it for, so that is asked."""
    claim = battery(request="refund")
    decision = assert_open(claim, ("refund", "exchange"), ("same_model_in_stock",))
    assert decision.requested is not None
    assert decision.requested.available is None


@pytest.mark.parametrize("request_", [None, "exchange"])
@pytest.mark.parametrize("claim", [battery(), handset(repairs=TWO_REPAIRS)])
def test_stock_where_no_money_is_asked(claim: dict[str, Any], request_: str | None) -> None:
    """Without a wish for money an exchange that is owed stays the outcome."""
    assert_decided({**claim, "request": request_}, "exchange")


def test_stock_where_no_exchange_is_owed() -> None:
    """The stock is of no interest where only repair is owed."""
    assert assert_decided(handset(request="refund"), "free_repair").needs == ()


# --- the papers -----------------------------------------------------------------------


def test_voucher_within_7_days() -> None:
    """An unknown voucher may be intact, not issued or lost; nobody takes it for altered."""
    claim = handset(claimed_on="2025-03-05", voucher=None)
    assert_open(claim, ("refund", "exchange"), ("evidence.voucher",))


def test_voucher_later() -> None:
    """After the windows it makes no difference which of these it is."""
    assert assert_decided(handset(voucher=None), "free_repair").needs == ()


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        pytest.param(handset(voucher=None, claimed_on="2026-03-04"), "paid_repair", id="expired"),
        pytest.param(handset(voucher=None, symptom="none"), "excluded", id="no fault"),
        pytest.param(handset(invoice=None), "free_repair", id="voucher intact"),
        pytest.param(handset(invoice=None, voucher="altered"), "paid_repair", id="altered"),
        pytest.param(battery(invoice=None), "exchange", id="accessory"),
    ],
)
def test_papers_that_do_not_matter(claim: dict[str, Any], outcome: str) -> None:
    """Papers are not asked for where every answer leads to the same outcome."""
    assert assert_decided(claim, outcome).needs == ()


def test_invoice_within_7_days() -> None:
    """With an intact voucher the invoice decides between refund and exchange."""
    claim = handset(claimed_on="2025-03-05", invoice=None)
    assert_open(claim, ("refund", "exchange"), ("evidence.invoice",))


def test_invoice_without_voucher() -> None:
    """With the voucher lost, an invoice of any kind saves the free repair."""
    claim = handset(invoice=None, voucher="lost")
    assert_open(claim, ("free_repair", "paid_repair"), ("evidence.invoice",))


def test_invoice_without_voucher_but_with_a_factory_date() -> None:
    """A factory date inside the period gives the free repair that an invoice would give."""
    claim = handset(**(FACTORY | {"invoice": None}))
    assert_decided(claim, "free_repair")


def test_absent_factory_date() -> None:
    """A factory date that is not stated is not shown, and is not asked for."""
    assert_decided(handset(**NOTHING), "paid_repair")


# --- the fault ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "possible"),
    [
        (
            handset(symptom=None, claimed_on="2025-03-05"),
            ("refund", "free_repair", "excluded"),
        ),
        (handset(symptom=None), ("free_repair", "excluded")),
        (battery(symptom=None), ("exchange", "excluded")),
        (handset(symptom=None, cause="liquid", cause_basis="report"), ("paid_repair", "excluded")),
    ],
)
def test_symptom(claim: dict[str, Any], possible: tuple[str, ...]) -> None:
    """A fault that nobody described may be none, so that it has to be asked for."""
    assert_open(claim, possible, ("fault.symptom",))


@pytest.mark.parametrize("claim", [handset(symptom=None, sold_in_mainland=False)])
def test_symptom_of_goods_that_are_excluded_anyway(claim: dict[str, Any]) -> None:
    """The fault is of no interest where the regulation does not reach the goods."""
    assert_decided(claim, "excluded")


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        (handset(claimed_on="2025-03-05", cause=None), "refund"),
        (handset(claimed_on="2025-03-14", cause=None), "exchange"),
        (handset(cause=None), "free_repair"),
        (battery(cause=None), "exchange"),
    ],
)
def test_cause(claim: dict[str, Any], outcome: str) -> None:
    """A cause that nobody knows bars nothing, and the findings say that inspection decides."""
    decision = assert_decided(claim, outcome)
    assert decision.needs == ()
    for rule in ("art24.misuse", "art24.opened", "art24.force_majeure"):
        assert decision.finding(rule).notes == ("inspection_decides",)


# --- the sale -------------------------------------------------------------------------


def test_sale_date() -> None:
    """Without any date the sale may lie in any window, or before the period, or the law."""
    claim = handset(sold_on=None)
    possible = ("refund", "exchange", "free_repair", "paid_repair", "excluded")
    decision = assert_open(claim, possible, ("purchase.sold_on",))
    assert decision.dates.period_ends_on is None


def test_sale_date_where_the_invoice_dates_the_period() -> None:
    """With the invoice dated, only the windows are open."""
    claim = handset(sold_on=None, invoiced_on="2025-03-03")
    assert_open(claim, ("refund", "exchange", "free_repair"), ("purchase.sold_on",))


def test_sale_date_where_delivery_and_invoice_are_dated() -> None:
    """With invoice and delivery dated, the sale itself is of no interest."""
    claim = handset(sold_on=None, invoiced_on="2025-03-03", received_on="2025-03-03")
    assert_decided(claim, "free_repair")


@pytest.mark.parametrize(
    "changes", [{"voucher": "altered"}, {"cause": "impact", "cause_basis": "report"}]
)
def test_sale_date_where_it_is_paid_for_anyway(changes: dict[str, Any]) -> None:
    """A ground of art. 24 holds whenever the sale was, once the law was in force."""
    claim = handset(sold_on=None, invoiced_on="2025-03-03", **changes)
    assert_decided(claim, "paid_repair")


def test_sale_date_on_a_factory_date() -> None:
    """On the factory date alone the period, and with it free repair, needs no sale date."""
    assert_decided(handset(sold_on=None, **FACTORY), "free_repair")


# --- the money ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "rule"),
    [
        (handset(price=None, claimed_on="2025-03-05"), "art11.refund"),
        (
            handset(price=None, repairs=TWO_REPAIRS, same_model_in_stock=False, request="refund"),
            "art18.refund",
        ),
        (
            handset(price=None, repairs=TWO_REPAIRS, same_model_in_stock=True, request="refund"),
            "art19.refund",
        ),
        (charger(price=None, exchanges=TWO_EXCHANGES), "art14.refund"),
    ],
)
def test_price(claim: dict[str, Any], rule: str) -> None:
    """A missing price leaves the money open, not the outcome."""
    decision = assert_decided(claim, "refund")
    assert decision.lead is not None
    assert decision.lead.rule == rule
    [refund] = [remedy for remedy in decision.remedies if remedy.rule == rule]
    assert (refund.price, refund.fee, refund.payable) == (None, None, None)
    assert decision.needs == ("purchase.price",)


def test_used_days_without_a_price() -> None:
    """The days of use are known even where the price is not."""
    claim = handset(price=None, repairs=TWO_REPAIRS, same_model_in_stock=True, request="refund")
    [refund] = [r for r in sanbao.decide(claim).remedies if r.rule == "art19.refund"]
    assert refund.used_days == 65


def test_standalone_price() -> None:
    """An accessory bought with a phone needs its own price of the day."""
    decision = assert_decided(charger(exchanges=TWO_EXCHANGES, bought_with_phone=True), "refund")
    assert decision.needs == ("purchase.standalone_price",)


def test_bought_with_a_phone() -> None:
    """Which of two prices is paid back hangs on whether it was bought with a phone."""
    claim = charger(
        exchanges=TWO_EXCHANGES, bought_with_phone=None, price="120.00", standalone_price="95.00"
    )
    decision = assert_decided(claim, "refund")
    assert decision.remedies[0].payable is None
    assert decision.needs == ("product.bought_with_phone",)


def test_a_gift_bought_with_a_phone() -> None:
    """A gift with one of the two prices is refunded only if that is the one that counts."""
    claim = charger(
        exchanges=TWO_EXCHANGES,
        gift=True,
        bought_with_phone=None,
        price=None,
        standalone_price="95.00",
    )
    assert_open(claim, ("refund", "exchange"), ("product.bought_with_phone",))


# --- several at once ------------------------------------------------------------------


def test_only_what_settles_it_is_asked() -> None:
    """Of several unknown facts only those that can change the outcome are asked for."""
    claim = handset(claimed_on="2025-03-05", voucher=None, same_model_in_stock=None, cause=None)
    assert_open(claim, ("refund", "exchange"), ("evidence.voucher",))


def test_two_facts_together() -> None:
    """Facts that settle the outcome only together are both asked for."""
    claim = handset(claimed_on="2025-03-05", invoice=None, voucher=None)
    assert_open(
        claim,
        ("refund", "exchange", "paid_repair"),
        ("evidence.invoice", "evidence.voucher"),
    )


def test_a_bare_claim() -> None:
    """With nothing but a day and a kind, everything is possible."""
    decision = sanbao.decide({"claimed_on": "2025-05-12", "product": {"kind": "handset"}})
    assert decision.possible == ("refund", "exchange", "free_repair", "paid_repair", "excluded")
    assert set(decision.needs) == {
        "purchase.sold_on",
        "evidence.invoice",
        "evidence.voucher",
        "fault.symptom",
    }
