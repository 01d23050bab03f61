"""What is said of a mistake is ours: no interpreter, library or system chooses the words."""

from __future__ import annotations

import ast
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sanbao
from sanbao import Claim, Decision, ValidationError
from sanbao.base.errors import system_reason
from sanbao.base.json_text import fault_of, parse
from sanbao.base.pydantic_errors import reason_of
from sanbao.base.toml_text import NotTomlError
from sanbao.base.toml_text import parse as parse_toml

SOURCE = Path(sanbao.__file__).parent


# --- JSON ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ('{"a": 1,}', 1, 9, "a key in double quotes is expected"),
        ('{"a": 1,\n}', 2, 1, "a key in double quotes is expected"),
        ("[1,]", 1, 4, "a value is expected"),
        ("[,1]", 1, 2, "a value is expected"),
        ("{'a': 1}", 1, 2, "a key in double quotes is expected"),
        ("{a: 1}", 1, 2, "a key in double quotes is expected"),
        ('{"a" 1}', 1, 6, "a colon is expected behind a key"),
        ('{"a":', 1, 6, "a value is expected"),
        ('{"a": 1 "b": 2}', 1, 9, "a comma or } is expected"),
        ("[1 2]", 1, 4, "a comma or ] is expected"),
        ("[01]", 1, 3, "a comma or ] is expected"),
        ("[{}, {", 1, 7, "a key in double quotes is expected"),
        ("[1}", 1, 3, "a comma or ] is expected"),
        ("[1.]", 1, 3, "a comma or ] is expected"),
        ("nul", 1, 1, "a value is expected"),
        ("[None, True]", 1, 2, "a value is expected"),
        ("{} {}", 1, 4, "something stands behind the end"),
        ('{"a": "b}', 1, 7, "a text has no closing quote"),
        ('["C:\\shop"]', 1, 5, r"a text has a \ that means nothing; write \\"),
        ('["\\u12"]', 1, 3, r"a text has a \ that means nothing; write \\"),
        ('["a\nb"]', 1, 4, r"a text has a line break or a control character; write \n or the like"),
        ("\ufeff{}", 1, 1, "a value is expected"),
        ("[1,\u00a02]", 1, 4, "a value is expected"),
    ],
)
def test_why_a_text_is_not_json(text: str, line: int, column: int, reason: str) -> None:
    """The same words and the same place on every Python."""
    assert fault_of(text) == (line, column, reason)
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)
    with pytest.raises(ValidationError) as caught:
        parse(f"\ufeff{text}", "claim")
    said = f"is not JSON: {reason} (line {line}, column {column})"
    assert caught.value.problems[0].reason == said


JSON_PARTS = st.sampled_from(
    [*'{}[]:, \n\t"\\\x00', '"a"', '"\\n\\u00e9"', "1", "-0.5e+7", "01", "true", "NaN", "Infinity"]
)


@given(st.lists(JSON_PARTS, max_size=12).map("".join))
def test_a_reason_stands_exactly_where_there_is_no_json(text: str) -> None:
    """Whatever the standard reader refuses has a reason, and nothing else has."""
    try:
        json.loads(text)
    except json.JSONDecodeError:
        refused = True
    else:
        refused = False
    line, column, reason = fault_of(text)
    assert bool(reason) == refused
    assert 1 <= line <= text.count("\n") + 1
    assert 1 <= column <= len(text) + 1


def test_a_text_of_many_signs_is_looked_at_once() -> None:
    """Neither deep nesting nor length is more than the search can bear."""
    assert fault_of("[" * 1_000_000) == (1, 1_000_001, "a value is expected")
    assert fault_of('["' + "a" * 1_000_000)[2] == "a text has no closing quote"
    assert fault_of("1" * 1_000_000 + "a")[2] == "something stands behind the end"


# --- TOML ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("\n{", 2, "a key is expected"),
        ("a = 1\n= 2", 2, "a key is expected"),
        ("a. = 2", 1, "a key is expected"),
        ("a = 1 b = 2", 1, "a new line is expected behind a value"),
        ("a 1", 1, "= is expected behind a key"),
        ("[a", 1, "the name of a table has no closing bracket"),
        ("[[a]", 1, "the name of a table has no closing bracket"),
        ("a = '", 1, "a text has no closing quote"),
        ("a = '''", 1, "a text has no closing quote"),
        ('a = "b\nc = 1', 1, "a text has no closing quote"),
        ('a = """b', 1, "a text has no closing quote"),
        ('a = "\x00"', 1, "a text has a control character"),
        ("a = 'b\nc'", 1, "a text or a comment has a control character"),
        ("a = 1 # \x00", 1, "a text or a comment has a control character"),
        ("a = [1 2]", 1, "a comma or ] is expected in a list"),
        ("a = {b = 1 c = 2}", 1, "a comma or } is expected in a table"),
        ('a = "C:\\shop"', 1, r"a text in double quotes has a \ that means nothing; "),
        ('a = "\\u12"', 1, r"a text in double quotes has a \ that means nothing; "),
        ('a = "\\ud800"', 1, r"a text in double quotes has a \ that means nothing; "),
        ("a = 1\nb = 2026-02-30", 2, "there is no such date or time"),
        ("a = yes", 1, "a value is expected, and text stands in quotes"),
    ],
)
def test_why_a_text_is_not_toml(text: str, line: int, reason: str) -> None:
    with pytest.raises(NotTomlError) as caught:
        parse_toml(text)
    assert caught.value.line == line
    assert caught.value.reason.startswith(f"is not TOML: {reason}")
    assert not caught.value.twice


