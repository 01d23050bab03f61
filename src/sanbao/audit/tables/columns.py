"""Columns put together, and truth in three values: 列的组合与三值逻辑.

Three truth values are the three values of a nullable boolean, whose "and" and "or" are Kleene's.
What is the same for every claim stays a plain truth value, and nothing is worked out for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from itertools import groupby
from operator import and_, or_
from typing import Any, TypeAlias

import polars as pl

__all__ = ["Truth", "both", "cases", "column", "constant", "either", "is_one_of", "opposite"]

Truth: TypeAlias = pl.Expr | bool
"""A column of truth values, or one that is the same for every claim."""


def cases(found: Iterable[tuple[Any, Any]], otherwise: pl.Expr | None = None) -> pl.Expr:
    """Return what stands beside the first of these conditions that holds, or else ``otherwise``.

    Conditions and values are expressions, or the names of columns.
    """
    chain: Any = pl
    for condition, value in found:
        chain = chain.when(condition).then(value)
    if chain is pl:
        return pl.lit(None) if otherwise is None else otherwise
    chosen: pl.Expr = chain.otherwise(otherwise)
    return chosen


def constant(value: bool | int | None, rows: int, dtype: pl.DataType | None = None) -> pl.Series:
    """Return the same value for so many rows, a new column that may be written to."""
    return pl.Series([value], dtype=dtype).new_from_index(0, rows)


def both(parts: Iterable[Truth]) -> Truth:
    """Return "and" over columns of truth values."""
    return _joined(parts, and_, settles=False)


def either(parts: Iterable[Truth]) -> Truth:
    """Return "or" over columns of truth values."""
    return _joined(parts, or_, settles=True)


def _joined(
    parts: Iterable[Truth], join: Callable[[pl.Expr, pl.Expr], pl.Expr], *, settles: bool
) -> Truth:
    """Return the parts joined, or the truth value that one of them ``settles``."""
    columns = []
    for part in parts:
        if part is settles:
            return settles
        if not isinstance(part, bool):
            columns.append(part)
    return reduce(join, columns) if columns else not settles


def opposite(part: Truth) -> Truth:
    """Return "not"."""
    return not part if isinstance(part, bool) else ~part


def column(part: Truth) -> pl.Expr:
    """Return a truth value as a column."""
    return pl.lit(part) if isinstance(part, bool) else part


def is_one_of(name: str, numbers: Iterable[int]) -> Truth:
    """Say whether a column of codes holds one of these numbers."""
    # those that follow one another are compared as one
    ordered = enumerate(sorted(numbers))
    runs = [[n for _, n in run] for _, run in groupby(ordered, key=lambda one: one[1] - one[0])]
    return either(pl.col(name).is_between(run[0], run[-1]) for run in runs)
