"""The worked dates of the project's calendar, and all dates of two years.

The second part counts again with the package chinese_calendar itself, day by day.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import chinese_calendar
import pytest

import sanbao
from claims import FACTORY, battery, day, exchange, handset, repair
from sanbao.depreciation import depreciate


@pytest.mark.parametrize(
    ("sold", "last"),
    [("2026-03-02", "2026-03-09"), ("2026-03-07", "2026-03-16")],
    ids=["a Monday", "a Saturday"],
)
def test_seventh_day(sold: str, last: str) -> None:
    """The day of sale is not counted, and a last day on a Saturday moves to Monday."""
    dates = sanbao.decide(handset(sold_on=sold, claimed_on=sold)).dates
    assert dates.refund_until == day(last)


@pytest.mark.parametrize(
    ("sold", "last"),
    [("2024-02-29", "2025-02-28"), ("2023-10-01", "2024-10-08")],
    ids=["leap day", "National Day"],
)
def test_one_year(sold: str, last: str) -> None:
    """A year ends on the matching day, else the month's last, else the day after a holiday."""
    assert sanbao.decide(handset(sold_on=sold)).dates.period_ends_on == day(last)


def test_six_months_end_on_a_make_up_working_day() -> None:
    """A Saturday on which one works is no rest day, so a period may end on it."""
    dates = sanbao.decide(battery(sold_on="2025-08-31", claimed_on="2025-09-15")).dates
    assert dates.period_ends_on == day("2026-02-28")


def test_ninetieth_day() -> None:
    """Counted from the factory date 2025-01-01, the period starts on 2025-04-01."""
    lost = FACTORY | {"manufactured_on": "2025-01-01", "sold_on": None}
    assert sanbao.decide(handset(**lost)).dates.period_starts_on == day("2025-04-01")


def test_fifteen_days_in_repair() -> None:
    """From 2026-05-06 to 2026-05-20 both days count: 15 days are deducted."""
    repairs = [repair("2026-05-06", "2026-05-20")]
    claim = handset(sold_on="2026-03-02", claimed_on="2026-06-01", repairs=repairs)
    assert sanbao.decide(claim).dates.deducted_days == 15


def test_depreciation() -> None:
    """From 2010-03-15 to 2010-09-15 are 184 days: 92 percent of 2750 yuan are kept."""
    days = (day("2010-09-15") - day("2010-03-15")).days
    money = depreciate(Decimal("2750"), days, Decimal("0.005"))
    assert (days, money.fee, money.payable) == (184, Decimal("2530.00"), Decimal("220.00"))


def test_depreciation_of_that_phone() -> None:
    """The same as a claim: exchanged on 2010-03-15, returned on 2010-09-15, nothing in repair."""
    claim = handset(
        price="2750.00",
        sold_on="2009-12-01",
        exchanges=[exchange("2010-03-15")],
        repairs=[repair("2010-06-10", delay="repairer")],
        claimed_on="2010-09-15",
        same_model_in_stock=True,
        request="refund",
    )
    [money] = [one for one in sanbao.decide(claim).remedies if one.rule == "art19.refund"]
    # 184 days less the 98 in repair
    assert (money.used_days, money.deducted_days) == (86, 98)
    assert money.payable == Decimal("1567.50")


# --- Decree 778 -----------------------------------------------------------------------


def test_a_period_from_delivery() -> None:
    """Invoiced 2025-03-01, signed for 2025-03-05: a year from delivery, or from the invoice."""
    claim = handset(sold_on="2025-03-01", invoiced_on="2025-03-01", received_on="2025-03-05")
    assert sanbao.decide(claim).dates.period_ends_on == day("2026-03-05")
    invoiced = sanbao.Readings(period_start="invoiced")  # 2026-03-01 is a Sunday
    assert sanbao.decide(claim, readings=invoiced).dates.period_ends_on == day("2026-03-02")


def test_a_window_that_a_repair_stretches() -> None:
    """Seven days to 2026-03-09 and seven in repair: 2026-03-16, or as it was if not counted."""
    claim = handset(
        sold_on="2026-03-02",
        repairs=[repair("2026-03-04", "2026-03-10")],
        claimed_on="2026-03-12",
    )
    assert sanbao.decide(claim).dates.refund_until == day("2026-03-16")
    counted = sanbao.Readings(repair_time_in_windows="counted")
    assert sanbao.decide(claim, readings=counted).dates.refund_until == day("2026-03-09")


def test_the_same_in_march_2024() -> None:
    """Goods of before the decree: the seven days end as they did."""
    claim = handset(
        sold_on="2024-03-02",  # day 7 is Saturday 2024-03-09
        repairs=[repair("2024-03-04", "2024-03-10")],
        claimed_on="2024-03-12",
    )
    assert sanbao.decide(claim).dates.refund_until == day("2024-03-11")


