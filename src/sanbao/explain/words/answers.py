"""What a person can act on, in Chinese and English: 理由文案.

A part of the catalogue of :mod:`sanbao.explain.words.catalogue`, in the same form. ``field.*`` are
the fields of a claim. A change goes by the field and what it becomes
(``change.evidence.invoice.copy``), a turn of the timeline by what it is and whether it
begins (``turn.right.ended``), a difference by its path in a decision (``path.outcome``).
"""

from __future__ import annotations

from typing import Final

__all__ = ["REASON_MESSAGES"]

_FIELDS: Final = {
    "field.claimed_on": ("申请日期", "the day of the claim"),
    "field.asked_on": ("首次要求日期", "the day a remedy was first asked for"),
    "field.product.kind": ("商品种类", "the kind of goods"),
    "field.product.sold_in_mainland": (
        "是否在中国大陆销售",
        "whether the goods were sold in mainland China",
    ),
    "field.product.imei": ("IMEI", "the IMEI"),
    "field.product.used": ("是否使用过", "whether the goods were used"),
    "field.product.condition": ("新品或二手", "whether the goods were sold new or second-hand"),
    "field.purchase.received_on": ("收货日期", "the day of delivery"),
    "field.purchase.paid_price": ("实付金额", "the price really paid"),
    "field.purchase.province": ("购买地 (省)", "the province where it was bought"),
    "field.purchase.trader_province": (
        "经营者所在地 (省)",
        "the province where the trader has its seat",
    ),
    "field.purchase.gift": ("是否赠品", "whether it was a gift"),
    "field.purchase.plan_bundled": ("是否合约机", "whether a plan was bundled"),
    "field.evidence.manufactured_on": ("出厂日期", "the factory date"),
    "field.evidence.activated_on": ("激活日期", "the day of activation"),
    "field.fault.cause": ("故障原因", "the cause of the fault"),
    "field.fault.cause_basis": ("原因依据", "who names the cause"),
    "field.fault.contested": ("对原因是否有异议", "whether the cause is contested"),
    "field.fault.appeared_on": ("故障出现日期", "the day the fault appeared"),
    "field.fault.found_unqualified": (
        "是否经行政部门认定为不合格",
        "whether an authority found the goods unqualified",
    ),
    "field.fault.detail": ("故障细目", "the kind of fault in detail"),
    "field.fault.battery_capacity": ("电池容量", "the capacity of the battery"),
    "field.repairs": ("修理经过", "the repairs so far"),
    "field.repairs.handed_in_on": ("送修日期", "the day handed in"),
    "field.repairs.ready_on": ("修复日期", "the day it was repaired"),
    "field.repairs.notified_on": ("通知取机日期", "the day of the call to fetch it"),
    "field.repairs.handed_back_on": ("取机日期", "the day handed back"),
    "field.repairs.symptom": ("所修的故障", "the fault repaired"),
    "field.repairs.recorded": ("有无维修记录", "whether it is on record"),
    "field.repairs.under_guarantee": (
        "是否三包内修理",
        "whether it was done under the guarantees",
    ),
    "field.repairs.software_only": ("是否仅刷写软件", "whether only software was loaded"),
    "field.exchanges": ("换货经过", "the exchanges so far"),
    "field.exchanges.exchanged_on": ("换货日期", "the day of the exchange"),
    "field.request": ("消费者的要求", "what is asked for"),
}

_THINGS: Final = {
    "result.refund": ("退货", "a refund"),
    "result.exchange": ("换货", "an exchange"),
    "result.free_repair": ("免费修理", "free repair"),
    "result.paid_repair": ("收费修理", "repair at a charge"),
    "result.excluded": ("不适用三包规定", "outside the three guarantees"),
    "result.open": ("尚不能确定", "not settled"),
    "thing.open_between": ("尚不能确定, 可能是{things}", "not settled: {things}"),
    "thing.by": ("{thing}, 依据: {rule}", "{thing}, under: {rule}"),
    "thing.or": ("或", " or "),
    "thing.others": ("{texts}或另外 {count} 种之一", "{texts}, or any of {count} others"),
    "thing.cited": ("{text} ({cites})", "{text} ({cites})"),
    "thing.below": ("  {text}", "  {text}"),
}

