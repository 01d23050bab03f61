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
from sanbao.claim import Claim
from sanbao.decision import Decision, Receipt
from sanbao.engine import decide
from sanbao.errors import Problem, ValidationError, shown
from sanbao.plain import digest
from sanbao.policies import MOBILE_2001
from sanbao.policy import Policy

__all__ = ["reproduced"]


def reproduced(
    receipt: Receipt,
    claim: Claim | Mapping[str, Any],
    policy: Policy | None = None,
    calendar: Calendar | None = None,
) -> Decision:
    """Return the decision that ``receipt`` was given for; see :meth:`Receipt.reproduce`."""
    claim = claim if isinstance(claim, Claim) else Claim.model_validate(claim)
    chosen = MOBILE_2001 if policy is None else policy
    days = chinese_calendar() if calendar is None else calendar
    if problems := list(_differing(receipt, claim, chosen, days)):
        raise ValidationError(problems)
    return decide(claim, policy=chosen, readings=receipt.readings, calendar=days)


def _differing(
    receipt: Receipt, claim: Claim, policy: Policy, calendar: Calendar
) -> Iterator[Problem]:
    for name, here in (
        ("library", __version__),
        ("policy", f"{policy.id}@{policy.version}"),
        ("policy_sha256", digest(policy.to_json())),
        ("calendar", calendar.id),
        ("calendar_last_known_year", calendar.last_known_year),
        ("claim_sha256", digest(claim.to_json())),
    ):
        stated = getattr(receipt, name)
        if stated != here:
            yield Problem(f"receipt.{name}", shown(stated), f"is {shown(here)} here")
