"""What a decision is worth to the consumer, subject by subject: 消费者所得.

Two decisions on one claim are compared by what the consumer has of them: the money, an
exchange, a free repair, whether the guarantees reach the goods at all, what comes along.
Which rule gives it, and who owes it, is no difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from sanbao.model.decision import DecisionParts

__all__ = ["Direction", "Subject", "advantages"]

Subject: TypeAlias = Literal["refund", "exchange", "free_repair", "standing", "duty"]
"""``standing``: the law reaches the goods, if only with a repair at a charge; ``duty``: an
obligation that comes along."""

Direction: TypeAlias = Literal["worse", "better"]

_IN_KIND: Final[tuple[Subject, ...]] = ("exchange", "free_repair")


def advantages(one: DecisionParts, other: DecisionParts) -> Iterator[tuple[Subject, str]]:
    """Yield in what ``one`` gives the consumer more than ``other``.

    Each is a subject and what is given: ``in_full`` or ``less_depreciation`` for a refund, an
    obligation's id for a duty, else the remedy. What comes along is compared where the
    outcome is the same.
    """
    money, less = _money(one), _money(other)
    if money is not None and (less is None or money > less):
        whole = any(r.remedy == "refund" and not r.fee and r.payable == money for r in one.remedies)
        yield "refund", "in_full" if whole else "less_depreciation"
    for kind in _IN_KIND:
        if _has(one, kind) and not _has(other, kind):
            yield kind, kind
    if (one.outcome, other.outcome) == ("paid_repair", "excluded"):
        yield "standing", "paid_repair"
    if one.outcome == other.outcome:
        theirs = {duty.id: duty.on for duty in other.obligations}
        for duty in one.obligations:
            if duty.id not in theirs or duty.on < theirs[duty.id]:
                yield "duty", duty.id


def _money(decision: DecisionParts) -> Decimal | None:
    """Return what is refunded in yuan; a refund of which nothing is left is none."""
    sums = [r.payable for r in decision.remedies if r.remedy == "refund" and r.payable]
    return max(sums, default=None)


def _has(decision: DecisionParts, kind: str) -> bool:
    return any(remedy.remedy == kind for remedy in decision.remedies)
