"""The second statement of the law (`law_oracle`) says what the law pages say."""

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from law_oracle import DOUBTS, OUTCOMES, READINGS, ImpossibleClaim, depends_on, judge
from law_oracle.cases_seed import SEED_CASES
from law_oracle.draw import random_claim, random_readings
from law_oracle.facts import one_case, read
from law_oracle.local import LOCAL_REMEDY
from law_oracle.money import refund_less_depreciation
from law_oracle.readings import complete
from law_oracle.rights import REMEDY
from law_oracle.scope_bars import BAR_RULES, SCOPE_RULES

Claim = dict[str, Any]

_PLACES = {
    "claimed": ("claimed_on",),
    "asked": ("asked_on",),
    "stock": ("same_model_in_stock",),
    "request": ("request",),
    "kind": ("product", "kind"),
    "mainland": ("product", "sold_in_mainland"),
    "with_phone": ("product", "bought_with_phone"),
    "used": ("product", "used"),
    "condition": ("product", "condition"),
    "sold": ("purchase", "sold_on"),
    "invoiced": ("purchase", "invoiced_on"),
    "received": ("purchase", "received_on"),
    "price": ("purchase", "price"),
    "alone": ("purchase", "standalone_price"),
    "paid": ("purchase", "paid_price"),
    "province": ("purchase", "province"),
    "trader": ("purchase", "trader_province"),
    "gift": ("purchase", "gift"),
    "plan": ("purchase", "plan_bundled"),
    "invoice": ("evidence", "invoice"),
    "voucher": ("evidence", "voucher"),
    "made": ("evidence", "manufactured_on"),
    "symptom": ("fault", "symptom"),
    "cause": ("fault", "cause"),
    "basis": ("fault", "cause_basis"),
    "contested": ("fault", "contested"),
    "appeared": ("fault", "appeared_on"),
    "unqualified": ("fault", "found_unqualified"),
    "capacity": ("fault", "battery_capacity"),
    "repairs": ("repairs",),
}

# Bought on a Monday of the first law; no rest day stands at the end of its windows and period.
OLD = {
    "sold": "2010-03-01",
    "kind": "handset",
    "price": "2000.00",
    "invoice": "original",
    "voucher": "intact",
    "symptom": "screen_fault",
    "stock": True,
}
# The same under Decree 778; 2025-03-17 is a Monday.
DECREE = {**OLD, "sold": "2025-03-03"}
# Between the two, where both local regulations govern; 2019-03-04 is a Monday.
LOCAL = {**OLD, "sold": "2019-03-04"}


def claim(base: dict[str, Any], claimed: str, **facts: Any) -> Claim:
    """Write a claim in the form of the contract; a fact set to None is left out."""
    result: Claim = {}
    exchanges = facts.pop("exchanges", ())
    for name, value in {**base, "claimed": claimed, **facts}.items():
        if value is None:
            continue
        *path, last = _PLACES[name]
        place = result
        for step in path:
            place = place.setdefault(step, {})
        place[last] = value
    if exchanges:
        result["exchanges"] = [{"exchanged_on": day} for day in exchanges]
    return result


def stay(handed_in: str, handed_back: str | None = None, **more: Any) -> Claim:
    """Write one repair."""
    repair = {"handed_in_on": handed_in, **more}
    if handed_back is not None:
        repair["handed_back_on"] = handed_back
    return repair


def holding(result: dict[str, Any]) -> set[str]:
    """Rules of rights that are open."""
    return {rule for rule in (*REMEDY, *LOCAL_REMEDY) if result["verdicts"].get(rule) == "holds"}


def remedy(result: dict[str, Any], rule: str) -> dict[str, Any]:
    """Return the one remedy of a rule."""
    (found,) = [one for one in result["remedies"] if one["rule"] == rule]
    return dict(found)


# --- Real cases -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "expect"), [case[1:] for case in SEED_CASES], ids=[case[0] for case in SEED_CASES]
)
def test_the_first_fourteen_cases(facts: Claim, expect: dict[str, Any]) -> None:
    result = judge(facts)
    shown = {**result, **result["dates"]}
    if {"used_days", "fee"} & expect.keys():
        shown.update(remedy(result, result["lead_rule"]))
    assert {name: shown[name] for name in expect} == expect


_SECOND = json.loads((Path(__file__).parent / "law_oracle" / "cases-2.json").read_text("utf-8"))


@pytest.mark.parametrize("case", _SECOND, ids=[case["id"] for case in _SECOND])
def test_the_second_fourteen_cases(case: dict[str, Any]) -> None:
    result, expect = judge(case["claim"]), case["expect"]
    assert result["outcome"] == expect["outcome"]
    assert expect.get("rule") in {None, result["lead_rule"]}
    assert expect.get("payable") in {None, result["payable"]}
    if "depends_on" in expect:
        assert expect["depends_on"] in {name for name, _ in depends_on(case["claim"])}


def test_stock_decides_which_refund_at_the_same_facts() -> None:
    facts = {**SEED_CASES[-1][1]}
    del facts["same_model_in_stock"]
    result = judge(facts)
    assert (result["outcome"], result["payable"]) == ("refund", ["1100.00", "2000.00"])


# --- calendar.md ------------------------------------------------------------------------------


def _dates(facts: Claim, readings: dict[str, str] | None = None) -> dict[str, Any]:
    return dict(judge(facts, readings)["dates"])


def test_calendar_last_day_of_the_seven_day_window() -> None:
    assert _dates(claim(OLD, "2026-03-05", sold="2026-03-02"))["refund_until"] == "2026-03-09"


def test_calendar_saturday_rolls_to_monday() -> None:
    assert _dates(claim(OLD, "2026-03-08", sold="2026-03-07"))["refund_until"] == "2026-03-16"


def test_calendar_leap_day() -> None:
    assert _dates(claim(OLD, "2024-03-08", sold="2024-02-29"))["period_ends_on"] == "2025-02-28"


def test_calendar_make_up_working_day() -> None:
    facts = claim(OLD, "2025-10-10", sold="2025-08-31", kind="battery", symptom="battery_fault")
    assert _dates(facts)["period_ends_on"] == "2026-02-28"


def test_calendar_national_day() -> None:
    assert _dates(claim(OLD, "2023-10-10", sold="2023-10-01"))["period_ends_on"] == "2024-10-08"


def test_calendar_ninetieth_day_after_the_factory_date() -> None:
    facts = claim(OLD, "2025-06-10", sold=None, invoice="none", voucher="lost", made="2025-01-01")
    assert _dates(facts)["period_starts_on"] == "2025-04-01"


def test_calendar_both_days_of_a_repair_count() -> None:
    repairs = [stay("2026-05-06", "2026-05-20")]
    facts = claim(OLD, "2026-06-10", sold="2026-01-05", repairs=repairs)
    assert _dates(facts)["deducted_days"] == 15


def test_calendar_depreciation_from_the_exchange() -> None:
    facts = claim(OLD, "2010-09-15", price="2750.00", exchanges=["2010-03-15"], request="refund")
    (only,) = [one_case(read(facts), {"bought_with_phone": False}, {})]
    money = refund_less_depreciation(only, complete(None))
    assert (money.used_days, str(money.fee), str(money.payable)) == (184, "2530.00", "220.00")


def test_calendar_decree_goods_run_from_delivery() -> None:
    facts = claim(OLD, "2025-06-10", sold="2025-03-01", received="2025-03-05")
    assert _dates(facts)["period_ends_on"] == "2026-03-05"
    assert _dates(facts, {"period_start": "invoiced"})["period_ends_on"] == "2026-03-02"


def test_calendar_decree_windows_are_stretched() -> None:
    repairs = [stay("2026-03-04", "2026-03-10")]
    facts = claim(OLD, "2026-03-12", sold="2026-03-02", repairs=repairs)
    assert _dates(facts)["refund_until"] == "2026-03-16"
    assert _dates(facts, {"repair_time_in_windows": "counted"})["refund_until"] == "2026-03-09"


def test_calendar_windows_before_the_decree_are_not() -> None:
    # 2024-03-04 is a Monday.
    repairs = [stay("2024-03-06", "2024-03-12")]
    facts = claim(OLD, "2024-03-14", sold="2024-03-04", repairs=repairs)
    assert _dates(facts)["refund_until"] == "2024-03-11"


@pytest.mark.parametrize(
    ("sold", "repair", "last", "added"),
    [
        ("2023-03-01", ("2024-03-10", "2024-03-20"), "2024-03-01", 0),
        ("2023-03-01", ("2024-02-25", "2024-03-05"), "2024-03-11", 10),
        ("2023-03-03", ("2024-03-04", "2024-03-08"), "2024-03-08", 5),
    ],
)
def test_calendar_repairs_at_the_end_of_the_period(
    sold: str, repair: tuple[str, str], last: str, added: int
) -> None:
    dates = _dates(claim(OLD, "2024-03-25", sold=sold, repairs=[stay(*repair)]))
    assert (dates["period_ends_on"], dates["deducted_days"]) == (last, added)


# --- Section 0: days -----------------------------------------------------------------------------


def test_asked_is_the_day_held() -> None:
    late = claim(OLD, "2010-04-20")
    assert judge(late)["outcome"] == "free_repair"
    assert judge({**late, "asked_on": "2010-03-08"})["outcome"] == "refund"
    assert judge({**late, "asked_on": "2010-03-09"})["outcome"] == "exchange"


@pytest.mark.parametrize(
    ("path", "facts"),
    [
        ("asked_on", {"asked": "2010-03-21"}),
        ("asked_on", {"asked": "2010-02-28"}),
        ("fault.appeared_on", {"asked": "2010-03-10", "appeared": "2010-03-11"}),
        ("fault.appeared_on", {"appeared": "2010-02-28"}),
        ("purchase.sold_on", {"sold": "2010-03-21"}),
        ("purchase.received_on", {"received": "2010-03-21"}),
        ("purchase.received_on", {"received": "2010-02-20"}),
        ("purchase.invoiced_on", {"invoiced": "2010-03-21"}),
        ("evidence.manufactured_on", {"made": "2010-03-02"}),
        ("exchanges[0].exchanged_on", {"exchanges": ["2010-03-21"]}),
        ("repairs[0].ready_on", {"repairs": [stay("2010-03-10", ready_on="2010-03-09")]}),
        ("repairs[0].handed_back_on", {"repairs": [stay("2010-03-10", "2010-03-09")]}),
        ("repairs[0].notified_on", {"repairs": [stay("2010-03-10", notified_on="2010-03-09")]}),
        ("purchase.sold_on", {"sold": "2010-03"}),
        ("purchase.sold_on", {"sold": None, "made": "2010-03-10", "asked": "2010-03-09"}),
    ],
)
def test_days_that_cannot_be(path: str, facts: dict[str, Any]) -> None:
    with pytest.raises(ImpossibleClaim) as caught:
        judge(claim(OLD, "2010-03-20", **facts))
    assert caught.value.field == path


