"""From a table somebody has to columns of numbers: 列的转换.

A table comes with its own types: dates as text, codes in Chinese, prices as integers. Here
each column becomes what the kernel reckons with: days and money as whole numbers, codes as
their place in the list of codes, yes and no as booleans, null where nothing is stated.

No row is refused here. A cell that cannot be read stays in the table as it is and its row
is marked; the scalar engine says what is wrong with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any, Final

import polars as pl

from sanbao.audit.days import FIRST, LAST
from sanbao.audit.fields import CLAIM, EXCHANGE, ID, REPAIR, Field
from sanbao.audit.running import (
    IS_LAST,
    constant,
    last_day,
    latest,
    of_each_claim,
    since_last,
)
from sanbao.claim import MOST_REPAIRS
from sanbao.errors import Problem, ValidationError, suggestion
from sanbao.stated import NOT_STATED, NOTHING

__all__ = ["CODES", "Claims", "read_claims", "unusable_entries"]

_EPOCH: Final = date(1970, 1, 1)
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

_SINGLE: Final = {name: field for name, field in CLAIM.items() if field.type != "list"}
"""The columns with one value a claim."""

_EMPTY: Final = {"cause": NOT_STATED, "cause_basis": "trader", "request": NOTHING}
"""What an empty cell of a code means to the rules."""


@dataclass(frozen=True)
class Claims:
    """Claims as columns of numbers: 已转换的申请表.

    ``frame`` has one row a claim, in order: the fields of :data:`CLAIM` but for lists, and
    ``exchanges_counted`` and ``exchanged`` (the last exchange since the sale). ``repairs`` is a
    long table, sorted by the ``row`` each belongs to; ``commitments`` holds the commitments of
    each row as one text. ``odd`` marks the rows that the kernel must leave
    to the scalar engine: something in them could not be read, or cannot be.
    """

    frame: pl.DataFrame
    repairs: pl.DataFrame
    commitments: pl.Series | None
    odd: pl.Series
    cells: tuple[_Cells, _Cells, _Cells]
    unread: Mapping[str, Mapping[int, Any]]

    def part(self, rows: pl.Series) -> Claims:
        """Return the claims in these rows, numbered anew in the order given."""
        old = self.frame["row"].gather(rows)
        places = pl.DataFrame({"row": old, "new": pl.Series(range(len(rows)), dtype=pl.UInt32)})
        repairs = (
            self.repairs.join(places, on="row", maintain_order="left")
            .drop("row")
            .rename({"new": "row"})
            .sort("row", maintain_order=True)
        )
        frame = self.frame[rows].with_columns(row=places["new"])
        promises = None if self.commitments is None else self.commitments.gather(rows)
        odd = self.odd.gather(rows)
        return Claims(frame, repairs, promises, odd, self.cells, self.unread)

    def claims(self, rows: pl.Series) -> Iterator[dict[str, Any]]:
        """Yield the claim in each of these rows, as a mapping of the JSON contract."""
        cells, of_repairs, of_exchanges = self.cells
        lists = {
            "repairs": _by_row(of_repairs, REPAIR, rows),
            "exchanges": _by_row(of_exchanges, EXCHANGE, rows),
        }
        plain = _plainly(cells, CLAIM, rows)
        promises = None if self.commitments is None else self.commitments.gather(rows).to_list()
        for place, (row, claim) in enumerate(zip(rows.to_list(), plain, strict=True)):
            found: dict[str, Any] = {}
            for name, value in claim.items():
                part, dot, _ = CLAIM[name].path.partition(".")
                (found.setdefault(part, {}) if dot else found)[name] = value
            found |= {name: by_row[row] for name, by_row in lists.items() if row in by_row}
            found |= {name: by_row[row] for name, by_row in self.unread.items() if row in by_row}
            if promises is not None and promises[place]:
                found["commitments"] = promises[place].split(";")
            yield found


@dataclass(frozen=True)
class _Cells:
    """Cells as they came, and as they were read: null where they could not be."""

    raw: pl.DataFrame
    read: pl.DataFrame
    odd: pl.Series

    def numbers(self, fields: Mapping[str, Field]) -> pl.DataFrame:
        """Return what the cells mean; an empty one what is meant where nothing is said."""
        return self.read.with_columns(map(_filled, fields.values()))


def read_claims(
    table: pl.DataFrame,
    repairs: pl.DataFrame | None = None,
    exchanges: pl.DataFrame | None = None,
) -> Claims:
    """Return the claims of a table whose columns have our names.

    ``repairs`` and ``exchanges`` are tables with the column ``claim_id``, where they are not
    lists in the rows. Raises :class:`~sanbao.ValidationError` for a column that is missing or
    of a type that cannot be what its name says, and for rows of these tables that belong to
    no claim.
    """
    if problems := list(_unusable(table, repairs, exchanges)):
        raise ValidationError(problems)
    rows = pl.Series("row", range(len(table)), dtype=pl.UInt32)
    present = [name for name, field in CLAIM.items() if field.type != "list"]
    cells = _read(table.select(name for name in present if name in table.columns), _SINGLE)
    long_repairs, no_repairs = _long(table, "repairs", repairs, rows)
    long_exchanges, no_exchanges = _long(table, "exchanges", exchanges, rows)
    of_repairs, of_exchanges = _read(long_repairs, REPAIR), _read(long_exchanges, EXCHANGE)
    promises, odd_promises = _promises(table)
    repaired = of_repairs.numbers(REPAIR).with_columns(long_repairs["row"])
    exchanged = of_exchanges.read.with_columns(long_exchanges["row"])
    frame = _with_exchanges(cells.numbers(_SINGLE).with_columns(rows), exchanged)
    odd = [
        pl.Series("row", [*no_repairs, *no_exchanges], dtype=pl.UInt32),
        odd_promises,
        long_repairs["row"].filter(of_repairs.odd | _impossible_repairs(repaired)),
        long_exchanges["row"].filter(of_exchanges.odd | _impossible_exchanges(frame, exchanged)),
        _too_many(repaired),
        _too_many(exchanged),
    ]
    return Claims(
        frame,
        repaired,
        promises,
        (cells.odd | _impossible(frame)).scatter(pl.concat(odd), True),
        (cells, of_repairs, of_exchanges),
        {"repairs": no_repairs, "exchanges": no_exchanges},
    )


# --- what cannot be a table of claims --------------------------------------------------------


def _unusable(
    table: pl.DataFrame, repairs: pl.DataFrame | None, exchanges: pl.DataFrame | None
) -> Iterator[Problem]:
    yield from _misfits(table, CLAIM, "")
    for name, second in (("repairs", repairs), ("exchanges", exchanges)):
        if second is not None:
            if name in table.columns:
                reason = "stand in the table of claims and in one of their own"
                yield Problem(name, "two tables", reason)
            if ID not in table.columns:
                yield Problem(ID, "no column", f"is required where {name} are a table")
            yield from unusable_entries(name, second)


def unusable_entries(name: str, table: pl.DataFrame) -> Iterator[Problem]:
    """Yield what is wrong with a table of repairs or exchanges that has our names."""
    if ID not in table.columns:
        yield Problem(f"{name}.{ID}", "no column", f"is required where {name} are a table")
    yield from _misfits(table, REPAIR if name == "repairs" else EXCHANGE, f"{name}.")


def _misfits(table: pl.DataFrame, fields: Mapping[str, Field], prefix: str) -> Iterator[Problem]:
    for name, dtype in table.schema.items():
        if name in fields and (reason := _misfit(fields[name], dtype)):
            yield Problem(f"{prefix}{name}", str(dtype), reason)


def _misfit(field: Field, dtype: pl.DataType) -> str | None:
    """Return why a column of this type cannot hold ``field``, or nothing."""
    texts = (pl.String, pl.Categorical, pl.Enum, pl.Null)
    match field.type:
        case "date" if not isinstance(dtype, (pl.Date, pl.Datetime, *texts)):
            return "must be a column of dates, or of texts like 2025-07-04"
        case "yuan" if dtype.is_float():
            return (
                "must not be floating-point numbers; give money as decimal numbers, as texts "
                'like "1599.00", or in fen under the name price_fen'
            )
        case "yuan" if not (dtype.is_decimal() or dtype.is_integer() or isinstance(dtype, texts)):
            return "must be amounts in yuan"
        case "code" if not isinstance(dtype, texts):
            return "must be a column of codes"
        case "yes/no" if not (isinstance(dtype, (pl.Boolean, *texts)) or dtype.is_integer()):
            return "must be true or false"
        case "percent" if not (dtype.is_numeric() or isinstance(dtype, texts)):
            return "must be numbers from 0 to 100"
        case "text" if not (isinstance(dtype, texts) or dtype.is_integer()):
            return "must be a column of texts"
        case "list" if not isinstance(dtype, (pl.List, pl.Array, pl.String, pl.Null)):
            return "must be a list in every row, or a table of its own"
        case _:
            return None


# --- cells -------------------------------------------------------------------------------------


def _read(raw: pl.DataFrame, fields: Mapping[str, Field]) -> _Cells:
    """Read the cells of these columns; the rows are odd in which one could not be read."""
    present = [field for field in fields.values() if field.name in raw.columns]
    read = raw.select(_quick(field, raw.schema[field.name]).alias(field.name) for field in present)
    odd = constant(False, len(raw))
    if "imei" in raw.columns:
        odd.scatter(_wrong_imeis(raw["imei"]), True)
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
    return _Cells(raw, read, odd)


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
            words = {
                word: code for word, code in zip(field.words, field.codes, strict=True) if word
            }
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


# --- lists, and tables of their own -----------------------------------------------------------


def _long(
    table: pl.DataFrame, name: str, second: pl.DataFrame | None, rows: pl.Series
) -> tuple[pl.DataFrame, dict[int, Any]]:
    """Return the lists of all rows as one long table, and the cells that are no such lists."""
    fields = REPAIR if name == "repairs" else EXCHANGE
    if second is not None:
        return _joined(table, name, second, rows, fields), {}
    if name not in table.columns or table.schema[name] == pl.Null:
        return pl.DataFrame(schema={"row": pl.UInt32}), {}
    column = table[name]
    if column.dtype == pl.String:
        return _written(column, rows, fields)
    if isinstance(column.dtype, pl.Array):
        column = column.arr.to_list()
    long = pl.DataFrame({"row": rows, name: column})
    long = long.explode(name, empty_as_null=False, keep_nulls=False)
    entry = long.schema[name]
    if isinstance(entry, pl.Struct):
        names = [one.name for one in entry.fields]
        if strange := [one for one in names if one not in fields]:
            reason = f"is no known key{suggestion(strange[0], fields)}"
            raise ValidationError.of(name, strange[0], reason)
        unread = long["row"].filter(long[name].is_null()).unique()
        return (
            long.select("row", *(pl.col(name).struct.field(one) for one in names)),
            dict(zip(unread, column.gather(unread).to_list(), strict=True)),
        )
    if name == "repairs" and entry != pl.Null:
        raise ValidationError.of(name, str(entry), "must be lists of repairs")
    return long.rename({} if name == "repairs" else {name: "exchanged_on"}), {}


def _written(
    column: pl.Series, rows: pl.Series, fields: Mapping[str, Field]
) -> tuple[pl.DataFrame, dict[int, Any]]:
    """Return lists that stand in texts, as JSON, as one long table of texts."""
    found: list[dict[str, Any]] = []
    unread: dict[int, Any] = {}
    only = next(iter(fields))
    for row, text in zip(rows, column, strict=True):
        if text is None or not text.strip():
            continue
        try:
            entries: Any = json.loads(text)
        except ValueError:
            unread[row] = text
            continue
        if isinstance(entries, list) and len(fields) == 1:
            entries = [{only: one} if isinstance(one, str) else one for one in entries]
        if not isinstance(entries, list) or not all(
            isinstance(one, dict) and one.keys() <= fields.keys() for one in entries
        ):
            unread[row] = entries
            continue
        found += (
            {"row": row} | {key: _text(value) for key, value in one.items()} for one in entries
        )
    schema = {"row": pl.UInt32(), **dict.fromkeys(fields, pl.String())}
    return pl.DataFrame(found, schema=schema), unread


def _text(value: Any) -> str | None:
    """Return a value of JSON as the text of a cell."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _joined(
    table: pl.DataFrame,
    name: str,
    second: pl.DataFrame,
    rows: pl.Series,
    fields: Mapping[str, Field],
) -> pl.DataFrame:
    """Return a table of repairs or exchanges with the ``row`` of the claim each belongs to."""
    ids = pl.DataFrame({ID: table[ID].cast(pl.String), "row": rows})
    if ids[ID].drop_nulls().n_unique() < len(ids) - ids[ID].null_count():
        [twice, *_] = ids[ID].filter(ids[ID].is_duplicated() & ids[ID].is_not_null())
        reason = f"names two claims, so that the table of {name} cannot be joined"
        raise ValidationError.of(ID, twice, reason)
    found = second.with_columns(pl.col(ID).cast(pl.String)).join(
        ids, on=ID, how="left", maintain_order="left"
    )
    lost = found.filter(pl.col("row").is_null())
    if len(lost):
        reason = f"is the {ID} of no claim ({len(lost)} such rows in the table of {name})"
        raise ValidationError.of(f"{name}.{ID}", lost[ID][0], reason)
    return found.select("row", *(one for one in fields if one in found.columns)).sort(
        "row", maintain_order=True
    )


