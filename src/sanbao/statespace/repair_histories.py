"""What can have happened to the goods before the claim: 维修经过.

Rules look at repairs through a few facts: how many count, when the last one ended, what is
open and since when. Here every combination of what they can see is found, each with the
fewest repairs that show it. Days are counted back from the day of the claim, so that a
history fits any claim made long enough after the period began.

Repairs also move days. One handed in before somebody asked pushes last days on (art. 8), or takes
the day that is held against the period back to its hand-in (art. 10). Where nobody asked before
the first repair they move nothing; beside that, each combination is shown with a repair that
moves days by as much as tells two thresholds apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, product
from typing import Final, NamedTuple, TypeAlias

from sanbao.evaluation.facts.derivation import Use, derive, use_of
from sanbao.evaluation.facts.repair_history import NO_PROBLEM
from sanbao.evaluation.programs.program import Program
from sanbao.model.claim_row import Stated, StatedRepair
from sanbao.model.facts import FACTS, Facts, Spans
from sanbao.rules.conditions import AtLeast, Compare, Elapsed, Listed, OneOf, Period, Window

__all__ = [
    "EVER",
    "LONG_AGO",
    "MOVING_FACTS",
    "OPEN",
    "REPAIR_FACTS",
    "SINCE_PERIOD",
    "Begin",
    "Bounds",
    "FactLeaf",
    "Histories",
    "History",
    "Limits",
    "Past",
    "Repairs",
    "Sought",
    "States",
    "View",
    "elapsed",
    "longest",
    "moved",
    "narrow",
    "open_repair",
    "paid_repair",
]

LONG_AGO: Final = 30_000
"""Days; longer than any period."""

EVER: Final = 4_000_000
"""Days; more than there are ordinals."""

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

MOVING_FACTS: Final = ("claimed_on", "asked_on", "held_on", "period_held_on", "found_on")
"""The days that others are held against, from the claim back."""

SINCE_PERIOD: Final = REPAIR_FACTS - {"under_repair", "under_repair_since"}
"""The facts that only repairs since the start of the period decide."""

OPEN: Final[Mapping[str, str | None]] = {
    "under_repair": None,
    "waiting_for_parts": "parts",
    "delayed_by_repairer": "repairer",
}
"""What can be said of a unit that is with the repairer, and the delay that says it."""

_MOST_KINDS: Final = 3
"""So many kinds of finished repairs stand side by side in one history, at most."""

FactLeaf: TypeAlias = Compare | OneOf | AtLeast | Listed | Window | Period | Elapsed
"""A leaf that asks a fact."""

States: TypeAlias = tuple[int, ...]
"""The truth of some leaves, for one policy after another."""

Begin: TypeAlias = tuple[tuple[str, int], ...]
"""The days of a claim from the latest of which a period runs, each with the days after it."""

Repairs: TypeAlias = tuple[StatedRepair, ...]

Limits: TypeAlias = dict[str, tuple[int, int]]
"""How many days before asking each source of dates lies, at least and at most."""


class View(NamedTuple):
    """What the dates of one claim are held against under one policy: 所见之日.

    Days are counted from the day somebody asked: those held against windows and period, and the
    day the fault was found (``None``: as early as can be), the days in repair that push windows
    and period on, and how long ago use began at least if the fee takes the whole price.
    """

    held: int
    period: int
    found: int | None
    windows: Spans
    periods: Spans
    spent: int


class Bounds(NamedTuple):
    """What a history means for the days on which other things began: 经过所及.

    ``claimed`` are the days from asking to the claim. Of each source of dates in ``limits`` it is
    said how many days before asking it must lie, at least and at most.
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

    repairs: tuple[StatedRepair, ...]
    claimed: int
    appeared: int | None


class Past(NamedTuple):
    """What all policies see of repairs, and every way in which it can have come about.

    ``states`` are the leaves about repairs, of one policy after another; ``dues`` how many days
    before the claim each date began that obligations run from (-1: not), nothing where all
    policies see the same.
    """

    states: States
    dues: tuple[int, ...]
    ways: Mapping[Bounds, History]


