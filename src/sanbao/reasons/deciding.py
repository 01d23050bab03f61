"""Which facts decide: 起决定作用的事实.

A finding lists every check behind its rule; most of them decide nothing here. Of a condition that
holds, only the branch that holds decides; of one that does not, only the fewest checks that would
have to hold. They are found from the rule's condition and the checks of the finding, so that a
decision read from JSON is explained alike where its policies ship. Where a rule is not at hand, all
its checks stand for the branch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias, get_args

from sanbao.base.errors import ValidationError
from sanbao.evaluation.parts.findings import held_on
from sanbao.evaluation.stored import shipped_policies
from sanbao.model.codes import RemedyKind
from sanbao.model.rule_ref import RuleRef
from sanbao.rules.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Elapsed,
    Leaf,
    Not,
    Owed,
    Period,
    Under,
    Window,
    evaluate,
    signed_leaves,
)
from sanbao.rules.literal_sets import joined, smallest
from sanbao.rules.policy import Bar, Exclusion, Grade, Policy, Right, Rule, carrying

if TYPE_CHECKING:
    from sanbao.model.decision import Check, DecisionParts, Finding, WholeDecision

__all__ = ["OUTSIDE", "Deciding", "Judged", "facts_of", "is_reading", "was_repaired"]

OUTSIDE: Final = ("paid_repair", "excluded")
"""Outcomes outside the guarantees."""

_READING: Final = "readings."
"""How the facts begin that are readings: nothing of the claim."""

_REPAIRED: Final = (
    *("repairs_counted", "repaired_before"),
    *("waiting_for_parts", "delayed_by_repairer"),
)
"""Facts that tell of a repair that a rule looked at."""

_OF_THE_GOODS: Final = frozenset({"kind", "role", "sold_in_mainland"})
"""Facts that are what the goods are, and where they were sold: another claim, and no change."""

_TOLD_OTHERWISE: Final = ("rights", "request")
"""Facts that are told as the rights there are, and as what was asked for."""

_SALE: Final = "purchase.sold_on"

_Literal: TypeAlias = tuple[Leaf, bool]


def is_reading(check: Check) -> bool:
    """Say whether a check is of a reading, which is nothing of the claim."""
    return check.fact.startswith(_READING)


def was_repaired(decision: DecisionParts) -> bool:
    """Say whether any repair is known that the rules looked at."""
    checks = (check for finding in decision.findings for check in finding.checks)
    return any(check.fact in _REPAIRED and check.actual for check in checks)


def facts_of(checks: Iterable[Check]) -> frozenset[str]:
    """Return the facts that checks speak of: what was held, and from what day it was counted."""
    return frozenset(
        name
        for check in checks
        for name in (check.fact, check.counted_from, check.start_field)
        if name
    )


@dataclass(frozen=True, eq=False)
class Judged:
    """A finding beside its rule, which is ``None`` where the policy is not at hand."""

    finding: Finding
    rule: Rule | None
    policy: Policy | None

    @cached_property
    def checks(self) -> Mapping[_Literal, Check]:
        """The check of every leaf of the rule, by the leaf and how it is asked."""
        literals = () if self.rule is None else _literals(self.rule.when)
        return dict(zip(literals, self.finding.checks, strict=False))

    @cached_property
    def deciding(self) -> tuple[Check, ...]:
        """The checks that make the rule hold: of alternatives those of the one that holds."""
        if self.rule is None:
            return tuple(check for check in self.finding.checks if check.holds is not False)
        return tuple(dict.fromkeys(self._holding(self.rule.when, wanted=True)))

    @cached_property
    def lacking(self) -> tuple[tuple[Check, ...], ...]:
        """The smallest sets of checks that keep the rule from holding, the fewest facts first.

        None where what the goods are, or a reading, keeps it from ever holding.
        """
        if self.rule is None:
            failed = tuple(check for check in self.finding.checks if not check.holds)
            sets = [failed] if failed else []
        else:
            found = self._failing(self.rule.when, wanted=True)
            sets = [self._in_order(literals) for literals in found if literals]
        return tuple(sorted(sets, key=lambda checks: len(_failed_facts(checks))))

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks of the smallest set that fails, else all that fail."""
        failed = tuple(check for check in self.finding.checks if not check.holds)
        return self.lacking[0] if self.lacking else failed

    @property
    def nearly(self) -> tuple[tuple[Check, ...], ...]:
        """The sets of one failed fact: each alone keeps the rule from holding."""
        return tuple(checks for checks in self.lacking if len(_failed_facts(checks)) == 1)

    def _in_order(self, literals: frozenset[_Literal]) -> tuple[Check, ...]:
        return tuple(check for literal, check in self.checks.items() if literal in literals)

    def _holding(self, condition: Condition, *, wanted: bool) -> Iterator[Check]:
        match condition:
            case Not(of=part):
                yield from self._holding(part, wanted=not wanted)
            case AllOf(of=parts) | AnyOf(of=parts):
                if isinstance(condition, AllOf) != wanted:
                    standing = [part for part in parts if self._is_so(part, wanted=wanted)]
                    parts = tuple(standing[:1]) or parts
                for part in parts:
                    yield from self._holding(part, wanted=wanted)
            case leaf:
                check = self.checks[leaf, wanted]
                if check.holds is not False:
                    yield check

    def _is_so(self, condition: Condition, *, wanted: bool) -> bool:
        """Say whether a part of the condition is as wanted."""
        match condition:
            case Not(of=part):
                return self._is_so(part, wanted=not wanted)
            case AllOf(of=parts) | AnyOf(of=parts):
                so = (self._is_so(part, wanted=wanted) for part in parts)
                return all(so) if isinstance(condition, AllOf) == wanted else any(so)
            case leaf:
                return self.checks[leaf, wanted].holds is True

    def _failing(self, condition: Condition, *, wanted: bool) -> list[frozenset[_Literal]]:
        match condition:
            case Not(of=part):
                return self._failing(part, wanted=not wanted)
            case AllOf(of=parts) | AnyOf(of=parts):
                options = [self._failing(part, wanted=wanted) for part in parts]
                if isinstance(condition, AllOf) == wanted:
                    return joined(options)
                return smallest(literals for option in options for literals in option)
            case leaf:
                check = self.checks[leaf, wanted]
                if check.holds:
                    return [frozenset()]
                return [] if _is_fixed(check) else [frozenset({(leaf, wanted)})]


