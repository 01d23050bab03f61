"""On which line everything stands in a TOML or JSON text."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanbao.rules.policy_file.source_map import (
    DEEPEST,
    LONGEST,
    Path,
    SourceMap,
    json_source_map,
    toml_source_map,
)

TOML = '''\
# a comment with [brackets] = "and more"
id = "one"  # two
"quoted key" = 'it''s'
a.b . "c.d" = 1

list = [
    1, # one
    [2,
     3],
    { x = [
        4 ] },
]
empty = []
none = {}
day = 2001-11-15 10:00:00
long = """
first "" line \\""" and
"quoted""""
raw = \'\'\'
a = [
b'\'\'\'
after = true

[table."in side"]
key = "\\"]"

[[rights]]
id = "art11.refund"

[[rights]]
id = "art12.exchange"
cites = [{ law = "x", article = 4 },
         { law = "y" }]

[[rights.parts]]
n = 1
[[rights.parts]]
n = 2
[rights.notes]
text = ""
'''

LINES: dict[Path, int] = {
    (): 1,
    ("id",): 2,
    ("quoted key",): 3,
    ("a",): 4,
    ("a", "b"): 4,
    ("a", "b", "c.d"): 4,
    ("list",): 6,
    ("list", 0): 7,
    ("list", 1): 8,
    ("list", 1, 0): 8,
    ("list", 1, 1): 9,
    ("list", 2): 10,
    ("list", 2, "x"): 10,
    ("list", 2, "x", 0): 11,
    ("empty",): 13,
    ("none",): 14,
    ("day",): 15,
    ("long",): 16,
    ("raw",): 19,
    ("after",): 22,
    ("table",): 24,
    ("table", "in side"): 24,
    ("table", "in side", "key"): 25,
    ("rights",): 27,
    ("rights", 0): 27,
    ("rights", 0, "id"): 28,
    ("rights", 1): 30,
    ("rights", 1, "id"): 31,
    ("rights", 1, "cites"): 32,
    ("rights", 1, "cites", 0): 32,
    ("rights", 1, "cites", 0, "law"): 32,
    ("rights", 1, "cites", 0, "article"): 32,
    ("rights", 1, "cites", 1): 33,
    ("rights", 1, "cites", 1, "law"): 33,
    ("rights", 1, "parts"): 35,
    ("rights", 1, "parts", 0): 35,
    ("rights", 1, "parts", 0, "n"): 36,
    ("rights", 1, "parts", 1): 37,
    ("rights", 1, "parts", 1, "n"): 38,
    ("rights", 1, "notes"): 39,
    ("rights", 1, "notes", "text"): 40,
}


def paths(data: Any, path: Path = ()) -> set[Path]:
    """Return the way to everything in ``data``."""
    inside: Any = ()
    if isinstance(data, dict):
        inside = data.items()
    elif isinstance(data, list):
        inside = enumerate(data)
    return {path}.union(*(paths(part, (*path, key)) for key, part in inside))


def test_toml() -> None:
    """Tables, lists of tables, dotted and quoted keys, and all kinds of strings."""
    text = TOML.replace("'it''s'", "'its'")
    assert toml_source_map(text).lines == LINES
    assert set(LINES) == paths(tomllib.loads(text))


def test_json() -> None:
    """Keys stand on their own line, parts of a list on the line of their value."""
    text = '\n{ "a" :\n [1,\n"two, ]}", {"\\u0062\\"":\n[]}] ,\n"c": {} }'
    found = json_source_map(text)
    assert found.lines == {
        (): 2,
        ("a",): 2,
        ("a", 0): 3,
        ("a", 1): 4,
        ("a", 2): 4,
        ("a", 2, 'b"'): 4,
        ("c",): 6,
    }
    assert not found.twice


def test_the_line_of_what_is_not_there() -> None:
    """What is missing would stand in the table around it."""
    found = toml_source_map("\n[[rights]]\nid = 1")
    assert found.line(("rights", 0, "when", "of", 3)) == 2
    assert found.line(("nothing",)) == 1
    assert SourceMap().line(("id",)) == 1


def test_nearest() -> None:
    """A reader that names a line only means what begins last before its end."""
    found = toml_source_map("a = 1\n\nb = 2\nc = [\n3]")
    assert found.nearest(2) == ("a",)
    assert found.nearest(3) == ("b",)
    assert found.nearest(9) == ("c", 0)
    assert SourceMap().nearest(4) == ()


@pytest.mark.parametrize(
    ("text", "path", "before", "line"),
    [
        ("a = 1\n\na = 2", ("a",), 1, 3),
        ("a.b = 1\na.b = 2", ("a", "b"), 1, 2),
        ("[a]\n[a]", ("a",), 1, 2),
        ("x = { b = 1, b = 2 }", ("x", "b"), 1, 1),
        ("[[a]]\nb = 1\n[[a]]\nb = 1\nb = 1", ("a", 1, "b"), 4, 5),
    ],
)
def test_twice_in_toml(text: str, path: Path, before: int, line: int) -> None:
    """A key that stands twice is named with both lines."""
    assert toml_source_map(text).twice == [(path, before, line)]


def test_twice_in_json() -> None:
    """The standard reader would keep the last of them without a word."""
    found = json_source_map('{"a": {"b": 1,\n"b": 2,\n"\\u0062": 3}, "c": [{"b": 1}]}')
    assert found.twice == [(("a", "b"), 1, 2), (("a", "b"), 1, 3)]


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_json_nested_too_deeply(opening: str) -> None:
    """The scanner stops at the limit, long before a stack overflows."""
    assert json_source_map("\n" + opening * DEEPEST).too_deep is None
    assert json_source_map("\n" + opening * (DEEPEST + 1) + "1").too_deep == 2
    assert json_source_map(opening * 200_000).too_deep == 1


@pytest.mark.parametrize(
    "deep",
    [
        "\na = " + "[" * 100_000,
        "\na = " + "{a = " * 100_000,
        "\n" + "a." * 100_000 + "a = 1",
        "\n[" + "a." * 100_000 + "a]",
        "\n[[" + "a." * 100_000 + "a]]",
    ],
)
def test_toml_nested_too_deeply(deep: str) -> None:
    """Lists, inline tables and dotted keys."""
    assert toml_source_map(deep).too_deep == 2


def test_the_deepest_there_may_be() -> None:
    """At the limit everything is still noted."""
    text = "a = " + "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)
    found = toml_source_map(text)
    assert found.too_deep is None
    assert max(map(len, found.lines)) == DEEPEST - 1


def test_numbers_that_are_too_long() -> None:
    """Python reads a number of so many digits in quadratic time, or not at all."""
    assert toml_source_map("\na = " + "9" * LONGEST).too_long is None
    assert toml_source_map("\na = " + "9" * (LONGEST + 1)).too_long == 2
    assert json_source_map('{"a":\n[' + "9" * LONGEST + "]}").too_long is None
    assert json_source_map('{"a":\n[-' + "9" * LONGEST + "]}").too_long == 2


@pytest.mark.parametrize(
    "text",
    [
        "= 1",
        "a",
        "a = ",
        "a = [1 2",
        'a = ["x" "y"]',
        'a = {b = "x" c = 1}',
        "[a",
        "[[a]",
        "[]",
        '"\\q" = 1',
        'a = "open',
        "a = '''open",
        "a = [,]",
    ],
)
def test_text_that_is_no_toml(text: str) -> None:
    """The scanner stops without a word, and keeps what it found before."""
    found = toml_source_map(f"before = 1\n{text}")
    assert found.lines[("before",)] == 1
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "{1: 2}",
        '{"a" 1}',
        '{"a": 1 "b": 2}',
        '["a" "b"]',
        '{"\\q": 1}',
        '{"a": }',
        '["\n"]',
    ],
)
def test_text_that_is_no_json(text: str) -> None:
    """The scanner stops without a word."""
    assert json_source_map(text).line(()) == 1
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)


