"""Appendix 3: the performance faults, and what is no fault."""

from __future__ import annotations

import pytest

import sanbao
from claims import ACCESSORIES, LAW, MAIN_UNITS, accessory, battery, cited, goods, handset, repair

MAIN_UNIT_FAULTS = (
    "function_fails",
    "screen_fault",
    "cannot_start_or_connect",
    "no_ring",
    "dialling_error",
    "switches_off",
    "sim_contact",
    "keys_fail",
    "sound_fault",
    "housing_crack",
)


@pytest.mark.parametrize("kind", MAIN_UNITS)
@pytest.mark.parametrize("symptom", MAIN_UNIT_FAULTS)
def test_faults_of_a_main_unit(kind: str, symptom: str) -> None:
    """Each of the ten faults of a main unit is a fault under the guarantees."""
    decision = sanbao.decide(goods(kind, symptom))
    assert decision.verdicts["app3.unlisted"] == "fails"
    assert decision.outcome == "free_repair"


@pytest.mark.parametrize("kind", ACCESSORIES)
@pytest.mark.parametrize("symptom", [*ACCESSORIES.values(), "screen_fault", "unlisted"])
def test_an_accessory_has_one_listed_fault(kind: str, symptom: str) -> None:
    """An accessory has the one fault listed for it; that of another product is none of its."""
    decision = sanbao.decide(accessory(kind, symptom=symptom))
    listed = symptom == ACCESSORIES[kind]
    assert decision.verdicts["app3.unlisted"] == ("fails" if listed else "holds")
    assert decision.outcome == ("exchange" if listed else "excluded")


@pytest.mark.parametrize("symptom", [*ACCESSORIES.values(), "unlisted"])
@pytest.mark.parametrize("kind", MAIN_UNITS)
def test_a_main_unit_is_repaired_whatever_the_problem(kind: str, symptom: str) -> None:
    """What is listed for accessories only, or nowhere, is repaired free and nothing more."""
    for claimed in ("2025-03-05", "2025-03-14", "2025-05-12"):
        decision = sanbao.decide(goods(kind, symptom, claimed_on=claimed, request="refund"))
        assert decision.outcome == "free_repair"
        assert decision.lead is not None
        assert decision.lead.rule == "art10.repair"
        assert [remedy.rule for remedy in decision.remedies] == ["art10.repair"]
        for rule in ("art11.refund", "art11.exchange", "art12.exchange", "app3.unlisted"):
            assert decision.verdicts[rule] == "fails"


@pytest.mark.parametrize("symptom", [*ACCESSORIES.values(), "unlisted", "screen_fault"])
def test_a_symptom_of_other_goods_is_odd(symptom: str) -> None:
    """Only what belongs to an accessory is odd of a phone; a battery may be built in."""
    warnings = sanbao.decide(handset(symptom=symptom)).warnings
    odd = symptom in ACCESSORIES.values() and symptom != "battery_fault"
    found = [(one.id, one.field, one.value) for one in warnings]
    assert found == ([("symptom_of_other_goods", "fault.symptom", symptom)] if odd else [])
    assert sanbao.decide(accessory("charger", symptom=symptom)).warnings == ()


def test_a_symptom_of_other_goods_in_words() -> None:
    """The warning names what was said, in words."""
    decision = sanbao.decide(handset(symptom="charger_fault"))
    assert "充电器故障不是这类商品的故障" in decision.explain("zh")
    assert "a main unit has no charger fault" in decision.explain("en")


def test_a_sound_battery_in_words() -> None:
    """Who brings a battery that still holds its charge is told that this was measured."""
    for claim in (
        battery(battery_capacity=85),
        handset(symptom="battery_fault", battery_capacity=85),
    ):
        decision = sanbao.decide(claim)
        assert "未检出故障（《手机三包规定》第10条）：电池经测量容量合格。" in decision.explain(
            "zh"
        )
        assert "the battery was measured and found sound." in decision.explain("en")


@pytest.mark.parametrize("kind", MAIN_UNITS)
@pytest.mark.parametrize(
    ("capacity", "outcome", "lead"),
    [
        (None, "free_repair", "art10.repair"),
        (79.9, "free_repair", "art10.repair"),
        (80, "excluded", "art10.no_fault"),
    ],
)
def test_a_built_in_battery(kind: str, capacity: float | None, outcome: str, lead: str) -> None:
    """The built-in battery of a main unit is a quality problem of it, unless measured sound."""
    decision = sanbao.decide(goods(kind, "battery_fault", battery_capacity=capacity))
    assert decision.outcome == outcome
    assert decision.lead is not None
    assert decision.lead.rule == lead


@pytest.mark.parametrize(
    ("capacity", "outcome"),
    [(0, "exchange"), (79, "exchange"), (79.9, "exchange"), (80, "excluded"), (100, "excluded")],
)
def test_battery_capacity(capacity: float, outcome: str) -> None:
    """A battery that still holds 80 percent of its rated capacity has no listed fault."""
    decision = sanbao.decide(battery(battery_capacity=capacity))
    assert decision.outcome == outcome
    assert decision.verdicts["art10.no_fault"] == ("holds" if capacity >= 80 else "fails")
    assert decision.verdicts["app3.unlisted"] == "fails"


def test_battery_that_nobody_measured() -> None:
    """A battery whose capacity nobody measured keeps the fault that it shows."""
    assert sanbao.decide(battery(battery_capacity=None)).outcome == "exchange"


