"""What the entries of each claim's lists come to, in columns: 逐件汇总推导.

The aggregates of formulas (:mod:`sanbao.rules.formulas`) for a long table with a row an entry, in
the order of its claims. Of an entry its condition holds, fails or is not known; so are the results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from sanbao.audit.tables.columns import constant
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
)
from sanbao.audit.tables.kernel.formula_columns import FormulaColumns
from sanbao.rules.formulas import Term

__all__ = ["End", "SpanColumns", "aggregate", "covered_and_pushed"]


class SpanColumns(NamedTuple):
    """Days that entries take: whether each is among them, its first day and the day after."""

    holds: pl.Expr
    first: pl.Expr
    after: pl.Expr


class End(NamedTuple):
    """The last day of a window or period that spans push on: 可顺延的末日.

    ``start`` is the column of the day it begins, ``spans`` the term of the days that push it,
    ``plain`` its last day without any, and ``rolled`` gives the day to which a last day rolls.
    Where the claim has no entry handed in within ``reach`` days from the start none is on time;
    ``None``: that is not known. Where it is asked which entries are ``near`` a last day, that is
    what says so of a day and of a last day.
    """

    name: str
    start: str
    spans: Term
    reach: int | None
    plain: pl.Expr
    rolled: Callable[[pl.Expr], pl.Expr]
    near: Callable[[pl.Expr, pl.Expr], pl.Expr] | None


def aggregate(
    term: Term, entries: pl.DataFrame, holds: pl.Series, of: FormulaColumns, claims: int
) -> pl.Series:
    """Return what an aggregate comes to for each of so many claims.

    ``entries`` are those of its list, ``holds`` says of each whether its condition holds.
    """
    rows = entries["row"]
    unknown = rows.filter(holds.is_null()) if holds.null_count() else None
    match term:
        case ("count", *_):
            runs = rows.filter(holds).rle()
            found = pl.DataFrame({"row": runs.struct.field("value"), "": _lengths(runs)})
            return of_each_claim(found, {"": 0}, claims, unknown).to_series()
        case ("any", *_):
            truth = constant(False, claims)
            if unknown is not None:
                truth = truth.scatter(unknown, None)
            return truth.scatter(rows.filter(holds), True)
        case ("earliest" | "latest" as which, _, day, _):
            days = entries.select("row", day=of.value(day))
            has_day = days["day"].is_not_null()
            sure = _extreme(which, days.filter(holds & has_day), claims)
            if unknown is None:
                return sure
            maybe = _extreme(which, days.filter(holds.is_null() & has_day), claims)
            first = sure <= maybe if which == "earliest" else sure >= maybe
            return sure.zip_with(first.fill_null(maybe.is_null()), _if_none(sure, maybe))
        case ("least", _, value, key, _):
            some = entries.filter(holds).select(
                "row", "stated", key=of.value(key), found=of.value(value)
            )
            some = some.drop_nulls()
            some = some.with_columns(alone=IS_FIRST & IS_LAST)
            several = some.filter(~pl.col("alone")).sort(APART + pl.col("key"), "stated")
            found = pl.concat([some.filter("alone"), several.filter(IS_FIRST)])
            return of_each_claim(
                found.select("row", "found"), {"found": None}, claims, unknown
            ).to_series()
        case _:
            raise AssertionError(f"no aggregate: {term}")


def _lengths(runs: pl.Series) -> pl.Series:
    return runs.struct.field("len").cast(pl.Int32)


def _if_none(sure: pl.Series, maybe: pl.Series) -> pl.Series:
    """Return the day of what may be where nothing is sure; null where both are."""
    return pl.select(pl.when(sure.is_null()).then(maybe)).to_series()


def _extreme(which: str, days: pl.DataFrame, claims: int) -> pl.Series:
    scan, read = (earliest, first_day) if which == "earliest" else (latest, last_day)
    found = days.select("row", day=scan(pl.col("day"))).filter(IS_LAST).select("row", read("day"))
    return of_each_claim(found, {"day": None}, claims).to_series()


def reached_back(
    term: Term, entries: pl.DataFrame, holds: pl.Series, of: FormulaColumns, since: pl.Series
) -> pl.Series:
    """Return the day that the entries which follow one another reach back to from ``since``.

    An entry lasts for so many days after its last one; the last that follow one another without a
    gap reach back if they reach the day. Where one is not sure to be among them, it is known if
    none reaches back.
    """
    _, _, _, first, last, gap, _ = term
    chain = entries.filter(holds | holds.is_null())
    found = (
        chain.lazy()
        .select(
            "row", first=of.value(first), last=of.value(last), since=pl.lit(since).gather("row")
        )
        .filter(pl.col("first") < pl.col("since"))
        .select(
            "row",
            "first",
            until=(APART + pl.col("last") + gap[1]).cum_max(),
            since=APART + pl.col("since"),
        )
        .with_columns(begins=APART + pl.col("first") > pl.col("until").shift(1, fill_value=0))
        .with_columns(reached=latest(pl.col("first"), pl.col("begins")))
        .filter(IS_LAST & (pl.col("until") >= pl.col("since")))
        .select("row", last_day("reached"))
        .collect(engine="in-memory")
    )
    reached = since.clone().scatter(found["row"], found["reached"])
    if not holds.null_count():
        return reached
    doubtful = constant(False, len(since)).scatter(entries["row"].filter(holds.is_null()), True)
    return reached.zip_with(~doubtful | (reached == since), constant(None, len(since), since.dtype))


# --- days that entries take -------------------------------------------------------------------


def covered_and_pushed(
    entries: pl.DataFrame,
    covered: Mapping[str, SpanColumns],
    ends: Sequence[End],
    spans_of: Callable[[Term], SpanColumns],
    columns: Iterable[str],
    claims: int,
) -> Iterator[pl.Series]:
    """Yield the days covered by each of some spans, and what is ``added`` to each last day.

    ``columns`` of the entries are needed to tell last days. Where an end asks for it, a column
    ``near`` says of which claims an entry was handed in near a last day.
    """
    frame = entries.lazy()
    parts: dict[str, pl.LazyFrame] = {}
    fresh = {name: _fresh(spans) for name, spans in covered.items()}
    if fresh:
        parts["covered"] = _running(frame, fresh)
    grouped: dict[tuple[Term, bool], list[End]] = {}
    for end in ends:
        grouped.setdefault((end.spans, end.reach is None), []).append(end)
    for (term, _), group in grouped.items():
        spans = spans_of(term)
        some = frame.with_columns(first=spans.first, holds=spans.holds).filter(pl.col("holds"))
        pushing = {end.name: _fresh(_since(spans, end.start)) for end in group}
        names = [*columns, *(end.start for end in group)]
        parts[group[0].name] = _running(_early(some, group), pushing, names, group)
    found = _all(parts)
    for name in covered:
        sums = _sums(found["covered"], name)
        holds = entries.select("row", holds=covered[name].holds)
        unknown = holds.filter(pl.col("holds").is_null())
        yield of_each_claim(
            sums, {name: 0}, claims, unknown["row"] if len(unknown) else None
        ).to_series()
    near: list[pl.Series] = []
    for group in grouped.values():
        part = found[group[0].name]
        for end in group:
            sums = _sums(part, end.name)
            added = of_each_claim(sums, {end.name: 0}, claims).to_series()
            late, close = pl.collect_all(_late(part.lazy(), end), engine="in-memory")
            near.append(close["row"])
            yield added.scatter(late["row"], late["before"]).alias(f"added {end.name}")
    if any(end.near is not None for end in ends):
        yield constant(False, claims).scatter(pl.concat(near), True).alias("near")


def _all(parts: Mapping[str, pl.LazyFrame]) -> dict[str, pl.DataFrame]:
    return dict(zip(parts, pl.collect_all(parts.values(), engine="in-memory"), strict=True))


def _since(spans: SpanColumns, start: str) -> SpanColumns:
    return spans._replace(holds=spans.holds & (spans.first >= pl.col(start)))


def _early(entries: pl.LazyFrame, ends: Sequence[End]) -> pl.LazyFrame:
    """Return the entries of claims of which one is at so early a day that it could push any."""
    if any(end.reach is None for end in ends):
        return entries
    row = pl.col("row").cast(pl.Int64) + 1
    early = pl.any_horizontal(
        pl.col("first").is_between(pl.col(end.start), pl.col(end.start) + end.reach) for end in ends
    )
    return entries.filter(pl.when(early).then(row).otherwise(0).cum_max() == row)


def _fresh(spans: SpanColumns) -> pl.Expr:
    """Return the days of each entry that count, those that it shares with one before once."""
    on, after = spans.holds.fill_null(False), APART + spans.after
    reached = pl.when(on).then(after).otherwise(0).cum_max().shift(1, fill_value=0)
    days = after - pl.max_horizontal(APART + spans.first, reached)
    return pl.when(on & (days > 0)).then(days).otherwise(0)


def _running(
    entries: pl.LazyFrame,
    fresh: Mapping[str, pl.Expr],
    columns: Iterable[str] = (),
    ends: Sequence[End] = (),
) -> pl.LazyFrame:
    """Return running sums of days, and for ``ends`` what was added ``before`` each entry."""
    names = dict.fromkeys(("row", "first", *columns) if ends else ("row",))
    some = entries.select(*names, **{f"fresh {name}": days for name, days in fresh.items()})
    some = some.with_columns(
        pl.col(f"fresh {name}").cum_sum().alias(f"sum {name}") for name in fresh
    )
    befores = (
        since_first(pl.col(f"sum {end.name}") - pl.col(f"fresh {end.name}")).alias(
            f"before {end.name}"
        )
        for end in ends
    )
    return some.select(*names, *(f"sum {name}" for name in fresh), *befores)


def _sums(running: pl.DataFrame, name: str) -> pl.DataFrame:
    last = running.lazy().filter(IS_LAST)
    return last.select("row", since_last(f"sum {name}").alias(name)).collect(engine="in-memory")


def _late(running: pl.LazyFrame, end: End) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """Return the first entries too late to push a last day on, and those near it if asked.

    An entry since the period or window began adds its days, unless it was handed in after the last
    day as it stood then; the first one that is late stops it: no more is added than ``before`` it.
    """
    first, before = pl.col("first"), pl.col(f"before {end.name}")
    some = running.with_columns(plain=end.plain).filter(first >= pl.col(end.start))
    last = pl.col("plain") + before
    late = some.filter(first > pl.col("plain")).filter(first > end.rolled(last)).filter(IS_FIRST)
    near = pl.lit(False) if end.near is None else end.near(first, last)
    return late.select("row", before=before.cast(pl.Int32)), some.filter(near).select("row")
