"""Why a remedy is not available: the smallest sets of conditions, and what stands in the way.

What the library says is compared with trying every set of conditions: each is assumed to be
met, and the rule evaluated again.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product
from pathlib import Path
from random import Random
from typing import Any, TypeAlias, get_args

import pytest

from claims import (
    ACCESSORIES,
    FACTORY,
    MISUSED,
    NOTHING,
    PROVEN,
    TWO_REPAIRS,
    accessory,
    battery,
    day,
    goods,
    handset,
    repair,
)
from random_claims import nowhere, random_claim, with_unknowns
from sanbao import MOBILE_2001, Decision, Engine, Readings, ValidationError, decide
from sanbao.evaluation.parts.findings import check_of, end_of
from sanbao.evaluation.programs.evaluation import Evaluation
from sanbao.evaluation.unknowns import SILENT_VOUCHERS
from sanbao.model.codes import Invoice, RemedyKind, Symptom, Voucher
from sanbao.reasons import counterfactuals as changes
from sanbao.reasons.answers import Hindrance, Way, WhyNot
from sanbao.rules.conditions import (
    Compare,
    Condition,
    Elapsed,
    Leaf,
    OneOf,
    Owed,
    Period,
    Under,
    Window,
    evaluate,
    leaves,
    signed_leaves,
)
from sanbao.rules.policy import Bar, Exclusion, Right

REMEDIES: tuple[RemedyKind, ...] = get_args(RemedyKind)

Literal: TypeAlias = tuple[Leaf, bool]
"""A leaf, and whether it has to hold or to fail."""
Met: TypeAlias = frozenset[Literal]
"""Literals assumed to be met."""


@pytest.fixture
def no_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the single changes: they have tests of their own and take longest."""
    monkeypatch.setattr(changes, "perturbations", lambda _: iter(()))


def reasons(decision: Decision) -> dict[RemedyKind, WhyNot]:
    """Return why not, for every remedy that is not available."""
    open_ = {remedy.remedy for remedy in decision.remedies}
    return {kind: decision.why_not(kind) for kind in REMEDIES if kind not in open_}


# --- brute force ----------------------------------------------------------------------------------


class World:
    """A case in which conditions can be assumed to be met."""

    def __init__(self, case: Evaluation) -> None:
        self.case = case
        self.program = case.program
        self.states = case.program.leaf_states(case.derived)
        self.found: dict[Condition, list[Met]] = {}

    def true(self, condition: Condition, met: Met = frozenset()) -> bool | None:
        """Return the truth of a condition if these literals were met."""
        assumed = dict(met)

        def value_of(leaf: Leaf) -> bool | None:
            if leaf in assumed:
                return assumed[leaf]
            if isinstance(leaf, Owed):
                return self.owed(leaf, met)
            return self.program.leaf_value(self.states, leaf)

        return evaluate(condition, value_of)

    def owed(self, leaf: Owed, met: Met) -> bool | None:
        """Return whether one of these rights is there: its conditions alone are looked at."""
        rights = [self.case.policy.right(rule) for rule in leaf.rules]
        truths = [self.true(right.when, met) for right in rights if self.possible(right)]
        return True if True in truths else None if None in truths else False

    def given(self, condition: Condition, met: Met) -> bool:
        """Say whether a condition is met, and no right that must not be there is there."""
        without = frozenset(
            (leaf, wanted)
            for leaf, wanted in signed_leaves(condition)
            if isinstance(leaf, Owed) and not wanted
        )
        rules = [rule for leaf, _ in without if isinstance(leaf, Owed) for rule in leaf.rules]
        return self.true(condition, met | without) is True and not any(
            self.true(right.when, met) and carried(self, right, met)
            for right in map(self.case.policy.right, rules)
        )

    def possible(self, right: Right) -> bool:
        """Say whether goods of this kind can have a right at all."""
        return self.program.can_hold(right.id)

    def lacking(self, condition: Condition) -> list[Literal]:
        """Return the literals of a condition that are not met, and could be."""
        found: dict[Literal, None] = {}
        for leaf, wanted in signed_leaves(condition):
            if isinstance(leaf, Owed):
                rights = [self.case.policy.right(rule) for rule in leaf.rules if wanted]
                for right in filter(self.possible, rights):
                    found |= dict.fromkeys(self.lacking(right.when))
            elif self.program.leaf_value(self.states, leaf) is not wanted:
                found |= {} if self.program.is_fixed(leaf) else {(leaf, wanted): None}
        return list(found)

    def smallest(self, condition: Condition) -> list[Met]:
        """Return the smallest sets of literals with which the condition is met."""
        if condition in self.found:
            return self.found[condition]
        found = self.found[condition] = []
        literals = self.lacking(condition)
        for size in range(min(len(literals), 7) + 1):
            for chosen in map(frozenset, combinations(literals, size)):
                one_way = len(dict(chosen)) == size and not any(one <= chosen for one in found)
                if one_way and self.given(condition, chosen):
                    found.append(chosen)
        return found


