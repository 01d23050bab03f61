"""The house: floors, one-way imports, one meaning for a name.

That imports run one way is held by the contracts in ``pyproject.toml``, which
``scripts/check.py`` has checked; here is what they do not say.
"""

from __future__ import annotations

import ast
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from inspect import isclass
from pathlib import Path
from typing import Any, Final

import pytest
from draw_house import PICTURE, about, drawing, floors

import sanbao
from sanbao import MOBILE_2001, Claim, Readings, compare, decide, explain, verify
from sanbao.base.display import Displayed
from sanbao.base.moved import moved

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCES: Final = ROOT / "src" / "sanbao"
PACKAGE: Final = Path(sanbao.__file__).parent

MOST_AT_THE_ROOT: Final = 10
MOST_IN_A_PACKAGE: Final = 15

SAME_NAMES: Final = {
    "Card": "what draws a card, and what the door below it promises of one",
    "Facts": "the facts of a claim; the block that shows pairs of names and values",
    "Obligation": "what a policy lays down; what comes along with a decision",
}
"""Classes of one name, and why each has it; the fields have these words. No others."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Yield every module of the package by its path, read."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield str(path.relative_to(PACKAGE)), ast.parse(path.read_text("utf-8"))


def is_moved(tree: ast.Module) -> bool:
    """Say whether a module only says where its contents went."""
    return (ast.get_docstring(tree) or "").startswith("Moved to")


MOVED: Final = sorted(name for name, tree in modules() if is_moved(tree))


# --- floors ----------------------------------------------------------------------------------


def test_no_contract_has_an_exception() -> None:
    """What is ignored is not held; the floors name every room there is."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    assert not [one["name"] for one in contracts if "ignore_imports" in one]
    rooms = {room.removeprefix("sanbao.") for floor in floors() for room in floor}
    there = {
        Path(name).parts[0].removesuffix(".py") for name, tree in modules() if not is_moved(tree)
    }
    # what only tells the version, what a frozen program is made with, and what stays for old names
    assert there - rooms == {"__init__", "_version", "_pyinstaller"}
    assert rooms <= there


def test_rooms_are_small() -> None:
    """A stranger can read the list of a folder."""
    inside: dict[str, list[str]] = defaultdict(list)
    for name, tree in modules():
        path = Path(name)
        if path.name != "__init__.py" and not is_moved(tree):
            inside[str(path.parent)].append(path.stem)
    assert len(inside.pop(".")) <= MOST_AT_THE_ROOT
    assert {
        room: len(files) for room, files in inside.items() if len(files) > MOST_IN_A_PACKAGE
    } == {}


def test_the_picture_is_of_this_house() -> None:
    """``python3 scripts/draw_house.py`` has been run; every room says what it is."""
    assert PICTURE.read_text("utf-8") == drawing()
    assert all(about(room) for floor in floors() for room in floor)


def test_one_module_looks_up_by_name() -> None:
    """The doors of the display and of an error's words; beside them only the façades.

    Both are opened when somebody reads, and façades load a name when it is used.
    """
    found = {
        name
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "import_module"
    }
    facades = {"__init__.py", "explain/__init__.py", "base/lazy_names.py"}
    assert found - facades == {"base/display.py", "base/errors.py"}


def test_no_object_is_made_behind_its_class() -> None:
    """No bare ``__new__``, no slot written past its class, no attribute that is none."""
    facades = {"__init__.py", *(f"{room}/__init__.py" for room in ("audit", "policies", "testing"))}
    found = set()
    for name, tree in modules():
        for node in ast.walk(tree):
            match node:
                case ast.Attribute(value=ast.Name(id="object" | "tuple"), attr="__new__"):
                    found.add(f"{name}: {node.attr}")
                case ast.Attribute(attr="__set__"):
                    found.add(f"{name}: {node.attr}")
                case ast.FunctionDef(name="__getattr__") if name not in facades:
                    found.add(f"{name}: {node.name}")
    assert found == set()


def test_classes_have_one_meaning() -> None:
    """A name that stands for two things says why."""
    classes: dict[str, set[str]] = defaultdict(set)
    for name, tree in modules():
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                classes[node.name.lstrip("_")].add(name)
    assert {name for name, homes in classes.items() if len(homes) > 1} == SAME_NAMES.keys()


# --- the door upwards ------------------------------------------------------------------------


