"""Claims and readings drawn at random, near the days and facts on which rules turn.

`random_claim(rng)` draws a claim that can be (it never raises `ImpossibleClaim`), with unknown
facts at the probability given: 0 draws known claims only.
"""

import random
from datetime import date, timedelta
from typing import Any

from law_oracle.facts import (
    ACCESSORY_FAULTS,
    INVOICES,
    MAIN_UNIT_FAULTS,
    MAIN_UNITS,
    SYMPTOMS,
)
from law_oracle.readings import READINGS

# Spans of days of sale: at the borders of the laws, and between them.
SALES = (
    (date(2001, 11, 10), date(2001, 11, 20), 2),
    (date(2004, 1, 1), date(2013, 2, 1), 14),
    (date(2013, 3, 1), date(2014, 3, 20), 12),
    (date(2014, 3, 21), date(2017, 4, 24), 10),
    (date(2017, 4, 25), date(2017, 7, 7), 8),
    (date(2017, 7, 8), date(2023, 6, 30), 20),
    (date(2023, 7, 1), date(2024, 7, 5), 14),
    (date(2024, 7, 6), date(2025, 9, 30), 24),
)
# Days after which something happens: at the borders of windows, delays and periods.
SOON = (1, 3, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17, 18)
LATER = (28, 29, 30, 31, 32, 34, 36, 45, 59, 60, 61, 62, 88, 90, 92, 120)
ENDS = (178, 180, 181, 183, 185, 188, 210, 300, 355, 363, 364, 365, 366, 367, 369, 372, 380, 420)
STAYS = (0, 0, 1, 2, 4, 5, 7, 10, 15, 18, 31, 36, 61)
DELAYS = (5, 6, 7, 8, 29, 30, 31, 32, 45, 59, 60, 61, 62, 90, 210)
PRICES = ("1999.00", "2750.00", "3835.90", "999.99", "580.01", "0.01", "0.00")
CAUSES = (
    "misuse",
    "liquid",
    "impact",
    "unauthorised_opening",
    "force_majeure",
    "network",
    "sim_data",
)


def random_readings(rng: random.Random, change: float = 0.12) -> dict[str, str]:
    """Draw readings; each leaves its default with the probability `change`."""
    return {
        name: rng.choice(values[1:]) for name, values in READINGS.items() if rng.random() < change
    }


def random_claim(rng: random.Random, unknown: float = 0.1) -> dict[str, Any]:
    """Draw a claim; `unknown` is the probability that it leaves facts open, 0 to 1."""
    kind = _kind(rng)
    sale = _day_of_sale(rng)
    receipt = _after(rng, sale, (0, 1, 2, 5, 9), 0.45)
    history = _History(rng, kind, receipt or sale)
    claim: dict[str, Any] = {
        "claimed_on": history.claimed.isoformat(),
        "product": _product(rng, kind),
        "purchase": _purchase(rng, kind, sale, receipt, history.claimed),
        "evidence": _evidence(rng),
        "fault": _fault(rng, kind),
        "repairs": [_repair(rng, claimed=history.claimed, stay=stay) for stay in history.stays],
        "exchanges": [{"exchanged_on": day.isoformat()} for day in history.exchanges],
    }
    _symptoms_of_repairs(rng, kind, claim)
    _bring_together(rng, claim)
    if claim["exchanges"] and rng.random() < 0.03:
        before = sale - timedelta(days=rng.choice((1, 9)))
        claim["exchanges"].append({"exchanged_on": before.isoformat()})
    asked = _asked(rng, sale, history)
    if asked is not None:
        claim["asked_on"] = asked.isoformat()
    if rng.random() < 0.3:
        last = asked or history.claimed
        back = min((last - sale).days, rng.choice((0, 1, 2, 4, 9, 20, 33, 60)))
        claim["fault"]["appeared_on"] = (last - timedelta(days=back)).isoformat()
    _factory_date(rng, claim)
    if rng.random() < 0.9:
        claim["same_model_in_stock"] = rng.random() < 0.6
    elif unknown == 0:
        claim["same_model_in_stock"] = False
    request = rng.choice((None, "refund", "refund", "exchange", "repair"))
    if request is not None:
        claim["request"] = request
    if rng.random() < unknown:
        _forget(rng, claim)
    return claim


