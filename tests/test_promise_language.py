"""What a promise can say beyond the regulation's own words: details, receipt, one bar lifted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import sanbao
from claims import LAW, TWO_REPAIRS, accessory, day, handset, repair
from sanbao import Engine, Policy, Readings, ValidationError, cli, policies
from sanbao.base.errors import choices
from sanbao.explain.texts.policies import policy_summary
from sanbao.model.facts import FACTS
from sanbao.policies.mobile_2001 import MOBILE_2001
from sanbao.rules.conditions import Elapsed, fact
from sanbao.rules.policy_file.reader import to_toml
from sanbao.rules.unbounded_rights import opened

HEAD = """
id = "shop"
version = "1"
kind = "commitment"
title_zh = "本店承诺"
title_en = "Promise of a shop"
beside = "cn.mobile-2001"
source = "made up for a test"
read_on = 2026-01-05
in_force_from = {day}
{more}
[terms]
four_years = {{ op = "period", fact = "period_start", extended_by = "repair_time", months = 48 }}
"""

CITES = "cites = [{ law = 'cn.mobile-2001', article = 4 }]"

REPAIR = f"""
[[rights]]
id = "shop.repair"
remedy = "free_repair"
owed_by = "repairer"
needs_papers = "repair"
when = ["main_unit", "quality_problem", "four_years"]
despite = ["art24.expired"]
{CITES}
title = ["四年内免费修理", "free repair for four years"]
"""

FOR_ALL = f"""
[[bars]]
id = "art24.expired"
when = [
    "in_catalogue",
    {{ op = "any", of = ["date_proved", "factory_date_only"] }},
    "not four_years",
]
{CITES}
"""

VERSIONS = {"old": ("2023-03-06", "2010-01-01"), "new": ("2025-03-03", "2025-01-01")}
"""A day of sale under each version of the law, and a first day of a promise."""


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what writes the file of a promise, and gives its path."""
    monkeypatch.chdir(tmp_path)

    def write(*parts: str, day: str = "2010-01-01", more: str = "") -> Path:
        path = Path("shop.toml")
        path.write_text(HEAD.format(day=day, more=more) + "".join(parts), encoding="utf-8")
        return path

    return write


# --- one bar lifted for one right ----------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
def test_a_longer_repair_revives_nothing_else(written: Any, version: str) -> None:
    """Four years of free repair; the exchange after two repairs ends with the year all the same."""
    sold, first = VERSIONS[version]
    promise = policies.load(written(REPAIR, day=first))
    year = int(sold[:4])
    twice = [repair(f"{year}-04-10", f"{year}-04-11"), repair(f"{year}-05-08", f"{year}-05-10")]
    together = policies.combined(policies.in_force(day(sold)), promise)
    for request in (None, "refund", "exchange"):
        claim = handset(sold_on=sold, claimed_on=f"{year + 2}-05-12", repairs=twice)
        claim |= {"request": request, "same_model_in_stock": True}
        assert had(claim, together) == [("free_repair", "shop")]
        waiting = claim | {"repairs": [repair(f"{year + 2}-01-12", delay="parts")]}
        assert had(waiting, together) == [("free_repair", "shop")]
        for cause in ("liquid", "unauthorised_opening", "force_majeure"):
            damaged = claim | {"fault": {**claim["fault"], "cause": cause}}
            damaged["fault"]["cause_basis"] = "inspection"
            assert had(damaged, together)[0][0] == "paid_repair"
    inside = handset(sold_on=sold, claimed_on=f"{year}-06-12", repairs=twice)
    assert had(inside, together)[0][0] == "exchange"
    last = handset(sold_on=sold, claimed_on=f"{year + 4}-{sold[5:]}")
    assert had(last, together) == [("free_repair", "shop")]
    after = handset(sold_on=sold, claimed_on=f"{year + 4}-03-09")
    assert had(after, together)[0][0] == "paid_repair"


def had(claim: dict[str, Any], policy: Any) -> list[tuple[str, str | None]]:
    """Return what the consumer may choose, each with the policy it is from."""
    return [(one.remedy, one.policy) for one in sanbao.decide(claim, policy=policy).remedies]


def test_lifting_the_bar_for_all_revives_exchanges_and_warns(written: Any) -> None:
    """What the warning says is so: an exchange three years after the sale."""
    path = written(FOR_ALL)
    [warning] = policies.warnings_of(path)
    assert (warning.field, warning.value) == ("bars[0].when", "'art24.expired'")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert warning.line == lines.index("when = [") + 1
    named = "art13.exchange, art16.exchange, art17.exchange, art18.refund, art19.refund"
    assert f"no period of their own: {named};" in warning.reason
    assert "write 'despite' there" in warning.reason
    late = handset(claimed_on="2028-05-12", repairs=TWO_REPAIRS)
    assert Engine(policies.load(path)).decide(late).outcome == "exchange"


