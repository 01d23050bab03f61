"""Article 15: a phone on loan once the repair takes more than 7 days."""

from __future__ import annotations

from typing import Any

import pytest

from claims import LAW, MISUSED, battery, day, duties, exchange, handset, repair

LOANER = "art15.loaner"


@pytest.mark.parametrize(
    ("handed_in", "claimed", "arises"),
    [
        ("2025-05-05", "2025-05-12", False),  # the seventh day, a Monday
        ("2025-05-05", "2025-05-13", True),
        ("2025-05-05", "2025-06-02", True),
        ("2025-05-10", "2025-05-17", False),  # the seventh day, a Saturday
        ("2025-05-10", "2025-05-18", True),  # and no rolling to Monday
        ("2025-04-24", "2025-05-01", False),  # the seventh day, Labour Day
        ("2025-04-24", "2025-05-02", True),
    ],
)
def test_once_7_days_have_passed(handed_in: str, claimed: str, arises: bool) -> None:
    """A phone is lent from the eighth day that the unit is in repair."""
    found = duties(handset(claimed_on=claimed, repairs=[repair(handed_in)]))
    assert (LOANER in found) == arises
    if arises:
        assert (found[LOANER].on - day(handed_in)).days == 8


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param(handset(), id="no repair"),
        pytest.param(handset(repairs=[repair("2025-04-01", "2025-04-30")]), id="finished"),
        pytest.param(
            handset(repairs=[repair("2025-03-20")], exchanges=[exchange("2025-04-01")]),
            id="handed in before the exchange",
        ),
        pytest.param(handset(repairs=[repair("2025-04-01", ready_on="2025-05-12")]), id="ready"),
        pytest.param(
            handset(repairs=[repair("2025-04-01", notified_on="2025-05-12")]), id="notified"
        ),
        pytest.param(handset(repairs=[repair("2025-04-01")], **MISUSED), id="not guaranteed"),
        pytest.param(battery(repairs=[repair("2025-04-01")]), id="accessory"),
    ],
)
def test_no_loan(claim: dict[str, Any]) -> None:
    """No phone is lent for a repair that is over, or is not owed, nor for an accessory."""
    assert LOANER not in duties(claim)


@pytest.mark.parametrize(
    "facts",
    [
        {"recorded": False},
        {"under_guarantee": False},
        {"symptom": "no_ring"},
        {"delay": "parts"},
        {"ready_on": "2025-05-13"},
        {"handed_back_on": "2025-05-13"},
    ],
)
def test_whatever_was_written_of_the_repair(facts: dict[str, Any]) -> None:
    """A phone is lent for any repair that is not done, whoever wrote down what of it."""
    [one] = [repair("2025-05-04") | facts]
    assert duties(handset(repairs=[one]))[LOANER].on == day("2025-05-12")


def test_handed_in_before_the_start() -> None:
    """Nor does it matter that the period starts later, with the invoice."""
    claim = handset(sold_on="2024-03-04", invoiced_on="2024-03-06", claimed_on="2024-03-13")
    assert LOANER in duties({**claim, "repairs": [repair("2024-03-05")]})


def test_the_longest_open_repair_counts() -> None:
    """Of two open repairs the earlier one starts the 7 days."""
    found = duties(handset(repairs=[repair("2025-05-09"), repair("2025-05-02")]))
    assert found[LOANER].on == day("2025-05-10")


def test_citation() -> None:
    """The duty cites article 15."""
    found = duties(handset(repairs=[repair("2025-04-14")]))
    assert [str(citation) for citation in found[LOANER].citations] == [f"{LAW} art. 15"]
