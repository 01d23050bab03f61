"""Dealer checklists: who fails one is out of pocket, and the consumer's right stands."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest

import sanbao
from claims import FULL, accessory, battery, handset
from random_claims import random_claim, with_unknowns
from sanbao import Claim, ValidationError, checklists
from sanbao.checklists import Checklist, Failure, Item, check
from sanbao.model.citation import Citation
from sanbao.reasons.differences import differences

LISTS = ("15-day-exchange", "accessories", "doa-exchange")
ITEMS = [(name, item.id) for name in LISTS for item in checklists.get(name).items]
TOUCHING = {
    ("15-day-exchange", "card_unaltered"): ("voucher", "altered"),
    ("accessories", "card"): ("voucher", "lost"),
    ("accessories", "invoice"): ("invoice", "none"),
}
"""The items that stand for a fact of the claim, and the fact."""

IN_WEEK = handset(claimed_on="2025-03-08", same_model_in_stock=True)


def all_met(name: str, **but: bool | None) -> dict[str, bool | None]:
    return {item.id: True for item in checklists.get(name).items} | but


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder to be in, so that file names stay short in errors."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def problems_of(content: str | bytes) -> list[tuple[str, int | None, str]]:
    raw = content if isinstance(content, bytes) else content.encode()
    Path("mine.toml").write_bytes(raw)
    with pytest.raises(ValidationError) as error:
        checklists.load("mine.toml")
    assert {problem.file for problem in error.value.problems} == {"mine.toml"}
    return [(p.field, p.line, p.reason) for p in error.value.problems]


# --- what ships -----------------------------------------------------------------------------


def test_lists_that_ship() -> None:
    assert checklists.ids() == LISTS
    assert [len(checklists.get(name).items) for name in LISTS] == [8, 3, 4]
    assert checklists.get("accessories") is checklists.get("accessories")


def test_every_list_says_where_it_is_from_and_why_it_binds_nobody_else() -> None:
    """Items cite art. 3 and art. 22: the seller answers, and has recourse or not."""
    for name in LISTS:
        found = checklists.get(name)
        assert found.id == name
        assert (found.owed_by, found.owed_to) == ("producer", "seller")
        assert found.source
        assert found.read_on == date(2026, 11, 22)
        for cites in (found.cites, *(item.cites for item in found.items)):
            assert {3, 22} <= {citation.article for citation in cites}


def test_which_items_stand_for_a_fact_of_the_claim() -> None:
    found = {
        (name, item): checklists.get(name).item(item).failing
        for name, item in ITEMS
        if checklists.get(name).item(item).failing
    }
    assert found == {
        item: (Failure(f"evidence.{field}", value),) for item, (field, value) in TOUCHING.items()
    }


def test_a_list_goes_to_json_and_back() -> None:
    for name in LISTS:
        found = checklists.get(name)
        assert Checklist.from_json(found.to_json()) == found
    with pytest.raises(ValidationError, match="checklist"):
        Checklist.from_json("7")


# --- the claim between the businesses -------------------------------------------------------


def test_the_claim_between_businesses() -> None:
    found = checklists.get("doa-exchange")
    assert check(found, IN_WEEK, all_met("doa-exchange")).standing == "stands"
    assert check(found, IN_WEEK, {}).standing == "open"
    assert check(found, IN_WEEK, all_met("doa-exchange", card_parts=None)).standing == "open"
    worn = check(found, IN_WEEK, all_met("doa-exchange", card_parts=None, protective_film=False))
    assert worn.standing == "fails"
    assert worn.failed == ("protective_film",)
    assert [one.passed for one in worn.items] == [True, False, True, None]


@pytest.mark.parametrize(
    ("passed", "reason"),
    [
        ({"card_unalterd": False}, "did you mean 'card_unaltered'?"),
        ({7: True}, "there is no item with this id in 15-day-exchange"),
        ({"card_unaltered": 0}, "must be true, false, or null"),
        ({"card_unaltered": "no"}, "must be true, false, or null"),
        ({"card_unaltered": []}, "must be true, false, or null"),
        (["card_unaltered"], "must be an object of items"),
        (None, "must be an object of items"),
    ],
    ids=["misspelt", "number", "zero", "word", "list", "a-list-of-items", "nothing"],
)
def test_answers_that_cannot_be(passed: Any, reason: str) -> None:
    with pytest.raises(ValidationError) as error:
        check(checklists.get("15-day-exchange"), IN_WEEK, passed)
    [problem] = error.value.problems
    assert problem.field.partition(".")[0] == "passed"
    assert reason in problem.reason


def test_what_is_no_list_and_no_claim() -> None:
    with pytest.raises(ValidationError, match="must be a Checklist"):
        check("doa-exchange", IN_WEEK, {})  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="claimed_on"):
        check(checklists.get("doa-exchange"), {}, {})


# --- the consumer ----------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "item"), ITEMS, ids=str)
def test_no_failed_item_takes_anything_from_the_consumer(name: str, item: str) -> None:
    """Items that are about no fact of the claim change nothing; others what art. 9 and 23 say."""
    rng = Random(f"{name} {item}")
    found = checklists.get(name)
    changed = TOUCHING.get((name, item))
    for number in range(60):
        claim = random_claim(rng)
        if number % 3 == 0:
            claim = with_unknowns(rng, claim)
        checked = check(found, claim, all_met(name, **{item: False}))
        if changed is None:
            left = sanbao.decide(claim)
            assert checked.items[found.items.index(found.item(item))].decision is None
        else:
            papers = dict([changed])
            left = sanbao.decide({**claim, "evidence": {**claim["evidence"], **papers}})
        assert differences(left, checked.left(item)) == ()
        assert differences(sanbao.decide(claim), checked.decision) == ()
        assert checked.together is None


def test_an_altered_card_is_art_24s_matter() -> None:
    checked = check(checklists.get("15-day-exchange"), IN_WEEK, {"card_unaltered": False})
    assert checked.decision.outcome == "refund"
    left = checked.left("card_unaltered")
    assert left.outcome == "paid_repair"
    assert left.lead is not None
    assert left.lead.rule == "art24.voucher"
    by = checked.items[0].by
    assert [(one.article, one.item) for one in by] == [(24, 3), (9, None)]


def test_one_of_two_papers_carries_an_exchange() -> None:
    """Card or invoice alone leaves art. 9's exchange; without both nothing is proved."""
    found = checklists.get("accessories")
    claim = accessory("battery")
    for item in ("card", "invoice"):
        checked = check(found, claim, {item: False, "serial_number": False})
        assert checked.left(item).outcome == "exchange"
        assert checked.left("serial_number") is checked.decision
        assert [one.article for one in checked.items[1].by or checked.items[0].by] == [9]
        assert checked.together is None
    both = check(found, claim, {"card": False, "invoice": False})
    assert both.left("card").outcome == both.left("invoice").outcome == "exchange"
    assert both.together is not None
    assert both.together.outcome == "paid_repair"
    assert both.together.verdicts["art24.no_evidence"] == "holds"
    assert {one.article for one in both.by_together} == {9, 24}


