"""The parts of a decision that several policies have made together: 合并决定.

Of every remedy the consumer has the best that any of them gives: the first one that gives an
exchange or a free repair, the refund of most money. What each finds of its own rules stays
its own; the rules of a commitment have qualified ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, cast

from sanbao.evaluation.parts.findings import checks_of, end_is_provisional, finding_on, findings_of
from sanbao.evaluation.parts.remedies import remedy_of
from sanbao.evaluation.parts.single import (
    Parts,
)
from sanbao.evaluation.programs.combined import CombinedEvaluation, Naming, naming, owner_of
from sanbao.evaluation.programs.evaluation import Evaluation
from sanbao.evaluation.unknowns import CaseAnalysis, case_analysis
from sanbao.model.decision import (
    Check,
    Dates,
    Finding,
    Lead,
    Obligation,
    Remedy,
    RightBegins,
)
from sanbao.rules.combined import qualified_id, simple_id
from sanbao.rules.policy import Policy, Right, Rule

__all__ = ["CombinedParts", "named_check"]

_DAY: Final = date.fromordinal


class CombinedParts(Parts):
    """What several policies have decided together; see :class:`Parts`."""

    @cached_property
    def _members(self) -> tuple[Parts, ...]:
        """What each policy has decided alone."""
        return tuple(map(Parts, self.case.evaluations))

    def finding(self, rule: str) -> Finding:
        """Return the finding on ``rule``. Raises :class:`KeyError` if there is none."""
        owner = owner_of(self.case, rule)
        return named_finding(naming(self.case, owner), finding_on(owner, simple_id(rule)))

    @cached_property
    def lead(self) -> Lead | None:
        """The finding that decides."""
        if self.outcome in (None, "paid_repair", "excluded"):
            return self.ground
        of_kind = [remedy for remedy in self.remedies if remedy.remedy == self.outcome]
        certain = [remedy for remedy in of_kind if not remedy.needs]
        first = (certain or of_kind)[0]
        return Lead(first.rule, first.citations, first.policy)

    @cached_property
    def ground(self) -> Lead | None:
        """What takes the claim out of the guarantees, of the member that is kindest."""
        outcome = self.outcome
        if outcome is None:
            return None
        members = [member for member in self._members if outcome in member.possible]
        members.sort(key=lambda member: member.outcome != outcome)
        for wanted in ("holds", "unknown"):
            for member in members:
                policy: Policy = member.case.policy
                outside: tuple[Rule, ...] = policy.bars
                if outcome == "excluded":
                    outside = policy.exclusions
                for rule in outside:
                    if member.verdicts[rule.id] == wanted:
                        return Lead(qualified_id(policy, rule.id), rule.cites, policy.id)
        return None

    def because(self, wanted: str) -> Iterator[str]:
        """Yield the rules that keep ``wanted`` away, the nearest to it first.

        Members whose right nothing but its own conditions keeps away come first. What a commitment
        only repeats is left out.
        """
        told: list[tuple[str, object]] = []
        for member in sorted(self._members, key=_is_outside):
            for rule in dict.fromkeys(member.because(wanted)):
                found = (rule, _found(member.case, rule))
                if found not in told:
                    told.append(found)
                    yield qualified_id(member.case.policy, rule)

    @cached_property
    def remedies(self) -> tuple[Remedy, ...]:
        """What the consumer may choose now, strongest first."""
        return tuple(_best(self.case, case_analysis(self.case), self))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What became of every rule of every policy, one policy after the other."""
        return tuple(
            named_finding(naming(self.case, member), finding)
            for member in self.case.evaluations
            for finding in findings_of(member)
        )

    @cached_property
    def obligations(self) -> tuple[Obligation, ...]:
        """What comes along: what any policy lays down, on the earliest day."""
        found: dict[str, Obligation] = {}
        for member in self._members:
            for duty in member.obligations_with(self.possible):
                had = found.get(duty.id)
                if had is None or duty.on < had.on:
                    found[duty.id] = duty
        return tuple(found.values())

    @cached_property
    def _latest(self) -> dict[str, tuple[int, bool]]:
        """The latest of every last day, and whether it is provisional.

        Where several members have the same last day, it is certain if one of them is.
        """
        found: dict[str, tuple[int, bool]] = {}
        for member in self._members:
            for name, (day, leaf) in member.last_days.items():
                one = (day, end_is_provisional(member.case, leaf))
                had = found.get(name, one)
                found[name] = max(had, one, key=lambda pair: (pair[0], not pair[1]))
        return found

    @cached_property
    def dates(self) -> Dates:
        """The days that matter: of every last day the latest."""
        own = [member.dates for member in self._members]
        first = next((dates for dates in own if dates.period_starts_on), own[0])
        latest: dict[str, Any] = dict.fromkeys(_LAST)
        latest |= {name: date.fromordinal(day) for name, (day, _) in self._latest.items()}
        begins = [
            RightBegins(qualified_id(member.case.policy, one.rule), one.on)
            for member in self._members
            for one in member.dates.begins
        ]
        return replace(first, **latest, begins=tuple(begins))

    @cached_property
    def provisional(self) -> tuple[str, ...]:
        """The dates that rest on a year whose rest days are not published."""
        return tuple(name for name in _LAST if name in self._latest and self._latest[name][1])

    def _owner(self, remedy: Remedy) -> Evaluation:
        return owner_of(self.case, remedy.rule)


_LAST: Final = ("period_ends_on", "refund_until", "exchange_until")


# --- what each finds of its own rules ----------------------------------------------------------


