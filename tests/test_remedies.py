"""Money, and what is asked for where facts are missing."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

import pytest

import sanbao
from claims import (
    MISUSED,
    NOTHING,
    PROVEN,
    TWO_EXCHANGES,
    TWO_REPAIRS,
    battery,
    charger,
    handset,
    repair,
)
from random_claims import random_claim, with_unknowns
from sanbao.model.citation import Citation
from sanbao.model.decision import Remedy
from sanbao.rules.conditions import Owed, fact
from sanbao.rules.policy import Right

LAW = sanbao.MOBILE_2001
DUE_14 = {"exchanges": TWO_EXCHANGES}
"""What makes art. 14 give a refund for an accessory."""

FILLINGS: dict[str, tuple[Any, ...]] = {
    "purchase.sold_on": ("2025-05-10", "2025-05-01", "2025-03-03", "2023-01-02", "2001-11-14"),
    "evidence.invoice": ("original", "copy", "none"),
    "evidence.voucher": ("intact", "lost", "not_issued"),  # altered only where it is said
    "fault.symptom": ("screen_fault", "none", "unlisted", "battery_fault"),
    "same_model_in_stock": (True, False),
    "product.bought_with_phone": (True, False),
    "repairs[0].delay": ("parts", "repairer"),
    "purchase.price": ("3000.00",),
    "purchase.standalone_price": ("95.00",),
    "purchase.invoiced_on": ("2025-03-03",),
}


def filled(claim: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """Return ``claim`` with these fields filled in, each named by its whole path."""
    claim = copy.deepcopy(claim)
    for path, value in values.items():
        place: Any = claim
        *above, last = path.replace("[", ".").replace("]", "").split(".")
        for step in above:
            if isinstance(place, list | tuple):
                place = place[int(step)]
            else:
                place = place.setdefault(step, {})
        place[last] = value
    return claim


def fillings(needs: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Yield ways to fill in what is needed."""
    for values in product(*(FILLINGS[path] for path in needs)):
        yield dict(zip(needs, values, strict=True))


def money(decision: sanbao.Decision, rule: str) -> Remedy:
    """Return the remedy that ``rule`` gives."""
    [found] = [remedy for remedy in decision.remedies if remedy.rule == rule]
    return found


# --- what is needed settles it --------------------------------------------------------


@pytest.mark.parametrize("kind", ["handset", "battery", "charger"])
def test_everything_unknown(kind: str) -> None:
    """Of a day and a kind nothing follows; filling in what is needed settles it, step by step."""
    bare = {"claimed_on": "2025-05-12", "product": {"kind": kind}}
    open_ = sanbao.decide(bare)
    assert open_.outcome is None
    assert open_.lead is None
    assert open_.remedies == ()
    assert open_.needs
    for values in fillings(open_.needs):
        claim, steps = filled(bare, values), 0
        while (decision := sanbao.decide(claim)).outcome is None:
            steps += 1
            assert steps < 5
            claim = filled(claim, next(fillings(decision.needs)))
        assert decision.outcome in open_.possible


@pytest.mark.parametrize(
    "claim",
    [
        handset(voucher=None, claimed_on="2025-03-05"),
        handset(invoice=None, voucher=None),
        handset(symptom=None),
        handset(repairs=[repair("2025-04-01")]),
        handset(repairs=TWO_REPAIRS, request="refund"),
        charger(gift=True, bought_with_phone=None, price=None, standalone_price="9.00", **DUE_14),
        handset(sold_on=None),
        charger(bought_with_phone=None, price=None, standalone_price="9.00", **DUE_14),
        charger(bought_with_phone=True, **DUE_14),
        handset(price=None, claimed_on="2025-03-05"),
    ],
)
def test_what_is_needed_settles_it(claim: dict[str, Any]) -> None:
    """Once the fields that are asked for are filled in, whatever with, nothing is asked for."""
    open_ = sanbao.decide(claim)
    assert open_.needs
    for values in fillings(open_.needs):
        decision = sanbao.decide(filled(claim, values))
        assert decision.outcome in open_.possible
        assert decision.needs == (), values


