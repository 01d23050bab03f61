"""Article 8: the three-guarantees period, and article 21: it starts again."""

from __future__ import annotations

from typing import Any

import pytest

import sanbao
from claims import (
    LAW,
    NOTHING,
    TWO_EXCHANGES,
    TWO_REPAIRS,
    accessory,
    battery,
    cited,
    day,
    days_after,
    exchange,
    goods,
    handset,
    repair,
)


@pytest.mark.parametrize(
    ("claim", "last"),
    [
        (handset(), "2026-03-03"),
        (goods("vehicle_phone", "no_ring"), "2026-03-03"),
        (goods("fixed_station_phone", "no_ring"), "2026-03-03"),
        (battery(), "2025-09-03"),
        (accessory("charger"), "2026-03-03"),
        (accessory("wired_earphone"), "2025-06-03"),
        (accessory("terminal_card"), "2026-03-03"),
        (accessory("data_card"), "2026-03-03"),
    ],
    ids=lambda value: value["product"]["kind"] if isinstance(value, dict) else None,
)
def test_length_of_the_period(claim: dict[str, Any], last: str) -> None:
    """The period is 12 months, 6 for a battery and 3 for a wired earphone, from the sale."""
    dates = sanbao.decide(claim).dates
    assert dates.period_starts_on == day("2025-03-03")
    assert dates.period_ends_on == day(last)


@pytest.mark.parametrize(
    ("invoiced", "starts"), [(None, "2024-03-04"), ("2024-03-06", "2024-03-06")]
)
def test_the_period_starts_with_the_invoice(invoiced: str | None, starts: str) -> None:
    """Before Decree 778 it runs from the invoice where that bears another date than the sale."""
    claim = handset(sold_on="2024-03-04", invoiced_on=invoiced, claimed_on="2024-05-13")
    dates = sanbao.decide(claim).dates
    assert dates.period_starts_on == day(starts)
    assert dates.period_ends_on == day(starts).replace(year=2025)


def test_delivery_does_not_move_the_period() -> None:
    """Before Decree 778 a later delivery moves the windows, not the period."""
    claim = handset(sold_on="2024-03-04", received_on="2024-03-07", claimed_on="2024-05-13")
    dates = sanbao.decide(claim).dates
    assert dates.period_starts_on == day("2024-03-04")
    assert dates.refund_until == day("2024-03-14")


@pytest.mark.parametrize(
    ("sold", "last"),
    [
        ("2024-03-04", "2025-03-04"),  # a Tuesday
        ("2024-03-08", "2025-03-10"),  # a Saturday: Monday
        ("2024-03-09", "2025-03-10"),  # a Sunday: Monday
        ("2023-10-01", "2024-10-08"),  # National Day: the day after the holiday
        ("2024-09-28", "2025-09-28"),  # a Sunday on which one works
        ("2024-02-29", "2025-02-28"),  # no such day: the last of the month
        ("2024-01-28", "2025-02-05"),  # eve of the Spring Festival: the day after it
    ],
)
def test_last_day_of_the_period(sold: str, last: str) -> None:
    """The period ends on the matching day, or on the next working day if that is a rest day."""
    inside = sanbao.decide(handset(sold_on=sold, claimed_on=last))
    assert inside.dates.period_ends_on == day(last)
    assert inside.outcome == "free_repair"
    outside = sanbao.decide(handset(sold_on=sold, claimed_on=days_after(last, 1)))
    assert outside.outcome == "paid_repair"
    assert outside.verdicts["art24.expired"] == "holds"


@pytest.mark.parametrize(
    ("sold", "last"),
    [
        ("2024-11-30", "2025-02-28"),  # three months: February has no 30th
        ("2025-01-01", "2025-04-01"),
        ("2024-12-01", "2025-03-03"),  # a Saturday: Monday
    ],
)
def test_three_months(sold: str, last: str) -> None:
    """The period of an earphone ends on the matching day of the third month."""
    claim = accessory("wired_earphone", sold_on=sold, claimed_on=last)
    assert sanbao.decide(claim).dates.period_ends_on == day(last)
    assert sanbao.decide(claim).outcome == "exchange"
    claim["claimed_on"] = days_after(last, 1)
    assert sanbao.decide(claim).outcome == "paid_repair"


