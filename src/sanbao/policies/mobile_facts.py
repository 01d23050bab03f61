"""How the facts follow from a claim: 移动电话机三包规定的事实推导.

The rules of :mod:`sanbao.policies.mobile_2001` speak of facts: since when the period runs, which
repairs count, what a refund pays back. Here each is derived from the fields of a claim, with the
article that says so, in the order in which they rest on one another. The language is that of
:mod:`sanbao.rules.formulas`.
"""

from __future__ import annotations

from typing import Final

from sanbao.policies.instruments import (
    DECREE_778_ART_18,
    appendix,
    art,
    civil_code,
    consumer_law,
)
from sanbao.rules.provisions import Derived

__all__ = ["MOBILE_FACTS"]

_EXCHANGED: Final = art(21)
_RETURNING: Final = (art(10), art(24, 1))
_IN_REPAIR: Final = (art(8), civil_code(201))
_WAITING: Final = (art(16), art(17))
_PROOF: Final = (consumer_law(23),)

_OF_EXCHANGES: Final = (
    Derived(
        "exchanges_from",
        "date",
        "first(purchase.sold_on, evidence.manufactured_on)",
        (_EXCHANGED,),
        title=("换货不早于", "no exchange before"),
    ),
    Derived(
        "is_of_sale",
        "yes/no",
        "not known(exchanges_from) or exchange.exchanged_on >= exchanges_from",
        (_EXCHANGED,),
        of="exchange",
        title=("售出后的换货", "exchange since the sale"),
    ),
    Derived(
        "last_exchange",
        "date",
        "latest(exchanges, exchange.exchanged_on, is_of_sale)",
        (_EXCHANGED,),
        title=("末次换货日", "last exchange"),
    ),
    Derived("exchanges_counted", "count", "count(exchanges, is_of_sale)", (art(14),)),
)

_DAYS_HELD: Final = (
    # what lies before the last exchange concerned the unit that was given back
    Derived(
        "asked_of_unit",
        "date",
        "claim.asked_on if not known(last_exchange) or claim.asked_on >= last_exchange else None",
        (art(11), art(12), _EXCHANGED),
        title=("就现有商品首次要求之日", "day a remedy for this unit was first asked for"),
    ),
    Derived("asked_on", "date", "first(asked_of_unit, claim.claimed_on)", (art(11), art(12))),
    Derived(
        "appeared_on",
        "date",
        "fault.appeared_on if not known(last_exchange) or fault.appeared_on >= last_exchange"
        " else None",
        (art(11), art(12), _EXCHANGED),
        title=("故障出现日", "day the fault appeared"),
    ),
    Derived(
        "held_on",
        "date",
        "first(appeared_on, asked_on) if reading.window_day == 'appeared' else asked_on",
        (art(11), art(12)),
    ),
)

_STARTS: Final = (
    Derived(
        "delivered",
        "date",
        "first(purchase.received_on, purchase.sold_on)",
        (civil_code(512),),
        title=("交付日", "delivery"),
    ),
    Derived(
        "window_base",
        "date",
        "delivered if law.period_from == 'delivered' or reading.window_start == 'received'"
        " else purchase.sold_on",
        (art(11), art(12), civil_code(512), DECREE_778_ART_18),
        title=("售出或收货之日", "sale or delivery"),
    ),
    Derived(
        "windows_start",
        "date",
        "window_base if reading.windows_after_exchange == 'from_sale'"
        " else first(last_exchange, window_base)",
        (art(11), art(12), _EXCHANGED),
    ),
    Derived(
        "refund_window_start",
        "date",
        "first(last_exchange, window_base) if reading.windows_after_exchange == 'restart'"
        " else window_base",
        (art(11), _EXCHANGED, DECREE_778_ART_18),
    ),
    Derived(
        "period_base",
        "date",
        "delivered if law.promised_start == 'received'"
        " or (law.period_from == 'delivered' and reading.period_start == 'delivered')"
        " else max(first(purchase.invoiced_on, purchase.sold_on), delivered)"
        " if law.period_from == 'delivered' and reading.period_start == 'later'"
        " else first(purchase.invoiced_on, purchase.sold_on)",
        (art(8), DECREE_778_ART_18),
        title=("开票或交付之日", "invoice date or delivery"),
    ),
    Derived(
        "period_start",
        "date",
        "first(last_exchange, period_base) if papers.start == 'papers'"
        " else evidence.manufactured_on + law.factory_days if papers.start == 'factory'"
        " else None",
        (art(8), art(9), _EXCHANGED),
    ),
    Derived(
        "sale_dated_on",
        "date",
        # a paper or a factory date from after the commencement settles that much
        "first(stated(purchase.sold_on),"
        " purchase.invoiced_on if purchase.invoiced_on >= law.commencement else None,"
        " purchase.received_on if purchase.received_on >= law.commencement else None,"
        " evidence.manufactured_on if evidence.manufactured_on >= law.commencement else None,"
        " purchase.sold_on)",
        (art(31),),
    ),
    Derived(
        "proof_start",
        "date",
        "first(last_exchange, purchase.received_on, stated(purchase.sold_on), period_start)",
        _PROOF,
    ),
)

