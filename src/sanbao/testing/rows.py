"""From columns that were drawn to a table of claims: 表的组装.

While a table is made, dates are whole days since 1970-01-01, money is whole fen, and repairs
and exchanges are long tables of their own that name the row they belong to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import polars as pl

from sanbao.audit.tables.input.schema import CLAIM, EXCHANGE, REPAIR, Field
from sanbao.base.errors import Reason, ValidationError

__all__ = ["FLAT", "Columns", "Drawn", "days_since_1970", "entries", "numbered", "yuan"]

Columns: TypeAlias = Mapping[str, pl.Series]
"""Columns of a table by name, in the units of this module."""

_MOST_ROWS: Final = 2**32

_TYPES: Final[Mapping[str, Any]] = {
    "date": pl.Date(),
    "yes/no": pl.Boolean(),
    "yuan": pl.Decimal(38, 2),
    "percent": pl.Float64(),
}


def _type(field: Field) -> Any:
    return _TYPES.get(field.type, pl.String())


_LISTS: Final[Mapping[str, Any]] = {
    "repairs": pl.List(pl.Struct({name: _type(field) for name, field in REPAIR.items()})),
    "exchanges": pl.List(pl.Date()),
    "commitments": pl.List(pl.String()),
}

FLAT: Final[Mapping[str, Any]] = MappingProxyType(
    {name: _LISTS.get(name, _type(field)) for name, field in CLAIM.items()}
)
"""The columns of a table of claims as Polars has them, in the order of the contract."""


@dataclass(frozen=True)
class Drawn:
    """The columns of a table that is being made.

    ``claims`` has a row each, ``repairs`` and ``exchanges`` are sorted by their column ``row``.
    """

    claims: pl.DataFrame
    repairs: pl.DataFrame
    exchanges: pl.DataFrame

    def table(self) -> pl.DataFrame:
        """Return the table of claims; fields that were not drawn are no columns of it."""
        claims = self.claims
        places = pl.int_range(len(claims), dtype=pl.UInt32, eager=True).alias("row")
        made: dict[str, pl.Expr | pl.Series] = {
            name: _cell(name, field) for name, field in CLAIM.items() if name in claims.columns
        }
        made["repairs"] = _lists(self.repairs, REPAIR, places, "repairs")
        made["exchanges"] = _lists(self.exchanges, EXCHANGE, places, "exchanges")
        return claims.select(made[name] for name in FLAT if name in made)


def _cell(name: str, field: Field) -> pl.Expr:
    column = pl.col(name)
    match field.type:
        case "date":
            return column.cast(pl.Int32).cast(pl.Date)
        case "yuan":
            return yuan(column)
        case "list":
            return column
        case _:
            return column.cast(_type(field))


def yuan(fen: pl.Expr) -> pl.Expr:
    """Return whole fen as yuan with two decimals, exactly."""
    return fen.cast(pl.Decimal(38, 0)) * pl.lit(Decimal("0.01"))


def _lists(
    long: pl.DataFrame, fields: Mapping[str, Field], places: pl.Series, name: str
) -> pl.Series:
    """Return the entries of a long table as a list in every row, empty where there are none."""
    cells = long.select("row", *(_cell(one, field) for one, field in fields.items()))
    entry = pl.struct(*fields) if len(fields) > 1 else pl.col(*fields)
    grouped = cells.group_by("row", maintain_order=True).agg(entry.alias(name))
    joined = places.to_frame().join(grouped, on="row", how="left", maintain_order="left")
    return joined.select(pl.col(name).fill_null(pl.lit([], dtype=_LISTS[name]))).to_series()


def numbered(rows: int, first: int) -> pl.Series:
    """Return the numbers of so many rows from ``first`` on.

    Raises :class:`~sanbao.ValidationError` for what is no number of rows.
    """
    for name, value in (("rows", rows), ("first", first)):
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise ValidationError.of(name, value, Reason("table.whole"))
    if first + rows > _MOST_ROWS:
        raise ValidationError.of("rows", rows, Reason("table.beyond_row", most=_MOST_ROWS))
    return pl.int_range(first, first + rows, dtype=pl.UInt64, eager=True)


def entries(counts: pl.Series) -> pl.DataFrame:
    """Return a row for every entry of lists of these lengths: ``row`` and ``place`` in the list."""
    lists = pl.DataFrame({"count": counts}).with_row_index("row").filter(pl.col("count") > 0)
    return lists.select("row", place=pl.int_ranges(0, "count")).explode("place")


def days_since_1970(day: date) -> int:
    """Return a date as Arrow has it."""
    return (day - date(1970, 1, 1)).days
