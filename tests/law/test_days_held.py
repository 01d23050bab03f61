"""The day that is held against windows and period: when somebody first asked."""

from __future__ import annotations

from typing import Any

import pytest

import sanbao
from claims import day, exchange, handset, repair


@pytest.mark.parametrize(
    ("asked", "outcome"),
    [
        ("2025-03-10", "refund"),
        ("2025-03-11", "exchange"),
        ("2025-03-18", "exchange"),
        ("2025-03-19", "free_repair"),
        (None, "free_repair"),
    ],
)
def test_a_refusal_makes_no_right_lapse(asked: str | None, outcome: str) -> None:
    """Who asked in time and was sent away keeps the right of that day."""
    decision = sanbao.decide(handset(asked_on=asked))
    assert decision.outcome == outcome
    assert decision.dates.asked_on == day(asked or "2025-05-12")


@pytest.mark.parametrize(
    ("asked", "outcome"), [("2026-03-03", "free_repair"), ("2026-03-04", "paid_repair")]
)
def test_the_period(asked: str, outcome: str) -> None:
    """The day of the demand is held against the period too."""
    assert sanbao.decide(handset(asked_on=asked, claimed_on="2026-06-01")).outcome == outcome


def test_repairs_and_money_go_by_the_claim() -> None:
    """A repair after the demand counts, and use goes on to the day of the claim."""
    claim = handset(
        asked_on="2025-03-19",
        repairs=[repair("2025-03-20", "2025-03-21"), repair("2025-04-07", "2025-04-09")],
        same_model_in_stock=True,
        request="refund",
    )
    [refund] = [one for one in sanbao.decide(claim).remedies if one.rule == "art19.refund"]
    assert refund.used_days == 65


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("asked_on", "2025-05-13"),
        ("asked_on", "2025-03-02"),
        ("appeared_on", "2025-05-13"),
        ("appeared_on", "2025-03-02"),
    ],
)
def test_days_that_cannot_be(field: str, value: str) -> None:
    """Neither lies after the claim, nor before the sale."""
    with pytest.raises(sanbao.ValidationError, match=field):
        sanbao.decide(handset(**{field: value}))


def test_it_appeared_before_somebody_asked() -> None:
    """Nobody asks for a fault that has not appeared."""
    with pytest.raises(sanbao.ValidationError, match="appeared_on"):
        sanbao.decide(handset(asked_on="2025-03-10", appeared_on="2025-03-11"))


@pytest.mark.parametrize(
    ("asked", "used", "warnings"),
    [
        ("2025-03-31", "2025-05-12", ["asked_before_exchange"]),
        ("2025-04-01", "2025-04-01", []),
    ],
)
def test_a_demand_that_was_met_by_an_exchange(asked: str, used: str, warnings: list[str]) -> None:
    """A demand of before the last exchange concerned the unit given back."""
    decision = sanbao.decide(handset(asked_on=asked, exchanges=[exchange("2025-04-01")]))
    assert decision.dates.asked_on == day(used)
    assert [warning.id for warning in decision.warnings] == warnings


def test_what_appeared_before_the_exchange() -> None:
    """So did a fault of before it, which is said."""
    read = sanbao.Readings(window_day="appeared")
    claim = handset(exchanges=[exchange("2025-04-01")], appeared_on="2025-03-31")
    decision = sanbao.decide(claim, readings=read)
    assert decision.outcome == "free_repair"
    assert [warning.id for warning in decision.warnings] == ["appeared_before_exchange"]


@pytest.mark.parametrize(("claimed", "warned"), [("2025-05-21", False), ("2025-05-22", True)])
def test_a_demand_that_a_lasting_repair_met_is_used_as_stated(claimed: str, warned: bool) -> None:
    """Where the phone worked for more than 30 days since, the decision says so."""
    claim = handset(
        asked_on="2025-03-10", repairs=[repair("2025-04-14", "2025-04-21")], claimed_on=claimed
    )
    decision = sanbao.decide(claim)
    assert decision.outcome == "refund"
    warnings = [warning.id for warning in decision.warnings]
    assert ("asked_before_lasting_repair" in warnings) == warned


@pytest.mark.parametrize(
    ("appeared", "value", "outcome"),
    [
        ("2025-03-10", "appeared", "refund"),
        ("2025-03-11", "appeared", "exchange"),
        ("2025-03-10", "asked", "free_repair"),
    ],
)
def test_under_the_other_reading_the_day_it_appeared(
    appeared: str, value: Any, outcome: str
) -> None:
    """Under ``window_day`` the day of the fault is held, where it is known."""
    read = sanbao.Readings(window_day=value)
    assert sanbao.decide(handset(appeared_on=appeared), readings=read).outcome == outcome
