"""The data of a file as JSON has it: 文件数据.

TOML has dates, and numbers that are not whole; both formats hold whatever somebody typed. What
cannot be taken is reported, and something that can takes its place, so that the rest is read too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from sanbao.base.errors import Reason
from sanbao.base.renamed import RENAMED, renamed
from sanbao.rules.policy_file.diagnostics import Diagnostics, whole_number
from sanbao.rules.policy_file.source_map import Path

__all__ = ["Real", "as_json"]

_DATES: Final = ("in_force_from", "in_force_to", "read_on")
_SOME_DAY: Final = "2001-01-01"
"""What takes the place of a date that cannot be taken."""

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RATE: Final = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?")
_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Real:
    """A number that is not whole, as it was written: 小数."""

    written: str

    def __repr__(self) -> str:
        return self.written


def as_json(value: Any, diagnostics: Diagnostics, path: Path = ()) -> Any:
    """Return what is written at a path of a file as JSON has it."""
    if isinstance(value, dict):
        for key in value:
            if _is_unclean(key):
                diagnostics.report((*path, key), Reason("policy.unprinted"), key)
        return {key: as_json(part, diagnostics, (*path, key)) for key, part in value.items()}
    if isinstance(value, list):
        return [as_json(part, diagnostics, (*path, place)) for place, part in enumerate(value)]
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    plain, reason = _plain(value, key, is_date=len(path) == 1 and key in _DATES)
    if reason is not None:
        diagnostics.report(path, reason)
    return plain


def _plain(value: object, key: str, *, is_date: bool) -> tuple[object, Reason | None]:
    """Return one value as JSON has it, and what is wrong with it, if anything is."""
    if key == "daily_rate" and value is not None:
        return _rate(value)
    match value:
        case str() if _is_unclean(value):
            return "", Reason("policy.unprinted")
        case str() if is_date and not _DAY.fullmatch(value):
            return _SOME_DAY, Reason("input.date")
        case str():
            return RENAMED.get(value, value), renamed(value)  # so that nothing else is told of it
        case Real():
            return 0, whole_number(key)
        case datetime() | time():
            return _SOME_DAY, Reason("policy.date_no_time")
        case date():
            return value.isoformat(), None
        case _:
            return value, None


def _rate(value: object) -> tuple[str, Reason | None]:
    """Return a rate as a decimal text, exactly as it was written, and what is wrong with it."""
    if value == "none":
        return "none", None
    written = str(value).replace("_", "") if type(value) in (Real, int, str) else ""
    if not _RATE.fullmatch(written):
        return "0", Reason("policy.rate_form")
    rate = Decimal(written)
    if not 0 <= rate <= 1:
        return "0", Reason("policy.rate")
    return format(rate, "f"), None


def _is_unclean(text: str) -> bool:
    """Say whether a text holds what could rearrange the screen it is read on, or half a sign."""
    if text.isprintable():
        return False
    return any(
        sign in _BIDI
        or "\ud800" <= sign <= "\udfff"
        or (sign < " " and sign not in "\n\t\r")
        or "\x7f" <= sign < "\xa0"
        for sign in text
    )
