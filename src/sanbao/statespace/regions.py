"""What can have come together on one day: 经过.

Windows, periods and repairs hang on days of a claim, and the same day may start several of them.
What some policies see of all of it is found day by day: repairs with what they make of other days
(:mod:`sanbao.statespace.repair_histories`), and on the calendar which windows and periods still
run. Days are counted from the one on which somebody asked; days on which dates fall alike stand for
one another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, product
from typing import Any, Final, NamedTuple, TypeAlias

from sanbao.depreciation import depreciate
from sanbao.evaluation.facts.derivation import derive
from sanbao.evaluation.programs.program import FALSE, TRUE, Program
from sanbao.model.claim_row import Stated
from sanbao.model.facts import Facts
from sanbao.model.facts import Spans as RepairDays
from sanbao.rules.conditions import Compare, Elapsed, Period, Window
from sanbao.statespace.inputs import LoadedPolicy, Place
from sanbao.statespace.repair_histories import (
    MOVING_FACTS,
    REPAIR_FACTS,
    Begin,
    Bounds,
    FactLeaf,
    Past,
    Sought,
    View,
    longest,
)
from sanbao.statespace.thresholds import ClassKey, Column, Timed, alike_days

__all__ = [
    "ClaimDay",
    "DateTable",
    "Interval",
    "Layout",
    "Origin",
    "Regions",
    "Said",
    "gaps_between",
    "layout_of",
    "origins_of",
]

_LONG_AGO: Final = 36_600
"""Days; a window or a period that began so long ago is over."""

_SPENT: Final = "nothing_left"
"""What the fee for the days of use is held against: the price."""
_ROLLED: Final = 20
"""Days by which rest days may make the shorter of two the longer."""

_DATE_FACTS: Final = (
    "sale_dated_on",
    "windows_start",
    "refund_window_start",
    "period_start",
    "proof_start",
)
_SOURCES: Final = ("sold", "invoiced", "received", "made", "exchanged")


class Origin(NamedTuple):
    """Where a date fact comes from: a day of the claim, and how many days after it."""

    source: str
    after: int


Origins: TypeAlias = Mapping[str, tuple[Origin, ...]]
"""Where each date fact comes from; from the latest of several."""


def origins_of(program: Program, base: Stated) -> dict[str, tuple[Origin, ...]]:
    """Return from which days of the claim each date fact is counted, where it is known."""
    found: dict[str, list[Origin]] = {}
    # the later of two days is seen where either is
    for order in (_SOURCES, ("sold", "received", "invoiced", "made", "exchanged")):
        days = {name: base.claimed - 4000 + 800 * place for place, name in enumerate(order)}
        stated = base._replace(
            sold=days["sold"],
            invoiced=days["invoiced"],
            received=days["received"],
            made=None if base.made is None else days["made"],
            exchanges=(days["exchanged"],) * len(base.exchanges),
        )
        facts = Facts._make(derive(stated, program.frame))
        names = {day: name for name, day in days.items()}
        for fact in _DATE_FACTS:
            day = getattr(facts, fact)
            if day is not None:
                source = names.get(day, "made")
                origin = Origin(source, day - days[source])
                if origin not in found.setdefault(fact, []):
                    found[fact].append(origin)
    return {fact: tuple(origins) for fact, origins in found.items()}


Turn: TypeAlias = tuple[int, bool]
"""A day on which a leaf turns, and whether it holds from then on."""


class Interval(NamedTuple):
    """Days of one source on which its leaves are all as ``states`` says (ordinals)."""

    states: tuple[int, ...]
    first: int
    last: int


Intervals: TypeAlias = tuple[Interval, ...]
"""Stretches of days: all those of one source, or one of each source."""
Said: TypeAlias = Mapping[tuple[int, ...], tuple[int, ...]]
"""For all that leaves about dates can say, the place of the stretch of each bound source."""


class DateTable(NamedTuple):
    """What leaves about dates can say on a day, and where each bound source lies when they do.

    Days of asking on which the same can be ``said`` have it in common.
    """

    said: Said
    each: tuple[Intervals, ...]

    def spans(self, states: tuple[int, ...]) -> Intervals | None:
        """Return days of each bound source on which leaves are so, if they can be."""
        places = self.said.get(states)
        if places is None:
            return None
        return tuple(spans[place] for spans, place in zip(self.each, places, strict=True))


class ClaimDay(NamedTuple):
    """A day of asking, for all days on which dates fall alike, with what can be on it."""

    day: int
    free: tuple[dict[tuple[int, ...], Interval], ...]
    dates: dict[Bounds, DateTable]


class _Counted(NamedTuple):
    """A leaf that counts from a source: of which member, days after the source, until when."""

    number: int
    leaf: Timed | Compare
    after: int
    until: str


@dataclass(slots=True)
class _Source:
    """One day of a claim from which leaves count, and those leaves."""

    name: str
    leaves: list[_Counted] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which leaves hang on what, for one space."""

    policies: tuple[LoadedPolicy, ...]
    dated: list[tuple[int, Compare]]
    free: list[_Source]
    bound: list[_Source]
    sought: tuple[Sought, ...]

    @property
    def places(self) -> tuple[tuple[Place, ...], ...]:
        """The leaves of each factor: repairs, dates, free sources; as its values have them."""
        of_repairs = [(m, leaf) for m, own in enumerate(self.sought) for leaf in own.repairs]
        of_bound = [(one.number, one.leaf) for source in self.bound for one in source.leaves]
        free = tuple(tuple((one.number, one.leaf) for one in own.leaves) for own in self.free)
        return (tuple(of_repairs), (*self.dated, *of_bound), *free)

    def gaps(self) -> tuple[int, ...]:
        """Return by how many days to move a day, to tell any two thresholds apart."""
        limits = {
            self._length(one)
            for source in self.bound
            for one in source.leaves
            if isinstance(one.leaf, Timed) and one.until != "claimed_on"
        }
        return gaps_between(limits)

    def ages(self) -> dict[str, tuple[int, ...]]:
        """Return how long ago each source may lie, to tell apart all that counts from it."""
        return {
            source.name: gaps_between(
                {
                    self._length(one)
                    for one in source.leaves
                    if one.until == _SPENT
                    or (isinstance(one.leaf, Timed) and one.until != "claimed_on")
                }
            )
            for source in self.bound
        }

    def waits(self) -> tuple[int, ...]:
        """Return days from asking to the claim that tell thresholds of either apart."""
        from_claim = {
            longest(one.leaf.days, one.leaf.months)
            for source in self.bound
            for one in source.leaves
            if isinstance(one.leaf, Elapsed) and one.until == "claimed_on"
        }
        moving = {
            longest(leaf.days, leaf.months)
            for own in self.sought
            for leaf in own.repairs
            if isinstance(leaf, Elapsed)
            and (leaf.fact in MOVING_FACTS or leaf.until != "again_on")
            and leaf.fact in (*MOVING_FACTS, "repaired_on")
        }
        limits = from_claim | moving
        if not limits:
            return ()
        return tuple(sorted({*gaps_between(limits | set(self.gaps())), *limits}))

    def months(self, one: _Counted) -> int | None:
        """Return the months that a leaf counts, ``None`` if it counts days."""
        leaf = one.leaf
        if isinstance(leaf, Period):
            coverage = self.policies[one.number].program.coverage
            return leaf.months or (coverage.months if coverage else 0)
        return leaf.months if isinstance(leaf, Elapsed) else None

    @property
    def pushed(self) -> frozenset[str]:
        """From where repairs push some last day past another that they do not push."""
        return self._moved(self._is_pushed)

    @property
    def chained(self) -> bool:
        """Whether a fault that came back can be early for one leaf and late for a longer one."""
        return bool(self._moved(self._comes_back))

    def _is_pushed(self, one: _Counted) -> bool:
        stretches = self.policies[one.number].program.frame.windows_stretch
        if isinstance(one.leaf, Window):
            return stretches
        return isinstance(one.leaf, Period) or one.until == _SPENT  # days in repair are no use

    def _comes_back(self, one: _Counted) -> bool:
        returns = self.policies[one.number].program.frame.faults_return
        return isinstance(one.leaf, Period) and returns

    def _moved(self, is_moved: Callable[[_Counted], bool]) -> frozenset[str]:
        """Return the sources of what ``is_moved`` that can hold where something else does not.

        What moves and is the longer holds there anyway.
        """
        found: set[str] = set()
        ways: set[tuple[bool, ...]] = set()
        for source in self.bound:
            leaves = [one for one in source.leaves if one.until]
            moved = [one for one in leaves if is_moved(one)]
            other = [
                self._length(one)
                for one in leaves
                if not is_moved(one) and one.until != "claimed_on"
            ]
            if moved and other and max(other) >= min(map(self._length, moved)) - _ROLLED:
                found.add(source.name)
            ways |= {
                (is_moved(one), *_counting(self.policies[one.number].program))
                for one in leaves
                if is_moved(one) or isinstance(one.leaf, Period)
            }
        return (
            frozenset(source.name for source in self.bound) if len(ways) > 1 else frozenset(found)
        )

    def _length(self, one: _Counted) -> int:
        if one.until == _SPENT:
            return self.sought[one.number].spent or 0
        return longest(getattr(one.leaf, "days", None), self.months(one))


