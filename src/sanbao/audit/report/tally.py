"""What became of the rows of an audit, added up: 审核汇总.

An audit holds what the law gave, row by row, against what the company did. A
:class:`Tally` is the sum of that over some rows, and two tallies add to the tally of both,
so that a table of any size is audited in parts and only tallies are held. However a table is
cut, and in whatever order its tallies are added, the sum is the same.

**Every row gets one verdict** (:data:`VERDICTS`), the first of these that is true of it:

``error``
    The row could not be decided.
``open``
    The facts leave the law's outcome open.
``company_missing``, ``company_unread``
    What the company did is not stated, or in words nobody knows.
``money_unread``, ``money_unknown``
    Law and company both say refund, but the sum paid is no amount of money; or the sum paid
    or the sum owed is not known.
``less_money``
    Law and company both say refund, and less was paid than was owed.
``less_remedy``
    The company gave a weaker remedy than the law, in the order refund, exchange, free repair,
    repair at a charge, nothing.
``refused``
    The law leaves a repair at a charge, and the company did nothing. That is weaker, but art. 24
    says that such a repair *may* be done: no right was withheld, so it is not counted as less.
``more``
    The company gave a stronger remedy, or more money. Where it is a refund that the law did not
    give, its sum is held against nothing.
``as_law``
    The same remedy, and in a refund the same sum.

**Less than the law** are ``less_money`` and ``less_remedy``. What was asked for needs no rule of
its own: where it can be had it *is* the law's outcome, so whoever was given what they asked for
and could have was not given less. What was asked for and could not be had binds nobody.

**How much money that is**, in fen and exactly, for rows where the law's outcome is a refund:
``short`` is what is missing in refunds that were too small, ``denied`` what was owed where a
repair or nothing came instead of the refund (less what was paid even so). Where an exchange
came instead, the consumer holds a phone of that worth: such a row is less than the law, but its
sum is kept apart as ``swapped`` and is no part of the shortfall. ``unpriced`` are rows whose sum
the facts do not tell.

**How firm that is**: a row whose decision depends on a contested reading, and one whose dates
are provisional, are counted apart (``reading``, ``provisional``); the others are ``firm``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from types import MappingProxyType
from typing import Any, Final, Literal, Self, TypeAlias, TypeVar, get_args

import polars as pl

from sanbao.audit.tables.input.cells import ALL_FEN, fen_of, plain_yuan
from sanbao.audit.tables.input.claims_frame import read_claims
from sanbao.audit.tables.input.mapping import mapped
from sanbao.audit.tables.input.schema import CLAIM, ID
from sanbao.base.errors import ValidationError, shown, suggestion
from sanbao.base.json_text import read_record, reader_of
from sanbao.base.records import short_repr

__all__ = [
    "COMPANY_WORDS",
    "KEPT",
    "LESS",
    "MOST_GROUPS",
    "OUTCOMES",
    "STANDINGS",
    "VERDICTS",
    "Cell",
    "Flow",
    "Group",
    "Groups",
    "Less",
    "Sample",
    "Standing",
    "Tally",
    "Verdict",
    "check_company_columns",
    "company_column",
]

Verdict: TypeAlias = Literal[
    "error",
    "open",
    "company_missing",
    "company_unread",
    "money_unread",
    "money_unknown",
    "less_money",
    "less_remedy",
    "refused",
    "more",
    "as_law",
]
Standing: TypeAlias = Literal["firm", "reading", "provisional"]

VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
"""What can become of a row; every row has exactly one."""

LESS: Final[tuple[Verdict, ...]] = ("less_money", "less_remedy")
"""The verdicts under which the company gave less than the law."""

STANDINGS: Final[tuple[Standing, ...]] = get_args(Standing)
"""How firm a verdict is: under every reading, under some, or until holidays are published."""

OUTCOMES: Final = ("refund", "exchange", "free_repair", "paid_repair", "excluded")
"""The outcomes, the strongest first."""

COMPANY_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{code: code for code in OUTCOMES},
        "refused": "excluded",
        "退货": "refund",
        "退款": "refund",
        "换货": "exchange",
        "免费修理": "free_repair",
        "免费维修": "free_repair",
        "收费修理": "paid_repair",
        "收费维修": "paid_repair",
        "拒绝": "excluded",
    }
)
"""What may stand in the column of what the company did; letter case and blanks do not matter."""

KEPT: Final = 5
"""How many samples are kept of each sort, and how many row numbers of each error."""

MOST_GROUPS: Final = 500
"""How many different errors are told apart; so many are only seen where something is amiss."""

_COMPARED: Final = (*LESS, "refused", "more", "as_law")
_LONGEST: Final = 500
"""Longer texts of an error are cut in a sample."""


# --- what is added up ------------------------------------------------------------------------


class InBrief:
    """A dataclass whose ``repr`` is one short line, however much it counts: 简示."""

    __slots__ = ()

    def __repr__(self) -> str:
        names = self.__dataclass_fields__  # type: ignore[attr-defined]
        stated = ((name, getattr(self, name)) for name in names)
        return short_repr(type(self).__name__, stated)


@dataclass(frozen=True, slots=True, repr=False)
class Less(InBrief):
    """Rows in which the company gave less, and how much: 低于法定. Money is in fen."""

    rows: int = 0
    short: int = 0
    denied: int = 0
    swapped: int = 0
    unpriced: int = 0

    @property
    def gap(self) -> int:
        """What is missing in all: ``short`` and ``denied``."""
        return self.short + self.denied

    def __add__(self, other: Less) -> Less:
        return Less(
            self.rows + other.rows,
            self.short + other.short,
            self.denied + other.denied,
            self.swapped + other.swapped,
            self.unpriced + other.unpriced,
        )


@dataclass(frozen=True, slots=True, repr=False)
class Cell(InBrief):
    """Rows that belong together, by rule, article, shop, month or reading: 分组.

    ``compared`` are those in which both the law's outcome and the company's are known.
    """

    rows: int = 0
    compared: int = 0
    firm: Less = field(default_factory=Less)
    reading: Less = field(default_factory=Less)
    provisional: Less = field(default_factory=Less)

    @property
    def unsure(self) -> Less:
        """The rows that depend on a reading or are provisional."""
        return self.reading + self.provisional

    @property
    def all(self) -> Less:
        """All rows in which the company gave less, firm or not."""
        return self.firm + self.unsure

    def __add__(self, other: Cell) -> Cell:
        return Cell(
            self.rows + other.rows,
            self.compared + other.compared,
            self.firm + other.firm,
            self.reading + other.reading,
            self.provisional + other.provisional,
        )


@dataclass(frozen=True, slots=True, repr=False)
class Flow(InBrief):
    """Rows of one outcome, one deed of the company and one verdict: 流向. Money is in fen.

    ``owed`` is what the law's refunds come to, ``paid`` what the company paid.
    """

    rows: int = 0
    owed: int = 0
    paid: int = 0

    def __add__(self, other: Flow) -> Flow:
        return Flow(self.rows + other.rows, self.owed + other.owed, self.paid + other.paid)


@dataclass(frozen=True, slots=True, repr=False)
class Group(InBrief):
    """Rows with one text, and the first of them: 同类."""

    rows: int = 0
    first: tuple[int, ...] = ()

    def __add__(self, other: Group) -> Group:
        return Group(self.rows + other.rows, tuple(sorted((*self.first, *other.first))[:KEPT]))


@dataclass(frozen=True, slots=True, repr=False)
class Groups(InBrief):
    """Rows by a text, at most :data:`MOST_GROUPS` texts of them: 归类.

    Kept are the texts that come first in their alphabet, since these are the same however
    the rows were cut; ``beyond`` counts the rows with other texts.
    """

    known: dict[str, Group] = field(default_factory=dict)
    beyond: int = 0

    def __add__(self, other: Groups) -> Groups:
        joined = _joined(self.known, other.known)
        kept = dict(list(joined.items())[:MOST_GROUPS])
        lost = sum(group.rows for text, group in joined.items() if text not in kept)
        return Groups(kept, self.beyond + other.beyond + lost)


@dataclass(frozen=True, slots=True, repr=False)
class Sample(InBrief):
    """One row, whole enough to be decided again: 抽样. Money is in fen.

    ``row`` is its number in the whole table, from 0. ``claim`` is what
    :meth:`sanbao.Claim.model_validate` takes, unless the row is in error.
    """

    row: int
    verdict: str
    standing: str
    claim: dict[str, Any]
    claim_id: str | None = None
    shop: str = ""
    law: str | None = None
    rule: str = ""
    payable: int | None = None
    company: str | None = None
    paid: int | None = None
    gap: int = 0
    swapped: int = 0
    depends: str = ""
    error: str | None = None


Summand = TypeVar("Summand", Less, Cell, Flow, Group)


def _joined(one: Mapping[str, Summand], other: Mapping[str, Summand]) -> dict[str, Summand]:
    """Return the sums of both by key, the keys in order."""
    joined = dict(one)
    for key, value in other.items():
        joined[key] = joined[key] + value if key in joined else value
    return dict(sorted(joined.items()))


Order: TypeAlias = Callable[[Sample], tuple[int, ...]]


def _first(sample: Sample) -> tuple[int, ...]:
    return (sample.row,)


def _largest(sample: Sample) -> tuple[int, ...]:
    return (-sample.gap, -sample.swapped, sample.row)


Samples: TypeAlias = dict[str, tuple[Sample, ...]]


def _kept(one: Samples, other: Samples, order: Order) -> Samples:
    """Return what is kept of both: of each sort the first in this order."""
    return {
        sort: tuple(sorted((*one.get(sort, ()), *other.get(sort, ())), key=order)[:KEPT])
        for sort in sorted({*one, *other})
    }


# --- the tally -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class Tally(InBrief):
    """What became of some rows, added up: 审核汇总. See the module for what is counted.

    ``rows`` is how many came in; they are ``decided`` or ``in_error``, and those decided are
    ``settled`` or ``undecided`` (the facts leave it open). ``flows`` has the rows by
    ``verdict|standing|law|company``; every other table cuts the same rows by something else,
    an empty key being the rows that have no such thing. ``articles`` takes the article that
    the deciding rule cites first, so that its rows add up to all; ``cited`` every article it
    cites. A row counts under every reading it depends on.

    ``largest`` are the firm rows with the largest shortfall by rule, ``unsure`` those that
    depend on a reading or are provisional, ``first`` the first rows of each verdict and of each
    standing.
    """

    rows: int = 0
    decided: int = 0
    in_error: int = 0
    settled: int = 0
    undecided: int = 0
    flows: dict[str, Flow] = field(default_factory=dict)
    rules: dict[str, Cell] = field(default_factory=dict)
    articles: dict[str, Cell] = field(default_factory=dict)
    cited: dict[str, Cell] = field(default_factory=dict)
    shops: dict[str, Cell] = field(default_factory=dict)
    months: dict[str, Cell] = field(default_factory=dict)
    readings: dict[str, Cell] = field(default_factory=dict)
    errors: Groups = field(default_factory=Groups)
    unread: Groups = field(default_factory=Groups)
    largest: Samples = field(default_factory=dict)
    unsure: Samples = field(default_factory=dict)
    first: Samples = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        decided: pl.DataFrame,
        columns: Mapping[str, Any] | None = None,
        *,
        repairs: pl.DataFrame | None = None,
        exchanges: pl.DataFrame | None = None,
    ) -> Self:
        """Return the tally of a decided table.

        ``columns`` says which column of the table holds what, our names first: those of
        the claim, ``company_outcome``, ``company_refund``, ``shop`` and ``row`` (the number of
        the row in the whole table). What it does not name has our name; only a shop may be
        missing. ``repairs`` and ``exchanges`` are tables of their own that name the claim; their
        columns stand under these names in ``columns``.

        Raises :class:`~sanbao.ValidationError` for a column that is missing or cannot be used.
        """
        named = {**(columns or {})}
        check_company_columns(decided, named)
        return cls(**_counted(decided, named, repairs, exchanges))

    def __add__(self, other: Tally) -> Tally:
        if not isinstance(other, Tally):
            return NotImplemented
        return Tally(
            self.rows + other.rows,
            self.decided + other.decided,
            self.in_error + other.in_error,
            self.settled + other.settled,
            self.undecided + other.undecided,
            _joined(self.flows, other.flows),
            _joined(self.rules, other.rules),
            _joined(self.articles, other.articles),
            _joined(self.cited, other.cited),
            _joined(self.shops, other.shops),
            _joined(self.months, other.months),
            _joined(self.readings, other.readings),
            self.errors + other.errors,
            self.unread + other.unread,
            _kept(self.largest, other.largest, _largest),
            _kept(self.unsure, other.unsure, _largest),
            _kept(self.first, other.first, _first),
        )

    # --- what it comes to ---------------------------------------------------------------------

    @property
    def total(self) -> Cell:
        """All rows as one."""
        return sum(self.rules.values(), Cell())

    @property
    def balanced(self) -> bool:
        """Whether no row was lost or counted twice, anywhere.

        Rows in are rows decided and rows in error; rows decided are settled or undecided; and
        every table that cuts the rows adds up to all of them.
        """
        cuts = (self.flows, self.rules, self.articles, self.shops, self.months)
        sums = {sum(one.rows for one in cut.values()) for cut in cuts}
        errors = sum(group.rows for group in self.errors.known.values()) + self.errors.beyond
        return (
            self.rows == self.decided + self.in_error
            and self.decided == self.settled + self.undecided
            and sums == {self.rows}
            and errors == self.in_error == self.verdicts["error"]
            and self.undecided == self.verdicts["open"]
        )

    @property
    def verdicts(self) -> dict[Verdict, int]:
        """How many rows have each verdict."""
        counted: dict[Verdict, int] = dict.fromkeys(VERDICTS, 0)
        for key, flow in self.flows.items():
            verdict: Any = key.split("|")[0]
            counted[verdict] += flow.rows
        return counted

    @property
    def matrix(self) -> dict[tuple[str, str], Flow]:
        """The rows by the law's outcome and what the company did; empty: not known."""
        found: dict[tuple[str, str], Flow] = {}
        for key, flow in self.flows.items():
            verdict, _, law, company = key.split("|")
            if verdict != "error":
                found[law, company] = found.get((law, company), Flow()) + flow
        return found

    # --- JSON ---------------------------------------------------------------------------------

    def to_json(self) -> str:
        """Return the tally as JSON; equal tallies give equal texts. Money is whole fen."""
        text: bytes = reader_of(Tally).dump_json(self)
        return json.dumps(
            json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )

    @classmethod
    def from_json(cls, text: str | bytes) -> Tally:
        """Return the tally of a JSON text. Raises :class:`~sanbao.ValidationError`."""
        return read_record(cls, text, "tally")


