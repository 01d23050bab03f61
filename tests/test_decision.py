"""The decision as an object: JSON, identity, findings, receipt and warnings."""

from __future__ import annotations

import copy
import json
import pickle
import tomllib
from dataclasses import FrozenInstanceError, fields, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import sanbao
from claims import PROVEN, TWO_EXCHANGES, TWO_REPAIRS, battery, charger, exchange, handset, repair
from sanbao import Decision
from sanbao.base.once import once_property
from sanbao.base.records import canonical_json
from sanbao.dates.calendar import chinese_calendar
from sanbao.policies.mobile_2024 import MOBILE_2024

SCENARIOS = [
    tomllib.loads(file.read_text("utf-8"))["claim"]
    for file in sorted((Path(__file__).parent / "scenarios").glob("*.toml"))
]
CLAIMS = [
    handset(),
    handset(claimed_on="2025-03-05", request="refund"),
    handset(repairs=TWO_REPAIRS, same_model_in_stock=True, request="refund"),
    handset(repairs=[repair("2025-03-10")], request="exchange", plan_bundled=True),
    handset(claimed_on="2026-09-01", request="repair"),
    handset(sold_on="2031-06-03", claimed_on="2031-06-04", cause="liquid"),
    battery(exchanges=TWO_EXCHANGES, battery_capacity=75.5, gift=True),
    charger(bought_with_phone=None, price=None),
    {"claimed_on": "2025-05-12", "product": {"kind": "handset"}},
    {"claimed_on": "2025-05-12", "product": {"kind": "other"}},
    *SCENARIOS,
]
PARTS = [field.name for field in fields(Decision)]
BEIJING = {"province": "CN-BJ", "trader_province": "CN-BJ"}
"""A place whose own regulation, were there one, would not be told of."""


def twin(decision: Decision) -> Decision:
    """Return the decision that was read from the JSON of another."""
    return Decision.from_json(decision.to_json())


# --- JSON and identity ----------------------------------------------------------------


@pytest.mark.parametrize("claim", CLAIMS, ids=range(len(CLAIMS)))
def test_json(claim: dict[str, Any]) -> None:
    """Through JSON and back every part is equal, and the text is the same."""
    decision = sanbao.decide(claim)
    text = decision.to_json()
    read = Decision.from_json(text)
    for name in PARTS:
        assert getattr(read, name) == getattr(decision, name), name
    assert read == decision
    assert decision == read
    assert hash(read) == hash(decision)
    assert repr(read) == repr(decision)
    assert read.to_json() == text
    assert Decision.from_json(text.encode()) == decision
    # what holds its claim can tell more: what a local regulation would give elsewhere, where the
    # answers to open questions lead, and that the goods are at the repairer already
    more = set(read.explain("en").splitlines()) - set(decision.explain("en").splitlines())
    assert all(line.startswith(("Still to be known: ", "Bring: ")) for line in more)
    placed = sanbao.decide({**claim, "purchase": {**claim.get("purchase", {}), **BEIJING}})
    more = set(Decision.from_json(placed.to_json()).explain("en").splitlines())
    more -= set(placed.explain("en").splitlines())
    assert bool(more) <= bool(placed.needs or placed.case.claim.repairs)
    assert all(line.startswith(("Still to be known: ", "Bring: ")) for line in more)
    assert read.to_html("zh")  # a page says more of a decision that holds its claim


@pytest.mark.parametrize("claim", CLAIMS, ids=range(len(CLAIMS)))
def test_the_json_is_canonical(claim: dict[str, Any]) -> None:
    """Keys are sorted, nothing is spaced, and the keys are the parts of the decision."""
    decision = sanbao.decide(claim)
    data = json.loads(decision.to_json())
    assert data == decision.to_dict()
    assert list(data) == sorted(PARTS)
    assert decision.to_json() == json.dumps(
        data, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )


def test_money_and_days_in_json() -> None:
    """Money is a string with two decimals, days are ISO, unknown is null."""
    data = sanbao.decide(CLAIMS[2]).to_dict()
    [refund] = [remedy for remedy in data["remedies"] if remedy["rule"] == "art19.refund"]
    assert (refund["price"], refund["fee"], refund["payable"]) == ("3000.00", "975.00", "2025.00")
    assert (refund["rate_per_day"], refund["used_days"]) == ("0.005", 65)
    assert data["dates"]["claimed_on"] == "2025-05-12"
    readings = [entry["reading"] for entry in data["depends_on"]]
    assert readings[:2] == ["repair_days", "depreciation_days"]


