"""15 months from the factory date, against 90 days and a year (art. 9): a day or two apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import sanbao
from claims import FACTORY, PROVEN, battery, handset
from promised import both, outcomes, under
from sanbao.dates.counting import add_months

ID = "no-invoice-15-months"


def dated(made: str, claimed_on: str) -> dict[str, object]:
    """Return the claim for a phone of which nothing is left but its factory date."""
    papers = {**FACTORY, "manufactured_on": made, "sold_on": None}
    return handset(claimed_on=claimed_on, **papers)


@pytest.mark.parametrize(
    ("made", "last_by_law", "last_promised"),
    [
        ("2023-02-08", "2024-05-09", "2024-05-08"),  # February: a day less
        ("2024-02-07", "2025-05-07", "2025-05-07"),  # but not of a leap year
        ("2025-01-31", "2026-05-06", "2026-04-30"),  # the 31st; the law's day is a holiday
        ("2025-01-14", "2026-04-14", "2026-04-14"),  # January: the same
        ("2024-01-09", "2025-04-08", "2025-04-09"),  # of a leap year: a day more
        ("2024-04-15", "2025-07-14", "2025-07-15"),  # April: a day more
        ("2024-05-14", "2025-08-12", "2025-08-14"),  # May: two days more
        ("2024-12-09", "2026-03-09", "2026-03-09"),  # December: the same
        ("2024-11-13", "2026-02-11", "2026-02-13"),  # November: two days more
    ],
)
def test_the_last_day_of_free_repair(made: str, last_by_law: str, last_promised: str) -> None:
    last = {"law": last_by_law, "promise": last_promised}
    after = {name: str(date.fromisoformat(day) + timedelta(1)) for name, day in last.items()}
    assert sanbao.decide(dated(made, last["law"])).outcome == "free_repair"
    assert sanbao.decide(dated(made, after["law"])).outcome == "paid_repair"
    assert under(ID, dated(made, last["promise"])).outcome == "free_repair"
    assert under(ID, dated(made, after["promise"])).outcome == "paid_repair"


def test_in_which_months_it_is_more_and_in_which_less() -> None:
    """The days between both last days before any moves over a rest day, by month."""
    found: dict[int, set[int]] = {month: set() for month in range(1, 13)}
    day = date(2005, 1, 1)
    while day < date(2025, 1, 1):
        law = add_months(day + timedelta(90), 12)
        found[day.month].add((add_months(day, 15) - law).days)
        day += timedelta(1)
    assert found == {
        1: {-1, 0, 1},
        2: {-1, 0},
        3: {1, 2},
        4: {1},
        5: {2},
        6: {2},
        7: {2},
        8: {1, 2},
        9: {1},
        10: {2},
        11: {0, 1, 2},
        12: {0, 1},
    }


def test_papers_that_prove_the_sale_are_judged_as_ever() -> None:
    for changes in (PROVEN, {"invoice": "none", "voucher": "intact"}, {}):
        for claimed_on in ("2025-05-12", "2026-03-03", "2026-03-04"):
            by_law, promised = both(ID, handset(claimed_on=claimed_on, **changes))
            assert by_law == promised


def test_it_gives_no_more_than_repair_and_accessories_nothing() -> None:
    assert both(ID, dated("2024-12-03", "2025-03-05")) == (("free_repair",),) * 2
    lost = battery(**FACTORY)
    assert outcomes(ID, lost) == ("paid_repair", "paid_repair")
