"""A table of claims decided: 申请表的判定.

:func:`decide_table` takes whatever speaks Arrow and gives back the same kind of table, with
the result columns beside those that were there. :class:`Tables` is what it is made of, for
those who decide one table after another.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any, Final, NamedTuple, TypeVar

import polars as pl

from sanbao.audit.tables.columns import constant
from sanbao.audit.tables.input.cells import CODES
from sanbao.audit.tables.input.claims_frame import Claims, read_claims
from sanbao.audit.tables.input.day_tables import EPOCH
from sanbao.audit.tables.input.interchange import back_to, to_polars
from sanbao.audit.tables.input.mapping import Frames, UnusedColumns, mapped, unused_in
from sanbao.audit.tables.input.schema import COLUMNS, OUTCOMES, RESULTS
from sanbao.audit.tables.kernel.fact_expressions import PRICE
from sanbao.audit.tables.kernel.fallback import decide_rows
from sanbao.audit.tables.kernel.formula_columns import FormulaColumns
from sanbao.audit.tables.kernel.kernel import UNSETTLED, Kernel, can_reckon
from sanbao.audit.tables.kernel.kernel_cache import kernels_of
from sanbao.audit.tables.kernel.sensitivity import COMPARED, dependence
from sanbao.base.errors import Problem, Reason, ValidationError
from sanbao.dates.calendar import Calendar
from sanbao.engine import Named
from sanbao.evaluation.applicable import DAY_OF_LAW
from sanbao.evaluation.programs.by_version import Eras
from sanbao.evaluation.programs.combined import CombinedPrograms, OnePrograms
from sanbao.model.claim import Claim
from sanbao.model.fields import FIELDS, KIND, PLACES, SALE
from sanbao.model.readings import Readings
from sanbao.model.rule_ref import RuleRef
from sanbao.policies.policy_set import PolicySet
from sanbao.rules.formulas import names_of, parse, terms_of
from sanbao.rules.policy import Policy
from sanbao.rules.versions import Versions

__all__ = ["Tables", "decide_table"]

Table = TypeVar("Table")

_FEW: Final = 50
"""Rows decided together are decided one by one if there are fewer: compiling takes longer."""
_FEW_SEARCHED: Final = 500
"""The same where the readings are looked for: a hundred kernels, each of a few rows."""
_PIECE: Final = 1 << 19
"""Most rows decided together: more take more memory, and no less time."""

_FEW_PLACES: Final = 50
"""Between so few rows decided one by one the others stay as they are in memory."""

_NONE: Final = 0xFF
"""Stands for null among numbers of eight bits."""

_PLACES: Final = tuple(field.name for field in PLACES)

_DAY_OF_LAW: Final = FormulaColumns(
    (),
    CODES,
    lambda term: FIELDS[term[1]].name if term[0] == "field" else None,
    terms_of(()).__getitem__,
).value(parse(DAY_OF_LAW))
_DAYS: Final = tuple(FIELDS[path].name for path in names_of(parse(DAY_OF_LAW), "field"))
"""The day by which the version of a law is found, and the columns it hangs on."""

_ANSWER: Final = ("outcome", "rule", PRICE, "fee", "period_ends_on", "provisional")
"""What the result columns are made of; see :meth:`Kernel.decide`."""


class _Part(NamedTuple):
    """What a kernel has ``found`` of the claims in some ``rows``: 一组已判定的行.

    ``hangs`` names the readings they hang on, if those were looked for; ``open`` marks what the
    kernel leaves to the scalar engine.
    """

    rows: pl.Series
    kernel: Kernel
    found: pl.DataFrame
    hangs: pl.Series | None
    open: pl.Series


class Tables:
    """Decides tables of claims by one policy: 表格判定引擎.

    ``policy``, ``readings``, ``calendar`` and ``policies`` as for :func:`sanbao.decide`;
    ``depends`` says whether to look for the readings that each row hangs on, which takes several
    times as long as deciding it.
    """

    def __init__(
        self,
        policy: Named | None = None,
        readings: Readings | None = None,
        calendar: Calendar | None = None,
        *,
        policies: PolicySet | None = None,
        columns: Mapping[str, Any] | None = None,
        depends: bool = True,
    ) -> None:
        within = PolicySet.shipped() if policies is None else policies
        if isinstance(policy, str):
            policy = within.resolve(policy)
        self._kernels = kernels_of(policy, readings, calendar, policies)
        self.engine = self._kernels.engine
        self.policies = within
        chosen = within.law() if policy is None else policy
        self.columns = columns
        self.depends = depends
        # what stands beside a law the claim chooses, and of several versions the law itself
        self._law: Policy | Versions | None = None
        if isinstance(chosen, Versions) or (isinstance(chosen, Policy) and chosen.beside is None):
            self._law = chosen
        laws = dict.fromkeys([self._law] if self._law else [])
        self._law_of_goods: pl.Series | None = None
        if policy is None and (others := within.other_goods):
            kinds = [others.get(kind, ()) for kind in self._kernels.codes[KIND.name]]
            laws |= dict.fromkeys(law for of_kind in kinds for law in of_kind)
            choices = [*dict.fromkeys(kinds)]
            self._law_of_goods = pl.Series(map(choices.index, kinds), dtype=pl.UInt8)
        self._laws = tuple(laws)
        self._versions = tuple(
            version
            for law in laws
            if isinstance(law, Versions) and (len(laws) > 1 or not law.is_one_for_ever)
            for version in law.versions
        )
        self._read_as = COLUMNS.with_codes(self.engine.codes, within.words)

    @property
    def _few(self) -> int:
        """Fewer rows than this are decided one by one."""
        return _FEW_SEARCHED if self.depends else _FEW

    def decide(
        self,
        table: pl.DataFrame,
        repairs: pl.DataFrame | None = None,
        exchanges: pl.DataFrame | None = None,
    ) -> pl.DataFrame:
        """Return the result columns of a table, a row for every row of it."""
        frames = mapped(table, repairs, exchanges, self.columns)
        pieces = -(-len(table) // _PIECE)
        # what a reading changes is looked for in all rows at once: that takes a hundred kernels
        if self.depends or pieces <= 1 or frames[1] is not None or frames[2] is not None:
            return self._decided(*frames)
        size = -(-len(table) // pieces)
        with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
            return pl.concat(pool.map(self._decided, frames[0].iter_slices(size)))

    def _decided(
        self,
        table: pl.DataFrame,
        repairs: pl.DataFrame | None = None,
        exchanges: pl.DataFrame | None = None,
    ) -> pl.DataFrame:
        """Return the result columns of a table whose columns have our names."""
        claims = read_claims(table, repairs, exchanges, columns=self._read_as)
        alone = [claims.frame["row"].clear()]
        parts: list[_Part] = []
        for rows, programs in self._groups(claims):
            if programs is None:
                alone.append(rows)
                continue
            part = claims if len(rows) == len(claims.frame) else claims.part(rows)
            parts.append(self._by_columns(part, programs, rows))
        left = pl.concat([*alone, *(part.rows.filter(part.open) for part in parts)])
        if parts and not len(left):
            return _told(parts, len(claims.frame))
        one_by_one = decide_rows(self.engine, claims.claims(left), depends=self.depends)
        if not parts:
            return one_by_one[left.arg_sort()]
        return _with_rows(_told(parts, len(claims.frame)), left, one_by_one)

    def _groups(self, claims: Claims) -> Iterator[tuple[pl.Series, OnePrograms | None]]:
        """Yield groups of rows, and the programs that decide them; ``None``: one by one."""
        keyed = claims.frame.select("row", *{*_DAYS, SALE.name}, *_PLACES, KIND.name)
        if claims.commitments is not None:
            keyed = keyed.with_columns(promises=claims.commitments)
        if claims.odd.any():
            yield keyed["row"].filter(claims.odd), None
            keyed = keyed.filter(~claims.odd)
        rows, named, by = keyed["row"], [""], ["law", "beside"]
        if not len(rows):
            return
        if claims.commitments is not None:
            named = keyed["promises"].unique().to_list()
            by.append("promises")
        local = self._local(claims)
        if local:
            keyed = keyed.with_columns(_governed(local))
            by += _PLACES
        of_law = _days_of_change(*self._versions)
        of_others = _days_of_change(*_commitments(named, self.policies), *local)
        if self._law_of_goods is not None:
            of_goods = pl.lit(self._law_of_goods).gather(KIND.name)
            keyed = keyed.with_columns(goods=of_goods)
            by.append("goods")
        elif len(named) == 1 and not (of_law or of_others):
            few = len(rows) < self._few
            yield rows, None if few else self._programs_for(claims, rows, named[0])
            return
        law, beside = _bucket(of_law, _DAY_OF_LAW), _bucket(of_others, pl.col(SALE.name))
        keys = keyed.with_columns(law=law, beside=beside).select(_key(by, named)).to_series()
        alike: dict[OnePrograms | None, list[pl.Series]] = {}
        for key in keys.unique(maintain_order=True):
            group = rows.filter(keys == key)
            promises = "" if claims.commitments is None else claims.commitments[group[0]]
            programs = self._programs_for(claims, group, promises)
            alike.setdefault(programs, []).append(group)
        for programs, parts in alike.items():
            # in the order of the table
            together = parts[0] if len(parts) == 1 else _in_order(parts, len(claims.frame))
            yield together, programs if len(together) >= self._few else None

    def _local(self, claims: Claims) -> tuple[Policy, ...]:
        """Return the local regulations that can govern a row, whatever its days."""
        if all(claims.frame[name].null_count() == len(claims.frame) for name in _PLACES):
            return ()
        return tuple(one for law in self._laws for one in self.policies.local(law.id))

    def _programs_for(self, claims: Claims, rows: pl.Series, promises: str) -> OnePrograms | None:
        """Return the programs that decide these rows; ``None`` where each decides for itself."""
        if promises and len(rows) < self._few:  # there are many that promise something else
            return None
        [stated] = claims.claims(rows[:1])
        try:
            claim = Claim.model_validate(stated, context=self.engine.codes)
            placed = any(getattr(claim.row, place.row) for place in PLACES)
            if claim.row.sold is None and (promises or placed):
                return None
            programs = self.engine.programs_for(claim)
        except ValidationError:  # of commitments that there are not: each row says so
            return None
        if isinstance(programs, Eras):  # which version governs, no column tells
            return None
        members = programs.programs if isinstance(programs, CombinedPrograms) else (programs,)
        return programs if all(can_reckon(one.policy) for one in members) else None

    def _by_columns(self, claims: Claims, programs: OnePrograms, rows: pl.Series) -> _Part:
        """Return what claims come to that stand in these rows of the table."""
        kernel = self._kernels.of(programs, self.engine.readings)
        found = kernel.decide(claims, *_ANSWER, *(COMPARED if self.depends else ()))
        if self.depends:
            hangs, open_ = dependence(
                lambda readings: self._kernels.of(programs, readings),
                self.engine.readings,
                claims,
                found,
            )
        else:
            hangs, open_ = None, found["outcome"] == UNSETTLED
        return _Part(rows, kernel, found.select(_ANSWER), hangs, open_)


def decide_table(
    table: Table,
    *,
    policy: Named | None = None,
    readings: Readings | None = None,
    calendar: Calendar | None = None,
    policies: PolicySet | None = None,
    columns: Mapping[str, Any] | None = None,
    repairs: Any = None,
    exchanges: Any = None,
    depends: bool = True,
) -> Table:
    """Decide every row of a table of claims: 整表判定.

    ``table`` is a Polars, pandas, pyarrow or DuckDB table, or another that speaks Arrow; the
    same kind comes back, its columns first and then those of
    :data:`~sanbao.audit.tables.input.schema.RESULTS`. Rows keep their order and none is lost: what
    cannot be decided has its reason in ``error``. ``repairs`` and ``exchanges`` are tables with a
    column ``claim_id``, where they are not lists in the rows. ``policy``, ``readings``,
    ``calendar`` and ``policies`` are as for :func:`sanbao.decide`; ``columns`` maps our names to
    those of the table (:func:`~sanbao.audit.tables.input.mapping.mapped`). Without ``depends`` the
    column ``depends_on_reading`` stays empty, and deciding takes a fraction of the time.

    Warns with :class:`~sanbao.audit.UnusedColumns` that name those which are no part of a claim;
    they stay as they are. Raises :class:`~sanbao.ValidationError` for what is no table, a column
    that is missing or of a wrong type, and a table that already has a column of the results.
    """
    frames = all_to_polars(table, repairs, exchanges)
    tables = Tables(policy, readings, calendar, policies=policies, columns=columns, depends=depends)
    results = decided_beside(frames, tables)
    if left := unused_in(frames, columns):
        warnings.warn(UnusedColumns(left), stacklevel=2)
    found: Table = back_to(table, results)
    return found


def all_to_polars(claims: Any, repairs: Any, exchanges: Any) -> Frames:
    """Return tables as Polars frames, the second and third if they are there."""
    return (
        to_polars(claims),
        None if repairs is None else to_polars(repairs, "repairs"),
        None if exchanges is None else to_polars(exchanges, "exchanges"),
    )


def decided_beside(frames: Frames, tables: Tables) -> pl.DataFrame:
    """Return a table with the result columns beside its own.

    Raises :class:`~sanbao.ValidationError` as :func:`decide_table` does.
    """
    if problems := taken_names(frames[0].columns):
        raise ValidationError(problems)
    return frames[0].hstack(tables.decide(*frames))


def taken_names(columns: Iterable[str]) -> list[Problem]:
    """Return what is wrong with columns that have the name of a result."""
    reason = Reason("table.result_column")
    there = set(columns)
    return [Problem(name, Reason("table.a_column"), reason) for name in RESULTS if name in there]


def _governed(local: Iterable[Policy]) -> Iterator[pl.Expr]:
    """Yield the places of a claim, but those of which no local regulation makes anything."""
    for name, governed in zip(_PLACES, ("provinces", "trader_provinces"), strict=True):
        codes = {CODES[name].index(code) for policy in local for code in getattr(policy, governed)}
        yield pl.when(pl.col(name).is_in(codes)).then(name).alias(name)


def _commitments(named: Iterable[str], policies: PolicySet) -> Iterator[Policy]:
    """Yield the commitments named, of those that there are."""
    known = policies.ids()
    for name in {name for promises in named for name in promises.split(";")}:
        if name in known:
            yield from policies.versions(name)


def _days_of_change(*policies: Policy) -> tuple[int, ...]:
    """Return the days from which on another law or promise governs a sale."""
    first = {policy.in_force_from.toordinal() - EPOCH for policy in policies}
    last = {policy.in_force_to for policy in policies} - {None}
    return tuple(sorted(first | {day.toordinal() + 1 - EPOCH for day in last if day}))


def _bucket(cuts: Iterable[int], day: pl.Expr) -> pl.Expr:
    """Return how many of these days have come by ``day``; null where the sale is not known."""
    come = pl.sum_horizontal(
        pl.lit(0, dtype=pl.UInt8), *((day >= cut).cast(pl.UInt8) for cut in cuts)
    )
    return pl.when(pl.col(SALE.name).is_not_null()).then(come)


def _key(columns: Iterable[str], promises: Iterable[str]) -> pl.Expr:
    """Return one number for what stands in columns of small numbers and of ``promises``."""
    key = pl.lit(0, dtype=pl.UInt64)
    for name in columns:
        if name == "promises":
            number = pl.col(name).cast(pl.Enum(promises)).to_physical().cast(pl.UInt64)
            key = key * (1 << 32) + number
        else:
            key = key * (_NONE + 1) + pl.col(name).cast(pl.UInt64).fill_null(_NONE)
    return key


def _told(parts: Sequence[_Part], rows: int) -> pl.DataFrame:
    """Return the numbers that kernels give as the result columns of a table with so many rows.

    Nothing is told of rows that are in no part, and what is of those left open counts for nothing;
    they are decided again.
    """
    known: list[tuple[RuleRef, str]] = []
    found = []
    for part in parts:
        # the rules of all kernels stand in one list
        number = pl.col("rule").cast(pl.UInt32) + len(known)
        hangs = pl.lit(part.hangs, dtype=pl.String).alias("hangs")
        found.append(part.found.with_columns(number, hangs))
        known += part.kernel.rules
    numbers = pl.concat(found, rechunk=True)
    if len(parts) > 1 or len(numbers) < rows:
        numbers = numbers[_places(pl.concat([part.rows for part in parts]), rows)]
    outcomes = pl.Series([*OUTCOMES], dtype=pl.String)
    rules = pl.Series([one.rule for one, _ in known], dtype=pl.String)
    policies = pl.Series([one.policy for one, _ in known], dtype=pl.String)
    articles = pl.Series([cites for _, cites in known], dtype=pl.String)
    outcome, rule = pl.col("outcome"), pl.col("rule")
    columns = numbers.lazy().select(
        outcome=pl.lit(outcomes).gather(pl.when(outcome != UNSETTLED).then(outcome).otherwise(0)),
        rule=pl.lit(rules).gather(rule),
        policy=pl.lit(policies).gather(rule),
        articles=pl.lit(articles).gather(rule),
        payable=_yuan(pl.col(PRICE) - pl.col("fee")),
        fee=_yuan(pl.col("fee")),
        period_ends_on=pl.col("period_ends_on").cast(pl.Date),
        provisional="provisional",
        depends_on_reading="hangs",
        error=pl.lit(None, dtype=pl.String),
    )
    return columns.collect(engine="streaming")


def _in_order(parts: Sequence[pl.Series], many: int) -> pl.Series:
    """Return rows of a table with so many, in its order; marking them is quicker than sorting."""
    return constant(False, many).scatter(pl.concat(parts), True).arg_true().alias("row")


def _places(rows: pl.Series, many: int) -> pl.Series:
    """Return for each of so many rows where it stands among these, the first place if nowhere."""
    places = pl.repeat(0, many, dtype=pl.UInt32, eager=True)
    return places.scatter(rows, pl.int_range(len(rows), dtype=pl.UInt32, eager=True))


def _yuan(fen: pl.Expr) -> pl.Expr:
    """Return whole fen as yuan with two decimals, exactly."""
    return fen.cast(pl.Decimal(38, 0)) * pl.lit(Decimal("0.01"))


def _with_rows(results: pl.DataFrame, places: pl.Series, again: pl.DataFrame) -> pl.DataFrame:
    """Return results with other rows in some places."""
    if len(places) <= _FEW_PLACES:  # nothing is copied
        pieces, start = [], 0
        for place, row in sorted(zip(places, range(len(places)), strict=True)):
            pieces += [results[start:place], again[row : row + 1]]
            start = place + 1
        return pl.concat([*pieces, results[start:]])
    rows = pl.int_range(len(results), dtype=pl.UInt32, eager=True)
    others = pl.int_range(len(results), len(results) + len(places), dtype=pl.UInt32, eager=True)
    return pl.concat([results, again], rechunk=True)[rows.scatter(places, others)]
