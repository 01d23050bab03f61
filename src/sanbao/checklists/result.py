"""The result of a checklist for businesses and for the consumer, and its words: 核对结果."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

from sanbao.base.display import Explained
from sanbao.base.records import Record, canonical_json, record
from sanbao.checklists.records import Checklist
from sanbao.decision import Decision
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
from sanbao.model.citation import Citation
from sanbao.model.claim import StoredClaim

__all__ = ["Checked", "CheckedItem", "Standing"]

Standing: TypeAlias = Literal["stands", "fails", "open"]


@record
class CheckedItem(Record):
    """What became of one item: 逐项结果.

    ``passed`` is ``None`` where nobody said. ``decision`` is what the consumer has where the
    item was not met and stands for a fact of the claim, ``by`` the articles that are about that
    fact; ``None`` and empty where the consumer's claim is untouched.
    """

    item: str
    passed: bool | None
    decision: Decision | None = None
    by: tuple[Citation, ...] = ()


@record
class Checked(Explained, Record):
    """A list held against what was found: 核对结果.

    ``standing``: the claim between the businesses ``stands`` (every item is met), ``fails``, or
    is ``open``. ``decision`` is what the consumer has by the claim as it is, ``together`` what
    is left where several items that are not met stand for facts of the claim, ``by_together``
    the articles that are about these; ``None`` and empty where fewer than two do.
    """

    checklist: Checklist
    claim: StoredClaim
    standing: Standing
    items: tuple[CheckedItem, ...]
    decision: Decision
    together: Decision | None = None
    by_together: tuple[Citation, ...] = ()

    @property
    def failed(self) -> tuple[str, ...]:
        """The ids of the items that are not met."""
        return tuple(one.item for one in self.items if one.passed is False)

    def left(self, item: str) -> Decision:
        """Return what the consumer has with this item as it was found.

        Raises :class:`~sanbao.ValidationError` naming the nearest id if there is none.
        """
        place = self.checklist.items.index(self.checklist.item(item))
        return self.items[place].decision or self.decision

    def explain(self, lang: Literal["zh", "en"] = "zh") -> str:
        """Return it in words, Chinese (``zh``) or English (``en``).

        Raises :class:`~sanbao.ValidationError` for another language.
        """
        return terminal_text(*_paragraphs(_Report(self, language(lang))))

    def to_json(self) -> str:
        """Return the result, the decisions in it included, as canonical JSON."""
        return canonical_json(self)

    def _repr_markdown_(self) -> str:
        return markdown_of(_blocks(_Report(self, "zh")))


# --- words -----------------------------------------------------------------------------------

_RESULTS: Final = {True: "met", False: "not_met", None: "not_said"}
_TONES: Final[dict[str, Tone]] = {"stands": "good", "fails": "bad", "open": "open"}
_VERDICTS: Final = {True: "holds", False: "barred", None: "unknown"}


class _Report:
    """What is said of a result, in one language."""

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
        """Yield between whom the list applies, and what it cannot do."""
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
        """Yield what else the list says."""
        yield from (self.words(words) for words in self.of.checklist.besides)


def _blocks(report: _Report) -> Iterator[Block]:
    """Yield a result as a notebook shows it."""
    yield Headline(report.verdict, _TONES[report.of.standing], kicker=report.title, size="sentence")
    yield Listing(tuple(report.basis()))
    heads = tuple(report.say(f"checklist.column.{name}") for name in ("item", "result"))
    yield Table(heads, tuple(Row(texts, _VERDICTS[one.passed]) for one, texts in report.results()))
    yield Section(report.say("checklist.head.consumer"))
    yield Listing(tuple(report.consumer()))
    yield from (Line(text) for text in report.besides())


def _paragraphs(report: _Report) -> Iterator[list[TextBlock]]:
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
