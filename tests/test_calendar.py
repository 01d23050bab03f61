"""Rest days: the Chinese calendar's data, and calendars of one's own."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

import sanbao
from claims import battery, day, handset
from sanbao.dates.calendar import ChineseCalendar, RestDays, chinese_calendar

CHINA = chinese_calendar()
NEW_YEAR_2027 = [date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3)]


class SundaysOff:
    """A calendar of one's own: Sundays are rest days, and every year is known."""

    id = "test.sundays"
    last_known_year = 9999

    def knows(self, year: int) -> bool:
        """Say that every year is known."""
        return True

    def is_rest_day(self, day: date, rest_days: RestDays) -> bool:
        """Say whether ``day`` is a Sunday."""
        return day.weekday() == 6


# --- the data -------------------------------------------------------------------------


def test_it_is_a_calendar() -> None:
    """The Chinese calendar answers the protocol, and so does one of one's own."""
    assert isinstance(CHINA, sanbao.Calendar)
    assert isinstance(SundaysOff(), sanbao.Calendar)


@pytest.mark.parametrize("name", ["days_off", "working_days", "years"])
def test_the_data_are_sorted(name: str) -> None:
    """The days and years stand in order, each once."""
    days = getattr(CHINA, name)
    assert list(days) == sorted(set(days))


def test_the_data_fit_together() -> None:
    """Every day lies in a published year, no working day is a day off or a weekday."""
    assert not set(CHINA.days_off) & set(CHINA.working_days)
    assert {day.year for day in (*CHINA.days_off, *CHINA.working_days)} <= set(CHINA.years)
    assert all(day.weekday() >= 5 for day in CHINA.working_days)


@pytest.mark.parametrize(
    ("text", "weekends_too", "holidays_only"),
    [
        ("2005-12-31", False, False),  # a Saturday turned into a working day, for New Year 2006
        ("2026-02-28", False, False),  # a Saturday turned into a working day, for Spring Festival
        ("2026-02-27", False, False),  # an ordinary Friday
        ("2026-03-07", True, False),  # an ordinary Saturday
        ("2026-03-08", True, False),  # an ordinary Sunday
        ("2025-10-01", True, True),  # National Day, a Wednesday
        ("2026-10-03", True, True),  # a Saturday that a notice names
        ("2090-10-01", True, False),  # nobody knows 2090: a Sunday is a rest day all the same
        ("2090-10-02", False, False),  # a Monday in a year that is not known
        ("2001-10-01", False, False),  # a Monday before the data begin
        ("0001-01-01", False, False),
        ("9999-12-31", False, False),
    ],
)
def test_rest_days(text: str, weekends_too: bool, holidays_only: bool) -> None:
    """Weekends rest unless one works on them; under ``holidays_only`` a notice must say so."""
    assert CHINA.is_rest_day(day(text), "weekends_too") is weekends_too
    assert CHINA.is_rest_day(day(text), "holidays_only") is holidays_only


@pytest.mark.parametrize(
    ("year", "known"), [(2026, True), (2002, False), (2027, False), (0, False), (-1, False)]
)
def test_known_years(year: int, known: bool) -> None:
    """A calendar says which years it knows, and fails on none."""
    assert CHINA.knows(year) is known


def test_the_last_known_year() -> None:
    """The last known year is the last of the published ones."""
    assert CHINA.last_known_year == CHINA.years[-1] == 2026


def test_read_once() -> None:
    """The published calendar is one object."""
    assert chinese_calendar() is CHINA


# --- another year ---------------------------------------------------------------------


def test_a_year_is_added() -> None:
    """A new notice makes its year known, and changes neither the old object nor other years."""
    more = CHINA.with_year(2027, days_off=NEW_YEAR_2027, working_days=[date(2027, 1, 9)])
    assert more.last_known_year == 2027
    assert more.knows(2027)
    assert not CHINA.knows(2027)
    assert more.is_rest_day(date(2027, 1, 1), "holidays_only")
    assert not more.is_rest_day(date(2027, 1, 9), "weekends_too")
    assert more.days_off == (*CHINA.days_off, *NEW_YEAR_2027)
    assert more.working_days == (*CHINA.working_days, date(2027, 1, 9))


