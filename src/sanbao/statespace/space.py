"""The cells of some goods, and real claims that lie in them: 情形空间."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import itemgetter
from typing import Any, Final

from sanbao.evaluation.facts.turning import asks_use
from sanbao.model.claim_row import ClaimRow
from sanbao.rules.conditions import AllOf, AnyOf, Condition, Not, Owed
from sanbao.rules.policy import opening
from sanbao.statespace.decision_diagram import Cell, Cells, DecisionDiagrams, spread
from sanbao.statespace.inputs import Variable, prices, with_value
from sanbao.statespace.regions.claim_days import ClaimDay, Interval
from sanbao.statespace.regions.layout import FlatView, LoadedPolicy, Place
from sanbao.statespace.regions.repair_views import LONG_AGO, History, Past, moved

__all__ = ["MOST_BITS", "Space", "strides"]

MOST_BITS: Final = 1 << 16
"""Sets of cells over more bits than this are forgotten when a difference has been described."""

_EARLY: Final = 30
"""Days by which a date of a claim is earlier than the latest possible one, at most."""

_OFTEN_ONE_DAY: Final = ("exchanged", "received", "invoiced", "sold")
"""Dates of a claim that are put on one day where they can be, the one with most rules first."""


@dataclass(slots=True, eq=False)
class Space:
    """The cells of some goods under some policies: 情形空间.

    All ``policies`` treat the ``kinds`` of goods alike. A set of cells is a node of ``diagrams``:
    above, it branches on ``variables`` with their ``classes`` of values; below, it holds one bit
    for each combination of ``factors``. The factors are what repairs show (``pasts``), what dates
    show, and each free source; their values are the truth of the leaves in ``layout.places``.
    ``truths`` are the cells in which each leaf holds, and fails. Where policies see different
    repairs, a value of the first factor ends with the age in days of each date in ``dues`` (of the
    policy with that number).
    """

    policies: tuple[LoadedPolicy, ...]
    kinds: tuple[str, ...]
    base: ClaimRow
    variables: tuple[Variable, ...]
    classes: tuple[tuple[dict[str, Any], ...], ...]
    diagrams: DecisionDiagrams
    truths: dict[Place, tuple[Cells, Cells]]
    layout: FlatView
    pasts: tuple[Past, ...]
    dues: tuple[tuple[int, str], ...]
    factors: tuple[tuple[tuple[int, ...], ...], ...]
    claim_days: tuple[ClaimDay, ...]
    _known: dict[tuple[int, Condition, bool], Cells] = field(default_factory=dict)

    # --- sets of cells --------------------------------------------------------------------

    def where(self, number: int, condition: Condition, *, holds: bool = True) -> Cells:
        """Return the cells where a condition of a policy surely holds, or surely fails."""
        key = (number, condition, holds)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._where(number, condition, holds)
        return found

    @property
    def is_large(self) -> bool:
        """Whether sets of cells take so much memory that they are made again rather than kept."""
        return self.diagrams.universe.bit_length() > MOST_BITS

    def made(self) -> tuple[tuple[int, ...], int]:
        """Return how many sets are known by now, for :meth:`forget`."""
        return self.diagrams.made(), len(self._known)

    def forget(self, made: tuple[tuple[int, ...], int]) -> None:
        """Forget the sets made since then; nobody may use one of them again."""
        sets, known = made
        self.diagrams.forget(sets)
        while len(self._known) > known:
            self._known.popitem()

    def _where(self, number: int, condition: Condition, holds: bool) -> Cells:
        diagrams = self.diagrams
        match condition:
            case AllOf(of=parts) | AnyOf(of=parts):
                sets = (self.where(number, part, holds=holds) for part in parts)
                together = isinstance(condition, AllOf) == holds
                return diagrams.all_of(sets) if together else diagrams.any_of(sets)
            case Not(of=part):
                return self.where(number, part, holds=not holds)
            case Owed(rules=(rule,)):
                policy = self.policies[number].policy
                return self.where(number, opening(policy, policy.right(rule)), holds=holds)
            case Owed(rules=rules):
                sets = (self.opened(number, rule, holds=holds) for rule in rules)
                return diagrams.any_of(sets) if holds else diagrams.all_of(sets)
            case leaf:
                return self.truths[number, leaf][0 if holds else 1]

    def opened(self, number: int, rule: str, *, holds: bool = True) -> Cells:
        """Return the cells where a right of a policy is surely open, or surely not."""
        return self.where(number, Owed((rule,)), holds=holds)

    def worth(self, number: int, rule: str) -> Cells:
        """Return the cells where a right of a policy is open and its refund is not nothing."""
        right = self.policies[number].policy.right(rule)
        opened = self.opened(number, rule)
        if right.empty is None:
            return opened
        return self.diagrams.difference(opened, self.where(number, right.empty))

    def where_value(self, name: str, is_chosen: Callable[[Mapping[str, Any]], object]) -> Cells:
        """Return the cells in which a variable has a value that ``is_chosen``."""
        level = self._level(name)
        values = self.classes[level]
        return self.diagrams.where(level, [n for n, one in enumerate(values) if is_chosen(one)])

    def charged(self, number: int) -> Cells:
        """Return the cells of goods that pay a fee for use: by some laws only those used (art. 19).

        Whether goods were used is asked by policies that speak of it.
        """
        if asks_use(self.policies[number].policy):
            return self.where_value("used", itemgetter("used"))
        return self.diagrams.all

    def _level(self, name: str) -> int:
        return next(n for n, one in enumerate(self.variables) if one.name == name)

    def prices_of(self, sale: Mapping[str, Any]) -> tuple[Decimal | None, ...]:
        """Return the price of a refund under each policy, for one value of the sale, in yuan."""
        return prices(self.policies, with_value(self.base, sale))

    def price_ranks(self, number: int) -> Iterator[tuple[int, Cells]]:
        """Yield the rank of a policy's refund price among those of all (0: highest), with cells."""
        ranks = []
        level = self._level("sale")
        for sale in self.classes[level]:
            found = self.prices_of(sale)
            known = sorted({price for price in found if price is not None}, reverse=True)
            own = found[number]
            ranks.append(len(known) if own is None else known.index(own))
        for rank in dict.fromkeys(ranks):
            chosen = [value for value, one in enumerate(ranks) if one == rank]
            yield rank, self.diagrams.where(level, chosen)

    def requests(self) -> Iterator[tuple[str, Cells]]:
        """Yield each request value (equivalent ones merged) with its set of cells."""
        level = self._level("request")
        for value, fields in enumerate(self.classes[level]):
            yield fields["request"], self.diagrams.where(level, (value,))

    def count(self, cells: Cells) -> int:
        """Return the number of cells, those of every kind of goods."""
        return self.diagrams.count(cells) * len(self.kinds)

    def no_later(self, one: tuple[int, str, int], other: tuple[int, str, int]) -> Cells:
        """Return the cells where one day is no later than another.

        A day is a policy's number, a date fact and a number of days after it. The two policies
        see the same date unless it is one of ``dues``.
        """
        if one[1] != other[1] or not {one[:2], other[:2]} <= {*self.dues}:
            return self.diagrams.all if one[2] <= other[2] else self.diagrams.none
        first, second = (self.dues.index(due[:2]) - len(self.dues) for due in (one, other))
        chosen = [one[2] - states[first] <= other[2] - states[second] for states in self.factors[0]]
        return self.diagrams.of_bits(spread(chosen, *strides(self.factors, 0)))

    def moving(self, factor: int, value: int, instead: int) -> Callable[[Cells], Cells]:
        """Return the function from cells with one value of a factor to their like with another."""
        inner, outer = strides(self.factors, factor)
        bits = spread([n == value for n in range(len(self.factors[factor]))], inner, outer)
        return lambda cells: self.diagrams.shift(cells, bits, (instead - value) * inner)

    # --- real claims -------------------------------------------------------------------------

    def claims(self, cell: Cell, *, apart: bool = False) -> Iterator[ClaimRow]:
        """Yield real claims that lie in ``cell``, made on different days.

        What the cell leaves open is as plain as it can be; windows and periods began as late
        as they can, then as early. Sale, invoice, receipt and exchange are the same day where
        they can be, or each on its own day if ``apart``: the goods were exchanged some time
        after the sale, and an invoice came after that or before.
        """
        values, bit = cell
        chosen: dict[str, Any] = {}
        for classes, value in zip(self.classes, values, strict=True):
            chosen |= classes[value]
        places = []
        for factor in reversed(self.factors):
            bit, place = divmod(bit, len(factor))
            places.append(factor[place])
        shown, dated, *free = reversed(places)
        past = next(one for one in self.pasts if (*one.states, *one.dues) == shown)
        ways = sorted(past.ways.items(), key=lambda way: _weight(way[1]))
        for claim_day in self.claim_days:
            alone = [own.get(states) for own, states in zip(claim_day.free, free, strict=True)]
            if None in alone:
                continue
            for bounds, history in ways:
                found = claim_day.dates[bounds].intervals(dated)
                if found is None:
                    continue
                sources = (*self.layout.free, *self.layout.bound)
                intervals = {
                    source.name: interval
                    for source, interval in zip(sources, (*alone, *found), strict=True)
                    if interval
                }
                for late in (True, False):
                    days = _dates(claim_day.day, intervals, late=late or apart)
                    row = self._claim(claim_day.day, days, intervals, history, chosen)
                    if row is not None:
                        yield _apart(row, intervals, late=late) if apart else row

    def _claim(
        self,
        day: int,
        days: Mapping[str, int],
        intervals: Mapping[str, Interval],
        history: History,
        chosen: Mapping[str, Any],
    ) -> ClaimRow | None:
        """Return the claim with its sources on these ``days``, if there can be one."""
        fields = dict(chosen)
        number, is_made = fields.pop("exchanges"), fields.pop("made")
        sold, exchanged = days["sold"], days["exchanged"]
        if number and sold > exchanged:  # goods are exchanged after they are sold
            return None
        appeared = None if history.appeared is None else day - history.appeared
        if history.appeared == LONG_AGO:
            appeared = max(sold, days.get("received", sold), exchanged if number else 1)
        elif appeared is not None:  # a fault appears after the sale, in the unit that is there
            sold = min(sold, appeared)
            if (number and exchanged > appeared) or (
                "sold" in intervals and sold < intervals["sold"].first
            ):
                return None
        claimed = day + history.claimed
        return self.base._replace(
            **fields,
            claimed=claimed,
            asked=day if history.claimed else None,
            appeared=appeared,
            sold=sold,
            invoiced=days.get("invoiced"),
            received=days.get("received"),
            made=days.get("made", sold) if is_made else None,
            repairs=moved(history.repairs, claimed),
            exchanges=(exchanged,) * number,
        )


