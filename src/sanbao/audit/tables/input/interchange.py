"""Tables of any kind that speaks Arrow: 表的种类.

Polars, pandas, pyarrow and DuckDB tables, and whatever else exports an Arrow stream, become
Polars frames, and results go back as the kind that came.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any, Final

import polars as pl

from sanbao.audit.tables.input.cell_texts import FLOATS, cell_of
from sanbao.audit.tables.input.schema import MONEY
from sanbao.base.errors import Reason, ValidationError

__all__ = ["back_to", "to_polars"]


def to_polars(table: Any, name: str = "table") -> pl.DataFrame:
    """Return a table as a Polars frame; columns are shared where they can be.

    A column of objects of many kinds becomes one of texts
    (:func:`~sanbao.audit.tables.input.cell_texts.cell_of`). Raises :class:`~sanbao.ValidationError`
    for what is no table, for columns of one name, and for floating-point numbers among objects in a
    column of money.
    """
    if isinstance(table, pl.DataFrame):
        return _without_objects(table)
    if isinstance(table, pl.LazyFrame):
        return _without_objects(table.collect())
    if _is(table, "pandas", "DataFrame"):
        return _from_pandas(table)
    if hasattr(table, "__arrow_c_stream__"):
        try:
            return pl.DataFrame(table)
        except (TypeError, ValueError, pl.exceptions.PolarsError) as error:
            raise ValidationError.of(
                name, type(table).__name__, Reason("table.no_table", reason=error)
            ) from None
    raise ValidationError.of(
        name,
        table,
        Reason("table.type"),
    )


def _from_pandas(table: Any) -> pl.DataFrame:
    """Return a pandas table, column by column where Arrow does not take it whole."""
    names = [str(name) for name in table.columns]
    for name in names:
        if names.count(name) > 1:
            raise ValidationError.of(
                "table", name, Reason("table.same_name", number=names.count(name))
            )
    table = _with_days_of_pandas(table)
    try:
        found: pl.DataFrame = pl.from_pandas(table)
    except _NOT_TAKEN:
        columns = (table.iloc[:, place] for place in range(len(names)))
        found = pl.DataFrame(list(map(_column, names, columns)))
    return found


def _with_days_of_pandas(table: Any) -> Any:
    """Return a table in which no object is a day of NumPy; Arrow ends the process over some."""
    pandas = sys.modules["pandas"]
    found = table
    for place, dtype in enumerate(table.dtypes):
        column = table.iloc[:, place]
        if str(dtype) == "object" and pandas.api.types.infer_dtype(column).startswith("mixed"):
            days = [type(cell).__name__ == "datetime64" for cell in column]
            if any(days):
                cells = zip(column, days, strict=True)
                plain = [pandas.Timestamp(cell) if day else cell for cell, day in cells]
                found = found.copy(deep=False) if found is table else found
                found.isetitem(place, pandas.Series(plain, index=table.index, dtype=object))
    return found


_NOT_TAKEN: Final = (
    TypeError,
    ValueError,
    OverflowError,
    NotImplementedError,
    pl.exceptions.PolarsError,
)
"""What Arrow's errors are, and those of Polars."""


def _column(name: str, column: Any) -> pl.Series:
    """Return a column of a pandas table; of texts if Arrow knows no type for it."""
    try:
        found: pl.Series = pl.from_pandas(column)
        return found.alias(name)
    except _NOT_TAKEN:
        missing = column.isna()
        cells = (None if absent else cell for cell, absent in zip(column, missing, strict=True))
        return _texts(name, cells)


def _without_objects(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame whose columns of Python objects are texts."""
    of_objects = [name for name, dtype in frame.schema.items() if dtype == pl.Object]
    return frame.with_columns(_texts(name, frame[name]) for name in of_objects)


def _texts(name: str, cells: Iterable[Any]) -> pl.Series:
    """Return objects as texts."""
    found = list(cells)
    inexact = [one for one in found if isinstance(one, float)] if name in MONEY else ()
    if inexact:
        raise ValidationError.of(name, inexact[0], FLOATS)
    return pl.Series(name, list(map(cell_of, found)), dtype=pl.String)


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
