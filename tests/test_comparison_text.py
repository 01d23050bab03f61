"""Comparisons and verifications in words and pages: what an auditor reads."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, get_args
from unicodedata import east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import TWO_REPAIRS, battery, handset, repair
from markup import Markup
from promises import CHEAPER, LONGER, STRICTER, promise
from random_claims import random_claim, with_unknowns
from sanbao import (
    MOBILE_2001,
    Claim,
    Comparison,
    Engine,
    Policy,
    ValidationError,
    compare,
    policies,
)
from sanbao.evaluation.advantage import Subject, advantages
from sanbao.explain.blocks.terminal import folded
from sanbao.explain.pages.cards import Card
from sanbao.explain.texts.claims import claim_data, claim_sentence
from sanbao.explain.texts.comparisons import comparison_page, comparison_text
from sanbao.explain.texts.phrases import day_text
from sanbao.explain.texts.verifications import verification_page, verification_text
from sanbao.explain.words.catalogue import LANGUAGES, Language
from sanbao.explain.words.comparisons import COMPARISON_MESSAGES
from sanbao.model.citation import Citation
from sanbao.model.codes import Outcome
from sanbao.model.decision import PolicyRef
from sanbao.model.readings import DEFAULT_READINGS, Readings
from sanbao.rules.conditions import AtLeast, Compare, Owed, Period, Under, Window
from sanbao.statespace.comparison import Circumstance, Divergence, Terms
from sanbao.statespace.verification import Breach, OutcomeCells, Principle, Verification

LAW = MOBILE_2001.id
EVIL = "<script>alert(1)</script>&\u202e"
CLAIM = Claim.model_validate(handset())


def divergence(**changes: Any) -> Divergence:
    """Return that a promise takes away the refund within seven days, always."""
    ordinary: dict[str, Any] = {
        "direction": "worse",
        "subject": "refund",
        "policy": LAW,
        "rule": "art11.refund",
        "citations": (Citation(LAW, article=11), Citation("cn.civil-code", article=201)),
        "given": Terms("in_full"),
        "instead": None,
        "where": ((),),
        "cells": 12345,
        "kinds": ("handset", "battery"),
        "odd": False,
    }
    found = ordinary | changes
    return Divergence(**found, claims=(CLAIM,) * len(found["where"]))


def comparison(
    *divergences: Divergence, a: Policy = MOBILE_2001, b: Policy = STRICTER
) -> Comparison:
    """Return a comparison with these differences."""
    return Comparison(
        a=PolicyRef(a.id, a.version),
        b=PolicyRef(b.id, b.version),
        readings=DEFAULT_READINGS,
        calendar="cn.state-council/2004-2026/0",
        cells=1000000,
        worse=sum(one.cells for one in divergences if one.direction == "worse"),
        better=sum(one.cells for one in divergences if one.direction == "better"),
        divergences=divergences,
    )


def told(one: Divergence, lang: Language = "en", *known: Policy) -> list[str]:
    """Return what is said of a difference, unfolded, a line for every point."""
    text = comparison_text(comparison(one), lang, known or (STRICTER, LONGER))
    lines = text.partition("\n1. ")[2].replace("\n      ", " ").split("\n")
    return [line.strip() for line in lines]


def when(*lists: tuple[Circumstance, ...], policies: tuple[Policy, ...] = ()) -> list[str]:
    """Return what is said of when a difference arises."""
    lines = told(divergence(where=lists), "en", *policies)
    return [line for line in lines if line.startswith(("When: ", "Or: "))]


def circumstance(leaf: Any, *, holds: bool, policy: str = "stricter") -> Circumstance:
    """Return a circumstance of the promise."""
    return Circumstance(policy, leaf, holds)


# --- the whole -------------------------------------------------------------------------------


def test_a_text_that_only_looks_like_a_day() -> None:
    """It is told as it stands."""
    assert day_text("2025-02-30", "zh") == "2025-02-30"
    assert day_text("2025-02-28", "zh") == "2025年2月28日"


def test_a_promise_of_less() -> None:
    """First the verdict, then what was looked at, then the difference with its claim."""
    found = comparison(divergence())
    assert comparison_text(found, "en", [STRICTER]) == (
        "Test promise stricter (stricter, version 1), held against Mobile-phone three-guarantees"
        " regulation\n(2001) (cn.mobile-2001, version 2001-11-15)\n"
        "Falls below the legal floor in 1 respect: a promise of less is void, and the regulation"
        " holds all\nthe same (Regulation art. 3, art. 4).\n"
        "\n"
        "Situations looked at: 1,000,000 (every claim there can be is one of them). Worse in"
        " 12,345 of them,\nbetter in 0.\n"
        "Readings: the defaults.\n"
        "stricter settles for itself: first_day = same_day.\n"
        "Calendar: cn.state-council/2004-2026/0.\n"
        "\n"
        "== Where it gives less ==\n"
        "\n"
        "1. The refund in full is lost.\n"
        '   For whom: "refund within 7 days"\n'
        "   Rule: refund within 7 days (art11.refund of cn.mobile-2001; Regulation art. 11,"
        " Civil Code art.\n      201)\n"
        "   Goods: hand-held phone, battery\n"
        "   Situations: 12,345\n"
        "   When: whenever this rule applies\n"
        "   Example: Hand-held phone, sold on 2025-03-03, claimed on 2025-05-12; the fault is a"
        " screen fault;\n      the cause is a defect; the invoice is the original; the voucher is"
        " intact; price 3000.00 yuan.\n"
        f"   {claim_data(CLAIM)}"
    )


def test_a_promise_of_more() -> None:
    """What is better has to be kept; it is told more briefly, and after what is worse."""
    better = divergence(direction="better", policy="stricter", given=Terms("exchange"))
    better = replace(better, subject="exchange", rule="art13.exchange")
    text = comparison_text(comparison(better), "en", [STRICTER])
    assert "\nNowhere below cn.mobile-2001.\nGives more than cn.mobile-2001 in 1 respect:" in text
    assert "a promise of more has to be kept (Regulation art. 4)." in text.replace("\n", " ")
    assert "== Where it gives less ==" not in text
    assert "\n1. An exchange is gained.\n   For whom: " in text
    assert "Example" not in text
    both = comparison_text(comparison(better, divergence(), divergence()), "en", [STRICTER])
    assert "Falls below the legal floor in 2 respects" in both
    assert both.index("\n1. The refund") < both.index("\n2. The refund") < both.index("\n3. An ")


def test_no_difference() -> None:
    """Where there is no difference, that is the verdict."""
    found = compare(MOBILE_2001, MOBILE_2001)
    assert found.explain("en").split("\n")[2] == "The consumer gets the same in every claim."
    assert "对任何申请，消费者所得都相同。" in found.explain()
    page = Markup(found.to_html("en"))
    assert "table" not in page.tags
    assert ("class", "good") in page.attributes


def test_two_promises() -> None:
    """Between two promises there is no legal floor; nothing is said of what binds."""
    worse, better = divergence(), divergence(direction="better")
    text = comparison_text(comparison(worse, better, a=LONGER), "en", [LONGER, STRICTER])
    assert "\nGives less than longer in 1 respect.\nGives more than longer in 1 respect.\n" in text
    assert "void" not in text
    assert "has to be kept" not in text


def test_together() -> None:
    """A regulation with promises is called by all their titles."""
    both = policies.combined(MOBILE_2001, LONGER, STRICTER)
    found = replace(comparison(), b=PolicyRef(both.id, both.version))
    text = comparison_text(found, "en", both.members).replace("\n", " ")
    titles = "regulation (2001) + Test promise longer + Test promise stricter"
    assert f"{titles} (cn.mobile-2001+longer+stricter, version 2001-11-15+1+1), held" in text


def test_policies_that_are_not_at_hand() -> None:
    """A promise that nobody has is called by its id, and its rules by the words there are."""
    where = (
        circumstance(Window("windows_start", 7), holds=False),
        circumstance(Owed(("art14.refund", "art18.refund")), holds=False),
        circumstance(Period("period_start", "deducted_days"), holds=True),
    )
    one = divergence(where=(where,), policy="other", rule="promise.new")
    text = comparison_text(comparison(one), "en").replace("\n", " ")
    assert text.startswith("stricter (version 1), held against Mobile-phone")
    assert "settles for itself" not in text
    assert "Rule: promise.new (promise.new of other;" in text
    assert "under stricter it is asked for later than 7 days" in text
    assert "none of these is owed: refund of an accessory exchanged twice" in text.replace(
        "       ", " "
    )
    assert "the three-guarantees period is running" in text


def test_another_version_that_ships() -> None:
    """A comparison with another version of a law does not speak in the words of this one."""
    older = replace(comparison(divergence()), a=PolicyRef(LAW, "1999"))
    assert "held against cn.mobile-2001 (version 1999)\n" in comparison_text(older, "en")


def test_readings() -> None:
    """Readings that were chosen are named."""
    found = replace(comparison(), readings=Readings(rounding="down", depreciation="not_charged"))
    text = comparison_text(found, "en")
    assert "\nReadings: depreciation = not_charged, rounding = down.\n" in text


# --- what is lost and gained -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "worse", "better"),
    [
        ({}, "The refund in full is lost.", "A refund in full is gained."),
        (
            {"given": Terms("less_depreciation", Decimal("0.005"))},
            "The refund less depreciation is lost.",
            "A refund less depreciation is gained.",
        ),
        (
            {"instead": Terms("less_depreciation", Decimal("0.0050"))},
            "The refund is smaller: less 0.5% of the price a day instead of in full.",
            "The refund is larger: in full instead of less 0.5% of the price a day.",
        ),
        (
            {
                "given": Terms("less_depreciation", Decimal("0.0025")),
                "instead": Terms("less_depreciation"),
            },
            "The refund is smaller: less depreciation at a rate that is not laid down instead of "
            "less 0.25% of the price a day.",
            "The refund is larger: less 0.25% of the price a day instead of less depreciation at a "
            "rate that is not laid down.",
        ),
        (
            {"subject": "exchange", "given": Terms("exchange")},
            "The exchange is lost.",
            "An exchange is gained.",
        ),
        (
            {"subject": "free_repair", "given": Terms("free_repair")},
            "The free repair is lost.",
            "A free repair is gained.",
        ),
        (
            {
                "subject": "standing",
                "given": Terms("paid_repair"),
                "instead": Terms("excluded"),
                "rule": "app3.network",
            },
            "The goods are left outside altogether, instead of repaired at a charge.",
            "The goods are repaired at a charge, instead of left outside altogether.",
        ),
        (
            {"subject": "duty", "given": Terms("art15.loaner"), "rule": "art15.loaner"},
            "This no longer comes along, or later: a phone on loan, free, until the repaired one "
            "is back: the repair has passed 7 days.",
            "This comes along, or sooner: a phone on loan, free, until the repaired one is back: "
            "the repair has passed 7 days.",
        ),
    ],
)
def test_headlines(changes: dict[str, Any], worse: str, better: str) -> None:
    """What the consumer loses or gains stands first."""
    for direction, text in (("worse", worse), ("better", better)):
        one = divergence(**changes, direction=direction)
        found = comparison_text(comparison(one), "en", [STRICTER]).replace("\n   ", " ")
        assert f"\n1. {text} For whom: " in found
        zh = told(replace(one), "zh")[0]
        assert zh.endswith("。")
        assert not re.search("[a-z]{3}", zh)


def test_every_subject_has_its_words() -> None:
    """No subject is without words, and every word is about a subject."""
    found = {name for name in COMPARISON_MESSAGES if name.startswith("compare.subject.")}
    assert found == {f"compare.subject.{subject}" for subject in get_args(Subject)}


# --- when ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("leaf", "holds", "said"),
    [
        (
            Window("windows_start", 7),
            False,
            "under stricter it is asked for later than 7 days after the sale, delivery or exchange "
            "(the first day counted)",
        ),
        (Compare("housing_worn", True), True, "the housing is worn or scratched"),
        (
            AtLeast("repairs_counted", 2),
            False,
            "under stricter there are fewer than 2 repairs that count",
        ),
        (
            Owed(("art14.refund", "art18.refund")),
            True,
            "under stricter another of its rules gives a refund (Regulation art. 14, art. 18)",
        ),
        (
            Owed(("art14.refund", "art18.refund")),
            False,
            "under stricter no other of its rules gives a refund (Regulation art. 14, art. 18)",
        ),
        (
            Owed(("art14.exchange",)),
            True,
            "under stricter this is owed: exchange of an accessory",
        ),
        (
            Owed(("art11.refund", "art14.refund")),
            False,
            "under stricter none of these is owed: refund within 7 days, refund of an "
            "accessory exchanged twice",
        ),
        (
            Under("rounding", "down"),
            True,
            "the reading rounding = down is taken (what is less than a fen is dropped)",
        ),
    ],
)
def test_circumstances(leaf: Any, holds: bool, said: str) -> None:
    """What a policy counts or grants in its own way is said of that policy, and how it counts."""
    assert when((circumstance(leaf, holds=holds),)) == [f"When: this rule applies, and {said}"]


def test_refunds_in_full() -> None:
    """Where a smaller refund is left, it is told which rules give, or do not give, it all."""
    less = {"instead": Terms("less_depreciation", Decimal("0.005"))}
    leaf = Owed(("art11.refund", "art18.refund"))
    for holds, some in ((True, "one"), (False, "none")):
        text = told(divergence(where=((circumstance(leaf, holds=holds),),), **less))[5]
        assert text == (
            f"When: this rule applies, and under stricter {some} of its rules gives a refund in "
            "full (Regulation art. 11, art. 18)"
        )


def whom(one: Divergence, lang: Language = "en", *policies: Policy) -> str:
    """Return for whom a difference is said to be."""
    text = comparison_text(comparison(one), lang, policies or [STRICTER])
    text = text.replace("\n      ", " " if lang == "en" else "")
    label = "For whom: " if lang == "en" else "对谁："
    [found] = [line.strip() for line in text.split("\n") if line.strip().startswith(label)]
    return found.removeprefix(label)


def test_for_whom_a_difference_is() -> None:
    """The overview says it in a phrase: by which rule, and what else has to be so."""
    rule = '"refund within 7 days"'
    assert whom(divergence()) == rule
    assert whom(divergence(), "zh") == "“7日内的退货”"
    period, worn = (
        circumstance(Period("period_start", "deducted_days"), holds=True),
        circumstance(Compare("housing_worn", True), holds=True),
    )
    window = circumstance(Window("windows_start", 7), holds=True)
    assert whom(divergence(where=((worn,),)), "zh") == "“7日内的退货”，外壳有磨损或划痕"
    both = divergence(where=((window, worn, period), (worn,)))
    assert "外壳有磨损或划痕，以及另外1种情形" in whom(both, "zh")
    assert "三包有效期" not in whom(both, "zh")
    owed = circumstance(Owed(("art11.refund",)), holds=True)
    assert whom(divergence(where=((owed,), (owed, worn)))) == rule
    duty = divergence(subject="duty", rule="art15.loaner", given=Terms("duty"))
    assert whom(duty, "zh") == "凡有这项义务的"
    worn_duty = divergence(subject="duty", rule="art15.loaner", where=((worn,),))
    assert whom(worn_duty, "zh") == "外壳有磨损或划痕"


def test_goods_never_used() -> None:
    """A rule that keeps a fee gives all back of goods never used: that is said of whom it is."""
    unused = Claim.model_validate(handset(used=False))
    one = divergence(rule="art19.refund")
    assert "没有使用过" not in whom(one, "zh")
    assert "没有使用过" in whom(replace(one, claims=(unused,)), "zh")
    less = replace(one, given=Terms("less_depreciation"), claims=(unused,))
    assert "没有使用过" not in whom(less, "zh")
    assert "没有使用过" not in whom(replace(one, claims=()), "zh")


def test_a_fee_is_counted_by_its_policy() -> None:
    """That a fee leaves nothing is said by whose reckoning: another policy's may leave much."""
    nothing = circumstance(Compare("nothing_left", True), holds=True)
    assert whom(divergence(where=((nothing,),))).endswith(
        "under stricter depreciation leaves nothing to pay back"
    )


