"""The register of claim fields says of every field what its model says, and nothing of others."""

from collections.abc import Iterator
from datetime import date
from typing import get_args

import pytest
from pydantic import BaseModel

from sanbao.model.claim import Claim
from sanbao.model.claim_row import ClaimRow, RepairRow
from sanbao.model.fields import FIELDS, ClaimField, fields_in


def _paths(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yield the path of every field of a model, and what it is where it is left out."""
    for name, info in model.model_fields.items():
        arms = [info.annotation, *get_args(info.annotation)]
        part = next((arm for arm in arms if isinstance(arm, type) and _is_model(arm)), None)
        if part is None or part is not info.annotation:
            yield f"{prefix}{name}", ... if info.is_required() else info.default
        if part is not None:
            yield from _paths(part, f"{prefix}{name}.")


def _is_model(arm: type) -> bool:
    return issubclass(arm, BaseModel)


ABSENT = {path: None if default == () else default for path, default in _paths(Claim)}


def test_every_field_of_the_models_is_registered_in_the_order_of_the_contract() -> None:
    assert list(FIELDS) == list(ABSENT)


@pytest.mark.parametrize("path", FIELDS)
def test_a_default_is_that_of_the_model_or_what_rules_take_for_none(path: str) -> None:
    default, absent = FIELDS[path].default, ABSENT[path]
    if absent is ...:
        assert default is None
    elif absent is None:
        assert default in {None, "not_stated", "trader", "nothing"}
    else:
        assert default is absent


# --- the rows that rules read ------------------------------------------------------------

CLAIM_ROW = {
    "claimed": "claimed_on",
    "kind": "product.kind",
    "sold_in_mainland": "product.sold_in_mainland",
    "bought_with_phone": "product.bought_with_phone",
    "sold": "purchase.sold_on",
    "invoiced": "purchase.invoiced_on",
    "received": "purchase.received_on",
    "price": "purchase.price",
    "standalone_price": "purchase.standalone_price",
    "gift": "purchase.gift",
    "plan_bundled": "purchase.plan_bundled",
    "invoice": "evidence.invoice",
    "voucher": "evidence.voucher",
    "made": "evidence.manufactured_on",
    "symptom": "fault.symptom",
    "cause": "fault.cause",
    "cause_basis": "fault.cause_basis",
    "battery_capacity": "fault.battery_capacity",
    "repairs": "repairs",
    "exchanges": "exchanges",
    "same_model_in_stock": "same_model_in_stock",
    "request": "request",
    "complete": "product.complete",
    "housing_worn": "product.housing_worn",
    "confirmed": "fault.confirmed",
    "asked": "asked_on",
    "appeared": "fault.appeared_on",
    "used": "product.used",
    "second_hand": "product.condition",
    "paid_price": "purchase.paid_price",
    "province": "purchase.province",
    "trader_province": "purchase.trader_province",
    "contested": "fault.contested",
    "found_unqualified": "fault.found_unqualified",
    "detail": "fault.detail",
}
REPAIR_ROW = {
    "handed_in": "handed_in_on",
    "ready": "ready_on",
    "notified": "notified_on",
    "handed_back": "handed_back_on",
    "symptom": "symptom",
    "recorded": "recorded",
    "under_guarantee": "under_guarantee",
    "delay": "delay",
    "software_only": "software_only",
}


def test_rows_are_lowered_from_the_fields_that_were_listed_by_hand() -> None:
    by_row = {part: {one.row: one.within for one in fields_in(part)} for part in ("", "repairs")}
    assert {name: by_row[""][name] for name in ClaimRow._fields} == CLAIM_ROW
    assert {name: by_row["repairs"][name] for name in RepairRow._fields} == REPAIR_ROW
    assert len(CLAIM_ROW) == len([one for one in fields_in() if one.row])


def test_a_row_says_what_was_left_out_means_and_days_as_ordinals() -> None:
    claim = Claim.model_validate(
        {
            "claimed_on": "2025-07-04",
            "product": {"kind": "battery", "condition": "second_hand"},
            "repairs": [{"handed_in_on": "2025-07-01", "delay": "parts"}],
            "exchanges": [{"exchanged_on": "2025-06-01"}],
        }
    )
    row, day = claim.row, date(2025, 7, 4).toordinal()
    assert (row.claimed, row.sold, row.second_hand) == (day, None, True)
    assert (row.cause, row.cause_basis, row.request) == ("not_stated", "trader", "nothing")
    (repair,) = row.repairs
    assert repair == (day - 3, None, None, None, None, True, True, "parts", False)
    assert row.exchanges == (day - 33,)
    assert (
        Claim.model_validate({"claimed_on": "2025-07-04", "product": {"kind": "other"}}).row[
            ClaimRow._fields.index("repairs")
        ]
        == ()
    )


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_an_entry_is_in_order(field: ClaimField) -> None:
    assert field.zh
    assert field.en
    assert field.columns
    assert bool(field.codes) == (field.type == "code")
    assert bool(field.may_be) <= (field.settled != "never")
    assert field.settled == "never" or field.default is None
    assert set(field.may_be) <= {*field.codes, True, False}
    assert field.row is not None or not field.tried


def test_every_field_is_left_out_once() -> None:
    places = [field.left_out for field in FIELDS.values() if field.left_out is not None]
    assert sorted(places) == list(range(1, len(places) + 1))
