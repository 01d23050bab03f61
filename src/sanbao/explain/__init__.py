"""Everything that can be said and shown, in words, pages and cards: 解释.

:func:`text`, :func:`page` and :func:`card` find for a thing what says it. They are what the door
of :mod:`sanbao.base.display` opens; who makes the words of a type is named here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from sanbao.base.errors import Reason

if TYPE_CHECKING:
    from sanbao.explain.pages.cards import Card

__all__ = ["card", "page", "text"]

_TEXTS: Final[Mapping[str, str]] = {
    "sanbao.reasons.answers.Reasons": "texts.answers.explain_reasons",
    "sanbao.statespace.comparison.Comparison": "texts.comparisons.comparison_text",
    "sanbao.statespace.verification.Verification": "texts.verifications.verification_text",
}
"""What says each type in words."""

_PAGES: Final[Mapping[str, str]] = {
    "sanbao.statespace.comparison.Comparison": "texts.comparisons.comparison_page",
    "sanbao.statespace.verification.Verification": "texts.verifications.verification_page",
}
"""What makes a page of each type."""


def text(thing: object, lang: str = "zh") -> str:
    """Return ``thing`` in words, Chinese (``zh``) or English (``en``).

    Raises :class:`TypeError` for a thing that has no words, :class:`~sanbao.ValidationError` for
    another language.
    """
    words: str = _builder(_TEXTS, thing, "input.no_explanation")(thing, lang)
    return words


def page(thing: object, lang: str = "zh") -> str:
    """Return ``thing`` as one self-contained HTML page; raises as :func:`text` does."""
    made: str = _builder(_PAGES, thing, "input.no_page")(thing, lang)
    return made


def card(thing: object, lang: str = "zh") -> Card:
    """Return what a notebook shows of ``thing``; raises as :func:`text` does."""
    from sanbao.explain.pages.cards import Card
    from sanbao.explain.words.catalogue import language

    return Card(thing, language(lang))


def _builder(builders: Mapping[str, str], thing: object, refusal: str) -> Callable[..., Any]:
    """Return what makes the words or the page of a thing, by its type or the nearest above."""
    for cls in type(thing).__mro__:
        place = builders.get(f"{cls.__module__}.{cls.__name__}")
        if place is not None:
            module, _, name = place.rpartition(".")
            found: Callable[..., Any] = getattr(import_module(f"sanbao.explain.{module}"), name)
            return found
    raise TypeError(Reason(refusal, type=type(thing).__name__).both)
