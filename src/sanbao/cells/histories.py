"""What can have happened to the goods before the claim: 维修经过.

Rules look at repairs through a few facts: how many count, when the last one ended, what is
open and since when. Here every combination of what they can see is found, each with the
fewest repairs that show it. Days are counted back from the day of the claim, so that a
history fits any claim made long enough after the period began.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Final, NamedTuple, TypeAlias

from sanbao.conditions import AtLeast, Compare, Elapsed, Listed, OneOf, Period, Window
from sanbao.facts import FACTS, NO_PROBLEM, Facts, derive
from sanbao.program import Program
from sanbao.stated import Stated, StatedRepair

__all__ = ["REPAIR_FACTS", "FactLeaf", "History", "histories", "moved"]

REPAIR_FACTS: Final = frozenset(
    {
        "deducted_days",
        "repairs_counted",
        "repaired_before",
        "repaired_on",
        "under_repair",
        "under_repair_since",
        "waiting_for_parts",
        "waiting_for_parts_since",
        "delayed_by_repairer",
        "delayed_by_repairer_since",
    }
)
"""The facts that repairs decide."""

_OPEN: Final = ("under_repair", "waiting_for_parts", "delayed_by_repairer")
_LONGEST_MONTH: Final = 31
_MOST_KINDS: Final = 3
"""So many kinds of finished repairs stand side by side in one history, at most."""
_OLD: Final = (400, 4000)
"""Days ago: longer than the year of the law, and longer than any period."""
_OLD_DAYS: Final = frozenset(-age for age in _OLD)

FactLeaf: TypeAlias = Compare | OneOf | AtLeast | Listed | Window | Period | Elapsed
"""A leaf that asks a fact."""

States: TypeAlias = tuple[int, ...]
"""The truth of some leaves, for one policy after another."""


class History(NamedTuple):
    """Repairs that came before a claim, and what each policy sees of them: 维修经过.

    ``repairs`` are those of a claim made on day 0. Of each policy: ``states`` are the leaves
    about repairs, ``deducted`` the days in repair, ``since`` how many days before the claim
    its period must have begun at the latest, ``until`` at the earliest (``None``: whenever),
    for a repair from before the period counts for nothing.
    """

    repairs: tuple[StatedRepair, ...]
    states: tuple[States, ...]
    deducted: tuple[int, ...]
    since: tuple[int | None, ...]
    until: tuple[int | None, ...]
    dues: tuple[int, ...] = ()
    """How many days ago each date began that obligations run from (-1: not), for each policy;
    nothing where all policies see the same."""


def histories(
    programs: Sequence[Program],
    asked: Sequence[Sequence[FactLeaf]],
    base: Stated,
    begins: Sequence[object],
    dues: Sequence[str] = (),
) -> tuple[History, ...]:
    """Return every history that rules can tell from another, the simplest first.

    ``asked`` are the leaves about repairs that each of ``programs`` looks at, ``base`` is a
    claim whose period begins long before it is made, and ``begins`` says from what each
    policy counts the period: where two count from different days, a repair may lie before
    the one and after the other. ``dues`` are the dates that obligations run from.
    """
    leaves = [leaf for own in asked for leaf in own]
    begin_apart = len(set(begins)) > 1
    apart = begin_apart or len({_counting(program) for program in programs}) > 1
    if not leaves and not apart:
        nothing = tuple(() for _ in programs)
        never = (None,) * len(programs)
        return (History((), nothing, (0,) * len(programs), never, never),)
    found: dict[object, History] = {}
    seen = _Seen(programs, asked, base, dues if apart else ())
    for repairs in _candidates(seen, leaves, base, begin_apart=begin_apart):
        for history in _cut(seen, repairs, begins):
            least = min(history.deducted)
            more = tuple(days - least for days in history.deducted)
            limits = (history.since, history.until) if apart else history.since
            key = (history.states, more, history.dues)
            kept = found.get(key)
            if kept is None:
                found[key] = history
            elif limits != (kept.since, kept.until) and not _dominates(kept, history):
                found[key, limits] = history
    return tuple(sorted(found.values(), key=_weight))


def _dominates(one: History, other: History) -> bool:
    """Say whether ``one`` fits every claim that ``other`` fits."""
    return all(
        a is None or (b is not None and a <= b) for a, b in zip(one.since, other.since, strict=True)
    ) and all(
        a is None or (b is not None and a >= b) for a, b in zip(one.until, other.until, strict=True)
    )


def _counting(program: Program) -> tuple[bool, ...]:
    frame = program.frame
    return frame.both_repair_days, frame.repairs_end_when_notified


def _weight(history: History) -> tuple[int, int]:
    return len(history.repairs), max((-repair.handed_in for repair in history.repairs), default=0)


Sight: TypeAlias = tuple[States, int, tuple[int, ...]]
"""What one policy sees: states of its leaves, days deducted, how long ago its dues began."""


class _Seen:
    """What the policies see of repairs, found by deriving the facts of a claim."""

    def __init__(
        self,
        programs: Sequence[Program],
        asked: Sequence[Sequence[FactLeaf]],
        base: Stated,
        dues: Sequence[str],
    ) -> None:
        self.programs = programs
        self.asked = asked
        self.base = base
        self.dues = dues
        self.known: dict[tuple[StatedRepair, ...], tuple[Sight, ...]] = {}

    def of(self, repairs: tuple[StatedRepair, ...]) -> tuple[Sight, ...]:
        """Return the states of the leaves, the days deducted and the dues, for each policy."""
        found = self.known.get(repairs)
        if found is None:
            day = self.base.claimed
            moved = tuple(_moved(repair, day) for repair in repairs)
            stated = self.base._replace(repairs=moved)
            each = []
            for program, leaves in zip(self.programs, self.asked, strict=True):
                facts = Facts._make(derive(stated, program.frame))
                states = program.leaf_states(facts)
                since = (getattr(facts, name) for name in self.dues)
                ages = tuple(-1 if first is None else day - first for first in since)
                each.append((program.states_of(states, leaves), facts.deducted_days or 0, ages))
            found = self.known[repairs] = tuple(each)
        return found


def _moved(repair: StatedRepair, day: int) -> StatedRepair:
    """Return a repair that is counted back from day 0, as it is for a claim on ``day``."""

    def on(when: int | None) -> int | None:
        return None if when is None else day + when

    return repair._replace(
        handed_in=day + repair.handed_in,
        ready=on(repair.ready),
        notified=on(repair.notified),
        handed_back=on(repair.handed_back),
    )


def moved(history: History, day: int) -> tuple[StatedRepair, ...]:
    """Return the repairs of ``history`` for a claim made on ``day`` (an ordinal)."""
    return tuple(_moved(repair, day) for repair in history.repairs)


# --- which repairs ------------------------------------------------------------------------


def _candidates(
    seen: _Seen, leaves: Sequence[FactLeaf], base: Stated, *, begin_apart: bool
) -> Iterator[tuple[StatedRepair, ...]]:
    """Yield repairs such that any others look like one of these.

    Where periods begin apart, it matters how old repairs are that look alike: one policy
    may see those that another does not.
    """
    finished: dict[object, tuple[StatedRepair, ...]] = {}
    counts = _thresholds(leaves, "repairs_counted")
    kinds = list(_kinds(seen, leaves, base, begin_apart=begin_apart))
    copies = sorted({1, *(number - 1 for number in counts), *counts} - {0})
    for number in range(_MOST_KINDS + 1):
        for chosen in combinations(kinds, number):
            if len({repair.handed_back for repair in chosen} & _OLD_DAYS) > 1:
                continue  # one old day shows as much: who sees the older repair sees both
            for times in product(copies, repeat=number):
                repairs = tuple(
                    repair for repair, many in zip(chosen, times, strict=True) for _ in range(many)
                )
                sights = seen.of(repairs)
                least = min(days for _, days, _ in sights)
                old = frozenset(repair.handed_back for repair in repairs) if begin_apart else None
                key = (old, *((told, days - least) for told, days, _ in sights))
                if key not in finished or _simpler(repairs, finished[key]):
                    finished[key] = repairs
    for repairs in finished.values():
        for open_ in _open_repairs(leaves, seen.dues):
            yield (*repairs, *open_)


def _simpler(one: tuple[StatedRepair, ...], other: tuple[StatedRepair, ...]) -> bool:
    return len(one) < len(other)


def _kinds(
    seen: _Seen, leaves: Sequence[FactLeaf], base: Stated, *, begin_apart: bool
) -> Iterator[StatedRepair]:
    """Yield finished repairs, one of each kind that some policy treats in its own way."""
    told = {leaf.fact for leaf in leaves}
    ages = (0, *(days + 1 for days in sorted(_spans(leaves, ("repaired_on",)))))
    if begin_apart:
        ages = (*(ages if len(ages) > 1 else (0, 1)), *_OLD)
    lengths = {0, *(days for n in _thresholds(leaves, "deducted_days") for days in (n - 1, n))}
    known: set[object] = set() if begin_apart else {seen.of(())}
    if not told and len({_counting(program) for program in seen.programs}) == 1:
        return
    late = any(program.frame.repairs_end_when_notified for program in seen.programs)
    for symptom in _symptoms(seen, base):
        for recorded, under_guarantee in ((True, True), (False, True), (True, False)):
            for age in ages:
                for length in sorted(lengths):
                    for told_early in (False, True) if late else (False,):
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
                        )
                        # twice, for what counts from the second one on
                        look = (seen.of((repair,)), seen.of((repair, repair)), begin_apart and age)
                        if look not in known:
                            known.add(look)
                            yield repair


def _symptoms(seen: _Seen, base: Stated) -> Iterator[str | None]:
    """Yield the claim's own fault (``None``), then others, one for each set of lists."""
    yield None
    lists = [program.frame.faults for program in seen.programs]
    known: set[tuple[bool, ...]] = set()
    for code in FACTS["symptom"].codes:
        listed = tuple(code in faults for faults in lists)
        if code not in (base.symptom, *NO_PROBLEM) and listed not in known:
            known.add(listed)
            yield code


