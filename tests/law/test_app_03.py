"""Appendix 3: the performance faults, and what is no fault."""

from __future__ import annotations

import pytest

import sanbao
from claims import ACCESSORIES, LAW, MAIN_UNITS, accessory, battery, cited, goods, handset

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
def test_a_main_unit_has_no_fault_of_an_accessory(symptom: str) -> None:
    """What is listed for accessories only, or nowhere, is no fault of a main unit."""
    decision = sanbao.decide(handset(symptom=symptom, claimed_on="2025-03-05"))
    assert decision.outcome == "excluded"
    assert decision.lead is not None
    assert decision.lead.rule == "app3.unlisted"
    assert decision.finding("art11.refund").verdict == "fails"


@pytest.mark.parametrize(
    ("capacity", "outcome"),
    [(0, "exchange"), (79, "exchange"), (79.9, "exchange"), (80, "excluded"), (100, "excluded")],
)
def test_battery_capacity(capacity: float, outcome: str) -> None:
    """A battery that still holds 80 percent of its rated capacity has no listed fault."""
    decision = sanbao.decide(battery(battery_capacity=capacity))
    assert decision.outcome == outcome
    assert decision.verdicts["app3.unlisted"] == ("holds" if capacity >= 80 else "fails")


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


@pytest.mark.parametrize("cause", ["network", "sim_data"])
@pytest.mark.parametrize("basis", ["report", "consumer", "trader", None])
def test_network_and_sim_data(cause: str, basis: str | None) -> None:
    """A symptom that comes from the network or the SIM card's data is no fault."""
    decision = sanbao.decide(handset(cause=cause, cause_basis=basis, claimed_on="2025-03-05"))
    assert decision.outcome == "excluded"
    assert decision.lead is not None
    rule = {"network": "app3.network", "sim_data": "art10.sim_data"}[cause]
    assert decision.lead.rule == rule
    assert decision.finding("art11.refund").barred_by == (rule,)


@pytest.mark.parametrize(
    "rule", ["art10.no_fault", "app3.unlisted", "app3.network", "art10.sim_data"]
)
def test_a_defect_of_the_phone_is_reached(rule: str) -> None:
    """None of the exclusions touches a listed fault from a defect."""
    assert sanbao.decide(handset()).verdicts[rule] == "fails"


def test_a_crack_by_impact_is_damage() -> None:
    """A cracked housing is a listed fault, but a crack by a blow is damage by the user."""
    decision = sanbao.decide(handset(symptom="housing_crack", cause="impact", cause_basis="report"))
    assert decision.outcome == "paid_repair"
    assert decision.verdicts["app3.unlisted"] == "fails"


@pytest.mark.parametrize("rule", ["app3.unlisted", "app3.network"])
def test_citations(rule: str) -> None:
    """What counts as a listed fault cites Appendix 3."""
    assert cited(rule) == {f"{LAW} app. 3"}


@pytest.mark.parametrize("rule", ["art10.no_fault", "art10.sim_data"])
def test_no_quality_problem_cites_article_10(rule: str) -> None:
    """What is no quality problem of the goods cites the article that asks for one."""
    assert cited(rule) == {f"{LAW} art. 10"}
