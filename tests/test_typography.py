"""Texts are set as an editor prints them: full-width marks in Chinese, no gaps around figures.

``docs/style-zh.md`` says the rules. What they are held against here: every Chinese message of the
catalogue, of the law and of the audit's report, every title of a policy that ships, and every
Chinese text on file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import sanbao
from sanbao.audit.report.words import AUDIT_MESSAGES
from sanbao.explain.words.catalogue import MESSAGES, written
from sanbao.policies import library

TESTS = Path(__file__).resolve().parent
WIDE = "\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”"
"""Chinese letters and full-width marks."""

CODE = re.compile(r"\{[^{}]*\}|\[[^\[\]]*\]|[a-z0-9_.]+ = [a-z0-9_]+|^\S+:$")
"""Placeholders and codes, which stay as they are."""

GAP = re.compile(rf"(?<=[{WIDE}]) +(?![-=+×−·/&] )|(?<! [-=+×−·/&])(?<![-=+×−·/&.]) +(?=[{WIDE}])")
"""A blank beside a Chinese letter or mark, unless it is that of an operator."""

HALF = re.compile(rf"(?<=[{WIDE}])[,;:!?()]|[,;:!?()](?=[{WIDE}])|->")
"""A half-width mark beside a Chinese letter, and an arrow made of two characters."""

LAWS = re.compile(r"(?<![》《])(三包规定|民法典|保护法|实施条例)第[0-9]")
"""A law whose name should stand in its marks before an article."""


def misprints(text: str) -> list[str]:
    """Return what a Chinese editor would mark in ``text``, with some letters around."""
    plain = CODE.sub("码", text)
    return [
        plain[max(0, found.start() - 6) : found.end() + 6]
        for rule in (GAP, HALF, LAWS)
        for found in rule.finditer(plain)
    ]


def titles() -> Iterator[tuple[str, str]]:
    """Yield what policies that ship say of themselves in Chinese, with the id of each."""
    for policy in map(library.get, library.ids()):
        words = [policy.title_zh, *(one[0] for one in policy.unencoded)]
        words += [one.title[0] for one in (*policy.rules, *policy.obligations) if one.title]
        words += [one.no_effect[0] for one in policy.articles if one.no_effect]
        yield from ((policy.id, text) for text in words)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("第 11 条", 2),
        ("自2025年7月4日起, 免费修理", 2),
        ("IMEI 号", 1),
        ("退货(全额)", 2),
        ("三包规定第11条", 1),
        ("《手机三包规定》第11条（“rounding = half_up”），退还1599.00元。", 0),
        ("总行数{rows} = 已作出结论{decided} + 有误{errors}", 0),
        ("{a}：{b}→{c}", 0),
        ("甲->乙", 1),
    ],
)
def test_what_is_marked(text: str, marked: int) -> None:
    """The rules find what they are to find, and nothing in what is set well."""
    assert len(misprints(text)) == marked


def test_messages() -> None:
    """Every Chinese message of the catalogue, of the law and of an audit is set well."""
    groups = (MESSAGES, library.words(sanbao.MOBILE_2001.id), AUDIT_MESSAGES)
    assert [
        (name, found)
        for group in groups
        for name, (zh, _) in group.items()
        if (found := misprints(zh))
    ] == []


def test_english_messages() -> None:
    """English has straight quotes, real arrows, and no mark that is Chinese."""
    groups = (MESSAGES, library.words(sanbao.MOBILE_2001.id), AUDIT_MESSAGES)
    marked = re.compile(rf"[{WIDE}]|->|  | [,;:.](?!\w)")
    assert [
        (name, en) for group in groups for name, (_, en) in group.items() if marked.search(en)
    ] == []


def test_titles() -> None:
    """Every title of a policy that ships, and what it says it does not encode, is set well."""
    found = list(titles())
    assert {"jd-180", "zhejiang-2017"} < {policy for policy, _ in found}
    assert [(policy, text) for policy, text in found if misprints(text)] == []


def test_snapshots() -> None:
    """Every Chinese text on file is set well, as it comes out whole."""
    files = sorted((TESTS / "snapshots").rglob("*.zh.txt"))
    assert len(files) == 112
    wrong = {}
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            text = re.sub(r"^(== (?=.* ==)|[ ]*- |[0-9]+\. )|(?<=[^=]) ==$", "", line.strip())
            if found := misprints(text):
                wrong[file.name] = found
    assert wrong == {}


def test_days() -> None:
    """A day is written out in Chinese prose, and stays as tables have it where it is text."""
    from datetime import date

    day = date(2025, 7, 4)
    assert written(day, "zh") == "2025年7月4日"
    assert written(day, "en") == day
    assert written("2025-07-04", "zh") == "2025-07-04"