@pytest.mark.parametrize("seed", range(60))
def test_random_claims_with_unknowns(seed: int) -> None:
    """Every outcome is possible, and each open one asks for something that is missing."""
    rng = Random(seed)
    claim = with_unknowns(rng, random_claim(rng))
    decision = sanbao.decide(claim)
    assert (decision.outcome is None) == (len(decision.possible) > 1)
    assert decision.needs or decision.outcome is not None
    assert len(set(decision.needs)) == len(decision.needs)
    for remedy in decision.remedies:
        assert set(remedy.needs) <= set(decision.needs)


# --- remedies that hang on something --------------------------------------------------


def test_either_of_two_articles() -> None:
    """Where an exchange is owed either way, each article is listed with what would tell."""
    claim = handset(claimed_on="2025-05-24", repairs=[repair("2025-03-24")])
    decision = sanbao.decide(claim)
    assert decision.outcome == "exchange"
    needs = {remedy.rule: remedy.needs for remedy in decision.remedies}
    assert needs["art16.exchange"] == needs["art17.exchange"] == ("repairs[0].delay",)
    assert needs["art10.repair"] == ()
    assert decision.needs == ("repairs[0].delay",)
    told = sanbao.decide(filled(claim, {"repairs[0].delay": "parts"}))
    assert [remedy.rule for remedy in told.remedies] == ["art16.exchange", "art10.repair"]


def test_no_remedy_is_listed_on_mere_suspicion() -> None:
    """What may be open is listed only where it gives the outcome that is certain."""
    decision = sanbao.decide(handset(repairs=TWO_REPAIRS, request="exchange"))
    assert decision.outcome == "exchange"
    assert [remedy.rule for remedy in decision.remedies] == ["art13.exchange", "art10.repair"]
    assert all(remedy.needs == () for remedy in decision.remedies)


@pytest.mark.parametrize(
    ("claim", "rule"),
    [(handset(**NOTHING), "art24.no_evidence"), (handset(**MISUSED), "art24.misuse")],
)
def test_repair_at_a_charge(claim: dict[str, Any], rule: str) -> None:
    """Where nothing else is open, the repairer mends it at a charge, by the rule that bars."""
    decision = sanbao.decide(claim)
    [remedy] = decision.remedies
    assert (remedy.remedy, remedy.rule, remedy.owed_by) == ("paid_repair", rule, "repairer")
    assert remedy.citations == decision.finding(rule).citations
    assert remedy.payable is None


def test_excluded_gives_nothing() -> None:
    """What the regulation does not reach it gives no remedy for."""
    assert sanbao.decide(handset(kind="other")).remedies == ()


# --- the price a refund goes by -------------------------------------------------------


@pytest.mark.parametrize(
    ("together", "price", "alone", "paid", "needs"),
    [
        (False, "120.00", None, "120.00", ()),
        (False, "120.00", "95.00", "120.00", ()),
        (False, None, "95.00", None, ("purchase.price",)),
        (False, None, None, None, ("purchase.price",)),
        (True, "3000.00", "95.00", "95.00", ()),
        (True, None, "95.00", "95.00", ()),
        (True, "3000.00", None, None, ("purchase.standalone_price",)),
        (True, None, None, None, ("purchase.standalone_price",)),
        (None, "95.00", "95.00", "95.00", ()),
        (None, "120.00", "95.00", None, ("product.bought_with_phone",)),
        (
            None,
            "120.00",
            None,
            None,
            ("product.bought_with_phone", "purchase.standalone_price"),
        ),
        (None, None, "95.00", None, ("product.bought_with_phone", "purchase.price")),
        (
            None,
            None,
            None,
            None,
            ("product.bought_with_phone", "purchase.price", "purchase.standalone_price"),
        ),
    ],
)
def test_price_of_an_accessory(
    together: bool | None, price: str | None, alone: str | None, paid: str | None, needs: Any
) -> None:
    """Bought alone: the invoice price; with a phone: its own price; unknown: both, if equal."""
    claim = charger(bought_with_phone=together, price=price, standalone_price=alone, **DUE_14)
    decision = sanbao.decide(claim)
    refund = money(decision, "art14.refund")
    assert refund.payable == (None if paid is None else Decimal(paid))
    assert refund.price == refund.payable
    assert refund.fee == (None if paid is None else 0)
    assert decision.needs == needs
    assert decision.outcome == "refund"


