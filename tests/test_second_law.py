"""A second law in one file, no other source changed: decided, explained, compared, audited."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from flat import frame_of
from random_claims import nowhere, random_claim, with_unknowns
from sanbao import Claim, Decision, Engine, PolicySet, ValidationError, compare, decide, verify
from sanbao.audit import audit, decide_table
from sanbao.audit.tables import table as table_module
from sanbao.audit.tables.input.schema import RESULTS
from sanbao.audit.tables.kernel.fallback import decide_rows
from sanbao.cli import main
from sanbao.explain.words.catalogue import Language
from sanbao.rules.policy_file.reader import to_toml
from sanbao.schema import schema, schema_text

FILE: Final = Path(__file__).parent / "policies" / "fixed-2001.toml"
LAW: Final = "cn.fixed-2001"
CORDED: Final[dict[str, Any]] = {
    "claimed_on": "2025-07-05",
    "product": {"kind": "corded_phone"},
    "purchase": {"sold_on": "2025-07-01", "price": "300.00"},
    "evidence": {"invoice": "copy", "voucher": "lost"},
    "fault": {"symptom": "no_dial_tone", "cause": "defect"},
}
HANDSET: Final[dict[str, Any]] = {
    "claimed_on": "2025-07-04",
    "product": {"kind": "handset"},
    "purchase": {"sold_on": "2025-07-01", "price": "1599.00"},
    "evidence": {"invoice": "original", "voucher": "intact"},
    "fault": {"symptom": "screen_fault", "cause": "defect"},
}


@pytest.fixture(scope="module")
def both() -> PolicySet:
    """Return what ships, and the law for fixed telephones."""
    return PolicySet.load(FILE)


# --- which law ------------------------------------------------------------------------------


def test_the_goods_choose_the_law_and_the_days_its_version(both: PolicySet) -> None:
    engine = Engine(policies=both)
    for claim, law in ((CORDED, LAW), (HANDSET, "cn.mobile-2001")):
        for sold, version in (("2025-07-01", "2024-07-01"), ("2024-06-30", "2001-11-15")):
            made = {**claim, "purchase": {**claim["purchase"], "sold_on": sold}}
            for decision in (engine.decide(made), decide(made, policies=both)):
                assert (decision.policy.id, decision.policy.version) == (law, version)
    nobodys = {**CORDED, "product": {"kind": "other"}, "fault": {}}
    assert engine.decide(nobodys).policy.id == "cn.mobile-2001"


def test_a_sale_on_a_day_nobody_knows(both: PolicySet) -> None:
    """Every version can govern it."""
    claim = {**CORDED, "purchase": {"price": "300.00"}}
    decision = decide(claim, policies=both)
    assert decision.policy.id == LAW
    assert decision.policy.version == "2001-11-15/2024-07-01"
    assert "purchase.sold_on" in decision.needs


def test_what_ships_decides_as_if_the_law_were_not_there(both: PolicySet) -> None:
    assert decide(HANDSET, policies=both).to_json() == decide(HANDSET).to_json()
    local = {**HANDSET, "purchase": {**HANDSET["purchase"], "province": "CN-ZJ"}}
    promised = {**HANDSET, "commitments": ["vivo-2016"]}
    for claim in (local, promised):
        assert decide(claim, policies=both).to_json() == decide(claim).to_json()
        other = {**CORDED, "purchase": {**CORDED["purchase"], "province": "CN-ZJ"}}
        assert decide(other, policies=both).policy.id == LAW


def test_a_law_that_is_named_decides_all_goods(both: PolicySet) -> None:
    """Goods and faults that it does not list are outside it, and on no list."""
    phone = decide(HANDSET, LAW, policies=both)
    assert (phone.policy.id, phone.outcome) == (LAW, "excluded")
    assert phone.lead is not None
    assert phone.lead.rule == "app1.catalogue"
    other = decide(CORDED, "cn.mobile-2001", policies=both)
    assert (other.policy.id, other.outcome) == ("cn.mobile-2001", "excluded")
    alone = decide(CORDED, both.get(LAW))  # the law itself, of no set
    assert alone.outcome == "refund"


# --- codes ------------------------------------------------------------------------------------


def test_codes_that_no_law_knows(both: PolicySet) -> None:
    """They are refused as ever, and with the law at hand the nearest is one of its own."""
    wrong = {**CORDED, "product": {"kind": "corded_fone"}, "fault": {"symptom": "no_dial"}}
    for claim in (wrong, Claim(**wrong)):
        with pytest.raises(ValidationError) as error:
            decide(claim, policies=both)
        kind, symptom = error.value.problems
        assert (kind.field, symptom.field) == ("product.kind", "fault.symptom")
        assert kind.reason.endswith("did you mean 'corded_phone'?")
        assert "no_dial_tone" in symptom.reason
        with pytest.raises(ValidationError) as shipped:
            decide(claim)
        assert [one.field for one in shipped.value.problems] == ["product.kind", "fault.symptom"]
        assert "corded_phone" not in str(shipped.value)
        with pytest.raises(ValidationError):
            Engine(policies=both).decide(claim)
    repaired = {**HANDSET, "repairs": [{"handed_in_on": "2025-07-02", "symptom": "no_dial_tone"}]}
    with pytest.raises(ValidationError, match=r"repairs\[0\].symptom = 'no_dial_tone'"):
        decide(Claim(**repaired))
    assert decide(repaired, policies=both).policy.id == "cn.mobile-2001"


def test_a_claim_takes_any_code_that_is_written_like_one() -> None:
    claim = Claim(**{**CORDED, "product": {"kind": "washing_machine"}})
    assert Claim.from_json(claim.to_json()) == claim
    assert pickle.loads(pickle.dumps(claim)) == copy.deepcopy(claim) == claim  # noqa: S301
    for kind in ("Handset", "1_phone", "a b", "", 7, "x" * 51):
        with pytest.raises(ValidationError, match="must be one of handset"):
            Claim(**{**CORDED, "product": {"kind": kind}})


def test_the_schema_names_the_codes_of_the_set(both: PolicySet) -> None:
    def kinds(policies: PolicySet | None) -> list[str]:
        made = schema("claim", policies=policies)["$defs"]["Product"]["properties"]["kind"]["enum"]
        return list(made)

    assert "corded_phone" not in kinds(None)
    assert kinds(both) == [*kinds(None), *both.codes["kind"][len(kinds(None)) :]]
    assert "base_link_fails" in schema_text("comparison", "serialization", both)
    assert '"not_stated"' not in schema_text("claim", policies=both)
    plain = Claim.model_json_schema()  # as a web framework asks for it
    assert plain["$defs"]["Product"]["properties"]["kind"]["enum"] == kinds(None)


# --- decisions, and what is asked of them -------------------------------------------------------


@pytest.fixture(scope="module")
def decision(both: PolicySet) -> Decision:
    """Return a decision that leaves something to ask."""
    return decide({**CORDED, "claimed_on": "2025-08-20"}, policies=both)


def test_to_json_and_back(both: PolicySet, decision: Decision) -> None:
    assert Decision.from_json(decision.to_json()) == decision
    again = decision.receipt.reproduce({**CORDED, "claimed_on": "2025-08-20"}, policies=both)
    assert again.to_json() == decision.to_json()
    with pytest.raises(ValidationError, match=r"receipt.policy"):
        decision.receipt.reproduce({**CORDED, "claimed_on": "2025-08-20"})
    kept = pickle.loads(pickle.dumps(decision))  # noqa: S301
    assert kept == decision
    assert kept.why_not("refund") == decision.why_not("refund")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_its_own_words_and_articles(both: PolicySet, decision: Decision, lang: Language) -> None:
    """No text speaks the mobile law's words of a rule that has the same id."""
    name = {"zh": "固定电话机三包规定", "en": "Fixed-telephone rules"}[lang]
    right = {"zh": "有效期内免费修理电话机", "en": "free repair of a telephone"}[lang]
    fault = {"zh": "无拨号音", "en": "no dial tone"}[lang]
    asked = decision.why_not("refund")
    texts = {
        "consumer": decision.explain(lang),
        "clerk": decision.explain(lang, "clerk"),
        "auditor": decision.explain(lang, "auditor"),
        "page": decision.to_html(lang),
        "why not": asked.explain(lang),
        "timeline": decision.timeline.explain(lang),
        "what if": decision.what_if({"claimed_on": "2025-07-05"}).explain(lang),
    }
    for what, text in texts.items():
        assert LAW not in text.replace(f"({LAW}", "").replace(f"（{LAW}", "").replace(
            f"{LAW}@", ""
        ), what
    for what in ("consumer", "clerk", "auditor", "page", "why not", "timeline", "what if"):
        assert name in texts[what], what
    for what in ("consumer", "auditor", "page", "timeline"):
        assert right in texts[what], what
    assert fault in texts["auditor"]
    assert "no_dial_tone" not in texts["auditor"]
    for change in decision.nearest_changes():
        assert change.apply(decision.case.claim)
    assert decision.nearest_changes()


