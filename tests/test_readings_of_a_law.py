"""Readings that a law declares in its file: decided, explained, refused, written and read."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from flat import frame_of
from sanbao import Claim, Decision, Engine, PolicySet, Readings, ValidationError, compare, decide
from sanbao.audit import decide_table
from sanbao.cli import main
from sanbao.evaluation.facts.turning import asks_use, turning
from sanbao.model.readings import DEFAULT_READINGS, reading_values
from sanbao.policies import library
from sanbao.rules.policy_file.reader import to_toml
from sanbao.rules.versions import Versions

FILE: Final = Path(__file__).parent / "policies" / "fixed-2001.toml"
LAW: Final = "cn.fixed-2001"
PERIOD: Final = "period_begins"
NUMBER: Final = "exchanges_needed"

TWO: Final = 'two_exchanges = { op = "at_least", fact = "exchanges_counted", value = 2 }'
EITHER: Final = """
exchanged = { op = "at_least", fact = "exchanges_counted", value = 1 }
one_is_enough = { op = "under", reading = "exchanges_needed", value = "one" }
twice = { op = "at_least", fact = "exchanges_counted", value = 2 }
two_exchanges = { op = "any", of = ["twice", ["exchanged", "one_is_enough"]] }
"""
QUESTIONS: Final = """
[[contested]]
id = "period_begins"
question = ["三包有效期自何日起算?", "When does the period begin?"]
cites = [{ law = "cn.fixed-2001", article = 8 }]
touches = ["period"]

[[contested.answers]]
value = "at_once"
means = ["自开票之日起", "on the day of the invoice"]
source = ["第8条", "article 8"]

[[contested.answers]]
value = "a_week_later"
means = ["自开票后第 7 日起", "a week after the invoice"]
source = ["测试所设", "made up for a test"]

[[contested]]
id = "exchanges_needed"
question = ["附件退货须换过几次?", "How many exchanges of an accessory lead to a refund?"]
cites = [{ law = "cn.fixed-2001", article = 14 }]
touches = ["at_least", "remedies"]
answers = [
    { value = "two", means = ["两次", "two"], source = ["第14条", "article 14"] },
    { value = "one", means = ["一次", "one"], source = ["测试所设", "made up for a test"] },
]

[[derived]]
name = "period_base"
by = "BASE + (7 if reading.period_begins == 'a_week_later' else 0)"
cites = [{ law = "cn.fixed-2001", article = 8 }]

