"""How long it takes to compare two policies over all claims, and how much memory.

    python benchmarks/compare.py [--rounds N]

Measured beside 200,000 decisions of the scalar engine in one run, A B A B; medians. Memory is
the peak of a process that does nothing but one comparison.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from random_claims import random_claims
from sanbao import Claim, Engine, compare, policies

CLAIMS = 20_000
DECISIONS = 200_000


def main() -> None:
    """Print how long each pair of shipped policies takes, as a part of 200,000 decisions."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--memory", nargs=2, metavar="ID", help="compare these two and nothing else"
    )
    options = parser.parse_args()
    if options.memory:
        a, b = map(policies.get, options.memory)
        compare(a, b)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        return
    claims = random_claims(Random(1), CLAIMS)
    engine = Engine()
    pairs = [(policies.get(a), policies.get(b)) for a, b in combinations(policies.ids(), 2)]
    for policy in {policy.id: policy for pair in pairs for policy in pair}.values():
        compare(policy, policy)  # what is worked out once is worked out
    deciding: list[float] = []
    took: dict[tuple[str, str], list[float]] = {(a.id, b.id): [] for a, b in pairs}
    for _ in range(options.rounds):
        for a, b in pairs:
            took[a.id, b.id].append(_timed(lambda a=a, b=b: compare(a, b)))  # type: ignore[misc]
        deciding.append(_timed(lambda: _decide(engine, claims)))
    base = median(deciding)
    print(f"{DECISIONS:,} decisions: {base:.2f} s, median of {options.rounds}")
    for (a_id, b_id), times in took.items():
        print(f"compare {a_id:22} {b_id:22} {median(times):5.2f} s  {median(times) / base:4.2f} ×")
    slowest = max(took, key=lambda pair: median(took[pair]))
    print(f"slowest pair: {median(took[slowest]) / base:.2f} × the time of the decisions")
    command = [sys.executable, __file__, "--memory", *slowest]
    peak = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    print(f"peak memory of a process that compares {' and '.join(slowest)}: {peak} MB")


def _decide(engine: Engine, claims: list[Claim]) -> None:
    decide = engine.decide
    for _ in range(DECISIONS // len(claims)):
        for claim in claims:
            decide(claim).verdicts  # noqa: B018 - the verdict of every rule


def _timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


if __name__ == "__main__":
    main()
