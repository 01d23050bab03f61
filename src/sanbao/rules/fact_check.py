"""What cannot be in the formulas of a law: 推导公式的检查.

A formula may name fields of a claim, readings, and facts that stand before it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from sanbao.base.errors import Reason, ValidationError, suggestion
from sanbao.model.facts import FACTS
from sanbao.model.fields import FIELDS
from sanbao.model.readings import Declared, reading_values
from sanbao.rules.formulas import Term, item_path, parse, walk
from sanbao.rules.provisions import Derived

__all__ = ["WrongFormula", "wrong_formulas"]


class WrongFormula(NamedTuple):
    """A mistake in a formula: the fact, the part of its formula, and why."""

    fact: str
    part: str
    reason: Reason


def wrong_formulas(
    derived: Iterable[Derived], readings: Declared | None = None
) -> Iterator[WrongFormula]:
    """Yield the mistakes in formulas, those of each fact once; ``readings`` are those known."""
    readings = reading_values() if readings is None else readings
    derived = tuple(derived)
    own = {one.name for one in derived}
    known = {name for name in FACTS if name not in own}
    for one in derived:
        try:
            term = parse(one.by)
        except ValidationError as error:
            problem = error.problems[0]
            yield WrongFormula(one.name, problem.value, problem.reason)
        else:
            found = dict.fromkeys(
                mistake for node in walk(term) for mistake in _wrong(node, known, readings)
            )
            yield from (WrongFormula(one.name, part, reason) for part, reason in found)
        known.add(one.name)


def _wrong(node: Term, facts: Collection[str], readings: Declared) -> Iterator[tuple[str, Reason]]:
    match node:
        case ("fact", name) if name not in facts:
            reason = Reason("policy.no_fact_before")
            yield name, reason.then(suggestion(name, facts))
        case ("field", path) if path not in FIELDS or not FIELDS[path].row:
            yield path, Reason("policy.no_source_field").then(suggestion(path, FIELDS))
        case ("item", entry, name) if item_path(entry, name) not in FIELDS:
            fields = [
                one.name for one in FIELDS.values() if one.path.startswith(item_path(entry, ""))
            ]
            yield f"{entry}.{name}", Reason("policy.no_entry_field").then(suggestion(name, fields))
        case ("reading" | "chosen", name, *value):
            values = readings.get(name)
            if values is None:
                reason = Reason("policy.no_reading").then(suggestion(name, readings))
                yield f"reading.{name}", reason
            elif value and value[0] not in values:
                yield str(value[0]), Reason("input.one_of", known=values)
