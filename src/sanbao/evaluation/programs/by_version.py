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

from sanbao.evaluation.programs.case import Case
from sanbao.evaluation.programs.combined import (
    Joint,
    JointCase,
    JointShape,
    Panel,
    case_of,
    first_days_of,
    shape_of_any,
    states_of_any,
)
from sanbao.evaluation.programs.program import Program, Programs
from sanbao.evaluation.programs.skeleton import FindingShape, Shape, answers
from sanbao.model.codes import Outcome
from sanbao.rules.policy import Right
from sanbao.rules.versions import Possible

if TYPE_CHECKING:
    from sanbao.evaluation.programs.combined import (
        AnyCase,
        OneProgram,
        OnePrograms,
    )
    from sanbao.model.claim import Claim
    from sanbao.model.claim_row import Stated
    from sanbao.model.readings import Readings

__all__ = [
    "AnyProgram",
    "AnyPrograms",
    "Dated",
    "Eras",
    "Span",
    "dated_case",
    "evaluated_by",
    "first_days",
    "last_sale",
    "possible_sales",
    "programs_of",
    "shape_in",
    "states_in",
]

_MOST_SHAPES: Final = 20_000

AnyShape: TypeAlias = Shape | JointShape


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

    def places(self, stated: Stated, sale: int | None = None) -> tuple[int, ...]:
        """Return the places of the spans that a sale can lie in, never none.

        After the last day of the law that is the newest.
        """
        first, last = _governing_days(stated, sale)
        found = tuple(
            place
            for place, span in enumerate(self.spans)
            if span.first <= last and first <= span.last
        )
        return found or (len(self.spans) - 1,)

    def governing(self, stated: Stated) -> AnyPrograms:
        """Return the programs of the version in force, or of those that can be."""
        places = self.places(stated)
        if stated.sold is not None and len(places) == 1:
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
            for member in (program.programs if isinstance(program, Joint) else (program,))
        )
        self._rights = {right.id: right for right in _rights_of(self.newest)}
        self._made: dict[tuple[int, ...], tuple[tuple[AnyShape, ...], AnyShape]] = {}

    def governing(self, stated: Stated) -> AnyProgram:
        """Return the program of the version in force, or those of the versions that can be."""
        governing = self.library.governing(stated)
        return governing.of(self.kind, self.readings, for_any=self.for_any)

    def shape_in(self, stated: Stated, sale: int | None) -> AnyShape:
        """Return what a claim comes to by all versions together, or sold on that day by its own.

        Only a claim that all of these versions can govern may be asked about.
        """
        if sale is None and stated.sold is None:
            return self._united(
                tuple(shape_of_any(one, stated, None) for one in self.each), stated.request
            )
        [place] = self.library.places(stated, sale)
        return self._as_newest(shape_of_any(self.each[place], stated, sale))

    def states_in(self, stated: Stated, sale: int | None) -> tuple[Any, ...]:
        """Return which versions can govern, and the truth of every leaf of each of them."""
        places = self.library.places(stated, sale)
        return (places, *(states_of_any(self.each[place], stated, sale) for place in places))

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

    # --- shapes ---------------------------------------------------------------------------

    def _as_newest(self, shape: AnyShape) -> AnyShape:
        """Return a shape with the rights of the newest version in place of its own."""
        return self._remembered((shape,), lambda: self._translated(shape))

    def _translated(self, shape: AnyShape) -> AnyShape:
        rights: Any = {
            "certain": tuple(self._like(shape.certain)),
            "candidates": tuple(self._like(shape.candidates)),
        }
        translated: AnyShape = replace(shape, **rights)
        return translated

    def _like(self, rights: Iterable[Right]) -> Iterator[Right]:
        for right in rights:
            own = self._rights.get(right.id)
            if own is not None and _gives(own) == _gives(right):
                yield own

    def _united(self, shapes: tuple[AnyShape, ...], request: str) -> AnyShape:
        if len(shapes) == 1:
            return shapes[0]
        return self._remembered(shapes, lambda: self._together(shapes, request))

    def _remembered(self, shapes: tuple[AnyShape, ...], make: Any) -> AnyShape:
        key = tuple(map(id, shapes))
        found = self._made.get(key)
        if found is None:
            if len(self._made) >= _MOST_SHAPES:
                self._made.clear()
            # the shapes are kept, so that no other gets the id of one of them
            found = self._made[key] = (shapes, make())
        return found[1]

    def _together(self, shapes: tuple[AnyShape, ...], request: str) -> AnyShape:
        alike = [self._as_newest(shape) for shape in shapes]
        newest = alike[-1]
        certain = [
            right
            for right in newest.certain
            if all(any(one is right for one in shape.certain) for shape in alike)
        ]
        sure = {right.id for right in certain}
        maybe = {right.id for shape in alike for right in (*shape.certain, *shape.candidates)}
        order = sorted(self._rights.values(), key=lambda right: not answers(right, request))
        known: Any = {
            "outcomes": _union(shape.outcomes for shape in shapes),
            "certain": tuple(certain),
            "candidates": tuple(one for one in order if one.id in maybe - sure),
        }
        if isinstance(newest, Shape):
            verdicts = [shape.verdicts for shape in shapes if isinstance(shape, Shape)]
            findings = tuple(_common(finding, verdicts) for finding in newest.findings)
            known |= {
                "findings": findings,
                "verdicts": MappingProxyType({one.rule.id: one.verdict for one in findings}),
            }
        together: AnyShape = replace(newest, **known)
        return together


def _law_of(programs: OnePrograms) -> Programs:
    return programs.programs[0] if isinstance(programs, Panel) else programs