def literals_of(world: World, way: Way) -> Met:
    """Return the literals behind the conditions that a way says have failed."""
    rules = {rule.id: rule for rule in world.case.policy.rules}
    found = set()
    for lack in way.failed:
        assert lack.citations == rules[lack.rule].cites
        literals = dict.fromkeys(signed_leaves(rules[lack.rule].when))
        literal, *alike = (
            literal for literal in literals if check_of(world.case, *literal) == lack.check
        )
        # the period of a battery is as long as that of one built in, which is named after it
        assert all(isinstance(leaf, Period) and leaf.months for leaf, _ in alike)
        found.add(literal)
    assert len(found) == len(way.failed)
    return frozenset(found)


def told(world: World, met: Met) -> frozenset[object]:
    """Return literals so that those that are met on the same days are the same."""
    found: set[object] = set()
    for leaf, wanted in met:
        last = end_of(world.case, leaf) if isinstance(leaf, Window | Period | Elapsed) else None
        found.add((leaf, wanted) if last is None else (asked([leaf]).pop(), last, wanted))
    return frozenset(found)


def standing(world: World, rule: Right | Bar, met: Met) -> set[str]:
    """Return what would stand in the way of a rule if these literals, and no more, were met."""
    policy = world.case.policy
    found = {one.id for one in policy.exclusions if world.true(one.when, met) is not False}
    if isinstance(rule, Right):
        bars = [bar for bar in policy.bars if bar.id not in rule.despite]
        found |= {bar.id for bar in bars if world.true(bar.when, met) is not False}
        if not would_carry(world, rule, met):
            found |= {next(one.id for one in policy.grades if world.true(one.when) is not False)}
    return found


def asked(literals: Iterable[Leaf]) -> set[str]:
    """Return the facts that leaves ask; all that count days ask the day of the claim."""
    days = (Window, Period, Elapsed)
    return {
        "claimed_on" if isinstance(leaf, days) else leaf.fact
        for leaf in literals
        if not isinstance(leaf, Owed | Under)
    }


def carried(world: World, right: Right, met: Met) -> bool | None:
    """Return whether the papers carry a right (art. 9)."""
    readings = world.case.readings.to_dict()
    truths = [
        world.true(grade.when, met)
        for grade in world.case.policy.grades
        if right.needs_papers in grade.carries
        or any(
            rule == right.id and readings[under.reading] == under.value
            for rule, under in grade.carries_under
        )
    ]
    return True if True in truths else None if None in truths else False


def check_ways(world: World, decision: Decision, reason: WhyNot) -> None:
    """Assert that the ways are the smallest, with what stands in the way of each."""
    policy = world.case.policy
    rules: dict[str, Right | Bar] = {right.id: right for right in policy.rights}
    rules |= {bar.id: bar for bar in policy.bars}
    seen: list[tuple[frozenset[object], set[str]]] = []
    reported: set[tuple[str, Met]] = set()
    for way in reason.ways:
        rule, met = rules[way.rule], literals_of(world, way)
        assert way.citations == rule.cites
        assert met in world.smallest(rule.when)
        check_hindrances(world, decision, way, rule, met)
        seen.append((told(world, met), {one.rule for one in way.in_the_way}))
        reported.add((way.rule, met))
    for rule in rules.values():
        if isinstance(rule, Bar):
            wanted = reason.remedy == "paid_repair"
        else:
            wanted = rule.remedy == reason.remedy and world.possible(rule)
        for met in world.smallest(rule.when) if wanted else ():
            stands = standing(world, rule, met)
            what = (decision.case.claim.to_json(), rule.id, met)
            shorter = any(one <= told(world, met) and here <= stands for one, here in seen)
            assert shorter or (rule.id, met) in reported, what
    for (one, here), (other, there) in combinations(seen, 2):
        assert not (one <= other and here <= there), reason
        assert not (other <= one and there <= here), reason


