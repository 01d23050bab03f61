"""Claims as rows of a table and back, and the result columns as the scalar engine has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from sanbao import Calendar, Claim, Engine, Readings, ValidationError
from sanbao.audit.tables.input.schema import CLAIM, EXCHANGE, ID, REPAIR, RESULTS
from sanbao.audit.tables.kernel.fallback import row_of as results_of
from sanbao.engine import AnyPolicy
from sanbao.model.readings import DEFAULT_READINGS
from sanbao.policies.library import law
from sanbao.testing.rows import FLAT

__all__ = ["FLAT", "claim_of", "frame_of", "row_of", "scalar_columns"]


def row_of(claim: Claim) -> dict[str, Any]:
    """Return a claim as one row."""
    row: dict[str, Any] = {}
    for name, field in CLAIM.items():
        value: Any = None if name == ID else claim
        for part in field.path.split(".") if name != ID else ():
            value = getattr(value, part)
        row[name] = value
    row["repairs"] = [{name: getattr(one, name) for name in REPAIR} for one in claim.repairs]
    row["exchanges"] = [one.exchanged_on for one in claim.exchanges]
    row["commitments"] = list(claim.commitments)
    return row


def claim_of(row: Mapping[str, Any]) -> Claim:
    """Return the claim of one row. Raises :class:`~sanbao.ValidationError`."""
    claim: dict[str, Any] = {}
    for name, field in CLAIM.items():
        part, dot, _ = field.path.partition(".")
        value = row.get(name)
        if value is not None and name != ID and field.type != "list":
            (claim.setdefault(part, {}) if dot else claim)[name] = _contract(value)
    if row.get("repairs"):
        stated = (repair.items() for repair in row["repairs"])
        claim["repairs"] = [{k: _contract(v) for k, v in one if v is not None} for one in stated]
    if row.get("exchanges"):
        claim["exchanges"] = [dict.fromkeys(EXCHANGE, _contract(day)) for day in row["exchanges"]]
    if row.get("commitments"):
        claim["commitments"] = row["commitments"]
    return Claim.model_validate(claim)


def _contract(value: Any) -> Any:
    """Return a cell as the JSON contract has it; one that cannot be as it stands there."""
    sound = isinstance(value, date) or (isinstance(value, Decimal) and value >= 0)
    return str(value) if sound else value


def frame_of(claims: Iterable[Claim]) -> pl.DataFrame:
    """Return claims as a table, a row each."""
    return pl.DataFrame([row_of(claim) for claim in claims], schema=dict(FLAT))


def scalar_columns(
    claims: Iterable[Claim | Mapping[str, Any]],
    policy: AnyPolicy | None = None,
    readings: Readings | None = None,
    calendar: Calendar | None = None,
    *,
    depends: bool = True,
) -> pl.DataFrame:
    """Return the result columns as the scalar engine gives them, of claims or of rows.

    A row that is no claim has the problems as its error and nothing else.
    """
    engine = Engine(law() if policy is None else policy, readings or DEFAULT_READINGS, calendar)
    rows = [_results(engine, claim, depends=depends) for claim in claims]
    return pl.DataFrame(rows, schema=dict(RESULTS), orient="row")


def _results(engine: Engine, row: Claim | Mapping[str, Any], *, depends: bool) -> tuple[Any, ...]:
    try:
        claim = row if isinstance(row, Claim) else claim_of(row)
        return results_of(engine.decide(claim), depends=depends)
    except ValidationError as error:
        return (*[None] * (len(RESULTS) - 1), "; ".join(map(str, error.problems)))