_GOODS: Final = (
    Derived("role", "code", "goods.role", (appendix(1),)),
    Derived(
        "capacity_sound",
        "yes/no",
        "known(fault.battery_capacity) and known(fault.symptom)"
        " and fault.symptom == 'battery_fault'"
        " and fault.battery_capacity >= law.sound_capacity",
        (appendix(3),),
    ),
    Derived(
        "battery_apart",
        "yes/no",
        "reading.built_in_battery == 'accessory' and goods.role == 'main_unit'"
        " and known(fault.symptom) and fault.symptom == 'battery_fault'",
        (appendix(1), art(14)),
        title=("内置电池按附件处理", "built-in battery judged as an accessory"),
    ),
    Derived("factory_dated", "yes/no", "known(evidence.manufactured_on)", (art(9),)),
    Derived("detail", "code", "first(fault.detail, 'none')", (art(4),)),
)

_OF_A_REPAIR: Final = (
    Derived(
        "is_handed_in",
        "yes/no",
        "repair.handed_in_on <= claim.claimed_on",
        (art(8),),
        of="repair",
        title=("申请日前送修", "handed in by the day of the claim"),
    ),
    Derived(
        "is_ended",
        "yes/no",
        "known(repair.handed_back_on) and repair.handed_back_on <= claim.claimed_on",
        (art(8), art(13)),
        of="repair",
        title=("已取机", "handed back"),
    ),
    Derived(
        "is_unmended",
        "yes/no",
        "not is_ended"
        " and (not known(repair.ready_on) or repair.ready_on > claim.claimed_on)"
        " and (not known(repair.notified_on) or repair.notified_on > claim.claimed_on)",
        (art(15), art(16), art(17)),
        of="repair",
        title=("尚未修复", "not repaired yet"),
    ),
    Derived(
        "is_of_unit",
        "yes/no",
        "not known(last_exchange) or repair.handed_in_on >= last_exchange",
        (_EXCHANGED,),
        of="repair",
        title=("现有商品的修理", "repair of the present unit"),
    ),
    Derived(
        "is_under_guarantee",
        "yes/no",
        "repair.under_guarantee and repair.handed_in_on >= period_start",
        (art(10), art(13)),
        of="repair",
        title=("有效期起始后的三包修理", "repair under the guarantees since the start"),
    ),
    Derived(
        "fault_repaired",
        "code",
        "first(repair.symptom, fault.symptom)",
        (art(13),),
        of="repair",
        title=("所修故障", "fault repaired"),
    ),
    Derived(
        "is_same_fault",
        "yes/no",
        "not known(repair.symptom) or repair.symptom == fault.symptom",
        (art(10), art(13)),
        of="repair",
        title=("同一故障", "the same fault"),
    ),
    Derived(
        "is_problem",
        "yes/no",
        "not fault_repaired in ('none', 'wear')",
        (art(10),),
        of="repair",
        title=("所修为质量问题", "repair of a quality problem"),
    ),
    Derived(
        "is_recorded",
        "yes/no",
        "repair.recorded or reading.repair_proof == 'any_proof'",
        (art(13), art(6)),
        of="repair",
        title=("有维修记录", "recorded by the repairer"),
    ),
    Derived(
        "is_again",
        "yes/no",
        "is_ended and is_under_guarantee and (is_same_fault"
        " or (reading.repair_guarantee == 'any_fault' and is_problem))",
        (art(10),),
        of="repair",
        title=("曾修此故障", "repair that has to last"),
    ),
    Derived(
        "brought_again_on",
        "date",
        "held_on if asked_on >= repair.handed_back_on else claim.claimed_on",
        (art(10),),
        of="repair",
        title=("再次要求之日", "day it was brought again"),
    ),
    Derived(
        "days_lasted",
        "count",
        "brought_again_on - repair.handed_back_on",
        (art(10),),
        of="repair",
        title=("修后正常天数", "days that the repair lasted"),
    ),
    Derived(
        "repair_over",
        "date",
        "(repair.handed_back_on"
        " if reading.repair_end == 'handed_back' or not known(repair.notified_on)"
        " else min(repair.handed_back_on, repair.notified_on))"
        " + (1 if reading.repair_days == 'inclusive' else 0) if is_ended"
        " else repair.notified_on + (1 if reading.repair_days == 'inclusive' else 0)"
        " if reading.repair_end == 'notified' and known(repair.notified_on)"
        " and repair.notified_on <= claim.claimed_on"
        " else claim.claimed_on + 1",
        _IN_REPAIR,
        of="repair",
        title=("修理占用的次日", "day after the last that a repair takes"),
    ),
)

