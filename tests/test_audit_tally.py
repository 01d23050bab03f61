"""The tally of an audit: every row counted once, exactly, however the table is cut."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sanbao
from random_claims import random_claim
from sanbao.audit.report import sums as module
from sanbao.audit.report.company import check_company_columns
from sanbao.audit.report.sums import KEPT, LESS, VERDICTS, Cell, Flow, Group, Less
from sanbao.audit.report.tally import Tally

SCHEMA: dict[str, Any] = {
    "claim_id": pl.String,
    "claimed_on": pl.Date,
    "kind": pl.String,
    "company_outcome": pl.String,
    "company_refund": pl.Decimal(38, 2),
    "shop": pl.String,
    "outcome": pl.String,
    "rule": pl.String,
    "articles": pl.String,
    "payable": pl.Decimal(38, 2),
    "provisional": pl.Boolean,
    "depends_on_reading": pl.String,
    "error": pl.String,
    "row": pl.Int64,
}
ORDINARY: dict[str, Any] = {
    "claimed_on": date(2025, 5, 12),
    "kind": "handset",
    "outcome": "refund",
    "rule": "art11.refund",
    "articles": "cn.mobile-2001:11; cn.civil-code:201",
    "payable": Decimal("1599.00"),
    "provisional": False,
    "depends_on_reading": "",
}


def decided(*rows: Mapping[str, Any], first: int = 0) -> pl.DataFrame:
    """Return a decided table; what a row does not say is as in an ordinary one."""
    whole = [{**ORDINARY, "row": first + place, **row} for place, row in enumerate(rows)]
    return pl.DataFrame(whole, schema=SCHEMA)


def law(outcome: str | None, company: str | None, refund: str | None = None) -> dict[str, Any]:
    payable = Decimal("1599.00") if outcome == "refund" else None
    paid = None if refund is None else Decimal(refund)
    row = {"outcome": outcome, "payable": payable}
    return row | {"company_outcome": company, "company_refund": paid}


def verdict(row: Mapping[str, Any]) -> str:
    [found] = [name for name, count in Tally.of(decided(row)).verdicts.items() if count]
    return found


# --- the verdict on a row --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (law("refund", "refund", "1599.00"), "as_law"),
        (law("refund", "refund", "1598.99"), "less_money"),
        (law("refund", "refund", "0"), "less_money"),
        (law("refund", "refund", "1599.01"), "more"),
        (law("refund", "refund"), "money_unknown"),
        (law("refund", "refund", "1") | {"payable": None}, "money_unknown"),
        (law("refund", "refund", "-1"), "money_unread"),
        (law("refund", "exchange"), "less_remedy"),
        (law("refund", "free_repair"), "less_remedy"),
        (law("refund", "excluded", "1599"), "less_remedy"),
        (law("exchange", "exchange"), "as_law"),
        (law("exchange", "refund", "1"), "more"),
        (law("exchange", "free_repair"), "less_remedy"),
        (law("free_repair", "paid_repair"), "less_remedy"),
        (law("free_repair", "excluded"), "less_remedy"),
        (law("free_repair", "exchange"), "more"),
        (law("paid_repair", "excluded"), "refused"),
        (law("paid_repair", "paid_repair"), "as_law"),
        (law("excluded", "paid_repair"), "more"),
        (law("excluded", "excluded"), "as_law"),
        (law("exchange", None), "company_missing"),
        (law("exchange", "  "), "company_missing"),
        (law("exchange", "repair"), "company_unread"),
        (law(None, "refund"), "open"),
        (law(None, "refund") | {"error": "kind = 'x': is wrong"}, "error"),
    ],
)
def test_every_row_has_one_verdict(row: dict[str, Any], expected: str) -> None:
    """The first verdict that is true of a row, in the order the module states."""
    assert verdict(row) == expected
    tally = Tally.of(decided(row))
    assert tally.balanced
    assert tally.total.firm.rows == (expected in LESS)
    assert tally.total.compared == (
        expected in ("less_money", "less_remedy", "refused", "more", "as_law")
    )


@pytest.mark.parametrize(
    ("company", "code"),
    [
        ("退货", "refund"),
        (" 换货 ", "exchange"),
        ("免费修理", "free_repair"),
        ("收费修理", "paid_repair"),
        ("拒绝", "excluded"),
        ("refused", "excluded"),
        ("Free_Repair", "free_repair"),
    ],
)
def test_words_for_what_the_company_did(company: str, code: str) -> None:
    """Codes and Chinese words are taken, with blanks and capitals."""
    [(_, deed)] = Tally.of(decided(law("exchange", company))).matrix
    assert deed == code


def test_money() -> None:
    """Too little, nothing, and an exchange instead are three sums; what was paid comes off."""
    tally = Tally.of(
        decided(
            law("refund", "refund", "1500.50"),
            law("refund", "free_repair"),
            law("refund", "excluded", "100.00"),
            law("refund", "paid_repair", "9999.00"),
            law("refund", "exchange", "0.01"),
            law("refund", "excluded") | {"payable": None},
            law("exchange", "free_repair"),
            law("refund", "refund", "2000.00"),
        )
    )
    expected = Less(rows=7, short=98_50, denied=1599_00 + 1499_00, swapped=1598_99, unpriced=1)
    assert tally.total.firm == expected
    assert expected.gap == 98_50 + 3098_00
    assert tally.flows["less_money|firm|refund|refund"] == Flow(1, 1599_00, 1500_50)


def test_what_was_asked_for_and_could_be_had_is_not_less() -> None:
    """Whoever is given the remedy they asked for, where it is available, was not given less."""
    rng, rows = Random(5), []
    for _ in range(400):
        claim = random_claim(rng)
        decision = sanbao.decide(claim)
        if decision.requested is None or not decision.requested.available:
            continue
        asked = decision.requested.remedy
        given = "free_repair" if asked == "repair" else asked
        sums = [one.payable for one in decision.remedies if one.rule == decision.lead.rule]  # type: ignore[union-attr]
        rows.append(law(decision.outcome, given) | {"payable": sums[0], "company_refund": sums[0]})
    verdicts = Tally.of(decided(*rows)).verdicts
    assert len(rows) > 50
    assert not any(verdicts[one] for one in ("less_remedy", "less_money", "more", "refused"))


def test_standing() -> None:
    """Rows on a reading and provisional rows are counted apart; a reading comes first."""
    less = law("refund", "refund", "1000")
    tally = Tally.of(
        decided(
            less,
            less | {"depends_on_reading": "window_end, first_day"},
            less | {"provisional": True},
            less | {"provisional": True, "depends_on_reading": "rounding+depreciation"},
            less | {"provisional": None, "depends_on_reading": None},
        )
    )
    one = Less(rows=1, short=599_00)
    assert tally.total == Cell(5, 5, one + one, one + one, one)
    assert tally.total.unsure.rows == 3
    assert tally.total.all.gap == 5 * 599_00
    assert {*tally.readings} == {"window_end", "first_day", "rounding+depreciation"}
    assert tally.readings["first_day"] == Cell(1, 1, reading=one)
    assert [sample.row for sample in tally.unsure["reading"]] == [1, 3]
    assert [sample.row for sample in tally.unsure["provisional"]] == [2]
    assert [sample.row for sample in tally.first["reading"]] == [1, 3]


# --- cut by something --------------------------------------------------------------------------


def test_cuts() -> None:
    """Every cut has all rows; an article counts as the first cited, and as one of those cited."""
    tally = Tally.of(
        decided(
            law("refund", "refund", "1599") | {"shop": "甲", "claimed_on": date(2024, 12, 31)},
            law("refund", "refund", "1598") | {"shop": " 甲 "},
            law("exchange", "free_repair")
            | {"shop": "", "articles": "cn.mobile-2001:12; cn.civil-code:201", "rule": "art12"},
            law(None, "refund")
            | {"claimed_on": None, "articles": None, "rule": None, "error": "x = 1: no"},
        )
    )
    assert tally.balanced
    assert {key: cell.rows for key, cell in tally.shops.items()} == {"": 2, "甲": 2}
    assert {k: c.rows for k, c in tally.months.items()} == {"": 1, "2024-12": 1, "2025-05": 2}
    assert {key: cell.rows for key, cell in tally.articles.items()} == {
        "": 1,
        "cn.mobile-2001:11": 2,
        "cn.mobile-2001:12": 1,
    }
    assert tally.cited["cn.civil-code:201"].rows == 3
    assert tally.cited["cn.civil-code:201"].firm == Less(2, 1_00)
    assert {key: cell.rows for key, cell in tally.rules.items()} == {
        "": 1,
        "art11.refund": 2,
        "art12": 1,
    }


@pytest.mark.parametrize(
    "days",
    [
        pl.Series(["2025-05-12", "2025/5/1", "2025年5月3日", "2025-13-01", None]),
        pl.Series([datetime(2025, 5, 12)] * 3 + [None] * 2),
    ],
)
def test_months_of_other_types(days: pl.Series) -> None:
    """Days may be texts or times; what is no day has no month."""
    frame = decided(*[law("exchange", "exchange")] * 5).with_columns(claimed_on=days)
    assert {k: c.rows for k, c in Tally.of(frame).months.items()} == {"": 2, "2025-05": 3}


def test_errors_by_reason() -> None:
    """Errors are grouped by what is wrong, without the values of single rows."""
    texts = [
        "purchase.price = '12.345': must be an amount",
        "purchase.price = '1: 2': must be an amount",
        "purchase.sold_on = '2025-07-09': is after the claim (2025-07-04)",
        "purchase.sold_on = '2025-08-09': is after the claim (2025-08-04)",
        "product.kind = 'handet': must be one of handset; did you mean 'handset'?",
        "product.kind = 'zzz': must be one of handset",
        "product.imei = '1': has a wrong check digit; its first 14 digits ask for 3",
        "repairs[0].delay = 7: is wrong; repairs[1].delay = 8: is wrong",
        "repairs[12].delay = 'lazy… (70 characters)' (70 characters): is wrong",
    ]
    tally = Tally.of(decided(*(law(None, None) | {"error": text} for text in texts)))
    found = {text: (group.rows, group.first) for text, group in tally.errors.known.items()}
    assert found == {
        "purchase.price: must be an amount": (2, (0, 1)),
        "purchase.sold_on: is after the claim (…)": (2, (2, 3)),
        "product.kind: must be one of handset": (2, (4, 5)),
        "product.imei: has a wrong check digit; its first 14 digits ask for …": (1, (6,)),
        "repairs[].delay: is wrong": (2, (7, 8)),
    }
    assert tally.in_error == 9
    assert tally.decided == 0


def test_texts_nobody_knows() -> None:
    """Words for what the company did that are not known are counted, on one line each."""
    rows = [law("exchange", text) for text in ("退机", "退机", "a\nb", "x" * 600)]
    known = Tally.of(decided(*rows)).unread.known
    assert known["退机"] == Group(2, (0, 1))
    assert {*known} == {"退机", "a\\nb", f"'{'x' * 60}… (600 characters)'"}


# --- the columns -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("refunds", "read"),
    [
        (pl.Series(["1598.00", "￥1,598元", "", " ", "abc"]), (2, 2, 1)),
        (pl.Series([1598, 1598, None, None, -1]), (2, 2, 1)),
        (pl.Series([1598, 1598, None, None, 10**13]), (2, 2, 1)),
        (pl.Series(["1598.000", "1598", None, None, "1.005"]).cast(pl.Decimal(20, 3)), (2, 2, 1)),
        (pl.Series([None] * 5), (0, 5, 0)),
        (pl.Series(["1598", "1598", None, None, "?"], dtype=pl.Categorical), (2, 2, 1)),
    ],
    ids=["texts", "integers", "too large", "thousandths", "nothing", "categories"],
)
def test_money_in_other_types(refunds: pl.Series, read: tuple[int, int, int]) -> None:
    """Sums may be decimals, whole yuan or texts; each is read exactly or not at all."""
    rows = decided(*[law("refund", "refund")] * 5).with_columns(company_refund=refunds)
    verdicts = Tally.of(rows).verdicts
    found = (verdicts["less_money"], verdicts["money_unknown"], verdicts["money_unread"])
    assert found == read


def test_money_in_fen() -> None:
    """Whole fen are taken where the mapping says so."""
    rows = decided(law("refund", "refund")).with_columns(paid=pl.lit(159_899))
    tally = Tally.of(rows, {"company_refund": {"column": "paid", "unit": "fen"}})
    assert tally.total.firm.short == 1


def test_columns_under_other_names() -> None:
    """A mapping says which column is which; Chinese names of claims need none."""
    renamed = {"company_outcome": "处理", "company_refund": "实退", "shop": "门店"}
    frame = decided(law("refund", "refund", "1500") | {"shop": "甲"}).rename(
        renamed | {"row": "n", "claimed_on": "申请日期", "kind": "what"}
    )
    tally = Tally.of(frame, renamed | {"row": "n", "kind": "what"})
    assert [*tally.shops] == ["甲"]
    assert [*tally.months] == ["2025-05"]
    [sample] = tally.largest["art11.refund"]
    assert sample.claim == {"claimed_on": "2025-05-12", "product": {"kind": "handset"}}


def refused(frame: pl.DataFrame, columns: dict[str, Any] | None = None) -> str:
    with pytest.raises(sanbao.ValidationError) as caught:
        check_company_columns(frame, columns or {})
    [problem] = caught.value.problems
    return str(problem)


def test_columns_that_cannot_be() -> None:
    """What is missing or of a wrong type is named, with the nearest column there is."""
    frame = decided(law("refund", "refund", "1"))
    text = refused(frame.rename({"company_outcome": "company_outcom"}))
    assert "company_outcome = 'company_outcome': is not a column of the table" in text
    assert "did you mean 'company_outcom'?" in text
    assert "money that the company paid" in refused(frame.drop("company_refund"))
    assert "shop = 'store'" in refused(frame, {"shop": "store"})
    check_company_columns(frame.drop("shop"), {})
    floats = frame.with_columns(pl.col("company_refund").cast(pl.Float64))
    assert "floating-point" in refused(floats)
    assert "pl.Decimal(38, 2)" in refused(floats)
    assert "amounts in yuan (it is Date)" in refused(
        frame.with_columns(company_refund="claimed_on")
    )
    assert "a column of texts" in refused(frame.with_columns(company_outcome=pl.lit(1)))
    days = frame.with_columns(shop=pl.lit(date(2025, 7, 1)))
    assert refused(days) == "shop = 'shop': must be a column of texts or numbers (it is Date)"
    paid: dict[str, Any] = {"column": "company_refund"}
    assert "yuan or fen" in refused(frame, {"company_refund": paid | {"unit": "cent"}})
    assert "whole numbers" in refused(frame, {"company_refund": paid | {"unit": "fen"}})
    assert 'or {"column": "…"}' in refused(frame, {"shop": {"column": "x", "unit": "fen"}})
    assert '"unit": "fen"' in refused(frame, {"company_refund": 3})


# --- samples -----------------------------------------------------------------------------------


def test_samples_hold_the_largest_and_the_first() -> None:
    """The largest by rule and the first by verdict; equal ones by row. Claims can be decided."""
    rows = [law("refund", "refund", f"{1000 + place % 7}.00") for place in range(20)]
    rows[13] |= {"claim_id": "C13", "shop": "甲", "depends_on_reading": None}
    tally = Tally.of(decided(*rows, law("refund", "退机"), first=100))
    largest = tally.largest["art11.refund"]
    assert [sample.row for sample in largest] == [100, 107, 114, 101, 108]
    assert [sample.gap for sample in largest] == [599_00] * 3 + [598_00] * 2
    assert [sample.row for sample in tally.first["less_money"]] == [*range(100, 100 + KEPT)]
    assert tally.first["company_unread"][0].company == "退机"
    assert sanbao.decide(largest[0].claim).outcome is None


def test_samples_hold_repairs_of_a_table_of_their_own() -> None:
    """Repairs and exchanges in tables of their own come into the claims of the samples."""
    frame = decided(
        law("refund", "refund", "1") | {"claim_id": "A"},
        law("refund", "refund", "1599") | {"claim_id": "B"},
    )
    repairs = pl.DataFrame({"claim_id": ["A", "A"], "in": ["2025-04-01", "2025-05-01"]})
    exchanges = pl.DataFrame({"claim_id": ["B"], "exchanged_on": [date(2025, 4, 1)]})
    columns = {"repairs": {"handed_in_on": "in"}}
    tally = Tally.of(frame, columns, repairs=repairs, exchanges=exchanges)
    [one], [other] = tally.first["less_money"], tally.first["as_law"]
    assert [repair["handed_in_on"] for repair in one.claim["repairs"]] == [
        "2025-04-01",
        "2025-05-01",
    ]
    assert other.claim["exchanges"] == [{"exchanged_on": "2025-04-01"}]
    assert one.claim_id == "A"
    assert "repairs" not in other.claim


def test_cells_that_are_no_json_come_as_texts() -> None:
    """What a row in error holds is kept so that it comes back the same."""
    rows = decided(law(None, None) | {"error": "x = nan: is wrong"}).with_columns(
        battery_capacity=pl.lit(float("nan")),
        claimed_on=pl.lit(datetime(2025, 5, 12, 8)),
        same_model_in_stock=pl.lit(True),
        commitments=pl.lit(["a"]),
    )
    tally = Tally.of(rows)
    [sample] = tally.first["error"]
    assert tally.matrix == {}
    assert sample.claim["fault"]["battery_capacity"] == "nan"
    assert sample.claim["commitments"] == ["a"]
    assert sample.claim["claimed_on"] == "2025-05-12 08:00:00"
    assert Tally.from_json(tally.to_json()) == tally
    sound = decided(law("exchange", "exchange")).drop("claim_id")
    tally = Tally.of(sound.with_columns(battery_capacity=pl.lit(79.5)))
    [sample] = tally.first["as_law"]
    assert sample.claim["fault"] == {"battery_capacity": 79.5}
    assert sample.claim_id is None


# --- adding up ---------------------------------------------------------------------------------


def some_rows(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Return rows of every verdict, standing and kind of group."""
    rng = Random(seed)
    outcomes = ("refund", "exchange", "free_repair", "paid_repair", "excluded")
    rows = []
    for _ in range(count):
        paid = rng.choice((None, "1599.00", "1000.00", f"{rng.randint(0, 200000) / 100:.2f}"))
        row = law(rng.choice((*outcomes, "refund", None)), rng.choice((*outcomes, None, "?")), paid)
        rule = rng.choice(("art11.refund", "art18.refund", "art10.repair"))
        row |= {
            "rule": rule if row["outcome"] else None,
            "articles": f"cn.mobile-2001:{rule[3:5]}; cn.civil-code:203"
            if row["outcome"]
            else None,
            "shop": rng.choice(("", "甲", "乙", None, f"{rng.randint(0, 9)}")),
            "claimed_on": date(2025, rng.randint(1, 12), 3) if rng.random() < 0.9 else None,
            "depends_on_reading": rng.choice(("", "", "", "first_day", "first_day, rounding")),
            "provisional": rng.random() < 0.1,
            "claim_id": f"C{rng.randint(0, 10**6)}",
        }
        if rng.random() < 0.15:
            text = f"purchase.f{rng.randint(0, 8)} = '{rng.random()}': is wrong"
            row |= {"outcome": None, "rule": None, "articles": None, "error": text}
        rows.append(row)
    return rows


