"""Verifying a policy: the regulation is sound, and what is unsound is found."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest

import sanbao
from policies_for_tests import promise
from random_claims import nowhere, random_claim
from sanbao import MOBILE_2001, Claim, Engine, Policy, ValidationError, policies
from sanbao.model.citation import Citation
from sanbao.rules.conditions import AllOf, Condition, Under, fact
from sanbao.rules.policy import Bar, Grade
from sanbao.statespace import verifying
from sanbao.statespace.verification import Principle, Verification
from sanbao.statespace.verifying import verify
from small_policies import ALL_KINDS, CITES, INSIDE, WITHIN_15, exchange, refund, repair, small

_CITES = (Citation(MOBILE_2001.id, article=9),)


def principle(policy: Policy, name: str) -> Principle:
    return next(one for one in verify(policy).principles if one.id == name)


def exchanging(*more: Condition, repaired: Condition = INSIDE, **changes: Any) -> Policy:
    """Return a small law: an exchange within 15 days that may ask ``more``, and a repair."""
    return small(MOBILE_2001.id, exchange(AllOf((WITHIN_15, *more))), repair(repaired), **changes)


NOTHING_LEFT = fact("nothing_left").is_(True)
COPIES_ONLY = exchanging(fact("invoice").is_("copy"))
"""A law under which the original of an invoice is worth less than a copy."""


def open_to(policy: Policy, claim: Claim | None) -> set[str]:
    assert claim is not None
    return {remedy.remedy for remedy in Engine(policy).decide(claim).remedies}


@pytest.mark.untraced
def test_the_regulation_is_sound() -> None:
    report = verify(MOBILE_2001)
    assert report.holds
    assert [one.id for one in report.principles if not one.holds] == []
    assert all(one.looked_at > 0 for one in report.principles)
    assert sum(one.cells for one in report.outcomes) == report.cells
    assert all(one.cells for one in report.outcomes)


def test_a_rule_that_cannot_lead_is_found() -> None:
    found = principle(exchanging(fact("role").is_("accessory")), "every_rule_leads")
    assert [breach.rules for breach in found.breaches] == [("art11.exchange",)]


def test_a_rule_that_gives_only_what_a_stronger_one_gives_is_found() -> None:
    again = exchange(WITHIN_15, "shop.again")
    policy = small(MOBILE_2001.id, exchange(WITHIN_15), repair(INSIDE), again)
    assert [b.rules for b in principle(policy, "no_rule_shadowed").breaches] == [("shop.again",)]


_ANY_INVOICE = fact("invoice").is_("original")
_CARRYING = {
    # more than art9.proven, which holds wherever this does
    "invoice_alone": Grade("x.invoice", _ANY_INVOICE, "papers", ("refund",), _CITES),
    # the same as art9.proven, and nothing more
    "again": Grade("x.again", _ANY_INVOICE, "papers", ("repair",), _CITES),
    # another start, so that nobody knows where the period begins
    "start": Grade("x.start", _ANY_INVOICE, "factory", (), _CITES),
    "under": Grade(
        "x.under",
        _ANY_INVOICE,
        "papers",
        (),
        _CITES,
        carries_under=(("art11.refund", Under("rounding", "half_up")),),
    ),
}


@pytest.mark.untraced
@pytest.mark.parametrize("name", _CARRYING)
def test_a_grade_is_shadowed_only_if_nobody_misses_it(name: str) -> None:
    """Held against deciding without it: where an outcome changes, the grade is not shadowed."""
    grade = _CARRYING[name]
    policy = replace(MOBILE_2001, grades=(*MOBILE_2001.grades, grade))
    told = {breach.rules for breach in principle(policy, "no_rule_shadowed").breaches}
    missed = _is_missed(policy, MOBILE_2001)
    assert missed == (name != "again")
    assert ((grade.id,) in told) == (not missed)


@pytest.mark.untraced
@pytest.mark.parametrize("despite", [True, False])
def test_a_bar_is_shadowed_only_if_nobody_misses_it(despite: bool) -> None:
    """A bar inside another bars what that one does not touch: arts. 10 (again) and 54."""
    expired = MOBILE_2001.bars[0]
    bar = Bar("x.late", expired.when & fact("gift").is_(True), _CITES)
    touched = tuple(replace(right, despite=()) for right in MOBILE_2001.rights)
    without = MOBILE_2001 if despite else replace(MOBILE_2001, rights=touched)
    policy = replace(without, bars=(*without.bars, bar))
    told = {breach.rules for breach in principle(policy, "no_rule_shadowed").breaches}
    assert _is_missed(policy, without, gift=True) == despite
    assert ((bar.id,) in told) == (not despite)


def _is_missed(policy: Policy, without: Policy, **purchase: object) -> bool:
    """Say whether random claims, some of them with unlikely dates, are decided otherwise."""
    rng, one, other = Random(7), Engine(policy), Engine(without)
    for _ in range(4000):
        claim = nowhere(random_claim(rng))
        claim["purchase"] |= purchase
        if one.decide(claim).possible != other.decide(claim).possible:
            return True
    return False


def test_a_bar_inside_another_bars_what_that_one_does_not_touch() -> None:
    """So it is in a small law, too: gifts alone are not repaired after the period."""
    expired = MOBILE_2001.bars[0]
    bars = (expired, Bar("x.late", expired.when & fact("gift").is_(True), CITES))
    faulty = fact("symptom").listed_as("faults")
    for despite in ((), (expired.id,)):
        right = replace(repair(faulty), despite=despite)
        dear = replace(refund(WITHIN_15, "less_depreciation"), empty=NOTHING_LEFT)
        found = principle(small(MOBILE_2001.id, dear, right, bars=bars), "no_rule_shadowed")
        assert (("x.late",) in [breach.rules for breach in found.breaches]) == (not despite)


def test_papers_are_better_whatever_else_is_so() -> None:
    """Where a copy is worth more of two faults alone, claims of these are shown."""
    faults = ("screen_fault", "no_ring")
    only = fact("symptom").one_of(*faults) & fact("sold_in_mainland").is_(True)
    law = exchanging(
        only & fact("invoice").is_("copy"), repaired=INSIDE & ~fact("symptom").is_("no_ring")
    )
    breaches = principle(law, "better_papers").breaches
    assert breaches
    for breach in breaches:
        assert breach.claim is not None
        assert breach.claim.fault.symptom in faults


def test_papers_that_are_better_and_give_less_are_found() -> None:
    found = principle(COPIES_ONLY, "better_papers")
    assert not found.holds
    breach = next(one for one in found.breaches if one.subject == "exchange")
    assert "art11.exchange" in breach.rules
    assert breach.claim is not None
    assert breach.other is not None
    assert "exchange" not in open_to(COPIES_ONLY, breach.claim)
    assert "exchange" in open_to(COPIES_ONLY, breach.other)
    assert breach.claim.evidence != breach.other.evidence


def test_an_earlier_claim_that_gives_less_is_found() -> None:
    later = ~fact("windows_start").within_window(days=3)
    found = principle(exchanging(repaired=INSIDE & later), "earlier_claim")
    assert not found.holds
    assert found.breaches[0].subject == "free_repair"


def test_repairs_that_take_a_right_away_are_found() -> None:
    found = principle(exchanging(~fact("repairs_counted").at_least(1)), "more_repairs")
    assert not found.holds
    breach = found.breaches[0]
    assert breach.subject == "exchange"
    assert breach.claim is not None
    assert breach.other is not None
    assert len(breach.claim.repairs) > len(breach.other.repairs)


def test_claims_that_no_facts_can_settle_are_found() -> None:
    """Who has no papers has no period, so that nobody can say whether it still runs."""
    no_papers = fact("invoice").is_("none")
    grades = (
        Grade("art9.papers", ~no_papers, "papers", ALL_KINDS, CITES),
        Grade("art9.none", no_papers, None, ALL_KINDS, CITES),
    )
    policy = exchanging(grades=grades)
    found = principle(policy, "one_outcome")
    assert not found.holds
    [*_, breach] = found.breaches
    assert breach.claim is not None
    assert len(Engine(policy).decide(breach.claim).possible) > 1


def test_a_number_without_an_article_of_its_law_is_found() -> None:
    def told(cites: tuple[Citation, ...], line: tuple[Citation, ...] = CITES) -> list[Any]:
        rights = (replace(exchange(WITHIN_15), cites=cites), repair(INSIDE))
        law = small(MOBILE_2001.id, *rights)
        lines = tuple(replace(one, cites=line) for one in law.catalogue)
        found = principle(replace(law, catalogue=lines), "thresholds_cited")
        assert found.holds == (not found.breaches)
        return [breach.rules for breach in found.breaches]

    elsewhere = (Citation("some.other-law", article=1),)
    assert told(CITES) == []
    assert told(elsewhere) == [("art11.exchange",)]
    annex = (Citation("cn.civil-code", appendix=1),)  # another law, and no article of it
    assert told(annex) == [("art11.exchange",)]
    assert told((Citation("cn.civil-code", article=202),)) == []
    assert told(CITES, line=elsewhere) == [("handset",)]


def test_a_promise_by_its_name_stands_beside_the_newest_law(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A law stands alone."""
    promise_ = policies.get("no-invoice-15-months")
    beside = promise_.beside_law(policies.get(MOBILE_2001.id))
    assert beside != promise_
    looked_at: list[Any] = []
    monkeypatch.setattr(verifying, "verified", lambda *given: looked_at.append(given))
    verify("no-invoice-15-months")
    verify(beside)
    by_name, by_policy = looked_at
    assert by_name == by_policy
    assert by_name[0] == beside
    verify(MOBILE_2001.id)
    assert looked_at[-1][0] == policies.get(MOBILE_2001.id)


def test_many_breaches_are_not_all_listed() -> None:
    never = fact("role").is_("none") & fact("symptom").listed_as("faults")
    rights = [repair(never, f"shop.never{number}") for number in range(30)]
    policy = small(MOBILE_2001.id, repair(INSIDE), *rights)
    assert len(principle(policy, "every_rule_leads").breaches) == 20


@pytest.mark.untraced
def test_a_promise_is_verified_like_a_law() -> None:
    assert verify(promise(first_day="same_day")).holds


def test_json_goes_out_and_comes_back() -> None:
    report = verify(COPIES_ONLY)
    assert not report.holds
    assert Verification.from_json(report.to_json()) == report


@pytest.mark.parametrize("junk", [None, 3, [], {}])
def test_what_is_no_policy_is_refused(junk: Any) -> None:
    with pytest.raises(ValidationError, match="must be a Policy"):
        verify(junk)
    if junk is not None:
        with pytest.raises(ValidationError, match="must be Readings"):
            verify(MOBILE_2001, junk)


def test_it_is_at_the_front_door() -> None:
    assert sanbao.verify is verify
