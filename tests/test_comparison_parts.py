"""Comparing small policies: one difference at a time, and what each must be told by.

The policies give one or two rights for handsets alone, so that every comparison is quick and
what it has to find can be read off the conditions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from comparisons import shows
from policies_for_tests import promise
from sanbao import MOBILE_2001, Engine, Readings
from sanbao.dates.calendar import Calendar, RestDays, chinese_calendar
from sanbao.dates.counting import Clock
from sanbao.model.readings import DEFAULT_READINGS
from sanbao.policies.mobile_2024 import MOBILE_2024
from sanbao.rules.conditions import (
    AllOf,
    Condition,
    Elapsed,
    Leaf,
    Owed,
    Period,
    Under,
    Window,
    fact,
)
from sanbao.rules.policy import Exclusion, Obligation, Policy
from sanbao.statespace.comparing import compare
from sanbao.statespace.comparison import Divergence
from sanbao.statespace.partition import Spaces
from sanbao.statespace.space import Space
from sanbao.statespace.thresholds import (
    DAYS,
    Column,
    Columns,
    Thresholds,
    alike_days,
    thresholds_of,
)
from small_policies import (
    BY_FACTORY_DATE,
    CITES,
    INSIDE,
    NO_HANDSET,
    WITHIN_7,
    WITHIN_15,
    exchange,
    refund,
    repair,
    small,
)


def told(a: Policy, b: Policy) -> list[Divergence]:
    """Return the differences of two policies; the claims of each are decided, and show it."""
    found = compare(a, b).divergences
    assert all(shows(one, a, b) for one in found)
    return list(found)


def statements(one: Divergence) -> list[set[tuple[Leaf, bool]]]:
    return [{(said.leaf, said.holds) for said in few} for few in one.where]


def leaf(condition: Condition) -> Leaf:
    """Return a condition that is a leaf, known to be one."""
    assert isinstance(condition, Leaf)
    return condition


# --- what cannot be shown is not told ---------------------------------------------------------


def test_a_refund_of_nothing_is_no_more_than_nothing() -> None:
    """In full or less a fee, of a price of nothing: nobody has more, so no cell counts."""
    free = fact("nothing_to_refund").is_(True)
    less = refund(WITHIN_7 & free, "less_depreciation", "shop.refund")
    law, other = small("law", refund(WITHIN_7)), small("b", refund(WITHIN_7 & ~free), less)
    comparison = compare(law, other)
    assert (comparison.worse, comparison.better) == (0, 0)
    assert comparison.divergences == ()
    assert not comparison.falls_below


def test_a_fee_on_nothing_is_the_same_however_it_is_rounded() -> None:
    """Of a price of nothing no way of reckoning leaves more, and none is counted."""
    free = refund(WITHIN_7 & fact("nothing_to_refund").is_(True), "less_depreciation")
    rounded = small("b", free, readings=(Under("rounding", "down"),))
    comparison = compare(small("law", free), rounded)
    assert (comparison.worse, comparison.better, comparison.divergences) == (0, 0, ())


def test_goods_are_not_exchanged_before_they_are_sold() -> None:
    """A right that asks for it differs in no real claim; one that need not is told."""
    begun = fact("windows_start").before(date(2014, 1, 1))
    exchanged = fact("exchanges_counted").at_least(1) & begun
    nothing = small("b", exchange(WITHIN_7))
    never = exchanged & ~fact("sale_dated_on").before(date(2015, 1, 1))
    assert told(small("law", exchange(WITHIN_7), exchange(never, "shop.never")), nothing) == []
    seldom = exchanged & ~fact("sale_dated_on").before(date(2013, 1, 1))
    [one] = told(small("law", exchange(WITHIN_7), exchange(seldom, "shop.seldom")), nothing)
    assert (one.direction, one.rule) == ("worse", "shop.seldom")
    for claim in one.claims:
        [change] = claim.exchanges
        assert claim.purchase.sold_on is not None
        assert date(2013, 1, 1) <= claim.purchase.sold_on <= change.exchanged_on
        assert change.exchanged_on < date(2014, 1, 1)


# --- the fewest statements --------------------------------------------------------------------


NINE: Final = tuple(
    leaf(condition)
    for condition in (
        fact("complete").is_(True),
        fact("confirmed").is_(True),
        fact("housing_worn").is_(False),
        fact("plan_bundled").is_(False),
        fact("gift").is_(False),
        fact("same_model_in_stock").is_(True),
        fact("second_hand").is_(False),
        fact("sold_in_mainland").is_(True),
        fact("found_unqualified").is_(False),
    )
)


def test_a_right_that_asks_for_much_is_told_by_its_absence() -> None:
    """Nine ways to lose it are too many to list: it is said that the right is not there."""
    narrow = small("b", exchange(AllOf((WITHIN_15, *NINE)), "shop.exchange"))
    [one] = told(small("law", exchange(WITHIN_15)), narrow)
    assert (one.direction, one.rule) == ("worse", "art11.exchange")
    assert statements(one) == [{(Owed(("shop.exchange",)), False)}]
    few = small("b", exchange(AllOf((WITHIN_15, *NINE[:3])), "shop.exchange"))
    [one] = told(small("law", exchange(WITHIN_15)), few)
    assert sorted(statements(one), key=str) == sorted(
        ({(said, False)} for said in NINE[:3]), key=str
    )


def test_a_lesser_refund_for_any_of_many_reasons() -> None:
    """Nine ways to have it are too many to list: one of the rights that give it is there."""
    lesser = [
        refund(AllOf((WITHIN_15, one)), "less_depreciation", f"shop.refund{place}")
        for place, one in enumerate(NINE)
    ]
    none, less = told(small("law", refund(WITHIN_15)), small("b", *lesser))
    assert none.instead is None
    assert less.instead is not None
    assert statements(less) == [{(Owed(tuple(right.id for right in lesser)), True)}]


def test_a_fault_that_came_back_while_parts_are_awaited() -> None:
    """Days in repair counted otherwise move what a fault is held against; a claim shows each."""
    found = fact("windows_start").at_most_ago(months=6, until="found_on")
    waiting = repair(INSIDE & fact("waiting_for_parts").is_(True))
    law = small("law", exchange(found), waiting)
    differing = told(law, promise(law, repair_days="elapsed"))
    assert any(claim.repairs for one in differing for claim in one.claims)
    assert {one.rule for one in differing} <= {"art10.repair", "art11.exchange"}


def test_a_refund_that_asks_for_much_and_charges_a_fee() -> None:
    """Where there is none at all, and where there is one that is less."""
    when = AllOf((WITHIN_15, *NINE))
    narrow = small("b", refund(when, "less_depreciation", "shop.refund"))
    none, less = told(small("law", refund(WITHIN_15)), narrow)
    assert (none.given.what, none.instead) == ("in_full", None)
    assert statements(none) == [{(Owed(("shop.refund",)), False)}]
    assert less.instead is not None
    assert (less.given.what, less.instead.what) == ("in_full", "less_depreciation")
    assert statements(less) == [{(Owed(("shop.refund",)), True)}]


def test_statements_that_are_not_needed_are_left_out() -> None:
    """Three must come together, and what another right asks has nothing to do with it."""
    law = small("law", exchange(WITHIN_15), repair(INSIDE & NINE[3]))
    narrow = small(
        "b", exchange(WITHIN_15 & (NINE[0] | NINE[1] | NINE[2])), repair(INSIDE & NINE[3])
    )
    [one] = told(law, narrow)
    assert statements(one) == [{(said, False) for said in NINE[:3]}]


def test_sets_made_again_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a set takes much memory, none is kept that was only made to tell a difference."""
    law = small("law", exchange(AllOf((INSIDE, WITHIN_15))), repair(INSIDE))
    other = small(
        "other", exchange(AllOf((INSIDE, WITHIN_7))), repair(Owed(("art11.exchange",)) & INSIDE)
    )
    forgotten: list[Space] = []
    forget = Space.forget

    def noted(own: Space, made: Any) -> None:
        forget(own, made)
        assert own.made() == made
        forgotten.append(own)

    monkeypatch.setattr(Space, "forget", noted)
    kept = compare(law, other)
    assert not forgotten
    monkeypatch.setattr("sanbao.statespace.space.MOST_BITS", 0)
    assert compare(law, other).to_json() == kept.to_json()
    assert kept.divergences
    assert forgotten


