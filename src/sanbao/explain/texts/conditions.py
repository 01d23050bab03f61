"""A condition as a sentence: 条件说明.

Made from the tree of a condition alone, so that whatever a policy file says can be read by
people: leaves from the labels of facts and the words of the catalogue, joined as the tree
joins them. A negation is moved to the leaves, where it reads like one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias

from sanbao.explain.texts.phrases import (
    days_text,
    fact_label,
    known_text,
    listed,
    plainly,
    rule_text,
    value_text,
)
from sanbao.explain.texts.titles import display_names, own_words, title_of
from sanbao.explain.words.catalogue import Language, has, language, say
from sanbao.model.rule_ref import RuleRef
from sanbao.rules.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Compare,
    Condition,
    Elapsed,
    Leaf,
    Listed,
    Not,
    OneOf,
    Owed,
    Period,
    Under,
    Window,
)
from sanbao.rules.policy import Coverage, Policy

__all__ = ["condition_text", "rule_name"]

CombinedProgram: TypeAlias = Literal["", "and", "or"]
"""How the parts of a text are joined; a single statement has none."""


def condition_text(
    condition: Condition,
    lang: str,
    coverage: Coverage | None = None,
    policy: Policy | None = None,
) -> str:
    """Return a condition as a sentence without its end: 条件说明.

    With the ``coverage`` of one kind of goods the length of their period and their faults are
    named; with the ``policy`` it belongs to, the rights it rests on are called as that policy
    calls them. Raises :class:`~sanbao.ValidationError` for a language the catalogue does not
    have.

    >>> from sanbao.rules.conditions import fact
    >>> waiting = ~fact("waiting_for_parts_since").at_most_ago(days=60)
    >>> condition_text(fact("role").is_("main_unit") & waiting, "en")
    'the goods are a main unit and more than 60 days have passed since the day it was handed in'
    """
    with display_names(policy):
        return _ConditionWords(language(lang), coverage, policy).clause(condition).text


def rule_name(rule: str, lang: Language, policy: Policy | None = None) -> str:
    """Return what a rule or an obligation is about, as its own policy calls it if that is known."""
    parts = () if policy is None else (*policy.rules, *policy.obligations)
    found = next((one for one in parts if one.id == rule), None)
    if found is None or policy is None:
        return rule_text(RuleRef("", rule), lang)
    return own_words(title_of(found, policy), lang)


class _Clause(NamedTuple):
    """A condition in words, and how its parts are joined."""

    text: str
    joint: CombinedProgram


_LONG: Final = (",", ";", " or ", " and ", "，", "；", "或", "且")
"""What makes a part so long that it is set off from the next more strongly."""


@dataclass(frozen=True, slots=True)
class _ConditionWords:
    lang: Language
    coverage: Coverage | None
    policy: Policy | None

    def clause(self, condition: Condition, *, holds: bool = True) -> _Clause:
        match condition:
            case Not(of=part):
                return self.clause(part, holds=not holds)
            case AllOf(of=parts):
                return self._joined(parts, "and" if holds else "or", holds)
            case AnyOf(of=parts):
                return self._joined(parts, "or" if holds else "and", holds)
            case leaf:
                return _Clause(self._leaf(leaf, holds), "")

    def _joined(self, parts: Iterable[Condition], joint: CombinedProgram, holds: bool) -> _Clause:
        clauses = dict.fromkeys(one for part in parts for one in self._parts_of(part, joint, holds))
        if not clauses:
            return _Clause(
                say(self.lang, "condition.always" if joint == "and" else "condition.never"), ""
            )
        if len(clauses) == 1:
            return next(iter(clauses))
        return _Clause(self._series([self._enclosed(one) for one in clauses], joint), joint)

    def _parts_of(self, part: Condition, joint: CombinedProgram, holds: bool) -> Sequence[_Clause]:
        """Return a part, or its own parts where it joins them in the same way."""
        match part:
            case Not(of=inner):
                return self._parts_of(inner, joint, not holds)
            case AllOf(of=inner) if joint == ("and" if holds else "or"):
                return [one for each in inner for one in self._parts_of(each, joint, holds)]
            case AnyOf(of=inner) if joint == ("or" if holds else "and"):
                return [one for each in inner for one in self._parts_of(each, joint, holds)]
            case _:
                return [self.clause(part, holds=holds)]

    def _enclosed(self, part: _Clause) -> str:
        if not part.joint:
            return part.text
        name = "condition.either" if part.joint == "or" else "condition.group"
        return say(self.lang, name, text=part.text)

    def _series(self, parts: Sequence[str], joint: CombinedProgram) -> str:
        long = any(mark in part for part in parts for mark in _LONG)
        if joint == "and":
            name, between = "condition.and", "comma"
            if long and self.lang == "en":
                name, between = "condition.and_long", "semicolon"
        else:
            name, between = "condition.or", "comma"
            if long or len(parts) > 2:
                name = "condition.or_long"
        before = say(self.lang, f"condition.{between}").join(parts[:-1])
        return say(self.lang, name, before=before, last=parts[-1])

    # --- single statements --------------------------------------------------------------

    def _leaf(self, leaf: Leaf, holds: bool) -> str:
        lang = self.lang
        match leaf:
            case Compare(relation="before"):
                name = "condition.before" if holds else "condition.not_before"
                return say(lang, name, fact=fact_label(leaf.fact, lang), day=leaf.value)
            case Compare(value=bool(value)):
                return self._yes_or_no(leaf.fact, value is holds)
            case Compare():
                return self._code(leaf.fact, (leaf.value,), holds)
            case OneOf():
                return self._code(leaf.fact, leaf.values, holds)
            case AtLeast():
                name = "condition.at_least" if holds else "condition.below"
                number = plainly(leaf.value)
                return say(lang, name, fact=fact_label(leaf.fact, lang), number=number)
            case Listed():
                return self._listed(leaf, holds)
            case Window():
                name = "condition.inside" if holds else "condition.outside"
                time = days_text(leaf.days, lang)
                return say(lang, name, since=fact_label(leaf.fact, lang), time=time)
            case Elapsed():
                return self._elapsed(leaf, holds)
            case Period():
                return self._period(leaf, holds)
            case Owed():
                return self._owed(leaf.rules, holds)
            case _:
                return self._under(leaf, holds)

    def _elapsed(self, leaf: Elapsed, holds: bool) -> str:
        name = "condition.elapsed" if holds else "condition.not_elapsed"
        named = {"since": fact_label(leaf.fact, self.lang)}
        if leaf.until != "claimed_on":
            name += "_until"
            named["until"] = fact_label(leaf.until, self.lang)
        days = leaf.days
        time = self._months(leaf.months) if days is None else days_text(days, self.lang)
        return say(self.lang, name, time=time, **named)

    def _yes_or_no(self, fact: str, yes: bool) -> str:
        name = "condition.yes" if yes else "condition.no"
        if has(f"{name}.{fact}"):
            return say(self.lang, f"{name}.{fact}")
        return say(self.lang, name, fact=fact_label(fact, self.lang))

    def _code(self, fact: str, values: Sequence[object], holds: bool) -> str:
        name = "condition.code" if holds else "condition.no_code"
        if len(values) == 1 and has(f"{name}.{fact}.{values[0]}"):
            return say(self.lang, f"{name}.{fact}.{values[0]}")
        words = [self._value(fact, value) for value in values]
        text = words[0] if len(words) == 1 else self._alternatives(words)
        if has(f"{name}.{fact}"):
            return say(self.lang, f"{name}.{fact}", values=text)
        return say(self.lang, name, fact=fact_label(fact, self.lang), values=text)

    def _value(self, fact: str, value: object) -> str:
        own = f"condition.value.{fact}.{value}"
        return say(self.lang, own) if has(own) else value_text(value, self.lang, fact)

    def _alternatives(self, words: Sequence[str]) -> str:
        before = listed(self.lang, words[:-1])
        return say(self.lang, "condition.or", before=before, last="".join(words[-1:]))

    def _listed(self, leaf: Listed, holds: bool) -> str:
        name = "condition.listed" if holds else "condition.not_listed"
        text = say(self.lang, f"{name}.{leaf.column}")
        if leaf.column == "kind" or self.coverage is None:
            return text
        faults = listed(self.lang, [value_text(one, self.lang) for one in self.coverage.faults])
        return say(self.lang, "condition.listing", text=text, faults=faults)

    def _period(self, leaf: Period, holds: bool) -> str:
        name = "condition.period" if holds else "condition.no_period"
        months = leaf.months
        if months is None and self.coverage is not None:
            months = self.coverage.months
        text = say(self.lang, name)
        if months is not None:
            text = say(self.lang, f"{name}_of", time=self._months(months))
        if leaf.fact == "period_start":
            return text
        since = fact_label(leaf.fact, self.lang)
        return say(self.lang, "condition.period_from", period=text, since=since)

    def _months(self, months: int | None) -> str:
        name = "condition.month" if months == 1 else "condition.months"
        return say(self.lang, name, number=plainly(months))

    def _owed(self, rules: Sequence[str], holds: bool) -> str:
        name = "condition.owed" if holds else "condition.not_owed"
        remedy = _whole_remedy(rules, self.policy)
        if remedy:
            return say(self.lang, f"{name}.{remedy}")
        text = listed(self.lang, [rule_name(rule, self.lang, self.policy) for rule in rules])
        return say(self.lang, name if len(rules) == 1 else f"{name}_any", rules=text)

    def _under(self, leaf: Under, holds: bool) -> str:
        reading, value = plainly(leaf.reading), plainly(leaf.value)
        meaning = known_text("reading", f"{reading}.{value}", self.lang)
        name = "condition.under" if holds else "condition.not_under"
        return say(self.lang, name, reading=reading, value=value, meaning=meaning)


def _whole_remedy(rules: Sequence[str], policy: Policy | None) -> str:
    """Return the remedy of which these are all the rights there are, if there is one."""
    rights = () if policy is None else policy.rights
    for remedy in dict.fromkeys(right.remedy for right in rights if right.id in rules):
        if {right.id for right in rights if right.remedy == remedy} == set(rules):
            return remedy
    return ""
