"""The facts of claims, in columns: 事实的列式推导.

The facts that a policy derives of one claim (:class:`~sanbao.rules.provisions.Derived`), for all
claims of a table: what the readings, the goods and the table settle is left out of the formulas,
what is left becomes columns, one after the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

import polars as pl

from sanbao.audit.tables.input.claims_frame import Claims
from sanbao.audit.tables.kernel.formula_columns import STARTS, Codes, FormulaColumns, of_claim
from sanbao.audit.tables.kernel.gathered import (
    End,
    SpanColumns,
    aggregate,
    covered_and_pushed,
    reached_back,
)
from sanbao.audit.tables.kernel.settled_terms import SettledTerms, is_gathered
from sanbao.evaluation.facts.constants import PAPERS, Constants
from sanbao.model.facts import FACTS, FactType
from sanbao.model.fields import FIELDS, KIND
from sanbao.rules.formulas import LISTS, Term, children
from sanbao.rules.provisions import Derived

__all__ = ["FactColumns"]

_MOST_KEPT: Final = 64
"""Sets of formulas, each for tables in which the same is empty."""


class FactColumns:
    """The facts of one policy under one set of readings: 事实列.

    ``kinds`` has what the formulas rest on for each kind of goods, in the order of its numbers,
    ``codes`` those of each column.
    """

    def __init__(
        self, derived: tuple[Derived, ...], kinds: Sequence[Constants], codes: Codes
    ) -> None:
        self.derived = derived
        self.kinds = kinds
        self.codes = codes
        self._settled: dict[frozenset[str], SettledTerms] = {}

    def settled(self, empty: frozenset[str]) -> SettledTerms:
        """Return the formulas for tables in which the same is empty; they are kept."""
        found = self._settled.get(empty)
        if found is None:
            if len(self._settled) >= _MOST_KEPT:
                self._settled.clear()
            found = self._settled[empty] = SettledTerms(self.derived, self.kinds, empty)
        return found

    def of(self, claims: Claims, names: Collection[str], ends: Sequence[End] = ()) -> pl.DataFrame:
        """Return the claims with the facts called ``names``, and what is ``added`` to ``ends``."""
        lists = {"repairs": claims.repairs, "exchanges": claims.exchanges}
        return _FactTable(self, claims.frame, lists).with_facts(names, ends)


class _FactTable:
    """The facts of one table of claims, worked out step by step.

    What is empty throughout, a field or a list, is left out of the formulas.
    """

    def __init__(
        self, of: FactColumns, frame: pl.DataFrame, lists: Mapping[str, pl.DataFrame]
    ) -> None:
        self.derived = {one.name: one for one in of.derived}
        self.kinds = of.kinds
        self.codes = of.codes
        self.lists = lists
        names = {
            field.name: path
            for path, field in FIELDS.items()
            if "." not in path or (path.partition(".")[0] not in lists)
        }
        empty = {
            path
            for name, path in names.items()
            if name in frame.columns and frame[name].null_count() == len(frame)
        }
        for listed, entries in lists.items():
            if not len(entries):
                empty.add(listed)
            empty |= {
                f"{listed}.{column.name}"
                for column in entries
                if column.null_count() == len(entries)
            }
        self.frame = frame.rename(
            {name: _stated(name) for name in frame.columns if name in self.derived}
        )
        self.columns: dict[Term, str] = {}
        self.terms = of.settled(frozenset(empty))
        self.term = self.terms.term
        self.of_claims = FormulaColumns(of.kinds, of.codes, self._column_of, self.term)
        self.of_entries = FormulaColumns(
            of.kinds, of.codes, self._column_of, self.term, entries=True
        )

    def _column_of(self, term: Term) -> str | None:
        """Return the name of the column that holds a term, if one does."""
        found = self.columns.get(term)
        if found is None and term[0] == "field":
            name = FIELDS[term[1]].name
            return _stated(name) if name in self.derived else name
        return found

    # --- in steps -----------------------------------------------------------------------------

    def with_facts(self, names: Collection[str], ends: Sequence[End]) -> pl.DataFrame:
        """Return the claims with these facts, and what is added to the last days ``ends``."""
        wanted: list[Term] = [("fact", name) for name in names]
        if any(node[0] == "start" for term in wanted for node in self.terms.closure(term)):
            self._add_start()
        gathered = list(
            dict.fromkeys(
                node for term in wanted for node in self.terms.closure(term) if is_gathered(node)
            )
        )
        steps: dict[int, list[Term]] = {}
        for term in gathered:
            steps.setdefault(self.terms.level(term), []).append(term)
        pushed = max([0, *(self.terms.level(("covered", end.spans)) for end in ends)])
        pushed = max([pushed, *(self.terms.level(("fact", end.start)) + 1 for end in ends)])
        pushing = [end for end in ends if self.terms.of_spans(end.spans) != ("value", ())]
        for level in sorted({*steps, *([pushed] if pushing else [])}):
            self._gather(steps.get(level, []), pushing if level == pushed else ())
        self._add(wanted)
        return self.frame

    def _add(self, terms: Collection[Term]) -> None:
        """Add facts as columns, each after those it rests on."""
        frame, left = self.frame.lazy(), self._in_order(terms)
        while left:
            names = set(left)
            now = [term for term in left if not names & set(self._below(self.term(term[1])))]
            frame = frame.with_columns(self._column(name).alias(name) for _, name in now)
            self.columns |= {term: term[1] for term in now}
            left = [term for term in left if term not in now]
        self.frame = frame.collect(engine="in-memory")

    def _column(self, name: str) -> pl.Expr:
        """Return the expression of a fact; one that is not known of any claim has its type."""
        if self.term(name) != ("value", None):
            return self.of_claims.value(self.term(name))
        derived = self.derived.get(name)
        return pl.lit(None, dtype=_TYPES[FACTS[name].type if derived is None else derived.type])

    def _in_order(self, terms: Collection[Term]) -> list[Term]:
        """Return the facts that get a column: these, and those that several facts rest on."""
        uses: dict[Term, int] = {}

        def count(term: Term) -> None:
            for part in self._parts(term):
                uses[part] = uses.get(part, 0) + 1
                if uses[part] == 1:
                    count(self.term(part[1]))

        for term in terms:
            if term not in self.columns:
                uses[term] = uses.get(term, 0) + 2
                count(self.term(term[1]))
        return [term for term, number in uses.items() if number > 1]

    def _parts(self, term: Term) -> Iterator[Term]:
        """Yield the facts that a term names, outside what has a column."""
        if term in self.columns:
            return
        if term[0] == "fact":
            yield term
            return
        for part in children(term):
            yield from self._parts(part)

    def _below(self, term: Term) -> Iterator[Term]:
        """Yield the facts without a column that a term rests on."""
        for part in self._parts(term):
            yield part
            yield from self._below(self.term(part[1]))

    def _add_start(self) -> None:
        """Add the column that tells from what the period runs, by the papers of each claim."""
        codes = [(*self.codes[FIELDS[path].name], None) for path in PAPERS[:2]]
        tables = [
            [
                kind.starts[invoice, voucher, dated]
                for invoice in codes[0]
                for voucher in codes[1]
                for dated in (False, True)
            ]
            for kind in self.kinds
        ]
        different = [list(one) for one in dict.fromkeys(map(tuple, tables))]
        numbers = [
            None if start is None else STARTS[start] for table in different for start in table
        ]
        of_kinds = [different.index(table) for table in tables]
        place = pl.lit(pl.Series(of_kinds, dtype=pl.UInt32)).gather(KIND.name)
        for path, known in zip(PAPERS, codes, strict=False):
            column = pl.col(FIELDS[path].name).cast(pl.UInt32)
            place = place * len(known) + column.fill_null(len(known) - 1)
        dated = pl.col(FIELDS[PAPERS[2]].name).is_not_null().cast(pl.UInt32)
        starts = pl.lit(pl.Series(numbers, dtype=pl.UInt8)).gather(place * 2 + dated)
        self.columns[("start",)] = "papers start"
        self.frame = self.frame.with_columns(starts.alias("papers start"))

    # --- entries of lists ---------------------------------------------------------------------

    def _gather(self, terms: Sequence[Term], ends: Sequence[End]) -> None:
        """Add what the entries of lists come to, and what is added to the last days ``ends``."""
        for listed in LISTS:
            own = [term for term in terms if self.terms.list_of(term) == listed]
            pushing = [end for end in ends if self.terms.list_of(end.spans) == listed]
            if own or pushing:
                self._gather_list(listed, own, pushing)

    def _gather_list(self, listed: str, terms: Sequence[Term], ends: Sequence[End]) -> None:
        needed = dict.fromkeys(
            part for term in (*terms, *(end.spans for end in ends)) for part in self._of_claim(term)
        )
        facts = [part for part in needed if part[0] == "fact"]
        self._add([*facts, *(("fact", end.start) for end in ends)])
        rows = self.lists[listed]["row"]
        kind = KIND.name
        columns = dict.fromkeys([kind, *(str(self._column_of(part)) for part in needed)])
        beside = self.frame.select(pl.col(name).alias(of_claim(name)) for name in columns)[rows]
        starts = dict.fromkeys([kind, *(end.start for end in ends)]) if ends else {}
        entries = self.lists[listed].hstack(beside)
        if starts:
            entries = entries.hstack(self.frame.select(*starts)[rows])
        aggregates = [term for term in terms if term[0] != "covered"]
        spans = [term for term in terms if term[0] == "covered"]
        conditions = {term: (self._joints(term)) for term in aggregates}
        of_spans = [
            (self._joints(node))
            for term in (*spans, *(end.spans for end in ends))
            for node in self.terms.closure(term)
            if node[0] == "spans"
        ]
        first, *others = [*conditions.values(), *of_spans]
        self.common = [part for part in first if all(part in other for other in others)]
        if self.common:
            shared = self.of_entries.truth(_all_of(self.common))
            entries = entries.filter(shared)
        masks = {
            term: self.of_entries.value(self._left(parts)) for term, parts in conditions.items()
        }
        found = entries.lazy().select(
            mask.alias(str(place)) for place, mask in enumerate(masks.values())
        )
        held = found.collect(engine="in-memory") if masks else pl.DataFrame()
        results: list[pl.Series] = []
        for place, term in enumerate(aggregates):
            holds = held[str(place)]
            holds = holds.new_from_index(0, len(entries)) if len(holds) != len(entries) else holds
            self.columns[term] = name = f"gathered {len(self.columns)}"
            if term[0] == "reaching_back":
                since = self.frame.select(self.of_claims.value(term[2])).to_series()
                one = reached_back(term, entries, holds, self.of_entries, since)
            else:
                one = aggregate(term, entries, holds, self.of_entries, len(self.frame))
            results.append(one.alias(name))
        covered = {}
        for term in spans:
            self.columns[term] = name = f"gathered {len(self.columns)}"
            covered[name] = self._spans(term[1])
        results += covered_and_pushed(entries, covered, ends, self._spans, starts, len(self.frame))
        self.frame = self.frame.hstack(results)

    def _left(self, parts: Sequence[Term]) -> Term:
        """Return what is left of a condition for entries that meet the common one."""
        return _all_of([part for part in parts if part not in self.common])

    def _joints(self, term: Term) -> list[Term]:
        """Return the parts of the condition of an aggregate, with those of facts it names."""
        return [*self.terms.joints(term, self.columns.__contains__)]

    def _of_claim(self, term: Term) -> Iterator[Term]:
        """Yield the fields and facts of the claim that entries are held against."""
        if term[0] in ("field", "start") or term in self.columns:
            yield term
        elif term[0] == "fact":
            derived = self.derived.get(term[1])
            is_spans = derived is not None and derived.type == "spans"
            if derived is None or (derived.of == "claim" and not is_spans):
                yield term
            else:
                yield from self._of_claim(self.term(term[1]))
        else:
            for part in children(term):
                yield from self._of_claim(part)

    def _spans(self, term: Term) -> SpanColumns:
        """Return the days that a term stands for, as columns of the entries."""
        of = self.of_entries
        match term:
            case ("fact", name):
                return self._spans(self.term(name))
            case ("spans", _, first, after, _):
                holds = of.value(self._left(self._joints(term))).fill_null(False)
                return SpanColumns(holds, of.value(first), of.value(after))
            case ("spans_from", inner, day):
                spans = self._spans(inner)
                return spans._replace(holds=spans.holds & (spans.first >= of.value(day)))
            case ("clipped", inner, day):
                spans, begin = self._spans(inner), of.value(day)
                first = pl.max_horizontal(spans.first, begin)
                return spans._replace(holds=spans.holds & (spans.after > begin), first=first)
            case ("if", test, then, otherwise):
                truth = of.value(test)
                one, other = self._spans(then), self._spans(otherwise)
                pairs = zip(one, other, strict=True)
                return SpanColumns(*(pl.when(truth).then(a).otherwise(b) for a, b in pairs))
            case _:
                raise AssertionError(f"no spans: {term}")


_TYPES: Final[Mapping[FactType, type[pl.DataType]]] = {
    "date": pl.Int32,
    "count": pl.Int32,
    "yes/no": pl.Boolean,
    "code": pl.UInt8,
    "money": pl.Int64,
}


def _all_of(parts: Sequence[Term]) -> Term:
    if len(parts) < 2:
        return parts[0] if parts else ("value", True)
    return ("and", *parts)


def _stated(name: str) -> str:
    """Return what the column of a field is called where a fact has its name."""
    return f"stated {name}"