@pytest.mark.parametrize(
    ("given", "instead", "direction", "text"),
    [
        ("in_full", "in_full", "worse", "退款较少：同样全额，但算法不同（所依的价款不同）"),
        ("in_full", "in_full", "better", "退款较多：同样全额，但算法不同（所依的价款不同）"),
        (
            "less_depreciation",
            "in_full",
            "worse",
            "退款较少：所依的价款不同（全额，而不是每日扣除价款的0.5%）",
        ),
        (
            "less_depreciation",
            "in_full",
            "better",
            "退款较多：所依的价款不同（每日扣除价款的0.5%，而不是全额）",
        ),
    ],
)
def test_a_title_that_names_the_price(given: str, instead: str, direction: str, text: str) -> None:
    """A refund in full knows no fee: where it differs it is of another price."""
    rates = {"in_full": None, "less_depreciation": Decimal("0.005")}
    terms: Any = [Terms(name, rates[name]) for name in (given, instead)]
    one = divergence(given=terms[0], instead=terms[1], direction=direction)
    found = told(one, "zh")
    assert found[0].endswith(f"{text}。")
    assert any("实付金额与发票价格不同" in line for line in found) == (given == instead)


def test_two_versions_of_one_law() -> None:
    """No version of a law is a promise below its floor, and each is named with its version."""
    old, new = policies.versions(LAW)
    refs = PolicyRef(LAW, old.version), PolicyRef(LAW, new.version)
    less = {"given": Terms("less_depreciation"), "instead": Terms("less_depreciation")}
    period = circumstance(Period("period_start", "deducted_days"), holds=False, policy=LAW)
    found = replace(
        comparison(divergence(**less), divergence(direction="better", where=((period,),))),
        a=refs[0],
        b=refs[1],
    )
    text = comparison_text(found, "zh")
    assert "不如cn.mobile-2001（版本2001-11-15）（1处）。" in text
    assert "优于cn.mobile-2001（版本2001-11-15）（1处）。" in text
    assert "最低标准" not in text
    assert "按其中一个版本，三包有效期已过" in text.replace("\n      ", "")
    assert "所依的价款不同" in text


