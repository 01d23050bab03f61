"""What stands around a page or a card, so that it needs nothing else: 单页文档."""

from __future__ import annotations

from sanbao.explain.blocks.html import safe
from sanbao.explain.blocks.style import PAGE_STYLE, STYLE
from sanbao.explain.words.catalogue import Language, lang_tag

__all__ = ["PARTS_STYLE", "card", "document"]

PARTS_STYLE = """
.sanbao-card a { color: inherit; text-underline-offset: .2em; }
.sanbao-card section { margin: 1.2rem 0 0; padding: .2rem 0 .2rem .9rem;
  border-left: 3px solid var(--line); }
.sanbao-card section.worse { border-color: var(--bad); }
.sanbao-card section.better { border-color: var(--good); }
.sanbao-card section > p:first-child { font-size: 1.07em; }
.sanbao-card section details { border: 0; padding: 0; margin-top: .4rem; }
.sanbao-card section details + p { margin-top: .9rem; }
.sanbao-card section details code { display: block; padding: .5rem .6rem; color: var(--ink);
  background: var(--tint) !important; border-radius: 4px; user-select: all; }
@media print {
  .sanbao-card section > p:first-child { break-after: avoid; }
  .sanbao-card section details code { break-inside: avoid; }
}
"""
"""What a page of several answers has beside the style of all pages."""


def card(body: str, lang: Language, style: str = "") -> str:
    """Return a fragment for a notebook around ``body``, which is HTML already."""
    return (
        f'<div class="sanbao-card" lang="{lang_tag(lang)}">\n<style>\n{STYLE}{style}</style>\n'
        f"{body}\n</div>"
    )


def document(title: str, body: str, lang: Language, style: str = "\n") -> str:
    """Return a page with this title around ``body``, which is HTML already."""
    return f"""<!DOCTYPE html>
<html lang="{lang_tag(lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{safe(title)}</title>
<style>
{PAGE_STYLE}{style}</style>
</head>
<body class="sanbao-page">
<main class="sanbao-card">
{body}
</main>
</body>
</html>
"""