@pytest.mark.parametrize(
    "text", ["a = 1\na = 2", "[a]\n[a]", "a = {b = 1}\na.c = 2", "a = {b = 1, b = 2}"]
)
def test_toml_that_says_something_twice(text: str) -> None:
    with pytest.raises(NotTomlError, match=r"^gives a key or a table twice$") as caught:
        parse_toml(text)
    assert caught.value.twice


def test_toml_that_the_standard_reader_does_not_call_wrong() -> None:
    """Deep nesting and very long numbers end it in errors of other kinds."""
    with pytest.raises(NotTomlError, match=r"^is nested too deeply$"):
        parse_toml("a = " + "[" * 5000 + "]" * 5000)
    with pytest.raises(NotTomlError, match=r"^holds a number with too many digits$"):
        parse_toml("a = " + "1" * 5000)


def test_every_complaint_of_the_toml_reader_has_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """What this Python's reader can say is known; what a later one says is not repeated."""
    parser = Path(tomllib.__file__).with_name("_parser.py").read_text("utf-8")
    said: list[str] = []
    for node in ast.walk(ast.parse(parser)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suffixed_err"):
            message = node.args[2]
            first = message.values[0] if isinstance(message, ast.JoinedStr) else message
            assert isinstance(first, ast.Constant)
            assert isinstance(first.value, str)
            said.append(first.value)
    assert len(said) > 20

    def reason(message: str) -> str:
        def refuse(*_: object, **__: object) -> None:
            raise tomllib.TOMLDecodeError(f"{message} (at line 7, column 1)")

        monkeypatch.setattr(tomllib, "loads", refuse)
        with pytest.raises(NotTomlError) as caught:
            parse_toml("")
        assert caught.value.line == 7
        return caught.value.reason

    unclear = "is not TOML: what stands here cannot be read"
    assert unclear not in [reason(message) for message in said]
    assert reason("Something new") == unclear


# --- pydantic and the system --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"warnings": 5}, "warnings", "must be a list"),
        ({"warnings": [5]}, "warnings.0", "must be a JSON object"),
        ({"dates": None}, "dates", "must be a JSON object"),
        ({"provisional": [5]}, "provisional.0", "must be text"),
        (
            {"dates": {"claimed_on": "2025-02-30"}},
            "dates.claimed_on",
            "must be a date, such as 2026-01-31",
        ),
        ({"dates": {"claimed_on": 7}}, "dates.claimed_on", "must be a date, such as 2026-01-31"),
        (
            {"outcome": "money"},
            "outcome",
            "must be one of refund, exchange, free_repair, paid_repair, excluded",
        ),
        ({"more": 1}, "more", "is not a known key"),
        ({"policy": {"id": "a"}}, "policy.version", "is required"),
        ({"provisional": ["\ud800"]}, "decision", "holds half a character, or is nested"),
        ({"provisional": json.loads("[" * 300 + "]" * 300)}, "decision", "holds half a character"),
    ],
)
def test_a_record_that_is_none(changed: dict[str, Any], field: str, reason: str) -> None:
    """Records are read by pydantic and speak as claims do."""
    claim = Claim.model_validate({"claimed_on": "2025-07-04", "product": {"kind": "handset"}})
    decision = sanbao.decide(claim)
    text = json.dumps(json.loads(decision.to_json()) | changed)
    with pytest.raises(ValidationError) as caught:
        Decision.from_json(text)
    [problem] = [problem for problem in caught.value.problems if problem.field == field]
    assert problem.reason.startswith(reason)


def test_a_kind_of_mistake_that_is_new() -> None:
    """Not even then are the words those of pydantic."""
    assert reason_of({"type": "colour_parsing", "msg": "Input should be a colour"}) == (
        "is not what can stand here"
    )


def test_why_a_file_cannot_be_opened() -> None:
    """Systems have words of their own for the same thing; what only they know they say."""
    assert system_reason(FileNotFoundError(2, "Kein solches Verzeichnis")) == (
        "there is no such file"
    )
    assert system_reason(OSError(28, "No space left on device")) == "No space left on device"
    assert system_reason(OSError()) == "cannot be opened"
