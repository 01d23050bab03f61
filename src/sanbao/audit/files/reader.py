"""Tables of claims in files, read a chunk at a time: 申请表文件.

CSV, JSON Lines, Parquet and Excel, told apart by what a file begins with. Nothing is inferred: a
cell of CSV, JSON or Excel comes as the text it is, so that money stays exact and an id keeps its
zeros; a column of Parquet comes as the type it has.

No row is lost. A row that cannot be read (too few cells, bytes that are no text, a line that
is no JSON) comes as a row of empty cells that says why in the column :data:`ERROR`. A file
that cannot be read at all is refused before the first row of any file is.
"""

from __future__ import annotations

import csv
import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import polars as pl

from sanbao.audit.tables.input.cell_texts import FLOATS, cell_of
from sanbao.audit.tables.input.schema import CLAIM, MONEY
from sanbao.base.errors import Problem, ValidationError, shown
from sanbao.base.json_text import parse

__all__ = ["ERROR", "ROW", "ROWS", "Chunk", "Mark", "TableFile", "open_tables", "read_chunks"]

ROW: Final = "_row"
"""The column with the number of a row in its file: from 1, the header not counted."""

ERROR: Final = "_error"
"""The column that says why a row could not be read; null where it could."""

ROWS: Final = 200_000
"""So many rows are in a chunk unless said otherwise."""

_HEAD: Final = 1 << 20
_MOST_LINES: Final = 100
"""A cell over more lines than this is taken for a quote that nobody closed."""

_BOM: Final = b"\xef\xbb\xbf"
_CR: Final = "\ue000"
_NOT_ASCII: Final = re.compile(rb"[\x80-\xff]")
_SEPARATORS: Final = (b",", b";", b"\t")
_LONGEST_ROW: Final = 16 << 20
"""A text that goes on for longer without a line end is no table."""


@dataclass(frozen=True, slots=True)
class Mark:
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
    after: Mark
    share: float


class TableFile(Protocol):
    """A file that holds a table: 表文件.

    ``schema`` has the columns it is known to have, ``loose`` says that a row may have others.
    """

    path: str
    schema: dict[str, pl.DataType]
    loose: bool

    def chunk(self, mark: Mark, rows: int) -> Chunk | None:
        """Return the ``rows`` rows from ``mark`` on, or nothing at the end."""


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


def _refused(path: str, reason: str, field: str = "file", value: object = None) -> ValidationError:
    about = os.path.basename(path) if value is None else value
    return ValidationError([Problem(field, shown(about), reason, path)])


def _opened(path: str) -> TableFile:
    with open(path, "rb") as stream:
        head = stream.read(_HEAD)
    if not head.removeprefix(_BOM).strip():
        raise _refused(path, "is empty")
    if head.startswith(b"PAR1") or path.lower().endswith(".parquet"):
        return _Parquet(path)
    if head.startswith(b"PK\x03\x04"):
        return _Excel(path)
    for magic, reason in _NOT_TABLES.items():
        if head.startswith(magic):
            raise _refused(path, reason)
    if b"\0" in head:
        raise _refused(path, "is neither text nor Parquet nor Excel")
    text = head.removeprefix(_BOM).lstrip()
    if text.startswith(b"{"):
        return _Lines(path, head)
    if text.startswith(b"["):
        raise _refused(path, "is a JSON array; write JSON Lines, one claim a line")
    return _Csv(path, head)


_NOT_TABLES: Final = {
    b"\xff\xfe": "is UTF-16; save it as UTF-8",
    b"\xfe\xff": "is UTF-16; save it as UTF-8",
    b"\x1f\x8b": "is compressed; unpack it first",
    b"\xd0\xcf\x11\xe0": "is an old Excel file (.xls); save it as .xlsx",
}


