"""All claims there can be, as finitely many cells: 情形划分.

The thresholds of some policies cut every fact into finitely many values that no rule tells
apart. A *cell* is one value of each: all claims in it are treated alike by every policy. What
hangs on dates is joined beforehand: windows, periods and repairs are one *course* of events
where they can come together on one day, and only those courses make cells.

A :class:`Space` holds the cells of goods of one kind whose papers start the period alike, with
or without an exchange. Every set of cells is a diagram (:mod:`sanbao.statespace.decision_diagram`),
and of every cell real claims can be made. What is not known is not looked at: it is settled by
cases, and each case is a cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final, get_args

from sanbao.dates.calendar import Calendar
from sanbao.evaluation.facts.derivation import derive
from sanbao.evaluation.facts.repair_history import NO_PROBLEM
from sanbao.evaluation.programs.program import FALSE, TRUE, UNKNOWN, Program, Programs
from sanbao.model.codes import Kind
from sanbao.model.facts import Facts
from sanbao.model.readings import Readings
from sanbao.rules.conditions import AllOf, AnyOf, Compare, Condition, Not, Owed
from sanbao.rules.policy import Policy, named_codes, opening
from sanbao.statespace.cut_histories import CutHistories
from sanbao.statespace.decision_diagram import Cells, DecisionDiagrams, spread
from sanbao.statespace.inputs import (
    PLAIN_VARIABLES,
    LoadedPolicy,
    Place,
    Variable,
    code_classes,
    details,
    exchanges,
    faults,
    plain_claim,
    with_value,
)
from sanbao.statespace.regions import ClaimDay, Layout, Regions, Said, layout_of, origins_of
from sanbao.statespace.repair_histories import SINCE_PERIOD, Bounds, FactLeaf, Histories, Past
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
        """Return the kinds of goods, those together that no policy tells apart."""
        alike: dict[object, list[str]] = {}
        named = {
            code for policy in self.policies for code in get_args(Kind) if _names_kind(policy, code)
        }
        for kind in get_args(Kind):
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
                m.program.frame.starts[v["invoice"], v["voucher"], v["made"]] for m in policies
            ),
        )
        for exchanged in (False, True):
            for mode in modes:
                for family in families:
                    yield _space(
                        policies,
                        kinds,
                        (fault._replace(values=family), papers._replace(values=mode)),
                        exchanged,
                    )


def _counts_as(symptom: str, program: Program) -> tuple[bool, bool, bool]:
    """Return what tells one fault now from another where repairs are counted."""
    frame = program.frame
    any_problem = frame.again_any_fault or program.asks("repairs_finished")
    return (
        symptom in frame.faults,
        any_problem and symptom in NO_PROBLEM,
        frame.battery_apart and symptom == "battery_fault",
    )


def _names_kind(policy: Policy, kind: str) -> bool:
    return kind in named_codes(policy, "kind")


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
    fault, papers = narrowed
    base = with_value(plain_claim(kinds[0]), fault.values[0])
    base = with_value(base, papers.values[0])
    base = base._replace(exchanges=(base.claimed - 3000,) if exchanged else ())
    asked = [_asked(loaded) for loaded in policies]
    counts = exchanges((leaf for own in asked for leaf in own), exchanged)
    plain = (papers if v.name == "papers" else v for v in PLAIN_VARIABLES)
    variables = (fault, details(policies), *plain, counts)
    classes, codes = code_classes(policies, asked, variables, base)
    constant = {place: states[0] for place, (_, states) in codes.items() if len(set(states)) == 1}
    for number, loaded in enumerate(policies):
        states = loaded.program.leaf_states(Facts._make(derive(base, loaded.program.frame)))
        for leaf in loaded.program.all_leaves:
            if loaded.program.is_fixed(leaf):
                constant[number, leaf] = loaded.program.states_of(states, (leaf,))[0]
    origins = tuple(origins_of(loaded.program, base) for loaded in policies)
    live = [_live(loaded, number, constant) for number, loaded in enumerate(policies)]
    layout = layout_of(policies, origins, live, base)
    dues = sorted(
        {duty.after for loaded in policies for duty in loaded.policy.obligations if duty.after}
        & SINCE_PERIOD
    )
    begins = {own.begin for own in layout.sought}
    histories = CutHistories if len(begins) > 1 else Histories
    pasts = histories(
        [m.program for m in policies],
        layout.sought,
        base,
        gaps=layout.gaps(),
        waits=layout.waits(),
        ages=layout.ages(),
        chained=layout.chained,
        pushed=layout.pushed,
        dues=dues,
    ).all()
    regions = Regions(layout, pasts)
    claim_days = tuple(regions.on(day) for day in regions.days())
    factors = (
        tuple((*past.states, *past.dues) for past in pasts),
        tuple(dict.fromkeys(chain.from_iterable(regions.said.values()))),
        *(
            tuple(dict.fromkeys(states for when in claim_days for states in when.free[place]))
            for place in range(len(layout.free))
        ),
    )
    diagrams = DecisionDiagrams(
        [len(own) for own in classes], _universe(pasts, claim_days, factors)
    )
    truths = dict(_constant_truths(diagrams, constant))
    for (number, leaf), (level, told) in codes.items():
        truths[number, leaf] = tuple(  # type: ignore[assignment]
            diagrams.where(level, [v for v, state in enumerate(told) if state == wanted])
            for wanted in (TRUE, FALSE)
        )
    truths |= _region_truths(diagrams, layout, factors)
    for number, own in enumerate(asked):  # what nobody looks at here is neither
        for leaf in own:
            truths.setdefault((number, leaf), (diagrams.none, diagrams.none))
    space = Space(
        policies=policies,
        kinds=kinds,
        base=base,
        variables=variables,
        classes=classes,
        diagrams=diagrams,
        truths=truths,
        pasts=pasts,
        sources=(
            tuple(source.name for source in layout.free),
            tuple(source.name for source in layout.bound),
        ),
        places=layout.places,
        dues=tuple((n, fact) for n in range(len(policies)) for fact in dues)
        if pasts[0].dues
        else (),
        factors=factors,
        claim_days=claim_days,
    )
    for (number, leaf), spent in [*truths.items()]:
        if isinstance(leaf, Compare) and leaf.fact == "nothing_left":
            truths[number, leaf] = _nothing_left(space, number, leaf, spent)
    return space


def _nothing_left(
    space: Space, number: int, leaf: Compare, spent: tuple[Cells, Cells]
) -> tuple[Cells, Cells]:
    """Return where a fee takes the whole price: of used goods, where a refund is asked for.

    Of a price of nothing there is nothing left however long they were used.
    """
    diagrams = space.diagrams
    if not space.policies[number].program.frame.rate:
        left = diagrams.none
    else:
        free = [not price for price in space.prices_of(number)]
        left = diagrams.union(
            spent[0 if leaf.value else 1],
            space.with_values("sale", free),
        )
    told = diagrams.all_of(
        (
            left,
            space.with_values("used", [v["used"] for v in space.classes_of("used")]),
            space.with_values(
                "request", [v["request"] == "refund" for v in space.classes_of("request")]
            ),
        )
    )
    rest = diagrams.complement(told)
    return (told, rest) if leaf.value else (rest, told)


def _asked(loaded: LoadedPolicy) -> tuple[FactLeaf, ...]:
    """Return the leaves of a policy that are not decided by the kind of goods alone."""
    program = loaded.program
    return tuple(
        leaf
        for leaf in program.all_leaves
        if isinstance(leaf, FactLeaf) and not program.is_fixed(leaf)
    )


_OPPOSITE: Final = {TRUE: FALSE, FALSE: TRUE, UNKNOWN: UNKNOWN}


def _live(loaded: LoadedPolicy, number: int, constant: Mapping[Place, int]) -> list[FactLeaf]:
    """Return the leaves that can still make a difference, beside those that are constant."""
    policy = loaded.policy
    known: dict[str, tuple[int | None, list[FactLeaf]]] = {}
    conditions: list[Condition] = [rule.when for rule in policy.exclusions]
    conditions += [bar.when for bar in policy.bars]
    conditions += [Owed((right.id,)) for right in policy.rights]
    conditions += [right.empty for right in policy.rights if right.empty is not None]
    conditions += [duty.when for duty in policy.obligations if duty.when is not None]
    found: dict[FactLeaf, None] = {}
    for condition in conditions:
        _, leaves = _rest(policy, condition, number, constant, known)
        found |= dict.fromkeys(leaves)
    return list(found)


def _rest(
    policy: Policy,
    condition: Condition,
    number: int,
    constant: Mapping[Place, int],
    known: dict[str, tuple[int | None, list[FactLeaf]]],
) -> tuple[int | None, list[FactLeaf]]:
    """Return the truth of a condition if it is constant, and the leaves it hangs on else."""
    match condition:
        case Not(of=part):
            value, leaves = _rest(policy, part, number, constant, known)
            return None if value is None else _OPPOSITE[value], leaves
        case AllOf(of=parts) | AnyOf(of=parts):
            settles = FALSE if isinstance(condition, AllOf) else TRUE
            rest: list[FactLeaf] = []
            values = set()
            for part in parts:
                value, leaves = _rest(policy, part, number, constant, known)
                if value == settles:
                    return settles, []
                values.add(value)
                rest += leaves
            if None in values:
                return None, rest
            return UNKNOWN if UNKNOWN in values else TRUE if settles == FALSE else FALSE, []
        case Owed(rules=(rule,)):
            if rule not in known:
                opened = opening(policy, policy.right(rule))
                known[rule] = _rest(policy, opened, number, constant, known)
            return known[rule]
        case Owed(rules=rules):
            owed = AnyOf(tuple(Owed((rule,)) for rule in rules))
            return _rest(policy, owed, number, constant, known)
        case leaf:
            if (number, leaf) in constant:
                return constant[number, leaf], []
            return None, [leaf]  # type: ignore[list-item]


def _constant_truths(
    diagrams: DecisionDiagrams, constant: Mapping[Place, int]
) -> Iterator[tuple[Place, tuple[Cells, Cells]]]:
    for place, state in constant.items():
        yield (
            place,
            (
                diagrams.all if state == TRUE else diagrams.none,
                diagrams.all if state == FALSE else diagrams.none,
            ),
        )


def _universe(
    pasts: Sequence[Past],
    claim_days: Sequence[ClaimDay],
    factors: Sequence[Sequence[tuple[int, ...]]],
) -> int:
    """Return the bits of all courses of events that can come together on one day.

    What repairs show goes with what dates show if one way in which both came about is the same.
    """
    dates: dict[tuple[frozenset[tuple[int, ...]], ...], list[ClaimDay]] = {}
    for when in claim_days:
        dates.setdefault(tuple(frozenset(own) for own in when.free), []).append(when)
    like: dict[frozenset[Bounds], list[int]] = {}
    for number, past in enumerate(pasts):
        like.setdefault(frozenset(past.ways), []).append(number)
    universe = 0
    for on_free, alike in dates.items():
        free = -1
        for place, there in enumerate(on_free, start=2):
            chosen = [states in there for states in factors[place]]
            free &= spread(chosen, *strides(factors, place))
        by_bounds: dict[Bounds, dict[int, Said]] = {}
        for when in alike:
            for bounds, own in when.dates.items():
                by_bounds.setdefault(bounds, {})[id(own.said)] = own.said
        for all_bounds, numbers in like.items():
            said = {n: one for bounds in all_bounds for n, one in by_bounds[bounds].items()}
            shown = set().union(*said.values())
            those = set(numbers)
            of_pasts = spread([n in those for n in range(len(pasts))], *strides(factors, 0))
            of_dates = spread([states in shown for states in factors[1]], *strides(factors, 1))
            universe |= of_pasts & of_dates & free
    return universe


def _region_truths(
    diagrams: DecisionDiagrams, layout: Layout, factors: Sequence[Sequence[tuple[int, ...]]]
) -> dict[Place, tuple[Cells, Cells]]:
    found: dict[Place, tuple[Cells, Cells]] = {}
    for place, (leaves, factor) in enumerate(zip(layout.places, factors, strict=True)):
        steps = strides(factors, place)
        for index, leaf in enumerate(leaves):
            holds, fails = (
                diagrams.of_bits(spread([s[index] == wanted for s in factor], *steps))
                for wanted in (TRUE, FALSE)
            )
            if leaf in found:  # what runs from the later of two days still runs from either
                before = found[leaf]
                holds = diagrams.union(before[0], holds)
                fails = diagrams.intersection(before[1], fails)
            found[leaf] = holds, fails
    return found
