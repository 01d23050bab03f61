"""Blocks that texts are made of, printed for a terminal: 折行.

It has 100 columns. A Chinese character takes two of them, and a line may end after it; other text
ends a line at a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from unicodedata import east_asian_width

from sanbao.explain.blocks.model import TextBlock
from sanbao.explain.blocks.plain import lines_of

__all__ = ["folded", "terminal_text"]

_COLUMNS: Final = 100

_WIDE: Final = "\u2e80-\u9fff\uff00-\uffef"
_PIECE: Final = re.compile(
    rf"\s+|[(\[“]*(?:第[0-9]+[条项]|[{_WIDE}])[、。，；：！？）”,.;:)\]]*|[^\s{_WIDE}]+"
)
"""What stays on one line: a space, a Chinese character with what encloses it, a word."""


def terminal_text(*parts: Iterable[TextBlock]) -> str:
    """Return parts, with an empty line between them, folded for a terminal."""
    return "\n\n".join("\n".join(lines_of(part, folded)) for part in parts)


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
