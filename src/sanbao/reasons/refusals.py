"""Why a question to a decision is refused, in both languages: 拒收的理由.

A message by its code without the group (``answer.``): (Chinese, English), with the same
placeholders. Codes stay; wording may change (:class:`sanbao.base.errors.Reason`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["REFUSALS"]

REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "available": ("可以获得；{choices}", "is available; {choices}"),
    "changes": ("必须是由路径和值组成的对象", "must be an object of paths and values"),
    "choices": ("不可获得的：{names}", "not available: {names}"),
    "day_range": ("必须是{first}{to}的日期", "must be a day from {first} {to}"),
    "not_available": ("不可获得；可获得的：{names}", "is not available; available: {names}"),
    "other_remedy": ("必须是另一种救济", "must be another remedy"),
}
