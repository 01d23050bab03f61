"""Decisions in words and as pages: the catalogue, both languages, and safe HTML."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest

import sanbao
from claims import (
    FACTORY,
    PROVEN,
    TWO_EXCHANGES,
    TWO_REPAIRS,
    battery,
    charger,
    exchange,
    handset,
    repair,
)
from sanbao.decision import Decision
from sanbao.explain.texts.phrases import check_text, cites_text
from sanbao.explain.words.catalogue import LANGUAGES, MESSAGES, Language, has, language, say
from sanbao.model.citation import Citation
from sanbao.model.codes import Note, Outcome, Owner, Verdict
from sanbao.model.decision import Check
from sanbao.model.facts import FACTS
from sanbao.policies import library
from sanbao.rules.conditions import Compare, OneOf, Under, fact
from sanbao.rules.policy import Bar, Policy, policy_leaves

LAW = sanbao.MOBILE_2001
WORDS = library.words(LAW.id)
SCENARIOS = {
    file.stem: tomllib.loads(file.read_text("utf-8"))["claim"]
    for file in sorted((Path(__file__).parent / "scenarios").glob("*.toml"))
}
CLAIMS: dict[str, dict[str, Any]] = SCENARIOS | {
    "ordinary": handset(),
    "everything unknown": {"claimed_on": "2025-05-12", "product": {"kind": "handset"}},
    "not in the catalogue": handset(kind="other"),
    "money": handset(repairs=TWO_REPAIRS, same_model_in_stock=True, request="refund"),
    "money open": handset(repairs=TWO_REPAIRS, same_model_in_stock=True, price=None),
    "either of two articles": handset(
        repairs=[repair("2025-03-03")], claimed_on="2025-05-06", request="exchange"
    ),
    "stock unknown": handset(repairs=TWO_REPAIRS, request="refund"),
    "provisional": handset(sold_on="2026-12-28", claimed_on="2026-12-30", request="repair"),
    "odd": handset(
        activated_on="2025-03-01",
        invoiced_on="2025-03-01",
        received_on="2025-03-01",
        manufactured_on="2025-03-04",
        exchanges=[exchange("2025-03-01")],
        repairs=[
            repair("2025-04-10"),
            repair("2025-04-20"),
            repair("2025-04-21", "2025-05-14"),
            repair("2025-05-13"),
        ],
    ),
    "odd later": handset(
        activated_on="2025-05-13", received_on="2025-05-13", symptom="charger_fault"
    ),
    "odd fault": handset(
        sold_on="2024-03-04",
        asked_on="2024-04-01",
        appeared_on="2024-04-01",
        exchanges=[exchange("2024-04-07")],
        repairs=[repair("2024-04-02", "2024-04-03")],
        paid_price="2800.00",
        condition="second_hand",
        cause="liquid",
        cause_basis="consumer",
        contested=True,
    ),
    "odd demand": handset(
        asked_on="2025-03-10",
        repairs=[repair("2025-03-10", "2025-03-12")],
        paid_price="2800.00",
        price=None,
    ),
    "many duties": handset(repairs=[repair("2025-04-14")], plan_bundled=True, gift=True),
    "battery": battery(exchanges=TWO_EXCHANGES, battery_capacity=75.5),
    "lesser papers": handset(claimed_on="2025-03-05", request="refund", **PROVEN),
    "factory date": handset(request="exchange", **FACTORY),
    "too late": handset(claimed_on="2026-09-01", request="refund"),
    "trader alone": handset(cause="liquid", cause_basis="trader"),
    "price of two": charger(
        exchanges=TWO_EXCHANGES, bought_with_phone=None, standalone_price="95.00"
    ),
}
RULES = [rule.id for rule in (*LAW.rules, *LAW.obligations)]


def placeholders(text: str) -> list[str]:
    """Return the sorted names of the placeholders of ``text``."""
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


# --- the catalogue --------------------------------------------------------------------


@pytest.mark.parametrize("message", [*MESSAGES, *WORDS])
def test_both_languages(message: str) -> None:
    """Every message is there in Chinese and English, with the same placeholders."""
    zh, en = {**MESSAGES, **WORDS}[message]
    assert zh.strip()
    assert en.strip()
    assert placeholders(zh) == placeholders(en)
    assert "" not in placeholders(zh)
    assert en.replace("。", "").replace("→", "").isascii()


def _wanted() -> set[str]:
    """Return the id of every message that a decision of the regulation can call for."""
    codes = {code for spec in FACTS.values() for code in spec.codes}
    laws = {citation.law for rule in (*LAW.rules, *LAW.obligations) for citation in rule.cites}
    return (
        {f"outcome.{outcome}" for outcome in (*get_args(Outcome), "open", "repair")}
        | {f"rule.{rule.id}" for rule in LAW.rules}
        | {f"duty.{duty.id}" for duty in LAW.obligations}
        | {f"note.{note}" for note in get_args(Note)}
        | {f"verdict.{verdict}" for verdict in get_args(Verdict)}
        | {f"owner.{owner}" for owner in get_args(Owner)}
        | {f"bring.{outcome}" for outcome in get_args(Outcome) if outcome != "excluded"}
        | {f"date.{name}" for name in ("refund_until", "exchange_until", "period_ends_on")}
        | {f"code.{code}" for code in codes}
        | {f"law.{law}" for law in laws}
    )


@pytest.mark.parametrize("message", sorted(_wanted()))
def test_every_code_has_its_words(message: str) -> None:
    """Every rule, duty, note, verdict, outcome, law and code has a message of its own."""
    assert has(message) or message in WORDS


@pytest.mark.parametrize("message", [name for name in WORDS if name.startswith("rule.")])
def test_no_words_without_a_rule(message: str) -> None:
    """Every message about a rule is about a rule there is."""
    assert message.removeprefix("rule.") in RULES


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("claim", CLAIMS.values(), ids=list(CLAIMS))
def test_needs_and_warnings_have_their_words(claim: dict[str, Any], lang: Language) -> None:
    """Every field that is asked for and every warning is said in words, not by its path."""
    decision = sanbao.decide(claim)
    for path in decision.needs:
        assert has("field." + re.sub(r"\[[0-9]+\]", "", path))
        assert path not in decision.explain(lang)
    assert all(has(f"warning.{odd.id}") for odd in decision.warnings)


def test_the_warnings_of_the_catalogue_are_those_there_are() -> None:
    """The catalogue has words for just the warnings that the library gives."""
    claims = [CLAIMS[name] for name in ("odd", "odd later", "odd fault", "odd demand")]
    odd = [warned for claim in claims for warned in sanbao.decide(claim).warnings]
    # the one about commitments: test_law_by_date
    assert {f"warning.{warned.id}" for warned in odd} | {"warning.commitment_not_in_force"} == {
        message for message in MESSAGES if message.startswith("warning.")
    }


@pytest.mark.parametrize("code", ["fr", "", "ZH", "zh-CN", None, 7, ["zh"]])
def test_a_language_nobody_speaks(code: Any) -> None:
    """Another language is refused, by words and page alike, and the known ones are named."""
    decision = sanbao.decide(handset())
    for tell in (decision.explain, decision.to_html, language):
        with pytest.raises(sanbao.ValidationError, match=r"(?m)^lang = .*: must be one of zh, en$"):
            tell(code)


# --- decisions in words ---------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("claim", CLAIMS.values(), ids=list(CLAIMS))
def test_words(claim: dict[str, Any], lang: Language) -> None:
    """No placeholder, id, code or path of the library is left in the words."""
    decision = sanbao.decide(claim)
    text = decision.explain(lang)
    lines = text.split("\n")
    assert len(lines) >= 2
    assert all(line == line.strip() and line for line in lines)
    marks = (f"[{say(lang, f'piece.{mark}')}]" for mark in ("single", "inferred"))
    for mark in marks:
        text = text.replace(mark, "")
    assert not re.search(r"[{}\[\]]|None|True|False", text)
    assert not any(rule in text for rule in RULES)
    assert not re.search(r"[a-z]_[a-z]", text)
    assert bool(re.search(r"[\u4e00-\u9fff]", text)) == (lang == "zh")
    for mistake in ("..", ",,", "。。", " ,", ": :", ":.", "; ;", "  ", ": ;", "()"):
        assert mistake not in text, mistake


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=list(CLAIMS))
def test_the_article_is_named(claim: dict[str, Any]) -> None:
    """Where it is decided, the words name the article or the appendix that decides."""
    decision = sanbao.decide(claim)
    if decision.lead is not None:
        first = decision.lead.citations[0]
        zh, en = decision.explain("zh"), decision.explain("en")
        if first.article is None:
            assert f"《手机三包规定》附录{first.appendix}" in zh
            assert f"Regulation app. {first.appendix}" in en
        else:
            assert f"《手机三包规定》第{first.article}条" in zh
            assert f"Regulation art. {first.article}" in en


def test_the_words_of_a_refund() -> None:
    """What is paid back, why, what else, until when and what to bring: each has its line."""
    claim = handset(claimed_on="2025-03-05", request="refund")
    assert sanbao.decide(claim).explain() == sanbao.decide(claim).explain("zh")
    text = sanbao.decide(claim).explain("en")
    heads = [line.split(":")[0] for line in text.split("\n")]
    assert heads == [
        "You can have",
        "Why",
        "What this rests on",
        "Note",
        "You may also choose",
        "Until when",
        "Bring",
        "What comes along",
    ]
    assert "3000.00 yuan back" in text
    assert "asked for on day 2 (2025-03-05); the last day is day 7 (2025-03-10)" in text
    assert "really paid where the trader proves another (Implementing Decree art. 18)" in text
    assert "5 days left" in text


def test_the_words_of_money() -> None:
    """A refund less depreciation says the price, the days of use and the fee."""
    text = sanbao.decide(CLAIMS["money"]).explain("en")
    assert "2025.00 yuan back (price 3000.00, less 975.00 for 65 days of use)" in text


def test_what_was_asked_and_cannot_be_had_comes_first() -> None:
    """Who asks for what is not open is told so first, with the nearest reason."""
    first, *_ = sanbao.decide(handset(request="refund")).explain("en").split("\n")
    assert first.startswith("You asked for: Refund. That is not open now: refund within 7 days")
    assert "asked for on day 70 (2025-05-12); the last day was day 7 (2025-03-10)" in first
    assert "63 days too late" in first


def test_what_was_asked_and_is_not_settled() -> None:
    """Who asks for what may be open is told that it is not settled."""
    claim = handset(claimed_on="2025-05-12", repairs=[repair("2025-04-07")], request="exchange")
    first, *_ = sanbao.decide(claim).explain("en").split("\n")
    assert first == "You asked for: Exchange. What is known so far does not settle it."


def test_what_is_inferred_is_marked() -> None:
    """What was only deduced to stand in an article is said to the auditor; all else is not."""
    deduced = sanbao.decide(handset(cause="sim_data", cause_basis="report"))
    assert "SIM card (Regulation art. 10 [inferred], " in deduced.explain("en", "auditor")
    assert "《手机三包规定》第10条〔推定〕" in deduced.explain("zh", "auditor")
    assert "Regulation art. 10;" in sanbao.decide(handset()).explain("en")


@pytest.mark.parametrize(
    ("citation", "zh", "en"),
    [
        (Citation("cn.civil-code", article=203), "《民法典》第203条", "Civil Code art. 203"),
        (
            Citation("cn.mobile-2001", article=24, item=4),
            "《手机三包规定》第24条第4项",
            "Regulation art. 24(4)",
        ),
        (Citation("cn.mobile-2001", appendix=3), "《手机三包规定》附录3", "Regulation app. 3"),
        (Citation("de.bgb", article=437), "de.bgb第437条", "de.bgb art. 437"),
        (
            Citation("x", article=1, number="inferred"),
            "x第1条〔推定〕",
            "x art. 1 [inferred]",
        ),
        (
            Citation("x", appendix=1, number="single"),
            "x附录1〔仅见一份文本〕",
            "x app. 1 [one copy only]",
        ),
    ],
)
def test_citations(citation: Citation, zh: str, en: str) -> None:
    """A citation names the law, or its id where the catalogue has no name, and the place."""
    assert cites_text([citation], "zh") == zh
    assert cites_text([citation], "en") == en
    assert cites_text([], "en") == ""


def test_citations_of_one_law() -> None:
    """A law is named once for all its articles that stand together."""
    law = "cn.mobile-2001"
    several = [
        Citation(law, article=11),
        Citation(law, article=8, number="inferred"),
        Citation(law, appendix=1),
        Citation("cn.civil-code", article=203),
        Citation(law, article=12),
    ]
    assert cites_text(several, "en") == (
        "Regulation art. 11, art. 8 [inferred], app. 1, Civil Code art. 203, Regulation art. 12"
    )
    assert cites_text(several, "zh") == (
        "《手机三包规定》第11条、第8条〔推定〕、附录1、《民法典》第203条、《手机三包规定》第12条"
    )


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (Check("cause", "is", "liquid", "liquid", True, None), "cause: liquid"),
        (
            Check("cause", "one_of", ("liquid", "impact"), "defect", False, None),
            "cause: defect (the rule asks for: liquid, impact)",
        ),
        (Check("cause", "none_of", ("liquid",), "liquid", False, None), "cause: liquid"),
        (Check("gift", "is", True, False, False, None), "it was no gift"),
        (Check("invoice", "is", "original", None, None, None), "invoice not known"),
        (
            Check("repairs_counted", "at_least", 2, 1, False, -1),
            "repairs that count: 1, needed: 2",
        ),
        (
            Check("repairs_counted", "at_least", 2, 2, True, 0),
            "repairs that count: 2, needed: 2",
        ),
        (Check("readings.rounding", "is", "down", "down", True, None), "readings.rounding: down"),
        (
            Check("rights", "one_of", ("art11.exchange",), ("art11.exchange",), True, None),
            "an exchange is owed: exchange of the phone with what came with it, within 7 days",
        ),
        (Check("rights", "one_of", ("art11.exchange",), (), False, None), "no exchange is owed"),
        (
            Check("rights", "none_of", ("art11.refund",), (), True, None),
            "not owed: refund within 7 days",
        ),
        (
            Check("rights", "none_of", ("art11.refund",), ("art11.refund",), False, None),
            "owed already: refund within 7 days",
        ),
        (
            Check("claimed_on", "not_after", "", "2025-05-12", None, None, "windows_start"),
            "sale, delivery or exchange not known",
        ),
    ],
)
def test_checks(check: Check, text: str) -> None:
    """A check says what the fact is and, where that is of use, what was needed."""
    assert check_text(check, "en", "cn.mobile-2001") == text


def timed(
    relation: str, claimed: str, margin: int, since: str = "windows_start", day: int | None = None
) -> Check:
    """Return the check of a time that runs from Monday 2025-05-05 to 2025-05-12."""
    days, months = (None, 12) if since in ("period_start", "proof_start") else (7, None)
    counted = (since, "2025-05-05", days, months, day)
    return Check("claimed_on", relation, "2025-05-12", claimed, margin >= 0, margin, *counted)


@pytest.mark.parametrize(
    ("check", "text"),
    [
        (
            timed("not_after", "2025-05-14", -2, day=9),
            "claimed on day 9 (2025-05-14); the last day was day 7 (2025-05-12), counted from "
            "2025-05-05 (sale, delivery or exchange); 2 days too late",
        ),
        (
            timed("not_after", "2025-05-13", -1, day=9),
            "claimed on day 9 (2025-05-13); the last day was day 8 (2025-05-12), counted from "
            "2025-05-05 (sale, delivery or exchange); 1 day too late (day 7 was a rest day, so "
            "it moved on)",
        ),
        (
            timed("not_after", "2025-05-13", -1),
            "claimed on 2025-05-13; the last day was 2025-05-12, counted from 2025-05-05 (sale, "
            "delivery or exchange); 1 day too late",
        ),
        (
            timed("not_after", "2025-05-13", -1, "period_start"),
            "claimed on 2025-05-13; the last day was 2025-05-12, counted from 2025-05-05 (start "
            "of the period); 1 day too late",
        ),
        (
            timed("not_after", "2025-05-10", 2, "repaired_on", 5),
            "claimed on day 5 (2025-05-10); the last day is day 7 (2025-05-12), counted from "
            "2025-05-05 (end of the last repair); 2 days left",
        ),
        (
            timed("not_after", "2025-05-12", 0, day=7),
            "claimed on day 7 (2025-05-12); the last day is day 7 (2025-05-12), counted from "
            "2025-05-05 (sale, delivery or exchange); that is the last day",
        ),
        (
            timed("not_after", "2025-05-05", 7),
            "claimed on 2025-05-05; the last day is 2025-05-12, counted from 2025-05-05 (sale, "
            "delivery or exchange); 7 days left",
        ),
        (
            timed("after", "2025-05-13", 0, "under_repair_since", 8),
            "claimed on day 8 (2025-05-13); the time counted from 2025-05-05 (day it was handed "
            "in) ended on day 7 (2025-05-12), 1 day before",
        ),
        (
            timed("after", "2025-05-14", 1, "period_start"),
            "claimed on 2025-05-14; the time counted from 2025-05-05 (start of the period) ended "
            "on 2025-05-12, 2 days before",
        ),
        (
            timed("after", "2025-05-12", -1, day=7),
            "claimed on day 7 (2025-05-12); the time counted from 2025-05-05 (sale, delivery or "
            "exchange) runs to day 7 (2025-05-12); 1 day too early",
        ),
        (
            timed("after", "2025-05-10", -3, "proof_start"),
            "claimed on 2025-05-10; the time counted from 2025-05-05 (delivery, sale or exchange) "
            "runs to 2025-05-12; 3 days too early",
        ),
        (
            timed("not_after", "soon", 3, day=4),
            "claimed on soon; the last day is 2025-05-12, counted from 2025-05-05 (sale, delivery "
            "or exchange); 3 days left",
        ),
    ],
)
def test_checks_of_time(check: Check, text: str) -> None:
    """Times of days are told by the number of the day, where the check has one."""
    assert check_text(check, "en", "cn.mobile-2001") == text


# --- policies the catalogue does not know ---------------------------------------------


def foreign(**changes: Any) -> Policy:
    """Return the regulation with ids that the catalogue has no words for."""
    cites = (Citation("xx.law", article=7),)
    strange = Bar("test.strange", Under("rounding", "half_up") & fact("gift").is_(True), cites)
    duties = tuple(replace(duty, id=f"test.{n}") for n, duty in enumerate(LAW.obligations))
    return replace(LAW, bars=(*LAW.bars, strange), obligations=duties, articles=(), **changes)


def test_a_rule_without_words() -> None:
    """A rule that the catalogue does not know is called by its id, in words and on the page."""
    decision = sanbao.decide(handset(gift=True), policy=foreign())
    assert decision.outcome == "paid_repair"
    for lang in LANGUAGES:
        assert "test.strange" in decision.explain(lang)
        assert "test.strange" in decision.to_html(lang)


def test_what_is_not_open_without_a_reason() -> None:
    """Where a policy has no rule for what was asked, that it is not open is all there is to say."""
    bare = replace(
        LAW,
        exclusions=(),
        bars=(),
        rights=(),
        preference=(),
        articles=(),
        obligations=(),
        grades=tuple(replace(grade, carries_under=()) for grade in LAW.grades),
    )
    decision = sanbao.decide(handset(request="refund"), policy=bare)
    first, *rest = decision.explain("en").split("\n")
    assert first == "You asked for: Refund. For goods of this kind there is no such right."
    assert rest[0].startswith("You can have it repaired at a reasonable charge")
    assert not any(line.startswith("Why") for line in rest)


def test_fields_and_values_without_words() -> None:
    """A decision that was read may name fields and codes that the catalogue does not know."""
    data = sanbao.decide({"claimed_on": "2025-05-12", "product": {"kind": "handset"}}).to_dict()
    data["needs"] = ["moon.phase", "repairs[3].delay"]
    text = Decision.from_json(json.dumps(data)).explain("en")
    assert "Still to be known: moon.phase, what delays the repair." in text


def test_say() -> None:
    """A message is filled in once: braces in what is filled in stay as they are."""
    assert say("en", "check.value", fact="{x}", actual="{0}") == "{x}: {0}"
    assert not has("rule.")


# --- pages ----------------------------------------------------------------------------

_EMPTY_TAGS = {"meta", "br"}


class Page(HTMLParser):
    """A page taken apart: its tags, its attributes and its text; tags must balance."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down a tag that opens."""
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in _EMPTY_TAGS:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Check that a tag closes the one that was opened last."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Take down the text."""
        self.text += data