_WHY_NOT: Final = {
    "whynot.no.refund": ("现在不能退货。", "A refund is not available now."),
    "whynot.no.exchange": ("现在不能换货。", "An exchange is not available now."),
    "whynot.no.free_repair": ("现在不能免费修理。", "Free repair is not available now."),
    "whynot.no.paid_repair": (
        "现在不属于收费修理的情形。",
        "Repair at a charge is not what this claim comes to now.",
    ),
    "whynot.open.refund": (
        "能否退货还不能确定, 取决于尚不知道的情况。",
        "Whether a refund is available is not settled: it hangs on what is not known yet.",
    ),
    "whynot.open.exchange": (
        "能否换货还不能确定, 取决于尚不知道的情况。",
        "Whether an exchange is available is not settled: it hangs on what is not known yet.",
    ),
    "whynot.open.free_repair": (
        "能否免费修理还不能确定, 取决于尚不知道的情况。",
        "Whether free repair is available is not settled: it hangs on what is not known yet.",
    ),
    "whynot.open.paid_repair": (
        "是否属于收费修理的情形还不能确定, 取决于尚不知道的情况。",
        "Whether it comes to repair at a charge is not settled: it hangs on what is not known yet.",
    ),
    "whynot.no_right": (
        "法律没有给这类商品这项权利。",
        "For goods of this kind the law has no such right.",
    ),
    "whynot.no_right_ground": (
        "法律没有为这类商品规定这种情形。",
        "For goods of this kind the law knows no such case.",
    ),
    "whynot.nearest": ("最近的途径: {rule}。", "The nearest way to it: {rule}."),
    "whynot.further": ("另一途径: {rule}。", "Another way: {rule}."),
    "whynot.nearest_ground": ("最接近的情形: {rule}。", "The nearest case: {rule}."),
    "whynot.further_ground": ("另一情形: {rule}。", "Another case: {rule}."),
    "whynot.more": (
        "此外还有 {count} 条更远的途径, 见{cites}。",
        "Further ways, more distant: {count}; see {cites}.",
    ),
    "whynot.more_ground": (
        "此外还有 {count} 种情形, 见{cites}。",
        "Further cases: {count}; see {cites}.",
    ),
    "whynot.point": ("- {text}。", "- {text}."),
    "whynot.met": ("自身的条件都已满足", "its own conditions are all met"),
    "whynot.met_but": (
        "这种情形已经存在, 但消费者有不受其影响的权利",
        "this is the case, but the consumer has a right that it does not touch",
    ),
    "whynot.failed": ("未满足: {check}", "not met: {check}"),
    "whynot.unknown": ("有待查明: {check}", "to be found out: {check}"),
    "whynot.first": ("须先符合: {rule}; {checks}", "it takes first: {rule}; {checks}"),
    "whynot.in_the_way": ("此外还有障碍: {text}", "in the way as well: {text}"),
    "whynot.stands": ("另有障碍: {text}。", "What stands in the way as well: {text}."),
    "whynot.now": (
        "现在的障碍, 满足以下途径的条件后即不再存在: {text}。",
        "In the way now, and no longer once the conditions below are met: {text}.",
    ),
    "whynot.always": (
        "不论走哪条途径都有的障碍: {text}。",
        "In the way whichever way is taken: {text}.",
    ),
    "whynot.further_on": (
        "更远的途径上还有障碍: {text}。",
        "In the way of the more distant ones: {text}.",
    ),
    "whynot.exclusion": (
        "三包规定不适用, {rule}",
        "the regulation does not reach the claim, {rule}",
    ),
    "whynot.bar": ("不予三包, {rule}", "the guarantees are barred, {rule}"),
    "whynot.evidence": ("凭证不够, {rule}", "the papers do not suffice, {rule}"),
    "whynot.maybe.exclusion": (
        "三包规定可能不适用, {rule}",
        "the regulation may not reach the claim, {rule}",
    ),
    "whynot.maybe.bar": ("可能不予三包, {rule}", "the guarantees may be barred, {rule}"),
    "whynot.maybe.evidence": (
        "凭证是否足够还不清楚, 可能是{rule}",
        "it is not known whether the papers suffice; they may be: {rule}",
    ),
    "whynot.changes": (
        "其余不变, 若事实是以下任何一项, 就可以: {changes}{rest}。",
        "With all else the same, any one of these, if it were so, would make it available: "
        "{changes}{rest}.",
    ),
    "whynot.changes_ground": (
        "其余不变, 若事实是以下任何一项, 就成为收费修理: {changes}{rest}。",
        "With all else the same, any one of these, if it were so, would lead to it: "
        "{changes}{rest}.",
    ),
    "whynot.no_change": (
        "单独改变任何一项事实都不够。",
        "No single fact, changed alone, would be enough.",
    ),
    "whynot.beside": (
        "{change} (结果为{outcome}, 但也可以选{remedy})",
        "{change} (the outcome is then {outcome}, and {remedy} may be chosen beside it)",
    ),
    "whynot.beside_open": (
        "{change} (此时可以选择, 结果仍未定)",
        "{change} (it may then be chosen, though the outcome is not settled)",
    ),
}

