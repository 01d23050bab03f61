"""Why a paper is refused, in both languages: 拒收的理由.

A message by its code without the group (``paper.``): (Chinese, English), with the same
placeholders. Codes stay; wording may change (:class:`sanbao.base.errors.Reason`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["REFUSALS"]

REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "blank": (
        "为空白；单据上没有的，不要写",
        "is blank; leave it out where the paper shows nothing",
    ),
    "digits": (
        "必须照单据写数字，至多20位",
        "must be the digits as the paper shows them, 20 at most",
    ),
    "no_accessories": (
        "写明没有附件，却列出了附件",
        "says there are none, but accessories are listed",
    ),
    "one_line": (
        "必须是一行文本，不含控制字符",
        "must be one line of text without control characters",
    ),
    "text": ("必须是文本，加引号", "must be text, in quotes"),
}
