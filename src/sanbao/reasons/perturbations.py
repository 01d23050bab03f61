"""Every single change of a claim that a rule could see: 逐项试变.

One field at a time: a code becomes every other code, a date every other day up to the day
of the claim. Days that no rule tells apart are tried once: they are found at the thresholds
of the policy (:mod:`sanbao.base.breakpoints`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final, Literal, TypeAlias

from sanbao.base.breakpoints import constant_intervals
from sanbao.base.once import once
from sanbao.evaluation.applicable import applicable_policies
from sanbao.evaluation.facts.dependencies import gaps
from sanbao.evaluation.programs.by_version import (
    AnyProgram,
    AnyPrograms,
    first_days,
    last_sale,
    programs_of,
    states_in,
)
from sanbao.evaluation.programs.combined import AnyEvaluation
from sanbao.evaluation.unknowns import CaseAnalysis, PartialClaim, analysed, completions
from sanbao.model.claim_row import ClaimRow, RepairRow
from sanbao.model.codes import NOT_STATED, NOTHING, Plain
from sanbao.model.facts import EVERY_LAW, NO_DETAIL
from sanbao.model.field_types import LAST_YEAR
from sanbao.model.fields import ClaimField, fields_in
from sanbao.rules.conditions import Compare, Elapsed, Period, Window
from sanbao.rules.policy import Policy, codes_of, named_codes, policy_leaves
from sanbao.rules.type_check import MOST_DAYS

__all__ = ["Perturbation", "days_alike", "last_relevant_day", "perturbations"]

YEARS_AHEAD: Final = 3
"""How far ahead days are told apart where a repair goes on without end."""

_DAYS_A_YEAR: Final = 366
_LAST_DAY: Final = date(LAST_YEAR, 12, 31).toordinal()

_NO_PRICE, _SOME_PRICE = Decimal("0.00"), Decimal("0.01")

Alter: TypeAlias = Callable[[ClaimRow, int], ClaimRow]


@dataclass(frozen=True, slots=True)
class Perturbation:
    """One other value of one field, and what would come of it: 一次试变.

    ``days`` is how far a date moves, ``distance`` how far it then lies from the old value,
    or from the day of the claim where there was none; both ``None`` for a code.
    """

    field: str
    action: Literal["set", "add", "remove"]
    before: Plain
    after: Plain
    days: int | None
    distance: int | None
    analysis: CaseAnalysis


def perturbations(case: AnyEvaluation) -> Iterator[Perturbation]:
    """Yield every single change of the claim of ``case`` with what it leads to.

    Fields in the order of the contract. Of days that no rule tells apart the nearest is
    yielded.
    """
    yield from _day_of_the_claim(case)
    yield from _codes(case)
    yield from _dates(case)
    for index in range(len(case.claim.row.repairs)):
        yield from _repair(case, index)
    yield from _lists(case)


def _program(case: AnyEvaluation, kind: str | None = None) -> AnyProgram:
    """Return what decides the trials: where the claim chooses, also for another day of sale."""
    return _programs(case).of(kind or case.claim.row.kind, case.readings)


@once
def _programs(case: AnyEvaluation) -> AnyPrograms:
    choice = applicable_policies(case)
    return case.program.library if choice is None else choice.whenever_sold(case.claim)


def _policies(case: AnyEvaluation) -> tuple[Policy, ...]:
    return tuple(member.policy for member in programs_of(_program(case)))


# --- codes -------------------------------------------------------------------------------


_CODES: Final = sorted(
    (one for one in fields_in() if one.tried and one.type in ("code", "yes/no", "text", "percent")),
    key=lambda one: (
        one.path != "product.kind",
        one.whether is not None,
        not one.path.startswith("product.") and one.settled != "where asked",
    ),
)
"""The fields that hold a code or the like; those of the goods and of what promises ask first."""

_PRICES: Final = sorted((one for one in fields_in() if one.type == "yuan"), key=attrgetter("path"))


def _codes(case: AnyEvaluation) -> Iterator[Perturbation]:
    for field in (*_CODES, *_PRICES):
        before, said = getattr(case.claim.row, field.row), attrgetter(field.path)(case.claim)
        for value in _values(case, field, before):
            after = value if field.whether is None else value == field.whether
            if after != before:
                yield _code(case, field.path, said, value, **{field.row: after})


def _values(case: AnyEvaluation, field: ClaimField, before: Any) -> tuple[Any, ...]:
    """Return what may stand in a field, as far as rules tell it apart."""
    match field.type:
        case "yuan":
            return (_NO_PRICE, *(() if before else (_SOME_PRICE,)), None)
        case "text":
            named = {code for one in _policies(case) for code in named_codes(one, field.row)}
            return (*sorted(named - {NO_DETAIL}), None)
        case "percent":
            sounds = sorted({policy.sound_capacity for policy in _policies(case)})
            return (*(capacity for sound in sounds for capacity in (sound, sound - 1)), None)
        case _:
            values = field.row_codes or (True, False)
            if field.name in EVERY_LAW:
                values = codes_of(_policies(case), field.name)
            has_meaning = field.settled == "never" and field.default is None
            return (*values, None) if has_meaning and not field.required else values


def _code(case: AnyEvaluation, field: str, before: Any, after: Any, **change: Any) -> Perturbation:
    changed = case.claim.row._replace(**change)
    there = analysed(PartialClaim(_program(case, changed.kind), changed))
    return Perturbation(field, "set", _plain(before), _plain(after), None, None, there)


def _plain(value: Any) -> Plain:
    if isinstance(value, Decimal):
        return format(value, "f")
    plain: Plain = None if value in (NOT_STATED, NOTHING) else value
    return plain


# --- dates --------------------------------------------------------------------------------


def _day_of_the_claim(case: AnyEvaluation) -> Iterator[Perturbation]:
    row = case.claim.row
    certain = [row.sold, row.invoiced, row.asked, row.appeared, *row.exchanges]
    known = [day for day in certain if day is not None]
    first = max(known) if known else max(1, row.claimed - _longest(case))
    for start, end in days_alike(case, first, last_relevant_day(case)):
        yield from _day(case, "claimed_on", row.claimed, start, end, _on_day)


_DATES: Final = sorted(
    (one for one in fields_in() if one.type == "date" and one.tried and not one.required),
    key=lambda one: one.row in ("asked", "appeared"),
)


def _dates(case: AnyEvaluation) -> Iterator[Perturbation]:
    row = case.claim.row
    asked = row.claimed if row.asked is None else row.asked
    bounds = {"asked": (row.appeared or row.sold, row.claimed), "appeared": (row.sold, asked)}
    for one in _DATES:
        first, last = bounds.get(one.row, (None, None))
        if one.row in ("sold", "received"):
            last = last_sale(_program(case), row)
        before = getattr(row, one.row)
        yield from _moved(case, one.path, before, _setter(one.row), first, last)
    for field, name in (
        ("asked_on", "asked"),
        ("fault.appeared_on", "appeared"),
        ("evidence.manufactured_on", "made"),
    ):
        day = getattr(row, name)
        if day is not None:
            yield _code(case, field, _iso(day), None, **{name: None})


def _setter(name: str) -> Alter:
    def alter(row: ClaimRow, day: int) -> ClaimRow:
        change: dict[str, Any] = {name: day}
        return row._replace(**change)

    return alter


_REPAIR_DATES: Final = [one for one in fields_in("repairs") if one.type == "date"]
_ANY_REPAIR: Final = RepairRow(**{one.row: one.default for one in fields_in("repairs")})  # type: ignore[arg-type]
"""A repair of which nothing is said; whoever uses it says when."""


def _repair(case: AnyEvaluation, index: int) -> Iterator[Perturbation]:
    row = case.claim.row
    repair, path = row.repairs[index], f"repairs[{index}]"
    ends = [getattr(repair, one.row) for one in _REPAIR_DATES if not one.required]
    last = min([row.claimed, *(day for day in ends if day is not None)])
    for one in _REPAIR_DATES:
        before, alter = getattr(repair, one.row), _repair_setter(index, one.row)
        bounds = (None, last) if one.required else (repair.handed_in, row.claimed)
        yield from _moved(case, f"{path}.{one.name}", before, alter, *bounds)
        if before is not None and not one.required:
            yield _repaired(case, index, one.name, _iso(before), None, **{one.row: None})
    for one in fields_in("repairs"):
        if one.type != "date":
            before = getattr(repair, one.row)
            for value in _values(case, one, before):
                if value != before:
                    yield _repaired(case, index, one.name, before, value, **{one.row: value})


def _repair_setter(index: int, name: str) -> Alter:
    def alter(row: ClaimRow, day: int) -> ClaimRow:
        change: dict[str, Any] = {name: day}
        return _with_repair(row, index, row.repairs[index]._replace(**change))

    return alter


def _repaired(
    case: AnyEvaluation, index: int, name: str, before: Any, after: Any, **change: Any
) -> Perturbation:
    row = case.claim.row
    changed = _with_repair(row, index, row.repairs[index]._replace(**change))
    there = analysed(PartialClaim(_program(case), changed))
    return Perturbation(f"repairs[{index}].{name}", "set", before, after, None, None, there)


def _with_repair(row: ClaimRow, index: int, *repair: RepairRow) -> ClaimRow:
    """Return ``row`` with a repair in the place of another, or without it."""
    repairs = (*row.repairs[:index], *repair, *row.repairs[index + 1 :])
    return row._replace(repairs=repairs)


def _lists(case: AnyEvaluation) -> Iterator[Perturbation]:
    """Yield what comes of a repair or an exchange more, or of one less."""
    row = case.claim.row
    for index in range(len(row.repairs)):
        there = analysed(PartialClaim(_program(case), _with_repair(row, index)))
        yield Perturbation(f"repairs[{index}]", "remove", None, None, None, None, there)

    def one_more_repair(row: ClaimRow, day: int) -> ClaimRow:
        repair = _ANY_REPAIR._replace(handed_in=day, handed_back=day)
        return row._replace(repairs=(*row.repairs, repair))

    yield from _moved(case, "repairs", None, one_more_repair, action="add")
    for index, day in enumerate(row.exchanges):
        rest = (*row.exchanges[:index], *row.exchanges[index + 1 :])
        fewer = row._replace(exchanges=rest)
        if _can_be(fewer):
            there = analysed(PartialClaim(_program(case), fewer))
            yield Perturbation(f"exchanges[{index}]", "remove", None, None, None, None, there)
        yield from _moved(case, f"exchanges[{index}].exchanged_on", day, _exchange_setter(index))
    yield from _moved(
        case,
        "exchanges",
        None,
        lambda row, day: row._replace(exchanges=(*row.exchanges, day)),
        action="add",
    )


def _exchange_setter(index: int) -> Alter:
    def alter(row: ClaimRow, day: int) -> ClaimRow:
        days = row.exchanges
        return row._replace(exchanges=(*days[:index], day, *days[index + 1 :]))

    return alter


def _moved(
    case: AnyEvaluation,
    field: str,
    before: int | None,
    alter: Alter,
    first: int | None = None,
    last: int | None = None,
    action: Literal["set", "add"] = "set",
) -> Iterator[Perturbation]:
    """Yield what comes of a date on every other day, up to the day of the claim."""
    earliest = min(_days(case)) - _longest(case) if first is None else first
    latest = case.claim.row.claimed if last is None else last
    if earliest <= latest:
        for start, end in _alike(case, alter, max(1, earliest), latest, _cuts(case)):
            yield from _day(case, field, before, start, end, alter, action)


def _day(
    case: AnyEvaluation,
    field: str,
    before: int | None,
    start: int,
    end: int,
    alter: Alter,
    action: Literal["set", "add"] = "set",
) -> Iterator[Perturbation]:
    """Yield the trial of the nearest other day between two that no rule tells apart."""
    row = case.claim.row
    near = row.claimed if before is None else before
    nearest = [max(start, min(end, near))]
    if before is not None and nearest == [before]:  # where the date is now, the days next to it
        nearest = [day for day in (before - 1, before + 1) if start <= day <= end]
    for day in nearest:
        changed = alter(row, day)
        if not _can_be(changed):
            continue
        there = analysed(PartialClaim(_program(case), changed))
        days = None if before is None else day - before
        yield Perturbation(field, action, _iso(before), _iso(day), days, abs(day - near), there)


def _can_be(row: ClaimRow) -> bool:
    """Say whether the days on which somebody asked and the fault appeared can be.

    They can in the claim as it is; a sale or an exchange on another day may be in their way.
    """
    asked, appeared, sold = row.asked, row.appeared, row.sold
    if asked is None and appeared is None:
        return True
    exchanged = [day for day in row.exchanges if sold is None or day >= sold]
    held = row.claimed if asked is None or asked < max(exchanged, default=asked) else asked
    return all(
        day is None or (sold or 0) <= day <= last
        for day, last in ((asked, row.claimed), (appeared, held))
    )


def _iso(day: int | None) -> str | None:
    return None if day is None else date.fromordinal(day).isoformat()


# --- days that no rule tells apart -------------------------------------------------------------


def days_alike(case: AnyEvaluation, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the intervals of days of the claim, as ordinals, that no rule tells apart."""
    return _alike(case, _on_day, first, last, _cuts(case))


