"""Tables of claims: every column as the scalar engine has it, whatever kind of table came."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Final

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from polars.testing import assert_frame_equal

import sanbao
from claims import FACTORY, handset
from flat import frame_of, scalar_columns
from policies_for_tests import promise, random_readings
from random_claims import random_claim, with_unknowns
from sanbao import (
    MOBILE_2001,
    Claim,
    Readings,
    ValidationError,
    chinese_calendar,
    policies,
)
from sanbao import audit as audit_package
from sanbao.audit import Tables, decide_table, describe, read_mapping
from sanbao.audit.tables import table as tables_module
from sanbao.audit.tables.columns import both, either
from sanbao.audit.tables.input import day_tables as days_module
from sanbao.audit.tables.input import invalid as impossible
from sanbao.audit.tables.input.claims_frame import read_claims
from sanbao.audit.tables.input.mapping import mapped
from sanbao.audit.tables.input.schema import CLAIM, RESULTS
from sanbao.audit.tables.kernel import fact_columns as fact_columns_module
from sanbao.audit.tables.kernel import kernel_cache as kernels_module
from sanbao.base import lazy_names
from sanbao.dates.counting import COUNTING, Clock
from sanbao.model.claim import Evidence
from sanbao.model.readings import DEFAULT_READINGS, reading_values
from sanbao.policies.mobile_2024 import MOBILE_2024
from sanbao.rules.combined import Combined
from sanbao.rules.conditions import OneOf, Under, fact
from sanbao.rules.versions import Versions
from small_policies import INSIDE, WITHIN_15, exchange, repair, small

PROMISES: Final = tuple(name for name in policies.ids() if name != MOBILE_2001.id)


def claims_of(rng: Random, number: int, *, unknown: bool = False) -> list[Claim]:
    drawn = (random_claim(rng) for _ in range(number))
    return [Claim.model_validate(with_unknowns(rng, one) if unknown else one) for one in drawn]


def promising(rng: Random, claims: list[Claim], lists_of: tuple[int, ...]) -> list[Claim]:
    """Return claims that name commitments, one of lists with so many of them."""
    lists = [tuple(rng.sample(PROMISES, number)) for number in lists_of]
    return [claim.model_copy(update={"commitments": rng.choice(lists)}) for claim in claims]


def bought_in(province: str | None, claims: list[Claim]) -> list[Claim]:
    """Return claims of one place: every place has policies of its own, and kernels of its own."""
    places = {"province": province, "trader_province": None}
    return [
        claim.model_copy(update={"purchase": claim.purchase.model_copy(update=places)})
        for claim in claims
    ]


@pytest.fixture
def _kernels_always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few rows are decided by columns as well."""
    monkeypatch.setattr(tables_module, "_FEW", 0)
    monkeypatch.setattr(tables_module, "_FEW_SEARCHED", 0)


def is_as_decided(claims: list[Claim], /, depends: bool = False, **by: Any) -> None:
    found = Tables(**by, depends=depends).decide(frame_of(claims))
    assert_frame_equal(found, scalar_columns(claims, **by, depends=depends))


# --- as the scalar engine -----------------------------------------------------------------


@pytest.mark.untraced
@pytest.mark.usefixtures("_kernels_always")
def test_claims_of_which_something_is_not_known() -> None:
    is_as_decided(claims_of(Random(11), 150, unknown=True))


@pytest.mark.untraced
@pytest.mark.usefixtures("_kernels_always")
@pytest.mark.parametrize("seed", range(2))
def test_claims_that_name_commitments(seed: int) -> None:
    rng = Random(20 + seed)
    is_as_decided(promising(rng, claims_of(rng, 150, unknown=seed == 1), (0, 1, 2)))


@pytest.mark.untraced
@pytest.mark.usefixtures("_kernels_always")
@pytest.mark.parametrize("name", PROMISES)
def test_a_promise_alone_and_beside_the_law(name: str) -> None:
    claims = claims_of(Random(name), 60)
    is_as_decided(claims, policy=policies.get(name))
    is_as_decided(claims, policy=Combined(MOBILE_2001, (policies.get(name),)))


@pytest.mark.usefixtures("_kernels_always")
@pytest.mark.parametrize(
    "number", [10, pytest.param(80, marks=pytest.mark.untraced)], ids=["few", "many"]
)
def test_the_readings_each_row_hangs_on(number: int) -> None:
    is_as_decided(bought_in(None, claims_of(Random(40), number)), depends=True)


@pytest.mark.usefixtures("_kernels_always")
def test_windows_that_do_not_roll_and_periods_that_begin_nowhere() -> None:
    """Repairs stretch a window that ends on any day; without papers no period has a last one."""
    days = {"handed_in_on": "2024-09-25", "handed_back_on": "2024-09-27"}
    stretched = Claim.model_validate(
        {
            "claimed_on": "2024-10-06",
            "product": {"kind": "handset"},
            "purchase": {"sold_on": "2024-09-20", "received_on": "2024-09-20"},
            "evidence": {"invoice": "original", "voucher": "intact"},
            "fault": {"symptom": "screen_fault"},
            "repairs": [days],
        }
    )
    is_as_decided([stretched] * 3, readings=Readings(window_end="fixed"))
    evidence = {"invoice": "none", "voucher": "lost"}
    bare = stretched.model_copy(update={"evidence": Evidence.model_validate(evidence)})
    is_as_decided([bare] * 3)


