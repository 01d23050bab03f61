"""Verifying a policy cell by cell: 核验方法."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import permutations
from typing import Any, Final, TypeAlias, get_args

from sanbao.base.errors import Reason, ValidationError
from sanbao.dates.calendar import Calendar, chinese_calendar
from sanbao.evaluation.programs.skeleton import answers
from sanbao.evaluation.programs.truth import TRUE
from sanbao.model.citation import Citation
from sanbao.model.claim import Claim
from sanbao.model.codes import Invoice, Outcome
from sanbao.model.decision import PolicyRef
from sanbao.model.readings import DEFAULT_READINGS, Readings
from sanbao.policies.policy_set import PolicySet
from sanbao.rules.conditions import (
    AtLeast,
    Compare,
    Elapsed,
    Leaf,
    Period,
    Under,
    Window,
    evaluate,
    leaves,
)
from sanbao.rules.policy import Obligation, Policy, Right, Rule
from sanbao.statespace.comparing import differences
from sanbao.statespace.decision_diagram import Cells
from sanbao.statespace.entitlements import REMEDIES, Entitlements, order_of
from sanbao.statespace.partition import Spaces
from sanbao.statespace.regions.layout import REPAIR_FACTS
from sanbao.statespace.shrink import claim_of
from sanbao.statespace.space import Space
from sanbao.statespace.verification import (
    Breach,
    OutcomeCells,
    Principle,
    PrincipleId,
    Verification,
)

__all__ = ["verified", "verify"]

_MOST_BREACHES: Final = 20
"""Breaches listed per principle, at most."""


@dataclass(slots=True)
class _Breaches:
    """The breaches of one principle so far, and how many cells were checked."""

    looked_at: int = 0
    breaches: list[Breach] = field(default_factory=list)

    def add(self, *breaches: Breach) -> None:
        room = _MOST_BREACHES - len(self.breaches)
        self.breaches += breaches[:room]


Tallies: TypeAlias = dict[PrincipleId, _Breaches]

Move: TypeAlias = Callable[[int, int], Callable[[Cells], Cells]]
"""From two values to the function from cells with the first to their like with the second."""


def verified(policy: Policy, readings: Readings, calendar: Calendar) -> Verification:
    """Return the report on a policy; see :func:`sanbao.verify`."""
    tallies: Tallies = {name: _Breaches() for name in get_args(PrincipleId)}
    order = order_of(policy, lambda _: 0)
    cells = 0
    by_outcome: dict[Outcome, int] = dict.fromkeys(get_args(Outcome), 0)
    leading: set[str] = set()
    standing: set[str] = set()
    for space in Spaces([policy], readings, calendar):
        side = Entitlements(space, order)
        cells += space.count(space.diagrams.all)
        for outcome, found in side.outcomes().items():
            by_outcome[outcome] += space.count(found)
        _one_outcome(tallies["one_outcome"], space, policy)
        leading |= set(_leading(space, side, policy))
        standing |= set(_standing(space, side, policy))
        _never_worse(tallies["earlier_claim"], space, side, _may_run)
        _never_worse(tallies["more_repairs"], space, side, _counts_repairs)
    same_start = tuple(replace(grade, start="papers") for grade in policy.grades)
    for space in Spaces([replace(policy, grades=same_start)], readings, calendar):
        _better_papers(tallies["better_papers"], space, Entitlements(space, order))
    removable: tuple[Rule, ...] = (*policy.outside, *policy.grades)
    for rule in removable:
        if rule.id not in standing and _is_missed(policy, rule.id, readings, calendar):
            standing.add(rule.id)
    _rules_seen(tallies["every_rule_leads"], policy, readings, leading)
    _rules_seen(tallies["no_rule_shadowed"], policy, readings, standing)
    _thresholds_cited(tallies["thresholds_cited"], policy)
    return Verification(
        policy=PolicyRef(policy.id, policy.version),
        readings=readings,
        calendar=calendar.id,
        cells=cells,
        outcomes=tuple(OutcomeCells(outcome, number) for outcome, number in by_outcome.items()),
        principles=tuple(
            Principle(name, not tally.breaches, tally.looked_at, tuple(tally.breaches))
            for name, tally in tallies.items()
        ),
    ).of(policy)


# --- outcomes and rules ---------------------------------------------------------------------


def _one_outcome(tally: _Breaches, space: Space, policy: Policy) -> None:
    """Find cells with several possible outcomes, or with none that is certain."""
    diagrams = space.diagrams
    tally.looked_at += space.count(diagrams.all)
    out = diagrams.any_of(space.where(0, rule.when) for rule in policy.exclusions)
    in_ = diagrams.all_of(space.where(0, rule.when, holds=False) for rule in policy.exclusions)
    unclear = diagrams.complement(diagrams.union(out, in_))
    for request, asked in space.requests():
        rest = diagrams.difference(asked, out)
        found: dict[str, Cells] = {}
        for right in _in_order(policy, request):
            perhaps = diagrams.difference(rest, space.opened(0, right.id, holds=False))
            if right.empty is not None:
                perhaps = diagrams.difference(perhaps, space.where(0, right.empty))
            other = found.get(right.remedy, diagrams.none)
            found[right.remedy] = diagrams.union(other, perhaps)
            rest = diagrams.difference(rest, space.worth(0, right.id))
        found["paid_repair"] = rest
        seen = diagrams.none
        for cells in found.values():
            unclear = diagrams.union(unclear, diagrams.intersection(seen, cells))
            seen = diagrams.union(seen, cells)
    if unclear != diagrams.none:
        tally.add(Breach((), "outcome", _claim(space, unclear)))


def _leading(space: Space, side: Entitlements, policy: Policy) -> Iterator[str]:
    """Yield the rules that decide some claim of a space."""
    yield from _reached(space, space.diagrams.all, _where(space, policy.exclusions))
    unhelped = space.diagrams.difference(side.nothing, side.excluded)
    yield from _reached(space, unhelped, _where(space, policy.bars))
    for grade in policy.grades:
        if space.where(0, grade.when) != space.diagrams.none:
            yield grade.id
    for request, asked in space.requests():
        rights = _in_order(policy, request)
        yield from _reached(space, asked, ((one.id, space.worth(0, one.id)) for one in rights))


def _reached(space: Space, rest: Cells, rules: Iterable[tuple[str, Cells]]) -> Iterator[str]:
    """Yield the rules that have a cell in ``rest`` which no earlier one has."""
    for rule, cells in rules:
        if space.diagrams.intersects(rest, cells):
            yield rule
        rest = space.diagrams.difference(rest, cells)


def _where(space: Space, rules: Iterable[Rule]) -> Iterator[tuple[str, Cells]]:
    """Yield the id of each rule with the cells where it holds."""
    return ((rule.id, space.where(0, rule.when)) for rule in rules)


def _in_order(policy: Policy, request: str) -> list[Right]:
    rights = [policy.right(rule) for rule in policy.preference]
    return sorted(rights, key=lambda right: not answers(right, request))


def _standing(space: Space, side: Entitlements, policy: Policy) -> Iterator[str]:
    """Yield the rules that do in some claim what no earlier rule does."""
    every = space.diagrams.all
    for rules in (policy.exclusions, policy.bars, policy.grades):
        yield from _reached(space, every, _where(space, rules))
    for remedy in REMEDIES:
        yield from _reached(space, every, ((one.rule.id, one.cells) for one in side.to(remedy)))


def _rules_seen(tally: _Breaches, policy: Policy, readings: Readings, seen: Set[str]) -> None:
    """Find rules that apply under ``readings`` and are not among those ``seen``."""
    rules = [rule for rule in policy.rules if not _is_of_another_reading(policy, rule, readings)]
    tally.looked_at = len(rules)
    tally.add(*(Breach((rule.id,), "") for rule in rules if rule.id not in seen))


def _is_of_another_reading(policy: Policy, rule: Rule, readings: Readings) -> bool:
    """True if a rule can apply only under readings other than ``readings``."""
    chosen = policy.settled(readings)

    def value_of(leaf: Leaf) -> bool | None:
        if isinstance(leaf, Under):
            return chosen.value(leaf.reading) == leaf.value
        return None

    return evaluate(rule.when, value_of) is False


def _is_missed(policy: Policy, rule: str, readings: Readings, calendar: Calendar) -> bool:
    """True if the policy without a rule gives more or less in some cell.

    Even where an earlier rule holds in all cells of this one, a right may depend on this one.
    """
    parts: dict[str, Any] = {
        name: tuple(one for one in getattr(policy, name) if one.id != rule)
        for name in ("exclusions", "bars", "grades")
    }
    rights = tuple(
        replace(right, despite=tuple(bar for bar in right.despite if bar != rule))
        for right in policy.rights
    )
    without = replace(policy, **parts, rights=rights, articles=())
    orders = [order_of(one, [policy, without].index) for one in (policy, without)]
    for space in Spaces([policy, without], readings, calendar):
        whole, rest = (Entitlements(space, order) for order in orders)
        for more, less in ((whole, rest), (rest, whole)):
            if any(part.differs != space.diagrams.none for part in differences(more, less)):
                return True
    return False


# --- never worse ----------------------------------------------------------------------------------


def _terms(side: Entitlements) -> Iterator[tuple[str, Cells]]:
    """Yield each remedy with the cells where it is had, for each rank of terms or better."""
    for remedy in REMEDIES:
        for rank in dict.fromkeys(one.rank for one in side.to(remedy)):
            yield remedy, side.reach(remedy, rank)


_INVOICES: Final = {code: rank for rank, code in enumerate(get_args(Invoice))}
_VOUCHERS: Final = {"intact": 0, "not_issued": 1, "lost": 2, "altered": 3, "mismatched": 3}


def _better_papers(tally: _Breaches, space: Space, side: Entitlements) -> None:
    """Find claims that have more with worse papers."""
    level = next(n for n, one in enumerate(space.variables) if one.name == "papers")
    values = space.classes[level]

    def with_papers(value: int, instead: int) -> Callable[[Cells], Cells]:
        return lambda cells: space.diagrams.substitute(cells, level, value, instead)

    for (better, good), (worse, bad) in permutations(enumerate(values), 2):
        if _are_better(good, bad):
            _hold(tally, side, with_papers, worse, better)


def _are_better(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """True if papers are better in something and worse in nothing."""
    return (
        _INVOICES[one["invoice"]] <= _INVOICES[other["invoice"]]
        and _VOUCHERS[one["voucher"]] <= _VOUCHERS[other["voucher"]]
        and one["made"] >= other["made"]
        and one != other
    )


def _may_run(leaf: Leaf) -> bool:
    """True for a leaf that may hold for an earlier claim and fail for a later one."""
    about = getattr(leaf, "fact", "")
    return isinstance(leaf, Window | Period | Elapsed) and about not in REPAIR_FACTS


def _counts_repairs(leaf: Leaf) -> bool:
    return isinstance(leaf, AtLeast) and leaf.fact in ("repairs_counted", "repairs_finished")


def _never_worse(
    tally: _Breaches, space: Space, side: Entitlements, grows: Callable[[Leaf], bool]
) -> None:
    """Find cells where more of the leaves that ``grows`` selects hold and the consumer has less."""
    factors = zip(space.layout.places, space.factors, strict=True)
    for place, (leaves_of, factor) in enumerate(factors):
        free = [index for index, (_, leaf) in enumerate(leaves_of) if grows(leaf)]
        for less, more in _steps(factor, free) if free else ():
            _hold(tally, side, partial(space.moving, place), less, more)


def _hold(tally: _Breaches, side: Entitlements, move: Move, less: int, more: int) -> None:
    """Compare cells with the value ``more`` to those with ``less``: none may have less."""
    space, there = side.space, move(less, more)
    for remedy, cells in _terms(side):
        asked = there(cells)
        tally.looked_at += space.count(asked)
        lacking = space.diagrams.difference(asked, cells)
        if lacking != space.diagrams.none:
            tally.add(_breach(side, remedy, lacking, move(more, less)(lacking)))


def _steps(factor: Sequence[tuple[int, ...]], free: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield pairs of values that differ only in ``free`` leaves which hold in the second."""
    alike: dict[tuple[int, ...], list[int]] = {}
    for number, states in enumerate(factor):
        rest = tuple(state for index, state in enumerate(states) if index not in free)
        alike.setdefault(rest, []).append(number)
    for numbers in alike.values():
        for less, more in permutations(numbers, 2):
            pairs = [(factor[less][index], factor[more][index]) for index in free]
            if all(a != TRUE or b == TRUE for a, b in pairs):
                yield less, more


