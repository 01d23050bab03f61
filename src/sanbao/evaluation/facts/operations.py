"""What generated code calls to derive facts: 推导运算.

Days are ordinals, spans pairs of a first day and the day after a last; ``None`` is not known.
"""

from __future__ import annotations

from typing import Any

from sanbao.dates.counting import covered_days as covered
from sanbao.model.facts import Spans

__all__ = [
    "all_of",
    "any_of",
    "clipped",
    "covered",
    "reaching_back",
    "same",
    "spans_from",
    "surely_earliest",
    "surely_latest",
]


def all_of(*truths: bool | None) -> bool | None:
    """Return whether all hold (Kleene's "and")."""
    return False if False in truths else None if None in truths else True


def any_of(*truths: bool | None) -> bool | None:
    """Return whether one holds (Kleene's "or")."""
    return True if True in truths else None if None in truths else False


def same(one: Any, other: Any) -> Any:
    """Return what both are; ``None`` if they differ."""
    return one if one == other else None


def spans_from(spans: Spans, day: int) -> Spans:
    """Return those of ``spans`` that begin on ``day`` or after it; they are in order."""
    if not spans or spans[0][0] >= day:
        return spans
    return tuple([span for span in spans if span[0] >= day])


def clipped(spans: Spans, day: int) -> Spans:
    """Return those of ``spans`` that end after ``day``, without what lies before it."""
    return tuple([(max(first, day), after) for first, after in spans if after > day])


def surely_earliest(known: int | None, maybe: int | None) -> int | None:
    """Return the earliest day of entries that hold; ``maybe`` is that of entries that may.

    Where none is known to hold it is the latter; not known where that comes before the other.
    """
    if known is None:
        return maybe
    return known if maybe is None or known <= maybe else None


def surely_latest(known: int | None, maybe: int | None) -> int | None:
    """Return the latest day of entries that hold, as :func:`surely_earliest` the earliest."""
    if known is None:
        return maybe
    return known if maybe is None or known >= maybe else None


def reaching_back(day: int, entries: list[tuple[int, int]], gap: int, are_sure: bool) -> int | None:
    """Return the day that the chain of ``entries`` reaches back to from ``day``.

    From ``day`` it goes on to the first day of an entry that begins before it and whose last day
    is not more than ``gap`` days before it, and so on. Where entries are not sure to belong to it
    the day is known if none of them reaches back.
    """
    reached, moved = day, True
    while moved:
        moved, before = False, reached
        for first, last in entries:
            if first < reached and last >= before - gap:
                reached, moved = first, True
    return reached if are_sure or reached == day else None