def test_changed_facts(decision: Decision) -> None:
    """The goods of another law are decided by that, and a code nobody knows is refused."""
    phone = decision.what_if({"product.kind": "handset", "fault.symptom": "screen_fault"})
    assert phone.after.policy.id == "cn.mobile-2001"
    with pytest.raises(ValidationError, match="did you mean 'cordless_phone'"):
        decision.what_if({"product.kind": "cordless_fone"})


def test_facts_that_are_not_known(both: PolicySet) -> None:
    """A fault nobody names may be any that the law knows."""
    decision = decide({**CORDED, "fault": {}}, policies=both)
    assert set(decision.possible) >= {"refund", "free_repair"}
    assert "fault.symptom" in decision.needs


def test_it_is_sound_and_can_be_compared(both: PolicySet) -> None:
    found = verify(LAW, policies=both)
    assert found.holds
    assert "固定电话机" in found.explain("zh")
    assert "固定电话机" in found.to_html("zh")
    assert "固定电话机" in str(found.card("zh"))
    assert "corded telephone" in str(both.get(LAW).card("en"))
    old, new = both.versions(LAW)
    same = compare(new, new, policies=both)
    assert not same.divergences
    assert compare(LAW, LAW, policies=both) == same
    with pytest.raises(ValidationError, match="there is no policy with this id"):
        compare(LAW, LAW)
    assert old.in_force_to is not None


