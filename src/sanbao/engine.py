"""Policy and facts in, decision out: 裁决.

:func:`decide` is the door. An :class:`Engine` holds one policy under one set of readings
and one calendar, compiled once for each kind of goods, and may be shared by threads.

The order in which a claim is decided: what the law does not reach; what bars the
guarantees; the rights that the papers carry; the choice among them. All rules are
evaluated always; the order says only which finding leads (``shape``).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

from sanbao.calendar import Calendar, chinese_calendar
from sanbao.case import Case
from sanbao.checks import LiveFindings
from sanbao.claim import Claim
from sanbao.decision import Decision
from sanbao.errors import ValidationError
from sanbao.facts import derive
from sanbao.form import LiveDecision
from sanbao.policies import MOBILE_2001
from sanbao.policy import Policy
from sanbao.program import Program, Programs
from sanbao.readings import DEFAULT_READINGS, Readings
from sanbao.shape import shape_of

__all__ = ["Engine", "decide"]

# decisions are made often: these skip the checks of a frozen class and of keyword arguments
_new = object.__new__
_tuple = tuple.__new__
_set_findings_case = cast(Any, LiveFindings).case.__set__
_set_decision_case = cast(Any, LiveDecision).case.__set__
_set_findings = cast(Any, Decision).findings.__set__


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
        self.programs = Programs(policy, self.calendar)
        self._programs: dict[str, Program] = {}

    def program(self, kind: str) -> Program:
        """Return the program for goods of this kind, made when first asked for."""
        found = self._programs.get(kind)
        if found is None:
            found = self._programs[kind] = self.programs.of(kind, self.readings)
        return found

    def decide(self, claim: Claim | Mapping[str, Any]) -> Decision:
        """Decide one claim. Raises :class:`~sanbao.ValidationError` if it cannot be."""
        if type(claim) is not Claim:
            claim = Claim.model_validate(claim)
        stated = claim.stated
        program = self._programs.get(stated.kind) or self.program(stated.kind)
        facts = derive(stated, program.frame)
        pattern = program.pattern(facts)
        shape = program.by_pattern.get(pattern) or shape_of(program, pattern)
        case = _tuple(Case, (program, claim, facts, shape, {}))
        findings = _new(LiveFindings)
        _set_findings_case(findings, case)
        decision = _new(LiveDecision)
        _set_decision_case(decision, case)
        _set_findings(decision, findings)
        return decision


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
