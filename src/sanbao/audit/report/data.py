"""What a report is drawn from: 报告数据."""

from __future__ import annotations

from typing import Protocol

from sanbao.audit.report.tally import Tally
from sanbao.engine import Engine
from sanbao.model.readings import Readings

__all__ = ["ReportData"]


class ReportData(Protocol):
    """What pages and workbooks are made of; :class:`sanbao.audit.AuditReport` has it."""

    @property
    def tally(self) -> Tally:
        """The figures."""

    @property
    def policy(self) -> str:
        """The id of the policy that decided."""

    @property
    def version(self) -> str:
        """Its version; of a law chosen by the day of the sale the newest."""

    @property
    def readings(self) -> Readings:
        """The readings by which it decided."""

    @property
    def calendar(self) -> str:
        """The id of the calendar of rest days."""

    @property
    def library(self) -> str:
        """The version of sanbao."""

    @property
    def read(self) -> int | None:
        """How many rows whoever read the table counted, if they did."""

    @property
    def unused(self) -> tuple[str, ...]:
        """The columns that hold nothing of a claim or of what the company did."""

    @property
    def engine(self) -> Engine:
        """What decides the samples again, for their explanations."""

    @property
    def balanced(self) -> bool:
        """Whether rows in are rows decided and rows in error, and nothing was lost."""
