"""What is worth saying beside a decision, in Chinese and English: 另行说明文案.

A part of the catalogue of :mod:`sanbao.explain.words.catalogue`, in the same form; see
:mod:`sanbao.explain.texts.circumstances`.
"""

from __future__ import annotations

from typing import Final

__all__ = ["CIRCUMSTANCE_MESSAGES"]

CIRCUMSTANCE_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "besides.asked": (
        "期限按您首次提出要求之日 {on} 计算, 此后等待处理的时间不影响您的权利",
        "the time limits are held against {on}, when you first asked; the time it has taken since "
        "takes nothing from you",
    ),
    "besides.appeared": (
        "期限按故障出现之日 {on} 计算",
        "the time limits are held against {on}, when the fault appeared",
    ),
    "besides.appeared_inside": (
        "故障在 {on} 已经发现, 当时还在期限内, 而首次提出要求已过期限; 期限以哪一天为准没有明文, "
        "可以据此与经营者协商, 或者请消费者协会调解",
        "the fault was found on {on}, inside the time limit, and a remedy first asked for after "
        "it; which day counts is not laid down, so that it may be put to the trader, or to the "
        "consumer association for mediation",
    ),
    "besides.returned": (
        "故障修好不久又出现, 与 {on} 送修的是同一故障 (三包规定第10条); 当时在三包有效期内, "
        "有效期届满不影响您的权利",
        "the fault came back soon after its repair and is the one handed in on {on} (Regulation "
        "art. 10); the period was running then, and that it has ended takes nothing from you",
    ),
    "besides.late_repairs": (
        "三包有效期届满以后送修的, 修理时间不再延长有效期 (三包规定第8条)",
        "time in repair after a hand-in later than the end of the period gives nothing back "
        "(Regulation art. 8)",
    ),
    "besides.given_back": (
        "换货以前的修理 (送修日期 {days}) 修的是换回的那一台, 不再计入; "
        "换给您的这一台自换货之日重新计算 (三包规定第21条)",
        "the repairs before the exchange (handed in on {days}) were of the unit given back and "
        "count no more; the one you have now counts anew from the exchange (Regulation art. 21)",
    ),
    "besides.not_issued": (
        "三包凭证是销售者没有开给的, 不影响您的权利 (三包规定第5条)",
        "that the seller never issued a voucher is not held against you (Regulation art. 5)",
    ),
    "besides.any_problem": (
        "主机有质量问题的都可以免费修理, 不限于性能故障表; 退货、换货才要求表列的故障",
        "any quality problem of the main unit is repaired free, listed or not; it is refund and "
        "exchange that ask for a listed fault",
    ),
    "besides.price": (
        "退款按发票或其他凭证上的价格一次付清; 经营者证明您实付另一价格的, 按实付的价格 "
        "(消费者权益保护法实施条例第18条)",
        "a refund is paid in one sum at the price on the invoice or other voucher, or at the price "
        "really paid where the trader proves another (Implementing Decree art. 18)",
    ),
    "besides.inspection": (
        "检验由依法授权的产品质量检验机构或者省级以上主管部门的检验机构做 (三包规定第29条)",
        "an inspection is made by a product-quality body authorised by law, or one under the "
        "provincial or a higher authority (Regulation art. 29)",
    ),
    "besides.inspection_by_decree": (
        "检验由依法授权的产品质量检验机构做 (三包规定第29条), 机构由双方商定, "
        "商定不了的由受理投诉的部门指定 (消费者权益保护法实施条例第47条)",
        "an inspection is made by a product-quality body authorised by law (Regulation art. 29), "
        "on which both agree or, failing that, which the authority names that takes the complaint "
        "(Implementing Decree art. 47)",
    ),
    "besides.distance": (
        "三包以外: 网购、电话、电视购物的, 收货 7 日内可以无理由退货, 但商品应当完好 "
        "(消费者权益保护法第25条)",
        "beside the guarantees: goods bought at a distance (online, by telephone or television) "
        "may be returned in good order within 7 days of receipt without a reason (Consumer "
        "Protection Law art. 25)",
    ),
    "besides.fraud": (
        "三包以外: 商品在销售以前已经激活, 如属把用过的商品当新品出售, 是欺诈, "
        "可以要求价款三倍的赔偿, 最低 500 元 (消费者权益保护法第55条)",
        "beside the guarantees: the unit was activated before it was sold; to sell a used one as "
        "new is fraud, for which three times the price is due, at least 500 yuan (Consumer "
        "Protection Law art. 55)",
    ),
    "besides.elsewhere": (
        "不知道购买地和经营者所在地; 如果在{place}, 按当地法规您还可以: {remedies}",
        "where it was bought and where the trader has its seat is not known; were that {place}, "
        "its own regulation would give you as well: {remedies}",
    ),
}
"""Every message of what is said besides, by its id: (Chinese, English)."""
