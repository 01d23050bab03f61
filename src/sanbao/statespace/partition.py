"""All possible claims, partitioned into finitely many cells: 情形划分.

The thresholds of some policies cut every fact into finitely many values that no rule
distinguishes. A *cell* is one value of each: every policy treats all claims in it alike. Facts
about dates are combined beforehand (:mod:`sanbao.statespace.regions`): only combinations of
windows, periods and repairs that can occur on one day make cells.

A :class:`Space` holds the cells of goods of one kind whose papers start the period alike, with
or without an exchange. Every set of cells is a diagram (:mod:`sanbao.statespace.decision_diagram`),
and of every cell real claims can be made. What is not known is not looked at: it is settled by
cases, and each case is a cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, product
from typing import Any, Final, TypeAlias

from sanbao.dates.calendar import Calendar
from sanbao.evaluation.facts.dependencies import codes_named
from sanbao.evaluation.programs.program import Program, Programs
from sanbao.evaluation.programs.truth import FALSE, TRUE, UNKNOWN
from sanbao.model.claim_row import ClaimRow
from sanbao.model.readings import Readings
from sanbao.rules.conditions import AllOf, AnyOf, Compare, Condition, Not, Owed
from sanbao.rules.policy import Policy, codes_of, named_codes, opening
from sanbao.statespace.decision_diagram import Cells, DecisionDiagrams, spread
from sanbao.statespace.inputs import (
    PLAIN_VARIABLES,
    Codes,
    Variable,
    causes,
    code_classes,
    details,
    exchanges,
    faults,
    plain_claim,
    with_value,
)
from sanbao.statespace.regions.claim_days import ClaimDay, Regions
from sanbao.statespace.regions.cut_histories import CutHistories
from sanbao.statespace.regions.layout import (
    SINCE_PERIOD,
    SPENT,
    FactLeaf,
    FlatView,
    LoadedPolicy,
    Place,
    layout_of,
)
from sanbao.statespace.regions.repair_histories import Histories
from sanbao.statespace.regions.repair_views import Bounds, Past, States
from sanbao.statespace.space import Space, strides
from sanbao.statespace.thresholds import thresholds_of

__all__ = ["Spaces"]


class Spaces:
    """All cells of some policies, one space after another: 全部情形.

    ``policies`` are those looked at together, each under ``readings`` (but for what it settles
    itself) and ``calendar``.
    """

    def __init__(self, policies: Sequence[Policy], readings: Readings, calendar: Calendar) -> None:
        self.policies = tuple(policies)
        self.programs = [Programs(policy, calendar) for policy in self.policies]
        self.readings = readings
        self._calendar = calendar

    def __iter__(self) -> Iterator[Space]:
        for kinds in self._kinds():
            policies = tuple(self._loaded(number, kinds[0]) for number in range(len(self.policies)))
            yield from self._spaces(policies, kinds)

    def _loaded(self, number: int, kind: str) -> LoadedPolicy:
        program = self.programs[number].of(kind, self.readings)
        thresholds = thresholds_of(self._calendar, program.clock.readings)
        return LoadedPolicy(self.policies[number], program, thresholds)

    def _kinds(self) -> list[tuple[str, ...]]:
        """Return the kinds of goods, grouped where no policy distinguishes them."""
        alike: dict[object, list[str]] = {}
        named = {kind for policy in self.policies for kind in named_codes(policy, "kind")}
        for kind in codes_of(self.policies, "kind"):
            lines = [policy.coverage(kind) for policy in self.policies]
            terms = tuple(
                line and (line.role, line.months, line.daily_rate, line.faults) for line in lines
            )
            alike.setdefault((terms, kind if kind in named else None), []).append(kind)
        return [tuple(kinds) for kinds in alike.values()]

    def _spaces(
        self, policies: tuple[LoadedPolicy, ...], kinds: tuple[str, ...]
    ) -> Iterator[Space]:
        fault = faults(policies)
        papers = next(one for one in PLAIN_VARIABLES if one.name == "papers")
        families = _grouped(
            fault.values,
            lambda v: tuple(_counts_as(v["symptom"], m.program) for m in policies),
        )
        modes = _grouped(
            papers.values,
            lambda v: tuple(
                m.program.context.starts[v["invoice"], v["voucher"], v["made"]] for m in policies
            ),
        )
        for exchanged, mode, family in product((False, True), modes, families):
            narrowed = fault._replace(values=family), papers._replace(values=mode)
            yield _space(policies, kinds, narrowed, exchanged)


def _counts_as(symptom: str, program: Program) -> tuple[bool, bool, bool]:
    """Return the class of a symptom where repairs are counted."""
    context = program.context
    any_problem = context.again_any_fault or program.asks("repairs_finished")
    return (
        symptom in context.faults,
        any_problem and symptom in codes_named(program.policy.derived, "is_problem"),
        context.battery_apart and symptom == "battery_fault",
    )


def _grouped(values: Sequence[dict[str, Any]], key: Any) -> list[tuple[dict[str, Any], ...]]:
    groups: dict[object, list[dict[str, Any]]] = {}
    for value in values:
        groups.setdefault(key(value), []).append(value)
    return [tuple(group) for group in groups.values()]


def _space(
    policies: tuple[LoadedPolicy, ...],
    kinds: tuple[str, ...],
    narrowed: tuple[Variable, Variable],
    exchanged: bool,
) -> Space:
    """Return the space of goods of these kinds, with faults and papers ``narrowed`` to some."""
    base = with_value(plain_claim(kinds[0]), {**narrowed[0].values[0], **narrowed[1].values[0]})
    base = base._replace(exchanges=(base.claimed - 3000,) if exchanged else ())
    asked = [_asked(loaded) for loaded in policies]
    variables = _variables(policies, narrowed, exchanges(chain.from_iterable(asked), exchanged))
    classes, codes = code_classes(policies, asked, variables, base)
    constant = _constant(policies, codes, base)
    live = [_Live(one.policy, n, constant).found() for n, one in enumerate(policies)]
    layout = layout_of(policies, live, base)
    dues = sorted(_dues(policies) & SINCE_PERIOD)
    pasts = (CutHistories if layout.begins_apart else Histories)(layout, base, dues).all()
    regions = Regions(layout, pasts)
    claim_days = tuple(regions.on(day) for day in regions.days())
    factors = _factors(pasts, regions, claim_days)
    universe = _universe(pasts, regions, claim_days, factors)
    diagrams = DecisionDiagrams([len(own) for own in classes], universe)
    space = Space(
        policies=policies,
        kinds=kinds,
        base=base,
        variables=variables,
        classes=classes,
        diagrams=diagrams,
        truths=_truths(diagrams, constant, codes) | _region_truths(diagrams, layout, factors),
        layout=layout,
        pasts=pasts,
        dues=tuple(product(range(len(policies)), dues)) if pasts[0].dues else (),
        factors=factors,
        claim_days=claim_days,
    )
    _settle(space, asked)
    return space


def _variables(
    policies: tuple[LoadedPolicy, ...], narrowed: tuple[Variable, Variable], counts: Variable
) -> tuple[Variable, ...]:
    """Return all variables, with what is left of faults and papers."""
    fault, papers = narrowed
    own = {one.name: one for one in (papers, causes(policies))}
    plain = (own.get(one.name, one) for one in PLAIN_VARIABLES)
    return fault, details(policies), *plain, counts


def _settle(space: Space, asked: Sequence[Sequence[FactLeaf]]) -> None:
    """Add the cells of leaves that are not live (none), and of those about the fee."""
    nowhere = space.diagrams.none
    for number, own in enumerate(asked):
        for leaf in own:
            space.truths.setdefault((number, leaf), (nowhere, nowhere))
    for (number, spent), cells in [*space.truths.items()]:
        if isinstance(spent, Compare) and spent.fact == SPENT:
            space.truths[number, spent] = _nothing_left(space, number, spent, cells)


def _dues(policies: Iterable[LoadedPolicy]) -> set[str]:
    """Return the dates that obligations run from."""
    duties = (duty for loaded in policies for duty in loaded.policy.obligations)
    return {duty.after for duty in duties if duty.after}


def _constant(policies: Sequence[LoadedPolicy], codes: Codes, base: ClaimRow) -> dict[Place, int]:
    """Return the leaves that have one truth in the whole space, with it."""
    constant = {place: states[0] for place, (_, states) in codes.items() if len(set(states)) == 1}
    for number, loaded in enumerate(policies):
        program = loaded.program
        states = program.leaf_states(program.facts_of(base))
        for leaf in filter(program.is_fixed, program.all_leaves):
            constant[number, leaf] = program.states_of(states, (leaf,))[0]
    return constant


def _factors(
    pasts: Sequence[Past], regions: Regions, claim_days: Sequence[ClaimDay]
) -> tuple[tuple[States, ...], ...]:
    """Return the values of each factor: what repairs, dates and each free source can show."""
    return (
        tuple((*past.states, *past.dues) for past in pasts),
        tuple(dict.fromkeys(chain.from_iterable(regions.said))),
        *(
            tuple(dict.fromkeys(states for own in claim_days for states in own.free[place]))
            for place in range(len(regions.layout.free))
        ),
    )


def _nothing_left(
    space: Space, number: int, leaf: Compare, spent: tuple[Cells, Cells]
) -> tuple[Cells, Cells]:
    """Return the cells where the fee takes the whole price, and the others.

    It does for goods that pay a fee if a refund is requested, and always of a price of zero.
    """
    diagrams = space.diagrams
    left = diagrams.none
    if space.policies[number].program.context.rate:
        free = space.where_value("sale", lambda sale: not space.prices_of(sale)[number])
        left = diagrams.union(spent[0 if leaf.value else 1], free)
    refund = space.where_value("request", lambda value: value["request"] == "refund")
    whole = diagrams.all_of((left, space.charged(number), refund))
    rest = diagrams.complement(whole)
    return (whole, rest) if leaf.value else (rest, whole)


def _asked(loaded: LoadedPolicy) -> tuple[FactLeaf, ...]:
    """Return the leaves of a policy that are not decided by the kind of goods alone."""
    program = loaded.program
    return tuple(
        leaf
        for leaf in program.all_leaves
        if isinstance(leaf, FactLeaf) and not program.is_fixed(leaf)
    )


_OPPOSITE: Final = {TRUE: FALSE, FALSE: TRUE, UNKNOWN: UNKNOWN}


class _Live:
    """Finds the live leaves of a policy: those that matter beside the ``constant`` ones."""

    def __init__(self, policy: Policy, number: int, constant: Mapping[Place, int]) -> None:
        self.policy = policy
        self.constant = {leaf: state for (n, leaf), state in constant.items() if n == number}
        self.known: dict[str, tuple[int | None, list[FactLeaf]]] = {}

    def found(self) -> list[FactLeaf]:
        """Return the leaves, each once."""
        rights, duties = self.policy.rights, self.policy.obligations
        conditions: list[Condition | None] = [rule.when for rule in self.policy.exclusions]
        conditions += [bar.when for bar in self.policy.bars]
        conditions += [Owed((right.id,)) for right in rights]
        conditions += [right.empty for right in rights]
        conditions += [duty.when for duty in duties]
        found = (self._rest(condition)[1] for condition in conditions if condition is not None)
        return list(dict.fromkeys(chain.from_iterable(found)))

    def _rest(self, condition: Condition) -> tuple[int | None, list[FactLeaf]]:
        """Return the truth of a condition if it is constant, else the leaves it depends on."""
        match condition:
            case Not(of=part):
                value, leaves = self._rest(part)
                return None if value is None else _OPPOSITE[value], leaves
            case AllOf(of=parts) | AnyOf(of=parts):
                settles = FALSE if isinstance(condition, AllOf) else TRUE
                rest: list[FactLeaf] = []
                values = set()
                for part in parts:
                    value, leaves = self._rest(part)
                    if value == settles:
                        return settles, []
                    values.add(value)
                    rest += leaves
                if None in values:
                    return None, rest
                return UNKNOWN if UNKNOWN in values else _OPPOSITE[settles], []
            case Owed(rules=(rule,)):
                if rule not in self.known:
                    self.known[rule] = self._rest(opening(self.policy, self.policy.right(rule)))
                return self.known[rule]
            case Owed(rules=rules):
                return self._rest(AnyOf(tuple(Owed((rule,)) for rule in rules)))
            case leaf if leaf in self.constant:
                return self.constant[leaf], []
            case leaf:
                return None, [leaf]  # type: ignore[list-item]


def _universe(
    pasts: Sequence[Past],
    regions: Regions,
    claim_days: Sequence[ClaimDay],
    factors: Sequence[Sequence[States]],
) -> int:
    """Return the bits of all histories and dates that can come together on one day.

    What repairs show goes with what dates show if one way in which both came about is the same.
    """
    by_free: dict[tuple[frozenset[States], ...], list[ClaimDay]] = {}
    for own in claim_days:
        by_free.setdefault(tuple(map(frozenset, own.free)), []).append(own)
    like: dict[frozenset[Bounds], set[int]] = {}
    for number, past in enumerate(pasts):
        like.setdefault(frozenset(past.ways), set()).add(number)
    universe = 0
    for on_free, alike in by_free.items():
        free = -1
        for place, there in enumerate(on_free, start=2):
            free &= _bits(factors, place, [states in there for states in factors[place]])
        tables: dict[Bounds, set[int]] = {}
        for own in alike:
            for bounds, table in own.dates.items():
                tables.setdefault(bounds, set()).add(table.number)
        for ways, numbers in like.items():
            said = set().union(*(tables[bounds] for bounds in ways))
            shown = set().union(*(regions.said[number] for number in said))
            of_pasts = _bits(factors, 0, [number in numbers for number in range(len(pasts))])
            of_dates = _bits(factors, 1, [states in shown for states in factors[1]])
            universe |= of_pasts & of_dates & free
    return universe


def _bits(factors: Sequence[Sequence[object]], place: int, chosen: Sequence[bool]) -> int:
    """Return the bits of the values of a factor that are ``chosen``."""
    return spread(chosen, *strides(factors, place))


Truths: TypeAlias = dict[Place, tuple[Cells, Cells]]
"""The cells in which a leaf is sure to hold, and to fail."""


def _truths(diagrams: DecisionDiagrams, constant: Mapping[Place, int], codes: Codes) -> Truths:
    """Return the cells of leaves about codes, and of what is the same everywhere."""
    none, every = diagrams.none, diagrams.all
    found = {
        place: (every if state == TRUE else none, every if state == FALSE else none)
        for place, state in constant.items()
    }
    for place, (level, states) in codes.items():
        holds, fails = (
            diagrams.where(level, [value for value, state in enumerate(states) if state == wanted])
            for wanted in (TRUE, FALSE)
        )
        found[place] = holds, fails
    return found


def _region_truths(
    diagrams: DecisionDiagrams, layout: FlatView, factors: Sequence[Sequence[States]]
) -> Truths:
    """Return the cells of leaves about dates and repairs."""
    found: Truths = {}
    for number, (places, factor) in enumerate(zip(layout.places, factors, strict=True)):
        for index, place in enumerate(places):
            holds, fails = (
                diagrams.of_bits(_bits(factors, number, [own[index] == wanted for own in factor]))
                for wanted in (TRUE, FALSE)
            )
            if place in found:  # what runs from the later of two days still runs from either
                holds = diagrams.union(found[place][0], holds)
                fails = diagrams.intersection(found[place][1], fails)
            found[place] = holds, fails
    return found
