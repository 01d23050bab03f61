"""Which conditions are counted from which day of a claim: 起算日.

A window, a period or a time elapsed runs from a *source*: the sale, the invoice, the receipt, the
factory date or the exchange. A source is *bound* where repairs or another date limit when it may
lie, and free otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias, TypeGuard

from sanbao.depreciation import depreciate
from sanbao.evaluation.programs.program import Program
from sanbao.model.claim_row import ClaimRow
from sanbao.rules.conditions import (
    AtLeast,
    Compare,
    Elapsed,
    Leaf,
    Listed,
    OneOf,
    Period,
    Window,
)
from sanbao.rules.policy import Policy
from sanbao.statespace.thresholds import Thresholds, Timed

__all__ = [
    "MOVING_FACTS",
    "REPAIR_FACTS",
    "SINCE_PERIOD",
    "SPENT",
    "Counted",
    "FactLeaf",
    "FlatView",
    "LoadedPolicy",
    "Origins",
    "Place",
    "Sought",
    "Source",
    "counts_repairs",
    "layout_of",
]

REPAIR_FACTS: Final = frozenset(
    {
        "days_in_repair",
        "repairs_counted",
        "repairs_finished",
        "repaired_before",
        "repaired_on",
        "again_on",
        "under_repair",
        "under_repair_since",
        "waiting_for_parts",
        "waiting_for_parts_since",
        "delayed_by_repairer",
        "delayed_by_repairer_since",
    }
)
"""The facts that repairs decide."""

SINCE_PERIOD: Final = REPAIR_FACTS - {"under_repair", "under_repair_since"}
"""The facts that only repairs since the start of the period decide."""

MOVING_FACTS: Final = ("claimed_on", "asked_on", "held_on", "period_held_on", "found_on")
"""The days that others are held against, from the claim back."""

SPENT: Final = "nothing_left"
"""Whether the fee for the days of use takes the whole price (art. 19)."""

_ROLLED: Final = 20
"""Days by which rest days may make the shorter of two periods the longer."""

_DATE_FACTS: Final = (
    "sale_dated_on",
    "windows_start",
    "refund_window_start",
    "period_start",
    "proof_start",
)
_SOURCES: Final = ("sold", "invoiced", "received", "made", "exchanged")

FactLeaf: TypeAlias = Compare | OneOf | AtLeast | Listed | Window | Period | Elapsed
"""A leaf that asks a fact."""

Place: TypeAlias = tuple[int, Leaf]
"""A leaf of the policy with this number."""


class LoadedPolicy(NamedTuple):
    """One of the policies looked at together, compiled for goods of one kind: 已装载的政策."""

    policy: Policy
    program: Program
    thresholds: Thresholds


Origins: TypeAlias = tuple[tuple[str, int], ...]
"""The sources from the latest of which a date fact is counted, each with the days after it."""


def _origins_of(program: Program, base: ClaimRow) -> Mapping[str, Origins]:
    """Return the origins of every date fact that is known."""
    found: dict[str, dict[tuple[str, int], None]] = {}
    # the later of two days is seen where either is
    for order in (_SOURCES, ("sold", "received", "invoiced", "made", "exchanged")):
        days = {name: base.claimed - 4000 + 800 * place for place, name in enumerate(order)}
        row = base._replace(
            sold=days["sold"],
            invoiced=days["invoiced"],
            received=days["received"],
            made=None if base.made is None else days["made"],
            exchanges=(days["exchanged"],) * len(base.exchanges),
        )
        facts = program.facts_of(row)
        names = {day: name for name, day in days.items()}
        for fact in _DATE_FACTS:
            day = getattr(facts, fact)
            if day is not None:
                source = names.get(day, "made")
                found.setdefault(fact, {})[source, day - days[source]] = None
    return {fact: tuple(origins) for fact, origins in found.items()}


class Counted(NamedTuple):
    """A leaf that is counted from a source, under the policy with this ``number``.

    It runs from ``after`` days after the source, and is held against the day that the fact
    ``until`` names. ``months`` are those it counts (``None``: it counts days), ``length`` is about
    how many days it lasts.
    """

    number: int
    leaf: Timed | Compare
    after: int
    until: str
    months: int | None
    length: int


class Source(NamedTuple):
    """A day of a claim (销售日, 开票日, 收货日, 出厂日, 换货日), and what is counted from it."""

    name: str
    leaves: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """What one policy looks at in one space.

    ``repairs`` are its leaves about repairs, ``begin`` the origins of its period, ``windows_from``
    those of windows that repairs push on, ``asked`` the days it holds others against, ``spent``
    the days of use from which the fee takes the whole price, where that matters, and ``used_from``
    the source of the use.
    """

    repairs: tuple[FactLeaf, ...]
    begin: Origins
    windows_from: tuple[str, ...]
    asked: frozenset[str]
    spent: int | None
    used_from: str

    @property
    def windows_as_period(self) -> bool:
        """Whether windows that repairs push on run from the day the period runs from."""
        return bool(self.windows_from) and self.begin == tuple((n, 0) for n in self.windows_from)


@dataclass(frozen=True, slots=True)
class FlatView:
    """Which leaves of some policies are counted from which source, for one space.

    ``dated`` are the leaves that hold the day of the claim itself against a date, ``sought`` is
    what each policy looks at.
    """

    policies: tuple[LoadedPolicy, ...]
    dated: tuple[tuple[int, Compare], ...]
    free: tuple[Source, ...]
    bound: tuple[Source, ...]
    sought: tuple[Sought, ...]

    @property
    def places(self) -> tuple[tuple[Place, ...], ...]:
        """The leaves of each factor: repairs, dates, free sources; as its values have them."""
        of_repairs = [(m, leaf) for m, own in enumerate(self.sought) for leaf in own.repairs]
        of_bound = [(one.number, one.leaf) for source in self.bound for one in source.leaves]
        free = tuple(tuple((one.number, one.leaf) for one in own.leaves) for own in self.free)
        return (tuple(of_repairs), (*self.dated, *of_bound), *free)

    @property
    def begins_apart(self) -> bool:
        """Whether the periods of two policies run from different days."""
        return len({own.begin for own in self.sought}) > 1

    def gaps(self) -> tuple[int, ...]:
        """Return the days by which to move a date from between any two thresholds to others."""
        return _gaps_between(set().union(*(_lengths(source) for source in self.bound)))

    def ages(self) -> dict[str, tuple[int, ...]]:
        """Return the ages of each source (days) that distinguish all that runs from it."""
        return {
            source.name: _gaps_between(
                _lengths(source) | {one.length for one in source.leaves if one.until == SPENT}
            )
            for source in self.bound
        }

    def waits(self) -> tuple[int, ...]:
        """Return the days from asking to the claim that distinguish the thresholds of both."""
        limits = {
            one.length
            for source in self.bound
            for one in source.leaves
            if isinstance(one.leaf, Elapsed) and one.until == "claimed_on"
        }
        limits |= {
            longest(leaf.days, leaf.months)
            for own in self.sought
            for leaf in own.repairs
            if isinstance(leaf, Elapsed)
            and (
                leaf.fact in MOVING_FACTS
                or (leaf.fact == "repaired_on" and leaf.until != "again_on")
            )
        }
        return tuple(sorted({*_gaps_between(limits | set(self.gaps())), *limits} if limits else ()))

    @property
    def pushed(self) -> frozenset[str]:
        """The sources from which repairs push some last day past another they do not push."""

        def is_pushed(one: Counted) -> bool:
            if isinstance(one.leaf, Window):
                return self.policies[one.number].program.context.windows_stretch
            return isinstance(one.leaf, Period) or one.until == SPENT  # days in repair are no use

        return self._moved(is_pushed)

    @property
    def chained(self) -> bool:
        """Whether a fault that came back can be early for one leaf and late for a longer one."""

        def comes_back(one: Counted) -> bool:
            returns = self.policies[one.number].program.context.faults_return
            return isinstance(one.leaf, Period) and returns

        return bool(self._moved(comes_back))

    def _moved(self, is_moved: Callable[[Counted], bool]) -> frozenset[str]:
        """Return the sources of what ``is_moved`` that can hold where something else does not.

        What moves and is the longer holds there anyway.
        """
        found: set[str] = set()
        ways: set[tuple[bool, ...]] = set()
        for source in self.bound:
            leaves = [one for one in source.leaves if one.until]
            moved = [one.length for one in leaves if is_moved(one)]
            other = [
                one.length for one in leaves if not is_moved(one) and one.until != "claimed_on"
            ]
            if moved and other and max(other) >= min(moved) - _ROLLED:
                found.add(source.name)
            ways |= {
                (is_moved(one), *counts_repairs(self.policies[one.number].program))
                for one in leaves
                if is_moved(one) or isinstance(one.leaf, Period)
            }
        return frozenset(found if len(ways) <= 1 else (source.name for source in self.bound))


def counts_repairs(program: Program) -> tuple[bool, bool]:
    """Return the readings by which days in repair are counted."""
    return program.context.both_repair_days, program.context.repairs_end_when_notified


def _lengths(source: Source) -> set[int]:
    """Return about how long each window or period lasts that is not held against the claim."""
    return {
        one.length
        for one in source.leaves
        if isinstance(one.leaf, Timed) and one.until != "claimed_on"
    }


def _gaps_between(limits: Iterable[int]) -> tuple[int, ...]:
    """Return the fewest days by which to move a day from below any limit to between any others.

    >>> _gaps_between({7, 15})
    (8, 16)
    """
    ordered = sorted(limits)
    found: set[int] = set()
    for place in range(1, len(ordered) + 1):
        last = ordered[place] if place < len(ordered) else None
        for lower in range(place):
            begin = ordered[lower - 1] + 1 if lower else 0
            least = max(1, ordered[place - 1] + 1 - begin)
            if not any(least <= gap and (last is None or gap <= last - begin) for gap in found):
                found.add(least)
    return tuple(sorted(found))


def longest(days: int | None, months: int | None) -> int:
    """Return about how many days a count can be; months with what they may roll over."""
    return int(days or 0) if months is None else 61 * months // 2 + 8


# --- laying out --------------------------------------------------------------------------------


def layout_of(
    policies: tuple[LoadedPolicy, ...], live: Sequence[Sequence[FactLeaf]], base: ClaimRow
) -> FlatView:
    """Return from which sources the ``live`` leaves of each policy are counted."""
    exchanged = bool(base.exchanges)
    origins = [_origins_of(loaded.program, base) for loaded in policies]
    apart = len({own.get("period_start") for own in origins}) > 1
    sought: list[Sought] = []
    leaves_from: dict[str, list[Counted]] = {}
    bound: set[str] = set()
    for number, (loaded, leaves, own) in enumerate(zip(policies, live, origins, strict=True)):
        counted = list(_counted(number, loaded.program, leaves, own, exchanged=exchanged))
        for source, one in counted:
            leaves_from.setdefault(source, []).append(one)
            if isinstance(one.leaf, Timed) or one.until == SPENT:
                bound.add(source)
        begin = own.get("period_start", ())
        looked_at = _sought(loaded.program, leaves, counted, begin, exchanged=exchanged)
        sought.append(looked_at)
        # a repair that one policy does not see may be what a fault came back after for another
        if looked_at.repairs or (apart and "found_on" in looked_at.asked):
            for source, _ in begin:
                leaves_from.setdefault(source, [])
                bound.add(source)
    sources = [Source(name, tuple(leaves)) for name, leaves in leaves_from.items()]
    return FlatView(
        policies,
        tuple((m, leaf) for m, leaves in enumerate(live) for leaf in leaves if _is_dated(leaf)),
        tuple(source for source in sources if source.name not in bound),
        tuple(source for source in sources if source.name in bound),
        tuple(sought),
    )


def _is_dated(leaf: FactLeaf) -> TypeGuard[Compare]:
    """True if a leaf compares the day of the claim, or one that moves with it, to a date."""
    return leaf.fact in MOVING_FACTS and isinstance(leaf, Compare)


def _counted(
    number: int,
    program: Program,
    leaves: Iterable[FactLeaf],
    origins: Mapping[str, Origins],
    *,
    exchanged: bool,
) -> Iterator[tuple[str, Counted]]:
    """Yield what the leaves of a policy are counted from, each with its source."""
    used_from = "exchanged" if exchanged and program.context.used_from_exchange else "invoiced"
    for leaf in leaves:
        if isinstance(leaf, Timed | Compare):
            until, months, length = _count(leaf, program)
            from_ = origins.get(leaf.fact, ())
            if until == SPENT and length:
                from_ = ((used_from, 0),)
            for source, after in from_:
                yield source, Counted(number, leaf, after, until, months, length)


def _count(leaf: Timed | Compare, program: Program) -> tuple[str, int | None, int]:
    """Return against what a leaf is held, the months it counts, and about how many days."""
    match leaf:
        case Window(days=days):
            return "held_on", None, days
        case Period():
            months = leaf.months or (program.coverage.months if program.coverage else 0)
            return "period_held_on", months, longest(None, months)
        case Elapsed(until=until, days=days, months=months):
            return until, months, longest(days, months)
        case Compare(fact="nothing_left"):
            return SPENT, None, _spent_after(program)
        case _:
            return "", None, 0


def _spent_after(program: Program) -> int:
    """Return the days of use from which the fee takes all of 1000 yuan, 0 if it never does."""
    context = program.context
    if not context.rate:
        return 0
    days = int(1 / context.rate) + 1
    while days > 0 and not depreciate(_PRICE, days - 1, context.rate, context.rounding).payable:
        days -= 1
    return days


_PRICE: Final = Decimal("1000.00")


def _sought(
    program: Program,
    leaves: Sequence[FactLeaf],
    counted: Sequence[tuple[str, Counted]],
    begin: Origins,
    *,
    exchanged: bool,
) -> Sought:
    """Return what a policy looks at, whose period runs from ``begin``."""
    asked = {leaf.fact for leaf in leaves if _is_dated(leaf)}
    asked |= {"claimed_on" if one.until == SPENT else one.until for _, one in counted}
    stretched = program.context.windows_stretch
    windows = {source for source, one in counted if stretched and isinstance(one.leaf, Window)}
    if windows and exchanged:  # what came before concerned the unit given back
        windows.add("exchanged")
    spent = [(source, one.length) for source, one in counted if one.until == SPENT]
    return Sought(
        repairs=tuple(
            leaf
            for leaf in leaves
            if begin and (leaf.fact in REPAIR_FACTS or leaf.fact in MOVING_FACTS)
            if not _is_dated(leaf)
        ),
        begin=begin,
        windows_from=tuple(sorted(windows)),
        asked=frozenset(asked),
        spent=spent[0][1] if spent else None,
        used_from=spent[0][0] if spent else "",
    )