def _kind(rng: random.Random) -> str:
    if rng.random() < 0.66:
        return "handset"
    return rng.choice(
        ("vehicle_phone", "fixed_station_phone", *ACCESSORY_FAULTS, *ACCESSORY_FAULTS, "other")
    )


def _day_of_sale(rng: random.Random) -> date:
    first, last, _ = rng.choices(SALES, [weight for _, _, weight in SALES])[0]
    return first + timedelta(days=rng.randint(0, (last - first).days))


def _after(rng: random.Random, day: date, gaps: tuple[int, ...], probability: float) -> date | None:
    if rng.random() >= probability:
        return None
    return day + timedelta(days=rng.choice(gaps))


class _History:
    """Exchanges, stays at the repairer (hand-in, hand-back or None) and the day of the claim."""

    def __init__(self, rng: random.Random, kind: str, delivered: date) -> None:
        self.exchanges: list[date] = []
        self.stays: list[tuple[date, date | None]] = []
        self.begins = delivered
        main_unit = kind in MAIN_UNITS
        weights = (75, 18, 7) if main_unit else (35, 15, 50)
        for _ in range(rng.choices((0, 1, 2), weights)[0]):
            if rng.random() < 0.3:
                self._repair(rng, self.begins)
            self.begins = self._latest() + timedelta(days=rng.choice((0, *SOON, 40)))
            self.exchanges.append(self.begins)
        count = rng.choices((0, 1, 2, 3, 4), (35, 24, 26, 10, 5))[0]
        for place in range(count):
            # The first repair near the end of the period now and then, the others soon after.
            if place == 0:
                self._repair(rng, self.begins, (*SOON, *LATER, *ENDS))
            else:
                self._repair(rng, self._latest(), (0, 1, 2, *SOON, 28, 29, 30, 31, 32, 60))
        self.claimed = self._claim(rng, count)

    def _latest(self) -> date:
        days = [self.begins, *self.exchanges]
        days += [back or handed_in for handed_in, back in self.stays]
        return max(days)

    def _repair(self, rng: random.Random, since: date, gaps: tuple[int, ...] = SOON) -> None:
        handed_in = since + timedelta(days=rng.choice(gaps))
        self.stays.append((handed_in, handed_in + timedelta(days=rng.choice(STAYS))))

    def _claim(self, rng: random.Random, count: int) -> date:
        if count and rng.random() < 0.35:
            # The last one is still with the repairer.
            handed_in = self.stays[-1][0]
            self.stays[-1] = (handed_in, None)
            return max(self._latest(), handed_in) + timedelta(days=rng.choice(DELAYS))
        if count and rng.random() < 0.7:
            return self._latest() + timedelta(days=rng.choice((0, 1, 2, *SOON, 28, 30, 31, 35)))
        gap = rng.choice(rng.choice((SOON, LATER, ENDS)))
        return max(self._latest(), self.begins + timedelta(days=gap))


def _product(rng: random.Random, kind: str) -> dict[str, Any]:
    product: dict[str, Any] = {"kind": kind}
    if kind in ACCESSORY_FAULTS:
        product["bought_with_phone"] = rng.random() < 0.5
    if rng.random() < 0.02:
        product["sold_in_mainland"] = False
    if rng.random() < 0.06:
        product["used"] = False
    if rng.random() < 0.06:
        product["condition"] = "second_hand"
    return product


