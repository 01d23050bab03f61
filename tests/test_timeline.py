"""The timeline says of every day what deciding a claim on that day says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any, get_args

import pytest

from claims import FACTORY, TWO_REPAIRS, day, handset, repair
from random_claims import random_claim, random_claims, with_unknowns
from sanbao import (
    MOBILE_2001,
    Citation,
    Claim,
    Decision,
    Engine,
    Readings,
    Timeline,
    ValidationError,
    chinese_calendar,
    decide,
)
from sanbao.model.codes import RemedyKind
from sanbao.model.readings import reading_values
from sanbao.model.rule_ref import RuleRef
from sanbao.reasons.timeline import Turn
from sanbao.rules.conditions import fact

DAYS = 800
OPEN = {"holds": True, "unknown": None}


def some_readings(seed: int) -> Readings:
    """Return readings drawn at random."""
    rng = Random(seed)
    return Readings(**{name: rng.choice(known) for name, known in reading_values().items()})  # type: ignore[arg-type]


def worth(decision: Decision) -> tuple[Any, ...]:
    """Return what a claim is worth: outcome, what is possible, remedies, what leads."""
    open_ = {remedy.remedy for remedy in decision.remedies}
    return (
        decision.outcome,
        decision.possible,
        tuple(kind for kind in get_args(RemedyKind) if kind in open_),
        None if decision.lead is None else decision.lead.rule,
    )


def states(decision: Decision) -> dict[tuple[str, RuleRef | str], bool | None]:
    """Return of everything that can turn whether it stands; ``None``: missing facts decide.

    A local regulation beside the law has rules of its own.
    """
    case = decision.case
    verdicts = {one.ref: one.verdict for one in decision.findings}
    found: dict[tuple[str, RuleRef | str], bool | None] = {}
    for member in case.evaluations:
        policy = member.policy
        name = partial(RuleRef, policy.id)
        for what, rules in (
            ("exclusion", policy.exclusions),
            ("bar", policy.bars),
            ("right", policy.rights),
        ):
            found |= {
                (what, name(one.id)): OPEN.get(verdicts[name(one.id)], False) for one in rules
            }
        for ground in policy.outside:
            notes = decision.finding(name(ground.id)).notes
            found["proof", name(ground.id)] = "trader_must_prove" in notes
    duties = {duty.id for duty in decision.obligations}
    every = [duty.id for member in case.evaluations for duty in member.policy.obligations]
    return found | {("duty", duty): duty in duties for duty in every}


def cites(decision: Decision) -> dict[RuleRef | str, tuple[Citation, ...]]:
    """Return what every rule and duty of the policies that decided rests on."""
    case = decision.case
    found: dict[RuleRef | str, tuple[Citation, ...]] = {}
    for member in reversed(case.evaluations):
        name = partial(RuleRef, member.policy.id)
        found |= {duty.id: duty.cites for duty in member.policy.obligations}
        found |= {name(rule.id): rule.cites for rule in member.policy.rules}
    return found


def check_timeline(claim: Claim, engine: Engine, days: int = DAYS) -> int:
    """Assert that the timeline of a claim is what deciding it day by day gives.

    Returns how many steps there were.
    """
    timeline = engine.decide(claim).timeline
    steps = {step.on: step for step in timeline.steps}
    before: tuple[Any, ...] = ()
    step, seen = timeline.steps[0], 0
    for number in range(days):
        on = claim.claimed_on + timedelta(number)
        decision = engine.decide(claim.model_copy(update={"claimed_on": on}))
        members, value = decision.case.evaluations, worth(decision)
        leaves = [one.program.leaf_states(one.derived) for one in members]
        open_ = any(one.skeleton.candidates for one in members)
        if before and (value, leaves) == before[:2] and not open_:
            assert on not in steps, (claim.to_json(), on)  # no comparison has turned
            assert timeline.on(on) is step
            continue
        now = states(decision)
        turned = list(turns(before[2], now)) if before else []
        if not before or turned or value != before[0]:
            step = steps[on]
            assert (step.outcome, step.possible, step.remedies, step.rule) == value
            assert step.citations == (decision.lead.citations if decision.lead else ())
            assert [(one.what, rule_of(one), one.begins) for one in step.turns] == turned
            rests = cites(decision)
            assert all(one.citations == rests[rule_of(one)] for one in step.turns)
            seen += 1
        assert timeline.on(on) is step, (claim.to_json(), on)
        before = value, leaves, now
    end = claim.claimed_on + timedelta(days)
    assert seen == sum(step.on < end for step in timeline.steps)
    assert list(steps) == sorted(steps)
    return seen


def rule_of(turn: Turn) -> RuleRef | str:
    """Return the rule that turns; an obligation that several policies have is one."""
    return turn.rule if turn.what == "duty" else turn.ref


def turns(
    before: dict[tuple[str, RuleRef | str], bool | None],
    now: dict[tuple[str, RuleRef | str], bool | None],
) -> Iterator[tuple[str, RuleRef | str, bool | None]]:
    """Yield what is no longer as it was."""
    for (what, rule), stands in now.items():
        if stands is not before[what, rule]:
            yield what, rule, stands


@pytest.mark.untraced
def test_every_day_is_as_decided() -> None:
    """Of 200 random claims each of 800 days is worth what deciding on that day gives."""
    rng, engine = Random(21), Engine()
    seen = [check_timeline(Claim(**random_claim(rng)), engine) for _ in range(200)]
    assert sum(seen) > 400


@pytest.mark.untraced
def test_every_day_is_as_decided_under_other_readings() -> None:
    """So it is under readings drawn at random."""
    rng = Random(22)
    engines = [Engine(readings=some_readings(seed)) for seed in range(4)]
    drawn = random_claims(rng, 50)
    seen = [check_timeline(claim, rng.choice(engines), 400) for claim in drawn]
    assert sum(seen) > 80


@pytest.mark.untraced
def test_every_day_of_an_open_claim_is_as_decided() -> None:
    """So it is where facts other than the date of sale are not known."""
    rng, engine = Random(23), Engine()
    drawn = [with_unknowns(rng, random_claim(rng)) for _ in range(30)]
    known = [Claim(**claim) for claim in drawn if "sold_on" in claim["purchase"]]
    seen = [check_timeline(claim, engine, 120) for claim in known]
    assert sum(seen) > len(seen)


@pytest.mark.untraced
def test_every_day_of_a_claim_whose_sale_is_not_dated() -> None:
    """Without the date of sale all days are told, or none but the day of the claim."""
    rng, engine = Random(24), Engine()
    told = 0
    for _ in range(60):
        claim = random_claim(rng)
        del claim["purchase"]["sold_on"]
        timeline = engine.decide(claim).timeline
        if timeline.needs:
            assert timeline.needs == ("purchase.sold_on",)
            (step,) = timeline.steps
            assert timeline.until == step.on == day(claim["claimed_on"])
            decision = engine.decide(claim)
            assert (step.outcome, step.possible, step.remedies, step.rule) == worth(decision)
        else:
            told += check_timeline(Claim(**claim), engine, 150)
    assert told > 6


@pytest.mark.untraced
def test_nothing_changes_after_the_last_step() -> None:
    """The last step of a claim that is not in repair lasts for ever: years later still."""
    rng = Random(25)
    for _ in range(100):
        claim = Claim(**random_claim(rng))
        timeline = decide(claim).timeline
        if timeline.until is None:
            last = timeline.steps[-1]
            for days in (1, 400, 4000, 40_000):
                on = last.on + timedelta(days)
                there = decide(claim.model_copy(update={"claimed_on": on}))
                assert worth(there) == (last.outcome, last.possible, last.remedies, last.rule)
                assert timeline.on(on) is last


# --- from when, and until when --------------------------------------------------------------------


def first_days(timeline: Timeline) -> dict[tuple[str, bool | None], str]:
    """Return the first day on which each rule stands, or does not any more."""
    return {
        (turn.rule, turn.begins): str(step.on)
        for step in reversed(timeline.steps)
        for turn in step.turns
    }


def test_windows_and_period_end() -> None:
    """Arts. 8, 11, 12: after 7 days no refund, after 15 no exchange, after a year nothing."""
    timeline = decide(handset(claimed_on="2025-03-04", same_model_in_stock=True)).timeline
    assert [(str(step.on), step.outcome, step.rule) for step in timeline.steps] == [
        ("2025-03-04", "refund", "art11.refund"),
        ("2025-03-11", "exchange", "art12.exchange"),
        ("2025-03-19", "free_repair", "art10.repair"),
        ("2026-03-04", "paid_repair", "art24.expired"),
    ]
    assert timeline.steps[0].remedies == ("refund", "exchange", "free_repair")
    assert timeline.until is None
    assert timeline.needs == ()
    turned = first_days(timeline)
    assert turned["art11.exchange", False] == turned["art12.exchange", True] == "2025-03-11"
    assert turned["art21.new_voucher", True] == "2025-03-11"
    assert turned["art21.new_voucher", False] == turned["art12.exchange", False] == "2025-03-19"
    assert turned["art24.expired", True] == turned["art10.repair", False] == "2026-03-04"


@pytest.mark.parametrize(
    ("delay", "right", "first"),
    [
        ("parts", "art16.exchange", "2025-07-12"),
        ("repairer", "art17.exchange", "2025-06-12"),
    ],
)
def test_a_repair_that_goes_on(delay: str, right: str, first: str) -> None:
    """Arts. 15 to 17: a loaner on day 8, an exchange on day 61 or day 31."""
    claim = handset(repairs=[repair("2025-05-12", delay=delay)], same_model_in_stock=True)
    timeline = decide(claim).timeline
    turned = first_days(timeline)
    assert turned["art15.loaner", True] == "2025-05-20"
    assert turned[right, True] == first
    begins = {entry.rule: entry.on for entry in decide(claim).dates.begins}
    assert str(begins[right]) == first
    assert timeline.on(day(first)).outcome == "exchange"
    assert timeline.on(day(first) - timedelta(1)).outcome == "free_repair"


def test_a_repair_that_goes_on_for_a_reason_unknown() -> None:
    """After 30 days missing facts decide, after 60 it makes no difference which."""
    timeline = decide(handset(repairs=[repair("2025-05-12")], same_model_in_stock=True)).timeline
    assert [(str(step.on), step.outcome, step.possible) for step in timeline.steps] == [
        ("2025-05-12", "free_repair", ("free_repair",)),
        ("2025-05-20", "free_repair", ("free_repair",)),
        ("2025-06-12", None, ("exchange", "free_repair")),
        ("2025-07-12", "exchange", ("exchange",)),
    ]
    assert first_days(timeline)["art17.exchange", None] == "2025-06-12"
    assert timeline.steps[2].rule is None


def test_the_trader_has_to_prove_for_six_months() -> None:
    """Consumer Protection Law art. 23: a contested report is proof from 2025-09-04 on."""
    timeline = decide(handset(cause="liquid", cause_basis="report", contested=True)).timeline
    step = timeline.on(day("2025-09-04"))
    proof = next(turn for turn in step.turns if turn.what == "proof")
    assert (proof.rule, proof.begins) == ("art24.misuse", False)
    assert proof.citations == MOBILE_2001.rule("art24.misuse").cites
    assert first_days(timeline)["art24.misuse", True] == "2025-09-04"
    assert timeline.on(day("2025-09-03")).outcome == "free_repair"


def test_a_repair_out_of_time_goes_on() -> None:
    """A repair handed in after the period adds nothing to it, however long it goes on (art. 8)."""
    claim = handset(repairs=[repair("2026-03-10", symptom="no_ring")], claimed_on="2026-03-12")
    timeline = decide(claim).timeline
    assert [(str(step.on), step.outcome) for step in timeline.steps] == [
        ("2026-03-12", "paid_repair")
    ]
    assert timeline.until is not None
    assert timeline.until > day("2029-01-01")


def test_a_repair_in_time_goes_on() -> None:
    """Handed in inside the period, it pushes the last day on as long as it goes on."""
    claim = handset(repairs=[repair("2026-03-02", symptom="no_ring")], claimed_on="2026-03-12")
    outcomes = {step.outcome for step in decide(claim).timeline.steps}
    assert "paid_repair" not in outcomes


def test_the_burden_of_proof_began_on_a_day() -> None:
    """A contested report is proof before 2014-03-15, and not from then on."""
    claim = handset(
        sold_on="2014-02-03",
        claimed_on="2014-03-10",
        cause="liquid",
        cause_basis="report",
        contested=True,
    )
    turned = first_days(decide(claim).timeline)
    assert turned["art24.misuse", False] == "2014-03-15"
    assert turned["art10.repair", True] == "2014-03-15"


def test_an_exclusion_may_end() -> None:
    """Nothing of the regulation of 2001 that excludes does so by the day of the claim."""
    first, *rest = MOBILE_2001.exclusions
    until = first.when | fact("claimed_on").before(day("2025-06-02"))
    policy = replace(MOBILE_2001, exclusions=(replace(first, when=until), *rest))
    timeline = Engine(policy).decide(handset()).timeline
    assert [(str(step.on), step.outcome) for step in timeline.steps[:2]] == [
        ("2025-05-12", "excluded"),
        ("2025-06-02", "free_repair"),
    ]
    assert [turn.what for turn in timeline.steps[1].turns][:2] == ["exclusion", "right"]
    assert [turn.begins for turn in timeline.steps[1].turns][:2] == [False, True]


# --- years that are not published ----------------------------------------------------------------


def test_a_day_in_a_year_not_published_is_provisional() -> None:
    """The end of a period in 2027 may still move; that of a window in 2026 may not."""
    claim = handset(sold_on="2026-03-03", claimed_on="2026-03-04", same_model_in_stock=True)
    steps = decide(claim).timeline.steps
    provisional = {
        (turn.rule, turn.begins): turn.provisional for step in steps for turn in step.turns
    }
    assert provisional["art11.refund", False] is False
    assert provisional["art12.exchange", True] is False
    assert provisional["art24.expired", True] is True
    assert provisional["art10.repair", False] is True


@pytest.mark.untraced
def test_provisional_is_what_another_calendar_would_move() -> None:
    """What turns is provisional if a day off on the day before would put it off.

    Tried is a calendar in which the last day of what was there before is a day off; in a
    published year nothing is provisional.
    """
    rng, china = Random(26), chinese_calendar()
    moved: dict[str, int] = {}
    drawn = [random_claim(rng) for _ in range(300)]
    for claim in (one for one in drawn if not "2004" < one["claimed_on"] < "2025"):
        for step in decide(claim).timeline.steps:
            last = step.on - timedelta(1)
            if china.knows(last.year):
                assert not any(turn.provisional for turn in step.turns), (claim, step.on)
            elif step.turns:
                engine = Engine(calendar=china.with_year(last.year, days_off=[last]))
                steps = engine.decide(claim).timeline.steps
                stay = {named(turn) for one in steps if one.on == step.on for turn in one.turns}
                for turn in step.turns:
                    moves = named(turn) not in stay
                    moved[turn.what] = moved.get(turn.what, 0) + moves
                    assert turn.provisional or not moves, (claim, step.on, turn)
                    if turn.what == "bar":
                        assert turn.provisional == moves, (claim, step.on, turn)
    assert moved["bar"] > 10
    assert moved["right"] > 20
    assert moved["duty"] > 20


def named(turn: Turn) -> tuple[str, str, bool | None]:
    """Return what turns, and how."""
    return turn.what, turn.rule, turn.begins


# --- questions and answers -----------------------------------------------------------------------


def test_a_day_is_asked_for() -> None:
    """``on`` takes any day from the claim on and refuses what it cannot tell."""
    timeline = decide(handset()).timeline
    assert timeline.on(day("2025-05-12")) is timeline.steps[0]
    assert timeline.on(day("8999-01-01")) is timeline.steps[-1]
    with pytest.raises(
        ValidationError, match=r"(?m)^day = '2025-05-11': must be a day from 2025-05-12 on$"
    ):
        timeline.on(day("2025-05-11"))
    going_on = decide(handset(repairs=[repair("2025-05-12", delay="parts")])).timeline
    assert going_on.until is not None
    assert going_on.on(going_on.until) is going_on.steps[-1]
    text = rf"(?m)^day = '.*': must be a day from 2025-05-12 to {going_on.until}$"
    with pytest.raises(ValidationError, match=text):
        going_on.on(going_on.until + timedelta(1))
    with pytest.raises(ValidationError, match=text):
        going_on.on(day("2025-05-11"))
    values: list[Any] = [None, "2025-05-12", 20250512, datetime(2025, 5, 12), b"", [], object()]
    for value in values:
        with pytest.raises(ValidationError, match=r"(?m)^day = .*: must be a date$"):
            timeline.on(value)


def test_without_the_date_of_sale_no_later_day_is_told() -> None:
    """What is needed is named; the day of the claim itself is told."""
    timeline = decide(handset(sold_on=None)).timeline
    assert timeline.needs == ("purchase.sold_on",)
    assert timeline.until == day("2025-05-12")
    assert timeline.on(day("2025-05-12")).outcome is None
    with pytest.raises(ValidationError, match=r"must be a day from 2025-05-12 to 2025-05-12$"):
        timeline.on(day("2025-05-13"))
    settled = decide(handset(sold_on=None, **FACTORY)).timeline
    assert settled.needs == ()
    assert settled.on(day("2026-03-03")).outcome == "free_repair"
    assert settled.on(day("2026-03-04")).outcome == "paid_repair"


def test_a_timeline_is_plain_data() -> None:
    """It goes to canonical JSON, is the same when asked again, and equal to an equal one."""
    claim = handset(claimed_on="2025-03-04", repairs=list(TWO_REPAIRS))
    decision = decide(claim)
    timeline = decision.timeline
    assert decision.timeline is timeline
    assert decide(claim).timeline == timeline
    assert hash(decide(claim).timeline) == hash(timeline)
    data = json.loads(timeline.to_json())
    assert data == timeline.to_dict()
    assert list(data) == ["needs", "steps", "until"]
    assert data["steps"][0]["on"] == "2025-03-04"
    assert data["steps"][0]["turns"] == []
    assert {tuple(turn) for step in data["steps"] for turn in step["turns"]} == {
        ("begins", "citations", "policy", "provisional", "rule", "what")
    }
    with pytest.raises(ValidationError, match=r"it was read from JSON"):
        _ = Decision.from_json(decision.to_json()).timeline


def test_the_last_day_of_dates_is_no_limit() -> None:
    """Claims at both ends of the calendar have a timeline."""
    late = decide(handset(sold_on="9000-12-30", claimed_on="9000-12-31")).timeline
    assert [str(step.on) for step in late.steps] == ["9000-12-31"]
    early = decide(handset(sold_on="0001-01-01", claimed_on="0001-01-01")).timeline
    assert early.steps[0].outcome == "excluded"
