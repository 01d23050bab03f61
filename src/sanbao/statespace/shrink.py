"""Shrinking a claim that shows something to the simplest that does: 最简申请."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from sanbao.model.claim import Claim
from sanbao.model.claim_row import ClaimRow
from sanbao.model.codes import NOT_STATED, NOTHING

__all__ = ["claim_of", "shrink"]


_FIELDS: Final[Mapping[str, str]] = {
    "product": "kind sold_in_mainland bought_with_phone complete housing_worn used condition",
    "purchase": "sold_on invoiced_on received_on price standalone_price paid_price gift"
    " plan_bundled",
    "evidence": "invoice voucher manufactured_on",
    "fault": "symptom cause cause_basis battery_capacity contested appeared_on found_unqualified"
    " detail confirmed",
}
"""The fields of a claim that a record states, but for those of the claim itself."""

_REPAIR: Final = (
    "handed_in_on ready_on notified_on handed_back_on symptom recorded under_guarantee"
    " software_only delay"
)


def claim_of(row: ClaimRow) -> Claim:
    """Return the claim that states this."""
    record: dict[str, Any] = {
        **row._asdict(),
        "manufactured": row.made,
        "condition": "second_hand" if row.second_hand else "new",
    }
    if row.cause == NOT_STATED:
        record |= {"cause": None, "cause_basis": None}
    return Claim.model_validate(
        {
            **{group: _data(names.split(), record) for group, names in _FIELDS.items()},
            **_data(("claimed_on", "asked_on", "same_model_in_stock"), record),
            "repairs": [_data(_REPAIR.split(), repair._asdict()) for repair in row.repairs],
            "exchanges": [_data(("exchanged_on",), {"exchanged": day}) for day in row.exchanges],
            **({} if row.request == NOTHING else {"request": row.request}),
        }
    )


def _data(names: Iterable[str], record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a claim with these names so far as they are known, days as dates."""
    data = {}
    for name in names:
        value = record[name.removesuffix("_on")]
        if value is not None:
            data[name] = date.fromordinal(value) if name.endswith("_on") else value
    return data


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
"""Fields that a claim may lack, in the order in which it is tried without them."""


def shrink(claim: Claim, shows: Callable[[Claim], bool]) -> Claim:
    """Return ``claim`` without the fields that it ``shows`` the same without."""
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
