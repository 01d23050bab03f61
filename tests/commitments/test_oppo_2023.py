"""OPPO (about 2023): exchange for 30 days, a new phone after 30 days in repair; much is asked."""

from __future__ import annotations

from typing import Any

import pytest

from claims import TWO_EXCHANGES, TWO_REPAIRS, accessory, battery, charger, handset, repair
from promised import beside, both, on_wednesday, outcomes

ID = "oppo-2023"
SOUND: dict[str, Any] = {"confirmed": True, "complete": True}


@pytest.mark.parametrize(
    ("claimed_on", "outcome"),
    [
        ("2025-06-18", ("refund", "refund")),
        ("2025-06-19", ("exchange", "exchange")),
        ("2025-06-27", ("free_repair", "exchange")),
        ("2025-07-11", ("free_repair", "exchange")),
        ("2025-07-12", ("free_repair", "free_repair")),
    ],
)
def test_exchange_until_day_30(claimed_on: str, outcome: tuple[str, str]) -> None:
    claim = on_wednesday(claimed_on, **SOUND)
    assert outcomes(ID, claim) == outcome
    if outcome[0] != outcome[1]:
        assert beside(ID, claim)[0] == ("exchange", ID)


def test_days_run_from_receipt() -> None:
    claim = on_wednesday("2025-07-15", **SOUND, received_on="2025-06-15")
    assert outcomes(ID, claim) == ("free_repair", "exchange")


@pytest.mark.parametrize("delay", [None, "parts", "repairer"])
def test_not_back_in_30_days_whatever_the_cause(delay: str | None) -> None:
    """By art. 17 it must be the repairer's doing; want of parts has 60 days (art. 16)."""
    last = handset(claimed_on="2025-05-09", repairs=[repair("2025-04-09", delay=delay)])
    last["product"]["complete"] = True
    assert outcomes(ID, last)[1] == "free_repair"
    after = {**last, "claimed_on": "2025-05-10"}
    by_law, promised = both(ID, after)
    assert promised[0] == "exchange"
    assert ("exchange" in by_law) == (delay == "repairer")


def test_what_is_not_complete_has_repair_alone() -> None:
    for claim in (
        on_wednesday("2025-06-18", confirmed=True, complete=False),
        on_wednesday("2025-06-26", confirmed=True, complete=False),
    ):
        by_law, promised = both(ID, claim)
        assert "exchange" in by_law
        assert promised == ("free_repair",)
    twice = handset(repairs=TWO_REPAIRS)
    twice["product"]["complete"] = False
    assert both(ID, twice) == (("exchange", "free_repair"), ("free_repair",))


def test_its_own_test_within_the_windows_alone() -> None:
    claim = on_wednesday("2025-06-18", confirmed=False, complete=True)
    assert outcomes(ID, claim) == ("refund", "free_repair")
    twice = handset(repairs=TWO_REPAIRS)
    twice["product"]["complete"] = True
    assert outcomes(ID, twice) == ("exchange", "exchange")


@pytest.mark.parametrize(
    ("claimed_on", "promised"),
    [
        ("2025-03-10", ("refund", "exchange", "free_repair")),
        ("2025-03-11", ("exchange", "free_repair")),
        ("2025-04-02", ("exchange", "free_repair")),
        ("2025-04-03", ("free_repair",)),
        ("2026-03-03", ("free_repair",)),
        ("2026-03-04", ("paid_repair",)),
    ],
)
def test_an_accessory_is_refunded_then_exchanged_then_repaired(
    claimed_on: str, promised: tuple[str, ...]
) -> None:
    """Art. 14 exchanges it to the end of its year, and repairs it never."""
    claim = charger(claimed_on=claimed_on)
    by_law = ("paid_repair",) if claimed_on == "2026-03-04" else ("exchange",)
    assert both(ID, claim) == (by_law, promised)
    if by_law == ("exchange",):
        assert beside(ID, claim)[-1] == ("free_repair", ID)
        assert ("exchange", "cn.mobile-2001") in beside(ID, claim)


def test_after_day_30_no_refund_of_an_accessory_either() -> None:
    """Counted anew from the exchange of 2025-04-07: day 30 is 2025-05-07."""
    for claimed_on, refunded in (("2025-05-07", True), ("2025-05-08", False)):
        by_law, promised = both(ID, battery(claimed_on=claimed_on, exchanges=TWO_EXCHANGES))
        assert "refund" in by_law
        assert ("refund" in promised) == refunded


@pytest.mark.parametrize("kind", ["battery", "wired_earphone"])
def test_a_year_for_battery_and_earphone(kind: str) -> None:
    claim = accessory(kind, claimed_on="2026-03-03")
    assert both(ID, claim) == (("paid_repair",), ("free_repair",))
