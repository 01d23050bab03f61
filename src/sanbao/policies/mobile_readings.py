"""The contested readings of the mobile-phone regulation: 移动电话机三包规定的争议解释.

One declaration for each question the regulation leaves open, in the order of
:class:`~sanbao.Readings`. Its source names law, a regulator, a court, a consumer council, a
maker's published promise, or the text of the article itself; where nobody was found who uses a
value, it says so. Why a question is open, and what it changes, is in ``docs/en/readings.md``.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from sanbao.policies.instruments import (
    DECREE_778_ART_18,
    appendix,
    art,
    civil_code,
    consumer_law,
    consumer_law_1993,
)
from sanbao.rules.contested_reading import ContestedReading

__all__ = ["READINGS"]

_WINDOWS: Final = (art(11), art(12))
_NOBODY: Final = (
    "未见有人采用；条文本身不排除这种读法",
    "nobody was found who uses it; the text permits it",
)

_DECLARED: Final = (
    ContestedReading(
        "first_day",
        (
            "期限的第一天算不算在内？",
            "Does the first day of a time limit count?",
        ),
        (*_WINDOWS, art(8), civil_code(201), civil_code(204)),
        ("window", "period"),
        next_day=(
            "售出当日不计，1日售出的，第7日是8日",
            "the day of sale is left out: for a sale on the 1st, day 7 is the 8th",
            "《民法典》第201条，此前为《民法总则》第201条、《民法通则》第154条；消费者协会2014"
            "年的说法和法院2023年给消费者的提示；网购七日无理由退货的规章也从签收次日起算；"
            "华为公布的三包政策",
            "Civil Code art. 201, before it General Provisions art. 201 and General Principles "
            "art. 154; the consumer association in 2014 and guidance of a court in 2023; the "
            "rule on distance sales, which counts from the day after receipt; the published "
            "policy of Huawei",
        ),
        same_day=(
            "售出当日就是第1日，1日售出的，第7日是7日",
            "the day of sale is day 1: for a sale on the 1st, day 7 is the 7th",
            "vivo对自营商城公布的承诺；部分商家的做法；《民法典》第204条允许另有约定",
            "the promise vivo published for its own shop; practice of some shops; Civil Code "
            "art. 204 lets parties agree otherwise",
        ),
    ),
    ContestedReading(
        "window_end",
        (
            "退货、换货期限的最后一日是休息日的，是否顺延？",
            "Do the days for refund and exchange run on when the last one is a rest day?",
        ),
        (*_WINDOWS, art(8), civil_code(203)),
        ("window",),
        roll=(
            "顺延到下一个工作日，与三包有效期相同",
            "yes, to the next working day, as the period does",
            "《民法典》第203条；法院2023年给消费者的提示；2009年一起调解按顺延后的第9日退货",
            "Civil Code art. 203; guidance of a court to consumers, 2023; a mediation of 2009, "
            "which gave a refund on day 9, to which the last day had moved",
        ),
        fixed=(
            "不顺延，到日即止；只有三包有效期顺延",
            "no, they end where they end; only the period runs on",
            "《手机三包规定》第8条只写了三包有效期的顺延",
            "Regulation art. 8, which moves the end of the period and of nothing else",
        ),
    ),
    ContestedReading(
        "rest_days",
        (
            "法定休假日指哪些日子？",
            "Which days are statutory holidays?",
        ),
        (art(8), civil_code(203)),
        ("window", "period"),
        weekends_too=(
            "周末和国务院公布的放假日，调休上班的日子除外",
            "weekends and the days off that the State Council names, without make-up working days",
            "法院对这个词的用法",
            "the way courts use the term",
        ),
        holidays_only=(
            "只指国务院通知写明的放假日，普通周末不算",
            "only the days off that a notice of the State Council names, no ordinary weekend",
            "对这个词的狭义理解",
            "the term itself, read narrowly",
        ),
    ),
    ContestedReading(
        "two_repairs",
        (
            "计入次数的修理是否须为同一故障？",
            "Must the repairs that lead to an exchange be for the same fault?",
        ),
        (art(13),),
        ("at_least",),
        any_fault=(
            "不必，表列的任何故障都计入",
            "no, repairs of any listed fault count",
            "《手机三包规定》第13条没有要求同一故障；一家厂商2013年在中央电台的说法：不必是同一故障",
            "Regulation art. 13, which does not ask for one fault; a maker on national radio in "
            "2013: it need not be the same",
        ),
        same_fault=(
            "须为这次申请的同一故障",
            "yes, only repairs of the fault now complained of count",
            "两地消费者委员会2014年和2021年的调解提到同一故障",
            "consumer councils, mediating in 2014 and 2021, spoke of the same fault",
        ),
    ),
    ContestedReading(
        "repair_proof",
        (
            "哪些修理计入修理次数{count[art13.exchange]:english}？",
            "Which repairs count towards the {count[art13.exchange]:english}?",
        ),
        (art(13), art(6), appendix(2)),
        ("at_least",),
        recorded=(
            "修理者有记录的，不论记在凭证、工单还是换货单上",
            "those the repairer recorded, be it on the voucher, a work order or an exchange slip",
            "《手机三包规定》第13条；一起调解中修理者出具的换货单被采用，另一起中没有记录的修理未计入",
            "Regulation art. 13; in one mediated case an exchange slip of the repairer served, "
            "in another a repair without a record did not count",
        ),
        any_proof=(
            "没有记录但有其他证明的也计入",
            "those without a record as well",
            "浙江省的办法第30条：录音、照片和经营者开具的单据可以证明修理次数",
            "the regulation of Zhejiang, art. 30: recordings, photographs and slips of the "
            "trader prove the number of repairs",
        ),
    ),
    ContestedReading(
        "windows_after_exchange",
        (
            "换货之后，退货、换货期限是否重新起算？",
            "Do the days for refund and exchange start again after an exchange?",
        ),
        (*_WINDOWS, art(21)),
        ("window",),
        restart=(
            "自换货之日重新起算",
            "yes, from the day of the exchange",
            "《手机三包规定》第21条；江苏省的条例写明退货期限也重新起算；某地消费者委员会2024年的处理："
            "换货两日后又坏的，重新给15日；vivo公布的承诺",
            "Regulation art. 21; the regulation of Jiangsu, which names return as well; a "
            "consumer council in 2024: a unit that failed two days after an exchange was given "
            "15 new days; the promise vivo published",
        ),
        exchange_only=(
            "只有换货期限重新起算，退货期限仍自售出或收货之日起算",
            "those for an exchange do; those for a refund run from sale or delivery all the same",
            "《消费者权益保护法实施条例》第18条：换货后重新计算的是更换、修理等期限，没有写退货",
            "Implementing Decree art. 18, by which the terms of exchange, repair and the like "
            "start again; it leaves return out",
        ),
        from_sale=(
            "仍自售出或收货之日起算",
            "no, they run from sale or delivery all the same",
            "《手机三包规定》第11条、第12条从售出之日起算，第21条只写三包有效期重新计算",
            "Regulation art. 11 and art. 12 count from the sale; art. 21 starts only the period "
            "again",
        ),
    ),
    ContestedReading(
        "depreciation_start",
        (
            "换货以后，折旧从哪一天起算？",
            "From which day does depreciation run after an exchange?",
        ),
        (art(19), art(21)),
        ("money",),
        from_exchange=(
            "从换货之日",
            "from the exchange",
            "《手机三包规定》第21条：三包有效期自换货重新计算；某经销商2010年公布的答复",
            "Regulation art. 21, by which the period starts again; the published answer of a "
            "dealer, 2010",
        ),
        from_invoice=(
            "从最初的发票日期，扣除此后全部修理天数",
            "from the first invoice, less all days in repair since",
            "《手机三包规定》第19条的字面",
            "Regulation art. 19 as it is worded",
        ),
    ),
    ContestedReading(
        "refund_papers",
        (
            "凭证不全但能证明日期的，能否按第11条、第14条退货？",
            "Is there a refund by art. 11 or art. 14 on lesser papers that prove the date?",
        ),
        (art(9), art(11), art(14)),
        ("papers",),
        exchange_only=(
            "不能退货，可以换货和修理",
            "no refund; exchange and repair",
            "《手机三包规定》第9条只写了修理和换货；同一号令的固定电话规定写了退货，可见是有意不写",
            "Regulation art. 9, which names exchange and repair only; the rule on fixed "
            "telephones of the same Order names refund, so that leaving it out was meant",
        ),
        refund=(
            "可以退货",
            "a refund as well",
            "1995年一般三包规定的官方释义允许凭证不全而能证明的退货",
            "the official commentary on the general three-guarantees rule of 1995, which lets "
            "lesser papers carry a refund",
        ),
    ),
    ContestedReading(
        "repair_end",
        (
            "修理占用的时间到哪一天为止？",
            "When does the time in repair end?",
        ),
        (art(8), art(19)),
        ("period", "money"),
        handed_back=(
            "到消费者取回之日",
            "when the consumer has the goods back",
            "《手机三包规定》第8条扣除修理占用的时间；修好后没有人通知的，也是修理者占用",
            "Regulation art. 8, which deducts the time the repair took; goods that lie there "
            "because nobody called are still the repairer's time",
        ),
        notified=(
            "通知取机之日早于取回之日的，到通知之日",
            "when the consumer was told to fetch the goods, if that was earlier",
            *_NOBODY,
        ),
    ),
    ContestedReading(
        "repair_days",
        (
            "修理占用几天怎么数？",
            "How are the days of a repair counted?",
        ),
        (art(8), art(19)),
        ("period", "money"),
        inclusive=(
            "送修当日和取回当日都计入",
            "the day handed in and the day handed back both count",
            "《手机三包规定》第8条没有写数法，取对消费者有利的一种",
            "Regulation art. 8 does not say how; this favours the consumer",
        ),
        elapsed=(
            "取回当日不计，当日送当日取为0天",
            "the day handed back does not count; in and out on one day is 0 days",
            *_NOBODY,
        ),
    ),
    ContestedReading(
        "depreciation_days",
        (
            "使用天数怎么数？",
            "How are the days of use counted?",
        ),
        (art(19), civil_code(201)),
        ("money",),
        elapsed=(
            "两个日期相减，第一天不计",
            "the difference of the two dates; the first day does not count",
            "《民法典》第201条",
            "Civil Code art. 201",
        ),
        inclusive=(
            "首尾两天都计入",
            "both dates are days of use",
            *_NOBODY,
        ),
    ),
    ContestedReading(
        "window_start",
        (
            "送货上门的，售出之日是下单之日还是收货之日？",
            "Where goods are delivered, does the day of sale mean the sale or the delivery?",
        ),
        (*_WINDOWS, civil_code(512)),
        ("window",),
        received=(
            "知道收货日期的，从收货之日起算",
            "the day of delivery, where it is known",
            "《民法典》第512条：网购以签收为交付；各厂商的政策页面",
            "Civil Code art. 512, by which receipt is delivery in electronic commerce; pages of "
            "makers",
        ),
        sold=(
            "从售出之日起算，收货晚也不改变",
            "the day of sale, even where the goods came later",
            "《手机三包规定》第11条、第12条的字面",
            "Regulation art. 11 and art. 12 as they are worded",
        ),
    ),
    ContestedReading(
        "repair_guarantee",
        (
            "修好后应正常使用的期间内，哪种故障算没有修好？",
            "Which fault soon after a repair means that the repair did not last?",
        ),
        (art(10),),
        ("elapsed",),
        same_fault=(
            "同一故障再现",
            "the fault that was repaired",
            "各厂商的政策页面",
            "pages of makers",
        ),
        any_fault=(
            "任何质量问题",
            "any quality problem",
            "《手机三包规定》第10条要求商品能正常使用",
            "Regulation art. 10, which asks that the goods work normally",
        ),
    ),
    ContestedReading(
        "depreciation",
        (
            "选择退货而不换货的，要不要交折旧费？",
            "Is a depreciation fee due when a refund is chosen instead of an exchange?",
        ),
        (art(19), appendix(1)),
        ("money",),
        charged=(
            "要，按附录1的比率按日计算",
            "yes, a day's rate for every day of use, as Appendix 1 has it",
            "《手机三包规定》第19条和附录1",
            "Regulation art. 19 and Appendix 1",
        ),
        not_charged=(
            "不交，退还全部价款",
            "no, the whole price is paid back",
            "上海某基层法院2007年判决（修理7次，价款3099元）：按违约责任全额退款，"
            "认为折旧费没有法律依据；某地市场监管部门2015年的处理；浙江省的办法第26条；"
            "《消费者权益保护法实施条例》第18条按发票价格退款，没有写例外",
            "a court of first instance in Shanghai, 2007 (7 repairs, a price of 3099 yuan): the "
            "full price as remedy for breach of contract, the fee having no basis in statute; a "
            "market regulator, 2015; the regulation of Zhejiang, art. 26; Implementing Decree "
            "art. 18, which refunds the invoice price and writes no exception",
        ),
    ),
    ContestedReading(
        "rounding",
        (
            "折旧费怎么取整到0.01元？",
            "How is the fee rounded to 0.01 yuan?",
        ),
        (art(19),),
        ("money",),
        half_up=(
            "四舍五入",
            "half a fen is rounded up",
            "现金收付的惯例；规定没有写",
            "practice in cash dealings; the regulation is silent",
        ),
        down=(
            "舍去不足一分的部分",
            "what is less than a fen is dropped",
            *_NOBODY,
        ),
        half_even=(
            "半分时取偶数",
            "half a fen goes to the even neighbour",
            *_NOBODY,
        ),
    ),
    ContestedReading(
        "period_start",
        (
            "{since[period_from]}以后交付的商品，三包有效期从哪一天起算？",
            "From which day does the period run for goods delivered since {since[period_from]}?",
        ),
        (art(8), DECREE_778_ART_18),
        ("period",),
        delivered=(
            "从交付之日",
            "from delivery",
            "《消费者权益保护法实施条例》第18条，效力高于《手机三包规定》第8条；同一主管部门2021"
            "年的汽车三包规定在两日不同时也按交付日计算",
            "Implementing Decree art. 18, which ranks above Regulation art. 8; the same "
            "authority's rule on cars of 2021, which goes by delivery where the two days differ",
        ),
        later=(
            "从交付之日和发票日期中较晚的一日",
            "from delivery or the invoice date, whichever is later",
            "把条例第18条和《手机三包规定》第8条都看作对消费者的最低保护",
            "Implementing Decree art. 18 and Regulation art. 8, each taken as a floor",
        ),
        invoiced=(
            "仍从发票日期",
            "from the invoice date as before",
            "《手机三包规定》第8条；条例第18条的文字可以理解为只指约定的期限",
            "Regulation art. 8; the words of Implementing Decree art. 18 may mean agreed terms "
            "only",
        ),
    ),
    ContestedReading(
        "repair_time_in_windows",
        (
            "{since[windows_stretch]}以后交付的商品，修理占用的时间算不算在退货、换货期限内？",
            "Does time in repair count in the days for refund and exchange of goods delivered "
            "since {since[windows_stretch]}?",
        ),
        (*_WINDOWS, DECREE_778_ART_18),
        ("window",),
        excluded=(
            "不算，期限相应延长",
            "no, the last day moves on by it",
            "《消费者权益保护法实施条例》第18条：所说的期限包括退货和更换的期限",
            "Implementing Decree art. 18: the terms it speaks of are those of return and "
            "exchange too",
        ),
        counted=(
            "算，只有三包有效期扣除修理时间",
            "yes, only the period is extended by it",
            "《手机三包规定》第8条只写了三包有效期；条例第18条的文字可以理解为只指约定的期限",
            "Regulation art. 8, which speaks of the period only; the words of Implementing "
            "Decree art. 18 may mean agreed terms only",
        ),
    ),
    ContestedReading(
        "window_day",
        (
            "期限按哪一天判断：提出要求之日，还是故障出现之日？",
            "Which day is held against the time limits: when a remedy was asked for, or when the "
            "fault appeared?",
        ),
        (*_WINDOWS, art(8)),
        ("window", "period"),
        asked=(
            "首次向经营者提出要求之日",
            "the day a trader was first asked for a remedy",
            "市场监管部门的处理：第6日提出要求、第22日才处理的，仍予换货",
            "a market regulator: asked for on day 6 and settled on day 22, the exchange was given",
        ),
        appeared=(
            "知道故障出现之日的，按该日判断",
            "the day the fault appeared, where it is known",
            "《手机三包规定》第11条、第12条写的是期限内出现故障；律师2023年的答复",
            "Regulation art. 11 and art. 12, which speak of faults that occur within the days; "
            "the answer of a lawyer, 2023",
        ),
    ),
    ContestedReading(
        "returning_fault",
        (
            "修好不久又出现的同一故障，是否保留原来有效期内的权利？",
            "Does a fault that comes back soon after its repair keep the rights of the period?",
        ),
        (art(10), art(24, 1)),
        ("period",),
        one_fault=(
            "保留，视为一个没有修好的故障",
            "yes, it is one fault that was never mended",
            "《手机三包规定》第10条：修好后应能正常使用{within[art10.again]}日以上",
            "Regulation art. 10, by which a repaired unit works for at least "
            "{within[art10.again]} days",
        ),
        new_fault=(
            "不保留，有效期已过的只能再免费修理",
            "no; once the period is over it is repaired free again and no more",
            "《手机三包规定》第10条只写了修理，第24条第1项没有写例外",
            "Regulation art. 10, which names the repair only, and art. 24(1), which has no "
            "exception",
        ),
    ),
    ContestedReading(
        "burden_of_proof",
        (
            "故障原因有争议的，由谁证明？",
            "Who has to prove what caused the fault?",
        ),
        (art(24), consumer_law(23)),
        ("proof",),
        six_months=(
            "援引例外的经营者；收货{months[proof]:months}内发现的，消费者有异议时报告也不足，"
            "此后报告足够",
            "the trader, who invokes the exception; for what is found within "
            "{months[proof]:months} of receipt not even its report will do once contested, later "
            "it will",
            "《消费者权益保护法》第23条；北京一家法院和某地消费者委员会2013年的意见：援引例外者举证",
            "Consumer Protection Law art. 23; a court in Beijing and a consumer council in 2013: "
            "who invokes an exception proves it",
        ),
        consumer_later=(
            "{months[proof]:months}之后由消费者证明，经营者的说法也足够",
            "after {months[proof]:months} the consumer; the trader's bare word will do",
            "商家的做法：只看自家网点的一线检测；《消费者权益保护法》第23条对"
            "{months[proof]:months}以后没有规定",
            "shops, which go by the first line of their own outlet; Consumer Protection Law art. "
            "23 is silent on what comes after the {months[proof]:months}",
        ),
        trader_always=(
            "始终由经营者证明，消费者有异议的报告不足",
            "the trader throughout; a contested report never will do",
            "浙江省的办法第30条：有效期内始终由经营者举证",
            "the regulation of Zhejiang, art. 30, by which the trader proves it for the whole "
            "period",
        ),
    ),
    ContestedReading(
        "voucher_not_issued",
        (
            "销售者没有开给三包凭证的，是否视为凭证不全？",
            "Is a voucher that the seller never issued a missing one?",
        ),
        (art(9), art(5)),
        ("papers",),
        not_held_against=(
            "否，开给凭证是销售者的义务，不利后果不由消费者承担",
            "no, to issue it is the seller's duty, and the lack is not held against the consumer",
            "《手机三包规定》第5条要求销售者交付填写完整的三包凭证",
            "Regulation art. 5, by which the seller hands over a completely filled voucher",
        ),
        as_lost=(
            "是，与遗失相同",
            "yes, as if it were lost",
            "《手机三包规定》第9条要求发票和三包凭证两样",
            "Regulation art. 9, which asks for invoice and voucher both",
        ),
    ),
    ContestedReading(
        "built_in_battery",
        (
            "机内电池是主机的一部分，还是附件？",
            "Is a built-in battery part of the main unit, or an accessory?",
        ),
        (appendix(1), art(14)),
        ("goods", "money"),
        main_unit=(
            "主机的一部分，随主机免费修理",
            "part of the main unit, and repaired free with it",
            "部分厂商的政策页面；附录1成于2001年，所列电池是可以取下的",
            "pages of some makers; Appendix 1 is of 2001, when batteries came out",
        ),
        accessory=(
            "附件，按电池的有效期和性能故障单独办理",
            "an accessory of its own, with the period and the fault listed for batteries",
            "附录1把电池列为附件；部分厂商的政策页面",
            "Appendix 1, which lists batteries; pages of some makers",
        ),
    ),
    ContestedReading(
        "software_repair",
        (
            "只刷写软件的修理是否计入修理次数{count[art13.exchange]:english}？",
            "Is a repair that only loaded software one of the {count[art13.exchange]:english}?",
        ),
        (art(13),),
        ("at_least",),
        counts=(
            "计入",
            "yes",
            "某地消费者委员会2012年的意见和一家法院2007年的判决：规定不区分硬件和软件",
            "a consumer council in 2012 and a court in 2007: the regulation does not tell "
            "hardware from software",
        ),
        not_counted=(
            "不计入",
            "no",
            "一家厂商2013年的做法：软件处理不开工单",
            "a maker in 2013, which wrote no work order for software",
        ),
    ),
    ContestedReading(
        "two_repairs_remedy",
        (
            "{day[cpl45.refund]}以前申请的，{count[cpl45.refund]:repairs}次修理后仍不正常，"
            "只能换货还是也可以全额退货？",
            "For claims before {day[cpl45.refund]}, do {count[cpl45.refund]:repairs} that did "
            "not help give an exchange only, or a refund in full as well?",
        ),
        (art(13), consumer_law_1993(45)),
        ("remedies",),
        exchange=(
            "只能换货；选择退款的按第19条",
            "an exchange; the money as art. 19 has it",
            "《手机三包规定》第13条、第19条",
            "Regulation art. 13 and art. 19",
        ),
        refund_too=(
            "换货或者全额退货，由消费者选择",
            "an exchange or a refund in full, at the consumer's choice",
            "1993年《消费者权益保护法》第45条，没有写折旧费",
            "Consumer Protection Law of 1993 art. 45, which names no fee",
        ),
    ),
    ContestedReading(
        "second_hand",
        (
            "二手商品是否适用三包规定？",
            "Does the regulation reach second-hand goods?",
        ),
        (art(2),),
        ("goods",),
        covered=(
            "适用",
            "yes",
            "《手机三包规定》第2条没有限于新品；未见裁判或者主管部门的意见",
            "Regulation art. 2, which does not say new goods; no ruling was found",
        ),
        not_covered=(
            "不适用",
            "no",
            *_NOBODY,
        ),
    ),
)

READINGS: Final = MappingProxyType({one.name: one for one in _DECLARED})
"""The declarations by name."""
