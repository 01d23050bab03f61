"""A sale on a day not known, under a law that was amended: 销售日不明时的各版本.

Every version of a law governs the sales of its days. Where nobody knows the day of the sale,
those versions decide whose days it can lie in, each for its own days: what all of them give
is certain, what some give is possible, and the day of the sale tells.

:class:`Eras` and :class:`Dated` stand for several versions where otherwise one policy stands
with its program; the newest of them is the one whose rules are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, get_args

from sanbao.evaluation.programs.combined import (
    CombinedEvaluation,
    CombinedProgram,
    CombinedPrograms,
    CombinedSkeleton,
    Ranked,
    evaluation_of,
    first_days_of,
    skeleton_of_any,
    states_of_any,
)
from sanbao.evaluation.programs.evaluation import Evaluation
from sanbao.evaluation.programs.program import Program, Programs
from sanbao.evaluation.programs.skeleton import FindingSkeleton, Skeleton, answers
from sanbao.model.codes import Outcome
from sanbao.rules.policy import Right
from sanbao.rules.versions import Possible

if TYPE_CHECKING:
    from sanbao.evaluation.programs.combined import (
        AnyEvaluation,
        OneProgram,
        OnePrograms,
    )
    from sanbao.model.claim import Claim
    from sanbao.model.claim_row import ClaimRow
    from sanbao.model.readings import Readings
    from sanbao.model.rule_ref import RuleRef

__all__ = [
    "AnyProgram",
    "AnyPrograms",
    "AnyRight",
    "Dated",
    "Eras",
    "Span",
    "dated_evaluation",
    "evaluated_by",
    "first_days",
    "last_sale",
    "possible_sales",
    "programs_of",
    "skeleton_in",
    "states_in",
]

_MOST_SKELETONS: Final = 20_000

AnySkeleton: TypeAlias = Skeleton | CombinedSkeleton
AnyRight: TypeAlias = Right | Ranked
"""A right of the one policy that decides, or of one of several."""


class Span(NamedTuple):
    """The days of sale, as ordinals, on which some programs decide: 适用期间."""

    first: int
    last: int
    programs: OnePrograms


class Eras:
    """The programs of several versions of a law, each for the sales of its days: 各版本的程序库.

    ``spans`` follow one another, the oldest first.
    """

    def __init__(self, spans: tuple[Span, ...]) -> None:
        self.spans = spans
        self.newest: Final = spans[-1].programs
        self.calendar: Final = self.newest.calendar
        self.in_code = frozenset[str]().union(*(span.programs.in_code for span in spans))
        policies = tuple(span.programs.policy for span in spans)
        self.policy: Final = policies[0] if len(policies) == 1 else Possible(policies)
        self._fewer: dict[tuple[int, ...], Eras] = {}
        self._made: dict[tuple[str, Readings, bool], Dated] = {}

    def of(self, kind: str, readings: Readings, *, for_any: bool = False) -> Dated:
        """Return the programs for goods of this kind under ``readings``.

        ``for_any`` is as with :meth:`Programs.of`.
        """
        found = self._made.get((kind, readings, for_any))
        if found is None:
            found = Dated(self, kind, readings, for_any=for_any)
            self._made[kind, readings, for_any] = found
        return found

    def places(self, row: ClaimRow, sale: int | None = None) -> tuple[int, ...]:
        """Return the places of the spans that a sale can lie in, never none.

        After the last day of the law that is the newest.
        """
        first, last = _governing_days(row, sale)
        found = tuple(
            place
            for place, span in enumerate(self.spans)
            if span.first <= last and first <= span.last
        )
        return found or (len(self.spans) - 1,)

    def governing(self, row: ClaimRow) -> AnyPrograms:
        """Return the programs of the version in force, or of those that can be."""
        places = self.places(row)
        if row.sold is not None and len(places) == 1:
            return self.spans[places[0]].programs
        if len(places) == len(self.spans):
            return self
        found = self._fewer.get(places)
        if found is None:
            found = self._fewer[places] = Eras(tuple(self.spans[place] for place in places))
        return found


class Dated:
    """The programs of several versions for goods of one kind: 一类商品的各版本程序.

    What it gives is told with the rights of ``newest``; a right of an older version is the
    same one if it has the same id and gives the same.
    """

    def __init__(
        self, programs: Eras, kind: str, readings: Readings, *, for_any: bool = False
    ) -> None:
        self.library = programs
        self.for_any = for_any
        self.kind = kind
        self.readings = readings
        self.each: tuple[OneProgram, ...] = tuple(
            span.programs.of(kind, readings, for_any=for_any) for span in programs.spans
        )
        self.newest: OneProgram = self.each[-1]
        self.programs: tuple[Program, ...] = tuple(
            member
            for program in self.each
            for member in (program.programs if isinstance(program, CombinedProgram) else (program,))
        )
        self._rights = {_ref(right): right for right in _rights_of(self.newest)}
        self._made: dict[tuple[AnySkeleton, ...], AnySkeleton] = {}

    def governing(self, row: ClaimRow) -> AnyProgram:
        """Return the program of the version in force, or those of the versions that can be."""
        governing = self.library.governing(row)
        return governing.of(self.kind, self.readings, for_any=self.for_any)

    def skeleton_in(self, row: ClaimRow, sale: int | None) -> AnySkeleton:
        """Return what a claim comes to by all versions together, or sold on that day by its own.

        Only a claim that all of these versions can govern may be asked about.
        """
        if sale is None and row.sold is None:
            return self._united(
                tuple(skeleton_of_any(one, row, None) for one in self.each), row.request
            )
        [place] = self.library.places(row, sale)
        return self._as_newest(skeleton_of_any(self.each[place], row, sale))

    def states_in(self, row: ClaimRow, sale: int | None) -> tuple[Any, ...]:
        """Return which versions can govern, and the truth of every leaf of each of them."""
        places = self.library.places(row, sale)
        return (places, *(states_of_any(self.each[place], row, sale) for place in places))

    @property
    def law(self) -> Dated:
        """The versions of the law alone, without the promises beside it."""
        spans = self.library.spans
        alone = Eras(tuple(span._replace(programs=_law_of(span.programs)) for span in spans))
        return alone.of(self.kind, self.readings, for_any=self.for_any)

    @property
    def first_days(self) -> frozenset[int]:
        """The days, as ordinals, from which on another version governs a sale."""
        return frozenset(span.first for span in self.library.spans[1:])

    # --- skeletons ---------------------------------------------------------------------------

    def _as_newest(self, skeleton: AnySkeleton) -> AnySkeleton:
        """Return a skeleton with the rights of the newest version in place of its own."""
        return self._remembered((skeleton,), lambda: self._translated(skeleton))

    def _translated(self, skeleton: AnySkeleton) -> AnySkeleton:
        rights: Any = {
            "certain": tuple(self._like(skeleton.certain)),
            "candidates": tuple(self._like(skeleton.candidates)),
        }
        translated: AnySkeleton = replace(skeleton, **rights)
        return translated

    def _like(self, rights: Iterable[AnyRight]) -> Iterator[AnyRight]:
        for right in rights:
            own = self._rights.get(_ref(right))
            if own is not None and _gives(own) == _gives(right):
                yield own

    def _united(self, skeletons: tuple[AnySkeleton, ...], request: str) -> AnySkeleton:
        if len(skeletons) == 1:
            return skeletons[0]
        return self._remembered(skeletons, lambda: self._together(skeletons, request))

    def _remembered(self, skeletons: tuple[AnySkeleton, ...], make: Any) -> AnySkeleton:
        found = self._made.get(skeletons)
        if found is None:
            if len(self._made) >= _MOST_SKELETONS:
                self._made.clear()
            found = self._made[skeletons] = make()
        return found

    def _together(self, skeletons: tuple[AnySkeleton, ...], request: str) -> AnySkeleton:
        alike = [self._as_newest(skeleton) for skeleton in skeletons]
        newest = alike[-1]
        certain = [
            right
            for right in newest.certain
            if all(any(one is right for one in skeleton.certain) for skeleton in alike)
        ]
        sure = {_ref(right) for right in certain}
        maybe = {
            _ref(right) for skeleton in alike for right in (*skeleton.certain, *skeleton.candidates)
        }
        order = sorted(self._rights.values(), key=lambda right: not answers(right, request))
        known: Any = {
            "outcomes": _union(skeleton.outcomes for skeleton in skeletons),
            "certain": tuple(certain),
            "candidates": tuple(one for one in order if _ref(one) in maybe - sure),
        }
        if isinstance(newest, Skeleton):
            verdicts = [
                skeleton.verdicts for skeleton in skeletons if isinstance(skeleton, Skeleton)
            ]
            findings = tuple(_common(finding, verdicts) for finding in newest.findings)
            known |= {
                "findings": findings,
                "verdicts": MappingProxyType({one.rule.id: one.verdict for one in findings}),
            }
        together: AnySkeleton = replace(newest, **known)
        return together


def _law_of(programs: OnePrograms) -> Programs:
    return programs.programs[0] if isinstance(programs, CombinedPrograms) else programs


def _rights_of(program: OneProgram) -> tuple[AnyRight, ...]:
    """Return the rights of a program in the order of choice."""
    if isinstance(program, CombinedProgram):
        return program.library.ranked
    return tuple(program.policy.right(rule) for rule in program.policy.preference)


def _ref(right: AnyRight) -> str | RuleRef:
    """Return what is the same for a right in all versions."""
    return right.id if isinstance(right, Right) else right.ref


def _gives(right: AnyRight) -> tuple[object, ...]:
    return right.remedy, right.owed_by, right.refund


def _union(outcomes: Iterable[tuple[Outcome, ...]]) -> tuple[Outcome, ...]:
    found = {one for own in outcomes for one in own}
    return tuple(one for one in get_args(Outcome) if one in found)


def _common(finding: FindingSkeleton, verdicts: Iterable[Any]) -> FindingSkeleton:
    """Return what all versions find of a rule; where they differ it is not known."""
    rule = finding.rule.id
    if all(own.get(rule, "fails") == finding.verdict for own in verdicts):
        return finding
    return FindingSkeleton(finding.rule, "unknown", (), ())


# --- one claim ---------------------------------------------------------------------------------


def _governing_days(row: ClaimRow, sale: int | None) -> tuple[int, int]:
    """Return the first and the last day (ordinals) on which goods can have been delivered.

    It is the day of receipt, else of the sale; a claim of before it comes under the law of its
    own day.
    """
    sold = sale if row.sold is None else row.sold
    delivered = sold if row.received is None else row.received
    first, last = possible_sales(row) if delivered is None else (delivered, delivered)
    return min(first, row.claimed), min(last, row.claimed)


def possible_sales(row: ClaimRow) -> tuple[int, int]:
    """Return the first and the last day (ordinals) on which the goods can have been sold.

    Not before they were made, not after the claim, and not after what follows a sale: receipt,
    the fault, the first demand, an exchange, a repair. What contradicts the factory date or lies
    after the claim says nothing. An invoice may bear a day of before the sale.
    """
    first = min(row.made or 1, row.claimed)
    later = (
        row.asked,
        row.appeared,
        row.received,
        *row.exchanges,
        *(repair.handed_in for repair in row.repairs),
    )
    return first, min([row.claimed, *(day for day in later if day is not None and day >= first)])


def last_sale(program: AnyProgram, row: ClaimRow) -> int:
    """Return the last day (an ordinal) of a sale that could be claimed for and has a law."""
    ends = (
        [] if isinstance(program, Program | CombinedProgram) else [program.library.spans[-1].last]
    )
    return min([row.claimed, *ends])


class DatedEvaluation(Evaluation):
    """The case of the newest version, where every version may govern: 销售日不明的个案.

    ``dated`` is the program of all of them, ``versions`` are the cases of each.
    """

    __slots__ = ("dated", "versions")
    dated: Dated
    versions: tuple[AnyEvaluation, ...]


class DatedCombinedEvaluation(CombinedEvaluation):
    """The same with promises beside the law."""

    __slots__ = ("dated", "versions")
    dated: Dated
    versions: tuple[AnyEvaluation, ...]


def dated_evaluation(program: Dated, claim: Claim, choice: object | None = None) -> AnyEvaluation:
    """Return what all versions of ``program`` make of ``claim``, as a case of the newest."""
    versions = tuple(evaluation_of(one, claim) for one in program.each)
    skeleton: Any = program.skeleton_in(claim.row, None)
    newest = versions[-1]
    found: DatedEvaluation | DatedCombinedEvaluation
    if isinstance(newest, Evaluation):
        found = DatedEvaluation(newest.program, claim, newest.derived, skeleton, choice)
    else:
        law: Any = dated_evaluation(program.law, claim)
        members = (law, *newest.evaluations[1:])
        found = DatedCombinedEvaluation(newest.program, claim, members, skeleton, choice)
    found.dated = program
    found.versions = versions
    return found


def program_deciding(case: AnyEvaluation) -> AnyProgram:
    """Return what decided a case: the program of all versions, where every one may govern."""
    return (
        case.dated if isinstance(case, DatedEvaluation | DatedCombinedEvaluation) else case.program
    )


# --- whichever decides ---------------------------------------------------------------------------


AnyProgram: TypeAlias = "Program | CombinedProgram | Dated"
"""What decides: one policy, several together, or the versions that a sale can fall under."""
AnyPrograms: TypeAlias = "Programs | CombinedPrograms | Eras"


def programs_of(program: AnyProgram) -> tuple[Program, ...]:
    """Return the programs of all policies that decide, the regulation's first."""
    return (program,) if isinstance(program, Program) else program.programs


