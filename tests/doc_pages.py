"""The pages of the documentation: where they are, and what in them is code.

A page in Chinese has the name of the English page that it stands beside (``docs/zh/tutorial.md``
and ``docs/en/tutorial.md``), and the same examples and commands.
"""

from __future__ import annotations

import doctest
import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
DOCS: Final = ROOT / "docs"
READMES: Final = (ROOT / "README.md", ROOT / "README.zh-CN.md")
ENGLISH: Final = tuple(sorted((DOCS / "en").glob("*.md")))
CHINESE: Final = tuple(sorted((DOCS / "zh").glob("*.md")))
TWINS: Final = (
    READMES,
    *((page, other) for page in ENGLISH if (other := DOCS / "zh" / page.name) in CHINESE),
)
"""Pages that there are in both languages, the English one first."""

_BLOCK: Final = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_COMMENT: Final = re.compile(r"(?:^|\s+)#\s.*$", re.MULTILINE)


def examples(page: Path) -> list[tuple[str, str]]:
    """Return the examples of a page: what is run, and what is shown of it."""
    found = doctest.DocTestParser().get_examples(page.read_text("utf-8"))
    return [(example.source, example.want) for example in found]


def commands(page: Path) -> list[tuple[str, str]]:
    """Return every other block of code, with its language; comments may differ and are left out."""
    return [
        (kind, _COMMENT.sub("", text))
        for kind, text in _BLOCK.findall(page.read_text("utf-8"))
        if kind != "python"
    ]


def run_by_its_twin(page: Path) -> bool:
    """Say whether the examples of a page are those of its English page, to the letter."""
    return any(page == zh and examples(zh) == examples(en) for en, zh in TWINS)
