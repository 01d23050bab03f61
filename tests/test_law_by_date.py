"""Which law and which promises a sale falls under: by its day, and by what the claim names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sanbao
from claims import handset
from promises import LONGER, STRICTER, promise
from random_claims import random_claim
from sanbao import MOBILE_2001, Claim, Decision, Engine, PolicySet, ValidationError, policies
from sanbao.evaluation.applicable import ApplicablePolicies
from sanbao.evaluation.parts.forming import decide_again
from sanbao.model.readings import DEFAULT_READINGS
from sanbao.policies import library
from sanbao.policies.mobile_2024 import MOBILE_2024
from sanbao.rules.policy import Policy
from sanbao.rules.policy_file.builder import PolicyFile
from sanbao.rules.versions import Versions, gaps_and_overlaps

ONE_DAY = timedelta(days=1)
FIRST, LAST = date(2001, 11, 15), date(2030, 12, 31)
AMENDED = date(2020, 7, 1)

OLD = replace(MOBILE_2001, in_force_to=AMENDED - ONE_DAY)
NEW = replace(
    MOBILE_2001,
    version="2020-07-01",
    in_force_from=AMENDED,
    in_force_to=None,
    catalogue=tuple(
        replace(line, months=24) if line.kind == "handset" else line
        for line in MOBILE_2001.catalogue
    ),
)
BOTH = Versions((NEW, OLD))


def problems(error: pytest.ExceptionInfo[ValidationError]) -> list[tuple[str, str, str]]:
    return [(one.field, one.value, one.reason) for one in error.value.problems]


# --- versions --------------------------------------------------------------------------------


@pytest.mark.parametrize("law", [library.law(), BOTH])
def test_every_day_falls_under_one_version(law: Versions) -> None:
    """From the commencement to 2030 no day has none, and no day has two."""
    day = FIRST
    while day <= LAST:
        governing = [
            policy
            for policy in law.versions
            if policy.in_force_from <= day <= (policy.in_force_to or date.max)
        ]
        assert governing == [law.in_force(day)], day
        day += ONE_DAY


def test_shipped_policies_stand_in_their_days() -> None:
    """Every shipped policy has a day from which it governs, and no version overlaps another."""
    for name in policies.ids():
        versions = policies.versions(name)
        assert versions[-1] == policies.get(name)
        assert list(gaps_and_overlaps(versions)) == []
        assert all(policy.in_force_from >= FIRST for policy in versions)


def test_the_version_of_a_day() -> None:
    """The day before the amendment is the last of the old version."""
    assert BOTH.in_force(AMENDED - ONE_DAY) is OLD
    assert BOTH.in_force(AMENDED) is NEW
    assert BOTH.in_force(FIRST - ONE_DAY) is OLD
    assert BOTH.newest is NEW
    assert BOTH.versions == (OLD, NEW)
    assert BOTH.id == "cn.mobile-2001"


def test_a_day_after_the_last_version() -> None:
    ended = Versions((replace(MOBILE_2001, in_force_to=date(2019, 12, 31)),))
    with pytest.raises(ValidationError) as error:
        ended.in_force(date(2020, 1, 1))
    [(field, value, reason)] = problems(error)
    assert (field, value) == ("day", "'2020-01-01'")
    assert "cn.mobile-2001" in reason
    assert "2019-12-31" in reason
    claim = handset(sold_on="2020-01-01", claimed_on="2020-01-02")
    with pytest.raises(ValidationError) as error:
        sanbao.decide(claim, policy=ended)
    assert [one.field for one in error.value.problems] == ["purchase.sold_on"]


def test_overlaps_and_gaps_are_refused() -> None:
    """Both versions are named, and the days."""
    for to, field, words in (
        (None, "in_force_to", "are both in force from 2020-07-01 on"),
        (AMENDED, "in_force_to", "are both in force from 2020-07-01 to 2020-07-01"),
        (
            AMENDED - 2 * ONE_DAY,
            "in_force_from",
            "leave a gap from 2020-06-30 to 2020-06-30",
        ),
    ):
        with pytest.raises(ValidationError) as error:
            Versions((replace(OLD, in_force_to=to), NEW))
        assert problems(error) == [(field, "'2001-11-15 and 2020-07-01'", words)]


def test_only_versions_of_one_law() -> None:
    other = replace(NEW, id="cn.other-2020")
    with pytest.raises(ValidationError, match=r"is no version of cn\.mobile-2001"):
        Versions((OLD, other))
    for wrong in ((), "x", None, (LONGER,), (None,), (MOBILE_2001, 3)):
        with pytest.raises(ValidationError) as error:
            Versions(wrong)  # type: ignore[arg-type]
        assert error.value.problems[0].field.startswith("versions")
    for day in ("2020-01-01", datetime(2020, 1, 1), 3, None):
        with pytest.raises(ValidationError, match="must be a date"):
            BOTH.in_force(day)  # type: ignore[arg-type]


# --- deciding by the day of the sale ------------------------------------------------------------


def test_the_sale_chooses_the_version() -> None:
    """Sold on the last day of the old law a phone has 12 months, a day later 24."""
    old = handset(sold_on="2020-06-30", claimed_on="2022-01-10")
    new = handset(sold_on="2020-07-01", claimed_on="2022-01-10")
    for decide in (Engine(BOTH).decide, lambda claim: sanbao.decide(claim, policy=BOTH)):
        assert decide(old).outcome == "paid_repair"
        assert decide(new).outcome == "free_repair"
        assert decide(old).policy.version == "2001-11-15"
        assert decide(new).policy.version == "2020-07-01"
        assert decide(new).receipt.policy == "cn.mobile-2001@2020-07-01"
    # a sale on a day not known can fall under either
    unknown = handset(sold_on=None, claimed_on="2022-01-10")
    assert Engine(BOTH).decide(unknown).policy.version == "2001-11-15/2020-07-01"
    assert Engine(BOTH).policy is NEW


def test_a_what_if_that_moves_the_sale_chooses_again() -> None:
    decision = Engine(BOTH).decide(handset(sold_on="2020-06-30", claimed_on="2022-01-10"))
    moved = decision.what_if({"purchase.sold_on": "2020-07-01"})
    assert moved.after.policy.version == "2020-07-01"
    assert moved.after.outcome == "free_repair"
    assert Decision(decide_again(decision.case).case) == decision


def test_before_the_first_version_the_law_says_so_itself() -> None:
    """Art. 31: what was sold before is not reached."""
    claim = handset(sold_on="2001-11-14", claimed_on="2001-11-20")
    assert policies.in_force(date(2001, 11, 14)) is MOBILE_2001
    lead = sanbao.decide(claim).lead
    assert lead is not None
    assert lead.rule == "art31.date"


@pytest.mark.untraced
@given(st.builds(random_claim, st.randoms(use_true_random=False)))
def test_without_a_policy_the_version_of_its_day_decides(claim: dict[str, Any]) -> None:
    """That of the delivery or of the claim, whichever came first; nothing else is chosen by it."""
    purchase = claim["purchase"]
    delivered = purchase.get("received_on") or purchase["sold_on"]
    governing = policies.in_force(date.fromisoformat(min(delivered, claim["claimed_on"])))
    assert sanbao.decide(claim) == sanbao.decide(claim, policy=governing)


# --- the commitments a claim names --------------------------------------------------------------

LATER = promise("later", in_force_from=date(2026, 1, 1))
ENDED = promise("ended", in_force_from=date(2010, 1, 1), in_force_to=date(2025, 3, 2))
STRANGE = promise("strange", beside="cn.other")
MADE = {policy.id: policy for policy in (LONGER, STRICTER, LATER, ENDED, STRANGE)}


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Return an engine beside which made-up commitments ship."""
    monkeypatch.setattr(PolicySet.shipped(), "_added", {})
    engine = Engine()
    for policy in MADE.values():
        ship(engine, policy)
    return engine


