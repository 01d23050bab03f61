"""Blocks printed as HTML.

Nothing gets out of here unescaped, and no character that prints nothing (control characters,
marks that turn the direction of writing) stays invisible: blocks may hold what a stranger
wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from sanbao.explain.blocks import model
from sanbao.explain.blocks.model import parts_of, visible

__all__ = ["html_of", "safe"]

_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]+"
)

_KEPT: Final = re.compile(
    r"(?P<day>\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b|(?<![0-9])[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)"
    r"|(?<![\w.,-])[0-9][0-9,.]* ?(?:元|天|日|年|个月|次|%|(?:yuan|days?|months?)\b)"
    r"|第[0-9]+(?:至[0-9]+)?[条项款日天]|\b(?:art|app|day)[.s]? [0-9]+(?:\([0-9]+\))?",
    re.ASCII,
)
"""What stays on one line: a date, a number and its unit, a number and what it numbers."""


def safe(text: str) -> str:
    r"""Return ``text`` for a place in HTML where only text can stand.

    >>> safe("a < b" + chr(0x202E))
    'a &lt; b\\u202e'
    """
    return _RIGHT_TO_LEFT.sub(r"<bdi>\g<0></bdi>", escape(visible(text)))


def html_of(blocks: Iterable[model.Block]) -> str:
    """Return blocks as HTML."""
    return "\n".join(_html(block) for block in blocks)


def _html(block: model.Block) -> str:
    match block:
        case model.Headline():
            return _headline(block)
        case model.Section():
            return f"<h2>{_unbroken(block.head)}</h2>"
        case model.Line(words=words):
            return f"<p>{_words(words)}</p>"
        case model.Listing(items=items):
            return f"<ul>{''.join(f'<li>{_words(item)}</li>' for item in items)}</ul>"
        case model.Facts(pairs=pairs):
            named = (
                f"<div><dt>{safe(name)}</dt><dd>{_words(value)}</dd></div>" for name, value in pairs
            )
            return f"<dl>{''.join(named)}</dl>"
        case model.Table():
            return _table(block)
        case model.Figure(svg=svg, note=note):
            below = f"<p><small>{safe(note)}</small></p>" if note else ""
            return f'<div class="drawing">{svg}</div>{below}'
        case model.Data():
            return _html(block.unfold)
        case model.Indented(blocks=blocks):
            return html_of(blocks)
        case model.Anchored(anchor=anchor, kind=kind, blocks=blocks):
            return f'<section id="{anchor}" class="{kind}">\n{html_of(blocks)}\n</section>'
        case _:
            folded = html_of(block.blocks)
            return f"<details><summary>{_unbroken(block.summary)}</summary>\n{folded}\n</details>"


def _headline(block: model.Headline) -> str:
    kicker = f'<p class="kicker">{safe(block.kicker)}</p>\n' if block.kicker else ""
    beside = f' <span class="beside">{safe(block.beside)}</span>' if block.beside else ""
    text = _unbroken(block.text) + beside
    if block.size == "top":
        return f'{kicker}<h1 class="{block.tone}">{text}</h1>'
    return f'{kicker}<p class="{f"headline {block.tone} {block.size}".strip()}">{text}</p>'


def _table(block: model.Table) -> str:
    heads = "".join(f"<th>{safe(head)}</th>" for head in block.heads)
    labels = block.heads if block.labelled else ("",) * len(block.heads)
    rows = "\n".join(_row(row, labels) for row in block.rows)
    kind = "scroll stacked" if block.stacked else "scroll"
    return (
        f'<div class="{kind}"><table>\n<thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table></div>"
    )


def _row(row: model.Row, labels: Sequence[str]) -> str:
    mark = ' class="lead"' if row.lead else ""
    cells = []
    for place, (cell, label) in enumerate(zip(row.cells, labels, strict=True)):
        kind = f' class="{row.verdict}"' if row.verdict and place == 1 else ""
        label_mark = f' data-label="{safe(label)}"' if label and place else ""
        cells.append(f"<td{kind}{label_mark}>{_words(cell)}</td>")
    return f"<tr{mark}>{''.join(cells)}</tr>"


def _words(words: model.Words) -> str:
    return "".join(_bit(part) for part in parts_of(words))


def _bit(part: str | model.Bit | model.Link) -> str:
    if isinstance(part, str):
        return _unbroken(part)
    if isinstance(part, model.Link):
        return f'<a href="#{part.anchor}">{_unbroken(part.text)}</a>'
    if part.manner == "br":
        return "<br>"
    return f"<{part.manner}>{_unbroken(part.text)}</{part.manner}>"


def _unbroken(text: str) -> str:
    return _KEPT.sub(_kept, safe(text))


def _kept(found: re.Match[str]) -> str:
    if found["day"] is not None:
        return f"<time>{found[0]}</time>"
    return f'<span class="measured">{found[0]}</span>'
