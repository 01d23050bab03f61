"""Every field of a claim, declared once: 申请字段.

One entry says all that the rest of the package needs to know of a field beside its model in
:mod:`sanbao.model.claim`: where it stands in the JSON contract, what it is called in the row that
rules read, what its absence means, how people and tables call it. What is tried where it is not
known, what else it could have been, the columns of tables and the words follow from here.
"""
# no postponed annotations here: a tuple with names looks at each when it is made, which costs time

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from sanbao.model.codes import (
    NOT_STATED,
    NOTHING,
    PROVINCES,
    Cause,
    CauseBasis,
    Condition,
    Delay,
    Invoice,
    Kind,
    Request,
    Symptom,
    Voucher,
)

__all__ = [
    "DETAIL",
    "FIELDS",
    "IMEI",
    "KIND",
    "PLACES",
    "REQUEST",
    "SALE",
    "ClaimField",
    "FieldType",
    "Settled",
    "fields_in",
]

FieldType: TypeAlias = Literal["date", "code", "yes/no", "yuan", "percent", "text", "list"]
Settled: TypeAlias = Literal["always", "where asked", "never"]


class ClaimField(NamedTuple):
    """A field of a claim, of a repair or of an exchange: 字段定义.

    ``path`` is that of the JSON contract, without places in lists: ``repairs.delay``. ``zh`` and
    ``en`` are how texts call it, ``columns`` further names under which Chinese tables have it.
    """

    path: str
    type: FieldType
    zh: str
    en: str
    columns: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    """The values of a code."""
    row: str = ""
    """The attribute of the row it is lowered to; where there is none, rules do not see it."""
    whether: str | None = None
    """The code of which the row tells only whether it is this one."""
    required: bool = False
    """Whether no claim, repair or exchange is without it."""
    default: bool | str | None = None
    """What is decided with where it is left out; ``None``: that it is not known."""
    settled: Settled = "never"
    """Whether cases settle it where it is not known: with each value it ``may_be``."""
    may_be: tuple[bool | str, ...] = ()
    plain: bool | str | None = None
    """The value that stands for all others where nothing hangs on it."""
    tried: bool = True
    """Whether nearest changes try other values."""
    left_out: int | None = None
    """The place at which a claim is tried without it, when the simplest is looked for."""

    @property
    def name(self) -> str:
        """The last part of the path: the name in its model and of its column."""
        return self.path.rpartition(".")[2]

    @property
    def part(self) -> str:
        """The list in whose entries it stands, or nothing for a field of the claim."""
        first, dot, _ = self.path.partition(".")
        return first if dot and first in ("repairs", "exchanges") else ""

    @property
    def within(self) -> str:
        """The path within the claim, or within the entry of a list."""
        return self.path.removeprefix(f"{self.part}.")

    @property
    def absent(self) -> bool | str | None:
        """What its model has where it is left out."""
        return None if self.is_filled_in else self.default

    @property
    def row_codes(self) -> tuple[str, ...]:
        """The codes that may stand in the row: those of the contract, and what absence means."""
        if not self.is_filled_in or self.default in self.codes:
            return self.codes
        return (*self.codes, str(self.default))

    @property
    def is_filled_in(self) -> bool:
        """Whether its model leaves it open, and the row says what that means."""
        return isinstance(self.default, str) and self.whether is None


def _field(
    path: str,
    type_: FieldType,
    zh: str,
    en: str,
    columns: str,
    codes: tuple[str, ...] = (),
    *,
    row: str | None = None,
    may_be: tuple[bool | str, ...] = (),
    default: bool | str | None = None,
    plain: bool | str | None = None,
    settled: Settled = "never",
    **more: bool | str | int,
) -> ClaimField:
    """Return a field; its row calls it by its name without ``_on`` if nothing else is said."""
    values = codes or ((True, False) if type_ == "yes/no" else ())
    return ClaimField(
        path,
        type_,
        zh,
        en,
        tuple(columns.split()),
        codes,
        path.rpartition(".")[2].removesuffix("_on") if row is None else row,
        default=default,
        settled=settled,
        may_be=may_be or values if settled != "never" else (),
        plain=default if plain is None else plain,
        **more,  # type: ignore[arg-type]
    )