"""

OVER: Final[dict[str, Any]] = {
    "claimed_on": "2024-05-14",  # the period ends on Monday 2024-05-06
    "product": {"kind": "corded_phone"},
    "purchase": {"sold_on": "2023-05-05", "price": "300.00"},
    "evidence": {"invoice": "original", "voucher": "intact"},
    "fault": {"symptom": "no_dial_tone", "cause": "defect"},
    "same_model_in_stock": True,
}
"""Eight days after the end of the period; the last of them lies inside by the other reading."""


def written(folder: Path, text: str | None = None) -> Path:
    """Return a file of the law with two questions of its own, or with this text."""
    if text is None:
        text = FILE.read_text(encoding="utf-8")
        assert TWO in text
        head, mark, rest = text.replace(TWO, EITHER).partition("[[derived]]")
        base = "first(purchase.invoiced_on, purchase.sold_on)"
        text = head + QUESTIONS.replace("BASE", base) + mark + rest
    path = folder / "law.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> PolicySet:
    """Return what ships, and the law with questions of its own."""
    return PolicySet.load(written(tmp_path_factory.mktemp("law")))


def test_a_set_knows_the_readings_of_its_laws(policies: PolicySet) -> None:
    assert policies.readings == {PERIOD: ("at_once", "a_week_later"), NUMBER: ("two", "one")}
    assert not PolicySet.shipped().readings
    declared = library.readings(policies.get(LAW))
    assert declared[PERIOD].question[1] == "When does the period begin?"
    assert declared[PERIOD].touches == ("period",)


def test_it_decides_under_them(policies: PolicySet) -> None:
    claim = {**OVER, "claimed_on": "2024-05-13"}
    assert decide(claim, policies=policies).outcome == "paid_repair"
    chosen = {PERIOD: "a_week_later", "first_day": "next_day"}
    other = decide(claim, policies=policies, readings=chosen)
    assert other.outcome == "free_repair"
    readings = Readings.from_dict(chosen, policies.readings)
    assert Engine(readings=readings, policies=policies).decide(claim) == other
    alone = decide(claim, policies.versions(LAW)[0], readings=readings)  # of no set
    assert alone.to_json() == other.to_json()
    # the mobile law does not know it
    phone = {
        **claim,
        "product": {"kind": "handset"},
        "fault": {"symptom": "screen_fault", "cause": "defect"},
    }
    assert decide(phone, policies=policies, readings=readings).outcome == "paid_repair"


def test_a_decision_says_that_it_hangs_on_them(policies: PolicySet) -> None:
    decision = decide({**OVER, "claimed_on": "2024-05-13"}, policies=policies)
    found = {one.reading: one for one in decision.depends_on or ()}
    one = found[PERIOD]
    assert (one.instead_of, one.value, one.outcome) == ("at_once", "a_week_later", "free_repair")
    assert [cite.article for cite in one.citations] == [8]
    assert NUMBER not in found
    for lang, question, means in (
        ("zh", "三包有效期自何日起算?", "自开票后第 7 日起"),
        ("en", "When does the period begin?", "a week after the invoice"),
    ):
        text = decision.explain(lang, audience="auditor")  # type: ignore[arg-type]
        assert question in text
        assert means in text
    under = decide(
        {**OVER, "claimed_on": "2024-05-13"}, policies=policies, readings={PERIOD: "a_week_later"}
    )
    back = {one.reading: one for one in under.depends_on or ()}[PERIOD]
    assert (back.instead_of, back.value, back.outcome) == ("a_week_later", "at_once", "paid_repair")


def test_a_reading_that_a_rule_names(policies: PolicySet) -> None:
    """Conditions ask for it as for any other."""
    claim = {
        "claimed_on": "2023-09-01",
        "product": {"kind": "battery_pack", "bought_with_phone": False},
        "purchase": {"sold_on": "2023-08-01", "price": "50.00"},
        "evidence": {"invoice": "original", "voucher": "intact"},
        "fault": {"symptom": "does_not_work", "cause": "defect"},
        "exchanges": [{"exchanged_on": "2023-08-20"}],
        "same_model_in_stock": True,
    }
    kinds = [line.kind for line in policies.get(LAW).catalogue if line.role == "accessory"]
    claim["product"] = {"kind": kinds[0], "bought_with_phone": False}
    usual = decide(claim, policies=policies)
    other = decide(claim, policies=policies, readings={NUMBER: "one"})
    assert (usual.outcome, other.outcome) == ("exchange", "refund")
    assert (NUMBER, "one") in {(one.reading, one.value) for one in usual.depends_on or ()}


def test_what_no_law_declares_is_refused(policies: PolicySet) -> None:
    with pytest.raises(ValidationError) as error:
        decide(OVER, policies=policies, readings={"period_begin": "at_once"})
    (problem,) = error.value.problems
    assert problem.field == "readings.period_begin"
    assert problem.reason == "unknown reading; did you mean 'period_begins'?"
    with pytest.raises(ValidationError) as error:
        decide(OVER, policies=policies, readings={PERIOD: "a_week"})
    (problem,) = error.value.problems
    assert (problem.field, problem.value) == (f"readings.{PERIOD}", "'a_week'")
    assert problem.reason == "must be one of at_once, a_week_later; did you mean 'a_week_later'?"
    readings = Readings.from_dict({PERIOD: "a_week_later"}, policies.readings)
    with pytest.raises(ValidationError, match="unknown reading"):
        decide(OVER, readings=readings)  # no law that ships declares it
    with pytest.raises(ValidationError, match="must be Readings, or values by name"):
        decide(OVER, readings="a_week_later")  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        _ = readings.period_begin  # type: ignore[attr-defined]


def test_readings_of_a_law_are_readings(policies: PolicySet) -> None:
    readings = Readings.from_dict({PERIOD: "a_week_later"}, policies.readings)
    assert readings.value(PERIOD) == "a_week_later"
    assert readings.to_dict() == {**DEFAULT_READINGS.to_dict(), PERIOD: "a_week_later"}
    assert Readings.from_dict(readings.to_dict(), policies.readings) == readings
    assert pickle.loads(pickle.dumps(readings)) == readings  # noqa: S301
    assert repr(readings) == "Readings(of_laws=(('period_begins', 'a_week_later'),))"
    assert readings.with_values({"rounding": "down", PERIOD: "a_week_later"}).rounding == "down"
    assert readings.completed(policies.readings).to_dict()[NUMBER] == "two"
    own = [one[:2] for one in readings.alternatives(policies.readings)][-2:]
    assert own == [(PERIOD, "at_once"), (NUMBER, "one")]
    assert len(readings.alternatives()) == len(DEFAULT_READINGS.alternatives())
    assert PERIOD not in reading_values()


def test_a_decision_goes_to_json_and_back(policies: PolicySet) -> None:
    decision = decide(OVER, policies=policies, readings={PERIOD: "a_week_later"})
    again = Decision.from_json(decision.to_json())
    assert again.receipt.readings == decision.receipt.readings
    plain = json.loads(decide(OVER, policies=policies).to_json())
    assert plain["receipt"]["readings"]["of_laws"] == [[NUMBER, "two"], [PERIOD, "at_once"]]
    phone = {**OVER, "product": {"kind": "handset"}, "fault": {"symptom": "screen_fault"}}
    assert "of_laws" not in json.loads(decide(phone).to_json())["receipt"]["readings"]


def test_the_law_goes_to_a_file_and_back(policies: PolicySet, tmp_path: Path) -> None:
    law = policies.get(LAW)
    text = to_toml(law)
    assert "[[contested]]" in text
    again = library.load(written(tmp_path, text))
    assert again == law
    assert "contested" not in json.loads(PolicySet.load(FILE).get(LAW).to_json())


def test_where_it_turns_a_claim_is_read_off_the_formulas(policies: PolicySet) -> None:
    turned = turning(policies.get(LAW))
    assert "papers.start == 'papers'" in turned[PERIOD].by
    assert NUMBER not in turned  # it changes no fact


def test_tables_and_spaces(policies: PolicySet) -> None:
    claims = [Claim(**OVER), Claim(**{**OVER, "claimed_on": "2024-05-13"})]
    for readings, outcomes in (
        (None, ["paid_repair", "paid_repair"]),
        ({PERIOD: "a_week_later"}, ["paid_repair", "free_repair"]),
    ):
        known = None if readings is None else Readings.from_dict(readings, policies.readings)
        table = decide_table(frame_of(claims), readings=known, policies=policies, depends=True)
        assert table["outcome"].to_list() == outcomes
        hangs = table["depends_on_reading"].to_list()
        assert [PERIOD in one.split(", ") for one in hangs] == [False, True]


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('id = "period_begins"', 'id = "rounding"', "is a reading of every law"),
        ('id = "period_begins"', 'id = "Period"', "lower case"),
        ('value = "a_week_later"', 'value = "at_once"', "two or more answers"),
        ("reading.period_begins", "reading.period_start_on", "there is no such reading"),
        ("== 'a_week_later'", "== 'a_week'", "must be one of at_once, a_week_later"),
        ('value = "one" }', 'value = "once" }', "must be one of two, one"),
        ('reading = "exchanges_needed"', 'reading = "exchanges_need"', "no such reading"),
        (
            'cites = [{ law = "cn.fixed-2001", article = 8 }]\ntouches',
            "cites = []\ntouches",
            "citation",
        ),
    ],
)
def test_mistakes_in_a_file(
    policies: PolicySet, tmp_path: Path, before: str, after: str, reason: str
) -> None:
    text = written(tmp_path).read_text(encoding="utf-8")
    assert before in text
    with pytest.raises(ValidationError) as error:
        PolicySet.load(written(tmp_path, text.replace(before, after)))
    assert reason in str(error.value)


def test_a_question_is_declared_once_and_whole(policies: PolicySet, tmp_path: Path) -> None:
    law = policies.get(LAW)
    newest = law.newest if isinstance(law, Versions) else law
    with pytest.raises(ValidationError, match="is listed twice"):
        replace(newest, contested=(*newest.contested, newest.contested[0]))
    text = written(tmp_path).read_text(encoding="utf-8")
    with pytest.raises(ValidationError, match=r"contested\[0\]\.id"):
        PolicySet.load(written(tmp_path, text.replace('id = "period_begins"\n', "")))


def test_values_by_name_for_what_decides_together() -> None:
    handset = {"claimed_on": "2025-07-04", "product": {"kind": "handset"}}
    together = library.combined("cn.mobile-2001", "vivo-2016")
    decision = decide(handset, together, readings={"rounding": "down"})
    assert decision.receipt.readings == Readings(rounding="down")
    with pytest.raises(ValidationError, match="rounding"):
        decide(handset, together, readings={"rouding": "down"})


def test_the_command_line_takes_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path)
    claim = tmp_path / "claim.json"
    claim.write_text(json.dumps({**OVER, "claimed_on": "2024-05-13"}), encoding="utf-8")
    line = ["decide", str(claim), "--policies", str(file), "--format", "json"]
    assert main([*line, "--reading", "period_begins=a_week_later"]) == 0
    assert json.loads(capsys.readouterr().out)["outcome"] == "free_repair"
    assert main([*line, "--reading", "period_begin=at_once", "--lang", "en"]) == 2
    assert "did you mean 'period_begins'?" in capsys.readouterr().err


def test_what_nobody_used_pays_the_fee_too() -> None:
    """Art. 16 of the rules for fixed telephones has no word of use; art. 19 for phones has."""
    both = PolicySet.load(FILE)
    claim: dict[str, Any] = {
        "claimed_on": "2023-06-26",
        "product": {"kind": "cordless_phone", "used": False},
        "purchase": {"sold_on": "2023-03-01", "price": "500.00"},
        "evidence": {"invoice": "original", "voucher": "intact"},
        "fault": {"symptom": "base_link_fails", "cause": "defect"},
        "repairs": [
            {"handed_in_on": "2023-04-03", "handed_back_on": "2023-04-05"},
            {"handed_in_on": "2023-05-08", "handed_back_on": "2023-05-10"},
        ],
        "same_model_in_stock": True,
        "request": "refund",
    }
    decision = decide(claim, policies=both)
    (refund,) = [one for one in decision.remedies if one.remedy == "refund"]
    assert [one.article for one in refund.citations][:1] == [16]
    assert (str(refund.fee), str(refund.payable)) == ("138.75", "361.25")
    phone = {**claim, "product": {"kind": "handset", "used": False}}
    phone["fault"] = {"symptom": "screen_fault", "cause": "defect"}
    (refund,) = [one for one in decide(phone).remedies if one.remedy == "refund"]
    assert str(refund.fee) == "0.00"


def test_a_law_without_the_word_of_use_is_compared_with_one_that_has_it() -> None:
    """It takes the fee of what nobody used too; by that alone the two differ."""
    old = PolicySet.load(FILE).versions(LAW)[0]
    only_used = tuple(
        replace(one, by=f"product.used and {one.by}") if one.name == "fee_is_due" else one
        for one in old.derived
    )
    law = replace(old, id="cn.fixed-used", derived=only_used)
    assert (asks_use(old), asks_use(law)) == (False, True)
    found = compare(law, old)
    assert found.divergences
    for one in found.divergences:
        assert (one.direction, one.subject) == ("worse", "refund")
        assert not any(claim.product.used for claim in one.claims)