def skeleton_in(program: AnyProgram, row: ClaimRow, sale: int | None = None) -> AnySkeleton:
    """Return what a claim comes to; ``sale`` is the sale date to go by where it has none."""
    if isinstance(program, Dated):
        return program.skeleton_in(row, sale)
    return skeleton_of_any(program, row, sale)


def states_in(program: AnyProgram, row: ClaimRow, sale: int | None = None) -> tuple[Any, ...]:
    """Return the truth of every leaf of every policy that decides, and which of them do."""
    if isinstance(program, Dated):
        return program.states_in(row, sale)
    return states_of_any(program, row, sale)


def first_days(program: AnyProgram) -> frozenset[int]:
    """Return the days, as ordinals, from which on another law or promise governs a sale."""
    if isinstance(program, Dated):
        return program.first_days.union(*map(first_days_of, program.each))
    return first_days_of(program)


def evaluated_by(
    programs: AnyPrograms, claim: Claim, readings: Readings, choice: object | None
) -> AnyEvaluation:
    """Return the case of a claim under these programs.

    ``choice`` is what chose them by the claim; the case keeps it.
    """
    return evaluation_by(programs.of(claim.row.kind, readings), claim, choice)


def evaluation_by(program: AnyProgram, claim: Claim, choice: object | None = None) -> AnyEvaluation:
    """Return what ``program`` makes of ``claim``."""
    make: Any = dated_evaluation if isinstance(program, Dated) else evaluation_of
    case: AnyEvaluation = make(program, claim, choice)
    return case