def test_a_demand_before_the_exchange_concerned_the_unit_given_back() -> None:
    result = judge(
        claim(
            OLD, "2010-06-01", asked="2010-05-03", appeared="2010-05-02", exchanges=["2010-05-04"]
        )
    )
    assert result["dates"]["asked_on"] == "2010-06-01"
    assert result["warnings"] == ["asked_before_exchange", "appeared_before_exchange"]


def test_a_demand_on_the_day_of_the_exchange_is_used() -> None:
    result = judge(claim(OLD, "2010-06-01", asked="2010-05-04", exchanges=["2010-05-04"]))
    assert (result["dates"]["asked_on"], result["warnings"]) == ("2010-05-04", [])


@pytest.mark.parametrize(("claimed", "warned"), [("2010-04-10", False), ("2010-04-11", True)])
def test_a_demand_that_was_met_is_used_with_a_warning(claimed: str, warned: bool) -> None:
    repairs = [stay("2010-03-05", "2010-03-11")]
    result = judge(claim(OLD, claimed, asked="2010-03-05", repairs=repairs))
    assert result["dates"]["asked_on"] == "2010-03-05"
    assert ("asked_before_lasting_repair" in result["warnings"]) is warned


@pytest.mark.parametrize(
    ("handed_back", "claimed", "symptom", "under_guarantee", "outcome"),
    [
        # Period to 2011-03-01, with the repair's days: 2011-02-25 to 03-02 adds 6, to 03-07.
        ("2011-03-02", "2011-04-01", None, True, "free_repair"),
        ("2011-03-02", "2011-04-02", None, True, "paid_repair"),
        ("2011-03-02", "2011-03-20", "no_ring", True, "paid_repair"),
        ("2011-03-02", "2011-03-20", None, False, "paid_repair"),
    ],
)
def test_a_fault_that_comes_back_is_one_fault(
    handed_back: str, claimed: str, symptom: str | None, under_guarantee: bool, outcome: str
) -> None:
    repair = stay("2011-02-25", handed_back, under_guarantee=under_guarantee)
    if symptom:
        repair["symptom"] = symptom
    result = judge(claim(OLD, claimed, repairs=[repair]))
    assert result["outcome"] == outcome
    # Bar (1) is lifted by the chain itself, not only art10.again.
    assert (result["verdicts"]["art10.repair"] == "holds") is (outcome == "free_repair")


def test_the_chain_goes_from_repair_to_repair() -> None:
    first = [stay("2011-02-25", "2011-03-02"), stay("2011-03-30", "2011-04-04")]
    facts = claim(OLD, "2011-05-03", repairs=first, request="exchange")
    assert judge(facts)["lead_rule"] == "art13.exchange"
    broken = [first[0], stay("2011-04-02", "2011-04-04")]
    assert judge(claim(OLD, "2011-05-03", repairs=broken))["outcome"] == "free_repair"
    assert judge(claim(OLD, "2011-05-03", repairs=broken))["lead_rule"] == "art10.again"


def test_accessories_have_the_chain_too() -> None:
    charger = {**OLD, "kind": "charger", "symptom": "charger_fault"}
    repairs = [stay("2011-02-28", "2011-03-02")]
    assert judge(claim(charger, "2011-03-31", repairs=repairs))["outcome"] == "exchange"
    assert judge(claim(charger, "2011-04-02", repairs=repairs))["outcome"] == "paid_repair"


@pytest.mark.parametrize(
    ("sold", "received", "claimed", "starts"),
    [
        ("2024-06-28", "2024-06-30", "2024-07-20", "2024-06-28"),
        ("2024-06-28", "2024-07-01", "2024-07-20", "2024-07-01"),
        ("2024-07-02", "2024-07-05", "2024-07-20", "2024-07-05"),
    ],
)
def test_the_decree_governs_goods_delivered_since(
    sold: str, received: str, claimed: str, starts: str
) -> None:
    facts = claim(OLD, claimed, sold=sold, received=received)
    assert _dates(facts)["period_starts_on"] == starts


def test_an_unknown_sale_is_every_day_it_can_have_been() -> None:
    # Made 2010-01-04; first repair 2010-03-08. A sale on 02-26 or before is out of the window.
    facts = claim(
        OLD, "2010-03-16", sold=None, made="2010-01-04", repairs=[stay("2010-03-08", "2010-03-10")]
    )
    result = judge(facts)
    assert result["possible"] == ["exchange", "free_repair"]
    assert judge({**facts, "asked_on": "2010-03-05"})["possible"][0] == "refund"
    earlier = claim(OLD, "2010-03-16", sold=None, made="2010-03-01")
    assert judge(earlier)["possible"] == ["refund", "exchange"]


def test_a_fault_that_appeared_on_the_day_of_the_exchange_is_the_new_unit_s() -> None:
    facts = claim(OLD, "2010-06-01", appeared="2010-05-04", exchanges=["2010-05-04"])
    assert judge(facts)["warnings"] == []
    assert judge(facts, {"window_day": "appeared"})["lead_rule"] == "art11.refund"


@pytest.mark.parametrize(
    ("second", "warned"),
    [
        (stay("2010-05-10", "2010-05-20"), False),
        (stay("2010-05-10", "2010-05-20", symptom="no_ring"), True),
        (stay("2010-05-10", "2010-05-21"), True),
        (stay("2010-05-10"), True),
    ],
)
def test_the_last_finished_repair_is_asked(second: Claim, warned: bool) -> None:
    repairs = [stay("2010-03-05", "2010-03-11"), second]
    result = judge(claim(OLD, "2010-05-20", asked="2010-03-05", repairs=repairs))
    assert ("asked_before_lasting_repair" in result["warnings"]) is warned


def test_the_chain_reaches_a_repair_on_the_day_of_the_start() -> None:
    repairs = [stay("2015-03-02", "2015-08-20")]
    facts = claim(SINCE_2014, "2015-09-10", basis="report", contested=True, repairs=repairs)
    assert judge(facts)["outcome"] == "free_repair"


# --- Section 1: periods and windows ------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        ("2010-03-08", "art11.refund"),
        ("2010-03-09", "art12.exchange"),
        ("2010-03-16", "art12.exchange"),
        ("2010-03-17", "art10.repair"),
        ("2011-03-01", "art10.repair"),
        ("2011-03-02", "art24.expired"),
    ],
)
def test_windows_and_period_of_a_main_unit(day: str, rule: str) -> None:
    assert judge(claim(OLD, day))["lead_rule"] == rule


@pytest.mark.parametrize(
    ("kind", "symptom", "last"),
    [
        ("battery", "battery_fault", "2010-09-01"),
        ("charger", "charger_fault", "2011-03-01"),
        ("wired_earphone", "earphone_fault", "2010-06-01"),
        ("terminal_card", "terminal_card_fault", "2011-03-01"),
        ("data_card", "data_card_fault", "2011-03-01"),
    ],
)
def test_periods_of_accessories(kind: str, symptom: str, last: str) -> None:
    result = judge(claim(OLD, "2010-03-20", kind=kind, symptom=symptom))
    assert (result["outcome"], result["dates"]["period_ends_on"]) == ("exchange", last)
    assert result["dates"]["refund_until"] is None


def test_the_period_of_other_goods_runs_from_the_invoice() -> None:
    facts = claim(OLD, "2010-04-20", invoiced="2010-03-09", received="2010-03-05")
    dates = _dates(facts)
    assert (dates["period_starts_on"], dates["refund_until"]) == ("2010-03-09", "2010-03-12")


def test_an_exchange_starts_period_and_windows_again() -> None:
    facts = claim(OLD, "2010-06-20", exchanges=["2010-06-01", "2010-05-04"])
    dates = _dates(facts)
    assert (dates["period_starts_on"], dates["refund_until"]) == ("2010-06-01", "2010-06-08")


def test_an_exchange_before_the_sale_is_ignored() -> None:
    assert _dates(claim(OLD, "2010-03-20", exchanges=["2010-02-01"]))["period_starts_on"] == (
        "2010-03-01"
    )


def test_on_the_factory_date_exchanges_are_not_looked_at() -> None:
    facts = claim(
        OLD,
        "2010-06-20",
        invoice="none",
        voucher="lost",
        made="2010-01-01",
        exchanges=["2010-06-01"],
        repairs=[stay("2010-05-03", "2010-05-04")],
    )
    dates = _dates(facts)
    assert (dates["period_starts_on"], dates["deducted_days"]) == ("2010-04-01", 2)


def test_repairs_before_the_exchange_count_for_nothing() -> None:
    repairs = [stay("2010-03-20", "2010-03-25"), stay("2010-04-20", "2010-04-25")]
    facts = claim(OLD, "2010-06-20", exchanges=["2010-05-04"], repairs=repairs)
    result = judge(facts)
    assert result["lead_rule"] == "art10.repair"
    assert result["dates"]["deducted_days"] == 0
    assert result["warnings"] == ["repairs_before_exchange"]


def test_a_day_of_two_repairs_counts_once() -> None:
    repairs = [stay("2010-04-01", "2010-04-05"), stay("2010-04-05", "2010-04-08")]
    assert _dates(claim(OLD, "2010-06-20", repairs=repairs))["deducted_days"] == 8


def test_an_open_repair_runs_to_the_claim() -> None:
    repairs = [stay("2010-04-01"), stay("2010-06-25", "2010-06-26")]
    assert _dates(claim(OLD, "2010-06-20", repairs=repairs))["deducted_days"] == 81
    later = [stay("2010-04-01", "2010-07-01")]
    assert _dates(claim(OLD, "2010-06-20", repairs=later))["deducted_days"] == 81


