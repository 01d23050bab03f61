"""Facts a claim leaves open, settled by cases (contract, "Not known"; sections 0, 4, 5).

Every open fact takes every value it can have; nothing is skipped for being unlikely to matter.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

from law_oracle.facts import (
    INVOICES,
    MAIN_UNITS,
    MONTHS,
    SILENT_VOUCHERS,
    SYMPTOMS,
    Facts,
    ImpossibleClaim,
    Stated,
    one_case,
)

# Art. 31: all days before 2001-11-15 are alike (excluded), so one of them stands for all.
EARLIEST_SALE = date(2001, 11, 14)


def cases(stated: Stated) -> Iterator[Facts]:
    """Yield every case of a claim; a known claim is one."""
    known = stated.known
    choices: dict[str, list[Any]] = {}
    if known["sale"] is None:
        choices["sale"] = sale_days(stated)
    if known["invoice"] is None:
        choices["invoice"] = list(INVOICES)
    if known["voucher"] is None:
        choices["voucher"] = list(SILENT_VOUCHERS)
    if known["symptom"] is None:
        choices["symptom"] = list(SYMPTOMS)
    if known["in_stock"] is None:
        choices["in_stock"] = [True, False]
    if known["bought_with_phone"] is None:
        # A question about accessories only.
        accessory = known["kind"] in MONTHS and known["kind"] not in MAIN_UNITS
        choices["bought_with_phone"] = [False, True] if accessory else [False]
    late = open_delays(stated)
    for values in product(*choices.values()):
        chosen = dict(zip(choices, values, strict=True))
        for causes in product(("parts", "repairer"), repeat=len(late)):
            yield one_case(stated, chosen, dict(zip(late, causes, strict=True)))


def sale_days(stated: Stated) -> list[date]:
    """Section 0: every day on which goods of an unknown sale can have been sold.

    Not before the factory date; not after the claim, asked, `appeared_on`, the receipt, the
    first repair or exchange listed.
    """
    known = stated.known
    earliest = EARLIEST_SALE
    papers = (known["invoice_date"], known["receipt"], known["factory_date"])
    if any(day is not None and day > EARLIEST_SALE for day in papers):
        earliest += timedelta(days=1)  # a paper of after art. 31 tells of a sale of after it
    first = max(known["factory_date"] or earliest, earliest)
    limits = [known["claimed"], known["asked_on"], known["appeared_on"], known["receipt"]]
    limits += [*known["exchanges"], *(repair["handed_in"] for repair in stated.repairs)]
    last = min(day for day in limits if day is not None)
    if last < first:
        raise ImpossibleClaim("purchase.sold_on")
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]


def open_delays(stated: Stated) -> list[int]:
    """Unmended repairs whose cause of delay nobody states: the want of parts or the repairer."""
    claimed = stated.known["claimed"]
    return [
        place
        for place, one in enumerate(stated.repairs)
        if one["delay"] is None
        and one["handed_in"] <= claimed
        and all(
            one[name] is None or one[name] > claimed
            for name in ("ready", "notified", "handed_back")
        )
    ]
