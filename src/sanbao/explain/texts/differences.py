"""What differs between two decisions, and the readings a decision depends on: 差别说明."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sanbao.explain.blocks.model import Bit, Line, Listing
from sanbao.explain.blocks.plain import plain_of
from sanbao.explain.texts.phrases import (
    cited,
    clauses,
    day_text,
    duty_text,
    either,
    fields_text,
    known_text,
    listed,
    plainly,
    result_text,
    rule_text,
    value_text,
    yuan_text,
)
from sanbao.explain.texts.titles import promise_of
from sanbao.explain.words.catalogue import Language, has, say
from sanbao.model.rule_ref import RuleRef

if TYPE_CHECKING:
    from sanbao.model.decision import Dependence, Difference

__all__ = ["dependence", "dependence_text", "difference_text", "significant"]


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
        return _duty_difference(RuleRef(difference.policy or "", tail), before, after, lang)
    if head == "warnings":
        field = fields_text([str(after or before)], lang)
        return say(lang, f"differs.warning.{'new' if after else 'gone'}", field=field)
    texts = {
        "what": _label(difference, lang),
        "before": _value(what, before, lang),
        "after": _value(what, after, lang),
    }
    name = "value"
    if head in ("remedies", "dates", "verdicts", "needs", "provisional"):
        name = "new" if before in (None, ()) else "gone" if after in (None, ()) else "value"
    return say(lang, f"differs.{name}", **texts)


def significant(differences: Sequence[Difference]) -> list[Difference]:
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
    rule = _rule_of(difference)
    return (
        rule is not None
        and bool(promise_of(rule))
        and any(
            one.what == difference.what
            and (one.before, one.after) == (difference.before, difference.after)
            and not promise_of(RuleRef(one.policy or "", rule.rule))
            for one in differences
        )
    )


def _rule_of(difference: Difference) -> RuleRef | None:
    """Return the rule whose verdict, or first day, differs."""
    for head in ("verdicts.", "dates.begins."):
        if difference.what.startswith(head):
            return RuleRef(difference.policy or "", difference.what.removeprefix(head))
    return None


def _are_single(difference: Difference) -> bool:
    values = (difference.before, difference.after)
    return all(isinstance(value, tuple) and len(value) == 1 for value in values)


def _duty_difference(duty: RuleRef, before: object, after: object, lang: Language) -> str:
    text = duty_text(duty, lang)
    if before is None:
        return say(lang, "differs.duty.new", duty=text, on=day_text(after, lang))
    if after is None:
        return say(lang, "differs.duty.gone", duty=text)
    days = {"before": day_text(before, lang), "after": day_text(after, lang)}
    return say(lang, "differs.duty.moved", duty=text, **days)


def _label(difference: Difference, lang: Language) -> str:
    what, rule = difference.what, _rule_of(difference)
    if rule is None:
        return _path_text(what, lang)
    text = rule_text(rule, lang)
    return say(lang, "differs.begins", rule=text) if what.startswith("dates.") else text


def _path_text(what: str, lang: Language) -> str:
    return say(lang, f"path.{what}") if has(f"path.{what}") else plainly(what)


def _value(what: str, value: object, lang: Language) -> str:
    if value == ():
        return say(lang, "differs.none")
    if not isinstance(value, tuple):
        return _part(what, value, lang)
    parts = [_part(what, part, lang) for part in value]
    if what in ("needs", "provisional"):
        return listed(lang, parts)
    return either(lang, parts)


def _part(what: str, value: object, lang: Language) -> str:
    match what.partition(".")[0], value:
        case "outcome" | "possible", _:
            return result_text(value, lang)
        case "requested", True | False | None if what == "requested.available":
            name = {True: "yes", False: "no", None: "open"}[value]
            return say(lang, f"differs.requested.{name}")
        case _, None:
            return say(lang, "none.request" if what == "requested.remedy" else "differs.none")
        case "lead", RuleRef():
            return rule_text(value, lang)
        case "verdicts", _:
            return known_text("verdict", str(value), lang)
        case "needs", _:
            return fields_text([str(value)], lang)
        case "provisional", _:
            return _path_text(f"dates.{value}", lang)
        case "remedies", str() if what.endswith((".payable", ".fee")):
            return yuan_text(value, lang)
        case _:
            return value_text(value, lang)


# --- the readings a decision depends on --------------------------------------------------------


def dependence_text(one: Dependence, lang: Language) -> str:
    """Return a reading the decision depends on, one point a line."""
    return plain_of(dependence(one, lang))


def dependence(one: Dependence, lang: Language) -> tuple[Line, Listing]:
    """Return a reading the decision depends on: 争议解释.

    The question with its articles, the answer that decided and the other one with their
    sources, what goes together with it, and what differs then.
    """
    question = cited(known_text("reading", one.reading, lang), one.citations, lang)
    points = [
        say(lang, "depends.decided", **_answer(one.reading, one.instead_of, lang)),
        say(lang, "depends.instead", **_answer(one.reading, one.value, lang)),
    ]
    for other in one.together_with:
        asked = known_text("reading", other.reading, lang)
        answer = _answer(other.reading, other.value, lang)
        points.append(say(lang, "depends.together", question=asked, **answer))
    unsure = one.outcome is None
    texts = [difference_text(each, lang, unsure=unsure) for each in significant(one.differences)]
    points.append(say(lang, "depends.result", texts=clauses(lang, texts)))
    return Line((Bit(question, "b"),)), Listing(tuple(points))


def _answer(reading: str, value: str, lang: Language) -> dict[str, str]:
    name = f"{reading}.{value}"
    return {
        "meaning": known_text("reading", name, lang),
        "source": known_text("source", name, lang),
    }
