"""A decision as the clerk at the counter works through it: 给柜台的步骤.

Numbered steps, in the order in which they are done: what to tell the customer, which papers
to check, what to find out, what to do, what to write down, what comes along, which days to
mind, what looked odd. A step with nothing in it is left out.

What is done goes by the ids of outcome, findings, notes and obligations; what they ask for
is in the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from sanbao.explain.blocks.model import Indented, Listing, Section, TextBlock, in_lines
from sanbao.explain.texts.consumer import carries_text, chosen, grounds, notes, papers_text, summary
from sanbao.explain.texts.phrases import (
    cites_text,
    clauses,
    dates_text,
    duty_text,
    fields_text,
    listed,
    remedy_text,
    rule_text,
    warning_text,
)
from sanbao.explain.texts.titles import promise_of
from sanbao.explain.words.catalogue import Language, has, say

if TYPE_CHECKING:
    from sanbao.model.decision import Obligation, WholeDecision

__all__ = ["explanation"]

_REPAIR_RECORD: Final = (
    "handed_in_on",
    "fault",
    "cause",
    "work",
    "handed_back_on",
    "signature",
)
"""What a voucher must hold of a repair (Appendix 2)."""


def explanation(decision: WholeDecision, lang: Language) -> Iterator[TextBlock]:
    """Yield the steps for the clerk, each with its points."""
    number = 0
    for step, what in _STEPS.items():
        if points := tuple(what(decision, lang)):
            number += 1
            yield Section(say(lang, f"clerk.head.{step}"), number)
            yield Indented((Listing(points),), 3)


def _tell(decision: WholeDecision, lang: Language) -> Iterator[str]:
    for paragraph in summary(decision, lang):
        yield from in_lines(paragraph.words)


def _papers(decision: WholeDecision, lang: Language) -> Iterator[str]:
    papers = papers_text(decision, lang)
    if not papers:
        return
    yield say(lang, "clerk.take", papers=papers)
    if decision.outcome == "paid_repair":  # whatever the papers carry, it is not this
        return
    for finding in decision.findings:
        cites = cites_text(finding.citations, lang)
        if not promise_of(finding.ref) and has(f"clerk.check.{finding.rule}"):
            yield say(lang, f"clerk.check.{finding.rule}", cites=cites)
        carries = carries_text(finding.ref, decision, lang)
        if carries and finding.verdict in ("holds", "unknown"):
            message = "clerk.grade" if finding.verdict == "holds" else "clerk.grade_open"
            rule = rule_text(finding.ref, lang)
            yield say(lang, message, rule=rule, cites=cites, carries=carries)


def _ask(decision: WholeDecision, lang: Language) -> Iterator[str]:
    for field in dict.fromkeys(fields_text([path], lang) for path in decision.needs):
        yield say(lang, "clerk.ask", field=field)
    for note in notes(decision):
        if has(f"clerk.note.{note}"):
            yield say(lang, f"clerk.note.{note}")


def _do(decision: WholeDecision, lang: Language) -> Iterator[str]:
    outcome = decision.outcome or "open"
    if reasons := [
        f"{rule_text(ground.ref, lang)} ({cites_text(ground.citations, lang)})"
        for ground in grounds(decision)
    ]:
        yield say(lang, "clerk.reason", rules=clauses(lang, reasons))
    else:
        for remedy in chosen(decision):
            yield say(lang, "clerk.remedy", remedy=remedy_text(remedy, lang))
    if has(f"clerk.do.{outcome}"):
        yield say(lang, f"clerk.do.{outcome}")
    for note in notes(decision):
        if has(f"clerk.do.{note}"):
            yield say(lang, f"clerk.do.{note}")


def _write(decision: WholeDecision, lang: Language) -> Iterator[str]:
    if decision.outcome in ("free_repair", "paid_repair"):
        items = [say(lang, f"voucher.repairs.{item}") for item in _REPAIR_RECORD]
        yield say(lang, "clerk.record", items=listed(lang, items))
    if has(f"clerk.write.{decision.outcome}"):
        yield say(lang, f"clerk.write.{decision.outcome}")
    for duty in decision.obligations:
        if _is_written(duty):
            cites = cites_text(duty.citations, lang)
            yield say(lang, f"clerk.write.{duty.id}", on=duty.on, cites=cites)


def _is_written(duty: Obligation) -> bool:
    """Say whether an obligation is done by writing something down."""
    return has(f"clerk.write.{duty.id}")


def _duties(decision: WholeDecision, lang: Language) -> Iterator[str]:
    for duty in decision.obligations:
        if not _is_written(duty):
            cites = cites_text(duty.citations, lang)
            by = f"clerk.duty.{duty.id}"
            message = by if has(by) else "clerk.duty"
            yield say(lang, message, on=duty.on, duty=duty_text(duty.ref, lang), cites=cites)


def _dates(decision: WholeDecision, lang: Language) -> Iterator[str]:
    for text in dates_text(decision, lang):
        yield say(lang, "clerk.line", text=text)


def _warnings(decision: WholeDecision, lang: Language) -> Iterator[str]:
    for odd in decision.warnings:
        yield say(lang, "clerk.line", text=warning_text(odd, lang))


_STEPS: Final[dict[str, Callable[[WholeDecision, Language], Iterator[str]]]] = {
    "tell": _tell,
    "papers": _papers,
    "ask": _ask,
    "do": _do,
    "write": _write,
    "duties": _duties,
    "dates": _dates,
    "warnings": _warnings,
}
