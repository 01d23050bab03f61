"""Policies as files: 政策文件 (TOML, or JSON with the same keys).

A file holds data: nothing in it is run or imported. It is a whole policy, or it stands
``beside`` one and says what is different; where it is silent, it says what that one says. What
comes of it is checked by the models of the regulation. Every mistake is told with file, line
and key, all of a file at once where that is possible, and nothing is half loaded.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, Final

from sanbao.base.errors import Problem, Reason, ValidationError, shown, system_reason
from sanbao.base.json_text import fault_of
from sanbao.rules.policy_file.builder import Bases, PolicyBuilder, PolicyFile
from sanbao.rules.policy_file.diagnostics import Diagnostics, file_name, key_text
from sanbao.rules.policy_file.plain_data import Real
from sanbao.rules.policy_file.source_map import SourceMap, json_source_map, toml_source_map
from sanbao.rules.policy_file.writer import to_toml

__all__ = ["MOST_BYTES", "PolicyFile", "parse", "read", "to_toml"]

MOST_BYTES: Final = 1024 * 1024
"""The size of the largest file that is read."""


def read(path: str | os.PathLike[str], bases: Bases) -> PolicyFile:
    """Return the policy of a file, ``*.toml`` or ``*.json``.

    ``bases`` gives the policy with the id that a file names in ``beside``. Raises
    :class:`~sanbao.ValidationError` naming file, line and key of every mistake; a file larger
    than :data:`MOST_BYTES` is refused without being read.
    """
    try:
        name = os.fsdecode(os.fspath(path))
    except TypeError:
        raise ValidationError.of("path", path, Reason("policy.path")) from None
    try:
        about = os.stat(name)
        if not stat.S_ISREG(about.st_mode):
            kind = "a_directory" if stat.S_ISDIR(about.st_mode) else "a_device"
            raise _of_file(name, name, Reason("policy.not_file", what=Reason(f"policy.{kind}")))
        _check_size(about.st_size, name)
        with open(name, "rb") as file:
            text = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise _of_file(
            name, name, Reason("input.unreadable", reason=system_reason(error))
        ) from None
    except ValueError as error:
        if isinstance(error, ValidationError):
            raise
        raise _of_file(name, name, Reason("policy.no_file_name")) from None
    return parse(text, name, bases)


def parse(text: str | bytes, name: str, bases: Bases) -> PolicyFile:
    """Return the policy of a text; ``name`` is that of the file, its ending the format.

    Raises :class:`~sanbao.ValidationError` naming file, line and key of every mistake.
    """
    if not isinstance(name, str):
        raise ValidationError.of("name", name, Reason("policy.name"))
    if not isinstance(text, str | bytes):
        raise _of_file(name, text, Reason("input.text"))
    _check_size(len(text), name)
    reader = _FORMATS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise _of_file(name, name, Reason("policy.suffix"))
    data, source_map = reader(_decoded(text, name), name)
    diagnostics = Diagnostics(file_name(name), source_map, data)
    return PolicyBuilder(data, diagnostics, bases).build()


# --- from text to data -----------------------------------------------------------------------


def _of_file(name: str, value: object, reason: Reason, line: int | None = None) -> ValidationError:
    """Return the error of a file as a whole."""
    return ValidationError([Problem("file", shown(value), reason, file=file_name(name), line=line)])


def _check_size(size: int, name: str) -> None:
    if size > MOST_BYTES:
        reason = Reason("policy.too_large", most=MOST_BYTES)
        raise _of_file(name, Reason("input.size", size=size), reason)


def _decoded(text: str | bytes, name: str) -> str:
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise _of_file(name, name, Reason("input.not_utf8", byte=error.start), line) from None
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise _of_file(name, name, Reason("policy.empty"))
    return text


def _from_toml(text: str, name: str) -> tuple[dict[str, Any], SourceMap]:
    from sanbao.base.toml_text import NotTomlError
    from sanbao.base.toml_text import parse as parsed

    source_map = toml_source_map(text)
    _check_limits(source_map, name)
    try:
        return parsed(text, parse_float=Real), source_map
    except NotTomlError as error:
        if error.twice and source_map.twice:
            raise ValidationError(_twice(source_map, name)) from None
        reason = Reason("policy.stands_twice") if error.twice else error.reason
        raise _unreadable(source_map, name, error.line, reason) from None


def _from_json(text: str, name: str) -> tuple[dict[str, Any], SourceMap]:
    source_map = json_source_map(text)
    _check_limits(source_map, name)
    try:
        data = json.loads(text, parse_float=Real, parse_constant=Real)
    except json.JSONDecodeError:
        line, _, reason = fault_of(text)
        raise _unreadable(
            source_map, name, line, Reason("policy.not_json", reason=reason)
        ) from None
    if source_map.twice:
        raise ValidationError(_twice(source_map, name))
    if not isinstance(data, dict):
        raise _of_file(name, data, Reason("policy.object"), 1)
    return data, source_map


_FORMATS: Final = {".toml": _from_toml, ".json": _from_json}


def _check_limits(source_map: SourceMap, name: str) -> None:
    if source_map.too_deep is not None:
        raise _of_file(name, name, Reason("input.nested"), source_map.too_deep)
    if source_map.too_long is not None:
        raise _of_file(name, name, Reason("input.digits"), source_map.too_long)


def _unreadable(source_map: SourceMap, name: str, line: int, reason: Reason) -> ValidationError:
    """Return the error of a text that is not what its name says, at the key next to it."""
    path = source_map.nearest(line)
    keys = [part for part in path if isinstance(part, str)]
    value = shown(keys[-1] if keys else name)
    return ValidationError(
        [Problem(key_text(path), value, reason, file=file_name(name), line=line)]
    )


def _twice(source_map: SourceMap, name: str) -> Iterator[Problem]:
    for path, before, line in source_map.twice:
        reason = Reason("policy.stands_twice_first", line=before)
        yield Problem(key_text(path), shown(path[-1]), reason, file=file_name(name), line=line)
