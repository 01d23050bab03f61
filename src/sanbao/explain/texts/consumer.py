"""A decision as the consumer reads it: 给消费者的说明.

Plain words, one point a line, in this order: why what was asked for cannot be had; what
can; what speaks against the guarantees and who has to prove it, or why, with article, fact
and number; what else is to be known; what else may be chosen; until when; what to bring; what is
still to be known; what comes along; what looked odd. No ids and no codes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sanbao.base.errors import ValidationError
from sanbao.explain.blocks.model import Line
from sanbao.explain.texts.circumstances import OUTSIDE, besides, is_in_besides
from sanbao.explain.texts.phrases import (
    after_colon,
    check_text,
    check_texts,
    clauses,
    dates_text,
    due_text,
    duty_text,
    fact_label,
    fields_text,
    is_reading,
    known_text,
    line,
    listed,
    plainly,
    remedy_text,
    result_text,
    rule_text,
    short_cite,
    told,
    value_text,
)
from sanbao.explain.texts.titles import promise_of
from sanbao.explain.words.catalogue import Language, say
from sanbao.model.claim import last_exchange
from sanbao.model.rule_ref import RuleRef

if TYPE_CHECKING:
    from sanbao.model.decision import (
        Check,
        Dependence,
        Finding,
        Obligation,
        Remedy,
        Requested,
        WholeDecision,
    )

__all__ = [
    "available",
    "carries_text",
    "chosen",
    "explanation",
    "grounds",
    "is_at_repairer",
    "notes",
    "papers_text",
    "summary",
]

_NOTHING_LEFT = "nothing_left"

_FOR_TRADERS = ("art22.recourse",)
"""Obligations that are no matter of the consumer's."""


def explanation(decision: WholeDecision, lang: Language) -> Iterator[Line]:
    """Yield the explanation for the consumer."""
    yield from summary(decision, lang)
    if dates := list(dates_text(decision, lang)):
        yield line(lang, "line.until", dates=clauses(lang, dates))
    if papers := papers_text(decision, lang):
        yield line(lang, "line.bring", papers=papers)
    if decision.needs:
        yield from _open(decision, lang)
    if duties := [duty for duty in decision.obligations if duty.id not in _FOR_TRADERS]:
        texts = [_duty(duty, decision, lang) for duty in duties]
        yield line(lang, "line.duties", duties=clauses(lang, texts))
    if texts := list(_odd(decision, lang)):
        yield line(lang, "line.warnings", warnings=clauses(lang, texts))


def _open(decision: WholeDecision, lang: Language) -> Iterator[Line]:
    """Yield what is to be known, what matters most first, where it leads and which day is near."""
    from sanbao.explain.texts.changes import field_text, fields_in_order, near_text, telling

    if near := near_text(decision, lang):
        yield line(lang, "line.near", near=near)
    fields, told = fields_in_order(decision), list(telling(decision, lang))
    if len(fields) > 1 or not told:
        yield line(lang, "line.needs", fields=fields_text(fields, lang))
    messages = ("line.telling", "line.telling_next") if len(fields) > 1 else ("line.needs_telling",)
    for message, (field, answers) in zip(messages, told, strict=False):
        yield line(lang, message, field=field_text(field, lang), answers=answers)


def summary(decision: WholeDecision, lang: Language) -> Iterator[Line]:
    """Yield what the consumer needs to know first: the answer, why, and what else."""
    asked = list(_asked(decision, lang))
    yield from asked
    yield _result(decision, lang)
    lead, requested = decision.lead, decision.requested
    if remark := _remark(decision, lang):
        yield line(lang, "line.remark", remark=remark)
    if not (asked and requested and lead and requested.because[:1] == (lead.ref,)):
        yield from _why(decision, lang)
    if others := [_ground(other, lang) for other in grounds(decision)[1:]]:
        yield line(lang, "line.against_too", rules=clauses(lang, others))
    yield from _proof(decision, lang)
    yield from _papers(decision, lang)
    remarks = notes(decision)
    texts = [known_text("note", note, lang) for note in remarks if note != _NOTHING_LEFT]
    for text in (*texts, *filter(None, besides(decision, remarks, lang))):
        yield line(lang, "line.note", note=text + say(lang, "piece.end"))
    yield from _contested(decision, lang)
    yield from _others(decision, lang)


