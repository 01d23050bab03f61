"""The phrases that every explanation is put together from: 用语.

A rule, a citation, a check, a remedy with its money, a field: each is worded in one way,
wherever it stands and whoever reads it. The words themselves are in
:mod:`sanbao.explain.words.catalogue`.

A decision may have been read from JSON that a stranger wrote: what the catalogue has no
words for stands as it is, but printable and not too long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

from sanbao.base.errors import name_of
from sanbao.explain.blocks.model import Line, Subject, labelled
from sanbao.explain.texts.titles import DUTY, FACT, LOCAL, display_name, law_words, promise_of
from sanbao.explain.words.catalogue import Language, filled, has, say, say_labelled, written
from sanbao.model.facts import FACTS
from sanbao.model.rule_ref import RuleRef
from sanbao.reasons.deciding import is_reading

if TYPE_CHECKING:
    from sanbao.model.citation import Certainty, Citation
    from sanbao.model.decision import (
        Check,
        Finding,
        Obligation,
        Remedy,
        RightBegins,
        Warned,
        WholeDecision,
    )
    from sanbao.policies.summaries import ArticleSummary
    from sanbao.reasons.timeline import Turn

Thing = TypeVar("Thing", "RightBegins", "Turn")
"""A statement about a rule."""

__all__ = [
    "MOST_VALUES",
    "after_colon",
    "check_text",
    "check_texts",
    "cited",
    "cites_text",
    "clauses",
    "dates_text",
    "day_text",
    "days_text",
    "due_text",
    "duty_text",
    "either",
    "fact_label",
    "fact_text",
    "fields_text",
    "id_text",
    "known_text",
    "line",
    "listed",
    "marked",
    "money_text",
    "one_of",
    "plainly",
    "policy_text",
    "remedy_text",
    "result_text",
    "rule_text",
    "short_cite",
    "telling_checks",
    "titled",
    "told",
    "truth_text",
    "value_text",
    "warning_text",
    "without_repeats",
    "yuan_text",
]

_ALWAYS_NAMED: Final = frozenset(
    {"cause", "cause_basis", "contested", "rights", "same_model_in_stock"}
)
"""Facts that a short explanation names even beside a day or a count."""

_NEVER_NAMED: Final = frozenset({"role", "capacity_sound", "request", "nothing_to_refund"})
"""Facts that say nothing to a reader who holds the goods in hand."""

_SILENT: Final = {
    "rights": ("none_of",),
    "claimed_on": ("before", "not_before"),
    "contested": ("is_not",),
    "symptom": ("is", "is_not"),
}
"""Relations that only rule out another rule, or another law in time."""

MOST_VALUES: Final = 5
"""How many values of a field are named; of more than these, the first few and a count."""

_VALUES_OF_MANY: Final = 3

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def check_texts(
    checks: list[Check],
    lang: Language,
    policy: str,
    period_ends_on: date | None = None,
) -> list[str]:
    """Return the checks worth naming, as clauses: days and counts, else the plain facts.

    They are of a rule of ``policy``; see :func:`telling_checks` for ``period_ends_on``.
    """
    telling = telling_checks(checks, period_ends_on)
    return list(dict.fromkeys(check_text(check, lang, policy) for check in telling))


def telling_checks(checks: Iterable[Check], period_ends_on: date | None = None) -> list[Check]:
    """Return the checks worth naming: days and counts, else the plain facts.

    Of several periods only the one that ends on ``period_ends_on``, if that is given.
    """
    ends = None if period_ends_on is None else period_ends_on.isoformat()
    checks = list(checks)
    others = [
        check
        for check in checks
        if ends is not None and check.fact == "period_held_on" and check.threshold != ends
    ]
    if others != checks:
        checks = [check for check in checks if check not in others]
    checks = [check for check in checks if not is_reading(check)]
    telling = [check for check in checks if check.fact not in _NEVER_NAMED or _is_sound(check)]
    telling = [c for c in telling if c.relation not in _SILENT.get(c.fact, ())]
    measured = [check for check in telling if check.margin is not None]
    if measured:
        running = {check.counted_from for check in measured if check.relation == "not_after"}
        telling = [
            check
            for check in telling
            if (check.margin is not None or check.fact in _ALWAYS_NAMED)
            # a shorter time that is over says nothing beside a longer one from the same day
            and not (check.relation == "after" and check.counted_from in running)
        ]
    return telling


def _is_sound(check: Check) -> bool:
    """Say whether a check tells that a battery was measured and found sound."""
    return check.fact == "capacity_sound" and check.actual is True


def remedy_text(remedy: Remedy, lang: Language) -> str:
    """Return a remedy with its money, its article and who owes it."""
    money = money_text(remedy, lang)
    money += told(f"gives.{remedy.rule}", lang)
    if remedy.needs:  # who promised it is told with the remedy
        rule = _own_text(remedy.ref, lang)
        money += say(lang, "piece.in_case", rule=rule)
    promise = promise_of(remedy.ref)
    return say(
        lang,
        f"piece.remedy_{_kind_of(promise, lang)}" if promise else "piece.remedy",
        promise=policy_text(promise, lang),
        remedy=say(lang, f"outcome.{remedy.remedy}"),
        money=money,
        cites=short_cite(remedy.citations, lang),
        owner=say(lang, f"owner.{remedy.owed_by}"),
    )


def money_text(remedy: Remedy, lang: Language) -> str:
    """Return what is paid back, after the name of a remedy; nothing where that is no refund."""
    if remedy.remedy != "refund":
        return ""
    if remedy.payable is None:
        return say(lang, "piece.money_open")
    if remedy.used_days is None:
        return say(lang, "piece.money_full", payable=plainly(remedy.payable))
    if not remedy.fee:
        return say(lang, "piece.money_no_fee", payable=plainly(remedy.payable))
    return say(
        lang,
        "piece.money_less",
        payable=plainly(remedy.payable),
        price=plainly(remedy.price),
        used_days=plainly(remedy.used_days),
        fee=plainly(remedy.fee),
    )


def dates_text(decision: WholeDecision, lang: Language) -> Iterator[str]:
    """Yield the days until which, or from which, something is the consumer's."""
    if decision.outcome in ("excluded", "paid_repair"):
        return
    dates = decision.dates
    open_now = {*(remedy.remedy for remedy in decision.remedies), *decision.possible}
    for name, remedy in (
        ("refund_until", "refund"),
        ("exchange_until", "exchange"),
        ("period_ends_on", None),
    ):
        day = getattr(dates, name)
        if day is None or (remedy and (remedy not in open_now or day < dates.claimed_on)):
            continue
        over = day < dates.claimed_on
        text = say(lang, "date.period_ended_on" if over else f"date.{name}", on=day)
        if remedy is None and dates.deducted_days:
            text += say(lang, "piece.deducted", days=days_text(dates.deducted_days, lang))
        if name in decision.provisional:
            text += say(lang, "piece.provisional")
        yield text
    for begins in without_repeats(dates.begins):
        if begins.on > dates.claimed_on:
            yield say(lang, "date.begins", on=begins.on, rule=rule_text(begins.ref, lang))


