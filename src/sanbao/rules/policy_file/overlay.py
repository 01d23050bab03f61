"""Laying the entries of a file over the lists of its base regulation: 叠加."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from sanbao.base.records import Record, to_plain
from sanbao.model.citation import Citation
from sanbao.rules.conditions import Condition, Expression, Owed, leaves
from sanbao.rules.policy import (
    Article,
    Bar,
    Coverage,
    Derived,
    Exclusion,
    Grade,
    NamedCode,
    Obligation,
    Policy,
    Right,
)
from sanbao.rules.policy_file.source_map import Path
from sanbao.rules.provisions import Contested

__all__ = [
    "CONDITIONS",
    "LISTS",
    "RULES",
    "Entry",
    "add_condition",
    "as_data",
    "entry_of",
    "in_order",
    "leave_out",
    "preference",
]

LISTS: Final[Mapping[str, tuple[type[Record], str]]] = {
    "catalogue": (Coverage, "kind"),
    "exclusions": (Exclusion, "id"),
    "bars": (Bar, "id"),
    "grades": (Grade, "id"),
    "rights": (Right, "id"),
    "obligations": (Obligation, "id"),
    "articles": (Article, "number"),
    "symptoms": (NamedCode, "code"),
    "causes": (NamedCode, "code"),
    "derived": (Derived, "name"),
    "contested": (Contested, "id"),
}
"""The lists of a policy: of what, and by which key an entry is known."""

RULES: Final = ("exclusions", "bars", "grades", "rights", "obligations")
"""The lists of what a decision tells by its id."""

CONDITIONS: Final = ("when", "alleged", "trader_proves", "doubted", "empty")
"""The keys of an entry that are conditions."""


@dataclass(slots=True)
class Entry:
    """An entry of a list of the policy; ``path`` is where the file has it, if it does.

    Its data are as in JSON, but for the conditions, which are read.
    """

    data: dict[str, Any]
    path: Path | None


def entry_of(record: Record) -> Entry:
    """Return an entry of the base."""
    data = cast(dict[str, Any], to_plain(record))
    for key in CONDITIONS:
        if getattr(record, key, None) is not None:
            data[key] = getattr(record, key)
    return Entry(data, None)


def as_data(entry: Entry) -> dict[str, Any]:
    """Return an entry as JSON has it."""
    return {
        key: to_plain(part) if isinstance(part, Expression) else part
        for key, part in entry.data.items()
    }


def add_condition(right: dict[str, Any], condition: Condition, cites: tuple[Citation, ...]) -> None:
    """Add a condition and its citations to the data of a right."""
    if isinstance(right.get("when"), Expression):
        right["when"] = right["when"] & condition
    if isinstance(right.get("cites"), list):
        cited = [_place_in_law(cite) for cite in right["cites"]]
        more = [to_plain(cite) for cite in cites]
        right["cites"] = [
            *right["cites"],
            *(cite for cite in more if _place_in_law(cite) not in cited),
        ]


def _place_in_law(cite: object) -> object:
    """Return what a citation names, however much of it is left out."""
    if not isinstance(cite, dict):
        return cite
    return {"number": "confirmed"} | {key: part for key, part in cite.items() if part is not None}


def leave_out(lists: dict[str, list[Entry]], rules: list[object]) -> None:
    """Take rules out of the lists, and out of what names them."""
    for name in RULES:
        lists[name] = [entry for entry in lists[name] if entry.data["id"] not in rules]
        for entry in lists[name]:
            for key in ("despite", "carries_under"):
                if isinstance(entry.data.get(key), list):
                    entry.data[key] = [one for one in entry.data[key] if _named(one) not in rules]


def _named(part: object) -> object:
    """Return the rule that a part of a list names, alone or first of a pair."""
    return part[0] if isinstance(part, list) and part else part


def in_order(entries: list[Entry], new: list[Entry]) -> list[Entry]:
    """Return the rights in the order in which they are weighed.

    A new one stands before the first that rests on others, unless it rests on others itself.
    """
    resting = [place for place, entry in enumerate(entries) if _rests(entry)]
    place = resting[0] if resting else len(entries)
    free = [entry for entry in new if not _rests(entry)]
    return [*entries[:place], *free, *entries[place:], *(entry for entry in new if _rests(entry))]


def _rests(entry: Entry) -> bool:
    """Say whether a right rests on others."""
    when = entry.data.get("when")
    return isinstance(when, Expression) and any(
        isinstance(leaf, Owed) for leaf in leaves(cast(Condition, when))
    )


def preference(base: Policy, rights: list[Entry]) -> list[str]:
    """Return the order of the base, with each new right after the last of its like.

    Alike are rights to the same remedy; of these first those that rest on other rights, as art. 18
    does, or do not, as the new one.
    """
    like = {right.id: (right.remedy, right.refund) for right in base.rights}
    kept = {entry.data["id"] for entry in rights}
    resting = {entry.data["id"] for entry in rights if _rests(entry)}
    order = [name for name in base.preference if name in kept]
    for name, right in ((entry.data["id"], entry.data) for entry in rights):
        if name in like:
            continue
        same: Any = (right.get("remedy"), right.get("refund"))
        alike = [one for one in order if like[one] == same]
        nearer = [one for one in alike if (one in resting) == (name in resting)]
        after = (nearer or alike or order or [name])[-1]
        order.insert(order.index(after) + 1 if after in order else 0, name)
        like[name] = same
    return order
