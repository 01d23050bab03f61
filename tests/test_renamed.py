"""Ids that were corrected: every door refuses the old one and names the new."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

import sanbao
from claims import LAW, MISUSED, handset
from sanbao.audit.tables.input.mapping import mapped
from sanbao.base.renamed import RENAMED, renamed
from sanbao.policies.library import combined, load
from sanbao.rules.combined import Combined
from sanbao.rules.conditions import Under
from sanbao.rules.policy import Article, Bar, Exclusion, Obligation, Policy
from sanbao.statespace.comparison import Comparison
from sanbao.statespace.verification import Verification
from small_policies import INSIDE, WITHIN_7, WITHIN_15, exchange, repair, small

LAW_2001 = sanbao.MOBILE_2001
NEW_IDS = {part.id for part in (*LAW_2001.rules, *LAW_2001.obligations)}
HEAD = f"""
id = "test-promise"
version = "1"
kind = "commitment"
beside = "{LAW}"
title_zh = "承诺"
title_en = "promise"
in_force_from = 2020-01-01
source = "here"
read_on = 2026-01-01
"""


def told(error: pytest.ExceptionInfo[sanbao.ValidationError]) -> list[tuple[str, str, str]]:
    """Return field, value and reason of every problem."""
    return [(one.field, one.value, one.reason) for one in error.value.problems]


def aged(text: str, new: str, old: str) -> str:
    """Return a JSON text as it was written when ``new`` still was ``old``."""
    assert f'{new}"' in text
    return text.replace(f'{new}"', f'{old}"')


@pytest.mark.parametrize(("old", "new"), RENAMED.items())
def test_every_old_id_has_a_new_one(old: str, new: str) -> None:
    """What is named instead exists, and nothing bears an old id any more."""
    assert new in NEW_IDS
    assert old not in NEW_IDS
    assert renamed(old) == f"is now {new}"
    assert renamed(f"vivo-2016:{old}") == renamed(f"verdicts.{old}") == f"is now {new}"
    assert renamed(new) is None


@pytest.mark.parametrize(
    "name", ["", "art23", "xart23.misuse", "art23.misuse.x", "see art23.misuse", 5]
)
def test_other_names_are_left_alone(name: object) -> None:
    """Only the very id counts."""
    assert renamed(name) is None


# --- policies in Python -------------------------------------------------------------------


def entry(part: str, new: str, old: str) -> dict[str, Any]:
    """Return the change that gives an entry of the law its old id again."""
    entries = getattr(LAW_2001, part)
    return {part: tuple(replace(one, id=old) if one.id == new else one for one in entries)}


PARTS = {Bar: "bars", Exclusion: "exclusions", Obligation: "obligations"}


@pytest.mark.parametrize(("old", "new"), RENAMED.items())
def test_a_rule_of_a_policy(old: str, new: str) -> None:
    """A policy whose rule still has its old id cannot be made, nor read from JSON or a pickle."""
    kind = next(type(one) for one in (*LAW_2001.rules, *LAW_2001.obligations) if one.id == new)
    with pytest.raises(sanbao.ValidationError) as caught:
        replace(LAW_2001, **entry(PARTS[kind], new, old))
    assert ("rules", f"'{old}'", f"is now {new}") in told(caught)
    with pytest.raises(sanbao.ValidationError) as read:
        Policy.from_json(aged(LAW_2001.to_json(), new, old))
    assert {reason for _, _, reason in told(read)} == {f"is now {new}"}


def test_what_names_a_rule_of_a_policy() -> None:
    """Preference, despite, carries_under, what a right rests on and articles name ids too."""
    again = LAW_2001.right("art10.again")
    rest = [right for right in LAW_2001.rights if right is not again]
    grade, *grades = LAW_2001.grades
    carries = ((("art24.gift"), Under("refund_papers", "refund")),)
    owed = sanbao.rules.conditions.Owed(("app3.no_fault",))
    _, *articles = LAW_2001.articles
    for changes, problem in (
        (
            {"preference": (*LAW_2001.preference, "art23.misuse")},
            ("preference", "'art23.misuse'", "is now art24.misuse"),
        ),
        (
            {"rights": (*rest, replace(again, despite=("art23.expired",)))},
            ("art10.again", "'art23.expired'", "is now art24.expired"),
        ),
        (
            {"grades": (replace(grade, carries_under=carries), *grades)},
            (grade.id, "'art24.gift'", "is now art23.gift"),
        ),
        (
            {"rights": (*rest, replace(again, when=owed))},
            ("art10.again", "'app3.no_fault'", "is now art10.no_fault"),
        ),
        (
            {"articles": (Article(1, "confirmed", rules=("app3.sim_data",)), *articles)},
            ("articles.1", "'app3.sim_data'", "is now art10.sim_data"),
        ),
    ):
        with pytest.raises(sanbao.ValidationError) as caught:
            replace(LAW_2001, **changes)
        assert problem in told(caught)


# --- policy files --------------------------------------------------------------------------

WRITTEN = [
    ('[[bars]]\nid = "art23.misuse"\nalleged = "none"\n', "bars[0].id", "art24.misuse"),
    ('[[exclusions]]\nid = "app3.no_fault"\nwhen = "gift"\n', "exclusions[0].id", "art10.no_fault"),
    ('[[obligations]]\nid = "art24.gift"\ndays = 1\n', "obligations[0].id", "art23.gift"),
    (
        '[[rights]]\nid = "art10.repair"\ndespite = ["art23.expired"]\n',
        "rights[0].despite[0]",
        "art24.expired",
    ),
    ('preference = ["art23.voucher"]\n', "preference[0]", "art24.voucher"),
    (
        '[[grades]]\nid = "art9.proven"\ncarries_under = [["art23.opened", '
        '{ op = "under", reading = "refund_papers", value = "refund" }]]\n',
        "grades[0].carries_under[0][0]",
        "art24.opened",
    ),
    (
        f'[[conditions]]\nrights = ["art23.no_evidence"]\nwhen = "gift"\n'
        f'cites = [{{ law = "{LAW}", article = 4 }}]\n',
        "conditions[0].rights[0]",
        "art24.no_evidence",
    ),
    (
        '[[articles]]\nnumber = 4\ncertainty = "confirmed"\nrules = ["art23.force_majeure"]\n',
        "articles[0].rules[0]",
        "art24.force_majeure",
    ),
]


@pytest.mark.parametrize(("text", "field", "new"), WRITTEN)
def test_a_policy_file(text: str, field: str, new: str, tmp_path: Any) -> None:
    """Wherever a file has an old id, its line and key are told with the new one."""
    file = tmp_path / "promise.toml"
    file.write_text(HEAD + text, "utf-8")
    with pytest.raises(sanbao.ValidationError) as caught:
        load(file)
    found = {one.field: one for one in caught.value.problems}
    assert found[field].reason == f"is now {new}"
    assert found[field].line is not None


def test_a_policy_file_in_json(tmp_path: Any) -> None:
    """A whole policy as JSON is refused with the same words."""
    file = tmp_path / "law.json"
    file.write_text(aged(LAW_2001.to_json(), "art24.misuse", "art23.misuse"), "utf-8")
    with pytest.raises(sanbao.ValidationError) as caught:
        load(file)
    assert {one.reason for one in caught.value.problems} == {"is now art24.misuse"}


def test_a_rule_with_an_old_id_is_told_once(tmp_path: Any) -> None:
    """Nothing else is said of an entry whose only mistake is its id."""
    file = tmp_path / "promise.toml"
    file.write_text(f'{HEAD}[[bars]]\nid = "art23.misuse"\nalleged = "none"\n', "utf-8")
    with pytest.raises(sanbao.ValidationError) as caught:
        load(file)
    assert [one.reason for one in caught.value.problems] == ["is now art24.misuse"]


# --- mappings and stored results ---------------------------------------------------------------


def test_a_mapping() -> None:
    """A mapping of columns that names a rule of old is told the new id."""
    with pytest.raises(sanbao.ValidationError) as caught:
        mapped(pl.DataFrame({"claimed_on": [], "kind": []}), columns={"app3.no_fault": "x"})
    assert told(caught) == [("columns", "'app3.no_fault'", "is now art10.no_fault")]


def test_a_stored_decision() -> None:
    """A decision from before names rules by other ids, in findings and in what is barred."""
    decision = sanbao.decide(handset(**MISUSED))
    text = aged(decision.to_json(), "art24.misuse", "art23.misuse")
    with pytest.raises(sanbao.ValidationError) as caught:
        sanbao.Decision.from_json(text)
    fields = {field for field, _, _ in told(caught)}
    assert "lead.rule" in fields
    assert any(field.endswith(".barred_by.0") for field in fields)
    assert {reason for _, _, reason in told(caught)} == {"is now art24.misuse"}


def test_a_stored_decision_of_several_policies() -> None:
    """So it is where a rule was named after its policy."""
    decision = sanbao.decide(
        handset(**MISUSED, claimed_on="2026-03-04"), combined(LAW, "vivo-2016")
    )
    data = decision.to_dict()
    data["findings"][-1]["rule"] = "vivo-2016:art23.misuse"
    text = json.dumps(data)
    with pytest.raises(sanbao.ValidationError, match=r"'vivo-2016:art23\.misuse': is now art24"):
        sanbao.Decision.from_json(text)


def test_policies_together() -> None:
    """Several policies in one text are looked through alike."""
    text = aged(combined(LAW, "vivo-2016").to_json(), "art24.expired", "art23.expired")
    with pytest.raises(sanbao.ValidationError, match=r"is now art24\.expired"):
        Combined.from_json(text)


def test_stored_comparisons_and_verifications() -> None:
    """Their reports hold ids of rules, too, as values and as names of what differs."""
    law = small(LAW, exchange(WITHIN_15), repair(INSIDE))
    compared = sanbao.compare(law, small("shop", exchange(WITHIN_7), repair(INSIDE)))
    data = json.loads(compared.to_json())
    data["divergences"][0]["lost"] = ["art23.voucher"]
    with pytest.raises(sanbao.ValidationError, match=r"lost\.0 = .*: is now art24\.voucher"):
        Comparison.from_json(json.dumps(data))
    report = sanbao.verify(law).to_json()
    verified = json.loads(report)
    verified["principles"][0]["breaches"] = [{"at": ["art24.gift"], "text": ""}]
    with pytest.raises(sanbao.ValidationError, match=r"at\.0 = 'art24\.gift': is now art23\.gift"):
        Verification.from_json(json.dumps(verified))
    data = json.loads(report) | {"app3.sim_data": 1}
    with pytest.raises(sanbao.ValidationError, match=r"(?m)^app3\.sim_data = .*is now art10\.sim"):
        Verification.from_json(json.dumps(data))


def test_a_pickle_from_before() -> None:
    """A pickled policy is made again, and looked at as any other."""
    old = pickle.dumps(LAW_2001).replace(b"art24.voucher", b"art23.voucher")
    with pytest.raises(sanbao.ValidationError, match=r"is now art24\.voucher"):
        pickle.loads(old)  # noqa: S301 - it is our own
