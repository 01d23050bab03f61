"""The depreciation fee: 折旧费 (art. 19, Appendix 1).

Where an exchange is owed and the same model is in stock, the consumer may still ask for
the money, less a fee for the days of use. Money is :class:`~decimal.Decimal` yuan with
two decimals, quantised here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import Final, Literal

from sanbao.base.errors import Reason, ValidationError

__all__ = ["Depreciation", "Rounding", "depreciate", "to_fen", "used_days"]

Rounding = Literal["half_up", "down", "half_even"]

_MODES: Final = {"half_up": ROUND_HALF_UP, "down": ROUND_DOWN, "half_even": ROUND_HALF_EVEN}
_FEN: Final = Decimal("0.01")
# a context of our own: the caller's decimal settings change no result
_EXACT: Final = Context(prec=60)
_MOST_DAYS: Final = 10**12
_MOST: Final = Decimal(10) ** 15


def to_fen(amount: Decimal, rounding: Rounding = "half_up") -> Decimal:
    """Return ``amount`` in yuan, rounded to 0.01 (分).

    >>> to_fen(Decimal("2.005"))
    Decimal('2.01')
    """
    return amount.quantize(_FEN, rounding=_MODES[rounding], context=_EXACT)


def used_days(elapsed: int, deducted: int, *, both_ends: bool = False) -> int:
    """Return the days of use that are paid for (art. 19), at least 0.

    ``elapsed`` are the days from the start to the return, ``deducted`` those in repair.
    ``both_ends`` adds one day, so that the first and the last both count (reading
    ``depreciation_days``).

    >>> used_days(100, 10)
    90
    """
    return max(0, elapsed - deducted) + (1 if both_ends else 0)


@dataclass(frozen=True, slots=True)
class Depreciation:
    """The fee and what is left of the price, yuan: 折旧费与应退款.

    ``rate_per_day`` is the fraction of the price a day. ``fee + payable`` is the price.
    """

    used_days: int
    rate_per_day: Decimal
    fee: Decimal
    payable: Decimal


def depreciate(
    price: Decimal, days: int, rate_per_day: Decimal, rounding: Rounding = "half_up"
) -> Depreciation:
    """Return the fee for ``days`` of use and what is paid back (art. 19).

    ``price`` is in yuan, ``rate_per_day`` a fraction of it (0.005 for main units). The
    fee is never more than the price. Raises :class:`~sanbao.ValidationError` for a
    negative price, negative days or a rate outside 0 to 1.

    >>> depreciate(Decimal("2750"), 184, Decimal("0.005")).payable
    Decimal('220.00')
    """
    if not isinstance(price, Decimal) or not price.is_finite() or not 0 <= price <= _MOST:
        raise ValidationError.of("price", price, Reason("input.amount"))
    if isinstance(days, bool) or not isinstance(days, int) or not 0 <= days <= _MOST_DAYS:
        raise ValidationError.of("days", days, Reason("input.days"))
    if not _is_fraction(rate_per_day):
        raise ValidationError.of("rate_per_day", rate_per_day, Reason("input.fraction"))
    if not isinstance(rounding, str) or rounding not in _MODES:
        raise ValidationError.of("rounding", rounding, Reason("input.one_of", known=_MODES))
    exact = _EXACT.multiply(_EXACT.multiply(price, rate_per_day), Decimal(days))
    fee = to_fen(min(price, exact), rounding)
    return Depreciation(days, rate_per_day, fee, _EXACT.subtract(to_fen(price), fee))


def _is_fraction(rate: object) -> bool:
    return isinstance(rate, Decimal) and rate.is_finite() and 0 <= rate <= 1
