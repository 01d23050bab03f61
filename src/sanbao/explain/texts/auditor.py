"""A decision as the auditor checks it: 给审核人员的说明.

Complete: the policy, the outcome and the rule that decides; every remedy with its money
reckoned out; every finding with every check, its threshold, its actual value and its margin;
dates, obligations, odd facts, missing facts, what the articles say, the receipt, and what the
decision does not say. The contested readings the decision hangs on, with the source of each value,
stand near the top: whoever checks a decision reads them first.

Ids and codes stand beside the words, so that each line can be found in the decision's JSON.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from sanbao.depreciation import to_fen
from sanbao.explain.blocks.model import (
    Line,
    Listing,
    Section,
    Subject,
    TextBlock,
    Words,
    about_in,
    item,
)
from sanbao.explain.texts.consumer import deciding_of
from sanbao.explain.texts.phrases import (
    article_text,
    check_text,
    cites_text,
    duty_text,
    fact_label,
    fields_text,
    id_text,
    known_text,
    listed,
    plainly,
    policy_text,
    rule_text,
    truth_text,
    value_text,
    warning_text,
)
from sanbao.explain.words.catalogue import Language, has, say
from sanbao.model.rule_ref import RuleRef
from sanbao.reasons.deciding import facts_of

if TYPE_CHECKING:
    from sanbao.model.decision import Check, Dependence, Finding, Remedy, WholeDecision

__all__ = ["explanation"]

_IN_RECEIPT = re.compile(r"[A-Za-z0-9.+@/_-]{1,400}")
"""What is printed whole: hashes, and policies by id and version, several joined."""


def explanation(decision: WholeDecision, lang: Language) -> Iterator[TextBlock]:
    """Yield the account for the auditor, section by section."""
    for section, what in _SECTIONS.items():
        yield Section(say(lang, f"audit.head.{section}"))
        if section == "findings":
            yield Line(say(lang, "audit.legend"))
        lines = [one if isinstance(one, Line) else Line(one) for one in what(decision, lang)]
        points = tuple(one.words for one in lines)
        if points or section != "findings":
            yield Listing(points or (say(lang, "audit.none"),), tuple(about_in(lines)))
    yield Section(say(lang, "audit.head.limits"))
    yield Line(say(lang, "audit.limits"))


# --- the decision --------------------------------------------------------------------


def _decision(decision: WholeDecision, lang: Language) -> Iterator[str | Line]:
    policy, lead = decision.policy, decision.lead
    title = policy_text(policy.id, lang)
    named = {"title": title, "id": plainly(policy.id), "version": plainly(policy.version)}
    outcome = say(lang, f"outcome.{decision.outcome or 'open'}")
    possible = listed(lang, [say(lang, f"outcome.{one}") for one in decision.possible])
    yield say(lang, "audit.policy", **named)
    yield say(lang, "audit.outcome", outcome=outcome)
    yield say(lang, "audit.possible", possible=possible)
    if lead is None:
        yield say(lang, "audit.no_lead")
    else:
        rule, cites = _rule(lead.ref, lang), cites_text(lead.citations, lang)
        yield say(lang, "audit.lead", rule=rule, cites=cites)
    hangs = deciding_of(decision).hangs_on_the_request
    about = (Subject("reason", (), frozenset({"request"})),) if hangs else ()
    yield Line(_requested(decision, lang), about)


def _requested(decision: WholeDecision, lang: Language) -> str:
    requested = decision.requested
    if requested is None:
        return say(lang, "audit.nothing_asked")
    rules = _rules(requested.because, lang)
    if requested.available:
        answer = say(lang, "audit.available")
    elif requested.available is None:
        answer = say(lang, "audit.available_open", rules=rules)
    elif requested.because:
        answer = say(lang, "audit.not_available", rules=rules)
    else:
        answer = say(lang, "audit.no_right")
    asked = say(lang, f"outcome.{requested.remedy}")
    return say(lang, "audit.requested", asked=asked, answer=answer)


def _rule(rule: RuleRef, lang: Language) -> str:
    words, name = rule_text(rule, lang), id_text(rule)
    return words if words == name else say(lang, "audit.rule", id=name, words=words)


def _rules(rules: Iterable[RuleRef], lang: Language) -> str:
    return listed(lang, [_rule(rule, lang) for rule in rules])


# --- what decides --------------------------------------------------------------------


def _reasons(decision: WholeDecision, lang: Language) -> Iterator[Line]:
    """Yield the rules that decide, or nearly do, with the checks that alone make them so."""
    deciding = deciding_of(decision)
    for one, checks in deciding.by_rule.items():
        below = [_told(check, one.finding.policy, lang) for check in checks]
        part: Literal["ground", "reason"] = "ground" if one in deciding.grounds else "reason"
        about = Subject(part, (one.finding.ref,), facts_of(checks))
        yield Line(item(_verdict(one.finding, lang), below), (about,))


# --- remedies ------------------------------------------------------------------------


def _remedies(decision: WholeDecision, lang: Language) -> Iterator[Line]:
    used = deciding_of(decision).hangs_on_use
    for remedy in decision.remedies:
        name = say(lang, f"outcome.{remedy.remedy}")
        cites = cites_text(remedy.citations, lang)
        rule = _rule(remedy.ref, lang)
        message = "audit.remedy" if remedy.rule else "audit.remedy_bare"
        below = [say(lang, "audit.owed_by", owner=say(lang, f"owner.{remedy.owed_by}"))]
        if remedy.needs:
            below.append(say(lang, "audit.hangs_on", fields=_fields(remedy.needs, lang)))
        if remedy.remedy == "refund":
            below += _money(remedy, decision, lang)
        words = item(say(lang, message, remedy=name, rule=rule, cites=cites), below)
        about = () if remedy.used_days is None else (Subject("reason", (remedy.ref,), used),)
        yield Line(words, about)


def _money(remedy: Remedy, decision: WholeDecision, lang: Language) -> Iterator[str]:
    readings = decision.receipt.readings
    names = ("price", "used_days", "deducted_days", "fee", "payable")
    money = {name: plainly(getattr(remedy, name)) for name in names}
    if remedy.used_days is not None:
        yield say(lang, "audit.days", **money)
    if remedy.payable is None:
        yield say(lang, "audit.money_open")
    elif remedy.used_days is None:
        yield say(lang, "audit.full", **money)
    else:
        rate = plainly(remedy.rate_per_day)
        message = "audit.fee" if readings.depreciation == "charged" else "audit.no_fee"
        if message == "audit.fee" and _is_unused(remedy):
            message = "audit.unused"
        depreciation, rounding = readings.depreciation, readings.rounding
        yield say(lang, message, rate=rate, depreciation=depreciation, rounding=rounding, **money)
        yield say(lang, "audit.payable", **money)


def _is_unused(remedy: Remedy) -> bool:
    """Say whether no fee is kept although the days of use would come to one."""
    nothing = Decimal(0)
    rate, price = remedy.rate_per_day or nothing, remedy.price or nothing
    return not remedy.fee and bool(to_fen((remedy.used_days or 0) * rate * price, "down"))


# --- findings ------------------------------------------------------------------------


def _findings(decision: WholeDecision, lang: Language) -> Iterator[Words]:
    for finding in decision.findings:
        yield item(_verdict(finding, lang), _behind(finding, lang))


def _verdict(finding: Finding, lang: Language) -> str:
    """Return a rule with what became of it."""
    verdict = say(lang, f"verdict.{finding.verdict}")
    rule, cites = _rule(finding.ref, lang), cites_text(finding.citations, lang)
    return say(lang, "audit.finding", rule=rule, cites=cites, verdict=verdict)


def _behind(finding: Finding, lang: Language) -> Iterator[str]:
    for check in finding.checks:
        yield _told(check, finding.policy, lang)
    if finding.barred_by:
        barring = [RuleRef(finding.policy, rule) for rule in finding.barred_by]
        yield say(lang, "audit.barred_by", rules=_rules(barring, lang))
    for note in finding.notes:
        yield say(lang, "audit.note", note=known_text("note", note, lang))


def _told(check: Check, policy: str, lang: Language) -> str:
    """Return a check with whether it is met, and by how much."""
    state = {None: "unknown", True: "holds", False: "fails"}[check.holds]
    text, holds = _check(check, policy, lang), say(lang, f"audit.{state}")
    if check.margin is None or check.counted_from is not None:  # its text has the days
        return say(lang, "audit.check", text=text, holds=holds)
    margin = plainly(check.margin)
    return say(lang, "audit.measured", text=text, holds=holds, margin=margin)


def _check(check: Check, policy: str, lang: Language) -> str:
    """Return a check with its fact, what was asked of it and what it is."""
    if check.counted_from is not None:
        text = check_text(check, lang, policy)
        fact, until = plainly(check.counted_from), plainly(check.fact)
        return say(lang, "audit.timed", fact=fact, until=until, text=text)
    about_rights = check.fact == "rights"
    relation, threshold, actual = check.relation, check.threshold, check.actual
    if about_rights:
        threshold, actual = _ids(threshold, policy), _ids(actual, policy)
    if isinstance(threshold, bool) and has(f"condition.yes.{check.fact}"):
        wanted = truth_text(check.fact, threshold is (relation == "is"), lang)
        fact, known = plainly(check.fact), actual is not None
        found = truth_text(fact, actual, lang) if known else _values(actual, lang, fact)
        return say(lang, "audit.truth", wanted=wanted, fact=fact, actual=found)
    return say(
        lang,
        "audit.fact",
        label=say(lang, "audit.rights") if about_rights else fact_label(check.fact, lang),
        fact=plainly(check.fact),
        relation=known_text("audit.relation", relation, lang),
        threshold=_values(threshold, lang, check.fact),
        actual=_values(actual, lang, check.fact),
    )


def _ids(rules: object, policy: str) -> tuple[str, ...]:
    """Return the rights that a check names, by their ids."""
    named = rules if isinstance(rules, tuple) else ()
    return tuple(id_text(RuleRef(policy, str(rule))) for rule in named)


def _values(value: object, lang: Language, fact: str) -> str:
    if value is None:
        return say(lang, "audit.unknown")
    if value == ():
        return say(lang, "audit.no_rights")
    values = value if isinstance(value, tuple) else (value,)
    return listed(lang, [value_text(one, lang, fact) for one in values])


# --- what follows --------------------------------------------------------------------


def _dates(decision: WholeDecision, lang: Language) -> Iterator[str]:
    dates = decision.dates
    for name in (
        "claimed_on",
        "asked_on",
        "period_starts_on",
        "deducted_days",
        "period_ends_on",
        "refund_until",
        "exchange_until",
    ):
        value = getattr(dates, name)
        day = say(lang, "audit.no_date") if value is None else plainly(value)
        text = say(lang, f"audit.date.{name}", value=day)
        provisional = say(lang, "piece.provisional") if name in decision.provisional else ""
        yield text + provisional
    for begins in dates.begins:
        rule = _rule(begins.ref, lang)
        yield say(lang, "audit.begins", rule=rule, on=plainly(begins.on))


def _obligations(decision: WholeDecision, lang: Language) -> Iterator[str]:
    for duty in decision.obligations:
        text, cites = duty_text(duty.ref, lang), cites_text(duty.citations, lang)
        named = {"on": plainly(duty.on), "id": plainly(duty.id)}
        yield say(lang, "audit.duty", duty=text, cites=cites, **named)


def _warnings(decision: WholeDecision, lang: Language) -> Iterator[str]:
    for odd in decision.warnings:
        yield say(lang, "audit.with_id", text=warning_text(odd, lang), id=plainly(odd.field))


def _needs(decision: WholeDecision, lang: Language) -> Iterator[Line]:
    about = Subject("reason", (), deciding_of(decision).unknown)
    for path in decision.needs:
        yield Line(_fields([path], lang), (about,))


def _fields(paths: Iterable[str], lang: Language) -> str:
    texts = [(fields_text([path], lang), plainly(path)) for path in paths]
    return listed(lang, [say(lang, "audit.with_id", text=text, id=id_) for text, id_ in texts])


def _articles(decision: WholeDecision, lang: Language) -> Iterator[str]:
    """Yield what the articles say by which something holds, may hold, is given or comes along."""
    from sanbao.policies.summaries import cited_together

    cited = [one.citations for one in decision.findings if one.verdict != "fails"]
    cited += [one.citations for one in decision.obligations]
    for one in cited_together(cite for cites in cited for cite in cites):
        yield article_text(one, lang)


# --- contested readings --------------------------------------------------------------


def _depends_on(decision: WholeDecision, lang: Language) -> Iterator[Words]:
    if decision.depends_on is None:
        yield say(lang, "audit.not_worked_out")
    elif not decision.depends_on:
        yield say(lang, "audit.independent")
    else:
        for dependence in decision.depends_on:
            yield _dependence(dependence, decision, lang)


def _dependence(dependence: Dependence, decision: WholeDecision, lang: Language) -> Words:
    changes = [(dependence.reading, dependence.instead_of, dependence.value)]
    decided = decision.receipt.readings.to_dict()
    for other in dependence.together_with:
        changes.append((other.reading, decided.get(other.reading, ""), other.value))
    cites = cites_text(dependence.citations, lang)
    if len(changes) == 1:
        [(name, _, _)] = changes
        question = known_text("reading", name, lang)
        head = say(lang, "audit.reading", reading=plainly(name), question=question, cites=cites)
    else:
        names = listed(lang, [plainly(name) for name, _, _ in changes])
        head = say(lang, "audit.readings", readings=names, cites=cites)
    below = []
    for name, before, after in changes:
        below.append(_reading("audit.decided_under", name, before, lang))
        below.append(_reading("audit.instead", name, after, lang))
    return item(head, [*below, *_differences(dependence, lang)])


def _differences(dependence: Dependence, lang: Language) -> Iterator[str]:
    if not any(difference.what == "outcome" for difference in dependence.differences):
        outcome = say(lang, f"outcome.{dependence.outcome or 'open'}")
        yield say(lang, "audit.then", outcome=outcome)
    for difference in dependence.differences:
        what = known_text("diff", difference.what, lang)
        open_ = "open" if difference.what == "outcome" else None
        before = _differing(difference.before or open_, lang)
        after = _differing(difference.after or open_, lang)
        yield say(lang, "audit.difference", what=what, before=before, after=after)


def _reading(message: str, name: str, value: str, lang: Language) -> str:
    """Return a value of a reading with its meaning and its source."""
    return say(
        lang,
        message,
        reading=plainly(name),
        value=plainly(value),
        meaning=known_text("reading", f"{name}.{value}", lang),
        source=known_text("source", f"{name}.{value}", lang),
    )


def _differing(value: object, lang: Language) -> str:
    match value:
        case None:
            return say(lang, "audit.not_open")
        case True:
            return say(lang, "audit.open")
        case tuple():
            return listed(lang, [_differing(one, lang) for one in value])
        case str() if has(f"outcome.{value}"):
            return say(lang, f"outcome.{value}")
        case _:
            return plainly(value)


# --- the receipt ---------------------------------------------------------------------


def _receipt(decision: WholeDecision, lang: Language) -> Iterator[str]:
    receipt = decision.receipt
    for name in ("library", "policy", "policy_sha256", "claim_sha256"):
        value = getattr(receipt, name)
        text = value if _IN_RECEIPT.fullmatch(value) else plainly(value)
        yield say(lang, f"audit.receipt.{name}", value=text)
    calendar, year = plainly(receipt.calendar), plainly(receipt.calendar_last_known_year)
    yield say(lang, "audit.receipt.calendar", value=calendar, year=year)
    for reading, value in receipt.readings.to_dict().items():
        meaning = known_text("reading", f"{reading}.{value}", lang)
        yield say(lang, "audit.receipt.reading", reading=reading, value=value, meaning=meaning)


_SECTIONS: Final[dict[str, Callable[[WholeDecision, Language], Iterable[Words | Line]]]] = {
    "decision": _decision,
    "reasons": _reasons,
    "remedies": _remedies,
    "depends_on": _depends_on,
    "findings": _findings,
    "dates": _dates,
    "obligations": _obligations,
    "warnings": _warnings,
    "needs": _needs,
    "articles": _articles,
    "receipt": _receipt,
}
