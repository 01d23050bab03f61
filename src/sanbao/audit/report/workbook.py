"""The report on an audit as an Excel workbook: 审核报告表格.

It has all of the tables that the page cuts, and the samples row by row. What stands in a cell may
have come from a stranger: every text is written as text, and one that a spreadsheet would take
for a formula, here or after it was saved as CSV, gets an apostrophe before it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, TypeAlias

import xlsxwriter

from sanbao.audit.report.names import article_name, company_name, rule_name, yuan
from sanbao.audit.report.sums import VERDICTS, Cell, Flow, Groups, Sample, rule_of
from sanbao.audit.report.view import ReportData, ReportView
from sanbao.audit.report.words import say
from sanbao.base.reread import retold
from sanbao.explain.pages.decision import outcome_text
from sanbao.explain.texts.titles import display_names
from sanbao.explain.words.catalogue import Language
from sanbao.model.rule_ref import RuleRef

__all__ = ["harmless", "write_workbook"]

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""

_LONGEST: Final = 32_000
_MOST_ROWS: Final = 1_000_000
_MOST_EXACT: Final = 2**53
_EPOCH: Final = datetime(2000, 1, 1)
"""The day a workbook says it was made, so that equal reports give equal files."""


class Money(int):
    """Fen, which a cell shows as yuan."""


Value: TypeAlias = str | int | Money | None


def harmless(text: str) -> str:
    """Return a text so that no spreadsheet runs it.

    >>> harmless("=1+1"), harmless("1599.00")
    ("'=1+1", '1599.00')
    """
    cut = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return f"'{cut}" if cut.startswith(_FORMULA) else cut


def write_workbook(report: ReportData, path: str | os.PathLike[str], lang: Language) -> None:
    """Write a report as a workbook. Raises :class:`OSError`."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with open(path, "wb") as stream, xlsxwriter.Workbook(stream, options) as workbook:
        workbook.set_properties({"title": say(lang, "title"), "created": _EPOCH})
        with display_names(report.engine.policy):
            _Book(workbook, report, lang).write()


def _rule_name(key: str, lang: Language) -> str:
    return rule_name(rule_of(key), lang)


