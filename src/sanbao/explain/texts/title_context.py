"""The titles at hand while something is told: 名称的使用.

Whoever tells of a decision or an answer opens its titles first; the phrases find them here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Final

from sanbao.explain.texts.titles import Titles, titles_for
from sanbao.explain.words.catalogue import Language

__all__ = ["own_words", "telling_of", "title_of"]

_NONE: Final[Titles] = MappingProxyType({})
_AT_HAND: Final[ContextVar[Titles]] = ContextVar("_AT_HAND", default=_NONE)


@contextmanager
def telling_of(thing: object) -> Iterator[None]:
    """Have the titles of ``thing`` at hand, beside those that are."""
    token = _AT_HAND.set({**_AT_HAND.get(), **titles_for(thing)})
    try:
        yield
    finally:
        _AT_HAND.reset(token)


def title_of(name: str, lang: Language) -> str | None:
    """Return the title of a policy, a rule or an obligation, if it brings one."""
    found = _AT_HAND.get().get(name)
    if found is None:
        return None
    return found[0] if lang == "zh" else found[1]


def own_words(words: tuple[str, str], lang: Language) -> str:
    """Return what a policy says for itself: whole, on one line, and printable.

    >>> own_words(("一", "first   second"), "en")
    'first second'
    """
    text = " ".join((words[0] if lang == "zh" else words[1]).split())
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
