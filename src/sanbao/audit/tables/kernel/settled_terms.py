"""Formulas without what a table leaves open for no claim: 已定项化简.

What the readings and the goods settle, what is empty throughout a table, a field or a list, and
the question whether a field is known that every row states, are left out of the formulas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from sanbao.audit.tables.kernel.formula_columns import is_of_goods
from sanbao.evaluation.facts.constants import Constants
from sanbao.rules.formulas import AGGREGATES, Term, children, item_path, simplified, terms_of
from sanbao.rules.provisions import Derived

__all__ = ["SettledTerms", "StatedParts", "is_gathered"]

_EMPTY: Final[dict[str, Any]] = {
    "count": 0,
    "any": False,
    "earliest": None,
    "latest": None,
    "least": None,
}
"""What aggregates are of a claim without entries; all others are no days."""


class StatedParts(NamedTuple):
    """What a table leaves ``empty`` throughout, fields and lists, and the fields it has ``full``.

    All by their paths in the JSON contract; empty cells that mean something are filled.
    """

    empty: frozenset[str]
    full: frozenset[str]


class SettledTerms:
    """The terms of the facts of one policy for tables of which the same is stated: 化简的公式.

    ``kinds`` has what the formulas rest on for each kind of goods.
    """

    def __init__(
        self, derived: tuple[Derived, ...], kinds: Sequence[Constants], stated: StatedParts
    ) -> None:
        self._formulas = terms_of(derived)
        self.kinds = kinds
        self.empty, self.full = stated
        self._terms: dict[str, Term] = {}
        self._levels: dict[Term, int] = {}

    def term(self, name: str) -> Term:
        """Return the formula of a fact, without what is settled."""
        found = self._terms.get(name)
        if found is None:
            found = self._terms[name] = simplified(self._formulas[name], self._known)
        return found

    def _known(self, term: Term) -> Term | None:
        """Return what stands for a term that is settled."""
        match term:
            case ("field", path) | ("stated", ("field", path)) if path in self.empty:
                return ("value", None)
            case ("stated", ("field", path)):
                return ("field", path)
            case ("item", entry, name) if item_path(entry, name) in self.empty:
                return ("value", None)
            case ("fact", name):
                found = self.term(name)
                return found if found[0] in ("value", "field", "fact", "item") else None
            case ("known", part) if self._is_full(simplified(part, self._known)):
                return ("value", True)
            case ("first", *parts):
                return self._first_of(parts)
            case (operation, listed, *_) if operation in AGGREGATES:
                if listed not in self.empty:
                    return None
                if operation == "reaching_back":
                    return simplified(term[2], self._known)
                return ("value", _EMPTY.get(operation, ()))
            case _:
                return self._same_for_all(term)

    def _first_of(self, parts: Sequence[Term]) -> Term | None:
        """Return the first that is known, if what stands behind one is never asked for."""
        for place, part in enumerate(parts[:-1], start=1):
            if self._is_full(simplified(part, self._known)):
                left = parts[:place]
                return simplified(("first", *left) if place > 1 else part, self._known)
        return None

    def _is_full(self, term: Term) -> bool:
        """Say whether the table has a value of a term for every claim or entry."""
        match term:
            case ("field", path):
                return path in self.full
            case ("item", entry, name):
                return item_path(entry, name) in self.full
            case ("fact", name):
                return self._is_full(self.term(name))
            case ("first", *parts):
                return any(map(self._is_full, parts))
            case ("add" | "subtract" | "min" | "max", *parts):
                return all(map(self._is_full, parts))
            case ("value", value):
                return value is not None
            case _:
                return False

    def _same_for_all(self, term: Term) -> Term | None:
        """Return the value of a term that is the same for goods of every kind."""
        if not is_of_goods(term) or term[0] == "value" or term == ("goods", "faults"):
            return None
        first, *others = [kind.value_of(term) for kind in self.kinds]
        return ("value", first) if all(one == first for one in others) else None

    def of_spans(self, term: Term) -> Term:
        """Return what a term that names a fact of spans comes to."""
        return self.term(term[1]) if term[0] == "fact" else term

    def closure(self, term: Term) -> Iterator[Term]:
        """Yield a term and all that it rests on; what gathers days of spans stands for these."""
        yield term
        if term[0] == "fact":
            yield from self.closure(self.term(term[1]))
        for part in children(term):
            yield from self.closure(part)

    def level(self, term: Term) -> int:
        """Return how many steps of gathering it takes to know a term."""
        found = self._levels.get(term)
        if found is None:
            inner = [self.term(term[1])] if term[0] == "fact" else children(term)
            found = max(map(self.level, inner), default=0)
            found = self._levels[term] = found + is_gathered(term)
        return found

    def list_of(self, term: Term) -> str | None:
        """Return the list whose entries a term gathers, or whose days it covers."""
        if term[0] in AGGREGATES:
            return str(term[1])
        spans = (node for node in self.closure(term) if node[0] == "spans")
        return next((str(node[1]) for node in spans), None)

    def joints(self, term: Term, whole: Callable[[Term], bool]) -> Iterator[Term]:
        """Yield the parts of the condition of an aggregate, with those of facts it names.

        Those of which ``whole`` says so stay as they are.
        """
        left = [term[-1]]
        while left:
            match left.pop():
                case ("and", *parts):
                    left += reversed(parts)
                case ("fact", name) as fact if self.term(name)[0] == "and" and not whole(fact):
                    left.append(self.term(name))
                case where:
                    yield where


def is_gathered(term: Term) -> bool:
    """Say whether a term takes a look at the entries of a list."""
    return term[0] == "covered" or (term[0] in AGGREGATES and term[0] != "spans")
