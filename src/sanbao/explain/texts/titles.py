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
from itertools import zip_longest
from types import MappingProxyType
from typing import Final, TypeAlias

from sanbao.base.errors import ValidationError
from sanbao.explain.blocks.model import visible
from sanbao.explain.words.catalogue import LANGUAGES, Language
from sanbao.explain.words.numbers import NUMBERED, in_words
from sanbao.model.decision import DecisionParts
from sanbao.policies import library
from sanbao.rules.combined import Combined, qualified_id, simple_id
from sanbao.rules.policy import About, Obligation, Policy
from sanbao.rules.provisions import Rule, Words
from sanbao.rules.versions import Versions

__all__ = [
    "DUTY",
    "LOCAL",
    "TEXT",
    "Titles",
    "display_name",
    "display_names",
    "law_words",
    "own_words",
    "title_of",
    "titles_for",
    "words_of_laws",
]

Titles: TypeAlias = Mapping[str, Words]
"""Chinese and English, by the id of a policy, a rule or, after :data:`DUTY`, an obligation;
after :data:`TEXT` by the message, after :data:`LOCAL` that of a local regulation; what a law calls
itself and its codes after ``law:`` and ``code:``."""

DUTY = "duty:"

TEXT = "text:"
"""Stands before a message of a law, or one of the catalogue that has numbers of a policy."""

LOCAL = "local:"
"""Stands before the id of a policy that is local law, and no promise."""


def titles_for(thing: object) -> Titles:
    """Return the titles for the words of a thing: a policy, a decision, or an answer.

    A decision that was read from JSON names its policies; those that ship have titles here.
    """
    match thing:
        case Policy():
            return _all_of((thing,), together=False)
        case Versions():
            return _all_of((thing.newest,), together=False)
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
    ref = decision.policy
    names = ref.id.split("+")
    versions = ref.version.rpartition("/")[2].split("+")
    known: list[Policy] = []
    for name, version in zip_longest(names, versions[: len(names)]):
        if name in library.ids():
            known += [one for one in library.versions(name) if one.version == version]
    found = dict(_all_of(tuple(known), together=len(names) > 1))
    cited = (cite.law for finding in decision.findings for cite in finding.citations)
    words = next(filter(None, map(library.words, (*names, *cited))), {})
    for message, pair in (*words.items(), *NUMBERED.items()):
        found.setdefault(f"{TEXT}{message}", in_words(message, pair, None))
    for finding in decision.findings:  # of a promise too that takes a rule over from the law
        message = f"rule.{simple_id(finding.rule)}"
        if message in words:
            found.setdefault(f"{TEXT}rule.{finding.rule}", in_words(message, words[message], None))
    return found


@lru_cache(maxsize=64)
def _all_of(policies: tuple[Policy, ...], *, together: bool) -> Titles:
    found: dict[str, Words] = {}
    for policy in policies:
        if policy.kind != "regulation" or policy.short_title:
            found[policy.id] = policy.title_zh, policy.title_en
        found.update(_words_of(policy))
        if policy.kind == "local":
            found[f"{LOCAL}{policy.id}"] = found[policy.id]
        words = library.words(library.law_of(policy))
        for rule in policy.rules:
            name = qualified_id(policy, rule.id) if together else rule.id
            if rule.title is not None:
                found[name] = title_of(rule, policy)
            elif f"rule.{rule.id}" in words:
                found[f"{TEXT}rule.{name}"] = title_of(rule, policy)
        for duty in policy.obligations:
            if duty.title is not None:
                found.setdefault(f"{DUTY}{duty.id}", title_of(duty, policy))
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


# --- the titles at hand ------------------------------------------------------------------------

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


def display_name(name: str, lang: Language) -> str | None:
    """Return the title of a policy, a rule or an obligation, if it brings one."""
    found = _AT_HAND.get().get(name)
    return None if found is None else own_words(found, lang)


def law_words(message: str, lang: Language) -> str | None:
    """Return what the law at hand says by a message, with its numbers, if it has words for it.

    Where none is at hand the law of today.
    """
    at_hand = _AT_HAND.get() or titles_for(library.law())
    found = at_hand.get(f"{TEXT}{message}")
    return None if found is None else found[LANGUAGES.index(lang)]


def own_words(words: Words, lang: Language) -> str:
    """Return what a policy says for itself: whole, on one line, and printable.

    >>> own_words(("一", "first   second"), "en")
    'first second'
    """
    return visible(" ".join((words[0] if lang == "zh" else words[1]).split()))
