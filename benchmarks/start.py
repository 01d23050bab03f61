"""How long ``sanbao decide`` takes from a cold start, against the least it could take.

Run it with ``python benchmarks/start.py`` where sanbao is installed. A: the command on an
example claim. B: ``python -c`` importing pydantic and dateutil and defining one small
frozen model. Whole processes in turn, A B A B; printed is the median of the ratios.
"""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from statistics import median
from time import perf_counter

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "black-screen-on-day-3.json"
LEAST = """
import pydantic, dateutil
class Model(pydantic.BaseModel, frozen=True):
    day: str
"""


def seconds(command: list[str]) -> float:
    """Return the wall time of one run of ``command``."""
    start = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    command = [sys.executable, "-m", "sanbao", "decide", str(EXAMPLE)]
    least = [sys.executable, "-c", LEAST]
    seconds(command), seconds(least)  # once each, uncounted, to warm the disk
    pairs = [(seconds(command), seconds(least)) for _ in range(rounds)]
    print(f"sanbao decide: {median(a for a, _ in pairs) * 1e3:.0f} ms")
    print(f"the least:     {median(b for _, b in pairs) * 1e3:.0f} ms")
    print(f"ratio:         {median(a / b for a, b in pairs):.2f} (median of {rounds} pairs)")


if __name__ == "__main__":
    main()
