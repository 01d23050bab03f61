"""Shrinking a claim that shows something to the simplest that does: 最简申请."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from sanbao.model.claim import Claim
from sanbao.model.claim_row import ClaimRow, RepairRow
from sanbao.model.fields import fields_in

__all__ = ["claim_of", "shrink"]


def claim_of(row: ClaimRow) -> Claim:
    """Return the claim that states this."""
    stated = _stated(row)
    if "fault.cause" not in stated:
        del stated["fault.cause_basis"]
    data: dict[str, Any] = {}
    for path, value in stated.items():
        part, _, name = path.rpartition(".")
        (data.setdefault(part, {}) if part else data)[name] = value
    return Claim.model_validate(data)


def _stated(row: ClaimRow | RepairRow, part: str = "") -> dict[str, Any]:
    """Return what a row says of fields, by their path: days as dates, nothing of what is open."""
    found: dict[str, Any] = {}
    for field in fields_in(part):
        value = getattr(row, field.row) if field.row else None
        match field.type:
            case _ if value is None:
                continue
            case "date":
                value = date.fromordinal(value)
            case "code" if field.whether:
                value = field.whether if value else field.default
            case "code" if value == field.default and value not in field.codes:
                continue
            case "list" if field.path == "repairs":
                value = [_stated(one, "repairs") for one in value]
            case "list":
                value = [{"exchanged_on": date.fromordinal(day)} for day in value]
        found[field.within] = value
    return found


_MAY_BE_LEFT_OUT: Final = sorted(
    (field for field in fields_in() if field.left_out is not None),
    key=lambda field: field.left_out or 0,
)
"""Fields that a claim may lack, in the order in which it is tried without them."""


def shrink(claim: Claim, shows: Callable[[Claim], bool]) -> Claim:
    """Return ``claim`` without the fields that it ``shows`` the same without."""
    for field in _MAY_BE_LEFT_OUT:
        shorter = _without(claim, field.path)
        if shorter is not None and shows(shorter):
            claim = shorter
    return claim


def _without(claim: Claim, path: str) -> Claim | None:
    """Return ``claim`` without a field that it has and that may be missing."""
    data = claim.model_dump(mode="json", exclude_none=True)
    part, _, name = path.rpartition(".")
    place = data[part] if part else data
    if name not in place:
        return None
    del place[name]
    return Claim.model_validate(data)
