"""The columns of a table of claims: 申请表的列.

One row is one claim. A column is named as the field of the JSON contract that it holds,
without the part of the claim it stands in: ``product.kind`` is the column ``kind``. Repairs
and exchanges are lists in the row, or tables of their own that name the claim.

All of it is read off the models of :mod:`sanbao.model.claim`; what is added here are the names
that Chinese tables use.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias, get_args

import polars as pl
from pydantic import BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

from sanbao.explain.words.catalogue import has, say
from sanbao.explain.words.codes import SHORT_NAMES
from sanbao.model.claim import Claim, Exchange, Repair
from sanbao.model.codes import Outcome

__all__ = [
    "CLAIM",
    "EXCHANGE",
    "ID",
    "MONEY",
    "OUTCOMES",
    "REPAIR",
    "RESULTS",
    "TEXTS",
    "Field",
    "describe",
]

FieldType: TypeAlias = Literal["date", "code", "yes/no", "yuan", "percent", "text", "list"]

ID: Final = "claim_id"
"""The column that names a claim; needed where repairs or exchanges are tables of their own."""

_CHINESE: Final[Mapping[str, tuple[str, ...]]] = {
    ID: ("申请编号", "申请单号", "工单号", "单号"),
    "claimed_on": ("申请日期", "报修日期", "受理日期"),
    "asked_on": ("首次要求日期", "首次报修日期", "首次投诉日期"),
    "kind": ("商品种类", "品类", "商品类别"),
    "sold_in_mainland": ("在中国大陆销售", "大陆销售"),
    "bought_with_phone": ("与手机一起购买", "随机附件"),
    "imei": ("IMEI", "国际移动设备识别码", "串号"),
    "complete": ("齐全完好",),
    "housing_worn": ("外壳磨损", "外壳有磨损"),
    "used": ("是否使用过", "使用过"),
    "condition": ("商品状态", "新品或二手", "是否二手"),
    "sold_on": ("销售日期", "购买日期", "购机日期"),
    "invoiced_on": ("发票日期", "开票日期"),
    "received_on": ("收货日期", "签收日期"),
    "price": ("发票价格", "购买价格", "价格"),
    "standalone_price": ("附件单独售价", "单独售价"),
    "paid_price": ("实付金额", "实付价格", "实际支付金额", "实付款"),
    "province": ("购买省份", "购买地", "购买地省份"),
    "trader_province": ("经营者所在省份", "经营者省份", "经营者所在地", "门店省份"),
    "gift": ("赠品", "是否赠品"),
    "plan_bundled": ("合约机", "是否合约机"),
    "invoice": ("发票", "发票情况"),
    "voucher": ("三包凭证", "三包凭证情况"),
    "manufactured_on": ("出厂日期", "生产日期"),
    "activated_on": ("激活日期",),
    "symptom": ("故障现象", "故障"),
    "cause": ("故障原因", "原因"),
    "cause_basis": ("原因依据", "认定依据"),
    "contested": ("是否有异议", "有异议", "消费者有异议"),
    "appeared_on": ("故障出现日期", "故障发生日期"),
    "found_unqualified": ("认定不合格", "经认定不合格", "是否认定不合格"),
    "detail": ("故障细目",),
    "battery_capacity": ("电池容量",),
    "confirmed": ("网点确认", "检测确认"),
    "same_model_in_stock": ("同型号同规格有货", "同型号有货"),
    "request": ("消费者要求", "诉求"),
    "repairs": ("修理记录", "维修记录"),
    "exchanges": ("换货记录",),
    "commitments": ("经营者承诺", "承诺"),
}
_CHINESE_OF_REPAIR: Final[Mapping[str, tuple[str, ...]]] = {
    "handed_in_on": ("送修日期",),
    "ready_on": ("修复日期",),
    "notified_on": ("通知取机日期", "通知日期"),
    "handed_back_on": ("取机日期", "交还日期"),
    "symptom": ("故障现象", "故障"),
    "recorded": ("有维修记录", "维修记录"),
    "under_guarantee": ("三包内修理", "三包内"),
    "software_only": ("仅软件", "仅软件维修", "软件维修", "仅刷机", "仅刷写软件"),
    "delay": ("延误原因",),
}
_CHINESE_OF_EXCHANGE: Final = {"exchanged_on": ("换货日期",)}
_PROVINCES: Final = tuple((name, code) for code, name in SHORT_NAMES.items())
_SYNONYMS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "condition": (("全新", "new"), ("二手机", "second_hand"), ("否", "new"), ("是", "second_hand")),
    "province": _PROVINCES,
    "trader_province": _PROVINCES,
    "invoice": (("订单记录", "other"), ("付款记录", "other")),
    "voucher": (("未出具", "not_issued"), ("未开具", "not_issued"), ("未发放", "not_issued")),
    "symptom": (("磨损", "wear"), ("外观", "wear"), ("外观问题", "wear")),
    "cause_basis": (("质检鉴定", "inspection"), ("法定检验", "inspection")),
}
"""Chinese words for the codes of a column, beside those that reports say."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a table of claims: 列定义.

    ``name`` is the name of the column, ``path`` that of the field in the JSON contract,
    ``codes`` are the values of a code. ``default`` is what an empty cell means where it does
    not mean *not known*. ``names`` are further names under which the column is recognised,
    ``words`` the Chinese words taken for its codes, one each, ``synonyms`` further words with
    the code each stands for.
    """

    name: str
    path: str
    type: FieldType
    required: bool = False
    default: bool | str | None = None
    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, str], ...] = ()


def _type_of(name: str, info: FieldInfo) -> tuple[FieldType, tuple[str, ...]]:
    """Return the type of a model's field, and its codes."""
    arms = [arm for arm in (info.annotation, *get_args(info.annotation)) if arm is not type(None)]
    for arm in arms:
        schemas = [one.json_schema for one in get_args(arm) if isinstance(one, WithJsonSchema)]
        listed = [schema for schema in schemas if schema is not None]
        codes = next((schema["enum"] for schema in listed if "enum" in schema), get_args(arm))
        if codes and isinstance(codes[0], str):
            return "code", tuple(codes)
    texts = " ".join(map(str, (info.annotation, *info.metadata)))
    if "tuple[" in str(info.annotation):
        return "list", ()
    if "datetime.date" in texts or date in arms:
        return "date", ()
    if "decimal.Decimal" in texts:
        return "yuan", ()
    if "bool" in texts:
        return "yes/no", ()
    return ("percent", ()) if name == "battery_capacity" else ("text", ())