def test_a_right_without_an_end_that_is_despite_the_bar(written: Any) -> None:
    endless = REPAIR.replace(', "four_years"]', "]")
    [warning] = policies.warnings_of(written(endless))
    assert warning.field == "rights[0].despite"
    assert "no period of their own: shop.repair;" in warning.reason
    whole = 'when = ["main_unit", { op = "owed", rules = ["art12.exchange"] }]'
    resting = endless.replace('when = ["main_unit", "quality_problem"]', whole)
    assert policies.warnings_of(written(resting)) == ()  # art. 12 itself has 15 days


@pytest.mark.parametrize(
    "part",
    [
        "",
        REPAIR,
        REPAIR.replace("four_years", "inside_15_days", 1),
        FOR_ALL.replace("not four_years", "not inside_own_period"),  # as it was
        # only what the factory date alone carries, which is repair
        FOR_ALL.replace(
            '"not four_years"',
            '{ op = "not", of = { op = "any", of = ["inside_own_period", '
            '["factory_date_only", "four_years"]] } }',
        ),
        # for accessories, which have a period in every right
        FOR_ALL.replace(
            '"not four_years"',
            '{ op = "not", of = { op = "any", of = ["inside_own_period", '
            '["accessory", "four_years"]] } }',
        ),
    ],
)
def test_what_opens_nothing_for_ever_is_not_warned_of(written: Any, part: str) -> None:
    assert policies.warnings_of(written(part)) == ()


def test_a_bar_that_is_gone_is_lifted() -> None:
    """A whole policy may lack it; held against the law it opens what it alone ended."""
    bare = replace(
        MOBILE_2001,
        bars=MOBILE_2001.bars[1:],
        rights=tuple(
            replace(one, despite=tuple(bar for bar in one.despite if bar != "art24.expired"))
            for one in MOBILE_2001.rights
        ),
        articles=(),
    )
    found = opened(bare, MOBILE_2001)
    assert list(found) == ["art24.expired"]
    rights = [right.id for right in found["art24.expired"]]
    assert "art13.exchange" in rights
    assert not {"art11.refund", "art14.exchange", "art10.repair"} & set(rights)
    assert opened(MOBILE_2001, MOBILE_2001) == {}


