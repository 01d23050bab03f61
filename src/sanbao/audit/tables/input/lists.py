"""Repairs, exchanges and promises of each row: 逐行的列表.

Lists stand in the rows, as JSON in a text, or as tables of their own; here they become long
tables with a row an entry, and the promises of each row one text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

import polars as pl

from sanbao.audit.tables.input.cell_texts import WHITE, cell_of
from sanbao.audit.tables.input.schema import EXCHANGE, ID, REPAIR, TEXTS, Field
from sanbao.base.errors import Reason, ValidationError, suggestion
from sanbao.base.json_text import parse
from sanbao.model.claim import EXCHANGED_ON

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
            reason = Reason("input.key").then(suggestion(strange[0], fields))
            raise ValidationError.of(name, strange[0], reason)
        unread = long["row"].filter(long[name].is_null()).unique()
        return (
            long.select("row", *(pl.col(name).struct.field(one) for one in names)),
            dict(zip(unread, _told(column.gather(unread), entry.fields), strict=True)),
        )
    if name == "repairs" and entry != pl.Null:
        raise ValidationError.of(name, str(entry), Reason("table.repairs"))
    return long.rename({} if name == "repairs" else {name: EXCHANGED_ON.name}), {}


def _told(column: pl.Series, fields: Iterable[pl.Field]) -> list[Any]:
    """Return the values of a column of lists of these, days as texts: no calendar has them all."""
    types = {
        field.name: pl.String() if field.dtype.is_temporal() else field.dtype for field in fields
    }
    return column.cast(pl.List(pl.Struct(types))).to_list()


def _written(
    column: pl.Series, rows: pl.Series, fields: Mapping[str, Field]
) -> tuple[pl.DataFrame, dict[int, Any]]:
    """Return lists that stand in texts, as JSON, as one long table of texts."""
    found: list[dict[str, Any]] = []
    unread: dict[int, Any] = {}
    only = next(iter(fields))
    for row, text in zip(rows, column, strict=True):
        if text is None or not text.strip(WHITE):
            continue
        try:
            entries = _parsed(text)
        except ValidationError:
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
            {"row": row} | {key: cell_of(value) for key, value in one.items()} for one in entries
        )
    schema = {"row": pl.UInt32(), **dict.fromkeys(fields, pl.String())}
    return pl.DataFrame(found, schema=schema), unread


def _parsed(text: str) -> Any:
    """Return what a text holds as JSON.

    Raises :class:`~sanbao.ValidationError`, also for halves of characters: no table has them.
    """
    found = parse(text, "list")
    if "\\u" in text:
        try:
            json.dumps(found, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise ValidationError.of("list", text, Reason("input.half")) from None
    return found


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
        reason = Reason("table.two_claims", name=name)
        raise ValidationError.of(ID, twice, reason)
    found = second.with_columns(pl.col(ID).cast(pl.String)).join(
        ids, on=ID, how="left", maintain_order="left"
    )
    lost = found.filter(pl.col("row").is_null())
    if len(lost):
        reason = Reason("table.no_claim_rows", id=ID, number=len(lost), name=name)
        raise ValidationError.of(f"{name}.{ID}", lost[ID][0], reason)
    return found.select("row", *(one for one in fields if one in found.columns)).sort(
        "row", maintain_order=True
    )


_BETWEEN: Final = re.compile("[,;，；、]")


def promises_of(table: pl.DataFrame) -> tuple[pl.Series | None, dict[int, Any]]:
    """Return the commitments of each row as one text, and the cells that are no such lists.

    Raises :class:`~sanbao.ValidationError` for lists of something else than texts.
    """
    if "commitments" not in table.columns or table.schema["commitments"] == pl.Null:
        return None, {}
    column = table["commitments"]
    if column.dtype == pl.String:
        found = {text: _promises_in(text) for text in column.drop_nulls().unique()}
        ids = {text: ";".join(one) for text, one in found.items() if _are_ids(one)}
        texts = column.replace_strict(ids, default="", return_dtype=pl.String)
        strange = (column.is_not_null() & ~column.is_in(list(ids))).arg_true()
        return texts, {row: found[column[row]] for row in strange}
    if isinstance(column.dtype, pl.Array):
        column = column.arr.to_list()
    inner = column.dtype.inner  # type: ignore[attr-defined]
    if not isinstance(inner, TEXTS):
        raise ValidationError.of(
            "commitments", Reason("table.lists_of", type=inner), Reason("table.lists_of_texts")
        )
    if not column.list.len().max():
        return None, {}
    column = column.cast(pl.List(pl.String))
    one = pl.element()
    strange = column.list.eval(one.is_null() | (one == "") | one.str.contains(";", literal=True))
    odd = strange.list.any().fill_null(False).arg_true()
    texts = column.list.join(";").fill_null("")
    return texts, {row: column[row].drop_nulls().to_list() for row in odd}


def _promises_in(text: str) -> Any:
    """Return the ids that a text lists, or what it holds instead."""
    bare = text.strip(WHITE)
    if bare.startswith("[") and bare.endswith("]"):
        try:
            return _parsed(bare)
        except ValidationError:  # as Python writes a list, perhaps
            bare = bare[1:-1]
    parts = (part.strip(WHITE) for part in _BETWEEN.split(bare))
    return [re.sub(r"""^(['"])(.*)\1$""", r"\2", part) for part in parts if part]


def _are_ids(found: Any) -> bool:
    """Say whether something is a list of texts that can be told apart when they are joined."""
    return isinstance(found, list) and all(
        isinstance(one, str) and one.isprintable() and one and ";" not in one for one in found
    )
