"""What businesses ask of one another when goods come back: 经销商核对清单.

A maker that takes an exchanged phone off a dealer's hands has a list of its own: stickers
complete, card unaltered, invoice legible. Whoever fails such a list bears the cost, and that
is all: the seller answers to the consumer whatever was agreed between businesses (art. 3), and
has recourse or not (art. 22). :func:`check` shows it item by item, with what the consumer has.

Lists are data, ``checklist-*.toml`` beside the promises; a file more is a list more.

>>> from sanbao import checklists
>>> checklists.ids()
('15-day-exchange', 'accessories', 'doa-exchange')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sanbao.base.errors import Problem, Reason, ValidationError, shown, suggestion
from sanbao.checklists.reader import get, ids, load
from sanbao.checklists.records import Checklist, Failure, Item, changes_of
from sanbao.checklists.result import Checked, CheckedItem, Standing
from sanbao.decision import Decision
from sanbao.engine import decide
from sanbao.evaluation.unknowns import verdicts
from sanbao.model.citation import Citation
from sanbao.model.claim import Claim
from sanbao.model.claim_patch import changed_claim
from sanbao.rules.policy import Bar, Grade

__all__ = ["Checked", "CheckedItem", "Checklist", "Failure", "Item", "check", "get", "ids", "load"]


def check(
    checklist: Checklist, claim: Claim | Mapping[str, Any], passed: Mapping[str, bool | None]
) -> Checked:
    """Say whether a claim between businesses stands, and what the consumer has: 核对.

    ``passed`` tells by the ids of the items whether each is met; what is left out, or
    ``None``, nobody said. The consumer's claim is decided by the law and by the commitments
    it names, never by the list. Raises :class:`~sanbao.ValidationError` for an item nobody
    knows, and for a claim that cannot be.

    >>> found = check(
    ...     get("doa-exchange"),
    ...     {"claimed_on": "2025-07-04", "product": {"kind": "handset"}},
    ...     {"protective_film": False},
    ... )
    >>> found.standing, found.failed
    ('fails', ('protective_film',))
    """
    if not isinstance(checklist, Checklist):
        raise ValidationError.of("checklist", checklist, Reason("checklist.type"))
    answers = _answers(checklist, passed)
    stated = claim if isinstance(claim, Claim) else Claim.model_validate(claim)
    items = tuple(_checked(item, answers.get(item.id), stated) for item in checklist.items)
    found = {item.passed for item in items}
    standing: Standing = "fails" if False in found else "open" if None in found else "stands"
    checked = Checked(checklist, stated, standing, items, decide(stated))
    touching = [checklist.item(one.item) for one in items if one.decision is not None]
    if len(touching) < 2:
        return checked
    together = _decided(stated, *touching)
    return replace(checked, together=together, by_together=_about_papers(together))


def _answers(checklist: Checklist, passed: object) -> Mapping[str, bool | None]:
    if not isinstance(passed, Mapping):
        raise ValidationError.of("passed", passed, Reason("checklist.answers_type"))
    known = [item.id for item in checklist.items]
    problems = []
    for name, value in passed.items():
        if name not in known:
            reason = Reason("checklist.no_item", id=checklist.id).then(suggestion(name, known))
            problems.append(Problem("passed", shown(name), reason))
        elif value is not None and not isinstance(value, bool):
            reason = Reason("checklist.answer")
            problems.append(Problem(f"passed.{name}", shown(value), reason))
    if problems:
        raise ValidationError(problems)
    return passed


def _checked(item: Item, passed: bool | None, claim: Claim) -> CheckedItem:
    if passed is not False or not item.failing:
        return CheckedItem(item.id, passed)
    decision = _decided(claim, item)
    return CheckedItem(item.id, passed, decision, _about_papers(decision))


def _decided(claim: Claim, *items: Item) -> Decision:
    """Return the decision on ``claim`` with the facts of failed items."""
    return decide(changed_claim(claim, changes_of(*items)))


def _about_papers(decision: Decision) -> tuple[Citation, ...]:
    """Return the articles of the bars and grades that hold."""
    found: dict[Citation, None] = {}
    for case in decision.case.evaluations:
        rules: tuple[Bar | Grade, ...] = (*case.policy.bars, *case.policy.grades)
        verdict = verdicts(case)
        for rule in rules:
            if verdict[rule.id] == "holds":
                found |= dict.fromkeys(rule.cites)
    return tuple(found)
