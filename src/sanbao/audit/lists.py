"""Repairs, exchanges and promises of each row: 逐行的列表.

Lists stand in the rows, as JSON in a text, or as tables of their own; here they become long
tables with a row an entry, and the promises of each row one text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from sanbao.audit.fields import EXCHANGE, ID, REPAIR, Field
from sanbao.errors import ValidationError, suggestion

__all__ = ["long_table", "promises_of"]


def long_table(
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


def promises_of(table: pl.DataFrame) -> tuple[pl.Series | None, pl.Series]:
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
