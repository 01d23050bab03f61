"""Which policies a claim falls under: 适用政策.

Where nobody says by which policy to decide, the claim does: the law that lists its goods, in force
on the day of the sale (every version that a sale on a day not known can fall under), and the
commitments that the claim names, unless they were not in force on that day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, cast

from sanbao.base.errors import Problem, Reason, ValidationError, shown
from sanbao.dates.calendar import Calendar
from sanbao.evaluation.programs.by_version import AnyPrograms, Eras, Span
from sanbao.evaluation.programs.combined import AnyEvaluation, CombinedPrograms, OnePrograms
from sanbao.evaluation.programs.program import Programs
from sanbao.model.claim import Claim
from sanbao.policies.policy_set import PolicySet
from sanbao.rules.combined import Combined
from sanbao.rules.policy import Policy
from sanbao.rules.versions import Possible, Versions

__all__ = [
    "DAY_OF_LAW",
    "ApplicablePolicies",
    "applicable_policies",
    "day_of_law",
    "known_codes",
    "left_out",
    "policies_of",
]

_MOST_KEPT = 64

DAY_OF_LAW: Final = "min(first(purchase.received_on, purchase.sold_on), claim.claimed_on)"
"""The day by which the law is found, as a formula: delivery (Decree 778), or an earlier claim.