def _counting(program: Program) -> tuple[bool, bool]:
    frame = program.frame
    return frame.both_repair_days, frame.repairs_end_when_notified


def gaps_between(limits: Iterable[int]) -> tuple[int, ...]:
    """Return the fewest days by which to move a day from below any limit to between any others.

    >>> gaps_between({7, 15})
    (8, 16)
    """
    ordered = sorted(limits)
    found: set[int] = set()
    for place in range(1, len(ordered) + 1):
        last = ordered[place] if place < len(ordered) else None
        for lower in range(place):
            begin = ordered[lower - 1] + 1 if lower else 0
            least = max(1, ordered[place - 1] + 1 - begin)
            if not any(least <= gap and (last is None or gap <= last - begin) for gap in found):
                found.add(least)
    return tuple(sorted(found))


def layout_of(
    policies: tuple[LoadedPolicy, ...],
    origins: tuple[Origins, ...],
    live: list[list[FactLeaf]],
    base: Stated,
) -> Layout:
    """Return on which days of a claim the ``live`` leaves of each member hang."""
    dated: list[tuple[int, Compare]] = []
    by_source: dict[str, _Source] = {}
    bound: set[str] = set()
    sought: list[Sought] = []

    def source_of(name: str) -> _Source:
        return by_source.setdefault(name, _Source(name))

    apart = len({own.get("period_start") for own in origins}) > 1
    for number, leaves in enumerate(live):
        frame, own = policies[number].program.frame, origins[number]
        begin: Begin = own.get("period_start", ())
        repairs: list[FactLeaf] = []
        asked: set[str] = set()
        windows_from: set[str] = set()
        spent: int | None = None
        used_from = "exchanged" if base.exchanges and frame.used_from_exchange else "invoiced"
        for leaf in leaves:
            if isinstance(leaf, Compare) and leaf.fact == "nothing_left":
                spent = _spent_after(policies[number].program)
                if spent is not None:
                    asked.add("claimed_on")
                    bound.add(used_from)
                    source_of(used_from).leaves.append(_Counted(number, leaf, 0, _SPENT))
            elif leaf.fact in own and isinstance(leaf, Timed | Compare):
                until = _until(leaf)
                asked.add(until)
                for source, after in own[leaf.fact]:
                    source_of(source).leaves.append(_Counted(number, leaf, after, until))
                    if isinstance(leaf, Timed):
                        bound.add(source)
                    if isinstance(leaf, Window) and frame.windows_stretch:
                        windows_from.add(source)
            elif leaf.fact in MOVING_FACTS and isinstance(leaf, Compare):
                asked.add(leaf.fact)
                dated.append((number, leaf))
            elif begin and (leaf.fact in REPAIR_FACTS or leaf.fact in MOVING_FACTS):
                repairs.append(leaf)
        # a repair that one policy does not see may be what a fault came back after for another
        if repairs or (apart and "found_on" in asked):
            for source, _ in begin:
                source_of(source)
                bound.add(source)
        if windows_from and base.exchanges:  # what came before concerned the unit given back
            windows_from.add("exchanged")
        asked_facts = frozenset(asked)
        sought.append(
            Sought(
                tuple(repairs), begin, tuple(sorted(windows_from)), asked_facts, spent, used_from
            )
        )
    return Layout(
        policies,
        dated,
        [source for name, source in by_source.items() if name not in bound],
        [source for name, source in by_source.items() if name in bound],
        tuple(sought),
    )