# --- terms, standing, what comes along --------------------------------------------------------


def test_a_promise_that_charges_nothing() -> None:
    law = small("law", refund(WITHIN_15, "less_depreciation"))
    kind = replace(law, id="b", readings=(Under("depreciation", "not_charged"),))
    [one] = told(law, kind)
    assert (one.direction, one.given.what) == ("better", "in_full")
    assert one.instead is not None
    assert one.instead.what == "less_depreciation"
    assert one.where == ((),)


def test_goods_that_are_taken_out() -> None:
    """Without any right there is still the repair at a charge: that much is lost."""
    gone = Exclusion("shop.gifts", fact("gift").is_(True), CITES)
    law = small("law", exchange(WITHIN_7))
    one, other = told(law, replace(law, id="b", exclusions=(NO_HANDSET, gone)))
    assert (one.subject, one.rule) == ("exchange", "art11.exchange")
    assert (other.subject, other.rule, other.given.what) == (
        "standing",
        "shop.gifts",
        "paid_repair",
    )
    assert other.claim.purchase.gift
    assert Engine(law).decide(other.claim).outcome == "paid_repair"


def loaner(days: int) -> Obligation:
    waiting = fact("under_repair").is_(True)
    return Obligation("art15.loaner", CITES, (), waiting, after="under_repair_since", days=days)


