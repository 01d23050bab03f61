"""A real claim with nothing in it that need not be there: 最简申请."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from sanbao.model.claim import Claim
from sanbao.model.claim_row import Stated, StatedRepair
from sanbao.model.codes import NOT_STATED, NOTHING

__all__ = ["claim_of", "shrink"]


def claim_of(stated: Stated) -> Claim:
    """Return the claim that states this."""
    return Claim.model_validate(_filled(_data(stated)))


def _data(stated: Stated) -> dict[str, Any]:
    caused = stated.cause != NOT_STATED
    return {
        "claimed_on": _day(stated.claimed),
        "asked_on": _day(stated.asked),
        "product": {
            "kind": stated.kind,
            "sold_in_mainland": stated.sold_in_mainland,
            "bought_with_phone": stated.bought_with_phone,
            "complete": stated.complete,
            "housing_worn": stated.housing_worn,
            "used": stated.used,
            "condition": "second_hand" if stated.second_hand else "new",
        },
        "purchase": {
            "sold_on": _day(stated.sold),
            "invoiced_on": _day(stated.invoiced),
            "received_on": _day(stated.received),
            "price": stated.price,
            "standalone_price": stated.standalone_price,
            "paid_price": stated.paid_price,
            "gift": stated.gift,
            "plan_bundled": stated.plan_bundled,
        },
        "evidence": {
            "invoice": stated.invoice,
            "voucher": stated.voucher,
            "manufactured_on": _day(stated.made),
        },
        "fault": {
            "symptom": stated.symptom,
            "cause": stated.cause if caused else None,
            "cause_basis": stated.cause_basis if caused else None,
            "battery_capacity": stated.battery_capacity,
            "contested": stated.contested,
            "appeared_on": _day(stated.appeared),
            "found_unqualified": stated.found_unqualified,
            "detail": stated.detail,
            "confirmed": stated.confirmed,
        },
        "repairs": [_repair(repair) for repair in stated.repairs],
        "exchanges": [{"exchanged_on": _day(day)} for day in stated.exchanges],
        "same_model_in_stock": stated.same_model_in_stock,
        "request": None if stated.request == NOTHING else stated.request,
    }


def _repair(repair: StatedRepair) -> dict[str, Any]:
    return {
        "handed_in_on": _day(repair.handed_in),
        "ready_on": _day(repair.ready),
        "notified_on": _day(repair.notified),
        "handed_back_on": _day(repair.handed_back),
        "symptom": repair.symptom,
        "recorded": repair.recorded,
        "under_guarantee": repair.under_guarantee,
        "software_only": repair.software_only,
        "delay": repair.delay,
    }


def _day(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)


def _filled(value: Any) -> Any:
    """Return data without what is not known."""
    if isinstance(value, dict):
        return {key: _filled(part) for key, part in value.items() if part is not None}
    return [_filled(part) for part in value] if isinstance(value, list) else value


_MAY_BE_LEFT_OUT: Final = (
    ("purchase", "standalone_price"),
    ("product", "bought_with_phone"),
    ("product", "complete"),
    ("product", "housing_worn"),
    ("fault", "confirmed"),
    ("asked_on",),
    ("fault", "appeared_on"),
    ("purchase", "received_on"),
    ("purchase", "invoiced_on"),
    ("purchase", "paid_price"),
    ("evidence", "manufactured_on"),
    ("fault", "contested"),
    ("fault", "cause_basis"),
    ("fault", "cause"),
    ("fault", "detail"),
    ("same_model_in_stock",),
    ("request",),
    ("purchase", "price"),
)
"""Fields of a claim, the least telling first."""


def shrink(claim: Claim, shows: Callable[[Claim], bool]) -> Claim:
    """Return ``claim`` without all that can be left out and it still ``shows`` the same."""
    for path in _MAY_BE_LEFT_OUT:
        shorter = _without(claim, path)
        if shorter is not None and shows(shorter):
            claim = shorter
    return claim


def _without(claim: Claim, path: tuple[str, ...]) -> Claim | None:
    """Return ``claim`` without a field that it has and that may be missing."""
    data = claim.model_dump(mode="json", exclude_none=True)
    place = data
    for part in path[:-1]:
        place = place[part]
    if path[-1] not in place:
        return None
    del place[path[-1]]
    return Claim.model_validate(data)