def rule_text(rule: RuleRef, lang: Language) -> str:
    """Return what a rule is about, and by whose promise if it is one.

    A title of its own comes before the words of the catalogue; its id stands where there are
    neither.
    """
    promise, text = promise_of(rule), _own_text(rule, lang)
    if not promise or text == id_text(rule):
        return text
    name = f"piece.{_kind_of(promise, lang)}"
    return say(lang, name, rule=text, promise=policy_text(promise, lang))


def _kind_of(policy: str, lang: Language) -> str:
    """Return the kind of a policy beside the law in ids of messages: promised, or local law."""
    return "promised" if display_name(f"{LOCAL}{policy}", lang) is None else "local"


def id_text(rule: RuleRef) -> str:
    """Return a rule by its id as a file can be searched for it, a promise's with that one's id."""
    promise = promise_of(rule)
    return plainly(f"{promise}:{rule.rule}" if promise else rule.rule)


def _own_text(rule: RuleRef, lang: Language) -> str:
    return display_name(rule, lang) or law_words(f"rule.{rule.rule}", lang) or id_text(rule)


def policy_text(policy: str, lang: Language) -> str:
    """Return what a policy is called, or several by their joint id; the id if nobody knows."""
    names = policy.split("+")
    return " + ".join(display_name(name, lang) or known_text("title", name, lang) for name in names)


