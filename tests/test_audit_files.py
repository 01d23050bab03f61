"""Reading tables of claims from files: every format, every way to be broken, nothing lost."""

from __future__ import annotations

import csv
import datetime
import io
import json
import os
import random
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from sanbao.audit.files import chunks as chunks_module
from sanbao.audit.files import excel, reader
from sanbao.audit.files.chunks import ERROR, ROW, Chunk, Position
from sanbao.audit.files.reader import open_tables, read_chunks
from sanbao.base.errors import ValidationError

Rows = list[tuple[Any, ...]]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the test is in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows_of(name: str, data: bytes, rows: int = 3) -> Rows:
    """Return what is read of a file with these bytes; its rows and why they are in error."""
    Path(name).write_bytes(data)
    chunks = list(read_chunks(name, rows))
    assert all(chunk.file == name for chunk in chunks)
    return whole(chunks).rows()


def whole(chunks: list[Chunk]) -> pl.DataFrame:
    """Return the rows of all chunks, which follow on each other."""
    for chunk, following in pairwise(chunks):
        assert chunk.after.row + 1 == following.first_row
        assert chunk.share < following.share
    if chunks:
        assert chunks[-1].share == 1
    return pl.concat([chunk.frame for chunk in chunks], how="diagonal")


def refusal(name: str, data: bytes) -> str:
    """Return why a file with these bytes is refused, without its name."""
    Path(name).write_bytes(data)
    with pytest.raises(ValidationError) as caught:
        list(read_chunks(name))
    text = caught.value.explain("en")
    assert text.startswith(name)
    return text.removeprefix(name).removeprefix(f": file = '{name}': ")


# --- CSV ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("place")
def test_cells_are_the_texts_they_are() -> None:
    """Nothing is inferred: zeros, formulas, dates and sums stay; an empty cell is null."""
    data = b"claim_id,price,on\n007,1599.10,2025-07-04\n=1+1,,#N/A\n,-1,\n"
    assert rows_of("a.csv", data) == [
        ("007", "1599.10", "2025-07-04", 1, None),
        ("=1+1", None, "#N/A", 2, None),
        (None, "-1", None, 3, None),
    ]


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separators_and_line_ends(separator: str, end: str) -> None:
    """Comma, semicolon or tab, as the header has it; Unix and Windows line ends."""
    lines = [separator.join(cells) for cells in (["a", "b"], ["1", "x y"], ["", "2"])]
    assert rows_of("a.txt", (end.join(lines) + end).encode()) == [
        ("1", "x y", 1, None),
        (None, "2", 2, None),
    ]


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
@pytest.mark.parametrize("header", ["编号,店名", "id,shop"])
def test_encodings(encoding: str, header: str) -> None:
    """UTF-8, with a byte-order mark too, and GBK; also if Chinese comes long after the header."""
    text = f"{header}\n" + "1,x\n" * 5 + '2,北京店\n3,"上海,店"\n'
    found = rows_of("a.csv", text.encode(encoding))
    assert [row[:2] for row in found] == [("1", "x")] * 5 + [("2", "北京店"), ("3", "上海,店")]
    assert [row[-1] for row in found] == [None] * 7
    assert list(open_tables(["a.csv"])[0].schema) == header.split(",")


@pytest.mark.usefixtures("place")
def test_quoted_cells() -> None:
    """Separators, quotes and line ends in quotes belong to the cell; a loose quote is a quote."""
    data = b'a,b\r\n"x, y","say ""no"""\r\n"two\r\nlines",2\r\n"",5" screen\r\n="01",9\r\n"q",3\r\n'
    assert rows_of("a.csv", data) == [
        ("x, y", 'say "no"', 1, None),
        ("two\nlines", "2", 2, None),
        (None, '5" screen', 3, None),
        ('="01"', "9", 4, None),
        ("q", "3", 5, None),
    ]


