"""What a decision says to the consumer, in Chinese and English: 结论文案.

A part of the catalogue of :mod:`sanbao.explain.words.catalogue`, in the same form. ``line.*`` are
its lines, ``piece.*`` and ``check.*`` what they are made of, ``besides.*`` what is worth saying
beside it (:mod:`sanbao.explain.texts.circumstances`).
"""

from __future__ import annotations

from typing import Final

__all__ = ["DECISION_MESSAGES"]

DECISION_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "outcome.refund": ("退货", "Refund"),
    "outcome.exchange": ("换货", "Exchange"),
    "outcome.free_repair": ("免费修理", "Free repair"),
    "outcome.paid_repair": ("收费修理", "Repair at a charge"),
    "outcome.excluded": ("不适用三包规定", "Outside the three guarantees"),
    "outcome.repair": ("免费修理", "Free repair"),
    "outcome.open": ("尚不能确定", "Not settled yet"),
    "line.asked_not_available": (
        "您要求{asked}，现在不能：{because}",
        "You asked for: {asked}. That is not open now: {because}",
    ),
    "line.asked_no_right": (
        "您要求{asked}，对这类商品没有这项权利。",
        "You asked for: {asked}. For goods of this kind there is no such right.",
    ),
    "line.asked_open": (
        "您要求{asked}：现有情况还不能确定。",
        "You asked for: {asked}. What is known so far does not settle it.",
    ),
    "line.outcome": ("您可以：{outcome}。", "You can have: {outcome}."),
    "line.paid_repair": (
        "您可以请修理者收费修理：先看报价，书面同意后再修；收费应当合理。",
        "You can have it repaired at a reasonable charge: see a quote first, and agree to it in "
        "writing before work starts.",
    ),
    "line.excluded": (
        "三包规定不适用于这次申请。",
        "The three guarantees do not reach this claim.",
    ),
    "line.remark": ("您可以这样做：{remark}。", "What you can do: {remark}."),
    "line.open": ("可能的结果：{possible}。", "What remains possible: {possible}."),
    "line.why": ("理由：{rule}（{cites}）{checks}", "Why: {rule} ({cites}){checks}"),
    "line.against": (
        "不按三包办理的理由：{rule}（{cites}）{checks}",
        "What speaks against the guarantees: {rule} ({cites}){checks}",
    ),
    "line.against_too": (
        "另一理由：{rule}（{cites}）{checks}",
        "What speaks against them too: {rule} ({cites}){checks}",
    ),
    "line.against_still": (
        "这一情形不妨碍上面的结果：{rule}（{cites}）{checks}",
        "What does not stand in the way of this: {rule} ({cites}){checks}",
    ),
    "line.basis": (
        "依据的事实：{facts}。有一项不对，结果可能不同。",
        "What this rests on: {facts}. Were any of it otherwise, the result might be another.",
    ),
    "basis.over": ("{rule}，最后一日{last}已过", "{rule}: its last day, {last}, is past"),
    "basis.early": ("{rule}，要到{last}以后", "{rule}: not before {last} is past"),
    "basis.used": ("折旧按使用{days}计", "{days} of use count for the fee"),
    "basis.early.period_held_on": ("三包有效期到{last}为止", "the period runs to {last}"),
    "basis.early.found_on": (
        "故障发现于{on}，不晚于{last}",
        "the fault was found on {on}, no later than {last}",
    ),
    "basis.unknown": ("{truth}：不清楚", "not known whether {truth}"),
    "basis.request.nothing": ("您没有提出具体要求", "you asked for nothing in particular"),
    "basis.request.refund": ("您要求退货", "you asked for a refund"),
    "basis.request.exchange": ("您要求换货", "you asked for an exchange"),
    "basis.request.repair": ("您要求修理", "you asked for a repair"),
    "line.proof": ("关于“{rule}”：{proof}。", 'As to "{rule}": {proof}.'),
    "line.certain": ("无论如何您都可以：{remedies}。", "In any case you can have: {remedies}."),
    "line.papers": (
        "您的凭证（{cites}）：{carries}。",
        "Your papers ({cites}): {carries}.",
    ),
    "line.papers_open": (
        "凭证情况待定，可能是{rule}（{cites}）：{carries}。",
        "What your papers may be: {rule} ({cites}); {carries}.",
    ),
    "line.also": ("还可以选择：{remedies}。", "You may also choose: {remedies}."),
    "line.until": ("期限：{dates}。", "Until when: {dates}."),
    "line.bring": ("请携带：{papers}。", "Bring: {papers}."),
    "line.needs": ("还需要知道：{fields}。", "Still to be known: {fields}."),
    "line.duties": ("同时：{duties}。", "What comes along: {duties}."),
    "line.warnings": ("请核对：{warnings}。", "Please check: {warnings}."),
    "line.contested.trader": (
        "这一点有不同理解：{question}这里按“{decided}”；经营者可能按“{other}”办理，{result}。",
        "There are different views of this: {question} Here: {decided}. The trader may go by: "
        "{other}; {result}.",
    ),
    "line.contested.consumer": (
        "这一点有不同理解：{question}这里按“{decided}”；消费者可以主张“{other}”，{result}。",
        "There are different views of this: {question} Here: {decided}. The consumer may argue: "
        "{other}; {result}.",
    ),
    "line.contested.anyone": (
        "这一点有不同理解：{question}这里按“{decided}”；也可能有人按“{other}”办理，{result}。",
        "There are different views of this: {question} Here: {decided}. Others may go by: "
        "{other}; {result}.",
    ),
    "contested.outcome": ("那样结果是{outcome}", "it would then come to {outcome}"),
    "contested.money": (
        "结果仍是{outcome}，但金额或者可以选择的办法不同",
        "it would still come to {outcome}, with other money or choices",
    ),
    "line.note": ("说明：{note}", "Note: {note}"),
    "piece.list": ("、", ", "),
    "piece.clause": ("；", "; "),
    "piece.colon": ("：", ": "),
    "piece.end": ("。", "."),
    "piece.remedy": (
        "{remedy}{money}（{cites}，由{owner}负责）",
        "{remedy}{money} ({cites}; owed by the {owner})",
    ),
    "piece.remedy_promised": (
        "{remedy}{money}（按经营者承诺“{promise}”，{cites}，由{owner}负责）",
        '{remedy}{money} (by the seller\'s promise "{promise}"; {cites}; owed by the {owner})',
    ),
    "piece.remedy_local": (
        "{remedy}{money}（按{promise}，{cites}，由{owner}负责）",
        "{remedy}{money} (by {promise}; {cites}; owed by the {owner})",
    ),
    "piece.local": ("{rule}（{promise}）", "{rule} [{promise}]"),
    "piece.promised": (
        "{rule}（经营者承诺：{promise}）",
        "{rule} [the seller's promise: {promise}]",
    ),
    "piece.money_full": ("，退还{payable}元", ", {payable} yuan back"),
    "piece.money_less": (
        "，退还{payable}元（价款{price}元，扣{used_days}天折旧费{fee}元）",
        ", {payable} yuan back (price {price}, less {fee} for {used_days} days of use)",
    ),
    "piece.fee": (
        "价款{price}元，{used_days}天折旧费{fee}元",
        "price {price}, fee {fee} for {used_days} days of use",
    ),
    "piece.money_no_fee": (
        "，退还{payable}元，不扣折旧费",
        ", {payable} yuan back, no depreciation kept",
    ),
    "piece.money_open": ("，金额待定", ", amount still open"),
    "piece.in_case": ("（属于“{rule}”的情形时）", ", in this case: {rule}"),
    "piece.rolled": (
        "（第{day}日是休息日，顺延）",
        " (day {day} was a rest day, so it moved on)",
    ),
    "piece.stretched": (
        "（修理占用的{days}不计入，期限顺延）",
        " (the time in repair, {days}, is not counted, so it moved on)",
    ),
    "piece.provisional": (
        "（暂定，当年放假安排未公布）",
        " (provisional: that year's holidays are not published)",
    ),
    "piece.deducted": ("（含修理占用的{days}）", " ({days} in repair included)"),
    "piece.day": ("{days}天", "{days} day"),
    "piece.days": ("{days}天", "{days} days"),
    "piece.left": ("还余{days}", "{days} left"),
    "piece.none_left": ("当日即为最后一日", "that is the last day"),
    "piece.from": ("（自{on}起）", " (from {on})"),
    "piece.single": ("仅见一份文本", "one copy only"),
    "piece.inferred": ("推定", "inferred"),
    "piece.marked": ("{text}〔{mark}〕", "{text} [{mark}]"),
    "piece.cite": ("{law}第{place}条", "{law} art. {place}"),
    "piece.cite_item": ("{law}第{place}条第{item}项", "{law} art. {place}({item})"),
    "piece.cite_appendix": ("{law}附录{place}", "{law} app. {place}"),
    "piece.law_fallback": ("{law}", "{law}"),
    "piece.barred": ("另有障碍：{rules}", "but barred by: {rules}"),
    "check.inside": (
        "{claimed}{did}，最后一日为{last}，自{start}（{since}）起算，{left}",
        "{did} on {claimed}; the last day is {last}, counted from {start} ({since}); {left}",
    ),
    "check.inside.numbered": (
        "第{day}日（{claimed}）{did}，最后一日为第{last_day}日（{last}），"
        "自{start}（{since}）起算，{left}",
        "{did} on day {day} ({claimed}); the last day is day {last_day} ({last}), counted from "
        "{start} ({since}); {left}",
    ),
    "check.late": (
        "{claimed}{did}，最后一日为{last}，自{start}（{since}）起算，已过{days}",
        "{did} on {claimed}; the last day was {last}, counted from {start} ({since}); "
        "{days} too late",
    ),
    "check.late.numbered": (
        "第{day}日（{claimed}）{did}，最后一日为第{last_day}日（{last}），"
        "自{start}（{since}）起算，已过{days}",
        "{did} on day {day} ({claimed}); the last day was day {last_day} ({last}), counted from "
        "{start} ({since}); {days} too late",
    ),
    "check.passed": (
        "{claimed}{did}，自{start}（{since}）起算的期限已于{last}届满，已过{days}",
        "{did} on {claimed}; the time counted from {start} ({since}) ended on {last}, "
        "{days} before",
    ),
    "check.passed.numbered": (
        "第{day}日（{claimed}）{did}，自{start}（{since}）起算的期限已于第{last_day}日"
        "（{last}）届满，已过{days}",
        "{did} on day {day} ({claimed}); the time counted from {start} ({since}) ended on day "
        "{last_day} ({last}), {days} before",
    ),
    "check.early": (
        "{claimed}{did}，自{start}（{since}）起算的期限至{last}才届满，早了{days}",
        "{did} on {claimed}; the time counted from {start} ({since}) runs to {last}; "
        "{days} too early",
    ),
    "check.early.numbered": (
        "第{day}日（{claimed}）{did}，自{start}（{since}）起算的期限至第{last_day}日"
        "（{last}）才届满，早了{days}",
        "{did} on day {day} ({claimed}); the time counted from {start} ({since}) runs to day "
        "{last_day} ({last}); {days} too early",
    ),
    "did.claimed_on": ("申请", "claimed"),
    "did.held_on": ("提出", "asked for"),
    "did.period_held_on": ("提出", "asked for"),
    "did.found_on": ("发现", "found"),
    "did.again_on": ("再次提出", "brought again"),
    "since.refund_window_start": ("售出、收货或换货之日", "sale, delivery or exchange"),
    "since.purchase.sold_on": ("售出之日", "the sale"),
    "since.purchase.received_on": ("收货之日", "the delivery"),
    "since.purchase.invoiced_on": ("开票之日", "the invoice"),
    "since.exchanges.exchanged_on": ("换货之日", "the exchange"),
    "anew.purchase.received_on": ("自收货之日起{rule}", "{rule}, counted from the delivery"),
    "anew.exchanges.exchanged_on": ("自换货之日起{rule}", "{rule}, counted from the exchange"),
    "check.number": (
        "{fact}：{actual}，须满{threshold}",
        "{fact}: {actual}, needed: {threshold}",
    ),
    "check.code": (
        "{fact}：{actual}（规则所指：{threshold}）",
        "{fact}: {actual} (the rule asks for: {threshold})",
    ),
    "check.not_before": (
        "{fact}：{actual}，不早于{threshold}",
        "{fact}: {actual}, not before {threshold}",
    ),
    "check.value": ("{fact}：{actual}", "{fact}: {actual}"),
    "check.owed": ("有权换货：{rules}", "an exchange is owed: {rules}"),
    "check.not_owed": ("没有换货的权利", "no exchange is owed"),
    "check.other_owed": ("已有权：{rules}", "owed already: {rules}"),
    "check.other_not_owed": ("没有：{rules}", "not owed: {rules}"),
    "check.unknown": ("{fact}不明", "{fact} not known"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "proof.inspection": (
        "检验机构的结论写明了这一原因；您可以要求看检验报告",
        "the inspection body names this cause; ask to see its report",
    ),
    "proof.report": (
        "修理者或生产者的检测报告写明了这一原因；您可以要求看报告，有疑问的可以要求检验",
        "a test report of the repairer or the maker names this cause; ask to see it, and for an "
        "inspection if you doubt it",
    ),
    "proof.consumer": (
        "这一原因是您自己说明的",
        "you named this cause yourself",
    ),
    "proof.trader": (
        "这一原因只有经营者的说法，这里依所适用的规则采用；您不同意的，可以要求检验",
        "only the trader says so, and what is applied here lets that do; if you disagree, ask for "
        "an inspection",
    ),
    "proof.any": (
        "主张这一点的一方应当拿出证据；您有不同证据的，可以提出",
        "whoever relies on this has to show it; bring forward what shows otherwise",
    ),
    "bring.at_repairer": (
        "发票或其他购买证明、三包凭证和送修记录；商品在修理者处，不必另带",
        "the invoice or other proof, the voucher and the repair record; the goods are with the "
        "repairer and need not be brought",
    ),
    "bring.refund": (
        "商品、发票或其他购买证明；有三包凭证的一并带上",
        "the goods, the invoice or other proof, and the voucher if there is one",
    ),
    "bring.exchange": (
        "商品、发票或其他购买证明；有三包凭证的一并带上",
        "the goods, the invoice or other proof, and the voucher if there is one",
    ),
    "bring.free_repair": (
        "商品和现有的发票、三包凭证",
        "the goods, with what invoice and voucher there are",
    ),
    "bring.paid_repair": ("商品", "the goods"),
    "bring.open": (
        "商品和现有的发票、三包凭证",
        "the goods, with what invoice and voucher there are",
    ),
    "date.refund_until": ("退货至{on}", "refund to {on}"),
    "date.exchange_until": ("换货至{on}", "exchange to {on}"),
    "date.period_ends_on": ("三包有效期至{on}", "guarantees to {on}"),
    "date.period_ended_on": ("三包有效期已于{on}届满", "the guarantees ended on {on}"),
    "date.begins": ("如仍未修复，自{on}起：{rule}", "if still unrepaired, from {on}: {rule}"),
    "besides.asked": (
        "期限按您首次提出要求之日{on}计算，此后等待处理的时间不影响您的权利",
        "the time limits are held against {on}, when you first asked; the time it has taken since "
        "takes nothing from you",
    ),
    "besides.appeared": (
        "期限按故障出现之日{on}计算",
        "the time limits are held against {on}, when the fault appeared",
    ),
    "besides.appeared_inside": (
        "故障在{on}已经发现，当时还在期限内，而首次提出要求已过期限；期限按哪一天判断，规定没有明文，"
        "可以据此与经营者协商，或者请消费者协会调解",
        "the fault was found on {on}, inside the time limit, and a remedy first asked for after "
        "it; which day counts is not laid down, so that it may be put to the trader, or to the "
        "consumer association for mediation",
    ),
    "besides.price": (
        "退款按发票或其他凭证上的价格一次付清；经营者证明您实付另一价格的，按实付的价格"
        "（《消费者权益保护法实施条例》第18条）",
        "a refund is paid in one sum at the price on the invoice or other voucher, or at the price "
        "really paid where the trader proves another (Implementing Decree art. 18)",
    ),
    "besides.distance": (
        "三包以外：网购、电话、电视购物的，收货7日内可以无理由退货，但商品应当完好"
        "（《消费者权益保护法》第25条）",
        "beside the guarantees: goods bought at a distance (online, by telephone or television) "
        "may be returned in good order within 7 days of receipt without a reason (Consumer "
        "Protection Law art. 25)",
    ),
    "besides.fraud": (
        "三包以外：商品在销售以前已经激活，如果是把用过的商品当新品出售，就是欺诈，"
        "可以要求价款三倍的赔偿，最低500元（《消费者权益保护法》第55条）",
        "beside the guarantees: the unit was activated before it was sold; to sell a used one as "
        "new is fraud, for which three times the price is due, at least 500 yuan (Consumer "
        "Protection Law art. 55)",
    ),
    "besides.elsewhere": (
        "不知道购买地和经营者所在地；如果在{place}，按当地法规您还可以：{remedies}",
        "where it was bought and where the trader has its seat is not known; were that {place}, "
        "its own regulation would give you as well: {remedies}",
    ),
    "note.trader_must_prove": (
        "经营者所说的故障原因没有得到证明，不免除三包责任：收货或换货后"
        "{months[proof]:months}内发现的，由经营者举证，"
        "它的说法和您有异议的报告都不足以证明；仍有争议的，可以送检验机构检验",
        "the cause that the trader names is not proved and takes nothing away: for "
        "{months[proof]:months} from receipt or exchange it has to prove it, and neither its "
        "word nor a report that you contest will do; where that is disputed, an inspection decides",
    ),
    "note.inspection_decides": (
        "还没有人说明故障原因；双方对原因有争议的，可以送检验机构检验",
        "nobody has said what caused the fault; if that is disputed, an inspection decides",
    ),
    "note.inspection_decides.asserted": (
        "经营者说了故障原因，但没有任何证明，不免除三包责任；双方有争议的，可以送检验机构检验",
        "the trader names a cause and shows nothing for it, which takes nothing away; if that is "
        "disputed, an inspection decides",
    ),
    "note.inspection_may_decide": (
        "您对报告有异议的，可以要求检验；检验结论与报告不同的，可以凭检验结论再次申请",
        "if you contest the report you may ask for an inspection; where that finds otherwise it "
        "decides, and you may claim again",
    ),
    "note.nothing_left": (
        "折旧费已达全部价款，无余款可退",
        "the depreciation fee takes the whole price, and nothing is left to pay back",
    ),
    "note.wait_or_refund": (
        "暂时无货时双方可以约定换货日期；约不成，消费者可以要求全额退款",
        "while none is in stock the parties may agree on a date; failing that, the full refund "
        "is there for the asking",
    ),
    "warning.asked_before_exchange": (
        "首次要求日期{value}早于最后一次换货，针对的是换回的那一台，按申请日计",
        "first asked for on {value}, before the last exchange and for the unit given back; the "
        "day of the claim stands in its place",
    ),
    "warning.asked_before_lasting_repair": (
        "首次要求日期{value}之后曾修好并正常使用{within[art10.again]}日以上；现在如为新的故障，"
        "首次要求日期应填这一次的",
        "first asked for on {value}, and then repaired and sound for more than "
        "{within[art10.again]} days; if this is a new failure, state when that was first "
        "complained of",
    ),
    "warning.appeared_before_exchange": (
        "故障出现日期{value}早于最后一次换货，未计入",
        "the fault appeared on {value}, before the last exchange; not counted",
    ),
    "warning.admitted_and_contested": (
        "消费者既自认这一原因，又有异议，按自认处理",
        "the consumer both admits the cause and contests it; the admission stands",
    ),
    "warning.paid_price_without_price": (
        "只有实付金额{value}元，没有发票价格，退款按实付金额计",
        "{value} yuan paid and no invoice price: a refund goes by what was paid",
    ),
    "warning.paid_price_not_used": (
        "实付金额{value}元未计入：{since[refund_price]}以前交付或申请的，退款按发票价格计",
        "{value} yuan paid, not used: a refund of goods delivered or claimed before "
        "{since[refund_price]} goes by the invoice price",
    ),
    "warning.second_hand_unsettled": (
        "商品是二手的：三包规定是否适用尚无定论",
        "the goods are second-hand: whether the regulation reaches them is unsettled",
    ),
    "warning.repairs_before_exchange": (
        "送修日期{value}早于最后一次换货，修的是换回的那一台，未计入",
        "handed in on {value}, before the last exchange; it was the unit given back, and does not "
        "count",
    ),
    "warning.activated_before_sale": (
        "激活日期{value}早于销售日期",
        "activated on {value}, before the sale",
    ),
    "warning.activated_after_claim": (
        "激活日期{value}晚于申请日",
        "activated on {value}, after the claim",
    ),
    "warning.invoice_before_sale": (
        "发票日期{value}早于销售日期",
        "invoiced on {value}, before the sale",
    ),
    "warning.received_before_sale": (
        "收货日期{value}早于销售日期",
        "received on {value}, before the sale",
    ),
    "warning.received_after_claim": (
        "收货日期{value}晚于申请日",
        "received on {value}, after the claim",
    ),
    "warning.made_after_sale": (
        "出厂日期{value}晚于销售日期",
        "made on {value}, after the sale",
    ),
    "warning.exchange_before_sale": (
        "换货日期{value}早于销售日期，未计入",
        "exchanged on {value}, before the sale; not counted",
    ),
    "warning.repair_after_claim": (
        "送修日期{value}晚于申请日，未计入",
        "handed in on {value}, after the claim; not counted",
    ),
    "warning.hand_back_after_claim": (
        "取机日期{value}晚于申请日，按仍在修理计",
        "handed back on {value}, after the claim; counted as still in repair",
    ),
    "warning.two_open_repairs": (
        "送修日期{value}：同时有两次未完成的修理",
        "handed in on {value} while another repair was open",
    ),
    "warning.symptom_of_other_goods": (
        "{value}不是这类商品的故障，按一般质量问题处理",
        "a main unit has no {value}; taken as a quality problem of another kind",
    ),
    "warning.commitment_not_in_force": (
        "承诺{value}在销售之日未生效，未计入",
        "the promise {value} was not in force on the day of the sale; left out",
    ),
}
"""Every message of a decision by its id: (Chinese, English)."""
