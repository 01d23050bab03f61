"""Tables on Spark: the partitions decide what a table on one machine decides.

What runs on the executors is tested without Spark, on Arrow batches. With Java 17 and
``pip install "sanbao[spark]"`` the whole is tested by
``SANBAO_SPARK=1 pytest tests/test_audit_spark.py``; it is not part of CI, which has no Java.
"""

from __future__ import annotations

import os
from random import Random
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from polars.testing import assert_frame_equal

from flat import frame_of
from random_claims import random_claim
from sanbao import Claim, ValidationError
from sanbao.audit import decide_table
from sanbao.audit.spark import decide

CLAIMS = [Claim.model_validate(random_claim(Random(seed))) for seed in range(90)]


class Schema:
    """What of a schema of Spark is used: names are added."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names

    def add(self, name: str, _: str) -> Schema:
        """Add a column."""
        return Schema((*self.names, name))


class Frame:
    """What of a data frame of Spark is used: it maps Arrow batches, a few rows each."""

    def __init__(self, table: pa.Table, schema: Schema | None = None) -> None:
        self.table = table
        self.columns = table.column_names
        self.schema = schema or Schema(tuple(table.column_names))

    def limit(self, rows: int) -> Frame:
        """Return the first rows."""
        return Frame(self.table.slice(0, rows))

    def toArrow(self) -> pa.Table:  # noqa: N802 - Spark's name
        """Return the rows."""
        return self.table

    def mapInArrow(self, mapped: Any, schema: Schema) -> Frame:  # noqa: N802 - Spark's name
        """Map the rows, seven a batch."""
        batches = list(mapped(iter(self.table.to_batches(max_chunksize=7))))
        return Frame(pa.Table.from_batches(batches), schema)


@pytest.mark.parametrize("rows", [1, 20, 1000])
def test_partitions_decide_what_a_table_decides(rows: int) -> None:
    table = frame_of(CLAIMS).to_arrow()
    found: Any = decide(Frame(table), rows=rows)  # type: ignore[arg-type]
    assert found.schema.names == tuple(found.table.column_names)
    assert found.table.select(table.column_names).equals(table)
    assert_frame_equal(pl.DataFrame(found.table), decide_table(frame_of(CLAIMS)))


def test_what_is_wrong_is_said_before_a_job_runs() -> None:
    table = frame_of(CLAIMS[:2]).to_arrow()
    with pytest.raises(ValidationError, match="kind = no column: is required"):
        decide(Frame(table.drop(["kind"])))  # type: ignore[arg-type]
    taken = table.append_column("error", table.column("kind"))
    with pytest.raises(ValidationError, match="is there already"):
        decide(Frame(taken))  # type: ignore[arg-type]


@pytest.mark.skipif("SANBAO_SPARK" not in os.environ, reason="needs Java and pyspark; see above")
def test_on_a_local_spark() -> None:  # pragma: no cover
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    try:
        frame = frame_of(CLAIMS).with_row_index("number")
        df = session.createDataFrame(_plain(frame.to_arrow())).repartition(3)
        found = pl.DataFrame(decide(df).toArrow()).sort("number")
    finally:
        session.stop()
    expected = decide_table(frame)
    assert_frame_equal(found.select(expected.columns[-9:]), expected.select(expected.columns[-9:]))


def _plain(table: pa.Table) -> pa.Table:
    """Return a table in the Arrow types that Spark knows."""
    fields = [pa.field(one.name, _known(one.type)) for one in table.schema]
    return table.cast(pa.schema(fields))


def _known(type_: pa.DataType) -> pa.DataType:
    if pa.types.is_large_list(type_) or pa.types.is_list(type_):
        return pa.list_(_known(type_.value_type))
    if pa.types.is_struct(type_):
        return pa.struct([pa.field(one.name, _known(one.type)) for one in type_])
    if pa.types.is_unsigned_integer(type_):
        return pa.int64()
    texts = pa.types.is_large_string(type_) or pa.types.is_string_view(type_)
    return pa.string() if texts else type_
