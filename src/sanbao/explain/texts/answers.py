"""Why not, what if, until when, in words: 理由说明.

The answers of :mod:`sanbao.reasons`, and the readings that a decision hangs on, one point a
line. Every rule comes with its article, every condition with
the value it found and the value it asks for. Loaded when an answer is to be told, never by
deciding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from sanbao.base.errors import ValidationError
from sanbao.explain.texts.phrases import (
    check_text,
    cites_text,
    clauses,
    days_text,
    duty_text,
    fact_label,
    fields_text,
    known_text,
    listed,
    plainly,
    rule_text,
    told,
    told_once,
    value_text,
)
from sanbao.explain.texts.title_context import telling_of
from sanbao.explain.words.catalogue import Language, has, language, say
from sanbao.reasons.answers import Change, Changed, Contrast, Hindrance, Way, WhatIf, WhyNot
from sanbao.reasons.timeline import Step, Timeline, Turn
from sanbao.rules.combined import qualifier_of, simple_id

if TYPE_CHECKING:
    from sanbao.model.citation import Citation
    from sanbao.model.decision import Check, Dependence, Difference, WholeDecision

__all__ = [
    "change_text",
    "changes_text",
    "dependence_text",
    "difference_text",
    "explain_reasons",
    "turn_text",
]

_WAYS_TOLD: Final = 3
"""How many ways to a remedy are told in full, the nearest first."""

_CHANGES_TOLD: Final = 3
"""How many changes are told of those that lead to one outcome, the nearest first."""

_VALUES_TOLD: Final = 5
"""How many values of a field are told; of more than these, the first few and a count."""

_VALUES_TOLD_OF_MANY: Final = 3


def explain_reasons(answer: object, lang: str) -> str:
    """Return ``answer`` in words: a why-not, a contrast, a what-if or a timeline.

    Raises :class:`~sanbao.ValidationError` for a language the catalogue does not have and for
    an answer that is none of these.
    """
    chosen = language(lang)
    match answer:
        case WhyNot():
            lines = _why_not(answer, chosen)
        case Contrast():
            lines = _contrast(answer, chosen)
        case WhatIf():
            lines = _what_if(answer, chosen)
        case Timeline():
            lines = _timeline(answer, chosen)
        case _:
            raise ValidationError.of("answer", answer, "is no answer that has words")
    with telling_of(answer):
        return "\n".join(lines)


# --- why not -----------------------------------------------------------------------------


def _why_not(answer: WhyNot, lang: Language) -> Iterator[str]:
    suffix = "_ground" if answer.remedy == "paid_repair" else ""
    yield say(lang, f"whynot.{'open' if answer.available is None else 'no'}.{answer.remedy}")
    near, further = answer.ways[:_WAYS_TOLD], answer.ways[_WAYS_TOLD:]
    if not answer.ways:
        yield say(lang, f"whynot.no_right{suffix}")
    for name, hindrances in _sorted(answer, near):
        texts = [_hindrance(one, lang) for one in hindrances]
        yield say(lang, name, text=clauses(lang, texts))
    always = _always(answer)
    for index, way in enumerate(near):
        name = f"whynot.{'further' if index else 'nearest'}{suffix}"
        yield say(lang, name, rule=_cited(rule_text(way.rule, lang), way.citations, lang))
        points = [*_failed(way, lang), *_standing(way, always, lang)]
        if not way.failed:
            met = "whynot.met_but" if suffix and not way.in_the_way else "whynot.met"
            points.insert(0, say(lang, met))
        yield from (say(lang, "whynot.point", text=point) for point in points)
    if further:
        cites = dict.fromkeys(cite for way in further for cite in way.citations[:1])
        count = len(further)
        yield say(lang, f"whynot.more{suffix}", count=count, cites=cites_text(cites, lang))
    if answer.changes:
        changes = [_change_to(answer, change, lang) for change in answer.changes[:_CHANGES_TOLD]]
        rest = _rest(len(answer.changes), lang)
        yield say(lang, f"whynot.changes{suffix}", changes=clauses(lang, changes), rest=rest)
    elif answer.ways:
        yield say(lang, "whynot.no_change")


def _always(answer: WhyNot) -> list[Hindrance]:
    """Return what stands in the way whichever of several ways is taken."""
    first, *others = answer.ways or (None,)
    if first is None or not others:
        return []
    return [one for one in first.in_the_way if all(one in way.in_the_way for way in others)]


def _sorted(answer: WhyNot, near: Sequence[Way]) -> Iterator[tuple[str, list[Hindrance]]]:
    """Yield what stands in the way and is not told with a way, by when it does."""
    always = _always(answer)
    on_some_way = {one.rule for way in answer.ways for one in way.in_the_way}
    told_of = {one.rule for way in near for one in way.in_the_way}
    now = [one for one in answer.in_the_way if one.rule not in on_some_way]
    later = [one for one in answer.in_the_way if one.rule in on_some_way - told_of]
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
        check = _need_text(lack.check, lang, known_no)
        name = "whynot.unknown" if lack.check.holds is None else "whynot.failed"
        groups.setdefault(lack.rule, []).append(say(lang, name, check=check))
        heads[lack.rule] = _cited(rule_text(lack.rule, lang), lack.citations, lang)
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
            [_need_text(check, lang, ()) for check in some] for some in (one.checks, *one.or_else)
        ]
        checks = [_either([clauses(lang, texts) for texts in sets if texts], lang)]
    else:
        checks = told(unknown or list(one.checks), lang)
    rule = _cited(rule_text(one.rule, lang), one.citations, lang) + _after_colon(checks, lang)
    return say(lang, f"whynot.{'maybe.' if unknown else ''}{one.kind}", rule=rule)


def _change_to(answer: WhyNot, change: Change, lang: Language) -> str:
    text = change_text(change, lang)
    if change.outcome == answer.remedy:
        return _by(text, change, lang)
    if change.outcome is None:
        return say(lang, "whynot.beside_open", change=text)
    outcome, remedy = _thing(change.outcome, lang), _thing(answer.remedy, lang)
    return say(lang, "whynot.beside", change=text, outcome=outcome, remedy=remedy)


# --- what a condition asks for -----------------------------------------------------------

_HAPPENED: Final = {"repaired_on": "repaired_before"}
"""What has to have happened for there to be a day, where the names do not tell."""

_TELLS_THRESHOLD: Final = ("is", "one_of", "before")
"""Relations whose check names what was asked for, unless that is yes or no."""


def _need_text(check: Check, lang: Language, known_no: Iterable[str]) -> str:
    """Return a condition that is not met: what was found, and what it asks for.

    ``known_no`` are the yes/no facts beside it that are known to be no: the days of a repair
    that there is not are not "not known".
    """
    text = check_text(check, lang)
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
        few = not isinstance(check.threshold, tuple) or len(check.threshold) <= _VALUES_TOLD
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
        name = f"need.{check.fact}.{_code(wanted)}"
        return say(lang, name if has(name) else "need.is", values=value_text(wanted, lang))
    many = threshold if isinstance(threshold, tuple) else (threshold,)
    texts = [value_text(value, lang, check.fact) for value in many]
    if relation in ("is_not", "none_of"):
        return say(lang, "need.not", values=listed(lang, texts))
    name = "need.is" if relation == "one_of" else f"need.{relation}"
    return say(lang, name, values=_some(texts, lang))


# --- why this rather than that -----------------------------------------------------------


def _contrast(answer: Contrast, lang: Language) -> Iterator[str]:
    remedy, other = _thing(answer.remedy, lang), _thing(answer.rather_than, lang)
    if answer.rule:
        rule = _cited(rule_text(answer.rule, lang), answer.citations, lang)
        checks = _after_colon(told(list(answer.checks), lang), lang)
        yield say(lang, "contrast.given", remedy=remedy, rule=rule, checks=checks)
    else:
        yield say(lang, "contrast.given_bare", remedy=remedy)
    if answer.why_not is None:
        yield say(lang, f"contrast.{answer.choice}", remedy=remedy, other=other)
        return
    yield say(lang, "contrast.other", other=other)
    for line in _why_not(answer.why_not, lang):
        yield say(lang, "thing.below", text=line)


# --- what if -----------------------------------------------------------------------------

_TOLD_ABOVE: Final = ("outcome", "possible", "lead")
"""Differences that are told before, with the result."""

_GROUPS: Final = ("requested", "remedies", "dates", "obligations", "verdicts")
"""Parts of a decision whose differences have a line of their own, in its order."""


def _what_if(answer: WhatIf[WholeDecision], lang: Language) -> Iterator[str]:
    if answer.changed:
        changes = clauses(lang, list(_changed(answer.changed, lang)))
        yield say(lang, "whatif.changed", changes=changes)
    else:
        yield say(lang, "whatif.unchanged")
    before, after = _result(answer.before, lang), _result(answer.after, lang)
    if not answer.differences:
        yield say(lang, "whatif.nothing", outcome=after)
        return
    name = "whatif.same_outcome" if before == after else "whatif.outcome"
    yield say(lang, name, before=before, after=after)
    unsure = answer.after.outcome is None
    groups: dict[str, list[str]] = {}
    days = tuple(str(one.dates.claimed_on) for one in (answer.before, answer.after))
    for difference in _telling(answer.differences):
        # what is due on the day of the claim has moved with that day
        moved = (difference.before, difference.after) == days
        if difference.what not in _TOLD_ABOVE and not moved:
            head = difference.what.partition(".")[0]
            text = difference_text(difference, lang, unsure=unsure)
            groups.setdefault(head if head in _GROUPS else "rest", []).append(text)
    for group in (*_GROUPS, "rest"):
        if group in groups:
            yield say(lang, f"whatif.group.{group}", texts=clauses(lang, groups[group]))


def _result(decision: WholeDecision, lang: Language) -> str:
    """Return what a decision comes to, with the rule that decides."""
    return _outcome(
        decision.outcome,
        decision.possible,
        None if decision.lead is None else decision.lead.rule,
        () if decision.lead is None else decision.lead.citations,
        lang,
    )


def _outcome(
    outcome: str | None,
    possible: Sequence[str],
    rule: str | None,
    citations: Iterable[Citation],
    lang: Language,
) -> str:
    if outcome is None:
        things = _either([_thing(one, lang) for one in possible], lang)
        return say(lang, "thing.open_between", things=things)
    if rule is None:
        return _thing(outcome, lang)
    text = _cited(rule_text(rule, lang), citations, lang)
    return say(lang, "thing.by", thing=_thing(outcome, lang), rule=text)


# --- until when --------------------------------------------------------------------------


def _timeline(answer: Timeline, lang: Language) -> Iterator[str]:
    yield say(lang, "timeline.head")
    before: Step | None = None
    for step in answer.steps:
        yield _step(step, before, lang)
        before = step
    if answer.needs:
        yield say(lang, "timeline.needs", fields=fields_text(answer.needs, lang))
    elif answer.until is None:
        yield say(lang, "timeline.for_ever")
    else:
        yield say(lang, "timeline.until", until=answer.until)


def _step(step: Step, before: Step | None, lang: Language) -> str:
    stays = before is not None and _gives(before) == _gives(step)
    rule = None if stays else step.rule
    outcome = _outcome(step.outcome, step.possible, rule, step.citations, lang)
    if others := [_thing(one, lang) for one in step.remedies if one != step.outcome]:
        outcome += say(lang, "timeline.also", others=_either(others, lang))
    groups: dict[str, list[str]] = {}
    for turn in sorted(told_once(step.turns), key=_place_in_line):
        if turn.begins and turn.rule == step.rule:  # that was said as what decides
            outcome += _provisional(turn, lang)
            continue
        cites = turn.citations if turn.begins else turn.citations[:1]
        groups.setdefault(_turn_message(turn, step.on), []).append(_turned(turn, cites, lang))
    turns = ""
    for name, rules in groups.items():
        text = say(lang, name, rule=clauses(lang, rules), last=step.on - _ONE_DAY)
        turns += say(lang, "timeline.turn", text=text[:1].upper() + text[1:])
    name = "timeline.still" if stays else "timeline.step"
    return say(lang, name, on=step.on, outcome=outcome, turns=turns)


def _gives(step: Step) -> tuple[object, ...]:
    return step.possible, step.remedies, step.rule


def turn_text(turn: Turn, lang: Language, on: date | None = None) -> str:
    """Return one turn of the timeline as a clause with its articles.

    ``on`` is the day of the step it belongs to: what has ended then names the day before as
    its last. Where that day may still move, the clause says that it is provisional.
    """
    rule = _turned(turn, turn.citations, lang)
    last = None if on is None else on - _ONE_DAY
    return say(lang, _turn_message(turn, on), rule=rule, last=last)


_ONE_DAY: Final = timedelta(days=1)
_IN_LINE: Final = ("exclusion", "bar", "right", "proof", "duty")


def _place_in_line(turn: Turn) -> tuple[int, bool]:
    """Return what is told first: rights before duties, what ends before what begins."""
    return _IN_LINE.index(turn.what), turn.begins is not False


def _turn_message(turn: Turn, on: date | None) -> str:
    if turn.begins is None:
        return "turn.open"
    if turn.begins:
        return f"turn.{turn.what}.begins"
    return f"turn.{turn.what}.{'ended' if on is None else 'last'}"


def _turned(turn: Turn, cites: Iterable[Citation], lang: Language) -> str:
    text = duty_text(turn.rule, lang) if turn.what == "duty" else rule_text(turn.rule, lang)
    return _cited(text, cites, lang) + _provisional(turn, lang)


def _provisional(turn: Turn, lang: Language) -> str:
    return say(lang, "piece.provisional") if turn.provisional else ""


# --- single changes ----------------------------------------------------------------------

_PART: Final = re.compile(r"(repairs|exchanges)\[([0-9]+)\](\..+)?")

_UNKNOWN_BEFORE: Final = frozenset(
    {
        "product.bought_with_phone",
        "purchase.sold_on",
        "purchase.price",
        "purchase.standalone_price",
        "purchase.paid_price",
        "fault.appeared_on",
        "evidence.invoice",
        "evidence.voucher",
        "fault.symptom",
        "same_model_in_stock",
    }
)
"""Fields that are not known where the claim has no value; the others then have a default."""

_SALE_BEFORE: Final = frozenset({"purchase.invoiced_on", "purchase.received_on"})
"""Days that are taken to be the day of sale where the claim does not name them."""

_SOME_PRICE: Final = "0.01"
"""Stands in a change for any price there may be."""


def changes_text(changes: Iterable[Change], lang: Language) -> str:
    """Return single changes by where they lead, a line each: the nearest, and how many more."""
    groups: dict[str | None, list[Change]] = {}
    for change in changes:
        groups.setdefault(change.outcome, []).append(change)
    lines = []
    for outcome, alike in groups.items():
        nearest = [_by(change_text(change, lang), change, lang) for change in alike]
        text = {"outcome": _thing(outcome, lang), "changes": clauses(lang, nearest[:_CHANGES_TOLD])}
        lines.append(say(lang, "changes.group", rest=_rest(len(alike), lang), **text))
    return "\n".join(lines) or say(lang, "changes.none")


def _by(text: str, change: Change, lang: Language) -> str:
    """Return a change with the article that then decides."""
    if not change.citations:
        return text
    cites = cites_text(change.citations[:1], lang)
    return say(lang, "change.cited", change=text, cites=cites)


def _rest(count: int, lang: Language) -> str:
    more = count - _CHANGES_TOLD
    return say(lang, "changes.rest", count=more) if more > 0 else ""


def change_text(change: Change, lang: Language) -> str:
    """Return one change as a clause: what would have to be, and instead of what."""
    if change.action == "add":
        return say(lang, f"change.add.{change.field}", day=plainly(change.after))
    if change.action == "remove":
        place, number, _ = _place(change.field)
        return say(lang, f"change.remove.{place}", number=number)
    if change.field.endswith("price") and change.after == _SOME_PRICE:
        field = fields_text([change.field], lang)
        text = say(lang, "change.some_price", field=field, price=_yuan(change.after, lang))
        return _instead(change.field, text, change.before, lang)
    return _set_text(change.field, change.before, change.values, lang)


def _changed(changed: Sequence[Changed], lang: Language) -> Iterator[str]:
    """Yield what was changed, a repair or an exchange that was taken away as one."""
    gone = {
        one.field.partition("].")[0]
        for one in changed
        if one.after is None and one.field.endswith(("].handed_in_on", "].exchanged_on"))
    }
    for one in changed:
        part = one.field.partition("].")[0]
        if part not in gone:
            yield _set_text(one.field, one.before, (one.after,), lang)
        elif one.field.endswith(("].handed_in_on", "].exchanged_on")):
            place, number, _ = _place(one.field)
            yield say(lang, f"change.remove.{place}", number=number)


def _place(field: str) -> tuple[str, str, str]:
    """Return the list a field is in, the number of its place there, and its plain path."""
    if part := _PART.fullmatch(field):
        name = part[1] + (part[3] or "")
        return part[1], str(int(part[2]) + 1), name
    return "", "", field


def _set_text(field: str, before: object, values: Sequence[object], lang: Language) -> str:
    place, number, name = _place(field)
    text = _clause(name, before, values, lang)
    return say(lang, f"change.of.{place}", number=number, change=text) if place else text


def _clause(name: str, before: object, values: Sequence[object], lang: Language) -> str:
    after = values[0]
    if isinstance(after, str) and has(f"event.{name}"):
        return _moved(name, before, after, lang)
    if before == "none" and all(has(f"found.{name}.{value}") for value in values):
        return _either([say(lang, f"found.{name}.{value}") for value in values], lang)
    if after is None and has(f"unset.{name}"):
        return say(lang, f"unset.{name}")
    message = f"change.{name}.{_code(after)}"
    if len(values) == 1 and has(message):
        text = say(lang, message)
    else:
        value = _some([_value(name, value, lang) for value in values], lang)
        text = say(lang, "change.value", field=_field(name, lang), value=value)
    return _instead(name, text, before, lang)


def _moved(name: str, before: object, after: str, lang: Language) -> str:
    event, day = say(lang, f"event.{name}"), plainly(after)
    if before is None:
        text = say(lang, "change.on", event=event, day=day)
        return _instead(name, text, before, lang)
    days = (date.fromisoformat(after) - date.fromisoformat(str(before))).days
    message = "change.later" if days > 0 else "change.earlier"
    return say(lang, message, event=event, days=days_text(abs(days), lang), day=day)


def _instead(name: str, text: str, before: object, lang: Language) -> str:
    """Return a clause with what was there before, where that is not plain from it."""
    if before is None:
        if name in _SALE_BEFORE:
            return say(lang, "change.as_sold", change=text)
        return say(lang, "change.unknown", change=text) if name in _UNKNOWN_BEFORE else text
    if isinstance(before, bool):
        return text
    was = f"was.{name}.{_code(before)}"
    text_before = say(lang, was) if has(was) else _value(name, before, lang)
    return say(lang, "change.instead", change=text, before=text_before)


def _field(name: str, lang: Language) -> str:
    return say(lang, f"label.{name}") if has(f"label.{name}") else fields_text([name], lang)


def _value(name: str, value: object, lang: Language) -> str:
    if value is None:
        return say(lang, f"none.{name}" if has(f"none.{name}") else "none.other")
    if name.endswith("price"):
        return _yuan(value, lang)
    if name == "fault.battery_capacity":
        return say(lang, "percent.value", number=plainly(value))
    return value_text(value, lang, name.rpartition(".")[2])


def _code(value: object) -> object:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


# --- what differs between two decisions --------------------------------------------------


def difference_text(difference: Difference, lang: Language, *, unsure: bool = False) -> str:
    """Return one difference between two decisions as a clause: what it is then, and was.

    ``unsure``: the decision after is open, and a remedy that is gone is not certain any more.
    """
    what, before, after = difference.what, difference.before, difference.after
    head, _, tail = what.partition(".")
    if head == "remedies" and has(f"differs.open.{tail}"):
        name = "open" if after else "unsure" if unsure else "shut"
        return say(lang, f"differs.{name}.{tail}")
    if head == "obligations":
        return _duty_difference(tail, before, after, lang)
    if head == "warnings":
        field = fields_text([str(after or before)], lang)
        return say(lang, f"differs.warning.{'new' if after else 'gone'}", field=field)
    texts = {
        "what": _label(what, head, tail, lang),
        "before": _told_value(what, before, lang),
        "after": _told_value(what, after, lang),
    }
    name = "value"
    if head in ("remedies", "dates", "verdicts", "needs", "provisional"):
        name = "new" if before in (None, ()) else "gone" if after in (None, ()) else "value"
    return say(lang, f"differs.{name}", **texts)


def _telling(differences: Sequence[Difference]) -> list[Difference]:
    """Return the differences without those that only repeat another.

    What a remedy that is gone amounted to tells nothing more, nor which outcomes are
    possible where there is one before and after.
    """
    gone = tuple(f"{one.what}." for one in differences if one.after is None)
    return [
        one
        for one in differences
        if not one.what.startswith(gone)
        and not (one.what == "possible" and _are_single(one))
        and not _is_repeated(one, differences)
    ]


def _is_repeated(difference: Difference, differences: Sequence[Difference]) -> bool:
    """Say whether a commitment's rule only turns as the regulation's own does."""
    for head in ("verdicts.", "dates.begins."):
        rule = difference.what.removeprefix(head)
        if difference.what.startswith(head) and qualifier_of(rule):
            return replace(difference, what=head + simple_id(rule)) in differences
    return False


def _are_single(difference: Difference) -> bool:
    values = (difference.before, difference.after)
    return all(isinstance(value, tuple) and len(value) == 1 for value in values)


def _duty_difference(duty: str, before: object, after: object, lang: Language) -> str:
    text = duty_text(duty, lang)
    if before is None:
        return say(lang, "differs.duty.new", duty=text, on=plainly(after))
    if after is None:
        return say(lang, "differs.duty.gone", duty=text)
    days = {"before": plainly(before), "after": plainly(after)}
    return say(lang, "differs.duty.moved", duty=text, **days)


def _label(what: str, head: str, tail: str, lang: Language) -> str:
    if has(f"path.{what}"):
        return say(lang, f"path.{what}")
    if head == "verdicts":
        return rule_text(tail, lang)
    if what.startswith("dates.begins."):
        rule = rule_text(what.removeprefix("dates.begins."), lang)
        return say(lang, "differs.begins", rule=rule)
    return plainly(what)


def _told_value(what: str, value: object, lang: Language) -> str:
    if value == ():
        return say(lang, "differs.none")
    if not isinstance(value, tuple):
        return _told_part(what, value, lang)
    parts = [_told_part(what, part, lang) for part in value]
    if what in ("needs", "provisional"):
        return listed(lang, parts)
    return _either(parts, lang)


def _told_part(what: str, value: object, lang: Language) -> str:
    match what.partition(".")[0], value:
        case "outcome" | "possible", _:
            return _thing(value, lang)
        case "requested", True | False | None if what == "requested.available":
            name = {True: "yes", False: "no", None: "open"}[value]
            return say(lang, f"differs.requested.{name}")
        case _, None:
            return say(lang, "none.request" if what == "requested.remedy" else "differs.none")
        case "lead", _:
            return rule_text(str(value), lang)
        case "verdicts", _:
            return known_text("verdict", str(value), lang)
        case "needs", _:
            return fields_text([str(value)], lang)
        case "provisional", _:
            return _label(f"dates.{value}", "dates", "", lang)
        case "remedies", str() if what.endswith((".payable", ".fee")):
            return _yuan(value, lang)
        case _:
            return value_text(value, lang)


# --- the readings a decision hangs on ----------------------------------------------------


def dependence_text(dependence: Dependence, lang: Language) -> str:
    """Return a reading the decision hangs on, one point a line.

    The question with its articles, the answer that decided and the other one with their
    sources, what goes together with it, and what differs then.
    """
    reading, decided, other = dependence.reading, dependence.instead_of, dependence.value
    question = known_text("reading", reading, lang)
    lines = [
        _cited(question, dependence.citations, lang),
        say(lang, "depends.decided", **_answer(reading, decided, lang)),
        say(lang, "depends.instead", **_answer(reading, other, lang)),
    ]
    for one in dependence.together_with:
        question = known_text("reading", one.reading, lang)
        answer = _answer(one.reading, one.value, lang)
        lines.append(say(lang, "depends.together", question=question, **answer))
    unsure = dependence.outcome is None
    texts = [difference_text(one, lang, unsure=unsure) for one in _telling(dependence.differences)]
    lines.append(say(lang, "depends.result", texts=clauses(lang, texts)))
    return "\n".join(lines)


def _answer(reading: str, value: str, lang: Language) -> dict[str, str]:
    name = f"{reading}.{value}"
    return {
        "meaning": known_text("reading", name, lang),
        "source": known_text("source", name, lang),
    }


# --- pieces ------------------------------------------------------------------------------


def _thing(outcome: object, lang: Language) -> str:
    return known_text("result", "open" if outcome is None else str(outcome), lang)


def _yuan(amount: object, lang: Language) -> str:
    return say(lang, "yuan.value", amount=plainly(amount))


def _cited(text: str, citations: Iterable[Citation], lang: Language) -> str:
    cites = cites_text(citations, lang)
    return say(lang, "thing.cited", text=text, cites=cites) if cites else text


def _either(texts: Sequence[str], lang: Language) -> str:
    """Return texts as a list of which one is enough."""
    *others, last = texts
    return say(lang, "thing.or").join([listed(lang, others), last]) if others else last


def _some(texts: Sequence[str], lang: Language) -> str:
    """Return values of which one is enough; of many the first few, and how many more."""
    if len(texts) <= _VALUES_TOLD:
        return _either(texts, lang)
    first = texts[:_VALUES_TOLD_OF_MANY]
    return say(lang, "thing.others", texts=listed(lang, first), count=len(texts) - len(first))


def _after_colon(texts: Sequence[str], lang: Language) -> str:
    return say(lang, "piece.colon") + clauses(lang, texts) if texts else ""
