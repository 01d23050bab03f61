"""Samsung (2025): 15 months from the factory date alone, a year for battery and earphone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from claims import FACTORY, accessory, handset
from promised import beside, both, outcomes

ID = "samsung-2025"


@pytest.mark.parametrize(
    ("made", "last_by_law", "last_promised"),
    [
        ("2025-02-11", "2026-05-12", "2026-05-11"),  # February: a day less
        ("2025-01-14", "2026-04-14", "2026-04-14"),  # January: the same
        ("2025-05-13", "2026-08-11", "2026-08-13"),  # May: two days more
    ],
)
def test_the_last_day_on_the_factory_date_alone(
    made: str, last_by_law: str, last_promised: str
) -> None:
    """As no-invoice-15-months; below the floor by a day for what was made in February."""

    def by_both(claimed_on: str) -> tuple[str | None, str | None]:
        papers = {**FACTORY, "manufactured_on": made, "sold_on": None}
        return outcomes(ID, handset(claimed_on=claimed_on, **papers))

    for place, last in enumerate((last_by_law, last_promised)):
        after = str(date.fromisoformat(last) + timedelta(1))
        assert by_both(last)[place] == "free_repair"
        assert by_both(after)[place] == "paid_repair"


def test_papers_that_prove_the_sale_are_judged_as_ever() -> None:
    for claimed_on in ("2025-05-12", "2026-03-03", "2026-03-04"):
        by_law, promised = both(ID, handset(claimed_on=claimed_on, voucher="lost"))
        assert by_law == promised


@pytest.mark.parametrize("kind", ["battery", "wired_earphone"])
def test_a_year_for_battery_and_earphone(kind: str) -> None:
    claim = accessory(kind, claimed_on="2026-03-03")
    assert both(ID, claim) == (("paid_repair",), ("exchange",))
    assert beside(ID, claim) == (("exchange", ID),)
