"""From a receipt back to the decision: 回执复核.

A receipt names everything a decision was made from but the claim itself: library, policy,
readings, calendar. Given these and the claim, the decision comes out again byte for byte;
where something is not what it was, that is said instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from sanbao._version import __version__
from sanbao.base.errors import Problem, Reason, ValidationError, shown
from sanbao.base.records import digest
from sanbao.dates.calendar import Calendar, chinese_calendar
from sanbao.evaluation.applicable import ApplicablePolicies, applicable_policies, day_of_law
from sanbao.evaluation.evaluator import AnyPolicy, evaluator_for
from sanbao.model.claim import Claim
from sanbao.model.decision import PolicyRef, ReceiptData
from sanbao.policies.policy_set import PolicySet
from sanbao.rules.combined import Combined
from sanbao.rules.policy import Policy
from sanbao.rules.versions import Possible, Versions

if TYPE_CHECKING:
    from sanbao.evaluation.evaluator import Named
    from sanbao.evaluation.programs.combined import AnyEvaluation

__all__ = ["Kept", "kept", "name_and_version", "reproduced"]

Kept: TypeAlias = "tuple[Claim, AnyPolicy | None, Calendar | None, PolicySet | None]"
"""Claim, policy, calendar and set of policies."""


def reproduced(
    receipt: ReceiptData,
    claim: Claim | Mapping[str, Any],
    policy: Named | None = None,
    calendar: Calendar | None = None,
    policies: PolicySet | None = None,
) -> AnyEvaluation:
    """Return the case that ``receipt`` was given for; see ``Receipt.reproduce``."""
    claim = claim if isinstance(claim, Claim) else Claim.model_validate(claim)
    days = chinese_calendar() if calendar is None else calendar
    within = PolicySet.shipped() if policies is None else policies
    if isinstance(policy, str):
        policy = within.resolve(policy)
    if not isinstance(policy, Policy | Combined | Versions | None):
        raise ValidationError.of("policy", policy, Reason("policy.type_policy"))
    chosen = _chosen(claim, policy, days, within)
    if policy is None and name_and_version(chosen) != receipt.policy:
        policy = _named(receipt.policy, within)  # it was not the claim that chose it
        chosen = _chosen(claim, policy, days, within)
    if problems := list(_differing(receipt, claim, chosen, days)):
        raise ValidationError(problems)
    return evaluator_for(policy, receipt.readings, days, policies).evaluate(claim)


def _chosen(
    claim: Claim, policy: AnyPolicy | None, calendar: Calendar, policies: PolicySet
) -> Policy | Combined | Possible:
    """Return what decides a claim where ``policy`` is given, as the engine chooses it."""
    if policy is None:
        policy = policies.law_of(claim.product.kind, day_of_law(claim))
    if isinstance(policy, Versions) or (isinstance(policy, Policy) and policy.kind == "regulation"):
        return ApplicablePolicies(policy, calendar, policies).policy(claim)
    return policy


def name_and_version(policy: Policy | Combined | Possible | PolicyRef) -> str:
    """Return how a receipt names a policy: ``cn.mobile-2001@2001-11-15``."""
    return f"{policy.id}@{policy.version}"


def _named(name: str, policies: PolicySet) -> Policy | Combined | None:
    """Return the policies of a set that a receipt names, if it names such."""
    ids, _, version = name.partition("@")
    names = ids.split("+")
    known = policies.ids()
    if not all(one in known for one in names):
        return None
    if len(names) == 1:
        return next(
            (one for one in policies.versions(*names) if name_and_version(one) == name), None
        )
    law, *promises = map(policies.get, names)
    of_its_day = version.partition("+")[0]
    law = next((one for one in policies.versions(law.id) if one.version == of_its_day), law)
    return Combined(law, tuple(promises))


def _differing(
    receipt: ReceiptData, claim: Claim, policy: Policy | Combined | Possible, calendar: Calendar
) -> Iterator[Problem]:
    for name, here in (
        ("library", __version__),
        ("policy", name_and_version(policy)),
        ("policy_sha256", digest(policy.to_json())),
        ("calendar", calendar.id),
        ("calendar_last_known_year", calendar.last_known_year),
        ("claim_sha256", digest(claim.to_json())),
    ):
        row = getattr(receipt, name)
        if row != here:
            yield Problem(
                f"receipt.{name}", shown(row), Reason("policy.other_here", here=shown(here))
            )


def kept(case: AnyEvaluation) -> Kept:
    """Return what a pickle of a decision keeps beside its JSON; see :data:`Kept`.

    ``None`` stands for what ships with the library, which the receipt names.
    """
    choice, shipped = applicable_policies(case), PolicySet.shipped()
    calendar: Calendar = case.program.library.calendar
    days = None if calendar is chinese_calendar() else calendar
    if choice is not None:
        policies = None if choice.policies is shipped else choice.policies
        is_found = choice.by_goods or choice.law is shipped.law()
        return case.claim, None if is_found else choice.law, days, policies
    policy = case.policy
    return (
        case.claim,
        None if policy == _named(name_and_version(policy), shipped) else policy,
        days,
        None,
    )
