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
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, TypeAlias, cast, get_args

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
from sanbao.stated import NOT_STATED, NOTHING, Stated, StatedRepair

if TYPE_CHECKING:
    from sanbao.readings import Readings

__all__ = ["FACTS", "NO_PROBLEM", "FactSpec", "Facts", "Frame", "derive", "readings_in_play"]

NO_PROBLEM: Final = frozenset({"none", "wear"})
"""Symptoms that are no quality problem (质量问题, art. 10)."""

ROLES: Final = ("main_unit", "accessory", "none")
"""主机, 附件, or neither: what the catalogue says of the goods."""

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
    proof_start: int | None
    exchanges_counted: int | None
    same_model_in_stock: bool | None
    request: str
    nothing_to_refund: bool | None
    plan_bundled: bool
    gift: bool
    bought_with_phone: bool | None
    complete: bool | None
    housing_worn: bool | None
    confirmed: bool | None
    deducted_days: int | None
    repairs_counted: int | None
    repaired_before: bool | None
    repaired_on: int | None
    under_repair: bool | None
    under_repair_since: int | None
    waiting_for_parts: bool | None
    waiting_for_parts_since: int | None
    delayed_by_repairer: bool | None
    delayed_by_repairer_since: int | None


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
        _spec("proof_start", "date", "收货或售出之日", "delivery or sale", *_START),
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
        _spec(
            "bought_with_phone",
            "yes/no",
            "与手机一起购买",
            "bought with a phone",
            "product.bought_with_phone",
        ),
        _spec(
            "complete",
            "yes/no",
            "商品、附件及单据齐全完好",
            "goods, accessories and papers complete",
            "product.complete",
        ),
        _spec("housing_worn", "yes/no", "外壳有磨损或划痕", "housing worn", "product.housing_worn"),
        _spec(
            "confirmed",
            "yes/no",
            "经授权网点检测确认",
            "confirmed by an authorised outlet",
            "fault.confirmed",
        ),
        _spec("deducted_days", "days", "扣除天数", "days deducted", *_START),
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
    )
}
"""Every fact by name, in the order of :class:`Facts`."""


Starts: TypeAlias = Mapping[tuple[str | None, str | None, bool], str | None]
"""From what the period runs, by invoice, voucher and whether a factory date is shown."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What of a policy and of the readings the facts of one kind of goods depend on.

    ``starts`` says for every combination of invoice, voucher and factory date whether the
    period runs from the ``papers`` or from the ``factory`` date; ``None`` where the
    papers are not known well enough, or prove nothing. The yes/no fields are the values of
    the readings ``window_start``, ``windows_after_exchange``, ``two_repairs``,
    ``repair_proof``, ``repair_guarantee``, ``repair_end`` and ``repair_days``.
    """

    role: str
    faults: frozenset[str]
    starts: Starts
    factory_days: int
    sound_capacity: int
    in_force_from: int
    windows_from_receipt: bool
    windows_restart: bool
    two_repairs_one_fault: bool
    unrecorded_repairs_too: bool
    again_any_fault: bool
    repairs_end_when_notified: bool
    both_repair_days: bool

    @classmethod
    def under(cls, readings: Readings, **terms: Any) -> Frame:
        """Return the frame of these terms under ``readings``."""
        return cls(
            windows_from_receipt=readings.window_start == "received",
            windows_restart=readings.windows_after_exchange == "restart",
            two_repairs_one_fault=readings.two_repairs == "same_fault",
            unrecorded_repairs_too=readings.repair_proof == "any_proof",
            again_any_fault=readings.repair_guarantee == "any_fault",
            repairs_end_when_notified=readings.repair_end == "notified",
            both_repair_days=readings.repair_days == "inclusive",
            **terms,
        )


def derive(stated: Stated, frame: Frame, assumed_sale: int | None = None) -> Facts:
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
        _,
        _,
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
    ) = stated
    sold = assumed_sale if stated_sale is None else stated_sale

    exchanged: int | None = None
    exchanges_counted: int | None = 0
    if exchanges:
        if sold is None:
            exchanges_counted = None
        else:
            counted = [day for day in exchanges if day >= sold]
            exchanges_counted, exchanged = len(counted), max(counted, default=None)

    windows_start = sold
    if received is not None and frame.windows_from_receipt:
        windows_start = received
    if exchanges and frame.windows_restart:
        if exchanges_counted is None:
            windows_start = None
        elif exchanged is not None:
            windows_start = exchanged

    start = frame.starts[invoice, voucher, made is not None]
    period_start: int | None = None
    if start == "papers":
        if exchanged is not None:
            period_start = exchanged
        elif exchanges_counted is not None:
            period_start = sold if invoiced is None else invoiced
    elif start == "factory" and made is not None:
        period_start = made + frame.factory_days

    sale_dated_on = sold
    if stated_sale is None:
        # a paper or a factory date from after the commencement settles that much
        later = [
            day
            for day in (invoiced, received, made)
            if day is not None and day >= frame.in_force_from
        ]
        sale_dated_on = later[0] if later else sold
    proof_start = received
    if proof_start is None:
        proof_start = period_start if stated_sale is None else stated_sale

    # a plain tuple in the order of Facts: making a named one takes as long as all this
    facts = (
        claimed,
        kind,
        frame.role,
        sold_in_mainland,
        sale_dated_on,
        symptom,
        capacity is not None and symptom == "battery_fault" and capacity >= frame.sound_capacity,
        cause,
        cause_basis,
        invoice,
        voucher,
        made is not None,
        windows_start,
        period_start,
        proof_start,
        exchanges_counted,
        in_stock,
        request,
        gift and _nothing_to_refund(stated, frame.role),
        plan_bundled,
        gift,
        bought_with_phone,
        complete,
        housing_worn,
        confirmed,
        *(_history(stated, period_start, frame) if repairs else _NO_REPAIRS),
    )
    return cast(Facts, facts)


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
_NOTHING_OPEN: Final = (False, None, False, None, False, None)


