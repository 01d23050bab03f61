"""The rules for fixed telephones: 固定电话机商品修理更换退货责任规定, a law of one file.

It is not shipped: it shows that a law needs no source of the library. Periods, rates and faults of
its appendices are assumed.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from sanbao import Decision, PolicySet, decide

FILE: Final = Path(__file__).parents[1] / "policies" / "fixed-2001.toml"
LAW: Final = "cn.fixed-2001"
PAPERS: Final = {"invoice": "original", "voucher": "intact"}


@pytest.fixture(scope="module")
def both() -> PolicySet:
    """Return what ships, and the law for fixed telephones."""
    return PolicySet.load(FILE)


def decided(
    policies: PolicySet, kind: str, sold_on: str, claimed_on: str, **fields: Any
) -> Decision:
    """Decide a claim of which nobody says by which policy."""
    claim = {
        "claimed_on": claimed_on,
        "product": {"kind": kind},
        "purchase": {"sold_on": sold_on, "price": "500.00"},
        "evidence": PAPERS,
        **fields,
    }
    decision = decide(claim, policies=policies)
    assert decision.policy.id == LAW
    assert decision.lead is not None
    assert all(cite.law.startswith("cn.") for cite in decision.lead.citations)
    return decision


def articles(decision: Decision, rule: str) -> list[tuple[int | None, int | None]]:
    """Return the articles of this law that a rule of a decision cites, with their items."""
    [found] = [one for one in decision.findings if one.rule == rule]
    return [(cite.article, cite.item) for cite in found.citations if cite.law == LAW]


def test_a_cordless_telephone_repaired_twice(both: PolicySet) -> None:
    """Art. 13 exchanges it, and art. 16 refunds it less 111 days at 0.25 % a day."""
    decision = decided(
        both,
        "cordless_phone",
        "2023-03-01",
        "2023-06-26",
        fault={"symptom": "base_link_fails"},
        repairs=[
            {"handed_in_on": "2023-04-03", "handed_back_on": "2023-04-05"},
            {"handed_in_on": "2023-05-08", "handed_back_on": "2023-05-10"},
        ],
        same_model_in_stock=True,
        request="refund",
    )
    exchange, refund = decision.remedies[:2]
    assert (exchange.rule, exchange.remedy) == ("art13.exchange", "exchange")
    assert articles(decision, exchange.rule) == [(13, None)]
    assert (refund.rule, refund.remedy) == ("art16.refund", "refund")
    assert (16, None) in articles(decision, refund.rule)
    assert (refund.used_days, refund.deducted_days) == (111, 6)
    assert (refund.fee, refund.payable) == (Decimal("138.75"), Decimal("361.25"))
    assert decision.outcome == "refund"


def test_lesser_papers_carry_a_refund(both: PolicySet) -> None:
    """Art. 9: what is lost, but proved inside the period, is repaired, exchanged and refunded."""
    decision = decided(
        both,
        "corded_phone",
        "2025-07-01",
        "2025-07-05",
        evidence={"invoice": "copy", "voucher": "lost"},
        fault={"symptom": "no_dial_tone"},
    )
    assert decision.outcome == "refund"
    assert decision.lead is not None
    assert decision.lead.rule == "art11.refund"
    assert (11, None) in articles(decision, "art11.refund")


def test_a_telephone_on_loan_from_the_fourth_day(both: PolicySet) -> None:
    """Art. 20: once a repair takes more than three days."""
    fields: dict[str, Any] = {
        "fault": {"symptom": "no_ring"},
        "repairs": [{"handed_in_on": "2023-08-01"}],
    }
    decision = decided(both, "corded_phone", "2023-03-01", "2023-08-05", **fields)
    assert decision.outcome == "free_repair"
    [loaner] = [one for one in decision.obligations if one.id == "art20.loaner"]
    assert str(loaner.on) == "2023-08-05"
    before = decided(both, "corded_phone", "2023-03-01", "2023-08-04", **fields)
    assert "art20.loaner" not in [one.id for one in before.obligations]


def test_a_battery_sold_alone_and_exchanged_twice(both: PolicySet) -> None:
    """Art. 14 refunds it at the invoice price, and its period has started again."""
    decision = decided(
        both,
        "phone_battery",
        "2025-03-03",
        "2025-06-02",
        product={"kind": "phone_battery", "bought_with_phone": False},
        purchase={"sold_on": "2025-03-03", "price": "80.00"},
        fault={"symptom": "does_not_work"},
        exchanges=[{"exchanged_on": "2025-04-01"}, {"exchanged_on": "2025-05-06"}],
    )
    assert decision.outcome == "refund"
    [refund] = [one for one in decision.remedies if one.remedy == "refund"]
    assert (refund.rule, refund.payable) == ("art14.refund", Decimal("80.00"))
    assert (14, None) in articles(decision, "art14.refund")
    assert str(decision.dates.period_starts_on) == "2025-05-06"


def test_a_factory_date_proves_nothing(both: PolicySet) -> None:
    """Art. 9 knows no factory date: without papers art. 24 (2) bars the guarantees."""
    decision = decided(
        both,
        "corded_phone",
        "2023-03-01",
        "2023-08-05",
        evidence={"invoice": "none", "voucher": "lost", "manufactured_on": "2023-02-01"},
        fault={"symptom": "no_ring"},
    )
    assert decision.outcome == "paid_repair"
    assert decision.lead is not None
    assert decision.lead.rule == "art24.no_evidence"
    assert (24, 2) in articles(decision, "art24.no_evidence")


def test_every_article_has_rules_or_a_sentence(both: PolicySet) -> None:
    """In Chinese and English, one by one from 1 to 31."""
    for policy in both.versions(LAW):
        assert [one.number for one in policy.articles] == list(range(1, 32))
        for article in policy.articles:
            assert bool(article.rules) != bool(article.no_effect and all(article.no_effect))
        named = {rule for article in policy.articles for rule in article.rules}
        rules = [*policy.rules, *policy.obligations]
        own = {one.id for one in rules if one.cites[0].law == LAW and one.cites[0].article}
        assert own == named
        assert all(one.title for one in rules)
