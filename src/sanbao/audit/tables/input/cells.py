"""What the cells of a table mean: 单元格的含义.

Each column becomes what the kernel reckons with: days and money as whole numbers, codes as
their place in the list of codes, yes and no as booleans, null where nothing is stated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Final

import polars as pl

from sanbao.audit.tables.columns import cases, constant
from sanbao.audit.tables.input.cell_texts import WHITE
from sanbao.audit.tables.input.day_tables import EPOCH, FIRST, LAST
from sanbao.audit.tables.input.invalid import wrong_imeis
from sanbao.audit.tables.input.schema import TEXTS, Field
from sanbao.model.codes import DETAIL_PATTERN
from sanbao.model.field_types import YUAN_PATTERN
from sanbao.model.fields import DETAIL, FIELDS, IMEI

__all__ = [
    "ALL_DAYS",
    "ALL_FEN",
    "CODES",
    "LOOSE_MONTH",
    "TICKS",
    "Cells",
    "codes_with",
    "fen_of",
    "plain_yuan",
    "read_cells",
]

_YES: Final = ("true", "1", "yes", "y", "是", "有", "t")
_NO: Final = ("false", "0", "no", "n", "否", "无", "没有", "f")
_MOST_FEN: Final = 10**11 - 1
"""Of a price that is reckoned with in columns; the scalar engine decides on larger ones."""
ALL_FEN: Final = 10**14 - 1
"""Of any amount that a claim may hold."""
_FEW_CODES: Final = 6

ALL_DAYS: Final = (date.min.toordinal() - EPOCH, date.max.toordinal() - EPOCH)
"""The first and the last day that Python has."""
TICKS: Final = {unit: 86_400 * 10**power for unit, power in (("ms", 3), ("us", 6), ("ns", 9))}
"""How many of each unit a day has."""

# The texts of cells beside those of the JSON contract; docs/en/audit.md lists them ("Loose texts").
LOOSE_MONTH: Final = r"^\s*([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]"
"""How a day begins, whatever follows its month."""
_LOOSE_DAY: Final = rf"{LOOSE_MONTH}([0-9]{{1,2}})日?$"
_LOOSE_YUAN: Final = (
    r"^[¥￥]?\s*([0-9]{1,12}|[0-9]{1,3}([,，][0-9]{3}){1,3})(\.[0-9]{1,2}0{0,16})?\s*元?$"
)
_NUMBER: Final = r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$"
_WHOLE_IMEI: Final = r"^([0-9]{15})\.0+$"
"""A whole number that went through a column of floating-point numbers."""


def codes_with(own: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Return the codes of each column in the order of their numbers, with further ones of some.

    The last may say *not stated*.
    """
    coded = [field for field in FIELDS.values() if field.codes]
    codes = {one.name: dict.fromkeys((*one.codes, *own.get(one.name, ()))) for one in coded}
    return {one.name: one._replace(codes=tuple(codes[one.name])).row_codes for one in coded}


CODES: Final[Mapping[str, tuple[str, ...]]] = codes_with({})
"""The codes of each column where no law brings any."""

_EMPTY: Final = {field.name: field.default for field in FIELDS.values() if field.is_filled_in}
"""What an empty cell of a code means to the rules."""


@dataclass(frozen=True)
class Cells:
    """Cells as they came, and as they were read: null where they could not be."""

    fields: Mapping[str, Field]
    raw: pl.DataFrame
    read: pl.DataFrame
    odd: pl.Series

    def numbers(self) -> pl.DataFrame:
        """Return what the cells mean; an empty one what is meant where nothing is said."""
        return self.read.with_columns(map(_filled, self.fields.values()))


def read_cells(raw: pl.DataFrame, fields: Mapping[str, Field]) -> Cells:
    """Read the cells of these columns; the rows are odd in which one could not be read."""
    present = [field for field in fields.values() if field.name in raw.columns]
    read = raw.select(_quick(field, raw.schema[field.name]).alias(field.name) for field in present)
    read = read.rechunk()  # columns in pieces would be reckoned with piece by piece
    odd = constant(False, len(raw))
    if IMEI.name in raw.columns:
        read = read.with_columns(_imeis(read[IMEI.name]))
    for name in read.columns:
        if read[name].null_count() > raw[name].null_count():
            column, unread = read[name], (read[name].is_null() & raw[name].is_not_null()).arg_true()
            if raw.schema[name] in TEXTS:
                texts = raw[name].gather(unread).cast(pl.String).str.strip_chars(WHITE)
                again = _slow(fields[name], texts)
                column = column.scatter(unread, again)
                unread = unread.filter(again.is_null() & (texts != ""))
                read = read.with_columns(column)
            odd.scatter(unread, True)
    missing = {name: field for name, field in fields.items() if name not in read.columns}
    read = read.with_columns(
        constant(None, len(raw), _dtype(field)).alias(name) for name, field in missing.items()
    )
    for field in fields.values():
        if field.required and read[field.name].has_nulls():
            odd |= read[field.name].is_null()
    for of, first, last, bounds in (
        ("yuan", 0, _MOST_FEN, (0, ALL_FEN)),
        ("date", FIRST, LAST, ALL_DAYS),
    ):
        for value in _outside(read, fields, of, first, last):
            odd |= read.select(~value.is_between(first, last).fill_null(True)).to_series()
            read = read.with_columns(pl.when(value.is_between(*bounds)).then(value))
    return Cells(fields, raw, read, odd)


