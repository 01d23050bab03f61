"""Sets of cells as multi-valued decision diagrams: 判定图.

The upper levels branch on small variables (papers, cause, …); a leaf is a bit set, with one bit
for each history of dates that can occur. Nodes are interned: equal sets have the same number, and
every operation on two sets is done once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import and_, or_
from typing import Any, Final, TypeAlias

__all__ = ["Cell", "Cells", "DecisionDiagrams", "spread"]

Cells: TypeAlias = int
"""A set of cells: the number of a node. Equal sets have equal numbers."""

Cell: TypeAlias = tuple[tuple[int, ...], int]
"""One cell: a value for every variable, and the place of a bit."""

_BOTTOM: Final = 1 << 30


class DecisionDiagrams:
    """The sets of cells over variables of these ``sizes`` and the bits of ``universe``.

    Bits that are not in ``universe`` stand for histories that cannot occur; no set holds
    them.
    """

    def __init__(self, sizes: Sequence[int], universe: int) -> None:
        self.sizes: Final = tuple(sizes)
        self.universe: Final = universe
        self._level: list[int] = []
        self._below: list[tuple[int, ...]] = []
        self._bits: list[int] = []
        self._node: dict[tuple[int, tuple[int, ...]], int] = {}
        self._leaf: dict[int, int] = {}
        self._intersections: dict[tuple[int, int], int] = {}
        self._unions: dict[tuple[int, int], int] = {}
        self._complements: dict[int, int] = {}
        self._sizes: dict[int, int] = {}
        self.none: Final = self.of_bits(0)
        self.all: Final = self.of_bits(universe)

    # --- making sets -------------------------------------------------------------------

    def of_bits(self, bits: int) -> Cells:
        """Return the cells whose history is one of ``bits``."""
        bits &= self.universe
        found = self._leaf.get(bits)
        if found is None:
            found = self._leaf[bits] = self._new(_BOTTOM, (), bits)
        return found

    def where(self, level: int, values: Iterable[int]) -> Cells:
        """Return the cells in which the variable at ``level`` has one of ``values``."""
        chosen = set(values)
        below = [self.all if value in chosen else self.none for value in range(self.sizes[level])]
        return self._joined(level, tuple(below))

    def _new(self, level: int, below: tuple[int, ...], bits: int) -> int:
        self._level.append(level)
        self._below.append(below)
        self._bits.append(bits)
        return len(self._level) - 1

    def _joined(self, level: int, below: tuple[int, ...]) -> int:
        first = below[0]
        if below.count(first) == len(below):
            return first
        found = self._node.get((level, below))
        if found is None:
            found = self._node[level, below] = self._new(level, below, 0)
        return found

    # --- temporary sets ---------------------------------------------------

    def made(self) -> tuple[int, ...]:
        """Return how much is known by now, for :meth:`forget`."""
        return tuple(map(len, self._tables))

    def forget(self, made: tuple[int, ...]) -> None:
        """Forget all sets made since so much was known: nobody may look at one again."""
        for table, known in zip(self._tables, made, strict=True):
            if isinstance(table, list):
                del table[known:]
            else:  # what was put in last comes out first
                for _ in range(len(table) - known):
                    table.popitem()

    @property
    def _tables(self) -> tuple[list[Any] | dict[Any, Any], ...]:
        known = (self._intersections, self._unions, self._complements, self._sizes)
        return self._level, self._below, self._bits, self._node, self._leaf, *known

    # --- joining sets ----------------------------------------------------------------------

    def intersection(self, one: Cells, other: Cells) -> Cells:
        """Return the cells that lie in both."""
        if other in (one, self.all):
            return one
        if one == self.all:
            return other
        if self.none in (one, other):
            return self.none
        key = (one, other) if one < other else (other, one)
        found = self._intersections.get(key)
        if found is None:
            found = self._intersections[key] = self._pairwise(self.intersection, and_, one, other)
        return found

    def _pairwise(
        self,
        join: Callable[[Cells, Cells], Cells],
        join_bits: Callable[[int, int], int],
        one: Cells,
        other: Cells,
    ) -> Cells:
        """Return two sets joined by what lies below them, or by their bits."""
        level, of_one, of_other = self._side_by_side(one, other)
        if level == _BOTTOM:
            return self.of_bits(join_bits(self._bits[one], self._bits[other]))
        return self._joined(level, tuple(map(join, of_one, of_other)))

    def _side_by_side(self, one: int, other: int) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
        """Return the level on which one of two sets branches first, and what lies below both."""
        upper, lower = self._level[one], self._level[other]
        level = min(upper, lower)
        if level == _BOTTOM:
            return level, (), ()
        return (
            level,
            self._below[one] if upper == level else (one,) * self.sizes[level],
            self._below[other] if lower == level else (other,) * self.sizes[level],
        )

    def complement(self, one: Cells) -> Cells:
        """Return the cells that do not lie in ``one``."""
        found = self._complements.get(one)
        if found is None:
            if self._level[one] == _BOTTOM:
                found = self.of_bits(self.universe & ~self._bits[one])
            else:
                below = tuple(self.complement(part) for part in self._below[one])
                found = self._joined(self._level[one], below)
            self._complements[one] = found
            self._complements[found] = one
        return found

    def union(self, one: Cells, other: Cells) -> Cells:
        """Return the cells that lie in at least one."""
        if other in (one, self.none):
            return one
        if one == self.none:
            return other
        if self.all in (one, other):
            return self.all
        key = (one, other) if one < other else (other, one)
        found = self._unions.get(key)
        if found is None:
            found = self._unions[key] = self._pairwise(self.union, or_, one, other)
        return found

    def difference(self, one: Cells, other: Cells) -> Cells:
        """Return the cells of ``one`` that do not lie in ``other``."""
        return self.intersection(one, self.complement(other))

    def intersects(self, one: Cells, other: Cells) -> bool:
        """Say whether any cell lies in both; no set is made of them."""
        return self._intersects(one, other, set())

    def _intersects(self, one: int, other: int, apart: set[tuple[int, int]]) -> bool:
        if self.none in (one, other):
            return False
        if other in (one, self.all) or one == self.all:
            return True
        key = (one, other) if one < other else (other, one)
        if key in apart:
            return False
        level, of_one, of_other = self._side_by_side(one, other)
        if level == _BOTTOM:
            met = bool(self._bits[one] & self._bits[other])
        else:
            met = any(self._intersects(*pair, apart) for pair in zip(of_one, of_other, strict=True))
        if not met:
            apart.add(key)
        return met

    def all_of(self, sets: Iterable[Cells]) -> Cells:
        """Return the cells that lie in every one of ``sets``."""
        met = self.all
        for one in sets:
            met = self.intersection(met, one)
        return met

    def any_of(self, sets: Iterable[Cells]) -> Cells:
        """Return the cells that lie in at least one of ``sets``."""
        joint = self.none
        for one in sets:
            joint = self.union(joint, one)
        return joint

    # --- other cells instead ----------------------------------------------------------------

    def substitute(self, cells: Cells, level: int, value: int, instead: int) -> Cells:
        """Return the cells with ``instead`` for whose like with ``value`` lies in ``cells``.

        Both are values of the variable at ``level``.
        """
        return self.intersection(self._with(cells, level, value, {}), self.where(level, (instead,)))

    def _with(self, cells: int, level: int, value: int, known: dict[int, int]) -> int:
        own = self._level[cells]
        if own > level:
            return cells
        if own == level:
            return self._below[cells][value]
        if cells not in known:
            below = tuple(self._with(part, level, value, known) for part in self._below[cells])
            known[cells] = self._joined(own, below)
        return known[cells]

    def shift(self, cells: Cells, bits: int, by: int) -> Cells:
        """Return the cells whose history is one of ``bits``, ``by`` places further on."""
        known: dict[int, int] = {}

        def further(node: int) -> int:
            if node not in known:
                if self._level[node] == _BOTTOM:
                    own = self._bits[node] & bits
                    known[node] = self.of_bits(own << by if by >= 0 else own >> -by)
                else:
                    below = tuple(further(part) for part in self._below[node])
                    known[node] = self._joined(self._level[node], below)
            return known[node]

        return further(cells)

    # --- looking at a set --------------------------------------------------------------------

    def count(self, cells: Cells) -> int:
        """Return how many cells there are."""
        return self._count(cells, 0)

    def _count(self, cells: int, level: int) -> int:
        own = min(self._level[cells], len(self.sizes))
        times = 1
        for size in self.sizes[level:own]:
            times *= size
        found = self._sizes.get(cells)
        if found is None:
            if self._level[cells] == _BOTTOM:
                found = self._bits[cells].bit_count()
            else:
                found = sum(self._count(part, own + 1) for part in self._below[cells])
            self._sizes[cells] = found
        return times * found

    def simplest(self, cells: Cells) -> Cell:
        """Return the simplest cell of a set that holds one.

        Values are simpler the smaller they are; what departs from the first value in the
        fewest variables comes first, and among these the lowest bit.
        """
        best: dict[int, tuple[int, int, tuple[tuple[int, int], ...]]] = {}

        def found(node: int) -> tuple[int, int, tuple[tuple[int, int], ...]]:
            if node not in best:
                level = self._level[node]
                if level == _BOTTOM:
                    bits = self._bits[node]
                    best[node] = (0, (bits & -bits).bit_length() - 1, ())
                else:
                    best[node] = min(
                        (value + below[0], below[1], ((level, value), *below[2]))
                        for value, part in enumerate(self._below[node])
                        if part != self.none
                        for below in (found(part),)
                    )
            return best[node]

        _, bit, chosen = found(cells)
        values = dict(chosen)
        return tuple(values.get(level, 0) for level in range(len(self.sizes))), bit

    def holds(self, cells: Cells, cell: Cell) -> bool:
        """Say whether ``cell`` lies in ``cells``."""
        values, bit = cell
        while self._level[cells] != _BOTTOM:
            cells = self._below[cells][values[self._level[cells]]]
        return bool(self._bits[cells] >> bit & 1)

    def only(self, cell: Cell) -> Cells:
        """Return the set that holds this cell and no other."""
        values, bit = cell
        sets = (self.where(level, (value,)) for level, value in enumerate(values))
        return self.intersection(self.all_of(sets), self.of_bits(1 << bit))


def spread(values: Sequence[bool], inner: int, outer: int) -> int:
    """Return the bits of a factor in a product: each value ``inner`` times, all ``outer`` times.

    >>> bin(spread([True, False], 2, 2))
    '0b110011'
    """
    digits = "".join(("1" if value else "0") * inner for value in reversed(values))
    return int(digits * outer, 2)
