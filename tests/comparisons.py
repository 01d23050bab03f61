"""Looking at comparisons: what they report, and what decided claims show."""

from __future__ import annotations

from typing import Final

from sanbao import Engine, Policy, PolicySet
from sanbao.decision import Decision
from sanbao.evaluation.advantage import advantages
from sanbao.evaluation.programs.evaluation import Evaluation
from sanbao.rules.combined import Combined
from sanbao.rules.conditions import Owed
from sanbao.statespace.comparing import side_by_side
from sanbao.statespace.comparison import Circumstance, Comparison, Divergence

_PRICES: Final = {"purchase.price", "purchase.standalone_price"}


def differing(comparison: Comparison, direction: str) -> list[Divergence]:
    return [one for one in comparison.divergences if one.direction == direction]


def shows(one: Divergence, a: Policy | Combined, b: Policy | Combined) -> bool:
    """Say whether every claim of a difference, decided under both as compared, shows it."""
    engines = [Engine(policy) for policy in side_by_side(a, b, PolicySet.shipped())]
    more, less = engines if one.direction == "worse" else engines[::-1]
    return all(
        one.subject in dict(advantages(more.decide(claim), less.decide(claim)))
        for claim in one.claims
    )


def applies(circumstance: Circumstance, decision: Decision) -> bool:
    """Say whether a circumstance is given in a decided claim."""
    case, leaf = decision.case, circumstance.leaf
    assert isinstance(case, Evaluation)
    if isinstance(leaf, Owed):
        value: bool | None = any(right.id in leaf.rules for right in case.skeleton.certain)
    else:
        value = case.program.leaf_value(case.program.leaf_states(case.facts), leaf)
    return value == circumstance.holds


def unreported(
    comparison: Comparison, first: Decision, second: Decision, kind: str
) -> list[tuple[str, str, str]]:
    """Return in what two decisions differ that no difference of ``comparison`` tells."""
    found: list[tuple[str, str, str]] = []
    for direction, more, less in (("worse", first, second), ("better", second, first)):
        # of two versions with one id, circumstances are those of the one that gives less
        by_policy = {decision.policy.id: decision for decision in (more, less)}
        for subject, what in advantages(more, less):
            if subject == "refund" and _PRICES.intersection(less.needs):
                continue  # what it comes to is not known: a comparison tells what is
            told = any(
                one.subject == subject
                and kind in one.kinds
                and (subject != "duty" or one.given.what == what)
                and (subject in ("duty", "standing") or one.rule in _giving(more, subject))
                and any(
                    all(
                        applies(circumstance, by_policy[circumstance.policy])
                        for circumstance in few
                    )
                    for few in one.where
                )
                for one in differing(comparison, direction)
            )
            if not told:
                found.append((direction, subject, what))
    return found


def _giving(decision: Decision, remedy: str) -> set[str]:
    """Return the rules that give a remedy, by their own ids where policies are combined."""
    return {one.rule.rpartition(":")[2] for one in decision.remedies if one.remedy == remedy}
