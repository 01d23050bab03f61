"""The language in which a law says how a fact follows from a claim: 推导公式.

A formula is text, written alike in Python and in a policy file:
``first(last_exchange, purchase.invoiced_on, purchase.sold_on)``. It is read into a :data:`Term`, a
tree of plain tuples; the set of nodes is closed, and no text is run. What reads terms is apart: the
code for one claim, and what a fact rests on (:mod:`sanbao.evaluation.facts`).

Values may be not known (``None``). What is not known does not spread further than it must: of
``a and b`` one that is false is enough, of ``a if c else b`` it is enough that both are the same.

=====================================  ==========================================================
``purchase.sold_on``, ``claim.asked_on``  a field of the claim
``repair.ready_on``, ``exchange.…``    a field of one repair or exchange, inside an aggregate
``delivered``                          another fact of the law, by its name
``goods.role`` ``.faults`` ``.daily_rate``  what the catalogue says of the goods
``law.…``                              a number, day or way to count of the policy
``reading.x == 'value'``               whether a contested reading has a value; ``reading.x``: it
``papers.start``                       what the period runs from by the grade of the papers:
                                       ``'papers'``, ``'factory'``, ``'none'``
``stated(purchase.sold_on)``           the field, without a day that is only assumed
``a + 7`` ``a - b``                    days later; the days between
``first(a, b)``                        the first that is known
``min(a, b)`` ``max(a, b)``            the earlier or the later; not known if one is not
``known(a)``                           whether it is known
``a == b`` ``a in ('x', 'y')`` ``<=``  comparisons; of codes, days and numbers
``and`` ``or`` ``not``, ``a if c else b``  logic and choice
``count(repairs, where)``              how many; ``any(repairs, where)``: whether one
``earliest(repairs, day, where)``      the earliest day of those that hold; where none is known to
                                       hold, of those that may
``latest(exchanges, day, where)``      the latest day of those that hold
``least(repairs, value, key, where)``  the value of the one with the least key, of equal ones the
                                       first listed
``spans(repairs, first, after, where)``  the days that repairs take, in their order, of those that
                                       surely hold
``spans_from(spans, day)``             those that begin on a day or after it
``clipped(spans, day)``                those that end after a day, without what lies before it
``covered(spans)``                     the days that lie in any of them; ``()`` are no days
``reaching_back(repairs, day, first, last, gap, where)``  the day to which those reach back that
                                       follow one another with gaps of no more than so many days
``used_up(price, days, reading.x)``    whether a fee for so many days of use takes the whole price,
                                       rounded as a reading says
=====================================  ==========================================================

Entries whose own day or value is not known are not gathered.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sanbao.base.errors import Reason, ValidationError, suggestion
from sanbao.model.facts import FACTS

if TYPE_CHECKING:
    from sanbao.rules.provisions import Derived

__all__ = [
    "AGGREGATES",
    "CALLS",
    "COMPARISONS",
    "LISTS",
    "Term",
    "children",
    "item_path",
    "names_of",
    "parse",
    "simplified",
    "terms_of",
    "text_of",
    "values_gathered",
    "walk",
]

Term: TypeAlias = tuple[Any, ...]
"""A node: its operation, then its parts, which are terms or plain values.

``("field", path)``, ``("item", entry, field)``, ``("fact", name)``, ``("goods", name)``,
``("law", name)``, ``("reading", name, value)``, ``("chosen", reading)``, ``("start",)``,
``("value", value)``, ``("if", condition, then, otherwise)``, ``("and", …)``, ``("or", …)``,
``("not", term)``, ``("compare", sign, a, b)``, ``("in", a, codes)``, ``("add", a, b)``,
``("subtract", a, b)``, and ``(name, …)`` of :data:`CALLS`.
"""

LISTS: Final = {"repairs": "repair", "exchanges": "exchange"}
"""The lists of a claim that aggregates run over, with the name of one entry."""

AGGREGATES: Final = {
    "count": 1,
    "any": 1,
    "earliest": 2,
    "latest": 2,
    "least": 3,
    "spans": 3,
    "reaching_back": 5,
}
"""What gathers the entries of a list, with the number of its terms after the list."""

CALLS: Final = {
    **{name: number + 1 for name, number in AGGREGATES.items()},
    "first": None,
    "min": 2,
    "max": 2,
    "known": 1,
    "stated": 1,
    "spans_from": 2,
    "clipped": 2,
    "covered": 1,
    "used_up": 3,
}
"""All calls with the number of their arguments; ``None``: two or more."""

GOODS: Final = ("role", "faults", "daily_rate")
LAW: Final = (
    *("factory_days", "sound_capacity", "commencement"),
    *("period_from", "windows_stretch", "refund_price", "promised_start"),
)
"""What a formula may ask of the catalogue's line for the goods, and of the policy."""

