"""What policies and their rules call themselves: 名称.

The words for the regulation stand in the catalogue of :mod:`sanbao.explain`. A policy file
brings its own: its title, and the titles of rules that say something else than the
regulation's. Here they are found for a decision and for the answers made from it. Whoever says
something of these opens their titles first (:func:`display_names`), and the phrases find them.
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
from sanbao.explain.words.catalogue import Language
from sanbao.explain.words.numbers import NUMBERED, in_words
from sanbao.model.decision import DecisionParts, PolicyRef
from sanbao.rules.combined import Combined, qualified_id
from sanbao.rules.policy import About, Policy

__all__ = [
    "DUTY",
    "LOCAL",
    "TEXT",
    "Titles",
    "display_name",
    "display_names",
    "law_words",
    "own_words",
    "titles_for",
]

Titles: TypeAlias = Mapping[str, tuple[str, str]]
"""Chinese and English, by the id of a policy, a rule or, after :data:`DUTY`, an obligation;
after :data:`TEXT` by the message, after :data:`LOCAL` that of a local regulation; what a law calls
itself and its codes after ``law:`` and ``code:``."""

DUTY = "duty:"

TEXT = "text:"
"""Stands before a message of the catalogue that has numbers of a policy."""

LOCAL = "local:"
"""Stands before the id of a policy that is local law, and no promise."""


def titles_for(thing: object) -> Titles:
    """Return the titles for the words of a thing: a policy, a decision, or an answer.

    A decision that was read from JSON names its policies; those that ship have titles here.
    """
    match thing:
        case Policy() | Combined():
            return _titles_of(thing)
        case DecisionParts():
            try:
                return _titles_of(thing.case.policy)
            except ValidationError:
                return _shipped(thing.policy)
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


def _shipped(ref: PolicyRef) -> Titles:
    """Return the titles of the policies that ship under this id; of a law that version.

    The numbers of those that nobody knows stay open.
    """
    from sanbao.policies import library

    names = ref.id.split("+")
    versions = ref.version.rpartition("/")[2].split("+")
    together = len(names) > 1
    known: list[Policy] = []
    for name, version in zip_longest(names, versions[: len(names)]):
        if name in library.ids():
            known += [one for one in library.versions(name) if one.version == version]
    found = dict(_all_of(tuple(known), together=together))
    for message in NUMBERED:
        found.setdefault(f"{TEXT}{message}", in_words(message, None))
    return found


def _titles_of(policy: Policy | Combined) -> Titles:
    together = isinstance(policy, Combined)
    return _all_of(policy.members if isinstance(policy, Combined) else (policy,), together=together)


@lru_cache(maxsize=64)
def _all_of(policies: tuple[Policy, ...], *, together: bool) -> Titles:
    found: dict[str, tuple[str, str]] = {}
    for policy in policies:
        if policy.kind != "regulation" or policy.short_title:
            found[policy.id] = policy.title_zh, policy.title_en
        found.update(_words_of(policy))
        if policy.kind == "local":
            found[f"{LOCAL}{policy.id}"] = found[policy.id]
        for rule in policy.rules:
            name = qualified_id(policy, rule.id) if together else rule.id
            if rule.title is not None:
                found[name] = rule.title
            elif f"rule.{rule.id}" in NUMBERED:
                found[f"{TEXT}rule.{name}"] = in_words(f"rule.{rule.id}", policy)
        for duty in policy.obligations:
            if duty.title is not None:
                found.setdefault(f"{DUTY}{duty.id}", duty.title)
        for message in NUMBERED:
            found.setdefault(f"{TEXT}{message}", in_words(message, policy))
    return found


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
def law_words(policies: Iterable[Policy]) -> Iterator[None]:
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


def own_words(words: tuple[str, str], lang: Language) -> str:
    """Return what a policy says for itself: whole, on one line, and printable.

    >>> own_words(("一", "first   second"), "en")
    'first second'
    """
    return visible(" ".join((words[0] if lang == "zh" else words[1]).split()))
