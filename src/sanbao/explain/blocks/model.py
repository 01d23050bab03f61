"""What cards and pages are put together from, as HTML and as Markdown: 版面.

A card is written once, as blocks: a headline, paragraphs, lists, tables, a drawing, parts to
unfold. Here blocks become HTML, or Markdown for what shows no HTML.

Nothing gets out of here unescaped, and no character that prints nothing (control characters,
marks that turn the direction of writing) stays invisible: blocks may hold what a stranger
wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, Literal, TypeAlias

__all__ = [
    "BREAK",
    "Bit",
    "Block",
    "Facts",
    "Figure",
    "Headline",
    "Line",
    "Listing",
    "Row",
    "Section",
    "Table",
    "Tone",
    "Unfold",
    "Words",
    "html_of",
    "markdown_of",
    "safe",
]

Tone: TypeAlias = Literal["good", "bad", "open", "calm"]


@dataclass(frozen=True, slots=True)
class Bit:
    """Some words in a manner of their own."""

    text: str
    manner: Literal["b", "small", "code", "br"]


BREAK: Final = Bit("", "br")
"""Where a line ends inside a paragraph or a cell."""

Words: TypeAlias = str | tuple[str | Bit, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """What it comes to, in large letters; ``kicker`` stands above, ``beside`` after it.

    The ``top`` one heads a page; a ``sentence`` is set smaller.
    """

    text: str
    tone: Tone
    kicker: str = ""
    beside: str = ""
    size: Literal["", "top", "sentence"] = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The head of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph."""

    words: Words


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, side by side as the room allows; a table in Markdown."""

    heads: tuple[str, str]
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; ``verdict`` colours its second cell."""

    cells: tuple[Words, ...]
    verdict: str = ""
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``stacked`` sets its cells below each other where there is little room.

    They are then ``labelled`` with the heads where that is needed to tell them apart.
    """

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    stacked: bool = False
    labelled: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing as inline SVG; ``captions`` say the same in words."""

    svg: str
    captions: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Unfold:
    """What the reader may unfold."""

    summary: str
    blocks: tuple[Block, ...]


Block: TypeAlias = Headline | Section | Line | Listing | Facts | Table | Figure | Unfold


# --- HTML --------------------------------------------------------------------------------

_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]+"
)


_DAY: Final = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b", re.ASCII)
"""A date stays on one line."""


def safe(text: str) -> str:
    r"""Return ``text`` for a place in HTML where only text can stand.

    >>> safe("a < b" + chr(0x202E))
    'a &lt; b\\u202e'
    """
    return _RIGHT_TO_LEFT.sub(r"<bdi>\g<0></bdi>", escape(_visible(text)))


