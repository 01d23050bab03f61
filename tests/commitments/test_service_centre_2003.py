"""A maker's service centre (about 2003): 30 days, accessories repaired too, a loaner at once."""

from __future__ import annotations

from datetime import date

import pytest

import sanbao
from claims import ACCESSORIES, accessory, repair
from promised import both, had, on_wednesday, outcomes, under

ID = "service-centre-2003"


@pytest.mark.parametrize(
    ("claimed_on", "by_law", "promised"),
    [
        ("2025-06-18", "refund", "refund"),  # day 7
        ("2025-06-19", "exchange", "exchange"),  # day 8
        ("2025-06-26", "exchange", "exchange"),  # day 15
        ("2025-06-27", "free_repair", "exchange"),  # day 16
        ("2025-07-11", "free_repair", "exchange"),  # day 30
        ("2025-07-12", "free_repair", "free_repair"),  # day 31
    ],
)
def test_exchange_until_day_30(claimed_on: str, by_law: str, promised: str) -> None:
    assert outcomes(ID, on_wednesday(claimed_on, confirmed=True)) == (by_law, promised)


def test_no_refund_or_exchange_before_the_fault_is_confirmed() -> None:
    """Less than the regulation, which asks for no outlet's word (arts. 11, 12)."""
    claim = on_wednesday("2025-06-18", confirmed=False)
    assert both(ID, claim) == (("refund", "exchange", "free_repair"), ("free_repair",))
    unknown = under(ID, on_wednesday("2025-06-18"))
    assert unknown.possible == ("refund", "free_repair")
    assert "fault.confirmed" in unknown.needs


def test_after_two_repairs_nobody_has_to_confirm_again() -> None:
    repairs = [repair("2025-07-14", "2025-07-15"), repair("2025-07-21", "2025-07-22")]
    claim = on_wednesday("2025-08-01", repairs=repairs, confirmed=False)
    assert outcomes(ID, claim) == ("exchange", "exchange")


@pytest.mark.parametrize("kind", ACCESSORIES)
def test_accessories_are_exchanged_or_repaired(kind: str) -> None:
    """The slides name charger, battery and earphone; of the cards they are silent."""
    also_repaired = kind in ("charger", "battery", "wired_earphone")
    expected = ("exchange", "free_repair") if also_repaired else ("exchange",)
    assert both(ID, accessory(kind)) == (("exchange",), expected)


def test_the_periods_of_accessories() -> None:
    """Sold on 2025-03-03: the earphone's 3 months end on 2025-06-03."""
    earphone = accessory("wired_earphone", claimed_on="2025-06-03")
    assert "free_repair" in had(under(ID, earphone))
    assert "free_repair" not in had(under(ID, earphone | {"claimed_on": "2025-06-04"}))
    battery = accessory("battery", claimed_on="2025-09-03")
    assert "free_repair" in had(under(ID, battery))
    assert "free_repair" not in had(under(ID, battery | {"claimed_on": "2025-09-04"}))


def test_a_loaner_on_the_day_it_is_handed_in() -> None:
    """The regulation lends one after 7 days (art. 15)."""
    claim = on_wednesday("2025-08-04", repairs=[repair("2025-08-04")])
    lent = {duty.id: duty.on for duty in under(ID, claim).obligations}
    assert lent["art15.loaner"] == date(2025, 8, 4)
    assert "art15.loaner" not in {duty.id for duty in sanbao.decide(claim).obligations}