@pytest.mark.parametrize(
    "remake",
    [
        copy.copy,
        copy.deepcopy,
        lambda decision: pickle.loads(pickle.dumps(decision)),  # noqa: S301
        twin,
        replace,
    ],
)
@pytest.mark.parametrize("claim", [CLAIMS[2], CLAIMS[8]])
def test_copies(claim: dict[str, Any], remake: Any) -> None:
    """A copy, in whatever way it is made, is equal and gives the same text."""
    decision = sanbao.decide(claim)
    same = remake(decision)
    assert isinstance(same, Decision)
    assert same == decision
    assert hash(same) == hash(decision)
    assert same.to_json() == decision.to_json()


def test_equality() -> None:
    """Decisions are equal if all their parts are, and equal to nothing else."""
    decision = sanbao.decide(handset())
    assert decision == sanbao.decide(handset())
    assert decision != sanbao.decide(handset(claimed_on="2025-05-13"))
    assert decision != sanbao.decide(handset(imei="490154203237518"))  # another claim's hash
    assert decision != decision.to_dict()
    assert decision != replace(decision, needs=("purchase.price",))
    assert len({decision, sanbao.decide(handset()), twin(decision)}) == 1


def test_it_does_not_depend_on_what_was_looked_at() -> None:
    """In whatever order the parts are looked at, the text is the same."""
    wanted = sanbao.decide(CLAIMS[3]).to_json()
    for name in PARTS:
        decision = sanbao.decide(CLAIMS[3])
        first = getattr(decision, name)
        assert getattr(decision, name) is first
        assert decision.to_json() == wanted


def test_it_does_not_change() -> None:
    """No part of a decision can be set or deleted, looked at or not."""
    decision = sanbao.decide(handset())
    for name in ("outcome", "needs", "colour"):
        with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
            setattr(decision, name, None)
    with pytest.raises(FrozenInstanceError):
        del decision.outcome
    with pytest.raises(TypeError):
        decision.verdicts["art11.refund"] = "holds"  # type: ignore[index]
    assert decision.outcome == "free_repair"


@pytest.mark.parametrize("remake", [lambda decision: decision, twin])
def test_an_attribute_nobody_knows(remake: Any) -> None:
    """A part that a decision does not have is an AttributeError that names it."""
    decision = remake(sanbao.decide(handset()))
    with pytest.raises(AttributeError, match="no attribute 'colour'"):
        _ = decision.colour
    assert not hasattr(decision, "_colour")


@pytest.mark.parametrize(
    "change",
    [
        {"colour": "red"},
        {"outcome": "gift"},
        {"possible": "refund"},
        {"findings": None},
        {"findings": [{"rule": "x"}]},
        {"dates": {}},
        {"remedies": [{"remedy": "refund"}]},
        {"receipt": None},
        {"needs": [7]},
    ],
)
def test_json_that_is_no_decision(change: dict[str, Any]) -> None:
    """Unknown keys and values of the wrong type are refused by the path of the key."""
    data = sanbao.decide(handset()).to_dict() | change
    with pytest.raises(sanbao.ValidationError) as caught:
        Decision.from_json(json.dumps(data))
    [key] = change
    assert {problem.field.partition(".")[0] for problem in caught.value.problems} == {key}


@pytest.mark.parametrize("text", ["", "null", "[]", "{", b"\xff"])
def test_text_that_is_no_decision(text: str | bytes) -> None:
    """Text that holds no JSON object is refused as a decision."""
    with pytest.raises(sanbao.ValidationError, match=r"(?m)^decision = "):
        Decision.from_json(text)


def test_json_with_a_reading_nobody_knows() -> None:
    """The readings in a receipt are checked like any others."""
    data = sanbao.decide(handset()).to_dict()
    data["receipt"]["readings"]["rounding"] = "up"
    with pytest.raises(sanbao.ValidationError, match="up"):
        Decision.from_json(json.dumps(data))


# --- findings -------------------------------------------------------------------------


@pytest.mark.parametrize("remake", [lambda decision: decision, twin])
def test_findings_are_a_sequence(remake: Any) -> None:
    """Findings have a length, places from both ends, slices and an order."""
    found = remake(sanbao.decide(handset())).findings
    every = tuple(found)
    assert len(found) == len(every) == len(sanbao.MOBILE_2001.rules)
    assert found[0] == every[0]
    assert found[-1] == every[-1]
    assert found[2:5] == every[2:5]
    assert found[::-2] == every[::-2]
    assert found[100:] == ()
    assert every[3] in found
    assert found.index(every[3]) == 3
    assert list(reversed(found)) == list(every[::-1])
    assert repr(found) == repr(every)
    for index in (len(found), -len(found) - 1):
        with pytest.raises(IndexError):
            found[index]


