"""What policies and their rules call themselves: 名称.

The words for the regulation stand in the catalogue of :mod:`sanbao.explain`. A policy file
brings its own: its title, and the titles of rules that say something else than the
regulation's. Here they are found for a decision and for the answers made from it. Whoever says
something of these opens their titles first (:func:`display_names`), and the phrases find them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from types import MappingProxyType
from typing import Final, TypeAlias

from sanbao.base.errors import ValidationError
from sanbao.explain.blocks.model import visible
from sanbao.explain.words.catalogue import Language
from sanbao.explain.words.numbers import NUMBERED, in_words
from sanbao.model.decision import DecisionParts, PolicyRef
from sanbao.model.rule_ref import RuleRef
from sanbao.rules.combined import Combined
from sanbao.rules.policy import Policy
from sanbao.rules.versions import Versions

__all__ = [
    "DUTY",
    "LOCAL",
    "TEXT",
    "Titles",
    "display_name",
    "display_names",
    "own_words",
    "promise_of",
    "titles_for",
]

Titles: TypeAlias = Mapping[str | RuleRef, tuple[str, str]]
"""Chinese and English, by the id of a policy, by the rule or, its id after :data:`DUTY`, the
obligation; after :data:`TEXT` by the message, after :data:`LOCAL` that of a local regulation."""

DUTY = "duty:"

TEXT = "text:"
"""Stands before a message of the catalogue that has numbers of a policy."""

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
        case Policy() | Combined():
            return _titles_of(thing)
        case Versions():
            from sanbao.policies import library

            beside = _all_of((thing.newest, *library.local(thing.id)), together=True)
            return {name: words for name, words in beside.items() if words is _NO_WORDS}
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
        case _:
            return {}


def _shipped(ref: PolicyRef) -> Titles:
    """Return the titles of the policies that ship under this id; of a law that version.

    The numbers of those that nobody knows stay open.
    """
    from sanbao.evaluation.stored import shipped_policies

    found = dict(_all_of(shipped_policies(ref), together=len(ref.ids) > 1))
    found[f"{_PLAIN}{ref.ids[0]}"] = _NO_WORDS
    for message in NUMBERED:
        found.setdefault(f"{TEXT}{message}", in_words(message, None))
    return found


def _titles_of(policy: Policy | Combined) -> Titles:
    together = isinstance(policy, Combined)
    return _all_of(policy.members if isinstance(policy, Combined) else (policy,), together=together)


@lru_cache(maxsize=64)
def _all_of(policies: tuple[Policy, ...], *, together: bool) -> Titles:
    found: dict[str | RuleRef, tuple[str, str]] = {}
    for policy in policies:
        if policy.kind != "regulation":
            found[policy.id] = policy.title_zh, policy.title_en
        if policy.kind == "local":
            found[f"{LOCAL}{policy.id}"] = found[policy.id]
        if policy.kind == "regulation" or not together:
            found[f"{_PLAIN}{policy.id}"] = _NO_WORDS
        for rule in policy.rules:
            if rule.title is not None:
                found[RuleRef(policy.id, rule.id)] = rule.title
            elif f"rule.{rule.id}" in NUMBERED:
                found[RuleRef(policy.id, rule.id)] = in_words(f"rule.{rule.id}", policy)
            if policy.kind == "local" and policy.is_own(rule.id):
                found[RuleRef(f"{_PLAIN}{policy.id}", rule.id)] = _NO_WORDS
        for duty in policy.obligations:
            if duty.title is not None:
                found[RuleRef(policy.id, f"{DUTY}{duty.id}")] = duty.title
        for message in NUMBERED:
            found.setdefault(f"{TEXT}{message}", in_words(message, policy))
    return found


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


def promise_of(rule: RuleRef) -> str:
    """Return the id of the promise or the local law whose name a rule is told with, if any.

    None for the law, for a policy that decided alone, and for what a local regulation adds.
    """
    at_hand, policy = _AT_HAND.get(), f"{_PLAIN}{rule.policy}"
    return "" if policy in at_hand or RuleRef(policy, rule.rule) in at_hand else rule.policy


def display_name(name: str | RuleRef, lang: Language) -> str | None:
    """Return the title of a policy, a rule or an obligation, if it brings one."""
    found = _AT_HAND.get().get(name)
    return None if found is None else own_words(found, lang)


def own_words(words: tuple[str, str], lang: Language) -> str:
    """Return what a policy says for itself: whole, on one line, and printable.

    >>> own_words(("一", "first   second"), "en")
    'first second'
    """
    return visible(" ".join((words[0] if lang == "zh" else words[1]).split()))
