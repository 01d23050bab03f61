"""Conditions as sentences: true to their tree, in both languages, in words and not in names."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from sanbao import MOBILE_2001, ValidationError
from sanbao.explain.texts.conditions import condition_text, rule_name
from sanbao.explain.words.catalogue import LANGUAGES, Language
from sanbao.explain.words.conditions import CONDITION_MESSAGES
from sanbao.model.facts import FACTS, FactSpec
from sanbao.policies.mobile_2001 import _EXCHANGES, TERMS
from sanbao.rules.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Elapsed,
    Not,
    Owed,
    Period,
    Under,
    Window,
    fact,
)
from sanbao.rules.policy import policy_leaves

UNIT = fact("role").is_("main_unit")
GIFT = fact("gift").is_(True)
STOCK = fact("same_model_in_stock").is_(True)
WORN = fact("housing_worn").is_(True)
SEVEN = fact("windows_start").within_window(days=7)


@pytest.mark.parametrize(
    ("condition", "zh", "en"),
    [
        (UNIT, "商品是主机", "the goods are a main unit"),
        (~UNIT, "商品不是主机", "the goods are not a main unit"),
        (GIFT, "是赠品", "it was a gift"),
        (fact("gift").is_(False), "不是赠品", "it was no gift"),
        (~fact("gift").is_(False), "是赠品", "it was a gift"),
        (
            fact("cause").one_of("misuse", "liquid", "impact"),
            "故障原因是使用不当、进液或摔碰",
            "the cause is misuse, liquid or impact",
        ),
        (fact("invoice").is_("none"), "没有发票", "there is no invoice"),
        (~fact("invoice").is_("none"), "有发票", "there is an invoice"),
        (
            fact("invoice").one_of("copy", "none"),
            "发票是复印件（或存根）或缺失",
            "the invoice is a copy (or stub) or missing",
        ),
        (
            fact("voucher").one_of("altered", "mismatched"),
            "三包凭证被涂改或与商品不符",
            "the voucher is altered or not that of the goods",
        ),
        (
            fact("repairs_counted").at_least(2),
            "已计修理次数至少2",
            "there are at least 2 repairs that count",
        ),
        (
            ~fact("exchanges_counted").at_least(2),
            "已换货次数不到2",
            "there are fewer than 2 exchanges so far",
        ),
        (fact("kind").listed_as("kind"), "商品在目录内", "the goods are in the catalogue"),
        (
            ~fact("symptom").listed_as("faults"),
            "故障不属于这类商品的性能故障",
            "the fault is none of those listed for these goods",
        ),
        (
            fact("sale_dated_on").before(date(2001, 11, 15)),
            "销售日期早于2001年11月15日",
            "the date of sale is before 2001-11-15",
        ),
        (
            ~fact("claimed_on").before(date(2014, 3, 15)),
            "申请日不早于2014年3月15日",
            "the day of the claim is 2014-03-15 or later",
        ),
        (
            SEVEN,
            "自售出、收货或换货之日起7天内提出",
            "it is asked for within 7 days of the sale, delivery or exchange",
        ),
        (
            ~Window("windows_start", 1),
            "自售出、收货或换货之日起超过1天才提出",
            "it is asked for later than 1 day after the sale, delivery or exchange",
        ),
        (
            Elapsed("proof_start", months=6),
            "自收货、售出或换货之日起不超过6个月",
            "no more than 6 months have passed since the delivery, sale or exchange",
        ),
        (
            Elapsed("proof_start", months=6, until="found_on"),
            "自收货、售出或换货之日起不超过6个月（计至故障发现日）",
            "no more than 6 months lie between the delivery, sale or exchange and the day the "
            "fault was found",
        ),
        (
            ~Elapsed("repaired_on", days=30, until="again_on"),
            "自上次修复取机日起已超过30天（计至再次要求之日）",
            "more than 30 days lie between the end of the last repair and the day it was brought "
            "again",
        ),
        (
            ~Elapsed("under_repair_since", days=7),
            "自送修日起已超过7天",
            "more than 7 days have passed since the day it was handed in",
        ),
        (
            Period("period_start", "deducted_days"),
            "在三包有效期内",
            "the three-guarantees period is running",
        ),
        (
            ~Period("period_start", "deducted_days", 1),
            "1个月的三包有效期已过",
            "the three-guarantees period of 1 month is over",
        ),
        (
            Period("windows_start", "deducted_days", 15),
            "在15个月的三包有效期内（自售出、收货或换货之日起算）",
            "the three-guarantees period of 15 months is running (counted from the sale, delivery "
            "or exchange)",
        ),
        (
            Owed(("art11.refund",)),
            "有权：7日内的退货",
            "this is owed: refund within 7 days",
        ),
        (
            ~Owed(("art14.exchange", "art14.refund")),
            "一项也无权：附件换货、附件换货两次后仍有故障的退货",
            "none of these is owed: exchange of an accessory, refund of an accessory exchanged "
            "twice",
        ),
        (
            Under("refund_papers", "refund"),
            "采用解释“refund_papers = refund”（可以退货）",
            "the reading refund_papers = refund is taken (a refund as well)",
        ),
        (
            ~Under("refund_papers", "refund"),
            "未采用解释“refund_papers = refund”（可以退货）",
            "the reading refund_papers = refund is not taken (a refund as well)",
        ),
        (UNIT & GIFT & STOCK, "商品是主机，是赠品，且同型号同规格有货", None),
        (UNIT & GIFT, "商品是主机，且是赠品", "the goods are a main unit and it was a gift"),
        (UNIT | GIFT, "商品是主机或是赠品", "the goods are a main unit or it was a gift"),
        (
            UNIT | GIFT | STOCK,
            "商品是主机，是赠品，或者同型号同规格有货",
            "the goods are a main unit, it was a gift, or the same model is in stock",
        ),
        (
            ~(UNIT & GIFT),
            "商品不是主机或不是赠品",
            "the goods are not a main unit or it was no gift",
        ),
        (
            ~(UNIT | GIFT),
            "商品不是主机，且不是赠品",
            "the goods are not a main unit and it was no gift",
        ),
        (
            UNIT & (GIFT | STOCK),
            "商品是主机，且（是赠品或同型号同规格有货）",
            "the goods are a main unit; and either it was a gift or the same model is in stock",
        ),
        (
            UNIT | (GIFT & STOCK),
            "商品是主机，或者（是赠品，且同型号同规格有货）",
            "the goods are a main unit, or (it was a gift and the same model is in stock)",
        ),
        (
            AllOf((UNIT, AllOf((GIFT, Not(AnyOf((STOCK, Not(UNIT)))))))),
            "商品是主机，是赠品，且同型号同规格无货",
            "the goods are a main unit, it was a gift and the same model is not in stock",
        ),
        (AnyOf((UNIT, AnyOf((GIFT, UNIT)))), "商品是主机或是赠品", None),
        (AllOf((UNIT, UNIT)), "商品是主机", "the goods are a main unit"),
        (AllOf(()), "任何情形", "always"),
        (~AllOf(()), "不会出现", "never"),
        (AnyOf(()), "不会出现", "never"),
        (
            UNIT & SEVEN,
            "商品是主机，且自售出、收货或换货之日起7天内提出",
            "the goods are a main unit; and it is asked for within 7 days of the sale, delivery "
            "or exchange",
        ),
    ],
)
def test_sentences(condition: Condition, zh: str, en: str | None) -> None:
    """A condition reads as its tree says, negations moved to the statements."""
    assert condition_text(condition, "zh") == zh
    assert en is None or condition_text(condition, "en") == en


@pytest.mark.parametrize("lang", LANGUAGES)
def test_facts_nobody_knows(lang: Language) -> None:
    """A fact without words of its own is told by its name and its value."""
    assert "colour" in condition_text(fact("colour").is_(True), lang)
    assert condition_text(fact("colour").is_(True), lang) != condition_text(
        ~fact("colour").is_(True), lang
    )
    assert "colour" in condition_text(fact("colour").is_("red"), lang)
    assert "red" in condition_text(~fact("colour").one_of("red", "blue"), lang)


def test_a_kind_of_goods() -> None:
    """With a line of the catalogue the length of the period and the faults are named."""
    charger = MOBILE_2001.coverage("charger")
    inside, listed = TERMS["inside_period"], fact("symptom").listed_as("faults")
    assert condition_text(~inside, "en", charger) == (
        "the three-guarantees period of 12 months is over"
    )
    assert condition_text(listed, "en", charger) == (
        "the fault is one listed for these goods (charger fault)"
    )
    assert condition_text(fact("kind").listed_as("kind"), "en", charger) == (
        "the goods are in the catalogue"
    )
    own = Period("period_start", "deducted_days", 15)
    assert "15 months" in condition_text(own, "en", charger)


def test_the_rights_of_a_policy() -> None:
    """All rights to one remedy are called by that remedy; others as their policy calls them."""
    title = ("三十日内换货", "exchange in 30 days")
    rights = tuple(
        replace(right, title=title) if right.id == "art12.exchange" else right
        for right in MOBILE_2001.rights
    )
    policy = replace(MOBILE_2001, rights=rights)
    every, twelve = Owed(_EXCHANGES), Owed(("art12.exchange",))
    assert condition_text(every, "en", policy=policy) == "an exchange is owed"
    assert condition_text(~every, "zh", policy=policy) == "无权换货"
    assert condition_text(twelve, "en", policy=policy) == "this is owed: exchange in 30 days"
    assert condition_text(twelve, "zh", policy=policy) == "有权：三十日内换货"
    mixed = Owed((*_EXCHANGES, "art11.refund"))
    assert condition_text(mixed, "en", policy=policy).startswith("one of these is owed: exchange")
    assert rule_name("art23.gift", "en", policy) == "a gift carries the same guarantees"
    assert rule_name("promise.new", "en", policy) == "promise.new"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_condition_of_the_regulation(lang: Language) -> None:
    """No rule of the regulation, nor a word of its articles, is told by a name of the program."""
    parts = (*MOBILE_2001.rules, *MOBILE_2001.obligations)
    conditions = [part.when for part in parts if part.when is not None]
    for condition in (*conditions, *TERMS.values()):
        for one in (condition, ~condition):
            text = condition_text(one, lang, policy=MOBILE_2001)
            text = re.sub(r"[a-z_]+ = [a-z_]+", "", text)  # a reading is chosen by its name
            assert not re.search(r"[a-z]_[a-z]|[a-z]\.[a-z]", text)
            assert lang == "zh" or text.isascii()
    texts = [
        condition_text(leaf, lang, policy=MOBILE_2001) for _, leaf in policy_leaves(MOBILE_2001)
    ]
    assert len(set(texts)) == len({leaf for _, leaf in policy_leaves(MOBILE_2001)})


@pytest.mark.parametrize("spec", FACTS.values(), ids=list(FACTS))
def test_every_fact_has_its_words(spec: FactSpec) -> None:
    """A yes/no fact has a sentence for yes and one for no; a code is told in words."""
    for lang in LANGUAGES:
        if spec.type == "yes/no":
            for name in ("yes", "no"):
                assert f"condition.{name}.{spec.name}" in CONDITION_MESSAGES
        told = [condition_text(fact(spec.name).is_(code), lang) for code in spec.codes]
        assert len(set(told)) == len(told)
        assert all(
            code not in text for code, text in zip(spec.codes, told, strict=True) if "_" in code
        )


def test_no_words_without_a_fact() -> None:
    """Every sentence about a fact is about one there is, and every value one of its codes."""
    for message in CONDITION_MESSAGES:
        found = re.fullmatch(
            r"condition\.(?:yes|no|code|no_code|value)\.(\w+)(?:\.(\w+))?", message
        )
        if found is not None:
            assert found[1] in FACTS
            assert found[2] is None or found[2] in FACTS[found[1]].codes


@pytest.mark.parametrize("lang", ["fr", None, 7])
def test_a_language_nobody_speaks(lang: str) -> None:
    """Another language is refused."""
    with pytest.raises(ValidationError, match=r"(?m)^lang = .*: must be one of zh, en$"):
        condition_text(UNIT, lang)