def _visible(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\u3000" else ascii(c)[1:-1] for c in text)


def html_of(blocks: Iterable[Block]) -> str:
    """Return blocks as HTML."""
    return "\n".join(_html(block) for block in blocks)


def _html(block: Block) -> str:
    match block:
        case Headline():
            return _headline(block)
        case Section(text=text):
            return f"<h2>{safe(text)}</h2>"
        case Line(words=words):
            return f"<p>{_words(words)}</p>"
        case Listing(items=items):
            return f"<ul>{''.join(f'<li>{_words(item)}</li>' for item in items)}</ul>"
        case Facts(pairs=pairs):
            told = (
                f"<div><dt>{safe(name)}</dt><dd>{_words(value)}</dd></div>" for name, value in pairs
            )
            return f"<dl>{''.join(told)}</dl>"
        case Table():
            return _table(block)
        case Figure(svg=svg, note=note):
            below = f"<p><small>{safe(note)}</small></p>" if note else ""
            return f'<div class="drawing">{svg}</div>{below}'
        case _:
            folded = html_of(block.blocks)
            return f"<details><summary>{safe(block.summary)}</summary>\n{folded}\n</details>"


def _headline(block: Headline) -> str:
    kicker = f'<p class="kicker">{safe(block.kicker)}</p>\n' if block.kicker else ""
    beside = f' <span class="beside">{safe(block.beside)}</span>' if block.beside else ""
    text = safe(block.text) + beside
    if block.size == "top":
        return f'{kicker}<h1 class="{block.tone}">{text}</h1>'
    return f'{kicker}<p class="{f"headline {block.tone} {block.size}".strip()}">{text}</p>'


def _table(block: Table) -> str:
    heads = "".join(f"<th>{safe(head)}</th>" for head in block.heads)
    labels = block.heads if block.labelled else ("",) * len(block.heads)
    rows = "\n".join(_row(row, labels) for row in block.rows)
    kind = "scroll stacked" if block.stacked else "scroll"
    return (
        f'<div class="{kind}"><table>\n<thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table></div>"
    )


def _row(row: Row, labels: Sequence[str]) -> str:
    mark = ' class="lead"' if row.lead else ""
    cells = []
    for place, (cell, label) in enumerate(zip(row.cells, labels, strict=True)):
        kind = f' class="{row.verdict}"' if row.verdict and place == 1 else ""
        label_mark = f' data-label="{safe(label)}"' if label and place else ""
        cells.append(f"<td{kind}{label_mark}>{_words(cell)}</td>")
    return f"<tr{mark}>{''.join(cells)}</tr>"


def _words(words: Words) -> str:
    return "".join(_bit(part) for part in _parts(words))


def _parts(words: Words) -> Sequence[str | Bit]:
    return (words,) if isinstance(words, str) else words


def _bit(part: str | Bit) -> str:
    if isinstance(part, str):
        return _unbroken(part)
    if part.manner == "br":
        return "<br>"
    return f"<{part.manner}>{_unbroken(part.text)}</{part.manner}>"


def _unbroken(text: str) -> str:
    return _DAY.sub(r"<time>\g<0></time>", safe(text))


# --- Markdown ----------------------------------------------------------------------------

_MARKS: Final = re.compile(r"[\\`*_\[\]|~$#]")
_OPENINGS: Final = re.compile(r"^(\s*)([-+=])|^(\s*[0-9]+)([.)])(?=\s|$)")
"""What would begin a list, a line or a heading."""

_LINKS: Final = re.compile(r"(:)(?=//)|(?<=www)(\.)|(@)", re.IGNORECASE)
"""What would make a link of a bare address."""


def markdown_of(blocks: Iterable[Block]) -> str:
    """Return blocks as Markdown; what HTML would fold stands open."""
    return "\n\n".join(_markdown(block) for block in blocks)


def _markdown(block: Block) -> str:
    match block:
        case Headline(text=text, kicker=kicker, beside=beside):
            above = f"{_quoted(kicker)}\n\n" if kicker else ""
            return f"{above}### {_quoted(f'{text} {beside}'.strip())}"
        case Section(text=text):
            return f"**{_quoted(text)}**"
        case Line(words=words):
            return _spoken(words)
        case Listing(items=items):
            return "\n".join(f"- {_spoken(item)}" for item in items)
        case Facts(heads=heads, pairs=pairs):
            return _piped(heads, pairs)
        case Table(heads=heads, rows=rows):
            return _piped(heads, [row.cells for row in rows])
        case Figure(captions=captions):
            return "\n".join(f"- {_quoted(caption)}" for caption in captions)
        case _:
            return f"#### {_quoted(block.summary)}\n\n{markdown_of(block.blocks)}"


def _piped(heads: Sequence[str], lines: Iterable[Sequence[Words]]) -> str:
    first, *rest = (f"| {' | '.join(_spoken(cell) for cell in line)} |" for line in (heads, *lines))
    return "\n".join([first, "|---" * len(heads) + "|", *rest])


def _spoken(words: Words) -> str:
    return "".join(_said(part) for part in _parts(words))


def _said(part: str | Bit) -> str:
    if isinstance(part, str):
        return _quoted(part)
    match part.manner:
        case "br":
            return "<br>"
        case "b" if part.text:
            return f"**{_quoted(part.text)}**"
        case _:
            return _quoted(part.text)


def _quoted(text: str) -> str:
    """Return ``text`` so that Markdown finds no mark, tag or link in it."""
    marked = _MARKS.sub(r"\\\g<0>", escape(_visible(text), quote=False))
    opened = _OPENINGS.sub(r"\1\3\\\2\4", marked)
    return _LINKS.sub(lambda found: f"&#{ord(found[0])};", opened)
