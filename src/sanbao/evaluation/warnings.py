"""Facts that are odd but possible: 异常提示.

A claim with such a fact is decided all the same; the decision says what looked odd, so
that somebody can look at the papers again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from sanbao.model.claim import Claim, last_exchange
from sanbao.model.decision import Warned
from sanbao.policies.mobile_2001 import DECREE_778, MOBILE_2001

__all__ = ["warnings_of"]

_MAIN_UNITS: Final = frozenset(
    line.kind for line in MOBILE_2001.catalogue if line.role == "main_unit"
)
_OF_ACCESSORIES: Final = frozenset(
    fault for line in MOBILE_2001.catalogue if line.role == "accessory" for fault in line.faults
) - {"battery_fault"}
"""What only accessories suffer from; a battery may be built into a main unit."""

_MENDED_FOR: Final = timedelta(days=30)
"""A unit that worked for longer after a repair was mended by it (art. 10)."""


def warnings_of(claim: Claim) -> tuple[Warned, ...]:
    """Return what is odd in ``claim``: its days, papers, goods, exchanges, repairs."""
    return tuple(Warned(code, field, str(value)) for code, field, value in _odd(claim))


def _odd(claim: Claim) -> Iterator[tuple[str, str, object]]:
    yield from _odd_fault(claim)
    yield from _odd_papers(claim)
    yield from _odd_goods(claim)
    yield from _odd_exchanges(claim)
    yield from _odd_repairs(claim)


def _odd_fault(claim: Claim) -> Iterator[tuple[str, str, date]]:
    """Yield the days of the fault that concern another unit, or another failure."""
    asked, appeared, exchanged = claim.asked_on, claim.fault.appeared_on, last_exchange(claim)
    if asked is not None:
        if exchanged is not None and asked < exchanged:
            yield "asked_before_exchange", "asked_on", asked
        elif _was_mended(claim, asked):
            yield "asked_before_lasting_repair", "asked_on", asked
    if appeared is not None and exchanged is not None and appeared < exchanged:
        yield "appeared_before_exchange", "fault.appeared_on", appeared


def _was_mended(claim: Claim, asked: date) -> bool:
    """Say whether the last repair of the fault that was asked for has lasted since.

    The demand of that day was met then; what fails now is a later failure.
    """
    claimed, symptom = claim.claimed_on, claim.fault.symptom
    handed_back = [
        repair.handed_back_on
        for repair in claim.repairs
        if repair.handed_in_on >= asked
        and (repair.symptom or symptom) == symptom
        and repair.handed_back_on is not None
        and repair.handed_back_on <= claimed
    ]
    return bool(handed_back) and claimed - max(handed_back) > _MENDED_FOR


def _odd_papers(claim: Claim) -> Iterator[tuple[str, str, date]]:
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


def _odd_goods(claim: Claim) -> Iterator[tuple[str, str, object]]:
    """Yield what is odd about goods, price and fault."""
    product, purchase, fault = claim.product, claim.purchase, claim.fault
    if product.condition == "second_hand":
        yield "second_hand_unsettled", "product.condition", product.condition
    if purchase.paid_price is not None:
        under_decree = _is_under_decree_778(claim)
        goes_by_itself = product.kind in _MAIN_UNITS or product.bought_with_phone is False
        if under_decree is False:
            yield "paid_price_not_used", "purchase.paid_price", purchase.paid_price
        elif under_decree and purchase.price is None and goes_by_itself:
            yield "paid_price_without_price", "purchase.paid_price", purchase.paid_price
    if fault.symptom in _OF_ACCESSORIES and product.kind in _MAIN_UNITS:
        yield "symptom_of_other_goods", "fault.symptom", fault.symptom
    is_alleged = fault.cause not in (None, "defect")
    if is_alleged and fault.cause_basis == "consumer" and fault.contested:
        yield "admitted_and_contested", "fault.contested", "true"


def _is_under_decree_778(claim: Claim) -> bool | None:
    """Say whether Decree 778 governs the price; ``None`` where the delivery is not known."""
    if claim.claimed_on < DECREE_778:
        return False
    delivered = claim.purchase.received_on or claim.purchase.sold_on
    return None if delivered is None else delivered >= DECREE_778


def _odd_exchanges(claim: Claim) -> Iterator[tuple[str, str, date]]:
    purchase = claim.purchase
    for index, exchange in enumerate(claim.exchanges):
        if purchase.sold_on is not None and exchange.exchanged_on < purchase.sold_on:
            field = f"exchanges[{index}].exchanged_on"
            yield "exchange_before_sale", field, exchange.exchanged_on


def _may_rest_on_factory_date(claim: Claim) -> bool:
    """Say whether perhaps nothing but a factory date dates the goods (art. 9).

    Repairs then count whichever unit they were of.
    """
    evidence = claim.evidence
    return (
        claim.product.kind in _MAIN_UNITS
        and evidence.manufactured_on is not None
        and evidence.invoice in (None, "none")
        and evidence.voucher != "intact"
    )


def _odd_repairs(claim: Claim) -> Iterator[tuple[str, str, date]]:
    claimed = claim.claimed_on
    exchanged = None if _may_rest_on_factory_date(claim) else last_exchange(claim)
    open_before = False
    for index, repair in enumerate(claim.repairs):
        back = repair.handed_back_on
        if exchanged is not None and repair.handed_in_on < exchanged:
            field = f"repairs[{index}].handed_in_on"
            yield "repairs_before_exchange", field, repair.handed_in_on
        if repair.handed_in_on > claimed:
            yield "repair_after_claim", f"repairs[{index}].handed_in_on", repair.handed_in_on
            continue
        if back is not None and back > claimed:
            yield "hand_back_after_claim", f"repairs[{index}].handed_back_on", back
        if back is None:
            if open_before:
                yield "two_open_repairs", f"repairs[{index}].handed_in_on", repair.handed_in_on
            open_before = True
