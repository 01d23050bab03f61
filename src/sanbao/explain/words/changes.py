"""Changes of a claim, in Chinese and English: 变更文案.

A part of the catalogue of :mod:`sanbao.explain.words.catalogue`, in the same form. A change goes by
the field and what it becomes (``change.evidence.invoice.copy``).
"""

from __future__ import annotations

from typing import Final

__all__ = ["CHANGE_MESSAGES"]

CHANGE_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "changes.group": (
        "其余不变，若事实是以下任何一项，结果就是{outcome}：{changes}{rest}。",
        "With all else the same, any one of these, if it were so, would make it {outcome}: "
        "{changes}{rest}.",
    ),
    "changes.rest": ("；另有{count}项", "; and {count} more"),
    "changes.none": (
        "单独改变任何一项事实，结果都不变。",
        "No single fact, changed alone, leads to another outcome.",
    ),
    "change.earlier": ("{event}早{days}（{day}）", "{event} {days} earlier ({day})"),
    "change.later": ("{event}晚{days}（{day}）", "{event} {days} later ({day})"),
    "change.on": ("{event}日期为{day}", "{event} on {day}"),
    "change.value": ("{field}：{value}", "{field}: {value}"),
    "change.instead": ("{change}（原：{before}）", "{change} instead of {before}"),
    "change.as_sold": (
        "{change}（此前按售出之日计）",
        "{change} (so far taken to be the day of sale)",
    ),
    "change.cited": ("{change}，见{cites}", "{change}, under {cites}"),
    "change.unknown": ("{change}（此前不明）", "{change} (not known so far)"),
    "change.some_price": (
        "{field}大于0，例如{price}",
        "{field} is above 0, say {price}",
    ),
    "change.of.repairs": ("第{number}次修理：{change}", "repair {number}: {change}"),
    "change.of.exchanges": ("第{number}次换货：{change}", "exchange {number}: {change}"),
    "change.add.repairs": (
        "多一次有维修记录的三包内修理（同一故障，{day}送修并取回）",
        "one more recorded repair under the guarantees (same fault, handed in and back on {day})",
    ),
    "change.add.exchanges": ("多一次换货（{day}）", "one more exchange (on {day})"),
    "change.remove.repairs": ("没有第{number}次修理", "without repair {number}"),
    "change.remove.exchanges": ("没有第{number}次换货", "without exchange {number}"),
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
    "unset.repairs.handed_back_on": ("仍在修理者处，没有取机", "still with the repairer"),
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
        "没有发票，但有其他有效证明",
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
        "找到其他有效证明（如订单、付款记录）",
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
    "yuan.value": ("{amount}元", "{amount} yuan"),
    "percent.value": ("{number}%", "{number}%"),
}
"""Every message on changes by its id: (Chinese, English)."""
