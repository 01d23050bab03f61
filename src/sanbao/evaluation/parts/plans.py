"""What the parts of a decision have in common where claims look alike: 同型决定.

Of claims that every rule sees alike the same days are told, the same obligations arise and the same
rules keep a remedy away; only numbers differ. What does not hang on them is worked out once, and
kept with the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final, NamedTuple, TypeAlias

from sanbao.base.once import once
from sanbao.evaluation.parts.findings import (
    REMOTE,
    fact_of,
    holds_of,
    is_measured,
    leaf_states,
)
from sanbao.evaluation.programs.evaluation import Evaluation
from sanbao.evaluation.programs.program import Program
from sanbao.model.rule_ref import RuleRef
from sanbao.rules import provisions
from sanbao.rules.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Elapsed,
    Leaf,
    Not,
    Owed,
    Period,
    Window,
    evaluate,
    signed_leaves,
)
from sanbao.rules.policy import Right

__all__ = ["KeptAway", "Plan", "kept_away", "plan_of"]

_MOST: Final = 20_000
"""Plans that one program keeps; where there are more it begins anew."""

Plans: TypeAlias = dict[tuple[Any, ...], Any]


class Plan(NamedTuple):
    """What is told of claims that look alike, but for its numbers: 同型决定.

    ``examined`` says whether it matters when the period runs. ``ends`` are the leaves whose last
    days are told, by the name of the date, ``begins`` those after which a right begins, with its
    id, and ``duties`` the obligations that arise with some outcome.
    """

    examined: bool
    ends: tuple[tuple[str, tuple[Window | Period, ...]], ...]
    begins: tuple[tuple[str, Elapsed], ...]
    duties: tuple[provisions.Obligation, ...]


class Near(NamedTuple):
    """A right that is kept away by conditions of its own: 未满足的权利.

    The fewer of them fail and the less is lacking, the nearer it is; ``is_remote`` where one fails
    that no other fact at the counter brings. ``lacking`` are the leaves in which numbers lack, with
    how they are asked and whether what lacks is counted (else they are days).
    """

    is_remote: bool
    failed: int
    lacking: tuple[tuple[Leaf, bool, bool], ...]
    ref: RuleRef


class KeptAway(NamedTuple):
    """What keeps a remedy away from claims that look alike: 排除某项权利的条款.

    ``first`` are rules that take the claim out of the guarantees, and those that bar a right.
    """

    first: tuple[RuleRef, ...]
    near: tuple[Near, ...]


def plan_of(case: Evaluation) -> Plan:
    """Return what is told of all claims that look like this one."""
    plan: Plan = _of_alike(case, "", _plan)
    return plan


def kept_away(case: Evaluation, wanted: str) -> KeptAway:
    """Return what keeps the remedy ``wanted`` away from all claims that look like this one."""
    kept: KeptAway = _of_alike(case, wanted, lambda case: _kept_away(case, wanted))
    return kept


def _of_alike(case: Evaluation, about: str, work: Callable[[Evaluation], Any]) -> Any:
    """Return what ``work`` makes of a case, made once for all that look alike."""
    plans, key = _plans(case.program), (case.skeleton, leaf_states(case), about)
    found = plans.get(key)
    if found is None:
        if len(plans) >= _MOST:
            plans.clear()
        found = plans[key] = work(case)
    return found


@once
def _plans(_: Program) -> Plans:
    return {}


def _plan(case: Evaluation) -> Plan:
    states, examined = leaf_states(case), _is_period_examined(case)
    periods = tuple(_leaves(case, Period, None)) if examined else ()
    ends = {
        "period_ends_on": periods,
        "refund_until": tuple(_leaves(case, Window, "refund")),
        "exchange_until": tuple(_leaves(case, Window, "exchange")),
    }
    return Plan(
        examined=examined,
        ends=tuple((name, leaves) for name, leaves in ends.items() if leaves),
        begins=tuple(_beginnings(case)),
        duties=tuple(
            duty
            for duty in case.policy.obligations
            if duty.when is None
            or evaluate(duty.when, lambda leaf: case.program.leaf_value(states, leaf))
        ),
    )


def _leaves(
    case: Evaluation, wanted_type: type[Window] | type[Period], remedy: str | None
) -> Iterator[Any]:
    """Yield the windows or periods of the rights there can be."""
    for right in case.policy.rights:
        if remedy in (None, right.remedy) and case.program.can_hold(right.id):
            for leaf in _days_asked(case, right.when):
                if isinstance(leaf, wanted_type):
                    yield leaf


def _days_asked(case: Evaluation, condition: Condition) -> Iterator[Leaf]:
    """Yield the leaves that a condition asks to hold, but for alternatives of other goods.

    An alternative that fails whatever the days are says nothing of this claim.
    """
    match condition:
        case AllOf(of=parts):
            for part in parts:
                yield from _days_asked(case, part)
        case AnyOf(of=parts):
            for part in parts:
                if evaluate(part, partial(_but_for_days, case)) is not False:
                    yield from _days_asked(case, part)
        case Not(of=part):
            yield from (leaf for leaf, wanted in signed_leaves(part, sign=False) if wanted)
        case leaf:
            yield leaf


def _but_for_days(case: Evaluation, leaf: Leaf) -> bool | None:
    if isinstance(leaf, Window | Period | Elapsed | Owed):
        return None
    return case.program.leaf_value(leaf_states(case), leaf)


def _is_period_examined(case: Evaluation) -> bool:
    """Say whether it matters when the period runs.

    It does not without papers, and for goods that the catalogue does not name. A factory date
    is a paper for the phone, and none for a battery in it that is judged apart.
    """
    found = case.skeleton.verdicts
    return case.program.coverage is not None and any(
        grade.start and found[grade.id] != "fails" for grade in case.policy.grades
    )


def _beginnings(case: Evaluation) -> Iterator[tuple[str, Elapsed]]:
    """Yield the times that must have passed before a right begins."""
    for right in case.policy.rights:
        if case.program.can_hold(right.id):
            for leaf, wanted in signed_leaves(right.when):
                if not wanted and isinstance(leaf, Elapsed):
                    yield right.id, leaf


def _kept_away(case: Evaluation, wanted: str) -> KeptAway:
    policy, first, near = case.policy, [], []
    for skeleton in case.skeleton.findings:
        if skeleton.verdict == "holds" and skeleton.rule in policy.outside:
            first.append(RuleRef(policy.id, skeleton.rule.id))
    for skeleton in case.skeleton.findings:
        rule = skeleton.rule
        if isinstance(rule, Right) and rule.remedy == wanted and case.program.can_hold(rule.id):
            first += [RuleRef(policy.id, barring) for barring in skeleton.barred_by]
            near.append(_near(case, rule))
    return KeptAway(tuple(first), tuple(near))


def _near(case: Evaluation, rule: Right) -> Near:
    failed = [
        (leaf, wanted)
        for _, leaf, wanted in case.program.leaves_of(rule)
        if not holds_of(case, leaf, wanted)
    ]
    return Near(
        is_remote=any(fact_of(leaf) in REMOTE for leaf, _ in failed),
        failed=len(failed),
        lacking=tuple(
            (leaf, wanted, wanted and isinstance(leaf, AtLeast))
            for leaf, wanted in failed
            if is_measured(leaf)
        ),
        ref=RuleRef(case.policy.id, rule.id),
    )
