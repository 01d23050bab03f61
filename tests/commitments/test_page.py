"""The file on the page about promises is complete: it is read, and does what the page says."""

from __future__ import annotations

from pathlib import Path

import pytest

from promised import on_wednesday
from sanbao import MOBILE_2001, Policy, decide, policies

PAGE = Path(__file__).resolve().parents[2] / "docs" / "commitments.md"


@pytest.fixture
def shop(tmp_path: Path) -> Policy:
    """Return the promise of the shop on the page."""
    _, _, rest = PAGE.read_text(encoding="utf-8").partition("```toml\n")
    path = tmp_path / "my-shop.toml"
    path.write_text(rest.partition("```")[0], encoding="utf-8")
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


def test_its_two_years_for_a_charger(shop: Policy) -> None:
    line = shop.coverage("charger")
    assert line is not None
    assert line.months == 24
