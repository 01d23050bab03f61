"""Every example in the README, the docs and the docstrings runs as printed."""

from __future__ import annotations

import doctest
import importlib
import importlib.util
import pkgutil
import shlex
from pathlib import Path

import pytest

import sanbao
from doc_pages import CHINESE, ENGLISH, READMES, ROOT, run_by_its_twin


def is_moved(name: str) -> bool:
    """Say whether a module only says where its contents went; importing it warns."""
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    return '"""Moved to' in Path(spec.origin).read_text("utf-8")


PAGES = [
    page for page in (*READMES, *ENGLISH, *CHINESE) if page in READMES or not run_by_its_twin(page)
]
MODULES = [
    "sanbao",
    *(
        name
        for _, name, _ in pkgutil.walk_packages(sanbao.__path__, "sanbao.")
        if not is_moved(name)
    ),
]


SLOW = (
    "comparing.md",
    "how-to.md",
    "sanbao.statespace.comparing",
    "sanbao.statespace.verifying",
)
"""Look at all claims there are: comparing and verifying small policies covers the same lines."""


def marked(name: str) -> tuple[pytest.MarkDecorator, ...]:
    """Return the marks of the examples of a page or a module."""
    return (pytest.mark.untraced,) if name in SLOW else ()


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(page, id=page.relative_to(ROOT).as_posix(), marks=marked(page.name))
        for page in PAGES
    ],
)
def test_examples_of_a_page(page: Path) -> None:
    """The Python examples of a page run one after another and print what is shown.

    A Chinese page whose examples are those of the English one, to the letter, is not run again.
    """
    result = doctest.testfile(
        str(page),
        module_relative=False,
        optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE,
    )
    assert result.failed == 0


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=marked(name)) for name in MODULES if name != "sanbao.__main__"],
)
def test_examples_of_a_module(name: str) -> None:
    """The examples in the docstrings of a module run as printed."""
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_the_readme_has_an_example_and_two_commands() -> None:
    """The README shows one example, one command to try it and the command CI runs."""
    readme = READMES[0].read_text("utf-8")
    assert ">>> decision = sanbao.decide(" in readme
    blocks = [block.split("```")[0].strip() for block in readme.split("```sh")[1:]]
    check = blocks[1]
    assert shlex.split(check) == ["python3", "scripts/check.py"]
    assert check in (ROOT / ".ci" / "run").read_text("utf-8")
    example = shlex.split(blocks[0])[-1]
    assert (ROOT / example).is_file()
