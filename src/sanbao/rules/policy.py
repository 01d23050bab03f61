"""The law as data: 政策 (policies, rules, citations).

A :class:`Policy` holds everything the engine needs to know of a law: the catalogue of
goods, which papers prove what, what puts goods outside the law, what bars the
guarantees, the rights, what comes along with them, and the articles that have no effect
on a claim. It is immutable, it holds no code, and it goes to JSON and back unchanged.

Everything of legal effect carries at least one :class:`Citation`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final, Literal, Self, TypeAlias

from sanbao.base.display import Displayed
from sanbao.base.errors import Problem, Reason, ValidationError, name_of, shown, suggestion
from sanbao.base.json_text import JsonRecord
from sanbao.base.records import record
from sanbao.base.renamed import renamed
from sanbao.model.citation import Certainty, Citation
from sanbao.model.codes import DETAIL_CODE, NO_DETAIL_CODE, POLICY_ID, PROVINCES
from sanbao.model.facts import EVERY_LAW, FACTS, FactSpec, facts_with
from sanbao.model.readings import Readings, reading_values
from sanbao.rules.conditions import AllOf, AnyOf, Compare, Condition, Leaf, Not, Owed, Under, leaves
from sanbao.rules.provisions import (
    DEFAULT_COUNTING,
    Article,
    Bar,
    Contested,
    Counting,
    Coverage,
    Derived,
    Exclusion,
    Grade,
    NamedCode,
    Obligation,
    Right,
    Rule,
    Words,
)
from sanbao.rules.type_check import MOST_DAYS, MOST_MONTHS, wrong_question

__all__ = [
    "About",
    "Article",
    "Bar",
    "Certainty",
    "Citation",
    "Counting",
    "Coverage",
    "Derived",
    "Exclusion",
    "Grade",
    "NamedCode",
    "Obligation",
    "Policy",
    "Right",
    "Rule",
]

PolicyKind: TypeAlias = Literal["regulation", "local", "commitment"]
"""A law; a local regulation beside it; or a promise that stands beside it (art. 4)."""

_ID: Final = re.compile(r"[a-z][a-z0-9_]*\.[a-z0-9_]+")


@record
class Policy(Displayed, JsonRecord):
    """A law about goods that come back, or a promise beside it: 三包政策.

    ``id`` and ``version`` name it, ``in_force_from`` is the first day it governs and
    ``in_force_to`` the last (``None``: it is still in force): of delivery and claim for a
    regulation, of the sale for what stands beside it,
    ``factory_days`` the days from the factory date after which the period is presumed to
    start (art. 9), ``sound_capacity`` the battery capacity in percent from which there is
    no fault (Appendix 3), ``preference`` the rights from the strongest to the weakest.

    ``kind`` is ``regulation`` or ``commitment``; a commitment (经营者承诺, art. 4) stands
    ``beside`` a regulation and says the same as it where it is silent. ``readings`` are the
    contested questions that the text itself settles: they hold whatever readings are chosen.
    ``source`` and ``read_on`` say where the text was found and when, ``unencoded`` what it
    says that is not expressed here, each in Chinese and English.

    ``derived`` says how the facts that its rules speak of follow from a claim.

    ``counting`` is how a version of the law counts, and what stands beside it counts likewise.
    ``period_from`` is what a promise says of it itself: ``received`` lets the period run from
    receipt, whatever the law and the readings say; ``None``: it is silent.

    A ``local`` regulation (地方性法规) stands beside a regulation too, and is law: ``cited_as`` is
    the instrument it cites for what it says itself, and it governs what was bought in its
    ``provinces``, and what a trader of its ``trader_provinces`` sold (ISO 3166-2).

    A law may bring codes of its own, each with its words: kinds of goods in its catalogue
    (:attr:`Coverage.title`), ``symptoms`` and ``causes``; without them it speaks of those of the
    mobile law. ``short_title`` is what its citations call it, in Chinese and English.
    ``contested`` are the questions that it leaves open beside those of :class:`Readings`.

    Raises :class:`~sanbao.ValidationError` when its parts do not fit together.
    """

    _silent = ("short_title", "symptoms", "causes", "contested")

    id: str
    version: str
    title_zh: str
    title_en: str
    in_force_from: date
    factory_days: int
    sound_capacity: int
    catalogue: tuple[Coverage, ...]
    grades: tuple[Grade, ...]
    exclusions: tuple[Exclusion, ...]
    bars: tuple[Bar, ...]
    rights: tuple[Right, ...]
    preference: tuple[str, ...]
    obligations: tuple[Obligation, ...]
    articles: tuple[Article, ...]
    derived: tuple[Derived, ...] = ()
    kind: PolicyKind = "regulation"
    beside: str | None = None
    in_force_to: date | None = None
    source: str = ""
    read_on: date | None = None
    readings: tuple[Under, ...] = ()
    unencoded: tuple[Words, ...] = ()
    counting: Counting = DEFAULT_COUNTING
    period_from: Literal["received"] | None = None
    cited_as: str = ""
    provinces: tuple[str, ...] = ()
    trader_provinces: tuple[str, ...] = ()
    short_title: Words | None = None
    symptoms: tuple[NamedCode, ...] = ()
    causes: tuple[NamedCode, ...] = ()
    contested: tuple[Contested, ...] = ()

    def __post_init__(self) -> None:
        # policies share equal facts, so that comparing them looks at none twice
        object.__setattr__(self, "derived", tuple(map(_shared, self.derived)))
        if problems := list(_contradictions(self)):
            raise ValidationError(problems)

    def __hash__(self) -> int:
        return hash((self.id, self.version))

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules that give a finding, in the order in which findings are listed."""
        return (*self.outside, *self.grades, *self.rights)

    @property
    def outside(self) -> tuple[Exclusion | Bar, ...]:
        """What puts a claim outside the guarantees: exclusions, then bars."""
        return (*self.exclusions, *self.bars)

    @property
    def facts(self) -> Mapping[str, FactSpec]:
        """The facts that conditions may ask, with the codes that this law knows."""
        return facts_with(
            tuple(line.kind for line in self.catalogue),
            tuple(one.code for one in self.symptoms),
            tuple(one.code for one in self.causes),
            _own_facts(self),
        )

    def coverage(self, kind: str) -> Coverage | None:
        """Return the catalogue's line for goods of this kind, if it has one."""
        return next((line for line in self.catalogue if line.kind == kind), None)

    def right(self, rule: str) -> Right:
        """Return the right with this id. Raises :class:`KeyError` if there is none."""
        return {right.id: right for right in self.rights}[rule]

    def rule(self, rule: str) -> Rule:
        """Return the rule with this id. Raises :class:`KeyError` if there is none."""
        return {one.id: one for one in self.rules}[rule]

    def is_own(self, rule: str) -> bool:
        """Say whether a local regulation lays down a rule itself, in its own instrument."""
        return rule in _own_rules(self)

    def governs(self, province: str | None, trader_province: str | None) -> bool:
        """Say whether a local regulation governs what was bought there, or from a trader there."""
        return province in self.provinces or trader_province in self.trader_provinces

    def settled(self, readings: Readings) -> Readings:
        """Return ``readings``, but with what the policy itself settles (:attr:`readings`)."""
        chosen = readings.completed(self.declared) if self.contested else readings
        if not self.readings:
            return chosen
        return chosen.changed({under.reading: under.value for under in self.readings})

    @property
    def declared(self) -> Mapping[str, tuple[str, ...]]:
        """The values of the readings that the law declares itself, by name."""
        return {one.id: one.values for one in self.contested}

    def beside_law(self, law: Policy) -> Policy:
        """Return this promise with the counting and the facts of a version of the law.

        What it says of itself (:attr:`readings`, :attr:`period_from`) stays.
        """
        if self.counting == law.counting and self.derived == law.derived:
            return self
        return _as_law(self, law.counting, law.derived)


