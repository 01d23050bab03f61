"""Parts of the table kernel for which no shipped law has a case: 表格计算的零件."""

from __future__ import annotations

import polars as pl
import pytest

from sanbao.audit.tables.kernel.fact_columns import _either
from sanbao.audit.tables.kernel.gathered import Gathering, SpanColumns, _fresh


def test_one_of_two_that_are_the_same_needs_no_condition() -> None:
    """Two truth values or two columns that are the same are themselves; others hang on it."""
    truth, column = pl.col("truth"), pl.col("one")
    frame = pl.DataFrame({"truth": [True, False], "one": [1, 2]})
    assert _either(truth, True, True) is True
    assert _either(truth, column, column) is column
    assert frame.select(x=_either(truth, False, True))["x"].to_list() == [False, True]
    assert frame.select(x=_either(truth, column, pl.lit(9)))["x"].to_list() == [1, 9]


@pytest.mark.parametrize(
    ("holds", "fresh"),
    [(True, [3, 2, 1, 0]), (False, [0, 0, 0, 0]), (pl.col("so"), [3, 0, 2, 0])],
)
def test_days_that_entries_share_count_once(holds: bool | pl.Expr, fresh: list[int]) -> None:
    """Of entries in the order of their first day; what does not hold has no days."""
    frame = pl.DataFrame(
        {
            "row": [0, 0, 0, 0],
            "first": [10, 12, 14, 12],
            "after": [13, 15, 16, 13],
            "so": [True, False, True, None],
        }
    )
    spans = SpanColumns(holds, pl.col("first"), pl.col("after"))
    found = frame.select(x=pl.lit(0) + _fresh(spans), r=pl.col("row"))["x"].to_list()
    assert found == fresh


def test_spans_of_all_entries_have_no_condition() -> None:
    """Only what holds of some entries is a column to look at."""
    day = pl.col("day")
    made = Gathering("repairs", (), True, {}, (), {"all": SpanColumns(True, day, day)}, ())
    assert list(made._conditions()) == []
