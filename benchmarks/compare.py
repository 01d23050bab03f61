"""How long it takes to compare two policies over all claims, and how much memory.

    python benchmarks/compare.py [--rounds N]

Measured beside 200,000 decisions of the scalar engine in one run, A B A B; medians. Memory is
the peak of a process that does nothing but one comparison. Of a law every version is compared.
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
from sanbao import Claim, Engine, Policy, compare, policies

CLAIMS = 20_000
DECISIONS = 200_000


def main() -> None:
    """Print how long each pair of shipped policies takes, as a part of 200,000 decisions."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", nargs=2, help="compare these two and nothing else")
    options = parser.parse_args()
    every = _policies()
    if options.memory:
        a, b = options.memory
        compare(every[a], every[b])
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        return
    claims = random_claims(Random(1), CLAIMS)
    engine = Engine()
    pairs = list(combinations(every, 2))
    for policy in every.values():
        compare(policy, policy)  # what is worked out once is worked out
    deciding: list[float] = []
    took: dict[tuple[str, str], list[float]] = {pair: [] for pair in pairs}
    for _ in range(options.rounds):
        for a, b in pairs:
            took[a, b].append(_timed(lambda a=a, b=b: compare(every[a], every[b])))  # type: ignore[misc]
        deciding.append(_timed(lambda: _decide(engine, claims)))
    base = median(deciding)
    print(f"{DECISIONS:,} decisions: {base:.2f} s, median of {options.rounds}")
    peaks = {pair: _peak(*pair) for pair in pairs}
    for (a, b), times in took.items():
        own = median(times)
        print(f"compare {a:25} {b:25} {own:5.2f} s  {own / base:4.2f} ×  {peaks[a, b]:4} MB")
    slowest = max(took, key=lambda pair: median(took[pair]))
    print(f"slowest pair: {median(took[slowest]) / base:.2f} × the time of the decisions")
    largest = max(peaks, key=peaks.__getitem__)
    print(f"most memory, for {' and '.join(largest)}: {peaks[largest]} MB")


def _policies() -> dict[str, Policy]:
    """Return all that ships by its id, and each version of a law by that and its own."""
    found = {}
    for name in policies.ids():
        versions = policies.versions(name)
        for one in versions:
            found[name if len(versions) == 1 else f"{name}@{one.version}"] = one
    return found


def _peak(a: str, b: str) -> int:
    """Return how many MB a process takes at its peak that compares these two."""
    command = [sys.executable, __file__, "--memory", a, b]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


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
