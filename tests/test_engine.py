"""The engine: policies of one's own, sharing, memory, and the door called ``decide``."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

import pytest

import sanbao
from claims import FACTORY, FULL, NOTHING, PROVEN, TWO_REPAIRS, battery, day, handset, repair
from random_claims import random_claim, with_unknowns
from sanbao.dates.calendar import RestDays, chinese_calendar
from sanbao.evaluation import evaluator as module
from sanbao.evaluation.evaluator import Evaluator
from sanbao.model.citation import Citation
from sanbao.model.decision import Remedy
from sanbao.policies.mobile_2024 import MOBILE_2024
from sanbao.rules.conditions import Under, fact
from sanbao.rules.policy import Article, Exclusion, Grade, Obligation, Policy, Right

LAW = sanbao.MOBILE_2001
CITED = (Citation("test", article=1),)
CLAIMS = [random_claim(Random(seed)) for seed in range(50)]
CLAIMS += [with_unknowns(Random(seed), claim) for seed, claim in enumerate(CLAIMS)]


@dataclass
class NoRest:
    """A calendar of one's own without rest days; it has no hash."""

    id: str = "test.no-rest"
    last_known_year: int = 2100

    def knows(self, year: int) -> bool:
        """Say that every year is known."""
        return True

    def is_rest_day(self, day: date, rest_days: RestDays) -> bool:
        """Say no."""
        return False


def small(**parts: Any) -> Policy:
    """Return a policy of one's own: the catalogue and the grades of the regulation, no more."""
    empty: dict[str, Any] = dict.fromkeys(
        ("exclusions", "bars", "rights", "preference", "obligations", "articles"), ()
    )
    grades = tuple(replace(grade, carries_under=()) for grade in LAW.grades)
    return replace(LAW, id="test.small", **({"grades": grades} | empty | parts))


def a_right(**changes: Any) -> Right:
    """Return the right of whoever has a phone to have it repaired, changed so."""
    ordinary: dict[str, Any] = {
        "id": "test.repair",
        "remedy": "free_repair",
        "owed_by": "repairer",
        "when": fact("kind").is_("handset"),
        "needs_papers": "repair",
        "cites": CITED,
    }
    return Right(**(ordinary | changes))


# --- policies of one's own ------------------------------------------------------------


def test_without_rights_and_bars() -> None:
    """Where nothing is owed and nothing bars, it is repaired at a charge and no rule leads."""
    decision = sanbao.decide(handset(request="refund"), policy=small())
    assert decision.outcome == "paid_repair"
    assert decision.lead is None
    assert decision.remedies == (Remedy("paid_repair", "", "repairer", (), policy="test.small"),)
    assert decision.requested is not None
    assert (decision.requested.available, decision.requested.because) == (False, ())
    assert decision.obligations == decision.needs == ()
    assert decision.policy.id == "test.small"


def test_with_one_right() -> None:
    """A right of one's own decides, for the goods that it is about."""
    policy = small(rights=(a_right(),), preference=("test.repair",))
    decision = sanbao.decide(handset(), policy=policy)
    assert decision.outcome == "free_repair"
    assert decision.lead is not None
    assert decision.lead.citations == CITED
    assert sanbao.decide(battery(), policy=policy).outcome == "paid_repair"
    assert sanbao.decide(handset(**NOTHING), policy=policy).outcome == "paid_repair"


def test_without_grades() -> None:
    """Where no papers carry anything, no right is open."""
    policy = small(rights=(a_right(),), preference=("test.repair",), grades=())
    decision = sanbao.decide(handset(), policy=policy)
    assert decision.outcome == "paid_repair"
    assert decision.remedies[0].rule == ""
    assert decision.dates.period_starts_on is None


def test_without_exclusions() -> None:
    """Where nothing is excluded, goods that the catalogue lacks are decided like others."""
    bars = {bar.id for bar in LAW.bars}
    rights = tuple(
        replace(right, despite=tuple(rule for rule in right.despite if rule in bars))
        for right in LAW.rights
    )
    policy = replace(LAW, exclusions=(), articles=(), rights=rights)
    assert sanbao.decide(handset(kind="other"), policy=policy).outcome == "paid_repair"
    assert sanbao.decide(handset(sold_on="2001-11-14"), policy=policy).lead is not None