def _contested(decision: WholeDecision, lang: Language) -> Iterator[Line]:
    """Yield the contested reading that decides here, a sentence, and where others lead.

    A second one is told only if it leads to yet another result. Where facts that decide are not
    known those come first: told is only what would settle it.
    """
    alone = [one for one in decision.depends_on or () if not one.together_with]
    if decision.outcome is None:
        alone = [one for one in alone if one.outcome is not None]
    if decision.outcome in OUTSIDE:  # and who is outside under another reading too is no better off
        alone = [one for one in alone if one.outcome not in OUTSIDE]
    alone.sort(key=lambda one: one.outcome == decision.outcome)
    told_already: dict[str | None, Dependence] = {}
    for one in alone:
        told_already.setdefault(one.outcome, one)
    if len(told_already) > 1:
        told_already.pop(decision.outcome, None)  # another result tells more than other money
    for one in list(told_already.values())[:_MOST_CONTESTED]:
        name = "money" if one.outcome == decision.outcome else "outcome"
        yield line(
            lang,
            f"line.contested.{_whose(one.outcome, decision.outcome)}",
            question=known_text("reading", one.reading, lang),
            decided=known_text("reading", f"{one.reading}.{one.instead_of}", lang),
            other=known_text("reading", f"{one.reading}.{one.value}", lang),
            result=say(lang, f"contested.{name}", outcome=result_text(one.outcome, lang)),
        )


_CLAIM_AGAIN: Final = ("art10.no_fault", "art10.wear", "app3.unlisted", "art24.no_evidence")
"""Grounds whose advice is to claim again, which leads nowhere where another ground stands."""


def _remark(decision: WholeDecision, lang: Language) -> str:
    """Return the advice that fits the ground that decides, or the one that will not pass."""
    lead = decision.lead
    rules = [] if lead is None else [lead.rule, *(one.rule for one in grounds(decision)[1:])]
    if len(rules) > 1:
        rules = [rule for rule in rules if rule not in _CLAIM_AGAIN]
    return next(filter(None, (told(f"remark.{rule}", lang) for rule in rules)), "")


_MOST_CONTESTED: Final = 2
"""How many contested readings are told, at most, each with a result of its own."""

_STRENGTH: Final = ("refund", "exchange", "free_repair", "paid_repair", "excluded")


def _whose(other: str | None, outcome: str | None) -> str:
    """Return who is likely to take a reading that leads to ``other``: whoever it favours."""
    if other is None or outcome is None or other == outcome:
        return "anyone"
    return "trader" if _STRENGTH.index(other) > _STRENGTH.index(outcome) else "consumer"


def _asked(decision: WholeDecision, lang: Language) -> Iterator[Line]:
    requested = decision.requested
    if requested is None or requested.available:
        return
    asked = say(lang, f"outcome.{requested.remedy}")
    if requested.available is None:
        yield line(lang, "line.asked_open", asked=asked)
        return
    if not requested.because or _finding(decision, requested.because[0]) is None:
        yield line(lang, "line.asked_no_right", asked=asked)
        return
    reasons = [_reason(finding, decision, lang) for finding in _nearest(decision, requested)]
    because = clauses(lang, reasons) + say(lang, "piece.end")
    yield line(lang, "line.asked_not_available", asked=asked, because=because)


def _nearest(decision: WholeDecision, requested: Requested) -> list[Finding]:
    """Return what is nearest to what was asked for, and what is half way there."""
    found = [_finding(decision, rule) for rule in requested.because]
    named = [finding for finding in found if finding is not None]
    if emptied := [finding for finding in named if _NOTHING_LEFT in finding.notes]:
        return emptied[:1]
    if named[0].verdict != "fails":
        return named[:1]
    return [named[0], *[finding for finding in named[1:] if _is_half_way(finding)][:1]]


def _finding(decision: WholeDecision, rule: RuleRef) -> Finding | None:
    """Return the finding on a rule; none where a stranger's JSON has none."""
    try:
        return decision.finding(rule)
    except KeyError:
        return None


def _checks(
    checks: list[Check], finding: Finding, decision: WholeDecision, lang: Language
) -> list[str]:
    """Return checks of a finding as clauses, of several periods the one that counts here."""
    ends = decision.dates.period_ends_on
    return check_texts(checks, lang, finding.policy, ends, _sold(decision))


def _sold(decision: WholeDecision) -> object:
    """Return the day of the sale as the rules were asked about it; none where that is not known."""
    checks = (check for finding in decision.findings for check in finding.checks)
    return next((check.actual for check in checks if check.fact == "sale_dated_on"), None)


def _is_half_way(finding: Finding) -> bool:
    """Say whether all that lacks is a count that has begun: one repair where two count."""
    failed = [check for check in finding.checks if check.holds is False]
    return bool(failed) and all(check.relation == "at_least" and check.actual for check in failed)


