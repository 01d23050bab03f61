"""Tables of claims: 整表判定与审核 (the extra ``sanbao[audit]``).

The same policies over tables of any size: compiled to the columns of Polars, with the scalar
engine where a row leaves something open. Nothing of the law is stated here a second time.

>>> import polars as pl
>>> from sanbao.audit import decide_table
>>> table = pl.DataFrame({"申请日期": ["2025-07-04"], "品类": ["手持机"], "是否赠品": ["否"]})
>>> decide_table(table)["outcome"][0] is None  # too little is known
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanbao.base.lazy_names import load

if TYPE_CHECKING:
    from sanbao.audit.files.run import audit_files
    from sanbao.audit.report.report import AuditReport, audit
    from sanbao.audit.tables.input.mapping import UnusedColumns, read_mapping
    from sanbao.audit.tables.input.schema import describe
    from sanbao.audit.tables.table import Tables, decide_table

__all__ = [
    "AuditReport",
    "Tables",
    "UnusedColumns",
    "audit",
    "audit_files",
    "decide_table",
    "describe",
    "read_mapping",
]

_HOME = {
    "AuditReport": "report.report",
    "Tables": "tables.table",
    "UnusedColumns": "tables.input.mapping",
    "audit": "report.report",
    "audit_files": "files.run",
    "decide_table": "tables.table",
    "describe": "tables.input.schema",
    "read_mapping": "tables.input.mapping",
}


def __getattr__(name: str) -> Any:
    return load(__name__, _HOME, name)


def __dir__() -> list[str]:
    return __all__
