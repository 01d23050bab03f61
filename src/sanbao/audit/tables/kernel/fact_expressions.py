"""Facts and last days of claims, in columns: 事实与末日的列式推导.

The facts that :mod:`sanbao.evaluation.facts` derives of one claim, as Polars expressions; periods
become look-ups in the tables of :mod:`sanbao.audit.tables.input.day_tables`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import polars as pl

from sanbao.audit.tables.columns import Truth, both, cases, column, either, is_one_of
from sanbao.audit.tables.input.cells import CODES
from sanbao.audit.tables.input.claims_frame import Claims
from sanbao.audit.tables.input.day_tables import EPOCH, LONGEST, Days
from sanbao.audit.tables.kernel.repair_facts import NO_REPAIRS, STARTS, End, histories
from sanbao.evaluation.parts.findings import held_on
from sanbao.evaluation.programs.codegen import WINDOW_TIME
from sanbao.evaluation.programs.program import Program, Programs
from sanbao.model.facts import NO_DETAIL
from sanbao.model.readings import Readings
from sanbao.rules.conditions import Elapsed, Leaf, Period, Window
from sanbao.rules.policy import policy_leaves
from sanbao.rules.type_check import MOST_DAYS

__all__ = ["FactExpressions"]

_DELIVERED: Final = pl.coalesce("received_on", "sold_on")
_INVOICES: Final = (*CODES["invoice"], None)
_VOUCHERS: Final = (*CODES["voucher"], None)


class FactExpressions:
    """What one policy asks of claims, under one set of readings: 事实的列式程序.

    :meth:`facts` gives claims the columns of facts; last days have a name (:meth:`end`) by which
    rules speak of them.
    """

    def __init__(self, programs: Programs, readings: Readings) -> None:
        self.policy = programs.policy
        self.programs: dict[str, Program] = {
            kind: programs.of(kind, readings) for kind in CODES["kind"]
        }
        self.count(next(iter(self.programs.values())))
        self._asked = {
            name
            for _, leaf in policy_leaves(self.policy)
            for name in (getattr(leaf, "fact", ""), getattr(leaf, "until", ""))
        }
        self.ends: dict[Window | Period | Elapsed, str] = {}

    def count(self, program: Program) -> None:
        """Derive facts and count days as ``program`` does."""
        self.clock, self.context = program.clock, program.context
        self.readings = self.clock.readings
        self.days = Days(self.clock)

    # --- goods --------------------------------------------------------------------------------

    def kinds_where(self, of: Callable[[Program], object], value: object = True) -> Truth:
        """Say of which goods something is ``value`` that is known before a claim is seen."""
        found = [
            number for number, kind in enumerate(CODES["kind"]) if of(self.programs[kind]) == value
        ]
        return len(found) > 0 if len(found) in (0, len(CODES["kind"])) else is_one_of("kind", found)

    def listed(self, fault: str) -> pl.Expr:
        """Say whether the fault in a column is in the catalogue for goods of this kind."""
        faults = {one.context.faults for one in self.programs.values() if one.context.faults}
        numbers = CODES["symptom"]
        return column(
            either(
                both(
                    (
                        self.kinds_where(lambda one: one.context.faults, of),
                        is_one_of(fault, (numbers.index(code) for code in of)),
                    )
                )
                for of in sorted(faults, key=sorted)
            )
        )

    def by_kind(self, of: Callable[[Program], Any], values: Callable[[Any], pl.Expr]) -> pl.Expr:
        """Return of each kind of goods what ``values`` gives for what it has of something."""
        found = {of(one) for one in self.programs.values()} - {None}
        return cases(
            (column(self.kinds_where(of, value)), values(value)) for value in sorted(found)
        )

    # --- facts --------------------------------------------------------------------------------

    def facts(self, claims: Claims, *, near: bool = False) -> pl.DataFrame:
        """Return the claims with the facts that the rules speak of.

        ``near`` adds a column with that name: whether a repair was handed in so near to a last
        day that how days are counted could change what it adds.
        """
        frame = self._begun(claims.frame)
        if not len(claims.repairs):
            nothing = (
                pl.lit(value, dtype=None if value is not None else pl.Int32).alias(name)
                for name, value in NO_REPAIRS.items()
            )
            return self._held(frame.with_columns(*nothing, reached=pl.col("asked_on")))
        ends = list(self._pushed(near=near))
        found = histories(claims, frame, self.context, self.listed, self._asked, ends)
        return self._held(frame.hstack(found))

    def _begun(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return claims with the facts that rest on no repair."""
        battery = pl.col("symptom") == CODES["symptom"].index("battery_fault")
        sound = battery & (pl.col("battery_capacity") >= self.context.sound_capacity)
        exchanged = pl.col("exchanged")
        stated = {name: _has_any(frame, name) for name in ("asked_on", "appeared_on")}
        # what lies before the last exchange concerned the unit that was given back
        own = {
            name: pl.when(exchanged.is_null() | (pl.col(name) >= exchanged)).then(name)
            for name, any_ in stated.items()
            if any_
        }
        asked = pl.coalesce(own.get("asked_on", pl.lit(None)), "claimed_on")
        frame = frame.with_columns(
            own.get("appeared_on", pl.col("appeared_on")).alias("appeared_on"),
            *self._price(battery),
            asked_on=asked if stated["asked_on"] else pl.col("claimed_on"),
            starts=self._starts(),
            windows_start=self._windows_start(restart=self.context.exchange_restarts),
            refund_window_start=self._windows_start(restart=self.context.refund_restarts),
            sale_dated_on=self._sale_dated_on(),
            capacity_sound=sound.fill_null(False),
            factory_dated=pl.col("manufactured_on").is_not_null(),
            second_hand=pl.col("condition") == CODES["condition"].index("second_hand"),
        )
        held = pl.col("asked_on")
        if self.context.held_as_it_appeared and stated["appeared_on"]:
            held = pl.coalesce("appeared_on", "asked_on")
        frame = frame.with_columns(
            held_on=held, period_start=self._period_start(), use_starts_on=self._use_starts_on()
        )
        if "detail" in self._asked:
            frame = frame.with_columns(pl.col("detail").fill_null(NO_DETAIL))
        return frame

    def _held(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return claims with the facts that rest on how far back a fault ``reached``."""
        held, reached = pl.col("held_on"), pl.col("reached")
        if self.context.faults_return:
            held = pl.when(reached.is_not_null()).then(pl.min_horizontal(held, reached))
        return frame.with_columns(
            period_held_on=held,
            found_on=pl.coalesce("appeared_on", "reached"),
            proof_start=pl.coalesce(
                pl.when(pl.col("exchanged").is_null()).then("received_on"),
                "exchanged",
                "sold_on",
                "period_start",
            ),
            nothing_to_refund=self._nothing_to_refund(),
        )

    def _starts(self) -> pl.Expr:
        """Return from what the period runs, one of :data:`STARTS`; null if not known."""
        roles = tuple(dict.fromkeys(one.context.role for one in self.programs.values()))
        starts = {one.context.role: one.context.starts for one in self.programs.values()}
        found = (
            starts[role][invoice, voucher, dated]
            for role in roles
            for invoice in _INVOICES
            for voucher in _VOUCHERS
            for dated in (False, True)
        )
        numbers = [None if start is None else STARTS[start] for start in found]
        table = pl.Series(numbers, dtype=pl.UInt8)
        of_kinds = [roles.index(one.context.role) for one in self.programs.values()]
        place = pl.lit(pl.Series(of_kinds, dtype=pl.UInt32)).gather("kind")
        for name, codes in (("invoice", _INVOICES), ("voucher", _VOUCHERS)):
            place = place * len(codes) + pl.col(name).cast(pl.UInt32).fill_null(len(codes) - 1)
        place = place * 2 + pl.col("manufactured_on").is_not_null().cast(pl.UInt32)
        return pl.lit(table).gather(place)

    def _windows_start(self, *, restart: bool) -> pl.Expr:
        start = pl.col("sold_on")
        if self.context.windows_from_receipt:
            start = _DELIVERED
        return pl.coalesce("exchanged", start) if restart else start

    def _period_start(self) -> pl.Expr:
        papers = pl.coalesce("invoiced_on", "sold_on")
        if self.context.period_from == "delivered":
            papers = _DELIVERED
        elif self.context.period_from == "later":
            both_known = papers.is_not_null() & _DELIVERED.is_not_null()
            papers = pl.when(both_known).then(pl.max_horizontal(papers, _DELIVERED))
        papers = pl.coalesce("exchanged", papers)
        factory = pl.col("manufactured_on") + self.context.factory_days
        starts = pl.col("starts")
        return cases(((starts == STARTS["papers"], papers), (starts == STARTS["factory"], factory)))

    def _sale_dated_on(self) -> pl.Expr:
        first = self.context.commencement - EPOCH
        papers = ("invoiced_on", "received_on", "manufactured_on")
        later = [pl.when(pl.col(name) >= first).then(name) for name in papers]
        return pl.coalesce("sold_on", *later)

    # --- money --------------------------------------------------------------------------------

    def _price(self, battery: pl.Expr) -> Iterator[pl.Expr]:
        """Yield the price a refund goes by, fen (arts. 11, 14, 18, 19), and if it is settled.

        ``battery`` says whether the battery is at fault. Decree 778 art. 18.
        """
        own = pl.coalesce("paid_price", "price") if self.context.paid_price else pl.col("price")
        alone, together = pl.col("standalone_price"), pl.col("bought_with_phone")
        by_own = column(self.kinds_where(lambda one: one.context.role != "accessory"))
        by_own |= (~together).fill_null(False)
        by_alone = together.fill_null(False) | own.eq_missing(alone)
        found = [(by_own, own), (by_alone, alone)]
        if self.context.battery_apart:
            main = column(self.kinds_where(lambda one: one.context.role == "main_unit"))
            inside = (main & battery).fill_null(False)
            by_alone |= inside
            found = [(inside, alone), (by_own, own), (by_alone, alone)]
        yield cases(found).alias("refundable")
        yield (by_own | by_alone).alias("is_priced")
        yield own.alias("own_price")

    def _nothing_to_refund(self) -> pl.Expr:
        """Say whether there is no price that could be refunded (art. 23)."""

        def nothing(price: str) -> pl.Expr:
            return (pl.col(price) == 0).fill_null(pl.col("gift"))

        settled = pl.when("is_priced").then(nothing("refundable"))
        own, alone = nothing("own_price"), nothing("standalone_price")
        return settled.when(own == alone).then(own)

    def _use_starts_on(self) -> pl.Expr:
        """Return the day from which use is counted (art. 19)."""
        since = pl.coalesce("invoiced_on", "sold_on")
        return pl.coalesce("exchanged", since) if self.context.used_from_exchange else since

    def has_rate(self) -> pl.Expr:
        """Say of which goods a fee for a day of use is kept."""
        charged = self.readings.depreciation == "charged"
        return column(
            self.kinds_where(
                lambda one: (
                    charged and one.coverage is not None and one.coverage.daily_rate is not None
                )
            )
        )

    # --- days that repairs add ------------------------------------------------------------------

    def _pushed(self, *, near: bool) -> Iterator[End]:
        """Yield the last days of windows and periods that repairs push on."""
        for leaf, name in self.ends.items():
            if isinstance(leaf, Elapsed):
                continue
            window = isinstance(leaf, Window) or leaf.extended_by == WINDOW_TIME
            if self.context.windows_stretch or not window:
                rolled = self.days.rolled if self.rolls(leaf) else _as_it_is
                days = leaf.days if isinstance(leaf, Window) else MOST_DAYS
                reach = days + LONGEST if window else None
                near_ = self._is_near if near else None
                yield End(name, leaf.fact, reach, self.last_day(leaf), rolled, near_)

    def _is_near(self, day: pl.Expr, last: pl.Expr) -> pl.Expr:
        """Say whether a last day, without rolling, could lie on another side of ``day``.

        However its first day is counted and whatever it rolls over (:data:`COUNTING`), a period
        ends between the day before its plain last day and the day this rolls to.
        """
        last += self.clock.first_day
        return day.is_between(last, self.days.furthest(last)).fill_null(False)

    # --- last days ----------------------------------------------------------------------------

    def end(self, leaf: Window | Period | Elapsed) -> pl.Expr:
        """Return the last day on which ``leaf`` holds, as a column."""
        if leaf not in self.ends:
            self.ends[leaf] = f"end:{len(self.ends)}"
        return pl.col(self.ends[leaf])

    def last_day(self, leaf: Window | Period | Elapsed) -> pl.Expr:
        """Return the last day of ``leaf`` before repairs push it on and it rolls over rest days."""
        start, first = pl.col(leaf.fact), self.clock.first_day
        match leaf:
            case Window(days=days):
                return start + (days - first)
            case Period(months=given):
                of_kinds = [_months_of(one, given) for one in self.programs.values()]
                after = self.days.one_of_months_after(of_kinds, pl.col("kind"), start)
                return after - first
            case Elapsed(days=days, months=None):
                return start + int(days or 0)
            case _:
                return self.days.months_after(leaf.months or 0, start)

    def _months(self, given: int | None) -> list[int]:
        found = {_months_of(one, given) for one in self.programs.values()}
        return sorted(months for months in found if months)

    def _rolled(self, leaf: Leaf, day: pl.Expr) -> pl.Expr:
        return self.days.rolled(day) if self.rolls(leaf) else day

    def may_move(self, leaf: Window | Period, facts: pl.DataFrame) -> Truth:
        """Say whether the last day of ``leaf`` rests on a year that is not published."""
        if not self.rolls(leaf):
            return False
        first, last = facts[leaf.fact].min(), facts[leaf.fact].max()
        if not isinstance(first, int) or not isinstance(last, int):
            return False
        if isinstance(leaf, Window):
            last += leaf.days
        else:
            last += 31 * max(self._months(leaf.months), default=0)
        plain, name = pl.col(f"plain {self.ends[leaf]}"), f"added {self.ends[leaf]}"
        added = facts[name].max() if name in facts.columns else 0
        last += added if isinstance(added, int) else 0
        if self.days.are_published(first - self.clock.first_day, last):
            return False
        moves = ~self.days.published(plain)
        # what repairs push on depends as well on where it would end without them
        return moves | ~self.days.published(plain - pl.col(name)) if added else moves

    def is_near(self, facts: pl.DataFrame) -> Truth:
        """Say whether some window or period could end on the other side of the day held to it.

        Or on the other side of a repair, and so end elsewhere.
        """
        found: list[Truth] = [pl.col("near")] if "near" in facts.columns else []
        for leaf, name in self.ends.items():
            if not isinstance(leaf, Elapsed):
                found.append(self._is_near(pl.col(held_on(leaf)), pl.col(f"plain {name}")))
        return either(found)

    def rolls(self, leaf: Leaf) -> bool:
        """Say whether the last day of ``leaf`` rolls over rest days."""
        return isinstance(leaf, Period) or (isinstance(leaf, Window) and self.clock.windows_roll)


def _months_of(program: Program, given: int | None) -> int | None:
    coverage = program.coverage
    return given or (None if coverage is None else coverage.months)


def _as_it_is(day: pl.Expr) -> pl.Expr:
    return day


def _has_any(frame: pl.DataFrame, name: str) -> bool:
    return frame[name].null_count() < len(frame)