_NEEDS: Final = {
    "need.with": ("{check} ({need})", "{check} ({need})"),
    "need.is": ("须为: {values}", "needed: {values}"),
    "need.not": ("不得为: {values}", "needed: anything but {values}"),
    "need.at_least": ("须至少为 {values}", "needed: at least {values}"),
    "need.below": ("须少于 {values}", "needed: fewer than {values}"),
    "need.before": ("须早于 {values}", "needed: before {values}"),
    "need.not_before": ("不得早于 {values}", "needed: not before {values}"),
    "need.inside": ("须在由此起算的期限内申请", "needed: a claim inside the time counted from it"),
    "need.after": ("由此起算的期限须已届满", "needed: the time counted from it is over"),
    "need.inside.counted": (
        "须在由此起算的 {time}内申请",
        "needed: a claim inside the {time} counted from it",
    ),
    "need.after.counted": ("须自此起已过 {time}", "needed: more than {time} since"),
    "need.months": ("{months} 个月", "{months} months"),
    "need.short": ("还差 {count}", "{count} short"),
    "need.no_such_day": ("尚无{since}可以起算", "no {since} yet to count from"),
    "need.same_model_in_stock.yes": ("须有货", "needed: one in stock"),
    "need.same_model_in_stock.no": ("须无货", "needed: none in stock"),
    "need.waiting_for_parts.yes": (
        "须正在修理, 因待件而未修复",
        "needed: in repair now, and held up by want of parts",
    ),
    "need.delayed_by_repairer.yes": (
        "须正在修理, 因修理者自身原因而未修复",
        "needed: in repair now, and held up by the repairer",
    ),
    "need.repaired_before.yes": ("须修过这一故障", "needed: a repair of this fault"),
    "need.factory_dated.yes": ("须可知出厂日期", "needed: a factory date"),
    "need.factory_dated.no": ("须不知出厂日期", "needed: no factory date"),
    "need.capacity_sound.no": ("须低于合格容量", "needed: below what counts as sound"),
    "need.nothing_to_refund.no": ("须有价款可退", "needed: a price to pay back"),
}

_CONTRAST: Final = {
    "contrast.given": (
        "给予{remedy}的是: {rule}{checks}。",
        "What gives {remedy}: {rule}{checks}.",
    ),
    "contrast.given_bare": ("{remedy}是其余各项都不能时的结果。", "What is left is {remedy}."),
    "contrast.other": ("为何不是{other}:", "Why not {other}:"),
    "contrast.asked": (
        "{other}也可以; 消费者要求的是{remedy}。",
        "Available as well is {other}; what was asked for is {remedy}.",
    ),
    "contrast.stronger": (
        "{other}也可以; 消费者没有指定, 结果取排在前面的{remedy}。",
        "Available as well is {other}; nobody asked for it, and {remedy} comes first in the order "
        "of the policy.",
    ),
    "contrast.both_open": (
        "{remedy}和{other}都可以, 由消费者选择; {remedy}不是裁决给出的结果。",
        "Both {remedy} and {other} are available, and the choice is the consumer's; "
        "the outcome of the decision is not {remedy}.",
    ),
}

