"""What can have come together on one day: 经过.

Windows, periods and repairs hang on days of a claim, and the same day may start several of them.
A *course* of events is what some policies see of all of it. Which courses there are on a day of
the claim is read off the calendar; days on which dates fall alike stand for one another.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Any, Final, NamedTuple, TypeAlias

from sanbao.cells.histories import REPAIR_FACTS, FactLeaf, History
from sanbao.cells.thresholds import ClassKey, Column, Timed, alike_days
from sanbao.cells.variables import Member, Place
from sanbao.conditions import Compare, Period, Window
from sanbao.facts import Facts, derive
from sanbao.program import FALSE, TRUE, Program
from sanbao.stated import Stated

__all__ = ["Anchor", "Course", "Courses", "Layout", "Span", "When", "anchors_of", "layout_of"]

_LONG_AGO: Final = 36_600
"""Days; a window or a period that began so long ago is over."""
_EVER: Final = 4_000_000
"""Days; more than there are ordinals."""

_DATE_FACTS: Final = ("claimed_on", "sale_dated_on", "windows_start", "period_start", "proof_start")
_SOURCES: Final = ("sold", "invoiced", "received", "made", "exchanged")


class Anchor(NamedTuple):
    """Where a date fact comes from: a day of the claim, and how many days after it."""

    source: str
    after: int


def anchors_of(program: Program, base: Stated) -> dict[str, Anchor]:
    """Return from which day of the claim each date fact is counted, where it is known."""
    days = {name: base.claimed - 4000 + 800 * place for place, name in enumerate(_SOURCES)}
    stated = base._replace(
        sold=days["sold"],
        invoiced=days["invoiced"],
        received=days["received"],
        made=None if base.made is None else days["made"],
        exchanges=(days["exchanged"],) * len(base.exchanges),
    )
    facts = Facts._make(derive(stated, program.frame))
    names = {base.claimed: "claimed", **{day: name for name, day in days.items()}}
    found = {}
    for fact in _DATE_FACTS:
        day = getattr(facts, fact)
        if day is not None:
            source = names.get(day, "made")
            found[fact] = Anchor(source, day - {**days, "claimed": base.claimed}[source])
    return found


Turn: TypeAlias = tuple[int, bool]
"""A day on which a leaf turns, and whether it holds from then on."""


class Span(NamedTuple):
    """Days of one source on which its leaves are all as ``states`` says (ordinals)."""

    states: tuple[int, ...]
    first: int
    last: int


class Course(NamedTuple):
    """A history, and the days on which what it belongs to began: 经过."""

    history: int
    spans: tuple[Span, ...]


Spans: TypeAlias = tuple[Span, ...]
"""Stretches of days: all those of one source, or one of each source."""
Reach: TypeAlias = tuple[tuple[int, ...], tuple[tuple[int, int], ...]]
"""Days deducted, and for each bound source how many days before the claim it lies: from, to."""


class When(NamedTuple):
    """A day of the claim, for all days on which dates fall alike, with what can be on it."""

    day: int
    era: tuple[int, ...]
    free: tuple[dict[tuple[int, ...], Span], ...]
    courses: dict[tuple[int, ...], Course]


@dataclass(slots=True)
class _Source:
    """One day of a claim from which leaves count, and those leaves by member."""

    name: str
    leaves: list[tuple[int, Timed | Compare, int]]
    """Member, leaf, days after the source."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which leaves hang on what, for one space."""

    members: tuple[Member, ...]
    anchors: tuple[dict[str, Anchor], ...]
    era: list[tuple[int, Compare]]
    free: list[_Source]
    bound: list[_Source]
    repairs: tuple[tuple[FactLeaf, ...], ...]

    @property
    def places(self) -> tuple[tuple[Place, ...], ...]:
        """The leaves of each factor: courses, free sources, the era; as its values have them."""
        of_repairs = [(m, leaf) for m, leaves in enumerate(self.repairs) for leaf in leaves]
        of_bound = [(m, leaf) for source in self.bound for m, leaf, _ in source.leaves]
        free = tuple(tuple((m, leaf) for m, leaf, _ in source.leaves) for source in self.free)
        return ((*of_repairs, *of_bound), *free, tuple(self.era))


