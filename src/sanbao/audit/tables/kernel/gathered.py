"""What the entries of each claim's lists come to, in columns: 逐件汇总推导.

The aggregates of formulas (:mod:`sanbao.rules.formulas`) for a long table with a row an entry, in
the order of its claims. Of an entry its condition holds, fails or is not known; so are the results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias

import polars as pl

from sanbao.audit.tables.columns import Truth, both, column, constant
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
from sanbao.rules.formulas import Term

__all__ = ["ENTRIES", "End", "EntryAggregate", "Gathering", "Pushing", "SpanColumns", "columns_of"]

ENTRIES: Final = pl.QueryOptFlags.none(comm_subexpr_elim=True)
"""How columns are worked out: what is the same in several once, all else as it is written."""

_Found: TypeAlias = dict[tuple[str, str | None], pl.DataFrame]
"""Tables by what they are of: a step, and what it is taken for."""


class SpanColumns(NamedTuple):
    """Days that entries take: whether each is among them, its first day and the day after."""

    holds: Truth
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


class EntryAggregate(NamedTuple):
    """An aggregate, and the columns of the entries that it takes: 汇总项.

    ``name`` is the column it fills. ``holds`` says of which entries its condition holds, ``None``:
    of all; ``values`` are what it takes of each. ``since`` is a day of the claim from which it
    looks back.
    """

    name: str
    term: Term
    holds: str | None
    values: tuple[str, ...]
    since: pl.Expr | None = None

    @property
    def operation(self) -> str:
        """What is done with the entries."""
        return str(self.term[0])


class Pushing(NamedTuple):
    """Last days that the same days push on: 同一时间所顺延的末日."""

    spans: SpanColumns
    ends: Sequence[End]

    @property
    def name(self) -> str:
        """The name of the first of them."""
        return self.ends[0].name


@dataclass(frozen=True)
class Gathering:
    """What is gathered of the entries of one list in one step: 一次逐件汇总.

    ``beside`` are columns of the claims that their entries are held against. Only the entries for
    which ``common`` holds count, with these ``columns``. The results become columns of the claims:
    each of the ``aggregates``, the days ``covered`` by each of some spans, and what is ``added`` to
    each last day that is pushed on; where an end asks for it, a column ``near`` says of which
    claims an entry was handed in near a last day.
    """

    listed: str
    beside: Sequence[pl.Expr]
    common: Truth
    columns: Mapping[str, pl.Expr]
    aggregates: Sequence[EntryAggregate]
    covered: Mapping[str, SpanColumns]
    pushing: Sequence[Pushing]

    def __call__(self, frame: pl.DataFrame, lists: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
        """Return claims with the results beside them."""
        entries = self._entries(frame, lists[self.listed])
        unknown = {
            name: entries["row"].filter(entries[name].is_null())
            for name in dict.fromkeys(self._conditions())
            if entries[name].null_count()
        }
        some = _all(dict(self._some(entries, unknown.keys())))
        found = _all(dict(self._found(some)))
        results = [
            self._aggregated(one, some, found, unknown.get(one.holds or ""), frame).alias(one.name)
            for one in self.aggregates
        ]
        for name, spans in self.covered.items():
            left = None if isinstance(spans.holds, bool) else unknown.get(_name(spans.holds))
            sums = found["sum", name]
            results += of_each_claim(sums, {name: 0}, len(frame), left).get_columns()
        return frame.hstack([*results, *self._added(found, len(frame))])

    def _entries(self, frame: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
        """Return the entries that count, with the columns that are asked of them."""
        entries = entries.hstack(frame.select(self.beside)[entries["row"]])
        if self.common is not True:
            shared = entries.select("row", shared=column(self.common))["shared"]
            if not shared.all(ignore_nulls=False):
                entries = entries.filter(shared)
        return (
            entries.lazy()
            .select("row", **self.columns)
            .collect(engine="in-memory", optimizations=ENTRIES)
        )

    def _conditions(self) -> Iterator[str]:
        """Yield the columns that say of which entries something holds."""
        yield from (one.holds for one in self.aggregates if one.holds is not None)
        for spans in self.covered.values():
            if not isinstance(spans.holds, bool):
                yield _name(spans.holds)

    def _some(
        self, entries: pl.DataFrame, unknown: Iterable[str]
    ) -> Iterator[tuple[tuple[str, str | None], pl.LazyFrame]]:
        """Yield the entries for which each condition holds, and what runs through all of them."""
        lazy = entries.lazy()
        for holds in dict.fromkeys(one.holds for one in self.aggregates):
            taken = [one for one in self.aggregates if one.holds == holds]
            for one in taken:
                if one.operation == "reaching_back":
                    yield ("back", one.name), _reaching_back(lazy, one)
            taken = [one for one in taken if one.operation != "reaching_back"]
            if not taken:
                continue
            names = dict.fromkeys(["row", *(value for one in taken for value in one.values)])
            if holds is None:
                yield ("holds", None), lazy.select(*names)
                continue
            of = lazy.select(*dict.fromkeys([*names, holds]))
            yield ("holds", holds), of.filter(holds).select(*names)
            if holds in unknown and any(one.operation in _EXTREMES for one in taken):
                yield ("maybe", holds), of.filter(pl.col(holds).is_null()).select(*names)
        if self.covered:
            fresh = {name: _fresh(spans) for name, spans in self.covered.items()}
            yield ("run", None), _running(lazy, fresh)
        for pushing in self.pushing:
            yield ("run", pushing.name), _pushed(lazy, pushing)

    def _found(self, some: _Found) -> Iterator[tuple[tuple[str, str | None], pl.LazyFrame]]:
        """Yield what is found of the claims that have such entries."""
        for one in self.aggregates:
            if one.operation == "count":
                yield ("count", one.name), _counted(some["holds", one.holds].lazy())
            elif one.operation in _EXTREMES:
                for step in ("holds", "maybe"):
                    if (step, one.holds) in some:
                        days = some[step, one.holds].lazy().select("row", day=one.values[0])
                        yield (step, one.name), _extreme(one.operation, days)
        for name in self.covered:
            yield ("sum", name), _sums(some["run", None].lazy(), name)
        for pushing in self.pushing:
            running = some["run", pushing.name].lazy()
            for end in pushing.ends:
                yield ("sum", end.name), _sums(running, end.name)
                late, near = _late(running, end)
                yield ("late", end.name), late
                if end.near is not None:
                    yield ("near", end.name), near

    def _aggregated(
        self,
        one: EntryAggregate,
        some: _Found,
        found: _Found,
        unknown: pl.Series | None,
        frame: Any,
    ) -> pl.Series:
        """Return what an aggregate comes to for each claim; ``unknown`` has the doubtful rows."""
        claims = len(frame)
        match one.operation:
            case "count":
                return of_each_claim(
                    found["count", one.name], {"count": 0}, claims, unknown
                ).to_series()
            case "any":
                truth = constant(False, claims)
                if unknown is not None:
                    truth = truth.scatter(unknown, None)
                return truth.scatter(some["holds", one.holds]["row"], True)
            case "earliest" | "latest" as which:
                nobody = {"day": None}
                sure = of_each_claim(found["holds", one.name], nobody, claims).to_series()
                if ("maybe", one.name) not in found:
                    return sure
                maybe = of_each_claim(found["maybe", one.name], nobody, claims).to_series()
                first = sure <= maybe if which == "earliest" else sure >= maybe
                return sure.zip_with(first.fill_null(maybe.is_null()), _if_none(sure, maybe))
            case "least":
                least = _least(some["holds", one.holds], *one.values)
                return of_each_claim(least, {"found": None}, claims, unknown).to_series()
            case "reaching_back":
                since = frame.select(one.since).to_series()
                return _reached(since, found=some["back", one.name], unknown=unknown)
            case _:
                raise AssertionError(f"no aggregate: {one.term}")

    def _added(self, found: _Found, claims: int) -> Iterator[pl.Series]:
        """Yield what is ``added`` to each last day, and whether an entry is ``near`` one."""
        ends = [end for one in self.pushing for end in one.ends]
        for end in ends:
            added = of_each_claim(found["sum", end.name], {end.name: 0}, claims).to_series()
            late = found["late", end.name]
            yield added.scatter(late["row"], late["before"]).alias(f"added {end.name}")
        near = [found["near", end.name]["row"] for end in ends if end.near is not None]
        if near:
            yield constant(False, claims).scatter(pl.concat(near), True).alias("near")


_EXTREMES: Final = ("earliest", "latest")


def _all(parts: Mapping[tuple[str, str | None], pl.LazyFrame]) -> _Found:
    found = pl.collect_all(parts.values(), engine="in-memory", optimizations=ENTRIES)
    return dict(zip(parts, found, strict=True))


def _name(one: pl.Expr) -> str:
    return one.meta.output_name()


# --- aggregates -------------------------------------------------------------------------------


def _counted(entries: pl.LazyFrame) -> pl.LazyFrame:
    """Return how many entries there are of each claim."""
    last = entries.select("row", place=pl.int_range(1, pl.len() + 1, dtype=pl.Int32)).filter(
        IS_LAST
    )
    return last.select("row", count=pl.col("place") - pl.col("place").shift(1, fill_value=0))


def _extreme(which: str, days: pl.LazyFrame) -> pl.LazyFrame:
    """Return the earliest or the latest day of each claim, of those that are known."""
    scan, read = (earliest, first_day) if which == "earliest" else (latest, last_day)
    known = days.filter(pl.col("day").is_not_null())
    return known.select("row", day=scan(pl.col("day"))).filter(IS_LAST).select("row", read("day"))


def _if_none(sure: pl.Series, maybe: pl.Series) -> pl.Series:
    """Return the day of what may be where nothing is sure; null where both are."""
    return pl.select(pl.when(sure.is_null()).then(maybe)).to_series()


def _least(entries: pl.DataFrame, value: str, key: str, stated: str) -> pl.DataFrame:
    """Return the value of the entry with the least key of each claim, the first ``stated``."""
    some = entries.select("row", stated=stated, key=key, found=value).drop_nulls()
    some = some.with_columns(alone=IS_FIRST & IS_LAST)
    several = some.filter(~pl.col("alone")).sort(APART + pl.col("key"), "stated")
    return pl.concat([some.filter("alone"), several.filter(IS_FIRST)]).select("row", "found")


def _reaching_back(entries: pl.LazyFrame, one: EntryAggregate) -> pl.LazyFrame:
    """Return the day that the entries which follow one another reach back to, where one does.

    An entry lasts for so many days after its last one; the last that follow one another without a
    gap reach back if they reach the day that is looked back from.
    """
    gap = one.term[5][1]
    first, last, since = one.values
    columns = {"first": first, "last": last, "since": since}
    chain = entries if one.holds is None else entries.filter(pl.col(one.holds).fill_null(True))
    return (
        chain.filter(pl.col(first) < pl.col(since))
        .select("row", **columns)
        .select(
            "row",
            "first",
            until=(APART + pl.col("last") + gap).cum_max(),
            since=APART + pl.col("since"),
        )
        .with_columns(begins=APART + pl.col("first") > pl.col("until").shift(1, fill_value=0))
        .with_columns(reached=latest(pl.col("first"), pl.col("begins")))
        .filter(IS_LAST & (pl.col("until") >= pl.col("since")))
        .select("row", last_day("reached"))
    )


def _reached(since: pl.Series, found: pl.DataFrame, unknown: pl.Series | None) -> pl.Series:
    """Return the day reached back to from ``since``.

    Where an entry is not sure to be among those that reach back, it is known if none does.
    """
    reached = since.clone().scatter(found["row"], found["reached"])
    if unknown is None:
        return reached
    doubtful = constant(False, len(since)).scatter(unknown, True)
    return reached.zip_with(~doubtful | (reached == since), constant(None, len(since), since.dtype))


# --- days that entries take -------------------------------------------------------------------


def _pushed(entries: pl.LazyFrame, pushing: Pushing) -> pl.LazyFrame:
    """Return what days add, as they run, to last days that they push on."""
    spans, ends = pushing
    if spans.holds is not True:
        entries = entries.filter(column(spans.holds))
    # those that do not hold are gone
    spans = spans._replace(holds=True)
    fresh = {end.name: _fresh(_since(spans, end.start)) for end in ends}
    names = ["row", "first", *columns_of(ends)]
    some = entries.with_columns(first=spans.first)
    return _running(_early(some, ends), fresh, names, ends)


def columns_of(ends: Sequence[End]) -> list[str]:
    """Return the columns of the claims by which last days are told."""
    plain = (name for end in ends for name in end.plain.meta.root_names())
    return [*dict.fromkeys([*(end.start for end in ends), *plain])]


def _since(spans: SpanColumns, start: str) -> SpanColumns:
    return spans._replace(holds=both((spans.holds, spans.first >= pl.col(start))))


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
    after, first = APART + spans.after, APART + spans.first
    if spans.holds is False:
        return pl.lit(0, dtype=pl.Int64)
    if spans.holds is True:
        reached = after.cum_max().shift(1, fill_value=0)
        return (after - pl.max_horizontal(first, reached)).clip(lower_bound=0)
    on = spans.holds.fill_null(False)
    reached = pl.when(on).then(after).otherwise(0).cum_max().shift(1, fill_value=0)
    days = after - pl.max_horizontal(first, reached)
    return pl.when(on & (days > 0)).then(days).otherwise(0)


def _running(
    entries: pl.LazyFrame,
    fresh: Mapping[str, pl.Expr],
    columns: Sequence[str] = ("row",),
    ends: Sequence[End] = (),
) -> pl.LazyFrame:
    """Return running sums of days, and for ``ends`` what was added ``before`` each entry."""
    some = entries.select(*columns, **{f"fresh {name}": days for name, days in fresh.items()})
    some = some.with_columns(
        pl.col(f"fresh {name}").cum_sum().alias(f"sum {name}") for name in fresh
    )
    befores = (
        since_first(pl.col(f"sum {end.name}") - pl.col(f"fresh {end.name}")).alias(
            f"before {end.name}"
        )
        for end in ends
    )
    return some.select(*columns, *(f"sum {name}" for name in fresh), *befores)


def _sums(running: pl.LazyFrame, name: str) -> pl.LazyFrame:
    last = running.select("row", f"sum {name}").filter(IS_LAST)
    return last.select("row", since_last(f"sum {name}").alias(name))


def _late(running: pl.LazyFrame, end: End) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """Return the first entries too late to push a last day on, and those near it.

    An entry since the period or window began adds its days, unless it was handed in after the last
    day as it stood then; the first one that is late stops it: no more is added than ``before`` it.
    """
    first, before = pl.col("first"), pl.col(f"before {end.name}")
    some = running.select("row", "first", end.start, before, plain=end.plain)
    some = some.filter(first >= pl.col(end.start))
    last = pl.col("plain") + before
    late = some.filter(first > pl.col("plain")).filter(first > end.rolled(last)).filter(IS_FIRST)
    near = pl.lit(False) if end.near is None else end.near(first, last)
    return late.select("row", before=before.cast(pl.Int32)), some.filter(near).select("row")
