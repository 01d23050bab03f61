"""Is one policy worse for the consumer than another, for whom, and by which article? 比较.

:func:`compare` looks at all claims there can be, not at samples: the thresholds of both
policies cut them into finitely many cells (:mod:`sanbao.statespace`), and what each side gives is
a set of cells. Where the sets differ stands a :class:`Divergence` with the condition, the
number of cells and the simplest real claim that shows it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from sanbao.base.display import Displayed, page_of, text_of
from sanbao.base.json_text import JsonRecord
from sanbao.base.records import Record, record
from sanbao.evaluation.advantage import Direction, Subject
from sanbao.model.citation import Citation
from sanbao.model.claim import Claim, StoredClaim
from sanbao.model.decision import PolicyRef
from sanbao.model.readings import Readings
from sanbao.rules.conditions import Leaf
from sanbao.rules.policy import About

__all__ = ["Circumstance", "Comparison", "Divergence", "Terms"]

Given: TypeAlias = str
"""``in_full``, ``less_depreciation``, ``exchange``, ``free_repair``, ``paid_repair``, or the id
of an obligation."""


@record
class Circumstance(Record):
    """One thing that has to be so: 情形.

    ``leaf`` is a single statement about a fact, of the ``policy`` that counts it in its own
    way; it ``holds``, or it does not.
    """

    policy: str
    leaf: Annotated[Leaf, Field(discriminator="op")]
    holds: bool


@record
class Terms(Record):
    """What the consumer gets: 所得.

    ``rate_per_day`` is the fraction of the price that a refund less depreciation keeps for a
    day of use.
    """

    what: Given
    rate_per_day: Decimal | None = None


@record
class Divergence(Record):
    """Where one policy gives the consumer something that the other does not: 差别.

    ``direction`` is ``worse`` where the second policy gives less than the first. ``rule`` of
    ``policy`` is what gives, by ``citations``; for ``standing`` it is the exclusion that takes
    the goods out. ``given`` is what it gives, ``instead`` what the other gives in its place
    (``None``: nothing; an obligation that only comes later is its own). ``where`` says when,
    beside that the rule applies: any of the lists, all circumstances of it together; an empty
    list is "always", or that no statement tells it. ``claims`` are the simplest that show it,
    one for each of them. ``cells`` are how many kinds of claim are meant, ``kinds`` the goods.
    ``odd``: it was found only in claims that are odd, such as goods received before they were
    sold.
    """

    direction: Direction
    subject: Subject
    policy: str
    rule: str
    citations: tuple[Citation, ...]
    given: Terms
    instead: Terms | None
    where: tuple[tuple[Circumstance, ...], ...]
    cells: int
    kinds: tuple[str, ...]
    claims: tuple[StoredClaim, ...]
    odd: bool

    @property
    def claim(self) -> Claim:
        """The simplest claim that shows it."""
        return self.claims[0]


@record
class Comparison(Displayed, About, JsonRecord):
    """Two policies over all claims: 政策比较.

    ``a`` is what is held against, ``b`` what is looked at. Of the ``cells`` that can occur
    ``worse`` are those where ``b`` gives the consumer less in something, ``better`` those where
    it gives more; a cell may be both.
    """

    a: PolicyRef
    b: PolicyRef
    readings: Readings
    calendar: str
    cells: int
    worse: int
    better: int
    divergences: tuple[Divergence, ...]

    @property
    def falls_below(self) -> bool:
        """Whether ``b`` gives the consumer less than ``a`` in any claim."""
        return any(one.direction == "worse" for one in self.divergences)

    def explain(self, lang: Literal["zh", "en"] = "zh") -> str:
        """Return the comparison in words. Raises :class:`~sanbao.ValidationError`."""
        return text_of(self, lang)

    def to_html(self, lang: Literal["zh", "en"] = "zh") -> str:
        """Return the comparison as one self-contained page.

        Raises :class:`~sanbao.ValidationError` for another language.
        """
        return page_of(self, lang)
