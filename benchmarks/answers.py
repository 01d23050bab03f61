"""What the answers of a decision cost, as multiples of deciding the claim.

Run it with ``python benchmarks/answers.py`` where sanbao is installed. Random claims that
reach every rule are decided and asked in turn. Every stage stands beside deciding the same claim
in the same run, round after round; printed are the median over the claims, the 99th of a hundred,
and the mean, each of the ratios of the claims' own medians. ``--fresh`` times other claims
than those that were decided before, once each: what a claim costs that looks like no other.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import mean, median, quantiles
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from random_claims import random_claims
from sanbao import Claim, Decision, Engine

TIMES = 5
"""How often a claim is decided to time it once."""


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


def timed(engine: Engine, claim: Claim, stage: Callable[[Decision], object]) -> tuple[float, float]:
    """Return the seconds of deciding a claim, and of one stage of the decision."""
    start = perf_counter()
    for _ in range(TIMES):  # one is too short for the clock
        decision = engine.decide(claim)
    decided = perf_counter()
    stage(decision)
    return (decided - start) / TIMES, perf_counter() - decided


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--stage", action="append", choices=STAGES, help="only this one")
    parser.add_argument("--fresh", action="store_true", help="time claims never seen before")
    options = parser.parse_args()
    rng, engine = Random(7), Engine()
    stages = {name: STAGES[name] for name in options.stage or STAGES}
    claims = random_claims(rng, options.claims)
    for claim in claims:  # once, uncounted: what is compiled and remembered
        for stage in stages.values():
            stage(engine.decide(claim))
    rounds = 1 if options.fresh else options.rounds
    if options.fresh:
        claims = random_claims(rng, options.claims)
        for claim in claims:  # deciding itself is the measure
            engine.decide(claim)
    decided: list[list[float]] = [[] for _ in claims]
    took: dict[str, list[list[float]]] = {name: [[] for _ in claims] for name in stages}
    for _ in range(rounds):
        for place, claim in enumerate(claims):
            for name, stage in stages.items():
                alone, seconds = timed(engine, claim, stage)
                decided[place].append(alone)
                took[name][place].append(seconds)
    each = [median(times) for times in decided]
    print(f"deciding alone: {median(each) * 1e6:.1f} µs a claim, median of {len(claims)}")
    for name, times in took.items():
        own = [median(seconds) for seconds in times]
        ratios = [seconds / alone for seconds, alone in zip(own, each, strict=True)]
        worst = quantiles(ratios, n=100)[-1]
        print(
            f"{name}: {median(own) * 1e3:.3f} ms a claim, {median(ratios):,.1f} times deciding at "
            f"the median, {worst:,.0f} at the 99th of a hundred, {mean(ratios):,.0f} on average"
        )


if __name__ == "__main__":
    main()
