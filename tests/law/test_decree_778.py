"""Decree 778, article 18: goods delivered and claimed for from 2024-07-01 on.

The period runs from delivery, repair time stretches the windows of 7 and 15 days, and the price
really paid is refunded.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import sanbao
from claims import (
    FACTORY,
    TWO_EXCHANGES,
    TWO_REPAIRS,
    charger,
    cited,
    day,
    days_after,
    exchange,
    handset,
    repair,
)

OLD, NEW = "cn.mobile-2001@2001-11-15", "cn.mobile-2001@2024-07-01"
ART_18 = "cn.decree-778 art. 18"


# --- which version --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "version"),
    [
        pytest.param({"sold_on": "2024-06-30"}, OLD, id="delivered the day before"),
        pytest.param({"sold_on": "2024-07-01"}, NEW, id="delivered on the day"),
        pytest.param(
            {"sold_on": "2024-06-20", "received_on": "2024-06-30"}, OLD, id="received before"
        ),
        pytest.param(
            {"sold_on": "2024-06-20", "received_on": "2024-07-01"}, NEW, id="received on the day"
        ),
        pytest.param(
            {"sold_on": "2024-06-20", "exchanges": [exchange("2024-07-10")]}, OLD, id="exchanged"
        ),
        pytest.param({"sold_on": "2024-06-20", "claimed_on": "2024-06-30"}, OLD, id="claimed too"),
        pytest.param(
            {"sold_on": "2024-06-20", "received_on": "2024-07-01", "claimed_on": "2024-06-30"},
            OLD,
            id="claimed before it was in force",
        ),
    ],
)
def test_delivered_and_claimed_from_the_first_day_on(changes: dict[str, Any], version: str) -> None:
    """Both the delivery and the claim lie on or after 2024-07-01; an exchange changes nothing."""
    claim = handset(**({"claimed_on": "2024-07-20"} | changes))
    assert sanbao.decide(claim).receipt.policy == version


@pytest.mark.parametrize(
    ("claimed", "outcome"), [("2024-07-08", "refund"), ("2024-07-16", "exchange")]
)
def test_an_unknown_sale_is_settled_by_cases(claimed: str, outcome: str) -> None:
    """Where nobody knows the delivery each version decides about its own days."""
    claim = handset(
        sold_on=None, manufactured_on=days_after(claimed, -7), claimed_on=claimed, request=None
    )
    decision = sanbao.decide(claim)
    assert decision.outcome == "refund"
    later = handset(sold_on=None, manufactured_on="2024-05-06", claimed_on=claimed)
    assert {"refund", outcome, "free_repair"} <= set(sanbao.decide(later).possible)
    assert sanbao.decide(later).needs == ("purchase.sold_on",)


# --- the period -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "starts"),
    [
        ({}, "2025-03-03"),
        ({"received_on": "2025-03-06"}, "2025-03-06"),
        ({"received_on": "2025-03-06", "invoiced_on": "2025-03-10"}, "2025-03-06"),
        ({"invoiced_on": "2025-03-10"}, "2025-03-03"),
        ({"received_on": "2025-03-06", "exchanges": [exchange("2025-04-01")]}, "2025-04-01"),
        ({"received_on": "2025-03-06", **FACTORY}, "2025-03-03"),  # on the factory date alone
    ],
)
def test_the_period_runs_from_delivery(changes: dict[str, Any], starts: str) -> None:
    """From receipt, else the sale, whatever the invoice says; after an exchange from that."""
    assert sanbao.decide(handset(**changes)).dates.period_starts_on == day(starts)


@pytest.mark.parametrize(
    ("claimed", "outcome"), [("2026-03-06", "free_repair"), ("2026-03-07", "paid_repair")]
)
def test_last_day_of_the_period(claimed: str, outcome: str) -> None:
    """Delivered on Thursday 2025-03-06 the period ends with Friday 2026-03-06."""
    claim = handset(received_on="2025-03-06", claimed_on=claimed)
    assert sanbao.decide(claim).outcome == outcome


# --- the windows ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("repairs", "refund", "exchanged"),
    [
        pytest.param([], "2025-03-10", "2025-03-18", id="none"),
        pytest.param(
            [repair("2025-03-10", "2025-03-11")], "2025-03-12", "2025-03-20", id="on the last day"
        ),
        pytest.param(  # the longer window is still open; day 17 is a Thursday
            [repair("2025-03-11", "2025-03-12")], "2025-03-10", "2025-03-20", id="the day after"
        ),
        pytest.param([repair("2025-03-18", "2025-03-18")], "2025-03-10", "2025-03-19", id="day 15"),
        pytest.param([repair("2025-03-19", "2025-03-20")], "2025-03-10", "2025-03-18", id="day 16"),
        pytest.param(  # Saturday 15th and Sunday 23rd roll
            [repair("2025-03-04", "2025-03-08")], "2025-03-17", "2025-03-24", id="rolled after"
        ),
        pytest.param(
            [repair("2025-03-05", "2025-03-06", under_guarantee=False, recorded=False)],
            "2025-03-12",
            "2025-03-20",
            id="paid for and unrecorded",
        ),
        pytest.param(
            [repair("2025-03-02", "2025-03-04")], "2025-03-10", "2025-03-18", id="before delivery"
        ),
    ],
)
def test_repairs_stretch_the_windows(
    repairs: list[dict[str, Any]], refund: str, exchanged: str
) -> None:
    """A repair handed in by the window's last day as it stands then adds its days."""
    dates = sanbao.decide(handset(repairs=repairs)).dates
    assert (dates.refund_until, dates.exchange_until) == (day(refund), day(exchanged))
    for last, right, rule in (
        (refund, "refund", "art11.refund"),
        (exchanged, "exchange", "art12.exchange"),
    ):
        inside = sanbao.decide(handset(repairs=repairs, claimed_on=last, request=right))
        outside = sanbao.decide(
            handset(repairs=repairs, claimed_on=days_after(last, 1), request=right)
        )
        assert inside.verdicts[rule] == "holds"
        assert outside.verdicts[rule] == "fails"


