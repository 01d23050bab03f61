"""The rules of a policy compiled to the columns of a dataframe engine: 规则的列式编译.

The conditions of a policy become Polars expressions, node by node. No rule is stated here.

A kernel is sure or silent: where a claim's missing facts leave anything open it marks the
row as not ``settled``, and the scalar engine decides it by cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from typing import Any, Final

import polars as pl

from sanbao.audit.tables.columns import Truth, both, column, either, is_one_of, opposite
from sanbao.audit.tables.input.claims_frame import Claims
from sanbao.audit.tables.input.day_tables import EPOCH
from sanbao.audit.tables.kernel.fact_expressions import OF_GOODS, FactExpressions
from sanbao.audit.tables.kernel.formula_columns import Codes, number_of
from sanbao.evaluation.facts.dependencies import stated_facts
from sanbao.evaluation.parts.findings import held_on
from sanbao.evaluation.programs.program import Programs
from sanbao.model.fields import KIND
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
from sanbao.rules.policy import carrying

__all__ = ["LAST_DAYS", "PolicyExpressions"]

LAST_DAYS: Final[dict[str, tuple[type[Window] | type[Period], str | None]]] = {
    "period_ends_on": (Period, None),
    "refund_until": (Window, "refund"),
    "exchange_until": (Window, "exchange"),
}
"""The last days that a decision names: of which leaves, and of which rights."""


class PolicyExpressions(FactExpressions):
    """One policy in columns, under one set of readings: 一项政策的列式程序.

    :meth:`ruled` gives claims the columns of last days, for every right a column ``open:ID``, for
    every exclusion and bar a column with its id. Where no grade of ``papers`` from which a period
    could run is reached, none is examined.
    """

    def __init__(self, programs: Programs, readings: Readings, codes: Codes) -> None:
        super().__init__(programs, readings, codes)
        self.in_code = programs.in_code
        self.stated_facts = stated_facts(self.policy.derived)
        self._leaves: dict[Leaf, Truth] = {}
        self._leaf_columns: list[pl.Expr] = []
        self._rule_columns = [list(self._outside()), *self._rights()]
        dating = self.truth(AnyOf(tuple(one.when for one in self.policy.grades if one.start)))
        self.papers = None if isinstance(dating, bool) else dating
        self.lasting = {name: list(self._lasting(*of)) for name, of in LAST_DAYS.items()}

    def under(self, readings: Readings) -> PolicyExpressions:
        """Return this policy under readings that change none of its rules.

        What was compiled is shared: facts and last days are worked out as ``readings`` say, the
        rules speak of them by name.
        """
        other = copy(self)
        other.count(readings)
        return other

    def ruled(self, facts: pl.DataFrame, beside: Iterable[pl.Expr] = ()) -> pl.LazyFrame:
        """Return claims with last days and the truth of every rule beside their facts.

        ``beside`` is what else is worked out along with the last days.
        """
        plain, last = [], []
        for leaf, name in self.ends.items():
            day = self.last_day(leaf)
            if f"added {name}" in facts.columns:
                day += pl.col(f"added {name}")
            plain.append(day.alias(f"plain {name}"))
            last.append(self._rolled(leaf, pl.col(f"plain {name}")).alias(name))
        frame = facts.lazy()
        frame = frame.with_columns(*plain, *beside).with_columns(last)
        for stage in (self._leaf_columns, *self._rule_columns):
            frame = frame.with_columns(stage)
        return frame

    def _outside(self) -> Iterator[pl.Expr]:
        """Yield what takes a claim out of the guarantees: exclusions and bars."""
        for rule in self.policy.outside:
            yield column(self.truth(rule.when)).alias(rule.id)

    def _rights(self) -> Iterator[list[pl.Expr]]:
        """Yield the rights in stages, those that rest on others after them."""
        policy = self.policy
        free: dict[tuple[str, ...], str] = {}
        carried: dict[Condition, str] = {}
        stages: list[list[pl.Expr]] = [[], []]
        place: dict[str, int] = {}
        for right in policy.rights:
            hindering = [rule.id for rule in policy.outside if rule.id not in right.despite]
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
        facts = {
            fact
            for leaf in self._leaves
            if (fact := getattr(leaf, "fact", "")) in self.stated_facts and fact not in OF_GOODS
        }
        frame = self.columns.of(claims, sorted(facts))
        kept = [
            self._leaf(leaf).alias(name.meta.output_name())  # type: ignore[union-attr]
            for leaf, name in self._leaves.items()
            if not isinstance(name, bool) and getattr(leaf, "fact", "") in self.stated_facts
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
        return self._can_be(
            condition, wanted, lambda leaf: getattr(leaf, "fact", "") in self.stated_facts
        )

    # --- leaves -------------------------------------------------------------------------------

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
                return self.kinds_where(lambda one: one.context.role == value)
            case Listed(column=KIND.name):
                return self.kinds_where(lambda one: one.coverage is not None)
            case Listed(fact=name, column=column_):
                return self.formulas.truth(("in", ("fact", name), ("goods", column_)))
            case Under(reading=reading, value=value):
                return self.readings.value(reading) == value
            case Compare(fact=name, value=value, relation="before"):
                return pl.col(name) < _day(value)
            case Compare(fact=name, value=bool(value)):
                return pl.col(name) if value else ~pl.col(name)
            case Compare(fact=name, value=value) if self.policy.facts[name].is_open:
                return pl.col(name) == value
            case OneOf(fact=name, values=values) if self.policy.facts[name].is_open:
                return pl.col(name).is_in(values)
            case Compare(fact=name, value=value):
                return is_one_of(name, [number_of(self.codes[name], str(value))])
            case OneOf(fact=name, values=values):
                return is_one_of(name, [number_of(self.codes[name], one) for one in values])
            case AtLeast(fact=name, value=value):
                return pl.col(name) >= value
            case Window() | Period() | Elapsed():
                inside = pl.col(held_on(leaf)) <= self.end(leaf)
                if isinstance(leaf, Period):
                    return both((inside, self.kinds_where(lambda one: one.coverage is not None)))
                return inside
            case _:
                raise AssertionError("rights are read by name")


def _day(value: Any) -> int:
    number: int = value.toordinal() - EPOCH
    return number
