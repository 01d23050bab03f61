"""What the shipped promises are worth beside the law: every promise, over all claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import product as product_of
from random import Random
from typing import Final

import pytest

import sanbao
from comparisons import differing, unreported
from random_claims import nowhere, random_claim
from sanbao import Claim, Engine, Policy, PolicySet, policies
from sanbao.evaluation.advantage import advantages
from sanbao.rules.policy_file.reader import parse
from sanbao.statespace.comparing import compare
from sanbao.statespace.comparison import Comparison

# each looks at all claims there are; comparing small policies covers the same lines
pytestmark = pytest.mark.untraced

PROMISES: Final = tuple(name for name in policies.ids() if policies.get(name).kind == "commitment")


def law_of(name: str) -> Policy:
    """Return the version of the law that a shipped promise rests on, that of its own first day."""
    return policies.in_force(policies.get(name).in_force_from)


@cache
def with_the_law(name: str) -> Comparison:
    """Return a shipped promise held against the law it rests on; worked out once."""
    return compare(law_of(name), policies.get(name))


def known_claims(rng: Random, number: int) -> list[Claim]:
    """Return random claims that also say what promises ask for."""
    claims = []
    for claim in (Claim.model_validate(nowhere(random_claim(rng))) for _ in range(number)):
        goods = {"complete": rng.random() < 0.7, "housing_worn": rng.random() < 0.3}
        goods["bought_with_phone"] = rng.random() < 0.5
        product = claim.product.model_copy(update=goods)
        told: dict[str, object] = {"confirmed": rng.random() < 0.7}
        if claim.fault.symptom == "screen_fault" and rng.random() < 0.5:
            told["detail"] = "green_line"
        fault = claim.fault.model_copy(update=told)
        claims.append(claim.model_copy(update={"product": product, "fault": fault}))
    return claims


@pytest.mark.parametrize("name", PROMISES)
def test_random_claims_find_nothing_unreported_of_a_shipped_promise(
    name: str, pytestconfig: pytest.Config
) -> None:
    """A million random claims in all: ``--claims 1000000``."""
    other = policies.get(name)
    comparison = with_the_law(name)
    one, two = Engine(law_of(name)), Engine(other)
    number = int(pytestconfig.getoption("--claims") / len(PROMISES))
    for claim in known_claims(Random(name), number):
        first, second = one.decide(claim), two.decide(claim)
        if first.outcome is not None and second.outcome is not None:
            assert not unreported(comparison, first, second, claim.product.kind), claim.to_json()


def cases_of(claim: Claim) -> Iterator[Claim]:
    """Yield a claim with every answer to what promises ask for and it does not say."""
    product, fault = claim.product, claim.fault
    asked = {
        name: (True, False) if getattr(product, name) is None else (getattr(product, name),)
        for name in ("complete", "housing_worn", "bought_with_phone")
    }
    confirmed = (True, False) if fault.confirmed is None else (fault.confirmed,)
    for *goods, sure in product_of(*asked.values(), confirmed):
        update = dict(zip(asked, goods, strict=True))
        yield claim.model_copy(
            update={
                "product": product.model_copy(update=update),
                "fault": fault.model_copy(update={"confirmed": sure}),
            }
        )


@pytest.mark.parametrize("name", PROMISES)
def test_what_nobody_says_shows_no_difference_that_no_case_shows(
    name: str, pytestconfig: pytest.Config
) -> None:
    """A right left open beside one that is settled: some case differs so, and every one is told."""
    comparison, rng = with_the_law(name), Random(f"{name} unsaid")
    engines = Engine(law_of(name)), Engine(policies.get(name))
    for _ in range(int(pytestconfig.getoption("--claims") / len(PROMISES))):
        claim = Claim.model_validate(nowhere(random_claim(rng)))
        first, second = (engine.decide(claim) for engine in engines)
        if first.outcome is None or second.outcome is None:
            continue
        unsaid = unreported(comparison, first, second, claim.product.kind)
        shown: set[tuple[str, str, str]] = set()
        for case in cases_of(claim) if unsaid else ():
            one, other = (engine.decide(case) for engine in engines)
            if one.outcome is not None and other.outcome is not None:
                assert not unreported(comparison, one, other, case.product.kind), case.to_json()
                shown |= {("worse", *what) for what in advantages(one, other)}
                shown |= {("better", *what) for what in advantages(other, one)}
        assert set(unsaid) <= shown, claim.to_json()


@pytest.mark.parametrize("name", PROMISES)
def test_a_shipped_policy_is_no_worse_and_no_better_than_itself(name: str) -> None:
    assert compare(policies.get(name), policies.get(name)).divergences == ()


@pytest.mark.parametrize("name", PROMISES)
def test_beside_the_law_a_shipped_promise_takes_nothing_away(name: str) -> None:
    law = law_of(name)
    assert not compare(law, policies.combined(law, policies.get(name))).falls_below


def test_vivo_falls_below_the_law_for_who_holds_a_copy() -> None:
    """commitments.md: copy of the invoice in hand, papers lost."""
    comparison = with_the_law("vivo-2016")
    exchanges = [one for one in differing(comparison, "worse") if one.subject == "exchange"]
    holders = [
        claim
        for one in exchanges
        for claim in one.claims
        if (claim.evidence.invoice, claim.evidence.voucher) == ("copy", "lost")
    ]
    assert holders
    by_the_promise = Engine(policies.get("vivo-2016"))
    assert {sanbao.decide(claim).outcome for claim in holders} == {"exchange"}
    given = {by_the_promise.decide(claim).outcome for claim in holders}
    assert "free_repair" in given
    assert "exchange" not in given


def test_vivo_counts_the_day_of_receipt_and_loses_the_last_day_of_every_window() -> None:
    comparison = with_the_law("vivo-2016")
    [told] = [
        one
        for one in differing(comparison, "worse")
        if one.rule == "art11.refund" and one.instead is None
    ]
    days = told.claim.claimed_on - (told.claim.purchase.sold_on or told.claim.claimed_on)
    assert days.days == 7


def test_vivo_gives_more_from_day_16_to_day_30() -> None:
    comparison = with_the_law("vivo-2016")
    [told] = [one for one in differing(comparison, "better") if one.subject == "exchange"]
    assert told.rule == "art12.exchange"


def test_huawei_falls_below_the_law_for_a_scratched_housing() -> None:
    comparison = with_the_law("huawei-2021")
    lost = {
        one.rule
        for one in differing(comparison, "worse")
        for claim in one.claims
        if claim.product.housing_worn
    }
    assert {"art11.refund", "art11.exchange", "art12.exchange", "art13.exchange"} <= lost


def test_gree_falls_below_the_law_for_accessories_and_for_what_is_not_complete() -> None:
    comparison = with_the_law("gree-phone")
    worse = differing(comparison, "worse")
    [less] = [one for one in worse if one.rule == "art14.refund"]
    assert less.instead is not None
    assert less.instead.rate_per_day == Decimal("0.005")
    assert less.claim.product.bought_with_phone
    incomplete = [one for one in worse if one.rule == "art11.refund"]
    assert incomplete
    assert all(claim.product.complete is False for one in incomplete for claim in one.claims)


def test_fifteen_months_without_an_invoice_are_a_day_or_two_more_or_less() -> None:
    comparison = with_the_law("no-invoice-15-months")
    repair = {one.direction for one in comparison.divergences if one.subject == "free_repair"}
    assert repair == {"worse", "better"}


@pytest.mark.parametrize(
    "name", ["beijing-contract", "apple-cn-2021", "honor-2021", "jd-180", "oppo-green-line"]
)
def test_what_is_nowhere_below_the_law(name: str) -> None:
    comparison = with_the_law(name)
    assert not comparison.falls_below
    assert differing(comparison, "better")


def claims_of(name: str, direction: str, rule: str) -> list[Claim]:
    """Return the claims shown for what a promise gives more or less of by a rule."""
    return [
        claim
        for one in differing(with_the_law(name), direction)
        if one.rule == rule
        for claim in one.claims
    ]


def test_the_green_line_is_a_repair_and_nothing_else() -> None:
    """The bar is lifted for one right: no exchange and no refund comes with it."""
    better = differing(with_the_law("oppo-green-line"), "better")
    assert {(one.subject, one.rule) for one in better} == {("free_repair", "oppo.green_line")}
    assert {claim.fault.detail for one in better for claim in one.claims} == {"green_line"}


def test_a_year_from_receipt_ends_before_that_from_a_later_invoice() -> None:
    """Xiaomi and Nubia against art. 8 as it was; an earlier invoice makes it the other way."""
    for name in ("xiaomi-2012", "nubia-2014"):
        for direction in ("worse", "better"):
            assert any(
                claim.purchase.invoiced_on is not None
                for claim in claims_of(name, direction, "art10.repair")
            )


def test_xiaomi_falls_below_the_law_for_its_own_proof_and_the_fee_after_an_exchange() -> None:
    unproved = claims_of("xiaomi-2012", "worse", "art11.refund")
    assert any(claim.fault.confirmed is False for claim in unproved)
    dearer = claims_of("xiaomi-2012", "worse", "art19.refund")
    assert any(claim.exchanges for claim in dearer)
    more = claims_of("xiaomi-2012", "better", "art11.refund")
    lost = [claim for claim in more if claim.purchase.invoiced_on is None]
    assert lost
    assert {claim.evidence.voucher for claim in lost} == {"lost"}
    for claim in more:  # the year runs from receipt, that of the law from an invoice of long ago
        if claim not in lost:
            invoiced, sold = claim.purchase.invoiced_on, claim.purchase.sold_on
            assert invoiced
            assert sold
            assert invoiced < sold


def test_oppo_falls_below_the_law_for_accessories_and_for_what_it_asks() -> None:
    assert claims_of("oppo-2023", "worse", "art14.exchange")
    asked = claims_of("oppo-2023", "worse", "art11.refund")
    assert any(claim.product.complete is False for claim in asked)
    assert any(claim.fault.confirmed is False for claim in asked)
    for rule in ("art12.exchange", "oppo.accessory_repair", "oppo.not_back_in_30_days"):
        assert claims_of("oppo-2023", "better", rule)


def test_meizu_falls_below_the_law_and_gives_nothing_more() -> None:
    comparison = with_the_law("meizu-2018")
    assert not differing(comparison, "better")
    assert any(
        claim.fault.cause == "liquid" for claim in claims_of("meizu-2018", "worse", "art10.repair")
    )
    asked = claims_of("meizu-2018", "worse", "art11.refund")
    assert any(claim.product.complete is False for claim in asked)
    assert any(claim.fault.confirmed is False for claim in asked)


def test_nubia_falls_below_the_law_for_housing_completeness_and_gifts() -> None:
    asked = claims_of("nubia-2014", "worse", "art11.refund")
    assert any(claim.product.complete is False for claim in asked)
    assert any(claim.product.housing_worn for claim in asked)
    assert any(claim.purchase.gift for claim in asked)


def test_samsung_is_a_day_or_two_more_or_less_on_the_factory_date() -> None:
    repair = {
        one.direction
        for one in with_the_law("samsung-2025").divergences
        if one.subject == "free_repair"
    }
    assert repair == {"worse", "better"}


def test_jd_gives_one_exchange_more() -> None:
    better = differing(with_the_law("jd-180"), "better")
    assert "jd.exchange_180" in {one.rule for one in better}
    assert {one.subject for one in better} == {"exchange"}  # arts. 18 and 19 do not rest on it


@pytest.mark.parametrize("name", PROMISES)
def test_a_changed_number_of_a_policy_file_is_always_found(
    name: str, pytestconfig: pytest.Config
) -> None:
    """A number that stands in a file, one more: some claim has less or more by it.

    The first of every file; all of them with ``--claims 10000`` or more.
    """
    text = (files("sanbao.policies") / f"{name}.toml").read_text("utf-8")
    before = policies.get(name)
    every = list(_NUMBER.finditer(text))
    for found in every if pytestconfig.getoption("--claims") >= 10_000 else every[:1]:
        grown = f"{found.group(1)}{_one_more(found.group(2))}"
        changed = text[: found.start()] + grown + text[found.end() :]
        after = parse(changed, "x.toml", PolicySet.shipped()._base).policy
        assert compare(before, after).divergences, found.group()


_NUMBER: Final = re.compile(r"(\b(?:days|months|value|daily_rate|factory_days) = )([0-9.]+)")


def _one_more(number: str) -> str:
    return f"{Decimal(number) + Decimal('0.001')}" if "." in number else str(int(number) + 1)
