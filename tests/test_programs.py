"""Programs share what they can, and decide as if each had been made alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from random import Random
from typing import Any, get_args

import pytest

from claims import TWO_REPAIRS, handset
from policies_for_tests import random_readings
from random_claims import random_claim, random_claims, with_unknowns
from sanbao import (
    MOBILE_2001,
    Calendar,
    Claim,
    Decision,
    Engine,
    Policy,
    Readings,
    chinese_calendar,
)
from sanbao.base.records import to_plain
from sanbao.dates.counting import COUNTING
from sanbao.evaluation.parts.forming import decide_again
from sanbao.evaluation.programs import program as module
from sanbao.evaluation.programs.program import Program, Programs
from sanbao.model.codes import Kind
from sanbao.model.readings import reading_values
from sanbao.policies.mobile_2024 import MOBILE_2024
from sanbao.rules.conditions import Under

VALUES = reading_values()
NAMED = {
    "refund_papers",
    "built_in_battery",
    "burden_of_proof",
    "voucher_not_issued",
    "two_repairs_remedy",
    "second_hand",
}
"""The readings that the law's conditions name: they change what is compiled."""
IN_CODE = COUNTING | NAMED


def told(decision: Decision) -> dict[str, Any]:
    """Return a decision as data, but for what it hangs on, which is tested elsewhere."""
    names = [name for name in decision.__dataclass_fields__ if name != "depends_on"]
    return {name: to_plain(getattr(decision, name)) for name in names}


def new(policy: Policy = MOBILE_2001, calendar: Calendar | None = None) -> Programs:
    """Return programs of which none has been made."""
    return Programs(policy, calendar or chinese_calendar())


def compiled(programs: Iterable[Program]) -> int:
    """Return how many pieces of code several programs run."""
    return len({id(program.abstraction.__code__) for program in programs})


def drawn(rng: Random, number: int, kind: str) -> list[Claim]:
    """Return random claims for goods of one kind, some with facts that are not known."""
    found: list[dict[str, Any]] = []
    while len(found) < number:
        claim = random_claim(rng)
        if claim["product"]["kind"] == kind:
            found.append(claim if len(found) % 3 else with_unknowns(rng, claim))
    return [Claim(**claim) for claim in found]


