"""From a table somebody has to columns of numbers: 列的转换.

A table comes with its own types: dates as text, codes in Chinese, prices as integers. Here
each column becomes what the kernel reckons with: days and money as whole numbers, codes as
their place in the list of codes, yes and no as booleans, null where nothing is stated.

No row is refused here. A cell that cannot be read stays in the table as it is and its row
is marked; the scalar engine says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import polars as pl

from sanbao.audit.tables.columns import constant
from sanbao.audit.tables.input.cell_texts import WHITE
from sanbao.audit.tables.input.cells import ALL_DAYS, TICKS, Cells, read_cells
from sanbao.audit.tables.input.invalid import (
    impossible_claims,
    impossible_exchanges,
    impossible_repairs,
    too_many,
)
from sanbao.audit.tables.input.lists import long_table, promises_of
from sanbao.audit.tables.input.schema import (
    CLAIM,
    COLUMNS,
    EXCHANGE,
    ID,
    REPAIR,
    TEXTS,
    Columns,
    Field,
)
from sanbao.audit.tables.input.segmented_scan import (
    APART,
)
from sanbao.base.errors import Problem, Reason, ValidationError
from sanbao.model.claim import HANDED_IN_ON
from sanbao.model.fields import IMEI

__all__ = ["TWICE", "Claims", "read_claims", "unjoinable", "unusable_side_table"]

TWICE: Final = Reason("table.twice")
"""What is wrong with repairs or exchanges that are both."""

_EPOCH: Final = date(1970, 1, 1)

_NAMES: Final = (ID, IMEI.name)
"""Those that say which claim and which goods it is; nothing is decided by them."""


@dataclass(frozen=True)
class Claims:
    """Claims as columns of numbers: 已转换的申请表.

    ``frame`` has one row a claim, in order: the fields of :data:`CLAIM` but for names and lists,
    and ``was_exchanged``. ``repairs`` and ``exchanges`` are long tables, sorted by the ``row`` each
    belongs to; repairs also by the day they were handed in, with the order in which they are
    ``stated``. ``commitments`` holds the commitments of
    each row as one text. ``odd`` marks the rows that the kernel must leave
    to the scalar engine: something in them could not be read, or cannot be.
    """

    frame: pl.DataFrame
    repairs: pl.DataFrame
    exchanges: pl.DataFrame
    commitments: pl.Series | None
    odd: pl.Series
    cells: tuple[Cells, Cells, Cells]
    unread: Mapping[str, Mapping[int, Any]]

    def part(self, rows: pl.Series) -> Claims:
        """Return the claims in these rows, which ascend, numbered anew."""
        some = constant(False, len(self.frame)).scatter(rows, True)
        places = (some.cast(pl.UInt32).cum_sum() - 1).alias("row")
        owners = self.repairs["row"]
        new = self.repairs.with_columns(places.gather(owners)).filter(some.gather(owners))
        frame = self.frame.filter(some)
        frame = frame.with_columns(row=pl.int_range(len(frame), dtype=pl.UInt32, eager=True))
        promises = None if self.commitments is None else self.commitments.filter(some)
        given = self.exchanges
        given = given.with_columns(places.gather(given["row"])).filter(some.gather(given["row"]))
        return Claims(frame, new, given, promises, self.odd.filter(some), self.cells, self.unread)

    def claims(self, rows: pl.Series) -> Iterator[dict[str, Any]]:
        """Yield the claim in each of these rows, as a mapping of the JSON contract."""
        cells, of_repairs, of_exchanges = self.cells
        lists = {
            "repairs": _by_row(of_repairs, rows),
            "exchanges": _by_row(of_exchanges, rows),
        }
        plain = _plainly(cells, rows)
        promises = None if self.commitments is None else self.commitments.gather(rows).to_list()
        for place, (row, claim) in enumerate(zip(rows.to_list(), plain, strict=True)):
            found: dict[str, Any] = {}
            for name, value in claim.items():
                part, dot, _ = CLAIM[name].path.partition(".")
                (found.setdefault(part, {}) if dot else found)[name] = value
            found |= {name: by_row[row] for name, by_row in lists.items() if row in by_row}
            if promises is not None and promises[place]:
                found["commitments"] = promises[place].split(";")
            found |= {name: by_row[row] for name, by_row in self.unread.items() if row in by_row}
            yield found


def read_claims(
    table: pl.DataFrame,
    repairs: pl.DataFrame | None = None,
    exchanges: pl.DataFrame | None = None,
    *,
    columns: Columns = COLUMNS,
) -> Claims:
    """Return the claims of a table whose columns have our names; ``columns`` has their codes.

    ``repairs`` and ``exchanges`` are tables with the column ``claim_id``, where they are not
    lists in the rows. Raises :class:`~sanbao.ValidationError` for a column that is missing or
    of a type that cannot be what its name says, and for rows of these tables that belong to
    no claim.
    """
    _refuse(_unusable(table, repairs, exchanges))
    rows = pl.Series("row", range(len(table)), dtype=pl.UInt32)
    single = {name: field for name, field in columns.claim.items() if field.type != "list"}
    cells = read_cells(table.select(name for name in single if name in table.columns), single)
    long_repairs, no_repairs = long_table(table, "repairs", repairs, rows)
    long_exchanges, no_exchanges = long_table(table, "exchanges", exchanges, rows)
    wrong = _misfits(long_repairs, REPAIR, "repairs.")
    _refuse((*wrong, *_misfits(long_exchanges, EXCHANGE, "exchanges.")))
    of_repairs = read_cells(long_repairs, columns.repairs)
    of_exchanges = read_cells(long_exchanges, columns.exchanges)
    promises, no_promises = promises_of(table)
    repaired = of_repairs.numbers().with_columns(long_repairs["row"])
    exchanged = of_exchanges.read.with_columns(long_exchanges["row"])
    was_exchanged = constant(False, len(table)).scatter(exchanged["row"], True)
    frame = cells.numbers().drop(_NAMES).with_columns(rows, was_exchanged=was_exchanged)
    odd = [
        pl.Series("row", [*no_repairs, *no_exchanges, *no_promises], dtype=pl.UInt32),
        long_repairs["row"].filter(of_repairs.odd | impossible_repairs(repaired)),
        long_exchanges["row"].filter(of_exchanges.odd | impossible_exchanges(frame, exchanged)),
        too_many(repaired),
        too_many(exchanged),
    ]
    return Claims(
        frame,
        _in_order(repaired),
        exchanged,
        promises,
        (cells.odd | impossible_claims(frame)).scatter(pl.concat(odd), True),
        (cells, of_repairs, of_exchanges),
        {"repairs": no_repairs, "exchanges": no_exchanges, "commitments": no_promises},
    )


# --- what cannot be a table of claims --------------------------------------------------------


def _refuse(problems: Iterable[Problem]) -> None:
    if found := list(problems):
        raise ValidationError(found)


def _unusable(
    table: pl.DataFrame, repairs: pl.DataFrame | None, exchanges: pl.DataFrame | None
) -> Iterator[Problem]:
    yield from _misfits(table, CLAIM, "")
    for name, second in (("repairs", repairs), ("exchanges", exchanges)):
        if second is not None:
            yield from unjoinable(name, table)
            yield from unusable_side_table(name, second)


def unjoinable(name: str, claims: pl.DataFrame) -> Iterator[Problem]:
    """Yield why claims cannot have repairs or exchanges in a table of their own."""
    yield from _without_ids(name, claims, "")
    if name in claims.columns:
        yield Problem(name, Reason("table.two_tables"), TWICE)


def unusable_side_table(name: str, table: pl.DataFrame) -> Iterator[Problem]:
    """Yield what is wrong with a table of repairs or exchanges that has our names."""
    yield from _without_ids(name, table, f"{name}.")
    yield from _misfits(table, REPAIR if name == "repairs" else EXCHANGE, f"{name}.")


def _without_ids(name: str, table: pl.DataFrame, prefix: str) -> Iterator[Problem]:
    if ID not in table.columns:
        yield Problem(
            f"{prefix}{ID}", Reason("table.no_such_column"), Reason("table.id_required", name=name)
        )


def _misfits(table: pl.DataFrame, fields: Mapping[str, Field], prefix: str) -> Iterator[Problem]:
    for name, dtype in table.schema.items():
        if name in fields and (reason := _misfit(fields[name], dtype)):
            yield Problem(f"{prefix}{name}", str(dtype), reason)


def _misfit(field: Field, dtype: pl.DataType) -> Reason | None:
    """Return why a column of this type cannot hold ``field``, or nothing."""
    match field.type:
        case "date" if not isinstance(dtype, (pl.Date, pl.Datetime, *TEXTS)):
            return Reason("table.dates")
        case "yuan" if dtype.is_float():
            in_fen = f'{{"{field.name}": {{"column": …, "unit": "fen"}}}}'
            return Reason("table.floats", in_fen=in_fen)
        case "yuan" if not (dtype.is_decimal() or dtype.is_integer() or isinstance(dtype, TEXTS)):
            return Reason("table.yuan")
        case "code" if not isinstance(dtype, TEXTS):
            return Reason("table.codes")
        case "yes/no" if not (isinstance(dtype, (pl.Boolean, *TEXTS)) or dtype.is_integer()):
            return Reason("input.bool")
        case "percent" if not (dtype.is_numeric() or isinstance(dtype, TEXTS)):
            return Reason("table.percents")
        case "text" if field.name == ID and not (isinstance(dtype, TEXTS) or dtype.is_integer()):
            return Reason("table.ids")
        case "list" if not isinstance(dtype, (pl.List, pl.Array, pl.String, pl.Null)):
            return Reason("table.lists")
        case _:
            return None


def _in_order(repairs: pl.DataFrame) -> pl.DataFrame:
    """Return the repairs of each claim by the day they were handed in, with the places they had."""
    moved = repairs.select(APART + pl.col(HANDED_IN_ON.name)).to_series().fill_null(0)
    repairs = repairs.with_row_index("stated")
    early = moved < moved.shift(1, fill_value=0)
    if not early.any():
        return repairs
    # the others stay where they are
    rows = repairs["row"]
    some = constant(False, rows[-1] + 1).scatter(rows.filter(early), True).gather(rows).arg_true()
    places = repairs["stated"].clone()
    return repairs[places.scatter(some, some.gather(moved.gather(some).arg_sort()))]


# --- back to claims ---------------------------------------------------------------------------


def _by_row(cells: Cells, rows: pl.Series) -> dict[int, list[dict[str, Any]]]:
    """Return the repairs or exchanges of these rows, as mappings of the JSON contract."""
    owners = cells.raw["row"]
    if not (len(owners) and len(rows)):
        return {}
    first, after = (owners.search_sorted(rows, side=side) for side in ("left", "right"))
    places = pl.select(pl.int_ranges(first, after).explode(empty_as_null=False)).to_series()
    found: dict[int, list[dict[str, Any]]] = {}
    for row, one in zip(owners.gather(places), _plainly(cells, places), strict=True):
        found.setdefault(row, []).append(one)
    return found


def _plainly(cells: Cells, rows: pl.Series) -> Iterator[dict[str, Any]]:
    """Yield rows as mappings by our names; a cell that could not be read as it stands there."""
    there = {*cells.raw.columns} - {ID}
    present = [field for name, field in cells.fields.items() if name in there]
    names = [field.name for field in present]
    read, raw = cells.read.select(names)[rows], cells.raw.select(names)[rows]
    columns = [
        [
            _contract(field, value, cell)
            for value, cell in zip(read[field.name], _as_python(raw[field.name]), strict=True)
        ]
        for field in present
    ]
    for place in range(len(rows)):
        values = (
            (field.name, column[place]) for field, column in zip(present, columns, strict=True)
        )
        yield {name: value for name, value in values if value is not None}


def _as_python(cells: pl.Series) -> Iterable[Any]:
    """Return cells as Python has them; where it has no such day, how many days or ticks it is."""
    dtype = cells.dtype
    if not isinstance(dtype, (pl.Date, pl.Datetime)):
        return cells
    unit, margin = ("days", 0) if isinstance(dtype, pl.Date) else (dtype.time_unit, 1)
    number = cells.to_physical()
    days = number.cast(pl.Int64) // TICKS.get(unit, 1)
    sound = days.is_between(ALL_DAYS[0] + margin, ALL_DAYS[1] - margin)  # in any time zone
    if sound.all():
        return cells
    there = iter(cells.filter(sound))
    return [
        next(there) if is_sound else is_sound if is_sound is None else f"{one} {unit} since 1970"
        for one, is_sound in zip(number, sound, strict=True)
    ]


def _contract(field: Field, value: Any, cell: Any) -> Any:
    """Return a value as the JSON contract has it; the cell itself where it could not be read."""
    if value is None:
        return None if isinstance(cell, str) and not cell.strip(WHITE) else cell
    match field.type:
        case "date":
            return (_EPOCH + timedelta(days=value)).isoformat()
        case "code":
            return field.codes[value]
        case "yuan":
            return f"{value // 100}.{value % 100:02d}"
        case _:
            return value
