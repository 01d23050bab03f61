"""The numbers in the words for rules are those of the policy that is told of."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final, get_args

import pytest

import sanbao
from amended import AMENDED, NEW, with_window
from claims import handset, repair
from promises import promise
from sanbao import MOBILE_2001, Claim, Decision, Engine, Policy
from sanbao.explain.texts.conditions import rule_name
from sanbao.explain.texts.phrases import known_text
from sanbao.explain.words.catalogue import MESSAGES
from sanbao.explain.words.numbers import BLANK, NUMBERED, in_words
from sanbao.model.codes import Audience
from sanbao.policies import library
from sanbao.policies.mobile_2001 import TERMS
from sanbao.policies.mobile_2024 import MOBILE_2024
from sanbao.rules.conditions import AtLeast, Condition, Elapsed, Not, Window, fact
from sanbao.rules.versions import Versions

WORDS: Final = {**MESSAGES, **library.words(MOBILE_2001.id)}
NUMBERS: Final = {**NUMBERED, **library.words(MOBILE_2001.id)}


def filled(message: str, policy: Policy | None) -> tuple[str, str]:
    """Return a message with the numbers of a policy."""
    return in_words(message, NUMBERS[message], policy)


def test_the_shipped_law_fills_every_number() -> None:
    """Every placeholder has a number under the law of today, and an ellipsis without a policy."""
    asked = [name for name, words in NUMBERS.items() if filled(name, None) != words]
    assert len(asked) > 25
    assert {*NUMBERED} < {*asked}
    for message in asked:
        assert not any(BLANK in text for text in filled(message, MOBILE_2001))
        assert not any(BLANK in text for text in filled(message, MOBILE_2024))
        # a sentence whose Chinese names no number says one in English alone
        assert BLANK in filled(message, None)[1]
    assert filled("rule.art11.refund", MOBILE_2001) == (
        "售出 7 日内的退货",
        "refund within 7 days of sale",
    )
    assert known_text("note", "wait_or_refund", "en").startswith("while none is in stock")


def _with(rule: str, when: Condition) -> Policy:
    rights = tuple(
        replace(right, when=when) if right.id == rule else right for right in MOBILE_2001.rights
    )
    return replace(MOBILE_2001, rights=rights)


_FAULTY: Final = TERMS["faulty_unit"]


@pytest.mark.parametrize(
    ("rule", "when", "zh", "en"),
    [
        ("art11.refund", Window("windows_start", 10), "售出 10 日内的退货", "within 10 days of"),
        ("art11.refund", Window("windows_start", 1), "售出 1 日内的退货", "within 1 day of sale"),
        (
            "art12.exchange",
            Window("windows_start", 30) & ~Window("windows_start", 10),
            "售出第 11 日至第 30 日更换主机",
            "exchange of the main unit from day 11 to day 30",
        ),
        ("art12.exchange", Window("windows_start", 30), "第 … 日至第 30 日", "day … to day 30"),
        (
            "art11.refund",
            Window("windows_start", 10) | Window("windows_start", 12),
            "售出 … 日内的退货",
            "within … days of sale",
        ),
        ("art13.exchange", AtLeast("repairs_counted", 3), "3 次修理后", "after 3 repairs that"),
        ("art13.exchange", AtLeast("repairs_counted", 1), "1 次修理后", "after 1 repair that"),
        (
            "art14.refund",
            AtLeast("exchanges_counted", 1),
            "附件换货 1 次后",
            "accessory exchanged once",
        ),
        ("art14.refund", AtLeast("exchanges_counted", 3), "换货 3 次后", "exchanged 3 times"),
        (
            "art17.exchange",
            Not(Elapsed("delayed_by_repairer_since", days=20)),
            "延误超过 20 日",
            "more than 20 days at the repairer",
        ),
        ("art10.again", Elapsed("repaired_on", days=90), "修后 90 日内", "within 90 days"),
    ],
)
def test_a_changed_number_is_told(rule: str, when: Condition, zh: str, en: str) -> None:
    policy = _with(rule, _FAULTY & when)
    assert zh in rule_name(rule, "zh", policy)
    assert en in rule_name(rule, "en", policy)
    decision = Engine(policy).decide(handset())
    assert zh in decision.explain("zh", "auditor")
    assert en in decision.explain("en", "auditor")


@pytest.mark.parametrize("audience", get_args(Audience))
def test_the_law_of_ten_days_says_ten_days(audience: Audience) -> None:
    """Sold under the amendment: no word of 7 days, in no language."""
    claim = handset(sold_on="2024-07-01", claimed_on="2024-07-10")
    decision = Engine(AMENDED).decide(claim)
    late = Engine(AMENDED).decide(handset(sold_on="2024-07-01", claimed_on="2024-07-20"))
    for text in (decision.explain("en", audience), late.why_not("refund").explain("en")):
        assert "within 10 days" in text
        assert not re.search(r"within 7 days of sale|from day 8", text)
    assert "售出 10 日内的退货" in decision.explain("zh", audience)
    assert "7 日内的" not in decision.explain("zh", audience)
    before = Engine(AMENDED).decide(handset(sold_on="2024-06-30", claimed_on="2024-07-03"))
    assert "within 7 days of sale" in before.explain("en", audience)


def test_what_is_told_of_papers_proof_and_duties() -> None:
    """The days of art. 11 and art. 9, the months of proof, the days before a loaner is due."""
    proof = fact("proof_start").at_most_ago(months=3, until="found_on")
    policy = replace(
        MOBILE_2001,
        factory_days=30,
        rights=tuple(replace(r, when=with_window(r.when, 7, 10)) for r in MOBILE_2001.rights),
        bars=tuple(
            bar if bar.trader_proves is None else replace(bar, trader_proves=proof)
            for bar in MOBILE_2001.bars
        ),
        obligations=tuple(
            replace(duty, when=TERMS["main_unit"] & ~fact("under_repair_since").at_most_ago(days=3))
            if duty.id == "art15.loaner"
            else duty
            for duty in MOBILE_2001.obligations
        ),
    )
    engine = Engine(policy)
    alleged = engine.decide(handset(cause="liquid", cause_basis="trader", claimed_on="2025-04-12"))
    assert "for 3 months from receipt" in alleged.explain("en")
    assert "收货或换货后 3 个月内" in alleged.explain("zh")
    over = engine.decide(handset(cause="liquid", cause_basis="trader", claimed_on="2025-07-12"))
    assert "the trader names a cause and shows nothing for it" in over.explain("en")
    waiting = engine.decide(handset(repairs=[repair("2025-05-01", delay="parts")]))
    assert "the repair has passed 3 days" in waiting.explain("en")
    assert filled("carries.art9.factory", policy)[1].endswith("from day 30 after it")
    late = replace(
        policy,
        obligations=tuple(
            replace(duty, days=20) if duty.id == "penalty8.within_15_days" else duty
            for duty in policy.obligations
        ),
    )
    assert "within 20 days of your first demand" in Engine(late).decide(handset()).explain("en")
    assert filled("rule.art31.date", policy)[0] == "销售早于规定施行日 2001-11-15"


def test_a_decision_from_json_tells_no_number_it_does_not_know() -> None:
    """Of a law or a promise that does not ship the numbers stay open."""
    claim = Claim.model_validate(handset(sold_on="2024-07-01", claimed_on="2024-07-10"))
    strange = replace(NEW, version="2024-07-02")
    unknown = Decision.from_json(Engine(Versions((strange,))).decide(claim).to_json())
    told = unknown.explain("en")
    assert "refund within … days of sale" in told
    shipped = Decision.from_json(sanbao.decide(claim).to_json())
    assert shipped.explain("en") == sanbao.decide(claim).explain("en")
    longer = promise(
        "longer",
        in_force_from=date(2020, 1, 1),
        rights=tuple(
            replace(right, when=with_window(right.when, 15, 30)) for right in MOBILE_2001.rights
        ),
    )
    both = sanbao.policies.combined(MOBILE_2001, longer)
    live = Engine(both).decide(handset(claimed_on="2025-03-25"))
    assert "exchange of the main unit from day 8 to day 30" in live.explain("en")
    assert "exchange of the main unit from day 8 to day 15" in live.explain("en", "auditor")
    read = Decision.from_json(live.to_json()).explain("en")
    assert "exchange of the main unit from day … to day …" in read
    assert live.receipt.reproduce(live.case.claim, both) == live
