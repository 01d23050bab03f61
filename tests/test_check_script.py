"""``scripts/check.py``: which Python it takes, which versions are the lowest, what it runs."""

from __future__ import annotations

import sys
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from subprocess import CompletedProcess
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


def script() -> ModuleType:
    spec = spec_from_file_location("check", ROOT / "scripts" / "check.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CHECK = script()


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return the commands that the script runs; none is run."""
    commands: list[list[str]] = []

    def run(command: list[str], env: dict[str, str], **_: Any) -> CompletedProcess[str]:
        assert not [key for key in env if key.startswith("PYTHON")]
        commands.append(command)
        if "wheel" in command:
            folder = Path(command[command.index("-w") + 1])
            folder.mkdir()
            (folder / "sanbao-0.whl").touch()
        if "--constraint" in command:
            file = Path(command[command.index("--constraint") + 1])
            commands.append(file.read_text("utf-8").splitlines())
        return CompletedProcess(command, 0)

    monkeypatch.setattr(CHECK.subprocess, "run", run)
    return commands


def of_modules(commands: list[list[str]]) -> list[list[str]]:
    """Return what the commands run, without the interpreter they run it with."""
    return [command[2:] for command in commands if command[1] == "-m"]


def test_everything_is_run_by_the_python_that_runs_the_script(ran: list[list[str]]) -> None:
    """Without arguments: ruff, mypy, the import contracts, and all tests with coverage."""
    assert CHECK.main([]) == 0
    assert ran[0][:3] == [sys.executable, "-m", "venv"]
    used = {str(Path(ran[0][3], "bin", name)) for name in ("python", "lint-imports")}
    assert {command[0] for command in ran[1:]} == used
    assert Path(ran[-2][0]).name == "lint-imports"
    assert [command[0] for command in of_modules(ran)] == [
        "venv", "pip", "pip", "ruff", "ruff", "mypy", "pytest",
    ]  # fmt: skip
    assert ran[2][-1].endswith("sanbao-0.whl[test]")
    assert of_modules(ran)[-1] == ["pytest", "-q", "-n", "auto", "--dist", "worksteal", "--cov"]


def test_other_arguments_are_for_pytest(ran: list[list[str]]) -> None:
    """In their order, wherever ours stand; a part of the tests has no coverage to check."""
    assert CHECK.main(["-k", "art11", "--python", sys.executable, "-p", "no:xdist", "--low"]) == 0
    assert ran[-1][-5:] == ["-k", "art11", "-p", "no:xdist", "--low"]
    assert "--cov" not in ran[-1]
    assert ["mypy"] in of_modules(ran)


def test_the_lowest_versions_are_installed_and_tested(ran: list[list[str]]) -> None:
    """The bounds of pyproject.toml are the constraints; neither ruff nor mypy is run."""
    assert CHECK.main(["--lowest"]) == 0
    assert [command[0] for command in of_modules(ran)] == ["venv", "pip", "pip", "pytest"]
    [bounds] = [lines for lines in ran if lines[1] != "-m"]
    assert bounds == CHECK.lowest(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8")))
    assert "--cov" not in ran[-1]


def test_a_check_that_fails_ends_the_run(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its status is that of the script."""
    run = CHECK.subprocess.run

    def fails(command: list[str], **options: Any) -> CompletedProcess[str]:
        run(command, **options)
        return CompletedProcess(command, 3 if "mypy" in command else 0)

    monkeypatch.setattr(CHECK.subprocess, "run", fails)
    assert CHECK.main([]) == 3
    assert of_modules(ran)[-1] == ["mypy"]


def test_a_python_by_version_name_or_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A version is looked for on PATH; what is relative is made absolute."""
    program = tmp_path / "python3.99"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for named in ("3.99", "python3.99", "./python3.99", str(program)):
        assert CHECK.interpreter(named) == str(program)
    assert CHECK.interpreter("3.98") is None


def test_a_python_there_is_not(ran: list[list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    """It is said, with the value, and nothing is run."""
    with pytest.raises(SystemExit) as left:
        CHECK.main(["--python", "3.98"])
    assert left.value.code == 2
    assert "--python = '3.98': there is no such Python" in capsys.readouterr().err
    assert not ran


def project(*dependencies: str, **extras: list[str]) -> dict[str, Any]:
    about = {"name": "sanbao", "dependencies": dependencies, "optional-dependencies": extras}
    return {"project": about}


def test_the_lowest_versions_of_a_project() -> None:
    """With or without extras, markers and upper bounds; each once, Spark not at all."""
    assert CHECK.lowest(
        project(
            "pydantic>=2.10.6",
            "python-dateutil >= 2.8.2, <5",
            audit=["polars>=2.1", 'tzdata>=2024.1; sys_platform == "win32"'],
            spark=["pyspark>=4"],
            test=["sanbao[audit]", "dask[dataframe]<2027,>=2025.1.0", "polars>=2.1"],
        )
    ) == [
        "pydantic==2.10.6",
        "python-dateutil==2.8.2",
        "polars==2.1",
        "tzdata==2024.1",
        "dask==2025.1.0",
    ]


@pytest.mark.parametrize("requirement", ["polars", "polars<3", 'polars; python_version >= "3.12"'])
def test_a_dependency_without_a_lower_bound(requirement: str) -> None:
    """It is named."""
    with pytest.raises(ValueError, match=r"^'polars.*' has no lower bound"):
        CHECK.lowest(project(test=[requirement]))
