"""What comes out: 决定 (the decision).

A :class:`Decision` is immutable and carries the names of the JSON contract. One that the
engine has just made is a view of the case: it knows every verdict, and has its parts formed when
they are first looked at (:mod:`sanbao.evaluation.parts`); one that was read from JSON holds them
all, and one from a pickle its claim as well. They are equal if their parts are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import FrozenInstanceError, dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, NoReturn, cast

from sanbao._version import __version__
from sanbao.base.display import Shown
from sanbao.base.errors import ValidationError
from sanbao.base.json_text import read_record
from sanbao.base.records import canonical_json, digest, plain
from sanbao.evaluation.parts.forming import parts_of
from sanbao.evaluation.parts.single import policy_of
from sanbao.evaluation.reproduction import kept, reproduced
from sanbao.model.codes import Audience, Outcome, Verdict
from sanbao.model.decision import (
    Check,
    Dates,
    Dependence,
    Difference,
    Finding,
    Obligation,
    PolicyRef,
    ReadingValue,
    ReceiptData,
    Remedy,
    Requested,
    RightBegins,
    Warned,
    WholeDecision,
)

if TYPE_CHECKING:
    from sanbao.dates.calendar import Calendar
    from sanbao.evaluation.evaluator import AnyPolicy, Named
    from sanbao.evaluation.programs.combined import AnyCase
    from sanbao.model.claim import Claim
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
    "Verdict",
    "Warned",
]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Receipt(ReceiptData):
    """What would reproduce the decision: 回执. Hashes are SHA-256 of canonical JSON."""

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
        return decided(reproduced(self, claim, policy, calendar))


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Decision(Shown, WholeDecision):
    """The decision on one claim: 决定.

    ``outcome`` is ``None`` where facts that decide are not known; ``possible`` then lists
    what remains and ``needs`` the fields of the claim that settle it. ``lead`` is ``None``
    where ``outcome`` is, or where no rule stands behind it. ``depends_on`` is empty where no
    reading changes outcome, remedies or money; ``None`` in a decision that was read from
    JSON without it. See the JSON contract for the rest.
    """

    receipt: Receipt

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

        return what_if(self, changes, fields, decided)

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


_PARTS: Final = frozenset(field.name for field in fields(Decision))


class LiveDecision(Decision):
    """A decision on a case; each part is formed when it is looked at."""

    __slots__ = ("case",)
    case: AnyCase

    @property
    def verdicts(self) -> Mapping[str, Verdict]:
        """The verdict of every rule by its id; known without forming the findings."""
        return parts_of(self.case).verdicts

    def finding(self, rule: str) -> Finding:
        """Return the finding on ``rule``. Raises :class:`KeyError` if there is none."""
        return parts_of(self.case).finding(rule)

    def __getattr__(self, name: str) -> Any:  # asked for what is not formed yet
        value: Any
        if name == "depends_on":
            value = _depends_on(self.case)
        elif name == "receipt":
            value = receipt_of(self.case)
        elif name in _PARTS:
            value = getattr(parts_of(self.case), name)
        else:
            raise AttributeError(f"a decision has no attribute {name!r}")
        object.__setattr__(self, name, value)
        return value

    def __new__(cls, *parts: Any, **named: Any) -> Decision:  # type: ignore[misc]
        """Return a decision of given parts, as ``dataclasses.replace`` asks: one of no case."""
        return Decision(*parts, **named)

    def __reduce__(self) -> tuple[Any, ...]:
        return restored, (self.to_json(), *kept(self.case))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")


# decisions are made often: these skip the checks of a frozen class
_new = object.__new__
_set_case = cast(Any, LiveDecision).case.__set__


def decided(case: AnyCase) -> LiveDecision:
    """Return the decision of a case."""
    decision = _new(LiveDecision)
    _set_case(decision, case)
    return decision


def _depends_on(case: AnyCase) -> tuple[Dependence, ...]:
    from sanbao.reasons.sensitivity import depends_on

    return depends_on(case)


@lru_cache(maxsize=64)
def _policy_sha256(policy: Policy | Combined | Possible) -> str:
    return digest(policy.to_json())


def receipt_of(case: AnyCase) -> Receipt:
    """Return what would reproduce the decision."""
    policy, calendar = policy_of(case), case.program.programs.calendar
    return Receipt(
        library=__version__,
        policy=f"{policy.id}@{policy.version}",
        policy_sha256=_policy_sha256(policy),
        readings=case.readings,
        calendar=calendar.id,
        calendar_last_known_year=calendar.last_known_year,
        claim_sha256=digest(case.claim.to_json()),
    )


# --- pickles -----------------------------------------------------------------------------


class RestoredDecision(Decision):
    """A decision from a pickle, with the claim it was made on: 还原的决定.

    What it says is what was decided then; what is asked of it later is worked out from the claim
    again, if the receipt still holds.
    """

    __slots__ = ("_case", "_kept")
    _case: AnyCase
    _kept: tuple[Claim, AnyPolicy | None, Calendar | None]

    @property
    def case(self) -> AnyCase:
        """The claim, the program and the facts, worked out again when first asked for.

        Raises :class:`~sanbao.ValidationError` where library, policy or calendar are not what
        they were.
        """
        try:
            return self._case
        except AttributeError:
            case = reproduced(self.receipt, *self._kept)
            object.__setattr__(self, "_case", case)
            return case

    def __reduce__(self) -> tuple[Any, ...]:
        return restored, (self.to_json(), *self._kept)


def restored(
    text: str, claim: Claim, policy: AnyPolicy | None, calendar: Calendar | None
) -> RestoredDecision:
    """Return a decision from what its pickle holds."""
    read = Decision.from_json(text)
    decision = RestoredDecision(*(getattr(read, part.name) for part in fields(Decision)))
    object.__setattr__(decision, "_kept", (claim, policy, calendar))
    return decision
