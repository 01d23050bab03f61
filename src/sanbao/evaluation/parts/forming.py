"""From a case to the parts of its decision: 决定的形成."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanbao.evaluation.parts.single import Parts
from sanbao.evaluation.programs.by_version import evaluated_by
from sanbao.evaluation.programs.combined import AnyCase, JointCase
from sanbao.model.claim import Claim
from sanbao.model.readings import Readings

if TYPE_CHECKING:
    from sanbao.evaluation.applicable import Choice
    from sanbao.evaluation.programs.by_version import AnyPrograms

__all__ = ["decide_again", "parts_of"]


def parts_of(case: AnyCase) -> Parts:
    """Return what is decided on a case; the same every time."""
    found: Parts | None = case.formed.get("parts")
    if found is None:
        found = case.formed["parts"] = _form(case)(case)
    return found


def _form(case: AnyCase) -> type[Parts]:
    """Return how the parts of a case are formed; what few claims need is loaded for them."""
    if "dated" in case.formed:
        from sanbao.evaluation.parts.by_version import form_of

        return form_of(case)
    if isinstance(case, JointCase):
        from sanbao.evaluation.parts.combined import CombinedParts

        return CombinedParts
    return Parts


def decide_again(
    case: AnyCase, claim: Claim | None = None, readings: Readings | None = None
) -> Parts:
    """Return what is decided on another claim, or under other readings.

    The same policies decide, unless it was the claim that chose them: by the day of the sale
    and by the commitments it names.
    """
    claim = case.claim if claim is None else claim
    choice: Choice | None = case.formed.get("choice")
    programs: AnyPrograms = case.program.programs
    if choice is not None:
        programs = choice.programs(claim)
    return parts_of(evaluated_by(programs, claim, readings or case.readings, choice))
