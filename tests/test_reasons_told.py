"""No text withholds a reason: the blocks of an explanation say which facts they speak of.

What the prose says is read elsewhere; here the ids that its blocks carry are held against what
decides: the single facts whose change leads elsewhere, and the rules that hold or nearly do.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import get_args

import pytest

import sanbao
from claims import TWO_REPAIRS, handset
from random_claims import random_claim, with_unknowns
from sanbao import Decision, ValidationError
from sanbao.evaluation.facts.dependencies import rests_on
from sanbao.explain.blocks.model import Subject, about_in
from sanbao.explain.texts.decision import explanation
from sanbao.model.codes import Audience
from sanbao.model.decision import Check, Finding
from sanbao.reasons.answers import Change
from sanbao.reasons.deciding import OUTSIDE, Deciding
from sanbao.rules.conditions import AllOf, AnyOf, Compare, Condition, Not, leaves
from sanbao.rules.conditions import signed_leaves as signed
from sanbao.rules.policy import Policy, Right

AUDIENCES: tuple[Audience, ...] = get_args(Audience)
GOODS = ("product.kind", "product.sold_in_mainland")
"""Another kind of goods, or goods sold elsewhere, are another claim."""


def about(decision: Decision, audience: Audience = "consumer") -> list[Subject]:
    """Return what the blocks of an explanation are about."""
    return list(about_in(explanation(decision, "zh", audience)))


def facts(told: list[Subject], *parts: str) -> set[str]:
    """Return the facts that blocks for any of these purposes speak of."""
    return {fact for one in told if one.part in parts for fact in one.facts}


def names(check: Check) -> set[str]:
    """Return the facts that a check speaks of."""
    return {one for one in (check.fact, check.counted_from, check.start_field) if one}


def policies(decision: Decision) -> dict[str, Policy]:
    """Return the policies that decided by their ids."""
    return {one.policy.id: one.policy for one in decision.case.evaluations}


# --- what decides, worked out without the texts ------------------------------------------------


def turned(decision: Decision, change: Change) -> set[str]:
    """Return the facts that a change turns in the rules of which something else becomes.

    Where none of a rule becomes something else, as of a choice, the facts that rest on the field.
    """
    after = sanbao.decide(change.apply(decision.case.claim))
    before = {one.ref: one for one in decision.findings}
    found = {
        name
        for one in after.findings
        if one.ref in before and (before[one.ref].verdict != one.verdict or one.rule == change.rule)
        for check, other in zip(one.checks, before[one.ref].checks, strict=True)
        if check.holds != other.holds or check.holds is None
        for name in names(check)
    }
    notes = [
        {one.ref for one in each.findings if "nothing_left" in one.notes}
        for each in (decision, after)
    ]
    if notes[0] != notes[1]:
        found.add("nothing_left")
    path = re.sub(r"\[[0-9]+\]", "", change.field)
    resting = {
        fact
        for policy in policies(decision).values()
        for fact, fields in rests_on(policy.derived, "field").items()
        if any(field.startswith(path) for field in fields)
    }
    return (found or resting) | {change.field}


def near(finding: Finding, condition: Condition) -> set[str]:
    """Return the facts each of which alone keeps a condition from holding, with their days."""
    literals = dict(zip(dict.fromkeys(signed(condition)), finding.checks, strict=True))

    def holds(part: Condition, fact: str, *, wanted: bool = True) -> bool:
        match part:
            case Not(of=inner):
                return holds(inner, fact, wanted=not wanted)
            case AllOf(of=parts) | AnyOf(of=parts):
                so = [holds(one, fact, wanted=wanted) for one in parts]
                return all(so) if isinstance(part, AllOf) == wanted else any(so)
            case leaf:
                check = literals[leaf, wanted]
                return check.holds is not False or fact in names(check)

    return {
        name
        for check in finding.checks
        if check.holds is not True and holds(condition, check.counted_from or check.fact)
        for name in names(check)
    }


def allowed(decision: Decision) -> set[str]:
    """Return the facts of rules that hold, are barred or open, or have one failed branch."""
    found = {"request", *decision.needs}
    for finding in decision.findings:
        if finding.verdict == "fails":
            rule = policies(decision)[finding.policy].rule(finding.rule)
            found |= near(finding, rule.when)
        else:
            found.update(name for check in finding.checks for name in names(check))
            rule = policies(decision)[finding.policy].rule(finding.rule)
            if isinstance(rule, Right) and rule.empty is not None:
                found |= {leaf.fact for leaf in leaves(rule.empty) if isinstance(leaf, Compare)}
    return found


# --- random claims -----------------------------------------------------------------------------


def random_decisions(claims: int, seed: int = 16) -> Iterator[Decision]:
    """Yield decisions on random claims, half of them with facts that are not known."""
    rng, made = random.Random(seed), 0
    while made < claims:
        claim = random_claim(rng)
        try:
            yield sanbao.decide(with_unknowns(rng, claim) if made % 2 else claim)
        except ValidationError:  # a repair back before it was handed in
            continue
        made += 1


@pytest.fixture(scope="module")
def decisions(pytestconfig: pytest.Config) -> list[Decision]:
    """Return the decisions that the tests of this file read: one for 30 of ``--claims``."""
    return list(random_decisions(pytestconfig.getoption("claims") // 30))


@pytest.mark.untraced
def test_every_fact_that_decides_is_told(decisions: list[Decision]) -> None:
    """Of every single change that leads elsewhere the reasons name a fact that it turns."""
    for decision in decisions:
        changes = [one for one in decision.nearest_changes() if one.field not in GOODS]
        turning = [(one.field, turned(decision, one)) for one in changes]
        for audience in AUDIENCES:
            told = facts(about(decision, audience), "reason", "ground", "asked")
            withheld = [field for field, facts in turning if not facts & told]
            assert not withheld, decision.case.claim.model_dump_json(exclude_defaults=True)


@pytest.mark.untraced
def test_no_fact_is_told_that_decides_nothing(decisions: list[Decision]) -> None:
    """Reasons speak of rules that hold, are barred or open, or have one failed branch."""
    for decision in decisions:
        possible = allowed(decision)
        for audience in AUDIENCES:
            assert facts(about(decision, audience), "reason", "ground") <= possible


@pytest.mark.untraced
def test_every_ground_is_told_with_its_proof(decisions: list[Decision]) -> None:
    """Every bar and exclusion that holds is told, each on its own, with its own proof line."""
    for decision in decisions:
        outside = {
            rule.id
            for policy in policies(decision).values()
            for rule in policy.outside
            if any(
                one.verdict == "holds" and (one.policy, one.rule) == (policy.id, rule.id)
                for one in decision.findings
            )
        }
        if decision.lead is not None and decision.outcome in OUTSIDE:
            outside.add(decision.lead.rule)  # which may hold only whatever is not known
        for audience in ("consumer", "clerk"):
            told = about(decision, audience)
            grounds = [one for one in told if one.part == "ground"]
            stated = [
                rule.rule for one in told if one.part in ("ground", "asked") for rule in one.rules
            ]
            proved = [rule.rule for one in told if one.part == "proof" for rule in one.rules]
            assert outside == set(proved)
            assert len(proved) == len(outside)
            assert outside <= set(stated)
            for one in grounds:
                [rule] = one.rules
                own = [names(check) for check in decision.finding(rule).checks]
                assert one.facts <= set().union(*own)


# --- single claims -----------------------------------------------------------------------------


def test_of_alternatives_only_the_one_that_decides_is_told() -> None:
    """Damage that an inspection proves says nothing of reports, nor of months."""
    claim = handset(cause="impact", cause_basis="inspection", claimed_on="2025-12-01")
    [ground] = [one for one in about(sanbao.decide(claim)) if one.part == "ground"]
    assert ground.facts == {"cause", "cause_basis"}
    report = handset(cause="impact", cause_basis="report", claimed_on="2025-12-01", contested=True)
    [ground] = [one for one in about(sanbao.decide(report)) if one.part == "ground"]
    assert {"proof_start", "found_on"} <= ground.facts
    assert "contested" not in ground.facts


def test_a_ground_that_is_no_hindrance_is_told_as_such() -> None:
    """Goods found unqualified are paid back though the period is over; both are told."""
    claim = handset(found_unqualified=True, claimed_on="2027-03-04")
    decision = sanbao.decide(claim)
    assert decision.lead is not None
    assert decision.lead.rule == "cpl54.refund"
    text = decision.explain("zh")
    assert "这一情形不妨碍上面的结果：三包有效期已过" in text
    assert "关于“三包有效期已过”" in text


def test_a_decision_whose_policy_nobody_has() -> None:
    """Without the rules every check stands for the branch, and the law's words tell grounds."""
    data = sanbao.decide(handset(claimed_on="2026-09-01", voucher="altered", request="refund"))
    text = data.to_json().replace("cn.mobile-2001@", "xx.law@")
    known = json.loads(text)
    known["policy"]["version"] = "1"
    decision = Decision.from_json(json.dumps(known))
    told = about(decision)
    assert {"voucher", "period_held_on"} <= facts(told, "ground", "asked")
    assert [one.rules[0].rule for one in told if one.part == "proof"] == [
        "art24.expired",
        "art24.voucher",
    ]
    refused = json.loads(
        sanbao.decide(handset(claimed_on="2025-06-01", request="refund")).to_json()
    )
    refused["policy"]["version"] = "1"
    asked = [one for one in about(Decision.from_json(json.dumps(refused))) if one.part == "asked"]
    assert "refund_window_start" in asked[0].facts


