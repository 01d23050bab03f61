"""The contested readings in Chinese and English: 争议解释文案.

A part of the catalogue of :mod:`sanbao.explain.messages`, in the same form. For a reading
``x`` and a value ``y`` of it, ``reading.x`` is the question, ``reading.x.y`` what the value
means and ``source.x.y`` where it comes from: law, a regulator, a court, a consumer council,
a maker's published promise, or the text of the article itself. Where nobody was found who
uses a value, its source says so.
"""

from __future__ import annotations

from typing import Final

__all__ = ["READING_MESSAGES"]

_NONE_FOUND: Final = (
    "未见有人采用; 条文本身不排除这种读法",
    "nobody was found who uses it; the text permits it",
)

_WINDOWS: Final = {
    "reading.first_day": (
        "期限的第一天算不算在内?",
        "Does the first day of a time limit count?",
    ),
    "reading.first_day.next_day": (
        "售出当日不计, 1 日售出的, 第 7 日是 8 日",
        "the day of sale is left out: for a sale on the 1st, day 7 is the 8th",
    ),
    "source.first_day.next_day": (
        "民法典第201条, 此前为民法总则第201条、民法通则第154条; 法院 2023 年给消费者的提示; "
        "华为公布的三包政策",
        "Civil Code art. 201, before it General Provisions art. 201 and General Principles "
        "art. 154; guidance of a court to consumers, 2023; the published policy of Huawei",
    ),
    "reading.first_day.same_day": (
        "售出当日就是第 1 日, 1 日售出的, 第 7 日是 7 日",
        "the day of sale is day 1: for a sale on the 1st, day 7 is the 7th",
    ),
    "source.first_day.same_day": (
        "vivo 对自营商城公布的承诺; 部分商家的做法; 民法典第204条允许另有约定",
        "the promise vivo published for its own shop; practice of some shops; Civil Code "
        "art. 204 lets parties agree otherwise",
    ),
    "reading.window_end": (
        "退货、换货期限的最后一日是休息日的, 是否顺延?",
        "Do the days for refund and exchange run on when the last one is a rest day?",
    ),
    "reading.window_end.roll": (
        "顺延到下一个工作日, 与三包有效期相同",
        "yes, to the next working day, as the period does",
    ),
    "source.window_end.roll": (
        "民法典第203条; 法院 2023 年给消费者的提示",
        "Civil Code art. 203; guidance of a court to consumers, 2023",
    ),
    "reading.window_end.fixed": (
        "不顺延, 到日即止; 只有三包有效期顺延",
        "no, they end where they end; only the period runs on",
    ),
    "source.window_end.fixed": (
        "三包规定第8条只写了三包有效期的顺延",
        "Regulation art. 8, which moves the end of the period and of nothing else",
    ),
    "reading.rest_days": (
        "法定休假日指哪些日子?",
        "Which days are statutory holidays?",
    ),
    "reading.rest_days.weekends_too": (
        "周末和国务院公布的放假日, 调休上班的日子除外",
        "weekends and the days off that the State Council names, without make-up working days",
    ),
    "source.rest_days.weekends_too": (
        "法院对这个词的用法",
        "the way courts use the term",
    ),
    "reading.rest_days.holidays_only": (
        "只指国务院通知写明的放假日, 普通周末不算",
        "only the days off that a notice of the State Council names, no ordinary weekend",
    ),
    "source.rest_days.holidays_only": (
        "对这个词的狭义理解",
        "the term itself, read narrowly",
    ),
    "reading.windows_after_exchange": (
        "换货之后, 退货、换货期限是否重新起算?",
        "Do the days for refund and exchange start again after an exchange?",
    ),
    "reading.windows_after_exchange.restart": (
        "自换货之日重新起算",
        "yes, from the day of the exchange",
    ),
    "source.windows_after_exchange.restart": (
        "某地消费者委员会 2024 年的处理: 换货两日后又坏的, 重新给 15 日; vivo 公布的承诺",
        "a consumer council in 2024: a unit that failed two days after an exchange was given "
        "15 new days; the promise vivo published",
    ),
    "reading.windows_after_exchange.from_sale": (
        "仍自售出或收货之日起算",
        "no, they run from sale or delivery all the same",
    ),
    "source.windows_after_exchange.from_sale": (
        "三包规定第11条、第12条从售出之日起算, 第21条只写三包有效期重新计算",
        "Regulation art. 11 and art. 12 count from the sale; art. 21 starts only the period again",
    ),
    "reading.window_start": (
        "送货上门的, 售出之日是下单之日还是收货之日?",
        "Where goods are delivered, does the day of sale mean the sale or the delivery?",
    ),
    "reading.window_start.received": (
        "知道收货日期的, 从收货之日起算",
        "the day of delivery, where it is known",
    ),
    "source.window_start.received": (
        "民法典第512条: 网购以签收为交付; 各厂商的政策页面",
        "Civil Code art. 512, by which receipt is delivery in electronic commerce; pages of makers",
    ),
    "reading.window_start.sold": (
        "从售出之日起算, 收货晚也不改变",
        "the day of sale, even where the goods came later",
    ),
    "source.window_start.sold": (
        "三包规定第11条、第12条的字面",
        "Regulation art. 11 and art. 12 as they are worded",
    ),
    "reading.refund_papers": (
        "凭证不全但能证明日期的, 能否按第11条退货?",
        "Is there a refund by art. 11 on lesser papers that prove the date?",
    ),
    "reading.refund_papers.exchange_only": (
        "不能退货, 可以换货和修理",
        "no refund; exchange and repair",
    ),
    "source.refund_papers.exchange_only": (
        "三包规定第9条只写了修理和换货",
        "Regulation art. 9, which names exchange and repair only",
    ),
    "reading.refund_papers.refund": (
        "可以退货",
        "a refund as well",
    ),
    "source.refund_papers.refund": _NONE_FOUND,
}

