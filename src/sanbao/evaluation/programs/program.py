"""A policy made ready for goods of one kind: 编译后的规则.

What is fixed before a claim is seen (the kind of goods, the readings, the calendar) is
worked out once; what is left is one straight-line function from facts to truth values.
It is generated from the policy's conditions: names are checked against the closed list
of facts and every constant is passed by reference, so that no text of a policy is run.

Truth values are small integers, so that Kleene's "and" is ``&`` and his "or" is ``|``:
0 is false, 2 is not known, 3 is true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from functools import lru_cache, partial
from types import CodeType
from typing import Any, Final, NamedTuple, TypeAlias, get_args, get_type_hints

from sanbao.dates.calendar import Calendar
from sanbao.dates.counting import COUNTING, Clock
from sanbao.evaluation.facts.frame import Frame, Start, Starts
from sanbao.model.codes import NOT_STATED
from sanbao.model.facts import FACTS, Facts
from sanbao.model.readings import DEFAULT_READINGS, Readings, reading_values
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
    signed_leaves,
)
from sanbao.rules.policy import Coverage, Policy, Right, Rule, carrying, policy_leaves

__all__ = ["Program", "Programs"]

HELD_ON: Final = "held_on"
PERIOD_HELD_ON: Final = "period_held_on"
"""The days that are held against windows, and against periods."""

WINDOW_TIME: Final = "window_repair_time"
"""The days in repair that push the last day of every window on."""

FALSE: Final = 0
UNKNOWN: Final = 2
TRUE: Final = 3

OTHER_CODE: Final = "\0"
"""Stands for every code of an open list that no rule names."""

_OPPOSITE: Final = (TRUE, -1, UNKNOWN, FALSE)
_TRUTH: Final = {FALSE: False, UNKNOWN: None, TRUE: True}
_NULLABLE: Final = {
    name for name, hint in get_type_hints(Facts).items() if type(None) in get_args(hint)
}


Pattern: TypeAlias = tuple[Any, ...]
Key: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Code:
    """A piece of generated code, or a truth value known beforehand."""

    text: str
    value: int | None = None


_FALSE: Final = _Code("0", FALSE)
_TRUE: Final = _Code("3", TRUE)


class Seen(NamedTuple):
    """A place in a pattern: the leaves it tells of, and what stands there if they are unknown."""

    leaves: tuple[Leaf, ...]
    unknown: int | None


class _Generated(NamedTuple):
    """A function as it was compiled: its constants, and those that a clock gives."""

    code: CodeType
    constants: dict[str, Any]
    by_clock: dict[str, Callable[[Clock], Any]]

    def under(self, clock: Clock) -> Callable[[Any], tuple[Any, ...]]:
        """Return the function under the readings of ``clock``."""
        namespace = dict(self.constants)
        namespace |= {name: value(clock) for name, value in self.by_clock.items()}
        exec(self.code, namespace)  # noqa: S102
        generated: Callable[[Any], tuple[Any, ...]] = namespace["generated"]
        return generated


class _Written(NamedTuple):
    """The code of a policy for one kind of goods, and what stands where in it.

    Whoever asks for it under readings that no condition names gets the same, and binds the
    generated functions to a clock.
    """

    pattern: _Generated
    leaf_states: _Generated
    verdicts: Callable[[Pattern], Key]
    seen: tuple[Seen, ...]
    place: dict[str, int]
    fixed: dict[str, int]
    leaf_place: dict[Leaf, int]
    known: frozenset[Leaf]
    asked: frozenset[str]


_WRITTEN: Final[dict[object, _Written]] = {}
_MOST_WRITTEN: Final = 256


def _written(program: Program) -> _Written:
    """Return the code of a program, which all programs of equal policies share.

    When there is too much of it all is forgotten, and written again where it is asked for.
    """
    code = program.programs.code_of(program.kind, program.clock.readings, for_any=program.for_any)
    key = program.policy, code
    found = _WRITTEN.get(key)
    if found is None:
        if len(_WRITTEN) >= _MOST_WRITTEN:
            _WRITTEN.clear()
        found = _WRITTEN[key] = _Writer(program).written()
    return found


class Program:
    """One policy for one kind of goods, under one clock: 一类商品的规则程序.

    ``pattern(facts)`` is all that the rules can see of a claim: a code stands there as the
    class of codes no rule tells apart, a day as whether it lies inside. ``verdicts(pattern)``
    gives the truth of everything a decision hangs on: equal verdicts, equal decisions but
    for dates and money. ``state(key, name)`` reads one of them; names are a rule's id for
    its condition, ``alleged:``, ``trader_proves:``, ``doubted:``, ``carried:``, ``open:`` and
    ``empty:`` with an id.
    ``leaf_states(facts)`` gives the truth of every leaf, for the reasons.

    A program ``for_any`` readings has their values in its pattern instead of its code: it is
    compiled once, and :meth:`under` others the same pattern still means the same.

    ``by_key`` and ``by_pattern`` remember the shapes seen
    (:mod:`sanbao.evaluation.programs.skeleton`); ``worked_out`` what else was found out about the
    code, by its name. ``seen`` says what stands where in a pattern, but for the request that ends
    it. ``programs`` are the programs of the same policy for other goods and under other readings.
    """

    def __init__(
        self, programs: Programs, kind: str, clock: Clock, *, for_any: bool = False
    ) -> None:
        policy = programs.policy
        self.programs = programs
        self.for_any = for_any
        self.policy = policy
        self.clock = clock
        self.kind = kind
        self.by_key: dict[Key, Any] = {}
        self.by_pattern: dict[Pattern, Any] = {}
        self.worked_out: dict[str, Any] = {}
        self.coverage: Coverage | None = policy.coverage(kind)
        self.frame = _frame(policy, self.coverage, clock)
        self._written = written = _written(self)
        self.seen = written.seen
        self.verdicts: Callable[[Pattern], Key] = written.verdicts
        self._place = written.place
        self._fixed = written.fixed
        self._leaf_place = written.leaf_place
        self._bind()
        self._leaf_numbers: dict[Leaf, int] = {}
        self._leaves_of: dict[str, tuple[tuple[int, Leaf, bool], ...]] = {}

    def _bind(self) -> None:
        """Make the generated functions of the constants that the clock gives."""
        self.pattern: Callable[[Facts], Pattern] = self._written.pattern.under(self.clock)
        self.leaf_states: Callable[[Facts], tuple[int, ...]]
        self.leaf_states = self._written.leaf_states.under(self.clock)

    def under(self, clock: Clock) -> Program:
        """Return this program under readings that change none of its code.

        What was compiled and what is remembered is shared; only the facts are derived, the last
        days counted and the money reckoned as the readings of ``clock`` say.
        """
        other = copy(self)
        other.clock = clock
        other.frame = _frame(self.policy, self.coverage, clock, self.frame.starts)
        named = self.programs.in_code if self.for_any else COUNTING
        if any(getattr(clock.readings, n) != getattr(self.clock.readings, n) for n in named):
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
        return leaf in self._written.known

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
        return fact in self._written.asked

    def can_hold(self, name: str) -> bool:
        """Say whether the rule called ``name`` can hold for goods of this kind at all."""
        return self._fixed.get(name) != FALSE


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
        named = () if for_any else (getattr(readings, one) for one in self._named)
        return (kind, *named, str(for_any))

    def rolled_at_most(self, day: int) -> int:
        """Return the last day (an ordinal) that ``day`` moves to under any reading."""
        return max(clock.rolled[day] for clock in self._all_clocks)

    def _clock(self, readings: Readings) -> Clock:
        """Return the clock under ``readings``; those with the same rest days remember together."""
        like = self._clocks.setdefault(readings.rest_days, Clock(self.calendar, readings))
        return like.under(readings)


def _frame(
    policy: Policy, coverage: Coverage | None, clock: Clock, starts: Starts | None = None
) -> Frame:
    role = "none" if coverage is None else coverage.role
    return Frame.under(
        clock.readings,
        policy.counting,
        policy.period_from,
        None if coverage is None else coverage.daily_rate,
        role=role,
        faults=frozenset(() if coverage is None else coverage.faults),
        starts=_Starts(policy, role) if starts is None else starts,
        factory_days=policy.factory_days,
        sound_capacity=policy.sound_capacity,
        commencement=_commencement(policy),
    )


@lru_cache(maxsize=256)
def _commencement(policy: Policy) -> int:
    """Return the first day (an ordinal) of a sale that no rule puts before the law (art. 31)."""
    firsts = [
        _ordinal(leaf.value)
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


class _Writer:
    """Writes the two functions of a :class:`Program`."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.constants: dict[str, Any] = {"OPPOSITE": _OPPOSITE}
        self.lines: list[str] = []
        self.locals: dict[str, str] = {}
        self.results: dict[str, str] = {}
        self.fixed: dict[str, int] = {}
        self.leaves: dict[Leaf, _Code] = {}
        self.leaf_lines: dict[Leaf, str] = {}
        self.by_clock: dict[str, Callable[[Clock], Any]] = {}
        self.seen: list[Seen] = []

    # --- names ------------------------------------------------------------------------

    def constant(self, value: Any) -> str:
        name = f"C{len(self.constants)}"
        self.constants[name] = value
        return name

    def of_clock(self, value: Callable[[Clock], Any]) -> str:
        """Return the name of a constant that the clock gives."""
        name = f"D{len(self.by_clock)}"
        self.by_clock[name] = value
        return name

    def define(self, name: str, code: _Code) -> None:
        if code.value is not None:
            self.fixed[name] = code.value
        else:
            self.results[name] = self.shared(code).text

    def read(self, name: str) -> _Code:
        if name in self.fixed:
            return _TRUE if self.fixed[name] == TRUE else _FALSE
        return _Code(self.results[name])

    # --- conditions -------------------------------------------------------------------

    def condition(self, condition: Condition, *, negated: bool = False) -> _Code:
        fixed = self.fixed_value(condition)
        if fixed is not None:  # whatever the claim: its leaves need not be looked at
            return _known(fixed != negated)
        match condition:
            case AllOf(of=parts) if not negated:
                return _both([self.condition(part) for part in parts])
            case AllOf(of=parts):
                return _either([self.condition(part, negated=True) for part in parts])
            case AnyOf(of=parts) if not negated:
                return _either([self.condition(part) for part in parts])
            case AnyOf(of=parts):
                return _both([self.condition(part, negated=True) for part in parts])
            case Not(of=part):
                return self.condition(part, negated=not negated)
            case Owed(rules=rules):
                owed = _either([self.read(f"open:{rule}") for rule in rules])
                return _opposite(owed) if negated else owed
            case leaf:
                code = self.leaf(leaf)
                return _opposite(code) if negated else code

    def fixed_value(self, condition: Condition) -> bool | None:
        """Return the truth of a condition that goods and readings settle, else ``None``."""

        def value_of(leaf: Leaf) -> bool | None:
            match leaf:
                case Under() if self.program.for_any:
                    return None
                case Compare(fact="role" | "kind") | OneOf(fact="kind") | Under():
                    return self.fact_code(leaf).value == TRUE
                case Listed(column="kind"):
                    return self.fact_code(leaf).value == TRUE
                case _:
                    return None

        return evaluate(condition, value_of)

    def leaf(self, leaf: Leaf) -> _Code:
        if leaf not in self.leaves:
            code = self.fact_code(leaf)
            if code.value is None:
                local = f"l{len(self.leaves)}"
                self.leaf_lines[leaf] = f"{local} = {code.text}"
                code = _Code(local)
            self.leaves[leaf] = code
        return self.leaves[leaf]

    def fact_code(self, leaf: Leaf) -> _Code:
        frame, clock = self.program.frame, self.program.clock
        match leaf:
            case Compare(fact="role", value=value):
                return _known(value == frame.role)
            case Compare(fact="kind", value=value):
                return _known(value == self.program.kind)
            case OneOf(fact="kind", values=values):
                return _known(self.program.kind in values)
            case Listed(column="kind"):
                return _known(self.program.coverage is not None)
            case Under() if self.program.for_any:
                return _Code(self.of_clock(partial(_holds_under, leaf)))
            case Under(reading=reading, value=value):
                return _known(getattr(clock.readings, reading) == value)
            case Compare(fact=name, value=value, relation="before"):
                return _test(name, f"{name} < {self.constant(_ordinal(value))}")
            case Compare(fact=name, value=bool(value)):
                return _test(name, name if value else f"not {name}")
            case Compare(fact=name, value=value):
                return _test(name, f"{name} == {self.constant(value)}")
            case OneOf(fact=name, values=values):
                return _test(name, f"{name} in {self.constant(frozenset(values))}")
            case Listed(fact=name):
                return _test(name, f"{name} in {self.constant(frame.faults)}")
            case AtLeast(fact=name, value=value):
                return _test(name, f"{name} >= {int(value)}")
            case Owed():
                raise AssertionError("rights are read by name")
            case _:
                return self.day_code(leaf)

    def day_code(self, leaf: Window | Period | Elapsed) -> _Code:
        """Write whether the claim is made by a last day.

        A last day never comes before the plainly counted one, and no month is shorter than
        28 days or longer than 31: most claims need no calendar.
        """
        clock, coverage = self.program.clock, self.program.coverage
        name = leaf.fact
        match leaf:
            case Window(days=length):
                end = f"{name} + {self.of_clock(lambda clock: length - clock.first_day)}"
                return self.last_day_code(HELD_ON, name, end, WINDOW_TIME, window=True)
            case Period(extended_by=extra, months=given):
                if coverage is None:
                    return _FALSE
                months = given or coverage.months
                least = 28 * months
                first = self.of_clock(lambda clock: clock.first_day)
                end = f"{self.constant(clock.months_after(months))}[{name}] - {first}"
                early = f"{name} + {self.of_clock(lambda clock: least - clock.first_day)}"
                return self.last_day_code(PERIOD_HELD_ON, name, end, extra, early)
            case Elapsed(days=limit, months=None, until=until):
                return _test(name, f"{until} <= {name} + {int(limit or 0)}", until)
            case _:
                months, until = leaf.months or 0, leaf.until
                last = f"{self.constant(clock.months_after(months))}[{name}]"
                early, late = f"{name} + {28 * months}", f"{name} + {31 * months}"
                text = f"{until} <= {early} or {until} <= {late} and {until} <= {last}"
                return _test(name, text, until)

    def last_day_code(
        self, held: str, start: str, end: str, spans: str, early: str = "", *, window: bool = False
    ) -> _Code:
        """Write whether ``held`` is not after ``end``, rolled and pushed on by ``spans``."""
        pushed = self.of_clock(lambda clock: clock.pushed)
        rolls = self.of_clock(lambda clock: clock.windows_roll or not window)
        rolled = self.of_clock(lambda clock: clock.windows_rolled if window else clock.rolled)
        text = (
            f"{held} <= {early or end} or {held} <= ({pushed}({end}, {start}, {spans}, {rolls})[0]"
            f" if {spans} else {rolled}[{end}])"
        )
        return _test(start, text, held)

    def open_right(self, right: Right) -> _Code:
        """Write when a right is the consumer's: it holds and nothing stands in its way."""
        policy = self.program.policy
        hindering = [rule.id for rule in policy.outside if rule.id not in right.despite]
        free = _both([_opposite(self.read(rule)) for rule in hindering])
        carried = self.read(f"carried:{right.id}")
        return _both([self.read(right.id), carried, self.shared(free)])

    def shared(self, code: _Code) -> _Code:
        """Write ``code`` once, however often it is used, and return its name."""
        if code.value is not None or code.text.isidentifier():
            return code
        if code.text not in self.locals:
            self.locals[code.text] = f"v{len(self.locals)}"
            self.lines.append(f"{self.locals[code.text]} = {code.text}")
        return _Code(self.locals[code.text])

    # --- functions --------------------------------------------------------------------

    def written(self) -> _Written:
        """Write all that a program needs."""
        policy = self.program.policy
        rules: tuple[Rule, ...] = (*policy.exclusions, *policy.bars, *policy.grades)
        for rule in rules:
            self.define(rule.id, self.condition(rule.when))
        for outside in policy.outside:
            for name in ("alleged", "trader_proves", "doubted"):
                said: Condition | None = getattr(outside, name)
                if said is not None:
                    self.define(f"{name}:{outside.id}", self.condition(said))
        self.define("no_cause", self.condition(Compare("cause", NOT_STATED)))
        for right in policy.rights:
            self.define(right.id, self.condition(right.when))
            self.define(f"carried:{right.id}", self.condition(carrying(policy, right)))
            self.define(f"open:{right.id}", self.open_right(right))
            if right.empty is not None:
                self.define(f"empty:{right.id}", self.condition(right.empty))
        pattern, verdicts = self.pattern_function(), self.verdict_function()
        locals_ = dict.fromkeys(self.results.values())
        places = {local: place for place, local in enumerate(locals_)}
        for _, leaf in policy_leaves(policy):  # those no verdict hangs on, for the reasons
            if not isinstance(leaf, Owed):
                self.leaf(leaf)
        return _Written(
            pattern=pattern,
            leaf_states=self.leaf_function(),
            verdicts=verdicts,
            seen=tuple(self.seen),
            place={name: places[local] for name, local in self.results.items()},
            fixed=self.fixed,
            leaf_place={leaf: index for index, leaf in enumerate(self.leaves)},
            known=frozenset(leaf for leaf, code in self.leaves.items() if code.value is not None),
            asked=frozenset(getattr(leaf, "fact", "") for leaf in self.leaves),
        )

    def pattern_function(self) -> _Generated:
        """Write the function from facts to their pattern, and note what stands where in it."""
        lines, parts = [], []
        for name, about in self._by_fact().items():
            if name not in FACTS:  # what readings say
                lines += [self.leaf_lines[leaf] for leaf in about]
                parts += [_local(self.leaf_lines[leaf]) for leaf in about]
                self.seen += [Seen((leaf,), UNKNOWN) for leaf in about]
            elif FACTS[name].type == "code":
                states = self._code_states(name, about)
                distinct = list(dict.fromkeys(states.values()))
                classes = {code: distinct.index(state) for code, state in states.items()}
                self.seen.append(Seen(tuple(about), classes[None]))
                if FACTS[name].is_open:  # any other code is told apart from none of these
                    other = classes.setdefault(OTHER_CODE, len(distinct))
                    parts.append(f"{self.constant(classes)}.get({name}, {other})")
                else:
                    parts.append(f"{self.constant(classes)}[{name}]")
            elif FACTS[name].type == "yes/no":
                parts.append(name)
                self.seen.append(Seen(tuple(about), None))
            else:
                lines += [self.leaf_lines[leaf] for leaf in about]
                parts += [_local(self.leaf_lines[leaf]) for leaf in about]
                self.seen += [Seen((leaf,), UNKNOWN) for leaf in about]
        return self._compiled("facts", Facts._fields, lines, [*parts, "request"])

    def verdict_function(self) -> Callable[[Pattern], Key]:
        """Write the function from a pattern to the truth of every rule."""
        lines, parts = [], []
        for name, about in self._by_fact().items():
            locals_ = [_local(self.leaf_lines[leaf]) for leaf in about]
            if name not in FACTS:
                parts += locals_
            elif FACTS[name].type == "code":
                states = tuple(dict.fromkeys(self._code_states(name, about).values()))
                if FACTS[name].is_open:
                    states = (*states, (FALSE,) * len(about))
                parts.append(name)
                lines.append(f"({', '.join(locals_)},) = {self.constant(states)}[{name}]")
            elif FACTS[name].type == "yes/no":
                parts.append(name)
                lines += [self.leaf_lines[leaf] for leaf in about]
            else:
                parts += locals_
        results = dict.fromkeys(self.results.values())
        generated = self._compiled(
            "pattern", [*parts, "asked"], [*lines, *self.lines], [*results, "asked"]
        )
        return generated.under(self.program.clock)

    def leaf_function(self) -> _Generated:
        """Write the function from facts to the truth of every leaf."""
        states = [code.text for code in self.leaves.values()]
        return self._compiled("facts", Facts._fields, [*self.leaf_lines.values()], states)

    def _by_fact(self) -> dict[str, list[Leaf]]:
        """Return the leaves whose value is not known beforehand, by the fact they ask.

        Those about a reading stand under no fact.
        """
        found: dict[str, list[Leaf]] = {}
        for leaf in self.leaf_lines:
            if isinstance(leaf, Owed):
                raise AssertionError("rights are read by name")
            found.setdefault("" if isinstance(leaf, Under) else leaf.fact, []).append(leaf)
        return found

    def _code_states(self, name: str, about: list[Leaf]) -> dict[str | None, tuple[int, ...]]:
        """Return what the leaves about a fact say of each of its codes."""
        codes = FACTS[name].codes
        if FACTS[name].is_open:
            named: list[str] = []
            for leaf in about:
                named += getattr(leaf, "values", None) or (str(getattr(leaf, "value", "")),)
            codes += tuple(named)
        return {
            code: tuple(self._code_state(leaf, code) for leaf in about) for code in (*codes, None)
        }

    def _code_state(self, leaf: Leaf, code: str | None) -> int:
        if code is None:
            return UNKNOWN
        match leaf:
            case Compare(value=value):
                return TRUE if code == value else FALSE
            case OneOf(values=values):
                return TRUE if code in values else FALSE
            case _:  # listed among the faults of these goods
                return TRUE if code in self.program.frame.faults else FALSE

    def _compiled(
        self, argument: str, names: Iterable[str], lines: list[str], results: Iterable[str]
    ) -> _Generated:
        body = [
            f"({', '.join(names)},) = {argument}",
            *lines,
            f"return ({', '.join(results)},)",
        ]
        source = "\n    ".join([f"def generated({argument}):", *body])
        code = compile(source, f"<{self.program.policy.id}>", "exec")
        return _Generated(code, self.constants, self.by_clock)


