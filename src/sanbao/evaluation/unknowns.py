"""Unknown facts, settled by cases: 分情形认定.

Where facts that decide are not known, the claim is decided again with every value they
could have. If all agree, that is the outcome; if not, the outcomes found are what is
possible, and the facts that tell them apart are what is needed.

Values that no rule tells apart are tried once; for an unknown sale date those are the days
on which something changes (:mod:`sanbao.base.breakpoints`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from operator import methodcaller
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeAlias, get_args

from sanbao.base.breakpoints import constant_intervals
from sanbao.base.once import once
from sanbao.evaluation.facts.dependencies import codes_named
from sanbao.evaluation.programs.by_version import (
    AnyProgram,
    AnyRight,
    first_days,
    possible_sales,
    program_deciding,
    programs_of,
    skeleton_in,
    states_in,
)
from sanbao.evaluation.programs.combined import (
    AnyEvaluation,
    CombinedProgram,
    CombinedSkeleton,
)
from sanbao.evaluation.programs.evaluation import Evaluation
from sanbao.evaluation.programs.program import Program
from sanbao.evaluation.programs.skeleton import Skeleton
from sanbao.model.claim_row import ClaimRow, RepairRow
from sanbao.model.codes import Outcome, Verdict
from sanbao.model.decision import Verdicts
from sanbao.model.facts import FACTS
from sanbao.model.fields import FIELDS, ClaimField
from sanbao.model.rule_ref import RuleRef
from sanbao.rules.conditions import Elapsed
from sanbao.rules.policy import codes_of, named_codes, policy_leaves

__all__ = [
    "AnySkeleton",
    "CaseAnalysis",
    "PartialClaim",
    "analysed",
    "case_analysis",
    "completions",
    "verdicts",
    "verdicts_of_any",
]

Change: TypeAlias = Callable[[ClaimRow], ClaimRow]
AnySkeleton: TypeAlias = Skeleton | CombinedSkeleton
Tried: TypeAlias = dict[tuple[int, ...], AnySkeleton]
"""What came of every way to fill in what is not known: a choice for each unknown, and
last the place of the sale date."""

SILENT_VOUCHERS: Final = FIELDS["evidence.voucher"].may_be
"""What a voucher of which nobody speaks may be: never altered or mismatched."""

_SALE: Final = ("purchase.sold_on",)
_SETTLED: Final = sorted(
    (field for field in FIELDS.values() if field.settled != "never" and field.path not in _SALE),
    key=lambda field: field.settled != "always",
)
"""The fields that cases settle, but for the day of sale; first those that are always tried."""

_NOTHING_TO_REFUND = list(FACTS).index("nothing_to_refund")


class PartialClaim(NamedTuple):
    """What is stated, before the program that decides it."""

    program: AnyProgram
    row: ClaimRow


@dataclass(frozen=True, slots=True)
class CaseAnalysis:
    """What remains of a claim when its unknown facts are tried out.

    ``outcomes`` remain, strongest first. ``certain`` rights are open in every case,
    ``candidates`` in some; both in the order of choice. ``tried`` is what came of every
    way to fill in what is not known, ``paths`` the fields each way fills in, and ``sales`` the days
    of the sale (ordinals) that were tried, each of which stands for those up to the next;
    ``None`` alone where that day is known.
    """

    outcomes: tuple[Outcome, ...]
    certain: tuple[AnyRight, ...]
    candidates: tuple[AnyRight, ...] = ()
    tried: Tried = field(default_factory=dict)
    paths: tuple[tuple[str, ...], ...] = ()
    sales: tuple[int | None, ...] = ()

    @property
    def outcome(self) -> Outcome | None:
        """The outcome, where only one remains."""
        return self.outcomes[0] if len(self.outcomes) == 1 else None

    @property
    def needs(self) -> tuple[str, ...]:
        """The fields that would settle the outcome."""
        return self._telling(lambda skeleton: skeleton.outcomes) if len(self.outcomes) > 1 else ()

    def needs_for(self, right: AnyRight) -> tuple[str, ...]:
        """Return the fields that would settle whether ``right`` is open."""
        return self._telling(lambda skeleton: _is_in(right, skeleton.certain))

    def _telling(self, view: Callable[[AnySkeleton], object]) -> tuple[str, ...]:
        seen = {skeleton: view(skeleton) for skeleton in self.tried.values()}
        told = [
            name
            for place, names in enumerate(self.paths)
            if _tells(self.tried, place, seen)
            for name in names
        ]
        return tuple(sorted(told, key=lambda name: name not in _SALE))


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something the claim does not say: its fields, and what they could be."""

    paths: tuple[str, ...]
    changes: tuple[Change, ...]


@once
def case_analysis(case: AnyEvaluation) -> CaseAnalysis:
    """Return what remains possible for a claim, and what would settle it."""
    return _resolved(PartialClaim(program_deciding(case), case.claim.row), case.skeleton)