def check_hindrances(
    world: World, decision: Decision, way: Way, rule: Right | Bar, met: Met
) -> None:
    """Assert that what stands in the way stands, and that nothing else does.

    A rule that asks of a fact which the way would change may stand then or not.
    """
    policy = world.case.policy
    said = {one.rule: one for one in way.in_the_way}
    assert len(said) == len(way.in_the_way)
    facts = asked(leaf for leaf, _ in met)
    stops: dict[str, str] = {one.id: "exclusion" for one in policy.exclusions}
    if isinstance(rule, Right):
        stops |= {bar.id: "bar" for bar in policy.bars if bar.id not in rule.despite}
    every: tuple[Exclusion | Bar, ...] = (*policy.exclusions, *policy.bars)
    for stop in every:
        if stop.id in said:
            assert said[stop.id].kind == stops[stop.id]
            finding = decision.finding(stop.id)
            grounds = tuple(one for one in finding.checks if one.holds is not False)
            assert (said[stop.id].citations, said[stop.id].checks) == (stop.cites, grounds)
        if stop.id in stops and not facts & asked(leaves(stop.when)):
            assert (stop.id in said) == (world.true(stop.when) is not False), way
    papers = [one for one in way.in_the_way if one.kind == "evidence"]
    assert len(papers) == (isinstance(rule, Right) and not would_carry(world, rule, met)), way
    for hindrance in papers:
        assert isinstance(rule, Right)
        check_papers(world, hindrance, rule)


def check_papers(world: World, hindrance: Hindrance, right: Right) -> None:
    """Assert that papers which do not carry a right would with what is said to be missing."""
    grades = {grade.id: grade for grade in world.case.policy.grades}
    assert hindrance.citations == grades[hindrance.rule].cites
    assert world.true(grades[hindrance.rule].when) is not False
    literals = {
        check_of(world.case, *literal): literal
        for grade in grades.values()
        for literal in signed_leaves(grade.when)
    }
    ways = [
        frozenset(literals[one] for one in checks)
        for checks in (hindrance.checks, *hindrance.or_else)
    ]
    assert len(ways[0]) == min(map(len, ways)) > 0
    for way in ways:
        assert all(check_of(world.case, *literal).holds is not True for literal in way)
        assert would_carry(world, right, way)
        assert not any(would_carry(world, right, way - {literal}) for literal in way)


def would_carry(world: World, right: Right, met: Met) -> bool:
    """Say whether all papers there may be carry a right if these literals were met."""
    facts = world.case.facts._asdict()
    codes = {"invoice": get_args(Invoice), "voucher": get_args(Voucher)}
    asking = asked(leaf for leaf, _ in met)
    for name, known in codes.items():
        codes[name] = known if name in asking or facts[name] is None else (facts[name],)
    dated = (True, False) if "factory_dated" in asking else (facts["factory_dated"],)
    met = frozenset(literal for literal in met if asked([literal[0]]) <= PAPERS)
    for values in product(*codes.values(), dated):
        papers = {**facts, **dict(zip((*codes, "factory_dated"), values, strict=True))}
        if all(on_paper(leaf, papers) == wanted for leaf, wanted in met):
            shown = {
                (leaf, on_paper(leaf, papers))
                for grade in world.case.policy.grades
                for leaf in leaves(grade.when)
            }
            if not carried(world, right, frozenset(shown)):
                return False
    return True


PAPERS = {"invoice", "voucher", "factory_dated"}
"""The facts that papers are."""


def on_paper(leaf: Leaf, papers: dict[str, Any]) -> bool:
    """Return the truth of a leaf about papers."""
    if isinstance(leaf, OneOf):
        return papers[leaf.fact] in leaf.values
    if isinstance(leaf, Under):
        return bool(getattr(Readings(), leaf.reading) == leaf.value)
    assert isinstance(leaf, Compare)
    return bool(papers[leaf.fact] == leaf.value)


def check_numbers(decision: Decision, way: Way) -> None:
    """Assert that what is said to fall short does, by the number of days or times it says."""
    facts = decision.case.evaluations[0].facts._asdict()
    for lack in way.failed:
        check = lack.check
        assert check.holds is not True
        if check.relation in ("after", "not_after") and check.threshold and check.actual:
            late = (day(str(check.actual)) - day(str(check.threshold))).days
            assert check.actual is not None
            assert check.margin == (-late if check.relation == "not_after" else late - 1)
        elif check.relation in ("at_least", "below") and check.actual is not None:
            short = int(str(check.actual)) - int(str(check.threshold))
            assert check.margin == (short if check.relation == "at_least" else -1 - short)
        elif check.fact in facts and not isinstance(facts[check.fact], int):
            assert check.actual == facts[check.fact]
        assert check.margin is None or check.margin < 0


