"""The code that derives the facts of one claim: 事实推导的代码生成.

A law says how its facts follow from a claim (:class:`~sanbao.rules.provisions.Derived`). Here the
formulas of those that are asked for become one straight function from a claim's row to their
values, in which every entry of a list is looked at once. Names are checked against the closed
lists of fields and operations, so that no text of a policy is run.

What hangs on no claim (the readings, the catalogue's line, the numbers of the policy) is worked out
when the function is bound, and stands in it as a constant.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Final, NamedTuple

from sanbao.evaluation.facts.constants import PAPERS
from sanbao.model.claim_row import ClaimRow, RepairRow
from sanbao.model.fields import FIELDS
from sanbao.rules.formulas import AGGREGATES, Term, children, terms_of, values_gathered
from sanbao.rules.provisions import Derived

__all__ = ["written"]

_STATIC: Final = frozenset({"law", "goods", "reading", "chosen", "value"})
"""What is known before any claim is seen."""
_OF_CLAIMS: Final = frozenset({"field", "item", "fact", "start", "used_up", "stated", *AGGREGATES})


def _absent(row: type) -> frozenset[str]:
    """Return the names of a row that may be ``None``."""
    hints = {
        name: getattr(hint, "__forward_arg__", hint)
        for name, hint in vars(row)["__annotations__"].items()
    }
    return frozenset(name for name, hint in hints.items() if str(hint).endswith("| None"))


_MAY_LACK: Final = _absent(ClaimRow)
_REPAIR_MAY_LACK: Final = _absent(RepairRow)


def written(
    derived: tuple[Derived, ...], names: tuple[str, ...], *, hopeful: bool
) -> tuple[CodeType, dict[str, Term]]:
    """Return the code of a function that gives the facts called ``names``, and its constants.

    A ``hopeful`` one leaves claims with open questions to another.
    """
    return _FactWriter(derived, hopeful=hopeful).written(names)


class _FactText(NamedTuple):
    """Code for a value, which is not known if one of ``unless`` is ``None``.

    ``unless`` is ``None`` itself where the code gives ``None`` for what is not known.
    """

    text: str
    unless: tuple[str, ...] | None = ()


class _Aggregate(NamedTuple):
    """An aggregate with the name of its result; ``where`` are the parts of its condition."""

    term: Term
    name: str
    where: tuple[Term, ...]


class _FactWriter:
    """Writes one function. A ``hopeful`` one leaves claims with open questions to another."""

    def __init__(self, derived: tuple[Derived, ...], *, hopeful: bool) -> None:
        self.hopeful = hopeful
        self.derived = {one.name: one for one in derived}
        self.terms = terms_of(derived)
        self.lines: list[str] = []
        self.depth = 1
        self.memos: list[dict[Term, _FactText]] = [{}]
        self.constants: dict[Term, str] = {}
        self.known: tuple[str, ...] = ()
        self.assumed: tuple[str, ...] = ()
        self.fields = {"sold": "stated_sold"}
        self.results: dict[Term, _FactText] = {}
        self.uses: dict[Term, int] = {}
        self.stages: dict[str, int] = {}
        self.temporary = 0

    def written(self, names: tuple[str, ...]) -> tuple[CodeType, dict[str, Term]]:
        """Return the code of the function, and the terms whose values are its constants."""
        for name in names:
            self._count(("fact", name))
        outputs = [self._text(self.code(("fact", name))) for name in names]
        unpacked = ", ".join(self.fields.get(name, "_") for name in ClaimRow._fields)
        head = ["def generated(row, assumed_sale=None):", f"    ({unpacked},) = row"]
        head.append("    sold = assumed_sale if stated_sold is None else stated_sold")
        body = [*head, *self.lines, f"    return ({', '.join(outputs)},)"]
        code = compile("\n".join(body), "<facts>", "exec")
        return code, {name: term for term, name in self.constants.items()}

    def _count(self, term: Term) -> None:
        """Count how often each fact and aggregate is used."""
        seen = self.uses.get(term, 0)
        self.uses[term] = seen + 1
        if term[0] == "fact" and not seen:
            self._count(self.terms[term[1]])
        elif term[0] != "fact":
            for part in children(term):
                self._count(part)

    # --- lines and names --------------------------------------------------------------------

    def _line(self, text: str) -> None:
        self.lines.append("    " * self.depth + text)

    def _local(self, text: str, name: str = "") -> str:
        """Have a name stand for what ``text`` gives."""
        if not name:
            name = f"t{self.temporary}"
            self.temporary += 1
        self._line(f"{name} = {text}")
        return name

    @contextmanager
    def _assuming(self, *names: str) -> Iterator[None]:
        """Take more names as known, within a text."""
        before = self.assumed
        self.assumed = (*before, *names)
        yield
        self.assumed = before

    @contextmanager
    def _on_a_line(self) -> Iterator[None]:
        """Take as known only what is known where a line begins."""
        before, self.assumed = self.assumed, ()
        yield
        self.assumed = before

    def _constant(self, term: Term) -> str:
        return self.constants.setdefault(term, f"K{len(self.constants)}")

    def _unless(self, code: _FactText) -> tuple[str, ...]:
        """Return the names that keep a value from being known, without those that are known."""
        known = (*self.known, *self.assumed)
        return tuple(name for name in code.unless or () if name not in known)

    def _text(self, code: _FactText) -> str:
        """Return code that gives ``None`` for what is not known."""
        unless = self._unless(code)
        if not unless or unless == (code.text,):
            return code.text
        missing = " or ".join(f"{name} is None" for name in unless)
        return f"(None if {missing} else {code.text})"

    def _plain(self, term: Term) -> _FactText:
        """Return code that says by names when it is not known."""
        code = self.code(term)
        if code.unless is not None:
            return _FactText(code.text, self._unless(code))
        with self._on_a_line():
            name = self._local(self._text(self.code(term)))
        code = self.memos[-1][term] = _FactText(name, (name,))
        return code

    def _name(self, term: Term) -> _FactText:
        """Return code that is one name, or a constant."""
        code = self._plain(term)
        if code.text.isidentifier() or term[0] == "value":
            return code
        with self._on_a_line():
            code = self._plain(term)
            name = self._local(self._text(code))
            found = self.memos[-1][term] = _FactText(name, (name,) if self._unless(code) else ())
        return found

    def _is_known(self, code: _FactText) -> bool:
        return code.unless is not None and not self._unless(code)

    # --- values -----------------------------------------------------------------------------

    def code(self, term: Term) -> _FactText:  # noqa: PLR0912 - a case for each operation
        """Return the code of a term."""
        for memo in reversed(self.memos):
            if term in memo:
                return memo[term]
        if _is_static(term):
            return self._static(term)
        match term:
            case ("field", path):
                return self._field(path)
            case ("stated", ("field", path)):
                name = str(FIELDS[path].row)
                self._field(path)
                return _FactText(f"stated_{name}", (f"stated_{name}",))
            case ("item", "exchange", _):
                return _FactText("exchanged_on")
            case ("item", _, name):
                row = str(FIELDS[f"repairs.{name}"].row)
                return _FactText(f"r_{row}", (f"r_{row}",) if row in _REPAIR_MAY_LACK else ())
            case ("fact", name):
                return self._fact(name)
            case ("start",):
                return self._start()
            case ("known", part):
                return self._known(part)
            case ("not", part):
                code = self._plain(part)
                return _FactText(f"(not {code.text})", code.unless)
            case ("and" | "or", *_):
                return self._joined(term)
            case ("if", *_):
                return self._choice(term)
            case ("first", *parts):
                return self._first(parts)
            case (name, *_) if name in AGGREGATES:
                return self._aggregate(term)
            case ("used_up", price, days, rounding):
                used, taken = self._plain(days), self._constant(("used_up",))
                values = self._text(self.code(price)), used.text, self.code(rounding).text
                return _FactText(f"{taken}({', '.join(values)})", used.unless)
            case _:
                return self._strict(term)

    def _static(self, term: Term) -> _FactText:
        match term:
            case ("value", None):
                return _FactText("None", None)
            case ("value", value) if isinstance(value, bool | int | str | tuple):
                return _FactText(repr(value))
            case _:
                return _FactText(self._constant(term))

    def _field(self, path: str) -> _FactText:
        name = str(FIELDS[path].row)
        self.fields.setdefault(name, name)
        return _FactText(name, (name,) if name in _MAY_LACK else ())

    def _start(self) -> _FactText:
        invoice, voucher, made = (self._field(path).text for path in PAPERS)
        starts = self._constant(("starts",))
        name = self._at_claim(f"{starts}[{invoice}, {voucher}, {made} is not None]", "papers_start")
        found = self.memos[0][("start",)] = _FactText(name)
        return found

    def _at_claim(self, text: str, name: str) -> str:
        if self.depth != 1:
            raise AssertionError(f"{name} is worked out before the loop")
        return self._local(text, name)

    def _fact(self, name: str) -> _FactText:
        term = ("fact", name)
        code = self.code(self.terms[name])
        if self.uses[term] < 2 or code.text.isidentifier():
            return code
        with self._on_a_line():
            code = self.code(self.terms[name])
            local = self._local(self._text(code), f"f_{name}")
            found = _FactText(local, () if self._is_known(code) else (local,))
        self.memos[-1][term] = found
        return found

    def _strict(self, term: Term) -> _FactText:
        """Return the code of an operation that needs all its parts."""
        operation, parts = term[0], term[1:]
        match term:
            case ("compare", "==", one, ("value", 0 as zero)) if zero is not False:
                parts, form = (one,), "(not {})"  # amounts of money say so sooner
            case ("compare", sign, one, other):
                parts, form = (one, other), f"({{}} {sign} {{}})"
            case ("in", one, codes):
                member, given = self._plain(one), isinstance(codes, frozenset)
                of = self._constant(("value", codes)) if given else self.code(codes).text
                return _FactText(f"({member.text} in {of})", member.unless)
            case ("add", *_):
                form = "({} + {})"
            case ("subtract", *_):
                form = "({} - {})"
            case ("covered" | "clipped" | "spans_from", *others):
                days, self.temporary = f"t{self.temporary}", self.temporary + 1
                more = "".join(f", {{{place}}}" for place in range(1, len(others)))
                none = "0" if operation == "covered" else "()"  # without days none are counted
                form = f"({operation}({days}{more}) if ({days} := {{0}}) else {none})"
            case _:
                form = f"{operation}({', '.join(['{}'] * len(parts))})"
        codes = [self._plain(part) for part in parts]
        if operation in ("min", "max") and all(code.text.isidentifier() for code in codes):
            sign, (one, other) = "<" if operation == "min" else ">", codes
            form = f"({one.text} if {one.text} {sign} {other.text} else {other.text})"
        elif operation == "max" and parts[0] == ("value", 0):
            number, self.temporary = f"t{self.temporary}", self.temporary + 1
            form = f"({number} if ({number} := {{1}}) > 0 else {{0}})"
        unless = tuple(dict.fromkeys(name for code in codes for name in code.unless or ()))
        return _FactText(form.format(*(code.text for code in codes)), unless)

    def _known(self, part: Term) -> _FactText:
        code = self._plain(part)
        if self._is_known(code):
            return _FactText("True")
        return _FactText(f"({' and '.join(f'{name} is not None' for name in code.unless or ())})")

    def _first(self, parts: list[Term]) -> _FactText:
        texts = []
        *earlier, last = parts
        for part in earlier:
            code = self.code(part)
            if self._is_known(code):
                last = part
                break
            text = self._text(code)
            if text.isidentifier():
                texts.append(f"{text} if {text} is not None")
            else:  # worked out where those before it are not known, and nowhere else
                texts.append(f"t{self.temporary} if (t{self.temporary} := {text}) is not None")
                self.temporary += 1
        code = self.code(last)
        known = self._is_known(code)
        return _FactText(f"({' else '.join([*texts, self._text(code)])})", () if known else None)

    def _choice(self, term: Term) -> _FactText:
        _, condition, then, otherwise = term
        test = self.code(condition)
        if otherwise == ("value", None):
            with_known = self._under(condition, then, holds=True)
            return _FactText(f"({self._text(with_known)} if {self._text(test)} else None)", None)
        if not self._is_known(test):
            test = self._name(condition)
        one = self._under(condition, then, holds=True)
        other = self._under(condition, otherwise, holds=False)
        texts = self._text(one), self._text(other)
        text = f"({texts[0]} if {test.text} else {texts[1]})"
        if self._is_known(test):
            both = self._is_known(one) and self._is_known(other)
            return _FactText(text, () if both else None)
        return _FactText(f"({text} if {test.text} is not None else same({', '.join(texts)}))", None)

    def _under(self, condition: Term, part: Term, *, holds: bool) -> _FactText:
        """Return the code of a part where a condition holds, or does not."""
        with self._assuming(*self._told(condition, holds=holds)):
            code = self.code(part)
            return _FactText(code.text, None if code.unless is None else self._unless(code))

    def _told(self, condition: Term, *, holds: bool) -> Iterator[str]:
        """Yield the names that are known where a condition holds, or does not."""
        match condition:
            case ("known", part) if holds:
                yield from self._plain(part).unless or ()
            case ("not", part):
                yield from self._told(part, holds=not holds)
            case ("and", *parts) if holds:
                for part in parts:
                    yield from self._told(part, holds=True)
            case ("or", *parts) if not holds:
                for part in parts:
                    yield from self._told(part, holds=False)
            case ("fact", name) if ("fact", name) not in self.memos[0]:
                yield from self._told(self.terms[name], holds=holds)

    def _joined(self, term: Term) -> _FactText:
        """Return the code of all parts holding, or of one; those that are surely known first."""
        operation = term[0]
        static = [part for part in term[1:] if _is_static(part)]
        parts = [part for part in term[1:] if not _is_static(part)]
        known = []
        if static:
            known = [self._constant((operation, *static) if len(static) > 1 else static[0])]
        unknown: list[_FactText] = []
        before = self.assumed
        for part in parts:
            code = self.code(part)
            if self._is_known(code):
                known.append(code.text)
            else:
                unknown.append(_FactText(self._text(code), None))
            self.assumed = (*self.assumed, *self._told(part, holds=operation == "and"))
        self.assumed = before
        if len(unknown) > 1:
            both = "all_of" if operation == "and" else "any_of"
            unknown = [_FactText(f"{both}({', '.join(code.text for code in unknown)})", None)]
        texts = [*known, *(code.text for code in unknown)]
        text = f"({f' {operation} '.join(texts)})" if len(texts) > 1 else texts[0]
        return _FactText(text, None if unknown else ())

    # --- entries of a list ------------------------------------------------------------------

    def _aggregate(self, term: Term) -> _FactText:
        if term not in self.results:
            group = [one for one in self._of_stage(term) if one not in self.results]
            self._loop(term[1], group)
        return self.results[term]

    def _of_stage(self, term: Term) -> list[Term]:
        """Return the aggregates that one look at a list can give with ``term``."""
        stage = self._stage(term)
        return [
            one
            for one in self.uses
            if one[0] in AGGREGATES and one[1] == term[1] and self._stage(one) <= stage
        ]

    def _stage(self, term: Term) -> int:
        """Return how many looks at lists come before what a term rests on is known."""
        if term[0] == "fact":
            found = self.stages.get(term[1])
            if found is None:
                found = self.stages[term[1]] = self._stage(self.terms[term[1]])
            return found
        own = 0
        for part in children(term):
            own = max(own, self._stage(part))
        return own + 1 if term[0] in AGGREGATES else own

    def _loop(self, listed: str, group: list[Term]) -> None:
        """Write the loop that gives the aggregates of one list."""
        rows = "repairs" if listed == "repairs" else "exchanges"
        self.fields[rows] = rows
        for term in group:
            self._before(term)
        negated = dict.fromkeys(part[1] for term in group for part in self._negated(term))
        aggregates = [
            _Aggregate(
                term, f"a{len(self.results) + place}", tuple(self._conditions(term, negated))
            )
            for place, term in enumerate(group)
        ]
        empty = {one.name: self._empty(one) for one in aggregates}
        for one in aggregates:
            if one.term[0] == "reaching_back":
                self._line(f"{one.name} = {empty.pop(one.name)}")
        if empty:  # all of them constants, of which one tuple is made beforehand
            self._line(f"({', '.join(empty)},) = ({', '.join(empty.values())},)")
        self._line(f"if {rows}:")
        self.depth += 1
        before = self.known
        if self.hopeful:
            open_ = dict.fromkeys(name for term in group for name in self._open(term))
            if open_:
                missing = " or ".join(f"{name} is None" for name in open_)
                self._line(f"if {missing}: return otherwise(row, assumed_sale)")
                self.known = (*before, *open_)
        begins, self.doubtful = len(self.lines), set[str]()
        entry = ", ".join(f"r_{name}" for name in RepairRow._fields)
        self._line(f"for {entry if listed == 'repairs' else 'exchanged_on'} in {rows}:")
        self._block([(one, one.where) for one in aggregates], first=negated)
        self.lines[begins:begins] = ["    " * self.depth + text for text in self._begin(aggregates)]
        for one in aggregates:
            self._end(one)
        self.depth -= 1
        self.known = before
        for one in aggregates:
            known = one.term[0] in ("count", "any") and one.name not in self.doubtful
            known = known or one.term[0] == "spans"
            if one.term[0] == "reaching_back":
                known = one.name not in self.doubtful and self._is_known(self.code(one.term[2]))
            self.results[one.term] = _FactText(one.name, () if known else (one.name,))

    def _negated(self, term: Term) -> Iterator[Term]:
        """Yield what a term says does not hold, in the facts of entries too."""
        if term[0] == "fact" and self._is_of_entry(term[1]):
            yield from self._negated(self.terms[term[1]])
        if term[0] == "not":
            yield term
        for part in children(term):
            yield from self._negated(part)

    def _open(self, term: Term) -> Iterator[str]:
        """Yield what of a claim may not be known, and is asked as if it were."""
        match term:
            case ("known", _):
                return
            case ("or", ("not", ("known", _)), *_):
                return
            case ("fact", name) if self._is_of_entry(name):
                yield from self._open(self.terms[name])
            case ("fact" | "field", *_):
                yield from self.code(term).unless or ()
            case ("first", *parts):
                yield from self._open(parts[-1])
            case _:
                for part in children(term):
                    yield from self._open(part)

    def _before(self, term: Term) -> None:
        """Work out what the entries are held against, before they are looked at."""
        match term:
            case ("fact", name) if self._is_of_entry(name):
                self._before(self.terms[name])
            case ("fact", _):
                self._name(term)
            case ("start" | "field" | "stated", *_):
                self.code(term)
            case _:
                for part in children(term):
                    self._before(part)

    def _is_of_entry(self, name: str) -> bool:
        """Say whether a fact is one of an entry of a list, not of the claim."""
        return name in self.derived and self.derived[name].of != "claim"

    def _conditions(self, term: Term, whole: Collection[Term]) -> Iterator[Term]:
        """Yield the conditions under which an entry is gathered: its values have to be known."""
        yield from self._parts(term[-1], whole)
        for value in values_gathered(term):
            if not self._is_definite(value):
                yield ("known", value)

    def _parts(self, where: Term, whole: Collection[Term]) -> Iterator[Term]:
        """Yield the parts of a condition, with those of the facts of an entry it names.

        Those in ``whole`` stay as they are.
        """
        match where:
            case ("and", *parts):
                for part in parts:
                    yield from self._parts(part, whole)
            case ("fact", name) if self.terms[name][0] == "and" and where not in whole:
                yield from self._parts(self.terms[name], whole)
            case _:
                yield where

    def _empty(self, one: _Aggregate) -> str:
        match one.term:
            case ("count", *_):
                return "0"
            case ("any", *_):
                return "False"
            case ("spans", *_):
                return "()"
            case ("reaching_back", _, day, *_):
                return self._text(self.code(day))
            case _:
                return "None"

    def _begin(self, aggregates: list[_Aggregate]) -> Iterator[str]:
        """Yield what stands before the loop."""
        for one in aggregates:
            if one.term[0] in ("spans", "reaching_back"):
                yield f"{one.name}_all = []"
            if one.term[0] == "least":
                yield f"{one.name}_key = None"
            if one.name in self.doubtful:
                yield f"{one.name}_maybe = None"

    def _block(
        self, rest: list[tuple[_Aggregate, tuple[Term, ...]]], first: Iterable[Term] = ()
    ) -> None:
        """Write what is done with an entry; parts of conditions that several share come once.

        The facts of the entry in ``first`` are worked out before.
        """
        self.depth += 1
        self.memos.append({})
        for fact in first:
            if fact[0] == "fact":
                self.code(fact)
        while rest:
            where = rest[0][1]
            part = next((part for part in where if self._is_definite(part)), None)
            if part is None:
                self._gather([one for one, parts in rest if parts == where], where)
                rest = [pair for pair in rest if pair[1] != where]
                continue
            opposite = ("not", part)
            taken = [(agg, parts) for agg, parts in rest if part in parts]
            others = [(agg, parts) for agg, parts in rest if opposite in parts]
            rest = [pair for pair in rest if pair not in taken and pair not in others]
            text, before = self._text(self.code(part)), self.known
            if text == "True":
                rest = [*((agg, _without(part, parts)) for agg, parts in taken), *rest]
                continue
            self._line(f"if {text}:")
            self.known = (*before, *self._told(part, holds=True))
            self._block([(agg, _without(part, parts)) for agg, parts in taken])
            if others:
                self._line("else:")
                self.known = (*before, *self._told(part, holds=False))
                self._block([(agg, _without(opposite, parts)) for agg, parts in others])
            self.known = before
        self.memos.pop()
        self.depth -= 1

    def _is_definite(self, part: Term) -> bool:
        """Say whether the truth of a part is known of every entry."""
        lines, temporary, memo = len(self.lines), self.temporary, dict(self.memos[-1])
        found = self._is_known(self.code(part))
        del self.lines[lines:]
        self.temporary, self.memos[-1] = temporary, memo
        return found

    def _gather(self, aggregates: list[_Aggregate], where: tuple[Term, ...]) -> None:
        """Write what an entry adds to aggregates, if what is left of their condition holds."""
        if not where:
            for one in aggregates:
                self._add(one)
            return
        self.doubtful.update(one.name for one in aggregates)
        truth = self._local(self._text(self.code(("and", *where) if len(where) > 1 else where[0])))
        for line, work in ((f"if {truth}:", self._add), (f"elif {truth} is None:", self._doubt)):
            self._line(line)
            self.depth += 1
            self.memos.append({})
            for one in aggregates:
                work(one)
            self.memos.pop()
            self.depth -= 1

    def _add(self, one: _Aggregate) -> None:
        name = one.name
        match one.term:
            case ("count", *_):
                self._line(f"{name} += 1")
            case ("any", *_):
                self._line(f"{name} = True")
            case ("earliest" | "latest" as which, _, day, _):
                text, sign = self._text(self.code(day)), "<" if which == "earliest" else ">"
                self._line(f"if {name} is None or {text} {sign} {name}:")
                self._line(f"    {name} = {text}")
            case ("least", _, value, key, _):
                text = self._text(self.code(key))
                self._line(f"if {name}_key is None or {text} < {name}_key:")
                self._line(f"    {name}_key = {text}")
                self._line(f"    {name} = {self._text(self.code(value))}")
            case _:
                first, last = values_gathered(one.term)
                pair = f"({self._text(self.code(first))}, {self._text(self.code(last))})"
                self._line(f"{name}_all.append({pair})")

    def _doubt(self, one: _Aggregate) -> None:
        """Write what an entry of which it is not known does."""
        name = one.name
        match one.term:
            case ("any", *_):
                self._line(f"{name} = {name} or None")
            case ("earliest" | "latest" as which, _, day, _):
                text, sign = self._text(self.code(day)), "<" if which == "earliest" else ">"
                self._line(f"if {name}_maybe is None or {text} {sign} {name}_maybe:")
                self._line(f"    {name}_maybe = {text}")
            case ("reaching_back", *_):
                self._line(f"{name}_maybe = True")
                self._add(one)
            case ("spans", *_):
                self._line("pass")
            case _:
                self._line(f"{name}_maybe = True")

    def _end(self, one: _Aggregate) -> None:
        name, doubtful = one.name, one.name in self.doubtful
        match one.term:
            case ("count" | "least", *_) if doubtful:
                self._line(f"if {name}_maybe: {name} = None")
            case ("earliest" | "latest" as which, *_) if doubtful:
                self._line(f"{name} = surely_{which}({name}, {name}_maybe)")
            case ("spans", *_):
                self._line(f"if len({name}_all) > 1: {name}_all.sort()")
                self._line(f"{name} = tuple({name}_all)")
            case ("reaching_back", _, _, _, _, gap, _):
                self._line(f"if {name}_all:")
                known = f"not {name}_maybe" if doubtful else "True"
                number = self._text(self.code(gap))
                self._line(f"    {name} = reaching_back({name}, {name}_all, {number}, {known})")


def _without(part: Term, parts: tuple[Term, ...]) -> tuple[Term, ...]:
    return tuple(one for one in parts if one != part)


def _is_static(term: Term) -> bool:
    """Say whether the value of a term is known before any claim is seen."""
    operation = term[0]
    if operation in _STATIC:
        return True
    if operation in _OF_CLAIMS:
        return False
    return all(_is_static(part) for part in term[1:] if isinstance(part, tuple))