def analysed(partial: PartialClaim) -> CaseAnalysis:
    """Return what remains possible in ``partial``, and what would settle it."""
    program, row = partial
    if not isinstance(program, Program | CombinedProgram):
        program = program.governing(row)
    return _resolved(PartialClaim(program, row), skeleton_in(program, row))


def completions(partial: PartialClaim) -> tuple[ClaimRow, ...]:
    """Return every way to fill in what is not known, but for the date of sale.

    Ways that no rule tells apart stand for one another; one way if all is known.
    """
    return tuple(_variants(partial, list(_unknowns(partial))).values())


def verdicts_of_any(case: AnyEvaluation) -> Mapping[Any, Verdict]:
    """Return the verdict of every rule, of several policies each to its own; as decisions do."""
    if isinstance(case, Evaluation):
        return verdicts(case)
    return Verdicts(
        {
            RuleRef(one.policy.id, rule): verdict
            for one in case.evaluations
            for rule, verdict in verdicts(one).items()
        }
    )


def verdicts(case: Evaluation) -> Mapping[str, Verdict]:
    """Return the verdict of every rule of a policy; a right that is open in every case holds."""
    if not case.skeleton.candidates:
        return case.skeleton.verdicts
    certain: dict[str, Verdict] = {right.id: "holds" for right in case_analysis(case).certain}
    return MappingProxyType({**case.skeleton.verdicts, **certain})


def _resolved(partial: PartialClaim, skeleton: AnySkeleton) -> CaseAnalysis:
    if len(skeleton.outcomes) == 1 and not skeleton.candidates:
        return CaseAnalysis(skeleton.outcomes, skeleton.certain)
    unknowns = list(_unknowns(partial))
    variants = _variants(partial, unknowns)
    sales = _sales(partial, variants.values())
    tried = {
        (*choice, index): skeleton_in(partial.program, row, sale)
        for choice, row in variants.items()
        for index, sale in enumerate(sales)
    }
    skeletons = dict.fromkeys(tried.values())
    found = {outcome for one in skeletons for outcome in one.outcomes}
    certain: list[AnyRight] = list(skeleton.certain)
    candidates: list[AnyRight] = []
    for right in skeleton.candidates:
        if all(_is_in(right, one.certain) for one in skeletons):
            certain.append(right)
        elif any(_is_in(right, (*one.certain, *one.candidates)) for one in skeletons):
            candidates.append(right)
    return CaseAnalysis(
        outcomes=tuple(outcome for outcome in get_args(Outcome) if outcome in found),
        certain=tuple(certain),
        candidates=tuple(candidates),
        tried=tried,
        paths=(*(unknown.paths for unknown in unknowns), _SALE),
        sales=sales,
    )


def _is_in(right: AnyRight, rights: tuple[AnyRight, ...]) -> bool:
    return any(one is right for one in rights)


def _variants(
    partial: PartialClaim, unknowns: Sequence[Unknown]
) -> dict[tuple[int, ...], ClaimRow]:
    """Return every way to fill in what is not known, but for the date of sale, by the choices."""
    return {
        choice: _changed(partial.row, unknowns, choice)
        for choice in product(*(range(len(unknown.changes)) for unknown in unknowns))
    }


def _sales(partial: PartialClaim, variants: Iterable[ClaimRow]) -> tuple[int | None, ...]:
    """Return the days of sale to try, in their order."""
    if partial.row.sold is not None:
        return (None,)
    starts = [one.context.starts for one in programs_of(partial.program)]
    # what else is filled in has no part in when something changes
    dated = {
        (
            *(start[v.invoice, v.voucher, v.made is not None] for start in starts),
            v.symptom,
            v.repairs,
        ): v
        for v in variants
    }
    return tuple(sorted({day for v in dated.values() for day in _representative_sales(partial, v)}))


def _tells(tried: Tried, place: int, view: dict[AnySkeleton, object]) -> bool:
    """Say whether what ``view`` shows can change with the choice at ``place`` alone."""
    seen: dict[tuple[int, ...], object] = {}
    for choice, skeleton in tried.items():
        others = (*choice[:place], *choice[place + 1 :])
        if seen.setdefault(others, view[skeleton]) != view[skeleton]:
            return True
    return False


def _changed(row: ClaimRow, unknowns: Sequence[Unknown], choice: tuple[int, ...]) -> ClaimRow:
    for unknown, index in zip(unknowns, choice, strict=True):
        row = unknown.changes[index](row)
    return row


def _set(**change: Any) -> Change:
    return lambda row: row._replace(**change)