def _result(decision: WholeDecision, lang: Language) -> Line:
    match decision.outcome:
        case None:
            possible = [say(lang, f"outcome.{outcome}") for outcome in decision.possible]
            return line(lang, "line.open", possible=listed(lang, possible))
        case "paid_repair":
            return line(lang, "line.paid_repair")
        case "excluded":
            return line(lang, "line.excluded")
        case _:
            texts = [remedy_text(remedy, lang) for remedy in chosen(decision)]
            return line(lang, "line.outcome", outcome=clauses(lang, texts))


def chosen(decision: WholeDecision) -> list[Remedy]:
    """Return the remedies the outcome stands for: the leading one, or those it may be."""
    lead = decision.lead
    return [
        remedy
        for remedy in decision.remedies
        if (not remedy.rule if lead is None else remedy.ref == lead.ref)
        or (remedy.needs and remedy.remedy == decision.outcome)
    ]


def _why(decision: WholeDecision, lang: Language) -> Iterator[Line]:
    finding = None if decision.lead is None else _finding(decision, decision.lead.ref)
    if finding is None:
        return
    checks = [check for check in finding.checks if check.holds is not False]
    texts = _checks(checks, finding, decision, lang)
    yield line(
        lang,
        "line.against" if decision.outcome in OUTSIDE else "line.why",
        rule=rule_text(finding.ref, lang),
        cites=short_cite(finding.citations, lang),
        checks=after_colon(lang, texts) + say(lang, "piece.end"),
    )


def grounds(decision: WholeDecision) -> list[Finding]:
    """Return what takes the claim out of the guarantees, the deciding ground first.

    Beside that one only grounds that the catalogue knows: nothing else in a decision tells a
    ground from a grade of papers. What a commitment repeats stands once.
    """
    if decision.outcome not in OUTSIDE or decision.lead is None:
        return []
    holding = [
        finding
        for finding in decision.findings
        if finding.verdict == "holds"
        and told(f"rule.{finding.rule}", "en")
        and not told(f"carries.{finding.rule}", "en")
    ]
    lead = _finding(decision, decision.lead.ref)
    ordered: dict[str, Finding | None] = {decision.lead.rule: lead}
    for finding in holding:
        ordered.setdefault(finding.rule, finding)
    return [finding for finding in ordered.values() if finding is not None]


def _ground(finding: Finding, lang: Language) -> str:
    return _headed(finding, lang)


def _headed(finding: Finding, lang: Language) -> str:
    """Return a rule with its article."""
    cites = short_cite(finding.citations, lang)
    return say(lang, "thing.cited", text=rule_text(finding.ref, lang), cites=cites)


def _proof(decision: WholeDecision, lang: Language) -> Iterator[Line]:
    """Yield who has proved the damage that speaks against the guarantees, and by what."""
    for finding in grounds(decision):
        for basis in finding.checks:
            if basis.fact == "cause_basis":
                proof = known_text("proof", str(basis.actual), lang)
                yield line(lang, "line.proof", rule=rule_text(finding.ref, lang), proof=proof)
                break


def _papers(decision: WholeDecision, lang: Language) -> Iterator[Line]:
    """Yield what lesser papers carry, where they bar a right that was not asked for."""
    if decision.outcome in OUTSIDE or "barred" not in decision.verdicts.values():
        return
    requested = decision.requested
    named_already = () if requested is None else requested.because[:1]
    in_the_way = {
        RuleRef(finding.policy, rule) for finding in decision.findings for rule in finding.barred_by
    }
    for finding in decision.findings:
        carries = carries_text(finding.ref, decision, lang)
        if carries and finding.ref in in_the_way and finding.ref not in named_already:
            cites, rule = short_cite(finding.citations, lang), rule_text(finding.ref, lang)
            message = "line.papers_open" if finding.verdict == "unknown" else "line.papers"
            yield line(lang, message, rule=rule, cites=cites, carries=carries)


def notes(decision: WholeDecision) -> list[str]:
    """Return the notes of the findings, each once; outside the guarantees those of the grounds.

    A cause that somebody names and nobody shows is worded otherwise than one that nobody names.
    """
    found = grounds(decision) if decision.outcome in OUTSIDE else decision.findings
    return list(dict.fromkeys(_note(one, note) for one in found for note in one.notes))


def _note(finding: Finding, note: str) -> str:
    named = any(check.fact == "cause" and check.holds for check in finding.checks)
    return f"{note}.asserted" if note == "inspection_decides" and named else note


def _others(decision: WholeDecision, lang: Language) -> Iterator[Line]:
    leading = chosen(decision)
    named_already = {remedy_text(remedy, lang) for remedy in leading}
    others = [remedy_text(one, lang) for one in available(decision) if one not in leading]
    if others := [text for text in dict.fromkeys(others) if text not in named_already]:
        message = "line.certain" if decision.outcome is None else "line.also"
        yield line(lang, message, remedies=clauses(lang, others))