def duty_text(duty: RuleRef, lang: Language) -> str:
    """Return what comes along, or its id where there are no words for it."""
    title = display_name(RuleRef(duty.policy, f"{DUTY}{duty.rule}"), lang)
    return title or known_text("duty", duty.rule, lang)


def due_text(message: str, duty: Obligation, lang: Language, /, **values: object) -> str:
    """Return when an obligation begins, or by when it is due: ``message`` has words for each."""
    by = told(f"{message}.{duty.id}", lang, on=duty.on, **values)
    return by or say(lang, message, on=duty.on, **values)


def without_repeats(things: Iterable[Thing]) -> list[Thing]:
    """Return things about rules without those that only repeat one for a commitment."""
    found: list[Thing] = []
    for thing in things:
        plain = replace(thing, policy="")
        if all(replace(one, policy="") != plain for one in found):
            found.append(thing)
    return found


def warning_text(odd: Warned, lang: Language) -> str:
    """Return what is odd, or its id where the catalogue has no words for it."""
    return known_text("warning", odd.id, lang, value=value_text(odd.value, lang))


def known_text(group: str, name: str, lang: Language, **values: object) -> str:
    """Return the message ``group.name``, or the name where nobody has words for it.

    A law may bring its own words for its codes, and its own short name.
    """
    own = display_name(f"{group}:{name}", lang)
    return own or told(f"{group}.{name}", lang, **values) or plainly(name)


def told(message: str, lang: Language, /, **values: object) -> str:
    """Return what the law at hand says by a message, or the catalogue; nothing if neither does."""
    own = law_words(message, lang)
    if own is not None:
        return filled(own, lang, values)
    return say(lang, message, **values) if has(message) else ""


def plainly(value: object) -> str:
    """Return a value that somebody else wrote: on one line, printable and not too long."""
    return name_of(value if isinstance(value, str | int) else str(value))