KEYS = st.text(max_size=6)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8))
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(DATA, st.sampled_from([None, 0, 2]))
def test_every_json_is_understood(data: Any, indent: int | None) -> None:
    """Of whatever JSON holds, the scanner finds everything, and each on a line of its own order."""
    found = json_source_map(json.dumps(data, indent=indent))
    assert set(found.lines) == paths(data)
    assert not found.twice


@given(DATA, st.data())
def test_the_line_is_the_one_in_the_text(data: Any, draw: st.DataObject) -> None:
    """With one thing a line, the lines are those a reader counts."""
    text = json.dumps([data, "mark", data], indent=1)
    line = next(n for n, one in enumerate(text.splitlines(), 1) if one == ' "mark",')
    if '"mark"' not in json.dumps(data):
        assert json_source_map(text).line((1,)) == line


def written(value: Any) -> str:
    """Return a value as TOML, everything inline."""
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key)} = {written(part)}" for key, part in value.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, list):
        return f"[ # a comment\n{', '.join(map(written, value))}\n]"
    return json.dumps(value)


TOML_TEXT = st.text(st.characters(max_codepoint=0xD7FF, exclude_characters="\x7f"), max_size=8)
TOML_DATA = st.recursive(
    st.one_of(st.booleans(), st.integers(-(2**60), 2**60), TOML_TEXT),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TOML_TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(TOML_TEXT, TOML_DATA, max_size=4))
def test_every_toml_is_understood(data: dict[str, Any]) -> None:
    """Of whatever TOML holds, the scanner finds everything."""
    text = "\n".join(f"{json.dumps(key)} = {written(part)}" for key, part in data.items())
    assert tomllib.loads(text) == data
    assert set(toml_source_map(text).lines) == paths(data)


@given(st.text("ab.\"'[]{}=,#\\\n 1-", max_size=40))
def test_whatever_comes(text: str) -> None:
    """What is TOML is understood; what is not ends the scanner, nothing else."""
    found = toml_source_map(text)
    json_source_map(text)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert set(found.lines) == paths(data)
    assert not found.twice
