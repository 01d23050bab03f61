"""What the check of a policy against itself found: 核验说明.

First whether every principle holds, then each of them with how often it was looked at, and
where one does not hold the rules it fails for and the claims that show it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from sanbao.explain.blocks.html import html_of
from sanbao.explain.blocks.model import (
    Bit,
    Block,
    Data,
    Headline,
    Indented,
    Line,
    Listing,
    Row,
    Section,
    Table,
    TextBlock,
    Tone,
)
from sanbao.explain.blocks.page import PARTS_STYLE, document
from sanbao.explain.blocks.terminal import terminal_text
from sanbao.explain.texts.claims import claim_data, claim_sentence
from sanbao.explain.texts.comparisons import basis_text, known_policies, policy_name
from sanbao.explain.texts.conditions import rule_name
from sanbao.explain.texts.phrases import known_text, listed, plainly
from sanbao.explain.texts.titles import words_of_laws
from sanbao.explain.words.catalogue import Language, has, language, say
from sanbao.rules.policy import Policy

if TYPE_CHECKING:
    from sanbao.model.claim import Claim
    from sanbao.statespace.verification import Breach, Principle, Verification

__all__ = ["verification_page", "verification_text", "verified"]

_MOST_BREACHES: Final = 5
"""How many breaches of one principle are shown in full, at most."""


def verification_text(
    verification: Verification, lang: str, policies: Iterable[Policy] = ()
) -> str:
    """Return a verification in words, folded for a terminal: 核验说明.

    ``policies`` holds the policy if it neither ships with the library nor is held by the
    verification itself. Raises
    :class:`~sanbao.ValidationError` for a language the catalogue does not have.
    """
    report = VerificationReport(verification, language(lang), policies)
    with words_of_laws(report.known.values()):
        return terminal_text(*_paragraphs(report))


def verification_page(
    verification: Verification, lang: str, policies: Iterable[Policy] = ()
) -> str:
    """Return a verification as one self-contained page: 核验网页.

    ``policies`` as for :func:`verification_text`. Raises :class:`~sanbao.ValidationError` for
    a language the catalogue does not have.
    """
    report = VerificationReport(verification, language(lang), policies)
    with words_of_laws(report.known.values()):
        body = html_of(_blocks(report, top=True))
    return document(report.title, body, report.lang, PARTS_STYLE)


def verified(
    verification: Verification, lang: Language, policies: Iterable[Policy] = ()
) -> Iterator[Block]:
    """Yield a verification as blocks, as a notebook shows it."""
    return _blocks(VerificationReport(verification, lang, policies))


class VerificationReport:
    """A verification in words of one language."""

    def __init__(
        self, verification: Verification, lang: Language, policies: Iterable[Policy]
    ) -> None:
        self.of = verification
        self.lang = lang
        self.known = known_policies([verification.policy], (*verification.policies, *policies))

    def say(self, message: str, **values: object) -> str:
        return say(self.lang, message, **values)

    @property
    def title(self) -> str:
        policy = policy_name(self.of.policy, self.known, self.lang)
        return self.say("verify.title", policy=policy)

    @property
    def broken(self) -> list[Principle]:
        """The principles that do not hold."""
        return [principle for principle in self.of.principles if not principle.holds]

    @property
    def verdict(self) -> str:
        if not self.broken:
            return self.say("verify.holds")
        return self.say("verify.breaks", count=len(self.broken))

    def basis(self) -> Iterator[str]:
        """Yield what was looked at, and under which readings."""
        yield self.say("verify.cells", cells=f"{self.of.cells:,}")
        yield from basis_text(self.of.readings, self.of.calendar, self.known, self.lang)

    def outcomes(self) -> Iterator[tuple[str, str]]:
        """Yield every outcome with its situations."""
        for one in self.of.outcomes:
            yield known_text("outcome", one.outcome, self.lang), f"{one.cells:,}"

    def principle(self, principle: Principle) -> str:
        return known_text("verify.principle", principle.id, self.lang)

    def result(self, principle: Principle) -> str:
        return self.say("verify.yes" if principle.holds else "verify.no")

    def rules(self, breach: Breach) -> str:
        """Return the rules of a breach, each with its id."""
        policy = next(iter(self.known.values()), None)
        texts = []
        for rule in breach.rules:
            words = rule_name(rule, self.lang, policy)
            same = words == plainly(rule)
            texts.append(words if same else self.say("audit.rule", id=plainly(rule), words=words))
        return listed(self.lang, texts)

    def points(self, breach: Breach) -> Iterator[tuple[str, str]]:
        """Yield the points of a breach, each with its label."""
        if breach.rules:
            yield self.say("verify.rules"), self.rules(breach)
        if breach.subject:
            name = f"compare.subject.{breach.subject}"
            subject = self.say(name) if has(name) else plainly(breach.subject)
            yield self.say("verify.subject"), subject
        for label, claim in self.claims(breach):
            yield label, claim_sentence(claim, self.lang)

    def claims(self, breach: Breach) -> Iterator[tuple[str, Claim]]:
        """Yield the claims that show a breach, each with its label."""
        label = "verify.claim" if breach.other is None else "verify.less"
        if breach.claim is not None:
            yield self.say(label), breach.claim
        if breach.other is not None:
            yield self.say("verify.more"), breach.other


# --- as blocks -----------------------------------------------------------------------------


def _paragraphs(report: VerificationReport) -> Iterator[list[TextBlock]]:
    """Yield what plain text says, part by part."""
    lang = report.lang
    yield [Line(report.title), Line(say(lang, "compare.sentence", text=report.verdict))]
    yield [Line(text) for text in report.basis()]
    found = [
        say(lang, "compare.labelled", label=outcome, text=cells)
        for outcome, cells in report.outcomes()
    ]
    yield [Section(say(lang, "verify.outcomes")), Listing(tuple(found))]
    principles: list[TextBlock] = [Section(say(lang, "verify.principles"))]
    for one in report.of.principles:
        named = {"principle": report.principle(one), "result": report.result(one)}
        text = say(lang, "verify.line", number=f"{one.looked_at:,}", **named)
        principles += [Listing((text,)), Indented(tuple(_breaches(one, report)), 4, 2)]
    yield principles


def _blocks(report: VerificationReport, *, top: bool = False) -> Iterator[Block]:
    lang = report.lang
    tone: Tone = "bad" if report.broken else "good"
    yield Headline(report.verdict, tone, kicker=report.title, size="top" if top else "sentence")
    yield Listing(tuple(report.basis()))
    yield Section(say(lang, "verify.principles"))
    yield _principles(report)
    for principle in report.broken:
        yield Section(report.principle(principle))
        yield from _breaches(principle, report)
    yield Section(say(lang, "verify.outcomes"))
    heads = (say(lang, "verify.outcome"), say(lang, "compare.situations"))
    yield Table(heads, tuple(Row(cells) for cells in report.outcomes()))


def _breaches(principle: Principle, report: VerificationReport) -> Iterator[TextBlock]:
    """Yield the breaches of a principle, and how many more there are."""
    lang = report.lang
    for number, breach in enumerate(principle.breaches[:_MOST_BREACHES], 1):
        yield Line((Bit(say(lang, "verify.breach", number=number), "b"),))
        for label, text in report.points(breach):
            yield Line((Bit(label, "b"), say(lang, "piece.colon"), text))
        if data := tuple(claim_data(claim) for _, claim in report.claims(breach)):
            yield Data(say(lang, "compare.claim"), data)
    rest = len(principle.breaches) - _MOST_BREACHES
    if rest > 0:
        yield Line(say(lang, "verify.more_breaches", number=rest))


def _principles(report: VerificationReport) -> Table:
    rows = []
    for one in report.of.principles:
        verdict = "holds" if one.holds else "barred"
        cells = report.principle(one), report.result(one), f"{one.looked_at:,}"
        rows.append(Row(cells, verdict))
    names = ("principle", "result", "looked_at")
    heads = tuple(say(report.lang, f"verify.{name}") for name in names)
    return Table(heads, tuple(rows), stacked=True, labelled=True)
