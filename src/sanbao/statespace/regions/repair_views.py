"""What policies see of repairs: 维修所见.

A history of repairs is seen through a few facts: how many count, when the last one ended, what is
open and since when. Repairs also move the days that others are held against: one handed in before
somebody asked pushes last days on (art. 8), or takes the day that is held against the period back
to its hand-in (art. 10).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from sanbao.model.claim_row import ClaimRow, RepairRow
from sanbao.model.facts import Facts, Spans
from sanbao.statespace.regions.layout import FlatView

__all__ = [
    "EVER",
    "LONG_AGO",
    "Bounds",
    "History",
    "Limits",
    "Past",
    "RepairViews",
    "Repairs",
    "Sight",
    "States",
    "View",
    "moved",
]

LONG_AGO: Final = 30_000
"""Days; longer than any period."""

EVER: Final = 4_000_000
"""Days; more than there are ordinals."""

States: TypeAlias = tuple[int, ...]
"""The truth of some leaves, for one policy after another."""

Repairs: TypeAlias = tuple[RepairRow, ...]

Limits: TypeAlias = dict[str, tuple[int, int]]
"""How many days before asking each source must lie, at least and at most."""


class View(NamedTuple):
    """What the dates of one claim are held against under one policy: 所见之日.

    Days are counted from the day somebody asked: ``held`` against windows, ``period`` against the
    period, ``found`` when the fault was found (``None``: as early as can be); ``windows`` and
    ``periods`` are the days in repair that push these on. ``spent`` is how many days ago use began
    at least, if the fee takes the whole price.
    """

    held: int
    period: int
    found: int | None
    windows: Spans
    periods: Spans
    spent: int


class Bounds(NamedTuple):
    """The bounds that a history sets to the sources of dates: 经过所及.

    ``claimed`` are the days from asking to the claim, ``views`` those of each policy. ``limits``
    are sources with the days before asking, at least and at most.
    """

    claimed: int
    views: tuple[View, ...]
    limits: tuple[tuple[str, int, int], ...]


class History(NamedTuple):
    """Repairs that came before a claim: 维修经过.

    ``repairs`` are those of a claim made on day 0, ``claimed`` days after somebody asked; the
    fault ``appeared`` so many days before asking (``None``: not stated, :data:`LONG_AGO`: as early
    as it can have).
    """

    repairs: Repairs
    claimed: int
    appeared: int | None


class Past(NamedTuple):
    """What all policies see of repairs, with a history for each of the bounds it can have.

    ``states`` are the leaves about repairs, of one policy after another; ``dues`` how many days
    before the claim each date began that obligations run from (-1: not), nothing where all
    policies see the same.
    """

    states: States
    dues: tuple[int, ...]
    ways: Mapping[Bounds, History]


def moved(repairs: Iterable[RepairRow], day: int) -> Repairs:
    """Return repairs that are counted back from day 0, as they are for a claim on ``day``."""

    def on(when: int | None) -> int | None:
        return None if when is None else day + when

    return tuple(
        repair._replace(
            handed_in=day + repair.handed_in,
            ready=on(repair.ready),
            notified=on(repair.notified),
            handed_back=on(repair.handed_back),
        )
        for repair in repairs
    )


Sight: TypeAlias = tuple[States, View, tuple[int, ...]]
"""What one policy sees: states of its leaves, what its dates are held against, its dues."""


class RepairViews:
    """What the policies of a ``layout`` see of repairs, found by deriving the facts of a claim.

    ``base`` is a claim about goods sold long before it is made, ``dues`` are the dates that
    obligations run from. What was found is remembered.
    """

    def __init__(self, layout: FlatView, base: ClaimRow, dues: Sequence[str]) -> None:
        self.programs = [loaded.program for loaded in layout.policies]
        self.sought = layout.sought
        self.base = base
        self.dues = dues
        self.look = cache(self._look)
        self.by = cache(self._by)
        self.leaves_by = cache(self._leaves_by)

    def _look(self, repairs: Repairs) -> object:
        """Return what distinguishes ``repairs`` at whatever time: leaves, dues, days in repair.

        Days matter only where policies count them differently.
        """
        row = self.base._replace(repairs=moved(repairs, self.base.claimed))
        seen, days = [], []
        for program, own in zip(self.programs, self.sought, strict=True):
            facts = program.facts_of(row)
            states = program.states_of(program.leaf_states(facts), own.repairs)
            seen.append((states, tuple(getattr(facts, name) for name in self.dues)))
            days.append(facts.days_in_repair or 0)
        return tuple(seen), tuple(number - min(days) for number in days)

    def _by(self, number: int, repairs: Repairs, claimed: int, appeared: int | None) -> Sight:
        """Return what the policy with this number sees of a history."""
        row, facts = self._derived(number, repairs, claimed, appeared)
        states, dues = self._leaves(number, row, facts)
        return states, self._view(number, row, facts, row.claimed - claimed), dues

    def _leaves_by(
        self, number: int, repairs: Repairs, claimed: int, appeared: int | None
    ) -> tuple[States, tuple[int, ...]]:
        """Return what leaves and dues of the policy with this number are."""
        return self._leaves(number, *self._derived(number, repairs, claimed, appeared))

    def _derived(
        self, number: int, repairs: Repairs, claimed: int, appeared: int | None
    ) -> tuple[ClaimRow, Facts]:
        day = self.base.claimed
        row = self.base._replace(
            repairs=moved(repairs, day),
            asked=day - claimed if claimed else None,
            appeared=None if appeared is None else day - claimed - appeared,
        )
        return row, self.programs[number].facts_of(row)

    def _leaves(self, number: int, row: ClaimRow, facts: Facts) -> tuple[States, tuple[int, ...]]:
        program = self.programs[number]
        states = program.states_of(program.leaf_states(facts), self.sought[number].repairs)
        since = (getattr(facts, name) for name in self.dues)
        return states, tuple(-1 if first is None else row.claimed - first for first in since)

    def _view(self, number: int, row: ClaimRow, facts: Facts, asked: int) -> View:
        own = self.sought[number]

        def day(name: str) -> int:  # the day of asking where the policy holds nothing against it
            known = getattr(facts, name) if name in own.asked else None
            return asked if known is None else int(known)

        held, period, found = (day(name) for name in ("held_on", "period_held_on", "found_on"))
        return View(
            held=held - asked,
            period=period - asked,
            found=None if asked - found >= LONG_AGO // 2 else found - asked,
            windows=_before(facts.window_repair_time, held, asked)
            if "held_on" in own.asked
            else (),
            periods=_before(facts.repair_time, period, asked)
            if "period_held_on" in own.asked
            else (),
            spent=self._spent(number, row, asked),
        )

    def _spent(self, number: int, row: ClaimRow, asked: int) -> int:
        """Return the days from the start of use to asking for which the fee takes the price."""
        own = self.sought[number]
        if own.spent is None:
            return EVER

        def days_of_use(ago: int) -> int:
            begun = asked - ago
            if own.used_from == "exchanged":
                used = row._replace(exchanges=(begun,) * len(row.exchanges))
            else:
                used = row._replace(invoiced=begun)
            days = self.programs[number].money(used, asked - 2 * LONG_AGO).used_days
            assert days is not None  # noqa: S101
            return days

        age = max(0, own.spent - days_of_use(LONG_AGO) + LONG_AGO)
        oldest = max((asked - repair.handed_in for repair in row.repairs), default=0)
        # of a repair from before that day only the days since count
        return (
            age if age >= oldest else bisect_left(range(oldest), own.spent, lo=age, key=days_of_use)
        )


def _before(spans: Spans, held: int, asked: int) -> Spans:
    """Return the days in repair before the day ``held``; later ones cannot push it inside."""
    return tuple((first - asked, after - asked) for first, after in spans if first < held)