def _rights_of(program: OneProgram) -> tuple[Right, ...]:
    """Return the rights of a program in the order of choice, as its decisions name them."""
    if isinstance(program, Joint):
        return tuple(one.right for one in program.library.ranked)
    return tuple(program.policy.right(rule) for rule in program.policy.preference)


def _gives(right: Right) -> tuple[object, ...]:
    return right.remedy, right.owed_by, right.refund


def _union(outcomes: Iterable[tuple[Outcome, ...]]) -> tuple[Outcome, ...]:
    found = {one for own in outcomes for one in own}
    return tuple(one for one in get_args(Outcome) if one in found)


def _common(finding: FindingShape, verdicts: Iterable[Any]) -> FindingShape:
    """Return what all versions find of a rule; where they differ it is not known."""
    rule = finding.rule.id
    if all(own.get(rule, "fails") == finding.verdict for own in verdicts):
        return finding
    return FindingShape(finding.rule, "unknown", (), ())


# --- one claim ---------------------------------------------------------------------------------


def _governing_days(stated: Stated, sale: int | None) -> tuple[int, int]:
    """Return the first and the last day (ordinals) on which goods can have been delivered.

    It is the day of receipt, else of the sale; a claim of before it comes under the law of its
    own day.
    """
    sold = sale if stated.sold is None else stated.sold
    delivered = sold if stated.received is None else stated.received
    first, last = possible_sales(stated) if delivered is None else (delivered, delivered)
    return min(first, stated.claimed), min(last, stated.claimed)


def possible_sales(stated: Stated) -> tuple[int, int]:
    """Return the first and the last day (ordinals) on which the goods can have been sold.

    Not before they were made, not after the claim, and not after what follows a sale: receipt,
    the fault, the first demand, an exchange, a repair. What contradicts the factory date or lies
    after the claim says nothing. An invoice may bear a day of before the sale.
    """
    first = min(stated.made or 1, stated.claimed)
    later = (
        stated.asked,
        stated.appeared,
        stated.received,
        *stated.exchanges,
        *(repair.handed_in for repair in stated.repairs),
    )
    return first, min([stated.claimed, *(day for day in later if day is not None and day >= first)])


def last_sale(program: AnyProgram, stated: Stated) -> int:
    """Return the last day (an ordinal) of a sale that could be claimed for and has a law."""
    ends = [] if isinstance(program, Program | Joint) else [program.library.spans[-1].last]
    return min([stated.claimed, *ends])


class DatedCase(Case):
    """The case of the newest version, where every version may govern: 销售日不明的个案.

    ``dated`` is the program of all of them, ``versions`` are the cases of each.
    """

    __slots__ = ("dated", "versions")
    dated: Dated
    versions: tuple[AnyCase, ...]


class DatedJointCase(JointCase):
    """The same with promises beside the law."""

    __slots__ = ("dated", "versions")
    dated: Dated
    versions: tuple[AnyCase, ...]


def dated_case(program: Dated, claim: Claim, choice: object | None = None) -> AnyCase:
    """Return what all versions of ``program`` make of ``claim``, as a case of the newest."""
    versions = tuple(case_of(one, claim) for one in program.each)
    shape: Any = program.shape_in(claim.stated, None)
    newest = versions[-1]
    found: DatedCase | DatedJointCase
    if isinstance(newest, Case):
        found = DatedCase(newest.program, claim, newest.derived, shape, choice)
    else:
        law: Any = dated_case(program.law, claim)
        members = (law, *newest.evaluations[1:])
        found = DatedJointCase(newest.program, claim, members, shape, choice)
    found.dated = program
    found.versions = versions
    return found


def program_deciding(case: AnyCase) -> AnyProgram:
    """Return what decided a case: the program of all versions, where every one may govern."""
    return case.dated if isinstance(case, DatedCase | DatedJointCase) else case.program


# --- whichever decides ---------------------------------------------------------------------------


AnyProgram: TypeAlias = "Program | Joint | Dated"
"""What decides: one policy, several together, or the versions that a sale can fall under."""
AnyPrograms: TypeAlias = "Programs | Panel | Eras"


def programs_of(program: AnyProgram) -> tuple[Program, ...]:
    """Return the programs of all policies that decide, the regulation's first."""
    return (program,) if isinstance(program, Program) else program.programs


def shape_in(program: AnyProgram, stated: Stated, sale: int | None = None) -> AnyShape:
    """Return what a claim comes to; ``sale`` is the sale date to go by where it has none."""
    if isinstance(program, Dated):
        return program.shape_in(stated, sale)
    return shape_of_any(program, stated, sale)


def states_in(program: AnyProgram, stated: Stated, sale: int | None = None) -> tuple[Any, ...]:
    """Return the truth of every leaf of every policy that decides, and which of them do."""
    if isinstance(program, Dated):
        return program.states_in(stated, sale)
    return states_of_any(program, stated, sale)


def first_days(program: AnyProgram) -> frozenset[int]:
    """Return the days, as ordinals, from which on another law or promise governs a sale."""
    if isinstance(program, Dated):
        return program.first_days.union(*map(first_days_of, program.each))
    return first_days_of(program)


def evaluated_by(
    programs: AnyPrograms, claim: Claim, readings: Readings, choice: object | None
) -> AnyCase:
    """Return the case of a claim under these programs.

    ``choice`` is what chose them by the claim; the case keeps it.
    """
    return case_by(programs.of(claim.stated.kind, readings), claim, choice)


def case_by(program: AnyProgram, claim: Claim, choice: object | None = None) -> AnyCase:
    """Return what ``program`` makes of ``claim``."""
    make: Any = dated_case if isinstance(program, Dated) else case_of
    case: AnyCase = make(program, claim, choice)
    return case