# fmt: off
_REGISTER: Final = (
    _field("claimed_on", "date", "申请日期", "the day of the claim", "申请日期 报修日期 受理日期",
           required=True),
    _field("asked_on", "date", "首次要求日期", "the day a remedy was first asked for",
           "首次要求日期 首次报修日期 首次投诉日期", left_out=6),
    _field("product.kind", "code", "商品种类", "the kind of goods",
           "商品种类 品类 商品类别", get_args(Kind), required=True),
    _field("product.sold_in_mainland", "yes/no", "是否在中国大陆销售",
           "whether the goods were sold in mainland China", "在中国大陆销售 大陆销售",
           default=True),
    _field("product.bought_with_phone", "yes/no", "附件是否与手机一起购买",
           "whether the accessory was bought with a phone", "与手机一起购买 随机附件",
           settled="where asked", plain=False, left_out=2),
    _field("product.imei", "text", "IMEI", "the IMEI", "IMEI 国际移动设备识别码 串号",
           row="", tried=False),
    _field("product.complete", "yes/no", "商品、附件及单据是否齐全完好",
           "whether goods, accessories and papers are complete", "齐全完好",
           settled="where asked", plain=True, left_out=3),
    _field("product.housing_worn", "yes/no", "外壳是否有磨损或划痕", "whether the housing is worn",
           "外壳磨损 外壳有磨损", settled="where asked", plain=False, left_out=4),
    _field("product.used", "yes/no", "是否使用过", "whether the goods were used",
           "是否使用过 使用过", default=True),
    _field("product.condition", "code", "新品或二手",
           "whether the goods were sold new or second-hand", "商品状态 新品或二手 是否二手",
           get_args(Condition), row="second_hand", whether="second_hand", default="new"),
    _field("purchase.sold_on", "date", "销售日期", "the date of sale",
           "销售日期 购买日期 购机日期", settled="always"),
    _field("purchase.invoiced_on", "date", "发票日期", "the date of the invoice",
           "发票日期 开票日期", left_out=9),
    _field("purchase.received_on", "date", "收货日期", "the day of delivery",
           "收货日期 签收日期", left_out=8),
    _field("purchase.price", "yuan", "发票价格", "the invoice price",
           "发票价格 购买价格 价格", left_out=18),
    _field("purchase.standalone_price", "yuan", "附件单独售价", "the accessory's price on its own",
           "附件单独售价 单独售价", left_out=1),
    _field("purchase.paid_price", "yuan", "实付金额", "the price really paid",
           "实付金额 实付价格 实际支付金额 实付款", left_out=10),
    _field("purchase.province", "code", "购买地（省）", "the province where it was bought",
           "购买省份 购买地 购买地省份", tuple(sorted(PROVINCES)), tried=False),
    _field("purchase.trader_province", "code", "经营者所在地（省）",
           "the province where the trader has its seat",
           "经营者所在省份 经营者省份 经营者所在地 门店省份", tuple(sorted(PROVINCES)),
           tried=False),
    _field("purchase.gift", "yes/no", "是否赠品", "whether it was a gift",
           "赠品 是否赠品", default=False),
    _field("purchase.plan_bundled", "yes/no", "是否合约机", "whether a plan was bundled",
           "合约机 是否合约机", default=False),
    _field("evidence.invoice", "code", "发票（原件、复印件、其他有效证明或没有）",
           "the invoice: original, copy, other valid proof of the sale date, or none",
           "发票 发票情况", get_args(Invoice), settled="always"),
    _field("evidence.voucher", "code", "三包凭证的情况", "the state of the voucher",
           "三包凭证 三包凭证情况", get_args(Voucher), settled="always",
           may_be=("intact", "lost", "not_issued")),  # of whom nobody speaks is neither of the rest
    _field("evidence.manufactured_on", "date", "出厂日期", "the factory date",
           "出厂日期 生产日期", row="made", left_out=11),
    _field("evidence.activated_on", "date", "激活日期", "the day of activation", "激活日期",
           row="", tried=False),
    _field("fault.symptom", "code", "故障现象", "the fault", "故障现象 故障",
           get_args(Symptom), settled="always"),
    _field("fault.cause", "code", "故障原因", "the cause of the fault", "故障原因 原因",
           get_args(Cause), default=NOT_STATED, left_out=14),
    _field("fault.cause_basis", "code", "原因依据", "who names the cause", "原因依据 认定依据",
           get_args(CauseBasis), default="trader", left_out=13),
    _field("fault.contested", "yes/no", "对原因是否有异议", "whether the cause is contested",
           "是否有异议 有异议 消费者有异议", default=False, left_out=12),
    _field("fault.appeared_on", "date", "故障出现日期", "the day the fault appeared",
           "故障出现日期 故障发生日期", left_out=7),
    _field("fault.found_unqualified", "yes/no", "是否经行政部门认定为不合格",
           "whether an authority found the goods unqualified",
           "认定不合格 经认定不合格 是否认定不合格", default=False),
    _field("fault.detail", "text", "故障细目", "the kind of fault in detail", "故障细目",
           left_out=15),
    _field("fault.battery_capacity", "percent", "电池容量", "the capacity of the battery",
           "电池容量"),
    _field("fault.confirmed", "yes/no", "是否经授权网点检测确认",
           "whether an authorised outlet has confirmed the fault", "网点确认 检测确认",
           settled="where asked", plain=True, left_out=5),
    _field("repairs", "list", "修理经过", "the repairs so far", "修理记录 维修记录"),
    _field("repairs.handed_in_on", "date", "送修日期", "the day handed in", "送修日期",
           required=True),
    _field("repairs.ready_on", "date", "修复日期", "the day it was repaired", "修复日期"),
    _field("repairs.notified_on", "date", "通知取机日期", "the day of the call to fetch it",
           "通知取机日期 通知日期"),
    _field("repairs.handed_back_on", "date", "取机日期", "the day handed back",
           "取机日期 交还日期"),
    _field("repairs.symptom", "code", "所修的故障", "the fault repaired", "故障现象 故障",
           get_args(Symptom)),
    _field("repairs.recorded", "yes/no", "有无维修记录", "whether it is on record",
           "有维修记录 维修记录", default=True),
    _field("repairs.under_guarantee", "yes/no", "是否三包内修理",
           "whether it was done under the guarantees", "三包内修理 三包内", default=True),
    _field("repairs.software_only", "yes/no", "是否仅刷写软件", "whether only software was loaded",
           "仅软件 仅软件维修 软件维修 仅刷机 仅刷写软件", default=False),
    _field("repairs.delay", "code", "修理延误的原因", "what delays the repair", "延误原因",
           get_args(Delay), settled="always"),
    _field("exchanges", "list", "换货经过", "the exchanges so far", "换货记录"),
    _field("exchanges.exchanged_on", "date", "换货日期", "the day of the exchange", "换货日期",
           required=True),
    _field("same_model_in_stock", "yes/no", "同型号同规格是否有货",
           "whether the same model is in stock", "同型号同规格有货 同型号有货",
           settled="always", plain=True, left_out=16),
    _field("request", "code", "消费者的要求", "what is asked for", "消费者要求 诉求",
           get_args(Request), default=NOTHING, left_out=17),
    _field("commitments", "list", "所适用的承诺", "the promises that apply", "经营者承诺 承诺",
           row="", tried=False),
)
# fmt: on

FIELDS: Final[Mapping[str, ClaimField]] = MappingProxyType({one.path: one for one in _REGISTER})
"""Every field by its path, in the order of the contract."""

KIND: Final = FIELDS["product.kind"]
"""Of which goods it is: a law says other things of each kind."""
REQUEST: Final = FIELDS["request"]
IMEI: Final = FIELDS["product.imei"]
DETAIL: Final = FIELDS["fault.detail"]
SALE: Final = FIELDS["purchase.sold_on"]
"""By its day promises and local regulations govern."""
PLACES: Final = (FIELDS["purchase.province"], FIELDS["purchase.trader_province"])
"""Where it was bought and where the trader has its seat: by these local regulations govern."""


_IN: Final = {
    part: tuple(field for field in _REGISTER if field.part == part)
    for part in ("", "repairs", "exchanges")
}


def fields_in(part: str = "") -> tuple[ClaimField, ...]:
    """Return the fields of a claim, or of an entry of its ``repairs`` or ``exchanges``."""
    return _IN[part]
