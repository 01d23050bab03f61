"""Random claims that reach every rule and boundary, from a seeded generator.

Dates are drawn near the days on which something changes: the ends of the windows and of
the period, the 6 months of the burden of proof, day 30 and day 60 of a repair, the dates
on which a law came into force.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any, get_args

from sanbao.model.claim import Claim, asked_as_settled
from sanbao.model.codes import PROVINCES, Cause, CauseBasis, Invoice, Kind, Symptom, Voucher

_FAULT_OF = {
    "battery": "battery_fault",
    "charger": "charger_fault",
    "wired_earphone": "earphone_fault",
    "terminal_card": "terminal_card_fault",
    "data_card": "data_card_fault",
}
_MAIN_FAULTS = ("switches_off", "screen_fault", "function_fails")
_GAPS = (0, 1, 6, 7, 8, 9, 14, 15, 16, 17, 18, 29, 31, 60, 62, 89, 92, 120, 181, 184, 200)
_LONG_GAPS = (300, 364, 365, 366, 367, 370, 380, 400, 450, 500)


def random_claims(rng: Random, number: int) -> list[Claim]:
    """Return so many claims whose deciding facts are all known."""
    return [Claim.model_validate(random_claim(rng)) for _ in range(number)]


def random_claim(rng: Random) -> dict[str, Any]:
    """Return a claim in contract JSON whose deciding facts are all known."""
    kind = rng.choice(get_args(Kind)) if rng.random() < 0.4 else "handset"
    sold = _sale_date(rng)
    gap = rng.choice(_GAPS + _LONG_GAPS) + rng.choice((0, 0, 0, -1, 1, 2, 3))
    claimed = sold + timedelta(days=max(0, gap))
    claim: dict[str, Any] = {
        "claimed_on": str(claimed),
        "product": {"kind": kind},
        "purchase": _purchase(rng, sold, claimed),
        "evidence": _evidence(rng, sold),
        "fault": _fault(rng, kind),
        "repairs": _repairs(rng, sold, claimed, kind),
        "exchanges": [
            {"exchanged_on": str(_between(rng, sold - timedelta(days=2), claimed))}
            for _ in range(rng.choice((0, 0, 0, 0, 1, 1, 2, 3)))
        ],
        "same_model_in_stock": rng.random() < 0.5,
    }
    if rng.random() < 0.03:
        claim["product"]["sold_in_mainland"] = False
    if rng.random() < 0.05:
        claim["product"]["used"] = False
    if rng.random() < 0.6 or claim["purchase"].get("gift"):
        claim["product"]["bought_with_phone"] = rng.random() < 0.5
    if rng.random() < 0.6:
        claim["request"] = rng.choice(("refund", "exchange", "repair"))
    _who_asked_and_where(rng, claim, sold, claimed)
    return claim


def _who_asked_and_where(rng: Random, claim: dict[str, Any], sold: date, claimed: date) -> None:
    """State in some claims who first asked and when, what was paid, where, and who contests."""
    if rng.random() < 0.3:
        claim["asked_on"] = str(_asked(rng, claim, sold, claimed))
    if rng.random() < 0.2:
        held = asked_as_settled(Claim.model_validate(claim))
        gap = rng.choice((0, 0, 1, 2, 7, 8, 15, 16, 31, 184))
        claim["fault"]["appeared_on"] = str(max(sold, held - timedelta(days=gap)))
    if rng.random() < 0.15:
        claim["purchase"]["paid_price"] = f"{rng.randint(0, 999999) / 100:.2f}"
    for name, share in (("province", 0.4), ("trader_province", 0.2)):
        if rng.random() < share:
            usual = rng.choice(("CN-ZJ", "CN-JS"))
            place = usual if rng.random() < 0.8 else rng.choice(sorted(PROVINCES))
            claim["purchase"][name] = place
    if rng.random() < 0.25:
        claim["fault"]["contested"] = True
    if rng.random() < 0.05:
        claim["fault"]["found_unqualified"] = True
    if rng.random() < 0.05:
        claim["fault"]["detail"] = "green_line"
    if rng.random() < 0.06:
        claim["product"]["condition"] = "second_hand"


def _asked(rng: Random, claim: dict[str, Any], sold: date, claimed: date) -> date:
    """Draw a day between sale and claim: near either, of a repair, or before an exchange."""
    days = [claimed - timedelta(days=gap) for gap in (1, 2, 5, 8, 14, 15, 16, 30, 31, 40)]
    days += [sold + timedelta(days=gap) for gap in (0, 6, 7, 8, 9, 14, 15, 16, 17)]
    handed_in = [date.fromisoformat(one["handed_in_on"]) for one in claim["repairs"]]
    exchanged = [date.fromisoformat(one["exchanged_on"]) for one in claim["exchanges"]]
    days += handed_in * 3
    days += [day + timedelta(days=gap) for day in exchanged for gap in (-1, -1, 0, 1)]
    return min(max(rng.choice(days), sold), claimed)


def with_unknowns(rng: Random, claim: dict[str, Any]) -> dict[str, Any]:
    """Return ``claim`` with one to three of its deciding facts left out."""
    claim = {key: dict(part) if isinstance(part, dict) else part for key, part in claim.items()}
    claim["repairs"] = [dict(repair) for repair in claim["repairs"]]
    for _ in range(rng.choice((1, 1, 2, 3))):
        part, name = rng.choice(
            (
                ("purchase", "sold_on"),
                ("evidence", "invoice"),
                ("evidence", "voucher"),
                ("fault", "symptom"),
                ("", "same_model_in_stock"),
                ("repairs", "delay"),
            )
        )
        if part == "repairs":
            for repair in claim["repairs"]:
                repair.pop("delay", None)
        else:
            (claim[part] if part else claim).pop(name, None)
    return claim


def nowhere(claim: dict[str, Any]) -> dict[str, Any]:
    """Return a claim without its provinces: the law of the land alone decides it."""
    places = {"province", "trader_province"}
    purchase = {name: value for name, value in claim["purchase"].items() if name not in places}
    return {**claim, "purchase": purchase}


def _sale_date(rng: Random) -> date:
    draw = rng.random()
    if draw < 0.04:
        return date(2001, 11, 15) + timedelta(days=rng.randint(-3, 3))
    if draw < 0.10:
        return date(2014, 3, 15) - timedelta(days=rng.randint(0, 400))
    if draw < 0.20:  # delivered before Decree 778 or after it, claimed before it or after it
        return date(2024, 7, 1) - timedelta(days=rng.choice((0, 0, 1, 1, 2, 3, 5, 9, 20)))
    if draw < 0.26:
        local = rng.choice((date(2017, 5, 1), date(2017, 7, 1)))
        return local + timedelta(days=rng.randint(-3, 3))
    if draw < 0.40:
        return date(2024, 7, 1) + timedelta(days=rng.randint(0, 500))
    return date(2003, 6, 1) + timedelta(days=rng.randint(0, 24 * 365))


def _between(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randint(0, max(0, (last - first).days)))


def _purchase(rng: Random, sold: date, claimed: date) -> dict[str, Any]:
    purchase: dict[str, Any] = {"sold_on": str(sold)}
    if rng.random() < 0.25:
        invoiced = sold + timedelta(days=rng.choice((-3, -1, 1, 2, 10, 40)))
        purchase["invoiced_on"] = str(min(invoiced, claimed))
    if rng.random() < 0.25:
        purchase["received_on"] = str(sold + timedelta(days=rng.choice((-1, 1, 2, 3, 5, 9))))
    if rng.random() < 0.8:
        purchase["price"] = f"{rng.randint(1, 999999) / 100:.2f}"
    if rng.random() < 0.3:
        purchase["standalone_price"] = f"{rng.randint(1, 99999) / 100:.2f}"
    if rng.random() < 0.1:
        purchase["gift"] = True
        if rng.random() < 0.3:
            purchase["price"] = "0.00"
    if rng.random() < 0.1:
        purchase["plan_bundled"] = True
    return purchase


def _evidence(rng: Random, sold: date) -> dict[str, Any]:
    full = rng.random() < 0.5
    evidence: dict[str, Any] = {
        "invoice": "original" if full else rng.choice(get_args(Invoice)),
        "voucher": "intact" if full else rng.choice(get_args(Voucher)),
    }
    if rng.random() < 0.5:
        evidence["manufactured_on"] = str(
            sold - timedelta(days=rng.choice((0, 30, 89, 90, 91, 200)))
        )
    if rng.random() < 0.1:
        evidence["activated_on"] = str(sold + timedelta(days=rng.choice((-40, 0, 1))))
    return evidence


def _fault(rng: Random, kind: str) -> dict[str, Any]:
    listed = _FAULT_OF.get(kind) or rng.choice(_MAIN_FAULTS)
    fault: dict[str, Any] = {"symptom": listed}
    if rng.random() < 0.08:
        fault["symptom"] = rng.choice(get_args(Symptom))
    if rng.random() < 0.45:
        fault["cause"] = rng.choice(get_args(Cause)) if rng.random() < 0.5 else "defect"
        if rng.random() < 0.7:
            fault["cause_basis"] = rng.choice(get_args(CauseBasis))
    if "battery" in (kind, fault["symptom"].partition("_")[0]) and rng.random() < 0.4:
        fault["battery_capacity"] = rng.choice((0, 79, 80, 81, 100))
    return fault


def _repairs(rng: Random, sold: date, claimed: date, kind: str) -> list[dict[str, Any]]:
    repairs = []
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2, 2, 3))):
        if rng.random() < 0.3:
            handed_in = claimed - timedelta(days=rng.choice((7, 8, 29, 30, 31, 59, 60, 61, 70)))
        else:
            handed_in = _between(rng, sold - timedelta(days=3), claimed + timedelta(days=2))
        repair: dict[str, Any] = {"handed_in_on": str(handed_in)}
        if rng.random() < 0.7:
            back = _between(rng, handed_in, max(handed_in, claimed + timedelta(days=1)))
            if rng.random() < 0.4:
                back = max(handed_in, claimed - timedelta(days=rng.choice((0, 29, 30, 31))))
            repair["handed_back_on"] = str(back)
            if rng.random() < 0.3:
                repair["notified_on"] = str(_between(rng, handed_in, back))
        elif rng.random() < 0.2:
            repair["ready_on"] = str(_between(rng, handed_in, max(handed_in, claimed)))
        repair["delay"] = rng.choice(("parts", "repairer"))
        if rng.random() < 0.3:
            repair["symptom"] = rng.choice((*_MAIN_FAULTS, _FAULT_OF.get(kind, "unlisted")))
        if rng.random() < 0.15:
            repair["recorded"] = False
        if rng.random() < 0.15:
            repair["under_guarantee"] = False
        if rng.random() < 0.12:
            repair["software_only"] = True
        repairs.append(repair)
    return repairs