def test_what_comes_along_later() -> None:
    law = small("law", repair(INSIDE), obligations=(loaner(3),))
    slow = replace(law, id="b", obligations=(loaner(8),))
    [one] = told(law, slow)
    assert (one.direction, one.subject, one.given, one.where) == (
        "worse",
        "duty",
        one.instead,
        ((),),
    )
    [one] = told(slow, law)
    assert one.direction == "better"


def test_what_comes_along_later_because_a_repair_does_not_count() -> None:
    """Of two units with the repairer, one may have come before the period of one policy."""
    waiting = Obligation(
        *("art15.loaner", CITES, (), fact("waiting_for_parts").is_(True)),
        after="waiting_for_parts_since",
        days=8,
    )
    law = small("law", repair(INSIDE), obligations=(waiting,))
    dated = replace(law, id="b", grades=BY_FACTORY_DATE)
    duties = [one for one in told(law, dated) if one.subject == "duty"]
    later = [one for one in duties if one.given == one.instead]
    assert {one.direction for one in later} == {"worse", "better"}
    for one in later:
        one_day, other = (Engine(policy).decide(one.claim) for policy in (law, dated))
        on = [found.obligations[0].on for found in (one_day, other)]
        assert on == sorted(on, reverse=one.direction == "better")
        assert on[0] != on[1]
        assert len(one.claim.repairs) == 2
    assert {one.direction for one in duties if one.instead is None} == {"worse", "better"}


# --- periods that begin on different days ------------------------------------------------------


def test_a_period_from_the_factory_date_ends_otherwise() -> None:
    """No rule asks for repairs, but those before one period and in another lengthen one."""
    law = small("law", repair(INSIDE))
    found = told(law, replace(law, id="b", grades=BY_FACTORY_DATE))
    assert {one.direction for one in found} == {"worse", "better"}
    for one in found:
        assert one.claim.evidence.manufactured_on is not None


def test_repairs_between_two_beginnings_count_once() -> None:
    twice = fact("repairs_counted").at_least(2)
    again = fact("repaired_before").is_(True) & fact("repaired_on").at_most_ago(days=30)
    law = small("law", exchange(twice), repair(INSIDE & again))
    dated = replace(law, id="b", grades=BY_FACTORY_DATE, factory_days=30)
    found = told(law, dated)
    told_of = {(one.direction, one.rule) for one in found}
    assert told_of == {
        (direction, rule)
        for direction in ("worse", "better")
        for rule in ("art11.exchange", "art10.repair")
    }


def test_a_period_that_is_counted_more_narrowly() -> None:
    """Its first day counts and a repair's last does not: it never ends later, on any day."""
    again = fact("repaired_before").is_(True) & fact("repaired_on").at_most_ago(days=30)
    law = small("law", repair(INSIDE & again))
    counted = (Under("first_day", "same_day"), Under("repair_days", "elapsed"))
    [one] = told(law, replace(law, id="b", readings=counted))
    assert (one.direction, one.rule) == ("worse", "art10.repair")
    assert statements(one) == [{(leaf(INSIDE), False)}]


# --- thresholds ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "counted",
    [
        Window("windows_start", 7),
        Period("period_start", "repair_time"),
        Elapsed("proof_start", days=30),
        Elapsed("proof_start", months=1),
    ],
)
def test_the_oldest_start_that_reaches_a_day(counted: Window | Period | Elapsed) -> None:
    starts = Thresholds(Clock(chinese_calendar(), DEFAULT_READINGS))
    last_day = starts.last_day(counted, 1)
    ages = starts.oldest_starts(counted, 1, 0)
    later = starts.oldest_starts(counted, 1, 5)
    assert starts.oldest_starts(counted, 1, 0) is ages
    for day, age, then in list(zip(DAYS, ages, later, strict=True))[::97]:
        assert last_day(day - age - 1) < day <= last_day(day - age)
        assert last_day(day - then - 1) < day + 5 <= last_day(day - then)
        assert starts.first_start(counted, 1, day) == day - age


