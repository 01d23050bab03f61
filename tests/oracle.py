"""A second, deliberately naive implementation of the mobile-2001 decision.

It exists to be compared with the engine. It shares no code with it, knows
nothing of its condition language, and prefers loops over days to arithmetic.
Source of the semantics: the project's point-by-point description of the law.

Where that description can be read in two ways, this module takes the most
literal reading:

A1   Factory-date evidence alone fixes the start of the period at factory date + 90
     days, even where an invoice, sale or exchange date is stated as well.
A2   Every repair handed in on or after the start is deducted, also one outside the
     guarantees, unrecorded, for another fault, or handed in after the period would
     have ended (so a long late repair can lengthen the period past the claim).
A3   `repair_end=notified` ends an open repair on the day of the notice as well.
A4   `repair_days=elapsed` drops the day handed back, or under `notified` the day of
     the notice where that ends the repair; the day of the claim on which a repair
     is still open is no hand-back and stays counted.
A5   `rest_days=holidays_only` in a year without data: there are no rest days.
A6   The periods of 6 months (burden of proof) and 30 days (art10.again) are touched
     neither by `first_day` nor by rolling.
A7   Only accessories can be `app3.unlisted`, so kind `other` is `art2.catalogue` whatever
     the symptom. A symptom that belongs to other goods is a quality problem of a main unit,
     and `battery_fault` measured at 80 or more is no fault of any goods.
A8   Network and SIM data exclude whoever asserts them; the burden of proof is for the
     grounds of art. 24 only.
A9   `art24.expired` stays in `bars` beside an open `art10.again`. With a further bar,
     `art10.again` is not open, and the lead is still the first bar of the list.
     Every other right, also one inside a window, falls with `art24.expired`.
A10  Evidence `proven` does not carry `art14.refund`: the table names exchange, repair
     and the refunds of arts. 18 and 19. `refund_papers` changes art. 11 only.
A11  `art19.refund` is withheld only beside an open `art11.refund`; inside the 7 days
     on evidence `proven` it follows from the exchange of art. 11. `art18.refund` may
     stand beside `art11.refund` or `art14.refund`, and needs no request.
A12  A finished repair is one handed back by the day of the claim; ready or notified is
     not finished for arts. 10 and 13.
A13  Arts. 16 and 17 take any open repair since the start, also unrecorded, outside the
     guarantees or for another fault; `art10.again` does not ask for a record.
A14  `repair_guarantee=any_fault`: the earlier repair was for any quality problem.
A15  `depreciation_days=inclusive` adds the day after the floor at 0.
A16  The used days deduct the repairs handed in on or after the depreciation start, each
     day counted as for the period. With `not_charged` they are still reported.
A17  A gift is without a price if the price that the refund would pay is missing: the
     stand-alone price of an accessory bought with a phone, else the invoice price.
     A price of 0.00 pays nothing, as no price does. Such a gift has no refund right of
     any article.
A18  Evidence `none`: no period dates and no deducted days are given. Windows are given
     for main units only, on any evidence, also for a claim that is excluded.
A19  Exclusions, bars and dates are worked out independently of one another: an excluded
     claim may have bars. A claim that is excluded or barred has no rights.
A20  Filling an unknown sale date uses every day of the range, also days after a stated
     invoice, receipt or exchange; an exchange before the filled sale is then ignored.
     Where the sale date stays unknown no exchange is ignored.
     The one limit, taken over from the engine and so no independent evidence: an
     invoice, delivery or factory date from after the commencement rules out an earlier
     sale.
A21  Money of a full refund: `used_days` None, `fee` 0. A missing price leaves `fee` and
     `payable` None and `used_days` known; where none is charged the fee is 0. An accessory
     of which it is not known whether it was bought with a phone: None as well.
A22  `bought_with_phone` unknown decides only for the gift of an accessory; it is filled
     there. An open repair's delay is one of the two causes, never neither.
A23  The horizon of 500 days for an unknown sale date misses an end of the period that
     more than about 130 deducted days push beyond it; see `horizon_days`.
A24  `window_start=sold` ignores the delivery date, also one before the sale.
A25  After an exchange the burden of proof still runs from the first receipt or sale.
"""

from __future__ import annotations

import calendar
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Any

