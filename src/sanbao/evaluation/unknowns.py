"""Unknown facts, settled by cases: 分情形认定.

Where facts that decide are not known, the claim is decided again with every value they
could have. If all agree, that is the outcome; if not, the outcomes found are what is
possible, and the facts that tell them apart are what is needed.

Values that no rule tells apart are tried once; for an unknown sale date those are the days
on which something changes (:mod:`sanbao.base.breakpoints`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeAlias, get_args

from sanbao.base.breakpoints import stretches
from sanbao.base.once import once
from sanbao.evaluation.facts.derivation import derive
from sanbao.evaluation.facts.repair_history import NO_PROBLEM
from sanbao.evaluation.programs.by_version import (
    AnyProgram,
    first_days,
    possible_sales,
    program_deciding,
    programs_of,
    shape_in,
    states_in,
)
from sanbao.evaluation.programs.combined import AnyCase, Joint, JointCase, JointShape
from sanbao.evaluation.programs.program import Program
from sanbao.evaluation.programs.skeleton import Shape
from sanbao.model.claim_row import Stated, StatedRepair
from sanbao.model.codes import Invoice, Outcome, Symptom, Verdict
from sanbao.model.facts import FACTS
from sanbao.rules.combined import qualified_id
from sanbao.rules.conditions import Elapsed
from sanbao.rules.policy import Right, named_codes, policy_leaves

__all__ = ["AnyShape", "Resolution", "Situation", "filled", "resolution", "settled", "verdicts"]

Change: TypeAlias = Callable[[Stated], Stated]
AnyShape: TypeAlias = Shape | JointShape
Tried: TypeAlias = dict[tuple[int, ...], AnyShape]
"""What came of every way to fill in what is not known: a choice for each unknown, and
last the place of the sale date."""

SILENT_VOUCHERS: Final = ("intact", "lost", "not_issued")
"""What a voucher of which nobody speaks may be: never altered or mismatched."""

_NOTHING_TO_REFUND = list(FACTS).index("nothing_to_refund")


class Situation(NamedTuple):
    """What is stated, before the program that decides it."""

    program: AnyProgram
    stated: Stated


@dataclass(frozen=True, slots=True)
class Resolution:
    """What remains of a claim when its unknown facts are tried out.

    ``outcomes`` remain, strongest first. ``certain`` rights are open in every case,
    ``candidates`` in some; both in the order of choice. ``tried`` is what came of every
    way to fill in what is not known, ``paths`` the fields each way fills in.
    """

    outcomes: tuple[Outcome, ...]
    certain: tuple[Right, ...]
    candidates: tuple[Right, ...] = ()
    tried: Tried = field(default_factory=dict)
    paths: tuple[tuple[str, ...], ...] = ()

    @property
    def outcome(self) -> Outcome | None:
        """The outcome, where only one remains."""
        return self.outcomes[0] if len(self.outcomes) == 1 else None

    @property
    def needs(self) -> tuple[str, ...]:
        """The fields that would settle the outcome."""
        return self._telling(lambda shape: shape.outcomes) if len(self.outcomes) > 1 else ()

    def needs_for(self, right: Right) -> tuple[str, ...]:
        """Return the fields that would settle whether ``right`` is open."""
        return self._telling(lambda shape: _is_in(right, shape.certain))

    def _telling(self, view: Callable[[AnyShape], object]) -> tuple[str, ...]:
        seen = {shape: view(shape) for shape in self.tried.values()}
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
def resolution(case: AnyCase) -> Resolution:
    """Return what remains possible for a claim, and what would settle it."""
    return _resolved(Situation(program_deciding(case), case.claim.stated), case.shape)


def settled(situation: Situation) -> Resolution:
    """Return what remains possible in ``situation``, and what would settle it."""
    program, stated = situation
    if not isinstance(program, Program | Joint):
        program = program.governing(stated)
    return _resolved(Situation(program, stated), shape_in(program, stated))


def filled(situation: Situation) -> tuple[Stated, ...]:
    """Return every way to fill in what is not known, but for the date of sale.

    Ways that no rule tells apart stand for one another; one way if all is known.
    """
    unknowns = list(_unknowns(situation))
    return tuple(
        _changed(situation.stated, unknowns, choice)
        for choice in product(*(range(len(unknown.changes)) for unknown in unknowns))
    )


def verdicts(case: AnyCase) -> Mapping[str, Verdict]:
    """Return the verdict of every rule; a right that is open in every case holds.

    Of several policies each comes to its own.
    """
    if isinstance(case, JointCase):
        return MappingProxyType(
            {
                qualified_id(one.policy, rule): verdict
                for one in case.evaluations
                for rule, verdict in verdicts(one).items()
            }
        )
    if not case.shape.candidates:
        return case.shape.verdicts
    certain: dict[str, Verdict] = {right.id: "holds" for right in resolution(case).certain}
    return MappingProxyType({**case.shape.verdicts, **certain})


def _resolved(situation: Situation, shape: AnyShape) -> Resolution:
    if len(shape.outcomes) == 1 and not shape.candidates:
        return Resolution(shape.outcomes, shape.certain)
    unknowns = list(_unknowns(situation))
    tried = _tried(situation, unknowns)
    shapes = dict.fromkeys(tried.values())
    found = {outcome for one in shapes for outcome in one.outcomes}
    certain, candidates = list(shape.certain), []
    for right in shape.candidates:
        if all(_is_in(right, one.certain) for one in shapes):
            certain.append(right)
        elif any(_is_in(right, (*one.certain, *one.candidates)) for one in shapes):
            candidates.append(right)
    return Resolution(
        outcomes=tuple(outcome for outcome in get_args(Outcome) if outcome in found),
        certain=tuple(certain),
        candidates=tuple(candidates),
        tried=tried,
        paths=(*(unknown.paths for unknown in unknowns), _SALE),
    )


def _is_in(right: Right, rights: tuple[Right, ...]) -> bool:
    return any(one is right for one in rights)


_SALE = ("purchase.sold_on",)


def _tried(situation: Situation, unknowns: list[Unknown]) -> Tried:
    variants = {
        choice: _changed(situation.stated, unknowns, choice)
        for choice in product(*(range(len(unknown.changes)) for unknown in unknowns))
    }
    sales: Sequence[int | None] = [None]
    if situation.stated.sold is None:
        starts = [one.frame.starts for one in programs_of(situation.program)]
        # what else is filled in has no part in when something changes
        dated = {
            (
                *(start[v.invoice, v.voucher, v.made is not None] for start in starts),
                v.symptom,
                v.repairs,
            ): v
            for v in variants.values()
        }
        sales = sorted({day for v in dated.values() for day in _telling_sales(situation, v)})
    return {
        (*choice, index): shape_in(situation.program, stated, sale)
        for choice, stated in variants.items()
        for index, sale in enumerate(sales)
    }


def _tells(tried: Tried, place: int, view: dict[AnyShape, object]) -> bool:
    """Say whether what ``view`` shows can change with the choice at ``place`` alone."""
    seen: dict[tuple[int, ...], object] = {}
    for choice, shape in tried.items():
        others = (*choice[:place], *choice[place + 1 :])
        if seen.setdefault(others, view[shape]) != view[shape]:
            return True
    return False


def _changed(stated: Stated, unknowns: list[Unknown], choice: tuple[int, ...]) -> Stated:
    for unknown, index in zip(unknowns, choice, strict=True):
        stated = unknown.changes[index](stated)
    return stated


def _set(**change: Any) -> Change:
    return lambda stated: stated._replace(**change)


def _unknowns(situation: Situation) -> Iterator[Unknown]:
    stated, programs = situation.stated, programs_of(situation.program)

    def asks(name: str) -> bool:
        return any(one.asks(name) for one in programs)

    if stated.invoice is None:
        changes = [_set(invoice=code) for code in get_args(Invoice)]
        yield Unknown(("evidence.invoice",), tuple(changes))
    if stated.voucher is None:
        changes = [_set(voucher=code) for code in SILENT_VOUCHERS]
        yield Unknown(("evidence.voucher",), tuple(changes))
    if stated.symptom is None:
        changes = [_set(symptom=code) for code in _telling_symptoms(situation)]
        yield Unknown(("fault.symptom",), tuple(changes))
    if undecided := list(_undecided(stated)):
        paths = tuple(f"repairs[{index}].delay" for index, _ in undecided)
        yield Unknown(paths, tuple(_delays(situation, [repair for _, repair in undecided])))
    if stated.same_model_in_stock is None:
        yield _yes_or_no("same_model_in_stock")
    if stated.bought_with_phone is None and (
        asks("bought_with_phone")
        or any(derive(stated, one.frame)[_NOTHING_TO_REFUND] is None for one in programs)
    ):
        yield _yes_or_no("product.bought_with_phone")
    for path in ("product.complete", "product.housing_worn", "fault.confirmed"):
        name = path.partition(".")[2]
        if getattr(stated, name) is None and asks(name):
            yield _yes_or_no(path)


def _yes_or_no(path: str) -> Unknown:
    name = path.rpartition(".")[2]
    return Unknown((path,), (_set(**{name: True}), _set(**{name: False})))


def _undecided(stated: Stated) -> Iterator[tuple[int, StatedRepair]]:
    """Yield the repairs that go on for a reason not known, with their place."""
    for index, repair in enumerate(stated.repairs):
        if repair.delay is None and repair.is_unrepaired(stated.claimed):
            yield index, repair


def _telling_symptoms(situation: Situation) -> list[str]:
    """Return symptoms such that any other is treated like one of them."""
    repaired = {repair.symptom for repair in situation.stated.repairs}
    singled: set[str] = {symptom for symptom in repaired if symptom}
    programs = programs_of(situation.program)
    singled |= NO_PROBLEM.union(
        ["battery_fault"], *(named_codes(one.policy, "symptom") for one in programs)
    )
    telling = [code for code in get_args(Symptom) if code in singled]
    alike: dict[tuple[bool, ...], str] = {}
    for code in get_args(Symptom):
        if code not in singled:
            listed = tuple(code in one.frame.faults for one in programs)
            alike.setdefault(listed, code)
    return [*telling, *(alike[listed] for listed in sorted(alike, reverse=True))]


def _delays(situation: Situation, undecided: list[StatedRepair]) -> Iterator[Change]:
    """Yield ways to say what delays the open repairs, one for each pair of waiting times."""
    claimed = situation.stated.claimed
    limits = {
        leaf.days
        for one in programs_of(situation.program)
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

    def change(stated: Stated) -> Stated:
        repairs = tuple(
            repair._replace(delay=earlier if repair.handed_in < cut else later)
            if repair.delay is None
            else repair
            for repair in stated.repairs
        )
        return stated._replace(repairs=repairs)

    return change


def _telling_sales(situation: Situation, stated: Stated) -> Iterator[int]:
    """Yield sale dates (ordinals) such that any other is treated like one of them."""
    program = situation.program
    if isinstance(program, Program | Joint):
        yield from _telling_sales_between(program, stated, 1, stated.claimed)
        return
    places = program.library.places(stated)
    if len(places) == 1:  # the day of receipt tells the version
        yield from _telling_sales_between(program.each[places[0]], stated, 1, stated.claimed)
        return
    for place in places:
        span = program.library.spans[place]
        last = min(span.last, stated.claimed)
        yield from _telling_sales_between(program.each[place], stated, span.first, last)


def _telling_sales_between(
    program: AnyProgram, stated: Stated, earliest: int, last: int
) -> Iterator[int]:
    programs = programs_of(program)
    _, latest = possible_sales(stated)
    last = min(last, latest)
    dated = (stated.invoiced, stated.received, stated.made)
    firsts = []
    for one in programs:
        in_force = one.frame.commencement
        # a paper or a factory date from after the commencement shows a sale after it
        after = any(day is not None and day >= in_force for day in dated)
        firsts.append(in_force if after else in_force - 1)
    first = min(last, max(earliest, stated.made or 0, min(firsts)))
    events = [*stated.exchanges, *(repair.handed_in for repair in stated.repairs)]
    cuts = [*first_days(program), *(day + 1 for day in events)]

    def states(sale: int) -> tuple[Any, ...]:
        return states_in(program, stated, sale)

    yield from (start for start, _ in stretches(states, first, last, cuts))