@pytest.mark.untraced
@pytest.mark.usefixtures("_kernels_always")
def test_the_readings_each_row_hangs_on_beside_promises() -> None:
    """Of goods of one version of the law: the others are tried without promises."""
    rng = Random(41)
    promised = ("huawei-2021", "jd-180")
    claims = [
        claim.model_copy(update={"commitments": promised})
        for claim in bought_in(None, claims_of(rng, 60))
        if (sold_on := claim.purchase.sold_on) and sold_on >= date(2024, 7, 1)
    ]
    assert len(claims) > 9
    is_as_decided(claims, depends=True, readings=random_readings(rng))


@pytest.mark.untraced
@pytest.mark.usefixtures("_kernels_always")
def test_a_reading_may_take_a_remedy_from_one_policy_to_another() -> None:
    """Without a new window the refund is no longer the law's but that of Zhejiang: a change."""
    claim = Claim.model_validate(
        {
            "claimed_on": "2024-09-18",
            "product": {"kind": "handset"},
            "purchase": {
                "sold_on": "2024-09-02",
                "received_on": "2024-09-07",
                "price": "4239.06",
                "province": "CN-ZJ",
            },
            "evidence": {"invoice": "original", "voucher": "intact"},
            "fault": {"symptom": "screen_fault", "cause": "defect"},
            "exchanges": [{"exchanged_on": "2024-09-08"}],
            "same_model_in_stock": True,
            "request": "refund",
        }
    )
    is_as_decided([claim], depends=True)
    found = Tables(depends=True).decide(frame_of([claim]))["depends_on_reading"][0]
    assert "windows_after_exchange" in found.split(", ")


@pytest.mark.usefixtures("_kernels_always")
def test_a_fee_of_nothing_where_the_price_is_not_known() -> None:
    claim = Claim.model_validate(
        {
            "claimed_on": "2023-09-21",
            "product": {"kind": "handset"},
            "purchase": {"sold_on": "2023-09-13"},
            "evidence": {"invoice": "original", "voucher": "lost"},
            "fault": {"symptom": "screen_fault", "cause": "defect"},
            "same_model_in_stock": True,
            "request": "refund",
        }
    )
    is_as_decided([claim], readings=Readings.from_dict({"depreciation": "not_charged"}))


@pytest.mark.usefixtures("_kernels_always")
@pytest.mark.parametrize("rounding", reading_values()["rounding"])
def test_fees_of_the_largest_prices(rounding: str) -> None:
    """A rate of seven decimals, and prices that columns reckon with or leave alone."""
    rate = Decimal("0.0033333")
    catalogue = tuple(
        replace(line, daily_rate=rate if line.daily_rate else None)
        for line in MOBILE_2001.catalogue
    )
    prices = [f"{yuan}.{fen}" for yuan in (10**9 - 1, 10**9, 10**12 - 1) for fen in (50, 99)]
    claims = [
        Claim.model_validate(
            {
                "claimed_on": f"2023-09-{day}",
                "product": {"kind": "handset"},
                "purchase": {"sold_on": "2023-09-01", "price": price},
                "evidence": {"invoice": "original", "voucher": "intact"},
                "fault": {"symptom": "screen_fault", "cause": "defect"},
                "same_model_in_stock": True,
                "request": "refund",
            }
        )
        for price in prices
        for day in (10, 13, 16)
    ]
    readings = Readings.from_dict({"rounding": rounding})
    is_as_decided(claims, policy=replace(MOBILE_2001, catalogue=catalogue), readings=readings)


def test_a_small_table_is_decided_row_by_row() -> None:
    is_as_decided(claims_of(Random(50), 30), depends=True)


@pytest.mark.usefixtures("_kernels_always")
@pytest.mark.parametrize("voucher", ["intact", "lost"])
def test_a_factory_date_is_no_paper_for_a_battery_judged_apart(voucher: str) -> None:
    """Its period is not examined, that of the phone is."""
    claim = handset(symptom="battery_fault", battery_capacity=79, **FACTORY)
    claim["evidence"]["voucher"] = voucher
    claims = [Claim.model_validate(claim)]
    is_as_decided(claims)
    is_as_decided(claims, readings=Readings(built_in_battery="accessory"))


def test_two_versions_of_the_law() -> None:
    """The version is chosen by the day of the sale, row by row."""
    changed = sanbao.Policy.from_json(MOBILE_2001.to_json().replace('"months":12', '"months":24'))
    until, since = date(2014, 12, 31), date(2015, 1, 1)
    older = _in_force(MOBILE_2001, until=until)
    newer = _in_force(changed, since=since, version="2015-01-01")
    is_as_decided(claims_of(Random(60), 200), policy=Versions((older, newer)))


@pytest.mark.untraced
def test_a_calendar_with_a_gap() -> None:
    """A year may be missing between others that are published."""
    china = chinese_calendar()
    gap = replace(china, years=tuple(year for year in china.years if year != 2014))
    claims = claims_of(Random(66), 300)
    is_as_decided(claims, calendar=gap)
    with_gap, whole = (
        Tables(calendar=one, depends=False).decide(frame_of(claims)) for one in (gap, china)
    )
    assert (with_gap["provisional"] & ~whole["provisional"]).sum() > 2


def test_a_law_that_has_ended() -> None:
    """What was sold after its last day is decided by no law, and each such row says so."""
    until = date(2015, 6, 30)
    ended = Versions((_in_force(MOBILE_2001, until=until),))
    claims = sorted(claims_of(Random(64), 300), key=lambda claim: str(claim.purchase.sold_on))
    is_as_decided(claims, policy=ended)
    errors = Tables(ended, depends=False).decide(frame_of(claims))["error"]
    late = [(sold := claim.purchase.sold_on) is not None and sold > until for claim in claims]
    assert (~errors.is_null()).to_list() == late
    assert not late[0]
    assert late.count(True) > 50


