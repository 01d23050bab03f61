"""What a report says, sentence by sentence and figure by figure: 报告内容.

The page, the workbook and the summary on a terminal are made of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from sanbao._version import __version__
from sanbao.audit.report.names import yuan
from sanbao.audit.report.sums import Cell
from sanbao.audit.report.tally import Tally
from sanbao.audit.report.words import say
from sanbao.engine import Engine
from sanbao.explain.blocks.model import Facts, Tone
from sanbao.explain.texts.phrases import listed, plainly, policy_text, told
from sanbao.explain.words.catalogue import Language
from sanbao.model.readings import DEFAULT_READINGS, Readings

__all__ = ["ReportData", "ReportView", "report_lines"]


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


class ReportView:
    """What is said of a report, in one language: 报告视图."""

    def __init__(self, report: ReportData, lang: Language) -> None:
        self.of = report
        self.tally = report.tally
        self.lang = lang
        self.total = report.tally.total
        self.verdicts = report.tally.verdicts

    def say(self, message: str, **values: object) -> str:
        """Return a message in the language of the report."""
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
            elif standing == "firm" and verdict == "less_remedy" and law != "refund":
                flows["weaker"] += flow.rows
            elif standing == "firm" and verdict == "less_remedy":
                flows["swapped" if company == "exchange" else "denied"] += flow.rows
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
            yield self.say(f"how.{name}", why=told(f"audit.why.{name}", self.lang))
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
