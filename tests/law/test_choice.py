"""What is decided among several rights, and what is said first."""

from __future__ import annotations

from typing import Any

import pytest

import sanbao
from claims import (
    FACTORY,
    MISUSED,
    NOTHING,
    PROVEN,
    TWO_EXCHANGES,
    TWO_REPAIRS,
    battery,
    charger,
    handset,
    repair,
)

# handed in and repaired free after the period, which ended on 2025-03-04
LATELY_REPAIRED = handset(
    sold_on="2024-03-04", repairs=[repair("2025-03-06", "2025-03-14")], claimed_on="2025-04-13"
)

NOTHING_ASKED = [
    # the strongest that is open leads, in this order
    pytest.param(handset(claimed_on="2025-03-05"), "refund", "art11.refund", id="art. 11"),
    pytest.param(battery(exchanges=TWO_EXCHANGES), "refund", "art14.refund", id="art. 14"),
    pytest.param(
        handset(claimed_on="2025-03-05", same_model_in_stock=False),
        "refund",
        "art11.refund",
        id="art. 11 before 18",
    ),
    pytest.param(handset(claimed_on="2025-03-14"), "exchange", "art12.exchange", id="art. 12"),
    pytest.param(
        handset(claimed_on="2025-03-14", same_model_in_stock=False),
        "exchange",
        "art12.exchange",
        id="exchange before 18",
    ),
    pytest.param(
        handset(repairs=TWO_REPAIRS, same_model_in_stock=True),
        "exchange",
        "art13.exchange",
        id="exchange before 19",
    ),
    pytest.param(battery(), "exchange", "art14.exchange", id="accessory"),
    pytest.param(handset(), "free_repair", "art10.repair", id="repair"),
    pytest.param(LATELY_REPAIRED, "free_repair", "art10.again", id="repair again"),
    pytest.param(handset(**MISUSED), "paid_repair", "art24.misuse", id="barred"),
    pytest.param(handset(symptom="none"), "excluded", "art10.no_fault", id="excluded"),
]


@pytest.mark.parametrize(("claim", "outcome", "lead"), NOTHING_ASKED)
def test_nothing_asked(claim: dict[str, Any], outcome: str, lead: str) -> None:
    """Who asks for nothing in particular gets the strongest right that is open."""
    decision = sanbao.decide(claim)
    assert decision.outcome == outcome
    assert decision.lead is not None
    assert decision.lead.rule == lead
    assert decision.requested is None


ASKED_AND_AVAILABLE = [
    (handset(claimed_on="2025-03-05"), "refund", "refund", "art11.refund"),
    (handset(claimed_on="2025-03-05"), "exchange", "exchange", "art11.exchange"),
    (handset(claimed_on="2025-03-05"), "repair", "free_repair", "art10.repair"),
    (handset(claimed_on="2025-03-14"), "exchange", "exchange", "art12.exchange"),
    (handset(claimed_on="2025-03-14"), "repair", "free_repair", "art10.repair"),
    (
        handset(claimed_on="2025-03-14", same_model_in_stock=True),
        "refund",
        "refund",
        "art19.refund",
    ),
    (
        handset(claimed_on="2025-03-14", same_model_in_stock=False),
        "refund",
        "refund",
        "art18.refund",
    ),
    (
        handset(repairs=TWO_REPAIRS, same_model_in_stock=False),
        "exchange",
        "exchange",
        "art13.exchange",
    ),
    (charger(exchanges=TWO_EXCHANGES), "exchange", "exchange", "art14.exchange"),
    (LATELY_REPAIRED, "repair", "free_repair", "art10.again"),
]


@pytest.mark.parametrize(("claim", "asked", "outcome", "lead"), ASKED_AND_AVAILABLE)
def test_asked_and_available(claim: dict[str, Any], asked: str, outcome: str, lead: str) -> None:
    """What is asked for and open is what is decided, even where more could be had."""
    decision = sanbao.decide({**claim, "request": asked})
    assert decision.outcome == outcome
    assert decision.lead is not None
    assert decision.lead.rule == lead
    assert decision.requested is not None
    assert (decision.requested.remedy, decision.requested.available) == (asked, True)
    assert decision.requested.because == ()


