"""JSON text in, plain data out, with one kind of error: 读取 JSON.

The standard reader takes ``NaN``, keeps the last of two equal keys and lets a deeply
nested text end in a traceback. Here each of these is a
:class:`~sanbao.ValidationError` that names what was found.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any, NoReturn, TypeVar

from sanbao.errors import Problem, ValidationError, name_of, shown

__all__ = ["parse", "read_record", "reader_of"]

Record = TypeVar("Record")


def _no_such_number(name: str) -> NoReturn:
    raise ValidationError.of(name, name, f"holds {name}, which is not a number in JSON")


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
        raise ValidationError.of(field, text, "must be JSON text")
    try:
        plain = text if isinstance(text, str) else bytes(text).decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValidationError.of(field, text, f"is not UTF-8 (byte {error.start})") from None
    plain = plain.removeprefix("\ufeff")
    if not plain.strip():
        raise ValidationError.of(field, plain, "is empty; a JSON object is expected")
    try:
        return json.loads(plain, object_pairs_hook=_unique, parse_constant=constant)
    except RecursionError:
        raise ValidationError.of(field, plain, "is nested too deeply") from None
    except ValidationError as error:
        raise ValidationError.of(field, plain, error.problems[0].reason) from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise ValidationError.of(field, plain, f"is not JSON: {error.msg} ({where})") from None
    except ValueError:
        raise ValidationError.of(field, plain, "holds a number with too many digits") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValidationError.of("key", key, f"names the key {shown(key)} twice")
        found[key] = value
    return found


def read_record(cls: type[Record], text: str | bytes, field: str) -> Record:
    """Return the frozen record of type ``cls`` that a JSON text holds.

    Keys and types are checked against the fields of ``cls``. Raises
    :class:`~sanbao.ValidationError` naming the key of every mistake.
    """
    from pydantic import ValidationError as PydanticError

    data = json.dumps(parse(text, field))
    try:
        reader: Any = reader_of(cls)  # type: ignore[arg-type]
        record: Record = reader.validate_json(data, strict=True)
    except PydanticError as error:
        problems: list[Problem] = []
        for detail in error.errors(include_url=False):
            cause = detail.get("ctx", {}).get("error")
            path = ".".join(name_of(part) for part in detail["loc"]) or field
            if isinstance(cause, ValidationError):
                problems += cause.problems
            else:
                problems.append(Problem(path, shown(detail["input"]), detail["msg"]))
        raise ValidationError(problems) from None
    return record


@cache
def reader_of(cls: Any) -> Any:
    """Return what reads plain JSON data as ``cls``, made once."""
    from pydantic import TypeAdapter

    return TypeAdapter(cls)
