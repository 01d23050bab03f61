"""Article 3: whoever sold it answers for it."""

from __future__ import annotations

import pytest

import sanbao
from claims import LAW, MISUSED, duties, handset

PLAN = "art3.plan_no_excuse"


@pytest.mark.parametrize("claimed", ["2025-03-05", "2025-03-14", "2025-05-12"])
def test_a_bundled_plan_is_no_reason_to_refuse(claimed: str) -> None:
    """Refund, exchange and repair are owed although the phone came with a service plan."""
    bundled = handset(plan_bundled=True, claimed_on=claimed)
    assert sanbao.decide(bundled).outcome == sanbao.decide(handset(claimed_on=claimed)).outcome
    assert duties(bundled)[PLAN].on.isoformat() == claimed


def test_without_a_plan_nothing_is_said_of_it() -> None:
    """A phone sold without a plan raises no question of one."""
    assert PLAN not in duties(handset())


def test_not_where_the_guarantees_do_not_apply() -> None:
    """Where repair is paid for anyway, nobody is refusing because of a plan."""
    assert PLAN not in duties(handset(plan_bundled=True, **MISUSED))
    assert PLAN not in duties(handset(plan_bundled=True, symptom="none"))


@pytest.mark.parametrize(
    ("claim", "owner"),
    [
        (handset(claimed_on="2025-03-05"), "seller"),
        (handset(claimed_on="2025-03-05", request="exchange"), "seller"),
        (handset(), "repairer"),
    ],
)
def test_who_owes(claim: dict[str, object], owner: str) -> None:
    """Refund and exchange are the seller's to give, free repair the repairer's."""
    decision = sanbao.decide(claim)
    owed_by = {remedy.rule: remedy.owed_by for remedy in decision.remedies}
    assert decision.lead is not None
    assert owed_by[decision.lead.rule] == owner


def test_citation() -> None:
    """The duty cites article 3."""
    duty = duties(handset(plan_bundled=True))[PLAN]
    assert [str(citation) for citation in duty.citations] == [f"{LAW} art. 3"]
