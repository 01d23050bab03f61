"""Policy and facts in, decision out: 裁决.

:func:`decide` is the door. An :class:`Engine` holds one policy under one set of readings
and one calendar, compiled once for each kind of goods, and may be shared by threads.

The order in which a claim is decided: what the law does not reach; what bars the
guarantees; the rights that the papers carry; the choice among them. All rules are
evaluated always; the order says only which finding leads. Claims that look alike to
every rule share one :class:`Shape`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple, cast, get_args

from sanbao.calendar import Calendar, chinese_calendar
from sanbao.cases import Resolution, resolve
from sanbao.checks import LiveFindings
from sanbao.claim import Claim
from sanbao.decision import Decision, Outcome, Verdict
from sanbao.errors import ValidationError
from sanbao.facts import Facts, derive
from sanbao.form import form_decision
from sanbao.periods import Clock
from sanbao.plain import digest
from sanbao.policies import MOBILE_2001
from sanbao.policy import Bar, Note, Policy, Right, Rule
from sanbao.program import FALSE, TRUE, UNKNOWN, Pattern, Program
from sanbao.readings import DEFAULT_READINGS, Readings

__all__ = ["Case", "Engine", "Shape", "decide"]

_MOST_SHAPES: Final = 20_000
_VERDICTS: Final[dict[int, Verdict]] = {FALSE: "fails", UNKNOWN: "unknown", TRUE: "holds"}

new: Final = object.__new__


@dataclass(frozen=True, slots=True)
class FindingShape:
    """A finding but for this claim's numbers: verdict, what barred it, notes."""

    rule: Rule
    verdict: Verdict
    barred_by: tuple[str, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """All that claims with the same truth values have in common: 同型裁决.

    ``outcomes`` are those that remain without splitting into cases, ``certain`` the open
    rights, strongest first, ``candidates`` those that may be open.
    """

    outcomes: tuple[Outcome, ...]
    findings: tuple[FindingShape, ...]
    certain: tuple[Right, ...]
    candidates: tuple[Right, ...]
    verdicts: Mapping[str, Verdict]


class Case(NamedTuple):
    """One claim under one program: what a decision forms its parts from."""

    engine: Engine
    program: Program
    claim: Claim
    derived: Facts
    """The facts, though as a plain tuple; see :attr:`facts`."""
    shape: Shape
    formed: dict[str, Any]
    """What several parts of the decision share, once it has been worked out."""

    @property
    def facts(self) -> Facts:
        """The facts by name."""
        facts: Facts | None = self.formed.get("facts")
        if facts is None:
            facts = self.formed["facts"] = Facts._make(self.derived)
        return facts

    @property
    def resolution(self) -> Resolution:
        """What remains when the unknown facts are tried out."""
        found: Resolution | None = self.formed.get("resolution")
        if found is None:
            found = self.formed["resolution"] = resolve(self)
        return found

    @property
    def verdicts(self) -> Mapping[str, Verdict]:
        """The verdict of every rule; a right that is open in every case holds."""
        if not self.shape.candidates:
            return self.shape.verdicts
        settled: dict[str, Verdict] = {right.id: "holds" for right in self.resolution.certain}
        return MappingProxyType({**self.shape.verdicts, **settled})

    def form(self, name: str) -> Any:
        """Return the part of the decision called ``name``."""
        return form_decision(self, name)


class Engine:
    """A policy ready to decide: 裁决引擎.

    ``policy`` defaults to the regulation of 2001, ``readings`` to the reading closest to
    its text, ``calendar`` to the published rest days of mainland China. Raises
    :class:`~sanbao.ValidationError` for anything else in their place.
    """

    def __init__(
        self,
        policy: Policy = MOBILE_2001,
        readings: Readings = DEFAULT_READINGS,
        calendar: Calendar | None = None,
    ) -> None:
        if not isinstance(policy, Policy):
            raise ValidationError.of("policy", policy, "must be a Policy")
        if not isinstance(readings, Readings):
            raise ValidationError.of("readings", readings, "must be Readings")
        self.policy = policy
        self.readings = readings
        self.calendar = chinese_calendar() if calendar is None else calendar
        if isinstance(self.calendar, type) or not isinstance(self.calendar, Calendar):
            raise ValidationError.of("calendar", calendar, "must be a Calendar")
        self.clock = Clock(self.calendar, readings)
        self._programs: dict[str, Program] = {}

    @cached_property
    def policy_sha256(self) -> str:
        """The SHA-256 of the policy's canonical JSON, for receipts."""
        return digest(self.policy.to_json())

    def program(self, kind: str) -> Program:
        """Return the program for goods of this kind, made when first asked for."""
        found = self._programs.get(kind)
        if found is None:
            found = self._programs[kind] = Program(self.policy, kind, self.clock)
        return found

    def decide(self, claim: Claim | Mapping[str, Any]) -> Decision:
        """Decide one claim. Raises :class:`~sanbao.ValidationError` if it cannot be."""
        if type(claim) is not Claim:
            claim = Claim.model_validate(claim)
        stated = claim.stated
        program = self._programs.get(stated.kind) or self.program(stated.kind)
        facts = derive(stated, program.frame)
        pattern = program.pattern(facts)
        shape = program.shape_of.get(pattern) or self.shape(program, pattern)
        case = _tuple(Case, (self, program, claim, facts, shape, {}))
        findings = new(LiveFindings)
        _set_case(findings, case)
        decision = new(Decision)
        _set_source(decision, case)
        _set_findings(decision, findings)
        return decision

    def shape(self, program: Program, pattern: Pattern) -> Shape:
        """Return the shape of all claims with this :attr:`Program.pattern`."""
        shape: Shape | None = program.shape_of.get(pattern)
        if shape is None:
            key = program.verdicts(pattern)
            shape = program.shapes.get(key) or _shape(self.policy, program, key)
            _remember(program.shapes, key, shape)
            _remember(program.shape_of, pattern, shape)
        return shape


def _remember(memory: dict[tuple[Any, ...], Any], key: tuple[Any, ...], shape: Shape) -> None:
    if len(memory) >= _MOST_SHAPES:
        memory.clear()
    memory[key] = shape


# decisions are made often: these skip the checks of a frozen class and of keyword arguments
_tuple = tuple.__new__
_set_case = cast(Any, LiveFindings).case.__set__
_set_source = cast(Any, Decision)._source.__set__
_set_findings = cast(Any, Decision).findings.__set__


def _shape(policy: Policy, program: Program, key: tuple[Any, ...]) -> Shape:
    state = {rule.id: program.state(key, rule.id) for rule in policy.rules}
    opened = {right.id: program.state(key, f"open:{right.id}") for right in policy.rights}
    request: str = key[-1]
    rights = [policy.right(rule) for rule in policy.preference]
    rights.sort(key=lambda right: not answers(right, request))
    findings = tuple(_finding_shape(policy, program, key, rule, state) for rule in policy.rules)
    return Shape(
        outcomes=_outcomes(policy, state, opened, rights),
        findings=findings,
        verdicts=MappingProxyType({shape.rule.id: shape.verdict for shape in findings}),
        certain=tuple(right for right in rights if opened[right.id] == TRUE),
        candidates=tuple(right for right in rights if opened[right.id] == UNKNOWN),
    )


def _outcomes(
    policy: Policy, state: dict[str, int], opened: dict[str, int], rights: list[Right]
) -> tuple[Outcome, ...]:
    """Return the outcomes that remain; ``rights`` are in the order of choice."""
    excluded = max((state[rule.id] for rule in policy.exclusions), default=FALSE)
    if excluded == TRUE:
        return ("excluded",)
    remaining: dict[Outcome, None] = {}
    for right in rights:
        if opened[right.id] != FALSE:
            remaining[right.remedy] = None
        if opened[right.id] == TRUE:
            break
    else:
        remaining["paid_repair"] = None
    if excluded == UNKNOWN:
        remaining["excluded"] = None
    return tuple(outcome for outcome in get_args(Outcome) if outcome in remaining)


def answers(right: Right, request: str) -> bool:
    """Say whether ``right`` gives what was asked for; asking for repair means free repair."""
    return right.remedy == ("free_repair" if request == "repair" else request)


def _finding_shape(
    policy: Policy, program: Program, key: tuple[Any, ...], rule: Rule, state: dict[str, int]
) -> FindingShape:
    verdict = _VERDICTS[state[rule.id]]
    hindrances: tuple[str, ...] = ()
    notes: list[Note] = []
    if isinstance(rule, Right) and verdict != "fails":
        hindrances = tuple(_hindrances(policy, program, key, rule, state))
        if hindrances:
            verdict = "barred"
        elif program.state(key, f"open:{rule.id}") == UNKNOWN:
            verdict = "unknown"
        elif rule.note is not None:
            notes.append(rule.note)
    if isinstance(rule, Bar) and rule.alleged is not None and verdict != "holds":
        if program.state(key, f"alleged:{rule.id}") == TRUE:
            notes.append("trader_must_prove")
        elif program.state(key, "no_cause") == TRUE:
            notes.append("inspection_decides")
    return FindingShape(rule, verdict, hindrances, tuple(notes))


def _hindrances(
    policy: Policy, program: Program, key: tuple[Any, ...], right: Right, state: dict[str, int]
) -> Iterator[str]:
    """Yield what certainly stands in the way of ``right``: exclusions, bars, papers."""
    rules: tuple[Rule, ...] = (*policy.exclusions, *policy.bars)
    for rule in rules:
        if state[rule.id] == TRUE and rule.id not in right.despite:
            yield rule.id
    if program.state(key, f"carried:{right.id}") == FALSE:
        yield from (grade.id for grade in policy.grades if state[grade.id] != FALSE)


@lru_cache(maxsize=64)
def _engine(policy: Policy, readings: Readings, calendar: Calendar) -> Engine:
    return Engine(policy, readings, calendar)


_DEFAULT: list[Engine] = []


def decide(
    claim: Claim | Mapping[str, Any],
    policy: Policy | None = None,
    readings: Readings | None = None,
    calendar: Calendar | None = None,
) -> Decision:
    """Decide ``claim``: 裁决.

    ``claim`` is a :class:`~sanbao.Claim` or a mapping with the names of the JSON
    contract. ``policy`` defaults to the regulation of 2001, ``readings`` to the reading
    closest to its text, ``calendar`` to the published rest days of mainland China. The
    decision depends on these and on nothing else: no clock, locale or environment is read.

    Raises :class:`~sanbao.ValidationError` for a claim that cannot be.

    >>> decide({"claimed_on": "2026-03-20", "product": {"kind": "other"}}).outcome
    'excluded'
    """
    if policy is None and readings is None and calendar is None:
        engine = _DEFAULT[0] if _DEFAULT else _default()
    else:
        engine = _engine_for(policy, readings, calendar)
    return engine.decide(claim)


def _default() -> Engine:
    _DEFAULT.append(Engine())
    return _DEFAULT[0]


def _engine_for(
    policy: Policy | None, readings: Readings | None, calendar: Calendar | None
) -> Engine:
    chosen = (
        MOBILE_2001 if policy is None else policy,
        DEFAULT_READINGS if readings is None else readings,
        chinese_calendar() if calendar is None else calendar,
    )
    try:
        return _engine(*chosen)  # type: ignore[arg-type]
    except TypeError:  # something that cannot be a key, such as a calendar of one's own
        return Engine(*chosen)
