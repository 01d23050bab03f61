"""What the articles say, in words of our own: 条文概要.

Data beside the law, for whoever reads a citation and does not want to look it up. A summary binds
nobody: only the text of the law does. Nothing here decides anything, and it is loaded only when
somebody asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sanbao.base.errors import Reason, ValidationError, suggestion
from sanbao.base.records import Record
from sanbao.model.citation import Citation
from sanbao.policies.instruments import LAW

__all__ = ["ArticleSummary", "article", "articles", "cited", "cited_together"]


@dataclass(frozen=True, slots=True, repr=False)
class ArticleSummary(Record):
    """A short summary of one article or appendix of a law: 条文概要.

    ``place`` is the number of the article, or ``app`` and that of the appendix.
    """

    law: str
    place: str
    zh: str
    en: str


def articles(law: str | None = None) -> tuple[ArticleSummary, ...]:
    """Return the summaries of all articles there are, or of one law, in their order.

    Raises :class:`~sanbao.ValidationError` naming the nearest law if there is none.

    >>> articles("cn.mobile-2001")[10].zh[:9]
    '自售出之日起7日内'
    """
    if law is None:
        return tuple(one for known in _ARTICLES for one in articles(known))
    if not isinstance(law, str) or law not in _ARTICLES:
        reason = Reason("policy.no_summaries").then(suggestion(law, _ARTICLES))
        raise ValidationError.of("law", law, reason)
    return tuple(ArticleSummary(law, place, *texts) for place, texts in _ARTICLES[law].items())


def article(place: str | int, law: str = LAW) -> ArticleSummary:
    """Return the summary of an article, like ``11``, or of an appendix, like ``app3``.

    Raises :class:`~sanbao.ValidationError` if there is none.

    >>> article(11).place
    '11'
    """
    found = re.fullmatch(r"第?(app(?:endix)?\.? ?|附录 ?)?([0-9]{1,4})条?", str(place).strip())
    name = "" if found is None else f"{'app' if found[1] else ''}{int(found[2])}"
    for one in articles(law):
        if one.place == name:
            return one
    raise ValidationError.of("article", place, Reason("policy.no_summary", law=law))


def cited(citation: Citation) -> ArticleSummary | None:
    """Return the summary of what a citation names; ``None`` where there is none."""
    place = str(citation.article) if citation.article else f"app{citation.appendix}"
    texts = _ARTICLES.get(citation.law, {}).get(place)
    return None if texts is None else ArticleSummary(citation.law, place, *texts)


def cited_together(citations: Iterable[Citation]) -> tuple[ArticleSummary, ...]:
    """Return the summaries of what citations name, each once, in the order of the citations."""
    found = (cited(one) for one in citations)
    return tuple(dict.fromkeys(one for one in found if one is not None))


_MOBILE: Final = {
    "1": ("说明为何制定本规定。", "Why the regulation was made."),
    "2": (
        "适用于在中国大陆销售的手机（手持、车载、固定台站）及附录1所列附件；未限定为新机。",
        "Covers phones (hand-held, vehicle, fixed-station) sold in mainland China and the "
        "accessories of Appendix 1; it does not say new ones only.",
    ),
    "3": (
        "谁销售谁负责；销售者、修理者、生产者、供货者之间的合同不免除任何一方的三包责任。",
        "Whoever sold it answers for it; contracts among traders release none of them.",
    ),
    "4": (
        "本规定是最低要求；经营者承诺更优的，应当按承诺办理。",
        "The regulation is the floor: a better promise of seller or maker has to be kept.",
    ),
    "5": (
        "销售者：进货查验，当面开箱调试，核对串号和附件，交付填写完整并盖章的三包凭证和有效发票，"
        "不得无故拖延、拒绝。",
        "The seller checks deliveries, tests the phone before the buyer, compares numbers, hands "
        "over a complete stamped voucher and a valid invoice, and neither delays nor refuses "
        "without reason.",
    ),
    "6": (
        "修理者：有资质；期内免费、期外收费修理；用合格新零件；如实记录；因自身过错造成的损坏由其负责。",
        "The repairer is certified, repairs free inside the period, uses sound new parts, keeps "
        "honest records and answers for damage by its own fault.",
    ),
    "7": (
        "生产者（进口者同）：取得进网许可，标明待机时间和电池日期，公布修理点，承担修理费用，"
        "停产后2年内保障零件。",
        "The maker (an importer likewise) has the permit, states standby time and battery date, "
        "names repairers, bears the cost of repair and keeps parts for 2 years after the end of "
        "production.",
    ),
    "8": (
        "三包有效期：主机1年，附件见附录1；自开具发票之日起算，扣除修理和待件的时间；末日为法定休假日的顺延。",
        "The period: 1 year for the main unit, for accessories by Appendix 1, from the date of "
        "the invoice, without the time in repair or waiting for parts; a last day on a holiday "
        "moves to the day after.",
    ),
    "9": (
        "凭发票和三包凭证办理。两者均失但有其他证明在期内的，仍可修理、换货；仅凭出厂日期加90日证明在期内的，"
        "仍可免费修理。",
        "Invoice and voucher carry the rights. Without both, other proof of being inside the "
        "period carries repair and exchange; the factory date and 90 days carry free repair only.",
    ),
    "10": (
        "期内主机有质量问题的，免费修理；修好后应能正常使用30日以上。",
        "Inside the period a quality problem of the main unit is repaired free; the repair has to "
        "last 30 days.",
    ),
    "11": (
        "自售出之日起7日内，主机出现附录3所列故障的，消费者可选退货、换货或修理；"
        "退货按发票价一次退清。",
        "Within 7 days of sale a fault of Appendix 3 lets the consumer choose refund, exchange or "
        "repair; a refund is the invoice price in one payment.",
    ),
    "12": (
        "第8至15日，主机出现附录3所列故障的，消费者可选换货或修理。",
        "From day 8 to day 15 a fault of Appendix 3 lets the consumer choose exchange or repair.",
    ),
    "13": (
        "期内同属所列故障，修理两次仍不能正常使用的，凭维修记录由销售者免费更换主机。",
        "Repaired twice inside the period for a listed fault and still not working: the seller "
        "exchanges the main unit, on the record of repairs.",
    ),
    "14": (
        "附件在其期内出现所列故障的，由销售者免费更换；更换两次仍有故障的，退货：单独购买的按发票价，"
        "随机附带的按退货当日的单独售价。",
        "A listed fault of an accessory inside its period: exchange by the seller; after two "
        "exchanges a refund, at the invoice price or, sold with a phone, the stand-alone price of "
        "the day.",
    ),
    "15": (
        "主机7日内未修好的，修理者无偿提供备用机，直至修好。",
        "Not repaired within 7 days: the repairer lends a phone free until it is.",
    ),
    "16": (
        "因生产者未供零件，送修超过60日仍未修好的，凭发票和记录免费更换主机。",
        "No parts from the maker and not repaired more than 60 days after handing in: a free "
        "exchange of the main unit.",
    ),
    "17": (
        "因修理者自身原因，修理超过30日的，同样免费更换主机；待件的时间不算在内。",
        "More than 30 days through the repairer's own cause: the same exchange; days waiting for "
        "parts do not count.",
    ),
    "18": (
        "应换货而销售者没有同型号同规格的，消费者不愿换其他型号并要求退货的，一次全额退款。",
        "An exchange is owed, the seller has none of the same model and the consumer wants no "
        "other: a refund in full and in one payment.",
    ),
    "19": (
        "应换货且有同型号的，消费者仍要求退货的，可以退；已使用的按附录1的日费率收折旧费，"
        "扣除修理和待件的日数。",
        "An exchange is owed, the same model is there and the consumer still wants the money: a "
        "refund; goods that were used pay depreciation at the daily rate of Appendix 1, without the "
        "days in repair and waiting for parts.",
    ),
    "20": ("换货应当换给新品。", "What is handed over in an exchange is new."),
    "21": (
        "换货后三包有效期自换货之日重新计算；销售者在发票背面注明并另给新的三包凭证。",
        "After an exchange the period starts again; the seller marks the invoice and gives a new "
        "voucher.",
    ),
    "22": ("经营者之间的追偿。", "Recourse among traders."),
    "23": (
        "经营活动中赠送的手机和附件，同样享有三包。",
        "Phones and accessories given away in business carry the same guarantees.",
    ),
    "24": (
        "不属三包、可收费修理的情形：期满；无凭证和有效发票且不能证明在期内；凭证与实物不符或被涂改；"
        "因未按说明使用维护、非指定修理者拆动、不可抗力造成损坏。",
        "Not under the guarantees, paid repair allowed: period over; no papers and no proof; a "
        "voucher that does not match or was altered; damage by use against the manual, by "
        "unauthorised opening or by force majeure.",
    ),
    "25": (
        "经营者破产、歇业、合并、分立的，其责任按一般法律处理。",
        "Bankruptcy, closure, merger or division of a trader: the general law applies.",
    ),
    "26": ("争议可请消费者协会等调解。", "Disputes may go to mediation."),
    "27": (
        "可向主管部门申诉；无故拖延、拒绝的，责令改正并处罚。",
        "Complaints go to the authority, which orders correction and punishes refusal.",
    ),
    "28": (
        "可依约仲裁，也可直接起诉。",
        "Arbitration by agreement, or straight to court.",
    ),
    "29": (
        "由依法认可的产品质量检验机构检验；对原因有争议的，以此为准据。",
        "Inspection by a quality body approved by law; it settles a contested cause.",
    ),
    "30": ("由制定部门负责解释。", "The ministries that made it interpret it."),
    "31": ("自2001年11月15日起施行。", "In force from 2001-11-15."),
    "app1": (
        "目录：手机三种，1年，折旧每日0.5%；充电器、移动终端卡、数据接口卡1年，电池6个月，有线耳机3个月。",
        "The catalogue: phones 1 year, depreciation 0.5 % a day; charger, terminal card and data "
        "card 1 year, battery 6 months, wired earphone 3 months.",
    ),
    "app2": (
        "三包凭证应有的项目：型号、串号和附件编号、销售者、发票、日期、消费者、修理者和维修记录。",
        "What a voucher holds: models, numbers, seller, invoice, date, consumer, repairer and "
        "records of repairs.",
    ),
    "app3": (
        "所列性能故障：主机、充电器、电池（容量低于80%）、移动终端卡、有线耳机、数据接口卡各项；"
        "网络原因造成的除外。",
        "The listed faults of main unit, charger, battery (capacity below 80 %), cards and "
        "earphone; those caused by the network are excepted.",
    ),
}

_ARTICLES: Final = {
    LAW: _MOBILE,
    "cn.consumer-protection-1993": {
        "45": (
            "三包商品在保修期内修理两次仍不能正常使用的，经营者负责换货或退货（2014年3月15日前适用）。",
            "Repaired twice inside the guarantee and still not working: exchange or refund by the "
            "trader (before 2014-03-15).",
        ),
    },
    "cn.consumer-protection-2013": {
        "23": (
            "耐用商品自接受之日起6个月内发现瑕疵、发生争议的，由经营者举证。",
            "A flaw of durable goods found within 6 months of receipt: the trader bears the "
            "burden of proof.",
        ),
        "24": (
            "质量不合要求的，按国家规定或约定退货、换货、修理；运输等必要费用由经营者承担。",
            "Goods below quality are returned, exchanged or repaired by state rule or agreement; "
            "the trader bears transport and other necessary cost.",
        ),
        "26": (
            "格式条款不得不公平地排除消费者权利、减免经营者责任；这样的条款无效。",
            "Standard terms that unfairly take rights from the consumer or duties from the trader "
            "are void.",
        ),
        "54": (
            "被主管部门依法认定不合格的商品，消费者要求退货的，应当退。",
            "Goods that an authority has lawfully found unqualified are refunded on demand.",
        ),
    },
    "cn.decree-778": {
        "18": (
            "退换修的期限自交付之日起算（安装的自装好之日）；修理时间不计入；换货后重新计算；"
            "按票据价一次退清，经营者证明实付价不同的按实付价。",
            "Terms run from delivery or completed installation, without repair time, and again "
            "after an exchange; refunds at the price on the voucher in one payment, or the price "
            "the trader proves was paid.",
        ),
    },
    "cn.penalty-measures-2015": {
        "8": (
            "应消费者要求修理、换货、退货而超过15日未办的，视为故意拖延。",
            "Not performed within 15 days of the demand counts as deliberate delay.",
        ),
    },
    "cn.civil-code": {
        "201": (
            "按日、月、年计期的，开始的当日不计。",
            "Of a period in days, months or years the first day does not count.",
        ),
        "202": (
            "按月、年计期的，到期月的对应日为末日；没有对应日的为当月最后一日。",
            "A period in months or years ends on the matching day, or on the last of that month.",
        ),
        "203": (
            "末日是法定休假日的，顺延到假后第一日；末日到24时止。",
            "A last day on a statutory holiday moves to the day after; it ends at 24 hours.",
        ),
        "512": (
            "网购商品以快递交付的，签收时间为交付时间。",
            "Goods bought online are delivered when the parcel is signed for.",
        ),
    },
    "cn-zj.consumer-2017": {
        "26": (
            "自交付起7日内可退换修，15日内可换修，不限所列故障；退货不收折旧；修理应在5日内完成，否则给备用机；"
            "修两次不好或累计超过35日的，可选退货或换货。",
            "From delivery: 7 days refund, exchange or repair, 15 days exchange or repair, "
            "whatever the fault; no fee; repair within 5 days or a loan; after two repairs or 35 "
            "days in all refund or exchange.",
        ),
        "30": (
            "整个三包期内由经营者举证；录音、照片和经营者的单据可证明修理次数。",
            "The trader bears the burden of proof for the whole period; recordings, photos and "
            "slips prove repairs.",
        ),
    },
    "cn-js.consumer-2017": {
        "20": (
            "无正当理由超过30日未修好的，消费者可选退货或换货。",
            "Not repaired within 30 days without good reason: refund or exchange.",
        ),
        "21": (
            "换货后退换修期限重新计算；没有同型号的，一次退清。",
            "After an exchange the terms start again; none in stock: a refund in one payment.",
        ),
    },
}
