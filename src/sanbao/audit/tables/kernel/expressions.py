"""A policy compiled to the columns of a dataframe engine: 规则的列式编译.

The conditions of a policy become Polars expressions, node by node; periods become look-ups
in the tables of :mod:`sanbao.audit.tables.input.day_tables`; three truth values are the three
values of a nullable boolean, whose "and" and "or" are Kleene's. No rule is stated here.

A kernel is sure or silent: where a claim's missing facts leave anything open it marks the
row as not ``settled``, and the scalar engine decides it by cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from functools import reduce
from itertools import groupby, zip_longest
from operator import and_, or_
from typing import Any, Final, TypeAlias

import polars as pl

from sanbao.audit.tables.input.cells import CODES
from sanbao.audit.tables.input.claims_frame import Claims
from sanbao.audit.tables.input.day_tables import EPOCH, LONGEST, Days
from sanbao.audit.tables.kernel.repair_facts import NO_REPAIRS, STARTS, End, histories
from sanbao.evaluation.parts.findings import held_on
from sanbao.evaluation.programs.codegen import WINDOW_TIME
from sanbao.evaluation.programs.program import Program, Programs
from sanbao.model.facts import FACTS, NO_DETAIL
from sanbao.model.readings import Readings
from sanbao.rules.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Compare,
    Condition,
    Elapsed,
    Leaf,
    Listed,
    Not,
    OneOf,
    Owed,
    Period,
    Under,
    Window,
    evaluate,
    leaves,
    signed_leaves,
)
from sanbao.rules.policy import Rule, carrying, policy_leaves
from sanbao.rules.type_check import MOST_DAYS

__all__ = ["LAST_DAYS", "Member", "Truth", "both", "column", "either"]

Truth: TypeAlias = pl.Expr | bool
"""A column of truth values, or one that is the same for every claim."""

LAST_DAYS: Final[dict[str, tuple[type[Window] | type[Period], str | None]]] = {
    "period_ends_on": (Period, None),
    "refund_until": (Window, "refund"),
    "exchange_until": (Window, "exchange"),
}
"""The last days that a decision names: of which leaves, and of which rights."""

_STATED: Final = frozenset(
    {
        *("claimed_on", "kind", "role", "second_hand", "sold_in_mainland", "symptom", "cause"),
        *("cause_basis", "contested", "found_unqualified", "invoice", "voucher", "factory_dated"),
        *("capacity_sound", "same_model_in_stock", "request", "plan_bundled", "gift"),
        *("bought_with_phone", "complete", "housing_worn", "confirmed", "sale_dated_on"),
    }
)
"""Facts that no reading changes, and that need no repair to be known."""

_DELIVERED: Final = pl.coalesce("received_on", "sold_on")
_INVOICES: Final = (*CODES["invoice"], None)
_VOUCHERS: Final = (*CODES["voucher"], None)


def both(parts: Iterable[Truth]) -> Truth:
    """Return "and" over columns of truth values."""
    return _joined(parts, and_, settles=False)


def either(parts: Iterable[Truth]) -> Truth:
    """Return "or" over columns of truth values."""
    return _joined(parts, or_, settles=True)


def _joined(
    parts: Iterable[Truth], join: Callable[[pl.Expr, pl.Expr], pl.Expr], *, settles: bool
) -> Truth:
    """Return the parts joined, or the truth value that one of them ``settles``."""
    columns = []
    for part in parts:
        if part is settles:
            return settles
        if not isinstance(part, bool):
            columns.append(part)
    return reduce(join, columns) if columns else not settles


def opposite(part: Truth) -> Truth:
    """Return "not"."""
    return not part if isinstance(part, bool) else ~part


def column(part: Truth) -> pl.Expr:
    """Return a truth value as a column."""
    return pl.lit(part) if isinstance(part, bool) else part


def is_one_of(name: str, numbers: Iterable[int]) -> Truth:
    """Say whether a column of codes holds one of these numbers."""
    # those that follow one another are compared as one
    ordered = enumerate(sorted(numbers))
    runs = [[n for _, n in run] for _, run in groupby(ordered, key=lambda one: one[1] - one[0])]
    return either(pl.col(name).is_between(run[0], run[-1]) for run in runs)


class Member:
    """One policy in columns, under one set of readings: 一项政策的列式程序.

    :meth:`facts` gives claims the columns of facts, :meth:`ruled` those of last days, for every
    right a column ``open:ID``, for every exclusion and bar a column with its id.
    """

    def __init__(self, programs: Programs, readings: Readings) -> None:
        self.policy = programs.policy
        self.in_code = programs.in_code
        self._all = programs
        self.programs: dict[str, Program] = {
            kind: programs.of(kind, readings) for kind in CODES["kind"]
        }
        some = next(iter(self.programs.values()))
        self._count(some)
        self._asked = {
            name
            for _, leaf in policy_leaves(self.policy)
            for name in (getattr(leaf, "fact", ""), getattr(leaf, "until", ""))
        }
        self._ends: dict[Window | Period | Elapsed, str] = {}
        self._leaves: dict[Leaf, Truth] = {}
        self._leaf_columns: list[pl.Expr] = []
        self._rule_columns = [list(self._outside()), *self._rights()]
        self.lasting = {name: list(self._lasting(*of)) for name, of in LAST_DAYS.items()}

    def _count(self, program: Program) -> None:
        """Derive facts and count days as ``program`` does."""
        self.clock, self.frame = program.clock, program.frame
        self.readings = self.clock.readings
        self.days = Days(self.clock)

    def under(self, readings: Readings) -> Member:
        """Return this policy under readings that change none of its rules.

        What was compiled is shared: facts and last days are worked out as ``readings`` say, the
        rules speak of them by name.
        """
        other = copy(self)
        other._count(self._all.of(next(iter(self.programs)), readings))
        return other

    def ruled(self, facts: pl.DataFrame, beside: Iterable[Iterable[pl.Expr]] = ()) -> pl.LazyFrame:
        """Return claims with last days and the truth of every rule beside their facts.

        ``beside`` are stages of what else the rules ask, each of which rests on those before; they
        are worked out along with the last days.
        """
        plain, last = [], []
        for leaf, name in self._ends.items():
            day = self.last_day(leaf)
            if f"added {name}" in facts.columns:
                day += pl.col(f"added {name}")
            plain.append(day.alias(f"plain {name}"))
            last.append(self._rolled(leaf, pl.col(f"plain {name}")).alias(name))
        frame = facts.lazy()
        for days, other in zip_longest((plain, last), beside, fillvalue=()):
            frame = frame.with_columns(*days, *other)
        for stage in (self._leaf_columns, *self._rule_columns):
            frame = frame.with_columns(stage)
        return frame

    def _outside(self) -> Iterator[pl.Expr]:
        """Yield what takes a claim out of the guarantees: exclusions and bars."""
        rules: tuple[Rule, ...] = (*self.policy.exclusions, *self.policy.bars)
        for rule in rules:
            yield column(self.truth(rule.when)).alias(rule.id)

    def _rights(self) -> Iterator[list[pl.Expr]]:
        """Yield the rights in stages, those that rest on others after them."""
        policy = self.policy
        free: dict[tuple[str, ...], str] = {}
        carried: dict[Condition, str] = {}
        stages: list[list[pl.Expr]] = [[], []]
        place: dict[str, int] = {}
        for right in policy.rights:
            outside: tuple[Rule, ...] = (*policy.exclusions, *policy.bars)
            hindering = [rule.id for rule in outside if rule.id not in right.despite]
            if right.despite not in free:
                free[right.despite] = name = f"free:{len(free)}"
                nothing = both(~pl.col(rule) for rule in hindering)
                stages[0].append(column(nothing).alias(name))
            owed = [
                rule for leaf in leaves(right.when) if isinstance(leaf, Owed) for rule in leaf.rules
            ]
            stage = place[right.id] = 1 + max((place[rule] for rule in owed), default=0)
            if stage == len(stages):
                stages.append([])
            papers = carrying(policy, right)
            if papers not in carried:
                carried[papers] = name = f"carried:{len(carried)}"
                stages[0].append(column(self.truth(papers)).alias(name))
            opened = both(
                (self.truth(right.when), pl.col(carried[papers]), pl.col(free[right.despite]))
            )
            stages[stage].append(column(opened).alias(f"open:{right.id}"))
            if right.empty is not None:
                stages[0].append(column(self.truth(right.empty)).alias(f"empty:{right.id}"))
        yield from stages

    def _lasting(
        self, wanted: type[Window] | type[Period], remedy: str | None
    ) -> Iterator[tuple[Window | Period, Truth]]:
        """Yield the windows or periods of rights, each with the goods for which they run."""
        found: dict[Window | Period, list[Truth]] = {}
        for right in self.policy.rights:
            if remedy in (None, right.remedy):
                can_hold = self.kinds_where(lambda one, name=right.id: one.can_hold(name))  # type: ignore[misc]
                for leaf, asked in self._days_asked(right.when):
                    if isinstance(leaf, wanted):
                        found.setdefault(leaf, []).append(both((can_hold, asked)))
        for leaf, asked_by in found.items():
            asked = either(asked_by)
            if asked is not False:
                self.end(leaf)
                yield leaf, asked

    def _days_asked(self, condition: Condition) -> Iterator[tuple[Leaf, Truth]]:
        """Yield the leaves that a condition asks to hold, each with the claims of which it does.

        An alternative that fails whatever the days are asks nothing of a claim.
        """
        match condition:
            case AllOf(of=parts):
                for part in parts:
                    yield from self._days_asked(part)
            case AnyOf(of=parts):
                for part in parts:
                    can_hold = self._can_be(part, True)
                    for leaf, asked in self._days_asked(part):
                        yield leaf, both((can_hold, asked))
            case Not(of=part):
                yield from ((leaf, True) for leaf, sign in signed_leaves(part, sign=False) if sign)
            case leaf:
                yield leaf, True

    def _can_be(
        self,
        condition: Condition,
        wanted: bool,
        tells: Callable[[Leaf], bool] = lambda leaf: (
            not isinstance(leaf, Window | Period | Elapsed | Owed)
        ),
    ) -> Truth:
        """Say whether a condition is ``wanted`` or not known, by leaves that ``tells`` names."""
        match condition:
            case AllOf(of=parts) | AnyOf(of=parts):
                join = both if isinstance(condition, AllOf) == wanted else either
                return join(self._can_be(part, wanted, tells) for part in parts)
            case Not(of=part):
                return self._can_be(part, not wanted, tells)
            case leaf if not tells(leaf):
                return True
            case leaf:
                truth = self.leaf(leaf) if wanted else opposite(self.leaf(leaf))
                return truth if isinstance(truth, bool) else truth.fill_null(True)

    # --- readings --------------------------------------------------------------------------------

    def hanging_on(self, reading: str) -> Truth:
        """Say for which claims a reading could change the truth of any rule, whatever the others.

        Only what a claim states tells, all else may be either. A column of the claims as
        :meth:`stated` gives them.
        """
        conditions = [rule.when for rule in self.policy.rules]
        conditions += [carrying(self.policy, right) for right in self.policy.rights]
        conditions += [right.empty for right in self.policy.rights if right.empty is not None]
        return either(self._turns(condition, reading) for condition in conditions)

    def stated(self, claims: Claims) -> pl.DataFrame:
        """Return the claims with what no reading changes, and the truth of leaves about it."""
        frame = self._begun(claims.frame)
        kept = [
            self._leaf(leaf).alias(name.meta.output_name())  # type: ignore[union-attr]
            for leaf, name in self._leaves.items()
            if not isinstance(name, bool) and getattr(leaf, "fact", "") in _STATED
        ]
        return frame.with_columns(kept)

    def _turns(self, condition: Condition, reading: str) -> Truth:
        """Say where a condition could turn with a reading that it names."""
        match condition:
            case AllOf(of=parts) | AnyOf(of=parts):
                wanted = isinstance(condition, AllOf)
                return either(
                    both(
                        (
                            self._turns(part, reading),
                            *(self._may_be(other, wanted) for other in parts if other is not part),
                        )
                    )
                    for part in parts
                    if any(isinstance(x, Under) and x.reading == reading for x in leaves(part))
                )
            case Not(of=part):
                return self._turns(part, reading)
            case leaf:
                return isinstance(leaf, Under) and leaf.reading == reading

    def _may_be(self, condition: Condition, wanted: bool) -> Truth:
        """Say where a condition can be ``wanted`` or not known, under any readings."""
        return self._can_be(condition, wanted, lambda leaf: getattr(leaf, "fact", "") in _STATED)

    # --- goods --------------------------------------------------------------------------------

    def kinds_where(self, of: Callable[[Program], object], value: object = True) -> Truth:
        """Say of which goods something is ``value`` that is known before a claim is seen."""
        found = [
            number for number, kind in enumerate(CODES["kind"]) if of(self.programs[kind]) == value
        ]
        return len(found) > 0 if len(found) in (0, len(CODES["kind"])) else is_one_of("kind", found)

    def by_kind(self, values: Mapping[Any, pl.Expr], of: Callable[[Program], Any]) -> pl.Expr:
        """Return for each kind of goods its own column, null where there is none."""
        chain: Any = pl
        for value, expr in values.items():
            chain = chain.when(column(self.kinds_where(of, value))).then(expr)
        return chain.otherwise(None) if values else pl.lit(None)

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
        found = histories(claims, frame, self.frame, self.listed, self._asked, ends)
        return self._held(frame.hstack(found))

    def _begun(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return claims with the facts that rest on no repair."""
        battery = pl.col("symptom") == CODES["symptom"].index("battery_fault")
        sound = battery & (pl.col("battery_capacity") >= self.frame.sound_capacity)
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
            windows_start=self._windows_start(restart=self.frame.exchange_restarts),
            refund_window_start=self._windows_start(restart=self.frame.refund_restarts),
            sale_dated_on=self._sale_dated_on(),
            capacity_sound=sound.fill_null(False),
            factory_dated=pl.col("manufactured_on").is_not_null(),
            second_hand=pl.col("condition") == CODES["condition"].index("second_hand"),
        )
        held = pl.col("asked_on")
        if self.frame.held_as_it_appeared and stated["appeared_on"]:
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
        if self.frame.faults_return:
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
        roles = tuple(dict.fromkeys(one.frame.role for one in self.programs.values()))
        starts = {one.frame.role: one.frame.starts for one in self.programs.values()}
        found = (
            starts[role][invoice, voucher, dated]
            for role in roles
            for invoice in _INVOICES
            for voucher in _VOUCHERS
            for dated in (False, True)
        )
        numbers = [None if start is None else STARTS[start] for start in found]
        table = pl.Series(numbers, dtype=pl.UInt8)
        of_kinds = [roles.index(one.frame.role) for one in self.programs.values()]
        place = pl.lit(pl.Series(of_kinds, dtype=pl.UInt32)).gather("kind")
        for name, codes in (("invoice", _INVOICES), ("voucher", _VOUCHERS)):
            place = place * len(codes) + pl.col(name).cast(pl.UInt32).fill_null(len(codes) - 1)
        place = place * 2 + pl.col("manufactured_on").is_not_null().cast(pl.UInt32)
        return pl.lit(table).gather(place)

    def _windows_start(self, *, restart: bool) -> pl.Expr:
        start = pl.col("sold_on")
        if self.frame.windows_from_receipt:
            start = _DELIVERED
        return pl.coalesce("exchanged", start) if restart else start

    def _period_start(self) -> pl.Expr:
        papers = pl.coalesce("invoiced_on", "sold_on")
        if self.frame.period_from == "delivered":
            papers = _DELIVERED
        elif self.frame.period_from == "later":
            both_known = papers.is_not_null() & _DELIVERED.is_not_null()
            papers = pl.when(both_known).then(pl.max_horizontal(papers, _DELIVERED))
        papers = pl.coalesce("exchanged", papers)
        factory = pl.col("manufactured_on") + self.frame.factory_days
        starts = pl.col("starts")
        chain = pl.when(starts == STARTS["papers"]).then(papers)
        return chain.when(starts == STARTS["factory"]).then(factory)

    def _sale_dated_on(self) -> pl.Expr:
        first = self.frame.commencement - EPOCH
        papers = ("invoiced_on", "received_on", "manufactured_on")
        later = [pl.when(pl.col(name) >= first).then(name) for name in papers]
        return pl.coalesce("sold_on", *later)

    # --- money --------------------------------------------------------------------------------

    def _price(self, battery: pl.Expr) -> Iterator[pl.Expr]:
        """Yield the price a refund goes by, fen (arts. 11, 14, 18, 19), and if it is settled.

        ``battery`` says whether the battery is at fault. Decree 778 art. 18.
        """
        own = pl.coalesce("paid_price", "price") if self.frame.paid_price else pl.col("price")
        alone, together = pl.col("standalone_price"), pl.col("bought_with_phone")
        by_own = column(self.kinds_where(lambda one: one.frame.role != "accessory"))
        by_own |= (~together).fill_null(False)
        by_alone = together.fill_null(False) | own.eq_missing(alone)
        chain: Any = pl
        if self.frame.battery_apart:
            main = column(self.kinds_where(lambda one: one.frame.role == "main_unit"))
            inside = (main & battery).fill_null(False)
            chain = chain.when(inside).then(alone)
            by_alone |= inside
        yield chain.when(by_own).then(own).when(by_alone).then(alone).alias("refundable")
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
        return pl.coalesce("exchanged", since) if self.frame.used_from_exchange else since

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
        for leaf, name in self._ends.items():
            if isinstance(leaf, Elapsed):
                continue
            window = isinstance(leaf, Window) or leaf.extended_by == WINDOW_TIME
            if self.frame.windows_stretch or not window:
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

    # --- leaves -------------------------------------------------------------------------------

    def listed(self, fault: str) -> pl.Expr:
        """Say whether the fault in a column is in the catalogue for goods of this kind."""
        faults = {one.frame.faults for one in self.programs.values() if one.frame.faults}
        numbers = CODES["symptom"]
        return column(
            either(
                both(
                    (
                        self.kinds_where(lambda one: one.frame.faults, of),
                        is_one_of(fault, (numbers.index(code) for code in of)),
                    )
                )
                for of in sorted(faults, key=sorted)
            )
        )

    def truth(self, condition: Condition) -> Truth:
        """Return the truth of a condition, of leaves that are columns."""
        fixed = evaluate(condition, self._fixed)
        if fixed is not None:  # nothing has to be worked out of what cannot tell
            return fixed
        match condition:
            case AllOf(of=parts):
                return both(self.truth(part) for part in parts)
            case AnyOf(of=parts):
                return either(self.truth(part) for part in parts)
            case Not(of=part):
                return opposite(self.truth(part))
            case Owed(rules=rules):
                return either(pl.col(f"open:{rule}") for rule in rules)
            case leaf:
                return self.leaf(leaf)

    def _fixed(self, leaf: Leaf) -> bool | None:
        """Return the truth of a leaf that is known before any claim is seen."""
        if isinstance(leaf, Window | Period | Elapsed | Owed):
            return None
        found = self.leaf(leaf)
        return found if isinstance(found, bool) else None

    def leaf(self, leaf: Leaf) -> Truth:
        """Return the truth of a leaf: the name of its column, or a truth value for all claims."""
        if leaf not in self._leaves:
            found = self._leaf(leaf)
            if not isinstance(found, bool):
                name = f"leaf:{len(self._leaf_columns)}"
                self._leaf_columns.append(found.alias(name))
                found = pl.col(name)
            self._leaves[leaf] = found
        return self._leaves[leaf]

    def _leaf(self, leaf: Leaf) -> Truth:
        match leaf:
            case Compare(fact="role", value=value):
                return self.kinds_where(lambda one: one.frame.role == value)
            case Listed(column="kind"):
                return self.kinds_where(lambda one: one.coverage is not None)
            case Listed():
                return self.listed("symptom")
            case Under(reading=reading, value=value):
                return bool(getattr(self.readings, reading) == value)
            case Compare(fact=name, value=value, relation="before"):
                return pl.col(name) < _day(value)
            case Compare(fact=name, value=bool(value)):
                return pl.col(name) if value else ~pl.col(name)
            case Compare(fact=name, value=value) if FACTS[name].is_open:
                return pl.col(name) == value
            case OneOf(fact=name, values=values) if FACTS[name].is_open:
                return pl.col(name).is_in(values)
            case Compare(fact=name, value=value):
                return is_one_of(name, [CODES[name].index(str(value))])
            case OneOf(fact=name, values=values):
                return is_one_of(name, map(CODES[name].index, values))
            case AtLeast(fact=name, value=value):
                return pl.col(name) >= value
            case Window() | Period() | Elapsed():
                inside = pl.col(held_on(leaf)) <= self.end(leaf)
                if isinstance(leaf, Period):
                    return both((inside, self.kinds_where(lambda one: one.coverage is not None)))
                return inside
            case _:
                raise AssertionError("rights are read by name")

    # --- last days ----------------------------------------------------------------------------

    def end(self, leaf: Window | Period | Elapsed) -> pl.Expr:
        """Return the last day on which ``leaf`` holds, as a column."""
        if leaf not in self._ends:
            self._ends[leaf] = f"end:{len(self._ends)}"
        return pl.col(self._ends[leaf])

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
        plain, name = pl.col(f"plain {self._ends[leaf]}"), f"added {self._ends[leaf]}"
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
        for leaf, name in self._ends.items():
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


def _day(value: Any) -> int:
    number: int = value.toordinal() - EPOCH
    return number