REPAIRS = [
    pytest.param([], 0, id="none"),
    pytest.param([repair("2025-03-20", "2025-03-20")], 1, id="the same day"),
    pytest.param([repair("2025-03-20", "2025-03-21")], 2, id="both days count"),
    pytest.param(TWO_REPAIRS, 5, id="one after the other"),
    pytest.param(
        [repair("2025-04-01", "2025-04-10"), repair("2025-04-08", "2025-04-12")], 12, id="shared"
    ),
    pytest.param(
        [repair("2025-04-01", "2025-04-10"), repair("2025-04-03", "2025-04-05")], 10, id="within"
    ),
    pytest.param(
        [repair("2025-04-01", "2025-04-03"), repair("2025-04-03", "2025-04-05")], 5, id="touching"
    ),
    pytest.param([repair("2025-05-09")], 4, id="open up to the claim"),
    pytest.param([repair("2025-05-12")], 1, id="handed in on the day of the claim"),
    pytest.param([repair("2025-03-03", "2025-03-04")], 2, id="handed in on the first day"),
    pytest.param([repair("2025-03-02", "2025-03-10")], 0, id="handed in before the start"),
    pytest.param([repair("2025-05-13")], 0, id="handed in after the claim"),
    pytest.param([repair("2025-05-09", "2025-05-14")], 4, id="handed back after the claim"),
    pytest.param([repair("2025-05-09", ready_on="2025-05-09")], 4, id="ready, not handed back"),
]


@pytest.mark.parametrize(("repairs", "deducted"), REPAIRS)
def test_deducted_days(repairs: list[dict[str, Any]], deducted: int) -> None:
    """Each day in repair lengthens the period by a day, a day that two repairs share once."""
    dates = sanbao.decide(handset(repairs=repairs)).dates
    assert dates.deducted_days == deducted
    # 2026-03-03 is a Tuesday: counted on, 2026-03-07, 08, 14 and 15 are the weekend days
    end = days_after("2026-03-03", deducted)
    rolled = {"2026-03-07": "2026-03-09", "2026-03-08": "2026-03-09", "2026-03-15": "2026-03-16"}
    assert dates.period_ends_on == day(rolled.get(end, end))


@pytest.mark.parametrize(
    ("repairs", "warning", "field"),
    [
        ([repair("2025-05-13")], "repair_after_claim", "repairs[0].handed_in_on"),
        (
            [repair("2025-05-09", "2025-05-14")],
            "hand_back_after_claim",
            "repairs[0].handed_back_on",
        ),
    ],
)
def test_repairs_after_the_claim_are_warned_of(
    repairs: list[dict[str, Any]], warning: str, field: str
) -> None:
    """A repair or hand-back dated after the claim is odd, and said to be so."""
    warnings = sanbao.decide(handset(repairs=repairs)).warnings
    assert [(found.id, found.field) for found in warnings] == [(warning, field)]


def test_repair_days_extend_the_last_day() -> None:
    """A phone that was in repair for two days is covered two days longer."""
    repaired = [repair("2024-06-03", "2024-06-04")]
    for claimed, outcome in (("2025-03-06", "free_repair"), ("2025-03-07", "paid_repair")):
        claim = handset(sold_on="2024-03-04", claimed_on=claimed, repairs=repaired)
        assert sanbao.decide(claim).outcome == outcome


@pytest.mark.parametrize(
    ("sold", "repairs", "last", "deducted"),
    [
        pytest.param(
            "2023-03-01", [repair("2024-03-10", "2024-03-20")], "2024-03-01", 0, id="after the end"
        ),
        pytest.param(
            "2023-03-01", [repair("2024-03-01", "2024-03-10")], "2024-03-11", 10, id="last day"
        ),
        pytest.param(
            "2023-03-01", [repair("2024-03-02", "2024-03-10")], "2024-03-01", 0, id="day after it"
        ),
        pytest.param(
            "2023-03-01", [repair("2024-02-25", "2024-03-05")], "2024-03-11", 10, id="across it"
        ),
        pytest.param(  # 2024-03-03 is a Sunday
            "2023-03-03", [repair("2024-03-04", "2024-03-08")], "2024-03-08", 5, id="rolled day"
        ),
        pytest.param(
            "2023-03-03", [repair("2024-03-05", "2024-03-08")], "2024-03-04", 0, id="and after it"
        ),
        pytest.param(  # the second is handed in on the last day that the first has made
            "2023-03-01",
            [repair("2024-02-26", "2024-03-05"), repair("2024-03-11", "2024-03-12")],
            "2024-03-12",
            11,
            id="as it stands then",
        ),
        pytest.param(
            "2023-03-01",
            [repair("2024-03-12", "2024-03-13"), repair("2024-02-26", "2024-03-05")],
            "2024-03-11",
            9,
            id="too late for that",
        ),
        pytest.param(
            "2023-03-01",
            [repair("2024-02-26", "2024-02-28", recorded=False)],
            "2024-03-04",
            3,
            id="unrecorded",
        ),
        pytest.param(
            "2023-03-01",
            [repair("2024-02-26", "2024-02-28", under_guarantee=False)],
            "2024-03-04",
            3,
            id="paid for",
        ),
        pytest.param(
            "2023-03-01",
            [repair("2024-02-26", "2024-02-28", software_only=True)],
            "2024-03-04",
            3,
            id="software",
        ),
    ],
)
def test_which_repairs_give_days_back(
    sold: str, repairs: list[dict[str, Any]], last: str, deducted: int
) -> None:
    """A repair adds its days if it is handed in by the last day as it stands then."""
    dates = sanbao.decide(handset(sold_on=sold, repairs=repairs, claimed_on="2024-06-03")).dates
    assert (dates.period_ends_on, dates.deducted_days) == (day(last), deducted)


