"""Words come with the law: another law with rules of the same ids never speaks these."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from typing import Any, Final, get_args

import pytest

import sanbao
from claims import TWO_REPAIRS, handset
from sanbao import MOBILE_2001, Decision, Engine, Policy, Readings
from sanbao.evaluation.parts.remedies import PRICE_READINGS
from sanbao.explain.texts.conditions import condition_text, rule_name
from sanbao.explain.texts.phrases import told
from sanbao.explain.texts.titles import display_names
from sanbao.explain.words.catalogue import LANGUAGES, MESSAGES, Language
from sanbao.model.citation import Citation
from sanbao.model.codes import Audience
from sanbao.model.readings import reading_values
from sanbao.policies import library
from sanbao.policies.mobile_2024 import MOBILE_2024
from sanbao.policies.mobile_readings import READINGS
from sanbao.policies.mobile_words import WORDS
from sanbao.rules.conditions import Under
from sanbao.rules.contested_reading import ContestedReading
from sanbao.rules.versions import Versions


def _foreign(part: Any) -> Any:
    return replace(part, cites=tuple(replace(cite, law="xx.radio") for cite in part.cites))


def _radio_law() -> Policy:
    """Return a law of another country with the very rules of this one, under the same ids."""
    names = ("catalogue", "grades", "exclusions", "bars", "rights", "obligations")
    parts: Any = {name: tuple(map(_foreign, getattr(MOBILE_2024, name))) for name in names}
    return replace(
        MOBILE_2024, id="xx.radio", title_zh="收音机规定", title_en="Radio rule", **parts
    )


RADIO: Final = _radio_law()
OWN: Final = ("收音机七日退货", "refund of a radio")
TITLED: Final = replace(
    RADIO,
    rights=tuple(
        replace(right, title=OWN) if right.id == "art11.refund" else right for right in RADIO.rights
    ),
)
CLAIMS: Final = {
    "refund": handset(claimed_on="2025-03-05"),
    "exchange": handset(repairs=TWO_REPAIRS, request="refund", same_model_in_stock=True),
    "liquid": handset(cause="liquid", cause_basis="report", contested=True),
    "over": handset(claimed_on="2027-05-05", repairs=TWO_REPAIRS),
    "no papers": handset(invoice="none", voucher="not_issued"),
}
"""Claims that bring most sentences of the law to a text."""

_OF_THE_MOBILE_LAW: Final = {
    words[place]
    for message, words in library.words(MOBILE_2001.id).items()
    for place in range(2)
    if not message.startswith(("law.", "title."))
    and len(words[place]) > 12
    and "{" not in words[0]
    and words not in MESSAGES.values()  # what any law may say of a yes/no fact
}


@pytest.mark.parametrize("policy", [RADIO, TITLED], ids=["no words", "a title"])
@pytest.mark.parametrize("claim", CLAIMS.values(), ids=list(CLAIMS))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_another_law_speaks_no_words_of_this_one(
    lang: Language, claim: Any, policy: Policy
) -> None:
    """In no text, page or answer; its rules are called by id and article, or by its own titles."""
    decision = Engine(policy).decide(claim)
    texts = [decision.explain(lang, audience) for audience in get_args(Audience)]
    texts += [decision.to_html(lang), decision.card(lang).html, decision.timeline.explain(lang)]
    wanted = "refund" if decision.outcome != "refund" else "paid_repair"
    texts.append(decision.why_not(wanted).explain(lang))
    for text in texts:
        assert not [words for words in _OF_THE_MOBILE_LAW if words in text]
        assert "cn.mobile-2001" not in text
    stored = Decision.from_json(decision.to_json())
    for audience in get_args(Audience):
        text = stored.explain(lang, audience)
        assert not [words for words in _OF_THE_MOBILE_LAW if words in text]


def test_a_law_without_words_names_rule_and_article() -> None:
    """The id, and the articles it cites beside it; a title of its own comes first."""
    decision = Engine(RADIO).decide(CLAIMS["refund"])
    assert "Why: art11.refund (xx.radio art. 11" in decision.explain("en")
    assert rule_name("art11.refund", "en", RADIO) == "art11.refund"
    assert rule_name("art22.recourse", "zh", RADIO) == "art22.recourse"
    titled = Engine(TITLED).decide(CLAIMS["refund"])
    assert "Why: refund of a radio (xx.radio art. 11" in titled.explain("en")
    assert rule_name("art11.refund", "zh", TITLED) == "收音机七日退货"
    assert rule_name("art11.refund", "zh", MOBILE_2001) == "7日内的退货"


def test_a_title_of_its_own_asks_for_numbers_too() -> None:
    """Of its own rule or of another; what asks for no number stays as it is written."""
    words = "{window}日；{within[art10.again]:days}；{window:loud}{value}", "in {window:days}"
    odd = "{0.__class__}{window.days}{within[]}", "{window.__init__.__globals__}"
    for title, (zh, en) in ((words, ("7日；30；{window:loud}{value}", "in 7 days")), (odd, odd)):
        rights = tuple(
            replace(right, title=title) if right.id == "art11.refund" else right
            for right in RADIO.rights
        )
        policy = replace(RADIO, rights=rights)
        assert rule_name("art11.refund", "zh", policy) == zh
        assert f"Why: {en} (" in Engine(policy).decide(CLAIMS["refund"]).explain("en")


def test_each_law_speaks_its_own_words_one_after_the_other() -> None:
    """Nothing that one law was told in is kept for the next."""
    for _ in range(2):
        for policy, words in (
            (RADIO, "art11.refund"),
            (MOBILE_2024, "refund within 7 days"),
            (TITLED, "refund of a radio"),
        ):
            assert f"Why: {words} (" in Engine(policy).decide(CLAIMS["refund"]).explain("en")


def test_what_stands_beside_a_law_speaks_its_words() -> None:
    """A promise and a local regulation use the law's words for what they take over."""
    vivo = library.get("vivo-2016")
    assert library.law_of(vivo) == MOBILE_2001.id
    assert rule_name("art10.repair", "en", vivo) == "free repair inside the period"
    zhejiang = library.get("zhejiang-2017")
    taken = [rule.id for rule in zhejiang.rules if rule.title is None]
    assert taken
    assert all(rule_name(rule, "en", zhejiang) != rule for rule in taken)


