"""Blocks printed as Markdown, for what shows no HTML.

Nothing that a stranger wrote becomes a mark, a tag or a link; what HTML would fold stands open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from sanbao.explain.blocks import model
from sanbao.explain.blocks.model import parts_of, visible

__all__ = ["markdown_of"]

_MARKS: Final = re.compile(r"[\\`*_\[\]|~$#]")
_OPENINGS: Final = re.compile(r"^(\s*)([-+=])|^(\s*[0-9]+)([.)])(?=\s|$)")
"""What would begin a list, a line or a heading."""

_LINKS: Final = re.compile(r"(:)(?=//)|(?<=www)(\.)|(@)", re.IGNORECASE)
"""What would make a link of a bare address."""


def markdown_of(blocks: Iterable[model.Block]) -> str:
    """Return blocks as Markdown."""
    return "\n\n".join(_markdown(block) for block in blocks)


def _markdown(block: model.Block) -> str:
    match block:
        case model.Headline(text=text, kicker=kicker, beside=beside):
            above = f"{_quoted(kicker)}\n\n" if kicker else ""
            return f"{above}### {_quoted(f'{text} {beside}'.strip())}"
        case model.Section():
            return f"**{_quoted(block.head)}**"
        case model.Line(words=words):
            return _words(words)
        case model.Listing(items=items):
            return "\n".join(f"- {_words(item)}" for item in items)
        case model.Facts(heads=heads, pairs=pairs):
            return _piped(heads, pairs)
        case model.Table(heads=heads, rows=rows):
            return _piped(heads, [row.cells for row in rows])
        case model.Figure(captions=captions):
            return "\n".join(f"- {_quoted(caption)}" for caption in captions)
        case model.Data():
            return _markdown(block.unfold)
        case model.Indented(blocks=blocks) | model.Anchored(blocks=blocks):
            return markdown_of(blocks)
        case _:
            return f"#### {_quoted(block.summary)}\n\n{markdown_of(block.blocks)}"


def _piped(heads: Sequence[str], lines: Iterable[Sequence[model.Words]]) -> str:
    first, *rest = (f"| {' | '.join(_words(cell) for cell in line)} |" for line in (heads, *lines))
    return "\n".join([first, "|---" * len(heads) + "|", *rest])


def _words(words: model.Words) -> str:
    return "".join(_bit(part) for part in parts_of(words))


def _bit(part: str | model.Bit | model.Link) -> str:
    match part:
        case str():
            return _quoted(part)
        case model.Bit(manner="br"):
            return "<br>"
        case model.Bit(text=text, manner="b") if text:
            return f"**{_quoted(text)}**"
        case _:
            return _quoted(part.text)


def _quoted(text: str) -> str:
    """Return ``text`` so that Markdown finds no mark, tag or link in it."""
    marked = _MARKS.sub(r"\\\g<0>", escape(visible(text), quote=False))
    opened = _OPENINGS.sub(r"\1\3\\\2\4", marked)
    return _LINKS.sub(lambda found: f"&#{ord(found[0])};", opened)
