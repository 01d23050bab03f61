"""The numbers of a policy in the words for it: 用语中的数字.

Words say where a number is to be found and how it is said: ``{window:days}`` is the days of the
window in the condition of the rule whose words they are, ``{within[art10.again]}`` those of another
rule. It is read off when something is said, so that a law or a promise that counts otherwise is
told otherwise. Where a condition has no one such number, an ellipsis stands in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Final, TypeAlias

from sanbao.explain.words.catalogue import LANGUAGES, MESSAGES, written
from sanbao.rules.conditions import AtLeast, Compare, Condition, Elapsed, Window, signed_leaves
from sanbao.rules.policy import Policy
from sanbao.rules.provisions import DEFAULT_COUNTING, Words

__all__ = ["BLANK", "NUMBERED", "in_words"]

BLANK: Final = "…"
"""What stands for a number that is not known."""

_Number: TypeAlias = int | date | None
_Source: TypeAlias = Callable[[Policy, str], _Number]
"""Finds a number in a policy, in what is named: a rule, an obligation, or a field."""


def _asked(
    leaf: type[Window | Elapsed | AtLeast | Compare],
    *,
    wanted: bool = True,
    field: str = "days",
    after: int = 0,
) -> _Source:
    """Return the source of a number in the leaves of one type in the condition of a rule.

    ``wanted``: leaves that are asked to hold, or not to. There is no number where the leaves
    have several.
    """

    def number(policy: Policy, rule: str) -> _Number:
        found = {
            getattr(one, field)
            for condition in _conditions(policy, rule)
            for one, holds in signed_leaves(condition)
            if isinstance(one, leaf) and holds == wanted
        }
        numbers = [one for one in found if isinstance(one, date) or type(one) is int]
        if len(numbers) != 1:
            return None
        return numbers[0] + after if type(numbers[0]) is int else numbers[0]

    return number


def _conditions(policy: Policy, rule: str) -> Iterator[Condition]:
    for part in (*policy.rules, *policy.obligations):
        if part.id == rule and part.when is not None:
            yield part.when
    if rule == "proof":
        yield from (bar.trader_proves for bar in policy.bars if bar.trader_proves is not None)


def _due(policy: Policy, duty: str) -> _Number:
    """Return the days after which an obligation is due."""
    return next((one.days for one in policy.obligations if one.id == duty), None)


def _of_policy(policy: Policy, field: str) -> _Number:
    number: _Number = getattr(policy, field)
    return number


def _since(policy: Policy, counting: str) -> _Number:
    """Return the first day of the law on which it counts otherwise than at first.

    ``counting`` is a field of :class:`~sanbao.rules.policy.Counting`.
    """
    from sanbao.policies import library

    law = library.law_of(policy)
    versions = library.versions(law) if library.words(law) else (policy,)
    first = getattr(DEFAULT_COUNTING, counting)
    days = [one.in_force_from for one in versions if getattr(one.counting, counting) != first]
    return min(days, default=None)


_SOURCES: Final[Mapping[str, _Source]] = {
    "window": _asked(Window),
    "after_window": _asked(Window, wanted=False, after=1),
    "within": _asked(Elapsed),
    "months": _asked(Elapsed, field="months"),
    "overdue": _asked(Elapsed, wanted=False),
    "count": _asked(AtLeast, field="value"),
    "day": _asked(Compare, field="value"),
    "due": _due,
    "policy": _of_policy,
    "since": _since,
}
"""Where the numbers are found: in a window, in what has to lie within some days or months, or must
have passed them, in a count, a day compared with; the days after which an obligation is due; a
field of the policy; the day since which it counts otherwise."""


_IN_WORDS: Final[Mapping[str, tuple[Words, Words, Words]]] = {
    "": (("{}", "{}"),) * 3,
    "days": (("{}", "{} day"), ("{}", "{} days"), ("{}", "{} days")),
    "months": (("{}个月", "{} month"), ("{}个月", "{} months"), ("{}个月", "{} months")),
    "repairs": (("{}", "{} repair"), ("两", "two repairs"), ("{}", "{} repairs")),
    "times": (("{}", "once"), ("两", "twice"), ("{}", "{} times")),
    "english": (("", "{}"), ("", "two"), ("", "{}")),
}
"""How a number is said: one, two, and any other; the last where Chinese names no number."""

_PLACEHOLDER: Final = re.compile(r"\{(\w+)(?:\[([\w.]+)\])?(?::(\w+))?\}")
"""Where the number is found, of which rule if not of the one whose words these are, and how it is
said."""


def in_words(message: str, words: Words, policy: Policy | None) -> Words:
    """Return the words of a message in both languages, with the numbers of ``policy``.

    Without a policy, for one that nobody knows, the numbers stay open. Placeholders that ask for
    no number stay for whoever says the message.
    """
    own = message.partition(".")[2]

    def said(asked: re.Match[str], place: int) -> str:
        source, spoken = _SOURCES.get(asked[1]), _IN_WORDS.get(asked[3] or "")
        if source is None or spoken is None:
            return asked[0]
        number = None if policy is None else source(policy, asked[2] or own)
        words = spoken[{1: 0, 2: 1}.get(number, 2) if isinstance(number, int) else 2]
        known = BLANK if number is None else written(number, LANGUAGES[place])
        return words[place].format(known)

    zh, en = (_PLACEHOLDER.sub(partial(said, place=at), text) for at, text in enumerate(words))
    return zh, en


NUMBERED: Final[Mapping[str, Words]] = {
    message: words for message, words in MESSAGES.items() if re.search(r"\{\w+\[", words[0])
}
"""The messages of the catalogue with numbers of a policy: no others have an index."""
