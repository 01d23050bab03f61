"""What a decision says it hangs on is what deciding under every other reading shows."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import combinations
from random import Random
from typing import Any, TypeAlias

import pytest

from claims import PROVEN, TWO_REPAIRS, handset, repair
from law_oracle import depends_on as depends_by_the_pages
from law_oracle.draw import random_claim as random_law_claim
from random_claims import random_claim, with_unknowns
from sanbao import MOBILE_2001, Claim, Decision, Engine, Readings, chinese_calendar, decide
from sanbao.evaluation.facts.dependencies import facts_changed
from sanbao.evaluation.parts.forming import decide_again
from sanbao.evaluation.parts.remedies import PRICE_READINGS
from sanbao.evaluation.programs.by_version import (
    Dated,
    dated_evaluation,
    program_deciding,
    programs_of,
)
from sanbao.evaluation.programs.combined import evaluation_of
from sanbao.evaluation.programs.program import Programs
from sanbao.model.decision import Dependence, ReadingValue
from sanbao.model.facts import FACTS
from sanbao.model.readings import reading_values
from sanbao.policies.mobile_2024 import MOBILE_2024
from sanbao.policies.mobile_readings import READINGS as DECLARED
from sanbao.reasons.relevant_readings import relevant_readings
from sanbao.rules.policy import Policy

Terms: TypeAlias = dict[str, Any]
"""What the consumer gets under some readings, by path."""
TruthVector: TypeAlias = tuple[tuple[str, str], ...]
"""One value of a reading, or two values of two readings."""

VALUES = reading_values()
CITES = {name: one.cites for name, one in DECLARED.items()}
DECREE = date(2024, 7, 1)


def terms(decision: Decision) -> Terms:
    """Return outcome, remedies with their policy, and money of a decision.

    Several refunds are told by all their amounts; where a fee cannot be reckoned the days of use
    stand for it.
    """
    found: Terms = {"outcome": decision.outcome, "possible": decision.possible}
    for kind in {remedy.remedy for remedy in decision.remedies}:
        policies = {one.policy for one in decision.remedies if one.remedy == kind}
        if kind == "paid_repair" or len(decision.policy.ids) == 1:
            found[f"remedies.{kind}"] = True
        else:
            found[f"remedies.{kind}"] = amounts(policies)
    refunds = [remedy for remedy in decision.remedies if remedy.remedy == "refund"]
    if refunds:
        found["remedies.refund.payable"] = amounts(one.payable for one in refunds)
        found["remedies.refund.fee"] = amounts(one.fee for one in refunds)
        if all(one.payable is None and one.fee is None for one in refunds):
            found["remedies.refund.used_days"] = amounts(one.used_days for one in refunds)
    return found


def amounts(values: Any) -> Any:
    """Return the one amount there is, or all of them in order."""
    told = {f"{value:f}" if isinstance(value, Decimal) else value for value in values}
    return told.pop() if len(told) == 1 else tuple(sorted(told, key=str))


def alternatives(base: Readings) -> list[tuple[str, str]]:
    """Return every value of every reading that is not the one of ``base``."""
    return [
        (name, value)
        for name, values in VALUES.items()
        for value in values
        if value != getattr(base, name)
    ]


def changes(base: Readings) -> list[TruthVector]:
    """Return every change of one reading, then of two."""
    alone = alternatives(base)
    pairs = [(one, two) for one, two in combinations(alone, 2) if one[0] != two[0]]
    return [*((one,) for one in alone), *pairs]


def under(base: Readings, key: TruthVector) -> Readings:
    """Return ``base`` with one or two readings changed."""
    return Readings.from_dict({**base.to_dict(), **dict(key)})


def hangs_on(here: Terms, there: dict[TruthVector, Terms]) -> dict[TruthVector, Terms]:
    """Return the changes that lead elsewhere; of pairs those that lead where neither does."""
    found = {}
    for key, result in there.items():
        singles = [there[one,] for one in key] if len(key) == 2 else []
        if result != here and result not in singles:
            found[key] = result
    return found


def check(decision: Decision, expected: dict[TruthVector, Terms]) -> None:
    """Assert that a decision hangs on exactly this, and says what would come of it."""
    said = decision.depends_on
    assert said is not None
    assert [key_of(one) for one in said] == list(expected), decision.case.claim.to_json()
    here = terms(decision)
    for one, there in zip(said, expected.values(), strict=True):
        assert one.instead_of == getattr(decision.receipt.readings, one.reading)
        assert (one.outcome, one.possible) == (there["outcome"], there["possible"])
        differs = {diff.what: (diff.before, diff.after) for diff in one.differences}
        assert differs == {
            path: (here.get(path), there.get(path))
            for path in {*here, *there}
            if here.get(path) != there.get(path)
        }
        named = [name for name, _ in key_of(one)]
        cites = dict.fromkeys(cite for name in named for cite in CITES[name])
        assert one.citations == tuple(cites)


def key_of(one: Dependence) -> TruthVector:
    """Return what has to be changed for a dependence to show."""
    return ((one.reading, one.value), *((two.reading, two.value) for two in one.together_with))


# --- every reading, and every pair of them ----------------------------------------------------


def drawn(seed: int, number: int, *kinds: str) -> list[dict[str, Any]]:
    """Return random claims for goods of these kinds, or of any."""
    rng = Random(seed)
    claims = (random_claim(rng) for _ in range(100 * number))
    wanted = (one for one in claims if not kinds or one["product"]["kind"] in kinds)
    return [next(wanted) for _ in range(number)]


def some_readings(rng: Random, number: int) -> list[Readings]:
    """Return readings drawn at random, most of them far from the defaults."""
    return [
        Readings.from_dict({name: rng.choice(known) for name, known in VALUES.items()})
        for _ in range(number)
    ]


def decided_under(decision: Decision, readings: Readings) -> Decision:
    """Decide the same claim by the same policies under other readings, with nothing left out."""
    case = decision.case
    deciding = program_deciding(case)
    program = deciding.library.of(deciding.kind, readings, for_any=True)
    if isinstance(program, Dated):
        return Decision(dated_evaluation(program, case.claim))
    return Decision(evaluation_of(program, case.claim))


def check_again(claim: dict[str, Any], base: Readings) -> dict[TruthVector, Terms]:
    """Compare with deciding again under every reading and pair; return what matters."""
    decision = decide(claim, readings=base)
    table = {key: terms(decided_under(decision, one)) for key, one in readings_from(base).items()}
    expected = hangs_on(terms(decision), table)
    check(decision, expected)
    return expected


def hangs_on_a_pair(claim: dict[str, Any]) -> bool:
    """Say whether two readings together are told of a claim, which few do."""
    return any(one.together_with for one in decide(claim).depends_on or ())


@cache
def readings_from(base: Readings) -> dict[TruthVector, Readings]:
    """Return what every change of one reading, and of two, makes of ``base``."""
    return {key: under(base, key) for key in changes(base)}


@pytest.mark.untraced
def test_every_reading_and_every_pair() -> None:
    """Known claims of every kind, version and place hang on what deciding under all shows."""
    rng = Random(30)
    claims = [*drawn(31, 60), *(random_law_claim(rng, 0) for _ in range(60))]
    claims += [claim for claim in drawn(38, 1200) if hangs_on_a_pair(claim)][:12]
    found = [key for claim in claims for key in check_again(claim, Readings())]
    assert len({key[0][0] for key in found if len(key) == 1}) > 15
    assert sum(len(key) == 2 for key in found) > 10


@pytest.mark.untraced
def test_from_any_readings() -> None:
    """So it is under readings drawn at random."""
    rng = Random(32)
    some = some_readings(rng, 4)
    for claim in drawn(33, 25):
        check_again(claim, rng.choice(some))


@pytest.mark.untraced
def test_where_facts_are_not_known() -> None:
    """So it is where one to three facts are not known, the sale and its law among them."""
    rng = Random(34)
    found = [check_again(with_unknowns(rng, claim), Readings()) for claim in drawn(35, 12)]
    assert sum(map(len, found)) > 5


def test_one_program_for_any_readings() -> None:
    """What is compiled once for all readings decides as what is compiled for these."""
    rng = Random(36)
    some = some_readings(rng, 3)
    for claim in drawn(37, 60):
        decision = decide(claim)
        readings = rng.choice(some)
        again = decide_again(decision.case, readings=readings)
        other = decided_under(decision, readings)
        assert (again.outcome, again.verdicts) == (other.outcome, other.verdicts)
        assert again.remedies == other.remedies


@pytest.mark.untraced
def test_single_readings_by_the_pages() -> None:
    """Outside Zhejiang and Jiangsu the law as a second program has it hangs on the same.

    Three things differ. Beside a price not known the engine lets days of use stand for the money.
    A full refund has a fee of 0.00 here and none there, so that a refund of goods never used, or
    where no fee is charged, is told there by its rule alone.
    """
    rng = Random(38)
    for _ in range(250):
        claim = random_law_claim(rng, 0)
        for name in ("province", "trader_province"):
            claim["purchase"].pop(name, None)
        said = said_of(claim)
        ours = {key[0] for key in said if len(key) == 1}
        theirs = set(depends_by_the_pages(claim))
        for name, value in ours - theirs:
            differ = said[(name, value),].differences
            assert {diff.what for diff in differ} == {"remedies.refund.used_days"}, claim
        for name, value in theirs - ours:
            other = decide(claim, readings=Readings.from_dict({name: value}))
            fees = [
                {r.fee for r in d.remedies if r.remedy == "refund"} for d in (decide(claim), other)
            ]
            assert fees == [{Decimal("0.00")}] * 2, (name, claim)


# --- single readings ------------------------------------------------------------------------------


def said_of(claim: dict[str, Any], **base: Any) -> dict[TruthVector, Dependence]:
    """Return what the decision on a claim hangs on."""
    said = decide(claim, readings=Readings(**base)).depends_on
    assert said is not None
    return {key_of(one): one for one in said}


def test_a_decision_that_hangs_on_nothing() -> None:
    """Where no reading changes outcome, remedies or money, nothing is reported."""
    for claim in (handset(), handset(symptom="none"), handset(voucher="altered")):
        assert decide(claim).depends_on == ()


ON_DAY_7 = handset(sold_on="2025-03-04", claimed_on="2025-03-11", same_model_in_stock=True)
"""A Tuesday, a week after the sale."""


def test_the_day_that_one_reading_decides() -> None:
    """On day 7 the claim is in time, unless the first day counts."""
    said = said_of(ON_DAY_7)
    assert list(said) == [(("first_day", "same_day"),)]
    (one,) = said.values()
    assert one.outcome == "exchange"
    assert one.instead_of == "next_day"
    assert one.together_with == ()
    assert {diff.what: (diff.before, diff.after) for diff in one.differences} == {
        "outcome": ("refund", "exchange"),
        "possible": (("refund",), ("exchange",)),
        "remedies.refund": (True, None),
        "remedies.refund.payable": ("3000.00", None),
        "remedies.refund.fee": ("0.00", None),
    }


def test_two_readings_that_do_together_what_neither_does_alone() -> None:
    """Day 7 is a Monday: the Sunday before it is the last day only if it does not roll."""
    said = said_of(handset(claimed_on="2025-03-10", same_model_in_stock=True))
    assert list(said) == [
        (("first_day", "same_day"), ("window_end", "fixed")),
        (("first_day", "same_day"), ("rest_days", "holidays_only")),
    ]
    assert {one.outcome for one in said.values()} == {"exchange"}


def test_two_repairs_that_count_only_if_two_readings_say_so() -> None:
    """One repair was of another fault, and the other one was not recorded."""
    repairs = [
        repair("2025-03-20", "2025-03-21", symptom="keys_fail"),
        repair("2025-04-07", "2025-04-09", recorded=False),
    ]
    one = said_of(handset(repairs=repairs))[("repair_proof", "any_proof"),]
    assert one.outcome == "exchange"
    both = said_of(handset(repairs=repairs), two_repairs="same_fault")
    assert list(both) == [(("two_repairs", "any_fault"), ("repair_proof", "any_proof"))]
    assert both.popitem()[1].together_with == (ReadingValue("repair_proof", "any_proof"),)


def test_papers_that_a_reading_makes_do() -> None:
    """A copy of the invoice carries the refund of art. 11 under one reading only."""
    said = said_of(handset(claimed_on="2025-03-05", same_model_in_stock=True, **PROVEN))
    assert said[("refund_papers", "refund"),].outcome == "refund"


def test_money_where_the_price_is_not_known() -> None:
    """Days of use stand for the money; they hang on how days are counted."""
    claim = handset(
        repairs=list(TWO_REPAIRS),
        same_model_in_stock=True,
        request="refund",
        price=None,
    )
    said = said_of(claim)
    one = said[("depreciation_days", "inclusive"),]
    assert [(diff.what, diff.before, diff.after) for diff in one.differences] == [
        ("remedies.refund.used_days", 65, 66)
    ]
    assert (("rounding", "down"),) not in said
    free = said[("depreciation", "not_charged"),]
    assert [(diff.what, diff.before, diff.after) for diff in free.differences] == [
        ("remedies.refund.fee", None, "0.00"),
        ("remedies.refund.used_days", 65, None),
    ]


def test_a_decision_keeps_what_it_hangs_on() -> None:
    """It goes to JSON and comes back equal; a decision without it says it is not known."""
    decision = decide(ON_DAY_7)
    again = Decision.from_json(decision.to_json())
    assert again.depends_on == decision.depends_on
    assert again == decision
    data = json.loads(decision.to_json())
    (one,) = data["depends_on"]
    assert one["reading"] == "first_day"
    assert one["together_with"] == []
    data["depends_on"] = None
    assert Decision.from_json(json.dumps(data)).depends_on is None


def test_every_reading_has_its_articles() -> None:
    """Whoever reports a dependence can cite what the question is about."""
    assert list(CITES) == list(VALUES)
    assert all(CITES.values())


# --- readings that cannot matter ---------------------------------------------------------------


@pytest.mark.untraced
@pytest.mark.parametrize("law", [MOBILE_2001, MOBILE_2024], ids=["2001", "2024"])
def test_a_reading_that_is_not_in_play_changes_no_fact(law: Policy) -> None:
    """Whatever the others: of the facts it changes no other than named, and none out of play."""
    programs = Programs(law, chinese_calendar())
    rng = Random(36)
    bases = some_readings(rng, 12)
    out_of_play = 0
    changes = facts_changed(law.derived)
    changed: dict[str, set[str]] = {name: set() for name in changes}
    for claim in drawn(37, 250):
        data = with_unknowns(rng, claim) if rng.random() < 0.3 else claim
        row = Claim(**data).row
        start = row.claimed - rng.choice((30, 200))
        in_play = programs.of(row.kind, bases[0], for_any=True).in_play(row)
        assert in_play <= set(changes)
        base = rng.choice(bases)
        here = programs.of(row.kind, base).derive(row, start)
        for name, value in alternatives(base):
            other = programs.of(row.kind, under(base, ((name, value),)))
            there = other.derive(row, start)
            differ = {fact for fact, one, two in zip(FACTS, here, there, strict=True) if one != two}
            if name in in_play:
                changed[name] |= differ
            else:
                out_of_play += name in changes
                assert not differ, (data, name)
    never = {"window_start"} if law is MOBILE_2024 else {"period_start", "repair_time_in_windows"}
    for name, facts in changed.items():
        assert facts <= changes[name], name
        if name not in PRICE_READINGS or name.startswith("repair"):  # few claims hang on a fen
            assert bool(facts) == (name not in never), name
    assert out_of_play > 300


@pytest.mark.untraced
def test_a_reading_of_which_nobody_speaks_is_not_tried() -> None:
    """A claim is tried under few readings, and never under one that its facts leave out."""
    for claim in drawn(38, 200):
        decision = decide(claim)
        tried = names_tried(decision)
        data = Claim(**claim)
        delivered = data.purchase.received_on or data.purchase.sold_on
        assert delivered is not None
        decree = min(delivered, data.claimed_on) >= DECREE
        goods = {member.context.role for member in programs_of(decision.case.program)}
        left_out = {
            "period_start": not decree,
            "repair_time_in_windows": not decree or not data.repairs,
            "window_start": decree or data.purchase.received_on is None,
            "two_repairs_remedy": data.claimed_on >= date(2014, 3, 15),
            "second_hand": data.product.condition != "second_hand",
            "voucher_not_issued": data.evidence.voucher != "not_issued",
            "built_in_battery": data.fault.symptom != "battery_fault" or "main_unit" not in goods,
            "software_repair": not any(one.software_only for one in data.repairs),
            "window_day": data.fault.appeared_on is None,
            "burden_of_proof": data.fault.cause in (None, "defect"),
            "returning_fault": not data.repairs,
            "repair_end": not any(one.notified_on for one in data.repairs),
            "windows_after_exchange": not data.exchanges,
            "depreciation": data.request != "refund",
        }
        assert tried.isdisjoint(name for name, out in left_out.items() if out), claim


def names_tried(decision: Decision) -> frozenset[str]:
    """Return the readings under which a decision is tried."""
    case = decision.case
    program = case.program.library.of(case.program.kind, case.readings, for_any=True)
    row = case.claim.row
    return frozenset().union(
        *(
            relevant_readings(one, row, one.derive(row), alone=len(program_members) == 1)
            for program_members in [programs_of(program)]
            for one in program_members
        )
    )


def test_what_was_looked_up_may_be_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for one abstraction the same readings matter."""
    claims = drawn(39, 40)
    expected = [decide(claim).depends_on for claim in claims]
    monkeypatch.setattr("sanbao.reasons.relevant_readings._MOST_ABSTRACTIONS", 1)
    engine = Engine()
    assert [engine.decide(claim).depends_on for claim in claims] == expected
