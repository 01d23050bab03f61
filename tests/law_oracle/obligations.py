"""Section 7: obligations that come along, as (id, day or None).

decision.md and contract.md name only `penalty8.within_15_days`, `art5.voucher_due` and
`art23.gift`; the other ids are this oracle's own.
"""

from datetime import date, timedelta

from law_oracle.facts import MAIN_UNITS, Facts
from law_oracle.rights import EXCHANGE, REFUND, REPAIR, unmended

NAMED = ("penalty8.within_15_days", "art5.voucher_due", "art23.gift")
PENALTY_MEASURES = date(2015, 3, 15)


def obligations(
    facts: Facts, asked: date, outcome: str, open_kinds: set[str], zhejiang: bool
) -> list[tuple[str, date | None]]:
    """Return the obligations of one case."""
    found: list[tuple[str, date | None]] = []
    performed = outcome in {REFUND, EXCHANGE, REPAIR}
    if performed and facts.claimed >= PENALTY_MEASURES:
        found.append(("penalty8.within_15_days", asked + timedelta(days=15)))
    if facts.voucher == "not_issued":
        found.append(("art5.voucher_due", None))
    if facts.gift:
        found.append(("art23.gift", None))
    if facts.plan_bundled:
        found.append(("art4.plan", None))
    if not performed:
        return found
    if facts.kind in MAIN_UNITS:
        # Art. 15: once an unmended repair passes 7 days; Zhejiang: from the 6th day.
        days = 6 if zhejiang else 8
        loaners = [
            repair.handed_in + timedelta(days=days)
            for repair in facts.repairs
            if unmended(repair, facts.claimed) and (facts.claimed - repair.handed_in).days >= days
        ]
        if loaners:
            found.append(("art15.loaner", min(loaners)))
    if REPAIR in open_kinds:
        found.append(("art10.thirty_days", None))
    if EXCHANGE in open_kinds:
        found.append(("art20.new_unit", None))
        found.append(("art21.starts_again", None))
    found.append(("cpl24.transport", None))
    found.append(("art22.recourse", None))
    return found