@pytest.mark.parametrize(("price", "needs"), [("3000.00", ()), (None, ("purchase.price",))])
@pytest.mark.parametrize("together", [True, False, None])
@pytest.mark.parametrize("alone", ["95.00", None])
def test_price_of_a_main_unit(
    price: str | None, needs: Any, together: bool | None, alone: str | None
) -> None:
    """For a phone it is the invoice price, whatever else is said."""
    claim = handset(
        claimed_on="2025-03-05", price=price, bought_with_phone=together, standalone_price=alone
    )
    decision = sanbao.decide(claim)
    assert money(decision, "art11.refund").payable == (None if price is None else Decimal(price))
    assert decision.needs == needs


# --- the fee --------------------------------------------------------------------------

WANTS_MONEY: dict[str, Any] = {
    "repairs": TWO_REPAIRS,
    "same_model_in_stock": True,
    "request": "refund",
}
FROM_INVOICE = sanbao.Readings(depreciation_start="from_invoice")


def test_money_that_is_certain() -> None:
    """All that was reckoned with is said, and fee and refund are the price."""
    refund = money(sanbao.decide(handset(**WANTS_MONEY)), "art19.refund")
    assert (refund.price, refund.rate_per_day) == (Decimal("3000.00"), Decimal("0.005"))
    assert (refund.used_days, refund.deducted_days) == (65, 5)
    assert (refund.fee, refund.payable) == (Decimal("975.00"), Decimal("2025.00"))


def test_the_invoice_dates_the_fee_where_the_sale_is_not_known() -> None:
    """Under ``from_invoice`` the sale date stands in for the invoice, and the other way round."""
    by_invoice = handset(**WANTS_MONEY, sold_on=None, invoiced_on="2025-03-03")
    by_sale = handset(**WANTS_MONEY)
    for claim in (by_invoice, by_sale):
        decision = sanbao.decide(claim, readings=FROM_INVOICE)
        assert money(decision, "art19.refund").used_days == 65


_BARS = {bar.id for bar in LAW.bars}
REACHING_ALL = tuple(
    replace(right, despite=tuple(rule for rule in right.despite if rule in _BARS))
    for right in LAW.rights
)
"""The rights as they stand in a policy without exclusions."""


def always_money() -> sanbao.Policy:
    """Return the regulation with a right to money less depreciation that hangs on no date."""
    right = Right(
        "test.money",
        "refund",
        "seller",
        fact("role").is_("main_unit"),
        "exchange",
        (Citation("test", article=1),),
        refund="less_depreciation",
        despite=tuple(bar.id for bar in LAW.bars),
    )
    return replace(LAW, rights=(*LAW.rights, right), preference=("test.money", *LAW.preference))


@pytest.mark.parametrize("readings", [sanbao.Readings(), FROM_INVOICE])
@pytest.mark.parametrize(
    ("price", "needs"), [("3000.00", ("purchase.invoiced_on",)), (None, ("purchase.price",))]
)
def test_money_without_a_date(price: str | None, needs: Any, readings: sanbao.Readings) -> None:
    """Where depreciation starts on a day not known, the money is open and the day asked for."""
    policy = replace(
        LAW,
        exclusions=(),
        articles=(),
        rights=(*REACHING_ALL, always_money().right("test.money")),
        preference=("test.money", *LAW.preference),
    )
    claim = handset(sold_on=None, price=price)
    decision = sanbao.decide(claim, policy=policy, readings=readings)
    refund = money(decision, "test.money")
    assert decision.outcome == "refund"
    assert (refund.used_days, refund.deducted_days, refund.fee) == (None, None, None)
    assert refund.payable is None
    assert decision.needs == needs


def test_money_for_goods_without_a_line() -> None:
    """Where the policy lays down no rate, there is no money to reckon."""
    right = replace(always_money().right("test.money"), when=fact("kind").is_("other"))
    policy = replace(
        LAW,
        exclusions=(),
        articles=(),
        rights=(*REACHING_ALL, right),
        preference=("test.money", *LAW.preference),
    )
    decision = sanbao.decide(handset(kind="other"), policy=policy)
    refund = money(decision, "test.money")
    assert (refund.rate_per_day, refund.used_days, refund.payable) == (None, None, None)


def test_a_right_that_rests_on_what_is_not_known() -> None:
    """What rests on a right that may be owed is itself open; its check says so."""
    claim = handset(repairs=[repair("2025-03-24")], request="refund")
    decision = sanbao.decide(claim | {"same_model_in_stock": False})
    assert decision.outcome is None
    finding = decision.finding("art18.refund")
    assert finding.verdict == "unknown"
    [check] = [check for check in finding.checks if check.fact == "rights"]
    assert (check.relation, check.actual, check.holds) == ("one_of", (), None)
    assert decision.needs == ("repairs[0].delay",)


