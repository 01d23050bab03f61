"""The register of claim fields says of every field what its model says, and nothing of others."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeVar, get_args

import pytest
from pydantic import BaseModel

from sanbao import decide
from sanbao.audit.tables.input.cells import CODES
from sanbao.audit.tables.input.schema import CLAIM, EXCHANGE, REPAIR, Field
from sanbao.evaluation.unknowns import case_analysis
from sanbao.explain.pages.cards import Card
from sanbao.explain.texts.claims import claim_sentence
from sanbao.explain.words.catalogue import MESSAGES
from sanbao.model.claim import Claim
from sanbao.model.claim_row import ClaimRow, RepairRow
from sanbao.model.codes import (
    PROVINCES,
    Cause,
    CauseBasis,
    Delay,
    Invoice,
    Kind,
    Request,
    Symptom,
    Voucher,
)
from sanbao.model.facts import FACTS
from sanbao.model.fields import FIELDS, ClaimField, fields_in
from sanbao.reasons.perturbations import perturbations
from sanbao.statespace.inputs import PLAIN_VARIABLES
from sanbao.statespace.shrink import claim_of, shrink


def _paths(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Yield the path of every field of a model, and what it is where it is left out."""
    for name, info in model.model_fields.items():
        arms = [info.annotation, *get_args(info.annotation)]
        part = next((arm for arm in arms if isinstance(arm, type) and _is_model(arm)), None)
        if part is None or part is not info.annotation:
            yield f"{prefix}{name}", ... if info.is_required() else info.default
        if part is not None:
            yield from _paths(part, f"{prefix}{name}.")


def _is_model(arm: type) -> bool:
    return issubclass(arm, BaseModel)


ABSENT = {path: None if default == () else default for path, default in _paths(Claim)}


def test_every_field_of_the_models_is_registered_in_the_order_of_the_contract() -> None:
    assert list(FIELDS) == list(ABSENT)


@pytest.mark.parametrize("path", FIELDS)
def test_a_default_is_that_of_the_model_or_what_rules_take_for_none(path: str) -> None:
    default, absent = FIELDS[path].default, ABSENT[path]
    assert FIELDS[path].required == (absent is ...)
    if absent is ...:
        assert default is None
    elif absent is None:
        assert default in {None, "not_stated", "trader", "nothing"}
    else:
        assert default is absent


_Value = TypeVar("_Value")


def _listed(found: Mapping[str, _Value], listed: Mapping[str, object]) -> dict[str, _Value]:
    """Return of what was ``found`` the fields that stood in a list once; others are new."""
    return {name: value for name, value in found.items() if name in listed}


# --- the rows that rules read ------------------------------------------------------------

CLAIM_ROW = {
    "claimed": "claimed_on",
    "kind": "product.kind",
    "sold_in_mainland": "product.sold_in_mainland",
    "bought_with_phone": "product.bought_with_phone",
    "sold": "purchase.sold_on",
    "invoiced": "purchase.invoiced_on",
    "received": "purchase.received_on",
    "price": "purchase.price",
    "standalone_price": "purchase.standalone_price",
    "gift": "purchase.gift",
    "plan_bundled": "purchase.plan_bundled",
    "invoice": "evidence.invoice",
    "voucher": "evidence.voucher",
    "made": "evidence.manufactured_on",
    "symptom": "fault.symptom",
    "cause": "fault.cause",
    "cause_basis": "fault.cause_basis",
    "battery_capacity": "fault.battery_capacity",
    "repairs": "repairs",
    "exchanges": "exchanges",
    "same_model_in_stock": "same_model_in_stock",
    "request": "request",
    "complete": "product.complete",
    "housing_worn": "product.housing_worn",
    "confirmed": "fault.confirmed",
    "asked": "asked_on",
    "appeared": "fault.appeared_on",
    "used": "product.used",
    "second_hand": "product.condition",
    "paid_price": "purchase.paid_price",
    "province": "purchase.province",
    "trader_province": "purchase.trader_province",
    "contested": "fault.contested",
    "found_unqualified": "fault.found_unqualified",
    "detail": "fault.detail",
}
REPAIR_ROW = {
    "handed_in": "handed_in_on",
    "ready": "ready_on",
    "notified": "notified_on",
    "handed_back": "handed_back_on",
    "symptom": "symptom",
    "recorded": "recorded",
    "under_guarantee": "under_guarantee",
    "delay": "delay",
    "software_only": "software_only",
}


