"""Decide many Parquet files with Dask, on all cores or on a cluster.

    python examples/audit_dask.py "claims/*.parquet" decided

Needs ``pip install ".[audit]" "dask[dataframe]"``. Every partition is a pandas table, which
:func:`~sanbao.audit.decide_table` takes as it is.
"""

from __future__ import annotations

import sys

import dask.dataframe as dd

from sanbao.audit import decide_table


def main(source: str, target: str) -> None:
    """Decide the claims in ``source`` and write them, a file a partition, to ``target``."""
    claims = dd.read_parquet(source, dtype_backend="pyarrow")
    decided = claims.map_partitions(decide_table, meta=decide_table(claims._meta))
    decided.to_parquet(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
