"""The facts of claims, in columns: 事实的列式推导.

The facts that a policy derives of one claim (:class:`~sanbao.rules.provisions.Derived`), for all
claims of a table: what the readings, the goods and the table settle is left out of the formulas,
what is left becomes columns, one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeAlias

import polars as pl

from sanbao.audit.tables.columns import Truth, both, column
from sanbao.audit.tables.input.claims_frame import Claims
from sanbao.audit.tables.kernel.formula_columns import STARTS, Codes, FormulaColumns, of_claim
from sanbao.audit.tables.kernel.gathered import (
    ENTRIES,
    End,
    EntryAggregate,
    Gathering,
    Pushing,
    SpanColumns,
    columns_of,
)
from sanbao.audit.tables.kernel.settled_terms import SettledTerms, StatedParts, is_gathered
from sanbao.evaluation.facts.constants import PAPERS, Constants
from sanbao.model.facts import FACTS, FactType
from sanbao.model.fields import FIELDS, KIND
from sanbao.rules.formulas import LISTS, Term, children, names_of, terms_of, values_gathered
from sanbao.rules.provisions import Derived

__all__ = ["FactColumns"]

_MOST_KEPT: Final = 64
"""Programs of facts, each for tables in which the same is empty and the same is full."""

_Lists: TypeAlias = Mapping[str, pl.DataFrame]
_Step: TypeAlias = Callable[[pl.DataFrame, _Lists], pl.DataFrame]


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
        formulas = terms_of(derived).values()
        self._asked = {path for term in formulas for path in names_of(term, "field")}
        self._programs: dict[tuple[StatedParts, tuple[Any, ...]], _FactProgram] = {}

    def of(self, claims: Claims, names: Collection[str], ends: Sequence[End] = ()) -> pl.DataFrame:
        """Return the claims with the facts called ``names``, and what is ``added`` to ``ends``.

        Ends of one name are those of one window or period.
        """
        lists = {"repairs": claims.repairs, "exchanges": claims.exchanges}
        stated = self._stated(claims.frame, lists)
        key = (*names, *((end.name, end.near is None) for end in ends))
        found = self._programs.get((stated, key))
        if found is None:
            if len(self._programs) >= _MOST_KEPT:
                self._programs.clear()
            found = self._programs[stated, key] = _FactProgram(self, stated, names, ends)
        return found(claims.frame, lists)

    def _stated(self, frame: pl.DataFrame, lists: _Lists) -> StatedParts:
        """Return what the table leaves empty throughout, and what it states of every claim."""
        empty = {name for name, entries in lists.items() if not len(entries)}
        full = set()
        columns = [
            (path, frame[field.name])
            for path, field in FIELDS.items()
            if path.partition(".")[0] not in lists and field.name in frame.columns
        ]
        columns += [
            (f"{listed}.{one.name}", one) for listed, entries in lists.items() for one in entries
        ]
        for path, one in columns:
            if path in self._asked:
                nulls = one.null_count()
                if nulls == len(one):
                    empty.add(path)
                elif not nulls:
                    full.add(path)
        return StatedParts(frozenset(empty), frozenset(full))


class _FactProgram:
    """The facts of tables of which the same is ``stated``, as steps from column to column."""

    def __init__(
        self, of: FactColumns, stated: StatedParts, names: Collection[str], ends: Sequence[End]
    ) -> None:
        self.derived = {one.name: one for one in of.derived}
        self.kinds = of.kinds
        self.codes = of.codes
        self.columns: dict[Term, str] = {}
        self.terms = SettledTerms(of.derived, of.kinds, stated)
        self.term = self.terms.term
        parts = (of.kinds, of.codes, self._column_of, self.term)
        self.of_claims = FormulaColumns(*parts, full=stated.full)
        self.of_entries = FormulaColumns(*parts, full=stated.full, entries=True)
        self._steps: list[_Step] = []
        self._write(names, ends)

    def __call__(self, frame: pl.DataFrame, lists: _Lists) -> pl.DataFrame:
        """Return claims with the facts as columns, and what is ``added`` to last days."""
        frame = frame.rename(
            {name: _stated(name) for name in frame.columns if name in self.derived}
        )
        for step in self._steps:
            frame = step(frame, lists)
        return frame

    def _column_of(self, term: Term) -> str | None:
        """Return the name of the column that holds a term, if one does."""
        found = self.columns.get(term)
        if found is None and term[0] == "field":
            name = FIELDS[term[1]].name
            return _stated(name) if name in self.derived else name
        return found

    # --- in steps -----------------------------------------------------------------------------

    def _write(self, names: Collection[str], ends: Sequence[End]) -> None:
        """Write the steps to these facts, and to what is added to the last days ``ends``."""
        wanted: list[Term] = [("fact", name) for name in names]
        nodes = dict.fromkeys(node for term in wanted for node in self.terms.closure(term))
        if ("start",) in nodes:
            self._add_start()
        steps: dict[int, list[Term]] = {}
        for term in filter(is_gathered, nodes):
            steps.setdefault(self.terms.level(term), []).append(term)
        pushed = max([0, *(self.terms.level(("covered", end.spans)) for end in ends)])
        pushed = max([pushed, *(self.terms.level(("fact", end.start)) + 1 for end in ends)])
        pushing = [end for end in ends if self.terms.of_spans(end.spans) != ("value", ())]
        for level in sorted({*steps, *([pushed] if pushing else [])}):
            self._gather(steps.get(level, []), pushing if level == pushed else ())
        self._add(wanted)

    def _add(self, terms: Collection[Term]) -> None:
        """Add facts as columns, each after those it rests on."""
        stages, left = [], self._in_order(terms)
        while left:
            names = set(left)
            now = [term for term in left if not names & set(self._below(self.term(term[1])))]
            stages.append([self._column(name).alias(name) for _, name in now])
            self.columns |= {term: term[1] for term in now}
            left = [term for term in left if term not in now]
        if stages:
            self._steps.append(partial(_with_stages, stages))

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
        self._steps.append(partial(_with_stages, [[starts.alias("papers start")]]))

    # --- entries of lists ---------------------------------------------------------------------

    def _gather(self, terms: Sequence[Term], ends: Sequence[End]) -> None:
        """Gather what the entries of lists come to, and what is added to the last days ``ends``."""
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
        aggregates = [term for term in terms if term[0] != "covered"]
        spans = [term for term in terms if term[0] == "covered"]
        of_spans = [
            node
            for term in (*spans, *(end.spans for end in ends))
            for node in self.terms.closure(term)
            if node[0] == "spans"
        ]
        first, *others = [self._joints(term) for term in (*aggregates, *of_spans)]
        self.common = [part for part in first if all(part in other for other in others)]
        entries = _Entries(self.of_entries)
        gathered = [self._aggregate(term, entries) for term in aggregates]
        covered = {self._new(term): entries.spans(self._spans(term[1])) for term in spans}
        grouped: dict[tuple[Term, bool], list[End]] = {}
        for end in ends:
            grouped.setdefault((end.spans, end.reach is None), []).append(end)
        pushing = [
            Pushing(entries.spans(self._spans(term)), group) for (term, _), group in grouped.items()
        ]
        of_claims = {KIND.name, *(str(self._column_of(part)) for part in needed)}
        for name in columns_of(ends):
            of_claims.add(name)
            entries.columns[name] = pl.col(of_claim(name))
        beside = [pl.col(name).alias(of_claim(name)) for name in sorted(of_claims)]
        common = self.of_entries.where(_all_of(self.common))
        self._steps.append(
            Gathering(listed, beside, common, entries.columns, gathered, covered, pushing)
        )

    def _new(self, term: Term) -> str:
        """Return the name of the column that will hold what is gathered."""
        self.columns[term] = name = f"gathered {len(self.columns)}"
        return name

    def _aggregate(self, term: Term, entries: _Entries) -> EntryAggregate:
        left = self.of_entries.where(self._left(self._joints(term)))
        values: tuple[Term, ...] = values_gathered(term)
        if term[0] == "reaching_back":
            values = (*values, term[2])
        names = [entries.value(value) for value in values]
        if term[0] == "least":
            names.append(entries.stated())
        since = self.of_claims.value(term[2]) if term[0] == "reaching_back" else None
        return EntryAggregate(self._new(term), term, entries.holds(left), tuple(names), since)

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
                holds = of.where(self._left(self._joints(term)))
                if not isinstance(holds, bool):
                    holds = holds.fill_null(False)
                return SpanColumns(holds, of.value(first), of.value(after))
            case ("spans_from", inner, day):
                spans = self._spans(inner)
                return spans._replace(holds=both((spans.holds, spans.first >= of.value(day))))
            case ("clipped", inner, day):
                spans, begin = self._spans(inner), of.value(day)
                first = pl.max_horizontal(spans.first, begin)
                holds = both((spans.holds, spans.after > begin))
                return spans._replace(holds=holds, first=first)
            case ("if", test, then, otherwise):
                truth = of.value(test)
                pairs = zip(self._spans(then), self._spans(otherwise), strict=True)
                return SpanColumns(*(_either(truth, one, other) for one, other in pairs))
            case _:
                raise AssertionError(f"no spans: {term}")


class _Entries:
    """The columns that are asked of the entries of a list, each named once."""

    def __init__(self, of: FormulaColumns) -> None:
        self._of = of
        self._values: dict[Term, str] = {}
        self.columns: dict[str, pl.Expr] = {}

    def _named(self, found: pl.Expr) -> str:
        """Return the name of a column."""
        same = (name for name, one in self.columns.items() if one.meta.eq(found))
        name = next(same, f"column {len(self.columns)}")
        self.columns[name] = found
        return name

    def value(self, term: Term) -> str:
        """Return the column of a term."""
        return self._named(self._of.value(term))

    def holds(self, truth: Truth) -> str | None:
        """Return the column that says where something holds, ``None`` where it does throughout."""
        return None if truth is True else self._named(column(truth))

    def stated(self) -> str:
        """Return the column of the order in which the entries were stated."""
        return self._named(pl.col("stated"))

    def spans(self, spans: SpanColumns) -> SpanColumns:
        """Return days with the names of their columns."""
        holds, first, after = spans
        if not isinstance(holds, bool):
            holds = pl.col(self._named(holds))
        return SpanColumns(holds, pl.col(self._named(first)), pl.col(self._named(after)))


def _with_stages(
    stages: Sequence[Sequence[pl.Expr]], frame: pl.DataFrame, _: _Lists
) -> pl.DataFrame:
    """Return claims with further columns, stage by stage."""
    lazy = frame.lazy()
    for stage in stages:
        lazy = lazy.with_columns(stage)
    return lazy.collect(engine="in-memory", optimizations=ENTRIES)


def _either(truth: pl.Expr, one: Any, other: Any) -> Any:
    """Return one of two columns or truth values, of which only one may be known to be the same."""
    if isinstance(one, bool) and isinstance(other, bool):
        same = one == other
    else:
        same = not isinstance(one, bool) and not isinstance(other, bool) and one.meta.eq(other)
    return one if same else pl.when(truth).then(one).otherwise(other)


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
