"""Claim ids by their hashes: 申请编号的散列.

Ids are compared by 128-bit hashes that lie on disk, some two million at a time, so that memory
does not grow with the files: two different ids among 100 million are taken for one with a
chance of less than 1 in 10^22.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

__all__ = ["EARLIER", "PLACE", "duplicates", "hashed", "hashes", "ranges"]

PLACE: Final = "_place"
"""The column with the number of a row among the rows of all files, from 0."""

EARLIER: Final = "_earlier"
"""The column with the place of the first row that has the same id."""

_IDS_AT_ONCE: Final = 2_000_000


def hashed(ids: pl.Series) -> pl.DataFrame:
    """Return the two halves of the hash of each id: ``one`` and ``other``."""
    return ids.to_frame("id").select(
        pl.col("id").hash(1).alias("one"), pl.col("id").hash(2).alias("other")
    )


def hashes(ids: pl.Series, places: pl.Series) -> pl.DataFrame:
    """Return the hashes of the ids that there are, with the place of each, in their order."""
    found = pl.DataFrame([ids.alias("id"), places]).drop_nulls()
    return hashed(found["id"]).with_columns(found[PLACE]).sort("one")


def ranges(total: int) -> Iterator[pl.Expr]:
    """Yield conditions that cut so many hashes into parts that fit into memory."""
    parts = max(math.ceil(total / _IDS_AT_ONCE), 1)
    bounds = [*(part * 2**64 // parts for part in range(parts)), 2**64 - 1]
    for low, high in itertools.pairwise(bounds):
        yield pl.col("one").is_between(
            pl.lit(low, dtype=pl.UInt64),
            pl.lit(high, dtype=pl.UInt64),
            closed="both" if high == bounds[-1] else "left",
        )


def duplicates(files: Sequence[str]) -> pl.DataFrame:
    """Return the place of every row whose id an earlier row has, and of the first such row."""
    ids = pl.scan_parquet(list(files), glob=False)
    found = []
    for within in ranges(ids.select(pl.len()).collect().item()):
        one = ids.filter(within).collect()
        again = (pl.col("one") == pl.col("one").shift()) & (
            pl.col("other") == pl.col("other").shift()
        )
        found.append(
            one.sort("one", "other", PLACE)
            .with_columns(pl.when(~again.fill_null(False)).then(PLACE).alias(EARLIER))
            .with_columns(pl.col(EARLIER).forward_fill())
            .filter(pl.col(PLACE) != pl.col(EARLIER))
            .select(PLACE, EARLIER)
        )
    return pl.concat(found).sort(PLACE)