def _stands(one: Judged) -> bool:
    """Say whether a rule is a bar or an exclusion that holds."""
    return isinstance(one.rule, Bar | Exclusion) and one.finding.verdict == "holds"


def _is_fixed(check: Check) -> bool:
    """Say whether no fact of the claim makes a check hold: the goods, a reading, old law."""
    repealed = check.fact == "claimed_on" and check.relation == "before"
    return repealed or is_reading(check) or check.fact in _OF_THE_GOODS


def _is_over(check: Check) -> bool:
    """Say whether a check is of a window that is over."""
    return check.fact == "held_on" and check.relation == "not_after" and check.holds is False


def _last_day(check: Check) -> str:
    return str(check.threshold)


def _failed_facts(checks: Iterable[Check]) -> set[str]:
    """Return the facts that fail; those that are not known only where nothing else fails.

    The days of a repair that there is not are not "not known".
    """
    found = tuple(checks)
    failed = {check.counted_from or check.fact for check in found if check.holds is False}
    return failed or {check.counted_from or check.fact for check in found}


@dataclass(frozen=True, eq=False)
class Deciding:
    """What decides a decision: which rules hold, stand in the way or are nearly met.

    ``names_ground`` says of a rule whose policy is not at hand whether it is known for a ground.
    """

    decision: WholeDecision
    names_ground: Callable[[str], bool] = field(default=lambda _: False)
    judged: tuple[Judged, ...] = field(init=False)

    def __post_init__(self) -> None:
        policies = {policy.id: policy for policy in _policies(self.decision)}
        found = tuple(_judged(one, policies) for one in self.decision.findings)
        object.__setattr__(self, "judged", found)

    def of(self, rule: RuleRef) -> Judged | None:
        """Return what became of a rule; nothing where a stranger's JSON has none."""
        return next((one for one in self.judged if one.finding.ref == rule), None)

    @cached_property
    def lead(self) -> Judged | None:
        """The rule that decides."""
        return None if self.decision.lead is None else self.of(self.decision.lead.ref)

    @cached_property
    def grounds(self) -> tuple[Judged, ...]:
        """The bars and exclusions that hold, the deciding one first.

        What a commitment repeats stands once. Where a policy is not at hand, only what is known
        for a ground, in a decision that grounds decide.
        """
        ordered: dict[str, Judged] = {}
        outside, lead = self.decision.outcome in OUTSIDE, self.lead
        if lead is not None and outside:
            ordered[lead.finding.rule] = lead
        for one in self.judged:
            rule = one.finding.rule
            known = outside and one.rule is None and self.names_ground(rule)
            if _stands(one) or (known and one.finding.verdict == "holds"):
                ordered.setdefault(rule, one)
        return tuple(ordered.values())

    @cached_property
    def hangs_on_the_request(self) -> bool:
        """Whether another request would lead elsewhere: there is a choice, or a right asks it."""
        kinds: set[str] = {remedy.remedy for remedy in self.decision.remedies}
        kinds |= {kind for kind in self.decision.possible if kind not in OUTSIDE}
        asks = any(check.fact == "request" for _, check in self._all)
        return asks or len(kinds) > 1

    @property
    def hangs_on_use(self) -> frozenset[str]:
        """The fact that a refund by the days of use leaves something, where that one decides."""
        leading = () if self.decision.lead is None else (self.decision.lead.ref,)
        used = (one for one in self.decision.remedies if one.used_days is not None)
        return frozenset("nothing_left" for one in used if one.ref in leading)

    @cached_property
    def unknown(self) -> frozenset[str]:
        """The fields that settle what is open, and the facts not known for want of them."""
        if not self.decision.needs:
            return frozenset()
        open_ = (one for one in self.judged if one.finding.verdict == "unknown")
        checks = (check for one in open_ for check in one.finding.checks if check.holds is None)
        return facts_of(checks) | {*self.decision.needs}

    @cached_property
    def _all(self) -> tuple[tuple[Judged, Check], ...]:
        return (*self._met(), *self._missed())

    @cached_property
    def basis(self) -> tuple[tuple[Judged, Check], ...]:
        """The checks that the outcome rests on, each fact once, with a rule that asks it.

        Those that make the deciding rules and the papers what they are, and each that alone keeps
        another ground or a better right from holding.
        """
        found: dict[object, tuple[Judged, Check]] = {}
        for one, check in self._all:
            key = (check.fact, check.counted_from, check.days) if check.counted_from else check.fact
            if check.fact not in _TOLD_OTHERWISE and self._is_open(check):
                found.setdefault(key, (one, check))
        if any(check.start_field == _SALE for _, check in found.values()):
            found.pop("sale_dated_on", None)  # that day is told with what is counted from it
        over = [check for _, check in found.values() if _is_over(check)]
        longest = {check.counted_from_on: check.threshold for check in sorted(over, key=_last_day)}
        return tuple(
            (one, check)
            for one, check in found.values()  # a longer time from the same day tells it
            if not _is_over(check) or longest[check.counted_from_on] == check.threshold
        )

    @cached_property
    def by_rule(self) -> Mapping[Judged, tuple[Check, ...]]:
        """The checks that decide by the rule that asks them, the deciding rules first."""
        found: dict[Judged, dict[Check, None]] = {}
        for one, check in self._all:
            if one in (self.lead, *self.grounds) or self._is_open(check):
                found.setdefault(one, {})[check] = None
        return {one: tuple(checks) for one, checks in found.items()}

    def _met(self) -> Iterator[tuple[Judged, Check]]:
        """Yield the checks of the rules that decide, and of the papers."""
        leading = [self.lead] if self.lead is not None else []
        for one in (*leading, *self.grounds, *self._owed(leading), *self._papers()):
            yield from ((one, check) for check in one.deciding)
        if self.decision.outcome is None:
            for one in self.judged:
                if one.finding.verdict == "unknown" and isinstance(one.rule, Right | Grade):
                    yield from ((one, check) for check in one.deciding if check.holds)

    def _owed(self, leading: Iterable[Judged]) -> Iterator[Judged]:
        """Yield the rights that the deciding one rests on."""
        for one in leading:
            for check in one.finding.checks:
                if check.fact == "rights" and check.relation == "one_of":
                    rights = check.actual if isinstance(check.actual, tuple) else ()
                    for right in rights[:1]:
                        other = self.of(RuleRef(one.finding.policy, str(right)))
                        yield from () if other is None else (other,)

    def _papers(self) -> Iterator[Judged]:
        """Yield what the papers are, where that carries or keeps away a right."""
        if self.decision.outcome not in OUTSIDE:
            for one in self.judged:
                if isinstance(one.rule, Grade) and one.finding.verdict == "holds":
                    yield one

    def _missed(self) -> Iterator[tuple[Judged, Check]]:
        """Yield the checks that alone keep a ground or a better right from holding."""
        for one in self.judged:
            if one.finding.verdict in ("fails", "unknown") and self._matters(one):
                for checks in one.nearly:
                    failed = [check for check in checks if check.holds is False] or checks
                    yield from ((one, check) for check in failed if self._can_turn(check))

    def _is_open(self, check: Check) -> bool:
        """Say whether a fact could be otherwise: of a fault of the battery alone its capacity."""
        if check.fact == "capacity_sound":
            return self._actual("symptom") in ("battery_fault", None)
        return not _is_fixed(check)

    def _can_turn(self, check: Check) -> bool:
        """Say whether a failed fact could be met here: a count has begun, there was a repair."""
        match check.fact:
            case "waiting_for_parts" | "delayed_by_repairer":
                return self._had_a_repair
            case _:
                begun = bool(check.actual) or check.margin == -1 or self._had_a_repair
                return begun or check.relation != "at_least"

    @cached_property
    def _had_a_repair(self) -> bool:
        """Whether there was any repair: counted, pushing a day on, or odd."""
        odd = any(one.field.startswith("repairs") for one in self.decision.warnings)
        pushed = (check.added for one in self.judged for check in one.finding.checks)
        return odd or any(pushed) or was_repaired(self.decision)

    def _actual(self, fact: str) -> object:
        """Return what a fact is, if any rule asks it."""
        checks = (check for one in self.judged for check in one.finding.checks)
        return next((check.actual for check in checks if check.fact == fact), None)

    def _matters(self, one: Judged) -> bool:
        """Say whether a rule would change the outcome if it held."""
        outcome, policy = self.decision.outcome, one.policy
        match one.rule:
            case Exclusion():
                return outcome != "excluded"
            case Bar():
                return outcome not in OUTSIDE
            case Right() as right if policy is not None:
                weaker = outcome is not None and _rank(right.remedy) >= _rank(outcome)
                if weaker and right.remedy != self._refused:
                    return False
                standing = {
                    other.finding.rule
                    for other in self.judged
                    if other.policy is policy and _stands(other)
                }
                carried = evaluate(carrying(policy, right), self._truth_of(policy.id))
                return standing <= {*right.despite} and carried is not False
            case _:
                return False

    @cached_property
    def _refused(self) -> str | None:
        """The remedy that was asked for and cannot be had."""
        requested = self.decision.requested
        if requested is None or requested.available is not False:
            return None
        return "free_repair" if requested.remedy == "repair" else requested.remedy

    @cached_property
    def _readings(self) -> Mapping[str, str]:
        return self.decision.receipt.readings.to_dict()

    @cached_property
    def _known(self) -> Mapping[str, Mapping[Leaf, bool | None]]:
        """The truth of every leaf that the rules of each policy ask."""
        found: dict[str, dict[Leaf, bool | None]] = {}
        for one in self.judged:
            known = found.setdefault(one.finding.policy, {})
            for (leaf, wanted), check in one.checks.items():
                known[leaf] = None if check.holds is None else check.holds == wanted
        return found

    def _truth_of(self, policy: str) -> Callable[[Leaf], bool | None]:
        """Return what says of a leaf that the rules of a policy ask whether it holds."""
        known = self._known[policy]

        def value_of(leaf: Leaf) -> bool | None:
            if isinstance(leaf, Under):
                return self._readings.get(leaf.reading) == leaf.value
            return known.get(leaf)

        return value_of


