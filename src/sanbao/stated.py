"""A claim as plain numbers and codes: 申请的原始陈述.

The models of :mod:`sanbao.claim` are made for people and JSON. Rules want numbers: here a
validated claim becomes one flat tuple, its dates as ordinals (``date.toordinal``), once,
where the claim enters. Nothing is interpreted yet; ``None`` is what the claim leaves out.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from sanbao.claim import Claim

__all__ = ["Stated", "StatedRepair", "state"]

NOT_STATED: Final = "not_stated"
"""The code of ``cause`` where the claim names none."""

NOTHING: Final = "nothing"
"""The code of ``request`` where nothing in particular is asked."""


class StatedRepair(NamedTuple):
    """One repair; days are ordinals."""

    handed_in: int
    ready: int | None
    notified: int | None
    handed_back: int | None
    symptom: str | None
    recorded: bool
    under_guarantee: bool
    delay: str | None

    def is_unrepaired(self, claimed: int) -> bool:
        """Say whether the unit is with the repairer and not repaired yet (arts. 16, 17).

        One that is ready, or whose owner was told so, is repaired even if it lies there.
        """
        handed_in, ready, notified, handed_back, *_ = self
        return (
            handed_in <= claimed
            and (ready is None or ready > claimed)
            and (notified is None or notified > claimed)
            and (handed_back is None or handed_back > claimed)
        )


class Stated(NamedTuple):
    """One claim; days are ordinals, money is yuan."""

    claimed: int
    kind: str
    sold_in_mainland: bool
    bought_with_phone: bool | None
    sold: int | None
    invoiced: int | None
    received: int | None
    price: Decimal | None
    standalone_price: Decimal | None
    gift: bool
    plan_bundled: bool
    invoice: str | None
    voucher: str | None
    made: int | None
    symptom: str | None
    cause: str
    cause_basis: str
    battery_capacity: float | None
    repairs: tuple[StatedRepair, ...]
    exchanges: tuple[int, ...]
    same_model_in_stock: bool | None
    request: str


def state(claim: Claim) -> Stated:
    """Return what ``claim`` states, as plain numbers and codes."""
    product, purchase, evidence, fault = (
        claim.product,
        claim.purchase,
        claim.evidence,
        claim.fault,
    )
    repairs = tuple(
        StatedRepair(
            _number(repair.handed_in_on),
            _ordinal(repair.ready_on),
            _ordinal(repair.notified_on),
            _ordinal(repair.handed_back_on),
            repair.symptom,
            repair.recorded,
            repair.under_guarantee,
            repair.delay,
        )
        for repair in claim.repairs
    )
    return Stated(
        claimed=_number(claim.claimed_on),
        kind=product.kind,
        sold_in_mainland=product.sold_in_mainland,
        bought_with_phone=product.bought_with_phone,
        sold=_ordinal(purchase.sold_on),
        invoiced=_ordinal(purchase.invoiced_on),
        received=_ordinal(purchase.received_on),
        price=purchase.price,
        standalone_price=purchase.standalone_price,
        gift=purchase.gift,
        plan_bundled=purchase.plan_bundled,
        invoice=evidence.invoice,
        voucher=evidence.voucher,
        made=_ordinal(evidence.manufactured_on),
        symptom=fault.symptom,
        cause=fault.cause or NOT_STATED,
        cause_basis=fault.cause_basis or "trader",
        battery_capacity=fault.battery_capacity,
        repairs=repairs,
        exchanges=tuple(_number(exchange.exchanged_on) for exchange in claim.exchanges),
        same_model_in_stock=claim.same_model_in_stock,
        request=claim.request or NOTHING,
    )


@lru_cache(maxsize=50_000)
def _number(day: date) -> int:
    # remembered, so that claims share their numbers and many of them need little memory
    return day.toordinal()


def _ordinal(day: date | None) -> int | None:
    return None if day is None else _number(day)
