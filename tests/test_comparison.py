"""Comparing policies: exact, with a real claim for every difference, and nothing left out."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any, Final

import pytest

import sanbao
from comparisons import differing, shows, unreported
from policies_for_tests import Changed, one_number_changed, promise, random_promise
from random_claims import nowhere, random_claim
from sanbao import MOBILE_2001, Claim, Engine, ValidationError
from sanbao.evaluation.advantage import advantages
from sanbao.model.readings import Readings
from sanbao.rules.combined import Combined
from sanbao.rules.conditions import AllOf, AnyOf, Compare, Under, fact
from sanbao.rules.policy import Exclusion, Obligation
from sanbao.statespace.comparing import compare
from sanbao.statespace.comparison import Circumstance, Comparison
from small_policies import CITES, INSIDE, WITHIN_15, exchange, repair, small

SMALL: Final = small(MOBILE_2001.id, exchange(WITHIN_15), repair(INSIDE))
"""A law of two rights, where one stands for any."""
COUNTING: Final = promise(SMALL, first_day="same_day")
"""The same, but that the first day counts."""


@cache
def there_and_back(seed: int) -> tuple[Comparison, Comparison]:
    """Return a random promise held against the law, and the law against it; worked out once."""
    other = random_promise(Random(seed))
    return compare(MOBILE_2001, other), compare(other, MOBILE_2001)


# --- nothing is left out, nothing is made up -----------------------------------------------


@pytest.mark.untraced
@pytest.mark.parametrize("seed", range(2))
def test_random_claims_find_no_difference_that_is_not_reported(
    seed: int, pytestconfig: pytest.Config
) -> None:
    """Claims with dates, under policies with a changed number and settled readings."""
    rng = Random(seed)
    other = random_promise(rng)
    comparison = compare(MOBILE_2001, other)
    one, two = Engine(MOBILE_2001), Engine(other)
    found = 0
    for _ in range(int(pytestconfig.getoption("--claims") / 3)):
        claim = Claim.model_validate(nowhere(random_claim(rng)))
        first, second = one.decide(claim), two.decide(claim)
        if first.outcome is not None and second.outcome is not None:
            found += any(advantages(first, second)) or any(advantages(second, first))
            assert not unreported(comparison, first, second, claim.product.kind), claim.to_json()
    assert found or not comparison.divergences


@pytest.mark.untraced
@pytest.mark.parametrize("seed", range(2))
def test_every_difference_has_a_claim_that_shows_it(seed: int) -> None:
    rng = Random(100 + seed)
    other = random_promise(rng)
    comparison = compare(MOBILE_2001, other)
    for one in comparison.divergences:
        assert shows(one, MOBILE_2001, other)
        assert len(one.claims) == len(one.where)
        assert {claim.product.kind for claim in one.claims} <= set(one.kinds)
        assert one.cells > 0
        assert one.citations
        assert Claim.from_json(one.claim.to_json()) == one.claim


@pytest.mark.untraced
@pytest.mark.parametrize("seed", range(1))
def test_what_is_worse_one_way_is_better_the_other_way(seed: int) -> None:
    there, back = there_and_back(200 + seed)
    assert (there.worse, there.better, there.cells) == (back.better, back.worse, back.cells)
    turned = {"worse": "better", "better": "worse"}
    told = {(one.direction, one.subject, one.rule, one.cells) for one in there.divergences}
    assert told == {
        (turned[one.direction], one.subject, one.rule, one.cells) for one in back.divergences
    }


@pytest.mark.untraced
def test_a_policy_is_no_worse_and_no_better_than_itself() -> None:
    comparison = compare(MOBILE_2001, MOBILE_2001)
    assert comparison.divergences == ()
    assert (comparison.worse, comparison.better) == (0, 0)
    assert comparison.cells > 100_000_000
    assert not comparison.falls_below


# --- one number changed ------------------------------------------------------------------------

_MORE_IS_BETTER: Final = {
    "months": True,
    "days": True,
    "value": False,
    "daily_rate": False,
    "sound_capacity": True,
}


def expected(changed: Changed) -> set[str]:
    """Return what a changed number must be for the consumer, read off the regulation's text."""
    name = str(changed.path[-1])
    grows = Decimal(str(changed.after)) > Decimal(str(changed.before))
    if name == "factory_days":  # a period presumed to begin later also ends later, but repairs
        return {"better"} if grows else {"worse"}  # from before it count for nothing
    good = _MORE_IS_BETTER[name]
    place: Any = json.loads(MOBILE_2001.to_json())
    for part in changed.path[:-1]:
        place = place[part]
    if changed.path[0] == "obligations" and "op" not in place:
        good = False  # what is due later is worse
    elif name == "days" and place["fact"] in _WAITING:
        good = False  # who has to wait longer for a right has less
    return {"better"} if grows == good else {"worse"}


_WAITING: Final = ("under_repair_since", "waiting_for_parts_since", "delayed_by_repairer_since")


