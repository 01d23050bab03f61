"""Where a thing stands in the law: 法条依据."""

from __future__ import annotations

from typing import Literal, TypeAlias

from sanbao.base.errors import Reason, ValidationError
from sanbao.base.records import Record, record

__all__ = ["Certainty", "Citation"]

Certainty: TypeAlias = Literal["confirmed", "single", "inferred"]
"""How sure it is that a thing stands where it is cited: ``confirmed`` by the regulator's own
database or two independent copies, ``single`` by one public copy, ``inferred``: deduced."""


@record
class Citation(Record):
    """Where a thing stands in the law: 法条依据.

    ``law`` is the identifier of the instrument, ``article``, ``item`` and ``appendix``
    the place in it, ``number`` how sure that is.

    >>> str(Citation("cn.mobile-2001", article=24, item=4))
    'cn.mobile-2001 art. 24(4)'
    """

    law: str
    article: int | None = None
    item: int | None = None
    appendix: int | None = None
    number: Certainty = "confirmed"

    def __post_init__(self) -> None:
        if (self.article is None) == (self.appendix is None):
            raise ValidationError.of("citation", self.law, Reason("claim.one_article"))

    def __str__(self) -> str:
        item = "" if self.item is None else f"({self.item})"
        if self.article is None:
            return f"{self.law} app. {self.appendix}{item}"
        return f"{self.law} art. {self.article}{item}"
