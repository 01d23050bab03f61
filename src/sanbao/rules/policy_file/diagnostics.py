"""The mistakes of one file, each with its line and key: 文件错误.

All are gathered and reported together, in the order of the file, so that the author of a policy
can correct them at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from datetime import date, time
from typing import Any, Final

from sanbao.base.errors import Problem, Reason, ValidationError, choices, name_of, shown, suggestion
from sanbao.base.pydantic_errors import Detail, reason_of
from sanbao.rules.policy_file.source_map import Path, SourceMap

__all__ = ["Diagnostics", "file_name", "key_text", "whole_number"]

_WRITTEN: Final = object()
"""Default of ``report``: the value that the file has at the path."""

MOST: Final = 100
"""Mistakes reported per file, at most."""


class Diagnostics:
    """The diagnostics of one file: 错误清单. Of several at one key the first is kept."""

    def __init__(self, file: str, source_map: SourceMap, written: object) -> None:
        self.file = file
        self.source_map = source_map
        self.written = written
        self._found: dict[Path, Problem] = {}
        self._inside: Path = ()

    def __bool__(self) -> bool:
        return bool(self._found)

    def inside(self, path: Path) -> Diagnostics:
        """Return the diagnostics of a part of the file, whose paths begin there."""
        part = copy(self)
        part._inside = (*self._inside, *path)
        return part

    def line(self, path: Path) -> int:
        """Return the line of a path of the file."""
        return self.source_map.line((*self._inside, *path))

    def written_at(self, path: Path) -> object:
        """Return what the file has at a path, if anything; days and times as text."""
        value: Any = self.written
        for part in (*self._inside, *path):
            if isinstance(value, dict):
                value = value.get(part)
            elif isinstance(value, list) and isinstance(part, int) and part < len(value):
                value = value[part]
            else:
                return None
        return str(value) if isinstance(value, date | time) else value

    def report(self, path: Path, reason: Reason, value: object = _WRITTEN) -> None:
        """Note what is wrong at a path of the file; ``value`` is what is written there."""
        value = self.written_at(path) if value is _WRITTEN else value
        self.report_shown(path, shown(value), reason)

    def report_shown(self, path: Path, value: str, reason: Reason) -> None:
        """Note what is wrong at a path; ``value`` is printable already."""
        self._found.setdefault((*self._inside, *path), self.problem(path, value, reason))

    def problem(self, path: Path, value: str, reason: Reason) -> Problem:
        """Return what is wrong at a path, without noting it; ``value`` is printable already."""
        key = key_text((*self._inside, *path))
        return Problem(key, value, reason, file=self.file, line=self.line(path))

    def stop_if_any(self) -> None:
        """Raise :class:`~sanbao.ValidationError` with all mistakes, if there are any."""
        if self._found:
            raise self.error()

    def error(self) -> ValidationError:
        """Return the error with all mistakes, in the order of the file."""
        problems = sorted(self._found.values(), key=lambda problem: problem.line or 0)
        if len(problems) > MOST:
            reason = Reason("policy.only_first", most=MOST)
            more = Problem("file", shown(len(problems)), reason, file=self.file)
            problems = [*problems[:MOST], more]
        return ValidationError(problems)

    def near(self, value: object, known: Iterable[str]) -> Reason:
        """Return the known name nearest to ``value`` as a clause, or nothing.

        Empty once more mistakes are found than are reported.
        """
        return Reason() if len(self._found) > MOST else suggestion(value, known)

    def among(self, value: object, known: Iterable[str]) -> Reason:
        """Return all known names as a clause, the nearest to ``value`` first, or nothing.

        Empty once more mistakes are found than are reported.
        """
        return Reason() if len(self._found) > MOST else choices(value, known)

    def reason_of(self, detail: Detail, keys: Collection[str]) -> Reason:
        """Return in plain words what the model found wrong.

        ``keys`` are those that may stand where an unknown one stood.
        """
        if detail["type"].startswith("int_"):
            return whole_number(detail["loc"][-1])
        return reason_of(detail, _WORDS, keys=keys, near=self.near)


def file_name(name: str) -> str:
    """Return the whole name of a file for an error, printable."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in name)


def key_text(path: Path) -> str:
    """Return a path as one reads it.

    >>> key_text(("rights", 2, "when"))
    'rights[2].when'
    """
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{name_of(part)}" if text else name_of(part)
    return text or "file"


def whole_number(key: object) -> Reason:
    """Return what a number has to be; days and months are counted, not measured."""
    unit = next((unit for unit in ("days", "months") if str(key).endswith(unit)), None)
    return Reason("input.int" if unit is None else f"policy.whole_{unit}")


_WORDS: Final[Mapping[str, str]] = {
    "string_type": "policy.text",
    "dataclass": "policy.table",
    "dict": "policy.table",
    "missing": "policy.missing",
    "too_long": "policy.two_texts",
    "model": "policy.table",
    "unexpected": "policy.no_key_here",
}
"""What a file says otherwise than JSON."""
