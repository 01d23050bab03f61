"""Section 9: Zhejiang's and Jiangsu's regulations beside the national one."""

from dataclasses import dataclass
from datetime import date

from law_oracle.evidence import carries_exchange, carries_refund, phone_battery
from law_oracle.facts import MAIN_UNITS, Facts
from law_oracle.money import days_in_repair, refundable
from law_oracle.periods import (
    delivered,
    exchange_windows_restart,
    last_exchange,
    refund_window_restarts,
    window_end,
)
from law_oracle.readings import Readings
from law_oracle.rights import (
    EXCHANGE,
    REFUND,
    Case,
    Windows,
    finished,
    unmended,
    verdicts,
)
from law_oracle.scope_bars import CAUSE_BARS, proved_in_zhejiang, quality_problem

ZHEJIANG, JIANGSU = "zhejiang-2017", "jiangsu-2017"

LOCAL_REMEDY = {
    "zj26.refund_7": REFUND,
    "zj26.repairs_refund": REFUND,
    "js20.refund": REFUND,
    "zj26.exchange_7": EXCHANGE,
    "zj26.exchange_15": EXCHANGE,
    "zj26.repairs_exchange": EXCHANGE,
    "js20.exchange": EXCHANGE,
    "zj26.refund_in_stock": REFUND,
}


@dataclass(frozen=True, slots=True)
class LocalLaw:
    """What a local regulation says of a case: its own rights, and the national ones under it."""

    policy: str
    own: dict[str, str]
    national: dict[str, str]


def zhejiang_governs(facts: Facts) -> bool:
    """Consumption in Zhejiang or a trader of it, sold from 2017-05-01."""
    here = "CN-ZJ" in {facts.province, facts.trader_province}
    return here and facts.sale >= date(2017, 5, 1)


def jiangsu_governs(facts: Facts) -> bool:
    """Sale in Jiangsu, from 2017-07-01."""
    return facts.province == "CN-JS" and facts.sale >= date(2017, 7, 1)


def _verdict(met: bool, blocked: bool) -> str:
    return "fails" if not met else "barred" if blocked else "holds"


def zhejiang(case: Case, windows: Windows, scope: list[str], bars: list[str]) -> LocalLaw:
    """`zhejiang-2017`, inside the period (arts. 26 and 30)."""
    facts, readings, held = case.facts, case.readings, case.days.held
    # Bars (1)-(3) are the national ones; (4)-(6) by Zhejiang's own table of proof.
    zj_bars = [ground for ground in bars if ground not in CAUSE_BARS.values()]
    if facts.cause in CAUSE_BARS and proved_in_zhejiang(facts):
        zj_bars.append(CAUSE_BARS[facts.cause])
    zj_scope = [ground for ground in scope if ground != "app3.unlisted"]
    blocked = bool(zj_scope or zj_bars)

    in_phone = phone_battery(facts, readings)
    quality = quality_problem(facts, facts.symptom) and not in_phone
    main_unit = facts.kind in MAIN_UNITS
    money = refundable(facts, readings)
    exchange_papers = carries_exchange(case.papers)
    refund_papers = carries_refund(case.papers, readings)
    own_windows = _zhejiang_windows(facts, readings)
    repairs = main_unit and quality and exchange_papers and _zhejiang_repairs(case)
    own = {
        "zj26.refund_7": _verdict(
            quality and held <= own_windows.refund_7 and refund_papers and money, blocked
        ),
        "zj26.repairs_refund": _verdict(repairs and money, blocked),
        "zj26.exchange_7": _verdict(
            quality and held <= own_windows.exchange_7 and exchange_papers, blocked
        ),
        "zj26.exchange_15": _verdict(
            quality
            and own_windows.exchange_7 < held <= own_windows.exchange_15
            and exchange_papers,
            blocked,
        ),
        "zj26.repairs_exchange": _verdict(repairs, blocked),
    }
    own_exchange = any(
        own[rule] == "holds"
        for rule in ("zj26.exchange_7", "zj26.exchange_15", "zj26.repairs_exchange")
    )
    # National rights that bars (4)-(6) alone keep away are open inside the period (art. 30).
    # An exchange that Zhejiang owes, none in stock: a refund on demand (art. 26 para. 2-3).
    if "art24.expired" in bars:
        national: dict[str, str] = {}
    else:
        national = verdicts(case, windows, scope, zj_bars)
        with_own = verdicts(case, windows, scope, zj_bars, owed_by_local=own_exchange)
        national["art18.refund"] = with_own["art18.refund"]
        # As art. 19 with fee 0.
        own["zj26.refund_in_stock"] = with_own["art19.refund"]
    own.setdefault("zj26.refund_in_stock", "fails")
    return LocalLaw(ZHEJIANG, own, national)


def _zhejiang_windows(facts: Facts, readings: Readings) -> Windows:
    """Art. 26 para. 1: windows as in section 1, from delivered (never from the sale)."""
    exchange = last_exchange(facts)

    def base(restarts: bool) -> date:
        return exchange if restarts and exchange is not None else delivered(facts)

    exchanges = base(exchange_windows_restart(readings))
    return Windows(
        refund_7=window_end(facts, base(refund_window_restarts(readings)), 7, readings),
        exchange_7=window_end(facts, exchanges, 7, readings),
        exchange_15=window_end(facts, exchanges, 15, readings),
    )


def _zhejiang_repairs(case: Case) -> bool:
    """Art. 26 para. 5: two finished repairs, or more than 35 days in repair, since the start."""
    facts = case.facts
    counted = [
        repair
        for repair in facts.repairs
        if repair.handed_in >= case.start
        and finished(repair, facts.claimed)
        and repair.under_guarantee
        and quality_problem(facts, repair.symptom)
    ]
    days = days_in_repair(facts, case.start, case.start, case.readings)
    return len(counted) >= 2 or days > 35


def jiangsu(case: Case, restarted_windows: Windows, scope: list[str], bars: list[str]) -> LocalLaw:
    """`jiangsu-2017`: art. 20 (repair not done in 30 days), art. 21 (windows start again)."""
    facts = case.facts
    main_unit = facts.kind in MAIN_UNITS and not phone_battery(facts, case.readings)
    late = any(
        repair.handed_in >= case.start
        and repair.under_guarantee
        and unmended(repair, facts.claimed)
        and repair.delay == "repairer"
        and (facts.claimed - repair.handed_in).days > 30
        for repair in facts.repairs
    )
    met = (
        main_unit
        and quality_problem(facts, facts.symptom)
        and carries_exchange(case.papers)
        and late
    )
    blocked = bool(scope or bars)
    own = {
        "js20.refund": _verdict(met and refundable(facts, case.readings), blocked),
        "js20.exchange": _verdict(met, blocked),
    }
    # Art. 21: the windows start again after an exchange, whatever the reading says.
    national = verdicts(case, restarted_windows, scope, bars) if last_exchange(facts) else {}
    return LocalLaw(JIANGSU, own, national)
