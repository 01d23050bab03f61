"""What every file of a table offers, whatever its format: 分段读取.

A file is read a chunk at a time, from any position. No row is lost: one that cannot be read comes
as a row of empty cells that says why in the column :data:`ERROR`.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from sanbao.base.errors import Problem, Reason, ValidationError, shown

__all__ = [
    "ERROR",
    "FILE",
    "HEAD",
    "ROW",
    "Chunk",
    "FileOfLines",
    "FileOfRows",
    "Position",
    "TableFile",
    "checked_names",
    "end_of_lines",
    "first_line",
    "framed",
    "refused",
    "texts",
]

ROW: Final = "_row"
"""The column with the number of a row in its file: from 1, the header not counted."""

ERROR: Final = "_error"
"""The column that says why a row could not be read; null where it could."""

FILE: Final = "_file"
"""The column with the file a row comes from."""

HEAD: Final = 1 << 20
"""Bytes at the beginning of a file by which its format is told."""

_LONGEST_ROW: Final = 16 << 20
"""A text that goes on for longer without a line end is no table."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a chunk of a file begins: 读取位置.

    ``place`` is a byte of a text file and a row of others, ``row`` how many rows stand before
    it, ``encoding`` what the text so far has shown to be; ``None`` while it was ASCII.
    """

    place: int = 0
    row: int = 0
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a file: 一段数据.

    ``frame`` has the columns of the file, :data:`ROW` and :data:`ERROR`. ``problems`` are
    those of the file that no row shows. ``after`` is where the next chunk begins, ``share``
    how much of the file has then been read, from 0 to 1.
    """

    file: str
    first_row: int
    frame: pl.DataFrame
    problems: tuple[Problem, ...]
    after: Position
    share: float


class TableFile(ABC):
    """A file that holds a table: 表文件.

    ``schema`` has the columns it is known to have, ``loose`` says that a row may have others.
    """

    path: str
    schema: dict[str, pl.DataType]
    loose = False

    @abstractmethod
    def chunk(self, position: Position, rows: int) -> Chunk | None:
        """Return the ``rows`` rows from ``position`` on, or nothing at the end."""


class FileOfRows(TableFile):
    """A file of which any rows can be had: 按行读取的文件.

    ``rows`` is how many there are, ``problems`` are those of the whole file.
    """

    rows: int
    problems: tuple[Problem, ...] = ()

    def chunk(self, position: Position, rows: int) -> Chunk | None:
        """Return the ``rows`` rows from ``position`` on, or nothing at the end."""
        first, last = position.row, min(position.row + rows, self.rows)
        if first >= self.rows:
            return None
        frame = self.between(first, last)
        about = () if first else self.problems
        return Chunk(self.path, first + 1, frame, about, Position(last, last), last / self.rows)

    @abstractmethod
    def between(self, first: int, last: int) -> pl.DataFrame:
        """Return the rows from ``first`` (from 0) to the one before ``last``."""


class FileOfLines(TableFile):
    """A text that is read from any line on: 文本文件.

    ``start`` is where its rows begin, ``line`` about how many bytes one takes.
    """

    start = Position()
    line: float

    def __init__(self, path: str) -> None:
        self.path = path
        self.size = os.path.getsize(path)

    def chunk(self, position: Position, rows: int) -> Chunk | None:
        """Return the ``rows`` rows from ``position`` on, or nothing at the end."""
        position = position if position.row else self.start
        if position.place >= self.size:
            return None
        size = int(self.line * rows) + 1
        while True:
            data, whole = self.read(position.place, size)
            if (found := self.parsed(data, whole, position, rows)) is not None:
                return found
            size *= 2

    @abstractmethod
    def parsed(self, data: bytes, whole: bool, position: Position, rows: int) -> Chunk | None:
        """Return the chunk at the beginning of ``data``, or nothing if more is needed."""

    def read(self, place: int, size: int) -> tuple[bytes, bool]:
        """Return the bytes from ``place`` on, and whether they reach the end of the file."""
        with open(self.path, "rb") as stream:
            stream.seek(place)
            data = stream.read(size)
        whole = place + len(data) >= self.size
        if not whole and data.rfind(b"\n") < len(data) - _LONGEST_ROW:
            reason = Reason("table.endless_row", bytes=_LONGEST_ROW)
            raise refused(self.path, reason, "byte", place + len(data) - _LONGEST_ROW)
        return data, whole

    def chunk_of(
        self, position: Position, used: int, rows: int, frame: pl.DataFrame, encoding: str | None
    ) -> Chunk:
        """Return the chunk of the next ``used`` bytes."""
        after = Position(position.place + used, position.row + rows, encoding)
        share = after.place / self.size if self.size else 1.0
        return Chunk(self.path, position.row + 1, frame, (), after, share)


def refused(
    path: str, reason: Reason, field: str = "file", value: object = None
) -> ValidationError:
    """Return the error that refuses a file."""
    about = os.path.basename(path) if value is None else value
    return ValidationError([Problem(field, shown(about), reason, path)])


def first_line(error: BaseException) -> str:
    """Return what a library says of an error, without its details; of ours, the reason."""
    if error.args and isinstance(error.args[0], Reason):
        return error.args[0]
    return str(error).partition("\n")[0]


def checked_names(path: str, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns, made fit for a table."""
    named = tuple(name.strip() or f"column {place}" for place, name in enumerate(columns, start=1))
    problems = [
        Problem("header", shown(name), Reason("table.same_name", number=named.count(name)), path, 1)
        for name in dict.fromkeys(named)
        if named.count(name) > 1
    ]
    problems += [
        Problem("header", shown(name), Reason("table.reserved"), path, 1)
        for name in (ROW, ERROR)
        if name in named
    ]
    if problems:
        raise ValidationError(problems)
    return named


def texts(names: Iterable[str]) -> dict[str, pl.DataType]:
    """Return the schema of columns of texts."""
    return dict.fromkeys(names, pl.String())


def framed(
    good: pl.DataFrame, rows: Sequence[int] | range, bad: Sequence[tuple[int, str]] = ()
) -> pl.DataFrame:
    """Return the rows that could be read and those that could not, in their order.

    ``rows`` are the numbers of the former; ``bad`` has those of the latter, and why.
    """
    numbers = pl.Series(ROW, rows, dtype=pl.Int64)
    frame = good.with_columns(numbers, pl.lit(None, dtype=pl.String).alias(ERROR))
    if not bad:
        return frame
    wrong = pl.DataFrame(bad, {ROW: pl.Int64, ERROR: pl.String}, orient="row")
    return pl.concat([frame, wrong], how="diagonal").sort(ROW)


def end_of_lines(data: bytes, lines: int) -> int | None:
    """Return where so many lines end; nothing if there are not as many."""
    found = 0
    for start in range(0, len(data), HEAD):
        here = data.count(b"\n", start, start + HEAD)
        if found + here < lines:
            found += here
            continue
        place = start - 1
        for _ in range(lines - found):
            place = data.index(b"\n", place + 1)
        return place + 1
    return None
