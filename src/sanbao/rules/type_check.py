"""What a condition may ask: 条件的类型检查.

Every fact has a type; a leaf that asks of it what that type cannot answer is no condition.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sanbao.base.errors import Reason, suggestion
from sanbao.model.facts import FACTS, FactSpec
from sanbao.model.readings import Declared, reading_values
from sanbao.rules.conditions import (
    AtLeast,
    Compare,
    Elapsed,
    Leaf,
    Listed,
    OneOf,
    Owed,
    Period,
    Under,
    Window,
)

__all__ = ["MOST_DAYS", "MOST_MONTHS", "suits", "wrong_question"]

MOST_DAYS: Final = 36_500
MOST_MONTHS: Final = 1_200
"""Longer times than a hundred years are refused; dates must not run over the calendar."""


def wrong_question(
    leaf: Leaf, facts: Mapping[str, FactSpec] = FACTS, readings: Declared | None = None
) -> tuple[str, object, Reason] | None:
    """Return the key of ``leaf`` that is wrong, the value there and why, if one is.

    ``facts`` are those that the policy knows, each with its codes, ``readings`` those it declares.
    What a right rests on (``owed``) is checked by the policy, which knows the rights.
    """
    if isinstance(leaf, Owed):
        return None
    if isinstance(leaf, Under):
        known = reading_values() if readings is None else readings
        if leaf.value in known.get(leaf.reading, ()):
            return None
        return "value", leaf.value, Reason("policy.no_reading_value", reading=leaf.reading)
    if leaf.fact not in facts:
        reason = Reason("policy.no_fact", fact=leaf.fact).then(suggestion(leaf.fact, facts))
        return "fact", leaf.fact, reason
    if not _is_bounded(leaf):
        key = "months" if getattr(leaf, "months", None) is not None else "days"
        return key, leaf.fact, Reason("policy.counts", days=MOST_DAYS, months=MOST_MONTHS)
    if not suits(facts[leaf.fact], leaf, facts):
        reason = Reason("policy.cannot_ask", type=facts[leaf.fact].type, op=leaf.op)
        return "fact", leaf.fact, reason
    return None


def _is_bounded(leaf: Leaf) -> bool:
    days, months = getattr(leaf, "days", None), getattr(leaf, "months", None)
    return (days is None or 0 <= days <= MOST_DAYS) and (
        months is None or 1 <= months <= MOST_MONTHS
    )


def suits(spec: FactSpec, leaf: Leaf, facts: Mapping[str, FactSpec] = FACTS) -> bool:
    """Say whether ``leaf`` asks a fact something its type can answer."""
    match leaf:
        case Compare(value=value, relation="equals"):
            if spec.type == "yes/no":
                return isinstance(value, bool)
            return spec.type == "code" and spec.has(value)
        case Compare(value=value):
            return spec.type == "date" and not isinstance(value, bool | int | str)
        case OneOf(values=values):
            return spec.type == "code" and all(map(spec.has, values))
        case AtLeast():
            return spec.type == "count"
        case Listed(column=column):
            return spec.name == ("kind" if column == "kind" else "symptom")
        case Window():
            return spec.type == "date"
        case Period(extended_by=days):
            return spec.type == "date" and days in facts and facts[days].type == "spans"
        case Elapsed(days=days, months=months, until=until):
            dated = spec.type == "date" and until in facts and facts[until].type == "date"
            return dated and (days is None) != (months is None)
        case _:
            return False
