"""How objects show themselves in a notebook: 笔记本显示.

A notebook asks an object for ``_repr_html_`` or ``_repr_markdown_``. Both are made by
:mod:`sanbao.explain.pages.cards` when asked for, in Chinese; ``card("en")`` shows the same in
English. ``str`` gives the words, ``repr`` one short line for lists and logs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from sanbao.explain.pages.cards import Card

__all__ = ["Explained", "Shown"]


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


class Shown(Explained):
    """What a notebook can show: 可在笔记本中显示."""

    __slots__ = ()

    def card(self, lang: Literal["zh", "en"] = "zh") -> Card:
        """Return what a notebook shows, in Chinese (``zh``) or English (``en``).

        Raises :class:`~sanbao.ValidationError` for another language.
        """
        from sanbao.explain.pages.cards import Card
        from sanbao.explain.words.catalogue import language

        return Card(self, language(lang))

    def _repr_html_(self) -> str:
        return self.card().html

    def _repr_markdown_(self) -> str:
        return self.card().markdown
