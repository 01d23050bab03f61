"""One case judged, section by section."""

from dataclasses import dataclass
from datetime import date

from law_oracle.choice import Remedy, lead
from law_oracle.days import claim_days
from law_oracle.evidence import grade, phone_battery
from law_oracle.facts import MAIN_UNITS, MONTHS, Facts
from law_oracle.local import (
    LOCAL_REMEDY,
    LocalLaw,
    jiangsu,
    jiangsu_governs,
    zhejiang,
    zhejiang_governs,
)
from law_oracle.money import Refund, full_refund, price_warnings, refund_less_depreciation
from law_oracle.obligations import obligations
from law_oracle.periods import (
    exchange_windows_restart,
    last_exchange,
    period_end,
    period_start,
    refund_window_restarts,
    window_base,
    window_end,
)
from law_oracle.readings import Readings
from law_oracle.rights import REFUND, REMEDY, Case, Windows, verdicts
from law_oracle.scope_bars import (
    BAR_RULES,
    CAUSE_BARS,
    CAUSE_EXCLUSIONS,
    SCOPE_RULES,
    bar_grounds,
    proved,
    scope_grounds,
)

NATIONAL = "mobile-2001"


@dataclass(slots=True)
class Judgement:
    """What one case comes to."""

    outcome: str
    lead_rule: str
    lead_policy: str
    lead_money: Refund | None
    remedies: list[Remedy]
    verdicts: dict[str, str]
    requested: bool | None
    dates: dict[str, date | int | None]
    obligations: list[tuple[str, date | None]]
    warnings: list[str]


def judge_case(facts: Facts, readings: Readings) -> Judgement:
    """Judge one case; raises `ImpossibleClaim` where its days contradict each other."""
    warnings: list[str] = []
    papers = grade(facts, readings)
    start = period_start(facts, papers, readings)
    days = claim_days(facts, papers, start, readings, warnings)
    last_day, deducted = _period(facts, start, readings)
    windows = _windows(facts, readings)

    # Sections 2 and 3.
    asserted = facts.cause in CAUSE_BARS or facts.cause in CAUSE_EXCLUSIONS
    cause_proved = asserted and proved(facts, start, days.found, readings)
    scope = scope_grounds(facts, cause_proved, readings)
    bars = bar_grounds(facts, papers, days.against_period, last_day, cause_proved)

    # Sections 5 and 9.
    case = Case(facts, readings, papers, start, days)
    national = verdicts(case, windows, scope, bars)
    remedies = [_remedy(facts, readings, rule, NATIONAL) for rule in _open(national)]
    found = {rule: "holds" if rule in (*scope, *bars) else "fails" for rule in _GROUNDS}
    found.update(national)
    in_zhejiang = zhejiang_governs(facts)
    local: list[LocalLaw] = []
    if in_zhejiang:
        local.append(zhejiang(case, windows, scope, bars))
    if jiangsu_governs(facts):
        restarted = _windows(facts, {**readings, "windows_after_exchange": "restart"})
        local.append(jiangsu(case, restarted, scope, bars))
    for law in local:
        found.update(law.own)
        added = [rule for rule in _open(law.national) if national[rule] != "holds"]
        remedies += [
            _remedy(facts, readings, rule, law.policy) for rule in (*added, *_open(law.own))
        ]

    # Section 8.
    first, requested = lead(remedies, facts.request)
    if first is not None:
        outcome, rule, policy, money = first.remedy, first.rule, first.policy, first.money
    else:
        outcome, rule = ("excluded", scope[0]) if scope else ("paid_repair", bars[0])
        policy, money = NATIONAL, None

    _warn(facts, papers, readings, asserted, warnings)
    main_unit = facts.kind in MAIN_UNITS
    return Judgement(
        outcome=outcome,
        lead_rule=rule,
        lead_policy=policy,
        lead_money=money,
        remedies=remedies,
        verdicts=found,
        requested=requested,
        dates={
            "claimed_on": facts.claimed,
            "asked_on": days.asked,
            # Bar 2: with no evidence the period is not examined.
            "period_starts_on": None if papers == "none" else start,
            "period_ends_on": None if papers == "none" else last_day,
            "refund_until": windows.refund_7 if main_unit else None,
            "exchange_until": windows.exchange_15 if main_unit else None,
            "deducted_days": None if papers == "none" else deducted,
        },
        obligations=obligations(
            facts, days.asked, outcome, {one.remedy for one in remedies}, in_zhejiang
        ),
        warnings=warnings,
    )


_GROUNDS = (*SCOPE_RULES, *BAR_RULES)


def _open(found: dict[str, str]) -> list[str]:
    return [rule for rule, verdict in found.items() if verdict == "holds"]


def _period(facts: Facts, start: date, readings: Readings) -> tuple[date | None, int | None]:
    """Section 1; goods outside the catalogue have no period."""
    if facts.kind not in MONTHS:
        return None, None
    months = MONTHS["battery" if phone_battery(facts, readings) else facts.kind]
    return period_end(facts, start, months, readings)


def _windows(facts: Facts, readings: Readings) -> Windows:
    """Section 1, windows of arts. 11 and 12."""
    refund_base = window_base(facts, refund_window_restarts(readings), readings)
    base = window_base(facts, exchange_windows_restart(readings), readings)
    return Windows(
        refund_7=window_end(facts, refund_base, 7, readings),
        exchange_7=window_end(facts, base, 7, readings),
        exchange_15=window_end(facts, base, 15, readings),
    )


def _remedy(facts: Facts, readings: Readings, rule: str, policy: str) -> Remedy:
    remedy = REMEDY.get(rule) or LOCAL_REMEDY[rule]
    money = None
    if rule == "art19.refund":
        money = refund_less_depreciation(facts, readings)
    elif rule == "zj26.refund_in_stock":
        money = refund_less_depreciation(facts, readings, free=True)
    elif remedy == REFUND:
        money = full_refund(facts, readings)
    return Remedy(remedy, rule, policy, policy == NATIONAL, money)


def _warn(
    facts: Facts, papers: str, readings: Readings, asserted: bool, warnings: list[str]
) -> None:
    """Add the warnings of sections 1, 2, 3 and 6 to those of section 0."""
    exchange = last_exchange(facts)
    if (
        papers != "factory"
        and exchange is not None
        and any(repair.handed_in < exchange for repair in facts.repairs)
    ):
        warnings.append("repairs_before_exchange")
    if facts.second_hand:
        warnings.append("second_hand_unsettled")
    if facts.kind in MAIN_UNITS and facts.symptom in _ACCESSORY_SYMPTOMS:
        warnings.append("symptom_of_other_goods")
    if asserted and facts.cause_basis == "consumer" and facts.contested:
        warnings.append("admitted_and_contested")
    warnings += price_warnings(facts, readings)


_ACCESSORY_SYMPTOMS = frozenset(
    {"charger_fault", "terminal_card_fault", "earphone_fault", "data_card_fault"}
)
