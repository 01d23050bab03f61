"""Decisions in brief: what a summary says is what the decision says, and no more is worked out."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sanbao
from claims import TWO_REPAIRS, handset
from random_claims import random_claim, with_unknowns
from sanbao import Claim, Decision, Summary
from sanbao.base.records import to_plain
from sanbao.cli.entry import main
from sanbao.evaluation.parts import plans

claims = st.builds(random_claim, st.randoms(use_true_random=False))
partial_claims = st.builds(with_unknowns, st.randoms(use_true_random=False), claims)

KEYS = {
    "outcome",
    "possible",
    "policy",
    "lead",
    "requested",
    "remedies",
    "obligations",
    "dates",
    "provisional",
    "warnings",
    "needs",
    "receipt",
}
"""What the JSON contract lists of a summary."""


def in_brief(whole: dict[str, Any]) -> dict[str, Any]:
    """Return of a decision as plain data what the contract lists of its summary."""
    lead, receipt = whole["lead"], whole["receipt"]
    brief = {key: whole[key] for key in KEYS}
    if lead is not None:
        named = [str(sanbao.Citation(**cited)) for cited in lead["citations"]]
        brief["lead"] = {**lead, "citations": named}
    brief["remedies"] = [
        {key: one[key] for key in ("remedy", "rule", "policy", "owed_by", "payable", "fee")}
        for one in whole["remedies"]
    ]
    brief["obligations"] = [{key: one[key] for key in ("id", "on")} for one in whole["obligations"]]
    brief["receipt"] = {key: receipt[key] for key in ("policy_sha256", "claim_sha256")}
    return brief


@given(claims | partial_claims)
def test_a_summary_says_what_the_decision_says(claim: dict[str, Any]) -> None:
    """Key by key; and reading its JSON back gives an equal summary."""
    decision = sanbao.decide(claim)
    summary = decision.summary()
    assert to_plain(summary) == in_brief(decision.to_dict())
    assert Summary.from_json(summary.to_json()) == summary
    assert json.loads(summary.to_json()) == to_plain(summary)


def test_a_stored_decision_has_one_too() -> None:
    """A decision that was read from JSON has the summary that it had."""
    decision = sanbao.decide(handset(repairs=TWO_REPAIRS, request="refund"))
    assert Decision.from_json(decision.to_json()).summary() == decision.summary()


def test_neither_findings_nor_readings_are_worked_out() -> None:
    """What a till does not need is not formed for it, whatever the claim."""
    rng = Random(17)
    for _ in range(300):
        decision = sanbao.decide(random_claim(rng))
        decision.summary()
        parts = decision._parts
        formed = {*vars(parts), *(work.__name__ for work in decision.case.memory)}
        assert "dates" in formed
        assert not formed & {"findings", "_depends_on", "_checks_made"}


def test_it_is_small() -> None:
    """A till gets some 2 KB, less than a tenth of the whole."""
    decision = sanbao.decide(handset(repairs=TWO_REPAIRS, request="refund"))
    assert len(decision.summary().to_json()) < 2048
    assert len(decision.summary().to_json()) * 10 < len(decision.to_json())


def test_rules_are_named_by_policy_and_id() -> None:
    """Lead and remedies name their rule as the decision does."""
    summary = sanbao.decide(handset(repairs=TWO_REPAIRS)).summary()
    assert summary.lead is not None
    assert summary.lead.ref in {one.ref for one in summary.remedies}


@pytest.mark.parametrize("arguments", [["--format", "summary"], ["--summary"]])
def test_on_the_command_line(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One claim, and lines of them."""
    texts = [Claim.model_validate(random_claim(Random(seed))).to_json() for seed in range(3)]
    wanted = [sanbao.decide(Claim.from_json(text)).summary().to_json() for text in texts]
    one, many = tmp_path / "claim.json", tmp_path / "claims.jsonl"
    one.write_text(texts[0], "utf-8")
    many.write_text("\n".join(texts), "utf-8")
    assert main(["decide", str(one), *arguments]) == 0
    assert capsys.readouterr().out.splitlines() == wanted[:1]
    assert main(["decide", "--lines", str(many), *arguments]) == 0
    assert capsys.readouterr().out.splitlines() == wanted


def test_plans_do_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """What alike claims have in common is forgotten when it is too much, and worked out again."""
    monkeypatch.setattr(plans, "_MOST", 1)
    rng = Random(5)
    some = [random_claim(rng) for _ in range(20)]
    engine = sanbao.Engine()
    again = [engine.decide(claim).summary() for claim in (*some, *some)]
    assert again[:20] == again[20:] == [sanbao.decide(claim).summary() for claim in some]