def test_a_draft_that_changes_a_law_speaks_its_words() -> None:
    """Its catalogue stands under that law, whatever its own id; with no catalogue nobody knows."""
    draft = replace(MOBILE_2024, id="cn.mobile-draft")
    assert library.law_of(draft) == MOBILE_2001.id
    assert rule_name("art11.refund", "en", draft) == "refund within 7 days"
    assert library.law_of(replace(draft, catalogue=())) == "cn.mobile-draft"
    assert not library.words("cn.mobile-draft")
    assert not library.readings(replace(draft, catalogue=()))


def test_the_versions_of_a_law_speak_for_the_newest() -> None:
    """A report on all versions has the words of the newest at hand."""
    later = replace(
        MOBILE_2024,
        rights=tuple(
            replace(right, title=OWN) if right.id == "art11.refund" else right
            for right in MOBILE_2024.rights
        ),
    )
    with display_names(Versions((later,))):
        assert told("duty.art23.gift", "en") == "a gift carries the same guarantees"
        assert told("duty.nobody", "en") == ""
    assert told("law.cn.civil-code", "en") == "Civil Code"


def test_the_words_of_the_law_are_about_its_rules() -> None:
    """Each message named after a rule or an obligation is about one there is."""
    parts = {one.id for law in (MOBILE_2001, MOBILE_2024) for one in (*law.rules, *law.obligations)}
    for message in WORDS:
        group, _, name = message.partition(".")
        if group in ("rule", "duty", "gives", "remark"):
            assert name in parts
    assert not {*WORDS} & {*MESSAGES}


# --- readings --------------------------------------------------------------------------------


def test_the_readings_object_is_as_the_law_declares_them() -> None:
    """Fields, order, values and defaults; each has words, articles and what it touches."""
    assert [*READINGS, "of_laws"] == [field.name for field in fields(Readings)]
    declared = {one.name: tuple(one.values) for one in READINGS.values()}
    assert declared == reading_values()
    defaults = {one.name: next(iter(one.values)) for one in READINGS.values()}
    assert Readings().to_dict() == defaults
    for one in READINGS.values():
        assert one.cites[0].law == MOBILE_2001.id
        assert one.touches
    assert {one.name for one in READINGS.values() if "money" in one.touches} == PRICE_READINGS


def test_a_decision_cites_what_its_law_declares() -> None:
    """Of a law that declares none of its readings no article is cited."""
    claim = handset(claimed_on="2025-03-10")
    for policy, laws in ((MOBILE_2024, {"cn.mobile-2001", "cn.civil-code"}), (RADIO, set())):
        found = Engine(policy).decide(claim).depends_on
        assert found
        cited = {cite.law for one in found for cite in one.citations}
        assert laws <= cited
        assert bool(laws) == bool(cited)
    asked = condition_text(Under("rounding", "down"), "en", policy=RADIO)
    assert asked == "the reading rounding = down is taken (rounding.down)"


def test_a_declared_reading_gives_its_messages() -> None:
    """The question, what each value means, and where that comes from."""
    cites = (Citation("xx.radio", article=3),)
    one = ContestedReading(
        "loud", ("响？", "Loud?"), cites, ("goods",), yes=("是", "yes", "书", "a book")
    )
    assert dict(one.messages()) == {
        "reading.loud": ("响？", "Loud?"),
        "reading.loud.yes": ("是", "yes"),
        "source.loud.yes": ("书", "a book"),
    }


# --- loaded when something is said -----------------------------------------------------------


@contextmanager
def _loaded(code: str) -> Iterator[set[str]]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        check=True,
        text=True,
    )
    yield set(done.stdout.split("\n")[-2].split())


def test_words_are_loaded_when_something_is_said() -> None:
    """A plain decision as JSON loads neither words nor declarations."""
    claim = handset()
    code = f"import sanbao\nd = sanbao.decide({claim!r})\nd.to_json()"
    words = {"sanbao.policies.mobile_words", "sanbao.explain.words.catalogue"}
    with _loaded(code) as plain:
        assert not words & plain
        assert "sanbao.policies.mobile_readings" not in plain
    with _loaded(f"{code}\nd.explain()") as said:
        assert words <= said


def test_the_command_line_loads_no_words_for_json() -> None:
    """``sanbao decide --format json`` says nothing."""
    text = sanbao.Claim.model_validate(handset()).model_dump_json(exclude_none=True)
    code = (
        "import io, sys\nfrom sanbao.cli import main\n"
        f"sys.stdin = io.TextIOWrapper(io.BytesIO({text.encode()!r}))\n"
        "try:\n    main(['decide', '-', '--format', 'json'])\nexcept SystemExit:\n    pass\nprint()"
    )
    with _loaded(code) as plain:
        assert "sanbao.decision" in plain
        assert "sanbao.policies.mobile_words" not in plain