@pytest.mark.usefixtures("place")
def test_rows_with_too_few_or_too_many_cells() -> None:
    """Columns that shift: these rows are in error, by number; those around them are read."""
    data = b'a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12\n"13",14\n"15\n16",17,18,19\n"20",21,"22,"\n'
    few, many = "has 2 cells where the header has 3", "has 4 cells where the header has 3"
    nothing = (None, None, None)
    for rows in (2, 3, 100):
        assert rows_of("a.csv", data, rows) == [
            ("1", "2", "3", 1, None),
            (*nothing, 2, f"row = '4,5': {few}"),
            (*nothing, 3, f"row = '6,7,8,9': {many}"),
            ("10", "11", "12", 4, None),
            (*nothing, 5, f"row = '\"13\",14': {few}"),
            (*nothing, 6, f"row = '\"15\\n16\",17,18,19': {many}"),
            ("20", "21", "22,", 7, None),
        ]


@pytest.mark.usefixtures("place")
def test_quotes_that_nobody_closed() -> None:
    """They put their row in error and swallow no other."""
    data = b'a,b\n1,"x\n2,y\n"z"w,3\n4,"u\n5,"v\n6,t\n"7\n'
    unclosed, misplaced = "has a quote that is not closed", "has a quote where none can be"
    for rows in (1, 3, 100):
        assert rows_of("a.csv", data, rows) == [
            (None, None, 1, f"row = '1,\"x': {unclosed}"),
            ("2", "y", 2, None),
            (None, None, 3, f"row = '\"z\"w,3': {misplaced}"),
            (None, None, 4, f"row = '4,\"u': {unclosed}"),
            (None, None, 5, f"row = '5,\"v': {unclosed}"),
            ("6", "t", 6, None),
            (None, None, 7, f"row = '\"7': {unclosed}"),
        ]


@pytest.mark.usefixtures("place")
def test_a_quote_over_too_many_lines() -> None:
    """A cell of more than a hundred lines is taken for a quote that is not closed."""
    found = rows_of("a.csv", b'a,b\n1,"\n' + b"2,y\n" * 200 + b'3,"\n', 1000)
    assert [row[-2] for row in found if row[-1]] == [1, 202]
    assert len(found) == 202


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_bytes_that_are_no_text(encoding: str) -> None:
    """The row that holds them is in error."""
    good = "甲,北京\n乙,上海\n".encode(encoding)
    name = {"utf-8": "UTF-8", "gb18030": "GB18030"}[encoding]
    for header in ("a,b\n", "甲,乙\n"):
        data = header.encode(encoding) + good + b"x,\xff\xff\n" + good
        found = rows_of("a.csv", data, 100)
        assert [row[:2] for row in found if not row[-1]] == [("甲", "北京"), ("乙", "上海")] * 2
        [bad] = [row for row in found if row[-1]]
        assert bad[2:] == (3, f"row = 'x,��': holds bytes that are not {name} (byte 3)")


@pytest.mark.usefixtures("place")
def test_blank_lines_are_no_rows() -> None:
    """They are passed over, and counted, so that numbers are those an editor shows."""
    found = rows_of("a.csv", b"\n\na,b\n1,2\n\n   \r\n3,4\n\n")
    assert found == [("1", "2", 1, None), ("3", "4", 4, None)]
    assert rows_of("b.csv", b"a\tb\n\t\n1\t2\n\n") == [(None, None, 1, None), ("1", "2", 2, None)]


@pytest.mark.usefixtures("place")
def test_a_file_that_ends_in_the_middle() -> None:
    """A last row that is not whole is in error; one that may be is told of."""
    found = rows_of("a.csv", b"a,b\n1,2\n3")
    assert found[1][-1] == "row = '3': has 1 cells where the header has 2; the file ends here"
    found = rows_of("a.csv", b'a,b\n1,2\n3,"4')
    assert found[1][-1] == "row = '3,\"4': has a quote that is not closed; the file ends here"
    found = rows_of("a.csv", b"a,b\n\xe4\xb8\xad,2\n3,\xe4\xb8")
    assert found[1][-1].endswith("bytes that are not UTF-8 (byte 3); the file ends here")
    assert rows_of("a.csv", b"a,b\n1,2\n3,4")[1] == ("3", "4", 2, None)
    *_, last = read_chunks("a.csv", 1)
    assert [str(problem) for problem in last.problems] == [
        "a.csv: row = 2: has no line end; if the file was cut off, this row is not whole"
    ]


