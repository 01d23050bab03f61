"""Compiled policies: they say what their conditions say, and run no text of a policy."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sanbao
from claims import handset
from sanbao.dates.calendar import chinese_calendar
from sanbao.dates.counting import add_months
from sanbao.evaluation.programs import codegen
from sanbao.evaluation.programs import program as module
from sanbao.evaluation.programs.program import Program, Programs
from sanbao.evaluation.programs.truth import FALSE, TRUE, UNKNOWN
from sanbao.model.citation import Citation
from sanbao.model.facts import FACTS, Facts, FactSpec
from sanbao.model.readings import Readings
from sanbao.rules.conditions import (
    AtLeast,
    Compare,
    Condition,
    Elapsed,
    FactRef,
    Leaf,
    Listed,
    OneOf,
    Owed,
    Period,
    Under,
    Window,
    evaluate,
    fact,
)
from sanbao.rules.policy import Bar, Policy, Rule, carrying, policy_leaves

POLICY = sanbao.MOBILE_2001
NUMBER = {False: FALSE, None: UNKNOWN, True: TRUE}
KINDS = ("handset", "battery", "wired_earphone", "other")
READINGS = (
    Readings(),
    Readings(first_day="same_day", refund_papers="refund", built_in_battery="accessory"),
    Readings(window_end="fixed", burden_of_proof="consumer_later", second_hand="not_covered"),
    Readings(
        rest_days="holidays_only",
        burden_of_proof="trader_always",
        two_repairs_remedy="refund_too",
        voucher_not_issued="as_lost",
    ),
)


@cache
def program(kind: str, readings: Readings) -> Program:
    """Return the regulation compiled for goods of this kind."""
    return Programs(POLICY, chinese_calendar()).of(kind, readings)


# --- facts of every skeleton -------------------------------------------------------------

_NULLABLE = {name for name, hint in get_type_hints(Facts).items() if type(None) in get_args(hint)}
_AGO = (0, 1, 6, 7, 8, 9, 10, 15, 16, 17, 18, 30, 31, 60, 61, 89, 93, 180, 184, 185, 365, 366, 372)


def _values(spec: FactSpec, claimed: int) -> st.SearchStrategy[Any]:
    known: st.SearchStrategy[Any]
    match spec.type:
        case "date":
            known = st.sampled_from([claimed - days for days in (*_AGO, 400, 1000, 8000)])
        case "code":
            known = st.sampled_from(spec.codes)
        case "yes/no":
            known = st.booleans()
        case "spans":
            day = st.integers(claimed - 400, claimed)
            span = st.tuples(day, st.integers(0, 40)).map(lambda pair: (pair[0], sum(pair)))
            known = st.lists(span, max_size=3).map(lambda spans: tuple(sorted(spans)))
        case "count":
            known = st.integers(0, 3)
    return st.none() | known if spec.name in _NULLABLE else known


@st.composite
def facts_of(draw: st.DrawFn, kind: str, role: str) -> Facts:
    """Draw facts of any skeleton about goods of this kind, claims that cannot be included."""
    first, last = date(2005, 1, 1).toordinal(), date(2026, 12, 31).toordinal()
    claimed = draw(st.integers(first, last))
    fixed = {"claimed_on": claimed, "kind": kind, "role": role}
    drawn = {
        name: draw(_values(spec, claimed)) for name, spec in FACTS.items() if name not in fixed
    }
    return Facts(**(drawn | fixed))


def truth(compiled: Program, facts: Facts, leaf: Leaf) -> bool | None:
    """Return what ``leaf`` says of ``facts``, worked out from its own words."""
    if isinstance(leaf, Under):
        return bool(getattr(compiled.clock.readings, leaf.reading) == leaf.value)
    assert not isinstance(leaf, Owed)
    value = getattr(facts, leaf.fact)
    held: int | None = facts.held_on
    if isinstance(leaf, Period):
        held = facts.period_held_on
    elif isinstance(leaf, Elapsed):
        held = getattr(facts, leaf.until)
    if isinstance(leaf, Listed) and leaf.column == "kind":
        return value in [line.kind for line in POLICY.catalogue]
    if isinstance(leaf, Period) and compiled.coverage is None:
        return False
    if value is None or held is None:
        return None
    match leaf:
        case Compare(value=date() as other):
            return bool(value < other.toordinal())
        case Compare(value=other):
            return bool(value == other)
        case OneOf(values=values):
            return bool(value in values)
        case AtLeast(value=number):
            return bool(value >= number)
        case Listed():
            return compiled.coverage is not None and value in compiled.coverage.faults
        case Window(days=days):
            time = facts.window_repair_time
            return held <= compiled.clock.window_end(value, days, time)
        case Period(months=own, extended_by=time):
            assert compiled.coverage is not None
            months = own or compiled.coverage.months
            return held <= compiled.clock.period_end(value, months, getattr(facts, time))
        case Elapsed(days=int(days)):
            return bool(held - value <= days)
        case Elapsed(months=months):
            assert months is not None
            last = add_months(date.fromordinal(value), months)
            return date.fromordinal(held) <= last


def expected(compiled: Program, facts: Facts) -> dict[str, int]:
    """Return everything a decision hangs on, by evaluating every condition one by one."""
    found: dict[str, bool | None] = {}

    def value_of(leaf: Leaf) -> bool | None:
        if not isinstance(leaf, Owed):
            return truth(compiled, facts, leaf)
        owed = [found[f"open:{rule}"] for rule in leaf.rules]
        return True if True in owed else None if None in owed else False

    def put(name: str, condition: Condition) -> None:
        found[name] = evaluate(condition, value_of)

    rules: tuple[Rule, ...] = (*POLICY.exclusions, *POLICY.bars, *POLICY.grades)
    for rule in rules:
        put(rule.id, rule.when)
    for outside in POLICY.outside:
        for name in ("alleged", "trader_proves", "doubted"):
            said: Condition | None = getattr(outside, name)
            if said is not None:
                put(f"{name}:{outside.id}", said)
    put("no_cause", fact("cause").is_("not_stated"))
    for right in POLICY.rights:
        put(right.id, right.when)
        put(f"carried:{right.id}", carrying(POLICY, right))
        against = [found[rule.id] for rule in POLICY.outside if rule.id not in right.despite]
        ways = [found[right.id], found[f"carried:{right.id}"]]
        ways += [None if value is None else not value for value in against]
        found[f"open:{right.id}"] = False if False in ways else None if None in ways else True
        if right.empty is not None:
            put(f"empty:{right.id}", right.empty)
    return {name: NUMBER[value] for name, value in found.items()}


@pytest.mark.parametrize("readings", READINGS, ids=range(len(READINGS)))
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25)
@given(data=st.data())
def test_it_says_what_the_conditions_say(kind: str, readings: Readings, data: Any) -> None:
    """Every verdict and every leaf is what evaluating the conditions themselves gives."""
    compiled = program(kind, readings)
    facts = data.draw(facts_of(kind, compiled.context.role))
    key = compiled.verdicts(compiled.abstraction(facts))
    wanted = expected(compiled, facts)
    assert {name: compiled.state(key, name) for name in wanted} == wanted
    states = compiled.leaf_states(facts)
    for _, leaf in policy_leaves(POLICY):
        if not isinstance(leaf, Owed):
            assert compiled.leaf_value(states, leaf) is truth(compiled, facts, leaf)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25)
@given(data=st.data())
def test_what_cannot_hold_never_does(kind: str, data: Any) -> None:
    """A rule that cannot hold for these goods fails whatever the facts."""
    compiled = program(kind, Readings())
    facts = data.draw(facts_of(kind, compiled.context.role))
    key = compiled.verdicts(compiled.abstraction(facts))
    for rule in POLICY.rules:
        assert compiled.can_hold(rule.id) or compiled.state(key, rule.id) == FALSE


@pytest.mark.parametrize(
    ("kind", "can", "cannot"),
    [
        ("handset", {"art11.refund", "art10.again", "art24.misuse"}, {"art14.refund"}),
        ("battery", {"art14.exchange", "art18.refund"}, {"art11.refund", "art13.exchange"}),
        ("other", {"art2.catalogue", "art31.date"}, {"art14.exchange", "art10.repair"}),
    ],
)
def test_what_can_hold(kind: str, can: set[str], cannot: set[str]) -> None:
    """The program of one kind of goods knows which rules can never hold for them."""
    compiled = program(kind, Readings())
    assert all(compiled.can_hold(rule) for rule in can)
    assert not any(compiled.can_hold(rule) for rule in cannot)


def test_leaves_of_a_rule() -> None:
    """A rule's leaves come once each, under the same number wherever else they stand."""
    compiled = program("handset", Readings())
    refund = compiled.leaves_of(POLICY.right("art11.refund"))
    exchange = compiled.leaves_of(POLICY.right("art11.exchange"))
    # each has a window of its own, and money is asked about the refund alone
    numbers = {leaf: number for number, leaf, _ in refund}
    shared = [(number, leaf) for number, leaf, _ in exchange if leaf in numbers]
    assert shared
    assert all(numbers[leaf] == number for number, leaf in shared)
    assert {leaf for _, leaf, _ in exchange} - set(numbers) == {Window("windows_start", 7)}
    assert len({number for number, *_ in refund}) == len(refund)
    assert compiled.leaves_of(POLICY.right("art11.refund")) is refund