from chinese_calendar.constants import holidays, workdays

READINGS: dict[str, tuple[str, ...]] = {
    "first_day": ("next_day", "same_day"),
    "window_end": ("roll", "fixed"),
    "rest_days": ("weekends_too", "holidays_only"),
    "two_repairs": ("any_fault", "same_fault"),
    "repair_proof": ("recorded", "any_proof"),
    "windows_after_exchange": ("restart", "from_sale"),
    "depreciation_start": ("from_exchange", "from_invoice"),
    "refund_papers": ("exchange_only", "refund"),
    "repair_end": ("handed_back", "notified"),
    "repair_days": ("inclusive", "elapsed"),
    "depreciation_days": ("elapsed", "inclusive"),
    "window_start": ("received", "sold"),
    "repair_guarantee": ("same_fault", "any_fault"),
    "depreciation": ("charged", "not_charged"),
    "rounding": ("half_up", "down", "half_even"),
}
DEFAULT_READINGS: dict[str, str] = {name: values[0] for name, values in READINGS.items()}

DAY = timedelta(days=1)
CENT = Decimal("0.01")
IN_FORCE = date(2001, 11, 15)
BURDEN_OF_PROOF_SINCE = date(2014, 3, 15)

MONTHS = {
    "handset": 12,
    "vehicle_phone": 12,
    "fixed_station_phone": 12,
    "battery": 6,
    "charger": 12,
    "wired_earphone": 3,
    "terminal_card": 12,
    "data_card": 12,
}
MAIN_UNITS = ("handset", "vehicle_phone", "fixed_station_phone")
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
LISTED_FAULTS: dict[str, tuple[str, ...]] = {
    "handset": MAIN_UNIT_FAULTS,
    "vehicle_phone": MAIN_UNIT_FAULTS,
    "fixed_station_phone": MAIN_UNIT_FAULTS,
    "battery": ("battery_fault",),
    "charger": ("charger_fault",),
    "wired_earphone": ("earphone_fault",),
    "terminal_card": ("terminal_card_fault",),
    "data_card": ("data_card_fault",),
    "other": (),
}

EXCLUSIONS = (
    "art2.catalogue",
    "art2.place",
    "art31.date",
    "art10.no_fault",
    "art10.wear",
    "app3.network",
    "art10.sim_data",
    "app3.unlisted",
)
BARS = (
    "art24.expired",
    "art24.no_evidence",
    "art24.voucher",
    "art24.misuse",
    "art24.opened",
    "art24.force_majeure",
)
DAMAGE_BARS = {
    "misuse": "art24.misuse",
    "liquid": "art24.misuse",
    "impact": "art24.misuse",
    "unauthorised_opening": "art24.opened",
    "force_majeure": "art24.force_majeure",
}
# In the order of the table of rights.
RIGHTS = (
    "art11.refund",
    "art11.exchange",
    "art12.exchange",
    "art13.exchange",
    "art16.exchange",
    "art17.exchange",
    "art10.repair",
    "art10.again",
    "art14.exchange",
    "art14.refund",
    "art18.refund",
    "art19.refund",
)
# Strongest first; what stands on one line is equally strong.
STRENGTH: tuple[tuple[str, ...], ...] = (
    ("art11.refund", "art14.refund"),
    (
        "art11.exchange",
        "art12.exchange",
        "art13.exchange",
        "art16.exchange",
        "art17.exchange",
        "art14.exchange",
    ),
    ("art18.refund",),
    ("art19.refund",),
    ("art10.repair", "art10.again"),
)
OUTCOME_OF_KIND = {"refund": "refund", "exchange": "exchange", "repair": "free_repair"}


@dataclass(frozen=True)
class Verdict:
    """What the oracle says about one claim."""

    outcome: str
    exclusions: frozenset[str]
    bars: frozenset[str]
    rights: frozenset[str]
    lead: str | None
    grade: str
    period_starts_on: date | None
    period_ends_on: date | None
    refund_until: date | None
    exchange_until: date | None
    deducted_days: int | None
    money: dict[str, dict[str, int | Decimal | None]]


@dataclass(frozen=True)
class _Repair:
    handed_in_on: date
    ready_on: date | None
    notified_on: date | None
    handed_back_on: date | None
    symptom: str | None
    recorded: bool
    under_guarantee: bool
    delay: str | None


