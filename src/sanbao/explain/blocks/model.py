"""What texts, cards and pages are put together from: 版面.

Whatever is said is written once, as blocks: a headline, paragraphs, lists, tables, a drawing,
parts to unfold. :mod:`~sanbao.explain.blocks.plain` prints those that texts are made of as plain
text, :mod:`~sanbao.explain.blocks.html` and :mod:`~sanbao.explain.blocks.markdown` print all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from sanbao.model.rule_ref import RuleRef

__all__ = [
    "BREAK",
    "Anchored",
    "Bit",
    "Block",
    "Data",
    "Facts",
    "Figure",
    "Headline",
    "Indented",
    "Line",
    "Link",
    "Listing",
    "Row",
    "Section",
    "Subject",
    "Table",
    "TextBlock",
    "Tone",
    "Unfold",
    "Words",
    "about_in",
    "in_lines",
    "item",
    "labelled",
    "parts_of",
    "visible",
]

Tone: TypeAlias = Literal["good", "bad", "open", "calm"]


class Bit(NamedTuple):
    """Some words in a manner of their own."""

    text: str
    manner: Literal["b", "small", "code", "br"]


class Link(NamedTuple):
    """Words that lead to the part of the page with this ``anchor``."""

    text: str
    anchor: str


BREAK: Final = Bit("", "br")
"""Where a line ends inside a paragraph or a cell."""

Words: TypeAlias = str | tuple[str | Bit | Link, ...]

_LONGEST_LABEL: Final = 40
"""A longer beginning, in characters, is part of its sentence and no label."""


def labelled(label: str, text: str) -> Words:
    """Return ``text`` after its label, which is strong if it is short."""
    if 0 < len(label) <= _LONGEST_LABEL:
        return Bit(label, "b"), text
    return label + text


def item(text: str, below: Iterable[str]) -> Words:
    """Return an item of a list with more lines below it, in small letters."""
    return text, *(part for line in below for part in (BREAK, Bit(line, "small")))


def parts_of(words: Words) -> Sequence[str | Bit | Link]:
    """Return the parts of words, each of one manner."""
    return (words,) if isinstance(words, str) else words


def in_lines(words: Words) -> list[str]:
    """Return words without their manner, line by line."""
    lines = [""]
    for part in parts_of(words):
        if part == BREAK:
            lines.append("")
        else:
            lines[-1] += part if isinstance(part, str) else part.text
    return lines


def visible(text: str) -> str:
    """Return ``text`` with the characters that print nothing written as escapes."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\u3000" else ascii(c)[1:-1] for c in text)


# --- what texts are made of ------------------------------------------------------------------


class Section(NamedTuple):
    """The head of a section; that of a ``step`` has its number before it."""

    text: str
    step: int | None = None

    @property
    def head(self) -> str:
        """The head as cards and pages have it."""
        return self.text if self.step is None else f"{self.step}. {self.text}"


class Subject(NamedTuple):
    """What words speak of, for who reads blocks and no prose; nobody prints it.

    ``facts`` are named as the checks of findings name them, or as the changes of a claim do
    (``purchase.sold_on``). ``part`` is what the words are for: a ``reason`` of the outcome, the
    ``ground`` of a bar or an exclusion, who has to prove one (``proof``), or why what was asked
    for cannot be had (``asked``).
    """

    part: Literal["reason", "ground", "proof", "asked"]
    rules: tuple[RuleRef, ...]
    facts: frozenset[str]


class Line(NamedTuple):
    """A paragraph, and what it is about where it gives a reason."""

    words: Words
    about: tuple[Subject, ...] = ()


class Listing(NamedTuple):
    """A list, and what its items are about where they give reasons."""

    items: tuple[Words, ...]
    about: tuple[Subject, ...] = ()


class Data(NamedTuple):
    """Lines to copy as they are, to unfold under a ``summary`` where there is room for none."""

    summary: str
    lines: tuple[str, ...]

    @property
    def unfold(self) -> Unfold:
        """The data as cards and pages have them."""
        return Unfold(self.summary, tuple(Line((Bit(line, "code"),)) for line in self.lines))


class Indented(NamedTuple):
    """Blocks that plain text sets in ``by`` columns, and where lines are folded ``hang`` more."""

    blocks: tuple[TextBlock, ...]
    by: int
    hang: int = 0


TextBlock: TypeAlias = Section | Line | Listing | Data | Indented


# --- what cards and pages have beside ----------------------------------------------------------


class Headline(NamedTuple):
    """What it comes to, in large letters; ``kicker`` stands above, ``beside`` after it.

    The ``top`` one heads a page; a ``sentence`` is set smaller.
    """

    text: str
    tone: Tone
    kicker: str = ""
    beside: str = ""
    size: Literal["", "top", "sentence"] = ""


class Facts(NamedTuple):
    """Names and values, side by side as the room allows; a table in Markdown."""

    heads: tuple[str, str]
    pairs: tuple[tuple[str, str], ...]


class Row(NamedTuple):
    """A row of a table; ``verdict`` colours its second cell."""

    cells: tuple[Words, ...]
    verdict: str = ""
    lead: bool = False


class Table(NamedTuple):
    """A table; ``stacked`` sets its cells below each other where there is little room.

    They are then ``labelled`` with the heads where that is needed to tell them apart.
    """

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    stacked: bool = False
    labelled: bool = False


class Figure(NamedTuple):
    """A drawing as inline SVG; ``captions`` say the same in words."""

    svg: str
    captions: tuple[str, ...]
    note: str


class Unfold(NamedTuple):
    """What the reader may unfold."""

    summary: str
    blocks: tuple[Block, ...]


class Anchored(NamedTuple):
    """A part of a page that links lead to; its ``kind`` colours it."""

    anchor: str
    kind: str
    blocks: tuple[Block, ...]


Block: TypeAlias = TextBlock | Headline | Facts | Table | Figure | Unfold | Anchored


def about_in(blocks: Iterable[Block]) -> Iterator[Subject]:
    """Yield what blocks are about, and those inside them, in their order."""
    for block in blocks:
        match block:
            case Line(about=about) | Listing(about=about):
                yield from about
            case Indented(blocks=inner) | Unfold(blocks=inner) | Anchored(blocks=inner):
                yield from about_in(inner)
