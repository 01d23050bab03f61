"""A decision as the clerk at the counter works through it: 给柜台的步骤.

Numbered steps, in the order in which they are done: what to tell the customer, which papers
to check, what to find out, what to do, what to write down, what comes along, which days to
mind, what looked odd. A point for which nobody has words, and a step with nothing in it, are
left out.

What is done goes by the ids of outcome, findings, notes and obligations; what they ask for the
law says, or the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from sanbao.explain.blocks.model import (
    Indented,
    Line,
    Listing,
    Section,
    Subject,
    TextBlock,
    about_in,
    in_lines,
)
from sanbao.explain.texts.consumer import (
    available,
    carries_text,
    chosen,
    deciding_of,
    grounds,
    is_at_repairer,
    notes,
    papers_text,
    summary,
)
from sanbao.explain.texts.phrases import (
    dates_text,
    due_text,
    duty_text,
    fields_text,
    listed,
    remedy_text,
    rule_text,
    short_cite,
    told,
    warning_text,
)
from sanbao.explain.texts.titles import promise_of
from sanbao.explain.words.catalogue import Language, say

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
        told_now = [one if isinstance(one, Line) else Line(one) for one in what(decision, lang)]
        points = (text for one in told_now for text in in_lines(one.words))
        if items := tuple(filter(None, points)):
            number += 1
            yield Section(say(lang, f"clerk.head.{step}"), number)
            yield Indented((Listing(items, tuple(about_in(told_now))),), 3)


def _papers(decision: WholeDecision, lang: Language) -> Iterator[str]:
    papers = papers_text(decision, lang)
    if not papers:
        return
    yield say(lang, "clerk.take", papers=papers)
    if decision.outcome == "paid_repair":  # whatever the papers carry, it is not this
        return
    for finding in decision.findings:
        cites = short_cite(finding.citations, lang)
        check = "" if promise_of(finding.ref) else f"clerk.check.{finding.rule}"
        yield told(check, lang, cites=cites)
        carries = carries_text(finding.ref, decision, lang)
        if carries and finding.verdict in ("holds", "unknown"):
            message = "clerk.grade" if finding.verdict == "holds" else "clerk.grade_open"
            rule = rule_text(finding.ref, lang)
            yield say(lang, message, rule=rule, cites=cites, carries=carries)
    if kinds := [say(lang, f"outcome.{one.remedy}") for one in available(decision)]:
        yield say(lang, "clerk.carries", remedies=listed(lang, list(dict.fromkeys(kinds))))


def _ask(decision: WholeDecision, lang: Language) -> Iterator[str | Line]:
    if decision.needs:
        about = (Subject("reason", (), deciding_of(decision).unknown),)
        yield from (Line(text, about) for text in _open(decision, lang))
    for note in notes(decision):
        yield told(f"clerk.note.{note}", lang)


def _open(decision: WholeDecision, lang: Language) -> Iterator[str]:
    """Yield what to find out, what matters most first, and where it leads."""
    from sanbao.explain.texts.changes import field_text, fields_in_order, telling

    where = dict(telling(decision, lang))
    for path in fields_in_order(decision):
        if path in where:
            field = field_text(path, lang)
            yield say(lang, "clerk.ask_telling", field=field, answers=where[path])
        else:
            yield say(lang, "clerk.ask", field=fields_text([path], lang))


def _do(decision: WholeDecision, lang: Language) -> Iterator[str]:
    outcome = decision.outcome or "open"
    reasons = grounds(decision)
    for ground in reasons:
        rule, cites = rule_text(ground.ref, lang), short_cite(ground.citations, lang)
        yield say(lang, "clerk.reason", rule=rule, cites=cites)
    if not reasons:
        for remedy in chosen(decision):
            yield say(lang, "clerk.remedy", remedy=remedy_text(remedy, lang))
    for what in (outcome, *notes(decision)):
        there = told(f"clerk.do.{what}.at_repairer", lang) if is_at_repairer(decision) else ""
        yield there or told(f"clerk.do.{what}", lang)


def _write(decision: WholeDecision, lang: Language) -> Iterator[str]:
    if decision.outcome in ("free_repair", "paid_repair"):
        items = [say(lang, f"voucher.repairs.{item}") for item in _REPAIR_RECORD]
        yield told("clerk.record", lang, items=listed(lang, items))
    yield told(f"clerk.write.{decision.outcome}", lang)
    for duty in decision.obligations:
        yield _written(duty, lang)


def _written(duty: Obligation, lang: Language) -> str:
    """Return what is written down of an obligation; nothing if that is not how it is done."""
    cites = short_cite(duty.citations, lang)
    return told(f"clerk.write.{duty.id}", lang, on=duty.on, cites=cites)


def _duties(decision: WholeDecision, lang: Language) -> Iterator[str]:
    for duty in decision.obligations:
        if not _written(duty, lang):
            named = {"duty": duty_text(duty.ref, lang), "cites": short_cite(duty.citations, lang)}
            yield due_text("clerk.duty", duty, lang, **named)


def _dates(decision: WholeDecision, lang: Language) -> Iterator[str]:
    if decision.needs:
        from sanbao.explain.texts.changes import near_text

        near = near_text(decision, lang)
        yield say(lang, "clerk.near", near=near) if near else ""
    for text in dates_text(decision, lang):
        yield say(lang, "clerk.line", text=text)


def _warnings(decision: WholeDecision, lang: Language) -> Iterator[str]:
    for odd in decision.warnings:
        yield say(lang, "clerk.line", text=warning_text(odd, lang))


_STEPS: Final[dict[str, Callable[[WholeDecision, Language], Iterable[str | Line]]]] = {
    "tell": summary,
    "papers": _papers,
    "ask": _ask,
    "do": _do,
    "write": _write,
    "duties": _duties,
    "dates": _dates,
    "warnings": _warnings,
}