# --- the columns -----------------------------------------------------------------------------


def company_column(columns: Mapping[str, Any], name: str) -> tuple[str, bool]:
    """Return which column holds ``name``, and whether it holds money in fen.

    Raises :class:`~sanbao.ValidationError` if the mapping says something else.
    """
    spec = columns.get(name, name)
    if isinstance(spec, str):
        return spec, False
    keys = {"column", "unit"} if name == "company_refund" else {"column"}
    if not isinstance(spec, Mapping) or not {"column"} <= {*spec} <= keys:
        unit = ', "unit": "fen"' if name == "company_refund" else ""
        reason = f'must be the name of a column, or {{"column": "…"{unit}}}'
        raise ValidationError.of(name, spec, reason)
    if spec.get("unit", "yuan") not in ("yuan", "fen"):
        raise ValidationError.of(f"{name}.unit", spec["unit"], "must be yuan or fen")
    return spec["column"], spec.get("unit") == "fen"


def company_columns(columns: Mapping[str, Any]) -> tuple[str, ...]:
    """Return which columns hold what the company did, what it paid, and the shop."""
    return tuple(company_column(columns, name)[0] for name in _HOLDS)


def check_company_columns(table: pl.DataFrame, columns: Mapping[str, Any]) -> None:
    """Check that a table says what the company did, and in exact money.

    Raises :class:`~sanbao.ValidationError` naming the column, and the nearest one there is.
    """
    for name in ("company_outcome", "company_refund", "shop"):
        column, _ = company_column(columns, name)
        if column not in table.columns and (name != "shop" or name in columns):
            taken = {*CLAIM, *company_columns(columns)}
            near = suggestion(column, [one for one in table.columns if one not in taken])
            reason = f"is not a column of the table; it is to hold {_HOLDS[name]}{near}"
            raise ValidationError.of(name, column, reason)
    outcome, _ = company_column(columns, "company_outcome")
    if not isinstance(table.schema[outcome], _TEXTS):
        reason = f"must be a column of texts, like refund or 退货 (it is {table.schema[outcome]})"
        raise ValidationError.of("company_outcome", outcome, reason)
    shop, _ = company_column(columns, "shop")
    dtype = table.schema.get(shop, pl.Null())
    if not (isinstance(dtype, (*_TEXTS, pl.Boolean)) or dtype.is_numeric()):
        reason = f"must be a column of texts or numbers (it is {dtype})"
        raise ValidationError.of("shop", shop, reason)
    refund, fen = company_column(columns, "company_refund")
    dtype = table.schema[refund]
    if dtype.is_float():
        reason = (
            "must not be floating-point numbers; give money as decimal numbers "
            '(pl.Decimal(38, 2)) or as texts like "1599.00"'
        )
        raise ValidationError.of("company_refund", refund, reason)
    if not (dtype.is_decimal() or dtype.is_integer() or isinstance(dtype, _TEXTS)):
        reason = f"must be amounts in yuan (it is {dtype})"
        raise ValidationError.of("company_refund", refund, reason)
    if fen and not dtype.is_integer():
        reason = f"must be whole numbers if it is in fen (it is {dtype})"
        raise ValidationError.of("company_refund", refund, reason)


