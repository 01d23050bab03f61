"""A decision in plain words: 文字说明.

Short and in this order: what was asked and cannot be had; what can; why, with article,
fact and number; what else; until when; what to bring; what is still to be known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sanbao.explain.messages import Language, has, language, say
from sanbao.explain.phrases import (
    check_text,
    cites_text,
    clauses,
    dates_text,
    fields_text,
    listed,
    remedy_text,
    rule_text,
    told,
)

if TYPE_CHECKING:
    from sanbao.decision import Decision, Finding, Remedy

__all__ = ["explain"]


def explain(decision: Decision, lang: str, audience: str = "consumer") -> str:
    """Return ``decision`` in plain words, one point a line.

    Raises :class:`~sanbao.ValidationError` for a language the catalogue does not have.
    """
    return "\n".join(_lines(decision, language(lang)))


def _lines(decision: Decision, lang: Language) -> Iterator[str]:
    yield from _asked(decision, lang)
    yield _result(decision, lang)
    yield from _why(decision, lang)
    chosen = _chosen(decision)
    said = {remedy_text(remedy, lang) for remedy in chosen}
    others = [remedy_text(remedy, lang) for remedy in decision.remedies if remedy not in chosen]
    if others := [text for text in dict.fromkeys(others) if text not in said]:
        yield say(lang, "line.also", remedies=clauses(lang, others))
    if dates := list(dates_text(decision, lang)):
        yield say(lang, "line.until", dates=clauses(lang, dates))
    if decision.outcome is not None and decision.outcome != "excluded":
        rule = "" if decision.lead is None else decision.lead.rule
        papers = f"bring.{rule}" if has(f"bring.{rule}") else f"bring.{decision.outcome}"
        yield say(lang, "line.bring", papers=say(lang, papers))
    if decision.needs:
        yield say(lang, "line.needs", fields=fields_text(decision.needs, lang))
    if duties := [
        say(lang, f"duty.{duty.id}", on=duty.on) if has(f"duty.{duty.id}") else duty.id
        for duty in decision.obligations
    ]:
        yield say(lang, "line.duties", duties=clauses(lang, duties))
    if decision.warnings:
        texts = [
            say(lang, f"warning.{odd.id}", value=odd.value) if has(f"warning.{odd.id}") else odd.id
            for odd in decision.warnings
        ]
        yield say(lang, "line.warnings", warnings=clauses(lang, texts))


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
            return say(lang, "line.open", possible=listed(lang, possible))
        case "paid_repair":
            return say(lang, "line.paid_repair")
        case "excluded":
            return say(lang, "line.excluded")
        case _:
            texts = [remedy_text(remedy, lang) for remedy in _chosen(decision)]
            return say(lang, "line.outcome", outcome=clauses(lang, texts))


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
    texts = told([check for check in finding.checks if check.holds is not False], lang)
    checks = say(lang, "piece.colon") + clauses(lang, texts) if texts else ""
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
        texts = told([check for check in finding.checks if check.holds], lang)
    else:
        failed = [check for check in finding.checks if not check.holds]
        texts = [check_text(check, lang) for check in failed]
    return head + say(lang, "piece.colon") + clauses(lang, texts) if texts else head
