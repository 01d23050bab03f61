"""The language of conditions: joining, truth with unknowns, and identity."""

from __future__ import annotations

import copy
import datetime
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from datetime import date
from itertools import product
from operator import and_, or_
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanbao.rules import conditions
from sanbao.rules.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Compare,
    Condition,
    Elapsed,
    Leaf,
    Listed,
    Not,
    OneOf,
    Owed,
    Period,
    Under,
    Window,
    evaluate,
    fact,
    leaves,
    signed_leaves,
)

A, B, C = fact("gift").is_(True), fact("role").is_("main_unit"), fact("cause").one_of("liquid")
TRUTHS = (True, False, None)
START = date(2014, 3, 15)

LEAVES: list[tuple[Leaf, Leaf]] = [
    (fact("gift").is_(True), Compare("gift", True)),
    (fact("claimed_on").before(START), Compare("claimed_on", START, "before")),
    (fact("cause").one_of("liquid", "impact"), OneOf("cause", ("liquid", "impact"))),
    (fact("repairs_counted").at_least(2), AtLeast("repairs_counted", 2)),
    (fact("symptom").listed_as("faults"), Listed("symptom", "faults")),
    (fact("windows_start").within_window(days=7), Window("windows_start", 7)),
    (fact("period_start").within_period(extended_by="days"), Period("period_start", "days")),
    (fact("proof_start").at_most_ago(months=6), Elapsed("proof_start", None, 6)),
    (fact("repaired_on").at_most_ago(days=30), Elapsed("repaired_on", 30)),
]
OTHERS: list[Condition] = [
    Owed(("art11.refund",)),
    Under("refund_papers", "refund"),
    A & B,
    A | B,
    ~A,
    (A & ~B) | (C & ~(A | B)),
]
EVERY = [*(leaf for leaf, _ in LEAVES), *OTHERS]


def given_values(*values: bool | None) -> Callable[[Leaf], bool | None]:
    """Return what gives ``A``, ``B`` and ``C`` these values."""
    return dict(zip((A, B, C), values, strict=False)).__getitem__


# --- making them ----------------------------------------------------------------------


@pytest.mark.parametrize(("made", "leaf"), LEAVES, ids=lambda leaf: leaf.op)
def test_verbs(made: Leaf, leaf: Leaf) -> None:
    """Each verb of a fact makes the leaf it says."""
    assert made == leaf


@pytest.mark.parametrize(("join", "node"), [(and_, AllOf), (or_, AnyOf)])
def test_joining_flattens(
    join: Callable[[Any, Any], Any], node: Callable[[tuple[Condition, ...]], Condition]
) -> None:
    """What is joined the same way becomes one node with its parts in order."""
    assert join(join(A, B), C) == join(A, join(B, C)) == node((A, B, C))
    assert join(join(A, B), join(C, A)) == node((A, B, C, A))


def test_joining_differently_nests() -> None:
    """What is joined another way stays a part of its own."""
    assert AllOf((A, AnyOf((B, C)))) == A & (B | C)
    assert AnyOf((A, AllOf((B, C)))) == A | (B & C)
    assert AllOf((Not(AllOf((A, B))), C)) == ~(A & B) & C


def test_not_not() -> None:
    """Two negations cancel out."""
    assert Not(A) == ~A
    assert ~~A is A


@pytest.mark.parametrize("other", [True, None, "gift", fact("gift"), 0, lambda: True])
def test_only_conditions_join(other: Any) -> None:
    """Joining with anything else is a mistake of the writer, not silently false."""
    for join in (and_, or_):
        with pytest.raises(TypeError, match="a condition is expected, not "):
            join(A, other)


@pytest.mark.parametrize("condition", EVERY, ids=repr)
def test_no_truth_value(condition: Condition) -> None:
    """``and``, ``or``, ``not`` and ``if`` do not work on conditions, and say what does."""
    with pytest.raises(TypeError, match="join with"):
        bool(condition)


# --- their truth ----------------------------------------------------------------------

AND = {True: (True, False, None), False: (False, False, False), None: (None, False, None)}
OR = {True: (True, True, True), False: (True, False, None), None: (True, None, None)}


@pytest.mark.parametrize(("left", "right"), [*product(TRUTHS, TRUTHS)])
def test_kleene(left: bool | None, right: bool | None) -> None:
    """Unknown spreads only where it matters: the tables of Kleene's logic."""
    value_of = given_values(left, right)
    assert evaluate(A & B, value_of) is AND[left][TRUTHS.index(right)]
    assert evaluate(A | B, value_of) is OR[left][TRUTHS.index(right)]


@pytest.mark.parametrize(("value", "opposite"), [(True, False), (False, True), (None, None)])
def test_kleene_not(value: bool | None, opposite: bool | None) -> None:
    """The opposite of unknown is unknown."""
    assert evaluate(A, given_values(value)) is value
    assert evaluate(~A, given_values(value)) is opposite


def test_empty_nodes() -> None:
    """All of nothing holds, one of nothing does not."""
    assert evaluate(AllOf(()), given_values()) is True
    assert evaluate(AnyOf(()), given_values()) is False


@given(*(st.sampled_from(TRUTHS) for _ in range(3)))
def test_de_morgan(a: bool | None, b: bool | None, c: bool | None) -> None:
    """Negation goes inwards by De Morgan's rules, with unknowns too."""
    value_of = given_values(a, b, c)
    assert evaluate(~(A & B & C), value_of) is evaluate(~A | ~B | ~C, value_of)
    assert evaluate(~(A | B | C), value_of) is evaluate(~A & ~B & ~C, value_of)
    assert evaluate(A & (B | C), value_of) is evaluate((A & B) | (A & C), value_of)


# --- their leaves ---------------------------------------------------------------------


def test_leaves() -> None:
    """Leaves come from left to right, as often as they stand there."""
    assert list(leaves((A & ~B) | ~(C & A))) == [A, B, C, A]
    assert list(leaves(A)) == [A]


def test_signed_leaves() -> None:
    """A leaf under an odd number of negations is asked to fail."""
    condition = (A & ~B) | ~(C & ~(A | B))
    expected = [(A, True), (B, False), (C, False), (A, True), (B, True)]
    assert list(signed_leaves(condition)) == expected
    assert list(signed_leaves(A, sign=False)) == [(A, False)]


# --- their identity -------------------------------------------------------------------


@pytest.mark.parametrize("condition", EVERY, ids=repr)
def test_identity(condition: Condition) -> None:
    """A copy or a pickled condition equals the original and hashes alike."""
    for same in (
        copy.copy(condition),
        copy.deepcopy(condition),
        pickle.loads(pickle.dumps(condition)),  # noqa: S301
    ):
        assert same == condition
        assert hash(same) == hash(condition)


@pytest.mark.parametrize("condition", EVERY, ids=repr)
def test_repr(condition: Condition) -> None:
    """What ``repr`` prints makes an equal condition."""
    names = {**vars(conditions), "datetime": datetime}
    assert eval(repr(condition), names) == condition  # noqa: S307


def test_all_different() -> None:
    """No two of these conditions are equal, and none equals a plain value."""
    for left, right in product(range(len(EVERY)), repeat=2):
        assert (EVERY[left] == EVERY[right]) is (left == right)
    assert Elapsed("period_start", 7) != Window("period_start", 7)
    assert A != ("gift", True, "equals", "compare")
    assert (A & B) != (B & A)


def test_they_do_not_change() -> None:
    """A condition's parts cannot be set."""
    with pytest.raises(FrozenInstanceError):
        A.fact = "role"  # type: ignore[misc]
