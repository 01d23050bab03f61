"""What the facts of a law rest on, read off their formulas: 事实的依据.

Which readings could change a fact, which fields it comes from: nothing of this is stated anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from sanbao.model.facts import FACTS
from sanbao.rules.formulas import AGGREGATES, Term, names_of, parse, terms_of, walk
from sanbao.rules.provisions import Derived

__all__ = ["codes_named", "facts_changed", "gaps", "rests_on", "stated_facts"]

_ITSELF: Final = "fact"


@lru_cache(maxsize=64)
def rests_on(derived: tuple[Derived, ...], operation: str) -> Mapping[str, frozenset[str]]:
    """Return for each fact the names that its formula rests on, those of other facts too.

    ``operation`` is the kind of name: ``reading``, ``field``, or another of
    :data:`~sanbao.rules.formulas.Term`.
    """
    found: dict[str, frozenset[str]] = {}
    for fact, term in terms_of(derived).items():
        names = frozenset(names_of(term, operation))
        found[fact] = names.union(*(found[name] for name in names_of(term, _ITSELF)))
    return found


@lru_cache(maxsize=64)
def facts_changed(derived: tuple[Derived, ...]) -> Mapping[str, frozenset[str]]:
    """Return the facts that each reading changes, for every reading that changes any."""
    found: dict[str, set[str]] = {}
    for fact, readings in rests_on(derived, "reading").items():
        for reading in readings:
            found.setdefault(reading, set()).add(fact)
    return {reading: frozenset(facts) for reading, facts in found.items()}


@lru_cache(maxsize=64)
def codes_named(derived: tuple[Derived, ...], *facts: str) -> frozenset[str]:
    """Return the codes that the formulas name, or those of the facts called so."""
    return frozenset(
        code
        for one in derived
        if not facts or one.name in facts
        for node in walk(parse(one.by))
        for code in _codes(node)
    )


def _codes(node: Term) -> frozenset[str]:
    match node:
        case ("in", _, frozenset() as codes):
            return codes
        case ("compare", _, ("field" | "item" | "fact", *_), ("value", str(code))):
            return frozenset({code})
        case _:
            return frozenset()


@lru_cache(maxsize=64)
def gaps(derived: tuple[Derived, ...]) -> frozenset[int]:
    """Return the days that may lie between repairs of one fault that reach back together."""
    return frozenset(
        node[-2][1] for one in derived for node in walk(parse(one.by)) if node[0] == "reaching_back"
    )


@lru_cache(maxsize=64)
def stated_facts(derived: tuple[Derived, ...]) -> frozenset[str]:
    """Return the facts that no reading changes and that take no entry of a list to know."""
    readings = rests_on(derived, "reading")
    gathered = {
        one.name for one in derived if any(node[0] in AGGREGATES for node in walk(parse(one.by)))
    }
    facts = rests_on(derived, "fact")
    papers = {one.name for one in derived if ("start",) in walk(parse(one.by))}
    return frozenset(
        name
        for name in FACTS
        if not readings[name] and not (facts[name] | {name}) & (gathered | papers)
    )
