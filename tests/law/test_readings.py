"""The contested readings: what each value changes, and what it leaves alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import sanbao
from claims import (
    FACTORY,
    PROVEN,
    TWO_EXCHANGES,
    TWO_REPAIRS,
    battery,
    day,
    days_after,
    exchange,
    handset,
    repair,
)
from sanbao.model.decision import Remedy


def decided(claim: dict[str, Any], **readings: Any) -> sanbao.Decision:
    """Return the decision on ``claim`` under these readings."""
    return sanbao.decide(claim, readings=sanbao.Readings(**readings))


def wants_money(**changes: Any) -> dict[str, Any]:
    """Return the claim of who is owed an exchange from stock and asks for money."""
    ordinary: dict[str, Any] = {
        "repairs": TWO_REPAIRS,
        "same_model_in_stock": True,
        "request": "refund",
    }
    return handset(**(ordinary | changes))


def money(claim: dict[str, Any], **readings: Any) -> Remedy:
    """Return the refund less depreciation of the decision on ``claim``."""
    remedies = decided(claim, **readings).remedies
    [found] = [remedy for remedy in remedies if remedy.rule == "art19.refund"]
    return found


# --- all of them ----------------------------------------------------------------------

# An exchange on 2025-04-01, one repair before it and two after it.
EXCHANGED = wants_money(
    exchanges=[exchange("2025-04-01")],
    repairs=[
        repair("2025-03-10", "2025-03-12"),
        repair("2025-04-07", "2025-04-08"),
        repair("2025-04-21", "2025-04-23"),
    ],
)
OTHER_FAULT = repair("2025-04-07", "2025-04-09", symptom="no_ring")
UNRECORDED = repair("2025-04-07", "2025-04-09", recorded=False)
LATE_REPAIR = repair("2025-02-24", "2025-02-28", symptom="no_ring")
MEASURED = {"cause": "liquid", "cause_basis": "report", "contested": True}

TELLING: dict[tuple[str, str], dict[str, Any]] = {
    ("first_day", "same_day"): handset(sold_on="2025-03-04", claimed_on="2025-03-11"),
    ("window_end", "fixed"): handset(sold_on="2026-03-07", claimed_on="2026-03-16"),
    ("rest_days", "holidays_only"): handset(sold_on="2026-03-07", claimed_on="2026-03-16"),
    ("two_repairs", "same_fault"): handset(repairs=[TWO_REPAIRS[0], OTHER_FAULT]),
    ("repair_proof", "any_proof"): handset(repairs=[TWO_REPAIRS[0], UNRECORDED]),
    ("windows_after_exchange", "from_sale"): handset(
        exchanges=[exchange("2025-04-01")], claimed_on="2025-04-08"
    ),
    ("depreciation_start", "from_invoice"): EXCHANGED,
    ("refund_papers", "refund"): handset(claimed_on="2025-03-05", **PROVEN),
    ("repair_end", "notified"): handset(
        repairs=[repair("2025-04-01", "2025-04-10", notified_on="2025-04-03")]
    ),
    ("repair_days", "elapsed"): handset(repairs=TWO_REPAIRS),
    ("depreciation_days", "inclusive"): wants_money(),
    ("rounding", "down"): wants_money(price="1601.00"),
    ("rounding", "half_even"): wants_money(price="1601.00"),
    ("depreciation", "not_charged"): wants_money(),
    ("window_start", "sold"): handset(
        sold_on="2024-03-04", received_on="2024-03-07", claimed_on="2024-03-14"
    ),
    ("windows_after_exchange", "exchange_only"): handset(
        exchanges=[exchange("2025-04-01")], claimed_on="2025-04-08"
    ),
    ("period_start", "later"): handset(
        invoiced_on="2025-03-06", received_on="2025-03-05", claimed_on="2026-03-06"
    ),
    ("period_start", "invoiced"): handset(received_on="2025-03-05", claimed_on="2026-03-05"),
    ("repair_time_in_windows", "counted"): handset(
        repairs=[repair("2025-03-05", "2025-03-06")], claimed_on="2025-03-12"
    ),
    ("window_day", "appeared"): handset(appeared_on="2025-03-10", claimed_on="2025-03-11"),
    ("returning_fault", "new_fault"): handset(
        sold_on="2024-03-04",
        repairs=[repair("2025-02-24", "2025-02-28"), repair("2025-03-11", "2025-03-13")],
        claimed_on="2025-04-12",
    ),
    ("burden_of_proof", "consumer_later"): handset(cause="liquid", claimed_on="2025-09-04"),
    ("burden_of_proof", "trader_always"): handset(**MEASURED, claimed_on="2025-09-04"),
    ("voucher_not_issued", "as_lost"): handset(voucher="not_issued", claimed_on="2025-03-05"),
    ("built_in_battery", "accessory"): handset(
        symptom="battery_fault", battery_capacity=79, claimed_on="2025-09-03"
    ),
    ("software_repair", "not_counted"): handset(
        repairs=[TWO_REPAIRS[0], TWO_REPAIRS[1] | {"software_only": True}]
    ),
    ("two_repairs_remedy", "refund_too"): handset(
        sold_on="2013-03-04",
        repairs=[repair("2013-04-08", "2013-04-09"), repair("2013-05-06", "2013-05-08")],
        claimed_on="2014-03-04",
    ),
    ("second_hand", "not_covered"): handset(condition="second_hand"),
    ("repair_guarantee", "any_fault"): handset(
        sold_on="2024-03-04", repairs=[LATE_REPAIR], claimed_on="2025-03-30"
    ),
}


@pytest.mark.parametrize(("reading", "value"), TELLING)
def test_every_value_changes_something(reading: str, value: str) -> None:
    """For every value of every reading there is a claim that it decides differently."""
    claim = TELLING[reading, value]
    default, other = decided(claim), decided(claim, **{reading: value})
    assert (default.outcome, default.dates, default.remedies) != (
        other.outcome,
        other.dates,
        other.remedies,
    )


def test_no_value_is_left_out() -> None:
    """The table above holds every value but the defaults."""
    alternatives = sanbao.Readings().alternatives()
    assert {(reading, value) for reading, value, _ in alternatives} == set(TELLING)


@pytest.mark.parametrize(("reading", "value"), TELLING)
def test_an_ordinary_repair_hangs_on_none(reading: str, value: str) -> None:
    """A first repair in the middle of the period is free under every reading."""
    assert decided(handset(), **{reading: value}).outcome == "free_repair"


# --- first_day ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sold", "next_day", "same_day"),
    [
        ("2025-03-04", ("2025-03-11", "2025-03-19"), ("2025-03-10", "2025-03-18")),
        ("2026-03-02", ("2026-03-09", "2026-03-17"), ("2026-03-09", "2026-03-16")),  # 03-08: Sunday
        ("2026-03-07", ("2026-03-16", "2026-03-23"), ("2026-03-13", "2026-03-23")),  # 03-21: Sat.
    ],
)
def test_first_day(sold: str, next_day: tuple[str, str], same_day: tuple[str, str]) -> None:
    """Counting the day of sale ends both windows a day earlier, before they roll."""
    for value, (refund, exchange_) in (("next_day", next_day), ("same_day", same_day)):
        dates = decided(handset(sold_on=sold, claimed_on=sold), first_day=value).dates
        assert (dates.refund_until, dates.exchange_until) == (day(refund), day(exchange_))


@pytest.mark.parametrize(
    ("sold", "next_day", "same_day"),
    [
        ("2024-03-05", "2025-03-05", "2025-03-04"),
        ("2024-03-08", "2025-03-10", "2025-03-07"),  # Saturday, and Friday
        ("2024-03-10", "2025-03-10", "2025-03-10"),  # Monday, and Sunday
        ("2023-10-01", "2024-10-08", "2024-09-30"),
    ],
)
def test_first_day_of_the_period(sold: str, next_day: str, same_day: str) -> None:
    """Counting the first day ends the period a day earlier, before it rolls."""
    for value, last in (("next_day", next_day), ("same_day", same_day)):
        claim = handset(sold_on=sold, claimed_on=last)
        assert decided(claim, first_day=value).dates.period_ends_on == day(last)
        assert decided(claim, first_day=value).outcome == "free_repair"
        late = {**claim, "claimed_on": days_after(last, 1)}
        assert decided(late, first_day=value).outcome == "paid_repair"


@pytest.mark.parametrize(
    ("claim", "rule", "verdict"),
    [
        (handset(**MEASURED, claimed_on="2025-09-03"), "art24.misuse", "fails"),
        (handset(**MEASURED, claimed_on="2025-09-04"), "art24.misuse", "holds"),
        (
            handset(repairs=[repair("2025-04-01", "2025-04-02")], claimed_on="2025-05-02"),
            "art10.again",
            "holds",
        ),
        (
            handset(repairs=[repair("2025-03-10", delay="parts")], claimed_on="2025-05-09"),
            "art16.exchange",
            "fails",
        ),
        (
            handset(repairs=[repair("2025-04-09", delay="repairer")], claimed_on="2025-05-09"),
            "art17.exchange",
            "fails",
        ),
    ],
)
@pytest.mark.parametrize("value", ["next_day", "same_day"])
def test_first_day_of_other_times(
    claim: dict[str, Any], rule: str, verdict: str, value: str
) -> None:
    """Burden of proof, the 30 days of a repair and the delays are counted as ever."""
    assert decided(claim, first_day=value).verdicts[rule] == verdict


def test_first_day_and_the_factory_date() -> None:
    """The 90th day after the factory date is the same day under both values."""
    dates = decided(handset(**FACTORY), first_day="same_day").dates
    assert dates.period_starts_on == day("2025-03-03")
    assert dates.period_ends_on == day("2026-03-02")


# --- window_end and rest_days ---------------------------------------------------------


@pytest.mark.parametrize(
    ("sold", "refund", "exchange_"),
    [
        ("2026-03-07", "2026-03-14", "2026-03-22"),  # Saturday, Sunday
        ("2025-09-24", "2025-10-01", "2025-10-09"),  # National Day
        ("2025-03-03", "2025-03-10", "2025-03-18"),  # working days
    ],
)
def test_window_end(sold: str, refund: str, exchange_: str) -> None:
    """Windows that do not roll end on day 7 and day 15, whatever day that is."""
    dates = decided(handset(sold_on=sold, claimed_on=sold), window_end="fixed").dates
    assert (dates.refund_until, dates.exchange_until) == (day(refund), day(exchange_))


@pytest.mark.parametrize(
    ("claimed", "roll", "fixed"),
    [
        ("2026-03-14", "refund", "refund"),
        ("2026-03-15", "refund", "exchange"),
        ("2026-03-16", "refund", "exchange"),
        ("2026-03-22", "exchange", "exchange"),
        ("2026-03-23", "exchange", "free_repair"),
        ("2026-03-24", "free_repair", "free_repair"),
    ],
)
def test_window_end_decides(claimed: str, roll: str, fixed: str) -> None:
    """On the days a window rolls over, the outcome hangs on whether it does."""
    claim = handset(sold_on="2026-03-07", claimed_on=claimed)
    assert decided(claim).outcome == roll
    assert decided(claim, window_end="fixed").outcome == fixed


@pytest.mark.parametrize(
    ("sold", "last"), [("2024-03-08", "2025-03-10"), ("2023-10-01", "2024-10-08")]
)
def test_window_end_leaves_the_period_alone(sold: str, last: str) -> None:
    """The period rolls even where the windows do not."""
    decision = decided(handset(sold_on=sold, claimed_on=last), window_end="fixed")
    assert decision.dates.period_ends_on == day(last)


@pytest.mark.parametrize(
    ("sold", "weekends_too", "holidays_only"),
    [
        ("2026-03-07", "2026-03-16", "2026-03-14"),  # an ordinary Saturday
        ("2025-09-20", "2025-09-28", "2025-09-27"),  # a Saturday before a working Sunday
        ("2025-09-24", "2025-10-09", "2025-10-09"),  # National Day
        ("2025-09-28", "2025-10-09", "2025-10-09"),  # a Sunday that the notice names
        ("2025-03-03", "2025-03-10", "2025-03-10"),  # a working day
    ],
)
def test_rest_days(sold: str, weekends_too: str, holidays_only: str) -> None:
    """Under the narrow reading only a day off that a notice names makes a window roll."""
    for value, last in (("weekends_too", weekends_too), ("holidays_only", holidays_only)):
        claim = handset(sold_on=sold, claimed_on=last)
        assert decided(claim, rest_days=value).outcome == "refund"
        late = {**claim, "claimed_on": days_after(last, 1)}
        assert decided(late, rest_days=value).verdicts["art11.refund"] == "fails"


@pytest.mark.parametrize(
    ("sold", "last"), [("2024-03-08", "2025-03-08"), ("2023-10-01", "2024-10-08")]
)
def test_rest_days_of_the_period(sold: str, last: str) -> None:
    """Under the narrow reading the period may end on an ordinary Saturday."""
    decision = decided(handset(sold_on=sold, claimed_on=last), rest_days="holidays_only")
    assert decision.dates.period_ends_on == day(last)


def test_rest_days_of_a_year_that_is_not_published() -> None:
    """No notice names a day off of an unpublished year; the date is provisional all the same."""
    claim = handset(sold_on="2026-03-06", claimed_on="2026-06-01")
    decision = decided(claim, rest_days="holidays_only")
    assert decision.dates.period_ends_on == day("2027-03-06")
    assert decision.provisional == ("period_ends_on",)


# --- two_repairs and repair_proof -----------------------------------------------------


@pytest.mark.parametrize(
    ("symptoms", "any_fault", "same_fault"),
    [
        (("screen_fault", "screen_fault"), "exchange", "exchange"),
        ((None, None), "exchange", "exchange"),  # not stated: the claim's
        ((None, "no_ring"), "exchange", "free_repair"),
        (("no_ring", "no_ring"), "exchange", "free_repair"),
        (("screen_fault", "unlisted"), "free_repair", "free_repair"),
    ],
)
def test_two_repairs(
    symptoms: tuple[str | None, str | None], any_fault: str, same_fault: str
) -> None:
    """Under the narrow reading both repairs must have been for the fault that is back."""
    repairs = [
        one | {"symptom": symptom} for one, symptom in zip(TWO_REPAIRS, symptoms, strict=True)
    ]
    claim = handset(repairs=repairs)
    assert decided(claim).outcome == any_fault
    assert decided(claim, two_repairs="same_fault").outcome == same_fault


@pytest.mark.parametrize(
    ("facts", "recorded", "any_proof"),
    [
        ({}, "exchange", "exchange"),
        ({"recorded": False}, "free_repair", "exchange"),
        ({"recorded": False, "under_guarantee": False}, "free_repair", "free_repair"),
        ({"recorded": False, "symptom": "unlisted"}, "free_repair", "free_repair"),
    ],
)
def test_repair_proof(facts: dict[str, Any], recorded: str, any_proof: str) -> None:
    """Under the wide reading a repair counts that no repairer wrote down."""
    claim = handset(repairs=[one | facts for one in TWO_REPAIRS])
    assert decided(claim).outcome == recorded
    assert decided(claim, repair_proof="any_proof").outcome == any_proof


# --- windows_after_exchange and window_start ------------------------------------------


@pytest.mark.parametrize(
    ("exchanged", "claimed", "restart", "from_sale"),
    [
        ("2025-03-05", "2025-03-10", "refund", "refund"),  # day 7 of the sale
        ("2025-03-05", "2025-03-11", "refund", "exchange"),
        ("2025-03-05", "2025-03-12", "refund", "exchange"),  # day 7 of the exchange
        ("2025-03-05", "2025-03-13", "exchange", "exchange"),
        ("2025-03-05", "2025-03-18", "exchange", "exchange"),  # day 15 of the sale
        ("2025-03-05", "2025-03-19", "exchange", "free_repair"),
        ("2025-04-01", "2025-04-08", "refund", "free_repair"),
        ("2025-04-01", "2025-04-16", "exchange", "free_repair"),
    ],
)
def test_windows_after_exchange(exchanged: str, claimed: str, restart: str, from_sale: str) -> None:
    """Under the narrow reading an exchange starts no new 7 and 15 days."""
    claim = handset(exchanges=[exchange(exchanged)], claimed_on=claimed)
    assert decided(claim).outcome == restart
    assert decided(claim, windows_after_exchange="from_sale").outcome == from_sale


def test_windows_after_exchange_run_from_delivery() -> None:
    """Under the narrow reading the windows run from the first delivery; the period restarts."""
    claim = handset(received_on="2025-03-06", exchanges=[exchange("2025-04-01")])
    dates = decided(claim, windows_after_exchange="from_sale").dates
    assert (dates.refund_until, dates.exchange_until) == (day("2025-03-13"), day("2025-03-21"))
    assert dates.period_starts_on == day("2025-04-01")


@pytest.mark.parametrize(
    ("claimed", "received", "sold"),
    [
        ("2024-03-11", "refund", "refund"),  # day 7 of the sale
        ("2024-03-12", "refund", "exchange"),
        ("2024-03-14", "refund", "exchange"),  # day 7 of delivery
        ("2024-03-15", "exchange", "exchange"),
        ("2024-03-19", "exchange", "exchange"),  # day 15 of the sale
        ("2024-03-20", "exchange", "free_repair"),
        ("2024-03-22", "exchange", "free_repair"),  # day 15 of delivery
        ("2024-03-23", "free_repair", "free_repair"),
    ],
)
def test_window_start(claimed: str, received: str, sold: str) -> None:
    """Under the narrow reading the windows run from the sale though delivery was later."""
    claim = handset(sold_on="2024-03-04", received_on="2024-03-07", claimed_on=claimed)
    assert decided(claim).outcome == received
    assert decided(claim, window_start="sold").outcome == sold


def test_window_start_leaves_the_rest_alone() -> None:
    """After an exchange, and for the burden of proof, delivery means what it always does."""
    delivered = {"sold_on": "2024-03-04", "received_on": "2024-03-07"}
    exchanged = handset(**delivered, exchanges=[exchange("2024-04-01")], claimed_on="2024-05-13")
    assert decided(exchanged, window_start="sold").dates.refund_until == day("2024-04-08")
    for claimed, verdict in (("2024-09-07", "fails"), ("2024-09-08", "holds")):
        contested = handset(**delivered, **MEASURED, claimed_on=claimed)
        assert decided(contested, window_start="sold").verdicts["art24.misuse"] == verdict


def test_window_start_has_no_effect_on_decree_goods() -> None:
    """Decree 778 has the terms run from delivery, whatever one reads into art. 11."""
    claim = handset(received_on="2025-03-06", claimed_on="2025-03-13")
    assert decided(claim, window_start="sold").outcome == "refund"


# --- depreciation ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "from_exchange", "from_invoice"),
    [
        pytest.param(EXCHANGED, (36, 5), (62, 8), id="41 less 5, 70 less 8"),
        pytest.param(wants_money(), (65, 5), (65, 5), id="no exchange"),
        pytest.param(
            wants_money(
                invoiced_on="2025-03-11",
                exchanges=[exchange("2025-04-01")],
                repairs=EXCHANGED["repairs"],
            ),
            (36, 5),
            (55, 7),
            id="41 less 5, 62 less 7: one day of a repair was before the invoice",
        ),
        pytest.param(
            wants_money(
                exchanges=TWO_EXCHANGES,
                repairs=[repair("2025-04-10", "2025-04-10"), repair("2025-04-14", "2025-04-14")],
            ),
            (33, 2),
            (68, 2),
            id="two exchanges",
        ),
    ],
)
def test_depreciation_start(
    claim: dict[str, Any], from_exchange: tuple[int, int], from_invoice: tuple[int, int]
) -> None:
    """Days of use run from the last exchange, or from the invoice in spite of it."""
    for value, expected in (("from_exchange", from_exchange), ("from_invoice", from_invoice)):
        found = money(claim, depreciation_start=value)
        assert (found.used_days, found.deducted_days) == expected
        assert found.fee == 15 * expected[0]


@pytest.mark.parametrize(
    ("claim", "elapsed", "inclusive"),
    [
        pytest.param(wants_money(), (65, "975.00"), (66, "990.00"), id="ordinary"),
        pytest.param(
            wants_money(
                claimed_on="2025-03-05",
                repairs=[repair("2025-03-03", "2025-03-03"), repair("2025-03-04", "2025-03-05")],
                **PROVEN,
            ),
            (0, "0.00"),
            (1, "15.00"),
            id="2 less 3 is 0, then 1 more",
        ),
    ],
)
def test_depreciation_days(
    claim: dict[str, Any], elapsed: tuple[int, str], inclusive: tuple[int, str]
) -> None:
    """Counting both ends adds a day of use, also where none would be left."""
    for value, (days, fee) in (("elapsed", elapsed), ("inclusive", inclusive)):
        found = money(claim, depreciation_days=value)
        assert (found.used_days, found.fee) == (days, Decimal(fee))


@pytest.mark.parametrize(
    ("price", "half_up", "down", "half_even"),
    [
        ("1601.00", "520.33", "520.32", "520.32"),  # 65 x 8.005 = 520.325
        ("1599.00", "519.68", "519.67", "519.68"),  # 65 x 7.995 = 519.675
        ("1600.00", "520.00", "520.00", "520.00"),
        ("99.99", "32.50", "32.49", "32.50"),  # 32.49675
    ],
)
def test_rounding(price: str, half_up: str, down: str, half_even: str) -> None:
    """The fee is rounded to the fen; what is paid back is the rest of the price."""
    for value, fee in (("half_up", half_up), ("down", down), ("half_even", half_even)):
        found = money(wants_money(price=price), rounding=value)
        assert found.fee == Decimal(fee)
        assert found.payable == Decimal(price) - Decimal(fee)


def test_depreciation() -> None:
    """Where no fee is due the price is paid back in full, by the same article."""
    decision = decided(wants_money(), depreciation="not_charged")
    assert decision.lead is not None
    assert decision.lead.rule == "art19.refund"
    found = money(wants_money(), depreciation="not_charged")
    assert (found.price, found.fee, found.payable) == (
        Decimal("3000.00"),
        Decimal("0.00"),
        Decimal("3000.00"),
    )


# --- refund_papers --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "exchange_only", "refund"),
    [
        pytest.param(handset(claimed_on="2025-03-05"), "refund", "refund", id="all papers"),
        pytest.param(handset(claimed_on="2025-03-10", **PROVEN), "exchange", "refund", id="copy"),
        pytest.param(
            handset(claimed_on="2025-03-10", voucher="lost"), "exchange", "refund", id="invoice"
        ),
        pytest.param(
            handset(claimed_on="2025-03-11", **PROVEN), "exchange", "exchange", id="day 8"
        ),
        pytest.param(
            handset(claimed_on="2025-03-05", **FACTORY), "free_repair", "free_repair", id="factory"
        ),
        pytest.param(
            battery(exchanges=TWO_EXCHANGES, **PROVEN), "exchange", "refund", id="accessory"
        ),
    ],
)
def test_refund_papers(claim: dict[str, Any], exchange_only: str, refund: str) -> None:
    """Under the wide reading proof of the date carries the refunds of arts. 11 and 14."""
    assert decided(claim).outcome == exchange_only
    assert decided(claim, refund_papers="refund").outcome == refund


def test_refund_papers_and_depreciation() -> None:
    """Where lesser papers carry the full refund, none with a fee is offered beside it."""
    claim = wants_money(claimed_on="2025-03-05", repairs=(), **PROVEN)
    assert decided(claim).verdicts["art19.refund"] == "holds"
    assert decided(claim, refund_papers="refund").verdicts["art19.refund"] == "fails"


# --- repair_end and repair_days -------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "handed_back", "notified"),
    [
        pytest.param(repair("2025-04-01", "2025-04-10"), 10, 10, id="not notified"),
        pytest.param(
            repair("2025-04-01", "2025-04-10", notified_on="2025-04-03"), 10, 3, id="earlier"
        ),
        pytest.param(
            repair("2025-04-01", "2025-04-10", notified_on="2025-04-10"), 10, 10, id="same day"
        ),
        pytest.param(
            repair("2025-04-01", "2025-04-10", notified_on="2025-04-12"), 10, 10, id="later"
        ),
        pytest.param(
            repair("2025-04-01", "2025-04-10", ready_on="2025-04-02"), 10, 10, id="only ready"
        ),
        pytest.param(repair("2025-05-01", notified_on="2025-05-03"), 12, 3, id="uncollected"),
        pytest.param(repair("2025-05-01", notified_on="2025-05-14"), 12, 12, id="after the claim"),
        pytest.param(repair("2025-05-01"), 12, 12, id="open"),
    ],
)
def test_repair_end(one: dict[str, Any], handed_back: int, notified: int) -> None:
    """The time of a repair may end with the call to the consumer, if that came first."""
    claim = handset(repairs=[one])
    assert decided(claim).dates.deducted_days == handed_back
    assert decided(claim, repair_end="notified").dates.deducted_days == notified


def test_repair_end_decides() -> None:
    """The day that lies between call and hand-back can be the last day of the period."""
    repairs = [repair("2024-06-03", "2024-06-05", notified_on="2024-06-04")]
    claim = handset(sold_on="2024-03-04", repairs=repairs, claimed_on="2025-03-07")
    assert decided(claim).outcome == "free_repair"
    assert decided(claim, repair_end="notified").outcome == "paid_repair"


@pytest.mark.parametrize(
    ("repairs", "inclusive", "elapsed"),
    [
        pytest.param([repair("2025-04-01", "2025-04-10")], 10, 9, id="ordinary"),
        pytest.param([repair("2025-04-01", "2025-04-01")], 1, 0, id="one day"),
        pytest.param([repair("2025-05-09")], 4, 4, id="open: the day of the claim counts"),
        pytest.param([repair("2025-05-12")], 1, 1, id="handed in on the day of the claim"),
        pytest.param([repair("2025-05-09", "2025-05-12")], 4, 3, id="back on the day of the claim"),
        pytest.param([repair("2025-05-09", "2025-05-13")], 4, 4, id="back after the claim"),
        pytest.param(
            [repair("2025-04-01", "2025-04-10"), repair("2025-04-08", "2025-04-12")],
            12,
            11,
            id="shared days",
        ),
        pytest.param(
            [repair("2025-04-01", "2025-04-03"), repair("2025-04-03", "2025-04-05")],
            5,
            4,
            id="back and in again on one day",
        ),
        pytest.param(TWO_REPAIRS, 5, 3, id="two apart"),
    ],
)
def test_repair_days(repairs: list[dict[str, Any]], inclusive: int, elapsed: int) -> None:
    """Counting nights drops the day handed back, and no other."""
    claim = handset(repairs=repairs)
    assert decided(claim).dates.deducted_days == inclusive
    assert decided(claim, repair_days="elapsed").dates.deducted_days == elapsed


def test_repair_days_decide() -> None:
    """The day handed back can be the last day of the period."""
    repairs = [repair("2024-06-03", "2024-06-05")]
    claim = handset(sold_on="2024-03-04", repairs=repairs, claimed_on="2025-03-07")
    assert decided(claim).outcome == "free_repair"
    assert decided(claim, repair_days="elapsed").outcome == "paid_repair"


def test_repair_days_up_to_the_call() -> None:
    """Under both readings the day of the call is the day that does not count."""
    one = repair("2025-04-01", "2025-04-10", notified_on="2025-04-03")
    dates = decided(handset(repairs=[one]), repair_end="notified", repair_days="elapsed").dates
    assert dates.deducted_days == 2


@pytest.mark.parametrize(
    ("readings", "used"),
    [({}, 65), ({"repair_days": "elapsed"}, 67), ({"repair_end": "notified"}, 66)],
)
def test_repair_time_in_the_fee(readings: dict[str, str], used: int) -> None:
    """Repair time is reckoned for the fee as it is for the period."""
    first, second = TWO_REPAIRS
    claim = wants_money(repairs=[first, second | {"notified_on": "2025-04-08"}])
    assert money(claim, **readings).used_days == used


# --- repair_guarantee -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("symptom", "claimed", "same_fault", "any_fault"),
    [
        ("screen_fault", "2025-03-30", "free_repair", "free_repair"),
        ("no_ring", "2025-03-30", "paid_repair", "free_repair"),
        ("no_ring", "2025-03-31", "paid_repair", "paid_repair"),
        ("unlisted", "2025-03-30", "paid_repair", "free_repair"),
        ("charger_fault", "2025-03-30", "paid_repair", "free_repair"),
        ("none", "2025-03-30", "paid_repair", "paid_repair"),
        ("wear", "2025-03-30", "paid_repair", "paid_repair"),
    ],
)
def test_repair_guarantee(symptom: str, claimed: str, same_fault: str, any_fault: str) -> None:
    """Under the wide reading any repair of a quality problem must last, listed or not."""
    repairs = [repair("2025-02-24", "2025-02-28", symptom=symptom)]
    claim = handset(sold_on="2024-03-04", repairs=repairs, claimed_on=claimed)
    assert decided(claim).outcome == same_fault
    assert decided(claim, repair_guarantee="any_fault").outcome == any_fault


# --- the readings that came with Decree 778 and the burden of proof -----------------------

# reading, value, changes to the claim of the table above, outcome by default, and under it
DECIDED: list[tuple[str, str, dict[str, Any], str, str]] = [
    ("windows_after_exchange", "exchange_only", {}, "refund", "exchange"),
    (
        "windows_after_exchange",
        "exchange_only",
        {"claimed_on": "2025-04-16"},
        "exchange",
        "exchange",
    ),
    (
        "windows_after_exchange",
        "exchange_only",
        {"claimed_on": "2025-04-17"},
        "free_repair",
        "free_repair",
    ),
    ("period_start", "later", {"claimed_on": "2026-03-05"}, "free_repair", "free_repair"),
    ("period_start", "later", {}, "paid_repair", "free_repair"),
    ("period_start", "later", {"claimed_on": "2026-03-07"}, "paid_repair", "paid_repair"),
    ("period_start", "invoiced", {"claimed_on": "2026-03-03"}, "free_repair", "free_repair"),
    ("period_start", "invoiced", {"claimed_on": "2026-03-04"}, "free_repair", "paid_repair"),
    ("period_start", "invoiced", {}, "free_repair", "paid_repair"),
    ("repair_time_in_windows", "counted", {"claimed_on": "2025-03-10"}, "refund", "refund"),
    ("repair_time_in_windows", "counted", {"claimed_on": "2025-03-11"}, "refund", "exchange"),
    ("repair_time_in_windows", "counted", {}, "refund", "exchange"),
    ("repair_time_in_windows", "counted", {"claimed_on": "2025-03-13"}, "exchange", "exchange"),
    ("window_day", "appeared", {}, "exchange", "refund"),
    ("window_day", "appeared", {"claimed_on": "2025-03-10"}, "refund", "refund"),
    # the second repair was handed back on 2025-03-13
    ("returning_fault", "new_fault", {}, "exchange", "free_repair"),
    ("returning_fault", "new_fault", {"claimed_on": "2025-04-13"}, "paid_repair", "paid_repair"),
    ("burden_of_proof", "consumer_later", {}, "free_repair", "paid_repair"),
    (
        "burden_of_proof",
        "consumer_later",
        {"claimed_on": "2025-09-03"},
        "free_repair",
        "free_repair",
    ),
    ("burden_of_proof", "trader_always", {}, "paid_repair", "free_repair"),
    (
        "burden_of_proof",
        "trader_always",
        {"claimed_on": "2025-09-03"},
        "free_repair",
        "free_repair",
    ),
    ("voucher_not_issued", "as_lost", {}, "refund", "exchange"),
    ("built_in_battery", "accessory", {}, "free_repair", "exchange"),
    ("built_in_battery", "accessory", {"claimed_on": "2025-09-04"}, "free_repair", "paid_repair"),
    ("software_repair", "not_counted", {}, "exchange", "free_repair"),
    ("two_repairs_remedy", "refund_too", {}, "exchange", "refund"),
    ("second_hand", "not_covered", {}, "free_repair", "excluded"),
]


@pytest.mark.parametrize(("reading", "value", "changes", "default", "other"), DECIDED)
def test_what_it_decides(
    reading: str, value: str, changes: dict[str, Any], default: str, other: str
) -> None:
    """On the days it is about, and on no others, the outcome hangs on the reading."""
    claim = TELLING[reading, value] | changes
    assert decided(claim).outcome == default
    assert decided(claim, **{reading: value}).outcome == other


def test_period_start_and_repair_time_leave_older_goods_alone() -> None:
    """Of goods delivered before the decree neither reading says anything."""
    claim = handset(
        sold_on="2024-03-04",
        received_on="2024-03-07",
        invoiced_on="2024-03-06",
        repairs=[repair("2024-03-08", "2024-03-09")],
        claimed_on="2024-05-13",
    )
    dates = decided(claim).dates
    assert dates.period_starts_on == day("2024-03-06")
    for other in ({"period_start": "later"}, {"period_start": "invoiced"}):
        assert decided(claim, **other).dates == dates
    assert decided(claim, repair_time_in_windows="counted").dates == dates


@pytest.mark.parametrize("value", ["consumer_later", "trader_always"])
@pytest.mark.parametrize("basis", ["inspection", "consumer"])
def test_an_inspection_and_an_admission_prove_under_every_reading(basis: str, value: str) -> None:
    """Whoever bears the burden: it is met."""
    claim = handset(**(MEASURED | {"cause_basis": basis}), claimed_on="2025-09-04")
    assert decided(claim, burden_of_proof=value).outcome == "paid_repair"


def test_the_bare_word_before_2014() -> None:
    """Where the trader's word is proof, it is so for every claim of before the amendment."""
    claim = handset(sold_on="2014-02-10", cause="liquid", claimed_on="2014-03-14")
    assert decided(claim, burden_of_proof="consumer_later").outcome == "paid_repair"
    amended = {**claim, "claimed_on": "2014-03-15"}
    assert decided(amended, burden_of_proof="consumer_later").outcome == "free_repair"


