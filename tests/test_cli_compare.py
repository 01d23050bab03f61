"""``sanbao compare`` and ``sanbao decide --policy``: what they print and how they leave."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from policies_for_tests import promise
from promises import LONGER, STRICTER
from sanbao import (
    MOBILE_2001,
    Claim,
    Comparison,
    Decision,
    Policy,
    Readings,
    compare,
    decide,
    policies,
)
from sanbao.cli import compare as command  # loaded under the tracer, whichever test is first
from sanbao.cli import main
from sanbao.cli.entry import COMMANDS
from sanbao.explain.texts.comparisons import comparison_page, comparison_text
from small_policies import INSIDE, WITHIN_15, exchange, repair, small

CLAIM = Path(__file__).resolve().parent.parent / "examples" / "black-screen-on-day-3.json"
LAW = MOBILE_2001.id
SMALL = small(LAW, exchange(WITHIN_15), repair(INSIDE))
LESS = promise(SMALL, "less", first_day="same_day")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with policy files: two promises, and a small law with one that gives less."""
    place = tmp_path_factory.mktemp("policies")
    for policy in (LONGER, STRICTER, SMALL, LESS):
        (place / f"{policy.id}.json").write_text(policy.to_json(), "utf-8")
    for name in ("plus+sign.json", "suffixless"):
        (place / name).write_text(STRICTER.to_json(), "utf-8")
    return place


