"""What rules, obligations, notes and warnings say, in Chinese and English: 条款文案.

A part of the catalogue of :mod:`sanbao.explain.words.catalogue`, in the same form. Ids are those of
the policy and of the JSON contract, after a prefix: ``rule.art11.refund``. Numbers of a policy are
left open: see :mod:`sanbao.explain.words.numbers`.
"""

from __future__ import annotations

from typing import Final

__all__ = ["RULE_MESSAGES"]

RULE_MESSAGES: Final[dict[str, tuple[str, str]]] = {
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
"""Every message on rules by its id: (Chinese, English)."""
