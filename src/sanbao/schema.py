"""What may come in and what comes out, as JSON Schema: 数据模式.

The schemas (draft 2020-12) are made from the models that read and write, by
``scripts/write_schemas.py``. ``validation`` describes what may come in: of a claim, a field
that may be absent may also be ``null``. ``serialization`` describes what ``to_json()`` writes:
of a claim, what is not known is absent; of everything else, every key is present.

A schema says which keys, types, codes and patterns there are. It cannot say what two
fields must be to each other (a sale is not after the claim) nor work out a check digit:
what it takes, the reader may still refuse. In a few places it is narrower than the reader,
as the JSON contract is: money and rates are decimal strings, never numbers, and days are
``YYYY-MM-DD``.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Final, Literal, TypeAlias, get_args

from sanbao.base.errors import ValidationError, suggestion

__all__ = ["MODES", "NAMES", "schema", "schema_text"]

Name: TypeAlias = Literal["claim", "decision", "policy", "comparison", "verification"]
Mode: TypeAlias = Literal["validation", "serialization"]

NAMES: Final[tuple[Name, ...]] = get_args(Name)
"""What there is a schema of."""

MODES: Final[tuple[Mode, ...]] = get_args(Mode)
"""What may come in, and what comes out."""


def schema(name: Name, mode: Mode = "validation") -> dict[str, Any]:
    """Return the JSON Schema of a claim, a decision, a policy or a report: 数据模式.

    ``mode`` is ``validation`` for what may come in, ``serialization`` for what comes out.
    Raises :class:`~sanbao.ValidationError` for a name or a mode there is none of.

    >>> schema("claim")["required"]
    ['claimed_on', 'product']
    """
    made: dict[str, Any] = json.loads(schema_text(name, mode))
    return made


def schema_text(name: Name, mode: Mode = "validation") -> str:
    """Return the same as JSON text.

    Raises :class:`~sanbao.ValidationError` for a name or a mode there is none of.
    """
    _check("schema", name, NAMES)
    _check("mode", mode, MODES)
    return (files("sanbao") / "schemas" / f"{name}.{mode}.json").read_text("utf-8")


def _check(field: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        reason = f"must be one of {', '.join(known)}{suggestion(value, known)}"
        raise ValidationError.of(field, value, reason)
