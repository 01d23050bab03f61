"""Whoever gets sanbao may use it, and can install it as the pages say."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distribution

import pytest

from doc_pages import READMES, ROOT

FILES = ("LICENSE", "NOTICE")


def test_the_metadata_names_the_licence() -> None:
    """As SPDX has it, in the metadata that a company's tools read."""
    metadata = distribution("sanbao").metadata
    assert metadata["License-Expression"] == "Apache-2.0"
    assert tuple(metadata.get_all("License-File") or ()) == FILES
    assert metadata["Author"] == "The sanbao developers"
    # no classifier may stand beside an expression (PEP 639)
    assert not [name for name in metadata.get_all("Classifier") or () if "License" in name]


@pytest.mark.parametrize("name", FILES)
def test_the_licence_is_installed(name: str) -> None:
    """The text comes along with every copy, as its section 4 asks."""
    installed = distribution("sanbao").read_text(f"licenses/{name}")
    assert installed == (ROOT / name).read_text("utf-8")


def test_the_texts() -> None:
    """The whole licence, unchanged, and whose it is."""
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert "Version 2.0, January 2004" in licence
    assert "END OF TERMS AND CONDITIONS" in licence
    assert "The sanbao developers" in (ROOT / "NOTICE").read_text("utf-8")
    for readme in READMES:
        assert "Apache-2.0" in readme.read_text("utf-8")


def test_the_source_archive_has_the_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert {*FILES} <= {*included}


def test_no_command_needs_what_is_not_published() -> None:
    """Nothing is on a package index yet: pages and messages install from a clone."""
    folders = ("src", "docs", "examples", "benchmarks", "scripts", "tests")
    files = [
        *READMES,
        *(
            file
            for folder in folders
            for end in ("md", "py")
            for file in (ROOT / folder).rglob(f"*.{end}")
        ),
    ]
    command = re.compile(r"""pip install (-\S+ )*["']?sanbao""")
    assert [
        f"{file.relative_to(ROOT)}: {line.strip()}"
        for file in files
        for line in file.read_text("utf-8").splitlines()
        if command.search(line)
    ] == []
