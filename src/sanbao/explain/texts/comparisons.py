"""A comparison of two policies, for who has to act on it: 比较说明.

First the verdict in a sentence, then one difference after the other: what the consumer loses
or gains, by which rule and article, for which goods, when, in how many situations, and a
claim that shows it and can be decided under both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Final

from sanbao.base.errors import ValidationError
from sanbao.evaluation.parts.remedies import FEE_READINGS
from sanbao.explain.blocks.html import html_of
from sanbao.explain.blocks.model import (
    Anchored,
    Bit,
    Block,
    Data,
    Headline,
    Indented,
    Line,
    Link,
    Listing,
    Row,
    Section,
    Table,
    TextBlock,
    Tone,
    Unfold,
    Words,
)
from sanbao.explain.blocks.page import PARTS_STYLE, document
from sanbao.explain.blocks.terminal import terminal_text
from sanbao.explain.texts.claims import claim_data, claim_sentence
from sanbao.explain.texts.conditions import condition_text, rule_name
from sanbao.explain.texts.phrases import cites_text, clauses, listed, plainly, value_text
from sanbao.explain.texts.titles import own_words, words_of_laws
from sanbao.explain.words.catalogue import Language, language, say
from sanbao.model.readings import DEFAULT_READINGS, Readings
from sanbao.policies import library
from sanbao.policies.instruments import LAW, art
from sanbao.rules.conditions import AtLeast, Compare, Condition, Listed, Not, Owed, Period, Window
from sanbao.rules.policy import Policy

if TYPE_CHECKING:
    from decimal import Decimal

    from sanbao.model.decision import PolicyRef
    from sanbao.rules.policy import Coverage
    from sanbao.statespace.comparison import Circumstance, Comparison, Divergence, Terms

__all__ = [
    "basis_text",
    "compared",
    "comparison_page",
    "comparison_text",
    "known_policies",
    "percent_text",
    "policy_name",
]


def comparison_text(comparison: Comparison, lang: str, policies: Iterable[Policy] = ()) -> str:
    """Return a comparison in words, folded for a terminal: 比较说明.

    ``policies`` are those that were compared, as far as they neither ship with the library nor
    are held by the comparison itself (one read from JSON holds none): their titles and what
    they settle is known from them only. Raises
    :class:`~sanbao.ValidationError` for a language the catalogue does not have.
    """
    report = ComparisonReport(comparison, language(lang), policies)
    with words_of_laws(report.known.values()):
        return terminal_text(*_paragraphs(report))


def comparison_page(comparison: Comparison, lang: str, policies: Iterable[Policy] = ()) -> str:
    """Return a comparison as one self-contained page: 比较网页.

    ``policies`` as for :func:`comparison_text`. Raises :class:`~sanbao.ValidationError` for a
    language the catalogue does not have.
    """
    report = ComparisonReport(comparison, language(lang), policies)
    with words_of_laws(report.known.values()):
        return document(report.title, html_of(_page(report)), report.lang, PARTS_STYLE)


def compared(
    comparison: Comparison, lang: Language, policies: Iterable[Policy] = ()
) -> Iterator[Block]:
    """Yield a comparison as blocks, as a notebook shows it."""
    report = ComparisonReport(comparison, lang, policies)
    yield from _head(report)
    if report.differences:
        yield _summary(report)
    for one in report.differences:
        head = f"{one.headline}{say(lang, 'page.sep')}{one.whom}"
        yield Unfold(head, tuple(_divergence(one, lang)))


def percent_text(rate: Decimal) -> str:
    """Return a rate as a number of percent, without zeros at its end."""
    return f"{rate * 100:f}".rstrip("0").rstrip(".")


def known_policies(refs: Iterable[PolicyRef], given: Iterable[Policy] = ()) -> dict[str, Policy]:
    """Return the policies that are referred to, by id: those ``given``, or those that ship."""
    found = {policy.id: policy for policy in given}
    for ref in refs:
        for name, version in zip(ref.id.split("+"), ref.version.split("+"), strict=False):
            if name in found:
                continue
            with suppress(ValidationError):
                shipped = {policy.version: policy for policy in library.versions(name)}
                if version in shipped:
                    found[name] = shipped[version]
    return found


def policy_name(ref: PolicyRef, known: Mapping[str, Policy], lang: Language) -> str:
    """Return a policy, or several together, by title, id and version."""
    names = ref.id.split("+")
    titles = [known[name] for name in names if name in known]
    named = {"id": plainly(ref.id), "version": plainly(ref.version)}
    if len(titles) < len(names):
        return say(lang, "compare.unnamed", **named)
    own = [own_words((policy.title_zh, policy.title_en), lang) for policy in titles]
    return say(lang, "compare.policy", title=" + ".join(own), **named)


def basis_text(
    readings: Readings, calendar: str, known: Mapping[str, Policy], lang: Language
) -> Iterator[str]:
    """Yield under which readings and which calendar something was looked at."""
    usual = DEFAULT_READINGS.to_dict()
    chosen = [pair for pair in readings.to_dict().items() if pair[1] != usual[pair[0]]]
    texts = _pairs(chosen, lang) or say(lang, "compare.readings_default")
    yield say(lang, "compare.readings", readings=texts)
    for policy in known.values():
        if policy.readings:
            settled = _pairs([(under.reading, under.value) for under in policy.readings], lang)
            yield say(lang, "compare.settled", policy=policy.id, readings=settled)
    yield say(lang, "compare.calendar", calendar=plainly(calendar))


def _pairs(readings: Iterable[tuple[str, str]], lang: Language) -> str:
    return listed(lang, [f"{name} = {value}" for name, value in readings])


# --- the report ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Occasion:
    """When a difference arises, and a claim that shows it."""

    when: str
    example: str
    data: str


@dataclass(frozen=True, slots=True)
class DivergenceReport:
    """One difference in words."""

    number: int
    of: Divergence
    headline: str
    whom: str
    rule: str
    goods: str
    cases: tuple[_Occasion, ...]
    situations: str

    @property
    def anchor(self) -> str:
        """Where it stands on a page."""
        return f"{self.of.direction}-{self.number}"


class ComparisonReport:
    """A comparison in words of one language."""

    def __init__(self, comparison: Comparison, lang: Language, policies: Iterable[Policy]) -> None:
        self.of = comparison
        self.lang = lang
        given = (*comparison.policies, *policies)
        self.known: Mapping[str, Policy] = known_policies((comparison.a, comparison.b), given)

    def say(self, message: str, **values: object) -> str:
        return say(self.lang, message, **values)

    @property
    def _is_of_one_law(self) -> bool:
        """Whether two versions of one law are compared."""
        return self.of.a.id == self.of.b.id

    # --- the head -------------------------------------------------------------------------

    @property
    def title(self) -> str:
        one, other = (policy_name(ref, self.known, self.lang) for ref in (self.of.a, self.of.b))
        return self.say("compare.title", a=one, b=other)

    @cached_property
    def differences(self) -> tuple[DivergenceReport, ...]:
        """The differences: those that are worse first, of these the ordinary ones first."""
        ordered = sorted(self.of.divergences, key=lambda one: (one.direction != "worse", one.odd))
        return tuple(self._divergence(number, one) for number, one in enumerate(ordered, 1))

    def among(self, direction: str) -> list[DivergenceReport]:
        """Return the differences in one direction."""
        return [one for one in self.differences if one.of.direction == direction]

    def verdicts(self) -> Iterator[tuple[str, str]]:
        """Yield what it comes to: a sentence, and why it matters."""
        worse, better = len(self.among("worse")), len(self.among("better"))
        floor = self.of.a.id == LAW and not self._is_of_one_law  # no version is a promise
        a = plainly(self.of.a.id)
        if self._is_of_one_law:
            a = policy_name(self.of.a, {}, self.lang)
        if worse:
            count = self._respects(worse)
            if floor:
                cites = cites_text((art(3), art(4)), self.lang)
                why = self.say("compare.below_why", cites=cites)
                yield self.say("compare.below", count=count), why
            else:
                yield self.say("compare.less", a=a, count=count), ""
        elif better:
            yield self.say("compare.not_below", a=a), ""
        else:
            yield self.say("compare.same"), ""
        if better:
            why = self.say("compare.more_why", cites=cites_text((art(4),), self.lang))
            count = self._respects(better)
            yield self.say("compare.more", a=a, count=count), why if floor else ""

    def _respects(self, number: int) -> str:
        return self.say("compare.respect" if number == 1 else "compare.respects", number=number)

    def basis(self) -> Iterator[str]:
        """Yield what was looked at, and under which readings."""
        yield self.say(
            "compare.cells",
            cells=f"{self.of.cells:,}",
            worse=f"{self.of.worse:,}",
            better=f"{self.of.better:,}",
        )
        yield from basis_text(self.of.readings, self.of.calendar, self.known, self.lang)

    # --- one difference --------------------------------------------------------------------

    def _divergence(self, number: int, one: Divergence) -> DivergenceReport:
        policy = self.known.get(one.policy)
        rule = self.say(
            "compare.rule_of",
            rule=rule_name(one.rule, self.lang, policy),
            id=plainly(one.rule),
            policy=plainly(one.policy),
            cites=cites_text(one.citations, self.lang),
        )
        return DivergenceReport(
            number=number,
            of=one,
            headline=self._headline(one, policy),
            whom=self._whom(one, policy),
            rule=rule,
            goods=listed(self.lang, [value_text(kind, self.lang) for kind in one.kinds]),
            cases=tuple(
                _Occasion(self._when(few, one), claim_sentence(claim, self.lang), claim_data(claim))
                for few, claim in zip(one.where, one.claims, strict=False)
            ),
            situations=f"{one.cells:,}",
        )

    def _headline(self, one: Divergence, policy: Policy | None) -> str:
        worse = one.direction == "worse"
        if one.subject == "refund" and one.given == one.instead:
            name = "compare.reckoned.smaller" if worse else "compare.reckoned.larger"
            in_full = one.given.what == "in_full"
            how = self.say("compare.reckoned.price") if in_full else self._reckoning()
            return self.say(name, terms=self._terms(one.given), how=how)
        if one.subject == "refund" and one.instead is not None:
            name = "compare.smaller" if worse else "compare.larger"
            if one.instead.what == "in_full":  # and less all the same: of another price
                name += ".by_price"
            more, less = self._terms(one.given), self._terms(one.instead)
            return self.say(name, more=more, less=less)
        verb = "compare.lost" if worse else "compare.gained"
        if one.subject == "duty":
            return self.say(f"{verb}.duty", duty=rule_name(one.rule, self.lang, policy))
        return self.say(f"{verb}.{one.given.what}")

    def _reckoning(self) -> str:
        """Return what the policies settle of how a fee is reckoned."""
        settled = {
            (under.reading, under.value)
            for policy in self.known.values()
            for under in policy.readings
            if under.reading in FEE_READINGS
        }
        if settled:
            return _pairs(sorted(settled), self.lang)
        names = {name for ref in (self.of.a, self.of.b) for name in ref.ids}
        known = names <= self.known.keys()
        return self.say("compare.reckoned.price" if known else "compare.reckoned.unknown")

    def _whom(self, one: Divergence, policy: Policy | None) -> str:
        """Return for whom there is a difference, in a phrase: the rule, and what else is so."""
        name = rule_name(one.rule, self.lang, policy)
        texts = [] if one.subject == "duty" else [self.say("compare.whom.rule", rule=name)]
        unused = bool(one.claims) and not any(claim.product.used for claim in one.claims)
        if unused and one.given.what == "in_full":
            texts.append(self.say("example.unused"))
        few = one.where[0] if one.where else ()
        told = [each for each in few if not isinstance(each.leaf, Owed)]
        for each in told[:_MOST_OF_WHOM]:
            text, by = self._circumstance(each, one), self._counted_by(each, one)
            texts.append(self._by(by, text) if by else text)
        text = self.say("condition.comma").join(texts) or self.say("compare.whom.any")
        more = len(one.where) - 1 if told else 0
        return self.say("compare.whom.among", text=text, number=more) if more > 0 else text

    def _terms(self, terms: Terms) -> str:
        if terms.what != "less_depreciation":
            return self.say("compare.terms.in_full")
        if terms.rate_per_day is None:
            return self.say("compare.terms.no_rate")
        percent = percent_text(terms.rate_per_day)
        return self.say("compare.terms.less_depreciation", percent=percent)

    # --- when ------------------------------------------------------------------------------

    def _when(self, few: Sequence[Circumstance], one: Divergence) -> str:
        """Return the circumstances together, each in the words of the policy that counts it."""
        if not few:
            if one.subject != "refund" or one.given != one.instead:
                return self.say("compare.always")
            in_full = one.given.what == "in_full"
            return self.say("compare.by_the_price" if in_full else "compare.by_the_money")
        texts = []
        few = sorted(few, key=lambda each: isinstance(each.leaf, Owed))  # reads better last
        for by, group in groupby(few, key=lambda each: self._counted_by(each, one)):
            text = clauses(self.lang, [self._circumstance(each, one) for each in group])
            texts.append(self._by(by, text) if by else text)
        return self.say("compare.applies_and", text=clauses(self.lang, texts))

    def _by(self, policy: str, text: str) -> str:
        """Return circumstances after whose counting decides them."""
        name = "compare.by_a_version" if self._is_of_one_law else "compare.by"
        return self.say(name, policy=plainly(policy), text=text)

    def _counted_by(self, circumstance: Circumstance, one: Divergence) -> str:
        """Return the policy whose counting decides a circumstance, if policies may differ."""
        leaf = circumstance.leaf
        is_fee = isinstance(leaf, Compare) and leaf.fact == "nothing_left"
        if not is_fee and not isinstance(leaf, _COUNTED):
            return ""
        is_other = self._is_of_one_law or circumstance.policy != one.policy
        return circumstance.policy if is_other else ""

    def _circumstance(self, circumstance: Circumstance, one: Divergence) -> str:
        leaf, holds = circumstance.leaf, circumstance.holds
        policy = self.known.get(circumstance.policy)
        if isinstance(leaf, Owed) and policy is not None:
            other = self._other_rights(leaf, policy, one, holds)
            if other:
                return other
        condition: Condition = leaf if holds else Not(leaf)
        coverage = _coverage(policy, one.kinds) if isinstance(leaf, Period) else None
        text = condition_text(condition, self.lang, coverage, policy)
        how = list(self._counting(policy, leaf))
        return self.say("compare.counted", text=text, how=listed(self.lang, how)) if how else text

    def _other_rights(self, leaf: Owed, policy: Policy, one: Divergence, holds: bool) -> str:
        """Return whether another right gives it, or gives it in full, where that is asked."""
        rights = {right.id: right for right in policy.rights}
        others = [rights[name] for name in leaf.rules if name in rights]
        first = dict.fromkeys(cite for right in others for cite in right.cites[:1])
        cites = cites_text(first, self.lang)
        if one.instead is not None and all(right.refund == "in_full" for right in others):
            name = "compare.some_in_full" if holds else "compare.none_in_full"
            return self.say(name, cites=cites)
        if one.rule in leaf.rules or any(right.remedy != one.subject for right in others):
            return ""
        name = "compare.other_gives" if holds else "compare.no_other_gives"
        remedy = self.say(f"compare.remedy.{one.subject}")
        return self.say(name, remedy=remedy, cites=cites)

    def _counting(self, policy: Policy | None, leaf: Condition) -> Iterator[str]:
        """Yield how a policy counts, where it settles that for itself."""
        if policy is None:
            return
        declared = library.readings(policy)
        chosen = self.of.readings.to_dict()
        for under in policy.readings:
            name = under.reading
            touched = declared[name].touches if name in declared else ()
            if leaf.op in touched and under.value != chosen.get(name):
                yield self.say(f"counting.{name}.{under.value}")


_MOST_OF_WHOM: Final = 2
"""How many circumstances are named in the phrase that says for whom there is a difference."""

_COUNTED: Final = (AtLeast, Listed, Owed, Period, Window)
"""Statements that two policies may answer differently for one claim."""


def _coverage(policy: Policy | None, kinds: Sequence[str]) -> Coverage | None:
    """Return the catalogue's line for goods of these kinds, if their periods are alike."""
    lines = [] if policy is None else [policy.coverage(kind) for kind in kinds]
    known = [line for line in lines if line is not None]
    return known[0] if len({line.months for line in known}) == 1 else None


