"""What comes out: 决定 (the decision).

A :class:`Decision` is immutable and carries the names of the JSON contract. One that the
engine has just made knows every verdict, but forms its parts when they are first looked
at (``form``); one that was read from JSON holds them all, and one from a pickle its claim as
well (``receipts``). They are equal if their parts are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from sanbao.base.display import Shown
from sanbao.base.errors import ValidationError
from sanbao.base.json_text import read_record
from sanbao.base.records import Record, canonical_json, plain
from sanbao.model.readings import Readings
from sanbao.rules.policy import Citation, Note, Outcome, Owner

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

RemedyKind: TypeAlias = Literal["refund", "exchange", "free_repair", "paid_repair"]
Audience: TypeAlias = Literal["consumer", "clerk", "auditor"]
Plain: TypeAlias = bool | int | float | str | None
"""A value as JSON has it."""
Verdict: TypeAlias = Literal["holds", "fails", "barred", "unknown"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Check(Record):
    """One comparison behind a finding: 核对项.

    ``fact`` was held against ``threshold``; ``actual`` is what the claim gave (``None``:
    not known), ``holds`` whether it is as the rule asks, ``margin`` by how much, in days
    or in units of the fact: negative where the rule falls short. ``counted_from`` is the
    fact a last day was counted from and ``counted_from_on`` its date; ``days`` or ``months``
    is how many are counted, before anything is added or rolled, and ``day``, where days are,
    the number of the day that was held against it. ``added`` are the days in repair that moved
    the last day on (art. 8; Decree 778 art. 18). ``relation`` says how the two were compared.
    """

    fact: str
    relation: str
    threshold: bool | int | str | tuple[str, ...]
    actual: bool | int | str | tuple[str, ...] | None
    holds: bool | None
    margin: int | None
    counted_from: str | None = None
    counted_from_on: str | None = None
    days: int | None = None
    months: int | None = None
    day: int | None = None
    added: int | None = None


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Finding(Record):
    """What became of one rule: 逐条认定.

    ``verdict`` is ``holds``, ``fails``, ``unknown`` (facts are missing) or ``barred``: its
    own conditions are met, but the rules in ``barred_by`` stand in the way. ``notes`` are
    stable codes; see :data:`sanbao.rules.policy.Note`.
    """

    rule: str
    verdict: Verdict
    citations: tuple[Citation, ...]
    checks: tuple[Check, ...]
    barred_by: tuple[str, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Remedy(Record):
    """Something the consumer may choose now: 可选方案.

    Money is in yuan and ``None`` where a price or date is missing; a refund in full has a
    fee of 0. ``needs`` is empty unless it takes further facts to know whether it is this
    rule that gives the remedy; then they are named. ``policy`` is the id of the policy that
    gives it where several decided together, ``None`` where one decided alone.
    """

    remedy: RemedyKind
    rule: str
    owed_by: Owner
    citations: tuple[Citation, ...]
    price: Decimal | None = None
    used_days: int | None = None
    deducted_days: int | None = None
    rate_per_day: Decimal | None = None
    fee: Decimal | None = None
    payable: Decimal | None = None
    needs: tuple[str, ...] = ()
    policy: str | None = None


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Requested(Record):
    """What was asked for, and whether it can be had: 消费者的要求.

    ``available`` is ``None`` where missing facts decide. ``because`` names the rules that
    keep it away, the nearest to it first; empty where it is available.
    """

    remedy: Literal["refund", "exchange", "repair"]
    available: bool | None
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Lead(Record):
    """The finding that decides: 决定性依据.

    ``policy`` is the id of its policy where several decided together, otherwise ``None``.
    """

    rule: str
    citations: tuple[Citation, ...]
    policy: str | None = None


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Obligation(Record):
    """What comes along, and the day it is due: 附随义务."""

    id: str
    on: date
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class RightBegins(Record):
    """The day on which a right begins if nothing else happens: 权利产生日."""

    rule: str
    on: date


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Dates(Record):
    """The days that matter; each is the last day, itself included: 关键日期.

    ``asked_on`` is the day a remedy was first asked for, as it counts; ``deducted_days`` are the
    days that repairs have added to the period (art. 8). ``None`` where the facts are missing or
    the goods have no such day.
    """

    claimed_on: date
    asked_on: date
    period_starts_on: date | None
    period_ends_on: date | None
    refund_until: date | None
    exchange_until: date | None
    deducted_days: int | None
    begins: tuple[RightBegins, ...]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Difference(Record):
    """Something that differs between two decisions on a claim: 差异.

    ``what`` is a path in the decision (``outcome``, ``remedies.refund.payable``,
    ``dates.period_ends_on``, ``verdicts.art13.exchange``); ``before`` and ``after`` are the
    values there. A remedy as a whole (``remedies.exchange``) is ``true`` where it is open;
    where several rules give it with different money, all amounts are listed.
    """

    what: str
    before: Plain | tuple[Plain, ...]
    after: Plain | tuple[Plain, ...]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class ReadingValue(Record):
    """A reading and a value of it: 某项解释."""

    reading: str
    value: str


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Dependence(Record):
    """A reading under which the decision would differ: 取决于解释.

    Under ``value`` of ``reading``, instead of the value ``instead_of`` that decided,
    ``outcome`` is what would come of the claim (``possible`` where it is open), and
    ``differences`` are those of outcome, remedies and money. ``together_with`` is empty for
    a reading that does this alone; where two readings together lead where neither leads
    alone, it holds the other one. ``citations`` are what the question is about.
    """

    reading: str
    value: str
    instead_of: str
    together_with: tuple[ReadingValue, ...]
    outcome: Outcome | None
    possible: tuple[Outcome, ...]
    differences: tuple[Difference, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Warned(Record):
    """A fact that is odd but possible: 异常提示. ``field`` and ``value`` say which."""

    id: str
    field: str
    value: str


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class PolicyRef(Record):
    """Which policy decided: 所依政策."""

    id: str
    version: str


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
        from sanbao.explain.text.decision import explain

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