_REPAIRS: Final = (
    Derived(
        "repair_time",
        "spans",
        "spans(repairs, repair.handed_in_on, repair_over, is_handed_in)",
        _IN_REPAIR,
    ),
    Derived(
        "window_repair_time",
        "spans",
        "(spans_from(repair_time, last_exchange) if known(last_exchange) else repair_time)"
        " if law.windows_stretch and reading.repair_time_in_windows == 'excluded' else ()",
        (DECREE_778_ART_18,),
    ),
    Derived(
        "days_in_repair",
        "count",
        # who had nothing repaired was never without the goods, since whatever day it is counted
        "covered(spans_from(repair_time, period_start)) if any(repairs, is_handed_in) else 0",
        _IN_REPAIR,
    ),
    Derived(
        "repairs_counted",
        "count",
        "count(repairs, is_handed_in and is_ended and is_under_guarantee and is_recorded"
        " and (not repair.software_only or reading.software_repair == 'counts')"
        " and fault_repaired in goods.faults"
        " and (reading.two_repairs == 'any_fault' or is_same_fault))",
        (art(13),),
    ),
    Derived(
        "repairs_finished",
        "count",
        "count(repairs, is_handed_in and is_ended and is_under_guarantee and is_problem)",
        (art(13),),
    ),
    Derived(
        "repaired_before",
        "yes/no",
        "any(repairs, is_handed_in and is_again and days_lasted >= 0)",
        (art(10),),
    ),
    Derived(
        "repaired_on",
        "date",
        "least(repairs, repair.handed_back_on, days_lasted,"
        " is_handed_in and is_again and days_lasted >= 0)",
        (art(10),),
    ),
    Derived(
        "again_on",
        "date",
        "least(repairs, brought_again_on, days_lasted,"
        " is_handed_in and is_again and days_lasted >= 0)",
        (art(10),),
    ),
    Derived(
        "under_repair",
        "yes/no",
        "any(repairs, is_handed_in and is_unmended and is_of_unit)",
        (art(15),),
    ),
    Derived(
        "under_repair_since",
        "date",
        "earliest(repairs, repair.handed_in_on, is_handed_in and is_unmended and is_of_unit)",
        (art(15),),
    ),
    # where nobody knows when the period began, what was handed in before an exchange is no reason
    Derived(
        "is_awaited",
        "yes/no",
        "is_handed_in and is_unmended and (is_of_unit or known(period_start))"
        " and is_under_guarantee and is_recorded",
        (art(16), art(17), _EXCHANGED),
        of="repair",
        title=("三包内尚未修复", "not repaired yet, under the guarantees"),
    ),
    Derived(
        "waiting_for_parts",
        "yes/no",
        "any(repairs, is_awaited and repair.delay == 'parts')",
        (art(16),),
    ),
    Derived(
        "waiting_for_parts_since",
        "date",
        "earliest(repairs, repair.handed_in_on, is_awaited and repair.delay == 'parts')",
        (art(16),),
    ),
    Derived(
        "delayed_by_repairer",
        "yes/no",
        "any(repairs, is_awaited and repair.delay == 'repairer')",
        (art(17),),
    ),
    Derived(
        "delayed_by_repairer_since",
        "date",
        "earliest(repairs, repair.handed_in_on, is_awaited and repair.delay == 'repairer')",
        (art(17),),
    ),
    # a repaired unit must work for 30 days: a fault that comes back sooner is the same
    Derived(
        "reached",
        "date",
        "asked_on if papers.start == 'none'"
        " else reaching_back(repairs, asked_on, repair.handed_in_on,"
        " repair.handed_back_on if is_ended else claim.claimed_on, 30,"
        " is_handed_in and is_under_guarantee and is_same_fault)",
        _RETURNING,
        title=("故障可追溯至", "day that the fault reaches back to"),
    ),
    Derived(
        "period_held_on",
        "date",
        "min(held_on, reached) if reading.returning_fault == 'one_fault' else held_on",
        _RETURNING,
    ),
    Derived("found_on", "date", "first(appeared_on, reached)", _PROOF),
)

