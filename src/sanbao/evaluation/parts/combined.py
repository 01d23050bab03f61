"""The parts of a decision that several policies have made together: 合并决定.

Of every remedy the consumer has the best that any of them gives: the first one that gives an
exchange or a free repair, the refund of most money. What each finds of its own rules stays
its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sanbao.base.once import once_property
from sanbao.evaluation.parts.findings import checks_of, end_is_provisional
from sanbao.evaluation.parts.remedies import charged_repair, remedy_of
from sanbao.evaluation.parts.single import Parts
from sanbao.evaluation.programs.by_version import AnyRight
from sanbao.evaluation.programs.combined import CombinedEvaluation, Ranked, of_policy
from sanbao.evaluation.programs.evaluation import Evaluation
from sanbao.evaluation.unknowns import CaseAnalysis, case_analysis
from sanbao.model.decision import Dates, Lead, Remedy
from sanbao.model.rule_ref import RuleRef

__all__ = ["CombinedParts"]

_DAY: Final = date.fromordinal


class CombinedParts(Parts):
    """What several policies have decided together; see :class:`Parts`."""

    @once_property
    def members(self) -> tuple[Parts, ...]:
        """What each policy has decided alone."""
        return tuple(map(Parts, self.case.evaluations))

    @once_property
    def lead(self) -> Lead | None:
        """The finding that decides."""
        if self.outcome in (None, "paid_repair", "excluded"):
            return self.ground
        of_kind = [remedy for remedy in self.remedies if remedy.remedy == self.outcome]
        certain = [remedy for remedy in of_kind if not remedy.needs]
        first = (certain or of_kind)[0]
        return Lead(first.rule, first.citations, first.policy)

    def because(self, wanted: str) -> Iterator[RuleRef]:
        """Yield the rules that keep ``wanted`` away, the nearest to it first.

        Members whose right nothing but its own conditions keeps away come first. What a commitment
        only repeats is left out.
        """
        told: dict[str, list[Evaluation]] = {}
        """The cases whose rule was told, by its id."""
        for member in sorted(self.members, key=_is_outside):
            for ref in dict.fromkeys(member.because(wanted)):
                case, others = member.case, told.setdefault(ref.rule, [])
                if not others or _found(case, ref.rule) not in [
                    _found(other, ref.rule) for other in others
                ]:
                    others.append(case)
                    yield ref

    @once_property
    def remedies(self) -> tuple[Remedy, ...]:
        """What the consumer may choose now, strongest first."""
        return tuple(_best(self.case, case_analysis(self.case), self))

    @once_property
    def _latest(self) -> dict[str, tuple[int, bool]]:
        """The latest of every last day, and whether it is provisional.

        Where several members have the same last day, it is certain if one of them is.
        """
        found: dict[str, tuple[int, bool]] = {}
        for member in self.members:
            for name, (day, _, leaf) in member.last_days.items():
                one = (day, end_is_provisional(member.case, leaf))
                had = found.get(name, one)
                found[name] = max(had, one, key=lambda pair: (pair[0], not pair[1]))
        return found

    @once_property
    def dates(self) -> Dates:
        """The days that matter: of every last day the latest."""
        own = [member.dates for member in self.members]
        first = next((dates for dates in own if dates.period_starts_on), own[0])
        latest: dict[str, Any] = dict.fromkeys(_LAST)
        latest |= {name: date.fromordinal(day) for name, (day, _) in self._latest.items()}
        begins = tuple(one for dates in own for one in dates.begins)
        return replace(first, **latest, begins=begins)

    @once_property
    def provisional(self) -> tuple[str, ...]:
        """The dates that rest on a year whose rest days are not published."""
        return tuple(name for name in _LAST if name in self._latest and self._latest[name][1])


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


# --- the best of every remedy ----------------------------------------------------------------


def _best(
    case: CombinedEvaluation, analysis: CaseAnalysis, parts: CombinedParts
) -> Iterator[Remedy]:
    """Yield what the consumer may choose now, strongest first."""
    if analysis.outcome == "paid_repair":
        yield charged_repair(case, parts.ground)
        return
    chosen: dict[RuleRef, Remedy] = {}
    for kind in ("refund", "exchange", "free_repair"):
        certain = [_remedy(case, right) for right in _of_kind(analysis.certain, kind)]
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
        chosen.update((remedy.ref, remedy) for remedy in given)
    ranked = case.program.library.ranked
    yield from (chosen[one.ref] for one in ranked if one.ref in chosen)


def _remedy(case: CombinedEvaluation, right: Ranked, needs: tuple[str, ...] = ()) -> Remedy:
    return remedy_of(of_policy(case, right.ref.policy), right, needs)


def _winner(case: CombinedEvaluation, remedies: Sequence[Remedy]) -> Remedy:
    """Return the best of remedies of one kind; of equal refunds that of the strongest right.

    Of what is no refund that of the earlier member.
    """
    if remedies[0].remedy == "refund":
        order = [one.ref for one in case.program.library.ranked]
        return min(remedies, key=lambda one: (_kept(one), order.index(one.ref)))
    members = [member.policy.id for member in case.evaluations]
    return min(remedies, key=lambda remedy: members.index(remedy.policy))


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
    for right in _of_kind(analysis.candidates, kind):
        remedy = _remedy(case, right, analysis.needs_for(right))
        same = replace(remedy, policy="")
        where = _open_where(analysis, right)
        if not any(replace(one, policy="") == same and where <= there for one, there in found):
            found.append((remedy, where))
    return [remedy for remedy, _ in found]


def _open_where(analysis: CaseAnalysis, right: Ranked) -> frozenset[int]:
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
    for place in range(len(case.evaluations)):
        if all(
            any(right.policy == place for right in _of_kind(skeleton.certain, kind))
            for skeleton in analysis.tried.values()
        ):
            return [
                _remedy(case, right, analysis.needs_for(right))
                for right in _of_kind(analysis.candidates, kind)
                if right.policy == place
            ]
    return found


def _of_kind(rights: Iterable[AnyRight], kind: str) -> Iterator[Ranked]:
    """Yield the rights to one remedy, each of one of several policies."""
    for right in rights:
        if isinstance(right, Ranked) and right.remedy == kind:
            yield right
