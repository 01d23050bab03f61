"""The parts of a decision, formed when they are looked at: 决定的各部分.

The engine leaves an :class:`~sanbao.evaluation.programs.evaluation.Evaluation`; here the parts of
the decision are made of it. Findings have a module of their own (``findings``), so have money
(``remedies``) and warnings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final

from sanbao.evaluation.parts.findings import (
    checks_of,
    days_added,
    end_is_provisional,
    end_of,
    finding_on,
    findings_of,
    is_remote,
    leaf_states,
    shortfall,
)
from sanbao.evaluation.parts.remedies import missing_money, remedies_of
from sanbao.evaluation.programs.by_version import program_deciding
from sanbao.evaluation.programs.combined import AnyEvaluation
from sanbao.evaluation.programs.evaluation import Evaluation
from sanbao.evaluation.unknowns import case_analysis, verdicts
from sanbao.evaluation.warnings import warnings_of
from sanbao.model.codes import Outcome, Verdict
from sanbao.model.decision import (
    Dates,
    DecisionParts,
    Finding,
    Lead,
    Obligation,
    PolicyRef,
    Remedy,
    Requested,
    RightBegins,
    Warned,
)
from sanbao.rules.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Elapsed,
    Leaf,
    Not,
    Owed,
    Period,
    Window,
    evaluate,
    signed_leaves,
)
from sanbao.rules.policy import Policy, Right, Rule

if TYPE_CHECKING:
    from sanbao.rules.combined import Combined
    from sanbao.rules.versions import Possible

__all__ = ["Parts"]

_DAY: Final = date.fromordinal


class Parts(DecisionParts):
    """What is decided on a case, part by part: 决定的各部分.

    Each is formed when it is first looked at, and kept.
    """

    def __init__(self, case: Any) -> None:
        self._case = case

    @property
    def case(self) -> Any:
        """The claim, the program and the facts that were decided by."""
        return self._case

    @property
    def verdicts(self) -> Mapping[str, Verdict]:
        """The verdict of every rule by its id; known without forming the findings."""
        return verdicts(self.case)

    def finding(self, rule: str) -> Finding:
        """Return the finding on ``rule``. Raises :class:`KeyError` if there is none."""
        return finding_on(self.case, rule)

    @property
    def outcome(self) -> Outcome | None:
        """The outcome, where only one remains."""
        possible = self.possible
        return possible[0] if len(possible) == 1 else None

    @cached_property
    def possible(self) -> tuple[Outcome, ...]:
        """The outcomes that remain, strongest first."""
        outcomes: tuple[Outcome, ...] = self.case.skeleton.outcomes
        return outcomes if len(outcomes) == 1 else case_analysis(self.case).outcomes

    @cached_property
    def policy(self) -> PolicyRef:
        """Which policy decided."""
        policy = policy_of(self.case)
        return PolicyRef(policy.id, policy.version)

    @cached_property
    def lead(self) -> Lead | None:
        """The finding that decides."""
        rule = self._leading
        return None if rule is None else Lead(rule.id, rule.cites)

    @cached_property
    def _leading(self) -> Rule | None:
        """The rule that decides: one that holds before one that may hold."""
        policy = self.case.policy
        outside: tuple[Rule, ...]
        match self.outcome:
            case None:
                return None
            case "excluded":
                outside = policy.exclusions
            case "paid_repair":
                outside = policy.bars
            case outcome:
                analysis = case_analysis(self.case)
                open_ = (*analysis.certain, *analysis.candidates)
                return next(right for right in open_ if right.remedy == outcome)
        return first_of(outside, self.verdicts)

    @cached_property
    def requested(self) -> Requested | None:
        """What became of the request."""
        request = self.case.claim.request
        if request is None:
            return None
        wanted = "free_repair" if request == "repair" else request
        available = (
            None if wanted in self.possible and not self.outcome else wanted in self.possible
        )
        because = () if available else tuple(dict.fromkeys(self.because(wanted)))
        return Requested(request, available, because)

    def because(self, wanted: str) -> Iterator[str]:
        """Yield the rules that keep ``wanted`` away, the nearest to it first."""
        case: Evaluation = self.case
        outside = case.policy.outside
        for skeleton in case.skeleton.findings:
            if skeleton.verdict == "holds" and skeleton.rule in outside:
                yield skeleton.rule.id
        near: list[tuple[bool, int, int, int, int, str]] = []
        for place, skeleton in enumerate(case.skeleton.findings):
            rule = skeleton.rule
            if isinstance(rule, Right) and rule.remedy == wanted and case.program.can_hold(rule.id):
                yield from skeleton.barred_by
                failed = [check for check in checks_of(case, rule) if not check.holds]
                far = is_remote(failed)
                near.append((far, len(failed), *shortfall(failed), place, rule.id))
        yield from (rule_id for *_, rule_id in sorted(near))

    @cached_property
    def remedies(self) -> tuple[Remedy, ...]:
        """What the consumer may choose now, strongest first."""
        return remedies_of(self.case, case_analysis(self.case), self._leading)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What became of every rule, in the policy's order."""
        return findings_of(self.case)

    @cached_property
    def obligations(self) -> tuple[Obligation, ...]:
        """What comes along."""
        return tuple(self.obligations_with(self.possible))

    def obligations_with(self, possible: tuple[Outcome, ...]) -> Iterator[Obligation]:
        """Yield what comes along with these outcomes."""
        case: Evaluation = self.case
        states = leaf_states(case)
        for duty in case.policy.obligations:
            arises = duty.when is None or evaluate(
                duty.when, lambda leaf: case.program.leaf_value(states, leaf)
            )
            comes_along = not duty.with_outcomes or set(possible) <= set(duty.with_outcomes)
            start = getattr(case.facts, duty.after or "claimed_on")
            if arises and comes_along and start is not None:
                yield Obligation(duty.id, _DAY(start + duty.days), duty.cites)

    @cached_property
    def dates(self) -> Dates:
        """The days that matter."""
        case: Evaluation = self.case
        found = self.last_days
        last = {name: _DAY(day) for name, (day, _) in found.items()}
        start = case.facts.period_start if _is_period_examined(case) else None
        period = found.get("period_ends_on")
        return Dates(
            claimed_on=case.claim.claimed_on,
            asked_on=_DAY(case.facts.asked_on),
            period_starts_on=None if start is None else _DAY(start),
            period_ends_on=last.get("period_ends_on"),
            refund_until=last.get("refund_until"),
            exchange_until=last.get("exchange_until"),
            deducted_days=None if period is None else days_added(case, period[1]),
            begins=tuple(_beginnings(case)),
        )

    @cached_property
    def last_days(self) -> dict[str, tuple[int, Any]]:
        """The last day (an ordinal) of the period and of each window, with its leaf."""
        case: Evaluation = self.case
        found = {
            "period_ends_on": _leaf_days(case, Period, None) if _is_period_examined(case) else [],
            "refund_until": _leaf_days(case, Window, "refund"),
            "exchange_until": _leaf_days(case, Window, "exchange"),
        }
        return {name: max(days, key=lambda pair: pair[0]) for name, days in found.items() if days}

    @cached_property
    def provisional(self) -> tuple[str, ...]:
        """The dates that rest on a year whose rest days are not published."""
        return tuple(
            name
            for name, (_, leaf) in self.last_days.items()
            if end_is_provisional(self.case, leaf)
        )

    @cached_property
    def warnings(self) -> tuple[Warned, ...]:
        """What is odd: in the claim, and in the commitments it names."""
        case: AnyEvaluation = self.case
        found = warnings_of(case.claim)
        alone = isinstance(case, Evaluation) and case.policy.beside is None
        if case.claim.commitments and (case.choice is not None or alone):
            from sanbao.evaluation.applicable import left_out

            found += tuple(Warned("commitment_not_in_force", *one) for one in left_out(case))
        return found

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The fields that settle what is open: the outcome, the rule, the money."""
        needs = list(case_analysis(self.case).needs)
        for remedy in self.remedies:
            needs += remedy.needs
            if remedy.remedy == "refund" and remedy.payable is None:
                needs += missing_money(self._owner(remedy), remedy)
        return tuple(dict.fromkeys(needs))

    def _owner(self, _: Remedy) -> Evaluation:
        """Return the case of the policy that gives a remedy."""
        case: Evaluation = self.case
        return case


def first_of(rules: Iterable[Rule], verdict: Mapping[str, Verdict]) -> Rule | None:
    """Return the first rule that holds, or else the first that may hold, if there is one."""
    for wanted in ("holds", "unknown"):
        for rule in rules:
            if verdict[rule.id] == wanted:
                return rule
    return None


# --- dates -------------------------------------------------------------------------------------


def _leaf_days(
    case: Evaluation, wanted_type: type[Window] | type[Period], remedy: str | None
) -> list[tuple[int, Any]]:
    """Return ``(last day, leaf)`` for the windows or periods of the rights there can be."""
    found = []
    for right in case.policy.rights:
        if remedy in (None, right.remedy) and case.program.can_hold(right.id):
            for leaf in _days_asked(case, right.when):
                last = end_of(case, leaf) if isinstance(leaf, wanted_type) else None
                if last is not None:
                    found.append((last, leaf))
    return found


def _days_asked(case: Evaluation, condition: Condition) -> Iterator[Leaf]:
    """Yield the leaves that a condition asks to hold, but for alternatives of other goods.

    An alternative that fails whatever the days are says nothing of this claim.
    """
    match condition:
        case AllOf(of=parts):
            for part in parts:
                yield from _days_asked(case, part)
        case AnyOf(of=parts):
            for part in parts:
                if evaluate(part, partial(_but_for_days, case)) is not False:
                    yield from _days_asked(case, part)
        case Not(of=part):
            yield from (leaf for leaf, wanted in signed_leaves(part, sign=False) if wanted)
        case leaf:
            yield leaf


def _but_for_days(case: Evaluation, leaf: Leaf) -> bool | None:
    if isinstance(leaf, Window | Period | Elapsed | Owed):
        return None
    return case.program.leaf_value(leaf_states(case), leaf)


def _is_period_examined(case: Evaluation) -> bool:
    """Say whether it matters when the period runs.

    It does not without papers, and for goods that the catalogue does not name. A factory date
    is a paper for the phone, and none for a battery in it that is judged apart.
    """
    found = case.skeleton.verdicts
    return case.program.coverage is not None and any(
        grade.start and found[grade.id] != "fails" for grade in case.policy.grades
    )


def _beginnings(case: Evaluation) -> Iterator[RightBegins]:
    """Yield the day on which each right begins that needs a time to have passed."""
    for right in case.policy.rights:
        if case.program.can_hold(right.id):
            for leaf, wanted in signed_leaves(right.when):
                if not wanted and isinstance(leaf, Elapsed):
                    last = end_of(case, leaf)
                    if last is not None:
                        yield RightBegins(right.id, _DAY(last + 1))


def policy_of(case: AnyEvaluation) -> Policy | Combined | Possible:
    """Return what decided: all versions that a sale on a day not known can fall under."""
    return program_deciding(case).library.policy
