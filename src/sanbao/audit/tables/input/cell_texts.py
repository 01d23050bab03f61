"""Cells as texts: 单元格的文字.

Files and tables of mixed objects hold their cells as texts, each as JSON would write it.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from sanbao.base.errors import Reason

__all__ = ["FLOATS", "WHITE", "cell_of"]

FLOATS: Final = Reason("claim.money_float")
"""What is wrong with money that came as such a number."""

WHITE: Final = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""Blanks, as Unicode has them (White_Space); a cell that holds nothing else states nothing."""


def cell_of(value: Any) -> str | None:
    """Return a value as the text of a cell; null where there is none.

    A day is written as the JSON contract writes it, and so is a time at midnight. What no text
    can hold is escaped.

    >>> [cell_of(one) for one in (date(2025, 7, 4), datetime(2025, 7, 4), 79, True, ["a"])]
    ['2025-07-04', '2025-07-04', '79', 'true', '["a"]']
    """
    text = _text(value)
    if text is None or text.isascii():
        return text
    return text.encode("utf-8", "backslashreplace").decode()


def _text(value: Any) -> str | None:
    match value:
        case None | str():
            return value
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f") if value.is_finite() else str(value)
        case bool() | int() | float() | list() | tuple() | dict():
            return json.dumps(value, ensure_ascii=False, default=cell_of)
        case _:
            return str(value)
