"""The report on an audit as a page, and as a card in a notebook: 审核报告网页.

Made of the blocks and the style sheet of all pages of this library: one file, no script,
nothing fetched, every value escaped. The page stays small whatever was audited: long tables are
cut (the workbook has all of them), and samples are few.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sanbao.audit.report import charts
from sanbao.audit.report.charts import CHART_STYLE, TOP, Slice
from sanbao.audit.report.names import (
    article_name,
    company_name,
    count,
    percent,
    reading_name,
    row_numbers,
    rule_name,
    yuan,
)
from sanbao.audit.report.sums import VERDICTS, Cell, Group, Less, Sample, Verdict, rule_of
from sanbao.audit.report.view import ReportData, ReportView
from sanbao.audit.report.words import say
from sanbao.base.errors import ValidationError
from sanbao.base.reread import retold
from sanbao.explain.blocks.html import html_of
from sanbao.explain.blocks.model import (
    BREAK,
    Bit,
    Block,
    Headline,
    Line,
    Listing,
    Row,
    Section,
    Table,
    Unfold,
    Words,
)
from sanbao.explain.blocks.page import PARTS_STYLE, card, document
from sanbao.explain.pages.decision import outcome_text
from sanbao.explain.texts.decision import explanation
from sanbao.explain.texts.phrases import id_text, plainly
from sanbao.explain.texts.titles import display_names
from sanbao.explain.words.catalogue import Language

__all__ = ["report_card", "report_page"]

_READINGS_TOLD: Final = 3
_SHOPS_TOLD: Final = 50
_MONTHS_TOLD: Final = 120
_ERRORS_TOLD: Final = 50
_RULES_SAMPLED: Final = 12
_SAMPLES_TOLD: Final = 3

_STYLE: Final = f"""{CHART_STYLE}
.sanbao-card .figures th {{ white-space: normal; vertical-align: bottom; }}
.sanbao-card .figures :is(th, td):not(:first-child) {{ text-align: right; padding-right: .6rem;
  padding-left: .6rem; }}
