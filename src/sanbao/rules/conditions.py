"""The language in which a rule says when it applies: 条件语言.

A condition is an immutable expression over named facts. Leaves state one thing about
one fact; ``&``, ``|`` and ``~`` join them. The set of nodes is closed, so that from one
condition follow its value on a claim, its reasons, its text and its JSON.

Values are of three kinds: true, false and not known (``None``). What is not known does
not spread further than it must: ``unknown & False`` is still false.

>>> from sanbao.rules.conditions import fact
>>> handset = fact("kind").is_("handset")
>>> in_week = fact("windows_start").within_window(days=7)
>>> handset & in_week == AllOf((handset, in_week))
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, NoReturn, TypeAlias

from pydantic import Field

from sanbao.base.errors import Reason
from sanbao.base.records import Record, record

__all__ = [
    "AllOf",
    "AnyOf",
    "AtLeast",
    "Compare",
    "Condition",
    "Elapsed",
    "Expression",
    "FactRef",
    "Leaf",
    "Listed",
    "Not",
    "OneOf",
    "Owed",
    "Period",
    "Under",
    "Window",
    "evaluate",
    "fact",
    "leaves",
]

Truth: TypeAlias = bool | None
"""True, false, or not known."""

Scalar: TypeAlias = bool | int | date | str


class Expression(Record):
    """What every node of a condition can do: join with others."""

    __slots__ = ("_hash",)
    _hash: int

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:  # nodes never change; a copy works it out again
            object.__setattr__(self, "_hash", super().__hash__())
            return self._hash

    def __repr__(self) -> str:  # the whole, which is Python that makes it again
        parts = ", ".join(f"{name}={value!r}" for name, value in self._values().items())
        return f"{type(self).__name__}({parts})"

    def __and__(self, other: Condition) -> AllOf:
        return AllOf((*_parts(self, AllOf), *_parts(other, AllOf)))

    def __or__(self, other: Condition) -> AnyOf:
        return AnyOf((*_parts(self, AnyOf), *_parts(other, AnyOf)))

    def __invert__(self) -> Condition:
        return self.of if isinstance(self, Not) else Not(_condition(self))

    def __bool__(self) -> NoReturn:
        raise TypeError(Reason("policy.no_truth_value").both)


@record
class Compare(Expression):
    """A fact equals a value: 等于. ``value`` has the fact's type."""

    fact: str
    value: Scalar
    relation: Literal["equals", "before"] = "equals"
    op: Literal["compare"] = "compare"


@record
class OneOf(Expression):
    """A fact is one of several codes: 属于."""

    fact: str
    values: tuple[str, ...]
    op: Literal["one_of"] = "one_of"


@record
class AtLeast(Expression):
    """A count reaches a number: 不少于."""

    fact: str
    value: int
    op: Literal["at_least"] = "at_least"


@record
class Listed(Expression):
    """A fact stands in the policy's catalogue: 列入目录.

    ``column`` is ``kind`` (the goods themselves) or ``faults`` (the faults listed for
    goods of this kind).
    """

    fact: str
    column: Literal["kind", "faults"]
    op: Literal["listed"] = "listed"


@record
class Window(Expression):
    """The claim lies inside a window of days from a date: 期限内.

    Counted and rolled as the readings ``first_day``, ``window_end`` and ``rest_days``
    say. ``fact`` is the date the window starts on, ``days`` its length.
    """

    fact: str
    days: int
    op: Literal["window"] = "window"


@record
class Period(Expression):
    """The claim lies inside the three-guarantees period: 三包有效期内.

    ``fact`` is the date the period starts on, ``extended_by`` the fact holding the days
    to add. Its length in months is the catalogue's, unless ``months`` says otherwise.
    """

    fact: str
    extended_by: str
    months: int | None = None
    op: Literal["period"] = "period"


@record
class Elapsed(Expression):
    """No more than so many days or months have passed since a date: 未逾.

    Plain counting by Civil Code 201 and 202: no reading changes it and nothing rolls.
    Exactly one of ``days`` and ``months`` is given; ``until`` is the day up to which they are
    counted, the day of the claim unless it is another. What was written with the older name of
    the node, ``elapsed``, is read as the same.
    """

    fact: str
    days: int | None = None
    months: int | None = None
    until: str = "claimed_on"
    op: Literal["at_most_ago", "elapsed"] = "at_most_ago"

    def __post_init__(self) -> None:
        if self.op == "elapsed":
            object.__setattr__(self, "op", "at_most_ago")