def _breach(side: Entitlements, remedy: str, lacking: Cells, like: Cells) -> Breach:
    space = side.space
    rules = tuple(
        one.rule.id for one in side.to(remedy) if space.diagrams.intersects(one.cells, like)
    )
    return Breach(rules, remedy, _claim(space, lacking), _claim(space, like))


def _claim(space: Space, cells: Cells) -> Claim | None:
    row = next(space.claims(space.diagrams.simplest(cells)), None)
    return None if row is None else claim_of(row)


# --- numbers and articles ------------------------------------------------------------------------


def _thresholds_cited(tally: _Breaches, policy: Policy) -> None:
    """Find numbers in rules that cite no article of their own law."""
    own = {policy.id, policy.beside}
    parts: list[Rule | Obligation] = [*policy.rules, *policy.obligations]
    for part in parts:
        asked = () if part.when is None else leaves(part.when)
        numbers = [leaf for leaf in asked if _has_number(leaf)]
        tally.looked_at += len(numbers)
        if numbers and not any(_is_cited(cite, own) for cite in part.cites):
            tally.add(Breach((part.id,), ""))
    for line in policy.catalogue:
        tally.looked_at += 1
        if not any(cite.law in own for cite in line.cites):
            tally.add(Breach((line.kind,), ""))