@pytest.mark.untraced
@pytest.mark.parametrize("block", range(5))
def test_a_changed_number_is_always_found_with_the_right_sign(
    block: int, pytestconfig: pytest.Config
) -> None:
    """Property: any one number of the regulation, larger or smaller (500: ``--claims 150000``)."""
    rng = Random(block)
    known: dict[object, set[str]] = {}
    for _ in range(max(1, int(pytestconfig.getoption("--claims") / 1500))):
        changed = one_number_changed(rng)
        key = (changed.path, changed.after)
        if key not in known:
            comparison = compare(MOBILE_2001, changed.policy)
            known[key] = {one.direction for one in comparison.divergences}
        assert expected(changed) <= known[key], changed
        if changed.path[-1] != "factory_days":
            assert known[key] == expected(changed), changed


# --- what is compared -------------------------------------------------------------------------


@pytest.mark.untraced
def test_counting_the_first_day_shortens_every_window_and_the_period() -> None:
    comparison = compare(MOBILE_2001, promise(first_day="same_day"))
    worse = {one.rule: one for one in differing(comparison, "worse") if one.instead is None}
    assert not differing(comparison, "better")
    for rule, last_day in (("art11.refund", "2025-08-06"), ("art12.exchange", "2025-07-29")):
        told = worse[rule]
        assert str(told.claim.purchase.sold_on) == last_day  # 7 and 15 days before the claim
        assert any(
            not circumstance.holds and circumstance.policy == "promise"
            for few in told.where
            for circumstance in few
        )
    assert "art10.repair" in worse


def nothing_left(holds: bool) -> tuple[tuple[Circumstance, ...], ...]:
    """Return how it is told that the fee of the law takes the whole price, or does not."""
    leaf = MOBILE_2001.right("art19.refund").empty
    assert isinstance(leaf, Compare)
    return ((Circumstance(MOBILE_2001.id, leaf, holds),),)


@pytest.mark.untraced
def test_a_lower_fee_is_better_and_both_terms_are_told() -> None:
    catalogue = tuple(
        replace(line, daily_rate=Decimal("0.0025") if line.daily_rate else None)
        for line in MOBILE_2001.catalogue
    )
    comparison = compare(MOBILE_2001, promise(replace(MOBILE_2001, catalogue=catalogue)))
    spent, told = comparison.divergences
    for one in comparison.divergences:
        assert (one.direction, one.rule) == ("better", "art19.refund")
        assert one.given.rate_per_day == Decimal("0.0025")
    assert told.instead is not None
    assert told.instead.rate_per_day == Decimal("0.005")
    assert spent.instead is None  # the higher fee takes the whole price
    assert [one.where for one in comparison.divergences] == [
        nothing_left(True),
        nothing_left(False),
    ]


@pytest.mark.untraced
def test_no_fee_at_all_is_a_refund_in_full() -> None:
    comparison = compare(MOBILE_2001, promise(depreciation="not_charged"))
    spent, told = comparison.divergences
    for one in comparison.divergences:
        assert (one.direction, one.given.what) == ("better", "in_full")
    assert told.instead is not None
    assert told.instead.what == "less_depreciation"
    assert spent.instead is None
    assert [one.where for one in comparison.divergences] == [
        nothing_left(True),
        nothing_left(False),
    ]


@pytest.mark.untraced
def test_a_refund_of_an_amount_nobody_knows_is_worth_less_than_one_that_is_known() -> None:
    catalogue = tuple(replace(line, daily_rate=None) for line in MOBILE_2001.catalogue)
    comparison = compare(replace(MOBILE_2001, catalogue=catalogue, id="unknown"), MOBILE_2001)
    [told] = comparison.divergences
    assert (told.direction, told.rule) == ("better", "art19.refund")


def test_goods_taken_out_altogether_are_told_by_the_exclusion() -> None:
    gone = Exclusion("shop.gifts", fact("gift").is_(True), CITES)
    narrower = promise(replace(SMALL, exclusions=(*SMALL.exclusions, gone)))
    comparison = compare(SMALL, narrower)
    standing = [one for one in comparison.divergences if one.subject == "standing"]
    assert [one.rule for one in standing] == ["shop.gifts"]
    assert standing[0].given.what == "paid_repair"
    assert standing[0].instead is not None
    assert standing[0].instead.what == "excluded"
    assert all(shows(one, SMALL, narrower) for one in comparison.divergences)


def test_what_comes_along_is_compared_where_the_outcome_is_the_same() -> None:
    def loaner(duty: Obligation) -> Obligation:
        if duty.id != "art15.loaner":
            return duty
        when = fact("under_repair").is_(True) & fact("role").is_("main_unit")
        return replace(duty, when=when, days=0)

    law = replace(SMALL, obligations=MOBILE_2001.obligations)
    duties = tuple(loaner(duty) for duty in MOBILE_2001.obligations)
    comparison = compare(law, promise(replace(law, obligations=duties)))
    assert {(one.direction, one.subject, one.rule) for one in comparison.divergences} == {
        ("better", "duty", "art15.loaner")
    }
    without = tuple(duty for duty in MOBILE_2001.obligations if duty.id != "art15.loaner")
    [told] = compare(law, replace(law, obligations=without)).divergences
    assert (told.direction, told.rule) == ("worse", "art15.loaner")


