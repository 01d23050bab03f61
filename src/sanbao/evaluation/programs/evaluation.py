"""One claim under one program: 个案.

What the engine leaves behind when it has decided, and what the parts of a decision are
worked out from when somebody looks at them.
"""

from __future__ import annotations

from sanbao.base.once import Memory, once
from sanbao.evaluation.programs.program import Program
from sanbao.evaluation.programs.skeleton import Skeleton
from sanbao.model.claim import Claim
from sanbao.model.facts import Facts
from sanbao.model.readings import Readings
from sanbao.rules.policy import Policy

__all__ = ["Evaluation"]


class Evaluation:
    """A decided claim: the program that decided, the facts, and the skeleton they have: 个案.

    ``derived`` are the facts as a plain tuple; :attr:`facts` has them by name. ``choice`` is what
    chose the program by the claim, if that was left to the claim. Nothing of it changes but
    ``memory``, which holds what has been worked out from the rest (:func:`sanbao.base.once.once`).
    """

    __slots__ = ("choice", "claim", "derived", "memory", "program", "skeleton")

    def __init__(
        self,
        program: Program,
        claim: Claim,
        derived: Facts,
        skeleton: Skeleton,
        choice: object | None = None,
    ) -> None:
        self.program = program
        self.claim = claim
        self.derived = derived
        self.skeleton = skeleton
        self.choice = choice
        self.memory: Memory = {}

    @property
    @once
    def facts(self) -> Facts:
        """The facts by name."""
        return self.program.library.record._make(self.derived)

    @property
    def evaluations(self) -> tuple[Evaluation, ...]:
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
