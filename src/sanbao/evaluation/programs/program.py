"""A policy made ready for goods of one kind: 编译后的规则.

Its code is generated once (:mod:`sanbao.evaluation.programs.codegen`) and bound to a clock, that is
to readings and a calendar; what claims come to under it is remembered with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from datetime import date
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Any, Final, NamedTuple, cast

from sanbao.base.once import Memory
from sanbao.dates.calendar import Calendar
from sanbao.dates.counting import COUNTING, Clock
from sanbao.evaluation.facts.constants import Constants
from sanbao.evaluation.facts.context import DerivationContext, Start, Starts
from sanbao.evaluation.facts.dependencies import rests_on
from sanbao.evaluation.facts.functions import DeriveFacts, FactCode
from sanbao.evaluation.facts.turning import turning
from sanbao.evaluation.programs.codegen import Abstraction, CodeWriter, Compiled, Goods, TruthVector
from sanbao.evaluation.programs.truth import FALSE, TRUE, UNKNOWN
from sanbao.model.claim_row import ClaimRow
from sanbao.model.facts import FACTS, Facts, facts_record
from sanbao.model.fields import ClaimField
from sanbao.model.readings import DEFAULT_READINGS, Readings, reading_values
from sanbao.rules.conditions import (
    Compare,
    Leaf,
    OneOf,
    Under,
    evaluate,
    signed_leaves,
)
from sanbao.rules.policy import Coverage, Derived, Policy, Rule, policy_leaves

__all__ = ["Program", "Programs"]

_TRUTH: Final = {FALSE: False, UNKNOWN: None, TRUE: True}

_COMPILED: Final[dict[object, Compiled]] = {}
_MOST_COMPILED: Final = 256


def _compiled(programs: Programs, goods: Goods) -> Compiled:
    """Return the code for goods, which all programs of equal policies share.

    When there is too much of it all is forgotten, and written again where it is asked for.
    """
    code = programs.code_of(goods.kind, goods.clock.readings, for_any=goods.for_any)
    found = _COMPILED.get((goods.policy, code))
    if found is None:
        if len(_COMPILED) >= _MOST_COMPILED:
            _COMPILED.clear()
        found = _COMPILED[goods.policy, code] = CodeWriter(goods).written()
    return found


class Program:
    """One policy for one kind of goods, under one clock: 一类商品的规则程序.

    ``abstraction(facts)`` is all that the rules can see of a claim: a code stands there as the
    class of codes no rule tells apart, a day as whether it lies inside. ``verdicts(abstraction)``
    gives the truth of everything a decision hangs on: equal verdicts, equal decisions but
    for dates and money. ``state(key, name)`` reads one of them; names are a rule's id for
    its condition, ``alleged:``, ``trader_proves:``, ``doubted:``, ``carried:``, ``open:`` and
    ``empty:`` with an id.
    ``leaf_states(facts)`` gives the truth of every leaf, for the reasons.

    A program ``for_any`` readings has their values in its abstraction instead of its code: it is
    compiled once, and :meth:`under` others the same abstraction still means the same.

    ``by_truth`` and ``by_abstraction`` remember the skeletons seen
    (:mod:`sanbao.evaluation.programs.skeleton`), ``memory`` what else was found out
    (:func:`sanbao.base.once.once`). ``seen`` says what stands where in an abstraction, but for the
    request that ends it. ``programs`` are the programs of the same policy for other goods and
    under other readings.
    """

    def __init__(
        self, programs: Programs, kind: str, clock: Clock, *, for_any: bool = False
    ) -> None:
        policy = programs.policy
        self.library = programs
        self.for_any = for_any
        self.policy = policy
        self.clock = clock
        self.kind = kind
        self.by_truth: dict[TruthVector, Any] = {}
        self.by_abstraction: dict[Abstraction, Any] = {}
        self.memory: Memory = {}
        self.coverage: Coverage | None = policy.coverage(kind)
        self.context = _context(policy, self.coverage, clock)
        self._derive_facts()
        goods = Goods(policy, kind, self.coverage, self.context, clock, for_any)
        self._compiled = written = _compiled(programs, goods)
        self.seen = written.seen
        self.verdicts: Callable[[Abstraction], TruthVector] = written.verdicts
        self._place = written.place
        self._fixed = written.fixed
        self._leaf_place = written.leaf_place
        self._bind()
        self._leaf_numbers: dict[Leaf, int] = {}
        self._leaves_of: dict[str, tuple[tuple[int, Leaf, bool], ...]] = {}

    def _derive_facts(self) -> None:
        """Make the functions that derive facts, of the constants that goods and clock give."""
        context = self.context
        constants = Constants(
            self.policy, self.coverage, self.clock.readings, context.starts, context.commencement
        )
        self.constants = constants
        self.derive: DeriveFacts = self._at_first
        self._interpreted: DeriveFacts | None = None
        self._reckon: DeriveFacts | None = None
        self._turned: DeriveFacts | None = None

    def _at_first(self, row: ClaimRow, assumed_sale: int | None = None) -> Any:
        """Return the facts of a claim, until there is code for them."""
        facts, constants = self.library.facts, self.constants
        if facts.is_worth_it():
            self.derive = facts.bound(constants.value_of)
            return self.derive(row, assumed_sale)
        if self._interpreted is None:
            self._interpreted = facts.interpreted(constants.value_of)
        return self._interpreted(row, assumed_sale)

    def facts_of(self, row: ClaimRow) -> Facts:
        """Return the facts of a claim by name."""
        return self.library.record._make(self.derive(row))

    def money(self, row: ClaimRow, assumed_sale: int | None = None) -> RefundBasis:
        """Return by what a refund of a claim is reckoned; ``assumed_sale`` as of :attr:`derive`."""
        if self._reckon is None:
            self._reckon = self.library.money.used(self.constants.value_of)
        return RefundBasis._make(self._reckon(row, assumed_sale))

    def in_play(self, row: ClaimRow) -> frozenset[str]:
        """Return the readings that could change a fact of a claim, or the money.

        Whatever the other readings are, and whatever cases settle of it. A claim without repairs,
        say, has the same facts whichever repairs would count.
        """
        if self._turned is None:
            self._turned = self.library.turning.used(self.constants.value_of)
        turned = zip(turning(self.policy), self._turned(row), strict=True)
        return frozenset(name for name, turns in turned if turns is not False)

    def _bind(self) -> None:
        """Make the generated functions of the constants that the clock gives."""
        self.abstraction: Callable[[Facts], Abstraction] = self._compiled.abstraction.under(
            self.clock
        )
        self.leaf_states: Callable[[Facts], tuple[int, ...]]
        self.leaf_states = self._compiled.leaf_states.under(self.clock)

    def under(self, clock: Clock) -> Program:
        """Return this program under readings that change none of its code.

        What was compiled and what is remembered is shared; only the facts are derived, the last
        days counted and the money reckoned as the readings of ``clock`` say.
        """
        other = copy(self)
        other.clock = clock
        other.context = _context(self.policy, self.coverage, clock, self.context.starts)
        other._derive_facts()
        named = self.library.in_code if self.for_any else COUNTING
        if any(clock.readings.value(n) != self.clock.readings.value(n) for n in named):
            other._bind()
        return other

    def state(self, key: tuple[Any, ...], name: str) -> int:
        """Return the truth value called ``name`` in a key of :attr:`verdicts`."""
        fixed = self._fixed.get(name)
        if fixed is not None:
            return fixed
        value: int = key[self._place[name]]
        return value

    def leaf_value(self, states: tuple[int, ...], leaf: Leaf) -> bool | None:
        """Return the truth of ``leaf`` in what :attr:`leaf_states` gave."""
        return _TRUTH[states[self._leaf_place[leaf]]]

    def states_of(self, states: tuple[int, ...], leaves: Iterable[Leaf]) -> tuple[int, ...]:
        """Return the truth of each of ``leaves`` in what :attr:`leaf_states` gave, as a number."""
        return tuple(states[self._leaf_place[leaf]] for leaf in leaves)

    def has(self, leaf: Leaf) -> bool:
        """Say whether :meth:`leaf_value` knows ``leaf``: any but those about rights."""
        return leaf in self._leaf_place

    @property
    def all_leaves(self) -> tuple[Leaf, ...]:
        """Every leaf of the policy but those about rights."""
        return tuple(self._leaf_place)

    def is_fixed(self, leaf: Leaf) -> bool:
        """Say whether the truth of ``leaf`` is known before any claim is seen."""
        return leaf in self._compiled.known

    def leaves_of(self, rule: Rule) -> tuple[tuple[int, Leaf, bool], ...]:
        """Return ``(number, leaf, wanted)`` for the distinct leaves of a rule's condition."""
        found = self._leaves_of.get(rule.id)
        if found is None:
            numbers = self._leaf_numbers
            found = tuple(
                (numbers.setdefault(leaf, len(numbers)), leaf, wanted)
                for leaf, wanted in dict.fromkeys(signed_leaves(rule.when))
            )
            self._leaves_of[rule.id] = found
        return found

    def asks(self, fact: str) -> bool:
        """Say whether any condition of the policy asks the fact called ``fact``."""
        return fact in self._compiled.asked

    def asks_field(self, field: ClaimField) -> bool:
        """Say whether a condition asks for a field: as a fact, or through one of the law's own."""
        if self.asks(field.row):
            return True
        own = self.library.record._fields[len(FACTS) :]
        return any(field.path in rests_on(self.policy.derived, "field")[fact] for fact in own)

    def can_hold(self, name: str) -> bool:
        """Say whether the rule called ``name`` can hold for goods of this kind at all."""
        return self._fixed.get(name) != FALSE


