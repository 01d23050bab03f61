"""A receipt and its claim give the decision again, byte for byte."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from random_claims import random_claim, with_unknowns
from sanbao import MOBILE_2001, Claim, Decision, Readings, ValidationError, decide
from sanbao.dates.calendar import chinese_calendar
from sanbao.model.readings import reading_values

claims = st.builds(random_claim, st.randoms(use_true_random=False))
partial_claims = st.builds(with_unknowns, st.randoms(use_true_random=False), claims)
readings = st.builds(
    Readings, **{name: st.sampled_from(values) for name, values in reading_values().items()}
)
CLAIM = Claim.model_validate({"claimed_on": "2025-07-04", "product": {"kind": "handset"}})


@pytest.mark.untraced
@given(st.one_of(claims, partial_claims), readings)
def test_the_same_receipt_and_claim_give_the_same_bytes(
    claim: dict[str, object], read: Readings
) -> None:
    """Also where the receipt has been to JSON and back."""
    decision = decide(claim, readings=read)
    receipt = Decision.from_json(decision.to_json()).receipt
    again = receipt.reproduce(Claim.model_validate(claim))
    assert again.to_json() == decision.to_json()


def test_another_policy_and_calendar() -> None:
    """A receipt of another policy and calendar is reproduced with these."""
    policy = replace(MOBILE_2001, version="2001-11-15.1")
    calendar = chinese_calendar().with_year(2027, days_off=[date(2027, 1, 1)])
    decision = decide(CLAIM, policy=policy, calendar=calendar)
    assert decision.receipt.reproduce(CLAIM, policy, calendar) == decision


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("library", "0.0.1"),
        ("policy", "cn.mobile-2001@1999"),
        ("policy_sha256", "0" * 64),
        ("calendar", "cn.state-council/2004-2005/000000000000"),
        ("calendar_last_known_year", 2005),
        ("claim_sha256", "0" * 64),
    ],
)
def test_what_is_not_as_it_was_is_named(field: str, value: object) -> None:
    """Library, policy, calendar and claim: each is checked and named by its field."""
    receipt = replace(decide(CLAIM).receipt, **{field: value})  # type: ignore[arg-type]
    with pytest.raises(ValidationError) as caught:
        receipt.reproduce(CLAIM)
    [problem] = caught.value.problems
    assert problem.field == f"receipt.{field}"
    assert str(value)[:20] in problem.value


def test_all_that_differs_is_named_at_once() -> None:
    """Another claim under another policy: both are told."""
    receipt = decide(CLAIM).receipt
    other = CLAIM.model_copy(update={"claimed_on": date(2025, 7, 5)})
    with pytest.raises(ValidationError) as caught:
        receipt.reproduce(other, replace(MOBILE_2001, version="2"))
    named = [problem.field for problem in caught.value.problems]
    assert named == ["receipt.policy", "receipt.policy_sha256", "receipt.claim_sha256"]