def _apart(row: ClaimRow, intervals: Mapping[str, Interval], *, late: bool) -> ClaimRow:
    """Return the claim with a sale before the exchange, and an invoice after it if ``late``."""
    if not row.exchanges:
        return row
    [exchanged, *_] = row.exchanges
    anywhere = Interval((), 1, row.asked or row.claimed)
    sale, invoice = (intervals.get(name, anywhere) for name in ("sold", "invoiced"))
    sold = max(sale.first, min(exchanged - _EARLY, sale.last))
    invoiced = min(exchanged + 1 if late else sold, invoice.last)
    return row._replace(sold=sold, invoiced=max(invoice.first, invoiced))


def _dates(day: int, intervals: Mapping[str, Interval], *, late: bool) -> dict[str, int]:
    """Return a day for each source, sale and exchange among them, as many on one as can be."""
    first, last = 1, day
    for name in _OFTEN_ONE_DAY:
        own = intervals.get(name)
        if own is not None and own.first <= last and first <= own.last:
            first, last = max(first, own.first), min(last, own.last)
    together = last if late else max(first, last - _EARLY)
    days = {}
    for name, own in intervals.items():
        alone = own.last if late else max(own.first, own.last - _EARLY)
        fits = name in _OFTEN_ONE_DAY and own.first <= together <= own.last
        days[name] = together if fits else alone
    sold = days.setdefault("sold", together)
    days.setdefault("exchanged", max(sold, together))
    return days


def _weight(history: History) -> tuple[bool, int, bool, int]:
    """Return the sort key of a history: the plainest first."""
    asks = history.claimed > 0
    return asks, len(history.repairs), history.appeared is not None, history.claimed


def strides(factors: Sequence[Sequence[object]], place: int) -> tuple[int, int]:
    """Return the inner and outer repetition of one factor in the product."""
    inner = outer = 1
    for factor in factors[place + 1 :]:
        inner *= len(factor)
    for factor in factors[:place]:
        outer *= len(factor)
    return inner, outer
