"""Formulas in columns: 推导公式的列式编译.

The terms of :mod:`sanbao.rules.formulas` become Polars expressions, node by node, over the columns
of claims or of the entries of their lists. No fact is stated here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, Final, TypeAlias

import polars as pl

from sanbao.audit.tables.columns import Truth, both, cases, column, either, is_one_of, opposite
from sanbao.audit.tables.input.day_tables import EPOCH
from sanbao.audit.tables.kernel.money import takes_all
from sanbao.evaluation.facts.constants import Constants
from sanbao.model.fields import FIELDS, KIND
from sanbao.rules.formulas import AGGREGATES, COMPARISONS, Term, item_path, walk

__all__ = ["Codes", "FormulaColumns", "is_of_goods", "number_of", "of_claim", "of_kinds"]

Codes: TypeAlias = Mapping[str, Sequence[str]]
"""The codes of each column, in the order of their numbers."""

_NOBODYS: Final = 255
"""The number of codes that no claim can state."""

STARTS: Final = {"papers": 1, "factory": 2, "none": 3}
"""The numbers that stand for what a period runs from."""


_OF_GOODS: Final = frozenset({"goods", "reading", "law", "chosen", "value"})
_CONDITIONS: Final = frozenset({"and", "or", "not", "known", "compare", "in"})


_UNKNOWN: Final = pl.lit(None, dtype=pl.Boolean)


def is_of_goods(term: Term) -> bool:
    """Say whether a term hangs on no claim, or only on its goods, and is known."""
    nodes = [*walk(term)]
    if ("law", "commencement") in nodes or ("value", None) in nodes:
        return False
    return {node[0] for node in nodes} - _CONDITIONS - {"if"} <= _OF_GOODS


def number_of(codes: Sequence[str], code: str) -> int:
    """Return the number of a code; one that no claim can state has a number of no claim."""
    return codes.index(code) if code in codes else _NOBODYS


def of_kinds(holds: Iterable[bool], name: str = KIND.name) -> Truth:
    """Say of which goods something holds, by the column called ``name``.

    It is told of each kind, in the order of its numbers.
    """
    told = [*holds]
    if all(told):
        return True
    return is_one_of(name, (number for number, one in enumerate(told) if one))


def of_claim(name: str) -> str:
    """Return what the column of a claim is called among the entries of its list."""
    return f"claim:{name}"


class FormulaColumns:
    """Writes terms as expressions, for goods of every kind of a policy: 公式列编译器.

    ``kinds`` has the constants for each kind, in the order of its numbers, ``codes`` those of each
    column; ``column_of`` gives the name of the column that holds a field or a fact, ``term_of`` the
    term of a fact that has no column. Every row states the fields in ``full``. Of entries the
    columns of their claim are named by :func:`of_claim`.
    """

    def __init__(
        self,
        kinds: Sequence[Constants],
        codes: Codes,
        column_of: Callable[[Term], str | None],
        term_of: Callable[[str], Term],
        *,
        full: Collection[str] = (),
        entries: bool = False,
    ) -> None:
        self.kinds = kinds
        self.codes = codes
        self.column_of = column_of
        self.term_of = term_of
        self.full = full
        self.entries = entries

    def value(self, term: Term) -> pl.Expr:
        """Return the expression of a term."""
        return column(self.truth(term))

    def truth(self, term: Term) -> Truth:  # noqa: PLR0912 - a case for each operation
        """Return the expression of a term, or a truth value that is the same for all claims."""
        if is_of_goods(term) and term[0] in _CONDITIONS:
            return self._where_kind(lambda one: bool(one.value_of(term)))
        name = self.column_of(term)
        if name is not None:
            found = pl.col(of_claim(name) if self.entries else name)
            whether = FIELDS[term[1]].whether if term[0] == "field" else None
            return found if whether is None else found == number_of(self.codes[name], whether)
        match term:
            case ("value", bool(value)):
                return value
            case ("value", value):
                return pl.lit(value)
            case ("item", _, name):
                return pl.col(name)
            case ("fact", name):
                return self.truth(self.term_of(name))
            case ("law", _):  # a day: all else is settled
                return pl.lit(self.kinds[0].value_of(term) - EPOCH)
            case ("known", part):
                return self.value(part).is_not_null()
            case ("not", part):
                return opposite(self.truth(part))
            case ("and", *parts):
                return both(map(self.where, parts))
            case ("or", *parts):
                return either(map(self.where, parts))
            case ("if", *parts):
                return self._choice(*parts)
            case ("first", *parts):
                return pl.coalesce(*map(self.value, parts))
            case ("add", one, other):
                return self.value(one) + self.value(other)
            case ("subtract", one, other):
                return self.value(one) - self.value(other)
            case ("min" | "max" as which, *parts):
                return self._extreme(which, parts)
            case ("used_up", price, days, rounding):
                return self._used_up(price, days, rounding)
            case ("in", one, codes):
                return self._is_in(one, codes)
            case ("compare", sign, one, other):
                return self._compared(sign, one, other)
            case _:
                raise AssertionError(f"no column: {term}")

    def where(self, term: Term) -> Truth:
        """Return the truth of a term; one that is not known of any claim is a truth value too."""
        return _UNKNOWN if term == ("value", None) else self.truth(term)

    def _choice(self, test: Term, then: Term, otherwise: Term) -> pl.Expr:
        truth, one = column(self.where(test)), self.value(then)
        if otherwise == ("value", None):
            return pl.when(truth).then(one)
        other = self.value(otherwise)
        if self.is_known(test):
            return pl.when(truth).then(one).otherwise(other)
        # not known which: known where both are the same
        return (
            pl.when(truth.is_null())
            .then(pl.when(one == other).then(one))
            .when(truth)
            .then(one)
            .otherwise(other)
        )

    def is_known(self, term: Term) -> bool:
        """Say whether the value of a term is known of every claim."""
        match term:
            case ("known", _) | ("value", _) | ("start",):
                return term != ("value", None)
            case ("field", path) | ("stated", ("field", path)):
                return self._is_stated(path)
            case ("item", entry, name):
                return self._is_stated(item_path(entry, name))
            case ("fact", name):
                return self.is_known(self.term_of(name))
            case ("compare", _, ("start",), _) | ("law" | "goods" | "reading" | "chosen", *_):
                return True
            case ("first", *parts):
                return any(map(self.is_known, parts))
            case ("and", *parts):
                return all(self.is_known(p) or self._is_guarded(p, parts) for p in parts)
            case ("or", ("not", ("known", part)), *parts):
                return all(self._is_known_beside(p, part) for p in parts)
            case (operation, *_) if operation in AGGREGATES:
                return False
            case _:
                return all(self.is_known(part) for part in term[1:] if isinstance(part, tuple))

    def _is_stated(self, path: str) -> bool:
        field = FIELDS[path]
        return path in self.full or field.default is not None or field.required

    def _is_guarded(self, part: Term, parts: Sequence[Term]) -> bool:
        return any(other[0] == "known" and self._is_known_beside(part, other[1]) for other in parts)

    def _is_known_beside(self, term: Term, known: Term) -> bool:
        """Say whether a term is known where another one is."""
        if term == known:
            return True
        if term[0] in ("compare", "in", "not"):
            parts = [part for part in term[1:] if isinstance(part, tuple)]
            return all(self._is_known_beside(part, known) for part in parts)
        return self.is_known(term)

    def _extreme(self, which: str, parts: Sequence[Term]) -> pl.Expr:
        values = [self.value(part) for part in parts]
        found = (pl.min_horizontal if which == "min" else pl.max_horizontal)(*values)
        missing = [self.value(part) for part in parts if not self.is_known(part)]
        if not missing:
            return found
        return pl.when(pl.all_horizontal(one.is_not_null() for one in missing)).then(found)

    # --- codes and comparisons ----------------------------------------------------------------

    def codes_of(self, term: Term) -> str | None:
        """Return the column whose codes the numbers of a term stand for, if it is a code."""
        match term:
            case ("field", path):
                name = FIELDS[path].name
                return name if name in self.codes else None
            case ("item", _, name):
                return name if name in self.codes else None
            case ("fact", name):
                return self.codes_of(self.term_of(name))
            case ("first", part, *_) | ("if", _, part, _):
                return self.codes_of(part)
            case _:
                return None

    def _compared(self, sign: str, one: Term, other: Term) -> Truth:
        if one[0] == "start":
            found = self.value(one) == STARTS[other[1]]
            return found.fill_null(False)
        codes = self.codes_of(one)
        if codes is not None and other[0] == "value":
            return self._numbered(one, [number_of(self.codes[codes], other[1])])
        compared: pl.Expr = COMPARISONS[sign](self.value(one), self.value(other))
        return compared

    def _numbered(self, term: Term, numbers: Sequence[int]) -> Truth:
        """Say whether a code is one of those with these numbers."""
        value = self.value(term)
        name = value.meta.root_names()
        if value.meta.is_column() and len(name) == 1:
            return is_one_of(name[0], numbers)
        return either(value == number for number in numbers)

    def _is_in(self, one: Term, codes: Any) -> Truth:
        numbers = partial(number_of, self.codes[str(self.codes_of(one))])
        if isinstance(codes, frozenset):
            return self._numbered(one, sorted(map(numbers, codes)))
        lists = sorted({kind.value_of(codes) for kind in self.kinds} - {frozenset()}, key=sorted)
        return either(
            both(
                (
                    self._where_kind(lambda kind, of=of: kind.value_of(codes) == of),  # type: ignore[misc]
                    self._numbered(one, sorted(map(numbers, of))),
                )
            )
            for of in lists
        )

    # --- goods --------------------------------------------------------------------------------

    def _where_kind(self, holds: Callable[[Constants], bool]) -> Truth:
        """Say of which goods something holds that is known before a claim is seen."""
        name = of_claim(KIND.name) if self.entries else KIND.name
        return of_kinds(map(holds, self.kinds), name)

    # --- money --------------------------------------------------------------------------------

    def _used_up(self, price: Term, days: Term, rounding: Term) -> pl.Expr:
        """Say whether a fee for days of use takes a whole price; null where none is kept."""
        amount, number = self.value(price), self.value(days)
        way = self.kinds[0].value_of(rounding)
        return self.by_rate(lambda rate: _taken(amount, number, rate, way))

    def by_rate(self, reckoned: Callable[[Decimal], pl.Expr]) -> pl.Expr:
        """Return what is reckoned of the daily rate of the goods; null for goods without one."""
        rates = [kind.value_of(("goods", "daily_rate")) for kind in self.kinds]
        return cases(
            (column(of_kinds(one == rate for one in rates)), reckoned(rate))
            for rate in sorted({*rates} - {None})
        )


def _taken(price: pl.Expr, days: pl.Expr, rate: Decimal, rounding: str) -> pl.Expr:
    numerator, denominator = rate.as_integer_ratio()
    worn = days * numerator >= denominator
    whole = takes_all(price, days, rate, rounding) if rate else price == 0
    return pl.when(price.is_null()).then(worn).otherwise(whole)
