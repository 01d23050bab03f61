"""From a key of a TOML or JSON text to its line: 键的行号.

The readers of the standard library say what a text holds, not where. The scanners here go
through a text once, before it is read, and note on which line each key and each part of a list
begins. They take whatever comes: where a text is no TOML or JSON they stop, and the reader says
why. On the way they see what a reader had better never be given: nesting that would exhaust the
stack and numbers of a thousand digits.
"""

from __future__ import annotations

import json
import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, TypeAlias

__all__ = ["DEEPEST", "LONGEST", "Path", "SourceMap", "json_source_map", "toml_source_map"]

Path: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys of tables and places in lists."""

DEEPEST: Final = 120
"""The most keys and places that may lead to a value."""

LONGEST: Final = 100
"""The most characters of a number or a date."""

_JSON_BLANK: Final = re.compile(r"[ \t\r\n]*+")
_TOML_BLANK: Final = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_TOML_SPACE: Final = re.compile(r"[ \t]*+")
_JSON_BARE: Final = re.compile(r"[^\s,\]}]++")
_TOML_BARE: Final = re.compile(r"[^,\]}#\n]++")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]++")
_BASIC: Final = re.compile(r'"(?:[^"\\\n]++|\\.)*+"')
_LITERAL: Final = re.compile(r"'[^'\n]*+'")
_LONG_BASIC: Final = re.compile(r'"""(?:[^"\\]++|\\.|"(?!""))*+"{3,5}', re.DOTALL)
_LONG_LITERAL: Final = re.compile(r"'''(?:[^']++|'(?!''))*+'{3,5}")
_TOML_STRINGS: Final = (_LONG_BASIC, _LONG_LITERAL, _BASIC, _LITERAL)


@dataclass(slots=True)
class SourceMap:
    """Lines of all keys and list entries of a text: 行号表.

    ``lines`` are the lines of all paths, counted from 1; ``twice`` are repeated keys
    with both lines. ``too_deep`` and ``too_long`` are the lines where nesting or a number
    passed the limits; nothing behind them was looked at.
    """

    lines: dict[Path, int] = field(default_factory=dict)
    twice: list[tuple[Path, int, int]] = field(default_factory=list)
    too_deep: int | None = None
    too_long: int | None = None

    def line(self, path: Path) -> int:
        """Return the line of a path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def nearest(self, line: int) -> Path:
        """Return the path of what begins last on a line or before it."""
        found: Path = ()
        at = 0
        for path, begins in self.lines.items():
            if at <= begins <= line:
                found, at = path, begins
        return found


class _StopError(Exception):
    """The text goes on in a way the scanner does not understand."""


class _Scanner:
    """A place in a text, and what was noted on the way to it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found = SourceMap()
        self._line = 1
        self._counted = 0

    @property
    def line(self) -> int:
        """The line of the place."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def take(self, pattern: re.Pattern[str]) -> str | None:
        """Consume and return what the pattern matches here."""
        match = pattern.match(self.text, self.at)
        if match is None:
            return None
        self.at = match.end()
        return match.group()

    def takes(self, sign: str) -> bool:
        """Consume ``sign`` if it comes next; return whether it did."""
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        return True

    def demand(self, sign: str) -> None:
        """Consume ``sign``, which must come next."""
        if not self.takes(sign):
            raise _StopError

    def number(self, bare: re.Pattern[str]) -> None:
        """Consume a number, a date or a word."""
        written = self.take(bare)
        if written is None or written[0] in "\"'":
            raise _StopError
        if len(written.strip()) > LONGEST:
            self.found.too_long = self.line
            raise _StopError

    def note(self, path: Path) -> None:
        """Note that a path begins here, unless it began before."""
        if len(path) > DEEPEST:
            self.found.too_deep = self.line
            raise _StopError
        self.found.lines.setdefault(path, self.line)

    def key(self, path: Path) -> None:
        """Note a key that must not be repeated."""
        before = self.found.lines.get(path)
        if before is not None:
            self.found.twice.append((path, before, self.line))
        self.note(path)


# --- JSON --------------------------------------------------------------------------------


def json_source_map(text: str) -> SourceMap:
    r"""Return the source map of a JSON text.

    >>> json_source_map('{"a": [1,\n2]}').line(("a", 1))
    2
    """
    scanner = _Scanner(text)
    with suppress(_StopError):
        _json_value(scanner, ())
    return scanner.found


def _json_value(scanner: _Scanner, path: Path) -> None:
    scanner.take(_JSON_BLANK)
    scanner.note(path)
    if scanner.takes("{"):
        scanner.take(_JSON_BLANK)
        while not scanner.takes("}"):
            place = (*path, _json_key(scanner))
            scanner.key(place)
            scanner.take(_BASIC)
            scanner.take(_JSON_BLANK)
            scanner.demand(":")
            _json_value(scanner, place)
            _json_next(scanner, "}")
    elif scanner.takes("["):
        scanner.take(_JSON_BLANK)
        index = 0
        while not scanner.takes("]"):
            _json_value(scanner, (*path, index))
            index += 1
            _json_next(scanner, "]")
    elif scanner.take(_BASIC) is None:
        scanner.number(_JSON_BARE)


def _json_key(scanner: _Scanner) -> str:
    """Return the next key without consuming it."""
    match = _BASIC.match(scanner.text, scanner.at)
    if match is None:
        raise _StopError
    try:
        key: str = json.loads(match.group())
    except ValueError:
        raise _StopError from None
    return key


def _json_next(scanner: _Scanner, end: str) -> None:
    scanner.take(_JSON_BLANK)
    if scanner.takes(","):
        scanner.take(_JSON_BLANK)
    elif not scanner.text.startswith(end, scanner.at):
        raise _StopError


# --- TOML --------------------------------------------------------------------------------


def toml_source_map(text: str) -> SourceMap:
    r"""Return the source map of a TOML text.

    >>> toml_source_map('[[rights]]\n[[rights]]\nid = "art11.refund"').line(("rights", 1, "id"))
    3
    """
    scanner = _Scanner(text)
    with suppress(_StopError):
        _toml_tables(scanner)
    return scanner.found


def _toml_tables(scanner: _Scanner) -> None:
    table: Path = ()
    lengths: dict[Path, int] = {}
    headers: set[Path] = set()
    scanner.note(())
    while True:
        scanner.take(_TOML_BLANK)
        if scanner.at == len(scanner.text):
            return
        if scanner.takes("[["):
            keys = _toml_keys(scanner)
            listed = (*_inside(keys[:-1], lengths), keys[-1])
            _note_all(scanner, listed)
            place = lengths.get(listed, 0)
            table = (*listed, place)
            lengths[listed] = place + 1
            scanner.note(table)
            scanner.demand("]]")
        elif scanner.takes("["):
            table = _inside(_toml_keys(scanner), lengths)
            if table in headers:
                scanner.key(table)
            headers.add(table)
            _note_all(scanner, table)
            scanner.demand("]")
        else:
            _toml_pair(scanner, table)


def _inside(keys: tuple[str, ...], lengths: dict[Path, int]) -> Path:
    """Return the path that the keys of a header mean: of a list of tables, its last."""
    path: Path = ()
    for key in keys:
        path = (*path, key)
        if path in lengths:
            path = (*path, lengths[path] - 1)
    return path


def _note_all(scanner: _Scanner, path: Path) -> None:
    """Note a path and all that it lies in."""
    for end in range(1, len(path) + 1):
        scanner.note(path[:end])


def _toml_keys(scanner: _Scanner) -> tuple[str, ...]:
    """Consume a dotted key and return its parts."""
    keys: list[str] = []
    while True:
        scanner.take(_TOML_SPACE)
        keys.append(_toml_key(scanner))
        if len(keys) > DEEPEST:
            scanner.found.too_deep = scanner.line
            raise _StopError
        scanner.take(_TOML_SPACE)
        if not scanner.takes("."):
            return tuple(keys)


def _toml_key(scanner: _Scanner) -> str:
    bare = scanner.take(_BARE_KEY)
    if bare is not None:
        return bare
    quoted = scanner.take(_BASIC) or scanner.take(_LITERAL)
    if quoted is None:
        raise _StopError
    try:
        key: str = tomllib.loads(f"key = {quoted}")["key"]
    except ValueError:
        raise _StopError from None
    return key


def _toml_pair(scanner: _Scanner, table: Path) -> None:
    keys = _toml_keys(scanner)
    path = (*table, *keys)
    for end in range(1, len(keys)):
        scanner.note((*table, *keys[:end]))
    scanner.key(path)
    scanner.demand("=")
    scanner.take(_TOML_SPACE)
    _toml_value(scanner, path)


def _toml_value(scanner: _Scanner, path: Path) -> None:
    if scanner.takes("["):
        scanner.take(_TOML_BLANK)
        index = 0
        while not scanner.takes("]"):
            scanner.note((*path, index))
            _toml_value(scanner, (*path, index))
            index += 1
            _toml_next(scanner, "]", _TOML_BLANK)
    elif scanner.takes("{"):
        scanner.take(_TOML_SPACE)
        while not scanner.takes("}"):
            _toml_pair(scanner, path)
            _toml_next(scanner, "}", _TOML_SPACE)
    elif all(scanner.take(string) is None for string in _TOML_STRINGS):
        scanner.number(_TOML_BARE)


def _toml_next(scanner: _Scanner, end: str, blank: re.Pattern[str]) -> None:
    scanner.take(blank)
    if scanner.takes(","):
        scanner.take(blank)
    elif not scanner.text.startswith(end, scanner.at):
        raise _StopError
