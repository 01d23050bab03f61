"""From a case to the parts of its decision: 决定的形成."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanbao.base.once import once
from sanbao.evaluation.applicable import applicable_policies
from sanbao.evaluation.parts.single import Parts
from sanbao.evaluation.programs.by_version import (
    DatedCombinedEvaluation,
    DatedEvaluation,
    evaluated_by,
)
from sanbao.evaluation.programs.combined import AnyEvaluation, CombinedEvaluation
from sanbao.model.claim import Claim
from sanbao.model.readings import Readings

if TYPE_CHECKING:
    pass

__all__ = ["decide_again", "parts_of"]


@once
def parts_of(case: AnyEvaluation) -> Parts:
    """Return what is decided on a case; the same every time."""
    return _form(case)(case)


def _form(case: AnyEvaluation) -> type[Parts]:
    """Return how the parts of a case are formed; what few claims need is loaded for them."""
    if isinstance(case, DatedEvaluation | DatedCombinedEvaluation):
        from sanbao.evaluation.parts.by_version import form_of

        return form_of(case)
    if isinstance(case, CombinedEvaluation):
        from sanbao.evaluation.parts.combined import CombinedParts

        return CombinedParts
    return Parts


def decide_again(
    case: AnyEvaluation, claim: Claim | None = None, readings: Readings | None = None
) -> Parts:
    """Return what is decided on another claim, or under other readings.

    The same policies decide, unless it was the claim that chose them: by the day of the sale
    and by the commitments it names.
    """
    claim = case.claim if claim is None else claim
    choice = applicable_policies(case)
    if choice is not None:
        choice = choice.of(claim)
    programs = case.program.library if choice is None else choice.programs(claim)
    return parts_of(evaluated_by(programs, claim, readings or case.readings, choice))