@pytest.mark.parametrize(
    ("sold", "repaired", "last", "added"),
    [
        ("2023-03-01", ("2024-03-10", "2024-03-20"), "2024-03-01", 0),
        ("2023-03-01", ("2024-02-25", "2024-03-05"), "2024-03-11", 10),
        ("2023-03-03", ("2024-03-04", "2024-03-08"), "2024-03-08", 5),  # handed in on a rolled day
    ],
    ids=["after the period", "across its end", "on the rolled last day"],
)
def test_repairs_about_the_end(sold: str, repaired: tuple[str, str], last: str, added: int) -> None:
    """A repair gives its days back if it was handed in by the last day as it stood."""
    claim = handset(sold_on=sold, repairs=[repair(*repaired)], claimed_on="2024-05-06")
    dates = sanbao.decide(claim).dates
    assert (dates.period_ends_on, dates.deducted_days) == (day(last), added)


# --- years that are not published -----------------------------------------------------


def test_a_year_that_is_not_published() -> None:
    """A period that ends in an unpublished year has a provisional end, weekends excepted."""
    # 2027-03-06 is a Saturday; the notice for 2027 is not out
    decision = sanbao.decide(handset(sold_on="2026-03-06", claimed_on="2026-06-01"))
    assert decision.receipt.calendar_last_known_year == 2026
    assert decision.dates.period_ends_on == day("2027-03-08")
    assert decision.provisional == ("period_ends_on",)


def test_years_before_the_calendar() -> None:
    """In 2001 only the weekends are known, and every date is provisional."""
    # 2001-11-17 was a Saturday: day 7 and day 15 are 11-24 (Saturday) and 12-02 (Sunday)
    decision = sanbao.decide(handset(sold_on="2001-11-17", claimed_on="2001-11-19"))
    assert decision.dates.refund_until == day("2001-11-26")
    assert decision.dates.exchange_until == day("2001-12-03")
    assert set(decision.provisional) == {"refund_until", "exchange_until", "period_ends_on"}


def test_published_years_are_final() -> None:
    """Dates in published years rest on nothing that may still change."""
    assert sanbao.decide(handset()).provisional == ()


def test_rolling_into_an_unpublished_year() -> None:
    """A last day at the end of the last published year is provisional if it has to roll on."""
    # 2025-12-31 + 1 year is Thursday 2026-12-31, which is certain
    certain = sanbao.decide(handset(sold_on="2025-12-31", claimed_on="2026-06-01"))
    assert certain.dates.period_ends_on == day("2026-12-31")
    assert certain.provisional == ()
    # one day in repair: Friday 2027-01-01, New Year's Day by law but not yet by any notice
    repaired = [repair("2026-05-06", "2026-05-06")]
    claim = handset(sold_on="2025-12-31", claimed_on="2026-06-01", repairs=repaired)
    open_ = sanbao.decide(claim)
    assert open_.dates.period_ends_on == day("2027-01-01")
    assert open_.provisional == ("period_ends_on",)


# --- every day of two years -----------------------------------------------------------


def working_day(last: date) -> date:
    """Return ``last``, or the next day on which one works, by the package's own word."""
    while not chinese_calendar.is_workday(last):
        last += timedelta(1)
    return last


@pytest.mark.parametrize("year", [2023, 2024])
def test_every_sale_of_a_year(year: int) -> None:
    """Whatever the day of sale, windows and periods end where counting by hand ends."""
    sold = date(year, 1, 1)
    while sold.year == year:
        dates = sanbao.decide(handset(sold_on=sold, claimed_on=sold)).dates
        assert dates.refund_until == working_day(sold + timedelta(7)), sold
        assert dates.exchange_until == working_day(sold + timedelta(15)), sold
        leap = (sold.month, sold.day) == (2, 29)
        matching = date(year + 1, 2, 28) if leap else sold.replace(year=year + 1)
        assert dates.period_ends_on == working_day(matching), sold
        sold += timedelta(1)


@pytest.mark.parametrize("year", [2023, 2024])
def test_every_battery_of_a_year(year: int) -> None:
    """Six months end on the matching day, or the last day of a shorter month."""
    sold = date(year, 1, 1)
    while sold.year == year:
        dates = sanbao.decide(battery(sold_on=sold, claimed_on=sold)).dates
        end_year, month = (year, sold.month + 6) if sold.month <= 6 else (year + 1, sold.month - 6)
        first_of_next = date(end_year + month // 12, month % 12 + 1, 1)
        matching = min(
            first_of_next - timedelta(1),
            date(end_year, month, 1) + timedelta(sold.day - 1),
        )
        assert dates.period_ends_on == working_day(matching), sold
        sold += timedelta(1)