def nearness(way: Way) -> tuple[bool, int, int, int]:
    """Return how far a way is: conditions and hindrances, then times, then days.

    What an authority would have to find is the farthest.
    """
    remote = any(lack.check.fact == "found_unqualified" for lack in way.failed)
    margins = {True: 0, False: 0}
    for lack in way.failed:
        margins[lack.check.relation == "at_least"] -= lack.check.margin or 0
    return remote, len(way.failed) + len(way.in_the_way), margins[True], margins[False]


def check_reasons(decision: Decision) -> dict[RemedyKind, WhyNot]:
    """Assert that every why-not is what trying gives, and return them."""
    world, said = World(decision.case.evaluations[0]), reasons(decision)
    for kind, reason in said.items():
        assert reason.remedy == kind
        check_reason(world, decision, kind, reason)
    return said


def check_reason(world: World, decision: Decision, kind: RemedyKind, reason: WhyNot) -> None:
    """Assert that every part of a why-not is what trying gives."""
    policy = world.case.policy
    if kind in decision.possible:
        assert reason.available is None
    else:
        assert reason.available in (None, False)
    check_ways(world, decision, reason)
    assert [nearness(way) for way in reason.ways] == sorted(map(nearness, reason.ways))
    for way in reason.ways:
        check_numbers(decision, way)
        assert {lack.rule for lack in way.failed} <= {rule.id for rule in policy.rules}
    excluded = {rule.id for rule in policy.exclusions if decision.verdicts[rule.id] != "fails"}
    in_ways = {hindrance.rule for way in reason.ways for hindrance in way.in_the_way}
    assert {one.rule for one in reason.in_the_way} == excluded | in_ways
    assert len({one.rule for one in reason.in_the_way}) == len(reason.in_the_way)


READINGS = (Readings(), Readings(refund_papers="refund", first_day="same_day"))


@pytest.mark.untraced
@pytest.mark.usefixtures("no_changes")
def test_ways_are_the_smallest() -> None:
    """Of known claims every way is a smallest set of conditions, and none is missing."""
    rng = Random(41)
    kinds: dict[str, int] = {}
    for _ in range(60):
        decision = decide(nowhere(random_claim(rng)), readings=rng.choice(READINGS))
        for reason in check_reasons(decision).values():
            for hindrance in reason.in_the_way:
                kinds[hindrance.kind] = kinds.get(hindrance.kind, 0) + 1
    assert min(kinds[kind] for kind in ("exclusion", "bar", "evidence")) > 10


@pytest.mark.untraced
@pytest.mark.usefixtures("no_changes")
def test_ways_where_facts_are_not_known() -> None:
    """So it is where one to three facts are not known; a check then does not hold."""
    rng = Random(42)
    for _ in range(15):
        check_reasons(decide(nowhere(with_unknowns(rng, random_claim(rng)))))


@pytest.mark.untraced
@pytest.mark.usefixtures("no_changes")
def test_what_stands_in_the_way_stands_on_that_day() -> None:
    """Where only days are lacking, it is what stands when the claim is made in time."""
    rng = Random(45)
    checked = 0
    for _ in range(80):
        decision = decide(random_claim(rng))
        for reason in reasons(decision).values():
            for way in reason.ways:
                right = next((one for one in MOBILE_2001.rights if one.id == way.rule), None)
                on = in_time(decision, way)
                if right is None or on is None:
                    continue
                claim = decision.case.claim.model_copy(update={"claimed_on": on})
                there = decide(claim).verdicts
                stands = {stop for stop in STOPS if there[stop] != "fails"} - {*right.despite}
                said = {one.rule for one in way.in_the_way if one.kind != "evidence"}
                assert said == stands, (claim.to_json(), way)
                checked += 1
    assert checked > 40


STOPS = [rule.id for rule in MOBILE_2001.exclusions] + [bar.id for bar in MOBILE_2001.bars]


