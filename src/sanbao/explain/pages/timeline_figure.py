"""A claim and what it is worth, drawn along time: 时间线图.

Sale, delivery, exchanges and the day of the claim as marks; the windows, the period and every
repair as bars; below them what a later claim would give. Days and ends are those of the
claim and of the decision: nothing of the law is reckoned here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final

from sanbao.explain.blocks.model import Figure
from sanbao.explain.pages.timeline_svg import DayMark, Drawing, Scale, TimeBar, has_room
from sanbao.explain.words.catalogue import Language, say

if TYPE_CHECKING:
    from sanbao.model.claim import Claim, Repair
    from sanbao.model.decision import WholeDecision
    from sanbao.reasons.timeline import Step, Timeline

__all__ = ["draw_claim", "draw_decision", "draw_timeline"]

_MOST_ALIKE: Final = 6
"""How many repairs, and how many exchanges, are drawn: the last ones."""

_MOST_NAMED: Final = 3
"""How much of what happened on one day its caption names."""

_AFTERWARDS: Final = 60
"""Days that are drawn of what lasts from the last change on."""


_OUTSIDE: Final = ("paid_repair", "excluded")
"""Outcomes outside the guarantees; no right begins there."""


# --- what is drawn -----------------------------------------------------------------------


def draw_claim(claim: Claim, lang: Language) -> Figure | None:
    """Return the drawing of what happened, or nothing where that is but one day."""
    marks = [*_happened(claim, lang), _claimed(claim.claimed_on, lang)]
    return _figure(marks, [], list(_repairs(claim, lang)), [], _left_out(claim, lang), lang)


def draw_decision(
    decision: WholeDecision, claim: Claim | None, timeline: Timeline | None, lang: Language
) -> Figure | None:
    """Return the drawing of a decision, or nothing where there is but one day.

    Without ``claim`` (a decision that was read from JSON does not hold it) windows and period
    are all that is drawn; without ``timeline`` nothing that comes later is.
    """
    marks = [*_beginnings(decision, lang), _claimed(decision.dates.claimed_on, lang)]
    repairs, note = [], ""
    if claim is not None:
        marks += _happened(claim, lang)
        repairs, note = list(_repairs(claim, lang)), _left_out(claim, lang)
    stages = [] if timeline is None else list(_stages(timeline, lang))
    return _figure(marks, list(_times(decision, lang)), repairs, stages, note, lang)


def draw_timeline(timeline: Timeline, lang: Language) -> Figure | None:
    """Return the drawing of a timeline alone, or nothing where it never changes."""
    stages = list(_stages(timeline, lang))
    return _figure([_claimed(timeline.steps[0].on, lang)], [], [], stages, "", lang)


def _claimed(day: date, lang: Language) -> DayMark:
    return DayMark(day.toordinal() + 0.5, "now", _marked(("claimed_on",), day, lang))


def _happened(claim: Claim, lang: Language) -> Iterator[DayMark]:
    """Yield the days of the purchase and of exchanges, each day once."""
    purchase, evidence = claim.purchase, claim.evidence
    named = {
        "sold_on": purchase.sold_on,
        "received_on": purchase.received_on,
        "invoiced_on": purchase.invoiced_on,
        "manufactured_on": evidence.manufactured_on,
        "activated_on": evidence.activated_on,
        "appeared_on": claim.fault.appeared_on,
        "asked_on": claim.asked_on,
    }
    by_day: dict[date, list[str]] = {}
    for name, day in named.items():
        if day is not None:
            by_day.setdefault(day, []).append(name)
    for exchange in claim.exchanges[-_MOST_ALIKE:]:
        before = by_day.get(exchange.exchanged_on, [])
        by_day[exchange.exchanged_on] = list(dict.fromkeys([*before, "exchanged_on"]))
    for day, names in by_day.items():
        kind = "swap" if "exchanged_on" in names else "sold" if "sold_on" in names else ""
        yield DayMark(day.toordinal(), kind, _marked(names, day, lang))


def _marked(names: Sequence[str], day: date, lang: Language) -> str:
    """Return the caption of a day: what happened, as much as the narrowest drawing has room for."""
    most = min(len(names), _MOST_NAMED)
    captions = [_naming(names, shown, day, lang) for shown in range(most, 0, -1)]
    return next(filter(has_room, captions), captions[-1])


def _naming(names: Sequence[str], shown: int, day: date, lang: Language) -> str:
    what = say(lang, "drawing.and").join(say(lang, f"drawing.{name}") for name in names[:shown])
    if len(names) > shown:
        what = say(lang, "drawing.and_more", what=what)
    return say(lang, "drawing.mark", what=what, on=str(day))


def _left_out(claim: Claim, lang: Language) -> str:
    if max(len(claim.repairs), len(claim.exchanges)) <= _MOST_ALIKE:
        return ""
    count = len(claim.repairs) + len(claim.exchanges)
    return say(lang, "drawing.left_out", count=count, shown=_MOST_ALIKE)


def _beginnings(decision: WholeDecision, lang: Language) -> Iterator[DayMark]:
    if decision.outcome in _OUTSIDE:
        return
    for day in sorted({begins.on for begins in decision.dates.begins}):
        text = say(lang, "drawing.mark", what=say(lang, "drawing.begins"), on=str(day))
        yield DayMark(day.toordinal(), "flag", text)


def _times(decision: WholeDecision, lang: Language) -> Iterator[TimeBar]:
    """Yield the windows and the period, where the regulation reaches the claim at all."""
    dates = decision.dates
    if decision.outcome == "excluded":
        return
    for kind, name, start in (
        ("refund", "refund_until", _start_of(decision, dates.refund_until)),
        ("exchange", "exchange_until", _start_of(decision, dates.exchange_until)),
        ("period", "period_ends_on", dates.period_starts_on),
    ):
        last: date | None = getattr(dates, name)
        if last is not None and start is not None and start <= last:
            values = {"what": say(lang, f"drawing.{kind}"), "first": str(start), "last": str(last)}
            text = say(lang, "drawing.span", **values)
            if name in decision.provisional:  # short, as the note takes room
                text = say(lang, "drawing.to", **values)
                text = say(lang, "drawing.provisional", text=text)
            yield TimeBar(start.toordinal(), last.toordinal(), kind, text)


def _start_of(decision: WholeDecision, last: date | None) -> date | None:
    """Return the day that a window was counted from, as the checks of the findings have it.

    Where other times end on the same day, that of the windows is taken.
    """
    if last is None:
        return None
    found: dict[bool, date] = {}
    for finding in decision.findings:
        for check in finding.checks:
            if check.counted_from is not None and check.threshold == str(last):
                with suppress(ValueError):  # a decision that was read may say anything
                    start = date.fromisoformat(str(check.counted_from_on))
                    found.setdefault(check.counted_from == "windows_start", start)
    return found.get(True, found.get(False))


def _repairs(claim: Claim, lang: Language) -> Iterator[TimeBar]:
    first_number = max(0, len(claim.repairs) - _MOST_ALIKE) + 1
    for number, repair in enumerate(claim.repairs[-_MOST_ALIKE:], first_number):
        days = {"first": str(repair.handed_in_on), "last": str(repair.handed_back_on)}
        is_open = repair.handed_back_on is None
        text = say(
            lang, "drawing.repairing" if is_open else "drawing.repaired", number=number, **days
        )
        last = repair.handed_back_on or max(claim.claimed_on, repair.handed_in_on)
        first, notches = repair.handed_in_on.toordinal(), tuple(_notches(repair, last, lang))
        yield TimeBar(first, last.toordinal(), "repair", text, is_open, notches)


def _notches(repair: Repair, last: date, lang: Language) -> Iterator[DayMark]:
    for name in ("ready_on", "notified_on"):
        day: date | None = getattr(repair, name)
        if day is not None and day < last:
            yield DayMark(day.toordinal() + 1, name, say(lang, f"drawing.{name}", on=str(day)))


_LESS: Final = "refund less"
"""How the bar of a refund less depreciation is styled: as one in full, and paler."""


def _stages(timeline: Timeline, lang: Language) -> Iterator[TimeBar]:
    """Yield what a claim gives from its day on, one bar for steps with the same outcome.

    A refund less depreciation has a bar of its own, beside one in full.
    """
    steps, less = timeline.steps, _less_depreciation(timeline)

    def kind_of(step: Step) -> str:
        return _LESS if (step.policy, step.rule) in less else step.outcome or "open"

    alike = [tuple(group) for _, group in groupby(steps, kind_of)]
    if len(alike) == 1 and (len(steps) == 1 or steps[0].outcome is not None):
        return  # nothing changes that a bar could show
    ends = [first.on.toordinal() - 1 for first, *_ in alike[1:]]
    ends.append(alike[-1][0].on.toordinal() + _AFTERWARDS)
    for (first, *more), last in zip(alike, ends, strict=True):
        start = first.on.toordinal()
        midday = 0.5 if first is steps[0] else 0.0  # with the mark of the claim
        turns = tuple(DayMark(step.on.toordinal(), "turn", str(step.on)) for step in more)
        kind = kind_of(first)
        text = say(lang, "drawing.refund_less" if kind == _LESS else f"outcome.{kind}")
        yield TimeBar(start + midday, last, kind, text, notches=turns)


def _less_depreciation(timeline: Timeline) -> set[tuple[str | None, str | None]]:
    """Return the rights to a refund less depreciation, by policy and rule."""
    return {
        (policy.id, right.id)
        for policy in timeline.policies
        for right in policy.rights
        if right.refund == "less_depreciation"
    }


def _figure(
    marks: Iterable[DayMark],
    times: Sequence[TimeBar],
    repairs: Sequence[TimeBar],
    stages: Sequence[TimeBar],
    note: str,
    lang: Language,
) -> Figure | None:
    marks = sorted(marks, key=lambda mark: mark.at)
    bars = [*times, *repairs, *stages]
    cuts = [mark.at for mark in marks]
    cuts += [edge for bar in bars for edge in (bar.first, bar.end)]
    if max(cuts) - min(cuts) < 1:
        return None
    drawing = Drawing(Scale(cuts))
    drawing.hang(marks)
    drawing.axis()
    drawing.lanes([*times, *repairs])
    if stages:
        drawing.outlook(stages, say(lang, "drawing.outlook"))
    captions = [mark.text for mark in marks]
    captions += [bar.caption for bar in (*times, *repairs)]
    captions += [_from(bar, lang) for bar in stages]
    return Figure(
        drawing.svg(say(lang, "drawing.title"), captions),
        tuple(captions),
        say(lang, "drawing.note", more=note).strip() if len(captions) > 2 else "",
    )


def _from(bar: TimeBar, lang: Language) -> str:
    return say(lang, "drawing.from", on=str(date.fromordinal(int(bar.first))), what=bar.text)
