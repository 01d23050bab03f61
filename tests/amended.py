"""Made-up amendments of the regulation for tests, for goods sold from 2024-07-01.

``AMENDED`` gives 10 days instead of 7 in art. 11, and nothing else. ``RENEWED`` changes a
little of everything a version can change: periods, money, papers, bars, rights and duties.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sanbao.policies import MOBILE_2001
from sanbao.policies.mobile_2001 import TERMS
from sanbao.rules.conditions import AllOf, AnyOf, Condition, Not, Owed, Window, fact
from sanbao.rules.policy import Policy
from sanbao.rules.versions import Versions

__all__ = ["AMENDED", "FROM", "NEW", "OLD", "RENEWED", "with_window"]

FROM: Final = date(2024, 7, 1)

OLD: Final = MOBILE_2001


def with_window(condition: Condition, before: int, days: int) -> Condition:
    """Return a condition with windows of ``days`` instead of ``before``."""
    match condition:
        case AllOf(of=parts) | AnyOf(of=parts):
            return type(condition)(tuple(with_window(part, before, days) for part in parts))
        case Not(of=part):
            return Not(with_window(part, before, days))
        case Window(days=number) if number == before:
            return replace(condition, days=days)
        case _:
            return condition


def _version(**changes: Any) -> Policy:
    """Return a version that follows the one of 2001 and counts as that one does."""
    return replace(
        MOBILE_2001, version="2024-07-01", in_force_from=FROM, in_force_to=None, **changes
    )


NEW: Final = _version(
    rights=tuple(
        replace(right, when=with_window(right.when, 7, 10)) for right in MOBILE_2001.rights
    )
)

AMENDED: Final = Versions((OLD, NEW))


def _renewed_right(right: Any) -> Any:
    match right.id:
        case "art11.refund":
            return replace(right, refund="less_depreciation")
        case "art12.exchange":
            new = TERMS["faulty_unit"] & Window("windows_start", 21) & ~TERMS["inside_7_days"]
            return replace(right, id="art12.swap", when=new & fact("complete").is_(True))
        case "art18.refund" | "art19.refund":
            return replace(right, when=_swapped(right.when))
        case "art10.repair":
            return replace(right, owed_by="seller")
        case "cpl54.refund":
            left = tuple(one for one in right.despite if one != "art24.opened")
            return replace(right, despite=left)
        case _:
            return right


def _swapped(condition: Any) -> Any:
    match condition:
        case AllOf(of=parts):
            return AllOf(tuple(map(_swapped, parts)))
        case Not(of=part):
            return Not(_swapped(part))
        case Owed(rules=rules):
            return Owed(tuple("art12.swap" if one == "art12.exchange" else one for one in rules))
        case _:
            return condition


RENEWED: Final = Versions(
    (
        OLD,
        _version(
            factory_days=30,
            sound_capacity=70,
            catalogue=tuple(
                replace(line, months=line.months + 6, daily_rate=Decimal("0.002"))
                if line.kind != "charger"
                else line
                for line in MOBILE_2001.catalogue
                if line.kind != "data_card"
            ),
            bars=tuple(bar for bar in MOBILE_2001.bars if bar.id != "art24.opened"),
            grades=tuple(
                replace(grade, carries=("refund", "exchange", "repair"))
                if grade.id == "art9.proven"
                else grade
                for grade in MOBILE_2001.grades
            ),
            rights=tuple(map(_renewed_right, MOBILE_2001.rights)),
            preference=tuple(
                "art12.swap" if rule == "art12.exchange" else rule
                for rule in MOBILE_2001.preference
            ),
            obligations=tuple(
                replace(duty, days=4) if duty.id == "art15.loaner" else duty
                for duty in MOBILE_2001.obligations
                if duty.id != "art23.gift"
            ),
            articles=(),
        ),
    )
)