def test_decree_windows_are_stretched_by_repairs_in_time_only() -> None:
    # To 2025-03-10; a repair of 3 days from 03-11 comes too late for the 7 days, not for the 15.
    late = claim(DECREE, "2025-03-20", repairs=[stay("2025-03-11", "2025-03-13")])
    dates = _dates(late)
    assert (dates["refund_until"], dates["exchange_until"]) == ("2025-03-10", "2025-03-21")
    in_time = claim(DECREE, "2025-03-20", repairs=[stay("2025-03-10", "2025-03-12")])
    assert _dates(in_time)["refund_until"] == "2025-03-13"


def test_a_repair_of_one_day_and_one_on_the_day_of_the_start_count() -> None:
    assert (
        _dates(claim(OLD, "2010-06-20", repairs=[stay("2010-04-01", "2010-04-01")]))[
            "deducted_days"
        ]
        == 1
    )
    first_day = claim(DECREE, "2025-03-20", repairs=[stay("2025-03-03", "2025-03-04")])
    dates = _dates(first_day)
    assert (dates["deducted_days"], dates["refund_until"]) == (2, "2025-03-12")


def test_the_first_day_counted_moves_every_end_by_one() -> None:
    # No rest day among them: 2010-03-09 and 2010-03-17 are a Tuesday and a Wednesday.
    dates = _dates(claim(OLD, "2010-03-05", sold="2010-03-03"), {"first_day": "same_day"})
    assert (dates["refund_until"], dates["exchange_until"]) == ("2010-03-09", "2010-03-17")
    assert dates["period_ends_on"] == "2011-03-02"


# --- Section 2: scope -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("art2.catalogue", {"kind": "other"}),
        ("art2.place", {"mainland": False}),
        ("art31.date", {"sold": "2001-11-14", "claimed": "2001-11-20"}),
        ("art10.no_fault", {"symptom": "none"}),
        (
            "art10.no_fault",
            {"kind": "battery", "symptom": "battery_fault", "capacity": 80},
        ),
        ("art10.no_fault", {"symptom": "battery_fault", "capacity": 80}),
        ("art10.wear", {"symptom": "wear"}),
        ("app3.network", {"cause": "network", "basis": "report"}),
        ("art10.sim_data", {"cause": "sim_data", "basis": "report"}),
        ("app3.unlisted", {"kind": "charger", "symptom": "unlisted"}),
        ("app3.unlisted", {"kind": "charger", "symptom": "battery_fault"}),
    ],
)
def test_scope(rule: str, facts: dict[str, Any]) -> None:
    result = judge(claim(OLD, **{"claimed": "2010-03-20", **facts}))
    assert (result["outcome"], result["lead_rule"]) == ("excluded", rule)
    assert holding(result) == set()


@pytest.mark.parametrize(
    "facts",
    [
        {"sold": "2001-11-15", "claimed": "2001-12-10"},
        {"symptom": "battery_fault", "capacity": 79},
        {"symptom": "unlisted"},
        {"symptom": "charger_fault"},
        {"cause": "network"},
        {"cause": "sim_data", "basis": "trader"},
        {"condition": "second_hand"},
    ],
)
def test_within_scope(facts: dict[str, Any]) -> None:
    result = judge(claim(OLD, **{"claimed": "2010-03-20", **facts}))
    assert result["outcome"] == "free_repair"


def test_warnings_of_scope() -> None:
    assert judge(claim(OLD, "2010-03-20", condition="second_hand"))["warnings"] == [
        "second_hand_unsettled"
    ]
    assert judge(claim(OLD, "2010-03-20", symptom="charger_fault"))["warnings"] == [
        "symptom_of_other_goods"
    ]


def test_scope_leads_before_bars() -> None:
    result = judge(claim(OLD, "2012-03-20", symptom="wear", voucher="altered"))
    assert (result["outcome"], result["lead_rule"]) == ("excluded", "art10.wear")
    assert result["verdicts"]["art24.expired"] == result["verdicts"]["art24.voucher"] == "holds"


def test_a_capacity_measures_a_battery_fault_only() -> None:
    assert judge(claim(OLD, "2010-03-20", capacity=90))["outcome"] == "free_repair"


def test_new_goods_are_not_second_hand() -> None:
    reading = {"second_hand": "not_covered"}
    assert judge(claim(OLD, "2010-03-20"), reading)["outcome"] == "free_repair"


def test_wear_of_an_accessory_is_no_unlisted_fault() -> None:
    worn = judge(claim(OLD, "2010-03-20", kind="charger", symptom="wear"))["verdicts"]
    assert (worn["art10.wear"], worn["app3.unlisted"]) == ("holds", "fails")


# --- Section 3: bars ----------------------------------------------------------------------------

# Sold on 2015-03-02 the six months end on 2015-09-02.
SINCE_2014 = {**OLD, "sold": "2015-03-02", "cause": "liquid"}
EARLY, LATE = "2015-09-02", "2015-09-03"


@pytest.mark.parametrize(
    ("basis", "contested", "claimed", "proved"),
    [
        ("inspection", False, EARLY, True),
        ("inspection", True, EARLY, True),
        ("inspection", True, LATE, True),
        ("report", False, EARLY, True),
        ("report", True, EARLY, False),
        ("report", True, LATE, True),
        ("consumer", False, EARLY, True),
        ("consumer", True, EARLY, True),
        ("consumer", True, LATE, True),
        ("trader", False, EARLY, False),
        ("trader", True, EARLY, False),
        ("trader", True, LATE, False),
        (None, False, LATE, False),
    ],
)
def test_the_table_of_proof(basis: str | None, contested: bool, claimed: str, proved: bool) -> None:
    result = judge(claim(SINCE_2014, claimed, basis=basis, contested=contested))
    assert (result["outcome"] == "paid_repair") is proved
    warned = basis == "consumer" and contested
    assert ("admitted_and_contested" in result["warnings"]) is warned


def test_before_2014_a_contested_report_is_proof() -> None:
    early = claim(OLD, "2010-05-20", cause="liquid", basis="report", contested=True)
    assert judge(early)["outcome"] == "paid_repair"
    eve = claim(
        OLD, "2014-03-14", sold="2014-03-03", cause="liquid", basis="report", contested=True
    )
    assert judge(eve)["outcome"] == "paid_repair"
    assert judge({**eve, "claimed_on": "2014-03-15"})["outcome"] == "exchange"


@pytest.mark.parametrize(
    ("facts", "proved"),
    [
        # From the last exchange; from receipt; to the day the fault appeared or was brought in.
        ({"exchanges": ["2015-03-03"]}, False),
        ({"received": "2015-03-03"}, False),
        ({"appeared": "2015-09-02"}, False),
        ({"repairs": [stay("2015-09-02", "2015-09-02")]}, False),
        ({"repairs": [stay("2015-09-02", "2015-09-02", symptom="no_ring")]}, True),
        ({}, True),
    ],
)
def test_the_six_months(facts: dict[str, Any], proved: bool) -> None:
    contested = claim(SINCE_2014, LATE, basis="report", contested=True, **facts)
    assert (judge(contested)["outcome"] == "paid_repair") is proved


@pytest.mark.parametrize(
    ("cause", "rule"),
    [
        ("misuse", "art24.misuse"),
        ("liquid", "art24.misuse"),
        ("impact", "art24.misuse"),
        ("unauthorised_opening", "art24.opened"),
        ("force_majeure", "art24.force_majeure"),
    ],
)
def test_causes_that_bar(cause: str, rule: str) -> None:
    result = judge(claim(OLD, "2010-03-04", cause=cause, basis="inspection"))
    assert (result["outcome"], result["lead_rule"]) == ("paid_repair", rule)
    assert result["verdicts"]["art11.refund"] == "barred"


def test_bars_in_their_order() -> None:
    facts = claim(OLD, "2012-03-05", voucher="mismatched", cause="impact", basis="consumer")
    result = judge(facts)
    assert result["lead_rule"] == "art24.expired"
    in_time = judge({**facts, "asked_on": "2011-03-01"})
    assert in_time["lead_rule"] == "art24.voucher"
    none = judge(claim(OLD, "2012-03-05", invoice="none", voucher="lost"))
    assert none["lead_rule"] == "art24.no_evidence"
    assert none["verdicts"]["art24.expired"] == "fails"
    assert none["dates"]["period_ends_on"] is None


# --- Section 4: evidence ------------------------------------------------------------------------

FULL = {"art11.refund", "art11.exchange", "art10.repair"}
PROVEN = {"art11.exchange", "art10.repair"}


@pytest.mark.parametrize(
    ("invoice", "voucher", "made", "rights"),
    [
        ("original", "intact", None, FULL),
        ("original", "not_issued", None, FULL),
        ("original", "lost", None, PROVEN),
        ("copy", "intact", None, PROVEN),
        ("copy", "lost", None, PROVEN),
        ("other", "not_issued", None, PROVEN),
        ("none", "intact", None, PROVEN),
        ("none", "lost", "2010-02-01", {"art10.repair"}),
        ("none", "not_issued", "2010-02-01", {"art10.repair"}),
        ("none", "lost", None, set()),
        ("none", "not_issued", None, set()),
        ("original", "altered", None, set()),
        ("original", "mismatched", None, set()),
    ],
)
def test_what_papers_carry(invoice: str, voucher: str, made: str | None, rights: set[str]) -> None:
    facts = claim(OLD, "2010-03-04", invoice=invoice, voucher=voucher, made=made)
    assert holding(judge(facts)) == rights


def test_an_accessory_has_no_factory_grade() -> None:
    charger = {**OLD, "kind": "charger", "symptom": "charger_fault"}
    lost = claim(charger, "2010-03-04", invoice="none", voucher="lost", made="2010-02-01")
    assert judge(lost)["lead_rule"] == "art24.no_evidence"


def test_a_voucher_nobody_speaks_of() -> None:
    result = judge(claim(OLD, "2010-03-04", voucher=None))
    assert (result["outcome"], result["possible"]) == (None, ["refund", "exchange"])
    assert judge(claim(OLD, "2010-03-10", voucher=None))["outcome"] == "exchange"


def test_papers_nobody_speaks_of() -> None:
    result = judge(claim(OLD, "2010-03-20", invoice=None, voucher=None))
    assert result["possible"] == ["free_repair", "paid_repair"]
    with_date = judge(claim(OLD, "2010-06-01", invoice=None, voucher=None, made="2010-02-01"))
    assert with_date["outcome"] == "free_repair"


# --- Section 5: rights --------------------------------------------------------------------------

TWO = [stay("2010-04-01", "2010-04-05"), stay("2010-04-20", "2010-04-24")]


