"""What no claim can be: 不可能的申请.

Dates in an order that cannot be, IMEIs that are none, more repairs than a claim may hold. The
rows are found here; what is wrong with them the scalar engine says.
"""

from __future__ import annotations

from functools import cache

import polars as pl

from sanbao.model.claim import (
    APPEARED_ON,
    ASKED_ON,
    BY_THE_CLAIM,
    EXCHANGED_ON,
    HANDED_IN_ON,
    MOST_REPAIRS,
    SINCE_HANDED_IN,
    SINCE_THE_SALE,
)
from sanbao.model.fields import IMEI, SALE

__all__ = [
    "impossible_claims",
    "impossible_exchanges",
    "impossible_repairs",
    "too_many",
    "wrong_imeis",
]


def impossible_claims(frame: pl.DataFrame) -> pl.Series:
    """Mark the claims that cannot be: sold, invoiced or asked for after the claim, and the like.

    A fault that appeared after the day asked is marked also where that day was of the unit
    exchanged since, so that it may be: the scalar engine knows.
    """
    claimed = pl.col("claimed_on")
    wrong = [pl.col(one.name) > claimed for one in BY_THE_CLAIM]
    wrong += [pl.col(one.name) < pl.col(SALE.name) for one in SINCE_THE_SALE]
    wrong.append(pl.col(APPEARED_ON.name) > pl.col(ASKED_ON.name).fill_null(claimed))
    return frame.select(pl.any_horizontal(wrong).fill_null(False)).to_series()


def wrong_imeis(imeis: pl.Series) -> pl.Series:
    """Return the rows whose IMEI is not 15 digits, the last their Luhn check digit.

    The check is that of ISO/IEC 7812-1.
    """
    text, number = pl.col(IMEI.name), pl.col("number")
    odd, even = _digit_sums()
    sums = {"low": even, "middle": odd, "high": even}
    luhn = pl.sum_horizontal(
        pl.lit(of).gather(pl.col(name).cast(pl.UInt32)) for name, of in sums.items()
    )
    stated = imeis.cast(pl.String).to_frame().with_row_index("row").lazy().drop_nulls()
    read = pl.when(text.str.len_bytes() == 15).then(text.cast(pl.UInt64, strict=False))
    parts = (
        stated.with_columns(number=read)
        .with_columns(high=number.fill_null(0) // 10**10, higher=number.fill_null(0) // 10**5)
        .with_columns(
            low=number.fill_null(0) - pl.col("higher") * 10**5,
            middle=pl.col("higher") - pl.col("high") * 10**5,
        )
    )
    doubtful = parts.filter(number.is_null() | (luhn % 10 != 0) | (number < 10**14))
    # a number that small is led by zeros, or by a sign
    sound = (luhn % 10 == 0) & ~text.str.starts_with("+")
    wrong = doubtful.filter(number.is_null() | ~sound).select("row")
    return wrong.collect(engine="streaming").to_series()


@cache
def _digit_sums() -> tuple[pl.Series, pl.Series]:
    """Return the sums of five digits as Luhn takes them, of every number that they form.

    In the first table the first, third and fifth digit count twice, in the second the others.
    """
    number = pl.int_range(10**5)
    sums: list[pl.Expr] = []
    for twice in (0, 1):
        digits = (number // 10**place % 10 for place in range(5))
        counted = (
            digit * 2 - pl.when(digit > 4).then(9).otherwise(0) if place % 2 == twice else digit
            for place, digit in enumerate(digits)
        )
        sums.append(pl.sum_horizontal(counted).cast(pl.UInt8).alias(str(twice)))
    odd, even = pl.select(sums)
    return odd, even


def impossible_repairs(repairs: pl.DataFrame) -> pl.Series:
    """Mark the repairs of which something is dated before the unit was handed in."""
    first = pl.col(HANDED_IN_ON.name)
    return repairs.select(
        pl.any_horizontal((pl.col(one.name) < first).fill_null(False) for one in SINCE_HANDED_IN)
    ).to_series()


def impossible_exchanges(frame: pl.DataFrame, exchanges: pl.DataFrame) -> pl.Series:
    """Mark the exchanges after the claim they belong to."""
    claimed = frame["claimed_on"].gather(exchanges["row"])
    return (exchanges[EXCHANGED_ON.name] > claimed).fill_null(False)


def too_many(long: pl.DataFrame) -> pl.Series:
    """Return the rows with more repairs or exchanges than a claim may hold."""
    if len(long) <= MOST_REPAIRS:
        return pl.Series("row", [], dtype=pl.UInt32)
    rows = long["row"]
    return rows.filter((rows == rows.shift(-MOST_REPAIRS)).fill_null(False))
