"""Which articles each contested reading is about: 争议条款.

What the question is, what each value means and where it comes from are words, and stand in
:mod:`sanbao.explain.words.readings` and ``sources``. The articles are data: whoever reports that a
decision hangs on a reading cites them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sanbao.model.citation import Citation
from sanbao.policies.instruments import (
    DECREE_778_ART_18,
    appendix,
    art,
    civil_code,
    consumer_law,
    consumer_law_1993,
)

__all__ = ["READING_ARTICLES"]

_WINDOWS: Final = (art(11), art(12))

READING_ARTICLES: Final[Mapping[str, tuple[Citation, ...]]] = MappingProxyType(
    {
        "first_day": (*_WINDOWS, art(8), civil_code(201), civil_code(204)),
        "window_end": (*_WINDOWS, art(8), civil_code(203)),
        "rest_days": (art(8), civil_code(203)),
        "two_repairs": (art(13),),
        "repair_proof": (art(13), art(6), appendix(2)),
        "windows_after_exchange": (*_WINDOWS, art(21)),
        "depreciation_start": (art(19), art(21)),
        "refund_papers": (art(9), art(11), art(14)),
        "repair_end": (art(8), art(19)),
        "repair_days": (art(8), art(19)),
        "depreciation_days": (art(19), civil_code(201)),
        "window_start": (*_WINDOWS, civil_code(512)),
        "repair_guarantee": (art(10),),
        "depreciation": (art(19), appendix(1)),
        "rounding": (art(19),),
        "period_start": (art(8), DECREE_778_ART_18),
        "repair_time_in_windows": (*_WINDOWS, DECREE_778_ART_18),
        "window_day": (*_WINDOWS, art(8)),
        "returning_fault": (art(10), art(24, 1)),
        "burden_of_proof": (art(24), consumer_law(23)),
        "voucher_not_issued": (art(9), art(5)),
        "built_in_battery": (appendix(1), art(14)),
        "software_repair": (art(13),),
        "two_repairs_remedy": (art(13), consumer_law_1993(45)),
        "second_hand": (art(2),),
    }
)
"""The articles of every reading, those of the regulation first."""
