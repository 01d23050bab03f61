"""What provinces are called, in Chinese and English: 省份文案.

A part of the catalogue of :mod:`sanbao.explain.words.catalogue`, in the same form, by the code of
ISO 3166-2: ``code.CN-ZJ``. People write Chinese names with or without what kind of place it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["PROVINCE_MESSAGES", "SHORT_NAMES"]

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

PROVINCE_MESSAGES: Final = {
    f"code.{code}": (f"{short}{kind}", english) for code, (short, kind, english) in _NAMES.items()
}
"""Every province by its id: (Chinese, English)."""

SHORT_NAMES: Final[Mapping[str, str]] = {code: short for code, (short, _, _) in _NAMES.items()}
"""The Chinese name without the kind of place, by the code: ``浙江``."""