@lru_cache(maxsize=4096)
def _shared(derived: Derived) -> Derived:
    """Return the first fact that was equal to this one."""
    return derived


@lru_cache(maxsize=256)
def _as_law(policy: Policy, counting: Counting, derived: tuple[Derived, ...]) -> Policy:
    """Return a policy with another counting and other facts; made and checked once."""
    return replace(policy, counting=counting, derived=derived)


def own_facts(derived: Iterable[Derived]) -> tuple[FactSpec, ...]:
    """Return the facts that formulas give for a claim and no other law knows, as rules may ask."""
    return tuple(
        FactSpec(one.name, one.type, *one.title, (), is_open=one.type == "code")
        for one in derived
        if one.name not in FACTS and one.of == "claim" and one.title is not None
    )


@lru_cache(maxsize=256)
def _own_facts(policy: Policy) -> tuple[FactSpec, ...]:
    """Return the facts that a policy has for itself and asks for."""
    asked = {
        getattr(leaf, name, None)
        for _, leaf in policy_leaves(policy)
        for name in ("fact", "until", "extended_by")
    }
    return tuple(one for one in own_facts(policy.derived) if one.name in asked)


def readings_of(policy: Policy) -> Mapping[str, tuple[str, ...]]:
    """Return the values of all readings that a policy may speak of, by name."""
    return {**reading_values(), **policy.declared}


