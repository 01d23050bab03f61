"""A policy as the text of a file: 政策文本 (TOML).

What is written here is a whole policy: reading it gives an equal one. Conditions are lists of
terms where they can be, and nodes where they must.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, cast

from sanbao.base.records import Record
from sanbao.model.facts import FACTS
from sanbao.rules.conditions import AllOf, AnyOf, Compare, Condition, Expression, Not
from sanbao.rules.policy import Policy

__all__ = ["to_toml"]

WIDTH: Final = 100
_TABLES: Final = (
    "catalogue",
    "exclusions",
    "bars",
    "grades",
    "rights",
    "obligations",
    "articles",
    "contested",
    "derived",
)
_NO_TERMS: Final[Mapping[str, Condition]] = MappingProxyType({})


def to_toml(policy: Policy, terms: Mapping[str, Condition] = _NO_TERMS) -> str:
    """Return the text of a file that says what ``policy`` says, all of it.

    ``terms`` are named conditions; those that are used are written to the file.
    """
    return "\n".join(_Writer(policy, terms).lines()) + "\n"


class _Writer:
    def __init__(self, policy: Policy, terms: Mapping[str, Condition]) -> None:
        self._policy = policy
        self._terms = {name: one for name, one in terms.items() if name not in FACTS}
        self._used: dict[str, None] = {}
        self._defined: list[str] = list(self._terms)

    def lines(self) -> Iterator[str]:
        own = [name for name in _TABLES if name != "derived" or self._policy.beside is None]
        tables = [line for name in own for line in self._tables(name)]
        terms = self._definitions()
        yield from self._head()
        if self._policy.readings:
            yield from ("", "[readings]")
            for under in self._policy.readings:
                yield f"{under.reading} = {_value(under.value)}"
        if terms:
            yield from ("", "[terms]", *terms)
        yield from tables

    def _head(self) -> Iterator[str]:
        for one in fields(Policy):
            value = getattr(self._policy, one.name)
            if one.name in _TABLES:
                if not value:
                    yield f"{one.name} = []"
            elif one.name != "readings" and (value != one.default or one.name == "kind"):
                yield _assigned(one.name, value)

    def _tables(self, name: str) -> Iterator[str]:
        for record in getattr(self._policy, name):
            yield from ("", f"[[{name}]]")
            for one in fields(record):
                value = getattr(record, one.name)
                if isinstance(value, Expression):
                    yield f"{one.name} = {self._condition(cast(Condition, value))}"
                elif value is None and one.default is MISSING:
                    yield f'{one.name} = "none"'
                elif value != one.default:
                    yield _assigned(one.name, value)

    # --- conditions ---------------------------------------------------------------------

    def _definitions(self) -> list[str]:
        """Return the terms that are used, each written with those before it."""
        written: dict[str, str] = {}
        names = list(self._terms)
        for place in reversed(range(len(names))):
            if names[place] in self._used:
                self._defined = names[:place]
                written[names[place]] = self._condition(self._terms[names[place]])
        return [f"{name} = {written[name]}" for name in names if name in written]

    def _condition(self, condition: Condition) -> str:
        word = self._word(condition)
        if word is not None:
            return _value(word)
        match condition:
            case AllOf(of=parts) if len(parts) > 1 and not any(_is_all(p) for p in parts):
                return f"[{', '.join(self._conjunction(parts))}]"
            case AllOf(of=parts) | AnyOf(of=parts):
                inner = ", ".join(map(self._condition, parts))
                return f"{{ op = {_value(condition.op)}, of = [{inner}] }}"
            case Not(of=part):
                return f'{{ op = "not", of = {self._condition(part)} }}'
            case leaf:
                return _inline(leaf, named=True)

    def _word(self, condition: Condition) -> str | None:
        """Return the term that says a condition, with ``not`` if it says the contrary."""
        name = self._name(condition)
        if name is not None:
            return name
        if isinstance(condition, Not) and not isinstance(condition.of, Not):
            name = self._name(condition.of)
        return None if name is None else f"not {name}"

    def _name(self, condition: Condition) -> str | None:
        for name in self._defined:
            if self._terms[name] == condition:
                self._used[name] = None
                return name
        if isinstance(condition, Compare) and condition.value is True:
            return condition.fact
        return None

    def _conjunction(self, parts: tuple[Condition, ...]) -> Iterator[str]:
        """Yield the parts of a conjunction, several as one term where a term says them."""
        place = 0
        while place < len(parts):
            name, length = self._longest(parts[place:])
            if name is None:
                yield self._condition(parts[place])
            else:
                self._used[name] = None
                yield _value(name)
            place += length

    def _longest(self, parts: tuple[Condition, ...]) -> tuple[str | None, int]:
        """Return the term that says the most of these parts from the first on."""
        found: tuple[str | None, int] = (None, 1)
        for name in self._defined:
            term = self._terms[name]
            said = term.of if isinstance(term, AllOf) else ()
            if len(said) > found[1] and parts[: len(said)] == said:
                found = (name, len(said))
        return found


def _is_all(condition: Condition) -> bool:
    return isinstance(condition, AllOf)


def _assigned(key: str, value: Any) -> str:
    """Return a key and its value, a long list over several lines."""
    line = f"{key} = {_value(value)}"
    if len(line) <= WIDTH or not isinstance(value, tuple):
        return line
    return "\n".join((f"{key} = [", *(f"    {_value(part)}," for part in value), "]"))


def _value(value: Any) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # a JSON string is one of TOML as well, but for the one sign that TOML wants escaped
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Record):
        return _inline(value)
    return str(value)


def _inline(record: Record, *, named: bool = False) -> str:
    """Return a record as an inline table; ``named``: with the op of a condition."""
    pairs: list[str] = []
    for one in fields(cast(Any, record)):
        value = getattr(record, one.name)
        if one.name == "op":
            pairs = [f"op = {_value(value)}", *pairs] if named else pairs
        elif value != one.default:
            pairs.append(f"{one.name} = {_value(value)}")
    return f"{{ {', '.join(pairs)} }}"