# --- as blocks -----------------------------------------------------------------------------


def _paragraphs(report: ComparisonReport) -> Iterator[list[TextBlock]]:
    """Yield what plain text says, part by part."""
    lang = report.lang
    sentences = [_sentence(text, why, lang) for text, why in report.verdicts()]
    yield [Line(report.title), *map(Line, sentences)]
    yield [Line(text) for text in report.basis()]
    for direction in ("worse", "better"):
        differences = report.among(direction)
        if differences:
            yield [Section(say(lang, f"compare.head.{direction}"))]
        for one in differences:
            text = say(lang, "compare.sentence", text=one.headline)
            numbered = Line(say(lang, "compare.numbered", number=one.number, text=text))
            # of what is better nobody needs a file
            points = tuple(_divergence(one, lang, examples=direction == "worse"))
            yield [Indented((numbered,), 0, 3), Indented(points, 3, 3)]


def _sentence(text: str, why: str, lang: Language) -> str:
    return say(lang, "compare.sentence_why" if why else "compare.sentence", text=text, why=why)


def _divergence(
    one: DivergenceReport, lang: Language, *, examples: bool = True
) -> Iterator[TextBlock]:
    """Yield the points of a difference, each with its label."""
    yield _point("whom", one.whom, lang)
    yield _point("rule", one.rule, lang)
    yield _point("goods", one.goods, lang)
    yield _point("situations", one.situations, lang)
    if one.of.odd:
        yield _point("note", say(lang, "compare.odd"), lang)
    for place, case in enumerate(one.cases):
        yield _point("or" if place else "when", case.when, lang)
        if examples:
            yield _point("example", case.example, lang)
            yield Data(say(lang, "compare.claim"), (case.data,))


