"""Consumer Protection Law of 1993, article 45: a refund after two repairs, under one reading."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import sanbao
from claims import FACTORY, MISUSED, PROVEN, battery, cited, handset, repair

RULE = "cpl45.refund"
REFUND_TOO = sanbao.Readings(two_repairs_remedy="refund_too")
FIRST = repair("2013-04-08", "2013-04-09")
SECOND = repair("2013-05-06", "2013-05-08")


def repaired_twice(**changes: Any) -> dict[str, Any]:
    """Return the claim for a phone that was repaired twice before the law was amended."""
    ordinary: dict[str, Any] = {
        "sold_on": "2013-04-01",
        "repairs": [FIRST, SECOND],
        "claimed_on": "2014-03-14",
    }
    return handset(**(ordinary | changes))


@pytest.mark.parametrize(("claimed", "verdict"), [("2014-03-14", "holds"), ("2014-03-15", "fails")])
def test_until_the_law_was_amended(claimed: str, verdict: str) -> None:
    """The article governs claims of before 2014-03-15, and only under its reading."""
    claim = repaired_twice(claimed_on=claimed)
    decision = sanbao.decide(claim, readings=REFUND_TOO)
    assert decision.verdicts[RULE] == verdict
    assert decision.outcome == ("refund" if verdict == "holds" else "exchange")
    assert sanbao.decide(claim).verdicts[RULE] == "fails"
    assert sanbao.decide(claim).outcome == "exchange"


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        pytest.param({"repairs": [FIRST]}, "fails", id="one repair"),
        pytest.param({"repairs": [FIRST, SECOND | {"recorded": False}]}, "fails", id="unrecorded"),
        pytest.param({"symptom": "unlisted"}, "fails", id="unlisted"),
        pytest.param({"price": "0.00"}, "fails", id="nothing to refund"),
        pytest.param(PROVEN, "holds", id="a copy carries it, as it does the exchange"),
        pytest.param(FACTORY | {"manufactured_on": "2013-01-01"}, "barred", id="factory date"),
        pytest.param(MISUSED, "barred", id="misused"),
    ],
)
def test_as_article_13(changes: dict[str, Any], verdict: str) -> None:
    """What the exchange after two repairs asks for, this asks for."""
    claim = repaired_twice(**changes)
    assert sanbao.decide(claim, readings=REFUND_TOO).verdicts[RULE] == verdict


def test_software_and_other_faults() -> None:
    """The readings of art. 13 about the two repairs go for it too."""
    software = repaired_twice(repairs=[FIRST, SECOND | {"software_only": True}])
    other = repaired_twice(repairs=[FIRST, SECOND | {"symptom": "no_ring"}])
    for claim, narrow in (
        (software, {"software_repair": "not_counted"}),
        (other, {"two_repairs": "same_fault"}),
    ):
        assert sanbao.decide(claim, readings=REFUND_TOO).verdicts[RULE] == "holds"
        read = REFUND_TOO.with_values(narrow)
        assert sanbao.decide(claim, readings=read).verdicts[RULE] == "fails"


def test_the_refund_is_in_full() -> None:
    """No fee is kept, and the smaller refund of art. 19 is not offered beside it."""
    claim = repaired_twice(same_model_in_stock=True, request="refund")
    remedies = sanbao.decide(claim, readings=REFUND_TOO).remedies
    [refund] = [remedy for remedy in remedies if remedy.remedy == "refund"]
    assert (refund.rule, refund.payable) == (RULE, Decimal("3000.00"))
    remedies = sanbao.decide(claim).remedies
    assert [one.rule for one in remedies if one.remedy == "refund"] == ["art19.refund"]


def test_not_for_accessories() -> None:
    """An accessory is not repaired."""
    claim = battery(sold_on="2013-10-08", claimed_on="2014-03-14")
    assert sanbao.decide(claim, readings=REFUND_TOO).verdicts[RULE] == "fails"


def test_citation() -> None:
    """The right cites the law of 1993, of which one copy was read, and art. 13."""
    assert cited(RULE) >= {"cn.consumer-protection-1993 art. 45", "cn.mobile-2001 art. 13"}
    right = sanbao.MOBILE_2001.right(RULE)
    assert right.cites[0].number == "single"
