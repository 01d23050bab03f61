"""Article 31: in force from 2001-11-15."""

from __future__ import annotations

import pytest

import sanbao
from claims import LAW, cited, handset


@pytest.mark.parametrize(
    ("sold", "verdict", "outcome"),
    [
        ("2001-11-14", "holds", "excluded"),
        ("2001-11-15", "fails", "refund"),
        ("2001-11-16", "fails", "refund"),
    ],
)
def test_only_goods_sold_since_commencement(sold: str, verdict: str, outcome: str) -> None:
    """Goods sold on the day of commencement are reached, those of the day before are not."""
    decision = sanbao.decide(handset(sold_on=sold, claimed_on="2001-11-20"))
    assert decision.verdicts["art31.date"] == verdict
    assert decision.outcome == outcome


def test_it_leads() -> None:
    """A sale before commencement is the reason that is given."""
    decision = sanbao.decide(handset(sold_on="2001-11-14", claimed_on="2001-11-20"))
    assert decision.lead is not None
    assert decision.lead.rule == "art31.date"
    assert decision.finding("art11.refund").barred_by == ("art31.date",)


def test_citation() -> None:
    """The day of commencement cites article 31."""
    assert cited("art31.date") == {f"{LAW} art. 31"}