def test_circumstances_together_and_instead() -> None:
    """What one policy counts stands together; other lists are told as other cases."""
    window, worn = Window("windows_start", 7), Compare("housing_worn", True)
    lists = (
        (
            circumstance(window, holds=False),
            circumstance(Window("windows_start", 15), holds=True),
            circumstance(worn, holds=False),
        ),
        (circumstance(window, holds=True, policy="longer"),),
        (circumstance(window, holds=True, policy=LAW),),
    )
    assert when(*lists) == [
        "When: this rule applies, and under stricter it is asked for later than 7 days after the "
        "sale, delivery or exchange (the first day counted); it is asked for within 15 days of the "
        "sale, delivery or exchange (the first day counted); the housing is neither worn nor "
        "scratched",
        "Or: this rule applies, and under longer it is asked for within 7 days of the sale, "
        "delivery or exchange",
        "Or: this rule applies, and it is asked for within 7 days of the sale, delivery or "
        "exchange",
    ]


def test_the_period_of_the_goods() -> None:
    """How long the period is stands there where it is the same for all the goods."""
    over = circumstance(Period("period_start", "deducted_days"), holds=False)
    for kinds, said in (
        (("handset", "charger"), "the three-guarantees period of 12 months is over (the first"),
        (("handset", "battery"), "the three-guarantees period is over (the first day counted)"),
        (("other",), "the three-guarantees period is over (the first day counted)"),
    ):
        assert said in "\n".join(told(divergence(where=((over,),), kinds=kinds)))