def test_capacity_says_nothing_of_a_phone() -> None:
    """A sound battery does not make the phone's own fault disappear."""
    assert sanbao.decide(handset(battery_capacity=95)).outcome == "free_repair"


@pytest.mark.parametrize("claim", [handset(symptom="none"), battery(symptom="none")])
def test_no_fault(claim: dict[str, object]) -> None:
    """Where inspection finds no fault at all, there is nothing to claim."""
    decision = sanbao.decide(claim)
    assert decision.outcome == "excluded"
    assert decision.lead is not None
    assert decision.lead.rule == "art10.no_fault"
    assert decision.verdicts["app3.unlisted"] == "fails"


@pytest.mark.parametrize("kind", [*MAIN_UNITS, *ACCESSORIES])
@pytest.mark.parametrize("claimed", ["2025-03-05", "2025-03-14", "2025-05-12"])
def test_wear(kind: str, claimed: str) -> None:
    """Worn lettering or a matter of looks is no quality problem, of a phone or an accessory."""
    decision = sanbao.decide(goods(kind, "wear", claimed_on=claimed))
    assert decision.outcome == "excluded"
    assert decision.lead is not None
    assert decision.lead.rule == "art10.wear"
    holding = [rule for rule, verdict in decision.verdicts.items() if verdict == "holds"]
    assert holding == ["art10.wear", "art9.full"]


def test_wear_in_words() -> None:
    """Who complains of worn keys is told that it is wear, by art. 10, and what to do."""
    zh = sanbao.decide(handset(symptom="wear")).explain("zh")
    assert "不按三包办理的理由：只是磨损或外观问题（《手机三包规定》第10条）" in zh
    assert "商品另有不能正常使用之处的，说明具体现象，再次申请" in zh


def test_wear_is_not_repaired_twice() -> None:
    """A repair of wear is no repair of a quality problem, whatever the reading."""
    worn = [repair("2025-02-24", "2025-02-28", symptom="wear")]
    claim = handset(sold_on="2024-03-04", repairs=worn, claimed_on="2025-03-30")
    wide = sanbao.Readings(repair_guarantee="any_fault")
    assert sanbao.decide(claim, readings=wide).outcome == "paid_repair"
    again = handset(symptom="wear", sold_on="2024-03-04", repairs=worn, claimed_on="2025-03-30")
    assert sanbao.decide(again).verdicts["art10.again"] == "fails"


@pytest.mark.parametrize("cause", ["network", "sim_data"])
@pytest.mark.parametrize("basis", ["inspection", "report", "consumer"])
def test_network_and_sim_data(cause: str, basis: str) -> None:
    """A symptom that is proved to come from the network or the SIM card's data is no fault."""
    decision = sanbao.decide(handset(cause=cause, cause_basis=basis, claimed_on="2025-03-05"))
    assert decision.outcome == "excluded"
    assert decision.lead is not None
    rule = {"network": "app3.network", "sim_data": "art10.sim_data"}[cause]
    assert decision.lead.rule == rule
    assert decision.finding("art11.refund").barred_by == (rule,)


@pytest.mark.parametrize("cause", ["network", "sim_data"])
@pytest.mark.parametrize(
    ("basis", "contested"), [("trader", False), ("trader", True), (None, False), ("report", True)]
)
def test_network_and_sim_data_not_proved(cause: str, basis: str | None, contested: bool) -> None:
    """That it is the network, or the card, is for the trader to prove like any other ground."""
    claim = handset(cause=cause, cause_basis=basis, contested=contested, claimed_on="2025-03-05")
    decision = sanbao.decide(claim)
    assert decision.outcome == "refund"
    rule = {"network": "app3.network", "sim_data": "art10.sim_data"}[cause]
    finding = decision.finding(rule)
    assert (finding.verdict, finding.notes) == ("fails", ("trader_must_prove",))


@pytest.mark.parametrize(
    "rule", ["art10.no_fault", "art10.wear", "app3.unlisted", "app3.network", "art10.sim_data"]
)
def test_a_defect_of_the_phone_is_reached(rule: str) -> None:
    """None of the exclusions touches a listed fault from a defect."""
    assert sanbao.decide(handset()).verdicts[rule] == "fails"


def test_a_crack_by_impact_is_damage() -> None:
    """A cracked housing is a listed fault, but a crack by a blow is damage by the user."""
    decision = sanbao.decide(handset(symptom="housing_crack", cause="impact", cause_basis="report"))
    assert decision.outcome == "paid_repair"
    assert decision.verdicts["app3.unlisted"] == "fails"


PROOF = "cn.consumer-protection-2013 art. 23"


@pytest.mark.parametrize(("rule", "more"), [("app3.unlisted", set()), ("app3.network", {PROOF})])
def test_citations(rule: str, more: set[str]) -> None:
    """What counts as a listed fault cites Appendix 3, and what is to be proved who proves it."""
    assert cited(rule) == {f"{LAW} app. 3"} | more


@pytest.mark.parametrize(
    ("rule", "more"),
    [("art10.no_fault", set()), ("art10.wear", set()), ("art10.sim_data", {PROOF})],
)
def test_no_quality_problem_cites_article_10(rule: str, more: set[str]) -> None:
    """What is no quality problem of the goods cites the article that asks for one."""
    assert cited(rule) == {f"{LAW} art. 10"} | more
