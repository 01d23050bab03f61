"""vivo (about 2016): 30 days, but the day of receipt counts, and papers lost mean repair only."""

from __future__ import annotations

import pytest

from claims import FACTORY, PROVEN, TWO_REPAIRS, accessory, battery, exchange, handset
from promised import both, on_wednesday, outcomes

ID = "vivo-2016"


@pytest.mark.parametrize(
    ("claimed_on", "by_law", "promised"),
    [
        ("2025-06-17", "refund", "refund"),  # day 7 if the first day counts
        ("2025-06-18", "refund", "exchange"),  # day 7 by Civil Code art. 201
        ("2025-06-25", "exchange", "exchange"),
        ("2025-06-26", "exchange", "exchange"),  # the regulation's last day, no matter here
        ("2025-06-27", "free_repair", "exchange"),
        ("2025-07-10", "free_repair", "exchange"),  # day 30 if the first day counts
        ("2025-07-11", "free_repair", "free_repair"),
    ],
)
def test_thirty_days_the_first_included(claimed_on: str, by_law: str, promised: str) -> None:
    """Every window is a day shorter than counted by Civil Code art. 201."""
    assert outcomes(ID, on_wednesday(claimed_on)) == (by_law, promised)


def test_the_year_is_a_day_shorter_too() -> None:
    """Sold on 2025-06-11: the regulation's year ends on 2026-06-11, a Thursday."""
    assert outcomes(ID, on_wednesday("2026-06-10")) == ("free_repair", "free_repair")
    assert outcomes(ID, on_wednesday("2026-06-11")) == ("free_repair", "paid_repair")


def test_counted_from_receipt() -> None:
    """Delivered on Monday 2025-06-16: day 7 is Sunday the 22nd, and moves to Monday."""
    claim = on_wednesday("2025-06-23", received_on="2025-06-16")
    assert outcomes(ID, claim) == ("refund", "refund")
    later = on_wednesday("2025-06-24", received_on="2025-06-16")
    assert outcomes(ID, later) == ("exchange", "exchange")


def test_windows_restart_after_an_exchange() -> None:
    """Exchanged on Wednesday 2025-08-06: day 7 is the 12th, day 30 Thursday 2025-09-04."""
    for claimed_on, promised in (
        ("2025-08-12", "refund"),
        ("2025-08-13", "exchange"),
        ("2025-09-04", "exchange"),
        ("2025-09-05", "free_repair"),
    ):
        claim = on_wednesday(claimed_on, exchanges=[exchange("2025-08-06")])
        assert outcomes(ID, claim)[1] == promised


@pytest.mark.parametrize(
    "claim",
    [
        on_wednesday("2025-06-13", **PROVEN),
        on_wednesday("2025-06-20", **PROVEN),
        handset(repairs=TWO_REPAIRS, **PROVEN),
    ],
    ids=["day-2", "day-9", "two-repairs"],
)
def test_a_copy_with_papers_lost_is_repaired_only(claim: dict[str, object]) -> None:
    """By art. 9 a copy that shows the unit is inside the period carries an exchange."""
    by_law, promised = both(ID, claim)
    assert "exchange" in by_law
    assert promised == ("free_repair",)


def test_an_accessory_with_papers_lost_has_nothing_to_repair() -> None:
    """The page promises accessories an exchange, and takes it from the holder of a copy."""
    assert outcomes(ID, battery(**PROVEN)) == ("exchange", "paid_repair")


@pytest.mark.parametrize(
    "papers",
    [
        {"invoice": "original", "voucher": "lost"},
        {"invoice": "none", "voucher": "intact"},
        {"invoice": "copy", "voucher": "intact"},
    ],
    ids=["invoice", "voucher", "voucher-and-copy"],
)
def test_with_one_paper_in_hand_it_is_as_the_regulation_says(papers: dict[str, str]) -> None:
    claim = on_wednesday("2025-06-17", **papers)
    assert both(ID, claim) == (("exchange", "free_repair"),) * 2


def test_the_factory_date_alone_is_repaired_by_either() -> None:
    assert outcomes(ID, handset(**FACTORY)) == ("free_repair", "free_repair")


def test_accessories_are_exchanged() -> None:
    for kind in ("wired_earphone", "battery", "charger"):
        assert both(ID, accessory(kind)) == (("exchange",), ("exchange",))
