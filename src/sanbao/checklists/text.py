"""What a checklist between businesses comes to, in words: 核对说明.

First whether the claim between the businesses stands, then every item, then for each that is
not met what the consumer has all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sanbao.explain.blocks.markdown import markdown_of
from sanbao.explain.blocks.model import (
    Block,
    Headline,
    Line,
    Listing,
    Row,
    Section,
    Table,
    TextBlock,
    Tone,
    Words,
)
from sanbao.explain.blocks.terminal import terminal_text
from sanbao.explain.texts.phrases import (
    cites_text,
    clauses,
    known_text,
    listed,
    plainly,
    remedy_text,
)
from sanbao.explain.texts.titles import display_names, own_words
from sanbao.explain.words.catalogue import Language, language, say

if TYPE_CHECKING:
    from sanbao.checklists import Checked, CheckedItem
    from sanbao.decision import Decision

__all__ = ["checked", "checked_markdown", "checked_text"]

_RESULTS: Final = {True: "met", False: "not_met", None: "not_said"}
_TONES: Final[dict[str, Tone]] = {"stands": "good", "fails": "bad", "open": "open"}


def checked_text(checked: Checked, lang: str) -> str:
    """Return a result in words, folded for a terminal: 核对说明.

    Raises :class:`~sanbao.ValidationError` for a language the catalogue does not have.
    """
    return terminal_text(*_paragraphs(CheckedReport(checked, language(lang))))


def checked_markdown(of: Checked, lang: Language) -> str:
    """Return a result as Markdown, as a notebook shows it."""
    return markdown_of(checked(of, lang))


def checked(of: Checked, lang: Language) -> Iterator[Block]:
    """Yield a result as blocks, as a notebook shows it."""
    report = CheckedReport(of, lang)
    tone = _TONES[of.standing]
    yield Headline(report.verdict, tone, kicker=report.title, size="sentence")
    yield Listing(tuple(report.basis()))
    heads = tuple(report.say(f"checklist.column.{name}") for name in ("item", "result"))
    rows = [Row(result, _VERDICTS[one.passed]) for one, result in report.results()]
    yield Table(heads, tuple(rows))
    yield Section(report.say("checklist.head.consumer"))
    yield Listing(tuple(report.consumer()))
    yield from (Line(text) for text in report.besides())


_VERDICTS: Final = {True: "holds", False: "barred", None: "unknown"}


class CheckedReport:
    """A result in words of one language."""

    def __init__(self, of: Checked, lang: Language) -> None:
        self.of = of
        self.lang = lang
        self.parties = {
            "owed_by": self.say(f"checklist.party.{of.checklist.owed_by}"),
            "owed_to": self.say(f"checklist.party.{of.checklist.owed_to}"),
        }

    def say(self, message: str, **values: object) -> str:
        return say(self.lang, message, **values)

    def words(self, words: tuple[str, str]) -> str:
        return own_words(words, self.lang)

    @property
    def cites(self) -> str:
        return cites_text(self.of.checklist.cites, self.lang)

    @property
    def title(self) -> str:
        listed_as = self.of.checklist
        named = {"id": listed_as.id, "version": plainly(listed_as.version)}
        return self.say("checklist.title", title=self.words(listed_as.title), **named)

    @property
    def verdict(self) -> str:
        unsaid = sum(one.passed is None for one in self.of.items)
        numbers = {"count": len(self.of.items), "failed": len(self.of.failed), "unsaid": unsaid}
        return self.say(f"checklist.{self.of.standing}", **self.parties, **numbers)

    def basis(self) -> Iterator[str]:
        """Yield between whom the list stands, and what it cannot do."""
        yield self.say("checklist.between", cites=self.cites, **self.parties)
        if self.of.standing == "fails":
            yield self.say("checklist.cost", cites=self.cites, **self.parties)

    def results(self) -> Iterator[tuple[CheckedItem, tuple[Words, ...]]]:
        """Yield every item with its words and its result."""
        for one in self.of.items:
            title = self.words(self.of.checklist.item(one.item).title)
            yield one, (title, self.say(f"checklist.{_RESULTS[one.passed]}"))

    def consumer(self) -> Iterator[str]:
        """Yield what the consumer has, and for every item that is not met what is left of it."""
        of = self.of
        yield self.say("checklist.as_it_is", remedies=self.remedies(of.decision))
        for item, one in zip(of.checklist.items, of.items, strict=True):
            named = {"item": self.words(item.title)}
            if one.decision is not None:
                cites, remedies = cites_text(one.by, self.lang), self.remedies(one.decision)
                yield self.say("checklist.papers", cites=cites, remedies=remedies, **named)
            elif one.passed is False:
                cites = cites_text(item.cites, self.lang)
                yield self.say("checklist.untouched", cites=cites, **named)
        if of.together is not None:
            cites, remedies = cites_text(of.by_together, self.lang), self.remedies(of.together)
            yield self.say("checklist.together", cites=cites, remedies=remedies)

    def remedies(self, decision: Decision) -> str:
        """Return what there is to choose, or what is open yet."""
        with display_names(decision):
            found = [remedy_text(remedy, self.lang) for remedy in decision.remedies]
        if decision.outcome is None or not found:
            names = decision.possible if decision.outcome is None else (decision.outcome,)
            outcomes = listed(self.lang, [known_text("outcome", one, self.lang) for one in names])
            prefix = self.say("outcome.open") + self.say("piece.colon")
            found.append(prefix + outcomes if decision.outcome is None else outcomes)
        return clauses(self.lang, found)

    def besides(self) -> Iterator[str]:
        """Yield what the list says beside its items."""
        yield from (self.words(words) for words in self.of.checklist.besides)


def _paragraphs(report: CheckedReport) -> Iterator[list[TextBlock]]:
    """Yield what plain text says, part by part."""
    verdict = report.say("compare.sentence", text=report.verdict)
    yield [Line(report.title), Line(verdict), *map(Line, report.basis())]
    results = (
        report.say("checklist.item", item=item, result=result)
        for _, (item, result) in report.results()
    )
    sections = {"items": results, "consumer": report.consumer(), "besides": report.besides()}
    for name, texts in sections.items():
        if found := tuple(texts):
            yield [Section(report.say(f"checklist.head.{name}")), Listing(found)]
