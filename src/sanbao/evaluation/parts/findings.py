"""What stands behind a finding: 逐条核对.

Each rule was decided by the leaves of its condition. A check is such a leaf with this
claim's numbers: what was compared with what, and by how much it held or fell short.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sanbao.base.once import once
from sanbao.evaluation.facts.dependencies import rests_on
from sanbao.evaluation.programs.codegen import HELD_ON, PERIOD_HELD_ON
from sanbao.evaluation.programs.evaluation import Evaluation
from sanbao.evaluation.programs.skeleton import FindingSkeleton
from sanbao.evaluation.unknowns import verdicts
from sanbao.model.decision import Check, Finding
from sanbao.model.facts import Spans
from sanbao.rules.conditions import (
    AtLeast,
    Compare,
    Elapsed,
    Leaf,
    Listed,
    OneOf,
    Owed,
    Period,
    Under,
    Window,
)
from sanbao.rules.policy import Policy, Right, Rule

__all__ = [
    "REMOTE",
    "check_of",
    "checks_of",
    "end_is_provisional",
    "end_of",
    "fact_of",
    "finding_of",
    "findings_of",
    "held_on",
    "holds_of",
    "is_measured",
    "is_remote",
    "last_day_of",
    "leaf_states",
    "margin_of",
    "months_of",
    "short_by",
    "shortfall",
]

_DAY: Final = date.fromordinal


def findings_of(case: Evaluation) -> tuple[Finding, ...]:
    """Return what became of every rule of a case, in the policy's order."""
    return tuple(finding_of(case, skeleton) for skeleton in case.skeleton.findings)


def finding_of(case: Evaluation, skeleton: FindingSkeleton) -> Finding:
    """Return what became of one rule of a case."""
    rule, verdict, notes = skeleton.rule, skeleton.verdict, skeleton.notes
    if verdict == "unknown" and verdicts(case)[rule.id] == "holds":
        verdict = "holds"
        notes = (rule.note,) if isinstance(rule, Right) and rule.note else ()
    return Finding(
        rule=rule.id,
        verdict=verdict,
        citations=rule.cites,
        checks=checks_of(case, rule),
        barred_by=skeleton.barred_by,
        notes=notes,
        policy=case.policy.id,
    )


def checks_of(case: Evaluation, rule: Rule) -> tuple[Check, ...]:
    """Return the comparisons behind ``rule`` with this claim's numbers."""
    made, found = _checks_made(case), []
    for place, leaf, wanted in case.program.leaves_of(rule):
        check = made.get((place, wanted))
        if check is None:
            check = made[place, wanted] = check_of(case, leaf, wanted)
        found.append(check)
    return tuple(found)


@once
def _checks_made(_: Evaluation) -> dict[tuple[int, bool], Check]:
    """Return the checks of a case that have been made, by the leaf and how it is asked."""
    return {}


def check_of(case: Evaluation, leaf: Leaf, wanted: bool) -> Check:
    """Return one comparison with this claim's numbers; ``wanted``: asked to hold, or not."""
    return _check(case, leaf, wanted)


def shortfall(checks: Iterable[Check]) -> tuple[int, int]:
    """Return by how many counts, and by how many days, ``checks`` fall short together.

    What lacks only days is nearer than what lacks a repair or an exchange.
    """
    return short_by((check.relation == "at_least", check.margin) for check in checks)


def short_by(margins: Iterable[tuple[bool, int | None]]) -> tuple[int, int]:
    """Return the same of margins, each with whether it is a count (else it is days)."""
    counts = days = 0
    for is_count, margin in margins:
        if is_count:
            counts -= margin or 0
        else:
            days -= margin or 0
    return counts, days


def is_remote(checks: Iterable[Check]) -> bool:
    """Say whether ``checks`` that fail hang on what no other fact at the counter brings.

    That is an exchange owed, where none is, and the finding of an authority: what a right of
    its own lacks is nearer, though it be more.
    """
    return any(check.fact in REMOTE for check in checks)


REMOTE: Final = frozenset({"rights", "found_unqualified"})
"""What no other fact at the counter brings: an exchange owed, and the finding of an authority."""


@once
def leaf_states(case: Evaluation) -> tuple[int, ...]:
    """Return the truth of every leaf in ``case``; see :attr:`Program.leaf_states`."""
    return case.program.leaf_states(case.derived)


def holds_of(case: Evaluation, leaf: Leaf, wanted: bool) -> bool | None:
    """Say whether a leaf is as a rule asks; ``wanted``: asked to hold, or not."""
    if isinstance(leaf, Owed):
        value = _is_owed(case, leaf)
    else:
        value = case.program.leaf_value(leaf_states(case), leaf)
    return None if value is None else value == wanted


