"""Consumer Protection Law, article 54: what an authority found unqualified is taken back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import sanbao
from claims import FACTORY, MISUSED, NOTHING, PROVEN, battery, cited, handset

RULE = "cpl54.refund"


def unqualified(**changes: Any) -> dict[str, Any]:
    """Return the claim for a phone that an authority found unqualified."""
    return handset(**({"found_unqualified": True} | changes))


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (unqualified(), "holds"),
        (battery(found_unqualified=True), "holds"),
        (handset(found_unqualified=False), "fails"),
        (handset(found_unqualified=None), "fails"),  # nobody said so, and it is not asked for
        (unqualified(sold_on="2014-03-03", claimed_on="2014-03-14"), "fails"),
        (unqualified(sold_on="2014-03-03", claimed_on="2014-03-15"), "holds"),
    ],
)
def test_who_has_it(claim: dict[str, Any], verdict: str) -> None:
    """Goods of the catalogue, claims from 2014-03-15 on, and a finding of an authority."""
    decision = sanbao.decide(claim)
    assert decision.verdicts[RULE] == verdict
    assert decision.needs == ()
    if verdict == "holds":
        assert decision.outcome == "refund"


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        pytest.param({"claimed_on": "2028-03-03"}, "holds", id="after the period"),
        pytest.param({"voucher": "altered"}, "holds", id="voucher altered"),
        pytest.param(MISUSED, "holds", id="misused"),
        pytest.param(
            {"cause": "unauthorised_opening", "cause_basis": "report"}, "holds", id="opened"
        ),
        pytest.param(
            {"cause": "force_majeure", "cause_basis": "report"}, "holds", id="force majeure"
        ),
        pytest.param({"symptom": "none"}, "holds", id="no fault"),
        pytest.param({"symptom": "wear"}, "holds", id="wear"),
        pytest.param({"cause": "network", "cause_basis": "report"}, "holds", id="network"),
        pytest.param({"cause": "sim_data", "cause_basis": "report"}, "holds", id="card data"),
        pytest.param(PROVEN, "holds", id="a copy of the invoice"),
        pytest.param(FACTORY, "holds", id="a factory date"),
        pytest.param(NOTHING, "fails", id="no evidence"),
        pytest.param({"sold_in_mainland": False}, "barred", id="sold elsewhere"),
        pytest.param({"price": "0.00"}, "fails", id="nothing to refund"),
        pytest.param({"gift": True, "price": None}, "fails", id="a gift without a price"),
    ],
)
def test_what_stands_in_its_way(changes: dict[str, Any], verdict: str) -> None:
    """Neither time nor what happened to the goods, but the reach of the law and no evidence."""
    decision = sanbao.decide(unqualified(**changes))
    assert decision.verdicts[RULE] == verdict
    assert (decision.outcome == "refund") == (verdict == "holds")


def test_unlisted_fault_of_an_accessory() -> None:
    """An accessory need not have a listed fault for it."""
    claim = battery(found_unqualified=True, symptom="unlisted")
    assert sanbao.decide(claim).outcome == "refund"


def test_goods_outside_the_catalogue() -> None:
    """What the regulation does not list is not decided by it."""
    decision = sanbao.decide(unqualified(kind="other"))
    assert (decision.outcome, decision.verdicts[RULE]) == ("excluded", "fails")


def test_the_refund_is_in_full() -> None:
    """Nothing is kept for use, and no smaller refund is offered beside it."""
    claim = unqualified(claimed_on="2025-03-14", same_model_in_stock=True, request="refund")
    decision = sanbao.decide(claim)
    [refund] = [remedy for remedy in decision.remedies if remedy.remedy == "refund"]
    assert (refund.rule, refund.owed_by) == (RULE, "seller")
    assert (refund.fee, refund.payable) == (Decimal("0.00"), Decimal("3000.00"))


def test_in_the_first_week_art_11_leads() -> None:
    """Among equals the refund of art. 11 stands before it."""
    decision = sanbao.decide(unqualified(claimed_on="2025-03-05"))
    assert [one.rule for one in decision.remedies if one.remedy == "refund"] == [
        "art11.refund",
        RULE,
    ]
    assert decision.lead is not None
    assert decision.lead.rule == "art11.refund"


def test_citation() -> None:
    """The right cites the article."""
    assert "cn.consumer-protection-2013 art. 54" in cited(RULE)
