"""Build the wheel, install it in a fresh virtual environment, and check everything.

``python3 scripts/check.py`` needs Python 3.11 or later and nothing else. It runs ruff,
mypy, the import contracts and all tests with branch coverage against the installed wheel,
never against ``src``, as many at a time as there are cores.

``--python 3.12`` does so with another interpreter: a version that is on ``PATH``, or a path.

``--lowest`` installs of everything that ``pyproject.toml`` names (but Spark, which no test
starts) the lowest version it allows, and runs the tests alone: to users it matters that
the library works with these versions; whether its types please the stubs of years ago, and its
layout an old formatter, does not.

Other arguments are passed on to pytest: ``python3 scripts/check.py -k art11``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_IN_PARALLEL = ("-n", "auto", "--dist", "worksteal")
"""One process a core; who has done its half takes from the other's."""
_LOWEST = re.compile(r"([\w.-]+)[^;]*>=\s*([\w.]+)")
"""A requirement's name and lower bound."""


def main(arguments: Sequence[str]) -> int:
    """Run all checks and return the exit status of the first that failed."""
    parser = ArgumentParser(
        description=__doc__, formatter_class=RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("--python", metavar="VERSION|PATH", default=sys.executable)
    parser.add_argument("--lowest", action="store_true")
    options, for_pytest = parser.parse_known_args(arguments)
    base = interpreter(options.python)
    if base is None:
        parser.error(f"--python = '{options.python}': there is no such Python")
    with tempfile.TemporaryDirectory(prefix="sanbao-check-") as name:
        scratch = Path(name)
        return _checked(base, scratch, options.lowest, for_pytest)


def interpreter(named: str) -> str | None:
    """Return the path of a version (``3.12``), a name or a path; nothing if there is none."""
    found = shutil.which(named) or shutil.which(f"python{named}")
    return found and os.path.abspath(found)


def lowest(project: Mapping[str, Any]) -> list[str]:
    """Return for every dependency of a ``pyproject.toml`` the lowest version that it allows.

    They are lines of a constraints file of pip, ``name==version``. Spark is left out, for no
    test starts it. Raises :class:`ValueError` for a dependency that has no lower bound.
    """
    about = project["project"]
    extras = about["optional-dependencies"]
    named = [one for extra in extras if extra != "spark" for one in extras[extra]]
    found: dict[str, None] = {}
    for requirement in (*about["dependencies"], *named):
        bound = _LOWEST.match(requirement)
        if bound is not None:
            found[f"{bound[1]}=={bound[2]}"] = None
        elif not requirement.startswith(f"{about['name']}["):  # one extra is part of another
            raise ValueError(f"{requirement!r} has no lower bound")
    return list(found)


def _checked(base: str, scratch: Path, lowest_versions: bool, for_pytest: Sequence[str]) -> int:
    bin_ = scratch / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python = str(bin_ / "python")
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    env |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "COVERAGE_FILE": str(scratch / "coverage")}
    wheels = scratch / "wheels"
    install = [python, "-m", "pip", "install", "--quiet", "WHEEL[test]"]
    tests = [python, "-m", "pytest", "-q", *_IN_PARALLEL]
    look = [
        [python, "-m", "ruff", "check", "--quiet"],
        [python, "-m", "ruff", "format", "--check", "--quiet"],
        [python, "-m", "mypy"],
        [str(bin_ / "lint-imports"), "--no-cache"],
    ]
    if lowest_versions:
        bounds = lowest(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8")))
        constraints = scratch / "lowest.txt"
        constraints.write_text("\n".join(bounds), "utf-8")
        install += ["--constraint", str(constraints)]
        look = []
    elif not for_pytest:  # a part of the tests covers a part of the code
        tests.append("--cov")
    steps = [
        [base, "-m", "venv", str(scratch / "venv")],
        [python, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(wheels), str(ROOT)],
        install,
        *look,
        [*tests, *for_pytest],
    ]
    for step in steps:
        command = [
            part.replace("WHEEL", str(next(wheels.glob("*.whl")))) if "WHEEL" in part else part
            for part in step
        ]
        print("+", " ".join(command[2:] or command), flush=True)
        status = subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
