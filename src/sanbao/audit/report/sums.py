"""What an audit counts, and how it is added up: 审核计数.

Every record here adds to another of its kind, so that the rows of an audit may be cut anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Self, TypeAlias, TypeVar, get_args

from sanbao.base.records import short_repr
from sanbao.model.rule_ref import RuleRef

__all__ = [
    "KEPT",
    "LESS",
    "MOST_GROUPS",
    "VERDICTS",
    "Cell",
    "Flow",
    "Group",
    "Groups",
    "InBrief",
    "Less",
    "Order",
    "Sample",
    "Samples",
    "Standing",
    "Summed",
    "Verdict",
    "by_row",
    "by_shortfall",
    "joined",
    "kept",
    "month_name",
    "month_number",
]

Verdict: TypeAlias = Literal[
    "error",
    "open",
    "company_missing",
    "company_unread",
    "money_unread",
    "money_unknown",
    "less_money",
    "less_remedy",
    "refused",
    "more",
    "as_law",
]
Standing: TypeAlias = Literal["firm", "reading", "provisional"]

VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
"""What can become of a row; every row has exactly one."""

LESS: Final[tuple[Verdict, ...]] = ("less_money", "less_remedy")
"""The verdicts under which the company gave less than the law."""

KEPT: Final = 5
"""How many samples are kept of each sort, and how many row numbers of each error."""

MOST_GROUPS: Final = 500
"""How many different errors are told apart; so many are only seen where something is amiss."""


class InBrief:
    """A dataclass whose ``repr`` is one short line, however much it counts: 简示."""

    __slots__ = ()

    def __repr__(self) -> str:
        names = self.__dataclass_fields__  # type: ignore[attr-defined]
        stated = ((name, getattr(self, name)) for name in names)
        return short_repr(type(self).__name__, stated)


class Summed(InBrief):
    """A dataclass whose sum with another is the sum of each of its fields: 可加的计数."""

    __slots__ = ()

    def __add__(self, other: Self) -> Self:
        names = self.__dataclass_fields__  # type: ignore[attr-defined]
        return type(self)(*(getattr(self, name) + getattr(other, name) for name in names))


@dataclass(frozen=True, slots=True, repr=False)
class Less(Summed):
    """Rows in which the company gave less, and how much: 低于法定. Money is in fen."""

    rows: int = 0
    short: int = 0
    denied: int = 0
    swapped: int = 0
    unpriced: int = 0

    @property
    def gap(self) -> int:
        """What is missing in all: ``short`` and ``denied``."""
        return self.short + self.denied


@dataclass(frozen=True, slots=True, repr=False)
class Cell(Summed):
    """Rows that belong together, by rule, article, shop, month or reading: 分组.

    ``compared`` are those in which both the law's outcome and the company's are known.
    """

    rows: int = 0
    compared: int = 0
    firm: Less = field(default_factory=Less)
    reading: Less = field(default_factory=Less)
    provisional: Less = field(default_factory=Less)

    @property
    def unsure(self) -> Less:
        """The rows that depend on a reading or are provisional."""
        return self.reading + self.provisional

    @property
    def all(self) -> Less:
        """All rows in which the company gave less, firm or not."""
        return self.firm + self.unsure


@dataclass(frozen=True, slots=True, repr=False)
class Flow(Summed):
    """Rows of one outcome, one deed of the company and one verdict: 流向. Money is in fen.

    ``owed`` is what the law's refunds come to, ``paid`` what the company paid.
    """

    rows: int = 0
    owed: int = 0
    paid: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Group(InBrief):
    """Rows with one text, and the first of them: 同类."""

    rows: int = 0
    first: tuple[int, ...] = ()

    def __add__(self, other: Group) -> Group:
        return Group(self.rows + other.rows, tuple(sorted((*self.first, *other.first))[:KEPT]))


@dataclass(frozen=True, slots=True, repr=False)
class Groups(InBrief):
    """Rows by a text, at most :data:`MOST_GROUPS` texts of them: 归类.

    Kept are the texts that come first in their alphabet, since these are the same however
    the rows were cut; ``beyond`` counts the rows with other texts.
    """

    known: dict[str, Group] = field(default_factory=dict)
    beyond: int = 0

    def __add__(self, other: Groups) -> Groups:
        known = [*joined(self.known, other.known).items()]
        lost = sum(group.rows for _, group in known[MOST_GROUPS:])
        return Groups(dict(known[:MOST_GROUPS]), self.beyond + other.beyond + lost)


@dataclass(frozen=True, slots=True, repr=False)
class Sample(InBrief):
    """One row, whole enough to be decided again: 抽样. Money is in fen.

    ``row`` is its number in the whole table, from 0. ``claim`` is what
    :meth:`sanbao.Claim.model_validate` takes, unless the row is in error.
    """

    row: int
    verdict: str
    standing: str
    claim: dict[str, Any]
    claim_id: str | None = None
    shop: str = ""
    law: str | None = None
    rule: str = ""
    policy: str = ""
    payable: int | None = None
    company: str | None = None
    paid: int | None = None
    gap: int = 0
    swapped: int = 0
    depends: str = ""
    error: str | None = None


Summand = TypeVar("Summand", Less, Cell, Flow, Group)


BESIDE: Final = "|"
"""Stands between policy and rule in the keys of sums."""


def rule_of(key: str) -> RuleRef:
    """Return the rule of a key; of an older table that of a law that it does not name."""
    policy, _, rule = key.rpartition(BESIDE)
    return RuleRef(policy, rule)


def joined(one: Mapping[str, Summand], other: Mapping[str, Summand]) -> dict[str, Summand]:
    """Return the sums of both by key, the keys in order."""
    both = dict(one)
    for key, value in other.items():
        both[key] = both[key] + value if key in both else value
    return dict(sorted(both.items()))


Order: TypeAlias = Callable[[Sample], tuple[int, ...]]


def by_row(sample: Sample) -> tuple[int, ...]:
    """Order samples as their rows stand."""
    return (sample.row,)


def by_shortfall(sample: Sample) -> tuple[int, ...]:
    """Order samples by what is missing, the largest sum first."""
    return (-sample.gap, -sample.swapped, sample.row)


Samples: TypeAlias = dict[str, tuple[Sample, ...]]


def kept(one: Samples, other: Samples, order: Order) -> Samples:
    """Return what is kept of both: of each sort the first in this order."""
    return {
        sort: tuple(sorted((*one.get(sort, ()), *other.get(sort, ())), key=order)[:KEPT])
        for sort in sorted({*one, *other})
    }


def month_name(month: int) -> str:
    """Return a month, counted from the year 0, as ``YYYY-MM``."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def month_number(name: str) -> int:
    """Return the number of a month that :func:`month_name` names."""
    return int(name[:4]) * 12 + int(name[5:]) - 1
