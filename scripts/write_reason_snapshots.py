"""Write why not, what changes, until when and which reading into ``tests/snapshots/reasons``.

``python scripts/write_reason_snapshots.py`` needs sanbao installed, and is run when words or
the decision of a case have changed: the difference is then there to be read before it is
committed. The cases are the scenarios whose source is not an own example. With ``--check``
it writes nothing, names the files that are not current, and leaves with status 1 if there
are any.
"""

from __future__ import annotations

import sys
import tomllib
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import get_args

import sanbao
from sanbao.explain.texts.answers import changes_text, dependence_text
from sanbao.explain.words.catalogue import LANGUAGES, Language
from sanbao.model.codes import RemedyKind

TESTS = Path(__file__).resolve().parent.parent / "tests"
FOLDER = TESTS / "snapshots" / "reasons"


def main(arguments: list[str]) -> int:
    """Write or check all files and return the exit status."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    check = parser.parse_args(arguments).check
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = dict(texts())
    stale = [name for name, text in wanted.items() if _read(FOLDER / name) != text]
    others = sorted(file.name for file in FOLDER.iterdir() if file.name not in wanted)
    for name in stale:
        print(f"snapshots/reasons/{name}", "is not current" if check else "written")
        if not check:
            (FOLDER / name).write_text(wanted[name], "utf-8", newline="\n")
    for name in others:
        print(f"snapshots/reasons/{name}", "is of no case" if check else "removed")
        if not check:
            (FOLDER / name).unlink()
    return int(check and bool(stale or others))


def texts() -> Iterator[tuple[str, str]]:
    """Yield the name of every file and what stands in it."""
    for file in sorted((TESTS / "scenarios").glob("*.toml")):
        scenario = tomllib.loads(file.read_text("utf-8"))
        if not scenario["source"].startswith("own example"):
            decision = sanbao.decide(scenario["claim"])
            for lang in LANGUAGES:
                yield f"{file.stem}.{lang}.txt", "\n\n".join(_answers(decision, lang)) + "\n"


def _answers(decision: sanbao.Decision, lang: Language) -> Iterator[str]:
    """Yield every answer of ``decision`` that has words, each under what was asked."""
    for remedy in get_args(RemedyKind):
        with suppress(sanbao.ValidationError):  # it is available
            yield f"# why_not({remedy!r})\n{decision.why_not(remedy).explain(lang)}"
    yield f"# nearest_changes()\n{changes_text(decision.nearest_changes(), lang)}"
    yield f"# timeline\n{decision.timeline.explain(lang)}"
    for dependence in decision.depends_on or ():
        yield f"# depends_on\n{dependence_text(dependence, lang)}"


def _read(file: Path) -> str:
    return file.read_bytes().decode() if file.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
