"""A law that was amended: sales about the day of the change, known and not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

import random_claims
from amended import AMENDED, FROM, NEW, OLD, RENEWED, with_window
from claims import days_after, handset
from random_claims import random_claim, with_unknowns
from sanbao import Claim, Decision, Engine, PolicySet, ValidationError, policies
from sanbao.evaluation.applicable import ApplicablePolicies
from sanbao.evaluation.programs.by_version import possible_sales
from sanbao.evaluation.unknowns import case_analysis
from sanbao.policies import policy_set
from sanbao.policies.mobile_2001 import TERMS
from sanbao.reasons.counterfactuals import open_remedies
from sanbao.rules.conditions import Window, leaves
from sanbao.rules.policy_file.builder import PolicyFile
from sanbao.rules.versions import Versions

BEFORE = "2024-06-30"
"""The last day of the old version: 7 days in art. 11; a day later it is 10."""

ENGINE = Engine(AMENDED)


def decided(**changes: Any) -> Decision:
    return ENGINE.decide(handset(**changes))


def sold(claim: Claim, day: date) -> Claim:
    purchase = claim.purchase.model_copy(update={"sold_on": day})
    return claim.model_copy(update={"purchase": purchase})


# --- the day of the sale is known ----------------------------------------------------------------


def test_the_amendment_governs_from_its_day() -> None:
    """Day 9 of a sale on the last day of the old law, and of a sale a day later."""
    assert decided(sold_on=BEFORE, claimed_on="2024-07-09").outcome == "exchange"
    assert decided(sold_on="2024-07-01", claimed_on="2024-07-10").outcome == "refund"


def test_the_nearest_day_of_sale_may_be_the_first_of_another_version() -> None:
    """Sold on the last day of the old law and claimed on day 9: a day later there are 10 days."""
    decision = decided(sold_on=BEFORE, claimed_on="2024-07-09")
    later = [
        (change.after, change.outcome)
        for change in decision.nearest_changes()
        if change.field == "purchase.sold_on" and (change.days or 0) > 0
    ]
    assert later == [("2024-07-01", "refund")]
    why_not = decision.why_not("refund")
    assert ("purchase.sold_on", "2024-07-01") in {
        (change.field, change.after) for change in why_not.changes
    }
    there = decision.what_if({"purchase.sold_on": "2024-07-01"})
    assert there.after.outcome == "refund"
    assert there.after.policy.version == NEW.version


@pytest.mark.parametrize("claimed_on", ["2024-07-09", "2024-07-12", "2024-07-20", "2025-07-08"])
@pytest.mark.parametrize("law", [AMENDED, RENEWED], ids=["amended", "renewed"])
def test_no_nearer_day_of_sale_leads_elsewhere(law: Versions, claimed_on: str) -> None:
    """What is told of other days of sale is what trying every day finds."""
    engine = Engine(law)
    claim = Claim.model_validate(handset(sold_on=BEFORE, claimed_on=claimed_on))
    decision = engine.decide(claim)
    told = {
        (change.outcome, (change.days or 0) > 0): change.days
        for change in decision.nearest_changes()
        if change.field == "purchase.sold_on"
    }
    found: dict[tuple[object, bool], int] = {}
    here = date.fromisoformat(BEFORE)
    for distance in range(1, 800):
        for days in (-distance, distance):
            there = here + timedelta(days=days)
            if there <= claim.claimed_on:
                outcome = engine.decide(sold(claim, there)).outcome
                if outcome not in (None, decision.outcome):
                    found.setdefault((outcome, days > 0), days)
    assert {key: days for key, days in told.items() if abs(days or 0) < 800} == found


def test_no_day_of_sale_after_the_law_is_tried() -> None:
    """Where the law has a last day, no change is told that could not be decided."""
    ended = Versions((OLD, replace(NEW, in_force_to=date(2024, 7, 4))))
    decision = Engine(ended).decide(handset(sold_on="2024-07-04", claimed_on="2024-07-20"))
    for change in decision.nearest_changes():
        after = Engine(ended).decide(change.apply(decision.case.claim))
        assert after.outcome == change.outcome
    alone = Engine(Versions((OLD,))).decide(handset(sold_on=BEFORE, claimed_on="2024-07-20"))
    days = [c.after for c in alone.nearest_changes() if c.field == "purchase.sold_on"]
    assert days
    assert max(map(str, days)) <= BEFORE


def test_the_timeline_is_that_of_the_version() -> None:
    old = decided(sold_on=BEFORE, claimed_on="2024-07-01").timeline
    new = decided(sold_on="2024-07-01", claimed_on="2024-07-02").timeline
    assert [step.on for step in old.steps][1:3] == [date(2024, 7, 9), date(2024, 7, 16)]
    assert [step.on for step in new.steps][1:3] == [date(2024, 7, 12), date(2024, 7, 17)]


# --- the day of the sale is not known ---------------------------------------------------------


def test_no_law_decides_before_it_is_in_force() -> None:
    """Claimed before the amendment: the old version alone, which needs the day of the sale."""
    claim = handset(sold_on=None, claimed_on="2024-06-14", manufactured_on="2024-06-05")
    decision = ENGINE.decide(claim)
    assert decision.policy.version == OLD.version
    assert decision.to_json() == Engine(OLD).decide(claim).to_json()
    assert decision.outcome is None
    assert decision.possible == ("refund", "exchange")
    assert decision.needs == ("purchase.sold_on",)
    # 9 days after the goods were made art. 11 of the amendment would give a refund for certain
    assert Engine(NEW).decide(claim | {"purchase": {"sold_on": "2024-06-05"}}).outcome == "refund"


def test_the_possible_days_of_the_sale_choose_the_versions() -> None:
    """Not before the factory date, not after the claim or what follows a sale."""
    both, old, new = "2001-11-15/2024-07-01", OLD.version, NEW.version
    repair = {"handed_in_on": "2024-06-30", "handed_back_on": "2024-07-02", "delay": "parts"}
    for version, changes in (
        (old, {"claimed_on": "2024-06-30"}),
        (both, {"claimed_on": "2024-07-01"}),
        (both, {"manufactured_on": "2024-06-30"}),
        (new, {"manufactured_on": "2024-07-01"}),
        (old, {"repairs": [repair]}),
        (both, {"repairs": [repair | {"handed_in_on": "2024-07-01"}]}),
        (old, {"exchanges": [{"exchanged_on": "2024-06-30"}]}),
        (both, {"exchanges": [{"exchanged_on": "2024-07-01"}]}),
        (both, {"invoiced_on": "2024-06-30"}),  # it may bear a day of before the sale
        (old, {"received_on": "2024-06-30"}),
        # a repair before the goods were made contradicts it, and says nothing
        (new, {"repairs": [repair], "manufactured_on": "2024-07-02"}),
        # goods made after the claim were sold on its day at the latest
        (new, {"manufactured_on": "2024-08-02"}),
    ):
        decision = decided(**{"sold_on": None, "claimed_on": "2024-07-08", **changes})
        assert decision.policy.version == version, changes


def test_the_versions_together_need_the_day_of_the_sale() -> None:
    """Made on 30 June and claimed on 10 July: day 10 under the old law, day 9 under the new."""
    claim = handset(sold_on=None, claimed_on="2024-07-10", manufactured_on="2024-06-30")
    decision = ENGINE.decide(claim)
    assert decision.possible == ("refund", "exchange")
    assert "purchase.sold_on" in decision.needs
    assert decision.receipt.policy == "cn.mobile-2001@2001-11-15/2024-07-01"
    assert decision.receipt.reproduce(claim, AMENDED) == decision
    for one in (OLD, NEW):
        with pytest.raises(ValidationError, match=r"receipt\.policy"):
            decision.receipt.reproduce(claim, one)
    assert Decision.from_json(decision.to_json()) == decision
    assert repr(decision).startswith("Decision(")
    for audience in ("consumer", "clerk", "auditor"):
        for lang in ("zh", "en"):
            assert decision.explain(lang, audience)


def test_what_all_versions_give_is_certain() -> None:
    """Made on 1 July or in the last days before it: claimed soon, either gives a refund."""
    claim = handset(sold_on=None, claimed_on="2024-07-05", manufactured_on="2024-06-29")
    decision = ENGINE.decide(claim)
    assert decision.outcome == "refund"
    assert decision.lead is not None
    assert decision.lead.rule == "art11.refund"
    assert decision.verdicts["art11.refund"] == "holds"
    assert decision.needs == ()
    out = decided(sold_on=None, claimed_on="2024-07-05", sold_in_mainland=False)
    assert out.outcome == "excluded"
    assert out.lead is not None
    assert out.lead.rule == "art2.place"


def test_what_the_versions_say_differently_is_not_told() -> None:
    """Months, rate and loaner day of the other law hang on the day of the sale."""
    claim = handset(
        sold_on=None,
        invoiced_on="2024-07-02",
        claimed_on="2024-09-02",
        price="2000.00",
        same_model_in_stock=True,
        request="refund",
        repairs=[
            {"handed_in_on": days_after("2024-07-10", 10 * n), "handed_back_on": "2024-08-12"}
            for n in range(2)
        ]
        + [{"handed_in_on": "2024-08-20", "delay": "repairer"}],
    )
    old, new = Engine(OLD).decide(claim), Engine(NEW).decide(claim)
    decision = Engine(RENEWED).decide(claim)
    dates = decision.dates
    assert (dates.period_starts_on, dates.period_ends_on) == (date(2024, 7, 2), None)
    assert old.dates.period_ends_on == new.dates.period_ends_on is not None
    assert "period_ends_on" not in decision.provisional
    assert decision.outcome == "refund"
    [refund] = [one for one in decision.remedies if one.rule == "art19.refund"]
    assert refund.used_days is not None
    assert refund.rate_per_day is refund.fee is refund.payable is None
    assert "purchase.sold_on" in decision.needs
    assert "art15.loaner" not in {duty.id for duty in decision.obligations}
    assert "art15.loaner" in {duty.id for duty in old.obligations}
    assert decision.verdicts["art12.swap"] == "unknown"
    assert "art12.exchange" not in decision.verdicts
    assert decision.depends_on is not None


def test_a_promise_beside_versions() -> None:
    """A promise that both versions stand beside gives as much whichever it is."""
    claim = handset(sold_on=None, claimed_on="2024-07-25", manufactured_on="2024-06-27")
    named = Claim.model_validate({**claim, "commitments": ["vivo-2016"]})
    decision = Engine(AMENDED).decide(named)
    assert decision.policy.id == "cn.mobile-2001+vivo-2016"
    assert decision.policy.version == "2001-11-15+2016/2024-07-01+2016"
    assert repr(decision).startswith("Decision(")
    assert decision.receipt.reproduce(named, AMENDED) == decision
    assert decision.possible == ("refund", "exchange")
    assert decision.depends_on is not None
    assert decision.explain("zh")
    choice = ApplicablePolicies(AMENDED, ENGINE.calendar, ENGINE.policies)
    assert choice.whenever_sold(named) is choice.whenever_sold(named)


def test_many_versions_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered is bounded, and changes no result."""
    claim = handset(sold_on=None, claimed_on="2024-07-10", manufactured_on="2024-06-30")
    known = ENGINE.decide(claim)
    monkeypatch.setattr("sanbao.evaluation.applicable._MOST_KEPT", 1)
    monkeypatch.setattr("sanbao.evaluation.programs.by_version._MOST_SKELETONS", 1)
    engine = Engine(AMENDED)
    named = Claim.model_validate({**claim, "commitments": ["vivo-2016"]})
    assert engine.decide(named).outcome is None
    assert engine.decide(claim) == known


