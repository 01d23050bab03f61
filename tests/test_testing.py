"""Tables to try things on: the same everywhere, known to the row, and reaching everything."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from decimal import Decimal
from hashlib import sha256
from itertools import combinations
from random import Random
from typing import Any, Final, get_args

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from flat import FLAT, claim_of, frame_of, row_of, scalar_columns
from random_claims import random_claims
from sanbao import MOBILE_2001, Engine, Readings, ValidationError, decide, policies, testing
from sanbao.audit import Tables
from sanbao.audit.report.sums import Less
from sanbao.audit.report.tally import Tally
from sanbao.base import lazy_names as lazily
from sanbao.model.readings import reading_values
from sanbao.testing import Injected, boundary_table, claim_table, claim_table_and_injected
from sanbao.testing.company import Injury
from sanbao.testing.draws import Draws
from sanbao.testing.impossible import MISTAKES

KINDS: Final[tuple[Injury, ...]] = get_args(Injury)
PROMISES: Final = tuple(name for name in policies.ids() if name != MOBILE_2001.id)
SEARCHED: Final = 2800
"""Rows of which it is looked for the readings that they hang on."""


def digest(table: pl.DataFrame) -> str:
    """Return a digest of the values of a table, whatever holds them."""
    return sha256(repr(table.rows()).encode()).hexdigest()[:16]


def share(rows: pl.Series) -> float:
    """Return in which share of the rows something is true."""
    return int(rows.sum()) / len(rows)


# --- the same everywhere ------------------------------------------------------------------


def test_the_same_seed_gives_the_same_table() -> None:
    """These digests are the same on every machine; another generator is a change to be told."""
    assert digest(boundary_table(300, seed=1, commitments=0)) == "18959749fed007b3"
    assert digest(boundary_table(300, seed=2, commitments=0, errors=0.2)) == "f8f6d05e45c00f19"
    closed = claim_table(300, seed=1, errors=0.05, unknown=0.1)
    assert digest(closed.drop("company_outcome", "company_refund")) == "1da2b71b1ecc5609"


def test_another_seed_gives_another_table() -> None:
    seeds = (0, 1, -1, 2**70)
    assert len({digest(boundary_table(20, seed=seed)) for seed in seeds}) == len(seeds)


@pytest.mark.parametrize("errors", [0.0, 0.2])
def test_tables_made_in_parts_are_the_table_made_at_once(errors: float) -> None:
    for make in (boundary_table, claim_table):
        whole = make(60, seed=3, errors=errors)
        parts = [
            make(size, seed=3, errors=errors, first=first)
            for first, size in ((0, 10), (10, 35), (45, 15))
        ]
        assert_frame_equal(pl.concat(parts), whole)


def test_draws_are_even() -> None:
    draws = Draws(1, pl.int_range(100_000, dtype=pl.UInt64, eager=True))
    counts = draws.below("die", 6).value_counts()["count"]
    assert counts.len() == 6
    assert counts.is_between(16_200, 17_200).all()
    here, there = draws.chance("coin", 0.5), draws.chance("another coin", 0.5)
    assert 24_000 < (here & there).sum() < 26_000
    entries = draws.entries(pl.Series([5, 5, 6]), pl.Series([0, 1, 0])).number("")
    assert entries.n_unique() == 3


# --- claims that reach everything ---------------------------------------------------------


def test_the_flat_schema() -> None:
    assert dict(boundary_table(5, seed=1).schema) == dict(FLAT)
    assert dict(boundary_table(0, seed=1).schema) == dict(FLAT)
    assert boundary_table(5, seed=1, errors=0.1).schema["price"] == pl.String


@pytest.mark.untraced
def test_every_rule_boundary_and_reading_is_reached() -> None:
    """Every rule holds somewhere, every last day and the day after it come up."""
    # two rules are none unless a reading makes them one
    both = Readings(two_repairs_remedy="refund_too", second_hand="not_covered")
    engine, other = Engine(MOBILE_2001), Engine(MOBILE_2001, both)
    held: set[str] = set()
    led: set[str | None] = set()
    ends: Counter[tuple[str, int]] = Counter()
    readings: set[str] = set()
    rows = boundary_table(5000, seed=1, unknown=0, commitments=0)
    for number, row in enumerate(rows.iter_rows(named=True)):
        claim = claim_of(row)
        for decision in (engine.decide(claim), other.decide(claim)):
            held |= {one.rule for one in decision.findings if one.verdict == "holds"}
            led.add(None if decision.lead is None else decision.lead.rule)
        dates = engine.decide(claim).dates
        for name in ("refund_until", "exchange_until", "period_ends_on"):
            if last := getattr(dates, name):
                ends[name, (claim.claimed_on - last).days] += 1
        if number < SEARCHED:
            readings |= {one.reading for one in decide(claim).depends_on or ()}
    local = {right.id for one in policies.local(MOBILE_2001.id) for right in one.rights}
    of_places = {rule for rule in local if rule.startswith(("zj", "js"))}
    assert {rule.id for rule in MOBILE_2001.rules} | of_places <= held
    rights = {right.id for right in MOBILE_2001.rights}
    bars = {bar.id for bar in MOBILE_2001.bars}
    assert led >= rights | bars | {one.id for one in MOBILE_2001.exclusions}
    for name in ("refund_until", "exchange_until", "period_ends_on"):
        assert ends[name, 0] >= 3, name
        assert ends[name, 1] >= 3, name
    assert readings == {*reading_values()}


def test_every_promise_alone_and_every_two() -> None:
    named = boundary_table(4000, seed=1, commitments=0.5)["commitments"].to_list()
    expected = {(), *((name,) for name in PROMISES), *combinations(PROMISES, 2)}
    assert {tuple(names) for names in named} == expected
    assert 1800 < sum(map(bool, named)) < 2200


def test_facts_that_are_not_known() -> None:
    known, some = boundary_table(3000, seed=4, unknown=0), boundary_table(3000, seed=4, unknown=0.5)
    lost = pl.lit(False)
    for name in ("sold_on", "invoice", "voucher", "symptom", "same_model_in_stock"):
        assert known[name].null_count() == 0
        assert 150 < some[name].null_count() < 800
        lost |= pl.col(name).is_null()
    delays = some["repairs"].explode().drop_nulls().struct.field("delay")
    assert 0.03 < delays.null_count() / len(delays) < 0.25
    assert 1000 < some.select(lost.sum()).item() < 1600


def test_every_mistake_is_made_and_refused() -> None:
    """Rows with a mistake are no claims; the others are the rows without one."""
    good = boundary_table(1500, seed=5)
    bad = boundary_table(1500, seed=5, errors=0.1)
    reasons = Counter[str]()
    for row, sound in zip(bad.iter_rows(named=True), good.iter_rows(named=True), strict=True):
        unknown = "no-such-promise" in row["commitments"]
        if row == sound | {"price": None if sound["price"] is None else str(sound["price"])}:
            claim_of(row)
        elif not unknown:
            with pytest.raises(ValidationError) as refused:
                decide(claim_of(row))  # which also knows the codes of the law
            reasons[str(refused.value.problems[0].field).split("[")[0]] += 1
        else:
            reasons["commitments"] += 1
    assert 100 < sum(reasons.values()) < 200
    assert reasons.keys() == {
        *("claimed_on", "purchase.sold_on", "purchase.invoiced_on", "purchase.price"),
        *("product.kind", "product.imei", "fault.symptom", "fault.battery_capacity"),
        *("asked_on", "fault.appeared_on", "purchase.province"),
        *("repairs", "exchanges", "commitments"),
    }
    assert len(MISTAKES) == len(reasons) + 1  # a price may be wrong in two ways


def test_the_table_as_the_scalar_engine_has_it() -> None:
    table = boundary_table(250, seed=6, commitments=0, errors=0.05)
    found = Tables(depends=False).decide(table)
    assert_frame_equal(found, scalar_columns(table.iter_rows(named=True), depends=False))
    assert 0 < found["error"].count() < 30


def test_rows_and_claims() -> None:
    rng = Random(1)
    claims = random_claims(rng, 100)
    assert [claim_of(row_of(claim)) for claim in claims] == claims
    assert [claim_of(row) for row in frame_of(claims).iter_rows(named=True)] == claims
    assert dict(frame_of(claims).schema) == dict(FLAT)


# --- closed claims --------------------------------------------------------------------------


def yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


@pytest.mark.untraced
def test_an_audit_finds_what_was_injected_and_nothing_else() -> None:
    table, injected = claim_table_and_injected(3000, seed=2, underpaid=0.3, errors=0.03)
    decided = table.hstack(Tables(depends=False).decide(table)).with_row_index("row")
    tally = Tally.of(decided)
    assert tally.balanced
    found = sum((cell.all for cell in tally.rules.values()), Less())
    assert found.rows == len(injected) > 500
    assert yuan(found.gap) == injected.gap > 0
    assert yuan(found.swapped) == injected.swapped > 0
    assert found.unpriced == 0
    kinds = Counter(injected.rows["kind"])
    assert kinds.keys() == {*KINDS}
    verdicts = Counter[str]()
    for key, flow in tally.flows.items():
        verdicts[key.split("|")[0]] += flow.rows
    assert verdicts == {
        "less_money": kinds["refund_short"] + kinds["fee_not_due"],
        "less_remedy": kinds["refused"] + kinds["weaker_remedy"],
        "error": tally.in_error,
        "as_law": len(table) - len(injected) - tally.in_error,
    }
    assert 50 < tally.in_error < 130
    less = {name: cell.all.rows for name, cell in tally.shops.items() if cell.all.rows}
    assert less == Counter(injected.rows["shop"])


def test_what_is_injected_is_told_row_by_row() -> None:
    table, injected = claim_table_and_injected(3000, seed=3)
    rows = injected.rows
    there = table[rows["row"]]
    assert there["claim_id"].to_list() == rows["claim_id"].to_list()
    assert there["company_outcome"].to_list() == rows["company"].to_list()
    assert there["company_refund"].to_list() == rows["paid"].to_list()
    money = pl.sum_horizontal("short", "denied", "swapped")
    refunds = rows.filter(law="refund")
    assert refunds.select((money + pl.col("paid").fill_null(0) == pl.col("owed")).all()).item()
    assert refunds.select((money > 0).all()).item()
    assert rows.filter(pl.col("law") != "refund").select(money.sum()).item() == 0
    short = injected.of("refund_short")
    assert len(short) == len(short.rows) > 0
    assert short.gap == sum(short.rows["short"])
    assert short.swapped == 0
    assert sum(len(injected.of(kind)) for kind in KINDS) == len(injected)
    with pytest.raises(ValidationError, match="must be one of refused, "):
        injected.of("late")  # type: ignore[arg-type]


def test_an_honest_company_and_one_that_never_gives_what_it_owes() -> None:
    honest, nothing = claim_table_and_injected(800, seed=4, underpaid=0)
    assert len(nothing) == nothing.gap == nothing.swapped == 0
    law = Tables(depends=False).decide(honest)
    given = law["outcome"].replace("excluded", "refused")
    assert honest["company_outcome"].to_list() == given.to_list()
    paid = law.select(pl.when(outcome="refund").then("payable")).to_series()
    assert honest["company_refund"].to_list() == paid.to_list()
    _, everything = claim_table_and_injected(800, seed=4, underpaid=1)
    owed = len(law.filter(pl.col("outcome").is_in(["refund", "exchange", "free_repair"])))
    nothing_left = len(law.filter(outcome="refund", payable=0))
    assert len(everything) == owed - nothing_left


def test_as_much_is_injected_as_was_asked_for() -> None:
    table, injected = claim_table_and_injected(20_000, seed=5, underpaid=0.05)
    owed = len(table) * 0.76
    assert 0.04 < len(injected) / owed < 0.06
    sizes, less = Counter(table["shop"]), Counter(injected.rows["shop"])
    assert sizes["北京1店"] > 3 * sizes["南京1店"] > 0
    worst = max(sizes, key=lambda name: less[name] / sizes[name])
    assert less[worst] / sizes[worst] > 0.07


def test_what_a_table_of_closed_claims_looks_like() -> None:
    table = claim_table(20_000, seed=6, months=("2019-03", "2024-10"))
    assert table.columns[:4] == ["claim_id", "shop", "claimed_on", "asked_on"]
    assert table.columns[-2:] == ["company_outcome", "company_refund"]
    assert table["claim_id"].is_unique().all()
    first, last = table["sold_on"].min(), table["sold_on"].max()
    assert (str(first)[:7], str(last)[:7]) == ("2019-03", "2024-10")
    assert share(table["kind"] == "handset") > 0.8
    price = table.filter(kind="handset")["price"]
    assert price.null_count() == 0
    assert 499 <= price.min() < 600  # type: ignore[operator]
    assert 9_000 < price.max() <= 9999  # type: ignore[operator]
    assert 2000 < price.median() < 3000  # type: ignore[operator]
    weekdays = Counter(table["sold_on"].dt.weekday())
    assert weekdays[6] > 1.3 * weekdays[2]
    days = (table["claimed_on"] - table["sold_on"]).dt.total_days()
    assert 0.3 < share(days <= 15) < 0.6
    assert 0.01 < share(days.is_between(363, 372)) < 0.2
    assert 0.1 < share(table["repairs"].list.len() > 0) < 0.3
    assert 0.01 < share(table["exchanges"].list.len() > 0) < 0.1
    sale, golden = table["sold_on"].dt.month(), Counter(table["sold_on"].dt.strftime("%m-%d"))
    assert golden["11-11"] > 1.5 * golden["11-20"]
    assert golden["12-12"] > 1.3 * golden["12-16"]
    assert golden["10-02"] > 1.3 * golden["09-12"]
    assert sale.n_unique() == 12
    for row in table.head(300).iter_rows(named=True):
        claim_of(row)


def test_nothing_is_open_where_everything_is_known() -> None:
    found = Tables(depends=False).decide(claim_table(2000, seed=7))
    assert found["outcome"].null_count() == 0
    some = claim_table(500, seed=7, unknown=0.3)
    assert 20 < Tables(depends=False).decide(some)["outcome"].null_count() < 150


def test_mistakes_of_a_company() -> None:
    """Prices stay exact numbers; such rows are in error and nothing is injected there."""
    table, injected = claim_table_and_injected(2000, seed=8, errors=0.2, underpaid=0.5)
    assert table.schema["price"] == pl.Decimal(38, 2)
    wrong = Tables(depends=False).decide(table)["error"].is_not_null()
    assert 300 < wrong.sum() < 500
    assert not wrong.gather(injected.rows["row"]).any()


def test_shops() -> None:
    named = claim_table(40, seed=9, shops=["甲", "乙"])
    assert {*named["shop"]} == {"甲", "乙"}
    many = claim_table(2000, seed=9, shops=45)["shop"]
    assert {"北京1店", "北京2店"} <= {*many}
    assert many.n_unique() == 45
    assert {*claim_table(10, seed=9, shops=1)["shop"]} == {"北京1店"}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"rows": -1}, "rows = -1: must be a whole number"),
        ({"rows": True}, "rows = True: must be a whole number"),
        ({"rows": 2**32 + 1}, "leads beyond row"),
        ({"first": 0.5}, r"first = 0\.5: must be a whole number"),
        ({"seed": "1"}, "seed = '1': must be a whole number"),
        ({"seed": False}, "seed = False: must be a whole number"),
        ({"errors": 1.1}, r"errors = 1\.1: must be a number from 0 to 1"),
        ({"unknown": float("nan")}, "unknown = nan"),
        ({"unknown": True}, "unknown = True"),
    ],
)
def test_arguments_that_cannot_be(arguments: dict[str, Any], reason: str) -> None:
    for make in (boundary_table, claim_table):
        with pytest.raises(ValidationError, match=reason):
            make(**({"rows": 1, "seed": 1} | arguments))


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"underpaid": -0.1}, "underpaid = "),
        ({"shops": 0}, "shops = 0: must be names of shops"),
        ({"shops": True}, "shops = True"),
        ({"shops": []}, "shops = "),
        ({"shops": "北京"}, "shops = '北京'"),
        ({"shops": [1]}, "shops = "),
        ({"months": None}, "months = None: must be the first month"),
        ({"months": ("2019-01",)}, "must be the first month"),
        ({"months": ("2019-13", "2020-01")}, "must be the first month"),
        ({"months": (2019, 2020)}, "must be the first month"),
        ({"months": ("2020-01", "2019-01")}, "must begin before they end"),
    ],
)
def test_tables_that_cannot_be(arguments: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        claim_table(1, seed=1, **arguments)


# --- the module -----------------------------------------------------------------------------


def test_importing_loads_nothing_and_says_what_is_missing() -> None:
    code = """
import sys
import sanbao.testing
assert not {"polars", "pydantic"} & {*sys.modules}, "too much is loaded"
sys.modules["polars"] = None
try:
    sanbao.testing.claim_table
except ImportError as error:
    assert str(error).splitlines()[1] == (
        'sanbao.testing needs polars; install the extra "audit": '
        'pip install ".[audit]" in a clone of sanbao'
    ), error
else:
    raise SystemExit("polars was found")
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_names(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {*dir(testing)} == {*testing.__all__}
    assert testing.Injected is Injected
    with pytest.raises(AttributeError, match="has no attribute 'claims'"):
        testing.claims  # noqa: B018
    monkeypatch.delitem(vars(testing), "claim_table", raising=False)
    for missing, text in (("polars", r"pip install \"\.\[audit\]\""), ("sanbao.x", "^gone$")):

        def gone(name: str, missing: str = missing) -> None:
            raise ModuleNotFoundError("gone", name=missing)

        monkeypatch.setattr(lazily, "import_module", gone)
        with pytest.raises(ModuleNotFoundError, match=text):
            testing.claim_table  # noqa: B018