@pytest.mark.usefixtures("place")
def test_a_header_alone() -> None:
    """It is a table without rows."""
    for data in (b"a,b\n", b"a,b", b'"a\nb",c', b'a,"b"\r\n'):
        Path("a.csv").write_bytes(data)
        assert list(read_chunks("a.csv")) == []
    assert list(open_tables(["a.csv"])[0].schema) == ["a", "b"]


@pytest.mark.usefixtures("place")
def test_columns_without_a_name() -> None:
    """They are named by their place, and names lose the blanks around them."""
    Path("a.csv").write_bytes(b"a, b ,,\n1,2,3,4\n")
    [chunk] = read_chunks("a.csv")
    assert chunk.frame.columns == ["a", "b", "column 3", "column 4", ROW, ERROR]


@pytest.mark.usefixtures("place")
def test_what_is_no_csv() -> None:
    """A file that cannot be read as a whole is refused, and the reason told."""
    assert refusal("a.csv", b"a,b,a,c,b\n") == (
        ":1: header = 'a': is the name of 2 columns\n"
        "a.csv:1: header = 'b': is the name of 2 columns"
    )
    assert refusal("a.csv", b"a,_row\n") == (
        ":1: header = '_row': is a name the audit needs for itself"
    )
    assert refusal("a.csv", b"a,b\r1,2\r") == (
        "has lines that end in CR alone; save it with line ends CR LF or LF"
    )
    assert refusal("a.csv", b'"a,b\n1,2\n') == "has a header with a quote that is not closed"
    assert refusal("a.csv", b'"a,b\n' + b"1,2\n" * 200) == (
        "has a header with a quote that is not closed"
    )
    assert refusal("a.csv", b"a,\xff\xff\xff\n1,2\n") == (
        "has a header that is neither UTF-8 nor GB18030"
    )
    assert refusal("a.csv", b"x" * 2_000_000).startswith("has no line end in its first ")
    for empty in (b"", b"\n \r\n", b"\xef\xbb\xbf"):
        assert refusal("a.csv", empty) == "is empty"
    assert refusal("a.csv", b"a\0b") == "is neither text nor Parquet nor Excel"
    assert refusal("a.csv", "a,b".encode("utf-16")) == "is UTF-16; save it as UTF-8"
    assert refusal("a.csv", b"\x1f\x8b\x08\0") == "is compressed; unpack it first"
    assert refusal("a.xls", b"\xd0\xcf\x11\xe0\xa1") == (
        "is an old Excel file (.xls); save it as .xlsx"
    )