def _purchase(
    rng: random.Random, kind: str, sale: date, receipt: date | None, claimed: date
) -> dict[str, Any]:
    purchase: dict[str, Any] = {"sold_on": sale.isoformat()}
    if receipt is not None:
        purchase["received_on"] = receipt.isoformat()
    invoice = _after(rng, sale, (-2, 0, 1, 3, 8, 20), 0.35)
    if invoice is not None:
        purchase["invoiced_on"] = min(invoice, claimed).isoformat()
    if rng.random() < 0.85:
        purchase["price"] = rng.choices(PRICES, (30, 20, 20, 15, 10, 2, 3))[0]
    if rng.random() < (0.14 if kind in MAIN_UNITS else 0.7):
        purchase["standalone_price"] = rng.choice(("59.00", "129.90", "0.00"))
    if rng.random() < 0.15:
        purchase["paid_price"] = rng.choice(("1799.00", "2100.50", "0.00"))
    if rng.random() < 0.45:
        purchase["province"] = rng.choice(("CN-ZJ", "CN-JS", "CN-JS", "CN-BJ"))
    if rng.random() < 0.2:
        purchase["trader_province"] = rng.choice(("CN-ZJ", "CN-JS"))
    if rng.random() < 0.08:
        purchase["gift"] = True
    if rng.random() < 0.05:
        purchase["plan_bundled"] = True
    return purchase


def _evidence(rng: random.Random) -> dict[str, Any]:
    if rng.random() < 0.62:
        return {"invoice": "original", "voucher": "intact"}
    return {
        "invoice": rng.choices(INVOICES, (30, 15, 15, 40))[0],
        "voucher": rng.choices(
            ("intact", "lost", "not_issued", "altered", "mismatched"), (20, 40, 25, 8, 7)
        )[0],
    }


def _fault(rng: random.Random, kind: str) -> dict[str, Any]:
    fault: dict[str, Any] = {"symptom": _symptom(rng, kind)}
    if fault["symptom"] == "battery_fault" and rng.random() < 0.4:
        fault["battery_capacity"] = rng.choice((60, 79, 80, 95))
    if rng.random() < 0.4:
        fault["cause"] = rng.choice(CAUSES) if rng.random() < 0.75 else "defect"
        if rng.random() < 0.85:
            fault["cause_basis"] = rng.choice(
                ("inspection", "report", "report", "report", "consumer", "trader", "trader")
            )
        if rng.random() < 0.45:
            fault["contested"] = True
    if rng.random() < 0.07:
        fault["found_unqualified"] = True
    return fault


def _symptom(rng: random.Random, kind: str) -> str:
    chance = rng.random()
    if chance < 0.72:
        return _listed(rng, kind)
    if chance < 0.82:
        return "unlisted"
    if chance < 0.88 and kind in MAIN_UNITS:
        return "battery_fault"
    return rng.choice((*SYMPTOMS, "wear", "none"))


def _listed(rng: random.Random, kind: str) -> str:
    if kind in ACCESSORY_FAULTS:
        return ACCESSORY_FAULTS[kind]
    return rng.choice(MAIN_UNIT_FAULTS[:4])


def _repair(rng: random.Random, claimed: date, stay: tuple[date, date | None]) -> dict[str, Any]:
    handed_in, back = stay
    repair: dict[str, Any] = {"handed_in_on": handed_in.isoformat()}
    if back is not None:
        repair["handed_back_on"] = back.isoformat()
    last = back or claimed
    if rng.random() < (0.2 if back is None else 0.3):
        ready = handed_in + timedelta(days=rng.randint(0, (last - handed_in).days))
        name = rng.choice(("ready_on", "notified_on"))
        repair[name] = ready.isoformat()
    if rng.random() < 0.12:
        repair["recorded"] = False
    if rng.random() < 0.08:
        repair["under_guarantee"] = False
    if rng.random() < 0.12:
        repair["software_only"] = True
    if back is None or rng.random() < 0.2:
        repair["delay"] = rng.choice(("parts", "repairer"))
    return repair


def _symptoms_of_repairs(rng: random.Random, kind: str, claim: dict[str, Any]) -> None:
    """Give repairs the claim's symptom by default; now and then another one, rarely no fault."""
    for repair in claim["repairs"]:
        if rng.random() < 0.3:
            repair["symptom"] = rng.choice((_listed(rng, kind), _symptom(rng, kind)))


