"""``sanbao audit``: what it prints, what it writes and how it leaves."""

from __future__ import annotations

import io
import os
import sys
from importlib.util import find_spec
from pathlib import Path

import polars as pl
import pytest

from sanbao.audit.files.progress import Progress
from sanbao.cli import audit, entry, main
from sanbao.cli.entry import COMMANDS
from sanbao.explain.words.catalogue import Language

HEADER = (
    "claim_id,claimed_on,kind,sold_on,price,invoice,voucher,symptom,cause,gift,"
    "company_outcome,company_refund,shop\n"
)
ROW = (
    "{},2025-07-04,handset,2025-07-01,1599.00,original,intact,screen_fault,defect,false,"
    "refund,{},北京店\n"
)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a table of two claims, in which the command is called."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        entry, "COMMANDS", {**COMMANDS, "audit": ("核查", "audit tables of claims")}
    )
    table(ROW.format("C1", "1599.00"), ROW.format("C2", "1599.00"))
    return tmp_path


def table(*rows: str, name: str = "a.csv", header: str = HEADER) -> None:
    """Write a table."""
    Path(name).write_text(header + "".join(rows), "utf-8")


CALL = ["audit", "a.csv", "--out", "report.html"]


def test_nothing_amiss(capsys: pytest.CaptureFixture[str]) -> None:
    """Status 0, a summary, and a report; nothing else is left behind, nothing told on the way."""
    assert main([*CALL, "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert said.out == (
        "Rows: 2\n"
        "Decided: 2\n"
        "In error: 0\n"
        "Less than the law: 0\n"
        "Short by: 0.00 yuan\n"
        "Report: report.html\n"
    )
    assert said.err == ""
    assert "<html" in Path("report.html").read_text("utf-8")
    assert sorted(os.listdir()) == ["a.csv", "report.html"]


def test_less_than_the_law(capsys: pytest.CaptureFixture[str]) -> None:
    """Status 1, and how much it is."""
    table(ROW.format("C1", "1500.50"), ROW.format("C2", "1599.00"))
    assert main(CALL) == 1
    assert capsys.readouterr().out == (
        "行数：2\n已认定：2\n有误：0\n低于法定：1\n少付：98.50元\n报告：report.html\n"
    )


def test_less_on_a_contested_reading(capsys: pytest.CaptureFixture[str]) -> None:
    """It is told apart, as in the report, and the status is 1."""
    row = ROW.format("C1", "1500.50").replace("2025-07-04", "2025-07-07")
    table(row.replace("2025-07-01", "2025-06-28"))  # the seventh day is a Saturday
    assert main([*CALL, "--lang", "en"]) == 1
    assert capsys.readouterr().out == (
        "Rows: 1\n"
        "Decided: 1\n"
        "In error: 0\n"
        "Less than the law: 0\n"
        "Short by: 0.00 yuan\n"
        "More on a contested reading, or provisional: 1 (98.50 yuan)\n"
        "Report: report.html\n"
    )


def test_rows_in_error(capsys: pytest.CaptureFixture[str]) -> None:
    """Status 1; what is wrong with a file as a whole is told on standard error."""
    table(ROW.format("C1", "1599.00"), ROW.format("C1", "1599.00").rstrip("\n"))
    assert main([*CALL, "--lang", "en"]) == 1
    said = capsys.readouterr()
    assert "Decided: 1\nIn error: 1\nLess than the law: 0\n" in said.out
    assert said.err.startswith("sanbao: a.csv: row = 2: has no line end")


def test_everything_that_can_be_written() -> None:
    """A report, a workbook and the rows, of files of two kinds with names of their own."""
    header = HEADER.replace("company_outcome", "处理").replace("company_refund", "实退")
    header = header.replace("shop", "门店").replace("claim_id", "工单号").replace("price", "售价")
    table(ROW.format("C1", "1.00"), header=header)
    pl.read_csv("a.csv", infer_schema=False).with_columns(
        工单号="C" + pl.col("工单号")
    ).write_ndjson("b.jsonl")
    Path("map.toml").write_text('price = "售价"\n', "utf-8")
    call = ["audit", "a.csv", "b.jsonl", "--out", "report.html", "--excel", "report.xlsx"]
    call += ["--map", "map.toml", "--decided", "处理", "--refunded", "实退", "--shop", "门店"]
    call += ["--policy", "cn.mobile-2001", "--reading", "window_end=fixed", "--chunk", "1"]
    assert main([*call, "--rows", "rows.parquet"]) == 1
    assert main([*call, "--rows", "rows"]) == 1
    rows = pl.read_parquet("rows.parquet")
    assert rows["工单号"].to_list() == ["C1", "CC1"]
    assert rows["outcome"].to_list() == ["refund"] * 2
    assert pl.read_parquet("rows").equals(rows)
    assert pl.read_excel("report.xlsx", sheet_id=1).height > 0
    assert "北京店" in Path("report.html").read_text("utf-8")


def test_an_audit_that_was_interrupted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says so and goes on when it is called again; not if what it is called with changed."""
    from sanbao.audit.tables.table import Tables

    decide = Tables.decide
    ids: list[str] = []

    def interrupted(self: Tables, frame: pl.DataFrame) -> pl.DataFrame:
        if len(ids) == 1:
            raise KeyboardInterrupt
        ids.extend(frame["claim_id"])
        return decide(self, frame)

    monkeypatch.setattr(Tables, "decide", interrupted)
    call = [*CALL, "--chunk", "1"]
    with pytest.raises(KeyboardInterrupt):
        main([*call, "--lang", "en"])
    assert capsys.readouterr().err == "sanbao: interrupted; the same call goes on from here\n"
    assert os.path.isdir("report.html.parts")
    assert main([*CALL, "--lang", "en"]) == 2
    assert "rows = 200000: is not as it was when the audit in report.html.parts began" in (
        capsys.readouterr().err
    )
    ids.append("C1")
    assert main(call) == 0
    assert ids == ["C1", "C1", "C2"]
    assert main([*CALL, "--restart"]) == 0
    assert ids[3:] == ["C1", "C2"]


KEPT = (
    "sanbao: report.html.parts holds what is decided so far; the same call goes on from there, and "
    "begins anew with --restart\n"
)


class Panic(BaseException):
    """What a panic of Polars is: no Exception."""


@pytest.mark.parametrize("error", [OverflowError("date value\nout of range"), Panic("range")])
@pytest.mark.parametrize("done", [0, 1])
def test_a_fault_of_the_program(
    error: BaseException,
    done: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Status 3, one line, and a directory only if something is done: it is no finding."""
    from sanbao.audit.tables.table import Tables

    decide = Tables.decide
    left = [error]

    def failing(self: Tables, frame: pl.DataFrame) -> pl.DataFrame:
        if left and frame["claim_id"][0] == f"C{done + 1}":
            raise left.pop()
        return decide(self, frame)

    monkeypatch.setattr(Tables, "decide", failing)
    call = [*CALL, "--chunk", "1"]
    assert main([*call, "--lang", "en"]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    first = "sanbao: a fault of the program, not of the input; please report it: "
    assert said.err.startswith((KEPT if done else "") + first + type(error).__name__)
    assert said.err.count("\n") == 1 + done
    assert f"in {__file__}:" in said.err
    assert sorted(os.listdir()) == (["a.csv", "report.html.parts"] if done else ["a.csv"])
    assert main(call) == 0
    assert sorted(os.listdir()) == ["a.csv", "report.html"]


def test_a_file_that_changes_while_it_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 2; what was decided is no use any more, and it is said how to begin anew."""
    from sanbao.audit.tables.table import Tables

    decide = Tables.decide

    def changing(self: Tables, frame: pl.DataFrame) -> pl.DataFrame:
        os.utime("a.csv", (0, 0))
        return decide(self, frame)

    monkeypatch.setattr(Tables, "decide", changing)
    assert main([*CALL, "--lang", "en"]) == 2
    assert capsys.readouterr().err == (
        f"{KEPT}sanbao: a.csv: file = 'a.csv': changed while it was read; begin anew\n"
    )
    assert main([*CALL, "--restart"]) == 0


@pytest.mark.parametrize("day", ["0000-07-01", "-2025-07-01", "25-07-01", "5-7-1", "+2025-07-01"])
def test_a_day_that_is_none(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Its row is in error; the refund refused beside it is found."""
    refused = ROW.format("C2", "").replace("refund", "excluded")
    table(ROW.format("C1", "1599.00").replace("2025-07-01", day), refused)
    assert main([*CALL, "--lang", "en", "--rows", "rows.parquet"]) == 1
    said = capsys.readouterr()
    assert "Decided: 1\nIn error: 1\nLess than the law: 1\n" in said.out
    assert said.err == ""
    [error, _] = pl.read_parquet("rows.parquet")["error"]
    assert error.startswith(f"purchase.sold_on = '{day}': ")
    assert sorted(os.listdir()) == ["a.csv", "report.html", "rows.parquet"]


def test_columns_that_are_not_used(capsys: pytest.CaptureFixture[str]) -> None:
    """They are named on the screen, on the page and in the workbook, each once."""
    table(ROW.format("C1", "1599.00").replace("\n", ",1,\n"), header=HEADER[:-1] + ",note,=x\n")
    Path("b.jsonl").write_text(
        '{"claimed_on":"2025-07-04","kind":"other","company_outcome":"excluded","note":"a"}\n'
        '{"claimed_on":"2025-07-04","kind":"other","company_outcome":"excluded","late":1}\n',
        "utf-8",
    )
    table("C1,2025-07-02,x\n", name="r.csv", header="claim_id,handed_in_on,who\n")
    call = ["audit", "a.csv", "b.jsonl", "--out", "report.html", "--excel", "report.xlsx"]
    names = "note, =x, late"
    main([*call, "--lang", "en", "--chunk", "1"])
    assert f"\nColumns not used: {names}\nReport" in capsys.readouterr().out
    sentence = "are not used: note, =x, late."
    assert sentence in Path("report.html").read_text("utf-8")
    cells = pl.read_excel("report.xlsx", sheet_id=1, has_header=False).to_series().to_list()
    assert any(sentence in str(cell) for cell in cells)
    main(["audit", "a.csv", "--repairs", "r.csv", "--out", "report.html"])
    assert "\n未使用的列：note, =x, repairs.who\n" in capsys.readouterr().out


def test_repairs_and_exchanges_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    """Status 1 where a row of them belongs to no claim, though nobody got less."""
    table(
        "C1,2025-07-02,2025-07-03\n", name="r.csv", header="claim_id,handed_in_on,handed_back_on\n"
    )
    table("C2,2025-07-03\n", name="x.csv", header="claim_id,exchanged_on\n")
    call = ["audit", "--repairs", "r.csv", "--exchanges", "x.csv", "a.csv", "--out", "report.html"]
    assert main([*call, "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert {"In error: 0", "Repairs and exchanges of no claim: 0"} <= {*said.out.splitlines()}
    assert said.err == ""
    table(
        "C9,2025-07-02,2025-07-03\n", name="r.csv", header="claim_id,handed_in_on,handed_back_on\n"
    )
    assert main([*call, "--lang", "en"]) == 1
    said = capsys.readouterr()
    assert {"In error: 0", "Repairs and exchanges of no claim: 1"} <= {*said.out.splitlines()}
    assert (
        said.err == "sanbao: r.csv: repairs.claim_id = 'C9': is the claim_id of no claim (row 1)\n"
    )


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (["nowhere.csv", "--out", "r.html"], "file = 'nowhere.csv': there is no such file"),
        (
            ["a.csv", "--repairs", "no.csv", "--out", "r.html"],
            "file = 'no.csv': there is no such file",
        ),
        (["b.csv", "--repairs", "a.csv", "--out", "a.csv"], "--out = 'a.csv': is one of the files"),
        (["a.csv", "--out", "no/r.html"], "--out = 'no/r.html': is in a directory that is not"),
        (["a.csv", "--out", "a.csv"], "--out = 'a.csv': is one of the files to be audited"),
        (["a.csv", "--out", "r", "--excel", "no/r"], "--excel = 'no/r': is in a directory"),
        (["a.csv", "--out", "r.html", "--chunk", "0"], "rows = 0: must be at least 1"),
        (["a.csv", "--out", "r.html", "--decided", "did"], "company_outcome = 'did'"),
        (["a.csv", "--out", "r.html", "--policy", "none"], "policy = 'none'"),
        (["a.csv", "--out", "r.html", "--reading", "x"], "is written NAME=VALUE"),
        (["a.csv", "--out", "r.html", "--map", "no.toml"], "no.toml"),
    ],
)
def test_what_cannot_be_audited(
    call: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 2 and a message; nothing is written."""
    assert main(["audit", *call, "--lang", "en"]) == 2
    said = capsys.readouterr()
    assert message in said.err
    assert said.out == ""
    assert os.listdir() == ["a.csv"]


def test_a_file_that_is_no_table(capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2, before anything is decided, and all of them are named."""
    Path("b.csv").write_bytes(b"")
    Path("c.csv").write_bytes(b"a,a\n")
    assert main(["audit", "a.csv", "b.csv", "c.csv", "--out", "report.html", "--lang", "en"]) == 2
    assert capsys.readouterr().err == (
        "sanbao: b.csv: file = 'b.csv': is empty\n"
        "sanbao: c.csv:1: header = 'a': is the name of 2 columns\n"
    )


def test_an_error_of_the_system_without_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told as it is with the other commands."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(audit, "_audited", full)
    assert main([*CALL, "--lang", "en"]) == 2
    assert capsys.readouterr().err == "sanbao: audit: No space left on device\n"


@pytest.mark.parametrize("missing", ["polars", "tqdm"])
def test_without_the_extra(
    missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says what to install."""
    monkeypatch.setattr(
        audit, "find_spec", lambda name: None if name == missing else find_spec(name)
    )
    assert main([*CALL, "--lang", "en"]) == 2
    assert capsys.readouterr().err == (
        f'sanbao: audit needs {missing}; install the extra "audit": '
        'pip install ".[audit]" in a clone of sanbao\n'
    )


def test_in_a_program_frozen_without_tables(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No advice to install what could not be installed into a frozen program."""
    monkeypatch.setattr(
        audit, "find_spec", lambda name: None if name == "sanbao.audit" else find_spec(name)
    )
    assert main([*CALL, "--lang", "en"]) == 2
    assert capsys.readouterr().err == (
        "sanbao: audit is not part of this program, which was frozen without sanbao.audit\n"
    )


# --- progress ----------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """Say that it is one."""
        return True


@pytest.mark.parametrize(
    ("lang", "first", "rows", "left"),
    [
        ("en", "b.csv (2 of 2) 100%|", "| 4,002 rows, ", "/s, 00:00 left"),
        ("zh", "b.csv（第2个，共2个） 100%|", "| 4,002行，每秒", "行，剩余00:00"),
    ],
)
def test_progress_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, lang: Language, first: str, rows: str, left: str
) -> None:
    """A line with the file, the share, rows, rate and time left."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    table(*[ROW.format(f"C{number}", "1.00") for number in range(4)], name="b.csv")
    with Progress(["a.csv", "b.csv"], lang) as progress:
        progress(0, 0.5, 1)
        progress(1, 0.0, 1_002)
        progress(1, 1.0, 4_002)
    lines = terminal.getvalue().replace("\r", "\n").split("\n")
    [last] = [line for line in lines if line.startswith(first)][-1:]
    assert rows in last
    assert left in last


def test_progress_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written to a file or a pipe, or where there is no standard error."""
    for stream in (io.StringIO(), None):
        monkeypatch.setattr(sys, "stderr", stream)
        with Progress(["a.csv"], "zh") as progress:
            progress(0, 0.5, 1)
        assert stream is None or stream.getvalue() == ""