def _is_outside(member: Parts) -> bool:
    """Say whether something takes the claim out of what a policy guarantees."""
    verdict, policy = member.verdicts, member.case.policy
    return any(verdict[rule.id] == "holds" for rule in policy.outside)


def _found(case: Evaluation, rule: str) -> tuple[object, ...]:
    """Return what the policy of ``case`` finds of a rule."""
    skeleton = next(one for one in case.skeleton.findings if one.rule.id == rule)
    return skeleton.verdict, skeleton.barred_by, checks_of(case, skeleton.rule)


def named_finding(name: Naming, finding: Finding) -> Finding:
    """Return a finding of a member as the combined decision names it."""
    return replace(
        finding,
        rule=name(finding.rule),
        checks=tuple(named_check(name, check) for check in finding.checks),
        barred_by=tuple(map(name, finding.barred_by)),
    )


def named_check(name: Naming, check: Check) -> Check:
    """Return a check of a member with the rights it names as the combined decision does."""
    if check.fact != "rights":
        return check
    threshold, actual = (
        tuple(name(str(rule)) for rule in cast(tuple[str, ...], rules))
        for rules in (check.threshold, check.actual)
    )
    return replace(check, threshold=threshold, actual=actual)


# --- the best of every remedy ----------------------------------------------------------------


def _best(
    case: CombinedEvaluation, analysis: CaseAnalysis, parts: CombinedParts
) -> Iterator[Remedy]:
    """Yield what the consumer may choose now, strongest first."""
    if analysis.outcome == "paid_repair":
        lead = parts.ground
        if lead is None:
            yield Remedy("paid_repair", "", "repairer", ())
        else:
            yield Remedy("paid_repair", lead.rule, "repairer", lead.citations, policy=lead.policy)
        return
    chosen: dict[str, Remedy] = {}
    for kind in ("refund", "exchange", "free_repair"):
        certain = [_remedy(case, right) for right in analysis.certain if right.remedy == kind]
        if certain:
            best = _winner(case, certain)
            given = [remedy for remedy in certain if remedy.policy == best.policy]
            if kind == analysis.outcome == "refund":
                maybe = _candidates(case, analysis, kind)
                given += [
                    one
                    for one in maybe
                    if one.policy != best.policy and _kept(one) < min(map(_kept, given))
                ]
        elif kind == analysis.outcome:
            given = _sufficient(case, analysis, kind)
        else:
            given = []
        chosen.update((remedy.rule, remedy) for remedy in given)
    ranked = case.program.library.ranked
    yield from (chosen[one.right.id] for one in ranked if one.right.id in chosen)


def _remedy(case: CombinedEvaluation, right: Right, needs: tuple[str, ...] = ()) -> Remedy:
    owner = owner_of(case, right.id)
    return replace(remedy_of(owner, right, needs), policy=owner.policy.id)


def _winner(case: CombinedEvaluation, remedies: Sequence[Remedy]) -> Remedy:
    """Return the best of remedies of one kind; of equal refunds that of the strongest right.

    Of what is no refund that of the earlier member.
    """
    if remedies[0].remedy == "refund":
        order = [one.right.id for one in case.program.library.ranked]
        return min(remedies, key=lambda one: (_kept(one), order.index(one.rule)))
    members = [policy.id for policy in case.policy.members]
    return min(remedies, key=lambda remedy: members.index(str(remedy.policy)))


def _kept(remedy: Remedy) -> tuple[int, Decimal]:
    """Return what a refund keeps back: the less, the better.

    Of refunds whose money is not known one in full is the best, then what is known of the
    fee: days and rate.
    """
    if remedy.fee is not None:
        return 0, remedy.fee
    if remedy.rate_per_day is None:
        return 0, Decimal(0)
    if remedy.used_days is not None:
        return 1, remedy.rate_per_day * remedy.used_days
    return 2, remedy.rate_per_day


def _candidates(case: CombinedEvaluation, analysis: CaseAnalysis, kind: str) -> list[Remedy]:
    """Return the remedies there may be; a commitment's not where it only repeats another."""
    found: list[tuple[Remedy, frozenset[int]]] = []
    for right in analysis.candidates:
        if right.remedy == kind:
            remedy = _remedy(case, right, analysis.needs_for(right))
            same = replace(remedy, rule=simple_id(remedy.rule), policy=None)
            where = _open_where(analysis, right)
            if not any(
                replace(one, rule=simple_id(one.rule), policy=None) == same and where <= there
                for one, there in found
            ):
                found.append((remedy, where))
    return [remedy for remedy, _ in found]


def _open_where(analysis: CaseAnalysis, right: Right) -> frozenset[int]:
    """Return the cases, by their number, in which ``right`` is open or may be."""
    return frozenset(
        number
        for number, skeleton in enumerate(analysis.tried.values())
        if right in (*skeleton.certain, *skeleton.candidates)
    )


def _sufficient(case: CombinedEvaluation, analysis: CaseAnalysis, kind: str) -> list[Remedy]:
    """Return the remedies of which one is open in every case.

    Those of the first member that is enough, if it is no refund; of refunds another one may
    pay more.
    """
    found = _candidates(case, analysis, kind)
    if kind == "refund":
        return found
    for member in case.evaluations:
        own = {
            qualified_id(member.policy, right.id)
            for right in member.policy.rights
            if right.remedy == kind
        }
        if all(
            own & {right.id for right in skeleton.certain} for skeleton in analysis.tried.values()
        ):
            return [
                _remedy(case, right, analysis.needs_for(right))
                for right in analysis.candidates
                if right.id in own
            ]
    return found
