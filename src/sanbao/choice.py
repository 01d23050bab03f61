"""Which policies a claim falls under: 适用政策.

Where nobody says by which policy to decide, the claim does: the law in force on the day of
the sale, and the commitments that the claim names, unless they were not in force on that day.
"""

from __future__ import annotations

from collections.abc import Iterator

from sanbao.calendar import Calendar
from sanbao.claim import Claim
from sanbao.combined import Combined
from sanbao.errors import Problem, ValidationError, shown
from sanbao.joint import AnyPrograms, Panel
from sanbao.policy import Policy
from sanbao.program import Programs
from sanbao.versions import Versions

__all__ = ["Choice", "left_out"]

_MOST_PANELS = 64


class Choice:
    """Chooses the policies that a claim is decided by: 适用政策的选择.

    ``law`` is the one version that is given, or all of which the day of the sale chooses.
    """

    def __init__(self, law: Policy | Versions, calendar: Calendar) -> None:
        self.law = law
        self.calendar = calendar
        self._made: dict[tuple[str, tuple[str, ...], bool], AnyPrograms] = {}

    def policy(self, claim: Claim) -> Policy | Combined:
        """Return the policies by which ``claim`` is decided.

        Raises :class:`~sanbao.ValidationError` for commitments that there are not, and for a
        sale on which no version of the law says anything.
        """
        law = self._law(claim)
        promises = _applying(law, claim)
        return Combined(law, tuple(promises)) if promises else law

    def programs(self, claim: Claim) -> AnyPrograms:
        """Return the programs by which ``claim`` is decided; raises as :meth:`policy` does."""
        law = self._law(claim)
        if not claim.commitments:
            return self._programs(law, (), dated=False)
        return self._programs(law, _applying(law, claim), dated=claim.purchase.sold_on is None)

    def whenever_sold(self, claim: Claim) -> AnyPrograms:
        """Return the programs for ``claim`` if it were sold on whatever day."""
        law = self._law(claim)
        return self._programs(law, _named(law, claim), dated=True)

    def _law(self, claim: Claim) -> Policy:
        if isinstance(self.law, Policy):
            return self.law
        try:
            return self.law.in_force(claim.purchase.sold_on)
        except ValidationError as error:
            problems = (Problem("purchase.sold_on", p.value, p.reason) for p in error.problems)
            raise ValidationError(problems) from None

    def _programs(self, law: Policy, promises: tuple[Policy, ...], *, dated: bool) -> AnyPrograms:
        key = (law.version, tuple(one.id for one in promises), dated)
        found = self._made.get(key)
        if found is None:
            if len(self._made) >= _MOST_PANELS:
                self._made.clear()
            if promises:
                found = Panel(Combined(law, promises), self.calendar, dated=dated)
            else:
                found = Programs(law, self.calendar)
            self._made[key] = found
        return found


def left_out(claim: Claim) -> Iterator[tuple[str, str]]:
    """Yield field and id of the commitments that were not in force on the day of the sale."""
    for index, name in enumerate(claim.commitments):
        if not _is_in_force(_commitment(name), claim):
            yield f"commitments[{index}]", name


def _applying(law: Policy, claim: Claim) -> tuple[Policy, ...]:
    return tuple(policy for policy in _named(law, claim) if _is_in_force(policy, claim))


def _is_in_force(policy: Policy, claim: Claim) -> bool:
    sold, last = claim.purchase.sold_on, policy.in_force_to
    return sold is None or (policy.in_force_from <= sold and (last is None or sold <= last))


def _named(law: Policy, claim: Claim) -> tuple[Policy, ...]:
    """Return the commitments that ``claim`` names."""
    problems: list[Problem] = []
    found: list[Policy] = []
    for index, name in enumerate(claim.commitments):
        field = f"commitments[{index}]"
        try:
            policy = _commitment(name)
        except ValidationError as error:
            problems += (Problem(field, shown(name), one.reason) for one in error.problems)
            continue
        if policy.kind != "commitment":
            problems.append(Problem(field, shown(name), "is a law, not a commitment beside it"))
        elif policy.beside != law.id:
            reason = f"stands beside {policy.beside}, not beside {law.id}"
            problems.append(Problem(field, shown(name), reason))
        elif policy in found:
            problems.append(Problem(field, shown(name), "is named twice"))
        else:
            found.append(policy)
    if problems:
        raise ValidationError(problems)
    return tuple(found)


def _commitment(name: str) -> Policy:
    from sanbao.policies import library

    return library.get(name)
