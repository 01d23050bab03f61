"""Until when, and from when: 时间线.

If nothing else happens, a claim is worth something else on another day: windows and the
period end, a right to an exchange begins on day 30 or day 60 of a repair, a loaner is due,
the burden of proof turns.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal

from sanbao.base.errors import Reason, ValidationError
from sanbao.base.once import once
from sanbao.base.records import Record, record
from sanbao.evaluation.parts.findings import end_is_provisional, end_of, held_on, leaf_states
from sanbao.evaluation.parts.forming import decide_again
from sanbao.evaluation.parts.single import Parts
from sanbao.evaluation.programs.combined import AnyEvaluation, policies_of
from sanbao.evaluation.programs.evaluation import Evaluation
from sanbao.evaluation.unknowns import case_analysis, verdicts
from sanbao.model.citation import Citation
from sanbao.model.codes import Outcome, RemedyKind
from sanbao.model.rule_ref import OfRule
from sanbao.reasons.answers import Reasons
from sanbao.reasons.counterfactuals import open_remedies
from sanbao.reasons.perturbations import days_alike, last_relevant_day
from sanbao.rules.conditions import Condition, Leaf, Period, Window, leaves
from sanbao.rules.policy import Bar, Exclusion, Right

__all__ = ["Step", "Timeline", "Turn", "timeline_of"]

TurnKind = Literal["right", "exclusion", "bar", "duty", "proof"]


@record
class Turn(OfRule):
    """One thing that changes on a day: 变化.

    ``what`` is ``right`` (a right of the consumer), ``exclusion``, ``bar``, ``duty`` (an
    obligation) or ``proof`` (the trader has to prove a ground);
    ``rule`` is its id in ``policy``. ``begins`` is true where it begins, false where it has
    ended, ``None`` where from then on missing facts decide. ``provisional``: the day rests on a
    calendar year that is not published.
    """

    what: TurnKind
    rule: str
    begins: bool | None
    citations: tuple[Citation, ...]
    provisional: bool
    policy: str = ""


@record
class Step(Record):
    """What a claim made from this day on would give: 阶段.

    ``on`` is the first such day; what has ended was there on the day before for the last
    time. ``rule`` of ``policy`` leads, by ``citations``. ``turns`` are what changed, none on the
    day of the claim itself.
    """

    on: date
    outcome: Outcome | None
    possible: tuple[Outcome, ...]
    remedies: tuple[RemedyKind, ...]
    rule: str | None
    citations: tuple[Citation, ...]
    turns: tuple[Turn, ...]
    policy: str | None = None


@record
class Timeline(Reasons):
    """Every day on which something changes if nothing else happens: 时间线.

    ``steps`` begin on the day of the claim, each lasts until the next. The last one lasts
    to ``until``, the last day that can be told; ``None``: for ever. ``needs`` names the
    facts without which no later day can be told.
    """

    steps: tuple[Step, ...]
    until: date | None
    needs: tuple[str, ...]

    def on(self, day: date) -> Step:
        """Return the step in which a claim made on ``day`` would fall.

        Raises :class:`~sanbao.ValidationError` for a day before the claim or after
        ``until``, and for what is no date.
        """
        first = self.steps[0].on
        if not isinstance(day, date) or isinstance(day, datetime):
            raise ValidationError.of("day", day, Reason("input.a_date"))
        if day < first or (self.until is not None and day > self.until):
            to = Reason("input.from_on")
            if self.until is not None:
                to = Reason("input.until", last=self.until)
            raise ValidationError.of(
                "day", str(day), Reason("answer.day_range", first=first, to=to)
            )
        return next(step for step in reversed(self.steps) if step.on <= day)


@once
def timeline_of(case: AnyEvaluation) -> Timeline:
    """Return the timeline of a claim from its own day on; see :class:`Timeline`."""
    return _timeline(case).of(*policies_of(case))


def _timeline(case: AnyEvaluation) -> Timeline:
    claimed, last = case.claim.row.claimed, last_relevant_day(case)
    steps: list[Step] = []
    before: Parts | None = None
    for start, _ in days_alike(case, claimed, last):
        there = _on(case, start)
        if case.claim.row.sold is None and not _is_settled(there.case):
            return Timeline((_step(_on(case, claimed), ()),), case.claim.claimed_on, _SALE)
        turns = () if before is None else tuple(_turns(before, there))
        step = _step(there, turns)
        if before is None or turns or _gives(step) != _gives(steps[-1]):
            steps.append(step)
            before = there
    open_ended = any(repair.handed_back is None for repair in case.claim.row.repairs)
    return Timeline(tuple(steps), date.fromordinal(last) if open_ended else None, ())


_SALE = ("purchase.sold_on",)


def _on(case: AnyEvaluation, day: int) -> Parts:
    claim = case.claim.model_copy(update={"claimed_on": date.fromordinal(day)})
    return decide_again(case, claim)


def _is_settled(case: AnyEvaluation) -> bool:
    return len(case.skeleton.outcomes) == 1 and not case.skeleton.candidates


def _step(decision: Parts, turns: tuple[Turn, ...]) -> Step:
    lead = decision.lead
    return Step(
        on=decision.case.claim.claimed_on,
        outcome=decision.outcome,
        possible=decision.possible,
        remedies=open_remedies(case_analysis(decision.case)),
        rule=None if lead is None else lead.rule,
        citations=() if lead is None else lead.citations,
        turns=turns,
        policy=None if lead is None else lead.policy,
    )


def _gives(step: Step) -> tuple[object, ...]:
    return step.possible, step.remedies, step.rule, step.policy


# --- what changes -------------------------------------------------------------------------

_OPEN = {"holds": True, "unknown": None}


def _turns(before: Parts, after: Parts) -> Iterator[Turn]:
    """Yield what is no longer as it was, in the order of the policy; of several, one by one."""
    found = [
        turn
        for was, now in zip(before.case.evaluations, after.case.evaluations, strict=True)
        for turn in _turns_of(was, now)
    ]
    yield from found
    rests = any(turn.provisional for turn in found)
    duties = {
        after.same_duty(duty): (policy.id, duty)
        for policy in policies_of(after.case)
        for duty in policy.obligations
    }
    for same, (policy, duty) in duties.items():
        begins = same in after.duties
        if begins != (same in before.duties):
            yield Turn("duty", duty.id, begins, duty.cites, rests, policy)


def _turns_of(before: Evaluation, after: Evaluation) -> Iterator[Turn]:
    """Yield what of the rules of one policy is no longer as it was."""
    policy, was, now = after.policy, verdicts(before), verdicts(after)
    rules: tuple[Exclusion | Bar | Right, ...]
    rules = (*policy.outside, *policy.rights)
    rests = False
    for rule in rules:
        begins = _OPEN.get(now[rule.id], False)
        if begins != _OPEN.get(was[rule.id], False):
            kind: TurnKind = "exclusion"
            if isinstance(rule, Right):
                kind = "right"
            elif isinstance(rule, Bar):
                kind = "bar"
            own = _ends_between(before, after, rule.when)
            # what turns with no day of its own turns with what it rests on
            provisional = any(own) if own else rests
            rests = rests or provisional
            yield Turn(kind, rule.id, begins, rule.cites, provisional, policy.id)
    for ground in policy.outside:
        proves = _trader_proves(after, ground.id)
        if proves != _trader_proves(before, ground.id):
            yield Turn("proof", ground.id, proves, ground.cites, False, policy.id)


def _trader_proves(case: Evaluation, ground: str) -> bool:
    found = {skeleton.rule.id: skeleton.notes for skeleton in case.skeleton.findings}
    return "trader_must_prove" in found[ground]


def _ends_between(before: Evaluation, after: Evaluation, condition: Condition) -> tuple[bool, ...]:
    """Return, for each last day that has passed, whether it rests on an unpublished year.

    Where the day held leaps over it, because a repair has lasted, no calendar moves the leap.
    """
    was, now = leaf_states(before), leaf_states(after)
    value = after.program.leaf_value
    return tuple(
        end_is_provisional(after, leaf) and _is_the_day_after(after, leaf)
        for leaf in leaves(condition)
        if after.program.has(leaf) and value(was, leaf) != value(now, leaf)
    )


def _is_the_day_after(case: Evaluation, leaf: Leaf) -> bool:
    """Say whether the day held is the first after the last day of ``leaf``."""
    assert isinstance(leaf, Window | Period)  # noqa: S101 - whose last day may be provisional
    last, held = end_of(case, leaf), getattr(case.facts, held_on(leaf))
    return last is not None and held == last + 1
