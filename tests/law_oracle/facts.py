"""What a claim says, read from the JSON contract, and what it leaves open.

`Facts` is one *case*: every fact that decides has a value. A claim that leaves facts open is
several cases (`cases.py`).
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

# Appendix 1: the catalogue, with the months of the period.
MONTHS = {
    "handset": 12,
    "vehicle_phone": 12,
    "fixed_station_phone": 12,
    "battery": 6,
    "charger": 12,
    "terminal_card": 12,
    "data_card": 12,
    "wired_earphone": 3,
}
MAIN_UNITS = frozenset({"handset", "vehicle_phone", "fixed_station_phone"})
KINDS = (*MONTHS, "other")

# Appendix 3: the faults of a main unit, and the one fault of each accessory.
MAIN_UNIT_FAULTS = (
    "function_fails",
    "screen_fault",
    "cannot_start_or_connect",
    "no_ring",
    "dialling_error",
    "switches_off",
    "sim_contact",
    "keys_fail",
    "sound_fault",
    "housing_crack",
)
ACCESSORY_FAULTS = {
    "battery": "battery_fault",
    "charger": "charger_fault",
    "wired_earphone": "earphone_fault",
    "terminal_card": "terminal_card_fault",
    "data_card": "data_card_fault",
}
SYMPTOMS = (*MAIN_UNIT_FAULTS, *ACCESSORY_FAULTS.values(), "unlisted", "wear", "none")

INVOICES = ("original", "copy", "other", "none")
# Section 4: a voucher nobody speaks of is never altered or mismatched.
SILENT_VOUCHERS = ("intact", "lost", "not_issued")
VOUCHERS = (*SILENT_VOUCHERS, "altered", "mismatched")


class ImpossibleClaim(ValueError):  # noqa: N818 - it says what it means
    """A claim that cannot be; `field` is the path of the fact that contradicts the others."""

    def __init__(self, field_path: str) -> None:
        super().__init__(field_path)
        self.field = field_path


@dataclass(frozen=True, slots=True)
class Repair:
    """One stay at a repairer; where it states no symptom of its own, it has the claim's."""

    handed_in: date
    ready: date | None
    notified: date | None
    handed_back: date | None
    symptom: str
    recorded: bool
    under_guarantee: bool
    software_only: bool
    delay: str | None


@dataclass(frozen=True, slots=True)
class Facts:
    """One case. `sale_stated` and `receipt_stated` tell a stated day from one tried out."""

    claimed: date
    asked_on: date | None
    kind: str
    mainland: bool
    bought_with_phone: bool
    used: bool
    second_hand: bool
    sale: date
    sale_stated: bool
    invoice_date: date | None
    receipt: date | None
    price: Decimal | None
    standalone_price: Decimal | None
    paid_price: Decimal | None
    province: str | None
    trader_province: str | None
    gift: bool
    plan_bundled: bool
    invoice: str
    voucher: str
    factory_date: date | None
    symptom: str
    cause: str | None
    cause_basis: str
    contested: bool
    appeared_on: date | None
    found_unqualified: bool
    battery_capacity: int | None
    repairs: tuple[Repair, ...]
    exchanges: tuple[date, ...]
    in_stock: bool
    request: str | None


@dataclass(slots=True)
class Stated:
    """A claim as stated: `known` are fields of `Facts`, `repairs` the repairs as plain values."""

    known: dict[str, Any] = field(default_factory=dict)
    repairs: list[dict[str, Any]] = field(default_factory=list)


def _day(value: Any, path: str) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ImpossibleClaim(path) from None