def test_a_promise_that_the_claim_names_counts() -> None:
    """Day 20: the promise still gives an exchange, card altered or not the law does not."""
    claim = handset(claimed_on="2025-03-23") | {"commitments": ["vivo-2016"]}
    checked = check(checklists.get("15-day-exchange"), claim, {"card_unaltered": False})
    assert checked.decision.outcome == "exchange"
    assert checked.left("card_unaltered").outcome == "paid_repair"
    assert {one.article for one in checked.items[0].by} == {9, 24}


def test_an_item_nobody_knows() -> None:
    checked = check(checklists.get("doa-exchange"), IN_WEEK, {})
    unknown: list[Any] = ["protectiv_film", None, []]
    for name in unknown:
        with pytest.raises(ValidationError, match="there is no item with this id"):
            checked.left(name)


# --- in words -----------------------------------------------------------------------------------


def test_in_words() -> None:
    passed = {"card_unaltered": False, "owner_reachable": False, "same_seller": True}
    checked = check(checklists.get("15-day-exchange"), IN_WEEK, passed)
    text = " ".join(checked.explain("en").split())
    assert "The seller's claim on the producer fails: of 8 items 2 not met." in text
    assert "So the seller bears the cost." in text
    assert "- invoice and card name the same seller: met" in text
    assert "- the fault is described: not said" in text
    assert "By the claim as it is: Refund, 3000.00 yuan back" in text
    assert "the owner can be called back: nothing of that falls with it (Regulation art. 22" in text
    assert "weighs the same fact (Regulation art. 24(3)" in text
    assert "What is left then: Repair at a charge" in text
    assert "Only the faulty part is exchanged." in text
    assert "销售者对生产者的请求不成立：8项中有2项不符。" in checked.explain()
    with pytest.raises(ValidationError):
        checked.explain("fr")  # type: ignore[arg-type]


