"""Consumer Protection Law, article 23: who has to prove what caused the fault.

For claims from 2014-03-15 the trader proves what was found within six months of receipt. A ground
that bars (art. 24) or excludes (art. 10, Appendix 3) does so only where it is proved.
"""

from __future__ import annotations

from typing import Any

import pytest

import sanbao
from claims import NOTHING, days_after, exchange, handset, repair

GROUNDS = [
    ("misuse", "art24.misuse", "paid_repair"),
    ("liquid", "art24.misuse", "paid_repair"),
    ("impact", "art24.misuse", "paid_repair"),
    ("unauthorised_opening", "art24.opened", "paid_repair"),
    ("force_majeure", "art24.force_majeure", "paid_repair"),
    ("network", "app3.network", "excluded"),
    ("sim_data", "art10.sim_data", "excluded"),
]
PROVED: tuple[str, tuple[str, ...]] = ("holds", ())
TRADER_PROVES = ("fails", ("trader_must_prove",))
UNPROVED = ("fails", ("inspection_decides",))
DOUBTED = ("holds", ("inspection_may_decide",))

# who says so: not contested, contested and found within six months, contested otherwise
TABLE = {
    "inspection": (PROVED, PROVED, PROVED),
    "report": (PROVED, TRADER_PROVES, DOUBTED),
    "consumer": (PROVED, PROVED, PROVED),
    "trader": (TRADER_PROVES, TRADER_PROVES, UNPROVED),
    None: (TRADER_PROVES, TRADER_PROVES, UNPROVED),
}


@pytest.mark.parametrize(("cause", "rule", "outcome"), GROUNDS)
@pytest.mark.parametrize("basis", TABLE)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_who_says_so(cause: str, rule: str, outcome: str, basis: str | None, place: int) -> None:
    """A ground is proved by an inspection, an uncontested report or the consumer's own word."""
    # six months from 2025-03-03
    claimed = "2025-09-04" if place == 2 else "2025-09-03"
    claim = handset(cause=cause, cause_basis=basis, contested=place > 0, claimed_on=claimed)
    decision = sanbao.decide(claim)
    finding = decision.finding(rule)
    verdict, notes = TABLE[basis][place]
    assert (finding.verdict, finding.notes) == (verdict, notes)
    assert decision.outcome == (outcome if verdict == "holds" else "free_repair")


@pytest.mark.parametrize(("basis", "verdict"), [("trader", "fails"), ("report", "holds")])
def test_later_and_not_contested(basis: str, verdict: str) -> None:
    """After the six months a bare word proves as little, and a report as much, as before."""
    claim = handset(cause="liquid", cause_basis=basis, claimed_on="2025-09-04")
    assert sanbao.decide(claim).verdicts["art24.misuse"] == verdict


@pytest.mark.parametrize(
    ("basis", "contested", "warned"),
    [("consumer", True, True), ("consumer", False, False), ("report", True, False)],
)
def test_admitted_and_contested(basis: str, contested: bool, warned: bool) -> None:
    """Who admits a cause and contests it says two things; the decision says so."""
    claim = handset(cause="liquid", cause_basis=basis, contested=contested)
    warnings = {warning.id for warning in sanbao.decide(claim).warnings}
    assert ("admitted_and_contested" in warnings) == warned


def contested_report(**changes: Any) -> dict[str, Any]:
    """Return the claim for a phone of which a report says that it fell, and the consumer not."""
    ordinary = {"cause": "impact", "cause_basis": "report", "contested": True}
    return handset(**(ordinary | changes))


def proved(claim: dict[str, Any], **readings: Any) -> bool:
    """Say whether the impact is proved."""
    decision = sanbao.decide(claim, readings=sanbao.Readings(**readings))
    return decision.verdicts["art24.misuse"] == "holds"


@pytest.mark.parametrize(
    ("changes", "last"),
    [
        pytest.param({}, "2025-09-03", id="the sale"),
        pytest.param({"received_on": "2025-03-07"}, "2025-09-07", id="receipt"),
        pytest.param(
            {"received_on": "2025-03-07", "exchanges": [exchange("2025-03-31")]},
            "2025-09-30",
            id="exchange; no 31st",
        ),
    ],
)
@pytest.mark.parametrize("field", ["claimed_on", "asked_on", "appeared_on"])
def test_when_it_was_found(changes: dict[str, Any], last: str, field: str) -> None:
    """It was found when it appeared, else when somebody asked, else on the day of the claim."""
    late = {"claimed_on": "2025-12-01"}
    assert not proved(contested_report(**(late | changes | {field: last})))
    assert proved(contested_report(**(late | changes | {field: days_after(last, 1)})))


def test_the_day_it_appeared_goes_before_the_day_of_the_demand() -> None:
    """A fault that appeared in time was found in time, whenever somebody asked."""
    claim = contested_report(
        appeared_on="2025-09-03", asked_on="2025-10-13", claimed_on="2025-12-01"
    )
    assert not proved(claim)


def test_what_appeared_before_an_exchange_was_another_units() -> None:
    """A fault of the unit given back says nothing of the new one."""
    claim = contested_report(
        exchanges=[exchange("2025-04-01")], appeared_on="2025-03-20", claimed_on="2025-10-02"
    )
    assert proved(claim)
    assert not proved({**claim, "claimed_on": "2025-10-01"})


@pytest.mark.parametrize("reading", ["one_fault", "new_fault"])
@pytest.mark.parametrize(("claimed", "expected"), [("2025-10-02", False), ("2025-10-03", True)])
def test_a_fault_that_came_back_was_found_when_it_was_first_brought(
    claimed: str, expected: bool, reading: str
) -> None:
    """Within 30 days of the hand-back it is the same fault, under either reading."""
    claim = contested_report(repairs=[repair("2025-09-01", "2025-09-02")], claimed_on=claimed)
    assert proved(claim, returning_fault=reading) is expected


@pytest.mark.parametrize(("claimed", "expected"), [("2025-09-03", False), ("2025-09-04", True)])
def test_on_no_evidence_it_was_found_when_somebody_asked(claimed: str, expected: bool) -> None:
    """Where nothing is proved repairs tell nothing; the demand does."""
    claim = contested_report(repairs=[repair("2025-08-25", "2025-08-26")], **NOTHING)
    assert proved({**claim, "claimed_on": claimed}) is expected
    assert proved({**claim, "claimed_on": "2025-12-01", "asked_on": claimed}) is expected


@pytest.mark.parametrize(
    ("claimed", "note"),
    [("2014-03-14", "inspection_may_decide"), ("2014-03-15", "trader_must_prove")],
)
def test_before_the_amendment(claimed: str, note: str) -> None:
    """The article governs claims from 2014-03-15 on."""
    decision = sanbao.decide(contested_report(sold_on="2014-03-03", claimed_on=claimed))
    assert decision.finding("art24.misuse").notes == (note,)
