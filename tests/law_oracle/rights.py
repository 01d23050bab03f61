"""Section 5: the rights of the regulation and of the Consumer Protection Law, one by one."""

from dataclasses import dataclass
from datetime import date, timedelta

from law_oracle.days import ClaimDays
from law_oracle.evidence import carries_exchange, carries_refund, carries_repair, phone_battery
from law_oracle.facts import MAIN_UNITS, MONTHS, Facts, Repair
from law_oracle.money import refundable
from law_oracle.periods import counting_exchanges
from law_oracle.readings import Readings
from law_oracle.scope_bars import CONSUMER_LAW_2013, listed, quality_problem

REFUND, EXCHANGE, REPAIR = "refund", "exchange", "free_repair"

# Every right with its remedy, in the order of section 8 within each rank.
REMEDY = {
    "art11.refund": REFUND,
    "art14.refund": REFUND,
    "cpl45.refund": REFUND,
    "cpl54.refund": REFUND,
    "art11.exchange": EXCHANGE,
    "art12.exchange": EXCHANGE,
    "art13.exchange": EXCHANGE,
    "art14.exchange": EXCHANGE,
    "art16.exchange": EXCHANGE,
    "art17.exchange": EXCHANGE,
    "art18.refund": REFUND,
    "art19.refund": REFUND,
    "art10.repair": REPAIR,
    "art10.again": REPAIR,
}
EXCHANGES = tuple(rule for rule, remedy in REMEDY.items() if remedy == EXCHANGE)


@dataclass(frozen=True, slots=True)
class Windows:
    """Last days: of the refund and the exchange of art. 11, of the exchange of art. 12."""

    refund_7: date
    exchange_7: date
    exchange_15: date


@dataclass(frozen=True, slots=True)
class Case:
    """One case with its days settled."""

    facts: Facts
    readings: Readings
    papers: str
    start: date
    days: ClaimDays


def finished(repair: Repair, claimed: date) -> bool:
    """Section 5: handed back on or before the claim."""
    return repair.handed_back is not None and repair.handed_back <= claimed


def unmended(repair: Repair, claimed: date) -> bool:
    """Section 5: neither ready, notified nor handed back on or before the claim."""
    return all(
        day is None or day > claimed for day in (repair.ready, repair.notified, repair.handed_back)
    )


def _two_repairs(case: Case) -> bool:
    """Art. 13: two or more finished repairs for listed faults, under the guarantees, recorded."""
    facts, readings = case.facts, case.readings
    counted = [
        repair
        for repair in facts.repairs
        if repair.handed_in >= case.start
        and finished(repair, facts.claimed)
        and repair.under_guarantee
        and (repair.recorded or readings["repair_proof"] == "any_proof")
        and listed(facts, repair.symptom, readings)
        and (readings["two_repairs"] == "any_fault" or repair.symptom == facts.symptom)
        and not (repair.software_only and readings["software_repair"] == "not_counted")
    ]
    return len(counted) >= 2


def _delayed(case: Case, cause: str, days: int) -> bool:
    """Arts. 16, 17: an unmended repair, under the guarantees, recorded, since the start."""
    facts = case.facts
    return any(
        repair.handed_in >= case.start
        and unmended(repair, facts.claimed)
        and repair.under_guarantee
        and (repair.recorded or case.readings["repair_proof"] == "any_proof")
        and repair.delay == cause
        and (facts.claimed - repair.handed_in).days > days
        for repair in facts.repairs
    )


def _failed_again(case: Case) -> bool:
    """Art. 10: a repair has to last 30 days; not rolled."""
    facts = case.facts
    for repair in facts.repairs:
        if case.readings["repair_guarantee"] == "any_fault":
            same = quality_problem(facts, repair.symptom)
        else:
            same = repair.symptom == facts.symptom
        if not (same and repair.under_guarantee and repair.handed_in >= case.start):
            continue
        back = repair.handed_back
        if back is None or back > facts.claimed:
            continue
        # Where asked lies before that hand-back, the day of the claim takes its place.
        day = facts.claimed if case.days.asked < back else case.days.held
        if back <= day <= back + timedelta(days=30):
            return True
    return False