def _history(stated: Stated, start: int | None, frame: Frame) -> _History:
    """Return what the repairs amount to, for a period that starts on ``start``."""
    if start is None:
        return _REPAIRS_UNKNOWN
    claimed, symptom, faults = stated.claimed, stated.symptom, frame.faults
    spans: list[tuple[int, int]] = []
    still_open: list[StatedRepair] = []
    count: int | None = 0
    ended: int | None = 0
    for repair in stated.repairs:
        first, _, notified, back, repaired, recorded, under_guarantee, _ = repair
        if first < start or first > claimed:
            continue
        spans.append(_span(first, notified, back, claimed, frame))
        if back is None or back > claimed:
            still_open.append(repair)
        elif under_guarantee:
            fault = repaired or symptom
            if fault is None or symptom is None:
                count, ended = _unknown_fault(fault, recorded, count, ended, back, frame)
                continue
            if count is not None and (recorded or frame.unrecorded_repairs_too):
                count += fault in faults and (fault == symptom or not frame.two_repairs_one_fault)
            again = fault not in NO_PROBLEM if frame.again_any_fault else fault == symptom
            if again and ended is not None and back > ended:
                ended = back
    deducted = covered_days(spans)
    before = None if ended is None else ended > 0
    if not still_open:
        return (deducted, count, before, ended or None, *_NOTHING_OPEN)
    waiting = [repair for repair in still_open if repair.is_unrepaired(claimed)]
    since = min(repair.handed_in for repair in still_open)
    parts, repairer = _delayed(waiting, "parts"), _delayed(waiting, "repairer")
    return (deducted, count, before, ended or None, True, since, *parts, *repairer)


def _span(
    first: int, notified: int | None, back: int | None, claimed: int, frame: Frame
) -> tuple[int, int]:
    """Return the first day that a repair takes, and the day after the last."""
    if frame.repairs_end_when_notified and notified is not None:
        back = notified if back is None else min(back, notified)
    # a repair that goes on takes the day of the claim; one that ended takes its last day
    # only if both days of a repair count
    if back is None or back > claimed:
        return first, claimed + 1
    return first, back + frame.both_repair_days


def deducted_days(stated: Stated, start: int, frame: Frame) -> int:
    """Return the days in repair since ``start`` (修理占用时间, art. 8), at least 0.

    Counted are repairs handed in on or after ``start`` and not after the claim; a repair
    still open runs to the day of the claim. ``start`` is an ordinal.
    """
    return covered_days(
        _span(repair.handed_in, repair.notified, repair.handed_back, stated.claimed, frame)
        for repair in stated.repairs
        if start <= repair.handed_in <= stated.claimed
    )


def _unknown_fault(
    fault: str | None,
    recorded: bool,
    count: int | None,
    ended: int | None,
    back: int,
    frame: Frame,
) -> tuple[int | None, int | None]:
    """Return count and end when the claim does not say what is wrong now.

    ``None`` where that hangs on the fault now; ``fault`` is the one repaired, if known.
    """
    if recorded or frame.unrecorded_repairs_too:
        if fault is None or frame.two_repairs_one_fault:
            count = None
        elif count is not None:
            count += fault in frame.faults
    if fault is None or not frame.again_any_fault:
        ended = None
    elif ended is not None and fault not in NO_PROBLEM:
        ended = max(ended, back)
    return count, ended


def _delayed(waiting: list[StatedRepair], by: str) -> tuple[bool | None, int | None]:
    """Return whether an unrepaired unit is delayed by ``by``, and since when."""
    if not waiting:
        return False, None
    known = [repair.handed_in for repair in waiting if repair.delay == by]
    open_ = [repair.handed_in for repair in waiting if repair.delay is None]
    if known:
        since = min(known)
        return True, since if not open_ or since <= min(open_) else None
    return (None, min(open_)) if open_ else (False, None)


def readings_in_play(stated: Stated) -> frozenset[str]:
    """Return the readings that could change a fact of what is stated, whatever the others.

    A claim without repairs, say, has the same facts whichever repairs would count.
    """
    found = set()
    if stated.received is not None:
        found.add("window_start")
    if stated.exchanges:
        found.add("windows_after_exchange")
    for repair in stated.repairs:
        if repair.symptom not in (None, stated.symptom):
            found.add("two_repairs")
        if not repair.recorded:
            found.add("repair_proof")
        if repair.handed_back is not None:
            found |= {"repair_guarantee", "repair_days"}
        if repair.notified is not None:
            found |= {"repair_end", "repair_days"}
    return frozenset(found)


def _nothing_to_refund(stated: Stated, role: str) -> bool | None:
    """Say whether a gift has no price that could be refunded (art. 23)."""
    with_phone = stated.bought_with_phone
    alone, together = not stated.price, not stated.standalone_price
    if role == "main_unit" or with_phone is False or alone == together:
        return alone
    return together if with_phone else None
