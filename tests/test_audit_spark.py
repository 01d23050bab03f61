"""Tables on Spark: the partitions decide what a table on one machine decides.

What runs on the executors is tested without Spark, on Arrow batches. With Java 17 and
``pip install ".[spark]"`` the whole is tested by
``SANBAO_SPARK=1 pytest tests/test_audit_spark.py``; it is not part of CI, which has no Java.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from polars.testing import assert_frame_equal

from flat import frame_of
from random_claims import random_claim
from sanbao import Claim, ValidationError
from sanbao.audit import UnusedColumns, decide_table
from sanbao.audit.spark import decide
from sanbao.audit.tables.input.schema import RESULTS
from sanbao.testing import boundary_table

CLAIMS = [Claim.model_validate(random_claim(Random(seed))) for seed in range(90)]


class Schema:
    """What of a schema of Spark is used: names are added, to the schema itself."""

    def __init__(self, names: list[str]) -> None:
        self.names = names

    def add(self, name: str, _: str) -> Schema:
        """Add a column."""
        self.names.append(name)
        return self


class DerivationContext:
    """What of a data frame of Spark is used: it maps Arrow batches, a few rows each."""

    def __init__(self, table: pa.Table, schema: Schema | None = None) -> None:
        self.table = table
        self.columns = table.column_names
        self.schema = schema or Schema(table.column_names)

    def limit(self, rows: int) -> DerivationContext:
        """Return the first rows."""
        return DerivationContext(self.table.slice(0, rows))

    def toArrow(self) -> pa.Table:  # noqa: N802 - Spark's name
        """Return the rows."""
        return self.table

    def mapInArrow(self, mapped: Any, schema: Schema) -> DerivationContext:  # noqa: N802 - Spark's name
        """Map the rows, seven a batch."""
        batches = list(mapped(iter(self.table.to_batches(max_chunksize=7))))
        return DerivationContext(pa.Table.from_batches(batches), schema)


def given(table: pa.Table) -> Any:
    """Return a table as a data frame, as far as one is used."""
    return DerivationContext(table)


@pytest.mark.parametrize("rows", [1, 20, 1000])
def test_partitions_decide_what_a_table_decides(rows: int) -> None:
    table = frame_of(CLAIMS).to_arrow()
    frame = given(table)
    found: Any = decide(frame, rows=rows)
    assert found.schema.names == found.table.column_names
    assert frame.schema.names == table.column_names
    assert found.table.select(table.column_names).equals(table)
    assert_frame_equal(pl.DataFrame(found.table), decide_table(frame_of(CLAIMS)))


def test_what_is_wrong_is_said_before_a_job_runs() -> None:
    table = frame_of(CLAIMS[:2]).to_arrow()
    with pytest.raises(ValidationError, match="kind = no column: is required"):
        decide(given(table.drop(["kind"])))
    for name in ("error", "Error"):
        taken = table.append_column(name, table.column("kind"))
        with pytest.raises(ValidationError, match="is there already"):
            decide(given(taken))


def test_columns_that_are_not_used_are_named() -> None:
    """Before a job runs, on the driver."""
    table = frame_of(CLAIMS[:2]).with_columns(colour=pl.lit("red")).to_arrow()
    with pytest.warns(UnusedColumns, match="colour"):
        decide(given(table), columns={"kind": "kind"})


# --- on a real Spark ----------------------------------------------------------------------------

real = pytest.mark.skipif(
    "SANBAO_SPARK" not in os.environ, reason="needs Java and pyspark; see above"
)


@contextmanager
def spark(master: str) -> Iterator[Any]:  # pragma: no cover
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.executor.memory", "1g")
        .config("spark.executorEnv.PYTHONPATH", os.pathsep.join(sys.path))
        .getOrCreate()
    )
    try:
        yield session
    finally:
        session.stop()


def many() -> pl.DataFrame:
    """Return claims near every boundary, some with too little, some that cannot be."""
    table = boundary_table(4000, seed=7, unknown=0.02, errors=0.02, commitments=0.1)
    return table.with_row_index("number")


@real
@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas")  # none is used here
def test_on_a_local_spark() -> None:  # pragma: no cover
    """Every column, in many partitions, some of them empty."""
    frame = many()
    with spark("local[2]") as session:
        df = session.createDataFrame(_plain(frame.to_arrow())).repartition(9, "kind")
        found = pl.DataFrame(decide(df, rows=500).toArrow()).sort("number")
    assert_frame_equal(found.select(*RESULTS), decide_table(frame).select(*RESULTS))


@real
@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas")  # none is used here
def test_a_cluster_that_loses_an_executor() -> None:  # pragma: no cover
    """Two workers with an executor each, one of which is killed in the middle of the job."""
    frame = many()
    with spark("local-cluster[2,1,1024]") as session, ThreadPoolExecutor(1) as pool:
        df = session.createDataFrame(_plain(frame.to_arrow())).repartition(40)
        job = pool.submit(lambda: pl.DataFrame(decide(df, rows=50).toArrow()))
        tracker = session.sparkContext.statusTracker()
        while not job.done() and finished_tasks(tracker) < 3:
            time.sleep(0.05)
        assert not job.done()
        before = executors()
        os.kill(min(before), signal.SIGKILL)
        found = job.result().sort("number")
        assert executors() - before  # another one took its place
    assert_frame_equal(found.select(*RESULTS), decide_table(frame).select(*RESULTS))


def finished_tasks(tracker: Any) -> int:  # pragma: no cover
    stages = map(tracker.getStageInfo, tracker.getActiveStageIds())
    return sum(
        stage.numCompletedTasks for stage in stages if stage is not None and stage.numTasks == 40
    )


def executors() -> set[int]:  # pragma: no cover
    """Return the processes in which executors run."""
    found = set()
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if b"CoarseGrainedExecutorBackend" in place.read_bytes():
                found.add(int(place.parent.name))
    return found


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