_WHAT_IF: Final = {
    "whatif.changed": ("假设: {changes}。", "Suppose: {changes}."),
    "whatif.unchanged": ("没有改变任何事实。", "No fact was changed."),
    "whatif.nothing": (
        "裁决不变: {outcome}; 可选方案、金额、日期和逐条认定都与原来相同。",
        "The decision stays as it is: {outcome}; remedies, money, dates and findings are the same.",
    ),
    "whatif.outcome": (
        "结果变为: {after}; 原来: {before}。",
        "The outcome becomes: {after}; it was: {before}.",
    ),
    "whatif.same_outcome": ("结果不变: {after}。", "The outcome stays: {after}."),
    "whatif.group.requested": ("消费者的要求: {texts}。", "The request: {texts}."),
    "whatif.group.remedies": ("可选方案和金额: {texts}。", "Remedies and money: {texts}."),
    "whatif.group.dates": ("日期: {texts}。", "Dates: {texts}."),
    "whatif.group.obligations": ("附随义务: {texts}。", "What comes along: {texts}."),
    "whatif.group.verdicts": ("逐条认定: {texts}。", "Findings: {texts}."),
    "whatif.group.rest": ("其他: {texts}。", "Besides: {texts}."),
}

_TIMELINE: Final = {
    "timeline.head": (
        "如果没有其他变化, 在以下日期申请的结果:",
        "If nothing else happens, what a claim made on these days comes to:",
    ),
    "timeline.step": ("- {on} 起: {outcome}。{turns}", "- From {on}: {outcome}.{turns}"),
    "timeline.still": ("- {on} 起: 仍为{outcome}。{turns}", "- From {on}: still {outcome}.{turns}"),
    "timeline.also": ("; 也可以选{others}", "; or else {others}"),
    "timeline.turn": ("{text}。", " {text}."),
    "timeline.for_ever": ("此后不再变化。", "After that nothing changes."),
    "timeline.until": (
        "修理没有结束, 只推算到 {until}。",
        "A repair goes on without end: worked out to {until} and no further.",
    ),
    "timeline.needs": (
        "以后的日期推算不出, 因为不知道: {fields}。",
        "No later day can be told without knowing {fields}.",
    ),
}

_TURNS: Final = {
    "turn.right.begins": ("自此可以: {rule}", "begins: {rule}"),
    "turn.right.ended": ("不再可以: {rule}", "ended: {rule}"),
    "turn.right.last": ("最后一日为 {last}: {rule}", "last day {last}: {rule}"),
    "turn.bar.begins": ("自此不予三包: {rule}", "bars the guarantees: {rule}"),
    "turn.bar.ended": ("不再妨碍三包: {rule}", "bars them no longer: {rule}"),
    "turn.bar.last": ("妨碍三包至 {last} 为止: {rule}", "barred the guarantees to {last}: {rule}"),
    "turn.exclusion.begins": (
        "自此不适用三包规定: {rule}",
        "takes it out of the regulation: {rule}",
    ),
    "turn.exclusion.ended": (
        "不再妨碍适用三包规定: {rule}",
        "takes it out of the regulation no longer: {rule}",
    ),
    "turn.exclusion.last": (
        "妨碍适用三包规定至 {last} 为止: {rule}",
        "kept it out of the regulation to {last}: {rule}",
    ),
    "turn.proof.begins": (
        "自此由经营者举证: {rule}",
        "now for the trader to prove: {rule}",
    ),
    "turn.proof.ended": (
        "法定由经营者举证的时间已过: {rule}",
        "the time has ended in which the law has the trader prove it: {rule}",
    ),
    "turn.proof.last": (
        "由经营者举证至 {last} 为止: {rule}",
        "for the trader to prove to {last}: {rule}",
    ),
    "turn.duty.begins": ("附随义务开始: {rule}", "comes along: {rule}"),
    "turn.duty.ended": ("附随义务不再有: {rule}", "comes along no longer: {rule}"),
    "turn.duty.last": ("附随义务至 {last} 为止: {rule}", "came along to {last}: {rule}"),
    "turn.open": ("自此取决于尚不知道的情况: {rule}", "now hangs on what is not known: {rule}"),
}

