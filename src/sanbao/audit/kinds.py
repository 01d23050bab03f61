"""Tables of any kind that speaks Arrow: 表的种类.

Polars, pandas, pyarrow and DuckDB tables, and whatever else exports an Arrow stream, become
Polars frames, and results go back as the kind that came.
"""

from __future__ import annotations

import sys
from typing import Any

import polars as pl

from sanbao.errors import ValidationError

__all__ = ["back_to", "to_polars"]


def to_polars(table: Any, name: str = "table") -> pl.DataFrame:
    """Return a table as a Polars frame; columns are shared where they can be.

    Raises :class:`~sanbao.ValidationError` for what is no table.
    """
    if isinstance(table, pl.DataFrame):
        return table
    if isinstance(table, pl.LazyFrame):
        return table.collect()
    if _is(table, "pandas", "DataFrame"):
        found: pl.DataFrame = pl.from_pandas(table)
        return found
    if hasattr(table, "__arrow_c_stream__"):
        try:
            return pl.DataFrame(table)
        except (TypeError, ValueError, pl.exceptions.PolarsError) as error:
            raise ValidationError.of(name, type(table).__name__, f"is no table ({error})") from None
    raise ValidationError.of(
        name,
        table,
        "must be a table of Polars, pandas, pyarrow or DuckDB, or another that speaks Arrow",
    )


def back_to(table: Any, frame: pl.DataFrame) -> Any:
    """Return ``frame`` as the kind of table that ``table`` is.

    A pandas table keeps its index; it has Arrow types if ``table`` has any, and objects else.
    """
    if isinstance(table, pl.DataFrame):
        return frame
    if isinstance(table, pl.LazyFrame):
        return frame.lazy()
    if _is(table, "pandas", "DataFrame"):
        arrow = any(_is(dtype, "pandas", "ArrowDtype") for dtype in table.dtypes)
        found = frame.to_pandas(use_pyarrow_extension_array=arrow)
        found.index = table.index
        return found
    if _is(table, "duckdb", "DuckDBPyRelation"):
        return sys.modules["duckdb"].from_arrow(frame.to_arrow())
    if _is(table, "pyarrow", "Table"):
        return frame.to_arrow()
    if _is(table, "pyarrow", "RecordBatchReader"):
        return frame.to_arrow().to_reader()
    return frame


def _is(table: Any, package: str, name: str) -> bool:
    """Say whether ``table`` is of a class of a package, without loading the package."""
    return any(
        one.__name__ == name and one.__module__.partition(".")[0].lstrip("_") == package
        for one in type(table).__mro__
    )
