"""The depreciation fee: art. 19 in numbers, and what is refused."""

from __future__ import annotations

from decimal import ROUND_UP, Decimal, Inexact, localcontext
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanbao import ValidationError
from sanbao.depreciation import Rounding, depreciate, to_fen, used_days

RATE = Decimal("0.005")
HALF_UP, DOWN, HALF_EVEN = MODES = ("half_up", "down", "half_even")

PRICES = st.decimals(min_value=0, max_value=999_999, places=2)
DAYS = st.integers(0, 5000)
RATES = st.decimals(min_value=0, max_value=1, places=4)


@pytest.mark.parametrize(
    ("price", "days", "rate", "fee", "payable"),
    [
        ("2000.00", 90, "0.005", "900.00", "1100.00"),
        ("2750", 184, "0.005", "2530.00", "220.00"),
        ("3000.00", 0, "0.005", "0.00", "3000.00"),
        ("3000.00", 1, "0.005", "15.00", "2985.00"),
        ("3000.00", 199, "0.005", "2985.00", "15.00"),
        ("3000.00", 200, "0.005", "3000.00", "0.00"),
        ("3000.00", 201, "0.005", "3000.00", "0.00"),  # never more than the price
        ("3000.00", 10**9, "0.005", "3000.00", "0.00"),
        ("0.00", 100, "0.005", "0.00", "0.00"),
        ("0.01", 100, "0.005", "0.01", "0.00"),
        ("999999999999.99", 1, "0.005", "5000000000.00", "994999999999.99"),
        ("100.00", 1, "1", "100.00", "0.00"),
        ("100.00", 50, "0", "0.00", "100.00"),
    ],
)
def test_fee(price: str, days: int, rate: str, fee: str, payable: str) -> None:
    """The fee is price times rate times days, up to the price; the rest is paid back."""
    found = depreciate(Decimal(price), days, Decimal(rate))
    assert (str(found.fee), str(found.payable)) == (fee, payable)
    assert (found.used_days, found.rate_per_day) == (days, Decimal(rate))


@pytest.mark.parametrize(
    ("amount", "rounding", "rounded"),
    [
        ("2.005", HALF_UP, "2.01"),
        ("2.005", DOWN, "2.00"),
        ("2.005", HALF_EVEN, "2.00"),
        ("2.015", HALF_UP, "2.02"),
        ("2.015", DOWN, "2.01"),
        ("2.015", HALF_EVEN, "2.02"),
        ("2.0049", HALF_UP, "2.00"),
        ("2.0051", HALF_EVEN, "2.01"),
        ("2.0099", DOWN, "2.00"),
        ("2", HALF_UP, "2.00"),
        ("0", DOWN, "0.00"),
    ],
)
def test_rounding(amount: str, rounding: Rounding, rounded: str) -> None:
    """An amount is rounded to 0.01 yuan, a half up, down or to the even neighbour."""
    assert str(to_fen(Decimal(amount), rounding)) == rounded


@pytest.mark.parametrize(("rounding", "fee"), [(HALF_UP, "0.02"), (DOWN, "0.01")])
def test_the_fee_is_rounded(rounding: Rounding, fee: str) -> None:
    """It is the fee that is rounded; what is paid back is the rest of the price."""
    # 3.00 x 0.005 = 0.015
    found = depreciate(Decimal("3.00"), 1, RATE, rounding)
    assert found.fee == Decimal(fee)
    assert found.payable == Decimal("3.00") - Decimal(fee)


@pytest.mark.parametrize(
    ("elapsed", "deducted", "both_ends", "days"),
    [
        (100, 10, False, 90),
        (100, 10, True, 91),
        (10, 10, False, 0),
        (10, 11, False, 0),  # never below zero
        (10, 11, True, 1),
        (0, 0, False, 0),
        (0, 0, True, 1),
        (-5, 0, False, 0),
    ],
)
def test_used_days(elapsed: int, deducted: int, both_ends: bool, days: int) -> None:
    """Days in repair are not paid for, and both ends count where a reading says so."""
    assert used_days(elapsed, deducted, both_ends=both_ends) == days


@given(PRICES, DAYS, RATES, st.sampled_from(MODES))
def test_fee_and_payable_are_the_price(
    price: Decimal, days: int, rate: Decimal, rounding: Rounding
) -> None:
    """Not a fen is lost or made, and neither part is negative."""
    found = depreciate(price, days, rate, rounding)
    assert found.fee + found.payable == price
    assert found.fee >= 0
    assert found.payable >= 0


@given(PRICES, DAYS, RATES, st.sampled_from(MODES))
def test_the_fee_is_off_by_less_than_a_fen(
    price: Decimal, days: int, rate: Decimal, rounding: Rounding
) -> None:
    """The rounded fee lies next to the exact one, and rounding down never lies above it."""
    exact = min(price, price * rate * days)
    off = depreciate(price, days, rate, rounding).fee - exact
    assert abs(off) < Decimal("0.01")
    assert off <= 0 or rounding != DOWN


@given(PRICES, DAYS, RATES)
def test_longer_use_never_costs_less(price: Decimal, days: int, rate: Decimal) -> None:
    """One day more of use leaves the fee as it is or raises it."""
    assert depreciate(price, days, rate).fee <= depreciate(price, days + 1, rate).fee


def test_the_callers_decimal_settings_do_not_matter() -> None:
    """Whatever rounding and traps the caller has set, the result is the same."""
    price, rate = Decimal("999999999999.99"), Decimal("0.00333333333333")
    expected = depreciate(price, 77, rate)
    with localcontext(prec=3, rounding=ROUND_UP) as context:
        context.traps[Inexact] = True
        found = depreciate(price, 77, rate)
    assert found == expected


def test_amounts_are_rounded_whatever_the_precision() -> None:
    """A caller who reckons with three digits does not make an amount shorter."""
    with localcontext(prec=3, rounding=ROUND_UP):
        assert str(to_fen(Decimal("123456.7849"))) == "123456.78"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"price": Decimal("-0.01")}, "price"),
        ({"price": Decimal("NaN")}, "price"),
        ({"price": Decimal("Infinity")}, "price"),
        ({"price": 3000}, "price"),
        ({"price": 3000.0}, "price"),
        ({"price": "3000.00"}, "price"),
        ({"price": None}, "price"),
        ({"days": -1}, "days"),
        ({"days": True}, "days"),
        ({"days": 1.0}, "days"),
        ({"days": "1"}, "days"),
        ({"days": None}, "days"),
        ({"rate_per_day": Decimal("-0.001")}, "rate_per_day"),
        ({"rate_per_day": Decimal("1.001")}, "rate_per_day"),
        ({"rate_per_day": Decimal("Infinity")}, "rate_per_day"),
        ({"rate_per_day": 0.005}, "rate_per_day"),
        ({"rate_per_day": None}, "rate_per_day"),
        ({"rate_per_day": Decimal("NaN")}, "rate_per_day"),
        ({"price": Decimal("1e60")}, "price"),
        ({"days": 10**20}, "days"),
        ({"rounding": []}, "rounding"),
        ({"rounding": "up"}, "rounding"),
        ({"rounding": None}, "rounding"),
    ],
)
def test_what_is_refused(change: dict[str, Any], field: str) -> None:
    """Money, days, rates and roundings that cannot be are refused by name."""
    terms: dict[str, Any] = {"price": Decimal("3000.00"), "days": 1, "rate_per_day": RATE} | change
    with pytest.raises(ValidationError) as caught:
        depreciate(**terms)
    [problem] = caught.value.problems
    assert problem.field == field
    assert problem.reason.startswith("must be ")