_HOLDS: Final = {
    "company_outcome": "what the company did",
    "company_refund": "the money that the company paid",
    "shop": "the shop",
}
_TEXTS: Final = (pl.String, pl.Categorical, pl.Enum, pl.Null)


def _money(name: str, dtype: pl.DataType, *, fen: bool = False) -> pl.Expr:
    """Return a column of money as whole fen; null where it is no amount of money."""
    column = pl.col(name)
    if fen:
        whole = pl.when(column.is_between(0, ALL_FEN)).then(column)
        return whole.cast(pl.Int64, strict=False)
    if isinstance(dtype, _TEXTS):
        return fen_of(plain_yuan(column.cast(pl.String)), pl.String())
    return fen_of(column, dtype)


def _text(name: str) -> pl.Expr:
    """Return a column as text without blanks around it; null where it is empty."""
    text = pl.col(name).cast(pl.String).str.strip_chars()
    return pl.when(text != "").then(text)


_LOOSE_DAY: Final = r"^\s*([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]"


def _month(days: pl.Series) -> pl.Series:
    """Return the months of days as numbers, counted from the year 0; null where none is told."""
    if isinstance(days.dtype, (pl.Date, pl.Datetime)):
        return days.dt.year() * 12 + days.dt.month().cast(pl.Int32) - 1
    text = pl.lit(days.cast(pl.String))
    year, month = (text.str.extract(_LOOSE_DAY, place).cast(pl.Int32) for place in (1, 2))
    number = pl.when(month.is_between(1, 12)).then(year * 12 + month - 1)
    return pl.select(number).to_series()


