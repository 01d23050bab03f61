"""Tables of any kind by any policy under any readings: every column as the scalar engine has it.

By default a few thousand rows; two million with ``pytest tests/test_audit_equal.py -n auto
--claims 2000000``. Spark has its own test (``test_audit_spark.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any, Final

import duckdb
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from flat import frame_of, scalar_columns
from law_oracle.draw import random_claim
from policies_for_tests import random_promise, random_readings
from random_claims import random_claims
from sanbao import MOBILE_2001, Claim, Combined, Policy, policies
from sanbao.audit import decide_table
from sanbao.audit.tables.input.interchange import to_polars
from sanbao.audit.tables.input.schema import RESULTS
from sanbao.model.readings import DEFAULT_READINGS
from sanbao.testing import boundary_table

BLOCKS: Final = 8
ROWS: Final = 4000
"""Of one table."""
SEARCHED: Final = 4
"""Of every eighth table this part of the rows is searched for readings they hang on as well."""
PROMISES: Final = tuple(name for name in policies.ids() if name != MOBILE_2001.id)

KINDS: Final[Mapping[str, Callable[[pl.DataFrame], Any]]] = {
    "Polars": lambda table: table,
    "pandas": lambda table: table.to_pandas(use_pyarrow_extension_array=True),
    "pyarrow": lambda table: table.to_arrow(),
    "DuckDB": lambda table: duckdb.from_arrow(table.to_arrow()),
}


@pytest.mark.untraced
@pytest.mark.parametrize("block", range(BLOCKS))
def test_every_column_is_as_the_scalar_engine_has_it(
    block: int, pytestconfig: pytest.Config
) -> None:
    left, number = int(pytestconfig.getoption("--claims")) // BLOCKS, block
    while left > 0:
        rng = Random(number)
        table = some_table(rng, min(left, ROWS))
        by = {
            "policy": some_policy(rng),
            "readings": rng.choice((DEFAULT_READINGS, random_readings(rng))),
        }
        kind = list(KINDS)[number % len(KINDS)]
        assert_same(table, kind, depends=False, **by)
        if number % BLOCKS == number // BLOCKS % BLOCKS:
            assert_same(table.head(len(table) // SEARCHED), kind, depends=True, **by)
        left, number = left - ROWS, number + BLOCKS


def some_table(rng: Random, rows: int) -> pl.DataFrame:
    """Return claims near every boundary, in some rows with too little or with what cannot be."""
    if rng.random() < 0.3:
        return frame_of(random_claims(rng, rows))
    if rng.random() < 0.4:
        return frame_of(Claim.model_validate(random_claim(rng)) for _ in range(rows))
    return boundary_table(
        rows,
        seed=rng.randrange(2**32),
        unknown=0.02,
        errors=0.02,
        commitments=rng.choice((0, 0.1, 0.1, 1)),
    )


def some_policy(rng: Random) -> Policy | Combined | None:
    """Return a policy that ships, one beside a law, a law, or one with a changed number."""
    promise = policies.get(rng.choice(PROMISES))
    law = rng.choice(policies.versions(MOBILE_2001.id))
    return rng.choice((None, None, law, promise, Combined(law, (promise,)), random_promise(rng)))


def assert_same(table: pl.DataFrame, kind: str, *, depends: bool, **by: Any) -> None:
    given = KINDS[kind](table)
    found = decide_table(given, depends=depends, **by)
    assert type(found) is type(given)
    results = to_polars(found).select(pl.col(name).cast(dtype) for name, dtype in RESULTS.items())
    expected = scalar_columns(table.iter_rows(named=True), depends=depends, **by)
    assert_frame_equal(results, expected)
