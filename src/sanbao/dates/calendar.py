"""Rest days: 法定休假日.

A last day that falls on a rest day moves to the day after it (art. 8; Civil Code
art. 203). Which days those are is published year by year by the State Council; a year
not yet published is *not known*, and a date that rests on one is provisional.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import MAXYEAR, date, datetime
from functools import cache, cached_property
from typing import Literal, Protocol, runtime_checkable

from sanbao.base.errors import Reason, ValidationError

__all__ = ["Calendar", "ChineseCalendar", "RestDays", "chinese_calendar"]

RestDays = Literal["weekends_too", "holidays_only"]
"""What a rest day is; the values of the reading ``rest_days``."""

_SATURDAY = 5


@runtime_checkable
class Calendar(Protocol):
    """What the rules need to know of a calendar: 日历.

    A calendar never fails on a year it does not know: it answers with what is certain
    (the weekends) and says through :meth:`knows` that the year is open.
    """

    @property
    def id(self) -> str:
        """An identifier of the data: equal ids, equal answers."""

    @property
    def last_known_year(self) -> int:
        """The last year whose rest days are published."""

    def knows(self, year: int) -> bool:
        """Say whether the rest days of ``year`` are published."""

    def is_rest_day(self, day: date, rest_days: RestDays) -> bool:
        """Say whether ``day`` is a rest day in the sense of the reading ``rest_days``."""


@dataclass(frozen=True)
class ChineseCalendar:
    """The rest days of mainland China: 中国大陆节假日.

    ``days_off`` are the days off that State Council notices name, ``working_days`` the
    weekend days they turn into working days (调休上班), ``years`` the published years;
    all sorted. Source: the yearly notices of the General Office of the State Council,
    as collected in the package chinesecalendar.

    >>> from datetime import date
    >>> china = chinese_calendar()
    >>> china.is_rest_day(date(2026, 2, 28), "weekends_too")  # a make-up Saturday
    False
    """

    days_off: tuple[date, ...]
    working_days: tuple[date, ...]
    years: tuple[int, ...]
    _off: frozenset[date] = field(init=False, repr=False, compare=False)
    _working: frozenset[date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.years:
            raise ValidationError.of("years", self.years, Reason("claim.no_years"))
        object.__setattr__(self, "_off", frozenset(self.days_off))
        object.__setattr__(self, "_working", frozenset(self.working_days))

    def __hash__(self) -> int:
        return hash(self.years)

    def __repr__(self) -> str:
        return f"ChineseCalendar({self.id!r})"

    @cached_property
    def id(self) -> str:
        """``cn.state-council/FIRST-LAST/DIGEST``; the digest is of the days themselves."""
        from hashlib import sha256

        parts = [*map(str, self.years), "off", *map(str, self.days_off), "working"]
        digest = sha256(" ".join([*parts, *map(str, self.working_days)]).encode()).hexdigest()
        return f"cn.state-council/{self.years[0]}-{self.years[-1]}/{digest[:12]}"

    @property
    def last_known_year(self) -> int:
        """The last published year."""
        return self.years[-1]

    def knows(self, year: int) -> bool:
        """Say whether the notice for ``year`` is in the data."""
        return year in self.years

    def is_rest_day(self, day: date, rest_days: RestDays) -> bool:
        """Say whether ``day`` is a rest day; in an unknown year only weekends are.

        Under ``holidays_only`` an unknown year has no rest day: no notice names one.
        """
        if day in self._off:
            return True
        weekend = day.weekday() >= _SATURDAY and day not in self._working
        return weekend and rest_days == "weekends_too"

    def with_year(
        self, year: int, *, days_off: Iterable[date], working_days: Iterable[date] = ()
    ) -> ChineseCalendar:
        """Return this calendar with the notice for ``year`` added or replaced.

        Raises :class:`~sanbao.ValidationError` for a day outside the year, a make-up
        working day that is no weekend day, and a day named as both.
        """
        if isinstance(year, bool) or not isinstance(year, int) or not 1 <= year <= MAXYEAR:
            raise ValidationError.of("year", year, Reason("claim.year"))
        off, working = _days(year, "days_off", days_off), _days(year, "working_days", working_days)
        for day in sorted(working):
            if day.weekday() < _SATURDAY:
                raise ValidationError.of("working_days", str(day), Reason("claim.no_weekend"))
            if day in off:
                raise ValidationError.of("working_days", str(day), Reason("claim.day_off_too"))

        def merged(old: Iterable[date], new: frozenset[date]) -> tuple[date, ...]:
            return tuple(sorted({day for day in old if day.year != year} | new))

        return ChineseCalendar(
            merged(self.days_off, off),
            merged(self.working_days, working),
            tuple(sorted({*self.years, year})),
        )


def _days(year: int, name: str, days: Iterable[date]) -> frozenset[date]:
    if isinstance(days, str) or not isinstance(days, Iterable):
        raise ValidationError.of(name, days, Reason("claim.dates"))
    found = list(days)
    for day in found:
        if not isinstance(day, date) or isinstance(day, datetime):
            raise ValidationError.of(name, day, Reason("input.a_date"))
        if day.year != year:
            raise ValidationError.of(name, str(day), Reason("claim.not_in_year", year=year))
    return frozenset(found)


@cache
def chinese_calendar() -> ChineseCalendar:
    """Return the published rest days, read once from the package chinesecalendar.

    The package's table misses 2005-12-31, a Saturday that the notice for New Year 2006
    made a working day; it is added here.
    """
    from chinese_calendar.constants import holidays, workdays

    return ChineseCalendar(
        tuple(sorted(holidays)),
        tuple(sorted({*workdays, date(2005, 12, 31)})),
        tuple(sorted({day.year for day in holidays})),
    )