def test_a_finding_whose_checks_are_not_those_of_its_rule() -> None:
    """What a stranger wrote into a finding is told as it stands, whatever its rule asks."""
    data = json.loads(sanbao.decide(handset(claimed_on="2025-06-01")).to_json())
    for finding in data["findings"]:
        finding["checks"] = finding["checks"][:1]
    decision = Decision.from_json(json.dumps(data))
    deciding = Deciding(decision)
    assert deciding.lead is not None
    assert deciding.lead.rule is None
    assert deciding.lead.deciding == deciding.lead.finding.checks
    for audience in AUDIENCES:
        assert decision.explain("zh", audience)


def test_how_much_use_a_refund_hangs_on() -> None:
    """Where the fee decides whether anything is left, the days of use are told as a reason."""
    claim = handset(
        claimed_on="2025-06-01", request="refund", repairs=TWO_REPAIRS, same_model_in_stock=True
    )
    decision = sanbao.decide(claim)
    assert decision.lead is not None
    assert decision.lead.rule == "art19.refund"
    for audience in AUDIENCES:
        assert "nothing_left" in facts(about(decision, audience), "reason")
    assert "折旧按使用" in decision.explain("zh")


def test_a_count_that_is_not_known_is_told() -> None:
    """Where the start of the period is not known, neither is what it counts: it may be met."""
    claim = handset(
        claimed_on="2024-05-16",
        sold_on=None,
        received_on="2023-11-22",
        voucher=None,
        repairs=[{"handed_in_on": "2024-04-25", "handed_back_on": "2024-04-25"}],
        request="refund",
        same_model_in_stock=True,
    )
    decision = sanbao.decide(claim)
    [rule] = [one for one in decision.findings if one.rule == "art13.exchange"]
    assert [one.actual for one in rule.checks if one.fact == "repairs_counted"] == [None]
    for audience in AUDIENCES:
        assert "repairs_counted" in facts(about(decision, audience), "reason")


def test_the_law_of_the_day_is_told_where_the_one_before_could_have_been() -> None:
    """Who has to prove a cause went by the day of the claim, and some goods were sold before."""

    def claimed(sold_on: str, claimed_on: str) -> Decision:
        return sanbao.decide(
            handset(
                claimed_on=claimed_on,
                sold_on=sold_on,
                cause="unauthorised_opening",
                cause_basis="report",
                contested=True,
            )
        )

    before, after = claimed("2014-02-21", "2014-07-28"), claimed("2015-02-21", "2015-07-28")
    assert "claimed_on" in [one.field for one in before.nearest_changes()]
    for audience in AUDIENCES:
        assert "claimed_on" in facts(about(before, audience), "reason")
        assert "claimed_on" not in facts(about(after, audience), "reason")