_REPAIRS: Final = {
    "reading.two_repairs": (
        "计入次数的修理是否须为同一故障?",
        "Must the repairs that lead to an exchange be for the same fault?",
    ),
    "reading.two_repairs.any_fault": (
        "不必, 表列的任何故障都计入",
        "no, repairs of any listed fault count",
    ),
    "source.two_repairs.any_fault": (
        "三包规定第13条没有要求同一故障",
        "Regulation art. 13, which does not ask for one fault",
    ),
    "reading.two_repairs.same_fault": (
        "须为这次申请的同一故障",
        "yes, only repairs of the fault now complained of count",
    ),
    "source.two_repairs.same_fault": (
        "某地消费者委员会 2021 年的一次调解提到同一故障",
        "a consumer council, mediating in 2021, spoke of the same fault",
    ),
    "reading.repair_proof": (
        "哪些修理计入修理次数?",
        "Which repairs count towards the two?",
    ),
    "reading.repair_proof.recorded": (
        "修理者有记录的, 不论记在凭证、工单还是换货单上",
        "those the repairer recorded, be it on the voucher, a work order or an exchange slip",
    ),
    "source.repair_proof.recorded": (
        "三包规定第13条; 一起调解中修理者出具的换货单被采用, 另一起中没有记录的修理未计入",
        "Regulation art. 13; in one mediated case an exchange slip of the repairer served, in "
        "another a repair without a record did not count",
    ),
    "reading.repair_proof.any_proof": (
        "没有记录但有其他证明的也计入",
        "those without a record as well",
    ),
    "source.repair_proof.any_proof": _NONE_FOUND,
    "reading.repair_end": (
        "修理占用的时间到哪一天为止?",
        "When does the time in repair end?",
    ),
    "reading.repair_end.handed_back": (
        "到消费者取回之日",
        "when the consumer has the goods back",
    ),
    "source.repair_end.handed_back": (
        "三包规定第8条扣除修理占用的时间; 修好后没有人通知的, 也是修理者占用",
        "Regulation art. 8, which deducts the time the repair took; goods that lie there because "
        "nobody called are still the repairer's time",
    ),
    "reading.repair_end.notified": (
        "通知取机之日早于取回之日的, 到通知之日",
        "when the consumer was told to fetch the goods, if that was earlier",
    ),
    "source.repair_end.notified": _NONE_FOUND,
    "reading.repair_days": (
        "修理占用几天怎么数?",
        "How are the days of a repair counted?",
    ),
    "reading.repair_days.inclusive": (
        "送修当日和取回当日都计入",
        "the day handed in and the day handed back both count",
    ),
    "source.repair_days.inclusive": (
        "三包规定第8条没有写数法, 取对消费者有利的一种",
        "Regulation art. 8 does not say how; this favours the consumer",
    ),
    "reading.repair_days.elapsed": (
        "取回当日不计, 当日送当日取为 0 天",
        "the day handed back does not count; in and out on one day is 0 days",
    ),
    "source.repair_days.elapsed": _NONE_FOUND,
    "reading.repair_guarantee": (
        "修好后应正常使用的期间内, 哪种故障算没有修好?",
        "Which fault soon after a repair means that the repair did not last?",
    ),
    "reading.repair_guarantee.same_fault": (
        "同一故障再现",
        "the fault that was repaired",
    ),
    "source.repair_guarantee.same_fault": (
        "各厂商的政策页面",
        "pages of makers",
    ),
    "reading.repair_guarantee.any_fault": (
        "任何质量问题",
        "any quality problem",
    ),
    "source.repair_guarantee.any_fault": (
        "三包规定第10条要求商品能正常使用",
        "Regulation art. 10, which asks that the goods work normally",
    ),
}