def available(decision: WholeDecision) -> list[Remedy]:
    """Return the remedies of which something is left: no refund whose fee takes the price."""
    emptied = [found.ref for found in decision.findings if _NOTHING_LEFT in found.notes]
    return [remedy for remedy in decision.remedies if remedy.ref not in emptied]


def papers_text(decision: WholeDecision, lang: Language) -> str:
    """Return what the consumer brings; nothing where the claim is outside the regulation."""
    if decision.outcome == "excluded":
        return ""
    if is_at_repairer(decision):
        return "" if decision.outcome == "paid_repair" else say(lang, "bring.at_repairer")
    rule = "" if decision.lead is None else decision.lead.rule
    by_rule = f"bring.{rule}"
    own = told(f"{by_rule}.not_issued", lang) if _is_not_issued(decision) else ""
    return own or told(by_rule, lang) or say(lang, f"bring.{decision.outcome or 'open'}")


def is_at_repairer(decision: WholeDecision) -> bool:
    """Say whether the goods are known to lie at the repairer.

    A decision that was read from JSON does not hold its claim, but may say that they wait there.
    """
    try:
        claim = decision.case.claim
    except ValidationError:
        return any(
            check.fact in ("waiting_for_parts", "delayed_by_repairer") and check.actual is True
            for finding in decision.findings
            for check in finding.checks
        )
    exchanged = last_exchange(claim)
    return any(
        repair.handed_in_on <= claim.claimed_on
        and (exchanged is None or repair.handed_in_on >= exchanged)
        and (repair.handed_back_on is None or repair.handed_back_on > claim.claimed_on)
        for repair in claim.repairs
    )


def _is_not_issued(decision: WholeDecision) -> bool:
    """Say whether there is no voucher because the seller never issued one."""
    return any(duty.id == "art5.voucher_due" for duty in decision.obligations)


def carries_text(rule: RuleRef, decision: WholeDecision, lang: Language) -> str:
    """Return what a grade of papers carries by law; nothing for a rule that is no grade."""
    if promise_of(rule):
        return ""
    name = f"carries.{rule.rule}"
    under = told(f"{name}.{decision.receipt.readings.refund_papers}", lang)
    return under or told(name, lang)


def _duty(duty: Obligation, decision: WholeDecision, lang: Language) -> str:
    text = duty_text(duty.ref, lang)
    if duty.on != decision.dates.claimed_on:
        text += due_text("piece.from", duty, lang)
    return text


def _odd(decision: WholeDecision, lang: Language) -> Iterator[str]:
    """Yield what looked odd, all values of one kind together."""
    values: dict[str, list[str]] = {}
    for odd in decision.warnings:
        if not is_in_besides(odd.id):
            field = odd.field.rpartition(".")[2]
            values.setdefault(odd.id, []).append(value_text(odd.value, lang, field))
    for name, found in values.items():
        yield known_text("warning", name, lang, value=listed(lang, list(dict.fromkeys(found))))


def _reason(finding: Finding, decision: WholeDecision, lang: Language) -> str:
    """Return why a rule stands in the way, or what it falls short of."""
    head = _headed(finding, lang)
    if _NOTHING_LEFT in finding.notes:
        texts = [*_fees(finding.ref, decision, lang), known_text("note", _NOTHING_LEFT, lang)]
    elif finding.verdict in ("holds", "barred"):
        checks = [check for check in finding.checks if check.holds]
        texts = _checks(checks, finding, decision, lang)
        if carries := carries_text(finding.ref, decision, lang):
            texts = [*texts, carries]
    else:
        failed = [check for check in finding.checks if not check.holds]
        texts = [_lack(check, finding, decision, lang) for check in failed if not is_reading(check)]
    return head + after_colon(lang, texts)


def _lack(check: Check, finding: Finding, decision: WholeDecision, lang: Language) -> str:
    """Return what a right lacks; of a fault that is not listed no list of those that are."""
    if check.actual == "unlisted":
        fault = value_text(check.actual, lang, check.fact)
        return say(lang, "check.value", fact=fact_label(check.fact, lang), actual=fault)
    return check_text(check, lang, finding.policy, _sold(decision))


def _fees(rule: RuleRef, decision: WholeDecision, lang: Language) -> Iterator[str]:
    """Yield how the fee of a refund is reckoned, where the price is known."""
    for remedy in decision.remedies:
        if remedy.ref == rule and remedy.fee is not None:
            names = ("price", "used_days", "fee")
            yield say(lang, "piece.fee", **{name: plainly(getattr(remedy, name)) for name in names})
