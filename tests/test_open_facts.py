"""What an open fact would settle: which question matters, which answer leads where, by when."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

import sanbao
from claims import NOTHING, exchange, handset, repair
from random_claims import random_claim, with_unknowns
from sanbao import Decision
from sanbao.explain.texts import changes
from sanbao.explain.texts.changes import field_text, near_text, telling
from sanbao.explain.words.catalogue import LANGUAGES, Language
from sanbao.reasons import open_facts as module
from sanbao.reasons.open_facts import OpenAnswer, OpenFact, open_facts


def without(claim: dict[str, Any], part: str, name: str) -> dict[str, Any]:
    """Return a claim of which one fact is not known."""
    return {**claim, part: {key: value for key, value in claim[part].items() if key != name}}


NO_SYMPTOM = without(handset(claimed_on="2025-03-05"), "fault", "symptom")
NO_SALE = without(handset(), "purchase", "sold_on")


def told(claim: dict[str, Any], lang: Language = "zh") -> dict[str, str]:
    """Return what the answers of each open fact lead to, in words."""
    return dict(telling(sanbao.decide(claim), lang))


def partial(seed: int, number: int) -> list[dict[str, Any]]:
    """Return random claims with facts left out."""
    rng = Random(seed)
    return [with_unknowns(rng, random_claim(rng)) for _ in range(number)]


def filled(claim: dict[str, Any], field: str, value: Any) -> dict[str, Any]:
    """Return a claim with one answer filled in."""
    return sanbao.decide(claim).what_if({field: value}).after.to_dict()


# --- what each answer leads to ---------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_every_answer_leads_where_it_is_said_to(seed: int) -> None:
    """Who fills in an answer gets what was told of it, the outcome and the money."""
    rng, asked = Random(seed), 0
    for claim in partial(seed, 45):
        decision = sanbao.decide(claim)
        facts = open_facts(decision)
        assert sorted(one.field for one in facts) == sorted(decision.needs)
        for fact in facts:
            for answer in fact.answers:
                asked += 1
                after = decision.what_if({fact.field: answer.value}).after
                assert after.possible == answer.decision.possible
                assert after.remedies == answer.decision.remedies
                if fact.field == "purchase.sold_on":
                    day = _day_of(rng, answer, decision)
                    again = decision.what_if({fact.field: day}).after
                    assert again.possible == answer.decision.possible, (claim, day)
    assert asked > 60


def _day_of(rng: Random, answer: OpenAnswer, decision: Decision) -> str:
    """Return a day of sale for which an answer stands, no earlier than the regulation allows."""
    first = answer.first or date(2001, 11, 1)
    asked, claimed = decision.dates.asked_on, decision.dates.claimed_on
    latest = min(answer.last or claimed, asked, claimed)
    first = min(first, latest)
    return str(first + timedelta(days=rng.randint(0, (latest - first).days)))


def test_days_of_sale_follow_on_one_another() -> None:
    """The latest come first, and where one run of days begins the next one has ended."""
    [fact] = open_facts(sanbao.decide(NO_SALE))
    assert len(fact.answers) > 2
    assert fact.answers[0].last is None
    assert fact.answers[-1].first is None
    for later, earlier in zip(fact.answers, fact.answers[1:], strict=False):
        assert later.first is not None
        assert earlier.last == later.first - timedelta(days=1)
        assert later.decision.possible != earlier.decision.possible


def test_faults_of_other_goods_are_not_asked_for() -> None:
    """Nobody hears of earphones whose phone is broken, unless that leads elsewhere."""
    [fact] = open_facts(sanbao.decide(NO_SYMPTOM))
    values = {answer.value for answer in fact.answers}
    assert {"screen_fault", "unlisted", "wear", "none"} <= values
    assert not values & {"earphone_fault", "charger_fault", "battery_fault"}
    sound = without(handset(claimed_on="2025-03-05", battery_capacity=95), "fault", "symptom")
    alone = open_facts(sanbao.decide(sound))[0]
    assert {answer.value for answer in alone.answers} >= values


# --- which matters most ----------------------------------------------------------------------


def test_what_decides_alone_comes_first() -> None:
    """A fact that settles the outcome alone comes before what only opens the money."""
    weights = []
    for claim in partial(77, 150):
        facts = open_facts(sanbao.decide(claim))
        ranks = [_rank(one) for one in facts]
        assert ranks == sorted(ranks)
        weights += ranks
    assert set(weights) == {0, 1, 2, 3}


def _rank(fact: OpenFact) -> int:
    """Say again, in other words, how much a fact matters."""
    ways = {answer.decision.possible for answer in fact.answers}
    if len(ways) < 2:
        remedies = {
            str([(one.rule, one.payable) for one in answer.decision.remedies])
            for answer in fact.answers
        }
        return 3 - (len(remedies) > 1)
    return int(any(len(way) > 1 for way in ways))


def test_what_is_known_without_papers_comes_first_among_equals() -> None:
    """Of two facts that weigh the same, the consumer knows the fault without papers."""
    claim = without(without(handset(claimed_on="2025-03-05"), "fault", "symptom"), *INVOICE)
    claim["evidence"] |= {"voucher": "lost"}
    decision = sanbao.decide(claim)
    assert decision.needs == ("evidence.invoice", "fault.symptom")
    assert [one.field for one in open_facts(decision)] == ["fault.symptom", "evidence.invoice"]


INVOICE = ("evidence", "invoice")


def test_a_price_is_named_last_and_has_no_answers() -> None:
    """A price may be anything: nobody can say where each would lead."""
    claim = without(handset(claimed_on="2025-03-05", request="refund"), "purchase", "price")
    claim = without(claim, "evidence", "voucher")
    facts = open_facts(sanbao.decide(claim))
    assert facts[-1].field == "purchase.price"
    assert facts[-1].answers == ()


def test_a_decision_from_json_keeps_its_needs() -> None:
    """It does not hold its claim: its needs stay in their order, and no answers are known."""
    decision = Decision.from_json(sanbao.decide(NO_SYMPTOM).to_json())
    assert open_facts(decision) == (OpenFact("fault.symptom"),)
    assert "还需要知道：故障现象。" in decision.explain("zh")
    assert "问清：故障现象。" in decision.explain("zh", "clerk")


def test_nothing_open() -> None:
    """A decision that needs nothing has no open facts."""
    assert open_facts(sanbao.decide(handset())) == ()


@pytest.mark.parametrize("claim", [NO_SYMPTOM, NO_SALE])
def test_the_cost_is_bounded(claim: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a number of decisions a fact is named, and its answers are not worked out."""
    monkeypatch.setattr(module, "_MOST_DECIDED", 2)
    decision = sanbao.decide(claim)
    [fact] = open_facts(decision)
    assert fact.answers == ()
    assert dict(telling(decision, "zh")) == {}