def test_rows_are_lowered_from_the_fields_that_were_listed_by_hand() -> None:
    by_row = {part: {one.row: one.within for one in fields_in(part)} for part in ("", "repairs")}
    assert _listed(by_row[""], CLAIM_ROW) == CLAIM_ROW
    assert _listed(by_row["repairs"], REPAIR_ROW) == REPAIR_ROW
    assert [name for name in ClaimRow._fields if name in CLAIM_ROW] == list(CLAIM_ROW)
    assert [name for name in RepairRow._fields if name in REPAIR_ROW] == list(REPAIR_ROW)


def test_a_row_says_what_was_left_out_means_and_days_as_ordinals() -> None:
    claim = Claim.model_validate(
        {
            "claimed_on": "2025-07-04",
            "product": {"kind": "battery", "condition": "second_hand"},
            "repairs": [{"handed_in_on": "2025-07-01", "delay": "parts"}],
            "exchanges": [{"exchanged_on": "2025-06-01"}],
        }
    )
    row, day = claim.row, date(2025, 7, 4).toordinal()
    assert (row.claimed, row.sold, row.second_hand) == (day, None, True)
    assert (row.cause, row.cause_basis, row.request) == ("not_stated", "trader", "nothing")
    (repair,) = row.repairs
    assert repair == (day - 3, None, None, None, None, True, True, "parts", False)
    assert row.exchanges == (day - 33,)
    assert (
        Claim.model_validate({"claimed_on": "2025-07-04", "product": {"kind": "other"}}).row[
            ClaimRow._fields.index("repairs")
        ]
        == ()
    )


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_an_entry_is_in_order(field: ClaimField) -> None:
    assert field.zh
    assert field.en
    assert field.columns
    assert bool(field.codes) == (field.type == "code")
    assert bool(field.may_be) <= (field.settled != "never")
    assert field.settled == "never" or field.default is None
    assert set(field.may_be) <= {*field.codes, True, False}
    assert field.row or not field.tried


def test_every_field_is_left_out_once() -> None:
    places = [field.left_out for field in FIELDS.values() if field.left_out is not None]
    assert sorted(places) == list(range(1, len(places) + 1))


# --- columns of tables -------------------------------------------------------------------

