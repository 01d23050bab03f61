"""The facts of one claim, formula by formula: 推导公式的解释执行.

What :mod:`sanbao.evaluation.facts.writer` writes a function for is worked out here straight from
the formulas, and only what is asked for. That is slow, and takes no time to begin with: a program
that decides a few claims is done before the function would have been written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from sanbao.evaluation.facts import operations
from sanbao.model.claim_row import ClaimRow
from sanbao.model.fields import FIELDS
from sanbao.rules.formulas import AGGREGATES, COMPARISONS, LISTS, Term, terms_of, values_gathered
from sanbao.rules.provisions import Derived

__all__ = ["Interpreter"]

_STRICT: Final[dict[str, Callable[..., Any]]] = {
    "add": lambda one, other: one + other,
    "subtract": lambda one, other: one - other,
    "min": min,
    "max": max,
    "covered": operations.covered,
    "clipped": operations.clipped,
    "spans_from": operations.spans_from,
    "in": lambda one, codes: one in codes,
}
"""Operations that need all their parts."""


class Interpreter:
    """Works out facts of claims under the constants that ``value_of`` gives: 解释执行器."""

    def __init__(self, derived: tuple[Derived, ...], value_of: Callable[[Term], Any]) -> None:
        self.terms = terms_of(derived)
        self.of_entries = frozenset(one.name for one in derived if one.of != "claim")
        self.constant = value_of

    def facts(
        self, names: tuple[str, ...], row: ClaimRow, assumed_sale: int | None = None
    ) -> tuple[Any, ...]:
        """Return the facts called ``names``; ``assumed_sale`` is for a claim that states none."""
        claim = _ClaimFacts(self, row, assumed_sale)
        return tuple(claim.fact(name, None) for name in names)


class _ClaimFacts:
    """One claim, with what has been worked out of it and of the entries of its lists."""

    def __init__(self, of: Interpreter, row: ClaimRow, assumed_sale: int | None) -> None:
        self.terms = of.terms
        self.of_entries = of.of_entries
        self.constant = of.constant
        self.row = row
        self.assumed_sale = assumed_sale
        self.found: dict[tuple[str, Any], Any] = {}

    def fact(self, name: str, entry: Any) -> Any:
        """Return a fact of the claim, or of an entry."""
        key = (name, entry if name in self.of_entries else None)
        if key not in self.found:
            self.found[key] = self.value(self.terms[name], entry)
        return self.found[key]

    def _field(self, path: str) -> Any:
        value = getattr(self.row, str(FIELDS[path].row))
        return self.assumed_sale if value is None and path == "purchase.sold_on" else value

    def value(self, term: Term, entry: Any) -> Any:  # noqa: PLR0912 - a case for each operation
        """Return what a term comes to; ``entry`` is one of a list, with its place."""
        match term:
            case ("field", path):
                return self._field(path)
            case ("stated", ("field", path)):
                return getattr(self.row, str(FIELDS[path].row))
            case ("item", "exchange", _):
                return entry[1]
            case ("item", _, name):
                return getattr(entry[1], str(FIELDS[f"repairs.{name}"].row))
            case ("fact", name):
                return self.fact(name, entry)
            case ("start",):
                row = self.row
                return self.constant(("starts",))[row.invoice, row.voucher, row.made is not None]
            case ("known", part):
                return self.value(part, entry) is not None
            case ("not", part):
                truth = self.value(part, entry)
                return None if truth is None else not truth
            case ("and", *parts):
                return self._joined(parts, entry, decisive=False)
            case ("or", *parts):
                return self._joined(parts, entry, decisive=True)
            case ("if", test, *ways):
                truth = self.value(test, entry)
                if truth is None:
                    return operations.same(*(self.value(way, entry) for way in ways))
                return self.value(ways[0 if truth else 1], entry)
            case ("first", *parts):
                found = (self.value(part, entry) for part in parts)
                return next((one for one in found if one is not None), None)
            case ("compare", sign, one, other) if one[0] == "start":
                return COMPARISONS[sign](self.value(one, entry), other[1])
            case ("compare", sign, *parts):
                return self._strict(COMPARISONS[sign], parts, entry)
            case ("in", one, frozenset() as codes):
                return self._strict(codes.__contains__, [one], entry)
            case ("used_up", price, days, rounding):
                number = self.value(days, entry)
                if number is None:
                    return None
                taken = self.constant(("used_up",))
                return taken(self.value(price, entry), number, self.constant(rounding))
            case (name, *parts) if name in _STRICT:
                return self._strict(_STRICT[name], parts, entry)
            case (name, *_) if name in AGGREGATES:
                return self._gathered(term)
            case _:
                return self.constant(term)

    def _strict(self, work: Callable[..., Any], parts: list[Term], entry: Any) -> Any:
        values = [self.value(part, entry) for part in parts]
        return None if None in values else work(*values)

    def _joined(self, parts: list[Term], entry: Any, *, decisive: bool) -> bool | None:
        """Return Kleene's "and" or "or": that of which one part that is ``decisive`` is enough."""
        found: bool | None = not decisive
        for part in parts:
            truth: bool | None = self.value(part, entry)
            if truth is decisive:
                return truth
            if truth is None:
                found = None
        return found

    # --- entries of a list --------------------------------------------------------------------

    def _gathered(self, term: Term) -> Any:
        """Return what an aggregate makes of the entries that hold, and of those that may."""
        operation, listed, *values, where = term
        gathered = values_gathered(term)
        sure: list[Any] = []
        maybe: list[Any] = []
        rows = self.row.repairs if LISTS[listed] == "repair" else self.row.exchanges
        for entry in enumerate(rows):
            truth = self.value(where, entry)
            if truth is not False and self._has(gathered, entry):
                (maybe if truth is None else sure).append(entry)
        match operation:
            case "count":
                return None if maybe else len(sure)
            case "any":
                return bool(sure) or (None if maybe else False)
            case "earliest":
                days = [self._extreme(min, values[0], entries) for entries in (sure, maybe)]
                return operations.surely_earliest(*days)
            case "latest":
                days = [self._extreme(max, values[0], entries) for entries in (sure, maybe)]
                return operations.surely_latest(*days)
            case "least":
                return None if maybe else self._of_least(values[0], values[1], sure)
            case "spans":
                return tuple(sorted(self._pairs(values, sure)))
            case _:
                day, first, last, gap = values
                pairs = [*self._pairs([first, last], [*sure, *maybe])]
                since = self.value(day, None)
                return operations.reaching_back(since, pairs, gap[1], not maybe)

    def _has(self, values: tuple[Term, ...], entry: Any) -> bool:
        return all(self.value(value, entry) is not None for value in values)

    def _extreme(self, which: Callable[..., Any], value: Term, entries: list[Any]) -> Any:
        return which((self.value(value, entry) for entry in entries), default=None)

    def _of_least(self, value: Term, key: Term, entries: list[Any]) -> Any:
        found = min(entries, key=lambda entry: self.value(key, entry), default=None)
        return None if found is None else self.value(value, found)

    def _pairs(self, values: list[Term], entries: list[Any]) -> Iterator[tuple[int, int]]:
        for entry in entries:
            first, last = (self.value(value, entry) for value in values)
            yield first, last