@pytest.mark.parametrize(
    ("day", "rights"),
    [
        ("2010-03-08", {"art11.refund", "art11.exchange", "art10.repair"}),
        ("2010-03-09", {"art12.exchange", "art10.repair"}),
        ("2010-03-16", {"art12.exchange", "art10.repair"}),
        ("2010-03-17", {"art10.repair"}),
    ],
)
def test_arts_11_and_12(day: str, rights: set[str]) -> None:
    assert holding(judge(claim(OLD, day))) == rights
    assert holding(judge(claim(OLD, day, symptom="unlisted"))) == {"art10.repair"}


@pytest.mark.parametrize(
    ("repairs", "owed"),
    [
        (TWO, True),
        (TWO[:1], False),
        ([TWO[0], stay("2010-04-20")], False),
        ([TWO[0], stay("2010-04-20", "2010-06-09")], True),
        ([TWO[0], stay("2010-04-20", "2010-06-10")], False),
        ([TWO[0], {**TWO[1], "recorded": False}], False),
        ([TWO[0], {**TWO[1], "under_guarantee": False}], False),
        ([TWO[0], {**TWO[1], "symptom": "unlisted"}], False),
        ([TWO[0], {**TWO[1], "symptom": "no_ring"}], True),
        ([TWO[0], {**TWO[1], "software_only": True}], True),
        ([stay("2010-02-20", "2010-03-02"), TWO[1]], False),
        ([stay("2010-03-01", "2010-03-02"), TWO[1]], True),
    ],
)
def test_art_13(repairs: list[Claim], owed: bool) -> None:
    result = judge(claim(OLD, "2010-06-09", repairs=repairs))
    assert ("art13.exchange" in holding(result)) is owed


def test_art_13_asks_a_listed_fault() -> None:
    unlisted = claim(
        OLD,
        "2010-06-09",
        symptom="unlisted",
        repairs=[{**one, "symptom": "no_ring"} for one in TWO],
    )
    assert holding(judge(unlisted)) == {"art10.repair"}


@pytest.mark.parametrize(
    ("delay", "claimed", "rights"),
    [
        ("parts", "2010-05-31", set()),
        ("parts", "2010-06-01", {"art16.exchange"}),
        ("repairer", "2010-05-01", set()),
        ("repairer", "2010-05-02", {"art17.exchange"}),
        ("repairer", "2010-06-01", {"art17.exchange"}),
    ],
)
def test_arts_16_and_17(delay: str, claimed: str, rights: set[str]) -> None:
    repairs = [stay("2010-04-01", delay=delay, symptom="no_ring")]
    result = judge(claim(OLD, claimed, symptom="unlisted", repairs=repairs))
    assert holding(result) == {"art10.repair", *rights}


@pytest.mark.parametrize(
    "more",
    [
        {"ready_on": "2010-07-01"},
        {"notified_on": "2010-07-01"},
        {"handed_back": "2010-07-01"},
        {"recorded": False},
        {"under_guarantee": False},
    ],
)
def test_arts_16_and_17_ask_an_unmended_repair(more: dict[str, Any]) -> None:
    repairs = [stay("2010-04-01", delay="repairer", **more)]
    if "handed_back" in more:
        repairs = [stay("2010-04-01", more["handed_back"], delay="repairer")]
    assert "art17.exchange" not in holding(judge(claim(OLD, "2010-07-01", repairs=repairs)))
    later = [
        {**one, **{name: "2010-07-02" for name in one if name in {"ready_on", "notified_on"}}}
        for one in repairs
    ]
    if {"ready_on", "notified_on"} & more.keys():
        assert "art17.exchange" in holding(judge(claim(OLD, "2010-07-01", repairs=later)))


@pytest.mark.parametrize(
    ("claimed", "possible"),
    [
        ("2010-05-01", ["free_repair"]),
        ("2010-05-02", ["exchange", "free_repair"]),
        ("2010-05-31", ["exchange", "free_repair"]),
        ("2010-06-01", ["exchange"]),
    ],
)
def test_an_unknown_cause_of_delay(claimed: str, possible: list[str]) -> None:
    assert judge(claim(OLD, claimed, repairs=[stay("2010-04-01")]))["possible"] == possible


def test_a_late_repair_counts_from_the_day_of_the_start() -> None:
    first_day = claim(OLD, "2010-06-01", repairs=[stay("2010-03-01", delay="repairer")])
    assert "art17.exchange" in holding(judge(first_day))
    before = claim(OLD, "2010-06-01", repairs=[stay("2010-02-28", delay="repairer")])
    assert holding(judge(before)) == {"art10.repair"}


def test_art_10_repair_asks_no_listed_fault() -> None:
    for symptom in ("unlisted", "battery_fault", "charger_fault", "no_ring"):
        assert holding(judge(claim(OLD, "2010-03-20", symptom=symptom))) == {"art10.repair"}


@pytest.mark.parametrize(
    ("claimed", "asked", "again"),
    [
        ("2010-05-24", None, True),
        ("2010-05-25", None, False),
        ("2010-04-24", None, True),
        ("2010-07-01", "2010-05-24", True),
        # Asked before that hand-back: the day of the claim takes its place.
        ("2010-05-24", "2010-04-20", True),
        ("2010-05-25", "2010-04-20", False),
    ],
)
def test_art_10_again(claimed: str, asked: str | None, again: bool) -> None:
    result = judge(claim(OLD, claimed, asked=asked, repairs=TWO[1:]))
    assert ("art10.again" in holding(result)) is again


def test_art_10_again_asks_a_repair_since_the_start_of_the_same_fault() -> None:
    # A repair on the day of the exchange is the new unit's, one before it the old unit's.
    for day, again in (("2010-05-04", True), ("2010-05-03", False)):
        repairs = [stay(day, "2010-05-05")]
        facts = claim(OLD, "2010-06-01", exchanges=["2010-05-04"], repairs=repairs)
        assert ("art10.again" in holding(judge(facts))) is again
    paid = claim(OLD, "2010-05-10", repairs=[{**TWO[1], "under_guarantee": False}])
    assert "art10.again" not in holding(judge(paid))
    # Asked on the day of the hand-back: the day held stands.
    asked = claim(OLD, "2010-07-01", asked="2010-04-24", repairs=TWO[1:])
    assert "art10.again" in holding(judge(asked))


def test_art_10_again_after_the_period() -> None:
    # Handed in after the end: nothing is added, and the chain does not reach into the period.
    repairs = [stay("2011-03-10", "2011-03-12")]
    after = judge(claim(OLD, "2011-04-11", repairs=repairs))
    assert (after["outcome"], after["lead_rule"]) == ("free_repair", "art10.again")
    assert after["verdicts"]["art24.expired"] == "holds"
    assert judge(claim(OLD, "2011-04-12", repairs=repairs))["outcome"] == "paid_repair"
    other = [{**repairs[0], "symptom": "no_ring"}]
    assert judge(claim(OLD, "2011-04-11", repairs=other))["outcome"] == "paid_repair"
    misused = claim(OLD, "2011-04-11", repairs=repairs, cause="impact", basis="consumer")
    assert judge(misused)["outcome"] == "paid_repair"


def test_rights_of_a_main_unit_are_none_of_an_accessory_and_the_reverse() -> None:
    repairs = [{**one, "symptom": "charger_fault"} for one in TWO]
    accessory = judge(claim(CHARGER, "2010-06-09", repairs=repairs))
    assert holding(accessory) == {"art14.exchange"}
    for day in ("2010-03-08", "2010-03-16"):
        assert holding(judge(claim(CHARGER, day))) == {"art14.exchange"}
    for delay in ("parts", "repairer"):
        late = claim(CHARGER, "2010-06-09", repairs=[stay("2010-04-01", delay=delay)])
        assert holding(judge(late)) == {"art14.exchange"}
    phone = judge(claim(OLD, "2010-06-09", exchanges=["2010-04-01", "2010-05-04"]))
    assert holding(phone) == {"art10.repair"}


def test_the_factory_date_carries_no_exchange() -> None:
    papers = {"invoice": "none", "voucher": "lost", "made": "2009-12-01"}
    two = claim(OLD, "2010-06-09", repairs=TWO, **papers)
    assert holding(judge(two)) == {"art10.repair"}
    for delay in ("parts", "repairer"):
        late = claim(OLD, "2010-07-09", repairs=[stay("2010-04-01", delay=delay)], **papers)
        assert holding(judge(late)) == {"art10.repair"}
    for day in ("2010-03-08", "2010-03-16"):
        assert holding(judge(claim(OLD, day, **papers))) == {"art10.repair"}


CHARGER = {**OLD, "kind": "charger", "symptom": "charger_fault", "with_phone": False}


@pytest.mark.parametrize(
    ("exchanges", "rights"),
    [
        ([], {"art14.exchange"}),
        (["2010-04-01"], {"art14.exchange"}),
        (["2010-04-01", "2010-05-04"], {"art14.exchange", "art14.refund"}),
        (["2010-02-01", "2010-05-04"], {"art14.exchange"}),
        (["2010-03-01", "2010-05-04"], {"art14.exchange", "art14.refund"}),
    ],
)
def test_art_14(exchanges: list[str], rights: set[str]) -> None:
    assert holding(judge(claim(CHARGER, "2010-06-01", exchanges=exchanges))) == rights
    proven = claim(CHARGER, "2010-06-01", exchanges=exchanges, voucher="lost")
    assert holding(judge(proven)) == {"art14.exchange"}


def test_art_14_ends_with_the_period() -> None:
    assert judge(claim(CHARGER, "2011-03-01"))["outcome"] == "exchange"
    assert judge(claim(CHARGER, "2011-03-02"))["outcome"] == "paid_repair"
    exchanged = claim(CHARGER, "2011-03-02", exchanges=["2010-03-02"])
    assert judge(exchanged)["outcome"] == "exchange"


def test_art_18_where_none_is_in_stock() -> None:
    result = judge(claim(OLD, "2010-06-09", repairs=TWO, stock=False))
    assert (result["outcome"], "art18.refund" in holding(result)) == ("exchange", True)
    accessory = claim(CHARGER, "2010-06-09", stock=False, request="refund", voucher="lost")
    assert judge(accessory)["lead_rule"] == "art18.refund"
    asked = judge(claim(OLD, "2010-06-09", repairs=TWO, stock=False, request="refund"))
    assert {"art18.refund", "art19.refund"} & holding(asked) == {"art18.refund"}
    nothing_owed = judge(claim(OLD, "2010-06-09", stock=False, request="refund"))
    assert nothing_owed["outcome"] == "free_repair"


