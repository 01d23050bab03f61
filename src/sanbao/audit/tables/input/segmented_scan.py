"""What the repairs or exchanges of each claim come to: 逐件汇总.

A long table has a row an entry; the entries of a claim, whose ``row`` they name, follow one
another. So one run through all of them finds what those of each claim come to: running sums,
of which those of the claim before are taken off, and running maxima of days that are moved
far from those of any other claim. Groups of a few rows each would take several times as long.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from sanbao.audit.tables.columns import constant

__all__ = [
    "APART",
    "FAR",
    "IS_FIRST",
    "IS_LAST",
    "earliest",
    "first_day",
    "last_day",
    "latest",
    "of_each_claim",
    "since_first",
    "since_last",
]

FAR: Final = 1 << 20
"""More days than lie between any two in a table: keeps the days of claims apart."""

APART: Final = pl.col("row").cast(pl.Int64) * FAR
"""What the days of each claim are moved by."""

IS_LAST: Final = pl.col("row") != pl.col("row").shift(-1, fill_value=(1 << 32) - 1)
"""Whether an entry is the last of its claim: where running sums and maxima are complete."""

IS_FIRST: Final = pl.col("row") != pl.col("row").shift(1, fill_value=(1 << 32) - 1)
"""Whether an entry is the first of its claim."""


def since_last(name: str) -> pl.Expr:
    """Return the sum of each claim from the last of its running sums."""
    return (pl.col(name) - pl.col(name).shift(1, fill_value=0)).cast(pl.Int32)


def since_first(before: pl.Expr) -> pl.Expr:
    """Return what each entry adds to the sum at the first of its claim; sums never fall."""
    return before - pl.when(IS_FIRST).then(before).otherwise(0).cum_max()


def latest(day: pl.Expr, where: pl.Expr | None = None) -> pl.Expr:
    """Return the running maximum of the days, of those only ``where`` something holds."""
    moved = APART + day
    return (moved if where is None else pl.when(where).then(moved).otherwise(APART)).cum_max()


def earliest(day: pl.Expr, where: pl.Expr | None = None) -> pl.Expr:
    """Return the running maximum of the days counted backwards."""
    return latest(FAR - 1 - day, where)


def last_day(name: str) -> pl.Expr:
    """Return the last day of each claim from the last of :func:`latest`; null if none counts."""
    day = pl.col(name) - APART
    return pl.when(day > 0).then(day).cast(pl.Int32).alias(name)


def first_day(name: str) -> pl.Expr:
    """Return the first day of each claim from the last of :func:`earliest`."""
    return (FAR - 1 - last_day(name)).alias(name)


def of_each_claim(
    found: pl.DataFrame,
    otherwise: Mapping[str, bool | int | None],
    claims: int,
    unknown: pl.Series | None = None,
) -> pl.DataFrame:
    """Return for each of so many claims its row of ``found``, or else what is the case otherwise.

    Those ``unknown`` get nulls.
    """
    columns = []
    for name, value in otherwise.items():
        of = found[name]
        column = constant(value, claims, of.dtype).scatter(found["row"], of)
        if unknown is not None:
            column = column.scatter(unknown, None)
        columns.append(column.alias(name))
    return pl.DataFrame(columns)
