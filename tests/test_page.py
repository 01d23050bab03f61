"""The page of a decision: one file, whole, in both languages, for three audiences."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest

import sanbao
from claims import handset, repair
from markup import Markup
from sanbao.decision import Decision
from sanbao.explain.words.catalogue import LANGUAGES, Language
from sanbao.model.codes import Audience

SCENARIOS = {
    file.stem: tomllib.loads(file.read_text("utf-8"))["claim"]
    for file in sorted((Path(__file__).parent / "scenarios").glob("*.toml"))
}
CLAIMS: dict[str, dict[str, Any]] = SCENARIOS | {
    "ordinary": handset(),
    "everything unknown": {"claimed_on": "2025-05-12", "product": {"kind": "handset"}},
    "not in the catalogue": handset(kind="other"),
    "provisional": handset(sold_on="2026-12-28", claimed_on="2026-12-30", request="repair"),
    "too late": handset(claimed_on="2026-09-01", request="refund"),
}
AUDIENCES: tuple[Audience, ...] = get_args(Audience)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("claim", CLAIMS.values(), ids=list(CLAIMS))
def test_pages(claim: dict[str, Any], lang: Language) -> None:
    """A page is well-formed, says all that the words say, and fetches and runs nothing."""
    decision = sanbao.decide(claim)
    html = decision.to_html(lang)
    page = Markup(html)
    assert html.startswith("<!DOCTYPE html>\n")
    assert set(page.tags) <= {
        *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "b", "span"),
        *("details", "summary", "div", "table", "thead", "tbody", "tr", "th", "td", "small"),
        *("br", "code", "time", "ul", "li", "svg", "desc", "line", "rect", "text", "path"),
        *("circle",),
    }
    names = {name for name, _ in page.attributes}
    assert not any(name.startswith("on") for name in names)
    assert not names & {"src", "href", "style", "srcset", "action", "id"}
    assert not re.search(r"https?:|//|url\(|@import|javascript:|src=", html)
    assert ("lang", "zh-CN" if lang == "zh" else "en") in page.attributes
    assert page.tags.count("h1") == 1
    assert page.tags.count("svg") >= 1 or claim == CLAIMS["everything unknown"]
    for line in decision.explain(lang).split("\n"):
        assert line in page.text
    assert decision.receipt.claim_sha256 in page.text
    assert ("class", "lead") in page.attributes or decision.lead is None


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("name", ["refund-although-in-stock", "everything unknown"])
def test_audiences(name: str, audience: Audience, lang: Language) -> None:
    """A page says what its audience is told: heads as heads, points as points."""
    decision = sanbao.decide(CLAIMS[name])
    page = Markup(decision.to_html(lang, audience))
    for line in decision.explain(lang, audience).split("\n"):
        assert re.sub(r"^ *- |^== | ==$", "", line).strip() in page.text
    if audience != "consumer":
        assert page.tags.count("h2") >= 4
        assert page.tags.count("li") >= 8
    assert ("All findings (33)" in page.text) == (audience != "auditor" and lang == "en")


@pytest.mark.parametrize(
    ("name", "tone"),
    [
        ("ordinary", "good"),
        ("too late", "bad"),
        ("not in the catalogue", "bad"),
        ("everything unknown", "open"),
    ],
)
def test_the_tone_of_a_page(name: str, tone: str) -> None:
    """The heading is marked by what it says: something, nothing, or not settled."""
    assert f'<h1 class="{tone}">' in sanbao.decide(CLAIMS[name]).to_html("en")


def test_the_label_of_a_line_is_strong() -> None:
    """What a line is about stands out: up to its colon, or up to a parenthesis before it."""
    html = sanbao.decide(CLAIMS["papers-lost-factory-date-only"]).to_html("en")
    assert "<p><b>You can have</b>: " in html
    assert '<p><b>Your papers</b> (Regulation <span class="measured">art. 9</span>): ' in html


def test_later_days() -> None:
    """What a later claim gives is there to unfold, in steps; where nothing changes it is not."""
    claim = CLAIMS["black-screen-on-day-3"]
    assert "<summary>Claimed later" in sanbao.decide(claim).to_html("en")
    assert "<summary>Claimed later" not in sanbao.decide(CLAIMS["too late"]).to_html("en")


def test_a_page_of_a_decision_that_was_read() -> None:
    """A decision read from JSON has a page without what it does not hold: claim and timeline."""
    decision = sanbao.decide(handset(repairs=[repair("2025-03-20", "2025-03-21")]))
    live, read = decision.to_html("en"), Decision.from_json(decision.to_json()).to_html("en")
    assert "repair 1: 2025-03-20 to 2025-03-21" in live
    assert "repair 1" not in read
    assert "guarantees 2025-03-03 to 2026-03-05" in read
    for line in decision.explain("en").split("\n"):
        assert line in Markup(read).text


EVIL = "<script>alert(1)</script><img src=x onerror=a()>&amp;'\"{0}\u202e"


def test_texts_of_a_decision_that_was_read_are_escaped() -> None:
    """A decision from elsewhere can put no tag on the page, and turn no writing around."""
    data = sanbao.decide(CLAIMS["refund-although-in-stock"]).to_dict()
    lead = data["lead"]["rule"]
    text = json.dumps(data).replace(json.dumps(lead), json.dumps(EVIL))
    for audience in AUDIENCES:
        html = Decision.from_json(text).to_html("zh", audience)
        assert not {"script", "img"} & set(Markup(html).tags)
        assert "<script>alert(1)</script>" in Markup(html).text
        assert "\u202e" not in html