def test_art_19_where_the_consumer_asks_for_the_money() -> None:
    facts = claim(OLD, "2010-06-09", repairs=TWO, request="refund", voucher="lost")
    assert judge(facts)["lead_rule"] == "art19.refund"
    assert judge({**facts, "request": "exchange"})["outcome"] == "exchange"
    in_window = judge(claim(OLD, "2010-03-04", request="refund"))
    assert "art19.refund" not in holding(in_window)
    lesser_papers = judge(claim(OLD, "2010-03-04", request="refund", voucher="lost"))
    assert lesser_papers["lead_rule"] == "art19.refund"
    assert judge(claim(CHARGER, "2010-06-09", request="refund"))["outcome"] == "exchange"


def test_cpl_45_ends_on_2014_03_15() -> None:
    repairs = [stay("2014-01-06", "2014-01-08"), stay("2014-02-10", "2014-02-12")]
    old = {"two_repairs_remedy": "refund_too"}
    eve = claim(OLD, "2014-03-14", sold="2013-12-02", repairs=repairs, voucher="lost")
    assert judge(eve, old)["lead_rule"] == "cpl45.refund"
    assert judge(eve)["outcome"] == "exchange"
    assert judge({**eve, "claimed_on": "2014-03-15"}, old)["outcome"] == "exchange"


@pytest.mark.parametrize(
    ("facts", "owed"),
    [
        ({}, True),
        ({"claimed": "2014-03-15", "sold": "2012-03-05"}, True),
        ({"claimed": "2014-03-14", "sold": "2012-03-05"}, False),
        ({"claimed": "2025-03-03"}, True),
        ({"voucher": "altered"}, True),
        ({"cause": "impact", "basis": "consumer"}, True),
        ({"symptom": "none"}, True),
        ({"symptom": "wear"}, True),
        ({"kind": "charger", "symptom": "unlisted"}, True),
        ({"invoice": "none", "voucher": "lost", "made": "2018-03-05"}, True),
        ({"invoice": "none", "voucher": "lost"}, False),
        ({"kind": "other"}, False),
        ({"mainland": False}, False),
        ({"sold": "2001-11-14"}, False),
        ({"unqualified": False}, False),
    ],
)
def test_cpl_54(facts: dict[str, Any], owed: bool) -> None:
    result = judge(claim(LOCAL, **{"claimed": "2019-06-03", "unqualified": True, **facts}))
    assert ("cpl54.refund" in holding(result)) is owed


def test_a_right_fails_or_is_barred() -> None:
    liquid = {"cause": "liquid", "basis": "consumer"}
    barred = judge(claim(OLD, "2010-06-09", repairs=TWO, stock=False, **liquid))["verdicts"]
    for rule in ("art10.repair", "art13.exchange", "art18.refund"):
        assert barred[rule] == "barred"
    for rule in ("art11.refund", "art12.exchange", "art19.refund", "art10.again"):
        assert barred[rule] == "fails"
    worn = judge(claim(OLD, "2010-03-05", symptom="wear"))["verdicts"]
    assert {worn[rule] for rule in REMEDY} == {"fails"}
    late = {"repairs": [stay("2010-04-01", "2010-04-02"), stay("2010-04-10", delay="repairer")]}
    good = claim(OLD, "2010-06-09", symptom="battery_fault", capacity=90, **late)
    assert {judge(good)["verdicts"][rule] for rule in REMEDY} == {"fails"}
    lost = judge(claim(OLD, "2010-03-05", invoice="none", voucher="lost"))["verdicts"]
    assert {lost[rule] for rule in REMEDY} == {"fails"}
    expired = judge(claim(OLD, "2011-04-05"))["verdicts"]
    assert expired["art10.repair"] == "barred"
    abroad = judge(claim(OLD, "2010-05-05", repairs=TWO, mainland=False))["verdicts"]
    assert abroad["art10.again"] == "barred"


# --- Section 6: money ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "facts", "payable"),
    [
        (OLD, {}, "2000.00"),
        (OLD, {"paid": "1800.00"}, "2000.00"),
        (DECREE, {"paid": "1800.00"}, "1800.00"),
        (DECREE, {"paid": "2200.00"}, "2200.00"),
        (DECREE, {"paid": "1800.00", "price": None}, "1800.00"),
        (OLD, {"price": None}, None),
    ],
)
def test_the_price_of_a_refund(base: dict[str, Any], facts: dict[str, Any], payable: str) -> None:
    day = "2010-03-04" if base is OLD else "2025-03-06"
    result = judge(claim(base, day, **facts))
    assert (result["outcome"], result["payable"]) == ("refund", payable)


def test_warnings_of_a_paid_price() -> None:
    assert judge(claim(OLD, "2010-03-04", paid="1.00"))["warnings"] == ["paid_price_not_used"]
    assert judge(claim(DECREE, "2025-03-06", paid="1.00", price=None))["warnings"] == [
        "paid_price_without_price"
    ]
    assert judge(claim(DECREE, "2025-03-06", paid="1.00"))["warnings"] == []


@pytest.mark.parametrize(
    ("facts", "payable"),
    [
        ({"with_phone": False}, "2000.00"),
        ({"with_phone": True}, "59.00"),
        ({"with_phone": True, "alone": None}, None),
        ({"with_phone": None}, ["59.00", "2000.00"]),
    ],
)
def test_the_price_of_an_accessory(facts: dict[str, Any], payable: Any) -> None:
    twice = {"exchanges": ["2025-04-01", "2025-05-06"]}
    charger = {**CHARGER, "sold": "2025-03-03", "alone": "59.00"}
    result = judge(claim(charger, "2025-06-03", **{**facts, **twice}))
    assert (result["outcome"], result["payable"]) == ("refund", payable)
    if facts.get("with_phone"):
        paid = judge(claim(charger, "2025-06-03", paid="50.00", **{**facts, **twice}))
        assert paid["payable"] == payable


def test_bought_with_a_phone_is_asked_of_accessories_only() -> None:
    facts = claim(OLD, "2010-03-04", with_phone=True, alone="59.00")
    assert judge(facts)["payable"] == "2000.00"
    charger = {**CHARGER, "sold": "2025-03-03", "price": None, "with_phone": True}
    assert judge(claim(charger, "2025-06-03", paid="50.00"))["warnings"] == []


def _art19(facts: dict[str, Any], readings: dict[str, str] | None = None) -> dict[str, Any]:
    result = judge(
        claim(OLD, **{"claimed": "2010-06-09", "repairs": TWO, "request": "refund", **facts}),
        readings,
    )
    return remedy(result, "art19.refund")


@pytest.mark.parametrize(
    ("facts", "used", "deducted", "fee", "payable"),
    [
        ({}, 90, 10, "900.00", "1100.00"),
        ({"used": False}, 90, 10, "0.00", "2000.00"),
        ({"invoiced": "2010-03-11"}, 80, 10, "800.00", "1200.00"),
        ({"price": None}, 90, 10, None, None),
        ({"price": "999.99"}, 90, 10, "450.00", "549.99"),
        ({"price": None, "used": False}, 90, 10, "0.00", None),
        # One day; the day after another repair; a day of the repair before it.
        ({"repairs": [*TWO, stay("2010-04-24", "2010-04-24")]}, 90, 10, "900.00", "1100.00"),
        ({"repairs": [*TWO, stay("2010-04-25", "2010-04-25")]}, 89, 11, "890.00", "1110.00"),
        ({"repairs": [*TWO, stay("2010-04-25", "2010-04-26")]}, 88, 12, "880.00", "1120.00"),
        # Handed in before the invoice: the days since are days in repair since.
        (
            {"invoiced": "2010-03-11", "repairs": [*TWO, stay("2010-03-09", "2010-03-12")]},
            78,
            12,
            "780.00",
            "1220.00",
        ),
        # A paid repair's days are days in repair, too.
        (
            {"repairs": [*TWO, stay("2010-05-04", "2010-05-05", under_guarantee=False)]},
            88,
            12,
            "880.00",
            "1120.00",
        ),
    ],
)
def test_depreciation(
    facts: dict[str, Any], used: int, deducted: int, fee: str | None, payable: str | None
) -> None:
    found = _art19(facts)
    assert (found["used_days"], found["deducted_days"]) == (used, deducted)
    assert (found["fee"], found["payable"]) == (fee, payable)


def test_depreciation_at_its_limits() -> None:
    # In repair from the day of the exchange on: no day of use, never less.
    facts = claim(
        OLD,
        "2010-05-10",
        exchanges=["2010-05-04"],
        repairs=[stay("2010-05-01", "2010-05-03"), stay("2010-05-04")],
        request="refund",
        voucher="lost",
    )
    found = remedy(judge(facts), "art19.refund")
    assert (found["used_days"], found["deducted_days"], found["fee"]) == (0, 7, "0.00")
    inclusive = judge(facts, {"depreciation_days": "inclusive"})
    assert remedy(inclusive, "art19.refund")["used_days"] == 1
    # Never used, price unknown: something is left however long ago.
    unused = claim(OLD, "2010-12-01", price=None, used=False, repairs=TWO, request="refund")
    assert judge(unused)["lead_rule"] == "art19.refund"


@pytest.mark.parametrize(
    ("claimed", "price", "left"),
    [
        ("2010-09-26", "2000.00", True),  # 199 days of use
        ("2010-09-27", "2000.00", False),  # 200
        ("2010-09-26", None, True),
        ("2010-09-27", None, False),
    ],
)
def test_nothing_is_left(claimed: str, price: str | None, left: bool) -> None:
    facts = claim(OLD, claimed, price=price, repairs=TWO, request="refund")
    result = judge(facts)
    assert remedy(result, "art19.refund")["available"] is left
    assert result["outcome"] == ("refund" if left else "exchange")
    assert result["requested"] == {"remedy": "refund", "available": left}


@pytest.mark.parametrize(
    ("facts", "refund"),
    [
        ({"gift": True}, True),
        ({"gift": True, "price": None}, False),
        ({"price": "0.00"}, False),
        ({"price": "0.01"}, True),
    ],
)
def test_a_gift_and_a_price_of_nothing(facts: dict[str, Any], refund: bool) -> None:
    result = judge(claim(OLD, "2010-03-04", request="refund", **facts))
    assert result["outcome"] == ("refund" if refund else "exchange")
    for stock in (True, False, None):
        owed = claim(OLD, "2010-06-09", repairs=TWO, request="refund", **{**facts, "stock": stock})
        assert judge(owed)["outcome"] == ("refund" if refund else "exchange")