def _point(label: str, text: str, lang: Language) -> Line:
    return Line((Bit(say(lang, f"compare.{label}"), "b"), say(lang, "piece.colon"), text))


def _head(report: ComparisonReport, *, top: bool = False) -> Iterator[Block]:
    falls_below = bool(report.among("worse"))
    (text, why), *more = report.verdicts()
    tone: Tone = "bad" if falls_below else "good"
    yield Headline(text, tone, kicker=report.title, size="top" if top else "sentence")
    if why:
        yield Line(why[:1].upper() + say(report.lang, "compare.sentence", text=why[1:]))
    for sentence, reason in more:
        yield Line(_sentence(sentence, reason, report.lang))
    yield Listing(tuple(report.basis()))


def _summary(report: ComparisonReport, *, linked: bool = False) -> Table:
    """Return the differences as a table; where ``linked``, their numbers lead to them."""
    lang = report.lang
    names = ("number", "subject", "direction", "whom", "article", "situations", "goods")
    rows = []
    for one in report.differences:
        number: Words = (Link(str(one.number), one.anchor),) if linked else str(one.number)
        cells = (
            number,
            say(lang, f"compare.subject.{one.of.subject}"),
            say(lang, f"compare.direction.{one.of.direction}"),
            one.whom,
            cites_text(one.of.citations[:1], lang),
            one.situations,
            one.goods,
        )
        rows.append(Row(cells))
    heads = tuple(say(lang, f"compare.{name}") for name in names)
    return Table(heads, tuple(rows), stacked=True, labelled=True)


def _page(report: ComparisonReport) -> Iterator[Block]:
    lang = report.lang
    yield from _head(report, top=True)
    if report.differences:
        yield _summary(report, linked=True)
    for direction in ("worse", "better"):
        differences = report.among(direction)
        if differences:
            yield Section(say(lang, f"compare.head.{direction}"))
        for one in differences:
            head = say(lang, "compare.numbered", number=one.number, text=one.headline)
            blocks = (Line((Bit(head, "b"),)), *_divergence(one, lang))
            yield Anchored(one.anchor, direction, blocks)
