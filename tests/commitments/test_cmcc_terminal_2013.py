"""A carrier's terminal company (2013): as the regulation, but counted from purchase."""

from __future__ import annotations

import pytest

from claims import ACCESSORIES, accessory
from promised import both, on_wednesday, outcomes, under
from sanbao import MOBILE_2001, policies

ID = "cmcc-terminal-2013"


def test_it_says_what_the_regulation_says_but_for_the_first_day() -> None:
    promise = policies.get(ID)
    for name in ("catalogue", "grades", "exclusions", "bars", "rights", "obligations"):
        assert getattr(promise, name) == getattr(MOBILE_2001, name)
    assert [(one.reading, one.value) for one in promise.readings] == [("window_start", "sold")]


@pytest.mark.parametrize(
    ("claimed_on", "by_law", "promised"),
    [
        ("2025-06-18", "refund", "refund"),  # day 7 of purchase, day 2 of delivery
        ("2025-06-19", "refund", "exchange"),  # day 8 of purchase
        ("2025-06-26", "exchange", "exchange"),  # day 15 of purchase, day 10 of delivery
        ("2025-06-27", "exchange", "free_repair"),  # day 16 of purchase
    ],
)
def test_delivered_five_days_later(claimed_on: str, by_law: str, promised: str) -> None:
    """Bought on 2025-06-11, delivered on 2025-06-16: the buyer loses five days."""
    claim = on_wednesday(claimed_on, received_on="2025-06-16")
    assert outcomes(ID, claim) == (by_law, promised)


def test_taken_home_at_once_nothing_differs() -> None:
    for claimed_on in ("2025-06-18", "2025-06-19", "2025-06-26", "2025-06-27", "2026-06-11"):
        by_law, promised = both(ID, on_wednesday(claimed_on))
        assert by_law == promised


@pytest.mark.parametrize("kind", ACCESSORIES)
def test_accessories_are_exchanged_as_by_the_regulation(kind: str) -> None:
    assert both(ID, accessory(kind)) == (("exchange",), ("exchange",))


def test_a_plan_is_no_reason_to_refuse() -> None:
    """That it is settled on return is not encoded: art. 3 lets no contract stand in the way."""
    decision = under(ID, on_wednesday("2025-06-18", plan_bundled=True))
    assert decision.outcome == "refund"
    assert "art4.plan_no_excuse" in {duty.id for duty in decision.obligations}