_ATOMS: Final = frozenset(
    {"field", "item", "fact", "goods", "law", "reading", "start", "value", "chosen"}
)
_MANY: Final = {entry: many for many, entry in LISTS.items()}
_NAMED: Final = {
    "field": ("field", "item"),
    "fact": ("fact",),
    "goods": ("goods",),
    "law": ("law",),
    "reading": ("reading", "chosen"),
}
_SIGNS: Final[dict[type[ast.cmpop], str]] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
COMPARISONS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
"""What each sign compares; of columns column by column."""
_MOST: Final = 4_000
"""Longer formulas are refused."""


@lru_cache(maxsize=1024)
def parse(text: str) -> Term:
    """Return the term of a formula.

    Raises :class:`~sanbao.ValidationError` naming the part that the language does not have.

    >>> parse("first(received_on, purchase.sold_on)")
    ('first', ('fact', 'received_on'), ('field', 'purchase.sold_on'))
    """
    try:
        if len(text) > _MOST:
            raise ValueError
        tree = ast.parse(text, mode="eval").body
        return _term(tree, text)
    except ValidationError:
        raise
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        reason = Reason("policy.no_formula")
        raise ValidationError.of("by", text[:100], reason) from None


@lru_cache(maxsize=256)
def terms_of(derived: tuple[Derived, ...]) -> Mapping[str, Term]:
    """Return the term of each fact by its name; one without a formula is a field of the claim.

    Each stands after those that it rests on.
    """
    own = {one.name: parse(one.by) for one in derived}
    fields = {name: ("field", FACTS[name].paths[0]) for name in FACTS if name not in own}
    return MappingProxyType({**fields, **own})


def _term(node: ast.expr, text: str) -> Term:
    def of(part: ast.expr) -> Term:
        return _term(part, text)

    match node:
        case ast.Constant(value=value) if value is None or isinstance(value, bool | int | str):
            return ("value", value)
        case ast.Tuple(elts=[]):
            return ("value", ())
        case ast.Name(id=name):
            return ("fact", name)
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return _named(owner, name)
        case ast.UnaryOp(op=ast.Not(), operand=part):
            return ("not", of(part))
        case ast.BoolOp(op=op, values=parts):
            return ("and" if isinstance(op, ast.And) else "or", *map(of, parts))
        case ast.IfExp(test=test, body=body, orelse=other):
            return ("if", of(test), of(body), of(other))
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            return ("add" if isinstance(op, ast.Add) else "subtract", of(left), of(right))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _compared(op, left, right, of)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in CALLS:
            return _called(name, args, of)
    source = ast.get_source_segment(text, node) or text
    near = Reason()
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        near = suggestion(node.func.id, CALLS)
    raise ValidationError.of("by", source, Reason("policy.no_formula_part").then(near))


def _named(owner: str, name: str) -> Term:
    """Return the term of ``owner.name``."""
    match owner:
        case "goods" | "law":
            known = GOODS if owner == "goods" else LAW
            if name not in known:
                reason = Reason("policy.not_asked").then(suggestion(name, known))
                raise ValidationError.of("by", f"{owner}.{name}", reason)
            return (owner, name)
        case "papers":
            return ("start",)
        case "claim":
            return ("field", name)
        case "reading":
            return ("chosen", name)
        case _ if owner in LISTS.values():
            return ("item", owner, name)
        case _:
            return ("field", f"{owner}.{name}")


def _compared(
    op: ast.cmpop, left: ast.expr, right: ast.expr, of: Callable[[ast.expr], Term]
) -> Term:
    one = of(left)
    if isinstance(op, ast.In):
        match right:
            case ast.Tuple(elts=parts):
                return ("in", one, frozenset(of(part)[1] for part in parts))
            case _:
                return ("in", one, of(right))
    other = of(right)
    if one[0] == "chosen":
        return ("reading", one[1], other[1])
    return ("compare", _SIGNS[type(op)], one, other)


def _called(name: str, args: list[ast.expr], of: Callable[[ast.expr], Term]) -> Term:
    number = CALLS[name]
    if len(args) != number if number is not None else len(args) < 2:
        wanted = "two or more" if number is None else str(number)
        raise ValidationError.of(
            "by", name, Reason("policy.arguments", wanted=wanted, number=len(args))
        )
    if name in AGGREGATES:
        listed = args[0]
        if not isinstance(listed, ast.Name) or listed.id not in LISTS:
            raise ValidationError.of("by", name, Reason("policy.runs_over", known=LISTS))
        return (name, listed.id, *map(of, args[1:]))
    return (name, *map(of, args))


