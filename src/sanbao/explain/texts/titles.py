"""What policies and their rules call themselves: 名称.

The words of a law that ships lie beside it (:func:`sanbao.policies.library.words`), and what stands
beside it uses them for what it takes over. A policy file brings its own: its title, and the titles
of rules that say something else. A rule for which neither has words is called by its id, beside
which the articles it cites stand, and never in the words of another law. Here they are found for a
decision and for the answers made from it. Whoever says something of these opens their titles first
(:func:`display_names`), and the phrases find them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from types import MappingProxyType
from typing import Final, TypeAlias

from sanbao.base.errors import ValidationError
from sanbao.explain.blocks.model import visible
from sanbao.explain.words.catalogue import LANGUAGES, Language
from sanbao.explain.words.numbers import NUMBERED, in_words
from sanbao.model.decision import DecisionParts
from sanbao.model.facts import FACTS
from sanbao.model.rule_ref import RuleRef
from sanbao.policies import library
from sanbao.rules.combined import Combined
from sanbao.rules.policy import About, Obligation, Policy
from sanbao.rules.provisions import Rule, Words
from sanbao.rules.versions import Versions

__all__ = [
    "DUTY",
    "FACT",
    "LOCAL",
    "TEXT",
    "Titles",
    "display_name",
    "display_names",
    "law_words",
    "own_words",
    "promise_of",
    "title_of",
    "titles_for",
    "words_of_laws",
]

Titles: TypeAlias = Mapping[str | RuleRef, Words]
"""Chinese and English, by the id of a policy, by the rule or, its id after :data:`DUTY`, the
obligation; after :data:`TEXT` by the message, after :data:`LOCAL` that of a local regulation; what
a law calls itself and its codes after ``law:`` and ``code:``, its own facts after :data:`FACT`."""

DUTY = "duty:"

FACT = "fact:"
"""Stands before the name of a fact that a law has for itself."""

TEXT = "text:"
"""Stands before a message of a law, or one of the catalogue that has numbers of a policy."""

LOCAL = "local:"
"""Stands before the id of a policy that is local law, and no promise."""

_PLAIN: Final = "plain:"
"""Stands before the id of a policy whose rules are told without its name: all, or one of them."""


def titles_for(thing: object) -> Titles:
    """Return the titles for the words of a thing: a policy, a decision, or an answer.

    Of a law whose version is chosen by the day of the sale: which rules need no name beside them.
    A decision that was read from JSON names its policies; those that ship have titles here.
    """
    match thing:
        case Policy():
            return _all_of((thing,), together=False)
        case Versions():
            beside = _all_of((thing.newest, *library.local(thing.id)), together=True)
            plain = {name: words for name, words in beside.items() if words is _NO_WORDS}
            return {**_all_of((thing.newest,), together=False), **plain}
        case Combined():
            return _all_of(thing.members, together=True)
        case DecisionParts():
            try:
                return titles_for(thing.case.policy)
            except ValidationError:
                return _shipped(thing)
        case _:
            return _titles_of_answer(thing)


def _titles_of_answer(thing: object) -> Titles:
    from sanbao.reasons.answers import Reasons, WhatIf

    match thing:
        case WhatIf():
            return {**titles_for(thing.before), **titles_for(thing.after)}
        case Reasons():
            return _all_of(thing.policies, together=len(thing.policies) > 1)
        case About():
            return _law_words(thing.policies)
        case _:
            return {}


def _shipped(decision: DecisionParts) -> Titles:
    """Return the titles of the policies that ship under the ids that a decision names.

    Of a law that version; of those that nobody knows the words of the law they cite, and the
    numbers stay open.
    """
    from sanbao.evaluation.stored import shipped_policies

    ref = decision.policy
    found = dict(_all_of(shipped_policies(ref), together=len(ref.ids) > 1))
    found[f"{_PLAIN}{ref.ids[0]}"] = _NO_WORDS
    cited = (cite.law for finding in decision.findings for cite in finding.citations)
    words = next(filter(None, map(library.words, (*ref.ids, *cited))), {})
    for message, pair in (*words.items(), *NUMBERED.items()):
        found.setdefault(f"{TEXT}{message}", in_words(message, pair, None))
    for finding in decision.findings:  # of a promise too that takes a rule over from the law
        message = f"rule.{finding.rule}"
        if message in words:
            found.setdefault(finding.ref, in_words(message, words[message], None))
    return found


@lru_cache(maxsize=64)
def _all_of(policies: tuple[Policy, ...], *, together: bool) -> Titles:
    found: dict[str | RuleRef, Words] = {}
    for policy in policies:
        if policy.kind != "regulation" or policy.short_title:
            found[policy.id] = policy.title_zh, policy.title_en
        found.update(_words_of(policy))
        if policy.kind == "local":
            found[f"{LOCAL}{policy.id}"] = found[policy.id]
        if policy.kind == "regulation" or not together:
            found[f"{_PLAIN}{policy.id}"] = _NO_WORDS
        words = library.words(library.law_of(policy))
        for rule in policy.rules:
            if rule.title is not None or f"rule.{rule.id}" in words:
                found[RuleRef(policy.id, rule.id)] = title_of(rule, policy)
            if policy.kind == "local" and policy.is_own(rule.id):
                found[RuleRef(f"{_PLAIN}{policy.id}", rule.id)] = _NO_WORDS
        for duty in policy.obligations:
            if duty.title is not None:
                found[RuleRef(policy.id, f"{DUTY}{duty.id}")] = title_of(duty, policy)
        for message, pair in (*words.items(), *NUMBERED.items()):
            if f"{TEXT}{message}" not in found:
                found[f"{TEXT}{message}"] = in_words(message, pair, policy)
    return found


def title_of(part: Rule | Obligation, policy: Policy) -> Words:
    """Return what a rule or an obligation of a policy is called: 条款名称.

    Its own title, else what the law calls it, with the numbers of this policy; else its id, beside
    which its articles are cited.
    """
    message = f"{'duty' if isinstance(part, Obligation) else 'rule'}.{part.id}"
    words = part.title or library.words(library.law_of(policy)).get(message)
    return (part.id, part.id) if words is None else in_words(message, words, policy)


def _law_words(policies: Iterable[Policy]) -> Titles:
    return {key: words for policy in policies for key, words in _words_of(policy)}


def _words_of(policy: Policy) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the words that a law brings: its short name, and those of its codes."""
    if policy.short_title:
        yield f"law:{policy.id}", policy.short_title
    for line in policy.catalogue:
        if line.title:
            yield f"code:{line.kind}", line.title
    for one in (*policy.symptoms, *policy.causes):
        yield f"code:{one.code}", (one.zh, one.en)
    for spec in policy.facts.values():
        if spec.name not in FACTS:
            yield f"{FACT}{spec.name}", (spec.zh, spec.en)
    for asked in policy.contested:
        yield f"reading:{asked.id}", asked.question
        for answer in asked.answers:
            yield f"reading:{asked.id}.{answer.value}", answer.means
            yield f"source:{asked.id}.{answer.value}", answer.source