@pytest.mark.usefixtures("place")
def test_a_row_without_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes that go on and on are not read into memory whole."""
    monkeypatch.setattr(chunks_module, "_LONGEST_ROW", 1000)
    Path("a.csv").write_bytes(b"a,b\n1,2\n" + b"x" * 20_000)
    with pytest.raises(ValidationError, match="has a row without an end: 1000 bytes and no line"):
        list(read_chunks("a.csv", 1))


@pytest.mark.usefixtures("place")
def test_all_that_is_refused_is_told_at_once() -> None:
    """And a file that is not there is an OSError, with its name."""
    Path("a.csv").write_bytes(b"")
    Path("b.csv").write_bytes(b"a,a\n")
    with pytest.raises(ValidationError) as caught:
        open_tables(["a.csv", Path("b.csv")])
    assert [problem.file for problem in caught.value.problems] == ["a.csv", "b.csv"]
    with pytest.raises(FileNotFoundError, match=r"'c\.csv'"):
        open_tables(["c.csv"])


@pytest.mark.usefixtures("place")
def test_rows_longer_than_those_at_the_beginning() -> None:
    """However the lengths of rows change, a chunk has the rows asked for."""
    text = "a,b\n" + "1,2\n" * 10 + "".join(f'{n},"{"x" * n}"\n' for n in range(300, 400))
    text += "".join(f'{n},"{"y" * n},"\n' for n in range(300, 400))
    found = rows_of("a.csv", text.encode(), 7)
    assert [len(row[1]) for row in found] == [1] * 10 + [*range(300, 400)] + [*range(301, 401)]
    assert [row[2] for row in found] == list(range(1, 211))


CELL = st.text(st.sampled_from('a1,;"\n\r 中é='), max_size=6)


@given(
    table=st.lists(st.tuples(CELL, CELL, CELL), max_size=12),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "gb18030"]),
    rows=st.integers(1, 13),
)
@settings(deadline=None, max_examples=300)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory,
    table: list[tuple[str, str, str]],
    quoting: Any,
    encoding: str,
    rows: int,
) -> None:
    """What Python's writer writes is read back, whatever is in the cells."""
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=quoting, lineterminator="\r\n")
    writer.writerow(["编号", "乙", "c"])
    writer.writerows(table)
    path = tmp_path_factory.getbasetemp() / "written.csv"
    path.write_bytes(stream.getvalue().encode(encoding))
    frames = [chunk.frame for chunk in read_chunks(path, rows)]
    found = pl.concat(frames).rows() if frames else []
    # an empty line of one record is all that is not a row; none has three empty cells unquoted
    expected = [tuple(cell.replace("\r\n", "\n") or None for cell in row) for row in table]
    assert [row[:3] for row in found] == expected
    assert [row[4] for row in found] == [None] * len(table)


def _mangled(chance: random.Random) -> bytes:
    """Return a small CSV file to which something bad was done."""
    lines = [b"a,b,c"] + [
        b",".join(chance.choice([b"1", b"xy", b'"q"', b'"q,r"', "中".encode(), b""]) for _ in "abc")
        for _ in range(chance.randint(1, 30))
    ]
    data = bytearray(b"\n".join(lines) + b"\n")
    for _ in range(chance.randint(0, 4)):
        at = chance.randrange(6, len(data) + 1)
        data[at:at] = chance.choice([b'"', b",", b"\n", b"\xff", b"\r", b'"\n"', b"\xe4\xb8"])
    return bytes(data[: chance.randint(6, len(data))])


@pytest.mark.untraced
@pytest.mark.usefixtures("place")
def test_however_a_file_is_cut_its_rows_are_the_same() -> None:
    """Chunks of any size hold the same rows, in error or not, and a row for every record."""
    chance = random.Random(5)
    for _ in range(150):
        data = _mangled(chance)
        Path("a.csv").write_bytes(data)
        at_once = list(read_chunks("a.csv", 10_000))
        expected = whole(at_once).rows() if at_once else []
        for rows in (1, 2, 5):
            parts = list(read_chunks("a.csv", rows))
            assert (whole(parts).rows() if parts else []) == expected, data
        numbers = [row[3] for row in expected]
        assert numbers == sorted(set(numbers))
        if b'"' not in data:
            lines = [line for line in data.split(b"\n")[1:] if line.strip(b" \r")]
            assert len(expected) == len(lines), data


# --- JSON Lines --------------------------------------------------------------------------------


