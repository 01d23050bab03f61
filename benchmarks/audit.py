"""How long a table of claims takes, beside the same law written by hand over columns.

    python benchmarks/audit.py [--table closed] [--rows N] [--rounds N]
    python benchmarks/audit.py --scale [MILLIONS]

Run where ``sanbao[audit]`` and numpy are installed. In one process, A B A B: the kernel of
``sanbao.audit``, Polars by hand, numpy by hand, all on the same table, and the scalar engine
on a few of its rows, from flat row to result columns. All answers are compared first. Printed
are medians, and the medians of the ratios of each round.

The table is one of random claims that reach every rule and boundary, or (``closed``) claims
as companies have them. ``--scale`` writes a Parquet file of many millions of rows and decides
it chunk by chunk, for the memory that takes and the time beside that of one million.
"""

from __future__ import annotations

import gc
import json
import platform
import resource
import subprocess
import sys
from argparse import ArgumentParser
from collections import Counter, deque
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import polars as pl
from polars.testing import assert_frame_equal

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import by_hand_numpy, by_hand_polars

from sanbao import Claim, Decision, Engine
from sanbao.audit import Tables, decide_table
from sanbao.audit.files.reader import read_chunks
from sanbao.audit.tables.input.schema import CLAIM, ID, RESULTS
from sanbao.testing import boundary_table, claim_table
from sanbao.testing.rows import FLAT

COLUMNS = ["outcome", "rule", "payable", "fee", "period_ends_on"]
MILLION = 1_000_000
SCALAR_ROWS = 20_000
RATIOS = {
    ("kernel", "Polars by hand"): "at most 1.2",
    ("numpy by hand", "kernel"): "at least 3",
    ("scalar engine", "kernel"): "at least 100",
}
"""What is compared, and what is wanted of it."""
PLACES_OF_LAW = ("province", "trader_province")
"""Columns by which local regulations govern a claim."""
PLACES = [(field.path.rpartition(".")[0], name) for name, field in CLAIM.items() if name != ID]
"""Where each column stands in a claim."""


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--table", choices=("boundary", "closed"), default="boundary")
    parser.add_argument("--rows", type=int, default=MILLION)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scale", type=int, nargs="?", const=100, metavar="MILLIONS")
    parser.add_argument("--decide", metavar="FILE", help="decide this file and say what it took")
    options = parser.parse_args()
    if options.decide:
        print(json.dumps(decide_file(options.decide)))
        return
    print(
        f"Python {platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in ("polars", "numpy", "pydantic"))
        + f", {pl.thread_pool_size()} threads, {options.table} table"
    )
    if options.scale:
        scale(options.table, options.scale, options.rounds)
    else:
        compare(table_of(options.table, options.rows), options.rounds)


def table_of(name: str, rows: int) -> pl.DataFrame:
    """Return claims whose deciding facts are all known, with every column there is.

    No place is stated: the law by hand knows no local regulation.
    """
    if name == "closed":
        table = claim_table(rows, seed=2001)
    else:
        table = boundary_table(rows, seed=2001, unknown=0, commitments=0)
    table = table.drop(PLACES_OF_LAW, strict=False)
    missing = {name: dtype for name, dtype in FLAT.items() if name not in table.columns}
    return (
        table.with_columns(pl.lit(None, dtype=dtype).alias(name) for name, dtype in missing.items())
        .select(*FLAT)
        .rechunk()
    )


# --- beside the law by hand ---------------------------------------------------------------------


