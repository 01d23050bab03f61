"""From a claim to the facts the rules speak of: 事实.

Rules never see a claim, only the facts of :data:`FACTS`; nothing here sees a rule. A
fact that is not known is ``None``. Dates are ordinals (``date.toordinal``).

The readings that change a fact, rather than how a window is counted from it, are applied
here; a :class:`DerivationContext` names them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from sanbao.dates.counting import covered_days
from sanbao.depreciation import depreciate, used_days
from sanbao.evaluation.facts.context import DerivationContext
from sanbao.evaluation.facts.repair_history import NO_PROBLEM, NO_REPAIRS, history_of, spans_of
from sanbao.model.claim_row import ClaimRow, RepairRow
from sanbao.model.facts import NO_DETAIL, Facts, Spans

if TYPE_CHECKING:
    from sanbao.rules.policy import Counting

__all__ = [
    "FACTS_CHANGED",
    "DerivationContext",
    "Use",
    "derive",
    "is_apart",
    "readings_in_play",
    "refund_price",
    "use_of",
]


def derive(  # noqa: PLR0912, PLR0915 - one straight pass, made for speed
    row: ClaimRow, context: DerivationContext, assumed_sale: int | None = None
) -> Facts:
    """Return the facts of what a claim states, as a plain tuple in the order of Facts.

    ``assumed_sale`` is the sale date (an ordinal) to go by where the claim has none.
    """
    (
        claimed,
        kind,
        sold_in_mainland,
        bought_with_phone,
        stated_sale,
        invoiced,
        received,
        price,
        alone,
        gift,
        plan_bundled,
        invoice,
        voucher,
        made,
        symptom,
        cause,
        cause_basis,
        capacity,
        repairs,
        exchanges,
        in_stock,
        request,
        complete,
        housing_worn,
        confirmed,
        asked,
        appeared,
        used,
        second_hand,
        paid,
        _,
        _,
        contested,
        found_unqualified,
        detail,
    ) = row
    sold = assumed_sale if stated_sale is None else stated_sale
    delivered = sold if received is None else received

    exchanged: int | None = None
    exchanges_counted = 0
    if exchanges:
        since = (made or 0) if sold is None else sold
        for day in exchanges:
            if day >= since:
                exchanges_counted += 1
                if exchanged is None or day > exchanged:
                    exchanged = day
        if exchanged is not None:
            # what lies before the last exchange concerned the unit that was given back
            if asked is not None and asked < exchanged:
                asked = None
            if appeared is not None and appeared < exchanged:
                appeared = None
    if asked is None:
        asked = claimed
    held = appeared if appeared is not None and context.held_as_it_appeared else asked

    windows_start = delivered if context.windows_from_receipt else sold
    refund_window_start = windows_start
    if exchanged is not None:
        if context.exchange_restarts:
            windows_start = exchanged
        if context.refund_restarts:
            refund_window_start = exchanged

    start = context.starts[invoice, voucher, made is not None]
    period_start: int | None = None
    if start == "papers":
        if exchanged is not None:
            period_start = exchanged
        elif context.period_from == "delivered":
            period_start = delivered
        else:
            period_start = sold if invoiced is None else invoiced
            if context.period_from == "later" and period_start is not None:
                period_start = None if delivered is None else max(period_start, delivered)
    elif start == "factory" and made is not None:
        period_start = made + context.factory_days

    sale_dated_on = sold
    if stated_sale is None:
        # a paper or a factory date from after the commencement settles that much
        later = [
            day
            for day in (invoiced, received, made)
            if day is not None and day >= context.commencement
        ]
        sale_dated_on = later[0] if later else sold
    proof_start = received if exchanged is None else exchanged
    if proof_start is None:
        proof_start = period_start if stated_sale is None else stated_sale

    reached: int | None = asked
    period_held: int | None = held
    window_time: Spans = ()
    history = NO_REPAIRS
    if repairs:
        reached, window_time, history = history_of(
            repairs, claimed, symptom, period_start, exchanged, asked, held, context
        )
        if start == "none":
            reached = asked
        if reached != asked and context.faults_return:
            period_held = held if reached is not None and reached > held else reached

    no_refund: bool | None = False
    if (
        gift
        or (price is not None and not price)
        or (alone is not None and not alone)
        or (paid is not None and not paid)
    ):
        no_refund = _nothing_to_refund(row, context)
    nothing_left: bool | None = False
    rate = context.rate
    if request == "refund" and used and rate is not None:
        used_since = _used_since(row, context, exchanged, sold)
        if used_since is None:
            nothing_left = None
        # so soon no fee takes a price of a yuan and more
        elif (
            claimed - used_since >= context.days_worth
            or paid is not None
            or price is None
            or price < 1
        ):
            use = _use(row, context, used_since, exchanged, history[0])
            nothing_left = _nothing_left(row, context, use.days, rate)

    # a plain tuple in the order of Facts: making a named one takes as long as all this
    return (  # type: ignore[return-value]
        claimed,
        asked,
        held,
        period_held,
        reached if appeared is None else appeared,
        kind,
        context.role,
        second_hand,
        sold_in_mainland,
        sale_dated_on,
        symptom,
        capacity is not None and symptom == "battery_fault" and capacity >= context.sound_capacity,
        cause,
        cause_basis,
        contested,
        found_unqualified,
        invoice,
        voucher,
        made is not None,
        windows_start,
        refund_window_start,
        window_time,
        period_start,
        proof_start,
        exchanges_counted,
        in_stock,
        request,
        no_refund,
        nothing_left,
        plan_bundled,
        gift,
        bought_with_phone,
        complete,
        housing_worn,
        confirmed,
        detail or NO_DETAIL,
        *history,
    )


# --- money -----------------------------------------------------------------------------------


_FEN: Final = Decimal("0.01")


class Use(NamedTuple):
    """The days of use that a fee is kept for (art. 19): since when, in repair, paid for."""

    start: int
    in_repair: int
    days: int


def use_of(row: ClaimRow, context: DerivationContext, sold: int | None) -> Use | None:
    """Return the days of use (使用天数, art. 19), ``None`` where the start is not known.

    They run from the last exchange, else the invoice date, else ``sold``, the sale (reading
    ``depreciation_start``), less the days in repair since then, each of them once.
    """
    since = (row.made or 0) if sold is None else sold
    exchanged = max((day for day in row.exchanges if day >= since), default=None)
    repairs = (one for one in row.repairs if one.handed_in <= row.claimed)
    start = _used_since(row, context, exchanged, sold)
    if start is None:
        return None
    return _use(row, context, start, exchanged, spans_of(repairs, row.claimed, context))


def _used_since(
    row: ClaimRow, context: DerivationContext, exchanged: int | None, sold: int | None
) -> int | None:
    """Return the day from which the days of use run."""
    if exchanged is not None and context.used_from_exchange:
        return exchanged
    return sold if row.invoiced is None else row.invoiced


def _use(
    row: ClaimRow, context: DerivationContext, start: int, exchanged: int | None, spans: Spans
) -> Use:
    """Return the days of use from ``start`` on; ``spans`` are those in repair."""
    in_repair = 0
    if spans:
        # those of before an exchange are the old unit's
        first = 0 if exchanged is None or not context.used_from_exchange else exchanged
        in_repair = covered_days(
            [(max(day, start), end) for day, end in spans if day >= first and end > start]
        )
    days = used_days(row.claimed - start, in_repair, both_ends=context.both_used_days)
    return Use(start, in_repair, days)


def refund_price(row: ClaimRow, context: DerivationContext) -> tuple[bool, Decimal | None]:
    """Return whether it is settled by which price a refund goes, and that price in yuan.

    Arts. 11, 14, 18, 19; Decree 778 art. 18. An accessory bought with a phone goes by its
    stand-alone price, anything else by the price really paid where the law asks for it and it is
    stated, else by the invoice price.
    """
    price = row.price
    if context.paid_price and row.paid_price is not None:
        price = row.paid_price
    if is_apart(row, context):
        return True, row.standalone_price
    if context.role != "accessory" or row.bought_with_phone is False:
        return True, price
    if row.bought_with_phone or price == row.standalone_price:
        return True, row.standalone_price
    return False, None


def is_apart(row: ClaimRow, context: DerivationContext) -> bool:
    """Say whether a built-in battery is judged as an accessory of its own."""
    return context.battery_apart and context.role == "main_unit" and row.symptom == "battery_fault"


def _nothing_to_refund(row: ClaimRow, context: DerivationContext) -> bool | None:
    """Say whether there is no price that could be refunded (art. 23).

    A gift whose price nobody states, and anything at a price of nothing.
    """
    analysis, price = refund_price(row, context)
    if analysis:
        return row.gift if price is None else not price
    answers = {
        _nothing_to_refund(row._replace(bought_with_phone=together), context)
        for together in (False, True)
    }
    return answers.pop() if len(answers) == 1 else None


def _nothing_left(
    row: ClaimRow, context: DerivationContext, days: int, rate: Decimal
) -> bool | None:
    """Say whether the fee for so many days of use takes the whole price (art. 19)."""
    analysis, price = refund_price(row, context)
    if not analysis:
        return None
    if price is None or price * rate >= _FEN:  # a day's fee is a fen or more: no rounding decides
        return rate * days >= 1
    return not depreciate(price, days, rate, context.rounding).payable


_WINDOWS_START: Final = frozenset({"windows_start", "refund_window_start"})
_AGAIN: Final = frozenset({"repaired_before", "repaired_on", "again_on"})
_WAITING: Final = frozenset(
    {
        "waiting_for_parts",
        "waiting_for_parts_since",
        "delayed_by_repairer",
        "delayed_by_repairer_since",
    }
)
_DAYS_IN_REPAIR: Final = frozenset({"repair_time", "window_repair_time", "days_in_repair"})
_NOTHING_LEFT: Final = frozenset({"nothing_left"})
_USED: Final = frozenset({"depreciation_days", "depreciation", "rounding"})

FACTS_CHANGED: Final[Mapping[str, frozenset[str]]] = {
    "two_repairs": frozenset({"repairs_counted"}),
    "repair_proof": frozenset({"repairs_counted"}) | _WAITING,
    "windows_after_exchange": _WINDOWS_START,
    "depreciation_start": _NOTHING_LEFT,
    "repair_end": _DAYS_IN_REPAIR | _NOTHING_LEFT,
    "repair_days": _DAYS_IN_REPAIR | _NOTHING_LEFT,
    "depreciation_days": _NOTHING_LEFT,
    "window_start": _WINDOWS_START,
    "repair_guarantee": _AGAIN,
    "depreciation": _NOTHING_LEFT,
    "rounding": _NOTHING_LEFT,
    "period_start": frozenset(
        {
            "period_start",
            "proof_start",
            "period_held_on",
            "found_on",
            "days_in_repair",
            "repairs_counted",
            "repairs_finished",
        }
    )
    | _AGAIN
    | _WAITING,
    "repair_time_in_windows": frozenset({"window_repair_time"}),
    "window_day": frozenset({"held_on", "period_held_on"}) | _AGAIN,
    "returning_fault": frozenset({"period_held_on"}),
    "built_in_battery": frozenset({"nothing_to_refund", "nothing_left"}),
    "software_repair": frozenset({"repairs_counted"}),
}
"""The facts that a reading changes, for every reading that changes any."""


def readings_in_play(row: ClaimRow, counting: Counting) -> frozenset[str]:
    """Return the readings of :data:`FACTS_CHANGED` that could change a fact of what is stated.

    Whatever the other readings are, and whatever is not stated. A claim without repairs, say,
    has the same facts whichever repairs would count.
    """
    sold = row.sold
    found = set()
    exchanged = bool(row.exchanges) and (sold is None or max(row.exchanges) >= sold)
    if exchanged:
        found.add("windows_after_exchange")
    if counting.period_from == "invoiced":
        if row.received not in (None, sold):
            found.add("window_start")
    elif (sold is None or not exchanged) and {row.received, row.invoiced} - {None, sold}:
        found.add("period_start")
    if row.appeared not in (None, row.asked or row.claimed):
        found.add("window_day")
    if row.symptom in (None, "battery_fault"):
        found.add("built_in_battery")
    if row.used:
        found |= _USED
        if exchanged:
            found.add("depreciation_start")
    for repair in row.repairs:
        if repair.handed_in <= row.claimed:
            found.update(_repair_readings(repair, row, counting))
    return frozenset(found)


def _repair_readings(repair: RepairRow, row: ClaimRow, counting: Counting) -> Iterator[str]:
    """Yield the readings that could change what one repair comes to."""
    symptom = row.symptom
    finished = repair.handed_back is not None and repair.handed_back <= row.claimed
    if counting.windows_stretch:
        yield "repair_time_in_windows"
    if repair.notified is not None:
        yield "repair_end"
    if repair.notified is not None or finished:
        yield "repair_days"
    if not repair.under_guarantee:
        return
    if symptom is None or repair.symptom in (None, symptom):
        yield "returning_fault"
    if not repair.recorded:
        yield "repair_proof"
    if finished and repair.software_only:
        yield "software_repair"
    if finished and repair.symptom not in (None, symptom):
        yield from ("two_repairs", "repair_guarantee")
    elif finished and (symptom is None or symptom in NO_PROBLEM):
        yield "repair_guarantee"
