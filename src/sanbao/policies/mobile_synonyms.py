"""What people write for the codes of the mobile-phone regulation: 代码的同义词.

Beside the words that reports say (:mod:`sanbao.explain.words.codes`), for the cells of tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["SYNONYMS"]

_WEAR: Final = (("磨损", "wear"), ("外观", "wear"), ("外观问题", "wear"))

SYNONYMS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "product.condition": (
        ("全新", "new"),
        ("二手机", "second_hand"),
        ("否", "new"),
        ("是", "second_hand"),
    ),
    "evidence.invoice": (("订单记录", "other"), ("付款记录", "other")),
    "evidence.voucher": (
        ("未出具", "not_issued"),
        ("未开具", "not_issued"),
        ("未发放", "not_issued"),
    ),
    "fault.symptom": _WEAR,
    "repairs.symptom": _WEAR,
    "fault.cause_basis": (("质检鉴定", "inspection"), ("法定检验", "inspection")),
}
"""Chinese words for the codes of a field, by its path: each word with its code."""