def test_no_refund_of_a_gift_whatever_the_ground() -> None:
    gift = {"gift": True, "price": None}
    twice = ["2010-04-01", "2010-05-04"]
    assert judge(claim(CHARGER, "2010-06-01", exchanges=twice, **gift))["outcome"] == "exchange"
    old = {"two_repairs_remedy": "refund_too"}
    assert judge(claim(OLD, "2010-06-09", repairs=TWO, **gift), old)["outcome"] == "exchange"
    assert judge(claim(LOCAL, "2019-06-03", unqualified=True, **gift))["outcome"] == "free_repair"
    late = [stay("2019-04-01", delay="repairer"), *(stay("2019-03-20", "2019-03-21"),) * 2]
    for place in ("CN-ZJ", "CN-JS"):
        facts = claim(LOCAL, "2019-06-03", province=place, repairs=late, request="refund", **gift)
        for stock in (True, False):
            result = judge({**facts, "same_model_in_stock": stock})
            assert {one["remedy"] for one in result["remedies"]} == {"exchange", "free_repair"}
    day_one = claim(LOCAL, "2019-03-05", symptom="unlisted", province="CN-ZJ", **gift)
    assert judge(day_one)["lead_rule"] == "zj26.exchange_7"


def test_stock_unknown() -> None:
    main = judge(claim(OLD, "2010-06-09", repairs=TWO, request="refund", stock=None))
    assert (main["outcome"], main["payable"]) == ("refund", ["1100.00", "2000.00"])
    nothing = judge(claim(OLD, "2010-09-27", repairs=TWO, request="refund", stock=None))
    assert nothing["possible"] == ["refund", "exchange"]
    accessory = judge(claim(CHARGER, "2010-06-09", request="refund", stock=None))
    assert accessory["possible"] == ["refund", "exchange"]
    unasked = judge(claim(OLD, "2010-06-09", repairs=TWO, stock=None))
    assert unasked["outcome"] == "exchange"


# --- Section 7: obligations -----------------------------------------------------------------------


def test_fifteen_days_to_perform() -> None:
    due = {"id": "penalty8.within_15_days", "on": "2015-03-30"}
    first = claim(OLD, "2015-03-15", sold="2015-03-09")
    assert due in judge(first)["obligations"]
    eve = judge({**first, "claimed_on": "2015-03-14"})
    assert not any(one["id"] == due["id"] for one in eve["obligations"])
    asked = judge({**first, "claimed_on": "2015-04-20", "asked_on": "2015-03-15"})
    assert due in asked["obligations"]
    paid = judge(claim(OLD, "2015-03-20", sold="2014-03-03"))
    assert not any(one["id"] == due["id"] for one in paid["obligations"])


def test_a_voucher_never_issued_has_to_be_issued() -> None:
    for value in READINGS["voucher_not_issued"]:
        facts = claim(OLD, "2010-03-20", voucher="not_issued")
        result = judge(facts, {"voucher_not_issued": value})
        assert {"id": "art5.voucher_due", "on": None} in result["obligations"]


@pytest.mark.parametrize(
    ("base", "facts", "claimed", "loaner"),
    [
        (OLD, {"repairs": [stay("2010-04-01")]}, "2010-04-08", None),
        (OLD, {"repairs": [stay("2010-04-01")]}, "2010-04-09", "2010-04-09"),
        (LOCAL, {"repairs": [stay("2019-04-01")], "province": "CN-ZJ"}, "2019-04-06", None),
        (LOCAL, {"repairs": [stay("2019-04-01")], "trader": "CN-ZJ"}, "2019-04-07", "2019-04-07"),
    ],
)
def test_loaner(
    base: dict[str, Any], facts: dict[str, Any], claimed: str, loaner: str | None
) -> None:
    found = [
        one["on"]
        for one in judge(claim(base, claimed, **facts))["obligations"]
        if one["id"] == "art15.loaner"
    ]
    assert found == ([] if loaner is None else [loaner])


def test_gift_and_plan() -> None:
    result = judge(claim(OLD, "2010-03-20", gift=True, plan=True))
    assert {"art23.gift", "art4.plan"} <= {one["id"] for one in result["obligations"]}


# --- Section 8: choice ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("request_", "rule", "available"),
    [
        (None, "art11.refund", None),
        ("refund", "art11.refund", True),
        ("exchange", "art11.exchange", True),
        ("repair", "art10.repair", True),
    ],
)
def test_what_is_asked_and_available(
    request_: str | None, rule: str, available: bool | None
) -> None:
    result = judge(claim(OLD, "2010-03-04", request=request_))
    assert result["lead_rule"] == rule
    assert result["requested"] == (
        None if request_ is None else {"remedy": request_, "available": available}
    )


def test_what_is_asked_and_not_available() -> None:
    result = judge(claim(OLD, "2010-03-10", request="refund", stock=False))
    assert result["lead_rule"] == "art18.refund"
    repair = judge(claim(CHARGER, "2010-03-10", request="repair"))
    assert repair["requested"] == {"remedy": "repair", "available": False}
    assert repair["outcome"] == "exchange"


def test_of_several_refunds_the_larger() -> None:
    # Zhejiang's refund without a fee beside the one of art. 19.
    repairs = [stay("2019-04-01", delay="repairer")]
    facts = claim(LOCAL, "2019-05-03", repairs=repairs, request="refund", province="CN-ZJ")
    result = judge(facts)
    assert result["lead_rule"] == "zj26.refund_in_stock"
    assert (result["payable"], result["lead_policy"]) == ("2000.00", "zhejiang-2017")


def test_full_refunds_in_their_order() -> None:
    facts = claim(LOCAL, "2019-03-05", unqualified=True, province="CN-ZJ")
    assert judge(facts)["lead_rule"] == "art11.refund"
    unlisted = judge(claim(LOCAL, "2019-03-05", unqualified=True, symptom="unlisted"))
    assert unlisted["lead_rule"] == "cpl54.refund"


# --- Section 9: local regulations ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("sold", "place", "governs"),
    [
        ("2017-05-01", {"province": "CN-ZJ"}, True),
        ("2017-05-01", {"trader": "CN-ZJ"}, True),
        ("2017-05-01", {"trader": "CN-ZJ", "province": "CN-BJ"}, True),
        ("2017-04-30", {"province": "CN-ZJ"}, False),
        ("2017-05-01", {}, False),
        ("2017-05-01", {"province": "CN-JS"}, False),
    ],
)
def test_where_zhejiang_governs(sold: str, place: dict[str, str], governs: bool) -> None:
    result = judge(claim(OLD, "2017-05-04", sold=sold, symptom="unlisted", **place))
    assert result["outcome"] == ("refund" if governs else "free_repair")
    assert result["lead_policy"] == ("zhejiang-2017" if governs else "mobile-2001")


ZJ = {**LOCAL, "province": "CN-ZJ", "symptom": "unlisted"}


@pytest.mark.parametrize(
    ("day", "rights"),
    [
        ("2019-03-11", {"zj26.refund_7", "zj26.exchange_7"}),
        ("2019-03-12", {"zj26.exchange_15"}),
        ("2019-03-19", {"zj26.exchange_15"}),
        ("2019-03-20", set()),
    ],
)
def test_zhejiang_windows(day: str, rights: set[str]) -> None:
    assert holding(judge(claim(ZJ, day))) == {"art10.repair", *rights}
    charger = judge(claim(ZJ, day, kind="charger", with_phone=False))
    assert holding(charger) == rights
    assert (charger["outcome"] == "excluded") is (rights == set())


def test_zhejiang_windows_run_from_delivery() -> None:
    facts = claim(ZJ, "2019-03-13", received="2019-03-06")
    assert judge(facts, {"window_start": "sold"})["lead_rule"] == "zj26.refund_7"
    proven = claim(ZJ, "2019-03-11", voucher="lost")
    assert judge(proven)["lead_rule"] == "zj26.exchange_7"


@pytest.mark.parametrize(
    ("repairs", "owed"),
    [
        ([stay("2019-04-01", "2019-04-02"), stay("2019-04-08", "2019-04-09")], True),
        (
            [
                stay("2019-04-01", "2019-04-02", recorded=False),
                stay("2019-04-08", "2019-04-09", symptom="no_ring"),
            ],
            True,
        ),
        (
            [
                stay("2019-04-01", "2019-04-02", under_guarantee=False),
                stay("2019-04-08", "2019-04-09"),
            ],
            False,
        ),
        ([stay("2019-04-01", "2019-04-02")], False),
        ([stay("2019-04-01", "2019-05-05")], False),  # 35 days
        ([stay("2019-04-01", "2019-05-06")], True),  # 36
        ([stay("2019-05-26")], True),  # to the claim on 06-30: 36
        ([stay("2019-05-27")], False),
    ],
)
def test_zhejiang_repairs(repairs: list[Claim], owed: bool) -> None:
    found = holding(judge(claim(ZJ, "2019-06-30", repairs=repairs)))
    both = {"zj26.repairs_refund", "zj26.repairs_exchange"}
    assert found & both == (both if owed else set())


def test_zhejiang_charges_no_fee() -> None:
    repairs = [stay("2019-04-01", delay="repairer")]
    listed = {**ZJ, "symptom": "screen_fault"}
    facts = claim(listed, "2019-05-03", repairs=repairs, request="refund")
    found = remedy(judge(facts), "zj26.refund_in_stock")
    assert (found["fee"], found["payable"]) == ("0.00", "2000.00")
    assert "zj26.refund_in_stock" not in holding(judge({**facts, "request": "exchange"}))


@pytest.mark.parametrize(
    ("basis", "contested", "opened"),
    [
        ("inspection", True, False),
        ("consumer", True, False),
        ("report", False, False),
        ("report", True, True),
    ],
)
def test_zhejiang_proof_inside_the_period(basis: str, contested: bool, opened: bool) -> None:
    # Found after the six months: nationally a contested report is proof.
    facts = claim(ZJ, "2019-09-20", cause="liquid", basis=basis, contested=contested)
    result = judge(facts)
    assert result["outcome"] == ("free_repair" if opened else "paid_repair")
    assert result["verdicts"]["art10.repair"] == "barred"
    if opened:
        (only,) = result["remedies"]
        assert (only["rule"], only["policy"]) == ("art10.repair", "zhejiang-2017")
    assert judge({**facts, "claimed_on": "2020-03-20"})["outcome"] == "paid_repair"


