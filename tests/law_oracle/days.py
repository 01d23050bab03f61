"""Section 0: asked, appeared, the day held, the chain of a fault that comes back, found."""

from dataclasses import dataclass
from datetime import date, timedelta

from law_oracle.facts import Facts, ImpossibleClaim
from law_oracle.periods import last_exchange
from law_oracle.readings import Readings


@dataclass(frozen=True, slots=True)
class ClaimDays:
    """The days by which one case is judged."""

    asked: date
    held: date
    against_period: date
    found: date


def claim_days(
    facts: Facts, papers: str, start: date, readings: Readings, warnings: list[str]
) -> ClaimDays:
    """Settle the days of a case, in the order of section 0."""
    exchange = last_exchange(facts)
    asked = facts.asked_on or facts.claimed
    if exchange is not None and asked < exchange:
        # It concerned the unit given back.
        asked = facts.claimed
        warnings.append("asked_before_exchange")
    _warn_of_lasting_repair(facts, asked, warnings)

    appeared = facts.appeared_on
    if appeared is not None and appeared > asked:
        raise ImpossibleClaim("fault.appeared_on")
    if appeared is not None and exchange is not None and appeared < exchange:
        appeared = None
        warnings.append("appeared_before_exchange")

    held = asked
    if readings["window_day"] == "appeared" and appeared is not None:
        held = appeared

    reached = chain(facts, asked, start)
    # Bar (1) goes by the earlier of the day held and the day the chain reaches.
    returns = readings["returning_fault"] == "one_fault"
    against_period = min(held, reached) if returns else held

    without_appearance = asked if papers == "none" else reached
    found = without_appearance if appeared is None else appeared
    return ClaimDays(asked, held, against_period, found)


def _warn_of_lasting_repair(facts: Facts, asked: date, warnings: list[str]) -> None:
    """The last finished repair of this fault since asked held for more than 30 days."""
    handed_back = [
        repair.handed_back
        for repair in facts.repairs
        if repair.symptom == facts.symptom
        and repair.handed_in >= asked
        and repair.handed_back is not None
        and repair.handed_back <= facts.claimed
    ]
    if handed_back and max(handed_back) < facts.claimed - timedelta(days=30):
        warnings.append("asked_before_lasting_repair")


def chain(facts: Facts, asked: date, start: date) -> date:
    """A fault that comes back is one fault [10]: the day its chain of repairs reaches.

    From asked back to the hand-in of a repair of the same fault under the guarantees, handed in
    on or after the start and before the day reached, and not handed back more than 30 days
    before it; and so on from there.
    """
    reached = asked
    while True:
        earlier = [
            repair.handed_in
            for repair in facts.repairs
            if repair.under_guarantee
            and repair.symptom == facts.symptom
            and start <= repair.handed_in < reached
            and (repair.handed_back is None or repair.handed_back >= reached - timedelta(days=30))
        ]
        if not earlier:
            return reached
        reached = max(earlier)