def test_odd_claims() -> None:
    """What shows in odd claims only is said to, and comes after what is ordinary."""
    odd = divergence(odd=True, subject="exchange", given=Terms("exchange"))
    text = comparison_text(comparison(odd, divergence()), "en", [STRICTER])
    assert text.count("   Note: found only in claims that are odd, such as ") == 1
    assert text.index("\n1. The refund in full") < text.index("\n2. The exchange is lost")
    assert text.index("\n2. The exchange is lost") < text.index("   Note: ")


def test_how_a_policy_counts() -> None:
    """Only what it settles itself, otherwise than was chosen, and what bears on the statement."""
    settled = (
        Under("window_start", "sold"),
        Under("first_day", "next_day"),
        Under("rounding", "down"),
        Under("two_repairs", "same_fault"),
    )
    policy = promise("stricter", readings=settled)
    where = (
        circumstance(Window("windows_start", 7), holds=True),
        circumstance(AtLeast("repairs_counted", 2), holds=True),
    )
    assert when(where, policies=(policy,)) == [
        "When: this rule applies, and under stricter it is asked for within 7 days of the sale, "
        "delivery or exchange (counted from the sale); there are at least 2 repairs that count "
        "(only repairs of the same fault counted)"
    ]


# --- examples --------------------------------------------------------------------------------

