"""What claims that look alike to every rule have in common: 同型判定.

From the truth of every rule follow the verdicts, what stands in the way of what, the rights
that are open and the outcomes that remain. None of it depends on the numbers of one claim,
so that it is worked out once and shared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Protocol, get_args

from sanbao.evaluation.programs.codegen import Abstraction, TruthVector
from sanbao.evaluation.programs.program import Program
from sanbao.evaluation.programs.truth import FALSE, TRUE, UNKNOWN
from sanbao.model.codes import ASKED, Note, Outcome, Verdict
from sanbao.rules.policy import Bar, Exclusion, Policy, Right, Rule

__all__ = ["FindingSkeleton", "Skeleton", "skeleton_of"]

_MOST_SKELETONS: Final = 20_000
_VERDICTS: Final[dict[int, Verdict]] = {FALSE: "fails", UNKNOWN: "unknown", TRUE: "holds"}


@dataclass(frozen=True, slots=True)
class FindingSkeleton:
    """A finding but for this claim's numbers: verdict, what barred it, notes."""

    rule: Rule
    verdict: Verdict
    barred_by: tuple[str, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Skeleton:
    """All that claims with the same truth values have in common: 同型判定. Itself a key.

    ``outcomes`` are those that remain without splitting into cases, ``certain`` the open
    rights, strongest first, ``candidates`` those that may be open, ``emptied`` the truth of
    nothing being left of a right (:attr:`~sanbao.rules.policy.Right.empty`), where that is not
    false.
    """

    outcomes: tuple[Outcome, ...]
    findings: tuple[FindingSkeleton, ...]
    certain: tuple[Right, ...]
    candidates: tuple[Right, ...]
    verdicts: Mapping[str, Verdict]
    emptied: Mapping[str, int]


def skeleton_of(program: Program, abstraction: Abstraction) -> Skeleton:
    """Return the skeleton of all claims with this :attr:`Program.abstraction`, and remember it."""
    skeleton: Skeleton | None = program.by_abstraction.get(abstraction)
    if skeleton is None:
        key = program.verdicts(abstraction)
        skeleton = program.by_truth.get(key) or _skeleton(program, key)
        _remember(program.by_truth, key, skeleton)
        _remember(program.by_abstraction, abstraction, skeleton)
    return skeleton


def _remember(memory: dict[tuple[Any, ...], Any], key: tuple[Any, ...], skeleton: Skeleton) -> None:
    if len(memory) >= _MOST_SKELETONS:
        memory.clear()
    memory[key] = skeleton


def _skeleton(program: Program, key: TruthVector) -> Skeleton:
    policy = program.policy
    state = {rule.id: program.state(key, rule.id) for rule in policy.rules}
    opened = {right.id: program.state(key, f"open:{right.id}") for right in policy.rights}
    request: str = key[-1]
    rights = [policy.right(rule) for rule in policy.preference]
    rights.sort(key=lambda right: not answers(right, request))
    findings = tuple(_finding_shape(policy, program, key, rule, state) for rule in policy.rules)
    emptied = {
        right.id: truth
        for right in rights
        if right.empty is not None and (truth := program.state(key, f"empty:{right.id}")) != FALSE
    }
    return Skeleton(
        outcomes=_outcomes(policy, state, opened, emptied, rights),
        emptied=MappingProxyType(emptied),
        findings=findings,
        verdicts=MappingProxyType({skeleton.rule.id: skeleton.verdict for skeleton in findings}),
        certain=tuple(right for right in rights if opened[right.id] == TRUE),
        candidates=tuple(right for right in rights if opened[right.id] == UNKNOWN),
    )


def _outcomes(
    policy: Policy,
    state: dict[str, int],
    opened: dict[str, int],
    emptied: dict[str, int],
    rights: list[Right],
) -> tuple[Outcome, ...]:
    """Return the outcomes that remain; ``rights`` are in the order of choice.

    A right of which nothing is left is never the outcome.
    """
    excluded = max((state[rule.id] for rule in policy.exclusions), default=FALSE)
    remaining: dict[Outcome, None] = {}
    for right in rights:
        empty = emptied.get(right.id, FALSE)
        if opened[right.id] == FALSE or empty == TRUE:
            continue
        remaining[right.remedy] = None
        if opened[right.id] == TRUE and empty == FALSE:
            break
    else:
        if excluded != TRUE:
            remaining["paid_repair"] = None
        if excluded != FALSE:
            remaining["excluded"] = None
    return tuple(outcome for outcome in get_args(Outcome) if outcome in remaining)


class _Giving(Protocol):
    @property
    def remedy(self) -> str: ...


def answers(right: _Giving, request: str) -> bool:
    """Say whether ``right`` gives what was asked for; asking for repair means free repair."""
    return right.remedy == ASKED.get(request)


def _finding_shape(
    policy: Policy, program: Program, key: TruthVector, rule: Rule, state: dict[str, int]
) -> FindingSkeleton:
    verdict = _VERDICTS[state[rule.id]]
    hindrances: tuple[str, ...] = ()
    notes: list[Note] = []
    if isinstance(rule, Right) and verdict != "fails":
        hindrances = tuple(_hindrances(policy, program, key, rule, state))
        if hindrances or program.state(key, f"open:{rule.id}") == FALSE:
            verdict = "barred"
        elif program.state(key, f"open:{rule.id}") == UNKNOWN:
            verdict = "unknown"
        elif rule.note is not None:
            notes.append(rule.note)
        if verdict == "holds" and rule.empty is not None:
            left = program.state(key, f"empty:{rule.id}") != TRUE
            notes += [] if left else ["nothing_left"]
    if isinstance(rule, Bar | Exclusion):
        notes += _notes_on_proof(program, key, rule, verdict)
    return FindingSkeleton(rule, verdict, hindrances, tuple(notes))


def _notes_on_proof(
    program: Program, key: TruthVector, rule: Bar | Exclusion, verdict: Verdict
) -> Iterator[Note]:
    """Yield what a finding says of the proof of its ground (Consumer Protection Law art. 23)."""

    def so(name: str) -> bool:
        return program.state(key, name) == TRUE

    if verdict == "holds":
        if rule.doubted is not None and so(f"doubted:{rule.id}"):
            yield "inspection_may_decide"
    elif rule.alleged is None:
        return
    elif so(f"alleged:{rule.id}"):
        by_law = rule.trader_proves is None or so(f"trader_proves:{rule.id}")
        yield "trader_must_prove" if by_law else "inspection_decides"
    elif so("no_cause"):
        yield "inspection_decides"


def _hindrances(
    policy: Policy, program: Program, key: TruthVector, right: Right, state: dict[str, int]
) -> Iterator[str]:
    """Yield what certainly stands in the way of ``right``: exclusions, bars, papers."""
    for rule in policy.outside:
        if state[rule.id] == TRUE and rule.id not in right.despite:
            yield rule.id
    if program.state(key, f"carried:{right.id}") == FALSE:
        yield from (grade.id for grade in policy.grades if state[grade.id] != FALSE)
