"""Meizu (2018): nothing beyond the regulation, and three things less."""

from __future__ import annotations

import pytest

from claims import handset
from promised import beside, both, on_wednesday, outcomes
from sanbao import policies

ID = "meizu-2018"


def test_complete_and_tested_has_what_the_regulation_gives() -> None:
    for claimed_on in ("2025-06-18", "2025-06-19", "2025-06-26", "2025-06-27", "2026-06-12"):
        claim = on_wednesday(claimed_on, complete=True, confirmed=True)
        by_law, promised = both(ID, claim)
        assert by_law == promised


@pytest.mark.parametrize(
    "lacking",
    [{"complete": False, "confirmed": True}, {"complete": True, "confirmed": False}],
)
def test_neither_incomplete_nor_untested(lacking: dict[str, bool]) -> None:
    assert outcomes(ID, on_wednesday("2025-06-18", **lacking)) == ("refund", "free_repair")
    assert outcomes(ID, on_wednesday("2025-06-19", **lacking)) == ("exchange", "free_repair")


@pytest.mark.parametrize("basis", ["trader", "report"])
def test_liquid_bars_on_the_word_of_the_maker(basis: str) -> None:
    """By law the trader has to prove it, and an inspection decides what is contested."""
    claim = handset(cause="liquid", cause_basis=basis)
    claim["fault"]["contested"] = True
    assert outcomes(ID, claim) == ("free_repair", "paid_repair")
    assert beside(ID, claim) == (("free_repair", "cn.mobile-2001"),)
    for cause in ("misuse", "impact"):
        other = handset(cause=cause, cause_basis=basis)
        other["fault"]["contested"] = True
        assert outcomes(ID, other) == ("free_repair", "free_repair")
        other["fault"] |= {"cause_basis": "inspection"}
        assert outcomes(ID, other) == ("paid_repair", "paid_repair")


def test_what_an_authority_found_unqualified_is_refunded_all_the_same() -> None:
    """Consumer Protection Law art. 54 is despite art. 24(4), whoever says liquid."""
    claim = handset(cause="liquid")
    claim["fault"]["found_unqualified"] = True
    assert outcomes(ID, claim) == ("refund", "refund")


def test_list_price_and_days_in_repair_are_said_to_be_left_out() -> None:
    told = " ".join(en for _, en in policies.get(ID).unencoded)
    assert "list price" in told
    assert "days in repair" in told
