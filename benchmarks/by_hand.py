"""Whether Polars by hand takes longer than it did at an older commit, for another law.

    python benchmarks/by_hand.py COMMIT [--table closed] [--rows N] [--rounds N]

Run it in a clone of the repository, where ``sanbao[audit]`` is installed. A: ``by_hand_polars``
of that commit; B: that of the working tree. In one process, A B A B, on the same table. Printed
are medians, and the median of the ratios B : A of each round: for rows of the old law, which are
goods that Decree 778 does not govern, with nothing stated that the older base has no column for;
and for all rows as they are, of which each base decides what its law says.
"""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from types import ModuleType

import polars as pl

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import by_hand_polars
from benchmarks.audit import MILLION, seconds, table_of

FILE = "benchmarks/by_hand_polars.py"
NEW = ("asked_on", "condition", "paid_price", "contested", "appeared_on", "found_unqualified")
"""The columns that decide today and that the law of 2001 alone had no use for."""
WANTED = 1.3


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("commit", help="the commit to measure against")
    parser.add_argument("--table", choices=("boundary", "closed"), default="boundary")
    parser.add_argument("--rows", type=int, default=MILLION)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    older, table = at(options.commit), table_of(options.table, options.rows)
    for name, rows in (("the old law", of_old_law(table)), ("all", table)):
        pairs = in_turn(older.decide, by_hand_polars.decide, rows, options.rounds)
        print(f"rows of {name}: {len(rows):,} of the {options.table} table")
        print(f"  A, {options.commit}: {median(a for a, _ in pairs) * 1e6:.3f} µs a row")
        print(f"  B, working tree: {median(b for _, b in pairs) * 1e6:.3f} µs a row")
        ratio, wanted = median(b / a for a, b in pairs), ""
        if name == "the old law":
            wanted = f"; wanted: at most {WANTED}"
        print(f"  ratio B : A: {ratio:.3f} (median of {len(pairs)} pairs{wanted})")


def at(commit: str) -> ModuleType:
    """Return the base as it stood at a commit."""
    show = ["git", "-C", str(ROOT), "show", f"{commit}:{FILE}"]
    source = subprocess.run(show, check=True, capture_output=True).stdout
    with TemporaryDirectory(prefix="sanbao-by-hand-") as folder:
        file = Path(folder, "by_hand_polars_before.py")
        file.write_bytes(source)
        sys.path.insert(0, folder)
        try:
            return import_module(file.stem)
        finally:
            sys.path.remove(folder)


def of_old_law(table: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of goods that Decree 778 does not govern, as the older base knows them."""
    delivered = pl.coalesce("received_on", "sold_on")
    return (
        table.filter(pl.min_horizontal(delivered, "claimed_on") < by_hand_polars.DECREE_SINCE)
        .with_columns(pl.lit(None, dtype=table.schema[name]).alias(name) for name in NEW)
        .rechunk()
    )


def in_turn(
    one: Callable[[pl.DataFrame], pl.DataFrame],
    other: Callable[[pl.DataFrame], pl.DataFrame],
    table: pl.DataFrame,
    rounds: int,
) -> list[tuple[float, float]]:
    """Return the seconds a row of both, round by round; what is worked out once is, before."""
    for decide in (one, other):
        decide(table)
    many = len(table)
    return [(seconds(one, table) / many, seconds(other, table) / many) for _ in range(rounds)]


if __name__ == "__main__":
    main()
