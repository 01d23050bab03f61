"""OPPO (2025): a screen with a green line for four years, and nothing else for so long."""

from __future__ import annotations

from typing import Any

import pytest

from claims import TWO_REPAIRS, handset, repair
from promised import beside, both, outcomes, under
from sanbao import decide, policies

ID = "oppo-green-line"


def green(**changes: Any) -> dict[str, Any]:
    """Return the claim for a phone with a green line across its screen."""
    claim = handset(**changes)
    claim["fault"]["detail"] = "green_line"
    return claim


@pytest.mark.parametrize(
    ("claimed_on", "outcome"),
    [
        ("2026-03-03", ("free_repair", "free_repair")),
        ("2026-03-04", ("paid_repair", "free_repair")),
        ("2029-03-05", ("paid_repair", "free_repair")),  # 2029-03-03 is a Saturday
        ("2029-03-06", ("paid_repair", "paid_repair")),
    ],
)
def test_four_years_instead_of_one(claimed_on: str, outcome: tuple[str, str]) -> None:
    claim = green(claimed_on=claimed_on)
    assert outcomes(ID, claim) == outcome
    if outcome == ("paid_repair", "free_repair"):
        assert beside(ID, claim) == (("free_repair", ID),)


def test_repairs_push_the_four_years_on() -> None:
    """Three days in repair after 2029-03-03, as they do with the period of art. 8."""
    claim = green(claimed_on="2029-03-06", repairs=[repair("2027-05-10", "2027-05-12")])
    assert under(ID, claim).outcome == "free_repair"
    assert under(ID, {**claim, "claimed_on": "2029-03-07"}).outcome == "paid_repair"


@pytest.mark.parametrize(
    "changes",
    [
        {"repairs": TWO_REPAIRS},
        {"repairs": [repair("2027-01-11", delay="parts")]},
        {"repairs": [repair("2027-01-11", delay="repairer")]},
        {"repairs": TWO_REPAIRS, "same_model_in_stock": False},
        {"repairs": TWO_REPAIRS, "same_model_in_stock": True, "request": "refund"},
    ],
)
def test_no_exchange_and_no_refund_comes_back_to_life(changes: dict[str, Any]) -> None:
    """The bar is lifted for the one right: those of arts. 13 and 16 to 19 stay barred."""
    claim = green(claimed_on="2027-05-12", **changes)
    assert both(ID, claim) == (("paid_repair",), ("free_repair",))
    assert beside(ID, claim) == (("free_repair", ID),)
    # inside the year they are there
    claim = green(claimed_on="2025-05-12", **(changes if "repairs" in changes else {}))
    if claim["repairs"] == TWO_REPAIRS:
        assert "exchange" in both(ID, claim)[1]


def test_any_other_fault_of_the_screen_has_the_year() -> None:
    for detail in (None, "purple_line"):
        claim = handset(claimed_on="2026-05-12")
        claim["fault"]["detail"] = detail
        assert outcomes(ID, claim) == ("paid_repair", "paid_repair")


def test_a_detail_nobody_states_is_none_and_is_never_asked_for() -> None:
    """Absence is no question: the consumer is not sent home to look for lines."""
    for symptom in ("screen_fault", None):
        decision = under(ID, handset(claimed_on="2026-05-12", symptom=symptom))
        assert "fault.detail" not in decision.needs
    assert under(ID, handset(claimed_on="2026-05-12")).outcome == "paid_repair"


def test_other_bars_stand() -> None:
    wet = green(claimed_on="2027-05-12", cause="liquid", cause_basis="inspection")
    assert outcomes(ID, wet) == ("paid_repair", "paid_repair")
    lost = green(claimed_on="2027-05-12", invoice="none", voucher="lost")
    assert outcomes(ID, lost) == ("paid_repair", "paid_repair")


def test_it_holds_for_sales_from_2025_on() -> None:
    claim = green(sold_on="2024-12-31", claimed_on="2026-05-12")
    decision = decide({**claim, "commitments": [ID]})
    assert decision.outcome == "paid_repair"
    assert policies.get(ID).in_force_from.year == 2025
