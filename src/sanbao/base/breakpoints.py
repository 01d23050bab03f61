"""Breakpoints: the days on which something changes: 变化之日.

What the rules see of a claim changes on few days. Between two *cuts* (days on which a repair
or an exchange begins to count) every leaf changes at most once as one date moves on, so
halving finds each change exactly and looks at few days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

__all__ = ["constant_intervals"]

States = tuple[int, ...]


def constant_intervals(
    states: Callable[[int], States], first: int, last: int, cuts: Iterable[int]
) -> Iterator[tuple[int, int]]:
    """Yield the intervals of days from ``first`` to ``last`` on which ``states`` is the same.

    Each is its first and its last day, both ordinals; ``cuts`` are the days on which the
    states may turn more than one way.

    >>> list(constant_intervals(lambda day: (day >= 7, day >= 9), 1, 10, [5]))
    [(1, 6), (7, 8), (9, 10)]
    """
    starts = sorted({first, *(day for day in cuts if first < day <= last)})
    begins, before = [], None
    for start, end in zip(starts, [*(day - 1 for day in starts[1:]), last], strict=True):
        at_start, at_end = states(start), states(end)
        if at_start != before:
            begins.append(start)
        begins += _turns(states, start, end, at_start, at_end)
        before = at_end
    yield from zip(begins, [*(day - 1 for day in begins[1:]), last], strict=True)


def _turns(
    states: Callable[[int], States], start: int, end: int, at_start: States, at_end: States
) -> Iterator[int]:
    if at_start == at_end:
        return
    if end - start == 1:
        yield end
        return
    middle = (start + end) // 2
    between = states(middle)
    yield from _turns(states, start, middle, at_start, between)
    yield from _turns(states, middle, end, between, at_end)
