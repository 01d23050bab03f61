"""Text folded to the width of a terminal: 折行.

A Chinese character takes two columns, and a line may end after it; other text ends a line at
a space.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import east_asian_width

__all__ = ["folded"]

_COLUMNS: Final = 100

_WIDE: Final = "\u2e80-\u9fff\uff00-\uffef"
_PIECE: Final = re.compile(
    rf"\s+|[(\[“]*(?:第[0-9]+[条项]|[{_WIDE}])[、。，；：！？）”,.;:)\]]*|[^\s{_WIDE}]+"
)
"""What stays on one line: a space, a Chinese character with what encloses it, a word."""


def folded(text: str, first: str = "", rest: str = "") -> str:
    """Return ``text`` in lines of 100 columns: the ``first`` begins so, the ``rest`` so.

    >>> len(folded("a word, " * 20).splitlines())
    2
    """
    lines, line, begun = [], first, False
    for piece in _PIECE.findall(text):
        if begun and _width(line) + _width(piece.rstrip()) > _COLUMNS:
            lines.append(line.rstrip())
            line, begun = rest, False
        if begun or not piece.isspace():
            line, begun = line + piece, True
    return "\n".join([*lines, line.rstrip()])


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
