"""How records show themselves: 显示.

The one door upwards. Whoever is asked for its words, its page or its card asks the presenter for
them, :mod:`sanbao.explain`, which is found by its name when somebody looks and not before: no
floor below has to know it.

A notebook asks an object for ``_repr_html_`` or ``_repr_markdown_``; both are Chinese, and
``card("en")`` shows the same in English. ``str`` gives the words, ``repr`` one short line for
lists and logs.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, Literal, Protocol

__all__ = ["Card", "Displayed", "Explained", "page_of", "text_of"]


class Card(Protocol):
    """What a notebook shows of a thing: 卡片. ``str`` gives the Markdown."""

    @property
    def html(self) -> str:
        """The card as an HTML fragment with its style sheet."""

    @property
    def markdown(self) -> str:
        """The card as Markdown."""


class _Presenter(Protocol):
    """What :mod:`sanbao.explain` offers for everything that can be shown."""

    def text(self, thing: object, lang: str) -> str: ...
    def page(self, thing: object, lang: str) -> str: ...
    def card(self, thing: object, lang: str) -> Card: ...


def _presenter() -> _Presenter:
    presenter: Any = import_module("sanbao.explain")
    return presenter  # type: ignore[no-any-return]


def text_of(thing: object, lang: str) -> str:
    """Return a thing in words. Raises :class:`~sanbao.ValidationError` for another language."""
    return _presenter().text(thing, lang)


def page_of(thing: object, lang: str) -> str:
    """Return a thing as one self-contained page; raises as :func:`text_of` does."""
    return _presenter().page(thing, lang)


class Explained:
    """What can say in words what it is: 可用文字说明.

    ``repr`` stays one line, for lists and logs. IPython takes whichever of ``__repr__`` and
    ``_repr_pretty_`` it finds first among the bases, so a class below must not define the former.
    """

    __slots__ = ()

    def __str__(self) -> str:
        """Return the explanation, in Chinese; of what has none the same as ``repr``."""
        explain: Callable[[], str] | None = getattr(self, "explain", None)
        return repr(self) if explain is None else explain()

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Write to a terminal of IPython: the words, or inside something else the ``repr``."""
        alone = len(printer.stack) == 1 and not cycle
        for place, line in enumerate((str(self) if alone else repr(self)).splitlines()):
            if place:
                printer.break_()
            printer.text(line)


class Displayed(Explained):
    """What a notebook can show: 可在笔记本中显示."""

    __slots__ = ()

    def card(self, lang: Literal["zh", "en"] = "zh") -> Card:
        """Return what a notebook shows, in Chinese (``zh``) or English (``en``).

        Raises :class:`~sanbao.ValidationError` for another language.
        """
        return _presenter().card(self, lang)

    def _repr_html_(self) -> str:
        return self.card().html

    def _repr_markdown_(self) -> str:
        return self.card().markdown
