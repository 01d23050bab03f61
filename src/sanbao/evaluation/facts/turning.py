"""Where a reading could change a fact, read off the formulas: 解释可能改变事实之处.

Nobody states for which claims a reading may matter. Each formula says where its value could be
another one if a reading were: a choice that a reading makes matters where its two ways differ, a
part of a condition where no other part settles it, a repair where it could be counted at all. What
comes of it is a formula again, one for each reading, which claims and tables read like any other.

It holds of more claims rather than fewer: whatever the other readings are, and whatever a claim may
come to be where cases settle what it does not state.

A program that starts for one claim would spend more on this than on the claim. What it comes to for
the laws that ship is laid down in :mod:`sanbao.evaluation.facts.turned`, under the formulas it was
read off; of any other law, and of one that was amended since, it is read off when asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple

from sanbao.base.records import digest
from sanbao.evaluation.facts.dependencies import rests_on
from sanbao.evaluation.facts.turned import TURNED
from sanbao.model.facts import FACTS
from sanbao.model.fields import FIELDS
from sanbao.model.readings import Declared, reading_values
from sanbao.rules.formulas import (
    AGGREGATES,
    COMPARISONS,
    Term,
    children,
    item_path,
    names_of,
    parse,
    simplified,
    text_of,
    values_gathered,
)
from sanbao.rules.policy import Policy
from sanbao.rules.provisions import Counting, Derived

__all__ = ["key_of", "read_off", "turning"]

_NEVER: Final[Term] = ("value", False)
_ALWAYS: Final[Term] = ("value", True)
_MOST_WAYS: Final = 64
"""Where other readings have more ways than this to give two values, the two may differ."""
_SPANS: Final = frozenset({"spans", "spans_from", "clipped"})
_PRICE: Final = ("refund_price", "battery_apart")
_FEE: Final = parse("fee_is_due and used_up(refund_price, used_days, reading.rounding)")
"""What the fee for the days of use is reckoned of."""
_CALLING: Final = frozenset({"known", "first", "stated", "earliest", "latest", "least"})
"""What may have a value though something that it rests on is not known."""
_DATED: Final = frozenset({"earliest", "latest", "least"})


class _Given(NamedTuple):
    """What of a policy says where readings turn its formulas."""

    derived: tuple[Derived, ...]
    counting: Counting
    promised: str | None
    declared: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def by(cls, policy: Policy) -> _Given:
        """Return what ``policy`` gives."""
        declared = tuple(policy.declared.items())
        return cls(policy.derived, policy.counting, policy.period_from, declared)

    @property
    def law(self) -> Mapping[str, object]:
        """How the policy counts, by the names that formulas have for it."""
        law = {one.name: getattr(self.counting, one.name) for one in fields(Counting)}
        return {**law, "promised_start": self.promised or "none"}

    @property
    def values(self) -> Declared:
        """The values of every reading."""
        return {**reading_values(), **dict(self.declared)}


def turning(policy: Policy) -> Mapping[str, Derived]:
    """Return of each reading where it could change a fact or the money, as a fact of its own.

    It is not false wherever one of them could be another under another value of the reading.
    """
    return _turning(_Given.by(policy))


@lru_cache(maxsize=64)
def _turning(given: _Given) -> Mapping[str, Derived]:
    laid_down = TURNED.get(_key(given))
    formulas = _read_off(given) if laid_down is None else laid_down
    return {
        reading: Derived(f"turns_{reading}", "yes/no", by, ()) for reading, by in formulas.items()
    }


def key_of(policy: Policy) -> str:
    """Return the key in :data:`~sanbao.evaluation.facts.turned.TURNED` of a policy."""
    return _key(_Given.by(policy))


def _key(given: _Given) -> str:
    """Return what tells apart policies whose formulas readings could turn in other places."""
    formulas = [(one.name, one.of, one.by) for one in given.derived]
    return digest(repr((formulas, given.law, given.values)))


def read_off(policy: Policy) -> Mapping[str, str]:
    """Return the formulas of :func:`turning` by reading, read off those of the policy."""
    return _read_off(_Given.by(policy))


def _read_off(given: _Given) -> Mapping[str, str]:
    search = _search(given)
    found = {name: search.of_any(name) for name in sorted(search.all_readings())}
    return {reading: text_of(term) for reading, term in found.items() if term != _NEVER}


@lru_cache(maxsize=64)
def _search(given: _Given) -> _Turning:
    return _Turning(given)


@lru_cache(maxsize=256)
def price_readings(policy: Policy, *, fee: bool = True) -> frozenset[str]:
    """Return the readings that change what is paid back by a right, with or without a fee."""
    terms = [("fact", name) for name in _PRICE] + [_FEE] * fee
    search = _search(_Given.by(policy))
    return frozenset().union(*map(search.readings, terms))


def asks_use(policy: Policy) -> bool:
    """Say whether it hangs on use whether a fee is due."""
    return "product.used" in rests_on(policy.derived, "field").get("fee_is_due", ())


class _Turning:
    """The formulas of a policy, and where readings turn them."""

    def __init__(self, given: _Given) -> None:
        derived, law, self.values = given.derived, given.law, given.values
        self.terms: dict[str, Term] = {name: ("field", one.paths[0]) for name, one in FACTS.items()}

        def settled(term: Term) -> Term | None:
            match term:
                case ("compare", sign, ("law", name), ("value", value)) if name in law:
                    return ("value", COMPARISONS[sign](law[name], value))
                case ("law", name) if name in law:
                    return ("value", law[name])
                case _:
                    return None

        for one in derived:
            self.terms[one.name] = simplified(parse(one.by), settled)
        own = {one.name for one in derived if one.of == "claim"}
        self.asked: list[Term] = [("fact", name) for name in FACTS if name in own]
        if own.issuperset(names_of(_FEE, "fact")):
            self.asked += [*(("fact", name) for name in _PRICE), _FEE]
        self._inner: dict[Term, dict[Term, None]] = {}
        self._turns: dict[tuple[str, str], Term] = {}
        self._may: dict[tuple[str, str, bool], Term] = {}
        self._differing: dict[tuple[Term, Term], Term] = {}
        self._names: dict[tuple[Term, str], frozenset[str]] = {}

    # --- what a term hangs on -----------------------------------------------------------------

    def names(self, term: Term, operation: str) -> frozenset[str]:
        """Return the readings or fields that a term hangs on, through facts too."""
        key = (term, operation)
        found = self._names.get(key)
        if found is None:
            inner = [self.terms[term[1]]] if term[0] == "fact" else children(term)
            found = frozenset(() if inner else names_of(term, operation))
            found = self._names[key] = found.union(*(self.names(one, operation) for one in inner))
        return found

    def readings(self, term: Term) -> frozenset[str]:
        """Return the readings that a term hangs on."""
        return self.names(term, "reading")

    def all_readings(self) -> frozenset[str]:
        """Return the readings that any fact hangs on."""
        return frozenset().union(*map(self.readings, self.asked))

    def _open(self, term: Term) -> list[str]:
        """Return the fields that a term hangs on which cases settle where they are not stated."""
        fields = self.names(term, "field")
        return sorted(path for path in fields if FIELDS[path].settled != "never")

    def _is_plain(self, term: Term) -> bool:
        """Say whether a term hangs on no reading, and on nothing that cases settle."""
        return not self.readings(term) and not self._open(term)

    # --- where a reading turns a term ---------------------------------------------------------

    def of_any(self, reading: str) -> Term:
        """Return where a reading could change any of the facts, or the money."""
        return _either(self.turns(term, reading) for term in self.asked)

    def turns(self, term: Term, reading: str) -> Term:
        """Return where a term could have another value under another value of a reading."""
        if reading not in self.readings(term):
            return _NEVER
        match term:
            case ("reading" | "chosen", *_):
                return _ALWAYS
            case ("fact", name):
                key = (name, reading)
                if key not in self._turns:
                    self._turns[key] = self.turns(self.terms[name], reading)
                return self._turns[key]
            case ("if", test, then, otherwise):
                here = _both((self.turns(test, reading), self._differ(then, otherwise)))
                one = _both((self.may(test, True), self.turns(then, reading)))
                return _either(
                    (here, one, _both((self.may(test, False), self.turns(otherwise, reading))))
                )
            case ("and" | "or" as joint, *parts):
                return self._joint(parts, reading, joint == "and")
            case ("first", one, *others):
                rest = others[0] if len(others) == 1 else ("first", *others)
                lacking = _both((self.may_be_known(one, False), self.turns(rest, reading)))
                return _either((self.turns(one, reading), lacking))
            case (name, listed, *values, where) if name in AGGREGATES:
                of_claim = [one for one in values if not _is_of_entry(one, self.terms)]
                inside = _either(self.turns(one, reading) for one in values if one not in of_claim)
                entry = _either(
                    (self.turns(where, reading), _both((self.may(where, True), inside)))
                )
                outside = (self.turns(one, reading) for one in of_claim)
                return _either((*outside, self._any(listed, entry)))
            case _:
                return _either(self.turns(part, reading) for part in children(term))

    def _joint(self, parts: Sequence[Term], reading: str, wanted: bool) -> Term:
        """Return where one part could turn and no other settles the whole."""
        return _either(
            _both(
                (self.turns(part, reading), *(self.may(x, wanted) for x in parts if x is not part))
            )
            for part in parts
        )

    def _differ(self, one: Term, other: Term) -> Term:
        """Return where two terms could have different values, whatever the readings are."""
        if one == other:
            return _NEVER
        found = self._differing.get((one, other))
        if found is None:
            found = self._differing[one, other] = self._found_to_differ(one, other)
        return found

    def _found_to_differ(self, one: Term, other: Term) -> Term:
        for back in (node for x in (one, other) for node in self._closure(x)):
            if back[0] == "reaching_back":  # nothing is reached where no entry may hold
                one, other = (self._without(x, back) for x in (one, other))
                reached = self._any(back[1], self.may(back[-1], True))
                return _either((reached, self._differ(one, other)))
        readings = sorted(self.readings(one) | self.readings(other))
        if readings:
            ways = [*product(*(self.values[name] for name in readings))]
            if len(ways) > _MOST_WAYS:
                return _ALWAYS
            chosen = (dict(zip(readings, way, strict=True)) for way in ways)
            return _either(
                self._differ(*(self._under(x, way) for x in (one, other))) for way in chosen
            )
        return self._settled_differ(one, other)

    def _settled_differ(self, one: Term, other: Term) -> Term:
        """Return where two terms that hang on no reading could have different values."""
        match one, other:
            case ("value", _), ("value", _):
                return _ALWAYS
            case (("add", x, ("value", _) as a), ("add", y, ("value", _) as b)) if a == b:
                return self._differ(x, y)
            case (("if", test, then, otherwise), to) | (to, ("if", test, then, otherwise)):
                either = ((True, then), (False, otherwise))
                return _either(
                    _both((self.may(test, is_), self._differ(x, to))) for is_, x in either
                )
            case (("value", ()), spans) | (spans, ("value", ())):
                return self._may_be_days(spans)
            case (("value", None), value) | (value, ("value", None)):
                return self.may_be_known(value, True)
            case ("min" | "max", a, b), to if to in (a, b):
                return self._differ(a, b)
            case to, ("min" | "max", a, b) if to in (a, b):
                return self._differ(a, b)
            case _ if self._firsts(one)[-1] == self._firsts(other)[-1]:
                ways = [[*self._firsts(one)], [*self._firsts(other)]]
                while all(ways) and ways[0][-1] == ways[1][-1]:
                    ways = [way[:-1] for way in ways]
                before = _either(self.may_be_known(part, True) for way in ways for part in way)
                return _both(
                    (before, self._leaf(("compare", "!=", *sorted((one, other), key=text_of))))
                )
            case _ if any(
                node[0] in _SPANS for term in (one, other) for node in self._closure(term)
            ):
                return _ALWAYS
            case _:
                known = _either((self.may_be_known(one, True), self.may_be_known(other, True)))
                return _both(
                    (known, self._leaf(("compare", "!=", *sorted((one, other), key=text_of))))
                )

    def _firsts(self, term: Term) -> tuple[Term, ...]:
        """Return the terms of which a term is the first that is known."""
        match term:
            case ("fact", name) if self.terms[name][0] == "first":
                return self._firsts(self.terms[name])
            case ("first", *parts):
                return (*parts[:-1], *self._firsts(parts[-1]))
            case _:
                return (term,)

    def _closure(self, term: Term) -> dict[Term, None]:
        """Return a term and all that it hangs on, but for the names of facts."""
        found = self._inner.get(term)
        if found is None:
            found = {} if term[0] == "fact" else {term: None}
            for part in [self.terms[term[1]]] if term[0] == "fact" else children(term):
                found |= self._closure(part)
            self._inner[term] = found
        return found

    def _without(self, term: Term, back: Term) -> Term:
        """Return a term for claims of which no entry reaches back."""

        def known(part: Term) -> Term | None:
            if part == back:
                return part[2]  # type: ignore[no-any-return]
            if part[0] == "fact" and back in self._closure(part):
                return simplified(self.terms[part[1]], known)
            return None

        return simplified(term, known)

    def _under(self, term: Term, chosen: Mapping[str, str]) -> Term:
        """Return a term under a value of each reading it hangs on."""

        def known(part: Term) -> Term | None:
            match part:
                case ("reading", name, value):
                    return ("value", chosen[name] == value)
                case ("chosen", name):
                    return ("value", chosen[name])
                case ("fact", name) if self.readings(part):
                    return simplified(self.terms[name], known)
                case _:
                    return None

        return simplified(term, known)

    def _may_be_days(self, spans: Term) -> Term:
        """Return where days may be any at all."""
        match spans:
            case ("fact", name):
                return self._may_be_days(self.terms[name])
            case ("spans", listed, _, _, where):
                return self._any(listed, self.may(where, True))
            case ("spans_from" | "clipped", inner, _):
                return self._may_be_days(inner)
            case _:
                return _ALWAYS

    # --- what may be --------------------------------------------------------------------------

    def may(self, term: Term, wanted: bool) -> Term:
        """Return where a condition may be ``wanted``, under any readings and in any case."""
        match term:
            case ("value", value):
                return ("value", value is None or value is wanted)
            case ("not", part):
                return self.may(part, not wanted)
            case ("and" | "or" as joint, *parts):
                join = _both if (joint == "and") is wanted else _either
                return join(self.may(part, wanted) for part in parts)
            case ("known", part):
                return self.may_be_known(part, wanted)
            case ("fact", name) if not self._is_plain(term):
                return self._of_fact(self.may, name, wanted)
            case ("if", *parts):
                return self._may_choose(self.may, parts, wanted)
            case ("any", listed, where) if wanted:
                return self._any(listed, self.may(where, True))
            case _:
                return self._leaf(term if wanted else ("not", term))

    def may_be_known(self, term: Term, wanted: bool) -> Term:
        """Return where it may be that the value of a term is known, or is not."""
        match term:
            case ("value", value):
                return ("value", (value is not None) is wanted)
            case ("field" | "item", *_) if _is_always_known(term):
                return ("value", wanted)
            case ("field", _) if self._open(term):
                return _ALWAYS if wanted else ("not", ("known", term))
            case ("first", *parts):
                join = _either if wanted else _both
                return join(self.may_be_known(part, wanted) for part in parts)
            case ("if", *parts):
                return self._may_choose(self.may_be_known, parts, wanted)
            case ("fact", name) if not self._is_plain(term):
                return self._of_fact(self.may_be_known, name, wanted)
            case (name, listed, *_, where) if name in _DATED:
                gathered = [("known", one) for one in values_gathered(term)]
                return self._may_be_gathered(listed, ("and", *gathered, where), wanted)
            case _ if self._is_plain(term):
                return ("known", term) if wanted else ("not", ("known", term))
            case ("add" | "subtract" | "min" | "max", *parts):
                join = _both if wanted else _either
                return join(self.may_be_known(part, wanted) for part in parts)
            case _:
                return _ALWAYS

    def _of_fact(self, may: Callable[[Term, bool], Term], name: str, wanted: bool) -> Term:
        """Return what ``may`` says of a fact's formula; each is asked often, and kept."""
        key = (may.__name__, name, wanted)
        found = self._may.get(key)
        if found is None:
            found = self._may[key] = may(self.terms[name], wanted)
        return found

    def _may_choose(
        self, may: Callable[[Term, bool], Term], parts: Sequence[Term], wanted: bool
    ) -> Term:
        test, then, otherwise = parts
        here = _both((self.may(test, True), may(then, wanted)))
        return _either((here, _both((self.may(test, False), may(otherwise, wanted)))))

    def _may_be_gathered(self, listed: str, where: Term, wanted: bool) -> Term:
        """Return where entries that hold may be there, or where none may."""
        if wanted:
            return self._any(listed, self.may(where, True))
        return _not(self._any(listed, _not(self.may(where, False))))

    def _any(self, listed: str, where: Term) -> Term:
        """Return whether an entry meets a condition; what is asked of the claim stands outside."""
        parts = _flat("and", [where])
        of_claim = [part for part in parts if not _is_of_entry(part, self.terms)]
        inside = _both(part for part in parts if part not in of_claim)
        return _both((*of_claim, _NEVER if inside == _NEVER else ("any", listed, inside)))

    def _leaf(self, term: Term) -> Term:
        """Return a condition that holds too where what cases settle is not stated."""
        if self.readings(term):
            return _ALWAYS
        if not any(node[0] in _CALLING for node in self._closure(term)):
            return term  # not known itself where they are not
        fields = (("field", path) for path in self._open(term))
        return _either((*(("not", ("known", one)) for one in fields), term))


