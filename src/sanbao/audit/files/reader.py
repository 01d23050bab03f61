"""Tables of claims in files, read a chunk at a time: 申请表文件.

CSV, JSON Lines, Parquet and Excel, told apart by what a file begins with. Nothing is inferred: a
cell of CSV, JSON or Excel comes as the text it is, so that money stays exact and an id keeps its
zeros; a column of Parquet comes as the type it has.

No row is lost. A row that cannot be read (too few cells, bytes that are no text, a line that
is no JSON) comes as a row of empty cells that says why in the column ``_error``. A file
that cannot be read at all is refused before the first row of any file is.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import polars as pl

from sanbao.audit.files.chunks import (
    ERROR,
    HEAD,
    ROW,
    Chunk,
    FileOfLines,
    FileOfRows,
    Position,
    TableFile,
    checked_names,
    end_of_lines,
    first_line,
    framed,
    refused,
    texts,
)
from sanbao.audit.files.csv_file import BOM, CsvFile
from sanbao.audit.files.excel import ExcelFile
from sanbao.audit.tables.input.cell_texts import FLOATS, cell_of
from sanbao.audit.tables.input.schema import CLAIM, MONEY
from sanbao.base.errors import Problem, Reason, ValidationError
from sanbao.base.json_text import parse

__all__ = ["ROWS", "open_tables", "read_chunks"]

ROWS: Final = 200_000
"""So many rows are in a chunk unless said otherwise."""

_NOT_TABLES: Final = {
    b"\xff\xfe": Reason("table.utf16"),
    b"\xfe\xff": Reason("table.utf16"),
    b"\x1f\x8b": Reason("table.compressed"),
    b"\xd0\xcf\x11\xe0": Reason("table.xls"),
}


def read_chunks(path: str | os.PathLike[str], rows: int = ROWS) -> Iterator[Chunk]:
    """Yield the table in a file, ``rows`` rows at a time.

    Raises :class:`~sanbao.ValidationError` for a file that holds no table, and
    :class:`OSError`.
    """
    (table,) = open_tables([path])
    position = Position()
    while chunk := table.chunk(position, rows):
        yield chunk
        position = chunk.after


def open_tables(paths: Iterable[str | os.PathLike[str]]) -> tuple[TableFile, ...]:
    """Return the tables in these files, their headers read.

    Raises :class:`~sanbao.ValidationError` naming all that is wrong with any of them, and
    :class:`OSError`.
    """
    tables: list[TableFile] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            tables.append(_opened(os.fspath(path)))
        except ValidationError as error:
            problems += error.problems
    if problems:
        raise ValidationError(problems)
    return tuple(tables)


def _opened(path: str) -> TableFile:
    with open(path, "rb") as stream:
        head = stream.read(HEAD)
    if not head.removeprefix(BOM).strip():
        raise refused(path, Reason("table.empty"))
    if head.startswith(b"PAR1") or path.lower().endswith(".parquet"):
        return _ParquetFile(path)
    if head.startswith(b"PK\x03\x04"):
        return ExcelFile(path)
    for magic, reason in _NOT_TABLES.items():
        if head.startswith(magic):
            raise refused(path, reason)
    if b"\0" in head:
        raise refused(path, Reason("table.no_format"))
    text = head.removeprefix(BOM).lstrip()
    if text.startswith(b"{"):
        return _JsonLines(path, head)
    if text.startswith(b"["):
        raise refused(path, Reason("table.array"))
    return CsvFile(path, head)


# --- JSON Lines --------------------------------------------------------------------------------

_PARTS: Final = frozenset(
    field.path.partition(".")[0] for field in CLAIM.values() if "." in field.path
)
_LISTS: Final = frozenset(field.name for field in CLAIM.values() if field.type == "list")
_PATHS: Final = frozenset(field.path for field in CLAIM.values())


class _JsonLines(FileOfLines):
    """A claim a line, flat or as the JSON contract nests it: JSON Lines 文件."""

    loose = True

    def __init__(self, path: str, head: bytes) -> None:
        super().__init__(path)
        self.line = len(head) / max(head.count(b"\n"), 1) * 1.1
        lines = head.split(b"\n")
        rows = _rows(lines[:-1] if len(head) < self.size else lines, 1)
        self.schema = texts(name for _, row in rows if isinstance(row, dict) for name in row)

    def parsed(self, data: bytes, whole: bool, position: Position, rows: int) -> Chunk | None:
        """Return the chunk at the beginning of ``data``, or nothing if more is needed."""
        end = end_of_lines(data, rows)
        if end is None and not whole:
            return None
        part = data[:end]
        lines = part.split(b"\n")
        if lines[-1] == b"":
            lines.pop()
        good: list[dict[str, str | None]] = []
        numbers: list[int] = []
        bad: list[tuple[int, str]] = []
        names = dict.fromkeys(self.schema)
        for number, row in _rows(lines, position.row + 1):
            if isinstance(row, str):
                bad.append((number, row))
            else:
                names |= dict.fromkeys(row)
                good.append(row)
                numbers.append(number)
        if bad and bad[-1][0] == position.row + len(lines) and not part.endswith(b"\n"):
            bad[-1] = (bad[-1][0], Reason("table.file_ends", reason=bad[-1][1]))
        frame = pl.DataFrame(good, texts(names), orient="row")
        return self.chunk_of(position, len(part), len(lines), framed(frame, numbers, bad), None)


def _rows(lines: Sequence[bytes], first: int) -> Iterator[tuple[int, dict[str, str | None] | str]]:
    """Yield the row of every line that is not blank, or what is wrong with it."""
    for number, line in enumerate(lines, start=first):
        if not line.strip():
            continue
        try:
            yield number, _flat(parse(line, "row"))
        except ValidationError as error:
            yield number, error.explain("en")


def _flat(claim: Any) -> dict[str, str | None]:
    """Return a claim as a row of texts. Raises :class:`~sanbao.ValidationError`."""
    if not isinstance(claim, dict):
        raise ValidationError.of("row", claim, Reason("table.not_object"))
    row: dict[str, str | None] = {}
    for key, value in claim.items():
        name = str(cell_of(key))
        if name in _PARTS and isinstance(value, dict):
            for leaf, inner in value.items():
                if f"{name}.{leaf}" not in _PATHS:
                    raise ValidationError.of(f"{name}.{leaf}", inner, Reason("table.no_field"))
                if leaf in claim:
                    raise ValidationError.of(leaf, inner, Reason("input.given_twice"))
                row[leaf] = _cell(leaf, inner)
        elif name in (ROW, ERROR):
            raise ValidationError.of(name, value, Reason("table.reserved"))
        elif name not in _PARTS or value is not None:
            row[name] = _cell(name, value)
    return row


def _cell(name: str, value: Any) -> str | None:
    """Return a value of JSON as the text of a cell."""
    if isinstance(value, float) and name in MONEY:
        raise ValidationError.of(name, value, FLOATS)
    if isinstance(value, list | dict) and not (name in _LISTS and isinstance(value, list)):
        raise ValidationError.of(name, value, Reason("table.one_value"))
    return cell_of(value)


# --- Parquet -----------------------------------------------------------------------------------

_FEW = 1000
"""Rows that are given up together where one of them cannot be read."""


class _ParquetFile(FileOfRows):
    """A Parquet file, whose columns come with the types they have: Parquet 文件."""

    def __init__(self, path: str) -> None:
        self.path = path
        _check_whole(path)
        try:
            self.schema = dict(pl.scan_parquet(path, glob=False).collect_schema())
            checked_names(path, list(self.schema))
            self.rows = pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
        except pl.exceptions.PolarsError as error:
            raise refused(path, Reason("table.unreadable", reason=first_line(error))) from None

    def between(self, first: int, last: int) -> pl.DataFrame:
        """Return rows; where some cannot be read, those that can and why the others cannot."""
        try:
            frame = pl.scan_parquet(self.path, glob=False).slice(first, last - first).collect()
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
            if last - first > _FEW:
                half = first + (last - first) // 2
                parts = [self.between(first, half), self.between(half, last)]
                return pl.concat(parts, how="diagonal")
            problem = Problem(
                "row", "Parquet", Reason("table.unreadable_part", reason=first_line(error))
            )
            bad = [(number, problem.explain("en")) for number in range(first + 1, last + 1)]
            return framed(pl.DataFrame(schema=self.schema), (), bad)
        return framed(frame, range(first + 1, last + 1))


def _check_whole(path: str) -> None:
    with open(path, "rb") as stream:
        head = stream.read(4)
        stream.seek(max(os.path.getsize(path) - 4, 4))
        tail = stream.read()
    if head != b"PAR1":
        raise refused(path, Reason("table.not_parquet"))
    if tail != b"PAR1":
        raise refused(path, Reason("table.cut_parquet"))