def test_in_words_when_it_stands_or_is_open() -> None:
    found = checklists.get("accessories")
    stands = check(found, battery(), all_met("accessories")).explain("en")
    assert "stands: all 3 items are met." in stands
    assert "bears the cost" not in stands
    unknown = {"claimed_on": "2025-05-12", "product": {"kind": "other"}}
    assert "By the claim as it is: Outside the three guarantees." in check(
        found, unknown, {}
    ).explain("en")
    unknown = {"claimed_on": "2025-05-12", "product": {"kind": "battery"}}
    told = " ".join(check(found, unknown, {"card": True}).explain("en").split())
    assert "is open: of 3 items 2 not said." in told
    assert "By the claim as it is: Not settled yet: " in told


def test_in_words_when_several_papers_are_gone() -> None:
    checked = check(
        checklists.get("accessories"), battery(), {"card": False, "invoice": False}
    ).explain("en")
    assert "All that the regulation weighs taken together (" in checked


def test_a_list_of_ones_own_that_says_nothing_besides() -> None:
    item = Item("a", ("一", "one"), (Citation("cn.mobile-2001", article=22),))
    own = _list(items=(item,))
    text = check(own, battery(), {}).explain("en")
    assert "besides" not in text
    assert text.startswith("mine (own, version 1)\n")


def test_in_a_notebook() -> None:
    checked = check(checklists.get("doa-exchange"), IN_WEEK, {"protective_film": False})
    shown = checked._repr_markdown_()
    assert "| 保护膜无磨损 | 不符 |" in shown
    assert "### 销售者对生产者的请求不成立" in shown
    assert "只换有故障的部件。" in shown


def test_as_json() -> None:
    checked = check(checklists.get("15-day-exchange"), IN_WEEK, {"card_unaltered": False})
    data = json.loads(checked.to_json())
    assert data["standing"] == "fails"
    assert data["checklist"]["id"] == "15-day-exchange"
    assert Claim.model_validate(data["claim"]) == Claim.model_validate(IN_WEEK)
    assert data["items"][0]["decision"]["outcome"] == "paid_repair"
    assert data["items"][1] == {"item": "invoice_legible", "passed": None, "decision": None} | {
        "by": []
    }


# --- files ---------------------------------------------------------------------------------------

GOOD = """\
id = "mine"
version = "1"
title = ["我的", "mine"]
owed_by = "supplier"
owed_to = "seller"
source = "made up"
read_on = 2026-11-22
cites = [{ law = "cn.mobile-2001", article = 22 }]

[[items]]
id = "box"
title = ["包装", "the box"]
cites = [{ law = "cn.mobile-2001", article = 22 }]

[[items]]
id = "card"
title = ["卡", "the card"]
cites = [{ law = "cn.mobile-2001", article = 9 }]
failing = { "evidence.voucher" = "lost" }
"""


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("\ufeff" + GOOD.replace("\n", "\r\n"), encoding="utf-8")
    own = checklists.load(path)
    assert [item.id for item in own.items] == ["box", "card"]
    assert own.item("card").failing == (Failure("evidence.voucher", "lost"),)
    assert own.besides == ()
    checked = check(own, handset(**FULL), {"card": False})
    assert checked.left("card").verdicts["art9.proven"] == "holds"