@pytest.mark.parametrize(
    ("days", "starts"), [(0, "2024-12-03"), (90, "2025-03-03"), (100, "2025-03-13")]
)
def test_other_factory_days(days: int, starts: str) -> None:
    """The period is presumed to start so many days after the factory date as the policy says."""
    decision = sanbao.decide(handset(**FACTORY), policy=replace(LAW, factory_days=days))
    assert decision.dates.period_starts_on == day(starts)


@pytest.mark.parametrize(
    ("months", "outcome", "ends"),
    [(1, "paid_repair", "2025-04-03"), (12, "free_repair", "2026-03-03")],
)
def test_other_months(months: int, outcome: str, ends: str) -> None:
    """The period is as long as the policy's catalogue says."""
    line, *others = LAW.catalogue
    policy = replace(LAW, catalogue=(replace(line, months=months), *others))
    decision = sanbao.decide(handset(), policy=policy)
    assert decision.outcome == outcome
    assert decision.dates.period_ends_on == day(ends)


@pytest.mark.parametrize(("sound", "outcome"), [(70, "excluded"), (76, "exchange")])
def test_another_sound_capacity(sound: int, outcome: str) -> None:
    """A battery of 75 percent is sound if the policy says that 70 is enough."""
    policy = replace(LAW, sound_capacity=sound)
    assert sanbao.decide(battery(battery_capacity=75), policy=policy).outcome == outcome


@pytest.mark.parametrize(("rate", "fee"), [("0.001", "195.00"), (None, None)])
def test_another_rate(rate: str | None, fee: str | None) -> None:
    """The fee goes by the policy's rate; without a rate the money stays open."""
    line, *others = LAW.catalogue
    changed = replace(line, daily_rate=None if rate is None else type(line.daily_rate)(rate))  # type: ignore[misc]
    claim = handset(repairs=TWO_REPAIRS, same_model_in_stock=True, request="refund")
    decision = sanbao.decide(claim, policy=replace(LAW, catalogue=(changed, *others)))
    [refund] = [remedy for remedy in decision.remedies if remedy.rule == "art19.refund"]
    assert (refund.fee and str(refund.fee)) == fee


def test_another_preference() -> None:
    """Where nothing is asked, the right that the policy puts first decides."""
    claim = handset(claimed_on="2025-03-05")
    turned = replace(LAW, preference=LAW.preference[::-1])
    assert sanbao.decide(claim).outcome == "refund"
    assert sanbao.decide(claim, policy=turned).outcome == "free_repair"


def test_a_right_despite_a_bar() -> None:
    """A bar does not touch a right that is given despite it."""
    stubborn = a_right(despite=("art24.misuse",))
    policy = replace(
        LAW, rights=(*LAW.rights, stubborn), preference=(*LAW.preference, "test.repair")
    )
    claim = handset(cause="liquid", cause_basis="report")
    assert sanbao.decide(claim).outcome == "paid_repair"
    assert sanbao.decide(claim, policy=policy).outcome == "free_repair"


@pytest.mark.parametrize(
    ("readings", "outcome"),
    [({}, "exchange"), ({"refund_papers": "refund"}, "refund")],
)
def test_papers_that_carry_under_a_reading(readings: dict[str, str], outcome: str) -> None:
    """A grade may carry a right under one reading and not under another."""
    under = sanbao.Readings.from_dict(readings)
    claim = handset(claimed_on="2025-03-05", **PROVEN)
    assert sanbao.decide(claim, readings=under).outcome == outcome
    assert sanbao.decide(handset(claimed_on="2025-03-05", **FULL)).outcome == "refund"


def test_a_rule_under_a_reading() -> None:
    """A rule of one's own may hang on a reading; its check says which value decided."""
    only = a_right(when=Under("two_repairs", "same_fault"))
    policy = small(rights=(only,), preference=("test.repair",))
    assert sanbao.decide(handset(), policy=policy).outcome == "paid_repair"
    strict = sanbao.Readings(two_repairs="same_fault")
    decision = sanbao.decide(handset(), policy=policy, readings=strict)
    assert decision.outcome == "free_repair"
    [check] = decision.finding("test.repair").checks
    assert (check.fact, check.relation, check.actual) == (
        "readings.two_repairs",
        "is",
        "same_fault",
    )


