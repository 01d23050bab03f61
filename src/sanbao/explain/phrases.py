"""The phrases that every explanation is put together from: 用语.

A rule, a citation, a check, a remedy with its money, a field: each is said in one way,
wherever it is said and whoever reads it. The words themselves are in
:mod:`sanbao.explain.messages`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sanbao.explain.messages import Language, has, say
from sanbao.facts import FACTS

if TYPE_CHECKING:
    from sanbao.decision import Check, Decision, Remedy
    from sanbao.policy import Citation

__all__ = [
    "check_text",
    "cites_text",
    "clauses",
    "dates_text",
    "fact_label",
    "fields_text",
    "listed",
    "remedy_text",
    "rule_text",
    "told",
    "value_text",
]

_ALWAYS_TOLD = frozenset({"cause", "cause_basis", "rights", "same_model_in_stock"})
"""Facts that a short explanation names even beside a day or a count."""

_NEVER_TOLD = frozenset({"role", "capacity_sound", "request", "nothing_to_refund"})
"""Facts that say nothing to a reader who holds the goods in hand."""


_SILENT = {"rights": ("none_of",), "claimed_on": ("before", "not_before")}
"""Relations that only rule out another rule, or another law in time."""


def told(checks: list[Check], lang: Language) -> list[str]:
    """Return what is worth telling of ``checks``: days and counts, else the plain facts."""
    open_to_tell = [check for check in checks if check.fact not in _NEVER_TOLD]
    open_to_tell = [c for c in open_to_tell if c.relation not in _SILENT.get(c.fact, ())]
    measured = [check for check in open_to_tell if check.margin is not None]
    chosen = [c for c in open_to_tell if c.margin is not None or c.fact in _ALWAYS_TOLD]
    return list(dict.fromkeys(check_text(c, lang) for c in (chosen if measured else open_to_tell)))


def remedy_text(remedy: Remedy, lang: Language) -> str:
    """Return a remedy with its money, its article and who owes it."""
    money = ""
    if remedy.remedy == "refund":
        if remedy.payable is None:
            money = say(lang, "piece.money_open")
        elif remedy.used_days is None:
            money = say(lang, "piece.money_full", payable=remedy.payable)
        else:
            money = say(
                lang,
                "piece.money_less",
                payable=remedy.payable,
                price=remedy.price,
                used_days=remedy.used_days,
                fee=remedy.fee,
            )
    if remedy.needs:
        money += say(lang, "piece.if_known", fields=fields_text(remedy.needs, lang))
    return say(
        lang,
        "piece.remedy",
        remedy=say(lang, f"outcome.{remedy.remedy}"),
        money=money,
        cites=cites_text(remedy.citations[:1], lang),
        owner=say(lang, f"owner.{remedy.owed_by}"),
    )


def dates_text(decision: Decision, lang: Language) -> Iterator[str]:
    """Yield the days until which, or from which, something is the consumer's."""
    if decision.outcome in ("excluded", "paid_repair"):
        return
    dates = decision.dates
    open_now = {remedy.remedy for remedy in decision.remedies}
    for name, remedy in (
        ("refund_until", "refund"),
        ("exchange_until", "exchange"),
        ("period_ends_on", None),
    ):
        day = getattr(dates, name)
        if day is None or (remedy and (remedy not in open_now or day < dates.claimed_on)):
            continue
        text = say(lang, f"date.{name}", on=day)
        if remedy is None and dates.deducted_days:
            text += say(lang, "piece.deducted", days=dates.deducted_days)
        if name in decision.provisional:
            text += say(lang, "piece.provisional")
        yield text
    for begins in dates.begins:
        if begins.on > dates.claimed_on:
            yield say(lang, "date.begins", on=begins.on, rule=rule_text(begins.rule, lang))


def rule_text(rule: str, lang: Language) -> str:
    """Return what a rule is about, or its id where the catalogue has no words for it."""
    return say(lang, f"rule.{rule}") if has(f"rule.{rule}") else rule


def cites_text(citations: Iterable[Citation], lang: Language) -> str:
    """Return citations as people write them, an inferred article number marked as such."""
    return listed(lang, [_cite(citation, lang) for citation in citations])


def _cite(citation: Citation, lang: Language) -> str:
    known = f"law.{citation.law}"
    law = say(lang, known) if has(known) else citation.law
    if citation.article is None:
        return say(lang, "piece.cite_appendix", law=law, place=citation.appendix)
    name = "piece.cite" if citation.item is None else "piece.cite_item"
    text = say(lang, name, law=law, place=citation.article, item=citation.item)
    if citation.number == "inferred":
        text += f" [{say(lang, 'piece.inferred')}]"
    return text


def check_text(check: Check, lang: Language) -> str:
    """Return one check as a clause: the fact, what it is, and what it was held against."""
    if check.fact == "rights":
        if check.actual:
            rules = [rule_text(str(rule), lang) for rule in _many(check.actual)]
            return say(lang, "check.owed", rules=listed(lang, rules))
        return say(lang, "check.not_owed")
    label = fact_label(check.fact, lang)
    if check.counted_from is not None:
        return _day_text(check, lang)
    if check.actual is None:
        return say(lang, "check.unknown", fact=label)
    values = {
        "fact": label,
        "actual": value_text(check.actual, lang),
        "threshold": listed(lang, [value_text(value, lang) for value in _many(check.threshold)]),
    }
    return say(lang, _check_message(check), **values)


def _check_message(check: Check) -> str:
    """Return the message for a check: a threshold is named where it tells something."""
    if check.relation == "at_least":
        return "check.number"
    if (
        check.holds
        or isinstance(check.actual, bool)
        or check.relation
        in (
            "is_not",
            "none_of",
            "below",
        )
    ):
        return "check.value"
    return "check.not_before" if check.relation == "before" else "check.code"


def _day_text(check: Check, lang: Language) -> str:
    since = fact_label(check.counted_from or "", lang)
    if check.margin is None:
        return say(lang, "check.unknown", fact=since)
    wanted_inside = check.relation == "not_after"
    if check.holds:
        name = "check.inside" if wanted_inside else "check.passed"
    else:
        name = "check.late" if wanted_inside else "check.early"
    return say(
        lang,
        name,
        claimed=check.actual,
        last=check.threshold,
        since=since,
        start=check.counted_from_on,
        days=abs(check.margin),
    )


def fact_label(fact: str, lang: Language) -> str:
    """Return what a fact is called; a name nobody knows stays as it is."""
    spec = FACTS.get(fact)
    if spec is None:
        return fact
    return spec.zh if lang == "zh" else spec.en


def _many(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def value_text(value: object, lang: Language) -> str:
    """Return a value of a fact as people say it."""
    if isinstance(value, bool):
        return say(lang, "yes" if value else "no")
    return say(lang, f"code.{value}") if has(f"code.{value}") else str(value)


def fields_text(paths: Iterable[str], lang: Language) -> str:
    """Return fields of the claim by what they are called."""
    names = []
    for path in paths:
        head, _, tail = path.partition("[")
        plain = head + tail.partition("]")[2]
        names.append(say(lang, f"field.{plain}") if has(f"field.{plain}") else path)
    return listed(lang, list(dict.fromkeys(names)))


def listed(lang: Language, parts: Sequence[str]) -> str:
    """Return parts as a list."""
    return say(lang, "piece.list").join(parts)


def clauses(lang: Language, parts: Sequence[str]) -> str:
    """Return parts as clauses of one sentence."""
    return say(lang, "piece.clause").join(parts)
