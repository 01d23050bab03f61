"""What the answers of a decision cost, as multiples of deciding the claim.

Run it with ``python benchmarks/answers.py`` where sanbao is installed. Random claims that
reach every rule are decided and asked in turn; every stage is timed in every round, and the
ratio of its median to that of deciding alone is printed.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from random_claims import random_claims
from sanbao import Decision, Engine


def why_not(decision: Decision) -> None:
    """Ask why not, of every remedy that is not available."""
    open_ = {remedy.remedy for remedy in decision.remedies}
    for remedy in ("refund", "exchange", "free_repair"):
        if remedy not in open_:
            decision.why_not(remedy)


STAGES: dict[str, Callable[[Decision], object]] = {
    "depends_on": lambda decision: decision.depends_on,
    "timeline": lambda decision: decision.timeline,
    "nearest_changes": lambda decision: decision.nearest_changes(),
    "why_not": why_not,
    "what_if": lambda decision: decision.what_if(request="exchange"),
    "text for a consumer": lambda decision: decision.explain("zh"),
    "text for an auditor": lambda decision: decision.explain("zh", "auditor"),
    "page": lambda decision: decision.to_html("zh"),
    "JSON": lambda decision: decision.to_json(),
}


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    rng, engine = Random(7), Engine()
    claims = random_claims(rng, options.claims)
    for claim in claims:  # once, uncounted: what is compiled and remembered
        engine.decide(claim).to_json()
    alone: list[float] = []
    seconds: dict[str, list[float]] = {name: [] for name in STAGES}
    for _ in range(options.rounds):
        start = perf_counter()
        for claim in claims:
            engine.decide(claim)
        alone.append(perf_counter() - start)
        for name, stage in STAGES.items():
            decisions = [engine.decide(claim) for claim in claims]
            start = perf_counter()
            for decision in decisions:
                stage(decision)
            seconds[name].append(perf_counter() - start)
    decided = median(alone) / len(claims)
    print(f"deciding alone: {decided * 1e6:.1f} µs a claim")
    for name, times in seconds.items():
        each = median(times) / len(claims)
        print(f"{name}: {each * 1e3:.2f} ms a claim, {each / decided:,.0f} times deciding")


if __name__ == "__main__":
    main()