def ship(engine: Engine, policy: Policy) -> None:
    """Let a made-up commitment be among those that ship."""
    engine.policies._added[policy.id] = PolicyFile(policy, {})


def named(*commitments: str, **changes: Any) -> Claim:
    changes = {"claimed_on": "2025-03-25"} | changes
    return Claim.model_validate({**handset(**changes), "commitments": list(commitments)})


def test_a_claim_names_its_commitments(engine: Engine) -> None:
    """Day 22: the regulation has no exchange any more, the promise has."""
    plain, decision = engine.decide(named()), engine.decide(named("longer"))
    together = policies.combined(MOBILE_2024, LONGER)
    assert (plain.outcome, decision.outcome) == ("free_repair", "exchange")
    assert decision.policy.id == "cn.mobile-2001+longer"
    assert decision.to_json() == Engine(together).decide(named("longer")).to_json()
    assert Engine(MOBILE_2024).decide(named("longer")) == decision
    assert decision.receipt.reproduce(named("longer")).to_json() == decision.to_json()
    assert decision.receipt.reproduce(named("longer"), MOBILE_2024) == decision
    assert Decision(decide_again(decision.case).case) == decision


def test_what_decides_by_itself_takes_nothing_from_the_claim(engine: Engine) -> None:
    """A commitment alone, or several policies together, are not added to."""
    alone = Engine(STRICTER).decide(named("longer"))
    assert alone.policy.id == "stricter"
    assert alone.warnings == Engine(STRICTER).decide(named("later")).warnings == ()
    assert Decision(decide_again(alone.case).case) == alone
    both = Engine(policies.combined(MOBILE_2001, STRICTER)).decide(named("longer", "later"))
    assert both.policy.id == "cn.mobile-2001+stricter"
    assert both.warnings == ()
    assert decide_again(both.case).policy == both.policy
    assert alone.receipt.reproduce(named("longer"), STRICTER) == alone
    # what ships is found by what the receipt says
    assert alone.receipt.reproduce(named("longer")) == alone
    assert both.receipt.reproduce(named("longer", "later")) == both
    other = replace(alone.receipt, policy="stricter@2")
    with pytest.raises(ValidationError) as error:
        other.reproduce(named("longer"))
    assert [one.field for one in error.value.problems] == [
        "receipt.policy",
        "receipt.policy_sha256",
    ]


