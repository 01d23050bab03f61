"""From a claim to the facts the rules speak of: 事实.

Rules never see a claim, only the facts of :data:`FACTS`; nothing here sees a rule. A
fact that is not known is ``None``. Dates are ordinals (``date.toordinal``).

The readings that change a fact, rather than how a window is counted from it, are applied
here: ``window_start``, ``windows_after_exchange``, ``two_repairs``, ``repair_proof``,
``repair_guarantee``, ``repair_end`` and ``repair_days``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias, get_args

from sanbao.claim import Cause, CauseBasis, Invoice, Kind, Request, Symptom, Voucher
from sanbao.conditions import (
    AtLeast,
    Compare,
    Elapsed,
    Leaf,
    Listed,
    OneOf,
    Period,
    Window,
)
from sanbao.periods import covered_days

if TYPE_CHECKING:
    from sanbao.claim import Claim, Repair
    from sanbao.readings import Readings

__all__ = ["FACTS", "FactSpec", "Facts", "Frame", "derive"]

ROLES: Final = ("main_unit", "accessory", "none")
"""主机, 附件, or neither: what the catalogue says of the goods."""

NOT_STATED: Final = "not_stated"
"""The code of the fact ``cause`` where the claim names none."""

NOTHING: Final = "nothing"
"""The code of the fact ``request`` where nothing in particular is asked."""

FactType: TypeAlias = Literal["date", "days", "count", "yes/no", "code"]


class Facts(NamedTuple):
    """The facts of one claim, dates as ordinals, ``None`` where not known.

    What each means, its unit and the fields of the claim it comes from is in
    :data:`FACTS`.
    """

    claimed_on: int
    kind: str
    role: str
    sold_in_mainland: bool
    sale_dated_on: int | None
    symptom: str | None
    capacity_sound: bool
    cause: str
    cause_basis: str
    invoice: str | None
    voucher: str | None
    factory_dated: bool
    windows_start: int | None
    period_start: int | None
    deducted_days: int | None
    proof_start: int | None
    repairs_counted: int | None
    repaired_before: bool | None
    repaired_on: int | None
    under_repair: bool | None
    under_repair_since: int | None
    waiting_for_parts: bool | None
    waiting_for_parts_since: int | None
    delayed_by_repairer: bool | None
    delayed_by_repairer_since: int | None
    exchanges_counted: int | None
    same_model_in_stock: bool | None
    request: str
    nothing_to_refund: bool | None
    plan_bundled: bool
    gift: bool


@dataclass(frozen=True, slots=True)
class FactSpec:
    """What a fact is: 事实定义.

    ``zh`` and ``en`` are its labels, ``codes`` the values of a code, ``paths`` the fields
    of the claim that could settle it where it is not known.
    """

    name: str
    type: FactType
    zh: str
    en: str
    paths: tuple[str, ...]
    codes: tuple[str, ...] = ()

    def suits(self, leaf: Leaf) -> bool:
        """Say whether ``leaf`` asks this fact something its type can answer."""
        match leaf:
            case Compare(value=value, relation="equals"):
                if self.type == "yes/no":
                    return isinstance(value, bool)
                return self.type == "code" and value in self.codes
            case Compare(value=value):
                return self.type == "date" and not isinstance(value, bool | int | str)
            case OneOf(values=values):
                return self.type == "code" and set(values) <= set(self.codes)
            case AtLeast():
                return self.type in ("count", "days")
            case Listed(column=column):
                return self.name == ("kind" if column == "kind" else "symptom")
            case Window():
                return self.type == "date"
            case Period(extended_by=days):
                return self.type == "date" and days in FACTS and FACTS[days].type == "days"
            case Elapsed(days=days, months=months):
                return self.type == "date" and (days is None) != (months is None)
            case _:
                return False


def _spec(
    name: str, type_: FactType, zh: str, en: str, *paths: str, codes: tuple[str, ...] = ()
) -> FactSpec:
    return FactSpec(name, type_, zh, en, paths, codes)


_SALE = ("purchase.sold_on",)
_START = ("purchase.sold_on", "purchase.invoiced_on", "evidence.invoice", "evidence.voucher")
_REPAIRS = (*_START, "repairs", "fault.symptom")

FACTS: Final[Mapping[str, FactSpec]] = {
    spec.name: spec
    for spec in (
        _spec("claimed_on", "date", "申请日", "day of the claim", "claimed_on"),
        _spec("kind", "code", "商品种类", "kind of goods", "product.kind", codes=get_args(Kind)),
        _spec("role", "code", "主机或附件", "main unit or accessory", "product.kind", codes=ROLES),
        _spec(
            "sold_in_mainland",
            "yes/no",
            "在中国大陆销售",
            "sold in mainland China",
            "product.sold_in_mainland",
        ),
        _spec("sale_dated_on", "date", "销售日期", "date of sale", *_SALE),
        _spec("symptom", "code", "故障现象", "fault", "fault.symptom", codes=get_args(Symptom)),
        _spec(
            "capacity_sound",
            "yes/no",
            "电池容量合格",
            "battery measured and sound",
            "fault.battery_capacity",
            "fault.symptom",
        ),
        _spec(
            "cause",
            "code",
            "故障原因",
            "cause",
            "fault.cause",
            codes=(*get_args(Cause), NOT_STATED),
        ),
        _spec(
            "cause_basis",
            "code",
            "原因依据",
            "who says so",
            "fault.cause_basis",
            codes=get_args(CauseBasis),
        ),
        _spec("invoice", "code", "发票", "invoice", "evidence.invoice", codes=get_args(Invoice)),
        _spec(
            "voucher", "code", "三包凭证", "voucher", "evidence.voucher", codes=get_args(Voucher)
        ),
        _spec(
            "factory_dated",
            "yes/no",
            "可知出厂日期",
            "factory date shown",
            "evidence.manufactured_on",
        ),
        _spec(
            "windows_start",
            "date",
            "售出、收货或换货之日",
            "sale, delivery or exchange",
            "purchase.sold_on",
            "purchase.received_on",
        ),
        _spec("period_start", "date", "三包有效期起始日", "start of the period", *_START),
        _spec("deducted_days", "days", "扣除天数", "days deducted", *_START),
        _spec("proof_start", "date", "收货或售出之日", "delivery or sale", *_START),
        _spec("repairs_counted", "count", "已计修理次数", "repairs that count", *_REPAIRS),
        _spec("repaired_before", "yes/no", "曾修此故障", "repaired before", *_REPAIRS),
        _spec("repaired_on", "date", "上次修复取机日", "end of the last repair", *_REPAIRS),
        _spec("under_repair", "yes/no", "正在修理", "in repair now", *_START),
        _spec("under_repair_since", "date", "送修日", "day it was handed in", *_START),
        _spec(
            "waiting_for_parts",
            "yes/no",
            "因待件未修复",
            "unrepaired for want of parts",
            *_START,
            "repairs.delay",
        ),
        _spec(
            "waiting_for_parts_since",
            "date",
            "送修日",
            "day it was handed in",
            *_START,
            "repairs.delay",
        ),
        _spec(
            "delayed_by_repairer",
            "yes/no",
            "因修理者未修复",
            "unrepaired through the repairer",
            *_START,
            "repairs.delay",
        ),
        _spec(
            "delayed_by_repairer_since",
            "date",
            "送修日",
            "day it was handed in",
            *_START,
            "repairs.delay",
        ),
        _spec("exchanges_counted", "count", "已换货次数", "exchanges so far", *_SALE),
        _spec(
            "same_model_in_stock",
            "yes/no",
            "同型号同规格有货",
            "same model in stock",
            "same_model_in_stock",
        ),
        _spec(
            "request",
            "code",
            "消费者要求",
            "request",
            "request",
            codes=(*get_args(Request), NOTHING),
        ),
        _spec(
            "nothing_to_refund",
            "yes/no",
            "赠品无价可退",
            "gift without a price",
            "product.bought_with_phone",
        ),
        _spec("plan_bundled", "yes/no", "合约机", "sold with a plan", "purchase.plan_bundled"),
        _spec("gift", "yes/no", "赠品", "gift", "purchase.gift"),
    )
}
"""Every fact by name, in the order of :class:`Facts`."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What of a policy and of the readings the facts of one kind of goods depend on.

    ``starts`` says for every combination of invoice, voucher and factory date whether the
    period runs from the ``papers`` or from the ``factory`` date; ``None`` where the
    papers are not known well enough, or prove nothing.
    """

    role: str
    faults: frozenset[str]
    starts: Mapping[tuple[str | None, str | None, bool], str | None]
    factory_days: int
    sound_capacity: int
    in_force_from: int
    readings: Readings


def derive(claim: Claim, frame: Frame, assumed_sale: int | None = None) -> Facts:
    """Return the facts of ``claim``.

    ``assumed_sale`` is the sale date to go by where the claim does not know it.
    """
    purchase, evidence, fault = claim.purchase, claim.evidence, claim.fault
    readings = frame.readings
    claimed = claim.claimed_on.toordinal()
    stated_sale = None if purchase.sold_on is None else purchase.sold_on.toordinal()
    sold = assumed_sale if stated_sale is None else stated_sale
    stated_receipt = None if purchase.received_on is None else purchase.received_on.toordinal()
    stated_invoice = None if purchase.invoiced_on is None else purchase.invoiced_on.toordinal()

    made = None if evidence.manufactured_on is None else evidence.manufactured_on.toordinal()
    exchanged: int | None = None
    exchanges_known = True
    exchanges: int | None = 0
    if claim.exchanges:
        if sold is None:
            exchanges_known, exchanges = False, None
        else:
            counted = [day for day in exchange_days(claim) if day >= sold]
            exchanges, exchanged = len(counted), max(counted, default=None)

    windows_start = sold
    if stated_receipt is not None and readings.window_start == "received":
        windows_start = stated_receipt
    if readings.windows_after_exchange == "restart":
        if exchanged is not None:
            windows_start = exchanged
        elif not exchanges_known:
            windows_start = None

    start = frame.starts[evidence.invoice, evidence.voucher, made is not None]
    period_start: int | None = None
    if start == "papers":
        if exchanged is not None:
            period_start = exchanged
        elif exchanges_known:
            period_start = sold if stated_invoice is None else stated_invoice
    elif start == "factory" and made is not None:
        period_start = made + frame.factory_days

    sale_dated_on = sold
    if stated_sale is None:
        # a paper or a factory date from after the commencement settles that much
        dated = (stated_invoice, stated_receipt, made)
        later = [day for day in dated if day is not None and day >= frame.in_force_from]
        sale_dated_on = later[0] if later else sold
    proof_start = stated_receipt
    if proof_start is None:
        proof_start = period_start if stated_sale is None else stated_sale

    symptom = fault.symptom
    capacity = fault.battery_capacity
    history = _history(claim, period_start, claimed, frame) if claim.repairs else _NO_REPAIRS
    return _facts(
        Facts,
        (
            claimed,
            claim.product.kind,
            frame.role,
            claim.product.sold_in_mainland,
            sale_dated_on,
            symptom,
            capacity is not None
            and symptom == "battery_fault"
            and capacity >= frame.sound_capacity,
            fault.cause or NOT_STATED,
            fault.cause_basis or "trader",
            evidence.invoice,
            evidence.voucher,
            made is not None,
            windows_start,
            period_start,
            history[0],
            proof_start,
            *history[1:],
            exchanges,
            claim.same_model_in_stock,
            claim.request or NOTHING,
            purchase.gift and _nothing_to_refund(claim, frame.role),
            purchase.plan_bundled,
            purchase.gift,
        ),
    )


_facts = tuple.__new__  # skips the keyword handling of Facts(...); facts are made often
_History: TypeAlias = tuple[
    int | None,
    int | None,
    bool | None,
    int | None,
    bool | None,
    int | None,
    bool | None,
    int | None,
    bool | None,
    int | None,
]
_NO_REPAIRS: Final[_History] = (0, 0, False, None, False, None, False, None, False, None)
_REPAIRS_UNKNOWN: Final[_History] = (None,) * 10


def exchange_days(claim: Claim) -> list[int]:
    """Return the days of all exchanges of ``claim`` as ordinals, in its order."""
    return [exchange.exchanged_on.toordinal() for exchange in claim.exchanges]


def _history(claim: Claim, start: int | None, claimed: int, frame: Frame) -> _History:
    """Return what the repairs amount to, for a period that starts on ``start``."""
    if start is None:
        return _REPAIRS_UNKNOWN
    repairs = [
        repair for repair in claim.repairs if start <= repair.handed_in_on.toordinal() <= claimed
    ]
    finished = [repair for repair in repairs if _is_finished(repair, claimed)]
    still_open = [repair for repair in repairs if not _is_finished(repair, claimed)]
    waiting = [repair for repair in still_open if unrepaired(repair, claim)]
    since = min((repair.handed_in_on.toordinal() for repair in still_open), default=None)
    return (
        deducted_days(claim, start, frame.readings),
        _repairs_counted(finished, claim.fault.symptom, frame),
        *_last_repair(finished, claim.fault.symptom, frame),
        bool(still_open),
        since,
        *_delayed(waiting, "parts"),
        *_delayed(waiting, "repairer"),
    )


def deducted_days(claim: Claim, start: int, readings: Readings) -> int:
    """Return the days in repair since ``start`` (修理占用时间, art. 8), at least 0.

    Counted are repairs handed in on or after ``start`` and not after the claim; a repair
    still open runs to the day of the claim. ``start`` is an ordinal.
    """
    claimed = claim.claimed_on.toordinal()
    spans = []
    for repair in claim.repairs:
        first = repair.handed_in_on.toordinal()
        if start <= first <= claimed:
            ends = [repair.handed_back_on]
            if readings.repair_end == "notified":
                ends.append(repair.notified_on)
            last = min(day.toordinal() if day else claimed + 1 for day in ends)
            # a repair that goes on takes the day of the claim; one that ended on ``last``
            # takes that day only if both days of a repair count
            goes_on = last > claimed
            counted = goes_on or readings.repair_days == "inclusive"
            spans.append((first, (claimed if goes_on else last) + counted))
    return covered_days(spans)


def _is_finished(repair: Repair, claimed: int) -> bool:
    return repair.handed_back_on is not None and repair.handed_back_on.toordinal() <= claimed


def unrepaired(repair: Repair, claim: Claim) -> bool:
    """Say whether the unit is with the repairer and not repaired yet (arts. 16, 17).

    One that is ready, or whose owner was told so, is repaired even if it still lies there.
    """
    if repair.handed_in_on > claim.claimed_on:
        return False
    ends = (repair.ready_on, repair.notified_on, repair.handed_back_on)
    return all(day is None or day > claim.claimed_on for day in ends)


def _repairs_counted(finished: list[Repair], symptom: str | None, frame: Frame) -> int | None:
    """Return the repairs that count for art. 13, ``None`` where that hangs on the fault."""
    same = frame.readings.two_repairs == "same_fault"
    unrecorded_too = frame.readings.repair_proof == "any_proof"
    count = 0
    for repair in finished:
        if repair.under_guarantee and (repair.recorded or unrecorded_too):
            repaired = repair.symptom or symptom
            if repaired is None or (same and symptom is None):
                return None
            count += repaired in frame.faults and (not same or repaired == symptom)
    return count


def _last_repair(
    finished: list[Repair], symptom: str | None, frame: Frame
) -> tuple[bool | None, int | None]:
    """Return whether such a fault was repaired before (art. 10), and when it came back."""
    same = frame.readings.repair_guarantee == "same_fault"
    days = []
    for repair in finished:
        if repair.under_guarantee and repair.handed_back_on is not None:
            repaired = repair.symptom or symptom
            if repaired is None or (same and symptom is None):
                return None, None
            if repaired == symptom if same else repaired in frame.faults:
                days.append(repair.handed_back_on.toordinal())
    return bool(days), max(days, default=None)


def _delayed(waiting: list[Repair], by: str) -> tuple[bool | None, int | None]:
    """Return whether an unrepaired unit is delayed by ``by``, and since when."""
    known = [r.handed_in_on.toordinal() for r in waiting if r.delay == by]
    open_ = [r.handed_in_on.toordinal() for r in waiting if r.delay is None]
    if known:
        since = min(known)
        return True, since if not open_ or since <= min(open_) else None
    return (None, min(open_)) if open_ else (False, None)


def _nothing_to_refund(claim: Claim, role: str) -> bool | None:
    """Say whether a gift has no price that could be refunded (art. 24)."""
    purchase, with_phone = claim.purchase, claim.product.bought_with_phone
    alone, together = not purchase.price, not purchase.standalone_price
    if role == "main_unit" or with_phone is False or alone == together:
        return alone
    return together if with_phone else None