def _is_cited(cite: Citation, own: set[str | None]) -> bool:
    """True for a citation of the rule's own law, or of an article of another law."""
    return cite.law in own or (cite.law.startswith("cn.") and cite.article is not None)


def _has_number(leaf: Leaf) -> bool:
    dated = isinstance(leaf, Compare) and leaf.relation == "before"
    return dated or isinstance(leaf, Window | Period | Elapsed | AtLeast)


def verify(
    policy: Policy | str,
    readings: Readings | None = None,
    calendar: Calendar | None = None,
    policies: PolicySet | None = None,
) -> Verification:
    """Look at every cell of ``policy`` and say whether it is sound: 核验.

    ``policy`` may be the id of one in the set ``policies``, by default what ships; of a law the
    newest version is taken, and a promise is looked at as it stands beside that. Raises
    :class:`~sanbao.ValidationError` for what is no policy.

    >>> verify("cn.mobile-2001").holds
    True
    """
    if isinstance(policy, str):
        within = PolicySet.shipped() if policies is None else policies
        policy = within.get(policy)
        if policy.beside is not None:
            policy = policy.beside_law(within.get(policy.beside))
    if not isinstance(policy, Policy):
        raise ValidationError.of("policy", policy, Reason("policy.type_policy"))
    if readings is not None and not isinstance(readings, Readings):
        raise ValidationError.of("readings", readings, Reason("policy.type_readings"))
    return verified(
        policy,
        DEFAULT_READINGS if readings is None else readings,
        chinese_calendar() if calendar is None else calendar,
    )
