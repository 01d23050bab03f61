"""The files around the code: how to cite, report and note a change."""

from __future__ import annotations

import re
from pathlib import Path

import changelog
import pytest

import sanbao
from doc_pages import ROOT

LOG = "# Changelog\n\n## [Unreleased]\n\n### Law covered\n\n- Old.\n\n### Added\n\n- More.\n\n"
FIRST = "## [0.1.0] - 2026\n\n- First.\n"


def test_the_citation_names_this_version() -> None:
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f'\nversion: "{sanbao.__version__}"\n' in text
    assert "\nlicense: Apache-2.0\n" in text


def test_no_address_is_invented() -> None:
    """Nothing to write to stands anywhere, and the file says so in both languages."""
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    assert "there is no address yet" in text
    assert "目前还没有地址" in text
    assert not re.search(r"\S@\S|https?://", text)


@pytest.mark.parametrize("form", sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("[!c]*.yml")))
def test_issue_forms_speak_both_languages(form: Path) -> None:
    """Every label has both, as has the name."""
    labels = re.findall(r"(?:label|name): (.*)", form.read_text("utf-8"))
    assert labels
    assert all(re.search(r"[a-z] .*· .*[\u4e00-\u9fff]", label) for label in labels)


def test_the_fragments_can_be_merged() -> None:
    assert changelog.main([]) == 0


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of fragments beside a changelog of its own."""
    log, fragments = tmp_path / "CHANGELOG.md", tmp_path / "changelog.d"
    log.write_text(LOG + FIRST, "utf-8")
    fragments.mkdir()
    monkeypatch.setattr(changelog, "CHANGELOG", log)
    monkeypatch.setattr(changelog, "FOLDER", fragments)
    return fragments


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.md", "- A.", "the name must end in"),
        ("a.added.txt", "- A.", "the name must end in"),
        ("a.added.md", "A.", "must be items"),
        ("a.added.md", "", "must be items"),
        ("a.legal-effect.md", "- A.", "must name the days"),
        ("a.legal-effect.md", "", "must name the days"),
        ("a.legal-effect.md", "Sales from 2024-02-30\n\n- A.", "must name the days"),
        ("a.legal-effect.md", "All sales\n", "must be items"),
    ],
)
def test_what_is_no_fragment(
    name: str, text: str, why: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is named, and nothing is merged."""
    (folder / name).write_text(text, "utf-8")
    assert changelog.main(["--merge"]) == 1
    assert why in capsys.readouterr().out
    assert changelog.CHANGELOG.read_text("utf-8") == LOG + FIRST


def test_merging_fragments(folder: Path) -> None:
    """Under their headings, legal effect with its days; a heading that is missing is added."""
    (folder / "a.legal-effect.md").write_text("Claims from 2014-03-15\n\n- B,\n  more.\n", "utf-8")
    (folder / "b.fixed.md").write_text("- C.\n", "utf-8")
    (folder / "README.md").write_text("what fragments are", "utf-8")
    assert changelog.main(["--merge"]) == 0
    assert changelog.CHANGELOG.read_text("utf-8") == (
        "# Changelog\n\n## [Unreleased]\n\n### Law covered\n\n- Old.\n"
        "- **Claims from 2014-03-15**:\n  - B,\n    more.\n\n### Added\n\n- More.\n\n"
        f"### Fixed\n\n- C.\n\n{FIRST}"
    )
    assert [file.name for file in folder.iterdir()] == ["README.md"]


def test_a_changelog_without_its_section(folder: Path) -> None:
    (folder / "b.fixed.md").write_text("- C.\n", "utf-8")
    with pytest.raises(ValueError, match="Unreleased"):
        changelog.merged(FIRST, [folder / "b.fixed.md"])
