"""Honor (2021): any fault within 30 days of a repair is repaired, not only the same one."""

from __future__ import annotations

import pytest

from claims import handset, repair
from promised import beside, outcomes
from sanbao import Readings, decide, policies

ID = "honor-2021"


@pytest.mark.parametrize(
    ("claimed_on", "outcome"),
    [
        ("2026-03-27", ("paid_repair", "free_repair")),
        ("2026-03-28", ("paid_repair", "paid_repair")),
    ],
)
def test_another_fault_within_30_days_of_a_repair(
    claimed_on: str, outcome: tuple[str, str]
) -> None:
    """Handed back on 2026-02-25, the year over on 2026-03-06."""
    back = repair("2026-02-20", "2026-02-25", symptom="keys_fail")
    claim = handset(claimed_on=claimed_on, repairs=[back])
    assert outcomes(ID, claim) == outcome
    if outcome[1] == "free_repair":
        assert beside(ID, claim) == (("free_repair", ID),)


def test_it_is_settled_whoever_reads_otherwise() -> None:
    back = repair("2026-02-20", "2026-02-25", symptom="keys_fail")
    claim = handset(claimed_on="2026-03-20", repairs=[back])
    same = Readings(repair_guarantee="same_fault")
    assert decide(claim, policy=policies.get(ID), readings=same).outcome == "free_repair"


def test_all_else_is_the_regulation() -> None:
    for claimed_on in ("2025-03-10", "2025-03-18", "2025-05-12", "2026-03-03", "2026-03-04"):
        by_law, promised = outcomes(ID, handset(claimed_on=claimed_on))
        assert by_law == promised
