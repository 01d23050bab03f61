"""What is worked out once: 只算一次."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar

__all__ = ["Memory", "once"]

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