@pytest.mark.usefixtures("place")
def test_json_lines() -> None:
    """Claims flat or nested as the contract has it, in columns; what is absent is null."""
    claims = [
        {"claim_id": 7, "kind": "handset", "price": "1599.00", "shop": "甲", "gift": True},
        {
            "product": {"kind": "battery"},
            "purchase": {"price": 20},
            "evidence": None,
            "fault": {"battery_capacity": 70.5},
            "repairs": [{"handed_in_on": "2025-01-02"}],
            "exchanges": [],
        },
    ]
    text = "\n\n".join(json.dumps(claim, ensure_ascii=False) for claim in claims)
    Path("a.jsonl").write_text(text, "utf-8-sig")
    frame = whole(list(read_chunks("a.jsonl", 2)))
    assert frame.drop(ROW, ERROR).schema == dict.fromkeys(frame.columns[:8], pl.String())
    assert frame.to_dicts() == [
        {
            "claim_id": "7",
            "kind": "handset",
            "price": "1599.00",
            "shop": "甲",
            "gift": "true",
            "battery_capacity": None,
            "repairs": None,
            "exchanges": None,
            ROW: 1,
            ERROR: None,
        },
        {
            "claim_id": None,
            "kind": "battery",
            "price": "20",
            "shop": None,
            "gift": None,
            "battery_capacity": "70.5",
            "repairs": '[{"handed_in_on": "2025-01-02"}]',
            "exchanges": "[]",
            ROW: 3,
            ERROR: None,
        },
    ]


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[1]", "row = [1]: is not a JSON object"),
        ('{"a":', "row = '{\"a\":': is not JSON: a value is expected (line 1, column 6)"),
        ('{"a":1,"a":2}', "row = '{\"a\":1,\"a\":2}': names the key 'a' twice"),
        (
            '{"price":1.5}',
            'price = 1.5: must not be a floating-point number; write money as a string, "1599.00"',
        ),
        ('{"product":{"knd":1}}', "product.knd = 1: is not a known field"),
        ('{"product":{"kind":"x"},"kind":"y"}', "kind = 'x': is given twice"),
        ('{"a":{"b":1}}', "a = {'b': 1}: must be one value"),
        ('{"kind":[1]}', "kind = [1]: must be one value"),
        ('{"repairs":{}}', "repairs = {}: must be one value"),
        ('{"_row":1}', "_row = 1: is a name the audit needs for itself"),
    ],
)
def test_lines_that_are_no_claim(line: str, reason: str) -> None:
    """They are rows in error, by their number, and the others are read."""
    found = rows_of("a.jsonl", f'{{"a":1}}\n{line}\n{{"a":2}}\n'.encode(), 2)
    assert [row[0] for row in found] == ["1", None, "2"]
    assert [row[-1] for row in found] == [None, reason, None]


@pytest.mark.usefixtures("place")
def test_lines_cut_off_or_in_another_encoding() -> None:
    """A last line that is not whole says so; bytes that are no UTF-8 are an error of their row."""
    found = rows_of("a.jsonl", b'{"a":1}\n{"a":"\xff"}\n{"a":')
    assert found[1][-1].endswith(": is not UTF-8 (byte 6)")
    assert found[2][-1].endswith("(line 1, column 6); the file ends here")
    assert refusal("a.jsonl", b'[{"a":1}]') == (
        "is a JSON array; write JSON Lines, one claim a line"
    )