# --- policies of one's own ------------------------------------------------------------


def with_bar(condition: Condition) -> Policy:
    """Return the regulation with one bar more."""
    bar = Bar("test.bar", condition, (Citation("test", article=1),))
    return replace(POLICY, bars=(*POLICY.bars, bar))


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        (fact("kind").is_("handset"), "holds"),
        (fact("kind").is_("battery"), "fails"),
        (fact("kind").one_of("handset", "battery"), "holds"),
        (fact("kind").one_of("charger", "battery"), "fails"),
        (fact("role").one_of("main_unit", "accessory"), "holds"),
        (fact("role").one_of("none"), "fails"),
        (fact("days_in_repair").at_least(0), "holds"),
        (fact("days_in_repair").at_least(1), "fails"),
        (~fact("same_model_in_stock").is_(True), "unknown"),
        (fact("sale_dated_on").before(date(2025, 3, 4)), "holds"),
        (fact("sale_dated_on").before(date(2025, 3, 3)), "fails"),
        (fact("proof_start").at_most_ago(days=70), "holds"),  # from 2025-03-03 to 2025-05-12
        (fact("proof_start").at_most_ago(days=69), "fails"),
        (fact("proof_start").at_most_ago(days=0), "fails"),
        (fact("proof_start").at_most_ago(months=3), "holds"),
        (fact("proof_start").at_most_ago(months=2), "fails"),
        (Period("period_start", "repair_time", months=2), "fails"),
        (Period("period_start", "repair_time", months=3), "holds"),
        (fact("proof_start").at_most_ago(days=0, until="windows_start"), "holds"),
        (fact("proof_start").at_most_ago(months=3, until="repaired_on"), "unknown"),
        (Under("rounding", "half_up"), "holds"),
        (~Under("rounding", "half_up"), "fails"),
        (fact("gift").is_(False) | fact("gift").is_(True), "holds"),
        (fact("gift").is_(False) & fact("gift").is_(True), "fails"),
    ],
)
def test_leaves_of_every_kind(condition: Condition, verdict: str) -> None:
    """A policy of one's own may ask what the regulation does not; findings give the checks."""
    decision = sanbao.decide(handset(), policy=with_bar(condition))
    finding = decision.finding("test.bar")
    assert finding.verdict == verdict
    assert decision.verdicts["test.bar"] == verdict
    holds = [check.holds for check in finding.checks]
    if verdict == "holds":
        assert True in holds
    elif verdict == "fails":
        assert False in holds
    else:
        assert holds == [None]


