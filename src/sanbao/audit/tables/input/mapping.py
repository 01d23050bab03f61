"""Whose column is which: 列名对应.

A table names its columns as its makers liked. They are found by our names, by the dotted
names of the JSON contract, by the names that Chinese tables use, and by what the user says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeAlias

import polars as pl

from sanbao.audit.tables.input.schema import CLAIM, EXCHANGE, ID, REPAIR, TEXTS, Field
from sanbao.base.errors import (
    Problem,
    Reason,
    ValidationError,
    name_of,
    shown,
    suggestion,
    system_reason,
)
from sanbao.base.renamed import renamed
from sanbao.base.toml_text import NotTomlError, parse

__all__ = [
    "Frames",
    "UnusedColumns",
    "mapped",
    "read_mapping",
    "side_table_columns",
    "side_table_named",
    "unused",
    "unused_in",
]

Frames: TypeAlias = tuple[pl.DataFrame, pl.DataFrame | None, pl.DataFrame | None]
"""Claims, and their repairs and exchanges where these have tables of their own."""

_FEN: Final = Decimal("0.01")
_FAR: Final = 10**30
"""Far beyond any amount, and as much as its type can hold; an amount beyond is refused as this."""
_MOST_NAMED: Final = 12
_YES, _NO = "是", "否"
_MOST_EXACT: Final = {"Float32": 2**24, "Float64": 2**53}
"""Up to here floating-point numbers hold every whole number."""
_TABLES: Final = {"repairs": REPAIR, "exchanges": EXCHANGE}


def read_mapping(path: Path | str) -> dict[str, Any]:
    """Return the mapping of a TOML file: our names, each with the name in the table.

    The columns of tables of repairs and exchanges stand under ``[repairs]`` and
    ``[exchanges]``. Raises :class:`~sanbao.ValidationError` naming the file.
    """
    try:
        return parse(Path(path).read_text("utf-8-sig"))
    except OSError as error:
        reason = Reason("input.unreadable", reason=system_reason(error))
        raise ValidationError.of("columns", str(path), reason) from None
    except UnicodeDecodeError:
        raise ValidationError.of("columns", str(path), Reason("table.no_utf8")) from None
    except NotTomlError as error:
        reason = Reason("input.on_line", reason=error.reason, line=error.line)
        raise ValidationError.of("columns", str(path), reason) from None


def mapped(
    table: pl.DataFrame,
    repairs: pl.DataFrame | None = None,
    exchanges: pl.DataFrame | None = None,
    columns: Mapping[str, Any] | None = None,
) -> Frames:
    """Return the tables with our names for the columns they have; others are left away.

    ``columns`` gives for our names the name in the table; ``{"column": "amount", "unit":
    "fen"}`` for money in fen, and ``{"value": "intact"}`` for what is assumed of every row. The
    columns of tables of repairs and exchanges stand in a mapping of their own under these
    names. Raises :class:`~sanbao.ValidationError` for a mapping that names what there is not,
    with the nearest name there is, and for a required column that is missing.
    """
    wanted = {} if columns is None else columns
    if not isinstance(wanted, Mapping):
        raise ValidationError.of("columns", columns, Reason("table.mapping"))
    problems: list[Problem] = []
    known = (*CLAIM, *(name for name in _TABLES if name not in CLAIM))
    for key in wanted:
        if key not in known:
            reason = renamed(key) or Reason("table.no_claim_column").then(suggestion(key, known))
            problems.append(Problem("columns", shown(key), reason))
    frame = _named(table, CLAIM, wanted, "", problems)
    seconds: list[pl.DataFrame | None] = []
    for name, second in (("repairs", repairs), ("exchanges", exchanges)):
        if second is None:
            seconds.append(None)
            continue
        try:
            named, wrong = side_table_named(name, second, side_table_columns(wanted, name))
        except ValidationError as error:
            problems += error.problems
        else:
            seconds.append(named)
            problems += wrong
    if problems:
        raise ValidationError(problems)
    return frame, seconds[0], seconds[1]


def side_table_columns(columns: Mapping[str, Any] | None, name: str) -> Mapping[str, Any]:
    """Return the part of a mapping that is for the table of repairs or exchanges.

    Raises :class:`~sanbao.ValidationError` if something else stands there.
    """
    inner = (columns or {}).get(name, {})
    if not isinstance(inner, Mapping):
        reason = Reason("table.side_mapping", name=name)
        raise ValidationError.of(f"columns.{name}", inner, reason)
    return inner


def side_table_named(
    name: str, table: pl.DataFrame, columns: Mapping[str, Any]
) -> tuple[pl.DataFrame, list[Problem]]:
    """Return a table of repairs or exchanges under our names, and what is wrong with it."""
    problems: list[Problem] = []
    fields = {ID: CLAIM[ID], **_TABLES[name]}
    return _named(table, fields, columns, f"{name}.", problems), problems


def _named(
    table: pl.DataFrame,
    fields: Mapping[str, Field],
    wanted: Mapping[str, Any],
    prefix: str,
    problems: list[Problem],
) -> pl.DataFrame:
    """Return the columns of one table under our names; what is wrong goes to ``problems``."""
    found: dict[str, pl.Expr] = {}
    for name, field in fields.items():
        place = f"columns.{prefix}{name}"
        spec = wanted.get(name)
        if isinstance(spec, Mapping) and not prefix and name in _TABLES and "column" not in spec:
            spec = None  # the columns of a second table
        if spec is not None:
            chosen = _chosen(table, field, spec, place, problems)
            if chosen is not None:
                found[name] = chosen.alias(name)
        elif there := _recognised(field, table.columns):
            found[name] = _texts(pl.col(there), field, table.schema[there]).alias(name)
        elif field.required:
            near = suggestion(name, table.columns) or _listed(table.columns)
            problems.append(
                Problem(
                    f"{prefix}{name}",
                    Reason("table.no_such_column"),
                    Reason("input.required").then(near),
                )
            )
    return table.select(**found) if found else pl.DataFrame(height=len(table))


def _recognised(field: Field, columns: Collection[str]) -> str | None:
    """Return the column that holds a field by its name, if there is one."""
    return next((one for one in (field.name, *field.names) if one in columns), None)


class UnusedColumns(UserWarning):
    """A table has columns that are no part of a claim: 未使用的列.

    ``columns`` names them. ``str`` tells it in Chinese, then in English.
    """

    def __init__(self, columns: Iterable[str]) -> None:
        self.columns = tuple(columns)
        super().__init__(Reason("table.unused_columns", names=self.columns).both)


def unused(
    names: Collection[str],
    columns: Mapping[str, Any] | None = None,
    table: str = "claims",
    kept: Collection[str] = (),
) -> tuple[str, ...]:
    """Return the columns, of those with these ``names``, that hold nothing of a claim.

    ``columns`` is the mapping of :func:`mapped`, or its part for the ``table`` of repairs or
    exchanges, whose columns are named ``repairs.NAME``. ``kept`` are used for something else.
    """
    wanted = {} if columns is None else columns
    apart = table in _TABLES
    fields = {ID: CLAIM[ID], **_TABLES[table]} if apart else CLAIM
    used: set[str | None] = {*kept}
    for name, field in fields.items():
        spec = wanted.get(name)
        if isinstance(spec, Mapping) and ("column" in spec or "unit" in spec):
            spec = spec.get("column", name)
        if spec is None or (isinstance(spec, Mapping) and name in _TABLES and "value" not in spec):
            spec = _recognised(field, names)
        used |= {spec} if isinstance(spec, str) else set()
    prefix = f"{table}." if apart else ""
    return tuple(f"{prefix}{name_of(name)}" for name in names if name not in used)


def unused_in(
    frames: Frames, columns: Mapping[str, Any] | None, kept: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the columns of tables, which :func:`mapped` takes, that hold nothing of a claim."""
    claims, *seconds = frames
    found = unused(claims.columns, columns, kept=kept)
    for name, second in zip(_TABLES, seconds, strict=True):
        if second is not None:
            found += unused(second.columns, side_table_columns(columns, name), name)
    return found


