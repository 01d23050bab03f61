"""Reasons read again from their English: 复原理由.

A table and a file hold a reason as text. Whoever shows it in Chinese finds here which message
of the catalogues it was made from, and with what.
"""

from __future__ import annotations

import re
from functools import cache
from string import Formatter
from typing import Final

from sanbao.base.errors import CATALOGUES, Reason, refusals

__all__ = ["reread", "retold"]

_NEAR: Final = re.compile(r"; did you mean '([^']*)'\?(?= \(known: |$)")
_KNOWN: Final = re.compile(r" \(known: ([^()]*)\)$")
_LISTS: Final = frozenset({"known", "missing", "names"})
"""Values that are lists, joined by commas."""


def reread(text: str) -> Reason:
    """Return the reason that has this English text; of one that none has, the text itself.

    >>> reread("is after the claim (2025-07-04)").text("zh")
    '晚于申请之日（2025-07-04）'
    """
    said, (near, known) = text, (_NEAR.search(text), _KNOWN.search(text))
    said = said[: known.start()] if known else said
    said = said[: near.start()] if near else said
    reason = _plain(said)
    if near:
        reason = reason.then(Reason("input.did_you_mean", near=near[1]))
    return reason.then(Reason("input.known", known=known[1].split(", "))) if known else reason


_NEXT: Final = re.compile(r"\n|; (?=[A-Za-z_][\w.\[\]-]*(?: = .*?)?: )")
_PROBLEM: Final = re.compile(r"([^ :]+)(?: = (.*?))?: (.*)", re.DOTALL)


def retold(text: str, lang: str) -> str:
    """Return the English of one problem or several, as a table keeps it, in a language.

    >>> retold("price: must not be negative; x: is required", "zh")
    'price：不得为负数；x：必填'
    """
    if lang == "en":
        return text
    return "；".join(_told(one, lang) for one in _NEXT.split(text))


def _told(problem: str, lang: str) -> str:
    """Return one problem in a language; of another's words nothing is changed."""
    found = _PROBLEM.fullmatch(problem)
    field, value, said = found.groups() if found else ("", None, problem)
    reason = reread(said)
    if reason.code == "input.said":
        return problem
    if value is not None:
        field = f"{field} = {_told_value(value).text(lang)}"
    return f"{field}：{reason.text(lang)}" if field else reason.text(lang)


def _told_value(text: str) -> Reason:
    """Return what stands for a value: itself, or words on it, which may stand in a table."""
    in_table = reread(text.strip("'"))
    return in_table if in_table.code == "input.value_of" else reread(text)


def _plain(text: str) -> Reason:
    for code, pattern in _patterns():
        if (match := pattern.fullmatch(text)) is not None:
            return Reason(
                code, **{name: _value(name, of) for name, of in match.groupdict().items()}
            )
    return Reason("input.said", said=text)


def _value(name: str, text: str) -> str | list[str]:
    if name in _LISTS:
        return text.split(", ")
    return reread(text) if name in ("reason", "where", "what", "holds") else text


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return every message as a pattern of its English, the longest first."""
    found: list[tuple[int, str, re.Pattern[str]]] = []
    for group in CATALOGUES:
        for name, (_, english) in refusals(group).items():
            pattern = words = ""
            for own, value, _, _ in Formatter().parse(english):
                pattern += re.escape(own) + (f"(?P<{value}>.+?)" if value else "")
                words += own
            if re.search("[a-z]", words):
                size = len(words)
                found.append((size, f"{group}.{name}", re.compile(pattern, re.DOTALL)))
    return tuple((code, pattern) for _, code, pattern in sorted(found, key=lambda one: -one[0]))
