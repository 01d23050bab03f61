"""Why not, what if, until when, in words: 理由说明.

The answers of :mod:`sanbao.reasons`, one point a line. Every rule comes with its article, every
condition with the value it found and the value it asks for. Loaded when an answer is
explained, never by deciding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sanbao.base.errors import Reason, ValidationError
from sanbao.explain.blocks.model import Indented, Line, Listing, TextBlock
from sanbao.explain.blocks.plain import plain_of
from sanbao.explain.texts.changes import (
    MOST_CHANGES,
    change_text,
    changed_texts,
    changes_text,
    code_of,
    more_changes,
    with_article,
)
from sanbao.explain.texts.differences import dependence_text, difference_text, significant
from sanbao.explain.texts.phrases import (
    MOST_VALUES,
    after_colon,
    check_text,
    check_texts,
    cited,
    cites_text,
    clauses,
    days_text,
    duty_text,
    either,
    fact_label,
    fields_text,
    line,
    listed,
    one_of,
    plainly,
    result_text,
    rule_text,
    truth_text,
    value_text,
    without_repeats,
)
from sanbao.explain.texts.titles import display_names
from sanbao.explain.words.catalogue import Language, has, language, say
from sanbao.model.rule_ref import RuleRef
from sanbao.reasons.answers import Change, Contrast, Hindrance, Way, WhatIf, WhyNot
from sanbao.reasons.timeline import Step, Timeline, Turn

if TYPE_CHECKING:
    from sanbao.model.citation import Citation
    from sanbao.model.decision import Check, WholeDecision

__all__ = [
    "change_text",
    "changes_text",
    "dependence_text",
    "difference_text",
    "explain_reasons",
    "explanation",
    "in_short",
]

_MOST_WAYS: Final = 3
"""How many ways to a remedy are explained in full, at most, the nearest first."""


def explain_reasons(answer: object, lang: str) -> str:
    """Return ``answer`` in words: a why-not, a contrast, a what-if or a timeline.

    Raises :class:`~sanbao.ValidationError` for a language the catalogue does not have and for
    an answer that is none of these.
    """
    return plain_of(explanation(answer, language(lang)))


def explanation(answer: object, lang: Language) -> list[TextBlock]:
    """Return an answer as blocks; raises as :func:`explain_reasons` does."""
    match answer:
        case WhyNot():
            blocks = _why_not(answer, lang)
        case Contrast():
            blocks = _contrast(answer, lang)
        case WhatIf():
            blocks = _what_if(answer, lang)
        case Timeline():
            blocks = _timeline(answer, lang)
        case _:
            raise ValidationError.of("answer", answer, Reason("policy.no_answer"))
    with display_names(answer):
        return list(blocks)


# --- why not -----------------------------------------------------------------------------


def _why_not(answer: WhyNot, lang: Language) -> Iterator[TextBlock]:
    suffix = "_ground" if answer.remedy == "paid_repair" else ""
    yield Line(in_short(answer, lang))
    near, further = answer.ways[:_MOST_WAYS], answer.ways[_MOST_WAYS:]
    if not answer.ways:
        yield line(lang, f"whynot.no_right{suffix}")
    for name, hindrances in _sorted(answer, near):
        texts = [_hindrance(one, lang) for one in hindrances]
        yield line(lang, name, text=clauses(lang, texts))
    always = _always(answer)
    for index, way in enumerate(near):
        name = f"whynot.{'further' if index else 'nearest'}{suffix}"
        yield line(lang, name, rule=cited(rule_text(way.ref, lang), way.citations, lang))
        points = [*_failed(way, lang), *_standing(way, always, lang)]
        if not way.failed:
            met = "whynot.met_but" if suffix and not way.in_the_way else "whynot.met"
            points.insert(0, say(lang, met))
        yield Listing(tuple(say(lang, "whynot.point", text=point) for point in points))
    if further:
        cites = dict.fromkeys(cite for way in further for cite in way.citations[:1])
        count = len(further)
        yield line(lang, f"whynot.more{suffix}", count=count, cites=cites_text(cites, lang))
    if answer.changes:
        changes = [_change_to(answer, change, lang) for change in answer.changes[:MOST_CHANGES]]
        rest = more_changes(len(answer.changes), lang)
        yield line(lang, f"whynot.changes{suffix}", changes=clauses(lang, changes), rest=rest)
    elif answer.ways:
        yield line(lang, "whynot.no_change")


def in_short(answer: WhyNot, lang: Language) -> str:
    """Return that a remedy is not available, or not for certain, in one sentence."""
    return say(lang, f"whynot.{'open' if answer.available is None else 'no'}.{answer.remedy}")


def _always(answer: WhyNot) -> list[Hindrance]:
    """Return what stands in the way whichever of several ways is taken."""
    first, *others = answer.ways or (None,)
    if first is None or not others:
        return []
    return [one for one in first.in_the_way if all(one in way.in_the_way for way in others)]


def _sorted(answer: WhyNot, near: Sequence[Way]) -> Iterator[tuple[str, list[Hindrance]]]:
    """Yield what stands in the way and does not stand with a way, by when it does."""
    always = _always(answer)
    on_some_way = {one.ref for way in answer.ways for one in way.in_the_way}
    of_near = {one.ref for way in near for one in way.in_the_way}
    now = [one for one in answer.in_the_way if one.ref not in on_some_way]
    later = [one for one in answer.in_the_way if one.ref in on_some_way - of_near]
    if now:
        yield "whynot.now" if answer.ways else "whynot.stands", now
    if always:
        yield "whynot.always", always
    if later:
        yield "whynot.further_on", later


def _failed(way: Way, lang: Language) -> Iterator[str]:
    """Yield the conditions that failed; those of another rule that it rests on together."""
    known_no = {lack.check.fact for lack in way.failed if lack.check.actual is False}
    groups: dict[str, list[str]] = {}
    heads: dict[str, str] = {}
    for lack in way.failed:
        check = _need_text(lack.check, lang, known_no, lack.policy)
        name = "whynot.unknown" if lack.check.holds is None else "whynot.failed"
        groups.setdefault(lack.rule, []).append(say(lang, name, check=check))
        heads[lack.rule] = cited(rule_text(lack.ref, lang), lack.citations, lang)
    for rule in sorted(groups, key=lambda rule: rule == way.rule):
        if rule == way.rule:
            yield from groups[rule]
        else:
            checks = clauses(lang, groups[rule])
            yield say(lang, "whynot.first", rule=heads[rule], checks=checks)


def _standing(way: Way, always: Sequence[Hindrance], lang: Language) -> Iterator[str]:
    for one in way.in_the_way:
        if one not in always:
            yield say(lang, "whynot.in_the_way", text=_hindrance(one, lang))


def _hindrance(one: Hindrance, lang: Language) -> str:
    """Return what stands in the way, or may stand there, with what it rests on."""
    unknown = [check for check in one.checks if check.holds is None]
    if one.kind == "evidence":
        sets = [
            [_need_text(check, lang, (), one.policy) for check in some]
            for some in (one.checks, *one.or_else)
        ]
        checks = [either(lang, [clauses(lang, texts) for texts in sets if texts])]
    else:
        checks = check_texts(unknown or list(one.checks), lang, one.policy)
    rule = cited(rule_text(one.ref, lang), one.citations, lang) + after_colon(lang, checks)
    return say(lang, f"whynot.{'maybe.' if unknown else ''}{one.kind}", rule=rule)


def _change_to(answer: WhyNot, change: Change, lang: Language) -> str:
    text = change_text(change, lang)
    if change.outcome == answer.remedy:
        return with_article(text, change, lang)
    if change.outcome is None:
        return say(lang, "whynot.beside_open", change=text)
    outcome, remedy = result_text(change.outcome, lang), result_text(answer.remedy, lang)
    return say(lang, "whynot.beside", change=text, outcome=outcome, remedy=remedy)


# --- what a condition asks for -----------------------------------------------------------

_HAPPENED: Final = {"repaired_on": "repaired_before"}
"""What has to have happened for there to be a day, where the names do not tell."""

_TELLS_THRESHOLD: Final = ("is", "one_of", "before")
"""Relations whose check names what was asked for, unless that is yes or no."""


def _need_text(check: Check, lang: Language, known_no: Iterable[str], policy: str) -> str:
    """Return a condition that is not met: what was found, and what it asks for.

    ``known_no`` are the yes/no facts beside it that are known to be no: the days of a repair
    that there is not are not "not known".
    """
    text = check_text(check, lang, policy)
    if check.counted_from is not None:
        if check.margin is not None:
            return text
        since = check.counted_from
        if _HAPPENED.get(since, since.removesuffix("_since")) in known_no:
            text = say(lang, "need.no_such_day", since=fact_label(since, lang))
        need = _time_asked(check, lang)
    elif check.fact == "rights":
        return text
    elif check.relation == "at_least" and check.margin is not None:
        need = say(lang, "need.short", count=plainly(-check.margin))
    else:
        known = check.actual is not None and not isinstance(check.actual, bool)
        few = not isinstance(check.threshold, tuple) or len(check.threshold) <= MOST_VALUES
        if known and few and check.relation in _TELLS_THRESHOLD:
            return text
        need = _asked(check, lang)
        if known:
            label, actual = fact_label(check.fact, lang), value_text(check.actual, lang, check.fact)
            text = say(lang, "check.value", fact=label, actual=actual)
    return say(lang, "need.with", check=text, need=need)


def _time_asked(check: Check, lang: Language) -> str:
    """Return the time that a claim has to keep, or to let pass, from a day not known."""
    name = "need.inside" if check.relation == "not_after" else "need.after"
    if check.days is not None:
        return say(lang, f"{name}.counted", time=days_text(check.days, lang))
    if check.months is not None:
        time = say(lang, "need.months", months=plainly(check.months))
        return say(lang, f"{name}.counted", time=time)
    return say(lang, name)


def _asked(check: Check, lang: Language) -> str:
    """Return what a condition on a fact asks for."""
    threshold, relation = check.threshold, check.relation
    if isinstance(threshold, bool):  # there is one other value
        wanted = threshold if relation == "is" else not threshold
        name = f"need.{check.fact}.{code_of(wanted)}"
        if has(f"condition.yes.{check.fact}") and not has(name):
            return say(lang, "need.truth", truth=truth_text(check.fact, wanted, lang))
        return say(lang, name if has(name) else "need.is", values=value_text(wanted, lang))
    many = threshold if isinstance(threshold, tuple) else (threshold,)
    texts = [value_text(value, lang, check.fact) for value in many]
    if relation in ("is_not", "none_of"):
        return say(lang, "need.not", values=listed(lang, texts))
    name = "need.is" if relation == "one_of" else f"need.{relation}"
    return say(lang, name, values=one_of(lang, texts))


# --- why this rather than that -----------------------------------------------------------


def _contrast(answer: Contrast, lang: Language) -> Iterator[TextBlock]:
    remedy, other = result_text(answer.remedy, lang), result_text(answer.rather_than, lang)
    if answer.rule:
        rule = cited(rule_text(answer.ref, lang), answer.citations, lang)
        checks = after_colon(lang, check_texts(list(answer.checks), lang, answer.policy))
        yield line(lang, "contrast.given", remedy=remedy, rule=rule, checks=checks)
    else:
        yield line(lang, "contrast.given_bare", remedy=remedy)
    if answer.why_not is None:
        yield line(lang, f"contrast.{answer.choice}", remedy=remedy, other=other)
        return
    yield line(lang, "contrast.other", other=other)
    yield Indented(tuple(_why_not(answer.why_not, lang)), 2)


# --- what if -----------------------------------------------------------------------------

_ABOVE: Final = ("outcome", "possible", "lead")
"""Differences that the result has already."""

_GROUPS: Final = ("requested", "remedies", "dates", "obligations", "verdicts")
"""Parts of a decision whose differences have a line of their own, in its order."""


def _what_if(answer: WhatIf[WholeDecision], lang: Language) -> Iterator[TextBlock]:
    if answer.changed:
        changes = clauses(lang, list(changed_texts(answer.changed, lang)))
        yield line(lang, "whatif.changed", changes=changes)
    else:
        yield line(lang, "whatif.unchanged")
    before, after = _result(answer.before, lang), _result(answer.after, lang)
    if not answer.differences:
        yield line(lang, "whatif.nothing", outcome=after)
        return
    name = "whatif.same_outcome" if before == after else "whatif.outcome"
    yield line(lang, name, before=before, after=after)
    unsure = answer.after.outcome is None
    groups: dict[str, list[str]] = {}
    days = tuple(str(one.dates.claimed_on) for one in (answer.before, answer.after))
    for difference in significant(answer.differences):
        # what is due on the day of the claim has moved with that day
        moved = (difference.before, difference.after) == days
        if difference.what not in _ABOVE and not moved:
            head = difference.what.partition(".")[0]
            text = difference_text(difference, lang, unsure=unsure)
            groups.setdefault(head if head in _GROUPS else "rest", []).append(text)
    for group in (*_GROUPS, "rest"):
        if group in groups:
            yield line(lang, f"whatif.group.{group}", texts=clauses(lang, groups[group]))


def _result(decision: WholeDecision, lang: Language) -> str:
    """Return what a decision comes to, with the rule that decides."""
    return _outcome(
        decision.outcome,
        decision.possible,
        None if decision.lead is None else decision.lead.ref,
        () if decision.lead is None else decision.lead.citations,
        lang,
    )


def _outcome(
    outcome: str | None,
    possible: Sequence[str],
    rule: RuleRef | None,
    citations: Iterable[Citation],
    lang: Language,
) -> str:
    if outcome is None:
        things = either(lang, [result_text(one, lang) for one in possible])
        return say(lang, "thing.open_between", things=things)
    if rule is None:
        return result_text(outcome, lang)
    text = cited(rule_text(rule, lang), citations, lang)
    return say(lang, "thing.by", thing=result_text(outcome, lang), rule=text)


# --- until when --------------------------------------------------------------------------


def _timeline(answer: Timeline, lang: Language) -> Iterator[TextBlock]:
    yield Line(say(lang, "timeline.head"))
    pairs = zip((None, *answer.steps), answer.steps, strict=False)
    yield Listing(tuple(_step(step, before, lang) for before, step in pairs))
    if answer.needs:
        yield Line(say(lang, "timeline.needs", fields=fields_text(answer.needs, lang)))
    elif answer.until is None:
        yield Line(say(lang, "timeline.for_ever"))
    else:
        yield Line(say(lang, "timeline.until", until=answer.until))


def _step(step: Step, before: Step | None, lang: Language) -> str:
    stays = before is not None and _gives(before) == _gives(step)
    leading = None if step.rule is None else RuleRef(step.policy or "", step.rule)
    rule = None if stays else leading
    outcome = _outcome(step.outcome, step.possible, rule, step.citations, lang)
    if others := [result_text(one, lang) for one in step.remedies if one != step.outcome]:
        outcome += say(lang, "timeline.also", others=either(lang, others))
    groups: dict[str, list[str]] = {}
    for turn in sorted(without_repeats(step.turns), key=_place_in_line):
        if turn.begins and turn.ref == leading:  # it stands there as what decides
            outcome += _provisional(turn, lang)
            continue
        cites = turn.citations if turn.begins else turn.citations[:1]
        groups.setdefault(_turn_message(turn), []).append(_turned(turn, cites, lang))
    turns = ""
    for name, rules in groups.items():
        text = say(lang, name, rule=clauses(lang, rules), last=step.on - _ONE_DAY)
        turns += say(lang, "timeline.turn", text=text[:1].upper() + text[1:])
    name = "timeline.still" if stays else "timeline.step"
    return say(lang, name, on=step.on, outcome=outcome, turns=turns)


def _gives(step: Step) -> tuple[object, ...]:
    return step.possible, step.remedies, step.rule, step.policy


_ONE_DAY: Final = timedelta(days=1)
_IN_LINE: Final = ("exclusion", "bar", "right", "proof", "duty")


def _place_in_line(turn: Turn) -> tuple[int, bool]:
    """Return what comes first: rights before duties, what ends before what begins."""
    return _IN_LINE.index(turn.what), turn.begins is not False


def _turn_message(turn: Turn) -> str:
    if turn.begins is None:
        return "turn.open"
    return f"turn.{turn.what}.{'begins' if turn.begins else 'last'}"


def _turned(turn: Turn, cites: Iterable[Citation], lang: Language) -> str:
    text = duty_text(turn.ref, lang) if turn.what == "duty" else rule_text(turn.ref, lang)
    return cited(text, cites, lang) + _provisional(turn, lang)


def _provisional(turn: Turn, lang: Language) -> str:
    return say(lang, "piece.provisional") if turn.provisional else ""
