"""Columns put together: 列的组合."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl

__all__ = ["cases", "constant"]


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
