"""Which facts decide: 起决定作用的事实.

A finding lists every check behind its rule; most of them decide nothing here. Of a condition that
holds, only the branch that holds decides; of one that does not, only the fewest checks that would
have to hold. They are found from the rule's condition and the checks of the finding, so that a
decision read from JSON is explained alike where its policies ship. Where a rule is not at hand, all
its checks stand for the branch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, get_args

from sanbao.base.errors import ValidationError
from sanbao.evaluation.parts.findings import fact_of
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
    Period,
    Under,
    Window,
    signed_leaves,
)
from sanbao.rules.literal_sets import joined, smallest
from sanbao.rules.policy import Bar, Exclusion, Grade, Policy, Right, Rule

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


class _Parted(NamedTuple):
    """Parts of a condition: all of them have to be as asked, or any one."""

    every: bool
    parts: tuple[_Node, ...]


_Node: TypeAlias = _Parted | int
"""A condition with its signs pushed down to its leaves: a leaf is the place of its check."""


class _LaidOut:
    """A rule as the checks of its findings see it; worked out once for a policy."""

    __slots__ = ("alone", "asked", "policy", "root", "rule")

    def __init__(self, rule: Rule, policy: Policy) -> None:
        literals = _literals(rule.when)
        self.rule, self.policy = rule, policy
        self.root = _node(rule.when, {one: place for place, one in enumerate(literals)})
        self.alone = tuple(part for part in _every(self.root) if isinstance(part, int))
        self.asked = tuple(_asked(leaf) for leaf, _ in literals)

    def fits(self, finding: Finding) -> bool:
        """Say whether the checks of a finding are those that the rule asks."""
        return self.asked == tuple((one.fact, one.counted_from) for one in finding.checks)


class Judged:
    """A finding beside its rule, which is ``None`` where the policy is not at hand."""

    __slots__ = ("_shape", "finding")

    def __init__(self, finding: Finding, shape: _LaidOut | None) -> None:
        self.finding = finding
        self._shape = shape

    @property
    def rule(self) -> Rule | None:
        """The rule that the finding is on."""
        return None if self._shape is None else self._shape.rule

    @property
    def policy(self) -> Policy | None:
        """The policy that has the rule."""
        return None if self._shape is None else self._shape.policy

    @property
    def deciding(self) -> tuple[Check, ...]:
        """The checks that make the rule hold: of alternatives those of the one that holds."""
        if self._shape is None:
            return tuple(check for check in self.finding.checks if check.holds is not False)
        return tuple(self._holding(self._shape.root))

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks of the smallest set that fails, the fewest facts; else all that fail."""
        lacking = self._lacking() or [self._not_met()]
        return min(lacking, key=lambda checks: len(_failed_facts(checks)))

    @property
    def nearly(self) -> tuple[tuple[Check, ...], ...]:
        """The smallest sets that fail of one failed fact: each alone keeps the rule from holding.

        None where what the goods are, or a reading, keeps it from ever holding.
        """
        if self._is_far():
            return ()
        lacking = self._lacking(self._is_near)
        return tuple(checks for checks in lacking if len(_failed_facts(checks)) == 1)

    def _is_far(self) -> bool:
        """Say whether two facts fail each of which the rule asks whatever else is so."""
        found: set[str] = set()
        for place in () if self._shape is None else self._shape.alone:
            check = self.finding.checks[place]
            if check.holds is False:
                found.add(check.counted_from or check.fact)
                if len(found) > 1:
                    return True
        return False

    def _not_met(self) -> tuple[Check, ...]:
        return tuple(check for check in self.finding.checks if not check.holds)

    def _lacking(self, keep: _Kept | None = None) -> list[tuple[Check, ...]]:
        """Return the smallest sets of checks that keep the rule from holding, if ``keep`` does."""
        checks = self.finding.checks
        if self._shape is None:
            return [failed] if (failed := self._not_met()) else []
        found = self._failing(self._shape.root, keep)
        return [tuple(checks[place] for place in sorted(places)) for places in found if places]

    def _is_near(self, places: frozenset[int]) -> bool:
        """Say whether no two facts fail: what is not known beside one that fails counts not."""
        checks = map(self.finding.checks.__getitem__, places)
        return len({one.counted_from or one.fact for one in checks if one.holds is False}) < 2

    def _holding(self, node: _Node) -> Iterator[Check]:
        if isinstance(node, int):
            check = self.finding.checks[node]
            if check.holds is not False:
                yield check
            return
        parts = node.parts
        if not node.every:
            standing = next((part for part in parts if self._is_so(part)), None)
            parts = parts if standing is None else (standing,)
        for part in parts:
            yield from self._holding(part)

    def _is_so(self, node: _Node) -> bool:
        """Say whether a part of the condition is as asked."""
        if isinstance(node, int):
            return self.finding.checks[node].holds is True
        return (all if node.every else any)(map(self._is_so, node.parts))

    def _failing(self, node: _Node, keep: _Kept | None) -> list[frozenset[int]]:
        if isinstance(node, int):
            check = self.finding.checks[node]
            if check.holds:
                return _MET
            never = _is_fixed(check) or (keep is None and _is_repealed(check))
            return [] if never else [frozenset({node})]
        options = (self._failing(part, keep) for part in node.parts)
        if node.every:
            return joined(options, keep)
        return smallest(places for option in options for places in option)


_Kept: TypeAlias = Callable[[frozenset[int]], bool]

_MET: Final = [frozenset[int]()]


def _stands(one: Judged) -> bool:
    """Say whether a rule is a bar or an exclusion that holds."""
    return isinstance(one.rule, Bar | Exclusion) and one.finding.verdict == "holds"