def shown_types() -> list[type]:
    """Return every class that can show itself and of which there are objects."""
    found: dict[str, type] = {}
    for module in pkgutil.walk_packages([str(PACKAGE)], "sanbao."):
        if not module.name.startswith(("sanbao.audit.spark", "sanbao.__main__", "sanbao._py")):
            path = PACKAGE / Path(*module.name.split(".")[1:])
            source = path / "__init__.py" if module.ispkg else path.with_suffix(".py")
            if not is_moved(ast.parse(source.read_text("utf-8"))):
                for name, one in vars(import_module(module.name)).items():
                    if (
                        isclass(one)
                        and issubclass(one, Displayed)
                        and one.__module__ == module.name
                    ):
                        found[name] = one
    return [found[name] for name in sorted(found) if name not in ("Displayed", "Reasons")]


def things() -> dict[str, Any]:
    """Return an object of each type that can show itself."""
    claim = Claim.model_validate(
        {
            "claimed_on": "2025-03-25",
            "product": {"kind": "handset"},
            "purchase": {"sold_on": "2025-03-01", "price": "2000.00"},
            "evidence": {"invoice": "original", "voucher": "intact"},
            "fault": {"symptom": "screen_fault", "cause": "defect"},
        }
    )
    decision = decide(claim)
    return {
        "Claim": claim,
        "Combined": sanbao.policies.combined("cn.mobile-2001", "jd-180"),
        "Comparison": compare("cn.mobile-2001", "cn.mobile-2001"),
        "Contrast": decision.why("free_repair", rather_than="refund"),
        "Decision": decision,
        "Policy": MOBILE_2001,
        "Timeline": decision.timeline,
        "Verification": verify("cn.mobile-2001"),
        "WhatIf": decision.what_if(claimed_on="2025-04-25"),
        "WhyNot": decision.why_not("refund"),
    }


@pytest.mark.untraced
def test_the_door_opens_for_every_type_that_is_shown() -> None:
    """Each has a card in both languages, and words or a page where it says so."""
    shown = things()
    assert [one.__name__ for one in shown_types()] == sorted(shown)
    for one in shown_types():
        thing = shown[one.__name__]
        for lang in ("zh", "en"):
            assert explain.card(thing, lang).html == thing.card(lang).html != ""
            if hasattr(thing, "explain"):
                assert thing.explain(lang)
            if hasattr(thing, "to_html"):
                assert thing.to_html(lang).startswith("<!DOCTYPE html>")


def test_the_door_is_closed_for_what_has_no_words() -> None:
    with pytest.raises(TypeError, match="there is no text for Readings"):
        explain.text(Readings())


@pytest.mark.untraced
def test_the_door_is_closed_for_anything_else() -> None:
    """What has words and no page says so."""
    with pytest.raises(TypeError, match="there is no page for WhyNot"):
        explain.page(things()["WhyNot"])
    assert explain.text(things()["WhyNot"]) == things()["WhyNot"].explain()


# --- old names --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [name for name in MOVED if not name.endswith("__init__.py")])
def test_a_moved_module_is_the_new_one(path: str) -> None:
    """Whoever imports it by its old name is told the new one, and has the same objects."""
    old = "sanbao." + path.removesuffix(".py").replace("/", ".")
    new = re.search(r"Moved to :mod:`(.*)`", (PACKAGE / path).read_text("utf-8"))
    assert new is not None
    with pytest.warns(DeprecationWarning, match=f"^{re.escape(f'{old} is {new[1]} now')}$"):
        there = import_module(old)
    here = import_module(new[1])
    assert all(getattr(there, name) is getattr(here, name) for name in here.__all__)
    parent, _, name = old.rpartition(".")  # whoever imports it next is told again
    delattr(sys.modules[parent], name)
    del sys.modules[old]


def test_a_module_of_which_parts_went_elsewhere_keeps_its_names() -> None:
    """It is no other module, for no other has them all."""
    with pytest.warns(DeprecationWarning, match=r"^sanbao\.old is sanbao\.engine now$"):
        moved("sanbao.old", "sanbao.engine", the_same=False)
    assert "sanbao.old" not in sys.modules


def test_whoever_imports_an_old_name_is_the_one_who_is_told() -> None:
    """The warning names the line of the import, not one of ours."""
    code = "import sanbao.claim\nfrom sanbao.comparison import compare, Comparison"
    command = [sys.executable, "-W", "always::DeprecationWarning", "-c", code]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stderr.splitlines()[0].startswith("<string>:1: DeprecationWarning: sanbao.claim is")
