"""What the repairs of each claim amount to, in columns: 修理记录的列式汇总.

The same facts that :mod:`sanbao.evaluation.facts` derives from the repairs of one claim, for a
long table with a row a repair: the days that repairs add, those that count, how far back the fault
reaches, the end of the last one, and what is still open.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import polars as pl

from sanbao.audit.tables.columns import constant
from sanbao.audit.tables.input.cells import CODES
from sanbao.audit.tables.input.claims_frame import Claims
from sanbao.audit.tables.input.segmented_scan import (
    APART,
    IS_FIRST,
    IS_LAST,
    earliest,
    first_day,
    last_day,
    latest,
    of_each_claim,
    since_first,
    since_last,
    total,
)
from sanbao.evaluation.facts.context import DerivationContext, Start
from sanbao.evaluation.facts.dependencies import codes_named, gaps
from sanbao.policies.mobile_facts import MOBILE_FACTS

__all__ = ["NO_REPAIRS", "STARTS", "End", "histories"]

STARTS: Final[Mapping[Start, int]] = {"papers": 1, "factory": 2, "none": 3}
"""The numbers that stand for what a period runs from."""

_COUNTED: Final = {"repairs_counted": 0, "repairs_finished": 0}
_BEFORE: Final = {"repaired_before": False, "repaired_on": None, "again_on": None}
_IN_REPAIR: Final = {"under_repair": False, "under_repair_since": None}
_WAITING: Final = {
    "waiting_for_parts": False,
    "waiting_for_parts_since": None,
    "delayed_by_repairer": False,
    "delayed_by_repairer_since": None,
}
_DAYS: Final = {"days_in_repair": 0}
_USE: Final = {"days_unused": 0}
NO_REPAIRS: Final = {**_USE, **_DAYS, **_COUNTED, **_BEFORE, **_IN_REPAIR, **_WAITING}
"""The facts of a claim without repairs."""

_PROBLEM: Final = pl.all_horizontal(
    pl.col("fault") != CODES["symptom"].index(code)
    for code in sorted(codes_named(MOBILE_FACTS, "is_problem"))
)
"""Whether what was repaired is a quality problem (art. 10)."""

_BY: Final = {"waiting_for_parts": "parts", "delayed_by_repairer": "repairer"}
_ENDED: Final = (pl.col("handed_back_on") <= pl.col("claimed_on")).fill_null(False)
_UNREPAIRED: Final = pl.all_horizontal(
    pl.col(name).is_null() | (pl.col(name) > pl.col("claimed_on"))
    for name in ("ready_on", "notified_on", "handed_back_on")
)
_BESIDE: Final = (
    *("kind", "asked_on", "held_on", "period_start", "use_starts_on", "exchanged", "starts"),
)
"""What repairs are seen with of the claim they belong to, beside the days that ends start on."""
_OWN: Final = (pl.col("handed_in_on") >= pl.col("exchanged")).fill_null(True)
"""Whether a repair concerned the unit that the consumer has now."""
_NOW, _REPAIRED, _START = pl.col("fault_now"), pl.col("symptom"), pl.col("period_start")
_LINKED: Final = (
    pl.col("under_guarantee")
    & (pl.col("starts") != STARTS["none"]).fill_null(True)
    & ((pl.col("handed_in_on") >= _START) | _START.is_null())
    & ((_REPAIRED == _NOW) | _REPAIRED.is_null() | _NOW.is_null())
)
"""Whether a repair may be of the fault of now, under the guarantees (art. 10)."""
_UNSURE: Final = _START.is_null() | (_REPAIRED.is_not_null() & _NOW.is_null())
"""Whether it is not known if such a repair was."""


class End(NamedTuple):
    """The last day of a window or period that repairs push on: 可顺延的末日.

    ``start`` is the column of the day it begins, ``plain`` its last day without any repair, and
    ``rolled`` gives the day to which a last day rolls. Of a window only the repairs of the unit
    count that the consumer has now, and none of those handed in is on time if the first is not
    within ``reach`` days; a period has no such number. Where it is asked which repairs are
    ``near`` a last day, that is what says so of a day and of a last day.
    """

    name: str
    start: str
    reach: int | None
    plain: pl.Expr
    rolled: Callable[[pl.Expr], pl.Expr]
    near: Callable[[pl.Expr, pl.Expr], pl.Expr] | None


def histories(
    claims: Claims,
    facts: pl.DataFrame,
    frame: DerivationContext,
    listed: Callable[[str], pl.Expr],
    asked: Collection[str],
    ends: Sequence[End],
) -> pl.DataFrame:
    """Return what the repairs of each claim come to.

    That is the day that its fault ``reached`` back to, the ``days_unused``, the facts of
    :data:`NO_REPAIRS` that are ``asked`` for, for each of ``ends`` the days ``added`` to it, and
    ``near`` if they tell that. ``facts`` are those that rest on no repair, ``listed`` gives the
    expression that says whether the fault in a column is in the catalogue for the goods. Of a
    claim with repairs whose period has no known start it is not known which of them count: there
    most are null.
    """
    repairs = _handed_in(claims, facts, {end.start for end in ends})
    found = _all(dict(_parts(repairs, frame, listed, asked, ends)))
    added = _added(found, ends, days=not _DAYS.keys().isdisjoint(asked))
    start, stated = facts["period_start"], claims.repairs["row"]
    undated = stated.filter(start.gather(stated).is_null())
    columns = [_reached(facts["asked_on"], found["reached"], found["unsure"]["row"])]
    for some, none, unknown in _facts(found, added, undated):
        columns += of_each_claim(some, none, len(facts), unknown).get_columns()
    return pl.DataFrame([*columns, *_added_to_ends(added, ends, len(facts))])


def _parts(
    repairs: pl.DataFrame,
    frame: DerivationContext,
    listed: Callable[[str], pl.Expr],
    asked: Collection[str],
    ends: Sequence[End],
) -> Iterator[tuple[str, pl.LazyFrame]]:
    """Yield by name what is worked out of the repairs; what is not ``asked`` for is left out."""
    since = repairs.lazy().filter(pl.col("handed_in_on") >= pl.col("period_start"))
    spans = repairs.select(
        "row",
        *sorted({"kind", "period_start", "use_starts_on", *(end.start for end in ends)}),
        "asked_on",
        own=_OWN,
        first="handed_in_on",
        begun=APART + pl.col("handed_in_on"),
        over=APART + _after(frame),
        linked=_LINKED,
        back=pl.when(_ENDED).then("handed_back_on").otherwise("claimed_on"),
        unsure=_UNSURE,
    ).lazy()
    chain = spans.filter("linked")
    yield "reached", _reached_back(chain)
    yield "unsure", chain.filter("unsure").select("row")
    yield "spans", _in_all(spans, frame, [end for end in ends if end.reach is None])
    if of_windows := [end for end in ends if end.reach is not None]:
        yield "windows", _in_windows(spans, of_windows)
    if not (_COUNTED | _BEFORE).keys().isdisjoint(asked):
        finished = since.filter(_ENDED & pl.col("under_guarantee"))
        finished = finished.with_columns(fault=pl.coalesce("symptom", "fault_now"))
        yield "counted", _counted(finished, frame, listed)
        yield from _before(finished, frame)
    if not _IN_REPAIR.keys().isdisjoint(asked):
        yield "in_repair", _in_repair(repairs.lazy())
    if not _WAITING.keys().isdisjoint(asked):
        yield "waiting", _waiting(since, frame)
        undated = repairs.lazy().filter(_OWN & _UNREPAIRED & pl.col("period_start").is_null())
        yield "undated", undated.select("row")


def _facts(
    found: Mapping[str, pl.DataFrame], added: Mapping[str, pl.DataFrame], undated: pl.Series
) -> Iterator[tuple[pl.DataFrame, Mapping[str, Any], pl.Series | None]]:
    """Yield facts, what they are of a claim without repairs, and the rows that do not know them.

    ``undated`` are the rows of claims whose period has no known start.
    """
    yield added["use"], _USE, None
    if "days" in added:
        yield added["days"], _DAYS, undated
    if "counted" in found:
        yield found["counted"], _COUNTED, undated
        yield found["before"], _BEFORE, pl.concat([undated, found["unclear"]["row"]])
    if "in_repair" in found:
        yield found["in_repair"], _IN_REPAIR, None
    if "waiting" in found:
        yield found["waiting"], _WAITING, found["undated"]["row"]


def _added_to_ends(
    added: Mapping[str, pl.DataFrame], ends: Sequence[End], claims: int
) -> Iterator[pl.Series]:
    """Yield the days that repairs add to each last day, and the claims near one if it is asked."""
    for part in dict.fromkeys(map(_part, ends)):
        sums = added[part]
        for column in of_each_claim(sums, dict.fromkeys(sums.columns[1:], 0), claims):
            yield column.scatter(*added[column.name])
    if any(end.near is not None for end in ends):
        near = [some["row"] for name, some in added.items() if name.startswith("near")]
        yield constant(False, claims).scatter(pl.concat(near), True).alias("near")


def _added(
    found: Mapping[str, pl.DataFrame], ends: Sequence[End], *, days: bool
) -> dict[str, pl.DataFrame]:
    """Return for each claim the days in use and in repair, and what pushes its last days on.

    For each part of the repairs those are the sums that would be ``added`` to the last days that
    go by it, and for each last day how much less it is of claims with repairs that came too late.
    """
    parts = {"use": _sums(found["spans"], {"days_unused": "use"})}
    if days:
        parts["days"] = _sums(found["spans"], {"days_in_repair": "period_start"})
    for part in dict.fromkeys(map(_part, ends)):
        of = {f"added {end.name}": end.start for end in ends if _part(end) == part}
        parts[part] = _sums(found[part], of)
    for end in ends:
        parts |= _pushed(found[_part(end)].lazy(), end)
    return _all(parts)


def _part(end: End) -> str:
    """Return the name of the repairs that may push a last day on."""
    return "spans" if end.reach is None else "windows"


def _all(parts: Mapping[str, pl.LazyFrame]) -> dict[str, pl.DataFrame]:
    return dict(zip(parts, pl.collect_all(parts.values(), engine="in-memory"), strict=True))


def _handed_in(claims: Claims, facts: pl.DataFrame, starts: Iterable[str]) -> pl.DataFrame:
    """Return the repairs handed in by the day of the claim, beside what the claims say."""
    found = claims.repairs
    found = found.with_columns(claimed_on=claims.frame["claimed_on"].gather(found["row"]))
    found = found.filter(pl.col("handed_in_on") <= pl.col("claimed_on"))
    beside = facts.select(sorted({*_BESIDE, *starts}), fault_now="symptom")
    return found.hstack(beside[found["row"]])


# --- how far back a fault reaches ---------------------------------------------------------------


def _reached_back(chain: pl.LazyFrame) -> pl.LazyFrame:
    """Return the day that the repairs of one fault reach back to, where any does (art. 10).

    A repair lasts until its unit came back and the days after that it must work for; the last
    ones that follow one another without a gap reach back from the day asked if they reach it.
    """
    return (
        chain.filter(pl.col("first") < pl.col("asked_on"))
        .select(
            "row",
            "first",
            until=(APART + pl.col("back") + max(gaps(MOBILE_FACTS))).cum_max(),
            asked=APART + pl.col("asked_on"),
        )
        .with_columns(begins=APART + pl.col("first") > pl.col("until").shift(1, fill_value=0))
        .with_columns(reached=latest(pl.col("first"), pl.col("begins")))
        .filter(IS_LAST & (pl.col("until") >= pl.col("asked")))
        .select("row", last_day("reached"))
    )


def _reached(asked: pl.Series, found: pl.DataFrame, unsure: pl.Series) -> pl.Series:
    """Return for each claim the day that its fault reaches back to; null where not known."""
    reached = asked.clone().scatter(found["row"], found["reached"]).alias("reached")
    if not len(unsure):
        return reached
    doubtful = constant(False, len(asked)).scatter(unsure, True)
    return reached.zip_with(~doubtful | (reached == asked), constant(None, len(asked), asked.dtype))


# --- the days in repair ---------------------------------------------------------------------------


def _in_all(repairs: pl.LazyFrame, frame: DerivationContext, ends: Sequence[End]) -> pl.LazyFrame:
    """Return repairs with the days they take since the start of use and of the period."""
    own = pl.col("own") if frame.used_from_exchange else pl.lit(True)
    in_use = (pl.col("over") > APART + pl.col("use_starts_on")) & own
    begun = pl.max_horizontal("begun", APART + pl.col("use_starts_on"))
    return _with_days(
        repairs, {"use": _fresh(in_use, begun), "period_start": _since("period_start")}, ends
    )


def _in_windows(repairs: pl.LazyFrame, ends: Sequence[End]) -> pl.LazyFrame:
    """Return repairs with the days they take since windows of days began.

    Looked at are the claims of which one was handed in at so early a day that it could add any.
    """
    row = pl.col("row").cast(pl.Int64) + 1
    early = pl.any_horizontal(
        pl.col("first").is_between(pl.col(end.start), pl.col(end.start) + end.reach) for end in ends
    )
    some = repairs.filter(pl.col("own")).filter(
        pl.when(early).then(row).otherwise(0).cum_max() == row
    )
    return _with_days(some, {end.start: _since(end.start) for end in ends}, ends)


def _since(start: str) -> pl.Expr:
    return _fresh(pl.col("first") >= pl.col(start), pl.col("begun"))


def _fresh(on: pl.Expr, begun: pl.Expr) -> pl.Expr:
    """Return the days of each repair that count, those that it shares with one before once."""
    on, over = on.fill_null(False), pl.col("over")
    reached = pl.when(on).then(over).otherwise(0).cum_max().shift(1, fill_value=0)
    days = over - pl.max_horizontal(begun, reached)
    return pl.when(on & (days > 0)).then(days).otherwise(0)


def _with_days(
    repairs: pl.LazyFrame, fresh: Mapping[str, pl.Expr], ends: Sequence[End]
) -> pl.LazyFrame:
    """Return repairs with the running ``sum`` of their days and what was added ``before`` each."""
    starts = dict.fromkeys(end.start for end in ends)
    some = repairs.select(
        "row",
        "first",
        "kind",
        *starts,
        **{f"fresh {name}": days for name, days in fresh.items()},
    )
    some = some.with_columns(
        pl.col(f"fresh {name}").cum_sum().alias(f"sum {name}") for name in fresh
    )
    return some.select(
        "row",
        "first",
        "kind",
        *starts,
        *(f"sum {name}" for name in fresh),
        *(
            since_first(pl.col(f"sum {start}") - pl.col(f"fresh {start}")).alias(f"before {start}")
            for start in starts
        ),
    )


def _sums(repairs: pl.DataFrame, sums: Mapping[str, str]) -> pl.LazyFrame:
    """Return for each claim the sums that are named so."""
    last = repairs.lazy().filter(IS_LAST)
    return last.select("row", **{name: since_last(f"sum {of}") for name, of in sums.items()})


def _pushed(repairs: pl.LazyFrame, end: End) -> Iterator[tuple[str, pl.LazyFrame]]:
    """Yield the repairs too late to push a last day on, and those near it if it is asked which.

    A repair handed in since a period or window began adds its days, unless it was handed in
    after the last day as it stood then; the first one that is late stops it (art. 8): no more is
    added than ``before`` it.
    """
    first, before = pl.col("first"), pl.col(f"before {end.start}")
    some = repairs.with_columns(plain=end.plain).filter(first >= pl.col(end.start))
    last = pl.col("plain") + before
    late = some.filter(first > pl.col("plain")).filter(first > end.rolled(last)).filter(IS_FIRST)
    yield f"added {end.name}", late.select("row", before.cast(pl.Int32))
    if end.near is not None:
        yield f"near {end.name}", some.filter(end.near(first, last)).select("row")


def _after(frame: DerivationContext) -> pl.Expr:
    """Return the day after the last that a repair takes; if it goes on that is of the claim."""
    claimed, back = pl.col("claimed_on"), pl.col("handed_back_on")
    if frame.repairs_end_when_notified:
        back = pl.min_horizontal("handed_back_on", "notified_on")
    return pl.when(back <= claimed).then(back + int(frame.both_repair_days)).otherwise(claimed + 1)


# --- what repairs come to -------------------------------------------------------------------------


def _proved(frame: DerivationContext) -> pl.Expr:
    return pl.lit(True) if frame.unrecorded_repairs_too else pl.col("recorded")


def _counted(
    finished: pl.LazyFrame, frame: DerivationContext, listed: Callable[[str], pl.Expr]
) -> pl.LazyFrame:
    """Return how many finished repairs count, and how many there are of a quality problem."""
    fault, now = pl.col("fault"), pl.col("fault_now")
    counts = _proved(frame)
    if not frame.software_repairs_too:
        counts &= ~pl.col("software_only")
    counted, unclear = listed("fault"), fault.is_null()
    if frame.two_repairs_one_fault:
        counted, unclear = counted & (fault == now), now.is_null()
    return (
        finished.select(
            "row",
            repairs_counted=total(counts & counted),
            repairs_finished=total(_PROBLEM),
            unclear=total(counts & unclear),
            nameless=total(fault.is_null()),
        )
        .filter(IS_LAST)
        .select("row", *map(since_last, (*_COUNTED, "unclear", "nameless")))
        .select(
            "row",
            pl.when(pl.col("unclear") == 0).then("repairs_counted"),
            pl.when(pl.col("nameless") == 0).then("repairs_finished"),
        )
    )


def _before(finished: pl.LazyFrame, frame: DerivationContext) -> Iterator[tuple[str, pl.LazyFrame]]:
    """Yield of each claim the repair that came back least long before, and where it is unclear.

    That is the day it was handed back, and the day that is held against it (art. 10).
    """
    fault, now, back = pl.col("fault"), pl.col("fault_now"), pl.col("handed_back_on")
    again, unclear = fault == now, now.is_null()
    if frame.again_any_fault:
        again, unclear = _PROBLEM, fault.is_null()
    day = pl.when(pl.col("asked_on") >= back).then("held_on").otherwise("claimed_on")
    found = finished.filter(again).select("row", "stated", repaired_on=back, again_on=day)
    gap = pl.col("again_on") - pl.col("repaired_on")
    found = found.filter(gap >= 0).with_columns(alone=IS_FIRST & IS_LAST)
    of_several = found.filter(~pl.col("alone")).sort(APART + gap, "stated").filter(IS_FIRST)
    nearest = pl.concat([found.filter("alone"), of_several])
    facts = ("row", "repaired_on", "again_on")
    yield "before", nearest.select(*facts, repaired_before=pl.lit(True))
    yield "unclear", finished.filter(unclear).select("row")


def _in_repair(repairs: pl.LazyFrame) -> pl.LazyFrame:
    """Return since when the unit is in repair and not repaired yet."""
    on = pl.col("handed_in_on")
    return (
        repairs.filter(_OWN & _UNREPAIRED)
        .select("row", under_repair_since=earliest(on))
        .filter(IS_LAST)
        .select("row", first_day("under_repair_since"), under_repair=pl.lit(True))
    )


def _waiting(since: pl.LazyFrame, frame: DerivationContext) -> pl.LazyFrame:
    """Return what the repairs come to that go on: delayed by whom, and since when."""
    on = pl.col("handed_in_on")
    delay = pl.col("delay")
    reasons = {f"{name}_known": delay == CODES["delay"].index(by) for name, by in _BY.items()}
    waits = {"undecided": delay.is_null(), **reasons}
    return (
        since.filter(_UNREPAIRED & pl.col("under_guarantee") & _proved(frame))
        .select("row", **{name: earliest(on, reason) for name, reason in waits.items()})
        .filter(IS_LAST)
        .select("row", *map(first_day, waits))
        .select(
            "row",
            **{name: _delayed(f"{name}_known") for name in _BY},
            **{f"{name}_since": _delayed_since(f"{name}_known") for name in _BY},
        )
    )


def _delayed(known: str) -> pl.Expr:
    """Say whether an unrepaired unit is delayed for this reason; null if that is not known."""
    return (
        pl.when(pl.col(known).is_not_null())
        .then(True)
        .when(pl.col("undecided").is_null())
        .then(False)
    )


def _delayed_since(known: str) -> pl.Expr:
    """Return since when; null where a repair delayed for a reason not known began earlier."""
    earlier = pl.col("undecided").is_null() | (pl.col(known) <= pl.col("undecided"))
    return pl.when(pl.col(known).is_null()).then("undecided").when(earlier).then(pl.col(known))
