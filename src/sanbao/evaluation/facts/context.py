"""What of a policy and of the readings the facts depend on: 推导参数."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from sanbao.depreciation import Rounding

if TYPE_CHECKING:
    from sanbao.model.readings import Readings
    from sanbao.rules.policy import Counting

__all__ = ["DerivationContext", "Start", "Starts"]

Start: TypeAlias = Literal["papers", "factory", "none"]
"""From what the period runs: dates on papers, the factory date, or nothing that is proved."""
Starts: TypeAlias = Mapping[tuple[str | None, str | None, bool], Start | None]
"""From what the period runs, by invoice, voucher and whether a factory date is shown."""


class DerivationContext(NamedTuple):
    """What of a policy and of the readings the state space has to know of how facts follow.

    ``starts`` says for every combination of invoice, voucher and factory date from what the
    period runs, ``None`` where the papers are not known well enough, ``commencement`` is the
    first day of sale that the law reaches (art. 31). ``windows_stretch``: whether repairs push
    windows of days on; ``rate`` is the fee for a day of use in parts of the price, ``None`` where
    none is kept. The other fields are the values of readings.
    """

    role: str
    faults: frozenset[str]
    starts: Starts
    commencement: int
    windows_stretch: bool
    rate: Decimal | None
    rounding: Rounding
    held_as_it_appeared: bool
    faults_return: bool
    battery_apart: bool
    unrecorded_repairs_too: bool
    software_repairs_too: bool
    again_any_fault: bool
    repairs_end_when_notified: bool
    both_repair_days: bool
    used_from_exchange: bool

    @classmethod
    def under(
        cls, readings: Readings, counting: Counting, rate: Decimal | None, **terms: Any
    ) -> DerivationContext:
        """Return the context of these terms under ``readings``."""
        return cls(
            windows_stretch=counting.windows_stretch
            and readings.repair_time_in_windows == "excluded",
            rate=rate if readings.depreciation == "charged" else None,
            rounding=readings.rounding,
            held_as_it_appeared=readings.window_day == "appeared",
            faults_return=readings.returning_fault == "one_fault",
            battery_apart=readings.built_in_battery == "accessory",
            unrecorded_repairs_too=readings.repair_proof == "any_proof",
            software_repairs_too=readings.software_repair == "counts",
            again_any_fault=readings.repair_guarantee == "any_fault",
            repairs_end_when_notified=readings.repair_end == "notified",
            both_repair_days=readings.repair_days == "inclusive",
            used_from_exchange=readings.depreciation_start == "from_exchange",
            **terms,
        )
