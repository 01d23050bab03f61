"""Which reading of the law a decision hangs on: 取决于何种解释.

The claim is decided again under every alternative of every reading, alone and in pairs.
Reported is what changes the outcome, the remedies open or the money; another rule for the
same remedy is no difference. Of the pairs those are reported that lead where neither of
the two leads alone.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from typing import Any, TypeAlias

from sanbao.answers.differences import Layout, compared, layout_of_terms
from sanbao.case import Case
from sanbao.cases import AnyShape, resolution
from sanbao.decision import Dependence, ReadingValue
from sanbao.eras import Dated, dated_case
from sanbao.facts import derive, readings_in_play
from sanbao.form import live
from sanbao.joint import AnyCase, AnyProgram, JointCase, joint_case, members_of
from sanbao.readings import Readings
from sanbao.remedies import MONEY_READINGS
from sanbao.shape import shape_of
from sanbao.sources import READING_CITES

__all__ = ["depends_on"]


def depends_on(case: AnyCase) -> tuple[Dependence, ...]:
    """Return the readings, and pairs of readings, on which the decision of ``case`` hangs."""
    here = layout_of_terms(live(case))
    in_play = _in_play(case)
    alone: dict[tuple[str, str], Layout] = {}
    found = []
    for name, value, readings in case.readings.alternatives():
        if name in in_play:
            there = alone[name, value] = _terms(case, readings, here)
            if there != here:
                found.append(_dependence(case, name, value, here, there))
    for one, other, readings in _pairs(case.readings):
        if one in alone and other in alone:
            there = _terms(case, readings, here)
            if there not in (here, alone[one], alone[other]):
                pair = (ReadingValue(*other),)
                found.append(_dependence(case, *one, here, there, pair))
    return tuple(found)


def _in_play(case: AnyCase) -> frozenset[str]:
    """Return the readings that could change anything for this claim."""
    deciding: AnyProgram = case.formed.get("dated", case.program)
    in_play = deciding.programs.in_code | readings_in_play(case.claim.stated)
    for program in members_of(deciding):
        for right in program.policy.rights:
            less = right.refund == "less_depreciation" and case.claim.product.used
            if less and program.can_hold(right.id):
                in_play |= MONEY_READINGS
    return in_play


_Value: TypeAlias = tuple[str, str]


@lru_cache(maxsize=64)
def _pairs(readings: Readings) -> tuple[tuple[_Value, _Value, Readings], ...]:
    """Return every pair of single changes of two readings, with what they make together."""
    alone = [(name, value) for name, value, _ in readings.alternatives()]
    return tuple(
        (one, other, replace(readings, **dict((one, other))))  # type: ignore[arg-type]
        for one, other in combinations(alone, 2)
        if one[0] != other[0]
    )


def _terms(case: AnyCase, readings: Readings, here: Layout) -> Layout:
    """Return the terms under ``readings``; most readings leave most claims as they are."""
    dated: Dated | None = case.formed.get("dated")
    if dated is not None:
        there = dated_case(dated.programs.of(dated.kind, readings), case.claim, {})
        same = _gives_the_same(there.shape, case.shape)
        return here if same else layout_of_terms(live(there))
    if isinstance(case, JointCase):
        joint = joint_case(case.program.programs.of(case.program.kind, readings), case.claim, {})
        same = _gives_the_same(joint.shape, case.shape)
        return here if same else layout_of_terms(live(joint))
    program = case.program.programs.of(case.program.kind, readings)
    facts = derive(case.claim.stated, program.frame)
    shape = shape_of(program, program.pattern(facts))
    if _gives_the_same(shape, case.shape):
        return here
    formed = {}
    if program.pattern is case.program.pattern and program.frame == case.program.frame:
        formed["resolution"] = resolution(case)
    return layout_of_terms(live(Case(program, case.claim, facts, shape, formed)))


def _gives_the_same(shape: AnyShape, other: AnyShape) -> bool:
    """Say whether two shapes give the same whatever the numbers of the claim."""
    return (
        shape.outcomes == other.outcomes
        and _fixed_terms(shape) is not None
        and _fixed_terms(shape) == _fixed_terms(other)
    )


def _fixed_terms(shape: AnyShape) -> set[tuple[Any, ...]] | None:
    """Return what the open rights give, if neither missing facts nor days change it."""
    terms: set[tuple[Any, ...]] = {(right.remedy, right.refund) for right in shape.certain}
    open_ended = shape.candidates or len(shape.outcomes) > 1
    return None if open_ended or ("refund", "less_depreciation") in terms else terms


def _dependence(
    case: AnyCase,
    name: str,
    value: str,
    here: Layout,
    there: Layout,
    together_with: tuple[ReadingValue, ...] = (),
) -> Dependence:
    outcome: Any = there["outcome"]
    possible: Any = there["possible"]
    readings = dict.fromkeys((name, *(other.reading for other in together_with)))
    cites = dict.fromkeys(cite for reading in readings for cite in READING_CITES[reading])
    return Dependence(
        reading=name,
        value=value,
        instead_of=getattr(case.readings, name),
        together_with=together_with,
        outcome=outcome,
        possible=possible,
        differences=compared(here, there),
        citations=tuple(cites),
    )
