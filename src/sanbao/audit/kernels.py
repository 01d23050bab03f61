"""The kernels of one engine, each made when first asked for: 列式程序库.

Compiling a policy takes as long as deciding some hundred thousand rows; tables that the same
policy decides share what was compiled.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from sanbao.audit.kernel import Member
from sanbao.audit.verdicts import Kernel
from sanbao.calendar import Calendar, chinese_calendar
from sanbao.engine import Engine, Named
from sanbao.joint import OnePrograms, Panel, Ranked
from sanbao.policies.library import law
from sanbao.program import Programs
from sanbao.readings import DEFAULT_READINGS, Readings

__all__ = ["Kernels", "kernels_of"]

_MOST_KEPT: Final = 256
"""Kernels: the commitments of claims and the readings tried make many."""


class Kernels:
    """An engine and the kernels for what it decides; may be shared by threads."""

    def __init__(self, policy: Named, readings: Readings, calendar: Calendar) -> None:
        self.engine = Engine(policy, readings, calendar)
        self._programs: dict[int, Programs] = {}
        self._members: dict[tuple[int, Readings], Member] = {}
        self._kernels: dict[tuple[Any, ...], Kernel] = {}

    def of(self, programs: OnePrograms, readings: Readings) -> Kernel:
        """Return the kernel of these programs."""
        if isinstance(programs, Panel):
            members, ranked = programs.members, programs.ranked
        else:
            members, policy = (programs,), programs.policy
            ranked = tuple(Ranked(0, rule, policy.right(rule)) for rule in policy.preference)
        key = (*(id(one.policy) for one in members), readings)
        found = self._kernels.get(key)
        if found is None:
            if len(self._kernels) >= _MOST_KEPT:
                self._kernels.clear()
                self._members.clear()
                self._programs.clear()
            found = Kernel([self._member(one, readings) for one in members], ranked)
            self._kernels[key] = found
        return found

    def _member(self, programs: Programs, readings: Readings) -> Member:
        """Return one policy in columns, which keeps the policy and with it its id."""
        policy = programs.policy
        settled = policy.settled(readings)
        key = (id(policy), settled)
        found = self._members.get(key)
        if found is None:
            kept = self._programs.setdefault(id(policy), programs)
            found = self._members[key] = Member(kept, settled)
        return found


def kernels_of(
    policy: Named | None, readings: Readings | None, calendar: Calendar | None
) -> Kernels:
    """Return the kernels for a policy, readings and a calendar as :func:`sanbao.decide` has them.

    Raises :class:`~sanbao.ValidationError` for anything else in their place.
    """
    chosen = (
        law() if policy is None else policy,
        DEFAULT_READINGS if readings is None else readings,
        chinese_calendar() if calendar is None else calendar,
    )
    try:
        return _kept(*chosen)  # type: ignore[arg-type]
    except TypeError:  # something that cannot be a key, such as a calendar of one's own
        return Kernels(*chosen)


_kept = lru_cache(maxsize=8)(Kernels)