@dataclass(frozen=True)
class _Facts:
    claimed_on: date
    kind: str
    sold_in_mainland: bool
    used: bool
    bought_with_phone: bool | None
    stated_sold_on: date | None  # what the claim says
    sold_on: date | None  # the same, or what `outcomes` fills in
    invoiced_on: date | None
    received_on: date | None
    price: Decimal | None
    standalone_price: Decimal | None
    gift: bool
    invoice: str | None
    voucher: str | None
    manufactured_on: date | None
    symptom: str | None
    cause: str | None
    cause_basis: str | None
    battery_capacity: Decimal | None
    repairs: tuple[_Repair, ...]
    exchanges: tuple[date, ...]
    same_model_in_stock: bool | None
    request: str | None


def decide(claim: dict[str, Any], readings: dict[str, str] | None = None) -> Verdict:
    """Decide a claim whose deciding facts are all known.

    Raises:
        ValueError: if a fact that decides is not known; see `outcomes`.
    """
    return _decide(_read(claim), _complete(readings))


def outcomes(
    claim: dict[str, Any],
    readings: dict[str, str] | None = None,
    *,
    horizon_days: int = 500,
) -> set[str]:
    """All outcomes that remain when every unknown deciding fact takes every value."""
    facts = _read(claim)
    chosen = _complete(readings)
    return {_decide(filled, chosen).outcome for filled in _fills(facts, horizon_days)}


# --- filling in what is not known ------------------------------------------------


def _fills(facts: _Facts, horizon_days: int) -> Iterator[_Facts]:
    sold_on_values: list[date | None] = [facts.sold_on]
    if facts.sold_on is None:
        sold_on_values = list(_possible_sale_days(facts, horizon_days))

    invoice_values = [facts.invoice]
    if facts.invoice is None:
        invoice_values = ["original", "copy", "none"]

    voucher_values = [facts.voucher]
    if facts.voucher is None:
        voucher_values = ["intact", "lost", "altered", "mismatched"]

    symptom_values = [facts.symptom]
    if facts.symptom is None:
        # A symptom that is listed for another kind of product is the same as `unlisted`, but
        # for a battery, which may have been measured, and for a fault repaired before.
        repaired = [repair.symptom for repair in facts.repairs if repair.symptom]
        listed = [*LISTED_FAULTS[facts.kind], "battery_fault", "unlisted", "wear", "none"]
        symptom_values = list(dict.fromkeys([*listed, *repaired]))

    stock_values = [facts.same_model_in_stock]
    if facts.same_model_in_stock is None:
        stock_values = [True, False]

    with_phone_values = [facts.bought_with_phone]
    if facts.bought_with_phone is None and facts.gift and facts.kind not in MAIN_UNITS:
        with_phone_values = [True, False]

    repair_values: list[list[_Repair]] = []
    for repair in facts.repairs:
        if repair.delay is None and not _is_finished(repair, facts.claimed_on):
            repair_values.append([replace(repair, delay=d) for d in ("parts", "repairer")])
        else:
            repair_values.append([repair])

    for sold_on, invoice, voucher, symptom, stock, with_phone, repairs in itertools.product(
        sold_on_values,
        invoice_values,
        voucher_values,
        symptom_values,
        stock_values,
        with_phone_values,
        list(itertools.product(*repair_values)),
    ):
        yield replace(
            facts,
            sold_on=sold_on,
            invoice=invoice,
            voucher=voucher,
            symptom=symptom,
            same_model_in_stock=stock,
            bought_with_phone=with_phone,
            repairs=repairs,
        )


def _possible_sale_days(facts: _Facts, horizon_days: int) -> Iterator[date]:
    # An invoice, delivery or factory date from after the commencement shows that the
    # sale was not before it.
    dated = (facts.invoiced_on, facts.received_on, facts.manufactured_on)
    after_the_law = any(day is not None and day >= IN_FORCE for day in dated)
    day = facts.claimed_on - horizon_days * DAY
    if after_the_law:
        day = min(facts.claimed_on, max(day, IN_FORCE))
    else:
        yield IN_FORCE - DAY
    if facts.manufactured_on is not None:
        day = max(day, facts.manufactured_on)
    while day <= facts.claimed_on:
        yield day
        day += DAY