def _checked(path: str, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns, made fit for a table."""
    named = tuple(name.strip() or f"column {place}" for place, name in enumerate(columns, start=1))
    problems = [
        Problem("header", shown(name), f"is the name of {named.count(name)} columns", path, 1)
        for name in dict.fromkeys(named)
        if named.count(name) > 1
    ]
    problems += [
        Problem("header", shown(name), "is a name the audit needs for itself", path, 1)
        for name in (ROW, ERROR)
        if name in named
    ]
    if problems:
        raise ValidationError(problems)
    return named


def _texts(names: Iterable[str]) -> dict[str, pl.DataType]:
    return dict.fromkeys(names, pl.String())


def _framed(
    good: pl.DataFrame, rows: Sequence[int] | range, bad: Sequence[tuple[int, str]]
) -> pl.DataFrame:
    """Return the rows that could be read and those that could not, in their order."""
    numbers = (
        pl.int_range(rows.start, rows.stop, dtype=pl.Int64, eager=True)
        if isinstance(rows, range)
        else pl.Series(rows, dtype=pl.Int64)
    )
    frame = good.with_columns(numbers.alias(ROW), pl.lit(None, dtype=pl.String).alias(ERROR))
    if not bad:
        return frame
    wrong = pl.DataFrame(bad, {ROW: pl.Int64, ERROR: pl.String}, orient="row")
    return pl.concat([frame, wrong], how="diagonal").sort(ROW)


# --- text, a line after the other --------------------------------------------------------------


def _end_of_lines(data: bytes, lines: int) -> int | None:
    """Return where so many lines end; nothing if there are not as many."""
    found = 0
    for start in range(0, len(data), _HEAD):
        here = data.count(b"\n", start, start + _HEAD)
        if found + here < lines:
            found += here
            continue
        place = start - 1
        for _ in range(lines - found):
            place = data.index(b"\n", place + 1)
        return place + 1
    return None


class _Text:
    """A text file that is read from any line on."""

    loose = False

    def __init__(self, path: str) -> None:
        self.path = path
        self.size = os.path.getsize(path)

    def read(self, place: int, size: int) -> tuple[bytes, bool]:
        """Return the bytes from ``place`` on, and whether they reach the end of the file."""
        with open(self.path, "rb") as stream:
            stream.seek(place)
            data = stream.read(size)
        whole = place + len(data) >= self.size
        if not whole and data.rfind(b"\n") < len(data) - _LONGEST_ROW:
            reason = f"has a row without an end: {_LONGEST_ROW} bytes and no line end"
            raise _refused(self.path, reason, "byte", place + len(data) - _LONGEST_ROW)
        return data, whole

    def chunk_of(
        self, mark: Mark, used: int, rows: int, frame: pl.DataFrame, encoding: str | None
    ) -> Chunk:
        """Return the chunk of the next ``used`` bytes."""
        after = Mark(mark.place + used, mark.row + rows, encoding)
        share = after.place / self.size if self.size else 1.0
        return Chunk(self.path, mark.row + 1, frame, (), after, share)


def _encoding(data: bytes) -> str | None:
    """Return in what encoding a text is, as far as it shows; ``None`` if it is ASCII.

    GB18030 makes something of almost any bytes, and Chinese in GB18030 is hardly ever UTF-8:
    so it is UTF-8 where half of the lines that are not ASCII are.
    """
    if data.isascii():
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        lines = [line for line in data.split(b"\n") if not line.isascii()]
        sound = sum(_decodes(line, "utf-8") for line in lines)
        return "utf-8" if 2 * sound >= len(lines) else "gb18030"
    return "utf-8"


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


# --- CSV ---------------------------------------------------------------------------------------


class _Csv(_Text):
    """Comma-separated values; also those separated by semicolons or tabs."""

    def __init__(self, path: str, head: bytes) -> None:
        super().__init__(path)
        start = len(_BOM) if head.startswith(_BOM) else 0
        text = head[start:]
        blank = len(text) - len(text.lstrip(b"\r\n"))
        text = text[blank:]
        line, newline, _ = text.partition(b"\n")
        if b"\r" in line[:-1]:
            raise _refused(
                path, "has lines that end in CR alone; save it with line ends CR LF or LF"
            )
        if not newline and len(head) == _HEAD:
            raise _refused(path, f"has no line end in its first {_HEAD} bytes")
        self.separator = max(_SEPARATORS, key=line.count)
        self.encoding = "utf-8" if start else _encoding(line)
        found = _first_record(text, self.separator)
        if found is None:
            raise _refused(path, "has a header with a quote that is not closed")
        used, cells = found
        try:
            names = [cell.decode(self.encoding or "utf-8") for cell in cells]
        except UnicodeDecodeError:
            raise _refused(path, "has a header that is neither UTF-8 nor GB18030") from None
        self.schema = _texts(_checked(path, names))
        self.start = start + blank + used
        lines = max(text.count(b"\n"), 1)
        self.line = min(len(text), _HEAD) / lines * 1.1
        # it begins with what it looks for, so that looking takes no time where there is none
        mark = re.escape(self.separator)
        self.odd = re.compile(rb'""(?<=[\n%b]"")[^"\r\n%b]' % (mark, mark))
        self.sound = _record_pattern(self.separator, len(self.schema))

    def chunk(self, mark: Mark, rows: int) -> Chunk | None:
        """Return the ``rows`` rows from ``mark`` on, or nothing at the end."""
        if mark.row == 0:
            mark = Mark(self.start, 0, self.encoding)
        if mark.place >= self.size:
            return None
        size = int(self.line * rows) + 1
        while True:
            data, whole = self.read(mark.place, size)
            chunk = self._read(data, whole, mark, rows)
            if chunk is not None:
                return chunk
            size *= 2

    def _read(self, data: bytes, whole: bool, mark: Mark, rows: int) -> Chunk | None:
        """Return the chunk at the beginning of ``data``, or nothing if more is needed."""
        end = _end_of_lines(data, rows)
        if end is None and not whole:
            return None
        part = data[:end]
        encoding = mark.encoding or self._encoding(data, mark.place)
        lines = part.count(b"\n") + (not part.endswith(b"\n"))
        quick = self._quick(part, lines, encoding)
        if quick is not None:
            frame = _framed(quick, range(mark.row + 1, mark.row + lines + 1), ())
            return self._done(mark, part, lines, frame, encoding)
        found = self._carefully(data, whole, mark.row, rows, encoding or "utf-8")
        if found is None:
            return None
        used, records, frame = found
        return self._done(mark, data[:used], records, frame, encoding)

    def _encoding(self, text: bytes, place: int) -> str | None:
        """Return the encoding, judged from the first line that is not ASCII on, if there is one.

        So it is the same however the text is cut into chunks.
        """
        found = None if text.isascii() else _NOT_ASCII.search(text)
        if found is None:
            return None
        line = text.rfind(b"\n", 0, found.start()) + 1
        data, whole = self.read(place + line, _HEAD)
        return _encoding(data if whole else data[: data.rfind(b"\n") + 1])

    def _done(
        self, mark: Mark, part: bytes, rows: int, frame: pl.DataFrame, encoding: str | None
    ) -> Chunk:
        chunk = self.chunk_of(mark, len(part), rows, frame, encoding)
        if chunk.after.place < self.size or part.endswith(b"\n"):
            return chunk
        reason = "has no line end; if the file was cut off, this row is not whole"
        problem = Problem("row", str(chunk.after.row), reason, self.path)
        return Chunk(chunk.file, chunk.first_row, frame, (problem,), chunk.after, chunk.share)

    def _quick(self, data: bytes, lines: int, encoding: str | None) -> pl.DataFrame | None:
        """Return a text as a table, if every line is a row as it should be."""
        separators = data.count(self.separator)
        expected = lines * (len(self.schema) - 1)
        quoted = b'"' in data
        if separators < expected or (separators > expected and not quoted):
            return None
        if quoted and self._oddly_quoted(data):
            return None
        if encoding == "gb18030":
            try:
                data = data.decode(encoding).encode()
            except UnicodeDecodeError:
                return None
        frame = self._parsed(data)
        if frame is None or len(frame) != lines:
            return None
        if quoted:
            mark = self.separator.decode()
            inside = frame.select(pl.all().str.count_matches(mark, literal=True).sum())
            separators -= sum(inside.row(0))
        # Polars fills rows that are too short and refuses those that are too long: if there are
        # as many separators between cells as there should be in all, then none is too short
        return frame if separators == expected else None

    def _oddly_quoted(self, data: bytes) -> bool:
        """Return whether Polars might make something of quotes that are not as they should be."""
        return (
            data.count(b'"') % 2 == 1
            or data.count(b"\r") > data.count(b"\r\n")
            or self.odd.search(b"\n" + data[:3]) is not None
            or self.odd.search(data) is not None
        )

    def _parsed(self, data: bytes) -> pl.DataFrame | None:
        try:
            frame = pl.read_csv(
                data,
                has_header=False,
                schema=self.schema,
                infer_schema=False,
                separator=self.separator.decode(),
            )
        except pl.exceptions.PolarsError:
            return None
        if b'""' not in data:
            return frame
        return frame.with_columns(pl.when(pl.all() != "").then(pl.all()))

    def _carefully(
        self, data: bytes, whole: bool, before: int, most: int, encoding: str
    ) -> tuple[int, int, pl.DataFrame] | None:
        """Return the bytes and rows read, and the rows, each looked at; ``None``: needs more."""
        good: list[bytes] = []
        rows: list[int] = []
        bad: list[tuple[int, str]] = []
        lines = data.split(b"\n")
        cut = whole and lines[-1] != b""
        if not cut:
            lines.pop()  # nothing, or a line of which more is to be read
        at = used = records = 0
        while records < most and at < len(lines):
            taken, record, reason = self._record(lines, at, whole)
            if taken == 0:
                return None
            text = b"\n".join(lines[at : at + taken])
            at += taken
            used += len(text) + 1
            records += 1
            if record is None:
                continue
            if reason is None:
                try:
                    good.append(record.decode(encoding).encode())
                    rows.append(before + records)
                    continue
                except UnicodeDecodeError as error:
                    name = "GB18030" if encoding == "gb18030" else "UTF-8"
                    reason = f"holds bytes that are not {name} (byte {error.start + 1})"
            if cut and at == len(lines):
                reason = f"{reason}; the file ends here"
            value = shown(text.decode(encoding, "replace").rstrip("\r"))
            bad.append((before + records, str(Problem("row", value, reason))))
        if records < most and not whole:
            return None
        frame = (
            self._parsed(b"\r\n".join(good) + b"\r\n") if good else pl.DataFrame(schema=self.schema)
        )
        if frame is None or len(frame) != len(good):
            raise AssertionError(f"{self.path}: rows were lost after row {before}")
        return min(used, len(data)), records, _framed(frame, rows, bad)

    def _record(
        self, lines: Sequence[bytes], at: int, whole: bool
    ) -> tuple[int, bytes | None, str | None]:
        """Return the lines of the record at a line, its text, and what is wrong with it.

        No lines: it may go on behind the last of them. No text: the line is blank.
        """
        line = lines[at].removesuffix(b"\r")
        if b'"' not in line:
            if not line.strip(b" "):
                return 1, None, None
            return 1, line, self._misfit(line.count(self.separator) + 1)
        if self.sound.fullmatch(line):
            return 1, line, None
        if (cells := _cells(line, self.separator)) is not None:
            return 1, *self._sized(line, cells)
        if line.count(b'"') % 2 == 0:
            return 1, line, "has a quote where none can be"
        text = line
        for taken in range(2, _MOST_LINES + 1):
            if at + taken > len(lines):
                if not whole:
                    return 0, None, None
                break
            text += b"\n" + lines[at + taken - 1].removesuffix(b"\r")
            if text.count(b'"') % 2 == 0:
                if (cells := _cells(text, self.separator)) is None:
                    break
                return taken, *self._sized(text, cells)
        return 1, line, "has a quote that is not closed"

    def _quoted(self, cell: bytes) -> bytes:
        special = any(mark in cell for mark in (b'"', b"\n", b"\r", self.separator))
        return b'"' + cell.replace(b'"', b'""') + b'"' if special else cell

    def _sized(self, text: bytes, cells: Sequence[bytes]) -> tuple[bytes, str | None]:
        """Return a record, quoted as it should be, and what is wrong with its size."""
        misfit = self._misfit(len(cells))
        return text if misfit else self.separator.join(map(self._quoted, cells)), misfit

    def _misfit(self, cells: int) -> str | None:
        if cells == len(self.schema):
            return None
        return f"has {cells} cells where the header has {len(self.schema)}"


def _record_pattern(separator: bytes, cells: int) -> re.Pattern[bytes]:
    """Return the pattern of a record of so many cells, quoted as they should be."""
    cell = rb'(?:"(?:[^"]++|"")*+"|[^"%s]*+)' % re.escape(separator)
    return re.compile(rb"%s(?:%s%s){%d}" % (cell, re.escape(separator), cell, cells - 1))


def _cells(text: bytes, separator: bytes) -> list[bytes] | None:
    """Return the cells of one record, or nothing if it is none.

    Read as Latin-1, in which every byte is a character; what has a meaning in CSV is ASCII. A
    CR alone is part of its cell.
    """
    plain = text.decode("latin-1").replace("\r", _CR)
    reader = csv.reader([plain], delimiter=separator.decode(), strict=True)
    try:
        return [cell.replace(_CR, "\r").encode("latin-1") for cell in next(reader)]
    except csv.Error:
        return None


def _first_record(text: bytes, separator: bytes) -> tuple[int, list[bytes]] | None:
    """Return the length of the first record, and its cells; nothing if there is none."""
    end = -1
    for _ in range(_MOST_LINES):
        end = text.find(b"\n", end + 1)
        whole = end < 0
        found = _cells((text if whole else text[:end]).removesuffix(b"\r"), separator)
        if found is not None:
            return len(text) if whole else end + 1, found
        if whole:
            break
    return None


# --- JSON Lines --------------------------------------------------------------------------------

_PARTS: Final = frozenset(
    field.path.partition(".")[0] for field in CLAIM.values() if "." in field.path
)
_LISTS: Final = frozenset(field.name for field in CLAIM.values() if field.type == "list")
_PATHS: Final = frozenset(field.path for field in CLAIM.values())


class _Lines(_Text):
    """JSON Lines: a claim a line, flat or as the JSON contract nests it."""

    loose = True

    def __init__(self, path: str, head: bytes) -> None:
        super().__init__(path)
        self.line = len(head) / max(head.count(b"\n"), 1) * 1.1
        lines = head.split(b"\n")
        rows = _rows(lines[:-1] if len(head) == _HEAD else lines, 1)
        self.schema = _texts(name for _, row in rows if isinstance(row, dict) for name in row)

    def chunk(self, mark: Mark, rows: int) -> Chunk | None:
        """Return the ``rows`` rows from ``mark`` on, or nothing at the end."""
        if mark.place >= self.size:
            return None
        size = int(self.line * rows) + 1
        while True:
            data, whole = self.read(mark.place, size)
            end = _end_of_lines(data, rows)
            if end is not None or whole:
                break
            size *= 2
        part = data[:end]
        lines = part.split(b"\n")
        if lines[-1] == b"":
            lines.pop()
        good: list[dict[str, str | None]] = []
        numbers: list[int] = []
        bad: list[tuple[int, str]] = []
        names = dict.fromkeys(self.schema)
        for number, row in _rows(lines, mark.row + 1):
            if isinstance(row, str):
                bad.append((number, row))
            else:
                names |= dict.fromkeys(row)
                good.append(row)
                numbers.append(number)
        if bad and bad[-1][0] == mark.row + len(lines) and not part.endswith(b"\n"):
            bad[-1] = (bad[-1][0], f"{bad[-1][1]}; the file ends here")
        frame = pl.DataFrame(good, _texts(names), orient="row")
        return self.chunk_of(mark, len(part), len(lines), _framed(frame, numbers, bad), None)


def _rows(lines: Sequence[bytes], first: int) -> Iterator[tuple[int, dict[str, str | None] | str]]:
    """Yield the row of every line that is not blank, or what is wrong with it."""
    for number, line in enumerate(lines, start=first):
        if not line.strip():
            continue
        try:
            yield number, _flat(parse(line, "row"))
        except ValidationError as error:
            yield number, str(error)


def _flat(claim: Any) -> dict[str, str | None]:
    """Return a claim as a row of texts. Raises :class:`~sanbao.ValidationError`."""
    if not isinstance(claim, dict):
        raise ValidationError.of("row", claim, "is not a JSON object")
    row: dict[str, str | None] = {}
    for key, value in claim.items():
        name = str(cell_of(key))
        if name in _PARTS and isinstance(value, dict):
            for leaf, inner in value.items():
                if f"{name}.{leaf}" not in _PATHS:
                    raise ValidationError.of(f"{name}.{leaf}", inner, "is not a known field")
                if leaf in claim:
                    raise ValidationError.of(leaf, inner, "is given twice")
                row[leaf] = _text(leaf, inner)
        elif name in (ROW, ERROR):
            raise ValidationError.of(name, value, "is a name the audit needs for itself")
        elif name not in _PARTS or value is not None:
            row[name] = _text(name, value)
    return row


def _text(name: str, value: Any) -> str | None:
    """Return a value of JSON as the text of a cell."""
    if isinstance(value, float) and name in MONEY:
        raise ValidationError.of(name, value, FLOATS)
    if isinstance(value, list | dict) and not (name in _LISTS and isinstance(value, list)):
        raise ValidationError.of(name, value, "must be one value")
    return cell_of(value)


# --- Parquet -----------------------------------------------------------------------------------


class _Parquet:
    """Parquet, a slice of rows at a time."""

    loose = False

    def __init__(self, path: str) -> None:
        self.path = path
        _whole_parquet(path)
        try:
            self.schema = dict(pl.scan_parquet(path, glob=False).collect_schema())
            _checked(path, list(self.schema))
            self.rows: int = pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
        except pl.exceptions.PolarsError as error:
            raise _refused(path, f"cannot be read: {_brief(error)}") from None

    def chunk(self, mark: Mark, rows: int) -> Chunk | None:
        """Return the ``rows`` rows from ``mark`` on, or nothing at the end."""
        if mark.row >= self.rows:
            return None
        taken = min(rows, self.rows - mark.row)
        after = Mark(mark.row + taken, mark.row + taken)
        frame = self._slice(mark.row, taken)
        return Chunk(self.path, mark.row + 1, frame, (), after, after.row / self.rows)

    def _slice(self, start: int, rows: int) -> pl.DataFrame:
        try:
            frame = pl.scan_parquet(self.path, glob=False).slice(start, rows).collect()
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
            if rows > 1000:
                half = rows // 2
                parts = [self._slice(start, half), self._slice(start + half, rows - half)]
                return pl.concat(parts, how="diagonal")
            problem = Problem("row", "Parquet", f"cannot be read ({_brief(error)})")
            bad = [(start + place, str(problem)) for place in range(1, rows + 1)]
            return _framed(pl.DataFrame(schema=self.schema), (), bad)
        return _framed(frame, range(start + 1, start + rows + 1), ())


def _whole_parquet(path: str) -> None:
    with open(path, "rb") as stream:
        head = stream.read(4)
        stream.seek(max(os.path.getsize(path) - 4, 4))
        tail = stream.read()
    if head != b"PAR1":
        raise _refused(path, "is not Parquet, whatever its name says")
    if tail != b"PAR1":
        raise _refused(path, "ends in the middle: the end of a Parquet file is not there")


def _brief(error: BaseException) -> str:
    return str(error).partition("\n")[0]


# --- Excel -------------------------------------------------------------------------------------

_MIDNIGHT: Final = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}) 00:00:00$"
_ERROR_CELL: Final = re.compile(rb'<(?:\w+:)?c\b([^<>]*\st="e"[^<>]*)>')
_CELL_NAME: Final = re.compile(rb'\sr="([A-Z]+)([0-9]+)"')
_FIRST_SHEET: Final = re.compile(rb'<(?:\w+:)?sheet\b[^<>]*\s\w+:id="([^"]+)"')
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
_LONGEST_CELL: Final = 1024


class _Excel:
    """The first sheet of an Excel workbook; it is held in memory whole."""

    loose = False

    def __init__(self, path: str) -> None:
        import fastexcel

        self.path = path
        try:
            book = fastexcel.read_excel(path)
            sheet = book.load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_polars()
            errors = _error_cells(path)
        except (fastexcel.FastExcelError, zipfile.BadZipFile, KeyError) as error:
            raise _refused(path, f"cannot be read: {_brief(error)}") from None
        stated = sheet.select(pl.any_horizontal(pl.all().is_not_null())).to_series().arg_true()
        if not len(stated):
            raise _refused(path, "is empty")
        header = stated[0]
        self.schema = _texts(_checked(path, [cell or "" for cell in sheet.row(header)]))
        sheet.columns = list(self.schema)
        self.sheet = sheet.slice(header + 1)
        self.errors = {row - header - 1: cell for row, cell in errors.items()}
        self.problems = tuple(
            Problem("sheet", shown(name), "is not read; only the first sheet is", path)
            for name in book.sheet_names[1:]
        )

    def chunk(self, mark: Mark, rows: int) -> Chunk | None:
        """Return the ``rows`` rows from ``mark`` on, or nothing at the end."""
        if mark.row >= len(self.sheet):
            return None
        part = self.sheet.slice(mark.row, rows)
        after = Mark(mark.row + len(part), mark.row + len(part))
        numbers = range(mark.row + 1, after.row + 1)
        frame = _framed(part.with_columns(pl.all().str.replace(_MIDNIGHT, "$1")), numbers, ())
        cells = [self.errors.get(number) for number in numbers]
        problems = [cell and str(Problem(cell, "an error", "has no value")) for cell in cells]
        frame = frame.with_columns(pl.Series(ERROR, problems, pl.String))
        frame = frame.filter(pl.any_horizontal(pl.col(*self.schema, ERROR).is_not_null()))
        about = self.problems if mark.row == 0 else ()
        return Chunk(self.path, mark.row + 1, frame, about, after, after.row / len(self.sheet))


def _error_cells(path: str) -> dict[int, str]:
    """Return by row of the first sheet the name of a cell that holds an error, like #N/A.

    To those who read it as a table such a cell is empty; but it is not *not stated*.
    """
    found: dict[int, str] = {}
    with zipfile.ZipFile(path) as archive, archive.open(_first_sheet(archive)) as stream:
        text = b""
        while data := stream.read(_HEAD):
            text += data
            for match in _ERROR_CELL.finditer(text):
                name = _CELL_NAME.search(match[1])
                if name is None:
                    raise KeyError("a cell with an error does not say where it is")
                found.setdefault(int(name[2]), (name[1] + name[2]).decode())
            text = text[-_LONGEST_CELL:]
    return found


def _first_sheet(archive: zipfile.ZipFile) -> str:
    """Return which part of a workbook is its first sheet. Raises :class:`KeyError`."""
    sheet = _FIRST_SHEET.search(archive.read("xl/workbook.xml"))
    relations = _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels"))
    for relation in relations if sheet else ():
        target = re.search(rb'\sTarget="/?(?:xl/)?([^"]+)"', relation)
        if target and sheet and b' Id="%s"' % sheet[1] in relation:
            return f"xl/{target[1].decode()}"
    raise KeyError("it has no first sheet")