def layout_of(
    members: tuple[Member, ...], anchors: tuple[dict[str, Anchor], ...], live: list[list[FactLeaf]]
) -> Layout:
    """Return on which days of a claim the ``live`` leaves of each member hang."""
    era: list[tuple[int, Compare]] = []
    by_source: dict[str, _Source] = {}
    bound: set[str] = set()
    repairs: list[tuple[FactLeaf, ...]] = []
    for number, leaves in enumerate(live):
        own = anchors[number]
        start = own.get("period_start")
        of_repairs = [leaf for leaf in leaves if leaf.fact in REPAIR_FACTS]
        repairs.append(tuple(of_repairs) if start else ())
        if of_repairs and start:
            bound.add(start.source)
            by_source.setdefault(start.source, _Source(start.source, []))
        for leaf in leaves:
            anchor = own.get(leaf.fact)
            if anchor is None or not isinstance(leaf, Timed | Compare):
                continue
            if anchor.source == "claimed" and isinstance(leaf, Compare):
                era.append((number, leaf))
                continue
            source = by_source.setdefault(anchor.source, _Source(anchor.source, []))
            source.leaves.append((number, leaf, anchor.after))
            if isinstance(leaf, Period):
                bound.add(anchor.source)
    return Layout(
        members,
        anchors,
        era,
        [source for name, source in by_source.items() if name not in bound],
        [source for name, source in by_source.items() if name in bound],
        tuple(repairs),
    )


