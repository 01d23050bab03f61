"""A law brings facts of its own, and its rules ask for them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import polars as pl
import pytest

from sanbao import Policy, PolicySet, ValidationError, compare, decide
from sanbao.audit import decide_table
from sanbao.explain.words.catalogue import Language
from sanbao.model.facts import Facts, facts_record
from sanbao.rules.policy_file.reader import to_toml
from sanbao.rules.versions import Versions

FILE: Final = Path(__file__).parent / "policies" / "fixed-2001.toml"
CLAIM: Final[dict[str, Any]] = {
    "claimed_on": "2025-07-05",
    "product": {"kind": "corded_phone"},
    "purchase": {"sold_on": "2025-07-01", "price": "300.00"},
    "evidence": {"invoice": "copy", "voucher": "lost"},
    "fault": {"symptom": "no_dial_tone", "cause": "defect"},
}
FACTS: Final = """
[[derived]]
name = "never_used"
type = "yes/no"
by = "not product.used"
cites = [{ law = "cn.fixed-2001", article = 4 }]
title = ["从未使用", "never used"]

[[derived]]
name = "shelf_start"
type = "date"
by = "evidence.manufactured_on + 30"
cites = [{ law = "cn.fixed-2001", article = 4 }]
title = ["出厂后第30日", "the 30th day after it was made"]
"""
UNUSED: Final = """
[[bars]]
id = "art24.unused"
when = "never_used"
cites = [{ law = "cn.fixed-2001", article = 24 }]
title = ["从未使用的电话机", "telephones never used"]
"""
SHELF: Final = """
[[bars]]
id = "art24.shelf"
when = { op = "at_most_ago", fact = "shelf_start", days = 10 }
cites = [{ law = "cn.fixed-2001", article = 24 }]
title = ["出厂不久的电话机", "telephones made not long ago"]
"""


def law(*tables: str) -> Policy:
    """Return the law for fixed telephones with more tables."""
    return read(FILE.read_text("utf-8") + "".join(tables))


def read(text: str) -> Policy:
    """Return the newest version of the law that a text is."""
    with TemporaryDirectory() as folder:
        (path := Path(folder, "law.toml")).write_text(text, "utf-8")
        found = PolicySet.load(path).get("cn.fixed-2001")
    return found.newest if isinstance(found, Versions) else found


def claim(**parts: dict[str, Any]) -> dict[str, Any]:
    """Return the claim with parts of it changed."""
    return {**CLAIM, **{name: {**CLAIM[name], **part} for name, part in parts.items()}}


def test_a_rule_asks_a_fact_of_its_own_law() -> None:
    own = law(FACTS, UNUSED)
    for used, outcome in ((False, "paid_repair"), (True, "refund")):
        stated = claim(product={"used": used})
        decision = decide(stated, own)
        assert decision.outcome == outcome
        (finding,) = (one for one in decision.findings if one.rule == "art24.unused")
        assert [check.fact for check in finding.checks] == ["never_used"]
        (case,) = decision.case.evaluations
        assert getattr(case.facts, "never_used") is not used  # noqa: B009 - of this law alone


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_called_by_its_title(lang: Language) -> None:
    text = decide(claim(product={"used": False}), law(FACTS, UNUSED)).explain(
        lang, audience="auditor"
    )
    assert ("从未使用" if lang == "zh" else "never used") in str(text)


def test_what_it_follows_from_is_asked_for() -> None:
    facts = FACTS.replace("not product.used", "product.bought_with_phone")
    decision = decide(CLAIM, law(facts, UNUSED))
    assert (decision.outcome, decision.needs) == (None, ("product.bought_with_phone",))
    assert set(decision.possible) == {"refund", "paid_repair"}


def test_a_day_of_its_own_is_counted_from() -> None:
    own = law(FACTS, SHELF)
    claimed = date(2025, 7, 5)
    for days, outcome in ((30, "paid_repair"), (40, "paid_repair"), (41, "refund")):
        made = str(claimed - timedelta(days=days))
        assert decide(claim(evidence={"manufactured_on": made}), own).outcome == outcome
    why = decide(claim(evidence={"manufactured_on": "2025-06-01"}), own).why_not("refund")
    assert "shelf_start" in str(why.to_json())


def test_a_window_from_a_day_of_its_own_may_hang_on_readings() -> None:
    """How its last day rolls is a question like that of any window."""
    window = SHELF.replace("at_most_ago", "window")
    claims = claim(evidence={"manufactured_on": "2025-05-26"})  # day 10 is Saturday 5 July
    decision = decide({**claims, "claimed_on": "2025-07-05"}, law(FACTS, window))
    assert {one.reading for one in decision.depends_on or ()} >= {"first_day"}


def test_there_and_back() -> None:
    own = law(FACTS, UNUSED, SHELF)
    assert read(to_toml(own)) == own


def test_only_what_is_declared_can_be_asked() -> None:
    with pytest.raises(ValidationError, match="never_used"):
        law(UNUSED)
    wrong = UNUSED.replace('"never_used"', '{ op = "at_least", fact = "shelf_start", value = 1 }')
    with pytest.raises(ValidationError, match="a date cannot be asked this"):
        law(FACTS, wrong)
    untitled = re.sub(r'title = \["从未使用.*\n', "", FACTS)
    with pytest.raises(ValidationError, match="never_used"):
        law(untitled, UNUSED)


def test_laws_that_tell_claims_apart_by_it_are_compared() -> None:
    report = compare(law(FACTS), law(FACTS, UNUSED))
    assert report.divergences
    assert "never_used" in report.to_json()
    with pytest.raises(ValidationError, match=r"derived\.shelf_start"):
        compare(law(FACTS), law(FACTS, SHELF))


def test_the_record() -> None:
    record = facts_record(("one", "two"))
    assert facts_record(()) is Facts
    made = record._make([*range(len(Facts._fields)), "a", "b"])
    assert [*made, *made[-2:]] == [*range(len(Facts._fields)), "a", "b", "a", "b"]
    anything: Any = made
    changed = anything._replace(two="c")
    assert (changed.one, changed.two, changed.kind) == ("a", "c", Facts._fields.index("kind"))


def test_tables_are_decided_by_it() -> None:
    own = law(FACTS, UNUSED, SHELF)
    made = [None, "2025-05-26", "2025-06-01", "2024-01-01"]
    used = [True, False]
    rows = [
        claim(product={"used": one}, evidence={"manufactured_on": day})
        for one in used
        for day in made
    ]
    table = pl.DataFrame(
        {
            "claimed_on": [row["claimed_on"] for row in rows],
            "kind": [row["product"]["kind"] for row in rows],
            "used": [row["product"]["used"] for row in rows],
            "sold_on": [row["purchase"]["sold_on"] for row in rows],
            "price": [row["purchase"]["price"] for row in rows],
            "invoice": [row["evidence"]["invoice"] for row in rows],
            "voucher": [row["evidence"]["voucher"] for row in rows],
            "manufactured_on": [row["evidence"]["manufactured_on"] for row in rows],
            "symptom": [row["fault"]["symptom"] for row in rows],
            "cause": [row["fault"]["cause"] for row in rows],
        }
    )
    decided = decide_table(table, policy=own)
    assert decided["outcome"].to_list() == [decide(row, own).outcome for row in rows]
    assert set(decided["outcome"]) == {"refund", "paid_repair", None}