def in_time(decision: Decision, way: Way) -> date | None:
    """Return a day on which all that failed would hold, if only the day of the claim failed."""
    first, last = date.min, date.max
    for lack in way.failed:
        check = lack.check
        if check.fact not in ("claimed_on", "held_on", "period_held_on", "again_on"):
            return None
        if check.fact != "claimed_on" and str(check.actual) != str(decision.dates.claimed_on):
            return None  # a day that does not move with the claim
        if not check.threshold or check.months is not None:
            return None
        limit = day(str(check.threshold))
        if check.relation == "not_after":
            last = min(last, limit)
        else:
            first = max(first, limit + timedelta(1))
    if not way.failed or first > last:
        return None
    return min(max(decision.dates.claimed_on, first), last)


CODES: dict[str, tuple[Any, ...]] = {
    "evidence.invoice": get_args(Invoice),
    "evidence.voucher": SILENT_VOUCHERS,
    "fault.symptom": get_args(Symptom),
    "same_model_in_stock": (True, False),
}
"""What the facts could be that the claims below leave out."""


@pytest.mark.untraced
@pytest.mark.usefixtures("no_changes")
def test_missing_facts_decide_only_where_they_do() -> None:
    """``available`` is ``None`` where the remedy is open for some of what is not known."""
    rng = Random(43)
    open_ = 0
    for _ in range(40):
        claim = random_claim(rng)
        unknown = rng.sample(sorted(CODES), rng.choice((1, 1, 2)))
        for path in unknown:
            part, _, name = path.rpartition(".")
            del (claim[part] if part else claim)[name]
        decision = decide(claim)
        fillings = product(*(CODES[path] for path in unknown))
        cases = [
            decision.what_if(dict(zip(unknown, values, strict=True))).after for values in fillings
        ]
        may_be = {remedy.remedy for one in cases for remedy in one.remedies}
        for kind, reason in reasons(decision).items():
            assert reason.available is (None if kind in may_be else False), (claim, kind)
            open_ += reason.available is None
    assert open_ > 10


# --- single ways ----------------------------------------------------------------------------------


def brief(reason: WhyNot) -> list[tuple[str, list[tuple[str, str, Any]], list[str]]]:
    """Return every way in short: rule, what failed with its margin, what stands in the way."""
    return [
        (
            way.rule,
            [(lack.check.fact, lack.check.relation, lack.check.margin) for lack in way.failed],
            [hindrance.rule for hindrance in way.in_the_way],
        )
        for way in reason.ways
    ]


def test_the_nearest_way_comes_first() -> None:
    """Fewest conditions, then fewest repairs, then fewest days."""
    reason = decide(handset()).why_not("exchange")
    assert reason.available is False
    assert brief(reason) == [
        ("art12.exchange", [("held_on", "not_after", -55)], []),
        ("art11.exchange", [("held_on", "not_after", -63)], []),
        ("art13.exchange", [("repairs_counted", "at_least", -2)], []),
        (
            "art16.exchange",
            [("waiting_for_parts", "is", None), ("claimed_on", "after", None)],
            [],
        ),
        (
            "art17.exchange",
            [("delayed_by_repairer", "is", None), ("claimed_on", "after", None)],
            [],
        ),
    ]
    assert reason.in_the_way == ()
    check = reason.ways[0].failed[0].check
    assert (check.threshold, check.actual) == ("2025-03-18", "2025-05-12")
    assert (check.counted_from, check.counted_from_on) == ("windows_start", "2025-03-03")
    assert reason.ways[0].failed[0].rule == "art12.exchange"


def test_what_an_authority_finds_is_the_farthest_way() -> None:
    """Goods found unqualified are refunded (art. 54), but nobody can bring that about."""
    ways = decide(handset()).why_not("refund").ways
    assert [(way.rule, len(way.failed)) for way in (ways[0], ways[-1])] == [
        ("art11.refund", 1),
        ("cpl54.refund", 1),
    ]


def test_a_bar_stands_in_the_way() -> None:
    """Damage that a report has established bars what the conditions would give."""
    reason = decide(handset(**MISUSED)).why_not("free_repair")
    assert brief(reason) == [("art10.repair", [], ["art24.misuse"])]
    (hindrance,) = reason.in_the_way
    assert hindrance.kind == "bar"
    assert [(one.fact, one.actual) for one in hindrance.checks] == [
        ("cause", "liquid"),
        ("cause_basis", "report"),
        ("contested", False),  # contested inside the six months, the report would prove nothing
        ("readings.burden_of_proof", "six_months"),
    ]