_FULL = battery(
    used=False,
    sold_in_mainland=False,
    bought_with_phone=False,
    gift=True,
    plan_bundled=True,
    standalone_price="95.00",
    received_on="2025-03-04",
    invoiced_on="2025-03-05",
    manufactured_on="2025-01-01",
    asked_on="2025-03-16",
    appeared_on="2025-03-15",
    condition="second_hand",
    contested=True,
    found_unqualified=True,
    detail="green_line",
    paid_price="90.00",
    province="CN-ZJ",
    trader_province="CN-JS",
    battery_capacity=75.5,
    same_model_in_stock=False,
    request="refund",
    exchanges=[{"exchanged_on": "2025-03-10"}, {"exchanged_on": "2025-03-11"}],
    repairs=[
        repair("2025-03-12", "2025-03-13", recorded=False, under_guarantee=False),
        repair(
            "2025-03-14",
            delay="parts",
            symptom="unlisted",
            notified_on="2025-03-15",
            software_only=True,
        ),
    ],
)
_FULL["product"] |= {"complete": True, "housing_worn": False}
_FULL["fault"] |= {"confirmed": True}
FULL = Claim.model_validate(_FULL)


def test_a_claim_in_a_sentence() -> None:
    """Every fact that was stated and does not go without saying is told."""
    text = claim_sentence(FULL, "en")
    for part in (
        "Battery, sold on 2025-03-03, delivered on 2025-03-04, invoiced on 2025-03-05, made on "
        "2025-01-01, faulty since 2025-03-15, first asked for on 2025-03-16, claimed on ",
        "; exchanged on 2025-03-10, 2025-03-11; ",
        "repair 1: handed in 2025-03-12, back 2025-03-13, not on record, outside the guarantee; ",
        "repair 2: handed in 2025-03-14, not back yet, called 2025-03-15, fault: not listed, "
        "waiting for parts, software only; ",
        "; an authorised outlet has confirmed the fault; ",
        "; goods, accessories and papers are complete and sound; ",
        "; the housing is neither worn nor scratched; ",
        "; it was not bought with a phone; the goods were not sold in mainland China; it was a "
        "gift; it was sold with a plan; the same model is not in stock; a refund is asked for; "
        "never used; second-hand; the consumer contests the cause; found unqualified by an "
        "authority; the fault in detail: green_line; battery capacity 75.5%; ",
        "; 90.00 yuan really paid; 95.00 yuan on its own; bought in Zhejiang; the trader's seat in "
        "Jiangsu.",
    ):
        assert part in text
    bare = Claim.model_validate({"claimed_on": "2025-07-04", "product": {"kind": "handset"}})
    assert claim_sentence(bare, "en") == "Hand-held phone, claimed on 2025-07-04."
    assert claim_sentence(bare, "zh") == "手持机，2025年7月4日申请。"