def conditions(case: Case, windows: Windows) -> dict[str, bool]:
    """Whether each right's own conditions are met, scope and bars left aside.

    "Inside the period" means not bar (1), so it is no condition here. Arts. 18 and 19 follow
    from an exchange owed (`verdicts`).
    """
    facts, readings, held = case.facts, case.readings, case.days.held
    main_unit = facts.kind in MAIN_UNITS
    quality = quality_problem(facts, facts.symptom)
    is_listed = quality and listed(facts, facts.symptom, readings)
    refund_papers = carries_refund(case.papers, readings)
    exchange_papers = carries_exchange(case.papers)
    repair_papers = carries_repair(case.papers)
    money = refundable(facts, readings)
    exchanged = len(counting_exchanges(facts))
    if phone_battery(facts, readings):
        # Section 10, built_in_battery=accessory: of the rights only art14.exchange, art18.refund.
        met = dict.fromkeys(REMEDY, False)
        met["art14.exchange"] = is_listed and exchange_papers
        return met
    two_repairs = main_unit and is_listed and exchange_papers and _two_repairs(case)
    return {
        "art11.refund": main_unit
        and is_listed
        and held <= windows.refund_7
        and refund_papers
        and money,
        "art14.refund": not main_unit and is_listed and exchanged >= 2 and refund_papers and money,
        "cpl45.refund": two_repairs
        and facts.claimed < CONSUMER_LAW_2013
        and readings["two_repairs_remedy"] == "refund_too"
        and money,
        "cpl54.refund": facts.kind in MONTHS
        and facts.claimed >= CONSUMER_LAW_2013
        and facts.found_unqualified
        and case.papers != "none"
        and money,
        "art11.exchange": main_unit
        and is_listed
        and held <= windows.exchange_7
        and exchange_papers,
        "art12.exchange": main_unit
        and is_listed
        and windows.exchange_7 < held <= windows.exchange_15
        and exchange_papers,
        "art13.exchange": two_repairs,
        "art14.exchange": not main_unit and is_listed and exchange_papers,
        "art16.exchange": main_unit and quality and exchange_papers and _delayed(case, "parts", 60),
        "art17.exchange": main_unit
        and quality
        and exchange_papers
        and _delayed(case, "repairer", 30),
        "art18.refund": False,
        "art19.refund": False,
        "art10.repair": main_unit and quality and repair_papers,
        "art10.again": main_unit and quality and repair_papers and _failed_again(case),
    }


def _blocked(rule: str, scope: list[str], bars: list[str]) -> bool:
    """Say which grounds a right yields to: all, save as section 5 says of these two."""
    if rule == "cpl54.refund":
        return any(ground.startswith("art2.") or ground == "art31.date" for ground in scope)
    if rule == "art10.again":
        return bool(scope) or any(ground != "art24.expired" for ground in bars)
    return bool(scope or bars)


def verdicts(
    case: Case, windows: Windows, scope: list[str], bars: list[str], owed_by_local: bool = False
) -> dict[str, str]:
    """Return holds (open), barred (only scope or bars stand against it) or fails, by right."""
    facts, readings = case.facts, case.readings
    met = conditions(case, windows)
    result = {
        rule: "fails" if not met[rule] else "barred" if _blocked(rule, scope, bars) else "holds"
        for rule in REMEDY
    }
    # Arts. 18 and 19: an exchange is owed.
    owed = [result[rule] for rule in EXCHANGES]
    verdict = "barred" if "barred" in owed else "fails"
    if "holds" in owed or owed_by_local:
        verdict = "holds"
    if not facts.in_stock and refundable(facts, readings):
        result["art18.refund"] = verdict
    full_refund_open = any(
        result[rule] == "holds" for rule in ("art11.refund", "cpl45.refund", "cpl54.refund")
    )
    if (
        facts.in_stock
        and facts.kind in MAIN_UNITS
        and not phone_battery(facts, readings)
        and facts.request == REFUND
        and not full_refund_open
        and refundable(facts, readings)
    ):
        result["art19.refund"] = verdict
    return result
