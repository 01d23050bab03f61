"""From a receipt back to the decision: 回执复核.

A receipt names everything a decision was made from but the claim itself: library, policy,
readings, calendar. Given these and the claim, the decision comes out again byte for byte;
where something is not what it was, that is said instead.

A pickled decision keeps the claim and whatever does not ship with the library. What it says
is what was decided then; what is asked of it later is worked out from the claim again, if
the receipt still holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from sanbao._version import __version__
from sanbao.base.errors import Problem, ValidationError, shown
from sanbao.base.records import digest
from sanbao.dates.calendar import Calendar, chinese_calendar
from sanbao.decision import Decision, Receipt
from sanbao.engine import AnyPolicy, decide
from sanbao.evaluation.applicable import Choice
from sanbao.model.claim import Claim
from sanbao.policies import library
from sanbao.rules.combined import Combined
from sanbao.rules.policy import Policy
from sanbao.rules.versions import Possible, Versions

if TYPE_CHECKING:
    from sanbao.engine import AnyPolicy, Named
    from sanbao.evaluation.combination.program import AnyCase

__all__ = ["RestoredDecision", "kept", "reproduced", "restored"]


def reproduced(
    receipt: Receipt,
    claim: Claim | Mapping[str, Any],
    policy: Named | None = None,
    calendar: Calendar | None = None,
) -> Decision:
    """Return the decision that ``receipt`` was given for; see :meth:`Receipt.reproduce`."""
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


# --- pickles -----------------------------------------------------------------------------


class RestoredDecision(Decision):
    """A decision from a pickle, with the claim it was made on: 还原的决定."""

    __slots__ = ("_case", "_kept")
    _case: AnyCase
    _kept: tuple[Claim, AnyPolicy | None, Calendar | None]

    @property
    def case(self) -> AnyCase:
        """The claim, the program and the facts, worked out again when first asked for.

        Raises :class:`~sanbao.ValidationError` where library, policy or calendar are not what
        they were.
        """
        try:
            return self._case
        except AttributeError:
            case = self.receipt.reproduce(*self._kept).case
            object.__setattr__(self, "_case", case)
            return case

    def __reduce__(self) -> tuple[Any, ...]:
        return restored, (self.to_json(), *self._kept)


def restored(
    text: str, claim: Claim, policy: AnyPolicy | None, calendar: Calendar | None
) -> RestoredDecision:
    """Return a decision from what its pickle holds."""
    read = Decision.from_json(text)
    decision = RestoredDecision(*(getattr(read, part.name) for part in fields(Decision)))
    object.__setattr__(decision, "_kept", (claim, policy, calendar))
    return decision


def kept(case: AnyCase) -> tuple[Claim, AnyPolicy | None, Calendar | None]:
    """Return what a pickle of a decision keeps beside its JSON: claim, policy and calendar.

    ``None`` stands for what ships with the library, which the receipt names.
    """
    choice: Choice | None = case.formed.get("choice")
    calendar: Calendar = case.program.programs.calendar
    days = None if calendar is chinese_calendar() else calendar
    if choice is not None:
        return case.claim, None if choice.law is library.law() else choice.law, days
    policy = case.policy
    return case.claim, None if policy == _shipped(_name(policy)) else policy, days