@pytest.fixture(autouse=True)
def _there(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Call the command where the files are."""
    monkeypatch.chdir(folder)


@pytest.fixture(scope="module")
def stricter() -> Comparison:
    """The newest version of the regulation, which its id names, against a promise of less."""
    return compare(LAW, STRICTER)


@pytest.mark.untraced
def test_a_promise_of_less(stricter: Comparison, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 1 where it falls below, and what Python finds, in Chinese."""
    assert main(["compare", LAW, "stricter.json"]) == 1
    assert capsys.readouterr().out == comparison_text(stricter, "zh", [STRICTER]) + "\n"


def test_formats(capsys: pytest.CaptureFixture[str]) -> None:
    """Text, English text, JSON and HTML as asked."""
    found = compare(SMALL, LESS)
    call = ["compare", f"{LAW}.json", "less.json"]
    assert main(call) == 1
    assert capsys.readouterr().out == comparison_text(found, "zh", [LESS]) + "\n"
    assert main([*call, "--lang", "en", "--format", "html"]) == 1
    assert capsys.readouterr().out == comparison_page(found, "en", [LESS])
    assert main([*call, "--format", "json"]) == 1
    assert capsys.readouterr().out == found.to_json() + "\n"


@pytest.mark.untraced
def test_the_examples_can_be_saved_and_decided(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line of JSON in the text, saved and decided under both, shows the difference."""
    less = "stricter.json"
    main(["compare", LAW, less, "--lang", "en"])
    text = capsys.readouterr().out
    line = next(line for line in text.split("\n") if line.startswith("   {"))
    file = tmp_path / "claim.json"
    file.write_text(line, "utf-8")
    answers = []
    for policy in (LAW, less):
        assert main(["decide", str(file), "--policy", policy, "--format", "json"]) == 0
        answers.append(Decision.from_json(capsys.readouterr().out))
    assert "\n1. The refund in full is lost.\n" in text
    assert [answer.outcome for answer in answers] == ["refund", "exchange"]


@pytest.mark.untraced
def test_a_promise_of_more(capsys: pytest.CaptureFixture[str]) -> None:
    """Status 0 where it is nowhere below, and where the law stands beside a promise of less.

    The titles of a file's rules reach the text.
    """
    assert main(["compare", LAW, "longer.json", "--lang", "en"]) == 0
    text = capsys.readouterr().out
    assert "Nowhere below cn.mobile-2001.\n" in text
    assert "   Rule: exchange in 30 days (art12.exchange of longer;" in text
    together = f"{LAW}+stricter.json"
    assert main(["compare", LAW, together, "--lang", "en"]) == 0
    assert "Test promise stricter (cn.mobile-2001+stricter,\n" in capsys.readouterr().out


def test_no_difference(capsys: pytest.CaptureFixture[str]) -> None:
    """Status 0 where both are the same."""
    assert main(["compare", f"{LAW}.json", f"{LAW}.json", "--lang", "en"]) == 0
    assert "The consumer gets the same in every claim.\n" in capsys.readouterr().out


def test_readings(capsys: pytest.CaptureFixture[str]) -> None:
    """Both are taken under the readings that are asked for."""
    call = ["compare", f"{LAW}.json", f"{LAW}.json", "--format", "json"]
    assert main([*call, "--reading", "window_end=fixed"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["readings"] == Readings(window_end="fixed").to_dict()


def test_a_file_with_a_plus_in_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    """A path that is there is one file, whatever its name."""
    assert main(["decide", str(CLAIM), "--policy", "plus+sign.json", "--format", "json"]) == 0
    assert Decision.from_json(capsys.readouterr().out).policy.id == "stricter"
    assert main(["decide", str(CLAIM), "--policy", "suffixless", "--lang", "en"]) == 2
    assert "must end in .toml or .json" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["cn.mobile-2002", LAW], "policy = 'cn.mobile-2002': there is no policy with this id"),
        ([LAW, "nowhere.toml"], "nowhere.toml"),
        ([LAW, "nowhere/policy"], "nowhere/policy"),
        ([LAW, f"{LAW}+{LAW}"], "must be a commitment"),
        ([LAW, f"{LAW}+"], "policy = ''"),
        ([LAW, LAW, "--reading", "rounding"], "is written NAME=VALUE"),
        ([LAW, LAW, "--reading", "rounding=up"], "readings.rounding = 'up'"),
        ([LAW, "a\0b"], "sanbao: "),
    ],
)
def test_what_cannot_be_compared(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bad input gives status 2 and a sentence, and no output."""
    assert main(["compare", "--lang", "en", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("sanbao: ")
    assert message in captured.err


@pytest.mark.parametrize(
    "arguments", [["compare"], ["compare", LAW], ["compare", LAW, LAW, "--format", "xml"]]
)
def test_wrong_calls(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A call that makes no sense leaves with status 2 and shows how to call."""
    with pytest.raises(SystemExit) as left:
        main(["--lang", "en", *arguments])
    assert left.value.code == 2
    assert "usage: sanbao compare" in capsys.readouterr().err


# --- sanbao decide --policy --------------------------------------------------------------------


def test_deciding_by_a_policy(capsys: pytest.CaptureFixture[str]) -> None:
    """``--policy`` decides by a policy that ships, by a file, or by several together."""
    claim = Claim.from_json(CLAIM.read_bytes())
    file = "longer.json"
    law = policies.get(LAW)
    both = policies.combined(law, LONGER)
    wanted: list[tuple[str, object]] = [(LAW, law), (file, LONGER), (f"{LAW}+{file}", both)]
    for named, policy in wanted:
        assert main(["decide", str(CLAIM), "--policy", named, "--format", "json"]) == 0
        decision = Decision.from_json(capsys.readouterr().out)
        assert decision == decide(claim, policy)  # type: ignore[arg-type]
    assert main(["decide", str(CLAIM), "--policy", "cn.mobile", "--lang", "en"]) == 2
    assert "there is no policy with this id" in capsys.readouterr().err


def test_deciding_lines_by_a_policy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--policy`` holds for every line."""
    claim = Claim.from_json(CLAIM.read_bytes())
    lines = tmp_path / "claims.jsonl"
    lines.write_text(f"{claim.to_json()}\n" * 2, "utf-8")
    assert main(["decide", "--lines", str(lines), "--policy", "longer.json"]) == 0
    for line in capsys.readouterr().out.splitlines():
        assert Decision.from_json(line) == decide(claim, LONGER)


# --- what is loaded ----------------------------------------------------------------------------


def loaded(*arguments: str) -> set[str]:
    """Return the modules of the library that a call of the command loads."""
    program = (
        "import sys; from sanbao.cli import main; main(sys.argv[1:]);"
        "print(' '.join(sys.modules), file=sys.stderr)"
    )
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(
        command, capture_output=True, check=True, text=True, cwd=CLAIM.parent.parent
    )
    return {name for name in done.stderr.split() if name.startswith("sanbao")}


def test_deciding_loads_nothing_of_other_commands() -> None:
    """A program that decides one claim pays for no comparison, no policy file, no schema."""
    modules = loaded("decide", str(CLAIM))
    assert command.__name__ == "sanbao.cli.compare"
    others = {f"sanbao.cli.{name}" for name in COMMANDS if name != "decide"}
    others |= {
        "sanbao.statespace.comparing",
        "sanbao.statespace.partition",
        "sanbao.cli.policy_argument",
        "sanbao.statespace.comparison",
        "sanbao.explain.texts.comparisons",
        "sanbao.explain.texts.conditions",
        "sanbao.explain.texts.policies",
        "sanbao.rules.policy_file.reader",
        "sanbao.schema",
        "sanbao.statespace.verification",
    }
    assert all(map(find_spec, others))
    assert not modules & others


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """``--help`` lists what there is; a command's own help says what its status means."""
    with pytest.raises(SystemExit) as left:
        main(["--lang", "en", "--help"])
    assert left.value.code == 0
    text = " ".join(capsys.readouterr().out.split())  # long lines are broken
    assert all(f" {name} {does}" in text for name, (_, does) in COMMANDS.items())
    with pytest.raises(SystemExit) as left:
        main(["--lang", "en", "compare", "--help"])
    assert left.value.code == 0
    assert "exit status" in capsys.readouterr().out


def test_a_policy_is_a_policy() -> None:
    """The files of these tests hold the promises they were written from."""
    assert Policy.from_json(LONGER.to_json()) == LONGER
