"""The code of a policy for goods of one kind: 生成的代码.

What is fixed before a claim is seen (the kind of goods, the readings, the calendar) is worked out
once; what is left is one straight-line function from facts to truth values. It is generated from
the policy's conditions: names are checked against the closed list of facts and every constant is
passed by reference, so that no text of a policy is run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from types import CodeType
from typing import Any, Final, NamedTuple, TypeAlias, get_args, get_type_hints

from sanbao.dates.counting import Clock
from sanbao.evaluation.facts.context import DerivationContext
from sanbao.evaluation.programs.truth import (
    ALWAYS,
    FALSE,
    NEVER,
    OPPOSITE,
    TRUE,
    UNKNOWN,
    Code,
    both,
    either,
    known,
    opposite,
)
from sanbao.model.codes import NOT_STATED
from sanbao.model.facts import EVERY_LAW, Facts
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
)
from sanbao.rules.policy import Coverage, Policy, Right, Rule, carrying, policy_leaves

__all__ = ["Abstraction", "CodeWriter", "Compiled", "Goods", "Seen", "TruthVector"]

HELD_ON: Final = "held_on"

PERIOD_HELD_ON: Final = "period_held_on"
"""The days that are held against windows, and against periods."""

WINDOW_TIME: Final = "window_repair_time"
"""The days in repair that push the last day of every window on."""


_NEVER_MISSING: Final = {
    name for name, hint in get_type_hints(Facts).items() if type(None) not in get_args(hint)
}


class _Classes(dict[str | None, int]):
    """The class of each code of a fact; ``other`` is that of codes the policy does not know."""

    def __init__(self, classes: dict[str | None, int], other: int) -> None:
        super().__init__(classes)
        self.other = other

    def __missing__(self, code: object) -> int:
        return self.other


Abstraction: TypeAlias = tuple[Any, ...]

TruthVector: TypeAlias = tuple[Any, ...]


class Seen(NamedTuple):
    """A place in an abstraction: its leaves, and what stands there where they are not known."""

    leaves: tuple[Leaf, ...]
    unknown: int | None


class Generated(NamedTuple):
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


class Compiled(NamedTuple):
    """The code of a policy for one kind of goods, and what stands where in it.

    Whoever asks for it under readings that no condition names gets the same, and binds the
    generated functions to a clock.
    """

    abstraction: Generated
    leaf_states: Generated
    verdicts: Callable[[Abstraction], TruthVector]
    seen: tuple[Seen, ...]
    place: dict[str, int]
    fixed: dict[str, int]
    leaf_place: dict[Leaf, int]
    known: frozenset[Leaf]
    asked: frozenset[str]


class Goods(NamedTuple):
    """What code is written for: a policy for goods of one kind, under one clock.

    Code ``for_any`` readings has their values in its abstraction.
    """

    policy: Policy
    kind: str
    coverage: Coverage | None
    context: DerivationContext
    clock: Clock
    for_any: bool


class CodeWriter:
    """Writes the functions of a program for goods of one kind."""

    def __init__(self, goods: Goods) -> None:
        self.goods = goods
        self.facts = goods.policy.facts
        self.names = (*self.facts,)
        self.constants: dict[str, Any] = {"OPPOSITE": OPPOSITE}
        self.lines: list[str] = []
        self.locals: dict[str, str] = {}
        self.results: dict[str, str] = {}
        self.fixed: dict[str, int] = {}
        self.leaves: dict[Leaf, Code] = {}
        self.leaf_lines: dict[Leaf, str] = {}
        self.by_clock: dict[str, Callable[[Clock], Any]] = {}
        self.seen: list[Seen] = []
        self.settled: dict[Condition, bool | None] = {}

    # --- names ------------------------------------------------------------------------

    def constant(self, value: Any) -> str:
        """Return the name of a constant."""
        name = f"C{len(self.constants)}"
        self.constants[name] = value
        return name

    def of_clock(self, value: Callable[[Clock], Any]) -> str:
        """Return the name of a constant that the clock gives."""
        name = f"D{len(self.by_clock)}"
        self.by_clock[name] = value
        return name

    def define(self, name: str, code: Code) -> None:
        """Have ``name`` stand for what ``code`` gives."""
        if code.value is not None:
            self.fixed[name] = code.value
        else:
            self.results[name] = self.shared(code).text

    def read(self, name: str) -> Code:
        """Return the code that reads what was defined as ``name``."""
        if name in self.fixed:
            return ALWAYS if self.fixed[name] == TRUE else NEVER
        return Code(self.results[name])

    # --- conditions -------------------------------------------------------------------

    def condition(self, condition: Condition, *, negated: bool = False) -> Code:
        """Write a condition, or its contrary."""
        fixed = self.fixed_value(condition)
        if fixed is not None:  # whatever the claim: its leaves need not be looked at
            return known(fixed != negated)
        match condition:
            case AllOf(of=parts) if not negated:
                return both([self.condition(part) for part in parts])
            case AllOf(of=parts):
                return either([self.condition(part, negated=True) for part in parts])
            case AnyOf(of=parts) if not negated:
                return either([self.condition(part) for part in parts])
            case AnyOf(of=parts):
                return both([self.condition(part, negated=True) for part in parts])
            case Not(of=part):
                return self.condition(part, negated=not negated)
            case Owed(rules=rules):
                owed = either([self.read(f"open:{rule}") for rule in rules])
                return opposite(owed) if negated else owed
            case leaf:
                code = self.leaf(leaf)
                return opposite(code) if negated else code

    def fixed_value(self, condition: Condition) -> bool | None:
        """Return the truth of a condition that goods and readings settle, else ``None``."""
        if condition not in self.settled:
            self.settled[condition] = self._settled(condition)
        return self.settled[condition]

    def _settled(self, condition: Condition) -> bool | None:
        match condition:
            case AllOf(of=parts) | AnyOf(of=parts):
                decisive = isinstance(condition, AnyOf)
                values = {self.fixed_value(part) for part in parts}
                return decisive if decisive in values else None if None in values else not decisive
            case Not(of=part):
                value = self.fixed_value(part)
                return None if value is None else not value
            case Under() if self.goods.for_any:
                return None
            case Compare(fact="role" | "kind") | OneOf(fact="kind") | Under():
                return self.fact_code(condition).value == TRUE
            case Listed(column="kind"):
                return self.fact_code(condition).value == TRUE
            case _:
                return None

    def leaf(self, leaf: Leaf) -> Code:
        """Write a leaf once, and return the code that reads it."""
        if leaf not in self.leaves:
            code = self.fact_code(leaf)
            if code.value is None:
                local = f"l{len(self.leaves)}"
                self.leaf_lines[leaf] = f"{local} = {code.text}"
                code = Code(local)
            self.leaves[leaf] = code
        return self.leaves[leaf]

    def fact_code(self, leaf: Leaf) -> Code:
        """Write the question a leaf asks of its fact."""
        context, clock = self.goods.context, self.goods.clock
        match leaf:
            case Compare(fact="role", value=value):
                return known(value == context.role)
            case Compare(fact="kind", value=value):
                return known(value == self.goods.kind)
            case OneOf(fact="kind", values=values):
                return known(self.goods.kind in values)
            case Listed(column="kind"):
                return known(self.goods.coverage is not None)
            case Under() if self.goods.for_any:
                return Code(self.of_clock(partial(_holds_under, leaf)))
            case Under(reading=reading, value=value):
                return known(clock.readings.value(reading) == value)
            case Compare(fact=name, value=value, relation="before"):
                return _test(name, f"{name} < {self.constant(_ordinal(value))}")
            case Compare(fact=name, value=bool(value)):
                return _test(name, name if value else f"not {name}")
            case Compare(fact=name, value=value):
                return _test(name, f"{name} == {self.constant(value)}")
            case OneOf(fact=name, values=values):
                return _test(name, f"{name} in {self.constant(frozenset(values))}")
            case Listed(fact=name):
                return _test(name, f"{name} in {self.constant(context.faults)}")
            case AtLeast(fact=name, value=value):
                return _test(name, f"{name} >= {int(value)}")
            case Owed():
                raise AssertionError("rights are read by name")
            case _:
                return self.day_code(leaf)

    def day_code(self, leaf: Window | Period | Elapsed) -> Code:
        """Write whether the claim is made by a last day.

        A last day never comes before the plainly counted one, and no month is shorter than
        28 days or longer than 31: most claims need no calendar.
        """
        clock, coverage = self.goods.clock, self.goods.coverage
        name = leaf.fact
        match leaf:
            case Window(days=length):
                end = f"{name} + {self.of_clock(lambda clock: length - clock.first_day)}"
                return self.last_day_code(HELD_ON, name, end, WINDOW_TIME, window=True)
            case Period(extended_by=extra, months=given):
                if coverage is None:
                    return NEVER
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
    ) -> Code:
        """Write whether ``held`` is not after ``end``, rolled and pushed on by ``spans``."""
        pushed = self.of_clock(lambda clock: clock.pushed)
        rolls = self.of_clock(lambda clock: clock.windows_roll or not window)
        rolled = self.of_clock(lambda clock: clock.windows_rolled if window else clock.rolled)
        text = (
            f"{held} <= {early or end} or {held} <= ({pushed}({end}, {start}, {spans}, {rolls})[0]"
            f" if {spans} else {rolled}[{end}])"
        )
        return _test(start, text, held)

    def open_right(self, right: Right) -> Code:
        """Write when a right is the consumer's: it holds and nothing stands in its way."""
        policy = self.goods.policy
        hindering = [rule.id for rule in policy.outside if rule.id not in right.despite]
        free = both([opposite(self.read(rule)) for rule in hindering])
        carried = self.read(f"carried:{right.id}")
        return both([self.read(right.id), carried, self.shared(free)])

    def shared(self, code: Code) -> Code:
        """Write ``code`` once, however often it is used, and return its name."""
        if code.value is not None or code.text.isidentifier():
            return code
        if code.text not in self.locals:
            self.locals[code.text] = f"v{len(self.locals)}"
            self.lines.append(f"{self.locals[code.text]} = {code.text}")
        return Code(self.locals[code.text])

    # --- functions --------------------------------------------------------------------

    def written(self) -> Compiled:
        """Write all that a program needs."""
        policy = self.goods.policy
        rules: tuple[Rule, ...] = (*policy.outside, *policy.grades)
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
        abstraction, verdicts = self.pattern_function(), self.verdict_function()
        locals_ = dict.fromkeys(self.results.values())
        places = {local: place for place, local in enumerate(locals_)}
        for _, leaf in policy_leaves(policy):  # those no verdict hangs on, for the reasons
            if not isinstance(leaf, Owed):
                self.leaf(leaf)
        return Compiled(
            abstraction=abstraction,
            leaf_states=self.leaf_function(),
            verdicts=verdicts,
            seen=tuple(self.seen),
            place={name: places[local] for name, local in self.results.items()},
            fixed=self.fixed,
            leaf_place={leaf: index for index, leaf in enumerate(self.leaves)},
            known=frozenset(leaf for leaf, code in self.leaves.items() if code.value is not None),
            asked=frozenset(getattr(leaf, "fact", "") for leaf in self.leaves),
        )

    def pattern_function(self) -> Generated:
        """Write the function from facts to their abstraction, and note what stands where in it."""
        lines, parts = [], []
        for name, about in self._by_fact().items():
            if not name:  # what readings say
                lines += [self.leaf_lines[leaf] for leaf in about]
                parts += [_local(self.leaf_lines[leaf]) for leaf in about]
                self.seen += [Seen((leaf,), UNKNOWN) for leaf in about]
            elif self.facts[name].type == "code":
                states = self._code_states(name, about)
                distinct = list(dict.fromkeys(states.values()))
                classes = {code: distinct.index(state) for code, state in states.items()}
                self.seen.append(Seen(tuple(about), classes[None]))
                if self._is_open(name):  # any other code is told apart from none of these
                    none = (FALSE,) * len(about)
                    other = distinct.index(none) if none in distinct else len(distinct)
                    classes = _Classes(classes, other)
                parts.append(f"{self.constant(classes)}[{name}]")
            elif self.facts[name].type == "yes/no":
                parts.append(name)
                self.seen.append(Seen(tuple(about), None))
            else:
                lines += [self.leaf_lines[leaf] for leaf in about]
                parts += [_local(self.leaf_lines[leaf]) for leaf in about]
                self.seen += [Seen((leaf,), UNKNOWN) for leaf in about]
        return self._compiled("facts", self.names, lines, [*parts, "request"])

    def verdict_function(self) -> Callable[[Abstraction], TruthVector]:
        """Write the function from an abstraction to the truth of every rule."""
        lines, parts = [], []
        for name, about in self._by_fact().items():
            locals_ = [_local(self.leaf_lines[leaf]) for leaf in about]
            if not name:
                parts += locals_
            elif self.facts[name].type == "code":
                states = tuple(dict.fromkeys(self._code_states(name, about).values()))
                none = (FALSE,) * len(about)
                if self._is_open(name) and none not in states:
                    states = (*states, none)
                parts.append(name)
                lines.append(f"({', '.join(locals_)},) = {self.constant(states)}[{name}]")
            elif self.facts[name].type == "yes/no":
                parts.append(name)
                lines += [self.leaf_lines[leaf] for leaf in about]
            else:
                parts += locals_
        results = dict.fromkeys(self.results.values())
        generated = self._compiled(
            "pattern", [*parts, "asked"], [*lines, *self.lines], [*results, "asked"]
        )
        return generated.under(self.goods.clock)

    def leaf_function(self) -> Generated:
        """Write the function from facts to the truth of every leaf."""
        states = [code.text for code in self.leaves.values()]
        return self._compiled("facts", self.names, [*self.leaf_lines.values()], states)

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

    def _is_open(self, name: str) -> bool:
        """Say whether a fact can be a code which the policy does not know."""
        return name in EVERY_LAW or self.facts[name].is_open

    def _code_states(self, name: str, about: list[Leaf]) -> dict[str | None, tuple[int, ...]]:
        """Return what the leaves about a fact say of each of its codes."""
        codes = self.facts[name].codes
        if self.facts[name].is_open:
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
                return TRUE if code in self.goods.context.faults else FALSE

    def _compiled(
        self, argument: str, names: Iterable[str], lines: list[str], results: Iterable[str]
    ) -> Generated:
        body = [
            f"({', '.join(names)},) = {argument}",
            *lines,
            f"return ({', '.join(results)},)",
        ]
        source = "\n    ".join([f"def generated({argument}):", *body])
        code = compile(source, f"<{self.goods.policy.id}>", "exec")
        return Generated(code, self.constants, self.by_clock)


def _local(line: str) -> str:
    return line.partition(" = ")[0]


def _ordinal(value: Any) -> int:
    ordinal: int = value.toordinal()
    return ordinal


def _holds_under(leaf: Under, clock: Clock) -> int:
    return TRUE if clock.readings.value(leaf.reading) == leaf.value else FALSE


def _test(name: str, text: str, *others: str) -> Code:
    missing = " or ".join(f"{n} is None" for n in (name, *others) if n not in _NEVER_MISSING)
    return Code(f"2 if {missing} else 3 if {text} else 0" if missing else f"3 if {text} else 0")
