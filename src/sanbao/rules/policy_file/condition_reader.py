"""Conditions as a policy file writes them: 条件与用语.

A condition is a node as in the JSON of a policy, a word (``"inside_7_days"``, ``"not
housing_worn"``), or a list of conditions that all have to hold. Words are the file's own terms,
then those of the policy it stands beside, then the facts that are answered by yes or no.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, Final, NamedTuple, cast

from pydantic import ValidationError as PydanticError

from sanbao.base.errors import Reason
from sanbao.base.json_text import reader_of
from sanbao.model.codes import NO_DETAIL_CODE
from sanbao.model.facts import FACTS, FactSpec
from sanbao.model.readings import Declared
from sanbao.rules.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Compare,
    Condition,
    Elapsed,
    Leaf,
    Listed,
    Not,
    OneOf,
    Owed,
    Period,
    Under,
    Window,
)
from sanbao.rules.policy_file.diagnostics import Diagnostics
from sanbao.rules.policy_file.source_map import Path
from sanbao.rules.type_check import wrong_question

__all__ = ["DEEPEST", "MOST_PARTS", "NOTHING", "OPS", "ConditionReader", "parts_of"]

DEEPEST: Final = 50
"""The most conditions inside one another, and the most terms that build on one another."""

MOST_PARTS: Final = 500
"""The most parts of a condition when its terms are written out."""

NOTHING: Final[Condition] = AllOf(())
"""Placeholder for an invalid condition, so that all mistakes are gathered."""

_WORD: Final = re.compile(r"(not[ ]+)?([a-z][a-z0-9_]*)")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_LEAVES: Final[Mapping[str, type]] = {
    "compare": Compare,
    "one_of": OneOf,
    "at_least": AtLeast,
    "listed": Listed,
    "window": Window,
    "period": Period,
    "at_most_ago": Elapsed,
    "owed": Owed,
    "under": Under,
}
OPS: Final = (*_LEAVES, "all", "any", "not")
"""What a node of a condition can be called."""

_OLD_OPS: Final = {"elapsed": "at_most_ago"}
"""Old names of nodes that are still read."""

_COUNTED_IN: Final = {"window": "days", "period": "months", "at_most_ago": "days or months"}
_UNITS: Final = ("hours", "days", "weeks", "months", "years", "day", "week", "month", "year")


class _Built(NamedTuple):
    """A condition with its depth, the number of its parts and the depth of terms within terms."""

    condition: Condition
    depth: int
    parts: int
    level: int = 0


class ConditionReader:
    """Reads conditions, with the named conditions of a file as symbol table: 用语表."""

    def __init__(
        self,
        own: Mapping[str, object],
        base: Mapping[str, Condition],
        diagnostics: Diagnostics,
        facts: Mapping[str, FactSpec],
        readings: Declared,
    ) -> None:
        self._facts = facts
        self._readings = readings
        self._written = own
        self._base = base
        self._report = diagnostics.report
        self._reason_of = diagnostics.reason_of
        self._near = diagnostics.near
        self._among = diagnostics.among
        self._built: dict[str, _Built | None] = {}
        self._open: list[str] = []
        self._inside = 0

    def all(self) -> dict[str, Condition]:
        """Return every term by name: those of the base, and those of the file."""
        own = {}
        for name in self._written:
            if not _is_name(name):
                reason = Reason("policy.term_name")
                self._report(("terms", name), reason, name)
            elif name in FACTS or name in ("not", "none"):
                reason = (
                    Reason("policy.fact_name") if name in FACTS else Reason("policy.own_meaning")
                )
                self._report(("terms", name), reason, name)
            built = self._own(name)
            own[name] = NOTHING if built is None else built.condition
        return {**self._base, **own}

    def condition(self, written: object, path: Path) -> Condition:
        """Return the condition that is written at a path of the file."""
        built = self._read(written, path)
        return NOTHING if built is None else built.condition

    # --- words --------------------------------------------------------------------------

    def _own(self, name: str) -> _Built | None:
        if name not in self._built:
            self._open.append(name)
            built = self._read(self._written[name], ("terms", name))
            self._open.pop()
            if built is not None:
                built = built._replace(level=built.level + 1)
                if built.level > DEEPEST:
                    self._too_long_a_chain(("terms", name), name)
                    built = None
            self._built[name] = built
        return self._built[name]

    def _word(self, written: str, path: Path) -> _Built | None:
        match = _WORD.fullmatch(written)
        if match is None:
            reason = Reason("policy.a_term")
            self._report(path, reason, written)
            return None
        negated, name = match.groups()
        built = self._named(name, path)
        if built is None or negated is None:
            return built
        contrary = built._replace(condition=~built.condition, depth=built.depth + 1)
        return self._limited(contrary, path)

    def _named(self, name: str, path: Path) -> _Built | None:
        if name in self._open:
            circle = " → ".join((*self._open[self._open.index(name) :], name))
            self._report(path, Reason("policy.explained_by_itself", circle=circle), name)
            return None
        if name in self._written:
            if len(self._open) > DEEPEST:
                self._too_long_a_chain(path, name)
                return None
            return self._own(name)
        if name in self._base:
            return _measured(self._base[name])
        if name in self._facts and self._facts[name].type == "yes/no":
            return _Built(Compare(name, True), 1, 1)
        self._report(path, self._unknown(name), name)
        return None

    def _unknown(self, name: str) -> Reason:
        if name in self._facts:
            return Reason("policy.not_yes_or_no", type=self._facts[name].type)
        answered = (spec.name for spec in self._facts.values() if spec.type == "yes/no")
        known = (*self._written, *self._base, *answered)
        return Reason("policy.no_term").then(self._near(name, known))

    def _too_long_a_chain(self, path: Path, name: str) -> None:
        reason = Reason("policy.terms_deep", most=DEEPEST)
        self._report(path, reason, name)

    # --- nodes --------------------------------------------------------------------------

    def _read(self, written: object, path: Path) -> _Built | None:
        if self._inside >= 2 * DEEPEST:  # lists of one and terms of one word count as well here
            self._report(path, Reason("policy.nested", most=DEEPEST), written)
            return None
        self._inside += 1
        built = self._node_of(written, path)
        self._inside -= 1
        return built

    def _node_of(self, written: object, path: Path) -> _Built | None:
        if isinstance(written, str):
            return self._word(written, path)
        if isinstance(written, list):
            return self._conjunction(written, path)
        if isinstance(written, dict):
            return self._node(written, path)
        reason = Reason("policy.condition")
        self._report(path, reason, written)
        return None

    def _conjunction(self, written: list[object], path: Path) -> _Built | None:
        """Read a list as a conjunction."""
        built = self._several(written, path)
        if built is None or len(built) == 1:
            return None if built is None else built[0]
        joined: list[Condition] = []
        for part in built:
            joined += part.condition.of if isinstance(part.condition, AllOf) else [part.condition]
        return self._joined(AllOf(tuple(joined)), built, path)

    def _several(self, written: list[object], path: Path) -> list[_Built] | None:
        built = [self._read(part, (*path, index)) for index, part in enumerate(written)]
        return None if None in built else cast(list[_Built], built)

    def _joined(self, condition: Condition, built: list[_Built], path: Path) -> _Built | None:
        depth = max((part.depth for part in built), default=0) + 1
        level = max((part.level for part in built), default=0)
        parts = 1 + sum(part.parts for part in built)
        return self._limited(_Built(condition, depth, parts, level), path)

    def _limited(self, built: _Built, path: Path) -> _Built | None:
        if built.depth > DEEPEST:
            self._report(path, Reason("policy.nested", most=DEEPEST), built.depth)
            return None
        if built.parts > MOST_PARTS:
            reason = Reason("policy.parts_out", most=MOST_PARTS)
            self._report(path, reason, built.parts)
            return None
        return built

    def _node(self, written: dict[str, object], path: Path) -> _Built | None:
        op = written.get("op")
        if isinstance(op, str) and op in _OLD_OPS:
            op = _OLD_OPS[op]
            written = {**written, "op": op}
        if not isinstance(op, str) or op not in OPS:
            reason = Reason("input.one_of", known=OPS).then(self._near(op, OPS))
            self._report((*path, "op"), reason, op)
            return None
        if op in _LEAVES:
            leaf = self._leaf(written, _LEAVES[op], path)
            return None if leaf is None else _Built(leaf, 1, 1)
        for key, value in written.items():
            if key not in ("op", "of"):
                reason = Reason("policy.no_key_here").then(self._near(key, ("of",)))
                self._report((*path, key), reason, value)
        inner, place = written.get("of"), (*path, "of")
        if op == "not":
            built = self._read(inner, place)
            return None if built is None else self._joined(Not(built.condition), [built], path)
        if not isinstance(inner, list):
            self._report(place, Reason("policy.conditions"), inner)
            return None
        several = self._several(inner, place)
        if several is None:
            return None
        of = tuple(part.condition for part in several)
        return self._joined(AllOf(of) if op == "all" else AnyOf(of), several, path)

    def _leaf(self, written: dict[str, object], node: type, path: Path) -> Leaf | None:
        op = cast(str, written["op"])
        known = [one.name for one in fields(node) if one.name != "op"]
        wrong = False
        for key, value in written.items():
            if key not in known and key != "op":
                self._report((*path, key), self._strange_key(key, op, known), value)
                wrong = True
        required = [one.name for one in fields(node) if one.default is MISSING]
        for key in required:
            if key not in written:
                self._report((*path, key), Reason("policy.missing"), None)
                wrong = True
        if wrong:
            return None
        try:
            leaf = cast(Leaf, reader_of(node).validate_json(json.dumps(written), strict=True))
        except PydanticError as error:
            for detail in error.errors(include_url=False):
                place, *rest = detail["loc"]
                index = tuple(part for part in rest if isinstance(part, int))
                reason = self._reason_of(detail, known)
                if (op, place) == ("compare", "value"):
                    reason = Reason("policy.value")
                self._report((*path, place, *index), reason, detail["input"])
            return None
        return leaf if self._asks_well(leaf, written, path) else None

    def _asks_well(self, leaf: Leaf, written: dict[str, object], path: Path) -> bool:
        """True if the fact can answer what a leaf asks; reports it otherwise."""
        if isinstance(leaf, Compare) and leaf.relation == "before":
            day = written["value"]
            if not (isinstance(day, str) and _DAY.fullmatch(day)):
                self._report((*path, "value"), Reason("input.date"), day)
                return False
        asked = getattr(leaf, "fact", None)
        if asked is not None and asked not in self._facts:
            reason = Reason("policy.no_fact", fact=asked).then(self._among(asked, self._facts))
            self._report((*path, "fact"), reason, asked)
            return False
        found = wrong_question(leaf, self._facts, self._readings)
        if found is None:
            return True
        key, value, reason = found
        codes = self._strange_codes(leaf)
        if codes is not None:
            key, value, reason = codes
        elif key in ("days", "months"):
            value = written[key]
        elif isinstance(leaf, Under):
            key, value, reason = self._strange_reading(leaf)
        self._report((*path, key), reason, value)
        return False

    def _strange_key(self, key: str, op: str, known: list[str]) -> Reason:
        counted = _COUNTED_IN.get(op)
        if counted is not None and key in _UNITS:
            return Reason("policy.unit", op=op, counted=counted)
        return Reason("policy.no_key_here").then(self._near(key, known))

    def _strange_codes(self, leaf: Leaf) -> tuple[str, object, Reason] | None:
        """Return the key, the code and the reason if ``leaf`` asks for a code its fact has not."""
        if not isinstance(leaf, Compare | OneOf):
            return None
        spec = self._facts[leaf.fact]
        key = "value" if isinstance(leaf, Compare) else "values"
        named = (leaf.value,) if isinstance(leaf, Compare) else leaf.values
        for code in named:
            if spec.type == "code" and isinstance(code, str) and not spec.has(code):
                reason = Reason("policy.no_value", fact=leaf.fact).then(
                    self._among(code, spec.codes)
                )
                if spec.is_open:
                    reason = Reason(NO_DETAIL_CODE)
                return key, code, reason
        return None

    def _strange_reading(self, under: Under) -> tuple[str, object, Reason]:
        values = self._readings
        if under.reading not in values:
            reason = Reason("policy.no_reading").then(self._near(under.reading, values))
            return "reading", under.reading, reason
        known = values[under.reading]
        reason = Reason("input.one_of", known=known).then(self._near(under.value, known))
        return "value", under.value, reason


def parts_of(condition: Condition) -> int:
    """Return the number of parts of a condition: its leaves, and what joins them."""
    return _measured(condition).parts


def _measured(condition: Condition) -> _Built:
    if isinstance(condition, Not):
        inner: tuple[Condition, ...] = (condition.of,)
    else:
        inner = condition.of if isinstance(condition, AllOf | AnyOf) else ()
    measured = [_measured(part) for part in inner]
    depth = max((part.depth for part in measured), default=0) + 1
    return _Built(condition, depth, 1 + sum(part.parts for part in measured))


def _is_name(name: Any) -> bool:
    match = _WORD.fullmatch(name)
    return match is not None and match.group(1) is None