def _open_repairs(
    leaves: Sequence[FactLeaf], dues: Sequence[str]
) -> Iterator[tuple[StatedRepair, ...]]:
    """Yield what may be with the repairer: nothing, one unit ready or not, or two."""
    yield ()
    asked = {leaf.fact for leaf in leaves} | set(dues)
    names = [name for name in _OPEN if {name, f"{name}_since"} & asked]
    if not names:
        return
    spans = _spans(leaves, tuple(f"{name}_since" for name in _OPEN))
    ages = [0, *(days + 1 for days in sorted(spans))]
    if dues:  # of two that have been there too long, one may have come before the other
        ages.append(ages[-1] + 1)
        for later, earlier in combinations(ages, 2):
            yield (_open(later, None, ready=True), _open(earlier, None, ready=True))
    for age in ages:
        yield (_open(age, None, ready=True),)
        if "waiting_for_parts" in names:
            yield (_open(age, "parts"),)
        if "delayed_by_repairer" in names:
            yield (_open(age, "repairer"),)
    if "waiting_for_parts" in names and "delayed_by_repairer" in names:
        for parts, repairer in product(ages, repeat=2):
            yield (_open(parts, "parts"), _open(repairer, "repairer"))


def _open(age: int, delay: str | None, *, ready: bool = False) -> StatedRepair:
    done = -age if ready else None
    return StatedRepair(-age, done, None, None, None, True, True, delay)


