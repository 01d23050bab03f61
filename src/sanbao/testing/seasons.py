"""When phones are sold, and when their buyers come back: 销售与申请的日子."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import polars as pl

from sanbao.base.errors import Reason, ValidationError
from sanbao.testing.rows import days_since_1970

__all__ = ["days_of_sale", "days_until_claim", "span"]

_MONTH: Final = re.compile(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])")


def span(months: tuple[str, str]) -> tuple[date, date]:
    """Return the first and the last day of these months."""
    wrong = not isinstance(months, tuple | list) or len(months) != 2
    if wrong or not all(isinstance(one, str) and _MONTH.fullmatch(one) for one in months):
        reason = Reason("table.season")
        raise ValidationError.of("months", months, reason)
    start, last = (date.fromisoformat(f"{one}-01") for one in months)
    if start > last:
        raise ValidationError.of("months", months, Reason("table.season_order"))
    return start, (last + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def days_of_sale(start: date, last: date) -> pl.Series:
    """Return the days of sale, each as often as it weighs beside the others."""
    days = [start + timedelta(days=number) for number in range((last - start).days + 1)]
    weighed = pl.DataFrame(
        {"day": [days_since_1970(day) for day in days], "weight": [*map(_weight, days)]}
    )
    return weighed.select(pl.col("day").repeat_by("weight").explode()).to_series()


def _weight(day: date) -> int:
    """Return how much is sold on a day: more on weekends, on holidays and in the sales."""
    weight = (100, 95, 95, 100, 115, 150, 145)[day.weekday()]
    match day.month, day.day:
        case (1, date_) if date_ >= 10:  # before the Spring Festival
            return weight * 14 // 10
        case (5, 1 | 2 | 3) | (10, 1 | 2 | 3 | 4 | 5 | 6 | 7) | (1, 1):
            return weight * 2
        case (6, date_) if date_ <= 18:
            return weight * 16 // 10
        case (11, date_) if date_ <= 11:
            return weight * 22 // 10
        case (12, 12):
            return weight * 2
        case _:
            return weight


def days_until_claim() -> Iterator[int]:
    """Yield the days from delivery to claim, each as often as it weighs beside the others."""
    near = {6: 60, 7: 80, 8: 60, 9: 30, 14: 40, 15: 60, 16: 50, 17: 25}
    near |= {90: 12, 91: 18, 92: 12, 181: 14, 182: 14, 183: 14, 184: 14}
    near |= {364: 30, 365: 40, 366: 35, 367: 20, 370: 12, 380: 12}
    for day in range(600):
        usual = 90 if day <= 15 else 14 if day <= 30 else 7 if day <= 366 else 1
        yield from [day] * (usual + near.get(day, 0))