def _on_day(row: ClaimRow, day: int) -> ClaimRow:
    return row._replace(claimed=day)


def last_relevant_day(case: AnyEvaluation) -> int:
    """Return a day after which no day is told from another, unless a repair goes on."""
    row = case.claim.row
    open_ended = any(repair.handed_back is None for repair in row.repairs)
    least = YEARS_AHEAD * _DAYS_A_YEAR if open_ended else 0
    return min(_LAST_DAY, max(_days(case)) + max(least, _longest(case)))


def _alike(
    case: AnyEvaluation, alter: Alter, first: int, last: int, cuts: Iterable[int]
) -> Iterator[tuple[int, int]]:
    program, row = _program(case), case.claim.row
    needs_settling = len(_ways(case)) > 1

    def states(day: int) -> tuple[Any, ...]:
        changed = alter(row, day)
        told = (*_leaf_states(case, alter, day), _can_be(changed))
        if not needs_settling:
            return told
        there = analysed(PartialClaim(program, changed))
        return (*told, there.outcomes, there.certain)

    return constant_intervals(states, first, last, cuts)


def _leaf_states(case: AnyEvaluation, alter: Alter, day: int) -> tuple[Any, ...]:
    """Return the truth of every leaf, whichever way what is not known is filled in."""
    program = _program(case)
    return tuple(states_in(program, alter(way, day)) for way in _ways(case))


