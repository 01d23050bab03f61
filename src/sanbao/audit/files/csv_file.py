"""Comma-separated values, in whatever encoding: CSV 文件.

Polars reads what is as it should be. Where a chunk is not, its records are looked at one by one, so
that a row that is none is told and stops no other.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

import polars as pl

from sanbao.audit.files.chunks import (
    HEAD,
    Chunk,
    FileOfLines,
    Position,
    checked_names,
    end_of_lines,
    framed,
    refused,
    texts,
)
from sanbao.base.errors import Problem, Reason, shown

__all__ = ["BOM", "CsvFile"]

BOM: Final = b"\xef\xbb\xbf"
"""What may stand before UTF-8."""

_CR: Final = "\ue000"
_NOT_ASCII: Final = re.compile(rb"[\x80-\xff]")
_SEPARATORS: Final = (b",", b";", b"\t")
_MOST_LINES: Final = 100
"""A cell over more lines than this is taken for a quote that nobody closed."""


class CsvFile(FileOfLines):
    """Comma-separated values; also those separated by semicolons or tabs: CSV 文件."""

    def __init__(self, path: str, head: bytes) -> None:
        super().__init__(path)
        start = len(BOM) if head.startswith(BOM) else 0
        text = head[start:]
        blank = len(text) - len(text.lstrip(b"\r\n"))
        text = text[blank:]
        line, newline, _ = text.partition(b"\n")
        if b"\r" in line[:-1]:
            raise refused(path, Reason("table.cr"))
        if not newline and len(head) == HEAD:
            raise refused(path, Reason("table.no_line_end", bytes=HEAD))
        self.separator = max(_SEPARATORS, key=line.count)
        self.encoding = "utf-8" if start else _encoding(line)
        found = _first_record(text, self.separator)
        if found is None:
            raise refused(path, Reason("table.header_quote"))
        used, cells = found
        try:
            names = [cell.decode(self.encoding or "utf-8") for cell in cells]
        except UnicodeDecodeError:
            raise refused(path, Reason("table.header_encoding")) from None
        self.schema = texts(checked_names(path, names))
        self.start = Position(start + blank + used, 0, self.encoding)
        lines = max(text.count(b"\n"), 1)
        self.line = min(len(text), HEAD) / lines * 1.1
        # it begins with what it looks for, so that looking takes no time where there is none
        mark = re.escape(self.separator)
        self.odd = re.compile(rb'""(?<=[\n%b]"")[^"\r\n%b]' % (mark, mark))
        self.sound = _record_pattern(self.separator, len(self.schema))

    def parsed(self, data: bytes, whole: bool, position: Position, rows: int) -> Chunk | None:
        """Return the chunk at the beginning of ``data``, or nothing if more is needed."""
        end = end_of_lines(data, rows)
        if end is None and not whole:
            return None
        part = data[:end]
        encoding = position.encoding or self._encoding(data, position.place)
        lines = part.count(b"\n") + (not part.endswith(b"\n"))
        quick = self._quick(part, lines, encoding)
        if quick is not None:
            frame = framed(quick, range(position.row + 1, position.row + lines + 1))
            return self._done(position, part, lines, frame, encoding)
        found = self._carefully(data, whole, position.row, rows, encoding or "utf-8")
        if found is None:
            return None
        used, records, frame = found
        return self._done(position, data[:used], records, frame, encoding)

    def _encoding(self, text: bytes, place: int) -> str | None:
        """Return the encoding, judged from the first line that is not ASCII on, if there is one.

        So it is the same however the text is cut into chunks.
        """
        found = None if text.isascii() else _NOT_ASCII.search(text)
        if found is None:
            return None
        line = text.rfind(b"\n", 0, found.start()) + 1
        data, whole = self.read(place + line, HEAD)
        return _encoding(data if whole else data[: data.rfind(b"\n") + 1])

    def _done(
        self, position: Position, part: bytes, rows: int, frame: pl.DataFrame, encoding: str | None
    ) -> Chunk:
        chunk = self.chunk_of(position, len(part), rows, frame, encoding)
        if chunk.after.place < self.size or part.endswith(b"\n"):
            return chunk
        reason = Reason("table.last_row")
        problem = Problem("row", str(chunk.after.row), reason, self.path)
        return replace(chunk, problems=(problem,))

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
        frame = self._table(data)
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

    def _table(self, data: bytes) -> pl.DataFrame | None:
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
        used = number = 0
        records = islice(self._records(lines, whole, encoding), most)
        for number, (text, record, reason) in enumerate(records, start=1):
            used += len(text) + 1
            if record is None:
                continue
            if reason is None:
                good.append(record)
                rows.append(before + number)
                continue
            ends = cut and used > len(data)
            why = Reason("table.file_ends", reason=reason) if ends else reason
            value = shown(text.decode(encoding, "replace").rstrip("\r"))
            bad.append((before + number, Problem("row", value, why).explain("en")))
        if number < most and not whole:
            return None
        frame: pl.DataFrame | None = pl.DataFrame(schema=self.schema)
        if good:
            frame = self._table(b"\r\n".join(good) + b"\r\n")
        if frame is None or len(frame) != len(good):
            raise AssertionError(f"{self.path}: rows were lost after row {before}")
        return min(used, len(data)), number, framed(frame, rows, bad)

    def _records(
        self, lines: Sequence[bytes], whole: bool, encoding: str
    ) -> Iterator[tuple[bytes, bytes | None, Reason | None]]:
        """Yield the records as they stand, each in UTF-8 as well and with what is wrong with it."""
        at = 0
        while at < len(lines):
            taken, record, reason = self._record(lines, at, whole)
            if not taken:
                return
            if record is not None and reason is None:
                record, reason = _as_utf8(record, encoding)
            yield b"\n".join(lines[at : at + taken]), record, reason
            at += taken

    def _record(
        self, lines: Sequence[bytes], at: int, whole: bool
    ) -> tuple[int, bytes | None, Reason | None]:
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
            return 1, line, Reason("table.stray_quote")
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
        return 1, line, Reason("table.open_quote")

    def _quoted(self, cell: bytes) -> bytes:
        special = any(mark in cell for mark in (b'"', b"\n", b"\r", self.separator))
        return b'"' + cell.replace(b'"', b'""') + b'"' if special else cell

    def _sized(self, text: bytes, cells: Sequence[bytes]) -> tuple[bytes, Reason | None]:
        """Return a record, quoted as it should be, and what is wrong with its size."""
        misfit = self._misfit(len(cells))
        return text if misfit else self.separator.join(map(self._quoted, cells)), misfit

    def _misfit(self, cells: int) -> Reason | None:
        if cells == len(self.schema):
            return None
        return Reason("table.cells", cells=cells, columns=len(self.schema))


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


def _as_utf8(record: bytes, encoding: str) -> tuple[bytes, Reason | None]:
    """Return a record in UTF-8, or as it is and what is wrong with it."""
    try:
        return record.decode(encoding).encode(), None
    except UnicodeDecodeError as error:
        name = "GB18030" if encoding == "gb18030" else "UTF-8"
        return record, Reason("table.bytes", name=name, byte=error.start + 1)
