"""Windows and periods, counted on the clock itself."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import day
from sanbao.dates import counting as periods
from sanbao.dates.calendar import RestDays, chinese_calendar
from sanbao.dates.counting import Clock, add_months, covered_days
from sanbao.model.readings import Readings

ROLL = Clock(chinese_calendar(), Readings())


class NoWork:
    """A calendar of one's own in which nobody ever works; it knows the years up to 2030."""

    id = "test.no-work"
    last_known_year = 2030

    def knows(self, year: int) -> bool:
        """Say whether ``year`` is 2030 or before."""
        return year <= 2030

    def is_rest_day(self, day: date, rest_days: RestDays) -> bool:
        """Say yes."""
        return True


def ordinal(text: str) -> int:
    """Return the ordinal of the day written ``YYYY-MM-DD``."""
    return day(text).toordinal()


def written(found: int) -> str:
    """Return an ordinal as ``YYYY-MM-DD``."""
    return date.fromordinal(found).isoformat()


# --- months: Civil Code 202 -----------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2025-03-03", 12, "2026-03-03"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2023-02-28", 12, "2024-02-28"),
        ("2025-08-31", 6, "2026-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2023-08-30", 6, "2024-02-29"),
        ("2023-08-29", 6, "2024-02-29"),
        ("2023-08-28", 6, "2024-02-28"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2025-01-31", 3, "2025-04-30"),
        ("2025-12-31", 6, "2026-06-30"),
        ("2025-10-31", 3, "2026-01-31"),
        ("2025-03-31", 0, "2025-03-31"),
    ],
)
def test_months(start: str, months: int, end: str) -> None:
    """A period ends on the matching day of its last month, or on that month's last day."""
    assert add_months(day(start), months) == day(end)