def _in_force(policy: Any, **by: Any) -> Any:
    return replace(
        policy,
        in_force_from=by.get("since", policy.in_force_from),
        in_force_to=by.get("until"),
        version=by.get("version", policy.version),
    )


@pytest.mark.untraced
def test_a_calendar_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days_module, "_END", days_module.LAST)
    calendar = chinese_calendar().with_year(2027, days_off=[date(2027, 1, 1)])
    is_as_decided(claims_of(Random(70), 200), calendar=calendar)


# --- kinds of tables ---------------------------------------------------------------------------


def test_the_same_kind_of_table_comes_back() -> None:
    frame = frame_of(claims_of(Random(80), 20))
    expected = frame.hstack(Tables().decide(frame))
    assert_frame_equal(decide_table(frame), expected)
    lazy = decide_table(frame.lazy())
    assert isinstance(lazy, pl.LazyFrame)
    assert_frame_equal(lazy.collect(), expected)
    arrow = decide_table(frame.to_arrow())
    assert isinstance(arrow, pa.Table)
    assert_frame_equal(pl.DataFrame(arrow), expected)
    reader = decide_table(frame.to_arrow().to_reader())
    assert isinstance(reader, pa.RecordBatchReader)
    assert_frame_equal(pl.DataFrame(reader), expected)
    relation = decide_table(duckdb.from_arrow(frame.to_arrow()))
    assert isinstance(relation, duckdb.DuckDBPyRelation)
    assert_frame_equal(pl.DataFrame(relation), expected)


def test_pandas_keeps_its_index() -> None:
    claims = [
        claim.model_copy(update={"repairs": (), "exchanges": ()})
        for claim in claims_of(Random(81), 20)
    ]
    frame = frame_of(claims).drop("repairs", "exchanges", "commitments")
    table = frame.to_pandas()
    table.index = [f"row {number}" for number in range(len(table))]
    found = decide_table(table)
    assert isinstance(found, pd.DataFrame)
    assert list(found.index) == list(table.index)
    expected = Tables().decide(frame)
    for name in ("outcome", "rule", "articles", "error"):
        assert [None if pd.isna(one) else one for one in found[name]] == expected[name].to_list()


@pytest.mark.parametrize("junk", [None, 3, "claims.csv", [], {"claimed_on": []}, object()])
def test_what_is_no_table_is_refused(junk: Any) -> None:
    with pytest.raises(ValidationError, match=r"(?m)^table = .*must be a table"):
        decide_table(junk)


# --- columns -----------------------------------------------------------------------------------


ROW: Final[dict[str, Any]] = {
    "claimed_on": "2025-07-04",
    "kind": "handset",
    "sold_on": "2025-07-01",
    "price": "1599.00",
    "invoice": "original",
    "voucher": "intact",
    "symptom": "screen_fault",
}


