"""Windows and periods of days and months: 期限与有效期.

Civil Code art. 201: the first day is not counted. Art. 202: a period of months ends on
the matching day of its last month, or on that month's last day. Art. 203: a last day on
a rest day moves to the next working day. Days are whole calendar dates in China.

:class:`Clock` counts under one calendar and one set of readings; inside it days are
ordinals (``date.toordinal``), because a till decides thousands of claims with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from datetime import date
from typing import Final, Generic, TypeVar

from dateutil.relativedelta import relativedelta

from sanbao.dates.calendar import Calendar
from sanbao.model.facts import Spans
from sanbao.model.readings import Readings

__all__ = ["COUNTING", "LAST_DAY", "Clock", "Spans", "add_months", "covered_days"]

COUNTING: Final = frozenset({"first_day", "window_end", "rest_days"})
"""The readings that change how a :class:`Clock` counts."""

LAST_DAY: Final = date.max.toordinal()
"""The last day there is, as an ordinal."""

_REMEMBERED = 50_000

Key = TypeVar("Key")


class _Memo(dict[Key, int], Generic[Key]):
    """A dictionary that fills itself and forgets everything when it grows too large."""

    __slots__ = ("_compute",)

    def __init__(self, compute: Callable[[Key], int]) -> None:
        super().__init__()
        self._compute = compute

    def __missing__(self, key: Key) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        value = self[key] = self._compute(key)
        return value


def add_months(start: date, months: int) -> date:
    """Return the last day of a period of months that starts on ``start`` (Civil Code 202).

    >>> add_months(date(2024, 2, 29), 12)
    datetime.date(2025, 2, 28)
    """
    return start + relativedelta(months=months)


class Clock:
    """Counts days under one calendar and one set of readings: 期限计算.

    ``calendar`` says which days are rest days, ``readings`` whether the first day counts
    and what rolls. All methods are pure; what they have computed is remembered.
    """

    __slots__ = ("_as_it_is", "_known", "_months", "calendar", "readings", "rolled")

    def __init__(self, calendar: Calendar, readings: Readings) -> None:
        self.calendar = calendar
        self.readings = readings
        self.rolled: _Memo[int] = _Memo(lambda day: self.roll(day)[0])
        self._known: _Memo[int] = _Memo(lambda day: self.roll(day)[1])
        self._as_it_is: _Memo[int] = _Memo(lambda day: day)
        self._months: dict[int, _Memo[int]] = {}

    def under(self, readings: Readings) -> Clock:
        """Return this clock under readings with the same rest days."""
        other = copy(self)
        other.readings = readings
        return other

    def roll(self, day: int) -> tuple[int, bool]:
        """Return the first day from ``day`` on that is no rest day, and if all is known."""
        known = True
        while True:
            found = date.fromordinal(day)
            known = known and self.calendar.knows(found.year)
            if day == LAST_DAY or not self.calendar.is_rest_day(found, self.readings.rest_days):
                return day, known
            day += 1

    def months_after(self, months: int) -> _Memo[int]:
        """Return the mapping from a start to the day ``months`` later (Civil Code 202)."""
        if months not in self._months:
            self._months[months] = _Memo(
                lambda start: add_months(date.fromordinal(start), months).toordinal()
            )
        return self._months[months]

    @property
    def first_day(self) -> int:
        """0, or 1 where the first day counts (reading ``first_day``)."""
        return 1 if self.readings.first_day == "same_day" else 0

    @property
    def windows_roll(self) -> bool:
        """Whether the windows of days roll over rest days (reading ``window_end``)."""
        return self.readings.window_end == "roll"

    @property
    def windows_rolled(self) -> _Memo[int]:
        """The mapping from the plain last day of a window to the one it moves to."""
        return self.rolled if self.windows_roll else self._as_it_is

    def pushed(self, end: int, start: int, spans: Spans, rolls: bool) -> tuple[int, int]:
        """Return the last day when repairs have pushed ``end`` on, and how many days they did.

        Arts. 8; Decree 778 art. 18. ``spans`` are the days each repair takes, in the order of
        their hand-in. One handed in on or after ``start``, and not later than the last day as it
        stands then, adds its days; days that another repair has added already count once. What is
        handed in later gives nothing back.
        """
        added, reached = 0, 0
        rolled = self.rolled if rolls else self._as_it_is
        last = rolled[end]
        for first, after in spans:
            if first < start:
                continue
            if first > last:
                break
            fresh = after - (first if first > reached else reached)
            if fresh > 0:
                added += fresh
                reached = after
                last = rolled[end + added]
        return last, added

    def window_end(self, start: int, days: int, spans: Spans = ()) -> int:
        """Return the last day of a window of ``days`` that starts on ``start``.

        ``spans`` are the days in repair that stretch it (Decree 778 art. 18).
        """
        return self.window_pushed(start, days, spans)[0]

    def window_pushed(self, start: int, days: int, spans: Spans = ()) -> tuple[int, int]:
        """Return the last day of a window, and the days that repairs added to it."""
        last = start + days - self.first_day
        return self.pushed(last, start, spans, rolls=self.windows_roll)

    def period_end(self, start: int, months: int, spans: Spans = ()) -> int:
        """Return the last day of the three-guarantees period (三包有效期, art. 8)."""
        return self.period_pushed(start, months, spans)[0]

    def period_pushed(self, start: int, months: int, spans: Spans = ()) -> tuple[int, int]:
        """Return the last day of the period, and the days that repairs added to it (art. 8)."""
        end = self.months_after(months)[start] - self.first_day
        return self.pushed(end, start, spans, rolls=True)

    def window_is_provisional(self, start: int, days: int, spans: Spans = ()) -> bool:
        """Say whether :meth:`window_end` rests on a year that is not published."""
        if not self.windows_roll:
            return False
        end = start + days - self.first_day
        return not self.is_known(end, self.pushed(end, start, spans, rolls=True)[1], spans)

    def period_is_provisional(self, start: int, months: int, spans: Spans = ()) -> bool:
        """Say whether :meth:`period_end` rests on a year that is not published."""
        end = self.months_after(months)[start] - self.first_day
        return not self.is_known(end, self.pushed(end, start, spans, rolls=True)[1], spans)

    def is_known(self, end: int, added: int, spans: Spans) -> bool:
        """Say whether the calendar knows the rest days that ``end`` rolls over, once pushed on."""
        return bool(self._known[end + added] and (not spans or self._known[end]))


def covered_days(spans: Iterable[tuple[int, int]]) -> int:
    """Return how many days lie in at least one of ``spans`` (first day, day after the last).

    Days that two repairs share count once (art. 8).

    >>> covered_days([(1, 4), (3, 6)])
    5
    """
    ordered = sorted(spans)
    if len(ordered) == 1:
        return ordered[0][1] - ordered[0][0]
    total = 0
    reached = 0
    for first, end in ordered:
        begin = first if first > reached else reached
        if end > begin:
            total += end - begin
            reached = end
    return total
