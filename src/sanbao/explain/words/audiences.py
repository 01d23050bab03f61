"""What clerk and auditor read of a decision, in Chinese and English: 柜台和审核文案.

A part of the catalogue of :mod:`sanbao.explain.words.catalogue`, in the same form. ``clerk.head.*``
are the steps at the counter; what is done in them goes by the ids of the outcome, of notes,
findings and obligations: ``clerk.do.refund``, ``clerk.note.inspection_decides``,
``clerk.check.art24.voucher``, ``clerk.write.art21.new_voucher``. What the auditor reads starts
with ``audit.``; relations go by their code in the JSON contract, differences by their path in a
decision.
"""

from __future__ import annotations

from typing import Final

__all__ = ["AUDIENCE_MESSAGES"]

AUDIENCE_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "audit.with_id": ("{text}[{id}]", "{text} [{id}]"),
    "clerk.head.tell": ("告知顾客", "Tell the customer"),
    "clerk.head.papers": ("核对凭证", "Check the papers"),
    "clerk.head.ask": ("问清和检查", "Ask and examine"),
    "clerk.head.do": ("办理", "Settle it"),
    "clerk.head.write": ("填写凭证", "Write it down"),
    "clerk.head.duties": ("一并履行", "Do what comes along"),
    "clerk.head.dates": ("留意期限", "Mind the days"),
    "clerk.head.warnings": ("核对异常之处", "Look again at what is odd"),
    "clerk.take": ("顾客应交来：{papers}。", "The customer brings: {papers}."),
    "clerk.grade": (
        "凭证情况：{rule}（{cites}）；{carries}。",
        "The papers: {rule} ({cites}); {carries}.",
    ),
    "clerk.carries": (
        "凭现有凭证，这次可以办：{remedies}。",
        "What these papers carry this time: {remedies}.",
    ),
    "clerk.grade_open": (
        "凭证情况待定，可能是：{rule}（{cites}）；{carries}。",
        "What the papers may be: {rule} ({cites}); {carries}.",
    ),
    "clerk.ask": ("问清：{field}。", "Find out: {field}."),
    "clerk.note.inspection_decides": (
        "故障原因未明：当着顾客检查，写明结果；有争议的送检。",
        "Nobody has said what caused the fault: examine the goods before the customer and write "
        "down what you find; if that is disputed, send them for inspection.",
    ),
    "clerk.note.inspection_decides.asserted": (
        "故障原因只有店方说法，没有证明：没有检测报告不得拒绝；顾客有异议的送检。",
        "Only the shop names this cause and shows nothing for it: no refusal without a test "
        "report; if the customer contests that, send the goods for inspection.",
    ),
    "clerk.note.trader_must_prove": (
        "故障原因由店方举证：没有检测报告不得拒绝；顾客对报告有异议的，没有检验结论也不得拒绝。",
        "The shop has to prove this cause: no refusal without a test report, and none on a report "
        "that the customer contests without an inspection.",
    ),
    "clerk.note.inspection_may_decide": (
        "顾客对报告有异议：告知可以检验；检验结论与报告不同的，重新办理。",
        "The customer contests the report: say that an inspection may be asked for; where it finds "
        "otherwise, settle the claim anew.",
    ),
    "clerk.remedy": ("{remedy}。", "{remedy}."),
    "clerk.do.refund": (
        "当场一次付清，请顾客签收；收回商品、发票和三包凭证，留存退款记录。",
        "Pay it at once and in one sum, against a signature; take back the goods, the invoice and "
        "the voucher, and keep the record of the payment.",
    ),
    "clerk.do.exchange": (
        "换给同型号同规格的合格新品，收回故障商品；不收费用。",
        "Hand over a new and sound unit of the same model and specification, take back the faulty "
        "one, and charge nothing.",
    ),
    "clerk.do.free_repair": (
        "收下商品修理，工时费、材料费都不收；给顾客收件单。",
        "Take the goods in for repair, charge neither labour nor parts, and give a receipt for "
        "them.",
    ),
    "clerk.do.free_repair.at_repairer": (
        "商品已在修理者处，催办修复；工时费、材料费都不收。",
        "The goods are with the repairer already: see that they are mended, and charge neither "
        "labour nor parts.",
    ),
    "clerk.do.paid_repair": (
        "先报价，写明项目和金额；顾客书面同意后再修；收费应当合理。",
        "Quote first, naming work and amount; repair only after written consent; the charge must "
        "be reasonable.",
    ),
    "clerk.do.open": (
        "先查明上面所问的情况再定；其间不得以此为由拒收。",
        "Settle what is asked above first; until then do not turn the customer away.",
    ),
    "clerk.reason": (
        "书面写明理由，交给顾客：{rule}（{cites}）。",
        "Give the customer the reason in writing: {rule} ({cites}).",
    ),
    "clerk.do.nothing_left": (
        "顾客要求退款的，说明折旧费的算法和无余款可退，按换货办理。",
        "Where the money is asked for, show how the fee is reckoned and that nothing is left; "
        "settle it by exchange.",
    ),
    "clerk.do.wait_or_refund": (
        "无货的，与顾客书面约定换货日期；约不成而顾客要求退款的，全额退还。",
        "With none in stock, agree on a date in writing; failing that, pay back in full when "
        "asked.",
    ),
    "clerk.write.paid_repair": (
        "工单上写明报价、顾客的同意和收费。",
        "Quote, consent and charge, on the work order.",
    ),
    "clerk.duty": ("自{on}起：{duty}（{cites}）。", "From {on}: {duty} ({cites})."),
    "clerk.line": ("{text}。", "{text}."),
    "audit.head.decision": ("结论", "Decision"),
    "audit.head.reasons": ("起决定作用的事实", "Facts that decide"),
    "audit.head.remedies": ("可选方案与金额", "Remedies and money"),
    "audit.head.findings": ("逐条认定", "Findings, rule by rule"),
    "audit.head.dates": ("日期", "Dates"),
    "audit.head.obligations": ("附随义务", "Obligations"),
    "audit.head.depends_on": ("取决于哪些争议解释", "Contested readings it hangs on"),
    "audit.head.warnings": ("异常提示", "Odd facts"),
    "audit.head.needs": ("尚待查明", "Facts still needed"),
    "audit.head.articles": ("本库所写的条文概要", "What the articles say, in our own words"),
    "audit.head.receipt": ("回执", "Receipt"),
    "audit.head.limits": ("结论之外", "What this decision is not"),
    "audit.none": ("无", "none"),
    "audit.policy": (
        "政策：{title}（{id}），版本{version}",
        "Policy: {title} ({id}), version {version}",
    ),
    "audit.outcome": ("结果：{outcome}", "Outcome: {outcome}"),
    "audit.possible": ("可能的结果：{possible}", "Possible: {possible}"),
    "audit.lead": ("决定性条款：{rule}（{cites}）", "Deciding rule: {rule} ({cites})"),
    "audit.no_lead": ("决定性条款：无", "Deciding rule: none"),
    "audit.requested": ("消费者要求：{asked}；{answer}", "Asked for: {asked}; {answer}"),
    "audit.nothing_asked": ("消费者要求：未提", "Asked for: nothing in particular"),
    "audit.available": ("可以满足", "available"),
    "audit.available_open": (
        "现有情况不能确定，取决于：{rules}",
        "not settled; it hangs on: {rules}",
    ),
    "audit.not_available": ("不能满足，因为：{rules}", "not available, because of: {rules}"),
    "audit.no_right": (
        "不能满足，对这类商品没有这项权利",
        "not available; goods of this kind have no such right",
    ),
    "audit.rule": ("{id}，{words}", "{id}, {words}"),
    "audit.remedy": ("{remedy}：{rule}（{cites}）", "{remedy}: {rule} ({cites})"),
    "audit.remedy_bare": ("{remedy}", "{remedy}"),
    "audit.owed_by": ("由{owner}负责", "owed by the {owner}"),
    "audit.full": (
        "价款{price}元，不扣费用，退还{payable}元",
        "price {price} yuan, nothing kept back, {payable} yuan payable",
    ),
    "audit.days": (
        "使用{used_days}天，已扣除修理占用的{deducted_days}天",
        "{used_days} days of use, after taking off {deducted_days} days in repair",
    ),
    "audit.fee": (
        "折旧费：价款{price}元 × 每日{rate} × {used_days}天，以价款为限，"
        "取整到0.01元（“rounding = {rounding}”），得{fee}元",
        "fee: price {price} yuan times daily rate {rate} times {used_days} days, at most the "
        "price, to 0.01 yuan (rounding = {rounding}), makes {fee} yuan",
    ),
    "audit.no_fee": (
        "按解释“depreciation = {depreciation}”不收折旧费：{fee}元",
        "no fee is charged under the reading depreciation = {depreciation}: {fee} yuan",
    ),
    "audit.unused": (
        "没有使用过的商品不收折旧费：{fee}元",
        "no fee is kept for goods never used: {fee} yuan",
    ),
    "audit.payable": (
        "退还：{price}元 − {fee}元 = {payable}元",
        "payable: {price} yuan less {fee} yuan makes {payable} yuan",
    ),
    "audit.money_open": ("金额待定", "the amount is open"),
    "audit.hangs_on": (
        "是否由这一条给予，取决于：{fields}",
        "whether this rule gives it hangs on: {fields}",
    ),
    "audit.legend": (
        "每条规则下列出其全部核对项；规则容许几种情形之一的，不必每项都符合。差额为超出界限多少"
        "（次数），负数为还差多少。",
        "Under each rule stand all checks it is made of; where a rule allows one of several "
        "cases, not every check has to be met. The margin is by how much (times) a check "
        "is met, or falls short where it is negative.",
    ),
    "audit.finding": ("{rule}（{cites}）：{verdict}", "{rule} ({cites}): {verdict}"),
    "audit.barred_by": ("受阻于：{rules}", "barred by: {rules}"),
    "audit.note": ("说明：{note}", "note: {note}"),
    "audit.check": ("{text}→{holds}", "{text} → {holds}"),
    "audit.measured": ("{text}→{holds}，差额{margin}", "{text} → {holds}, margin {margin}"),
    "audit.truth": (
        "条件：{wanted}[{fact}]；实际：{actual}",
        "asked: {wanted} [{fact}]; actual: {actual}",
    ),
    "audit.fact": (
        "条件：{label}[{fact}]{relation}{threshold}；实际：{actual}",
        "asked: {label} [{fact}] {relation} {threshold}; actual: {actual}",
    ),
    "audit.timed": ("[{fact}][{until}]{text}", "[{fact}] [{until}] {text}"),
    "audit.unknown": ("不明", "not known"),
    "audit.rights": ("已有的权利", "an open right"),
    "audit.no_rights": ("无", "none"),
    "audit.holds": ("符合", "met"),
    "audit.fails": ("不符合", "not met"),
    "audit.relation.is": ("是", "is"),
    "audit.relation.is_not": ("不是", "is not"),
    "audit.relation.one_of": ("属于", "is one of"),
    "audit.relation.none_of": ("不属于", "is none of"),
    "audit.relation.at_least": ("不少于", "is at least"),
    "audit.relation.below": ("少于", "is below"),
    "audit.relation.before": ("早于", "is before"),
    "audit.relation.not_before": ("不早于", "is not before"),
    "audit.relation.not_after": ("不晚于", "is not after"),
    "audit.relation.after": ("晚于", "is after"),
    "audit.date.claimed_on": ("申请日：{value}", "day of the claim: {value}"),
    "audit.date.asked_on": ("首次要求日：{value}", "day of the first demand: {value}"),
    "audit.date.period_starts_on": (
        "三包有效期起始日：{value}",
        "the period starts on: {value}",
    ),
    "audit.date.period_ends_on": (
        "三包有效期最后一日：{value}",
        "last day of the period: {value}",
    ),
    "audit.date.refund_until": ("退货期限最后一日：{value}", "last day for a refund: {value}"),
    "audit.date.exchange_until": (
        "按售出日数计的换货最后一日：{value}",
        "last day for an exchange by the days since sale: {value}",
    ),
    "audit.date.deducted_days": ("扣除的修理天数：{value}", "days in repair deducted: {value}"),
    "audit.begins": ("{rule}：自{on}起", "{rule}: from {on}"),
    "audit.no_date": ("无或不明", "none, or not known"),
    "audit.duty": ("{on}：{id}，{duty}（{cites}）", "{on}: {id}, {duty} ({cites})"),
    "audit.independent": (
        "在已知的各项争议解释中，无论取哪一种，单独或两项合并，结果、可选方案和金额都不变",
        "no contested reading, alone or together with another, changes outcome, remedies or money",
    ),
    "audit.not_worked_out": (
        "未推算（这一结论读自不含此项的JSON）",
        "not worked out (the decision was read from JSON that does not hold it)",
    ),
    "audit.reading": ("{reading}：{question}（{cites}）", "{reading}: {question} ({cites})"),
    "audit.readings": ("{readings}合并（{cites}）", "{readings} together ({cites})"),
    "audit.decided_under": (
        "这里采用“{reading} = {value}”：{meaning}；来源：{source}",
        "decided under {reading} = {value}: {meaning}; source: {source}",
    ),
    "audit.instead": (
        "另一种解释“{reading} = {value}”：{meaning}；来源：{source}",
        "alternative {reading} = {value}: {meaning}; source: {source}",
    ),
    "audit.then": ("结果不变：{outcome}", "outcome all the same: {outcome}"),
    "audit.difference": ("{what}：{before}→{after}", "{what}: {before} → {after}"),
    "audit.open": ("可选", "open"),
    "audit.not_open": ("无", "none"),
    "diff.outcome": ("结果", "outcome"),
    "diff.possible": ("可能的结果", "possible outcomes"),
    "diff.remedies.refund": ("退货", "refund"),
    "diff.remedies.exchange": ("换货", "exchange"),
    "diff.remedies.free_repair": ("免费修理", "free repair"),
    "diff.remedies.paid_repair": ("收费修理", "repair at a charge"),
    "diff.remedies.refund.payable": ("退还金额（元）", "refund payable (yuan)"),
    "diff.remedies.refund.fee": ("折旧费（元）", "fee (yuan)"),
    "diff.remedies.refund.used_days": ("使用天数", "days of use"),
    "audit.receipt.library": ("程序库：sanbao，版本{value}", "library: sanbao, version {value}"),
    "audit.receipt.policy": ("政策：{value}", "policy: {value}"),
    "audit.receipt.policy_sha256": ("政策SHA-256：{value}", "SHA-256 of the policy: {value}"),
    "audit.receipt.claim_sha256": ("申请SHA-256：{value}", "SHA-256 of the claim: {value}"),
    "audit.receipt.calendar": (
        "日历：{value}，已知放假安排至{year}年",
        "calendar: {value}, holidays known to the end of {year}",
    ),
    "audit.receipt.reading": (
        "解释{reading} = {value}：{meaning}",
        "reading {reading} = {value}: {meaning}",
    ),
    "audit.limits": (
        "以上只说明这一政策给予消费者什么。合同法上的救济（《民法典》第563条、第577条至第584条）、"
        "网购七日无理由退货（《消费者权益保护法》第25条）、欺诈的惩罚性赔偿（同法第55条）"
        "以及更优的承诺可能给予更多，法院也曾适用；上面的结果不取决于它们。",
        "This says what the policy gives the consumer and no more. Contract law (Civil Code "
        "art. 563 and arts. 577 to 584), the return of a distance sale without reason within seven "
        "days (Consumer Protection Law art. 25), damages for fraud (the same law, art. 55) and "
        "a better promise may give more, and courts have used them; no result above depends on "
        "them.",
    ),
}
"""Every message for clerk and auditor by its id: (Chinese, English)."""