@dataclass(frozen=True, slots=True)
class Sought:
    """What one policy looks at in one space.

    ``repairs`` are its leaves about repairs, ``begin`` what its period runs from, ``windows_from``
    its windows, ``asked`` the days it holds others against, ``spent`` from how many days of use on
    the fee takes the whole price, where that matters, and ``used_from`` whence they run.
    """

    repairs: tuple[FactLeaf, ...]
    begin: Begin
    windows_from: tuple[str, ...]
    asked: frozenset[str]
    spent: int | None
    used_from: str

    @property
    def windows_as_period(self) -> bool:
        """Whether windows that repairs push on run from the day the period runs from."""
        return bool(self.windows_from) and self.begin == tuple((n, 0) for n in self.windows_from)


def moved(repairs: Iterable[StatedRepair], day: int) -> tuple[StatedRepair, ...]:
    """Return repairs that are counted back from day 0, as they are for a claim on ``day``."""
    return tuple(_moved(repair, day) for repair in repairs)


def _moved(repair: StatedRepair, day: int) -> StatedRepair:
    def on(when: int | None) -> int | None:
        return None if when is None else day + when

    return repair._replace(
        handed_in=day + repair.handed_in,
        ready=on(repair.ready),
        notified=on(repair.notified),
        handed_back=on(repair.handed_back),
    )


Sight: TypeAlias = tuple[States, View, tuple[int, ...]]
"""What one policy sees: states of its leaves, what its dates are held against, its dues."""

_Key: TypeAlias = tuple[int, tuple[StatedRepair, ...], int, int | None]


class _Seen:
    """What the policies see of repairs, found by deriving the facts of a claim."""

    def __init__(
        self,
        programs: Sequence[Program],
        sought: Sequence[Sought],
        base: Stated,
        dues: Sequence[str],
    ) -> None:
        self.programs = programs
        self.sought = sought
        self.base = base
        self.dues = dues
        self.known: dict[_Key, Sight] = {}
        self.known_leaves: dict[_Key, tuple[States, tuple[int, ...]]] = {}
        self.states: dict[tuple[StatedRepair, ...], object] = {}

    def told(self, repairs: tuple[StatedRepair, ...]) -> object:
        """Return what tells ``repairs`` from others whenever they were: leaves, dues and days.

        Days in repair are told only where policies count them differently.
        """
        found = self.states.get(repairs)
        if found is None:
            stated = self.base._replace(repairs=moved(repairs, self.base.claimed))
            states, ages, days = [], [], []
            for program, own in zip(self.programs, self.sought, strict=True):
                facts = Facts._make(derive(stated, program.frame))
                states.append(program.states_of(program.leaf_states(facts), own.repairs))
                ages.append(tuple(getattr(facts, name) for name in self.dues))
                days.append(facts.days_in_repair or 0)
            more = tuple(number - min(days) for number in days)
            found = self.states[repairs] = (tuple(states), tuple(ages), more)
        return found

    def by(self, number: int, repairs: Repairs, claimed: int, appeared: int | None) -> Sight:
        """Return what the policy with this number sees of it."""
        key = (number, repairs, claimed, appeared)
        found = self.known.get(key)
        if found is None:
            stated = self._stated(repairs, claimed, appeared)
            facts = Facts._make(derive(stated, self.programs[number].frame))
            view = self._view(number, stated, facts, stated.claimed - claimed)
            states, ages = self._leaves(number, stated, facts)
            found = self.known[key] = states, view, ages
        return found

    def leaves_by(
        self, number: int, repairs: Repairs, claimed: int, appeared: int | None
    ) -> tuple[States, tuple[int, ...]]:
        """Return what leaves and dues of the policy with this number are."""
        key = (number, repairs, claimed, appeared)
        found = self.known_leaves.get(key)
        if found is None:
            stated = self._stated(repairs, claimed, appeared)
            facts = Facts._make(derive(stated, self.programs[number].frame))
            found = self.known_leaves[key] = self._leaves(number, stated, facts)
        return found

    def _stated(self, repairs: Repairs, claimed: int, appeared: int | None) -> Stated:
        day = self.base.claimed
        return self.base._replace(
            repairs=moved(repairs, day),
            asked=day - claimed if claimed else None,
            appeared=None if appeared is None else day - claimed - appeared,
        )

    def _leaves(self, number: int, stated: Stated, facts: Facts) -> tuple[States, tuple[int, ...]]:
        program = self.programs[number]
        states = program.states_of(program.leaf_states(facts), self.sought[number].repairs)
        since = (getattr(facts, name) for name in self.dues)
        return states, tuple(-1 if first is None else stated.claimed - first for first in since)

    def _view(self, number: int, stated: Stated, facts: Facts, asked: int) -> View:
        own = self.sought[number]
        held, period = facts.held_on, facts.period_held_on
        if period is None or "period_held_on" not in own.asked:
            period = asked
        found = facts.found_on
        if found is None or "found_on" not in own.asked:
            found = asked
        return View(
            held=held - asked if "held_on" in own.asked else 0,
            period=period - asked,
            found=None if asked - found >= LONG_AGO // 2 else found - asked,
            windows=_before(facts.window_repair_time, held, asked)
            if "held_on" in own.asked
            else (),
            periods=_before(facts.repair_time, period, asked)
            if "period_held_on" in own.asked
            else (),
            spent=self._spent(self.programs[number], own, stated, asked),
        )

    def _spent(self, program: Program, own: Sought, stated: Stated, asked: int) -> int:
        """Return how long before asking use began at least, if the fee takes the whole price."""
        if own.spent is None:
            return EVER
        whole = _use(stated, own, program, asked, LONG_AGO)
        age = own.spent - whole.days + LONG_AGO
        oldest = max((asked - repair.handed_in for repair in stated.repairs), default=0)
        if age >= oldest:
            return max(0, age)
        # of a repair from before that day only the days since count
        return bisect_left(
            range(oldest),
            own.spent,
            lo=max(0, age),
            key=lambda ago: _use(stated, own, program, asked, ago).days,
        )