def _imeis(read: pl.Series) -> pl.Series:
    """Return IMEIs, those that are none once more as people write them; null where there is none.

    What stands there stays to be told; see :class:`Cells`.
    """
    wrong = wrong_imeis(read)
    if not len(wrong):
        return read
    again = read.gather(wrong).str.strip_chars(WHITE).str.replace(_WHOLE_IMEI, "$1")
    return read.scatter(wrong, again.scatter(wrong_imeis(again), None))


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
    empty = _EMPTY.get(field.name, field.default)
    if field.codes and empty is not None:
        return column.fill_null((*field.codes, empty).index(empty))
    return column if empty is None else column.fill_null(pl.lit(empty))


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
            days = column.to_physical() // TICKS[dtype.time_unit]
            sound = days.is_between(ALL_DAYS[0] + 1, ALL_DAYS[1] - 1)  # in any time zone
            column = pl.when(sound).then(column).dt.replace_time_zone(None)
            day = column.dt.date()
            return pl.when(column == day).then(day).cast(pl.Int32)
        case "date" if isinstance(dtype, pl.Date):
            return column.cast(pl.Int32)
        case "date":  # looking days up takes half the time of reading them, and nothing else passes
            return column.cast(_days(), strict=False).to_physical().cast(pl.Int32) + FIRST
        case "code":
            return _code(column, field)
        case "yes/no" if isinstance(dtype, pl.Boolean):
            return column
        case "yes/no" if dtype.is_integer():
            return pl.when(column.is_in([0, 1])).then(column == 1)
        case "yes/no":
            return _yes(column)
        case "yuan":
            return fen_of(column, dtype)
        case "percent":
            return _share(column) if not dtype.is_numeric() else _from_0_to_100(column)
        case _ if field.name == DETAIL.name:
            return _detail(column.cast(pl.String))
        case _:
            return column.cast(pl.String)


@cache
def _days() -> pl.Enum:
    """Return the days from ``FIRST`` to ``LAST`` as the JSON contract writes them."""
    return pl.Enum([date.fromordinal(day + EPOCH).isoformat() for day in range(FIRST, LAST + 1)])


def _yes(text: pl.Expr) -> pl.Expr:
    """Return texts of yes and no; null where it is neither."""
    lower = text.str.to_lowercase()
    return pl.when(lower.is_in([*_YES, *_NO])).then(lower.is_in(_YES))


def _detail(text: pl.Expr) -> pl.Expr:
    """Return codes that promises define; null where it cannot be one."""
    different = text.drop_nulls().unique()  # a few stand in many rows
    sound = different.str.extract(DETAIL_PATTERN, 0).drop_nulls().implode()
    return pl.when(text.is_in(sound)).then(text)


def _share(text: pl.Expr) -> pl.Expr:
    """Return texts of numbers from 0 to 100, as JSON writes numbers; null where it is none."""
    return _from_0_to_100(pl.when(text.str.contains(_NUMBER)).then(text))


def _from_0_to_100(column: pl.Expr) -> pl.Expr:
    number = column.cast(pl.Float64, strict=False)
    return pl.when(number.is_between(0, 100)).then(number)


def _code(column: pl.Expr, field: Field) -> pl.Expr:
    """Return codes in texts as their place among those of ``field``; null where it is none."""
    if len(field.codes) <= _FEW_CODES:  # comparing with each is quicker than looking them up
        codes = enumerate(field.codes)
        return cases((column == code, pl.lit(n, dtype=pl.UInt8)) for n, code in codes)
    return column.cast(pl.Enum(field.codes), strict=False).to_physical().cast(pl.UInt8)


def fen_of(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Return an amount in yuan, of numbers or texts, as whole fen; null where it is none.

    None is negative, or has more than twelve digits before its point.
    """
    if dtype.is_integer():
        yuan = pl.when(column.is_between(0, ALL_FEN // 100)).then(column)
        return yuan.cast(pl.Int64, strict=False) * 100
    if isinstance(dtype, pl.Decimal):
        exact = column.cast(pl.Decimal(38, 2), strict=False)
        if dtype.scale > 2:
            exact = pl.when(exact.cast(dtype, strict=False) == column).then(exact)
        whole = exact.to_physical()
        return pl.when(whole.is_between(0, ALL_FEN)).then(whole).cast(pl.Int64, strict=False)
    text = column.cast(pl.String)
    amount = pl.when(text.str.contains(YUAN_PATTERN)).then(text)
    return amount.cast(pl.Decimal(38, 2), strict=False).to_physical().cast(pl.Int64)


def plain_yuan(text: pl.Expr) -> pl.Expr:
    """Return texts of amounts in yuan without what people put around and between digits."""
    bare = text.str.strip_chars(WHITE)
    between = bare.str.replace_all(r"[¥￥,，元\s]", "")
    return pl.when(bare.str.contains(_LOOSE_YUAN)).then(between)


def _slow(field: Field, texts: pl.Series) -> pl.Series:
    """Return what texts without blanks around them mean, as people write it; null if nothing."""
    name = field.name
    text = pl.col(name)
    match field.type:
        case "date":
            parts = (text.str.extract(_LOOSE_DAY, place) for place in (1, 2, 3))
            iso = pl.concat_str([part.str.zfill(2) for part in parts], separator="-")
            again = iso.str.to_date("%Y-%m-%d", strict=False).cast(pl.Int32)
        case "code":
            named = zip(field.words, field.codes, strict=True)
            words = {word: code for word, code in (*named, *field.synonyms) if word}
            code = text.replace_strict(words, default=text, return_dtype=pl.String)
            again = _code(code, field)
        case "yes/no":
            again = _yes(text)
        case "yuan":
            again = fen_of(plain_yuan(text), pl.String())
        case "percent":
            again = _share(text.str.strip_suffix("%").str.strip_chars_end(WHITE))
        case _ if name == DETAIL.name:
            again = _detail(text)
        case _:  # what can be read of IMEIs is
            again = pl.lit(None, dtype=pl.String)
    return texts.alias(name).to_frame().select(again.alias(name)).to_series()
