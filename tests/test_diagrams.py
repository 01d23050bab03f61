"""Decision diagrams hold the sets they are said to hold: every operation against plain sets."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanbao.statespace.decision_diagram import Cell, Cells, DecisionDiagrams, spread

SIZES = (2, 3)
UNIVERSE = 0b1011  # the third history cannot occur
BITS = (0, 1, 3)
EVERY = [(values, bit) for values in product(*(range(size) for size in SIZES)) for bit in BITS]

sets = st.frozensets(st.sampled_from(EVERY))


def made(diagrams: DecisionDiagrams, cells: frozenset[Cell]) -> Cells:
    """Return a set put together from single cells."""
    return diagrams.any_of(diagrams.only(cell) for cell in sorted(cells))


def listed(diagrams: DecisionDiagrams, cells: Cells) -> frozenset[Cell]:
    """Return the cells of a set, each asked for on its own."""
    return frozenset(cell for cell in EVERY if diagrams.holds(cells, cell))


@given(sets, sets)
@settings(max_examples=200)
def test_joining_sets_is_joining_sets(one: frozenset[Cell], other: frozenset[Cell]) -> None:
    diagrams = DecisionDiagrams(SIZES, UNIVERSE)
    a, b = made(diagrams, one), made(diagrams, other)
    assert listed(diagrams, diagrams.intersection(a, b)) == one & other
    assert listed(diagrams, diagrams.union(a, b)) == one | other
    assert listed(diagrams, diagrams.difference(a, b)) == one - other
    assert listed(diagrams, diagrams.complement(a)) == frozenset(EVERY) - one
    assert (a == b) == (one == other)


@given(sets, sets)
@settings(max_examples=200)
def test_sets_meet_where_a_cell_lies_in_both(one: frozenset[Cell], other: frozenset[Cell]) -> None:
    diagrams = DecisionDiagrams(SIZES, UNIVERSE)
    a, b = made(diagrams, one), made(diagrams, other)
    known = diagrams.made()
    assert diagrams.intersects(a, b) == bool(one & other)
    assert diagrams.made() == known  # no set is made to tell
    assert diagrams.intersects(a, diagrams.all) == diagrams.intersects(diagrams.all, a) == bool(one)


@given(sets, sets)
@settings(max_examples=200)
def test_what_was_made_since_is_forgotten_and_made_again(
    one: frozenset[Cell], other: frozenset[Cell]
) -> None:
    diagrams = DecisionDiagrams(SIZES, UNIVERSE)
    a = made(diagrams, one)
    known = diagrams.made()
    for _ in range(2):
        b = made(diagrams, other)
        assert listed(diagrams, b) == other
        assert listed(diagrams, diagrams.difference(a, b)) == one - other
        assert listed(diagrams, diagrams.union(a, b)) == one | other
        assert diagrams.count(b) == len(other)
        diagrams.forget(known)
        assert diagrams.made() == known
        assert listed(diagrams, a) == one


def test_sets_that_do_not_meet_are_looked_at_once() -> None:
    """Of the first two values of the first variable lies one and the same below."""
    diagrams = DecisionDiagrams((3, 2), 0b1)
    cells = diagrams.intersection(diagrams.where(0, (0, 1)), diagrams.where(1, (0,)))
    assert not diagrams.intersects(cells, diagrams.where(1, (1,)))


@given(sets)
@settings(max_examples=200)
def test_a_set_is_counted_and_its_simplest_cell_lies_in_it(cells: frozenset[Cell]) -> None:
    diagrams = DecisionDiagrams(SIZES, UNIVERSE)
    found = made(diagrams, cells)
    assert diagrams.count(found) == len(cells)
    if cells:
        simplest = diagrams.simplest(found)
        assert simplest in cells
        plainness = [(sum(values), bit) for values, bit in cells]
        assert (sum(simplest[0]), simplest[1]) == min(plainness)


@given(sets, st.integers(0, 2), st.integers(0, 2))
@settings(max_examples=200)
def test_one_value_is_put_for_another(cells: frozenset[Cell], value: int, instead: int) -> None:
    diagrams = DecisionDiagrams(SIZES, UNIVERSE)
    found = diagrams.substitute(made(diagrams, cells), 1, value, instead)
    like = {((first, instead), bit) for (first, second), bit in cells if second == value}
    assert listed(diagrams, found) == like


@given(sets, st.sampled_from([(0b1, 1), (0b1, 3), (0b10, -1), (0b11, 0)]))
@settings(max_examples=200)
def test_histories_are_moved(cells: frozenset[Cell], move: tuple[int, int]) -> None:
    bits, by = move
    diagrams = DecisionDiagrams(SIZES, UNIVERSE)
    found = diagrams.shift(made(diagrams, cells), bits, by)
    like = {(values, bit + by) for values, bit in cells if bits >> bit & 1}
    assert listed(diagrams, found) == like & set(EVERY)


def test_what_two_values_lead_to_is_looked_at_once() -> None:
    """Below the first and the last value of the first variable lies one and the same set."""
    diagrams = DecisionDiagrams((3, 2, 2), 0b1)
    odd = diagrams.union(
        diagrams.intersection(diagrams.where(1, (0,)), diagrams.where(2, (0,))),
        diagrams.intersection(diagrams.where(1, (1,)), diagrams.where(2, (1,))),
    )
    cells = diagrams.intersection(odd, diagrams.where(0, (0, 2)))
    found = diagrams.substitute(cells, 2, 0, 1)
    every = [(values, 0) for values in product(range(3), range(2), range(2))]
    assert [values for values, bit in every if diagrams.holds(found, (values, bit))] == [
        (0, 0, 1),
        (2, 0, 1),
    ]


def test_what_cannot_occur_is_in_no_set() -> None:
    diagrams = DecisionDiagrams(SIZES, UNIVERSE)
    assert diagrams.of_bits(0b0100) == diagrams.none
    assert diagrams.count(diagrams.all) == len(EVERY)
    assert diagrams.of_bits(0b1111) == diagrams.all


def test_a_variable_is_asked_for_some_of_its_values() -> None:
    diagrams = DecisionDiagrams(SIZES, UNIVERSE)
    found = diagrams.where(1, (0, 2))
    assert listed(diagrams, found) == {cell for cell in EVERY if cell[0][1] != 1}
    assert diagrams.where(1, (0, 1, 2)) == diagrams.all
    assert diagrams.where(0, ()) == diagrams.none


@pytest.mark.parametrize(
    ("values", "inner", "outer", "bits"),
    [
        ([True, False], 1, 1, 0b01),
        ([True, False], 3, 1, 0b000111),
        ([False, True], 1, 2, 0b1010),
        ([False, False], 2, 2, 0),
    ],
)
def test_a_factor_is_spread_over_a_product(
    values: list[bool], inner: int, outer: int, bits: int
) -> None:
    assert spread(values, inner, outer) == bits
