"""Every sentence the library says of any law, in Chinese and English: 文案目录.

One entry is a stable id and a pair (Chinese, English) with the same placeholders. Ids of
notes, warnings and codes are those of the JSON contract, after a prefix: ``code.liquid``.
Wording may change from version to version; ids may not. What rules and obligations are called
comes with their law, under ids of the same form: ``rule.art11.refund``
(:func:`sanbao.policies.library.words`).

Each group of messages is in a module of its own and joined here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal, TypeAlias, get_args

from sanbao.base.errors import Reason, ValidationError
from sanbao.explain.words.answers import REASON_MESSAGES
from sanbao.explain.words.audiences import AUDIENCE_MESSAGES
from sanbao.explain.words.changes import CHANGE_MESSAGES
from sanbao.explain.words.checklists import CHECKLIST_MESSAGES
from sanbao.explain.words.codes import CODE_MESSAGES
from sanbao.explain.words.comparisons import COMPARISON_MESSAGES
from sanbao.explain.words.conditions import CONDITION_MESSAGES
from sanbao.explain.words.decisions import DECISION_MESSAGES
from sanbao.explain.words.open_facts import OPEN_FACT_MESSAGES
from sanbao.explain.words.pages import PAGE_MESSAGES
from sanbao.explain.words.papers import VOUCHER_MESSAGES

__all__ = [
    "LANGUAGES",
    "MESSAGES",
    "Catalogue",
    "Language",
    "filled",
    "has",
    "lang_tag",
    "language",
    "say",
    "say_labelled",
    "written",
]

Language: TypeAlias = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)


def written(value: object, lang: Language) -> object:
    """Return a value as prose has it: a day in Chinese as 2025年7月4日; tables get it as text."""
    if lang == "zh" and isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return value


def filled(text: str, lang: Language, values: Mapping[str, object]) -> str:
    """Return ``text`` with its placeholders filled in."""
    return text.format(**{name: written(value, lang) for name, value in values.items()})


class Catalogue:
    """Groups of messages, each a pair (Chinese, English) by its id: 文案目录."""

    def __init__(self, *groups: Mapping[str, tuple[str, str]]) -> None:
        self.messages = {message: pair for group in groups for message, pair in group.items()}

    def has(self, message: str) -> bool:
        """Say whether there is a message with this id."""
        return message in self.messages

    def say(self, lang: Language, message: str, **values: object) -> str:
        """Return the message in ``lang`` with its placeholders filled in."""
        return filled(self.messages[message][LANGUAGES.index(lang)], lang, values)

    def say_labelled(self, lang: Language, message: str, **values: object) -> tuple[str, str]:
        """Return the label of a message and the rest of it.

        The label stands before the colon of the message, without what is in brackets after
        it; a message without a colon has none.
        """
        text = self.messages[message][LANGUAGES.index(lang)]
        colon, bracket = ("：", "（") if lang == "zh" else (":", " (")
        label = text.partition(bracket)[0].partition(colon)[0] if colon in text else ""
        return filled(label, lang, values), filled(text[len(label) :], lang, values)


_CATALOGUE: Final = Catalogue(
    DECISION_MESSAGES,
    CODE_MESSAGES,
    PAGE_MESSAGES,
    AUDIENCE_MESSAGES,
    REASON_MESSAGES,
    CHANGE_MESSAGES,
    VOUCHER_MESSAGES,
    CONDITION_MESSAGES,
    COMPARISON_MESSAGES,
    CHECKLIST_MESSAGES,
    OPEN_FACT_MESSAGES,
)
has, say, say_labelled = _CATALOGUE.has, _CATALOGUE.say, _CATALOGUE.say_labelled

MESSAGES: Final[Mapping[str, tuple[str, str]]] = _CATALOGUE.messages
"""Every message by its id: (Chinese, English)."""


def language(code: object) -> Language:
    """Return ``code`` if it is a language of the catalogue.

    Raises :class:`~sanbao.ValidationError` naming the languages there are.
    """
    for known in LANGUAGES:
        if code == known:
            return known
    raise ValidationError.of("lang", code, Reason("input.one_of", known=LANGUAGES))


def lang_tag(lang: Language) -> str:
    """Return the language as HTML names it."""
    return "zh-CN" if lang == "zh" else "en"
