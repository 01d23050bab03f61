"""Audits of files whose repairs and exchanges stand in files of their own."""

from __future__ import annotations

import json
import os
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from sanbao.audit.files import claim_ids as hashes
from sanbao.audit.files.run import Audited, audit_files
from sanbao.audit.tables.input.schema import RESULTS
from sanbao.base.errors import ValidationError
from sanbao.testing import claim_table

CLAIM = {
    "claimed_on": "2025-07-04",
    "kind": "handset",
    "sold_on": "2025-03-01",
    "price": "1999.00",
    "invoice": "original",
    "voucher": "intact",
    "symptom": "screen_fault",
    "same_model_in_stock": "true",
    "company_outcome": "free_repair",
    "company_refund": "",
}
TWO = "C1,2025-04-01,2025-04-03\nC1,2025-05-01,2025-05-03\n"
REPAIRS = "claim_id,handed_in_on,handed_back_on\n"
DAYS = ["2025-04-01", "2025-05-01"]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the test is in, with claims C1, C2 and C3."""
    monkeypatch.chdir(tmp_path)
    write_claims("claims.csv", "C1", "C2", "C3")
    return tmp_path


def write_claims(name: str, *ids: str) -> None:
    pl.DataFrame([{"claim_id": one, **CLAIM} for one in ids]).write_csv(name)


def write(**files: str) -> None:
    for name, text in files.items():
        Path(f"{name}.csv").write_text(text, "utf-8")


def audited(*claims: str, **by: Any) -> tuple[Audited, pl.DataFrame]:
    """Return an audit and its rows, and leave nothing of it."""
    found = audit_files(claims or ["claims.csv"], work="work", **by)
    found.keep_rows("rows.parquet")
    found.forget()
    return found, pl.read_parquet("rows.parquet")


def problems_of(**by: Any) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        audit_files(["claims.csv"], work="work", **by)
    assert not os.path.exists("work")
    return [str(problem) for problem in caught.value.problems]


# --- the same as lists in the rows -------------------------------------------------------------


@pytest.mark.parametrize("rows", [70, 100_000])
def test_as_if_they_stood_in_the_rows(rows: int) -> None:
    """Whatever the chunks, the order of the files and their formats."""
    table = claim_table(300, seed=7)
    table.write_parquet("lists.parquet")
    as_lists, wanted = audited("lists.parquet")
    repairs = table.select("claim_id", "repairs").explode("repairs").drop_nulls("repairs")
    repairs = repairs.unnest("repairs").sample(fraction=1, shuffle=True, seed=3)
    of_each = repairs.sort("handed_in_on", maintain_order=True)
    half = len(of_each) // 2
    of_each.head(half).write_csv("repairs.csv")
    of_each.slice(half).write_parquet("repairs.parquet")
    exchanges = table.select("claim_id", exchanged_on="exchanges").explode("exchanged_on")
    exchanges.drop_nulls().write_ndjson("exchanges.jsonl")
    assert min(half, len(exchanges.drop_nulls())) > 5

    table.drop("repairs", "exchanges").write_parquet("claims.parquet")
    found, decided = audited(
        "claims.parquet",
        repairs=["repairs.csv", "repairs.parquet"],
        exchanges=["exchanges.jsonl"],
        rows=rows,
    )
    assert_frame_equal(decided.select(*RESULTS), wanted.select(*RESULTS))
    assert (found.nobodys, found.problems) == (0, ())
    assert found.tally == as_lists.tally
    assert decided["repairs"].list.len().fill_null(0).sum() == len(repairs)


def test_two_repairs_make_an_exchange() -> None:
    """Which is what the second table is for; the report tells of it as of any other."""
    write(repairs=REPAIRS + TWO + "C2,2025-05-01,2025-05-03\n")
    found, rows = audited(repairs=["repairs.csv"])
    assert rows["rule"].to_list() == ["art13.exchange", "art10.repair", "art10.repair"]
    assert found.tally.total.all.rows == 1


def test_columns_under_other_names() -> None:
    """Chinese ones are known; others are found as they are said to be."""
    write(
        chinese="单号,送修日期,取机日期\n" + TWO,
        other="c,from,to\n" + TWO,
    )
    columns = {"repairs": {"claim_id": "c", "handed_in_on": "from", "handed_back_on": "to"}}
    for file, by in (("chinese.csv", None), ("other.csv", columns)):
        _, rows = audited(repairs=[file], columns=by)
        assert rows["rule"][0] == "art13.exchange"


def test_files_with_different_types() -> None:
    """Times at midnight are days; a time of day is an error of its claim, not of the audit."""
    write(repairs=REPAIRS + "C1,2025-04-01,2025-04-03\nC3,2025-04-01,2025-04-03\n")
    times = {"handed_in_on": datetime(2025, 5, 1), "handed_back_on": datetime(2025, 5, 3)}
    pl.DataFrame([{"claim_id": "C1", **times}]).write_parquet("times.parquet")
    _, rows = audited(repairs=["repairs.csv", "times.parquet"])
    assert rows["rule"].to_list() == ["art13.exchange", "art10.repair", "art10.repair"]

    odd = times | {"handed_back_on": datetime(2025, 5, 3, 17, 30)}
    pl.DataFrame([{"claim_id": "C2", **odd}]).write_parquet("odd.parquet")
    _, rows = audited(repairs=["repairs.csv", "odd.parquet"])
    assert rows["error"].is_null().to_list() == [True, False, True]
    assert "repairs[0].handed_back_on" in rows["error"][1]


def test_files_without_a_row() -> None:
    """They are tables, in which nothing stands."""
    write(repairs=REPAIRS, exchanges="claim_id,exchanged_on\n")
    found, rows = audited(repairs=["repairs.csv"], exchanges=["exchanges.csv"])
    assert rows["rule"].to_list() == ["art10.repair"] * 3
    assert found.nobodys == 0


def test_an_id_that_stands_twice() -> None:
    """Its second row is in error, as it is without repairs."""
    write_claims("claims.csv", "C1", "C2", "C1")
    write(repairs=REPAIRS + TWO)
    found, rows = audited(repairs=["repairs.csv"])
    assert rows["rule"].to_list() == ["art13.exchange", "art10.repair", None]
    assert "is the id of an earlier row" in rows["error"][2]
    assert found.nobodys == 0


# --- rows that belong to nobody ----------------------------------------------------------------


@pytest.mark.parametrize("at_once", [2, 4_000_000])
@pytest.mark.parametrize("rows", [1, 100])
def test_rows_of_no_claim(monkeypatch: pytest.MonkeyPatch, at_once: int, rows: int) -> None:
    """Each is counted, and told with its file and row; the claims are decided."""
    monkeypatch.setattr(hashes, "_IDS_AT_ONCE", at_once)
    write(
        repairs=f"{REPAIRS}C9,2025-04-01,2025-04-03\n ,2025-04-01,2025-04-03\n{TWO}C2,short\n",
        more=f"{REPAIRS}C2,2025-04-01,2025-04-03\nC8,2025-04-01,2025-04-03\n",
    )
    found, decided = audited(repairs=["repairs.csv", "more.csv"], rows=rows)
    assert decided["rule"].to_list() == ["art13.exchange", "art10.repair", "art10.repair"]
    assert found.nobodys == 4
    assert sorted(map(str, found.problems)) == [
        "more.csv: repairs.claim_id = 'C8': is the claim_id of no claim (row 2)",
        "repairs.csv: repairs = a row: could not be read: row = 'C2,short': has 2 cells where "
        "the header has 3 (row 5)",
        "repairs.csv: repairs.claim_id = 'C9': is the claim_id of no claim (row 1)",
        "repairs.csv: repairs.claim_id = nothing: is required (row 2)",
    ]


def test_many_rows_of_no_claim() -> None:
    """Some are told, and how many more there are."""
    write(repairs=REPAIRS + "".join(f"X{one},2025-04-01,2025-04-03\n" for one in range(1012)))
    found, _ = audited(repairs=["repairs.csv"], rows=100)
    assert found.nobodys == 1012
    told = [str(problem) for problem in found.problems]
    assert len(told) == 11
    assert told[9] == "repairs.csv: repairs.claim_id = 'X9': is the claim_id of no claim (row 10)"
    assert told[10] == "repairs.csv: repairs = 1,002 more rows: belong to no claim"


def test_lines_that_name_no_claim() -> None:
    """JSON Lines may leave keys out, also all claims their ids."""
    lines = [{"claim_id": "C1", "handed_in_on": day, "handed_back_on": day} for day in DAYS]
    lines += [{"handed_in_on": "2025-04-01"}]
    Path("repairs.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    claims = [{"claim_id": "C1", **CLAIM}, CLAIM, CLAIM]
    Path("claims.jsonl").write_text("\n".join(map(json.dumps, claims)), "utf-8")
    for rows in (1, 100):
        found, decided = audited("claims.jsonl", repairs=["repairs.jsonl"], rows=rows)
        assert decided["rule"].to_list() == ["art13.exchange", "art10.repair", "art10.repair"]
        assert [str(problem) for problem in found.problems] == [
            "repairs.jsonl: repairs.claim_id = nothing: is required (row 3)"
        ]


def test_a_list_in_the_row_too() -> None:
    """Where the head of a file has none, the rows that have one after it are in error."""
    claims: list[dict[str, Any]] = [
        {"claim_id": f"C{number}", **CLAIM, "note": "x" * 2_000} for number in range(700)
    ]
    claims[-1] |= {"repairs": [{"handed_in_on": "2025-04-01"}]}
    Path("claims.jsonl").write_text("\n".join(map(json.dumps, claims)), "utf-8")
    write(repairs=REPAIRS + TWO)
    _, rows = audited("claims.jsonl", repairs=["repairs.csv"])
    assert rows["rule"].to_list()[:3] == ["art10.repair", "art13.exchange", "art10.repair"]
    assert rows["error"].null_count() == 699
    assert rows["error"][-1] == (
        "repairs = two tables: stand in the table of claims and in one of their own"
    )


# --- what cannot be ----------------------------------------------------------------------------


def test_files_that_cannot_be_used() -> None:
    write(repairs="claim_id,handed_back_on\n", exchanges="exchanged_on\n", claims="kind\n")
    assert problems_of(repairs=["repairs.csv"], exchanges=["exchanges.csv"]) == [
        "repairs.csv: repairs.handed_in_on = no column: is required; did you mean "
        "'handed_back_on'?",
        "exchanges.csv: exchanges.claim_id = no column: is required where exchanges are a table",
        "claims.csv: claimed_on = no column: is required; the table has 'kind'",
    ]


def test_claims_that_cannot_be_joined() -> None:
    write(repairs=REPAIRS + TWO, claims="claimed_on,kind,repairs,company_outcome,company_refund\n")
    assert problems_of(repairs=["repairs.csv"]) == [
        "claims.csv: claim_id = no column: is required where repairs are a table",
        "claims.csv: repairs = two tables: stand in the table of claims and in one of their own",
    ]


def test_a_mapping_that_is_none() -> None:
    write(repairs=REPAIRS + TWO)
    assert problems_of(repairs=["repairs.csv"], columns={"repairs": "list"}) == [
        "columns.repairs = 'list': must map the columns of the table of repairs"
    ]
    columns = {"repairs": {"handed_in_on": "handed in"}}
    [problem] = problems_of(repairs=["repairs.csv"], columns=columns)
    assert problem.startswith("repairs.csv: columns.repairs.handed_in_on = 'handed in': is no col")


# --- stopped, and taken up ---------------------------------------------------------------------


def test_copying_that_was_stopped_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the beginning where it was not done; where it was, it is not done again."""
    write(repairs=REPAIRS + TWO, exchanges="claim_id,exchanged_on\nC2,2025-06-01\n")
    by: dict[str, Any] = {"repairs": ["repairs.csv"], "exchanges": ["exchanges.csv"]}
    told: list[tuple[int, int]] = []

    def stopping(at: int, file: int, share: float, rows: int) -> None:
        told.append((file, rows))
        if file == at:
            raise KeyboardInterrupt

    for at in range(3):
        with pytest.raises(KeyboardInterrupt):
            audit_files(["claims.csv"], work="work", watch=partial(stopping, at), **by)
    assert told == [(0, 0), (0, 0), (1, 0), (1, 0), (2, 0)]
    _, rows = audited(**by)
    assert rows["rule"][0] == "art13.exchange"
    assert rows["period_ends_on"].to_list()[1].year == 2026


def test_an_audit_with_other_repairs_does_not_go_on() -> None:
    """Nor one without them."""
    write(repairs=REPAIRS + TWO)

    def stop(frame: pl.DataFrame) -> pl.DataFrame:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        audit_files(["claims.csv"], work="work", decide=stop, repairs=["repairs.csv"])
    with pytest.raises(ValidationError, match="the order or number of the repairs"):
        audit_files(["claims.csv"], work="work")
    write(repairs=REPAIRS + TWO + TWO)
    with pytest.raises(ValidationError, match=r"file = 'repairs.csv': is not as it was"):
        audit_files(["claims.csv"], work="work", repairs=["repairs.csv"])
    audited(repairs=["repairs.csv"], restart=True)


def test_a_file_that_changes_meanwhile() -> None:
    write(repairs=REPAIRS + TWO)

    def meddling(file: int, share: float, rows: int) -> None:
        write(repairs=REPAIRS + TWO + TWO)

    with pytest.raises(ValidationError, match="changed while it was read"):
        audit_files(["claims.csv"], work="work", repairs=["repairs.csv"], watch=meddling)