@pytest.fixture
def near_the_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make random claims of sales about the day of the amendment."""
    monkeypatch.setattr(
        random_claims, "_sale_date", lambda rng: FROM + timedelta(days=rng.randint(-40, 40))
    )


@pytest.mark.usefixtures("near_the_change")
@pytest.mark.parametrize("law", [AMENDED, RENEWED], ids=["amended", "renewed"])
def test_tables_settle_it_in_the_same_way(law: Versions) -> None:
    """Rows with and without a day of sale have the outcome that the engine gives them."""
    pl = pytest.importorskip("polars")
    from sanbao.audit import decide_table

    rng, rows, claims = Random(5), [], []
    for number in range(400):
        claim = handset(
            sold_on=str(FROM + timedelta(days=rng.randint(-20, 20))) if number % 2 else None,
            claimed_on=str(FROM + timedelta(days=rng.randint(20, 400))),
            manufactured_on=str(FROM - timedelta(days=rng.randint(-20, 20))),
        )
        claims.append(claim)
        rows.append(
            {
                "claimed_on": claim["claimed_on"],
                "kind": "handset",
                "symptom": "screen_fault",
                "cause": "defect",
                **{key: claim["purchase"][key] for key in ("sold_on", "price")},
                **claim["evidence"],
            }
        )
    found = decide_table(pl.DataFrame(rows), policy=law, depends=False)
    engine = Engine(law)
    assert found["error"].null_count() == len(rows)
    assert found["outcome"].to_list() == [engine.decide(claim).outcome for claim in claims]
    assert found["outcome"].null_count() > 20


@pytest.mark.untraced
@pytest.mark.usefixtures("near_the_change")
@pytest.mark.parametrize("law", [AMENDED, RENEWED], ids=["amended", "renewed"])
def test_an_unknown_sale_is_settled_across_versions(law: Versions) -> None:
    """What is possible is what some day of sale leads to, each under its own version."""
    engine, rng, many = Engine(law), Random(20240701), 0
    for _ in range(120):
        written = random_claim(rng)
        if rng.random() < 0.5:
            written = with_unknowns(rng, written)
        made = FROM - timedelta(days=rng.randint(-10, 60))
        written["evidence"]["manufactured_on"] = str(made)
        written["purchase"].pop("sold_on", None)
        # whoever states no sale has the six months of proof counted from the start of the period,
        # and whoever states one from it; whose word the cause is stays out of this
        written["fault"]["cause_basis"] = "report"
        claim = Claim.model_validate(written)
        decision = engine.decide(claim)
        many += "/" in decision.policy.version
        first, last = possible_sales(claim.row)
        days = map(date.fromordinal, range(first, last + 1))
        there = [engine.decide(sold(claim, day)) for day in days]
        assert set(decision.possible) == {one for each in there for one in each.possible}
        open_ = set(open_remedies(case_analysis(decision.case)))
        assert open_ <= set.intersection(
            *(set(open_remedies(case_analysis(one.case))) for one in there)
        )
    assert many > 40


# --- promises beside a law that was amended ------------------------------------------------------


@pytest.fixture
def amended(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the amended law be the one that ships."""
    words = {name: with_window(term, 7, 10) for name, term in TERMS.items()}
    file = PolicyFile(NEW, words, earlier=(PolicyFile(OLD, TERMS),))
    monkeypatch.setattr(PolicySet.shipped(), "_laws", {AMENDED.id: AMENDED})
    monkeypatch.setattr(PolicySet.shipped(), "_added", {AMENDED.id: file})
    policy_set._read.cache_clear()
    yield
    policy_set._read.cache_clear()


