"""Comparing two policies cell by cell: 比较方法.

In every space each side has a set of cells for every remedy. Cells that a right of one side has
and the other side has not are a difference, which belongs to that right. It is described by the
fewest statements about facts (:mod:`sanbao.statespace.witnesses`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import get_args

from sanbao.base.errors import Reason, ValidationError
from sanbao.dates.calendar import Calendar, chinese_calendar
from sanbao.evaluation.advantage import Direction, Subject
from sanbao.evaluation.evaluator import Evaluator, Named
from sanbao.model.codes import Outcome
from sanbao.model.decision import PolicyRef
from sanbao.model.readings import DEFAULT_READINGS, Readings
from sanbao.policies.policy_set import PolicySet
from sanbao.rules.combined import Combined
from sanbao.rules.policy import Obligation, Policy
from sanbao.rules.versions import Versions
from sanbao.statespace.comparison import Comparison, Terms
from sanbao.statespace.decision_diagram import Cells
from sanbao.statespace.entitlements import REMEDIES, Entitlement, Entitlements, is_as_good, order_of
from sanbao.statespace.partition import Spaces
from sanbao.statespace.space import Space
from sanbao.statespace.witnesses import CandidateDifference, DifferenceInSpace, describe

__all__ = ["compare", "compared", "differences", "side_by_side"]


def compared(
    a: Policy | Combined, b: Policy | Combined, readings: Readings, calendar: Calendar
) -> Comparison:
    """Return the comparison of two policies; see :func:`sanbao.compare`."""
    sides = [policy.members if isinstance(policy, Combined) else (policy,) for policy in (a, b)]
    policies = list(dict.fromkeys([*sides[0], *sides[1]]))
    orders = [order_of(policy, policies.index) for policy in (a, b)]
    found: dict[object, CandidateDifference] = {}
    cells = 0
    for space in Spaces(policies, readings, calendar):
        first, second = (Entitlements(space, order) for order in orders)
        cells += space.count(space.diagrams.all)
        _note(found, "worse", differences(first, second))
        _note(found, "better", differences(second, first))
    evaluators = [Evaluator(policy, readings, calendar) for policy in (a, b)]
    for evaluator in evaluators:
        evaluator.known = tuple(policies)
    divergences = []
    shown: list[CandidateDifference] = []
    for one in found.values():
        if one.differing:
            losing = {number for number, _ in orders[one.direction == "worse"]}
            made = [(part.space, part.space.made()) for part in one.parts if part.space.is_large]
            divergence = describe(one, sorted(losing), evaluators)
            for space, known in made:
                space.forget(known)
            if divergence is not None:
                divergences.append(divergence)
                shown.append(one)
    return Comparison(
        a=PolicyRef(a.id, a.version),
        b=PolicyRef(b.id, b.version),
        readings=readings,
        calendar=calendar.id,
        divergences=tuple(divergences),
        cells=cells,
        worse=_cells_of(shown, "worse"),
        better=_cells_of(shown, "better"),
    ).of(*policies)


def _note(
    found: dict[object, CandidateDifference],
    direction: Direction,
    parts: Iterable[DifferenceInSpace],
) -> None:
    """Add differences in one space to those ``found`` in others."""
    for part in parts:
        own = part.given
        key = direction, part.subject, own.number, own.rule.id, own.terms, part.instead
        if key not in found:
            found[key] = CandidateDifference(
                direction, part.subject, own.number, own.rule, own.terms, part.instead
            )
        found[key].parts.append(part)


def _cells_of(shown: Iterable[CandidateDifference], direction: Direction) -> int:
    """Return the number of cells with a difference in this direction, each counted once."""
    spaces: dict[Space, list[Cells]] = {}
    for found in shown:
        if found.direction == direction:
            for part in found.parts:
                spaces.setdefault(part.space, []).append(part.differs)
    return sum(space.count(space.diagrams.any_of(sets)) for space, sets in spaces.items())


def differences(more: Entitlements, less: Entitlements) -> Iterator[DifferenceInSpace]:
    """Yield where ``more`` gives what ``less`` does not, rule by rule; of some no cell differs."""
    for remedy in REMEDIES:
        yield from _remedies(remedy, more, less)
    yield from _standing(more, less)
    yield from _duties(more, less)


def _remedies(
    remedy: Subject, more: Entitlements, less: Entitlements
) -> Iterator[DifferenceInSpace]:
    """Yield where ``less`` does not give a remedy, and where it does on lesser terms."""
    space, diagrams = more.space, more.space.diagrams
    anyhow = less.reach(remedy)
    before: list[Entitlement] = []
    for given in more.to(remedy):
        better = (one.cells for one in before if is_as_good(one.rank, given.rank))
        care = diagrams.difference(given.cells, diagrams.any_of(better))
        before.append(given)
        lacking = diagrams.difference(care, less.reach(remedy, given.rank))
        nothing = diagrams.difference(lacking, anyhow)
        yield DifferenceInSpace(space, remedy, given, None, care, nothing)
        known = diagrams.none
        for lesser in less.to(remedy):
            if not is_as_good(lesser.rank, given.rank):
                there = diagrams.difference(diagrams.intersection(lacking, lesser.cells), known)
                known = diagrams.union(known, lesser.cells)
                charged = care
                if lesser.terms.what == "less_depreciation":  # some goods pay no fee
                    charged = diagrams.intersection(care, space.charged(lesser.number))
                yield DifferenceInSpace(space, remedy, given, lesser.terms, charged, there)


def _standing(more: Entitlements, less: Entitlements) -> Iterator[DifferenceInSpace]:
    """Yield where ``less`` takes the goods out that ``more`` would repair at a charge."""
    space, diagrams = more.space, more.space.diagrams
    paid = diagrams.difference(more.nothing, more.excluded)
    out = diagrams.intersection(paid, less.excluded)
    for own in less.exclusions():
        there = diagrams.intersection(out, own.cells)
        out = diagrams.difference(out, own.cells)
        yield DifferenceInSpace(space, "standing", own, Terms("excluded"), paid, there)


def _duties(more: Entitlements, less: Entitlements) -> Iterator[DifferenceInSpace]:
    """Yield the obligations of ``more`` that ``less`` has not, or later."""
    space, diagrams = more.space, more.space.diagrams
    theirs = less.duties()
    alike: dict[Outcome, Cells] = {}

    def arising(own: Entitlement) -> Cells:
        outcomes = _duty(own).with_outcomes or get_args(Outcome)
        with_it = diagrams.any_of(alike[outcome] for outcome in outcomes)
        return diagrams.intersection(own.cells, with_it)

    for name, duties in more.duties().items():
        others = theirs.get(name, [])
        if list(map(_terms, duties)) == list(map(_terms, others)):
            continue
        if not alike:
            mine, other = more.outcomes(), less.outcomes()
            alike |= {one: diagrams.intersection(mine[one], other[one]) for one in mine}
        for own in duties:
            arises = arising(own)
            there = early = diagrams.none
            for one in others:
                along = arising(one)
                in_time = diagrams.intersection(along, space.no_later(_due(one), _due(own)))
                there, early = diagrams.union(there, along), diagrams.union(early, in_time)
            lacking = diagrams.difference(arises, there)
            yield DifferenceInSpace(space, "duty", own, None, arises, lacking)
            in_both = diagrams.intersection(arises, there)
            late = diagrams.difference(in_both, early)
            yield DifferenceInSpace(space, "duty", own, own.terms, in_both, late)


def _duty(of: Entitlement) -> Obligation:
    assert isinstance(of.rule, Obligation)  # noqa: S101
    return of.rule


def _due(of: Entitlement) -> tuple[int, str, int]:
    """Return of which policy, from which date and after how many days an obligation is due."""
    return of.number, _duty(of).after or "claimed_on", _duty(of).days


def _terms(of: Entitlement) -> object:
    """Return what makes two obligations the same."""
    return of.rank, of.cells, _duty(of).with_outcomes, _duty(of).after, of.number


def compare(
    a: Named,
    b: Named,
    readings: Readings | None = None,
    calendar: Calendar | None = None,
    policies: PolicySet | None = None,
) -> Comparison:
    """Say where ``b`` is worse for the consumer than ``a``, and where better: 政策比较.

    Each is a policy, several together, or the name of one (:func:`sanbao.policies.resolve`) in the
    set ``policies``, by default what ships; of a law the newest version is taken. A promise is
    taken as it stands beside the version of the law on the other side, else beside the newest; a
    local regulation, which only adds to the law, together with it.
    Exact for every claim whose facts are known; what is not known is settled by cases, and
    every case is looked at: a claim that leaves a right open under one policy and not under the
    other differs where one of its cases does, and is told by that. Both are taken under the same
    ``readings`` (but for what a policy settles itself) and ``calendar``. Raises
    :class:`~sanbao.ValidationError` for what is no policy.

    >>> compare("cn.mobile-2001", "cn.mobile-2001").divergences
    ()
    """
    within = PolicySet.shipped() if policies is None else policies
    one, other = (_policy(name, given, within) for name, given in (("a", a), ("b", b)))
    one, other = side_by_side(one, other, within)
    if readings is not None and not isinstance(readings, Readings):
        raise ValidationError.of("readings", readings, Reason("policy.type_readings"))
    return compared(
        one,
        other,
        DEFAULT_READINGS if readings is None else readings,
        chinese_calendar() if calendar is None else calendar,
    )


def side_by_side(
    one: Policy | Combined, other: Policy | Combined, policies: PolicySet
) -> tuple[Policy | Combined, Policy | Combined]:
    """Return two policies as they are compared.

    A promise stands beside the law and counts days as that law does; a local regulation comes
    together with it.
    """
    laws = {law.id: law for law in map(_law_of, (other, one)) if law is not None}

    def beside(policy: Policy | Combined) -> Policy | Combined:
        if isinstance(policy, Combined) or policy.beside is None:
            return policy
        law = laws.get(policy.beside)
        if law is None and policy.beside in policies.ids():
            law = policies.get(policy.beside)
        if law is None:
            return policy
        return Combined(law, (policy,)) if policy.kind == "local" else policy.beside_law(law)

    return beside(one), beside(other)


def _law_of(policy: Policy | Combined) -> Policy | None:
    law = policy.regulation if isinstance(policy, Combined) else policy
    return law if law.kind == "regulation" else None


def _policy(name: str, given: Named, policies: PolicySet) -> Policy | Combined:
    if isinstance(given, str):
        try:
            policy = policies.resolve(given)
        except ValidationError as error:
            raise ValidationError(replace(one, field=name) for one in error.problems) from None
    else:
        policy = given
    if isinstance(policy, Versions):
        return policy.newest
    if not isinstance(policy, Policy | Combined):
        raise ValidationError.of(name, policy, Reason("policy.type_policy"))
    return policy