def codes_of(policies: Iterable[Policy], name: str) -> tuple[str, ...]:
    """Return the codes that any of these policies knows for the fact ``name``."""
    return tuple(dict.fromkeys(code for one in policies for code in one.facts[name].codes))


@lru_cache(maxsize=256)
def _own_rules(policy: Policy) -> frozenset[str]:
    """Return the rules that a local regulation lays down in its own instrument."""
    known = (*policy.rules, *policy.obligations)
    return frozenset(one.id for one in known if one.cites[0].law == policy.cited_as)


class About:
    """Mix-in of reports that hold the policies they are about: 所涉政策.

    These are no part of the data: a report read from JSON holds none.
    """

    __slots__ = ("_policies",)

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The policies it is about, those of several together each; none if read from JSON."""
        found: tuple[Policy, ...] = getattr(self, "_policies", ())
        return found

    def of(self, *policies: Policy) -> Self:
        """Return the same, holding ``policies``."""
        object.__setattr__(self, "_policies", policies)
        return self


def _contradictions(policy: Policy) -> Iterator[Problem]:
    """Yield contradictions between parts of a policy that are each valid."""
    if not POLICY_ID.fullmatch(policy.id):
        yield Problem("id", shown(policy.id), Reason("policy.id"))
    ids = [rule.id for rule in (*policy.rules, *policy.obligations)]
    for index, rule_id in enumerate(ids):
        if not _ID.fullmatch(rule_id):
            yield Problem("rules", shown(rule_id), Reason("policy.rule_id"))
        if rule_id in ids[:index]:
            yield Problem("rules", shown(rule_id), Reason("policy.used_twice"))
        if (reason := renamed(rule_id)) is not None:
            yield Problem("rules", shown(rule_id), reason)
    kinds = [line.kind for line in policy.catalogue]
    for index, line in enumerate(policy.catalogue):
        if line.kind in kinds[:index]:
            yield Problem("catalogue", shown(line.kind), Reason("policy.listed_again"))
        if not 1 <= line.months <= MOST_MONTHS:
            reason = Reason("policy.months", most=MOST_MONTHS)
            yield Problem(f"catalogue.{line.kind}.months", shown(line.months), reason)
        if line.kind in EVERY_LAW["kind"]:
            yield Problem("catalogue", shown(line.kind), Reason("policy.stands_for_other"))
        rate = line.daily_rate
        if rate is not None and not (rate.is_finite() and 0 <= rate <= 1):
            reason = Reason("policy.rate")
            yield Problem(f"catalogue.{line.kind}.daily_rate", shown(str(line.daily_rate)), reason)
    yield from _wrong_codes(policy)
    yield from _wrong_contested(policy)
    days = {"factory_days": policy.factory_days}
    days |= {duty.id: duty.days for duty in policy.obligations}
    for name, number in days.items():
        if not 0 <= number <= MOST_DAYS:
            yield Problem(name, shown(number), Reason("policy.days", most=MOST_DAYS))
    for part in (*policy.catalogue, *policy.rules, *policy.obligations):
        if not part.cites:
            name = part.kind if isinstance(part, Coverage) else part.id
            yield Problem("cites", shown(name), Reason("policy.no_citation"))
    yield from _wrong_standing(policy)
    yield from _wrong_references(policy)


def _wrong_codes(policy: Policy) -> Iterator[Problem]:
    """Yield problems with the codes that a law brings."""
    for name, named in (("symptoms", policy.symptoms), ("causes", policy.causes)):
        codes = [one.code for one in named]
        for index, code in enumerate(codes):
            if not DETAIL_CODE.fullmatch(code):
                yield Problem(name, shown(code), Reason(NO_DETAIL_CODE))
            if code in (*codes[:index], *EVERY_LAW[name.removesuffix("s")]):
                yield Problem(name, shown(code), Reason("policy.listed_again"))


def _wrong_contested(policy: Policy) -> Iterator[Problem]:
    """Yield problems with the questions that a law declares."""
    for place, one in enumerate(policy.contested):
        for code in (one.id, *one.values):
            if not DETAIL_CODE.fullmatch(code):
                yield Problem("contested", shown(code), Reason(NO_DETAIL_CODE))
        if one.id in reading_values():
            yield Problem("contested", shown(one.id), Reason("policy.reading_of_all"))
        if one.id in [other.id for other in policy.contested[:place]]:
            yield Problem("contested", shown(one.id), Reason("policy.listed_again"))
        if len({*one.values}) < max(2, len(one.values)):
            yield Problem("contested", shown(one.id), Reason("policy.answers"))
        if not one.cites:
            yield Problem("cites", shown(one.id), Reason("policy.no_citation"))


def _wrong_standing(policy: Policy) -> Iterator[Problem]:
    """Yield problems with the dates in force, the base regulation, the places and the readings."""
    last = policy.in_force_to
    if last is not None and last < policy.in_force_from:
        reason = Reason("policy.before_in_force", day=policy.in_force_from)
        yield Problem("in_force_to", shown(str(last)), reason)
    if (policy.kind == "regulation") != (policy.beside is None):
        reason = Reason("policy.names_regulation")
        yield Problem("beside", shown(policy.beside), reason)
    if policy.kind == "regulation" and policy.period_from is not None:
        reason = Reason("policy.promise_only")
        yield Problem("period_from", shown(policy.period_from), reason)
    if policy.kind != "regulation" and not (policy.source and policy.read_on):
        name = "read_on" if policy.source else "source"
        yield Problem(name, shown(None), Reason("policy.source"))
    local = bool(policy.cited_as and (policy.provinces or policy.trader_provinces))
    if (policy.kind == "local") != local:
        reason = Reason("policy.local")
        yield Problem("provinces", shown(", ".join(policy.provinces)), reason)
    for name in ("provinces", "trader_provinces"):
        for code in getattr(policy, name):
            if code not in PROVINCES:
                yield Problem(
                    name,
                    shown(code),
                    Reason("policy.no_province").then(suggestion(code, PROVINCES)),
                )
    settled: set[str] = set()
    for under in policy.readings:
        if under.value not in readings_of(policy).get(under.reading, ()):
            reason = Reason("policy.no_reading_value", reading=name_of(under.reading))
            yield Problem("readings", shown(under.value), reason)
        if under.reading in settled:
            yield Problem("readings", shown(under.reading), Reason("policy.settled_twice"))
        settled.add(under.reading)


def _wrong_references(policy: Policy) -> Iterator[Problem]:
    facts = policy.facts
    for place, leaf in policy_leaves(policy):
        yield from _wrong_leaf(policy, place, leaf, facts)
    rights = [right.id for right in policy.rights]
    for name in policy.preference:
        if (reason := renamed(name)) is not None:
            yield Problem("preference", shown(name), reason)
    if sorted(policy.preference) != sorted(rights):
        named = ", ".join(policy.preference)
        yield Problem("preference", shown(named), Reason("policy.every_right"))
    outside = {rule.id for rule in policy.outside}
    for right in policy.rights:
        for rule_id in right.despite:
            if rule_id not in outside:
                reason = renamed(rule_id) or Reason("policy.no_exclusion")
                yield Problem(right.id, shown(rule_id), reason)
        if (right.remedy == "refund") != (right.refund is not None):
            yield Problem(right.id, shown(right.refund), Reason("policy.refund_reckoned"))
    for duty in policy.obligations:
        if duty.after is not None and (duty.after not in facts or facts[duty.after].type != "date"):
            yield Problem(duty.id, shown(duty.after), Reason("policy.no_date_fact"))
    for grade in policy.grades:
        for rule_id, _ in grade.carries_under:
            if rule_id not in rights:
                yield Problem(
                    grade.id, shown(rule_id), renamed(rule_id) or Reason("policy.no_right")
                )
    yield from _wrong_articles(policy)


def _wrong_articles(policy: Policy) -> Iterator[Problem]:
    known = {rule.id for rule in (*policy.rules, *policy.obligations)}
    numbers = [article.number for article in policy.articles]
    for index, article in enumerate(policy.articles):
        if article.number in numbers[:index]:
            yield Problem("articles", shown(article.number), Reason("policy.listed_again"))
        if bool(article.rules) == (article.no_effect is not None):
            name = shown(article.number)
            yield Problem("articles", name, Reason("policy.article"))
        for rule_id in article.rules:
            if rule_id not in known:
                reason = renamed(rule_id) or Reason("policy.no_rule")
                yield Problem(f"articles.{article.number}", shown(rule_id), reason)


def _wrong_leaf(
    policy: Policy, place: str, leaf: Leaf, facts: Mapping[str, FactSpec]
) -> Iterator[Problem]:
    if isinstance(leaf, Owed):
        # rights are weighed in the order listed: who rests on another comes after it
        rights = [right.id for right in policy.rights]
        earlier = rights[: rights.index(place)] if place in rights else []
        for rule_id in leaf.rules:
            if rule_id not in earlier:
                reason = renamed(rule_id) or Reason("policy.right_before")
                yield Problem(place, shown(rule_id), reason)
    elif (wrong := wrong_question(leaf, facts, readings_of(policy))) is not None:
        _, value, reason = wrong
        yield Problem(place, shown(value), reason)


@lru_cache(maxsize=256)
def carrying(policy: Policy, right: Right) -> Condition:
    """Return the condition under which the papers carry ``right`` (art. 9)."""
    arms: list[Condition] = []
    for grade in policy.grades:
        if right.needs_papers in grade.carries:
            arms.append(grade.when)
        arms += [grade.when & under for rule, under in grade.carries_under if rule == right.id]
    return AnyOf(tuple(arms))


@lru_cache(maxsize=1024)
def opening(policy: Policy, right: Right) -> AllOf:
    """Return the condition under which ``right`` is the consumer's.

    It holds, the papers carry it, and no exclusion and no bar holds.
    """
    hindering: list[Condition] = [
        rule.when for rule in policy.outside if rule.id not in right.despite
    ]
    return AllOf((right.when, carrying(policy, right), *(Not(rule) for rule in hindering)))


def policy_leaves(policy: Policy) -> tuple[tuple[str, Leaf], ...]:
    """Return every leaf of every condition in ``policy``, with the id of its rule."""
    return tuple((rule, leaf) for rule, when in _conditions(policy) for leaf in leaves(when))


def _conditions(policy: Policy) -> Iterator[tuple[str, Condition]]:
    yield from ((rule.id, rule.when) for rule in policy.rules)
    for ground in policy.outside:
        for said in (ground.alleged, ground.trader_proves, ground.doubted):
            if said is not None:
                yield ground.id, said
    for right in policy.rights:
        if right.empty is not None:
            yield right.id, right.empty
    for grade in policy.grades:
        yield from ((grade.id, under) for _, under in grade.carries_under)
    for duty in policy.obligations:
        if duty.when is not None:
            yield duty.id, duty.when


def named_codes(policy: Policy, name: str) -> frozenset[str]:
    """Return the codes that the conditions of ``policy`` name for the fact ``name``."""
    found: set[str] = set()
    for _, leaf in policy_leaves(policy):
        if isinstance(leaf, Compare) and leaf.fact == name and isinstance(leaf.value, str):
            found.add(leaf.value)
        elif getattr(leaf, "fact", None) == name:
            found.update(getattr(leaf, "values", ()))
    return frozenset(found)
