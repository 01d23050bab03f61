"""What of a policy and of the readings the facts depend on: 推导参数."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from sanbao.dates.counting import LAST_DAY
from sanbao.depreciation import Rounding

if TYPE_CHECKING:
    from sanbao.model.readings import Readings
    from sanbao.rules.policy import Counting

__all__ = ["DerivationContext", "Start", "Starts"]

Start: TypeAlias = Literal["papers", "factory", "none"]
"""From what the period runs: dates on papers, the factory date, or nothing that is proved."""
Starts: TypeAlias = Mapping[tuple[str | None, str | None, bool], Start | None]
"""From what the period runs, by invoice, voucher and whether a factory date is shown."""


@dataclass(frozen=True, slots=True)
class DerivationContext:
    """What of a policy and of the readings the facts of one kind of goods depend on.

    ``starts`` says for every combination of invoice, voucher and factory date from what the
    period runs, ``None`` where the papers are not known well enough, ``commencement`` is the
    first day of sale that the law reaches (art. 31). ``period_from``,
    ``windows_stretch`` and ``paid_price`` are how the version of the law counts
    (:class:`~sanbao.rules.policy.Counting`), as the readings take it; ``rate`` is the fee for a day
    of use in parts of the price, ``None`` where none is kept, ``days_worth`` are days in which no
    fee can come to a price of a yuan and more. The other fields are the values of readings.
    """

    role: str
    faults: frozenset[str]
    starts: Starts
    factory_days: int
    sound_capacity: int
    commencement: int
    period_from: Literal["invoiced", "delivered", "later"]
    windows_stretch: bool
    paid_price: bool
    rate: Decimal | None
    days_worth: int
    rounding: Rounding
    windows_from_receipt: bool
    refund_restarts: bool
    exchange_restarts: bool
    held_as_it_appeared: bool
    faults_return: bool
    battery_apart: bool
    two_repairs_one_fault: bool
    unrecorded_repairs_too: bool
    software_repairs_too: bool
    again_any_fault: bool
    repairs_end_when_notified: bool
    both_repair_days: bool
    used_from_exchange: bool
    both_used_days: bool

    @classmethod
    def under(
        cls,
        readings: Readings,
        counting: Counting,
        promised: Literal["received"] | None,
        rate: Decimal | None,
        **terms: Any,
    ) -> DerivationContext:
        """Return the frame of these terms under ``readings``.

        ``promised`` is what a promise says of the start of the period itself.
        """
        decree = counting.period_from == "delivered"
        analysis: Any = readings.period_start if decree else "invoiced"
        if promised is not None:
            analysis = "delivered"
        return cls(
            period_from=analysis,
            windows_stretch=counting.windows_stretch
            and readings.repair_time_in_windows == "excluded",
            paid_price=counting.refund_price == "paid",
            rate=rate if readings.depreciation == "charged" else None,
            days_worth=int(Decimal("0.9") / rate) if rate else LAST_DAY,
            rounding=readings.rounding,
            windows_from_receipt=decree or readings.window_start == "received",
            refund_restarts=readings.windows_after_exchange == "restart",
            exchange_restarts=readings.windows_after_exchange != "from_sale",
            held_as_it_appeared=readings.window_day == "appeared",
            faults_return=readings.returning_fault == "one_fault",
            battery_apart=readings.built_in_battery == "accessory",
            two_repairs_one_fault=readings.two_repairs == "same_fault",
            unrecorded_repairs_too=readings.repair_proof == "any_proof",
            software_repairs_too=readings.software_repair == "counts",
            again_any_fault=readings.repair_guarantee == "any_fault",
            repairs_end_when_notified=readings.repair_end == "notified",
            both_repair_days=readings.repair_days == "inclusive",
            used_from_exchange=readings.depreciation_start == "from_exchange",
            both_used_days=readings.depreciation_days == "inclusive",
            **terms,
        )
