"""Unknown facts, settled by cases: 分情形认定.

Where facts that decide are not known, the claim is decided again with every value they
could have. If all agree, that is the outcome; if not, the outcomes found are what is
possible, and the facts that tell them apart are what is needed.

Values that no rule tells apart are tried once. For an unknown sale date that means: the
time line is cut where a repair or an exchange begins to count; between two cuts every
leaf changes at most once as the date moves on, so halving finds each change exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from types import MappingProxyType
from typing import Any, TypeAlias, get_args

from sanbao.case import Case
from sanbao.claim import Invoice, Symptom, Voucher
from sanbao.conditions import Elapsed
from sanbao.decision import Outcome, Verdict
from sanbao.facts import derive
from sanbao.policy import Right, named_codes, policy_leaves
from sanbao.shape import Shape, shape_of
from sanbao.stated import Stated, StatedRepair

__all__ = ["Resolution", "resolution", "verdicts"]

Change: TypeAlias = Callable[[Stated], Stated]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What remains of a claim when its unknown facts are tried out.

    ``outcomes`` remain, strongest first, and ``needs`` are the fields that would settle
    them. ``certain`` rights are open in every case, ``candidates`` in some, each with the
    fields that would settle it; both in the order of choice.
    """

    outcomes: tuple[Outcome, ...]
    needs: tuple[str, ...]
    certain: tuple[Right, ...]
    candidates: tuple[tuple[Right, tuple[str, ...]], ...]

    @property
    def outcome(self) -> Outcome | None:
        """The outcome, where only one remains."""
        return self.outcomes[0] if len(self.outcomes) == 1 else None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something the claim does not say: its fields, and what they could be."""

    paths: tuple[str, ...]
    changes: tuple[Change, ...]


def resolution(case: Case) -> Resolution:
    """Return what remains possible for a claim, and what would settle it."""
    found: Resolution | None = case.formed.get("resolution")
    if found is None:
        found = case.formed["resolution"] = _resolved(case)
    return found


def verdicts(case: Case) -> Mapping[str, Verdict]:
    """Return the verdict of every rule; a right that is open in every case holds."""
    if not case.shape.candidates:
        return case.shape.verdicts
    settled: dict[str, Verdict] = {right.id: "holds" for right in resolution(case).certain}
    return MappingProxyType({**case.shape.verdicts, **settled})


def _resolved(case: Case) -> Resolution:
    shape = case.shape
    if len(shape.outcomes) == 1 and not shape.candidates:
        return Resolution(shape.outcomes, (), shape.certain, ())
    unknowns = list(_unknowns(case))
    table = _tried(case, unknowns)
    tried = list(table.values())
    found = {outcome for one in tried for outcome in one.outcomes}
    paths = [*(unknown.paths for unknown in unknowns), _SALE]

    def telling(view: Callable[[Shape], object]) -> tuple[str, ...]:
        told = [names for place, names in enumerate(paths) if _tells(table, place, view)]
        names = [name for names in told for name in names]
        return tuple(sorted(names, key=lambda name: name not in _SALE))

    certain, candidates = list(shape.certain), []
    for right in shape.candidates:
        if all(right in one.certain for one in tried):
            certain.append(right)
        elif any(right in (*one.certain, *one.candidates) for one in tried):
            candidates.append((right, telling(partial(_is_certain, right))))
    return Resolution(
        outcomes=tuple(outcome for outcome in get_args(Outcome) if outcome in found),
        needs=telling(lambda one: one.outcomes) if len(found) > 1 else (),
        certain=tuple(certain),
        candidates=tuple(candidates),
    )


def _is_certain(right: Right, shape: Shape) -> bool:
    return right in shape.certain


_SALE = ("purchase.sold_on",)

Table: TypeAlias = dict[tuple[int, ...], Shape]
"""What came of every way to fill in what is not known: a choice for each unknown, and
last the place of the sale date."""


def _tried(case: Case, unknowns: list[Unknown]) -> Table:
    variants = {
        choice: _changed(case.claim.stated, unknowns, choice)
        for choice in product(*(range(len(unknown.changes)) for unknown in unknowns))
    }
    sales: Sequence[int | None] = [None]
    if case.claim.stated.sold is None:
        sales = sorted(
            {day for stated in variants.values() for day in _telling_sales(case, stated)}
        )
    return {
        (*choice, index): _shape(case, stated, sale)
        for choice, stated in variants.items()
        for index, sale in enumerate(sales)
    }


def _tells(table: Table, place: int, view: Callable[[Shape], object]) -> bool:
    """Say whether what ``view`` sees can change with the choice at ``place`` alone."""
    seen: dict[tuple[int, ...], object] = {}
    for choice, shape in table.items():
        others = (*choice[:place], *choice[place + 1 :])
        if seen.setdefault(others, view(shape)) != view(shape):
            return True
    return False


def _changed(stated: Stated, unknowns: list[Unknown], choice: tuple[int, ...]) -> Stated:
    for unknown, index in zip(unknowns, choice, strict=True):
        stated = unknown.changes[index](stated)
    return stated


def _shape(case: Case, stated: Stated, sale: int | None) -> Shape:
    facts = derive(stated, case.program.frame, sale)
    return shape_of(case.program, case.program.pattern(facts))


def _set(**change: Any) -> Change:
    return lambda stated: stated._replace(**change)


def _unknowns(case: Case) -> Iterator[Unknown]:
    stated = case.claim.stated
    if stated.invoice is None:
        changes = [_set(invoice=code) for code in get_args(Invoice)]
        yield Unknown(("evidence.invoice",), tuple(changes))
    if stated.voucher is None:
        changes = [_set(voucher=code) for code in get_args(Voucher)]
        yield Unknown(("evidence.voucher",), tuple(changes))
    if stated.symptom is None:
        changes = [_set(symptom=code) for code in _telling_symptoms(case)]
        yield Unknown(("fault.symptom",), tuple(changes))
    if undecided := list(_undecided(stated)):
        paths = tuple(f"repairs[{index}].delay" for index, _ in undecided)
        yield Unknown(paths, tuple(_delays(case, [repair for _, repair in undecided])))
    if stated.same_model_in_stock is None:
        changes = [_set(same_model_in_stock=yes) for yes in (True, False)]
        yield Unknown(("same_model_in_stock",), tuple(changes))
    if case.facts.nothing_to_refund is None:
        changes = [_set(bought_with_phone=yes) for yes in (True, False)]
        yield Unknown(("product.bought_with_phone",), tuple(changes))


def _undecided(stated: Stated) -> Iterator[tuple[int, StatedRepair]]:
    """Yield the repairs that go on for a reason not known, with their place."""
    for index, repair in enumerate(stated.repairs):
        if repair.delay is None and repair.is_unrepaired(stated.claimed):
            yield index, repair


def _telling_symptoms(case: Case) -> list[str]:
    """Return symptoms such that any other is treated like one of them."""
    repaired = {repair.symptom for repair in case.claim.stated.repairs}
    singled: set[str] = {symptom for symptom in repaired if symptom}
    singled |= named_codes(case.program.policy, "symptom") | {"battery_fault"}
    faults = case.program.frame.faults
    telling = [code for code in get_args(Symptom) if code in singled]
    for listed in (True, False):
        rest = [c for c in get_args(Symptom) if c not in singled and (c in faults) == listed]
        telling += rest[:1]
    return telling


def _delays(case: Case, undecided: list[StatedRepair]) -> Iterator[Change]:
    """Yield ways to say what delays the open repairs, one for each pair of waiting times."""
    claimed = case.claim.stated.claimed
    limits = {
        leaf.days
        for _, leaf in policy_leaves(case.program.policy)
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


def _telling_sales(case: Case, stated: Stated) -> Iterator[int]:
    """Yield sale dates (ordinals) such that any other is treated like one of them."""
    last = stated.claimed
    in_force = case.program.frame.in_force_from
    dated = (stated.invoiced, stated.received, stated.made)
    # a paper or a factory date from after the commencement shows a sale after it
    after = any(day is not None and day >= in_force for day in dated)
    first = min(last, max(stated.made or 0, in_force if after else in_force - 1))
    events = [*stated.exchanges, *(repair.handed_in for repair in stated.repairs)]
    cuts = {first, in_force, *(day + 1 for day in events)}
    starts = sorted(day for day in cuts if first <= day <= last)
    for start, end in zip(starts, [*(day - 1 for day in starts[1:]), last], strict=True):
        states = _states(case, stated, start), _states(case, stated, end)
        yield start
        yield from _changes(case, stated, start, end, states)


def _states(case: Case, stated: Stated, sale: int) -> tuple[int, ...]:
    return case.program.leaf_states(derive(stated, case.program.frame, sale))


def _changes(
    case: Case, stated: Stated, start: int, end: int, states: tuple[tuple[int, ...], ...]
) -> Iterator[int]:
    """Yield the first day of every stretch after the one of ``start``, up to ``end``."""
    if states[0] == states[1]:
        return
    if end - start == 1:
        yield end
        return
    middle = (start + end) // 2
    between = _states(case, stated, middle)
    yield from _changes(case, stated, start, middle, (states[0], between))
    yield from _changes(case, stated, middle, end, (between, states[1]))
