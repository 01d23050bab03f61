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

from sanbao.base.errors import Reason

__all__ = ["NotTomlError", "parse"]


class NotTomlError(ValueError):
    """A text is not TOML: ``reason`` says why, ``line`` where; ``twice`` if it repeats a key."""

    def __init__(self, reason: Reason, line: int, twice: bool = False) -> None:
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
        reason = Reason("input.toml_twice") if twice else _reason(said)
        raise NotTomlError(reason, line, twice) from None
    except RecursionError:
        raise NotTomlError(Reason("input.nested"), 1) from None
    except ValueError:
        raise NotTomlError(Reason("input.digits"), 1) from None


def _reason(said: str) -> Reason:
    code = next((ours for theirs, ours in _WORDS.items() if said.startswith(theirs)), _UNCLEAR)
    return Reason("input.not_toml", reason=Reason(code))


_SAID_TWICE: Final = (
    "Cannot declare",
    "Cannot mutate",
    "Cannot overwrite",
    "Cannot redefine",
    "Duplicate",
)
"""How the reader begins to say that something is given twice."""

_UNCLEAR: Final = "input.toml_unclear"
"""What is said where the reader says something new."""
_OPEN: Final = "input.closing_quote"
_ESCAPE: Final = "input.toml_escape"

_WORDS: Final = {
    "Invalid statement": "input.toml_key",
    "Invalid initial character for a key part": "input.toml_key",
    "Expected newline or end of document": "input.toml_newline",
    "Expected '=' after": "input.toml_equals",
    "Expected ']": "input.toml_bracket",
    "Expected": _OPEN,
    "Unterminated string": _OPEN,
    "Illegal character '\\n'": _OPEN,
    "Illegal character": "input.toml_control",
    "Found invalid character": "input.toml_control_comment",
    "Unclosed array": "input.toml_list",
    "Unclosed inline table": "input.toml_inline",
    "Unescaped": _ESCAPE,
    "Invalid hex value": _ESCAPE,
    "Escaped character": _ESCAPE,
    "Invalid date or datetime": "input.toml_date",
    "Invalid value": "input.toml_value",
}
"""How the reader begins to say what is wrong, and what we say."""
