"""Importing sanbao is nearly free, and its façade is what it says."""

from __future__ import annotations

import runpy
import subprocess
import sys

import pytest

import sanbao


def loaded_after(statement: str) -> set[str]:
    """Return the modules that a fresh interpreter has after ``statement``."""
    program = f"import sys; {statement}; print(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    return set(done.stdout.split())


def test_import_loads_neither_pydantic_nor_the_calendar() -> None:
    """``import sanbao`` alone loads no dependency and none of the library's own modules."""
    loaded = loaded_after("import sanbao")
    assert not {"pydantic", "pydantic_core", "chinese_calendar", "dateutil"} & loaded
    own = {name for name in loaded if name.startswith("sanbao")}
    assert own == {"sanbao", "sanbao._version"}


def test_deciding_loads_nothing_but_the_three_dependencies() -> None:
    """Dataframes, notebooks and the like are never loaded by the core."""
    loaded = loaded_after(
        "import sanbao; sanbao.decide({'claimed_on': '2025-01-02', 'product': {'kind': 'handset'}})"
        ".to_json()"
    )
    assert not {"numpy", "polars", "pandas", "pyarrow", "hypothesis", "pytest"} & loaded


def test_facade() -> None:
    """Every public name is there, listed and documented; any other is an AttributeError."""
    assert sorted(dir(sanbao)) == sorted(sanbao.__all__)
    for name in sanbao.__all__:
        assert getattr(sanbao, name) is not None
    # a module that is asked for before anything has loaded it
    for name in ("audit", "checklists", "policies", "schema", "testing"):
        assert sanbao.__getattr__(name) is sys.modules[f"sanbao.{name}"]
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = sanbao.nonsense


def test_python_dash_m(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """``python -m sanbao`` is the command."""
    monkeypatch.setattr(sys, "argv", ["sanbao", "--version"])
    with pytest.raises(SystemExit) as left:
        runpy.run_module("sanbao", run_name="__main__")
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith(f"sanbao {sanbao.__version__}\n")