@given(st.builds(random_claim, st.randoms(use_true_random=False)), st.randoms())
def test_claims_to_save(data: dict[str, Any], rng: Any) -> None:
    """The line of JSON is the same claim, holds nothing that need not be there, and is told of."""
    for one in (data, with_unknowns(rng, data)):
        claim = Claim.model_validate(one)
        line = claim_data(claim)
        assert Claim.from_json(line) == claim
        assert "\n" not in line
        assert not {"{}", "[]", "null"} & {*line.split()}
        zh, en = (claim_sentence(claim, lang) for lang in LANGUAGES)
        days = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
        said = Counter(re.findall("[0-9]{4}年[0-9]+月[0-9]+日", zh))
        assert said == Counter(day_text(day, "zh") for day in days.findall(en))
        untold = {claim.evidence.activated_on, *(each.ready_on for each in claim.repairs)}
        named = {str(day) for day in untold if day is not None}
        assert {*days.findall(en)} | named == {*days.findall(line)}


# --- folding ---------------------------------------------------------------------------------


def columns(text: str) -> int:
    """Return how wide a text is on a terminal."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


@given(st.text("中文字符a bc第1条〔推定〕、。（），", max_size=400))
def test_folding(text: str) -> None:
    """No line is wider than 100 columns, nothing is lost, and no line begins with a stop."""
    lines = folded(text, "1. ", "   ").split("\n")
    assert all(columns(line) <= 100 for line in lines if " " in line.strip())
    assert "".join("".join(lines).split()) == "".join(f"1.{text}".split())
    assert all(line == line.rstrip() for line in lines)


def test_folding_chinese() -> None:
    """A Chinese line is filled; a stop and a bracket stay with their character."""
    text = "条" * 48 + "文。" + "条" * 47 + " [条号推定]"
    first, second, third = folded(text).split("\n")
    assert first == "条" * 48 + "文。"
    assert second == "条" * 47 + " [条号"
    assert third == "推定]"
    assert folded("三" * 49 + "第203条") == "三" * 49 + "\n第203条"
    assert folded("x" * 150, "- ") == "- " + "x" * 150


# --- both languages, pages and cards ---------------------------------------------------------


@pytest.fixture(scope="module")
def live() -> Comparison:
    """A comparison with a promise that is worse in some things and better in others."""
    return compare(MOBILE_2001, CHEAPER)


def numbers(text: str) -> Counter[str]:
    """Return the numbers of a text, with how often each stands there."""
    return Counter(str(int(number)) for number in re.findall("[0-9]+", text))


def test_both_languages_say_the_same(live: Comparison) -> None:
    """Chinese and English have the same numbers, and lines that a terminal holds."""
    zh, en = (comparison_text(live, lang, [CHEAPER]) for lang in LANGUAGES)
    titles = numbers(MOBILE_2001.title_en)
    assert numbers(zh.replace("十五日", "15日")) + titles == numbers(en)
    for text in (zh, en):
        for line in text.split("\n"):
            assert line.startswith("   {") or columns(line) <= 100
    assert en.isascii()
    assert not re.search("[a-z]_[a-z]", re.sub(r"(?m)^ +\{.*$|window_start", "", en))


def test_examples_can_be_decided(live: Comparison) -> None:
    """Every line of JSON in the text is a claim that shows a difference under both."""
    lines = [line for line in live.explain("en").split("\n") if line.startswith("   {")]
    worse = [one for one in live.divergences if one.direction == "worse"]
    claims = [claim_data(claim) for one in worse for claim in one.claims]
    assert sorted(line.strip() for line in lines) == sorted(claims)
    more, less = Engine(MOBILE_2001), Engine(CHEAPER)
    for line in lines:
        claim = Claim.from_json(line)
        assert list(advantages(more.decide(claim), less.decide(claim)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages(live: Comparison, lang: Language) -> None:
    """A page is whole, fetches and runs nothing, and its summary leads to every difference."""
    html = comparison_page(live, lang, [CHEAPER])
    page = Markup(html)
    assert html.startswith("<!DOCTYPE html>\n")
    assert not {"script", "img", "link", "iframe"} & set(page.tags)
    assert not re.search(r"https?:|//|url\(|@import|javascript:|src=", html)
    assert ("lang", "zh-CN" if lang == "zh" else "en") in page.attributes
    anchors = [value for name, value in page.attributes if name == "id"]
    links = [value for name, value in page.attributes if name == "href"]
    assert links == [f"#{anchor}" for anchor in anchors]
    assert len(set(anchors)) == len(live.divergences) == page.tags.count("section")
    assert page.tags.count("h1") == 1
    assert page.tags.count("details") == sum(len(one.claims) for one in live.divergences)
    for one in live.divergences:
        for claim in one.claims:
            assert claim_data(claim) in page.text
            assert claim_sentence(claim, lang) in page.text
        assert f"{one.cells:,}" in page.text
    assert 'class="bad"' in html


def test_cards(live: Comparison) -> None:
    """A notebook shows verdict, summary and differences, in HTML and in Markdown."""
    card = Card(live, "en")
    page = Markup(card.html)
    assert page.tags.count("details") == sum(1 + len(one.claims) for one in live.divergences)
    assert not {"id", "href"} & {name for name, _ in page.attributes}
    assert "Falls below the legal floor in 7 respects" in card.markdown
    assert re.search(
        r"\| \d+ \| What comes along \| better \| [^|]+ \| Regulation art. 4 \|", card.markdown
    )
    assert live._repr_html_() == Card(live, "zh").html
    same = Card(comparison(), "en")
    assert "table" not in Markup(same.html).tags


def test_what_a_stranger_wrote_is_escaped() -> None:
    """A comparison from elsewhere can put no tag on the page."""
    strange = divergence(
        policy=EVIL, rule=EVIL, kinds=(EVIL,), citations=(Citation(EVIL, article=1),)
    )
    found = replace(comparison(strange), a=PolicyRef(EVIL, EVIL), calendar=EVIL)
    for text in (comparison_page(found, "en"), Card(found, "zh").html):
        assert "script" not in Markup(text).tags
        assert "<script>alert(1)</script>" in Markup(text).text
        assert "\u202e" not in text


@pytest.mark.parametrize("lang", ["fr", None])
def test_a_language_nobody_speaks(lang: Any) -> None:
    """Another language is refused."""
    for tell in (comparison_text, comparison_page):
        with pytest.raises(ValidationError, match="must be one of zh, en"):
            tell(comparison(), lang)
    for tell_of in (verification_text, verification_page):
        with pytest.raises(ValidationError, match="must be one of zh, en"):
            tell_of(SOUND, lang)


# --- verifications ---------------------------------------------------------------------------

IDS = tuple(
    name.removeprefix("verify.principle.")
    for name in COMPARISON_MESSAGES
    if name.startswith("verify.principle.")
)


def verification(**breaches: tuple[Breach, ...]) -> Verification:
    """Return a look at the regulation with these breaches, by the principle's id."""
    return Verification(
        policy=PolicyRef(LAW, MOBILE_2001.version),
        readings=DEFAULT_READINGS,
        calendar="made-up",
        cells=4321,
        outcomes=tuple(OutcomeCells(outcome, 1234) for outcome in get_args(Outcome)),
        principles=tuple(
            Principle(name, name not in breaches, 2345, breaches.get(name, ()))  # type: ignore[arg-type]
            for name in IDS
        ),
    )