def test_a_bar_that_does_not_touch_the_right() -> None:
    """After the period only the 30 days of art. 10 are left, and the end of it is no bar."""
    claim = handset(claimed_on="2026-05-04", repairs=[repair("2026-02-20", "2026-02-25")])
    reason = decide(claim).why_not("free_repair")
    assert brief(reason) == [
        ("art10.again", [("again_on", "not_after", -38)], []),
        ("art10.repair", [("period_held_on", "not_after", -56)], []),
    ]


def test_papers_stand_in_the_way() -> None:
    """A copy of the invoice does not carry the refund of art. 11; the papers that would do."""
    claim = handset(claimed_on="2025-03-05", same_model_in_stock=True, **PROVEN)
    reason = decide(claim).why_not("refund")
    assert reason.available is False
    assert brief(reason)[0] == ("art11.refund", [], ["art9.proven"])
    hindrance = reason.in_the_way[0]
    assert (hindrance.kind, hindrance.rule) == ("evidence", "art9.proven")
    assert [(one.fact, one.threshold, one.actual) for one in hindrance.checks] == [
        ("invoice", "original", "copy"),
        ("voucher", "intact", "lost"),
    ]


def test_a_way_that_asks_for_lesser_papers() -> None:
    """A way that only lacks a fact is not hidden by one for which the papers are missing."""
    reason = decide(handset(claimed_on="2025-03-05", **PROVEN)).why_not("refund")
    assert ("art18.refund", [("same_model_in_stock", "is_not", None)], []) in brief(reason)


def test_no_way_is_another_one_and_more() -> None:
    """In the 7 days there is a refund anyway: no way to one needs empty shelves besides."""
    for way in decide(handset()).why_not("refund").ways:
        windows = [lack.check for lack in way.failed if lack.check.threshold == "2025-03-10"]
        assert not windows or way.rule == "art11.refund"


def test_a_paper_not_known_that_makes_no_difference() -> None:
    """An intact voucher carries an exchange whatever the invoice: papers are no hindrance."""
    decision = decide(handset(invoice=None))
    assert decision.needs == ()
    reason = decision.why_not("exchange")
    assert reason.in_the_way == ()
    assert reason.ways[0].in_the_way == ()


def test_days_in_repair_put_off_the_end_of_the_period() -> None:
    """A repair that goes on for 60 days adds them to the period: its end is no hindrance."""
    claim = handset(claimed_on="2026-02-20", repairs=[repair("2026-02-10", delay="parts")])
    decision = decide(claim)
    way = next(one for one in decision.why_not("exchange").ways if one.rule == "art16.exchange")
    assert decision.timeline.on(day("2026-04-12")).outcome == "exchange"
    assert [(lack.check.margin, lack.check.threshold) for lack in way.failed] == [
        (-51, "2026-04-11")
    ]
    assert way.in_the_way == ()


def test_no_way_rests_on_what_would_close_it() -> None:
    """Art. 19 gives nothing beside art. 11: being in the 7 days is no way to it."""
    claim = handset(request="refund", same_model_in_stock=True)
    ways = [way for way in decide(claim).why_not("refund").ways if way.rule == "art19.refund"]
    assert ways
    for way in ways:
        assert all(lack.rule != "art11.exchange" for lack in way.failed)


@pytest.mark.parametrize("kind", sorted(ACCESSORIES))
def test_accessories_are_not_repaired(kind: str) -> None:
    """Art. 14 gives accessories an exchange and a refund; there is no way to a repair."""
    reason = decide(accessory(kind)).why_not("free_repair")
    assert reason.available is False
    assert reason.ways == reason.in_the_way == ()
    [change] = reason.changes  # a phone's own battery or charger port is repaired, as art. 10 says
    assert (change.field, change.after) == ("product.kind", "handset")


def test_goods_the_catalogue_does_not_name() -> None:
    """Goods of another kind have no right at all, and the exclusion says why."""
    decision = decide(goods("other", "screen_fault"))
    for kind in ("refund", "exchange", "free_repair"):
        reason = decision.why_not(kind)
        assert reason.ways == ()
        assert [one.rule for one in reason.in_the_way] == ["art2.catalogue"]
        assert {one.kind for one in reason.in_the_way} == {"exclusion"}
    (change,) = decision.why_not("free_repair").changes
    assert (change.field, change.after) == ("product.kind", "handset")


