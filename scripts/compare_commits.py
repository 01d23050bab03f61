"""Show that two commits decide, say and draw the same: for a change that changes no behaviour.

    python3 scripts/compare_commits.py BEFORE [AFTER] [--claims N] [--told N] [--rows N]

``AFTER`` is the working tree if it is not given. The sources of each are laid out beside and used
by processes of their own; both read the same random claims, a third of them with facts that are
not known. Compared is, claim by claim,

* the canonical JSON of the decision (``--claims``, 200,000),
* its texts for three audiences in two languages, its pages, its answers (why not, timeline) and
  its card (``--told``, 2,000),
* whether the decision that ``BEFORE`` pickled is, as ``AFTER`` loads it, equal to its own,
* every result column of tables (``--rows``, 200,000, where ``sanbao[audit]`` is installed).

The claim that differs first is printed, and the exit status is 1. It needs the dependencies of
sanbao, and takes both cores.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from io import BytesIO
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CLAIMS = """
import json, sys
from random import Random
from random_claims import random_claim, with_unknowns
rng = Random(int(sys.argv[2]))
with open(sys.argv[1], "w", encoding="utf-8") as file:
    for number in range(int(sys.argv[3])):
        claim = random_claim(rng)
        if number % 3 == 0:
            claim = with_unknowns(rng, claim)
        file.write(json.dumps(claim) + "\\n")
"""
"""Writes so many random claims into a file."""

DECIDED = """
import hashlib, json, pickle, sys
import sanbao
told, own = int(sys.argv[3]), sys.argv[4]
def answers(decision):
    for remedy in ("refund", "exchange", "free_repair", "paid_repair"):
        try:
            yield decision.why_not(remedy).to_json()
        except sanbao.ValidationError as error:
            yield str(error)
    yield decision.timeline.to_json()
    yield json.dumps([change.field for change in decision.nearest_changes()])
    for lang in ("zh", "en"):
        yield decision.timeline.explain(lang)
        for audience in ("consumer", "clerk", "auditor"):
            yield decision.explain(lang, audience)
        yield decision.to_html(lang)
        yield decision.card(lang).markdown
with open(sys.argv[1], encoding="utf-8") as file, open(sys.argv[2], "w", encoding="utf-8") as out:
    for number, line in enumerate(file):
        decision = sanbao.decide(json.loads(line))
        said = [decision.to_json()]
        if number < told:
            said += answers(decision)
            kept = f"{own}.{number}.pickle"
            if own.endswith("before"):
                with open(kept, "wb") as pickled:
                    pickle.dump(decision, pickled)
            else:
                with open(kept[: kept.index("after")] + f"before.{number}.pickle", "rb") as pickled:
                    read = pickle.load(pickled)
                assert read == decision and read.explain() == decision.explain(), line
        out.write(" ".join(hashlib.sha256(one.encode()).hexdigest()[:16] for one in said) + "\\n")
"""
"""Decides the claims of a file, and writes what became of each, as digests."""

TABLES = """
import hashlib, sys
from sanbao.audit import decide_table
from sanbao.testing import boundary_table
rows, out = int(sys.argv[1]), open(sys.argv[2], "w")
for seed, unknown, promised in ((1, 0, 0), (2, 0.05, 0.2)):
    table = boundary_table(rows // 2, seed=seed, unknown=unknown, errors=0.02, commitments=promised)
    found = decide_table(table, depends=False)
    for name in found.columns[len(table.columns):]:
        digest = hashlib.sha256("\\n".join(map(str, found[name].to_list())).encode()).hexdigest()
        out.write(f"{seed} {name} {digest}\\n")
"""
"""Decides made tables, and writes a digest of every column that comes of it."""


def main() -> int:
    """Compare, and return the exit status."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("before")
    parser.add_argument("after", nargs="?")
    parser.add_argument("--claims", type=int, default=200_000)
    parser.add_argument("--told", type=int, default=2_000)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sanbao-compare-") as name:
        folder = Path(name)
        sources = {
            "before": laid_out(options.before, folder / "A"),
            "after": ROOT if options.after is None else laid_out(options.after, folder / "B"),
        }
        status = tables_differ(sources, folder, options.rows) if options.rows else 0
        return status or claims_differ(sources, folder, options)


def laid_out(commit: str, folder: Path) -> Path:
    """Return the folder in which the sources of a commit lie."""
    archive = ["git", "-C", str(ROOT), "archive", commit, "src", "tests"]
    packed = subprocess.run(archive, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=BytesIO(packed)) as sources:
        sources.extractall(folder, filter="data")
    return folder


def started(code: str, sources: Path, *arguments: object) -> subprocess.Popen[bytes]:
    """Start a process that runs ``code`` with these sources."""
    path = os.pathsep.join(str(sources / part) for part in ("src", "tests"))
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path})


def done(*processes: subprocess.Popen[bytes]) -> None:
    """Wait for processes; the program ends where one failed."""
    statuses = [process.wait() for process in processes]
    if any(statuses):
        raise SystemExit(2)


def tables_differ(sources: dict[str, Path], folder: Path, rows: int) -> int:
    """Return 1 if a column of a table differs."""
    done(*(started(TABLES, root, rows, folder / f"{name}.table") for name, root in sources.items()))
    before, after = ((folder / f"{name}.table").read_text().split("\n") for name in sources)
    differing = [one for one, other in zip_longest(before, after) if one != other]
    print(
        f"{rows:,} rows of tables: {len(before) - 1} columns, {len(differing)} differ", *differing
    )
    return 1 if differing else 0


def claims_differ(sources: dict[str, Path], folder: Path, options: object) -> int:
    """Return 1 if a claim is decided or told otherwise."""
    number, told, seed = (getattr(options, name) for name in ("claims", "told", "seed"))
    claims = folder / "claims.jsonl"
    done(started(CLAIMS, sources["before"], claims, seed, number))
    for name, root in sources.items():  # what is pickled first is loaded then
        done(started(DECIDED, root, claims, folder / f"{name}.claims", told, folder / name))
    before, after = ((folder / f"{name}.claims").open() for name in sources)
    with before, after, claims.open(encoding="utf-8") as lines:
        for line, one, other in zip_longest(lines, before, after):
            if one != other:
                places = zip_longest((one or "").split(), (other or "").split())
                where = [place for place, (a, b) in enumerate(places) if a != b]
                print(f"differs in {where} (0: the decision, then what is said): {line}")
                return 1
    print(f"{number:,} decisions are equal, {told:,} of them told alike and read from pickles")
    return 0


if __name__ == "__main__":
    sys.exit(main())
