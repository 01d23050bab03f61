"""From people's words to faults: what is known, what is found, and what is not guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanbao import MOBILE_2001, ValidationError, symptoms
from sanbao.model.facts import FACTS
from sanbao.symptoms import LONGEST, Match, _folded, _parts, match, phrases

LISTED = {fault for line in MOBILE_2001.catalogue for fault in line.faults}


def faults(text: str, kind: str | None = None) -> list[str]:
    return [one.fault for one in match(text, kind)]


# --- the data ------------------------------------------------------------------------------------


def test_there_are_enough_phrases() -> None:
    """At least 200 that differ once they are folded, six or more for every listed fault."""
    folded = [parts for parts, _ in _parts()]
    assert len(set(folded)) == len(folded) == len(phrases()) >= 200
    for fault in LISTED:
        assert sum(fault in one.faults for one in phrases()) >= 6, fault


def test_every_phrase_has_language_faults_and_article() -> None:
    """The faults are codes of the contract; listed ones stand in Appendix 3, others in art. 10."""
    for one in phrases():
        assert one.lang == ("en" if one.text.replace("…", "").isascii() else "zh"), one.text
        assert set(one.faults) <= set(FACTS["symptom"].codes), one.text
        [first, *_] = one.citations
        assert first.law == "cn.mobile-2001"
        assert (first.appendix == 3) == (one.faults[0] in LISTED), one.text
        assert first.appendix == 3 or first.article == 10, one.text


@pytest.mark.parametrize("phrase", phrases(), ids=lambda one: one.text)
def test_every_phrase_is_found(phrase: symptoms.Phrase) -> None:
    """Said as it stands, and with something before and behind it."""
    for text in (phrase.text, f"手机用了半年，{phrase.text}了。", f"My phone: {phrase.text}!"):
        assert set(phrase.faults) <= set(faults(text)), text


def test_every_symptom_has_words() -> None:
    """No code of the contract is out of reach."""
    assert {fault for one in phrases() for fault in one.faults} == set(FACTS["symptom"].codes)


# --- what is found -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("花屏", "screen_fault"),
        ("黑屏", "screen_fault"),
        ("自动关机", "switches_off"),
        ("读不出SIM卡", "sim_contact"),
        ("SIM卡老是读不出来", "sim_contact"),
        ("发烫", "unlisted"),
        ("充不进电", "charger_fault"),
        ("绿屏", "screen_fault"),
        ("听筒没声音", "sound_fault"),
        ("black screen", "screen_fault"),
        ("Black   Screen!!", "screen_fault"),
        ("手机开不了机了", "cannot_start_or_connect"),
        ("屏幕没有显示", "screen_fault"),
        ("屏 幕 不 亮", "screen_fault"),
        ("打电话对方听不见我说话", "sound_fault"),
        ("ＷｉＦｉ连不上", "function_fails"),
        ("用着用着就自己关机了", "switches_off"),
        ("充电器插上没反应", "charger_fault"),
        ("手机后盖裂开了", "housing_crack"),
        ("数据卡插电脑不识别", "data_card_fault"),
        ("耳机一边没有声音", "earphone_fault"),
        ("来电话不响", "no_ring"),
        ("按音量键没有反应", "keys_fail"),
        ("掉漆了", "wear"),
        ("一切正常，就是不想要了", "none"),
        ("the phone won't turn on", "cannot_start_or_connect"),
        ("The screen is flickering", "screen_fault"),
        ("手机很卡", "function_fails"),
    ],
)
def test_people_say(text: str, first: str) -> None:
    """The likeliest fault comes first."""
    assert faults(text)[0] == first


def test_ambiguous_words_give_several() -> None:
    """A phone that does not charge may have a fault of three kinds of goods."""
    assert faults("充不进电") == ["charger_fault", "battery_fault", "function_fails"]
    assert faults("黑屏") == ["screen_fault", "cannot_start_or_connect"]


def test_goods_tell_faults_apart() -> None:
    """Faults of other goods are left out; a phone may have its battery built in."""
    assert faults("充不进电", "charger") == ["charger_fault"] == faults("充不进电", "charger")[:1]
    assert faults("充不进电", "handset") == ["battery_fault", "function_fails"]
    assert faults("花屏", "charger") == []
    assert faults("发烫", "charger") == ["unlisted"]
    assert faults("电池鼓包", "wired_earphone") == []


def test_several_faults_in_one_text() -> None:
    """What takes more words comes before what takes fewer, each with its own words."""
    [first, second] = match("屏幕花屏，还老是自动关机")
    assert (first.fault, first.words) == ("switches_off", ("自动关机",))
    assert (second.fault, second.words) == ("screen_fault", ("花屏",))


def test_the_words_are_those_of_the_text() -> None:
    """With the blanks, the width and the particles that stand there."""
    assert match("ＳＩＭ卡 老是读不出来了")[0].words == ("ＳＩＭ卡 老是读不出",)
    assert match("手机没有声音了")[0].words == ("没有声音",)


def test_a_listed_fault_says_so() -> None:
    """Appendix 3 is what the 7 and 15 days and the two repairs ask for."""
    [found] = match("花屏")
    assert found == Match("screen_fault", ("花屏",), True, found.citations)
    assert [str(cite) for cite in found.citations] == ["cn.mobile-2001 app. 3"]
    [hot] = match("发烫")
    assert not hot.listed
    assert {cite.article for cite in hot.citations if cite.law == "cn.mobile-2001"} == {10}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "你好",
        "手机",
        "没有花屏",
        "屏幕未见花屏",
        "no green line",
        "snoring",
        "…",
        "。。。",
        "a\x00b",
    ],
)
def test_what_is_not_known_is_not_guessed(text: str) -> None:
    """Unknown words and what is denied give nothing."""
    assert match(text) == ()


def test_a_part_of_a_longer_phrase_says_nothing_of_its_own() -> None:
    """A silent earphone is no silent phone."""
    assert faults("耳机没声音") == ["earphone_fault"]


# --- bad input -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "field", "reason"),
    [
        (None, None, "symptom", "必须是文本"),
        (7, None, "symptom", "必须是文本"),
        ("屏" * 1_000_000, None, "symptom", "不得超过1000个字符"),
        ("花屏", "phone", "kind", "必须是下列之一"),
    ],
)
def test_bad_input(text: object, kind: str | None, field: str, reason: str) -> None:
    """Named with field and reason; a text of a million characters is not searched."""
    with pytest.raises(ValidationError) as caught:
        match(text, kind)  # type: ignore[arg-type]
    [problem] = caught.value.problems
    assert problem.field == field
    assert reason in problem.explain("zh")
    assert len(str(problem)) < 1000


@given(st.text(max_size=LONGEST))
def test_any_text(text: str) -> None:
    """Whatever stands there: known faults, each once, with words that stand in the text."""
    found = match(text)
    assert len({one.fault for one in found}) == len(found)
    for one in found:
        assert one.words
        assert all(words in text for words in one.words)


@given(st.lists(st.sampled_from([one.text for one in phrases()]), max_size=20).map("，".join))
def test_phrases_in_any_number(text: str) -> None:
    """Many phrases together are found without losing a fault of the longest."""
    found = match(text[:LONGEST])
    assert bool(found) == bool(text)


def test_folding_keeps_the_places() -> None:
    """Every character of a folded text says where it stands."""
    text, places = _folded("Ｓ I M卡：没有 声音")
    assert text == "sim没声"
    assert places[0] == (0, 5)
    assert places[-1] == (10, 11)
