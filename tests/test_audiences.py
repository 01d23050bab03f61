"""What consumer, clerk and auditor are told: complete, alike in both languages, harmless."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sanbao
from claims import (
    FACTORY,
    MISUSED,
    NOTHING,
    PROVEN,
    TWO_EXCHANGES,
    TWO_REPAIRS,
    accessory,
    charger,
    exchange,
    handset,
    repair,
)
from random_claims import random_claim, with_unknowns
from sanbao.decision import Decision
from sanbao.explain.texts.phrases import (
    cites_text,
    id_text,
    known_text,
    plainly,
    rule_text,
    short_cite,
    warning_text,
)
from sanbao.explain.texts.titles import display_names
from sanbao.explain.words.catalogue import LANGUAGES, MESSAGES, Language, say
from sanbao.model.citation import Citation
from sanbao.model.codes import Audience
from sanbao.model.decision import Check, Dependence, Difference, ReadingValue, Remedy
from sanbao.model.readings import Readings, reading_values
from sanbao.policies import library
from sanbao.rules.conditions import fact
from sanbao.rules.policy import Bar

ROOT = Path(__file__).resolve().parent.parent
SNAPSHOTS = ROOT / "tests" / "snapshots"
LAW = sanbao.MOBILE_2001
WORDS = library.words(LAW.id)
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
OPEN = re.compile(r"^ *-? ?(Still to be known|What matters most|Next|Find out|A day is near)[,:]")
"""How the lines begin that say what is still to be known, and where it leads."""

CODE = re.compile(r"[a-z]_[a-z]")

claims = st.builds(random_claim, st.randoms(use_true_random=False))
partial_claims = st.builds(with_unknowns, st.randoms(use_true_random=False), claims)
readings = st.builds(
    Readings, **{name: st.sampled_from(values) for name, values in reading_values().items()}
)


def lines_of(claim: dict[str, Any], audience: Audience, lang: Language = "en") -> list[str]:
    """Return the lines that ``audience`` reads of the decision on ``claim``."""
    return sanbao.decide(claim).explain(lang, audience).split("\n")


def having(lines: list[str], *parts: str) -> str:
    """Return the one line that has all ``parts`` in it."""
    [line] = [line for line in lines if all(part in line for part in parts)]
    return line


# --- the door -------------------------------------------------------------------------


@pytest.mark.parametrize("audience", ["", "judge", "Consumer", None, 7, ["clerk"], "\u202e" * 99])
def test_an_audience_nobody_knows(audience: Any) -> None:
    """Another audience is refused, by words and page alike, and the known ones are named."""
    decision = sanbao.decide(handset())
    known = r"(?m)^audience = .*: must be one of consumer, clerk, auditor"
    for tell in (decision.explain, decision.to_html):
        with pytest.raises(sanbao.ValidationError, match=known):
            tell("zh", audience)


def test_an_audience_misspelt() -> None:
    """Who misspells an audience is told which one it might be."""
    with pytest.raises(sanbao.ValidationError, match="did you mean 'auditor'"):
        sanbao.decide(handset()).explain("zh", "auditer")  # type: ignore[arg-type]


def test_what_a_consumer_is_told_costs_little() -> None:
    """For the consumer no other audience is touched, no later day and no other remedy."""
    code = (
        f"import sys, sanbao; decision = sanbao.decide({handset(request='refund')!r});"
        "decision.explain('zh'); decision.explain('en');"
        "print(sorted(name for name in sys.modules if name.startswith('sanbao.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = set(json.loads(done.stdout.replace("'", '"')))
    assert "sanbao.explain.texts.consumer" in loaded
    others = {
        "sanbao.reasons.timeline",
        "sanbao.reasons.why_not",
        "sanbao.explain.texts.auditor",
        "sanbao.explain.texts.clerk",
        "sanbao.explain.pages.decision",
    }
    assert all(map(importlib.util.find_spec, others))
    assert not loaded & others


# --- the readings in words ------------------------------------------------------------


def test_every_reading_has_its_articles() -> None:
    """Every contested reading, and nothing else, cites what it is about: the regulation first."""
    declared = library.readings(LAW)
    assert set(declared) == set(reading_values())
    for cites in (one.cites for one in declared.values()):
        assert cites[0].law == LAW.id
        assert len(set(cites)) == len(cites)
        for cite in cites:
            assert f"law.{cite.law}" in WORDS
            if cite.law == LAW.id and cite.article is not None:
                [article] = [one for one in LAW.articles if one.number == cite.article]
                assert cite.number == article.certainty


def test_every_reading_has_its_words() -> None:
    """Every reading has its question, every value its meaning and source, and no others do."""
    wanted = set()
    for name, values in reading_values().items():
        wanted.add(f"reading.{name}")
        for value in values:
            wanted |= {f"reading.{name}.{value}", f"source.{name}.{value}"}
    found = {name for name in WORDS if name.startswith(("reading.", "source."))}
    assert found == wanted
    for message in wanted:
        assert message.count(".") == 2 or WORDS[message][1].endswith("?")


# --- both languages -------------------------------------------------------------------


def numbers(text: str) -> Counter[str]:
    """Return the numbers and dates of ``text``, with how often each stands there."""
    return Counter(str(int(number)) for number in re.findall(r"[0-9]+", text))


@pytest.mark.parametrize("message", [*MESSAGES, *WORDS])
def test_messages_have_the_same_numbers(message: str) -> None:
    """A message says the same numbers in both languages."""
    zh, en = {**MESSAGES, **WORDS}[message]
    assert numbers(zh) == numbers(en)


@pytest.mark.untraced
@pytest.mark.parametrize("audience", AUDIENCES)
@settings(max_examples=60)
@given(claim=partial_claims | claims, read=readings)
def test_both_languages_say_the_same(
    audience: Audience, claim: dict[str, Any], read: Readings
) -> None:
    """Chinese and English have the same lines, with the same numbers and dates as often."""
    decision = sanbao.decide(claim, readings=read)
    zh, en = (decision.explain(lang, audience).split("\n") for lang in LANGUAGES)
    assert [numbers(line) for line in zh] == [numbers(line) for line in en]


@pytest.mark.untraced
@settings(max_examples=30)
@given(claim=partial_claims | claims, read=readings)
def test_what_is_read_says_the_same(claim: dict[str, Any], read: Readings) -> None:
    """A decision that was read from JSON is explained like the one that was written.

    But for what the law of another place would give, where the answers to open questions lead,
    and that goods are at the repairer: that is worked out from the claim, which a decision that
    was read does not hold.
    """
    back = [one for one in claim["repairs"] if "handed_back_on" in one]
    purchase = {"province": "CN-BJ", "trader_province": "CN-BJ"} | claim.get("purchase", {})
    decision = sanbao.decide({**claim, "purchase": purchase, "repairs": back}, readings=read)
    again = Decision.from_json(decision.to_json())
    for audience in AUDIENCES:
        written, read_again = (
            [line for line in one.explain("en", audience).split("\n") if not OPEN.search(line)]
            for one in (decision, again)
        )
        assert read_again == written


# --- the consumer ---------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@given(claim=partial_claims | claims, read=readings)
def test_a_consumer_reads_no_codes(lang: Language, claim: dict[str, Any], read: Readings) -> None:
    """A consumer reads no ids of rules and no codes."""
    text = sanbao.decide(claim, readings=read).explain(lang)
    assert not CODE.search(text)
    assert not any(rule.id in text for rule in (*LAW.rules, *LAW.obligations))
    assert not re.search(r"[{}]|None|True|False", text)


@given(claim=partial_claims | claims)
def test_a_consumer_reads_the_money(claim: dict[str, Any]) -> None:
    """What is paid back is told, whichever remedy gives it."""
    decision = sanbao.decide(claim)
    text = decision.explain("en")
    for remedy in decision.remedies:
        if remedy.payable is not None:
            assert f"{remedy.payable} yuan back" in text


def test_why_not_comes_first_and_then_what_can_be_had() -> None:
    """What was asked and cannot be had leads, with the days; what can be had is next."""
    first, second, *_ = lines_of(handset(claimed_on="2025-03-20", request="exchange"), "consumer")
    assert first.startswith(
        "You asked for: Exchange. That is not open now: exchange of the main unit from day 8"
    )
    assert "asked for on day 17 (2025-03-20); the last day was day 15 (2025-03-18)" in first
    assert first.endswith("; 2 days too late.")
    assert second.startswith("You can have: Free repair (Regulation art. 10")


def test_what_is_half_way_there_is_told_beside_the_days() -> None:
    """One repair of two is told after the days that are over."""
    claim = handset(claimed_on="2025-05-12", request="exchange", repairs=TWO_REPAIRS[:1])
    first, *_ = lines_of(claim, "consumer")
    assert re.fullmatch(
        r"You asked for: Exchange\. That is not open now: exchange of the main unit from day 8 to "
        r"day 15 \(.*\): asked for on day 70 .*; \d+ days too late.*; exchange of the main unit "
        r"after two repairs that did not help \(.*\): repairs that count: 1, needed: 2\.",
        first,
    )


def test_the_same_day_counts_where_the_reading_says_so() -> None:
    """Where the day of sale is day 1, every number of a day is one more."""
    read = Readings(first_day="same_day")
    claim = handset(claimed_on="2025-03-20", request="exchange")
    text = sanbao.decide(claim, readings=read).explain("en")
    assert "asked for on day 18 (2025-03-20); the last day was day 15 (2025-03-17)" in text


def test_papers_that_do_not_carry_a_refund() -> None:
    """Who asks for a refund on lesser papers is told what these papers carry."""
    claim = charger(exchanges=TWO_EXCHANGES, request="refund", same_model_in_stock=True, **PROVEN)
    first, *_ = lines_of(claim, "consumer")
    assert "(Regulation art. 9)" in first
    assert "such papers carry exchange and repair, and no refund of their own" in first


def test_papers_that_keep_a_right_away() -> None:
    """Who did not ask is told once what lesser papers carry, if they keep something away."""
    proven = "Your papers (Regulation art. 9): such papers carry exchange"
    factory = "Your papers (Regulation art. 9): the factory date alone"
    having(lines_of(handset(claimed_on="2025-03-05", **PROVEN), "consumer"), proven)
    having(lines_of(handset(repairs=TWO_REPAIRS, **FACTORY), "consumer"), factory)
    for claim in (handset(claimed_on="2025-03-05"), handset(**PROVEN), handset(**NOTHING)):
        assert not any(line.startswith("Your papers") for line in lines_of(claim, "consumer"))


def test_a_refund_of_what_may_be_either() -> None:
    """Where stock decides the amount, both amounts are told, each with its case."""
    lines = lines_of(handset(repairs=TWO_REPAIRS, request="refund"), "consumer")
    having(
        lines,
        "3000.00 yuan back, in one payment, in this case: refund because the same model is not",
        "2025.00 yuan back (price 3000.00, less 975.00 for 65 days of use), in this case: refund",
    )


def test_in_any_case() -> None:
    """Where the outcome is open, what is open whatever it will be is told as such."""
    claim = accessory("terminal_card", request="refund")
    lines = lines_of(claim, "consumer")
    assert having(lines, "In any case you can have: Exchange")
    assert having(lines, "Bring: the goods, with what invoice and voucher there are.")
    assert "无论如何您都可以：换货" in sanbao.decide(claim).explain("zh")


def test_a_period_that_is_over() -> None:
    """A repair that did not last is owed after the period; the period is told to be over."""
    claim = handset(
        sold_on="2024-01-10",
        claimed_on="2025-02-09",
        repairs=[repair("2025-01-06", "2025-01-10")],
    )
    having(lines_of(claim, "consumer"), "Until when: the guarantees ended on 2025-01-15")


@pytest.mark.parametrize(
    ("changes", "proof"),
    [
        ({"cause_basis": "inspection"}, "the inspection body names this cause"),
        ({"cause_basis": "report"}, "a test report of the repairer or the maker names this cause"),
        ({"cause_basis": "consumer"}, "you named this cause yourself"),
    ],
)
def test_what_proves_it(changes: dict[str, Any], proof: str) -> None:
    """Damage that bars the guarantees: what it is, what proves it, quote and consent."""
    lines = lines_of(handset(cause="liquid", **changes), "consumer")
    assert lines[0].startswith("You can have it repaired at a reasonable charge: see a quote")
    having(lines, "What speaks against the guarantees: damage caused by not", "cause: liquid")
    having(lines, 'As to "damage caused by not', proof)


def test_a_mere_word_where_the_reading_lets_it_do() -> None:
    """Never by default: that only the trader says so, and what can be done, is told even then."""
    claim = handset(cause="liquid", claimed_on="2025-09-08")
    assert sanbao.decide(claim).outcome == "free_repair"
    read = Readings(burden_of_proof="consumer_later")
    lines = sanbao.decide(claim, readings=read).explain("en").split("\n")
    having(lines, 'As to "damage caused by not', "only the trader says so", "ask for an inspection")


def test_what_proves_it_under_a_policy_of_its_own() -> None:
    """Where a policy asks for a basis and nothing else, the basis is what is told."""
    when = fact("gift").is_(True) & ~fact("cause_basis").one_of("report")
    strange = Bar("art24.misuse", when, (Citation("xx.law", article=7),))
    bars = tuple(strange if bar.id == strange.id else bar for bar in LAW.bars)
    decision = sanbao.decide(handset(gift=True), policy=replace(LAW, bars=bars))
    assert "only the trader says so, and what is applied here" in decision.explain("en")


def test_all_that_speaks_against() -> None:
    """All grounds are told, each with its own reasons and its own proof, the deciding one first."""
    claim = handset(claimed_on="2026-09-01", voucher="altered", **MISUSED)
    lines = lines_of(claim, "consumer")
    having(lines, "What speaks against the guarantees: the three-guarantees period is over")
    having(lines, 'As to "the three-guarantees period is over": the dates on invoice')
    having(
        lines,
        "What speaks against them too: the voucher was altered or does not match the unit "
        "(Regulation art. 24(3)): voucher: altered.",
    )
    having(lines, 'As to "the voucher was altered', "voucher and unit are compared before you")
    having(lines, "What speaks against them too: damage caused by not", "(Regulation art. 24(4)): ")
    having(lines, 'As to "damage caused by not')
    having(lines, "What you can do: see whether seller or maker promised a longer time")


def test_two_reasons_are_not_mixed() -> None:
    """Out of the period and damaged: each reason has its article, and the proof names its own."""
    claim = handset(claimed_on="2026-09-01", cause="impact", cause_basis="consumer")
    lines = lines_of(claim, "consumer")
    lead = having(lines, "What speaks against the guarantees: the three-guarantees period is over")
    assert lead.count("ended on") == 1  # and not the six months of a battery as well
    having(lines, "What speaks against them too: damage caused by not using", "art. 24(4)")
    having(lines, 'As to "damage caused by not', "you named this cause yourself")


LIQUID = {"cause": "liquid", "cause_basis": "report", "contested": True}


@pytest.mark.parametrize(
    ("changes", "outcome", "parts"),
    [
        ({"cause": None}, "free_repair", ("nobody has said", "an inspection decides")),
        (
            {"cause": "liquid", "cause_basis": "trader"},
            "free_repair",
            ("the cause that the trader names is not proved", "for 6 months from receipt"),
        ),
        (
            {"cause": "liquid", "cause_basis": "trader", "claimed_on": "2025-09-04"},
            "free_repair",
            ("the trader names a cause and shows nothing for it",),
        ),
        (
            {"cause": "network", "cause_basis": "trader", "claimed_on": "2025-09-04"},
            "free_repair",
            ("the trader names a cause and shows nothing for it",),
        ),
        (LIQUID, "free_repair", ("nor a report that you contest will do",)),
        (
            LIQUID | {"claimed_on": "2025-09-04"},
            "paid_repair",
            ("if you contest the report you may ask for an inspection",),
        ),
        (
            LIQUID | {"cause": "network", "claimed_on": "2025-09-04"},
            "excluded",
            ("if you contest the report you may ask for an inspection",),
        ),
        (
            LIQUID | {"sold_on": "2014-01-06", "claimed_on": "2014-03-14"},
            "paid_repair",
            ("if you contest the report you may ask for an inspection",),
        ),
    ],
)
def test_a_dispute_about_the_cause(
    changes: dict[str, Any], outcome: str, parts: tuple[str, ...]
) -> None:
    """Who has to prove what, when an inspection decides, and who makes it on which days."""
    claim = handset(**changes)
    assert sanbao.decide(claim).outcome == outcome
    lines = lines_of(claim, "consumer")
    having(lines, "Note:", *parts)
    late = claim["claimed_on"] >= "2024-07-01"
    body = having(lines, "Note: an inspection is made by", "(Regulation art. 29)")
    assert ("Implementing Decree art. 47" in body) == late
    assert all("its word now" not in line for line in lines)
    assert len([line for line in lines_of(claim, "clerk") if "inspection" in line]) >= 2


def test_what_can_be_done_outside() -> None:
    """Who is outside the regulation is told what to do, and nothing twice."""
    lines = lines_of(handset(symptom="none", request="exchange"), "consumer")
    assert lines == [
        "You asked for: Exchange. That is not open now: no fault was found (Regulation art. 10).",
        "The three guarantees do not reach this claim.",
        "What you can do: if a fault shows later, claim again and say what happens.",
        'As to "no fault was found": this is what the examination found; ask to see it done, and '
        "for an inspection if you disagree.",
        "What this rests on: fault: none; no authority has found the goods unqualified. Were any "
        "of it otherwise, the result might be another.",
    ]


def test_a_duty_that_began_earlier() -> None:
    """A duty that did not begin with the claim is told with its day."""
    claim = handset(repairs=[repair("2025-04-14")])
    having(lines_of(claim, "consumer"), "the repair has passed 7 days (from 2025-04-22)")


# --- the clerk ------------------------------------------------------------------------


@given(claim=partial_claims | claims, read=readings)
def test_a_clerk_reads_numbered_steps(claim: dict[str, Any], read: Readings) -> None:
    """Steps are numbered without a gap, none is empty, and the customer is answered first."""
    decision = sanbao.decide(claim, readings=read)
    lines = decision.explain("en", "clerk").split("\n")
    heads = [line for line in lines if not line.startswith("   - ")]
    assert heads[0] == "1. Tell the customer"
    assert [head.split(".")[0] for head in heads] == [str(n + 1) for n in range(len(heads))]
    assert not any(one in heads and two in heads for one, two in pairwise(lines))
    assert lines[-1] not in heads
    assert lines[1].removeprefix("   - ") == decision.explain("en").split("\n")[0]
    assert not CODE.search("\n".join(lines))


@given(claim=partial_claims | claims, read=readings)
def test_a_clerk_reads_every_obligation(claim: dict[str, Any], read: Readings) -> None:
    """Every obligation is told with its article: done with the pen, or on a day."""
    decision = sanbao.decide(claim, readings=read)
    lines = decision.explain("en", "clerk").split("\n")
    for duty in decision.obligations:
        cites = short_cite(duty.citations, "en")
        if f"clerk.write.{duty.id}" in WORDS:
            told = known_text("clerk.write", duty.id, "en", on=duty.on, cites=cites)
            assert f"   - {told}" in lines
        else:
            by = "By" if duty.id == "penalty8.within_15_days" else "From"
            having(lines, f"{by} {duty.on}: {known_text('duty', duty.id, 'en')} ({cites}).")
    for odd in decision.warnings:
        assert f"   - {warning_text(odd, 'en')}." in lines


@pytest.mark.parametrize(
    ("claim", "steps"),
    [
        (
            handset(claimed_on="2025-03-05"),
            [
                "Pay it at once",
                "What these papers carry this time: Refund",
                "day and amount of the refund",
            ],
        ),
        (
            handset(claimed_on="2025-03-12", **PROVEN),
            [
                "Hand over a new and sound unit",
                "and a new voucher",
                "The papers: papers incomplete",
            ],
        ),
        (
            handset(**FACTORY),
            [
                "Take the goods in for repair",
                "The papers: only the factory",
                "The repair record, on",
            ],
        ),
        (handset(**MISUSED), ["Quote first", "the reason in writing: damage caused by not"]),
        (handset(**NOTHING), ["Quote first", "the reason in writing: there are no papers"]),
        (handset(symptom="none"), ["the reason in writing: no fault was found"]),
        (
            handset(invoice=None, voucher=None, cause=None, claimed_on="2025-03-05"),
            ["What the papers may be: nothing proves", "Settle what is asked", "examine the goods"],
        ),
        (
            handset(cause="liquid", cause_basis="trader"),
            ["no refusal without a test report"],
        ),
        (
            handset(repairs=TWO_REPAIRS, same_model_in_stock=False, request="refund"),
            ["agree on a date in writing"],
        ),
        (handset(activated_on="2025-03-01"), ["activated on 2025-03-01, before the sale"]),
        (
            handset(sold_on="2026-12-28", claimed_on="2026-12-30"),
            ["refund to 2027-01-04 (provisional"],
        ),
        (
            charger(repairs=[], exchanges=[exchange("2025-03-20")], bought_with_phone=None),
            ["Hand over a new and sound unit"],
        ),
    ],
)
def test_what_a_clerk_does(claim: dict[str, Any], steps: list[str]) -> None:
    """What is done goes by outcome, papers, notes and odd facts."""
    lines = lines_of(claim, "clerk")
    for step in steps:
        having(lines, step)


def test_a_clerk_asks_for_each_fact() -> None:
    """Every fact that is missing is a question of its own."""
    decision = sanbao.decide({"claimed_on": "2025-05-12", "product": {"kind": "handset"}})
    lines = decision.explain("en", "clerk").split("\n")
    questions = [line for line in lines if line.startswith("   - Find out")]
    assert len(questions) == len(decision.needs)


def test_lesser_papers_under_a_reading_that_lets_them_carry_a_refund() -> None:
    """Under that reading the clerk is not told that there is no refund on them."""
    claim = handset(claimed_on="2025-03-05", **PROVEN)
    decision = sanbao.decide(claim, readings=Readings(refund_papers="refund"))
    text = decision.explain("en", "clerk")
    assert decision.outcome == "refund"
    assert "no refund of their own" not in text
    assert "What these papers carry this time: Refund, Exchange, Free repair." in text


# --- the auditor ----------------------------------------------------------------------


@pytest.mark.untraced
@settings(max_examples=60)
@given(claim=partial_claims | claims, read=readings)
def test_an_auditor_reads_everything(claim: dict[str, Any], read: Readings) -> None:
    """Every rule, article, check, date, remedy, reading and hash of a decision is told."""
    decision = sanbao.decide(claim, readings=read)
    lines = decision.explain("en", "auditor").split("\n")
    text = "\n".join(lines)
    findings = lines.index(f"== {say('en', 'audit.head.findings')} ==")
    for finding in decision.findings:
        with display_names(decision):  # a local regulation has titles of its own
            head = f"- {id_text(finding.ref)}, {rule_text(finding.ref, 'en')} "
        verdict = say("en", f"verdict.{finding.verdict}")
        place = lines.index(f"{head}({cites_text(finding.citations, 'en')}): {verdict}", findings)
        behind = list(_below(lines, place))
        barred = bool(finding.barred_by)
        assert len(behind) == len(finding.checks) + barred + len(finding.notes)
        for check, line in zip(finding.checks, behind, strict=False):
            name = check.counted_from or check.fact
            assert f"[{name}]" in line
            if check.margin is not None:
                assert _distance(check) in line
                assert str(check.threshold) in line
                assert str(check.actual) in line
    receipt = decision.receipt
    for value in (receipt.library, receipt.policy, receipt.policy_sha256, receipt.claim_sha256):
        assert value in text
    for name, value in receipt.readings.to_dict().items():
        having(lines, f"- reading {name} = {value}: ")
    for remedy in decision.remedies:
        with display_names(decision):
            name = id_text(remedy.ref)
        assert f"- {say('en', f'outcome.{remedy.remedy}')}: {name}" in text
        if remedy.payable is not None:
            assert f"{remedy.payable} yuan" in text
    for path in decision.needs:
        assert f"[{path}]" in text
    for odd in decision.warnings:
        assert f"[{odd.field}]" in text
    for duty in decision.obligations:
        having(lines, f"- {duty.on}: {duty.id}, ")


def _distance(check: Check) -> str:
    """Return how the distance of a day or number from its threshold is told, once.

    Of a day that is counted it is said how far it lies behind or before the last day; where it
    should lie on the other side, how much it lacks.
    """
    assert check.margin is not None
    if check.counted_from is None:
        return f"margin {check.margin}"
    last, day = (date.fromisoformat(str(one)) for one in (check.threshold, check.actual))
    far = abs(check.margin) if check.margin < 0 else abs((day - last).days)
    return f"{far} day" if far else "last day"


def _below(lines: list[str], place: int) -> Iterator[str]:
    """Yield the lines that belong to the one at ``place``."""
    for line in lines[place + 1 :]:
        if not line.startswith("    "):
            return
        yield line


def test_an_auditor_reads_the_reckoning() -> None:
    """The fee is reckoned out; where the reading charges none, that is said."""
    claim = handset(repairs=TWO_REPAIRS, same_model_in_stock=True, request="refund")
    lines = lines_of(claim, "auditor")
    having(lines, "65 days of use, after taking off 5 days in repair")
    having(lines, "3000.00 yuan times daily rate 0.005 times 65 days", "makes 975.00 yuan")
    having(lines, "3000.00 yuan less 975.00 yuan makes 2025.00 yuan")
    free = sanbao.decide(claim, readings=Readings(depreciation="not_charged"))
    lines = free.explain("en", "auditor").split("\n")
    having(lines, "no fee is charged under the reading depreciation = not_charged: 0.00 yuan")
    having(lines, "3000.00 yuan less 0.00 yuan makes 3000.00 yuan")


@pytest.mark.parametrize(
    ("claim", "line"),
    [
        (handset(), "- Asked for: nothing in particular"),
        (handset(request="repair"), "- Asked for: Free repair; available"),
        (
            handset(request="exchange"),
            "- Asked for: Exchange; not available, because of: ",
        ),
        (
            accessory("terminal_card", request="refund"),
            "- Asked for: Refund; not settled; it hangs on: ",
        ),
        (handset(), "- Deciding rule: art10.repair, free repair inside the period (Regulation"),
        (accessory("terminal_card", request="refund"), "- Deciding rule: none"),
        (handset(), "- Outcome: Free repair"),
        (accessory("terminal_card", request="refund"), "- Outcome: Not settled yet"),
        (accessory("terminal_card", request="refund"), "- Possible: Refund, Exchange"),
        (handset(kind="other"), "- last day of the period: none, or not known"),
        (
            handset(sold_on="2026-12-28", claimed_on="2026-12-30"),
            "- last day of the period: 2027-12-28 (provisional: that year's holidays are not",
        ),
        (
            handset(repairs=[repair("2025-05-01")]),
            "- art16.exchange, exchange of the main unit after more than 60",
        ),
        (
            handset(repairs=TWO_REPAIRS, request="refund"),
            "    whether this rule gives it hangs on: whether the same model is in stock "
            "[same_model_in_stock]",
        ),
        (handset(price=None, claimed_on="2025-03-05"), "    the amount is open"),
        (
            handset(**MISUSED),
            "    barred by: art24.misuse, damage caused by not using, maintaining",
        ),
        (handset(cause=None), "    note: nobody has said what caused the fault"),
        (handset(repairs=TWO_REPAIRS), "    asked: repairs that count [repairs_counted] is at"),
    ],
)
def test_what_an_auditor_reads(claim: dict[str, Any], line: str) -> None:
    """Decision, request, dates, money, bars and notes each have their line."""
    assert any(found.startswith(line) for found in lines_of(claim, "auditor"))


def test_a_right_beside_another() -> None:
    """A rule that must not stand beside another says which, and whether that is there."""
    claim = handset(claimed_on="2025-03-05")
    lines = lines_of(claim, "auditor")
    full = "[rights] is none of art11.refund, cpl45.refund, cpl54.refund; actual: "
    having(lines, f"{full}art11.refund → not met")
    lines = lines_of(handset(), "auditor")
    having(lines, f"{full}none → met")


def depending(*dependences: Dependence) -> Decision:
    """Return an ordinary decision that hangs on ``dependences``."""
    data = sanbao.decide(handset()).to_json()
    return replace(Decision.from_json(data), depends_on=dependences)


def test_readings_a_decision_does_not_hang_on() -> None:
    """That nothing hangs on a reading is said, and that it was not worked out as well."""
    decision = Decision.from_json(sanbao.decide(handset()).to_json())
    none = replace(decision, depends_on=())
    unknown = replace(decision, depends_on=None)
    assert "- no contested reading, alone or together" in none.explain("en", "auditor")
    assert "- not worked out (the decision was read" in unknown.explain("en", "auditor")


def test_readings_a_decision_hangs_on() -> None:
    """Each reading is told with its question, both values, their sources and both results."""
    cites = (Citation(LAW.id, article=13),)
    lines = depending(
        Dependence(
            reading="two_repairs",
            value="same_fault",
            instead_of="any_fault",
            together_with=(),
            outcome=None,
            possible=("exchange", "free_repair"),
            differences=(
                Difference("outcome", "exchange", None),
                Difference("possible", ("exchange",), ("exchange", "free_repair")),
                Difference("remedies.exchange", True, None),
                Difference("moon.phase", "full", 3),
            ),
            citations=cites,
        ),
        Dependence(
            reading="repair_days",
            value="elapsed",
            instead_of="inclusive",
            together_with=(ReadingValue("rounding", "down"), ReadingValue("odd", "x")),
            outcome="free_repair",
            possible=("free_repair",),
            differences=(Difference("remedies.refund.payable", "1.00", ("0.00", "1.00")),),
            citations=cites,
        ),
    ).explain("en", "auditor").split("\n")  # fmt: skip
    start = lines.index("== Contested readings it hangs on ==")
    assert [line.split("; source: ")[0] for line in lines[start + 1 : start + 17]] == [
        "- two_repairs: Must the repairs that lead to an exchange be for the same fault? "
        "(Regulation art. 13)",
        "    decided under two_repairs = any_fault: no, repairs of any listed fault count",
        "    alternative two_repairs = same_fault: yes, only repairs of the fault now complained "
        "of count",
        "    outcome: Exchange → Not settled yet",
        "    possible outcomes: Exchange → Exchange, Free repair",
        "    exchange: open → none",
        "    moon.phase: full → 3",
        "- repair_days, rounding, odd together (Regulation art. 13)",
        "    decided under repair_days = inclusive: the day handed in and the day handed back "
        "both count",
        "    alternative repair_days = elapsed: the day handed back does not count; in and out "
        "on one day is 0 days",
        "    decided under rounding = half_up: half a fen is rounded up",
        "    alternative rounding = down: what is less than a fen is dropped",
        "    decided under odd = : odd.",
        "    alternative odd = x: odd.x",
        "    outcome all the same: Free repair",
        "    refund payable (yuan): 1.00 → 0.00, 1.00",
    ]


def test_a_live_decision_says_what_it_hangs_on() -> None:
    """What a decision hangs on is worked out for the auditor, and read first."""
    claim = handset(claimed_on="2025-03-05", **PROVEN)
    lines = lines_of(claim, "auditor")
    having(lines, "- refund_papers: Is there a refund by art. 11 or art. 14 on lesser")
    assert lines.index("== Contested readings it hangs on ==") < lines.index(
        "== Findings, rule by rule =="
    )


def test_what_an_auditor_reads_last() -> None:
    """Other law may give more: that is for the auditor alone."""
    for claim in (handset(), handset(**MISUSED), handset(kind="other")):
        decision = sanbao.decide(claim)
        assert "Contract law (Civil Code" in decision.explain("en", "auditor").split("\n")[-1]
        for audience in ("consumer", "clerk"):
            assert "Contract law" not in decision.explain("en", audience)


# --- what a stranger wrote ------------------------------------------------------------

EVIL = "<script>alert(1)</script>\"'&\u202etxt.exe\u0000\n\r\x1b[2J\u2028" + "长" * 10_000


def printable(text: str) -> bool:
    """Say whether ``text`` is printable, line by line."""
    return all(line.isprintable() for line in text.split("\n"))


def test_plainly() -> None:
    """What a stranger wrote comes out on one line, printable and not too long."""
    told = plainly(EVIL)
    assert told.isprintable()
    assert len(told) < 120
    assert told.startswith("<script>alert(1)</script>")
    assert plainly(7) == "7"
    assert plainly(None) == "None"
    assert len(plainly(10**4000)) < 60


def texts_in(data: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield ``(path, container, key)`` of every text in ``data``, the path without numbers."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        below = f"{path}.{key}" if isinstance(data, dict) else path
        if isinstance(value, str):
            yield below, data, key
        elif isinstance(value, dict | list):
            yield from texts_in(value, below)


def hostile_decisions() -> Iterator[Decision]:
    """Yield decisions in which all texts of one name, or one of them, have been made evil."""
    rng = Random(9)
    sources = [
        handset(repairs=TWO_REPAIRS, request="refund", activated_on="2025-03-01"),
        handset(claimed_on="2026-09-01", request="exchange", **MISUSED),
        with_unknowns(rng, random_claim(rng)),
    ]
    for claim in sources:
        whole = sanbao.decide(claim).to_dict()
        whole["depends_on"] = sanbao.decide(
            handset(claimed_on="2025-03-05", **PROVEN)
        ).to_dict()["depends_on"]  # fmt: skip
        for path in dict.fromkeys(path for path, _, _ in texts_in(whole)):
            for most in (1, 10_000):
                data = json.loads(json.dumps(whole))
                places = [place for place in texts_in(data) if place[0] == path]
                for _, container, key in places[:most]:
                    container[key] = EVIL
                try:
                    yield Decision.from_json(json.dumps(data))
                except sanbao.ValidationError:  # a code, a date, an amount: nothing else is taken
                    continue


@pytest.mark.untraced
def test_what_a_stranger_wrote_is_shown_harmlessly() -> None:
    """Whatever part of a decision a stranger filled, words stay printable and short."""
    seen = 0
    for decision in hostile_decisions():
        seen += 1
        for audience in AUDIENCES:
            text = decision.explain("en", audience)
            assert printable(text)
            assert "长" * 61 not in text
    assert seen > 60


def test_numbers_of_a_stranger() -> None:
    """Numbers beyond all measure are named and not written out."""
    data = sanbao.decide(handset()).to_dict()
    huge = 10**4000
    for finding in data["findings"]:
        if finding["citations"][0]["article"]:
            finding["citations"][0]["article"] = huge
        for check in finding["checks"]:
            check["actual"] = check["actual"] and huge
            check["margin"] = check["margin"] and huge
    data["dates"]["deducted_days"] = huge
    text = json.dumps(data)
    for audience in AUDIENCES:
        told = Decision.from_json(text).explain("zh", audience)
        assert "0" * 61 not in told


def test_a_remedy_without_a_rule() -> None:
    """A repair at a charge may rest on no rule; the auditor is told so."""
    decision = Decision.from_json(sanbao.decide(handset(**MISUSED)).to_json())
    bare = replace(decision, remedies=(Remedy("paid_repair", "", "repairer", ()),), lead=None)
    text = bare.explain("en", "auditor")
    assert "- Repair at a charge\n    owed by the repairer" in text
    assert bare.explain("en").startswith("You can have it repaired")


def test_a_right_nobody_has() -> None:
    """Where no rule gives what was asked, the auditor is told that there is no such right."""
    decision = Decision.from_json(sanbao.decide(handset(request="refund")).to_json())
    assert decision.requested is not None
    bare = replace(decision, requested=replace(decision.requested, because=()))
    assert "not available; goods of this kind have no such right" in bare.explain("en", "auditor")


def test_words_a_policy_brings_itself() -> None:
    """Rules and laws the catalogue does not know stand under their ids, once."""
    cites = (Citation("xx.law", article=7),)
    strange = Bar("test.strange", fact("gift").is_(True), cites)
    policy = replace(LAW, id="xx.law", bars=(*LAW.bars, strange))
    decision = sanbao.decide(handset(gift=True), policy=policy)
    lines = decision.explain("en", "auditor").split("\n")
    assert "- Policy: xx.law (xx.law), version 2001-11-15" in lines
    assert "- test.strange (xx.law art. 7): holds" in lines


# --- the real cases -------------------------------------------------------------------


def test_a_decision_without_findings() -> None:
    """One that was read may have none: how to read them stands there, and no "none"."""
    data = sanbao.decide(handset()).to_dict()
    text = Decision.from_json(json.dumps({**data, "findings": []})).explain("en", "auditor")
    legend = say("en", "audit.legend")
    head = say("en", "audit.head.findings")
    assert f"== {head} ==\n{legend}\n== " in text


def _texts() -> Callable[[], Iterator[tuple[str, str]]]:
    spec = importlib.util.spec_from_file_location(
        "write_snapshots", ROOT / "scripts" / "write_snapshots.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    texts: Callable[[], Iterator[tuple[str, str]]] = module.texts
    return texts


TEXTS = dict(_texts()())


@pytest.mark.parametrize("name", TEXTS)
def test_snapshots(name: str) -> None:
    """The words on the real cases are those on file; scripts/write_snapshots.py writes them."""
    assert (SNAPSHOTS / name).read_bytes().decode() == TEXTS[name]


def test_there_are_no_other_snapshots() -> None:
    """Every file is of a real case, an audience and a language."""
    cases = {
        file.stem
        for file in (ROOT / "tests" / "scenarios").glob("*.toml")
        if not tomllib.loads(file.read_text("utf-8"))["source"].startswith("own example")
    }
    assert len(cases) == 28
    assert {file.name for file in SNAPSHOTS.glob("*.txt")} == {
        f"{case}.{audience}.{lang}.txt"
        for case in cases
        for audience in AUDIENCES
        for lang in LANGUAGES
    }