def test_obligations_of_ones_own() -> None:
    """An obligation falls due so many days after the fact that it names, if that is known."""
    policy = small(
        obligations=(
            Obligation("test.at_once", CITED),
            Obligation("test.after_sale", CITED, after="sale_dated_on", days=10),
            Obligation("test.after_repair", CITED, after="under_repair_since", days=1),
            Obligation("test.not_for_gifts", CITED, when=~fact("gift").is_(True)),
            Obligation("test.if_in_stock", CITED, when=fact("same_model_in_stock").is_(True)),
            Obligation("test.with_refund", CITED, with_outcomes=("refund",)),
        )
    )
    due = {duty.id: str(duty.on) for duty in sanbao.decide(handset(), policy=policy).obligations}
    assert due == {
        "test.at_once": "2025-05-12",
        "test.after_sale": "2025-03-13",
        "test.not_for_gifts": "2025-05-12",
    }


def test_an_exclusion_that_is_not_known() -> None:
    """An exclusion that may hold leaves the outcome open, and its facts are asked for."""
    gone = Exclusion("test.gone", ~fact("same_model_in_stock").is_(True), CITED)
    policy = small(exclusions=(gone,), rights=(a_right(),), preference=("test.repair",))
    decision = sanbao.decide(handset(), policy=policy)
    assert decision.outcome is None
    assert decision.possible == ("free_repair", "excluded")
    assert decision.needs == ("same_model_in_stock",)


def test_papers_examined_by_anything() -> None:
    """A grade may ask whatever there is to ask; then the period's start hangs on the claim."""
    grade = Grade(
        "test.early",
        fact("symptom").listed_as("faults") & fact("invoice").is_("original"),
        "papers",
        ("repair",),
        CITED,
    )
    policy = small(grades=(grade,), rights=(a_right(),), preference=("test.repair",))
    decision = sanbao.decide(handset(), policy=policy)
    assert decision.outcome == "free_repair"
    assert decision.dates.period_starts_on == day("2025-03-03")


def test_articles_do_not_decide() -> None:
    """What a policy says of its articles changes no decision, only the policy's hash."""
    said = replace(LAW, articles=(Article(99, "confirmed", no_effect=("无。", "None.")),))
    plain, other = (sanbao.decide(handset(), policy=policy) for policy in (LAW, said))
    assert replace(other, receipt=plain.receipt) == plain
    assert other.receipt.policy_sha256 != plain.receipt.policy_sha256


# --- one engine, many claims ----------------------------------------------------------


@pytest.mark.untraced
def test_threads_share_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many threads over one engine decide what one thread decides, and write its code at once."""
    alone = [sanbao.Engine().decide(claim).to_json() for claim in CLAIMS]
    monkeypatch.setattr("sanbao.evaluation.programs.program._COMPILED", {})
    shared = sanbao.Engine()
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda claim: shared.decide(claim).to_json(), CLAIMS * 2))
    assert together == alone * 2


@pytest.mark.untraced
def test_forgetting_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The memory of shapes stays as small as it is told, and decisions are the same."""
    wanted = [sanbao.decide(claim, policy=LAW).to_json() for claim in CLAIMS]
    monkeypatch.setattr("sanbao.evaluation.programs.skeleton._MOST_SKELETONS", 4)
    engine = sanbao.Engine(LAW)
    assert [engine.decide(claim).to_json() for claim in CLAIMS] == wanted
    for kind in {claim["product"]["kind"] for claim in CLAIMS}:
        assert len(engine.program(kind).by_truth) <= 4
        assert len(engine.program(kind).by_abstraction) <= 4