def test_the_file_says_all_of_it(both: PolicySet, tmp_path: Path) -> None:
    """The newest version to TOML and to JSON and back."""
    policy = both.get(LAW)
    for name, text in (
        ("law.toml", to_toml(policy, both.terms(LAW))),
        ("law.json", policy.to_json()),
    ):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        if name.endswith("toml"):
            assert PolicySet.load(path).get(LAW) == policy
    assert type(policy).from_json(policy.to_json()) == policy


# --- tables -----------------------------------------------------------------------------------


def rows() -> Iterator[dict[str, Any]]:
    """Yield rows of a table with fixed telephones and phones."""
    for number, claim in enumerate([CORDED, HANDSET] * 60):
        yield {
            "claim_id": f"c{number}",
            "claimed_on": claim["claimed_on"],
            **claim["product"],
            **claim["purchase"],
            **claim["evidence"],
            **claim["fault"],
            "company_outcome": "free_repair",
            "company_refund": "0.00",
        }


def test_one_table_with_both(both: PolicySet) -> None:
    """Every row says what deciding it alone says."""
    table = pl.DataFrame(list(rows()))
    found = decide_table(table.drop("company_outcome", "company_refund"), policies=both)
    assert found["error"].null_count() == len(found)
    for claim, row in zip([CORDED, HANDSET] * 60, found.iter_rows(named=True), strict=True):
        alone = decide(claim, policies=both)
        assert alone.lead is not None
        assert (row["outcome"], row["rule"]) == (alone.outcome, alone.lead.rule)
        assert row["payable"] == alone.remedies[0].payable
    report = audit(table, policies=both)
    assert report.tally.in_error == 0
    assert report.tally.decided == len(table)
    refused = decide_table(table.drop("company_outcome", "company_refund"))
    assert refused["error"].null_count() == len(table) // 2


def test_a_table_in_chinese_words(both: PolicySet) -> None:
    """Goods and faults may be named as the law names them, those of a repair as well."""
    told = {"corded_phone": "按键电话机", "no_dial_tone": "无拨号音"}
    row = next(rows())
    table = pl.DataFrame([{**row, "kind": told[row["kind"]], "symptom": told[row["symptom"]]}])
    table = table.drop("company_outcome", "company_refund")
    repairs = pl.DataFrame(
        {
            "claim_id": [row["claim_id"]] * 2,
            "handed_in_on": ["2025-07-02", "2025-07-03"],
            "handed_back_on": ["2025-07-02", "2025-07-03"],
            "symptom": ["无拨号音", "不振铃"],
        }
    )
    found = decide_table(table, repairs=repairs, policies=both)
    assert found["error"].to_list() == [None]
    assert found["rule"].to_list() == ["art11.refund"]