def test_of_several_refunds_the_larger() -> None:
    """Where a full refund and another one are open, the full refund leads."""
    claim = handset(claimed_on="2025-03-05", same_model_in_stock=False, request="refund")
    decision = sanbao.decide(claim)
    refunds = [remedy.rule for remedy in decision.remedies if remedy.remedy == "refund"]
    assert refunds == ["art11.refund", "art18.refund"]
    assert decision.lead is not None
    assert decision.lead.rule == "art11.refund"


ASKED_AND_NOT_AVAILABLE = [
    # claim, asked, outcome, what is said first
    (handset(), "refund", "free_repair", "art11.refund"),
    (handset(claimed_on="2025-03-19"), "exchange", "free_repair", "art12.exchange"),
    (handset(claimed_on="2025-03-05", **FACTORY), "refund", "free_repair", "art9.factory"),
    (handset(claimed_on="2025-03-05", **FACTORY), "exchange", "free_repair", "art9.factory"),
    (handset(**MISUSED), "refund", "paid_repair", "art24.misuse"),
    (handset(**MISUSED), "repair", "paid_repair", "art24.misuse"),
    (handset(**NOTHING), "exchange", "paid_repair", "art24.no_evidence"),
    (handset(claimed_on="2026-03-04"), "repair", "paid_repair", "art24.expired"),
    (handset(symptom="none"), "refund", "excluded", "art10.no_fault"),
    (
        handset(cause="network", cause_basis="report"),
        "exchange",
        "excluded",
        "app3.network",
    ),
    (battery(same_model_in_stock=True), "refund", "exchange", "art18.refund"),
    (battery(), "repair", "exchange", None),
    (charger(exchanges=TWO_EXCHANGES), "repair", "refund", None),
]


@pytest.mark.parametrize(("claim", "asked", "outcome", "first"), ASKED_AND_NOT_AVAILABLE)
def test_asked_and_not_available(
    claim: dict[str, Any], asked: str, outcome: str, first: str | None
) -> None:
    """What cannot be had is said first, with the nearest reason; then the strongest follows."""
    decision = sanbao.decide({**claim, "request": asked})
    assert decision.outcome == outcome
    assert decision.requested is not None
    assert decision.requested.available is False
    assert next((one.rule for one in decision.requested.because), None) == first


@pytest.mark.parametrize("asked", ["refund", "exchange", "repair"])
def test_asking_does_not_change_what_is_excluded(asked: str) -> None:
    """Nothing that is asked for brings in goods the regulation does not reach."""
    decision = sanbao.decide(handset(sold_in_mainland=False, request=asked))
    assert (decision.outcome, decision.remedies) == ("excluded", ())


def test_all_that_is_open_is_listed_from_the_strongest() -> None:
    """The remedies stand in one order of strength, whatever was asked."""
    strength = ["art11.refund", "art11.exchange", "art13.exchange", "art18.refund", "art10.repair"]
    repairs = [repair("2025-03-04", "2025-03-04"), repair("2025-03-05", "2025-03-05")]
    for asked in (None, "refund", "exchange", "repair"):
        claim = handset(
            claimed_on="2025-03-10",
            repairs=[{**one, "symptom": "no_ring"} for one in repairs],
            same_model_in_stock=False,
            request=asked,
        )
        assert [remedy.rule for remedy in sanbao.decide(claim).remedies] == strength


def test_an_exchange_that_is_owed_stays_the_outcome() -> None:
    """None in stock, the parties may agree on a date; the refund stands among the remedies."""
    decision = sanbao.decide(handset(claimed_on="2025-03-14", same_model_in_stock=False))
    assert decision.outcome == "exchange"
    assert [remedy.rule for remedy in decision.remedies] == [
        "art12.exchange",
        "art18.refund",
        "art10.repair",
    ]
    assert decision.finding("art18.refund").notes == ("wait_or_refund",)


def test_less_is_never_offered_unasked() -> None:
    """A refund less depreciation is there only for who asks for money."""
    claim = handset(claimed_on="2025-03-14", same_model_in_stock=True, **PROVEN)
    for asked in (None, "exchange", "repair"):
        rules = [r.rule for r in sanbao.decide({**claim, "request": asked}).remedies]
        assert "art19.refund" not in rules
