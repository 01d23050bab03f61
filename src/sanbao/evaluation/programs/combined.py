"""Several policies deciding one claim together: 合并判定.

Every member of a :class:`~sanbao.rules.combined.Combined` has its own program: its catalogue, its
grades of papers, the readings it settles. A :class:`CombinedProgram` is these programs for goods of
one kind. What is open to the consumer is what any of them opens.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias, get_args

from sanbao.base.once import Memory
from sanbao.dates.calendar import Calendar
from sanbao.evaluation.programs.evaluation import Evaluation
from sanbao.evaluation.programs.program import Program, Programs
from sanbao.evaluation.programs.skeleton import Skeleton, answers, skeleton_of
from sanbao.evaluation.programs.truth import FALSE, TRUE
from sanbao.model.citation import Citation
from sanbao.model.claim import Claim
from sanbao.model.claim_row import ClaimRow
from sanbao.model.codes import Outcome, Owner, RemedyKind
from sanbao.model.readings import Readings
from sanbao.model.rule_ref import RuleRef
from sanbao.rules.combined import Combined
from sanbao.rules.policy import Policy, Right
from sanbao.rules.provisions import RefundBasis

__all__ = [
    "AnyEvaluation",
    "CombinedEvaluation",
    "CombinedProgram",
    "CombinedPrograms",
    "CombinedSkeleton",
    "OneProgram",
    "OnePrograms",
    "Ranked",
    "alone",
    "combined_evaluation",
    "evaluation_of",
    "first_days_of",
    "of_policy",
    "policies_of",
    "ranking",
    "skeleton_of_any",
    "states_of_any",
]

_MOST_SKELETONS: Final = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class CombinedSkeleton:
    """What is open when several policies have decided: 合并后的结论.

    ``outcomes`` are those that remain without splitting into cases; ``certain`` are the rights
    that any member opens, strongest first, ``candidates`` those that may be open.
    """

    outcomes: tuple[Outcome, ...]
    certain: tuple[Ranked, ...]
    candidates: tuple[Ranked, ...]


class Ranked(NamedTuple):
    """A right of one of several policies, which stands at the place ``policy`` among them."""

    policy: int
    ref: RuleRef
    right: Right

    @property
    def id(self) -> str:
        """Its id in its own policy."""
        return self.right.id

    @property
    def cites(self) -> tuple[Citation, ...]:
        """The articles that it stands in."""
        return self.right.cites

    @property
    def remedy(self) -> RemedyKind:
        """What it gives."""
        return self.right.remedy

    @property
    def refund(self) -> RefundBasis | None:
        """How much of the price it gives back."""
        return self.right.refund

    @property
    def owed_by(self) -> Owner:
        """Who owes it."""
        return self.right.owed_by


class CombinedPrograms:
    """The programs of a regulation and its commitments under one calendar: 并用政策的程序库.

    Where it is ``dated`` a commitment says nothing of what was sold on a day on which it was
    not in force. ``in_code`` names the readings that change the code of a member.
    """

    def __init__(self, policy: Combined, calendar: Calendar, *, dated: bool = False) -> None:
        self.policy = policy
        self.calendar = calendar
        self.commitments: Final = policy.commitments if dated else ()
        self.programs = tuple(Programs(member, calendar) for member in policy.members)
        self.in_code = frozenset[str]().union(*(programs.in_code for programs in self.programs))
        self.ranked: Final = ranking(policy)
        self._made: dict[tuple[str, Readings, bool], CombinedProgram] = {}

    def of(self, kind: str, readings: Readings, *, for_any: bool = False) -> CombinedProgram:
        """Return the joint program for goods of this kind under ``readings``.

        ``for_any`` is as with :meth:`Programs.of`.
        """
        found = self._made.get((kind, readings, for_any))
        if found is None:
            found = CombinedProgram(self, kind, readings, for_any=for_any)
            self._made[kind, readings, for_any] = found
        return found


class CombinedProgram:
    """A regulation and its commitments for goods of one kind: 一类商品的合并程序.

    ``members`` are their programs, the regulation's first; ``readings`` those that were
    chosen, before a commitment settles any for itself.
    """

    def __init__(
        self, programs: CombinedPrograms, kind: str, readings: Readings, *, for_any: bool = False
    ) -> None:
        self.library = programs
        self.policy = programs.policy
        self.kind = kind
        self.readings = readings
        self.programs: tuple[Program, ...] = tuple(
            member.of(kind, readings, for_any=for_any) for member in programs.programs
        )
        self._by_skeletons: dict[tuple[Any, ...], CombinedSkeleton] = {}

    def applies(self, sale: int | None) -> tuple[bool | None, ...]:
        """Say of each member whether it has anything to say of what was sold on that day.

        ``None`` where the day is not known and decides it.
        """
        dated = self.library.commitments
        return (True, *(_covers(policy, sale) for policy in dated)) if dated else ()

    def skeleton(
        self, skeletons: tuple[Skeleton, ...], request: str, applies: tuple[bool | None, ...]
    ) -> CombinedSkeleton:
        """Return what is open where the members came to ``skeletons``, and remember it."""
        key = (skeletons, request, applies)
        found = self._by_skeletons.get(key)
        if found is None:
            if len(self._by_skeletons) >= _MOST_SKELETONS:
                self._by_skeletons.clear()
            found = self._by_skeletons[key] = self._skeleton(skeletons, request, applies)
        return found

    def _skeleton(
        self, skeletons: tuple[Skeleton, ...], request: str, applies: tuple[bool | None, ...]
    ) -> CombinedSkeleton:
        applies = applies or (True,) * len(skeletons)
        opened = [
            _opened(skeleton, covered) for skeleton, covered in zip(skeletons, applies, strict=True)
        ]
        emptied = [skeleton.emptied for skeleton in skeletons]
        # a local regulation adds rights; where there is none the law of the land says what is left
        skeletons = tuple(
            skeleton
            for skeleton, covered, one in zip(skeletons, applies, self.policy.members, strict=True)
            if covered is not False and one.kind != "local"
        )
        ranked = sorted(self.library.ranked, key=lambda one: not answers(one.right, request))
        # True: open; False: may be open; absent: not. Of what is emptied nothing is left
        found = [(one, opened[one.policy].get(one.right.id)) for one in ranked]
        worth = [
            (one, _worth(is_open, emptied[one.policy].get(one.right.id, FALSE)))
            for one, is_open in found
        ]
        return CombinedSkeleton(
            outcomes=_outcomes(skeletons, worth),
            certain=tuple(one for one, is_open in found if is_open),
            candidates=tuple(one for one, is_open in found if is_open is False),
        )


def _covers(policy: Policy, sale: int | None) -> bool | None:
    if sale is None:
        return None
    last = policy.in_force_to
    return policy.in_force_from.toordinal() <= sale and (last is None or sale <= last.toordinal())


def _opened(skeleton: Skeleton, covered: bool | None) -> dict[str, bool]:
    """Return the rights that are open (true) or may be (false); the others are not."""
    if covered is False:
        return {}
    certain = {right.id: covered is True for right in skeleton.certain}
    return certain | {right.id: False for right in skeleton.candidates}


def _worth(is_open: bool | None, empty: int) -> bool | None:
    """Say whether a right can be the outcome: never where nothing is left of it."""
    if is_open is None or empty == TRUE:
        return None
    return is_open and empty == FALSE


def _outcomes(
    skeletons: tuple[Skeleton, ...], rights: list[tuple[Ranked, bool | None]]
) -> tuple[Outcome, ...]:
    """Return the outcomes that remain; ``rights`` are in the order of choice."""
    remaining: set[Outcome] = set()
    for right, is_open in rights:
        if is_open is not None:
            remaining.add(right.remedy)
        if is_open:
            break
    else:  # no right is sure: a member may leave a repair at a charge, or all may exclude it
        if any("paid_repair" in skeleton.outcomes for skeleton in skeletons):
            remaining.add("paid_repair")
        if all("excluded" in skeleton.outcomes for skeleton in skeletons):
            remaining.add("excluded")
    return tuple(outcome for outcome in get_args(Outcome) if outcome in remaining)


# --- which right is stronger ----------------------------------------------------------------


def alone(policy: Policy) -> tuple[Ranked, ...]:
    """Return the rights of a policy that decides alone, the strongest first."""
    return tuple(
        Ranked(0, RuleRef(policy.id, rule), policy.right(rule)) for rule in policy.preference
    )


def ranking(policy: Combined) -> tuple[Ranked, ...]:
    """Return the rights of all members, the strongest first, earlier members before later ones.

    A right that the regulation has as well stands where it has it, another one after the
    right of the regulation that it follows in its own policy.
    """
    law = policy.regulation
    found = []
    for number, one in enumerate(policy.members):
        for place, (right, after) in enumerate(_anchored(one, law)):
            new = right.id not in law.preference
            ranked = Ranked(number, RuleRef(one.id, right.id), right)
            found.append(((after, new, place if new else 0, number), ranked))
    return tuple(ranked for _, ranked in sorted(found, key=lambda entry: entry[0]))


def _anchored(policy: Policy, law: Policy) -> Iterator[tuple[Right, int]]:
    """Yield the rights of ``policy`` in its own order, each with its place in that of ``law``."""
    before: int | None = None
    for rule in policy.preference:
        right = policy.right(rule)
        if rule in law.preference:
            before = law.preference.index(rule)
            yield right, before
        else:
            yield right, _last_like(right, law) if before is None else before


def _last_like(right: Right, law: Policy) -> int:
    """Return the place of the last right of ``law`` that gives the same."""
    kind = (right.remedy, right.refund)
    alike = [
        place
        for place, rule in enumerate(law.preference)
        if (law.right(rule).remedy, law.right(rule).refund) == kind
    ]
    return alike[-1] if alike else -1


# --- one claim ---------------------------------------------------------------------------


class CombinedEvaluation:
    """A claim that several policies have decided: 合并个案.

    ``evaluations`` are those of each alone, the regulation's first; the rest is as with
    :class:`Evaluation`.
    """

    __slots__ = ("choice", "claim", "evaluations", "memory", "program", "skeleton")

    def __init__(
        self,
        program: CombinedProgram,
        claim: Claim,
        evaluations: tuple[Evaluation, ...],
        skeleton: CombinedSkeleton,
        choice: object | None = None,
    ) -> None:
        self.program = program
        self.claim = claim
        self.evaluations = evaluations
        self.skeleton = skeleton
        self.choice = choice
        self.memory: Memory = {}

    @property
    def policy(self) -> Combined:
        """The policies that decided."""
        return self.program.policy

    @property
    def readings(self) -> Readings:
        """The readings under which it was decided, before a commitment settles any."""
        return self.program.readings


AnyEvaluation: TypeAlias = Evaluation | CombinedEvaluation
"""A claim decided by one policy, or by several."""
OneProgram: TypeAlias = Program | CombinedProgram
OnePrograms: TypeAlias = Programs | CombinedPrograms


def combined_evaluation(
    program: CombinedProgram, claim: Claim, choice: object | None = None
) -> CombinedEvaluation:
    """Return what the policies of ``program`` make of ``claim``."""
    row = claim.row
    members = []
    for member in program.programs:
        facts = member.derive(row)
        skeleton = skeleton_of(member, member.abstraction(facts))
        members.append(Evaluation(member, claim, facts, skeleton))
    skeletons = tuple(case.skeleton for case in members)
    opened = program.skeleton(skeletons, row.request, program.applies(row.sold))
    return CombinedEvaluation(program, claim, tuple(members), opened, choice)


def evaluation_of(program: OneProgram, claim: Claim, choice: object | None = None) -> AnyEvaluation:
    """Return what ``program`` makes of ``claim``."""
    if isinstance(program, CombinedProgram):
        return combined_evaluation(program, claim, choice)
    facts = program.derive(claim.row)
    return Evaluation(
        program, claim, facts, skeleton_of(program, program.abstraction(facts)), choice
    )


def skeleton_of_any(
    program: OneProgram, row: ClaimRow, sale: int | None
) -> Skeleton | CombinedSkeleton:
    """Return what a claim comes to; ``sale`` is the sale date to go by where it has none."""
    if isinstance(program, Program):
        return skeleton_of(program, program.abstraction(program.derive(row, sale)))
    skeletons = tuple(
        skeleton_of(member, member.abstraction(member.derive(row, sale)))
        for member in program.programs
    )
    sold = sale if row.sold is None else row.sold
    return program.skeleton(skeletons, row.request, program.applies(sold))


def states_of_any(program: OneProgram, row: ClaimRow, sale: int | None) -> tuple[Any, ...]:
    """Return the truth of every leaf of every policy that decides, and which of them do."""
    if isinstance(program, Program):
        return program.leaf_states(program.derive(row, sale))
    sold = sale if row.sold is None else row.sold
    states = (member.leaf_states(member.derive(row, sale)) for member in program.programs)
    return (program.applies(sold), *states)


def first_days_of(program: OneProgram) -> frozenset[int]:
    """Return the days, as ordinals, from which on another law or promise governs a sale."""
    if isinstance(program, Program):
        return frozenset([program.context.commencement])
    days = {member.context.commencement for member in program.programs}
    dated = program.library.commitments
    days |= {policy.in_force_from.toordinal() for policy in dated}
    days |= {policy.in_force_to.toordinal() + 1 for policy in dated if policy.in_force_to}
    return frozenset(days)


def of_policy(case: AnyEvaluation, policy: str) -> Evaluation:
    """Return the case of the policy of this id among those that decided."""
    return next(one for one in case.evaluations if one.policy.id == policy)


def policies_of(case: AnyEvaluation) -> tuple[Policy, ...]:
    """Return the policies that decided a case, the law first."""
    return tuple(member.policy for member in case.evaluations)