def _thresholds(leaves: Sequence[FactLeaf], fact: str) -> set[int]:
    return {leaf.value for leaf in leaves if isinstance(leaf, AtLeast) and leaf.fact == fact}


def _spans(leaves: Sequence[FactLeaf], facts: tuple[str, ...]) -> set[int]:
    """Return the times that leaves count from these facts, in days; months at their longest."""
    found = set()
    for leaf in leaves:
        if isinstance(leaf, Elapsed) and leaf.fact in facts:
            days = leaf.days if leaf.months is None else _LONGEST_MONTH * leaf.months
            found.add(days or 0)
    return found


# --- before one period began, and after another ---------------------------------------------


def _cut(
    seen: _Seen, repairs: tuple[StatedRepair, ...], begins: Sequence[object]
) -> Iterator[History]:
    """Yield ``repairs`` as seen where each policy's period began before some of them."""
    ages = sorted({-repair.handed_in for repair in repairs})
    groups = list(dict.fromkeys(begins))
    limits: Sequence[int | None] = (None, *ages) if len(groups) > 1 else (None,)
    for chosen in product(limits, repeat=len(groups)):
        if chosen.count(None) == 0 and len(groups) > 1:
            continue  # some policy sees the oldest; else it need not be there
        limit_of: Mapping[object, int | None] = dict(zip(groups, chosen, strict=True))
        states, deducted, since, until = [], [], [], []
        dues: list[int] = []
        for place, begin in enumerate(begins):
            limit = limit_of[begin]
            kept = tuple(r for r in repairs if limit is None or -r.handed_in < limit)
            told, days, ages_of_dues = seen.of(kept)[place]
            dues += ages_of_dues
            states.append(told)
            deducted.append(days)
            since.append(max((-repair.handed_in for repair in kept), default=None))
            until.append(None if limit is None else limit - 1)
        yield History(
            repairs, tuple(states), tuple(deducted), tuple(since), tuple(until), tuple(dues)
        )