def test_the_command_tells_the_warning(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Where an editor looks for it, and the file is valid all the same."""
    path = written(FOR_ALL)
    assert cli.main(["policy", "check", str(path), "--lang", "en"]) == 0
    told = capsys.readouterr()
    assert told.out == f"{path}: valid: shop, version 1\n"
    assert told.err.startswith(f"{path}:")
    assert told.err.endswith("(a warning)\n")
    assert cli.main(["policy", "check", str(written(REPAIR)), "--lang", "en"]) == 0
    assert capsys.readouterr().err == ""


# --- a period from receipt -----------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("reading", ["delivered", "later", "invoiced"])
def test_a_period_from_receipt(written: Any, version: str, reading: str) -> None:
    """Sold, invoiced a week before and a month after, received a week later; the year ends then."""
    sold, first = VERSIONS[version]
    promise = policies.load(written(day=first, more='period_from = "received"'))
    assert promise.period_from == "received"
    law = policies.in_force(day(sold))
    _, member = policies.combined(law, promise).members
    assert (member.period_from, member.counting) == ("received", law.counting)
    readings = Readings.from_dict({"period_start": reading})
    year, received = int(sold[:4]), f"{sold[:5]}03-12"
    for invoiced in (f"{sold[:5]}02-24", f"{sold[:5]}04-07"):
        claim = handset(sold_on=sold, received_on=received, invoiced_on=invoiced)
        for claimed, outcome in (
            (f"{year + 1}-03-12", "free_repair"),
            (f"{year + 1}-03-13", "paid_repair"),
        ):
            decision = sanbao.decide(claim | {"claimed_on": claimed}, member, readings)
            assert decision.outcome == outcome
            assert str(decision.dates.period_starts_on) == received
    # not received yet counts as received when it was sold, and an exchange starts it again
    plain = sanbao.decide(handset(sold_on=sold, claimed_on=f"{year}-05-12"), member, readings)
    assert str(plain.dates.period_starts_on) == sold
    changed = handset(sold_on=sold, received_on=received, claimed_on=f"{year}-05-12")
    changed["exchanges"] = [{"exchanged_on": f"{year}-04-10"}]
    assert str(sanbao.decide(changed, member, readings).dates.period_starts_on) == f"{year}-04-10"


def test_it_comes_back_from_toml_and_json(written: Any) -> None:
    path = written(more='period_from = "received"')
    promise = policies.load(path)
    assert Policy.from_json(promise.to_json()) == promise
    path.write_text(to_toml(promise), encoding="utf-8")
    assert policies.load(path) == promise
    assert 'period_from = "received"' in to_toml(promise)


def test_a_regulation_says_it_by_its_counting() -> None:
    with pytest.raises(ValidationError) as raised:
        replace(MOBILE_2001, period_from="received")
    [problem] = raised.value.problems
    assert (problem.field, problem.value) == ("period_from", "'received'")
    assert "in counting" in problem.reason


# --- details of a fault ---------------------------------------------------------------------------

DETAILED = REPAIR.replace(
    '"quality_problem"',
    '{ op = "one_of", fact = "detail", values = ["green_line", "white_spot"] }',
)


def test_a_detail_narrows_a_fault(written: Any) -> None:
    engine = Engine(policies.load(written(DETAILED)))
    claim = handset(claimed_on="2027-05-12")
    for detail, outcome in (
        ("green_line", "free_repair"),
        ("white_spot", "free_repair"),
        ("purple_line", "paid_repair"),
        (None, "paid_repair"),
    ):
        claim["fault"]["detail"] = detail
        decision = engine.decide(claim)
        assert decision.outcome == outcome
        assert decision.needs == ()


@pytest.mark.parametrize("symptom", ["screen_fault", None])
def test_an_absent_detail_is_never_asked_for(written: Any, symptom: str | None) -> None:
    """Even where it would open a right: absence is none."""
    engine = Engine(policies.load(written(DETAILED)))
    for claimed_on in ("2025-05-12", "2027-05-12", "2029-03-04"):
        claim = handset(claimed_on=claimed_on, symptom=symptom, voucher=None)
        assert "fault.detail" not in engine.decide(claim).needs


def test_details_and_receipt_are_shown(written: Any, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(DETAILED, more='period_from = "received"')
    assert cli.main(["policy", "show", str(path), "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "(fault.detail) ==\n- green_line\n- white_spot\n" in told
    assert "- the three-guarantees period runs from receipt\n" in told
    summary = policy_summary(policies.get("oppo-green-line"), "zh")
    assert "故障细目（fault.detail）" in summary
    assert "- green_line\n" in summary
    plain = policy_summary(policies.get(LAW), "en")
    assert "fault.detail" not in plain
    assert "runs from receipt" not in plain


# --- words and names -----------------------------------------------------------------------------


def test_any_quality_problem_is_a_word(written: Any) -> None:
    """``quality_problem`` is any fault but wear and a sound battery, listed or not."""
    engine = Engine(policies.load(written(REPAIR)))
    for symptom, outcome in (
        ("unlisted", "free_repair"),
        ("screen_fault", "free_repair"),
        ("wear", "excluded"),
        ("none", "excluded"),
    ):
        claim = handset(symptom=symptom, claimed_on="2027-05-12")
        assert engine.decide(claim).outcome == outcome


def test_free_repair_of_an_accessory(written: Any) -> None:
    """The regulation only exchanges it (art. 14)."""
    part = REPAIR.replace("main_unit", "accessory").replace("four_years", "inside_period", 1)
    engine = Engine(policies.load(written(part)))
    claim = accessory("charger")
    assert [one.remedy for one in engine.decide(claim).remedies] == ["exchange", "free_repair"]
    assert "free_repair" not in [one.remedy for one in sanbao.decide(claim).remedies]


def test_the_older_name_of_a_condition() -> None:
    """``elapsed`` is read as ``at_most_ago``, which says what it means."""
    assert Elapsed("proof_start", 30) == Elapsed("proof_start", 30, op="elapsed")
    assert Elapsed("proof_start", 30, op="elapsed").op == "at_most_ago"
    assert fact("proof_start").at_most_ago(days=30) == Elapsed("proof_start", 30)
    text = MOBILE_2001.to_json()
    assert '"elapsed"' not in text
    assert Policy.from_json(text.replace('"at_most_ago"', '"elapsed"')) == MOBILE_2001


def test_known_names_are_told_the_nearest_first(written: Any) -> None:
    """Of goods and of facts: who writes a file need not know where they are listed."""
    text = '\n[[catalogue]]\nkind = "chargr"\nmonths = 24\n'
    with pytest.raises(ValidationError) as raised:
        policies.load(written(text))
    [problem] = raised.value.problems
    assert "did you mean 'charger'? (known: charger, " in problem.reason
    assert all(kind in problem.reason for kind in FACTS["kind"].codes)
    wrong = REPAIR.replace('"quality_problem"', '{ op = "compare", fact = "giftt", value = true }')
    with pytest.raises(ValidationError) as raised:
        policies.load(written(wrong))
    [problem] = raised.value.problems
    assert problem.reason.startswith(
        "there is no fact 'giftt'; did you mean 'gift'? (known: gift, "
    )
    assert all(name in problem.reason for name in FACTS)
    assert choices("x" * 100, ["a", "b"]) == choices(5, ["a", "b"]) == " (known: a, b)"
