"""The numbers in the words for rules are those of the policy that is told of."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any, Final, get_args

import pytest

import sanbao
from amended import AMENDED, NEW, with_window
from claims import handset, repair
from promises import promise
from sanbao import MOBILE_2001, Claim, Decision, Engine, Policy
from sanbao.audit.report.words import AUDIT_MESSAGES
from sanbao.explain.texts.conditions import rule_name
from sanbao.explain.texts.phrases import known_text
from sanbao.explain.words.catalogue import LANGUAGES, MESSAGES
from sanbao.explain.words.numbers import BLANK, NUMBERED, in_words
from sanbao.model.codes import Audience
from sanbao.policies import library
from sanbao.policies.mobile_2001 import TERMS
from sanbao.policies.mobile_2024 import MOBILE_2024
from sanbao.rules.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Compare,
    Condition,
    Elapsed,
    Not,
    Window,
    fact,
)
from sanbao.rules.versions import Versions

NUMBERS: Final = {**NUMBERED, **library.words(MOBILE_2001.id)}
EVERY: Final = {**MESSAGES, **AUDIT_MESSAGES, **NUMBERS}

_CITED: Final = re.compile(
    r"第\d+[条项]|附录\d|\barts?\. \d+(?:\(\d\)| to \d+)?|\b(?:app\.|Appendix) \d"
)
"""Where a thing stands in a law is no number of that law."""

_NO_NUMBERS: Final = re.compile(
    r"三包|[Tt]hree[ -]guarantees|二手|四川|SHA-256|[百十]?[万亿]元?|[千百十]元|[千十百](?=$)"
    r"|\b10,000|\b100 million"
)
"""Names and units with a number in them."""

_TYPED: Final = re.compile(
    r"\d|[二两三四五六七八九十百千半倍]"
    r"|\b(?:two|three|four|five|six|seven|eight|nine|ten|fifteen|thirty|sixty|ninety|twice|half)\b",
    re.IGNORECASE,
)
"""A number; one of a thing is no more than that thing."""

_EXCEPTIONS: Final = {
    "besides.distance": "the days of art. 25 of the consumer law, which no policy encodes",
    "besides.fraud": "the damages of art. 55 of the consumer law, which no policy encodes",
    "audit.limits": "the days of art. 25 of the consumer law, which no policy encodes",
    "law.cn.consumer-protection-1993": "the year that tells a law from the one after it",
    "audit.fee": "to the fen: the unit of money",
    "reading.rounding": "to the fen: the unit of money",
    "reading.rounding.half_up": "half a fen: how numbers are rounded",
    "reading.rounding.half_even": "half a fen: how numbers are rounded",
    "change.some_price": "a price above nothing",
    "reading.repair_days.elapsed": "no day at all: how days are counted",
    "reading.first_day.next_day": "an example of counting, right whatever a law counts",
    "reading.first_day.same_day": "an example of counting, right whatever a law counts",
    "reading.depreciation_days.elapsed": "both ends of a time, whatever its length",
    "reading.depreciation_days.inclusive": "both ends of a time, whatever its length",
    "source.first_day.next_day": "years，and the name of another rule (网购七日无理由退货)",
    "source.period_start.delivered": "the year of a rule, and two dates that differ",
    "source.windows_after_exchange.restart": "what a council did in a case",
    "source.window_day.asked": "what a regulator did in a case",
    "source.window_end.roll": "what a mediation came to",
    "source.depreciation.not_charged": "what a court held in a case",
    "warning.two_open_repairs": "two repairs of one time, whatever a law counts",
    "source.two_repairs.same_fault": "how many councils said so",
    "source.voucher_not_issued.as_lost": "invoice and voucher, which it names",
    "audit.independent": "readings are tried two at a time",
    "how.short": "the sum of the two sums before",
    "less.one": "a count of rows",
    "col.first": "rows are counted from 1",
    "col.row": "rows are counted from 1",
    "samples.note": "rows are counted from 1",
}
"""The messages with a number of their own, and why it is none of a law that is encoded."""

_YEARS: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|,|;|:| |$)(?!-)")
"""When somebody said or did something, in the sources of readings."""


def typed(message: str) -> bool:
    """Say whether there is a number in a message that is neither asked for nor cited."""
    for text in EVERY[message]:
        bare = re.sub(r"\{[^}]*\}", "", text)
        bare = _NO_NUMBERS.sub("", _CITED.sub("", bare))
        if message.startswith("source."):
            bare = _YEARS.sub("", bare)
        if _TYPED.search(bare):
            return True
    return False


def test_no_number_of_the_law_is_typed_into_words() -> None:
    """Every sentence that is said: numbers are those of a policy, or have a reason to stand."""
    assert {name for name in EVERY if typed(name)} == {*_EXCEPTIONS}


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
        "7日内的退货",
        "refund within 7 days",
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
        ("art11.refund", Window("windows_start", 10), "10日内的退货", "within 10 days"),
        ("art11.refund", Window("windows_start", 1), "1日内的退货", "within 1 day"),
        (
            "art12.exchange",
            Window("windows_start", 30) & ~Window("windows_start", 10),
            "第11至30日更换主机",
            "exchange of the main unit from day 11 to day 30",
        ),
        ("art12.exchange", Window("windows_start", 30), "第…至30日", "day … to day 30"),
        (
            "art11.refund",
            Window("windows_start", 10) | Window("windows_start", 12),
            "…日内的退货",
            "within … days",
        ),
        ("art13.exchange", AtLeast("repairs_counted", 3), "3次修理后", "after 3 repairs that"),
        ("art13.exchange", AtLeast("repairs_counted", 1), "1次修理后", "after 1 repair that"),
        (
            "art14.refund",
            AtLeast("exchanges_counted", 1),
            "附件换货1次后",
            "accessory exchanged once",
        ),
        ("art14.refund", AtLeast("exchanges_counted", 3), "换货3次后", "exchanged 3 times"),
        (
            "art17.exchange",
            Not(Elapsed("delayed_by_repairer_since", days=20)),
            "延误超过20日",
            "more than 20 days at the repairer",
        ),
        ("art10.again", Elapsed("repaired_on", days=90), "修后90日内", "within 90 days"),
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
        assert not re.search(r"within 7 days|from day 8", text)
    assert "10日内的退货" in decision.explain("zh", audience)
    assert "7日内的" not in decision.explain("zh", audience)
    before = Engine(AMENDED).decide(handset(sold_on="2024-06-30", claimed_on="2024-07-03"))
    assert "within 7 days" in before.explain("en", audience)


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
    assert "收货或换货后3个月内" in alleged.explain("zh")
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
    assert filled("rule.art31.date", policy)[0] == "销售早于规定施行日2001年11月15日"


def _renumbered() -> Policy:
    """Return the law of today with 9 days for 7, three repairs, 4 months and 40 days."""

    def changed(condition: Any) -> Any:
        match condition:
            case Window(days=7):
                return replace(condition, days=9)
            case AtLeast(fact="repairs_counted"):
                return replace(condition, value=3)
            case Elapsed(months=6):
                return replace(condition, months=4)
            case Elapsed(days=30, until="again_on"):
                return replace(condition, days=40)
            case Compare(value=date()):
                return replace(condition, value=date(2010, 2, 1))
            case Not(of=part):
                return Not(changed(part))
            case AllOf(of=parts) | AnyOf(of=parts):
                return type(condition)(tuple(map(changed, parts)))
        return condition

    def renewed(part: Any) -> Any:
        asked = ("when", "trader_proves")
        told = {name: getattr(part, name, None) for name in asked}
        return replace(
            part, **{name: changed(one) for name, one in told.items() if one is not None}
        )

    names = ("exclusions", "bars", "rights", "obligations")
    parts: Any = {name: tuple(map(renewed, getattr(MOBILE_2024, name))) for name in names}
    return replace(MOBILE_2024, version="2030-01-01", **parts)


RENUMBERED: Final = _renumbered()


@pytest.mark.parametrize(
    ("message", "zh", "en"),
    [
        ("rule.art11.refund", "9日", "within 9 days"),
        ("rule.art12.exchange", "第10至15日", "from day 10 to day 15"),
        ("rule.art13.exchange", "3次修理后", "after 3 repairs"),
        ("rule.art31.date", "2010年2月1日", "on 2010-02-01"),
        ("note.trader_must_prove", "4个月内发现的", "for 4 months from"),
        ("warning.asked_before_lasting_repair", "40日以上", "more than 40 days"),
        ("reading.repair_proof", "修理次数？", "count towards the 3?"),
        ("reading.software_repair", "修理次数？", "one of the 3?"),
        (
            "reading.two_repairs_remedy",
            "2010年2月1日以前申请的，3次修理",
            "2010-02-01, do 3 repairs",
        ),
        ("reading.burden_of_proof.six_months", "收货4个月内", "within 4 months of receipt"),
        ("reading.burden_of_proof.consumer_later", "4个月之后", "after 4 months"),
        ("source.burden_of_proof.consumer_later", "对4个月以后", "after the 4 months"),
        ("source.returning_fault.one_fault", "40日以上", "at least 40 days"),
    ],
)
def test_every_sentence_follows_the_numbers_of_the_law(message: str, zh: str, en: str) -> None:
    """Rules, notes, warnings and readings; what was typed before would still be the old number."""
    told = filled(message, RENUMBERED)
    assert zh in told[0]
    assert en in told[1]


def test_the_day_since_which_a_law_counts_otherwise() -> None:
    """It is that of the first version that does, whichever version is told of."""
    for policy in (MOBILE_2001, MOBILE_2024, library.get("vivo-2016")):
        told = filled("reading.period_start", policy)[1]
        assert told.endswith("for goods delivered since 2024-07-01?")
    other = replace(MOBILE_2024, id="xx.law", catalogue=(), in_force_from=date(2030, 5, 1))
    assert filled("warning.paid_price_not_used", other)[1].endswith(
        "claimed before 2030-05-01 goes by the invoice price"
    )


def test_the_texts_of_a_decision_follow() -> None:
    """To every audience, of the decision and of why not."""
    claim = handset(claimed_on="2025-03-10", cause="liquid", cause_basis="trader")
    decision = Engine(RENUMBERED).decide(claim)
    for audience in get_args(Audience):
        for lang in LANGUAGES:
            told = decision.explain(lang, audience)
            assert not re.search(r"7 日内的|within 7 days|6 个月内|for 6 months", told)
    assert "for 4 months from receipt" in decision.explain("en")
    assert "refund within 9 days" in decision.explain("en", "auditor")
    late = Engine(RENUMBERED).decide(handset(claimed_on="2025-04-10")).why_not("refund")
    assert "refund within 9 days" in late.explain("en")
    assert "9日内的退货" in late.explain("zh")


def test_a_decision_from_json_tells_no_number_it_does_not_know() -> None:
    """Of a law or a promise that does not ship the numbers stay open."""
    claim = Claim.model_validate(handset(sold_on="2024-07-01", claimed_on="2024-07-10"))
    strange = replace(NEW, version="2024-07-02")
    unknown = Decision.from_json(Engine(Versions((strange,))).decide(claim).to_json())
    told = unknown.explain("en")
    assert "refund within … days" in told
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
