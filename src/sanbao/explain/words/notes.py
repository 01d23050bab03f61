"""What notes and warnings say, in Chinese and English: 附注和提示文案.

A part of the catalogue of :mod:`sanbao.explain.words.catalogue`, in the same form. Ids are those of
the JSON contract, after a prefix: ``note.nothing_left``. Numbers of a policy are asked for as
:mod:`sanbao.explain.words.numbers` says.
"""

from __future__ import annotations

from typing import Final

__all__ = ["NOTE_MESSAGES"]

NOTE_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "note.trader_must_prove": (
        "经营者所说的故障原因没有得到证明, 不免除三包责任: 收货或换货后 "
        "{months[proof]:months}内发现的, 由经营者举证, "
        "它的说法和您有异议的报告都不足以证明; 仍有争议的, 以检验为准",
        "the cause that the trader names is not proved and takes nothing away: for "
        "{months[proof]:months} from receipt or exchange it has to prove it, and neither its "
        "word nor a report that you contest will do; where that is disputed, an inspection decides",
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
    "warning.asked_before_exchange": (
        "首次要求日期 {value} 早于最后一次换货, 针对的是换回的那一台, 按申请日计",
        "first asked for on {value}, before the last exchange and for the unit given back; the "
        "day of the claim stands in its place",
    ),
    "warning.asked_before_lasting_repair": (
        "首次要求日期 {value} 之后曾修好并正常使用 {within[art10.again]} 日以上; 现在如为新的故障, "
        "首次要求日期应填这一次的",
        "first asked for on {value}, and then repaired and sound for more than "
        "{within[art10.again]} days; if this is a new failure, state when that was first "
        "complained of",
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
        "实付金额 {value} 元未计入: {since[refund_price]} 以前交付或申请的, 退款按发票价格计",
        "{value} yuan paid, not used: a refund of goods delivered or claimed before "
        "{since[refund_price]} goes by the invoice price",
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