def test_repairs_push_the_oldest_start_on() -> None:
    """Three days in repair inside the window: it may have begun three days earlier."""
    starts = Thresholds(Clock(chinese_calendar(), Readings(window_end="fixed")))
    window, day = Window("windows_start", 7), date(2026, 6, 17).toordinal()
    assert starts.first_start(window, 0, day) == day - 7
    assert starts.first_start(window, 0, day, ((day - 5, day - 2),)) == day - 10
    # handed in on the day after the window, a repair gives nothing back
    assert starts.first_start(window, 0, day, ((day - 1, day + 9),)) == day - 8


class OwnCalendar:
    """A calendar that cannot be a key."""

    __hash__ = None  # type: ignore[assignment]
    id = "own"
    last_known_year = 2026

    def knows(self, year: int) -> bool:
        """Say that nothing after this year is known."""
        return year <= self.last_known_year

    def is_rest_day(self, day: date, rest_days: RestDays) -> bool:
        """Say that Wednesdays are rest days."""
        return rest_days == "weekends_too" and day.weekday() == 2


def test_thresholds_are_remembered_by_calendar_and_reading() -> None:
    calendar = chinese_calendar()
    known = thresholds_of(calendar, Readings(first_day="same_day"))
    assert thresholds_of(calendar, Readings(first_day="same_day", rounding="down")) is known
    assert thresholds_of(calendar, Readings(first_day="next_day")) is not known


def test_a_calendar_that_is_no_key_is_not_remembered() -> None:
    own: Calendar = OwnCalendar()
    one, other = thresholds_of(own, DEFAULT_READINGS), thresholds_of(own, DEFAULT_READINGS)
    assert one is not other
    month = Elapsed("proof_start", months=1)
    assert one.oldest_starts(month, 1, 0) == other.oldest_starts(month, 1, 0)


def test_many_clocks_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sanbao.statespace.thresholds._known", {})
    monkeypatch.setattr("sanbao.statespace.thresholds._MOST_KEPT", 1)
    calendar, window = chinese_calendar(), Window("windows_start", 7)
    ways = [Readings(first_day="same_day"), Readings(first_day="next_day")]
    found = [thresholds_of(calendar, way) for way in ways]
    assert thresholds_of(calendar, ways[1]) is found[1]
    assert thresholds_of(calendar, ways[0]) is not found[0]
    assert thresholds_of(calendar, ways[0]).oldest_starts(window, 0, 0) == found[0].oldest_starts(
        window, 0, 0
    )


def test_where_nothing_counts_all_days_are_alike() -> None:
    nothing = (((),),)
    assert alike_days(nothing, ()) == [DAYS[0]]
    law_changed = date(2014, 3, 15).toordinal()
    [today, before] = alike_days(nothing, (law_changed,))
    assert before < law_changed <= today == DAYS[0]


def test_dates_that_never_come_together_need_no_days_of_their_own() -> None:
    """Of each group every order of its dates is there, and fewer days than for all at once."""
    one, other = (
        thresholds_of(chinese_calendar(), Readings(rest_days=rest))
        for rest in ("weekends_too", "holidays_only")
    )
    period = Period("period_start", "repair_time")
    groups = [
        ((Column(one, period, 12, 0, days), Column(other, period, 12, 0, 3)),) for days in range(4)
    ]
    days = alike_days(tuple(groups), ())
    place = {day: number for number, day in enumerate(DAYS)}

    def orders(group: tuple[Columns, ...], on: Iterable[int]) -> set[object]:
        [columns] = group
        ages = ([column.oldest_starts[place[day]] for column in columns] for day in on)
        return {(each[0] > each[1], each[0] == each[1]) for each in ages}

    for group in groups:
        assert orders(group, days) == orders(group, DAYS)
    assert len(days) < len(alike_days((tuple(key for [key] in groups),), ()))


# --- repairs that one policy sees and another does not ------------------------------------------


def test_repairs_from_before_a_later_start_are_no_repairs_to_that_policy() -> None:
    """No rule asks how old a repair is, and yet it matters where periods begin apart."""
    law = small("law", exchange(fact("repairs_counted").at_least(2)))
    dated = replace(law, id="dated", grades=BY_FACTORY_DATE, factory_days=30)
    comparison = compare(law, dated)
    assert {one.direction for one in comparison.divergences} == {"worse", "better"}
    for one in comparison.divergences:
        assert shows(one, law, dated)


