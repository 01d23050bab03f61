"""The regions of each day of a claim: 申请日.

Given the histories of repairs (:mod:`sanbao.statespace.regions.repair_histories`), it is found for
each day on the calendar which windows and periods can still run together. Days are counted from
the day of asking (提出要求之日). Of equivalent days only one is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import chain, product
from typing import Final, NamedTuple, TypeAlias

from sanbao.evaluation.programs.truth import FALSE, TRUE
from sanbao.model.facts import Spans
from sanbao.rules.conditions import Compare, Period, Window
from sanbao.statespace.regions.layout import SPENT, Counted, FlatView, Source
from sanbao.statespace.regions.repair_views import Bounds, Past
from sanbao.statespace.thresholds import Column, Columns, Timed, alike_days

__all__ = ["ClaimDay", "Interval", "Regions", "Said"]

_LONG_AGO: Final = 36_600
"""Days; a window or a period that began so long ago is over."""

Turn: TypeAlias = tuple[int, bool]
"""A day on which a leaf turns, and whether it holds from then on."""


class Interval(NamedTuple):
    """Days of one source (ordinals, inclusive) on which its leaves have these ``states``."""

    states: tuple[int, ...]
    first: int
    last: int


Intervals: TypeAlias = tuple[Interval, ...]
"""All intervals of one source, or one of each source."""

Said: TypeAlias = Mapping[tuple[int, ...], tuple[int, ...]]
"""For all truths of leaves about dates, the place of an interval of each bound source."""


class DateTable(NamedTuple):
    """The truths that leaves about dates can have on a day, with intervals of bound sources.

    ``number`` is the same wherever the same can be ``said``.
    """

    number: int
    said: Said
    each: tuple[Intervals, ...]

    def intervals(self, states: tuple[int, ...]) -> Intervals | None:
        """Return an interval of each bound source in which leaves are so, if there is one."""
        places = self.said.get(states)
        if places is None:
            return None
        return tuple(own[place] for own, place in zip(self.each, places, strict=True))


class ClaimDay(NamedTuple):
    """A day of asking (ordinal) with its regions; it represents all equivalent days.

    ``free`` are the intervals of each free source by the states of its leaves, ``dates`` the table
    of the bound sources for each way in which repairs move them.
    """

    day: int
    free: tuple[dict[tuple[int, ...], Interval], ...]
    dates: dict[Bounds, DateTable]


Move: TypeAlias = tuple[int, Spans] | int | None
"""What decides from which start a leaf holds: days from asking to the day held against it, with
the days in repair that push it on; or for how long the goods were used; else nothing."""


class _Begun(NamedTuple):
    """Days before asking on which a source may be, and by what its leaves are moved."""

    source: str
    least: int
    most: int
    moves: tuple[Move, ...]


class Regions:
    """Finds the days that represent all others, and the regions of each.

    ``pasts`` is what repairs can show. ``said`` are the truths that leaves about dates can have
    together, by the number of the table.
    """

    def __init__(self, layout: FlatView, pasts: tuple[Past, ...]) -> None:
        self.layout = layout
        self.all_bounds = tuple(dict.fromkeys(bounds for past in pasts for bounds in past.ways))
        kept: dict[object, tuple[_Begun, ...]] = {}
        self.begun = [kept.setdefault(begun, begun) for begun in map(self._begun, self.all_bounds)]
        self.said: list[Said] = []
        self._numbers: dict[object, int] = {}

    # --- representative days -------------------------------------------------------

    def days(self) -> list[int]:
        """Return days of asking (ordinals) on which dates are in every order they can be in.

        Repairs that move days give no further order: without them it occurs on another day.
        """
        later = sorted({bounds.claimed for bounds in self.all_bounds if not _is_pushed(bounds)})
        groups: dict[tuple[Columns, ...], None] = {}
        for claimed in later:
            sources = (*self.layout.free, *self.layout.bound)
            groups[tuple({self._columns(source, claimed): None for source in sources})] = None
        limits = {
            _ordinal(leaf) - (claimed if leaf.fact == "claimed_on" else 0)
            for _, leaf in self.layout.dated
            for claimed in later
        }
        return alike_days(tuple(groups), tuple(sorted(limits)))

    def _columns(self, source: Source, claimed: int) -> Columns:
        columns = []
        for one in source.leaves:
            if isinstance(one.leaf, Timed):
                thresholds = self.layout.policies[one.number].thresholds
                later = claimed if one.until == "claimed_on" else 0
                columns.append(Column(thresholds, one.leaf, one.months or 0, one.after, later))
        return tuple(dict.fromkeys(columns))

    # --- what can be on a day ----------------------------------------------------------------

    def on(self, day: int) -> ClaimDay:
        """Return the regions of this day of asking (an ordinal)."""
        known: dict[object, int] = {}
        first = self.all_bounds[0]
        free = tuple(
            {
                one.states: one
                for one in self._intervals(source, _moves(first, source), day, day, known)
            }
            for source in self.layout.free
        )
        dates: dict[Bounds, DateTable] = {}
        intervals: dict[object, Intervals] = {}
        tables: dict[object, DateTable] = {}
        for bounds, begun in zip(self.all_bounds, self.begun, strict=True):
            dated = tuple(
                TRUE if day + _shift(bounds, m, leaf.fact) < _ordinal(leaf) else FALSE
                for m, leaf in self.layout.dated
            )
            look = dated, begun
            if look not in tables:
                for source, own in zip(self.layout.bound, begun, strict=True):
                    if own not in intervals:
                        last = day - min(0, own.least)
                        found = self._intervals(source, own.moves, day, last, known)
                        intervals[own] = _within(found, max(1, day - own.most), day - own.least)
                each = tuple(intervals[own] for own in begun)
                tables[look] = self._table(dated, each)
            dates[bounds] = tables[look]
        return ClaimDay(day, free, dates)

    def _table(self, dated: tuple[int, ...], each: tuple[Intervals, ...]) -> DateTable:
        """Return the truths that leaves can have where each source is in one of its intervals."""
        states = tuple([tuple([interval.states for interval in own]) for own in each])
        number = self._numbers.setdefault((dated, states), len(self.said))
        if number == len(self.said):
            said: dict[tuple[int, ...], tuple[int, ...]] = {}
            for places in product(*(range(len(own)) for own in states)):
                chosen = (own[place] for own, place in zip(states, places, strict=True))
                said.setdefault((*dated, *chain.from_iterable(chosen)), places)
            self.said.append(said)
        return DateTable(number, self.said[number], each)

    def _begun(self, bounds: Bounds) -> tuple[_Begun, ...]:
        """Return for each bound source what determines its intervals."""
        limits = {name: ages for name, *ages in bounds.limits}
        begun = []
        for source in self.layout.bound:
            least, most = limits.get(source.name, (0, _LONG_AGO * 100))
            begun.append(_Begun(source.name, least, most, _moves(bounds, source)))
        return tuple(begun)

    def _intervals(
        self,
        source: Source,
        moves: tuple[Move, ...],
        day: int,
        last: int,
        known: dict[object, int],
    ) -> Intervals:
        """Return the intervals of ``source`` up to the day ``last``.

        ``known`` are the oldest starts found already for this ``day`` of asking.
        """
        turns = []
        for one, move in zip(source.leaves, moves, strict=True):
            leaf = one.leaf
            if isinstance(leaf, Compare):
                first = day - move + 1 if isinstance(move, int) else _ordinal(leaf) - one.after
                turns.append((first, False))
            elif not isinstance(move, tuple):
                turns.append((0, True))
            else:
                shift, spans = move
                key = (one.number, leaf, shift, spans)
                if key not in known:
                    thresholds = self.layout.policies[one.number].thresholds
                    moved = tuple((first + day, after + day) for first, after in spans)
                    known[key] = thresholds.first_start(leaf, one.months or 0, day + shift, moved)
                turns.append((known[key] - one.after, True))
        return _cut(turns, last)


def _is_pushed(bounds: Bounds) -> bool:
    return any(view.windows or view.periods or view.period or view.held for view in bounds.views)


def _moves(bounds: Bounds, source: Source) -> tuple[Move, ...]:
    """Return what determines from which start on each leaf of a source holds."""
    return tuple(_move(bounds, one) for one in source.leaves)


def _move(bounds: Bounds, one: Counted) -> Move:
    view = bounds.views[one.number]
    if one.until == SPENT:
        return view.spent
    if not one.until or (one.until == "found_on" and view.found is None):
        return None
    spans = {Window: view.windows, Period: view.periods}.get(type(one.leaf), ())
    return _shift(bounds, one.number, one.until), spans


def _shift(bounds: Bounds, number: int, until: str) -> int:
    """Return the days from asking to the day that ``until`` names."""
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


def _cut(turns: list[Turn], last: int) -> Intervals:
    """Return all intervals of a source up to the day ``last``, the latest first."""
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


def _within(intervals: Intervals, least: int, most: int) -> Intervals:
    """Return the parts of intervals from the day ``least`` to the day ``most``."""
    return tuple(
        Interval(states, max(first, least), min(last, most))
        for states, first, last in intervals
        if max(first, least) <= min(last, most)
    )


def _ordinal(leaf: Compare) -> int:
    assert isinstance(leaf.value, date)  # noqa: S101
    return leaf.value.toordinal()
