"""Codes, provinces and fields of a claim, in Chinese and English: 代码文案.

A part of the catalogue of :mod:`sanbao.explain.words.catalogue`, in the same form. ``code.*`` are
the codes of the JSON contract, provinces by ISO 3166-2 (``code.CN-ZJ``): people write their Chinese
names with or without what kind of place it is. ``field.*`` are the fields of a claim,
as their register calls them (:mod:`sanbao.model.fields`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sanbao.model.fields import FIELDS

__all__ = ["CODE_MESSAGES", "PROVINCE_MESSAGES", "SHORT_NAMES"]

_NAMES: Final = {
    "CN-AH": ("安徽", "省", "Anhui"),
    "CN-BJ": ("北京", "市", "Beijing"),
    "CN-CQ": ("重庆", "市", "Chongqing"),
    "CN-FJ": ("福建", "省", "Fujian"),
    "CN-GD": ("广东", "省", "Guangdong"),
    "CN-GS": ("甘肃", "省", "Gansu"),
    "CN-GX": ("广西", "壮族自治区", "Guangxi"),
    "CN-GZ": ("贵州", "省", "Guizhou"),
    "CN-HA": ("河南", "省", "Henan"),
    "CN-HB": ("湖北", "省", "Hubei"),
    "CN-HE": ("河北", "省", "Hebei"),
    "CN-HI": ("海南", "省", "Hainan"),
    "CN-HK": ("香港", "特别行政区", "Hong Kong"),
    "CN-HL": ("黑龙江", "省", "Heilongjiang"),
    "CN-HN": ("湖南", "省", "Hunan"),
    "CN-JL": ("吉林", "省", "Jilin"),
    "CN-JS": ("江苏", "省", "Jiangsu"),
    "CN-JX": ("江西", "省", "Jiangxi"),
    "CN-LN": ("辽宁", "省", "Liaoning"),
    "CN-MO": ("澳门", "特别行政区", "Macao"),
    "CN-NM": ("内蒙古", "自治区", "Inner Mongolia"),
    "CN-NX": ("宁夏", "回族自治区", "Ningxia"),
    "CN-QH": ("青海", "省", "Qinghai"),
    "CN-SC": ("四川", "省", "Sichuan"),
    "CN-SD": ("山东", "省", "Shandong"),
    "CN-SH": ("上海", "市", "Shanghai"),
    "CN-SN": ("陕西", "省", "Shaanxi"),
    "CN-SX": ("山西", "省", "Shanxi"),
    "CN-TJ": ("天津", "市", "Tianjin"),
    "CN-TW": ("台湾", "省", "Taiwan"),
    "CN-XJ": ("新疆", "维吾尔自治区", "Xinjiang"),
    "CN-XZ": ("西藏", "自治区", "Tibet"),
    "CN-YN": ("云南", "省", "Yunnan"),
    "CN-ZJ": ("浙江", "省", "Zhejiang"),
}
"""Of each code the short Chinese name, what makes it the full one, and the English name."""

PROVINCE_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    f"code.{code}": (f"{short}{kind}", english) for code, (short, kind, english) in _NAMES.items()
}
"""Every province by its id: (Chinese, English)."""

SHORT_NAMES: Final[Mapping[str, str]] = {code: short for code, (short, _, _) in _NAMES.items()}
"""The Chinese name without the kind of place, by the code: ``浙江``."""

CODE_MESSAGES: Final[dict[str, tuple[str, str]]] = {
    "owner.seller": ("销售者", "seller"),
    "owner.repairer": ("修理者", "repairer"),
    "code.handset": ("手持机", "hand-held phone"),
    "code.vehicle_phone": ("车载电话", "vehicle-mounted phone"),
    "code.fixed_station_phone": ("固定台站电话", "fixed-station phone"),
    "code.battery": ("电池", "battery"),
    "code.charger": ("充电器", "charger"),
    "code.wired_earphone": ("有线耳机", "wired earphone"),
    "code.terminal_card": ("移动终端卡", "mobile terminal card"),
    "code.data_card": ("数据接口卡", "data interface card"),
    "code.other": ("其他商品", "other goods"),
    "code.main_unit": ("主机", "main unit"),
    "code.accessory": ("附件", "accessory"),
    "code.function_fails": ("说明书所列功能失效", "a function in the manual fails"),
    "code.screen_fault": ("屏幕故障", "screen fault"),
    "code.cannot_start_or_connect": (
        "不能开机、登网或通信",
        "cannot switch on, register or communicate",
    ),
    "code.no_ring": ("不能振铃", "no ring"),
    "code.dialling_error": ("拨号错误", "dialling error"),
    "code.switches_off": ("自动关机", "switches itself off"),
    "code.sim_contact": ("SIM卡接触不良", "poor SIM contact"),
    "code.keys_fail": ("按键失效", "keys fail"),
    "code.sound_fault": ("声音故障", "sound fault"),
    "code.housing_crack": ("壳体裂损", "cracked housing"),
    "code.charger_fault": ("充电器故障", "charger fault"),
    "code.battery_fault": ("电池故障", "battery fault"),
    "code.terminal_card_fault": ("终端卡故障", "terminal card fault"),
    "code.earphone_fault": ("耳机故障", "earphone fault"),
    "code.data_card_fault": ("数据卡故障", "data card fault"),
    "code.unlisted": ("性能故障表未列的故障", "not listed"),
    "code.wear": ("磨损或外观问题", "wear or looks"),
    "code.none": ("无", "none"),
    "code.defect": ("质量问题", "defect"),
    "code.misuse": ("使用不当", "misuse"),
    "code.liquid": ("进液", "liquid"),
    "code.impact": ("摔碰", "impact"),
    "code.unauthorised_opening": ("擅自拆动", "opened without authority"),
    "code.force_majeure": ("不可抗力", "force majeure"),
    "code.network": ("网络", "network"),
    "code.sim_data": ("SIM卡数据", "SIM-card data"),
    "code.not_stated": ("未说明", "not stated"),
    "code.report": ("检测报告", "a test report"),
    "code.consumer": ("消费者自认", "the consumer"),
    "code.trader": ("经营者单方说法", "the trader alone"),
    "code.inspection": ("质检机构鉴定", "an inspection body"),
    "code.new": ("新品", "new"),
    "code.second_hand": ("二手", "second-hand"),
    "code.original": ("原件", "original"),
    "code.copy": ("复印件或存根", "copy or stub"),
    "code.invoice.other": ("其他有效证明", "other valid proof of the sale date"),
    "code.intact": ("完好", "intact"),
    "code.lost": ("遗失", "lost"),
    "code.not_issued": ("销售者未出具", "never issued by the seller"),
    "code.altered": ("被涂改", "altered"),
    "code.mismatched": ("与商品不符", "does not match"),
    "code.refund": ("退货", "refund"),
    "code.exchange": ("换货", "exchange"),
    "code.repair": ("修理", "repair"),
    "code.nothing": ("未提要求", "nothing in particular"),
    "verdict.holds": ("成立", "holds"),
    "verdict.fails": ("不成立", "fails"),
    "verdict.barred": ("受阻", "barred"),
    "verdict.unknown": ("不明", "unknown"),
    **{f"field.{path}": (field.zh, field.en) for path, field in FIELDS.items()},
    **PROVINCE_MESSAGES,
}
"""Every code and field by its id: (Chinese, English)."""
