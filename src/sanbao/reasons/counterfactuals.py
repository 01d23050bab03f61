"""Single facts whose change alone would lead elsewhere: 单项变化.

Of all trials (:mod:`sanbao.reasons.perturbations`) those are kept that lead where one wants to go:
of dates the nearest in each direction, of codes all that do the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias, get_args

from sanbao.base.once import once
from sanbao.evaluation.parts.forming import decide_again
from sanbao.evaluation.programs.combined import AnyEvaluation
from sanbao.evaluation.unknowns import CaseAnalysis
from sanbao.model.codes import Outcome, RemedyKind
from sanbao.model.decision import DecisionParts
from sanbao.reasons.answers import Change
from sanbao.reasons.perturbations import Perturbation, perturbations

__all__ = ["changes_to", "nearest_changes", "open_remedies"]

Goal: TypeAlias = Callable[[CaseAnalysis], str | None]
"""Where a trial leads that one wants to go, if anywhere."""


def nearest_changes(decision: DecisionParts) -> tuple[Change, ...]:
    """Return the single changes that lead to another outcome, the strongest first.

    Among those that lead to one outcome codes come before dates, and near dates first.
    """
    here = decision.outcome

    def another(case_analysis: CaseAnalysis) -> str | None:
        return None if case_analysis.outcome == here else case_analysis.outcome

    return _nearest(decision.case, another, get_args(Outcome))


def changes_to(case: AnyEvaluation, remedy: RemedyKind) -> tuple[Change, ...]:
    """Return the single changes after which ``remedy`` is open, the nearest first."""

    def open_(case_analysis: CaseAnalysis) -> str | None:
        return remedy if remedy in open_remedies(case_analysis) else None

    return _nearest(case, open_, (remedy,))


def open_remedies(case_analysis: CaseAnalysis) -> tuple[RemedyKind, ...]:
    """Return what the consumer may choose, strongest first."""
    if case_analysis.outcome == "paid_repair":
        return ("paid_repair",)
    found: list[Any] = [right.remedy for right in case_analysis.certain]
    if case_analysis.outcome not in (None, "excluded", *found):
        found.append(case_analysis.outcome)
    return tuple(kind for kind in get_args(RemedyKind) if kind in found)


def _nearest(case: AnyEvaluation, goal: Goal, goals: tuple[str, ...]) -> tuple[Change, ...]:
    found: dict[tuple[Any, ...], list[Perturbation]] = {}
    for perturbation in _tried(case):
        aim = goal(perturbation.analysis)
        if aim is not None:
            found.setdefault((aim, *_alike(perturbation)), []).append(perturbation)
    ranked = []
    for place, (key, alike) in enumerate(found.items()):
        nearest = min(alike, key=lambda perturbation: perturbation.distance or 0)
        is_code = nearest.distance is None
        values = (
            tuple(perturbation.after for perturbation in alike) if is_code else (nearest.after,)
        )
        rank = (goals.index(key[0]), not is_code, nearest.distance or 0, place)
        ranked.append((rank, _change(case, nearest, values)))
    return tuple(change for _, change in sorted(ranked, key=lambda entry: entry[0]))


@once
def _tried(case: AnyEvaluation) -> tuple[Perturbation, ...]:
    """Return all trials of a case; made once, however many questions are asked."""
    return tuple(perturbations(case))


def _alike(perturbation: Perturbation) -> tuple[Any, ...]:
    """Return what trials have in common of which one is reported."""
    if perturbation.distance is None:
        return (
            perturbation.field,
            perturbation.action,
            perturbation.analysis.outcome,
            open_remedies(perturbation.analysis),
        )
    return (
        perturbation.field,
        perturbation.action,
        perturbation.days is not None and perturbation.days > 0,
    )


def _change(case: AnyEvaluation, perturbation: Perturbation, values: tuple[Any, ...]) -> Change:
    change = Change(
        field=perturbation.field,
        action=perturbation.action,
        before=perturbation.before,
        after=perturbation.after,
        days=perturbation.days,
        values=values,
        outcome=perturbation.analysis.outcome,
        remedies=open_remedies(perturbation.analysis),
        rule=None,
        citations=(),
    )
    lead = decide_again(case, change.apply(case.claim)).lead
    if lead is None:
        return change
    return replace(change, rule=lead.rule, policy=lead.policy, citations=lead.citations)