def _of_claims(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a mapping of columns says of claims, repairs and exchanges."""
    return {name: column for name, column in columns.items() if name in CLAIM}


def _lined_up(table: pl.DataFrame, columns: Mapping[str, Any]) -> pl.DataFrame:
    """Return what is counted of each row, under fixed names."""
    refund, fen = company_column(columns, "company_refund")
    shop, _ = company_column(columns, "shop")
    text = _text(company_column(columns, "company_outcome")[0])
    paid = _money(refund, table.schema[refund], fen=fen)
    claims = mapped(table, None, None, _of_claims(columns))[0]
    stated = pl.col(refund).is_not_null()
    if isinstance(table.schema[refund], _TEXTS):
        stated = _text(refund).is_not_null()
    return table.select(
        pos=pl.int_range(pl.len()),
        row=pl.col(columns.get("row", "row")).cast(pl.Int64),
        error="error",
        law="outcome",
        rule=pl.col("rule").fill_null(""),
        articles=pl.col("articles").fill_null(""),
        payable=_money("payable", table.schema["payable"]),
        depends=pl.col("depends_on_reading").fill_null(""),
        provisional=pl.col("provisional").fill_null(False),
        text=text,
        company=text.str.to_lowercase().replace_strict(
            COMPANY_WORDS, default=None, return_dtype=pl.String
        ),
        paid=paid,
        paid_unread=stated & paid.is_null(),
        shop=_text(shop).fill_null("") if shop in table.columns else pl.lit(""),
        month=_month(claims["claimed_on"]),
    )


_RANK: Final = {outcome: rank for rank, outcome in enumerate(OUTCOMES)}


def _judged(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with their verdict, how firm it is and the money."""
    law, company = pl.col("law"), pl.col("company")
    payable, paid = pl.col("payable"), pl.col("paid")
    owed, given = (
        one.replace_strict(_RANK, default=None, return_dtype=pl.Int8) for one in (law, company)
    )
    refunds = (law == "refund") & (company == "refund")
    verdict = (
        pl.when(pl.col("error").is_not_null())
        .then(pl.lit("error"))
        .when(law.is_null())
        .then(pl.lit("open"))
        .when(pl.col("text").is_null())
        .then(pl.lit("company_missing"))
        .when(company.is_null())
        .then(pl.lit("company_unread"))
        .when(refunds & pl.col("paid_unread"))
        .then(pl.lit("money_unread"))
        .when(refunds & (payable.is_null() | paid.is_null()))
        .then(pl.lit("money_unknown"))
        .when(refunds & (paid < payable))
        .then(pl.lit("less_money"))
        .when(refunds & (paid > payable))
        .then(pl.lit("more"))
        .when(owed == given)
        .then(pl.lit("as_law"))
        .when((law == "paid_repair") & (company == "excluded"))
        .then(pl.lit("refused"))
        .when(owed < given)
        .then(pl.lit("less_remedy"))
        .otherwise(pl.lit("more"))
    )
    standing = (
        pl.when(pl.col("depends") != "")
        .then(pl.lit("reading"))
        .when("provisional")
        .then(pl.lit("provisional"))
        .otherwise(pl.lit("firm"))
    )
    missing = pl.max_horizontal(payable - paid.fill_null(0), 0)
    short = pl.col("verdict") == "less_money"
    instead = (pl.col("verdict") == "less_remedy") & (law == "refund")
    swapped = instead & (company == "exchange")
    money = {"short": short, "denied": instead & ~swapped, "swapped": swapped}
    return rows.with_columns(verdict=verdict, standing=standing).with_columns(
        *(
            pl.when(which & payable.is_not_null()).then(missing).otherwise(0).alias(name)
            for name, which in money.items()
        ),
        unpriced=instead & payable.is_null(),
    )


# --- counting --------------------------------------------------------------------------------


def _counted(
    decided: pl.DataFrame,
    columns: Mapping[str, Any],
    repairs: pl.DataFrame | None,
    exchanges: pl.DataFrame | None,
) -> dict[str, Any]:
    rows = _judged(_lined_up(decided, columns))
    errors = rows["error"].is_not_null()
    in_error = int(errors.sum())
    undecided = int((rows["law"].is_null() & ~errors).sum())
    less = rows.filter(pl.col("verdict").is_in(LESS))
    by_articles = _cells(rows, less, "articles")
    firm = pl.col("standing") == "firm"
    apart = rows.filter(~firm & (pl.col("verdict") != "error"))
    largest, unsure, first, of_standing = _Samples(decided, columns, rows, repairs, exchanges).of(
        (less.filter(firm), "rule", _largest),
        (less.filter(~firm), "standing", _largest),
        (rows, "verdict", _first),
        (apart, "standing", _first),
    )
    return {
        "rows": len(decided),
        "decided": len(decided) - in_error,
        "in_error": in_error,
        "settled": len(decided) - in_error - undecided,
        "undecided": undecided,
        "flows": _flows(rows),
        "rules": _cells(rows, less, "rule"),
        "articles": _regrouped(by_articles, lambda text: text.split(_BETWEEN_ARTICLES)[:1]),
        "cited": _regrouped(by_articles, lambda text: text.split(_BETWEEN_ARTICLES)),
        "shops": _cells(rows, less, "shop"),
        "months": _by_month(_cells(rows, less, "month")),
        "readings": _regrouped(
            _cells(rows, less, "depends"), lambda text: text.split(", ") if text else []
        ),
        "errors": _errors(rows.filter(errors)),
        "unread": _groups(rows.filter(pl.col("verdict") == "company_unread"), "text", _on_a_line),
        "largest": largest,
        "unsure": unsure,
        "first": dict(sorted({**first, **of_standing}.items())),
    }


_BETWEEN_ARTICLES: Final = "; "
_SUMS: Final = ("short", "denied", "swapped")


def _flows(rows: pl.DataFrame) -> dict[str, Flow]:
    refund = pl.col("law") == "refund"
    keys = ("verdict", "standing", "law", "company")
    found = rows.group_by(keys).agg(
        rows=pl.len(),
        owed=pl.when(refund).then("payable").cast(pl.Int128).sum(),
        paid=pl.col("paid").cast(pl.Int128).sum(),
    )
    flows = {
        "|".join(one[key] or "" for key in keys): Flow(one["rows"], one["owed"], one["paid"])
        for one in found.iter_rows(named=True)
    }
    return dict(sorted(flows.items()))


def _cells(rows: pl.DataFrame, less: pl.DataFrame, by: str) -> dict[Any, Cell]:
    """Return the rows by a column."""
    counted = rows.group_by(by).agg(pl.len(), pl.col("verdict").is_in(_COMPARED).sum())
    summed = less.group_by(by, "standing").agg(
        pl.len(), *(pl.col(name).cast(pl.Int128).sum() for name in _SUMS), pl.col("unpriced").sum()
    )
    parts: dict[Any, dict[str, Less]] = {}
    for key, standing, *sums in summed.iter_rows():
        parts.setdefault(key, {})[standing] = Less(*sums)
    found = {
        key: Cell(count, compared, **parts.get(key, {}))
        for key, count, compared in counted.iter_rows()
    }
    return dict(sorted(found.items(), key=lambda pair: (pair[0] is not None, pair[0])))


def _by_month(cells: Mapping[int | None, Cell]) -> dict[str, Cell]:
    return {
        "" if month is None else f"{month // 12:04d}-{month % 12 + 1:02d}": cell
        for month, cell in cells.items()
    }


def _regrouped(cells: Mapping[str, Cell], split: Callable[[str], Iterable[str]]) -> dict[str, Cell]:
    """Return cells by the parts of their key; each counts under every part of it."""
    found: dict[str, Cell] = {}
    for key, cell in cells.items():
        for part in dict.fromkeys(split(key)):
            found[part] = found.get(part, Cell()) + cell
    return dict(sorted(found.items()))


# --- errors ----------------------------------------------------------------------------------

_PROBLEM: Final = (
    r"(^|\n|; )([a-z_]+[a-z_0-9.\[\]]*) = "
    r"(?:'[^\n]*?'(?: \([0-9]+ characters\))?|[^:\n']*): "
)
"""Where a problem begins: its field and the value, which is left out."""

_VALUES: Final = {
    _PROBLEM: "${1}${2}: ",
    r"\[[0-9]+\]": "[]",
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}": "…",
    r"; did you mean '[^']*'\?": "",
    r"ask for [0-9]": "ask for …",
}
"""What in a reason comes from the row, and what stands for it."""


