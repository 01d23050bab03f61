"""What pydantic finds wrong, in our own words: 校验错误的转述.

Its words change between versions and name types of Python. Every reader of input translates them
here; a format that has words of its own, such as tables instead of objects, hands those in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sanbao.base.errors import Problem, Reason, ValidationError, shown, suggestion

if TYPE_CHECKING:
    from pydantic import ValidationError as PydanticError

__all__ = ["Detail", "cause_of", "given", "problems_of", "reason_of"]

Detail: TypeAlias = Mapping[str, Any]
"""One mistake as pydantic describes it: ``loc``, ``type``, ``input``, ``ctx``."""

_MUST: Final = {
    "bool": "input.bool",
    "dataclass": "input.object",
    "date": "input.date",
    "decimal": "input.decimal",
    "dict": "input.object",
    "extra": "input.unknown_key",
    "finite": "input.number",
    "float": "input.number",
    "int": "input.int",
    "json": "input.half_or_nested",
    "list": "input.list",
    "missing": "input.required",
    "model": "input.object",
    "string": "input.text",
    "tuple": "input.list",
    "unexpected": "input.unknown_key",
}
"""The code of the reason for each kind of mistake; the first word of its name in pydantic."""

_UNKNOWN_KEY: Final = ("extra", "unexpected")

_NO_WORDS: Final[Mapping[str, str]] = {}


def reason_of(
    detail: Detail,
    words: Mapping[str, str] = _NO_WORDS,
    *,
    keys: Iterable[str] = (),
    near: Callable[[object, Iterable[str]], Reason] | None = None,
) -> Reason:
    """Return why the input cannot be taken.

    ``words`` replace the codes of the reasons of a format, by the kind or by its first word.
    ``keys`` are those that may stand where an unknown one stood. ``near`` names the code nearest
    to an unknown one, and the nearest key in place of :func:`~sanbao.base.errors.suggestion`.

    >>> reason_of({"type": "int_parsing", "msg": "Input should be a valid integer"})
    'must be a whole number'
    """
    kind: str = detail["type"]
    first = kind.partition("_")[0]
    if kind == "value_error":  # raised by us
        ours: Reason = detail["ctx"]["error"].args[0]
        return ours
    if kind == "literal_error":
        codes = detail["ctx"]["expected"].replace(" or ", ", ").replace("'", "").split(", ")
        reason = Reason("input.one_of", known=codes)
        return reason.then(near(detail["input"], codes)) if near else reason
    code = words.get(kind) or words.get(first)
    if code is None and kind == "too_long":
        return Reason("input.entries", most=detail["ctx"]["max_length"])
    reason = Reason(code or _MUST.get(first, "input.not_here"))
    if first in _UNKNOWN_KEY:
        return reason.then((near or suggestion)(detail["loc"][-1], keys))
    return reason


def given(detail: Detail) -> str:
    """Return what stood where a mistake was found, as :func:`shown`; it may be missing."""
    return Reason("input.nothing") if detail["type"] == "missing" else shown(detail["input"])


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