def text_of(term: Term) -> str:
    """Return the formula of a term, with a bracket around every part that has parts.

    >>> text_of(parse("known(delivered) and purchase.sold_on + 7 < delivered"))
    '(known(delivered) and ((purchase.sold_on + 7) < delivered))'
    """
    match term:
        case ("value", value):
            return repr(value)
        case ("field", path):
            return str(path) if "." in path else f"claim.{path}"
        case ("fact", name):
            return str(name)
        case ("goods" | "law" | "item" as owner, *names):
            return ".".join(names if owner == "item" else (owner, *names))
        case ("start",):
            return "papers.start"
        case ("chosen", name):
            return f"reading.{name}"
        case ("reading", name, value):
            return f"(reading.{name} == {value!r})"
        case ("not", part):
            return f"(not {text_of(part)})"
        case ("and" | "or" as joint, *parts):
            return f"({f' {joint} '.join(map(text_of, parts))})"
        case ("if", test, then, otherwise):
            return f"({text_of(then)} if {text_of(test)} else {text_of(otherwise)})"
        case ("add" | "subtract" as operation, one, other):
            sign = "+" if operation == "add" else "-"
            return f"({text_of(one)} {sign} {text_of(other)})"
        case ("compare", sign, one, other):
            return f"({text_of(one)} {sign} {text_of(other)})"
        case ("in", one, frozenset() as codes):
            return f"({text_of(one)} in ({', '.join(map(repr, sorted(codes)))},))"
        case ("in", one, other):
            return f"({text_of(one)} in {text_of(other)})"
        case (name, *parts):
            texts = [text_of(part) if isinstance(part, tuple) else str(part) for part in parts]
            return f"{name}({', '.join(texts)})"
    raise AssertionError(f"no formula: {term}")


def children(term: Term) -> list[Term]:
    """Return the terms that a term is made of."""
    if term[0] in _ATOMS:
        return []
    return [part for part in term[1:] if isinstance(part, tuple)]


def item_path(entry: str, name: str) -> str:
    """Return the path of a field of an entry, as the JSON contract has it.

    >>> item_path("repair", "ready_on")
    'repairs.ready_on'
    """
    return f"{_MANY[entry]}.{name}"


def values_gathered(term: Term) -> tuple[Term, ...]:
    """Return the values that an aggregate takes of each entry; where one is not known it has none.

    >>> values_gathered(parse("earliest(repairs, repair.ready_on, repair.recorded)"))
    (('item', 'repair', 'ready_on'),)
    """
    match term:
        case ("reaching_back", _, _, first, last, _, _):
            return (first, last)
        case ("count" | "any", *_):
            return ()
        case _:
            return term[2:-1]


def walk(term: Term) -> Iterator[Term]:
    """Yield a term and all those in it."""
    yield term
    for part in children(term):
        yield from walk(part)


def names_of(term: Term, operation: str) -> Iterable[str]:
    """Return the names in a term after one operation, such as ``field`` or ``reading``."""
    nodes = (node for node in walk(term) if node[0] in _NAMED[operation])
    return dict.fromkeys(item_path(*n[1:]) if n[0] == "item" else str(n[1]) for n in nodes)


_NOT_KNOWN: Final[Term] = ("value", None)


def simplified(term: Term, known: Callable[[Term], Term | None]) -> Term:
    """Return a term without what is settled before a claim is seen.

    ``known`` gives the term that stands for another one, such as ``("value", True)`` for a reading;
    ``None`` where it has none.
    """
    found = known(term)
    if found is not None:
        return found
    if term[0] in _ATOMS:
        return term
    parts = [simplified(p, known) if isinstance(p, tuple) else p for p in term[1:]]
    match term[0], parts:
        case "known", [("value", value)]:
            return ("value", value is not None)
        case "not", [("value", value)]:
            return ("value", None if value is None else not value)
        case "if", [("value", True), then, _]:
            return then
        case "if", [("value", False), _, otherwise]:
            return otherwise
        case "if", [_, then, otherwise] if then == otherwise:
            return then
        case "and" | "or" as operation, _:
            return _joined(operation, parts)
        case "first", _:
            return _first(parts)
        case "covered", [("value", ())]:
            return ("value", 0)
        case "spans_from" | "clipped", [("value", ()) as nothing, _]:
            return nothing
        case "used_up", _:
            return (term[0], *parts)
        case operation, _ if operation not in AGGREGATES and _NOT_KNOWN in parts:
            return _NOT_KNOWN if operation != "if" else (operation, *parts)
        case _:
            return (term[0], *parts)


def _joined(operation: str, parts: list[Term]) -> Term:
    decisive = ("value", operation == "or")
    if decisive in parts:
        return decisive
    left = [part for part in parts if part != ("value", operation == "and")]
    if len(left) < 2:
        return left[0] if left else ("value", operation == "and")
    return (operation, *left)


def _first(parts: list[Term]) -> Term:
    left: list[Term] = []
    for part in parts:
        if part != _NOT_KNOWN:
            left.append(part)
        if part[0] == "value" and part != _NOT_KNOWN:
            break
    if len(left) < 2:
        return left[0] if left else _NOT_KNOWN
    return ("first", *left)