def table_of(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([ROW | row for row in rows])


def decided(**changes: Any) -> dict[str, Any]:
    """Return the result columns of one row."""
    return decide_table(pl.DataFrame({key: [value] for key, value in (ROW | changes).items()})).row(
        0, named=True
    )


def test_one_row() -> None:
    found = decided()
    assert {name: found[name] for name in RESULTS} == {
        "outcome": "refund",
        "rule": "art11.refund",
        "policy": "cn.mobile-2001",
        "articles": "cn.mobile-2001:11; cn.civil-code:201; cn.civil-code:203; cn.decree-778:18",
        "payable": Decimal("1599.00"),
        "fee": Decimal("0.00"),
        "period_ends_on": date(2026, 7, 1),
        "provisional": False,
        "depends_on_reading": "",
        "error": None,
    }


def test_chinese_names_and_words() -> None:
    row = {
        "申请日期": "2025年7月4日",
        "品类": "手持机",
        "销售日期": "2025/7/1",
        "发票价格": "¥1,599.00元",
        "发票": " 原件 ",
        "三包凭证": "完好",
        "故障现象": "屏幕故障",
        "是否赠品": "否",
        "电池容量": "79%",
    }
    found = decide_table(pl.DataFrame({key: [value] for key, value in row.items()}))
    assert (found["outcome"][0], found["payable"][0]) == ("refund", Decimal("1599.00"))


@pytest.mark.parametrize("word", ["wear", "磨损或外观问题", "磨损", "外观", "外观问题"])
def test_more_than_one_chinese_word_for_a_code(word: str) -> None:
    """Wear and looks are called many things, of a claim and of a repair."""
    worn = {"handed_in_on": date(2025, 7, 2), "handed_back_on": date(2025, 7, 2), "symptom": word}
    for changes, rule in (({"symptom": word}, "art10.wear"), ({"repairs": [worn]}, "art11.refund")):
        found = decide_table(pl.DataFrame([ROW | changes]))
        assert (found["rule"][0], found["error"][0]) == (rule, None)


@pytest.mark.parametrize(
    ("column", "cell", "name", "meant"),
    [
        ("首次要求日期", "2025/7/2", "asked_on", date(2025, 7, 2)),
        ("首次报修日期", "2025年7月2日", "asked_on", date(2025, 7, 2)),
        ("故障出现日期", "2025-07-02", "appeared_on", date(2025, 7, 2)),
        ("实付金额", "¥1,499.00", "paid_price", Decimal("1499.00")),
        ("购买省份", "浙江", "province", "CN-ZJ"),
        ("购买地", "浙江省", "province", "CN-ZJ"),
        ("购买地省份", "CN-ZJ", "province", "CN-ZJ"),
        ("购买省份", "新疆维吾尔自治区", "province", "CN-XJ"),
        ("购买省份", "新疆", "province", "CN-XJ"),
        ("购买省份", "内蒙古", "province", "CN-NM"),
        ("购买省份", "香港特别行政区", "province", "CN-HK"),
        ("经营者所在省份", "上海市", "trader_province", "CN-SH"),
        ("门店省份", "江苏", "trader_province", "CN-JS"),
        ("商品状态", "二手", "condition", "second_hand"),
        ("商品状态", "全新", "condition", "new"),
        ("是否二手", "是", "condition", "second_hand"),
        ("是否二手", True, "condition", "second_hand"),
        ("是否二手", False, "condition", "new"),
        ("是否二手", None, "condition", "new"),
        ("是否有异议", "是", "contested", True),
        ("认定不合格", "有", "found_unqualified", True),
        ("故障细目", " green_line ", "detail", "green_line"),
        ("发票", "其他有效证明", "invoice", "other"),
        ("发票情况", "付款记录", "invoice", "other"),
        ("三包凭证", "销售者未出具", "voucher", "not_issued"),
        ("三包凭证", "未开具", "voucher", "not_issued"),
        ("原因依据", "质检机构鉴定", "cause_basis", "inspection"),
    ],
)
def test_chinese_columns_of_the_new_fields(column: str, cell: Any, name: str, meant: Any) -> None:
    """Columns and words of real exports mean what the claim states."""
    plain = {key: one for key, one in ROW.items() if key != name}
    table = pl.DataFrame({key: [one] for key, one in (plain | {column: cell}).items()})
    claims = read_claims(*mapped(table))
    [claim] = claims.claims(claims.frame["row"])
    found = Claim.model_validate(claim)
    for part in CLAIM[name].path.split("."):
        found = getattr(found, part)
    assert found == meant


@pytest.mark.parametrize("name", ["仅软件维修", "仅刷机", "software_only"])
def test_a_repair_that_only_loaded_software(name: str) -> None:
    """In a table of its own, in words, and in the columns that kernels read."""
    table = pl.DataFrame({"claim_id": ["A"], **{key: [one] for key, one in ROW.items()}})
    repairs = pl.DataFrame(
        {"claim_id": ["A", "A"], "送修日期": ["2025-07-02"] * 2, name: ["是", ""]}
    )
    claims = read_claims(*mapped(table, repairs))
    assert claims.repairs["software_only"].to_list() == [True, False]
    assert [one["software_only"] for one in next(claims.claims(pl.Series([0])))["repairs"][:1]] == [
        True
    ]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("claimed_on", [date(2025, 7, 4), datetime(2025, 7, 4)]),
        ("sold_on", [date(2025, 7, 1), datetime(2025, 7, 1), "2025-7-1", "2025.07.01"]),
        ("price", [Decimal("1599"), Decimal("1599.000"), 1599, "1599", "1599.0"]),
        ("kind", [pl.Series(["handset"], dtype=pl.Categorical)]),
        ("condition", [False, "new", "全新", "否", "", None]),
        ("asked_on", [date(2025, 7, 4), "2025年7月4日", None]),
        ("province", ["浙江", "CN-ZJ", None]),
        ("gift", [False, 0, "0", "no", "否", "", None]),
        ("battery_capacity", [79, 79.5, "79", "79.5 %"]),
        ("imei", ["490154203237518", 490154203237518]),
        ("repairs", [[], None, "[]", ""]),
        ("exchanges", [[], None, "[]"]),
        ("commitments", [[], None, "", "[]"]),
    ],
)
def test_the_same_value_in_many_types(name: str, values: list[Any]) -> None:
    for value in values:
        cells = value if isinstance(value, pl.Series) else [value]
        table = pl.DataFrame({key: [one] for key, one in ROW.items()}).with_columns(
            pl.Series(name, cells, strict=False)
        )
        found = decide_table(table)
        assert (found["outcome"][0], found["error"][0]) == ("refund", None), (name, value)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("claimed_on", None, "claimed_on = .*required"),
        ("claimed_on", "2025-02-30", "claimed_on = '2025-02-30': is not a day of the calendar"),
        ("claimed_on", datetime(2025, 7, 4, 12, 30), "not a date with a time"),
        ("claimed_on", "9999-01-01", "is beyond the year 9000"),
        ("sold_on", "2025-07-05", "purchase.sold_on = '2025-07-05': is after the claim"),
        ("invoiced_on", "2025-07-05", "purchase.invoiced_on = '2025-07-05': is after the claim"),
        ("asked_on", "2025-07-05", "asked_on = '2025-07-05': is after the claim"),
        ("asked_on", "2025-06-30", "asked_on = '2025-06-30': is before the sale"),
        ("appeared_on", "2025-06-30", "fault.appeared_on = '2025-06-30': is before the sale"),
        ("appeared_on", "2025-07-05", "is after the day somebody was asked \\(2025-07-04\\)"),
        ("province", "杭州", "purchase.province = '杭州': must be a province"),
        ("trader_province", "cn-zj", "did you mean 'CN-ZJ'"),
        ("detail", "Green", "fault.detail = 'Green': must be a code in lower case"),
        ("condition", "old", "product.condition = 'old': must be one of new, second_hand"),
        ("paid_price", "-1", "must not be negative"),
        ("kind", "handet", "did you mean 'handset'"),
        ("price", "-1.00", "must not be negative"),
        ("price", -1, "must not be negative"),
        ("price", "1599.001", "purchase.price = '1599.001'"),
        ("price", Decimal("1599.001"), "purchase.price"),
        ("price", "=1+1", "purchase.price = '=1\\+1'"),
        ("gift", "maybe", "purchase.gift = 'maybe': must be true or false"),
        ("gift", 2, "purchase.gift = 2"),
        ("battery_capacity", 101, "fault.battery_capacity = 101"),
        ("battery_capacity", float("nan"), "fault.battery_capacity = nan"),
        ("imei", "490154203237519", "wrong check digit"),
        ("imei", "4901", "15 digits"),
        ("commitments", ["no-such-promise"], "no-such-promise"),
        ("commitments", ["A B"], "must be the id of a policy"),
        ("exchanges", [date(2025, 7, 5)], "exchanges\\[0\\].exchanged_on"),
        ("exchanges", ["soon"], "exchanges\\[0\\].exchanged_on = 'soon'"),
        ("repairs", [{"handed_in_on": None}], "repairs\\[0\\].handed_in_on"),
        (
            "repairs",
            [{"handed_in_on": date(2025, 7, 3), "handed_back_on": date(2025, 7, 2)}],
            "is before the day it was handed in",
        ),
        ("repairs", "[3", "repairs"),
        ("repairs", "{}", "repairs"),
        ("repairs", [{"handed_in_on": "2025-07-03"}] * 1001, "at most 1000 entries"),
        ("exchanges", [date(2025, 7, 2)] * 1001, "at most 1000 entries"),
    ],
)
def test_a_row_in_error_says_what_is_wrong(name: str, value: Any, reason: str) -> None:
    good = pl.DataFrame({key: [one] for key, one in ROW.items()})
    bad = good.with_columns(pl.Series(name, [value], strict=False))
    found = decide_table(pl.concat([good, bad, good], how="diagonal_relaxed"))
    assert found["outcome"].to_list() == ["refund", None, "refund"]
    assert found["error"].is_null().to_list() == [True, False, True]
    with pytest.raises(AssertionError, match=reason):
        raise AssertionError(found["error"][1])


