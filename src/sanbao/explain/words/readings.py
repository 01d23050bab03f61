"""The contested readings in Chinese and English: 争议解释文案.

A part of the catalogue of :mod:`sanbao.explain.words.catalogue`, in the same form. For a reading
``x`` and a value ``y`` of it, ``reading.x`` is the question and ``reading.x.y`` what the value
means. Where each value comes from is in :mod:`sanbao.explain.words.sources`.
"""

from __future__ import annotations

from typing import Final

__all__ = ["READING_MESSAGES"]

READING_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "reading.first_day": (
        "期限的第一天算不算在内?",
        "Does the first day of a time limit count?",
    ),
    "reading.first_day.next_day": (
        "售出当日不计, 1 日售出的, 第 7 日是 8 日",
        "the day of sale is left out: for a sale on the 1st, day 7 is the 8th",
    ),
    "reading.first_day.same_day": (
        "售出当日就是第 1 日, 1 日售出的, 第 7 日是 7 日",
        "the day of sale is day 1: for a sale on the 1st, day 7 is the 7th",
    ),
    "reading.window_end": (
        "退货、换货期限的最后一日是休息日的, 是否顺延?",
        "Do the days for refund and exchange run on when the last one is a rest day?",
    ),
    "reading.window_end.roll": (
        "顺延到下一个工作日, 与三包有效期相同",
        "yes, to the next working day, as the period does",
    ),
    "reading.window_end.fixed": (
        "不顺延, 到日即止; 只有三包有效期顺延",
        "no, they end where they end; only the period runs on",
    ),
    "reading.rest_days": (
        "法定休假日指哪些日子?",
        "Which days are statutory holidays?",
    ),
    "reading.rest_days.weekends_too": (
        "周末和国务院公布的放假日, 调休上班的日子除外",
        "weekends and the days off that the State Council names, without make-up working days",
    ),
    "reading.rest_days.holidays_only": (
        "只指国务院通知写明的放假日, 普通周末不算",
        "only the days off that a notice of the State Council names, no ordinary weekend",
    ),
    "reading.windows_after_exchange": (
        "换货之后, 退货、换货期限是否重新起算?",
        "Do the days for refund and exchange start again after an exchange?",
    ),
    "reading.windows_after_exchange.restart": (
        "自换货之日重新起算",
        "yes, from the day of the exchange",
    ),
    "reading.windows_after_exchange.exchange_only": (
        "只有换货期限重新起算, 退货期限仍自售出或收货之日起算",
        "those for an exchange do; those for a refund run from sale or delivery all the same",
    ),
    "reading.windows_after_exchange.from_sale": (
        "仍自售出或收货之日起算",
        "no, they run from sale or delivery all the same",
    ),
    "reading.window_start": (
        "送货上门的, 售出之日是下单之日还是收货之日?",
        "Where goods are delivered, does the day of sale mean the sale or the delivery?",
    ),
    "reading.window_start.received": (
        "知道收货日期的, 从收货之日起算",
        "the day of delivery, where it is known",
    ),
    "reading.window_start.sold": (
        "从售出之日起算, 收货晚也不改变",
        "the day of sale, even where the goods came later",
    ),
    "reading.refund_papers": (
        "凭证不全但能证明日期的, 能否按第11条、第14条退货?",
        "Is there a refund by art. 11 or art. 14 on lesser papers that prove the date?",
    ),
    "reading.refund_papers.exchange_only": (
        "不能退货, 可以换货和修理",
        "no refund; exchange and repair",
    ),
    "reading.refund_papers.refund": (
        "可以退货",
        "a refund as well",
    ),
    "reading.window_day": (
        "期限以哪一天为准: 提出要求之日, 还是故障出现之日?",
        "Which day is held against the time limits: when a remedy was asked for, or when the "
        "fault appeared?",
    ),
    "reading.window_day.asked": (
        "首次向经营者提出要求之日",
        "the day a trader was first asked for a remedy",
    ),
    "reading.window_day.appeared": (
        "知道故障出现之日的, 以该日为准",
        "the day the fault appeared, where it is known",
    ),
    "reading.period_start": (
        "2024-07-01 以后交付的商品, 三包有效期从哪一天起算?",
        "From which day does the period run for goods delivered since 2024-07-01?",
    ),
    "reading.period_start.delivered": (
        "从交付之日",
        "from delivery",
    ),
    "reading.period_start.later": (
        "从交付之日和发票日期中较晚的一日",
        "from delivery or the invoice date, whichever is later",
    ),
    "reading.period_start.invoiced": (
        "仍从发票日期",
        "from the invoice date as before",
    ),
    "reading.repair_time_in_windows": (
        "2024-07-01 以后交付的商品, 修理占用的时间算不算在退货、换货期限内?",
        "Does time in repair count in the days for refund and exchange of goods delivered since "
        "2024-07-01?",
    ),
    "reading.repair_time_in_windows.excluded": (
        "不算, 期限相应延长",
        "no, the last day moves on by it",
    ),
    "reading.repair_time_in_windows.counted": (
        "算, 只有三包有效期扣除修理时间",
        "yes, only the period is extended by it",
    ),
    "reading.voucher_not_issued": (
        "销售者没有开给三包凭证的, 是否视为凭证不全?",
        "Is a voucher that the seller never issued a missing one?",
    ),
    "reading.voucher_not_issued.not_held_against": (
        "否, 开给凭证是销售者的义务, 不利后果不由消费者承担",
        "no, to issue it is the seller's duty, and the lack is not held against the consumer",
    ),
    "reading.voucher_not_issued.as_lost": (
        "是, 与遗失相同",
        "yes, as if it were lost",
    ),
    "reading.second_hand": (
        "二手商品是否适用三包规定?",
        "Does the regulation reach second-hand goods?",
    ),
    "reading.second_hand.covered": (
        "适用",
        "yes",
    ),
    "reading.second_hand.not_covered": (
        "不适用",
        "no",
    ),
    "reading.built_in_battery": (
        "机内电池是主机的一部分, 还是附件?",
        "Is a built-in battery part of the main unit, or an accessory?",
    ),
    "reading.built_in_battery.main_unit": (
        "主机的一部分, 随主机免费修理",
        "part of the main unit, and repaired free with it",
    ),
    "reading.built_in_battery.accessory": (
        "附件, 按电池的有效期和性能故障单独办理",
        "an accessory of its own, with the period and the fault listed for batteries",
    ),
    "reading.two_repairs": (
        "计入次数的修理是否须为同一故障?",
        "Must the repairs that lead to an exchange be for the same fault?",
    ),
    "reading.two_repairs.any_fault": (
        "不必, 表列的任何故障都计入",
        "no, repairs of any listed fault count",
    ),
    "reading.two_repairs.same_fault": (
        "须为这次申请的同一故障",
        "yes, only repairs of the fault now complained of count",
    ),
    "reading.repair_proof": (
        "哪些修理计入修理次数?",
        "Which repairs count towards the two?",
    ),
    "reading.repair_proof.recorded": (
        "修理者有记录的, 不论记在凭证、工单还是换货单上",
        "those the repairer recorded, be it on the voucher, a work order or an exchange slip",
    ),
    "reading.repair_proof.any_proof": (
        "没有记录但有其他证明的也计入",
        "those without a record as well",
    ),
    "reading.software_repair": (
        "只刷写软件的修理是否计入修理次数?",
        "Is a repair that only loaded software one of the two?",
    ),
    "reading.software_repair.counts": (
        "计入",
        "yes",
    ),
    "reading.software_repair.not_counted": (
        "不计入",
        "no",
    ),
    "reading.two_repairs_remedy": (
        "2014-03-15 以前申请的, 两次修理后仍不正常, 只能换货还是也可以全额退货?",
        "For claims before 2014-03-15, do two repairs that did not help give an exchange only, or "
        "a refund in full as well?",
    ),
    "reading.two_repairs_remedy.exchange": (
        "只能换货; 选择退款的按第19条",
        "an exchange; the money as art. 19 has it",
    ),
    "reading.two_repairs_remedy.refund_too": (
        "换货或者全额退货, 由消费者选择",
        "an exchange or a refund in full, at the consumer's choice",
    ),
    "reading.returning_fault": (
        "修好不久又出现的同一故障, 是否保留原来有效期内的权利?",
        "Does a fault that comes back soon after its repair keep the rights of the period?",
    ),
    "reading.returning_fault.one_fault": (
        "保留, 视为一个没有修好的故障",
        "yes, it is one fault that was never mended",
    ),
    "reading.returning_fault.new_fault": (
        "不保留, 有效期已过的只能再免费修理",
        "no; once the period is over it is repaired free again and no more",
    ),
    "reading.burden_of_proof": (
        "故障原因有争议的, 由谁证明?",
        "Who has to prove what caused the fault?",
    ),
    "reading.burden_of_proof.six_months": (
        "援引例外的经营者; 收货 6 个月内发现的, 消费者有异议时报告也不足, 此后报告足够",
        "the trader, who invokes the exception; for what is found within 6 months of receipt not "
        "even its report will do once contested, later it will",
    ),
    "reading.burden_of_proof.consumer_later": (
        "6 个月之后由消费者证明, 经营者的说法也足够",
        "after 6 months the consumer; the trader's bare word will do",
    ),
    "reading.burden_of_proof.trader_always": (
        "始终由经营者证明, 消费者有异议的报告不足",
        "the trader throughout; a contested report never will do",
    ),
    "reading.repair_end": (
        "修理占用的时间到哪一天为止?",
        "When does the time in repair end?",
    ),
    "reading.repair_end.handed_back": (
        "到消费者取回之日",
        "when the consumer has the goods back",
    ),
    "reading.repair_end.notified": (
        "通知取机之日早于取回之日的, 到通知之日",
        "when the consumer was told to fetch the goods, if that was earlier",
    ),
    "reading.repair_days": (
        "修理占用几天怎么数?",
        "How are the days of a repair counted?",
    ),
    "reading.repair_days.inclusive": (
        "送修当日和取回当日都计入",
        "the day handed in and the day handed back both count",
    ),
    "reading.repair_days.elapsed": (
        "取回当日不计, 当日送当日取为 0 天",
        "the day handed back does not count; in and out on one day is 0 days",
    ),
    "reading.repair_guarantee": (
        "修好后应正常使用的期间内, 哪种故障算没有修好?",
        "Which fault soon after a repair means that the repair did not last?",
    ),
    "reading.repair_guarantee.same_fault": (
        "同一故障再现",
        "the fault that was repaired",
    ),
    "reading.repair_guarantee.any_fault": (
        "任何质量问题",
        "any quality problem",
    ),
    "reading.depreciation": (
        "选择退货而不换货的, 要不要交折旧费?",
        "Is a depreciation fee due when a refund is chosen instead of an exchange?",
    ),
    "reading.depreciation.charged": (
        "要, 按附录1 的比率按日计算",
        "yes, a day's rate for every day of use, as Appendix 1 has it",
    ),
    "reading.depreciation.not_charged": (
        "不交, 退还全部价款",
        "no, the whole price is paid back",
    ),
    "reading.depreciation_start": (
        "换货以后, 折旧从哪一天起算?",
        "From which day does depreciation run after an exchange?",
    ),
    "reading.depreciation_start.from_exchange": (
        "从换货之日",
        "from the exchange",
    ),
    "reading.depreciation_start.from_invoice": (
        "从最初的发票日期, 扣除此后全部修理天数",
        "from the first invoice, less all days in repair since",
    ),
    "reading.depreciation_days": (
        "使用天数怎么数?",
        "How are the days of use counted?",
    ),
    "reading.depreciation_days.elapsed": (
        "两个日期相减, 第一天不计",
        "the difference of the two dates; the first day does not count",
    ),
    "reading.depreciation_days.inclusive": (
        "首尾两天都计入",
        "both dates are days of use",
    ),
    "reading.rounding": (
        "折旧费怎么取整到 0.01 元?",
        "How is the fee rounded to 0.01 yuan?",
    ),
    "reading.rounding.half_up": (
        "四舍五入",
        "half a fen is rounded up",
    ),
    "reading.rounding.down": (
        "舍去不足一分的部分",
        "what is less than a fen is dropped",
    ),
    "reading.rounding.half_even": (
        "半分时取偶数",
        "half a fen goes to the even neighbour",
    ),
}
"""Questions and meanings of the contested readings by their id: (Chinese, English)."""
