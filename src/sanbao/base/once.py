"""What is worked out once: 只算一次."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Generic, Protocol, Self, TypeVar, overload

__all__ = ["Memory", "once", "once_property"]

Memory = dict[Callable[..., Any], Any]
"""What has been worked out of something, by the function that did."""


class _Remembering(Protocol):
    memory: Memory


_Thing = TypeVar("_Thing", bound=_Remembering)
_Answer = TypeVar("_Answer")


def once(work: Callable[[_Thing], _Answer]) -> Callable[[_Thing], _Answer]:
    """Have ``work`` done once for a thing that never changes, however often it is asked for.

    The answer is kept in the ``memory`` of the thing, which nobody else writes to.
    """

    @wraps(work)
    def remembered(thing: _Thing) -> _Answer:
        memory = thing.memory
        if work not in memory:
            memory[work] = work(thing)
        answer: _Answer = memory[work]
        return answer

    return remembered


class once_property(Generic[_Answer]):  # noqa: N801 - named as what it is used as
    """A property that is worked out when it is first looked at, and then kept.

    :func:`functools.cached_property` does the same, and takes a lock in Python 3.11 each time,
    which costs more than most of what is worked out here. Two threads that look at once may both
    work it out; the answers are equal.
    """

    def __init__(self, work: Callable[[Any], _Answer]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, thing: None, owner: type) -> Self: ...
    @overload
    def __get__(self, thing: object, owner: type) -> _Answer: ...
    def __get__(self, thing: Any, owner: type) -> Self | _Answer:
        if thing is None:  # whoever looks at the class, for its documentation
            return self
        answer = self._work(thing)
        thing.__dict__[self._name] = answer
        return answer
