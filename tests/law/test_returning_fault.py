"""A fault that comes back is one fault: who brought it inside the period keeps its rights."""

from __future__ import annotations

from typing import Any

import pytest

import sanbao
from claims import FACTORY, NOTHING, battery, handset, repair

# The period of what was sold on Monday 2024-03-04 ends on Tuesday 2025-03-04.
NEW_FAULT = sanbao.Readings(returning_fault="new_fault")


def came_back(claimed_on: str, *repairs: dict[str, Any], **changes: Any) -> sanbao.Decision:
    """Return the decision on a phone that was brought again on this day."""
    claim = handset(
        **({"sold_on": "2024-03-04", "repairs": list(repairs)} | changes), claimed_on=claimed_on
    )
    return sanbao.decide(claim)


def is_expired(decision: sanbao.Decision) -> bool:
    """Say whether the period counts as over."""
    return decision.verdicts["art24.expired"] == "holds"


LAST_DAY = repair("2025-03-04", "2025-03-04")  # adds a day: the period ends on 2025-03-05
DAY_AFTER = repair("2025-03-05", "2025-03-06")  # adds none


@pytest.mark.parametrize(
    ("one", "claimed", "expired"),
    [
        (LAST_DAY, "2025-04-03", False),  # the 30th day after it was handed back
        (LAST_DAY, "2025-04-04", True),
        (DAY_AFTER, "2025-04-03", True),
    ],
)
def test_brought_inside_the_period_and_back_within_30_days(
    one: dict[str, Any], claimed: str, expired: bool
) -> None:
    """What failed again within 30 days of the hand-back was not mended."""
    assert is_expired(came_back(claimed, one)) == expired


@pytest.mark.parametrize(
    ("changes", "expired"),
    [
        pytest.param({}, False, id="ordinary"),
        pytest.param({"symptom": "screen_fault"}, False, id="the claim's symptom"),
        pytest.param({"symptom": "no_ring"}, True, id="another fault"),
        pytest.param({"under_guarantee": False}, True, id="paid for"),
        pytest.param({"recorded": False}, False, id="not recorded"),
        pytest.param({"software_only": True}, False, id="software"),
    ],
)
def test_which_repair_makes_a_chain(changes: dict[str, Any], expired: bool) -> None:
    """A repair of the same fault under the guarantees, whatever was written of it."""
    assert is_expired(came_back("2025-04-03", LAST_DAY | changes)) == expired


def test_the_chain_goes_on() -> None:
    """From repair to repair, as long as each was not handed back more than 30 days before."""
    chain = [
        repair("2025-03-04", "2025-03-04"),
        repair("2025-04-03", "2025-04-07"),
        repair("2025-05-07", "2025-05-09"),
    ]
    assert not is_expired(came_back("2025-06-08", *chain))
    assert not is_expired(came_back("2025-06-08", *reversed(chain)))
    assert is_expired(came_back("2025-06-09", *chain))
    broken = [chain[0], repair("2025-04-04", "2025-04-07"), chain[2]]
    assert is_expired(came_back("2025-06-08", *broken))
    # each of them is a repair inside the period: two make the exchange of art. 13
    assert came_back("2025-06-08", *chain).outcome == "exchange"


def test_a_repair_still_open_is_part_of_it() -> None:
    """A phone that was never handed back was brought when it was handed in."""
    decision = came_back("2025-06-09", repair("2025-03-04"))
    assert not is_expired(decision)


@pytest.mark.parametrize(("asked", "expired"), [("2025-04-03", False), ("2025-04-04", True)])
def test_it_starts_from_the_demand(asked: str, expired: bool) -> None:
    """Waiting after the demand costs nothing."""
    assert is_expired(came_back("2025-08-01", LAST_DAY, asked_on=asked)) == expired


def test_it_does_not_bring_windows_back() -> None:
    """Windows know no chain: what is kept are the rights of the period."""
    one = repair("2024-03-20", "2024-03-21")
    decision = came_back("2024-04-19", one)
    assert decision.outcome == "free_repair"


def test_the_other_reading() -> None:
    """Under ``new_fault`` the day of the demand alone is held against the period."""
    claim = handset(sold_on="2024-03-04", repairs=[LAST_DAY], claimed_on="2025-04-03")
    decision = sanbao.decide(claim, readings=NEW_FAULT)
    assert is_expired(decision)
    assert decision.lead is not None
    assert decision.lead.rule == "art10.again"


def test_accessories_have_it_too() -> None:
    """A battery that was repaired, and came back, is exchanged as it was inside its period."""
    one = repair("2025-09-03", "2025-09-03")  # the last day of six months
    assert sanbao.decide(battery(repairs=[one], claimed_on="2025-10-03")).outcome == "exchange"
    assert sanbao.decide(battery(repairs=[one], claimed_on="2025-10-04")).outcome == "paid_repair"


def test_from_a_factory_date() -> None:
    """Where the period runs from the factory date, repairs since then make the chain."""
    one = repair("2026-03-03", "2026-03-03")
    claim = handset(repairs=[one], claimed_on="2026-04-02", **FACTORY)
    assert not is_expired(sanbao.decide(claim))
    assert is_expired(sanbao.decide(claim | {"claimed_on": "2026-04-03"}))


def test_on_no_evidence_nothing_is_examined() -> None:
    """Without any proof there is no period that a chain could keep."""
    decision = came_back("2025-04-03", LAST_DAY, **NOTHING)
    assert not is_expired(decision)
    assert decision.outcome == "paid_repair"


@pytest.mark.parametrize("symptom", [None, "screen_fault"])
def test_where_a_fault_is_not_known(symptom: str | None) -> None:
    """Nobody knows whether it is the same fault: by cases."""
    one = LAST_DAY | {"symptom": "screen_fault"}
    decision = came_back("2025-04-03", one, symptom=symptom)
    assert ("paid_repair" in decision.possible) == (symptom is None)
    assert ("free_repair" in decision.possible) is True
