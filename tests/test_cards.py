"""What a notebook shows: whole, in both languages, and harmless whatever it shows."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sanbao
from claims import (
    FACTORY,
    MISUSED,
    TWO_EXCHANGES,
    TWO_REPAIRS,
    battery,
    charger,
    handset,
    repair,
)
from markup import Markup
from random_claims import random_claim, with_unknowns
from sanbao.decision import Decision
from sanbao.explain.blocks.html import html_of, safe
from sanbao.explain.blocks.markdown import markdown_of
from sanbao.explain.blocks.model import (
    BREAK,
    Bit,
    Block,
    Facts,
    Figure,
    Headline,
    Line,
    Listing,
    Row,
    Section,
    Table,
    Unfold,
)
from sanbao.explain.pages.cards import Card
from sanbao.explain.words.catalogue import LANGUAGES, Language, say
from sanbao.explain.words.pages import PAGE_MESSAGES
from sanbao.model.citation import Certainty, Citation
from sanbao.reasons.answers import WhatIf
from sanbao.reasons.timeline import Step, Timeline, Turn
from sanbao.rules.policy import Article, Policy

LAW = sanbao.MOBILE_2001
UNKNOWN: dict[str, Any] = {"claimed_on": "2025-05-12", "product": {"kind": "handset"}}
CLAIMS: dict[str, dict[str, Any]] = {
    "ordinary": handset(),
    "refund": handset(claimed_on="2025-03-05", request="refund"),
    "money": handset(repairs=TWO_REPAIRS, same_model_in_stock=True, request="refund"),
    "money open": handset(
        repairs=TWO_REPAIRS, same_model_in_stock=True, price=None, request="refund"
    ),
    "stock unknown": handset(repairs=TWO_REPAIRS, request="refund"),
    "unknown": UNKNOWN,
    "not in the catalogue": handset(kind="other"),
    "barred": handset(**MISUSED),
    "too late": handset(claimed_on="2026-09-01", request="refund"),
    "factory date": handset(request="exchange", **FACTORY),
    "open repair": handset(repairs=[repair("2025-04-10", delay="repairer", recorded=False)]),
    "many repairs": handset(repairs=[repair("2025-03-20", "2025-03-21")] * 8),
    "battery": battery(exchanges=TWO_EXCHANGES, battery_capacity=75.5),
    "charger": charger(standalone_price="95.00", bought_with_phone=True),
    "gift": handset(gift=True, plan_bundled=True, sold_in_mainland=False, imei="490154203237518"),
}
DECISION = sanbao.decide(CLAIMS["money"])
EVIL = (
    "<script>alert(1)</script><img src=x onerror=a()>&amp;'\"{0}|`b`[c](javascript:d)\u202e\x00*e*"
)
LONG = EVIL + "x" * 10_000


def things() -> dict[str, Any]:
    """Return one thing of every kind that has a card, and more of some."""
    decisions = {name: sanbao.decide(claim) for name, claim in CLAIMS.items()}
    found: dict[str, Any] = {f"decision, {name}": one for name, one in decisions.items()}
    found |= {f"claim, {name}": one.case.claim for name, one in decisions.items()}
    found["decision read"] = Decision.from_json(DECISION.to_json())
    found["policy"] = LAW
    found["why not"] = decisions["ordinary"].why_not("refund")
    found["why not, open"] = decisions["unknown"].why_not("exchange")
    found["why not, no right"] = decisions["battery"].why_not("paid_repair")
    found["contrast"] = DECISION.why("refund", rather_than="exchange")
    found["contrast, not available"] = decisions["ordinary"].why(
        "free_repair", rather_than="refund"
    )
    found["what if"] = DECISION.what_if({"same_model_in_stock": False})
    found["what if, another outcome"] = DECISION.what_if(claimed_on="2026-09-01")
    found["what if, nothing"] = DECISION.what_if()
    found["timeline"] = decisions["refund"].timeline
    found["timeline, nothing changes"] = decisions["not in the catalogue"].timeline
    return found


THINGS = things()
ALLOWED = {
    *("div", "style", "h2", "p", "b", "small", "code", "span", "time", "br", "bdi"),
    *("ul", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td"),
    *("details", "summary", "svg", "title", "desc", "line", "rect", "text", "path", "circle"),
}


def assert_harmless(html: str) -> Markup:
    """Assert that a card is well-formed, runs nothing, fetches nothing and has no id."""
    card = Markup(html)
    assert set(card.tags) <= ALLOWED, set(card.tags) - ALLOWED
    names = {name for name, _ in card.attributes}
    assert not any(name.startswith("on") for name in names)
    assert not names & {"id", "href", "src", "srcset", "style", "action", "name", "for"}
    style = html[html.index("<style>") : html.index("</style>")]
    assert not re.search(r"https?:|//|url\(|@import|expression", style)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]", html)
    return card


def assert_markdown(markdown: str) -> None:
    """Assert that Markdown holds no tag but a line break, no link, no image, no loose mark."""
    assert not re.search(r"<(?!br>)", markdown)
    assert not re.search(r"(?<!\\)\]\(|(?<!\\)!\[|://|(?<!\\)`", markdown)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", markdown)
    rows = [line for line in markdown.split("\n") if line.startswith("|")]
    for before, line in pairwise(rows):
        if line.startswith("|---"):
            assert line.count("|") == len(re.findall(r"(?<!\\)\|", before))


# --- every kind of thing -----------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", THINGS)
def test_every_kind_of_thing(name: str, lang: Language) -> None:
    """A card is one well-formed, harmless fragment in its language, and Markdown as well."""
    card = THINGS[name].card(lang)
    fragment = assert_harmless(card.html)
    assert card.html.startswith(f'<div class="sanbao-card" lang="{lang[:2]}')
    assert fragment.tags[0] == "div"
    assert ("class", "sanbao-card") in fragment.attributes
    shown = fragment.text[fragment.text.rindex("}") :]
    assert bool(re.search(r"[\u4e00-\u9fff]", shown)) == (lang == "zh")
    assert not re.search(r"\bNone\b|\bTrue\b|\bFalse\b|\{\w+\}", shown.replace("not None", ""))
    assert_markdown(card.markdown)
    assert bool(re.search(r"[\u4e00-\u9fff]", card.markdown)) == (lang == "zh")
    assert "### " in card.markdown


@pytest.mark.parametrize("name", THINGS)
def test_what_a_notebook_asks_for(name: str) -> None:
    """A notebook gets the card in Chinese, of the thing and of its card alike."""
    thing = THINGS[name]
    card = thing.card()
    assert thing._repr_html_() == card._repr_html_() == card.html == thing.card("zh").html
    assert thing._repr_markdown_() == card._repr_markdown_() == card.markdown == str(card)


@pytest.mark.parametrize("lang", ["fr", "", None, 7])
def test_a_language_nobody_speaks(lang: Any) -> None:
    """Another language is refused."""
    with pytest.raises(sanbao.ValidationError, match=r"(?m)^lang = .*: must be one of zh, en$"):
        DECISION.card(lang)


@pytest.mark.parametrize("thing", [None, 3, "claim", {}, DECISION.dates])
def test_things_without_a_card(thing: object) -> None:
    """What has no card says so."""
    with pytest.raises(TypeError, match=r"(?m)^there is no card for "):
        Card(thing, "zh")


def test_cards_do_not_touch_the_page() -> None:
    """Every rule of the style sheet is about cards only."""
    html = DECISION.card().html
    style = html[html.index("<style>") + 7 : html.index("</style>")]
    for line in re.sub(r"@(media|container) \([^)]*\)", "", style).split("}"):
        selector = line.rpartition("{")[0].replace("{", "").strip()
        for one in re.split(r",(?![^(]*\))", selector):
            assert not one.strip() or ".sanbao-card" in one, one


def test_two_cards_are_alike() -> None:
    """Cards of equal things are equal, to the letter."""
    again = sanbao.decide(CLAIMS["money"])
    assert again.card("en").html == DECISION.card("en").html
    assert again.card("en").markdown == DECISION.card("en").markdown


def test_deciding_and_explaining_load_no_card() -> None:
    """Nobody who decides and asks for words pays for cards and pages."""
    program = (
        "import sys, sanbao\n"
        "d = sanbao.decide({'claimed_on': '2025-01-02', 'product': {'kind': 'handset'}})\n"
        "d.explain('en'), d.to_json()\n"
        "print(' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    loaded = set(done.stdout.split())
    pages = ("cards", "decision", "timeline_figure", "timeline_svg")
    parts = {f"sanbao.explain.pages.{page}" for page in pages}
    parts |= {f"sanbao.explain.blocks.{part}" for part in ("html", "markdown", "page", "style")}
    assert all(map(find_spec, parts))
    assert not parts & loaded


claims = st.builds(random_claim, st.randoms(use_true_random=False))
partial_claims = st.builds(with_unknowns, st.randoms(use_true_random=False), claims)


@pytest.mark.untraced
@given(claims | partial_claims, st.sampled_from(LANGUAGES))
@settings(max_examples=40)
def test_random_claims(claim: dict[str, Any], lang: Language) -> None:
    """Claim and decision have a harmless card, and so has the decision read from JSON."""
    decision = sanbao.decide(claim)
    for thing in (decision.case.claim, Decision.from_json(decision.to_json())):
        assert_harmless(thing.card(lang).html)
        assert_markdown(thing.card(lang).markdown)
    if all("handed_back_on" in repair or "ready_on" in repair for repair in claim["repairs"]):
        assert_harmless(decision.card(lang).html)


# --- what they say -----------------------------------------------------------------------


def text_of(thing: Any, lang: Language = "en") -> str:
    """Return the text of a card without its style sheet."""
    html = thing.card(lang).html
    return Markup(html[html.index("</style>") + 8 : -6]).text


def test_the_card_of_a_claim() -> None:
    """A claim shows what is known, with its repairs; what goes without saying is left out."""
    claim = sanbao.decide(CLAIMS["open repair"]).case.claim
    markdown = claim.card("en").markdown
    assert "### Hand-held phone, claimed on 2025-05-12" in markdown
    assert "| Price on the invoice | 3000.00 yuan |" in markdown
    assert "| No. | Handed in | Handed back | On record | Delay |" in markdown
    assert "| 1 | 2025-04-10 | still in repair | no | the repairer's own |" in markdown
    assert "Gift" not in markdown
    assert "IMEI" not in markdown
    gift = sanbao.decide(CLAIMS["gift"]).case.claim.card("zh").markdown
    for row in ("促销赠品 | 是", "合约机 | 是", "在中国大陆销售 | 否", "IMEI | 490154203237518"):
        assert f"| {row} |" in gift


def test_repairs_of_a_claim() -> None:
    """A column is there if it tells something; many repairs are there to unfold."""
    days = {"ready_on": "2025-03-21", "notified_on": "2025-03-22", "symptom": "keys_fail"}
    several = [repair("2025-03-20", "2025-03-25", **days), repair("2025-04-10", "2025-04-11")]
    markdown = sanbao.decide(handset(repairs=several)).case.claim.card("en").markdown
    assert "| No. | Handed in | Ready | Called | Handed back | Fault |" in markdown
    assert "| 2 | 2025-04-10 |  |  | 2025-04-11 |  |" in markdown
    many = sanbao.decide(CLAIMS["many repairs"]).case.claim.card("en").html
    assert "<summary>Repairs (8)</summary>" in many
    swapped = battery(exchanges=TWO_EXCHANGES, battery_capacity=75.5)
    card = sanbao.decide(swapped).case.claim.card("en").markdown
    assert "| 2 | 2025-04-07 |" in card
    assert "| Battery capacity | 75.5% |" in card


def test_who_asked_and_where_on_the_card() -> None:
    """The card shows who first asked and when, what was paid, where, and who contests."""
    claim = handset(
        asked_on="2025-05-01",
        appeared_on="2025-04-30",
        condition="second_hand",
        paid_price="2800.00",
        province="CN-ZJ",
        trader_province="CN-JS",
        invoice="other",
        voucher="not_issued",
        cause_basis="inspection",
        contested=True,
        found_unqualified=True,
        detail="green_line",
        repairs=[repair("2025-04-10", "2025-04-11", software_only=True)],
    )
    told = {
        "zh": (
            *("首次要求日期 | 2025-05-01", "故障出现日期 | 2025-04-30", "商品状态 | 二手"),
            *("实付金额 | 2800.00元", "购买地 | 浙江省", "经营者所在地 | 江苏省"),
            *("发票 | 其他有效证明", "三包凭证 | 销售者未出具", "原因依据 | 质检机构鉴定"),
            *("对原因有异议 | 是", "行政部门认定不合格 | 是", "故障细目 | green\\_line"),
        ),
        "en": (
            *("First asked on | 2025-05-01", "Fault appeared on | 2025-04-30"),
            *("Condition | second-hand", "Price really paid | 2800.00 yuan"),
            *("Bought in | Zhejiang", "Trader's seat | Jiangsu"),
            *("Invoice | other valid proof of the sale date", "Who says so | an inspection body"),
            *("Voucher | never issued by the seller", "Cause contested | yes"),
        ),
    }
    for lang in LANGUAGES:
        card = sanbao.Claim.model_validate(claim).card(lang)
        for row in told[lang]:
            assert f"| {row} |" in card.markdown
        assert say(lang, "card.field.software_only") in card.markdown
        for name, day in (("asked_on", "2025-05-01"), ("appeared_on", "2025-04-30")):
            assert (
                f"- {say(lang, 'drawing.mark', what=say(lang, f'drawing.{name}'), on=day)}"
                in card.markdown
            )
    plain = sanbao.Claim.model_validate(handset()).card("en").markdown
    for head in ("Condition", "Cause contested", "Found unqualified", "Software only"):
        assert head not in plain


def test_a_claim_of_which_nothing_is_known() -> None:
    """A claim without facts shows its day and its goods, and no drawing."""
    card = sanbao.decide(UNKNOWN).case.claim.card("zh")
    assert card.markdown == "三包申请\n\n### 手持机，2025年5月12日申请"
    assert "<svg" not in card.html


def test_the_card_of_a_decision() -> None:
    """Outcome and money in large letters, the words, the drawing, and all else to unfold."""
    html = DECISION.card("en").html
    assert '<p class="headline good">Refund <span class="beside">2025.00 yuan</span></p>' in html
    text = text_of(DECISION)
    for line in DECISION.explain("en").split("\n"):
        assert line in text
    assert "<svg role=" in html
    summaries = re.findall(r"<summary>(.*?)</summary>", html)
    assert summaries == [
        "Claimed later, if nothing else happens",
        "What the cited articles say, in our own words",
        "All findings (33)",
        "Contested readings it hangs on (4)",
        "Receipt",
    ]
    for finding in DECISION.findings:
        assert sanbao.explain.texts.phrases.rule_text(finding.ref, "en") in text
    assert DECISION.receipt.claim_sha256 in text
    assert "How are the days of a repair counted?" in text


def test_a_decision_that_hangs_on_no_reading() -> None:
    """Where no reading matters the card says so."""
    text = text_of(sanbao.decide(CLAIMS["not in the catalogue"]))
    assert "No contested reading changes outcome, remedies or money." in text


@pytest.mark.parametrize(
    ("name", "headline"),
    [
        ("refund", '<p class="headline good">Refund <span class="beside">3000.00 yuan</span></p>'),
        ("money open", '<p class="headline good">Refund</p>'),
        ("stock unknown", '<p class="headline good">Refund</p>'),
        ("barred", '<p class="headline bad">Repair at a charge</p>'),
        ("not in the catalogue", '<p class="headline bad">Outside the three guarantees</p>'),
        ("unknown", '<p class="headline open">Not settled yet</p>'),
    ],
)
def test_the_headline_of_a_decision(name: str, headline: str) -> None:
    """An amount stands beside a refund where there is one; the colour goes by what it is."""
    assert headline in sanbao.decide(CLAIMS[name]).card("en").html


def test_the_card_of_a_decision_that_was_read() -> None:
    """A decision from JSON has no claim and no timeline; the rest is there."""
    html = THINGS["decision read"].card("en").html
    assert "<svg" in html
    assert "repair 1" not in html
    assert "Claimed later" not in html
    data = DECISION.to_dict() | {"depends_on": None}
    html = Decision.from_json(json.dumps(data)).card("en").html
    assert "Contested readings" not in html


def test_the_card_of_a_policy() -> None:
    """Title, version, catalogue, every rule under its article, articles without effect."""
    text = text_of(LAW)
    assert "version 2001-11-15; for sales from 2001-11-15" in text
    for rule in (*LAW.rules, *LAW.obligations):
        assert rule.id in text
    for line in LAW.catalogue:
        assert sanbao.explain.words.catalogue.say("en", f"code.{line.kind}") in text
    for article in LAW.articles:
        if article.no_effect is not None:
            assert article.no_effect[1][:150] in text
    assert "0.5% of the price" in text
    markdown = LAW.card("zh").markdown
    assert "| 第11条 | 7日内的退货<br>art11.refund | 退货，由销售者负责 |" in markdown


@pytest.mark.parametrize(("mark", "word"), [("single", "one copy only"), ("inferred", "inferred")])
def test_articles_that_are_not_sure_are_marked(mark: Certainty, word: str) -> None:
    """With the mark they bear; what is confirmed goes without saying."""
    first, *rest = LAW.articles
    marked = text_of(replace(LAW, articles=(replace(first, certainty=mark), *rest)))
    assert marked.count(word) == text_of(LAW).count(word) + 1


def test_a_policy_without_articles() -> None:
    """Rules that stand under no article are listed all the same."""
    bare = replace(LAW, articles=(Article(1, "confirmed", no_effect=("无", "none")),))
    text = text_of(bare)
    assert "Articles and rules" not in text
    assert "art11.refund" in text
    nothing = Policy(
        "xx.bare", "1", "空", "Bare", LAW.in_force_from, 90, 80, (), (), (), (), (), (), (), ()
    )  # fmt: skip
    assert nothing.card("en").markdown == (
        "Policy\n\n### Bare\n\nxx.bare, version 1; for sales from 2001-11-15"
    )


def test_the_card_of_a_why_not() -> None:
    """The answer is the headline; every single change is there to unfold."""
    answer = THINGS["why not"]
    html = answer.card("en").html
    assert '<p class="headline bad sentence">A refund is not available now</p>' in html
    assert f"Single changes that would make it available ({len(answer.changes)})" in html
    assert "headline open sentence" in THINGS["why not, open"].card("en").html
    _, *rest = answer.explain("en").split("\n")
    for line in rest:
        assert line.strip().removeprefix("- ") in text_of(answer)
    unchanged = replace(answer, changes=())
    assert "Single changes" not in unchanged.card("en").html


def test_the_card_of_a_contrast() -> None:
    """One remedy and the other, and all that is said of them."""
    for name in ("contrast", "contrast, not available"):
        answer = THINGS[name]
        text = text_of(answer)
        for line in answer.explain("en").split("\n"):
            assert line.strip().removeprefix("- ") in text
    assert "Refund rather than Exchange" in text_of(THINGS["contrast"])


def test_the_card_of_a_what_if() -> None:
    """What becomes of the outcome, what changed, and both decisions to unfold."""
    text = text_of(THINGS["what if, another outcome"])
    assert "Refund → Repair at a charge" in text
    assert "The decision after the change" in text
    assert "The decision as it was" in text
    same: WhatIf[Any] = THINGS["what if"]
    text = text_of(same)
    assert "Still: Refund" in text
    for decision in (same.before, same.after):
        for line in decision.explain("en").split("\n"):
            assert line in text


def test_the_card_of_a_timeline() -> None:
    """A drawing, a row for every step with what changed, and how far it goes."""
    timeline: Timeline = THINGS["timeline"]
    card = timeline.card("en")
    assert "<svg" in card.html
    for step in timeline.steps:
        assert f"| {step.on} | " in card.markdown
    assert "no longer open: refund within 7 days (Regulation art. 11)" in card.markdown
    assert "barred from then: the three-guarantees period is over" in card.markdown
    assert "comes along from then: " in card.markdown
    assert card.markdown.endswith("After that nothing changes.")
    assert "<svg" not in THINGS["timeline, nothing changes"].card("en").html


def test_turns_of_every_kind() -> None:
    """Rights, bars, exclusions, proof and duties: each turn has its words in both languages."""
    first, second, *_ = THINGS["timeline"].steps
    cites = (Citation("cn.mobile-2001", article=11),)
    for what in ("right", "exclusion", "bar", "duty", "proof"):
        for begins in (True, False, None):
            turn = Turn(what, "art11.refund", begins, cites, True)
            step = Step(second.on, None, ("refund", "exchange"), (), None, (), (turn,))
            for lang in LANGUAGES:
                card = Timeline((first, step), None, ()).card(lang)
                assert_harmless(card.html)
                assert ("provisional" if lang == "en" else "暂定") in card.markdown


# --- strangers' texts --------------------------------------------------------------------


def evil_decision() -> Decision:
    """Return a decision read from JSON in which every text is evil and long."""
    data = DECISION.to_dict()
    for text in (EVIL, LONG):
        data["policy"] = {"id": text, "version": text}
        data["lead"] |= {"rule": text}
        data["needs"] = [text]
        data["provisional"] = [text]
        data["warnings"] = [{"id": text, "field": text, "value": text}]
        data["obligations"][0] |= {"id": text}
        data["dates"]["begins"] = [{"rule": text, "on": "2025-06-01"}]
        data["requested"] |= {"because": [text]}
        data["remedies"][0] |= {"rule": text, "needs": [text]}
        data["remedies"][0]["citations"][0] |= {"law": text}
        data["findings"][0] |= {"rule": text, "verdict": "barred", "barred_by": [text, text]}
        data["findings"][0]["checks"][0] |= {"fact": text, "actual": text, "threshold": text}
        data["findings"][7]["checks"][-1] |= {"counted_from": text, "counted_from_on": text}
        data["depends_on"][0] |= {"reading": text, "value": text, "instead_of": text}
        data["depends_on"][0]["differences"][0] |= {"what": text, "before": text, "after": text}
        receipt = {"library": text, "policy": text, "policy_sha256": text, "calendar": text}
        data["receipt"] |= {**receipt, "claim_sha256": text}
    return Decision.from_json(json.dumps(data))


def evil_policy() -> Policy:
    """Return a policy in which every text that is free is evil and long."""
    data = json.loads(LAW.to_json())
    data |= {"title_zh": LONG, "title_en": LONG, "version": LONG}
    data["catalogue"][0] |= {"title": [EVIL, EVIL]}
    data["catalogue"][1]["cites"][0]["law"] = LONG
    data["rights"][0]["cites"][0]["law"] = LONG
    data["articles"][0] |= {"no_effect": [LONG, LONG], "rules": []}
    return Policy.from_json(json.dumps(data))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("thing", [evil_decision(), evil_policy()], ids=["decision", "policy"])
def test_texts_of_strangers(thing: Any, lang: Language) -> None:
    """Tags, marks of direction and long texts come out as text, visible and shortened."""
    card = thing.card(lang)
    text = assert_harmless(card.html).text
    assert "<script>alert(1)</script>" in text
    assert r"\u202e" in text
    assert "x" * 201 not in text
    assert ("characters)" if lang == "en" else "个字符）") in text
    assert_markdown(card.markdown)
    assert "x" * 201 not in card.markdown


def test_a_decision_by_a_policy_of_strangers() -> None:
    """Deciding by such a policy shows its texts as text, with drawing and timeline."""
    decision = sanbao.decide(handset(claimed_on="2025-03-05"), policy=evil_policy())
    for thing in (decision, decision.timeline, decision.why_not("paid_repair")):
        for lang in LANGUAGES:
            assert_harmless(thing.card(lang).html)
            assert_markdown(thing.card(lang).markdown)


# --- blocks ------------------------------------------------------------------------------


@pytest.mark.untraced
@given(st.text())
def test_any_text_is_only_text(text: str) -> None:
    """Whatever a block holds, it can neither open a tag nor a link nor a table cell."""
    blocks: list[Block] = [
        Headline(text, "good", text, text, "top"),
        Section(text),
        Line((Bit(text, "b"), BREAK, Bit(text, "small"), Bit(text, "code"), text)),
        Listing((text,)),
        Facts((text, text), ((text, text),)),
        Table((text, text), (Row((text, text), "holds", lead=True),), stacked=True, labelled=True),
        Figure("", (text,), text),
        Unfold(text, (Line(text),)),
    ]
    html, markdown = html_of(blocks), markdown_of(blocks)
    fragment = Markup(html)
    assert set(fragment.tags) <= ALLOWED | {"h1"}
    assert {name for name, _ in fragment.attributes} <= {"class", "data-label"}
    assert_markdown(markdown)


@pytest.mark.parametrize(
    ("text", "html", "markdown"),
    [
        ("plain", "plain", "plain"),
        ("a < b & c", "a &lt; b &amp; c", "a &lt; b &amp; c"),
        ("\u202eevil\u2066", r"\u202eevil\u2066", r"\\u202eevil\\u2066"),
        ("a\nb\tc\x00", r"a\nb\tc\x00", r"a\\nb\\tc\\x00"),
        ("全角\u3000空格", "全角\u3000空格", "全角\u3000空格"),
        ("x \u0627\u0644 y", "x <bdi>\u0627\u0644</bdi> y", "x \u0627\u0644 y"),
        ("1. one", "1. one", r"1\. one"),
        ("- item", "- item", r"\- item"),
        ("# head", "# head", r"\# head"),
        ("2025-03-05 on", "2025-03-05 on", "2025-03-05 on"),
        ("http://x.y WWW.x", "http://x.y WWW.x", "http&#58;//x.y WWW&#46;x"),
        ("a@b.c", "a@b.c", "a&#64;b.c"),
        ("*a* _b_ `c` ~d~ $e$ [f] | \\", "*a* _b_ `c` ~d~ $e$ [f] | \\",
         r"\*a\* \_b\_ \`c\` \~d\~ \$e\$ \[f\] \| \\"),
    ],
)  # fmt: skip
def test_what_is_escaped(text: str, html: str, markdown: str) -> None:
    """Marks of HTML and Markdown are escaped, what prints nothing is made visible."""
    assert safe(text) == html
    assert markdown_of([Section(text)]) == f"**{markdown}**"


def test_a_date_is_not_broken() -> None:
    """A date in a text stays on one line."""
    assert html_of([Line("to 2025-03-05.")]) == "<p>to <time>2025-03-05</time>.</p>"


@pytest.mark.parametrize(
    "kept",
    [
        "1599.00元",
        "3 days",
        "1年",
        "30日",
        "第18条",
        "第8至15日",
        "2025年7月4日",
        "art. 24(1)",
        "app. 3",
        "day 7",
    ],
)
def test_what_stays_on_one_line(kept: str) -> None:
    """A number and its unit or what it numbers, a date; in lines, heads and folds alike."""
    shown = rf"<(?:time|span class=\"measured\")>{re.escape(kept)}</"
    blocks: list[Block] = [
        Line(f"x {kept}。"),
        Section(f"x {kept}"),
        Headline(f"x {kept}", "calm"),
        Unfold(f"x {kept}", ()),
    ]
    for block in blocks:
        assert re.search(shown, html_of([block])), block
    assert html_of([Line("art13.exchange v1.5% 20250704 2-3天")]).count("<span") == 0


@pytest.mark.parametrize("message", PAGE_MESSAGES)
def test_messages(message: str) -> None:
    """Every message is there in both languages, with the same placeholders."""
    zh, en = PAGE_MESSAGES[message]
    assert sorted(re.findall(r"\{\w+\}", zh)) == sorted(re.findall(r"\{\w+\}", en))
    assert zh.strip()
    assert en.replace("→", "").isascii()