def _promises(table: pl.DataFrame) -> tuple[pl.Series | None, pl.Series]:
    """Return the commitments of each row as one text, and the rows that hold something else."""
    none = pl.Series("row", [], dtype=pl.UInt32)
    if "commitments" not in table.columns or table.schema["commitments"] == pl.Null:
        return None, none
    column = table["commitments"]
    if column.dtype == pl.String:
        split = column.str.replace_all(r"[\s\[\]\"']", "").str.replace_all("[,;；，、]+", ";")
        return split.str.strip_chars(";").fill_null(""), none
    if not column.list.len().max():
        return None, none
    texts = column.cast(pl.List(pl.String)).list.join(";").fill_null("")
    odd = column.list.eval(pl.element().is_null()).list.any().fill_null(False)
    return texts, odd.arg_true().cast(pl.UInt32).alias("row")


# --- what cannot be ---------------------------------------------------------------------------


def _impossible(frame: pl.DataFrame) -> pl.Series:
    """Mark the claims that cannot be: sold or invoiced after the claim."""
    later = (pl.col(name) > pl.col("claimed_on") for name in ("sold_on", "invoiced_on"))
    return frame.select(pl.any_horizontal(later).fill_null(False)).to_series()


def _wrong_imeis(imeis: pl.Series) -> pl.Series:
    """Return the rows whose IMEI is not 15 digits, the last their Luhn check digit.

    The check is that of ISO/IEC 7812-1.
    """
    text, number = pl.col("imei"), pl.col("number")
    odd, even = _digit_sums()
    sums = {"low": even, "middle": odd, "high": even}
    luhn = pl.sum_horizontal(
        pl.lit(of).gather(pl.col(name).cast(pl.UInt32)) for name, of in sums.items()
    )
    stated = imeis.cast(pl.String).to_frame().with_row_index("row").lazy().drop_nulls()
    read = pl.when(text.str.len_bytes() == 15).then(text.cast(pl.UInt64, strict=False))
    parts = (
        stated.with_columns(number=read)
        .with_columns(high=number.fill_null(0) // 10**10, higher=number.fill_null(0) // 10**5)
        .with_columns(
            low=number.fill_null(0) - pl.col("higher") * 10**5,
            middle=pl.col("higher") - pl.col("high") * 10**5,
        )
    )
    doubtful = parts.filter(number.is_null() | (luhn % 10 != 0) | (number < 10**14))
    # a number that small is led by zeros, or by a sign
    sound = (luhn % 10 == 0) & ~text.str.starts_with("+")
    wrong = doubtful.filter(number.is_null() | ~sound).select("row")
    return wrong.collect(engine="streaming").to_series()


@cache
def _digit_sums() -> tuple[pl.Series, pl.Series]:
    """Return the sums of five digits as Luhn takes them, of every number that they form.

    In the first table the first, third and fifth digit count twice, in the second the others.
    """
    number = pl.int_range(10**5)
    sums: list[pl.Expr] = []
    for twice in (0, 1):
        digits = (number // 10**place % 10 for place in range(5))
        counted = (
            digit * 2 - pl.when(digit > 4).then(9).otherwise(0) if place % 2 == twice else digit
            for place, digit in enumerate(digits)
        )
        sums.append(pl.sum_horizontal(counted).cast(pl.UInt8).alias(str(twice)))
    odd, even = pl.select(sums)
    return odd, even


def _impossible_repairs(repairs: pl.DataFrame) -> pl.Series:
    first = pl.col("handed_in_on")
    later = ("ready_on", "notified_on", "handed_back_on")
    return repairs.select(
        pl.any_horizontal((pl.col(name) < first).fill_null(False) for name in later)
    ).to_series()


def _impossible_exchanges(frame: pl.DataFrame, exchanges: pl.DataFrame) -> pl.Series:
    claimed = frame["claimed_on"].gather(exchanges["row"])
    return (exchanges["exchanged_on"] > claimed).fill_null(False)


def _too_many(long: pl.DataFrame) -> pl.Series:
    """Return the rows with more repairs or exchanges than a claim may hold."""
    if len(long) <= MOST_REPAIRS:
        return pl.Series("row", [], dtype=pl.UInt32)
    rows = long["row"]
    return rows.filter((rows == rows.shift(-MOST_REPAIRS)).fill_null(False))


def _with_exchanges(frame: pl.DataFrame, exchanges: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with what the exchanges of each claim amount to (art. 21).

    Counted are those from the day of the sale on. Without one there is nothing to know; with
    one, and no date of sale, neither their number nor the last of them is known.
    """
    rows = exchanges["row"]
    sold = frame["sold_on"].gather(rows)
    summed = (
        exchanges.lazy()
        .filter(pl.col("exchanged_on") >= pl.lit(sold))
        .select(
            "row",
            exchanges_counted=pl.int_range(1, pl.len() + 1),
            exchanged=latest(pl.col("exchanged_on")),
        )
        .filter(IS_LAST)
        .select("row", since_last("exchanges_counted"), last_day("exchanged"))
        .collect(engine="in-memory")
    )
    none = {"exchanges_counted": 0, "exchanged": None}
    unknown = rows.filter(sold.is_null()) if sold.has_nulls() else None
    counted = of_each_claim(summed, none, len(frame), unknown)
    was_exchanged = constant(False, len(frame)).scatter(rows, True)
    return frame.hstack(counted).with_columns(was_exchanged=was_exchanged)


# --- back to claims ---------------------------------------------------------------------------


def _by_row(
    cells: _Cells, fields: Mapping[str, Field], rows: pl.Series
) -> dict[int, list[dict[str, Any]]]:
    """Return the repairs or exchanges of these rows, as mappings of the JSON contract."""
    owners = cells.raw["row"]
    places = owners.is_in(rows.implode()).arg_true()
    found: dict[int, list[dict[str, Any]]] = {}
    for row, one in zip(owners.gather(places), _plainly(cells, fields, places), strict=True):
        found.setdefault(row, []).append(one)
    return found


def _plainly(
    cells: _Cells, fields: Mapping[str, Field], rows: pl.Series
) -> Iterator[dict[str, Any]]:
    """Yield rows as mappings by our names; a cell that could not be read as it stands there."""
    present = [field for name, field in fields.items() if name in cells.raw.columns and name != ID]
    names = [field.name for field in present]
    read, raw = cells.read.select(names)[rows], cells.raw.select(names)[rows]
    columns = [
        [
            _contract(field, value, cell)
            for value, cell in zip(read[field.name], raw[field.name], strict=True)
        ]
        for field in present
    ]
    for place in range(len(rows)):
        values = (
            (field.name, column[place]) for field, column in zip(present, columns, strict=True)
        )
        yield {name: value for name, value in values if value is not None}


def _contract(field: Field, value: Any, cell: Any) -> Any:
    """Return a value as the JSON contract has it; the cell itself where it could not be read."""
    if value is None:
        return None if isinstance(cell, str) and not cell.strip() else cell
    match field.type:
        case "date":
            return (_EPOCH + timedelta(days=value)).isoformat()
        case "code":
            return field.codes[value]
        case "yuan":
            return f"{value // 100}.{value % 100:02d}"
        case _:
            return value