_CHANGES: Final = {
    "changes.group": (
        "其余不变, 若事实是以下任何一项, 结果就是{outcome}: {changes}{rest}。",
        "With all else the same, any one of these, if it were so, would make it {outcome}: "
        "{changes}{rest}.",
    ),
    "changes.rest": ("; 另有 {count} 项", "; and {count} more"),
    "changes.none": (
        "单独改变任何一项事实, 结果都不变。",
        "No single fact, changed alone, leads to another outcome.",
    ),
    "change.earlier": ("{event}早 {days} ({day})", "{event} {days} earlier ({day})"),
    "change.later": ("{event}晚 {days} ({day})", "{event} {days} later ({day})"),
    "change.on": ("{event}日期为 {day}", "{event} on {day}"),
    "change.value": ("{field}: {value}", "{field}: {value}"),
    "change.instead": ("{change} (原: {before})", "{change} instead of {before}"),
    "change.as_sold": (
        "{change} (此前按售出之日计)",
        "{change} (so far taken to be the day of sale)",
    ),
    "change.cited": ("{change}, 见{cites}", "{change}, under {cites}"),
    "change.unknown": ("{change} (此前不明)", "{change} (not known so far)"),
    "change.some_price": (
        "{field}大于 0, 例如 {price}",
        "{field} is above 0, say {price}",
    ),
    "change.of.repairs": ("第 {number} 次修理: {change}", "repair {number}: {change}"),
    "change.of.exchanges": ("第 {number} 次换货: {change}", "exchange {number}: {change}"),
    "change.add.repairs": (
        "多一次有维修记录的三包内修理 (同一故障, {day} 送修并取回)",
        "one more recorded repair under the guarantees (same fault, handed in and back on {day})",
    ),
    "change.add.exchanges": ("多一次换货 ({day})", "one more exchange (on {day})"),
    "change.remove.repairs": ("没有第 {number} 次修理", "without repair {number}"),
    "change.remove.exchanges": ("没有第 {number} 次换货", "without exchange {number}"),
    "event.claimed_on": ("申请", "claimed"),
    "event.asked_on": ("首次要求", "first asked for"),
    "event.purchase.sold_on": ("售出", "sold"),
    "event.purchase.invoiced_on": ("开票", "invoiced"),
    "event.purchase.received_on": ("收货", "delivered"),
    "event.evidence.manufactured_on": ("出厂", "made"),
    "event.evidence.activated_on": ("激活", "activated"),
    "event.fault.appeared_on": ("故障出现", "fault appeared"),
    "event.repairs.handed_in_on": ("送修", "handed in"),
    "event.repairs.ready_on": ("修复", "repaired"),
    "event.repairs.notified_on": ("通知取机", "consumer told to fetch it"),
    "event.repairs.handed_back_on": ("取机", "handed back"),
    "event.exchanges.exchanged_on": ("换货", "made"),
    "unset.evidence.manufactured_on": ("看不出出厂日期", "no factory date is shown"),
    "unset.asked_on": ("此前没有要求过", "nobody was asked before"),
    "unset.fault.appeared_on": ("不知故障何时出现", "nobody knows when the fault appeared"),
    "unset.purchase.paid_price": ("没有另外的实付金额", "no other price was paid"),
    "unset.repairs.ready_on": ("没有修复日期", "no day on which it was repaired"),
    "unset.repairs.notified_on": ("没有通知取机", "no call to fetch it"),
    "unset.repairs.handed_back_on": ("仍在修理者处, 没有取机", "still with the repairer"),
    "none.repairs.symptom": ("这次的故障", "the fault now complained of"),
    "none.fault.cause": ("未说明", "not stated"),
    "none.fault.battery_capacity": ("未测量", "not measured"),
    "none.fault.detail": ("未说明", "not stated"),
    "none.request": ("未提要求", "nothing in particular"),
    "none.other": ("不明", "not known"),
    "change.product.sold_in_mainland.yes": (
        "商品是在中国大陆销售的",
        "the goods were sold in mainland China",
    ),
    "change.product.sold_in_mainland.no": (
        "商品不是在中国大陆销售的",
        "the goods were not sold in mainland China",
    ),
    "change.product.bought_with_phone.yes": (
        "附件是与手机一起购买的",
        "the accessory was bought with a phone",
    ),
    "change.product.bought_with_phone.no": (
        "附件是单独购买的",
        "the accessory was bought on its own",
    ),
    "change.product.used.yes": ("商品使用过", "the goods were used"),
    "change.product.used.no": ("商品没有使用过", "the goods were never used"),
    "change.product.condition.new": ("商品是新品", "the goods were sold as new"),
    "change.product.condition.second_hand": (
        "商品是二手的",
        "the goods were sold second-hand",
    ),
    "change.purchase.gift.yes": ("商品是赠品", "it was a gift"),
    "change.purchase.gift.no": ("商品不是赠品", "it was no gift"),
    "change.purchase.plan_bundled.yes": ("是合约机", "a plan was bundled"),
    "change.purchase.plan_bundled.no": ("不是合约机", "no plan was bundled"),
    "change.same_model_in_stock.yes": ("同型号同规格有货", "the same model is in stock"),
    "change.same_model_in_stock.no": ("同型号同规格无货", "the same model is not in stock"),
    "change.repairs.recorded.yes": ("有维修记录", "it is on record"),
    "change.repairs.recorded.no": ("没有维修记录", "it is not on record"),
    "change.repairs.under_guarantee.yes": (
        "属于三包内修理",
        "it was done under the guarantees",
    ),
    "change.repairs.under_guarantee.no": (
        "不属于三包内修理",
        "it was done outside the guarantees",
    ),
    "change.repairs.software_only.yes": ("只是刷写软件", "only software was loaded"),
    "change.repairs.software_only.no": ("不只是刷写软件", "more than software was loaded"),
    "change.fault.contested.yes": (
        "消费者对原因有异议",
        "the consumer contests the cause",
    ),
    "change.fault.contested.no": (
        "消费者对原因没有异议",
        "the consumer does not contest the cause",
    ),
    "change.fault.found_unqualified.yes": (
        "商品经行政部门认定为不合格",
        "an authority found the goods unqualified",
    ),
    "change.fault.found_unqualified.no": (
        "没有行政部门认定商品不合格",
        "no authority found the goods unqualified",
    ),
    "change.repairs.delay.parts": ("因待件而延误", "it is held up by want of parts"),
    "change.repairs.delay.repairer": (
        "因修理者自身原因而延误",
        "it is held up by the repairer",
    ),
    "change.evidence.invoice.original": ("有发票原件", "the original invoice is there"),
    "change.evidence.invoice.copy": (
        "发票只有复印件或存根",
        "the invoice is there as a copy or stub",
    ),
    "change.evidence.invoice.other": (
        "没有发票, 但有其他有效证明",
        "there is no invoice, but other valid proof of the sale date",
    ),
    "change.evidence.invoice.none": ("没有发票", "there is no invoice"),
    "change.evidence.voucher.intact": ("三包凭证完好", "the voucher is intact"),
    "change.evidence.voucher.lost": ("三包凭证遗失", "the voucher is lost"),
    "change.evidence.voucher.not_issued": (
        "销售者没有出具三包凭证",
        "the seller never issued a voucher",
    ),
    "change.evidence.voucher.altered": ("三包凭证被涂改", "the voucher was altered"),
    "change.evidence.voucher.mismatched": (
        "三包凭证与商品不符",
        "the voucher does not match the unit",
    ),
    "change.fault.cause_basis.inspection": (
        "原因经质检机构鉴定",
        "an inspection body names the cause",
    ),
    "change.fault.cause_basis.report": (
        "原因有检测报告写明",
        "a test report names the cause",
    ),
    "change.fault.cause_basis.consumer": (
        "原因是消费者自己说明的",
        "the consumer names the cause",
    ),
    "change.fault.cause_basis.trader": (
        "原因只有经营者的说法",
        "only the trader names the cause",
    ),
    "change.request.refund": ("要求退货", "a refund is asked for"),
    "change.request.exchange": ("要求换货", "an exchange is asked for"),
    "change.request.repair": ("要求修理", "a repair is asked for"),
    "found.evidence.invoice.original": ("找到发票原件", "the original invoice is found"),
    "found.evidence.invoice.copy": (
        "找到发票的复印件或存根",
        "a copy or stub of the invoice is found",
    ),
    "found.evidence.invoice.other": (
        "找到其他有效证明 (如订单、付款记录)",
        "other valid proof of the sale date, such as an order or a payment, is found",
    ),
    "was.evidence.invoice.original": ("原件", "the original"),
    "was.evidence.invoice.copy": ("复印件或存根", "a copy or stub"),
    "was.evidence.invoice.other": ("其他有效证明", "other valid proof"),
    "label.evidence.invoice": ("发票", "the invoice"),
    "label.evidence.voucher": ("三包凭证", "the voucher"),
    "was.fault.cause_basis.consumer": ("消费者自认", "the consumer"),
    "was.repairs.delay.parts": ("待件", "want of parts"),
    "was.repairs.delay.repairer": ("修理者自身原因", "the repairer"),
    "yuan.value": ("{amount} 元", "{amount} yuan"),
    "percent.value": ("{number}%", "{number}%"),
}

