"""The columns of a table that say what the company did: 公司处理结果列.

A mapping says which they are: ``company_outcome``, ``company_refund`` and ``shop``, each with the
name of a column, or ``{"column": name, "unit": "fen"}`` for money.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import polars as pl

from sanbao.audit.tables.input.schema import CLAIM, OUTCOMES, TEXTS
from sanbao.base.errors import ValidationError, suggestion

__all__ = [
    "COMPANY_WORDS",
    "check_company_columns",
    "company_column",
    "company_columns",
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
    "company_outcome": "what the company did",
    "company_refund": "the money that the company paid",
    "shop": "the shop",
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
    for name, holds in _HOLDS.items():
        column, _ = company_column(columns, name)
        if column not in table.columns and (name != "shop" or name in columns):
            taken = {*CLAIM, *company_columns(columns)}
            near = suggestion(column, [one for one in table.columns if one not in taken])
            reason = f"is not a column of the table; it is to hold {holds}{near}"
            raise ValidationError.of(name, column, reason)
    outcome, _ = company_column(columns, "company_outcome")
    if not isinstance(table.schema[outcome], TEXTS):
        reason = f"must be a column of texts, like refund or 退货 (it is {table.schema[outcome]})"
        raise ValidationError.of("company_outcome", outcome, reason)
    shop, _ = company_column(columns, "shop")
    dtype = table.schema.get(shop, pl.Null())
    if not (isinstance(dtype, (*TEXTS, pl.Boolean)) or dtype.is_numeric()):
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
    if not (dtype.is_decimal() or dtype.is_integer() or isinstance(dtype, TEXTS)):
        reason = f"must be amounts in yuan (it is {dtype})"
        raise ValidationError.of("company_refund", refund, reason)
    if fen and not dtype.is_integer():
        reason = f"must be whole numbers if it is in fen (it is {dtype})"
        raise ValidationError.of("company_refund", refund, reason)
