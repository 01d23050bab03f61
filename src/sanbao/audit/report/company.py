"""What the company did, and what became of each row against the law: 公司处理结果与逐行比对.

A mapping says which columns of a decided table hold it: ``company_outcome``, ``company_refund`` and
``shop``, each with the name of a column, or ``{"column": name, "unit": "fen"}`` for money. What
each verdict means says :mod:`sanbao.audit.report.tally`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

import polars as pl

from sanbao.audit.report.sums import BESIDE, Standing, Verdict
from sanbao.audit.tables.columns import cases
from sanbao.audit.tables.input.cells import ALL_FEN, LOOSE_MONTH, fen_of, plain_yuan
from sanbao.audit.tables.input.mapping import mapped
from sanbao.audit.tables.input.schema import CLAIM, OUTCOMES, TEXTS
from sanbao.base.errors import Reason, ValidationError, suggestion

__all__ = [
    "COMPANY_WORDS",
    "check_company_columns",
    "company_column",
    "company_columns",
    "judged_rows",
    "of_claims",
    "with_company",
]

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

_HOLDS: Final = {
    "company_outcome": "table.holds_outcome",
    "company_refund": "table.holds_refund",
    "shop": "table.holds_shop",
}


def with_company(
    columns: Mapping[str, Any] | None, outcome: str, refund: str | Mapping[str, str], shop: str
) -> dict[str, Any]:
    """Return a mapping of the columns of claims with those of the company added."""
    named = {**(columns or {}), "company_outcome": outcome, "company_refund": refund}
    # a shop may be missing where nobody asked for it by another name
    return named if shop == "shop" else {**named, "shop": shop}


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
        reason = Reason("table.company_spec", unit=unit)
        raise ValidationError.of(name, spec, reason)
    if spec.get("unit", "yuan") not in ("yuan", "fen"):
        raise ValidationError.of(f"{name}.unit", spec["unit"], Reason("table.unit"))
    return spec["column"], spec.get("unit") == "fen"


def company_columns(columns: Mapping[str, Any]) -> tuple[str, ...]:
    """Return which columns hold what the company did, what it paid, and the shop."""
    return tuple(company_column(columns, name)[0] for name in _HOLDS)


def check_company_columns(table: pl.DataFrame, columns: Mapping[str, Any]) -> None:
    """Check that a table says what the company did, and in exact money.

    Raises :class:`~sanbao.ValidationError` naming the column, and the nearest one there is.
    """
    for name, holds in _HOLDS.items():
        column, _ = company_column(columns, name)
        if column not in table.columns and (name != "shop" or name in columns):
            taken = {*CLAIM, *company_columns(columns)}
            near = suggestion(column, [one for one in table.columns if one not in taken])
            reason = Reason("table.no_company_column", holds=Reason(holds)).then(near)
            raise ValidationError.of(name, column, reason)
    for name, column, reason in _misfits(table.schema, columns):
        raise ValidationError.of(name, column, reason)


def _misfits(
    types: Mapping[str, pl.DataType], columns: Mapping[str, Any]
) -> Iterator[tuple[str, str, Reason]]:
    """Yield which column is of a type that cannot be, and why."""
    outcome, shop = (company_column(columns, name)[0] for name in ("company_outcome", "shop"))
    if not isinstance(dtype := types[outcome], TEXTS):
        reason = Reason("table.outcomes", dtype=dtype)
        yield "company_outcome", outcome, reason
    dtype = types.get(shop, pl.Null())
    if not (isinstance(dtype, (*TEXTS, pl.Boolean)) or dtype.is_numeric()):
        yield "shop", shop, Reason("table.texts_or_numbers", dtype=dtype)
    refund, fen = company_column(columns, "company_refund")
    dtype = types[refund]
    if dtype.is_float():
        reason = Reason("table.refund_floats")
        yield "company_refund", refund, reason
    if not (dtype.is_decimal() or dtype.is_integer() or isinstance(dtype, TEXTS)):
        yield "company_refund", refund, Reason("table.yuan_is", dtype=dtype)
    if fen and not dtype.is_integer():
        reason = Reason("table.fen_is", dtype=dtype)
        yield "company_refund", refund, reason


# --- row by row ------------------------------------------------------------------------------

_RANK: Final = {outcome: rank for rank, outcome in enumerate(OUTCOMES)}


def judged_rows(table: pl.DataFrame, columns: Mapping[str, Any]) -> pl.DataFrame:
    """Return what is counted of each row, under fixed names, with its verdict and the money."""
    rows = _compared(table, columns)
    rows = rows.with_columns(verdict=_verdict(), standing=_standing())
    return rows.with_columns(_money_missing())


def of_claims(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a mapping of columns says of claims, repairs and exchanges."""
    return {name: column for name, column in columns.items() if name in CLAIM}