def _local(line: str) -> str:
    return line.partition(" = ")[0]


def _ordinal(value: Any) -> int:
    ordinal: int = value.toordinal()
    return ordinal


def _holds_under(leaf: Under, clock: Clock) -> int:
    return TRUE if getattr(clock.readings, leaf.reading) == leaf.value else FALSE


def _known(truth: bool) -> _Code:
    return _TRUE if truth else _FALSE


def _test(name: str, text: str, *others: str) -> _Code:
    missing = " or ".join(f"{n} is None" for n in (name, *others) if n in _NULLABLE)
    return _Code(f"2 if {missing} else 3 if {text} else 0" if missing else f"3 if {text} else 0")


def _both(parts: list[_Code]) -> _Code:
    if _FALSE in parts:
        return _FALSE
    return _joined([part for part in parts if part != _TRUE], " & ", _TRUE)


def _either(parts: list[_Code]) -> _Code:
    if _TRUE in parts:
        return _TRUE
    return _joined([part for part in parts if part != _FALSE], " | ", _FALSE)


def _joined(parts: list[_Code], operator: str, empty: _Code) -> _Code:
    if len(parts) < 2:
        return parts[0] if parts else empty
    return _Code(f"({operator.join(dict.fromkeys(part.text for part in parts))})")


def _opposite(code: _Code) -> _Code:
    if code.value is not None:
        return _FALSE if code.value == TRUE else _TRUE
    return _Code(f"OPPOSITE[{code.text}]")