@pytest.mark.usefixtures("place")
def test_the_columns_of_lines_are_those_at_the_beginning_and_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A chunk has the columns that the beginning of the file shows, and those of its own."""
    monkeypatch.setattr(reader, "HEAD", 20)
    Path("a.jsonl").write_text('{"a":1,"b":2}\n{"c":3,"dddddddddddddd":4}\n', "utf-8")
    [table] = open_tables(["a.jsonl"])
    assert list(table.schema) == ["a", "b"]
    chunk = table.chunk(Position(14, 1), 1)
    assert chunk is not None
    assert chunk.frame.rows() == [(None, None, "3", "4", 2, None)]


# --- Parquet -----------------------------------------------------------------------------------


def _parquet(rows: int) -> pl.DataFrame:
    frame = pl.DataFrame({"n": range(rows), "text": [f"row {n}" for n in range(rows)]})
    frame.write_parquet("a.parquet", row_group_size=1000, statistics=False)
    return frame


@pytest.mark.usefixtures("place")
def test_parquet_keeps_its_types() -> None:
    """A slice at a time, whatever the row groups are."""
    frame = _parquet(3500).with_columns(pl.lit(datetime.date(2025, 1, 1)).alias("on"))
    frame.write_parquet("a.parquet", row_group_size=1000)
    chunks = list(read_chunks("a.parquet", 1400))
    assert [len(chunk.frame) for chunk in chunks] == [1400, 1400, 700]
    found = whole(chunks)
    assert found.drop(ROW, ERROR).equals(frame)
    assert found[ROW].to_list() == list(range(1, 3501))
    assert open_tables(["a.parquet"])[0].schema["on"] == pl.Date


@pytest.mark.usefixtures("place")
def test_parquet_that_ends_in_the_middle() -> None:
    """It is refused, and so is what only has the name."""
    _parquet(100)
    data = Path("a.parquet").read_bytes()
    cut = "ends in the middle: the end of a Parquet file is not there"
    for size in (4, 100, len(data) - 1):
        assert refusal("b.parquet", data[:size]) == cut
    assert refusal("b.parquet", b"abc") == "is not Parquet, whatever its name says"
    assert refusal("b.parquet", b"a,b\n1,2\n") == "is not Parquet, whatever its name says"
    damaged = data[:-30] + b"\xff" * 20 + data[-10:]
    assert refusal("b.parquet", damaged).startswith("cannot be read: ")


@pytest.mark.usefixtures("place")
def test_parquet_with_a_row_group_that_is_broken() -> None:
    """Its rows are in error, by number; those of other groups are read."""
    frame = _parquet(4000)
    data = Path("a.parquet").read_bytes()
    for at in range(len(data) // 2, len(data)):
        Path("b.parquet").write_bytes(data[:at] + b"\xff" * 16 + data[at + 16 :])
        try:
            pl.read_parquet("b.parquet")
        except pl.exceptions.PolarsError:
            break
    found = whole(list(read_chunks("b.parquet", 4000)))
    good = found.filter(pl.col(ERROR).is_null())
    assert found[ROW].to_list() == list(range(1, 4001))
    assert 2000 <= len(good) < 4000
    assert good.drop(ROW, ERROR).equals(frame.filter(pl.col("n").is_in(good["n"].implode())))
    assert found.filter(pl.col(ERROR).is_not_null())[ERROR][0].startswith(
        "row = Parquet: cannot be read ("
    )


# --- Excel -------------------------------------------------------------------------------------


def _excel(rows: list[list[Any]], first: int = 0, sheets: int = 1) -> None:
    with xlsxwriter.Workbook("a.xlsx") as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for _ in range(sheets):
            sheet = book.add_worksheet()
        sheet = book.worksheets()[0]
        for number, row in enumerate(rows, start=first):
            for column, value in enumerate(row):
                if isinstance(value, datetime.date):
                    sheet.write_datetime(number, column, value, day)
                elif isinstance(value, str) and value.startswith("!"):
                    sheet.write_formula(number, column, value[1:], None, "#DIV/0!")
                elif isinstance(value, str):
                    sheet.write_string(number, column, value)
                elif value is not None:
                    sheet.write(number, column, value)


@pytest.mark.usefixtures("place")
def test_excel() -> None:
    """Cells as texts, dates as dates, formulas as text; the header may stand further down."""
    _excel(
        [
            ["编号", "on", "price"],
            ["007", datetime.date(2025, 7, 4), 1599.1],
            [7, datetime.datetime(2025, 7, 4, 12, 30), 1599],
            [],
            ["=1+1", "2025-07-04", True],
        ],
        first=2,
    )
    chunks = list(read_chunks("a.xlsx", 3))
    assert whole(chunks).rows() == [
        ("007", "2025-07-04", "1599.1", 1, None),
        ("7", "2025-07-04 12:30:00", "1599", 2, None),
        ("=1+1", "2025-07-04", "true", 4, None),
    ]
    assert chunks[0].problems == ()
    assert list(open_tables(["a.xlsx"])[0].schema) == ["编号", "on", "price"]


@pytest.mark.usefixtures("place")
def test_excel_cells_that_hold_an_error() -> None:
    """#N/A and the like are not *not stated*: their row is in error."""
    _excel([["a", "b"], ["1", "2"], ["3", "!=1/0"], ["!=1/0", "!=1/0"], ["4", "5"]])
    found = rows_of("b.xlsx", Path("a.xlsx").read_bytes(), 2)
    assert [row[-1] for row in found] == [
        None,
        "B3 = an error: has no value",
        "A4 = an error: has no value",
        None,
    ]


