"""What a person can act on: 理由 (why, why not, what if).

Records only. How they are worked out is in :mod:`~sanbao.reasons.why_not`,
:mod:`~sanbao.reasons.counterfactuals` and :mod:`~sanbao.reasons.what_if`, their words are in
:mod:`sanbao.explain.texts.answers`. All of it follows from the conditions of the policy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from sanbao.base.display import Displayed, text_of
from sanbao.base.records import Record, canonical_json, record, to_plain
from sanbao.model.citation import Citation
from sanbao.model.claim_patch import changed_claim
from sanbao.model.codes import Outcome, Plain, RemedyKind
from sanbao.model.decision import Check, Difference, WholeDecision
from sanbao.model.rule_ref import OfRule
from sanbao.rules.policy import About

if TYPE_CHECKING:
    from sanbao.model.claim import Claim

__all__ = [
    "Change",
    "Changed",
    "Contrast",
    "Hindrance",
    "Reasons",
    "Shortfall",
    "Way",
    "WhatIf",
    "WhyNot",
]


View = TypeVar("View", bound=WholeDecision)
"""What shows a decision: the decision itself, where somebody asks it."""


class Reasons(Displayed, About, Record):
    """What every answer can do: be told in words, shown in a notebook, go to JSON."""

    __slots__ = ()

    def explain(self, lang: Literal["zh", "en"] = "zh") -> str:
        """Return the answer in plain words, Chinese (``zh``) or English (``en``).

        Raises :class:`~sanbao.ValidationError` for another language.
        """
        return text_of(self, lang)

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain data."""
        data: dict[str, Any] = to_plain(self)
        return data

    def to_json(self) -> str:
        """Return the answer as canonical JSON."""
        return canonical_json(self)


@record
class Shortfall(OfRule):
    """A condition that was not met: 未满足的条件.

    ``rule`` of ``policy`` asks for it, by ``citations``; ``check`` holds threshold, actual value
    and margin (its ``holds`` is ``None`` where the fact is not known).
    """

    rule: str
    citations: tuple[Citation, ...]
    check: Check
    policy: str = ""


@record
class Hindrance(OfRule):
    """What stands in the way even if a right's own conditions were met: 障碍.

    ``kind`` is ``exclusion`` (the law does not reach the claim), ``bar`` (art. 24) or
    ``evidence``: the papers do not carry the right (art. 9), and ``rule`` is the grade
    they have; it is one of ``policy``. ``checks`` are what it rests on: of an exclusion or a bar
    the comparisons that hold, of the papers those that would have to hold and do not;
    ``or_else`` are other sets of these that would do as well.
    """

    rule: str
    kind: Literal["exclusion", "bar", "evidence"]
    citations: tuple[Citation, ...]
    checks: tuple[Check, ...]
    or_else: tuple[tuple[Check, ...], ...] = ()
    policy: str = ""


@record
class Way(OfRule):
    """One way to a remedy: a smallest set of conditions that failed: 途径.

    If all of ``failed`` were met and nothing of ``in_the_way`` stood, ``rule`` of ``policy``
    would give the remedy.
    """

    rule: str
    citations: tuple[Citation, ...]
    failed: tuple[Shortfall, ...]
    in_the_way: tuple[Hindrance, ...]
    policy: str = ""


@record
class Change(Record):
    """A single fact whose change alone would lead elsewhere: 单项变化.

    ``field`` is the path in the claim. ``action`` is ``set``; ``add`` (to ``repairs``: one
    of the same fault, recorded and under guarantee, handed in and back on the day
    ``after``; to ``exchanges``: one on that day); or ``remove`` (of ``repairs[0]``).
    ``before`` and ``after`` are values as in the claim's JSON, ``None`` for none; ``days``
    is how far a date moves, negative for earlier. ``values`` are all values of the field
    that do the same, ``after`` among them; of a date only the nearest.

    ``outcome`` and ``remedies`` are what it leads to, ``rule``, ``policy`` and ``citations``
    the finding that then decides.
    """

    field: str
    action: Literal["set", "add", "remove"]
    before: Plain
    after: Plain
    days: int | None
    values: tuple[Plain, ...]
    outcome: Outcome | None
    remedies: tuple[RemedyKind, ...]
    rule: str | None
    citations: tuple[Citation, ...]
    policy: str | None = None

    def apply(self, claim: Claim) -> Claim:
        """Return ``claim`` with this change made, validated.

        Raises :class:`~sanbao.ValidationError` for a claim it cannot be made to.
        """
        if self.action == "remove":
            return changed_claim(claim, {self.field: None})
        if self.action == "set":
            return changed_claim(claim, {self.field: self.after})
        day = self.after
        if self.field == "repairs":
            place = f"repairs[{len(claim.repairs)}]"
            return changed_claim(claim, {place: {"handed_in_on": day, "handed_back_on": day}})
        return changed_claim(claim, {f"exchanges[{len(claim.exchanges)}]": {"exchanged_on": day}})


@record
class WhyNot(Reasons):
    """Why a remedy is not available: 为何不能.

    ``available`` is ``False``, or ``None`` where missing facts decide. ``ways`` are the ways to
    the remedy, the nearest first: fewest conditions and hindrances, then fewest days, and last
    what an authority would have to find; empty where the law has no such right for goods of
    this kind. ``in_the_way`` is all that stands in the way, whichever way is taken. ``changes``
    are the single facts whose change alone would make the remedy available.
    """

    remedy: RemedyKind
    available: bool | None
    ways: tuple[Way, ...]
    in_the_way: tuple[Hindrance, ...]
    changes: tuple[Change, ...]


@record
class Contrast(Reasons, OfRule):
    """Why one remedy rather than another: 为何此而非彼.

    ``rule``, ``policy``, ``citations`` and ``checks`` are what gives ``remedy``. ``choice`` is
    ``not_available`` where the other cannot be had, and ``why_not`` says why; otherwise both
    are open and it says what decided between them: ``asked`` for, ``stronger`` where nothing
    was asked, or ``both_open`` where ``remedy`` is not the outcome.
    """

    remedy: RemedyKind
    rather_than: RemedyKind
    rule: str
    citations: tuple[Citation, ...]
    checks: tuple[Check, ...]
    choice: Literal["not_available", "asked", "stronger", "both_open"]
    why_not: WhyNot | None
    policy: str = ""


@record
class Changed(Record):
    """A field of the claim that a what-if changed: 改动. Values as in the claim's JSON."""

    field: str
    before: Plain
    after: Plain


@record
class WhatIf(Reasons, Generic[View]):
    """A decision made again with changed facts: 假设.

    ``before`` and ``after`` are the two decisions, ``changed`` the fields of the claim that
    differ, ``differences`` what that does to the decision.
    """

    changed: tuple[Changed, ...]
    differences: tuple[Difference, ...]
    before: View
    after: View
