"""The histories of repairs before a claim: 维修经过.

Every combination of what policies can see of repairs is found, each with the fewest repairs that
show it. Days are counted back from the day of the claim, so that a history fits any claim made long
enough after the period began.

Repairs after the day of asking move no days. Each combination is also shown with a repair before
that day, which moves days by enough to pass from one threshold to another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, product
from typing import Final

from sanbao.evaluation.facts.dependencies import codes_named
from sanbao.model.claim_row import ClaimRow, RepairRow
from sanbao.rules.conditions import AtLeast, Elapsed
from sanbao.rules.policy import codes_of
from sanbao.statespace.regions.layout import FactLeaf, FlatView, counts_repairs
from sanbao.statespace.regions.repair_views import (
    EVER,
    LONG_AGO,
    Bounds,
    History,
    Limits,
    Past,
    Repairs,
    RepairViews,
    Sight,
    States,
    View,
)

__all__ = ["OPEN", "Histories", "elapsed", "narrow", "open_repair", "paid_repair"]

OPEN: Final[Mapping[str, str | None]] = {
    "under_repair": None,
    "waiting_for_parts": "parts",
    "delayed_by_repairer": "repairer",
}
"""The facts about a unit that is with the repairer, and the cause of delay each needs."""

_MOST_KINDS: Final = 3
"""Kinds of finished repairs in one history, at most."""


class Histories:
    """Finds every history that rules can distinguish: 全部经过.

    ``base`` is a claim about goods sold long before it is made, ``dues`` are the dates that
    obligations run from. All policies see the same repairs; for periods that start on different
    days see :class:`sanbao.statespace.regions.cut_histories.CutHistories`.
    """

    def __init__(self, layout: FlatView, base: ClaimRow, dues: Sequence[str] = ()) -> None:
        self.sought = layout.sought
        programs = [loaded.program for loaded in layout.policies]
        apart = layout.begins_apart or len(set(map(counts_repairs, programs))) > 1
        self.seen = RepairViews(layout, base, dues if apart else ())
        self.leaves = [leaf for own in self.sought for leaf in own.repairs]
        self.gaps, self.waits, self.ages = layout.gaps(), layout.waits(), layout.ages()
        self.chained, self.pushed = layout.chained, layout.pushed
        counts = _thresholds(self.leaves, "repairs_counted", "repairs_finished")
        self.copies = sorted({1, *(number - 1 for number in counts), *counts} - {0})
        proofs = {program.context.unrecorded_repairs_too for program in programs}
        self.recorded = (True, False) if len(proofs) > 1 else (True,)
        self.as_it_appeared = any(program.context.held_as_it_appeared for program in programs)
        early = any(program.context.repairs_end_when_notified for program in programs)
        self.told_early = (False, True) if early else (False,)
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
        """Keep one of all repairs that look alike."""
        ways = product(self._together(), self._open()) if self.kinds_needed else [((), ())]
        unlike: dict[object, Repairs] = {}
        for done, going_on in ways:
            repairs = (*done, *going_on)
            unlike.setdefault((self.seen.look(repairs), self._lengthens(repairs)), repairs)
        for repairs in unlike.values():
            self._keep(repairs)

    def _keep(self, repairs: Repairs) -> None:
        """Keep ``repairs`` with every way in which they can move days."""
        # who asked the day before the first repair was not asking again after one
        oldest = max((1 - repair.handed_in for repair in repairs), default=0)
        if oldest == 1:
            self._note(repairs, 0)
        waits = (0, *self.waits, *self._spending(repairs))
        for wait in sorted({max(oldest, wait) for wait in waits}):
            self._note(repairs, wait)
            for gap, early in product(self.gaps if self.pushed else (), self.told_early):
                self._note((paid_repair(wait, gap, told_early=early), *repairs), wait)
            for gap in self.gaps if self.chained else ():
                for longer in _longer(repairs, wait + gap):
                    self._note(longer, wait, chained=True)
        for repair in repairs if self.chained else ():
            if repair.handed_back is None and repair.under_guarantee:
                for wait in sorted({0, max(0, -repair.handed_in - 1)}):
                    self._note(repairs, wait, chained=True)

    def _spending(self, repairs: Repairs) -> Iterator[int]:
        """Yield days from asking to the claim in which a fee takes the whole price."""
        needed = [own.spent for own in self.sought if own.spent is not None]
        if needed:  # round, so that histories of about one length are held against the same days
            total = sum(1 - repair.handed_in + (repair.handed_back or 0) for repair in repairs)
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
            sights = [self._seen_by(place, history) for place in range(len(self.sought))]
            states = tuple(state for own, _, _ in sights for state in own)
            dues = tuple(age for _, _, ages in sights for age in ages)
            bounds = self._bounds(wait, [view for _, view, _ in sights], limits)
            self.found.setdefault((states, dues), {}).setdefault(bounds, history)

    def _seen_by(self, place: int, history: History) -> Sight:
        """Return what a policy sees of a history whose repairs all came in its period."""
        repairs, wait, appeared = history
        if appeared != LONG_AGO or self.asks_found:
            return self.seen.by(place, repairs, wait, appeared)
        states, view, ages = self.seen.by(place, repairs, wait, None)
        asks = "found_on" in self.sought[place].asked
        return states, view._replace(found=None if asks else 0), ages

    def _appearances(self, *, chained: bool) -> Iterator[int | None]:
        yield None
        if self.as_it_appeared:
            yield from ((0, *self.gaps) if chained else self.gaps)
        elif any("found_on" in own.asked for own in self.sought):
            yield LONG_AGO
            if chained:
                yield 0

    def _bounds(self, wait: int, views: Iterable[View], limits: Limits) -> Bounds:
        dated = any("claimed_on" in own.asked for own in self.sought)
        named = tuple((name, *ages) for name, ages in limits.items())
        return Bounds(wait if dated else 0, tuple(views), named)

    # --- which repairs ------------------------------------------------------------------------

    def _together(self) -> list[Repairs]:
        """Return combinations of finished repairs, one of all that look alike."""
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
        """Return what distinguishes finished repairs, alone or together with others."""
        return tuple(self.seen.look(repairs * number) for number in self.copies)

    def _open(self) -> list[Repairs]:
        """Return combinations of repairs that go on, one of all that look alike."""
        found: dict[object, Repairs] = {}
        for repairs in sorted(_open_repairs(self.leaves, self.seen.dues, self.recorded), key=len):
            found.setdefault(self.seen.look(repairs), repairs)
        return list(found.values())

    def _lengthens(self, repairs: Repairs) -> bool:
        """True if a fault can have come back after one of ``repairs``."""
        return self.chained and any(_is_own(repair) for repair in repairs)

    def _kinds(self) -> Iterator[RepairRow]:
        """Yield finished repairs, one of each kind that some policy treats in its own way."""
        seen = self.seen
        frames = [program.context for program in seen.programs]
        ages = (0, *(days + 1 for days in sorted(elapsed(self.leaves, ("repaired_on",)))))
        asked = _thresholds(self.leaves, "days_in_repair")
        lengths = sorted({0, *(max(0, days - less) for days in asked for less in (1, 2))})
        known: set[object] = {(seen.look(()), seen.look(()), False)}
        flags = [(True, True, False), (False, True, False), (True, False, False)]
        software = any(not context.software_repairs_too for context in frames)
        flags += [(True, True, True)] if software else []
        ways = product(self._symptoms(), flags, ages, lengths, self.told_early)
        for symptom, (recorded, under_guarantee, software_only), age, length, told_early in ways:
            first = -age - (max(length, 1) if told_early else length)
            repair = RepairRow(
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
            twice = seen.look((repair, repair))
            look = seen.look((repair,)), twice, self._lengthens((repair,))
            if look not in known:
                known.add(look)
                yield repair

    def _symptoms(self) -> list[str | None]:
        """Return the claim's own fault (``None``), then others, one for each set of lists."""
        lists = [program.context.faults for program in self.seen.programs]
        derived = {program.policy.derived for program in self.seen.programs}
        no_problem = {code for one in derived for code in codes_named(one, "is_problem")}
        others: dict[tuple[bool, ...], str] = {}
        for code in codes_of((one.policy for one in self.seen.programs), "symptom"):
            if code not in (self.seen.base.symptom, *no_problem):
                others.setdefault(tuple(code in faults for faults in lists), code)
        return [None, *others.values()]