def test_a_small_memory_forgets_and_decides_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three claims that rules tell apart, twice, where two shapes are remembered."""
    apart = [handset(claimed_on=f"2025-{day}") for day in ("03-05", "03-12", "05-12")] * 2
    wanted = [sanbao.decide(claim, policy=LAW).to_json() for claim in apart]
    monkeypatch.setattr("sanbao.evaluation.programs.skeleton._MOST_SKELETONS", 2)
    engine = sanbao.Engine(LAW)
    program = engine.program("handset")
    for claim, known in zip(apart, wanted, strict=True):
        assert engine.decide(claim).to_json() == known
        assert 1 <= len(program.by_truth) <= 2
        assert 1 <= len(program.by_abstraction) <= 2


def test_claims_that_look_alike_share_their_shape() -> None:
    """Two claims that no rule tells apart give one shape, and findings of their own."""
    engine = sanbao.Engine(LAW)
    one, other = (engine.decide(handset(claimed_on=f"2025-05-{day}")) for day in (12, 13))
    program = engine.program("handset")
    assert len(program.by_truth) == 1  # both went by the engine's own program
    assert one.verdicts == other.verdicts
    assert one != other


def test_a_program_is_made_once() -> None:
    """The engine compiles a policy once for each kind of goods."""
    engine = sanbao.Engine()
    assert engine.program("handset") is engine.program("handset")
    assert engine.program("handset") is not engine.program("battery")


def test_deciding_changes_nothing() -> None:
    """The claim is the same afterwards, and deciding again gives an equal decision."""
    data = handset(repairs=[repair("2025-05-01")], same_model_in_stock=None)
    claim = sanbao.Claim.model_validate(data)
    before = claim.to_json()
    first = sanbao.decide(claim)
    first.explain()
    assert claim.to_json() == before
    assert sanbao.decide(claim) == first == sanbao.decide(data)


# --- the door -------------------------------------------------------------------------


def test_arguments_make_an_engine() -> None:
    """``decide`` with a policy, readings and a calendar is that engine's decision."""
    policy = replace(LAW, factory_days=60)
    readings = sanbao.Readings(window_end="fixed")
    calendar = chinese_calendar().with_year(2027, days_off=[date(2027, 1, 1)])
    engine = sanbao.Engine(policy, readings, calendar)
    for claim in CLAIMS[:40]:
        decided = sanbao.decide(claim, policy=policy, readings=readings, calendar=calendar)
        assert decided == engine.decide(claim)
        assert decided.receipt.readings == readings
        assert decided.receipt.calendar == calendar.id


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"policy": "cn.mobile-2001"},
        {"policy": MOBILE_2024},
        {"readings": sanbao.Readings()},
        {"calendar": chinese_calendar()},
        {"policy": None, "readings": None, "calendar": None},
    ],
)
def test_defaults(options: dict[str, Any]) -> None:
    """What is left out is the regulation, the closest reading and the published calendar."""
    assert sanbao.decide(handset(), **options) == sanbao.Engine().decide(handset())


def test_evaluators_are_kept_by_their_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal arguments share an evaluator, so that a policy is compiled once."""
    made: list[Evaluator] = []

    class Counted(Evaluator):
        def __init__(self, *options: Any) -> None:
            super().__init__(*options)
            made.append(self)

    module._evaluator.cache_clear()  # another test may have had these readings
    monkeypatch.setattr(module, "Evaluator", Counted)
    for number, readings in enumerate((None, sanbao.Readings(rounding="down")), start=1):
        for _ in range(3):
            sanbao.decide(handset(), readings=readings)
            assert len(made) == number
    module._evaluator.cache_clear()  # none of these is left for another test


def test_a_calendar_without_a_hash() -> None:
    """A calendar that cannot be a key decides all the same."""
    calendar = NoRest()
    with pytest.raises(TypeError):
        hash(calendar)
    decision = sanbao.decide(handset(sold_on="2025-03-08"), calendar=calendar)
    assert decision.dates.refund_until == day("2025-03-15")
    assert decision == sanbao.Engine(calendar=calendar).decide(handset(sold_on="2025-03-08"))
    again = decision.receipt.reproduce(handset(sold_on="2025-03-08"), calendar=calendar)
    assert again == decision


@pytest.mark.parametrize("value", [{}, [], 7, Policy, sanbao.Readings()])
def test_what_is_no_policy(value: Any) -> None:
    """Anything but a policy is refused by name; ``None`` is the default, the law of the goods."""
    with pytest.raises(sanbao.ValidationError, match=r"(?m)^policy = .*: must be a Policy$"):
        sanbao.Engine(policy=value)
    with pytest.raises(sanbao.ValidationError, match=r"(?m)^policy = .*: must be a Policy$"):
        sanbao.decide(handset(), policy=value)
    assert sanbao.Engine(None).policy == sanbao.Engine().policy


@pytest.mark.parametrize("value", [{}, "cn.mobile-2001", sanbao.MOBILE_2001, sanbao.PolicySet])
def test_what_is_no_set_of_policies(value: Any) -> None:
    with pytest.raises(sanbao.ValidationError, match=r"(?m)^policies = .*: must be a PolicySet$"):
        sanbao.decide(handset(), policies=value)


@pytest.mark.parametrize("value", [None, "default", 7, sanbao.Readings])
def test_what_is_no_readings(value: Any) -> None:
    """Anything but readings is refused by name; ``decide`` takes ``None`` for the default."""
    with pytest.raises(
        sanbao.ValidationError, match=r"(?m)^readings = .*: must be Readings, or values by name$"
    ):
        sanbao.Engine(readings=value)
    if value is not None:
        with pytest.raises(
            sanbao.ValidationError,
            match=r"(?m)^readings = .*: must be Readings, or values by name$",
        ):
            sanbao.decide(handset(), readings=value)
