"""The command line: what it prints, and with which status it leaves."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

import sanbao
from sanbao import cli
from sanbao.cli import entry, main
from sanbao.dates.calendar import chinese_calendar
from sanbao.model.codes import Audience
from sanbao.schema import MODES, NAMES, Name, schema_text

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
CLAIM = EXAMPLES / "black-screen-on-day-3.json"
LINES = EXAMPLES / "claims.jsonl"


def sanbao_process(
    *arguments: str, text: bytes = b"", environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "sanbao", *arguments],
        input=text,
        capture_output=True,
        check=False,
        env={**os.environ, **(environment or {})},
    )


def test_text_unless_said(capsys: pytest.CaptureFixture[str]) -> None:
    """A decision is printed as Chinese text, or English where asked."""
    decision = sanbao.decide(json.loads(CLAIM.read_text("utf-8")))
    assert main(["decide", str(CLAIM)]) == 0
    assert capsys.readouterr().out == decision.explain("zh") + "\n"
    assert main(["decide", str(CLAIM), "--lang", "en"]) == 0
    assert capsys.readouterr().out == decision.explain("en") + "\n"


def test_json_and_html(capsys: pytest.CaptureFixture[str]) -> None:
    """``--format`` chooses the canonical JSON or the page."""
    decision = sanbao.decide(json.loads(CLAIM.read_text("utf-8")))
    assert main(["decide", str(CLAIM), "--format", "json"]) == 0
    assert sanbao.Decision.from_json(capsys.readouterr().out) == decision
    assert main(["decide", str(CLAIM), "--format", "html", "--lang", "en"]) == 0
    assert capsys.readouterr().out == decision.to_html("en")


@pytest.mark.parametrize("audience", get_args(Audience))
def test_audiences(audience: Audience, capsys: pytest.CaptureFixture[str]) -> None:
    """``--audience`` chooses whom text and page are for."""
    decision = sanbao.decide(json.loads(CLAIM.read_text("utf-8")))
    call = ["decide", str(CLAIM), "--audience", audience]
    assert main(call) == 0
    assert capsys.readouterr().out == decision.explain("zh", audience) + "\n"
    assert main([*call, "--lang", "en", "--format", "html"]) == 0
    assert capsys.readouterr().out == decision.to_html("en", audience)


@pytest.mark.parametrize("name", NAMES)
def test_schemas(name: Name, capsys: pytest.CaptureFixture[str]) -> None:
    """``schema`` prints a schema: of what may come in, or of what comes out."""
    assert main(["schema", name]) == 0
    assert capsys.readouterr().out == schema_text(name)
    for mode in MODES:
        assert main(["schema", name, "--mode", mode]) == 0
        assert capsys.readouterr().out == schema_text(name, mode)


def test_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Lines keep their order; a bad one is reported in its place and the status is 1."""
    assert main(["decide", "--lines", str(LINES)]) == 1
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    claims = LINES.read_text("utf-8").splitlines()
    assert len(answers) == len(claims)
    for number, (claim, answer) in enumerate(zip(claims, answers, strict=True), start=1):
        if number == 4:
            assert answer["line"] == 4
            assert "not a day of the calendar" in answer["error"]
            assert answer["problems"][0]["field"] == "purchase.sold_on"
        else:
            assert answer == sanbao.decide(json.loads(claim)).to_dict()


