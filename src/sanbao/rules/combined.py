"""A regulation combined with promises: 规定与承诺并用.

Art. 4: who promises more has to keep it, and a promise of less takes nothing away. So each
policy decides the claim as it would alone, and of every remedy the consumer has the best.
How that is worked out is in :mod:`sanbao.evaluation.programs.combined` and
:mod:`sanbao.evaluation.parts.combined`.
"""

from __future__ import annotations

from collections.abc import Iterator

from sanbao.base.display import Displayed
from sanbao.base.errors import Problem, Reason, ValidationError, shown
from sanbao.base.json_text import JsonRecord
from sanbao.base.records import record
from sanbao.rules.policy import Policy

__all__ = ["Combined"]


@record
class Combined(Displayed, JsonRecord):
    """A regulation and commitments that stand beside it: 并用政策.

    Raises :class:`~sanbao.ValidationError` where the first is no regulation or another is no
    commitment, for a commitment beside another regulation, and for one that is named twice.
    """

    regulation: Policy
    commitments: tuple[Policy, ...] = ()

    def __post_init__(self) -> None:
        if isinstance(self.commitments, list):
            object.__setattr__(self, "commitments", tuple(self.commitments))
        if problems := list(_misfits(self)):
            raise ValidationError(problems)

    def __hash__(self) -> int:
        return hash((self.id, self.version))

    @property
    def members(self) -> tuple[Policy, ...]:
        """All policies, the regulation first; the others have its counting."""
        law = self.regulation
        return (law, *(one.beside_law(law) for one in self.commitments))

    @property
    def id(self) -> str:
        """The ids of all members, like ``cn.mobile-2001+vivo-2016``."""
        return "+".join(policy.id for policy in (self.regulation, *self.commitments))

    @property
    def version(self) -> str:
        """The versions of all members, in the same order."""
        return "+".join(policy.version for policy in (self.regulation, *self.commitments))


def _misfits(combined: Combined) -> Iterator[Problem]:
    """Yield problems of a combination."""
    regulation = combined.regulation
    if not isinstance(regulation, Policy) or regulation.kind != "regulation":
        yield Problem("regulation", _named(regulation), Reason("policy.regulation"))
        return
    if not isinstance(combined.commitments, tuple):
        yield Problem("commitments", shown(combined.commitments), Reason("policy.commitments"))
        return
    seen: set[str] = set()
    for index, policy in enumerate(combined.commitments):
        place = f"commitments[{index}]"
        if not isinstance(policy, Policy) or policy.kind == "regulation":
            reason = Reason("policy.beside_kind")
            yield Problem(place, _named(policy), reason)
            continue
        if policy.beside != regulation.id:
            reason = Reason("policy.beside_other", beside=policy.beside, id=regulation.id)
            yield Problem(place, shown(policy.id), reason)
        if policy.id in seen:
            yield Problem(place, shown(policy.id), Reason("policy.named_twice"))
        seen.add(policy.id)


def _named(policy: object) -> str:
    return shown(policy.id if isinstance(policy, Policy) else policy)
