"""Section 4: what the papers carry [9]."""

from law_oracle.facts import MAIN_UNITS, Facts
from law_oracle.readings import Readings


def phone_battery(facts: Facts, readings: Readings) -> bool:
    """Section 10, `built_in_battery=accessory`: the built-in battery is an accessory of its own."""
    return (
        readings["built_in_battery"] == "accessory"
        and facts.kind in MAIN_UNITS
        and facts.symptom == "battery_fault"
    )


def grade(facts: Facts, readings: Readings) -> str:
    """Return the grade of the papers: full, proven, factory or none."""
    never_issued_helps = readings["voucher_not_issued"] == "not_held_against"
    if facts.invoice == "original" and (
        facts.voucher == "intact" or (facts.voucher == "not_issued" and never_issued_helps)
    ):
        return "full"
    if facts.invoice in {"original", "copy", "other"} or facts.voucher == "intact":
        return "proven"
    # Factory date: main units only; never for a battery judged as an accessory.
    main_unit = facts.kind in MAIN_UNITS and not phone_battery(facts, readings)
    if main_unit and facts.factory_date is not None:
        return "factory"
    return "none"


def carries_refund(papers: str, readings: Readings) -> bool:
    """Refunds of arts. 11 and 14; `refund_papers=refund` lets `proven` carry them too."""
    return papers == "full" or (papers == "proven" and readings["refund_papers"] == "refund")


def carries_exchange(papers: str) -> bool:
    """An exchange, and what follows from one that is owed [18, 19]."""
    return papers in {"full", "proven"}


def carries_repair(papers: str) -> bool:
    """Free repair: also on the factory date."""
    return papers != "none"