def test_imeis_are_checked_as_the_claim_checks_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where one begins with zeros or a sign, and where something is no number."""
    rng = Random(85)
    impossible._digit_sums.cache_clear()
    imeis = ["".join(rng.choices("0123456789", k=15)) for _ in range(300)]
    imeis += [f"0{imei[1:]}" for imei in imeis] + [f"00{imei[2:]}" for imei in imeis[:100]]
    imeis += [
        "+49015420323751",
        "-49015420323751",
        " 49015420323751",
        "49015420323751 ",
        "",
        "4" * 14,
    ]
    imeis += ["490154203237518", "4901542032375180", "４" * 15, "４" * 5, "4901542O3237518"]
    table = pl.concat([table_of({"imei": imei}) for imei in imeis])
    found = decide_table(table, depends=False)
    monkeypatch.setattr(tables_module, "_FEW", len(imeis) + 1)
    assert_frame_equal(found, decide_table(table, depends=False))
    assert 50 < found["error"].null_count() < 100


# --- tables as a whole ------------------------------------------------------------------------


def test_an_empty_table_stays_empty() -> None:
    empty = table_of({}).clear()
    found = decide_table(empty)
    assert found.columns == [*empty.columns, *RESULTS]
    assert len(found) == 0


def test_a_column_of_a_results_name_is_not_overwritten() -> None:
    with pytest.raises(ValidationError, match=r"outcome = .*is there already"):
        decide_table(table_of({"outcome": "refund"}))


@pytest.mark.parametrize(
    ("name", "values", "reason"),
    [
        ("price", [1599.0], "must not be floating-point numbers"),
        ("price", [True], "must be amounts in yuan"),
        ("claimed_on", [20250704], "must be a column of dates"),
        ("kind", [1], "must be a column of codes"),
        ("gift", [1.5], "must be true or false"),
        ("battery_capacity", [date(2025, 1, 1)], "must be numbers from 0 to 100"),
        ("claim_id", [["C1"]], "must be a column of texts"),
        ("repairs", [[{"symptom": 3}]], "must be a column of codes"),
        ("exchanges", [[20250702]], "must be a column of dates"),
        ("commitments", [[3]], "must be lists of texts"),
        ("repairs", [3], "must be a list in every row"),
        ("repairs", [[3]], "must be lists of repairs"),
        ("repairs", [[{"handed_in": "2025-07-02"}]], "is no known key; did you mean"),
    ],
)
def test_a_column_of_a_wrong_type_is_refused_by_name(
    name: str, values: list[Any], reason: str
) -> None:
    table = table_of({}).with_columns(pl.Series(name, values))
    with pytest.raises(ValidationError, match=rf"(?m)^{name}(\.\w+)? = .*{reason}"):
        decide_table(table)


@pytest.mark.usefixtures("_kernels_always")
def test_what_cannot_be_read_in_a_list_is_told() -> None:
    arrays = pl.Series("repairs", [[{"handed_in_on": "2025-07-02"}]]).list.to_array(1)
    assert decide_table(table_of({}).with_columns(arrays))["outcome"][0] == "refund"
    holes = pl.Series("repairs", [[{"handed_in_on": "2025-07-02"}, None]])
    found = decide_table(table_of({}).with_columns(holes))
    assert "repairs[1]" in found["error"][0]
    for text, reason in (
        ('[{"handed_in_on": "2025-07-02", "recorded": false, "delay": null}]', None),
        ('[{"handed_in_on": "2025-07-02", "recorded": "sometimes"}]', "repairs[0].recorded"),
        ('[{"when": "2025-07-02"}]', "repairs[0].when"),
        ("[1]", "repairs[0]"),
    ):
        error = decided(repairs=text)["error"]
        assert error is None if reason is None else reason in error
    assert decided(exchanges='["2025-07-02"]')["error"] is None


@pytest.mark.usefixtures("_kernels_always")
def test_a_table_without_a_single_date_of_sale() -> None:
    assert decided(sold_on=None, kind="other")["outcome"] == "excluded"
    assert decided(sold_on=None)["outcome"] is None


@pytest.mark.usefixtures("_kernels_always")
def test_commitments_in_many_shapes() -> None:
    for value in (["vivo-2016"], "vivo-2016", "['vivo-2016']", "vivo-2016, gree-phone"):
        assert decided(commitments=value)["error"] is None
    holes = pl.Series("commitments", [["vivo-2016", None]])
    assert decide_table(table_of({}).with_columns(holes))["error"].to_list() == [None]
    unknown = decide_table(pl.concat([table_of({"commitments": ["no-such"]})] * 60))
    assert unknown["error"].null_count() == 0


@pytest.mark.usefixtures("_kernels_always")
def test_a_rate_of_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No fee, whatever the price; and formulas of tables long past are forgotten."""
    monkeypatch.setattr(fact_columns_module, "_MOST_KEPT", 1)
    catalogue = tuple(replace(line, daily_rate=Decimal(0)) for line in MOBILE_2001.catalogue)
    policy = replace(MOBILE_2001, catalogue=catalogue)
    claims = claims_of(Random(91), 40)
    for part in (claims, [one for one in claims if not one.repairs], claims):
        is_as_decided(part, policy=policy)