def test_a_voucher_not_issued_is_due_whatever_its_grade() -> None:
    """The reading changes the grade only; the seller still owes the voucher."""
    claim = TELLING["voucher_not_issued", "as_lost"]
    decision = decided(claim, voucher_not_issued="as_lost")
    assert "art5.voucher_due" in [duty.id for duty in decision.obligations]
    assert decision.verdicts["art24.voucher"] == "fails"


def test_a_built_in_battery_of_its_own() -> None:
    """Judged apart it has the exchange of art. 14, its refund where none is in stock, no more."""
    claim = TELLING["built_in_battery", "accessory"] | {"same_model_in_stock": False}
    decision = decided(claim, built_in_battery="accessory")
    assert [remedy.rule for remedy in decision.remedies] == ["art14.exchange", "art18.refund"]
    assert decision.remedies[1].payable is None
    wants_money_ = decided({**claim, "request": "refund"}, built_in_battery="accessory")
    assert wants_money_.needs == ("purchase.standalone_price",)
    factory = handset(symptom="battery_fault", battery_capacity=79, **FACTORY)
    assert decided(factory).outcome == "free_repair"
    alone = decided(factory, built_in_battery="accessory")
    assert alone.outcome == "paid_repair"
    assert alone.dates.period_starts_on is alone.dates.period_ends_on is None  # no paper: art. 9
    assert decided(factory).dates.period_ends_on


