"""From a receipt back to the decision: 回执复核.

A receipt names everything a decision was made from but the claim itself: library, policy,
readings, calendar. Given these and the claim, the decision comes out again byte for byte;
where something is not what it was, that is said instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sanbao._version import __version__
from sanbao.calendar import Calendar, chinese_calendar
from sanbao.choice import Choice
from sanbao.claim import Claim
from sanbao.combined import Combined
from sanbao.decision import Decision, Receipt
from sanbao.engine import AnyPolicy, decide
from sanbao.errors import Problem, ValidationError, shown
from sanbao.plain import digest
from sanbao.policies import library
from sanbao.policy import Policy
from sanbao.versions import Possible, Versions

__all__ = ["reproduced"]


def reproduced(
    receipt: Receipt,
    claim: Claim | Mapping[str, Any],
    policy: AnyPolicy | None = None,
    calendar: Calendar | None = None,
) -> Decision:
    """Return the decision that ``receipt`` was given for; see :meth:`Receipt.reproduce`."""
    claim = claim if isinstance(claim, Claim) else Claim.model_validate(claim)
    days = chinese_calendar() if calendar is None else calendar
    if not isinstance(policy, Policy | Combined | Versions | None):
        raise ValidationError.of("policy", policy, "must be a Policy")
    chosen = _chosen(claim, policy, days)
    if policy is None and _name(chosen) != receipt.policy:
        policy = _shipped(receipt.policy)  # it was not the claim that chose it
        chosen = _chosen(claim, policy, days)
    if problems := list(_differing(receipt, claim, chosen, days)):
        raise ValidationError(problems)
    return decide(claim, policy=policy, readings=receipt.readings, calendar=days)


def _chosen(
    claim: Claim, policy: AnyPolicy | None, calendar: Calendar
) -> Policy | Combined | Possible:
    """Return what decides a claim where ``policy`` is given, as the engine chooses it."""
    if policy is None:
        policy = library.law()
    if isinstance(policy, Versions) or (isinstance(policy, Policy) and policy.kind == "regulation"):
        return Choice(policy, calendar).policy(claim)
    return policy


def _name(policy: Policy | Combined | Possible) -> str:
    return f"{policy.id}@{policy.version}"


def _shipped(name: str) -> Policy | Combined | None:
    """Return the shipped policies that a receipt names, if it names such."""
    names = name.partition("@")[0].split("+")
    known = library.ids()
    if not all(one in known for one in names):
        return None
    if len(names) == 1:
        return next((one for one in library.versions(*names) if _name(one) == name), None)
    law, *promises = map(library.get, names)
    return Combined(law, tuple(promises))


def _differing(
    receipt: Receipt, claim: Claim, policy: Policy | Combined | Possible, calendar: Calendar
) -> Iterator[Problem]:
    for name, here in (
        ("library", __version__),
        ("policy", _name(policy)),
        ("policy_sha256", digest(policy.to_json())),
        ("calendar", calendar.id),
        ("calendar_last_known_year", calendar.last_known_year),
        ("claim_sha256", digest(claim.to_json())),
    ):
        stated = getattr(receipt, name)
        if stated != here:
            yield Problem(f"receipt.{name}", shown(stated), f"is {shown(here)} here")
