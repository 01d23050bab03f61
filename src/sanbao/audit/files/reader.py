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
from collections.abc import Iterable, Iterator
from typing import Final

from sanbao.audit.files.chunks import HEAD, Chunk, Mark, TableFile, refused
from sanbao.audit.files.csv_file import BOM, CsvFile
from sanbao.audit.files.excel import ExcelFile
from sanbao.audit.files.json_lines import JsonLines
from sanbao.audit.files.parquet import ParquetFile
from sanbao.base.errors import Problem, ValidationError

__all__ = ["ROWS", "open_tables", "read_chunks"]

ROWS: Final = 200_000
"""So many rows are in a chunk unless said otherwise."""

_NOT_TABLES: Final = {
    b"\xff\xfe": "is UTF-16; save it as UTF-8",
    b"\xfe\xff": "is UTF-16; save it as UTF-8",
    b"\x1f\x8b": "is compressed; unpack it first",
    b"\xd0\xcf\x11\xe0": "is an old Excel file (.xls); save it as .xlsx",
}


def read_chunks(path: str | os.PathLike[str], rows: int = ROWS) -> Iterator[Chunk]:
    """Yield the table in a file, ``rows`` rows at a time.

    Raises :class:`~sanbao.ValidationError` for a file that holds no table, and
    :class:`OSError`.
    """
    (table,) = open_tables([path])
    mark = Mark()
    while chunk := table.chunk(mark, rows):
        yield chunk
        mark = chunk.after


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
        raise refused(path, "is empty")
    if head.startswith(b"PAR1") or path.lower().endswith(".parquet"):
        return ParquetFile(path)
    if head.startswith(b"PK\x03\x04"):
        return ExcelFile(path)
    for magic, reason in _NOT_TABLES.items():
        if head.startswith(magic):
            raise refused(path, reason)
    if b"\0" in head:
        raise refused(path, "is neither text nor Parquet nor Excel")
    text = head.removeprefix(BOM).lstrip()
    if text.startswith(b"{"):
        return JsonLines(path, head)
    if text.startswith(b"["):
        raise refused(path, "is a JSON array; write JSON Lines, one claim a line")
    return CsvFile(path, head)
