"""From people's words to the faults of the law: 口语识别故障.

Nobody says ``screen_fault``; they say 花屏. :func:`match` finds which faults a text may mean, the
likeliest first, and the words that say so. It looks for phrases (``policies/mobile_symptoms.py``),
not for meaning: what it does not know it does not guess, and what it finds somebody confirms.

Text and phrases are folded alike: width, case, blanks and marks are nothing, particles (了、的) are
left out, and words for the same are one: 无法 is read like 不能. A phrase that is denied (没有花屏)
says nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from sanbao.base.errors import Reason, ValidationError
from sanbao.base.records import Record, record
from sanbao.model.citation import Citation
from sanbao.model.facts import FACTS
from sanbao.policies.mobile_2001 import MOBILE_2001
from sanbao.policies.mobile_symptoms import PHRASES

__all__ = ["LONGEST", "Match", "Phrase", "match", "phrases"]

LONGEST: Final = 1000
"""Texts of more characters are refused."""

_FARTHEST: Final = 6
"""So many characters may stand between the words of a phrase that is said in any order."""

_BETWEEN: Final = "…"


@record
class Phrase(Record):
    """What people say, and the faults it may mean: 说法.

    ``faults`` are codes of ``fault.symptom``, the likeliest first; ``citations`` say where the
    first of them stands in the law: Appendix 3 if it is listed there, else art. 10.
    """

    text: str
    lang: Literal["zh", "en"]
    faults: tuple[str, ...]
    citations: tuple[Citation, ...]


@record
class Match(Record):
    """A fault that a text may mean: 识别结果.

    ``words`` are those of the text that say so, as they stand there; ``listed`` says whether
    Appendix 3 has the fault, which arts. 11–14 ask for, and ``citations`` where it stands.
    """

    fault: str
    words: tuple[str, ...]
    listed: bool
    citations: tuple[Citation, ...]


def phrases() -> tuple[Phrase, ...]:
    """Return all that is known of what people say, Chinese before English."""
    return tuple(
        Phrase(text, "en" if lang == "en" else "zh", faults, _law()[faults[0]].citations)
        for lang, of in PHRASES.items()
        for text, faults in of.items()
    )


def match(text: str, kind: str | None = None) -> tuple[Match, ...]:
    """Return the faults that ``text`` may mean, the likeliest first; none for unknown words.

    ``kind`` is the kind of goods (``product.kind``); faults that only other goods can have are then
    left out. Raises :class:`~sanbao.ValidationError` for what is no text, for one of more than
    1,000 characters, and for goods that nobody knows.

    >>> [one.fault for one in match("手机屏幕花屏了，还自动关机")]
    ['switches_off', 'screen_fault']
    """
    if not isinstance(text, str):
        raise ValidationError.of("symptom", text, Reason("input.text"))
    if len(text) > LONGEST:
        raise ValidationError.of("symptom", text, Reason("input.too_long", most=LONGEST))
    if kind is not None and kind not in FACTS["kind"].codes:
        raise ValidationError.of("kind", kind, Reason("input.one_of", known=FACTS["kind"].codes))
    weight: dict[str, float] = {}
    words: dict[str, dict[str, None]] = {}
    for found in _unshadowed(list(_found(text))):
        for place, fault in enumerate(found.faults):
            if kind is None or _law()[fault].is_of(kind):
                weight[fault] = weight.get(fault, 0) + found.length / (place + 1)
                words.setdefault(fault, {})[text[found.first : found.last + 1]] = None
    codes = FACTS["symptom"].codes
    ranked = sorted(weight, key=lambda fault: (-weight[fault], codes.index(fault)))
    return tuple(
        Match(fault, tuple(words[fault]), _law()[fault].listed, _law()[fault].citations)
        for fault in ranked
    )


# --- the law -------------------------------------------------------------------------------------


class _StandsIn(NamedTuple):
    """What the law says of a fault: for which goods it is listed, and where it stands."""

    kinds: frozenset[str]
    citations: tuple[Citation, ...]

    @property
    def listed(self) -> bool:
        return bool(self.kinds)

    def is_of(self, kind: str) -> bool:
        """Say whether goods of this kind can have it; a phone may have its battery built in."""
        return not self.kinds or kind in self.kinds or self.is_built_in(kind)

    def is_built_in(self, kind: str) -> bool:
        coverage = MOBILE_2001.coverage(kind)
        return "battery" in self.kinds and coverage is not None and coverage.role == "main_unit"


_UNLISTED: Final = {"unlisted": "art10.repair", "wear": "art10.wear", "none": "art10.no_fault"}
"""Of what no list names, the rule that says what comes of it."""


@cache
def _law() -> Mapping[str, _StandsIn]:
    rules = {rule.id: rule for rule in MOBILE_2001.rules}
    known = {
        code: _StandsIn(frozenset(), tuple(one for one in rules[rule].cites if one.article == 10))
        for code, rule in _UNLISTED.items()
    }
    for line in MOBILE_2001.catalogue:
        for fault in line.faults:
            kinds = known[fault].kinds if fault in known else frozenset[str]()
            listed = tuple(cite for cite in line.cites if cite.appendix is not None)
            known[fault] = _StandsIn(kinds | {line.kind}, listed[-1:])
    return known


# --- folding -------------------------------------------------------------------------------------

_ALIKE: Final = {
    "手机": "",
    "机子": "",
    "电话机": "",
    "的": "",
    "了": "",
    "啊": "",
    "呀": "",
    "呢": "",
    "吧": "",
    "嘛": "",
    "就": "",
    "很": "",
    "太": "",
    "老是": "",
    "总是": "",
    "经常": "",
    "一直": "",
    "突然": "",
    "有时候": "",
    "有时": "",
    "偶尔": "",
    "得": "",
    "很卡": "卡顿",
    "太卡": "卡顿",
    "好卡": "卡顿",
    "特别卡": "卡顿",
    "有点卡": "卡顿",
    "非常卡": "卡顿",
    "没有": "没",
    "无法": "不能",
    "没法": "不能",
    "没办法": "不能",
    "不可以": "不能",
    "无": "没",
    "听不见": "听不到",
    "看不见": "看不到",
    "声音": "声",
    "显示屏": "屏",
    "荧屏": "屏",
    "荧幕": "屏",
    "屏幕": "屏",
    "sim卡": "sim",
    "手机卡": "sim",
    "电话卡": "sim",
    "开裂": "裂",
    "裂开": "裂",
}
"""Words that are one, or nothing; the longest first where several begin alike."""

_WORDS: Final = re.compile("|".join(sorted(map(re.escape, _ALIKE), key=len, reverse=True)))
_DENIED: Final = re.compile(r"(没|未见|未|不是|并非|没发现|not|no|without)$")


class _Folded(NamedTuple):
    """A text as it is compared, with the places in the text that each of its characters says.

    They are those of the first and of the last character.
    """

    text: str
    places: tuple[tuple[int, int], ...]


def _folded(text: str) -> _Folded:
    letters = [
        (letter, (place, place))
        for place, character in enumerate(text)
        for letter in unicodedata.normalize("NFKC", character).casefold()
        if letter.isalnum()
    ]
    folded: list[tuple[str, tuple[int, int]]] = []
    behind = 0
    for word in _WORDS.finditer("".join(letter for letter, _ in letters)):
        begin, end = word.span()
        said = letters[begin][1][0], letters[end - 1][1][1]
        folded += letters[behind:begin]
        folded += [(letter, said) for letter in _ALIKE[word[0]]]
        behind = end
    folded += letters[behind:]
    return _Folded("".join(letter for letter, _ in folded), tuple(place for _, place in folded))


@cache
def _parts() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Return every phrase, folded and in its parts, with its faults."""
    return tuple(
        (tuple(_folded(part).text for part in text.split(_BETWEEN)), faults)
        for of in PHRASES.values()
        for text, faults in of.items()
    )


