"""Section 6: the price of a refund, the fee of art. 19, what is left of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from law_oracle.evidence import phone_battery
from law_oracle.facts import MAIN_UNITS, Facts
from law_oracle.periods import decree_goods, invoiced, last_exchange, repair_spell
from law_oracle.readings import Readings

CENT = Decimal("0.01")
RATE = Decimal("0.005")  # Appendix 1: 0.5 % a day
ROUNDING = {"half_up": ROUND_HALF_UP, "down": ROUND_DOWN, "half_even": ROUND_HALF_EVEN}


def standalone(facts: Facts, readings: Readings) -> bool:
    """An accessory bought with a phone (a phone's battery judged as one, too) [14]."""
    if phone_battery(facts, readings):
        return True
    return facts.kind not in MAIN_UNITS and facts.bought_with_phone


def refund_price(facts: Facts, readings: Readings) -> Decimal | None:
    """Return the price of a refund; None where it is not known."""
    if standalone(facts, readings):
        return facts.standalone_price
    if decree_goods(facts) and facts.paid_price is not None:
        return facts.paid_price
    return facts.price


def refundable(facts: Facts, readings: Readings) -> bool:
    """No refund right: a gift for which the price is not stated, any refund at 0.00."""
    price = refund_price(facts, readings)
    if price is None:
        return not facts.gift
    return price > 0


def price_warnings(facts: Facts, readings: Readings) -> list[str]:
    """Warn of a paid price that is not used, or that stands alone."""
    if facts.paid_price is None:
        return []
    if not decree_goods(facts):
        return ["paid_price_not_used"]
    if facts.price is None and not standalone(facts, readings):
        return ["paid_price_without_price"]
    return []


def days_in_repair(facts: Facts, since: date, not_before: date | None, readings: Readings) -> int:
    """Count days in repair on or after `since`, each once, of repairs handed in from `not_before`.

    All repairs: paid, unrecorded and software ones, too.
    """
    total = 0
    counted_to = since - timedelta(days=1)
    for repair in sorted(facts.repairs, key=lambda one: one.handed_in):
        if not_before is not None and repair.handed_in < not_before:
            continue
        first, last = repair_spell(repair, facts.claimed, readings)
        first = max(first, counted_to + timedelta(days=1))
        if first <= last:
            total += (last - first).days + 1
            counted_to = last
    return total


@dataclass(frozen=True, slots=True)
class Refund:
    """One refund: all money in yuan, None where it hangs on a price nobody states."""

    price: Decimal | None
    payable: Decimal | None
    fee: Decimal | None = None
    used_days: int | None = None
    deducted_days: int | None = None
    nothing_left: bool = False


def full_refund(facts: Facts, readings: Readings) -> Refund:
    """Refund in full: the price, no fee."""
    price = refund_price(facts, readings)
    return Refund(price, None if price is None else price.quantize(CENT))


def refund_less_depreciation(facts: Facts, readings: Readings, free: bool = False) -> Refund:
    """Refund less depreciation [19]; `free` as in Zhejiang: the fee is 0."""
    exchange = last_exchange(facts)
    start = invoiced(facts)
    not_before = None
    if exchange is not None and readings["depreciation_start"] == "from_exchange":
        start = exchange
        not_before = exchange  # the old unit's repairs count for nothing
    deducted = days_in_repair(facts, start, not_before, readings)
    used = max(0, (facts.claimed - start).days - deducted)
    if readings["depreciation_days"] == "inclusive":
        used += 1
    price = refund_price(facts, readings)
    charged = facts.used and readings["depreciation"] == "charged" and not free
    fee: Decimal | None
    if not charged:
        fee = Decimal("0.00")
    elif price is None:
        fee = None
    else:
        fee = min(price, price * RATE * used).quantize(CENT, ROUNDING[readings["rounding"]])
    if price is None or fee is None:
        payable = None
        nothing_left = charged and used * RATE >= 1
    else:
        payable = (price - fee).quantize(CENT)
        nothing_left = payable == 0
    return Refund(price, payable, fee, used, deducted, nothing_left)
