"""Blocks that texts are made of, printed as plain text, as they are or folded for a terminal: 折行.

A terminal has 100 columns. A Chinese character takes two of them, and a line may end after it;
other text ends a line at a space.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias
from unicodedata import east_asian_width

from sanbao.explain.blocks.model import Data, Indented, Line, Section, TextBlock, in_lines

__all__ = ["folded", "plain_of", "terminal_text"]

_Fold: TypeAlias = Callable[[str, str, str], str]
"""Takes a text, how its first line begins and how the others do."""


def plain_of(blocks: Iterable[TextBlock]) -> str:
    """Return blocks as plain text, one point a line."""
    return "\n".join(_lines(blocks, lambda text, first, _: first + text))


def terminal_text(*parts: Iterable[TextBlock]) -> str:
    """Return parts, with an empty line between them, folded for a terminal."""
    return "\n\n".join("\n".join(_lines(part, folded)) for part in parts)


def _lines(
    blocks: Iterable[TextBlock], fold: _Fold, first: str = "", rest: str = ""
) -> Iterator[str]:
    """Yield blocks line by line; a paragraph begins with ``first``, where it is folded ``rest``."""
    for block in blocks:
        match block:
            case Section(text=text, step=step):
                yield f"== {text} ==" if step is None else block.head
            case Line(words=words):
                yield from (fold(line, first, rest) for line in in_lines(words))
            case Data(lines=lines):
                yield from (first + line for line in lines)
            case Indented(blocks=inner, by=by, hang=hang):
                margin = first + " " * by
                yield from _lines(inner, fold, margin, margin + " " * hang)
            case _:
                for item in block.items:
                    head, *below = in_lines(item)
                    yield fold(head, f"{first}- ", f"{first}  ")
                    yield from (fold(line, f"{first}    ", f"{first}      ") for line in below)


# --- lines of a terminal -----------------------------------------------------------------------

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
