"""What a notebook shows of claims, decisions, policies and answers: 笔记本卡片.

One :class:`Card` for every kind of thing, made of the same blocks as a page. A card is a
fragment with a style sheet of its own, which touches nothing outside it; it has no script, no
id, and fetches nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from sanbao.base.errors import Reason
from sanbao.explain.blocks.html import html_of
from sanbao.explain.blocks.markdown import markdown_of
from sanbao.explain.blocks.model import (
    BREAK,
    Bit,
    Block,
    Facts,
    Headline,
    Line,
    Row,
    Section,
    Table,
    Tone,
    Unfold,
    Words,
)
from sanbao.explain.blocks.page import card
from sanbao.explain.pages.decision import (
    counted,
    decided,
    explained,
    outcome_text,
    shortened,
    steps_table,
    table,
    tone,
)
from sanbao.explain.pages.timeline_figure import draw_claim, draw_timeline
from sanbao.explain.texts.answers import explanation, in_short
from sanbao.explain.texts.changes import change_text
from sanbao.explain.texts.comparisons import compared, percent_text
from sanbao.explain.texts.phrases import cites_text, known_text, listed, value_text, yuan_text
from sanbao.explain.texts.titles import display_name, display_names, own_words, title_of
from sanbao.explain.texts.verifications import verified
from sanbao.explain.words.catalogue import Language, has, say
from sanbao.model.claim import Claim, Repair
from sanbao.model.decision import WholeDecision
from sanbao.model.fields import FIELDS, ClaimField, fields_in
from sanbao.reasons.answers import Contrast, WhatIf, WhyNot
from sanbao.reasons.timeline import Timeline
from sanbao.rules.combined import Combined
from sanbao.rules.policy import Article, Bar, Coverage, Exclusion, Grade, Obligation, Policy, Right
from sanbao.statespace.comparison import Comparison
from sanbao.statespace.verification import Verification

if TYPE_CHECKING:
    from sanbao.reasons.answers import Change
    from sanbao.rules.policy import Rule

__all__ = ["Card"]


class Card:
    """What a notebook shows of a thing: 卡片. ``str`` gives the Markdown.

    >>> from sanbao.model.claim import Claim
    >>> claim = Claim(claimed_on="2025-07-04", product={"kind": "handset"})
    >>> print(Card(claim, "en"))
    Three-guarantees claim
    <BLANKLINE>
    ### Hand-held phone, claimed on 2025-07-04

    Raises :class:`TypeError` for a thing that has no card.
    """

    def __init__(self, thing: object, lang: Language) -> None:
        show = next((show for kind, show in _KINDS.items() if isinstance(thing, kind)), None)
        if show is None:
            raise TypeError(Reason("input.no_card", type=type(thing).__name__).both)
        self._show, self._thing, self._lang = show, thing, lang

    @cached_property
    def _blocks(self) -> tuple[Block, ...]:
        with display_names(self._thing):
            return tuple(self._show(self._thing, self._lang))

    @property
    def html(self) -> str:
        """The card as an HTML fragment with its style sheet."""
        return card(html_of(self._blocks), self._lang)

    @property
    def markdown(self) -> str:
        """The card as Markdown; what the drawing shows is a list there."""
        return markdown_of(self._blocks)

    def _repr_html_(self) -> str:
        return self.html

    def _repr_markdown_(self) -> str:
        return self.markdown

    def __str__(self) -> str:
        return self.markdown


# --- claims ------------------------------------------------------------------------------

_ORDER: Final = (
    *("asked_on", "purchase.sold_on", "purchase.invoiced_on", "purchase.received_on"),
    *("purchase.price", "purchase.paid_price", "purchase.standalone_price", "purchase.province"),
    *("purchase.trader_province", "purchase.gift", "purchase.plan_bundled"),
    *("evidence.invoice", "evidence.voucher", "evidence.manufactured_on"),
    *("evidence.activated_on", "fault.symptom", "fault.detail", "fault.appeared_on"),
    *("fault.cause", "fault.cause_basis", "fault.contested", "fault.found_unqualified"),
    *("fault.battery_capacity", "product.sold_in_mainland", "product.bought_with_phone"),
    *("product.imei", "product.condition", "product.used", "same_model_in_stock", "request"),
)
"""The order in which fields are read; others follow."""
_FIELDS: Final = sorted(
    (path for path in FIELDS if has(f"card.field.{path}")),
    key=lambda path: _ORDER.index(path) if path in _ORDER else len(_ORDER),
)


def _claim(claim: Claim, lang: Language) -> Iterator[Block]:
    kind = value_text(claim.product.kind, lang)
    headline = say(lang, "card.claim_on", kind=kind, on=claim.claimed_on)
    headline = headline[:1].upper() + headline[1:]
    yield Headline(headline, "calm", kicker=say(lang, "card.claim"))
    figure = draw_claim(claim, lang)
    if figure is not None:
        yield figure
    pairs = []
    for path in _FIELDS:
        value = attrgetter(path)(claim)
        if value not in (None, FIELDS[path].absent):  # a default goes without saying
            pairs.append((say(lang, f"card.field.{path}"), _value(FIELDS[path], value, lang)))
    if pairs:
        yield Facts((say(lang, "card.facts"), say(lang, "page.value")), tuple(pairs))
    if claim.repairs:
        repairs = _repairs(claim.repairs, lang)
        yield from _listed("card.repairs", len(claim.repairs), repairs, lang)
    if claim.exchanges:
        days = enumerate((str(one.exchanged_on) for one in claim.exchanges), 1)
        heads = say(lang, "card.number"), say(lang, "card.field.exchanged_on")
        exchanges = Table(heads, tuple(Row((str(number), day)) for number, day in days))
        yield from _listed("card.exchanges", len(claim.exchanges), exchanges, lang)


_FEW: Final = 6


def _listed(message: str, count: int, rows: Table, lang: Language) -> Iterator[Block]:
    """Yield a table with its head, to unfold where it is long."""
    if count > _FEW:
        yield counted(message, count, lang, rows)
    else:
        yield Section(say(lang, message))
        yield rows


def _value(field: ClaimField, value: object, lang: Language) -> str:
    match field.type:
        case "date":  # as tables have it
            return str(value)
        case "yuan":
            return yuan_text(value, lang)
        case "percent":
            return say(lang, "percent.value", number=value)
        case _ if has(f"card.{field.name}.{value}"):
            return say(lang, f"card.{field.name}.{value}")
        case _:
            return value_text(value, lang, field.name)


def _repairs(repairs: Sequence[Repair], lang: Language) -> Table:
    """Return repairs as a table, without the columns that tell nothing of any of them."""
    columns = [one for one in fields_in("repairs") if has(f"card.field.{one.name}")]
    telling = [one for one in columns if any(_tells(each, one) for each in repairs)]
    rows = []
    for number, repair in enumerate(repairs, 1):
        cells = [_cell(getattr(repair, one.name), one, lang) for one in telling]
        rows.append(Row((str(number), *cells)))
    heads = [say(lang, f"card.field.{one.name}") for one in telling]
    return Table((say(lang, "card.number"), *heads), tuple(rows))


def _tells(repair: Repair, field: ClaimField) -> bool:
    value = getattr(repair, field.name)
    return field.name == "handed_back_on" or value not in (None, field.absent)


def _cell(value: object, field: ClaimField, lang: Language) -> str:
    if value is None:
        return say(lang, "card.open") if field.name == "handed_back_on" else ""
    return _value(field, value, lang)


# --- policies ----------------------------------------------------------------------------

_RULE_HEADS: Final = ("card.article_head", "page.rule_head", "card.sort", "card.cites")


def _policy(policy: Policy, lang: Language) -> Iterator[Block]:
    title = shortened(policy.title_zh if lang == "zh" else policy.title_en, lang)
    yield Headline(title, "calm", kicker=say(lang, "card.policy"))
    names = {"id": shortened(policy.id, lang), "version": shortened(policy.version, lang)}
    version = say(lang, "card.version", **names)
    in_force = say(lang, "card.in_force", on=policy.in_force_from)
    yield Line(f"{version}; {in_force}")
    if policy.catalogue:
        lines = _catalogue(policy.catalogue, lang)
        yield counted("card.catalogue", len(policy.catalogue), lang, lines)
    rules = {rule.id: rule for rule in (*policy.rules, *policy.obligations)}
    rows = list(_articles(policy, rules, lang))
    if rows:
        yield counted("card.articles", len(rows), lang, table(_RULE_HEADS, rows, lang))
    encoded = {rule for article in policy.articles for rule in article.rules}
    rows = [_rule("", rule, policy, lang) for name, rule in rules.items() if name not in encoded]
    if rows:
        yield counted("card.elsewhere", len(rows), lang, table(_RULE_HEADS, rows, lang))
    rows = list(_without_effect(policy.articles, lang))
    if rows:
        heads = say(lang, "card.article_head"), say(lang, "card.reason")
        yield counted("card.no_effect", len(rows), lang, Table(heads, tuple(rows)))


def _combined(combined: Combined, lang: Language) -> Iterator[Block]:
    for policy in combined.members:
        yield from _policy(policy, lang)


def _catalogue(lines: Iterable[Coverage], lang: Language) -> Table:
    names = ("card.kind", "card.role", "card.months", "card.rate", "card.faults", "card.cites")
    rows = []
    for line in lines:
        rate = say(lang, "card.no_rate")
        if line.daily_rate is not None:
            percent = shortened(percent_text(line.daily_rate), lang)
            rate = say(lang, "card.of_price", percent=percent)
        cells = (
            _code(line.kind, lang),
            value_text(line.role, lang),
            say(lang, "card.of_months", months=line.months),
            rate,
            listed(lang, [_code(fault, lang) for fault in line.faults]),
            cites_text(line.cites, lang),
        )
        rows.append(Row(cells))
    heads = tuple(say(lang, name) for name in names)
    return Table(heads, tuple(rows), stacked=True, labelled=True)


def _code(code: str, lang: Language) -> str:
    known = has(f"code.{code}") or display_name(f"code:{code}", lang) is not None
    return known_text("code", code, lang) if known else shortened(code, lang)


def _articles(policy: Policy, rules: dict[str, Rule | Obligation], lang: Language) -> Iterator[Row]:
    for article in policy.articles:
        head: Words = _article(article, lang)
        for name in article.rules:
            yield _rule(head, rules[name], policy, lang)
            head = ""


def _article(article: Article, lang: Language) -> Words:
    head = say(lang, "shown.number", number=article.number)
    if article.certainty == "confirmed":
        return head
    return head, BREAK, Bit(say(lang, f"piece.{article.certainty}"), "small")


def _rule(head: Words, rule: Rule | Obligation, policy: Policy, lang: Language) -> Row:
    name = own_words(title_of(rule, policy), lang)
    words = () if name == rule.id else (name, BREAK)
    code = Bit(shortened(rule.id, lang), "code")
    return Row((head, (*words, code), _sort(rule, lang), cites_text(rule.cites, lang)))


def _sort(rule: Rule | Obligation, lang: Language) -> str:
    if isinstance(rule, Right):
        owner = say(lang, f"owner.{rule.owed_by}")
        remedy = outcome_text(rule.remedy, lang)
        return say(lang, "card.sort.right", remedy=remedy, owner=owner)
    sorts: dict[type, str] = {Exclusion: "exclusion", Bar: "bar", Grade: "grade"}
    return say(lang, f"card.sort.{sorts.get(type(rule), 'duty')}")


def _without_effect(articles: Iterable[Article], lang: Language) -> Iterator[Row]:
    for article in articles:
        if article.no_effect is not None:
            zh, en = article.no_effect
            yield Row((_article(article, lang), shortened(zh if lang == "zh" else en, lang)))


# --- answers -----------------------------------------------------------------------------


def _why_not(answer: WhyNot, lang: Language) -> Iterator[Block]:
    kind: Tone = "open" if answer.available is None else "bad"
    text = in_short(answer, lang).rstrip("。.")
    yield Headline(text, kind, say(lang, "card.whynot"), size="sentence")
    yield from explanation(answer, lang)[1:]
    if answer.changes:
        rows = [_change(change, lang) for change in answer.changes]
        changes = table(("card.change", "page.gives", "card.cites"), rows, lang)
        yield counted("card.changes", len(rows), lang, changes)


def _change(change: Change, lang: Language) -> Row:
    gives = outcome_text(change.outcome, lang)
    return Row((change_text(change, lang), gives, cites_text(change.citations, lang)))


def _contrast(answer: Contrast, lang: Language) -> Iterator[Block]:
    one, other = outcome_text(answer.remedy, lang), outcome_text(answer.rather_than, lang)
    text = say(lang, "card.rather", one=one, other=other)
    yield Headline(text, tone(answer.remedy), kicker=say(lang, "card.contrast"))
    yield from explanation(answer, lang)


def _what_if(answer: WhatIf[WholeDecision], lang: Language) -> Iterator[Block]:
    before, after = answer.before.outcome, answer.after.outcome
    names = {"before": outcome_text(before, lang), "after": outcome_text(after, lang)}
    text = say(lang, "card.stays" if before == after else "card.becomes", **names)
    yield Headline(text, tone(after), kicker=say(lang, "card.whatif"))
    yield from explanation(answer, lang)
    for message, decision in (("card.after", answer.after), ("card.before", answer.before)):
        yield Unfold(say(lang, message), tuple(explained(decision, lang)))


def _timeline(answer: Timeline, lang: Language) -> Iterator[Block]:
    first = answer.steps[0].outcome
    yield Headline(outcome_text(first, lang), tone(first), kicker=say(lang, "card.timeline"))
    figure = draw_timeline(answer, lang)
    if figure is not None:
        yield figure
    yield steps_table(answer.steps, lang, duties=True)
    yield explanation(answer, lang)[-1]


_KINDS: Final[dict[type, Callable[[Any, Language], Iterator[Block]]]] = {
    Claim: _claim,
    WholeDecision: decided,
    Policy: _policy,
    Combined: _combined,
    WhyNot: _why_not,
    Contrast: _contrast,
    WhatIf: _what_if,
    Timeline: _timeline,
    Comparison: compared,
    Verification: verified,
}