def test_a_year_is_replaced() -> None:
    """A notice for a known year takes the place of the old one."""
    changed = CHINA.with_year(2026, days_off=[date(2026, 1, 5)])
    assert [day for day in changed.days_off if day.year == 2026] == [date(2026, 1, 5)]
    assert changed.years == CHINA.years
    assert changed.is_rest_day(date(2026, 2, 28), "weekends_too")
    assert not changed.is_rest_day(date(2026, 10, 1), "weekends_too")


def test_an_earlier_year_is_put_in_its_place() -> None:
    """The data stay sorted when an old year is added."""
    more = CHINA.with_year(2002, days_off=[date(2002, 10, 2), date(2002, 10, 1)])
    assert more.years == (2002, *CHINA.years)
    assert more.days_off[:2] == (date(2002, 10, 1), date(2002, 10, 2))


@pytest.mark.parametrize(
    ("year", "days_off", "working_days", "field", "reason"),
    [
        ("2027", [], [], "year", "must be a year, like 2027"),
        (True, [], [], "year", "must be a year, like 2027"),
        (2027.0, [], [], "year", "must be a year, like 2027"),
        (2027, [date(2026, 12, 31)], [], "days_off", "is not in 2027"),
        (2027, [], [date(2028, 1, 1)], "working_days", "is not in 2027"),
        (2027, [], [date(2027, 1, 4)], "working_days", "is not a weekend day"),
        (2027, NEW_YEAR_2027, [date(2027, 1, 2)], "working_days", "is named as a day off too"),
        (2027, ["2027-01-01"], [], "days_off", "must be a date"),
        (2027, [datetime(2027, 1, 1)], [], "days_off", "must be a date"),
        (2027, [None], [], "days_off", "must be a date"),
        (2027, "2027-01-01", [], "days_off", "must be a list of dates"),
        (2027, None, [], "days_off", "must be a list of dates"),
        (2027, [], date(2027, 1, 2), "working_days", "must be a list of dates"),
    ],
)
def test_a_year_that_cannot_be(
    year: Any, days_off: Any, working_days: Any, field: str, reason: str
) -> None:
    """A year with days that are none, lie elsewhere or contradict each other is refused."""
    with pytest.raises(sanbao.ValidationError) as caught:
        CHINA.with_year(year, days_off=days_off, working_days=working_days)
    [problem] = caught.value.problems
    assert (problem.field, problem.reason) == (field, reason)


# --- identity -------------------------------------------------------------------------


def test_the_id_names_the_data() -> None:
    """The id says whose calendar it is and which years it holds."""
    assert CHINA.id.startswith("cn.state-council/2004-2026/")


def test_equal_data_equal_id() -> None:
    """Two calendars with the same days are equal, hash alike and share their id."""
    same = ChineseCalendar(CHINA.days_off, CHINA.working_days, CHINA.years)
    assert same == CHINA
    assert hash(same) == hash(CHINA)
    assert same.id == CHINA.id


@pytest.mark.parametrize(
    ("days_off", "working_days"),
    [
        ([], []),
        (NEW_YEAR_2027, []),
        (NEW_YEAR_2027[:2], []),
        (NEW_YEAR_2027, [date(2027, 1, 9)]),
        ([*NEW_YEAR_2027, date(2027, 1, 9)], []),
    ],
)
def test_the_id_depends_on_every_day(days_off: list[date], working_days: list[date]) -> None:
    """One day more, less, or of the other kind gives another id."""
    reference = CHINA.with_year(2027, days_off=[date(2027, 5, 1)])
    changed = CHINA.with_year(2027, days_off=days_off, working_days=working_days)
    assert len({reference.id, changed.id, CHINA.id}) == 3
    assert changed != reference


