"""What is advised beside a decision: one contested reading, and nothing that does not fit."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

import sanbao
from claims import MISUSED, exchange, handset, repair
from random_claims import random_claim, with_unknowns
from sanbao import Decision
from sanbao.explain.texts.consumer import grounds, is_at_repairer
from sanbao.explain.texts.titles import display_names
from sanbao.reasons.deciding import OUTSIDE

OVER = {"claimed_on": "2026-05-12"}
"""The period of the ordinary claim is over then."""
CONTESTED = "这一点有不同理解："
DISTANCE = "收货7日内可以无理由退货"


def lines(decision: Decision) -> list[str]:
    """Return what the consumer is told, line by line."""
    return decision.explain("zh").split("\n")


def advice(**changes: Any) -> str:
    """Return what the consumer is told of an ordinary claim with changes, in one."""
    return sanbao.decide(handset(**changes)).explain("zh")


# --- contested readings ----------------------------------------------------------------------


def test_one_contested_reading_unless_another_leads_elsewhere() -> None:
    """At most one is told for each result; in open claims only what would settle them."""
    rng, told = Random(31), 0
    for number in range(90):
        claim = random_claim(rng)
        decision = sanbao.decide(with_unknowns(rng, claim) if number % 2 else claim)
        found = [line for line in lines(decision) if line.startswith(CONTESTED)]
        alone = [one for one in decision.depends_on or () if not one.together_with]
        elsewhere = {one.outcome for one in alone} - {decision.outcome, None}
        if decision.outcome in OUTSIDE:
            elsewhere -= set(OUTSIDE)
            alone = [one for one in alone if one.outcome not in OUTSIDE]
        if decision.outcome is None:
            alone = [one for one in alone if one.outcome is not None]
        assert len(found) == min(2, len(elsewhere) or bool(alone))
        results = [line.rpartition("，")[2] for line in found]
        assert len(set(results)) == len(results)
        assert "仍是尚不能确定" not in "".join(found)
        told += len(found)
    assert told > 10


def test_readings_are_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Working out the readings costs much: all audiences and languages share one answer."""
    from sanbao.reasons import sensitivity

    asked = []
    real = sensitivity.depends_on

    def counting(case: Any) -> Any:
        asked.append(case)
        return real(case)

    monkeypatch.setattr(sensitivity, "depends_on", counting)
    decision = sanbao.decide(handset(claimed_on="2025-03-05"))
    for lang in ("zh", "en"):
        for audience in ("consumer", "clerk", "auditor"):
            decision.explain(lang, audience)
    assert len(asked) == 1


# --- where the guarantees leave nothing ------------------------------------------------------


def test_nobody_is_told_to_claim_again_where_that_leads_nowhere() -> None:
    """Where the period is over as well, a fault that comes later gives nothing."""
    assert "再次申请" in advice(symptom="none")
    text = advice(symptom="none", **OVER)
    assert "再次申请" not in text
    assert "看销售者或生产者是否承诺了更长的保修期" in text
    assert "再次申请" not in advice(invoice="none", voucher="altered")


@pytest.mark.parametrize(
    ("changes", "law"),
    [
        (OVER, "《民法典》第582条"),
        ({"sold_on": "2015-03-02", "claimed_on": "2016-05-12"}, "《合同法》第111条、第155条"),
        ({"sold_on": "2020-03-02", "claimed_on": "2021-05-12"}, "《合同法》第111条、第155条"),
        ({"sold_on": "2021-01-01", "claimed_on": "2022-05-12"}, "《民法典》第582条"),
        ({**OVER, **MISUSED}, ""),
        ({"symptom": "none"}, ""),
    ],
)
def test_the_contract_of_the_time(changes: dict[str, Any], law: str) -> None:
    """The contract is named by the law of the day of delivery, and not for damage."""
    text = advice(**changes)
    assert ("依据买卖合同" in text) == bool(law)
    assert law in text


def test_no_return_in_good_order_of_what_was_damaged() -> None:
    """Who dropped the goods is not told to give them back as they were."""
    early = {"claimed_on": "2025-03-05", "request": "refund"}
    assert DISTANCE in advice(symptom="none", **early)
    damaged = {"cause": "impact", "cause_basis": "consumer"}
    assert DISTANCE not in advice(**early, **damaged)


def test_repairs_before_an_exchange_are_told_where_they_decide() -> None:
    """They count no more: that is said where one more repair might have given more."""
    swapped = {"repairs": [repair("2025-03-12", "2025-03-14")]}
    swapped["exchanges"] = [exchange("2025-04-01")]
    told = "修的是换回的那一台，不再计入"
    assert told in advice(**swapped)
    assert told in advice(**swapped, **OVER)
    assert told not in advice(**swapped, **MISUSED)
    assert told not in advice(**swapped, sold_in_mainland=False)
    assert told not in advice(**{**swapped, "claimed_on": "2025-04-03"})