@pytest.mark.untraced
def test_law_and_promise_together_are_never_below_the_law() -> None:
    other = random_promise(Random(300))
    assert not compare(MOBILE_2001, Combined(MOBILE_2001, (other,))).falls_below


def test_small_policies_together_are_below_neither() -> None:
    more = small("more", exchange(WITHIN_15, "shop.exchange"), repair(INSIDE))
    together = Combined(SMALL, (replace(COUNTING, id="less"), promise(more, "more")))
    assert not compare(SMALL, together).falls_below
    assert not compare(COUNTING, together).falls_below


@pytest.mark.untraced
def test_law_and_promise_together_are_never_below_the_promise() -> None:
    other = random_promise(Random(310))
    assert not compare(other, Combined(MOBILE_2001, (other,))).falls_below


def test_a_reading_can_make_the_difference_go_away() -> None:
    assert compare(SMALL, COUNTING).falls_below
    assert not compare(SMALL, COUNTING, Readings(first_day="same_day")).falls_below


def test_a_right_that_asks_for_nothing_or_for_what_cannot_be() -> None:
    """Empty conditions are sure to hold, or to fail."""
    expired = (MOBILE_2001.bars[0],)
    when = AllOf((AllOf(()), fact("role").is_("main_unit")))
    always = replace(repair(when, "shop.always"), despite=("art24.expired",))
    never = repair(AnyOf(()), "shop.never")
    law = replace(SMALL, bars=expired)
    wider = small("wider", *SMALL.rights, always, never, bars=expired)
    comparison = compare(law, promise(wider))
    assert {one.rule for one in differing(comparison, "better")} == {"shop.always"}
    assert not comparison.falls_below


@pytest.mark.untraced
def test_a_promise_to_the_battery_alone_is_told_of_the_battery_alone() -> None:
    catalogue = tuple(
        replace(line, months=12 if line.kind == "battery" else line.months)
        for line in MOBILE_2001.catalogue
    )
    comparison = compare(MOBILE_2001, promise(replace(MOBILE_2001, catalogue=catalogue)))
    assert {one.kinds for one in comparison.divergences} == {("battery",)}


# --- as data -----------------------------------------------------------------------------------


def test_json_goes_out_and_comes_back() -> None:
    comparison = compare(SMALL, promise(SMALL, first_day="same_day", window_start="sold"))
    assert comparison.divergences
    assert Comparison.from_json(comparison.to_json()) == comparison
    assert comparison.to_json() == Comparison.from_json(comparison.to_json()).to_json()


def test_a_comparison_holds_the_policies_it_is_about() -> None:
    """Their titles are told, though they do not ship; what was read from JSON holds none."""
    made_up = replace(COUNTING, title_en="A made-up promise")
    comparison = compare(SMALL, made_up)
    assert comparison.policies == (SMALL, made_up)
    assert "A made-up promise" in comparison.explain("en")
    stored = Comparison.from_json(comparison.to_json())
    assert stored == comparison
    assert stored.policies == ()
    assert "A made-up promise" not in stored.explain("en")


@pytest.mark.untraced
def test_a_comparison_is_the_same_every_time() -> None:
    again = compare(MOBILE_2001, random_promise(Random(200)))
    assert there_and_back(200)[0].to_json() == again.to_json()


@pytest.mark.parametrize("junk", [None, 3, [], {}, float("nan")])
def test_what_is_no_policy_is_refused(junk: Any) -> None:
    with pytest.raises(ValidationError, match="must be a Policy"):
        compare(junk, MOBILE_2001)
    with pytest.raises(ValidationError, match="must be a Policy"):
        compare(MOBILE_2001, junk)
    if junk is not None:
        with pytest.raises(ValidationError, match="must be Readings"):
            compare(MOBILE_2001, MOBILE_2001, junk)


def test_junk_is_no_comparison() -> None:
    for text in ("", "{}", "null", "[]", '{"a": 1}', "📱"):
        with pytest.raises(ValidationError):
            Comparison.from_json(text)


def test_under_a_reading_that_a_rule_names() -> None:
    """``Under`` is known before a claim is seen, on both sides."""
    under = Under("first_day", "same_day")
    narrower = small("narrower", exchange(WITHIN_15), repair(INSIDE & under))
    assert compare(SMALL, narrower).falls_below
    assert not compare(SMALL, narrower, Readings(first_day="same_day")).falls_below


def test_it_is_at_the_front_door() -> None:
    assert sanbao.compare is compare