def test_after_an_exchange_only_repairs_of_the_new_unit() -> None:
    """What lies before the exchange concerned the unit that was given back."""
    old, new = repair("2025-03-05", "2025-03-06"), repair("2025-04-03", "2025-04-04")
    claim = handset(exchanges=[exchange("2025-04-01")], repairs=[old, new])
    assert sanbao.decide(claim).dates.refund_until == day("2025-04-10")
    read = sanbao.Readings(windows_after_exchange="from_sale")
    assert sanbao.decide(claim, readings=read).dates.refund_until == day("2025-03-10")


def test_an_open_repair_stretches_to_the_claim() -> None:
    """While the phone is being repaired the window does not end."""
    claim = handset(repairs=[repair("2025-03-10")])
    for claimed in ("2025-03-12", "2025-04-10"):
        assert sanbao.decide({**claim, "claimed_on": claimed}).outcome == "refund"


# --- the price really paid ------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "price", "warnings"),
    [
        pytest.param({}, "3000.00", [], id="not stated"),
        pytest.param({"paid_price": "2700.00"}, "2700.00", [], id="lower"),
        pytest.param({"paid_price": "3300.00"}, "3300.00", [], id="higher"),
        pytest.param(
            {"paid_price": "2700.00", "price": None},
            "2700.00",
            ["paid_price_without_price"],
            id="no price",
        ),
        pytest.param(
            {"paid_price": "2700.00", "sold_on": "2024-06-28", "claimed_on": "2024-07-02"},
            "3000.00",
            ["paid_price_not_used"],
            id="older goods",
        ),
    ],
)
def test_the_price_really_paid(changes: dict[str, Any], price: str, warnings: list[str]) -> None:
    """It is refunded where it is stated, more or less than the invoice says."""
    decision = sanbao.decide(handset(**({"claimed_on": "2025-03-05"} | changes)))
    assert decision.remedies[0].rule == "art11.refund"
    assert decision.remedies[0].payable == Decimal(price)
    assert [warning.id for warning in decision.warnings] == warnings


def test_the_fee_is_of_the_price_really_paid() -> None:
    """Half a percent a day of what was paid."""
    claim = handset(
        paid_price="2000.00", repairs=TWO_REPAIRS, same_model_in_stock=True, request="refund"
    )
    [refund] = [one for one in sanbao.decide(claim).remedies if one.rule == "art19.refund"]
    assert (refund.fee, refund.payable) == (Decimal("650.00"), Decimal("1350.00"))


@pytest.mark.parametrize(("together", "price"), [(True, "95.00"), (False, "80.00")])
def test_an_accessory_bought_with_a_phone_goes_by_its_own_price(together: bool, price: str) -> None:
    """The price paid for the whole has no part in what the accessory cost."""
    claim = charger(
        bought_with_phone=together,
        standalone_price="95.00",
        paid_price="80.00",
        exchanges=TWO_EXCHANGES,
    )
    assert sanbao.decide(claim).remedies[0].payable == Decimal(price)


def test_a_price_paid_of_nothing_is_no_refund() -> None:
    """Who paid nothing is given the exchange."""
    claim = handset(paid_price="0.00", claimed_on="2025-03-05")
    assert sanbao.decide(claim).outcome == "exchange"


# --- citations ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rule",
    [
        *("art24.expired", "art10.repair", "art11.refund", "art11.exchange", "art12.exchange"),
        *("art14.exchange", "art14.refund", "art18.refund", "art19.refund"),
    ],
)
def test_what_it_changes_cites_it(rule: str) -> None:
    """What counts days or refunds a price by the regulation cites the decree, as now in force."""
    assert ART_18 in cited(rule)
    assert ART_18 not in cited(rule, handset(sold_on="2024-03-04", claimed_on="2024-05-13"))


@pytest.mark.parametrize(
    "rule", ["art13.exchange", "art16.exchange", "art10.again", "art24.misuse"]
)
def test_what_it_leaves_alone_does_not(rule: str) -> None:
    """What neither counts from delivery nor pays money stands as it did."""
    assert ART_18 not in cited(rule)
