"""Which readings of the law could matter to a claim at all: 可能相关的解释.

Every place of an abstraction that some reading could change is taken as not known, and the rules
are weighed once. What a rule gives in spite of that hangs on no reading; a reading matters only
where it changes a place on which something still hangs: alone, in a pair or in any number.

A last day is no such place where the day held against it is out of reach, however it is counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from sanbao.base.once import once
from sanbao.dates.counting import COUNTING
from sanbao.evaluation.facts.dependencies import facts_changed
from sanbao.evaluation.facts.turning import price_readings
from sanbao.evaluation.programs.codegen import (
    HELD_ON,
    PERIOD_HELD_ON,
    WINDOW_TIME,
    Abstraction,
    TruthVector,
)
from sanbao.evaluation.programs.program import Program
from sanbao.evaluation.programs.skeleton import answers
from sanbao.evaluation.programs.truth import FALSE, TRUE, UNKNOWN
from sanbao.model.claim_row import ClaimRow
from sanbao.model.facts import Facts
from sanbao.rules.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Leaf,
    Not,
    Owed,
    Period,
    Under,
    Window,
    evaluate,
)
from sanbao.rules.policy import Right, opening

__all__ = ["relevant_readings"]

_MOST_ABSTRACTIONS: Final = 20_000
_AT: Final = {name: place for place, name in enumerate(Facts._fields)}
_NONE: Final = frozenset[str]()


class _Place(NamedTuple):
    """A place of an abstraction that readings can change.

    ``by_facts`` are those that change a fact it tells of, ``always`` those that the rules name
    and the ways to count; ``last_day`` is the leaf that holds a day against a last day.
    """

    number: int
    by_facts: frozenset[str]
    always: frozenset[str]
    unknown: int | None
    last_day: Window | Period | None


class _Hanging(NamedTuple):
    """The places on which something hangs; whether any refund may be due, and one with a fee."""

    places: frozenset[int]
    refunds: bool
    keeps_fee: bool


def relevant_readings(
    program: Program, row: ClaimRow, facts: Any, *, alone: bool
) -> frozenset[str]:
    """Return the readings that could change what ``program`` gives, whatever the others are.

    ``program`` is one for any readings, ``facts`` are those of what is stated; ``alone`` says
    that no other policy decides.
    """
    policy = program.policy
    in_play = program.in_play(row)
    abstraction: list[Any] = list(program.abstraction(facts))
    changing: dict[int, frozenset[str]] = {}
    for place in _places(program):
        readings = place.by_facts & in_play
        if place.last_day is not None:
            if abstraction[place.number] != UNKNOWN and _is_settled(
                program, place.last_day, row, facts, readings
            ):
                continue
            readings |= place.always
        elif place.always:
            readings = place.always
        if readings:
            changing[place.number] = readings
            abstraction[place.number] = place.unknown
    hanging = _hanging(program, tuple(abstraction), facts, alone=alone)
    found = _NONE.union(*(changing.get(number, _NONE) for number in hanging.places))
    if hanging.keeps_fee:
        found |= price_readings(policy) & in_play
    elif hanging.refunds:
        found |= price_readings(policy, fee=False) & in_play
    return found - {under.reading for under in policy.readings}


@once
def _changes(program: Program) -> Mapping[str, frozenset[str]]:
    """Return the facts that each reading changes."""
    return facts_changed(program.policy.derived)


@once
def _places(program: Program) -> tuple[_Place, ...]:
    """Return the places that readings can change, worked out once for a program."""
    changed = _changes(program)
    places = (_place(changed, number, *seen) for number, seen in enumerate(program.seen))
    return tuple(place for place in places if place.by_facts or place.always)


def _place(
    changed_by: Mapping[str, frozenset[str]],
    number: int,
    leaves: tuple[Leaf, ...],
    unknown: int | None,
) -> _Place:
    leaf = leaves[0]
    if isinstance(leaf, Under):
        return _Place(number, _NONE, frozenset({leaf.reading}), unknown, None)
    names = {getattr(leaf, "fact", ""), getattr(leaf, "until", "")}
    always = _NONE
    last_day: Window | Period | None = None
    if isinstance(leaf, Window):
        names |= {HELD_ON, WINDOW_TIME}
        always, last_day = COUNTING, leaf
    elif isinstance(leaf, Period):
        names |= {PERIOD_HELD_ON, leaf.extended_by}
        always, last_day = COUNTING - {"window_end"}, leaf
    by_facts = frozenset(name for name, changed in changed_by.items() if names & changed)
    return _Place(number, by_facts, always, unknown, last_day)


# --- last days ------------------------------------------------------------------------------


def _is_settled(
    program: Program,
    leaf: Window | Period,
    row: ClaimRow,
    facts: Any,
    readings: frozenset[str],
) -> bool:
    """Say whether no reading could change which side of a last day the day held lies on.

    ``readings`` are those that could change a day or the time in repair. The last day is never
    before the first way to count it, and never after the last way, with all time in repair.
    """
    if leaf.fact not in _AT:  # a law may count its own days in any way
        return False
    starts, days = _days_that_may_count(program, leaf, row, facts, readings)
    begun, held = (
        [day for day in starts if day is not None],
        [day for day in days if day is not None],
    )
    if len(begun) < len(starts) or len(held) < len(days):
        return False
    first, last = _last_days(program, leaf, min(begun), max(begun))
    if max(held) < first:
        return True
    spans = WINDOW_TIME if isinstance(leaf, Window) else leaf.extended_by
    if facts[_AT[spans]] or "repair_time_in_windows" in readings:
        last += sum(_longest(row, repair.handed_in, repair.handed_back) for repair in row.repairs)
    return min(held) > program.library.rolled_at_most(last)


def _days_that_may_count(
    program: Program,
    leaf: Window | Period,
    row: ClaimRow,
    facts: Any,
    readings: frozenset[str],
) -> tuple[list[int | None], list[int | None]]:
    """Return the days that a last day may be counted from, and those that may be held against it.

    ``None`` among them is one that is not known.
    """
    held_on = HELD_ON if isinstance(leaf, Window) else PERIOD_HELD_ON
    begun: list[int | None] = [facts[_AT[leaf.fact]]]
    held: list[int | None] = [facts[_AT[held_on]]]
    for reading in readings:
        changed = _changes(program)[reading]
        if leaf.fact in changed:
            begun += [row.sold, row.received or row.sold, row.invoiced or row.sold]
            begun += row.exchanges
        if held_on in changed:
            held.append(facts[_AT["asked_on"]])
            if row.appeared is not None:
                held.append(row.appeared)
            if held_on == PERIOD_HELD_ON:  # a chain of repairs reaches back to a hand-in
                held += [repair.handed_in for repair in row.repairs]
    return begun, held


def _last_days(program: Program, leaf: Window | Period, first: int, last: int) -> tuple[int, int]:
    """Return the last days plainly counted from the first and from the last start."""
    if isinstance(leaf, Window):
        return first + leaf.days, last + leaf.days
    coverage = program.coverage
    months = leaf.months or (0 if coverage is None else coverage.months)
    after = program.clock.months_after(months)
    return after[first], after[last]


def _longest(row: ClaimRow, first: int, back: int | None) -> int:
    """Return the days that a repair takes at most."""
    end = row.claimed if back is None else min(back, row.claimed)
    return max(0, end - first + 1)


# --- what hangs on what is not known -------------------------------------------------------------


def _hanging(program: Program, abstraction: Abstraction, facts: Any, *, alone: bool) -> _Hanging:
    """Return the places of an abstraction on which something hangs, and remember them."""
    seen = _seen(program)
    found = seen.get((abstraction, alone))
    if found is None:
        if len(seen) >= _MOST_ABSTRACTIONS:
            seen.clear()
        found = seen[abstraction, alone] = _Weighing(program, abstraction, facts).hanging(
            alone=alone
        )
    return found


@once
def _seen(_: Program) -> dict[tuple[Abstraction, bool], _Hanging]:
    """Return what hangs on the abstractions seen so far, with one policy alone or several."""
    return {}


class _Weighing:
    """The rules weighed on an abstraction of which some places are taken as not known."""

    def __init__(self, program: Program, abstraction: Abstraction, facts: Any) -> None:
        self.program = program
        self.policy = program.policy
        self.key: TruthVector = program.verdicts(abstraction)
        self.request: str = abstraction[-1]
        self._states = program.leaf_states(facts)
        self._unknown: dict[Leaf, int] = {
            leaf: number
            for number, seen in enumerate(program.seen)
            if abstraction[number] == seen.unknown
            for leaf in seen.leaves
        }
        self._found: set[int] = set()

    def hanging(self, *, alone: bool) -> _Hanging:
        """Return the places on which a right, an exclusion or an outcome hangs."""
        opened = {right.id: self._open(right.id) for right in self.policy.rights}
        possible = [right for right in self.policy.rights if opened[right.id] != FALSE]
        lead = self._lead() if alone else None
        for right in possible:
            if opened[right.id] == UNKNOWN and not (lead and self._adds_nothing(right, lead)):
                self._collect(opening(self.policy, right))
            if right.empty is not None and self._state(f"empty:{right.id}") == UNKNOWN:
                self._collect(right.empty)
        if lead is None:
            for rule in self.policy.exclusions:
                self._collect(rule.when)
        refunds = {right.refund for right in possible if right.refund is not None}
        return _Hanging(frozenset(self._found), bool(refunds), "less_depreciation" in refunds)

    def _adds_nothing(self, right: Right, lead: Right) -> bool:
        """Say whether ``right`` gives only what is had anyway, and leads nowhere else."""
        given = {
            (one.remedy, one.refund) for one in self.policy.rights if self._open(one.id) == TRUE
        }
        order = self._order()
        if right.remedy != lead.remedy and order.index(right) < order.index(lead):
            return False
        return (right.remedy, right.refund) in given

    def _order(self) -> list[Right]:
        rights = [self.policy.right(rule) for rule in self.policy.preference]
        return sorted(rights, key=lambda right: not answers(right, self.request))

    def _lead(self) -> Right | None:
        """Return the strongest right that is open whatever is not known, with something left."""
        for right in self._order():
            empty = FALSE if right.empty is None else self._state(f"empty:{right.id}")
            if self._open(right.id) == TRUE and empty == FALSE:
                return right
        return None

    def _state(self, name: str) -> int:
        return self.program.state(self.key, name)

    def _open(self, rule: str) -> int:
        return self._state(f"open:{rule}")

    def _value(self, leaf: Leaf) -> bool | None:
        if isinstance(leaf, Owed):
            states = {self._open(rule) for rule in leaf.rules}
            return True if TRUE in states else None if UNKNOWN in states else False
        return None if leaf in self._unknown else self.program.leaf_value(self._states, leaf)

    def _collect(self, condition: Condition) -> None:
        """Note the places that keep the truth of ``condition`` from being known."""
        if evaluate(condition, self._value) is not None:
            return
        match condition:
            case AllOf(of=parts) | AnyOf(of=parts):
                for part in parts:
                    self._collect(part)
            case Not(of=part):
                self._collect(part)
            case Owed(rules=rules):
                for rule in rules:
                    if self._open(rule) == UNKNOWN:
                        self._collect(opening(self.policy, self.policy.right(rule)))
            case leaf:
                self._found.add(self._unknown[leaf])