def _is_fixed(check: Check) -> bool:
    """Say whether no fact of the claim makes a check hold: the goods, a reading."""
    return check.fact in _OF_THE_GOODS or is_reading(check)


def _is_repealed(check: Check) -> bool:
    """Say whether a check asks for a claim under old law."""
    return check.relation == "before" and check.fact == "claimed_on"


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
        object.__setattr__(self, "judged", tuple(_judged(self.decision)))

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
                turning = [
                    check
                    for checks in one.nearly
                    for check in [two for two in checks if two.holds is False] or checks
                    if self._can_turn(check)
                ]
                if turning and self._is_carried(one):
                    yield from ((one, check) for check in turning)

    def _is_open(self, check: Check) -> bool:
        """Say whether a fact could be otherwise: of a fault of the battery alone its capacity."""
        if check.fact == "capacity_sound":
            return self._actual("symptom") in ("battery_fault", None)
        return not _is_fixed(check) and self._may_be_so_early(check)

    def _may_be_so_early(self, check: Check) -> bool:
        """Say whether a claim under the old law that a check asks for could have been made."""
        if not _is_repealed(check):
            return True
        sold = self._actual("sale_dated_on")
        return sold is None or str(sold) < str(check.threshold)

    def _can_turn(self, check: Check) -> bool:
        """Say whether a failed fact could be met here: a count has begun, there was a repair.

        A count that is not known is of what there is, whose days are not known.
        """
        if check.fact in ("waiting_for_parts", "delayed_by_repairer"):
            return self._had_a_repair
        if check.relation != "at_least" or check.holds is None or check.actual:
            return True
        return check.margin == -1 or self._had_a_repair

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
        """Say whether a rule would change the outcome if it held, and its papers carried it."""
        outcome = self.decision.outcome
        match one.rule:
            case Exclusion():
                return outcome != "excluded"
            case Bar():
                return outcome not in OUTSIDE
            case Right(remedy=remedy):
                weaker = outcome is not None and _rank(remedy) >= _rank(outcome)
                return not weaker or remedy == self._refused
            case _:
                return False

    def _is_carried(self, one: Judged) -> bool:
        """Say whether papers may carry a right, and what stands in the way is no hindrance."""
        right, policy = one.rule, one.policy
        if policy is None or not isinstance(right, Right):
            return True
        if not self._standing[policy.id] <= {*right.despite}:
            return False
        return any(
            right.needs_papers in grade.carries
            or any(
                rule == right.id and self._is_under(under) for rule, under in grade.carries_under
            )
            for grade in policy.grades
            if grade.id not in self._failing[policy.id]
        )

    def _is_under(self, under: Under) -> bool:
        return self._readings.get(under.reading) == under.value

    @cached_property
    def _standing(self) -> Mapping[str, set[str]]:
        """The bars and exclusions that hold, by their policy."""
        return _by_policy(one for one in self.judged if _stands(one))

    @cached_property
    def _failing(self) -> Mapping[str, set[str]]:
        """The rules that do not hold, by their policy."""
        return _by_policy(one for one in self.judged if one.finding.verdict == "fails")

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


def _by_policy(found: Iterable[Judged]) -> Mapping[str, set[str]]:
    """Return the ids of rules by the policy that they are of; none where it has none."""
    rules: defaultdict[str, set[str]] = defaultdict(set)
    for one in found:
        rules[one.finding.policy].add(one.finding.rule)
    return rules


def _rank(remedy: str) -> int:
    """Return how strong an outcome is, the strongest first."""
    kinds: tuple[str, ...] = get_args(RemedyKind)
    return kinds.index(remedy) if remedy in kinds else len(kinds)


def _judged(decision: WholeDecision) -> Iterator[Judged]:
    """Yield every finding beside its rule, if its checks are those that the rule asks.

    The policies are those that decided, or those that ship under the ids that a decision names
    which was read from JSON.
    """
    try:
        policies, stored = tuple(one.policy for one in decision.case.evaluations), False
    except ValidationError:
        policies, stored = shipped_policies(decision.policy), True
    shapes = {policy.id: _shapes(policy) for policy in policies}
    for finding in decision.findings:
        shape = shapes.get(finding.policy, {}).get(finding.rule)
        if stored and shape is not None and not shape.fits(finding):
            shape = None
        yield Judged(finding, shape)


@lru_cache(maxsize=64)
def _shapes(policy: Policy) -> Mapping[str, _LaidOut]:
    """Return the rules of a policy by their ids, as the checks of their findings see them."""
    return {rule.id: _LaidOut(rule, policy) for rule in policy.rules}


def _every(node: _Node) -> tuple[_Node, ...]:
    """Return the parts of a condition that all have to be as asked."""
    return node.parts if isinstance(node, _Parted) and node.every else (node,)


def _node(condition: Condition, places: Mapping[_Literal, int], *, wanted: bool = True) -> _Node:
    """Return a condition with its signs pushed down, and the places of its leaves."""
    match condition:
        case Not(of=part):
            return _node(part, places, wanted=not wanted)
        case AllOf(of=parts) | AnyOf(of=parts):
            every = isinstance(condition, AllOf) == wanted
            return _Parted(every, tuple(_node(part, places, wanted=wanted) for part in parts))
        case leaf:
            return places[leaf, wanted]


def _asked(leaf: Leaf) -> tuple[str, str | None]:
    """Return what the check of a leaf names: the fact, and what a time is counted from."""
    return fact_of(leaf), leaf.fact if isinstance(leaf, Window | Period | Elapsed) else None


def _literals(condition: Condition) -> tuple[_Literal, ...]:
    """Return the distinct leaves of a condition, in the order of the checks of its finding."""
    return tuple(dict.fromkeys(signed_leaves(condition)))