# --- joining ----------------------------------------------------------------------------------


def _both(terms: Iterable[Term]) -> Term:
    parts = _flat("and", terms)
    if _NEVER in parts:
        return _NEVER
    left = [part for part in parts if part != _ALWAYS]
    return ("and", *left) if len(left) > 1 else left[0] if left else _ALWAYS


def _either(terms: Iterable[Term]) -> Term:
    """Return where one of the conditions holds, without those that hold only where another does."""
    parts = _flat("or", terms)
    if _ALWAYS in parts:
        return _ALWAYS
    left = [part for part in parts if part != _NEVER]
    left = [part for part in left if not _is_told(part, left)]
    return ("or", *left) if len(left) > 1 else left[0] if left else _NEVER


def _flat(joint: str, terms: Iterable[Term]) -> list[Term]:
    parts = [part for one in terms for part in (one[1:] if one[0] == joint else (one,))]
    return list(dict.fromkeys(parts))


def _joints(term: Term) -> frozenset[Term]:
    return frozenset(term[1:] if term[0] == "and" else (term,))


def _is_told(term: Term, others: Sequence[Term]) -> bool:
    """Say whether a condition holds only where another one does."""
    parts = _joints(term)
    return any(
        all(
            _joints(one) < parts | {one} and one in others and one != term
            for one in _flat("or", [part])
        )
        for part in parts
    ) or any(other != term and _joints(other) < parts for other in others)


def _not(term: Term) -> Term:
    match term:
        case ("value", bool(value)):
            return ("value", not value)
        case ("not", part):
            return part  # type: ignore[no-any-return]
        case _:
            return ("not", term)


def _is_always_known(term: Term) -> bool:
    field = FIELDS[term[1] if term[0] == "field" else item_path(*term[1:])]
    return field.required or field.default is not None


def _is_of_entry(term: Term, terms: Mapping[str, Term]) -> bool:
    """Say whether a term asks for anything of an entry of a list."""
    if term[0] in AGGREGATES:
        return False
    inner = [terms[term[1]]] if term[0] == "fact" else children(term)
    return term[0] == "item" or any(_is_of_entry(part, terms) for part in inner)
