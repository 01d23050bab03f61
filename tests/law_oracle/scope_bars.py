"""Section 2 (scope: excluded), section 3 (bars: paid repair) and the proof of a cause."""

from datetime import date

from law_oracle.evidence import phone_battery
from law_oracle.facts import (
    ACCESSORY_FAULTS,
    MAIN_UNIT_FAULTS,
    MAIN_UNITS,
    MONTHS,
    Facts,
)
from law_oracle.periods import last_exchange
from law_oracle.readings import Readings
from law_oracle.rest_days import add_months

IN_FORCE = date(2001, 11, 15)  # art. 31
CONSUMER_LAW_2013 = date(2014, 3, 15)

SCOPE_RULES = (
    "art2.catalogue",
    "art2.place",
    "art2.second_hand",
    "art31.date",
    "art10.no_fault",
    "art10.wear",
    "app3.network",
    "art10.sim_data",
    "app3.unlisted",
)
BAR_RULES = (
    "art24.expired",
    "art24.no_evidence",
    "art24.voucher",
    "art24.misuse",
    "art24.opened",
    "art24.force_majeure",
)
CAUSE_BARS = {
    "misuse": "art24.misuse",
    "liquid": "art24.misuse",
    "impact": "art24.misuse",
    "unauthorised_opening": "art24.opened",
    "force_majeure": "art24.force_majeure",
}
CAUSE_EXCLUSIONS = {"network": "app3.network", "sim_data": "art10.sim_data"}


def listed(facts: Facts, symptom: str, readings: Readings) -> bool:
    """Whether Appendix 3 lists the symptom for these goods."""
    if phone_battery(facts, readings):
        return symptom == "battery_fault"
    if facts.kind in MAIN_UNITS:
        return symptom in MAIN_UNIT_FAULTS
    return symptom == ACCESSORY_FAULTS.get(facts.kind)


def no_fault(facts: Facts) -> bool:
    """No fault found; also a battery measured at 80 or more (Appendix 3)."""
    measured_good = (
        facts.symptom == "battery_fault"
        and facts.battery_capacity is not None
        and facts.battery_capacity >= 80
    )
    return facts.symptom == "none" or measured_good


def quality_problem(facts: Facts, symptom: str) -> bool:
    """Section 5: a fault, listed or not; wear and looks are none [10]."""
    if symptom == facts.symptom and no_fault(facts):
        return False
    return symptom not in {"none", "wear"}


def within_six_months(facts: Facts, start: date, found: date) -> bool:
    """Section 3: found within 6 months (claims from 2014-03-15).

    From the last exchange, else receipt, else sale, else the start; not rolled, last day inside.
    """
    if facts.claimed < CONSUMER_LAW_2013:
        return False
    base = last_exchange(facts) or facts.receipt
    if base is None:
        base = facts.sale if facts.sale_stated else start
    return found <= add_months(base, 6)


def proved(facts: Facts, start: date, found: date, readings: Readings) -> bool:
    """The table of section 3, with `burden_of_proof` of section 10."""
    burden = readings["burden_of_proof"]
    early = within_six_months(facts, start, found)
    match facts.cause_basis:
        case "inspection" | "consumer":
            return True
        case "report":
            if not facts.contested:
                return True
            return not early and burden != "trader_always"
        case _:  # the trader's bare word
            return burden == "consumer_later" and not early


def proved_in_zhejiang(facts: Facts) -> bool:
    """Section 9: inspection, consumer and an uncontested report prove, nothing else does."""
    return facts.cause_basis in {"inspection", "consumer"} or (
        facts.cause_basis == "report" and not facts.contested
    )


def scope_grounds(facts: Facts, cause_proved: bool, readings: Readings) -> list[str]:
    """Section 2: every ground that excludes, in its order."""
    accessory = facts.kind not in MAIN_UNITS or phone_battery(facts, readings)
    applies = {
        "art2.catalogue": facts.kind not in MONTHS,
        "art2.place": not facts.mainland,
        "art2.second_hand": facts.second_hand and readings["second_hand"] == "not_covered",
        "art31.date": facts.sale < IN_FORCE,
        "art10.no_fault": no_fault(facts),
        "art10.wear": facts.symptom == "wear",
        "app3.network": facts.cause == "network" and cause_proved,
        "art10.sim_data": facts.cause == "sim_data" and cause_proved,
        "app3.unlisted": accessory
        and not no_fault(facts)
        and facts.symptom != "wear"
        and not listed(facts, facts.symptom, readings),
    }
    return [rule for rule in SCOPE_RULES if applies[rule]]


def bar_grounds(
    facts: Facts, papers: str, against_period: date, last_day: date | None, cause_proved: bool
) -> list[str]:
    """Section 3: every bar that applies, in its order."""
    grounds = []
    # Bar 2: evidence none; the period is then not examined.
    if papers == "none":
        grounds.append("art24.no_evidence")
    elif last_day is not None and against_period > last_day:
        grounds.append("art24.expired")
    if facts.voucher in {"altered", "mismatched"}:
        grounds.append("art24.voucher")
    if facts.cause in CAUSE_BARS and cause_proved:
        grounds.append(CAUSE_BARS[facts.cause])
    return grounds
