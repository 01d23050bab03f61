"""What the repairs of each claim amount to, in columns: 修理记录的列式汇总.

The same facts that :mod:`sanbao.facts` derives from the repairs of one claim, for a long
table with a row a repair: days deducted, repairs that count, the end of the last one, and
what is still open.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import polars as pl

from sanbao.audit.columns import CODES, Claims
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
from sanbao.facts import Frame

__all__ = ["NO_REPAIRS", "deducted_since", "histories"]

NO_REPAIRS: Final = {
    "deducted_days": 0,
    "repairs_counted": 0,
    "repaired_before": False,
    "repaired_on": None,
    "under_repair": False,
    "under_repair_since": None,
    "waiting_for_parts": False,
    "waiting_for_parts_since": None,
    "delayed_by_repairer": False,
    "delayed_by_repairer_since": None,
}
"""The facts of a claim without repairs."""

_BY: Final = {"waiting_for_parts": "parts", "delayed_by_repairer": "repairer"}
_BEGUN: Final = (
    (pl.col("handed_in_on") >= pl.col("start")) & (pl.col("handed_in_on") <= pl.col("claimed_on"))
).fill_null(False)
"""Says whether a repair was handed in since the start of the period, and before the claim."""


def histories(
    claims: Claims, start: pl.Series, frame: Frame, listed: Callable[[str], pl.Expr]
) -> pl.DataFrame:
    """Return the facts of :data:`NO_REPAIRS` for each claim.

    ``start`` is the day on which the period of each claim starts, ``listed`` gives the
    expression that says whether the fault in a column is in the catalogue for the goods. A
    claim with repairs whose period has no known start has no known history: there they are null.
    """
    on, back = pl.col("handed_in_on"), pl.col("handed_back_on")
    same = pl.col("fault") == pl.col("fault_now")
    proved = pl.lit(True) if frame.unrecorded_repairs_too else pl.col("recorded")
    counted = listed("fault") & same if frame.two_repairs_one_fault else listed("fault")
    again = listed("fault") if frame.again_any_fault else same
    still = pl.all_horizontal(
        (pl.col(name).is_null() | (pl.col(name) > pl.col("claimed_on")))
        for name in ("ready_on", "notified_on")
    )
    of_claims = _of_claims(claims, start)
    marked = (
        of_claims.lazy()
        .with_columns(
            fault=pl.coalesce("symptom", "fault_now"),
            ended=(back <= pl.col("claimed_on")).fill_null(False),
        )
        .with_columns(
            closed=_BEGUN & pl.col("ended") & pl.col("under_guarantee"),
            waiting=_BEGUN & ~pl.col("ended") & still,
        )
        .select(
            "row",
            repairs_counted=total(pl.col("closed") & proved & counted),
            repaired_on=latest(pl.col("closed") & again, back),
            # a claim that does not say what is wrong now: what counts is not known
            unsure=total(pl.col("closed") & pl.col("fault_now").is_null()),
            under_repair_since=earliest(_BEGUN & ~pl.col("ended"), on),
            undecided=earliest(pl.col("waiting") & pl.col("delay").is_null(), on),
            **{
                f"{name}_known": earliest(
                    pl.col("waiting") & (pl.col("delay") == CODES["delay"].index(by)), on
                )
                for name, by in _BY.items()
            },
            deducted_days=total(pl.lit(_deducted(of_claims, frame))),
        )
    )
    sure = pl.col("unsure") == 0
    facts = (
        marked.filter(IS_LAST)
        .with_columns(
            *(since_last(name) for name in ("repairs_counted", "unsure", "deducted_days")),
            last_day("repaired_on"),
            *(first_day(name) for name in ("under_repair_since", "undecided")),
            *(first_day(f"{name}_known") for name in _BY),
        )
        .with_columns(
            repairs_counted=pl.when(sure).then("repairs_counted"),
            repaired_before=pl.when(sure).then(pl.col("repaired_on").is_not_null()),
            repaired_on=pl.when(sure).then("repaired_on"),
            under_repair=pl.col("under_repair_since").is_not_null(),
            **{name: _delayed(f"{name}_known") for name in _BY},
            **{f"{name}_since": _delayed_since(f"{name}_known") for name in _BY},
        )
        .select("row", *NO_REPAIRS)
        .collect()
    )
    unknown = facts["row"].filter(start.gather(facts["row"]).is_null())
    return of_each_claim(facts, NO_REPAIRS, unknown, len(start))


def deducted_since(claims: Claims, start: pl.Series, frame: Frame) -> pl.Series:
    """Return the days in repair since ``start`` (修理占用时间, art. 8) of each claim."""
    if not len(claims.repairs):
        return pl.repeat(0, len(start), dtype=pl.Int32, eager=True)
    summed = (
        claims.repairs.lazy()
        .select("row", days=total(pl.lit(_deducted(_of_claims(claims, start), frame))))
        .filter(IS_LAST)
        .select("row", since_last("days"))
        .collect()
    )
    return of_each_claim(summed, {"days": 0}, summed["row"].clear(), len(start)).to_series()


def _deducted(of_claims: pl.DataFrame, frame: Frame) -> pl.Series:
    """Return days in repair whose sum over the repairs of a claim is that of the claim.

    Days that two repairs share count once: the repairs of a claim are gone through by the day
    each was handed in, and each adds what lies after all before it.
    """
    claimed, back = pl.col("claimed_on"), pl.col("handed_back_on")
    if frame.repairs_end_when_notified:
        back = pl.min_horizontal("handed_back_on", "notified_on")
    end = pl.when(back <= claimed).then(back + int(frame.both_repair_days)).otherwise(claimed + 1)
    spans = of_claims.select(
        first=APART + pl.col("handed_in_on"), end=APART + pl.when(_BEGUN).then(end).otherwise(0)
    )
    if not spans["first"].is_sorted():
        spans = spans.sort("first")
    reached = pl.col("end").cum_max().shift(1, fill_value=0)
    days = pl.col("end") - pl.max_horizontal("first", reached)
    return spans.select(days.clip(lower_bound=0)).to_series()


def _of_claims(claims: Claims, start: pl.Series) -> pl.DataFrame:
    """Return the repairs beside what their claims say."""
    row = claims.repairs["row"]
    return claims.repairs.with_columns(
        start=start.gather(row),
        claimed_on=claims.frame["claimed_on"].gather(row),
        kind=claims.frame["kind"].gather(row),
        fault_now=claims.frame["symptom"].gather(row),
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