# --- the decision ----------------------------------------------------------------


def _decide(facts: _Facts, readings: dict[str, str]) -> Verdict:
    grade = _grade(facts)
    start = _period_start(facts, grade)
    exclusions = _exclusions(facts)

    period_starts_on: date | None = None
    period_ends_on: date | None = None
    deducted_days: int | None = None
    if start is not None and facts.kind in MONTHS and grade not in ("none", "unknown"):
        period_starts_on = start
        deducted_days = len(_repair_days_since(facts, start, readings))
        period_ends_on = _period_end(facts, start, deducted_days, readings)

    refund_until = _window_end(facts, 7, readings)
    exchange_until = _window_end(facts, 15, readings)

    bars = _bars(facts, grade, start, period_ends_on)
    rights: set[str] = set()
    if not exclusions and start is not None:
        rights = _rights(facts, grade, start, bars, refund_until, exchange_until, readings)

    outcome, lead = _choose(facts, exclusions, bars, rights)
    return Verdict(
        outcome=outcome,
        exclusions=frozenset(exclusions),
        bars=frozenset(bars),
        rights=frozenset(rights),
        lead=lead,
        grade=grade,
        period_starts_on=period_starts_on,
        period_ends_on=period_ends_on,
        refund_until=refund_until,
        exchange_until=exchange_until,
        deducted_days=deducted_days,
        money={
            right: _money(facts, right, readings)
            for right in RIGHTS
            if right in rights
            if right.endswith(".refund")
        },
    )


def _choose(
    facts: _Facts, exclusions: set[str], bars: set[str], rights: set[str]
) -> tuple[str, str]:
    if exclusions:
        return "excluded", next(rule for rule in EXCLUSIONS if rule in exclusions)
    if facts.symptom is None:
        raise ValueError("the symptom decides and is not known")
    if bars and not rights:
        return "paid_repair", next(rule for rule in BARS if rule in bars)
    if not rights:
        raise ValueError("evidence or dates decide and are not known")

    asked_for = {right for right in rights if _kind_of(right) == facts.request}
    lead = _strongest(asked_for or rights)
    return OUTCOME_OF_KIND[_kind_of(lead)], lead


def _kind_of(right: str) -> str:
    if right.endswith(".refund"):
        return "refund"
    if right.endswith(".exchange"):
        return "exchange"
    return "repair"


def _strongest(rights: set[str]) -> str:
    for equals in STRENGTH:
        found = [right for right in RIGHTS if right in rights and right in equals]
        if found:
            return found[0]
    raise AssertionError("every right has a strength")


# --- scope, evidence, bars -------------------------------------------------------


def _exclusions(facts: _Facts) -> set[str]:
    found = set()
    if facts.kind == "other":
        found.add("art2.catalogue")
    if not facts.sold_in_mainland:
        found.add("art2.place")
    if facts.sold_on is not None and facts.sold_on < IN_FORCE:
        found.add("art31.date")
    if facts.symptom == "none" or (
        facts.symptom == "battery_fault"
        and facts.battery_capacity is not None
        and facts.battery_capacity >= 80
    ):
        found.add("art10.no_fault")
    elif facts.symptom == "wear":
        found.add("art10.wear")
    elif (
        facts.kind not in (*MAIN_UNITS, "other")
        and facts.symptom is not None
        and not _listed(facts, facts.symptom)
    ):
        found.add("app3.unlisted")
    if facts.cause == "network":
        found.add("app3.network")
    if facts.cause == "sim_data":
        found.add("art10.sim_data")
    return found


def _listed(facts: _Facts, symptom: str | None) -> bool:
    return symptom in LISTED_FAULTS[facts.kind]


def _grade(facts: _Facts) -> str:
    if facts.invoice is None or facts.voucher is None:
        return "unknown"
    if facts.invoice == "original" and facts.voucher == "intact":
        return "full"
    if facts.invoice in ("original", "copy") or facts.voucher == "intact":
        return "proven"
    if facts.kind in MAIN_UNITS and facts.manufactured_on is not None:
        return "factory"
    return "none"


