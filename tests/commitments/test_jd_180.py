"""JD (2022): exchange within 180 days of any quality problem, once, on the maker's proof."""

from __future__ import annotations

from typing import Any

import pytest

from claims import exchange
from promised import beside, both, on_wednesday, outcomes, under

ID = "jd-180"


@pytest.mark.parametrize(
    ("claimed_on", "outcome"),
    [
        ("2025-06-18", ("refund", "refund")),
        ("2025-06-27", ("free_repair", "exchange")),
        ("2025-12-08", ("free_repair", "exchange")),
        ("2025-12-09", ("free_repair", "free_repair")),
    ],
)
def test_the_last_day_is_day_180(claimed_on: str, outcome: tuple[str, str]) -> None:
    claim = on_wednesday(claimed_on, confirmed=True)
    assert outcomes(ID, claim) == outcome
    if outcome == ("free_repair", "exchange"):
        assert beside(ID, claim)[0] == ("exchange", ID)


def test_any_quality_problem_of_the_phone() -> None:
    """Art. 12 asks for a fault of Appendix 3; this for a quality problem, so no wear."""
    unlisted = on_wednesday("2025-06-19", confirmed=True, symptom="unlisted")
    assert both(ID, unlisted) == (("free_repair",), ("exchange", "free_repair"))
    for symptom in ("wear", "none"):
        claim = on_wednesday("2025-06-19", confirmed=True, symptom=symptom)
        assert outcomes(ID, claim) == ("excluded", "excluded")


@pytest.mark.parametrize(
    "changes",
    [
        {"confirmed": False},
        {"gift": True},
        {"cause": "unauthorised_opening"},
        {"exchanges": [exchange("2025-07-01")]},
    ],
)
def test_not_without_proof_not_for_gifts_not_if_opened_not_twice(changes: dict[str, Any]) -> None:
    claim = on_wednesday("2025-08-11", **({"confirmed": True} | changes))
    assert outcomes(ID, claim) == ("free_repair", "free_repair")


def test_the_proof_is_asked_for() -> None:
    decision = under(ID, on_wednesday("2025-08-11"))
    assert (decision.outcome, decision.needs) == (None, ("fault.confirmed",))