_MONEY: Final = (
    Derived(
        "own_price",
        "money",
        "first(purchase.paid_price, purchase.price) if law.refund_price == 'paid'"
        " else purchase.price",
        (art(11), art(18), art(19), DECREE_778_ART_18),
        title=("商品价格", "price of the goods"),
    ),
    Derived(
        "goes_by_standalone_price",
        "yes/no",
        "battery_apart or (goods.role == 'accessory' and product.bought_with_phone)",
        (art(14),),
        title=("按单独销售价格退款", "refunded at the stand-alone price"),
    ),
    Derived(
        "refund_price",
        "money",
        "purchase.standalone_price if goes_by_standalone_price else own_price",
        (art(11), art(14), art(18), art(19)),
        title=("退款价格", "price that a refund goes by"),
    ),
    # a gift whose price nobody states, and anything at a price of nothing
    Derived(
        "nothing_to_refund",
        "yes/no",
        "(purchase.standalone_price == 0 if known(purchase.standalone_price) else purchase.gift)"
        " if goes_by_standalone_price"
        " else (own_price == 0 if known(own_price) else purchase.gift)",
        (art(23),),
    ),
    Derived(
        "used_since",
        "date",
        "first(last_exchange, purchase.invoiced_on, purchase.sold_on)"
        " if reading.depreciation_start == 'from_exchange'"
        " else first(purchase.invoiced_on, purchase.sold_on)",
        (art(19), _EXCHANGED),
        title=("使用起算日", "start of the days of use"),
    ),
    # repairs of before an exchange are the old unit's
    Derived(
        "days_unused",
        "count",
        "covered(clipped(spans_from(repair_time, last_exchange)"
        " if known(last_exchange) and reading.depreciation_start == 'from_exchange'"
        " else repair_time, used_since))",
        (art(19),),
        title=("应扣除的修理天数", "days in repair that are no days of use"),
    ),
    Derived(
        "used_days",
        "count",
        "max(0, claim.claimed_on - used_since - days_unused)"
        " + (1 if reading.depreciation_days == 'inclusive' else 0)",
        (art(19), civil_code(201)),
        title=("使用天数", "days of use"),
    ),
    # art. 19 speaks of the days of use
    Derived(
        "fee_is_due",
        "yes/no",
        "product.used and reading.depreciation == 'charged'",
        (art(19),),
        title=("应付折旧费", "a fee is due for the days of use"),
    ),
    Derived(
        "nothing_left",
        "yes/no",
        "claim.request == 'refund' and fee_is_due and known(goods.daily_rate)"
        " and used_up(refund_price, used_days, reading.rounding)",
        (art(19), appendix(1)),
    ),
)

MOBILE_FACTS: Final = (
    *_OF_EXCHANGES,
    *_DAYS_HELD,
    *_STARTS,
    *_GOODS,
    *_OF_A_REPAIR,
    *_REPAIRS,
    *_MONEY,
)
"""The facts of the regulation, each resting on those before it."""