class RefundBasis(NamedTuple):
    """By what a refund is reckoned: 退款计算依据. What is not known is ``None``.

    ``price`` is in yuan, ``used_days`` are counted from ``used_since`` (an ordinal) without those
    ``unused``; ``battery_apart`` says whether a built-in battery is judged as an accessory,
    ``fee_is_due`` whether a fee is kept for the days of use.
    """

    price: Decimal | None
    used_since: int | None
    unused: int | None
    used_days: int | None
    battery_apart: bool
    fee_is_due: bool


_MONEY: Final = (
    *("refund_price", "used_since", "days_unused", "used_days"),
    *("battery_apart", "fee_is_due"),
)


@cache
def _fact_code(derived: tuple[Derived, ...], names: tuple[str, ...]) -> FactCode:
    return FactCode(derived, names)


class Programs:
    """The programs of one policy under one calendar, each made when first asked for: 程序库.

    Most readings change how facts are derived and not a word of the code, so that trying
    the alternatives of a reading compiles little. ``in_code`` names those that change what the
    rules say or how a last day is counted.
    """

    def __init__(self, policy: Policy, calendar: Calendar) -> None:
        self.policy = policy
        self.calendar = calendar
        self._made: dict[tuple[str, Readings, bool], Program] = {}
        self._compiled: dict[tuple[str, ...], Program] = {}
        self._clocks: dict[str, Clock] = {}
        self._all_clocks: Final = [
            self._clock(DEFAULT_READINGS.with_values({"rest_days": value}))
            for value in reading_values()["rest_days"]
        ]
        leaves = (leaf for _, leaf in policy_leaves(policy))
        self._named: Final = sorted({leaf.reading for leaf in leaves if isinstance(leaf, Under)})
        self.in_code: Final = COUNTING.union(self._named)
        self.record: Final = facts_record(tuple(policy.facts)[len(FACTS) :])
        self.facts: Final = _fact_code(policy.derived, self.record._fields)

    @cached_property
    def money(self) -> FactCode:
        """The code that gives :class:`RefundBasis`."""
        return _fact_code(self.policy.derived, _MONEY)

    @cached_property
    def turning(self) -> FactCode:
        """The code that says of every reading whether it could change anything of a claim."""
        turned = tuple(turning(self.policy).values())
        return _fact_code((*self.policy.derived, *turned), tuple(one.name for one in turned))

    def of(self, kind: str, readings: Readings, *, for_any: bool = False) -> Program:
        """Return the program for goods of this kind under ``readings``.

        What the policy itself settles is not open to them. ``for_any`` asks for one that is
        compiled once for all readings; it decides the same, and a little slower.
        """
        found = self._made.get((kind, readings, for_any))
        if found is None:
            chosen, readings = readings, self.policy.settled(readings)
            code = self.code_of(kind, readings, for_any=for_any)
            like, clock = self._compiled.get(code), self._clock(readings)
            if like is None:
                found = self._compiled[code] = Program(self, kind, clock, for_any=for_any)
            else:
                found = like.under(clock)
            self._made[kind, chosen, for_any] = found
        return found

    def code_of(self, kind: str, readings: Readings, *, for_any: bool) -> tuple[str, ...]:
        """Return what tells the code for goods of this kind from other code of the policy."""
        named = () if for_any else (readings.value(one) for one in self._named)
        return (kind, *named, str(for_any))

    def rolled_at_most(self, day: int) -> int:
        """Return the last day (an ordinal) that ``day`` moves to under any reading."""
        return max(clock.rolled[day] for clock in self._all_clocks)

    def _clock(self, readings: Readings) -> Clock:
        """Return the clock under ``readings``; those with the same rest days remember together."""
        like = self._clocks.setdefault(readings.rest_days, Clock(self.calendar, readings))
        return like.under(readings)


