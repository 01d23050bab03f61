"""Rest days (section 1) and months (Civil Code 202)."""

from datetime import date, timedelta
from functools import cache

import chinese_calendar
from dateutil.relativedelta import relativedelta

# The years of which the calendar knows the State Council's notice.
KNOWN_YEARS = range(2004, 2027)


# The notice on 2006 made this Saturday a working day; the package leaves it out.
ALSO_WORKED = frozenset({date(2005, 12, 31)})


@cache
def rests(day: date, rest_days: str) -> bool:
    """Section 1: a weekend day or a State Council holiday, not a make-up working day.

    Years the calendar does not know: weekends only. Section 10, `rest_days=holidays_only`: only
    days off that a notice names; in unknown years none.
    """
    if day.year not in KNOWN_YEARS:
        return rest_days == "weekends_too" and day.weekday() >= 5
    if day in ALSO_WORKED:
        return False
    off, name = chinese_calendar.get_holiday_detail(day)
    return bool(off) and (rest_days == "weekends_too" or name is not None)


def roll(day: date, rest_days: str) -> date:
    """Art. 8, Civil Code 203: a last day that is a rest day moves to the next that is none."""
    while rests(day, rest_days):
        day += timedelta(days=1)
    return day


def add_months(day: date, months: int) -> date:
    """Civil Code 202: the matching day, or the last day of a month that has none."""
    return day + relativedelta(months=months)
