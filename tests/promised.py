"""A claim under the regulation and under one promise alone, for the tests of the promises."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import sanbao
from claims import goods
from sanbao import Decision, Engine, policies

__all__ = ["beside", "both", "had", "on_wednesday", "outcomes", "under"]


@cache
def _engine(promise: str) -> Engine:
    return Engine(policies.get(promise))


def under(promise: str, claim: Mapping[str, Any]) -> Decision:
    """Return the decision by the promise alone."""
    return _engine(promise).decide(claim)


def had(decision: Decision) -> tuple[str, ...]:
    """Return what the consumer may choose, by name."""
    return tuple(remedy.remedy for remedy in decision.remedies)


def both(promise: str, claim: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what the consumer may choose by the regulation and by the promise alone."""
    return had(sanbao.decide(claim)), had(under(promise, claim))


def beside(promise: str, claim: Mapping[str, Any]) -> tuple[tuple[str, str | None], ...]:
    """Return what the consumer may choose by both together, each with the policy it is from."""
    decision = sanbao.decide({**claim, "commitments": [promise]})
    return tuple((remedy.remedy, remedy.policy) for remedy in decision.remedies)


def outcomes(promise: str, claim: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Return the outcome by the regulation and by the promise alone."""
    return sanbao.decide(claim).outcome, under(promise, claim).outcome


def on_wednesday(claimed_on: str, /, **more: Any) -> dict[str, Any]:
    """Return the claim for a phone sold on Wednesday 2025-06-11.

    Day 7 is Wednesday 2025-06-18, day 15 Thursday 2025-06-26, day 30 Friday 2025-07-11; with the
    first day counted each is a day earlier. ``confirmed``, ``detail``, ``housing_worn`` and
    ``complete`` are facts that promises ask for.
    """
    asked = {"fault.confirmed", "fault.detail", "product.housing_worn", "product.complete"}
    facts = {path: more.pop(path.partition(".")[2], None) for path in asked}
    claim = goods("handset", "screen_fault", claimed_on=claimed_on, sold_on="2025-06-11", **more)
    for path, value in facts.items():
        part, _, name = path.partition(".")
        if value is not None:
            claim[part][name] = value
    return claim
