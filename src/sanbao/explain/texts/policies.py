"""A policy in words: 政策说明.

What it reaches, what bars the guarantees, what papers carry, which rights there are and what
comes along, each with its condition as a sentence and its articles; and what its text says
that is not expressed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sanbao.explain.blocks.model import Line, Listing, Section, TextBlock, Words, item
from sanbao.explain.blocks.terminal import terminal_text
from sanbao.explain.texts.comparisons import percent_text
from sanbao.explain.texts.conditions import condition_text, rule_name
from sanbao.explain.texts.phrases import (
    article_text,
    cites_text,
    listed,
    marked,
    plainly,
    value_text,
)
from sanbao.explain.texts.titles import own_words, words_of_laws
from sanbao.explain.words.catalogue import Language, language, say
from sanbao.model.facts import NO_DETAIL
from sanbao.policies.summaries import ArticleSummary
from sanbao.rules.policy import (
    Article,
    Coverage,
    Grade,
    Obligation,
    Policy,
    Right,
    Rule,
    named_codes,
)

__all__ = ["article_lines", "gives_lines", "policy_line", "policy_summary", "valid_line"]


def article_lines(found: Iterable[ArticleSummary], lang: str) -> Iterator[str]:
    """Yield summaries of articles, each after its citation."""
    chosen = language(lang)
    yield from (article_text(one, chosen) for one in found)


def policy_line(policy: Policy, lang: str) -> str:
    """Return a policy in one line. Raises :class:`~sanbao.ValidationError`."""
    chosen = language(lang)
    named = {"id": policy.id, "version": plainly(policy.version)}
    return say(chosen, "shown.listing", title=_title(policy, chosen), **named)


def valid_line(file: str, policy: Policy, lang: str) -> str:
    """Return that a file holds a valid policy. Raises :class:`~sanbao.ValidationError`."""
    named = {"id": policy.id, "version": plainly(policy.version)}
    return say(language(lang), "shown.valid", file=plainly(file), **named)


def policy_summary(policy: Policy, lang: str) -> str:
    """Return a policy in words, folded for a terminal: 政策说明.

    Raises :class:`~sanbao.ValidationError` for a language the catalogue does not have.
    """
    with words_of_laws((policy,)):
        return terminal_text(*PolicyReport(policy, language(lang)).paragraphs())


def gives_lines(rule: Rule | Obligation, lang: Language) -> Iterator[str]:
    """Yield what a rule gives, apart from when: the remedy, what papers carry, the outcomes."""
    match rule:
        case Right():
            named = {
                "remedy": say(lang, f"outcome.{rule.remedy}"),
                "owner": say(lang, f"owner.{rule.owed_by}"),
            }
            if rule.refund is None:
                yield say(lang, "shown.gives", **named)
            else:
                terms = say(lang, f"shown.refund.{rule.refund}")
                yield say(lang, "shown.gives_refund", terms=terms, **named)
        case Grade():
            carried = [say(lang, f"code.{kind}") for kind in rule.carries]
            name = "shown.carries" if carried else "shown.carries_nothing"
            yield say(lang, name, remedies=listed(lang, carried))
        case Obligation() if rule.with_outcomes:
            outcomes = [say(lang, f"outcome.{one}") for one in rule.with_outcomes]
            yield say(lang, "shown.outcomes", outcomes=listed(lang, outcomes))
        case _:
            return


def _title(policy: Policy, lang: Language) -> str:
    return own_words((policy.title_zh, policy.title_en), lang)


class PolicyReport:
    """A policy in words of one language."""

    def __init__(self, policy: Policy, lang: Language) -> None:
        self.policy = policy
        self.lang = lang

    def say(self, message: str, **values: object) -> str:
        return say(self.lang, message, **values)

    def paragraphs(self) -> Iterator[list[TextBlock]]:
        """Yield the whole account, part by part."""
        policy = self.policy
        yield [Line(policy_line(policy, self.lang)), *map(Line, self._standing())]
        sections: dict[str, Iterable[Words]] = {
            "settles": self._settled(),
            "details": self._details(),
            "catalogue": map(self._coverage, policy.catalogue),
            "exclusions": map(self._rule, policy.exclusions),
            "bars": map(self._rule, policy.bars),
            "grades": map(self._rule, policy.grades),
            "rights": map(self._rule, policy.rights),
            "obligations": map(self._rule, policy.obligations),
            "articles": map(self._article, policy.articles),
            "unencoded": (own_words(words, self.lang) for words in policy.unencoded),
        }
        for name, texts in sections.items():
            if found := tuple(texts):
                yield [Section(self.say(f"shown.{name}")), Listing(found)]

    def _standing(self) -> Iterator[str]:
        policy = self.policy
        yield self.say(f"shown.kind.{policy.kind}", beside=plainly(policy.beside))
        first, last = policy.in_force_from, policy.in_force_to
        name = "shown.in_force" if last is None else "shown.in_force_to"
        if policy.kind == "regulation":
            name = name.replace("in_force", "governs")
        yield self.say(name, first=first, last=last)
        if policy.source:
            yield self.say("shown.source", source=own_words((policy.source,) * 2, self.lang))
        if policy.read_on is not None:
            yield self.say("shown.read_on", on=policy.read_on)

    def _settled(self) -> Iterator[str]:
        for under in self.policy.readings:
            yield condition_text(under, self.lang)
        if self.policy.period_from is not None:
            yield self.say(f"shown.period_from.{self.policy.period_from}")

    def _details(self) -> Iterator[str]:
        """Yield the codes of ``fault.detail`` that its conditions name."""
        yield from sorted(named_codes(self.policy, "detail") - {NO_DETAIL})

    def _coverage(self, line: Coverage) -> str:
        rate = self.say("shown.no_rate")
        if line.daily_rate is not None:
            rate = self.say("shown.rate", percent=percent_text(line.daily_rate))
        name = "condition.month" if line.months == 1 else "condition.months"
        return self.say(
            "shown.line",
            kind=value_text(line.kind, self.lang),
            time=self.say(name, number=line.months),
            rate=rate,
            faults=listed(self.lang, [value_text(fault, self.lang) for fault in line.faults]),
            cites=cites_text(line.cites, self.lang),
        )

    def _rule(self, rule: Rule | Obligation) -> Words:
        """Return a rule with what it gives and when, a line each."""
        words = rule_name(rule.id, self.lang, self.policy)
        cites = cites_text(rule.cites, self.lang)
        when = self.say("shown.always")
        if rule.when is not None:
            condition = condition_text(rule.when, self.lang, policy=self.policy)
            when = self.say("shown.when", condition=condition)
        text = self.say("shown.rule", id=rule.id, rule=words, cites=cites)
        return item(text, [*gives_lines(rule, self.lang), when])

    def _article(self, article: Article) -> str:
        if article.no_effect is None:
            text = listed(self.lang, article.rules)
        else:
            text = own_words(article.no_effect, self.lang)
        number = marked(
            self.say("shown.number", number=article.number), article.certainty, self.lang
        )
        return self.say("shown.article", number=number, text=text)
