"""How long one decision takes, as multiples of a hand-written if-chain.

Run it with ``python benchmarks/decide.py`` where sanbao is installed. Every round times
the if-chain and each stage in turn (A B A B) in one process; printed are the medians of
the ratios. The if-chain decides a far smaller law over dictionaries whose dates are
already counted; it is a unit of measure, not a peer.

The claims are random and reach every rule and boundary (``tests/random_claims.py``). Half of
them name a place, and a fifth are decided by a local regulation beside the law; the second
line leaves the places out, so that the law alone decides.
"""

from __future__ import annotations

import gc
import platform
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from random_claims import nowhere, random_claim
from sanbao import Claim, Decision, Engine


def if_chain(facts: dict[str, Any]) -> str:
    """Decide the small job by hand; the unit of measure."""
    if facts["human_damage"] or not facts["has_invoice"]:
        return "excluded"
    days = facts["days_since_sale"]
    if facts["kind"] == "host" and facts["fault"] == "performance":
        if days <= 7:
            return "refund_or_exchange_or_repair"
        if days <= 15:
            return "exchange_or_repair"
    if days <= 365:
        return "exchange" if facts["repairs"] >= 2 else "free_repair"
    return "paid_repair"


def small_jobs(rng: Random, number: int) -> list[dict[str, Any]]:
    """Return random facts for the if-chain, half of them with days in 0..30."""
    return [
        {
            "days_since_sale": rng.randint(0, 30 if rng.random() < 0.5 else 800),
            "kind": rng.choice(("host", "accessory")),
            "fault": rng.choice(("performance", "other")),
            "human_damage": rng.random() < 0.2,
            "repairs": rng.randint(0, 3),
            "has_invoice": rng.random() < 0.8,
        }
        for _ in range(number)
    ]


def seconds(work: Callable[[Any], Any], items: Sequence[Any]) -> float:
    """Return the seconds that ``work`` takes for one of ``items``."""
    start = perf_counter()
    for item in items:
        work(item)
    return (perf_counter() - start) / len(items)


def with_verdicts(engine: Engine) -> Callable[[Claim], object]:
    """Decide, and read outcome, lead and the verdict of every rule."""

    def work(claim: Claim) -> object:
        decision = engine.decide(claim)
        return decision.verdicts, decision.findings

    return work


def with_checks(engine: Engine) -> Callable[[Claim], object]:
    """Decide, and form every finding with every check and its numbers."""
    return lambda claim: list(engine.decide(claim).findings)


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    rng = Random(2001)
    plain = [random_claim(rng) for _ in range(options.claims)]
    claims = [Claim.model_validate(claim) for claim in plain]
    placeless = [Claim.model_validate(nowhere(claim)) for claim in plain]
    texts = [claim.to_json() for claim in claims]
    jobs = small_jobs(rng, 10_000)
    engine = Engine()
    cold = seconds(engine.decide, claims)
    seconds(engine.decide, placeless)
    few = slice(0, max(1, options.claims // 20))
    decisions = [engine.decide(claim) for claim in claims[few]]
    stages: dict[str, tuple[Callable[[Any], Any], Sequence[Any]]] = {
        "claim → decision": (engine.decide, claims),
        "claim → decision, no place named": (engine.decide, placeless),
        "claim → decision, all findings (verdicts)": (with_verdicts(engine), claims),
        "claim → decision, all findings and checks formed": (with_checks(engine), claims[few]),
        "JSON → claim": (Claim.from_json, texts[few]),
        "decision → JSON": (Decision.to_json, decisions),
        "decision → text (zh)": (Decision.explain, decisions),
    }
    ratios: dict[str, list[float]] = {name: [] for name in stages}
    times: dict[str, list[float]] = {name: [] for name in stages}
    chain_times = []
    for _ in range(options.rounds):
        for name, (work, items) in stages.items():
            gc.collect()
            chain = seconds(if_chain, jobs)
            taken = seconds(work, items)
            chain_times.append(chain)
            times[name].append(taken)
            ratios[name].append(taken / chain)
    print(
        f"Python {platform.python_version()}, pydantic {version('pydantic')}, "
        f"{options.claims} claims, {options.rounds} rounds"
    )
    print(f"if-chain: {median(chain_times) * 1e9:.0f} ns; first pass: {cold * 1e6:.1f} µs a claim")
    for name in stages:
        print(f"{name:50} {median(times[name]) * 1e6:9.2f} µs {median(ratios[name]):8.1f} ×")


if __name__ == "__main__":
    main()
