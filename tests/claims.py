"""Claims for tests, each written as what differs from an ordinary one.

The ordinary claim: goods sold on Monday 2025-03-03 with all papers, claimed on
2025-05-12, after the windows of 7 and 15 days (2025-03-10 and 2025-03-18) and inside
every period of the catalogue. A change is named by the last part of its path in the JSON
contract (``sold_on``, ``price``, ``symptom``), or by the whole path.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import sanbao
from sanbao.model.decision import Obligation

LAW: Final = "cn.mobile-2001"

_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "product": ("kind", "sold_in_mainland", "bought_with_phone", "imei", "used", "condition"),
    "purchase": (
        *("sold_on", "invoiced_on", "received_on", "price", "standalone_price"),
        *("paid_price", "province", "trader_province", "gift", "plan_bundled"),
    ),
    "evidence": ("invoice", "voucher", "manufactured_on", "activated_on"),
    "fault": (
        *("symptom", "cause", "cause_basis", "contested", "appeared_on", "found_unqualified"),
        *("detail", "battery_capacity"),
    ),
}
_PATHS: Final = {name: f"{part}.{name}" for part, names in _PARTS.items() for name in names}
_TOP: Final = ("claimed_on", "asked_on", "repairs", "exchanges", "same_model_in_stock", "request")

FULL: Final[dict[str, Any]] = {"invoice": "original", "voucher": "intact"}
PROVEN: Final[dict[str, Any]] = {"invoice": "copy", "voucher": "lost"}
NOTHING: Final[dict[str, Any]] = {"invoice": "none", "voucher": "lost"}
FACTORY: Final[dict[str, Any]] = {**NOTHING, "manufactured_on": "2024-12-03"}
"""Papers lost; day 90 after the factory date is the ordinary sale date, 2025-03-03."""

MISUSED: Final[dict[str, Any]] = {"cause": "liquid", "cause_basis": "report"}
"""A ground of art. 24 that an authorised repairer has established."""

ACCESSORIES: Final[dict[str, str]] = {
    "battery": "battery_fault",
    "charger": "charger_fault",
    "wired_earphone": "earphone_fault",
    "terminal_card": "terminal_card_fault",
    "data_card": "data_card_fault",
}
"""Each accessory with the fault that Appendix 3 lists for it."""

MAIN_UNITS: Final = ("handset", "vehicle_phone", "fixed_station_phone")


def day(text: str) -> date:
    """Return the date written ``YYYY-MM-DD``."""
    return date.fromisoformat(text)


def days_after(text: str, days: int) -> str:
    """Return the day so many days after another, both written ``YYYY-MM-DD``."""
    return (day(text) + timedelta(days)).isoformat()


def goods(kind: str, symptom: str | None, /, **changes: Any) -> dict[str, Any]:
    """Return the ordinary claim for goods of this kind, with these changes."""
    claim: dict[str, Any] = {
        "claimed_on": "2025-05-12",
        "product": {"kind": kind},
        "purchase": {"sold_on": "2025-03-03", "price": "3000.00"},
        "evidence": dict(FULL),
        "fault": {"symptom": symptom, "cause": "defect"},
    }
    for name, value in changes.items():
        path = _PATHS.get(name, name)
        part, dot, field = path.partition(".")
        if dot and part in _PARTS and field in _PARTS[part]:
            claim[part][field] = value
        elif path in _TOP:
            claim[path] = value
        else:
            raise KeyError(f"no part of a claim: {name}")
    return claim


def handset(**changes: Any) -> dict[str, Any]:
    """Return the claim for a hand-held phone whose screen is blank."""
    return goods("handset", "screen_fault", **changes)


def accessory(kind: str, /, **changes: Any) -> dict[str, Any]:
    """Return the claim for an accessory, bought alone, with the fault listed for it."""
    ordinary = {"price": "120.00", "bought_with_phone": False}
    return goods(kind, ACCESSORIES[kind], **(ordinary | changes))


def battery(**changes: Any) -> dict[str, Any]:
    """Return the claim for a battery, bought alone."""
    return accessory("battery", **changes)


def charger(**changes: Any) -> dict[str, Any]:
    """Return the claim for a charger, bought alone."""
    return accessory("charger", **changes)


def repair(handed_in_on: str, handed_back_on: str | None = None, **more: Any) -> dict[str, Any]:
    """Return one repair; without a day handed back it is still open."""
    return {"handed_in_on": handed_in_on, "handed_back_on": handed_back_on, **more}


def exchange(exchanged_on: str) -> dict[str, Any]:
    """Return one exchange."""
    return {"exchanged_on": exchanged_on}


TWO_REPAIRS: Final = (repair("2025-03-20", "2025-03-21"), repair("2025-04-07", "2025-04-09"))
"""Two finished repairs of the ordinary phone: 2 + 3 days, both ends counted."""

TWO_EXCHANGES: Final = (exchange("2025-03-20"), exchange("2025-04-07"))
"""Two exchanges of the ordinary goods, the last on Monday 2025-04-07."""


def duties(claim: Mapping[str, Any]) -> dict[str, Obligation]:
    """Return the obligations of the decision on ``claim`` by their id."""
    return {duty.id: duty for duty in sanbao.decide(claim).obligations}


def cited(rule: str, claim: Mapping[str, Any] | None = None) -> set[str]:
    """Return what the finding on ``rule`` cites, in the form ``cn.mobile-2001 art. 24(4)``."""
    finding = sanbao.decide(handset() if claim is None else claim).finding(rule)
    return {str(citation) for citation in finding.citations}
