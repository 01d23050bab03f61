"""The regulation since Decree 778: 消费者权益保护法实施条例施行后的移动电话机三包规定.

The State Council's decree, in force since 2024-07-01, stands above the regulation of 2001. Art. 18
lets the period run from delivery, keeps the trader's repair time out of the terms of return,
exchange and repair, and refunds the price really paid where the trader proves another than the
invoice says. It names no other change and reaches back to nothing: goods delivered before that
day, and claims of before it, stay under the version of 2001.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, TypeVar

from sanbao.policies.instruments import DECREE_778_ART_18, LAW
from sanbao.policies.mobile_2001 import DECREE_778, MOBILE_2001
from sanbao.rules.conditions import Period, Window, leaves
from sanbao.rules.policy import Bar, Counting, Policy, Right

__all__ = ["MOBILE_2024"]

_Rule = TypeVar("_Rule", Bar, Right)


def _under_the_decree(rule: _Rule) -> _Rule:
    """Return a rule that cites the decree where it counts days or refunds a price by the rule."""
    counts = any(isinstance(leaf, Window | Period) for leaf in leaves(rule.when))
    pays = rule.cites[0].law == LAW and getattr(rule, "refund", None) is not None
    if counts or pays:
        return replace(rule, cites=(*rule.cites, DECREE_778_ART_18))
    return rule


MOBILE_2024: Final[Policy] = replace(
    MOBILE_2001,
    version="2024-07-01",
    in_force_from=DECREE_778,
    in_force_to=None,
    counting=Counting(period_from="delivered", windows_stretch=True, refund_price="paid"),
    bars=tuple(map(_under_the_decree, MOBILE_2001.bars)),
    rights=tuple(map(_under_the_decree, MOBILE_2001.rights)),
    source=f"{MOBILE_2001.source}; 中华人民共和国国务院令第778号",
)
"""The regulation for goods delivered and claimed for from 2024-07-01 on."""
