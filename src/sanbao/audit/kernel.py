"""A policy compiled to the columns of a dataframe engine: 规则的列式编译.

The conditions of a policy become Polars expressions, node by node; periods become look-ups
in the tables of :mod:`sanbao.audit.days`; three truth values are the three values of a
nullable boolean, whose "and" and "or" are Kleene's. No rule is stated here.

A kernel is sure or silent: where a claim's missing facts leave anything open it marks the
row as not ``settled``, and the scalar engine decides it by cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import reduce
from itertools import groupby
from operator import and_, or_
from typing import Any, Final, TypeAlias

import polars as pl

from sanbao.audit.columns import Claims
from sanbao.audit.days import EPOCH, Days
from sanbao.audit.histories import NO_REPAIRS, histories
from sanbao.audit.values import CODES
from sanbao.conditions import (
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
    leaves,
    signed_leaves,
)
from sanbao.policy import Rule
from sanbao.program import Program, Programs, carrying
from sanbao.readings import Readings

__all__ = ["LAST_DAYS", "Member", "Truth", "both", "column", "either"]

Truth: TypeAlias = pl.Expr | bool
"""A column of truth values, or one that is the same for every claim."""

LAST_DAYS: Final[dict[str, tuple[type[Window] | type[Period], str | None]]] = {
    "period_ends_on": (Period, None),
    "refund_until": (Window, "refund"),
    "exchange_until": (Window, "exchange"),
}
"""The last days that a decision names: of which leaves, and of which rights."""

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
        self.programs: dict[str, Program] = {
            kind: programs.of(kind, readings) for kind in CODES["kind"]
        }
        some = next(iter(self.programs.values()))
        self.clock, self.frame = some.clock, some.frame
        self.readings = self.clock.readings
        self.days = Days(self.clock)
        self._ends: dict[Window | Period | Elapsed, str] = {}
        self._leaves: dict[Leaf, Truth] = {}
        self._leaf_columns: list[pl.Expr] = []
        self._rule_columns = [list(self._outside()), *self._rights()]
        self.lasting = {name: list(self._lasting(*of)) for name, of in LAST_DAYS.items()}

    def ruled(
        self, facts: pl.DataFrame, first: Iterable[pl.Expr] = (), then: Iterable[pl.Expr] = ()
    ) -> pl.LazyFrame:
        """Return claims with last days and the truth of every rule beside their facts.

        ``first`` and ``then``, which rests on it, are worked out along with the last days.
        """
        plain, last = [*first], [*then]
        for leaf, name in self._ends.items():
            plain.append(self.last_day(leaf).alias(f"plain {name}"))
            last.append(self._rolled(leaf, pl.col(f"plain {name}")).alias(name))
        frame = facts.lazy()
        for stage in (plain, last, self._leaf_columns, *self._rule_columns):
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
            hindering = [rule.id for rule in policy.exclusions]
            hindering += [bar.id for bar in policy.bars if bar.id not in right.despite]
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
        yield from stages

    def _lasting(
        self, wanted: type[Window] | type[Period], remedy: str | None
    ) -> Iterator[tuple[Window | Period, Truth]]:
        """Yield the windows or periods of rights, each with the goods for which they run."""
        rights: dict[Window | Period, list[str]] = {}
        for right in self.policy.rights:
            if remedy not in (None, right.remedy):
                continue
            for leaf, sign in signed_leaves(right.when):
                if sign and isinstance(leaf, wanted):
                    rights.setdefault(leaf, []).append(right.id)
        for leaf, ids in rights.items():
            self.end(leaf)
            yield leaf, self.kinds_where(lambda one, ids=ids: any(map(one.can_hold, ids)))  # type: ignore[misc]

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

    def facts(self, claims: Claims) -> pl.DataFrame:
        """Return the claims with the facts that the rules speak of."""
        frame = claims.frame.with_columns(
            starts=self._starts(),
            windows_start=self._windows_start(),
            sale_dated_on=self._sale_dated_on(),
            capacity_sound=(
                (pl.col("symptom") == CODES["symptom"].index("battery_fault"))
                & (pl.col("battery_capacity") >= self.frame.sound_capacity)
            ).fill_null(False),
            factory_dated=pl.col("manufactured_on").is_not_null(),
            nothing_to_refund=self._nothing_to_refund(),
        ).with_columns(period_start=self._period_start())
        received, sold = pl.col("received_on"), pl.col("sold_on")
        frame = frame.with_columns(proof_start=pl.coalesce(received, sold, "period_start"))
        if not len(claims.repairs):
            return frame.with_columns(
                pl.lit(value, dtype=None if value is not None else pl.Int32).alias(name)
                for name, value in NO_REPAIRS.items()
            )
        return frame.hstack(histories(claims, frame["period_start"], self.frame, self.listed))

    def _starts(self) -> pl.Expr:
        """Return from what the period runs: 1 the papers, 2 the factory date, null not known."""
        roles = tuple(dict.fromkeys(one.frame.role for one in self.programs.values()))
        numbers = {"papers": 1, "factory": 2, None: None}
        starts = {one.frame.role: one.frame.starts for one in self.programs.values()}
        table = pl.Series(
            [
                numbers[starts[role][invoice, voucher, dated]]
                for role in roles
                for invoice in _INVOICES
                for voucher in _VOUCHERS
                for dated in (False, True)
            ],
            dtype=pl.UInt8,
        )
        of_kinds = [roles.index(one.frame.role) for one in self.programs.values()]
        place = pl.lit(pl.Series(of_kinds, dtype=pl.UInt32)).gather("kind")
        for name, codes in (("invoice", _INVOICES), ("voucher", _VOUCHERS)):
            place = place * len(codes) + pl.col(name).cast(pl.UInt32).fill_null(len(codes) - 1)
        place = place * 2 + pl.col("manufactured_on").is_not_null().cast(pl.UInt32)
        return pl.lit(table).gather(place)

    def _windows_start(self) -> pl.Expr:
        start = pl.col("sold_on")
        if self.frame.windows_from_receipt:
            start = pl.coalesce("received_on", "sold_on")
        if not self.frame.windows_restart:
            return start
        unknown = pl.col("was_exchanged") & pl.col("exchanges_counted").is_null()
        return pl.coalesce("exchanged", pl.when(~unknown).then(start))

    def _period_start(self) -> pl.Expr:
        papers = pl.coalesce(
            "exchanged",
            pl.when(pl.col("exchanges_counted").is_not_null()).then(
                pl.coalesce("invoiced_on", "sold_on")
            ),
        )
        factory = pl.col("manufactured_on") + self.frame.factory_days
        return pl.when(pl.col("starts") == 1).then(papers).when(pl.col("starts") == 2).then(factory)

    def _sale_dated_on(self) -> pl.Expr:
        first = self.frame.in_force_from - EPOCH
        papers = ("invoiced_on", "received_on", "manufactured_on")
        later = [pl.when(pl.col(name) >= first).then(name) for name in papers]
        return pl.coalesce("sold_on", *later)

    def _nothing_to_refund(self) -> pl.Expr:
        alone, together = (
            (pl.col(name) == 0).fill_null(True) for name in ("price", "standalone_price")
        )
        main = column(self.kinds_where(lambda one: one.frame.role == "main_unit"))
        with_phone = pl.col("bought_with_phone")
        by_price = main | (with_phone == False).fill_null(False) | (alone == together)  # noqa: E712
        nothing = pl.when(by_price).then(alone).when(with_phone).then(together)
        return pl.col("gift") & nothing

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
            case Compare(fact=name, value=value):
                return is_one_of(name, [CODES[name].index(str(value))])
            case OneOf(fact=name, values=values):
                return is_one_of(name, map(CODES[name].index, values))
            case AtLeast(fact=name, value=value):
                return pl.col(name) >= value
            case Window() | Period() | Elapsed():
                inside = pl.col("claimed_on") <= self.end(leaf)
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
        """Return the last day of ``leaf`` before it rolls over rest days."""
        start, first = pl.col(leaf.fact), self.clock.first_day
        match leaf:
            case Window(days=days):
                return start + (days - first)
            case Period(extended_by=extra, months=given):
                of_kinds = [_months_of(one, given) for one in self.programs.values()]
                after = self.days.one_of_months_after(of_kinds, pl.col("kind"), start)
                return after + pl.col(extra) - first
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
            extra = facts[leaf.extended_by].max()
            last += 31 * max(self._months(leaf.months), default=0)
            last += extra if isinstance(extra, int) else 0
        if self.days.are_published(first - self.clock.first_day, last):
            return False
        return ~self.days.published(pl.col(f"plain {self._ends[leaf]}"))

    def is_near(self) -> Truth:
        """Say whether some window or period could end on the other side of the claim.

        However its first day is counted and whatever it rolls over (:data:`COUNTING`), a period
        ends between the day before its plain last day and the day this rolls to.
        """
        found = []
        for leaf, name in self._ends.items():
            if not isinstance(leaf, Elapsed):
                plain = pl.col(f"plain {name}") + self.clock.first_day
                last = self.days.furthest(plain)
                found.append(pl.col("claimed_on").is_between(plain, last).fill_null(False))
        return either(found)

    def rolls(self, leaf: Leaf) -> bool:
        """Say whether the last day of ``leaf`` rolls over rest days."""
        return isinstance(leaf, Period) or (isinstance(leaf, Window) and self.clock.windows_roll)


def _months_of(program: Program, given: int | None) -> int | None:
    coverage = program.coverage
    return given or (None if coverage is None else coverage.months)


def _day(value: Any) -> int:
    number: int = value.toordinal() - EPOCH
    return number