class _Book:
    """A workbook while it is written."""

    def __init__(self, workbook: xlsxwriter.Workbook, report: ReportData, lang: Language) -> None:
        self._workbook = workbook
        self._view = ReportView(report, lang)
        self._tally = report.tally
        self._lang = lang
        self._head = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self._money = workbook.add_format({"num_format": "#,##0.00"})
        self._count = workbook.add_format({"num_format": "#,##0"})

    def write(self) -> None:
        """Write all sheets."""
        tally = self._tally
        self._sheet("summary", (), self._summary(), (70, 16, 12))
        self._cells("articles", "article", tally.articles, article_name, tally.cited)
        self._cells("rules", "rule", tally.rules, _rule_name)
        self._cells("shops", "shop", tally.shops, _named("no.shop"))
        self._cells("months", "month", tally.months, _named("no.month"))
        heads = ("law", "company", "verdict", "standing", "rows", "owed", "paid")
        self._sheet("matrix", heads, map(self._flow, tally.flows.items()), (22, 22, 40, 16))
        self._samples("less", tally.largest.values())
        of_these = (tally.unsure, tally.first)
        self._samples(
            "apart",
            (of.get(standing, ()) for standing in ("reading", "provisional") for of in of_these),
        )
        self._sheet("errors", ("reason", "rows", "first"), self._errors(), (100, 10, 30))

    def _say(self, message: str) -> str:
        return say(self._lang, message)

    # --- what stands in the sheets ------------------------------------------------------------

    def _summary(self) -> Iterable[Sequence[Value]]:
        view, verdicts = self._view, self._view.verdicts
        yield (view.verdict()[0],)
        yield from ((point,) for point in view.points())
        yield ()
        yield from ((line,) for line in view.identity())
        yield ()
        yield self._say("col.verdict"), self._say("col.rows")
        yield from ((self._say(f"verdict.{one}"), verdicts[one]) for one in reversed(VERDICTS))
        yield ()
        firm = view.total.firm
        for name in ("short", "denied", "gap", "swapped"):
            yield self._say(f"col.{name}"), Money(getattr(firm, name))
        yield self._say("col.unsure"), view.total.unsure.rows
        yield self._say("col.unsure_gap"), Money(view.total.unsure.gap)
        yield ()
        yield from ((line,) for line in view.how())

    def _cells(
        self,
        sheet: str,
        head: str,
        cells: Mapping[str, Cell],
        name: Callable[[str, Language], str],
        cited: Mapping[str, Cell] | None = None,
    ) -> None:
        """Write a sheet with what there is by article, rule, shop or month.

        ``cited`` are the cells by every article that was cited, where that is another matter.
        """
        sums = ("short", "denied", "gap", "swapped", "unpriced", "unsure", "unsure_gap")
        heads = [head, "rows", "compared", "less", *sums]
        if cited is not None:
            heads += ["cited", "cited_less"]
        rows = []
        for key in sorted({*cells, *(cited or ())}):
            cell = cells.get(key, Cell())
            firm, unsure = cell.firm, cell.unsure
            row: list[Value] = [name(key, self._lang), cell.rows, cell.compared, firm.rows]
            row += [Money(firm.short), Money(firm.denied), Money(firm.gap), Money(firm.swapped)]
            row += [firm.unpriced, unsure.rows, Money(unsure.gap)]
            if cited is not None:
                every = cited.get(key, Cell())
                row += [every.rows, every.firm.rows]
            rows.append(row)
        self._sheet(sheet, heads, rows, (40,))

    def _flow(self, pair: tuple[str, Flow]) -> Sequence[Value]:
        key, flow = pair
        verdict, standing, law, company = key.split("|")
        return (
            outcome_text(law, self._lang) if verdict != "error" else "",
            company_name(company, self._lang),
            self._say(f"verdict.{verdict}"),
            self._say(f"standing.{standing}"),
            flow.rows,
            Money(flow.owed),
            Money(flow.paid),
        )

    def _samples(self, sheet: str, groups: Iterable[Sequence[Sample]]) -> None:
        """Write a sheet with sample rows, each once, those with most missing first."""
        heads = ["row", "claim_id", "shop", "law", "owed", "company", "paid", "gap", "swapped"]
        heads += ["rule", "depends", "standing", "claim"]
        lang, found = self._lang, {one.row: one for group in groups for one in group}
        rows = [
            (
                one.row + 1,
                one.claim_id,
                one.shop,
                outcome_text(one.law, lang),
                None if one.payable is None else Money(one.payable),
                company_name(one.company, lang),
                None if one.paid is None else Money(one.paid),
                Money(one.gap),
                Money(one.swapped),
                rule_name(RuleRef(one.policy, one.rule), lang),
                one.depends,
                self._say(f"standing.{one.standing}"),
                json.dumps(one.claim, ensure_ascii=False),
            )
            for one in sorted(found.values(), key=lambda one: (-one.gap, -one.swapped, one.row))
        ]
        self._sheet(sheet, heads, rows, (12, 18, 18, 18, 12, 18, 12, 12, 12, 40, 24, 16, 60))

    def _errors(self) -> Iterable[Sequence[Value]]:
        for text, *rest in self._grouped(self._tally.errors, "beyond"):
            yield retold(str(text), self._lang), *rest
        if self._tally.unread.known:
            yield ()
            yield (self._say("unread.note"),)
            yield from self._grouped(self._tally.unread, "others.texts")

    def _grouped(self, groups: Groups, beyond: str) -> Iterable[Sequence[Value]]:
        for text, group in groups.known.items():
            yield text, group.rows, ", ".join(str(row + 1) for row in group.first)
        if groups.beyond:
            yield self._say(beyond), groups.beyond

    # --- cells --------------------------------------------------------------------------------

    def _sheet(
        self,
        name: str,
        heads: Sequence[str],
        rows: Iterable[Sequence[Value]],
        widths: Sequence[int],
    ) -> None:
        sheet = self._workbook.add_worksheet(self._say(f"sheet.{name}"))
        sheet.set_column(0, len(heads), 14)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        for place, head in enumerate(heads):
            sheet.write_string(0, place, self._say(f"col.{head}"), self._head)
        if heads:
            sheet.freeze_panes(1, 1)
        for line, row in zip(range(bool(heads), _MOST_ROWS), rows, strict=False):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(line, place, harmless(value))
                elif value is not None:
                    self._number(sheet, line, place, value)

    def _number(
        self, sheet: xlsxwriter.worksheet.Worksheet, line: int, place: int, value: int
    ) -> None:
        """Write a number, or its digits where a spreadsheet could not hold it exactly."""
        money = isinstance(value, Money)
        if abs(value) >= _MOST_EXACT:
            sheet.write_string(line, place, yuan(value) if money else str(value))
        elif money:
            sheet.write_number(line, place, value / 100, self._money)
        else:
            sheet.write_number(line, place, value, self._count)


def _named(missing: str) -> Callable[[str, Language], str]:
    """Return what names a shop or a month as it is, and one that is missing by a message."""
    return lambda key, lang: key or say(lang, missing)
