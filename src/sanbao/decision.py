"""What comes out: 决定 (the decision).

A :class:`Decision` is immutable, carries the names of the JSON contract and has the verbs of the
library. It is a view: of the case that the engine has just decided, whose parts are formed when
they are first looked at (:mod:`sanbao.evaluation.parts`), or of a record of all parts, which was
read from JSON or comes with its claim from a pickle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import FrozenInstanceError
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NoReturn

from sanbao._version import __version__
from sanbao.base.display import Displayed
from sanbao.base.json_text import read_record
from sanbao.base.once import once
from sanbao.base.records import canonical_json, digest, record, to_plain
from sanbao.evaluation.parts.forming import parts_of
from sanbao.evaluation.parts.single import policy_of
from sanbao.evaluation.reproduction import Kept, kept, name_and_version, reproduced
from sanbao.model.codes import Audience, Outcome, Verdict
from sanbao.model.decision import (
    Check,
    Dates,
    DecisionParts,
    Dependence,
    Difference,
    Finding,
    Lead,
    Obligation,
    PolicyRef,
    ReadingValue,
    ReceiptData,
    Remedy,
    Requested,
    RightBegins,
    StoredDecision,
    Warned,
    WholeDecision,
)
from sanbao.model.rule_ref import RuleRef

if TYPE_CHECKING:
    from sanbao.dates.calendar import Calendar
    from sanbao.evaluation.evaluator import AnyPolicy, Named
    from sanbao.evaluation.programs.combined import AnyEvaluation
    from sanbao.model.claim import Claim
    from sanbao.model.summary import Summary
    from sanbao.policies.policy_set import PolicySet
    from sanbao.reasons.answers import Change, Contrast, WhatIf, WhyNot
    from sanbao.reasons.timeline import Timeline
    from sanbao.rules.combined import Combined
    from sanbao.rules.policy import Policy
    from sanbao.rules.versions import Possible

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
    "RuleRef",
    "Verdict",
    "Warned",
]


@record
class Receipt(ReceiptData):
    """What would reproduce the decision: 回执. Hashes are SHA-256 of canonical JSON."""

    def reproduce(
        self,
        claim: Claim | Mapping[str, Any],
        policy: Named | None = None,
        calendar: Calendar | None = None,
        policies: PolicySet | None = None,
    ) -> Decision:
        """Decide ``claim`` again as the receipt says; equal to the first time, byte for byte.

        ``policy`` defaults to the policies that the receipt names, as they are in the set
        ``policies``, by default what ships; ``calendar`` to the published rest days. Raises
        :class:`~sanbao.ValidationError` naming all that is not what the receipt says: library,
        policy, calendar or claim.
        """
        return Decision(reproduced(self, claim, policy, calendar, policies))


@record
class _DecisionRecord(StoredDecision):
    """The parts of a decision, with a receipt that can reproduce it."""

    __doc__ = StoredDecision.__doc__  # what the schema says of a decision
    __pydantic_config__ = {"extra": "forbid", "title": "Decision"}  # noqa: RUF012 - no field

    receipt: Receipt


def _is_of_the_past(record: _DecisionRecord) -> bool:
    """Say whether a record, from a pickle, names rules without their policy."""
    return bool(record.policy.ids[0]) and not all(one.policy for one in record.findings)


class Decision(Displayed, WholeDecision):
    """The decision on one claim: 决定.

    A view of the case that was decided, of which each part is formed when it is first looked at,
    or of the parts that were read from JSON. Two decisions are equal if their parts are.

    ``outcome`` is ``None`` where facts that decide are not known; ``possible`` then lists what
    remains and ``needs`` the fields of the claim that settle it. ``why_not``, ``what_if``,
    ``nearest_changes`` and ``timeline`` ask it further; they need the claim, which a decision that
    was read from JSON does not hold.
    """

    __slots__ = ("_source",)
    __dataclass_fields__: ClassVar[Any] = _DecisionRecord.__dataclass_fields__
    """The names of its parts, for JSON and for what :mod:`dataclasses` offers."""

    _source: AnyEvaluation | _DecisionRecord

    def __init__(self, *parts: Any, **named: Any) -> None:
        """View a case or the parts of a decision; or take the parts themselves, by their names."""
        source = parts[0] if len(parts) == 1 and not named else _DecisionRecord(*parts, **named)
        if isinstance(source, _DecisionRecord) and _is_of_the_past(source):
            source = Decision.from_json(canonical_json(source))._source
        object.__setattr__(self, "_source", source)

    @property
    def _parts(self) -> DecisionParts:
        source = self._source
        return source if isinstance(source, _DecisionRecord) else parts_of(source)

    @property
    def outcome(self) -> Outcome | None:
        """The outcome, ``None`` where facts that decide are not known: 结论."""
        return self._parts.outcome

    @property
    def possible(self) -> tuple[Outcome, ...]:
        """The outcomes that remain, strongest first: 可能的结论."""
        return self._parts.possible

    @property
    def policy(self) -> PolicyRef:
        """Which policy decided: 所依政策."""
        return self._parts.policy

    @property
    def lead(self) -> Lead | None:
        """The finding that decides, ``None`` where no rule stands behind it: 决定性依据."""
        return self._parts.lead

    @property
    def requested(self) -> Requested | None:
        """What was asked for, and whether it can be had: 消费者的要求."""
        return self._parts.requested

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        """What the consumer may choose now, strongest first: 可选方案."""
        return self._parts.remedies

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What became of every rule, in the policy's order: 逐条认定."""
        return self._parts.findings

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """What comes along, and when it is due: 附随义务."""
        return self._parts.obligations

    @property
    def dates(self) -> Dates:
        """The days that matter: 关键日期."""
        return self._parts.dates

    @property
    def depends_on(self) -> tuple[Dependence, ...] | None:
        """The readings of the law that change outcome, remedies or money: 取决于何种解释.

        ``None`` in a decision that was read from JSON without it.
        """
        source = self._source
        return source.depends_on if isinstance(source, _DecisionRecord) else _depends_on(source)

    @property
    def provisional(self) -> tuple[str, ...]:
        """The dates that rest on a year whose rest days are not published: 暂定日期."""
        return self._parts.provisional

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """What is odd but possible: 异常提示."""
        return self._parts.warnings

    @property
    def needs(self) -> tuple[str, ...]:
        """The fields of the claim that settle what is open: 尚需查明."""
        return self._parts.needs

    @property
    def receipt(self) -> Receipt:
        """What would reproduce the decision: 回执."""
        source = self._source
        return source.receipt if isinstance(source, _DecisionRecord) else receipt_of(source)

    @property
    def verdicts(self) -> Mapping[Any, Verdict]:
        """The verdict of every rule by its id; known without forming the findings.

        Where several policies decided the keys are :class:`RuleRef`, of policy and id; they are
        also found by what people type, ``vivo-2016:art12.exchange`` or an id alone.
        """
        return self._parts.verdicts

    def finding(self, rule: RuleRef | str) -> Finding:
        """Return the finding on ``rule``. Raises :class:`KeyError` if there is none.

        An id alone is that of the first policy that has it; ``vivo-2016:art12.exchange`` names one.
        """
        return self._parts.finding(rule)

    @property
    def case(self) -> AnyEvaluation:
        """The claim, the program and the facts that were decided by.

        Raises :class:`~sanbao.ValidationError` for a decision that was read from JSON: it
        does not hold its claim.
        """
        source = self._source
        return source.case if isinstance(source, _DecisionRecord) else source

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

    def what_if(
        self, changes: Mapping[str, Any] | None = None, /, **fields: Any
    ) -> WhatIf[Decision]:
        """Decide again with changed facts, and say what that changes.

        ``changes`` maps paths of the claim to values (``{"evidence.invoice": "copy"}``),
        ``fields`` name its parts (``claimed_on="2026-03-09"``, ``evidence={"invoice":
        "copy"}``); what is not named stays as it is, and ``None`` makes a field unknown.
        Raises :class:`~sanbao.ValidationError` for a field nobody knows, a claim that
        cannot be, and a decision that was read from JSON.
        """
        from sanbao.reasons.what_if import what_if

        return what_if(self, changes, fields, Decision)

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

    def summary(self) -> Summary:
        """Return the decision in brief, as a till or a service needs it: 决定摘要.

        It forms neither findings nor the readings that the decision depends on.
        """
        from sanbao.model.summary import summary_of

        return summary_of(self._parts, self.receipt)

    def to_dict(self) -> dict[str, Any]:
        """Return the decision as plain data, in the shape of its JSON."""
        data: dict[str, Any] = to_plain(self)
        return data

    def to_json(self) -> str:
        """Return the decision as canonical JSON; reading it back gives an equal one."""
        return canonical_json(self)

    @classmethod
    def from_json(cls, text: str | bytes) -> Decision:
        """Return the decision of a JSON text. Raises :class:`~sanbao.ValidationError`."""
        from sanbao.evaluation.stored import with_policies

        return read_record(cls, text, "decision", with_policies)

    def _in_brief(self) -> dict[str, Any]:  # what is known without forming the rest
        return {
            "outcome": self.outcome,
            "possible": self.possible if self.outcome is None else (),
            "lead": None if self.lead is None else self.lead.rule,
            "policy": name_and_version(self.policy),
        }

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __reduce__(self) -> tuple[Any, ...]:
        source = self._source
        if isinstance(source, RestoredDecision):
            return restored, (self.to_json(), *source.again.kept)
        if isinstance(source, _DecisionRecord):
            return Decision, tuple(self._values().values())
        return restored, (self.to_json(), *kept(source))

    @classmethod
    def _record(cls) -> type[StoredDecision]:
        return _DecisionRecord

    @classmethod
    def _viewing(cls, record: StoredDecision) -> Decision:
        return cls(record)


