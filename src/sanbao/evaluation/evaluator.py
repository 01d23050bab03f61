"""Policy and facts in, what follows out: 判定核心.

An :class:`Evaluator` holds one policy under one set of readings and one calendar, compiled once
for each kind of goods, and may be shared by threads. Which policies decide may also be left to
the claim (``choice``): to the day of the sale and to the commitments it names.

The order in which a claim is decided: what the law does not reach; what bars the
guarantees; the rights that the papers carry; the choice among them. All rules are
evaluated always; the order says only which finding leads (``skeleton``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from sanbao.base.errors import Reason, ValidationError
from sanbao.dates.calendar import Calendar, chinese_calendar
from sanbao.evaluation.programs.by_version import evaluated_by
from sanbao.evaluation.programs.evaluation import Evaluation
from sanbao.evaluation.programs.program import Program, Programs
from sanbao.evaluation.programs.skeleton import skeleton_of
from sanbao.model.claim import Claim, unknown_codes
from sanbao.model.facts import FACTS
from sanbao.model.readings import DEFAULT_READINGS, Readings
from sanbao.policies.policy_set import PolicySet
from sanbao.rules.policy import Policy
from sanbao.rules.versions import Versions

if TYPE_CHECKING:
    from sanbao.evaluation.applicable import ApplicablePolicies
    from sanbao.evaluation.programs.by_version import AnyPrograms
    from sanbao.evaluation.programs.combined import AnyEvaluation, CombinedPrograms
    from sanbao.rules.combined import Combined

__all__ = ["AnyPolicy", "Evaluator", "Named", "evaluator_for"]

AnyPolicy: TypeAlias = "Policy | Versions | Combined"
"""What can decide: one policy, a law by the day of the sale, or several together."""

Named: TypeAlias = "AnyPolicy | str"
"""The same, or the name of one that ships; see :func:`sanbao.policies.resolve`."""


class _OfVersion(NamedTuple):
    """The first and the last day (ordinals) that a version of a law governs, and its programs."""

    first: int
    last: int
    programs: Programs
    made: dict[str, Program]
    """The programs of the goods seen so far."""


class Evaluator:
    """A policy ready to decide, and what claims come to under it: 判定核心.

    ``policy`` is a regulation, a commitment alone, a :class:`~sanbao.rules.combined.Combined`, or
    the name of one that ships (:func:`sanbao.policies.resolve`); of the versions of a law the one
    in force on the day of the sale decides, and that is so if nothing is given. Beside a regulation
    the commitments that a claim names decide as well. ``policies`` is the set in which names, laws
    and commitments are found, what ships if nothing is given; of its laws the one that lists the
    goods decides where no policy is named. ``readings`` defaults to the reading closest
    to the text, ``calendar`` to the published rest days of mainland China. Raises
    :class:`~sanbao.ValidationError` for anything else in their place.

    ``policy`` is then what decides a claim that chooses nothing itself, ``programs`` the
    compiled policy.
    """

    def __init__(
        self,
        policy: Named | None = None,
        readings: Readings | Mapping[str, str] = DEFAULT_READINGS,
        calendar: Calendar | None = None,
        policies: PolicySet | None = None,
    ) -> None:
        if policies is None:
            policies = PolicySet.shipped()
        if not isinstance(policies, PolicySet):
            raise ValidationError.of("policies", policies, Reason("policy.type_set"))
        self.policies = policies
        self._by_goods = policy is None
        if policy is None:
            policy = policies.law()
        elif isinstance(policy, str):
            policy = policies.resolve(policy)
        readings = _known_readings(readings, policies, policy)
        days = chinese_calendar() if calendar is None else calendar
        if isinstance(days, type) or not isinstance(days, Calendar):
            raise ValidationError.of("calendar", calendar, Reason("policy.type_calendar"))
        self.readings = readings
        self.calendar = days
        self.policy: Policy | Combined
        self._together: AnyPrograms | None = None
        alone = policy.newest if isinstance(policy, Versions) else policy
        if isinstance(alone, Policy):
            self.policy = alone
            self.programs = Programs(alone, days)
        else:
            self.policy, panel = _several(alone, days)
            self._together, self.programs = panel, panel.programs[0]
        self._programs: dict[str, Program] = {}
        self._law: Policy | Versions | None = None
        if isinstance(policy, Versions) or (isinstance(policy, Policy) and policy.beside is None):
            self._law = policy
        self.known: tuple[Policy, ...] = ()
        """Policies beside those that decide whose codes claims may name."""
        others = policies.other_goods if self._by_goods else {}
        self._is_alone = self._together is None and not others
        self._choice: ApplicablePolicies | None = None
        self._versions: tuple[_OfVersion, ...] = ()
        # of goods that another law lists too, in its time, the claim chooses the law
        if isinstance(policy, Versions) and not any(map(FACTS["kind"].has, others)):
            self._versions = tuple(self._of_versions(policy))

    def _of_versions(self, law: Versions) -> Iterator[_OfVersion]:
        """Yield the versions of a law, the newest first, if the days of a claim choose them."""
        choice = self._chosen_by_claim()
        if choice is not None and not law.is_one_for_ever:
            for version in reversed(law.versions):
                first = date.min if version is law.versions[0] else version.in_force_from
                last = version.in_force_to or date.max
                programs = choice.programs_of(version)
                yield _OfVersion(first.toordinal(), last.toordinal(), programs, {})

    def program(self, kind: str) -> Program:
        """Return the program for goods of this kind, made when first asked for."""
        found = self._programs.get(kind)
        if found is None:
            found = self._programs[kind] = self.programs.of(kind, self.readings)
        return found

    def evaluate(self, claim: Claim) -> AnyEvaluation:
        """Return what a claim comes to.

        Raises :class:`~sanbao.ValidationError` if it cannot be, such as one that names a code
        which no policy at hand knows.
        """
        row, program = claim.row, None
        if (row.province or row.trader_province) and self._is_local(claim):
            pass  # a local regulation adds to the law
        elif self._versions:
            day = claim.governed_on
            if day is not None:
                for first, last, programs, made in self._versions:
                    if first <= day <= last:
                        program = made.get(row.kind)
                        if program is None:
                            program = made[row.kind] = programs.of(row.kind, self.readings)
                        break
        elif self._is_alone and (
            claim.governed_on is not None or not (claim.commitments or claim.is_foreign)
        ):
            program = self.program(row.kind)
        if program is None:
            case = self._evaluate_by(claim)
            if case is not None:
                return case
            program = self.program(row.kind)
        facts = program.derive(row)
        abstraction = program.abstraction(facts)
        skeleton = program.by_abstraction.get(abstraction) or skeleton_of(program, abstraction)
        return Evaluation(program, claim, facts, skeleton, self._choice or self._chosen_by_claim())

    @cached_property
    def codes(self) -> Mapping[str, tuple[str, ...]]:
        """The codes that claims may name, by the name of the field.

        They are those of the set, and of a policy that is none of it.
        """
        given = self.policy
        own = (given,) if isinstance(given, Policy) else given.members
        return self.policies.codes_with((*own, *self.known))

    def _is_local(self, claim: Claim) -> bool:
        """Say whether a local regulation may add to the policy of this engine."""
        choice = self._chosen_by_claim()
        return choice is None or choice.is_local(claim)

    def programs_for(self, claim: Claim) -> AnyPrograms:
        """Return the compiled policies that decide ``claim``.

        Raises :class:`~sanbao.ValidationError` for commitments that there are not.
        """
        if self._together is not None:
            return self._together
        choice = self._chosen_by_claim()
        return self.programs if choice is None else choice.of(claim).programs(claim)

    def _evaluate_by(self, claim: Claim) -> AnyEvaluation | None:
        """Decide by several policies, or by those that the claim chooses.

        ``None`` where one policy decides alone, whatever the claim names.
        """
        if claim.is_foreign and (problems := list(unknown_codes(claim, self.codes))):
            raise ValidationError(problems)
        choice = self._chosen_by_claim()
        if choice is not None:
            choice = choice.of(claim)
            return evaluated_by(choice.programs(claim), claim, self.readings, choice)
        if self._together is None:
            return None
        return evaluated_by(self._together, claim, self.readings, None)

    def _chosen_by_claim(self) -> ApplicablePolicies | None:
        """Return what chooses the policies by the claim, if that is left to it."""
        if self._choice is None and self._law is not None:
            from sanbao.evaluation.applicable import ApplicablePolicies

            self._choice = ApplicablePolicies(
                self._law, self.calendar, self.policies, by_goods=self._by_goods
            )
        return self._choice


def _several(policy: object, calendar: Calendar) -> tuple[Combined, CombinedPrograms]:
    """Return policies that decide together, with their programs; loaded where there are such."""
    from sanbao.evaluation.programs.combined import CombinedPrograms
    from sanbao.rules.combined import Combined

    if not isinstance(policy, Combined):
        raise ValidationError.of("policy", policy, Reason("policy.type_policy"))
    return policy, CombinedPrograms(policy, calendar)


def _known_readings(
    readings: object, policies: PolicySet, policy: Policy | Versions | Combined
) -> Readings:
    """Return the readings given, each of which one of the laws declares.

    Raises :class:`~sanbao.ValidationError` for one that none of them knows.
    """
    if not isinstance(readings, Readings | Mapping):
        raise ValidationError.of("readings", readings, Reason("policy.type_readings"))
    if isinstance(readings, Readings) and not readings.of_laws:
        return readings
    chosen = readings.to_dict() if isinstance(readings, Readings) else readings
    match policy:
        case Policy():
            own: tuple[Policy, ...] = (policy,)
        case Versions():
            own = policy.versions
        case _:
            own = policy.members
    return Readings.from_dict(chosen, policies.readings_with(own))


def evaluator_for(
    policy: Named | None = None,
    readings: Readings | Mapping[str, str] | None = None,
    calendar: Calendar | None = None,
    policies: PolicySet | None = None,
) -> Evaluator:
    """Return an evaluator with the defaults of :class:`Evaluator`; for equal arguments the same."""
    try:
        return _evaluator(policy, readings, calendar, policies)  # type: ignore[arg-type]
    except TypeError:  # something that cannot be a key, such as a calendar of one's own
        return _made(policy, readings, calendar, policies)


def _made(
    policy: Named | None,
    readings: Readings | Mapping[str, str] | None,
    calendar: Calendar | None,
    policies: PolicySet | None,
) -> Evaluator:
    return Evaluator(policy, DEFAULT_READINGS if readings is None else readings, calendar, policies)


_evaluator = lru_cache(maxsize=64)(_made)