def _unknowns(partial: PartialClaim) -> Iterator[Unknown]:
    row = partial.row
    for one in _SETTLED:
        if one.path == "repairs.delay":
            if undecided := list(_undecided(row)):
                paths = tuple(f"repairs[{index}].delay" for index, _ in undecided)
                yield Unknown(paths, tuple(_delays(partial, [repair for _, repair in undecided])))
        elif getattr(row, one.row) is None and _is_tried(partial, one):
            values = one.may_be
            if one.path == "fault.symptom":
                values = _representative_symptoms(partial)
            yield Unknown((one.path,), tuple(_set(**{one.row: value}) for value in values))


def _is_tried(partial: PartialClaim, field: ClaimField) -> bool:
    """Say whether what the field could be is tried: whether it may decide anything."""
    programs = programs_of(partial.program)
    if field.settled == "always" or any(map(methodcaller("asks_field", field), programs)):
        return True
    return field.path == "product.bought_with_phone" and any(
        one.derive(partial.row)[_NOTHING_TO_REFUND] is None for one in programs
    )


def _undecided(row: ClaimRow) -> Iterator[tuple[int, RepairRow]]:
    """Yield the repairs that go on for a reason not known, with their place."""
    for index, repair in enumerate(row.repairs):
        if repair.delay is None and repair.is_unrepaired(row.claimed):
            yield index, repair


def _representative_symptoms(partial: PartialClaim) -> tuple[str, ...]:
    """Return symptoms such that any other is treated like one of them."""
    repaired = {repair.symptom for repair in partial.row.repairs}
    singled: set[str] = {symptom for symptom in repaired if symptom}
    programs = programs_of(partial.program)
    for one in programs:
        singled |= codes_named(one.policy.derived) | named_codes(one.policy, "symptom")
    codes = codes_of((one.policy for one in programs), "symptom")
    telling = [code for code in codes if code in singled]
    alike: dict[tuple[bool, ...], str] = {}
    for code in codes:
        if code not in singled:
            listed = tuple(code in one.context.faults for one in programs)
            alike.setdefault(listed, code)
    return (*telling, *(alike[listed] for listed in sorted(alike, reverse=True)))


def _delays(partial: PartialClaim, undecided: list[RepairRow]) -> Iterator[Change]:
    """Yield ways to say what delays the open repairs, one for each pair of waiting times."""
    claimed = partial.row.claimed
    limits = {
        leaf.days
        for one in programs_of(partial.program)
        for _, leaf in policy_leaves(one.policy)
        if isinstance(leaf, Elapsed) and leaf.days is not None
    }
    firsts: dict[tuple[bool, ...], int] = {}
    for since in sorted(repair.handed_in for repair in undecided):
        firsts.setdefault(tuple(claimed - since > days for days in sorted(limits)), since)
    for cut in (*sorted(firsts.values())[1:], claimed + 1):
        for earlier, later in (("parts", "repairer"), ("repairer", "parts")):
            yield _delayed(cut, earlier, later)


def _delayed(cut: int, earlier: str, later: str) -> Change:
    """Return the change that lays to ``earlier`` what was handed in before ``cut``."""

    def change(row: ClaimRow) -> ClaimRow:
        repairs = tuple(
            repair._replace(delay=earlier if repair.handed_in < cut else later)
            if repair.delay is None
            else repair
            for repair in row.repairs
        )
        return row._replace(repairs=repairs)

    return change


def _representative_sales(partial: PartialClaim, row: ClaimRow) -> Iterator[int]:
    """Yield sale dates (ordinals) such that any other is treated like one of them."""
    program = partial.program
    if isinstance(program, Program | CombinedProgram):
        yield from _representative_sales_between(program, row, 1, row.claimed)
        return
    places = program.library.places(row)
    if len(places) == 1:  # the day of receipt tells the version
        yield from _representative_sales_between(program.each[places[0]], row, 1, row.claimed)
        return
    for place in places:
        span = program.library.spans[place]
        last = min(span.last, row.claimed)
        yield from _representative_sales_between(program.each[place], row, span.first, last)


def _representative_sales_between(
    program: AnyProgram, row: ClaimRow, earliest: int, last: int
) -> Iterator[int]:
    programs = programs_of(program)
    _, latest = possible_sales(row)
    last = min(last, latest)
    dated = (row.invoiced, row.received, row.made)
    firsts = []
    for one in programs:
        in_force = one.context.commencement
        # a paper or a factory date from after the commencement shows a sale after it
        after = any(day is not None and day >= in_force for day in dated)
        firsts.append(in_force if after else in_force - 1)
    first = min(last, max(earliest, row.made or 0, min(firsts)))
    events = [*row.exchanges, *(repair.handed_in for repair in row.repairs)]
    cuts = [*first_days(program), *(day + 1 for day in events)]

    def states(sale: int) -> tuple[Any, ...]:
        return states_in(program, row, sale)

    yield from (start for start, _ in constant_intervals(states, first, last, cuts))
