"""Both languages of the documentation say the same, and their links lead somewhere."""

from __future__ import annotations

from pathlib import Path

import draw_card
import pytest

from doc_pages import READMES, TWINS, commands, examples

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
