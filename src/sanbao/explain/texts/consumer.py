"""A decision as the consumer reads it: 给消费者的说明.

Plain words, one point a line, in this order: why what was asked for cannot be had; what
can; what speaks against the guarantees and who has to prove it, or why, with article, fact
and number; what else is to be known; what else may be chosen; until when; what to bring; what is
still to be known; what comes along; what looked odd. No ids and no codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

from sanbao.base.errors import ValidationError
from sanbao.explain.blocks.model import Line, Subject
from sanbao.explain.texts.circumstances import besides, is_in_besides
from sanbao.explain.texts.phrases import (
    after_colon,
    check_text,
    clauses,
    dates_text,
    day_text,
    days_text,
    due_text,
    duty_text,
    fact_label,
    fact_text,
    fields_text,
    known_text,
    line,
    listed,
    plainly,
    remedy_text,
    result_text,
    rule_text,
    short_cite,
    telling_checks,
    titled,
    told,
    value_text,
)
from sanbao.explain.texts.titles import promise_of
from sanbao.explain.words.catalogue import Language, has, say
from sanbao.model.claim import last_exchange
from sanbao.model.rule_ref import RuleRef
from sanbao.reasons.deciding import OUTSIDE, Deciding, Judged, facts_of, is_reading

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
    "deciding_of",
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

    about = Subject("reason", (), deciding_of(decision).unknown)
    if near := near_text(decision, lang):
        yield line(lang, "line.near", near=near)
    fields, told = fields_in_order(decision), list(telling(decision, lang))
    if len(fields) > 1 or not told:
        yield line(lang, "line.needs", about, fields=fields_text(fields, lang))
    messages = ("line.telling", "line.telling_next") if len(fields) > 1 else ("line.needs_telling",)
    for message, (field, answers) in zip(messages, told, strict=False):
        yield line(lang, message, about, field=field_text(field, lang), answers=answers)


def summary(decision: WholeDecision, lang: Language) -> Iterator[Line]:
    """Yield what the consumer needs to know first: the answer, why, and what else."""
    deciding = deciding_of(decision)
    asked = list(_asked(deciding, lang))
    yield from asked
    yield _result(decision, lang)
    if remark := _remark(decision, lang):
        yield line(lang, "line.remark", remark=remark)
    why = [*_why(deciding, asked, lang), *_against(deciding, asked, lang)]
    yield from why
    yield from _basis(deciding, (*asked, *why), lang)
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


def _asked(deciding: Deciding, lang: Language) -> Iterator[Line]:
    requested = deciding.decision.requested
    if requested is None or requested.available:
        return
    asked = say(lang, f"outcome.{requested.remedy}")
    if requested.available is None:
        yield line(lang, "line.asked_open", asked=asked)
        return
    if not requested.because or deciding.of(requested.because[0]) is None:
        yield line(lang, "line.asked_no_right", asked=asked)
        return
    reasons = [_reason(one, deciding.decision, lang) for one in _nearest(deciding, requested)]
    because = clauses(lang, [text for text, _ in reasons]) + say(lang, "piece.end")
    about = [about for _, about in reasons]
    yield line(lang, "line.asked_not_available", *about, asked=asked, because=because)


def _nearest(deciding: Deciding, requested: Requested) -> list[Judged]:
    """Return what is nearest to what was asked for, and what is half way there."""
    found = [deciding.of(rule) for rule in requested.because]
    named = [one for one in found if one is not None]
    if emptied := [one for one in named if _NOTHING_LEFT in one.finding.notes]:
        return emptied[:1]
    if named[0].finding.verdict != "fails":
        return named[:1]
    return [named[0], *[one for one in named[1:] if _is_half_way(one.finding)][:1]]


def _checks(
    checks: Iterable[Check], finding: Finding, decision: WholeDecision, lang: Language
) -> tuple[list[str], frozenset[str]]:
    """Return checks of a finding as clauses, and the facts that these speak of.

    Of several periods the one that counts here.
    """
    telling = telling_checks(checks, decision.dates.period_ends_on)
    texts = [check_text(check, lang, finding.policy) for check in telling]
    return list(dict.fromkeys(texts)), facts_of(telling)


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


def _why(deciding: Deciding, asked: Iterable[Line], lang: Language) -> Iterator[Line]:
    """Yield why the outcome is what it is, where a right gives it."""
    lead = deciding.lead
    if lead is None or lead in deciding.grounds or _tells(asked, lead):
        return
    texts, facts = _checks(lead.deciding, lead.finding, deciding.decision, lang)
    yield line(
        lang,
        "line.why",
        Subject("reason", (lead.finding.ref,), facts),
        rule=titled(lead.finding, lang),
        cites=short_cite(lead.finding.citations, lang),
        checks=after_colon(lang, texts) + say(lang, "piece.end"),
    )


def _tells(lines: Iterable[Line], one: Judged) -> bool:
    """Say whether lines speak of a rule already."""
    return any(one.finding.ref in about.rules for line in lines for about in line.about)


def _against(deciding: Deciding, asked: Iterable[Line], lang: Language) -> Iterator[Line]:
    """Yield what speaks against the guarantees: each ground, and who has to prove it."""
    decision, first = deciding.decision, True
    for one in deciding.grounds:
        finding = one.finding
        if not _tells(asked, one):
            texts, facts = _checks(one.deciding, finding, decision, lang)
            decides = decision.outcome in (*OUTSIDE, None)
            message = "line.against" if first else "line.against_too"
            yield line(
                lang,
                message if decides else "line.against_still",
                Subject("ground", (finding.ref,), facts),
                rule=rule_text(finding.ref, lang),
                cites=short_cite(finding.citations, lang),
                checks=after_colon(lang, texts) + say(lang, "piece.end"),
            )
        first = False
        yield line(
            lang,
            "line.proof",
            Subject("proof", (finding.ref,), frozenset()),
            rule=rule_text(finding.ref, lang),
            proof=_proof(one, lang),
        )


def _proof(one: Judged, lang: Language) -> str:
    """Return who has proved a ground and by what, or who has to."""
    for check in one.finding.checks:
        if check.fact == "cause_basis":
            return known_text("proof", str(check.actual), lang)
    return told(f"proof.{one.finding.rule}", lang) or say(lang, "proof.any")


# --- what the outcome rests on -----------------------------------------------------------------


def _basis(deciding: Deciding, before: Iterable[Line], lang: Language) -> Iterator[Line]:
    """Yield the other facts that the outcome rests on, in a few words each."""
    told_already = {fact for one in before for about in one.about for fact in about.facts}
    texts: dict[str, None] = {}
    facts: set[str] = set()
    rules: dict[RuleRef, None] = {}
    for one, check in deciding.basis:
        if (check.counted_from or check.fact) not in told_already:
            texts[_basis_text(one, check, lang)] = None
            facts |= facts_of([check])
            rules[one.finding.ref] = None
    if deciding.hangs_on_use:
        used = next(
            one.used_days for one in deciding.decision.remedies if one.used_days is not None
        )
        texts[say(lang, "basis.used", days=days_text(used, lang))] = None
        facts |= deciding.hangs_on_use
    if deciding.hangs_on_the_request:
        requested = deciding.decision.requested
        asked = "nothing" if requested is None else requested.remedy
        texts[say(lang, f"basis.request.{asked}")] = None
        facts.add("request")
    if texts:
        about = Subject("reason", tuple(rules), frozenset(facts))
        yield line(lang, "line.basis", about, facts=clauses(lang, list(texts)))


def _basis_text(one: Judged, check: Check, lang: Language) -> str:
    """Return a fact as a clause: a time by its last day, whatever else by what it is."""
    if check.counted_from is None or check.margin is None:
        return fact_text(check, lang)
    if check.holds is False:
        rule, last = titled(one.finding, lang), day_text(check.threshold, lang)
        name = "over" if check.relation == "not_after" else "early"
        if name == "early" and has(f"basis.early.{check.fact}"):
            name = f"early.{check.fact}"
        on = day_text(check.actual, lang)
        return say(lang, f"basis.{name}", rule=rule, last=last, on=on)
    return check_text(check, lang, one.finding.policy)


_LAST: ContextVar[Deciding | None] = ContextVar("last", default=None)
"""What decides the decision that was last asked about: what says it asks many times in a row."""


def deciding_of(decision: WholeDecision) -> Deciding:
    """Return what decides a decision.

    Where a policy is not at hand, what the law has a name for is a ground, unless it says what
    papers carry: nothing else tells a ground from a grade of papers.
    """
    deciding = _LAST.get()
    if deciding is None or deciding.decision is not decision:
        deciding = Deciding(decision, _names_ground)
        _LAST.set(deciding)
    return deciding


def _names_ground(rule: str) -> bool:
    return bool(told(f"rule.{rule}", "en")) and not told(f"carries.{rule}", "en")


def grounds(decision: WholeDecision) -> list[Finding]:
    """Return what takes the claim out of the guarantees, the deciding ground first."""
    if decision.outcome not in OUTSIDE:
        return []
    return [one.finding for one in deciding_of(decision).grounds]


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


def _reason(one: Judged, decision: WholeDecision, lang: Language) -> tuple[str, Subject]:
    """Return why a rule stands in the way, or what it falls short of, and what that is about."""
    finding = one.finding
    head = say(
        lang,
        "thing.cited",
        text=titled(finding, lang),
        cites=short_cite(finding.citations, lang),
    )
    facts: frozenset[str]
    if _NOTHING_LEFT in finding.notes:
        facts = frozenset({_NOTHING_LEFT})
        texts = [*_fees(finding.ref, decision, lang), known_text("note", _NOTHING_LEFT, lang)]
    elif finding.verdict in ("holds", "barred"):
        texts, facts = _checks(filter(_is_met, one.deciding), finding, decision, lang)
        if carries := carries_text(finding.ref, decision, lang):
            texts = [*texts, carries]
    else:
        failed = [check for check in one.failed if not is_reading(check)]
        texts, facts = [_lack(check, finding, lang) for check in failed], facts_of(failed)
    return head + after_colon(lang, texts), Subject("asked", (finding.ref,), facts)


def _is_met(check: Check) -> bool:
    return check.holds is True


def _lack(check: Check, finding: Finding, lang: Language) -> str:
    """Return what a right lacks; of a fault that is not listed no list of those that are."""
    if check.actual == "unlisted":
        fault = value_text(check.actual, lang, check.fact)
        return say(lang, "check.value", fact=fact_label(check.fact, lang), actual=fault)
    return check_text(check, lang, finding.policy)


def _fees(rule: RuleRef, decision: WholeDecision, lang: Language) -> Iterator[str]:
    """Yield how the fee of a refund is reckoned, where the price is known."""
    for remedy in decision.remedies:
        if remedy.ref == rule and remedy.fee is not None:
            names = ("price", "used_days", "fee")
            yield say(lang, "piece.fee", **{name: plainly(getattr(remedy, name)) for name in names})
