"""Nubia (about 2014): counted from receipt; complete, undamaged, and no refund of a gift."""

from __future__ import annotations

from typing import Any

import pytest

from claims import TWO_REPAIRS, accessory, handset
from promised import beside, both, on_wednesday, outcomes

ID = "nubia-2014"
SOUND: dict[str, Any] = {"complete": True, "housing_worn": False}


@pytest.mark.parametrize(
    ("claimed_on", "outcome"),
    [
        ("2024-02-22", ("free_repair", "free_repair")),
        ("2024-02-23", ("paid_repair", "free_repair")),
        ("2024-03-18", ("paid_repair", "free_repair")),  # 2024-03-16 is a Saturday
        ("2024-03-19", ("paid_repair", "paid_repair")),
    ],
)
def test_the_year_runs_from_receipt(claimed_on: str, outcome: tuple[str, str]) -> None:
    days = {"sold_on": "2023-03-01", "received_on": "2023-03-16", "invoiced_on": "2023-02-22"}
    claim = handset(claimed_on=claimed_on, **days)
    assert outcomes(ID, claim) == outcome
    if outcome == ("paid_repair", "free_repair"):
        assert beside(ID, claim) == (("free_repair", ID),)


def test_a_later_invoice_gives_no_more_days() -> None:
    days = {"sold_on": "2023-03-01", "received_on": "2023-03-02", "invoiced_on": "2023-03-22"}
    assert outcomes(ID, handset(claimed_on="2024-03-22", **days)) == ("free_repair", "paid_repair")


@pytest.mark.parametrize("lacking", [{"complete": False}, {"housing_worn": True}])
def test_incomplete_or_damaged_is_repaired_alone(lacking: dict[str, bool]) -> None:
    claim = on_wednesday("2025-06-18", **(SOUND | lacking))
    assert both(ID, claim) == (("refund", "exchange", "free_repair"), ("free_repair",))
    twice = handset(repairs=TWO_REPAIRS)
    twice["product"] |= SOUND | lacking
    assert both(ID, twice) == (("exchange", "free_repair"), ("free_repair",))
    twice["product"] |= SOUND
    assert outcomes(ID, twice) == ("exchange", "exchange")


def test_a_gift_is_not_refunded() -> None:
    """By art. 23 it has the same guarantees."""
    claim = on_wednesday("2025-06-18", **SOUND, gift=True)
    assert both(ID, claim) == (
        ("refund", "exchange", "free_repair"),
        ("exchange", "free_repair"),
    )
    none_left = handset(repairs=TWO_REPAIRS, same_model_in_stock=False, gift=True)
    none_left["product"] |= SOUND
    assert ["refund" in had for had in both(ID, none_left)] == [True, False]
    battery = accessory("battery", exchanges=[], gift=True)
    assert outcomes(ID, battery) == ("exchange", "exchange")


@pytest.mark.parametrize("kind", ["battery", "wired_earphone"])
def test_a_year_for_battery_and_earphone(kind: str) -> None:
    assert both(ID, accessory(kind, claimed_on="2026-03-03")) == (("paid_repair",), ("exchange",))
