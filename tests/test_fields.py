"""The register of claim fields says of every field what its model says, and nothing of others."""

from collections.abc import Iterator
from typing import get_args

import pytest
from pydantic import BaseModel

from sanbao.model.claim import Claim
from sanbao.model.claim_row import ClaimRow, RepairRow
from sanbao.model.fields import FIELDS, ClaimField


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


def _rows(prefix: str = "") -> set[str]:
    return {
        field.row
        for path, field in FIELDS.items()
        if field.row is not None and path.rpartition(".")[0] in _PARTS.get(prefix, {prefix})
    }


_PARTS = {"": {"", "product", "purchase", "evidence", "fault"}}


def test_every_attribute_of_a_row_is_lowered_from_one_field() -> None:
    assert _rows() == set(ClaimRow._fields)
    assert _rows("repairs") == set(RepairRow._fields)
    rows = [(path.startswith("repairs."), field.row) for path, field in FIELDS.items()]
    named = [row for row in rows if row[1] is not None]
    assert len(set(named)) == len(named)


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
