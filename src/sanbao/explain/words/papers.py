"""What vouchers, invoices and goods show, in Chinese and English: 三包凭证文案.

A part of the catalogue of :mod:`sanbao.explain.words.catalogue`, in the same form: an id and a
pair (Chinese, English) with the same placeholders. Ids are ``voucher.`` and the item that
:mod:`sanbao.papers.voucher` names, without the numbers of lines: ``voucher.repairs.signature``.
"""

from __future__ import annotations

from typing import Final

__all__ = ["VOUCHER_MESSAGES"]

VOUCHER_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "voucher.paper.voucher": ("三包凭证", "voucher"),
    "voucher.paper.invoice": ("发票", "invoice"),
    "voucher.paper.unit": ("商品", "goods"),
    "voucher.paper.stated": ("申请", "claim"),
    "voucher.model": ("主机型号", "model of the main unit"),
    "voucher.accessories.model": ("附件型号", "model of an accessory"),
    "voucher.imei": ("IMEI", "IMEI"),
    "voucher.accessories.number": (
        "附件序列号或批号",
        "serial or batch number of an accessory",
    ),
    "voucher.accessories.made_on": ("电池生产日期", "production date of the battery"),
    "voucher.accessories.battery": ("电池编号", "number of the battery"),
    "voucher.accessories.charger": ("充电器编号", "number of the charger"),
    "voucher.accessories.wired_earphone": ("有线耳机编号", "number of the wired earphone"),
    "voucher.accessories.terminal_card": ("移动终端卡编号", "number of the terminal card"),
    "voucher.accessories.data_card": ("数据接口卡编号", "number of the data interface card"),
    "voucher.network_mark": ("进网许可标志编码", "code of the network-access mark"),
    "voucher.origin": ("产地", "place of origin"),
    "voucher.brand": ("品牌", "brand"),
    "voucher.seller.name": ("销售者名称", "name of the seller"),
    "voucher.seller.address": ("销售者地址", "address of the seller"),
    "voucher.seller.postcode": ("销售者邮编", "postcode of the seller"),
    "voucher.seller.telephone": ("销售者电话", "telephone of the seller"),
    "voucher.seal": ("销售者印章", "seal of the seller"),
    "voucher.invoice_number": ("发票号码", "number of the invoice"),
    "voucher.sold_on": ("销售日期", "date of sale"),
    "voucher.issued_on": ("开票日期", "date of the invoice"),
    "voucher.amount": ("金额", "amount"),
    "voucher.consumer.name": ("消费者姓名", "name of the consumer"),
    "voucher.consumer.address": ("消费者地址", "address of the consumer"),
    "voucher.consumer.postcode": ("消费者邮编", "postcode of the consumer"),
    "voucher.consumer.telephone": ("消费者电话", "telephone of the consumer"),
    "voucher.repairer.name": ("修理者名称", "name of the repairer"),
    "voucher.repairer.address": ("修理者地址", "address of the repairer"),
    "voucher.repairer.postcode": ("修理者邮编", "postcode of the repairer"),
    "voucher.repairer.telephone": ("修理者电话", "telephone of the repairer"),
    "voucher.repairs.handed_in_on": ("送修日期", "day handed in for repair"),
    "voucher.repairs.fault": ("送修故障", "fault reported"),
    "voucher.repairs.cause": ("查明的原因", "cause found"),
    "voucher.repairs.work": ("处理情况", "what was done"),
    "voucher.repairs.certificate": ("退换货证明", "certificate for exchange or return"),
    "voucher.repairs.handed_back_on": ("取机日期", "day handed back"),
    "voucher.repairs.signature": ("修理人员签名", "signature of the repairer"),
    "voucher.line.missing": ("{paper}缺：{items}。", "Missing on the {paper}: {items}."),
    "voucher.line.disagree": (
        "{item}不一致：{values}。",
        "They do not agree on the {item}: {values}.",
    ),
    "voucher.line.check_digit": (
        "{paper}上的IMEI号{imei}不可能是正确号码，请核对。",
        "The IMEI {imei} on the {paper} cannot be right; please check it.",
    ),
    "voucher.piece.value": ("{paper}为{value}", "{paper} {value}"),
}
"""Every message on papers and goods by its id: (Chinese, English)."""
