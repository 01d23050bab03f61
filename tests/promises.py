"""Made-up commitments for tests, each the regulation with something changed.

``LONGER`` promises more, ``STRICTER`` less, ``CHEAPER`` other money, ``WIDER`` new rights and
goods, ``KINDER`` papers and bars that the regulation does not have.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sanbao.policies import MOBILE_2001
from sanbao.policies.instruments import art
from sanbao.policies.mobile_2001 import TERMS
from sanbao.rules.conditions import Under, Window, fact
from sanbao.rules.policy import Obligation, Policy, Right

__all__ = ["ALL", "CHEAPER", "KINDER", "LONGER", "STRICTER", "WIDER", "promise"]


def promise(name: str, **changes: Any) -> Policy:
    """Return a commitment that says what the regulation does, but for ``changes``."""
    ordinary: dict[str, Any] = {
        "id": name,
        "version": "1",
        "kind": "commitment",
        "beside": MOBILE_2001.id,
        "in_force_to": None,
        "title_zh": f"测试承诺{name}",
        "title_en": f"Test promise {name}",
        "source": "made up",
        "read_on": date(2026, 1, 1),
        "articles": (),
    }
    return replace(MOBILE_2001, **(ordinary | changes))


def _with(rule: str, **changes: Any) -> tuple[Right, ...]:
    return tuple(
        replace(right, **changes) if right.id == rule else right for right in MOBILE_2001.rights
    )


_THIRTY: Final = TERMS["faulty_unit"] & Window("windows_start", 30) & ~TERMS["inside_7_days"]

LONGER: Final = promise(
    "longer",
    in_force_from=date(2010, 1, 1),
    rights=_with("art12.exchange", when=_THIRTY, title=("三十日内换货", "exchange in 30 days")),
)

_UNWORN: Final = fact("housing_worn").is_(False) & fact("confirmed").is_(True)

STRICTER: Final = promise(
    "stricter",
    readings=(Under("first_day", "same_day"),),
    rights=tuple(
        replace(right, when=right.when & _UNWORN)
        if right.id in ("art11.refund", "art11.exchange", "art12.exchange")
        else right
        for right in MOBILE_2001.rights
    ),
)

CHEAPER: Final = promise(
    "cheaper",
    readings=(Under("window_start", "sold"),),
    catalogue=tuple(
        replace(line, daily_rate=line.daily_rate and Decimal("0.0025"))
        for line in MOBILE_2001.catalogue
    ),
    obligations=(
        *MOBILE_2001.obligations,
        Obligation(
            "promise.in_15_days",
            (art(4),),
            ("exchange",),
            after="claimed_on",
            days=15,
            title=("十五日内换货到位", "the exchange is carried out within 15 days"),
        ),
        Obligation(
            "promise.calls",
            (art(4),),
            ("exchange", "free_repair"),
        ),
    ),
)

_REPAIRED: Final = Right(
    "promise.repair",
    "free_repair",
    "repairer",
    TERMS["faulty_accessory"] & TERMS["inside_period"],
    "repair",
    (art(4),),
)
_AT_ONCE: Final = Right(
    "promise.refund",
    "refund",
    "seller",
    TERMS["faulty_unit"] & Window("windows_start", 20) & fact("complete").is_(True),
    "exchange",
    (art(4),),
    refund="less_depreciation",
    title=("二十日内退货", "refund in 20 days"),
)

WIDER: Final = promise(
    "wider",
    catalogue=tuple(
        replace(line, months=24) if line.kind == "charger" else line
        for line in MOBILE_2001.catalogue
    ),
    rights=(*MOBILE_2001.rights, _REPAIRED, _AT_ONCE),
    preference=(
        *MOBILE_2001.preference[:-2],
        "promise.refund",
        *MOBILE_2001.preference[-2:],
        "promise.repair",
    ),
    obligations=tuple(
        replace(duty, when=fact("under_repair").is_(True), after=None, days=0)
        if duty.id == "art15.loaner"
        else duty
        for duty in MOBILE_2001.obligations
    ),
)

_UNBARRED: Final = ("art24.voucher", "art24.opened", "app3.network")

KINDER: Final = promise(
    "kinder",
    bars=tuple(bar for bar in MOBILE_2001.bars if bar.id not in _UNBARRED),
    exclusions=tuple(one for one in MOBILE_2001.exclusions if one.id not in _UNBARRED),
    rights=tuple(
        replace(right, despite=tuple(one for one in right.despite if one not in _UNBARRED))
        for right in MOBILE_2001.rights
    ),
    factory_days=200,
    grades=tuple(
        replace(grade, carries=("refund", "exchange", "repair"))
        if grade.id == "art9.proven"
        else grade
        for grade in MOBILE_2001.grades
    ),
)

ALL: Final = (LONGER, STRICTER, CHEAPER, WIDER, KINDER)
