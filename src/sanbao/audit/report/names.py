"""Names and numbers as a report writes them: 报告用语."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from sanbao.audit.report.words import say
from sanbao.explain.pages.decision import outcome_text
from sanbao.explain.texts.phrases import cites_text, known_text, plainly, rule_text
from sanbao.explain.words.catalogue import Language
from sanbao.model.citation import Citation
from sanbao.model.rule_ref import RuleRef

__all__ = [
    "article_name",
    "company_name",
    "count",
    "percent",
    "reading_name",
    "row_numbers",
    "rule_name",
    "short_number",
    "unit_of",
    "yuan",
]


def yuan(fen: int) -> str:
    """Return whole fen as yuan.

    >>> yuan(123_456_789), yuan(5)
    ('1,234,567.89', '0.05')
    """
    return f"{fen // 100:,}.{fen % 100:02d}"


def count(number: int) -> str:
    """Return how many there are; nothing where there are none."""
    return f"{number:,}" if number else ""


def percent(part: int, whole: int) -> str:
    """Return a share in percent with two decimals, rounded down; something is never nothing."""
    hundredths = part * 10_000 // whole
    if not hundredths:
        return "< 0.01%"
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def row_numbers(rows: Iterable[int]) -> str:
    """Return the numbers of rows as people count them, from 1."""
    return ", ".join(f"{row + 1:,}" for row in rows)


_STEPS: Final[Mapping[Language, tuple[int, ...]]] = {
    "zh": (100_000_000, 10_000),
    "en": (1_000_000_000, 1_000_000, 1000),
}


def short_number(number: int, lang: Language) -> str:
    """Return a whole number in at most five digits or so.

    >>> short_number(1_234_567, "en"), short_number(1_234_567, "zh"), short_number(950, "en")
    ('1.23M', '123万', '950')
    """
    for step in _STEPS[lang]:
        if number >= step:
            return say(lang, f"short.{step}", number=_digits(number, step))
    return str(number)


def _digits(number: int, step: int) -> str:
    """Return a number in units of ``step`` with three digits, never more than it is."""
    whole = number // step
    places = max(0, 3 - len(str(whole)))
    if not places:
        return f"{whole:,}"
    rest = number % step * 10**places // step
    return f"{whole}.{rest:0{places}d}".rstrip("0").rstrip(".")


def unit_of(number: int, lang: Language) -> int:
    """Return the unit in which a scale up to so many yuan reads well."""
    return next((step for step in _STEPS[lang] if number >= 2 * step), 1)


_REFERENCE: Final = re.compile(r"([^:]+):(app\.? ?)?([0-9]+)(?:\(([0-9]+)\))?")


def article_name(reference: str, lang: Language) -> str:
    """Return an article as people write it; ``cn.mobile-2001:11`` is how tables do."""
    if not reference:
        return say(lang, "no.article")
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return plainly(reference)
    law, appendix, number, item = found.groups()
    cited = Citation(
        law,
        article=None if appendix else int(number),
        appendix=int(number) if appendix else None,
        item=None if item is None else int(item),
    )
    return cites_text([cited], lang)


def rule_name(rule: RuleRef, lang: Language) -> str:
    """Return what a rule is about; its id where nobody has words for it."""
    return rule_text(rule, lang) if rule.rule else say(lang, "no.rule")


def reading_name(readings: str, lang: Language) -> str:
    """Return the question of a reading, or of two that matter together (``one+other``)."""
    return " + ".join(known_text("reading", name, lang) for name in readings.split("+"))


def company_name(company: str | None, lang: Language) -> str:
    """Return what the company did."""
    if company in (None, "", "excluded"):
        return say(lang, f"did.{company or ''}")
    return outcome_text(company, lang)
