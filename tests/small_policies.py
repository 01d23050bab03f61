"""Small policies: one or two rights for handsets alone; what they give can be read off."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from sanbao import MOBILE_2001
from sanbao.rules.conditions import AllOf, Condition, fact
from sanbao.rules.policy import Exclusion, Grade, Policy, Right

CITES: Final = MOBILE_2001.rights[0].cites
ALL_KINDS: Final = ("refund", "exchange", "repair")
NO_HANDSET: Final = Exclusion("art2.catalogue", ~fact("kind").listed_as("kind"), CITES)
ANY_PAPERS: Final = Grade("art9.any", AllOf(()), "papers", ALL_KINDS, CITES)
BY_FACTORY_DATE: Final = (
    Grade("art9.dated", fact("factory_dated").is_(True), "factory", ALL_KINDS, CITES),
    Grade("art9.other", fact("factory_dated").is_(False), "papers", ALL_KINDS, CITES),
)
INSIDE: Final = fact("period_start").within_period(extended_by="repair_time")
WITHIN_7: Final = fact("windows_start").within_window(days=7)
WITHIN_15: Final = fact("windows_start").within_window(days=15)


def small(name: str, *rights: Right, **changes: Any) -> Policy:
    """Return a policy that gives these rights for handsets, with whatever papers."""
    parts: dict[str, Any] = {
        "catalogue": tuple(line for line in MOBILE_2001.catalogue if line.kind == "handset"),
        "grades": (ANY_PAPERS,),
        "exclusions": (NO_HANDSET,),
        "bars": (),
        "obligations": (),
        "articles": (),
    }
    preference = tuple(right.id for right in rights)
    return replace(MOBILE_2001, id=name, rights=rights, preference=preference, **(parts | changes))


def exchange(when: Condition, name: str = "art11.exchange") -> Right:
    return Right(name, "exchange", "seller", when, "exchange", CITES)


def repair(when: Condition, name: str = "art10.repair") -> Right:
    return Right(name, "free_repair", "repairer", when, "repair", CITES)


def refund(when: Condition, basis: Any = "in_full", name: str = "art11.refund") -> Right:
    return Right(name, "refund", "seller", when, "refund", CITES, refund=basis)
