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
_FAR: Final = 1 << 20
"""More days than lie between any two in a table: keeps the repairs of claims apart."""


def histories(
    claims: Claims, start: pl.Series, frame: Frame, listed: Callable[[str], pl.Expr]
) -> pl.DataFrame:
    """Return the facts of :data:`NO_REPAIRS` for each row that has repairs, with its ``row``.

    ``start`` is the day on which the period of each claim starts, ``listed`` gives the
    expression that says whether the fault in a column is in the catalogue for the goods. A
    claim whose period has no known start has no known history.
    """
    repairs = _of_claims(claims, start)
    started, on = pl.col("start").is_not_null(), pl.col("handed_in_on")
    counts = (on >= pl.col("start")) & (on <= pl.col("claimed_on"))
    back = pl.col("handed_back_on")
    ended = (back <= pl.col("claimed_on")).fill_null(False)
    fault = pl.coalesce("symptom", "fault_now")
    same = fault == pl.col("fault_now")
    proved = pl.lit(True) if frame.unrecorded_repairs_too else pl.col("recorded")
    counted = listed("fault") & same if frame.two_repairs_one_fault else listed("fault")
    again = listed("fault") if frame.again_any_fault else same
    waiting = ~ended & pl.all_horizontal(
        (pl.col(name).is_null() | (pl.col(name) > pl.col("claimed_on")))
        for name in ("ready_on", "notified_on")
    )
    marked = (
        repairs.with_columns(fault=fault)
        .filter(started & counts)
        .with_columns(
            closed=ended & pl.col("under_guarantee"),
            counted=ended & pl.col("under_guarantee") & proved & counted,
            again=pl.when(ended & pl.col("under_guarantee") & again).then(back),
            open=pl.when(~ended).then(on),
            # a claim that does not say what is wrong now: what counts is not known
            unsure=ended & pl.col("under_guarantee") & pl.col("fault_now").is_null(),
            **{
                f"{name}_known": pl.when(
                    waiting & (pl.col("delay") == CODES["delay"].index(by))
                ).then(on)
                for name, by in _BY.items()
            },
            undecided=pl.when(waiting & pl.col("delay").is_null()).then(on),
            waiting=waiting,
        )
    )
    summed = marked.group_by("row").agg(
        repairs_counted=pl.col("counted").sum().cast(pl.Int32),
        repaired_on=pl.col("again").max(),
        unsure=pl.col("unsure").any(),
        under_repair_since=pl.col("open").min(),
        undecided=pl.col("undecided").min(),
        **{f"{name}_known": pl.col(f"{name}_known").min() for name in _BY},
    )
    sure = ~pl.col("unsure").fill_null(False)
    facts = (
        claims.repaired_rows()
        .with_columns(known=start.gather(claims.repaired_rows()["row"]).is_not_null())
        .join(summed, on="row", how="left", maintain_order="left")
        .join(deducted_since(claims, start, frame), on="row", how="left", maintain_order="left")
        .with_columns(
            deducted_days=pl.col("deducted_days").fill_null(0),
            repairs_counted=pl.when(sure).then(pl.col("repairs_counted").fill_null(0)),
            repaired_before=pl.when(sure).then(pl.col("repaired_on").is_not_null()),
            repaired_on=pl.when(sure).then("repaired_on"),
            under_repair=pl.col("under_repair_since").is_not_null(),
            **{name: _delayed(f"{name}_known") for name in _BY},
            **{f"{name}_since": _delayed_since(f"{name}_known") for name in _BY},
        )
    )
    return facts.select("row", *(pl.when("known").then(name).alias(name) for name in NO_REPAIRS))


def deducted_since(claims: Claims, start: pl.Series, frame: Frame) -> pl.DataFrame:
    """Return the days in repair since ``start`` (修理占用时间, art. 8) of each row with any.

    Days that two repairs share count once: the repairs of a claim are gone through by the day
    each was handed in, and each adds what lies after all before it.
    """
    repairs = _of_claims(claims, start)
    on, claimed = pl.col("handed_in_on"), pl.col("claimed_on")
    back = pl.col("handed_back_on")
    if frame.repairs_end_when_notified:
        back = pl.min_horizontal("handed_back_on", "notified_on")
    end = pl.when(back <= claimed).then(back + int(frame.both_repair_days)).otherwise(claimed + 1)
    apart = pl.col("row").cast(pl.Int64) * _FAR
    spans = (
        repairs.filter((on >= pl.col("start")) & (on <= claimed))
        .select("row", first=on + apart, end=end + apart)
        .sort("first")
        .with_columns(reached=pl.col("end").cum_max().shift(1).fill_null(0))
        .with_columns(days=pl.col("end") - pl.max_horizontal("first", "reached"))
    )
    return spans.group_by("row").agg(
        deducted_days=pl.col("days").clip(lower_bound=0).sum().cast(pl.Int32)
    )


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