def _errors(rows: pl.DataFrame) -> Groups:
    """Return rows in error by their reasons, without what is of the row alone."""
    reason = pl.col("error")
    for pattern, instead in _VALUES.items():
        reason = reason.str.replace_all(pattern, instead)
    return _groups(rows.with_columns(error=reason), "error", _said_once)


_NEXT_PROBLEM: Final = re.compile(r"\n|; (?=[a-z_][a-z_0-9.\[\]]*: )")


def _said_once(text: str) -> str:
    """Return the problems of a row, each once."""
    return "; ".join(dict.fromkeys(_NEXT_PROBLEM.split(text)))


def _on_a_line(text: str) -> str:
    return shown(text)[1:-1] if len(text) <= _LONGEST else shown(text)


def _groups(rows: pl.DataFrame, by: str, said: Callable[[str], str]) -> Groups:
    found = rows.group_by(by).agg(pl.len(), pl.col("row").bottom_k(KEPT))
    joined: dict[str, Group] = {}
    for text, count, first in found.iter_rows():
        key = said(text)
        joined[key] = joined.get(key, Group()) + Group(count, tuple(sorted(first)))
    return Groups() + Groups(joined)


# --- samples ---------------------------------------------------------------------------------


class _Samples:
    """Takes samples from a decided table."""

    def __init__(
        self,
        decided: pl.DataFrame,
        columns: Mapping[str, Any],
        rows: pl.DataFrame,
        repairs: pl.DataFrame | None,
        exchanges: pl.DataFrame | None,
    ) -> None:
        self._decided = decided
        self._columns = columns
        self._rows = rows
        self._repairs = repairs
        self._exchanges = exchanges
        self._made: dict[int, Sample] = {}

    def of(self, *sorts: tuple[pl.DataFrame, str, Order]) -> Iterator[Samples]:
        """Yield, for rows by a column, those of each sort that come first in an order."""
        chosen = [dict(_places(rows, by, order)) for rows, by, order in sorts]
        self._make(sorted({place for of in chosen for some in of.values() for place in some}))
        for (*_, order), of in zip(sorts, chosen, strict=True):
            yield {
                sort: tuple(sorted((self._made[place] for place in some), key=order))
                for sort, some in sorted(of.items())
            }

    def _make(self, places: list[int]) -> None:
        judged = self._rows[places].iter_rows(named=True)
        claims = self._claims(self._decided[places])
        for place, one, (claim_id, claim) in zip(places, judged, claims, strict=True):
            self._made[place] = Sample(
                row=one["row"],
                verdict=one["verdict"],
                standing=one["standing"],
                claim=claim,
                claim_id=claim_id,
                shop=one["shop"],
                law=one["law"],
                rule=one["rule"],
                payable=one["payable"],
                company=one["company"] or (one["text"] and _on_a_line(one["text"])),
                paid=one["paid"],
                gap=one["short"] + one["denied"],
                swapped=one["swapped"],
                depends=one["depends"],
                error=one["error"] and one["error"][:_LONGEST],
            )

    def _claims(self, rows: pl.DataFrame) -> list[tuple[str | None, dict[str, Any]]]:
        """Return the claims of some rows, each with its id."""
        table, *seconds = mapped(rows, self._repairs, self._exchanges, _of_claims(self._columns))
        ids: list[str | None] = [None] * len(table)
        if ID in table.columns:
            ids = table[ID].cast(pl.String).to_list()
        of_these = [
            None if second is None else second.filter(pl.col(ID).cast(pl.String).is_in(ids))
            for second in seconds
        ]
        places = pl.Series(range(len(table)), dtype=pl.UInt32)
        found = read_claims(table, *of_these).claims(places)
        return [(id_, _plain(claim)) for id_, claim in zip(ids, found, strict=True)]


def _places(rows: pl.DataFrame, by: str, order: Order) -> Iterator[tuple[str, list[int]]]:
    """Yield the sorts of rows by a column, each with the places of the first in this order."""
    keys = [pl.col("row")]
    if order is _largest:
        keys = [-(pl.col("short") + pl.col("denied")), -pl.col("swapped"), pl.col("row")]
    found = rows.group_by(by).agg(pl.col("pos").bottom_k_by(keys, KEPT))
    yield from found.iter_rows()


def _plain(value: Any) -> Any:
    """Return what a cell holds as what JSON knows, so that it comes back the same."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if value is None or isinstance(value, int | str):
        return value
    return value if isinstance(value, float) and isfinite(value) else str(value)