def _use(stated: Stated, own: Sought, program: Program, asked: int, ago: int) -> Use:
    """Return the days of use where it began so many days before asking."""
    begun = asked - ago
    if own.used_from == "exchanged":
        stated = stated._replace(exchanges=(begun,) * len(stated.exchanges))
    else:
        stated = stated._replace(invoiced=begun)
    use = use_of(stated, program.frame, asked - 2 * LONG_AGO)
    assert use is not None  # noqa: S101
    return use


def _length(repair: StatedRepair, claimed: int) -> int:
    back = claimed if repair.handed_back is None else min(repair.handed_back, claimed)
    return back - repair.handed_in + 1


def _before(spans: Spans, held: int, asked: int) -> Spans:
    """Return the days in repair that can push a last day on so that ``held`` lies inside.

    What was handed in on that day or later never does: the day is inside already, or it is not.
    """
    return tuple((first - asked, after - asked) for first, after in spans if first < held)


# --- every history ---------------------------------------------------------------------------


class Histories:
    """Finds every history that rules can tell from another: 全部经过.

    ``sought`` is what each of ``programs`` looks at, ``base`` a claim about goods sold long before
    it is made. ``gaps`` are days by which repairs may move a day, ``waits`` days from asking to
    the claim, ``ages`` how long ago each day may lie from which something runs; ``dues`` are the
    dates that obligations run from. All policies see the same repairs; where their periods run
    from different days it is :class:`sanbao.statespace.cut_histories.CutHistories` that finds all.
    """

    def __init__(
        self,
        programs: Sequence[Program],
        sought: Sequence[Sought],
        base: Stated,
        *,
        gaps: Sequence[int],
        waits: Sequence[int],
        ages: Mapping[str, Sequence[int]],
        chained: bool,
        pushed: frozenset[str],
        dues: Sequence[str] = (),
    ) -> None:
        self.sought = tuple(sought)
        begins = {own.begin for own in sought}
        apart = len(begins) > 1 or len({_counting(program) for program in programs}) > 1
        self.seen = _Seen(programs, sought, base, dues if apart else ())
        self.leaves = [leaf for own in sought for leaf in own.repairs]
        self.gaps, self.waits = tuple(gaps), tuple(waits)
        self.chained, self.pushed = chained, pushed
        counts = _thresholds(self.leaves, "repairs_counted", "repairs_finished")
        self.copies = sorted({1, *(number - 1 for number in counts), *counts} - {0})
        proofs = {program.frame.unrecorded_repairs_too for program in programs}
        self.recorded = (True, False) if len(proofs) > 1 else (True,)
        self.ages = ages
        self.as_it_appeared = any(program.frame.held_as_it_appeared for program in programs)
        self.asks_found = any(
            "found_on" in (leaf.fact, getattr(leaf, "until", "")) for leaf in self.leaves
        )
        self.kinds_needed = bool(self.leaves) or apart
        self.found: dict[tuple[States, States], dict[Bounds, History]] = {}

    def all(self) -> tuple[Past, ...]:
        """Return every history, the simplest first."""
        self._keep_all()
        pasts = [
            Past(states, dues, _without_narrower(ways))
            for (states, dues), ways in self.found.items()
        ]
        return tuple(sorted(pasts, key=_weight))

    def _keep_all(self) -> None:
        """Keep repairs such that any others look like one of these."""
        candidates = self._candidates() if self.kinds_needed else iter([()])
        known: set[object] = set()
        for repairs in candidates:
            look = self.seen.told(repairs), self._lengthens(repairs)
            if look not in known:
                known.add(look)
                self._keep(repairs)

    def _keep(self, repairs: tuple[StatedRepair, ...]) -> None:
        """Keep ``repairs`` in every way in which they may move days."""
        # who asked the day before the first repair was not asking again after one
        oldest = max((1 - repair.handed_in for repair in repairs), default=0)
        waits = sorted({max(oldest, wait) for wait in self._waits(repairs)})
        if oldest == 1:
            self._note(repairs, 0)
        for wait in waits:
            self._note(repairs, wait)
            if self.pushed:
                for gap in self.gaps:
                    for early in self._told_early():
                        self._note((paid_repair(wait, gap, told_early=early), *repairs), wait)
            if self.chained:
                for gap in self.gaps:
                    for longer in _longer(repairs, wait + gap):
                        self._note(longer, wait, chained=True)
        if self.chained:
            for repair in repairs:
                if repair.handed_back is None and repair.under_guarantee:
                    for wait in sorted({0, max(0, -repair.handed_in - 1)}):
                        self._note(repairs, wait, chained=True)

    def _told_early(self) -> tuple[bool, ...]:
        """Return whether owners can be told on the day of hand-in, so far as it matters."""
        frames = (program.frame for program in self.seen.programs)
        return (False, True) if any(one.repairs_end_when_notified for one in frames) else (False,)

    def _waits(self, repairs: tuple[StatedRepair, ...]) -> Iterator[int]:
        yield 0
        yield from self.waits
        yield from self._spending(repairs)

    def _spending(self, repairs: Repairs) -> Iterator[int]:
        """Yield days from asking to the claim in which a fee takes the whole price."""
        needed = [own.spent for own in self.sought if own.spent is not None]
        if needed:  # round, so that histories of about one length are held against the same days
            total = sum(_length(repair, 0) for repair in repairs)
            yield ((max(needed) + total) // 100 + 2) * 100

    def _note(self, repairs: Repairs, wait: int, *, chained: bool = False) -> None:
        """Note what a claim ``wait`` days after asking shows, whenever the fault appeared."""
        since = max((-repair.handed_in - wait for repair in repairs), default=0)
        limits: Limits = {}
        for own in self.sought:
            for source, after in (*own.begin, *((name, 0) for name in own.windows_from)):
                narrow(limits, source, max(0, since + after), EVER)
        for appeared in self._appearances(chained=chained):
            history = History(repairs, wait, appeared)
            places = range(len(self.sought))
            self._found([self._seen_by(place, history) for place in places], limits, history)

    def _seen_by(self, place: int, history: History) -> Sight:
        """Return what a policy sees of a history if its period began before the first repair."""
        repairs, wait, appeared = history
        if appeared != LONG_AGO or self.asks_found:
            return self.seen.by(place, repairs, wait, appeared)
        told, view, ages = self.seen.by(place, repairs, wait, None)
        asks = "found_on" in self.sought[place].asked
        return told, view._replace(found=None if asks else 0), ages

    def _appearances(self, *, chained: bool) -> Iterator[int | None]:
        yield None
        if self.as_it_appeared:
            yield from ((0, *self.gaps) if chained else self.gaps)
        elif any("found_on" in own.asked for own in self.sought):
            yield LONG_AGO
            if chained:
                yield 0

    def _found(self, sights: Sequence[Sight], limits: Limits, history: History) -> None:
        states = tuple(state for told, _, _ in sights for state in told)
        dues = tuple(age for _, _, ages in sights for age in ages)
        bounds = self._bounds(history.claimed, (view for _, view, _ in sights), limits)
        self.found.setdefault((states, dues), {}).setdefault(bounds, history)

    def _bounds(self, wait: int, views: Iterable[View], limits: Limits) -> Bounds:
        dated = any("claimed_on" in own.asked for own in self.sought)
        named = tuple((name, *ages) for name, ages in limits.items())
        return Bounds(wait if dated else 0, tuple(views), named)

    # --- which repairs ------------------------------------------------------------------------

    def _candidates(self) -> Iterator[Repairs]:
        """Yield repairs such that any others look like one of these."""
        open_ = self._open()
        for repairs in self._together():
            for others in open_:
                yield (*repairs, *others)

    def _together(self) -> list[Repairs]:
        """Return finished repairs such that any others look like some of these."""
        finished: dict[object, Repairs] = {}
        kinds = list(self._kinds())
        for number in range(_MOST_KINDS + 1):
            for chosen in combinations(kinds, number):
                for times in product(self.copies, repeat=number):
                    pairs = zip(chosen, times, strict=True)
                    repairs = tuple(repair for repair, many in pairs for _ in range(many))
                    key = self._look(repairs), self._lengthens(repairs)
                    if key not in finished or len(repairs) < len(finished[key]):
                        finished[key] = repairs
        return list(finished.values())

    def _look(self, repairs: Repairs) -> object:
        """Return what tells finished repairs from others, whatever stands beside them."""
        return tuple(self.seen.told(repairs * number) for number in self.copies)

    def _open(self) -> list[Repairs]:
        """Return what may be with the repairer, so far as policies tell it apart."""
        found: dict[object, Repairs] = {}
        for repairs in sorted(_open_repairs(self.leaves, self.seen.dues, self.recorded), key=len):
            found.setdefault(self.seen.told(repairs), repairs)
        return list(found.values())

    def _lengthens(self, repairs: tuple[StatedRepair, ...]) -> bool:
        """Say whether one of ``repairs`` can be one that a fault came back after."""
        return self.chained and any(_is_own(repair) for repair in repairs)

    def _kinds(self) -> Iterator[StatedRepair]:
        """Yield finished repairs, one of each kind that some policy treats in its own way."""
        seen = self.seen
        frames = [program.frame for program in seen.programs]
        ages = (0, *(days + 1 for days in sorted(elapsed(self.leaves, ("repaired_on",)))))
        lengths = {0, *(max(0, n - 1) for n in _days_asked(self.leaves))}
        lengths |= {max(0, n - 2) for n in _days_asked(self.leaves)}
        known: set[object] = {(seen.told(()), seen.told(()), False)}
        software = any(not frame.software_repairs_too for frame in frames)
        flags = [(True, True, False), (False, True, False), (True, False, False)]
        flags += [(True, True, True)] if software else []
        for symptom in self._symptoms():
            for recorded, under_guarantee, software_only in flags:
                for age in ages:
                    for length in sorted(lengths):
                        for told_early in self._told_early():
                            took = max(length, 1) if told_early else length
                            first = -age - took
                            repair = StatedRepair(
                                handed_in=first,
                                ready=None,
                                notified=first if told_early else None,
                                handed_back=-age,
                                symptom=symptom,
                                recorded=recorded,
                                under_guarantee=under_guarantee,
                                delay=None,
                                software_only=software_only,
                            )
                            # twice, for what counts from the second one on
                            look = (
                                seen.told((repair,)),
                                seen.told((repair, repair)),
                                self._lengthens((repair,)),
                            )
                            if look not in known:
                                known.add(look)
                                yield repair

    def _symptoms(self) -> Iterator[str | None]:
        """Yield the claim's own fault (``None``), then others, one for each set of lists."""
        yield None
        lists = [program.frame.faults for program in self.seen.programs]
        known: set[tuple[bool, ...]] = set()
        for code in FACTS["symptom"].codes:
            listed = tuple(code in faults for faults in lists)
            if code not in (self.seen.base.symptom, *NO_PROBLEM) and listed not in known:
                known.add(listed)
                yield code


def narrow(limits: Limits, source: str, least: int, most: int) -> None:
    """Say that a source lies so many days before asking, beside what is said of it already."""
    before = limits.get(source, (least, most))
    limits[source] = (max(before[0], least), min(before[1], most))


def _counting(program: Program) -> tuple[bool, ...]:
    frame = program.frame
    return frame.both_repair_days, frame.repairs_end_when_notified


def _weight(past: Past) -> tuple[int, int, int]:
    return min(
        (
            len(one.repairs),
            max((-repair.handed_in for repair in one.repairs), default=0),
            one.claimed,
        )
        for one in past.ways.values()
    )


def _without_narrower(ways: Mapping[Bounds, History]) -> dict[Bounds, History]:
    """Return ``ways`` without those that fit only claims which another of them fits too."""
    alike: dict[object, list[Bounds]] = {}
    for bounds in ways:
        alike.setdefault((bounds.claimed, bounds.views), []).append(bounds)
    return {
        bounds: history
        for bounds, history in ways.items()
        if not any(
            other is not bounds and _is_wider(other, bounds)
            for other in alike[bounds.claimed, bounds.views]
        )
    }


def _is_wider(one: Bounds, other: Bounds) -> bool:
    within = {name: ages for name, *ages in other.limits}
    return one.limits != other.limits and all(
        least <= within.get(name, (0, EVER))[0] and most >= within.get(name, (0, EVER))[1]
        for name, least, most in one.limits
    )


def paid_repair(wait: int, gap: int, *, told_early: bool) -> StatedRepair:
    """Return a repair of which nothing counts but the ``gap`` days it took, before asking."""
    first = -wait - gap
    told = first if told_early else None
    return StatedRepair(first, None, told, -wait - 1, None, True, False, None, False)


def _is_own(repair: StatedRepair) -> bool:
    """Say whether ``repair`` is one under the guarantees of the fault now, and is finished."""
    return repair.symptom is None and repair.under_guarantee and repair.handed_back is not None


def _longer(repairs: tuple[StatedRepair, ...], ago: int) -> Iterator[tuple[StatedRepair, ...]]:
    """Yield ``repairs`` with one of the fault now that was handed in so many days ago."""
    for place, repair in enumerate(repairs):
        if _is_own(repair):
            longer = repair._replace(handed_in=-ago)
            yield (*repairs[:place], longer, *repairs[place + 1 :])
            return


def _open_repairs(
    leaves: Sequence[FactLeaf], dues: Sequence[str], recorded: Sequence[bool]
) -> Iterator[Repairs]:
    """Yield what may be with the repairer and not repaired yet: nothing, one unit, or more.

    ``recorded`` are the ways in which repairs may be on record, so far as it matters.
    """
    asked = {leaf.fact for leaf in leaves} | set(dues)
    names = [name for name in OPEN if {name, f"{name}_since"} & asked]
    spans = elapsed(leaves, tuple(f"{name}_since" for name in OPEN))
    ages = [0, *(days + 1 for days in sorted(spans))]
    if dues:  # of two that have been there too long, one may have come before the other
        ages.append(ages[-1] + 1)
    each: list[list[Repairs]] = []
    for name in names:
        delay = OPEN[name]
        ways = [
            [(), *((open_repair(age, delay, recorded=said),) for age in ages)]
            for said in (recorded if delay else (True,))
        ]
        each.append([tuple(chain(*chosen)) for chosen in product(*ways)])
        if dues and delay:
            each[-1] += [
                (open_repair(later, delay), open_repair(earlier, delay))
                for later, earlier in combinations(ages, 2)
            ]
    for chosen in product(*each):
        yield tuple(chain(*chosen))


def open_repair(age: int, delay: str | None, *, recorded: bool = True) -> StatedRepair:
    """Return a repair that goes on; one of which no delay is known is paid for."""
    return StatedRepair(-age, None, None, None, None, recorded, delay is not None, delay, False)


def _thresholds(leaves: Sequence[FactLeaf], *facts: str) -> set[int]:
    return {leaf.value for leaf in leaves if isinstance(leaf, AtLeast) and leaf.fact in facts}


def _days_asked(leaves: Sequence[FactLeaf]) -> set[int]:
    return _thresholds(leaves, "days_in_repair")


def longest(days: int | None, months: int | None) -> int:
    """Return about how many days a count can be; months with what they may roll over."""
    return int(days or 0) if months is None else 61 * months // 2 + 8


def elapsed(leaves: Sequence[FactLeaf], facts: tuple[str, ...]) -> set[int]:
    """Return the times that leaves count from these facts, in days; months at their longest."""
    return {
        int(leaf.days or 0) if leaf.months is None else 31 * leaf.months
        for leaf in leaves
        if isinstance(leaf, Elapsed) and leaf.fact in facts
    }