def _chosen(
    table: pl.DataFrame, field: Field, spec: Any, place: str, problems: list[Problem]
) -> pl.Expr | None:
    """Return the column that a mapping names: a name, or ``column``, ``unit`` and ``value``."""
    if isinstance(spec, str):
        spec = {"column": spec}
    if not isinstance(spec, Mapping) or not (
        set(spec) <= {"column", "unit"} or set(spec) == {"value"}
    ):
        reason = Reason("table.spec")
        problems.append(Problem(place, shown(spec), reason))
        return None
    if "value" in spec:
        value = spec["value"]
        if not isinstance(value, str | bool | int):
            problems.append(Problem(f"{place}.value", shown(value), Reason("table.one_value")))
            return None
        return pl.lit(value)
    name, unit = spec.get("column", field.name), spec.get("unit", "yuan")
    if name not in table.columns:
        reason = Reason("table.no_column").then(suggestion(name, table.columns))
        problems.append(Problem(place, shown(name), reason))
        return None
    if unit == "fen" and field.type == "yuan" and table.schema[name].is_integer():
        fen = pl.col(name).clip(-_FAR, _FAR) if table.schema[name] == pl.Int128 else pl.col(name)
        return fen.cast(pl.Decimal(38, 2)) * pl.lit(_FEN)
    if "unit" in spec and unit != "yuan":
        reason = Reason("table.unit_fen")
        problems.append(Problem(f"{place}.unit", shown(unit), reason))
    return _texts(pl.col(name), field, table.schema[name])


def _texts(column: pl.Expr, field: Field, dtype: pl.DataType) -> pl.Expr:
    """Return a column of IMEIs or ids as texts: numbers as their digits, where these are exact.

    Such numbers come of whole numbers that went through something which knows none. IMEIs of
    other types become texts that name the type: they decide nothing, and stop no table. Booleans
    become the codes that yes and no stand for, where they do.
    """
    words = dict(field.synonyms)
    if dtype == pl.Boolean and {_YES, _NO} <= words.keys():
        return pl.when(column).then(pl.lit(words[_YES])).when(~column).then(pl.lit(words[_NO]))
    if field.type != "text" or isinstance(dtype, TEXTS) or dtype.is_integer():
        return column
    if dtype.is_float() or dtype.is_decimal():
        sound = column.fill_nan(None) if dtype.is_float() else column
        whole = sound.cast(pl.Int64, strict=False)
        most = _MOST_EXACT.get(str(dtype), 10**18)
        exact = (whole == sound) & whole.is_between(-most, most)
        return pl.when(exact).then(whole.cast(pl.String)).otherwise(sound.cast(pl.String))
    if field.name == ID:
        return column
    return pl.when(column.is_not_null()).then(pl.lit(str(Reason("input.value_of", type=dtype))))


def _listed(columns: Iterable[str]) -> Reason:
    """Return the columns there are, as the end of a sentence."""
    names = list(columns)
    if not names:
        return Reason("table.has_none")
    more = "" if len(names) <= _MOST_NAMED else " …"
    return Reason("table.has", names=map(shown, names[:_MOST_NAMED]), more=more)