_DIFFERENCES: Final = {
    "differs.value": ("{what}: {after} (原: {before})", "{what}: {after} instead of {before}"),
    "differs.new": ("{what}: {after}", "{what}: {after}"),
    "differs.gone": (
        "{what}: 没有或不明 (原: {before})",
        "{what}: none or not known (it was {before})",
    ),
    "differs.none": ("无", "none"),
    "path.outcome": ("结果", "outcome"),
    "path.possible": ("可能的结果", "possible outcomes"),
    "path.lead": ("决定性依据", "deciding rule"),
    "path.requested.remedy": ("内容", "remedy"),
    "path.requested.available": ("能否满足", "available"),
    "differs.requested.yes": ("能", "yes"),
    "differs.requested.no": ("不能", "no"),
    "differs.requested.open": ("未定或未要求", "not settled, or not asked"),
    "differs.open.refund": ("可以退货", "a refund becomes available"),
    "differs.open.exchange": ("可以换货", "an exchange becomes available"),
    "differs.open.free_repair": ("可以免费修理", "free repair becomes available"),
    "differs.open.paid_repair": ("可以收费修理", "repair at a charge becomes available"),
    "differs.shut.refund": ("不再可以退货", "a refund is no longer available"),
    "differs.shut.exchange": ("不再可以换货", "an exchange is no longer available"),
    "differs.shut.free_repair": ("不再可以免费修理", "free repair is no longer available"),
    "differs.shut.paid_repair": ("不再需要收费修理", "repair at a charge is out of the question"),
    "differs.unsure.refund": ("能否退货不再确定", "a refund is no longer certain"),
    "differs.unsure.exchange": ("能否换货不再确定", "an exchange is no longer certain"),
    "differs.unsure.free_repair": ("能否免费修理不再确定", "free repair is no longer certain"),
    "differs.unsure.paid_repair": (
        "是否收费修理不再确定",
        "repair at a charge is no longer certain",
    ),
    "path.remedies.refund.payable": ("退还金额", "amount paid back"),
    "path.remedies.refund.fee": ("折旧费", "depreciation fee"),
    "path.remedies.refund.used_days": ("使用天数", "days of use"),
    "path.dates.asked_on": ("首次要求日期", "day first asked for"),
    "path.dates.claimed_on": ("申请日期", "day of the claim"),
    "path.dates.period_starts_on": ("三包有效期起始日", "first day of the period"),
    "path.dates.period_ends_on": ("三包有效期最后一日", "last day of the period"),
    "path.dates.refund_until": ("退货期限最后一日", "last day for a refund"),
    "path.dates.exchange_until": ("换货期限最后一日", "last day for an exchange"),
    "path.dates.deducted_days": ("修理占用的天数", "days in repair"),
    "differs.begins": ("如仍未修复, {rule}的起始日", "if still unrepaired, {rule}, from"),
    "differs.duty.new": ("增加: {duty} (自 {on} 起)", "new: {duty} (from {on})"),
    "differs.duty.gone": ("不再有: {duty}", "no longer: {duty}"),
    "differs.duty.moved": (
        "{duty}: 自 {after} 起 (原: {before})",
        "{duty}: from {after} instead of {before}",
    ),
    "path.provisional": ("暂定的日期", "days that are provisional"),
    "path.needs": ("还需要知道", "still to be known"),
    "differs.warning.new": ("请核对{field}", "please check {field}"),
    "differs.warning.gone": ("{field}不再有疑问", "nothing odd any more about {field}"),
}

_DEPENDENCE: Final = {
    "depends.decided": (
        "- 本裁决采用: {meaning} (来源: {source})。",
        "- Decided here: {meaning} (source: {source}).",
    ),
    "depends.instead": (
        "- 若采用另一种: {meaning} (来源: {source})。",
        "- The alternative: {meaning} (source: {source}).",
    ),
    "depends.together": (
        "- 并且对这一问题: {question} 采用: {meaning} (来源: {source})。",
        "- Together with this answer to another question: {question} {meaning} (source: {source}).",
    ),
    "depends.result": ("- 结果的差别: {texts}。", "- What differs then: {texts}."),
}

REASON_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    **_FIELDS,
    **_THINGS,
    **_WHY_NOT,
    **_NEEDS,
    **_CONTRAST,
    **_WHAT_IF,
    **_TIMELINE,
    **_TURNS,
    **_CHANGES,
    **_DIFFERENCES,
    **_DEPENDENCE,
}
"""Every message on why, what if and until when by its id: (Chinese, English)."""
