"""The kernels of one engine, each made when first asked for: 列式程序库.

Compiling a policy takes as long as deciding some hundred thousand rows; tables that the same
policy decides share what was compiled.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from sanbao.audit.tables.kernel.expressions import Member
from sanbao.audit.tables.kernel.kernel import Kernel
from sanbao.dates.calendar import Calendar, chinese_calendar
from sanbao.dates.counting import COUNTING
from sanbao.engine import Engine, Named
from sanbao.evaluation.programs.combined import OnePrograms, Panel, Ranked
from sanbao.evaluation.programs.program import Programs
from sanbao.model.readings import DEFAULT_READINGS, Readings
from sanbao.policies.library import law

__all__ = ["Kernels", "kernels_of"]

_MOST_KEPT: Final = 2048
"""Kernels: the commitments of claims and the readings tried make many."""


class Kernels:
    """An engine and the kernels for what it decides; may be shared by threads."""

    def __init__(self, policy: Named, readings: Readings, calendar: Calendar) -> None:
        self.engine = Engine(policy, readings, calendar)
        self._programs: dict[int, Programs] = {}
        self._compiled: dict[tuple[Any, ...], Member] = {}
        self._members: dict[tuple[int, Readings], Member] = {}
        self._like: dict[tuple[int, ...], Kernel] = {}
        self._kernels: dict[tuple[Any, ...], Kernel] = {}

    def of(self, programs: OnePrograms, readings: Readings) -> Kernel:
        """Return the kernel of these programs."""
        if isinstance(programs, Panel):
            members, ranked = programs.programs, programs.ranked
        else:
            members, policy = (programs,), programs.policy
            ranked = tuple(Ranked(0, rule, policy.right(rule)) for rule in policy.preference)
        policies = tuple(id(one.policy) for one in members)
        found = self._kernels.get((policies, readings))
        if found is None:
            if len(self._kernels) >= _MOST_KEPT:
                for kept in (self._kernels, self._like, self._members, self._compiled):
                    kept.clear()
                self._programs.clear()
            compiled = [self._member(one, readings) for one in members]
            like = self._like.get(policies)
            if like is None:
                found = self._like[policies] = Kernel(compiled, ranked)
            else:
                found = like.under(compiled)
            self._kernels[policies, readings] = found
        return found

    def _member(self, programs: Programs, readings: Readings) -> Member:
        """Return one policy in columns, which keeps the policy and with it its id."""
        policy = programs.policy
        settled = policy.settled(readings)
        key = (id(policy), settled)
        found = self._members.get(key)
        if found is None:
            kept = self._programs.setdefault(id(policy), programs)
            names = sorted(kept.in_code - COUNTING)
            code = (id(policy), *(getattr(settled, name) for name in names))
            like = self._compiled.get(code)
            if like is None:
                found = self._compiled[code] = Member(kept, settled)
            else:
                found = like.under(settled)
            self._members[key] = found
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
