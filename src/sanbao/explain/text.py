"""A decision in plain words: 文字说明.

Short and in this order: what was asked and cannot be had; what can; why, with article,
fact and number; what else; until when; what to bring; what is still to be known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sanbao.explain.messages import Language, has, language, say
from sanbao.facts import FACTS

if TYPE_CHECKING:
    from sanbao.decision import Check, Decision, Finding, Remedy
    from sanbao.policy import Citation

__all__ = ["check_text", "cites_text", "explain", "rule_text"]

_ALWAYS_TOLD = frozenset({"cause", "cause_basis", "rights", "same_model_in_stock"})
"""Facts that a short explanation names even beside a day or a count."""

_NEVER_TOLD = frozenset({"role", "capacity_sound", "request", "nothing_to_refund"})
"""Facts that say nothing to a reader who holds the goods in hand."""


_SILENT = {"rights": ("none_of",), "claimed_on": ("before", "not_before")}
"""Relations that only rule out another rule, or another law in time."""


def explain(decision: Decision, lang: str) -> str:
    """Return ``decision`` in plain words, one point a line.

    Raises :class:`~sanbao.ValidationError` for a language the catalogue does not have.
    """
    return "\n".join(_lines(decision, language(lang)))


def _lines(decision: Decision, lang: Language) -> Iterator[str]:
    yield from _asked(decision, lang)
    yield _result(decision, lang)
    yield from _why(decision, lang)
    chosen = _chosen(decision)
    said = {_remedy(remedy, lang) for remedy in chosen}
    others = [_remedy(remedy, lang) for remedy in decision.remedies if remedy not in chosen]
    if others := [text for text in dict.fromkeys(others) if text not in said]:
        yield say(lang, "line.also", remedies=_clauses(lang, others))
    if dates := list(_dates(decision, lang)):
        yield say(lang, "line.until", dates=_clauses(lang, dates))
    if decision.outcome is not None and decision.outcome != "excluded":
        rule = "" if decision.lead is None else decision.lead.rule
        papers = f"bring.{rule}" if has(f"bring.{rule}") else f"bring.{decision.outcome}"
        yield say(lang, "line.bring", papers=say(lang, papers))
    if decision.needs:
        yield say(lang, "line.needs", fields=_fields(decision.needs, lang))
    if duties := [
        say(lang, f"duty.{duty.id}", on=duty.on) if has(f"duty.{duty.id}") else duty.id
        for duty in decision.obligations
    ]:
        yield say(lang, "line.duties", duties=_clauses(lang, duties))
    if decision.warnings:
        texts = [
            say(lang, f"warning.{odd.id}", value=odd.value) if has(f"warning.{odd.id}") else odd.id
            for odd in decision.warnings
        ]
        yield say(lang, "line.warnings", warnings=_clauses(lang, texts))


def _asked(decision: Decision, lang: Language) -> Iterator[str]:
    requested = decision.requested
    if requested is None or requested.available:
        return
    asked = say(lang, f"outcome.{requested.remedy}")
    if requested.available is None:
        yield say(lang, "line.asked_open", asked=asked)
        return
    if not requested.because or requested.because[0] not in decision.verdicts:
        yield say(lang, "line.asked_no_right", asked=asked)
        return
    finding = decision.finding(requested.because[0])
    because = _reason(finding, lang) + say(lang, "piece.end")
    yield say(lang, "line.asked_not_available", asked=asked, because=because)


def _result(decision: Decision, lang: Language) -> str:
    match decision.outcome:
        case None:
            possible = [say(lang, f"outcome.{outcome}") for outcome in decision.possible]
            return say(lang, "line.open", possible=_listed(lang, possible))
        case "paid_repair":
            return say(lang, "line.paid_repair")
        case "excluded":
            return say(lang, "line.excluded")
        case _:
            texts = [_remedy(remedy, lang) for remedy in _chosen(decision)]
            return say(lang, "line.outcome", outcome=_clauses(lang, texts))


def _chosen(decision: Decision) -> list[Remedy]:
    """Return the remedies the outcome stands for: the leading one, or those it may be."""
    lead = "" if decision.lead is None else decision.lead.rule
    return [
        remedy
        for remedy in decision.remedies
        if remedy.rule == lead or (remedy.needs and remedy.remedy == decision.outcome)
    ]


def _why(decision: Decision, lang: Language) -> Iterator[str]:
    if decision.lead is None or decision.lead.rule not in decision.verdicts:
        return
    finding = decision.finding(decision.lead.rule)
    texts = _told([check for check in finding.checks if check.holds is not False], lang)
    checks = say(lang, "piece.colon") + _clauses(lang, texts) if texts else ""
    yield say(
        lang,
        "line.why",
        rule=rule_text(finding.rule, lang),
        cites=cites_text(finding.citations, lang),
        checks=checks + say(lang, "piece.end"),
    )
    notes = dict.fromkeys(
        note
        for other in decision.findings
        for note in other.notes
        if decision.outcome not in ("excluded", "paid_repair")
    )
    for note in notes:
        yield say(lang, "line.note", note=say(lang, f"note.{note}") + say(lang, "piece.end"))


def _reason(finding: Finding, lang: Language) -> str:
    """Return why a rule stands in the way, or what it falls short of."""
    head = f"{rule_text(finding.rule, lang)} ({cites_text(finding.citations, lang)})"
    if finding.verdict in ("holds", "barred"):
        texts = _told([check for check in finding.checks if check.holds], lang)
    else:
        failed = [check for check in finding.checks if not check.holds]
        texts = [check_text(check, lang) for check in failed]
    return head + say(lang, "piece.colon") + _clauses(lang, texts) if texts else head


def _told(checks: list[Check], lang: Language) -> list[str]:
    """Return what is worth telling of ``checks``: days and counts, else the plain facts."""
    open_to_tell = [check for check in checks if check.fact not in _NEVER_TOLD]
    open_to_tell = [c for c in open_to_tell if c.relation not in _SILENT.get(c.fact, ())]
    measured = [check for check in open_to_tell if check.margin is not None]
    chosen = [c for c in open_to_tell if c.margin is not None or c.fact in _ALWAYS_TOLD]
    return list(dict.fromkeys(check_text(c, lang) for c in (chosen if measured else open_to_tell)))


def _remedy(remedy: Remedy, lang: Language) -> str:
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
        money += say(lang, "piece.if_known", fields=_fields(remedy.needs, lang))
    return say(
        lang,
        "piece.remedy",
        remedy=say(lang, f"outcome.{remedy.remedy}"),
        money=money,
        cites=cites_text(remedy.citations[:1], lang),
        owner=say(lang, f"owner.{remedy.owed_by}"),
    )


def _dates(decision: Decision, lang: Language) -> Iterator[str]:
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
    return _listed(lang, [_cite(citation, lang) for citation in citations])


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
            return say(lang, "check.owed", rules=_listed(lang, rules))
        return say(lang, "check.not_owed")
    label = _label(check.fact, lang)
    if check.counted_from is not None:
        return _day_text(check, lang)
    if check.actual is None:
        return say(lang, "check.unknown", fact=label)
    values = {
        "fact": label,
        "actual": _value(check.actual, lang),
        "threshold": _listed(lang, [_value(value, lang) for value in _many(check.threshold)]),
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
    since = _label(check.counted_from or "", lang)
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


def _label(fact: str, lang: Language) -> str:
    spec = FACTS.get(fact)
    if spec is None:
        return fact
    return spec.zh if lang == "zh" else spec.en


def _many(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def _value(value: object, lang: Language) -> str:
    if isinstance(value, bool):
        return say(lang, "yes" if value else "no")
    return say(lang, f"code.{value}") if has(f"code.{value}") else str(value)


def _fields(paths: Iterable[str], lang: Language) -> str:
    names = []
    for path in paths:
        head, _, tail = path.partition("[")
        plain = head + tail.partition("]")[2]
        names.append(say(lang, f"field.{plain}") if has(f"field.{plain}") else path)
    return _listed(lang, list(dict.fromkeys(names)))


def _listed(lang: Language, parts: list[str]) -> str:
    return say(lang, "piece.list").join(parts)


def _clauses(lang: Language, parts: list[str]) -> str:
    return say(lang, "piece.clause").join(parts)
