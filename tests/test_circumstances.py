"""What a consumer is told beside the decision: days held, what counts no more, other law."""

from __future__ import annotations

from typing import Any

import pytest

import sanbao
from claims import exchange, handset, repair
from sanbao import Decision, Readings

AGAIN = {
    "sold_on": "2024-01-10",
    "claimed_on": "2025-02-09",
    "repairs": [repair("2025-01-06", "2025-01-10")],
}
LATE_REPAIR = {
    "sold_on": "2024-03-03",
    "claimed_on": "2025-06-20",
    "repairs": [repair("2025-04-10", "2025-04-12")],
}
EARLY = {"claimed_on": "2025-03-05"}

TOLD: list[tuple[dict[str, Any], dict[str, str], str, str]] = [
    (
        {"asked_on": "2025-03-08", "claimed_on": "2025-03-25", "request": "exchange"},
        {},
        "期限按您首次提出要求之日2025年3月8日计算，此后等待处理的时间不影响您的权利",
        "held against 2025-03-08, when you first asked",
    ),
    (
        {"appeared_on": "2025-03-10", "claimed_on": "2025-03-20", "request": "exchange"},
        {"window_day": "appeared"},
        "期限按故障出现之日2025年3月10日计算",
        "held against 2025-03-10, when the fault appeared",
    ),
    (
        {"appeared_on": "2025-03-10", "claimed_on": "2025-03-20", "request": "exchange"},
        {},
        "故障在2025年3月10日已经发现，当时还在期限内",
        "the fault was found on 2025-03-10, inside the time limit",
    ),
    (
        {"appeared_on": "2025-03-10", "claimed_on": "2025-03-20", "request": "refund"},
        {},
        "故障在2025年3月10日已经发现，当时还在期限内",
        "it may be put to the trader, or to the consumer association",
    ),
    (
        AGAIN,
        {},
        "与2025年1月6日送修的是同一故障（《手机三包规定》第10条）",
        "is the one handed in on 2025-01-06 (Regulation art. 10)",
    ),
    (
        LATE_REPAIR,
        {},
        "三包有效期届满以后送修的，修理时间不再延长有效期（《手机三包规定》第8条）",
        "gives nothing back (Regulation art. 8)",
    ),
    (
        {
            "exchanges": [exchange("2025-04-20")],
            "repairs": [repair("2025-03-20", "2025-03-22"), repair("2025-04-01", "2025-04-03")],
        },
        {},
        "换货以前的修理（送修日期2025年3月20日、2025年4月1日）修的是换回的那一台，不再计入",
        "(handed in on 2025-03-20, 2025-04-01) were of the unit given back",
    ),
    (
        {"voucher": "not_issued"},
        {},
        "三包凭证是销售者没有开给的，不影响您的权利（《手机三包规定》第5条）",
        "never issued a voucher is not held against you (Regulation art. 5)",
    ),
    (
        {"symptom": "unlisted"},
        {},
        "主机有质量问题的都可以免费修理，不限于性能故障表",
        "any quality problem of the main unit is repaired free, listed or not",
    ),
    (
        {**EARLY, "request": "refund"},
        {},
        "经营者证明您实付另一价格的，按实付的价格（《消费者权益保护法实施条例》第18条）",
        "really paid where the trader proves another (Implementing Decree art. 18)",
    ),
    (
        {**EARLY, "symptom": "none"},
        {},
        "收货7日内可以无理由退货，但商品应当完好（《消费者权益保护法》第25条）",
        "within 7 days of receipt without a reason (Consumer Protection Law art. 25)",
    ),
    (
        {**EARLY, "symptom": "unlisted", "request": "refund"},
        {},
        "收货7日内可以无理由退货",
        "bought at a distance (online, by telephone or television)",
    ),
    (
        {**EARLY, "activated_on": "2025-01-01"},
        {},
        "可以要求价款三倍的赔偿，最低500元（《消费者权益保护法》第55条）",
        "three times the price is due, at least 500 yuan (Consumer Protection Law art. 55)",
    ),
]


@pytest.mark.parametrize(("changes", "read", "zh", "en"), TOLD)
def test_what_is_told(changes: dict[str, Any], read: dict[str, str], zh: str, en: str) -> None:
    """Each circumstance has its sentence, in both languages; read from JSON it is the same."""
    decision = sanbao.decide(handset(**changes), readings=Readings.from_dict(read))
    for lang, part in (("zh", zh), ("en", en)):
        for one in (decision, Decision.from_json(decision.to_json())):
            for audience in ("consumer", "clerk"):
                text = one.explain(lang, audience)  # type: ignore[arg-type]
                assert text.count(part) == 1