SOUND = verification()
LESS, MORE = (Claim.model_validate(handset(invoice=paper)) for paper in ("original", "copy"))
BROKEN = verification(
    better_papers=(Breach(("art11.refund",), "refund", LESS, MORE),),
    every_rule_leads=tuple(Breach(("art23.gift", "x.new"), "") for _ in range(7)),
    one_outcome=(Breach((), "colour", Claim.model_validate(handset(repairs=TWO_REPAIRS))),),
)


def test_every_principle_has_its_words() -> None:
    """No principle is without words, and every sentence is about a principle."""
    from typing import get_type_hints

    assert set(IDS) == set(get_args(get_type_hints(Principle)["id"]))


def test_a_sound_policy() -> None:
    """A verification says that all holds, how much was looked at, and every outcome."""
    text = verification_text(SOUND, "en")
    assert "\nEvery principle holds, without exception.\n" in text
    assert "\nSituations looked at: 4,321 (every claim" in text
    assert "\n- Better papers never give less: holds (looked at: 2,345)\n" in text
    assert "\n- Free repair: 1,234\n" in text
    zh = verification_text(SOUND, "zh")
    assert numbers(zh) + numbers("2001") == numbers(text)
    assert SOUND.explain("en") == text
    assert SOUND.to_html("en") == verification_page(SOUND, "en")
    assert "details" not in Markup(SOUND.to_html("zh")).tags


