"""Which reading each row hangs on, in columns: 逐行取决于何种解释.

The rows are decided again under every alternative of every reading, alone and in pairs, as
:mod:`sanbao.reasons.sensitivity` does with one claim. A row is tried only under readings that could
change anything for it, so that most readings look at few rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from itertools import combinations
from operator import and_, or_
from typing import Final, TypeAlias

import polars as pl

from sanbao.audit.tables.input.claims_frame import Claims
from sanbao.audit.tables.kernel.kernel import UNSETTLED, Kernel
from sanbao.dates.counting import COUNTING
from sanbao.evaluation.parts.remedies import MONEY_READINGS
from sanbao.model.readings import Readings

__all__ = ["COMPARED", "dependence"]

_TERMS: Final = ("outcome", "kinds", "in_full", "least_fee", "refunded")
"""What the consumer gets, whichever rule gives it; see :meth:`Kernel.decide`."""

_WHERE: Final = ("opens_less", "near")
"""Where readings of money and of days could matter."""

COMPARED: Final = (*_TERMS, *_WHERE, "sure")
"""What has to be known of each claim under every reading."""

_Value: TypeAlias = tuple[str, str]


def dependence(
    kernel: Callable[[Readings], Kernel], readings: Readings, claims: Claims, found: pl.DataFrame
) -> tuple[pl.Series, pl.Series]:
    """Return for each row the readings it hangs on, and whether that is left open.

    ``kernel`` gives the kernel under other readings, ``found`` is what the one under
    ``readings`` has decided. Left open is what hangs on missing facts under any reading.
    """
    search = _Search(kernel, claims, found)
    texts = list(_named(search, readings, dict(kernel(readings).hanging(claims))))
    if not texts:
        return pl.repeat("", len(claims.frame), eager=True), search.open
    named: dict[str, pl.Series] = {}
    for text in texts:  # two values of one reading may lead elsewhere: it is named once
        before = named.get(text.name)
        named[text.name] = text if before is None else before.zip_with(before.is_not_null(), text)
    joined = pl.select(pl.concat_str([*named.values()], separator=", ", ignore_nulls=True))
    return joined.to_series(), search.open


def _named(
    search: _Search, readings: Readings, masks: Mapping[str, pl.Series]
) -> Iterator[pl.Series]:
    """Yield each reading, then each pair of readings, as its name in the rows that hang on it.

    ``masks`` has the readings that could change anything, with the rows for which they could.
    """
    here = search.here
    alternatives = {(n, v): other for n, v, other in readings.alternatives()}
    alone: dict[_Value, pl.DataFrame] = {}
    for value, under in alternatives.items():
        rows = _rows_of(value[0], masks, here)
        if rows is None:
            continue
        alone[value] = here
        if rows.any():
            alone[value] = there = search.under(under, rows)
            yield _where(value[0], rows & _differ(here, there))
    for one, other in combinations(alone, 2):
        if one[0] == other[0]:
            continue
        # where one of them is the reading, what the other would change under it
        beside = (_rows_of(one[0], masks, alone[other]), _rows_of(other[0], masks, alone[one]))
        rows = reduce(and_, (mask for mask in beside if mask is not None))
        if rows.any():
            there = search.under(readings.with_values(dict((one, other))), rows)
            new = _differ(here, there) & _differ(alone[one], there) & _differ(alone[other], there)
            yield _where(f"{one[0]}+{other[0]}", rows & new)


def _rows_of(reading: str, masks: Mapping[str, pl.Series], found: pl.DataFrame) -> pl.Series | None:
    """Return the rows for which a reading could matter beside what was ``found``; none: nowhere.

    How a fee is reckoned matters only where there is one, how days are counted only where the
    claim is near a last day.
    """
    if reading in MONEY_READINGS:
        return found["opens_less"]
    return found["near"] if reading in COUNTING else masks.get(reading)


class _Search:
    """Decides the same claims under other readings: 换用解释重新判定."""

    def __init__(
        self, kernel: Callable[[Readings], Kernel], claims: Claims, found: pl.DataFrame
    ) -> None:
        self.kernel = kernel
        self.claims = claims
        self.open = _is_open(found)
        self.here = found.select(*_TERMS, *_WHERE)

    def under(self, readings: Readings, rows: pl.Series) -> pl.DataFrame:
        """Return the terms of all rows; of those not in ``rows`` as they are now."""
        places = rows.arg_true().cast(pl.UInt32)
        if len(places) == len(rows):
            found = self.kernel(readings).decide(self.claims, *COMPARED)
            self.open |= _is_open(found)
            return found.select(*_TERMS, *_WHERE)
        found = self.kernel(readings).decide(self.claims.part(places), *COMPARED)
        self.open = self.open.scatter(places.filter(_is_open(found)), True)
        return self.here.with_columns(
            self.here[name].clone().scatter(places, found[name]) for name in (*_TERMS, *_WHERE)
        )


def _is_open(found: pl.DataFrame) -> pl.Series:
    return ~found["sure"] | (found["outcome"] == UNSETTLED)


def _differ(here: pl.DataFrame, there: pl.DataFrame) -> pl.Series:
    """Say of each row whether the terms differ."""
    return reduce(or_, (here[name].ne_missing(there[name]) for name in _TERMS))


def _where(name: str, rows: pl.Series) -> pl.Series:
    """Return the name in these rows, null in the others."""
    return pl.select(pl.when(rows).then(pl.lit(name)).alias(name)).to_series()