@pytest.mark.parametrize(
    ("changes", "read", "parts"),
    [
        (
            {},
            {},
            ("首次提出要求之日", "同一故障", "换回的那一台", "没有开给", "无理由退货", "三倍"),
        ),
        ({**EARLY, "request": "exchange"}, {}, ("实付", "无理由退货")),
        ({**EARLY, "sold_on": "2014-03-10", "claimed_on": "2014-03-12"}, {}, ("实付",)),
        # before the law of 2013 there was neither
        (
            {"sold_on": "2014-03-03", "claimed_on": "2014-03-05", "symptom": "none"},
            {},
            ("无理由退货",),
        ),
        (
            {"sold_on": "2014-03-03", "claimed_on": "2014-03-05", "activated_on": "2014-01-01"},
            {},
            ("三倍",),
        ),
        ({"claimed_on": "2025-03-20", "symptom": "none"}, {}, ("无理由退货",)),
        ({**EARLY, "activated_on": "2025-01-01", "condition": "second_hand"}, {}, ("三倍",)),
        ({"voucher": "not_issued"}, {"voucher_not_issued": "as_lost"}, ("不影响您的权利",)),
        (AGAIN, {"returning_fault": "new_fault"}, ("当时在三包有效期内",)),
        ({"sold_on": "2024-03-03", "claimed_on": "2025-06-20"}, {}, ("不再延长",)),
        # what keeps the exchange away is another thing than the day
        (
            {
                "appeared_on": "2025-03-10",
                "claimed_on": "2025-03-20",
                "request": "exchange",
                "symptom": "unlisted",
            },
            {},
            ("已经发现",),
        ),
    ],
)
def test_what_is_not_told(
    changes: dict[str, Any], read: dict[str, str], parts: tuple[str, ...]
) -> None:
    """No sentence where it would not be so, or would help nobody."""
    decision = sanbao.decide(handset(**changes), readings=Readings.from_dict(read))
    text = decision.explain("zh")
    assert not [part for part in parts if part in text]


def test_recourse_is_for_the_trader() -> None:
    """What the seller may ask of others is told at the counter, and not to the consumer."""
    decision = sanbao.decide(handset(**EARLY))
    assert "追偿" in decision.explain("zh", "clerk")
    assert "追偿" not in decision.explain("zh")


def test_a_day_to_perform_by() -> None:
    """The fifteen days are a day to be done by, not one from which something holds."""
    decision = sanbao.decide(handset(asked_on="2025-03-08", claimed_on="2025-03-12"))
    assert "逾期视为故意拖延（最迟2025年3月23日）" in decision.explain("zh")
    assert "最迟2025年3月23日：经营者应在首次要求后15日内办完" in decision.explain("zh", "clerk")


def test_nothing_left() -> None:
    """A fee that takes the whole price is told with its numbers, and offered to nobody."""
    repairs = [repair("2025-02-10", "2025-02-12"), repair("2025-02-20", "2025-02-22")]
    claim = handset(
        sold_on="2024-06-03",
        claimed_on="2025-03-10",
        repairs=repairs,
        same_model_in_stock=True,
        request="refund",
    )
    decision = sanbao.decide(claim)
    first, second, *rest = decision.explain("zh").split("\n")
    assert "价款3000.00元，274天折旧费3000.00元；折旧费已达全部价款，无余款可退" in first
    assert second.startswith("您可以：换货")
    assert not [line for line in rest if "退还0.00元" in line]
    assert "说明折旧费的算法和无余款可退，按换货办理" in decision.explain("zh", "clerk")
    unpriced = sanbao.decide(claim | {"purchase": claim["purchase"] | {"price": None}})
    assert "折旧费已达全部价款，无余款可退" in unpriced.explain("zh").split("\n")[0]


def test_repair_time_that_stretched_a_window() -> None:
    """The days in repair are told apart from rest days, and both where both moved the last day."""
    back = [repair("2025-03-05", "2025-03-07")]
    claim = handset(claimed_on="2025-03-12", repairs=back, request="refund")
    text = sanbao.decide(claim).explain("zh")
    assert "最后一日为第10日（2025年3月13日）" in text
    assert "（修理占用的3天不计入，期限顺延）" in text
    assert "是休息日" not in text
    longer = handset(
        claimed_on="2025-03-12", repairs=[repair("2025-03-05", "2025-03-09")], request="refund"
    )
    both = sanbao.decide(longer).explain("zh")
    assert "最后一日为第14日（2025年3月17日）（" not in both
    assert "（修理占用的5天不计入，期限顺延）（第12日是休息日，顺延）" in both


def test_goods_never_used() -> None:
    """For goods never used no fee is reckoned, and the auditor reads why."""
    repairs = [repair("2025-03-20", "2025-03-22"), repair("2025-04-01", "2025-04-03")]
    claim = handset(repairs=repairs, same_model_in_stock=True, request="refund", used=False)
    text = sanbao.decide(claim).explain("zh", "auditor")
    assert "没有使用过的商品不收折旧费：0.00元" in text
    assert "按解释depreciation" not in text
