"""Cells are all claims there can be: none is missing, and each is a real one."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from random import Random

import pytest

from policies_for_tests import promise, random_promise
from random_claims import random_claims
from sanbao.calendar import chinese_calendar
from sanbao.cells.simplest import claim_of
from sanbao.cells.space import Space
from sanbao.cells.spaces import Spaces
from sanbao.cells.variables import Place
from sanbao.conditions import Under
from sanbao.facts import Facts, derive
from sanbao.policies.mobile_2001 import MOBILE_2001
from sanbao.policy import Policy
from sanbao.program import FALSE, TRUE, UNKNOWN
from sanbao.readings import DEFAULT_READINGS
from sanbao.stated import Stated

TWO_WAYS = promise(
    name="otherwise", first_day="same_day", repair_days="elapsed", two_repairs="same_fault"
)


ANY_PROBLEM = replace(
    MOBILE_2001, id="any-problem", readings=(Under("repair_guarantee", "any_fault"),)
)
"""The law where every repair of a quality problem must last."""


def spaces(*policies: Policy) -> list[Space]:
    return list(Spaces(policies, DEFAULT_READINGS, chinese_calendar()))


def states(space: Space, stated: Stated) -> dict[Place, int]:
    """Return the truth of every leaf of every policy, found by deciding."""
    found: dict[Place, int] = {}
    for number, member in enumerate(space.members):
        facts = Facts._make(derive(stated, member.program.frame))
        told = member.program.leaf_states(facts)
        for leaf in member.program.all_leaves:
            found[number, leaf] = member.program.states_of(told, (leaf,))[0]
    return found


@pytest.mark.untraced
@pytest.mark.parametrize(
    "policies",
    [
        (MOBILE_2001,),
        (MOBILE_2001, TWO_WAYS),
        (MOBILE_2001, random_promise(Random(3))),
        (MOBILE_2001, ANY_PROBLEM),
    ],
    ids=["one", "two", "changed", "any problem"],
)
def test_a_cell_says_of_every_leaf_what_deciding_its_claims_says(
    policies: tuple[Policy, ...],
) -> None:
    rng = Random(20)
    looked_at = 0
    for space in spaces(*policies):
        diagrams = space.diagrams
        courses = [n for n in range(diagrams.universe.bit_length()) if diagrams.universe >> n & 1]
        for _ in range(12):
            cell = (tuple(rng.randrange(len(own)) for own in space.classes), rng.choice(courses))
            claims = list(islice(space.claims(cell), 4))
            assert claims, "a cell has no claim"
            for stated in claims:
                looked_at += 1
                for place, state in states(space, stated).items():
                    holds, fails = space.truths[place]
                    if diagrams.holds(holds, cell):
                        assert state == TRUE
                    elif diagrams.holds(fails, cell):
                        assert state == FALSE
                    else:  # not known, or nothing that can make a difference here
                        assert state == UNKNOWN or holds == fails == diagrams.none
    assert looked_at > 1000


@pytest.mark.untraced
@pytest.mark.parametrize("seed", range(4))
def test_no_claim_lies_outside_the_cells(seed: int, pytestconfig: pytest.Config) -> None:
    """Random claims, with dates: what rules see of each can be seen in some cell."""
    rng = Random(seed)
    policies = (MOBILE_2001, random_promise(rng) if seed else ANY_PROBLEM)
    by_kind: dict[str, list[Space]] = {}
    for space in spaces(*policies):
        for kind in space.kinds:
            by_kind.setdefault(kind, []).append(space)
    known: dict[object, bool] = {}
    for claim in random_claims(rng, int(pytestconfig.getoption("--claims") / 3)):
        stated = claim.stated
        told = states(by_kind[stated.kind][0], stated)
        key = (stated.kind, tuple(told.values()))
        if key not in known:
            known[key] = any(_can_be(space, told) for space in by_kind[stated.kind])
            assert known[key], (seed, stated)
    assert len(known) > 100


def _can_be(space: Space, told: dict[Place, int]) -> bool:
    met = space.diagrams.all
    for place, state in told.items():
        holds, fails = space.truths[place]
        if state != UNKNOWN and not holds == fails == space.diagrams.none:
            met = space.diagrams.both(met, holds if state == TRUE else fails)
    return met != space.diagrams.none


def test_goods_that_no_policy_tells_apart_share_a_space() -> None:
    kinds = {space.kinds for space in spaces(MOBILE_2001)}
    assert ("handset", "vehicle_phone", "fixed_station_phone") in kinds
    assert sum(len(own) for own in kinds) == 9


def test_the_plainest_claim_of_all_is_a_plain_one() -> None:
    space = spaces(MOBILE_2001)[0]
    stated = next(space.claims(space.diagrams.simplest(space.diagrams.all)))
    claim = claim_of(stated)
    assert claim.evidence.invoice == "original"
    assert (claim.repairs, claim.exchanges) == ((), ())
    assert claim.product.kind == "handset"
