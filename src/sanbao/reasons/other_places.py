"""What a local regulation would give more, were the place known: 他处规定.

A place that nobody names is not settled by cases: the claim is decided by the national law. Where a
local regulation (地方性法规) would give the consumer more, he should hear of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sanbao.base.errors import ValidationError
from sanbao.evaluation.advantage import advantages
from sanbao.evaluation.applicable import applicable_policies
from sanbao.evaluation.parts.forming import decide_again
from sanbao.model.claim import Claim
from sanbao.model.claim_patch import changed_claim
from sanbao.model.decision import DecisionParts, Remedy
from sanbao.rules.policy import Policy

__all__ = ["Elsewhere", "elsewhere"]


class Elsewhere(NamedTuple):
    """What the local regulation ``policy`` of ``province`` (ISO 3166-2) would give beside.

    ``remedies`` are the best of each kind, and ``decision`` is the one that was made there.
    """

    policy: str
    province: str
    remedies: tuple[Remedy, ...]
    decision: DecisionParts


def elsewhere(decision: DecisionParts) -> tuple[Elsewhere, ...]:
    """Return the local regulations that would give more, were the sale or the trader there.

    Only those are tried that a field of the claim that is not known could bring in; none where
    several policies, or one of one's own, were chosen to decide, and none for a decision that
    was read from JSON: it does not hold its claim.
    """
    if _gives_all(decision):
        return ()
    try:
        case = decision.case
    except ValidationError:
        return ()
    law = case.evaluations[0].policy
    choice = applicable_policies(case)
    if choice is None:
        return ()
    found = []
    for policy in choice.policies.local(law.id):
        for province, claim in _placed(policy, case.claim):
            there = decide_again(case, claim)
            if remedies := _more(decision, there, policy):
                found.append(Elsewhere(policy.id, province, remedies, there))
    return tuple(found)


def _gives_all(decision: DecisionParts) -> bool:
    """Say whether nothing could give more: a refund in full, an exchange and a free repair."""
    kinds = {remedy.remedy for remedy in decision.remedies if not remedy.needs and not remedy.fee}
    return kinds >= {"refund", "exchange", "free_repair"}


def _placed(policy: Policy, claim: Claim) -> Iterator[tuple[str, Claim]]:
    """Yield the claim with one place filled in that brings ``policy`` in, if it can be."""
    purchase = claim.purchase
    if policy.governs(purchase.province, purchase.trader_province):
        return
    for field, provinces in (
        ("province", policy.provinces),
        ("trader_province", policy.trader_provinces),
    ):
        if getattr(purchase, field) is None and provinces:
            yield provinces[0], changed_claim(claim, {f"purchase.{field}": provinces[0]})
            return


def _more(here: DecisionParts, there: DecisionParts, policy: Policy) -> tuple[Remedy, ...]:
    """Return the remedies of ``policy`` in which ``there`` gives more than ``here``."""
    kinds = {subject for subject, _ in advantages(there, here)}
    best: dict[str, Remedy] = {}
    for remedy in there.remedies:
        if remedy.policy == policy.id and remedy.remedy in kinds and not remedy.needs:
            best.setdefault(remedy.remedy, remedy)
    return tuple(best.values())