EVIL = "<script>alert(1)</script><img src=x onerror=a()>&amp;'\"{0}"


def test_texts_of_a_policy_are_escaped() -> None:
    """Whatever a policy calls its law, its version, its goods and its faults is only text."""
    cites = (Citation(EVIL, article=1),)
    line, *others = LAW.catalogue
    policy = replace(
        LAW,
        version=EVIL,
        catalogue=(replace(line, faults=(EVIL,)), replace(line, kind=EVIL), *others),
        rights=tuple(replace(right, cites=cites) for right in LAW.rights),
        exclusions=tuple(replace(rule, cites=cites) for rule in LAW.exclusions),
    )
    for claim in (handset(), handset(kind="other"), battery()):
        decision = sanbao.decide(claim, policy=policy)
        for lang in LANGUAGES:
            assert EVIL in decision.explain(lang)
            assert_harmless(decision.to_html(lang))


def assert_harmless(html: str) -> None:
    """Assert that the evil text is on the page as text and nowhere as a tag."""
    page = Page(html)
    assert not {"script", "img"} & set(page.tags)
    assert EVIL in page.text


def test_texts_of_a_decision_that_was_read_are_escaped() -> None:
    """A decision from elsewhere can put no tag on the page, whatever part it puts it in."""
    data = sanbao.decide(CLAIMS["either of two articles"]).to_dict()
    lead = data["lead"]["rule"]
    text = json.dumps(data).replace(json.dumps(lead), json.dumps(EVIL))
    assert_harmless(Decision.from_json(text).to_html("zh"))
    for part, value in (
        ("needs", [EVIL]),
        ("receipt", data["receipt"] | {"library": EVIL, "policy": EVIL, "claim_sha256": EVIL}),
    ):
        assert_harmless(Decision.from_json(json.dumps(data | {part: value})).to_html("en"))
    data["findings"][0] |= {"rule": EVIL, "verdict": "barred", "barred_by": [EVIL]}
    data["findings"][0]["checks"][0] |= {"fact": EVIL, "actual": EVIL, "threshold": EVIL}
    assert_harmless(Decision.from_json(json.dumps(data)).to_html("en"))


def test_every_code_a_policy_names_has_its_words() -> None:
    """The codes that the regulation's conditions compare with have words in both languages."""
    named: set[object] = set()
    for _, leaf in policy_leaves(LAW):
        if isinstance(leaf, OneOf):
            named.update(leaf.values)
        elif isinstance(leaf, Compare) and isinstance(leaf.value, str):
            named.add(leaf.value)
    assert named
    assert all(has(f"code.{code}") for code in named)


def test_an_unlisted_fault_is_told_before_an_exchange_that_is_not_owed() -> None:
    """The nearest refund is one of its own, told without the list of what is listed."""
    data = handset(
        symptom="unlisted", repairs=TWO_REPAIRS, same_model_in_stock=True, request="refund"
    )
    decision = sanbao.decide(data)
    assert decision.requested is not None
    assert decision.requested.because[0].rule == "art11.refund"
    first = decision.explain("zh", "consumer").split("\n")[0]
    assert "故障现象：性能故障表未列的故障；" in first
    assert "规则所指" not in first
    assert "没有换货的权利" not in first
