"""Programs that are frozen, or imported from an archive, answer as the library does."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from pkgutil import walk_packages
from runpy import run_path
from typing import Any
from zipfile import ZipFile

import sanbao
from sanbao._pyinstaller import get_hook_dirs
from sanbao.cli.audit import EXTRA

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path(sanbao.__file__).parent
MODULES = {module.name for module in walk_packages([str(PACKAGE)], "sanbao.")} | {"sanbao"}


def _script() -> Any:
    spec = spec_from_file_location("freeze", ROOT / "scripts" / "freeze.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FREEZE = _script()
OF_TESTS = ("hypothesis", "mypy", "numpy")
"""What pydantic can do without, and what only tests have: half of the time it takes to freeze."""


def hook(module: str) -> dict[str, Any]:
    """Return what the hook for a module tells PyInstaller, run as the module it is."""
    [folder] = get_hook_dirs()
    name = f"hook-{module}"
    return run_path(str(Path(folder) / f"{name}.py"), run_name=f"sanbao._pyinstaller.{name}")


def under(name: str, *packages: str) -> bool:
    return any(f"{name}.".startswith(f"{package}.") for package in packages)


def test_pyinstaller_finds_the_hooks() -> None:
    """Where sanbao is installed, PyInstaller asks it for its hooks."""
    named = {point.value for point in entry_points(group="pyinstaller40", name="hook-dirs")}
    assert f"{get_hook_dirs.__module__}:{get_hook_dirs.__name__}" in named
    [folder] = get_hook_dirs()
    assert {file.name for file in Path(folder).glob("hook-*.py")} == {
        "hook-sanbao.py",
        "hook-sanbao.audit.py",
        "hook-sanbao.testing.py",
    }


def test_every_module_is_in_a_frozen_program() -> None:
    """All of the core always, tables where the program has them, each file that is no module."""
    core, audit, testing = map(hook, ("sanbao", "sanbao.audit", "sanbao.testing"))
    apart = ("sanbao.audit", "sanbao.testing", "sanbao._pyinstaller")
    assert {*core["hiddenimports"]} == {name for name in MODULES if not under(name, *apart)}
    assert core["excludedimports"] == ["sanbao.audit", "sanbao.testing"]
    assert {*audit["hiddenimports"]} == {
        *(name for name in MODULES if under(name, "sanbao.audit") and name != "sanbao.audit.spark"),
        *EXTRA,
    }
    assert {*testing["hiddenimports"]} == {
        *(name for name in MODULES if under(name, "sanbao.testing")),
        "sanbao.audit",
    }
    files = {
        file
        for file in PACKAGE.rglob("*")
        if file.is_file() and file.suffix != ".py" and "__pycache__" not in file.parts
    }
    assert {Path(source) for source, _ in core["datas"]} == files
    assert {file.suffix for file in files} == {".toml", ".typed"}
    for source, folder in core["datas"]:
        assert Path(folder, Path(source).name) == Path(source).relative_to(PACKAGE.parent)


def test_a_frozen_program(tmp_path: Path) -> None:
    """Claims with promises, lists, comparisons and the command line: the same, byte by byte."""
    without = [f"--exclude-module={name}" for name in OF_TESTS]
    frozen = FREEZE.with_pyinstaller(sys.executable, tmp_path, *without)
    assert list(FREEZE.differences(sys.executable, frozen, tmp_path)) == []
    # tables are an extra, and no program has Polars in it that does not ask for tables
    audit = subprocess.run(
        [frozen, "audit", "x.csv", "--out", "x.html", "--lang", "en"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (audit.returncode, audit.stderr.splitlines()) == (
        2,
        ["sanbao: audit is not part of this program, which was frozen without sanbao.audit"],
    )
    assert not [file for file in frozen.parent.rglob("*") if "polars" in file.name]


def test_a_difference_is_told(tmp_path: Path) -> None:
    """Whatever a frozen program says otherwise is named: its status, its output, its errors."""
    calls = (("--version",), ("decide", "nothing.json"))
    other = tmp_path / "other"
    other.write_text("#!/bin/sh\necho other\n", "utf-8")
    other.chmod(0o755)
    found = FREEZE.differences(sys.executable, other, tmp_path, calls)
    told = [text.partition(":\n")[0] for text in found]
    assert told == [
        "counter --version: the output differs",
        "counter decide nothing.json: the status differs",
        "counter decide nothing.json: the output differs",
        "counter decide nothing.json: the errors differs",
    ]


FROM_AN_ARCHIVE = """
import sys
sys.path.insert(0, sys.argv.pop(1))
import sanbao, counter
assert ".zip" in sanbao.__file__, sanbao.__file__
sys.stdout.reconfigure(encoding="utf-8")
sys.stdout.writelines(f"{answer}\\n" for answer in counter.answers())
"""


def test_from_an_archive(tmp_path: Path) -> None:
    """Promises and lists are read where there is no folder to read them from."""
    archive = tmp_path / "all.zip"
    with ZipFile(archive, "w") as written:
        written.write(FREEZE.PROGRAM, "counter.py")
        for file in PACKAGE.rglob("*"):
            if "__pycache__" not in file.parts:
                written.write(file, file.relative_to(PACKAGE.parent))

    def said(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout

    assert said("-c", FROM_AN_ARCHIVE, str(archive)) == said(str(FREEZE.PROGRAM))