def test_a_finding_on_no_rule() -> None:
    """One made, one made by several, and one read from JSON know their rules, and no other."""
    promised = {**handset(), "commitments": ["vivo-2016"]}
    for decision in (sanbao.decide(handset()), sanbao.decide(promised)):
        for one in (decision, twin(decision)):
            assert [one.finding(rule) for rule in one.verdicts] == list(one.findings)
            with pytest.raises(KeyError, match="art99"):
                one.finding("art99.nothing")


def test_findings_are_equal_by_content() -> None:
    """Findings just made and findings read are equal, hash alike, and differ from others."""
    decision = sanbao.decide(handset())
    made, read = decision.findings, twin(decision).findings
    assert made == read
    assert read == made
    assert hash(made) == hash(read)
    assert made != sanbao.decide(battery()).findings
    assert twin(decision).verdicts == decision.verdicts
    assert list(decision.verdicts) == [finding.rule for finding in made]


@pytest.mark.parametrize("rule", [rule.id for rule in sanbao.MOBILE_2001.rules])
def test_a_finding_by_its_rule(rule: str) -> None:
    """A finding is found by its rule, and says what the verdicts say."""
    decision = sanbao.decide(handset(repairs=TWO_REPAIRS))
    finding = decision.finding(rule)
    assert finding.rule == rule
    assert finding.verdict == decision.verdicts[rule]
    assert decision.finding(rule) == finding


@pytest.mark.parametrize("rule", ["", "art99.gift", "art15.loaner"])
def test_a_finding_there_is_not(rule: str) -> None:
    """A rule that gives no finding is a KeyError that names it."""
    with pytest.raises(KeyError, match=repr(rule)):
        sanbao.decide(handset()).finding(rule)


@pytest.mark.parametrize("claim", CLAIMS, ids=range(len(CLAIMS)))
def test_findings_fit_their_checks(claim: dict[str, Any]) -> None:
    """A check holds exactly where its margin is not negative; what is unknown says so."""
    decision = sanbao.decide(claim)
    assert (decision.lead is None) == (decision.outcome is None)
    assert (decision.outcome is None) == (len(decision.possible) > 1)
    for finding in decision.findings:
        assert finding.citations
        assert (finding.verdict == "barred") == bool(finding.barred_by)
        for check in finding.checks:
            if check.margin is not None:
                assert check.holds == (check.margin >= 0)
            if check.actual is None:
                assert check.holds is None


# --- receipt --------------------------------------------------------------------------


def test_hashes_of_the_receipt() -> None:
    """The hashes are SHA-256 of the canonical JSON of the claim and of the policy."""
    claim = sanbao.Claim.model_validate(handset())
    receipt = sanbao.decide(claim).receipt
    assert receipt.claim_sha256 == sha256(claim.to_json().encode()).hexdigest()
    policy = sha256(canonical_json(MOBILE_2024).encode()).hexdigest()
    assert receipt.policy_sha256 == policy
    assert receipt.policy == "cn.mobile-2001@2024-07-01"
    older = sanbao.decide(handset(sold_on="2024-06-03")).receipt
    assert older.policy_sha256 == sha256(canonical_json(sanbao.MOBILE_2001).encode()).hexdigest()
    assert older.policy == "cn.mobile-2001@2001-11-15"
    assert receipt.library == sanbao.__version__
    assert receipt.calendar == chinese_calendar().id
    assert receipt.readings == sanbao.Readings()


@pytest.mark.parametrize(
    ("change", "options", "changed"),
    [
        ({"price": "3000.01"}, {}, {"claim_sha256"}),
        ({"price": "3000"}, {}, set()),
        ({"request": "repair"}, {}, {"claim_sha256"}),
        ({}, {"readings": sanbao.Readings(rounding="down")}, {"readings"}),
        (
            {},
            {"calendar": chinese_calendar().with_year(2027, days_off=[date(2027, 1, 1)])},
            {"calendar", "calendar_last_known_year"},
        ),
        (
            {},
            {"calendar": chinese_calendar().with_year(2005, days_off=[date(2005, 1, 1)])},
            {"calendar"},
        ),
        (
            {},
            {"policy": replace(MOBILE_2024, version="2")},
            {"policy", "policy_sha256"},
        ),
        ({}, {"policy": replace(MOBILE_2024, title_en="?")}, {"policy_sha256"}),
    ],
)
def test_the_receipt_changes_with_what_decided(
    change: dict[str, Any], options: dict[str, Any], changed: set[str]
) -> None:
    """Another claim, policy, calendar or reading changes its part of the receipt, no other."""
    before = sanbao.decide(handset()).receipt
    after = sanbao.decide(handset(**change), **options).receipt
    names = [field.name for field in fields(before)]
    assert {name for name in names if getattr(before, name) != getattr(after, name)} == changed