def fact_of(leaf: Leaf) -> str:
    """Return the fact that a check of ``leaf`` names."""
    match leaf:
        case Owed():
            return "rights"
        case Under(reading=reading):
            return f"readings.{reading}"
        case Window() | Period() | Elapsed():
            return held_on(leaf)
        case _:
            return leaf.fact


def is_measured(leaf: Leaf) -> bool:
    """Say whether a check of ``leaf`` has a margin: a day held against another, or a count."""
    match leaf:
        case AtLeast() | Window() | Period() | Elapsed():
            return True
        case Compare(relation="before", value=value):
            return isinstance(value, date)
        case _:
            return False


def margin_of(case: Evaluation, leaf: Leaf, wanted: bool) -> int | None:
    """Return by how much a leaf that :func:`is_measured` is as a rule asks; less than 0: not."""
    facts = case.facts
    match leaf:
        case AtLeast(fact=name, value=number):
            has, needs = getattr(facts, name), number
        case Window() | Period() | Elapsed():
            has, needs = end_of(case, leaf), getattr(facts, held_on(leaf))
        case _:
            day: Any = leaf
            has, needs = day.value.toordinal() - 1, getattr(facts, day.fact)
    return None if has is None or needs is None else _signed(has - needs, wanted)


def _check(case: Evaluation, leaf: Leaf, wanted: bool) -> Check:
    holds = holds_of(case, leaf, wanted)
    match leaf:
        case Window() | Period() | Elapsed():
            return _last_day(case, leaf, wanted, holds)
        case Owed(rules=rules):
            owed = tuple(right.id for right in case.skeleton.certain if right.id in rules)
            relation = "one_of" if wanted else "none_of"
            return Check(fact_of(leaf), relation, rules, owed, holds, None)
        case Under(reading=reading, value=named):
            actual = case.readings.value(reading)
            relation = "is" if wanted else "is_not"
            return Check(fact_of(leaf), relation, named, actual, holds, None)
        case Compare(fact=name, value=threshold, relation="before") if isinstance(threshold, date):
            day: int | None = getattr(case.facts, name)
            relation = "before" if wanted else "not_before"
            margin = margin_of(case, leaf, wanted)
            return Check(name, relation, threshold.isoformat(), _iso(day), holds, margin)
        case AtLeast(fact=name, value=number):
            count: int | None = getattr(case.facts, name)
            relation = "at_least" if wanted else "below"
            return Check(name, relation, number, count, holds, margin_of(case, leaf, wanted))
        case _:
            return _membership(case, leaf, wanted, holds)


def _last_day(
    case: Evaluation, leaf: Window | Period | Elapsed, wanted: bool, holds: bool | None
) -> Check:
    end, added = last_day_of(case, leaf) or (None, None)
    return Check(
        held_on(leaf),
        "not_after" if wanted else "after",
        _iso(end) or "",
        _iso(getattr(case.facts, held_on(leaf))),
        holds,
        margin_of(case, leaf, wanted),
        counted_from=leaf.fact,
        counted_from_on=_iso(getattr(case.facts, leaf.fact)),
        days=None if isinstance(leaf, Period) else leaf.days,
        months=_months(case, leaf),
        day=_day_number(case, leaf),
        added=added,
        start_field=_start_field(case, leaf),
    )


def _start_field(case: Evaluation, leaf: Window | Period | Elapsed) -> str | None:
    """Return the field of the claim whose day ``leaf`` counts from, if it is one of these."""
    start: int | None = getattr(case.facts, leaf.fact)
    if start is None:
        return None
    row = case.claim.row
    days = {
        "exchanges.exchanged_on": row.exchanges,  # the unit at hand is that of the exchange
        "purchase.sold_on": (row.sold,),
        "purchase.received_on": (row.received,),
        "purchase.invoiced_on": (row.invoiced,),
    }
    fields = _start_fields(case.policy, leaf.fact)
    return next((field for field in fields if start in days[field]), None)


_START_FIELDS: Final = (
    *("exchanges.exchanged_on", "purchase.sold_on"),
    *("purchase.received_on", "purchase.invoiced_on"),
)
"""The fields whose days times may count from; the first that has the day is told."""


@lru_cache(maxsize=1024)
def _start_fields(policy: Policy, start: str) -> tuple[str, ...]:
    """Return the fields that the day ``start`` may be of; none for one in a repair's course."""
    rested = rests_on(policy.derived, "field").get(start, frozenset())
    if any(field.startswith("repairs.") for field in rested):
        return ()
    return tuple(field for field in _START_FIELDS if field in rested)


