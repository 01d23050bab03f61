"""Section 1: start and last day of the period, the windows, the days of a repair."""

from collections.abc import Callable
from datetime import date, timedelta

from law_oracle.facts import Facts, Repair
from law_oracle.readings import Readings
from law_oracle.rest_days import add_months, roll

DECREE_FROM = date(2024, 7, 1)


def delivered(facts: Facts) -> date:
    """Section 0: the day of receipt, else of the sale."""
    return facts.receipt or facts.sale


def invoiced(facts: Facts) -> date:
    """Section 1: the invoice date, else the sale date [8]."""
    return facts.invoice_date or facts.sale


def decree_goods(facts: Facts) -> bool:
    """Section 0: delivered on or after 2024-07-01 and claimed on or after it."""
    return delivered(facts) >= DECREE_FROM and facts.claimed >= DECREE_FROM


def counting_exchanges(facts: Facts) -> list[date]:
    """Section 1: an exchange before the sale is ignored."""
    return [day for day in facts.exchanges if day >= facts.sale]


def last_exchange(facts: Facts) -> date | None:
    """The last exchange that counts."""
    return max(counting_exchanges(facts), default=None)


def period_start(facts: Facts, papers: str, readings: Readings) -> date:
    """Section 1, start of the period [8, 9, 21, d778.18]."""
    if papers == "factory" and facts.factory_date is not None:
        return facts.factory_date + timedelta(days=90)
    exchange = last_exchange(facts)
    if exchange is not None:
        return exchange
    if not decree_goods(facts) or readings["period_start"] == "invoiced":
        return invoiced(facts)
    if readings["period_start"] == "later":
        return max(delivered(facts), invoiced(facts))
    return delivered(facts)


def repair_spell(repair: Repair, claimed: date, readings: Readings) -> tuple[date, date]:
    """First and last day that a repair takes; the last lies before the first where it takes none.

    From hand-in to hand-back, both counted; one still open (a hand-back after the claim counts
    as open) to the day of the claim. `repair_end=notified`: to the notice, if not after the
    claim and before the hand-back. `repair_days=elapsed`: the last day is not counted, save that
    an open repair counts the day of the claim.
    """
    ended = repair.handed_back
    if ended is not None and ended > claimed:
        ended = None
    if (
        readings["repair_end"] == "notified"
        and repair.notified is not None
        and repair.notified <= claimed
        and (ended is None or repair.notified < ended)
    ):
        ended = repair.notified
    if ended is None:
        return repair.handed_in, claimed
    if readings["repair_days"] == "elapsed":
        return repair.handed_in, ended - timedelta(days=1)
    return repair.handed_in, ended


def _lengthened(
    end: date,
    repairs: list[Repair],
    claimed: date,
    rolled: Callable[[date], date],
    readings: Readings,
) -> tuple[date, int]:
    """Add the days of each repair handed in not later than the last day as it stands then.

    In the order of hand-in; a day added for one repair is not added again for another.
    """
    added = 0
    counted_to = date.min
    for repair in sorted(repairs, key=lambda one: one.handed_in):
        if repair.handed_in > rolled(end + timedelta(days=added)):
            continue
        first, last = repair_spell(repair, claimed, readings)
        first = max(first, counted_to + timedelta(days=1))
        if first <= last:
            added += (last - first).days + 1
            counted_to = last
    return rolled(end + timedelta(days=added)), added


def period_end(facts: Facts, start: date, months: int, readings: Readings) -> tuple[date, int]:
    """Section 1, last day of the period, and the days that repairs added to it."""
    end = add_months(start, months)
    if readings["first_day"] == "same_day":
        end -= timedelta(days=1)
    # Also paid, unrecorded and software repairs; those before the start belong to nothing.
    repairs = [one for one in facts.repairs if one.handed_in >= start]
    return _lengthened(
        end, repairs, facts.claimed, lambda day: roll(day, readings["rest_days"]), readings
    )


def window_end(facts: Facts, base: date, length: int, readings: Readings) -> date:
    """Section 1, last day of a window of `length` days from `base`."""
    end = base + timedelta(days=length)
    if readings["first_day"] == "same_day":
        end -= timedelta(days=1)
    rolls = readings["window_end"] == "roll"
    repairs: list[Repair] = []
    if decree_goods(facts) and readings["repair_time_in_windows"] == "excluded":
        exchange = last_exchange(facts)
        # Repairs before the last exchange belong to the unit given back and never stretch.
        not_before = base if exchange is None else max(base, exchange)
        repairs = [one for one in facts.repairs if one.handed_in >= not_before]
    return _lengthened(
        end,
        repairs,
        facts.claimed,
        lambda day: roll(day, readings["rest_days"]) if rolls else day,
        readings,
    )[0]


def window_base(facts: Facts, restarts: bool, readings: Readings) -> date:
    """Section 1: the last exchange where the window restarts, else delivered.

    `window_start=sold`: from the sale; no effect on decree goods.
    """
    exchange = last_exchange(facts)
    if restarts and exchange is not None:
        return exchange
    if readings["window_start"] == "sold" and not decree_goods(facts):
        return facts.sale
    return delivered(facts)


def refund_window_restarts(readings: Readings) -> bool:
    """Section 10, `windows_after_exchange`: the window of `art11.refund` restarts by default."""
    return readings["windows_after_exchange"] == "restart"


def exchange_windows_restart(readings: Readings) -> bool:
    """The same for the windows of `art11.exchange` and `art12.exchange`."""
    return readings["windows_after_exchange"] in {"restart", "exchange_only"}
