"""Counting days in columns: 以表计日.

What :class:`~sanbao.dates.counting.Clock` says of one day, tabled for every day from 1990 on, so
that a column of days is looked up instead of counted. The clock fills the tables; nothing
is counted here. Days are numbers of days since 1970-01-01, as Arrow has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, get_args

import polars as pl

from sanbao.dates.calendar import Calendar, RestDays
from sanbao.dates.counting import Clock, add_months
from sanbao.model.readings import DEFAULT_READINGS

__all__ = ["FIRST", "LAST", "LONGEST", "Days"]

EPOCH: Final = date(1970, 1, 1).toordinal()
FIRST: Final = date(1990, 1, 1).toordinal() - EPOCH
"""The first day of the tables."""
LAST: Final = date(2060, 12, 31).toordinal() - EPOCH
"""The last day that a claim in a table may name; the tables go on as far as periods reach."""

_END: Final = date(2160, 1, 1).toordinal() - EPOCH

_MOST_KNOWN: Final = 32
LONGEST: Final = 31
"""More rest days than follow one another."""


class Days:
    """The tables of one clock: 日期表.

    A start before ``FIRST`` or an end after the tables gives null: such claims are left to
    the engine that decides one at a time.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock

    def rolled(self, day: pl.Expr) -> pl.Expr:
        """Return the first day from ``day`` on that is no rest day."""
        return _looked_up(_rolls(self.clock.calendar, self.clock.readings.rest_days)[0], day)

    def furthest(self, day: pl.Expr) -> pl.Expr:
        """Return the last day to which ``day`` rolls, whatever a rest day is taken to be."""
        calendar = self.clock.calendar
        return pl.max_horizontal(
            _looked_up(_rolls(calendar, rest_days)[0], day) for rest_days in get_args(RestDays)
        )

    def published(self, day: pl.Expr) -> pl.Expr:
        """Say whether the days on which ``day`` rolls are all in published years."""
        known = _rolls(self.clock.calendar, self.clock.readings.rest_days)[1]
        places = known.arg_true()
        if len(places) and places[-1] - places[0] + 1 == len(places):  # one stretch, as a rule
            return day.is_between(FIRST + places[0], FIRST + places[-1])
        return _looked_up(known, day)

    def are_published(self, first: int, last: int) -> bool:
        """Say whether no day of a range rolls into a year that is not published."""
        years = range(
            date.fromordinal(first + EPOCH).year, date.fromordinal(last + EPOCH + LONGEST).year + 1
        )
        return all(map(self.clock.calendar.knows, years))

    def months_after(self, months: int, day: pl.Expr) -> pl.Expr:
        """Return the day so many months after ``day`` (Civil Code 202)."""
        return _looked_up(_months_after(months), day)

    def one_of_months_after(
        self, months: Sequence[int | None], number: pl.Expr, day: pl.Expr
    ) -> pl.Expr:
        """Return the day ``months[number]`` months after ``day``; null where there are none."""
        different = list(dict.fromkeys(one or 0 for one in months))
        table = pl.concat([_months_after(one) for one in different], rechunk=True)
        size = len(table) // len(different)
        # from a day to its place in the table of the months it takes
        moves = [different.index(one or 0) * size - FIRST for one in months]
        place = day + pl.lit(pl.Series(moves, dtype=pl.Int32)).gather(number)
        some = (number != place for place, one in enumerate(months) if not one)
        there = pl.all_horizontal(day.is_between(FIRST, FIRST + size - 1), *some)
        return _at(table, place, there)


@dataclass(frozen=True)
class _Key:
    """A calendar as a key, also one that cannot be hashed: equal calendars have equal ids."""

    calendar: Calendar

    def __hash__(self) -> int:
        return hash(self.calendar.id)


_known: dict[tuple[_Key, str], tuple[pl.Series, pl.Series]] = {}


def _rolls(calendar: Calendar, rest_days: RestDays) -> tuple[pl.Series, pl.Series]:
    """Return for every day the first from it on that is no rest day, and if all is published."""
    key = (_Key(calendar), rest_days)
    found = _known.get(key)
    if found is None:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        found = _known[key] = _rolled(calendar, rest_days)
    return found


def _rolled(calendar: Calendar, rest_days: RestDays) -> tuple[pl.Series, pl.Series]:
    clock = Clock(calendar, DEFAULT_READINGS.with_values({"rest_days": rest_days}))
    days, known = [], []
    for number in range(_END, FIRST - 1, -1):
        day, published = clock.roll(number + EPOCH)
        days.append(day - EPOCH)
        known.append(published)
    return (
        pl.Series(days[::-1], dtype=pl.Int32),
        pl.Series(known[::-1], dtype=pl.Boolean),
    )


@lru_cache(maxsize=256)
def _months_after(months: int) -> pl.Series:
    starts = (date.fromordinal(number + EPOCH) for number in range(FIRST, LAST + 1))
    ends = [add_months(start, months).toordinal() - EPOCH for start in starts]
    return pl.Series(ends, dtype=pl.Int32)


def _looked_up(table: pl.Series, day: pl.Expr) -> pl.Expr:
    return _at(table, day - FIRST, day.is_between(FIRST, FIRST + len(table) - 1))


def _at(table: pl.Series, place: pl.Expr, there: pl.Expr) -> pl.Expr:
    """Return what stands in these places of a table; null where there is none."""
    # looking up without nulls is several times quicker
    found = pl.lit(table).gather(pl.when(there).then(place).otherwise(0))
    return pl.when(there).then(found)
