"""The numbers of a policy in the words for its rules: 用语中的数字.

The words of the catalogue for "refund within 7 days" leave the number open. Here it is read off
the condition of the rule, so that a law or a promise that counts otherwise is told otherwise.
Where the condition has no one such number, an ellipsis stands in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from operator import attrgetter
from typing import Final, TypeAlias

from sanbao.explain.words.catalogue import LANGUAGES, MESSAGES
from sanbao.rules.conditions import AtLeast, Compare, Condition, Elapsed, Window, signed_leaves
from sanbao.rules.policy import Policy

__all__ = ["BLANK", "NUMBERED", "in_words"]

BLANK: Final = "…"
"""What stands for a number that is not known."""

_Words: TypeAlias = tuple[str, str]
_Number: TypeAlias = int | date | None
_Source: TypeAlias = Callable[[Policy], _Number]
"""Finds a number in a policy."""


def _asked(
    rule: str,
    leaf: type[Window | Elapsed | AtLeast | Compare],
    *,
    wanted: bool = True,
    field: str = "days",
    after: int = 0,
) -> _Source:
    """Return the source of a number in the leaves of one type in the condition of a rule.

    ``rule`` is empty for what the trader has to prove of any bar; ``wanted``: leaves that are
    asked to hold, or not to. There is no number where the leaves have several.
    """

    def number(policy: Policy) -> _Number:
        found = {
            getattr(one, field)
            for condition in _conditions(policy, rule)
            for one, holds in signed_leaves(condition)
            if isinstance(one, leaf) and holds == wanted
        }
        numbers = [one for one in found if isinstance(one, date | int) and one is not True]
        if len(numbers) != 1:
            return None
        return numbers[0] + after if isinstance(numbers[0], int) else numbers[0]

    return number


def _conditions(policy: Policy, rule: str) -> Iterator[Condition]:
    if not rule:
        yield from (bar.trader_proves for bar in policy.bars if bar.trader_proves is not None)
    for part in (*policy.rules, *policy.obligations):
        if part.id == rule and part.when is not None:
            yield part.when


def _due(duty: str) -> _Source:
    """Return the source of the days after which an obligation is due."""
    return lambda policy: next((one.days for one in policy.obligations if one.id == duty), None)


# --- a number in words -----------------------------------------------------------------------


def _plain(number: _Number) -> _Words:
    text = BLANK if number is None else str(number)
    return text, text


def _days(number: _Number) -> _Words:
    text, _ = _plain(number)
    return text, f"{text} day" if number == 1 else f"{text} days"


def _months(number: _Number) -> _Words:
    text, _ = _plain(number)
    return f"{text} 个月", f"{text} month" if number == 1 else f"{text} months"


def _repairs(number: _Number) -> _Words:
    text, _ = _plain(number)
    zh, en = ("两", "two") if number == 2 else (f"{text} ", text)
    return zh, f"{en} repair" if number == 1 else f"{en} repairs"


def _times(number: _Number) -> _Words:
    text, _ = _plain(number)
    if number == 2:
        return "两", "twice"
    return f" {text} ", "once" if number == 1 else f"{text} times"


_Placeholder: TypeAlias = tuple[_Source, Callable[[_Number], _Words]]

_LASTS: Final = {"days": (_asked("art10.again", Elapsed), _days)}

NUMBERED: Final[Mapping[str, Mapping[str, _Placeholder]]] = {
    "rule.art31.date": {"day": (_asked("art31.date", Compare, field="value"), _plain)},
    "rule.art11.refund": {"days": (_asked("art11.refund", Window), _days)},
    "rule.art11.exchange": {"days": (_asked("art11.exchange", Window), _days)},
    "rule.art12.exchange": {
        "first": (_asked("art12.exchange", Window, wanted=False, after=1), _plain),
        "last": (_asked("art12.exchange", Window), _plain),
    },
    "rule.art13.exchange": {
        "repairs": (_asked("art13.exchange", AtLeast, field="value"), _repairs)
    },
    "rule.cpl45.refund": {"repairs": (_asked("cpl45.refund", AtLeast, field="value"), _repairs)},
    "rule.art14.refund": {"times": (_asked("art14.refund", AtLeast, field="value"), _times)},
    "rule.art16.exchange": {"days": (_asked("art16.exchange", Elapsed, wanted=False), _days)},
    "rule.art17.exchange": {"days": (_asked("art17.exchange", Elapsed, wanted=False), _days)},
    "rule.art10.again": _LASTS,
    "duty.art15.loaner": {"days": (_asked("art15.loaner", Elapsed, wanted=False), _days)},
    "duty.art10.lasts_30_days": _LASTS,
    "duty.penalty8.within_15_days": {"days": (_due("penalty8.within_15_days"), _days)},
    "note.trader_must_prove": {"time": (_asked("", Elapsed, field="months"), _months)},
    "carries.art9.factory": {"days": (attrgetter("factory_days"), _plain)},
}
"""The messages with numbers of a policy: each placeholder, where it stands and how it is said."""


def in_words(message: str, policy: Policy | None) -> _Words:
    """Return a message of :data:`NUMBERED` in both languages, with the numbers of ``policy``.

    Without a policy, for one that nobody knows, the numbers stay open.
    """
    values = {
        name: words(None if policy is None else source(policy))
        for name, (source, words) in NUMBERED[message].items()
    }
    zh, en = (
        MESSAGES[message][place].format(**{name: words[place] for name, words in values.items()})
        for place in range(len(LANGUAGES))
    )
    return zh, en
