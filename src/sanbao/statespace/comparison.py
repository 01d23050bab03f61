"""Is one policy worse for the consumer than another, for whom, and by which article? 比较.

:func:`compare` looks at all claims there can be, not at samples: the thresholds of both
policies cut them into finitely many cells (:mod:`sanbao.statespace`), and what each side gives is
a set of cells. Where the sets differ stands a :class:`Divergence` with the condition, the
number of cells and the simplest real claim that shows it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import Field

from sanbao.base.display import Shown, page_of, text_of
from sanbao.base.errors import ValidationError
from sanbao.base.json_text import read_record
from sanbao.base.records import Record, canonical_json
from sanbao.dates.calendar import Calendar, chinese_calendar
from sanbao.evaluation.advantage import Direction, Subject
from sanbao.model.citation import Citation
from sanbao.model.claim import Claim, StoredClaim
from sanbao.model.decision import PolicyRef
from sanbao.model.readings import DEFAULT_READINGS, Readings
from sanbao.policies.library import get, ids, resolve
from sanbao.rules.combined import Combined
from sanbao.rules.conditions import Leaf
from sanbao.rules.policy import About, Policy
from sanbao.rules.versions import Versions

if TYPE_CHECKING:
    from sanbao.engine import Named

__all__ = ["Circumstance", "Comparison", "Divergence", "Terms", "compare", "side_by_side"]

Given: TypeAlias = str
"""``in_full``, ``less_depreciation``, ``exchange``, ``free_repair``, ``paid_repair``, or the id
of an obligation."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Circumstance(Record):
    """One thing that has to be so: 情形.

    ``leaf`` is a single statement about a fact, of the ``policy`` that counts it in its own
    way; it ``holds``, or it does not.
    """

    policy: str
    leaf: Annotated[Leaf, Field(discriminator="op")]
    holds: bool


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Terms(Record):
    """What the consumer gets: 所得.

    ``rate_per_day`` is the fraction of the price that a refund less depreciation keeps for a
    day of use.
    """

    what: Given
    rate_per_day: Decimal | None = None


@dataclass(frozen=True, slots=True, repr=False, eq=False)
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


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Comparison(Shown, About, Record):
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

    def to_json(self) -> str:
        """Return the comparison as canonical JSON; reading it back gives an equal one."""
        return canonical_json(self)

    @classmethod
    def from_json(cls, text: str | bytes) -> Comparison:
        """Return the comparison of a JSON text. Raises :class:`~sanbao.ValidationError`."""
        return read_record(cls, text, "comparison")


def compare(
    a: Named,
    b: Named,
    readings: Readings | None = None,
    calendar: Calendar | None = None,
) -> Comparison:
    """Say where ``b`` is worse for the consumer than ``a``, and where better: 政策比较.

    Each is a policy, several together, or the name of what ships
    (:func:`sanbao.policies.resolve`); of a law the newest version is taken. A promise is taken as
    it stands beside the version of the law on the other side, else beside the newest; a local
    regulation, which only adds to the law, together with it.
    Exact for every claim whose facts are known; what is not known is settled by cases, and
    every case is looked at: a claim that leaves a right open under one policy and not under the
    other differs where one of its cases does, and is told by that. Both are taken under the same
    ``readings`` (but for what a policy settles itself) and ``calendar``. Raises
    :class:`~sanbao.ValidationError` for what is no policy.

    >>> compare("cn.mobile-2001", "cn.mobile-2001").divergences
    ()
    """
    one, other = side_by_side(*(_policy(name, given) for name, given in (("a", a), ("b", b))))
    if readings is not None and not isinstance(readings, Readings):
        raise ValidationError.of("readings", readings, "must be Readings")
    from sanbao.statespace.comparing import compared

    return compared(
        one,
        other,
        DEFAULT_READINGS if readings is None else readings,
        chinese_calendar() if calendar is None else calendar,
    )


def side_by_side(
    one: Policy | Combined, other: Policy | Combined
) -> tuple[Policy | Combined, Policy | Combined]:
    """Return two policies as they are compared.

    A promise stands beside the law and counts days as that law does; a local regulation comes
    together with it.
    """
    laws = {law.id: law for law in map(_law_of, (other, one)) if law is not None}

    def beside(policy: Policy | Combined) -> Policy | Combined:
        if isinstance(policy, Combined) or policy.beside is None:
            return policy
        law = laws.get(policy.beside) or _newest(policy.beside)
        if law is None:
            return policy
        return Combined(law, (policy,)) if policy.kind == "local" else policy.beside_law(law)

    return beside(one), beside(other)


def _law_of(policy: Policy | Combined) -> Policy | None:
    law = policy.regulation if isinstance(policy, Combined) else policy
    return law if law.kind == "regulation" else None


def _newest(law: str) -> Policy | None:
    """Return the newest version of a law that ships."""
    return get(law) if law in ids() else None


def _policy(name: str, given: Named) -> Policy | Combined:
    if isinstance(given, str):
        try:
            policy = resolve(given)
        except ValidationError as error:
            raise ValidationError(replace(one, field=name) for one in error.problems) from None
    else:
        policy = given
    if isinstance(policy, Versions):
        return policy.newest
    if not isinstance(policy, Policy | Combined):
        raise ValidationError.of(name, policy, "must be a Policy")
    return policy
