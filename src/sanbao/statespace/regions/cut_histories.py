"""Histories of which some policies see only the later repairs: 期前维修.

Where the periods of two policies start on different days, a repair before the later start counts
for one policy and not for the other. That start may be after the day of asking.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations, product
from typing import Final, NamedTuple

from sanbao.model.claim_row import ClaimRow, RepairRow
from sanbao.statespace.regions.layout import SINCE_PERIOD, FlatView, Origins
from sanbao.statespace.regions.repair_histories import (
    OPEN,
    Histories,
    elapsed,
    narrow,
    open_repair,
    paid_repair,
)
from sanbao.statespace.regions.repair_views import EVER, Bounds, History, Limits, Repairs, States

__all__ = ["CutHistories"]

_LONG: Final = 4000
"""Days ago: longer than any period."""

_NO_LATER_THAN_ASKED: Final = frozenset({"sold", "exchanged"})
"""Nobody asks before the sale; and who asked before the last exchange asked for another unit."""


class _Apart(NamedTuple):
    """Repairs that all policies see (``later``), finished and other ones that some do not see."""

    later: Repairs
    done: Repairs
    going_on: Repairs


class _RepairMove(NamedTuple):
    """How repairs move days where some policies do not see the earlier ones.

    These were handed in ``ago`` days before a claim made ``wait`` days after asking, and took as
    long as possible, or as short if ``short``. Of repairs in ``paid`` only the days count.
    """

    wait: int
    ago: int
    short: bool
    paid: Repairs
    appeared: int | None


class CutHistories(Histories):
    """Finds every history where the periods of two policies start on different days."""

    def __init__(self, layout: FlatView, base: ClaimRow, dues: Sequence[str]) -> None:
        super().__init__(layout, base, dues)
        self.begins = [own.begin for own in self.sought]
        spans = elapsed(self.leaves, ("repaired_on", *(f"{name}_since" for name in OPEN)))
        self.spans = sorted(spans)
        self.settled = max(self.spans, default=0) + 1
        self.counts_days = any(leaf.fact == "days_in_repair" for leaf in self.leaves)
        self.chains = any({"found_on", "period_held_on"} & own.asked for own in self.sought)
        self.spends = any(own.spent is not None for own in self.sought)
        self._moved_back = cache(_moved_back)

    def _keep_all(self) -> None:
        """Keep also histories of which some policies do not see the repairs before their period.

        Repairs that all see came after asking and move nothing; the others came some days before
        asking, or after it too. Each is also kept with a repair before asking that all see, which
        moves days. The limits of sources depend on the days of repairs alone and are found once.
        """
        super()._keep_all()
        groups = [begin for begin in dict.fromkeys(self.begins) if begin]
        blind = [
            frozenset(chosen)
            for number in range(1, len(groups))
            for chosen in combinations(groups, number)
        ]
        shaped: dict[object, dict[_RepairMove, list[Bounds]]] = {}
        for repairs, cut in product(self._side_by_side() if blind else (), blind):
            skeleton = self._skeleton(repairs), cut
            if skeleton not in shaped:
                shaped[skeleton] = self._ways_cut(repairs, cut)
            looks: dict[_RepairMove, tuple[States, States]] = {}
            for way, all_bounds in shaped[skeleton].items():
                earlier = self._placed(repairs, way)
                if earlier is None or not all_bounds:
                    continue
                seen_by = self._seen_in(way)
                if seen_by not in looks:
                    looks[seen_by] = self._look_cut(repairs, seen_by, cut)
                ways = self.found.setdefault(looks[seen_by], {})
                history = History((*earlier, *way.paid, *repairs.later), way.wait, way.appeared)
                for bounds in all_bounds:
                    ways.setdefault(bounds, history)

    def _skeleton(self, repairs: _Apart) -> object:
        """Return what distinguishes repairs so far as they move days."""

        def days(one: RepairRow) -> tuple[int | None, ...]:
            return one.handed_in, one.notified, one.handed_back

        later, *before = repairs
        return (
            _oldest(later) if later else None,
            frozenset(map(days, later)) if self.spends else (),
            *(frozenset((*days(one), self._is_of_the_fault(one)) for one in own) for own in before),
        )

    def _seen_in(self, way: _RepairMove) -> _RepairMove:
        """Return the plainest way in which leaves about repairs are as in ``way``."""
        appeared = way.appeared if self.asks_found or self.as_it_appeared else None
        age = min(way.ago - way.wait, self.settled)  # by then all that counts from them is over
        paid = way.paid if self.counts_days else ()
        return _RepairMove(way.wait, way.wait + age, way.short, paid, appeared)

    def _is_of_the_fault(self, repair: RepairRow) -> bool:
        return repair.under_guarantee and repair.symptom in (None, self.seen.base.symptom)

    def _ways_cut(
        self, repairs: _Apart, blind: frozenset[Origins]
    ) -> dict[_RepairMove, list[Bounds]]:
        """Return the ways in which these repairs move days, where policies ``blind`` to some."""
        later, done, going_on = repairs
        asked = 1 + _oldest(later) if later else 0
        moves = self._is_moving(set(self.begins) - blind) or any(map(self._is_of_the_fault, done))
        found: dict[_RepairMove, list[Bounds]] = {}
        for wait in (asked, *self._spending((*later, *done))):
            after = max(wait, 2 + _oldest(later))
            ways = [_RepairMove(after, after - 1, short=False, paid=(), appeared=None)]
            for age in self._ages(blind, going_on) if wait == asked else (1,):
                ways.append(_RepairMove(wait, wait + age, short=False, paid=(), appeared=None))
                paid = self._paid(wait, age, blind) if wait == asked else ()
                ways += [ways[-1]._replace(paid=(one,)) for one in paid]
            for way in ways:
                for one in (way, way._replace(short=True)) if moves and done else (way,):
                    found |= self._all_bounds(repairs, one, blind)
        return found

    def _all_bounds(
        self, repairs: _Apart, way: _RepairMove, blind: frozenset[Origins]
    ) -> dict[_RepairMove, list[Bounds]]:
        """Return ``way`` for each day on which the fault may have appeared, with its bounds."""
        earlier, kept = self._parts(repairs, way)
        places = range(len(self.begins))
        plain = History((*earlier, *kept), way.wait, None)
        chained = self.chained or any(self._seen_by(place, plain)[1].found for place in places)
        limits = list(self._limits(_oldest(earlier), _oldest(kept), way.wait, blind))
        found = {}
        for appeared in self._appearances(chained=chained):
            views = []
            for place, begin in enumerate(self.begins):
                view = self._seen_by(place, plain._replace(appeared=appeared))[1]
                if begin in blind:
                    own = self._seen_by(place, History(kept, way.wait, appeared))[1]
                    # a day in repair is none of use, whenever the period began
                    own = own._replace(spent=view.spent)
                    if not self.sought[place].windows_as_period:
                        own = own._replace(windows=view.windows)
                    view = own
                views.append(view)
            all_bounds = [self._bounds(way.wait, views, one) for one in limits]
            found[way._replace(appeared=appeared)] = all_bounds
        return found

    def _parts(self, repairs: _Apart, way: _RepairMove) -> tuple[Repairs, Repairs]:
        """Return the repairs that some policies do not see, as in a way, and the others."""
        earlier = self._moved_back((*repairs.done, *repairs.going_on), way.ago, way.short)
        return earlier, (*way.paid, *repairs.later)

    def _look_cut(
        self, repairs: _Apart, way: _RepairMove, blind: frozenset[Origins]
    ) -> tuple[States, States]:
        """Return leaves and dues where the policies in ``blind`` do not see the earlier repairs."""
        earlier, kept = self._parts(repairs, way)
        states: list[int] = []
        dues: list[int] = []
        for place, own in enumerate(self.sought):
            seen, ages = self.seen.leaves_by(place, (*earlier, *kept), way.wait, way.appeared)
            if own.begin in blind:
                since, ages = self.seen.leaves_by(place, kept, way.wait, way.appeared)
                seen = tuple(  # what is with the repairer is, whenever the period began
                    one if leaf.fact in SINCE_PERIOD else of_all
                    for leaf, one, of_all in zip(own.repairs, since, seen, strict=True)
                )
            states += seen
            dues += ages
        return tuple(states), tuple(dues)

    def _ages(self, blind: frozenset[Origins], going_on: Repairs) -> list[int]:
        """Return days before asking on which repairs that some policy does not see may come."""
        ages = {days + 1 for days in self.spans} if going_on else set()
        for begin in dict.fromkeys(self.begins):
            for source, _ in begin:
                if begin in blind or source in self.pushed:
                    ages |= {gap + 1 for gap in self.ages.get(source, ())}
        return sorted({1, _LONG, *ages})

    def _is_moving(self, begins: Iterable[Origins]) -> bool:
        """True if repairs may push on something that runs from one of these origins."""
        return any(source in self.pushed for begin in begins for source, _ in begin)

    def _placed(self, repairs: _Apart, way: _RepairMove) -> Repairs | None:
        """Return the earlier repairs as in a way, ``None`` if they look different so."""
        done = repairs.done
        if any(way.ago < -(repair.handed_back or 0) for repair in done):
            return None
        placed = self._parts(repairs, way)[0]
        if way.short:
            finished = placed[: len(done)]
            if finished == self._moved_back(done, way.ago, False):
                return None
            if self.seen.look(finished) != self.seen.look(done):
                return None
        return placed

    def _paid(self, wait: int, most: int, blind: frozenset[Origins]) -> Iterator[RepairRow]:
        """Yield repairs later than ``most`` days before asking of which only the days count."""
        if self._is_moving(blind):
            ages = self._ages(blind, ())
            for gap in self.gaps:
                if most in [age for age in ages if age > gap][:2]:
                    for early in self.told_early:
                        yield paid_repair(wait, gap, told_early=early)

    def _limits(
        self, first: int, later: int, wait: int, blind: frozenset[Origins]
    ) -> Iterator[Limits]:
        """Yield the limits of each source, in days before asking.

        The first repair came ``first`` days before the claim, the first that all policies see
        ``later`` days. Periods of ``blind`` policies start between the two, perhaps after asking;
        if a period has two origins, the later one does.
        """
        of_all, of_later = first - wait, later - wait
        groups = list(dict.fromkeys(self.begins))
        last_days = [begin if begin in blind else (None,) for begin in groups]
        for latest in product(*last_days):
            limits: Limits = {}
            for begin, last in zip(groups, latest, strict=True):
                for source, after in begin:
                    if begin not in blind:
                        narrow(limits, source, max(0, of_all + after), EVER)
                    else:
                        soonest = 0 if source in _NO_LATER_THAN_ASKED else -wait
                        most = of_all - 1 + after if (source, after) == last else EVER
                        narrow(limits, source, max(soonest, of_later + after), most)
            for own in self.sought:
                for source in () if own.windows_as_period else own.windows_from:
                    narrow(limits, source, max(0, of_all), EVER)
            if all(least <= most for least, most in limits.values()):
                yield limits

    def _side_by_side(self) -> Iterator[_Apart]:
        """Yield later and earlier repairs, one of all combinations that look alike."""
        some = self._together()
        paid = paid_repair(0, 1, told_early=False)
        unseen: list[Repairs] = [(paid,)] if self.pushed else []
        if self.chains:
            unseen.append((paid._replace(recorded=False, under_guarantee=True),))
        finished: dict[object, tuple[Repairs, Repairs]] = {}
        for later, earlier in product(some, [*some, *unseen]):
            look = self._look(later), self.seen.look((*later, *earlier)), self._moving(earlier)
            finished.setdefault(look, (later, earlier))
        open_: dict[object, tuple[Repairs, Repairs]] = {}
        for later, earlier in product(self._open(), self._open_before()):
            seen = self.seen.look(later), self.seen.look((*later, *earlier))
            open_.setdefault((*seen, self._moving(earlier)), (later, earlier))
        for (later, done), (later_too, going_on) in product(finished.values(), open_.values()):
            if done or going_on:
                yield _Apart((*later, *later_too), done, going_on)

    def _moving(self, repairs: Repairs) -> object:
        """Return how repairs may move days: push them on, or take the fault back to theirs."""
        is_own = self.chains and any(map(self._is_of_the_fault, repairs))
        return bool(repairs) and bool(self.pushed), is_own

    def _open_before(self) -> Iterator[Repairs]:
        """Yield repairs that go on since before a period started."""
        yield ()
        asked = {leaf.fact for leaf in self.leaves} | set(self.seen.dues)
        delays = []
        for name, delay in OPEN.items():
            if {name, f"{name}_since"} & asked:
                for said in self.recorded if delay else (True,):
                    yield (open_repair(_LONG, delay, recorded=said),)
                delays += [delay] if delay else []
        if self.chains:
            yield (open_repair(_LONG, "parts", recorded=False),)
        if len(delays) > 1:
            yield tuple(open_repair(_LONG, delay) for delay in delays)


def _moved_back(repairs: Repairs, ago: int, short: bool) -> Repairs:
    """Return repairs handed in so many days before the claim, whatever they look like then."""
    placed = []
    for repair in repairs:
        back = repair.handed_back
        if back is not None and short:
            back -= repair.handed_in + ago
        notified = None if repair.notified is None else -ago
        placed.append(repair._replace(handed_in=-ago, notified=notified, handed_back=back))
    return tuple(placed)


def _oldest(repairs: Iterable[RepairRow]) -> int:
    """Return how many days before the claim the first of ``repairs`` came, 0 if there is none."""
    return max((-repair.handed_in for repair in repairs), default=0)
