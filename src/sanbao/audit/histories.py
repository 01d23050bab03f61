"""What the repairs of each claim amount to, in columns: 修理记录的列式汇总.

The same facts that :mod:`sanbao.facts` derives from the repairs of one claim, for a long
table with a row a repair: the days that repairs add, those that count, how far back the fault
reaches, the end of the last one, and what is still open.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

import polars as pl

from sanbao.audit.columns import Claims
from sanbao.audit.running import (
    APART,
    IS_FIRST,
    IS_LAST,
    constant,
    earliest,
    first_day,
    last_day,
    latest,
    of_each_claim,
    since_first,
    since_last,
    total,
)
from sanbao.audit.values import CODES
from sanbao.facts import DAYS_A_REPAIR_LASTS, NO_PROBLEM, Frame, Start

__all__ = [
    "NO_REPAIRS",
    "STARTS",
    "added_days",
    "days_covered",
    "handed_in",
    "histories",
    "near_ends",
    "reached_back",
    "spans_of",
]

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
NO_REPAIRS: Final = {**_DAYS, **_COUNTED, **_BEFORE, **_IN_REPAIR, **_WAITING}
"""The facts of a claim without repairs."""

_PROBLEM: Final = pl.all_horizontal(
    pl.col("fault") != CODES["symptom"].index(code) for code in sorted(NO_PROBLEM)
)
"""Whether what was repaired is a quality problem (art. 10)."""

_ON: Final = pl.col("handed_in_on")
_BY: Final = {"waiting_for_parts": "parts", "delayed_by_repairer": "repairer"}
_ENDED: Final = (pl.col("handed_back_on") <= pl.col("claimed_on")).fill_null(False)
_UNREPAIRED: Final = pl.all_horizontal(
    pl.col(name).is_null() | (pl.col(name) > pl.col("claimed_on"))
    for name in ("ready_on", "notified_on", "handed_back_on")
)
_OWN: Final = (_ON >= pl.col("exchanged")).fill_null(True)
"""Whether a repair concerned the unit that the consumer has now."""


def handed_in(claims: Claims, facts: pl.DataFrame) -> pl.DataFrame:
    """Return the repairs handed in by the day of the claim, beside what the claims say.

    The repairs of a claim stand as it states them.
    """
    claimed = claims.frame["claimed_on"].gather(claims.repairs["row"])
    found = claims.repairs.with_columns(claimed_on=claimed).filter(_ON <= pl.col("claimed_on"))
    row = found["row"]
    return found.with_columns(
        *(
            facts[name].gather(row)
            for name in ("kind", "asked_on", "held_on", "period_start", "exchanged", "starts")
        ),
        fault_now=facts["symptom"].gather(row),
    )


# --- how far back a fault reaches ---------------------------------------------------------------


def reached_back(repairs: pl.DataFrame, asked: pl.Series) -> pl.Series:
    """Return for each claim the day that the repairs of one fault reach back to (art. 10).

    ``asked`` is the day each remedy was first asked for. A repair lasts until its unit came back
    and the days after that it must work for; the last ones that follow one another without a gap
    reach back from the day asked if they reach it. Null where that is not known.
    """
    now, fault = pl.col("fault_now"), pl.col("symptom")
    chain = repairs.filter(
        pl.col("under_guarantee")
        & (pl.col("starts") != STARTS["none"]).fill_null(True)
        & ((_ON >= pl.col("period_start")) | pl.col("period_start").is_null())
        & ((fault == now) | fault.is_null() | now.is_null())
    )
    back = pl.when(_ENDED).then("handed_back_on").otherwise("claimed_on")
    earlier = in_order(chain.filter(_ON < pl.col("asked_on"))).lazy()
    found = (
        earlier.select(
            "row",
            first=_ON,
            until=(APART + back + DAYS_A_REPAIR_LASTS).cum_max(),
            asked=APART + pl.col("asked_on"),
        )
        .with_columns(begins=APART + pl.col("first") > pl.col("until").shift(1, fill_value=0))
        .with_columns(reached=latest(pl.col("first"), pl.col("begins")))
        .filter(IS_LAST & (pl.col("until") >= pl.col("asked")))
        .select("row", last_day("reached"))
        .collect(engine="in-memory")
    )
    reached = asked.clone().scatter(found["row"], found["reached"])
    unsure = chain.filter(
        pl.col("period_start").is_null() | (fault.is_not_null() & now.is_null())
    )["row"]
    if not len(unsure):
        return reached
    doubtful = constant(False, len(asked)).scatter(unsure, True)
    return reached.zip_with(~doubtful | (reached == asked), constant(None, len(asked), asked.dtype))


# --- the days in repair ---------------------------------------------------------------------------


def in_order(repairs: pl.DataFrame) -> pl.DataFrame:
    """Return repairs sorted by the claim they belong to, then by the day of hand-in."""
    moved = APART + _ON
    if repairs.select(moved).to_series().is_sorted():
        return repairs
    return repairs.sort(moved, maintain_order=True)


def spans_of(repairs: pl.DataFrame, frame: Frame) -> pl.DataFrame:
    """Return the days each repair takes: the ``first``, and the one ``after`` the last.

    In the order of hand-in; a repair that goes on takes the day of the claim.
    """
    claimed, back = pl.col("claimed_on"), pl.col("handed_back_on")
    if frame.repairs_end_when_notified:
        back = pl.min_horizontal("handed_back_on", "notified_on")
    after = pl.when(back <= claimed).then(back + int(frame.both_repair_days)).otherwise(claimed + 1)
    return in_order(repairs).select(
        "row", "kind", "exchanged", own=_OWN, first=_ON, after=after, claimed_on=claimed
    )


def added_days(spans: pl.DataFrame, last: pl.Expr, claims: int) -> tuple[pl.Series, pl.DataFrame]:
    """Return how many days repairs add to a period or window of each claim (art. 8).

    ``spans`` are those handed in since it began, ``plain`` in them its last day before, ``last``
    the expression that gives the day after which a repair adds nothing, from ``plain`` and the
    days ``added`` by those before. Also returned are the spans with ``plain`` and ``added``.

    Days that two repairs share count once. The first repair that is late stops it: how much was
    added by then is the least that was before any late one.
    """
    before = (
        spans.lazy()
        .with_columns(fresh=_fresh(pl.col("first")))
        .with_columns(sum=pl.col("fresh").cum_sum())
        .with_columns(added=since_first(pl.col("sum") - pl.col("fresh")))
        .collect(engine="in-memory")
    )
    found = (
        before.lazy()
        .select("row", "sum", stop=earliest(pl.col("added"), pl.col("first") > last))
        .filter(IS_LAST)
        .select("row", since_last("sum"), first_day("stop"))
        .select("row", added=pl.min_horizontal("sum", "stop"))
        .collect(engine="in-memory")
    )
    return of_each_claim(found, {"added": 0}, claims).to_series(), before


def near_ends(before: pl.DataFrame, first: pl.Expr, last: pl.Expr) -> pl.Series:
    """Return the rows with a repair handed in between two days, given the days ``added``."""
    return before.filter(pl.col("first").is_between(first, last).fill_null(False))["row"]


def days_covered(spans: pl.DataFrame, start: pl.Series, *, from_exchange: bool) -> pl.Series:
    """Return the days in repair of each claim since ``start``, each of them once (art. 19).

    ``from_exchange`` leaves out the repairs of a unit that was given back.
    """
    days = spans.lazy().with_columns(start=start.gather(spans["row"]))
    days = days.filter((pl.col("after") > pl.col("start")) & (pl.col("own") | (not from_exchange)))
    return _summed(days, pl.max_horizontal("first", "start"), len(start))


def _summed(spans: pl.LazyFrame, first: pl.Expr, claims: int) -> pl.Series:
    found = (
        spans.select("row", days=total(_fresh(first)))
        .filter(IS_LAST)
        .select("row", since_last("days"))
        .collect(engine="in-memory")
    )
    return of_each_claim(found, {"days": 0}, claims).to_series()


def _fresh(first: pl.Expr) -> pl.Expr:
    """Return the days of each span that none before it has."""
    reached = (APART + pl.col("after")).cum_max().shift(1, fill_value=0)
    days = APART + pl.col("after") - pl.max_horizontal(APART + first, reached)
    return pl.when(days > 0).then(days).otherwise(0)


# --- what repairs come to -------------------------------------------------------------------------


def histories(
    claims: Claims,
    repairs: pl.DataFrame,
    spans: pl.DataFrame,
    facts: pl.DataFrame,
    frame: Frame,
    listed: Callable[[str], pl.Expr],
    asked: Collection[str],
) -> pl.DataFrame:
    """Return the facts of :data:`NO_REPAIRS` for each claim, those ``asked`` for.

    ``repairs`` are those of :func:`handed_in`, ``listed`` gives the expression that says whether
    the fault in a column is in the catalogue for the goods. Of a claim with repairs whose period
    has no known start it is not known which of them count: there most are null.
    """
    start, number = facts["period_start"], len(facts)
    stated = claims.repairs["row"]
    unknown = stated.filter(start.gather(stated).is_null())
    since = repairs.filter(_ON >= pl.col("period_start"))
    columns: list[pl.Series] = []

    def tell(found: pl.DataFrame, none: Mapping[str, Any], not_known: pl.Series | None) -> None:
        columns.extend(of_each_claim(found, none, number, not_known).get_columns())

    if not _DAYS.keys().isdisjoint(asked):
        of_period = spans.with_columns(start=start.gather(spans["row"]))
        counted = of_period.lazy().filter(pl.col("first") >= pl.col("start"))
        days = _summed(counted, pl.col("first"), number)
        columns.append(days.scatter(unknown, None).alias("days_in_repair"))
    if not (_COUNTED | _BEFORE).keys().isdisjoint(asked):
        finished = _finished(since)
        tell(_counted(finished, frame, listed), _COUNTED, unknown)
        before, unclear = _before(finished, frame)
        tell(before, _BEFORE, pl.concat([unknown, unclear]))
    if not _IN_REPAIR.keys().isdisjoint(asked):
        tell(_in_repair(repairs), _IN_REPAIR, None)
    if not _WAITING.keys().isdisjoint(asked):
        undated = repairs.filter(_OWN & _UNREPAIRED & pl.col("period_start").is_null())
        tell(_waiting(since, frame), _WAITING, undated["row"])
    return pl.DataFrame(columns)


def _proved(frame: Frame) -> pl.Expr:
    return pl.lit(True) if frame.unrecorded_repairs_too else pl.col("recorded")


def _finished(since: pl.DataFrame) -> pl.DataFrame:
    """Return the repairs under the guarantees that have ended."""
    ended = since.filter(_ENDED & pl.col("under_guarantee"))
    return ended.with_columns(fault=pl.coalesce("symptom", "fault_now"))


def _counted(
    finished: pl.DataFrame, frame: Frame, listed: Callable[[str], pl.Expr]
) -> pl.DataFrame:
    """Return how many finished repairs count, and how many there are of a quality problem."""
    fault, now = pl.col("fault"), pl.col("fault_now")
    counts = _proved(frame)
    if not frame.software_repairs_too:
        counts &= ~pl.col("software_only")
    counted, unclear = listed("fault"), fault.is_null()
    if frame.two_repairs_one_fault:
        counted, unclear = counted & (fault == now), now.is_null()
    return (
        finished.lazy()
        .select(
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
        .collect(engine="in-memory")
    )


def _before(finished: pl.DataFrame, frame: Frame) -> tuple[pl.DataFrame, pl.Series]:
    """Return of each claim the repair that came back least long before, and where it is unclear.

    That is the day it was handed back, and the day that is held against it (art. 10).
    """
    fault, now, back = pl.col("fault"), pl.col("fault_now"), pl.col("handed_back_on")
    again, unclear = fault == now, now.is_null()
    if frame.again_any_fault:
        again, unclear = _PROBLEM, fault.is_null()
    day = pl.when(pl.col("asked_on") >= back).then("held_on").otherwise("claimed_on")
    found = finished.filter(again).select("row", repaired_on=back, again_on=day)
    gap = pl.col("again_on") - pl.col("repaired_on")
    found = found.filter(gap >= 0).sort(APART + gap, maintain_order=True)
    nearest = found.filter(IS_FIRST).with_columns(repaired_before=pl.lit(True))
    return nearest, finished.filter(unclear)["row"]


def _in_repair(repairs: pl.DataFrame) -> pl.DataFrame:
    """Return since when the unit is in repair and not repaired yet."""
    return (
        repairs.lazy()
        .filter(_OWN & _UNREPAIRED)
        .select("row", under_repair_since=earliest(_ON))
        .filter(IS_LAST)
        .select("row", first_day("under_repair_since"), under_repair=pl.lit(True))
        .collect(engine="in-memory")
    )


def _waiting(since: pl.DataFrame, frame: Frame) -> pl.DataFrame:
    """Return what the repairs come to that go on: delayed by whom, and since when."""
    delay = pl.col("delay")
    reasons = {f"{name}_known": delay == CODES["delay"].index(by) for name, by in _BY.items()}
    waits = {"undecided": delay.is_null(), **reasons}
    return (
        since.lazy()
        .filter(_UNREPAIRED & pl.col("under_guarantee") & _proved(frame))
        .select("row", **{name: earliest(_ON, reason) for name, reason in waits.items()})
        .filter(IS_LAST)
        .select("row", *map(first_day, waits))
        .select(
            "row",
            **{name: _delayed(f"{name}_known") for name in _BY},
            **{f"{name}_since": _delayed_since(f"{name}_known") for name in _BY},
        )
        .collect(engine="in-memory")
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