def claims_of_both(both: PolicySet, number: int) -> Iterator[Claim]:
    """Yield random claims, most of goods and faults of the second law."""
    law, rng = both.get(LAW), Random(2001)
    goods = [line.kind for line in law.catalogue]
    faults = [one.code for one in law.symptoms]
    for _ in range(number):
        data = with_unknowns(rng, random_claim(rng)) if rng.random() < 0.3 else random_claim(rng)
        if rng.random() < 0.6:
            data["product"]["kind"] = rng.choice(goods)
            for one in (data["fault"], *data["repairs"]):
                if one.get("symptom") and rng.random() < 0.8:
                    one["symptom"] = rng.choice(faults)
        yield Claim(**nowhere(data))


@pytest.mark.parametrize("policy", [None, LAW, "cn.mobile-2001"])
def test_its_rows_are_decided_in_columns(
    both: PolicySet, policy: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the scalar engine decides them, in every column."""
    one_by_one: list[Any] = []

    def noted(engine: Engine, claims: Any, *, depends: bool) -> pl.DataFrame:
        rows = [*claims]
        one_by_one.extend(rows)
        return decide_rows(engine, rows, depends=depends)

    monkeypatch.setattr(table_module, "decide_rows", noted)
    monkeypatch.setattr(table_module, "_FEW", 5)
    claims = [*claims_of_both(both, 400)]
    table = frame_of(claims)
    found = decide_table(table, policy=policy, policies=both, depends=False)
    engine = Engine(policy, policies=both)
    expected = decide_rows(engine, (json.loads(one.to_json()) for one in claims), depends=False)
    assert_frame_equal(
        found.select(pl.col(n).cast(dtype) for n, dtype in RESULTS.items()), expected
    )
    assert len(one_by_one) < 200


def test_a_table_by_the_second_law_alone(both: PolicySet) -> None:
    """Phones are outside it, however many there are."""
    row = next(one for one in rows() if one["kind"] == "handset")
    table = pl.DataFrame([row] * 60).drop("company_outcome", "company_refund")
    found = decide_table(table, policy=LAW, policies=both, depends=False)
    assert set(found["outcome"]) == {"excluded"}
    assert set(found["rule"]) == {"app1.catalogue"}


# --- the command line --------------------------------------------------------------------------


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    claim = tmp_path / "claim.json"
    claim.write_text(json.dumps(CORDED), encoding="utf-8")
    with_law = ["--policies", str(FILE)]
    assert main(["decide", str(claim), *with_law]) == 0
    assert "固定电话机三包规定第11条" in capsys.readouterr().out
    assert main(["decide", str(claim), *with_law, "--policy", LAW, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["policy"]["id"] == LAW
    assert main(["decide", str(claim), *with_law, "--lines"]) == 0
    assert json.loads(capsys.readouterr().out)["outcome"] == "refund"
    assert main(["decide", str(claim), "--policy", str(FILE)]) == 0
    capsys.readouterr()
    assert main(["decide", str(claim), "--lang", "en"]) == 2
    assert "product.kind = 'corded_phone': must be one of handset" in capsys.readouterr().err
    assert main(["policy", "list", *with_law]) == 0
    assert LAW in capsys.readouterr().out
    assert main(["policy", "show", LAW, *with_law, "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "corded telephone: 12 months" in shown
    assert "Fixed-telephone rules art. 8" in shown
    assert main(["policy", "check", str(FILE)]) == 0
    assert LAW in capsys.readouterr().out
    assert main(["schema", "claim", *with_law]) == 0
    assert '"corded_phone"' in capsys.readouterr().out
    assert main(["compare", LAW, LAW, *with_law]) == 0
    capsys.readouterr()
    table, out = tmp_path / "closed.csv", tmp_path / "report.html"
    pl.DataFrame(list(rows())).write_csv(table)
    assert main(["audit", str(table), "--out", str(out), *with_law]) == 1
    assert "120" in capsys.readouterr().out