def _until(leaf: Timed | Compare) -> str:
    """Return the fact that is held against what ``leaf`` counts."""
    match leaf:
        case Window():
            return "held_on"
        case Period():
            return "period_held_on"
        case Elapsed(until=until):
            return until
        case _:
            return ""


def _spent_after(program: Program) -> int | None:
    """Return from how many days of use on the fee takes the whole of 1000 yuan, if ever."""
    frame = program.frame
    if not frame.rate:
        return None
    days = int(1 / frame.rate) + 1
    while days > 0 and not depreciate(_PRICE, days - 1, frame.rate, frame.rounding).payable:
        days -= 1
    return days


_PRICE: Final = Decimal("1000.00")


class _Begun(NamedTuple):
    """When a source may lie, in days before asking, and by what its leaves are moved."""

    source: str
    least: int
    most: int
    moves: tuple[object, ...]


class Regions:
    """Finds what can be on a day."""

    def __init__(self, layout: Layout, pasts: tuple[Past, ...]) -> None:
        self.layout = layout
        self.all_bounds = tuple(dict.fromkeys(bounds for past in pasts for bounds in past.ways))
        kept: dict[object, tuple[_Begun, ...]] = {}
        self.begun = []
        for bounds in self.all_bounds:
            begun = self._begun(bounds)
            self.begun.append(kept.setdefault(begun, begun))
        self.said: dict[object, Said] = {}

    # --- days that stand for others -------------------------------------------------------

    def days(self) -> list[int]:
        """Return days of asking on which the dates fall in all ways they can.

        What repairs move by some days falls in no way that it does not without them on another.
        """
        later = sorted({bounds.claimed for bounds in self.all_bounds if not _is_pushed(bounds)})
        groups: dict[tuple[ClassKey, ...], None] = {}
        for claimed in later:
            keys = [
                (self._columns(source, claimed), ())
                for source in (*self.layout.free, *self.layout.bound)
            ]
            groups[tuple(dict.fromkeys(keys))] = None
        limits = {
            _ordinal(leaf) - (claimed if leaf.fact == "claimed_on" else 0)
            for _, leaf in self.layout.dated
            for claimed in later
        }
        return alike_days(tuple(groups), tuple(sorted(limits)))

    def _columns(self, source: _Source, claimed: int) -> tuple[Column, ...]:
        columns = []
        for one in source.leaves:
            if isinstance(one.leaf, Timed):
                thresholds = self.layout.policies[one.number].thresholds
                later = claimed if one.until == "claimed_on" else 0
                months = self.layout.months(one) or 0
                columns.append(Column(thresholds, one.leaf, months, one.after, later))
        return tuple(dict.fromkeys(columns))

    # --- what can be on a day ----------------------------------------------------------------

    def on(self, day: int) -> ClaimDay:
        """Return what can be on this day of asking (an ordinal)."""
        known: dict[object, int] = {}
        first = self.all_bounds[0]
        free = tuple(
            {span.states: span for span in self._spans(source, day, first, known, day)}
            for source in self.layout.free
        )
        dates: dict[Bounds, DateTable] = {}
        spans: dict[object, Intervals] = {}
        known_tables: dict[object, DateTable] = {}
        for bounds, begun in zip(self.all_bounds, self.begun, strict=True):
            dated = tuple(
                TRUE if day + _shift(bounds, m, leaf.fact) < _ordinal(leaf) else FALSE
                for m, leaf in self.layout.dated
            )
            look = dated, begun
            if look not in known_tables:
                for source, own in zip(self.layout.bound, begun, strict=True):
                    if own not in spans:
                        last = day - min(0, own.least)
                        found = self._spans(source, day, bounds, known, last)
                        spans[own] = _within(found, max(1, day - own.most), day - own.least)
                each = tuple(spans[own] for own in begun)
                known_tables[look] = DateTable(self._said(dated, each), each)
            dates[bounds] = known_tables[look]
        return ClaimDay(day, free, dates)

    def _said(self, dated: tuple[int, ...], each: Sequence[Intervals]) -> Said:
        """Return all that dates can say where each source lies in one of these stretches."""
        told = tuple([tuple([span.states for span in spans]) for spans in each])
        found = self.said.get((dated, told))
        if found is None:
            said: dict[tuple[int, ...], tuple[int, ...]] = {}
            for places in product(*(range(len(own)) for own in told)):
                chosen = (own[place] for own, place in zip(told, places, strict=True))
                said.setdefault((*dated, *chain.from_iterable(chosen)), places)
            found = self.said[dated, told] = said
        return found

    def _begun(self, bounds: Bounds) -> tuple[_Begun, ...]:
        """Return what decides on which days of each bound source leaves hold."""
        limits = {name: ages for name, *ages in bounds.limits}
        begun = []
        for source in self.layout.bound:
            least, most = limits.get(source.name, (0, _LONG_AGO * 100))
            moves = tuple(_moves(bounds, one) for one in source.leaves)
            begun.append(_Begun(source.name, least, most, moves))
        return tuple(begun)

    def _spans(
        self, source: _Source, day: int, bounds: Bounds, known: dict[object, int], last: int
    ) -> Intervals:
        """Return the stretches of days of ``source``, up to the ``last``.

        The starts ``known`` already are those of this ``day`` of asking.
        """
        turns = []
        for one in source.leaves:
            view, leaf = bounds.views[one.number], one.leaf
            if one.until == _SPENT:
                turns.append((day - view.spent + 1, False))
            elif isinstance(leaf, Compare):
                turns.append((_ordinal(leaf) - one.after, False))
            elif one.until == "found_on" and view.found is None:
                turns.append((0, True))
            else:
                shift = _shift(bounds, one.number, one.until)
                spans = _pushing(leaf, view)
                key = (one.number, leaf, shift, spans)
                if key not in known:
                    thresholds = self.layout.policies[one.number].thresholds
                    moved = tuple((first + day, after + day) for first, after in spans)
                    months = self.layout.months(one) or 0
                    known[key] = thresholds.first_start(leaf, months, day + shift, moved)
                turns.append((known[key] - one.after, True))
        return _stretches(turns, last)