def _rank(remedy: str) -> int:
    """Return how strong an outcome is, the strongest first."""
    kinds: tuple[str, ...] = get_args(RemedyKind)
    return kinds.index(remedy) if remedy in kinds else len(kinds)


def _policies(decision: WholeDecision) -> tuple[Policy, ...]:
    """Return the policies that decided, or those that ship under the ids that it names."""
    try:
        return tuple(one.policy for one in decision.case.evaluations)
    except ValidationError:
        return shipped_policies(decision.policy)


def _judged(finding: Finding, policies: Mapping[str, Policy]) -> Judged:
    """Return a finding beside its rule, if its checks are those that the rule asks."""
    policy = policies.get(finding.policy)
    rules = () if policy is None else policy.rules
    rule = next((one for one in rules if one.id == finding.rule), None)
    if rule is not None:
        asked = tuple(_asked(leaf) for leaf, _ in _literals(rule.when))
        if asked != tuple((check.fact, check.counted_from) for check in finding.checks):
            return Judged(finding, None, None)
    return Judged(finding, rule, policy)


def _asked(leaf: Leaf) -> tuple[str, str | None]:
    """Return what the check of a leaf names: the fact, and what a time is counted from."""
    match leaf:
        case Owed():
            return "rights", None
        case Under(reading=reading):
            return f"{_READING}{reading}", None
        case Window() | Period() | Elapsed():
            return held_on(leaf), leaf.fact
        case _:
            return leaf.fact, None


@lru_cache(maxsize=2048)
def _literals(condition: Condition) -> tuple[_Literal, ...]:
    """Return the distinct leaves of a condition, in the order of the checks of its finding."""
    return tuple(dict.fromkeys(signed_leaves(condition)))
