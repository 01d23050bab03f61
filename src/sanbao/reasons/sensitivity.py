"""Which reading of the law a decision hangs on: 取决于何种解释.

The claim is decided again under every alternative of every reading that could matter to it
(:mod:`sanbao.reasons.relevant_readings`), alone and in pairs. Reported is what changes the outcome,
the remedies open with the policy that gives them, or the money; another rule for the same remedy is
no difference. Of the pairs those are reported that lead where neither of the two leads alone.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import Any, Final, TypeAlias

from sanbao.evaluation.facts.dependencies import facts_changed
from sanbao.evaluation.facts.turning import price_readings
from sanbao.evaluation.parts.forming import parts_of
from sanbao.evaluation.programs.by_version import (
    AnyProgram,
    AnyPrograms,
    evaluation_by,
    program_deciding,
    programs_of,
)
from sanbao.evaluation.programs.combined import AnyEvaluation, CombinedSkeleton
from sanbao.evaluation.programs.evaluation import Evaluation
from sanbao.evaluation.programs.program import Program
from sanbao.evaluation.programs.skeleton import skeleton_of
from sanbao.evaluation.unknowns import AnySkeleton
from sanbao.model.decision import Dependence, ReadingValue
from sanbao.model.readings import Readings
from sanbao.policies import library
from sanbao.reasons.differences import FlatView, benefit_view, compared
from sanbao.reasons.relevant_readings import relevant_readings

__all__ = ["depends_on"]

_Value: TypeAlias = tuple[str, str]
_Change: TypeAlias = tuple[_Value, ...]
"""Other values of one reading, or of two."""

_MOST_TRIALS: Final = 512


def depends_on(case: AnyEvaluation) -> tuple[Dependence, ...]:
    """Return the readings, and pairs of readings, on which the decision of ``case`` hangs."""
    deciding = program_deciding(case)
    perturbations = _trials(deciding.library, deciding.kind, case.readings)
    trying = _Trying(case, perturbations)
    values = perturbations.values(_mattering(case, perturbations.program(())))
    alone = {value: trying.terms((value,)) for value in values}
    here, usual = trying.here, perturbations.readings
    found = [
        _dependence(case, usual, value, here, there)
        for value, there in alone.items()
        if there is not here and there != here
    ]
    for one, other in combinations(values, 2):
        if one[0] != other[0]:
            there = trying.terms((one, other))
            if there is not here and there not in (here, alone[one], alone[other]):
                found.append(_dependence(case, usual, one, here, there, (ReadingValue(*other),)))
    return tuple(found)


def _mattering(case: AnyEvaluation, program: AnyProgram) -> frozenset[str]:
    """Return the readings that could matter to the claim; ``program`` is one for any readings."""
    row, programs = case.claim.row, programs_of(program)
    found = frozenset[str]()
    for one in programs:
        facts: Any = one.derive(row)
        found |= relevant_readings(one, row, facts, alone=len(programs) == 1)
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
        self.policies = tuple(one.policy for one in programs_of(self.program(())))
        declared = {name: of for one in self.policies for name, of in one.declared.items()}
        self.readings: Final = readings.completed(declared)
        self._every = tuple((name, value) for name, value, _ in readings.alternatives(declared))
        self.money: Final = frozenset().union(*map(price_readings, self.policies))

    def program(self, change: _Change) -> AnyProgram:
        """Return the program under the readings so changed."""
        found = self._made.get(change)
        if found is None:
            readings = self._readings.changed(dict(change))
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
            changing = (facts_changed(one.derived) for one in self.policies)
            found = self._facts_too[value] = any(value[0] in changed for changed in changing)
        return found


@lru_cache(maxsize=_MOST_TRIALS)
def _trials(programs: AnyPrograms, kind: str, readings: Readings) -> _Trials:
    return _Trials(programs, kind, readings)


class _Trying:
    """One claim decided again and again; what comes to the same is laid out once."""

    def __init__(self, case: AnyEvaluation, perturbations: _Trials) -> None:
        self.here: Final = benefit_view(parts_of(case))
        self._case = case
        self._trials = perturbations
        self._facts: dict[_Change, Any] = {}
        self._laid_out: dict[tuple[Any, ...], FlatView] = {}
        self._usual = self._key(case.skeleton, ())
        self._laid_out[self._usual] = self.here

    def terms(self, change: _Change) -> FlatView:
        """Return the terms under the readings so changed."""
        program, claim = self._trials.program(change), self._case.claim
        case: AnyEvaluation
        if isinstance(program, Program):
            facts = self._derived(program, change)
            skeleton = skeleton_of(program, program.abstraction(facts))
            key = self._key(skeleton, change)
            found = self._laid_out.get(key)
            if found is not None:
                return found
            case = Evaluation(program, claim, facts, skeleton)
        else:
            case = evaluation_by(program, claim)
            key = self._key(case.skeleton, change)
        found = self._laid_out.get(key)
        if found is None:
            found = self._laid_out[key] = benefit_view(parts_of(case))
        return found

    def _derived(self, program: Program, change: _Change) -> Any:
        """Return the facts; readings that change none leave those of the others."""
        own = tuple(value for value in change if self._trials.changes_facts(value))
        found = self._facts.get(own)
        if found is None:
            found = self._facts[own] = program.derive(self._case.claim.row)
        return found

    def _key(self, skeleton: AnySkeleton, change: _Change) -> tuple[Any, ...]:
        """Return what the terms hang on: what is open, and what could change the money.

        Where something is left open, every other way to read the law is a case of its own.
        """
        if skeleton.candidates or len(skeleton.outcomes) > 1:
            return change or ("open",)
        given: list[tuple[Any, ...]] = [(right.remedy, right.refund) for right in skeleton.certain]
        if isinstance(skeleton, CombinedSkeleton):
            given = [(right.ref,) for right in skeleton.certain]
        money = tuple(value for value in change if value[0] in self._trials.money)
        refunds = any(right.refund is not None for right in skeleton.certain)
        return (skeleton.outcomes, frozenset(given), money if refunds else ())


def _dependence(
    case: AnyEvaluation,
    readings: Readings,
    value: _Value,
    here: FlatView,
    there: FlatView,
    together_with: tuple[ReadingValue, ...] = (),
) -> Dependence:
    outcome: Any = there["outcome", None]
    possible: Any = there["possible", None]
    names = dict.fromkeys((value[0], *(other.reading for other in together_with)))
    declared = library.readings(programs_of(program_deciding(case))[0].policy)
    cites = dict.fromkeys(
        cite for name in names if name in declared for cite in declared[name].cites
    )
    return Dependence(
        reading=value[0],
        value=value[1],
        instead_of=readings.value(value[0]),
        together_with=together_with,
        outcome=outcome,
        possible=possible,
        differences=compared(here, there),
        citations=tuple(cites),
    )
