"""The facts that rules speak of: 事实.

Rules never see a claim, only these. A fact that is not known is ``None``; dates are ordinals
(``date.toordinal``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from sanbao.model.codes import (
    DETAIL_CODE,
    NOT_STATED,
    NOTHING,
    Cause,
    CauseBasis,
    Invoice,
    Kind,
    Request,
    Symptom,
    Voucher,
)

__all__ = ["FACTS", "NO_DETAIL", "ROLES", "FactSpec", "Facts"]

Spans: TypeAlias = tuple[tuple[int, int], ...]
"""Days in repair, as ordinals: the first day of each repair and the day after its last."""

NO_DETAIL: Final = "none"
"""The code of ``detail`` where the claim names none."""
ROLES: Final = ("main_unit", "accessory", "none")
"""主机, 附件, or neither: what the catalogue says of the goods."""
FactType: TypeAlias = Literal["date", "spans", "count", "yes/no", "code"]


class Facts(NamedTuple):
    """The facts of one claim, dates as ordinals, ``None`` where not known.

    What each means, its unit and the fields of the claim it comes from is in
    :data:`FACTS`.
    """

    claimed_on: int
    asked_on: int
    held_on: int
    period_held_on: int | None
    found_on: int | None
    kind: str
    role: str
    second_hand: bool
    sold_in_mainland: bool
    sale_dated_on: int | None
    symptom: str | None
    capacity_sound: bool
    cause: str
    cause_basis: str
    contested: bool
    found_unqualified: bool
    invoice: str | None
    voucher: str | None
    factory_dated: bool
    windows_start: int | None
    refund_window_start: int | None
    window_repair_time: Spans
    period_start: int | None
    proof_start: int | None
    exchanges_counted: int | None
    same_model_in_stock: bool | None
    request: str
    nothing_to_refund: bool | None
    nothing_left: bool | None
    plan_bundled: bool
    gift: bool
    bought_with_phone: bool | None
    complete: bool | None
    housing_worn: bool | None
    confirmed: bool | None
    detail: str
    repair_time: Spans
    days_in_repair: int | None
    repairs_counted: int | None
    repairs_finished: int | None
    repaired_before: bool | None
    repaired_on: int | None
    again_on: int | None
    under_repair: bool
    under_repair_since: int | None
    waiting_for_parts: bool | None
    waiting_for_parts_since: int | None
    delayed_by_repairer: bool | None
    delayed_by_repairer_since: int | None


@dataclass(frozen=True, slots=True)
class FactSpec:
    """What a fact is: 事实定义.

    ``zh`` and ``en`` are its labels, ``codes`` the values of a code, ``paths`` the fields
    of the claim that could settle it where it is not known. A code that ``is_open`` may be any
    that a policy names and a claim can state (:data:`~sanbao.model.claim.DETAIL_CODE`).
    """

    name: str
    type: FactType
    zh: str
    en: str
    paths: tuple[str, ...]
    codes: tuple[str, ...] = ()
    is_open: bool = False

    def has(self, code: object) -> bool:
        """Say whether ``code`` is one that this fact can be."""
        if not isinstance(code, str):
            return False
        return code in self.codes or (self.is_open and DETAIL_CODE.fullmatch(code) is not None)


def _spec(
    name: str,
    type_: FactType,
    zh: str,
    en: str,
    *paths: str,
    codes: tuple[str, ...] = (),
    is_open: bool = False,
) -> FactSpec:
    return FactSpec(name, type_, zh, en, paths, codes, is_open)


_SALE = ("purchase.sold_on",)
_START = ("purchase.sold_on", "purchase.invoiced_on", "evidence.invoice", "evidence.voucher")
_REPAIRS = (*_START, "repairs", "fault.symptom")
_ASKED = ("asked_on", "claimed_on")
FACTS: Final[Mapping[str, FactSpec]] = {
    spec.name: spec
    for spec in (
        _spec("claimed_on", "date", "申请日", "day of the claim", "claimed_on"),
        _spec("asked_on", "date", "首次要求日", "day a remedy was first asked for", *_ASKED),
        _spec("held_on", "date", "对照期限之日", "day held against the windows", *_ASKED),
        _spec("period_held_on", "date", "对照有效期之日", "day held against the period", *_REPAIRS),
        _spec("found_on", "date", "故障发现日", "day the fault was found", *_REPAIRS),
        _spec("kind", "code", "商品种类", "kind of goods", "product.kind", codes=get_args(Kind)),
        _spec("role", "code", "主机或附件", "main unit or accessory", "product.kind", codes=ROLES),
        _spec("second_hand", "yes/no", "二手商品", "second-hand", "product.condition"),
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
        _spec(
            "contested",
            "yes/no",
            "消费者有异议",
            "contested by the consumer",
            "fault.contested",
        ),
        _spec(
            "found_unqualified",
            "yes/no",
            "经行政部门认定不合格",
            "found unqualified by an authority",
            "fault.found_unqualified",
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
        _spec(
            "refund_window_start",
            "date",
            "退货期限起算日",
            "start of the days for a refund",
            "purchase.sold_on",
            "purchase.received_on",
        ),
        _spec("window_repair_time", "spans", "期限内修理时间", "days in repair", *_SALE),
        _spec("period_start", "date", "三包有效期起始日", "start of the period", *_START),
        _spec("proof_start", "date", "收货、售出或换货之日", "delivery, sale or exchange", *_START),
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
        _spec(
            "nothing_left",
            "yes/no",
            "折旧后无余额",
            "nothing left after depreciation",
            "purchase.price",
            *_START,
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
        _spec(
            "detail",
            "code",
            "故障细目",
            "detail of the fault",
            "fault.detail",
            codes=(NO_DETAIL,),
            is_open=True,
        ),
        _spec("repair_time", "spans", "修理占用时间", "days in repair", *_START),
        _spec("days_in_repair", "count", "修理占用天数", "days in repair", *_START),
        _spec("repairs_counted", "count", "已计修理次数", "repairs that count", *_REPAIRS),
        _spec("repairs_finished", "count", "已完成修理次数", "repairs finished", *_REPAIRS),
        _spec("repaired_before", "yes/no", "曾修此故障", "repaired before", *_REPAIRS),
        _spec("repaired_on", "date", "上次修复取机日", "end of the last repair", *_REPAIRS),
        _spec("again_on", "date", "再次要求之日", "day it was brought again", *_ASKED),
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