@pytest.mark.parametrize(
    ("old", "new", "field", "line", "reason"),
    [
        ('id = "box"', 'id = "Box"', "items[0].id", 11, "must be lower case"),
        ('id = "card"', 'id = "box"', "items[1].id", 16, "is used twice"),
        ('version = "1"', "version = 1", "version", 2, "must be text"),
        ('version = "1"', "", "version", 1, "is required"),
        ('version = "1"', 'vresion = "1"', "vresion", 2, "did you mean 'version'?"),
        ('"supplier"', '"maker"', "owed_by", 4, "must be one of seller, producer"),
        ('"supplier"', '"seller"', "owed_to", 5, "cannot be owed by itself"),
        ('"made up"', '""', "source", 6, "where it was found"),
        ("2026-11-22", '"soon"', "read_on", 7, "must be a date, such as 2026-01-31"),
        ('"the box"]', '"the box", "?"]', "items[0].title", 12, "must hold at most 2 entries"),
        ('"lost"', '"lots"', "items[1].failing", 19, "did you mean 'lost'?"),
        ('"lost"', "7", "items[1].failing", 19, "must be true or false"),
        ("evidence.voucher", "evidence", "items[1].failing", 19, "must be a JSON object"),
        ('{ "evidence.voucher" = "lost" }', "true", "items[1].failing", 19, "must be a table"),
        ("article = 9", "articel = 9", "items[1].cites[0].articel", 18, "did you mean 'article'?"),
        (", article = 9", "", "items[1].cites[0]", 18, "names one article or one appendix"),
        ('[{ law = "cn.mobile-2001", article = 9 }]', "[]", "items[1].cites", 18, "no citation"),
        ('id = "mine"', 'id = "my list"', "id", 1, "must be lower case"),
        ("[[items]]", "[[besides]]", "items", 1, "is required"),
        ('[{ law = "cn.mobile-2001", article = 9 }]', "[9]", "items[1].cites[0]", 18, "a table"),
    ],
)
def test_mistakes_are_told_with_file_line_and_key(
    folder: Path, old: str, new: str, field: str, line: int, reason: str
) -> None:
    found = problems_of(GOOD.replace(old, new))
    assert any((f, n) == (field, line) and reason in told for f, n, told in found), found


def test_a_list_without_items_or_citation(folder: Path) -> None:
    text = GOOD.partition("\n[[items]]")[0].replace(
        '[{ law = "cn.mobile-2001", article = 22 }]', "[]"
    )
    found = problems_of(text + "items = []\n")
    assert [field for field, _, _ in found] == ["cites", "items"]
    for items in ("items = 7", "items = [7]"):
        found = problems_of(f"{text}{items}\n")
        assert any(field.startswith("items") for field, _, _ in found)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "id"),
        (b"\xff\xfe", "is not UTF-8 (byte 0)"),
        (b"id = ", "is not TOML: a value is expected"),
        (b"id = 1\nid = 2", "gives a key or a table twice"),
        (b"id = " + b"[" * 5000 + b"]" * 5000, "is nested too deeply"),
        (b"# " + b"x" * (1 << 18), "is too large for a checklist"),
        (b"id = nan\nversion = 2026-11-22T10:00:00", "must be text"),
    ],
    ids=["empty", "bytes", "broken", "twice", "deep", "large", "odd"],
)
def test_what_is_no_list(folder: Path, content: bytes, reason: str) -> None:
    found = problems_of(content)
    assert any(reason in f"{field} {told}" for field, _, told in found), found


def test_what_is_no_file(tmp_path: Path) -> None:
    for path, reason in (
        (tmp_path / "none.toml", "there is no such file"),
        (tmp_path, "is a directory, not a file"),
        ("a\0b", "is no path"),
        (7, "must be the path of a checklist file"),
        (None, "must be the path of a checklist file"),
    ):
        with pytest.raises(ValidationError, match=reason):
            checklists.load(path)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["doa-exchang", "", None, 7, [], "💥"], ids=repr)
def test_an_id_nobody_knows(name: Any) -> None:
    with pytest.raises(ValidationError, match="there is no checklist with this id") as error:
        checklists.get(name)
    [problem] = error.value.problems
    assert problem.reason.endswith("did you mean 'doa-exchange'?") == (name == "doa-exchang")


def _list(**changes: Any) -> Checklist:
    ordinary: dict[str, Any] = {
        "id": "own",
        "version": "1",
        "title": ("我的", "mine"),
        "owed_by": "producer",
        "owed_to": "seller",
        "source": "made up",
        "read_on": date(2026, 11, 22),
        "cites": (Citation("cn.mobile-2001", article=22),),
        "items": (),
    }
    return Checklist(**(ordinary | changes))