@record
class Owed(Expression):
    """At least one of these rights is the consumer's: 已有权利."""

    rules: tuple[str, ...]
    op: Literal["owed"] = "owed"


@record
class Under(Expression):
    """The decision is made under this value of a reading: 按某解释."""

    reading: str
    value: str
    op: Literal["under"] = "under"


@record
class AllOf(Expression):
    """Every part holds: 且."""

    of: tuple[Condition, ...]
    op: Literal["all"] = "all"


@record
class AnyOf(Expression):
    """At least one part holds: 或."""

    of: tuple[Condition, ...]
    op: Literal["any"] = "any"


@record
class Not(Expression):
    """The part does not hold: 非."""

    of: Condition
    op: Literal["not"] = "not"


Leaf: TypeAlias = Compare | OneOf | AtLeast | Listed | Window | Period | Elapsed | Owed | Under
Condition: TypeAlias = Annotated[
    Compare
    | OneOf
    | AtLeast
    | Listed
    | Window
    | Period
    | Elapsed
    | Owed
    | Under
    | AllOf
    | AnyOf
    | Not,
    Field(discriminator="op"),
]


@dataclass(frozen=True, slots=True)
class FactRef:
    """A fact by its name, with the verbs that make leaves of it: 事实."""

    name: str

    def is_(self, value: Scalar) -> Compare:
        """The fact equals ``value``."""
        return Compare(self.name, value)

    def before(self, day: date) -> Compare:
        """The fact is a date before ``day``."""
        return Compare(self.name, day, "before")

    def one_of(self, *values: str) -> OneOf:
        """The fact is one of these codes."""
        return OneOf(self.name, values)

    def at_least(self, number: int) -> AtLeast:
        """The fact is a count of at least ``number``."""
        return AtLeast(self.name, number)

    def listed_as(self, column: Literal["kind", "faults"]) -> Listed:
        """The fact stands in this column of the catalogue."""
        return Listed(self.name, column)

    def within_window(self, *, days: int) -> Window:
        """The claim lies inside a window of ``days`` that starts on this date."""
        return Window(self.name, days)

    def within_period(self, *, extended_by: str, months: int | None = None) -> Period:
        """The claim lies inside the three-guarantees period that starts on this date."""
        return Period(self.name, extended_by, months)

    def at_most_ago(
        self, *, days: int | None = None, months: int | None = None, until: str = "claimed_on"
    ) -> Elapsed:
        """No more than this has passed since this date on the day ``until``."""
        return Elapsed(self.name, days, months, until)


def fact(name: str) -> FactRef:
    """Return the handle of the fact called ``name`` (:mod:`sanbao.model.facts`)."""
    return FactRef(name)


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield the leaves of ``condition`` from left to right, repeated ones too."""
    match condition:
        case AllOf(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from leaves(part)
        case Not(of=part):
            yield from leaves(part)
        case leaf:
            yield leaf


def signed_leaves(condition: Condition, *, sign: bool = True) -> Iterator[tuple[Leaf, bool]]:
    """Yield ``(leaf, wanted)``: whether the condition asks the leaf to hold or to fail."""
    match condition:
        case AllOf(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from signed_leaves(part, sign=sign)
        case Not(of=part):
            yield from signed_leaves(part, sign=not sign)
        case leaf:
            yield leaf, sign


def evaluate(condition: Condition, value_of: Callable[[Leaf], Truth]) -> Truth:
    """Return the truth of ``condition``, given that of its leaves (Kleene's logic).

    >>> unknown, false = Compare("gift", True), Compare("request", "refund")
    >>> evaluate(unknown & false, {unknown: None, false: False}.get)
    False
    """
    match condition:
        case AllOf(of=parts):
            values = [evaluate(part, value_of) for part in parts]
            return False if False in values else None if None in values else True
        case AnyOf(of=parts):
            values = [evaluate(part, value_of) for part in parts]
            return True if True in values else None if None in values else False
        case Not(of=part):
            value = evaluate(part, value_of)
            return None if value is None else not value
        case leaf:
            return value_of(leaf)


def _parts(expression: Any, node: type[AllOf] | type[AnyOf]) -> tuple[Condition, ...]:
    condition = _condition(expression)
    return condition.of if isinstance(condition, node) else (condition,)


def _condition(expression: Any) -> Any:
    if not isinstance(expression, Expression):
        raise TypeError(Reason("policy.no_condition", type=type(expression).__name__).both)
    return expression
