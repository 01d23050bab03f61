"""Frozen objects as plain data and canonical JSON: 规范 JSON.

Dates become ISO strings, money and rates decimal strings, tuples lists. Canonical means
sorted keys and no spaces, so that equal objects give equal bytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

__all__ = ["canonical_json", "digest", "plain"]


def plain(value: Any) -> Any:
    """Return ``value`` as what JSON knows: objects, lists, strings, numbers, null."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return value


def canonical_json(value: Any) -> str:
    """Return the canonical JSON of ``value``."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(text: str) -> str:
    """Return the SHA-256 of ``text`` in UTF-8 as hexadecimal digits."""
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()