def _yuan(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def _or(value: Any, default: Any) -> Any:
    return default if value is None else value


def read(claim: dict[str, Any]) -> Stated:
    """Read a claim; a fact it does not state is None, save those whose absence has a meaning."""
    product = claim["product"]
    purchase = _or(claim.get("purchase"), {})
    evidence = _or(claim.get("evidence"), {})
    fault = _or(claim.get("fault"), {})
    known: dict[str, Any] = {
        "claimed": _day(claim["claimed_on"], "claimed_on"),
        "asked_on": _day(claim.get("asked_on"), "asked_on"),
        "kind": product["kind"],
        "mainland": _or(product.get("sold_in_mainland"), True),
        "bought_with_phone": product.get("bought_with_phone"),
        "used": _or(product.get("used"), True),
        "second_hand": product.get("condition") == "second_hand",
        "sale": _day(purchase.get("sold_on"), "purchase.sold_on"),
        "invoice_date": _day(purchase.get("invoiced_on"), "purchase.invoiced_on"),
        "receipt": _day(purchase.get("received_on"), "purchase.received_on"),
        "price": _yuan(purchase.get("price")),
        "standalone_price": _yuan(purchase.get("standalone_price")),
        "paid_price": _yuan(purchase.get("paid_price")),
        "province": purchase.get("province"),
        "trader_province": purchase.get("trader_province"),
        "gift": _or(purchase.get("gift"), False),
        "plan_bundled": _or(purchase.get("plan_bundled"), False),
        "invoice": evidence.get("invoice"),
        "voucher": evidence.get("voucher"),
        "factory_date": _day(evidence.get("manufactured_on"), "evidence.manufactured_on"),
        "symptom": fault.get("symptom"),
        "cause": fault.get("cause"),
        "cause_basis": _or(fault.get("cause_basis"), "trader"),
        "contested": _or(fault.get("contested"), False),
        "appeared_on": _day(fault.get("appeared_on"), "fault.appeared_on"),
        "found_unqualified": _or(fault.get("found_unqualified"), False),
        "battery_capacity": fault.get("battery_capacity"),
        "exchanges": tuple(
            sorted(
                date.fromisoformat(one["exchanged_on"]) for one in _or(claim.get("exchanges"), [])
            )
        ),
        "in_stock": claim.get("same_model_in_stock"),
        "request": claim.get("request"),
    }
    known["sale_stated"] = known["sale"] is not None
    repairs = [
        _repair(one, f"repairs[{place}]") for place, one in enumerate(_or(claim.get("repairs"), []))
    ]
    stated = Stated(known, repairs)
    _check(stated)
    return stated


def _repair(one: dict[str, Any], path: str) -> dict[str, Any]:
    repair = {
        "handed_in": _day(one["handed_in_on"], f"{path}.handed_in_on"),
        "ready": _day(one.get("ready_on"), f"{path}.ready_on"),
        "notified": _day(one.get("notified_on"), f"{path}.notified_on"),
        "handed_back": _day(one.get("handed_back_on"), f"{path}.handed_back_on"),
        "symptom": one.get("symptom"),
        "recorded": _or(one.get("recorded"), True),
        "under_guarantee": _or(one.get("under_guarantee"), True),
        "software_only": _or(one.get("software_only"), False),
        "delay": one.get("delay"),
    }
    for name in ("ready", "notified", "handed_back"):
        if repair[name] is not None and repair[name] < repair["handed_in"]:
            raise ImpossibleClaim(f"{path}.{name}_on")
    return repair


def _check(stated: Stated) -> None:
    """Days that cannot be (sections 0 and 1).

    Appearance against the day asked is checked where the day asked is settled (`days.py`).
    """
    known = stated.known
    claimed, sale = known["claimed"], known["sale"]
    for name, path in (
        ("asked_on", "asked_on"),
        ("sale", "purchase.sold_on"),
        ("invoice_date", "purchase.invoiced_on"),
        ("receipt", "purchase.received_on"),
        ("factory_date", "evidence.manufactured_on"),
    ):
        if known[name] is not None and known[name] > claimed:
            raise ImpossibleClaim(path)
    for place, exchanged in enumerate(known["exchanges"]):
        if exchanged > claimed:
            raise ImpossibleClaim(f"exchanges[{place}].exchanged_on")
    if sale is None:
        return
    for name, path in (
        ("asked_on", "asked_on"),
        ("appeared_on", "fault.appeared_on"),
        ("receipt", "purchase.received_on"),
    ):
        if known[name] is not None and known[name] < sale:
            raise ImpossibleClaim(path)
    if known["factory_date"] is not None and known["factory_date"] > sale:
        raise ImpossibleClaim("evidence.manufactured_on")


def one_case(stated: Stated, chosen: dict[str, Any], delays: dict[int, str]) -> Facts:
    """Build the case in which the open facts have the values `chosen` and the `delays`."""
    known = {**stated.known, **chosen}
    repairs = tuple(
        Repair(
            handed_in=one["handed_in"],
            ready=one["ready"],
            notified=one["notified"],
            handed_back=one["handed_back"],
            symptom=known["symptom"] if one["symptom"] is None else one["symptom"],
            recorded=one["recorded"],
            under_guarantee=one["under_guarantee"],
            software_only=one["software_only"],
            delay=delays.get(place, one["delay"]),
        )
        for place, one in enumerate(stated.repairs)
        # Section 1: a hand-in after the claim counts for nothing.
        if one["handed_in"] <= known["claimed"]
    )
    return Facts(repairs=repairs, **known)