_MONEY: Final = {
    "reading.depreciation": (
        "选择退货而不换货的, 要不要交折旧费?",
        "Is a depreciation fee due when a refund is chosen instead of an exchange?",
    ),
    "reading.depreciation.charged": (
        "要, 按附录1 的比率按日计算",
        "yes, a day's rate for every day of use, as Appendix 1 has it",
    ),
    "source.depreciation.charged": (
        "三包规定第19条和附录1",
        "Regulation art. 19 and Appendix 1",
    ),
    "reading.depreciation.not_charged": (
        "不交, 退还全部价款",
        "no, the whole price is paid back",
    ),
    "source.depreciation.not_charged": (
        "上海某基层法院 2007 年判决 (修理 7 次, 价款 3099 元): 按违约责任全额退款, "
        "认为折旧费没有法律依据",
        "a court of first instance in Shanghai, 2007 (7 repairs, a price of 3099 yuan): the full "
        "price as remedy for breach of contract, the fee having no basis in statute",
    ),
    "reading.depreciation_start": (
        "换货以后, 折旧从哪一天起算?",
        "From which day does depreciation run after an exchange?",
    ),
    "reading.depreciation_start.from_exchange": (
        "从换货之日",
        "from the exchange",
    ),
    "source.depreciation_start.from_exchange": (
        "三包规定第21条: 三包有效期自换货重新计算; 某经销商 2010 年公布的答复",
        "Regulation art. 21, by which the period starts again; the published answer of a dealer, "
        "2010",
    ),
    "reading.depreciation_start.from_invoice": (
        "从最初的发票日期, 扣除此后全部修理天数",
        "from the first invoice, less all days in repair since",
    ),
    "source.depreciation_start.from_invoice": (
        "三包规定第19条的字面",
        "Regulation art. 19 as it is worded",
    ),
    "reading.depreciation_days": (
        "使用天数怎么数?",
        "How are the days of use counted?",
    ),
    "reading.depreciation_days.elapsed": (
        "两个日期相减, 第一天不计",
        "the difference of the two dates; the first day does not count",
    ),
    "source.depreciation_days.elapsed": (
        "民法典第201条",
        "Civil Code art. 201",
    ),
    "reading.depreciation_days.inclusive": (
        "首尾两天都计入",
        "both dates are days of use",
    ),
    "source.depreciation_days.inclusive": _NONE_FOUND,
    "reading.rounding": (
        "折旧费怎么取整到 0.01 元?",
        "How is the fee rounded to 0.01 yuan?",
    ),
    "reading.rounding.half_up": (
        "四舍五入",
        "half a fen is rounded up",
    ),
    "source.rounding.half_up": (
        "现金收付的惯例; 规定没有写",
        "practice in cash dealings; the regulation is silent",
    ),
    "reading.rounding.down": (
        "舍去不足一分的部分",
        "what is less than a fen is dropped",
    ),
    "source.rounding.down": _NONE_FOUND,
    "reading.rounding.half_even": (
        "半分时取偶数",
        "half a fen goes to the even neighbour",
    ),
    "source.rounding.half_even": _NONE_FOUND,
}

READING_MESSAGES: Final[dict[str, tuple[str, str]]] = {**_WINDOWS, **_REPAIRS, **_MONEY}
"""Every message on the contested readings by its id: (Chinese, English)."""
