"""Which readings could change a fact of one claim: 对本申请有影响的解释.

That a reading changes a fact is read off the formulas
(:mod:`sanbao.evaluation.facts.dependencies`); most claims leave most of them nothing to change.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from sanbao.model.claim_row import ClaimRow, RepairRow

if TYPE_CHECKING:
    from sanbao.rules.policy import Counting

__all__ = ["readings_in_play"]

_USED: Final = frozenset({"depreciation_days", "depreciation", "rounding"})


def readings_in_play(
    row: ClaimRow, counting: Counting, no_problem: frozenset[str]
) -> frozenset[str]:
    """Return the readings that could change a fact of what is stated.

    ``no_problem`` are the symptoms that are no quality problem. Whatever the
    other readings are, and whatever is not stated. A claim without repairs, say,
    has the same facts whichever repairs would count.
    """
    sold = row.sold
    found = set()
    exchanged = bool(row.exchanges) and (sold is None or max(row.exchanges) >= sold)
    if exchanged:
        found.add("windows_after_exchange")
    if counting.period_from == "invoiced":
        if row.received not in (None, sold):
            found.add("window_start")
    elif (sold is None or not exchanged) and {row.received, row.invoiced} - {None, sold}:
        found.add("period_start")
    if row.appeared not in (None, row.asked or row.claimed):
        found.add("window_day")
    if row.symptom in (None, "battery_fault"):
        found.add("built_in_battery")
    if row.used:
        found |= _USED
        if exchanged:
            found.add("depreciation_start")
    for repair in row.repairs:
        if repair.handed_in <= row.claimed:
            found.update(_repair_readings(repair, row, counting, no_problem))
    return frozenset(found)


def _repair_readings(
    repair: RepairRow, row: ClaimRow, counting: Counting, no_problem: frozenset[str]
) -> Iterator[str]:
    """Yield the readings that could change what one repair comes to."""
    symptom = row.symptom
    finished = repair.handed_back is not None and repair.handed_back <= row.claimed
    if counting.windows_stretch:
        yield "repair_time_in_windows"
    if repair.notified is not None:
        yield "repair_end"
    if repair.notified is not None or finished:
        yield "repair_days"
    if not repair.under_guarantee:
        return
    if symptom is None or repair.symptom in (None, symptom):
        yield "returning_fault"
    if not repair.recorded:
        yield "repair_proof"
    if finished and repair.software_only:
        yield "software_repair"
    if finished and repair.symptom not in (None, symptom):
        yield from ("two_repairs", "repair_guarantee")
    elif finished and (symptom is None or symptom in no_problem):
        yield "repair_guarantee"