@pytest.mark.usefixtures("place")
def test_excel_sheets_that_are_not_read() -> None:
    """Only the first is, and of the others it is told."""
    _excel([["a"], ["1"]], sheets=3)
    [chunk] = read_chunks("a.xlsx")
    assert [str(problem) for problem in chunk.problems] == [
        "a.xlsx: sheet = 'Sheet2': is not read; only the first sheet is",
        "a.xlsx: sheet = 'Sheet3': is not read; only the first sheet is",
    ]


@pytest.mark.usefixtures("place")
def test_what_is_no_workbook() -> None:
    """An empty sheet, a file cut off, an archive of something else."""
    _excel([[]])
    data = Path("a.xlsx").read_bytes()
    assert refusal("b.xlsx", data) == "is empty"
    assert refusal("b.xlsx", data[:-100]).startswith("cannot be read: ")
    assert refusal("b.xlsx", data[:400]).startswith("cannot be read: ")
    _excel([["a", "a"]])
    assert refusal("b.xlsx", Path("a.xlsx").read_bytes()).endswith("is the name of 2 columns")
    with zipfile.ZipFile("c.xlsx", "w") as archive:
        archive.writestr("xl/other.xml", "<x/>")
    assert refusal("c.xlsx", Path("c.xlsx").read_bytes()).startswith("cannot be read: ")


@pytest.mark.usefixtures("place")
def test_which_sheet_is_the_first() -> None:
    """It is looked up as the workbook says; without one there is nothing to look through."""
    relation = b'<Relationship Type="x" Target="/xl/worksheets/s.xml" Id="rId7"/>'
    other = b'<Relationship Id="rId1" Target="theme.xml"/>'

    def first(sheets: bytes, *relations: bytes) -> str:
        with zipfile.ZipFile("d.zip", "w") as archive:
            archive.writestr("xl/workbook.xml", sheets)
            archive.writestr("xl/_rels/workbook.xml.rels", b"".join(relations))
        with zipfile.ZipFile("d.zip") as archive:
            return excel._first_sheet(archive)

    sheet = b'<x:sheet name="s" r:id="rId7"/>'
    assert first(sheet, other, relation) == "xl/worksheets/s.xml"
    for broken in ((sheet, other), (b"", relation)):
        with pytest.raises(KeyError, match="no first sheet"):
            first(*broken)


@pytest.mark.usefixtures("place")
def test_excel_errors_that_are_nowhere() -> None:
    """A cell with an error must say where it is, or the workbook is refused."""
    _excel([["a"], ["!=1/0"]])
    with zipfile.ZipFile("a.xlsx") as old, zipfile.ZipFile("b.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b' r="A2"', b""))
    reason = refusal("b.xlsx", Path("b.xlsx").read_bytes())
    assert reason == "cannot be read: a cell with an error does not say where it is"


# --- going on ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("place")
def test_a_file_is_taken_up_at_any_mark() -> None:
    """What follows a mark is the same whether or not the rows before it were read."""
    Path("a.csv").write_bytes("a,b\n1,2\n3,店\n5\n6,7\n\n8,9\n".encode())
    Path("a.jsonl").write_bytes(b'{"a":1}\n{"a":2}\n\n{"a":3}\n')
    _parquet(5)
    _excel([["a"], ["1"], ["2"], ["3"]])
    for name in ("a.csv", "a.jsonl", "a.parquet", "a.xlsx"):
        chunks = list(read_chunks(name, 2))
        for number, chunk in enumerate(chunks[:-1]):
            [table] = open_tables([name])
            again = table.chunk(chunk.after, 2)
            assert again is not None
            assert again.frame.equals(chunks[number + 1].frame)
            assert again.after == chunks[number + 1].after
        assert os.path.exists(name)
