"""Article 2: which goods the regulation reaches."""

from __future__ import annotations

import pytest

import sanbao
from claims import ACCESSORIES, LAW, MAIN_UNITS, accessory, cited, goods, handset


def test_goods_outside_the_catalogue_are_excluded() -> None:
    """Goods that Appendix 1 does not name are outside the regulation."""
    decision = sanbao.decide(handset(kind="other"))
    assert decision.outcome == "excluded"
    assert decision.lead is not None
    assert decision.lead.rule == "art2.catalogue"
    assert decision.verdicts["art2.catalogue"] == "holds"
    assert decision.remedies == ()


@pytest.mark.parametrize("kind", [*MAIN_UNITS, *ACCESSORIES])
def test_goods_of_the_catalogue_are_reached(kind: str) -> None:
    """Every main unit and accessory that Appendix 1 names is reached."""
    claim = accessory(kind) if kind in ACCESSORIES else goods(kind, "no_ring")
    decision = sanbao.decide(claim)
    assert decision.verdicts["art2.catalogue"] == "fails"
    assert decision.outcome == ("exchange" if kind in ACCESSORIES else "free_repair")


def test_goods_sold_abroad_are_excluded() -> None:
    """Goods that were not sold inside mainland China are outside the regulation."""
    decision = sanbao.decide(handset(sold_in_mainland=False))
    assert decision.outcome == "excluded"
    assert decision.lead is not None
    assert decision.lead.rule == "art2.place"


@pytest.mark.parametrize("stated", [True, None])
def test_goods_sold_in_the_mainland_are_reached(stated: bool | None) -> None:
    """A place of sale that is not mentioned is taken to be the mainland."""
    decision = sanbao.decide(handset(sold_in_mainland=stated))
    assert decision.verdicts["art2.place"] == "fails"
    assert decision.outcome == "free_repair"


def test_an_exclusion_bars_every_right_that_would_hold() -> None:
    """Inside the 7 days no right survives that the goods were sold abroad."""
    decision = sanbao.decide(handset(claimed_on="2025-03-05", sold_in_mainland=False))
    for rule in ("art11.refund", "art11.exchange", "art10.repair"):
        finding = decision.finding(rule)
        assert (finding.verdict, finding.barred_by) == ("barred", ("art2.place",))


def test_an_exclusion_comes_before_a_bar() -> None:
    """What the regulation does not reach is excluded, even where a ground of art. 24 applies."""
    decision = sanbao.decide(handset(sold_in_mainland=False, voucher="altered"))
    assert decision.outcome == "excluded"
    assert decision.verdicts["art24.voucher"] == "holds"


@pytest.mark.parametrize("rule", ["art2.catalogue", "art2.place"])
def test_citations(rule: str) -> None:
    """The rules of scope cite article 2."""
    assert f"{LAW} art. 2" in cited(rule)


def test_the_catalogue_cites_its_appendix() -> None:
    """The catalogue of goods is Appendix 1."""
    assert f"{LAW} app. 1" in cited("art2.catalogue")
