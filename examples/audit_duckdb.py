"""Decide a Parquet file larger than memory: DuckDB reads and filters, sanbao decides.

    python examples/audit_duckdb.py claims.parquet decided.parquet

Needs ``pip install ".[audit]" duckdb pyarrow``. Memory holds some chunks of rows, whatever
the size of the file.
"""

from __future__ import annotations

import sys

import duckdb
import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from sanbao.audit import decide_table


def main(source: str, target: str, rows: int = 200_000) -> None:
    """Decide the claims in ``source``, so many rows at a time, and write them to ``target``."""
    with duckdb.connect(config={"memory_limit": "1GB", "threads": 2}) as database:
        batches = database.read_parquet(source).to_arrow_reader(rows)
        schema = decide_table(batches.schema.empty_table()).schema
        with ParquetWriter(target, schema) as writer:
            for batch in batches:
                decided = decide_table(pa.Table.from_batches([batch]))
                writer.write_table(decided.cast(schema))


if __name__ == "__main__":
    main(*sys.argv[1:])