# --- finding -------------------------------------------------------------------------------------


class _Found(NamedTuple):
    """A phrase in a text: from which character to which, and how many characters say it."""

    first: int
    last: int
    length: int
    faults: tuple[str, ...]


def _found(text: str) -> Iterator[_Found]:
    """Yield the phrases that stand in a text and are not denied."""
    folded = _folded(text)
    for parts, faults in _parts():
        if parts[0] in folded.text and parts[-1] in folded.text:
            for begin, end in _spans(folded, text, parts):
                if not _DENIED.search(folded.text[max(0, begin - 7) : begin]):
                    first, last = folded.places[begin][0], folded.places[end - 1][1]
                    yield _Found(first, last, sum(map(len, parts)), faults)


def _spans(folded: _Folded, text: str, parts: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield where the parts of a phrase stand together, from the first to behind the last."""
    each = [list(_places(folded, text, part)) for part in parts]
    if len(parts) == 1:
        yield from ((begin, begin + len(parts[0])) for begin in each[0])
        return
    for one in each[0]:
        for other in each[1]:
            spans = sorted(((one, one + len(parts[0])), (other, other + len(parts[1]))))
            if all(0 <= later[0] - before[1] <= _FARTHEST for before, later in pairwise(spans)):
                yield spans[0][0], spans[-1][1]


def _places(folded: _Folded, text: str, part: str) -> Iterator[int]:
    """Yield where a part begins in a text; Latin words begin where a word does."""
    at = folded.text.find(part)
    while at >= 0:
        place, _ = folded.places[at]
        before = text[place - 1 : place]
        if not (part[0].isascii() and part[0].isalpha() and before.isascii() and before.isalpha()):
            yield at
        at = folded.text.find(part, at + 1)


def _unshadowed(found: list[_Found]) -> Iterator[_Found]:
    """Yield the phrases that are no part of a longer one in the same place."""
    for one in found:
        if not any(
            other.first <= one.first and one.last <= other.last and other.length > one.length
            for other in found
        ):
            yield one
