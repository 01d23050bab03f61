"""The words of the mobile-phone regulation: 移动电话机三包规定的用语.

What its rules and obligations, and the papers and duties they speak of, are called in Chinese and
English. Ids are those of the messages of :mod:`sanbao.explain.words.catalogue`: a group, then the
id of a rule. Nobody finds words here but through the law itself, its promises and the local
regulations beside it (:func:`sanbao.policies.library.words`), so that another law with a rule of
the same id never speaks these. Numbers are filled in from the conditions of the policy at hand:
:mod:`sanbao.explain.words.numbers` says how they are asked for. Loaded when something is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sanbao.policies.mobile_readings import READINGS
from sanbao.rules.provisions import Words

__all__ = ["WORDS"]

WORDS: Final[Mapping[str, Words]] = {
    "title.cn.mobile-2001": (
        "移动电话机商品修理更换退货责任规定",
        "mobile-phone three-guarantees regulation",
    ),
    "law.cn.mobile-2001": ("《手机三包规定》", "Regulation"),
    "law.cn.civil-code": ("《民法典》", "Civil Code"),
    "law.cn.consumer-protection-2013": ("《消费者权益保护法》", "Consumer Protection Law"),
    "law.cn.consumer-protection-1993": (
        "1993年《消费者权益保护法》",
        "Consumer Protection Law of 1993",
    ),
    "law.cn.decree-778": ("《消费者权益保护法实施条例》", "Implementing Decree"),
    "law.cn.penalty-measures-2015": (
        "《侵害消费者权益行为处罚办法》",
        "Penalty Measures",
    ),
    "law.cn-zj.consumer-2017": (
        "《浙江省实施〈消费者权益保护法〉办法》",
        "Zhejiang Measures",
    ),
    "law.cn-js.consumer-2017": (
        "《江苏省消费者权益保护条例》",
        "Jiangsu Regulation",
    ),
    "rule.art2.catalogue": ("商品不在三包目录内", "the goods are not in the catalogue"),
    "rule.art2.place": ("商品不是在中国大陆销售的", "the goods were not sold in mainland China"),
    "rule.art2.second_hand": ("商品是二手的", "the goods are second-hand"),
    "rule.art31.date": (
        "销售早于规定施行日{day}",
        "sold before the regulation came into force on {day}",
    ),
    "rule.art10.no_fault": ("未检出故障", "no fault was found"),
    "rule.art10.wear": ("只是磨损或外观问题", "only wear or a matter of looks"),
    "rule.app3.unlisted": (
        "附件的故障不在性能故障表内",
        "the accessory's fault is not among the listed performance faults",
    ),
    "rule.app3.network": ("由网络原因造成", "caused by the network"),
    "rule.art10.sim_data": ("由SIM卡数据造成", "caused by data on the SIM card"),
    "rule.art24.expired": ("三包有效期已过", "the three-guarantees period is over"),
    "rule.art24.no_evidence": (
        "没有凭证，也没有其他证明",
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
        "凭证不全，但能证明在三包期内",
        "papers incomplete, but the date is proved",
    ),
    "rule.art9.factory": ("只有出厂日期可依", "only the factory date is known"),
    "rule.art9.none": ("没有任何凭证", "nothing proves the purchase"),
    "rule.art11.refund": ("{window:days}日内的退货", "refund within {window:days}"),
    "rule.art11.exchange": (
        "{window:days}日内更换手机和随机配件",
        "exchange of the phone with what came with it, within {window:days}",
    ),
    "rule.art12.exchange": (
        "第{after_window}至{window}日更换主机",
        "exchange of the main unit from day {after_window} to day {window}",
    ),
    "rule.art13.exchange": (
        "{count:repairs}次修理后仍不正常而更换主机",
        "exchange of the main unit after {count:repairs} that did not help",
    ),
    "rule.art14.exchange": ("附件换货", "exchange of an accessory"),
    "rule.art14.refund": (
        "附件换货{count:times}次后仍有故障的退货",
        "refund of an accessory exchanged {count:times}",
    ),
    "rule.cpl45.refund": (
        "{count:repairs}次修理后仍不正常的全额退货",
        "refund in full after {count:repairs} that did not help",
    ),
    "rule.cpl54.refund": (
        "行政部门认定为不合格商品的退货",
        "refund of goods that an authority found unqualified",
    ),
    "rule.art16.exchange": (
        "待件超过{overdue:days}日而更换主机",
        "exchange of the main unit after more than {overdue:days} without parts",
    ),
    "rule.art17.exchange": (
        "修理者延误超过{overdue:days}日而更换主机",
        "exchange of the main unit after more than {overdue:days} at the repairer",
    ),
    "rule.art18.refund": (
        "应换货而无同型号同规格商品的退货",
        "refund because the same model is not in stock",
    ),
    "rule.art19.refund": (
        "有货可换而选择退货，扣折旧费",
        "refund instead of an exchange, less depreciation",
    ),
    "rule.art10.repair": ("三包有效期内的免费修理", "free repair inside the period"),
    "rule.art10.again": (
        "修后{within:days}日内同一故障再现的免费修理",
        "free repair of a fault that came back within {within:days}",
    ),
    "carries.art9.full": (
        "凭证齐全，不影响任何一项权利",
        "the papers are complete and take no right away",
    ),
    "carries.art9.proven": (
        "这样的凭证可以换货和修理，不能凭以直接退货",
        "such papers carry exchange and repair, and no refund of their own",
    ),
    "carries.art9.proven.refund": (
        "这样的凭证不影响任何一项权利",
        "such papers take no right away",
    ),
    "carries.art9.factory": (
        "只凭出厂日期可以修理，不能换货和退货；"
        "三包有效期自出厂日期后第{policy[factory_days]}日起算",
        "the factory date alone carries repair, and neither exchange nor refund; the period "
        "counts from day {policy[factory_days]} after it",
    ),
    "carries.art9.none": (
        "没有凭证，三包的各项权利都不能主张",
        "without papers none of the guarantees can be claimed",
    ),
    "gives.art11.refund": ("，一次付清", ", in one payment"),
    "gives.art14.refund": ("，一次付清", ", in one payment"),
    "gives.cpl45.refund": ("，一次付清", ", in one payment"),
    "gives.cpl54.refund": ("，一次付清", ", in one payment"),
    "gives.art18.refund": ("，一次付清", ", in one payment"),
    "gives.art11.exchange": ("，更换手机和随机配件", " of the phone with what came with it"),
    "gives.art12.exchange": ("，更换主机", " of the main unit"),
    "gives.art13.exchange": ("，更换主机", " of the main unit"),
    "gives.art16.exchange": ("，更换主机", " of the main unit"),
    "gives.art17.exchange": ("，更换主机", " of the main unit"),
    "duty.art15.loaner": (
        "修理超过{overdue:days}日，应免费提供备用机，直至修好交还",
        "a phone on loan, free, until the repaired one is back: the repair has passed "
        "{overdue:days}",
    ),
    "duty.art10.lasts_30_days": (
        "修好后应能正常使用{within[art10.again]:days}日以上",
        "the repaired unit must work for at least {within[art10.again]:days}",
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
        "销售者应在发票背面写明换货日期并盖章，另给新的三包凭证",
        "the seller stamps the back of the invoice with the day of the exchange and gives a new "
        "voucher",
    ),
    "duty.cpl24.transport": (
        "运输等必要费用由经营者承担",
        "the trader bears transport and like costs",
    ),
    "duty.penalty8.within_15_days": (
        "经营者应在首次要求后{due:days}日内办完，逾期视为故意拖延",
        "the trader has to perform within {due:days} of your first demand; later counts as "
        "deliberate delay",
    ),
    "duty.art5.voucher_due": (
        "销售者没有开给的三包凭证，应当补开",
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
    "piece.from.penalty8.within_15_days": ("（最迟{on}）", " (by {on})"),
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
        "以后出现故障的，再次申请，并说明具体现象",
        "if a fault shows later, claim again and say what happens",
    ),
    "remark.art10.wear": (
        "商品另有不能正常使用之处的，说明具体现象，再次申请",
        "if something also fails to work, claim again and say what happens",
    ),
    "remark.app3.unlisted": (
        "附件另有表内故障的，说明具体现象，再次申请",
        "if the accessory has a listed fault as well, claim again and say what happens",
    ),
    "remark.app3.network": (
        "信号问题向网络运营者反映",
        "turn to the network operator about the signal",
    ),
    "remark.art10.sim_data": (
        "请运营者检查或更换SIM卡",
        "have the operator check or replace the SIM card",
    ),
    "remark.art24.expired": (
        "看销售者或生产者是否承诺了更长的保修期",
        "see whether seller or maker promised a longer time",
    ),
    "remark.art24.no_evidence": (
        "找到发票的复印件、存根、完好的三包凭证或者订单、付款记录等其他有效证明的，再次申请；"
        "主机也可以凭出厂日期",
        "claim again with a copy or stub of the invoice, an intact voucher or other valid proof "
        "such as an order or a payment; for a main unit the factory date may serve as well",
    ),
    "proof.art2.catalogue": (
        "看商品是哪一种就能确定，双方都不必另行证明",
        "the kind of the goods shows it, and nobody has to prove more",
    ),
    "proof.art2.place": (
        "看购买凭证上的销售地；您能证明是在中国大陆购买的，可以提出",
        "the papers show where it was sold; bring forward what shows a sale in the mainland",
    ),
    "proof.art2.second_hand": (
        "看购买时的约定和凭证；经营者说是二手的，由它证明售出时已经说明",
        "the terms and the papers of the sale show it; a trader who calls the goods second-hand "
        "has to show that they were sold as such",
    ),
    "proof.art31.date": (
        "看凭证上的日期；您有凭证证明是以后购买的，可以提出",
        "the dates on the papers show it; bring forward what shows a later sale",
    ),
    "proof.art10.no_fault": (
        "这是检查的结果；您可以要求当面检查，有异议的可以要求检验",
        "this is what the examination found; ask to see it done, and for an inspection if you "
        "disagree",
    ),
    "proof.art10.wear": (
        "这是检查的结果；您可以要求当面检查，有异议的可以要求检验",
        "this is what the examination found; ask to see it done, and for an inspection if you "
        "disagree",
    ),
    "proof.app3.unlisted": (
        "看检查发现的是哪一种故障；您认为属于表内故障的，可以要求当面检查",
        "it is what the examination found that counts; if you take the fault for a listed one, "
        "ask to see it examined",
    ),
    "proof.art24.expired": (
        "看发票、三包凭证等证明上的日期；您有凭证证明另一日期的，可以提出",
        "the dates on invoice, voucher or other proof show it; bring forward what shows another "
        "date",
    ),
    "proof.art24.no_evidence": (
        "购买日期由您证明，任何一种有效证明都可以，经营者自己的销售记录也算",
        "the date of the purchase is for you to prove, by any valid paper, the trader's own record "
        "of the sale too",
    ),
    "proof.art24.voucher": (
        "三包凭证与商品当面核对；经营者说不符或者涂改的，由它证明哪里不符、哪里涂改",
        "voucher and unit are compared before you; a trader who says that it does not match or was "
        "altered has to prove where",
    ),
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
        "手机、发票或其他购买证明、维修记录（三包凭证、工单或换货单）",
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
    "besides.returned": (
        "故障修好不久又出现，与{on}送修的是同一故障（《手机三包规定》第10条）；当时在三包有效期内，"
        "有效期届满不影响您的权利",
        "the fault came back soon after its repair and is the one handed in on {on} (Regulation "
        "art. 10); the period was running then, and that it has ended takes nothing from you",
    ),
    "besides.late_repairs": (
        "三包有效期届满以后送修的，修理时间不再延长有效期（《手机三包规定》第8条）",
        "time in repair after a hand-in later than the end of the period gives nothing back "
        "(Regulation art. 8)",
    ),
    "besides.given_back": (
        "换货以前的修理（送修日期{days}）修的是换回的那一台，不再计入；"
        "换给您的这一台自换货之日重新计算（《手机三包规定》第21条）",
        "the repairs before the exchange (handed in on {days}) were of the unit given back and "
        "count no more; the one you have now counts anew from the exchange (Regulation art. 21)",
    ),
    "besides.not_issued": (
        "三包凭证是销售者没有开给的，不影响您的权利（《手机三包规定》第5条）",
        "that the seller never issued a voucher is not held against you (Regulation art. 5)",
    ),
    "besides.any_problem": (
        "主机有质量问题的都可以免费修理，不限于性能故障表；退货、换货才要求表列的故障",
        "any quality problem of the main unit is repaired free, listed or not; it is refund and "
        "exchange that ask for a listed fault",
    ),
    "besides.contract": (
        "三包以外：商品交付时就不符合质量要求的，还可以依据买卖合同要求修理、更换、退货或者赔偿"
        "（《民法典》第582条、第617条）",
        "beside the guarantees: where the goods were below quality when they were delivered, the "
        "contract of sale may still give repair, replacement, return or damages (Civil Code "
        "art. 582 and art. 617)",
    ),
    "besides.contract_1999": (
        "三包以外：商品交付时就不符合质量要求的，还可以依据买卖合同要求修理、更换、退货或者赔偿"
        "（当时的《合同法》第111条、第155条）",
        "beside the guarantees: where the goods were below quality when they were delivered, the "
        "contract of sale may still give repair, replacement, return or damages (Contract Law of "
        "that time, art. 111 and art. 155)",
    ),
    "besides.inspection": (
        "检验由依法授权的产品质量检验机构或者省级以上主管部门的检验机构做（《手机三包规定》第29条）",
        "an inspection is made by a product-quality body authorised by law, or one under the "
        "provincial or a higher authority (Regulation art. 29)",
    ),
    "besides.inspection_by_decree": (
        "检验由依法授权的产品质量检验机构做（《手机三包规定》第29条），机构由双方商定，"
        "商定不了的由受理投诉的部门指定（《消费者权益保护法实施条例》第47条）",
        "an inspection is made by a product-quality body authorised by law (Regulation art. 29), "
        "on which both agree or, failing that, which the authority names that takes the complaint "
        "(Implementing Decree art. 47)",
    ),
    "clerk.check.art24.voucher": (
        "有三包凭证的，所载型号和IMEI应与商品一致，没有涂改（{cites}）。",
        "Where there is a voucher, model and IMEI on it agree with the goods, and nothing on it "
        "was altered ({cites}).",
    ),
    "clerk.write.art21.period_restarts": (
        "三包有效期的新起算日：{on}（{cites}）。",
        "The day on which the period starts again: {on} ({cites}).",
    ),
    "clerk.write.art21.new_voucher": (
        "在发票背面写明换货日期{on}并盖章，另给新的三包凭证（{cites}）。",
        "The day of the exchange, {on}, with the stamp on the back of the invoice; and a new "
        "voucher ({cites}).",
    ),
    "clerk.record": (
        "维修记录，记在三包凭证上，没有凭证的记在工单上：{items}（《手机三包规定》第6条、附录2）。",
        "The repair record, on the voucher or, without one, on the work order: {items} "
        "(Regulation art. 6, app. 2).",
    ),
    "clerk.write.refund": (
        "三包凭证上的退换货证明：退货日期和金额（《手机三包规定》附录2）。",
        "The certificate of exchange or return on the voucher: day and amount of the refund "
        "(Regulation app. 2).",
    ),
    "clerk.write.exchange": (
        "原三包凭证上的退换货证明：换货日期（《手机三包规定》附录2）。",
        "The certificate of exchange or return on the old voucher: the day of the exchange "
        "(Regulation app. 2).",
    ),
    "clerk.duty.penalty8.within_15_days": (
        "最迟{on}：{duty}（{cites}）。",
        "By {on}: {duty} ({cites}).",
    ),
    "audit.why.refused": (
        "：第24条只说“可以”收费修理",
        ": art. 24 says only that such a repair may be done",
    ),
    **{message: words for one in READINGS.values() for message, words in one.messages()},
}
"""Every message of the law by its id: (Chinese, English)."""
