"""Frozen objects as plain data and canonical JSON: 规范 JSON.

Dates become ISO strings, money and rates decimal strings, tuples lists. Canonical means
sorted keys and no spaces, so that equal objects give equal bytes.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final

__all__ = ["Record", "canonical_json", "digest", "plain"]


class Record:
    """The base of frozen dataclasses that go to JSON and back.

    Unknown keys are refused on the way in. Equality, hash and ``repr`` are shared rather
    than generated for every class, which a program that starts for one claim would pay for.
    """

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}

    def _values(self) -> dict[str, Any]:
        names = self.__dataclass_fields__  # type: ignore[attr-defined]
        return {name: getattr(self, name) for name in names}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Record) or type(other) is not type(self):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), *self._values().values()))

    def __repr__(self) -> str:
        parts = ", ".join(f"{name}={value!r}" for name, value in self._values().items())
        return f"{type(self).__name__}({parts})"


_AS_IT_IS: Final = frozenset({str, int, bool, float, type(None)})


def plain(value: Any) -> Any:
    """Return ``value`` as what JSON knows: objects, lists, strings, numbers, null."""
    if type(value) in _AS_IT_IS:
        return value
    names = getattr(value, "__dataclass_fields__", None)
    if names is not None:
        return {name: plain(getattr(value, name)) for name in names}
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", exclude_none=True)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return [plain(part) for part in value]


def canonical_json(value: Any) -> str:
    """Return the canonical JSON of ``value``."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text: str) -> str:
    """Return the SHA-256 of ``text`` in UTF-8 as hexadecimal digits."""
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()