def _bring_together(rng: random.Random, claim: dict[str, Any]) -> None:
    """Put together, now and then, facts that seldom meet and together decide a rule."""
    match rng.randrange(24):
        case 0:  # Zhejiang's own table of proof
            claim["purchase"]["trader_province"] = "CN-ZJ"
            claim["evidence"] = {"invoice": "original", "voucher": "lost"}
            claim["fault"].update(cause="liquid", cause_basis="report", contested=True)
        case 1:  # Jiangsu's late repair, and its windows after an exchange
            claim["purchase"]["province"] = "CN-JS"
            claim["evidence"] = {"invoice": "original", "voucher": "intact"}
            claim["fault"].pop("cause", None)
        case 2:  # two repairs
            for repair in claim["repairs"]:
                repair.pop("symptom", None)
                repair.pop("under_guarantee", None)
            claim["evidence"] = {"invoice": "copy", "voucher": "intact"}
        case _:
            pass


def _asked(rng: random.Random, sale: date, history: _History) -> date | None:
    """Draw the day asked: of an earlier hand-in, in the windows, before an exchange, or none."""
    if rng.random() < 0.6:
        return None
    days = [handed_in for handed_in, _ in history.stays]
    days += [history.begins + timedelta(days=gap) for gap in (5, 7, 8, 10, 15, 16)]
    days += [history.claimed - timedelta(days=gap) for gap in (1, 2, 5, 14, 15, 16, 40)]
    if history.exchanges and rng.random() < 0.15:
        days = [history.exchanges[-1] - timedelta(days=1)]
    return min(max(rng.choice(days), sale), history.claimed)


def _factory_date(rng: random.Random, claim: dict[str, Any]) -> None:
    """Set a factory date before everything; on it alone, the period ends near the claim."""
    sale = date.fromisoformat(claim["purchase"]["sold_on"])
    if rng.random() < 0.6:
        before = rng.choice((0, 10, 60, 85, 90, 91, 95, 150))
        claimed = date.fromisoformat(claim["claimed_on"])
        factory = sale - timedelta(days=before)
        if rng.random() < 0.3:
            factory = min(sale, claimed - timedelta(days=rng.choice((450, 454, 455, 456, 460))))
        claim["evidence"]["manufactured_on"] = factory.isoformat()


def _forget(rng: random.Random, claim: dict[str, Any]) -> None:
    """Leave the sale open, or one or two other facts that are settled by cases."""
    if rng.random() < 0.2:
        _forget_the_sale(rng, claim)
        return
    for _ in range(rng.choice((1, 1, 2))):
        match rng.choice(("invoice", "voucher", "symptom", "stock", "with", "delay")):
            case "invoice":
                claim["evidence"].pop("invoice", None)
            case "voucher":
                claim["evidence"].pop("voucher", None)
            case "symptom":
                claim["fault"].pop("symptom", None)
            case "stock":
                claim.pop("same_model_in_stock", None)
            case "with":
                claim["product"].pop("bought_with_phone", None)
            case _:
                for repair in claim["repairs"]:
                    repair.pop("delay", None)


def _forget_the_sale(rng: random.Random, claim: dict[str, Any]) -> None:
    """Leave the sale open, and sometimes the papers; all but seldom a factory date bounds it."""
    sale = claim["purchase"].pop("sold_on")
    claim["exchanges"] = [one for one in claim["exchanges"] if one["exchanged_on"] >= sale]
    if rng.random() < 0.03:
        claim["evidence"].pop("manufactured_on", None)
        return
    factory = date.fromisoformat(sale) - timedelta(days=rng.choice((0, 5, 20, 90)))
    claim["evidence"]["manufactured_on"] = factory.isoformat()
    if rng.random() < 0.2:
        claim["evidence"].pop(rng.choice(("invoice", "voucher")))