@pytest.mark.parametrize("months", [1, 3, 6, 12, 13])
@pytest.mark.parametrize("year", [2023, 2024, 2100])
def test_months_from_every_day_of_a_year(year: int, months: int) -> None:
    """From whatever day: the right month, and the same day of it if there is one."""
    start = date(year, 1, 1)
    while start.year == year:
        end = add_months(start, months)
        past = start.month - 1 + months
        last = monthrange(year + past // 12, past % 12 + 1)[1]
        assert end == date(year + past // 12, past % 12 + 1, min(start.day, last)), start
        start += timedelta(1)


# --- windows of days ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "days", "readings", "end"),
    [
        ("2025-03-03", 7, Readings(), "2025-03-10"),
        ("2025-03-03", 7, Readings(first_day="same_day"), "2025-03-10"),  # Sunday 9th rolls
        ("2025-03-04", 7, Readings(first_day="same_day"), "2025-03-10"),
        ("2025-03-08", 7, Readings(), "2025-03-17"),
        ("2025-03-08", 7, Readings(window_end="fixed"), "2025-03-15"),
        ("2025-03-08", 7, Readings(rest_days="holidays_only"), "2025-03-15"),
        # Spring Festival 2025: off from 01-28 to 02-04, then a Wednesday
        ("2025-01-21", 7, Readings(), "2025-02-05"),
        ("2025-01-21", 7, Readings(rest_days="holidays_only"), "2025-02-05"),
        # the Sunday before the festival is a working day
        ("2025-01-19", 7, Readings(), "2025-01-26"),
        # across the end of a year: 2022-12-31 to 2023-01-02 are off
        ("2022-12-24", 7, Readings(), "2023-01-03"),
        ("2022-12-24", 7, Readings(window_end="fixed"), "2022-12-31"),
    ],
)
def test_window_end(start: str, days: int, readings: Readings, end: str) -> None:
    """A window's last day rolls over any number of rest days, and over the year's end."""
    clock = Clock(chinese_calendar(), readings)
    assert written(clock.window_end(ordinal(start), days)) == end


@pytest.mark.parametrize(
    ("start", "months", "repaired", "readings", "end"),
    [
        ("2025-03-03", 12, 0, Readings(), "2026-03-03"),
        ("2025-03-03", 12, 5, Readings(), "2026-03-09"),  # Sunday 8th rolls
        ("2025-03-03", 12, 5, Readings(window_end="fixed"), "2026-03-09"),
        ("2025-03-03", 12, 5, Readings(rest_days="holidays_only"), "2026-03-08"),
        ("2025-03-03", 12, 0, Readings(first_day="same_day"), "2026-03-02"),
        ("2024-02-29", 12, 0, Readings(), "2025-02-28"),
        ("2024-02-29", 12, 1, Readings(), "2025-03-03"),  # Saturday, March 1st
        ("2025-08-31", 6, 0, Readings(), "2026-02-28"),
        ("2023-10-01", 12, 0, Readings(), "2024-10-08"),
    ],
)
def test_period_end(start: str, months: int, repaired: int, readings: Readings, end: str) -> None:
    """A period ends so many months on, then the days in repair, then over the rest days."""
    clock = Clock(chinese_calendar(), readings)
    first = ordinal(start)
    spans = ((first, first + repaired),) if repaired else ()
    assert written(clock.period_end(first, months, spans)) == end
    assert clock.period_pushed(first, months, spans) == (ordinal(end), repaired)


def spans_of(*repairs: tuple[str, str]) -> periods.Spans:
    """Return the days that repairs take, each given by its first and its last day."""
    return tuple((ordinal(first), ordinal(last) + 1) for first, last in repairs)


@pytest.mark.parametrize(
    ("spans", "readings", "last", "added"),
    [
        # Monday 2025-03-03: day 7 is Monday 2025-03-10
        ((), Readings(), "2025-03-10", 0),
        (spans_of(("2025-03-10", "2025-03-12")), Readings(), "2025-03-13", 3),
        (spans_of(("2025-03-11", "2025-03-12")), Readings(), "2025-03-10", 0),
        (spans_of(("2025-03-02", "2025-03-04")), Readings(), "2025-03-10", 0),  # before the start
        (spans_of(("2025-03-03", "2025-03-03")), Readings(), "2025-03-11", 1),
        # five days: Saturday 15th, so Monday 17th, on which the next is still in time
        (
            spans_of(("2025-03-04", "2025-03-08"), ("2025-03-17", "2025-03-18")),
            Readings(),
            "2025-03-17",
            7,
        ),
        (
            spans_of(("2025-03-04", "2025-03-08"), ("2025-03-17", "2025-03-18")),
            Readings(window_end="fixed"),
            "2025-03-15",
            5,
        ),
        # days that two repairs share are added once
        (
            spans_of(("2025-03-04", "2025-03-06"), ("2025-03-05", "2025-03-07")),
            Readings(),
            "2025-03-14",
            4,
        ),
        (
            spans_of(("2025-03-04", "2025-03-07"), ("2025-03-05", "2025-03-06")),
            Readings(),
            "2025-03-14",
            4,
        ),
    ],
)
def test_repairs_push_a_last_day_on(
    spans: periods.Spans, readings: Readings, last: str, added: int
) -> None:
    """Each repair handed in by the last day as it stands then adds its days, the others none."""
    clock = Clock(chinese_calendar(), readings)
    assert clock.window_pushed(ordinal("2025-03-03"), 7, spans) == (ordinal(last), added)
    assert clock.window_end(ordinal("2025-03-03"), 7, spans) == ordinal(last)


REPAIRS = st.lists(st.tuples(st.integers(-5, 60), st.integers(1, 12)), max_size=6).map(
    lambda found: tuple(sorted((first, first + days) for first, days in found))
)


@given(st.integers(0, 400), REPAIRS, st.booleans())
def test_pushing_counted_day_by_day(later: int, repairs: periods.Spans, rolls: bool) -> None:
    """However repairs overlap, a last day moves on by the days of those that came in time."""
    start = ordinal("2025-01-01") + later
    spans = tuple((start + first, start + end) for first, end in repairs)
    last, end, days = start + 15, start + 15, set[int]()
    if rolls:
        last = ROLL.roll(last)[0]
    for first, after in spans:
        if start <= first <= last:
            days |= set(range(first, after))
            last = end + len(days)
            last = ROLL.roll(last)[0] if rolls else last
    assert ROLL.pushed(end, start, spans, rolls=rolls) == (last, len(days))


def test_rolling_stops_at_the_end_of_time() -> None:
    """Where nobody ever works again, the last day there is ends the search."""
    clock = Clock(NoWork(), Readings())
    assert clock.window_end(date.max.toordinal() - 20, 7) == date.max.toordinal()


@pytest.mark.parametrize(
    ("start", "readings", "window", "period"),
    [
        ("2025-03-03", Readings(), False, False),
        ("2026-03-03", Readings(), False, True),
        ("2026-12-28", Readings(), True, True),  # day 7 is Monday 2027-01-04
        ("2026-12-19", Readings(), False, True),  # day 7 is a Saturday that rolls to the 28th
        ("2026-12-28", Readings(window_end="fixed"), False, True),
        ("2003-12-20", Readings(), True, False),  # Saturday 2003-12-27, before the data begin
    ],
)
def test_provisional(start: str, readings: Readings, window: bool, period: bool) -> None:
    """A date is provisional if a day that was looked at lies in a year not published."""
    clock = Clock(chinese_calendar(), readings)
    assert clock.window_is_provisional(ordinal(start), 7) is window
    assert clock.period_is_provisional(ordinal(start), 12) is period


def test_provisional_once_repairs_have_pushed_it_on() -> None:
    """A last day is provisional if any day that was looked at on the way is not published."""
    clock = Clock(chinese_calendar(), Readings())
    start, days = ordinal("2026-12-19"), spans_of(("2026-12-21", "2026-12-27"))
    assert not clock.window_is_provisional(start, 7)
    assert clock.window_is_provisional(start, 7, days)  # Saturday the 26th and 7 days more
    # Monday 2025-12-29 ends on Tuesday 2026-12-29; three days more are a Friday of 2027
    start, days = ordinal("2025-12-29"), spans_of(("2026-06-01", "2026-06-03"))
    assert not clock.period_is_provisional(start, 12)
    assert clock.period_is_provisional(start, 12, days)
    # where an unknown year decided whether a repair came in time, what follows hangs on it
    start = ordinal("2003-12-24")
    assert clock.is_known(ordinal("2004-01-07"), 0, ())
    assert not clock.is_known(start + 7, 7, spans_of(("2003-12-25", "2003-12-31")))


def test_a_known_year_that_rolls_into_an_unknown_one() -> None:
    """A last day in a known year is provisional once it has rolled into an unknown one."""
    clock = Clock(chinese_calendar().with_year(2027, days_off=[date(2027, 12, 31)]), Readings())
    # day 7 is Friday 2027-12-31; the weekend after it lies in 2028
    assert written(clock.window_end(ordinal("2027-12-24"), 7)) == "2028-01-03"
    assert clock.window_is_provisional(ordinal("2027-12-24"), 7)
    assert not clock.window_is_provisional(ordinal("2027-12-23"), 7)


# --- what is remembered ---------------------------------------------------------------


def test_what_is_remembered_is_forgotten_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The memory stays small, and forgetting changes no answer."""
    monkeypatch.setattr(periods, "_REMEMBERED", 3)
    clock = Clock(chinese_calendar(), Readings())
    starts = [ordinal("2025-01-01") + days for days in range(0, 60, 7)]
    first = [(clock.window_end(s, 7), clock.period_end(s, 12)) for s in starts]
    assert len(clock.rolled) <= 3
    assert len(clock.months_after(12)) <= 3
    again = [(clock.window_end(s, 7), clock.period_end(s, 12)) for s in starts]
    assert again == first == [(ROLL.window_end(s, 7), ROLL.period_end(s, 12)) for s in starts]


def test_a_clock_keeps_one_table_for_each_length() -> None:
    """The table of a length in months is made once; lengths do not mix."""
    assert ROLL.months_after(6) is ROLL.months_after(6)
    assert ROLL.months_after(6) is not ROLL.months_after(12)


# --- days that repairs share ----------------------------------------------------------

SPANS = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, 20)).map(lambda pair: (pair[0], sum(pair))),
    max_size=8,
)


@given(SPANS)
def test_covered_days(spans: list[tuple[int, int]]) -> None:
    """Every day in at least one span counts, and counts once."""
    days = {day for first, end in spans for day in range(first, end)}
    assert covered_days(spans) == len(days)


@given(SPANS)
def test_neither_order_nor_repetition_matters(spans: list[tuple[int, int]]) -> None:
    """The same spans in another order, or named twice, cover the same days."""
    assert covered_days(spans[::-1]) == covered_days(spans) == covered_days([*spans, *spans])


@pytest.mark.parametrize(
    ("spans", "days"),
    [
        ([], 0),
        ([(10, 13)], 3),
        ([(10, 10)], 0),
        ([(10, 13), (13, 15)], 5),
        ([(10, 13), (12, 15)], 5),
        ([(10, 20), (12, 15)], 10),
        ([(12, 15), (10, 20)], 10),
        ([(10, 12), (20, 22)], 4),
        ([(10, 12), (10, 12)], 2),
    ],
)
def test_covered_days_by_hand(spans: list[tuple[int, int]], days: int) -> None:
    """Spans that touch, overlap, contain one another or lie apart."""
    assert covered_days(iter(spans)) == days