def test_a_policy_that_is_not_sound() -> None:
    """Each breach names its rules and its claims; of many the first few and their number."""
    text = verification_text(BROKEN, "en")
    assert "\nPrinciples that do not hold: 3.\n" in text
    assert "\n- Better papers never give less: does not hold (looked at: 2,345)\n" in text
    unfolded = text.replace("\n      ", " ")
    assert "\n    Rules: art11.refund, refund within 7 days\n" in unfolded
    assert "\n    Subject: Refund\n" in unfolded
    assert f"\n    This claim gets less: {claim_sentence(LESS, 'en')}\n" in unfolded
    assert f"\n    than this one: {claim_sentence(MORE, 'en')}\n" in unfolded
    assert f"\n    {claim_data(LESS)}\n    {claim_data(MORE)}\n" in unfolded
    assert "\n    Rules: art23.gift, a gift carries the same guarantees, x.new\n" in unfolded
    assert "\n    Breach 5\n" in text
    assert "\n    Breach 6\n" not in text
    assert "\n    2 more.\n" in text
    assert "\n    Subject: colour\n" in text
    assert "\n    Claim: Hand-held phone, " in unfolded


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_of_verifications(lang: Language) -> None:
    """A page has the table of principles and what stands behind each that fails."""
    html = verification_page(BROKEN, lang)
    page = Markup(html)
    assert page.tags.count("h1") == 1
    assert '<h1 class="bad">' in html
    assert page.tags.count("details") == 2
    assert html.count('class="barred"') == 3
    assert html.count('class="holds"') == len(IDS) - 3
    for claim in (LESS, MORE):
        assert claim_data(claim) in page.text
    card = Card(BROKEN, lang)
    assert "h1" not in Markup(card.html).tags
    assert claim_sentence(LESS, lang) in Markup(card.html).text
    assert json.dumps("x.new")[1:-1] in card.markdown


def test_a_policy_of_ones_own() -> None:
    """A policy that does not ship is called by its title if it is given, else by its id."""
    own = promise("own", in_force_from=date(2020, 1, 1))
    found = replace(SOUND, policy=PolicyRef(own.id, own.version))
    assert verification_text(found, "en").startswith("own (version 1), ")
    assert verification_text(found, "en", [own]).startswith("Test promise own (own, version 1), ")