def narrow(limits: Limits, source: str, least: int, most: int) -> None:
    """Narrow ``limits``: the source is so many days before asking, at least and at most."""
    before = limits.get(source, (least, most))
    limits[source] = (max(before[0], least), min(before[1], most))


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
    """Return ``ways`` without those whose limits are inside those of another."""
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


def paid_repair(wait: int, gap: int, *, told_early: bool) -> RepairRow:
    """Return a repair before asking that counts for nothing but its ``gap`` days."""
    first = -wait - gap
    notified = first if told_early else None
    return RepairRow(first, None, notified, -wait - 1, None, True, False, None, False)


def _is_own(repair: RepairRow) -> bool:
    """True for a finished repair of the present fault under the guarantees."""
    return repair.symptom is None and repair.under_guarantee and repair.handed_back is not None


def _longer(repairs: Repairs, ago: int) -> Iterator[Repairs]:
    """Yield ``repairs`` with one of the present fault handed in so many days ago."""
    for place, repair in enumerate(repairs):
        if _is_own(repair):
            longer = repair._replace(handed_in=-ago)
            yield (*repairs[:place], longer, *repairs[place + 1 :])
            return


def _open_repairs(
    leaves: Sequence[FactLeaf], dues: Sequence[str], recorded: Sequence[bool]
) -> Iterator[Repairs]:
    """Yield repairs that go on: none, one, or several at once.

    ``recorded`` are the values of that field that matter.
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


def open_repair(age: int, delay: str | None, *, recorded: bool = True) -> RepairRow:
    """Return a repair that goes on; one without a cause of delay is not under the guarantees."""
    return RepairRow(-age, None, None, None, None, recorded, delay is not None, delay, False)


def _thresholds(leaves: Sequence[FactLeaf], *facts: str) -> set[int]:
    return {leaf.value for leaf in leaves if isinstance(leaf, AtLeast) and leaf.fact in facts}


def elapsed(leaves: Sequence[FactLeaf], facts: tuple[str, ...]) -> set[int]:
    """Return the times that leaves count from these facts, in days; months at their longest."""
    return {
        int(leaf.days or 0) if leaf.months is None else 31 * leaf.months
        for leaf in leaves
        if isinstance(leaf, Elapsed) and leaf.fact in facts
    }