@pytest.mark.parametrize(
    ("names", "field", "reason"),
    [
        (("longer", "longr"), "commitments[1]", "there is no policy with this id"),
        (("cn.mobile-2002",), "commitments[0]", "did you mean 'cn.mobile-2001'"),
        (("cn.mobile-2001",), "commitments[0]", "is a law, not a commitment"),
        (("longer", "stricter", "longer"), "commitments[2]", "is named twice"),
        (("strange",), "commitments[0]", "stands beside cn.other, not beside cn.mobile-2001"),
    ],
)
def test_what_is_no_commitment_of_the_law(
    engine: Engine, names: tuple[str, ...], field: str, reason: str
) -> None:
    with pytest.raises(ValidationError) as error:
        engine.decide(named(*names))
    [(found, value, said)] = problems(error)
    assert found == field
    assert names[-1] in value
    assert reason in said


def test_a_commitment_that_was_not_in_force(engine: Engine) -> None:
    """It is left out, with a warning; so is one that had ended on the day before the sale."""
    decision = engine.decide(named("later", "longer", "ended"))
    assert decision.policy.id == "cn.mobile-2001+longer"
    warned = [(odd.id, odd.field, odd.value) for odd in decision.warnings]
    assert warned == [
        ("commitment_not_in_force", "commitments[0]", "later"),
        ("commitment_not_in_force", "commitments[2]", "ended"),
    ]
    alone = engine.decide(named("later"))
    assert alone.policy.id == "cn.mobile-2001"
    assert [odd.field for odd in alone.warnings] == ["commitments[0]"]
    assert alone.receipt.reproduce(named("later")) == alone
    assert "later" in alone.explain("en")
    assert "未生效" in alone.explain("zh", "clerk")
    assert "ended" in decision.explain("en", "auditor")
    first_day = engine.decide(named("ended", sold_on="2025-03-02", claimed_on="2025-03-03"))
    assert first_day.warnings == ()


