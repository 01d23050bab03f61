"""One claim at a time: 逐行判定.

What the columns leave open, the engine that decides single claims settles; and what it says
of a row is what every kernel has to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from sanbao.audit.tables.input.schema import RESULTS
from sanbao.audit.tables.kernel.kernel import articles_text
from sanbao.base.errors import ValidationError
from sanbao.decision import Decision
from sanbao.engine import Engine

__all__ = ["decide_rows", "dependence_of", "row_of"]


def decide_rows(
    engine: Engine, claims: Iterable[Mapping[str, Any]], *, depends: bool
) -> pl.DataFrame:
    """Return the result columns of claims in contract JSON, one row each."""
    rows = [_decided(engine, claim, depends=depends) for claim in claims]
    return pl.DataFrame(rows, schema=dict(RESULTS), orient="row")


def _decided(engine: Engine, claim: Mapping[str, Any], *, depends: bool) -> tuple[Any, ...]:
    try:
        return row_of(engine.decide(claim), depends=depends)
    except ValidationError as error:
        return (
            *[None] * (len(RESULTS) - 1),
            "; ".join(problem.explain("en") for problem in error.problems),
        )


def row_of(decision: Decision, *, depends: bool = True) -> tuple[Any, ...]:
    """Return the result columns of one decision."""
    lead = decision.lead
    given = (
        None
        if lead is None
        else next((one for one in decision.remedies if one.ref == lead.ref), None)
    )
    return (
        decision.outcome,
        None if lead is None else lead.rule,
        None if lead is None else lead.policy,
        None if lead is None else articles_text(lead.citations),
        None if given is None else given.payable,
        None if given is None else given.fee,
        decision.dates.period_ends_on,
        bool(decision.provisional),
        dependence_of(decision) if depends else None,
        None,
    )


def dependence_of(decision: Decision) -> str:
    """Return the readings on which a decision hangs, pairs as ``one+other``, as one text."""
    found = (
        "+".join((one.reading, *(other.reading for other in one.together_with)))
        for one in decision.depends_on or ()
    )
    return ", ".join(dict.fromkeys(found))