@once
def _ways(case: AnyEvaluation) -> tuple[ClaimRow, ...]:
    """Return the ways to fill in what is not known, if the date of sale is."""
    row = case.claim.row
    return (row,) if row.sold is None else completions(PartialClaim(_program(case), row))


def _days(case: AnyEvaluation) -> set[int]:
    """Return every day that the claim or the policy names, as ordinals."""
    row = case.claim.row
    named: list[int | None] = [*first_days(_program(case)), row.claimed, *row.exchanges]
    named += (getattr(row, one.row) for one in _DATES)
    for repair in row.repairs:
        named += (getattr(repair, one.row) for one in _REPAIR_DATES)
        if repair.handed_back is not None:  # so long a fault that comes back is the same
            lasting = {days for one in _policies(case) for days in gaps(one.derived)}
            named += [repair.handed_back + days for days in sorted(lasting)]
    found = {day for day in named if day is not None}
    for policy in _policies(case):
        if row.made is not None:
            found.add(row.made + policy.factory_days)
        found |= _named_days(policy)
    return found


@lru_cache(maxsize=256)
def _named_days(policy: Policy) -> frozenset[int]:
    """Return every day that a policy names, as ordinals."""
    return frozenset(
        leaf.value.toordinal()
        for _, leaf in policy_leaves(policy)
        if isinstance(leaf, Compare) and isinstance(leaf.value, date)
    )