def _bars(facts: _Facts, grade: str, start: date | None, period_ends_on: date | None) -> set[str]:
    found = set()
    if period_ends_on is not None and facts.claimed_on > period_ends_on:
        found.add("art24.expired")
    if grade == "none":
        found.add("art24.no_evidence")
    if facts.voucher in ("altered", "mismatched"):
        found.add("art24.voucher")
    if facts.cause in DAMAGE_BARS and _ground_bars(facts, start):
        found.add(DAMAGE_BARS[facts.cause])
    return found


def _ground_bars(facts: _Facts, start: date | None) -> bool:
    if facts.cause_basis in ("report", "consumer"):
        return True
    if facts.claimed_on < BURDEN_OF_PROOF_SINCE:
        return True
    runs_from = facts.received_on or facts.stated_sold_on or start
    if runs_from is None:
        return False
    return facts.claimed_on > _add_months(runs_from, 6)


# --- rights ----------------------------------------------------------------------


def _rights(
    facts: _Facts,
    grade: str,
    start: date,
    bars: set[str],
    refund_until: date | None,
    exchange_until: date | None,
    readings: dict[str, str],
) -> set[str]:
    """The rights open now, of a claim that is in scope and has a period."""
    claimed_on = facts.claimed_on
    main_unit = facts.kind in MAIN_UNITS
    in_7_days = refund_until is not None and claimed_on <= refund_until
    in_15_days = exchange_until is not None and claimed_on <= exchange_until

    hold = set()
    if main_unit:
        listed = _listed(facts, facts.symptom)
        if listed and in_7_days:
            hold.add("art11.refund")
            hold.add("art11.exchange")
        if listed and in_15_days and not in_7_days:
            hold.add("art12.exchange")
        if listed and _failed_repairs(facts, start, readings) >= 2:
            hold.add("art13.exchange")
        if _days_waited(facts, start, "parts") > 60:
            hold.add("art16.exchange")
        if _days_waited(facts, start, "repairer") > 30:
            hold.add("art17.exchange")
        hold.add("art10.repair")  # outside the period it is barred, see below
        if _repaired_lately(facts, start, readings):
            hold.add("art10.again")
    else:
        hold.add("art14.exchange")
        if len(_exchanges(facts)) >= 2:
            hold.add("art14.refund")

    nothing_to_refund = facts.gift and not _refund_price(facts)
    open_now = set()
    for right in hold:
        in_the_way = bars - {"art24.expired"} if right == "art10.again" else bars
        if in_the_way or not _carries(grade, right, readings):
            continue
        if nothing_to_refund and _kind_of(right) == "refund":
            continue
        open_now.add(right)

    exchange_owed = any(_kind_of(right) == "exchange" for right in open_now)
    if exchange_owed and not nothing_to_refund:
        if facts.same_model_in_stock is False:
            open_now.add("art18.refund")
        if (
            main_unit
            and facts.same_model_in_stock is True
            and facts.request == "refund"
            and "art11.refund" not in open_now
        ):
            open_now.add("art19.refund")
    return open_now


def _carries(grade: str, right: str, readings: dict[str, str]) -> bool:
    if grade == "full":
        return True
    if grade == "proven":
        if right == "art11.refund":
            return readings["refund_papers"] == "refund"
        return right != "art14.refund"
    if grade == "factory":
        return _kind_of(right) == "repair"
    return False


def _is_finished(repair: _Repair, claimed_on: date) -> bool:
    return repair.handed_back_on is not None and repair.handed_back_on <= claimed_on


def _repairs_since(facts: _Facts, start: date) -> list[_Repair]:
    return [r for r in facts.repairs if start <= r.handed_in_on <= facts.claimed_on]


def _failed_repairs(facts: _Facts, start: date, readings: dict[str, str]) -> int:
    count = 0
    for repair in _repairs_since(facts, start):
        symptom = repair.symptom or facts.symptom
        if not _is_finished(repair, facts.claimed_on) or not repair.under_guarantee:
            continue
        if not repair.recorded and readings["repair_proof"] == "recorded":
            continue
        if not _listed(facts, symptom):
            continue
        if readings["two_repairs"] == "same_fault" and symptom != facts.symptom:
            continue
        count += 1
    return count