def test_a_sale_on_a_day_not_known(engine: Engine) -> None:
    """Where the day decides whether a promise was in force, it is needed."""
    # sold in 2026 the promise of 30 days holds; sold before it the regulation's 15 days
    ship(engine, replace(LONGER, id="soon", in_force_from=date(2026, 1, 1)))
    late = {"claimed_on": "2026-01-20", "sold_on": None, "manufactured_on": "2025-12-01"}
    decision = engine.decide(named("soon", **late))
    outcomes = set()
    for days in range(51):
        sold = date(2025, 12, 1) + timedelta(days=days)
        outcomes.add(engine.decide(named("soon", **late | {"sold_on": str(sold)})).outcome)
    assert set(decision.possible) == outcomes == {"refund", "exchange", "free_repair"}
    assert "purchase.sold_on" in decision.needs
    assert decision.warnings == ()


def test_changes_to_the_sale_know_which_promises_then_hold(engine: Engine) -> None:
    """A change of the day of sale that is told leads where deciding the claim leads."""
    ship(engine, replace(LONGER, id="soon", in_force_from=date(2025, 3, 5)))
    for changed in ({"sold_on": "2025-03-03"}, {"sold_on": "2025-03-07"}):
        decision = engine.decide(named("soon", claimed_on="2025-03-27", **changed))
        changes = decision.nearest_changes()
        assert changes
        for change in changes:
            after = engine.decide(change.apply(decision.case.claim))
            assert (after.outcome, after.lead and after.lead.rule) == (change.outcome, change.rule)
    # every day of sale that leads elsewhere is no nearer than what is told
    moved = {
        ((change.days or 0) > 0, change.outcome): change.days or 0
        for change in changes
        if change.field == "purchase.sold_on"
    }
    for days in range(-40, 21):
        sold = str(date(2025, 3, 7) + timedelta(days=days))
        after = engine.decide(named("soon", claimed_on="2025-03-27", sold_on=sold))
        if days and after.outcome != decision.outcome:
            assert abs(days) >= abs(moved[days > 0, after.outcome])


def test_a_what_if_may_name_commitments(engine: Engine) -> None:
    decision = engine.decide(named())
    promised = decision.what_if(commitments=["longer"])
    assert promised.after.outcome == "exchange"
    assert promised.after.policy.id == "cn.mobile-2001+longer"
    assert promised.explain("en")
    back = promised.after.what_if({"commitments[0]": None})
    assert back.after == decision
    none = promised.after.what_if({"purchase.sold_on": "2009-12-01"})
    assert none.after.policy.id == "cn.mobile-2001"


def test_many_choices_are_forgotten(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a claim chooses is made anew when too much is remembered; the decision is the same."""
    monkeypatch.setattr("sanbao.evaluation.applicable._MOST_KEPT", 1)
    choice = ApplicablePolicies(MOBILE_2001, engine.calendar, engine.policies)
    first = choice.programs(named("longer"))
    assert choice.programs(named("longer")) is first
    choice.programs(named("stricter"))
    assert choice.programs(named("longer")) is not first
    kind = first.of("handset", DEFAULT_READINGS)
    assert kind is first.of("handset", DEFAULT_READINGS)


def test_read_from_json_the_words_are_found(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decision from JSON tells a promise by its title if it ships, otherwise by its id."""
    decision = engine.decide(named("longer"))
    text = decision.to_json()
    assert Decision.from_json(text).explain("en") == decision.explain("en")
    monkeypatch.setattr(PolicySet.shipped(), "_added", {})
    told = Decision.from_json(text).explain("en")
    assert 'by the seller\'s promise "longer"' in told