class Forgetful(dict[object, Any]):
    """Keeps nothing, so that every program writes its code anew."""

    def __setitem__(self, key: object, value: Any) -> None:
        """Keep nothing."""


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no program have the code of one that was made before, but by its own programs."""
    monkeypatch.setattr(module, "_COMPILED", Forgetful())


@pytest.mark.untraced
@pytest.mark.usefixtures("forgetful")
def test_the_same_as_an_engine_of_its_own() -> None:
    """Under random readings a shared program decides as one that was compiled for them."""
    rng, engine = Random(61), Engine()
    engines = [Engine(readings=random_readings(rng)) for _ in range(50)]
    for other in engines:
        kind = rng.choice(("handset", "handset", "battery", "data_card", "other"))
        for claim in drawn(rng, 4, kind):
            case = engine.decide(claim).case
            shared = Decision(decide_again(case, readings=other.readings).case)
            assert told(shared) == told(other.decide(claim)), (claim.to_json(), other.readings)
            assert shared.verdicts == other.decide(claim).verdicts


@pytest.mark.untraced
@pytest.mark.usefixtures("forgetful")
def test_the_order_in_which_programs_are_made() -> None:
    """Whoever is made first, and lends its code, makes no difference."""
    rng = Random(62)
    readings = [random_readings(rng) for _ in range(12)]
    claims = random_claims(rng, 20)

    def of_order(order: list[Readings]) -> list[dict[str, Any]]:
        case = Engine(readings=order[0]).decide(handset()).case
        for read in order:
            case.program.library.of("handset", read)
        return [
            told(Decision(decide_again(case, claim, read).case))
            for claim in claims
            for read in readings
        ]

    assert of_order(readings) == of_order(readings[::-1])


def test_which_readings_are_in_the_code() -> None:
    """Those that change how days are counted, and those that a condition names."""
    assert new().in_code == IN_CODE
    grades = tuple(replace(grade, carries_under=()) for grade in MOBILE_2001.grades)
    assert new(replace(MOBILE_2001, grades=grades)).in_code == IN_CODE - {"refund_papers"}
    first, *rest = MOBILE_2001.exclusions
    named = replace(first, when=first.when | Under("rounding", "down"))
    policy = replace(MOBILE_2001, exclusions=(named, *rest))
    assert new(policy).in_code == IN_CODE | {"rounding"}
    claim = Claim(**handset())
    assert Engine(policy).decide(claim).outcome == "free_repair"
    assert Engine(policy, Readings(rounding="down")).decide(claim).outcome == "excluded"
    case = Engine(policy).decide(claim).case
    assert decide_again(case, readings=Readings(rounding="down")).outcome == "excluded"
    assert [one.reading for one in Engine(policy).decide(claim).depends_on or ()] == ["rounding"]


def test_code_is_compiled_once() -> None:
    """Readings that no condition names share the code, with all that is remembered."""
    programs = new()
    two = {"first_day", "rest_days", "refund_papers", "second_hand", "repair_days", "rounding"}
    some = [known[:2] if name in two else known[:1] for name, known in VALUES.items()]
    combined = [
        Readings.from_dict(dict(zip(VALUES, values, strict=True))) for values in product(*some)
    ]
    made = [programs.of("handset", readings) for readings in combined]
    codes = {tuple(getattr(one, name) for name in sorted(NAMED)) for one in combined}
    assert compiled(made) == len(codes) < len(made)
    for program, readings in zip(made, combined, strict=True):
        assert programs.of("handset", readings) is program
        assert program.clock.readings == readings
        assert program.library is programs
    first = programs.of("handset", Readings())
    for name, values in VALUES.items():
        other = programs.of("handset", Readings.from_dict({name: values[1]}))
        assert (other.abstraction is first.abstraction) == (name not in IN_CODE)
        assert (other.by_abstraction is first.by_abstraction) == (name not in NAMED)
        assert (other.by_truth is first.by_truth) == (name not in NAMED)
        assert (other.clock.rolled is first.clock.rolled) == (name != "rest_days")


def test_one_program_is_compiled_for_any_readings() -> None:
    """Asked for, the abstraction has the values of readings, and no reading changes the code."""
    programs = new()
    first = programs.of("handset", Readings(), for_any=True)
    assert programs.of("handset", Readings(), for_any=True) is first
    assert programs.of("handset", Readings()) is not first
    others = [
        programs.of("handset", Readings.from_dict({name: value}), for_any=True)
        for name, values in VALUES.items()
        for value in values
    ]
    assert compiled([first, *others]) == 1
    assert all(other.by_abstraction is first.by_abstraction for other in others)
    seen = {leaf for place in first.seen for leaf in place.leaves if isinstance(leaf, Under)}
    assert {leaf.reading for leaf in seen} == NAMED


def test_every_kind_has_code_of_its_own() -> None:
    """Goods of another kind share nothing; under another calendar the code counts by that."""
    programs = new()
    made = [programs.of(kind, Readings()) for kind in get_args(Kind)]
    assert compiled(made) == len(made)
    assert [program.kind for program in made] == list(get_args(Kind))
    other = chinese_calendar().with_year(2027, days_off=[])
    apart = [new().of("handset", Readings()), new(calendar=other).of("handset", Readings())]
    assert compiled([*made, *apart]) == len(made)
    assert apart[1].clock.calendar is other
    assert apart[1].abstraction is not apart[0].abstraction
    assert apart[1].by_abstraction is not apart[0].by_abstraction
    assert compiled([*apart, new(MOBILE_2024).of("handset", Readings())]) == 2


def test_equal_policies_share_their_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written once, whoever asks, until too much of it is there; memories are their own."""
    monkeypatch.setattr(module, "_COMPILED", {})
    monkeypatch.setattr(module, "_MOST_COMPILED", 2)
    read = Policy.from_json(MOBILE_2001.to_json())
    one, other = (new(policy).of("handset", Readings()) for policy in (MOBILE_2001, read))
    assert compiled([one, other]) == 1
    assert one.by_abstraction is not other.by_abstraction
    assert one.policy is not other.policy
    new().of("battery", Readings())
    assert compiled([one, new().of("handset", Readings())]) == 1
    new().of("charger", Readings())  # the third: all is forgotten
    again = new().of("handset", Readings())
    assert compiled([one, again]) == 2
    assert again.seen == one.seen


def test_an_engine_asks_its_programs() -> None:
    """An engine makes a program when goods of a kind are first seen, under its readings."""
    readings = Readings(repair_days="elapsed", window_end="fixed")
    engine = Engine(MOBILE_2024, readings)
    program = engine.program("handset")
    assert engine.program("handset") is program is engine.programs.of("handset", readings)
    assert engine.decide(handset()).case.program is program
    again = decide_again(engine.decide(handset()).case)
    assert Decision(again.case) == engine.decide(handset())


def test_a_frame_is_what_the_readings_say() -> None:
    """Sharing code shares no facts: two repairs count by the readings of each program."""
    programs = new()
    claim = Claim(**handset(repairs=[{**TWO_REPAIRS[0], "symptom": "keys_fail"}, TWO_REPAIRS[1]]))
    case = Engine().decide(claim).case
    assert decide_again(case).outcome == "exchange"
    assert decide_again(case, readings=Readings(two_repairs="same_fault")).outcome == "free_repair"
    plain_, strict = (
        programs.of("handset", Readings(two_repairs=value)) for value in ("any_fault", "same_fault")
    )
    assert plain_.constants.readings != strict.constants.readings
    assert plain_.context.starts is strict.context.starts
    assert strict.derive(claim.row) != plain_.derive(claim.row)
