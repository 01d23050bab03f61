"""The instruments that the law cites, and how each is cited: 法律文件.

The regulation itself, and the laws above and beside it, with how sure it is what they say.
"""

from __future__ import annotations

from typing import Final

from sanbao.model.citation import Certainty, Citation

__all__ = [
    "DECREE_778_ART_18",
    "LAW",
    "appendix",
    "art",
    "civil_code",
    "consumer_law",
    "consumer_law_1993",
    "penalty_measures",
]

LAW: Final = "cn.mobile-2001"
DECREE_778_ART_18: Final = Citation("cn.decree-778", article=18, number="single")


def art(number: int, item: int | None = None, mark: Certainty = "confirmed") -> Citation:
    """Cite an article of the regulation; ``mark`` says how sure it is that it says so."""
    return Citation(LAW, article=number, item=item, number=mark)


def appendix(number: int) -> Citation:
    """Cite an appendix of the regulation."""
    return Citation(LAW, appendix=number)


def consumer_law(number: int) -> Citation:
    """Cite the Consumer Protection Law as amended in 2013 (消费者权益保护法)."""
    return Citation("cn.consumer-protection-2013", article=number)


def consumer_law_1993(number: int) -> Citation:
    """Cite the Consumer Protection Law of 1993; one public copy was read."""
    return Citation("cn.consumer-protection-1993", article=number, number="single")


def penalty_measures(number: int) -> Citation:
    """Cite the penalty measures of 2015, revised 2020 (侵害消费者权益行为处罚办法)."""
    return Citation("cn.penalty-measures-2015", article=number)


def civil_code(number: int) -> Citation:
    """Cite the Civil Code (民法典); earlier law said the same of periods."""
    return Citation("cn.civil-code", article=number)
