"""The real cases and others like them, each a file of its own with a sentence as name."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from sanbao import Decision, decide

CASES = Path(__file__).parent / "law_oracle" / "cases-2.json"
FILES = sorted((Path(__file__).parent / "scenarios").glob("*.toml"))


def seen(decision: Decision, name: str) -> Any:
    """Return what ``decision`` says under the name of an expectation."""
    lead = "" if decision.lead is None else decision.lead.rule
    remedy = next((remedy for remedy in decision.remedies if remedy.rule == lead), None)
    match name:
        case "outcome":
            return decision.outcome
        case "outcome_open":
            return decision.outcome is None
        case "possible" | "needs":
            return list(getattr(decision, name))
        case "lead":
            return lead
        case "requested_available":
            return decision.requested and decision.requested.available
        case "warnings":
            return [warning.id for warning in decision.warnings]
        case "deducted_days":
            return decision.dates.deducted_days
        case "depends_on":
            return list(dict.fromkeys(one.reading for one in decision.depends_on or ()))
        case "used_days":
            return remedy and remedy.used_days
        case "payable" | "fee":
            return str(getattr(remedy, name))
        case _:
            return str(getattr(decision.dates, name))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_scenario(file: Path) -> None:
    """The decision is as the file expects, point by point."""
    scenario = tomllib.loads(file.read_text("utf-8"))
    decision = decide(scenario["claim"])
    assert scenario["name"][0].isupper()
    assert {name: seen(decision, name) for name in scenario["expect"]} == scenario["expect"]


def test_every_given_case_is_carried_over() -> None:
    """None of the cases that the project was given is missing."""
    given = {case["id"] for case in json.loads(CASES.read_text("utf-8"))}
    given |= {
        "restarts-on-day-9-activated-earlier",
        "liquid-indicator-red",
        "standby-time-short-because-of-own-card",
        "told-to-wait-for-the-new-plan",
        "repaired-but-nobody-called",
        "wants-another-colour",
        "contract-phone-two-repairs",
        "black-screen-on-day-3",
        "dropped-while-taken-out-of-the-pocket",
        "battery-after-half-a-year",
        "worn-keys",
        "papers-lost-factory-date-only",
        "refund-although-in-stock",
        "refund-because-none-in-stock",
    }
    assert given <= {file.stem for file in FILES}
