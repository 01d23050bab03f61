"""What the repairs of each claim amount to, in columns: 修理记录的列式汇总.

The same facts that :mod:`sanbao.facts` derives from the repairs of one claim, for a long
table with a row a repair: days deducted, repairs that count, the end of the last one, and
what is still open.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import polars as pl

from sanbao.audit.columns import Claims
from sanbao.audit.running import (
    APART,
    IS_LAST,
    earliest,
    first_day,
    last_day,
    latest,
    of_each_claim,
    since_last,
    total,
)
from sanbao.audit.values import CODES
from sanbao.facts import NO_PROBLEM, Frame

__all__ = ["NO_REPAIRS", "deducted_since", "histories"]

_NO_DAYS: Final = {"deducted_days": 0}
_NONE_FINISHED: Final = {"repairs_counted": 0, "repaired_before": False, "repaired_on": None}
_NONE_OPEN: Final = {
    "under_repair": False,
    "under_repair_since": None,
    "waiting_for_parts": False,
    "waiting_for_parts_since": None,
    "delayed_by_repairer": False,
    "delayed_by_repairer_since": None,
}
NO_REPAIRS: Final = {**_NO_DAYS, **_NONE_FINISHED, **_NONE_OPEN}
"""The facts of a claim without repairs."""

_PROBLEM: Final = pl.all_horizontal(
    pl.col("fault") != CODES["symptom"].index(code) for code in sorted(NO_PROBLEM)
)
"""Whether what was repaired is a quality problem (art. 10)."""

_BY: Final = {"waiting_for_parts": "parts", "delayed_by_repairer": "repairer"}
_ENDED: Final = (pl.col("handed_back_on") <= pl.col("claimed_on")).fill_null(False)


def histories(
    claims: Claims, start: pl.Series, frame: Frame, listed: Callable[[str], pl.Expr]
) -> pl.DataFrame:
    """Return the facts of :data:`NO_REPAIRS` for each claim.

    ``start`` is the day on which the period of each claim starts, ``listed`` gives the
    expression that says whether the fault in a column is in the catalogue for the goods. A
    claim with repairs whose period has no known start has no known history: there they are null.
    """
    since, repaired = _since(claims, start), claims.repairs["row"]
    unknown = repaired.filter(start.gather(repaired).is_null()) if start.has_nulls() else None
    facts = (
        (_deducted(since, frame), _NO_DAYS),
        (_finished(since, frame, listed), _NONE_FINISHED),
        (_open(since), _NONE_OPEN),
    )
    return pl.concat(
        [of_each_claim(found, none, len(start), unknown) for found, none in facts],
        how="horizontal",
    )


def deducted_since(claims: Claims, start: pl.Series, frame: Frame) -> pl.Series:
    """Return the days in repair since ``start`` (修理占用时间, art. 8) of each claim."""
    days = _deducted(_since(claims, start), frame)
    return of_each_claim(days, _NO_DAYS, len(start)).to_series()


def _finished(since: pl.DataFrame, frame: Frame, listed: Callable[[str], pl.Expr]) -> pl.DataFrame:
    """Return what the repairs under the guarantees that have ended come to."""
    same = pl.col("fault") == pl.col("fault_now")
    proved = pl.lit(True) if frame.unrecorded_repairs_too else pl.col("recorded")
    counted = listed("fault") & same if frame.two_repairs_one_fault else listed("fault")
    again = _PROBLEM if frame.again_any_fault else same
    # a claim that does not say what is wrong now: what counts is not known
    sure = pl.col("unsure") == 0
    return (
        since.lazy()
        .filter(_ENDED & pl.col("under_guarantee"))
        .with_columns(fault=pl.coalesce("symptom", "fault_now"))
        .select(
            "row",
            repairs_counted=total(proved & counted),
            repaired_on=latest(pl.col("handed_back_on"), again),
            unsure=total(pl.col("fault_now").is_null()),
        )
        .filter(IS_LAST)
        .with_columns(since_last("repairs_counted"), since_last("unsure"), last_day("repaired_on"))
        .select(
            "row",
            repairs_counted=pl.when(sure).then("repairs_counted"),
            repaired_before=pl.when(sure).then(pl.col("repaired_on").is_not_null()),
            repaired_on=pl.when(sure).then("repaired_on"),
        )
        .collect(engine="in-memory")
    )


def _open(since: pl.DataFrame) -> pl.DataFrame:
    """Return what the repairs that have not ended come to."""
    on, delay = pl.col("handed_in_on"), pl.col("delay")
    waiting = pl.all_horizontal(
        (pl.col(name).is_null() | (pl.col(name) > pl.col("claimed_on")))
        for name in ("ready_on", "notified_on")
    )
    reasons = {f"{name}_known": delay == CODES["delay"].index(by) for name, by in _BY.items()}
    waits = {"undecided": delay.is_null(), **reasons}
    return (
        since.lazy()
        .filter(~_ENDED)
        .select(
            "row",
            under_repair_since=earliest(on),
            **{name: earliest(on, waiting & reason) for name, reason in waits.items()},
        )
        .filter(IS_LAST)
        .select("row", *map(first_day, ("under_repair_since", *waits)))
        .select(
            "row",
            "under_repair_since",
            under_repair=pl.lit(True),
            **{name: _delayed(f"{name}_known") for name in _BY},
            **{f"{name}_since": _delayed_since(f"{name}_known") for name in _BY},
        )
        .collect(engine="in-memory")
    )


def _deducted(since: pl.DataFrame, frame: Frame) -> pl.DataFrame:
    """Return the days in repair.

    Days that two repairs share count once: the repairs of a claim are gone through by the day
    each was handed in, and each adds what lies after all before it.
    """
    claimed, back = pl.col("claimed_on"), pl.col("handed_back_on")
    if frame.repairs_end_when_notified:
        back = pl.min_horizontal("handed_back_on", "notified_on")
    end = pl.when(back <= claimed).then(back + int(frame.both_repair_days)).otherwise(claimed + 1)
    spans = since.select("row", first=APART + pl.col("handed_in_on"), end=APART + end)
    if not spans["first"].is_sorted():
        spans = spans.sort("first")
    reached = pl.col("end").cum_max().shift(1, fill_value=0)
    days = pl.col("end") - pl.max_horizontal("first", reached)
    return (
        spans.lazy()
        .select("row", deducted_days=total(days.clip(lower_bound=0)))
        .filter(IS_LAST)
        .select("row", since_last("deducted_days"))
        .collect(engine="in-memory")
    )


def _since(claims: Claims, start: pl.Series) -> pl.DataFrame:
    """Return the repairs handed in since ``start`` until the claim, beside what the claims say."""
    row, on = claims.repairs["row"], pl.col("handed_in_on")
    found = claims.repairs.with_columns(claimed_on=claims.frame["claimed_on"].gather(row)).filter(
        (on >= pl.lit(start.gather(row))) & (on <= pl.col("claimed_on"))
    )
    return found.with_columns(
        kind=claims.frame["kind"].gather(found["row"]),
        fault_now=claims.frame["symptom"].gather(found["row"]),
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
