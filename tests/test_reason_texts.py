"""Why not, what if, until when in words: both languages say the same, every word is there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from random import Random
from string import Formatter
from types import ModuleType
from typing import Any, get_args

import pytest
from pydantic import BaseModel

import sanbao
from claims import (
    FACTORY,
    MISUSED,
    NOTHING,
    TWO_EXCHANGES,
    TWO_REPAIRS,
    battery,
    charger,
    handset,
    repair,
)
from random_claims import random_claim, with_unknowns
from sanbao import Decision, ValidationError, decide
from sanbao.explain.texts.answers import (
    change_text,
    changes_text,
    dependence_text,
    difference_text,
    explain_reasons,
)
from sanbao.explain.words.answers import REASON_MESSAGES
from sanbao.explain.words.catalogue import LANGUAGES, MESSAGES, Language, has
from sanbao.explain.words.changes import CHANGE_MESSAGES
from sanbao.explain.words.codes import CODE_MESSAGES
from sanbao.model.citation import Citation
from sanbao.model.codes import RemedyKind
from sanbao.model.decision import Check, Dependence, Difference, ReadingValue
from sanbao.model.rule_ref import RuleRef
from sanbao.reasons.answers import Change, Changed, Contrast, Hindrance, Shortfall, Way, WhyNot
from sanbao.reasons.timeline import Step, Timeline, Turn

LAW = sanbao.MOBILE_2001
RULES = [rule.id for rule in (*LAW.rules, *LAW.obligations)]
KINDS: tuple[RemedyKind, ...] = get_args(RemedyKind)
ROOT = Path(__file__).resolve().parent.parent
CITES = (Citation("cn.mobile-2001", article=11),)

Tell = Callable[[Language], str]


def check(fact: str, relation: str, threshold: Any, actual: Any, **more: Any) -> Check:
    """Return a comparison that does not hold, or whose fact is not known."""
    holds = None if actual is None else False
    return Check(fact, relation, threshold, actual, more.pop("holds", holds), None, **more)


def why_not(remedy: RemedyKind, *ways: Way, **more: Any) -> WhyNot:
    """Return why a remedy is not available."""
    parts: dict[str, Any] = {"available": False, "in_the_way": (), "changes": (), **more}
    return WhyNot(remedy=remedy, ways=ways, **parts)


def way(*failed: Check, in_the_way: tuple[Hindrance, ...] = ()) -> Way:
    """Return a way to a refund of art. 11 on which ``failed`` is what failed."""
    rule = "art11.refund"
    lacks = tuple(Shortfall(rule, CITES, one) for one in failed)
    return Way(rule, CITES, lacks, in_the_way)


def change(field: str, before: Any, *values: Any, **more: Any) -> Change:
    """Return a change of ``field`` to any of ``values``."""
    parts: dict[str, Any] = {
        "action": "set",
        "days": None,
        "outcome": "refund",
        "remedies": ("refund",),
        "rule": "art11.refund",
        "citations": CITES,
        **more,
    }
    return Change(field=field, before=before, after=values[0], values=values, **parts)


# --- the catalogue -----------------------------------------------------------------------


WORDS = {**REASON_MESSAGES, **CHANGE_MESSAGES, **CODE_MESSAGES}


@pytest.mark.parametrize("message", WORDS)
def test_both_languages(message: str) -> None:
    """Every message is there in Chinese and English with the same placeholders."""
    zh, en = WORDS[message]
    names = [
        sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)
        for text in (zh, en)
    ]
    assert names[0] == names[1]
    assert zh.strip()
    assert en.strip()
    assert en.isascii()
    assert MESSAGES[message] == (zh, en)


def fields_of(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """Yield the path of every field that a claim can have, lists without their places."""
    for name, field in model.model_fields.items():
        at = f"{path}.{name}" if path else name
        inner = [field.annotation, *get_args(field.annotation)]
        inner += [part for one in inner for part in get_args(one)]
        models = [one for one in inner if isinstance(one, type) and issubclass(one, BaseModel)]
        if models:
            yield from fields_of(models[0], at)
        else:
            yield at


@pytest.mark.parametrize("path", sorted({*fields_of(sanbao.Claim), "repairs", "exchanges"}))
def test_every_field_has_a_name(path: str) -> None:
    """Every field of a claim is called something in both languages."""
    assert has(f"field.{path}")


@pytest.mark.parametrize("code", ["fr", None, 7])
def test_a_language_nobody_speaks(code: Any) -> None:
    """Another language is refused."""
    with pytest.raises(ValidationError, match=r"(?m)^lang = .*: must be one of zh, en$"):
        decide(handset()).timeline.explain(code)


def test_an_answer_that_has_no_words() -> None:
    """What is no answer is refused by name."""
    with pytest.raises(ValidationError, match=r"(?m)^answer = 'why': is no answer that has words$"):
        explain_reasons("why", "en")


def test_deciding_and_explaining_load_none_of_this() -> None:
    """Who only decides and explains a decision does not load these words."""
    code = (
        "import sys, json, sanbao\n"
        f"sanbao.decide(json.loads({json.dumps(json.dumps(handset()))})).explain('en')\n"
        "assert not {'sanbao.explain.texts.answers', 'sanbao.reasons.timeline'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# --- every answer to random claims -------------------------------------------------------

MISTAKES = ("..", ",,", "。。", " ,", " .", " ;", ": :", ":.", ": ;", "; ;", "()", "{", "}")


def answers(decision: Decision, rng: Random) -> Iterator[Tell]:
    """Yield every answer there is on a decision, and some what-ifs, as what tells it."""
    available = []
    for kind in KINDS:
        try:
            reason = decision.why_not(kind)
        except ValidationError:
            available.append(kind)
        else:
            yield reason.explain
    if available:
        kind = rng.choice(available)
        rather_than = rng.choice([name for name in KINDS if name != kind])
        yield decision.why(kind, rather_than=rather_than).explain
    changes = decision.nearest_changes()
    yield lambda lang: changes_text(changes, lang)
    yield decision.timeline.explain
    for other in decision.depends_on or ():
        yield partial(dependence_text, other)
    for one in rng.sample(changes, min(3, len(changes))):
        yield partial(change_text, one)
        if one.action == "set":
            yield decision.what_if({one.field: one.after}).explain
        elif one.action == "remove":
            yield decision.what_if({one.field: None}).explain


def numbers(text: str) -> list[str]:
    """Return all numbers, dates and amounts of ``text``, sorted."""
    days = re.sub(r"(\d{4})年(\d+)月(\d+)日", lambda on: f"{on[1]}-{on[2]:0>2}-{on[3]:0>2}", text)
    return sorted(re.findall(r"[0-9]+(?:[.-][0-9]+)*", days))


def assert_told(tell: Tell) -> None:
    """Check that both languages say the same dates and numbers, and no id or code."""
    zh, en = tell("zh"), tell("en")
    assert numbers(zh) == numbers(en), (zh, en)
    assert not re.search(r"[\u4e00-\u9fff]", en)
    for text in (zh, en):
        assert not any(rule in text for rule in RULES), text
        assert not re.search(r"[a-z]_[a-z]|[a-z]\.[a-z]|None|True|False", text), text
        assert not [mistake for mistake in MISTAKES if mistake in text], text
        assert all(line.rstrip() == line for line in text.split("\n"))


@pytest.mark.parametrize("seed", range(18))
def test_every_answer_explains_itself(seed: int) -> None:
    """Every answer on a random claim is told, with the same numbers in both languages."""
    rng = Random(seed)
    claim = random_claim(rng)
    if seed % 3 == 0:
        claim = with_unknowns(rng, claim)
    with suppress(ValidationError):  # some have a repair back before it was handed in
        for tell in answers(decide(claim), rng):
            assert_told(tell)


# --- why not -----------------------------------------------------------------------------


def test_why_not_says_what_failed_by_how_much_and_where_it_stands() -> None:
    """The head, the nearest way with its article, what failed, and what would do."""
    claim = handset(claimed_on="2025-03-12", same_model_in_stock=True)
    first, *ways, last = decide(claim).why_not("refund").explain("en").split("\n")
    assert first == "A refund is not available now."
    told = dict(pairwise(ways))
    failed = {head.partition(": ")[2].partition(" (")[0]: told[head] for head in told}
    assert ways[0].startswith("The nearest way to it: ")
    assert failed["refund because the same model is not in stock"] == (
        "- not met: the same model is in stock (needed: none in stock)."
    )
    assert failed["refund instead of an exchange, less depreciation"] == (
        "- not met: request: nothing in particular (the rule asks for: refund)."
    )
    assert "(Regulation art. 18, Implementing Decree art. 18 [one copy only])." in "".join(ways)
    assert last.startswith("With all else the same, any one of these, if it were so, would make")
    assert "a refund is asked for, under Regulation art. 19" in last
    assert "the same model is not in stock (the outcome is then an exchange, and a refund" in last


def test_days_are_numbered() -> None:
    """The windows are told by the number of the day, as the reading of the first day has it."""
    text = decide(handset(claimed_on="2025-03-20")).why_not("refund").explain("en")
    assert "asked for on day 17 (2025-03-20); the last day was day 7 (2025-03-10)" in text
    readings = sanbao.Readings(first_day="same_day", window_end="fixed")
    decision = decide(handset(claimed_on="2025-03-20"), readings=readings)
    text = decision.why_not("refund").explain("en")
    assert "asked for on day 18 (2025-03-20); the last day was day 7 (2025-03-09)" in text


def test_the_article_of_every_step() -> None:
    """What decides on a day is told with its article, from the day of the claim on."""
    text = decide(handset(symptom="none")).timeline.explain("en")
    assert "outside the three guarantees, under: no fault was found (Regulation art. 10)." in text


def test_missing_facts_decide() -> None:
    """Where missing facts decide, the head says so, and the fact is one to find out."""
    text = decide(handset(repairs=TWO_REPAIRS)).why_not("refund").explain("en")
    assert text.startswith("Whether a refund is available is not settled")
    assert "- to be found out: same model in stock not known (needed: none in stock)." in text


def test_goods_without_the_right() -> None:
    """Goods of a kind that the law gives no such right have no way to it."""
    zh, en = (decide(battery()).why_not("free_repair").explain(lang) for lang in LANGUAGES)
    assert zh.split("\n")[1] == "法律没有给这类商品这项权利。"
    first, second, third = en.split("\n")
    assert first == "Free repair is not available now."
    assert second == "For goods of this kind the law has no such right."
    assert third.endswith(" instead of battery, under Regulation art. 10.")


def test_goods_without_the_right_and_something_in_the_way() -> None:
    """What stands in the way is told even where there is no way."""
    stands = Hindrance("art2.place", "exclusion", CITES, ())
    text = why_not("refund", in_the_way=(stands,)).explain("en")
    assert "What stands in the way as well: the regulation does not reach the claim" in text
    text = why_not("paid_repair").explain("en")
    assert text.endswith("For goods of this kind the law knows no such case.")


def test_what_stands_in_every_way_is_told_once() -> None:
    """A bar that no way avoids comes first, and not again with each way."""
    text = decide(handset(**MISUSED)).why_not("exchange").explain("en")
    assert (
        text.count("damage caused by not using, maintaining or caring for it as the manual says")
        == 1
    )
    assert text.split("\n")[1].startswith("In the way whichever way is taken: the guarantees are")
    assert "cause: liquid; who says so: a test report" in text
    assert text.endswith("No single fact, changed alone, would be enough.")


def test_conditions_met_and_barred() -> None:
    """Where all conditions of the only way are met, the bar is told with it."""
    text = decide(handset(**MISUSED)).why_not("free_repair").explain("en")
    assert "- its own conditions are all met.\n- in the way as well: the guarantees" in text


def test_papers_that_do_not_suffice() -> None:
    """Papers that do not carry the right are told with what they would have to be."""
    text = decide(handset(request="refund", **FACTORY)).why_not("exchange").explain("en")
    assert "the papers do not suffice, only the factory date is known" in text
    assert (
        "invoice: none (the rule asks for: original, copy or stub, other valid proof of the sale "
        "date)" in text
    )
    text = decide(handset(voucher=None)).why_not("refund").explain("en")
    assert "it is not known whether the papers suffice; they may be: original invoice" in text
    assert "voucher not known (needed: intact)" in text


def test_an_exclusion_that_would_fall_away() -> None:
    """What the conditions of every way would remove is told as standing now."""
    text = decide(battery(symptom="unlisted")).why_not("exchange").explain("en")
    assert text.split("\n")[1].startswith("In the way now, and no longer once the conditions")
    assert "fault: not listed (the rule asks for: battery fault)" in text


def test_a_fault_out_of_many() -> None:
    """Of a long list of faults a few are named."""
    text = decide(handset(symptom="unlisted")).why_not("exchange").explain("en")
    assert "fault: not listed (needed: a function in the manual fails, screen fault, cannot" in text
    assert "or any of 7 others)" in text


def test_a_bar_on_the_more_distant_ways_only() -> None:
    """What stands only in ways that are not told in full is told after all."""
    bar = Hindrance("art24.misuse", "bar", CITES, ())
    ways = [way(check("gift", "is", True, False)) for _ in range(3)]
    ways.append(way(check("gift", "is", True, False), in_the_way=(bar,)))
    text = why_not("refund", *ways, in_the_way=(bar,)).explain("en")
    assert "In the way of the more distant ones: the guarantees are barred, damage" in text
    assert "Further ways, more distant: 1; see Regulation art. 11." in text


def test_a_ground_that_does_not_touch_the_right() -> None:
    """A bar that stands, but not against the right there is, is said to stand."""
    back = repair("2026-02-20", "2026-02-27", symptom="screen_fault")
    # by default the fault that came back was brought in inside the period
    read = sanbao.Readings(returning_fault="new_fault")
    decision = decide(handset(claimed_on="2026-03-20", repairs=[back]), readings=read)
    assert decision.outcome == "free_repair"
    text = decision.why_not("paid_repair").explain("en")
    assert "- this is the case, but the consumer has a right that it does not touch." in text


def test_a_ground_outside_the_regulation() -> None:
    """Outside the regulation there is no repair at a charge under it either."""
    text = decide(handset(symptom="none", voucher="altered")).why_not("paid_repair").explain("en")
    assert "- its own conditions are all met." in text or "In the way whichever way" in text
    assert "no fault was found" in text


def test_a_right_that_rests_on_another() -> None:
    """What another rule asks is told together, with that rule and its article."""
    text = decide(handset(same_model_in_stock=False)).why_not("refund").explain("en")
    assert (
        "- it takes first: exchange of the main unit from day 8 to day 15 (Regulation art. 12, "
        "Civil Code art. 201, art. 203, Implementing Decree art. 18 [one copy only]); not met: "
        "asked for on " in text
    )


def test_a_day_that_there_is_not() -> None:
    """Without a repair there is no day it was handed in; it is not unknown."""
    answer = decide(handset()).why_not("exchange")
    day_of = check("claimed_on", "after", "", "2025-05-12", holds=None)
    day_of = replace(day_of, counted_from="waiting_for_parts_since")
    waits = check("waiting_for_parts", "is", True, False)
    text = replace(answer, ways=(way(waits, day_of),), changes=()).explain("en")
    assert "no want of parts keeps it unrepaired (needed: in repair now, and held up by" in text
    assert "no day it was handed in yet to count from (needed: the time counted" in text
    inside = replace(day_of, relation="not_after", counted_from="repaired_on")
    before = check("repaired_before", "is", True, None)
    text = replace(answer, ways=(way(before, inside),), changes=()).explain("en")
    assert "end of the last repair not known (needed: a claim inside the time" in text


def test_the_time_that_a_day_not_known_would_have_to_keep() -> None:
    """Where the days or months are known, they are named though the day is not."""
    unknown = check("claimed_on", "after", "", "2025-05-12", holds=None)
    unknown = replace(unknown, counted_from="waiting_for_parts_since", days=60)
    months = replace(unknown, relation="not_after", counted_from="proof_start", days=None, months=6)
    zh, en = (why_not("exchange", way(unknown, months)).explain(lang) for lang in LANGUAGES)
    assert "day it was handed in not known (needed: more than 60 days since)" in en
    assert "送修日不明（须自此起已过60天）" in zh
    since = "delivery, sale or exchange not known"
    assert f"{since} (needed: a claim inside the 6 months counted from it)" in en
    assert "收货、售出或换货之日不明（须在由此起算的6个月内申请）" in zh


@pytest.mark.parametrize(
    ("condition", "zh", "en"),
    [
        (
            check("gift", "is_not", True, True),
            "是赠品（条件是：不是赠品）",
            "it was a gift (needed: it was no gift)",
        ),
        (
            check("nothing_to_refund", "is", False, None),
            "是否为没有价款可退的赠品不明（须有价款可退）",
            "gift without a price not known (needed: a price to pay back)",
        ),
        (
            check("cause", "none_of", ("liquid", "impact"), "liquid"),
            "故障原因：进液（不得为：进液、摔碰）",
            "cause: liquid (needed: anything but liquid, impact)",
        ),
        (
            check("invoice", "is_not", "none", "none"),
            "发票：无（不得为：无）",
            "invoice: none (needed: anything but none)",
        ),
        (
            check("invoice", "one_of", ("original", "copy"), None),
            "发票不明（须为：原件或复印件或存根）",
            "invoice not known (needed: original or copy or stub)",
        ),
        (
            check("repairs_counted", "at_least", 2, None),
            "已计修理次数不明（须至少为2）",
            "repairs that count not known (needed: at least 2)",
        ),
        (
            replace(check("repairs_counted", "below", 2, 3), margin=-2),
            "已计修理次数：3（须少于2）",
            "repairs that count: 3 (needed: fewer than 2)",
        ),
        (
            replace(check("sale_dated_on", "not_before", "2001-11-15", "2001-11-14"), margin=-1),
            "销售日期：2001年11月14日（不得早于2001年11月15日）",
            "date of sale: 2001-11-14 (needed: not before 2001-11-15)",
        ),
        (
            check("sale_dated_on", "before", "2001-11-15", None),
            "销售日期不明（须早于2001年11月15日）",
            "date of sale not known (needed: before 2001-11-15)",
        ),
        (
            check("rights", "one_of", ("art11.exchange",), ()),
            "没有换货的权利",
            "no exchange is owed",
        ),
    ],
)
def test_what_a_condition_asks_for(condition: Check, zh: str, en: str) -> None:
    """A condition that failed says what was found and what it asks for."""
    name = ("未满足", "not met")
    if condition.holds is None:
        name = ("有待查明", "to be found out")
    answer = why_not("refund", way(condition))
    assert answer.explain("zh").split("\n")[2] == f"- {name[0]}：{zh}。"
    assert answer.explain("en").split("\n")[2] == f"- {name[1]}: {en}."


def test_a_change_after_which_the_remedy_may_be_chosen() -> None:
    """A change that opens a remedy beside another outcome, or beside an open one, says so."""
    beside = change("request", None, "repair", outcome="exchange")
    unsettled = change("request", None, "repair", outcome=None)
    answer = why_not("refund", way(check("gift", "is", True, False)), changes=(beside, unsettled))
    assert (
        answer.explain("en")
        .split("\n")[-1]
        .endswith(
            "a repair is asked for (the outcome is then an exchange, and a refund may be chosen "
            "beside it); a repair is asked for (it may then be chosen, though the outcome is not "
            "settled)."
        )
    )


# --- why this rather than that -----------------------------------------------------------


def test_why_this_rather_than_what_cannot_be_had() -> None:
    """What gives the one, and the whole reason against the other below it."""
    text = decide(handset()).why("free_repair", rather_than="refund").explain("en")
    first, second, third, *rest = text.split("\n")
    assert first.startswith("What gives free repair: free repair inside the period (Regulation")
    assert second == "Why not a refund:"
    assert third == "  A refund is not available now."
    assert all(line.startswith("  ") for line in rest)


@pytest.mark.parametrize(
    ("request_", "remedy", "other", "said"),
    [
        ("exchange", "exchange", "free_repair", "Available as well is free repair; what was asked"),
        (None, "exchange", "free_repair", "Available as well is free repair; nobody asked for it"),
        (None, "free_repair", "exchange", "Both free repair and an exchange are available"),
    ],
)
def test_why_this_rather_than_what_is_open_too(
    request_: str | None, remedy: str, other: str, said: str
) -> None:
    """Where both are open, what decided between them is said."""
    decision = decide(handset(repairs=TWO_REPAIRS, request=request_, same_model_in_stock=True))
    text = decision.why(remedy, rather_than=other).explain("en")
    assert text.split("\n")[1].startswith(said)


def test_a_remedy_without_a_rule() -> None:
    """What is left where nothing else applies has no rule behind it."""
    bare = Contrast("paid_repair", "refund", "", (), (), "both_open", None)
    assert bare.explain("en").split("\n")[0] == "What is left is repair at a charge."


# --- what if -----------------------------------------------------------------------------


def test_what_if_says_what_was_changed_and_what_that_changes() -> None:
    """Changed facts, outcome, money, dates, what comes along and findings: a line each."""
    decision = decide(handset(repairs=TWO_REPAIRS, same_model_in_stock=True, request="refund"))
    text = decision.what_if({"repairs[1]": None}).explain("en")
    lines = dict(line.split(": ", 1) for line in text.split("\n"))
    assert lines["Suppose"] == "without repair 2."
    assert lines["The outcome becomes"].startswith("free repair, under: free repair inside the")
    assert lines["The request"] == "available: no instead of yes."
    assert lines["Remedies and money"] == (
        "a refund is no longer available; an exchange is no longer available."
    )
    assert "days in repair: 2 instead of 5" in lines["Dates"]
    assert (
        "no longer: the seller has recourse against whoever is at fault"
        in (lines["What comes along"])
    )
    assert (
        "exchange of the main unit after two repairs that did not help: fails instead of holds"
        in (lines["Findings"])
    )


def test_what_if_nothing_changes() -> None:
    """Where nothing comes of it, or nothing was changed, that is said."""
    decision = decide(handset())
    for changes, first in (({"price": "2999.00"}, "Suppose"), ({}, "No fact was changed.")):
        named = {f"purchase.{name}": value for name, value in changes.items()}
        text = decision.what_if(named).explain("en")
        assert text.startswith(first)
        assert "The decision stays as it is: free repair, under: free repair inside" in text


def test_what_if_a_fact_is_not_known() -> None:
    """Remedies that are no longer certain are not said to be gone."""
    decision = decide(handset(claimed_on="2025-03-05"))
    text = decision.what_if({"purchase.sold_on": None}).explain("en")
    assert "the date of sale: not known instead of 2025-03-03" in text
    assert "The outcome becomes: not settled: a refund, " in text
    assert "a refund is no longer certain" in text
    assert "Besides: still to be known: the date of sale." in text
    back = decide(handset(claimed_on="2025-03-05", sold_on=None))
    text = back.what_if({"purchase.sold_on": "2025-03-03"}).explain("en")
    assert "sold on 2025-03-03 (not known so far)" in text
    assert "a refund becomes available; amount paid back: 3000.00 yuan" in text
    assert "last day of the period: 2026-03-03" in text
    assert "still to be known: none or not known (it was the date of sale)" in text


def test_what_if_one_more_repair() -> None:
    """A repair that is added is told field by field, one that goes on with its loaner."""
    decision = decide(handset())
    more = {"repairs[0]": {"handed_in_on": "2025-05-01", "delay": "parts"}}
    text = decision.what_if(more).explain("en")
    assert "repair 1: handed in on 2025-05-01; repair 1: it is on record" in text
    assert "repair 1: it is held up by want of parts" in text
    assert "new: a phone on loan, free" in text
    begins = "exchange of the main unit after more than 60 days without parts"
    assert f"if still unrepaired, {begins}, from: " in text


def test_what_if_the_paper_trail_is_odd() -> None:
    """A fact that is odd, or no longer so, is asked to be checked."""
    decision = decide(handset())
    odd = decision.what_if({"evidence.activated_on": "2025-03-01"})
    assert odd.explain("en").endswith("Besides: please check the day of activation.")
    back = odd.after.what_if({"evidence.activated_on": None}).explain("en")
    assert "the day of activation: not known instead of 2025-03-01" in back
    assert back.endswith("Besides: nothing odd any more about the day of activation.")


# --- until when --------------------------------------------------------------------------


def test_the_timeline_names_the_last_days() -> None:
    """A line a step: the day, the outcome, what had its last day on the day before."""
    decision = decide(handset(claimed_on="2025-03-05"))
    head, first, second, *_, last = decision.timeline.explain("en").split("\n")
    assert head.startswith("If nothing else happens")
    assert first.startswith("- From 2025-03-05: a refund, under: refund within 7 days")
    assert "; or else an exchange or free repair." in first
    assert second.startswith(
        "- From 2025-03-11: an exchange, under: exchange of the main unit from"
    )
    assert "Last day 2025-03-10: refund within 7 days (Regulation art. 11)" in second
    assert last == "After that nothing changes."


def test_the_timeline_of_a_repair_that_goes_on() -> None:
    """While a repair goes on rights begin, and the end of what can be told is named."""
    decision = decide(handset(repairs=[repair("2025-05-10", delay="parts")]))
    text = decision.timeline.explain("en")
    assert "Comes along: a phone on loan, free" in text
    assert "- From 2025-07-10: an exchange, under: exchange of the main unit after more" in text
    assert text.split("\n")[-1].startswith("A repair goes on without end: worked out to 20")


def test_the_timeline_without_a_sale_date() -> None:
    """Without the date of sale no later day can be told."""
    text = decide(handset(sold_on=None)).timeline.explain("en")
    assert text.split("\n")[1].startswith("- From 2025-05-12: not settled: ")
    assert text.endswith("No later day can be told without knowing the date of sale.")


def test_the_timeline_marks_provisional_days() -> None:
    """Days that rest on holidays not yet published are marked."""
    text = decide(handset(sold_on="2039-03-01", claimed_on="2039-03-02")).timeline.explain("en")
    mark = "(provisional: that year's holidays are not published)"
    assert f"refund within 7 days (Regulation art. 11) {mark}" in text
    assert f"Implementing Decree art. 18 [one copy only]) {mark}" in text


def test_the_timeline_of_the_burden_of_proof() -> None:
    """The day from which the word of the trader counts is named."""
    decision = decide(handset(cause="liquid", cause_basis="trader"))
    text = decision.timeline.explain("en")
    assert "For the trader to prove to 2025-09-03: damage caused by not using, maintaining" in text
    zh = decision.timeline.explain("zh")
    assert "由经营者举证至2025年9月3日为止：因未按说明书使用、维护、保管造成损坏" in zh


TURNS = [
    ("right", True, "Begins", "自此可以"),
    ("right", False, "Last day 2025-03-09", "最后一日为2025年3月9日"),
    ("right", None, "Now hangs on what is not known", "自此取决于尚不知道的情况"),
    ("bar", True, "Bars the guarantees", "自此不予三包"),
    ("bar", False, "Barred the guarantees to 2025-03-09", "妨碍三包至2025年3月9日为止"),
    ("exclusion", True, "Takes it out of the regulation", "自此不适用三包规定"),
    (
        "exclusion",
        False,
        "Kept it out of the regulation to 2025-03-09",
        "妨碍适用三包规定至2025年3月9日为止",
    ),
    ("proof", True, "Now for the trader to prove", "自此由经营者举证"),
    (
        "proof",
        False,
        "For the trader to prove to 2025-03-09",
        "由经营者举证至2025年3月9日为止",
    ),
    ("duty", True, "Comes along", "附随义务开始"),
    ("duty", False, "Came along to 2025-03-09", "附随义务至2025年3月9日为止"),
]


@pytest.mark.parametrize(("what", "begins", "en", "zh"), TURNS)
def test_turns(what: Any, begins: bool | None, en: str, zh: str) -> None:
    """A turn is a clause with its article; what has ended names its last day."""
    rule = "art15.loaner" if what == "duty" else "art12.exchange"
    turn = Turn(what, rule, begins, CITES, False)
    step = Step(date(2025, 3, 10), "free_repair", ("free_repair",), (), None, (), (turn,))
    text = Timeline((step,), None, ()).explain("en").split("\n")[1]
    assert text.startswith(f"- From 2025-03-10: free repair. {en}: ")
    assert re.search(r": (exchange of the main unit from day 8|a phone on loan)", text)
    assert text.endswith("(Regulation art. 11).")
    assert f"。{zh}：" in Timeline((step,), None, ()).explain("zh")


# --- single changes ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "zh", "en"),
    [
        (
            change("evidence.invoice", "none", "copy"),
            "找到发票的复印件或存根",
            "a copy or stub of the invoice is found",
        ),
        (
            change("evidence.invoice", "none", "original", "copy"),
            "找到发票原件或找到发票的复印件或存根",
            "the original invoice is found or a copy or stub of the invoice is found",
        ),
        (
            change("evidence.invoice", None, "original"),
            "有发票原件（此前不明）",
            "the original invoice is there (not known so far)",
        ),
        (
            change("evidence.invoice", "original", "copy"),
            "发票只有复印件或存根（原：原件）",
            "the invoice is there as a copy or stub instead of the original",
        ),
        (
            change("evidence.invoice", "copy", "none"),
            "没有发票（原：复印件或存根）",
            "there is no invoice instead of a copy or stub",
        ),
        (
            change("evidence.voucher", "lost", "intact"),
            "三包凭证完好（原：遗失）",
            "the voucher is intact instead of lost",
        ),
        (
            change("evidence.voucher", "intact", "altered", "mismatched"),
            "三包凭证：被涂改或与商品不符（原：完好）",
            "the voucher: altered or does not match instead of intact",
        ),
        (
            change("claimed_on", "2026-03-11", "2026-03-09", days=-2),
            "申请早2天（2026年3月9日）",
            "claimed 2 days earlier (2026-03-09)",
        ),
        (
            change("purchase.sold_on", "2026-03-11", "2026-03-12", days=1),
            "售出晚1天（2026年3月12日）",
            "sold 1 day later (2026-03-12)",
        ),
        (
            change("purchase.received_on", None, "2026-03-12"),
            "收货日期为2026年3月12日（此前按售出之日计）",
            "delivered on 2026-03-12 (so far taken to be the day of sale)",
        ),
        (
            change("evidence.manufactured_on", "2026-03-11", None),
            "看不出出厂日期",
            "no factory date is shown",
        ),
        (
            change("repairs", None, "2026-03-12", action="add"),
            "多一次有维修记录的三包内修理（同一故障，2026年3月12日送修并取回）",
            "one more recorded repair under the guarantees (same fault, handed in and back on "
            "2026-03-12)",
        ),
        (
            change("exchanges", None, "2026-03-12", action="add"),
            "多一次换货（2026年3月12日）",
            "one more exchange (on 2026-03-12)",
        ),
        (change("repairs[0]", None, None, action="remove"), "没有第1次修理", "without repair 1"),
        (
            change("exchanges[1]", None, None, action="remove"),
            "没有第2次换货",
            "without exchange 2",
        ),
        (
            change("exchanges[0].exchanged_on", "2026-03-12", "2026-03-10", days=-2),
            "第1次换货：换货早2天（2026年3月10日）",
            "exchange 1: made 2 days earlier (2026-03-10)",
        ),
        (
            change("repairs[1].recorded", True, False),
            "第2次修理：没有维修记录",
            "repair 2: it is not on record",
        ),
        (
            change("repairs[0].delay", "parts", "repairer"),
            "第1次修理：因修理者自身原因而延误（原：待件）",
            "repair 1: it is held up by the repairer instead of want of parts",
        ),
        (
            change("repairs[0].symptom", "no_ring", None, "screen_fault"),
            "第1次修理：所修的故障：这次的故障或屏幕故障（原：不能振铃）",
            "repair 1: the fault repaired: the fault now complained of or screen fault instead of "
            "no ring",
        ),
        (
            change("repairs[0].handed_back_on", "2026-03-12", None),
            "第1次修理：仍在修理者处，没有取机",
            "repair 1: still with the repairer",
        ),
        (
            change("same_model_in_stock", None, False),
            "同型号同规格无货（此前不明）",
            "the same model is not in stock (not known so far)",
        ),
        (
            change("purchase.price", None, "0.01"),
            "发票价格大于0，例如0.01元（此前不明）",
            "the invoice price is above 0, say 0.01 yuan (not known so far)",
        ),
        (
            change("purchase.standalone_price", "9.00", "0.00"),
            "附件单独售价：0.00元（原：9.00元）",
            "the accessory's price on its own: 0.00 yuan instead of 9.00 yuan",
        ),
        (
            change("fault.battery_capacity", 81, 79, None),
            "电池容量：79%或未测量（原：81%）",
            "the capacity of the battery: 79% or not measured instead of 81%",
        ),
        (
            change("fault.cause", "liquid", None),
            "故障原因：未说明（原：进液）",
            "the cause of the fault: not stated instead of liquid",
        ),
        (
            change("fault.cause_basis", "consumer", "report"),
            "原因有检测报告写明（原：消费者自认）",
            "a test report names the cause instead of the consumer",
        ),
        (
            change("request", "refund", None),
            "消费者的要求：未提要求（原：退货）",
            "what is asked for: nothing in particular instead of refund",
        ),
        (change("product.imei", None, "490154203237518"), "IMEI：490154203237518", "the IMEI: "),
    ],
)
def test_changes(one: Change, zh: str, en: str) -> None:
    """A change is a clause: what would have to be, and instead of what."""
    assert change_text(one, "zh") == zh
    told = change_text(one, "en")
    assert told == (en + "490154203237518" if en.endswith(" ") else en)


def test_changes_by_where_they_lead() -> None:
    """Changes are grouped by outcome; the nearest are told, and the rest is counted."""
    changes = [change("request", None, "refund", citations=(), rule=None)] * 5
    changes.append(change("request", None, "repair", outcome="excluded"))
    assert changes_text(changes, "en").split("\n") == [
        "With all else the same, any one of these, if it were so, would make it a refund: a refund "
        "is asked for; a refund is asked for; a refund is asked for; and 2 more.",
        "With all else the same, any one of these, if it were so, would make it outside the three "
        "guarantees: a repair is asked for, under Regulation art. 11.",
    ]
    assert changes_text(changes, "zh").startswith("其余不变，若事实是以下任何一项，结果就是退货：")
    assert changes_text((), "zh") == "单独改变任何一项事实，结果都不变。"


def test_every_change_of_every_field_has_words() -> None:
    """Every change that is ever tried is told without a path or a code."""
    for claim in (
        handset(repairs=TWO_REPAIRS, manufactured_on="2025-01-01"),
        charger(exchanges=TWO_EXCHANGES, gift=True, standalone_price="9.00", **NOTHING),
        battery(battery_capacity=85, sold_on=None),
    ):
        decision = decide(claim)
        found = [*decision.nearest_changes()]
        for kind in KINDS:
            with suppress(ValidationError):
                found += decision.why_not(kind).changes
        for one in found:
            assert_told(partial(change_text, one))


# --- differences and readings ------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "before", "after", "text"),
    [
        ("outcome", "refund", None, "outcome: not settled instead of a refund"),
        ("possible", ("refund",), ("refund", "exchange"), "possible outcomes: a refund or an"),
        (
            "lead",
            None,
            RuleRef("", "art11.refund"),
            "deciding rule: refund within 7 days instead of",
        ),
        ("requested.remedy", None, "refund", "remedy: refund instead of nothing in particular"),
        ("requested.available", True, None, "available: not settled, or not asked instead of yes"),
        ("remedies.refund", True, None, "a refund is no longer available"),
        ("remedies.exchange", None, True, "an exchange becomes available"),
        ("remedies.refund.payable", "9.00", ("8.00", "7.00"), "amount paid back: 8.00 yuan or 7.0"),
        ("remedies.refund.fee", "9.00", None, "depreciation fee: none or not known (it was 9.00"),
        ("remedies.refund.used_days", None, 0, "days of use: 0"),
        (
            "obligations.art23.gift",
            None,
            "2025-03-03",
            "new: a gift carries the same guarantees (f",
        ),
        ("obligations.art23.gift", "2025-03-03", None, "no longer: a gift carries the same guar"),
        (
            "obligations.art23.gift",
            "2025-03-03",
            "2025-03-04",
            "a gift carries the same guarantees: from 2025-03-04 instead of 2025-03-03",
        ),
        ("dates.refund_until", "2025-03-03", "2025-03-04", "last day for a refund: 2025-03-04 ins"),
        ("provisional", (), ("refund_until", "moon"), "days that are provisional: last day for a"),
        ("needs", ("request",), (), "still to be known: none or not known (it was what is asked"),
        ("warnings.x", None, "claimed_on", "please check the day of the claim"),
        (
            "verdicts.art12.exchange",
            "holds",
            "barred",
            "exchange of the main unit from day 8 to day 15: barred in",
        ),
        ("moon.phase", True, "full", "moon.phase: full instead of yes"),
        ("value", 1, 2, "value: 2 instead of 1"),
        ("remedies.moon", 1, ("a", None), "remedies.moon: a or none instead of 1"),
        ("dates.moon\n" + "x" * 99, (), 2.5, "dates.moon\\n"),
        ("outcome", "by", "line", "outcome: line instead of by"),
    ],
)
def test_differences(what: str, before: Any, after: Any, text: str) -> None:
    """A difference says what it is then, and what it was, whoever wrote the decision."""
    told = difference_text(Difference(what, before, after), "en")
    assert told.startswith(text)
    assert told.isprintable()
    assert len(told) < 200
    assert "{" not in difference_text(Difference(what, before, after), "zh")


def test_a_reading_the_decision_hangs_on() -> None:
    """Question, answer, alternative, sources and both results, in both languages."""
    claim = handset(claimed_on="2025-03-08", sold_on="2025-03-01")
    dependence, *_ = decide(claim).depends_on or ()
    question, decided, instead, result = dependence_text(dependence, "en").split("\n")
    assert question.startswith("Does the first day of a time limit count? (Regulation art. 11, ")
    assert decided.startswith("- Decided here: the day of sale is left out")
    assert "(source: Civil Code art. 201" in decided
    assert instead.startswith("- The alternative: the day of sale is day 1")
    assert result == (
        "- What differs then: outcome: an exchange instead of a refund; a refund is no longer "
        "available."
    )
    assert len(dependence_text(dependence, "zh").split("\n")) == 4


def test_two_readings_together() -> None:
    """Where two readings only together lead elsewhere, the other one is told as well."""
    money = handset(repairs=TWO_REPAIRS, request="refund", same_model_in_stock=True)
    pairs = [one for one in decide(money).depends_on or () if one.together_with]
    for lang, said in (("zh", "并且对这一问题"), ("en", "Together with this answer")):
        assert said in dependence_text(pairs[0], lang)  # type: ignore[arg-type]


def test_a_dependence_that_a_stranger_wrote() -> None:
    """Names that the catalogue does not know are told as they are, printable and not too long."""
    strange = Dependence(
        reading="moon",
        value="full\u202e" + "x" * 200,
        instead_of="new\n",
        together_with=(ReadingValue("first_day", "moon"),),
        outcome=None,
        possible=(),
        differences=(Difference("remedies.refund", True, None),),
        citations=(),
    )
    text = dependence_text(strange, "en")
    assert text.startswith("moon\n- Decided here: moon.new\\n (source: moon.new\\n).")
    assert "\u202e" not in text
    assert all(len(line) < 400 for line in text.split("\n"))
    assert text.endswith("- What differs then: a refund is no longer certain.")


def test_rules_of_another_policy() -> None:
    """Ids of a policy that the catalogue does not know are told as they are, and shortened."""
    name = "test." + "x" * 300
    turn = Turn("bar", name, True, (Citation("xx.law", article=7),), False)
    step = Step(date(2025, 3, 3), "paid_repair", ("paid_repair",), ("paid_repair",), name, (), ())
    text = Timeline((step, replace(step, rule="test.x", turns=(turn,))), None, ()).explain("en")
    assert "repair at a charge, under: test.xxx" in text
    assert "Bars the guarantees: test.xxx" in text
    assert "(xx.law art. 7)" in text
    assert len(text) < 600
    changed = Changed("evidence.voucher", "intact", "lost")
    answer = replace(decide(handset()).what_if({}), changed=(changed,))
    assert answer.explain("en").startswith("Suppose: the voucher is lost instead of intact.")


# --- the real cases ----------------------------------------------------------------------


def _script() -> ModuleType:
    """Return the script that writes the snapshots."""
    file = ROOT / "scripts" / "write_reason_snapshots.py"
    spec = spec_from_file_location("write_reason_snapshots", file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SNAPSHOTS = dict(_script().texts())


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_snapshot(name: str) -> None:
    """What is said of a real case is what was read and agreed to."""
    file = ROOT / "tests" / "snapshots" / "reasons" / name
    assert file.read_bytes().decode() == SNAPSHOTS[name]


def test_no_snapshot_too_many() -> None:
    """There are the 28 real cases in two languages, and nothing else."""
    folder = ROOT / "tests" / "snapshots" / "reasons"
    assert {file.name for file in folder.iterdir()} == set(SNAPSHOTS)
    assert len(SNAPSHOTS) == 28 * len(LANGUAGES)
