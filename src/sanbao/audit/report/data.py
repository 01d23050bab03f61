"""What a report is drawn from: 报告数据."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from sanbao._version import __version__
from sanbao.audit.report.tally import Tally
from sanbao.engine import Engine
from sanbao.explain.words.catalogue import Language
from sanbao.model.readings import Readings

__all__ = ["ReportData"]


@dataclass(frozen=True, repr=False)
class ReportData:
    """What pages and workbooks are made of; see :class:`sanbao.audit.AuditReport`: 报告数据."""

    tally: Tally
    policy: str
    version: str
    readings: Readings
    calendar: str
    library: str = __version__
    lang: Language = "zh"
    read: int | None = None
    unused: tuple[str, ...] = ()
    engine: Engine = field(default_factory=Engine, repr=False, compare=False)
    decided: pl.DataFrame | None = field(default=None, repr=False, compare=False)

    @property
    def balanced(self) -> bool:
        """Whether rows in are rows decided and rows in error, and nothing was lost."""
        return self.tally.balanced and self.read in (None, self.tally.rows)
