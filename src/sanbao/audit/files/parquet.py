"""Parquet, a slice of rows at a time: Parquet 文件."""

from __future__ import annotations

import os

import polars as pl

from sanbao.audit.files.chunks import FileOfRows, checked_names, first_line, framed, refused
from sanbao.base.errors import Problem

__all__ = ["ParquetFile"]

_FEW = 1000
"""Rows that are given up together where one of them cannot be read."""


class ParquetFile(FileOfRows):
    """A Parquet file, whose columns come with the types they have: Parquet 文件."""

    def __init__(self, path: str) -> None:
        self.path = path
        _check_whole(path)
        try:
            self.schema = dict(pl.scan_parquet(path, glob=False).collect_schema())
            checked_names(path, list(self.schema))
            self.rows = pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
        except pl.exceptions.PolarsError as error:
            raise refused(path, f"cannot be read: {first_line(error)}") from None

    def between(self, first: int, last: int) -> pl.DataFrame:
        """Return rows; where some cannot be read, those that can and why the others cannot."""
        try:
            frame = pl.scan_parquet(self.path, glob=False).slice(first, last - first).collect()
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
            if last - first > _FEW:
                half = first + (last - first) // 2
                parts = [self.between(first, half), self.between(half, last)]
                return pl.concat(parts, how="diagonal")
            problem = Problem("row", "Parquet", f"cannot be read ({first_line(error)})")
            bad = [(number, str(problem)) for number in range(first + 1, last + 1)]
            return framed(pl.DataFrame(schema=self.schema), (), bad)
        return framed(frame, range(first + 1, last + 1))


def _check_whole(path: str) -> None:
    with open(path, "rb") as stream:
        head = stream.read(4)
        stream.seek(max(os.path.getsize(path) - 4, 4))
        tail = stream.read()
    if head != b"PAR1":
        raise refused(path, "is not Parquet, whatever its name says")
    if tail != b"PAR1":
        raise refused(path, "ends in the middle: the end of a Parquet file is not there")