def test_zhejiang_trader_s_word_is_no_proof() -> None:
    facts = claim(ZJ, "2019-03-06", cause="liquid", basis="trader")
    assert judge(facts)["lead_rule"] == "zj26.refund_7"
    later = claim(ZJ, "2019-10-08", cause="liquid", basis="trader")
    result = judge(later, {"burden_of_proof": "consumer_later"})
    assert (result["outcome"], result["lead_policy"]) == ("free_repair", "zhejiang-2017")


def test_zhejiang_keeps_scope_and_the_other_bars() -> None:
    for facts in (
        {"voucher": "altered"},
        {"mainland": False},
        {"symptom": "none"},
        {"cause": "network", "basis": "inspection"},
        {"invoice": "none", "voucher": "lost"},
    ):
        assert judge(claim(ZJ, "2019-03-06", **facts))["remedies"] == []


def test_zhejiang_exchange_owed_and_none_in_stock() -> None:
    facts = claim(ZJ, "2019-03-15", stock=False, request="refund", voucher="lost")
    result = judge(facts)
    assert (result["lead_rule"], result["lead_policy"]) == ("art18.refund", "zhejiang-2017")
    charger = judge(
        claim(ZJ, "2019-03-15", kind="charger", with_phone=False, stock=False, request="refund")
    )
    assert (charger["lead_rule"], charger["payable"]) == ("art18.refund", "2000.00")
    in_stock = judge({**facts, "same_model_in_stock": True})
    assert in_stock["lead_rule"] == "zj26.refund_in_stock"


def local_rights(facts: Claim, readings: dict[str, str] | None = None) -> set[str]:
    """Rights of the local regulations that are open."""
    return holding(judge(facts, readings)) & LOCAL_REMEDY.keys()


SHORT = [stay("2019-03-20", "2019-03-21"), stay("2019-03-25", "2019-03-26")]
REPAIRS_RIGHTS = {"zj26.repairs_refund", "zj26.repairs_exchange"}


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "charger", "with_phone": False, "symptom": "charger_fault"},
        {"symptom": "wear"},
        {"symptom": "battery_fault", "capacity": 90},
        {"invoice": "none", "voucher": "lost", "made": "2019-01-01"},
        {"voucher": "altered"},
        {"exchanges": ["2019-03-22"]},
        {"repairs": [SHORT[0], stay("2019-03-25")]},
        {"repairs": [SHORT[0], {**SHORT[1], "symptom": "wear"}]},
        {"repairs": [SHORT[0], {**SHORT[1], "symptom": "none"}]},
        {"repairs": [stay("2019-03-03", "2019-03-04"), SHORT[1]]},
    ],
)
def test_zhejiang_repairs_rights_do_not_reach(facts: dict[str, Any]) -> None:
    assert local_rights(claim(ZJ, "2019-04-15", repairs=SHORT)) == REPAIRS_RIGHTS
    assert local_rights(claim(ZJ, "2019-04-15", **{"repairs": SHORT, **facts})) == set()


def test_zhejiang_repairs_count_from_the_day_of_the_start() -> None:
    repairs = [stay("2019-03-04", "2019-03-05"), SHORT[1]]
    assert local_rights(claim(ZJ, "2019-04-15", repairs=repairs)) == REPAIRS_RIGHTS


@pytest.mark.parametrize(
    ("reading", "rights"),
    [
        ("restart", {"zj26.refund_7", "zj26.exchange_7"}),
        ("exchange_only", {"zj26.exchange_7"}),
        ("from_sale", set()),
    ],
)
def test_zhejiang_windows_after_an_exchange(reading: str, rights: set[str]) -> None:
    facts = claim(ZJ, "2019-04-15", exchanges=["2019-04-15"])
    assert local_rights(facts, {"windows_after_exchange": reading}) == rights


def test_zhejiang_papers_are_the_national_ones() -> None:
    factory = {"invoice": "none", "voucher": "lost", "made": "2019-01-01"}
    for day in ("2019-03-06", "2019-03-14"):
        assert local_rights(claim(ZJ, day, **factory)) == set()
    proven = claim(ZJ, "2019-03-06", voucher="lost")
    assert local_rights(proven) == {"zj26.exchange_7"}
    assert "zj26.refund_7" in local_rights(proven, {"refund_papers": "refund"})
    repairs = claim(ZJ, "2019-04-15", voucher="lost", repairs=SHORT)
    assert local_rights(repairs) == REPAIRS_RIGHTS


def test_zhejiang_what_is_barred_owes_nothing() -> None:
    facts = claim(ZJ, "2019-03-06", stock=False, request="refund", cause="liquid", basis="consumer")
    assert judge(facts)["remedies"] == []
    assert judge(facts)["verdicts"]["zj26.refund_7"] == "barred"


def test_a_built_in_battery_as_an_accessory_has_no_local_right() -> None:
    reading = {"built_in_battery": "accessory"}
    late = [stay("2019-03-06", delay="repairer"), *SHORT]
    for place in ("CN-ZJ", "CN-JS"):
        battery = {**LOCAL, "symptom": "battery_fault", "province": place}
        for day in ("2019-03-06", "2019-05-15"):
            facts = claim(battery, day, repairs=late)
            assert local_rights(facts, reading) == set()
        assert local_rights(facts) != set()


JS = {**LOCAL, "province": "CN-JS", "symptom": "unlisted"}


@pytest.mark.parametrize(
    ("sold", "delay", "claimed", "owed"),
    [
        ("2017-07-01", "repairer", "2017-09-01", True),
        ("2017-07-01", "repairer", "2017-08-31", False),
        ("2017-06-30", "repairer", "2017-09-01", False),
        ("2017-07-01", "parts", "2017-09-01", False),
    ],
)
def test_jiangsu_late_repair(sold: str, delay: str, claimed: str, owed: bool) -> None:
    facts = claim(JS, claimed, sold=sold, repairs=[stay("2017-08-01", delay=delay)])
    result = judge(facts)
    both = {"js20.refund", "js20.exchange"}
    assert holding(result) & both == (both if owed else set())
    if owed:
        assert (result["lead_rule"], result["payable"]) == ("js20.refund", "2000.00")


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "charger", "with_phone": False, "symptom": "charger_fault"},
        {"symptom": "wear"},
        {"invoice": "none", "voucher": "lost", "made": "2019-01-01"},
        {"voucher": "altered"},
        {"mainland": False},
        {"cause": "impact", "basis": "consumer"},
        {"exchanges": ["2019-04-02"]},
        {"repairs": [stay("2019-04-01", delay="repairer", under_guarantee=False)]},
        {"repairs": [stay("2019-04-01", delay="repairer", ready_on="2019-06-03")]},
        {"repairs": [stay("2019-03-03", delay="repairer")]},
    ],
)
def test_jiangsu_late_repair_does_not_reach(facts: dict[str, Any]) -> None:
    late = [stay("2019-04-01", delay="repairer", recorded=False)]
    both = {"js20.refund", "js20.exchange"}
    assert local_rights(claim(JS, "2019-06-03", repairs=late)) == both
    assert local_rights(claim(JS, "2019-06-03", **{"repairs": late, **facts})) == set()
    first_day = [stay("2019-03-04", delay="repairer")]
    assert local_rights(claim(JS, "2019-06-03", repairs=first_day)) == both


def test_jiangsu_asks_the_place_of_sale_and_an_unknown_delay_is_by_cases() -> None:
    elsewhere = {**JS, "province": None, "trader": "CN-JS"}
    late = [stay("2019-04-01", delay="repairer")]
    assert "js20.refund" not in holding(judge(claim(elsewhere, "2019-06-03", repairs=late)))
    unknown = judge(claim(JS, "2019-05-03", repairs=[stay("2019-04-01")]))
    assert unknown["possible"] == ["refund", "free_repair"]


def test_jiangsu_windows_start_again() -> None:
    facts = claim({**JS, "symptom": "no_ring"}, "2019-06-03", exchanges=["2019-06-03"])
    for value in READINGS["windows_after_exchange"]:
        result = judge(facts, {"windows_after_exchange": value})
        assert result["lead_rule"] == "art11.refund"
        local = value != "restart"
        assert result["lead_policy"] == ("jiangsu-2017" if local else "mobile-2001")


def test_an_unknown_sale_decides_by_cases_which_local_law_governs() -> None:
    repairs = [stay("2017-08-01", delay="repairer")]
    facts = claim(JS, "2017-09-04", sold=None, made="2017-06-28", repairs=repairs)
    assert judge(facts)["possible"] == ["refund", "exchange"]


# --- Section 10: readings -------------------------------------------------------------------------

# For each value that is no default: a claim that turns on it, what comes out by default and then.
_LATE_2015 = {**SINCE_2014, "basis": "trader"}

