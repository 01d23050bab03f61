"""What the repairs of a claim have come to: 修理经过.

One pass over the repairs: how many count, how long they took, what is still in repair, and how
far the repairs of one fault reach back. Days are ordinals; the facts that come of it stand in
:data:`sanbao.evaluation.facts.derivation.FACTS`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sanbao.dates.counting import LAST_DAY, covered_days
from sanbao.model.claim_row import RepairRow
from sanbao.model.facts import Spans

if TYPE_CHECKING:
    from sanbao.evaluation.facts.context import DerivationContext

__all__ = ["DAYS_A_REPAIR_LASTS", "NO_PROBLEM", "NO_REPAIRS", "history_of", "spans_of"]

NO_PROBLEM: Final = frozenset({"none", "wear"})
"""Symptoms that are no quality problem (质量问题, art. 10)."""

_History: TypeAlias = tuple[Any, ...]
NO_REPAIRS: Final[_History] = (
    *((), 0, 0, 0),
    *(False, None, None),
    *(False, None, False, None, False, None),
)
DAYS_A_REPAIR_LASTS: Final = 30
"""A repaired unit must work for so long; a fault that comes back sooner is the same (art. 10)."""


def history_of(  # noqa: PLR0912, PLR0915 - one straight pass, made for speed
    repairs: Iterable[RepairRow],
    claimed: int,
    symptom: str | None,
    start: int | None,
    exchanged: int | None,
    asked: int,
    held: int,
    context: DerivationContext,
) -> tuple[int | None, Spans, _History]:
    """Return what ``repairs`` amount to, for a period that starts on ``start``.

    First the day that the chain of repairs of one fault reaches back to, then the days in repair
    that stretch the windows, then the facts from ``repair_time`` on.
    """
    by_notice, last_day = context.repairs_end_when_notified, 1 if context.both_repair_days else 0
    spans: list[tuple[int, int]] = []
    chain: list[tuple[int, int]] = []
    unclear: list[RepairRow] = []
    unmended: list[RepairRow] = []
    count = finished = 0
    nearest, nearest_on, soonest = None, None, LAST_DAY
    reached, chain_known = asked, start is not None
    unmended_since: int | None = None
    for repair in repairs:
        first, ready, notified, back, repaired, recorded, under_guarantee, _, software = repair
        if first > claimed:
            continue
        counts = under_guarantee and (start is None or first >= start)
        fault = repaired or symptom
        is_same = fault == symptom
        if back is not None and back <= claimed:
            if by_notice:
                spans.append(_span(first, notified, back, claimed, context))
            else:
                spans.append((first, back + last_day))
            if counts and symptom is None:
                unclear.append(repair)
            elif counts:
                is_problem = fault not in NO_PROBLEM
                if is_problem:
                    finished += 1
                if (
                    fault in context.faults
                    and (recorded or context.unrecorded_repairs_too)
                    and (not software or context.software_repairs_too)
                    and (is_same or not context.two_repairs_one_fault)
                ):
                    count += 1
                if is_same or (is_problem and context.again_any_fault):
                    day = held if asked >= back else claimed
                    if 0 <= day - back < soonest:
                        nearest, nearest_on, soonest = back, day, day - back
        else:
            back = claimed
            if by_notice:
                spans.append(_span(first, notified, None, claimed, context))
            else:
                spans.append((first, claimed + 1))
            if (ready is None or ready > claimed) and (notified is None or notified > claimed):
                # repairs of before an exchange belong to the unit that was given back
                own = exchanged is None or first >= exchanged
                if own and (unmended_since is None or first < unmended_since):
                    unmended_since = first
                if counts:
                    unmended.append(repair)
        if counts and (is_same or symptom is None):
            chain_known = chain_known and is_same
            chain.append((first, back))
            if first < reached and asked <= back + DAYS_A_REPAIR_LASTS:
                reached = first
    if len(spans) > 1:
        spans.sort()
    time = tuple(spans)
    window_time: Spans = ()
    if context.windows_stretch:
        window_time = time if exchanged is None else _since(exchanged, time)
    if reached != asked and len(chain) > 1:  # with one repair its first step was the last
        reached = _reached(chain, reached)
    reaches_to = reached if chain_known or reached == asked else None
    open_now = unmended_since is not None
    if start is None:
        delays = _DELAYS_NOT_KNOWN if open_now else _NO_DELAYS
        return reaches_to, window_time, (time, *_NOT_KNOWN, open_now, unmended_since, *delays)
    counted, ended, again = (
        _unclear(unclear, context) if unclear else (count, finished, nearest is not None)
    )
    parts, parts_since, repairer, repairer_since = (
        _delays(unmended, context) if unmended else _NO_DELAYS
    )
    history = (
        time,
        covered_days(_since(start, time)),
        counted,
        ended,
        again,
        nearest,
        nearest_on,
        open_now,
        unmended_since,
        parts,
        parts_since,
        repairer,
        repairer_since,
    )
    return reaches_to, window_time, history


_NOT_KNOWN: Final = (None,) * 6


def _since(day: int, spans: Spans) -> Spans:
    """Return those of ``spans`` that begin on ``day`` or after it; they are in order."""
    if not spans or spans[0][0] >= day:
        return spans
    return tuple([span for span in spans if span[0] >= day])


def _reached(chain: list[tuple[int, int]], asked: int) -> int:
    """Return the day that the chain of repairs of one fault reaches back to (art. 10).

    From the day somebody asked it goes on to the hand-in of a repair of the same fault under the
    guarantees that was not handed back more than 30 days before, and so on. ``chain`` holds the
    first and the last day of each such repair.
    """
    reached = asked
    while True:
        before = reached
        for first, back in chain:
            if first < reached and back >= before - DAYS_A_REPAIR_LASTS:
                reached = first
        if reached == before:
            return reached


def _unclear(
    repairs: list[RepairRow], context: DerivationContext
) -> tuple[int | None, int | None, bool | None]:
    """Return what finished repairs come to where it is not known what is wrong now.

    How many count, how many are finished, and whether one was for the same fault. What hangs on
    that is ``None``; a repair of which nobody says for what it was is for what is wrong now.
    """
    faults = [one.symptom for one in repairs]
    counted: int | None = sum(
        one.symptom in context.faults
        for one in repairs
        if (one.recorded or context.unrecorded_repairs_too)
        and (context.software_repairs_too or not one.software_only)
    )
    if None in faults or context.two_repairs_one_fault:
        counted = None
    finished = None if None in faults else sum(fault not in NO_PROBLEM for fault in faults)
    return counted, finished, None


def spans_of(repairs: Iterable[RepairRow], claimed: int, context: DerivationContext) -> Spans:
    """Return the days each repair takes, in the order of hand-in; see :data:`Spans`."""
    return tuple(
        sorted(
            _span(one.handed_in, one.notified, one.handed_back, claimed, context) for one in repairs
        )
    )


def _span(
    first: int, notified: int | None, back: int | None, claimed: int, context: DerivationContext
) -> tuple[int, int]:
    """Return the first day that a repair takes, and the day after the last."""
    if context.repairs_end_when_notified and notified is not None:
        back = notified if back is None else min(back, notified)
    # a repair that goes on takes the day of the claim; one that ended takes its last day
    # only if both days of a repair count
    if back is None or back > claimed:
        return first, claimed + 1
    return first, back + context.both_repair_days


_Delays: TypeAlias = tuple[bool | None, int | None, bool | None, int | None]
_NO_DELAYS: Final[_Delays] = (False, None, False, None)
_DELAYS_NOT_KNOWN: Final[_Delays] = (None, None, None, None)


def _delays(unmended: list[RepairRow], context: DerivationContext) -> _Delays:
    """Return whether parts or the repairer delay the repair of a unit, each with since when."""
    counted = [one for one in unmended if one.recorded or context.unrecorded_repairs_too]
    return *_delayed(counted, "parts"), *_delayed(counted, "repairer")


def _delayed(waiting: list[RepairRow], by: str) -> tuple[bool | None, int | None]:
    """Return whether an unrepaired unit is delayed by ``by``, and since when."""
    if not waiting:
        return False, None
    known = [repair.handed_in for repair in waiting if repair.delay == by]
    open_ = [repair.handed_in for repair in waiting if repair.delay is None]
    if known:
        since = min(known)
        return True, since if not open_ or since <= min(open_) else None
    return (None, min(open_)) if open_ else (False, None)