def _is_pushed(bounds: Bounds) -> bool:
    return any(view.windows or view.periods or view.period or view.held for view in bounds.views)


def _pushing(leaf: Timed, view: View) -> RepairDays:
    """Return the days in repair that push the last day of ``leaf`` on."""
    match leaf:
        case Window():
            return view.windows
        case Period():
            return view.periods
        case _:
            return ()


def _moves(bounds: Bounds, one: _Counted) -> object:
    """Return what of ``reach`` decides from which start on a leaf holds."""
    view, leaf = bounds.views[one.number], one.leaf
    if one.until == _SPENT:
        return view.spent
    if isinstance(leaf, Compare):
        return None
    if one.until == "found_on" and view.found is None:
        return "found"
    return _shift(bounds, one.number, one.until), _pushing(leaf, view)


def _shift(bounds: Bounds, number: int, until: str) -> int:
    """Return how many days after asking a day lies that something is held against."""
    view = bounds.views[number]
    match until:
        case "claimed_on":
            return bounds.claimed
        case "held_on":
            return view.held
        case "period_held_on":
            return view.period
        case _:  # found_on
            return view.found or 0


def _stretches(turns: list[Turn], last: int) -> Intervals:
    """Return all stretches of days of a source up to the ``last``, the latest first."""
    near = [turn for turn, _ in turns if 0 < turn <= last]
    lowest = max(1, min([last, *near]) - _LONG_AGO)
    cuts = sorted({lowest, *(turn for turn in near if lowest < turn)})
    ends = [*(cut - 1 for cut in cuts[1:]), last]
    return tuple(
        Interval(
            tuple(TRUE if (first >= turn) == later else FALSE for turn, later in turns), first, end
        )
        for first, end in zip(reversed(cuts), reversed(ends), strict=True)
    )


def _within(spans: Intervals, least: int, most: int) -> Intervals:
    """Return what lies within two days, the first and the last."""
    return tuple(
        Interval(states, max(first, least), min(last, most))
        for states, first, last in spans
        if max(first, least) <= min(last, most)
    )


def _ordinal(leaf: Compare) -> int:
    value: Any = leaf.value
    ordinal: int = value.toordinal()
    return ordinal
