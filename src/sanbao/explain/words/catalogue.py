"""Every sentence the library says, in Chinese and English: 文案目录.

One entry is a stable id and a pair (Chinese, English) with the same placeholders. Ids of
rules, obligations, notes, warnings and codes are those of the policy and of the JSON
contract, after a prefix: ``rule.art11.refund``, ``code.liquid``. Wording may change from
version to version; ids may not.

What only one audience or one subject needs is in a module of its own and joined here.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

from sanbao.base.errors import ValidationError
from sanbao.explain.words.answers import REASON_MESSAGES
from sanbao.explain.words.auditor import AUDITOR_MESSAGES
from sanbao.explain.words.checklists import CHECKLIST_MESSAGES
from sanbao.explain.words.circumstances import CIRCUMSTANCE_MESSAGES
from sanbao.explain.words.clerk import CLERK_MESSAGES
from sanbao.explain.words.comparisons import COMPARISON_MESSAGES
from sanbao.explain.words.conditions import CONDITION_MESSAGES
from sanbao.explain.words.pages import PAGE_MESSAGES
from sanbao.explain.words.papers import VOUCHER_MESSAGES
from sanbao.explain.words.provinces import PROVINCE_MESSAGES
from sanbao.explain.words.readings import READING_MESSAGES

__all__ = ["LANGUAGES", "MESSAGES", "Language", "has", "language", "say"]

Language: TypeAlias = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

_OUTCOMES: Final = {
    "outcome.refund": ("退货", "Refund"),
    "outcome.exchange": ("换货", "Exchange"),
    "outcome.free_repair": ("免费修理", "Free repair"),
    "outcome.paid_repair": ("收费修理", "Repair at a charge"),
    "outcome.excluded": ("不适用三包规定", "Outside the three guarantees"),
    "outcome.repair": ("免费修理", "Free repair"),
    "outcome.open": ("尚不能确定", "Not settled yet"),
}

_LINES: Final = {
    "line.asked_not_available": (
        "您要求{asked}, 现在不能: {because}",
        "You asked for: {asked}. That is not open now: {because}",
    ),
    "line.asked_no_right": (
        "您要求{asked}, 对这类商品没有这项权利。",
        "You asked for: {asked}. For goods of this kind there is no such right.",
    ),
    "line.asked_open": (
        "您要求{asked}: 现有情况还不能确定。",
        "You asked for: {asked}. What is known so far does not settle it.",
    ),
    "line.outcome": ("您可以: {outcome}。", "You can have: {outcome}."),
    "line.paid_repair": (
        "您可以请修理者收费修理: 先看报价, 书面同意后再修; 收费应当合理。",
        "You can have it repaired at a reasonable charge: see a quote first, and agree to it in "
        "writing before work starts.",
    ),
    "line.excluded": (
        "三包规定不适用于这次申请。",
        "The three guarantees do not reach this claim.",
    ),
    "line.remark": ("您可以这样做: {remark}。", "What you can do: {remark}."),
    "line.open": ("可能的结果: {possible}。", "What remains possible: {possible}."),
    "line.why": ("理由: {rule} ({cites}){checks}", "Why: {rule} ({cites}){checks}"),
    "line.against": (
        "不按三包办理的理由: {rule} ({cites}){checks}",
        "What speaks against the guarantees: {rule} ({cites}){checks}",
    ),
    "line.against_too": ("另有理由: {rules}。", "What speaks against them too: {rules}."),
    "line.proof": ("关于“{rule}”: {proof}。", 'As to "{rule}": {proof}.'),
    "line.certain": ("无论如何您都可以: {remedies}。", "In any case you can have: {remedies}."),
    "line.papers": (
        "您的凭证 ({cites}): {carries}。",
        "Your papers ({cites}): {carries}.",
    ),
    "line.also": ("还可以选择: {remedies}。", "You may also choose: {remedies}."),
    "line.until": ("期限: {dates}。", "Until when: {dates}."),
    "line.bring": ("请携带: {papers}。", "Bring: {papers}."),
    "line.needs": ("还需要知道: {fields}。", "Still to be known: {fields}."),
    "line.duties": ("同时: {duties}。", "What comes along: {duties}."),
    "line.warnings": ("请核对: {warnings}。", "Please check: {warnings}."),
    "line.note": ("说明: {note}", "Note: {note}"),
}

_PIECES: Final = {
    "piece.list": ("、", ", "),
    "piece.clause": ("; ", "; "),
    "piece.colon": (": ", ": "),
    "piece.end": ("。", "."),
    "piece.remedy": (
        "{remedy}{money} ({cites}, 由{owner}负责)",
        "{remedy}{money} ({cites}; owed by the {owner})",
    ),
    "piece.remedy_promised": (
        "{remedy}{money} (按经营者承诺“{promise}”, {cites}, 由{owner}负责)",
        '{remedy}{money} (by the seller\'s promise "{promise}"; {cites}; owed by the {owner})',
    ),
    "piece.remedy_local": (
        "{remedy}{money} (按{promise}, {cites}, 由{owner}负责)",
        "{remedy}{money} (by {promise}; {cites}; owed by the {owner})",
    ),
    "piece.local": ("{rule} [{promise}]", "{rule} [{promise}]"),
    "piece.promised": (
        "{rule} [经营者承诺: {promise}]",
        "{rule} [the seller's promise: {promise}]",
    ),
    "piece.money_full": (", 退还 {payable} 元", ", {payable} yuan back"),
    "piece.money_less": (
        ", 退还 {payable} 元 (价款 {price} 元, 扣 {used_days} 天折旧费 {fee} 元)",
        ", {payable} yuan back (price {price}, less {fee} for {used_days} days of use)",
    ),
    "piece.fee": (
        "价款 {price} 元, {used_days} 天折旧费 {fee} 元",
        "price {price}, fee {fee} for {used_days} days of use",
    ),
    "piece.money_no_fee": (
        ", 退还 {payable} 元, 不扣折旧费",
        ", {payable} yuan back, no depreciation kept",
    ),
    "piece.money_open": (", 金额待定", ", amount still open"),
    "piece.in_case": (", 如属: {rule}", ", in this case: {rule}"),
    "piece.rolled": (
        " (第 {day} 日是休息日, 顺延)",
        " (day {day} was a rest day, so it moved on)",
    ),
    "piece.stretched": (
        " (修理占用的 {days}不计入, 期限顺延)",
        " (the time in repair, {days}, is not counted, so it moved on)",
    ),
    "piece.provisional": (
        " (暂定, 当年放假安排未公布)",
        " (provisional: that year's holidays are not published)",
    ),
    "piece.deducted": (" (含修理占用的 {days})", " ({days} in repair included)"),
    "piece.day": ("{days} 天", "{days} day"),
    "piece.days": ("{days} 天", "{days} days"),
    "piece.left": ("还余 {days}", "{days} left"),
    "piece.none_left": ("当日即为最后一日", "that is the last day"),
    "piece.from": (" (自 {on} 起)", " (from {on})"),
    "piece.from.penalty8.within_15_days": (" (最迟 {on})", " (by {on})"),
    "piece.single": ("仅见一份文本", "one copy only"),
    "piece.inferred": ("推定", "inferred"),
    "piece.marked": ("{text} [{mark}]", "{text} [{mark}]"),
    "piece.cite": ("{law}第{place}条", "{law} art. {place}"),
    "piece.cite_item": ("{law}第{place}条第{item}项", "{law} art. {place}({item})"),
    "piece.cite_appendix": ("{law}附录{place}", "{law} app. {place}"),
    "piece.law_fallback": ("{law}", "{law}"),
    "piece.barred": ("另有障碍: {rules}", "but barred by: {rules}"),
}

_CHECKS: Final = {
    "check.inside": (
        "{claimed} {did}, 最后一日为 {last}, 自 {start} ({since}) 起算, {left}",
        "{did} on {claimed}; the last day is {last}, counted from {start} ({since}); {left}",
    ),
    "check.inside.numbered": (
        "第 {day} 日 ({claimed}) {did}, 最后一日为第 {last_day} 日 ({last}), "
        "自 {start} ({since}) 起算, {left}",
        "{did} on day {day} ({claimed}); the last day is day {last_day} ({last}), counted from "
        "{start} ({since}); {left}",
    ),
    "check.late": (
        "{claimed} {did}, 最后一日为 {last}, 自 {start} ({since}) 起算, 已过 {days}",
        "{did} on {claimed}; the last day was {last}, counted from {start} ({since}); "
        "{days} too late",
    ),
    "check.late.numbered": (
        "第 {day} 日 ({claimed}) {did}, 最后一日为第 {last_day} 日 ({last}), "
        "自 {start} ({since}) 起算, 已过 {days}",
        "{did} on day {day} ({claimed}); the last day was day {last_day} ({last}), counted from "
        "{start} ({since}); {days} too late",
    ),
    "check.passed": (
        "{claimed} {did}, 自 {start} ({since}) 起算的期限已于 {last} 届满, 已过 {days}",
        "{did} on {claimed}; the time counted from {start} ({since}) ended on {last}, "
        "{days} before",
    ),
    "check.passed.numbered": (
        "第 {day} 日 ({claimed}) {did}, 自 {start} ({since}) 起算的期限已于第 {last_day} 日 "
        "({last}) 届满, 已过 {days}",
        "{did} on day {day} ({claimed}); the time counted from {start} ({since}) ended on day "
        "{last_day} ({last}), {days} before",
    ),
    "check.early": (
        "{claimed} {did}, 自 {start} ({since}) 起算的期限至 {last} 才届满, 早了 {days}",
        "{did} on {claimed}; the time counted from {start} ({since}) runs to {last}; "
        "{days} too early",
    ),
    "check.early.numbered": (
        "第 {day} 日 ({claimed}) {did}, 自 {start} ({since}) 起算的期限至第 {last_day} 日 "
        "({last}) 才届满, 早了 {days}",
        "{did} on day {day} ({claimed}); the time counted from {start} ({since}) runs to day "
        "{last_day} ({last}); {days} too early",
    ),
    "did.claimed_on": ("申请", "claimed"),
    "did.held_on": ("提出", "asked for"),
    "did.period_held_on": ("提出", "asked for"),
    "did.found_on": ("发现", "found"),
    "did.again_on": ("再次提出", "brought again"),
    "since.refund_window_start": ("售出、收货或换货之日", "sale, delivery or exchange"),
    "check.number": (
        "{fact}: {actual}, 需要 {threshold}",
        "{fact}: {actual}, needed: {threshold}",
    ),
    "check.code": (
        "{fact}: {actual} (规则所指: {threshold})",
        "{fact}: {actual} (the rule asks for: {threshold})",
    ),
    "check.not_before": (
        "{fact}: {actual}, 不早于 {threshold}",
        "{fact}: {actual}, not before {threshold}",
    ),
    "check.value": ("{fact}: {actual}", "{fact}: {actual}"),
    "check.owed": ("有权换货: {rules}", "an exchange is owed: {rules}"),
    "check.not_owed": ("没有换货的权利", "no exchange is owed"),
    "check.other_owed": ("已有权: {rules}", "owed already: {rules}"),
    "check.other_not_owed": ("没有: {rules}", "not owed: {rules}"),
    "check.unknown": ("{fact}不明", "{fact} not known"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
}

_RULES: Final = {
    "rule.art2.catalogue": ("商品不在三包目录内", "the goods are not in the catalogue"),
    "rule.art2.place": ("商品不是在中国大陆销售的", "the goods were not sold in mainland China"),
    "rule.art2.second_hand": ("商品是二手的", "the goods are second-hand"),
    "rule.art31.date": (
        "销售早于规定施行日 {day}",
        "sold before the regulation came into force on {day}",
    ),
    "rule.art10.no_fault": ("未检出故障", "no fault was found"),
    "rule.art10.wear": ("只是磨损或外观问题", "only wear or a matter of looks"),
    "rule.app3.unlisted": (
        "附件的故障不在性能故障表内",
        "the accessory's fault is not among the listed performance faults",
    ),
    "rule.app3.network": ("由网络原因造成", "caused by the network"),
    "rule.art10.sim_data": ("由 SIM 卡数据造成", "caused by data on the SIM card"),
    "rule.art24.expired": ("三包有效期已过", "the three-guarantees period is over"),
    "rule.art24.no_evidence": (
        "没有凭证, 也没有其他证明",
        "there are no papers and nothing else proves the date",
    ),
    "rule.art24.voucher": (
        "三包凭证被涂改或与商品不符",
        "the voucher was altered or does not match the unit",
    ),
    "rule.art24.misuse": (
        "因未按说明书使用、维护、保管造成损坏",
        "damage caused by not using, maintaining or caring for it as the manual says",
    ),
    "rule.art24.opened": (
        "因非三包修理者拆动造成损坏",
        "damage caused by opening by someone who is not a guarantee repairer",
    ),
    "rule.art24.force_majeure": ("因不可抗力造成损坏", "damage caused by force majeure"),
    "rule.art9.full": ("发票与三包凭证齐全", "original invoice and intact voucher"),
    "rule.art9.proven": (
        "凭证不全, 但能证明在三包期内",
        "papers incomplete, but the date is proved",
    ),
    "rule.art9.factory": ("只有出厂日期可依", "only the factory date is known"),
    "rule.art9.none": ("没有任何凭证", "nothing proves the purchase"),
    "rule.art11.refund": ("售出 {days} 日内的退货", "refund within {days} of sale"),
    "rule.art11.exchange": (
        "售出 {days} 日内更换手机和随机配件",
        "exchange of the phone with what came with it, within {days} of sale",
    ),
    "rule.art12.exchange": (
        "售出第 {first} 日至第 {last} 日更换主机",
        "exchange of the main unit from day {first} to day {last}",
    ),
    "rule.art13.exchange": (
        "{repairs}次修理后仍不正常而更换主机",
        "exchange of the main unit after {repairs} that did not help",
    ),
    "rule.art14.exchange": ("附件换货", "exchange of an accessory"),
    "rule.art14.refund": (
        "附件换货{times}次后仍有故障的退货",
        "refund of an accessory exchanged {times}",
    ),
    "rule.cpl45.refund": (
        "{repairs}次修理后仍不正常的全额退货",
        "refund in full after {repairs} that did not help",
    ),
    "rule.cpl54.refund": (
        "行政部门认定为不合格商品的退货",
        "refund of goods that an authority found unqualified",
    ),
    "rule.art16.exchange": (
        "待件超过 {days} 日而更换主机",
        "exchange of the main unit after more than {days} without parts",
    ),
    "rule.art17.exchange": (
        "修理者延误超过 {days} 日而更换主机",
        "exchange of the main unit after more than {days} at the repairer",
    ),
    "rule.art18.refund": (
        "应换货而无同型号同规格商品的退货",
        "refund because the same model is not in stock",
    ),
    "rule.art19.refund": (
        "有货可换而选择退货, 扣折旧费",
        "refund instead of an exchange, less depreciation",
    ),
    "rule.art10.repair": ("三包有效期内的免费修理", "free repair inside the period"),
    "rule.art10.again": (
        "修后 {days} 日内同一故障再现的免费修理",
        "free repair of a fault that came back within {days}",
    ),
}

_NOTES: Final = {
    "note.trader_must_prove": (
        "经营者所说的故障原因没有得到证明, 不免除三包责任: 收货或换货后 {time}内发现的, "
        "由经营者举证, 它的说法和您有异议的报告都不足以证明; 仍有争议的, 以检验为准",
        "the cause that the trader names is not proved and takes nothing away: for {time} from "
        "receipt or exchange it has to prove it, and neither its word nor a report that you "
        "contest will do; where that is disputed, an inspection decides",
    ),
    "note.inspection_decides": (
        "还没有人说明故障原因; 双方对原因有争议的, 以检验为准",
        "nobody has said what caused the fault; if that is disputed, an inspection decides",
    ),
    "note.inspection_decides.asserted": (
        "经营者说了故障原因, 但没有任何证明, 不免除三包责任; 双方有争议的, 以检验为准",
        "the trader names a cause and shows nothing for it, which takes nothing away; if that is "
        "disputed, an inspection decides",
    ),
    "note.inspection_may_decide": (
        "您对报告有异议的, 可以要求检验; 检验结论与报告不同的, 以检验为准, 可以再次申请",
        "if you contest the report you may ask for an inspection; where that finds otherwise it "
        "decides, and you may claim again",
    ),
    "note.nothing_left": (
        "折旧费已达全部价款, 无余款可退",
        "the depreciation fee takes the whole price, and nothing is left to pay back",
    ),
    "note.wait_or_refund": (
        "暂时无货时双方可以约定换货日期; 约不成, 消费者可以要求全额退款",
        "while none is in stock the parties may agree on a date; failing that, the full refund "
        "is there for the asking",
    ),
}

_PROOF: Final = {
    "proof.inspection": (
        "检验机构的结论写明了这一原因; 您可以要求看检验报告",
        "the inspection body names this cause; ask to see its report",
    ),
    "proof.report": (
        "修理者或生产者的检测报告写明了这一原因; 您可以要求看报告, 有疑问的可以要求检验",
        "a test report of the repairer or the maker names this cause; ask to see it, and for an "
        "inspection if you doubt it",
    ),
    "proof.consumer": (
        "这一原因是您自己说明的",
        "you named this cause yourself",
    ),
    "proof.trader": (
        "这一原因只有经营者的说法, 这里依所适用的规则采用; 您不同意的, 可以要求检验",
        "only the trader says so, and what is applied here lets that do; if you disagree, ask for "
        "an inspection",
    ),
}

_REMARKS: Final = {
    "remark.art2.catalogue": (
        "看销售者或生产者对这类商品是否另有承诺",
        "see what seller or producer promised for goods of this kind",
    ),
    "remark.art2.place": (
        "看销售者或生产者的保修承诺是否及于境外购买的商品",
        "see whether a promise of seller or producer reaches goods bought abroad",
    ),
    "remark.art2.second_hand": (
        "看销售者对二手商品是否另有承诺",
        "see what the seller promised for second-hand goods",
    ),
    "remark.art10.no_fault": (
        "故障再次出现的, 再次申请, 并说明具体现象",
        "if a fault shows later, claim again and say what happens",
    ),
    "remark.art10.wear": (
        "商品另有不能正常使用之处的, 说明具体现象, 再次申请",
        "if something also fails to work, claim again and say what happens",
    ),
    "remark.app3.unlisted": (
        "附件另有表内故障的, 说明具体现象, 再次申请",
        "if the accessory has a listed fault as well, claim again and say what happens",
    ),
    "remark.app3.network": (
        "信号问题向网络运营者反映",
        "turn to the network operator about the signal",
    ),
    "remark.art10.sim_data": (
        "请运营者检查或更换 SIM 卡",
        "have the operator check or replace the SIM card",
    ),
    "remark.art24.expired": (
        "看销售者或生产者是否承诺了更长的保修期",
        "see whether seller or maker promised a longer time",
    ),
    "remark.art24.no_evidence": (
        "找到发票的复印件、存根、完好的三包凭证或者订单、付款记录等其他有效证明的, 再次申请; "
        "主机也可以凭出厂日期",
        "claim again with a copy or stub of the invoice, an intact voucher or other valid proof "
        "such as an order or a payment; for a main unit the factory date may serve as well",
    ),
}

_CARRIES: Final = {
    "carries.art9.full": (
        "退货、换货、修理都可以办",
        "these papers carry refund, exchange and repair",
    ),
    "carries.art9.proven": (
        "这样的凭证可以换货和修理, 不能凭以直接退货",
        "such papers carry exchange and repair, and no refund of their own",
    ),
    "carries.art9.proven.refund": (
        "这样的凭证退货、换货、修理都可以办",
        "these papers carry refund, exchange and repair",
    ),
    "carries.art9.factory": (
        "只凭出厂日期可以修理, 不能换货和退货; 三包有效期自出厂日期后第 {days} 日起算",
        "the factory date alone carries repair, and neither exchange nor refund; the period "
        "counts from day {days} after it",
    ),
    "carries.art9.none": (
        "没有凭证, 三包的各项权利都不能主张",
        "without papers none of the guarantees can be claimed",
    ),
}

_GIVES: Final = {
    "gives.art11.refund": (", 一次付清", ", in one payment"),
    "gives.art14.refund": (", 一次付清", ", in one payment"),
    "gives.cpl45.refund": (", 一次付清", ", in one payment"),
    "gives.cpl54.refund": (", 一次付清", ", in one payment"),
    "gives.art18.refund": (", 一次付清", ", in one payment"),
    "gives.art11.exchange": (", 更换手机和随机配件", " of the phone with what came with it"),
    "gives.art12.exchange": (", 更换主机", " of the main unit"),
    "gives.art13.exchange": (", 更换主机", " of the main unit"),
    "gives.art16.exchange": (", 更换主机", " of the main unit"),
    "gives.art17.exchange": (", 更换主机", " of the main unit"),
}

_DUTIES: Final = {
    "duty.art15.loaner": (
        "修理超过 {days} 日, 应免费提供备用机, 直至修好交还",
        "a phone on loan, free, until the repaired one is back: the repair has passed {days}",
    ),
    "duty.art10.lasts_30_days": (
        "修好后应能正常使用 {days} 日以上",
        "the repaired unit must work for at least {days}",
    ),
    "duty.art20.new_goods": (
        "换给的应为同型号同规格的合格新品",
        "what is handed over must be new goods, sound and of the same model and specification",
    ),
    "duty.art21.period_restarts": (
        "三包有效期自换货之日重新计算",
        "the period starts again on the day of the exchange",
    ),
    "duty.art21.new_voucher": (
        "销售者应在发票背面写明换货日期并盖章, 另给新的三包凭证",
        "the seller stamps the back of the invoice with the day of the exchange and gives a new "
        "voucher",
    ),
    "duty.cpl24.transport": (
        "运输等必要费用由经营者承担",
        "the trader bears transport and like costs",
    ),
    "duty.penalty8.within_15_days": (
        "经营者应在您首次要求后 {days} 日内办完, 逾期视为故意拖延",
        "the trader has to perform within {days} of your first demand; later counts as deliberate "
        "delay",
    ),
    "duty.art5.voucher_due": (
        "销售者没有开给的三包凭证, 应当补开",
        "the voucher that the seller never issued has to be issued now",
    ),
    "duty.art4.plan_no_excuse": (
        "捆绑套餐不是拒绝的理由",
        "a bundled plan is no reason to refuse",
    ),
    "duty.art23.gift": ("赠品同样实行三包", "a gift carries the same guarantees"),
    "duty.art22.recourse": (
        "销售者可向责任方追偿",
        "the seller has recourse against whoever is at fault",
    ),
}

_WARNINGS: Final = {
    "warning.asked_before_exchange": (
        "首次要求日期 {value} 早于最后一次换货, 针对的是换回的那一台, 按申请日计",
        "first asked for on {value}, before the last exchange and for the unit given back; the "
        "day of the claim stands in its place",
    ),
    "warning.asked_before_lasting_repair": (
        "首次要求日期 {value} 之后曾修好并正常使用 30 日以上; 现在如为新的故障, "
        "首次要求日期应填这一次的",
        "first asked for on {value}, and then repaired and sound for more than 30 days; if this "
        "is a new failure, state when that was first complained of",
    ),
    "warning.appeared_before_exchange": (
        "故障出现日期 {value} 早于最后一次换货, 未计入",
        "the fault appeared on {value}, before the last exchange; not counted",
    ),
    "warning.admitted_and_contested": (
        "消费者既自认这一原因, 又有异议, 按自认处理",
        "the consumer both admits the cause and contests it; the admission stands",
    ),
    "warning.paid_price_without_price": (
        "只有实付金额 {value} 元, 没有发票价格, 退款按实付金额计",
        "{value} yuan paid and no invoice price: a refund goes by what was paid",
    ),
    "warning.paid_price_not_used": (
        "实付金额 {value} 元未计入: 2024-07-01 以前交付或申请的, 退款按发票价格计",
        "{value} yuan paid, not used: a refund of goods delivered or claimed before 2024-07-01 "
        "goes by the invoice price",
    ),
    "warning.second_hand_unsettled": (
        "商品是二手的: 三包规定是否适用尚无定论",
        "the goods are second-hand: whether the regulation reaches them is unsettled",
    ),
    "warning.repairs_before_exchange": (
        "送修日期 {value} 早于最后一次换货, 修的是换回的那一台, 未计入",
        "handed in on {value}, before the last exchange; it was the unit given back, and does not "
        "count",
    ),
    "warning.activated_before_sale": (
        "激活日期 {value} 早于销售日期",
        "activated on {value}, before the sale",
    ),
    "warning.activated_after_claim": (
        "激活日期 {value} 晚于申请日",
        "activated on {value}, after the claim",
    ),
    "warning.invoice_before_sale": (
        "发票日期 {value} 早于销售日期",
        "invoiced on {value}, before the sale",
    ),
    "warning.received_before_sale": (
        "收货日期 {value} 早于销售日期",
        "received on {value}, before the sale",
    ),
    "warning.received_after_claim": (
        "收货日期 {value} 晚于申请日",
        "received on {value}, after the claim",
    ),
    "warning.made_after_sale": (
        "出厂日期 {value} 晚于销售日期",
        "made on {value}, after the sale",
    ),
    "warning.exchange_before_sale": (
        "换货日期 {value} 早于销售日期, 未计入",
        "exchanged on {value}, before the sale; not counted",
    ),
    "warning.repair_after_claim": (
        "送修日期 {value} 晚于申请日, 未计入",
        "handed in on {value}, after the claim; not counted",
    ),
    "warning.hand_back_after_claim": (
        "取机日期 {value} 晚于申请日, 按仍在修理计",
        "handed back on {value}, after the claim; counted as still in repair",
    ),
    "warning.two_open_repairs": (
        "送修日期 {value}: 同时有两次未完成的修理",
        "handed in on {value} while another repair was open",
    ),
    "warning.symptom_of_other_goods": (
        "{value}不是这类商品的故障, 按一般质量问题处理",
        "a main unit has no {value}; taken as a quality problem of another kind",
    ),
    "warning.commitment_not_in_force": (
        "承诺 {value} 在销售之日未生效, 未计入",
        "the promise {value} was not in force on the day of the sale; left out",
    ),
}

_BRING: Final = {
    "bring.art11.refund": (
        "手机、发票原件、三包凭证",
        "the phone, the original invoice and the voucher",
    ),
    "bring.art14.refund": (
        "附件、发票原件、三包凭证",
        "the accessory, the original invoice and the voucher",
    ),
    "bring.art11.refund.not_issued": ("手机、发票原件", "the phone and the original invoice"),
    "bring.art14.refund.not_issued": (
        "附件、发票原件",
        "the accessory and the original invoice",
    ),
    "bring.cpl54.refund": (
        "商品、现有的购买凭证、行政部门认定不合格的文书",
        "the goods, what papers there are, and the finding of the authority",
    ),
    "bring.art13.exchange": (
        "手机、发票或其他购买证明、维修记录 (三包凭证、工单或换货单)",
        "the phone, the invoice or other proof, and the repair records (on the voucher, work "
        "orders or exchange slips)",
    ),
    "bring.art16.exchange": (
        "发票或其他购买证明、送修记录",
        "the invoice or other proof, and the repair record",
    ),
    "bring.art17.exchange": (
        "发票或其他购买证明、送修记录",
        "the invoice or other proof, and the repair record",
    ),
    "bring.refund": (
        "商品、发票或其他购买证明; 有三包凭证的一并带上",
        "the goods, the invoice or other proof, and the voucher if there is one",
    ),
    "bring.exchange": (
        "商品、发票或其他购买证明; 有三包凭证的一并带上",
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
}

_DATES: Final = {
    "date.refund_until": ("退货至 {on}", "refund to {on}"),
    "date.exchange_until": ("换货至 {on}", "exchange to {on}"),
    "date.period_ends_on": ("三包有效期至 {on}", "guarantees to {on}"),
    "date.period_ended_on": ("三包有效期已于 {on} 届满", "the guarantees ended on {on}"),
    "date.begins": ("如仍未修复, 自 {on} 起: {rule}", "if still unrepaired, from {on}: {rule}"),
}

_FIELDS: Final = {
    "field.purchase.sold_on": ("销售日期", "the date of sale"),
    "field.purchase.invoiced_on": ("发票日期", "the date of the invoice"),
    "field.purchase.price": ("发票价格", "the invoice price"),
    "field.purchase.standalone_price": ("附件单独售价", "the accessory's price on its own"),
    "field.evidence.invoice": (
        "发票 (原件、复印件、其他有效证明或没有)",
        "the invoice: original, copy, other valid proof of the sale date, or none",
    ),
    "field.evidence.voucher": ("三包凭证的情况", "the state of the voucher"),
    "field.fault.symptom": ("故障现象", "the fault"),
    "field.repairs.delay": ("修理延误的原因", "what delays the repair"),
    "field.product.complete": (
        "商品、附件及单据是否齐全完好",
        "whether goods, accessories and papers are complete",
    ),
    "field.product.housing_worn": ("外壳是否有磨损或划痕", "whether the housing is worn"),
    "field.fault.confirmed": (
        "是否经授权网点检测确认",
        "whether an authorised outlet has confirmed the fault",
    ),
    "field.commitments": ("所适用的承诺", "the promises that apply"),
    "field.same_model_in_stock": ("同型号同规格是否有货", "whether the same model is in stock"),
    "field.product.bought_with_phone": (
        "附件是否与手机一起购买",
        "whether the accessory was bought with a phone",
    ),
}

_CODES: Final = {
    "owner.seller": ("销售者", "seller"),
    "owner.repairer": ("修理者", "repairer"),
    "title.cn.mobile-2001": (
        "移动电话机商品修理更换退货责任规定",
        "mobile-phone three-guarantees regulation",
    ),
    "law.cn.mobile-2001": ("三包规定", "Regulation"),
    "law.cn.civil-code": ("民法典", "Civil Code"),
    "law.cn.consumer-protection-2013": ("消费者权益保护法", "Consumer Protection Law"),
    "law.cn.consumer-protection-1993": (
        "1993 年消费者权益保护法",
        "Consumer Protection Law of 1993",
    ),
    "law.cn.decree-778": ("消费者权益保护法实施条例", "Implementing Decree"),
    "law.cn.penalty-measures-2015": (
        "侵害消费者权益行为处罚办法",
        "Penalty Measures",
    ),
    "law.cn-zj.consumer-2017": (
        "浙江省实施消费者权益保护法办法",
        "Zhejiang Measures",
    ),
    "law.cn-js.consumer-2017": (
        "江苏省消费者权益保护条例",
        "Jiangsu Regulation",
    ),
    "code.handset": ("手持机", "hand-held phone"),
    "code.vehicle_phone": ("车载电话", "vehicle-mounted phone"),
    "code.fixed_station_phone": ("固定台站电话", "fixed-station phone"),
    "code.battery": ("电池", "battery"),
    "code.charger": ("充电器", "charger"),
    "code.wired_earphone": ("有线耳机", "wired earphone"),
    "code.terminal_card": ("移动终端卡", "mobile terminal card"),
    "code.data_card": ("数据接口卡", "data interface card"),
    "code.other": ("其他商品", "other goods"),
    "code.main_unit": ("主机", "main unit"),
    "code.accessory": ("附件", "accessory"),
    "code.function_fails": ("说明书所列功能失效", "a function in the manual fails"),
    "code.screen_fault": ("屏幕故障", "screen fault"),
    "code.cannot_start_or_connect": (
        "不能开机、登网或通信",
        "cannot switch on, register or communicate",
    ),
    "code.no_ring": ("不能振铃", "no ring"),
    "code.dialling_error": ("拨号错误", "dialling error"),
    "code.switches_off": ("自动关机", "switches itself off"),
    "code.sim_contact": ("SIM 卡接触不良", "poor SIM contact"),
    "code.keys_fail": ("按键失效", "keys fail"),
    "code.sound_fault": ("声音故障", "sound fault"),
    "code.housing_crack": ("壳体裂损", "cracked housing"),
    "code.charger_fault": ("充电器故障", "charger fault"),
    "code.battery_fault": ("电池故障", "battery fault"),
    "code.terminal_card_fault": ("终端卡故障", "terminal card fault"),
    "code.earphone_fault": ("耳机故障", "earphone fault"),
    "code.data_card_fault": ("数据卡故障", "data card fault"),
    "code.unlisted": ("表外现象", "not listed"),
    "code.wear": ("磨损或外观问题", "wear or looks"),
    "code.none": ("无", "none"),
    "code.defect": ("质量问题", "defect"),
    "code.misuse": ("使用不当", "misuse"),
    "code.liquid": ("进液", "liquid"),
    "code.impact": ("摔碰", "impact"),
    "code.unauthorised_opening": ("擅自拆动", "opened without authority"),
    "code.force_majeure": ("不可抗力", "force majeure"),
    "code.network": ("网络", "network"),
    "code.sim_data": ("SIM 卡数据", "SIM-card data"),
    "code.not_stated": ("未说明", "not stated"),
    "code.report": ("检测报告", "a test report"),
    "code.consumer": ("消费者自认", "the consumer"),
    "code.trader": ("经营者单方说法", "the trader alone"),
    "code.inspection": ("质检机构鉴定", "an inspection body"),
    "code.new": ("新品", "new"),
    "code.second_hand": ("二手", "second-hand"),
    "code.original": ("原件", "original"),
    "code.copy": ("复印件或存根", "copy or stub"),
    "code.invoice.other": ("其他有效证明", "other valid proof of the sale date"),
    "code.intact": ("完好", "intact"),
    "code.lost": ("遗失", "lost"),
    "code.not_issued": ("销售者未出具", "never issued by the seller"),
    "code.altered": ("被涂改", "altered"),
    "code.mismatched": ("与商品不符", "does not match"),
    "code.refund": ("退货", "refund"),
    "code.exchange": ("换货", "exchange"),
    "code.repair": ("修理", "repair"),
    "code.nothing": ("未提要求", "nothing in particular"),
}

_PAGE: Final = {
    "page.title": ("三包裁决", "Three-guarantees decision"),
    "page.findings": ("逐条认定", "All findings"),
    "page.rule": ("条款", "Rule"),
    "page.verdict": ("认定", "Verdict"),
    "page.checks": ("核对", "Checks"),
    "page.receipt": ("回执", "Receipt"),
    "verdict.holds": ("成立", "holds"),
    "verdict.fails": ("不成立", "fails"),
    "verdict.barred": ("受阻", "barred"),
    "verdict.unknown": ("不明", "unknown"),
}

MESSAGES: Final[dict[str, tuple[str, str]]] = {
    **_OUTCOMES,
    **_LINES,
    **_PIECES,
    **_CHECKS,
    **_RULES,
    **_NOTES,
    **_PROOF,
    **_REMARKS,
    **_CARRIES,
    **_GIVES,
    **_DUTIES,
    **_WARNINGS,
    **_BRING,
    **_DATES,
    **_FIELDS,
    **_CODES,
    **PROVINCE_MESSAGES,
    **_PAGE,
    **PAGE_MESSAGES,
    **CLERK_MESSAGES,
    **AUDITOR_MESSAGES,
    **READING_MESSAGES,
    **REASON_MESSAGES,
    **VOUCHER_MESSAGES,
    **CONDITION_MESSAGES,
    **COMPARISON_MESSAGES,
    **CHECKLIST_MESSAGES,
    **CIRCUMSTANCE_MESSAGES,
}
"""Every message by its id: (Chinese, English)."""


def language(code: object) -> Language:
    """Return ``code`` if it is a language of the catalogue.

    Raises :class:`~sanbao.ValidationError` naming the languages there are.
    """
    for known in LANGUAGES:
        if code == known:
            return known
    raise ValidationError.of("lang", code, f"must be one of {', '.join(LANGUAGES)}")


def lang_tag(lang: Language) -> str:
    """Return the language as HTML names it."""
    return "zh-CN" if lang == "zh" else "en"


def has(message: str) -> bool:
    """Say whether the catalogue has a message with this id."""
    return message in MESSAGES


def say(lang: Language, message: str, **values: object) -> str:
    """Return the message in ``lang`` with its placeholders filled in."""
    return MESSAGES[message][LANGUAGES.index(lang)].format(**values)
