"""The examples of tables beyond memory: they decide what a table decides."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from sanbao.audit import decide_table
from sanbao.audit.tables.input.schema import RESULTS
from sanbao.testing import boundary_table

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


@pytest.mark.parametrize(
    ("name", "source", "decided"),
    [
        ("audit_duckdb.py", "claims.parquet", "decided.parquet"),
        ("audit_dask.py", "claims.parquet", "decided/*.parquet"),
    ],
)
def test_an_example(name: str, source: str, decided: str, tmp_path: Path) -> None:
    table = boundary_table(120, seed=3, unknown=0, commitments=0)
    table.write_parquet(tmp_path / source)
    command = [sys.executable, str(EXAMPLES / name), source, decided.partition("/")[0]]
    subprocess.run(command, cwd=tmp_path, check=True)
    found = pl.read_parquet(tmp_path / decided).select(
        pl.col(name).cast(dtype) for name, dtype in RESULTS.items()
    )
    assert_frame_equal(found, decide_table(table).select(*RESULTS))
