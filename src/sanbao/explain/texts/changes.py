"""Single changes of a claim in words: 变更说明.

What would have to be, and instead of what: of the changes that lead to another outcome, and of
those that somebody supposes. And for a decision that something is missing for: the day that is
near, the facts in the order in which they matter, and of the first of them what each answer leads
to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from sanbao.explain.texts.phrases import (
    MOST_VALUES,
    cites_text,
    clauses,
    day_text,
    days_text,
    either,
    fields_text,
    listed,
    money_text,
    one_of,
    plainly,
    result_text,
    truth_text,
    value_text,
    yuan_text,
)
from sanbao.explain.words.catalogue import Language, has, say
from sanbao.reasons.answers import Change, Changed
from sanbao.reasons.open_facts import OpenAnswer, OpenFact, open_facts

if TYPE_CHECKING:
    from sanbao.model.decision import WholeDecision

__all__ = [
    "MOST_CHANGES",
    "change_text",
    "changed_texts",
    "changes_text",
    "code_of",
    "field_text",
    "fields_in_order",
    "more_changes",
    "near_text",
    "telling",
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


# --- facts that are not known -----------------------------------------------------------------

_MOST_TELLING: Final = 2
"""Of how many open facts it is said which answer leads where."""

_MOST_ANSWERS: Final = 4
"""How many ways an answer may lead, at most; of days the latest come first."""

_NEAR: Final = 30
"""A day is near that is no more days away than this."""


def fields_in_order(decision: WholeDecision) -> list[str]:
    """Return the fields that a decision needs, in the order in which they matter."""
    return [one.field for one in open_facts(decision)]


def telling(decision: WholeDecision, lang: Language) -> Iterator[tuple[str, str]]:
    """Yield the fields that matter most with what each answer leads to, as clauses."""
    told = 0
    for one in open_facts(decision):
        if told < _MOST_TELLING and (text := _answers_text(one, lang)):
            told += 1
            yield one.field, text


def field_text(field: str, lang: Language) -> str:
    """Return what an open fact is called before its answers, which name its values."""
    own = f"answer.field.{field}"
    return say(lang, own) if has(own) else fields_text([field], lang)


def _answers_text(fact: OpenFact, lang: Language) -> str:
    """Return what each answer leads to, as clauses; nothing where none leads elsewhere."""
    for result in (_outcome, _choice):
        ways: dict[str, list[OpenAnswer]] = {}
        for answer in fact.answers:
            ways.setdefault(_key(answer, result(answer, lang)), []).append(answer)
        if len(ways) > 1:
            ordered = sorted(ways.values(), key=lambda alike: _place_of(fact, alike))
            texts = [
                say(
                    lang,
                    "answer.leads",
                    when=_when(fact, alike, lang),
                    result=result(alike[0], lang),
                )
                for alike in ordered
            ]
            return clauses(lang, texts[:_MOST_ANSWERS])
    return ""


def _place_of(fact: OpenFact, alike: Sequence[OpenAnswer]) -> int:
    """Return where answers stand: the few faults that are named before "the others"."""
    named = sum(answer.value in fact.faults for answer in alike)
    return 2 if not named else int(named > MOST_VALUES)


def near_text(decision: WholeDecision, lang: Language) -> str:
    """Return the day that is near where the outcome is open: the last for what it may come to.

    Nothing where a remedy was asked for before the day of the claim: the days were kept then.
    """
    dates = decision.dates
    if decision.outcome is not None or dates.asked_on != dates.claimed_on:
        return ""
    last = {
        name: getattr(dates, name)
        for name, remedies in _UNTIL.items()
        if not remedies.isdisjoint(decision.possible)
    }
    ahead = {
        name: (day - dates.claimed_on).days
        for name, day in last.items()
        if day is not None and day >= dates.claimed_on
    }
    name = min(ahead, key=ahead.__getitem__, default="")
    if not name or ahead[name] > _NEAR:
        return ""
    days = ahead[name]
    left = "piece.left" if days else "piece.none_left"
    return say(
        lang,
        "answer.near",
        date=say(lang, f"date.{name}", on=last[name]),
        left=say(lang, left, days=days_text(days, lang)),
    )


_UNTIL: Final = {
    "refund_until": {"refund"},
    "exchange_until": {"exchange"},
    "period_ends_on": {"refund", "exchange", "free_repair"},
}
"""The last days in a decision, with the outcomes that end with them."""


def _key(answer: OpenAnswer, result: str) -> str:
    """Return what answers have in common that are told together: days stand each for itself."""
    is_days = answer.first is not None or answer.last is not None
    return f"{result} {answer.value}" if is_days else result


def _outcome(answer: OpenAnswer, lang: Language) -> str:
    """Return what an answer leads to, with the money where that is settled."""
    decision = answer.decision
    if decision.outcome is None:
        possible = [result_text(one, lang) for one in decision.possible]
        return say(lang, "answer.possible", possible=listed(lang, possible))
    text = result_text(decision.outcome, lang)
    if answer.first is not None or answer.last is not None:  # the money goes by the day
        return text
    lead = decision.lead
    paid = (
        money_text(one, lang)
        for one in decision.remedies
        if lead is not None and one.ref == lead.ref and one.payable is not None
    )
    return text + next(paid, "")


def _choice(answer: OpenAnswer, lang: Language) -> str:
    """Return the remedies that an answer leaves to choose from."""
    given = (one for one in answer.decision.remedies if not one.needs)
    kinds = list(dict.fromkeys(result_text(one.remedy, lang) for one in given))
    if not kinds:
        return _outcome(answer, lang)
    return say(lang, "answer.choice", remedies=listed(lang, kinds))


def _when(fact: OpenFact, alike: Sequence[OpenAnswer], lang: Language) -> str:
    """Return what has to be so, of answers that lead to the same."""
    [first, *_] = alike
    if first.first is not None or first.last is not None:
        return _days(first, lang)
    if fact.field == "fault.symptom":
        return _fault(fact, [str(one.value) for one in alike], lang)
    return say(lang, "answer.or").join(_answer(fact.field, one.value, lang) for one in alike)


def _days(answer: OpenAnswer, lang: Language) -> str:
    first, last = answer.first, answer.last
    if first is None:
        return say(lang, "answer.sold.until", last=last)
    if last is None:
        return say(lang, "answer.sold.from", first=first)
    name = "answer.sold.on" if first == last else "answer.sold.between"
    return say(lang, name, first=first, last=last)


def _answer(field: str, value: bool | str, lang: Language) -> str:
    """Return one value of a field as a condition."""
    path = _place(field)[2]
    for group in ("answer", "change"):
        message = f"{group}.{path}.{code_of(value)}"
        if has(message):
            return say(lang, message)
    return truth_text(path.rpartition(".")[2], value, lang)


def _fault(fact: OpenFact, codes: Sequence[str], lang: Language) -> str:
    """Return what the fault has to be; of those that the law lists only the few by name."""
    named = [code for code in codes if code in fact.faults]
    rest = [code for code in codes if code not in fact.faults]
    parts = []
    if named and len(named) == len(fact.faults):
        if "unlisted" in rest:
            rest.remove("unlisted")
            parts.append(say(lang, "answer.fault.any"))
        else:
            parts.append(say(lang, "answer.fault.listed"))
    elif len(named) > MOST_VALUES:
        parts.append(say(lang, "answer.fault.other_listed"))
    elif named:
        texts = [value_text(code, lang) for code in named]
        parts.append(say(lang, "answer.fault.named", faults=either(lang, texts)))
    for code in rest:
        own = f"answer.fault.{code}"
        text = value_text(code, lang, "symptom")
        parts.append(say(lang, own) if has(own) else say(lang, "answer.fault.named", faults=text))
    return say(lang, "answer.or").join(parts)
