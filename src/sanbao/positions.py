"""On which line a key of a text stands: 键所在行.

The standard readers of TOML and JSON say what a text holds, not where. These scanners walk
over a text that has already been read without a mistake, and note the line of every key and
every entry of a list.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

__all__ = ["Lines", "Path", "json_lines", "line_of", "toml_lines"]

Path: TypeAlias = tuple[str | int, ...]
Lines: TypeAlias = dict[Path, int]
"""The line (from 1) on which what stands at a path begins."""

_BLANK: Final = re.compile(r"[ \t\r\n]*")
_BLANK_OR_COMMENT: Final = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_SCALAR: Final = re.compile(r"[^,\]}\n#]+")
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_DOUBLE: Final = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_SINGLE: Final = re.compile(r"'([^']*)'")
_LONG: Final = (
    re.compile(r'"""(?:[^\\]|\\.)*?"""(?!")"?"?', re.DOTALL),
    re.compile(r"'''.*?'''(?!')'?'?", re.DOTALL),
)


def line_of(lines: Lines, path: Path) -> int:
    """Return the line of ``path``, or of the nearest thing around it that is known."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Text:
    """A text, a place in it, and the lines found so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: Lines = {}
        self._line = 1
        self._counted = 0

    def note(self, path: Path) -> None:
        """Remember that ``path`` stands here."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        self.lines.setdefault(path, self._line)

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Go on behind what matches here."""
        if found := pattern.match(self.text, self.at):
            self.at = found.end()

    def ahead(self, text: str) -> bool:
        """Say whether ``text`` stands here."""
        return self.text.startswith(text, self.at)

    def take(self, text: str) -> bool:
        """Go on behind ``text`` if it stands here, and say whether it does."""
        if self.ahead(text):
            self.at += len(text)
            return True
        return False


# --- JSON -----------------------------------------------------------------------------------


def json_lines(text: str) -> Lines:
    """Return the line of every path of a JSON text.

    >>> json_lines('{"a":\\n [1,\\n 2]}')[("a", 1)]
    3
    """
    place = _Text(text)
    _json_value(place, ())
    return place.lines


def _json_value(place: _Text, path: Path) -> None:
    place.skip(_BLANK)
    place.note(path)
    if place.take("{"):
        while not _ends(place, "}", _BLANK):
            key = _json_key(place, path)
            place.skip(_BLANK)
            place.take(":")
            _json_value(place, (*path, key))
    elif place.take("["):
        index = 0
        while not _ends(place, "]", _BLANK):
            _json_value(place, (*path, index))
            index += 1
    elif place.ahead('"'):
        place.skip(_DOUBLE)
    else:
        place.skip(_SCALAR)


def _json_key(place: _Text, path: Path) -> str:
    import json

    found = _DOUBLE.match(place.text, place.at)
    written = found.group() if found else '""'
    key: str = json.loads(written, strict=False)
    place.note((*path, key))
    place.at += len(written)
    return key


def _ends(place: _Text, close: str, blank: re.Pattern[str]) -> bool:
    """Go on to the next entry, or behind the end of a list or an object."""
    place.skip(blank)
    place.take(",")
    place.skip(blank)
    return place.take(close)


# --- TOML -----------------------------------------------------------------------------------


def toml_lines(text: str) -> Lines:
    """Return the line of every path of a TOML text.

    >>> toml_lines('a = 1\\n[[b]]\\nc = [1,\\n  2]')[("b", 0, "c", 1)]
    4
    """
    place = _Text(text)
    counts: dict[Path, int] = {}
    table: Path = ()
    while True:
        place.skip(_BLANK_OR_COMMENT)
        if place.at >= len(text):
            return place.lines
        if place.take("[["):
            start = place.at
            table = _header(place, counts)
            counts[table] = counts.get(table, -1) + 1
            table = (*table, counts[table])
            _note_from(place, start, table)
            place.take("]]")
        elif place.take("["):
            start = place.at
            table = _header(place, counts)
            _note_from(place, start, table)
            place.take("]")
        else:
            _toml_pair(place, table)


def _note_from(place: _Text, start: int, path: Path) -> None:
    """Note a table, and those it lies in, on the line of its header."""
    end, place.at = place.at, start
    for depth in range(1, len(path) + 1):
        place.note(path[:depth])
    place.at = end


def _header(place: _Text, counts: dict[Path, int]) -> Path:
    path: Path = ()
    for number, key in enumerate(keys := _toml_keys(place)):
        path = (*path, key)
        if path in counts and number < len(keys) - 1:
            path = (*path, counts[path])
    return path


def _toml_keys(place: _Text) -> list[str]:
    """Return a key with its dots, and go on behind it."""
    keys = []
    while True:
        place.skip(_BLANK)
        for pattern in (_BARE, _DOUBLE, _SINGLE):
            if found := pattern.match(place.text, place.at):
                place.at = found.end()
                keys.append(_key(found, pattern))
                break
        place.skip(_BLANK)
        if not place.take("."):
            return keys


def _key(found: re.Match[str], pattern: re.Pattern[str]) -> str:
    if pattern is _DOUBLE:
        import tomllib

        key: str = tomllib.loads(f"key = {found.group()}")["key"]
        return key
    return found.group(1) if pattern is _SINGLE else found.group()


def _toml_pair(place: _Text, table: Path) -> None:
    start = place.at
    path = (*table, *_toml_keys(place))
    _note_from(place, start, path)
    place.take("=")
    _toml_value(place, path)


def _toml_value(place: _Text, path: Path) -> None:
    place.skip(_BLANK_OR_COMMENT)
    place.note(path)
    if place.take("{"):
        while not _ends(place, "}", _BLANK_OR_COMMENT):
            _toml_pair(place, path)
    elif place.take("["):
        index = 0
        while not _ends(place, "]", _BLANK_OR_COMMENT):
            _toml_value(place, (*path, index))
            index += 1
    else:
        for pattern in (*_LONG, _DOUBLE, _SINGLE, _SCALAR):
            if pattern.match(place.text, place.at):
                place.skip(pattern)
                return
