"""JSON Lines, a claim a line: JSON Lines 文件."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import polars as pl

from sanbao.audit.files.chunks import (
    ERROR,
    ROW,
    Chunk,
    FileOfLines,
    Mark,
    end_of_lines,
    framed,
    texts,
)
from sanbao.audit.tables.input.cell_texts import FLOATS, cell_of
from sanbao.audit.tables.input.schema import CLAIM, MONEY
from sanbao.base.errors import ValidationError
from sanbao.base.json_text import parse

__all__ = ["JsonLines"]

_PARTS: Final = frozenset(
    field.path.partition(".")[0] for field in CLAIM.values() if "." in field.path
)
_LISTS: Final = frozenset(field.name for field in CLAIM.values() if field.type == "list")
_PATHS: Final = frozenset(field.path for field in CLAIM.values())


class JsonLines(FileOfLines):
    """A claim a line, flat or as the JSON contract nests it: JSON Lines 文件."""

    loose = True

    def __init__(self, path: str, head: bytes) -> None:
        super().__init__(path)
        self.line = len(head) / max(head.count(b"\n"), 1) * 1.1
        lines = head.split(b"\n")
        rows = _rows(lines[:-1] if len(head) < self.size else lines, 1)
        self.schema = texts(name for _, row in rows if isinstance(row, dict) for name in row)

    def parsed(self, data: bytes, whole: bool, mark: Mark, rows: int) -> Chunk | None:
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
        for number, row in _rows(lines, mark.row + 1):
            if isinstance(row, str):
                bad.append((number, row))
            else:
                names |= dict.fromkeys(row)
                good.append(row)
                numbers.append(number)
        if bad and bad[-1][0] == mark.row + len(lines) and not part.endswith(b"\n"):
            bad[-1] = (bad[-1][0], f"{bad[-1][1]}; the file ends here")
        frame = pl.DataFrame(good, texts(names), orient="row")
        return self.chunk_of(mark, len(part), len(lines), framed(frame, numbers, bad), None)


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
                row[leaf] = _cell(leaf, inner)
        elif name in (ROW, ERROR):
            raise ValidationError.of(name, value, "is a name the audit needs for itself")
        elif name not in _PARTS or value is not None:
            row[name] = _cell(name, value)
    return row


def _cell(name: str, value: Any) -> str | None:
    """Return a value of JSON as the text of a cell."""
    if isinstance(value, float) and name in MONEY:
        raise ValidationError.of(name, value, FLOATS)
    if isinstance(value, list | dict) and not (name in _LISTS and isinstance(value, list)):
        raise ValidationError.of(name, value, "must be one value")
    return cell_of(value)