def _context(
    policy: Policy, coverage: Coverage | None, clock: Clock, starts: Starts | None = None
) -> DerivationContext:
    role = "none" if coverage is None else coverage.role
    return DerivationContext.under(
        clock.readings,
        policy.counting,
        None if coverage is None else coverage.daily_rate,
        role=role,
        faults=frozenset(() if coverage is None else coverage.faults),
        starts=_Starts(policy, role) if starts is None else starts,
        commencement=_commencement(policy),
    )


@lru_cache(maxsize=256)
def _commencement(policy: Policy) -> int:
    """Return the first day (an ordinal) of a sale that no rule puts before the law (art. 31)."""
    firsts = [
        cast(date, leaf.value).toordinal()
        for _, leaf in policy_leaves(policy)
        if isinstance(leaf, Compare) and (leaf.fact, leaf.relation) == ("sale_dated_on", "before")
    ]
    return max(firsts, default=1)


class _Starts(dict[tuple[str | None, str | None, bool], Start | None]):
    """From what the period runs on given papers; worked out when first asked for."""

    def __init__(self, policy: Policy, role: str) -> None:
        super().__init__()
        self.policy = policy
        self.role = role

    def __missing__(self, papers: tuple[str | None, str | None, bool]) -> Start | None:
        invoice, voucher, dated = papers
        known = {"role": self.role, "invoice": invoice, "voucher": voucher, "factory_dated": dated}

        def value_of(leaf: Leaf) -> bool | None:
            match leaf:
                case Compare(fact=name, value=value):
                    return None if known.get(name) is None else known[name] == value
                case OneOf(fact=name, values=values):
                    return None if known.get(name) is None else known[name] in values
                case _:
                    return None

        starts: set[Start] = {
            grade.start or "none"
            for grade in self.policy.grades
            if evaluate(grade.when, value_of) is not False
        }
        if len(starts) > 1:  # a period runs at most from one of them
            starts -= {"none"}
        self[papers] = start = starts.pop() if len(starts) == 1 else None
        return start
