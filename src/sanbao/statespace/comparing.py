"""How two policies are held against each other: 比较方法.

In every space of cells each side gives, for every remedy, a set of cells. Where a right of one
side gives what the other side does not is a difference; it belongs to that right, and is told
by the fewest statements about facts that make it so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import get_args

from sanbao.base.errors import ValidationError
from sanbao.dates.calendar import Calendar, chinese_calendar
from sanbao.evaluation.advantage import Direction
from sanbao.evaluation.evaluator import Evaluator, Named
from sanbao.model.codes import Outcome
from sanbao.model.decision import PolicyRef
from sanbao.model.readings import DEFAULT_READINGS, Readings
from sanbao.policies.library import get, ids, resolve
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
        ways: tuple[tuple[Direction, Entitlements, Entitlements], ...]
        ways = (("worse", first, second), ("better", second, first))
        for direction, more, less in ways:
            for key, part in differences(direction, more, less):
                found.setdefault(_key(key), key).parts.append(part)
    engines = [Evaluator(policy, readings, calendar) for policy in (a, b)]
    divergences = []
    shown: list[CandidateDifference] = []
    for one in found.values():
        if one.differs:
            losing = {number for number, _ in orders[one.direction == "worse"]}
            made = [(part.space, part.space.made()) for part in one.parts if part.space.is_large]
            divergence = describe(one, sorted(losing), engines)
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


def _cells_of(shown: Iterable[CandidateDifference], direction: Direction) -> int:
    """Return in how many cells there is a difference in this direction that is told."""
    spaces: dict[Space, list[Cells]] = {}
    for found in shown:
        if found.direction == direction:
            for part in found.parts:
                spaces.setdefault(part.space, []).append(part.differs)
    return sum(space.count(space.diagrams.any_of(sets)) for space, sets in spaces.items())


def _key(found: CandidateDifference) -> object:
    instead = found.instead
    return (
        found.direction,
        found.subject,
        found.number,
        found.rule.id,
        (found.given.what, found.given.rate_per_day),
        instead and (instead.what, instead.rate_per_day),
    )


def differences(
    direction: Direction, more: Entitlements, less: Entitlements
) -> Iterator[tuple[CandidateDifference, DifferenceInSpace]]:
    """Yield where ``more`` gives what ``less`` does not, rule by rule."""
    space, diagrams = more.space, more.space.diagrams
    for remedy in REMEDIES:
        before: list[Entitlement] = []
        any_ = less.reach(remedy)
        for entitlement in more.to(remedy):
            better = (one.cells for one in before if is_as_good(one.rank, entitlement.rank))
            care = diagrams.difference(entitlement.cells, diagrams.any_of(better))
            before.append(entitlement)
            lacking = diagrams.difference(care, less.reach(remedy, entitlement.rank))
            found = CandidateDifference(
                direction, remedy, entitlement.number, entitlement.rule, entitlement.terms, None
            )
            yield found, DifferenceInSpace(space, care, diagrams.difference(lacking, any_))
            known = diagrams.none
            for lesser in less.to(remedy):
                if not is_as_good(lesser.rank, entitlement.rank):
                    there = diagrams.difference(diagrams.intersection(lacking, lesser.cells), known)
                    known = diagrams.union(known, lesser.cells)
                    charged = care  # goods never used pay no fee: nothing is less for them
                    if lesser.terms.what == "less_depreciation":
                        used = [value["used"] for value in space.classes_of("used")]
                        charged = diagrams.intersection(care, space.with_values("used", used))
                    found = CandidateDifference(
                        direction,
                        remedy,
                        entitlement.number,
                        entitlement.rule,
                        entitlement.terms,
                        lesser.terms,
                    )
                    yield found, DifferenceInSpace(space, charged, there)
    paid = diagrams.difference(more.nothing, more.excluded)
    out = diagrams.intersection(paid, less.excluded)
    for entitlement in less.exclusions():
        there = diagrams.intersection(out, entitlement.cells)
        out = diagrams.difference(out, entitlement.cells)
        found = CandidateDifference(
            direction,
            "standing",
            entitlement.number,
            entitlement.rule,
            entitlement.terms,
            Terms("excluded"),
        )
        yield found, DifferenceInSpace(space, paid, there)
    yield from _duties(direction, more, less)


def _duties(
    direction: Direction, more: Entitlements, less: Entitlements
) -> Iterator[tuple[CandidateDifference, DifferenceInSpace]]:
    """Yield what comes along with ``more`` and not, or later, with ``less``."""
    space, diagrams = more.space, more.space.diagrams
    theirs = less.duties()
    alike: dict[Outcome, Cells] | None = None
    for name, entitlements in more.duties().items():
        others = theirs.get(name, [])
        if _same_duty(entitlements, others):
            continue
        if alike is None:
            mine, other = more.outcomes(), less.outcomes()
            alike = {
                outcome: diagrams.intersection(mine[outcome], other[outcome]) for outcome in mine
            }
        for entitlement in entitlements:
            with_it = _along(entitlement, alike, diagrams.any_of)
            arises = diagrams.intersection(entitlement.cells, with_it)
            there = early = diagrams.none
            for one in others:
                along = diagrams.intersection(one.cells, _along(one, alike, diagrams.any_of))
                in_time = diagrams.intersection(along, space.no_later(_due(one), _due(entitlement)))
                there, early = diagrams.union(there, along), diagrams.union(early, in_time)
            found = CandidateDifference(
                direction, "duty", entitlement.number, entitlement.rule, entitlement.terms, None
            )
            yield found, DifferenceInSpace(space, arises, diagrams.difference(arises, there))
            later = CandidateDifference(
                direction,
                "duty",
                entitlement.number,
                entitlement.rule,
                entitlement.terms,
                entitlement.terms,
            )
            both = diagrams.intersection(arises, there)
            yield later, DifferenceInSpace(space, both, diagrams.difference(both, early))


def _due(entitlement: Entitlement) -> tuple[int, str, int]:
    """Return of which policy, from which date and after how many days an obligation is due."""
    duty = entitlement.rule
    assert isinstance(duty, Obligation)  # noqa: S101
    return entitlement.number, duty.after or "claimed_on", duty.days


def _same_duty(entitlements: list[Entitlement], others: list[Entitlement]) -> bool:
    def terms(one: Entitlement) -> object:
        duty = one.rule
        assert isinstance(duty, Obligation)  # noqa: S101
        return one.rank, one.cells, duty.with_outcomes, duty.after, one.number

    return [terms(one) for one in entitlements] == [terms(one) for one in others]


def _along(
    entitlement: Entitlement,
    alike: dict[Outcome, Cells],
    any_of: Callable[[Iterable[Cells]], Cells],
) -> Cells:
    duty = entitlement.rule
    assert isinstance(duty, Obligation)  # noqa: S101
    outcomes = duty.with_outcomes or get_args(Outcome)
    return any_of(alike[outcome] for outcome in outcomes)


def compare(
    a: Named,
    b: Named,
    readings: Readings | None = None,
    calendar: Calendar | None = None,
) -> Comparison:
    """Say where ``b`` is worse for the consumer than ``a``, and where better: 政策比较.

    Each is a policy, several together, or the name of what ships
    (:func:`sanbao.policies.resolve`); of a law the newest version is taken. A promise is taken as
    it stands beside the version of the law on the other side, else beside the newest; a local
    regulation, which only adds to the law, together with it.
    Exact for every claim whose facts are known; what is not known is settled by cases, and
    every case is looked at: a claim that leaves a right open under one policy and not under the
    other differs where one of its cases does, and is told by that. Both are taken under the same
    ``readings`` (but for what a policy settles itself) and ``calendar``. Raises
    :class:`~sanbao.ValidationError` for what is no policy.

    >>> compare("cn.mobile-2001", "cn.mobile-2001").divergences
    ()
    """
    one, other = side_by_side(*(_policy(name, given) for name, given in (("a", a), ("b", b))))
    if readings is not None and not isinstance(readings, Readings):
        raise ValidationError.of("readings", readings, "must be Readings")
    return compared(
        one,
        other,
        DEFAULT_READINGS if readings is None else readings,
        chinese_calendar() if calendar is None else calendar,
    )


def side_by_side(
    one: Policy | Combined, other: Policy | Combined
) -> tuple[Policy | Combined, Policy | Combined]:
    """Return two policies as they are compared.

    A promise stands beside the law and counts days as that law does; a local regulation comes
    together with it.
    """
    laws = {law.id: law for law in map(_law_of, (other, one)) if law is not None}

    def beside(policy: Policy | Combined) -> Policy | Combined:
        if isinstance(policy, Combined) or policy.beside is None:
            return policy
        law = laws.get(policy.beside) or _newest(policy.beside)
        if law is None:
            return policy
        return Combined(law, (policy,)) if policy.kind == "local" else policy.beside_law(law)

    return beside(one), beside(other)


def _law_of(policy: Policy | Combined) -> Policy | None:
    law = policy.regulation if isinstance(policy, Combined) else policy
    return law if law.kind == "regulation" else None


def _newest(law: str) -> Policy | None:
    """Return the newest version of a law that ships."""
    return get(law) if law in ids() else None


def _policy(name: str, given: Named) -> Policy | Combined:
    if isinstance(given, str):
        try:
            policy = resolve(given)
        except ValidationError as error:
            raise ValidationError(replace(one, field=name) for one in error.problems) from None
    else:
        policy = given
    if isinstance(policy, Versions):
        return policy.newest
    if not isinstance(policy, Policy | Combined):
        raise ValidationError.of(name, policy, "must be a Policy")
    return policy