def _days_waited(facts: _Facts, start: date, delay: str) -> int:
    """The longest wait, so far, for a unit that is still not repaired."""
    longest = 0
    for repair in _repairs_since(facts, start):
        if repair.delay != delay or _is_finished(repair, facts.claimed_on):
            continue
        ready = [d for d in (repair.ready_on, repair.notified_on) if d is not None]
        if any(day <= facts.claimed_on for day in ready):
            continue
        longest = max(longest, (facts.claimed_on - repair.handed_in_on).days)
    return longest


def _repaired_lately(facts: _Facts, start: date, readings: dict[str, str]) -> bool:
    for repair in _repairs_since(facts, start):
        if not repair.under_guarantee or repair.handed_back_on is None:
            continue
        if not 0 <= (facts.claimed_on - repair.handed_back_on).days <= 30:
            continue
        symptom = repair.symptom or facts.symptom
        if readings["repair_guarantee"] == "any_fault":
            if symptom not in ("none", "wear"):
                return True
        elif symptom == facts.symptom:
            return True
    return False


# --- dates -----------------------------------------------------------------------


def _exchanges(facts: _Facts) -> list[date]:
    for day in facts.exchanges:
        if day > facts.claimed_on:
            raise ValueError(f"exchange after the claim: {day}")
    if facts.sold_on is None:
        return sorted(facts.exchanges)
    return sorted(day for day in facts.exchanges if day >= facts.sold_on)


def _period_start(facts: _Facts, grade: str) -> date | None:
    if grade == "factory":
        assert facts.manufactured_on is not None
        return facts.manufactured_on + 90 * DAY
    exchanges = _exchanges(facts)
    if exchanges:
        return exchanges[-1]
    return facts.invoiced_on or facts.sold_on


def _period_end(facts: _Facts, start: date, deducted_days: int, readings: dict[str, str]) -> date:
    end = _add_months(start, MONTHS[facts.kind])
    end += deducted_days * DAY
    if readings["first_day"] == "same_day":
        end -= DAY
    return _roll(end, readings)


def _window_end(facts: _Facts, days: int, readings: dict[str, str]) -> date | None:
    if facts.kind not in MAIN_UNITS:
        return None
    exchanges = _exchanges(facts)
    if exchanges and readings["windows_after_exchange"] == "restart":
        start: date | None = exchanges[-1]
    elif readings["window_start"] == "received" and facts.received_on is not None:
        start = facts.received_on
    else:
        start = facts.sold_on
    if start is None:
        return None
    end = start + days * DAY
    if readings["first_day"] == "same_day":
        end -= DAY
    if readings["window_end"] == "fixed":
        return end
    return _roll(end, readings)


def _repair_days_since(facts: _Facts, start: date, readings: dict[str, str]) -> set[date]:
    """Every single day that the repairs since `start` took."""
    days: set[date] = set()
    for repair in _repairs_since(facts, start):
        ends: list[date] = []
        if repair.handed_back_on is not None:
            ends.append(repair.handed_back_on)
        if readings["repair_end"] == "notified" and repair.notified_on is not None:
            ends.append(repair.notified_on)
        last = facts.claimed_on
        if ends and min(ends) <= facts.claimed_on:
            last = min(ends)
            if readings["repair_days"] == "elapsed":
                last -= DAY
        day = repair.handed_in_on
        while day <= last:
            days.add(day)
            day += DAY
    return days


def _add_months(day: date, months: int) -> date:
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    last_of_month = calendar.monthrange(year, month)[1]
    return date(year, month, min(day.day, last_of_month))


def _roll(day: date, readings: dict[str, str]) -> date:
    while _is_rest_day(day, readings):
        day += DAY
    return day


def _is_rest_day(day: date, readings: dict[str, str]) -> bool:
    if day in workdays or day == date(2005, 12, 31):
        return False
    if day in holidays:
        return True
    return day.weekday() >= 5 and readings["rest_days"] == "weekends_too"


# --- money -----------------------------------------------------------------------


def _refund_price(facts: _Facts) -> Decimal | None:
    if facts.kind in MAIN_UNITS:
        return facts.price
    if facts.bought_with_phone is None:
        return None
    return facts.standalone_price if facts.bought_with_phone else facts.price


