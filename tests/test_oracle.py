"""The engine and an independent, naive implementation of the law agree on random claims.

``pytest tests/test_oracle.py --claims 100000`` compares more of them.
"""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

import oracle
from random_claims import random_claim, with_unknowns
from sanbao import MOBILE_2001, Decision, Readings, decide
from sanbao.readings import reading_values

EXCLUSIONS = frozenset(rule.id for rule in MOBILE_2001.exclusions)
BARS = frozenset(rule.id for rule in MOBILE_2001.bars)
GRADES = frozenset(rule.id for rule in MOBILE_2001.grades)
RIGHTS = frozenset(rule.id for rule in MOBILE_2001.rights)


def holding(decision: Decision, rules: frozenset[str]) -> frozenset[str]:
    """Return which of ``rules`` hold."""
    return frozenset(rule for rule in rules if decision.verdicts[rule] == "holds")


def said(decision: Decision) -> dict[str, Any]:
    """Return what can be compared of a decision."""
    money = {
        remedy.rule: {
            "used_days": remedy.used_days,
            "fee": remedy.fee,
            "payable": remedy.payable,
        }
        for remedy in decision.remedies
        if remedy.remedy == "refund"
    }
    dates = decision.dates
    return {
        "outcome": decision.outcome,
        "lead": None if decision.lead is None else decision.lead.rule,
        "exclusions": holding(decision, EXCLUSIONS),
        "bars": holding(decision, BARS),
        "rights": holding(decision, RIGHTS),
        "period_starts_on": dates.period_starts_on,
        "period_ends_on": dates.period_ends_on,
        "refund_until": dates.refund_until,
        "exchange_until": dates.exchange_until,
        "deducted_days": dates.deducted_days,
        "money": money,
    }


def some_readings(rng: Random) -> Readings:
    """Return the default readings, or a few of them changed."""
    names = rng.sample(sorted(reading_values()), rng.choice((0, 0, 1, 1, 2, 4)))
    return Readings.from_dict({name: rng.choice(reading_values()[name]) for name in names})


def test_readings_are_the_same() -> None:
    """Both implementations know the same readings, the default first."""
    assert reading_values() == oracle.READINGS
    assert Readings().to_dict() == oracle.DEFAULT_READINGS


@pytest.mark.untraced
@pytest.mark.parametrize("seed", range(4))
def test_known_facts(seed: int, pytestconfig: pytest.Config) -> None:
    """Where all facts are known, outcome, rules, dates and money are the same."""
    rng = Random(seed)
    for _ in range(pytestconfig.getoption("--claims") // 4):
        claim, readings = random_claim(rng), some_readings(rng)
        naive = oracle.decide(claim, readings.to_dict())
        whole = decide(claim, readings=readings)
        decision, grade = said(whole), holding(whole, GRADES)
        assert decision == {name: getattr(naive, name) for name in decision}, (claim, readings)
        assert grade == {f"art9.{naive.grade}"}, claim


@pytest.mark.untraced
@pytest.mark.parametrize("seed", range(100, 104))
def test_unknown_facts(seed: int, pytestconfig: pytest.Config) -> None:
    """Where facts are missing, what remains possible is what trying them all leaves."""
    rng = Random(seed)
    for _ in range(pytestconfig.getoption("--claims") // 40):
        claim, readings = with_unknowns(rng, random_claim(rng)), some_readings(rng)
        decision = decide(claim, readings=readings)
        naive = oracle.outcomes(claim, readings.to_dict(), horizon_days=900)
        assert set(decision.possible) == naive, (claim, readings)
        assert (decision.outcome is None) == (len(decision.possible) > 1)
        assert decision.outcome is not None or decision.needs


def test_random_claims_reach_every_rule() -> None:
    """The claims that are compared make every rule of the policy hold at least once."""
    rng = Random(0)
    held: set[str] = set()
    for _ in range(3000):
        decision = decide(random_claim(rng))
        held |= {rule for rule, verdict in decision.verdicts.items() if verdict == "holds"}
    assert held == {rule.id for rule in MOBILE_2001.rules}