def test_a_software_repair_still_takes_days_and_must_last() -> None:
    """What the reading takes away is the counting of art. 13 alone."""
    loaded = [repair("2025-03-06", "2025-03-14", software_only=True)]
    claim = handset(sold_on="2024-03-04", repairs=loaded, claimed_on="2025-04-13")
    decision = decided(claim, software_repair="not_counted")
    assert decision.outcome == "free_repair"
    assert decision.verdicts["art10.again"] == "holds"


def test_second_hand_goods_that_an_authority_found_unqualified() -> None:
    """Under the narrow reading nothing is owed for them, by the law of 2013 neither."""
    claim = handset(condition="second_hand", found_unqualified=True)
    assert decided(claim).outcome == "refund"
    narrow = decided(claim, second_hand="not_covered")
    assert narrow.outcome == "excluded"
    assert narrow.finding("cpl54.refund").barred_by == ("art2.second_hand",)


def test_the_day_it_appeared_does_not_move_the_chain() -> None:
    """The chain of a returning fault starts from the day of the demand under either value."""
    claim = handset(
        sold_on="2024-03-04",
        repairs=[repair("2025-02-24", "2025-02-28")],
        appeared_on="2025-03-20",
        claimed_on="2025-03-30",
    )
    assert decided(claim, window_day="appeared").outcome == "free_repair"
    late = claim | {"claimed_on": "2025-03-31"}
    assert decided(late, window_day="appeared").verdicts["art24.expired"] == "holds"