@pytest.mark.usefixtures("amended")
def test_a_promise_rests_on_the_version_of_its_first_day() -> None:
    """The promise of 2016 begins where the 7 days of 2016 end, and loads."""
    days = TERMS["inside_7_days_for_refund"]
    promise = policies.get("vivo-2016")
    assert days in list(leaves(promise.right("art11.refund").when))
    for name in policies.ids():
        assert policies.get(name).id == name
    # who bought under the new law has its 10 days, and from day 11 the promise
    claim = {**handset(sold_on="2024-07-01", claimed_on="2024-07-10"), "commitments": ["vivo-2016"]}
    decision = Engine(AMENDED).decide(claim)
    assert decision.policy.version == "2024-07-01+2016"
    assert (decision.outcome, decision.lead and decision.lead.rule) == ("refund", "art11.refund")
    later = Engine(AMENDED).decide(claim | {"claimed_on": "2024-07-28"})
    assert later.outcome == "exchange"


_PROMISE = """
id = "shop"
version = "1"
kind = "commitment"
title_zh = "店铺承诺"
title_en = "Shop promise"
beside = "cn.mobile-2001"
source = "made up"
read_on = 2026-01-01
in_force_from = {day}

[[rights]]
id = "art12.exchange"
when = ["faulty_unit", {{ op = "window", fact = "windows_start", days = 30 }}, "not inside_7_days"]
"""


