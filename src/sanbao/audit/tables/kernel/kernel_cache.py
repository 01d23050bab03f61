"""The kernels of one engine, each made when first asked for: 列式程序库.

Compiling a policy takes as long as deciding some hundred thousand rows; tables that the same
policy decides share what was compiled.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from sanbao.audit.tables.input.cells import codes_with
from sanbao.audit.tables.kernel.expressions import PolicyExpressions
from sanbao.audit.tables.kernel.kernel import Kernel
from sanbao.dates.calendar import Calendar, chinese_calendar
from sanbao.dates.counting import COUNTING
from sanbao.engine import Engine, Named
from sanbao.evaluation.programs.combined import CombinedPrograms, OnePrograms, alone
from sanbao.evaluation.programs.program import Programs
from sanbao.model.readings import DEFAULT_READINGS, Readings
from sanbao.policies.policy_set import PolicySet
from sanbao.rules.policy import Policy

__all__ = ["Kernels", "kernels_of"]

_MOST_KEPT: Final = 2048
"""Kernels: the commitments of claims and the readings tried make many."""


class Kernels:
    """An engine and the kernels for what it decides; may be shared by threads: 列式程序库."""

    def __init__(
        self,
        policy: Named | None,
        readings: Readings,
        calendar: Calendar,
        policies: PolicySet | None,
    ) -> None:
        self.engine = Engine(policy, readings, calendar, policies)
        self.codes = codes_with(self.engine.codes)
        self._compiled: dict[tuple[Any, ...], PolicyExpressions] = {}
        self._like: dict[tuple[Policy, ...], Kernel] = {}
        self._kernels: dict[tuple[Any, ...], Kernel] = {}

    def of(self, programs: OnePrograms, readings: Readings) -> Kernel:
        """Return the kernel of these programs."""
        if isinstance(programs, CombinedPrograms):
            members, ranked = programs.programs, programs.ranked
        else:
            members, ranked = (programs,), alone(programs.policy)
        policies = tuple(one.policy for one in members)
        found = self._kernels.get((policies, readings))
        if found is None:
            if len(self._kernels) >= _MOST_KEPT:
                for kept in (self._kernels, self._like, self._compiled):
                    kept.clear()
            compiled = [self._expressions(one, readings) for one in members]
            like = self._like.get(policies)
            found = Kernel(compiled, ranked) if like is None else like.under(compiled)
            self._like.setdefault(policies, found)
            self._kernels[policies, readings] = found
        return found

    def _expressions(self, programs: Programs, readings: Readings) -> PolicyExpressions:
        """Return one policy in columns; what no reading named in its rules changes is shared."""
        policy = programs.policy
        settled = policy.settled(readings)
        found = self._compiled.get((policy, settled))
        if found is None:
            names = sorted(programs.in_code - COUNTING)
            code = (policy, *(getattr(settled, name) for name in names))
            like = self._compiled.get(code)
            if like is None:
                found = PolicyExpressions(programs, settled, self.codes)
            else:
                found = like.under(settled)
            self._compiled.setdefault(code, found)
            self._compiled[policy, settled] = found
        return found


def kernels_of(
    policy: Named | None,
    readings: Readings | None,
    calendar: Calendar | None,
    policies: PolicySet | None = None,
) -> Kernels:
    """Return the kernels for what :func:`sanbao.decide` has beside the claim.

    Raises :class:`~sanbao.ValidationError` for anything else in their place.
    """
    chosen = (
        policy,
        DEFAULT_READINGS if readings is None else readings,
        chinese_calendar() if calendar is None else calendar,
        policies,
    )
    try:
        return _kept(*chosen)  # type: ignore[arg-type]
    except TypeError:  # something that cannot be a key, such as a calendar of one's own
        return Kernels(*chosen)


_kept = lru_cache(maxsize=8)(Kernels)
