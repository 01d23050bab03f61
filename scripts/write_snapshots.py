"""Write what consumer, clerk and auditor read of the real cases into ``tests/snapshots``.

``python scripts/write_snapshots.py`` needs sanbao installed, and is run when words or the
decision of a case have changed: the difference is then there to be read before it is
committed. The real cases are the scenarios whose source is not an own example. With
``--check`` it writes nothing, names the files that are not current, and leaves with status 1
if there are any.
"""

from __future__ import annotations

import sys
import tomllib
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import sanbao
from sanbao.explain.words.catalogue import LANGUAGES
from sanbao.model.codes import Audience

TESTS = Path(__file__).resolve().parent.parent / "tests"
FOLDER = TESTS / "snapshots"


def main(arguments: list[str]) -> int:
    """Write or check all files and return the exit status."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    check = parser.parse_args(arguments).check
    FOLDER.mkdir(exist_ok=True)
    wanted = dict(texts())
    stale = [name for name, text in wanted.items() if _read(FOLDER / name) != text]
    others = sorted(file.name for file in FOLDER.glob("*.txt") if file.name not in wanted)
    for name in stale:
        print(f"snapshots/{name}", "is not current" if check else "written")
        if not check:
            (FOLDER / name).write_text(wanted[name], "utf-8", newline="\n")
    for name in others:
        print(f"snapshots/{name}", "is of no case" if check else "removed")
        if not check:
            (FOLDER / name).unlink()
    return int(check and bool(stale or others))


def texts() -> Iterator[tuple[str, str]]:
    """Yield the name of every file and what stands in it."""
    for file in sorted((TESTS / "scenarios").glob("*.toml")):
        scenario = tomllib.loads(file.read_text("utf-8"))
        if scenario["source"].startswith("own example"):
            continue
        decision = sanbao.decide(scenario["claim"])
        for audience in get_args(Audience):
            for lang in LANGUAGES:
                text = decision.explain(lang, audience)
                yield f"{file.stem}.{audience}.{lang}.txt", f"{text}\n"


def _read(file: Path) -> str:
    return file.read_bytes().decode() if file.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
