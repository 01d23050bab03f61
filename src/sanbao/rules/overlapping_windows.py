"""Rights to one remedy whose windows of days overlap: 重叠的期限.

A right for 15 days that does not say "not within 7" holds on the first days beside the right for
7: one right too many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, cast

from sanbao.rules.conditions import AllOf, Condition, Not, Window
from sanbao.rules.policy import Right

__all__ = ["Windowed", "overlapping"]

_ONE_START: Final = {"refund_window_start": "windows_start"}
"""Window starts that differ under a reading only, merged."""


class Windowed(NamedTuple):
    """A right that holds on the days after ``first`` up to ``last`` of one window."""

    right: Right
    first: int
    last: int


def overlapping(rights: Iterable[Right]) -> Iterator[tuple[Windowed, Windowed]]:
    """Yield rights that differ only in windows that overlap, the longer one first."""
    groups: dict[object, list[Windowed]] = {}
    for right in rights:
        found = _window(right.when)
        if found is not None:
            window, first, rest = found
            like = (right.remedy, right.refund, right.needs_papers, _start(window), rest)
            groups.setdefault(like, []).append(Windowed(right, first, window.days))
    for group in groups.values():
        group.sort(key=lambda one: one.last)
        for place, longer in enumerate(group):
            for shorter in group[:place]:
                if max(longer.first, shorter.first) < shorter.last:
                    yield longer, shorter


def _window(when: Condition) -> tuple[Window, int, frozenset[Condition]] | None:
    """Return the window of a conjunction that has one, the day after which it begins, the rest."""
    parts = set(when.of) if isinstance(when, AllOf) else {when}
    windows = [part for part in parts if isinstance(part, Window)]
    if len(windows) != 1:
        return None
    [window] = windows
    before = {
        part
        for part in parts
        if isinstance(part, Not)
        and isinstance(part.of, Window)
        and _start(part.of) == _start(window)
    }
    first = max((cast(Window, part.of).days for part in before), default=0)
    return window, first, frozenset(parts - before - {window})


def _start(window: Window) -> str:
    return _ONE_START.get(window.fact, window.fact)
