"""Money in whole fen: 以分计的金额.

What :mod:`sanbao.depreciation` reckons of one claim, in columns of whole numbers, so that nothing
is lost.
"""

from __future__ import annotations

from decimal import Decimal

import polars as pl

__all__ = ["rounded_fee", "takes_all"]


def rounded_fee(price: pl.Expr, days: pl.Expr, rate: Decimal, rounding: str) -> pl.Expr:
    """Return ``price × rate × days``, at most ``price``, in whole fen (art. 19)."""
    product, denominator = _product(price, days, rate)
    match rounding:
        case "half_up":
            fen = (product * 2 + denominator) // (2 * denominator)
        case "half_even":
            fen = product // denominator
            twice = (product - fen * denominator) * 2
            up = (twice > denominator) | ((twice == denominator) & (fen % 2 == 1))
            fen += up.cast(pl.Int64)
        case _:
            fen = product // denominator
    return pl.min_horizontal(fen, price)


def takes_all(price: pl.Expr, days: pl.Expr, rate: Decimal, rounding: str) -> pl.Expr:
    """Say whether :func:`rounded_fee` is the whole ``price``."""
    if rounding != "half_up":
        return rounded_fee(price, days, rate, rounding) == price
    # rounded down, something is at least as much as a whole number if it is so itself; comparing
    # is quicker than dividing
    product, denominator = _product(price, days, rate)
    return product * 2 + denominator >= price * (2 * denominator)


def _product(price: pl.Expr, days: pl.Expr, rate: Decimal) -> tuple[pl.Expr, int]:
    """Return ``price × rate × days`` as a whole number, and what it is to be divided by."""
    numerator, denominator = rate.as_integer_ratio()
    most = denominator // numerator + 1
    return price * (pl.min_horizontal(days, pl.lit(most)).cast(pl.Int64) * numerator), denominator
