"""What the cells of a table mean: 单元格的含义.

Each column becomes what the kernel reckons with: days and money as whole numbers, codes as
their place in the list of codes, yes and no as booleans, null where nothing is stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import polars as pl

from sanbao.audit.days import FIRST, LAST
from sanbao.audit.fields import CLAIM, REPAIR, Field
from sanbao.audit.impossible import wrong_imeis
from sanbao.audit.running import constant
from sanbao.stated import NOT_STATED, NOTHING

__all__ = ["CODES", "Cells", "read_cells"]

_YES: Final = ("true", "1", "yes", "y", "是", "有", "t")
_NO: Final = ("false", "0", "no", "n", "否", "无", "没有", "f")
_YUAN: Final = r"^[0-9]{1,9}(\.[0-9]{1,2})?$"
_MOST_FEN: Final = 10**11 - 1
"""Of a price that is reckoned with in columns; the scalar engine decides on larger ones."""
_FEW_CODES: Final = 4
_LOOSE_DAY: Final = r"^([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?$"

CODES: Final[Mapping[str, tuple[str, ...]]] = {
    field.name: field.codes for field in CLAIM.values() if field.codes
} | {
    "cause": (*CLAIM["cause"].codes, NOT_STATED),
    "request": (*CLAIM["request"].codes, NOTHING),
    "delay": REPAIR["delay"].codes,
}
"""The codes of each column in the order of their numbers; the last may say *not stated*."""

_EMPTY: Final = {"cause": NOT_STATED, "cause_basis": "trader", "request": NOTHING}
"""What an empty cell of a code means to the rules."""


@dataclass(frozen=True)
class Cells:
    """Cells as they came, and as they were read: null where they could not be."""

    raw: pl.DataFrame
    read: pl.DataFrame
    odd: pl.Series

    def numbers(self, fields: Mapping[str, Field]) -> pl.DataFrame:
        """Return what the cells mean; an empty one what is meant where nothing is said."""
        return self.read.with_columns(map(_filled, fields.values()))


def read_cells(raw: pl.DataFrame, fields: Mapping[str, Field]) -> Cells:
    """Read the cells of these columns; the rows are odd in which one could not be read."""
    present = [field for field in fields.values() if field.name in raw.columns]
    read = raw.select(_quick(field, raw.schema[field.name]).alias(field.name) for field in present)
    odd = constant(False, len(raw))
    if "imei" in raw.columns:
        odd.scatter(wrong_imeis(raw["imei"]), True)
    for amount in _outside(read, fields, "yuan", 0, _MOST_FEN):
        read = read.with_columns(pl.when(amount.is_between(0, _MOST_FEN)).then(amount))
    for name in read.columns:
        if read[name].null_count() > raw[name].null_count():
            column, empty = read[name], raw[name].is_null()
            if raw.schema[name] == pl.String:
                column = _slow(fields[name], raw[name], column)
                empty |= raw[name].str.strip_chars() == ""
            read = read.with_columns(column.alias(name))
            odd |= column.is_null() & ~empty
    missing = {name: field for name, field in fields.items() if name not in read.columns}
    read = read.with_columns(
        constant(None, len(raw), _dtype(field)).alias(name) for name, field in missing.items()
    )
    for field in fields.values():
        if field.required and read[field.name].has_nulls():
            odd |= read[field.name].is_null()
    for day in _outside(read, fields, "date", FIRST, LAST):
        odd |= read.select(~day.is_between(FIRST, LAST).fill_null(True)).to_series()
    return Cells(raw, read, odd)


def _outside(
    read: pl.DataFrame, fields: Mapping[str, Field], of: str, first: int, last: int
) -> list[pl.Expr]:
    """Return the columns of one type in which something does not lie between two numbers."""
    columns = [pl.col(name) for name in read.columns if fields[name].type == of]
    sound = read.select(column.is_between(first, last).all() for column in columns)
    return [column for column, all_ in zip(columns, sound, strict=True) if not all_.item()]


def _dtype(field: Field) -> pl.DataType:
    match field.type:
        case "date":
            return pl.Int32()
        case "code":
            return pl.UInt8()
        case "yes/no":
            return pl.Boolean()
        case "yuan":
            return pl.Int64()
        case "percent":
            return pl.Float64()
        case _:
            return pl.String()


def _filled(field: Field) -> pl.Expr:
    """Return a column with what its empty cells mean."""
    column = pl.col(field.name)
    if field.name in _EMPTY:
        return column.fill_null(CODES[field.name].index(_EMPTY[field.name]))
    return column if field.default is None else column.fill_null(pl.lit(field.default))


@lru_cache(maxsize=512)
def _quick(field: Field, dtype: pl.DataType) -> pl.Expr:
    """Return the expression that reads a column in which every cell is as it should be."""
    column = pl.col(field.name)
    if isinstance(dtype, pl.Null):
        return column.cast(_dtype(field))
    if isinstance(dtype, (pl.Categorical, pl.Enum)):
        column = column.cast(pl.String)
    match field.type:
        case "date" if isinstance(dtype, pl.Datetime):
            day = column.dt.date()
            return pl.when(column == day).then(day).cast(pl.Int32)
        case "date" if isinstance(dtype, pl.Date):
            return column.cast(pl.Int32)
        case "date":
            return column.cast(pl.String).str.to_date("%Y-%m-%d", strict=False).cast(pl.Int32)
        case "code":
            return _code(column, field)
        case "yes/no" if isinstance(dtype, pl.Boolean):
            return column
        case "yes/no" if dtype.is_integer():
            return pl.when(column.is_in([0, 1])).then(column == 1)
        case "yes/no":
            text = column.cast(pl.String).str.to_lowercase()
            return pl.when(text.is_in([*_YES, *_NO])).then(text.is_in(_YES))
        case "yuan":
            return _fen(column, dtype)
        case "percent":
            number = column.cast(pl.Float64, strict=False)
            return pl.when(number.is_between(0, 100)).then(number)
        case _:
            return column.cast(pl.String)


def _code(column: pl.Expr, field: Field) -> pl.Expr:
    """Return codes in texts as their place among those of ``field``; null where it is none."""
    if len(field.codes) <= _FEW_CODES:  # comparing with each is quicker than looking them up
        chain: Any = pl
        for number, code in enumerate(field.codes):
            chain = chain.when(column == code).then(pl.lit(number, dtype=pl.UInt8))
        found: pl.Expr = chain.otherwise(None)
        return found
    return column.cast(pl.Enum(field.codes), strict=False).to_physical().cast(pl.UInt8)


def _fen(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Return an amount in yuan as whole fen; null where it is none."""
    if dtype.is_integer():
        return pl.when(column.is_between(0, _MOST_FEN // 100)).then(column.cast(pl.Int64) * 100)
    if isinstance(dtype, pl.Decimal):
        exact = column.cast(pl.Decimal(38, 2), strict=False)
        if dtype.scale > 2:
            exact = pl.when(exact.cast(dtype) == column).then(exact)
        return exact.to_physical().cast(pl.Int64, strict=False)
    text = column.cast(pl.String)
    amount = pl.when(text.str.contains(_YUAN)).then(text)
    return amount.cast(pl.Decimal(38, 2), strict=False).to_physical().cast(pl.Int64)


def _slow(field: Field, raw: pl.Series, read: pl.Series) -> pl.Series:
    """Return a column of texts read once more, as people write what it holds."""
    text = pl.col("text").str.strip_chars()
    match field.type:
        case "date":
            loose = pl.concat_str(
                [
                    text.str.extract(_LOOSE_DAY, 1),
                    text.str.extract(_LOOSE_DAY, 2).str.zfill(2),
                    text.str.extract(_LOOSE_DAY, 3).str.zfill(2),
                ],
                separator="-",
            )
            again = loose.str.to_date("%Y-%m-%d", strict=False).cast(pl.Int32)
        case "code":
            named = zip(field.words, field.codes, strict=True)
            words = {word: code for word, code in (*named, *field.synonyms) if word}
            code = text.replace_strict(words, default=text, return_dtype=pl.String)
            again = _code(code, field)
        case "yes/no":
            lower = text.str.to_lowercase()
            again = pl.when(lower.is_in([*_YES, *_NO])).then(lower.is_in(_YES))
        case "yuan":
            plain = text.str.replace_all(r"^[¥￥]\s*|[,，]|\s*元$", "")
            again = _fen(plain, pl.String())
        case _:  # a share; other texts are taken as they stand
            number = text.str.strip_suffix("%").str.strip_chars().cast(pl.Float64, strict=False)
            again = pl.when(number.is_between(0, 100)).then(number)
    frame = pl.DataFrame({"text": raw, "read": read})
    return frame.select(pl.coalesce("read", again)).to_series()
