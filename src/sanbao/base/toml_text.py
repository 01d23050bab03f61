"""TOML text in, plain data out, and in plain words why not: 读取 TOML.

The standard reader says what it expected in words of its own, which are the interpreter's and
not ours; it takes a number of ten thousand digits for another kind of error, and nesting that
exhausts the stack for a third.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from typing import Any, Final

__all__ = ["NotTomlError", "parse"]


class NotTomlError(ValueError):
    """A text is not TOML: ``reason`` says why, ``line`` where; ``twice`` if it repeats a key."""

    def __init__(self, reason: str, line: int, twice: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.twice = twice


def parse(text: str, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """Return the data of a TOML text; ``parse_float`` makes something of its decimals.

    Raises :class:`NotTomlError`.

    >>> parse("days = 7")
    {'days': 7}
    """
    try:
        return tomllib.loads(text, parse_float=parse_float)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        found = re.search(r"\(at line (\d+), column \d+\)$", said)
        line = int(found[1]) if found else text.count("\n") + 1
        twice = said.startswith(_SAID_TWICE)
        reason = _TWICE if twice else _reason(said)
        raise NotTomlError(reason, line, twice) from None
    except RecursionError:
        raise NotTomlError("is nested too deeply", 1) from None
    except ValueError:
        raise NotTomlError("holds a number with too many digits", 1) from None


def _reason(said: str) -> str:
    reason = next((ours for theirs, ours in _WORDS.items() if said.startswith(theirs)), _UNCLEAR)
    return f"is not TOML: {reason}"


_SAID_TWICE: Final = (
    "Cannot declare",
    "Cannot mutate",
    "Cannot overwrite",
    "Cannot redefine",
    "Duplicate",
)
"""How the reader begins to say that something is given twice."""

_TWICE: Final = "gives a key or a table twice"
_UNCLEAR: Final = "what stands here cannot be read"
"""What is said where the reader says something new."""
_OPEN: Final = "a text has no closing quote"
_ESCAPE: Final = r"a text in double quotes has a \ that means nothing; write \\, or '…' around it"

_WORDS: Final = {
    "Invalid statement": "a key is expected",
    "Invalid initial character for a key part": "a key is expected",
    "Expected newline or end of document": "a new line is expected behind a value",
    "Expected '=' after": "= is expected behind a key",
    "Expected ']": "the name of a table has no closing bracket",
    "Expected": _OPEN,
    "Unterminated string": _OPEN,
    "Illegal character '\\n'": _OPEN,
    "Illegal character": "a text has a control character",
    "Found invalid character": "a text or a comment has a control character",
    "Unclosed array": "a comma or ] is expected in a list",
    "Unclosed inline table": "a comma or } is expected in a table",
    "Unescaped": _ESCAPE,
    "Invalid hex value": _ESCAPE,
    "Escaped character": _ESCAPE,
    "Invalid date or datetime": "there is no such date or time",
    "Invalid value": "a value is expected, and text stands in quotes",
}
"""How the reader begins to say what is wrong, and what we say."""
