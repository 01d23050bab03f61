"""A decision as blocks, and as one self-contained page: 网页.

No script, no outside resource; every value is escaped. Light and dark follow the reader's
system. A notebook card of a decision is made of the same blocks (``cards``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from sanbao.base.errors import ValidationError
from sanbao.explain.blocks.html import html_of
from sanbao.explain.blocks.model import (
    BREAK,
    Bit,
    Block,
    Headline,
    Line,
    Listing,
    Row,
    Table,
    Tone,
    Unfold,
    Words,
)
from sanbao.explain.blocks.page import document
from sanbao.explain.pages.timeline_figure import draw_decision
from sanbao.explain.texts.consumer import chosen
from sanbao.explain.texts.decision import explanation
from sanbao.explain.texts.differences import dependence
from sanbao.explain.texts.phrases import (
    article_text,
    check_text,
    cited,
    cites_text,
    duty_text,
    known_text,
    listed,
    plainly,
    policy_text,
    rule_text,
    without_repeats,
    yuan_text,
)
from sanbao.explain.texts.titles import display_names
from sanbao.explain.words.catalogue import Language, language, say
from sanbao.model.rule_ref import RuleRef
from sanbao.reasons.timeline import timeline_of

if TYPE_CHECKING:
    from sanbao.evaluation.programs.combined import AnyEvaluation
    from sanbao.model.decision import Finding, ReceiptData, WholeDecision
    from sanbao.reasons.timeline import Step, Timeline, Turn

__all__ = [
    "counted",
    "decided",
    "explained",
    "outcome_text",
    "page",
    "shortened",
    "steps_table",
    "table",
    "tone",
]

_TONES: Final[dict[str | None, Tone]] = {None: "open", "paid_repair": "bad", "excluded": "bad"}

_LONGEST: Final = 200
"""Longer values are shortened, and their length is given."""


def page(decision: WholeDecision, lang: str, audience: str = "consumer") -> str:
    """Return ``decision`` as an HTML page in ``lang`` for ``audience``.

    Raises :class:`~sanbao.ValidationError` for a language the catalogue does not have and for
    an audience nobody knows.
    """
    chosen_lang = language(lang)
    with display_names(decision):
        body = html_of(decided(decision, chosen_lang, audience, top=True))
    title = f"{say(chosen_lang, 'page.title')}: {outcome_text(decision.outcome, chosen_lang)}"
    return document(title, body, chosen_lang)


def outcome_text(outcome: str | None, lang: Language) -> str:
    """Return an outcome in words; ``None`` is one that is not settled."""
    return known_text("outcome", outcome or "open", lang)


def tone(outcome: str | None) -> Tone:
    """Return how an outcome is coloured: something, nothing, or not settled."""
    return _TONES.get(outcome, "good")


def shortened(value: object, lang: Language) -> str:
    """Return a value that somebody else wrote, cut where it is very long."""
    text = str(value)
    if len(text) <= _LONGEST:
        return text
    return say(lang, "page.cut", text=f"{text[:_LONGEST]}…", count=len(text))


# --- a decision --------------------------------------------------------------------------


def decided(
    decision: WholeDecision, lang: Language, audience: str = "consumer", *, top: bool = False
) -> Iterator[Block]:
    """Yield a decision as blocks; ``top`` makes its outcome the head of a page.

    The auditor's text holds articles, findings, readings and receipt already; for others they
    are there to unfold. Raises :class:`~sanbao.ValidationError` for an audience nobody knows.
    """
    title = policy_text(decision.policy.id, lang)
    yield Headline(
        outcome_text(decision.outcome, lang),
        tone(decision.outcome),
        kicker=f"{say(lang, 'page.title')}{say(lang, 'page.sep')}{title}",
        beside=_money(decision, lang),
        size="top" if top else "",
    )
    yield from explained(decision, lang, audience)
    timeline = _timeline(decision)
    if timeline is not None and len(timeline.steps) > 1:
        yield Unfold(say(lang, "page.outlook"), (steps_table(timeline.steps, lang),))
    if audience != "auditor":
        yield from _articles(decision, lang)
        yield from _behind(decision, lang)


def _articles(decision: WholeDecision, lang: Language) -> Iterator[Block]:
    """Yield what the articles say that lead, remedies and duties cite, to unfold."""
    from sanbao.policies.summaries import cited_together

    lead = () if decision.lead is None else decision.lead.citations
    cites = [*lead, *(cite for one in decision.remedies for cite in one.citations)]
    cites += [cite for duty in decision.obligations for cite in duty.citations]
    if found := cited_together(cites):
        said = Listing(tuple(article_text(one, lang) for one in found))
        yield Unfold(say(lang, "page.articles"), (said,))


def explained(
    decision: WholeDecision, lang: Language, audience: str = "consumer"
) -> Iterator[Block]:
    """Yield the explanation of a decision and its drawing.

    Raises :class:`~sanbao.ValidationError` for an audience nobody knows.
    """
    text = explanation(decision, lang, audience)
    case = _case(decision)
    claim = None if case is None else case.claim
    figure = draw_decision(decision, claim, _timeline(decision), lang)
    drawn = [] if figure is None else [figure]
    yield from (*text, *drawn) if audience == "consumer" else (*drawn, *text)


def _case(decision: WholeDecision) -> AnyEvaluation | None:
    """Return what was decided, or nothing for a decision that was read from JSON."""
    try:
        case: AnyEvaluation = decision.case
    except ValidationError:
        return None
    return case


def _timeline(decision: WholeDecision) -> Timeline | None:
    """Return what a later claim gives; that takes the claim."""
    case = _case(decision)
    return None if case is None else timeline_of(case)


def _money(decision: WholeDecision, lang: Language) -> str:
    if decision.outcome != "refund":
        return ""
    amounts = {remedy.payable for remedy in chosen(decision)}
    if len(amounts) != 1 or None in amounts:
        return ""
    return yuan_text(amounts.pop(), lang)


# --- until when --------------------------------------------------------------------------


def steps_table(steps: Iterable[Step], lang: Language, *, duties: bool = False) -> Table:
    """Return the steps of a timeline as a table: from when, what it gives, what changed.

    ``duties`` says whether obligations are included.
    """
    rows = []
    for step in steps:
        on: tuple[str | Bit, ...] = (str(step.on),)
        if any(turn.provisional for turn in step.turns):
            on = (*on, BREAK, Bit(say(lang, "page.provisional"), "small"))
        gives: tuple[str | Bit, ...] = (Bit(outcome_text(step.outcome, lang), "b"),)
        others: Iterable[str] = step.possible if step.outcome is None else step.remedies
        if texts := [outcome_text(one, lang) for one in others if one != step.outcome]:
            gives = (*gives, BREAK, Bit(listed(lang, texts), "small"))
        turns = [turn for turn in step.turns if duties or turn.what != "duty"]
        rows.append(Row((on, gives, _turns(turns, lang))))
    return table(("page.from", "page.gives", "page.why"), rows, lang)


def table(heads: Iterable[str], rows: Iterable[Row], lang: Language) -> Table:
    """Return a table under these messages, its cells below each other in little room."""
    return Table(tuple(say(lang, head) for head in heads), tuple(rows), stacked=True)


def _turns(turns: Iterable[Turn], lang: Language) -> Words:
    groups: dict[str, list[str]] = {}
    for turn in without_repeats(turns):
        how = {True: "begins", False: "ends", None: "open"}[turn.begins]
        name = "page.turn.open" if turn.begins is None else f"page.turn.{turn.what}.{how}"
        text = duty_text(turn.ref, lang) if turn.what == "duty" else rule_text(turn.ref, lang)
        groups.setdefault(name, []).append(cited(text, turn.citations[:1], lang))
    parts: list[str | Bit] = []
    for name, texts in groups.items():
        label = say(lang, name, what="").strip()
        apart = "" if lang == "zh" else " "  # a full-width colon has its own room
        parts += [BREAK, Bit(label, "small"), f"{apart}{listed(lang, texts)}"]
    return tuple(parts[1:])


# --- what stands behind it ---------------------------------------------------------------


def _behind(decision: WholeDecision, lang: Language) -> Iterator[Block]:
    lead = None if decision.lead is None else decision.lead.ref
    rows = tuple(_finding(one, lead, lang) for one in decision.findings)
    findings = table(("page.rule", "page.verdict", "page.checks"), rows, lang)
    yield counted("page.findings", len(rows), lang, findings)
    if decision.depends_on:
        blocks = [block for one in decision.depends_on for block in dependence(one, lang)]
        yield counted("page.depends", len(decision.depends_on), lang, *blocks)
    elif decision.depends_on is not None:
        yield Unfold(say(lang, "page.depends"), (Line(say(lang, "page.depends_not")),))
    yield Unfold(say(lang, "page.receipt"), (_receipt(decision.receipt, lang),))


def counted(message: str, count: int, lang: Language, *blocks: Block) -> Unfold:
    """Return blocks to unfold, under a head that says how many things there are."""
    return Unfold(say(lang, "page.count", what=say(lang, message), count=count), blocks)


def _finding(finding: Finding, lead: RuleRef | None, lang: Language) -> Row:
    rule = rule_text(finding.ref, lang), BREAK, Bit(cites_text(finding.citations, lang), "small")
    verdict: tuple[str | Bit, ...] = (say(lang, f"verdict.{finding.verdict}"),)
    if finding.barred_by:
        barring = (RuleRef(finding.policy, one) for one in finding.barred_by)
        barred = listed(lang, [rule_text(one, lang) for one in barring])
        verdict = (*verdict, BREAK, Bit(barred, "small"))
    texts = dict.fromkeys(check_text(check, lang, finding.policy) for check in finding.checks)
    checks = [part for text in texts for part in (BREAK, text)][1:]
    return Row((rule, verdict, tuple(checks)), finding.verdict, finding.ref == lead)


def _receipt(receipt: ReceiptData, lang: Language) -> Table:
    calendar = say(
        lang,
        "page.calendar",
        id=shortened(receipt.calendar, lang),
        year=plainly(receipt.calendar_last_known_year),
    )
    readings = listed(
        lang, [f"{name} = {value}" for name, value in receipt.readings.to_dict().items()]
    )
    values = {
        "policy": receipt.policy,
        "policy_sha256": receipt.policy_sha256,
        "claim_sha256": receipt.claim_sha256,
        "library": f"sanbao {receipt.library}",
        "calendar": calendar,
        "readings": readings,
    }
    rows = []
    for name, value in values.items():
        text = value if name in ("calendar", "readings") else shortened(value, lang)
        rows.append(Row((say(lang, f"page.receipt.{name}"), (Bit(text, "code"),))))
    return Table((say(lang, "page.what"), say(lang, "page.value")), tuple(rows))
