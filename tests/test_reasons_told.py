"""No text withholds a reason: the blocks of an explanation say which facts they speak of.

What the prose says is read elsewhere; here the ids that its blocks carry are held against what
decides: the single facts whose change leads elsewhere, and the rules that hold or nearly do.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import get_args

import pytest

import sanbao
from random_claims import random_claim, with_unknowns
from sanbao import Decision, ValidationError
from sanbao.evaluation.facts.dependencies import rests_on
from sanbao.explain.blocks.model import Subject, about_in
from sanbao.explain.texts.decision import explanation
from sanbao.model.codes import Audience
from sanbao.model.decision import Check, Finding
from sanbao.reasons.answers import Change
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
        if one.ref in before and before[one.ref].verdict != one.verdict
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