def _money(facts: _Facts, right: str, readings: dict[str, str]) -> dict[str, int | Decimal | None]:
    price = _refund_price(facts)
    if right != "art19.refund":
        if price is None:
            return {"used_days": None, "fee": None, "payable": None}
        return {
            "used_days": None,
            "fee": Decimal("0.00"),
            "payable": price.quantize(CENT, ROUND_HALF_UP),
        }

    used_days = _used_days(facts, readings)
    charged = readings["depreciation"] == "charged" and facts.used
    if price is None:
        fee_anyway = None if charged else Decimal("0.00")
        return {"used_days": used_days, "fee": fee_anyway, "payable": None}
    fee = min(price * Decimal("0.005") * used_days, price) if charged else Decimal(0)
    rounding = {
        "half_up": ROUND_HALF_UP,
        "down": ROUND_DOWN,
        "half_even": ROUND_HALF_EVEN,
    }[readings["rounding"]]
    fee = fee.quantize(CENT, rounding)
    return {"used_days": used_days, "fee": fee, "payable": price - fee}


def _used_days(facts: _Facts, readings: dict[str, str]) -> int:
    exchanges = _exchanges(facts)
    if exchanges and readings["depreciation_start"] == "from_exchange":
        start = exchanges[-1]
    else:
        invoiced_on = facts.invoiced_on or facts.sold_on
        if invoiced_on is None:
            raise ValueError("the invoice date decides the fee and is not known")
        start = invoiced_on
    repair_days = len(_repair_days_since(facts, start, readings))
    used = max(0, (facts.claimed_on - start).days - repair_days)
    if readings["depreciation_days"] == "inclusive":
        used += 1
    return used


# --- reading the claim -----------------------------------------------------------


def _complete(readings: dict[str, str] | None) -> dict[str, str]:
    chosen = DEFAULT_READINGS | (readings or {})
    for name, value in chosen.items():
        if value not in READINGS.get(name, ()):
            raise ValueError(f"no such reading: {name}={value}")
    return chosen


def _read(claim: dict[str, Any]) -> _Facts:
    def part(name: str) -> dict[str, Any]:
        value = claim.get(name)
        return dict(value) if value is not None else {}

    product, purchase = part("product"), part("purchase")
    evidence, fault = part("evidence"), part("fault")
    claimed_on = _date(claim["claimed_on"])
    assert claimed_on is not None
    return _Facts(
        claimed_on=claimed_on,
        kind=product["kind"],
        sold_in_mainland=product.get("sold_in_mainland") is not False,
        used=product.get("used") is not False,
        bought_with_phone=product.get("bought_with_phone"),
        stated_sold_on=_date(purchase.get("sold_on")),
        sold_on=_date(purchase.get("sold_on")),
        invoiced_on=_date(purchase.get("invoiced_on")),
        received_on=_date(purchase.get("received_on")),
        price=_decimal(purchase.get("price")),
        standalone_price=_decimal(purchase.get("standalone_price")),
        gift=purchase.get("gift") is True,
        invoice=evidence.get("invoice"),
        voucher=evidence.get("voucher"),
        manufactured_on=_date(evidence.get("manufactured_on")),
        symptom=fault.get("symptom"),
        cause=fault.get("cause"),
        cause_basis=fault.get("cause_basis"),
        battery_capacity=_decimal(fault.get("battery_capacity")),
        repairs=tuple(_read_repair(repair) for repair in claim.get("repairs") or ()),
        exchanges=tuple(
            date.fromisoformat(exchange["exchanged_on"])
            for exchange in claim.get("exchanges") or ()
        ),
        same_model_in_stock=claim.get("same_model_in_stock"),
        request=claim.get("request"),
    )


def _read_repair(repair: dict[str, Any]) -> _Repair:
    return _Repair(
        handed_in_on=date.fromisoformat(repair["handed_in_on"]),
        ready_on=_date(repair.get("ready_on")),
        notified_on=_date(repair.get("notified_on")),
        handed_back_on=_date(repair.get("handed_back_on")),
        symptom=repair.get("symptom"),
        recorded=repair.get("recorded") is not False,
        under_guarantee=repair.get("under_guarantee") is not False,
        delay=repair.get("delay"),
    )


def _date(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _decimal(value: str | float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
