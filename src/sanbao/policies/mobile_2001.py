"""The mobile-phone three-guarantees regulation: 移动电话机商品修理更换退货责任规定.

Order No. 4 of AQSIQ, SAIC and MII, published 2001-09-17, in force from 2001-11-15, 31
articles and 3 appendices; read in a copy of the regulator's own database. Encoded in
the order in which a claim is decided: the catalogue (Appendices 1 and 3), what the
regulation does not reach, what bars the guarantees (art. 24), what the papers carry
(art. 9), the rights (arts. 10–19), what comes along (arts. 3, 15, 20–23), and the
articles that decide no claim.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from sanbao.model.citation import Citation
from sanbao.policies.instruments import (
    LAW,
    appendix,
    art,
    civil_code,
    consumer_law,
    consumer_law_1993,
    penalty_measures,
)
from sanbao.policies.mobile_facts import MOBILE_FACTS
from sanbao.rules.conditions import Condition, Owed, Under, fact
from sanbao.rules.policy import Article, Bar, Coverage, Exclusion, Grade, Obligation, Policy, Right

__all__ = ["MOBILE_2001", "TERMS"]

IN_FORCE: Final = date(2001, 11, 15)
DECREE_778: Final = date(2024, 7, 1)
"""Goods delivered and claimed for from this day on are judged by the version of 2024."""


# --- the catalogue: Appendices 1 and 3 ------------------------------------------------

_MAIN_UNIT_FAULTS: Final = (
    "function_fails",
    "screen_fault",
    "cannot_start_or_connect",
    "no_ring",
    "dialling_error",
    "switches_off",
    "sim_contact",
    "keys_fail",
    "sound_fault",
    "housing_crack",
)


def _main_unit(kind: str) -> Coverage:
    listed = (art(8), appendix(1), appendix(3))
    return Coverage(kind, "main_unit", 12, Decimal("0.005"), _MAIN_UNIT_FAULTS, listed)


def _accessory(kind: str, months: int, fault: str) -> Coverage:
    listed = (art(8), appendix(1), appendix(3))
    return Coverage(kind, "accessory", months, None, (fault,), listed)


BATTERY_MONTHS: Final = 6

_CATALOGUE: Final = (
    _main_unit("handset"),
    _main_unit("vehicle_phone"),
    _main_unit("fixed_station_phone"),
    _accessory("battery", BATTERY_MONTHS, "battery_fault"),
    _accessory("charger", 12, "charger_fault"),
    _accessory("wired_earphone", 3, "earphone_fault"),
    _accessory("terminal_card", 12, "terminal_card_fault"),
    _accessory("data_card", 12, "data_card_fault"),
)

# --- the words the articles use --------------------------------------------------------

main_unit = fact("role").is_("main_unit")
accessory = fact("role").is_("accessory")
in_catalogue = fact("kind").listed_as("kind")
no_fault = fact("symptom").is_("none") | fact("capacity_sound").is_(True)
only_wear = fact("symptom").is_("wear")
quality_problem = ~fact("symptom").is_("none") & ~only_wear & fact("capacity_sound").is_(False)
on_the_list = fact("symptom").listed_as("faults")
listed_fault = on_the_list & fact("capacity_sound").is_(False)
# reading built_in_battery: a battery built into a main unit is an accessory of its own
battery_apart = (
    Under("built_in_battery", "accessory") & main_unit & fact("symptom").is_("battery_fault")
)

original = fact("invoice").is_("original")
voucher_in_order = fact("voucher").is_("intact") | (
    fact("voucher").is_("not_issued") & Under("voucher_not_issued", "not_held_against")
)
full_papers = original & voucher_in_order
date_proved = fact("invoice").one_of("original", "copy", "other") | fact("voucher").is_("intact")
factory_dated = main_unit & fact("factory_dated").is_(True) & ~battery_apart
factory_date_only = ~date_proved & factory_dated
nothing_proved = ~date_proved & ~factory_dated

inside_period = fact("period_start").within_period(extended_by="repair_time")
inside_battery_period = fact("period_start").within_period(
    extended_by="repair_time", months=BATTERY_MONTHS
)
inside_own_period = (inside_period & ~battery_apart) | (inside_battery_period & battery_apart)
inside_7_days = fact("windows_start").within_window(days=7)
inside_7_days_for_refund = fact("refund_window_start").within_window(days=7)
inside_15_days = fact("windows_start").within_window(days=15)

in_stock = fact("same_model_in_stock").is_(True)
refund_asked = fact("request").is_("refund")
something_to_refund = fact("nothing_to_refund").is_(False)
nothing_left = fact("nothing_left").is_(True)

# Consumer Protection Law art. 23: what is found within six months the trader has to prove
since_2014 = ~fact("claimed_on").before(date(2014, 3, 15))
found_in_six_months = fact("proof_start").at_most_ago(months=6, until="found_on") & since_2014
contested = fact("contested").is_(True)
report_contested = fact("cause_basis").is_("report") & contested
proved = (
    fact("cause_basis").one_of("inspection", "consumer")
    | (
        fact("cause_basis").is_("report")
        & (~contested | (~found_in_six_months & ~Under("burden_of_proof", "trader_always")))
    )
    | (
        fact("cause_basis").is_("trader")
        & ~found_in_six_months
        & Under("burden_of_proof", "consumer_later")
    )
)


# --- what the regulation does not reach -------------------------------------------------


def _no_fault_of_the_goods(rule: str, cause: str, cite: Citation) -> Exclusion:
    ground = fact("cause").is_(cause)
    cites = (cite, consumer_law(23))
    return Exclusion(rule, ground & proved, cites, ground, found_in_six_months, report_contested)


_EXCLUSIONS: Final = (
    Exclusion("art2.catalogue", ~in_catalogue, (art(2), appendix(1))),
    Exclusion("art2.place", fact("sold_in_mainland").is_(False), (art(2),)),
    Exclusion(
        "art2.second_hand",
        fact("second_hand").is_(True) & Under("second_hand", "not_covered"),
        (art(2),),
    ),
    Exclusion("art31.date", fact("sale_dated_on").before(IN_FORCE), (art(31),)),
    Exclusion("art10.no_fault", no_fault, (art(10),)),
    Exclusion("art10.wear", only_wear, (art(10),)),
    _no_fault_of_the_goods("app3.network", "network", appendix(3)),
    # no copy of Appendix 3 names SIM-card data; it is no quality problem of the phone
    _no_fault_of_the_goods("art10.sim_data", "sim_data", art(10, mark="inferred")),
    # art. 10 repairs any quality problem of a main unit; art. 14 asks accessories for a listed one
    Exclusion("app3.unlisted", accessory & quality_problem & ~on_the_list, (appendix(3),)),
)

# --- what bars the guarantees: art. 24 --------------------------------------------------


def _damage(rule: str, item: int, *causes: str) -> Bar:
    ground = fact("cause").one_of(*causes)
    cites = (art(24, item), consumer_law(23))
    return Bar(rule, ground & proved, cites, ground, found_in_six_months, report_contested)


_BARS: Final = (
    Bar(
        "art24.expired",
        in_catalogue & (date_proved | factory_date_only) & ~inside_own_period,
        (art(24, 1), art(8), civil_code(202), civil_code(203)),
    ),
    Bar("art24.no_evidence", nothing_proved, (art(24, 2), art(9))),
    Bar("art24.voucher", fact("voucher").one_of("altered", "mismatched"), (art(24, 3),)),
    _damage("art24.misuse", 4, "misuse", "liquid", "impact"),
    _damage("art24.opened", 5, "unauthorised_opening"),
    _damage("art24.force_majeure", 6, "force_majeure"),
)

# --- what the papers carry: art. 9 -------------------------------------------------------

_GRADES: Final = (
    Grade("art9.full", full_papers, "papers", ("refund", "exchange", "repair"), (art(9),)),
    Grade(
        "art9.proven",
        date_proved & ~full_papers,
        "papers",
        ("exchange", "repair"),
        (art(9),),
        carries_under=(
            ("art11.refund", Under("refund_papers", "refund")),
            ("art14.refund", Under("refund_papers", "refund")),
        ),
    ),
    Grade("art9.factory", factory_date_only, "factory", ("repair",), (art(9),)),
    Grade("art9.none", nothing_proved, None, (), (art(9), art(24, 2))),
)

# --- the rights ----------------------------------------------------------------------------

_FAULTY_UNIT: Final = main_unit & listed_fault
_UNIT_WITH_PROBLEM: Final = main_unit & quality_problem & ~battery_apart
_FAULTY_ACCESSORY: Final = accessory & listed_fault
_TWICE_REPAIRED: Final = _FAULTY_UNIT & fact("repairs_counted").at_least(2)
_NO_PROBLEM_OF_THE_GOODS: Final = (
    "art10.no_fault",
    "art10.wear",
    "app3.network",
    "art10.sim_data",
    "app3.unlisted",
)
_FULL_REFUNDS: Final = ("art11.refund", "cpl45.refund", "cpl54.refund")


def _overdue(waiting: str, since: str, days: int) -> Condition:
    return fact(waiting).is_(True) & ~fact(since).at_most_ago(days=days)


_PERIOD_ARTICLES: Final = (art(8), civil_code(202), civil_code(203))
_WINDOW_ARTICLES: Final = (civil_code(201), civil_code(203))
_EXCHANGES: Final = (
    "art11.exchange",
    "art12.exchange",
    "art13.exchange",
    "art16.exchange",
    "art17.exchange",
    "art14.exchange",
)

_RIGHTS: Final = (
    Right(
        "art11.refund",
        "refund",
        "seller",
        _FAULTY_UNIT & inside_7_days_for_refund & something_to_refund,
        "refund",
        (art(11), *_WINDOW_ARTICLES),
        refund="in_full",
    ),
    Right(
        "art11.exchange",
        "exchange",
        "seller",
        _FAULTY_UNIT & inside_7_days,
        "exchange",
        (art(11), *_WINDOW_ARTICLES),
    ),
    Right(
        "art12.exchange",
        "exchange",
        "seller",
        _FAULTY_UNIT & inside_15_days & ~inside_7_days,
        "exchange",
        (art(12), *_WINDOW_ARTICLES),
    ),
    Right(
        "art13.exchange",
        "exchange",
        "seller",
        _TWICE_REPAIRED,
        "exchange",
        (art(13),),
    ),
    Right(
        "art16.exchange",
        "exchange",
        "seller",
        _UNIT_WITH_PROBLEM & _overdue("waiting_for_parts", "waiting_for_parts_since", 60),
        "exchange",
        (art(16),),
    ),
    Right(
        "art17.exchange",
        "exchange",
        "seller",
        _UNIT_WITH_PROBLEM & _overdue("delayed_by_repairer", "delayed_by_repairer_since", 30),
        "exchange",
        (art(17),),
    ),
    Right(
        "art14.exchange",
        "exchange",
        "seller",
        (_FAULTY_ACCESSORY & inside_period)
        | (battery_apart & quality_problem & inside_battery_period),
        "exchange",
        (art(14), *_PERIOD_ARTICLES),
    ),
    Right(
        "art14.refund",
        "refund",
        "seller",
        _FAULTY_ACCESSORY
        & inside_period
        & fact("exchanges_counted").at_least(2)
        & something_to_refund,
        "refund",  # art. 9 names exchange and repair for lesser papers, no refund
        (art(14), *_PERIOD_ARTICLES),
        refund="in_full",
    ),
    Right(
        "cpl45.refund",
        "refund",
        "seller",
        _TWICE_REPAIRED
        & ~since_2014
        & Under("two_repairs_remedy", "refund_too")
        & something_to_refund,
        "exchange",  # the papers that carry the exchange beside it
        (consumer_law_1993(45), art(13)),
        refund="in_full",
    ),
    Right(
        "cpl54.refund",
        "refund",
        "seller",
        in_catalogue
        & ~battery_apart
        & since_2014
        & fact("found_unqualified").is_(True)
        & ~nothing_proved
        & something_to_refund,
        "repair",  # any papers at all (inferred): the article asks for none
        (consumer_law(54),),
        refund="in_full",
        despite=(
            *_NO_PROBLEM_OF_THE_GOODS,
            "art24.expired",
            "art24.voucher",
            "art24.misuse",
            "art24.opened",
            "art24.force_majeure",
        ),
    ),
    Right(
        "art18.refund",
        "refund",
        "seller",
        Owed(_EXCHANGES) & ~in_stock & something_to_refund,
        "exchange",
        (art(18),),
        refund="in_full",
        note="wait_or_refund",
    ),
    Right(
        "art19.refund",
        "refund",
        "seller",
        main_unit
        & Owed(_EXCHANGES)
        & ~battery_apart
        & ~Owed(_FULL_REFUNDS)
        & in_stock
        & refund_asked
        & something_to_refund,
        "exchange",
        (art(19), appendix(1)),
        refund="less_depreciation",
        empty=nothing_left,
    ),
    Right(
        "art10.repair",
        "free_repair",
        "repairer",
        _UNIT_WITH_PROBLEM & inside_own_period,
        "repair",
        (art(10), *_PERIOD_ARTICLES),
    ),
    Right(
        "art10.again",
        "free_repair",
        "repairer",
        _UNIT_WITH_PROBLEM
        & fact("repaired_before").is_(True)
        & fact("repaired_on").at_most_ago(days=30, until="again_on"),
        "repair",
        (art(10),),
        despite=("art24.expired",),
    ),
)

_PREFERENCE: Final = (
    "art11.refund",
    "art14.refund",
    "cpl45.refund",
    "cpl54.refund",
    *_EXCHANGES,
    "art18.refund",
    "art19.refund",
    "art10.repair",
    "art10.again",
)

# --- what comes along -------------------------------------------------------------------------

_UNDER_GUARANTEE: Final = ("refund", "exchange", "free_repair")

_OBLIGATIONS: Final = (
    Obligation(
        "art15.loaner",
        (art(15),),
        _UNDER_GUARANTEE,
        _overdue("under_repair", "under_repair_since", 7) & main_unit,
        after="under_repair_since",
        days=8,
    ),
    Obligation("art10.lasts_30_days", (art(10),), ("free_repair",), main_unit),
    Obligation("art20.new_goods", (art(20),), ("exchange",)),
    Obligation("art21.period_restarts", (art(21),), ("exchange",)),
    Obligation("art21.new_voucher", (art(21),), ("exchange",)),
    Obligation("cpl24.transport", (consumer_law(24),), _UNDER_GUARANTEE),
    Obligation(
        "penalty8.within_15_days",
        (penalty_measures(8),),
        _UNDER_GUARANTEE,
        ~fact("claimed_on").before(date(2015, 3, 15)),
        after="asked_on",
        days=15,
    ),
    Obligation("art5.voucher_due", (art(5),), when=fact("voucher").is_("not_issued")),
    Obligation(
        "art4.plan_no_excuse",
        (art(4), consumer_law(26)),
        _UNDER_GUARANTEE,
        fact("plan_bundled").is_(True),
    ),
    Obligation("art23.gift", (art(23),), _UNDER_GUARANTEE, fact("gift").is_(True)),
    Obligation("art22.recourse", (art(22),), ("refund", "exchange")),
)

# --- the articles, one by one -------------------------------------------------------------------


def _encoded(number: int, *rules: str) -> Article:
    return Article(number, "confirmed", rules=rules)


def _silent(number: int, zh: str, en: str) -> Article:
    return Article(number, "confirmed", no_effect=(zh, en))


_ARTICLES: Final = (
    _silent(1, "立法目的，不产生请求权。", "States the purpose; gives and takes no right."),
    _encoded(2, "art2.catalogue", "art2.place", "art2.second_hand"),
    _silent(
        3,
        "谁销售谁负责；经营者之间的约定不免除任何一方对消费者的责任。",
        "Whoever sold it answers for it; what traders agree among themselves releases nobody.",
    ),
    _encoded(4, "art4.plan_no_excuse"),
    _encoded(5, "art5.voucher_due"),
    _silent(
        6,
        "修理者的资质与记录义务；记录的作用见第十三条。",
        "Duties of the repairer; what its records mean is art. 13's matter.",
    ),
    _silent(
        7,
        "生产者的供件与费用义务，不改变消费者的请求权。",
        "Duties of the producer towards repairers; no right of the consumer hangs on them.",
    ),
    _encoded(8, "art24.expired", "art10.repair", "art14.exchange", "art14.refund"),
    _encoded(9, "art9.full", "art9.proven", "art9.factory", "art9.none", "art24.no_evidence"),
    _encoded(
        10,
        "art10.no_fault",
        "art10.wear",
        "art10.sim_data",
        "art10.repair",
        "art10.again",
        "art10.lasts_30_days",
    ),
    _encoded(11, "art11.refund", "art11.exchange"),
    _encoded(12, "art12.exchange"),
    _encoded(13, "art13.exchange", "cpl45.refund"),
    _encoded(14, "art14.exchange", "art14.refund"),
    _encoded(15, "art15.loaner"),
    _encoded(16, "art16.exchange"),
    _encoded(17, "art17.exchange"),
    _encoded(18, "art18.refund"),
    _encoded(19, "art19.refund"),
    _encoded(20, "art20.new_goods"),
    _encoded(21, "art21.period_restarts", "art21.new_voucher"),
    _encoded(22, "art22.recourse"),
    _encoded(23, "art23.gift"),
    _encoded(
        24,
        "art9.none",
        "art24.expired",
        "art24.no_evidence",
        "art24.voucher",
        "art24.misuse",
        "art24.opened",
        "art24.force_majeure",
    ),
    _silent(
        25,
        "经营者破产、关闭、合并、分立时，其三包责任依一般法律处理；不改变请求权的内容。",
        "What becomes of a trader's duties when it goes bankrupt, closes, merges or splits is left "
        "to the general law; what the consumer may claim stays the same.",
    ),
    _silent(
        26,
        "争议可以请消费者协会、主管部门的手机质量投诉机构、用户委员会等调解，它们应当受理；"
        "属程序，不决定申请结果。",
        "Disputes may be taken to the consumer association, the ministry's complaint centre for "
        "phones, users' committees and others, which must accept them; procedure, and no rule.",
    ),
    _silent(
        27,
        "可以向主管部门申诉，由其责令改正；故意拖延或者无理拒绝的，予以处罚并公布；"
        "不决定申请结果。",
        "A complaint may be made to the authority, which orders correction, and punishes and "
        "publishes delay or refusal without reason; it decides no claim.",
    ),
    _silent(
        28,
        "可以依约定申请仲裁，也可以直接起诉；属程序，不决定申请结果。",
        "Arbitration where it was agreed, or straight to court; procedure, and no rule.",
    ),
    _silent(
        29,
        "原因有争议的，由依法认可并授权的产品质量检验机构，或者省级以上主管部门所属的机构检验；"
        "决定的是事实，不是请求权。",
        "The inspection that settles a contested cause: by a product-quality body approved and "
        "authorised by law, or one under the provincial or a higher authority. It finds facts and "
        "gives no right.",
    ),
    _silent(
        30,
        "由制定规定的三部门负责解释；没有规则。",
        "The three ministries that made the regulation interpret it; no rule.",
    ),
    _encoded(31, "art31.date"),
)

MOBILE_2001: Final = Policy(
    id=LAW,
    version="2001-11-15",
    title_zh="移动电话机商品修理更换退货责任规定",
    title_en="Mobile-phone three-guarantees regulation (2001)",
    in_force_from=IN_FORCE,
    in_force_to=DECREE_778 - timedelta(days=1),
    factory_days=90,
    sound_capacity=80,
    catalogue=_CATALOGUE,
    grades=_GRADES,
    exclusions=_EXCLUSIONS,
    bars=_BARS,
    rights=_RIGHTS,
    preference=_PREFERENCE,
    obligations=_OBLIGATIONS,
    articles=_ARTICLES,
    derived=MOBILE_FACTS,
    source="国家质量监督检验检疫总局、国家工商行政管理总局、信息产业部令第4号",
)
"""The regulation of 2001, as it was before Decree 778."""

TERMS: Final[Mapping[str, Condition]] = MappingProxyType(
    {
        "main_unit": main_unit,
        "accessory": accessory,
        "in_catalogue": in_catalogue,
        "no_fault": no_fault,
        "only_wear": only_wear,
        "quality_problem": quality_problem,
        "listed_fault": listed_fault,
        "faulty_unit": _FAULTY_UNIT,
        "faulty_accessory": _FAULTY_ACCESSORY,
        "battery_apart": battery_apart,
        "full_papers": full_papers,
        "date_proved": date_proved,
        "factory_date_only": factory_date_only,
        "nothing_proved": nothing_proved,
        "inside_period": inside_period,
        "inside_battery_period": inside_battery_period,
        "inside_own_period": inside_own_period,
        "inside_7_days": inside_7_days,
        "inside_7_days_for_refund": inside_7_days_for_refund,
        "inside_15_days": inside_15_days,
        "in_stock": in_stock,
        "refund_asked": refund_asked,
        "something_to_refund": something_to_refund,
        "nothing_left": nothing_left,
        "found_in_six_months": found_in_six_months,
        "proved": proved,
        "unit_with_problem": _UNIT_WITH_PROBLEM,
        "factory_dated_unit": factory_dated,
    }
)
"""The words the articles use, for policy files that stand beside the regulation."""