def test_deducted_first_rolled_then() -> None:
    """The days in repair are added before the end moves over a weekend."""
    # 2025-03-08 is a Saturday; two days later is Monday, which needs no rolling
    claim = handset(
        sold_on="2024-03-08", claimed_on="2025-03-10", repairs=[repair("2024-06-03", "2024-06-04")]
    )
    assert sanbao.decide(claim).dates.period_ends_on == day("2025-03-10")


def test_article_21_the_period_starts_again_with_an_exchange() -> None:
    """After an exchange the whole period runs from the day of the exchange."""
    dates = sanbao.decide(handset(exchanges=[exchange("2025-04-01")])).dates
    assert dates.period_starts_on == day("2025-04-01")
    assert dates.period_ends_on == day("2026-04-01")


@pytest.mark.parametrize("exchanges", [TWO_EXCHANGES, TWO_EXCHANGES[::-1]])
def test_article_21_the_last_exchange_counts(exchanges: tuple[dict[str, Any], ...]) -> None:
    """Of several exchanges the last one starts the period, in whatever order they are listed."""
    dates = sanbao.decide(handset(exchanges=exchanges, invoiced_on="2025-03-06")).dates
    assert dates.period_starts_on == day("2025-04-07")
    assert dates.period_ends_on == day("2026-04-07")


def test_article_21_repairs_before_the_exchange_are_forgotten() -> None:
    """Days in repair before the exchange do not lengthen the period after it."""
    claim = handset(exchanges=[exchange("2025-04-01")], repairs=TWO_REPAIRS)
    assert sanbao.decide(claim).dates.deducted_days == 3  # only 04-07 to 04-09


def test_article_21_an_exchange_on_the_day_of_sale_counts() -> None:
    """Goods exchanged on the spot have been exchanged."""
    decision = sanbao.decide(battery(exchanges=[exchange("2025-03-03"), exchange("2025-04-01")]))
    assert decision.verdicts["art14.refund"] == "holds"


def test_article_21_an_exchange_before_the_sale_is_ignored() -> None:
    """An exchange dated before the sale changes nothing but is warned of."""
    decision = sanbao.decide(handset(exchanges=[exchange("2025-03-02")]))
    assert decision.dates.period_starts_on == day("2025-03-03")
    assert [warning.id for warning in decision.warnings] == ["exchange_before_sale"]


def test_article_21_an_exchange_after_the_claim_is_refused() -> None:
    """An exchange that has not happened yet is a mistake in the claim."""
    with pytest.raises(sanbao.ValidationError, match="exchanges"):
        sanbao.decide(handset(exchanges=[exchange("2025-05-13")]))


def test_no_period_on_no_evidence() -> None:
    """Where nothing proves a date, no period is reckoned."""
    dates = sanbao.decide(handset(**NOTHING)).dates
    assert (dates.period_starts_on, dates.period_ends_on) == (None, None)


@pytest.mark.parametrize(
    ("rule", "claim"),
    [
        ("art24.expired", handset()),
        ("art10.repair", handset()),
        ("art14.exchange", battery()),
        ("art14.refund", battery()),
    ],
)
def test_citations(rule: str, claim: dict[str, Any]) -> None:
    """What hangs on the period cites article 8 and the Civil Code on how it is counted."""
    assert {f"{LAW} art. 8", "cn.civil-code art. 202", "cn.civil-code art. 203"} <= cited(
        rule, claim
    )