def _signed(margin: int, wanted: bool) -> int:
    """Return the margin by which a check holds; whole numbers, so "not" turns 0 into -1."""
    return margin if wanted else -1 - margin


def _membership(
    case: Evaluation, leaf: Compare | OneOf | Listed, wanted: bool, holds: bool | None
) -> Check:
    actual = getattr(case.facts, leaf.fact)
    relation = "one_of" if wanted else "none_of"
    match leaf:
        case OneOf(values=values):
            return Check(leaf.fact, relation, values, actual, holds, None)
        case Listed(column="kind"):
            kinds = tuple(line.kind for line in case.policy.catalogue)
            return Check(leaf.fact, relation, kinds, actual, holds, None)
        case Listed():
            coverage = case.program.coverage
            faults = () if coverage is None else coverage.faults
            return Check(leaf.fact, relation, faults, actual, holds, None)
        case _:
            threshold: Any = leaf.value
            return Check(leaf.fact, "is" if wanted else "is_not", threshold, actual, holds, None)


def _is_owed(case: Evaluation, leaf: Owed) -> bool | None:
    """Say whether one of the rights that ``leaf`` names is open."""
    if any(right.id in leaf.rules for right in case.skeleton.certain):
        return True
    return None if any(right.id in leaf.rules for right in case.skeleton.candidates) else False


def last_day_of(case: Evaluation, leaf: Window | Period | Elapsed) -> tuple[int, int | None] | None:
    """Return the last day on which ``leaf`` holds, and the days repairs added, if facts tell it.

    The day is an ordinal. Art. 8; Decree 778 art. 18. Times that no repair pushes on have ``None``
    for the second.
    """
    facts = case.facts
    start: int | None = getattr(facts, leaf.fact)
    if start is None:
        return None
    clock = case.program.clock
    if isinstance(leaf, Window):
        return clock.window_pushed(start, leaf.days, facts.window_repair_time)
    if isinstance(leaf, Period):
        months = months_of(case, leaf)
        return None if months is None else clock.period_pushed(start, months, _spans(case, leaf))
    months = leaf.months
    return clock.months_after(months)[start] if months else start + (leaf.days or 0), None


def end_of(case: Evaluation, leaf: Window | Period | Elapsed) -> int | None:
    """Return the last day on which ``leaf`` holds (an ordinal), if the facts tell it."""
    found = last_day_of(case, leaf)
    return None if found is None else found[0]


def _spans(case: Evaluation, leaf: Period) -> Spans:
    spans: Spans = getattr(case.facts, leaf.extended_by)
    return spans


def held_on(leaf: Window | Period | Elapsed) -> str:
    """Return the fact that is held against the last day of ``leaf``."""
    match leaf:
        case Window():
            return HELD_ON
        case Period():
            return PERIOD_HELD_ON
        case _:
            return leaf.until


def end_is_provisional(case: Evaluation, leaf: Leaf) -> bool:
    """Say whether the last day of ``leaf`` rests on a year that is not published."""
    if not isinstance(leaf, Window | Period) or last_day_of(case, leaf) is None:
        return False
    clock, start = case.program.clock, getattr(case.facts, leaf.fact)
    if isinstance(leaf, Window):
        return clock.window_is_provisional(start, leaf.days, case.facts.window_repair_time)
    return clock.period_is_provisional(start, months_of(case, leaf) or 0, _spans(case, leaf))


def _day_number(case: Evaluation, leaf: Window | Period | Elapsed) -> int | None:
    """Return the number of the day of the claim, where ``leaf`` counts days up to it."""
    start: int | None = getattr(case.facts, leaf.fact)
    if isinstance(leaf, Period) or leaf.days is None or start is None:
        return None
    counted = case.program.clock.first_day if isinstance(leaf, Window) else 0
    held: int | None = getattr(case.facts, held_on(leaf))
    if held is None or held <= start:
        return None
    return held - start + counted


def _months(case: Evaluation, leaf: Window | Period | Elapsed) -> int | None:
    match leaf:
        case Period():
            return months_of(case, leaf)
        case Elapsed(months=months):
            return months
        case _:
            return None


def months_of(case: Evaluation, leaf: Period) -> int | None:
    """Return the length of the period ``leaf`` speaks of, in months; goods not listed have none."""
    coverage = case.program.coverage
    return None if coverage is None else leaf.months or coverage.months


def _iso(day: int | None) -> str | None:
    return None if day is None else _DAY(day).isoformat()
