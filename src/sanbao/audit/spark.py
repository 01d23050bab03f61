"""Tables beyond one machine: 在 Spark 上判定 (the extra ``sanbao[spark]``).

Every executor decides its partitions with the kernel that decides tables on one machine; rows
travel as Arrow batches and are never pickled one by one.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

import polars as pl
import pyarrow as pa

from sanbao.audit.tables.input.mapping import UnusedColumns, unused
from sanbao.audit.tables.input.schema import RESULTS
from sanbao.audit.tables.table import Tables, taken_names
from sanbao.base.errors import ValidationError
from sanbao.dates.calendar import Calendar
from sanbao.engine import Named
from sanbao.model.readings import Readings
from sanbao.policies.policy_set import PolicySet

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["ROWS", "decide"]

ROWS: Final = 200_000
"""Rows an executor decides at a time: Spark's own batches are too small to pay."""

_TYPES: Final[Mapping[pl.DataType, tuple[str, pa.DataType]]] = {
    pl.String(): ("string", pa.string()),
    pl.Decimal(38, 2): ("decimal(38,2)", pa.decimal128(38, 2)),
    pl.Date(): ("date", pa.date32()),
    pl.Boolean(): ("boolean", pa.bool_()),
}
"""What Spark and Arrow call the types of results."""


def decide(
    df: DataFrame,
    *,
    policy: Named | None = None,
    readings: Readings | None = None,
    calendar: Calendar | None = None,
    policies: PolicySet | None = None,
    columns: Mapping[str, Any] | None = None,
    depends: bool = True,
    rows: int = ROWS,
) -> DataFrame:
    """Return ``df`` with the result columns, as :func:`~sanbao.audit.decide_table` gives them.

    Nothing is decided before Spark asks for a row. Repairs and exchanges stand in the rows as
    arrays. ``rows`` is how many an executor decides at a time; it needs memory for them, and
    its time for each falls with their number. Raises :class:`~sanbao.ValidationError` for a
    column that is missing, of a wrong type, or has the name of a result.
    """
    if problems := taken_names(map(str.lower, df.columns)):  # Spark tells no Error from error
        raise ValidationError(problems)
    made: dict[str, Any] = {
        "policy": policy,
        "readings": readings,
        "calendar": calendar,
        "policies": policies,
        "columns": columns,
        "depends": depends,
    }
    Tables(**made).decide(pl.DataFrame(df.limit(0).toArrow()))  # what is wrong is said now
    if left := unused(df.columns, columns):
        warnings.warn(UnusedColumns(left), stacklevel=2)
    schema = deepcopy(df.schema)  # adding to a schema of Spark changes the schema itself
    for name, dtype in RESULTS.items():
        schema = schema.add(name, _TYPES[dtype][0])
    return df.mapInArrow(_partition(made, rows), schema)


def _partition(
    made: Mapping[str, Any], rows: int
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Return the function that decides the rows of one partition."""

    def decided(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        tables = Tables(**made)
        for table in _gathered(batches, rows):
            results = tables.decide(pl.DataFrame(table)).to_arrow()
            added = {
                name: results.column(name).cast(_TYPES[dtype][1]) for name, dtype in RESULTS.items()
            }
            whole = pa.table(dict(zip(table.column_names, table.columns, strict=True)) | added)
            yield from whole.combine_chunks().to_batches()

    return decided


def _gathered(batches: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.Table]:
    """Yield tables of at least so many rows, the last one of what is left."""
    kept: list[pa.RecordBatch] = []
    for batch in batches:
        kept.append(batch)
        if sum(one.num_rows for one in kept) >= rows:
            yield pa.Table.from_batches(kept)
            kept = []
    if kept:
        yield pa.Table.from_batches(kept)