# --- in decisions ---------------------------------------------------------------------


def test_a_calendar_of_ones_own_decides() -> None:
    """The 7 days end on a Saturday where Saturdays are working days, else on Monday."""
    # sold Saturday 2025-03-08: day 7 is Saturday 2025-03-15
    claim = handset(sold_on="2025-03-08", claimed_on="2025-03-17")
    assert sanbao.decide(claim).outcome == "refund"
    decision = sanbao.decide(claim, calendar=SundaysOff())
    assert decision.outcome == "exchange"
    assert decision.dates.refund_until == day("2025-03-15")
    assert decision.receipt.calendar == "test.sundays"
    assert decision.receipt.calendar_last_known_year == 9999


@pytest.mark.parametrize("calendar", [ChineseCalendar, SundaysOff, "cn", 7, object(), CHINA.id])
def test_what_is_no_calendar(calendar: Any) -> None:
    """A class, or anything that cannot say what a rest day is, is refused."""
    with pytest.raises(sanbao.ValidationError, match=r"calendar = .*: must be a Calendar"):
        sanbao.decide(handset(), calendar=calendar)
    with pytest.raises(sanbao.ValidationError, match="must be a Calendar"):
        sanbao.Engine(calendar=calendar)


def test_a_published_year_is_no_longer_provisional() -> None:
    """With the notice for the next year the end of the period is certain, and moved by it."""
    # one year from Friday 2026-01-01 ends on 2027-01-01
    claim = handset(sold_on="2026-01-01", claimed_on="2026-06-01")
    before = sanbao.decide(claim)
    assert before.provisional == ("period_ends_on",)
    assert before.dates.period_ends_on == day("2027-01-01")
    after = sanbao.decide(claim, calendar=CHINA.with_year(2027, days_off=NEW_YEAR_2027))
    assert after.provisional == ()
    assert after.dates.period_ends_on == day("2027-01-04")


@pytest.mark.parametrize(
    ("window_end", "provisional"),
    [
        ("roll", ("period_ends_on", "refund_until", "exchange_until")),
        ("fixed", ("period_ends_on",)),
    ],
)
@pytest.mark.parametrize("sold", ["2002-06-03", "2031-06-03"])
def test_years_outside_the_data(sold: str, window_end: str, provisional: tuple[str, ...]) -> None:
    """Before and after the published years every date that rolls is provisional, no other."""
    readings = sanbao.Readings.from_dict({"window_end": window_end})
    decision = sanbao.decide(handset(sold_on=sold, claimed_on=sold), readings=readings)
    assert decision.provisional == provisional


def test_nothing_is_provisional_without_dates() -> None:
    """A date that is not known, or that the goods do not have, is not provisional either."""
    unknown = handset(sold_on=None, claimed_on="2031-06-03")
    assert sanbao.decide(unknown).provisional == ()
    accessory = battery(sold_on="2031-06-03", claimed_on="2031-06-03")
    assert sanbao.decide(accessory).provisional == ("period_ends_on",)


def test_a_last_day_that_rolls_over_a_year_of_holidays() -> None:
    """A last day rolls as far as the rest days reach, even into the next year."""
    december = [date(2027, 12, 1) + timedelta(days) for days in range(31)]
    busy = CHINA.with_year(2027, days_off=december)
    claim = handset(sold_on="2026-12-01", claimed_on="2026-12-02")
    decision = sanbao.decide(claim, calendar=busy)
    # Saturday 2028-01-01 and the Sunday after it are weekend days of a year not published
    assert decision.dates.period_ends_on == day("2028-01-03")
    assert decision.provisional == ("period_ends_on",)


def test_a_calendar_knows_at_least_one_year() -> None:
    """A calendar without a year is refused: it would have no last known one."""
    with pytest.raises(sanbao.ValidationError, match="must name at least one year"):
        ChineseCalendar((), (), ())
