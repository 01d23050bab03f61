"""The columns of a table of claims: 申请表的列.

One row is one claim. A column is named as the field of the JSON contract that it holds,
without the part of the claim it stands in: ``product.kind`` is the column ``kind``. Repairs
and exchanges are lists in the row, or tables of their own that name the claim.

All of it is read off the models of :mod:`sanbao.claim`; what is added here are the names
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

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sanbao.claim import Claim, Exchange, Repair
from sanbao.explain.messages import has, say

__all__ = ["CLAIM", "EXCHANGE", "ID", "MONEY", "REPAIR", "RESULTS", "Field", "describe"]

FieldType: TypeAlias = Literal["date", "code", "yes/no", "yuan", "percent", "text", "list"]

ID: Final = "claim_id"
"""The column that names a claim; needed where repairs or exchanges are tables of their own."""

_CHINESE: Final[Mapping[str, tuple[str, ...]]] = {
    ID: ("申请编号", "申请单号", "工单号", "单号"),
    "claimed_on": ("申请日期", "报修日期", "受理日期"),
    "kind": ("商品种类", "品类", "商品类别"),
    "sold_in_mainland": ("在中国大陆销售", "大陆销售"),
    "bought_with_phone": ("与手机一起购买", "随机附件"),
    "imei": ("IMEI", "国际移动设备识别码", "串号"),
    "complete": ("齐全完好",),
    "housing_worn": ("外壳磨损", "外壳有磨损"),
    "used": ("是否使用过", "使用过"),
    "sold_on": ("销售日期", "购买日期", "购机日期"),
    "invoiced_on": ("发票日期", "开票日期"),
    "received_on": ("收货日期", "签收日期"),
    "price": ("发票价格", "购买价格", "价格"),
    "standalone_price": ("附件单独售价", "单独售价"),
    "gift": ("赠品", "是否赠品"),
    "plan_bundled": ("合约机", "是否合约机"),
    "invoice": ("发票", "发票情况"),
    "voucher": ("三包凭证", "三包凭证情况"),
    "manufactured_on": ("出厂日期", "生产日期"),
    "activated_on": ("激活日期",),
    "symptom": ("故障现象", "故障"),
    "cause": ("故障原因", "原因"),
    "cause_basis": ("原因依据",),
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
    "delay": ("延误原因",),
}
_CHINESE_OF_EXCHANGE: Final = {"exchanged_on": ("换货日期",)}
_SYNONYMS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "symptom": (("磨损", "wear"), ("外观", "wear"), ("外观问题", "wear")),
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
        if codes := [code for code in get_args(arm) if isinstance(code, str)]:
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
    labels = tuple(say("zh", f"code.{code}") if has(f"code.{code}") else "" for code in codes)
    names = (*chinese.get(name, ()), *([path] if path != name else []))
    words = (labels, _SYNONYMS.get(name, ()))
    return Field(name, path, type_, info.is_required(), default, codes, names, *words)


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

RESULTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "outcome": "String",
        "rule": "String",
        "articles": "String",
        "payable": "Decimal(38, 2)",
        "fee": "Decimal(38, 2)",
        "period_ends_on": "Date",
        "provisional": "Boolean",
        "depends_on_reading": "String",
        "error": "String",
    }
)
"""The columns that deciding adds, with their Arrow types as Polars names them."""


@cache
def describe() -> str:
    """Return the schema of the tables as JSON, for machines: 表结构说明."""
    tables: dict[str, Any] = {
        "claims": [asdict(field) for field in CLAIM.values()],
        "repairs": [asdict(field) for field in REPAIR.values()],
        "exchanges": [asdict(field) for field in EXCHANGE.values()],
        "results": [{"name": name, "type": type_} for name, type_ in RESULTS.items()],
    }
    return json.dumps(tables, ensure_ascii=False, indent=2)
