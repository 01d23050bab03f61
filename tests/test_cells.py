"""Cells are all claims there can be: none is missing, and each is a real one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import islice
from random import Random
from typing import Any, Final

import pytest

from policies_for_tests import promise, random_promise
from random_claims import random_claims
from sanbao.dates.calendar import chinese_calendar
from sanbao.evaluation.programs.truth import FALSE, TRUE, UNKNOWN
from sanbao.model.claim import Claim
from sanbao.model.claim_row import ClaimRow
from sanbao.model.facts import Facts
from sanbao.model.readings import DEFAULT_READINGS
from sanbao.policies.library import get
from sanbao.policies.mobile_2001 import MOBILE_2001
from sanbao.policies.mobile_2024 import MOBILE_2024
from sanbao.rules.conditions import Under
from sanbao.rules.policy import Policy
from sanbao.statespace.partition import Spaces
from sanbao.statespace.regions.layout import Place
from sanbao.statespace.shrink import claim_of
from sanbao.statespace.space import Space

TWO_WAYS = promise(
    name="otherwise", first_day="same_day", repair_days="elapsed", two_repairs="same_fault"
)


ANY_PROBLEM = replace(
    MOBILE_2001, id="any-problem", readings=(Under("repair_guarantee", "any_fault"),)
)
"""The law where every repair of a quality problem must last."""


def spaces(*policies: Policy) -> list[Space]:
    return list(Spaces(policies, DEFAULT_READINGS, chinese_calendar()))


def states(space: Space, row: ClaimRow) -> dict[Place, int]:
    """Return the truth of every leaf of every policy, found by deciding."""
    found: dict[Place, int] = {}
    for number, loaded in enumerate(space.policies):
        facts = Facts._make(loaded.program.derive(row))
        told = loaded.program.leaf_states(facts)
        for leaf in loaded.program.all_leaves:
            found[number, leaf] = loaded.program.states_of(told, (leaf,))[0]
    return found


@pytest.mark.untraced
@pytest.mark.parametrize(
    "policies",
    [
        (MOBILE_2001,),
        (MOBILE_2001, TWO_WAYS),
        (MOBILE_2001, random_promise(Random(3))),
        (MOBILE_2001, ANY_PROBLEM),
        (MOBILE_2001, MOBILE_2024),
    ],
    ids=["one", "two", "changed", "any problem", "versions"],
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
            for row in claims:
                looked_at += 1
                for place, state in states(space, row).items():
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
    cells = Everywhere(*policies)
    for claim in random_claims(rng, int(pytestconfig.getoption("--claims") / 3)):
        assert cells.hold(claim), (seed, claim.to_json())
    assert len(cells.known) > 100


class Everywhere:
    """All spaces of some policies, and which claims lie in a cell of one of them."""

    def __init__(self, *policies: Policy) -> None:
        self.by_kind: dict[str, list[Space]] = {}
        for space in spaces(*policies):
            for kind in space.kinds:
                self.by_kind.setdefault(kind, []).append(space)
        self.known: dict[object, bool] = {}

    def hold(self, claim: Claim) -> bool:
        """Say whether what the rules see of ``claim`` can be seen in some cell."""
        row = claim.row
        own = self.by_kind[row.kind]
        told = states(own[0], row)
        key = (row.kind, tuple(told.values()))
        if key not in self.known:
            self.known[key] = any(_can_be(space, told) for space in own)
        return self.known[key]


def priced(claim: Claim) -> Claim:
    """Return ``claim`` with a price if it is about a gift; of one that has none little is known."""
    if claim.purchase.gift and claim.purchase.price is None:
        purchase = claim.purchase.model_copy(update={"price": Decimal("1000.00")})
        return claim.model_copy(update={"purchase": purchase})
    return claim


APART: Final = {
    "invoice and delivery": (MOBILE_2001, MOBILE_2024),
    "invoice and receipt": (MOBILE_2001, get("xiaomi-2012").beside_law(MOBILE_2001)),
    "delivery and factory": (
        MOBILE_2024,
        get("samsung-2025").beside_law(MOBILE_2024),
    ),
}
"""Policies whose periods begin on different days, so that not both see the same repairs."""


@cache
def apart(name: str) -> Everywhere:
    """Return the cells of two policies whose periods begin apart; worked out once."""
    return Everywhere(*APART[name])


@pytest.mark.untraced
@pytest.mark.parametrize("name", APART)
def test_no_claim_lies_outside_the_cells_where_periods_begin_apart(
    name: str, pytestconfig: pytest.Config
) -> None:
    """Repairs between two starts and in either, invoices and receipts of after somebody asked."""
    rng, cells = Random(name), apart(name)
    for claim in random_claims(rng, int(pytestconfig.getoption("--claims") / 3)):
        assert cells.hold(priced(claim)), claim.to_json()
    assert len(cells.known) > 100


def ago(days: int) -> str:
    return str(date(2025, 8, 13) - timedelta(days=days))


def repair(handed_in: int, handed_back: int | None = None, **told: Any) -> dict[str, Any]:
    """Return a repair of so many days before the claim; not handed back, it goes on."""
    back = {} if handed_back is None else {"handed_back_on": ago(handed_back)}
    return {"handed_in_on": ago(handed_in), "delay": "parts", **back, **told}


BETWEEN: Final[dict[str, dict[str, Any]]] = {
    "inside the exchange window": {
        "purchase": {"sold_on": ago(15), "received_on": ago(13)},
        "repairs": [repair(15, 0)],
    },
    "for two months": {
        "purchase": {"sold_on": ago(62), "received_on": ago(59)},
        "repairs": [repair(62, 20)],
    },
    "since before the receipt, for most of a year": {
        "purchase": {"sold_on": ago(375), "received_on": ago(370)},
        "repairs": [repair(374), repair(226, 65, recorded=False)],
    },
    "asked before the invoice": {
        "asked_on": ago(6),
        "purchase": {"sold_on": ago(9), "invoiced_on": ago(0)},
        "repairs": [repair(9), repair(6, 5)],
    },
    "the fault appeared anew": {
        "purchase": {"sold_on": ago(367), "received_on": ago(358)},
        "fault": {"symptom": "screen_fault", "appeared_on": ago(0)},
        "repairs": [repair(360, 11), repair(212, ready_on=ago(78))],
    },
}
"""Repairs that came after one of two periods began and before the other did."""


@pytest.mark.untraced
@pytest.mark.parametrize("between", BETWEEN)
def test_a_repair_between_two_starts_lies_in_a_cell(between: str) -> None:
    claim = {
        "claimed_on": ago(0),
        "product": {"kind": "handset"},
        "evidence": {"invoice": "original", "voucher": "intact"},
        "fault": {"symptom": "screen_fault"},
        **BETWEEN[between],
    }
    assert apart("invoice and delivery").hold(Claim.model_validate(claim))


def _can_be(space: Space, told: dict[Place, int]) -> bool:
    met = space.diagrams.all
    for place, state in told.items():
        holds, fails = space.truths[place]
        if state != UNKNOWN and not holds == fails == space.diagrams.none:
            met = space.diagrams.intersection(met, holds if state == TRUE else fails)
    return met != space.diagrams.none


def test_goods_that_no_policy_tells_apart_share_a_space() -> None:
    kinds = {space.kinds for space in spaces(MOBILE_2001)}
    assert ("handset", "vehicle_phone", "fixed_station_phone") in kinds
    assert sum(len(own) for own in kinds) == 9


def test_the_plainest_claim_of_all_is_a_plain_one() -> None:
    space = spaces(MOBILE_2001)[0]
    row = next(space.claims(space.diagrams.simplest(space.diagrams.all)))
    claim = claim_of(row)
    assert claim.evidence.invoice == "original"
    assert (claim.repairs, claim.exchanges) == ((), ())
    assert claim.product.kind == "handset"
