"""A claim with changes made to it: 修改后的申请."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from sanbao.base.errors import Reason, ValidationError, name_of
from sanbao.model.claim import Claim

__all__ = ["changed_claim"]

_DEEPEST: Final = 8
"""No claim has parts as deep as this."""
_PATH: Final = re.compile(r"[a-z_]+(\[[0-9]{1,4}\])?(\.[a-z_]+(\[[0-9]{1,4}\])?)*")
_PART: Final = re.compile(r"[a-z_]+|[0-9]+")


def changed_claim(
    claim: Claim, changes: Mapping[str, Any], codes: Mapping[str, Collection[str]] | None = None
) -> Claim:
    """Return ``claim`` with ``changes`` made to it, validated; ``codes`` are those known.

    A key is a path (``evidence.invoice``, ``repairs[0].handed_back_on``) or a part of the
    claim; an object changes what it names and leaves the rest. ``None`` makes a field
    unknown and takes a repair or an exchange out of its list; the place after the last one
    (``repairs[2]`` where there are two) adds one. Raises :class:`~sanbao.ValidationError`.
    """
    data = claim.model_dump(mode="json", exclude_none=True)
    removed: dict[tuple[Any, ...], list[Any]] = {}
    """The lists that lose an entry, by the path of the entry; it goes when all else is done."""
    for path, value in changes.items():
        if not isinstance(path, str) or not _PATH.fullmatch(path):
            name = name_of(path) or "changes"
            reason = Reason("claim.no_path")
            raise ValidationError.of(name, value, reason)
        parts = [int(part) if part.isdigit() else part for part in _PART.findall(path)]
        place: Any = data
        for depth, part in enumerate(parts[:-1]):
            place = _inside(place, part, [] if isinstance(parts[depth + 1], int) else {}, path)
        last = parts[-1]
        if isinstance(place, list) and value is None:
            _inside(place, last, None, path)
            removed[tuple(parts)] = place
        elif isinstance(value, Mapping):
            _merge(_inside(place, last, {}, path), value, path)
        else:
            _set(place, last, _own(value), path)
    for entry in sorted(removed, key=lambda parts: parts[-1], reverse=True):
        del removed[entry][entry[-1]]
    return Claim.model_validate(data, context=codes)


def _inside(place: Any, part: Any, empty: Any, path: str) -> Any:
    """Return the value at ``part``; where there is none, set it to ``empty``."""
    if isinstance(place, dict) and isinstance(part, str):
        return place.setdefault(part, empty)
    if isinstance(place, list) and isinstance(part, int):
        if part < len(place):
            return place[part]
        if part == len(place) and empty is not None:
            place.append(empty)
            return empty
        raise ValidationError.of(path, part, Reason("claim.list_length", number=len(place)))
    raise ValidationError.of(path, part, Reason("claim.no_parts"))


def _set(place: Any, part: Any, value: Any, path: str) -> None:
    _inside(place, part, value, path)
    place[part] = value


def _merge(place: Any, value: Mapping[Any, Any], path: str, depth: int = 0) -> None:
    if not isinstance(place, dict):
        raise ValidationError.of(path, value, Reason("claim.no_parts"))
    if depth > _DEEPEST:
        raise ValidationError.of(path, value, Reason("input.nested"))
    for key, inner in value.items():
        if isinstance(inner, Mapping) and isinstance(place.get(key), dict):
            _merge(place[key], inner, path, depth + 1)
        else:
            place[key] = _own(inner)


def _own(value: Any, depth: int = 0) -> Any:
    """Return a copy of what was given, so that nothing is written into it."""
    if depth <= _DEEPEST and isinstance(value, list | tuple):
        return [_own(inner, depth + 1) for inner in value]
    if depth <= _DEEPEST and isinstance(value, Mapping):
        return {key: _own(inner, depth + 1) for key, inner in value.items()}
    return value
