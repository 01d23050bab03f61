"""What a file opens without an end when it lifts a bar: 解除障碍后无期限的权利.

The bar of art. 24(1) ends most rights with the period; few have a last day of their own. Who
lifts it to promise a longer repair opens every exchange and refund as well that it alone ended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Final, TypeAlias

from sanbao.model.facts import FACTS
from sanbao.model.readings import DEFAULT_READINGS
from sanbao.rules.conditions import (
    Compare,
    Condition,
    Elapsed,
    Leaf,
    Listed,
    OneOf,
    Owed,
    Period,
    Under,
    Window,
    evaluate,
    leaves,
)
from sanbao.rules.policy import Bar, Policy, Right, carrying

__all__ = ["opened"]

_PAPERS: Final[Mapping[str, tuple[object, ...]]] = {
    "role": ("main_unit", "accessory"),
    "invoice": FACTS["invoice"].codes,
    "voucher": FACTS["voucher"].codes,
    "factory_dated": (True, False),
}
"""What says which grade the papers make, with all that each can be."""

Known: TypeAlias = Mapping[str, object]


def opened(policy: Policy, law: Policy) -> dict[str, tuple[Right, ...]]:
    """Return by bar of ``law`` the rights that ``policy`` lifts it for and that no day ends.

    A bar that ends the period is lifted for every right where its condition is relaxed, and for a
    right that is ``despite`` it. Left out are bars that the law lifts itself, and rights with a
    period, a window or another last day of their own.
    """
    found = {}
    for bar in law.bars:
        if any(isinstance(leaf, Period) for leaf in leaves(bar.when)):
            endless = tuple(_opened(policy, law, bar))
            if endless:
                found[bar.id] = endless
    return found


def _opened(policy: Policy, law: Policy, bar: Bar) -> Iterator[Right]:
    own = next((one.when for one in policy.bars if one.id == bar.id), None)
    before = {right.id for right in law.rights if bar.id in right.despite}
    freed = [right for right in policy.rights if bar.id in right.despite and right.id not in before]
    touched = [right for right in policy.rights if bar.id not in right.despite]
    relaxed = own != bar.when
    if not freed and not relaxed:
        return
    periods = frozenset(leaf for leaf in leaves(bar.when) if isinstance(leaf, Period))
    endless: set[str] = set()
    for values in product(*_PAPERS.values()):
        known = dict(zip(_PAPERS, values, strict=True))
        if _stands(bar.when, periods, known) is True:
            lifted = relaxed and (own is None or _stands(own, periods, known) is not True)
            endless |= _endless(
                policy, {*map(_id, freed), *map(_id, touched if lifted else ())}, known
            )
    yield from (right for right in policy.rights if right.id in endless)


def _id(right: Right) -> str:
    return right.id


def _endless(policy: Policy, free: set[str], known: Known) -> set[str]:
    """Return the rights among ``free`` that these papers carry and that no day ends."""
    found: set[str] = set()

    def value_of(leaf: Leaf) -> bool | None:
        if isinstance(leaf, Period | Window | Elapsed):  # all of them long over
            return False
        if isinstance(leaf, Owed):
            return None if found.intersection(leaf.rules) else False
        return _said(leaf, known)

    for right in policy.rights:
        if right.id in free:
            carried = evaluate(carrying(policy, right), value_of)
            if carried is not False and evaluate(right.when, value_of) is not False:
                found.add(right.id)
    return found


def _stands(condition: Condition, periods: frozenset[Leaf], known: Known) -> bool | None:
    """True if a bar still holds once these periods are over; others may still run."""
    return evaluate(condition, lambda leaf: False if leaf in periods else _said(leaf, known))


def _said(leaf: Leaf, known: Known) -> bool | None:
    """Return the truth of a leaf where only the papers and that the goods are listed are known."""
    match leaf:
        case Listed(column="kind"):
            return True
        case Under(reading=reading, value=value):
            return bool(getattr(DEFAULT_READINGS, reading) == value)
        case Compare(fact=fact, value=value) if fact in known:
            return known[fact] == value
        case OneOf(fact=fact, values=values) if fact in known:
            return known[fact] in values
        case _:
            return None
