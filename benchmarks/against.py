"""Whether deciding a claim has become slower than it was at an older commit.

Run it in a clone of the repository, with sanbao's dependencies installed, as ``python
benchmarks/against.py COMMIT``. A: the sources of that commit, laid out beside; B: those of
the working tree. One process each in turn, A B A B, on 5,000 random claims that reach every
rule, drawn alike by the tests of both; printed is the median of the ratios B : A.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
from argparse import ArgumentParser
from io import BytesIO
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
MEASURE = """
import gc
from random import Random
from statistics import median
from time import perf_counter
from random_claims import random_claim
from sanbao import Claim, Engine
rng, engine = Random(1), Engine()
claims = [Claim.model_validate(random_claim(rng)) for _ in range(5000)]
for claim in claims:
    engine.decide(claim)
gc.disable()
rounds = []
for _ in range(9):
    start = perf_counter()
    for claim in claims:
        engine.decide(claim)
    rounds.append(perf_counter() - start)
print(median(rounds) / len(claims) * 1e6)
"""


def microseconds(sources: Path) -> float:
    """Return the time of one decision with the sources in this directory."""
    env = {**os.environ, "PYTHONPATH": f"{sources / 'src'}{os.pathsep}{sources / 'tests'}"}
    command = [sys.executable, "-c", MEASURE]
    done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    return float(done.stdout)


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("commit", help="the commit to measure against")
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sanbao-against-") as name:
        older = Path(name)
        archive = ["git", "-C", str(ROOT), "archive", options.commit, "src", "tests"]
        packed = subprocess.run(archive, check=True, capture_output=True).stdout
        with tarfile.open(fileobj=BytesIO(packed)) as sources:
            sources.extractall(older, filter="data")
        pairs = [(microseconds(older), microseconds(ROOT)) for _ in range(options.rounds)]
    print(f"A, {options.commit}: {median(a for a, _ in pairs):.1f} µs a claim")
    print(f"B, working tree: {median(b for _, b in pairs):.1f} µs a claim")
    print(f"ratio B : A: {median(b / a for a, b in pairs):.3f} (median of {len(pairs)} pairs)")


if __name__ == "__main__":
    main()
