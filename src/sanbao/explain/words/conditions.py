"""What a condition says, in Chinese and English: 条件文案.

A part of the catalogue of :mod:`sanbao.explain.words.catalogue`, in the same form.
``condition.yes.x`` and ``condition.no.x`` say that the yes/no fact ``x`` is so or is not,
``condition.code.x`` and ``condition.no_code.x`` that a fact is, or is not, one of ``values``;
``condition.value.x.y`` is the code ``y`` where it reads otherwise in such a sentence than alone.
``counting.*`` says how a policy counts that settles a reading itself.
"""

from __future__ import annotations

from typing import Final

__all__ = ["CONDITION_MESSAGES"]

CONDITION_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "condition.always": ("任何情形", "always"),
    "condition.never": ("不会出现", "never"),
    "condition.group": ("（{text}）", "({text})"),
    "condition.listing": ("{text}（{faults}）", "{text} ({faults})"),
    "condition.either": ("（{text}）", "either {text}"),
    "condition.comma": ("，", ", "),
    "condition.semicolon": ("；", "; "),
    "condition.and": ("{before}，且{last}", "{before} and {last}"),
    "condition.and_long": ("{before}；且{last}", "{before}; and {last}"),
    "condition.or": ("{before}或{last}", "{before} or {last}"),
    "condition.or_long": ("{before}，或者{last}", "{before}, or {last}"),
    "condition.yes": ("{fact}：是", "{fact}: yes"),
    "condition.no": ("{fact}：否", "{fact}: no"),
    "condition.code": ("{fact}是{values}", "the {fact} is {values}"),
    "condition.no_code": ("{fact}不是{values}", "the {fact} is not {values}"),
    "condition.before": ("{fact}早于{day}", "the {fact} is before {day}"),
    "condition.not_before": ("{fact}不早于{day}", "the {fact} is {day} or later"),
    "condition.at_least": ("{fact}至少{number}", "there are at least {number} {fact}"),
    "condition.below": ("{fact}不到{number}", "there are fewer than {number} {fact}"),
    "condition.listed.kind": ("商品在目录内", "the goods are in the catalogue"),
    "condition.not_listed.kind": ("商品不在目录内", "the goods are not in the catalogue"),
    "condition.listed.faults": (
        "故障属于这类商品的性能故障",
        "the fault is one listed for these goods",
    ),
    "condition.not_listed.faults": (
        "故障不属于这类商品的性能故障",
        "the fault is none of those listed for these goods",
    ),
    "condition.inside": (
        "自{since}起{time}内提出",
        "it is asked for within {time} of the {since}",
    ),
    "condition.outside": (
        "自{since}起超过{time}才提出",
        "it is asked for later than {time} after the {since}",
    ),
    "condition.elapsed": (
        "自{since}起不超过{time}",
        "no more than {time} have passed since the {since}",
    ),
    "condition.not_elapsed": (
        "自{since}起已超过{time}",
        "more than {time} have passed since the {since}",
    ),
    "condition.elapsed_until": (
        "自{since}起不超过{time}（计至{until}）",
        "no more than {time} lie between the {since} and the {until}",
    ),
    "condition.not_elapsed_until": (
        "自{since}起已超过{time}（计至{until}）",
        "more than {time} lie between the {since} and the {until}",
    ),
    "condition.month": ("{number}个月", "{number} month"),
    "condition.months": ("{number}个月", "{number} months"),
    "condition.period": ("在三包有效期内", "the three-guarantees period is running"),
    "condition.no_period": ("三包有效期已过", "the three-guarantees period is over"),
    "condition.period_of": (
        "在{time}的三包有效期内",
        "the three-guarantees period of {time} is running",
    ),
    "condition.no_period_of": (
        "{time}的三包有效期已过",
        "the three-guarantees period of {time} is over",
    ),
    "condition.period_from": (
        "{period}（自{since}起算）",
        "{period} (counted from the {since})",
    ),
    "condition.owed": ("有权：{rules}", "this is owed: {rules}"),
    "condition.not_owed": ("无权：{rules}", "this is not owed: {rules}"),
    "condition.owed_any": ("有权得到其一：{rules}", "one of these is owed: {rules}"),
    "condition.not_owed_any": ("一项也无权：{rules}", "none of these is owed: {rules}"),
    "condition.owed.refund": ("有权退货", "a refund is owed"),
    "condition.not_owed.refund": ("无权退货", "no refund is owed"),
    "condition.owed.exchange": ("有权换货", "an exchange is owed"),
    "condition.not_owed.exchange": ("无权换货", "no exchange is owed"),
    "condition.owed.free_repair": ("有权免费修理", "a free repair is owed"),
    "condition.not_owed.free_repair": ("无权免费修理", "no free repair is owed"),
    "condition.under": (
        "采用解释“{reading} = {value}”（{meaning}）",
        "the reading {reading} = {value} is taken ({meaning})",
    ),
    "condition.not_under": (
        "未采用解释“{reading} = {value}”（{meaning}）",
        "the reading {reading} = {value} is not taken ({meaning})",
    ),
    "condition.yes.sold_in_mainland": (
        "商品在中国大陆销售",
        "the goods were sold in mainland China",
    ),
    "condition.no.sold_in_mainland": (
        "商品不是在中国大陆销售的",
        "the goods were not sold in mainland China",
    ),
    "condition.yes.second_hand": ("商品是二手的", "the goods are second-hand"),
    "condition.no.second_hand": ("商品是新品", "the goods were sold as new"),
    "condition.yes.contested": (
        "消费者对原因有异议",
        "the consumer contests the cause",
    ),
    "condition.no.contested": (
        "消费者对原因没有异议",
        "the consumer does not contest the cause",
    ),
    "condition.yes.found_unqualified": (
        "商品经行政部门认定为不合格",
        "an authority has found the goods unqualified",
    ),
    "condition.no.found_unqualified": (
        "商品没有被行政部门认定为不合格",
        "no authority has found the goods unqualified",
    ),
    "condition.yes.capacity_sound": (
        "电池经测量容量合格",
        "the battery was measured and found sound",
    ),
    "condition.no.capacity_sound": (
        "没有测得电池容量合格",
        "no measurement finds the battery sound",
    ),
    "condition.yes.factory_dated": ("可知出厂日期", "a factory date is shown"),
    "condition.no.factory_dated": ("不知出厂日期", "no factory date is shown"),
    "condition.yes.same_model_in_stock": (
        "同型号同规格有货",
        "the same model is in stock",
    ),
    "condition.no.same_model_in_stock": (
        "同型号同规格无货",
        "the same model is not in stock",
    ),
    "condition.yes.nothing_to_refund": (
        "没有价款可退（赠品，或者实付为零）",
        "there is no price to give back (a gift, or nothing paid)",
    ),
    "condition.no.nothing_to_refund": ("有价款可退", "there is a price to give back"),
    "condition.yes.nothing_left": (
        "扣除折旧费后无余款",
        "depreciation leaves nothing to pay back",
    ),
    "condition.no.nothing_left": (
        "扣除折旧费后有余款",
        "depreciation leaves something to pay back",
    ),
    "condition.yes.plan_bundled": ("是合约机", "it was sold with a plan"),
    "condition.no.plan_bundled": ("不是合约机", "it was sold without a plan"),
    "condition.yes.gift": ("是赠品", "it was a gift"),
    "condition.no.gift": ("不是赠品", "it was no gift"),
    "condition.yes.bought_with_phone": ("与手机一起购买", "it was bought with a phone"),
    "condition.no.bought_with_phone": ("不是与手机一起购买的", "it was not bought with a phone"),
    "condition.yes.complete": (
        "商品、附件及单据齐全完好",
        "goods, accessories and papers are complete and sound",
    ),
    "condition.no.complete": (
        "商品、附件或单据不齐全或有损坏",
        "goods, accessories or papers are missing or damaged",
    ),
    "condition.yes.housing_worn": ("外壳有磨损或划痕", "the housing is worn or scratched"),
    "condition.no.housing_worn": (
        "外壳没有磨损或划痕",
        "the housing is neither worn nor scratched",
    ),
    "condition.yes.confirmed": (
        "故障经授权网点检测确认",
        "an authorised outlet has confirmed the fault",
    ),
    "condition.no.confirmed": (
        "故障未经授权网点检测确认",
        "no authorised outlet has confirmed the fault",
    ),
    "condition.yes.repaired_before": ("此故障曾经修过", "this fault was repaired before"),
    "condition.no.repaired_before": ("此故障未曾修过", "this fault was not repaired before"),
    "condition.yes.under_repair": ("正在修理", "it is in repair now"),
    "condition.no.under_repair": ("不在修理中", "it is not in repair now"),
    "condition.yes.waiting_for_parts": (
        "因待件尚未修复",
        "it is still unrepaired for want of parts",
    ),
    "condition.no.waiting_for_parts": (
        "没有因待件而未修复",
        "no want of parts keeps it unrepaired",
    ),
    "condition.yes.delayed_by_repairer": (
        "因修理者自身原因尚未修复",
        "it is still unrepaired through the repairer's own doing",
    ),
    "condition.no.delayed_by_repairer": (
        "没有因修理者自身原因而未修复",
        "nothing of the repairer's own doing keeps it unrepaired",
    ),
    "condition.code.kind": ("商品是{values}", "the goods are {values}"),
    "condition.no_code.kind": ("商品不是{values}", "the goods are not {values}"),
    "condition.code.role": ("商品是{values}", "the goods are {values}"),
    "condition.no_code.role": ("商品不是{values}", "the goods are not {values}"),
    "condition.code.cause_basis": ("故障原因由{values}认定", "the cause is named by {values}"),
    "condition.no_code.cause_basis": (
        "故障原因不是由{values}认定的",
        "the cause is not named by {values}",
    ),
    "condition.code.voucher": ("三包凭证{values}", "the voucher is {values}"),
    "condition.no_code.voucher": ("三包凭证并非{values}", "the voucher is not {values}"),
    "condition.code.detail.none": ("未说明故障细目", "the fault is not given in detail"),
    "condition.no_code.detail.none": ("说明了故障细目", "the fault is given in detail"),
    "condition.code.request": ("消费者要求{values}", "{values} is asked for"),
    "condition.no_code.request": ("消费者没有要求{values}", "it is not {values} that is asked for"),
    "condition.code.invoice.none": ("没有发票", "there is no invoice"),
    "condition.no_code.invoice.none": ("有发票", "there is an invoice"),
    "condition.code.symptom.none": ("未检出故障", "no fault is found"),
    "condition.no_code.symptom.none": ("检出故障", "a fault is found"),
    "condition.code.symptom.wear": ("只是磨损或外观问题", "it is only wear or looks"),
    "condition.no_code.symptom.wear": ("不只是磨损或外观问题", "it is not only wear or looks"),
    "condition.code.cause.not_stated": ("无人说明故障原因", "nobody names a cause"),
    "condition.no_code.cause.not_stated": ("有人说明了故障原因", "somebody names a cause"),
    "condition.code.cause.sim_data": (
        "故障原因是SIM卡数据",
        "the cause is data on the SIM card",
    ),
    "condition.no_code.cause.sim_data": (
        "故障原因不是SIM卡数据",
        "the cause is not data on the SIM card",
    ),
    "condition.code.request.nothing": (
        "消费者没有提出要求",
        "nothing in particular is asked for",
    ),
    "condition.no_code.request.nothing": (
        "消费者提出了要求",
        "something in particular is asked for",
    ),
    "condition.value.kind.handset": ("手持机", "a hand-held phone"),
    "condition.value.kind.vehicle_phone": ("车载电话", "a vehicle-mounted phone"),
    "condition.value.kind.fixed_station_phone": ("固定台站电话", "a fixed-station phone"),
    "condition.value.kind.battery": ("电池", "a battery"),
    "condition.value.kind.charger": ("充电器", "a charger"),
    "condition.value.kind.wired_earphone": ("有线耳机", "a wired earphone"),
    "condition.value.kind.terminal_card": ("移动终端卡", "a terminal card"),
    "condition.value.kind.data_card": ("数据接口卡", "a data card"),
    "condition.value.role.main_unit": ("主机", "a main unit"),
    "condition.value.role.accessory": ("附件", "an accessory"),
    "condition.value.role.none": ("目录以外的商品", "outside the catalogue"),
    "condition.value.symptom.function_fails": (
        "说明书所列功能失效",
        "the failure of a function in the manual",
    ),
    "condition.value.symptom.screen_fault": ("屏幕故障", "a screen fault"),
    "condition.value.symptom.cannot_start_or_connect": (
        "不能开机、登网或通信",
        "that it cannot switch on, register or communicate",
    ),
    "condition.value.symptom.no_ring": ("不能振铃", "that it does not ring"),
    "condition.value.symptom.dialling_error": ("拨号错误", "a dialling error"),
    "condition.value.symptom.switches_off": ("自动关机", "that it switches itself off"),
    "condition.value.symptom.keys_fail": ("按键失效", "that keys fail"),
    "condition.value.symptom.sound_fault": ("声音故障", "a sound fault"),
    "condition.value.symptom.housing_crack": ("壳体裂损", "a cracked housing"),
    "condition.value.symptom.charger_fault": ("充电器故障", "a charger fault"),
    "condition.value.symptom.battery_fault": ("电池故障", "a battery fault"),
    "condition.value.symptom.terminal_card_fault": ("终端卡故障", "a terminal card fault"),
    "condition.value.symptom.earphone_fault": ("耳机故障", "an earphone fault"),
    "condition.value.symptom.data_card_fault": ("数据卡故障", "a data card fault"),
    "condition.value.symptom.unlisted": ("性能故障表未列的故障", "one that is on no list"),
    "condition.value.symptom.wear": ("磨损或外观问题", "wear or looks"),
    "condition.value.cause.defect": ("质量问题", "a defect"),
    "condition.value.cause.unauthorised_opening": ("擅自拆动", "opening without authority"),
    "condition.value.cause.network": ("网络", "the network"),
    "condition.value.cause.sim_data": ("SIM卡数据", "data on the SIM card"),
    "condition.value.cause_basis.inspection": ("质检机构", "an inspection body"),
    "condition.value.cause_basis.consumer": ("消费者本人", "the consumer"),
    "condition.value.cause_basis.trader": ("经营者单方", "the trader alone"),
    "condition.value.invoice.original": ("原件", "the original"),
    "condition.value.invoice.copy": ("复印件（或存根）", "a copy (or stub)"),
    "condition.value.invoice.other": ("其他有效证明", "other valid proof of the sale date"),
    "condition.value.invoice.none": ("缺失", "missing"),
    "condition.value.voucher.not_issued": ("未由销售者出具", "never issued by the seller"),
    "condition.value.voucher.mismatched": ("与商品不符", "not that of the goods"),
    "condition.value.request.refund": ("退货", "a refund"),
    "condition.value.request.exchange": ("换货", "an exchange"),
    "condition.value.request.repair": ("修理", "a repair"),
    "counting.first_day.same_day": ("首日计入", "the first day counted"),
    "counting.first_day.next_day": ("首日不计", "the first day not counted"),
    "counting.window_end.roll": ("末日逢休息日顺延", "a last day that is a rest day moved on"),
    "counting.window_end.fixed": ("末日不顺延", "the last day never moved"),
    "counting.rest_days.weekends_too": ("周末也是休息日", "weekends being rest days"),
    "counting.rest_days.holidays_only": ("普通周末不是休息日", "weekends being no rest days"),
    "counting.window_start.received": ("自收货起算", "counted from the delivery"),
    "counting.window_start.sold": ("自售出起算", "counted from the sale"),
    "counting.windows_after_exchange.restart": (
        "换货后重新起算",
        "counted anew after an exchange",
    ),
    "counting.windows_after_exchange.exchange_only": (
        "换货后只有换货期限重新起算",
        "only the days for an exchange counted anew after one",
    ),
    "counting.windows_after_exchange.from_sale": (
        "换货后不重新起算",
        "not counted anew after an exchange",
    ),
    "counting.window_day.asked": ("按首次要求之日判断", "held against the first demand"),
    "counting.window_day.appeared": (
        "按故障出现之日判断",
        "held against the day the fault appeared",
    ),
    "counting.repair_time_in_windows.excluded": (
        "修理占用的时间不计入",
        "time in repair not counted",
    ),
    "counting.repair_time_in_windows.counted": (
        "修理占用的时间也计入",
        "time in repair counted",
    ),
    "counting.period_start.delivered": ("自交付起算", "counted from delivery"),
    "counting.period_start.later": (
        "自交付和开票中较晚之日起算",
        "counted from delivery or invoice, whichever is later",
    ),
    "counting.period_start.invoiced": ("自开票起算", "counted from the invoice date"),
    "counting.returning_fault.one_fault": (
        "修后再现的故障按最初送修之日判断",
        "a fault that came back held against its first hand-in",
    ),
    "counting.returning_fault.new_fault": (
        "修后再现的故障视为新的故障",
        "a fault that came back taken as a new one",
    ),
    "counting.software_repair.counts": (
        "只刷写软件的修理也计入",
        "repairs that only loaded software counted too",
    ),
    "counting.software_repair.not_counted": (
        "只刷写软件的修理不计入",
        "repairs that only loaded software not counted",
    ),
    "counting.two_repairs.any_fault": ("任何故障的修理都计入", "repairs of any fault counted"),
    "counting.two_repairs.same_fault": (
        "只计同一故障的修理",
        "only repairs of the same fault counted",
    ),
    "counting.repair_proof.recorded": ("只计有记录的修理", "only recorded repairs counted"),
    "counting.repair_proof.any_proof": (
        "没有记录的修理也计入",
        "repairs without a record counted too",
    ),
    "counting.repair_end.handed_back": (
        "修理计至取机之日",
        "a repair lasting until the unit is handed back",
    ),
    "counting.repair_end.notified": (
        "修理计至通知取机之日",
        "a repair lasting until the owner is called",
    ),
    "counting.repair_days.inclusive": (
        "取机当日也扣除",
        "the day of handing back deducted too",
    ),
    "counting.repair_days.elapsed": (
        "取机当日不扣除",
        "the day of handing back not deducted",
    ),
}
"""Every message about conditions by its id: (Chinese, English)."""
