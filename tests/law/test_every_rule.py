"""Every rule leads some claim, and every citation says how sure its number is."""

from __future__ import annotations

from typing import Any

import pytest

import sanbao
from claims import (
    FACTORY,
    LAW,
    NOTHING,
    PROVEN,
    TWO_EXCHANGES,
    TWO_REPAIRS,
    battery,
    handset,
    repair,
)

LEADS: dict[str, dict[str, Any]] = {
    "art2.catalogue": handset(kind="other"),
    "art2.place": handset(sold_in_mainland=False),
    "art31.date": handset(sold_on="2001-11-14"),
    "app3.no_fault": handset(symptom="none"),
    "app3.unlisted": handset(symptom="unlisted"),
    "app3.network": handset(cause="network"),
    "app3.sim_data": handset(cause="sim_data"),
    "art23.expired": handset(claimed_on="2026-03-04"),
    "art23.no_evidence": handset(**NOTHING),
    "art23.voucher": handset(voucher="mismatched"),
    "art23.misuse": handset(cause="misuse", cause_basis="consumer"),
    "art23.opened": handset(cause="unauthorised_opening", cause_basis="report"),
    "art23.force_majeure": handset(cause="force_majeure", cause_basis="report"),
    "art11.refund": handset(claimed_on="2025-03-10"),
    "art11.exchange": handset(claimed_on="2025-03-10", **PROVEN),
    "art12.exchange": handset(claimed_on="2025-03-11"),
    "art13.exchange": handset(repairs=TWO_REPAIRS),
    "art16.exchange": handset(repairs=[repair("2025-03-10", delay="parts")]),
    "art17.exchange": handset(repairs=[repair("2025-03-10", delay="repairer")]),
    "art14.exchange": battery(),
    "art14.refund": battery(exchanges=TWO_EXCHANGES),
    "art18.refund": handset(repairs=TWO_REPAIRS, same_model_in_stock=False, request="refund"),
    "art19.refund": handset(repairs=TWO_REPAIRS, same_model_in_stock=True, request="refund"),
    "art10.repair": handset(**FACTORY),
    "art10.again": handset(
        sold_on="2024-03-04", repairs=[repair("2025-02-24", "2025-02-28")], claimed_on="2025-03-30"
    ),
}

CONFIRMED = {2, 3, 4, 5, 6, 7, 11, 12, 13, 15, 16, 17, 18, 19}
INFERRED = {8, 9, 10, 14, 20, 21, 22, 23, 24}


@pytest.mark.parametrize("rule", LEADS)
def test_every_rule_can_lead(rule: str) -> None:
    """For each rule there is a claim that it decides, and whose decision cites it."""
    decision = sanbao.decide(LEADS[rule])
    assert decision.verdicts[rule] == "holds"
    assert decision.lead is not None
    assert decision.lead.rule == rule
    assert decision.lead.citations == decision.finding(rule).citations


def test_no_rule_is_left_out() -> None:
    """Every exclusion, bar and right of the policy stands in the table above."""
    policy = sanbao.MOBILE_2001
    grades = {grade.id for grade in policy.grades}
    assert {rule.id for rule in policy.rules} - grades == set(LEADS)


def test_every_number_is_marked() -> None:
    """Citations of the regulation say whether the article's number is confirmed or inferred."""
    policy = sanbao.MOBILE_2001
    parts = (*policy.rules, *policy.obligations, *policy.catalogue)
    for citation in (citation for part in parts for citation in part.cites):
        if citation.law == LAW and citation.article in CONFIRMED | INFERRED:
            certainty = "confirmed" if citation.article in CONFIRMED else "inferred"
            assert citation.number == certainty, citation


@pytest.mark.parametrize("rule", LEADS)
def test_a_decision_names_every_rule(rule: str) -> None:
    """Whatever decides, every other rule has a finding as well."""
    decision = sanbao.decide(LEADS[rule])
    assert [finding.rule for finding in decision.findings] == [
        known.id for known in sanbao.MOBILE_2001.rules
    ]
