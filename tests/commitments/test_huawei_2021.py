"""Huawei (about 2021): counted as the law counts, but not for a scratched housing."""

from __future__ import annotations

import pytest

from claims import TWO_EXCHANGES, TWO_REPAIRS, battery, handset, repair
from promised import both, on_wednesday, outcomes, under
from sanbao import Readings, policies
from sanbao.engine import decide

ID = "huawei-2021"
SOUND = {"confirmed": True, "housing_worn": False}


@pytest.mark.parametrize(
    ("claimed_on", "outcome"),
    [
        ("2025-06-18", "refund"),
        ("2025-06-19", "exchange"),
        ("2025-06-26", "exchange"),
        ("2025-06-27", "free_repair"),
        ("2026-06-11", "free_repair"),
        ("2026-06-12", "paid_repair"),
    ],
)
def test_a_sound_and_confirmed_phone_has_what_the_regulation_gives(
    claimed_on: str, outcome: str
) -> None:
    assert outcomes(ID, on_wednesday(claimed_on, **SOUND)) == (outcome, outcome)


def test_the_second_day_is_the_first_counted_whoever_reads_otherwise() -> None:
    same_day = Readings(first_day="same_day")
    claim = on_wednesday("2025-06-18", **SOUND)
    assert decide(claim, readings=same_day).outcome == "exchange"
    assert decide(claim, policy=policies.get(ID), readings=same_day).outcome == "refund"


def test_a_scratched_housing_loses_refund_and_exchange() -> None:
    """Wear is no ground of art. 24, and no condition of arts. 11 to 13."""
    worn = on_wednesday("2025-06-18", confirmed=True, housing_worn=True)
    assert both(ID, worn) == (("refund", "exchange", "free_repair"), ("free_repair",))
    claims = [
        handset(repairs=TWO_REPAIRS),
        handset(claimed_on="2025-05-20", repairs=[repair("2025-03-10", delay="parts")]),
        handset(repairs=[repair("2025-03-10", delay="repairer")]),
    ]
    for claim in claims:
        claim["product"]["housing_worn"] = True
        by_law, promised = both(ID, claim)
        assert "exchange" in by_law
        assert promised == ("free_repair",)


def test_a_scratched_accessory_has_neither_exchange_nor_refund() -> None:
    for claim in (battery(), battery(exchanges=TWO_EXCHANGES)):
        claim["product"]["housing_worn"] = True
        by_law, promised = outcomes(ID, claim)
        assert by_law in ("exchange", "refund")
        assert promised == "paid_repair"


def test_no_report_no_refund_or_exchange() -> None:
    """The report of an authorised outlet is asked for within the windows."""
    claim = on_wednesday("2025-06-18", confirmed=False, housing_worn=False)
    assert both(ID, claim) == (("refund", "exchange", "free_repair"), ("free_repair",))
    twice = handset(repairs=TWO_REPAIRS)
    twice["product"]["housing_worn"] = False
    assert outcomes(ID, twice) == ("exchange", "exchange")


def test_what_nobody_said_is_left_open() -> None:
    decision = under(ID, on_wednesday("2025-06-18"))
    assert decision.outcome is None
    assert {"fault.confirmed", "product.housing_worn"} <= set(decision.needs)
