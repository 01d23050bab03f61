"""Blocks that texts are made of, printed as plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from sanbao.explain.blocks.model import Data, Indented, Line, Section, TextBlock, in_lines

__all__ = ["Fold", "lines_of", "plain_of"]

Fold: TypeAlias = Callable[[str, str, str], str]
"""Takes a text, how its first line begins and how the others do."""


def plain_of(blocks: Iterable[TextBlock]) -> str:
    """Return blocks as plain text, one point a line."""
    return "\n".join(lines_of(blocks, lambda text, first, _: first + text))


def lines_of(
    blocks: Iterable[TextBlock], fold: Fold, first: str = "", rest: str = ""
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
                yield from lines_of(inner, fold, margin, margin + " " * hang)
            case _:
                for item in block.items:
                    head, *below = in_lines(item)
                    yield fold(head, f"{first}- ", f"{first}  ")
                    yield from (fold(line, f"{first}    ", f"{first}      ") for line in below)
