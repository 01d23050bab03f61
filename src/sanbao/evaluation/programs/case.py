"""One claim under one program: 个案.

What the engine leaves behind when it has decided, and what the parts of a decision are
formed from when somebody looks at them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sanbao.evaluation.programs.program import Program
from sanbao.evaluation.programs.skeleton import Shape
from sanbao.model.claim import Claim
from sanbao.model.facts import Facts
from sanbao.model.readings import Readings
from sanbao.rules.policy import Policy

__all__ = ["Case"]


class Case(NamedTuple):
    """A decided claim: the program that decided, the facts, and the shape they have.

    ``formed`` holds what several parts of the decision share once it has been worked out.
    """

    program: Program
    claim: Claim
    derived: Facts
    """The facts, though as a plain tuple; see :attr:`facts`."""
    shape: Shape
    formed: dict[str, Any]

    @property
    def facts(self) -> Facts:
        """The facts by name."""
        facts: Facts | None = self.formed.get("facts")
        if facts is None:
            facts = self.formed["facts"] = Facts._make(self.derived)
        return facts

    @property
    def members(self) -> tuple[Case, ...]:
        """The cases of all policies that decided: this one alone."""
        return (self,)

    @property
    def policy(self) -> Policy:
        """The policy that decided."""
        return self.program.policy

    @property
    def readings(self) -> Readings:
        """The readings under which it was decided."""
        return self.program.clock.readings