def test_what_would_make_it_a_paid_repair() -> None:
    """The ways to a paid repair are the grounds of art. 24."""
    reason = decide(handset()).why_not("paid_repair")
    assert reason.available is False
    assert {way.rule for way in reason.ways} == {bar.id for bar in MOBILE_2001.bars}
    expired = next(way for way in reason.ways if way.rule == "art24.expired")
    assert [lack.check.margin for lack in expired.failed] == [-296]
    excluded = decide(handset(symptom="none")).why_not("paid_repair")
    assert [one.rule for one in excluded.in_the_way] == ["art10.no_fault"]
    assert all([one.rule for one in way.in_the_way] == ["art10.no_fault"] for way in excluded.ways)


def test_missing_papers_may_stand_in_the_way() -> None:
    """What is not known may stand in the way; its checks are not decided."""
    claim = handset(claimed_on="2025-03-05", invoice=None, voucher=None)
    reason = decide(claim).why_not("exchange")
    assert reason.available is None
    by_rule = {one.rule: one for one in reason.in_the_way}
    assert {"art24.no_evidence", "art24.voucher"} <= set(by_rule)
    assert [one.holds for one in by_rule["art24.voucher"].checks] == [None]


def test_a_factory_date_carries_repair_only() -> None:
    """On the factory date alone an exchange needs one of the papers, and no more."""
    reason = decide(handset(claimed_on="2025-03-05", **FACTORY)).why_not("exchange")
    evidence = next(one for one in reason.in_the_way if one.kind == "evidence")
    assert evidence.rule == "art9.factory"
    assert len(evidence.checks) == 1


# --- why one rather than the other -----------------------------------------------------------


def test_why_the_stronger_one() -> None:
    """Nothing was asked for: the refund is the stronger right."""
    decision = decide(handset(claimed_on="2025-03-05", same_model_in_stock=True))
    contrast = decision.why("refund", rather_than="exchange")
    assert (contrast.remedy, contrast.rather_than) == ("refund", "exchange")
    assert (contrast.rule, contrast.choice) == ("art11.refund", "stronger")
    assert contrast.why_not is None
    finding = decision.finding("art11.refund")
    assert contrast.citations == finding.citations
    assert contrast.checks == tuple(check for check in finding.checks if check.holds)
    other = decision.why("exchange", rather_than="refund")
    assert (other.rule, other.choice) == ("art11.exchange", "both_open")


def test_why_what_was_asked_for() -> None:
    """What was asked for comes first where it is open; a repair means a free one."""
    claim = handset(claimed_on="2025-03-05", same_model_in_stock=True, request="repair")
    decision = decide(claim)
    assert decision.outcome == "free_repair"
    assert decision.why("repair", rather_than="refund").choice == "asked"
    assert decision.why("refund", rather_than="repair").choice == "both_open"


def test_why_and_why_not() -> None:
    """Where the other cannot be had, the contrast says why not."""
    decision = decide(handset())
    contrast = decision.why("free_repair", rather_than="refund")
    assert contrast.choice == "not_available"
    assert contrast.why_not == decision.why_not("refund")
    barred = decide(handset(**MISUSED)).why("paid_repair", rather_than="free_repair")
    assert barred.rule == "art24.misuse"
    grounds = ["cause", "cause_basis", "contested", "readings.burden_of_proof"]
    assert [check.fact for check in barred.checks] == grounds
    assert barred.why_not is not None
    assert barred.why_not.remedy == "free_repair"


def test_why_a_paid_repair_for_which_no_rule_stands() -> None:
    """A policy whose rights fail without a bar leaves a paid repair that nothing gives."""
    policy = replace(
        MOBILE_2001,
        bars=(),
        articles=(),
        rights=tuple(replace(right, despite=()) for right in MOBILE_2001.rights),
    )
    decision = Engine(policy).decide(handset(claimed_on="2027-05-12"))
    contrast = decision.why("paid_repair", rather_than="free_repair")
    assert (contrast.rule, contrast.citations, contrast.checks) == ("", (), ())
    assert decision.why_not("free_repair").in_the_way == ()


# --- questions that have no answer ---------------------------------------------------------------


def test_a_remedy_that_is_available() -> None:
    """Why not what can be had: the error says what cannot."""
    decision = decide(handset())
    for name in ("free_repair", "repair"):
        text = (
            rf"(?m)^remedy = '{name}': is available; not available: refund, exchange, paid_repair$"
        )
        with pytest.raises(ValidationError, match=text):
            decision.why_not(name)
    both = decide(battery(exchanges=[{"exchanged_on": "2025-03-20"}] * 2, same_model_in_stock=True))
    assert {remedy.remedy for remedy in both.remedies} == {"refund", "exchange"}
    with pytest.raises(ValidationError, match=r"not available: free_repair, paid_repair$"):
        both.why_not("refund")


