"""How objects show themselves in a notebook: 笔记本显示.

A notebook asks an object for ``_repr_html_`` or ``_repr_markdown_``. Both are made by
:mod:`sanbao.explain.cards` when asked for, in Chinese; ``card("en")`` shows the same in
English.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from sanbao.explain.cards import Card

__all__ = ["Shown"]


class Shown:
    """What a notebook can show: 可在笔记本中显示."""

    __slots__ = ()

    def card(self, lang: Literal["zh", "en"] = "zh") -> Card:
        """Return what a notebook shows, in Chinese (``zh``) or English (``en``).

        Raises :class:`~sanbao.ValidationError` for another language.
        """
        from sanbao.explain.cards import Card
        from sanbao.explain.messages import language

        return Card(self, language(lang))

    def _repr_html_(self) -> str:
        return self.card().html

    def _repr_markdown_(self) -> str:
        return self.card().markdown
