"""Article 4: the seller and the repairer owe the guarantees; a service plan is no excuse.

Article 3 says that whoever sold it answers for it, which gives no right of its own.
"""

from __future__ import annotations

import pytest

import sanbao
from claims import LAW, MISUSED, battery, duties, handset
from sanbao.policies.mobile_2001 import MOBILE_2001

PLAN = "art4.plan_no_excuse"


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
        (battery(), "seller"),
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
    """The duty cites article 4, and the law by which no small print takes a right away."""
    duty = duties(handset(plan_bundled=True))[PLAN]
    assert [str(citation) for citation in duty.citations] == [
        f"{LAW} art. 4",
        "cn.consumer-protection-2013 art. 26",
    ]


def test_article_3_gives_no_right() -> None:
    """That whoever sold it answers for it says who owes, and makes no rule."""
    article = MOBILE_2001.articles[2]
    assert (article.number, article.rules) == (3, ())
    assert article.no_effect is not None
