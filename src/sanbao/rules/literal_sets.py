"""Sets of conditions that are met, or missed, together: 条件组.

A condition that does not hold misses some of its leaves; each smallest set of leaves that would
make it hold is one way to it. How such sets join and which are smallest is the same whatever a leaf
is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

__all__ = ["joined", "smallest"]

_Literal = TypeVar("_Literal")


def joined(
    options: Iterable[Iterable[frozenset[_Literal]]],
    keep: Callable[[frozenset[_Literal]], bool] | None = None,
) -> list[frozenset[_Literal]]:
    """Return the smallest sets that hold one set of every option.

    Of the sets only those that ``keep`` says to: it keeps no set of which it does not keep a part.
    Options beyond one with which nothing is left are not looked at.

    >>> joined([[frozenset("a"), frozenset("b")], [frozenset("a")]])
    [frozenset({'a'})]
    """
    found: list[frozenset[_Literal]] = [frozenset()]
    for option in options:
        sets = tuple(option)
        if sets == _NOTHING_MORE:
            continue
        both = (one | other for one in found for other in sets)
        found = smallest(both if keep is None else filter(keep, both))
        if not found:
            break
    return found


_NOTHING_MORE: Final = (frozenset[Any](),)
"""The sets of an option that asks for nothing."""


def smallest(sets: Iterable[frozenset[_Literal]]) -> list[frozenset[_Literal]]:
    """Return the sets that hold no other one, in a stable order.

    >>> smallest([frozenset("ab"), frozenset("b")])
    [frozenset({'b'})]
    """
    found: list[frozenset[_Literal]] = []
    for one in sorted(sets, key=len):
        if not any(smaller <= one for smaller in found):
            found.append(one)
    return found
