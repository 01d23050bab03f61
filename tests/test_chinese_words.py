"""The words a Chinese reader meets: one term for a thing, and each audience told what it can use.

``docs/style-zh.md`` is the glossary these follow.
"""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

import sanbao
from claims import charger, exchange, handset, repair
from random_claims import random_claim, with_unknowns
from sanbao.audit.report.words import AUDIT_MESSAGES
from sanbao.explain.texts.consumer import available
from sanbao.explain.words.catalogue import LANGUAGES, MESSAGES, Language, say
from sanbao.policies import library

WORDS = library.words(sanbao.MOBILE_2001.id)
BANNED = re.compile("裁决|如属|表外现象|无价可退|为准")
"""What courts do, what nobody says, and what is laid down by nobody."""

MARKS = re.compile(r"[〔〕\[\]]|推定|仅见一份|one copy only|inferred")
RULE_IDS = re.compile(r"\b(art\d+|app\d+|cpl\d+|zj\d+|js\d+|penalty\d+)\.[a-z]")


@pytest.mark.parametrize("messages", [MESSAGES, WORDS, AUDIT_MESSAGES])
def test_no_banned_word(messages: Any) -> None:
    """No message has a word that the glossary rules out."""
    assert [name for name, (zh, _) in messages.items() if BANNED.search(zh)] == []


def random_decisions(claims: int) -> list[Any]:
    """Return decisions on random claims, half of them with facts that are not known."""
    rng = random.Random(16)
    found = []
    for number in range(claims):
        claim = random_claim(rng)
        found.append(sanbao.decide(with_unknowns(rng, claim) if number % 2 else claim))
    return found


@pytest.fixture(scope="module")
def decisions(pytestconfig: pytest.Config) -> list[Any]:
    """Return the decisions that the tests of this file read: one for 20 of ``--claims``."""
    return random_decisions(pytestconfig.getoption("claims") // 20)


def test_what_the_papers_carry(decisions: list[Any]) -> None:
    """Step 2 of the clerk names the remedies that are open, all of them and no other."""
    for decision in decisions:
        text = decision.explain("zh", "clerk")
        told = re.search("凭现有凭证，这次可以办：(.*?)。", text)
        kinds = dict.fromkeys(say("zh", f"outcome.{one.remedy}") for one in available(decision))
        if told is None:
            assert decision.outcome in ("paid_repair", "excluded") or not kinds
        else:
            assert told[1].split("、") == list(kinds)
        assert "都可以办" not in text


def test_what_is_offered(decisions: list[Any]) -> None:
    """What the consumer is told can be had is among the remedies of the decision."""
    for decision in decisions:
        kinds = {say("zh", f"outcome.{one.remedy}") for one in available(decision)}
        for line in decision.explain("zh").split("\n"):
            label, _, rest = line.partition("：")
            if label in ("您可以", "还可以选择", "无论如何您都可以"):
                offered = re.findall(r"(?:^|；)(退货|换货|免费修理|收费修理)", rest)
                assert offered
                assert set(offered) <= kinds


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_marks_for_consumer_and_clerk(decisions: list[Any], lang: Language) -> None:
    """Neither reads how sure a number is, nor an id; the consumer no recourse among traders."""
    for decision in decisions[:100]:
        consumer = decision.explain(lang)
        for text in (consumer, decision.explain(lang, "clerk")):
            assert not MARKS.search(text)
            assert not RULE_IDS.search(text)
        assert "追偿" not in consumer
        assert "recourse" not in consumer


def test_the_start_is_named_by_what_it_is() -> None:
    """Days are counted from the sale, or from what came later, and never from one of three."""
    sold = sanbao.decide(handset(claimed_on="2025-03-08")).explain("zh")
    assert "（售出之日）" in sold
    claim = handset(exchanges=[exchange("2025-03-05")], claimed_on="2025-03-08")
    exchanged = sanbao.decide(claim).explain("zh")
    assert "（换货之日）" in exchanged
    assert "理由：自换货之日起7日内的退货" in exchanged
    claim = handset(received_on="2025-03-05", claimed_on="2025-03-08")
    received = sanbao.decide(claim).explain("zh")
    assert "（收货之日）" in received
    claim = handset(sold_on="2020-03-02", invoiced_on="2020-03-10", claimed_on="2020-06-08")
    assert "（开票之日）" in sanbao.decide(claim).explain("zh")
    for text in (sold, exchanged, received):
        assert "收货或换货之日" not in text
        assert "三包有效期起始日" not in text


def test_goods_at_the_repairer_are_not_asked_for() -> None:
    """Who waits for a phone in repair is not told to bring it."""
    waiting = handset(claimed_on="2025-05-20", repairs=[repair("2025-04-01", delay="repairer")])
    text = sanbao.decide(waiting).explain("zh")
    assert "商品在修理者处，不必另带" in text
    assert "请携带：商品" not in text


def test_contested_readings_reach_the_consumer() -> None:
    """Who may see it otherwise, and what it would come to then, is said in a sentence."""
    stated = handset(cause="liquid", cause_basis="trader", claimed_on="2025-12-01")
    [line] = [
        line for line in sanbao.decide(stated).explain("zh").split("\n") if "不同理解" in line
    ]
    assert "经营者可能按" in line
    assert line.endswith("那样结果是收费修理。")


def test_what_the_contract_may_still_give() -> None:
    """Once the period is over the contract of sale is named; of damage by misuse it is not."""
    over = sanbao.decide(handset(claimed_on="2027-05-01")).explain("zh")
    assert "《民法典》第582条、第617条" in over
    misused = handset(cause="liquid", cause_basis="inspection", claimed_on="2027-05-01")
    assert "第582条" not in sanbao.decide(misused).explain("zh")
    early = charger(claimed_on="2019-05-01", sold_on="2017-01-01")
    assert "第582条" not in sanbao.decide(early).explain("zh")


def test_deadlines_of_what_is_not_settled() -> None:
    """A claim that facts leave open keeps the days until which something may be had."""
    unsure = sanbao.decide(handset(symptom=None))
    assert unsure.outcome is None
    assert "期限：" in unsure.explain("zh")