def _field(path: str, info: FieldInfo, chinese: Mapping[str, tuple[str, ...]]) -> Field:
    name = path.rpartition(".")[2]
    type_, codes = _type_of(name, info)
    default = info.default if isinstance(info.default, bool | str) else None
    labels = tuple(_label(name, code) for code in codes)
    names = (*chinese.get(name, ()), *([path] if path != name else []))
    words = (labels, _SYNONYMS.get(name, ()))
    return Field(name, path, type_, info.is_required(), default, codes, names, *words)


def _label(name: str, code: str) -> str:
    """Return the Chinese word for a code of a column, or nothing."""
    messages = (f"code.{name}.{code}", f"code.{code}")
    return next((say("zh", message) for message in messages if has(message)), "")


def _fields_of(
    model: type[BaseModel], chinese: Mapping[str, tuple[str, ...]], prefix: str = ""
) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for name, info in model.model_fields.items():
        part = info.annotation
        if isinstance(part, type) and issubclass(part, BaseModel):
            found |= _fields_of(part, chinese, f"{name}.")
        else:
            found[name] = _field(f"{prefix}{name}", info, chinese)
    return found


CLAIM: Final[Mapping[str, Field]] = MappingProxyType(
    {
        ID: Field(ID, ID, "text", names=_CHINESE[ID]),
        **_fields_of(Claim, _CHINESE),
    }
)
"""The columns of a table of claims, by name, in the order of the contract."""

MONEY: Final = frozenset(
    name for field in CLAIM.values() if field.type == "yuan" for name in (field.name, *field.names)
)
"""Every name under which a column of money is recognised."""

REPAIR: Final[Mapping[str, Field]] = MappingProxyType(_fields_of(Repair, _CHINESE_OF_REPAIR))
"""The columns of a table of repairs, beside ``claim_id``; also the fields in a list of them."""

EXCHANGE: Final[Mapping[str, Field]] = MappingProxyType(_fields_of(Exchange, _CHINESE_OF_EXCHANGE))
"""The columns of a table of exchanges, beside ``claim_id``."""

RESULTS: Final[Mapping[str, pl.DataType]] = MappingProxyType(
    {
        "outcome": pl.String(),
        "rule": pl.String(),
        "policy": pl.String(),
        "articles": pl.String(),
        "payable": pl.Decimal(38, 2),
        "fee": pl.Decimal(38, 2),
        "period_ends_on": pl.Date(),
        "provisional": pl.Boolean(),
        "depends_on_reading": pl.String(),
        "error": pl.String(),
    }
)
"""The columns that deciding adds, with their types."""

OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
"""What stands in the column ``outcome``, strongest first."""

TEXTS: Final = (pl.String, pl.Categorical, pl.Enum, pl.Null)
"""The types of columns that can hold texts."""


@cache
def describe() -> str:
    """Return the schema of the tables as JSON, for machines: 表结构说明."""
    tables: dict[str, Any] = {
        "claims": [asdict(field) for field in CLAIM.values()],
        "repairs": [asdict(field) for field in REPAIR.values()],
        "exchanges": [asdict(field) for field in EXCHANGE.values()],
        "results": [{"name": name, "type": _name_of(dtype)} for name, dtype in RESULTS.items()],
    }
    return json.dumps(tables, ensure_ascii=False, indent=2)


def _name_of(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Decimal):
        return f"Decimal({dtype.precision}, {dtype.scale})"
    return str(dtype)