# --- what is odd ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "warnings"),
    [
        ({}, []),
        (
            {"activated_on": "2025-03-02"},
            [("activated_before_sale", "evidence.activated_on", "2025-03-02")],
        ),
        (
            {"activated_on": "2025-05-13"},
            [("activated_after_claim", "evidence.activated_on", "2025-05-13")],
        ),
        (
            {"invoiced_on": "2025-03-01"},
            [("invoice_before_sale", "purchase.invoiced_on", "2025-03-01")],
        ),
        (
            {"received_on": "2025-03-01"},
            [("received_before_sale", "purchase.received_on", "2025-03-01")],
        ),
        (
            {"received_on": "2025-05-20"},
            [("received_after_claim", "purchase.received_on", "2025-05-20")],
        ),
        (
            {"manufactured_on": "2025-03-04"},
            [("made_after_sale", "evidence.manufactured_on", "2025-03-04")],
        ),
        (
            {"manufactured_on": "2025-05-13", "sold_on": None},
            [("made_after_sale", "evidence.manufactured_on", "2025-05-13")],
        ),
        ({"manufactured_on": "2025-03-03", "received_on": "2025-03-03"}, []),
        ({"activated_on": "2025-03-02", "sold_on": None}, []),
        (
            {"exchanges": [exchange("2025-03-04"), exchange("2025-03-02")]},
            [("exchange_before_sale", "exchanges[1].exchanged_on", "2025-03-02")],
        ),
        ({"exchanges": [exchange("2025-03-02")], "sold_on": None}, []),
        (
            {"repairs": [repair("2025-05-13", "2025-05-14")]},
            [("repair_after_claim", "repairs[0].handed_in_on", "2025-05-13")],
        ),
        (
            {"repairs": [repair("2025-05-10", "2025-05-14")]},
            [("hand_back_after_claim", "repairs[0].handed_back_on", "2025-05-14")],
        ),
        ({"repairs": [repair("2025-05-10", "2025-05-11"), repair("2025-05-12")]}, []),
        (
            {"repairs": [repair("2025-04-10"), repair("2025-04-20"), repair("2025-04-30")]},
            [
                ("two_open_repairs", "repairs[1].handed_in_on", "2025-04-20"),
                ("two_open_repairs", "repairs[2].handed_in_on", "2025-04-30"),
            ],
        ),
        (
            {
                "activated_on": "2025-03-01",
                "invoiced_on": "2025-03-01",
                "received_on": "2025-03-01",
            },
            [
                ("activated_before_sale", "evidence.activated_on", "2025-03-01"),
                ("invoice_before_sale", "purchase.invoiced_on", "2025-03-01"),
                ("received_before_sale", "purchase.received_on", "2025-03-01"),
            ],
        ),
    ],
)
def test_warnings(changes: dict[str, Any], warnings: list[tuple[str, str, str]]) -> None:
    """What is odd but possible is decided, and named with its field and value."""
    decision = sanbao.decide(handset(**changes))
    assert [(odd.id, odd.field, odd.value) for odd in decision.warnings] == warnings
    assert decision.possible


def test_lesser_papers_give_findings_with_what_barred_them() -> None:
    """A right that the papers do not carry is barred by the grade that they make."""
    finding = sanbao.decide(handset(claimed_on="2025-03-05", **PROVEN)).finding("art11.refund")
    assert (finding.verdict, finding.barred_by) == ("barred", ("art9.proven",))


def test_neither_decision_nor_findings_can_be_changed() -> None:
    """What the engine has made cannot be set, reset or deleted; the case behind it included."""
    decision: Any = sanbao.decide(handset())
    with pytest.raises(FrozenInstanceError):
        decision.outcome = "refund"
    with pytest.raises(FrozenInstanceError):
        decision.case = None
    with pytest.raises(FrozenInstanceError):
        del decision.outcome
    with pytest.raises(AttributeError):
        decision.findings.case = None
    assert decision == sanbao.decide(handset())


def test_a_part_is_worked_out_once_and_the_class_tells_what_it_is() -> None:
    worked_out: list[object] = []

    class Thing:
        @once_property
        def part(self) -> str:
            """What it is."""
            worked_out.append(self)
            return "part"

    thing = Thing()
    assert (thing.part, thing.part, worked_out) == ("part", "part", [thing])
    assert Thing.part.__doc__ == "What it is."
    assert worked_out == [thing]
