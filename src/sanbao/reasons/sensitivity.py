"""Which reading of the law a decision hangs on: 取决于何种解释.

The claim is decided again under every alternative of every reading that could matter to it
(:mod:`sanbao.reasons.relevant_readings`), alone and in pairs. Reported is what changes the outcome,
the remedies open with the policy that gives them, or the money; another rule for the same remedy is
no difference. Of the pairs those are reported that lead where neither of the two leads alone.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from typing import Any, Final, TypeAlias

from sanbao.evaluation.facts.derivation import derive
from sanbao.evaluation.parts.forming import parts_of
from sanbao.evaluation.parts.remedies import PRICE_READINGS
from sanbao.evaluation.programs.by_version import (
    AnyProgram,
    AnyPrograms,
    case_by,
    program_deciding,
    programs_of,
)
from sanbao.evaluation.programs.case import Case
from sanbao.evaluation.programs.combined import AnyCase
from sanbao.evaluation.programs.program import Program
from sanbao.evaluation.programs.skeleton import Shape, shape_of
from sanbao.evaluation.unknowns import AnyShape
from sanbao.model.decision import Dependence, ReadingValue
from sanbao.model.readings import Readings
from sanbao.policies.reading_articles import READING_ARTICLES
from sanbao.reasons.differences import Layout, compared, layout_of_terms
from sanbao.reasons.relevant_readings import mattering

__all__ = ["depends_on"]

_Value: TypeAlias = tuple[str, str]
_Change: TypeAlias = tuple[_Value, ...]
"""Other values of one reading, or of two."""

_MOST_TRIALS: Final = 512


def depends_on(case: AnyCase) -> tuple[Dependence, ...]:
    """Return the readings, and pairs of readings, on which the decision of ``case`` hangs."""
    deciding = program_deciding(case)
    trials = _trials(deciding.library, deciding.kind, case.readings)
    trying = _Trying(case, trials)
    values = trials.values(_mattering(case, trials.program(())))
    alone = {value: trying.terms((value,)) for value in values}
    here = trying.here
    found = [
        _dependence(case, value, here, there)
        for value, there in alone.items()
        if there is not here and there != here
    ]
    for one, other in combinations(values, 2):
        if one[0] != other[0]:
            there = trying.terms((one, other))
            if there is not here and there not in (here, alone[one], alone[other]):
                found.append(_dependence(case, one, here, there, (ReadingValue(*other),)))
    return tuple(found)


def _mattering(case: AnyCase, program: AnyProgram) -> frozenset[str]:
    """Return the readings that could matter to the claim; ``program`` is one for any readings."""
    stated, programs = case.claim.stated, programs_of(program)
    found = frozenset[str]()
    for one in programs:
        facts: Any = derive(stated, one.frame)
        found |= mattering(one, stated, facts, alone=len(programs) == 1)
    return found


class _Trials:
    """The programs under other values of one reading, or of two, each made when first tried."""

    def __init__(self, programs: AnyPrograms, kind: str, readings: Readings) -> None:
        self._programs = programs
        self._kind = kind
        self._readings = readings
        self._made: dict[_Change, AnyProgram] = {}
        self._facts_too: dict[_Value, bool] = {}
        self._values: dict[frozenset[str], tuple[_Value, ...]] = {}
        self._every = tuple((name, value) for name, value, _ in readings.alternatives())

    def program(self, change: _Change) -> AnyProgram:
        """Return the program under the readings so changed."""
        found = self._made.get(change)
        if found is None:
            readings = replace(self._readings, **dict(change))  # type: ignore[arg-type]
            found = self._programs.of(self._kind, readings, for_any=True)
            self._made[change] = found
        return found

    def values(self, names: frozenset[str]) -> tuple[_Value, ...]:
        """Return every other value of the readings named."""
        found = self._values.get(names)
        if found is None:
            found = tuple(value for value in self._every if value[0] in names)
            self._values[names] = found
        return found

    def changes_facts(self, value: _Value) -> bool:
        """Say whether facts, or the money, are derived in another way under this value."""
        found = self._facts_too.get(value)
        if found is None:
            frames = (one.frame for one in programs_of(self.program((value,))))
            usual = (one.frame for one in programs_of(self.program(())))
            found = self._facts_too[value] = any(map(_differ, frames, usual))
        return found


def _differ(one: object, other: object) -> bool:
    return one != other


@lru_cache(maxsize=_MOST_TRIALS)
def _trials(programs: AnyPrograms, kind: str, readings: Readings) -> _Trials:
    return _Trials(programs, kind, readings)


class _Trying:
    """One claim decided again and again; what comes to the same is laid out once."""

    def __init__(self, case: AnyCase, trials: _Trials) -> None:
        self.here: Final = layout_of_terms(parts_of(case))
        self._case = case
        self._trials = trials
        self._facts: dict[_Change, Any] = {}
        self._laid_out: dict[tuple[Any, ...], Layout] = {}
        self._usual = self._key(case.shape, ())
        self._laid_out[self._usual] = self.here

    def terms(self, change: _Change) -> Layout:
        """Return the terms under the readings so changed."""
        program, claim = self._trials.program(change), self._case.claim
        case: AnyCase
        if isinstance(program, Program):
            facts = self._derived(program, change)
            shape = shape_of(program, program.pattern(facts))
            key = self._key(shape, change)
            found = self._laid_out.get(key)
            if found is not None:
                return found
            case = Case(program, claim, facts, shape)
        else:
            case = case_by(program, claim)
            key = self._key(case.shape, change)
        found = self._laid_out.get(key)
        if found is None:
            found = self._laid_out[key] = layout_of_terms(parts_of(case))
        return found

    def _derived(self, program: Program, change: _Change) -> Any:
        """Return the facts; readings that change none leave those of the others."""
        own = tuple(value for value in change if self._trials.changes_facts(value))
        found = self._facts.get(own)
        if found is None:
            found = self._facts[own] = derive(self._case.claim.stated, program.frame)
        return found

    def _key(self, shape: AnyShape, change: _Change) -> tuple[Any, ...]:
        """Return what the terms hang on: what is open, and what could change the money.

        Where something is left open, every other way to read the law is a case of its own.
        """
        if shape.candidates or len(shape.outcomes) > 1:
            return change or ("open",)
        given: list[tuple[Any, ...]] = [(right.remedy, right.refund) for right in shape.certain]
        if not isinstance(shape, Shape):
            given = [(right.id,) for right in shape.certain]
        money = tuple(value for value in change if value[0] in PRICE_READINGS)
        refunds = any(right.refund is not None for right in shape.certain)
        return (shape.outcomes, frozenset(given), money if refunds else ())


def _dependence(
    case: AnyCase,
    value: _Value,
    here: Layout,
    there: Layout,
    together_with: tuple[ReadingValue, ...] = (),
) -> Dependence:
    outcome: Any = there["outcome"]
    possible: Any = there["possible"]
    readings = dict.fromkeys((value[0], *(other.reading for other in together_with)))
    cites = dict.fromkeys(cite for reading in readings for cite in READING_ARTICLES[reading])
    return Dependence(
        reading=value[0],
        value=value[1],
        instead_of=getattr(case.readings, value[0]),
        together_with=together_with,
        outcome=outcome,
        possible=possible,
        differences=compared(here, there),
        citations=tuple(cites),
    )
