"""What comes out: 决定 (the decision).

A :class:`Decision` is immutable and carries the names of the JSON contract. One that the
engine has just made knows every verdict, but forms its parts when they are first looked
at (``form``); one that was read from JSON holds them all, and one from a pickle its claim as
well (``receipts``). They are equal if their parts are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from sanbao.base.display import Shown
from sanbao.base.errors import ValidationError
from sanbao.base.json_text import read_record
from sanbao.base.records import Record, canonical_json, plain
from sanbao.model.codes import Audience, Outcome, Verdict
from sanbao.model.decision import (
    Check,
    Dates,
    Dependence,
    Difference,
    Finding,
    Lead,
    Obligation,
    PolicyRef,
    ReadingValue,
    Remedy,
    Requested,
    RightBegins,
    Warned,
)
from sanbao.model.readings import Readings

if TYPE_CHECKING:
    from sanbao.dates.calendar import Calendar
    from sanbao.engine import Named
    from sanbao.evaluation.combination.program import AnyCase
    from sanbao.model.claim import Claim
    from sanbao.reasons.answers import Change, Contrast, WhatIf, WhyNot
    from sanbao.reasons.timeline import Timeline

__all__ = [
    "Audience",
    "Check",
    "Dates",
    "Decision",
    "Dependence",
    "Difference",
    "Finding",
    "Obligation",
    "Outcome",
    "PolicyRef",
    "ReadingValue",
    "Receipt",
    "Remedy",
    "Requested",
    "RightBegins",
    "Verdict",
    "Warned",
]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Receipt(Record):
    """What would reproduce the decision: 回执. Hashes are SHA-256 of canonical JSON."""

    library: str
    policy: str
    policy_sha256: str
    readings: Readings
    calendar: str
    calendar_last_known_year: int
    claim_sha256: str

    def reproduce(
        self,
        claim: Claim | Mapping[str, Any],
        policy: Named | None = None,
        calendar: Calendar | None = None,
    ) -> Decision:
        """Decide ``claim`` again as the receipt says; equal to the first time, byte for byte.

        ``policy`` defaults to the shipped policies that the receipt names, ``calendar`` to the
        published rest days. Raises :class:`~sanbao.ValidationError` naming all that is not what the
        receipt says: library, policy, calendar or claim.
        """
        from sanbao.evaluation.reproduction import reproduced

        return reproduced(self, claim, policy, calendar)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Decision(Shown, Record):
    """The decision on one claim: 决定.

    ``outcome`` is ``None`` where facts that decide are not known; ``possible`` then lists
    what remains and ``needs`` the fields of the claim that settle it. ``lead`` is ``None``
    where ``outcome`` is, or where no rule stands behind it. ``depends_on`` is empty where no
    reading changes outcome, remedies or money; ``None`` in a decision that was read from
    JSON without it. See the JSON contract for the rest.
    """

    outcome: Outcome | None
    possible: tuple[Outcome, ...]
    policy: PolicyRef
    lead: Lead | None
    requested: Requested | None
    remedies: tuple[Remedy, ...]
    findings: tuple[Finding, ...]
    obligations: tuple[Obligation, ...]
    dates: Dates
    depends_on: tuple[Dependence, ...] | None
    provisional: tuple[str, ...]
    warnings: tuple[Warned, ...]
    needs: tuple[str, ...]
    receipt: Receipt

    @property
    def verdicts(self) -> Mapping[str, Verdict]:
        """The verdict of every rule by its id; what :attr:`findings` says in brief."""
        return MappingProxyType({finding.rule: finding.verdict for finding in self.findings})

    def finding(self, rule: str) -> Finding:
        """Return the finding on ``rule``. Raises :class:`KeyError` if there is none."""
        for finding in self.findings:
            if finding.rule == rule:
                return finding
        raise KeyError(rule)

    @property
    def case(self) -> AnyCase:
        """The claim, the program and the facts that were decided by.

        Raises :class:`~sanbao.ValidationError` for a decision that was read from JSON: it
        does not hold its claim.
        """
        name = f"a decision of {self.receipt.policy}"
        reason = (
            "does not hold its claim (it was read from JSON, or changed by hand); "
            "decide the claim again"
        )
        raise ValidationError.of("decision", name, reason)

    def explain(self, lang: Literal["zh", "en"] = "zh", audience: Audience = "consumer") -> str:
        """Return the decision in words, Chinese (``zh``) or English (``en``).

        ``audience`` is ``consumer`` (what you can do, in plain words), ``clerk`` (what to do
        at the counter, step by step) or ``auditor`` (every finding, article, threshold,
        margin and reading). Raises :class:`~sanbao.ValidationError` for another language
        or audience.
        """
        from sanbao.explain.texts.decision import explain

        return explain(self, lang, audience)

    def why_not(self, remedy: str) -> WhyNot:
        """Return why ``remedy`` is not available, and what would have to be different.

        ``remedy`` is ``refund``, ``exchange``, ``free_repair`` or ``paid_repair``. Raises
        :class:`~sanbao.ValidationError` for another, for one that is available, and for a
        decision that was read from JSON.
        """
        from sanbao.reasons.why_not import why_not

        return why_not(self, remedy)

    def why(self, remedy: str, *, rather_than: str) -> Contrast:
        """Return what gives ``remedy``, and why it is that ``rather_than`` the other.

        Raises :class:`~sanbao.ValidationError` for a remedy nobody knows, for one that is
        not available, and for a decision that was read from JSON.
        """
        from sanbao.reasons.why_not import why

        return why(self, remedy, rather_than)

    def what_if(self, changes: Mapping[str, Any] | None = None, /, **fields: Any) -> WhatIf:
        """Decide again with changed facts, and say what that changes.

        ``changes`` maps paths of the claim to values (``{"evidence.invoice": "copy"}``),
        ``fields`` name its parts (``claimed_on="2026-03-09"``, ``evidence={"invoice":
        "copy"}``); what is not named stays as it is, and ``None`` makes a field unknown.
        Raises :class:`~sanbao.ValidationError` for a field nobody knows, a claim that
        cannot be, and a decision that was read from JSON.
        """
        from sanbao.reasons.what_if import what_if

        return what_if(self, changes, fields)

    def nearest_changes(self) -> tuple[Change, ...]:
        """Return the single facts whose change alone would lead to another outcome.

        Complete for single changes: no other value of any one field leads to an outcome
        that is not listed for it, and no nearer date does. Raises
        :class:`~sanbao.ValidationError` for a decision that was read from JSON.
        """
        from sanbao.reasons.counterfactuals import nearest_changes

        return nearest_changes(self)

    @property
    def timeline(self) -> Timeline:
        """What a claim is worth from day to day if nothing else happens.

        Raises :class:`~sanbao.ValidationError` for a decision that was read from JSON.
        """
        from sanbao.reasons.timeline import timeline_of

        return timeline_of(self.case)

    def to_html(self, lang: Literal["zh", "en"] = "zh", audience: Audience = "consumer") -> str:
        """Return the decision as one self-contained HTML page.

        Raises :class:`~sanbao.ValidationError` for another language or audience.
        """
        from sanbao.explain.pages.decision import page

        return page(self, lang, audience)

    def to_dict(self) -> dict[str, Any]:
        """Return the decision as plain data, in the shape of its JSON."""
        data: dict[str, Any] = plain(self)
        return data

    def to_json(self) -> str:
        """Return the decision as canonical JSON; reading it back gives an equal one."""
        return canonical_json(self)

    @classmethod
    def from_json(cls, text: str | bytes) -> Decision:
        """Return the decision of a JSON text. Raises :class:`~sanbao.ValidationError`."""
        return read_record(cls, text, "decision")

    def _in_brief(self) -> dict[str, Any]:  # what is known without forming the rest
        return {
            "outcome": self.outcome,
            "possible": self.possible if self.outcome is None else (),
            "lead": None if self.lead is None else self.lead.rule,
            "policy": f"{self.policy.id}@{self.policy.version}",
        }

    def __eq__(self, other: object) -> bool:
        return self._values() == other._values() if isinstance(other, Decision) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self._values().values()))
