"""JSON text in, plain data out, with one kind of error: 读取 JSON.

The standard reader takes ``NaN``, keeps the last of two equal keys and lets a deeply
nested text end in a traceback; what it says of a text that is not JSON, and of which place,
differs from one Python to the next. Here each of these is a
:class:`~sanbao.ValidationError` that names what was found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final, NoReturn, Self, TypeVar

from sanbao.base.errors import Problem, Reason, ValidationError, name_of, shown
from sanbao.base.pydantic_errors import Detail, problems_of, reason_of
from sanbao.base.records import Record, canonical_json
from sanbao.base.renamed import with_old_ids

__all__ = ["JsonRecord", "fault_of", "parse", "read_record", "reader_of"]

Read = TypeVar("Read")


def _no_such_number(name: str) -> NoReturn:
    raise ValidationError.of(name, name, Reason("input.no_number", name=name))


def parse(
    text: str | bytes, field: str, constant: Callable[[str], object] = _no_such_number
) -> Any:
    """Return the data of a JSON text; ``field`` names the text in errors.

    ``constant`` makes something of ``NaN`` and ``Infinity``, which JSON does not have; they
    are refused unless the reader knows better to which field they belong.

    Bytes are read as UTF-8, with or without a byte-order mark. Raises
    :class:`~sanbao.ValidationError` if the text is empty, not JSON, not UTF-8, nested
    too deeply, repeats a key or holds a number JSON does not have.
    """
    if not isinstance(text, str | bytes | bytearray):
        raise ValidationError.of(field, text, Reason("input.json_text"))
    try:
        plain = text if isinstance(text, str) else bytes(text).decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValidationError.of(field, text, Reason("input.not_utf8", byte=error.start)) from None
    plain = plain.removeprefix("\ufeff")
    if not plain.strip():
        raise ValidationError.of(field, plain, Reason("input.empty"))
    try:
        return json.loads(plain, object_pairs_hook=_unique, parse_constant=constant)
    except RecursionError:
        raise ValidationError.of(field, plain, Reason("input.nested")) from None
    except ValidationError as error:
        raise ValidationError.of(field, plain, error.problems[0].reason) from None
    except json.JSONDecodeError:
        line, column, reason = fault_of(plain)
        where = Reason("input.line_column", line=line, column=column)
        raise ValidationError.of(
            field, plain, Reason("input.not_json", reason=reason, where=where)
        ) from None
    except ValueError:
        raise ValidationError.of(field, plain, Reason("input.digits")) from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValidationError.of("key", key, Reason("input.key_twice", key=shown(key)))
        found[key] = value
    return found


def read_record(
    cls: type[Read], text: str | bytes, field: str, of_today: Callable[[Any], Any] | None = None
) -> Read:
    """Return the frozen record of type ``cls`` that a JSON text holds.

    Keys and types are checked against the fields of ``cls``; before that ``of_today`` makes of
    data in a form of the past what they would be now. Raises
    :class:`~sanbao.ValidationError` naming the key of every mistake, and the new id of every
    rule that was given another since.
    """
    from pydantic import ValidationError as PydanticError

    parsed = parse(text, field)
    if old := list(with_old_ids(parsed)):
        raise ValidationError(old)
    data = json.dumps(parsed if of_today is None else of_today(parsed))
    try:
        reader: Any = reader_of(cls)  # type: ignore[arg-type]
        record: Read = reader.validate_json(data, strict=True)
    except PydanticError as error:

        def problem(detail: Detail) -> Problem:
            path = ".".join(name_of(part) for part in detail["loc"]) or field
            return Problem(path, shown(detail["input"]), reason_of(detail))

        raise ValidationError(problems_of(error, problem)) from None
    return record


class JsonRecord(Record):
    """A record that goes to JSON and back by itself."""

    __slots__ = ()

    def to_json(self) -> str:
        """Return this as canonical JSON; reading it back gives an equal record."""
        return canonical_json(self)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Return the record of a JSON text.

        Raises :class:`~sanbao.ValidationError` naming the key of every mistake.
        """
        return read_record(cls, text, cls.__name__.lower())


@cache
def reader_of(cls: Any) -> Any:
    """Return what reads plain JSON data as ``cls``, made once."""
    from pydantic import TypeAdapter

    return TypeAdapter(cls)


# --- what is wrong with a text that is not JSON --------------------------------------------------

_BLANK: Final = re.compile(r"[ \t\r\n]*+")
_QUOTED: Final = re.compile(r'"(?:[^"\\\x00-\x1f]++|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4})*+')
_WORD: Final = re.compile(
    r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?|true|false|null|NaN|-?Infinity"
)
_ENDS: Final = {"{": "}", "[": "]"}


def fault_of(text: str) -> tuple[int, int, str]:
    """Return on which line and in which column a text stops being JSON, and why.

    Of a text that is JSON it returns the end and no reason.

    >>> fault_of('{"days": 7,}')
    (1, 12, 'a key in double quotes is expected')
    """
    at, reason = _fault(text)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), reason


def _fault(text: str) -> tuple[int, str]:
    ends: list[str] = []
    """How the objects and lists end that are open, the innermost last."""
    state = "value"
    at = 0
    while True:
        at = _behind(_BLANK, text, at)
        sign = text[at : at + 1]
        if state == "next" and not ends:
            return at, Reason("input.behind_end") if sign else ""
        if state in ("next", "first key", "first value") and sign == ends[-1]:
            ends.pop()
            at, state = at + 1, "next"
        elif state == "next":
            if sign != ",":
                return at, Reason("input.comma_or", end=ends[-1])
            at, state = at + 1, "key" if ends[-1] == "}" else "value"
        elif state == "colon":
            if sign != ":":
                return at, Reason("input.colon")
            at, state = at + 1, "value"
        elif sign == '"':
            end = _behind(_QUOTED, text, at)
            if not text.startswith('"', end):
                return _open_text(text, at, end)
            at, state = end + 1, "colon" if state.endswith("key") else "next"
        elif state.endswith("key"):
            return at, Reason("input.quoted_key")
        elif sign in _ENDS:
            ends.append(_ENDS[sign])
            at, state = at + 1, "first key" if sign == "{" else "first value"
        else:
            end = _behind(_WORD, text, at)
            if end == at:
                return at, Reason("input.value")
            at, state = end, "next"


def _behind(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return the place behind what the pattern matches here, or this one."""
    match = pattern.match(text, at)
    return at if match is None else match.end()


def _open_text(text: str, begin: int, end: int) -> tuple[int, str]:
    """Return what is wrong with the text from ``begin`` that stops at ``end`` without a quote."""
    if end == len(text):
        return begin, Reason("input.closing_quote")
    if text[end] == "\\":
        return end, Reason("input.backslash")
    return end, Reason("input.line_break")
