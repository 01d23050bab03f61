"""Single changes of a claim in words: 变更说明.

What would have to be, and instead of what: of the changes that lead to another outcome, and of
those that somebody supposes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from sanbao.explain.texts.phrases import (
    cites_text,
    clauses,
    day_text,
    days_text,
    either,
    fields_text,
    one_of,
    plainly,
    result_text,
    value_text,
    yuan_text,
)
from sanbao.explain.words.catalogue import Language, has, say
from sanbao.reasons.answers import Change, Changed

__all__ = [
    "MOST_CHANGES",
    "change_text",
    "changed_texts",
    "changes_text",
    "code_of",
    "more_changes",
    "with_article",
]

MOST_CHANGES: Final = 3
"""Changes explained, at most, of those that lead to one outcome, the nearest first."""

_PART: Final = re.compile(r"(repairs|exchanges)\[([0-9]+)\](\..+)?")

_UNKNOWN_BEFORE: Final = frozenset(
    {
        "product.bought_with_phone",
        "purchase.sold_on",
        "purchase.price",
        "purchase.standalone_price",
        "purchase.paid_price",
        "fault.appeared_on",
        "evidence.invoice",
        "evidence.voucher",
        "fault.symptom",
        "same_model_in_stock",
    }
)
"""Fields that are not known where the claim has no value; the others then have a default."""

_SALE_BEFORE: Final = frozenset({"purchase.invoiced_on", "purchase.received_on"})
"""Days that are taken to be the day of sale where the claim does not name them."""

_SOME_PRICE: Final = "0.01"
"""Stands in a change for any price there may be."""


def changes_text(changes: Iterable[Change], lang: Language) -> str:
    """Return single changes by where they lead, a line each: the nearest, and how many more."""
    groups: dict[str | None, list[Change]] = {}
    for change in changes:
        groups.setdefault(change.outcome, []).append(change)
    lines = []
    for outcome, alike in groups.items():
        nearest = [with_article(change_text(change, lang), change, lang) for change in alike]
        text = {
            "outcome": result_text(outcome, lang),
            "changes": clauses(lang, nearest[:MOST_CHANGES]),
        }
        lines.append(say(lang, "changes.group", rest=more_changes(len(alike), lang), **text))
    return "\n".join(lines) or say(lang, "changes.none")


def with_article(text: str, change: Change, lang: Language) -> str:
    """Return the text of a change with the article that then decides."""
    if not change.citations:
        return text
    cites = cites_text(change.citations[:1], lang)
    return say(lang, "change.cited", change=text, cites=cites)


def more_changes(count: int, lang: Language) -> str:
    """Return how many changes are left, beyond those that are explained."""
    more = count - MOST_CHANGES
    return say(lang, "changes.rest", count=more) if more > 0 else ""


def change_text(change: Change, lang: Language) -> str:
    """Return one change as a clause: what would have to be, and instead of what."""
    if change.action == "add":
        return say(lang, f"change.add.{change.field}", day=day_text(change.after, lang))
    if change.action == "remove":
        place, number, _ = _place(change.field)
        return say(lang, f"change.remove.{place}", number=number)
    if change.field.endswith("price") and change.after == _SOME_PRICE:
        field = fields_text([change.field], lang)
        text = say(lang, "change.some_price", field=field, price=yuan_text(change.after, lang))
        return _instead(change.field, text, change.before, lang)
    return _set_text(change.field, change.before, change.values, lang)


def changed_texts(changed: Sequence[Changed], lang: Language) -> Iterator[str]:
    """Yield what was changed, a repair or an exchange that was taken away as one."""
    gone = {
        one.field.partition("].")[0]
        for one in changed
        if one.after is None and one.field.endswith(("].handed_in_on", "].exchanged_on"))
    }
    for one in changed:
        part = one.field.partition("].")[0]
        if part not in gone:
            yield _set_text(one.field, one.before, (one.after,), lang)
        elif one.field.endswith(("].handed_in_on", "].exchanged_on")):
            place, number, _ = _place(one.field)
            yield say(lang, f"change.remove.{place}", number=number)


def _place(field: str) -> tuple[str, str, str]:
    """Return the list a field is in, the number of its place there, and its plain path."""
    if part := _PART.fullmatch(field):
        name = part[1] + (part[3] or "")
        return part[1], str(int(part[2]) + 1), name
    return "", "", field


def _set_text(field: str, before: object, values: Sequence[object], lang: Language) -> str:
    place, number, name = _place(field)
    text = _clause(name, before, values, lang)
    return say(lang, f"change.of.{place}", number=number, change=text) if place else text


def _clause(name: str, before: object, values: Sequence[object], lang: Language) -> str:
    after = values[0]
    if isinstance(after, str) and has(f"event.{name}"):
        return _moved(name, before, after, lang)
    if before == "none" and all(has(f"found.{name}.{value}") for value in values):
        return either(lang, [say(lang, f"found.{name}.{value}") for value in values])
    if after is None and has(f"unset.{name}"):
        return say(lang, f"unset.{name}")
    message = f"change.{name}.{code_of(after)}"
    if len(values) == 1 and has(message):
        text = say(lang, message)
    else:
        value = one_of(lang, [_value(name, value, lang) for value in values])
        text = say(lang, "change.value", field=_field(name, lang), value=value)
    return _instead(name, text, before, lang)


def _moved(name: str, before: object, after: str, lang: Language) -> str:
    event, day = say(lang, f"event.{name}"), day_text(after, lang)
    if before is None:
        text = say(lang, "change.on", event=event, day=day)
        return _instead(name, text, before, lang)
    days = (date.fromisoformat(after) - date.fromisoformat(str(before))).days
    message = "change.later" if days > 0 else "change.earlier"
    return say(lang, message, event=event, days=days_text(abs(days), lang), day=day)


def _instead(name: str, text: str, before: object, lang: Language) -> str:
    """Return a clause with what was there before, where that is not plain from it."""
    if before is None:
        if name in _SALE_BEFORE:
            return say(lang, "change.as_sold", change=text)
        return say(lang, "change.unknown", change=text) if name in _UNKNOWN_BEFORE else text
    if isinstance(before, bool):
        return text
    was = f"was.{name}.{code_of(before)}"
    text_before = say(lang, was) if has(was) else _value(name, before, lang)
    return say(lang, "change.instead", change=text, before=text_before)


def _field(name: str, lang: Language) -> str:
    return say(lang, f"label.{name}") if has(f"label.{name}") else fields_text([name], lang)


def _value(name: str, value: object, lang: Language) -> str:
    if value is None:
        return say(lang, f"none.{name}" if has(f"none.{name}") else "none.other")
    if name.endswith("price"):
        return yuan_text(value, lang)
    if name == "fault.battery_capacity":
        return say(lang, "percent.value", number=plainly(value))
    return value_text(value, lang, name.rpartition(".")[2])


def code_of(value: object) -> object:
    """Return a value as the ids of messages have it: ``yes`` and ``no`` for truth values."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
