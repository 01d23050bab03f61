"""Checklists as files: 清单文件, ``checklist-*.toml`` beside the promises, and one's own."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from pydantic import ValidationError as PydanticError

from sanbao.base.errors import (
    Problem,
    Reason,
    ValidationError,
    name_of,
    shown,
    suggestion,
    system_reason,
)
from sanbao.base.json_text import reader_of
from sanbao.base.pydantic_errors import Detail, cause_of, given, reason_of
from sanbao.base.toml_text import NotTomlError, parse
from sanbao.checklists.records import Checklist, Item
from sanbao.model.citation import Citation
from sanbao.rules.policy_file.diagnostics import Diagnostics
from sanbao.rules.policy_file.source_map import Path, SourceMap, toml_source_map

__all__ = ["get", "ids", "load"]

MOST_BYTES: Final = 1 << 18
"""A larger file than this is no checklist."""

_PREFIX: Final = "checklist-"


def ids() -> tuple[str, ...]:
    """Return the ids of all checklists that ship."""
    return tuple(_files())


def get(checklist: str) -> Checklist:
    """Return the checklist with this id, read when it is first asked for.

    Raises :class:`~sanbao.ValidationError` naming the nearest id if there is none.

    >>> get("accessories").item("card").title[1]
    'the warranty card is there'
    """
    if isinstance(checklist, str) and checklist in _files():
        return _shipped(checklist)
    reason = Reason("checklist.unknown").then(suggestion(checklist, ids()))
    raise ValidationError.of("checklist", checklist, reason)


def load(path: str | os.PathLike[str]) -> Checklist:
    """Return the checklist of a TOML file of one's own.

    Raises :class:`~sanbao.ValidationError` naming file, line and key of every mistake.
    """
    if not isinstance(path, str | os.PathLike):
        raise ValidationError.of("path", path, Reason("checklist.path"))
    name = name_of(os.fspath(path))
    try:
        with open(path, "rb") as stream:
            text = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else Reason("input.no_path")
        raise _of_file(name, name, reason) from None
    return _read(text, name)


@cache
def _files() -> Mapping[str, Any]:
    """Return the files of checklists by the id each is named after."""
    found = {
        entry.name.removeprefix(_PREFIX).removesuffix(".toml"): entry
        for entry in files("sanbao.policies").iterdir()
        if entry.name.startswith(_PREFIX) and entry.name.endswith(".toml")
    }
    return dict(sorted(found.items()))


@cache
def _shipped(checklist: str) -> Checklist:
    entry = _files()[checklist]
    return _read(entry.read_bytes(), entry.name)


_KEYS: Final = tuple(
    dict.fromkeys(name for kind in (Checklist, Item, Citation) for name in kind.__match_args__)
)

_WORDS: Final = {"dataclass": "policy.table"}
"""What a file says otherwise than JSON."""


def _read(text: bytes, name: str) -> Checklist:
    """Return the checklist of a file. Raises :class:`~sanbao.ValidationError` with all mistakes."""
    data, source_map = _parsed(text, name)
    try:
        record: Checklist = reader_of(Checklist).validate_json(
            json.dumps(data, default=str), strict=True
        )
    except PydanticError as error:
        diagnostics = Diagnostics(name, source_map, data)
        found = [p for d in error.errors(include_url=False) for p in _problems(d, diagnostics)]
        raise ValidationError(dict.fromkeys(found)) from None
    return record


def _parsed(text: bytes, name: str) -> tuple[dict[str, Any], SourceMap]:
    """Return the data of a file as the record has them, and its source map."""
    if len(text) > MOST_BYTES:
        raise _of_file(name, Reason("input.size", size=len(text)), Reason("checklist.too_large"))
    try:
        written = text.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
        data = parse(written)
    except UnicodeDecodeError as error:
        raise _of_file(name, text[:40], Reason("input.not_utf8", byte=error.start)) from None
    except NotTomlError as error:
        raise _of_file(name, name, error.reason, error.line) from None
    entries = data.get("items")
    for entry in entries if isinstance(entries, list) else ():
        failing = entry.get("failing") if isinstance(entry, dict) else None
        if isinstance(failing, dict):
            changes = [{"field": field, "value": value} for field, value in failing.items()]
            entry["failing"] = changes
    return data, toml_source_map(written)


def _of_file(name: str, value: object, reason: Reason, line: int | None = None) -> ValidationError:
    return ValidationError([Problem("file", shown(value), reason, file=name, line=line)])


def _problems(detail: Detail, diagnostics: Diagnostics) -> Iterator[Problem]:
    """Yield what pydantic found, with the place in the file."""
    path: Path = detail["loc"]
    words = _WORDS
    if "failing" in path:  # a table in the file
        path = path[: path.index("failing") + 1]
        words = {**_WORDS, "tuple": "policy.table"}
    cause = cause_of(detail)
    if cause is None:
        reason = reason_of(detail, words, keys=_KEYS)
        yield diagnostics.problem(path, given(detail), reason)
        return
    for problem in cause.problems:
        parts: Path = tuple(
            int(part) if part.isdigit() else part for part in re.findall(r"\w+", problem.field)
        )
        yield diagnostics.problem(path or parts, problem.value, problem.reason)
