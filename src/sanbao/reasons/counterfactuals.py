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
from sanbao.evaluation.programs.combined import AnyCase
from sanbao.evaluation.unknowns import Resolution
from sanbao.model.codes import Outcome, RemedyKind
from sanbao.model.decision import DecisionParts
from sanbao.reasons.answers import Change
from sanbao.reasons.perturbations import Trial, trials

__all__ = ["changes_to", "nearest_changes", "open_remedies"]

Goal: TypeAlias = Callable[[Resolution], str | None]
"""Where a trial leads that one wants to go, if anywhere."""


def nearest_changes(decision: DecisionParts) -> tuple[Change, ...]:
    """Return the single changes that lead to another outcome, the strongest first.

    Among those that lead to one outcome codes come before dates, and near dates first.
    """
    here = decision.outcome

    def another(resolution: Resolution) -> str | None:
        return None if resolution.outcome == here else resolution.outcome

    return _nearest(decision.case, another, get_args(Outcome))


def changes_to(case: AnyCase, remedy: RemedyKind) -> tuple[Change, ...]:
    """Return the single changes after which ``remedy`` is open, the nearest first."""

    def open_(resolution: Resolution) -> str | None:
        return remedy if remedy in open_remedies(resolution) else None

    return _nearest(case, open_, (remedy,))


def open_remedies(resolution: Resolution) -> tuple[RemedyKind, ...]:
    """Return what the consumer may choose, strongest first."""
    if resolution.outcome == "paid_repair":
        return ("paid_repair",)
    found: list[Any] = [right.remedy for right in resolution.certain]
    if resolution.outcome not in (None, "excluded", *found):
        found.append(resolution.outcome)
    return tuple(kind for kind in get_args(RemedyKind) if kind in found)


def _nearest(case: AnyCase, goal: Goal, goals: tuple[str, ...]) -> tuple[Change, ...]:
    found: dict[tuple[Any, ...], list[Trial]] = {}
    for trial in _tried(case):
        aim = goal(trial.settled)
        if aim is not None:
            found.setdefault((aim, *_alike(trial)), []).append(trial)
    ranked = []
    for place, (key, alike) in enumerate(found.items()):
        nearest = min(alike, key=lambda trial: trial.distance or 0)
        is_code = nearest.distance is None
        values = tuple(trial.after for trial in alike) if is_code else (nearest.after,)
        rank = (goals.index(key[0]), not is_code, nearest.distance or 0, place)
        ranked.append((rank, _change(case, nearest, values)))
    return tuple(change for _, change in sorted(ranked, key=lambda entry: entry[0]))


@once
def _tried(case: AnyCase) -> tuple[Trial, ...]:
    """Return all trials of a case; made once, however many questions are asked."""
    return tuple(trials(case))


def _alike(trial: Trial) -> tuple[Any, ...]:
    """Return what trials have in common of which one is reported."""
    if trial.distance is None:
        return (trial.field, trial.action, trial.settled.outcome, open_remedies(trial.settled))
    return (trial.field, trial.action, trial.days is not None and trial.days > 0)


def _change(case: AnyCase, trial: Trial, values: tuple[Any, ...]) -> Change:
    change = Change(
        field=trial.field,
        action=trial.action,
        before=trial.before,
        after=trial.after,
        days=trial.days,
        values=values,
        outcome=trial.settled.outcome,
        remedies=open_remedies(trial.settled),
        rule=None,
        citations=(),
    )
    lead = decide_again(case, change.apply(case.claim)).lead
    return change if lead is None else replace(change, rule=lead.rule, citations=lead.citations)
