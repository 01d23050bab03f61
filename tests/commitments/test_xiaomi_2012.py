"""Xiaomi (2012): counted from receipt, the invoice for the voucher, its own outlet's word."""

from __future__ import annotations

from typing import Any

import pytest

from claims import accessory, exchange, handset, repair
from promised import beside, both, on_wednesday, outcomes, under
from sanbao import Readings, policies
from sanbao.engine import decide

ID = "xiaomi-2012"


def received(sold_on: str, received_on: str, invoiced_on: str, claimed_on: str) -> dict[str, Any]:
    """Return the claim for a phone that was sold, received and invoiced on these days."""
    return handset(
        sold_on=sold_on, received_on=received_on, invoiced_on=invoiced_on, claimed_on=claimed_on
    )


LATE_INVOICE = ("2023-03-01", "2023-03-02", "2023-03-22")
EARLY_INVOICE = ("2023-03-01", "2023-03-16", "2023-02-22")


@pytest.mark.parametrize(
    ("days", "claimed_on", "outcome"),
    [
        (LATE_INVOICE, "2024-03-04", ("free_repair", "free_repair")),  # rolled over a weekend
        (LATE_INVOICE, "2024-03-05", ("free_repair", "paid_repair")),
        (LATE_INVOICE, "2024-03-22", ("free_repair", "paid_repair")),
        (EARLY_INVOICE, "2024-02-22", ("free_repair", "free_repair")),
        (EARLY_INVOICE, "2024-02-23", ("paid_repair", "free_repair")),
        (EARLY_INVOICE, "2024-03-18", ("paid_repair", "free_repair")),
        (EARLY_INVOICE, "2024-03-19", ("paid_repair", "paid_repair")),
    ],
)
def test_the_year_runs_from_receipt_under_the_version_of_2001(
    days: tuple[str, str, str], claimed_on: str, outcome: tuple[str, str]
) -> None:
    """Art. 8 lets it run from the invoice: below the floor where that is the later."""
    claim = received(*days, claimed_on)
    assert outcomes(ID, claim) == outcome
    better = outcome == ("paid_repair", "free_repair")
    assert (("free_repair", ID) in beside(ID, claim)) == better


@pytest.mark.parametrize("reading", ["delivered", "later", "invoiced"])
@pytest.mark.parametrize("invoiced_on", ["2025-02-21", "2025-03-24"])
def test_the_year_runs_from_receipt_whatever_the_law_beside_it_counts_from(
    reading: str, invoiced_on: str
) -> None:
    """Beside the version of 2024, which counts from delivery unless a reading says otherwise."""
    readings = Readings.from_dict({"period_start": reading})
    last = received("2025-03-03", "2025-03-10", invoiced_on, "2026-03-10")
    after = {**last, "claimed_on": "2026-03-11"}
    own = policies.get(ID).beside_law(policies.get("cn.mobile-2001"))
    assert decide(last, policy=own, readings=readings).outcome == "free_repair"
    assert decide(after, policy=own, readings=readings).outcome == "paid_repair"
    named = decide({**last, "commitments": [ID]}, readings=readings)
    assert named.outcome == "free_repair"
    [source] = {one.policy for one in named.remedies if one.remedy == "free_repair"}
    ended = decide(last, readings=readings).outcome == "paid_repair"
    assert source == (ID if ended else "cn.mobile-2001")


def test_windows_run_from_receipt_whoever_reads_otherwise() -> None:
    claim = on_wednesday("2023-06-21", confirmed=True, received_on="2023-06-16")
    claim["purchase"]["sold_on"] = "2023-06-12"
    sold = Readings(window_start="sold")
    assert decide(claim, readings=sold).outcome == "exchange"
    assert decide(claim, policy=policies.get(ID), readings=sold).outcome == "refund"


def test_a_lost_voucher_takes_nothing_where_the_invoice_is_there() -> None:
    """Art. 9 leaves exchange and repair to the invoice alone."""
    claim = on_wednesday("2025-06-13", confirmed=True, voucher="lost")
    assert both(ID, claim) == (
        ("exchange", "free_repair"),
        ("refund", "exchange", "free_repair"),
    )
    assert beside(ID, claim)[0] == ("refund", ID)
    copy = on_wednesday("2025-06-13", confirmed=True, voucher="lost", invoice="copy")
    assert both(ID, copy) == (("exchange", "free_repair"),) * 2


def test_its_own_outlet_has_to_confirm_the_fault_within_the_windows() -> None:
    assert outcomes(ID, on_wednesday("2025-06-18", confirmed=False)) == ("refund", "free_repair")
    assert under(ID, on_wednesday("2025-06-18")).needs == ("fault.confirmed",)


def test_the_fee_runs_from_the_invoice_also_after_an_exchange() -> None:
    """Art. 19 with art. 21: since the exchange. 2025-03-03 to 2025-07-01 are 120 days."""
    claim = handset(
        claimed_on="2025-07-01",
        exchanges=[exchange("2025-06-01")],
        repairs=[repair("2025-06-04", "2025-06-05"), repair("2025-06-10", "2025-06-11")],
        request="refund",
        same_model_in_stock=True,
    )
    fees = {}
    for name, policy in (("law", None), ("promise", policies.get(ID))):
        [refund] = [one for one in decide(claim, policy=policy).remedies if one.remedy == "refund"]
        fees[name] = refund.used_days
    assert fees == {"law": 26, "promise": 116}


@pytest.mark.parametrize("kind", ["battery", "wired_earphone"])
def test_a_year_for_battery_and_earphone(kind: str) -> None:
    claim = accessory(kind, claimed_on="2026-03-03")
    assert both(ID, claim) == (("paid_repair",), ("exchange",))
    assert beside(ID, claim) == (("exchange", ID),)
    assert outcomes(ID, accessory(kind, claimed_on="2026-03-04")) == ("paid_repair",) * 2