# --- days that two policies count from, and to, apart ---------------------------------------------


def settled(policy: Policy, **readings: str) -> Policy:
    """Return a policy that settles these readings and says the same else."""
    return replace(policy, id="b", readings=tuple(Under(*one) for one in readings.items()))


def decreed(policy: Policy) -> Policy:
    """Return a policy that counts as the law does since Decree 778."""
    return replace(policy, counting=MOBILE_2024.counting)


def directions(a: Policy, b: Policy) -> dict[str, set[str]]:
    """Return which way the two differ, rule by rule; every claim that is shown shows it."""
    found: dict[str, set[str]] = {}
    for one in told(a, b):
        found.setdefault(one.rule, set()).add(one.direction)
    return found


EITHER: Final = {"worse", "better"}
SIMPLE: Final = small("law", exchange(WITHIN_15), repair(INSIDE))


def test_two_versions_of_a_law() -> None:
    """Repair time stretches the window; delivery may come before the invoice, or after it."""
    newer = replace(decreed(SIMPLE), id="b")
    assert directions(SIMPLE, newer) == {"art11.exchange": {"better"}, "art10.repair": EITHER}


def test_a_period_from_the_later_of_two_days() -> None:
    """It ends later; what was in repair before it began no longer pushes it on."""
    newer = decreed(SIMPLE)
    assert directions(newer, settled(newer, period_start="later")) == {"art10.repair": EITHER}
    appeared = settled(newer, window_day="appeared")
    later = settled(newer, window_day="appeared", period_start="later")
    assert directions(appeared, replace(later, id="c")) == {"art10.repair": EITHER}


def test_days_held_as_the_fault_appeared() -> None:
    """A fault that appeared in time is in time, whenever somebody asks."""
    found = directions(SIMPLE, settled(SIMPLE, window_day="appeared"))
    assert found == {"art11.exchange": {"better"}, "art10.repair": {"better"}}
    rights = (exchange(WITHIN_15), refund(WITHIN_7, "less_depreciation", "shop.refund"))
    more = small("law", *rights, repair(INSIDE))
    from_sale = settled(more, window_day="appeared", windows_after_exchange="from_sale")
    found = directions(more, from_sale)
    assert found["art11.exchange"] == found["shop.refund"] == EITHER
    assert found["art10.repair"] == {"better"}


def test_a_refund_of_the_price_that_was_paid() -> None:
    """It is in full in either, of a price that is the higher or the lower one."""
    law = small("law", refund(WITHIN_15))
    paid = replace(law, id="b", counting=replace(law.counting, refund_price="paid"))
    assert directions(law, paid) == {"art11.refund": EITHER}
    assert all(one.given.what == "in_full" and one.instead for one in told(law, paid))


def test_phones_that_wait_for_parts_and_for_the_repairer() -> None:
    """Both ways to wait are told apart where two versions count the days."""
    waits = (MOBILE_2001.right("art16.exchange"), MOBILE_2001.right("art17.exchange"))
    law = small("law", *waits, repair(INSIDE))
    found = directions(law, replace(decreed(law), id="b"))
    assert found == dict.fromkeys(("art16.exchange", "art17.exchange", "art10.repair"), EITHER)


def test_a_promise_beside_a_law_that_does_not_ship() -> None:
    """It is compared as it stands."""
    law = small("law", exchange(WITHIN_15))
    assert not told(law, replace(promise(law, "b"), beside="cn.other"))


def test_a_day_on_which_nothing_was_sold_so_late() -> None:
    """No claim of 2003 is about goods sold since 2005; the claims of a cell leave it out."""
    old, then = (
        fact(name).before(day)
        for name, day in (("sale_dated_on", date(2005, 1, 1)), ("claimed_on", date(2004, 1, 1)))
    )
    law = small("law", repair(INSIDE), exchange(WITHIN_15 & ~old), refund(WITHIN_7 & then))
    years = set()
    for space in Spaces([law], DEFAULT_READINGS, chinese_calendar()):
        cell = space.diagrams.simplest(space.where(0, leaf(old), holds=False))
        for row in space.claims(cell):
            assert row.sold is None or row.sold >= date(2005, 1, 1).toordinal()
            years.add(date.fromordinal(row.claimed).year)
    assert years == {2025}