def test_what_belongs_to_no_kernel_is_decided_one_by_one() -> None:
    """A rate that whole numbers of 64 bits cannot reckon."""
    rate = Decimal("0.00500000000000001")
    catalogue = tuple(
        replace(line, daily_rate=rate if line.daily_rate else None)
        for line in MOBILE_2001.catalogue
    )
    policy = replace(MOBILE_2001, catalogue=catalogue)
    is_as_decided(claims_of(Random(90), 60), policy=policy)


@pytest.mark.usefixtures("_kernels_always")
def test_a_policy_in_which_no_reading_matters() -> None:
    grades = tuple(replace(grade, carries_under=()) for grade in MOBILE_2001.grades)
    asked = fact("windows_start").within_window(days=9) & Under("first_day", "same_day")
    never = replace(MOBILE_2001.right("art12.exchange"), when=asked, id="shop.never")
    policy = replace(
        MOBILE_2001,
        grades=grades,
        rights=(*MOBILE_2001.rights, never),
        preference=(*MOBILE_2001.preference, "shop.never"),
    )
    claim = Claim.model_validate(
        {
            "claimed_on": "2025-06-04",
            "product": {"kind": "handset"},
            "purchase": {"sold_on": "2025-03-03", "price": "1599.00"},
            "evidence": {"invoice": "original", "voucher": "intact"},
            "fault": {"symptom": "screen_fault"},
            "same_model_in_stock": True,
        }
    )
    is_as_decided([claim] * 3, depends=True, policy=policy)


class Sundays:
    """A calendar of one's own, which cannot be a key."""

    __hash__ = None  # type: ignore[assignment]
    id = "own"
    last_known_year = 2026

    def knows(self, year: int) -> bool:
        """Say that this century is published."""
        return year > 2000

    def is_rest_day(self, day: date, rest_days: str) -> bool:
        """Say whether it is a Sunday."""
        return day.weekday() == 6


@pytest.mark.untraced
@pytest.mark.usefixtures("_kernels_always")
def test_a_calendar_that_is_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days_module, "_END", days_module.LAST)
    is_as_decided(claims_of(Random(91), 60), calendar=Sundays())


@pytest.mark.usefixtures("_kernels_always")
def test_many_kernels_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two versions of the law each has to be compiled anew, and decides as before."""
    monkeypatch.setattr(kernels_module, "_MOST_KEPT", 1)
    claims = bought_in(None, claims_of(Random(93), 60))
    tables = Tables(readings=Readings(rounding="down"), depends=False)
    for _ in range(2):
        found = tables.decide(frame_of(claims))
        assert len(tables._kernels._kernels) == 1
        expected = scalar_columns(claims, readings=Readings(rounding="down"), depends=False)
        assert_frame_equal(found, expected)


@pytest.mark.parametrize("places", [0, 1000])
def test_rows_decided_one_by_one_stand_where_they_stood(
    monkeypatch: pytest.MonkeyPatch, places: int
) -> None:
    """However many there are: a few stand between the others, of many all are put in order."""
    monkeypatch.setattr(tables_module, "_FEW_PLACES", places)
    is_as_decided(claims_of(Random(95), 120, unknown=True))


def test_a_large_table_is_decided_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    claims = claims_of(Random(96), 230)
    table = frame_of(claims)
    expected = Tables(depends=False).decide(table)
    decided: list[int] = []
    by_pieces = Tables._decided

    def piece(self: Tables, claims: pl.DataFrame, *others: pl.DataFrame | None) -> pl.DataFrame:
        decided.append(len(claims))
        return by_pieces(self, claims, *others)

    monkeypatch.setattr(tables_module, "_PIECE", 100)
    monkeypatch.setattr(Tables, "_decided", piece)
    assert_frame_equal(Tables(depends=False).decide(table), expected)
    assert sorted(decided) == [76, 77, 77]


def test_repairs_of_a_table_of_their_own_are_not_parted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables_module, "_PIECE", 1)
    found = decide_table(CLAIMS, repairs=REPAIRS, depends=False)
    assert found["rule"].to_list() == ["art12.exchange", "art11.refund"]


@pytest.mark.usefixtures("_kernels_always")
@pytest.mark.parametrize("name", ["oppo-green-line", "jd-180"])
def test_a_promise_alone(name: str) -> None:
    """It asks less of repairs than a law does, or more of what a fault is called."""
    is_as_decided(claims_of(Random(97), 40, unknown=True), policy=name)


@pytest.mark.usefixtures("_kernels_always")
def test_repairs_that_stretch_no_window() -> None:
    readings = Readings.from_dict({"repair_time_in_windows": "counted"})
    is_as_decided(bought_in(None, claims_of(Random(98), 40)), readings=readings)


@pytest.mark.usefixtures("_kernels_always")
def test_a_policy_that_asks_nothing_of_repairs() -> None:
    """Repairs then only push days on; a detail is told by the codes that a policy lists."""
    listed = OneOf("detail", ("green_line", "dead_pixel"))
    policy = small("small", exchange(WITHIN_15 & ~listed), repair(INSIDE))
    claims = bought_in(None, claims_of(Random(100), 200))
    for counting in (policy.counting, MOBILE_2024.counting):
        is_as_decided(claims, policy=replace(policy, counting=counting))


@pytest.mark.usefixtures("_kernels_always")
def test_readings_that_only_one_of_two_policies_names() -> None:
    shop = promise(small("shop", repair(fact("complete").is_(True))), "shop")
    tables = Tables(Combined(MOBILE_2001, (shop,)))
    claims = read_claims(frame_of(bought_in(None, claims_of(Random(99), 20))))
    for rows, programs in tables._groups(claims):
        if programs is not None:
            kernel = tables._kernels.of(programs, tables.engine.readings)
            hanging = dict(kernel.hanging(claims.part(rows)))
            assert {len(some) for some in hanging.values()} == {len(rows)}
            assert hanging.keys() >= kernel.policies[0].in_code - COUNTING


@pytest.mark.usefixtures("_kernels_always")
def test_days_of_use_since_the_invoice() -> None:
    """Repairs since another day than the period's start are deducted from the days of use."""
    readings = Readings(depreciation_start="from_invoice")
    is_as_decided(claims_of(Random(94), 200), readings=readings)