class Courses:
    """Finds what can be on a day of the claim."""

    def __init__(self, layout: Layout, found: tuple[History, ...]) -> None:
        self.layout = layout
        self.histories = found
        self.deductions = tuple(dict.fromkeys(history.deducted for history in found))
        self._told = [
            (
                tuple(state for states in history.states for state in states),
                history.dues,
                self._reach(history),
            )
            for history in found
        ]

    def _reach(self, history: History) -> Reach:
        """Return within which days before the claim each bound source lies, for a history."""
        ages = []
        for source in self.layout.bound:
            least, most = 0, _EVER
            for number, anchors in enumerate(self.layout.anchors):
                start = anchors.get("period_start")
                if start is None or start.source != source.name:
                    continue
                since, until = history.since[number], history.until[number]
                if since is not None:
                    least = max(least, since + start.after)
                if until is not None:
                    most = min(most, until + start.after)
            ages.append((least, most))
        return history.deducted, tuple(ages)

    # --- days that stand for others -------------------------------------------------------

    def days(self) -> list[int]:
        """Return days of the claim on which the dates of each history fall in all ways they can."""
        ages = tuple(sorted({n for h in self.histories for n in h.since if n is not None}))
        some = self.deductions[0]
        free = [(self._columns(source, some), ()) for source in self.layout.free]
        # where all count alike, days deducted move all dates together
        apart = [len(set(map(self._counting, source.leaves))) > 1 for source in self.layout.bound]
        groups: dict[tuple[ClassKey, ...], None] = {}
        for deducted in self.deductions:
            bound = (
                (self._columns(source, deducted if differ else some), ages)
                for source, differ in zip(self.layout.bound, apart, strict=True)
            )
            groups[tuple(dict.fromkeys((*free, *bound)))] = None
        limits = tuple(sorted({_ordinal(leaf) for _, leaf in self.layout.era}))
        return alike_days(tuple(groups), limits)

    def _counting(self, place: tuple[int, Timed | Compare, int]) -> object:
        number, leaf, after = place
        if not isinstance(leaf, Period):
            return None
        readings = self.layout.members[number].program.clock.readings
        same = {history.deducted[number] - history.deducted[0] for history in self.histories}
        counting = (readings.first_day, readings.rest_days)
        return self._months(number, leaf), after, counting, len(same) > 1 and number

    def _columns(self, source: _Source, deducted: tuple[int, ...]) -> tuple[Column, ...]:
        columns = []
        for number, leaf, after in source.leaves:
            if not isinstance(leaf, Compare):
                starts, months = self.layout.members[number].starts, self._months(number, leaf)
                days = self._deducted(leaf, number, deducted)
                columns.append(Column(starts, leaf, months, days, after))
        return tuple(dict.fromkeys(columns))

    def _months(self, number: int, leaf: Timed) -> int:
        if isinstance(leaf, Window):
            return 0
        coverage = self.layout.members[number].program.coverage
        return leaf.months or (coverage.months if coverage and isinstance(leaf, Period) else 0)

    @staticmethod
    def _deducted(leaf: Timed, number: int, deducted: tuple[int, ...]) -> int:
        return deducted[number] if isinstance(leaf, Period) else 0

    # --- what can be on a day ----------------------------------------------------------------

    def on(self, day: int) -> When:
        """Return what can be on this day of the claim (an ordinal)."""
        free = tuple(
            {span.states: span for span in self._spans(source, day, self.deductions[0], {})}
            for source in self.layout.free
        )
        era = tuple(TRUE if day < _ordinal(leaf) else FALSE for _, leaf in self.layout.era)
        bound = self._bound_spans(day)
        courses: dict[tuple[int, ...], Course] = {}
        for number, (told, dues, reach) in enumerate(self._told):
            for own, spans in bound[reach]:
                states = told + own + dues
                if states not in courses:
                    courses[states] = Course(number, spans)
        return When(day, era, free, courses)

    def _bound_spans(self, day: int) -> dict[Reach, list[tuple[tuple[int, ...], Spans]]]:
        """Return what the bound sources can be together within each reach, with its states."""
        first: dict[object, int] = {}
        every = {
            deducted: [self._spans(source, day, deducted, first) for source in self.layout.bound]
            for deducted in self.deductions
        }
        found = {}
        for reach in dict.fromkeys(reach for _, _, reach in self._told):
            deducted, ages = reach
            each = (
                _within(spans, max(1, day - most), day - least)
                for spans, (least, most) in zip(every[deducted], ages, strict=True)
            )
            found[reach] = [
                (tuple(state for span in spans for state in span.states), spans)
                for spans in product(*each)
            ]
        return found

    def _spans(
        self, source: _Source, day: int, deducted: tuple[int, ...], known: dict[object, int]
    ) -> Spans:
        """Return the stretches of days of ``source``; ``known`` starts are of this day."""
        turns = []
        for number, leaf, after in source.leaves:
            if isinstance(leaf, Compare):
                turns.append((_ordinal(leaf) - after, False))
                continue
            days = self._deducted(leaf, number, deducted)
            key = (number, leaf, days)
            if key not in known:
                starts = self.layout.members[number].starts
                known[key] = starts.first_start(leaf, self._months(number, leaf), days, day)
            turns.append((known[key] - after, True))
        return _stretches(turns, day)


def _stretches(turns: list[Turn], day: int) -> Spans:
    """Return all stretches of days of a source, the latest first."""
    lowest = max(1, min([day, *(turn for turn, _ in turns)]) - _LONG_AGO)
    cuts = sorted({lowest, *(turn for turn, _ in turns if lowest < turn <= day)})
    ends = [*(cut - 1 for cut in cuts[1:]), day]
    return tuple(
        Span(
            tuple(TRUE if (first >= turn) == later else FALSE for turn, later in turns), first, end
        )
        for first, end in zip(reversed(cuts), reversed(ends), strict=True)
    )


def _within(spans: Spans, least: int, most: int) -> Spans:
    """Return what lies within two days, the first and the last."""
    return tuple(
        Span(states, max(first, least), min(last, most))
        for states, first, last in spans
        if max(first, least) <= min(last, most)
    )


def _ordinal(leaf: Compare) -> int:
    value: Any = leaf.value
    ordinal: int = value.toordinal()
    return ordinal