@pytest.mark.parametrize(
    "value", ["", "refunds", "REFUND", "退货", None, 3, [], {}, b"refund", 1.5]
)
def test_a_remedy_nobody_knows(value: Any) -> None:
    """The error names the field and every remedy there is."""
    decision = decide(handset())
    known = "must be one of refund, exchange, free_repair, paid_repair"
    with pytest.raises(ValidationError, match=f"(?m)^remedy = .*: {known}"):
        decision.why_not(value)
    with pytest.raises(ValidationError, match=f"(?m)^remedy = .*: {known}"):
        decision.why(value, rather_than="refund")
    with pytest.raises(ValidationError, match=f"(?m)^rather_than = .*: {known}"):
        decision.why("free_repair", rather_than=value)


def test_a_remedy_that_is_nearly_known() -> None:
    """A slip of the pen is told what was perhaps meant."""
    with pytest.raises(ValidationError, match=r"; did you mean 'refund'\?$"):
        decide(handset()).why_not("refnud")


def test_why_of_what_is_not_there() -> None:
    """Why a remedy that cannot be had: the error says which can."""
    decision = decide(handset())
    with pytest.raises(ValidationError, match=r"is not available; available: free_repair$"):
        decision.why("refund", rather_than="exchange")
    with pytest.raises(ValidationError, match=r"is not available; available: none$"):
        decide(handset(symptom="none")).why("refund", rather_than="exchange")
    for same in ("free_repair", "repair"):
        with pytest.raises(ValidationError, match=r"(?m)^rather_than = .* must be another remedy$"):
            decision.why("free_repair", rather_than=same)


def test_a_decision_read_from_json_does_not_hold_its_claim() -> None:
    """Nothing can be asked of it; the error says what to do."""
    stored = Decision.from_json(decide(handset()).to_json())
    text = (
        r"(?m)^decision = .*: does not hold its claim \(it was read from JSON, or changed by "
        r"hand\); decide the claim again$"
    )
    for question in (
        lambda: stored.why_not("refund"),
        lambda: stored.why("free_repair", rather_than="refund"),
        lambda: stored.what_if({"request": "refund"}),
        stored.nearest_changes,
    ):
        with pytest.raises(ValidationError, match=text):
            question()


# --- answers are data --------------------------------------------------------------------------


def test_answers_are_plain_data() -> None:
    """A why-not goes to canonical JSON, and is equal to an equal one."""
    claim = handset(repairs=list(TWO_REPAIRS[:1]), **NOTHING)
    reason, again = (decide(claim).why_not("exchange") for _ in range(2))
    assert reason == again
    assert hash(reason) == hash(again)
    assert json.loads(reason.to_json()) == reason.to_dict()
    assert reason.to_json() == json.dumps(
        reason.to_dict(), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    contrast = decide(handset()).why("free_repair", rather_than="refund")
    assert json.loads(contrast.to_json())["why_not"]["remedy"] == "refund"


ASK = """
import json, sys
from sanbao import decide
for line in open(sys.argv[1], encoding="utf-8"):
    decision = decide(json.loads(line))
    print(json.dumps([change.field for change in decision.nearest_changes()]))
    print([repr(one) for one in decision.depends_on], repr(decision.timeline.steps))
    open_ = {remedy.remedy for remedy in decision.remedies}
    kinds = ("refund", "exchange", "free_repair", "paid_repair")
    kind = next(one for one in kinds if one not in open_)
    print(decision.why_not(kind).to_json())
"""


@pytest.mark.untraced
def test_answers_do_not_hang_on_the_hash_seed(tmp_path: Path) -> None:
    """Other processes with other hash seeds give the same answers, byte for byte."""
    rng = Random(44)
    drawn = [random_claim(rng) for _ in range(10)]
    drawn += [{**claim, "same_model_in_stock": None} for claim in drawn[:2]]
    lines = tmp_path / "claims.jsonl"
    lines.write_text("".join(json.dumps(claim) + "\n" for claim in drawn), "utf-8")
    asked = [
        subprocess.Popen(
            [sys.executable, "-c", ASK, str(lines)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        )
        for seed in ("1", "4711")
    ]
    first, second = (process.communicate()[0] for process in asked)
    assert [process.returncode for process in asked] == [0, 0]
    assert first == second
    assert len(first.splitlines()) == 3 * len(drawn)
