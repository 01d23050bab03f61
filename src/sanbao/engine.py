"""Claims in, decisions out: 判定.

:func:`decide` is the door. An :class:`Engine` holds one policy under one set of readings
and one calendar, and may be shared by threads; what it comes to is worked out by
:mod:`sanbao.evaluation.evaluator`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sanbao.dates.calendar import Calendar
from sanbao.decision import Decision
from sanbao.evaluation.evaluator import AnyPolicy, Evaluator, Named, evaluator_for
from sanbao.model.claim import Claim
from sanbao.model.readings import Readings
from sanbao.policies.policy_set import PolicySet

__all__ = ["AnyPolicy", "Engine", "Named", "decide"]


class Engine(Evaluator):
    """A policy ready to decide: 判定引擎. See :class:`Evaluator` for what it is made of."""

    def decide(self, claim: Claim | Mapping[str, Any]) -> Decision:
        """Decide one claim. Raises :class:`~sanbao.ValidationError` if it cannot be."""
        if type(claim) is not Claim:
            claim = Claim.model_validate(claim, context=self.codes)
        return Decision(self.evaluate(claim))


def decide(
    claim: Claim | Mapping[str, Any],
    policy: Named | None = None,
    readings: Readings | Mapping[str, str] | None = None,
    calendar: Calendar | None = None,
    policies: PolicySet | None = None,
) -> Decision:
    """Decide ``claim``: 判定.

    ``claim`` is a :class:`~sanbao.Claim` or a mapping with the names of the JSON
    contract. ``policy`` defaults to the law that lists the goods, in force on the day of the sale,
    and if it is a regulation the commitments that the claim names decide as well; it may be a name
    such as ``"vivo-2016"`` (:func:`sanbao.policies.resolve`). ``policies`` is the set in which
    laws and commitments are found; it defaults to what ships. ``readings`` defaults to
    the reading closest to the text, ``calendar`` to the published rest days of mainland
    China. The decision depends on these and on nothing else: no clock, locale or environment
    is read.

    Raises :class:`~sanbao.ValidationError` for a claim that cannot be.

    >>> decide({"claimed_on": "2026-03-20", "product": {"kind": "other"}}).outcome
    'excluded'
    """
    evaluator = evaluator_for(policy, readings, calendar, policies)
    if type(claim) is not Claim:
        claim = Claim.model_validate(claim, context=evaluator.codes)
    return Decision(evaluator.evaluate(claim))
