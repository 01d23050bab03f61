"""The report on an audit as a page, and as a card in a notebook: 审核报告网页.

Made of the blocks and the style sheet of all pages of this library: one file, no script,
nothing fetched, every value escaped. The page stays small whatever was audited: long tables are
cut (the workbook has all of them), and samples are few.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sanbao.audit.report import charts
from sanbao.audit.report.charts import CHART_STYLE, TOP, Slice
from sanbao.audit.report.data import ReportData
from sanbao.audit.report.tally import VERDICTS, Cell, Group, Sample, Verdict
from sanbao.audit.report.words import say
from sanbao.base.errors import ValidationError
from sanbao.explain.blocks.html import html_of
from sanbao.explain.blocks.model import (
    BREAK,
    Bit,
    Block,
    Facts,
    Headline,
    Line,
    Listing,
    Row,
    Section,
    Table,
    Tone,
    Unfold,
    Words,
)
from sanbao.explain.blocks.page import PARTS_STYLE, card, document
from sanbao.explain.pages.decision import outcome_text
from sanbao.explain.texts.decision import explanation
from sanbao.explain.texts.phrases import (
    cites_text,
    known_text,
    listed,
    plainly,
    policy_text,
    rule_text,
)
from sanbao.explain.texts.titles import display_names
from sanbao.explain.words.catalogue import Language
from sanbao.model.citation import Citation
from sanbao.model.readings import DEFAULT_READINGS

__all__ = [
    "Account",
    "article_name",
    "company_name",
    "report_card",
    "report_page",
    "rule_name",
    "yuan",
]

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
    body = f"<style>{_STYLE}</style>\n{''.join(_parts(Account(report, lang), whole=True))}"
    return document(say(lang, "title"), body, lang, PARTS_STYLE)


def report_card(report: ReportData, lang: Language) -> str:
    """Return what a notebook shows of a report: head, charts and sums, without samples."""
    body = "".join(_parts(Account(report, lang), whole=False))
    return card(body, lang, _STYLE)


def report_lines(report: ReportData, lang: Language) -> Iterator[str]:
    """Yield what a report found, in a line for each figure."""
    tally = report.tally
    firm, unsure = tally.total.firm, tally.total.unsure
    yield say(lang, "brief.rows", rows=f"{tally.rows:,}")
    yield say(lang, "brief.decided", rows=f"{tally.decided:,}")
    yield say(lang, "brief.in_error", rows=f"{tally.in_error:,}")
    yield say(lang, "brief.less", rows=f"{firm.rows:,}")
    yield say(lang, "brief.short", yuan=yuan(firm.gap))
    if unsure.rows:
        yield say(lang, "brief.apart", rows=f"{unsure.rows:,}", yuan=yuan(unsure.gap))
    if report.unused:
        yield say(lang, "brief.unused", columns=", ".join(report.unused))


# --- names and numbers -----------------------------------------------------------------------


def yuan(fen: int) -> str:
    """Return whole fen as yuan.

    >>> yuan(123_456_789), yuan(5)
    ('1,234,567.89', '0.05')
    """
    return f"{fen // 100:,}.{fen % 100:02d}"


_ARTICLE: Final = re.compile(r"([^:]+):([0-9]+)(?:\(([0-9]+)\))?")
_APPENDIX: Final = re.compile(r"([^:]+):app\.? ?([0-9]+)(?:\(([0-9]+)\))?")


def article_name(reference: str, lang: Language) -> str:
    """Return an article as people write it; ``cn.mobile-2001:11`` is how tables do."""
    if not reference:
        return say(lang, "no.article")
    if found := _ARTICLE.fullmatch(reference):
        item = None if found[3] is None else int(found[3])
        return cites_text([Citation(found[1], article=int(found[2]), item=item)], lang)
    if found := _APPENDIX.fullmatch(reference):
        item = None if found[3] is None else int(found[3])
        return cites_text([Citation(found[1], appendix=int(found[2]), item=item)], lang)
    return plainly(reference)


def rule_name(rule: str, lang: Language) -> str:
    """Return what a rule is about; its id where nobody has words for it."""
    return rule_text(rule, lang) if rule else say(lang, "no.rule")


def reading_name(readings: str, lang: Language) -> str:
    """Return the question of a reading, or of two that matter together (``one+other``)."""
    return " + ".join(known_text("reading", name, lang) for name in readings.split("+"))


def company_name(company: str | None, lang: Language) -> str:
    """Return what the company did."""
    if company in (None, "", "excluded"):
        return say(lang, f"did.{company or ''}")
    return outcome_text(company, lang)


# --- what is said ----------------------------------------------------------------------------


class Account:
    """What is said of a report, in one language."""

    def __init__(self, report: ReportData, lang: Language) -> None:
        self.of = report
        self.tally = report.tally
        self.lang = lang
        self.total = report.tally.total
        self.verdicts = report.tally.verdicts

    def say(self, message: str, **values: object) -> str:
        """Return a message in the language of the account."""
        return say(self.lang, message, **values)

    @property
    def policy(self) -> str:
        """What the policy is called."""
        return policy_text(self.of.policy, self.lang)

    @property
    def uncompared(self) -> int:
        """How many rows were decided and yet not compared."""
        return self.tally.decided - self.total.compared

    def verdict(self) -> tuple[str, Tone]:
        """Return what it comes to, in a sentence."""
        firm, rows = self.total.firm, self.tally.rows
        if not self.of.balanced:
            return self.say("unbalanced"), "bad"
        if not rows:
            return self.say("empty"), "open"
        if not self.total.compared:
            return self.say("nothing"), "open"
        if not firm.rows:
            return self.say("none", compared=f"{self.total.compared:,}"), "good"
        name = "less.one" if firm.rows == 1 else "less"
        text = self.say(name, less=f"{firm.rows:,}", rows=f"{rows:,}")
        if firm.gap:
            text += self.say("less.gap", gap=yuan(firm.gap))
        return text, "bad"

    def points(self) -> Iterator[str]:
        """Yield of what the shortfall is made up, and what is kept apart."""
        flows: dict[str, int] = dict.fromkeys(("short", "denied", "swapped", "weaker"), 0)
        for key, flow in self.tally.flows.items():
            verdict, standing, law, company = key.split("|")
            if standing == "firm" and verdict == "less_money":
                flows["short"] += flow.rows
            elif standing == "firm" and verdict == "less_remedy":
                kind = "weaker" if law != "refund" else "denied"
                flows["swapped" if kind == "denied" and company == "exchange" else kind] += (
                    flow.rows
                )
        sums = {name: getattr(self.total.firm, name, 0) for name in flows}
        for name, rows in flows.items():
            if rows:
                yield self.say(f"of.{name}", rows=f"{rows:,}", sum=yuan(sums[name]))
        if self.total.firm.unpriced:
            yield self.say("of.unpriced", rows=f"{self.total.firm.unpriced:,}")
        unsure = self.total.unsure
        if unsure.rows:
            yield self.say("unsure.more", rows=f"{unsure.rows:,}", gap=yuan(unsure.gap))

    def facts(self) -> Facts:
        """Return the figures that matter most."""
        numbers = {
            "rows": f"{self.tally.rows:,}",
            "compared": f"{self.total.compared:,}",
            "uncompared": f"{self.uncompared:,}",
            "errors": f"{self.tally.in_error:,}",
            "less": f"{self.total.firm.rows:,}",
            "gap": yuan(self.total.firm.gap),
        }
        pairs = tuple((self.say(f"fact.{name}"), number) for name, number in numbers.items())
        return Facts((self.say("fact"), self.say("value")), pairs)

    def identity(self) -> Iterator[str]:
        """Yield the sums that have to be right, and whether they are."""
        tally = self.tally
        numbers = {
            "rows": f"{tally.rows:,}",
            "decided": f"{tally.decided:,}",
            "errors": f"{tally.in_error:,}",
            "settled": f"{tally.settled:,}",
            "undecided": f"{tally.undecided:,}",
        }
        checks = [
            ("rows", tally.rows == tally.decided + tally.in_error),
            ("decided", tally.decided == tally.settled + tally.undecided),
            ("cuts", tally.balanced),
        ]
        if self.of.read is not None:
            numbers["read"] = f"{self.of.read:,}"
            checks.insert(0, ("read", self.of.read == tally.rows))
        for name, holds in checks:
            text = self.say(f"identity.{name}", **numbers)
            yield self.say("identity.holds" if holds else "identity.fails", text=text)
        if self.of.unused:
            names = listed(self.lang, [plainly(name) for name in self.of.unused])
            yield self.say("identity.unused", columns=names)

    def how(self) -> Iterator[str]:
        """Yield how it was counted, and on what it rests."""
        for name in ("less", "asked", "short", "swapped", "refused", "more", "article"):
            yield self.say(f"how.{name}")
        usual = DEFAULT_READINGS.to_dict()
        chosen = [
            f"{name} = {value}"
            for name, value in self.of.readings.to_dict().items()
            if value != usual[name]
        ]
        readings = listed(self.lang, chosen) or self.say("how.readings_default")
        named = {"id": plainly(self.of.policy), "version": plainly(self.of.version)}
        yield self.say("how.policy", title=self.policy, **named)
        yield self.say("how.readings", readings=readings)
        yield self.say("how.calendar", calendar=plainly(self.of.calendar))
        yield self.say("how.library", version=plainly(self.of.library))

    # --- slices ------------------------------------------------------------------------------

    def ranked(self, cells: Mapping[str, Cell]) -> list[tuple[str, Cell]]:
        """Return the cells in which anything is less, those with most missing first."""
        found = [(key, cell) for key, cell in cells.items() if cell.all.rows]
        return sorted(
            found,
            key=lambda pair: (
                -pair[1].firm.gap,
                -pair[1].firm.rows,
                -pair[1].unsure.gap,
                -pair[1].unsure.rows,
                pair[0],
            ),
        )

    def shop(self, name: str) -> str:
        """Return what a shop is called."""
        return plainly(name) if name else self.say("no.shop")


# --- the page --------------------------------------------------------------------------------


def _parts(account: Account, *, whole: bool) -> Iterator[str]:
    """Yield the report in HTML, part by part."""
    with display_names(account.of.engine.policy):
        text, tone = account.verdict()
        kicker = f"{account.say('title')}{account.say('sep')}{account.policy}"
        yield html_of([Headline(text, tone, kicker, size="top" if whole else "sentence")])
        points = tuple(account.points())
        yield html_of([*([Listing(points)] if points else []), account.facts()])
        yield _drawn(account)
        yield _matrix(account)
        yield from _cuts(account)
        if whole:
            yield html_of(_samples(account))
            yield from _apart(account)
        yield from _left(account, whole=whole)
        yield html_of(_ending(account))


def _drawn(account: Account) -> str:
    """Return the charts, of money, or of rows where no money is missing."""
    total, tally, lang = account.total, account.tally, account.lang
    figures = []
    if total.all.rows:
        money = bool(total.all.gap)
        suffix = "" if money else ".rows"
        months = [Slice(name, cell) for name, cell in tally.months.items() if name]
        title = account.say(f"chart.months{suffix}", unit="{unit}")
        figures.append(charts.months(title, months, lang, money=money))
        for title, slices in (
            (f"chart.articles{suffix}", _article_slices(account, money=money)),
            (f"chart.shops{suffix}", _shop_slices(account, money=money)),
        ):
            figures.append(charts.bars(account.say(title), slices, lang, money=money))
    if tally.matrix:
        title, note = account.say("head.matrix"), account.say("chart.matrix")
        figures.append(charts.matrix(title, note, tally.matrix, lang))
    there = "".join(figure for figure in figures if figure)
    return f'<div class="charts">{there}</div>' if there else ""


def _article_slices(account: Account, *, money: bool) -> list[Slice]:
    cells = [(key, cell) for key, cell in account.ranked(account.tally.articles)]
    return [
        Slice(article_name(key, account.lang), cell)
        for key, cell in cells
        if cell.all.gap or not money
    ][:TOP]


def _shop_slices(account: Account, *, money: bool) -> list[Slice]:
    cells = [
        (key, cell)
        for key, cell in account.ranked(account.tally.shops)
        if cell.all.gap or not money
    ]
    if [key for key, _ in cells] == [""]:
        return []
    slices = [Slice(account.shop(key), cell) for key, cell in cells[:TOP]]
    rest = [cell for _, cell in cells[TOP:]]
    if rest:
        name = account.say("others", count=f"{len(rest):,}")
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


def _matrix(account: Account) -> str:
    """Return where the rows went, as a table of verdicts."""
    tally, say_ = account.tally, account.say
    rows = [
        Row((say_(f"verdict.{verdict}"), f"{count:,}", _percent(count, tally.rows)))
        for verdict in reversed(VERDICTS)
        if (count := account.verdicts[verdict])
    ]
    if not rows:
        return ""
    heads = (say_("col.verdict"), say_("col.rows"), say_("col.share"))
    return html_of([Section(say_("head.where"))]) + _figures(
        Table(heads, tuple(rows)), stacked=False
    )


def _percent(part: int, whole: int) -> str:
    """Return a share in percent with two decimals, rounded down; something is never nothing."""
    hundredths = part * 10_000 // whole
    if not hundredths:
        return "< 0.01%"
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


_AMOUNTS: Final = ("short", "denied", "gap", "swapped")


def _cells_table(head: str, cells: Iterable[tuple[Words, Cell]], account: Account) -> Table:
    """Return cells as a table: rows, rows with less, the sums, and what hangs on readings."""
    heads = ("rows", "less", *_AMOUNTS, "unsure", "unsure_gap")
    rows = []
    for name, cell in cells:
        firm, unsure = cell.firm, cell.unsure
        sums = tuple(yuan(amount) if (amount := getattr(firm, one)) else "" for one in _AMOUNTS)
        rows.append(
            Row(
                (
                    name,
                    f"{cell.rows:,}",
                    _count(firm.rows),
                    *sums,
                    _count(unsure.rows),
                    yuan(unsure.gap) if unsure.gap else "",
                )
            )
        )
    names = (account.say(head), *(account.say(f"col.{one}") for one in heads))
    return Table(names, tuple(rows))


def _count(number: int) -> str:
    return f"{number:,}" if number else ""


def _cuts(account: Account) -> Iterator[str]:
    """Yield the tables by article, rule, shop and month."""
    lang, tally = account.lang, account.tally
    articles = [(article_name(k, lang), cell) for k, cell in account.ranked(tally.articles)]
    if not articles:
        return
    yield html_of([Section(account.say("head.articles"))])
    yield _figures(_cells_table("col.article", articles, account))
    rules = [
        ((rule_name(k, lang), BREAK, Bit(plainly(k), "code")), cell)
        for k, cell in account.ranked(tally.rules)
    ]
    yield _folded(account.say("head.rules"), _cells_table("col.rule", rules, account))
    shops = [(account.shop(k), cell) for k, cell in account.ranked(tally.shops)]
    if [*tally.shops] != [""]:
        count = len(tally.shops)
        title = account.say("head.shops")
        if len(shops) > _SHOPS_TOLD:
            top = account.say("top.shops", shown=_SHOPS_TOLD, count=f"{count:,}")
            title = f"{title}{account.say('sep')}{top}"
        yield _folded(title, _cells_table("col.shop", shops[:_SHOPS_TOLD], account))
    months = [
        (k or account.say("no.month"), cell) for k, cell in tally.months.items() if cell.all.rows
    ]
    yield _folded(
        account.say("head.months"), _cells_table("col.month", months[-_MONTHS_TOLD:], account)
    )


def _folded(summary: str, table: Table) -> str:
    folded = html_of([Unfold(summary, ())])
    return folded.replace("\n\n</details>", f"\n{_figures(table)}\n</details>")


# --- samples ---------------------------------------------------------------------------------


def _samples(account: Account) -> Iterator[Block]:
    """Yield the rows with most missing, rule by rule."""
    rules = [rule for rule, _ in account.ranked(account.tally.rules)]
    there = [rule for rule in rules if rule in account.tally.largest][:_RULES_SAMPLED]
    if not there:
        return
    yield Section(account.say("head.samples"))
    yield Line((Bit(account.say("samples.note", kept=_SAMPLES_TOLD), "small"),))
    for rule in there:
        yield Line((Bit(rule_name(rule, account.lang), "b"),))
        yield from (_sample(one, account) for one in account.tally.largest[rule][:_SAMPLES_TOLD])


def _apart(account: Account) -> Iterator[str]:
    """Yield the rows that depend on a reading, and those that are provisional."""
    tally = account.tally
    for standing, head, note in (
        ("reading", "head.readings", "readings.note"),
        ("provisional", "head.provisional", "provisional.note"),
    ):
        samples = tally.unsure.get(standing) or tally.first.get(standing, ())
        if not samples:
            continue
        yield html_of([Section(account.say(head)), Line((Bit(account.say(note), "small"),))])
        if standing == "reading":
            yield _readings(account)
        yield html_of(_sample(one, account) for one in samples[:_SAMPLES_TOLD])


def _readings(account: Account) -> str:
    """Return the readings that rows depend on, those with most rows first."""
    ranked = sorted(account.tally.readings.items(), key=lambda pair: (-pair[1].rows, pair[0]))
    rows = tuple(
        Row(
            (
                (reading_name(name, account.lang), BREAK, Bit(plainly(name), "code")),
                f"{cell.rows:,}",
                _count(cell.reading.rows),
                yuan(cell.reading.gap) if cell.reading.gap else "",
            )
        )
        for name, cell in ranked
    )
    heads = ("col.reading", "col.rows", "col.less", "col.gap")
    return _figures(Table(tuple(account.say(one) for one in heads), rows))


def _sample(sample: Sample, account: Account) -> Unfold:
    """Return a row with its claim and the full explanation of the decision on it."""
    say_, lang = account.say, account.lang
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
    blocks = (
        Unfold(say_("sample.claim"), (Line((Bit(_data(sample), "code"),)),)),
        *_explained(sample, account),
    )
    return Unfold(say_("sep").join(told_of), blocks)


def _data(sample: Sample) -> str:
    return json.dumps(sample.claim, ensure_ascii=False)


def _explained(sample: Sample, account: Account) -> Iterator[Block]:
    """Yield what the engine for single claims says of it."""
    try:
        decision = account.of.engine.decide(sample.claim)
    except ValidationError as error:
        reason = "; ".join(map(str, error.problems))
        yield Line(account.say("sample.not_again", reason=reason))
        return
    if decision.outcome != sample.law:
        outcome = outcome_text(decision.outcome, account.lang)
        yield Line((Bit(account.say("sample.differs", outcome=outcome), "b"),))
    text = explanation(decision, account.lang, "auditor")
    yield Unfold(account.say("sample.why"), tuple(text))


# --- what was not compared -------------------------------------------------------------------

_UNCOMPARED: Final[tuple[Verdict, ...]] = (
    "open",
    "company_missing",
    "company_unread",
    "money_unread",
    "money_unknown",
)


def _left(account: Account, *, whole: bool) -> Iterator[str]:
    """Yield the rows that were not compared, and those in error."""
    say_, tally = account.say, account.tally
    if account.uncompared:
        yield html_of([Section(say_("head.uncompared"))])
        rows = tuple(
            Row((say_(f"verdict.{verdict}"), f"{count:,}", _places(tally.first.get(verdict, ()))))
            for verdict in _UNCOMPARED
            if (count := account.verdicts[verdict])
        )
        heads = (say_("col.verdict"), say_("col.rows"), say_("col.first"))
        yield html_of([Table(heads, rows, stacked=True, labelled=True)])
        if tally.unread.known:
            yield html_of([Unfold(say_("verdict.company_unread"), tuple(_unread(account)))])
        if whole and account.verdicts["open"]:
            blocks: list[Block] = [Line((Bit(say_("open.note"), "small"),))]
            blocks += [_sample(one, account) for one in tally.first["open"][:_SAMPLES_TOLD]]
            yield html_of([Unfold(say_("verdict.open"), tuple(blocks))])
    if tally.in_error:
        yield html_of(_errors(account))


def _places(samples: Sequence[Sample]) -> str:
    return ", ".join(f"{sample.row + 1:,}" for sample in samples)


def _unread(account: Account) -> Iterator[Block]:
    say_ = account.say
    yield Line((Bit(say_("unread.note"), "small"),))
    rows = [
        Row((plainly(text), f"{group.rows:,}", ", ".join(f"{row + 1:,}" for row in group.first)))
        for text, group in _commonest(account.tally.unread.known)
    ]
    heads = (say_("col.text"), say_("col.rows"), say_("col.first"))
    yield Table(heads, tuple(rows[:_ERRORS_TOLD]), stacked=True, labelled=True)


def _commonest(known: Mapping[str, Group]) -> list[tuple[str, Group]]:
    return sorted(known.items(), key=lambda pair: (-pair[1].rows, pair[0]))


def _errors(account: Account) -> Iterator[Block]:
    """Yield the errors, the commonest first."""
    say_, errors = account.say, account.tally.errors
    yield Section(say_("head.errors"))
    yield Line((Bit(say_("errors.note"), "small"),))
    ranked = _commonest(errors.known)
    rows = [
        Row((text, f"{group.rows:,}", ", ".join(f"{row + 1:,}" for row in group.first)))
        for text, group in ranked[:_ERRORS_TOLD]
    ]
    beyond = errors.beyond + sum(group.rows for _, group in ranked[_ERRORS_TOLD:])
    if beyond:
        rows.append(Row((say_("beyond"), f"{beyond:,}", "")))
    heads = (say_("col.reason"), say_("col.rows"), say_("col.first"))
    yield Table(heads, tuple(rows), stacked=True, labelled=True)


def _ending(account: Account) -> Iterator[Block]:
    yield Section(account.say("head.identity"))
    yield Listing(tuple(account.identity()))
    yield Unfold(account.say("head.how"), (Listing(tuple(account.how())),))