def test_no_advice_that_contradicts_the_decision() -> None:
    """Whatever the claim, advice fits the grounds, and goods at the repairer stay there."""
    rng, seen = Random(8), {"again": 0, "distance": 0, "there": 0, "back": 0}
    for _ in range(3000):
        claim = random_claim(rng)
        decision = sanbao.decide(claim)
        if decision.outcome not in OUTSIDE and not claim["repairs"]:
            continue
        with display_names(decision):
            standing = [one.rule for one in grounds(decision)]
            there = is_at_repairer(decision)
        text = _cheaply(decision)
        remark = next((line for line in text if line.startswith("您可以这样做：")), "")
        if "再次申请" in remark:
            seen["again"] += 1
            assert len(standing) == 1
        if any(DISTANCE in line for line in text):
            seen["distance"] += 1
            assert not {"art24.misuse", "art24.opened", "art24.force_majeure"} & set(standing)
        if any("自换货之日重新计算（" in line for line in text) and decision.outcome in OUTSIDE:
            seen["back"] += 1
            assert standing[0] == "art24.expired"
        if there:
            seen["there"] += 1
            bring = [line for line in text if line.startswith("请携带：")]
            assert all("商品在修理者处" in line for line in bring)
            assert all(not line.startswith("请携带：商品") for line in bring)
    assert all(seen.values()), seen


def _cheaply(decision: Decision) -> list[str]:
    """Return what the consumer is told, without the readings, which cost much."""
    from sanbao.explain.texts.consumer import explanation

    quiet: Any = _Quiet(decision)
    with display_names(decision):
        return ["".join(_texts(line)) for line in explanation(quiet, "zh")]


def _texts(line: Any) -> list[str]:
    words = line.words
    parts = (words,) if isinstance(words, str) else words
    return [part if isinstance(part, str) else part.text for part in parts]


class _Quiet:
    """A decision that hangs on no reading."""

    depends_on = ()

    def __init__(self, decision: Decision) -> None:
        self._decision = decision

    def __getattr__(self, name: str) -> Any:
        return getattr(self._decision, name)


# --- what is known already -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "there"),
    [
        ({"repairs": [repair("2025-05-01", None)]}, True),
        ({"repairs": [{"handed_in_on": "2025-05-01", "handed_back_on": "2025-06-01"}]}, True),
        ({"repairs": [repair("2025-05-01", "2025-05-03")]}, False),
        ({"repairs": [{"handed_in_on": "2025-06-01"}]}, False),
        (
            {"repairs": [{"handed_in_on": "2025-04-01"}], "exchanges": [exchange("2025-04-20")]},
            False,
        ),
        ({}, False),
    ],
)
def test_goods_at_the_repairer(changes: dict[str, Any], there: bool) -> None:
    """What lies at the repairer is not asked for, and not taken in again."""
    decision = sanbao.decide(handset(**changes))
    assert is_at_repairer(decision) is there
    assert ("商品在修理者处，不必另带" in decision.explain("zh")) is there
    clerk = decision.explain("zh", "clerk")
    assert ("商品已在修理者处，催办修复" in clerk) is there
    assert ("收下商品修理" in clerk) is not there


def test_a_charged_repair_of_what_lies_there() -> None:
    """Nothing is to be brought for it."""
    text = advice(repairs=[{"handed_in_on": "2026-05-11"}], **OVER)
    assert "收费修理" in text
    assert "请携带" not in text


def test_at_the_repairer_as_json_tells() -> None:
    """A decision read from JSON holds no claim, but may say that the goods wait for parts."""
    waiting = handset(repairs=[{"handed_in_on": "2025-05-01", "delay": "parts"}])
    for claim, there in ((waiting, True), (handset(), False)):
        assert is_at_repairer(Decision.from_json(sanbao.decide(claim).to_json())) is there


def test_papers_that_are_not_known_are_told_as_such() -> None:
    """What the papers may be is not told as what they are."""
    rng, open_ = Random(3), 0
    for _ in range(200):
        decision = sanbao.decide(with_unknowns(rng, random_claim(rng)))
        if "evidence.voucher" in decision.needs or "evidence.invoice" in decision.needs:
            unknown = [
                f for f in decision.findings if f.rule.startswith("art9") if f.verdict == "unknown"
            ]
            for line in lines(decision):
                if line.startswith("凭证情况待定，可能是"):
                    open_ += 1
                    assert unknown
    assert open_
