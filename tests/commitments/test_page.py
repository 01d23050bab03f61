"""The file on the page about promises is complete: it is read, and does what the page says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from claims import handset
from promised import on_wednesday
from sanbao import MOBILE_2001, Claim, Decision, Policy, cli, decide, policies
from sanbao.model.rule_ref import RuleRef
from sanbao.rules.policy_file.condition_reader import OPS
from sanbao.rules.policy_file.writer import to_toml

PAGE = Path(__file__).resolve().parents[2] / "docs" / "en" / "commitments.md"


def written(folder: Path) -> tuple[Path, list[str]]:
    """Write the file of the shop on the page; return its path, and the other pieces of TOML."""
    first, *others = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    path = folder / "my-shop.toml"
    path.write_text(first, encoding="utf-8")
    return path, others


@pytest.fixture
def shop(tmp_path: Path) -> Policy:
    """Return the promise of the shop on the page."""
    path, _ = written(tmp_path)
    return policies.load(path)


def test_the_page_names_every_promise_and_list() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name in policies.ids():
        if policies.get(name).kind == "commitment":
            assert f"| `{name}`" in page


def test_the_shop_of_the_page(shop: Policy) -> None:
    """Sold on 2026-06-10, a Wednesday: day 30 is 2026-07-10."""
    assert (shop.id, shop.beside) == ("my-shop", MOBILE_2001.id)
    together = policies.combined(MOBILE_2001, shop)
    claim = on_wednesday("2026-07-10", housing_worn=False)
    claim["purchase"]["sold_on"] = "2026-06-10"
    assert decide(claim).outcome == "free_repair"
    assert decide(claim, policy=together).outcome == "exchange"
    assert decide(claim | {"claimed_on": "2026-07-11"}, policy=together).outcome == "free_repair"
    claim["product"]["housing_worn"] = True
    assert decide(claim, policy=together).outcome == "free_repair"


def test_its_condition_is_below_the_floor(shop: Policy) -> None:
    """On day 8 a scratched phone has an exchange by art. 12, whatever the shop says."""
    claim = on_wednesday("2026-06-18", housing_worn=True)
    claim["purchase"]["sold_on"] = "2026-06-10"
    assert decide(claim, policy=shop).outcome == "free_repair"
    assert decide(claim, policy=policies.combined(MOBILE_2001, shop)).outcome == "exchange"


def test_the_fact_of_the_page_changes_a_law(tmp_path: Path) -> None:
    """In the file of a law that takes its facts over, it stands in place of the one of its name."""
    _, others = written(tmp_path)
    fact = next(one for one in others if one.startswith("[[derived]]"))
    base = policies.get("cn.mobile-2001")
    text = to_toml(replace(base, derived=())).replace("derived = []\n", "") + f"\n{fact}"
    path = tmp_path / "law.toml"
    path.write_text(f'facts_of = "cn.mobile-2001"\n{text}', encoding="utf-8")
    changed = {one.name: one for one in policies.load(path).derived}["window_base"]
    assert changed.by.startswith("delivered if reading.window_start == 'received'")


def test_its_two_years_for_a_charger(shop: Policy) -> None:
    line = shop.coverage("charger")
    assert line is not None
    assert line.months == 24


def test_the_page_explains_every_op() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for op in OPS:
        assert f"`{op}`" in page


def test_the_other_pieces_of_the_page(tmp_path: Path) -> None:
    """From receipt; a detail by its code; and a second year of repair that opens nothing else."""
    path, others = written(tmp_path)
    fact = next(one for one in others if one.startswith("[[derived]]"))
    receipt, detail, second_year = (one for one in others if one is not fact)
    shop = path.read_text(encoding="utf-8")
    beginning, terms = second_year.split("\n\n", 1)
    term = beginning.removeprefix("[terms]\n")
    text = shop.replace("[terms]\n", f"[terms]\n{term}\n{detail.removeprefix('[terms]')}")
    text = text.replace("[readings]\n", f"{receipt}")
    path.write_text(f"{text}\n{terms}", encoding="utf-8")
    promise = policies.load(path)
    assert policies.warnings_of(path) == ()
    assert promise.period_from == "received"
    late = handset(sold_on="2026-03-02", claimed_on="2027-05-12")
    law = policies.get(MOBILE_2001.id)
    decision = decide(late, policy=policies.combined(law, promise))
    assert [one.ref for one in decision.remedies] == [RuleRef("my-shop", "shop.second_year")]


def test_a_claim_is_decided_by_the_law_and_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the page calls it: ids and files joined by a plus sign."""
    path, _ = written(tmp_path)
    claim = on_wednesday("2026-07-10", housing_worn=False)
    claim["purchase"]["sold_on"] = "2026-06-10"
    stated = tmp_path / "claim.json"
    stated.write_text(Claim.model_validate(claim).to_json(), encoding="utf-8")
    both = f"cn.mobile-2001+{path}"
    assert cli.main(["decide", str(stated), "--policy", both, "--format", "json"]) == 0
    decision = Decision.from_json(capsys.readouterr().out)
    assert decision.outcome == "exchange"
    assert decision.lead is not None
    assert decision.lead.policy == "my-shop"
