"""What the person at the counter is told to do, in Chinese and English: 柜台文案.

A part of the catalogue of :mod:`sanbao.explain.words.catalogue`, in the same form. ``clerk.head.*``
are the steps; what is done in them goes by the ids of the outcome, of notes, findings and
obligations: ``clerk.do.refund``, ``clerk.note.inspection_decides``,
``clerk.check.art24.voucher``, ``clerk.write.art21.new_voucher``.
"""

from __future__ import annotations

from typing import Final

__all__ = ["CLERK_MESSAGES"]

_STEPS: Final = {
    "clerk.step": ("{number}. {head}", "{number}. {head}"),
    "clerk.item": ("   - {text}", "   - {text}"),
    "clerk.head.tell": ("告知顾客", "Tell the customer"),
    "clerk.head.papers": ("核对凭证", "Check the papers"),
    "clerk.head.ask": ("问清和检查", "Ask and examine"),
    "clerk.head.do": ("办理", "Settle it"),
    "clerk.head.write": ("填写凭证", "Write it down"),
    "clerk.head.duties": ("一并履行", "Do what comes along"),
    "clerk.head.dates": ("留意期限", "Mind the days"),
    "clerk.head.warnings": ("核对异常之处", "Look again at what is odd"),
}

_PAPERS: Final = {
    "clerk.take": ("顾客应交来: {papers}。", "The customer brings: {papers}."),
    "clerk.grade": (
        "凭证情况: {rule} ({cites}); {carries}。",
        "The papers: {rule} ({cites}); {carries}.",
    ),
    "clerk.grade_open": (
        "凭证情况待定, 可能是: {rule} ({cites}); {carries}。",
        "What the papers may be: {rule} ({cites}); {carries}.",
    ),
    "clerk.check.art24.voucher": (
        "有三包凭证的, 所载型号和 IMEI 应与商品一致, 没有涂改 ({cites})。",
        "Where there is a voucher, model and IMEI on it agree with the goods, and nothing on it "
        "was altered ({cites}).",
    ),
}

_ASK: Final = {
    "clerk.ask": ("问清: {field}。", "Find out: {field}."),
    "clerk.note.inspection_decides": (
        "故障原因未明: 当着顾客检查, 写明结果; 有争议的送检。",
        "Nobody has said what caused the fault: examine the goods before the customer and write "
        "down what you find; if that is disputed, send them for inspection.",
    ),
    "clerk.note.inspection_decides.asserted": (
        "故障原因只有店方说法, 没有证明: 没有检测报告不得拒绝; 顾客有异议的送检。",
        "Only the shop names this cause and shows nothing for it: no refusal without a test "
        "report; if the customer contests that, send the goods for inspection.",
    ),
    "clerk.note.trader_must_prove": (
        "故障原因由店方举证: 没有检测报告不得拒绝; 顾客对报告有异议的, 没有检验结论也不得拒绝。",
        "The shop has to prove this cause: no refusal without a test report, and none on a report "
        "that the customer contests without an inspection.",
    ),
    "clerk.note.inspection_may_decide": (
        "顾客对报告有异议: 告知可以检验; 检验结论与报告不同的, 重新办理。",
        "The customer contests the report: say that an inspection may be asked for; where it finds "
        "otherwise, settle the claim anew.",
    ),
}

_DO: Final = {
    "clerk.remedy": ("{remedy}。", "{remedy}."),
    "clerk.do.refund": (
        "当场一次付清, 请顾客签收; 收回商品、发票和三包凭证, 留存退款记录。",
        "Pay it at once and in one sum, against a signature; take back the goods, the invoice and "
        "the voucher, and keep the record of the payment.",
    ),
    "clerk.do.exchange": (
        "换给同型号同规格的合格新品, 收回故障商品; 不收费用。",
        "Hand over a new and sound unit of the same model and specification, take back the faulty "
        "one, and charge nothing.",
    ),
    "clerk.do.free_repair": (
        "收下商品修理, 工时费、材料费都不收; 给顾客收件单。",
        "Take the goods in for repair, charge neither labour nor parts, and give a receipt for "
        "them.",
    ),
    "clerk.do.paid_repair": (
        "先报价, 写明项目和金额; 顾客书面同意后再修; 收费应当合理。",
        "Quote first, naming work and amount; repair only after written consent; the charge must "
        "be reasonable.",
    ),
    "clerk.do.open": (
        "先查明上面所问的情况再定; 其间不得以此为由拒收。",
        "Settle what is asked above first; until then do not turn the customer away.",
    ),
    "clerk.reason": (
        "书面写明理由, 交给顾客: {rules}。",
        "Give the customer the reason in writing: {rules}.",
    ),
    "clerk.do.nothing_left": (
        "顾客要求退款的, 说明折旧费的算法和无余款可退, 按换货办理。",
        "Where the money is asked for, show how the fee is reckoned and that nothing is left; "
        "settle it by exchange.",
    ),
    "clerk.do.wait_or_refund": (
        "无货的, 与顾客书面约定换货日期; 约不成而顾客要求退款的, 全额退还。",
        "With none in stock, agree on a date in writing; failing that, pay back in full when "
        "asked.",
    ),
}

_WRITE: Final = {
    "clerk.record": (
        "维修记录, 记在三包凭证上, 没有凭证的记在工单上: {items} (三包规定第6条、附录2)。",
        "The repair record, on the voucher or, without one, on the work order: {items} "
        "(Regulation art. 6, app. 2).",
    ),
    "clerk.write.refund": (
        "三包凭证上的退换货证明: 退货日期和金额 (三包规定附录2)。",
        "The certificate of exchange or return on the voucher: day and amount of the refund "
        "(Regulation app. 2).",
    ),
    "clerk.write.exchange": (
        "原三包凭证上的退换货证明: 换货日期 (三包规定附录2)。",
        "The certificate of exchange or return on the old voucher: the day of the exchange "
        "(Regulation app. 2).",
    ),
    "clerk.write.paid_repair": (
        "工单上写明报价、顾客的同意和收费。",
        "Quote, consent and charge, on the work order.",
    ),
    "clerk.write.art21.period_restarts": (
        "三包有效期的新起算日: {on} ({cites})。",
        "The day on which the period starts again: {on} ({cites}).",
    ),
    "clerk.write.art21.new_voucher": (
        "在发票背面写明换货日期 {on} 并盖章, 另给新的三包凭证 ({cites})。",
        "The day of the exchange, {on}, with the stamp on the back of the invoice; and a new "
        "voucher ({cites}).",
    ),
}

_REST: Final = {
    "clerk.duty": ("自 {on} 起: {duty} ({cites})。", "From {on}: {duty} ({cites})."),
    "clerk.duty.penalty8.within_15_days": (
        "最迟 {on}: {duty} ({cites})。",
        "By {on}: {duty} ({cites}).",
    ),
    "clerk.line": ("{text}。", "{text}."),
}

CLERK_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    **_STEPS,
    **_PAPERS,
    **_ASK,
    **_DO,
    **_WRITE,
    **_REST,
}
"""Every message for the counter by its id: (Chinese, English)."""
