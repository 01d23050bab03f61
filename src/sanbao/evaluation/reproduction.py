"""From a receipt back to the decision: 回执复核.

A receipt names everything a decision was made from but the claim itself: library, policy,
readings, calendar. Given these and the claim, the decision comes out again byte for byte;
where something is not what it was, that is said instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sanbao._version import __version__
from sanbao.base.errors import Problem, ValidationError, shown
from sanbao.base.records import digest
from sanbao.dates.calendar import Calendar, chinese_calendar
from sanbao.evaluation.applicable import ApplicablePolicies, applicable_policies
from sanbao.evaluation.evaluator import AnyPolicy, evaluator_for
from sanbao.model.claim import Claim
from sanbao.model.decision import ReceiptData
from sanbao.policies import library
from sanbao.rules.combined import Combined
from sanbao.rules.policy import Policy
from sanbao.rules.versions import Possible, Versions

if TYPE_CHECKING:
    from sanbao.evaluation.evaluator import Named
    from sanbao.evaluation.programs.combined import AnyEvaluation

__all__ = ["kept", "reproduced"]


def reproduced(
    receipt: ReceiptData,
    claim: Claim | Mapping[str, Any],
    policy: Named | None = None,
    calendar: Calendar | None = None,
) -> AnyEvaluation:
    """Return the case that ``receipt`` was given for; see ``Receipt.reproduce``."""
    claim = claim if isinstance(claim, Claim) else Claim.model_validate(claim)
    days = chinese_calendar() if calendar is None else calendar
    if isinstance(policy, str):
        policy = library.resolve(policy)
    if not isinstance(policy, Policy | Combined | Versions | None):
        raise ValidationError.of("policy", policy, "must be a Policy")
    chosen = _chosen(claim, policy, days)
    if policy is None and _name(chosen) != receipt.policy:
        policy = _shipped(receipt.policy)  # it was not the claim that chose it
        chosen = _chosen(claim, policy, days)
    if problems := list(_differing(receipt, claim, chosen, days)):
        raise ValidationError(problems)
    return evaluator_for(policy, receipt.readings, days).evaluate(claim)


def _chosen(
    claim: Claim, policy: AnyPolicy | None, calendar: Calendar
) -> Policy | Combined | Possible:
    """Return what decides a claim where ``policy`` is given, as the engine chooses it."""
    if policy is None:
        policy = library.law()
    if isinstance(policy, Versions) or (isinstance(policy, Policy) and policy.kind == "regulation"):
        return ApplicablePolicies(policy, calendar).policy(claim)
    return policy


def _name(policy: Policy | Combined | Possible) -> str:
    return f"{policy.id}@{policy.version}"


def _shipped(name: str) -> Policy | Combined | None:
    """Return the shipped policies that a receipt names, if it names such."""
    ids, _, version = name.partition("@")
    names = ids.split("+")
    known = library.ids()
    if not all(one in known for one in names):
        return None
    if len(names) == 1:
        return next((one for one in library.versions(*names) if _name(one) == name), None)
    law, *promises = map(library.get, names)
    of_its_day = version.partition("+")[0]
    law = next((one for one in library.versions(law.id) if one.version == of_its_day), law)
    return Combined(law, tuple(promises))


def _differing(
    receipt: ReceiptData, claim: Claim, policy: Policy | Combined | Possible, calendar: Calendar
) -> Iterator[Problem]:
    for name, here in (
        ("library", __version__),
        ("policy", _name(policy)),
        ("policy_sha256", digest(policy.to_json())),
        ("calendar", calendar.id),
        ("calendar_last_known_year", calendar.last_known_year),
        ("claim_sha256", digest(claim.to_json())),
    ):
        row = getattr(receipt, name)
        if row != here:
            yield Problem(f"receipt.{name}", shown(row), f"is {shown(here)} here")


def kept(case: AnyEvaluation) -> tuple[Claim, AnyPolicy | None, Calendar | None]:
    """Return what a pickle of a decision keeps beside its JSON: claim, policy and calendar.

    ``None`` stands for what ships with the library, which the receipt names.
    """
    choice = applicable_policies(case)
    calendar: Calendar = case.program.library.calendar
    days = None if calendar is chinese_calendar() else calendar
    if choice is not None:
        return case.claim, None if choice.law is library.law() else choice.law, days
    policy = case.policy
    return case.claim, None if policy == _shipped(_name(policy)) else policy, days
