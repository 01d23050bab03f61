"""What pydantic finds wrong, in our own words: 校验错误的转述.

Its words change between versions and name types of Python. Every reader of input translates them
here; a format that has words of its own, such as tables instead of objects, hands those in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sanbao.base.errors import Problem, ValidationError, shown, suggestion

if TYPE_CHECKING:
    from pydantic import ValidationError as PydanticError

__all__ = ["Detail", "cause_of", "given", "problems_of", "reason_of"]

Detail: TypeAlias = Mapping[str, Any]
"""One mistake as pydantic describes it: ``loc``, ``type``, ``input``, ``ctx``."""

_MUST: Final = {
    "bool": "must be true or false",
    "dataclass": "must be a JSON object",
    "date": "must be a date, such as 2026-01-31",
    "decimal": 'must be a number as text, such as "1599.00"',
    "dict": "must be a JSON object",
    "extra": "is not a known key",
    "finite": "must be a number",
    "float": "must be a number",
    "int": "must be a whole number",
    "json": "holds half a character, or is nested too deeply",
    "list": "must be a list",
    "missing": "is required",
    "model": "must be a JSON object",
    "string": "must be text",
    "tuple": "must be a list",
    "unexpected": "is not a known key",
}
"""The reason for each kind of mistake; the first word of its name in pydantic."""

_UNKNOWN_KEY: Final = ("extra", "unexpected")

_NO_WORDS: Final[Mapping[str, str]] = {}


def reason_of(
    detail: Detail,
    words: Mapping[str, str] = _NO_WORDS,
    *,
    keys: Iterable[str] = (),
    near: Callable[[object, Iterable[str]], str] | None = None,
) -> str:
    """Return why the input cannot be taken.

    ``words`` replace the reasons of a format, by the kind or by its first word. ``keys`` are those
    that may stand where an unknown one stood. ``near`` names the code nearest to an unknown one,
    and the nearest key in place of :func:`~sanbao.base.errors.suggestion`.

    >>> reason_of({"type": "int_parsing", "msg": "Input should be a valid integer"})
    'must be a whole number'
    """
    kind: str = detail["type"]
    first = kind.partition("_")[0]
    if kind == "value_error":  # raised by us
        return str(detail["ctx"]["error"])
    if kind == "literal_error":
        codes = detail["ctx"]["expected"].replace(" or ", ", ").replace("'", "").split(", ")
        return f"must be one of {', '.join(codes)}{near(detail['input'], codes) if near else ''}"
    reason = words.get(kind) or words.get(first)
    if reason is None and kind == "too_long":
        return f"must hold at most {detail['ctx']['max_length']} entries"
    reason = reason or _MUST.get(first, "is not what can stand here")
    if first in _UNKNOWN_KEY:
        reason += (near or suggestion)(detail["loc"][-1], keys)
    return reason


def given(detail: Detail) -> str:
    """Return what stood where a mistake was found, as :func:`shown`; it may be missing."""
    return "nothing" if detail["type"] == "missing" else shown(detail["input"])


def cause_of(detail: Detail) -> ValidationError | None:
    """Return the error of our own that a validator raised, if the mistake is one."""
    cause = detail.get("ctx", {}).get("error")
    return cause if isinstance(cause, ValidationError) else None


def problems_of(
    error: PydanticError, problem: Callable[[Any], Problem], most: int | None = None
) -> Iterator[Problem]:
    """Yield every problem: those of our own errors, and of other mistakes what ``problem`` returns.

    ``most`` is how many mistakes are translated; all if it is ``None``.
    """
    for detail in error.errors(include_url=False)[:most]:
        cause = cause_of(detail)
        if cause is None:
            yield problem(detail)
        else:
            yield from cause.problems
