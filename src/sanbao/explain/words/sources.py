"""Where the values of contested readings come from, in Chinese and English: 解释来源文案.

A part of the catalogue of :mod:`sanbao.explain.words.catalogue`, in the same form. For a value
``y`` of a reading ``x``, ``source.x.y`` names law, a regulator, a court, a consumer council, a
maker's published promise, or the text of the article itself. Where nobody was found who uses a
value, its source says so.
"""

from __future__ import annotations

from typing import Final

__all__ = ["SOURCE_MESSAGES"]

_NONE_FOUND: Final = (
    "未见有人采用; 条文本身不排除这种读法",
    "nobody was found who uses it; the text permits it",
)

SOURCE_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "source.first_day.next_day": (
        "民法典第201条, 此前为民法总则第201条、民法通则第154条; 消费者协会 2014 年的说法和法院 "
        "2023 年给消费者的提示; 网购七日无理由退货的规章也从签收次日起算; 华为公布的三包政策",
        "Civil Code art. 201, before it General Provisions art. 201 and General Principles "
        "art. 154; the consumer association in 2014 and guidance of a court in 2023; the rule on "
        "distance sales, which counts from the day after receipt; the published policy of Huawei",
    ),
    "source.first_day.same_day": (
        "vivo 对自营商城公布的承诺; 部分商家的做法; 民法典第204条允许另有约定",
        "the promise vivo published for its own shop; practice of some shops; Civil Code "
        "art. 204 lets parties agree otherwise",
    ),
    "source.window_end.roll": (
        "民法典第203条; 法院 2023 年给消费者的提示; 2009 年一起调解按顺延后的第 9 日退货",
        "Civil Code art. 203; guidance of a court to consumers, 2023; a mediation of 2009, which "
        "gave a refund on day 9, to which the last day had moved",
    ),
    "source.window_end.fixed": (
        "三包规定第8条只写了三包有效期的顺延",
        "Regulation art. 8, which moves the end of the period and of nothing else",
    ),
    "source.rest_days.weekends_too": (
        "法院对这个词的用法",
        "the way courts use the term",
    ),
    "source.rest_days.holidays_only": (
        "对这个词的狭义理解",
        "the term itself, read narrowly",
    ),
    "source.windows_after_exchange.restart": (
        "三包规定第21条; 江苏省的条例写明退货期限也重新起算; 某地消费者委员会 2024 年的处理: "
        "换货两日后又坏的, 重新给 15 日; vivo 公布的承诺",
        "Regulation art. 21; the regulation of Jiangsu, which names return as well; a consumer "
        "council in 2024: a unit that failed two days after an exchange was given 15 new days; "
        "the promise vivo published",
    ),
    "source.windows_after_exchange.exchange_only": (
        "消费者权益保护法实施条例第18条: 换货后重新计算的是更换、修理等期限, 没有写退货",
        "Implementing Decree art. 18, by which the terms of exchange, repair and the like start "
        "again; it leaves return out",
    ),
    "source.windows_after_exchange.from_sale": (
        "三包规定第11条、第12条从售出之日起算, 第21条只写三包有效期重新计算",
        "Regulation art. 11 and art. 12 count from the sale; art. 21 starts only the period again",
    ),
    "source.window_start.received": (
        "民法典第512条: 网购以签收为交付; 各厂商的政策页面",
        "Civil Code art. 512, by which receipt is delivery in electronic commerce; pages of makers",
    ),
    "source.window_start.sold": (
        "三包规定第11条、第12条的字面",
        "Regulation art. 11 and art. 12 as they are worded",
    ),
    "source.refund_papers.exchange_only": (
        "三包规定第9条只写了修理和换货; 同一号令的固定电话规定写了退货, 可见是有意不写",
        "Regulation art. 9, which names exchange and repair only; the rule on fixed telephones of "
        "the same Order names refund, so that leaving it out was meant",
    ),
    "source.refund_papers.refund": (
        "1995 年一般三包规定的官方释义允许凭证不全而能证明的退货",
        "the official commentary on the general three-guarantees rule of 1995, which lets lesser "
        "papers carry a refund",
    ),
    "source.window_day.asked": (
        "市场监管部门的处理: 第 6 日提出要求、第 22 日才处理的, 仍予换货",
        "a market regulator: asked for on day 6 and settled on day 22, the exchange was given",
    ),
    "source.window_day.appeared": (
        "三包规定第11条、第12条写的是期限内出现故障; 律师 2023 年的答复",
        "Regulation art. 11 and art. 12, which speak of faults that occur within the days; the "
        "answer of a lawyer, 2023",
    ),
    "source.period_start.delivered": (
        "消费者权益保护法实施条例第18条, 效力高于三包规定第8条; 同一主管部门 2021 年的汽车三包规定"
        "在两日不同时也以交付为准",
        "Implementing Decree art. 18, which ranks above Regulation art. 8; the same authority's "
        "rule on cars of 2021, which goes by delivery where the two days differ",
    ),
    "source.period_start.later": (
        "把条例第18条和三包规定第8条都看作对消费者的最低保护",
        "Implementing Decree art. 18 and Regulation art. 8, each taken as a floor",
    ),
    "source.period_start.invoiced": (
        "三包规定第8条; 条例第18条的文字可以理解为只指约定的期限",
        "Regulation art. 8; the words of Implementing Decree art. 18 may mean agreed terms only",
    ),
    "source.repair_time_in_windows.excluded": (
        "消费者权益保护法实施条例第18条: 所说的期限包括退货和更换的期限",
        "Implementing Decree art. 18: the terms it speaks of are those of return and exchange too",
    ),
    "source.repair_time_in_windows.counted": (
        "三包规定第8条只写了三包有效期; 条例第18条的文字可以理解为只指约定的期限",
        "Regulation art. 8, which speaks of the period only; the words of Implementing Decree "
        "art. 18 may mean agreed terms only",
    ),
    "source.voucher_not_issued.not_held_against": (
        "三包规定第5条要求销售者交付填写完整的三包凭证",
        "Regulation art. 5, by which the seller hands over a completely filled voucher",
    ),
    "source.voucher_not_issued.as_lost": (
        "三包规定第9条要求发票和三包凭证两样",
        "Regulation art. 9, which asks for invoice and voucher both",
    ),
    "source.second_hand.covered": (
        "三包规定第2条没有限于新品; 未见裁判或者主管部门的意见",
        "Regulation art. 2, which does not say new goods; no ruling was found",
    ),
    "source.second_hand.not_covered": _NONE_FOUND,
    "source.built_in_battery.main_unit": (
        "部分厂商的政策页面; 附录1 成于 2001 年, 所列电池是可以取下的",
        "pages of some makers; Appendix 1 is of 2001, when batteries came out",
    ),
    "source.built_in_battery.accessory": (
        "附录1 把电池列为附件; 部分厂商的政策页面",
        "Appendix 1, which lists batteries; pages of some makers",
    ),
    "source.two_repairs.any_fault": (
        "三包规定第13条没有要求同一故障; 一家厂商 2013 年在中央电台的说法: 不必是同一故障",
        "Regulation art. 13, which does not ask for one fault; a maker on national radio in 2013: "
        "it need not be the same",
    ),
    "source.two_repairs.same_fault": (
        "两地消费者委员会 2014 年和 2021 年的调解提到同一故障",
        "consumer councils, mediating in 2014 and 2021, spoke of the same fault",
    ),
    "source.repair_proof.recorded": (
        "三包规定第13条; 一起调解中修理者出具的换货单被采用, 另一起中没有记录的修理未计入",
        "Regulation art. 13; in one mediated case an exchange slip of the repairer served, in "
        "another a repair without a record did not count",
    ),
    "source.repair_proof.any_proof": (
        "浙江省的办法第30条: 录音、照片和经营者开具的单据可以证明修理次数",
        "the regulation of Zhejiang, art. 30: recordings, photographs and slips of the trader "
        "prove the number of repairs",
    ),
    "source.software_repair.counts": (
        "某地消费者委员会 2012 年的意见和一家法院 2007 年的判决: 规定不区分硬件和软件",
        "a consumer council in 2012 and a court in 2007: the regulation does not tell hardware "
        "from software",
    ),
    "source.software_repair.not_counted": (
        "一家厂商 2013 年的做法: 软件处理不开工单",
        "a maker in 2013, which wrote no work order for software",
    ),
    "source.two_repairs_remedy.exchange": (
        "三包规定第13条、第19条",
        "Regulation art. 13 and art. 19",
    ),
    "source.two_repairs_remedy.refund_too": (
        "1993 年消费者权益保护法第45条, 没有写折旧费",
        "Consumer Protection Law of 1993 art. 45, which names no fee",
    ),
    "source.returning_fault.one_fault": (
        "三包规定第10条: 修好后应能正常使用 30 日以上",
        "Regulation art. 10, by which a repaired unit works for at least 30 days",
    ),
    "source.returning_fault.new_fault": (
        "三包规定第10条只写了修理, 第24条第1项没有写例外",
        "Regulation art. 10, which names the repair only, and art. 24(1), which has no exception",
    ),
    "source.burden_of_proof.six_months": (
        "消费者权益保护法第23条; 北京一家法院和某地消费者委员会 2013 年的意见: 援引例外者举证",
        "Consumer Protection Law art. 23; a court in Beijing and a consumer council in 2013: who "
        "invokes an exception proves it",
    ),
    "source.burden_of_proof.consumer_later": (
        "商家的做法: 以自家网点的一线检测为准; 消费者权益保护法第23条对 6 个月以后没有规定",
        "shops, which go by the first line of their own outlet; Consumer Protection Law art. 23 is "
        "silent on what comes after the 6 months",
    ),
    "source.burden_of_proof.trader_always": (
        "浙江省的办法第30条: 有效期内始终由经营者举证",
        "the regulation of Zhejiang, art. 30, by which the trader proves it for the whole period",
    ),
    "source.repair_end.handed_back": (
        "三包规定第8条扣除修理占用的时间; 修好后没有人通知的, 也是修理者占用",
        "Regulation art. 8, which deducts the time the repair took; goods that lie there because "
        "nobody called are still the repairer's time",
    ),
    "source.repair_end.notified": _NONE_FOUND,
    "source.repair_days.inclusive": (
        "三包规定第8条没有写数法, 取对消费者有利的一种",
        "Regulation art. 8 does not say how; this favours the consumer",
    ),
    "source.repair_days.elapsed": _NONE_FOUND,
    "source.repair_guarantee.same_fault": (
        "各厂商的政策页面",
        "pages of makers",
    ),
    "source.repair_guarantee.any_fault": (
        "三包规定第10条要求商品能正常使用",
        "Regulation art. 10, which asks that the goods work normally",
    ),
    "source.depreciation.charged": (
        "三包规定第19条和附录1",
        "Regulation art. 19 and Appendix 1",
    ),
    "source.depreciation.not_charged": (
        "上海某基层法院 2007 年判决 (修理 7 次, 价款 3099 元): 按违约责任全额退款, "
        "认为折旧费没有法律依据; 某地市场监管部门 2015 年的处理; 浙江省的办法第26条; "
        "消费者权益保护法实施条例第18条按发票价格退款, 没有写例外",
        "a court of first instance in Shanghai, 2007 (7 repairs, a price of 3099 yuan): the full "
        "price as remedy for breach of contract, the fee having no basis in statute; a market "
        "regulator, 2015; the regulation of Zhejiang, art. 26; Implementing Decree art. 18, which "
        "refunds the invoice price and writes no exception",
    ),
    "source.depreciation_start.from_exchange": (
        "三包规定第21条: 三包有效期自换货重新计算; 某经销商 2010 年公布的答复",
        "Regulation art. 21, by which the period starts again; the published answer of a dealer, "
        "2010",
    ),
    "source.depreciation_start.from_invoice": (
        "三包规定第19条的字面",
        "Regulation art. 19 as it is worded",
    ),
    "source.depreciation_days.elapsed": (
        "民法典第201条",
        "Civil Code art. 201",
    ),
    "source.depreciation_days.inclusive": _NONE_FOUND,
    "source.rounding.half_up": (
        "现金收付的惯例; 规定没有写",
        "practice in cash dealings; the regulation is silent",
    ),
    "source.rounding.down": _NONE_FOUND,
    "source.rounding.half_even": _NONE_FOUND,
}
"""The source of every value of a reading by its id: (Chinese, English)."""
