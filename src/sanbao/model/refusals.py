"""Why a claim, a calendar or readings is refused, in both languages: 拒收的理由.

A message by its code without the group (``claim.``): (Chinese, English), with the same
placeholders. Codes stay; wording may change (:class:`sanbao.base.errors.Reason`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["REFUSALS"]

REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "after_asked": ("晚于提出要求之日（{held}）", "is after the day somebody was asked ({held})"),
    "after_claim": ("晚于申请之日（{claimed}）", "is after the claim ({claimed})"),
    "before_handed_in": ("早于送修之日（{day}）", "is before the day it was handed in ({day})"),
    "before_sale": ("早于销售之日（{sold}）", "is before the sale ({sold})"),
    "beyond_year": ("超出{year}年", "is beyond the year {year}"),
    "dates": ("必须是日期的列表", "must be a list of dates"),
    "day": ("必须是日期，写作YYYY-MM-DD", "must be a date written YYYY-MM-DD"),
    "day_off_too": ("同时被列为休息日", "is named as a day off too"),
    "day_without_time": (
        "此处应为日期，不带时刻；日期按中国时间",
        "a date is expected here, not a date with a time; days are dates in China",
    ),
    "decision_of": ("依{policy}作出的结论", "a decision of {policy}"),
    "detail_code": (
        "必须是小写代码，如green_line",
        "must be a code in lower case, like green_line",
    ),
    "imei": ("必须是15位数字的文本", "must be a string of 15 digits"),
    "imei_check": (
        "校验位有误；按前14位应为{expected}",
        "has a wrong check digit; its first 14 digits ask for {expected}",
    ),
    "list_length": ("该列表共有{number}项", "there are {number} in the list"),
    "money": (
        "必须是以元为单位的金额文本，如“1599.00”",
        'must be an amount in yuan as a string, "1599.00"',
    ),
    "money_digits": (
        "必须是以元为单位的金额，小数点前至多12位，后至多2位",
        "must be an amount in yuan with at most 12 digits before the point and 2 after it",
    ),
    "money_float": (
        "不得为浮点数；金额请写作文本“1599.00”",
        'must not be a floating-point number; write money as a string, "1599.00"',
    ),
    "negative": ("不得为负数", "must not be negative"),
    "no_parts": ("指向没有下级的字段", "leads into a field that has no parts"),
    "no_path": (
        "不是申请中的路径；路径写作repairs[0].handed_back_on",
        "is no path of a claim; one is written like repairs[0].handed_back_on",
    ),
    "no_such_day": ("日历上没有这一天", "is not a day of the calendar"),
    "no_weekend": ("不是周末", "is not a weekend day"),
    "no_years": ("至少应有一个年份", "must name at least one year"),
    "not_held": (
        "不含其申请（由JSON读入，或经手工修改）；请重新判定该申请",
        "does not hold its claim (it was read from JSON, or changed by hand); decide the "
        "claim again",
    ),
    "not_in_year": ("不在{year}年内", "is not in {year}"),
    "one_article": ("应写明一条或一个附录", "names one article or one appendix"),
    "policy_id": (
        "必须是政策的编号，如cn.mobile-2001",
        "must be the id of a policy, like cn.mobile-2001",
    ),
    "province": (
        "必须是ISO 3166-2的中国省级代码，如CN-ZJ",
        "must be a province of China by ISO 3166-2, like CN-ZJ",
    ),
    "readings": ("必须是法律解释的对象", "must be an object of readings"),
    "unknown_reading": ("没有这一法律解释", "unknown reading"),
    "year": ("必须是年份，如2027", "must be a year, like 2027"),
}
