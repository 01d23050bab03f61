"""The columns of a table of claims: 申请表的列.

One row is one claim. A column is named as the field of the JSON contract that it holds,
without the part of the claim it stands in: ``product.kind`` is the column ``kind``. Repairs
and exchanges are lists in the row, or tables of their own that name the claim.

All of it but the words for codes is read off the register of fields
(:mod:`sanbao.model.fields`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple, get_args

import polars as pl

from sanbao.explain.words.catalogue import has, say
from sanbao.explain.words.codes import SHORT_NAMES
from sanbao.model.codes import Outcome
from sanbao.model.fields import ClaimField, FieldType, fields_in
from sanbao.policies.mobile_synonyms import SYNONYMS

__all__ = [
    "CLAIM",
    "COLUMNS",
    "EXCHANGE",
    "ID",
    "MONEY",
    "OUTCOMES",
    "REPAIR",
    "RESULTS",
    "TEXTS",
    "Columns",
    "Field",
    "describe",
]

ID: Final = "claim_id"
"""The column that names a claim; needed where repairs or exchanges are tables of their own."""

_NAMES: Final = ("申请编号", "申请单号", "工单号", "单号")


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table of claims: 列定义.

    ``name`` is the name of the column, ``path`` that of the field in the JSON contract,
    ``codes`` are the values of a code. ``default`` is what an empty cell means where it does
    not mean *not known*. ``names`` are further names under which the column is recognised,
    ``words`` the Chinese words taken for its codes, one each, ``synonyms`` further words with
    the code each stands for.
    """

    name: str
    path: str
    type: FieldType
    required: bool = False
    default: bool | str | None = None
    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, str], ...] = ()


def _field(field: ClaimField) -> Field:
    name, path = field.name, field.within
    labels = tuple(_label(name, code) for code in field.codes)
    names = (*field.columns, *([path] if path != name else []))
    places = tuple((SHORT_NAMES[code], code) for code in field.codes if code in SHORT_NAMES)
    words = (labels, (*places, *SYNONYMS.get(field.path, ())))
    return Field(name, path, field.type, field.required, field.absent, field.codes, names, *words)


def _label(name: str, code: str) -> str:
    """Return the Chinese word for a code of a column, or nothing."""
    messages = (f"code.{name}.{code}", f"code.{code}")
    return next((say("zh", message) for message in messages if has(message)), "")


def _fields(part: str = "") -> dict[str, Field]:
    return {field.name: _field(field) for field in fields_in(part)}


CLAIM: Final[Mapping[str, Field]] = MappingProxyType(
    {
        ID: Field(ID, ID, "text", names=_NAMES),
        **_fields(),
    }
)
"""The columns of a table of claims, by name, in the order of the contract."""

MONEY: Final = frozenset(
    name for field in CLAIM.values() if field.type == "yuan" for name in (field.name, *field.names)
)
"""Every name under which a column of money is recognised."""

REPAIR: Final[Mapping[str, Field]] = MappingProxyType(_fields("repairs"))
"""The columns of a table of repairs, beside ``claim_id``; also the fields in a list of them."""

EXCHANGE: Final[Mapping[str, Field]] = MappingProxyType(_fields("exchanges"))
"""The columns of a table of exchanges, beside ``claim_id``."""


class Columns(NamedTuple):
    """The columns of a table of claims, and of tables of repairs and exchanges: 各表的列."""

    claim: Mapping[str, Field]
    repairs: Mapping[str, Field]
    exchanges: Mapping[str, Field]

    def with_codes(
        self, codes: Mapping[str, Iterable[str]], words: Mapping[str, Mapping[str, str]]
    ) -> Columns:
        """Return the same columns with further codes of some, and Chinese words for codes.

        The words that every table takes keep their meaning.
        """

        def widened(field: Field) -> Field:
            own = [code for code in codes.get(field.name, ()) if code not in field.codes]
            told = words.get(field.name, {}).items()
            new = tuple((word, code) for word, code in told if word not in field.words)
            if not (own or new):
                return field
            return replace(
                field,
                codes=(*field.codes, *own),
                words=(*field.words, *[""] * len(own)),
                synonyms=(*field.synonyms, *new),
            )

        return Columns(*({name: widened(one) for name, one in part.items()} for part in self))


COLUMNS: Final = Columns(CLAIM, REPAIR, EXCHANGE)
"""The columns where no law brings codes of its own."""

RESULTS: Final[Mapping[str, pl.DataType]] = MappingProxyType(
    {
        "outcome": pl.String(),
        "rule": pl.String(),
        "policy": pl.String(),
        "articles": pl.String(),
        "payable": pl.Decimal(38, 2),
        "fee": pl.Decimal(38, 2),
        "period_ends_on": pl.Date(),
        "provisional": pl.Boolean(),
        "depends_on_reading": pl.String(),
        "error": pl.String(),
    }
)
"""The columns that deciding adds, with their types."""

OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
"""What stands in the column ``outcome``, strongest first."""

TEXTS: Final = (pl.String, pl.Categorical, pl.Enum, pl.Null)
"""The types of columns that can hold texts."""


@cache
def describe() -> str:
    """Return the schema of the tables as JSON, for machines: 表结构说明."""
    tables: dict[str, Any] = {
        "claims": [asdict(field) for field in CLAIM.values()],
        "repairs": [asdict(field) for field in REPAIR.values()],
        "exchanges": [asdict(field) for field in EXCHANGE.values()],
        "results": [{"name": name, "type": _name_of(dtype)} for name, dtype in RESULTS.items()],
    }
    return json.dumps(tables, ensure_ascii=False, indent=2)


def _name_of(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Decimal):
        return f"Decimal({dtype.precision}, {dtype.scale})"
    return str(dtype)
