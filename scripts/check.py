"""Build the wheel, install it in a fresh virtual environment, and check everything.

``python3 scripts/check.py`` needs Python 3.11 or later and nothing else. It runs ruff,
mypy and all tests with branch coverage against the installed wheel, never against ``src``,
as many at a time as there are cores.
Arguments are passed on to pytest: ``python3 scripts/check.py -k art11``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_IN_PARALLEL = ("-n", "auto", "--dist", "worksteal")
"""One process a core; who has done its half takes from the other's."""


def main(arguments: list[str]) -> int:
    """Run all checks and return the exit status of the first that failed."""
    with tempfile.TemporaryDirectory(prefix="sanbao-check-") as name:
        scratch = Path(name)
        venv.create(scratch / "venv", with_pip=True)
        bin_ = scratch / "venv" / ("Scripts" if os.name == "nt" else "bin")
        python = str(bin_ / "python")
        env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        env |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "COVERAGE_FILE": str(scratch / "coverage")}
        wheels = scratch / "wheels"
        steps = [
            [python, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(wheels), str(ROOT)],
            [python, "-m", "pip", "install", "--quiet", "WHEEL[test]"],
            [python, "-m", "ruff", "check", "--quiet"],
            [python, "-m", "ruff", "format", "--check", "--quiet"],
            [python, "-m", "mypy"],
            # a part of the tests covers a part of the code
            [python, "-m", "pytest", "-q", *_IN_PARALLEL, *(arguments or ["--cov"])],
        ]
        for step in steps:
            command = [
                part.replace("WHEEL", str(next(wheels.glob("*.whl")))) if "WHEEL" in part else part
                for part in step
            ]
            print("+", " ".join(command[2:]), flush=True)
            status = subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
            if status:
                return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
