"""Audits of files that are killed and taken up again, and claim ids that stand twice."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from promises import LONGER
from sanbao.audit.files import claim_ids as hashes
from sanbao.audit.files import run
from sanbao.audit.files.run import Audited, AuditedFile, audit_files
from sanbao.audit.report.tally import Tally
from sanbao.base.errors import ValidationError
from sanbao.model.readings import Readings
from sanbao.policies import library

HEADER = "claim_id,claimed_on,kind,shop,company_outcome,company_refund\n"


def decide(frame: pl.DataFrame) -> pl.DataFrame:
    """A quick stand-in for the law: a hundred yuan to everybody who has a day."""
    day = pl.col("claimed_on").cast(pl.String).str.to_date(strict=False)
    good = day.is_not_null()
    return frame.select(
        outcome=pl.when(good).then(pl.lit("refund")),
        rule=pl.when(good).then(pl.lit("art11.refund")),
        policy=pl.when(good).then(pl.lit("cn.mobile-2001")),
        articles=pl.when(good).then(pl.lit("cn.mobile-2001:11")),
        payable=pl.when(good).then(pl.lit("100.00").cast(pl.Decimal(38, 2))),
        fee=pl.when(good).then(pl.lit("0.00").cast(pl.Decimal(38, 2))),
        period_ends_on=day,
        provisional=pl.when(good).then(pl.lit(False)),
        depends_on_reading=pl.when(good).then(pl.lit("")),
        error=pl.when(~good).then(pl.lit("claimed_on = null: is required")),
    )


def claims(first: int, rows: int, paid: str = "60") -> str:
    """Return rows of CSV."""
    return "".join(
        f"C{number},2025-01-{number % 28 + 1:02d},handset,S{number % 3},refund,{paid}\n"
        for number in range(first, first + rows)
    )


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the test is in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(files: Mapping[str, str]) -> list[str]:
    """Write files; return their names."""
    for name, text in files.items():
        Path(name).write_text(text, "utf-8")
    return list(files)


def kept(audited: Audited) -> pl.DataFrame:
    """Return the decided rows of an audit."""
    audited.keep_rows("rows.parquet")
    return pl.read_parquet("rows.parquet")


@pytest.mark.usefixtures("place")
def test_every_row_is_decided_or_in_error() -> None:
    """Over all files and formats; with file and row, in order, however large the chunks are."""
    line = '{"claim_id":"J1","claimed_on":"2025-01-01","kind":"handset","company_outcome":"refund"}'
    names = write(
        {
            "a.csv": HEADER + claims(0, 5) + "short,row\n" + claims(5, 3),
            "none.csv": HEADER,
            "b.jsonl": f'{line}\n\n{{"claim_id":\n{{"claim_id":"J2"}}',
        }
    )
    tallies = []
    for rows in (1, 4, 100):
        audited = audit_files(names, work="work", decide=decide, rows=rows)
        tallies.append(audited.tally)
        found = kept(audited)
        audited.forget()
        assert found.columns[-2:] == ["_file", "_place"]
        assert found["_file"].to_list() == ["a.csv"] * 9 + ["b.jsonl"] * 3
        assert found["_row"].to_list() == [*range(1, 10), 1, 3, 4]
        assert found["_place"].to_list() == [*range(9), 9, 11, 12]
        assert [number for number, error in enumerate(found["error"]) if error] == [5, 10, 11]
        assert found["error"][5] == "row = 'short,row': has 2 cells where the header has 6"
        assert found["outcome"].null_count() == 3
    tally = audited.tally
    assert tallies == [tally] * 3
    assert (tally.rows, tally.decided, tally.in_error, tally.balanced) == (12, 9, 3, True)
    assert tally.total.all.short == 8 * 4000
    assert audited.files == (
        AuditedFile("a.csv", 0, 9),
        AuditedFile("none.csv", 9, 0),
        AuditedFile("b.jsonl", 9, 3),
    )
    assert not os.path.exists("work")


@pytest.mark.usefixtures("place")
def test_the_company_s_columns_and_ours() -> None:
    """Columns under other names are found as they are said to be; a shop need not be there."""
    names = write({"a.csv": "day,did,paid,where\n2025-01-01,refund,60,S1\n,refund,1,S2\n"})

    columns = {"claimed_on": "day", "kind": {"value": "handset"}}
    audited = audit_files(
        names,
        work="work",
        decide=lambda frame: decide(frame.rename({"day": "claimed_on"})),
        columns=columns,
        decided="did",
        refunded="paid",
        shop="where",
    )
    assert {shop: cell.rows for shop, cell in audited.tally.shops.items()} == {"S1": 1, "S2": 1}
    assert list(audited.tally.months) == ["", "2025-01"]
    assert audited.tally.in_error == 1


# --- claim ids ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("at_once", [3, 4_000_000])
def test_an_id_that_stands_twice(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    """The first row counts; the second and later ones are in error, across chunks and files."""
    monkeypatch.setattr(hashes, "_IDS_AT_ONCE", at_once)
    blank = ",2025-01-01,handset,S,refund,60\n"
    names = write(
        {
            "a.csv": HEADER + claims(0, 10) + claims(3, 1),
            "b.csv": HEADER + blank + "C5,,handset,S,refund,60\n" + claims(20, 2) + blank,
            "c.csv": HEADER + claims(21, 1) + claims(3, 1),
        }
    )
    tallies = []
    for rows in (2, 100):
        audited = audit_files(names, work="work", decide=decide, rows=rows)
        tallies.append(audited.tally)
        found = kept(audited).filter(pl.col("error").is_not_null())
        audited.forget()
        assert found["outcome"].null_count() == found["payable"].null_count() == len(found)

        def twice(claim: str, where: str) -> str:
            return (
                f"claim_id = '{claim}': is the id of an earlier row; "
                f"earlier_row = '{where}': is the one that counts"
            )

        assert found.select("_file", "_row", "error").rows() == [
            ("a.csv", 11, twice("C3", "a.csv, row 4")),
            ("b.csv", 2, "claimed_on = null: is required"),
            ("c.csv", 1, twice("C21", "b.csv, row 4")),
            ("c.csv", 2, twice("C3", "a.csv, row 4")),
        ]
    assert tallies == [audited.tally] * 2
    assert audited.tally.in_error == 4
    assert audited.tally.balanced


@pytest.mark.usefixtures("place")
def test_claims_without_ids() -> None:
    """Without the column there is nothing to compare."""
    names = write(
        {
            "a.csv": "claimed_on,kind,company_outcome,company_refund\n"
            + "2025-01-01,handset,refund,1\n" * 3
        }
    )
    assert audit_files(names, work="work", decide=decide).tally.decided == 3


# --- what is kept ------------------------------------------------------------------------------


@pytest.mark.usefixtures("place")
def test_rows_of_files_with_different_types() -> None:
    """They come into one file; a column of different types as texts. Or as parts."""
    write({"a.csv": HEADER + claims(0, 2)})
    pl.read_csv("a.csv").with_columns(
        pl.when(pl.col("claim_id") == "C0")
        .then(pl.lit("x"))
        .otherwise("claim_id")
        .alias("claim_id"),
        pl.col("claimed_on").str.to_date(),
        pl.col("company_refund").cast(pl.Decimal(10, 2)),
        extra=1,
    ).write_parquet("b[1]*.parquet")
    audited = audit_files(["a.csv", "b[1]*.parquet"], work="work[0]", decide=decide)
    found = kept(audited)
    assert audited.tally.in_error == 1
    assert found["claimed_on"].to_list() == ["2025-01-01", "2025-01-02"] * 2
    assert found["company_refund"].to_list() == ["60", "60", "60.00", "60.00"]
    assert found["extra"].to_list() == [None, None, 1, 1]
    assert "b" in found["_file"][2]
    assert found.schema["payable"] == pl.Decimal(38, 2)
    audited.keep_rows("parts")
    assert sorted(os.listdir("parts")) == ["000001.parquet", "000002.parquet"]
    assert pl.read_parquet("parts/000001.parquet")["claim_id"].to_list() == ["C0", "C1"]


@pytest.mark.usefixtures("place")
def test_no_rows_at_all() -> None:
    """An empty table has an empty result."""
    audited = audit_files(write({"a.csv": HEADER}), work="work", decide=decide)
    assert audited.tally == Tally()
    assert kept(audited).is_empty()


@pytest.mark.usefixtures("place")
def test_the_law_decides_unless_something_else_does() -> None:
    """By the policy and the readings that are given, and the report says which."""
    names = write({"a.csv": HEADER + claims(0, 3) + "C9,,handset,S,refund,1\n"})
    audited = audit_files(names, work="work", lang="en", readings=Readings(window_end="fixed"))
    report = audited.report
    assert (report.policy, report.lang, report.read) == ("cn.mobile-2001", "en", 4)
    assert report.readings.window_end == "fixed"
    assert report.balanced
    assert kept(audited)["error"].to_list()[:3] == [None] * 3
    assert kept(audited)["error"][3].startswith("claimed_on = ")
    assert audited.tally.in_error == 1


@pytest.mark.usefixtures("place")
def test_what_is_told_of_whole_files() -> None:
    """Problems that no row shows come along, and are kept with their chunk."""
    names = write({"a.csv": HEADER + claims(0, 3).rstrip("\n")})
    for _ in range(2):
        audited = audit_files(names, work="work", decide=decide, rows=2)
        [problem] = audited.problems
        assert str(problem).startswith("a.csv: row = 3: has no line end")


# --- what cannot be audited --------------------------------------------------------------------


@pytest.mark.usefixtures("place")
def test_columns_that_are_missing_or_ours() -> None:
    """They are told of before anything is decided, with the file, and for every file."""
    names = write(
        {
            "a.csv": "claimed_on,outcome,_file,company_outcome\n",
            "b.csv": "claimed_on,kind,company_refund\n",
            "c.csv": HEADER,
            "d.jsonl": '{"claimed_on":"2025-01-01"}\n',
        }
    )
    with pytest.raises(ValidationError) as caught:
        audit_files(names, work="work", decide=decide)
    assert [str(problem).split("; ")[0] for problem in caught.value.problems] == [
        "a.csv: header = 'outcome': is a name the audit needs for itself",
        "a.csv: header = '_file': is a name the audit needs for itself",
        "b.csv: company_outcome = 'company_outcome': is not a column of the table",
        "d.jsonl: kind = no column: is required",
    ]
    assert not os.path.exists("work")


@pytest.mark.usefixtures("place")
def test_calls_that_cannot_be() -> None:
    """No files, no rows at a time, and a work directory with something else in it."""
    names = write(
        {"a.csv": HEADER, "other/b.txt": ""} if os.path.isdir("other") else {"a.csv": HEADER}
    )
    with pytest.raises(ValidationError, match="there must be at least one"):
        audit_files([], work="work", decide=decide)
    with pytest.raises(ValidationError, match="must be at least 1"):
        audit_files(names, work="work", decide=decide, rows=0)
    os.makedirs("other")
    Path("other/mine.txt").write_text("precious", "utf-8")
    for restart in (False, True):
        with pytest.raises(ValidationError, match="is not the work directory of an audit"):
            audit_files(names, work="other", decide=decide, restart=restart)
    assert os.listdir("other") == ["mine.txt"]


# --- going on ----------------------------------------------------------------------------------


class Counted:
    """Decides, notes what it decided, and stops when it has decided so many tables."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.ids: list[str] = []

    def __call__(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Decide a table, or stop."""
        if len(frame):
            if self.most == 0:
                raise KeyboardInterrupt
            self.most -= 1
            self.ids += frame["claim_id"].to_list()
        return decide(frame)


@pytest.mark.usefixtures("place")
def test_an_audit_that_was_stopped_goes_on() -> None:
    """No chunk is decided twice, none is lost, and the result is that of one that was not."""
    names = write({"a.csv": HEADER + claims(0, 7), "b.csv": HEADER + claims(7, 4) + claims(0, 2)})
    expected = audit_files(names, work="straight", decide=decide, rows=3)
    ids: list[str] = []
    for most in (0, 1, 2, 1, 9):
        counted = Counted(most)
        with suppress(KeyboardInterrupt):
            audited = audit_files(names, work="work", decide=counted, rows=3)
        ids += counted.ids
    assert ids == [f"C{number}" for number in [*range(11), 0, 1]]
    assert audited.tally == expected.tally
    assert audited.files == expected.files
    assert contents("work") == contents("straight")


def contents(folder: str) -> dict[str, bytes]:
    """Return every file in a folder, by name."""
    return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


@pytest.mark.usefixtures("place")
def test_an_audit_that_changed_does_not_go_on() -> None:
    """Neither with other files nor under other settings; only anew."""
    names = write({"a.csv": HEADER + claims(0, 4), "b.csv": HEADER})
    call: dict[str, Any] = {"work": "work", "decide": decide, "rows": 2}
    audit_files(names, **call)

    def refused(names: list[str], **changed: Any) -> str:
        with pytest.raises(ValidationError) as caught:
            audit_files(names, **{**call, **changed})
        text = caught.value.explain("en")
        assert text.endswith(
            ": is not as it was when the audit in work began; go on as it was, or begin anew with "
            "--restart"
        )
        return ", ".join(str(problem).split(": ")[0] for problem in caught.value.problems)

    assert refused(names, rows=3) == "rows = 3"
    readings = Readings(window_end="fixed")
    assert refused(names, readings=readings).startswith("readings = '{")
    assert refused(names, policy=LONGER).startswith("policies = '")
    assert refused(names, policy=library.law()).startswith("policies = '")
    assert refused(names, shop="claim_id", readings=readings).startswith("columns = '{")
    assert refused(names[:1]) == "file = the order or number of the files"
    assert refused(names[::-1]) == "file = the order or number of the files"
    write({"b.csv": HEADER + "\n"})
    assert refused(names) == "file = 'b.csv'"
    write({"b.csv": HEADER, "a.csv": HEADER + claims(0, 4, "70")})
    assert refused(names) == "file = 'a.csv', file = 'b.csv'"  # it was written anew
    assert audit_files(names, **call, restart=True).tally.total.all.short == 4 * 3000


@pytest.mark.usefixtures("place")
def test_restarting_what_never_began() -> None:
    """There need be no work directory, and it may be empty or hold a beginning."""
    names = write({"a.csv": HEADER + claims(0, 4)})
    for prepare in (list, partial(os.makedirs, "work"), _half_begun):
        prepare()
        assert audit_files(names, work="work", decide=decide, restart=True).tally.rows == 4
        audit_files(names, work="work", decide=decide).forget()
    _half_begun()
    assert audit_files(names, work="work", decide=decide).tally.rows == 4


def _half_begun() -> None:
    os.makedirs("work")
    Path("work/audit.json.tmp").write_text("{", "utf-8")


@pytest.mark.usefixtures("place")
def test_a_file_that_changes_meanwhile() -> None:
    """What is read must be what was there when the audit began."""
    names = write({"a.csv": HEADER + claims(0, 4)})

    def meddling(frame: pl.DataFrame) -> pl.DataFrame:
        if len(frame):
            write({"a.csv": HEADER + claims(0, 5)})
        return decide(frame)

    with pytest.raises(
        ValidationError, match=r"a\.csv: file = 'a\.csv': changed while it was read"
    ):
        audit_files(names, work="work", decide=meddling, rows=2)


@pytest.mark.usefixtures("place")
def test_how_far_it_is_is_told() -> None:
    """File, share of the file and rows of all; from where it goes on."""
    names = write({"a.csv": HEADER + claims(0, 4), "b.csv": HEADER + claims(4, 2)})
    told: list[tuple[int, float, int]] = []

    def watch(file: int, share: float, rows: int) -> None:
        told.append((file, round(share, 1), rows))

    with pytest.raises(KeyboardInterrupt):
        audit_files(names, work="work", decide=Counted(2), rows=2, watch=watch)
    assert told == [(0, 0.0, 0), (0, 0.7, 2), (0, 1.0, 4)]
    told.clear()
    audit_files(names, work="work", decide=decide, rows=2, watch=watch)
    assert told == [(0, 1.0, 4), (1, 1.0, 6)]


# --- killed ------------------------------------------------------------------------------------

PROGRAM = """
import sys
from test_audit_run import decide
from sanbao.audit.files.run import audit_files
work, *names = sys.argv[1:]
audited = audit_files(names, work=work, decide=decide, rows=400, repairs=["repairs.csv"])
print(audited.tally.to_json(), audited.nobodys)
"""


def _started(work: str, names: list[str]) -> subprocess.Popen[bytes]:
    roots = [str(Path(__file__).parent), str(Path(run.__file__).parents[3])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(roots)}
    call = [sys.executable, "-c", PROGRAM, work, *names]
    return subprocess.Popen(call, env=environment, stdout=subprocess.PIPE)


def _done(work: str) -> int:
    return sum(len(list(Path(work).glob(name))) for name in ("*.json", "repairs-*.parquet"))


@pytest.mark.untraced
@pytest.mark.usefixtures("place")
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_an_audit_that_is_killed() -> None:
    """Killed at random moments, it ends with the same report and the same parts, byte for byte.

    Three times unless ``SANBAO_KILLS`` says how often; the full test is

        SANBAO_KILLS=50 pytest tests/test_audit_run.py -k killed
    """
    kills = int(os.environ.get("SANBAO_KILLS", "3"))
    chance = random.Random(kills)
    names = write(
        {
            "a.csv": HEADER + claims(0, 4000),
            "b.csv": HEADER + claims(4000, 3000) + claims(0, 1000) + "half a row\n",
        }
    )
    repairs = (f"C{7 * number},2025-01-01\n" for number in range(4000))
    write({"repairs.csv": "claim_id,handed_in_on\n" + "".join(repairs)})
    straight = _started("straight", names)
    report, _ = straight.communicate()
    assert straight.returncode == 0
    chunks = _done("straight")
    killed = 0
    while killed < kills:
        process = _started("work", names)
        wanted = _done("work") + chance.randint(1, max(2 * chunks // kills, 1))
        while process.poll() is None and _done("work") < min(wanted, chunks):
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.02))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if process.returncode == 0:  # it was quicker; once more from the beginning
            assert contents("work") == contents("straight")
            shutil.rmtree("work")
        else:
            killed += 1
    last = _started("work", names)
    answer, _ = last.communicate()
    assert answer == report
    assert contents("work") == contents("straight")
    tally, nobodys = report.rsplit(maxsplit=1)
    assert json.loads(tally)["in_error"] == 1001
    assert int(nobodys) == 3000
