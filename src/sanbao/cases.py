"""Unknown facts, settled by cases: 分情形认定.

Where facts that decide are not known, the claim is decided again with every value they
could have. If all agree, that is the outcome; if not, the outcomes found are what is
possible, and the facts that tell them apart are what is needed.

Values that no rule tells apart are tried once. For an unknown sale date that means: the
time line is cut where a repair or an exchange begins to count; between two cuts every
leaf changes at most once as the date moves on, so halving finds each change exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, TypeAlias, get_args

from sanbao.claim import Claim, Invoice, Symptom, Voucher
from sanbao.conditions import Elapsed
from sanbao.decision import Outcome
from sanbao.facts import derive, unrepaired
from sanbao.policy import Right, named_codes, policy_leaves

if TYPE_CHECKING:
    from sanbao.engine import Case, Shape

__all__ = ["Resolution", "resolve", "unknown_paths"]

Change: TypeAlias = Callable[[Claim], Claim]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What remains of a claim when its unknown facts are tried out.

    ``outcomes`` remain, strongest first, and ``needs`` are the fields that would settle
    them; ``certain`` rights are open in every case, ``candidates`` in some, both in the
    order of choice.
    """

    outcomes: tuple[Outcome, ...]
    needs: tuple[str, ...]
    certain: tuple[Right, ...]
    candidates: tuple[Right, ...]

    @property
    def outcome(self) -> Outcome | None:
        """The outcome, where only one remains."""
        return self.outcomes[0] if len(self.outcomes) == 1 else None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something the claim does not say: its fields, and what they could be."""

    paths: tuple[str, ...]
    changes: tuple[Change, ...]


def resolve(case: Case) -> Resolution:
    """Return what remains possible for a claim, and what would settle it."""
    shape = case.shape
    if len(shape.outcomes) == 1:
        return Resolution(shape.outcomes, (), shape.certain, shape.candidates)
    unknowns = list(_unknowns(case))
    claims = {
        choice: _changed(case.claim, unknowns, choice)
        for choice in product(*(range(len(unknown.changes)) for unknown in unknowns))
    }
    sales: Sequence[int | None] = [None]
    if case.claim.purchase.sold_on is None:
        days = {day for claim in claims.values() for day in _telling_sales(case, claim)}
        sales = sorted(days)
    table = {
        (*choice, index): _shape(case, claim, sale)
        for choice, claim in claims.items()
        for index, sale in enumerate(sales)
    }
    found = {outcome for tried in table.values() for outcome in tried.outcomes}
    certain, candidates = _open_rights(shape, list(table.values()))
    needs: list[str] = []
    for place, paths in enumerate([*(unknown.paths for unknown in unknowns), _SALE]):
        if _tells(table, place):
            needs += paths
    return Resolution(
        tuple(outcome for outcome in get_args(Outcome) if outcome in found),
        tuple(sorted(needs, key=lambda path: path != _SALE[0])),
        certain,
        candidates,
    )


def _open_rights(shape: Shape, tried: list[Shape]) -> tuple[tuple[Right, ...], tuple[Right, ...]]:
    """Return the rights that are open in every case, and those open in some only."""
    certain, candidates = list(shape.certain), []
    for right in shape.candidates:
        if all(right in one.certain for one in tried):
            certain.append(right)
        elif any(right in (*one.certain, *one.candidates) for one in tried):
            candidates.append(right)
    return tuple(certain), tuple(candidates)


_SALE = ("purchase.sold_on",)


def _tells(table: dict[tuple[int, ...], Shape], place: int) -> bool:
    """Say whether the outcome can change with the choice at ``place`` alone."""
    seen: dict[tuple[int, ...], tuple[Outcome, ...]] = {}
    for choice, shape in table.items():
        others = (*choice[:place], *choice[place + 1 :])
        if seen.setdefault(others, shape.outcomes) != shape.outcomes:
            return True
    return False


def unknown_paths(case: Case) -> tuple[str, ...]:
    """Return the fields of the claim that are not known and could matter."""
    paths = [path for unknown in _unknowns(case) for path in unknown.paths]
    return (*(_SALE if case.claim.purchase.sold_on is None else ()), *paths)


def _changed(claim: Claim, unknowns: list[Unknown], choice: tuple[int, ...]) -> Claim:
    for unknown, index in zip(unknowns, choice, strict=True):
        claim = unknown.changes[index](claim)
    return claim


def _shape(case: Case, claim: Claim, sale: int | None) -> Shape:
    facts = derive(claim, case.program.frame, sale)
    return case.engine.shape(case.program, case.program.pattern(facts))


def _set(part: str, name: str, value: Any) -> Change:
    def change(claim: Claim) -> Claim:
        inner = getattr(claim, part).model_copy(update={name: value})
        return claim.model_copy(update={part: inner})

    return change


def _unknowns(case: Case) -> Iterator[Unknown]:
    claim = case.claim
    if claim.evidence.invoice is None:
        changes = [_set("evidence", "invoice", code) for code in get_args(Invoice)]
        yield Unknown(("evidence.invoice",), tuple(changes))
    if claim.evidence.voucher is None:
        changes = [_set("evidence", "voucher", code) for code in get_args(Voucher)]
        yield Unknown(("evidence.voucher",), tuple(changes))
    if claim.fault.symptom is None:
        changes = [_set("fault", "symptom", code) for code in _telling_symptoms(case)]
        yield Unknown(("fault.symptom",), tuple(changes))
    if delays := tuple(_delays(case)):
        undecided = [
            f"repairs[{index}].delay"
            for index, repair in enumerate(claim.repairs)
            if repair.delay is None and unrepaired(repair, claim)
        ]
        yield Unknown(tuple(undecided), delays)
    if claim.same_model_in_stock is None:
        changes = [_in_stock(yes) for yes in (True, False)]
        yield Unknown(("same_model_in_stock",), tuple(changes))
    if case.facts.nothing_to_refund is None:
        changes = [_set("product", "bought_with_phone", yes) for yes in (True, False)]
        yield Unknown(("product.bought_with_phone",), tuple(changes))


def _in_stock(yes: bool) -> Change:
    return lambda claim: claim.model_copy(update={"same_model_in_stock": yes})


def _telling_symptoms(case: Case) -> list[str]:
    """Return symptoms such that any other is treated like one of them."""
    singled: set[str] = {repair.symptom for repair in case.claim.repairs if repair.symptom}
    singled |= named_codes(case.program.policy, "symptom") | {"battery_fault"}
    faults = case.program.frame.faults
    telling = [code for code in get_args(Symptom) if code in singled]
    for listed in (True, False):
        rest = [c for c in get_args(Symptom) if c not in singled and (c in faults) == listed]
        telling += rest[:1]
    return telling


def _delays(case: Case) -> Iterator[Change]:
    """Yield ways to say what delays the open repairs, one for each pair of waiting times."""
    claim = case.claim
    claimed = claim.claimed_on.toordinal()
    limits = {
        leaf.days
        for _, leaf in policy_leaves(case.program.policy)
        if isinstance(leaf, Elapsed) and leaf.days is not None
    }
    firsts: dict[tuple[bool, ...], int] = {}
    for repair in sorted(claim.repairs, key=lambda repair: repair.handed_in_on):
        if repair.delay is None and unrepaired(repair, claim):
            since = repair.handed_in_on.toordinal()
            passed = tuple(claimed - since > days for days in sorted(limits))
            firsts.setdefault(passed, since)
    cuts = sorted(firsts.values())
    for cut in (*cuts[1:], claimed + 1) if cuts else ():
        for earlier, later in (("parts", "repairer"), ("repairer", "parts")):
            yield _delayed(cut, earlier, later)


def _delayed(cut: int, earlier: str, later: str) -> Change:
    def change(claim: Claim) -> Claim:
        repairs = tuple(
            repair.model_copy(
                update={"delay": earlier if repair.handed_in_on.toordinal() < cut else later}
            )
            if repair.delay is None
            else repair
            for repair in claim.repairs
        )
        return claim.model_copy(update={"repairs": repairs})

    return change


def _telling_sales(case: Case, claim: Claim) -> Iterator[int]:
    """Yield sale dates (ordinals) such that any other is treated like one of them."""
    last = claim.claimed_on.toordinal()
    in_force = case.program.frame.in_force_from
    made = claim.evidence.manufactured_on
    first = min(last, in_force - 1 if made is None else made.toordinal())
    events = [exchange.exchanged_on.toordinal() for exchange in claim.exchanges]
    events += [repair.handed_in_on.toordinal() for repair in claim.repairs]
    cuts = {first, in_force, *(day + 1 for day in events)}
    starts = sorted(day for day in cuts if first <= day <= last)
    for start, end in zip(starts, [*(day - 1 for day in starts[1:]), last], strict=True):
        states = _states(case, claim, start), _states(case, claim, end)
        yield start
        yield from _changes(case, claim, start, end, states)


def _states(case: Case, claim: Claim, sale: int) -> tuple[int, ...]:
    return case.program.leaf_states(derive(claim, case.program.frame, sale))


def _changes(
    case: Case, claim: Claim, start: int, end: int, states: tuple[tuple[int, ...], ...]
) -> Iterator[int]:
    """Yield the first day of every stretch after the one of ``start``, up to ``end``."""
    if states[0] == states[1]:
        return
    if end - start == 1:
        yield end
        return
    middle = (start + end) // 2
    between = _states(case, claim, middle)
    yield from _changes(case, claim, start, middle, (states[0], between))
    yield from _changes(case, claim, middle, end, (between, states[1]))