That is :func:`day_of_law` for those who read formulas.
"""


class ApplicablePolicies:
    """Chooses the policies that a claim is decided by: 适用政策的选择.

    ``law`` is the one version that is given, or all of which the day of the sale chooses,
    ``policies`` what can stand beside it. Where nobody chose the law it is that of the goods
    (``by_goods``), and :meth:`of` has it.
    """

    def __init__(
        self,
        law: Policy | Versions,
        calendar: Calendar,
        policies: PolicySet,
        *,
        by_goods: bool = False,
    ) -> None:
        self.law = law
        self.policies = policies
        self.by_goods = by_goods
        self._of_laws: dict[str, ApplicablePolicies] = {law.id: self}
        self.calendar = calendar
        self._made: dict[tuple[str, tuple[str, ...], bool], OnePrograms] = {}
        self._eras: dict[tuple[str, ...], Eras] = {}
        self._local: dict[tuple[str | None, str | None], tuple[Policy, ...]] = {}

    def of(self, claim: Claim) -> ApplicablePolicies:
        """Return what chooses among the policies of the law that lists the goods of ``claim``.

        Raises :class:`~sanbao.ValidationError` where that hangs on a day that is not known.
        """
        if not (self.by_goods and self.policies.other_goods):
            return self
        law = self.policies.law_of(claim.product.kind, day_of_law(claim))
        found = self._of_laws.get(law.id)
        if found is None:
            found = ApplicablePolicies(law, self.calendar, self.policies, by_goods=True)
            found._of_laws = self._of_laws
            self._of_laws[law.id] = found
        return found

    def policy(self, claim: Claim) -> Policy | Combined | Possible:
        """Return the policies by which ``claim`` is decided; raises as :meth:`programs` does."""
        return self.programs(claim).policy

    def programs(self, claim: Claim) -> AnyPrograms:
        """Return the programs by which ``claim`` is decided.

        Where the day of the sale is not known, those of every version that it can fall under.
        Raises :class:`~sanbao.ValidationError` for commitments that there are not, and for a
        sale on which no version of the law says anything.
        """
        if claim.purchase.sold_on is None:
            programs = self.whenever_sold(claim)
            return programs.governing(claim.row) if isinstance(programs, Eras) else programs
        law = self._law(claim)
        beside = [policy for policy in self._beside(law, claim) if _is_in_force(policy, claim)]
        return self._programs(law, tuple(beside), dated=False)

    def programs_of(self, version: Policy) -> Programs:
        """Return the programs of one version of the law, with nothing beside it."""
        return cast(Programs, self._programs(version, (), dated=False))

    def whenever_sold(self, claim: Claim) -> AnyPrograms:
        """Return the programs for ``claim`` if it were sold on whatever day."""
        newest = self.law if isinstance(self.law, Policy) else self.law.newest
        promises = self._beside(newest, claim)
        if isinstance(self.law, Policy) or self.law.is_one_for_ever:
            return self._programs(newest, promises, dated=True)
        key = tuple(one.id for one in promises)
        found = self._eras.get(key)
        if found is None:
            if len(self._eras) >= _MOST_KEPT:
                self._eras.clear()
            found = self._eras[key] = Eras(tuple(self._spans(self.law, promises)))
        return found

    def is_local(self, claim: Claim) -> bool:
        """Say whether a local regulation adds to the law, by the place and the day of the sale."""
        return any(_is_in_force(policy, claim) for policy in self._of_the_place(claim))

    def _beside(self, law: Policy, claim: Claim) -> tuple[Policy, ...]:
        """Return what stands beside the law: local regulations of the place, named commitments."""
        local = self._of_the_place(claim)
        return (*local, *_named(law, claim, self.policies)) if claim.commitments else local

    def _of_the_place(self, claim: Claim) -> tuple[Policy, ...]:
        """Return the local regulations that govern what was bought where ``claim`` says."""
        place = claim.row.province, claim.row.trader_province
        found = self._local.get(place)
        if found is None:
            beside = self.policies.local(self.law.id) if any(place) else ()
            found = self._local[place] = tuple(one for one in beside if one.governs(*place))
        return found

    def _spans(self, law: Versions, promises: tuple[Policy, ...]) -> Iterator[Span]:
        """Yield every version with its days; the first reaches back, the last on, for ever."""
        for version in law.versions:
            first = 1 if version is law.versions[0] else version.in_force_from.toordinal()
            last = (version.in_force_to or date.max).toordinal()
            programs = self._programs(version, promises, dated=True)
            yield Span(first, last, programs)

    def _law(self, claim: Claim) -> Policy:
        """Return the version for goods delivered and claimed for on the days of ``claim``."""
        if isinstance(self.law, Policy):
            return self.law
        field = "sold_on" if claim.purchase.received_on is None else "received_on"
        delivered: date = getattr(claim.purchase, field)
        try:
            return self.law.in_force(min(delivered, claim.claimed_on))
        except ValidationError as error:
            problems = (Problem(f"purchase.{field}", p.value, p.reason) for p in error.problems)
            raise ValidationError(problems) from None

    def _programs(self, law: Policy, promises: tuple[Policy, ...], *, dated: bool) -> OnePrograms:
        key = (law.version, tuple([one.id for one in promises]), dated and bool(promises))
        found = self._made.get(key)
        if found is None:
            if len(self._made) >= _MOST_KEPT:
                self._made.clear()
            if promises:
                found = CombinedPrograms(Combined(law, promises), self.calendar, dated=dated)
            else:
                found = Programs(law, self.calendar)
            self._made[key] = found
        return found


def day_of_law(claim: Claim) -> date | None:
    """Return the day by which the law is found, if it is known: delivery, or an earlier claim."""
    delivered = claim.purchase.received_on or claim.purchase.sold_on
    return None if delivered is None else min(delivered, claim.claimed_on)


def policies_of(case: AnyEvaluation) -> PolicySet:
    """Return the set of policies among which those of a case were chosen, else what ships."""
    choice = applicable_policies(case)
    return PolicySet.shipped() if choice is None else choice.policies


def known_codes(case: AnyEvaluation) -> Mapping[str, tuple[str, ...]]:
    """Return the codes that claims like that of a case may name, by the name of the field."""
    return policies_of(case).codes_with(one.policy for one in case.evaluations)


def applicable_policies(case: AnyEvaluation) -> ApplicablePolicies | None:
    """Return what chose the policies of a case by the claim, if that was left to it."""
    choice = case.choice
    return choice if isinstance(choice, ApplicablePolicies) else None


def left_out(case: AnyEvaluation) -> Iterator[tuple[str, str]]:
    """Yield field and id of the commitments that were not in force on the day of the sale."""
    claim, policies = case.claim, policies_of(case)
    for index, name in enumerate(claim.commitments):
        if not _is_in_force(policies.get(name), claim):
            yield f"commitments[{index}]", name


def _is_in_force(policy: Policy, claim: Claim) -> bool:
    sold, last = claim.purchase.sold_on, policy.in_force_to
    return sold is None or (policy.in_force_from <= sold and (last is None or sold <= last))


def _named(law: Policy, claim: Claim, policies: PolicySet) -> tuple[Policy, ...]:
    """Return the commitments that ``claim`` names."""
    problems: list[Problem] = []
    found: list[Policy] = []
    for index, name in enumerate(claim.commitments):
        field = f"commitments[{index}]"
        try:
            policy = policies.get(name)
        except ValidationError as error:
            problems += (Problem(field, shown(name), one.reason) for one in error.problems)
            continue
        if policy.kind != "commitment":
            reason = Reason("policy.law_not_promise")
            if policy.kind == "local":
                reason = Reason("policy.local_not_promise")
            problems.append(Problem(field, shown(name), reason))
        elif policy.beside != law.id:
            reason = Reason("policy.beside_other", beside=policy.beside, id=law.id)
            problems.append(Problem(field, shown(name), reason))
        elif policy in found:
            problems.append(Problem(field, shown(name), Reason("policy.named_twice")))
        else:
            found.append(policy)
    if problems:
        raise ValidationError(problems)
    return tuple(found)
