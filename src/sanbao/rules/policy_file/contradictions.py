"""From a problem of the policy to its place in the file: 错误位置.

A policy names a rule, a kind of goods or an article; the file has it in a table. What is inherited
has no line, and keeps its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from sanbao.base.errors import Problem, shown
from sanbao.rules.policy_file.diagnostics import Diagnostics
from sanbao.rules.policy_file.overlay import LISTS, Entry
from sanbao.rules.policy_file.source_map import Path

__all__ = ["path_of", "place_of"]

_LISTED: Final = ("rules", "catalogue", "articles", "symptoms", "causes")
"""Problems of these name an entry by its own key."""

Lists = Mapping[str, list[Entry]]


def path_of(loc: Path, lists: Lists) -> Path:
    """Return the path in the file of a location in the model."""
    if len(loc) > 1 and loc[0] in lists:
        entry = lists[str(loc[0])][int(loc[1])]
        return (*(entry.path or (str(loc[0]),)), *loc[2:])
    return loc


def place_of(problem: Problem, lists: Lists, diagnostics: Diagnostics) -> Path:
    """Return the key that a contradiction within a policy is about."""
    head, *rest = problem.field.split(".")
    if head == "readings":
        return _reading(problem, diagnostics)
    named = problem.field
    if head in _LISTED:
        named = rest[0] if rest else problem.value
    found: Path = ()
    for name, entries in lists.items():
        known_by = LISTS[name][1]
        for entry in entries:
            key = entry.data[known_by]
            if entry.path is not None and named in (str(key), shown(key)):
                written = cast(dict[str, object], diagnostics.written_at(entry.path))
                found = (*entry.path, *_key_within(problem, written, known_by))
    return found or (problem.field,)


def _reading(problem: Problem, diagnostics: Diagnostics) -> Path:
    """Return the last entry of a list of readings that holds the value of a contradiction."""
    readings = cast(list[object], diagnostics.written_at(("readings",)))
    ways = (
        ("readings", place, *way)
        for place in reversed(range(len(readings)))
        if (way := _search(readings[place], problem.value)) is not None
    )
    return next(ways, ("readings",))


def _key_within(problem: Problem, written: dict[str, object], known_by: str) -> Path:
    """Return the key of an entry that a contradiction is about; empty if it is not clear."""
    if problem.field in _LISTED:
        return (known_by,)
    if problem.field.startswith("catalogue."):
        return (problem.field.rpartition(".")[2],)
    if problem.code == "policy.refund_reckoned":
        return ("refund",)
    others = {key: part for key, part in written.items() if key != known_by}
    return _search(others, problem.value) or ()


def _search(written: object, value: str, path: Path = ()) -> Path | None:
    """Return the path to the first value printed as ``value``, if there is one."""
    if isinstance(written, dict | list):
        inside = written.items() if isinstance(written, dict) else enumerate(written)
        found = (_search(part, value, (*path, key)) for key, part in inside)
        return next((way for way in found if way is not None), None)
    return path if shown(written) == value else None
