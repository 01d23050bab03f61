"""The goods that claims are about: 商品.

What the catalogue of the law lists is read off the law.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

import polars as pl

from sanbao.policies.library import law
from sanbao.testing.draws import Draws, where

__all__ = ["FEE_A_DAY", "MAIN_FAULTS", "MAIN_UNITS", "imeis", "listed_fault"]

_CATALOGUE: Final = law().newest.catalogue

MAIN_UNITS: Final = tuple(listed.kind for listed in _CATALOGUE if listed.role == "main_unit")
"""The main units, by kind."""

FEE_A_DAY: Final = _CATALOGUE[0].daily_rate or Decimal(0)
"""The fraction of the price that a main unit's use costs a day (art. 19)."""

MAIN_FAULTS: Final = _CATALOGUE[0].faults
"""The performance faults of a main unit (Appendix 3)."""

_ACCESSORY_FAULTS: Final[Mapping[str, str]] = {
    listed.kind: listed.faults[0] for listed in _CATALOGUE if listed.role == "accessory"
}
"""The performance fault of each accessory (Appendix 3)."""


def listed_fault(kind: pl.Series, of_main_units: pl.Series) -> pl.Series:
    """Return the fault of each accessory by its kind, ``of_main_units`` for other goods."""
    own = kind.replace_strict(_ACCESSORY_FAULTS, default=None, return_dtype=pl.String)
    return where(own.is_not_null(), own, of_main_units)


_TYPES: Final = (86012303, 86145204, 86371905, 86488604, 86702003, 86910402)
"""Type allocation codes, the first eight digits of an IMEI; made up."""

_SERIALS: Final = 1_000_000


def imeis(draws: Draws) -> pl.Series:
    """Return an IMEI for every row, with the check digit it asks for (ISO/IEC 7812-1)."""
    number = draws.one_of("type", _TYPES) * _SERIALS + draws.below("serial", _SERIALS)
    total = number * 0
    for place in range(14):
        digit = number // 10**place % 10
        if place % 2 == 0:
            digit = digit * 2 - (digit > 4).cast(pl.Int64) * 9
        total = total + digit
    return (number * 10 + (total * 9) % 10).cast(pl.String)
