"""What the facts that are not known would settle: 待查事实的作用.

Where a decision leaves something open, each fact it needs is filled in with what it could be, and
the claim is decided again. So people hear which question is worth asking first, and which answer
leads where. The JSON of a decision has its ``needs`` in an order of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

from sanbao.base.errors import ValidationError
from sanbao.base.once import once
from sanbao.evaluation.parts.forming import decide_again, parts_of
from sanbao.evaluation.programs.by_version import possible_sales
from sanbao.evaluation.programs.combined import AnyEvaluation
from sanbao.evaluation.unknowns import case_analysis
from sanbao.model.claim_patch import changed_claim
from sanbao.model.codes import Outcome
from sanbao.model.decision import DecisionParts
from sanbao.model.fields import FIELDS, SALE
from sanbao.rules.policy import Policy, codes_of

__all__ = ["OpenAnswer", "OpenFact", "open_facts"]

_MOST_DECIDED: Final = 64
"""How many times a claim is decided again, at most, to hear what its open facts would settle."""

_SYMPTOM: Final = "fault.symptom"

_KNOWN_FIRST: Final = (
    _SYMPTOM,
    "product.bought_with_phone",
    "product.housing_worn",
    "product.complete",
    "evidence.invoice",
    "evidence.voucher",
    SALE.path,
)
"""What a consumer knows himself, that for which he needs no papers first; others follow."""


class OpenAnswer(NamedTuple):
    """What an open fact could be, and what is decided if it is so: 可能的回答.

    ``value`` is as in the claim's JSON; of days (``first`` to ``last``) no rule tells one from the
    other in the outcomes that remain, and an end that is ``None`` is open.
    """

    value: bool | str
    decision: DecisionParts
    first: date | None = None
    last: date | None = None


class OpenFact(NamedTuple):
    """A field of the claim that is needed, and what its answers lead to: 待查事实.

    ``answers`` are none for a field that may be anything, like a price. ``faults`` are those that
    the law lists for goods of this kind, where it is the fault that is asked for.
    """

    field: str
    answers: tuple[OpenAnswer, ...] = ()
    faults: frozenset[str] = frozenset()


def open_facts(decision: DecisionParts) -> tuple[OpenFact, ...]:
    """Return what ``decision`` needs to know, what matters most first.

    First comes what alone decides between outcomes, then what narrows them, then what opens or
    closes another remedy or changes the money, and last all else; among equals what a consumer
    knows himself. A decision that was read from JSON does not hold its claim: its needs stay in
    their order, without answers.
    """
    if not decision.needs:
        return ()
    try:
        case = decision.case
    except ValidationError:
        return tuple(OpenFact(field) for field in decision.needs)
    return _open_facts(case)


@once
def _open_facts(case: AnyEvaluation) -> tuple[OpenFact, ...]:
    found, left = [], _MOST_DECIDED
    for field in parts_of(case).needs:
        one = _open_fact(case, field, left)
        left -= len(one.answers)
        found.append(one)
    return tuple(sorted(found, key=lambda one: (_weight(one), _known(one.field))))


def _known(field: str) -> int:
    return _KNOWN_FIRST.index(field) if field in _KNOWN_FIRST else len(_KNOWN_FIRST)


def _weight(fact: OpenFact) -> int:
    """Return how much a fact matters: 0 for one that alone decides between outcomes."""
    possible = {one.decision.possible for one in fact.answers}
    if len(possible) > 1:
        return 0 if all(one.decision.outcome for one in fact.answers) else 1
    given = {
        tuple((remedy.ref, remedy.payable) for remedy in one.decision.remedies)
        for one in fact.answers
    }
    return 2 if len(given) > 1 else 3


def _open_fact(case: AnyEvaluation, field: str, most: int) -> OpenFact:
    """Return a fact with what its answers lead to, if they are no more than ``most``."""
    if field == SALE.path:
        return OpenFact(field, tuple(_sales(case, most)))
    declared = FIELDS.get(re.sub(r"\[[0-9]+\]", "", field))
    values: Iterable[bool | str] = () if declared is None else declared.may_be
    faults = frozenset[str]()
    policies = tuple(one.policy for one in case.evaluations)
    if field == _SYMPTOM:
        faults = _faults(policies, case.claim.row.kind)
        values = codes_of(policies, "symptom")
    values = tuple(values)
    if len(values) > most:
        return OpenFact(field)
    answers = [
        OpenAnswer(value, decide_again(case, changed_claim(case.claim, {field: value})))
        for value in values
    ]
    if field == _SYMPTOM:
        answers = list(_without_faults_of_other_goods(answers, policies, faults))
    return OpenFact(field, tuple(answers), faults)


def _faults(policies: Iterable[Policy], kind: str) -> frozenset[str]:
    """Return the faults that policies list for goods of a kind."""
    lines = (policy.coverage(kind) for policy in policies)
    return frozenset(fault for line in lines if line for fault in line.faults)


def _without_faults_of_other_goods(
    answers: Iterable[OpenAnswer], policies: Iterable[Policy], faults: frozenset[str]
) -> Iterator[OpenAnswer]:
    """Yield the answers without faults of other goods, unless they lead where no other leads."""
    listed = {fault for one in policies for line in one.catalogue for fault in line.faults}
    others = listed - faults
    known = {one.decision.possible for one in answers if one.value not in others}
    for one in answers:
        if one.value not in others or one.decision.possible not in known:
            yield one


def _sales(case: AnyEvaluation, most: int) -> Iterator[OpenAnswer]:
    """Yield the days on which the sale may have been, by the outcomes that remain.

    The latest first. Nothing is sold after it was handed in for repair.
    """
    analysis = case_analysis(case)
    remaining: dict[int, set[Outcome]] = {}
    for choice, skeleton in analysis.tried.items():
        remaining.setdefault(choice[-1], set()).update(skeleton.outcomes)
    days = [day for day in analysis.sales if day is not None]
    runs = [list(run) for _, run in groupby(range(len(days)), key=remaining.__getitem__)]
    if len(runs) > most:
        return
    earliest, latest = possible_sales(case.claim.row)
    end = latest if latest < case.claim.row.claimed else None
    for run in reversed(runs):
        first, after = days[run[0]], run[-1] + 1
        last = days[after] - 1 if after < len(days) else end
        day = date.fromordinal(first).isoformat()
        yield OpenAnswer(
            day,
            decide_again(case, changed_claim(case.claim, {SALE.path: day})),
            None if run[0] == 0 and earliest == 1 else date.fromordinal(first),
            None if last is None else date.fromordinal(last),
        )