@pytest.mark.usefixtures("amended")
@pytest.mark.parametrize(
    ("day", "days"), [("2024-06-30", 7), ("2024-07-01", 10), ("1999-01-01", 7), ("2050-01-01", 10)]
)
def test_the_words_of_a_promise_are_those_of_its_first_day(
    tmp_path: Path, day: str, days: int
) -> None:
    path = tmp_path / "shop.toml"
    path.write_text(_PROMISE.format(day=day), encoding="utf-8")
    found = policies.load(path)
    asked = [
        one.days for one in leaves(found.right("art12.exchange").when) if isinstance(one, Window)
    ]
    assert asked == [30, days]


@pytest.mark.usefixtures("amended")
def test_a_promise_without_a_day_says_so(tmp_path: Path) -> None:
    path = tmp_path / "shop.toml"
    undated = _PROMISE.replace("in_force_from = {day}", "").format()
    path.write_text(undated, encoding="utf-8")
    with pytest.raises(ValidationError) as error:
        policies.load(path)
    assert "in_force_from" in {one.field for one in error.value.problems}


def test_a_promise_stands_beside_every_version_of_its_days(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A right that the next version has turned into another is told when the file is read."""
    other = replace(
        NEW,
        rights=tuple(
            replace(right, remedy="free_repair") if right.id == "art12.exchange" else right
            for right in NEW.rights
        ),
    )
    monkeypatch.setattr(PolicySet.shipped(), "_laws", {OLD.id: Versions((OLD, other))})
    path = tmp_path / "shop.toml"
    path.write_text(_PROMISE.format(day="2024-01-01"), encoding="utf-8")
    with pytest.raises(ValidationError) as error:
        policies.load(path)
    [problem] = error.value.problems
    assert (problem.field, problem.value) == ("rights", "'art12.exchange'")
    assert "2024-07-01 this right gives free_repair" in problem.reason
    # a promise that ended before is not held against it
    until = "in_force_from = {day}\nin_force_to = 2024-06-30"
    path.write_text(
        _PROMISE.replace("in_force_from = {day}", until).format(day="2024-01-01"), encoding="utf-8"
    )
    assert policies.load(path).in_force_to == date(2024, 6, 30)