def test_a_right_that_excludes_another() -> None:
    """The opposite of what may be owed is open too, and certain where it is certain."""
    apart = Right(
        "test.apart",
        "free_repair",
        "repairer",
        ~Owed(("art17.exchange",)),
        "repair",
        (Citation("test", article=1),),
    )
    policy = replace(LAW, rights=(*LAW.rights, apart), preference=(*LAW.preference, "test.apart"))
    claim = handset(claimed_on="2025-04-28", repairs=[repair("2025-03-10")])
    open_ = sanbao.decide(claim, policy=policy)
    assert open_.verdicts["test.apart"] == "unknown"
    for delay, verdict in (("parts", "holds"), ("repairer", "fails")):
        told = sanbao.decide(filled(claim, {"repairs[0].delay": delay}), policy=policy)
        assert told.verdicts["test.apart"] == verdict
        [check] = told.finding("test.apart").checks
        assert check.holds == (verdict == "holds")


# --- unknown repairs ------------------------------------------------------------------


@pytest.mark.parametrize(
    "readings",
    [
        {},
        {"two_repairs": "same_fault"},
        {"repair_guarantee": "any_fault"},
        {"two_repairs": "same_fault", "repair_guarantee": "any_fault"},
        {"repair_proof": "any_proof"},
    ],
)
@pytest.mark.parametrize(
    "symptoms",
    [
        (None, None),
        (None, "no_ring"),
        ("no_ring", None),
        ("no_ring", "no_ring"),
        ("unlisted", "no_ring"),
    ],
)
@pytest.mark.parametrize("recorded", [(True, True), (True, False)])
def test_repairs_of_an_unknown_fault(
    readings: dict[str, str], symptoms: tuple[str | None, ...], recorded: tuple[bool, ...]
) -> None:
    """Whatever the fault turns out to be, the decision is one of those that were possible."""
    repairs = [
        repair("2025-04-14", "2025-04-16", symptom=symptoms[0], recorded=recorded[0]),
        repair("2025-04-21", "2025-04-23", symptom=symptoms[1], recorded=recorded[1]),
    ]
    under = sanbao.Readings.from_dict(readings)
    open_ = sanbao.decide(handset(symptom=None, repairs=repairs), readings=under)
    found = set()
    for symptom in ("no_ring", "screen_fault", "housing_crack", "unlisted", "none"):
        decision = sanbao.decide(handset(symptom=symptom, repairs=repairs), readings=under)
        assert decision.outcome in open_.possible
        found.add(decision.outcome)
    assert found == set(open_.possible)
    assert open_.needs == ("fault.symptom",)


@pytest.mark.parametrize("capacity", [None, 79, 80])
def test_a_battery_of_unknown_fault(capacity: int | None) -> None:
    """A measured capacity tells only once it is known that the battery is at fault."""
    open_ = sanbao.decide(battery(symptom=None, battery_capacity=capacity))
    assert open_.needs == (() if capacity == 80 else ("fault.symptom",))
    assert set(open_.possible) == ({"excluded"} if capacity == 80 else {"exchange", "excluded"})


def test_lesser_papers_and_an_unknown_voucher() -> None:
    """A copy of the invoice proves the date whatever became of an honest voucher."""
    claim = handset(**(PROVEN | {"voucher": None}))
    decision = sanbao.decide(claim)
    assert decision.possible == ("free_repair",)
    assert decision.needs == ()


def test_without_a_rate_there_is_nothing_to_ask_for() -> None:
    """Where a policy lays down no rate, the money of art. 19 stays open and no fact would help."""
    goods = LAW.coverage("handset")
    assert goods is not None
    rest = tuple(line for line in LAW.catalogue if line.kind != "handset")
    policy = replace(LAW, catalogue=(replace(goods, daily_rate=None), *rest))
    claim = handset(repairs=TWO_REPAIRS, same_model_in_stock=True, request="refund")
    decision = sanbao.decide(claim, policy=policy)
    [refund] = [remedy for remedy in decision.remedies if remedy.remedy == "refund"]
    assert (refund.rule, refund.payable, decision.needs) == ("art19.refund", None, ())