@once
def _depends_on(case: AnyEvaluation) -> tuple[Dependence, ...]:
    from sanbao.reasons.sensitivity import depends_on

    return depends_on(case)


@lru_cache(maxsize=64)
def _policy_sha256(policy: Policy | Combined | Possible) -> str:
    return digest(policy.to_json())


@once
def receipt_of(case: AnyEvaluation) -> Receipt:
    """Return what would reproduce the decision."""
    policy, calendar = policy_of(case), case.program.library.calendar
    return Receipt(
        library=__version__,
        policy=name_and_version(parts_of(case).policy),
        policy_sha256=_policy_sha256(policy),
        readings=case.readings,
        calendar=calendar.id,
        calendar_last_known_year=calendar.last_known_year,
        claim_sha256=digest(case.claim.to_json()),
    )


# --- pickles -----------------------------------------------------------------------------


class _Again:
    """What a pickle keeps beside the parts (:data:`Kept`), and the case of them."""

    def __init__(self, receipt: Receipt, kept: Kept) -> None:
        self.receipt = receipt
        self.kept = kept

    @cached_property
    def case(self) -> AnyEvaluation:
        return reproduced(self.receipt, *self.kept)


class RestoredDecision(_DecisionRecord):
    """The parts of a decision from a pickle, with the claim it was made on: 还原的决定.

    What it says is what was decided then; what is asked of it later is worked out from the claim
    again, if the receipt still holds.
    """

    __slots__ = ("again",)
    again: _Again

    @property
    def case(self) -> AnyEvaluation:
        """The claim, the program and the facts, worked out again when first asked for.

        Raises :class:`~sanbao.ValidationError` where library, policy or calendar are not what
        they were.
        """
        return self.again.case


def restored(
    text: str,
    claim: Claim,
    policy: AnyPolicy | None,
    calendar: Calendar | None,
    policies: PolicySet | None = None,
) -> Decision:
    """Return a decision from what its pickle holds."""
    read = Decision.from_json(text)
    source = RestoredDecision(*read._values().values())
    object.__setattr__(source, "again", _Again(read.receipt, (claim, policy, calendar, policies)))
    return Decision(source)
