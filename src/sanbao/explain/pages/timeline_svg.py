"""A time line drawn day by day: 画面.

Inline SVG without a fixed width: places are percentages of it, letters keep their size.
Captions are set in rows so that none overlaps another where the drawing is
:data:`NARROWEST` pixels wide; in more room they only move apart.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final
from unicodedata import east_asian_width

from sanbao.explain.blocks.html import safe

__all__ = ["NARROWEST", "DayMark", "Drawing", "Scale", "TimeBar", "has_room"]

NARROWEST: Final = 300
"""The width in pixels down to which captions do not overlap."""


@dataclass(frozen=True, slots=True)
class DayMark:
    """A day on which something happened. Days are ordinals; the claim is at midday."""

    at: float
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class TimeBar:
    """A time from the beginning of ``first`` to the end of ``last``, with ``notches`` in it."""

    first: float
    last: int
    kind: str
    text: str
    is_open: bool = False
    notches: tuple[DayMark, ...] = ()

    @property
    def caption(self) -> str:
        """What the bar shows, in words."""
        return ", ".join([self.text, *(notch.text for notch in self.notches)])

    @property
    def end(self) -> int:
        """Where the last day ends."""
        return self.last + 1


# --- where it stands ---------------------------------------------------------------------


class Scale:
    """Places on a line that gives short times more room than their length would.

    The line is cut at every day on which something begins or ends; a stretch between two
    cuts has the room of its days to the power of :attr:`_POWER`. Inside a stretch days are
    equally long.
    """

    _POWER: Final = 0.45

    def __init__(self, cuts: Iterable[float]) -> None:
        self.cuts = sorted(set(cuts))
        rooms = [(after - before) ** self._POWER for before, after in pairwise(self.cuts)]
        share = 100 / sum(rooms)
        self._places = [0.0]
        for room in rooms:
            self._places.append(self._places[-1] + room * share)

    def at(self, day: float) -> float:
        """Return the place of a day as a percentage of the width."""
        index = min(max(bisect_right(self.cuts, day) - 1, 0), len(self.cuts) - 2)
        before, after = self.cuts[index : index + 2]
        left, right = self._places[index : index + 2]
        return left + (right - left) * (day - before) / (after - before)


_PIXEL: Final = NARROWEST / 100
"""Pixels in a per cent of the narrowest drawing."""

_NARROW: Final = {"Na", "H", "N", "A"}
_GAP: Final = 8.0
"""Pixels between two captions on a line."""

_POLE: Final = 4.0
"""Pixels between a caption and the stem it hangs on."""


@dataclass(frozen=True, slots=True)
class _Caption:
    """A caption on its line: it begins or ends at a place given in per cent.

    ``left`` and ``right`` are where it reaches to in a drawing of :data:`NARROWEST` pixels.
    """

    text: str
    place: float
    anchor: str
    left: float
    right: float
    shift: float = 0.0


def _caption(text: str, start: float, end: float, pole: float = 0.0) -> _Caption:
    """Return a caption that begins where a thing does, or for want of room ends there.

    Where neither fits it stands over the middle, or at the right edge of the narrowest
    drawing. The shift is in pixels, so that in more room it stays with its thing.
    """
    width = _width(text)
    left = start * _PIXEL + pole
    if left + width <= NARROWEST:
        return _Caption(text, start, "start", left, left + width, pole)
    right = end * _PIXEL - pole
    if right >= width:
        return _Caption(text, end, "end", right - width, right, -pole)
    middle = (start + end) / 2
    left = middle * _PIXEL - width / 2
    if left >= 0 and left + width <= NARROWEST:
        return _Caption(text, middle, "middle", left, left + width)
    left = max(0.0, NARROWEST - width)
    return _Caption(text, start, "start", left, left + width, left - start * _PIXEL)


def has_room(text: str) -> bool:
    """Say whether a caption goes into the narrowest drawing."""
    return _width(text) <= NARROWEST


def _width(text: str) -> float:
    """Return about how many pixels a text takes in letters of 12 pixels, rather too many."""
    return sum(6.9 if east_asian_width(letter) in _NARROW else 12.2 for letter in text)


def _clear(left: float, right: float, taken: Iterable[tuple[float, float]]) -> bool:
    return all(right + _GAP <= start or end + _GAP <= left for start, end in taken)


def _hung(captions: Sequence[_Caption], poles: Sequence[float]) -> list[int]:
    """Return the row of each caption above the axis, row 0 being the lowest.

    A caption hangs on a stem that goes down to the axis, so no stem should go through a
    caption of a lower row. Set from the right or from the left: what crosses least is taken,
    then what needs fewest rows. Where a stem does cross, the letters stand out from it.
    """
    forth = range(len(captions))
    tried = [_set(captions, poles, order) for order in (reversed(forth), forth)]
    return min(tried, key=lambda rows: (_crossings(captions, poles, rows), max(rows)))


def _set(captions: Sequence[_Caption], poles: Sequence[float], order: Iterable[int]) -> list[int]:
    rows: dict[int, int] = {}
    for index in order:
        placed = [(captions[other], poles[other], row) for other, row in rows.items()]
        rows[index] = _free_row(captions[index], poles[index], placed)
    return [rows[index] for index in range(len(captions))]


def _crossings(captions: Sequence[_Caption], poles: Sequence[float], rows: Sequence[int]) -> int:
    return sum(
        row > below and caption.left <= pole <= caption.right
        for pole, row in zip(poles, rows, strict=True)
        for caption, below in zip(captions, rows, strict=True)
    )


def _free_row(caption: _Caption, pole: float, placed: list[tuple[_Caption, float, int]]) -> int:
    top = max((row for *_, row in placed), default=-1) + 1
    for row in range(top):
        beside = [(other.left, other.right) for other, _, at in placed if at == row]
        above = [stem for _, stem, at in placed if at > row]
        below = [(other.left, other.right) for other, _, at in placed if at < row]
        if (
            _clear(caption.left, caption.right, beside)
            and not any(caption.left <= stem <= caption.right for stem in above)
            and not any(left <= pole <= right for left, right in below)
        ):
            return row
    return top


# --- the picture -------------------------------------------------------------------------

_ROW: Final = 17
_BAR: Final = 9
_LANE: Final = 33


class Drawing:
    """The drawing while it grows downwards, part by part."""

    def __init__(self, scale: Scale) -> None:
        self._scale = scale
        self._under: list[str] = []
        self._over: list[str] = []
        self._y = 0
        self._bars: list[int] = []
        self._now: tuple[float, int, int] = 0.0, 0, 0

    def hang(self, marks: Sequence[DayMark]) -> None:
        """Draw the marks on the axis, their captions above it."""
        poles = [self._scale.at(mark.at) for mark in marks]
        captions = [
            _caption(mark.text, at, at, _POLE) for mark, at in zip(marks, poles, strict=True)
        ]
        rows = _hung(captions, [at * _PIXEL for at in poles])
        axis = _ROW * (max(rows) + 1) + 8
        for mark, at, caption, row in zip(marks, poles, captions, rows, strict=True):
            base = axis - 12 - _ROW * row
            through = caption.left <= at * _PIXEL <= caption.right
            top = base + 4 if through else base - 9
            if mark.kind == "now":
                self._now = at, top, axis
            else:
                self._under.append(_line("stem", at, top, axis))
            self._over.append(_letters(caption, base, "now" if mark.kind == "now" else ""))
            self._over.append(_dot(mark, at, axis))
        self._y = axis

    def axis(self) -> None:
        """Draw the axis with its months or years."""
        axis = self._y
        self._under.append(
            f'<line class="axis" x1="0" x2="100%" y1="{axis}" y2="{axis}" stroke="currentColor"/>'
        )
        for at, label in _ticks(self._scale):
            self._under.append(_line("tick", at, axis, axis + (6 if label else 4)))
            if label:
                caption = _Caption(label, at, "middle", at, at)
                self._under.append(_letters(caption, axis + 17, "quiet"))
        self._y = axis + 24

    def lanes(self, bars: Iterable[TimeBar]) -> None:
        """Draw bars, each in a lane of its own with its caption above it."""
        for bar in bars:
            caption = _caption(bar.text, self._scale.at(bar.first), self._scale.at(bar.end))
            self._over.append(_letters(caption, self._y + 11))
            self._draw(bar, self._y + 17)
            self._y += _LANE

    def outlook(self, bars: Sequence[TimeBar], head: str) -> None:
        """Draw what a later claim would give as one lane of bars that follow each other."""
        self._over.append(_letters(_caption(head, 0, 0), self._y + 13, "quiet"))
        spans = [(self._scale.at(bar.first), self._scale.at(bar.end)) for bar in bars]
        captions = [_caption(bar.text, *span, _POLE) for bar, span in zip(bars, spans, strict=True)]
        rows = _hung(captions, [caption.place * _PIXEL for caption in captions])
        bottom = self._y + 19 + _ROW * (max(rows) + 1)
        for bar, caption, row in zip(bars, captions, rows, strict=True):
            y = bottom - _ROW * (row + 1)
            self._over.append(_letters(caption, y + 11))
            if row:
                self._under.append(_line("stem", caption.place, y + 13, bottom))
            self._draw(bar, bottom)
        self._y = bottom + _BAR + 5

    def _draw(self, bar: TimeBar, y: int) -> None:
        left, right = self._scale.at(bar.first), self._scale.at(bar.end)
        self._under.append(
            f'<rect class="bar {bar.kind}" x="{left:.2f}%" y="{y}" width="{right - left:.2f}%" '
            f'height="{_BAR}"><title>{safe(bar.caption)}</title></rect>'
        )
        for notch in bar.notches:
            at = self._scale.at(notch.at)
            self._under.append(_line("notch", at, y, y + _BAR, width=2))
        self._bars.append(y)
        if bar.is_open:
            self._under.extend(
                f'<svg x="{right:.2f}%" y="{y}" overflow="visible">'
                f'<path class="notch" d="M{shift} 0V{_BAR}" stroke-width="2"/></svg>'
                for shift in (-4, -9, -14)
            )

    def svg(self, title: str, captions: Sequence[str]) -> str:
        """Return the drawing; letters stand over lines and bars."""
        at, top, axis = self._now
        self._under.append(_line("now", at, top, axis, width=1.5))
        self._under += [_line("now", at, y - 3, y + _BAR + 3, width=1.5) for y in self._bars]
        description = "; ".join(captions)
        return (
            f'<svg role="img" width="100%" height="{self._y + 2}" font-size="12">\n'
            f"<title>{safe(title)}</title>\n<desc>{safe(description)}</desc>\n"
            + "\n".join((*self._under, *self._over))
            + "\n</svg>"
        )


def _line(kind: str, at: float, top: int, bottom: int, width: float = 1) -> str:
    return (
        f'<line class="{kind}" x1="{at:.2f}%" x2="{at:.2f}%" y1="{top}" y2="{bottom}" '
        f'stroke="currentColor" stroke-width="{width}"/>'
    )


def _letters(caption: _Caption, y: int, kind: str = "") -> str:
    mark = f' class="{kind}"' if kind else ""
    shift = f' dx="{caption.shift:g}"' if caption.shift else ""
    anchor = f' text-anchor="{caption.anchor}"' if caption.anchor != "start" else ""
    return (
        f'<text{mark} x="{caption.place:.2f}%" y="{y}"{shift}{anchor} fill="currentColor">'
        f"{safe(caption.text)}</text>"
    )


def _dot(mark: DayMark, at: float, y: int) -> str:
    shape = {
        "now": '<path class="now" d="M-4 -6H4L0 1z"/>',
        "swap": '<path class="swap" d="M-5 0L0 -5L5 0L0 5z"/>',
        "flag": '<path class="flag" d="M-4 6H4L0 -1z"/>',
        "sold": '<circle class="dot sold" r="4"/>',
    }.get(mark.kind, '<circle class="dot" r="3.5"/>')
    return (
        f'<svg x="{at:.2f}%" y="{y}" overflow="visible"><title>{safe(mark.text)}</title>'
        f"{shape}</svg>"
    )


# --- months and years --------------------------------------------------------------------

_STEPS: Final = (1, 3, 12, 60, 120, 1200, 12_000)
_MOST_TICKS: Final = 40


def _ticks(scale: Scale) -> Iterator[tuple[float, str]]:
    """Yield the places of the first days of months or years; a name where there is room."""
    first, last = scale.cuts[0], scale.cuts[-1]
    months = (last - first) / 30.4
    step = next(step for step in _STEPS if months / step <= _MOST_TICKS)
    start = date.fromordinal(int(first))
    places: dict[int, float] = {}
    for month in range((start.year * 12 + start.month - 1) // step * step, 9999 * 12, step):
        day = date(max(month // 12, 1), month % 12 + 1, 1).toordinal()
        if day > last:
            break
        if day > first:
            places[month] = scale.at(day)
    named: dict[int, tuple[float, float]] = {}
    for month in sorted(places, key=lambda month: (_weight(month), month)):
        middle, half = places[month] * _PIXEL, _width(_name(month, step)) / 2
        inside = middle >= half and middle + half <= NARROWEST
        if inside and _clear(middle - half, middle + half, named.values()):
            named[month] = (middle - half, middle + half)
    for month, place in places.items():
        yield place, _name(month, step) if month in named else ""


def _weight(month: int) -> int:
    return next(weight for weight, every in enumerate((12, 6, 3, 1)) if month % every == 0)


def _name(month: int, step: int) -> str:
    year = f"{month // 12:04d}"
    return year if step % 12 == 0 else f"{year}-{month % 12 + 1:02d}"