def _cuts(case: AnyEvaluation) -> set[int]:
    """Return the days on which the states may turn more than one way at once."""
    offsets = {0, *(policy.factory_days for policy in _policies(case))}
    return {day + shift - offset for day in _days(case) for shift in (0, 1) for offset in offsets}


def _longest(case: AnyEvaluation) -> int:
    """Return more days than any window, period or rolling of the policy takes."""
    row = case.claim.row
    policies = _policies(case)
    longest = max(map(_longest_of, policies))
    repairs = sum(
        (repair.handed_back or row.claimed) - repair.handed_in + 1
        for repair in row.repairs
        if repair.handed_in <= row.claimed
    )
    factory = max(policy.factory_days for policy in policies)
    return longest + factory + max(0, repairs) + _DAYS_A_YEAR


@lru_cache(maxsize=256)
def _longest_of(policy: Policy) -> int:
    """Return the days of the longest window or period, or of a fee that takes the whole price."""
    longest = max((line.months for line in policy.catalogue), default=0) * 31
    for _, leaf in policy_leaves(policy):
        if isinstance(leaf, Window | Elapsed | Period):
            days, months = getattr(leaf, "days", None), getattr(leaf, "months", None)
            longest = max(longest, days or 0, 31 * (months or 0))
    for line in policy.catalogue:
        if line.daily_rate:
            longest = max(longest, min(int(1 / line.daily_rate) + 1, MOST_DAYS))
    return longest
