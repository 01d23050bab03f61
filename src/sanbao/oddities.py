"""Facts that are odd but possible: 异常提示.

A claim with such a fact is decided all the same; the decision says what looked odd, so
that somebody can look at the papers again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from sanbao.claim import Claim
from sanbao.decision import Warned
from sanbao.policies.mobile_2001 import MOBILE_2001

__all__ = ["warnings_of"]

_MAIN_UNITS: Final = frozenset(
    line.kind for line in MOBILE_2001.catalogue if line.role == "main_unit"
)
_OF_ACCESSORIES: Final = frozenset(
    fault for line in MOBILE_2001.catalogue if line.role == "accessory" for fault in line.faults
) - {"battery_fault"}
"""What only accessories suffer from; a battery may be built into a main unit."""


def warnings_of(claim: Claim) -> tuple[Warned, ...]:
    """Return what is odd in ``claim``, in the order of its fields."""
    return tuple(Warned(code, field, str(value)) for code, field, value in _odd(claim))


def _odd(claim: Claim) -> Iterator[tuple[str, str, date | str]]:
    purchase, evidence, claimed = claim.purchase, claim.evidence, claim.claimed_on
    for code, field, day, other in (
        ("activated_before_sale", "evidence.activated_on", evidence.activated_on, purchase.sold_on),
        ("invoice_before_sale", "purchase.invoiced_on", purchase.invoiced_on, purchase.sold_on),
        ("received_before_sale", "purchase.received_on", purchase.received_on, purchase.sold_on),
    ):
        if day is not None and other is not None and day < other:
            yield code, field, day
    sold_or_claimed = purchase.sold_on or claimed
    if evidence.manufactured_on is not None and evidence.manufactured_on > sold_or_claimed:
        yield "made_after_sale", "evidence.manufactured_on", evidence.manufactured_on
    for code, field, day in (
        ("received_after_claim", "purchase.received_on", purchase.received_on),
        ("activated_after_claim", "evidence.activated_on", evidence.activated_on),
    ):
        if day is not None and day > claimed:
            yield code, field, day
    symptom = claim.fault.symptom
    if symptom in _OF_ACCESSORIES and claim.product.kind in _MAIN_UNITS:
        yield "symptom_of_other_goods", "fault.symptom", symptom
    for index, exchange in enumerate(claim.exchanges):
        if purchase.sold_on is not None and exchange.exchanged_on < purchase.sold_on:
            field = f"exchanges[{index}].exchanged_on"
            yield "exchange_before_sale", field, exchange.exchanged_on
    yield from _odd_repairs(claim)


def _odd_repairs(claim: Claim) -> Iterator[tuple[str, str, date]]:
    claimed = claim.claimed_on
    open_before = False
    for index, repair in enumerate(claim.repairs):
        back = repair.handed_back_on
        if repair.handed_in_on > claimed:
            yield "repair_after_claim", f"repairs[{index}].handed_in_on", repair.handed_in_on
            continue
        if back is not None and back > claimed:
            yield "hand_back_after_claim", f"repairs[{index}].handed_back_on", back
        if back is None:
            if open_before:
                yield "two_open_repairs", f"repairs[{index}].handed_in_on", repair.handed_in_on
            open_before = True
