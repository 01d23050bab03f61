"""Facts and last days of claims, in columns: 事实与末日的列式推导.

The facts that :mod:`sanbao.evaluation.facts` derives of one claim, as Polars expressions; periods
become look-ups in the tables of :mod:`sanbao.audit.tables.input.day_tables`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import polars as pl

from sanbao.audit.tables.columns import Truth, either
from sanbao.audit.tables.input.claims_frame import Claims
from sanbao.audit.tables.input.day_tables import LONGEST, Days
from sanbao.audit.tables.kernel.fact_columns import FactColumns
from sanbao.audit.tables.kernel.formula_columns import Codes, FormulaColumns, of_kinds
from sanbao.audit.tables.kernel.gathered import End
from sanbao.evaluation.facts.turning import turning
from sanbao.evaluation.parts.findings import held_on
from sanbao.evaluation.programs.codegen import HELD_ON, PERIOD_HELD_ON, WINDOW_TIME
from sanbao.evaluation.programs.program import Program, Programs
from sanbao.model.facts import EVERY_LAW
from sanbao.model.fields import KIND
from sanbao.model.readings import Readings
from sanbao.rules.conditions import Elapsed, Leaf, Period, Window
from sanbao.rules.formulas import Term, terms_of
from sanbao.rules.policy import named_codes, policy_leaves
from sanbao.rules.type_check import MOST_DAYS

__all__ = ["OF_GOODS", "FactExpressions"]

PRICE: Final = "refund_price"
MONEY_COLUMNS: Final = (PRICE, "used_days", "fee_is_due")
"""The facts by which a kernel reckons the money."""
DAYS_HELD: Final = (HELD_ON, PERIOD_HELD_ON)
_UNLISTED: Final = EVERY_LAW[KIND.name][0]
"""The kind that stands for all those of which a policy says nothing."""
OF_GOODS: Final = ("role", KIND.name)
"""Facts that are known of goods before a claim is seen."""


class FactExpressions:
    """What one policy asks of claims, under one set of readings: 事实的列式程序.

    :meth:`facts` gives claims the columns of facts; last days have a name (:meth:`end`) by which
    rules speak of them.
    """

    def __init__(self, programs: Programs, readings: Readings, codes: Codes) -> None:
        self.policy = programs.policy
        self.codes = codes
        self._all = programs
        told = {line.kind for line in self.policy.catalogue} | named_codes(self.policy, KIND.name)
        self._kinds = [kind if kind in told else _UNLISTED for kind in codes[KIND.name]]
        asked = {
            name
            for _, leaf in policy_leaves(self.policy)
            for name in (getattr(leaf, "fact", ""), getattr(leaf, "until", ""))
        }
        self._needed = [
            name
            for name in (*self.policy.facts, *MONEY_COLUMNS)
            if name in (*asked, *DAYS_HELD, *MONEY_COLUMNS) and name not in OF_GOODS
        ]
        self.count(readings)
        self.ends: dict[Window | Period | Elapsed, str] = {}

    def count(self, readings: Readings) -> None:
        """Derive facts and count days as ``readings`` say; there is a program for each kind."""
        self.programs = [self._all.of(kind, readings) for kind in self._kinds]
        self.clock = self.programs[0].clock
        kinds = self._constants = [one.constants for one in self.programs]
        derived = self.policy.derived
        self.columns = FactColumns(derived, kinds, self.codes)
        self.formulas = FormulaColumns(kinds, self.codes, _column_of, terms_of(derived).__getitem__)
        self.readings = self.clock.readings
        self.days = Days(self.clock)

    # --- goods --------------------------------------------------------------------------------

    def kinds_where(self, holds: Callable[[Program], bool]) -> Truth:
        """Say of which goods something holds that is known before a claim is seen."""
        return of_kinds(map(holds, self.programs))

    # --- facts --------------------------------------------------------------------------------

    def facts(self, claims: Claims, *, near: bool = False) -> pl.DataFrame:
        """Return the claims with the facts that the rules speak of.

        ``near`` adds a column with that name: whether a repair was handed in so near to a last
        day that how days are counted could change what it adds.
        """
        return self.columns.of(claims, self._needed, list(self._pushed(near=near)))

    def turned(self, claims: Claims) -> Iterator[tuple[str, pl.Series]]:
        """Yield the readings that could change a fact of a claim, each with the rows of these."""
        turned = turning(self.policy)
        columns = FactColumns((*self.policy.derived, *turned.values()), self._constants, self.codes)
        frame = columns.of(claims, [one.name for one in turned.values()])
        for reading, one in turned.items():
            yield reading, frame[one.name].fill_null(True)

    # --- days that repairs add ------------------------------------------------------------------

    def _pushed(self, *, near: bool) -> Iterator[End]:
        """Yield the last days of windows and periods that repairs push on."""
        for leaf, name in self.ends.items():
            if isinstance(leaf, Elapsed):
                continue
            window = isinstance(leaf, Window) or leaf.extended_by == WINDOW_TIME
            rolled = self.days.rolled if self.rolls(leaf) else _as_it_is
            days = leaf.days if isinstance(leaf, Window) else MOST_DAYS
            reach = days + LONGEST if window else None
            near_ = self._is_near if near else None
            spans = ("fact", WINDOW_TIME if isinstance(leaf, Window) else leaf.extended_by)
            yield End(name, leaf.fact, spans, reach, self.last_day(leaf), rolled, near_)

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
                of_kinds = [_months_of(one, given) for one in self.programs]
                after = self.days.one_of_months_after(of_kinds, pl.col(KIND.name), start)
                return after - first
            case Elapsed(days=days, months=None):
                return start + int(days or 0)
            case _:
                return self.days.months_after(leaf.months or 0, start)

    def _months(self, given: int | None) -> list[int]:
        found = {_months_of(one, given) for one in self.programs}
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


def _column_of(term: Term) -> str | None:
    """Return the column of a fact: each has its name."""
    return str(term[1]) if term[0] == "fact" else None