TABLE = decided(*some_rows(120))
WHOLE = Tally.of(TABLE)


def test_the_table_of_the_search_has_everything() -> None:
    """Every verdict but one that other tests have, every standing, several of each group."""
    assert {one for one in VERDICTS if WHOLE.verdicts[one]} == {*VERDICTS} - {"money_unread"}
    assert WHOLE.balanced
    assert len(WHOLE.errors.known) == 9


@pytest.mark.untraced
@settings(max_examples=25)
@given(cuts=st.sets(st.integers(1, 119), max_size=6), order=st.randoms(use_true_random=False))
def test_a_table_cut_any_way_gives_the_same_tally(cuts: set[int], order: Random) -> None:
    """Parts of a table, added in any order and grouping, give the tally of the whole."""
    ends = [0, *sorted(cuts), len(TABLE)]
    parts = [Tally.of(TABLE[a:b]) for a, b in pairwise(ends)]
    order.shuffle(parts)
    while len(parts) > 1:
        place = order.randrange(len(parts) - 1)
        parts[place : place + 2] = [parts[place] + parts[place + 1]]
    assert parts[0] == WHOLE
    assert parts[0].to_json() == WHOLE.to_json()


def test_cut_in_single_rows() -> None:
    """The finest cut gives the same, and so does an empty one."""
    singles = [Tally.of(TABLE[place : place + 1]) for place in range(40)]
    assert sum_of(reversed(singles)) == Tally.of(TABLE[:40])
    assert Tally.of(TABLE[:0]) == Tally()
    assert WHOLE + Tally() == WHOLE == Tally() + WHOLE
    with pytest.raises(TypeError):
        WHOLE + 1  # type: ignore[operator]