@pytest.mark.untraced
@pytest.mark.usefixtures("_kernels_always")
def test_many_calendars_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days_module, "_END", days_module.LAST)
    monkeypatch.setattr(days_module, "_MOST_KNOWN", 1)
    monkeypatch.setattr(days_module, "_known", {})
    claims = claims_of(Random(92), 60)
    for reading in reading_values()["rest_days"]:
        is_as_decided(claims, readings=Readings.from_dict({"rest_days": reading}))


def test_a_year_that_is_not_published_lies_between_others(monkeypatch: pytest.MonkeyPatch) -> None:
    class EvenYears(Sundays):
        def knows(self, year: int) -> bool:
            """Say that every other year is published."""
            return year % 2 == 0

    monkeypatch.setattr(days_module, "_END", days_module.FIRST + 1200)
    days = days_module.Days(Clock(EvenYears(), DEFAULT_READINGS))
    frame = pl.DataFrame({"day": [date(year, 5, 1) for year in (1990, 1991, 1992)]})
    found = frame.select(days.published(pl.col("day").cast(pl.Int32)).alias("known"))
    assert found["known"].to_list() == [True, False, True]


def test_rest_days_are_looked_up_once_where_they_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the last calendar they are known still, also of one that is no key of a dictionary."""
    first = days_module.FIRST  # a Monday
    monkeypatch.setattr(days_module, "_END", first + 9)
    monkeypatch.setattr(days_module, "_MOST_KNOWN", 1)
    monkeypatch.setattr(days_module, "_known", {})
    rolls, china = days_module._rolls, chinese_calendar()
    of_china = rolls(china, "weekends_too")
    assert rolls(china, "weekends_too") is of_china
    assert rolls(china, "holidays_only") is not of_china
    assert rolls(china, "weekends_too") is not of_china
    own = Sundays()
    rolled, known = rolls(own, "weekends_too")
    assert rolls(own, "weekends_too")[0] is rolled
    assert rolls(Sundays(), "weekends_too")[0] is not rolled
    assert rolled.to_list() == [*range(first, first + 6), first + 7, *range(first + 7, first + 10)]
    assert not known.any()
    assert kernels_module.kernels_of(None, None, Sundays()).engine.calendar.id == "own"


# --- second tables, and other names ---------------------------------------------------------------


CLAIMS: Final = table_of({"claim_id": "A", "claimed_on": "2025-07-20"}, {"claim_id": "B"})
REPAIRS: Final = pl.DataFrame(
    {
        "claim_id": ["A", "A"],
        "handed_in_on": ["2025-07-08", "2025-07-14"],
        "handed_back_on": ["2025-07-09", "2025-07-15"],
    }
)


def test_repairs_and_exchanges_in_tables_of_their_own() -> None:
    assert decide_table(CLAIMS, repairs=REPAIRS)["rule"].to_list() == [
        "art12.exchange",
        "art11.refund",
    ]
    exchanges = pl.DataFrame({"claim_id": ["A"], "exchanged_on": [date(2025, 7, 19)]})
    assert decide_table(CLAIMS, exchanges=exchanges)["rule"][0] == "art11.refund"
    chinese = REPAIRS.rename({"claim_id": "单号", "handed_in_on": "送修日期"})
    assert decide_table(CLAIMS, repairs=chinese)["rule"][0] == "art12.exchange"
    named = REPAIRS.rename({"handed_in_on": "in"})
    columns = {"repairs": {"handed_in_on": "in"}}
    assert decide_table(CLAIMS, repairs=named, columns=columns)["rule"][0] == "art12.exchange"


@pytest.mark.parametrize(
    ("claims", "tables", "reason"),
    [
        (CLAIMS, {"repairs": REPAIRS.drop("claim_id")}, "repairs.claim_id = .*is required"),
        (CLAIMS.drop("claim_id"), {"repairs": REPAIRS}, "claim_id = .*is required"),
        (CLAIMS, {"repairs": REPAIRS.drop("handed_in_on")}, "repairs.handed_in_on .*required"),
        (CLAIMS, {"repairs": REPAIRS.with_columns(claim_id=pl.lit("C"))}, "of no claim"),
        (pl.concat([CLAIMS, CLAIMS]), {"repairs": REPAIRS}, "names two claims"),
        (CLAIMS.with_columns(repairs=pl.lit("[]")), {"repairs": REPAIRS}, "one of their own"),
        (CLAIMS, {"repairs": REPAIRS.with_columns(delay=pl.lit(1))}, "repairs.delay .*codes"),
        (CLAIMS, {"repairs": "no table"}, "repairs = .*must be a table"),
        (
            CLAIMS,
            {"repairs": REPAIRS, "columns": {"repairs": "claim_id"}},
            "columns.repairs = .*must map",
        ),
    ],
)
def test_tables_that_do_not_fit_together(
    claims: pl.DataFrame, tables: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ValidationError, match=reason):
        decide_table(claims, **tables)


def test_a_column_that_is_required() -> None:
    with pytest.raises(ValidationError, match=r"claimed_on = .*did you mean 'claimed_at'"):
        decide_table(table_of({}).rename({"claimed_on": "claimed_at"}))
    many = pl.DataFrame({f"x{number}": [1] for number in range(20)})
    with pytest.raises(ValidationError, match=r"the table has 'x0', .* …"):
        decide_table(many)
    with pytest.raises(ValidationError, match="the table has no columns"):
        decide_table(pl.DataFrame())


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"sold_on": "solt_on"}, "columns.sold_on = 'solt_on': is no column.*'sold_on'"),
        ({"sold": "sold_on"}, "'sold': is no column of a claim; did you mean 'sold_on'"),
        ({"sold_on": 3}, "columns.sold_on = 3: must be the name of a column"),
        ({"sold_on": {"value": "x", "unit": "fen"}}, "must be the name of a column"),
        ({"gift": {"value": None}}, "columns.gift.value = None: must be one value"),
        ({"price": {"column": "price", "unit": "jiao"}}, "columns.price.unit = 'jiao'"),
        ({"price": {"column": "price", "unit": "fen"}}, "columns.price.unit = 'fen'"),
        (["sold_on"], "must map our names"),
    ],
)
def test_a_mapping_that_names_what_there_is_not(columns: Any, reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        decide_table(table_of({}), columns=columns)


def test_a_mapping_names_columns_units_and_what_is_assumed() -> None:
    table = table_of({}).drop("price", "voucher").with_columns(amount=pl.lit(159_900))
    columns = {
        "price": {"column": "amount", "unit": "fen"},
        "voucher": {"value": "intact"},
        "sold_on": {"column": "sold_on"},
    }
    assert decide_table(table, columns=columns)["payable"][0] == Decimal("1599.00")


def test_a_mapping_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "columns.toml"
    path.write_text('price = { column = "amount", unit = "fen" }\n', "utf-8")
    assert read_mapping(path) == {"price": {"column": "amount", "unit": "fen"}}
    path.write_text("price = ", "utf-8")
    with pytest.raises(ValidationError, match="is not TOML"):
        read_mapping(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValidationError, match="is no UTF-8 text"):
        read_mapping(path)
    with pytest.raises(ValidationError, match="cannot be read"):
        read_mapping(tmp_path / "none.toml")


# --- the package --------------------------------------------------------------------------------


class Stream:
    """Something that speaks Arrow and is of no kind we know."""

    def __init__(self, table: Any) -> None:
        self.table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.table.__arrow_c_stream__(requested_schema)


def test_other_tables_that_speak_arrow_come_back_as_polars() -> None:
    assert isinstance(decide_table(Stream(table_of({}))), pl.DataFrame)
    with pytest.raises(ValidationError, match="is no table"):
        decide_table(Stream(pl.Series([1, 2])))


def test_the_schema_as_data() -> None:
    tables = json.loads(describe())
    assert list(tables) == ["claims", "repairs", "exchanges", "results"]
    [price] = [field for field in tables["claims"] if field["name"] == "price"]
    assert (price["path"], price["type"], price["names"][0]) == (
        "purchase.price",
        "yuan",
        "发票价格",
    )
    assert [field["name"] for field in tables["results"]] == list(RESULTS)


def test_the_front_door(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(dir(audit_package)) == set(audit_package.__all__)
    for name in audit_package.__all__:
        assert getattr(audit_package, name).__name__ == name
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = audit_package.nothing

    def missing(name: str) -> Any:
        raise ModuleNotFoundError("No module named 'polars'", name="polars")

    monkeypatch.delitem(vars(audit_package), "decide_table", raising=False)
    monkeypatch.setattr(lazy_names, "import_module", missing)
    with pytest.raises(ModuleNotFoundError, match=r'pip install "\.\[audit\]"'):
        _ = audit_package.decide_table

    def broken(name: str) -> Any:
        raise ModuleNotFoundError("No module named 'sanbao.x'", name="sanbao.x")

    monkeypatch.setattr(lazy_names, "import_module", broken)
    with pytest.raises(ModuleNotFoundError, match=r"sanbao\.x"):
        _ = audit_package.decide_table


def test_constants_are_folded() -> None:
    """A condition that is sure to hold or to fail is no column."""
    assert both(()) is True
    assert either(()) is False
    assert both((pl.lit(True), False)) is False
    assert either((pl.lit(False), True)) is True
