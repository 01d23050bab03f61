"""A decision as the consumer reads it: 给消费者的说明.

Plain words, one point a line, in this order: why what was asked for cannot be had; what
can; what speaks against the guarantees and who has to prove it, or why, with article, fact
and number; what else may be chosen; until when; what to bring; what is still to be known;
what comes along; what looked odd. No ids and no codes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sanbao.combined import bare
from sanbao.explain.messages import Language, has, say
from sanbao.explain.phrases import (
    check_text,
    cites_text,
    clauses,
    dates_text,
    days_text,
    duty_text,
    fields_text,
    law_text,
    listed,
    plainly,
    remedy_text,
    rule_text,
    told,
    warning_text,
)

if TYPE_CHECKING:
    from sanbao.decision import Check, Decision, Finding, Obligation, Remedy, Requested

__all__ = ["carries_text", "chosen", "grounds", "lines", "notes", "papers_text", "said"]

_OUTSIDE = ("paid_repair", "excluded")
"""Outcomes outside the guarantees."""


def lines(decision: Decision, lang: Language) -> Iterator[str]:
    """Yield the explanation for the consumer, line by line."""
    yield from said(decision, lang)
    if dates := list(dates_text(decision, lang)):
        yield say(lang, "line.until", dates=clauses(lang, dates))
    if papers := papers_text(decision, lang):
        yield say(lang, "line.bring", papers=papers)
    if decision.needs:
        yield say(lang, "line.needs", fields=fields_text(decision.needs, lang))
    if decision.obligations:
        duties = [_duty(duty, decision, lang) for duty in decision.obligations]
        yield say(lang, "line.duties", duties=clauses(lang, duties))
    if decision.warnings:
        texts = [warning_text(odd, lang) for odd in decision.warnings]
        yield say(lang, "line.warnings", warnings=clauses(lang, texts))


def said(decision: Decision, lang: Language) -> Iterator[str]:
    """Yield what the consumer has to be told at once: the answer, why, and what else."""
    asked = list(_asked(decision, lang))
    yield from asked
    yield _result(decision, lang)
    rule = "" if decision.lead is None else decision.lead.rule
    if has(f"remark.{bare(rule)}"):
        yield say(lang, "line.remark", remark=say(lang, f"remark.{bare(rule)}"))
    requested = decision.requested
    if not (asked and requested and requested.because[:1] == (rule,)):
        yield from _why(decision, lang)
    yield from _proof(decision, lang)
    if others := [rule_text(other.rule, lang) for other in grounds(decision)[1:]]:
        yield say(lang, "line.against_too", rules=clauses(lang, others))
    yield from _papers(decision, lang)
    for note in notes(decision):
        yield say(lang, "line.note", note=law_text(f"note.{note}", lang) + say(lang, "piece.end"))
    yield from _others(decision, lang)


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
    reasons = [_reason(finding, decision, lang) for finding in _nearest(decision, requested)]
    because = clauses(lang, reasons) + say(lang, "piece.end")
    yield say(lang, "line.asked_not_available", asked=asked, because=because)


def _nearest(decision: Decision, requested: Requested) -> list[Finding]:
    """Return what is nearest to what was asked for, and what is half way there."""
    named = [decision.finding(rule) for rule in requested.because if rule in decision.verdicts]
    if named[0].verdict != "fails":
        return named[:1]
    return [named[0], *[finding for finding in named[1:] if _is_half_way(finding)][:1]]


def _is_half_way(finding: Finding) -> bool:
    """Say whether all that lacks is a count that has begun: one repair where two count."""
    failed = [check for check in finding.checks if check.holds is False]
    return bool(failed) and all(check.relation == "at_least" and check.actual for check in failed)


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
            texts = [remedy_text(remedy, lang) for remedy in chosen(decision)]
            return say(lang, "line.outcome", outcome=clauses(lang, texts))


def chosen(decision: Decision) -> list[Remedy]:
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
    checks = [check for check in finding.checks if check.holds is not False]
    texts = told(checks, lang)
    yield say(
        lang,
        "line.against" if decision.outcome in _OUTSIDE else "line.why",
        rule=rule_text(finding.rule, lang),
        cites=cites_text(finding.citations, lang),
        checks=_after_colon(texts, lang) + say(lang, "piece.end"),
    )


def grounds(decision: Decision) -> list[Finding]:
    """Return what takes the claim out of the guarantees, the deciding ground first.

    Beside that one only grounds that the catalogue knows: nothing else in a decision tells a
    ground from a grade of papers. What a commitment repeats is told once.
    """
    if decision.outcome not in _OUTSIDE or decision.lead is None:
        return []
    lead = decision.lead.rule
    names = [
        rule
        for rule, verdict in decision.verdicts.items()
        if verdict == "holds" and has(f"rule.{bare(rule)}") and not has(f"carries.{bare(rule)}")
    ]
    ordered: dict[str, str] = {}
    for rule in (lead, *names):
        ordered.setdefault(bare(rule), rule)
    return [decision.finding(rule) for rule in ordered.values() if rule in decision.verdicts]


def _proof(decision: Decision, lang: Language) -> Iterator[str]:
    """Yield who has to prove the damage that speaks against the guarantees."""
    for finding in grounds(decision):
        for basis in finding.checks:
            if basis.fact == "cause_basis":
                proof = _who_proves(basis, finding, lang)
                yield say(lang, "line.proof", proof=proof)
                return


def _who_proves(basis: Check, finding: Finding, lang: Language) -> str:
    if basis.holds and has(f"proof.{basis.actual}"):
        return say(lang, f"proof.{basis.actual}")
    for check in finding.checks:
        if check.holds and check.relation == "before":
            return say(lang, "proof.trader_before", first=plainly(check.threshold))
        if check.holds and check.relation == "after":
            return say(
                lang,
                "proof.trader_after",
                last=plainly(check.threshold),
                time=_time(check, lang),
            )
    return check_text(basis, lang)


def _time(check: Check, lang: Language) -> str:
    """Return the time that a check counts."""
    if check.months is None:
        return days_text(check.days or 0, lang)
    name = "condition.month" if check.months == 1 else "condition.months"
    return say(lang, name, number=plainly(check.months))


def _papers(decision: Decision, lang: Language) -> Iterator[str]:
    """Yield what lesser papers carry, where they keep a right away and that is not told yet."""
    if decision.outcome in _OUTSIDE or "barred" not in decision.verdicts.values():
        return
    requested = decision.requested
    told_already = () if requested is None else requested.because[:1]
    in_the_way = {rule for finding in decision.findings for rule in finding.barred_by}
    for finding in decision.findings:
        carries = carries_text(finding.rule, decision, lang)
        if carries and finding.rule in in_the_way and finding.rule not in told_already:
            cites = cites_text(finding.citations, lang)
            yield say(lang, "line.papers", cites=cites, carries=carries)


def notes(decision: Decision) -> list[str]:
    """Return the notes of the findings, each once; outside the guarantees none is of use."""
    if decision.outcome in _OUTSIDE:
        return []
    return list(dict.fromkeys(note for found in decision.findings for note in found.notes))


def _others(decision: Decision, lang: Language) -> Iterator[str]:
    leading = chosen(decision)
    told_already = {remedy_text(remedy, lang) for remedy in leading}
    others = [remedy_text(remedy, lang) for remedy in decision.remedies if remedy not in leading]
    if others := [text for text in dict.fromkeys(others) if text not in told_already]:
        message = "line.certain" if decision.outcome is None else "line.also"
        yield say(lang, message, remedies=clauses(lang, others))


def papers_text(decision: Decision, lang: Language) -> str:
    """Return what the consumer brings; nothing where the claim is outside the regulation."""
    if decision.outcome == "excluded":
        return ""
    rule = "" if decision.lead is None else decision.lead.rule
    by_rule = f"bring.{bare(rule)}"
    return say(lang, by_rule if has(by_rule) else f"bring.{decision.outcome or 'open'}")


def carries_text(rule: str, decision: Decision, lang: Language) -> str:
    """Return what a grade of papers carries; nothing for a rule that is no grade."""
    name = f"carries.{rule}"
    under = f"{name}.{decision.receipt.readings.refund_papers}"
    message = under if has(under) else name
    return law_text(message, lang) if has(message) else ""


def _duty(duty: Obligation, decision: Decision, lang: Language) -> str:
    text = duty_text(duty.id, lang)
    if duty.on != decision.dates.claimed_on:
        text += say(lang, "piece.from", on=duty.on)
    return text


def _reason(finding: Finding, decision: Decision, lang: Language) -> str:
    """Return why a rule stands in the way, or what it falls short of."""
    head = f"{rule_text(finding.rule, lang)} ({cites_text(finding.citations, lang)})"
    if finding.verdict in ("holds", "barred"):
        texts = told([check for check in finding.checks if check.holds], lang)
        if carries := carries_text(finding.rule, decision, lang):
            texts = [*texts, carries]
    else:
        failed = [check for check in finding.checks if not check.holds]
        texts = [check_text(check, lang) for check in failed]
    return head + _after_colon(texts, lang)


def _after_colon(texts: list[str], lang: Language) -> str:
    return say(lang, "piece.colon") + clauses(lang, texts) if texts else ""
