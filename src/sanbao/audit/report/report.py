"""The report on an audit: 审核报告.

:func:`audit` decides a table and holds what the law gives against what the company did; an
:class:`AuditReport` is what comes of it, or of the tally of an audit done in parts. What is
counted, and how, stands in :mod:`sanbao.audit.report.tally`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import polars as pl

from sanbao.audit.report.company import check_company_columns, company_columns, with_company
from sanbao.audit.report.tally import Tally
from sanbao.audit.report.view import ReportData, report_lines
from sanbao.audit.tables.input.mapping import unused_in
from sanbao.audit.tables.table import Tables, all_to_polars, decided_beside
from sanbao.base.display import Explained
from sanbao.base.errors import Reason, ValidationError
from sanbao.base.records import short_repr
from sanbao.engine import Engine
from sanbao.explain.words.catalogue import language
from sanbao.model.readings import DEFAULT_READINGS, Readings
from sanbao.policies.policy_set import PolicySet

if TYPE_CHECKING:
    from sanbao.dates.calendar import Calendar
    from sanbao.engine import Named

__all__ = ["AuditReport", "audit"]


@dataclass(frozen=True, repr=False)
class AuditReport(ReportData, Explained):
    """What an audit found: 审核报告.

    ``tally`` holds the figures; ``policy`` and ``version`` name the policy that decided (the
    newest, where the day of the sale chose among versions of the law), ``calendar`` the rest
    days, ``library`` the version of sanbao. ``lang`` is the language unless another is asked for.
    ``read`` is how many rows whoever read the table counted, if they did. ``unused`` are the
    columns that hold nothing of a claim or of what the company did.

    ``engine`` decides the samples again, for their explanations; ``decided`` are the decided rows,
    where the audit was of one table in memory.
    """

    @classmethod
    def of(
        cls,
        tally: Tally,
        *,
        policy: Named | None = None,
        readings: Readings | None = None,
        calendar: Calendar | None = None,
        policies: PolicySet | None = None,
        lang: str = "zh",
        read: int | None = None,
        decided: pl.DataFrame | None = None,
        unused: tuple[str, ...] = (),
    ) -> Self:
        """Return the report on a tally that was made by this policy.

        Raises :class:`~sanbao.ValidationError` for what is no policy, readings, calendar or
        language.
        """
        engine = Engine(
            policy,
            DEFAULT_READINGS if readings is None else readings,
            calendar,
            policies,
        )
        return cls(
            tally,
            engine.policy.id,
            engine.policy.version,
            engine.readings,
            engine.calendar.id,
            lang=language(lang),
            read=read,
            unused=unused,
            engine=engine,
            decided=decided,
        )

    def __repr__(self) -> str:
        told = {
            "rows": self.tally.rows,
            "decided": self.tally.decided,
            "in_error": self.tally.in_error,
            "policy": f"{self.policy}@{self.version}",
        }
        return short_repr("AuditReport", told.items())

    _repr_pretty_ = Explained._repr_pretty_  # IPython takes whichever it finds first

    def explain(self, lang: str | None = None) -> str:
        """Return what was found in a few lines, in the report's language or another.

        Raises :class:`~sanbao.ValidationError` for a language there is not.
        """
        return "\n".join(report_lines(self, language(self.lang if lang is None else lang)))

    def to_html(self, path: str | os.PathLike[str] | None = None, lang: str | None = None) -> str:
        """Return the report as one page that needs nothing else, and write it to ``path``.

        Raises :class:`~sanbao.ValidationError` for a language there is not, :class:`OSError`.
        """
        from sanbao.audit.report.page import report_page

        page = report_page(self, language(self.lang if lang is None else lang))
        if path is not None:
            Path(path).write_text(page, encoding="utf-8")
        return page

    def to_excel(self, path: str | os.PathLike[str], lang: str | None = None) -> None:
        """Write the report as an Excel workbook; no cell of it is a formula.

        Raises :class:`~sanbao.ValidationError` for a language there is not, :class:`OSError`.
        """
        from sanbao.audit.report.workbook import write_workbook

        write_workbook(self, path, language(self.lang if lang is None else lang))

    def to_parquet(self, path: str | os.PathLike[str]) -> None:
        """Write the table with the columns that deciding added.

        Raises :class:`~sanbao.ValidationError` if the audit was of files: it keeps the decided
        rows of these in files already. :class:`OSError`.
        """
        if self.decided is None:
            reason = Reason("table.no_rows")
            raise ValidationError.of(
                "report", Reason("table.report_on", rows=self.tally.rows), reason
            )
        self.decided.write_parquet(os.fspath(path))

    def _repr_html_(self) -> str:
        from sanbao.audit.report.page import report_card

        return report_card(self, self.lang)


def audit(
    table: Any,
    *,
    decided: str = "company_outcome",
    refunded: str | Mapping[str, str] = "company_refund",
    shop: str = "shop",
    policy: Named | None = None,
    readings: Readings | None = None,
    calendar: Calendar | None = None,
    policies: PolicySet | None = None,
    columns: Mapping[str, Any] | None = None,
    repairs: Any = None,
    exchanges: Any = None,
    lang: str = "zh",
) -> AuditReport:
    """Decide a table of closed claims and hold it against what the company did: 审核.

    ``table`` is anything that :func:`~sanbao.audit.decide_table` takes, and so are ``policy``,
    ``readings``, ``calendar``, ``policies``, ``columns``, ``repairs`` and ``exchanges``.
    ``decided`` names the column with what the company did
    (:data:`~sanbao.audit.report.company.COMPANY_WORDS`), ``refunded`` the one with the money it
    paid: exact yuan, or ``{"column": name, "unit": "fen"}``.
    ``shop`` may be missing.

    Raises :class:`~sanbao.ValidationError` for columns that are missing or of the wrong type.
    """
    frames = all_to_polars(table, repairs, exchanges)
    company = with_company(columns, decided, refunded, shop)
    check_company_columns(frames[0], company)
    settings: dict[str, Any] = {
        "policy": policy,
        "readings": readings,
        "calendar": calendar,
        "policies": policies,
    }
    chosen = language(lang)
    result = decided_beside(frames, Tables(**settings, columns=columns))
    row = _free("row", result.columns)
    tally = Tally.of(
        result.with_row_index(row), {**company, "row": row}, repairs=frames[1], exchanges=frames[2]
    )
    left = unused_in(frames, columns, kept=company_columns(company))
    return AuditReport.of(
        tally, **settings, lang=chosen, read=len(result), decided=result, unused=left
    )


def _free(name: str, taken: Iterable[str]) -> str:
    """Return a name that no column has."""
    while name in taken:
        name = f"_{name}"
    return name
