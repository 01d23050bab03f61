"""Article 5: the seller issues the voucher; one it never issued is not held against the buyer."""

from __future__ import annotations

from typing import Any

import pytest

import sanbao
from claims import LAW, MISUSED, duties, handset

DUE = "art5.voucher_due"
NOT_ISSUED: dict[str, Any] = {"voucher": "not_issued"}


@pytest.mark.parametrize(
    ("invoice", "grade", "outcome"),
    [
        ("original", "art9.full", "refund"),
        ("copy", "art9.proven", "exchange"),
        ("other", "art9.proven", "exchange"),
        ("none", "art9.none", "paid_repair"),
    ],
)
def test_beside_the_original_invoice_it_is_as_good_as_one(
    invoice: str, grade: str, outcome: str
) -> None:
    """Its lack takes nothing from the original invoice, and proves nothing by itself."""
    decision = sanbao.decide(handset(claimed_on="2025-03-05", invoice=invoice, **NOT_ISSUED))
    assert decision.verdicts[grade] == "holds"
    assert decision.outcome == outcome
    assert decision.verdicts["art24.voucher"] == "fails"


def test_a_lost_one_is_another_matter() -> None:
    """A voucher that was issued and lost makes lesser papers of the invoice."""
    decision = sanbao.decide(handset(claimed_on="2025-03-05", voucher="lost"))
    assert decision.outcome == "exchange"
    assert DUE not in duties(handset(voucher="lost"))


@pytest.mark.parametrize(
    "changes",
    [{}, {"claimed_on": "2025-03-05"}, MISUSED, {"symptom": "none"}, {"claimed_on": "2027-03-03"}],
)
def test_it_is_still_due(changes: dict[str, Any]) -> None:
    """Whatever comes of the claim, the seller has to issue the voucher."""
    assert DUE in duties(handset(**NOT_ISSUED, **changes))


@pytest.mark.parametrize("voucher", ["intact", "lost", "altered", "mismatched", None])
def test_only_where_it_was_never_issued(voucher: str | None) -> None:
    """A voucher that was issued, or of which nothing is said, is not issued again."""
    assert DUE not in duties(handset(voucher=voucher))


def test_citation() -> None:
    """The duty cites article 5."""
    [citation] = duties(handset(**NOT_ISSUED))[DUE].citations
    assert str(citation) == f"{LAW} art. 5"
