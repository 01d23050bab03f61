"""Random numbers that are the same on every machine: 可重现的随机数.

A draw is reckoned from three things alone: the seed, the number of the row and the name of
what is drawn. So row 7 is the same in a table of ten rows and of a million, a large table can
be made in parts, and a further column changes no other. Only whole numbers below 2⁶⁴ are used;
no library's idea of a distribution, and no rounding of a processor, has a say in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl

from sanbao.base.errors import Reason, ValidationError

__all__ = ["Draws", "earlier", "later", "share_of", "where"]

_BITS: Final = 32
_RANGE: Final = 2**_BITS
_MASK: Final = _RANGE - 1


class Draws:
    """Draws for some rows: 抽样.

    ``rows`` are the numbers of the rows, whole numbers below 2³². What is drawn under one name
    is independent of what is drawn under another. Raises :class:`~sanbao.ValidationError` for a
    seed that is no whole number.
    """

    def __init__(self, seed: int, rows: pl.Series) -> None:
        if isinstance(seed, bool) or not isinstance(seed, int):
            raise ValidationError.of("seed", seed, Reason("input.int"))
        self._seed = seed
        self.numbers = rows
        self._base = _mixed(rows.cast(pl.UInt64) ^ self._key(""))

    def entries(self, owners: pl.Series, places: pl.Series) -> Draws:
        """Return draws for entries of lists: the row each is in, and its place in the list."""
        apart = (places.cast(pl.UInt64) + 1) * 0x9E3779B1 & _MASK
        found = Draws(self._seed, self.numbers.gather(owners))
        found._base = _mixed(self._base.gather(owners) ^ apart)
        return found

    def number(self, name: str) -> pl.Series:
        """Return a number from 0 to 2³² - 1 for every row."""
        return _mixed(self._base ^ self._key(name))

    def below(self, name: str, limit: int | pl.Series) -> pl.Series:
        """Return a number from 0 to ``limit`` - 1; 0 where the limit is less than 1."""
        if isinstance(limit, pl.Series):
            limit = limit.clip(1).cast(pl.UInt64)
        return (self.number(name) * limit // _RANGE).cast(pl.Int64)

    def between(self, name: str, first: pl.Series, last: pl.Series) -> pl.Series:
        """Return a number from ``first`` to ``last``; ``first`` where that is the larger."""
        return first + self.below(name, last - first + 1)

    def chance(self, name: str, share: float | pl.Series) -> pl.Series:
        """Return true in about this share of the rows, a number from 0 to 1."""
        below: pl.Series = self.number(name) < _cut(share)
        return below

    def one_of(self, name: str, weights: Mapping[Any, int] | Sequence[Any]) -> pl.Series:
        """Return one of these values for every row, by their weights if they have some."""
        if isinstance(weights, Mapping):
            weights = [value for value, weight in weights.items() for _ in range(weight)]
        return pl.Series(weights).gather(self.below(name, len(weights)))

    def all(self, value: Any) -> pl.Series:
        """Return the same value for every row."""
        return pl.Series([value]).new_from_index(0, len(self.numbers))

    def _key(self, name: str) -> int:
        text = f"{self._seed}/{name}".encode()
        return int.from_bytes(hashlib.sha256(text).digest()[: _BITS // 8], "big")


def share_of(name: str, share: float) -> float:
    """Return a share as it was given.

    Raises :class:`~sanbao.ValidationError` if it is not a number from 0 to 1.
    """
    number = isinstance(share, int | float) and not isinstance(share, bool)
    if not number or not 0 <= share <= 1:
        raise ValidationError.of(name, share, Reason("table.share"))
    return share


def where(condition: pl.Series, there: pl.Series, otherwise: pl.Series | None = None) -> pl.Series:
    """Return the value ``there`` where the condition is true, the other one or null elsewhere."""
    none = pl.lit(None, dtype=there.dtype)
    return pl.select(
        pl.when(condition).then(there).otherwise(none if otherwise is None else otherwise)
    ).to_series()


def later(one: pl.Series, other: pl.Series) -> pl.Series:
    """Return the greater number of each row, the other one where one is null."""
    return where(one > other, one, other)


def earlier(one: pl.Series, other: pl.Series) -> pl.Series:
    """Return the smaller number of each row, the other one where one is null."""
    return where(one < other, one, other)


def _cut(share: float | pl.Series) -> Any:
    if isinstance(share, pl.Series):
        return (share * _RANGE).cast(pl.UInt64)
    return int(share * _RANGE)


def _mixed(number: pl.Series) -> pl.Series:
    """Return numbers below 2³² well mixed: lowbias32, by Chris Wellons.

    Every factor is below 2³², so that no product runs over 64 bits.
    """
    number = number ^ (number // 2**16)
    number = number * 0x7FEB352D & _MASK
    number = number ^ (number // 2**15)
    number = number * 0x846CA68B & _MASK
    return number ^ (number // 2**16)
