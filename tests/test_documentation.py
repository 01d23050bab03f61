"""Both languages of the documentation say the same, and their links lead somewhere."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from pathlib import Path
from typing import Final

import draw_card
import pytest

from doc_pages import CHINESE, DOCS, ENGLISH, READMES, ROOT, TWINS, commands, examples
from sanbao import cli
from sanbao.audit.report.company import COMPANY_WORDS
from sanbao.base.renamed import RENAMED

FIRST_AUDIT: Final = DOCS / "en" / "first-audit.md"
_CJK: Final = "\u2018-\u201d\u2026\u3001-\u301f\u3400-\u9fff\uff00-\uffef"
PAGES: Final = (*READMES, *ENGLISH, *CHINESE, ROOT / "CONTRIBUTING.md")

twins = pytest.mark.parametrize(("en", "zh"), TWINS, ids=[zh.name for _, zh in TWINS])


@twins
def test_both_languages_run_the_same(en: Path, zh: Path) -> None:
    """The same examples in the same order; only the language that is asked for may differ."""
    asked = [source.replace('"zh"', '"en"') for source, _ in examples(zh)]
    assert asked == [source.replace('"zh"', '"en"') for source, _ in examples(en)]


@twins
def test_both_languages_show_the_same_commands(en: Path, zh: Path) -> None:
    assert commands(zh) == commands(en)


def test_each_readme_leads_to_the_other_on_its_first_line() -> None:
    for page, other in zip(READMES, reversed(READMES), strict=True):
        assert f"({other.name})" in page.read_text("utf-8").partition("\n")[0]


def test_the_readme_opens_in_both_languages() -> None:
    """What it is, the picture and the two commands, before its second heading in English alone."""
    opening = READMES[0].read_text("utf-8").partition("\n## In Python")[0]
    assert "手机三包规定" in opening
    assert "three-guarantees" in opening
    assert "docs/card." in opening
    assert opening.count("```sh") == 2


def test_the_picture_of_the_card_is_current() -> None:
    """``python scripts/draw_card.py`` has been run."""
    assert draw_card.main(["--check"]) == 0


def test_the_command_of_the_first_audit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It runs as the page shows it, leaves the three files, and ends as the page says."""
    [command] = [text for kind, text in commands(FIRST_AUDIT) if kind == "console"]
    program, *arguments = shlex.split(command.removeprefix("$ "))
    assert Path(program).name == "sanbao"
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    assert cli.main(arguments) == 1
    assert capsys.readouterr().out
    left = {file.name for file in tmp_path.iterdir() if file.is_file()}
    assert left == {"audit.html", "audit.xlsx", "rows.parquet"}


def test_the_mapping_of_the_first_audit() -> None:
    """The page shows what the file says."""
    [shown] = [text for kind, text in commands(FIRST_AUDIT) if kind == "toml"]
    mapping = ROOT / "examples" / "closed-claims.toml"
    assert tomllib.loads(shown) == tomllib.loads(mapping.read_text("utf-8"))


def test_the_words_of_the_first_audit() -> None:
    """Every word that a company may use stands on the page, beside what it means."""
    text = FIRST_AUDIT.read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+) \| ([a-z ]+) \|$", text, re.MULTILINE)
    told = {word.strip("` "): meant for words, meant in rows for word in words.split(",")}
    codes = {"repair at a charge": "paid_repair", "nothing": "excluded"}
    meant = {word: codes.get(name, name.replace(" ", "_")) for word, name in told.items()}
    assert {word: meant.get(word) for word in COMPANY_WORDS} == dict(COMPANY_WORDS)


def anchors(page: Path) -> set[str]:
    """Return the anchors of the headings of a page, as GitHub and the site form them."""
    heads = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """To a file of the repository, and to a heading on it."""
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        assert "://" not in target, "the repository has no address yet"
        file, _, anchor = target.partition("#")
        to = (page.parent / file).resolve() if file else page
        assert to.is_file(), target
        assert not anchor or anchor in anchors(to), target


@pytest.mark.parametrize("page", [READMES[1], *CHINESE], ids=lambda page: page.name)
def test_chinese_is_set_as_chinese(page: Path) -> None:
    """Full-width punctuation, no blanks around numbers and Latin, no line broken in a sentence.

    A line that is broken shows as a blank, on the site and elsewhere.
    """
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"`[^`\n]*`", "`c`", re.sub(r"\]\([^)]*\)", "]()", text))
    assert not re.findall(rf".{{,9}}[{_CJK}][,;:?!(].{{,9}}", text)
    assert not re.findall(rf".{{,9}}[,;:?!)][{_CJK}].{{,9}}", text.replace("]()", "]"))
    assert not re.findall(rf".{{,9}}[{_CJK}] +[A-Za-z0-9`\[].{{,9}}", text)
    assert not re.findall(
        rf".{{,9}}[A-Za-z0-9`\]] +[{_CJK}].{{,9}}", re.sub(r"(?m)^(#+|[-*]|\d+\.) ", "", text)
    )
    assert not re.findall(rf".{{,9}}[{_CJK}]\n *[{_CJK}`\[].{{,9}}", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_page_names_an_id_of_old(page: Path) -> None:
    """Whoever copies one is refused; docs/en/law.md alone has the table of them."""
    text = re.sub(
        r"<!-- generated: corrected -->.*?<!-- end -->", "", page.read_text("utf-8"), flags=re.S
    )
    assert not [old for old in RENAMED if f"`{old}`" in text]