def test_lines_all_good(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Blank lines count but say nothing; without a bad line the status is 0."""
    file = tmp_path / "claims.jsonl"
    one = json.dumps(json.loads(CLAIM.read_text("utf-8")))
    file.write_text(f"{one}\n\n{one}\n", "utf-8")
    assert main(["decide", "--lines", str(file), "--format", "json"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_readings(capsys: pytest.CaptureFixture[str]) -> None:
    """``--reading`` decides under another reading."""
    assert main(["decide", str(CLAIM), "--format", "json", "--reading", "first_day=same_day"]) == 0
    decision = sanbao.Decision.from_json(capsys.readouterr().out)
    assert decision.receipt.readings.first_day == "same_day"
    assert str(decision.dates.refund_until) == "2025-07-07"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--reading", "first_day=tomorrow"], "readings.first_day = 'tomorrow'"),
        (["--reading", "last_day=same_day"], "readings.last_day"),
        (["--reading", "first_day"], "is written NAME=VALUE"),
        (["--reading", "rounding=down", "--reading", "rounding=down"], "is given twice"),
        (["--lines", "--format", "text"], "with --lines the output is json"),
    ],
)
def test_wrong_options(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An option that cannot be is refused with status 2 and a sentence."""
    assert main(["decide", str(CLAIM), "--lang", "en", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err


@pytest.mark.parametrize("name", ["nowhere.json", "."])
def test_files_that_cannot_be_read(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing file and a folder give status 2 and name the path."""
    assert main(["decide", str(tmp_path / name)]) == 2
    assert capsys.readouterr().err.startswith(f"sanbao: {tmp_path}")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["ponder"],
        ["decide"],
        ["decide", "x", "--format", "xml"],
        ["decide", "x", "--audience", "judge"],
        ["schema"],
        ["schema", "law"],
        ["schema", "claim", "--mode", "both"],
    ],
)
def test_wrong_calls(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A call that makes no sense leaves with status 2 and shows how to call."""
    with pytest.raises(SystemExit) as left:
        main(["--lang", "en", *arguments])
    assert left.value.code == 2
    assert "usage: sanbao" in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """``--version`` prints the versions of library, laws and calendar, and its last year."""
    days = chinese_calendar()
    last = days.last_known_year
    known = {"zh": f"（节假日截至{last}年）", "en": f" (rest days known to the end of {last})"}
    for lang, words in known.items():
        with pytest.raises(SystemExit) as left:
            main(["--lang", lang, "--version"])
        assert left.value.code == 0
        assert capsys.readouterr().out.splitlines() == [
            f"sanbao {sanbao.__version__}",
            "cn.mobile-2001 2001-11-15, 2024-07-01",
            f"{days.id}{words}",
        ]


def test_run_leaves_with_the_status(monkeypatch: pytest.MonkeyPatch) -> None:
    """The console script leaves with main's status, and with 130 when interrupted."""
    monkeypatch.setattr(sys, "argv", ["sanbao", "decide", str(CLAIM)])
    with pytest.raises(SystemExit) as left:
        cli.run()
    assert left.value.code == 0

    def interrupted() -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(entry, "main", interrupted)
    with pytest.raises(SystemExit) as left:
        cli.run()
    assert left.value.code == 130
    assert gc.isenabled()


def test_output_that_is_not_a_text_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream that cannot be reconfigured is written to as it is."""

    class Plain:
        def __init__(self) -> None:
            self.text = ""

        def write(self, text: str) -> None:
            self.text += text

        def flush(self) -> None:
            self.text += "(flushed)"

    plain = Plain()
    monkeypatch.setattr(sys, "stdout", plain)
    assert main(["decide", str(CLAIM)]) == 0
    assert plain.text.endswith("\n(flushed)")


def test_reader_who_has_seen_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """A closed pipe ends the command quietly."""
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as gone:
        monkeypatch.setattr(sys, "stdout", gone)
        assert main(["decide", str(CLAIM)]) == 0
    with subprocess.Popen(
        [sys.executable, "-m", "sanbao", "decide", "--lines", str(LINES)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_standard_input() -> None:
    """``-`` reads standard input; where there is none, the status is 2."""
    done = sanbao_process("decide", "-", "--lang", "en", text=CLAIM.read_bytes())
    assert done.returncode == 0
    assert done.stdout.startswith(b"You can have: Refund")
    closed = subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m sanbao decide - --lang en <&-'],
        capture_output=True,
        check=False,
    )
    assert closed.returncode == 2
    assert closed.stderr.startswith(b"sanbao: -: ")


@pytest.mark.parametrize("environment", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}])
def test_chinese_in_any_locale(environment: dict[str, str]) -> None:
    """The text is UTF-8 whatever the locale says."""
    done = sanbao_process("decide", str(CLAIM), environment=environment)
    assert done.returncode == 0
    assert done.stdout.decode("utf-8").startswith("您可以：退货")
    bad = sanbao_process("decide", "-", text='{"三包": 1}'.encode(), environment=environment)
    assert bad.returncode == 2
    assert b"Traceback" not in bad.stderr


def test_paths_and_streams_that_cannot_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A path with a NUL and a standard output that is closed give status 2."""
    assert main(["decide", "a\0b", "--lang", "en"]) == 2
    assert "is no path" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["decide", str(CLAIM), "--lang", "en"]) == 2
    assert "standard output is closed" in capsys.readouterr().err
    assert main(["schema", "claim", "--lang", "en"]) == 2
    assert capsys.readouterr().err == "sanbao: schema: standard output is closed\n"
