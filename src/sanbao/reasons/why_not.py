"""Why a remedy is not available, and what it falls short of: 为何不能.

A right is the consumer's if its condition holds, nothing excludes or bars the claim, and
the papers carry it. Each of these is a condition of the policy; what they fall short of
are the smallest sets of leaves that do not hold and would have to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import product
from typing import Any, TypeAlias, cast, get_args

from sanbao.base.errors import Reason, ValidationError, suggestion
from sanbao.evaluation.parts.findings import (
    check_of,
    checks_of,
    end_of,
    held_on,
    is_remote,
    leaf_states,
    shortfall,
)
from sanbao.evaluation.programs.combined import AnyEvaluation, of_policy, policies_of
from sanbao.evaluation.programs.evaluation import Evaluation
from sanbao.evaluation.programs.skeleton import skeleton_of
from sanbao.evaluation.unknowns import SILENT_VOUCHERS, case_analysis
from sanbao.model.codes import RemedyKind
from sanbao.model.decision import Check, DecisionParts
from sanbao.model.facts import Facts
from sanbao.reasons.answers import Contrast, Hindrance, Shortfall, Way, WhyNot
from sanbao.reasons.counterfactuals import changes_to, open_remedies
from sanbao.rules.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Compare,
    Condition,
    Elapsed,
    Leaf,
    Listed,
    Not,
    OneOf,
    Owed,
    Period,
    Window,
    evaluate,
    leaves,
    signed_leaves,
)
from sanbao.rules.literal_sets import joined, smallest
from sanbao.rules.policy import Bar, Exclusion, Right, Rule, carrying, policy_leaves

__all__ = ["why", "why_not"]

UnmetLiteral: TypeAlias = tuple[str, Any, bool]
"""A leaf that would have to hold (or fail), and the rule that asks it."""

UnmetLiterals: TypeAlias = frozenset[UnmetLiteral]

Literal: TypeAlias = tuple[Leaf, bool]
"""A leaf, and whether it is to hold or to fail."""

Literals: TypeAlias = frozenset[Literal]


def why_not(decision: DecisionParts, remedy: str) -> WhyNot:
    """Return why ``remedy`` is not available; see :meth:`Decision.why_not`."""
    kind, case = _known(remedy), decision.case
    if kind in _open(case):
        raise ValidationError.of(
            "remedy", remedy, Reason("answer.available", choices=_choices(case, kind))
        )
    return _why_not(case, kind).of(*policies_of(case))


def why(decision: DecisionParts, remedy: str, rather_than: str) -> Contrast:
    """Return why ``remedy`` rather than the other; see :meth:`Decision.why`."""
    kind, other, case = _known(remedy), _known(rather_than, "rather_than"), decision.case
    if kind == other:
        raise ValidationError.of("rather_than", rather_than, Reason("answer.other_remedy"))
    if kind not in _open(case):
        names = ", ".join(_open(case)) or "none"
        raise ValidationError.of("remedy", remedy, Reason("answer.not_available", names=names))
    given = next(remedy for remedy in decision.remedies if remedy.remedy == kind)
    checks: tuple[Check, ...] = ()
    if given.rule:
        owner = of_policy(case, given.policy)
        found = checks_of(owner, owner.policy.rule(given.rule))
        checks = tuple(check for check in found if check.holds)
    requested = decision.requested
    choice: Any = "not_available"
    if other in _open(case):
        asked = requested is not None and _known(requested.remedy) == kind
        choice = "both_open" if decision.outcome != kind else "asked" if asked else "stronger"
    answer = Contrast(
        remedy=kind,
        rather_than=other,
        rule=given.rule,
        policy=given.policy,
        citations=given.citations,
        checks=checks,
        choice=choice,
        why_not=_why_not(case, other) if choice == "not_available" else None,
    )
    return answer.of(*policies_of(case))


def _known(remedy: object, field: str = "remedy") -> RemedyKind:
    kinds = get_args(RemedyKind)
    if remedy == "repair":
        return "free_repair"
    if remedy not in kinds:
        reason = Reason("input.one_of", known=kinds).then(suggestion(remedy, kinds))
        raise ValidationError.of(field, remedy, reason)
    return cast(RemedyKind, remedy)


def _open(case: AnyEvaluation) -> tuple[RemedyKind, ...]:
    return open_remedies(case_analysis(case))


def _choices(case: AnyEvaluation, kind: RemedyKind) -> str:
    names = [name for name in get_args(RemedyKind) if name not in _open(case) and name != kind]
    return Reason("answer.choices", names=", ".join(names) or "none")


def _why_not(case: AnyEvaluation, kind: RemedyKind) -> WhyNot:
    analysis = case_analysis(case)
    may_be = {*analysis.outcomes, *(right.remedy for right in analysis.candidates)}
    ways = sorted(_ways_of_all(case, kind), key=_distance)
    excluding = (one for own in case.evaluations for one in _exclusions(own, frozenset()))
    standing = [*excluding, *(one for way in ways for one in way.in_the_way)]
    return WhyNot(
        remedy=kind,
        available=None if kind in may_be else False,
        ways=tuple(ways),
        in_the_way=tuple({hindrance.ref: hindrance for hindrance in standing}.values()),
        changes=changes_to(case, kind),
    )


def _ways_of_all(case: AnyEvaluation, kind: RemedyKind) -> Iterator[Way]:
    """Yield the ways of every policy, but those that an earlier policy has word for word."""
    told: set[Way] = set()
    for member in case.evaluations:
        own = {_unowned(way): way for way in _ways(member, kind)}
        yield from (way for plain, way in own.items() if plain not in told)
        told.update(own)


def _unowned(way: Way) -> Way:
    """Return a way without the policy that it is of."""
    return replace(
        way,
        policy="",
        failed=tuple(replace(one, policy="") for one in way.failed),
        in_the_way=tuple(replace(one, policy="") for one in way.in_the_way),
    )


def _distance(way: Way) -> tuple[bool, int, int, int]:
    """Return how far a way is: conditions and hindrances, then counts, then days.

    What hangs on the finding of an authority comes last.
    """
    checks = [lack.check for lack in way.failed]
    return is_remote(checks), len(checks) + len(way.in_the_way), *shortfall(checks)


# --- ways ----------------------------------------------------------------------------------


def _ways(case: Evaluation, kind: RemedyKind) -> Iterator[Way]:
    """Yield the smallest ways to a remedy that goods of this kind can have."""
    rules: tuple[Right, ...] | tuple[Bar, ...] = case.policy.bars
    if kind != "paid_repair":
        rights = (right for right in case.policy.rights if right.remedy == kind)
        rules = tuple(right for right in rights if case.program.can_hold(right.id))
    found: list[tuple[frozenset[object], Way]] = []
    for rule in rules:
        for lacks in _lacks(case, rule.id, rule.when, wanted=True):
            if isinstance(rule, Right) and _closes_itself(case, rule, lacks):
                continue
            in_the_way = [*_exclusions(case, lacks)]
            if isinstance(rule, Right):
                in_the_way += [*_bars(case, rule, lacks), *_papers(case, rule, lacks)]
            shortfalls = tuple(_shortfalls(case, lacks))
            way = Way(rule.id, rule.cites, shortfalls, tuple(in_the_way), case.policy.id)
            conditions = (_met_with(case, leaf, wanted) for _, leaf, wanted in lacks)
            found.append((frozenset([*conditions, *(one.rule for one in in_the_way)]), way))
    kept: list[frozenset[object]] = []
    for asked, way in sorted(found, key=lambda entry: len(entry[0])):
        if not any(less <= asked for less in kept):
            kept.append(asked)
            yield way


def _met_with(case: Evaluation, leaf: Leaf, wanted: bool) -> object:
    """Return what is the same for conditions that are met together, whatever their wording.

    Windows that start on different facts ask the same where they end on the same day.
    """
    if isinstance(leaf, Window | Period | Elapsed):
        last = end_of(case, leaf)
        if last is not None:
            return held_on(leaf), last, wanted
    return leaf, wanted


def _closes_itself(case: Evaluation, right: Right, lacks: UnmetLiterals) -> bool:
    """Say whether meeting ``lacks`` would open a right beside which ``right`` gives nothing."""
    beside = [
        leaf.rules
        for leaf, wanted in signed_leaves(right.when)
        if isinstance(leaf, Owed) and not wanted
    ]
    if not beside:
        return False
    abstraction = case.program.abstraction(_facts_if(case, lacks))
    certain = {open_.id for open_ in skeleton_of(case.program, abstraction).certain}
    return any(certain & set(rules) for rules in beside)


def _shortfalls(case: Evaluation, lacks: UnmetLiterals) -> Iterator[Shortfall]:
    rules = {rule.id: rule for rule in case.policy.rules}
    for rule, leaf, wanted in _ordered(case, lacks):
        yield Shortfall(rule, rules[rule].cites, check_of(case, leaf, wanted), case.policy.id)


def _ordered(case: Evaluation, lacks: UnmetLiterals) -> list[UnmetLiteral]:
    places = {leaf: place for place, (_, leaf) in enumerate(policy_leaves(case.policy))}
    return sorted(lacks, key=lambda lack: (places[lack[1]], lack[0], lack[2]))


def _lacks(
    case: Evaluation, rule: str, condition: Condition, *, wanted: bool
) -> list[UnmetLiterals]:
    """Return the smallest sets of leaves that keep ``condition`` from being as wanted.

    One empty set if it is; none if for goods of this kind, under these readings, it never
    will be.
    """
    match condition:
        case Not(of=part):
            return _lacks(case, rule, part, wanted=not wanted)
        case AllOf(of=parts) | AnyOf(of=parts):
            options = [_lacks(case, rule, part, wanted=wanted) for part in parts]
            if isinstance(condition, AllOf) == wanted:
                return joined(options)
            return smallest(lacks for option in options for lacks in option)
        case Owed(rules=rules) if wanted:
            owed = [case.policy.right(name) for name in rules if case.program.can_hold(name)]
            return smallest(
                lacks for right in owed for lacks in _lacks(case, right.id, right.when, wanted=True)
            )
        case Owed():  # beside which it gives nothing; see _closes_itself
            return [] if check_of(case, condition, wanted).holds is False else [frozenset()]
        case leaf:
            if check_of(case, leaf, wanted).holds:
                return [frozenset()]
            return [] if case.program.is_fixed(leaf) else [frozenset({(rule, leaf, wanted)})]


# --- what stands in the way ------------------------------------------------------------------


def _exclusions(case: Evaluation, met: UnmetLiterals) -> Iterator[Hindrance]:
    for rule in case.policy.exclusions:
        if _stands(case, rule.when, met):
            yield _hindrance(case, rule, "exclusion", (_grounds(case, rule),))


def _bars(case: Evaluation, right: Right, met: UnmetLiterals) -> Iterator[Hindrance]:
    for bar in case.policy.bars:
        if bar.id not in right.despite and _stands(case, bar.when, met):
            yield _hindrance(case, bar, "bar", (_grounds(case, bar),))


def _papers(case: Evaluation, right: Right, met: UnmetLiterals) -> Iterator[Hindrance]:
    """Yield that the papers do not carry ``right``, with what they would have to be."""
    carried = carrying(case.policy, right)
    if _carry(case, carried, met, frozenset()):
        return
    sets: list[Literals] = []
    for lacks in _lacks(case, right.id, carried, wanted=True):
        literals = [(leaf, wanted) for _, leaf, wanted in _ordered(case, lacks)]
        for literal in tuple(literals):
            rest = [other for other in literals if other != literal]
            if _carry(case, carried, met, frozenset(rest)):
                literals = rest
        sets.append(frozenset(literals))
    first, *others = [
        tuple(
            check_of(case, leaf, wanted)
            for leaf, wanted in sorted(literals, key=partial(_by_fact, case))
        )
        for literals in dict.fromkeys(sorted(sets, key=len))
    ] or [()]
    grades = (grade for grade in case.policy.grades if _stands(case, grade.when, met))
    grade = next(grades, case.policy.grades[0])
    yield _hindrance(case, grade, "evidence", (first, *others))


def _hindrance(
    case: Evaluation, rule: Rule, kind: Any, sets: tuple[tuple[Check, ...], ...]
) -> Hindrance:
    checks, *or_else = sets
    return Hindrance(rule.id, kind, rule.cites, checks, tuple(or_else), case.policy.id)


def _by_fact(case: Evaluation, literal: Literal) -> tuple[int, str]:
    leaf, _ = literal
    return case.program.library.record._fields.index(getattr(leaf, "fact", "role")), repr(leaf)


def _carry(case: Evaluation, carried: Condition, met: UnmetLiterals, papers: Literals) -> bool:
    """Say whether papers for which ``papers`` hold are sure to carry a right.

    What is not known of them is settled by cases.
    """
    facts, program = _facts_if(case, met), case.program
    asked = {getattr(leaf, "fact", "") for leaf, _ in papers}
    open_: dict[str, tuple[Any, ...]] = {}
    for leaf in leaves(carried):
        name = getattr(leaf, "fact", "")
        if name in case.policy.facts and (name in asked or getattr(facts, name) is None):
            open_[name] = case.policy.facts[name].codes or (True, False)
            if name == "voucher" and name not in asked:
                open_[name] = SILENT_VOUCHERS
    for values in product(*open_.values()):
        states = program.leaf_states(facts._replace(**dict(zip(open_, values, strict=True))))
        if all(program.leaf_value(states, leaf) == wanted for leaf, wanted in papers) and not (
            evaluate(carried, lambda leaf: program.leaf_value(states, leaf))  # noqa: B023
        ):
            return False
    return True


def _stands(case: Evaluation, condition: Condition, met: UnmetLiterals) -> bool:
    """Say whether ``condition`` would stand, or may stand, if the leaves of ``met`` were met."""
    assumed = {leaf: wanted for _, leaf, wanted in met}
    states = case.program.leaf_states(_facts_if(case, met)) if met else leaf_states(case)

    def value_of(leaf: Leaf) -> bool | None:
        return assumed[leaf] if leaf in assumed else case.program.leaf_value(states, leaf)

    return evaluate(condition, value_of) is not False


def _facts_if(case: Evaluation, met: UnmetLiterals) -> Facts:
    """Return the facts as they would be if the leaves of ``met`` were met.

    Who claims early enough for the 7 days is inside the period as well; who has a fault
    that is listed has a fault. Facts that hang together in other ways stay as they are.
    """
    changed: dict[str, Any] = {}
    codes: dict[str, list[tuple[Compare | OneOf | Listed, bool]]] = {}
    for _, leaf, wanted in _ordered(case, met):
        match leaf:
            case Window() | Period() | Elapsed():
                last, held = end_of(case, leaf), held_on(leaf)
                if last is not None:
                    name = held if held == "found_on" else "claimed_on"
                    days = (changed.get(name, last), last)
                    changed[name] = min(days) if wanted else max(days[0], last + 1)
            case Compare(fact=name, value=date() as day):
                changed[name] = day.toordinal() - wanted
            case Compare(fact=name, value=bool(value)):
                changed[name] = value == wanted
            case AtLeast(fact=name, value=number):
                changed[name] = number if wanted else number - 1
            case code:
                codes.setdefault(code.fact, []).append((code, wanted))
    changed |= {name: _code_if(case, name, asked) for name, asked in codes.items()}
    row = case.claim.row
    if "claimed_on" in changed:  # who asks in time has asked on that day
        on = changed.pop("claimed_on")
        row = row._replace(claimed=on) if row.asked is None else row._replace(asked=on)
    return case.program.facts_of(row)._replace(**changed)


def _code_if(
    case: Evaluation, name: str, asked: Sequence[tuple[Compare | OneOf | Listed, bool]]
) -> str | None:
    """Return the first code of a fact for which every leaf is as wanted.

    A fault of which nothing is asked but that it is no other is one on no list: a listed one
    would open rights of its own.
    """
    left = list(case.policy.facts[name].codes)
    for leaf, wanted in asked:
        threshold = check_of(case, leaf, wanted).threshold
        named = threshold if isinstance(threshold, tuple) else (threshold,)
        left = [code for code in left if (code in named) == wanted]
    if name == "symptom" and not any(wanted for _, wanted in asked) and "unlisted" in left:
        return "unlisted"
    return next(iter(left), None)


def _grounds(case: Evaluation, rule: Exclusion | Bar) -> tuple[Check, ...]:
    return tuple(check for check in checks_of(case, rule) if check.holds is not False)