STRANGE = (
    "x' or True or '",
    '"]; raise SystemExit #',
    "\\\n    import os\n",
    "{0}",
    "C0",
    "__class__",
)


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list that gathers every piece of code that is generated."""
    seen: list[str] = []

    def spy(source: str, filename: str, mode: str) -> Any:
        seen.append(source)
        return compile(source, filename, mode)

    monkeypatch.setattr(codegen, "compile", spy, raising=False)
    monkeypatch.setattr(module, "_COMPILED", {})
    return seen


@pytest.mark.parametrize("strange", STRANGE)
def test_no_text_of_a_policy_is_run(strange: str, sources: list[str]) -> None:
    """Whatever a policy's texts are, the generated code is the same names and whole numbers."""
    handset_line, *others = POLICY.catalogue
    line = replace(handset_line, faults=(strange, *handset_line.faults))
    policy = replace(
        with_bar(fact("cause").one_of("liquid", "impact") & fact("repairs_counted").at_least(1)),
        version=strange,
        title_en=strange,
        catalogue=(line, replace(line, kind=strange), *others),
    )
    decision = sanbao.decide(handset(), policy=policy)
    assert decision.outcome == "free_repair"
    assert len(sources) == 3
    allowed = re.compile(
        rf"{'|'.join(FACTS)}|[CD]\d+|l\d+|v\d+|facts|pattern|asked|OPPOSITE|generated"
    )
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            assert not isinstance(node, ast.Attribute | ast.Import | ast.Lambda)
            if isinstance(node, ast.Call):  # a clock's own function, passed by reference
                assert isinstance(node.func, ast.Name)
                assert re.fullmatch(r"[CD]\d+", node.func.id)
                assert not node.keywords
            if isinstance(node, ast.Name):
                assert allowed.fullmatch(node.id)
            elif isinstance(node, ast.Constant):
                assert node.value is None or type(node.value) is int


def test_the_code_does_not_depend_on_the_texts(sources: list[str]) -> None:
    """Two policies that differ in texts only are compiled to the same code."""
    renamed = replace(POLICY, version="other", title_zh="别的", id="test")
    for policy in (POLICY, renamed):
        Programs(policy, chinese_calendar()).of("handset", Readings())
    half = len(sources) // 2
    assert sources[:half] == sources[half:]


@pytest.mark.parametrize("code", [*STRANGE, "handset'", ""])
@pytest.mark.parametrize("verb", [FactRef.is_, FactRef.one_of])
def test_codes_are_of_the_closed_list(verb: Callable[[FactRef, str], Condition], code: str) -> None:
    """A code that no fact has cannot stand in a condition, so it never comes to code at all."""
    condition = verb(fact("cause"), code)
    with pytest.raises(sanbao.ValidationError, match="a code cannot be asked this"):
        with_bar(condition)
