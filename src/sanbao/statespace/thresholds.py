"""Thresholds of dates, and the days that represent all others: 日期界点.

A window or a period still runs on the day of the claim if it started late enough. The first such
start is the *threshold* of that day. Days on which the thresholds of all policies are in the same
order allow the same claims; one of them represents the others.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from sanbao.dates.calendar import Calendar
from sanbao.dates.counting import Clock
from sanbao.model.facts import Spans
from sanbao.model.readings import Readings
from sanbao.rules.conditions import Elapsed, Period, Window

__all__ = ["DAYS", "Column", "Columns", "Thresholds", "Timed", "alike_days", "thresholds_of"]

Timed = Window | Period | Elapsed
"""A leaf that asks how long ago something was."""

_FIRST: Final = date(2001, 11, 15).toordinal()
_LAST: Final = date(2033, 12, 31).toordinal()
_NOW: Final = date(2025, 8, 13).toordinal()

DAYS: Final[tuple[int, ...]] = (
    *range(_NOW, date(2026, 12, 31).toordinal() + 1),
    *range(_NOW - 1, _FIRST - 1, -1),
    *range(date(2027, 1, 1).toordinal(), _LAST + 1),
)
"""Every day of a claim that is looked at, from the day the regulation was in force until
some years after the last one whose rest days are known; days of today come first."""

_LONGEST_ROLL: Final = 40


class Thresholds:
    """The thresholds of one clock, worked out once for each leaf."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.oldest_starts = lru_cache(maxsize=512)(self._oldest_starts)

    def last_day(self, leaf: Timed, months: int, spans: Spans = ()) -> Callable[[int], int]:
        """Return the function from a start to the last day on which ``leaf`` holds.

        ``spans`` are days in repair that push it on; the start is no later than any of them.
        """
        clock, first = self.clock, self.clock.first_day
        rolls = isinstance(leaf, Period) or clock.windows_roll
        match leaf:
            case Window(days=days):
                return lambda start: clock.pushed(start + days - first, 0, spans, rolls=rolls)[0]
            case Period():
                end = clock.months_after(months)
                return lambda start: clock.pushed(end[start] - first, 0, spans, rolls=rolls)[0]
            case Elapsed(days=int(days)):
                return lambda start: start + days
            case _:
                after = clock.months_after(months)
                return lambda start: after[start]

    def first_start(self, leaf: Timed, months: int, day: int, spans: Spans = ()) -> int:
        """Return the first start from which ``leaf`` still holds on ``day`` (ordinals)."""
        last_day = self.last_day(leaf, months, spans)
        pushed = sum(after - first for first, after in spans)
        earliest = max(1, day - (last_day(day) - day) - pushed - _LONGEST_ROLL)
        # who starts later ends no earlier
        return bisect_left(range(day), day, lo=earliest, key=last_day)

    def _oldest_starts(self, leaf: Timed, months: int, later: int = 0) -> tuple[int, ...]:
        """Return how old the oldest start is from which ``leaf`` holds near each of :data:`DAYS`.

        It is to hold ``later`` days after each of them.
        """
        last_day = self.last_day(leaf, months)
        start = self.first_start(leaf, months, _FIRST + later)
        ages = {}
        for day in range(_FIRST, _LAST + 1):
            while last_day(start) < day + later:
                start += 1
            ages[day] = day - start
        return tuple([ages[day] for day in DAYS])


_MOST_KEPT: Final = 32
_known: dict[tuple[object, ...], Thresholds] = {}


def thresholds_of(calendar: Calendar, readings: Readings) -> Thresholds:
    """Return the thresholds under a calendar and readings; remembered for the next time."""
    key = (calendar, readings.first_day, readings.window_end, readings.rest_days)
    try:
        found = _known.get(key)
    except TypeError:  # a calendar of one's own that cannot be a key
        return Thresholds(Clock(calendar, readings))
    if found is None:
        if len(_known) >= _MOST_KEPT:
            _known.clear()
        found = _known[key] = Thresholds(Clock(calendar, readings))
    return found


class Column(NamedTuple):
    """How long ago something may have begun at most, on each of :data:`DAYS`.

    ``after`` are the days between what began and what the leaf counts from; the leaf looks at the
    day that is ``later`` by so many days.
    """

    thresholds: Thresholds
    leaf: Timed
    months: int
    after: int
    later: int = 0

    @property
    def oldest_starts(self) -> Sequence[int]:
        """The greatest age on each day, in days."""
        ages = self.thresholds.oldest_starts(self.leaf, self.months, self.later)
        return ages if not self.after else [age + self.after for age in ages]


Columns: TypeAlias = tuple[Column, ...]
"""Columns whose order matters."""


@lru_cache(maxsize=512)
def alike_days(groups: tuple[tuple[Columns, ...], ...], limits: tuple[int, ...]) -> list[int]:
    """Return some of :data:`DAYS`, early ones, with every order of the dates of each group.

    Dates of one group occur together in a claim, those of different groups never. ``limits`` are
    days (ordinals) on which the law changes.
    """
    columns = dict.fromkeys(column for keys in groups for own in keys for column in own)
    eras = [bisect_right(limits, day) for day in DAYS]
    rows = list(zip(eras, *(column.oldest_starts for column in columns), strict=True))
    places = sorted(_first(rows).values())  # on all other days every date is as on one of these
    era, *ages = zip(*(rows[place] for place in places), strict=True)
    of_column = dict(zip(columns, ages, strict=True))
    classes = {
        key: _numbered([of_column[column] for column in key], len(places))
        for keys in groups
        for key in keys
    }
    chosen: set[int] = set()
    for keys in groups:
        ways = list(zip(era, *(classes[key] for key in keys), strict=True))
        seen = {ways[number] for number in chosen}
        chosen.update(number for way, number in _first(ways).items() if way not in seen)
    return [DAYS[places[number]] for number in sorted(chosen)]


def _first(ways: Sequence[tuple[object, ...]]) -> dict[tuple[object, ...], int]:
    """Return the place at which each of these first stands."""
    return dict(zip(reversed(ways), reversed(range(len(ways))), strict=True))


def _numbered(columns: Sequence[Sequence[int]], length: int) -> Sequence[int]:
    """Return for every day the number of its class; days of one class have the same order."""
    if not columns:
        return [0] * length
    rows = list(zip(*columns, strict=True))
    numbers: dict[object, int] = {}
    of_row = {}
    for row in dict.fromkeys(rows):
        ranks = {age: rank for rank, age in enumerate(sorted(set(row)))}
        of_row[row] = numbers.setdefault(tuple([ranks[age] for age in row]), len(numbers))
    return [of_row[row] for row in rows]