def compare(table: pl.DataFrame, rounds: int) -> None:
    """Compare the answers of all, then time them in turn."""
    few = table.sample(min(SCALAR_ROWS, len(table)), seed=1)
    systems: dict[str, Callable[[pl.DataFrame], pl.DataFrame]] = {
        "kernel": kernel,
        "Polars by hand": by_hand_polars.decide,
        "numpy by hand": by_hand_numpy.decide,
    }
    answers = {name: decide(table) for name, decide in systems.items()}
    for answer in answers.values():
        assert_frame_equal(answer, answers["kernel"])
    assert_frame_equal(scalar(few), kernel(few))
    print(f"{len(table):,} answers are equal, {len(few):,} of the scalar engine among them")
    rules = Counter(answers["kernel"]["rule"])
    print(f"{len(rules)} rules decide; the rarest decides {min(rules.values()):,} claims")
    del answers

    times: dict[str, list[float]] = {name: [] for name in (*systems, "scalar engine")}
    parts = list(few.iter_slices(-(-len(few) // rounds)))
    in_turn = deque(systems.items())
    for part in parts:
        for name, decide in in_turn:
            times[name].append(seconds(decide, table) / len(table))
        in_turn.rotate()  # whoever runs first finds no memory ready
        times["scalar engine"].append(seconds(scalar, part) / len(part))
    for name, taken in times.items():
        each = f"{min(taken) * 1e6:.3f} to {max(taken) * 1e6:.3f}"
        print(f"{name:20} {median(taken) * 1e6:9.3f} µs a row ({each})")
    for (one, other), wanted in RATIOS.items():
        ratio = median(a / b for a, b in zip(times[one], times[other], strict=True))
        print(f"{one} / {other}: {ratio:.2f} (wanted: {wanted})")


def seconds(decide: Callable[[pl.DataFrame], object], table: pl.DataFrame) -> float:
    """Return how long a table takes."""
    gc.collect()
    start = perf_counter()
    decide(table)
    return perf_counter() - start


def kernel(table: pl.DataFrame) -> pl.DataFrame:
    """Decide by the columns made from the policy; no search for readings, as in its peers."""
    return decide_table(table, depends=False).select(COLUMNS)


def scalar(table: pl.DataFrame) -> pl.DataFrame:
    """Decide row by row with the engine that decides single claims."""
    engine = Engine()
    rows = [answer_of(engine.decide(claim_of(row))) for row in table.iter_rows(named=True)]
    return pl.DataFrame(rows, schema={name: RESULTS[name] for name in COLUMNS}, orient="row")


def claim_of(row: Mapping[str, Any]) -> Claim:
    """Return the claim of a flat row."""
    claim: dict[str, Any] = {}
    for part, name in PLACES:
        value = row[name]
        if value is not None:
            (claim.setdefault(part, {}) if part else claim)[name] = value
    if "exchanges" in claim:
        claim["exchanges"] = [{"exchanged_on": day} for day in claim["exchanges"]]
    if "repairs" in claim:
        claim["repairs"] = [
            {name: value for name, value in repair.items() if value is not None}
            for repair in claim["repairs"]
        ]
    return Claim.model_validate(claim)


def answer_of(decision: Decision) -> tuple[Any, ...]:
    """Return what the result columns hold of a decision."""
    rule = None if decision.lead is None else decision.lead.rule
    given = next((remedy for remedy in decision.remedies if remedy.rule == rule), None)
    return (
        decision.outcome,
        rule,
        None if given is None else given.payable,
        None if given is None else given.fee,
        decision.dates.period_ends_on,
    )


# --- many millions of rows ----------------------------------------------------------------------


def scale(name: str, millions: int, rounds: int) -> None:
    """Write many millions of rows as Parquet, and decide them beside one million."""
    with TemporaryDirectory() as folder:
        one, many = f"{folder}/one.parquet", f"{folder}/many.parquet"
        table_of(name, MILLION).write_parquet(one)
        pl.concat([pl.scan_parquet(one)] * millions).sink_parquet(many)
        size = Path(many).stat().st_size / 2**30
        print(f"{millions:,} million rows written, {size:.2f} GiB")
        before = [apart(one) for _ in range(-(-rounds // 2))]
        took = apart(many)
        ones = before + [apart(one) for _ in range(rounds // 2)]
    for few in ones:
        if {rule: number * millions for rule, number in few["rules"].items()} != took["rules"]:
            raise SystemExit("the answers differ")
    each = took["seconds"] / took["rows"]
    base = median(few["seconds"] / few["rows"] for few in ones)
    print(f"one million rows: {base * 1e6:.3f} µs a row, {ones[0]['peak'] / 1024:,.0f} MiB at most")
    print(
        f"{took['rows']:,} rows: {each * 1e6:.3f} µs a row, {took['peak'] / 1024:,.0f} MiB at most"
    )
    print(f"time a row beside one million: {each / base:.3f} (wanted: at most 1.1)")
    print(f"memory: {took['peak'] / 2**20:.2f} GiB (wanted: under 2 GB)")


def apart(file: str) -> dict[str, Any]:
    """Decide a file in a process of its own, and return what it took."""
    command = [sys.executable, __file__, "--decide", file]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found: dict[str, Any] = json.loads(said)
    return found


def decide_file(file: str) -> dict[str, Any]:
    """Decide a file chunk by chunk; return rows, seconds, peak memory in KiB, rows of each rule."""
    tables, rules, rows = Tables(depends=False), Counter[str](), 0
    # what is worked out once is worked out before
    tables.decide(next(iter(read_chunks(file, 1000))).frame.select(*FLAT))
    start = perf_counter()
    for chunk in read_chunks(file, MILLION // 4):
        answers = tables.decide(chunk.frame.select(*FLAT))
        rules.update(dict(answers["rule"].value_counts().iter_rows()))
        rows += len(answers)
    return {
        "rows": rows,
        "seconds": perf_counter() - start,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        "rules": rules,
    }


if __name__ == "__main__":
    main()