# --- the titles at hand ------------------------------------------------------------------------

_NO_WORDS: Final = ("", "")
_NONE: Final[Titles] = MappingProxyType({})
_AT_HAND: Final[ContextVar[Titles]] = ContextVar("_AT_HAND", default=_NONE)


@contextmanager
def display_names(thing: object) -> Iterator[None]:
    """Have the titles of ``thing`` at hand, beside those that are."""
    token = _AT_HAND.set({**_AT_HAND.get(), **titles_for(thing)})
    try:
        yield
    finally:
        _AT_HAND.reset(token)


@contextmanager
def words_of_laws(policies: Iterable[Policy]) -> Iterator[None]:
    """Have the words that laws bring for themselves at hand, but no titles."""
    token = _AT_HAND.set({**_AT_HAND.get(), **_law_words(policies)})
    try:
        yield
    finally:
        _AT_HAND.reset(token)


def promise_of(rule: RuleRef) -> str:
    """Return the id of the promise or the local law whose name a rule is told with, if any.

    None for the law, for a policy that decided alone, and for what a local regulation adds.
    """
    at_hand, policy = _at_hand(), f"{_PLAIN}{rule.policy}"
    return "" if policy in at_hand or RuleRef(policy, rule.rule) in at_hand else rule.policy


def _at_hand() -> Titles:
    """Return the titles that are open, else those of the law of today."""
    return _AT_HAND.get() or titles_for(library.law())


def display_name(name: str | RuleRef, lang: Language) -> str | None:
    """Return the title of a policy, a rule or an obligation, if it brings one."""
    found = _AT_HAND.get().get(name)
    return None if found is None else own_words(found, lang)


def law_words(message: str, lang: Language) -> str | None:
    """Return what the law at hand says by a message, with its numbers, if it has words for it."""
    found = _at_hand().get(f"{TEXT}{message}")
    return None if found is None else found[LANGUAGES.index(lang)]


def own_words(words: Words, lang: Language) -> str:
    """Return what a policy says for itself: whole, on one line, and printable.

    >>> own_words(("一", "first   second"), "en")
    'first second'
    """
    return visible(" ".join((words[0] if lang == "zh" else words[1]).split()))
