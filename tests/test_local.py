"""Local regulations beside the national law: Zhejiang's (2017) and Jiangsu's (2017).

Zhejiang: arts. 26 (windows, repairs, fees, loaner) and 30 (proof); Jiangsu: arts. 20 and 21.
Both govern by place and day of the sale, remedy by remedy beside the national law.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sanbao import Decision, ValidationError, compare, decide, policies
from sanbao.model.rule_ref import RuleRef
from sanbao.policies import library
from sanbao.reasons.other_places import elsewhere
from sanbao.rules.policy import Policy

SOLD = date(2024, 3, 4)  # a Monday, before Decree 778


def decided(
    claimed: date,
    *,
    province: str | None = "CN-ZJ",
    trader: str | None = None,
    sold: date | None = SOLD,
    fault: dict[str, Any] | None = None,
    **more: Any,
) -> Decision:
    """Return the decision on a handset with all papers, of a fault no list names."""
    purchase: dict[str, Any] = {"price": "2000.00"}
    for name, value in (("province", province), ("trader_province", trader)):
        if value is not None:
            purchase[name] = value
    if sold is not None:
        purchase["sold_on"] = str(sold)
    claim = {
        "claimed_on": str(claimed),
        "product": {"kind": "handset"},
        "purchase": purchase | more.pop("purchase", {}),
        "evidence": {"invoice": "original", "voucher": "intact"} | more.pop("evidence", {}),
        "fault": {"symptom": "unlisted"} | (fault or {}),
        **more,
    }
    return decide(claim)


def rules(decision: Decision) -> set[str]:
    """Return the rules of the remedies that are open."""
    return {remedy.rule for remedy in decision.remedies}


def repair(day: date, days: int, **more: Any) -> dict[str, Any]:
    """Return a finished repair that took ``days``, both ends counted."""
    back = day + timedelta(days=days - 1)
    return {"handed_in_on": str(day), "handed_back_on": str(back), **more}


class TestWhereAndWhen:
    """Place and day: the sale in the province, or a trader of Zhejiang; from its first day."""

    def test_a_sale_in_zhejiang(self) -> None:
        """A sale in zhejiang."""
        decision = decided(SOLD + timedelta(days=7))
        assert decision.outcome == "refund"
        assert decision.lead is not None
        assert (decision.lead.rule, decision.lead.policy) == ("zj26.refund_7", "zhejiang-2017")
        assert decision.policy.id == "cn.mobile-2001+zhejiang-2017"

    def test_a_trader_of_zhejiang_sells_everywhere(self) -> None:
        """A trader of zhejiang sells everywhere."""
        assert decided(SOLD, province="CN-BJ", trader="CN-ZJ").outcome == "refund"

    def test_a_trader_of_jiangsu_does_not(self) -> None:
        """A trader of jiangsu does not."""
        decision = decided(SOLD, province="CN-BJ", trader="CN-JS")
        assert decision.policy.id == "cn.mobile-2001"

    @pytest.mark.parametrize(
        ("province", "first"), [("CN-ZJ", date(2017, 5, 1)), ("CN-JS", date(2017, 7, 1))]
    )
    def test_the_first_day(self, province: str, first: date) -> None:
        """The first day."""
        governed = [
            "+" in decided(day + timedelta(days=3), province=province, sold=day).policy.id
            for day in (first - timedelta(days=1), first)
        ]
        assert governed == [False, True]

    def test_a_sale_of_a_day_not_known_is_settled_by_cases(self) -> None:
        """A sale of a day not known is settled by cases."""
        made = {"manufactured_on": "2017-04-20"}
        decision = decided(date(2017, 5, 5), sold=None, evidence=made)
        assert decision.outcome is None
        assert set(decision.possible) == {"refund", "free_repair"}
        assert decision.needs == ("purchase.sold_on",)

    def test_a_place_not_known_is_never_needed(self) -> None:
        """A place not known is never needed."""
        decision = decided(SOLD, province=None)
        assert decision.outcome == "free_repair"
        assert not decision.needs

    def test_no_commitment(self) -> None:
        """No commitment."""
        with pytest.raises(ValidationError, match="applies by the place"):
            decided(SOLD, province=None, commitments=["zhejiang-2017"])


class TestZhejiangWindows:
    """Art. 26 para. 1: 7 and 15 days from delivery, for whatever is below quality."""

    @pytest.mark.parametrize(
        ("day", "lead"),
        [
            (7, "zj26.refund_7"),
            (8, "zj26.exchange_15"),
            (15, "zj26.exchange_15"),
            (16, "art10.repair"),
        ],
    )
    def test_boundaries(self, day: int, lead: str) -> None:
        """Boundaries."""
        decision = decided(SOLD + timedelta(days=day))
        assert decision.lead is not None
        assert decision.lead.rule == lead

    def test_exchange_in_the_week_for_the_asking(self) -> None:
        """Exchange in the week for the asking."""
        decision = decided(SOLD + timedelta(days=7), request="exchange")
        assert decision.outcome == "exchange"
        assert "zj26.exchange_7" in rules(decision)

    def test_what_nobody_lists_of_an_accessory(self) -> None:
        """What nobody lists of an accessory."""
        charger = {"kind": "charger", "bought_with_phone": False}
        decision = decided(SOLD + timedelta(days=10), product=charger)
        assert decision.outcome == "exchange"
        later = decided(SOLD + timedelta(days=20), product=charger)
        assert later.lead is not None
        assert (later.outcome, later.lead.rule) == ("excluded", "app3.unlisted")

    def test_a_listed_fault_is_the_national_law_first(self) -> None:
        """A listed fault is the national law first."""
        decision = decided(SOLD, fault={"symptom": "screen_fault"})
        assert decision.lead is not None
        assert decision.lead.rule == "art11.refund"

    def test_lesser_papers_carry_no_refund(self) -> None:
        """Lesser papers carry no refund."""
        decision = decided(SOLD, evidence={"voucher": "lost"})
        assert decision.outcome == "exchange"


class TestZhejiangRepairs:
    """Art. 26 para. 5: two repairs of any quality problem, or more than 35 days in repair."""

    def test_two_repairs_nobody_recorded(self) -> None:
        """Two repairs nobody recorded."""
        twice = [
            repair(SOLD + timedelta(days=40), 3, recorded=False, symptom="no_ring"),
            repair(SOLD + timedelta(days=60), 3, recorded=False),
        ]
        decision = decided(SOLD + timedelta(days=100), repairs=twice)
        assert decision.lead is not None
        assert decision.lead.rule == "zj26.repairs_refund"
        once = decided(SOLD + timedelta(days=100), repairs=twice[:1])
        assert once.outcome == "free_repair"

    @pytest.mark.parametrize(("days", "outcome"), [(35, "free_repair"), (36, "refund")])
    def test_days_in_repair(self, days: int, outcome: str) -> None:
        """Days in repair."""
        long = [repair(SOLD + timedelta(days=40), days)]
        assert decided(SOLD + timedelta(days=120), repairs=long).outcome == outcome


class TestZhejiangMoney:
    """Art. 26 paras. 2–3: no fee whatever; none in stock, a refund on demand."""

    def test_a_refund_in_place_of_an_exchange(self) -> None:
        """A refund in place of an exchange."""
        asked: dict[str, Any] = {
            "evidence": {"voucher": "lost"},
            "fault": {"symptom": "screen_fault"},
            "request": "refund",
            "same_model_in_stock": True,
        }
        here = decided(SOLD + timedelta(days=14), **asked)
        assert "zj26.refund_in_stock" in rules(here)
        assert [one.payable for one in here.remedies if one.remedy == "refund"] == [2000]
        there = decided(SOLD + timedelta(days=14), province=None, **asked)
        [refund] = [one for one in there.remedies if one.remedy == "refund"]
        assert refund.rule == "art19.refund"
        assert refund.fee is not None
        assert refund.fee > 0

    def test_none_in_stock(self) -> None:
        """None in stock."""
        decision = decided(
            SOLD + timedelta(days=14), same_model_in_stock=False, evidence={"voucher": "lost"}
        )
        assert decision.outcome == "exchange"
        assert RuleRef("zhejiang-2017", "art18.refund") in {one.ref for one in decision.remedies}


class TestZhejiangProof:
    """Art. 30: for the whole period the trader proves; a contested report is no proof."""

    @pytest.mark.parametrize(
        ("basis", "contested", "outcome"),
        [
            ("inspection", True, "paid_repair"),
            ("consumer", True, "paid_repair"),
            ("report", False, "paid_repair"),
            ("report", True, "free_repair"),
            ("trader", False, "free_repair"),
        ],
    )
    def test_inside_the_period(self, basis: str, contested: bool, outcome: str) -> None:
        """Inside the period."""
        ground = {"cause": "liquid", "cause_basis": basis, "contested": contested}
        decision = decided(SOLD + timedelta(days=300), fault=ground)
        assert decision.outcome == outcome

    def test_the_national_law_believes_a_contested_report_after_six_months(self) -> None:
        """The national law believes a contested report after six months."""
        ground = {"cause": "liquid", "cause_basis": "report", "contested": True}
        decision = decided(SOLD + timedelta(days=300), province=None, fault=ground)
        assert decision.outcome == "paid_repair"

    def test_it_is_cited(self) -> None:
        """It is cited."""
        policy = policies.get("zhejiang-2017")
        for bar in ("art24.misuse", "art24.opened", "art24.force_majeure"):
            cited = {(cite.law, cite.article) for cite in policy.rule(bar).cites}
            assert ("cn-zj.consumer-2017", 30) in cited


class TestZhejiangLoaner:
    """Art. 26 para. 4: repair within 5 days, else a like device meanwhile."""

    @pytest.mark.parametrize(("days", "lent"), [(5, False), (6, True)])
    def test_from_the_sixth_day(self, days: int, lent: bool) -> None:
        """From the sixth day."""
        handed_in = SOLD + timedelta(days=40)
        decision = decided(
            handed_in + timedelta(days=days), repairs=[{"handed_in_on": str(handed_in)}]
        )
        found = [duty.on for duty in decision.obligations if duty.id == "art15.loaner"]
        assert found == ([handed_in + timedelta(days=6)] if lent else [])


class TestJiangsu:
    """Art. 20: not repaired within 30 days; art. 21: the windows start again."""

    @pytest.mark.parametrize(("days", "outcome"), [(30, "free_repair"), (31, "refund")])
    def test_thirty_days(self, days: int, outcome: str) -> None:
        """Thirty days."""
        handed_in = SOLD + timedelta(days=40)
        repairs = [{"handed_in_on": str(handed_in), "delay": "repairer"}]
        decision = decided(handed_in + timedelta(days=days), province="CN-JS", repairs=repairs)
        assert decision.outcome == outcome

    def test_want_of_parts_is_a_good_reason(self) -> None:
        """Want of parts is a good reason."""
        handed_in = SOLD + timedelta(days=40)
        repairs = [{"handed_in_on": str(handed_in), "delay": "parts"}]
        decision = decided(handed_in + timedelta(days=31), province="CN-JS", repairs=repairs)
        assert decision.outcome == "free_repair"

    def test_windows_start_again_whatever_the_reading(self) -> None:
        """Windows start again whatever the reading."""
        from sanbao import Readings

        exchanged = SOLD + timedelta(days=15)
        claim = {
            "claimed_on": str(exchanged + timedelta(days=3)),
            "product": {"kind": "handset"},
            "purchase": {"sold_on": str(SOLD), "province": "CN-JS"},
            "evidence": {"invoice": "original", "voucher": "intact"},
            "fault": {"symptom": "screen_fault"},
            "exchanges": [{"exchanged_on": str(exchanged)}],
        }
        readings = Readings(windows_after_exchange="from_sale")
        assert decide(claim, readings=readings).outcome == "refund"
        claim["purchase"] = {"sold_on": str(SOLD)}
        assert decide(claim, readings=readings).outcome == "free_repair"


class TestElsewhere:
    """Where the place is not known, what a local regulation would give more is found."""

    def test_both_are_told(self) -> None:
        """Both are told."""
        handed_in = SOLD + timedelta(days=40)
        repairs = [{"handed_in_on": str(handed_in), "delay": "repairer"}]
        here = decided(handed_in + timedelta(days=40), province=None, repairs=repairs)
        told = {one.policy: {remedy.rule for remedy in one.remedies} for one in elsewhere(here)}
        assert set(told) == {"jiangsu-2017", "zhejiang-2017"}
        assert told["jiangsu-2017"] == {"js20.refund"}

    def test_nothing_where_the_place_is_known(self) -> None:
        """Nothing where the place is known."""
        assert not elsewhere(decided(SOLD))
        assert not elsewhere(decided(SOLD, province="CN-BJ", trader="CN-BJ"))

    def test_nothing_where_they_give_no_more(self) -> None:
        """Nothing where they give no more."""
        assert not elsewhere(decided(SOLD, province=None, fault={"symptom": "screen_fault"}))

    def test_nothing_beside_a_policy_that_was_chosen(self) -> None:
        """Nothing beside a policy that was chosen."""
        chosen = decide(
            {"claimed_on": str(SOLD), "product": {"kind": "handset"}}, policy="vivo-2016"
        )
        assert not elsewhere(chosen)


class TestAsData:
    """They are data like any policy, and law rather than promises."""

    @pytest.mark.parametrize("name", ["zhejiang-2017", "jiangsu-2017"])
    def test_to_json_and_back(self, name: str) -> None:
        """To json and back."""
        policy = policies.get(name)
        assert policy.kind == "local"
        assert Policy.from_json(policy.to_json()) == policy

    def test_they_are_found_by_the_law_they_stand_beside(self) -> None:
        """They are found by the law they stand beside."""
        assert [one.id for one in library.local()] == ["jiangsu-2017", "zhejiang-2017"]
        assert not library.local("cn.other")

    @pytest.mark.untraced
    @pytest.mark.parametrize("name", ["zhejiang-2017", "jiangsu-2017"])
    def test_comparison_finds_what_it_gives_more(self, name: str) -> None:
        """Comparison finds what it gives more."""
        found = compare("cn.mobile-2001", name)
        assert found.better
        assert not found.worse
