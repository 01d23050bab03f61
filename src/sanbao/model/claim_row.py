"""A claim as plain numbers and codes: 申请的原始陈述.

The models of :mod:`sanbao.model.claim` are made for people and JSON. Rules want numbers: here a
validated claim becomes one flat tuple, its dates as ordinals (``date.toordinal``), once,
where the claim enters. Nothing is interpreted yet; ``None`` is what the claim leaves out.
"""
# no postponed annotations here: a tuple with names looks at each when it is made, which costs time

from decimal import Decimal
from typing import NamedTuple

__all__ = ["ClaimRow", "RepairRow"]


class RepairRow(NamedTuple):
    """One repair; days are ordinals."""

    handed_in: int
    ready: int | None
    notified: int | None
    handed_back: int | None
    symptom: str | None
    recorded: bool
    under_guarantee: bool
    delay: str | None
    software_only: bool = False

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


class ClaimRow(NamedTuple):
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
    repairs: tuple[RepairRow, ...]
    exchanges: tuple[int, ...]
    same_model_in_stock: bool | None
    request: str
    complete: bool | None
    housing_worn: bool | None
    confirmed: bool | None
    asked: int | None
    appeared: int | None
    used: bool
    second_hand: bool
    paid_price: Decimal | None
    province: str | None
    trader_province: str | None
    contested: bool
    found_unqualified: bool
    detail: str | None
