"""The facts that rules speak of: 事实.

Rules never see a claim, only these. A fact that is not known is ``None``; dates are ordinals
(``date.toordinal``).
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple, TypeAlias, get_args

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

__all__ = [
    "EVERY_LAW",
    "FACTS",
    "NO_DETAIL",
    "ROLES",
    "FactSpec",
    "FactType",
    "Facts",
    "facts_record",
    "facts_with",
]

Spans: TypeAlias = tuple[tuple[int, int], ...]
"""Days in repair, as ordinals: the first day of each repair and the day after its last."""

NO_DETAIL: Final = "none"
"""The code of ``detail`` where the claim names none."""
ROLES: Final = ("main_unit", "accessory", "none")
"""主机, 附件, or neither: what the catalogue says of the goods."""
FactType: TypeAlias = Literal["date", "spans", "count", "yes/no", "code", "money"]


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


@lru_cache(maxsize=64)
def facts_record(own: tuple[str, ...]) -> type[Facts]:
    """Return the record of :class:`Facts` and, after them, of the facts that a law has for itself.

    It has them by name, as it has the others.
    """
    if not own:
        return Facts
    made: Any = namedtuple  # whose fields type checkers would have to know
    record: type[Facts] = made(Facts.__name__, (*Facts._fields, *own))
    return record


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


_SALE = ("purchase.sold_on",)
_START = ("purchase.sold_on", "purchase.invoiced_on", "evidence.invoice", "evidence.voucher")
_REPAIRS = (*_START, "repairs", "fault.symptom")
_ASKED = ("asked_on", "claimed_on")
_REPAIR_DELAY = (*_START, "repairs.delay")

_Rows: TypeAlias = Mapping[str, tuple[str, str, tuple[str, ...]]]
"""Of facts of one type by name: labels in Chinese and English, and paths."""

_DATES: Final[_Rows] = {
    "claimed_on": ("申请日", "day of the claim", ("claimed_on",)),
    "asked_on": ("首次要求日", "day a remedy was first asked for", _ASKED),
    "held_on": ("对照期限之日", "day held against the windows", _ASKED),
    "period_held_on": ("对照有效期之日", "day held against the period", _REPAIRS),
    "found_on": ("故障发现日", "day the fault was found", _REPAIRS),
    "sale_dated_on": ("销售日期", "date of sale", _SALE),
    "windows_start": (
        "售出、收货或换货之日",
        "sale, delivery or exchange",
        ("purchase.sold_on", "purchase.received_on"),
    ),
    "refund_window_start": (
        "退货期限起算日",
        "start of the days for a refund",
        ("purchase.sold_on", "purchase.received_on"),
    ),
    "period_start": ("三包有效期起始日", "start of the period", _START),
    "proof_start": ("收货、售出或换货之日", "delivery, sale or exchange", _START),
    "repaired_on": ("上次修复取机日", "end of the last repair", _REPAIRS),
    "again_on": ("再次要求之日", "day it was brought again", _ASKED),
    "under_repair_since": ("送修日", "day it was handed in", _START),
    "waiting_for_parts_since": ("送修日", "day it was handed in", _REPAIR_DELAY),
    "delayed_by_repairer_since": ("送修日", "day it was handed in", _REPAIR_DELAY),
}
_SPANS: Final[_Rows] = {
    "window_repair_time": ("期限内修理时间", "days in repair", _SALE),
    "repair_time": ("修理占用时间", "days in repair", _START),
}
_COUNTS: Final[_Rows] = {
    "exchanges_counted": ("已换货次数", "exchanges so far", _SALE),
    "days_in_repair": ("修理占用天数", "days in repair", _START),
    "repairs_counted": ("已计修理次数", "repairs that count", _REPAIRS),
    "repairs_finished": ("已完成修理次数", "repairs finished", _REPAIRS),
}
_YES_NO: Final[_Rows] = {
    "second_hand": ("二手商品", "second-hand", ("product.condition",)),
    "sold_in_mainland": ("在中国大陆销售", "sold in mainland China", ("product.sold_in_mainland",)),
    "capacity_sound": (
        "电池容量合格",
        "battery measured and sound",
        ("fault.battery_capacity", "fault.symptom"),
    ),
    "contested": ("消费者有异议", "contested by the consumer", ("fault.contested",)),
    "found_unqualified": (
        "经行政部门认定不合格",
        "found unqualified by an authority",
        ("fault.found_unqualified",),
    ),
    "factory_dated": ("可知出厂日期", "factory date shown", ("evidence.manufactured_on",)),
    "same_model_in_stock": ("同型号同规格有货", "same model in stock", ("same_model_in_stock",)),
    "nothing_to_refund": (
        "是否为没有价款可退的赠品",
        "gift without a price",
        ("product.bought_with_phone",),
    ),
    "nothing_left": (
        "折旧后无余额",
        "nothing left after depreciation",
        ("purchase.price", *_START),
    ),
    "plan_bundled": ("合约机", "sold with a plan", ("purchase.plan_bundled",)),
    "gift": ("赠品", "gift", ("purchase.gift",)),
    "bought_with_phone": ("与手机一起购买", "bought with a phone", ("product.bought_with_phone",)),
    "complete": (
        "商品、附件及单据齐全完好",
        "goods, accessories and papers complete",
        ("product.complete",),
    ),
    "housing_worn": ("外壳有磨损或划痕", "housing worn", ("product.housing_worn",)),
    "confirmed": ("经授权网点检测确认", "confirmed by an authorised outlet", ("fault.confirmed",)),
    "repaired_before": ("曾修此故障", "repaired before", _REPAIRS),
    "under_repair": ("正在修理", "in repair now", _START),
    "waiting_for_parts": ("因待件未修复", "unrepaired for want of parts", _REPAIR_DELAY),
    "delayed_by_repairer": ("因修理者未修复", "unrepaired through the repairer", _REPAIR_DELAY),
}
_CODES: Final[Mapping[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]]] = {
    "kind": ("商品种类", "kind of goods", ("product.kind",), get_args(Kind)),
    "role": ("主机或附件", "main unit or accessory", ("product.kind",), ROLES),
    "symptom": ("故障现象", "fault", ("fault.symptom",), get_args(Symptom)),
    "cause": ("故障原因", "cause", ("fault.cause",), (*get_args(Cause), NOT_STATED)),
    "cause_basis": ("原因依据", "who says so", ("fault.cause_basis",), get_args(CauseBasis)),
    "invoice": ("发票", "invoice", ("evidence.invoice",), get_args(Invoice)),
    "voucher": ("三包凭证", "voucher", ("evidence.voucher",), get_args(Voucher)),
    "request": ("消费者要求", "request", ("request",), (*get_args(Request), NOTHING)),
    "detail": ("故障细目", "detail of the fault", ("fault.detail",), (NO_DETAIL,)),
}
"""The same, and the codes."""


def _specs() -> Iterator[FactSpec]:
    types: Mapping[FactType, _Rows] = {
        "date": _DATES,
        "spans": _SPANS,
        "count": _COUNTS,
        "yes/no": _YES_NO,
    }
    for type_, rows in types.items():
        for name, row in rows.items():
            yield FactSpec(name, type_, *row)
    for name, coded in _CODES.items():
        yield FactSpec(name, "code", *coded, is_open=name == "detail")


_BY_NAME: Final = {spec.name: spec for spec in _specs()}
FACTS: Final[Mapping[str, FactSpec]] = {name: _BY_NAME[name] for name in Facts._fields}
"""Every fact by name, in the order of :class:`Facts`."""

EVERY_LAW: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": ("other",),
    "symptom": ("unlisted", "wear", "none"),
    "cause": (NOT_STATED,),
}
"""The facts whose codes a law may bring, each with the codes that every law knows."""


@lru_cache(maxsize=64)
def facts_with(
    kinds: tuple[str, ...],
    symptoms: tuple[str, ...],
    causes: tuple[str, ...],
    own: tuple[FactSpec, ...] = (),
) -> Mapping[str, FactSpec]:
    """Return :data:`FACTS` with the codes that a law names in place of those of the mobile law.

    After them come its ``own`` facts.

    ``kinds`` are those of its catalogue; if the mobile law knows all of them, the law names none
    itself. Where it names no symptoms, or no causes, they are those of the mobile law.
    """
    named = {"kind": kinds, "symptom": symptoms, "cause": causes}
    if all(map(FACTS["kind"].has, kinds)):
        del named["kind"]
    more = {
        name: replace(FACTS[name], codes=(*codes, *EVERY_LAW[name]))
        for name, codes in named.items()
        if codes
    }
    more |= {spec.name: spec for spec in own}
    return {**FACTS, **more} if more else FACTS