def sum_of(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def test_many_kinds_of_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many errors those first in their alphabet are kept, exactly, however they come."""
    monkeypatch.setattr(module, "MOST_GROUPS", 4)
    whole = Tally.of(TABLE)
    assert [*whole.errors.known] == [f"purchase.f{n}: is wrong" for n in range(4)]
    assert all(whole.errors.known[text] == WHOLE.errors.known[text] for text in whole.errors.known)
    assert whole.errors.beyond == sum(g.rows for g in [*WHOLE.errors.known.values()][4:])
    assert whole.balanced
    assert sum_of(Tally.of(TABLE[at : at + 7]) for at in range(0, 120, 7)) == whole


def test_sums_are_exact_where_they_are_large() -> None:
    """The largest prices there can be, often enough to pass what 64 bits hold."""
    most = Decimal("999999999999.99")
    row = law("refund", "refund", "0.01") | {"payable": most}
    frame = pl.concat([decided(row)] * 100_000).with_columns(row=pl.int_range(pl.len()))
    tally = Tally.of(frame)
    assert tally.total.firm.short == 100_000 * (99_999_999_999_999 - 1) > 2**63
    again = Tally.from_json((tally + tally).to_json())
    assert again.total.firm.short == 2 * tally.total.firm.short


# --- JSON, and what has to be right --------------------------------------------------------------


def test_json() -> None:
    """A tally comes back from JSON as it was; what is no tally is refused."""
    assert Tally.from_json(WHOLE.to_json()) == WHOLE
    for text in ("", "{", "[]", '{"rows": "1"}', '{"rows": 1.5}', '{"nothing": 1, "rows": []}'):
        with pytest.raises(sanbao.ValidationError):
            Tally.from_json(text)


@pytest.mark.parametrize(
    "change",
    [
        {"rows": 121},
        {"in_error": 0},
        {"settled": 1},
        {"flows": {}},
        {"shops": {}},
        {"errors": {"known": {}, "beyond": 0}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_tally_that_lost_rows_does_not_balance(change: dict[str, Any]) -> None:
    """Rows in = decided + in error, decided = settled + undecided, every cut has all rows."""
    data = json.loads(WHOLE.to_json()) | change
    assert not Tally.from_json(json.dumps(data)).balanced