def day_text(value: object, lang: Language) -> str:
    """Return a day as prose has it, be it a day or its text; anything else plainly."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return plainly(value)
    return plainly(written(value, lang))


def days_text(days: int, lang: Language) -> str:
    """Return a number of days."""
    return say(lang, "piece.day" if days == 1 else "piece.days", days=plainly(days))


def article_name(one: ArticleSummary, lang: Language) -> str:
    """Return how an article or an appendix that has a summary is cited."""
    from sanbao.model.citation import Citation

    number, law = int(one.place.removeprefix("app")), one.law
    in_appendix = one.place.startswith("app")
    place = Citation(law, appendix=number) if in_appendix else Citation(law, article=number)
    return cites_text([place], lang)


def article_text(one: ArticleSummary, lang: Language) -> str:
    """Return the summary of an article after its citation."""
    said = one.zh if lang == "zh" else one.en
    return f"{article_name(one, lang)}{'：' if lang == 'zh' else ': '}{said}"


def cites_text(citations: Iterable[Citation], lang: Language) -> str:
    """Return citations as people write them, with a mark where one is not confirmed.

    A law is named once for all its articles that stand together.
    """
    texts, before = [], None
    for citation in citations:
        law = "" if citation.law == before else known_text("law", citation.law, lang)
        texts.append(_cite(citation, law, lang))
        before = citation.law
    return listed(lang, texts)


def short_cite(citations: Sequence[Citation], lang: Language) -> str:
    """Return the first citation without a mark, for who wants to act and not to check."""
    return cites_text([replace(one, number="confirmed") for one in citations[:1]], lang)


def _cite(citation: Citation, law: str, lang: Language) -> str:
    if citation.article is None:
        place = plainly(citation.appendix)
        text = say(lang, "piece.cite_appendix", law=law, place=place)
        return marked(text.strip(), citation.number, lang)
    name = "piece.cite" if citation.item is None else "piece.cite_item"
    place, item = plainly(citation.article), plainly(citation.item)
    return marked(say(lang, name, law=law, place=place, item=item).strip(), citation.number, lang)


def marked(text: str, certainty: Certainty, lang: Language) -> str:
    """Return what stands somewhere with the mark that says how sure that is, if not quite."""
    if certainty == "confirmed":
        return text
    return say(lang, "piece.marked", text=text, mark=say(lang, f"piece.{certainty}"))


def check_text(check: Check, lang: Language, policy: str) -> str:
    """Return one check as a clause: the fact, what it is, and what it was held against.

    It is of a rule of ``policy``. Times of days name the number of the day as well.
    """
    if check.fact == "rights":
        return _rights_text(check, lang, policy)
    label = fact_label(check.fact, lang)
    if check.counted_from is not None:
        return _day_text(check, lang)
    if check.actual is None:
        return say(lang, "check.unknown", fact=label)
    values = {
        "fact": label,
        "actual": value_text(check.actual, lang, check.fact),
        "threshold": listed(
            lang, [value_text(value, lang, check.fact) for value in _many(check.threshold)]
        ),
    }
    if isinstance(check.actual, bool) and has(f"condition.yes.{check.fact}"):
        return truth_text(check.fact, check.actual, lang)
    return say(lang, _check_message(check), **values)


def fact_text(check: Check, lang: Language) -> str:
    """Return what a fact is, whatever it was held against: 事实. A count beside what it needs."""
    if has(f"condition.yes.{check.fact}") and check.actual is None:
        return say(lang, "basis.unknown", truth=truth_text(check.fact, True, lang))
    if isinstance(check.actual, bool) and has(f"condition.yes.{check.fact}"):
        return truth_text(check.fact, check.actual, lang)
    label = fact_label(check.fact if check.counted_from is None else check.counted_from, lang)
    if check.actual is None or check.counted_from is not None:
        return say(lang, "check.unknown", fact=label)
    actual = value_text(check.actual, lang, check.fact)
    if check.relation == "at_least":
        return say(
            lang, "check.number", fact=label, actual=actual, threshold=plainly(check.threshold)
        )
    return say(lang, "check.value", fact=label, actual=actual)


def truth_text(fact: str, holds: object, lang: Language) -> str:
    """Return that a yes/no fact is so, or is not, as a clause."""
    return say(lang, f"condition.{'yes' if holds else 'no'}.{fact}")


def _rights_text(check: Check, lang: Language, policy: str) -> str:
    """Return what rights there are: those a rule rests on, or those it must not stand beside."""
    owed = "owed" if check.actual else "not_owed"
    name = f"check.{owed}" if check.relation == "one_of" else f"check.other_{owed}"
    named = _many(check.actual or check.threshold)
    rules = [rule_text(RuleRef(policy, str(rule)), lang) for rule in named]
    return say(lang, name, rules=listed(lang, rules))


def _check_message(check: Check) -> str:
    """Return the message for a check: a threshold is named where it tells something."""
    if check.relation == "at_least":
        return "check.number"
    negative = check.relation in ("is_not", "none_of", "below")
    if check.holds or negative or isinstance(check.actual, bool):
        return "check.value"
    return "check.not_before" if check.relation == "before" else "check.code"


def _day_text(check: Check, lang: Language) -> str:
    since = _since_text(check, lang)
    if check.margin is None:
        return say(lang, "check.unknown", fact=since)
    numbers = _day_numbers(check)
    days = abs(check.margin)
    match check.relation == "not_after", bool(check.holds):
        case True, True:
            name = "check.inside"
        case True, False:
            name = "check.late"
        case False, True:
            name, days = "check.passed", days + 1  # the day after the last is over by one
        case _:
            name = "check.early"
    counted, did = days_text(days, lang), f"did.{check.fact}"
    text = say(
        lang,
        f"{name}.numbered" if numbers else name,
        did=say(lang, did if has(did) else "did.claimed_on"),
        claimed=day_text(check.actual, lang),
        last=day_text(check.threshold, lang),
        since=since,
        start=day_text(check.counted_from_on, lang),
        days=counted,
        left=say(lang, "piece.left" if days else "piece.none_left", days=counted),
        **numbers,
    )
    if check.added:
        text += say(lang, "piece.stretched", days=days_text(check.added, lang))
    unrolled = (check.days or 0) + (check.added or 0)
    if numbers and numbers["last_day"] != unrolled:
        text += say(lang, "piece.rolled", day=unrolled)
    return text


def _since_text(check: Check, lang: Language) -> str:
    """Return what a time is counted from, by what it is here where that is known."""
    fact = check.counted_from or ""
    if has(f"since.{check.start_field}"):
        return say(lang, f"since.{check.start_field}")
    message = f"since.{fact}"
    return say(lang, message) if has(message) else fact_label(fact, lang)


def _day_numbers(check: Check) -> dict[str, int]:
    """Return the number of the day of the claim and of the last day, where days are counted."""
    if check.day is None:
        return {}
    try:
        claimed, last = (date.fromisoformat(str(d)) for d in (check.actual, check.threshold))
    except ValueError:
        return {}
    return {"day": check.day, "last_day": check.day + (last - claimed).days}


def fact_label(fact: str, lang: Language) -> str:
    """Return what a fact is called; a name nobody knows stays as it is."""
    spec = FACTS.get(fact)
    if spec is None:
        return display_name(f"{FACT}{fact}", lang) or plainly(fact)
    return spec.zh if lang == "zh" else spec.en


def _many(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def value_text(value: object, lang: Language, of: str = "") -> str:
    """Return a value of a fact as people say it.

    ``of`` names the field or the fact, for codes that several have.
    """
    if isinstance(value, bool):
        return say(lang, "yes" if value else "no")
    if not isinstance(value, str) or _DAY.fullmatch(value):
        return day_text(value, lang)
    own = f"{of}.{value}"
    return known_text("code", own if has(f"code.{own}") else value, lang)


def fields_text(paths: Iterable[str], lang: Language) -> str:
    """Return fields of the claim by what they are called."""
    names = []
    for path in paths:
        head, _, tail = path.partition("[")
        plain = head + tail.partition("]")[2]
        names.append(say(lang, f"field.{plain}") if has(f"field.{plain}") else plainly(path))
    return listed(lang, list(dict.fromkeys(names)))


def line(lang: Language, message: str, *about: Subject, **values: object) -> Line:
    """Return a message as a paragraph, its label strong, and what it is about."""
    return Line(labelled(*say_labelled(lang, message, **values)), about)


def titled(finding: Finding, lang: Language) -> str:
    """Return what a rule is about in this case: days that run from anew, with what starts them."""
    text = rule_text(finding.ref, lang)
    for check in finding.checks:
        if check.fact == "held_on" and has(f"anew.{check.start_field}"):
            return say(lang, f"anew.{check.start_field}", rule=text)
    return text


def listed(lang: Language, parts: Sequence[str]) -> str:
    """Return parts as a list."""
    return say(lang, "piece.list").join(parts)


def clauses(lang: Language, parts: Sequence[str]) -> str:
    """Return parts as clauses of one sentence."""
    return say(lang, "piece.clause").join(parts)


def after_colon(lang: Language, parts: Sequence[str]) -> str:
    """Return parts as clauses after what they explain; nothing where there are none."""
    return say(lang, "piece.colon") + clauses(lang, parts) if parts else ""


def result_text(outcome: object, lang: Language) -> str:
    """Return an outcome as a part of a sentence; ``None`` is one that is not settled."""
    return known_text("result", "open" if outcome is None else str(outcome), lang)


def yuan_text(amount: object, lang: Language) -> str:
    """Return an amount of money in yuan."""
    return say(lang, "yuan.value", amount=plainly(amount))


def cited(text: str, citations: Iterable[Citation], lang: Language) -> str:
    """Return a text with its citations after it, if there are any."""
    cites = cites_text(citations, lang)
    return say(lang, "thing.cited", text=text, cites=cites) if cites else text


def either(lang: Language, parts: Sequence[str]) -> str:
    """Return parts as a list of which one is enough."""
    *others, last = parts
    return say(lang, "thing.or").join([listed(lang, others), last]) if others else last


def one_of(lang: Language, parts: Sequence[str]) -> str:
    """Return values of which one is enough; of many the first few, and how many more."""
    if len(parts) <= MOST_VALUES:
        return either(lang, parts)
    first = parts[:_VALUES_OF_MANY]
    return say(lang, "thing.others", texts=listed(lang, first), count=len(parts) - len(first))