COLUMNS = {
    "claim_id": ("申请编号", "申请单号", "工单号", "单号"),
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
COLUMNS_OF_REPAIR = {
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
COLUMNS_OF_EXCHANGE = {"exchanged_on": ("换货日期",)}


def _names(columns: Mapping[str, Field]) -> dict[str, tuple[str, ...]]:
    """Return by what Chinese names columns are recognised, beside the path."""
    return {
        name: tuple(one for one in field.names if one != field.path)
        for name, field in columns.items()
    }


def test_columns_have_the_chinese_names_that_were_listed_by_hand() -> None:
    assert _listed(_names(CLAIM), COLUMNS) == COLUMNS
    assert _listed(_names(REPAIR), COLUMNS_OF_REPAIR) == COLUMNS_OF_REPAIR
    assert _listed(_names(EXCHANGE), COLUMNS_OF_EXCHANGE) == COLUMNS_OF_EXCHANGE


TYPES = {
    "date": "claimed_on asked_on sold_on invoiced_on received_on manufactured_on activated_on"
    " appeared_on",
    "code": "kind condition province trader_province invoice voucher symptom cause cause_basis"
    " request",
    "yes/no": "sold_in_mainland bought_with_phone complete housing_worn used gift plan_bundled"
    " contested found_unqualified confirmed same_model_in_stock",
    "yuan": "price standalone_price paid_price",
    "percent": "battery_capacity",
    "text": "claim_id imei detail",
    "list": "repairs exchanges commitments",
}
TYPES_OF_REPAIR = {
    "date": "handed_in_on ready_on notified_on handed_back_on",
    "code": "symptom delay",
    "yes/no": "recorded under_guarantee software_only",
}


def _types(columns: Mapping[str, Field], listed: Mapping[str, str]) -> dict[str, str]:
    """Return the columns of each type, of those that are ``listed``, in their order."""
    names = " ".join(listed.values()).split()
    return {
        type_: " ".join(
            one.name for one in columns.values() if one.name in names and one.type == type_
        )
        for type_ in listed
    }


def test_columns_have_the_types_that_were_read_off_the_models() -> None:
    assert _types(CLAIM, TYPES) == TYPES
    assert _types(REPAIR, TYPES_OF_REPAIR) == TYPES_OF_REPAIR
    assert EXCHANGE["exchanged_on"].type == "date"


def test_columns_have_the_codes_and_defaults_of_the_models() -> None:
    assert CLAIM["province"].codes == tuple(sorted(PROVINCES))
    defaults = {name: one.default for name, one in CLAIM.items() if one.default is not None}
    listed = {
        "sold_in_mainland": True,
        "used": True,
        "condition": "new",
        "gift": False,
        "plan_bundled": False,
        "contested": False,
        "found_unqualified": False,
    }
    assert _listed(defaults, listed) == listed
    assert [name for name, one in CLAIM.items() if one.required] == ["claimed_on", "kind"]


def test_numbers_of_codes_end_with_what_an_empty_cell_means() -> None:
    coded = {field.name: field.codes for field in CLAIM.values() if field.codes}
    assert {
        **coded,
        "cause": (*get_args(Cause), "not_stated"),
        "request": (*get_args(Request), "nothing"),
        "delay": get_args(Delay),
    } == CODES


# --- what is tried -----------------------------------------------------------------------

SETTLED = {
    "evidence.invoice": ("original", "copy", "other", "none"),
    "evidence.voucher": ("intact", "lost", "not_issued"),
    "fault.symptom": get_args(Symptom),
    "repairs.delay": ("parts", "repairer"),
    "same_model_in_stock": (True, False),
    "product.bought_with_phone": (True, False),
    "product.complete": (True, False),
    "product.housing_worn": (True, False),
    "fault.confirmed": (True, False),
}


def test_cases_settle_the_fields_that_were_listed_by_hand() -> None:
    settled = {path: one for path, one in FIELDS.items() if one.may_be}
    assert _listed({path: one.may_be for path, one in settled.items()}, SETTLED) == SETTLED
    always = [path for path, one in FIELDS.items() if one.settled == "always"]
    assert [path for path in always if path in SETTLED] == list(SETTLED)[:5]


def test_all_that_is_asked_and_not_known_is_tried_in_this_order() -> None:
    claim = {
        "claimed_on": "2025-07-04",
        "product": {"kind": "battery"},
        "purchase": {"gift": True, "standalone_price": "10"},
        "repairs": [{"handed_in_on": "2025-07-01"}],
        "commitments": ["nubia-2014", "huawei-2021"],
    }
    decision = decide(claim)
    assert case_analysis(decision.case).paths == (
        *((path if path != "repairs.delay" else "repairs[0].delay",) for path in SETTLED),
        ("purchase.sold_on",),
    )


BOTH = (True, False)
TRIED = {
    "product.kind": get_args(Kind),
    "product.sold_in_mainland": BOTH,
    "product.bought_with_phone": BOTH,
    "product.complete": BOTH,
    "product.housing_worn": BOTH,
    "product.used": BOTH,
    "fault.confirmed": BOTH,
    "purchase.gift": BOTH,
    "purchase.plan_bundled": BOTH,
    "evidence.invoice": get_args(Invoice),
    "evidence.voucher": get_args(Voucher),
    "fault.symptom": get_args(Symptom),
    "fault.cause": (*get_args(Cause), None),
    "fault.cause_basis": get_args(CauseBasis),
    "fault.contested": BOTH,
    "fault.found_unqualified": BOTH,
    "fault.detail": (None,),
    "fault.battery_capacity": (80, 79, None),
    "same_model_in_stock": BOTH,
    "request": (*get_args(Request), None),
    "product.condition": ("new", "second_hand"),
    "purchase.paid_price": ("0.00", None),
    "purchase.price": ("0.00", None),
    "purchase.standalone_price": ("0.00", None),
    "asked_on": (None,),
    "fault.appeared_on": (None,),
    "evidence.manufactured_on": (None,),
    "repairs[0].ready_on": (None,),
    "repairs[0].notified_on": (None,),
    "repairs[0].handed_back_on": (None,),
    "repairs[0].symptom": (*get_args(Symptom), None),
    "repairs[0].recorded": BOTH,
    "repairs[0].under_guarantee": BOTH,
    "repairs[0].software_only": BOTH,
    "repairs[0].delay": get_args(Delay),
    "repairs[0]": (None,),
}
"""What is tried of each field beside days."""

DAYS = [
    "claimed_on",
    "purchase.sold_on",
    "purchase.invoiced_on",
    "purchase.received_on",
    "evidence.manufactured_on",
    "asked_on",
    "fault.appeared_on",
    "repairs[0].handed_in_on",
    "repairs[0].ready_on",
    "repairs[0].notified_on",
    "repairs[0].handed_back_on",
    "repairs",
    "exchanges",
]

STATED: dict[str, Any] = {
    "claimed_on": "2025-07-04",
    "asked_on": "2025-07-03",
    "product": {"kind": "handset", "complete": True, "housing_worn": False, "imei": None},
    "purchase": {
        "sold_on": "2025-06-20",
        "invoiced_on": "2025-06-20",
        "received_on": "2025-06-21",
        "price": "100.00",
        "standalone_price": "90.00",
        "paid_price": "80.00",
        "province": "CN-ZJ",
        "trader_province": "CN-JS",
    },
    "evidence": {
        "invoice": "original",
        "voucher": "intact",
        "manufactured_on": "2025-05-01",
        "activated_on": "2025-06-21",
    },
    "fault": {
        "symptom": "screen_fault",
        "cause": "defect",
        "cause_basis": "report",
        "contested": True,
        "appeared_on": "2025-07-01",
        "detail": "green_line",
        "battery_capacity": 90,
        "confirmed": True,
    },
    "repairs": [
        {
            "handed_in_on": "2025-06-25",
            "ready_on": "2025-06-26",
            "notified_on": "2025-06-27",
            "handed_back_on": "2025-06-28",
            "symptom": "no_ring",
            "delay": "parts",
        }
    ],
    "same_model_in_stock": True,
    "request": "refund",
}
"""A claim that states every field."""


def test_nearest_changes_try_the_fields_that_were_listed_by_hand() -> None:
    claim = Claim.model_validate(STATED)
    codes: dict[str, set[object]] = {}
    days: list[str] = []
    for tried in perturbations(decide(claim).case):
        if tried.distance is None:
            codes.setdefault(tried.field, {_stated(tried.field)}).add(tried.after)
        elif tried.field not in days:
            days.append(tried.field)
    assert [field for field in days if field in DAYS] == DAYS
    assert [field for field in codes if field in TRIED] == list(TRIED)
    for field, values in TRIED.items():
        assert codes[field] == {*values, _stated(field)}, field


def _stated(path: str) -> object:
    """Return what :data:`STATED` has there, or what the model says where it has nothing."""
    place: object = Claim.model_validate(STATED).model_dump(mode="json")
    for part in re.findall("[a-z_]+|0", path):
        place = place[int(part) if part == "0" else part]  # type: ignore[index]
    return place if not isinstance(place, dict) else None


# --- the state space ---------------------------------------------------------------------

LEFT_OUT = [
    "purchase.standalone_price",
    "product.bought_with_phone",
    "product.complete",
    "product.housing_worn",
    "fault.confirmed",
    "asked_on",
    "fault.appeared_on",
    "purchase.received_on",
    "purchase.invoiced_on",
    "purchase.paid_price",
    "evidence.manufactured_on",
    "fault.contested",
    "fault.cause_basis",
    "fault.cause",
    "fault.detail",
    "same_model_in_stock",
    "request",
    "purchase.price",
]


def test_shrinking_leaves_fields_out_in_the_order_that_was_listed_by_hand() -> None:
    claim = Claim.model_validate(STATED | {"product": {"kind": "handset", "complete": True}})
    there = claim.model_dump(mode="json", exclude_none=True)
    tried = []

    def shows(shorter: Claim) -> bool:
        data = shorter.model_dump(mode="json", exclude_none=True)
        tried.append(next(path for path in LEFT_OUT if _in(there, path) != _in(data, path)))
        return False

    shrink(claim, shows)
    missing = ("product.bought_with_phone", "product.housing_worn")
    assert tried == [path for path in LEFT_OUT if path not in missing]


def _in(data: dict[str, Any], path: str) -> object:
    part, _, name = path.rpartition(".")
    return (data[part] if part else data).get(name)


def test_a_row_is_stated_again_as_the_claim_it_came_from() -> None:
    claim = Claim.model_validate(STATED)
    again = claim_of(claim.row)
    assert again.row == claim.row
    unseen = {"product": {"imei"}, "evidence": {"activated_on"}}
    assert again.model_dump(exclude=unseen) == claim.model_dump(exclude=unseen)
    plain = Claim.model_validate(
        {
            "claimed_on": "2025-07-04",
            "product": {"kind": "handset", "condition": "second_hand"},
            "fault": {"cause_basis": "report"},
            "exchanges": [{"exchanged_on": "2025-07-01"}],
        }
    )
    assert claim_of(plain.row).fault.cause_basis is None  # of no cause nobody speaks
    assert claim_of(plain.row).row == plain.row._replace(cause_basis="trader")


VARIABLES = {
    "sold_in_mainland": (True, False),
    "cause": ("not_stated", *get_args(Cause)),
    "cause_basis": ("trader", "inspection", "report", "consumer"),
    "contested": (False, True),
    "used": (True, False),
    "second_hand": (False, True),
    "found_unqualified": (False, True),
    "plan_bundled": (False, True),
    "complete": (True, False),
    "housing_worn": (False, True),
    "confirmed": (True, False),
    "same_model_in_stock": (True, False),
    "request": ("nothing", *get_args(Request)),
}


def test_the_state_space_has_the_variables_that_were_listed_by_hand() -> None:
    by_name = {one.name: one for one in PLAIN_VARIABLES}
    papers, sale = by_name.pop("papers"), by_name.pop("sale")
    values = {name: tuple(v[name] for v in one.values) for name, one in by_name.items()}
    assert _listed(values, VARIABLES) == VARIABLES
    assert all(one.facts == {name} for name, one in by_name.items())
    plain = {"invoice": "original", "voucher": "intact", "made": False}
    assert papers.values[0] == plain
    assert len(papers.values) == 4 * 5 * 2
    assert {sale.values[0][name] for name in ("gift", "bought_with_phone")} == {False}
    assert len(sale.values) == 2 * 2 * 2 * 2 * 4


# --- words -------------------------------------------------------------------------------

WORDS = {
    "purchase.sold_on": ("销售日期", "the date of sale"),
    "purchase.invoiced_on": ("发票日期", "the date of the invoice"),
    "purchase.price": ("发票价格", "the invoice price"),
    "purchase.standalone_price": ("附件单独售价", "the accessory's price on its own"),
    "evidence.invoice": (
        "发票（原件、复印件、其他有效证明或没有）",
        "the invoice: original, copy, other valid proof of the sale date, or none",
    ),
    "evidence.voucher": ("三包凭证的情况", "the state of the voucher"),
    "fault.symptom": ("故障现象", "the fault"),
    "repairs.delay": ("修理延误的原因", "what delays the repair"),
    "product.complete": (
        "商品、附件及单据是否齐全完好",
        "whether goods, accessories and papers are complete",
    ),
    "product.housing_worn": ("外壳是否有磨损或划痕", "whether the housing is worn"),
    "fault.confirmed": (
        "是否经授权网点检测确认",
        "whether an authorised outlet has confirmed the fault",
    ),
    "commitments": ("所适用的承诺", "the promises that apply"),
    "same_model_in_stock": ("同型号同规格是否有货", "whether the same model is in stock"),
    "product.bought_with_phone": (
        "附件是否与手机一起购买",
        "whether the accessory was bought with a phone",
    ),
    "claimed_on": ("申请日期", "the day of the claim"),
    "asked_on": ("首次要求日期", "the day a remedy was first asked for"),
    "product.kind": ("商品种类", "the kind of goods"),
    "product.sold_in_mainland": (
        "是否在中国大陆销售",
        "whether the goods were sold in mainland China",
    ),
    "product.imei": ("IMEI", "the IMEI"),
    "product.used": ("是否使用过", "whether the goods were used"),
    "product.condition": ("新品或二手", "whether the goods were sold new or second-hand"),
    "purchase.received_on": ("收货日期", "the day of delivery"),
    "purchase.paid_price": ("实付金额", "the price really paid"),
    "purchase.province": ("购买地（省）", "the province where it was bought"),
    "purchase.trader_province": (
        "经营者所在地（省）",
        "the province where the trader has its seat",
    ),
    "purchase.gift": ("是否赠品", "whether it was a gift"),
    "purchase.plan_bundled": ("是否合约机", "whether a plan was bundled"),
    "evidence.manufactured_on": ("出厂日期", "the factory date"),
    "evidence.activated_on": ("激活日期", "the day of activation"),
    "fault.cause": ("故障原因", "the cause of the fault"),
    "fault.cause_basis": ("原因依据", "who names the cause"),
    "fault.contested": ("对原因是否有异议", "whether the cause is contested"),
    "fault.appeared_on": ("故障出现日期", "the day the fault appeared"),
    "fault.found_unqualified": (
        "是否经行政部门认定为不合格",
        "whether an authority found the goods unqualified",
    ),
    "fault.detail": ("故障细目", "the kind of fault in detail"),
    "fault.battery_capacity": ("电池容量", "the capacity of the battery"),
    "repairs": ("修理经过", "the repairs so far"),
    "repairs.handed_in_on": ("送修日期", "the day handed in"),
    "repairs.ready_on": ("修复日期", "the day it was repaired"),
    "repairs.notified_on": ("通知取机日期", "the day of the call to fetch it"),
    "repairs.handed_back_on": ("取机日期", "the day handed back"),
    "repairs.symptom": ("所修的故障", "the fault repaired"),
    "repairs.recorded": ("有无维修记录", "whether it is on record"),
    "repairs.under_guarantee": (
        "是否三包内修理",
        "whether it was done under the guarantees",
    ),
    "repairs.software_only": ("是否仅刷写软件", "whether only software was loaded"),
    "exchanges": ("换货经过", "the exchanges so far"),
    "exchanges.exchanged_on": ("换货日期", "the day of the exchange"),
    "request": ("消费者的要求", "what is asked for"),
}


def test_texts_call_the_fields_as_was_listed_by_hand() -> None:
    words = {id_: pair for id_, pair in MESSAGES.items() if id_.startswith("field.")}
    listed = {f"field.{path}": pair for path, pair in WORDS.items()}
    assert _listed(words, listed) == listed
    assert len(words) == len(FIELDS)


TOLD = [
    "the fault is a screen fault",
    "the cause is a defect",
    "the cause is named by a test report",
    "an authorised outlet has confirmed the fault",
    "the invoice is the original",
    "the voucher is intact",
    "goods, accessories and papers are complete and sound",
    "the housing is neither worn nor scratched",
    "it was bought with a phone",
    "the goods were not sold in mainland China",
    "it was a gift",
    "it was sold with a plan",
    "the same model is in stock",
    "a refund is asked for",
]
"""What a sentence tells of a claim in the words of conditions, in this order."""

ON_CARD = [
    "First asked on",
    "Sold on",
    "Invoiced on",
    "Delivered on",
    "Price on the invoice",
    "Price really paid",
    "Price on its own",
    "Bought in",
    "Trader's seat",
    "Gift",
    "Sold with a plan",
    "Invoice",
    "Voucher",
    "Made on",
    "Activated on",
    "Fault",
    "Fault in detail",
    "Fault appeared on",
    "Cause",
    "Who says so",
    "Cause contested",
    "Found unqualified by an authority",
    "Battery capacity",
    "Sold in mainland China",
    "Bought with a phone",
    "IMEI",
    "Condition",
    "Used",
    "Same model in stock",
    "Asked for",
]


def _unusual() -> Claim:
    """Return a claim that states every field, and nothing that goes without saying."""
    parts: dict[str, dict[str, object]] = {
        "product": {"sold_in_mainland": False, "used": False, "bought_with_phone": True},
        "purchase": {"gift": True, "plan_bundled": True},
        "fault": {"found_unqualified": True},
    }
    parts["product"] |= {"condition": "second_hand", "imei": "490154203237518"}
    return Claim.model_validate(
        STATED | {name: {**STATED[name], **part} for name, part in parts.items()}
    )


def test_a_sentence_tells_the_fields_that_were_listed_by_hand() -> None:
    told = claim_sentence(_unusual(), "en").split("; ")
    assert told[2 : 2 + len(TOLD)] == TOLD


def test_a_card_shows_the_fields_that_were_listed_by_hand() -> None:
    rows = [
        line.split("|")[1].strip()
        for line in str(Card(_unusual(), "en")).splitlines()
        if "|" in line
    ]
    assert rows[2 : 2 + len(ON_CARD)] == ON_CARD
    heads = "| No. | Handed in | Ready | Called | Handed back | Fault | Delay |"
    assert heads in str(Card(_unusual(), "en"))


# --- facts -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_is_settled_by_fields_that_there_are(name: str) -> None:
    assert FACTS[name].paths
    assert set(FACTS[name].paths) <= FIELDS.keys()
