"""The parts of a decision, formed when they are looked at: 决定的各部分.

The engine leaves an :class:`~sanbao.evaluation.programs.evaluation.Evaluation`; here the parts of
the decision are made of it. Findings have a module of their own (``findings``), so have money
(``remedies``) and warnings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sanbao.base.once import once_property
from sanbao.evaluation.parts.findings import (
    end_is_provisional,
    end_of,
    finding_of,
    findings_of,
    last_day_of,
    margin_of,
    short_by,
)
from sanbao.evaluation.parts.plans import Plan, kept_away, plan_of
from sanbao.evaluation.parts.remedies import missing_money, remedies_of
from sanbao.evaluation.programs.by_version import program_deciding
from sanbao.evaluation.programs.combined import AnyEvaluation, of_policy
from sanbao.evaluation.programs.evaluation import Evaluation
from sanbao.evaluation.unknowns import case_analysis, verdicts_of_any
from sanbao.evaluation.warnings import warnings_of
from sanbao.model.codes import ASKED, Outcome, Verdict
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
from sanbao.model.rule_ref import RuleRef
from sanbao.rules import provisions
from sanbao.rules.policy import Policy

if TYPE_CHECKING:
    from sanbao.rules.combined import Combined
    from sanbao.rules.versions import Possible

__all__ = ["Parts"]

_DAY: Final = date.fromordinal


class Parts(DecisionParts):
    """What is decided on a case, part by part: 决定的各部分.

    Each is formed when it is first looked at, and kept.
    """

    case: Any
    """The claim, the program and the facts that were decided by."""

    def __init__(self, case: Any) -> None:
        self.case = case

    @property
    def members(self) -> tuple[Parts, ...]:
        """What each of the policies that decided together has decided alone."""
        return (self,)

    @once_property
    def verdicts(self) -> Mapping[Any, Verdict]:
        """The verdict of every rule by its id; known without forming the findings."""
        return verdicts_of_any(self.case)

    def finding(self, rule: RuleRef | str) -> Finding:
        """Return the finding on ``rule``. Raises :class:`KeyError` if there is none."""
        meant = RuleRef.typed(rule) if isinstance(rule, str) else rule
        for case in self.case.evaluations:
            for skeleton in case.skeleton.findings:
                if meant.means(case.policy.id, skeleton.rule.id):
                    return finding_of(case, skeleton)
        raise KeyError(rule)

    @once_property
    def outcome(self) -> Outcome | None:
        """The outcome, where only one remains."""
        possible = self.possible
        return possible[0] if len(possible) == 1 else None

    @once_property
    def possible(self) -> tuple[Outcome, ...]:
        """The outcomes that remain, strongest first."""
        outcomes: tuple[Outcome, ...] = self.case.skeleton.outcomes
        return outcomes if len(outcomes) == 1 else case_analysis(self.case).outcomes

    @once_property
    def policy(self) -> PolicyRef:
        """Which policy decided."""
        return _ref(policy_of(self.case))

    @once_property
    def plan(self) -> Plan:
        """What is told of all claims that look like this one."""
        return plan_of(self.case)

    @once_property
    def lead(self) -> Lead | None:
        """The finding that decides."""
        if self.outcome in (None, "paid_repair", "excluded"):
            return self.ground
        analysis = case_analysis(self.case)
        open_ = (*analysis.certain, *analysis.candidates)
        right = next(right for right in open_ if right.remedy == self.outcome)
        return Lead(right.id, right.cites, self.case.policy.id)

    @once_property
    def ground(self) -> Lead | None:
        """What takes the claim out of the guarantees, by the policy that is kindest.

        What holds comes before what may hold.
        """
        members = [member for member in self.members if self.outcome in member.possible]
        members.sort(key=lambda member: member.outcome != self.outcome)
        for wanted in ("holds", "unknown"):
            for member in members:
                policy: Policy = member.case.policy
                for rule in policy.exclusions if self.outcome == "excluded" else policy.bars:
                    if member.verdicts[rule.id] == wanted:
                        return Lead(rule.id, rule.cites, policy.id)
        return None

    @once_property
    def requested(self) -> Requested | None:
        """What became of the request."""
        request = self.case.claim.request
        if request is None:
            return None
        wanted = ASKED[request]
        available = (
            None if wanted in self.possible and not self.outcome else wanted in self.possible
        )
        because = () if available else tuple(dict.fromkeys(self.because(wanted)))
        return Requested(request, available, because)

    def because(self, wanted: str) -> Iterator[RuleRef]:
        """Yield the rules that keep ``wanted`` away, the nearest to it first."""
        case: Evaluation = self.case
        kept = kept_away(case, wanted)
        yield from kept.first
        if len(kept.near) == 1:
            yield kept.near[0].ref
            return
        near = []
        for place, one in enumerate(kept.near):
            margins = (
                (counted, margin_of(case, leaf, asked)) for leaf, asked, counted in one.lacking
            )
            near.append((one.is_remote, one.failed, *short_by(margins), place))
        yield from (kept.near[place].ref for *_, place in sorted(near))

    @once_property
    def remedies(self) -> tuple[Remedy, ...]:
        """What the consumer may choose now, strongest first."""
        return remedies_of(self.case, case_analysis(self.case), self.ground)

    @once_property
    def findings(self) -> tuple[Finding, ...]:
        """What became of every rule, in the policy's order, one policy after the other."""
        cases: tuple[Evaluation, ...] = self.case.evaluations
        return tuple(finding for case in cases for finding in findings_of(case))

    @once_property
    def obligations(self) -> tuple[Obligation, ...]:
        """What comes along."""
        return tuple(self.duties.values())

    @once_property
    def duties(self) -> dict[object, Obligation]:
        """What comes along by any policy, on the earliest day; by :meth:`same_duty`."""
        found: dict[object, Obligation] = {}
        for member in self.members:
            for duty, due in member.duties_with(self.possible):
                same = self.same_duty(duty)
                if same not in found or due.on < found[same].on:
                    found[same] = due
        return found

    def same_duty(self, duty: provisions.Obligation) -> object:
        """Return what is equal for obligations of several policies that are one and the same.

        One that the law has too is the law's; others are the same if they are called so.
        """
        law: Policy = self.case.evaluations[0].policy
        return duty.id if duty.id in _own_duties(law) else (duty.id, duty.title)

    def duties_with(
        self, possible: tuple[Outcome, ...]
    ) -> Iterator[tuple[provisions.Obligation, Obligation]]:
        """Yield what comes along with these outcomes, and when."""
        case: Evaluation = self.case
        remaining, facts = set(possible), case.facts
        for duty in self.plan.duties:
            comes_along = not duty.with_outcomes or remaining.issubset(duty.with_outcomes)
            start = getattr(facts, duty.after or "claimed_on") if comes_along else None
            if start is not None:
                due = _DAY(start + duty.days)
                yield duty, Obligation(duty.id, due, duty.cites, case.policy.id)

    @once_property
    def dates(self) -> Dates:
        """The days that matter."""
        case: Evaluation = self.case
        facts, plan, found = case.facts, self.plan, self.last_days
        last = {name: _DAY(day) for name, (day, *_) in found.items()}
        start = facts.period_start if plan.examined else None
        period = found.get("period_ends_on")
        ends = ((rule, end_of(case, leaf)) for rule, leaf in plan.begins)
        return Dates(
            claimed_on=case.claim.claimed_on,
            asked_on=_DAY(facts.asked_on),
            period_starts_on=None if start is None else _DAY(start),
            period_ends_on=last.get("period_ends_on"),
            refund_until=last.get("refund_until"),
            exchange_until=last.get("exchange_until"),
            deducted_days=None if period is None else period[1],
            begins=tuple(
                RightBegins(rule, _DAY(end + 1), case.policy.id)
                for rule, end in ends
                if end is not None
            ),
        )

    @once_property
    def last_days(self) -> dict[str, tuple[int, int | None, Any]]:
        """The last day (an ordinal) of the period and of each window.

        Each with the days that repairs added to it, and its leaf.
        """
        case: Evaluation = self.case
        found: dict[str, tuple[int, int | None, Any]] = {}
        for name, leaves in self.plan.ends:
            for leaf in leaves:
                last = last_day_of(case, leaf)
                if last is not None and (name not in found or last[0] > found[name][0]):
                    found[name] = (*last, leaf)
        return found

    @once_property
    def provisional(self) -> tuple[str, ...]:
        """The dates that rest on a year whose rest days are not published."""
        return tuple(
            name
            for name, (*_, leaf) in self.last_days.items()
            if end_is_provisional(self.case, leaf)
        )

    @once_property
    def warnings(self) -> tuple[Warned, ...]:
        """What is odd: in the claim, and in the commitments it names."""
        case: AnyEvaluation = self.case
        found = warnings_of(case.claim)
        alone = isinstance(case, Evaluation) and case.policy.beside is None
        if case.claim.commitments and (case.choice is not None or alone):
            from sanbao.evaluation.applicable import left_out

            found += tuple(Warned("commitment_not_in_force", *one) for one in left_out(case))
        return found

    @once_property
    def needs(self) -> tuple[str, ...]:
        """The fields that settle what is open: the outcome, the rule, the money."""
        needs = list(case_analysis(self.case).needs)
        for remedy in self.remedies:
            needs += remedy.needs
            if remedy.remedy == "refund" and remedy.payable is None:
                needs += missing_money(of_policy(self.case, remedy.policy), remedy)
        return tuple(dict.fromkeys(needs))


def policy_of(case: AnyEvaluation) -> Policy | Combined | Possible:
    """Return what decided: all versions that a sale on a day not known can fall under."""
    return program_deciding(case).library.policy


@lru_cache(maxsize=64)
def _own_duties(policy: Policy) -> frozenset[str]:
    return frozenset(duty.id for duty in policy.obligations)


@lru_cache(maxsize=64)
def _ref(policy: Policy | Combined | Possible) -> PolicyRef:
    return PolicyRef(policy.id, policy.version)