# --- in words --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "field", "zh", "en"),
    [
        (
            NO_SYMPTOM,
            "fault.symptom",
            "如果故障是性能故障表所列的，则退货",
            "if the fault is none of those listed, free repair",
        ),
        (
            without(handset(), "fault", "symptom"),
            "fault.symptom",
            "如果商品确有故障，不论性能故障表是否列出，则免费修理；"
            "如果只是磨损或外观问题，或者未检出故障，则不适用三包规定",
            "if there is a fault, listed for these goods or not, free repair",
        ),
        (
            without(
                handset(
                    repairs=[
                        repair("2025-04-01", "2025-04-03", symptom="switches_off"),
                        repair("2025-04-20", "2025-04-22", symptom="switches_off"),
                        repair("2025-04-25", "2025-04-26", symptom="keys_fail"),
                        repair("2025-04-28", "2025-04-29", symptom="keys_fail"),
                    ]
                ),
                "fault",
                "symptom",
            ),
            "fault.symptom",
            "则换货",
            "an exchange",
        ),
        (
            NO_SALE,
            "purchase.sold_on",
            "如果在2025年5月3日或者以后售出，则退货",
            "if it was sold on 2025-05-03 or later, a refund",
        ),
        (
            without(handset(voucher="lost"), *INVOICE),
            "evidence.invoice",
            "如果没有发票，也没有其他证明，则收费修理",
            "if there is neither an invoice nor other proof, repair at a charge",
        ),
        (
            without(handset(claimed_on="2025-03-05", price="1000.00"), "evidence", "voucher"),
            "evidence.voucher",
            "如果三包凭证遗失，则换货",
            "a refund, 1000.00 yuan back",
        ),
        (
            handset(repairs=[{"handed_in_on": "2025-03-20"}], claimed_on="2025-05-12"),
            "repairs[0].delay",
            "因修理者自身原因而延误，则换货",
            "if it is held up by want of parts, free repair",
        ),
    ],
)
def test_which_answer_leads_where(claim: dict[str, Any], field: str, zh: str, en: str) -> None:
    """Each answer is told as a condition with its result, in both languages."""
    assert zh in told(claim)[field]
    assert en in told(claim, "en")[field]


def test_remedies_are_told_where_the_outcome_stays() -> None:
    """Where the outcome is the same, answers are told by what they leave to choose from."""
    claim = handset(
        claimed_on="2025-07-18",
        sold_on="2025-07-02",
        received_on="2025-07-03",
        exchanges=[exchange("2025-07-16")],
        request="refund",
    )
    text = told(without(claim, "evidence", "voucher"))["evidence.voucher"]
    assert "如果三包凭证遗失，则" in text