def _compared(table: pl.DataFrame, columns: Mapping[str, Any]) -> pl.DataFrame:
    """Return the law's outcome and the company's side by side, under fixed names."""
    refund, fen = company_column(columns, "company_refund")
    shop, _ = company_column(columns, "shop")
    text = _trimmed(company_column(columns, "company_outcome")[0])
    paid = _money(refund, table.schema[refund], fen=fen)
    claims = mapped(table, None, None, of_claims(columns))[0]
    stated = pl.col(refund).is_not_null()
    if isinstance(table.schema[refund], TEXTS):
        stated = _trimmed(refund).is_not_null()
    return table.select(
        pos=pl.int_range(pl.len()),
        row=pl.col(columns.get("row", "row")).cast(pl.Int64),
        error="error",
        law="outcome",
        rule=_rule(table.columns).fill_null(""),
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
        shop=_trimmed(shop).fill_null("") if shop in table.columns else pl.lit(""),
        month=_month(claims["claimed_on"]),
    )


def _rule(columns: list[str]) -> pl.Expr:
    """Return the rule that decides by policy and id, as :func:`~.sums.rule_of` reads it."""
    if "policy" in columns:
        return pl.concat_str("policy", "rule", separator=BESIDE)
    # a table that was decided before rules had a policy beside them
    return pl.col("rule").str.replace(":", BESIDE, literal=True)


def _verdict() -> pl.Expr:
    law, company = pl.col("law"), pl.col("company")
    payable, paid = pl.col("payable"), pl.col("paid")
    owed, given = (
        one.replace_strict(_RANK, default=None, return_dtype=pl.Int8) for one in (law, company)
    )
    refunds = (law == "refund") & (company == "refund")
    found: list[tuple[pl.Expr, Verdict]] = [
        (pl.col("error").is_not_null(), "error"),
        (law.is_null(), "open"),
        (pl.col("text").is_null(), "company_missing"),
        (company.is_null(), "company_unread"),
        (refunds & pl.col("paid_unread"), "money_unread"),
        (refunds & (payable.is_null() | paid.is_null()), "money_unknown"),
        (refunds & (paid < payable), "less_money"),
        (refunds & (paid > payable), "more"),
        (owed == given, "as_law"),
        ((law == "paid_repair") & (company == "excluded"), "refused"),
        (owed < given, "less_remedy"),
    ]
    return cases(((holds, pl.lit(verdict)) for holds, verdict in found), pl.lit("more"))


def _standing() -> pl.Expr:
    found: list[tuple[pl.Expr, Standing]] = [
        (pl.col("depends") != "", "reading"),
        (pl.col("provisional"), "provisional"),
    ]
    return cases(((holds, pl.lit(standing)) for holds, standing in found), pl.lit("firm"))


def _money_missing() -> Iterator[pl.Expr]:
    """Yield how much less than the refund was given, fen, and where that is not known."""
    law, payable = pl.col("law"), pl.col("payable")
    missing = pl.max_horizontal(payable - pl.col("paid").fill_null(0), 0)
    instead = (pl.col("verdict") == "less_remedy") & (law == "refund")
    swapped = instead & (pl.col("company") == "exchange")
    short = pl.col("verdict") == "less_money"
    money = {"short": short, "denied": instead & ~swapped, "swapped": swapped}
    for name, which in money.items():
        yield pl.when(which & payable.is_not_null()).then(missing).otherwise(0).alias(name)
    yield (instead & payable.is_null()).alias("unpriced")


def _money(name: str, dtype: pl.DataType, *, fen: bool = False) -> pl.Expr:
    """Return a column of money as whole fen; null where it is no amount of money."""
    column = pl.col(name)
    if fen:
        whole = pl.when(column.is_between(0, ALL_FEN)).then(column)
        return whole.cast(pl.Int64, strict=False)
    if isinstance(dtype, TEXTS):
        return fen_of(plain_yuan(column.cast(pl.String)), pl.String())
    return fen_of(column, dtype)


def _trimmed(name: str) -> pl.Expr:
    """Return a column as text without blanks around it; null where it is empty."""
    text = pl.col(name).cast(pl.String).str.strip_chars()
    return pl.when(text != "").then(text)


def _month(days: pl.Series) -> pl.Series:
    """Return the months of days as numbers, counted from the year 0; null where none is told."""
    if isinstance(days.dtype, (pl.Date, pl.Datetime)):
        return days.dt.year() * 12 + days.dt.month().cast(pl.Int32) - 1
    text = pl.lit(days.cast(pl.String))
    year, month = (text.str.extract(LOOSE_MONTH, place).cast(pl.Int32) for place in (1, 2))
    number = pl.when(month.is_between(1, 12)).then(year * 12 + month - 1)
    return pl.select(number).to_series()
