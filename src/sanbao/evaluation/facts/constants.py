"""What formulas rest on that hangs on no claim: 推导常量.

The readings, the catalogue's line for the goods and the numbers of the policy. Generated code has
them as constants (:mod:`sanbao.evaluation.facts.writer`).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_CEILING, Decimal
from functools import partial
from typing import Any, Final, NamedTuple

from sanbao.dates.counting import LAST_DAY
from sanbao.depreciation import Rounding, depreciate
from sanbao.evaluation.facts.context import Starts
from sanbao.model.readings import Readings
from sanbao.rules.formulas import COMPARISONS, Term
from sanbao.rules.policy import Policy
from sanbao.rules.provisions import Coverage

__all__ = ["PAPERS", "Constants"]

PAPERS: Final = ("evidence.invoice", "evidence.voucher", "evidence.manufactured_on")
"""The fields of which the grade of the papers tells from what the period runs."""
_FEN: Final = Decimal("0.01")


class Constants(NamedTuple):
    """A policy for goods of one kind under one set of readings.

    ``coverage`` is the catalogue's line, ``starts`` says from what the period runs on given papers,
    ``commencement`` is the first day of a sale (an ordinal) that the law reaches.
    """

    policy: Policy
    coverage: Coverage | None
    readings: Readings
    starts: Starts
    commencement: int

    def value_of(self, term: Term) -> Any:
        """Return the value of a term that hangs on no claim."""
        value_of = self.value_of
        match term:
            case ("value", value):
                return value
            case ("law", name):
                return self._of_law(name)
            case ("goods", name):
                return self._of_goods(name)
            case ("reading", name, value):
                return self.readings.value(name) == value
            case ("chosen", name):
                return self.readings.value(name)
            case ("starts",):
                return self.starts
            case ("used_up",):
                return self._used_up()
            case ("known", part):
                return value_of(part) is not None
            case ("not", part):
                return not value_of(part)
            case ("and", *parts):
                return all(map(value_of, parts))
            case ("or", *parts):
                return any(map(value_of, parts))
            case ("if", test, then, otherwise):
                return value_of(then if value_of(test) else otherwise)
            case ("in", one, codes):
                return value_of(one) in codes
            case ("compare", sign, one, other):
                return COMPARISONS[sign](value_of(one), value_of(other))
            case _:
                raise AssertionError(f"no constant: {term}")

    def _of_law(self, name: str) -> Any:
        match name:
            case "commencement":
                return self.commencement
            case "promised_start":
                return self.policy.period_from or "none"
            case "factory_days" | "sound_capacity":
                return getattr(self.policy, name)
            case _:
                return getattr(self.policy.counting, name)

    def _of_goods(self, name: str) -> Any:
        line = self.coverage
        if name == "role":
            return "none" if line is None else line.role
        if name == "faults":
            return frozenset(() if line is None else line.faults)
        return None if line is None else line.daily_rate

    def _used_up(self) -> Callable[[Decimal | None, int], bool] | None:
        """Return what says whether a fee takes the whole price; ``None`` where none is kept."""
        rate = self._of_goods("daily_rate")
        if not rate:
            return None if rate is None else partial(_used_up, rate, LAST_DAY, _FEN)
        days = int((1 / rate).to_integral_value(ROUND_CEILING))
        return partial(_used_up, rate, days, _FEN / rate)


def _used_up(
    rate: Decimal,
    most: int,
    least: Decimal,
    price: Decimal | None,
    days: int,
    rounding: Rounding,
) -> bool:
    """Say whether the fee for ``days`` of use takes the whole ``price`` (art. 19).

    After ``most`` days it takes any price; at a price under ``least`` a day's fee is less than a
    fen, so that rounding decides.
    """
    if price is None or price >= least:
        return days >= most
    return not depreciate(price, days, rate, rounding).payable
