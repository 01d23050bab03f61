"""The site of the documentation: pages made from the policies, and what it needs to be built.

Building it takes a minute and needs Sphinx: ``python scripts/build_docs.py``. Here the pages that
it makes are read, and what is written by hand is held against them.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import article_pages
import build_docs
import pytest

from doc_pages import CHINESE, DOCS, ENGLISH, ROOT
from sanbao import policies
from sanbao.audit.tables.input.schema import CLAIM
from sanbao.explain.words.catalogue import LANGUAGES, Language
from sanbao.model.readings import reading_values
from sanbao.policies.instruments import LAW
from sanbao.rules.conditions import Elapsed, Period, Window, leaves
from sanbao.rules.policy import Rule

made: Final = cache(build_docs.sources)
LAWS: Final = policies.versions(LAW)
pytestmark = pytest.mark.untraced  # a claim of every day is decided
_TABLE_OF_LAW: Final = re.compile(
    rf"<!-- generated: (?!{'|'.join(build_docs.BY_ARTICLE)}).*?<!-- end -->\n", re.DOTALL
)
both = pytest.mark.parametrize("lang", LANGUAGES)


@both
def test_every_article_has_a_page(lang: Language) -> None:
    """Linked from the overview; and each says what of it is not encoded."""
    for article in LAWS[-1].articles:
        name = f"article-{article.number}"
        assert f"]({name}.md)" in made(lang)["law/index"]
        assert ("没有编入的内容" if lang == "zh" else "What is not encoded") in made(lang)[
            f"law/{name}"
        ]


@both
def test_every_rule_stands_on_the_page_of_each_article_that_it_cites(lang: Language) -> None:
    for law in LAWS:
        for part in (*law.rules, *law.obligations):
            if not any(cite.law == LAW for cite in part.cites):
                assert f"\n`{part.id}`\n" in made(lang)["law/other-law"]
            for cite in part.cites:
                if cite.law == LAW:
                    page = (
                        f"article-{cite.article}" if cite.article else f"appendix-{cite.appendix}"
                    )
                    assert f"\n`{part.id}`\n" in made(lang)[f"law/{page}"]


@both
def test_local_regulations_tell_what_is_not_encoded(lang: Language) -> None:
    for name in policies.ids():
        law = policies.get(name)
        if law.kind == "local":
            page = made(lang)[f"law/{law.id}"]
            assert all(words[lang != "zh"] in page for words in law.unencoded)


def test_a_table_of_the_law_stands_once() -> None:
    """What the pages of the articles have is left out of the page on the law, and led to.

    No other table of it is: all that write_law.py makes are on the one or on the others.
    """
    page, law = made("en")["law"], (DOCS / "en" / "law.md").read_text("utf-8")
    tables = set(re.findall("<!-- generated: (.+) -->", law))
    left = set(re.findall("<!-- generated: (.+) -->", page))
    assert left == tables - {*build_docs.BY_ARTICLE}
    assert tables - left == {*build_docs.BY_ARTICLE}
    assert page.count("](law/index.md)") == len(build_docs.BY_ARTICLE)
    assert re.findall("^## .*", page, re.MULTILINE) == [
        head for head in re.findall("^## .*", law, re.MULTILINE) if "How to read" not in head
    ]
    everywhere = "".join(text for name, text in made("en").items() if name.startswith("law/"))
    for rule in re.findall(r"^\| `([^`]+)`<br>", _TABLE_OF_LAW.sub("", law), re.MULTILINE):
        assert f"`{rule}`" in everywhere or rule in {line.kind for line in LAWS[-1].catalogue}


def test_search_looks_for_the_terms_of_the_glossary() -> None:
    """All that are bold in the table of docs/style-zh.md, each concept at least one."""
    terms = build_docs.glossary()
    assert {"折旧费", "备用机", "三包有效期", "修理者", "换货期限", "回执"} <= {*terms}
    assert len(set(terms)) == len(terms)
    text = (DOCS / "style-zh.md").read_text("utf-8")
    rows = re.findall(r"^\| [a-z ]+ \| (.*?) \|", text, re.MULTILINE)
    assert len(rows) > 20
    assert all("**" in words for words in rows)
    assert len(terms) == "".join(rows).count("**") // 2


def test_the_words_of_the_theme_are_chinese() -> None:
    """Every word that Sphinx is asked for has Chinese; labels too, and others stay as they are."""
    text = (DOCS / "site" / "locale" / "zh_CN" / "LC_MESSAGES" / "sphinx.po").read_text("utf-8")
    told = re.findall(r'^msgstr "(.+)"$', text, re.MULTILINE)
    assert len(told) == len(re.findall(r"^msgid ", text, re.MULTILINE)) - 1  # the head of the file
    assert all(re.search(r"[\u4e00-\u9fff]", one) for one in told)


@both
def test_nothing_is_left_to_be_filled_in(lang: Language) -> None:
    """No placeholder of a message stands on a page, and no table is without rows."""
    for name, text in made(lang).items():
        if name.startswith("law/"):
            assert not re.search(r"\{(?!toctree)", text), name
            assert not re.search(r"\|---\|\n(?!\|)", text), name


@both
def test_every_reading_has_its_section_on_the_site(lang: Language) -> None:
    text = article_pages.readings(lang)
    assert re.findall(r"^## (\w+)$", text, re.MULTILINE) == list(reading_values())
    assert text.count("（默认）" if lang == "zh" else " (default)") == len(reading_values())


def test_every_rule_of_time_has_its_days() -> None:
    """A right or a bar that counts days from the sale has a claim for which it begins to hold."""
    parts: tuple[Rule, ...] = (*LAWS[-1].rights, *LAWS[-1].bars)
    timed = {
        part.id
        for part in parts
        if part.when is not None
        and any(isinstance(leaf, Window | Elapsed | Period) for leaf in leaves(part.when))
    }
    assert timed - {"art24.misuse", "art24.opened", "art24.force_majeure"} <= {
        *article_pages.SITUATIONS
    }
    for rule in article_pages.SITUATIONS:
        for sold in article_pages.SALES:
            assert article_pages.spans(rule, sold), (rule, sold)


@pytest.mark.parametrize(
    ("rule", "sold", "first", "last", "after"),
    [
        # the 7th day is in the holidays of October: on to the 9th, the first working day
        ("art11.refund", "2025-09-26", "2025-09-26", "2025-10-09", "exchange"),
        ("art12.exchange", "2025-07-01", "2025-07-09", "2025-07-16", "free_repair"),
        # handed in on the 20th day; more than 60 days after it
        ("art16.exchange", "2025-07-01", "2025-09-20", None, None),
    ],
)
def test_days_are_worked_out_by_deciding(
    rule: str, sold: str, first: str, last: str | None, after: str | None
) -> None:
    end = None if last is None else date.fromisoformat(last)
    [span] = article_pages.spans(rule, date.fromisoformat(sold))
    assert span == (date.fromisoformat(first), end, after)


@both
def test_every_page_is_in_the_table_of_contents(lang: Language) -> None:
    """In one of its four parts; the pages of the law are in that of the overview."""
    index = made(lang)["index"]
    listed = re.findall(
        r"^[\w/-]+$", "\n".join(re.findall(r"```{toctree}(.*?)```", index, re.DOTALL)), re.MULTILINE
    )
    pages = {name for name in made(lang) if not name.startswith("law/")} | {"law/index"}
    assert sorted(listed) == sorted(pages - {"index"})
    assert index.count("```{toctree}") == 4


def test_the_chinese_site_has_all_pages() -> None:
    """What is not yet in Chinese is there in English, and says so."""
    assert made("zh").keys() == made("en").keys()
    for name in {page.stem for page in ENGLISH} - {page.stem for page in CHINESE}:
        assert "本页目前只有英文" in made("zh")[name]


def test_nothing_is_fetched_from_elsewhere() -> None:
    """No page, template or style sheet of the site names a resource of another host."""
    files = [*(DOCS / "site").rglob("*.*"), *DOCS.glob("*.svg")]
    texts = [file.read_text("utf-8") for file in files if file.suffix != ".pyc"]
    for text in [*texts, *made("zh").values(), *made("en").values()]:
        assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//|url\(["']?http|@import""", text)


def test_the_interface_names_every_facade() -> None:
    """Every public package that an example or a page imports from."""
    names = "audit", "checklists", "cli", "policies", "schema", "testing"
    top = {name for name in build_docs.FACADES if name.count(".") < 2}
    assert top == {"sanbao", *(f"sanbao.{name}" for name in names)}


def test_building_it_is_told() -> None:
    """The command stands in both READMEs, and what it needs in the project."""
    for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md"):
        assert "python3 scripts/build_docs.py" in Path(ROOT / name).read_text("utf-8")


@both
def test_every_code_has_its_word(lang: Language) -> None:
    """Fields, codes, outcomes and rules; none is told by itself alone."""
    text = made(lang)["codes"]
    for field in CLAIM.values():
        for code in field.codes:
            assert re.search(rf"`{re.escape(code)}` [^`<|]*[^`<| ]", text), code
    for rule in LAWS[-1].rules:
        assert re.search(rf"^\| `{re.escape(rule.id)}` \| \S", text, re.MULTILINE)