.sanbao-card .figures td:not(:first-child) {{ white-space: nowrap; }}
.sanbao-card .figures .stacked td:first-child {{ min-width: 9rem; }}
.sanbao-card details details {{ border: 0; padding: 0; margin: .5rem 0 .5rem .9rem; }}
.sanbao-card details details h2 {{ font-size: .95em; }}
.sanbao-card details details :is(p, ul) {{ font-size: .93em; }}
.sanbao-card code {{ white-space: pre-wrap; }}
@container (max-width: 34rem) {{
  .sanbao-card .figures .stacked td:not(:first-child) {{ text-align: left; padding-left: .4rem; }}
  .sanbao-card details details {{ margin-left: .3rem; }}
}}
"""


def report_page(report: ReportData, lang: Language) -> str:
    """Return a report as one self-contained page: 网页."""
    body = f"<style>{_STYLE}</style>\n{''.join(_parts(ReportView(report, lang), whole=True))}"
    return document(say(lang, "title"), body, lang, PARTS_STYLE)


def report_card(report: ReportData, lang: Language) -> str:
    """Return what a notebook shows of a report: head, charts and sums, without samples."""
    body = "".join(_parts(ReportView(report, lang), whole=False))
    return card(body, lang, _STYLE)


# --- the page --------------------------------------------------------------------------------


def _parts(view: ReportView, *, whole: bool) -> Iterator[str]:
    """Yield the report in HTML, part by part."""
    with display_names(view.of.engine.policy):
        text, tone = view.verdict()
        kicker = f"{view.say('title')}{view.say('sep')}{view.policy}"
        yield html_of([Headline(text, tone, kicker, size="top" if whole else "sentence")])
        points = tuple(view.points())
        yield html_of([*([Listing(points)] if points else []), view.facts()])
        yield _drawn(view)
        yield _matrix(view)
        yield from _cuts(view)
        if whole:
            yield html_of(_samples(view))
            yield from _apart(view)
        yield from _left(view, whole=whole)
        yield html_of(_ending(view))


def _drawn(view: ReportView) -> str:
    """Return the charts, of money, or of rows where no money is missing."""
    total, tally, lang = view.total, view.tally, view.lang
    figures = []
    if total.all.rows:
        money = bool(total.all.gap)
        suffix = "" if money else ".rows"
        months = [Slice(name, cell) for name, cell in tally.months.items() if name]
        title = view.say(f"chart.months{suffix}", unit="{unit}")
        figures.append(charts.months(title, months, lang, money=money))
        for title, slices in (
            (f"chart.articles{suffix}", _article_slices(view, money=money)),
            (f"chart.shops{suffix}", _shop_slices(view, money=money)),
        ):
            figures.append(charts.bars(view.say(title), slices, lang, money=money))
    if tally.matrix:
        title, note = view.say("head.matrix"), view.say("chart.matrix")
        figures.append(charts.matrix(title, note, tally.matrix, lang))
    there = "".join(figure for figure in figures if figure)
    return f'<div class="charts">{there}</div>' if there else ""


def _ranked_where(
    view: ReportView, cells: Mapping[str, Cell], *, money: bool
) -> list[tuple[str, Cell]]:
    return [(key, cell) for key, cell in view.ranked(cells) if cell.all.gap or not money]


def _article_slices(view: ReportView, *, money: bool) -> list[Slice]:
    cells = _ranked_where(view, view.tally.articles, money=money)
    return [Slice(article_name(key, view.lang), cell) for key, cell in cells[:TOP]]


def _shop_slices(view: ReportView, *, money: bool) -> list[Slice]:
    cells = _ranked_where(view, view.tally.shops, money=money)
    if [key for key, _ in cells] == [""]:
        return []
    slices = [Slice(view.shop(key), cell) for key, cell in cells[:TOP]]
    rest = [cell for _, cell in cells[TOP:]]
    if rest:
        name = view.say("others", count=f"{len(rest):,}")
        slices.append(Slice(name, sum(rest, Cell()), together=True))
    return slices


def _figures(table: Table, *, stacked: bool = True) -> str:
    """Return a table of numbers; columns in which there is nothing are left away."""
    full = [
        place
        for place in range(len(table.heads))
        if not place or any(row.cells[place] for row in table.rows)
    ]
    heads = tuple(table.heads[place] for place in full)
    rows = tuple(Row(tuple(row.cells[place] for place in full)) for row in table.rows)
    return f'<div class="figures">{html_of([Table(heads, rows, stacked, stacked)])}</div>'


def _matrix(view: ReportView) -> str:
    """Return where the rows went, as a table of verdicts."""
    tally, say_ = view.tally, view.say
    rows = [
        Row((say_(f"verdict.{verdict}"), f"{number:,}", percent(number, tally.rows)))
        for verdict in reversed(VERDICTS)
        if (number := view.verdicts[verdict])
    ]
    if not rows:
        return ""
    heads = (say_("col.verdict"), say_("col.rows"), say_("col.share"))
    figures = _figures(Table(heads, tuple(rows)), stacked=False)
    return html_of([Section(say_("head.where"))]) + figures


_AMOUNTS: Final = ("short", "denied", "gap", "swapped")


def _cells_table(head: str, cells: Iterable[tuple[Words, Cell]], view: ReportView) -> Table:
    """Return cells as a table: rows, rows with less, the sums, and what hangs on readings."""
    heads = ("rows", "less", *_AMOUNTS, "unsure", "unsure_gap")
    rows = tuple(
        Row((name, f"{cell.rows:,}", *_less(cell.firm, *_AMOUNTS), *_less(cell.unsure)))
        for name, cell in cells
    )
    return Table((view.say(head), *(view.say(f"col.{one}") for one in heads)), rows)


def _cuts(view: ReportView) -> Iterator[str]:
    """Yield the tables by article, rule, shop and month."""
    lang, tally = view.lang, view.tally
    articles = [(article_name(k, lang), cell) for k, cell in view.ranked(tally.articles)]
    if not articles:
        return
    yield html_of([Section(view.say("head.articles"))])
    yield _figures(_cells_table("col.article", articles, view))
    ranked = ((rule_of(key), cell) for key, cell in view.ranked(tally.rules))
    rules = [(_coded(rule_name(rule, lang), id_text(rule)), cell) for rule, cell in ranked]
    yield _folded(view.say("head.rules"), _cells_table("col.rule", rules, view))
    shops = [(view.shop(k), cell) for k, cell in view.ranked(tally.shops)]
    if [*tally.shops] != [""]:
        title = view.say("head.shops")
        if len(shops) > _SHOPS_TOLD:
            top = view.say("top.shops", shown=_SHOPS_TOLD, count=f"{len(tally.shops):,}")
            title = f"{title}{view.say('sep')}{top}"
        yield _folded(title, _cells_table("col.shop", shops[:_SHOPS_TOLD], view))
    months = [
        (k or view.say("no.month"), cell) for k, cell in tally.months.items() if cell.all.rows
    ]
    yield _folded(view.say("head.months"), _cells_table("col.month", months[-_MONTHS_TOLD:], view))


def _folded(summary: str, table: Table) -> str:
    folded = html_of([Unfold(summary, ())])
    return folded.replace("\n\n</details>", f"\n{_figures(table)}\n</details>")


# --- samples ---------------------------------------------------------------------------------


def _samples(view: ReportView) -> Iterator[Block]:
    """Yield the rows with most missing, rule by rule."""
    rules = [rule for rule, _ in view.ranked(view.tally.rules)]
    there = [rule for rule in rules if rule in view.tally.largest][:_RULES_SAMPLED]
    if not there:
        return
    yield from _noted(view, "head.samples", "samples.note", kept=_SAMPLES_TOLD)
    for rule in there:
        yield Line((Bit(rule_name(rule_of(rule), view.lang), "b"),))
        yield from (_sample(one, view) for one in view.tally.largest[rule][:_SAMPLES_TOLD])


def _apart(view: ReportView) -> Iterator[str]:
    """Yield the rows that depend on a reading, and those that are provisional."""
    tally = view.tally
    for standing, head, note in (
        ("reading", "head.readings", "readings.note"),
        ("provisional", "head.provisional", "provisional.note"),
    ):
        samples = tally.unsure.get(standing) or tally.first.get(standing, ())
        if not samples:
            continue
        yield html_of(_noted(view, head, note))
        if standing == "reading":
            yield _readings(view)
        yield html_of(_sample(one, view) for one in samples[:_SAMPLES_TOLD])


def _readings(view: ReportView) -> str:
    """Return the readings that rows depend on, those with most rows first."""
    ranked = sorted(view.tally.readings.items(), key=lambda pair: (-pair[1].rows, pair[0]))
    rows = tuple(
        Row((_coded(reading_name(name, view.lang), name), f"{cell.rows:,}", *_less(cell.reading)))
        for name, cell in ranked
    )
    heads = ("col.reading", "col.rows", "col.less", "col.gap")
    return _figures(Table(tuple(view.say(one) for one in heads), rows))


def _coded(text: str, code: str) -> Words:
    return (text, BREAK, Bit(plainly(code), "code"))


def _less(part: Less, *amounts: str) -> tuple[str, ...]:
    """Return in how many rows less was given, and the amounts; nothing for what is nothing."""
    sums = (getattr(part, name) for name in amounts or ("gap",))
    return (count(part.rows), *(yuan(fen) if fen else "" for fen in sums))


def _sample(sample: Sample, view: ReportView) -> Unfold:
    """Return a row with its claim and the full explanation of the decision on it."""
    say_, lang = view.say, view.lang
    law = outcome_text(sample.law, lang)
    if sample.payable is not None and sample.law == "refund":
        law = f"{law} {say_('yuan', amount=yuan(sample.payable))}"
    company = company_name(sample.company, lang)
    if sample.paid is not None:
        company = f"{company} {say_('yuan', amount=yuan(sample.paid))}"
    told_of = [
        say_("sample.row", row=f"{sample.row + 1:,}"),
        *([plainly(sample.claim_id)] if sample.claim_id else []),
        *([plainly(sample.shop)] if sample.shop else []),
        say_("sample.law", law=law),
        say_("sample.company", company=company),
    ]
    if sample.gap:
        told_of.append(say_("sample.gap", gap=yuan(sample.gap)))
    if sample.swapped:
        told_of.append(say_("sample.swapped", sum=yuan(sample.swapped)))
    if sample.depends:
        readings = [plainly(name) for name in sample.depends.split(", ")]
        more = " …" if len(readings) > _READINGS_TOLD else ""
        named = ", ".join(readings[:_READINGS_TOLD])
        told_of.append(say_("sample.depends", readings=f"{named}{more}"))
    claim = Line((Bit(json.dumps(sample.claim, ensure_ascii=False), "code"),))
    blocks = (Unfold(say_("sample.claim"), (claim,)), *_explained(sample, view))
    return Unfold(say_("sep").join(told_of), blocks)


def _explained(sample: Sample, view: ReportView) -> Iterator[Block]:
    """Yield what the engine for single claims says of it."""
    try:
        decision = view.of.engine.decide(sample.claim)
    except ValidationError as error:
        reason = "; ".join(one.explain(view.lang) for one in error.problems)
        yield Line(view.say("sample.not_again", reason=reason))
        return
    if decision.outcome != sample.law:
        outcome = outcome_text(decision.outcome, view.lang)
        yield Line((Bit(view.say("sample.differs", outcome=outcome), "b"),))
    text = explanation(decision, view.lang, "auditor")
    yield Unfold(view.say("sample.why"), tuple(text))


# --- what was not compared -------------------------------------------------------------------

_UNCOMPARED: Final[tuple[Verdict, ...]] = (
    "open",
    "company_missing",
    "company_unread",
    "money_unread",
    "money_unknown",
)


def _left(view: ReportView, *, whole: bool) -> Iterator[str]:
    """Yield the rows that were not compared, and those in error."""
    say_, tally = view.say, view.tally
    if view.uncompared:
        yield html_of([Section(say_("head.uncompared"))])
        rows = (
            (say_(f"verdict.{verdict}"), number, (one.row for one in tally.first.get(verdict, ())))
            for verdict in _UNCOMPARED
            if (number := view.verdicts[verdict])
        )
        yield html_of([_first_rows(view, "col.verdict", rows)])
        if tally.unread.known:
            known = _commonest(tally.unread.known)[:_ERRORS_TOLD]
            texts = ((plainly(text), group.rows, group.first) for text, group in known)
            table = _first_rows(view, "col.text", texts)
            yield html_of(
                [Unfold(say_("verdict.company_unread"), (_small(say_("unread.note")), table))]
            )
        if whole and view.verdicts["open"]:
            samples = (_sample(one, view) for one in tally.first["open"][:_SAMPLES_TOLD])
            yield html_of([Unfold(say_("verdict.open"), (_small(say_("open.note")), *samples))])
    if tally.in_error:
        yield html_of(_errors(view))


def _first_rows(
    view: ReportView, head: str, found: Iterable[tuple[str, int, Iterable[int]]]
) -> Table:
    """Return what was found, each with how many rows there are and the first of them."""
    rows = tuple(Row((text, f"{number:,}", row_numbers(first))) for text, number, first in found)
    heads = tuple(view.say(name) for name in (head, "col.rows", "col.first"))
    return Table(heads, rows, stacked=True, labelled=True)


def _commonest(known: Mapping[str, Group]) -> list[tuple[str, Group]]:
    return sorted(known.items(), key=lambda pair: (-pair[1].rows, pair[0]))


def _errors(view: ReportView) -> Iterator[Block]:
    """Yield the errors, the commonest first."""
    yield from _noted(view, "head.errors", "errors.note")
    errors = view.tally.errors
    ranked = _commonest(errors.known)
    found: list[tuple[str, int, Iterable[int]]] = [
        (retold(text, view.lang), group.rows, group.first) for text, group in ranked[:_ERRORS_TOLD]
    ]
    beyond = errors.beyond + sum(group.rows for _, group in ranked[_ERRORS_TOLD:])
    if beyond:
        found.append((view.say("beyond"), beyond, ()))
    yield _first_rows(view, "col.reason", found)


def _ending(view: ReportView) -> Iterator[Block]:
    yield Section(view.say("head.identity"))
    yield Listing(tuple(view.identity()))
    yield Unfold(view.say("head.how"), (Listing(tuple(view.how())),))


def _small(text: str) -> Line:
    return Line((Bit(text, "small"),))


def _noted(view: ReportView, head: str, note: str, **values: object) -> tuple[Section, Line]:
    """Return the head of a section and the note below it."""
    return Section(view.say(head)), _small(view.say(note, **values))
