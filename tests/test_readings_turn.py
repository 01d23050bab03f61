"""Every value of the readings of today's law has a claim that turns on it, and says so.

Each claim turns on that value and is told by ``depends_on``; what each changes, exactly, is in
the law's pages.
"""

from __future__ import annotations

from typing import Any

import pytest

from claims import day, exchange, handset, repair
from sanbao import Decision, Readings, decide
from sanbao.model.decision import Dependence

DELIVERED_LATE: dict[str, Any] = {"sold_on": "2024-07-02", "received_on": "2024-07-05"}
"""Under Decree 778: delivered on a Friday, three days after the sale."""

TURNS: dict[tuple[str, str], tuple[dict[str, Any], str, str]] = {
    # the 15 days start again on 2025-04-01 and end on the 16th, the 7 end in March
    ("windows_after_exchange", "exchange_only"): (
        handset(
            exchanges=[exchange("2025-04-01")], claimed_on="2025-04-08", same_model_in_stock=True
        ),
        "refund",
        "exchange",
    ),
    # a year from delivery ends on 2025-07-07, a Monday; from the sale on 2025-07-02
    ("period_start", "invoiced"): (
        handset(**DELIVERED_LATE, claimed_on="2025-07-07"),
        "free_repair",
        "paid_repair",
    ),
    # the invoice is of after the delivery, and the later of the two days counts
    ("period_start", "later"): (
        handset(
            sold_on="2024-07-02",
            received_on="2024-07-02",
            invoiced_on="2024-07-10",
            claimed_on="2025-07-10",
        ),
        "paid_repair",
        "free_repair",
    ),
    # three days in repair lie in the week of a refund: it ends on 2025-03-13
    ("repair_time_in_windows", "counted"): (
        handset(
            repairs=[repair("2025-03-05", "2025-03-07")],
            claimed_on="2025-03-12",
            same_model_in_stock=True,
        ),
        "refund",
        "exchange",
    ),
    # asked for on day 9, when a fault had shown on day 5
    ("window_day", "appeared"): (
        handset(claimed_on="2025-03-12", appeared_on="2025-03-08", same_model_in_stock=True),
        "exchange",
        "refund",
    ),
    # brought in on the last day, and back after ten days: no fault of after the period
    ("returning_fault", "new_fault"): (
        handset(
            repairs=[
                repair("2025-02-03", "2025-02-04", symptom="keys_fail"),
                repair("2025-02-26", "2025-03-03"),
            ],
            sold_on="2024-02-26",
            claimed_on="2025-03-13",
            same_model_in_stock=True,
        ),
        "exchange",
        "free_repair",
    ),
    # a bare word of the shop's counter, and the fault was found after the six months
    ("burden_of_proof", "consumer_later"): (
        handset(cause="liquid", cause_basis="trader", claimed_on="2025-10-13"),
        "free_repair",
        "paid_repair",
    ),
    # a report that is contested, after the six months
    ("burden_of_proof", "trader_always"): (
        handset(cause="liquid", cause_basis="report", contested=True, claimed_on="2025-10-13"),
        "paid_repair",
        "free_repair",
    ),
    ("voucher_not_issued", "as_lost"): (
        handset(voucher="not_issued", claimed_on="2025-03-05", same_model_in_stock=True),
        "refund",
        "exchange",
    ),
    # nine months after the sale a battery's half year is over
    ("built_in_battery", "accessory"): (
        handset(symptom="battery_fault", claimed_on="2025-12-01"),
        "free_repair",
        "paid_repair",
    ),
    ("software_repair", "not_counted"): (
        handset(
            repairs=[
                repair("2025-03-20", "2025-03-21", software_only=True),
                repair("2025-04-07", "2025-04-09"),
            ],
            same_model_in_stock=True,
        ),
        "exchange",
        "free_repair",
    ),
    ("two_repairs_remedy", "refund_too"): (
        handset(
            sold_on="2013-03-04",
            claimed_on="2013-09-02",
            repairs=[repair("2013-04-01", "2013-04-02"), repair("2013-05-06", "2013-05-08")],
            same_model_in_stock=True,
        ),
        "exchange",
        "refund",
    ),
    ("second_hand", "not_covered"): (handset(condition="second_hand"), "free_repair", "excluded"),
}


def told(decision: Decision, reading: str) -> dict[str, Dependence]:
    """Return by its value what a decision says of one reading alone."""
    said = decision.depends_on or ()
    return {one.value: one for one in said if one.reading == reading and not one.together_with}


@pytest.mark.parametrize(("reading", "value"), TURNS)
def test_a_claim_turns_on_it(reading: str, value: str) -> None:
    """The outcome is another under the value, and the decision says that it hangs on it."""
    claim, before, after = TURNS[reading, value]
    decision = decide(claim)
    assert (
        decision.outcome,
        decide(claim, readings=Readings.from_dict({reading: value})).outcome,
    ) == (
        before,
        after,
    )
    assert told(decision, reading)[value].outcome == after


@pytest.mark.parametrize("reading", ["period_start", "repair_time_in_windows"])
def test_only_for_goods_of_the_decree(reading: str) -> None:
    """The same days a year before the decree: whatever the reading, nothing changes."""
    for (name, value), (claim, _, _) in TURNS.items():
        if name == reading:
            older = earlier(claim, 2)
            decision = decide(older)
            assert not told(decision, reading)
            other = decide(older, readings=Readings.from_dict({reading: value}))
            assert other.remedies == decision.remedies


def test_window_start_only_for_older_goods() -> None:
    """Since the decree the windows run from delivery, and nobody asks from when."""
    claim = handset(sold_on="2023-03-03", received_on="2023-03-06", claimed_on="2023-03-13")
    assert told(decide(claim), "window_start")
    newer = handset(sold_on="2025-03-03", received_on="2025-03-06", claimed_on="2025-03-13")
    assert not told(decide(newer), "window_start")


def earlier(value: Any, years: int) -> Any:
    """Return a claim with every day so many years earlier."""
    match value:
        case dict():
            return {name: earlier(one, years) for name, one in value.items()}
        case list():
            return [earlier(one, years) for one in value]
        case str() if value[:2] == "20":
            before = day(value)
            return before.replace(year=before.year - years).isoformat()
        case _:
            return value