READING_CASES: tuple[tuple[str, str, Claim, Any, Any], ...] = (
    ("first_day", "same_day", claim(OLD, "2010-03-09", sold="2010-03-02"), "refund", "exchange"),
    ("window_end", "fixed", claim(OLD, "2010-03-15", sold="2010-03-06"), "refund", "exchange"),
    # 2010-03-13 is a Saturday, a Sunday follows; neither is named by a notice.
    (
        "rest_days",
        "holidays_only",
        claim(OLD, "2010-03-15", sold="2010-03-06"),
        "refund",
        "exchange",
    ),
    (
        "two_repairs",
        "same_fault",
        claim(OLD, "2010-06-09", repairs=[TWO[0], {**TWO[1], "symptom": "no_ring"}]),
        "exchange",
        "free_repair",
    ),
    (
        "repair_proof",
        "any_proof",
        claim(OLD, "2010-06-09", repairs=[TWO[0], {**TWO[1], "recorded": False}]),
        "free_repair",
        "exchange",
    ),
    (
        "windows_after_exchange",
        "exchange_only",
        claim(OLD, "2010-05-06", exchanges=["2010-05-04"]),
        "refund",
        "exchange",
    ),
    (
        "windows_after_exchange",
        "from_sale",
        claim(OLD, "2010-05-06", exchanges=["2010-05-04"]),
        "refund",
        "free_repair",
    ),
    (
        "depreciation_start",
        "from_invoice",
        claim(OLD, "2010-05-14", exchanges=["2010-05-04"], request="refund", invoiced="2010-03-01"),
        "1900.00",
        "1260.00",
    ),
    ("refund_papers", "refund", claim(OLD, "2010-03-04", voucher="lost"), "exchange", "refund"),
    (
        "repair_end",
        "notified",
        claim(
            OLD,
            "2010-06-09",
            request="refund",
            repairs=[TWO[0], {**TWO[1], "notified_on": "2010-04-21"}],
        ),
        "1100.00",
        "1070.00",
    ),
    (
        "repair_days",
        "elapsed",
        claim(OLD, "2010-06-09", request="refund", repairs=TWO),
        "1100.00",
        "1080.00",
    ),
    (
        "depreciation_days",
        "inclusive",
        claim(OLD, "2010-06-09", request="refund", repairs=TWO),
        "1100.00",
        "1090.00",
    ),
    (
        "window_start",
        "sold",
        claim(OLD, "2010-03-10", received="2010-03-03"),
        "refund",
        "exchange",
    ),
    (
        "repair_guarantee",
        "any_fault",
        claim(OLD, "2011-04-11", repairs=[stay("2011-03-10", "2011-03-12", symptom="no_ring")]),
        "paid_repair",
        "free_repair",
    ),
    (
        "depreciation",
        "not_charged",
        claim(OLD, "2010-06-09", request="refund", repairs=TWO),
        "1100.00",
        "2000.00",
    ),
    # 93 days of 0.5 % of 1999.00 are 929.535.
    (
        "rounding",
        "down",
        claim(OLD, "2010-06-12", request="refund", repairs=TWO, price="1999.00"),
        "1069.46",
        "1069.47",
    ),
    # 91 days: 909.545, half up .55, half even .54.
    (
        "rounding",
        "half_even",
        claim(OLD, "2010-06-10", request="refund", repairs=TWO, price="1999.00"),
        "1089.45",
        "1089.46",
    ),
    (
        "period_start",
        "later",
        claim(DECREE, "2026-03-04", invoiced="2025-03-10"),
        "paid_repair",
        "free_repair",
    ),
    (
        "period_start",
        "invoiced",
        claim(DECREE, "2026-03-05", received="2025-03-05"),
        "free_repair",
        "paid_repair",
    ),
    (
        "repair_time_in_windows",
        "counted",
        claim(DECREE, "2025-03-13", repairs=[stay("2025-03-10", "2025-03-12")]),
        "refund",
        "exchange",
    ),
    (
        "window_day",
        "appeared",
        claim(OLD, "2010-03-20", appeared="2010-03-16"),
        "free_repair",
        "exchange",
    ),
    (
        "returning_fault",
        "new_fault",
        claim(
            OLD,
            "2011-03-31",
            repairs=[stay("2011-02-01", "2011-02-01"), stay("2011-02-25", "2011-03-02")],
        ),
        "exchange",
        "free_repair",
    ),
    ("burden_of_proof", "consumer_later", claim(_LATE_2015, LATE), "free_repair", "paid_repair"),
    (
        "burden_of_proof",
        "trader_always",
        claim(_LATE_2015, LATE, basis="report", contested=True),
        "paid_repair",
        "free_repair",
    ),
    (
        "voucher_not_issued",
        "as_lost",
        claim(OLD, "2010-03-04", voucher="not_issued"),
        "refund",
        "exchange",
    ),
    (
        "built_in_battery",
        "accessory",
        claim(OLD, "2010-06-09", symptom="battery_fault"),
        "free_repair",
        "exchange",
    ),
    (
        "software_repair",
        "not_counted",
        claim(OLD, "2010-06-09", repairs=[TWO[0], {**TWO[1], "software_only": True}]),
        "exchange",
        "free_repair",
    ),
    (
        "two_repairs_remedy",
        "refund_too",
        claim(OLD, "2010-06-09", repairs=TWO),
        "exchange",
        "refund",
    ),
    (
        "second_hand",
        "not_covered",
        claim(LOCAL, "2019-06-09", condition="second_hand", unqualified=True),
        "refund",
        "excluded",
    ),
)


@pytest.mark.parametrize(("reading", "value", "facts", "before", "after"), READING_CASES)
def test_a_claim_that_turns_on_a_reading(
    reading: str, value: str, facts: Claim, before: str, after: str
) -> None:
    name = "outcome" if before in OUTCOMES else "payable"
    assert judge(facts)[name] == before
    assert judge(facts, {reading: value})[name] == after
    assert (reading, value) in depends_on(facts)


def test_every_value_of_every_reading_has_such_a_claim() -> None:
    tried = {(reading, value) for reading, value, *_ in READING_CASES}
    assert tried == {(name, one) for name, values in READINGS.items() for one in values[1:]}


def test_a_reading_that_does_not_exist() -> None:
    with pytest.raises(KeyError):
        judge(claim(OLD, "2010-03-04"), {"rounding": "up"})


def test_readings_that_do_not_matter_to_decree_goods() -> None:
    facts = claim(DECREE, "2025-03-12", received="2025-03-05")
    assert judge(facts, {"window_start": "sold"})["outcome"] == "refund"
    old = claim(
        OLD, "2010-03-12", received="2010-03-05", repairs=[stay("2010-03-08", "2010-03-09")]
    )
    assert judge(old, {"repair_time_in_windows": "counted"}) == judge(old)
    assert judge(old, {"period_start": "later"}) == judge(old)


def test_consumer_later_within_the_six_months_and_before_2014() -> None:
    reading = {"burden_of_proof": "consumer_later"}
    assert judge(claim(_LATE_2015, EARLY), reading)["outcome"] == "free_repair"
    before = claim(OLD, "2010-03-20", cause="liquid", basis="trader", contested=True)
    assert judge(before, reading)["outcome"] == "paid_repair"


def test_readings_of_proof_and_sameness_leave_other_repairs_alone() -> None:
    unrecorded = [stay("2010-04-01", delay="repairer", recorded=False)]
    late = claim(OLD, "2010-06-01", repairs=unrecorded)
    assert "art17.exchange" in holding(judge(late, {"repair_proof": "any_proof"}))
    two = claim(OLD, "2010-06-09", repairs=TWO)
    for reading in (
        {"software_repair": "not_counted"},
        {"two_repairs": "same_fault"},
        {"repair_proof": "any_proof"},
    ):
        assert "art13.exchange" in holding(judge(two, reading))


def test_a_built_in_battery_as_an_accessory() -> None:
    reading = {"built_in_battery": "accessory"}
    battery = {**OLD, "symptom": "battery_fault", "alone": "99.00"}
    six_months = judge(claim(battery, "2010-09-01"), reading)
    assert six_months["dates"]["period_ends_on"] == "2010-09-01"
    assert holding(six_months) == {"art14.exchange"}
    assert judge(claim(battery, "2010-09-02"), reading)["outcome"] == "paid_repair"
    none_left = claim(battery, "2010-06-01", stock=False, request="refund")
    assert judge(none_left, reading)["payable"] == "99.00"
    in_stock = judge(claim(battery, "2010-06-01", request="refund"), reading)
    assert (in_stock["outcome"], holding(in_stock)) == ("exchange", {"art14.exchange"})
    factory = claim(battery, "2010-06-01", invoice="none", voucher="lost", made="2010-02-01")
    assert judge(factory, reading)["lead_rule"] == "art24.no_evidence"


def test_an_open_repair_counts_the_day_of_the_claim_under_elapsed() -> None:
    facts = claim(OLD, "2010-04-10", repairs=[stay("2010-04-01")])
    assert _dates(facts, {"repair_days": "elapsed"})["deducted_days"] == 10
    back = claim(OLD, "2010-04-10", repairs=[stay("2010-04-01", "2010-04-10")])
    assert _dates(back, {"repair_days": "elapsed"})["deducted_days"] == 9
    noted = claim(OLD, "2010-04-10", repairs=[stay("2010-04-01", notified_on="2010-04-04")])
    both = {"repair_days": "elapsed", "repair_end": "notified"}
    assert _dates(noted, both)["deducted_days"] == 3
    assert _dates(noted, {"repair_end": "notified"})["deducted_days"] == 4
    told = claim(OLD, "2010-04-10", repairs=[stay("2010-04-01", notified_on="2010-04-10")])
    assert _dates(told, both)["deducted_days"] == 9
    for late in (
        stay("2010-04-01", notified_on="2010-04-12"),
        stay("2010-04-01", "2010-04-10", notified_on="2010-04-10"),
        stay("2010-04-01", "2010-04-10", notified_on="2010-04-14"),
    ):
        facts = claim(OLD, "2010-04-10", repairs=[late])
        assert _dates(facts, {"repair_end": "notified"})["deducted_days"] == 10


def test_fixed_windows_do_not_ask_a_rolled_day_of_a_repair() -> None:
    # Delivered 2025-03-01: 7 days end on Saturday 03-08, rolled 03-10.
    facts = claim(
        DECREE, "2025-03-20", sold="2025-03-01", repairs=[stay("2025-03-10", "2025-03-12")]
    )
    assert _dates(facts)["refund_until"] == "2025-03-11"
    assert _dates(facts, {"window_end": "fixed"})["refund_until"] == "2025-03-08"


# --- Claims at random ---------------------------------------------------------------------------


def test_three_thousand_claims_reach_every_rule_and_every_outcome() -> None:
    rng = random.Random(778)
    rules: Counter[str] = Counter()
    outcomes: Counter[str | None] = Counter()
    for _ in range(3000):
        result = judge(random_claim(rng, unknown=0.05), random_readings(rng))
        rules.update(rule for rule, verdict in result["verdicts"].items() if verdict == "holds")
        outcomes[result["outcome"]] += 1
        assert (result["outcome"] is None) is (len(result["possible"]) > 1)
    every = {*SCOPE_RULES, *BAR_RULES, *REMEDY, *LOCAL_REMEDY}
    assert every - rules.keys() == set()
    assert set(outcomes) == {*OUTCOMES, None}


def test_a_known_claim_is_one_case() -> None:
    rng = random.Random(18)
    for _ in range(300):
        result = judge(random_claim(rng, unknown=0))
        assert all(one["sure"] for one in result["remedies"])
        assert len(result["possible"]) == 1


def test_doubts_are_said() -> None:
    assert len(DOUBTS) == len(set(DOUBTS)) > 20