def test_a_single_day_and_few_faults() -> None:
    """A run of one day is told as that day; few faults by their names before the others."""
    decisions = [sanbao.decide(handset()), sanbao.decide(handset(symptom="none"))]
    days = [date(2025, 3, 3), date(2025, 3, 4)]
    fact = OpenFact(
        "purchase.sold_on",
        (
            OpenAnswer("2025-03-04", decisions[0], days[1], None),
            OpenAnswer("2025-03-03", decisions[1], days[0], days[0]),
        ),
    )
    from sanbao.explain.texts.changes import _answers_text

    assert "如果在2025年3月3日售出，则不适用三包规定" in _answers_text(fact, "zh")
    listed = sanbao.MOBILE_2001.coverage("handset")
    assert listed is not None
    faults = frozenset(listed.faults)
    some = [*sorted(faults - {"keys_fail", "no_ring"}), "keys_fail", "no_ring", "battery_fault"]
    answers = [
        OpenAnswer(code, decisions[code in ("keys_fail", "no_ring", "battery_fault")])
        for code in some
    ]
    text = _answers_text(OpenFact("fault.symptom", tuple(answers), faults), "zh")
    assert text == (
        "如果故障是按键失效或不能振铃，或者故障是电池故障，则不适用三包规定；"
        "如果故障是性能故障表所列的其他故障，则免费修理"
    )
    nothing = OpenFact("fault.symptom", tuple(answers[:2]), faults)
    assert _answers_text(nothing, "zh") == ""


def test_an_answer_that_leaves_nothing_to_choose() -> None:
    """Where answers differ in the choice they leave, one that leaves none is told as it is."""
    from sanbao.explain.texts.changes import _answers_text

    outside = sanbao.decide(handset(symptom="none"))
    same = OpenFact(
        "evidence.voucher", (OpenAnswer("lost", outside), OpenAnswer("intact", outside))
    )
    assert _answers_text(same, "zh") == ""


def test_names_of_fields() -> None:
    """A field is called shortly before its answers, which name its values."""
    assert field_text("evidence.invoice", "zh") == "发票的情况"
    assert field_text("fault.symptom", "zh") == "故障现象"


# --- the day that is near --------------------------------------------------------------------


def near(claim: dict[str, Any]) -> str:
    return near_text(sanbao.decide(claim), "zh")


def test_the_day_that_is_near() -> None:
    """Who still has to find something out hears until when there is time to ask."""
    assert near(NO_SYMPTOM) == "退货至2025年3月10日，还余5天"
    last = without(handset(claimed_on="2025-03-10"), "fault", "symptom")
    assert near(last) == "退货至2025年3月10日，当日即为最后一日"
    text = sanbao.decide(NO_SYMPTOM).explain("zh")
    assert "临近的期限：退货至2025年3月10日，还余5天；请在此前查清并提出要求。" in text
    clerk = sanbao.decide(NO_SYMPTOM).explain("zh", "clerk")
    assert "临近的期限：退货至2025年3月10日，还余5天；在此前查清。" in clerk


@pytest.mark.parametrize(
    "claim",
    [
        without(handset(), "fault", "symptom"),  # the period runs for months
        without(handset(claimed_on="2025-03-12", asked_on="2025-03-05"), "fault", "symptom"),
        NO_SALE,  # no day is known
        handset(),  # nothing is open
        without(handset(claimed_on="2025-03-05", **NOTHING), "fault", "symptom"),
    ],
)
def test_no_day_is_near(claim: dict[str, Any]) -> None:
    """No day presses that is far, kept already, not known, or of something that is settled."""
    assert near(claim) == ""


# --- whole texts -----------------------------------------------------------------------------


def test_one_need_is_told_with_its_answers() -> None:
    """A single need is told in one line; several first as a list, what matters most first."""
    text = sanbao.decide(NO_SYMPTOM).explain("zh")
    assert "还需要知道故障现象：如果" in text
    assert "还需要知道：" not in text
    claim = without(without(handset(claimed_on="2025-03-05"), "fault", "symptom"), *INVOICE)
    claim["evidence"] |= {"voucher": "lost"}
    lines = sanbao.decide(claim).explain("zh").split("\n")
    [place] = [number for number, line in enumerate(lines) if line.startswith("还需要知道：")]
    assert lines[place].startswith("还需要知道：故障现象、发票")
    assert lines[place + 1].startswith("关键是故障现象：如果")
    assert lines[place + 2].startswith("其次是发票的情况：如果")
    clerk = sanbao.decide(claim).explain("zh", "clerk")
    assert clerk.index("问清故障现象：如果") < clerk.index("问清发票的情况：如果")


def test_papers_that_are_not_known_are_no_fact() -> None:
    """What papers may be is not told as what they are."""
    claim = without(handset(claimed_on="2025-03-05", invoice="copy"), "evidence", "voucher")
    claim["request"] = "refund"
    text = sanbao.decide(claim | {"evidence": {"invoice": "none"}}).explain("zh")
    assert "您的凭证（" not in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_need_is_told_in_both_texts(lang: Language) -> None:
    """Consumer and clerk hear of every fact that is needed, in one order."""
    for claim in partial(5, 60):
        decision = sanbao.decide(claim)
        if decision.needs:
            order = [field_text(one.field, lang) for one in open_facts(decision)]
            clerk = decision.explain(lang, "clerk")
            places = [clerk.index(name.split("（")[0].split(":")[0]) for name in order]
            assert all(place >= 0 for place in places)
            consumer = decision.explain(lang)
            assert all(name.split("的情况")[0] in consumer for name in order if lang == "zh")


def test_a_value_without_words_of_its_own_is_said_as_the_fact() -> None:
    """What neither answers nor changes have words for is said as conditions say it."""
    assert changes._answer("product.used", True, "zh")
    assert changes._answer("fault.confirmed", False, "en")
