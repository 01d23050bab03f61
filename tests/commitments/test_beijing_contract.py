"""The model contract of Beijing: half the depreciation, and a date for the exchange."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import sanbao
from claims import MAIN_UNITS, TWO_REPAIRS, battery, goods
from promised import both, on_wednesday, under

ID = "beijing-contract"


@pytest.mark.parametrize("kind", MAIN_UNITS)
def test_a_quarter_of_a_percent_a_day(kind: str) -> None:
    """Sold on 2025-03-03 for 3000 yuan, returned on 2025-05-12: 70 days, 5 of them in repair.

    65 days at 0.5 % are 975 yuan, at 0.25 % 487.50.
    """
    asked = {"same_model_in_stock": True, "request": "refund"}
    claim = goods(kind, "screen_fault", repairs=TWO_REPAIRS, **asked)
    found = {}
    for name, decision in (("law", sanbao.decide(claim)), ("contract", under(ID, claim))):
        [refund] = [one for one in decision.remedies if one.remedy == "refund"]
        found[name] = refund.rule, refund.used_days, refund.fee, refund.payable
    assert found == {
        "law": ("art19.refund", 65, Decimal("975.00"), Decimal("2025.00")),
        "contract": ("art19.refund", 65, Decimal("487.50"), Decimal("2512.50")),
    }


def test_an_exchange_after_two_repairs_within_15_days() -> None:
    """Claimed on 2025-05-12: carried out by 2025-05-27; the regulation names no day."""
    claim = goods("handset", "screen_fault", repairs=TWO_REPAIRS)
    due = {duty.id: duty.on for duty in under(ID, claim).obligations}
    assert due["beijing.exchange_in_15_days"] == date(2025, 5, 27)
    law = {duty.id for duty in sanbao.decide(claim).obligations}
    assert set(due) - law == {"beijing.exchange_in_15_days"}


def test_no_day_for_other_exchanges() -> None:
    for claim in (on_wednesday("2025-06-20"), battery()):
        decision = under(ID, claim)
        assert decision.outcome == "exchange"
        assert "beijing.exchange_in_15_days" not in {duty.id for duty in decision.obligations}


def test_all_else_as_the_regulation() -> None:
    for claimed_on in ("2025-06-18", "2025-06-19", "2025-06-26", "2025-06-27", "2026-06-12"):
        by_law, promised = both(ID, on_wednesday(claimed_on))
        assert by_law == promised
