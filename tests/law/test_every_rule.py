"""Every rule leads some claim, and every citation says how sure its number is."""

from __future__ import annotations

from typing import Any

import pytest

import sanbao
from claims import (
    FACTORY,
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
    "art2.second_hand": handset(condition="second_hand"),
    "art31.date": handset(sold_on="2001-11-14"),
    "art10.no_fault": handset(symptom="none"),
    "art10.wear": handset(symptom="wear"),
    "app3.unlisted": battery(symptom="unlisted"),
    "app3.network": handset(cause="network", cause_basis="report"),
    "art10.sim_data": handset(cause="sim_data", cause_basis="inspection"),
    "art24.expired": handset(claimed_on="2026-03-04"),
    "art24.no_evidence": handset(**NOTHING),
    "art24.voucher": handset(voucher="mismatched"),
    "art24.misuse": handset(cause="misuse", cause_basis="consumer"),
    "art24.opened": handset(cause="unauthorised_opening", cause_basis="report"),
    "art24.force_majeure": handset(cause="force_majeure", cause_basis="report"),
    "art11.refund": handset(claimed_on="2025-03-10"),
    "art11.exchange": handset(claimed_on="2025-03-10", **PROVEN),
    "art12.exchange": handset(claimed_on="2025-03-11"),
    "art13.exchange": handset(repairs=TWO_REPAIRS),
    "art16.exchange": handset(
        repairs=[repair("2025-03-24", delay="parts")], claimed_on="2025-05-26"
    ),
    "art17.exchange": handset(repairs=[repair("2025-03-24", delay="repairer")]),
    "art14.exchange": battery(),
    "art14.refund": battery(exchanges=TWO_EXCHANGES),
    "cpl45.refund": handset(
        sold_on="2013-03-04",
        repairs=[repair("2013-04-08", "2013-04-09"), repair("2013-05-06", "2013-05-08")],
        claimed_on="2014-03-04",
    ),
    "cpl54.refund": handset(found_unqualified=True),
    "art18.refund": handset(repairs=TWO_REPAIRS, same_model_in_stock=False, request="refund"),
    "art19.refund": handset(repairs=TWO_REPAIRS, same_model_in_stock=True, request="refund"),
    "art10.repair": handset(**FACTORY),
    "art10.again": handset(  # handed in and repaired free after the period
        sold_on="2024-03-04", repairs=[repair("2025-03-06", "2025-03-14")], claimed_on="2025-04-13"
    ),
}

UNDER: dict[str, sanbao.Readings] = {
    "art2.second_hand": sanbao.Readings(second_hand="not_covered"),
    "cpl45.refund": sanbao.Readings(two_repairs_remedy="refund_too"),
}
"""The readings under which alone a rule can hold."""

INFERRED = {"art10.sim_data"}
"""Rules that stand where they are cited by deduction only."""

SINGLE = {"cpl45.refund"}
"""Rules that rest on a text of which one copy was read."""


def decided(rule: str) -> sanbao.Decision:
    """Return the decision that the rule leads."""
    return sanbao.decide(LEADS[rule], readings=UNDER.get(rule))


OBLIGED: dict[str, dict[str, Any]] = {
    "art15.loaner": handset(repairs=[repair("2025-05-04")]),
    "art10.lasts_30_days": handset(),
    "art20.new_goods": battery(),
    "art21.period_restarts": battery(),
    "art21.new_voucher": battery(),
    "cpl24.transport": handset(),
    "penalty8.within_15_days": handset(),
    "art5.voucher_due": handset(voucher="not_issued"),
    "art4.plan_no_excuse": handset(plan_bundled=True),
    "art23.gift": handset(gift=True),
    "art22.recourse": battery(),
}


@pytest.mark.parametrize("duty", OBLIGED)
def test_every_obligation_comes_along(duty: str) -> None:
    """For each obligation there is a claim whose decision brings it along, with its citations."""
    found = {one.id: one for one in sanbao.decide(OBLIGED[duty]).obligations}
    known = {one.id: one for one in sanbao.MOBILE_2001.obligations}
    assert found[duty].citations == known[duty].cites


def test_no_obligation_is_left_out() -> None:
    """Every obligation of the policy stands in the table above."""
    assert {duty.id for duty in sanbao.MOBILE_2001.obligations} == set(OBLIGED)


@pytest.mark.parametrize("rule", LEADS)
def test_every_rule_can_lead(rule: str) -> None:
    """For each rule there is a claim that it decides, and whose decision cites it."""
    decision = decided(rule)
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
    """The whole text has been read: all numbers are confirmed, but for what is listed here."""
    policy = sanbao.MOBILE_2001
    parts = (*policy.rules, *policy.obligations)
    marks = {part.id: {cite.number for cite in part.cites} for part in parts}
    assert {rule for rule, found in marks.items() if "inferred" in found} == INFERRED
    assert {rule for rule, found in marks.items() if "single" in found} == SINGLE
    assert set().union(*marks.values()) == {"confirmed", "inferred", "single"}
    for line in policy.catalogue:
        assert {cite.number for cite in line.cites} == {"confirmed"}
    assert {article.certainty for article in policy.articles} == {"confirmed"}
    assert [article.number for article in policy.articles] == list(range(1, 32))


def test_arts_23_and_24_stand_the_right_way_round() -> None:
    """Art. 23 is about gifts, art. 24 about what is not under the guarantees, in its order."""
    # a claim on no evidence is of grade art9.none, which art. 24 says as well
    articles = {article.number: article.rules for article in sanbao.MOBILE_2001.articles}
    assert articles[23] == ("art23.gift",)
    assert articles[24] == ("art9.none", *(bar.id for bar in sanbao.MOBILE_2001.bars))
    items = [bar.cites[0] for bar in sanbao.MOBILE_2001.bars]
    assert [(cite.article, cite.item) for cite in items] == [(24, item) for item in range(1, 7)]


@pytest.mark.parametrize("rule", LEADS)
def test_a_decision_names_every_rule(rule: str) -> None:
    """Whatever decides, every other rule has a finding as well."""
    decision = decided(rule)
    assert [finding.rule for finding in decision.findings] == [
        known.id for known in sanbao.MOBILE_2001.rules
    ]
