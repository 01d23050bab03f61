"""What a decision is made of: 决定的组成.

Immutable records that carry the names of the JSON contract.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from sanbao.base.errors import Reason, ValidationError
from sanbao.base.records import Record, record
from sanbao.model.citation import Citation
from sanbao.model.codes import Note, Outcome, Owner, Plain, RemedyKind, Verdict
from sanbao.model.readings import Readings
from sanbao.model.rule_ref import OfRule, RuleRef

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

__all__ = [
    "Check",
    "Dates",
    "DecisionParts",
    "Dependence",
    "Difference",
    "Finding",
    "Lead",
    "Obligation",
    "PolicyRef",
    "ReadingValue",
    "ReceiptData",
    "Remedy",
    "Requested",
    "RightBegins",
    "StoredDecision",
    "Verdicts",
    "Warned",
    "WholeDecision",
]


@record
class Check(Record):
    """One comparison behind a finding: 核对项.

    ``fact`` was held against ``threshold``; ``actual`` is what the claim gave (``None``:
    not known), ``holds`` whether it is as the rule asks, ``margin`` by how much, in days
    or in units of the fact: negative where the rule falls short. ``counted_from`` is the
    fact a last day was counted from and ``counted_from_on`` its date; ``days`` or ``months``
    is how many are counted, before anything is added or rolled, and ``day``, where days are,
    the number of the day that was held against it. ``added`` are the days in repair that moved
    the last day on (art. 8; Decree 778 art. 18). ``start_field`` is the field of the claim whose
    day a time is counted from: that of sale, invoice, delivery or exchange; ``None`` for any
    other day. ``relation`` says how the two were compared.
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
    start_field: str | None = None


@record
class Finding(OfRule):
    """What became of one rule of ``policy``: 逐条认定.

    ``verdict`` is ``holds``, ``fails``, ``unknown`` (facts are missing) or ``barred``: its
    own conditions are met, but the rules in ``barred_by`` stand in the way. ``notes`` are
    stable codes; see :data:`sanbao.policy.Note`. Rules that it names, in ``barred_by`` and in
    checks of ``rights``, are of the same policy.
    """

    rule: str
    verdict: Verdict
    citations: tuple[Citation, ...]
    checks: tuple[Check, ...]
    barred_by: tuple[str, ...]
    notes: tuple[Note, ...]
    policy: str = ""


@record
class Remedy(OfRule):
    """Something the consumer may choose now: 可选方案.

    Money is in yuan and ``None`` where a price or date is missing; a refund in full has a
    fee of 0. ``needs`` is empty unless it takes further facts to know whether it is this
    rule that gives the remedy; then they are named. ``policy`` is the id of the policy whose
    ``rule`` gives it; a repair at a charge that no rule lays down is left by the law.
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
    policy: str = ""


@record
class Requested(Record):
    """What was asked for, and whether it can be had: 消费者的要求.

    ``available`` is ``None`` where missing facts decide. ``because`` names the rules that
    keep it away, the nearest to it first; empty where it is available.
    """

    remedy: Literal["refund", "exchange", "repair"]
    available: bool | None
    because: tuple[RuleRef, ...]


@record
class Lead(OfRule):
    """The finding that decides, on a rule of ``policy``: 决定性依据."""

    rule: str
    citations: tuple[Citation, ...]
    policy: str = ""


@record
class Obligation(Record):
    """What comes along by ``policy``, and the day it is due: 附随义务."""

    id: str
    on: date
    citations: tuple[Citation, ...]
    policy: str = ""

    @property
    def ref(self) -> RuleRef:
        """The obligation by policy and id."""
        return RuleRef(self.policy, self.id)


@record
class RightBegins(OfRule):
    """The day on which a right of ``policy`` begins if nothing else happens: 权利产生日."""

    rule: str
    on: date
    policy: str = ""


@record
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


@record
class Difference(Record):
    """Something that differs between two decisions on a claim: 差异.

    ``what`` is a path in the decision (``outcome``, ``remedies.refund.payable``,
    ``dates.period_ends_on``, ``verdicts.art13.exchange``); ``before`` and ``after`` are the
    values there. A remedy as a whole (``remedies.exchange``) is ``true`` where it is open;
    where several rules give it with different money, all amounts are listed. ``policy`` is the
    id of the policy of a rule or an obligation that the path names, else ``None``; of the
    ``lead`` the values name the policy.
    """

    what: str
    before: Plain | tuple[Plain, ...] | RuleRef
    after: Plain | tuple[Plain, ...] | RuleRef
    policy: str | None = None


@record
class ReadingValue(Record):
    """A reading and a value of it: 某项解释."""

    reading: str
    value: str


@record
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


@record
class Warned(Record):
    """A fact that is odd but possible: 异常提示. ``field`` and ``value`` say which."""

    id: str
    field: str
    value: str


@record
class PolicyRef(Record):
    """Which policy decided: 所依政策."""

    id: str
    version: str

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all that decided together, the law's first."""
        return tuple(self.id.split("+"))


class Verdicts(Mapping[RuleRef, Verdict]):
    """The verdicts of several policies by rule: 各政策条款的认定.

    A rule is also found by what people type: ``vivo-2016:art12.exchange``, or an id alone, which
    is that of the first policy that has it.
    """

    __slots__ = ("_verdicts",)

    def __init__(self, verdicts: Mapping[RuleRef, Verdict]) -> None:
        self._verdicts = verdicts

    def __getitem__(self, rule: RuleRef | str) -> Verdict:
        if isinstance(rule, str):
            meant = RuleRef.typed(rule)
            rule = next((one for one in self if meant.means(one.policy, one.rule)), meant)
        return self._verdicts[rule]

    def __iter__(self) -> Iterator[RuleRef]:
        return iter(self._verdicts)

    def __len__(self) -> int:
        return len(self._verdicts)


def _alike(one: Record, other: object, family: type[Record]) -> bool:
    """Say whether a record is equal to another of its family: to one with the same parts."""
    if not isinstance(other, family):
        return NotImplemented  # type: ignore[no-any-return]
    return one is other or one._values() == other._values()


@record
class ReceiptData(Record):
    """What would reproduce a decision: 回执的内容. Hashes are SHA-256 of canonical JSON."""

    library: str
    policy: str
    policy_sha256: str
    readings: Readings
    calendar: str
    calendar_last_known_year: int
    claim_sha256: str

    def __eq__(self, other: object) -> bool:
        return _alike(self, other, ReceiptData)

    def __hash__(self) -> int:
        return hash(tuple(self._values().values()))


class DecisionParts:
    """What a decision says, whoever says it: 决定的各部分. The JSON contract as an interface.

    All but what is found out beside it: see :class:`WholeDecision`.
    """

    __slots__ = ()

    if TYPE_CHECKING:

        @property
        def outcome(self) -> Outcome | None:
            """The outcome, ``None`` where facts that decide are not known."""

        @property
        def possible(self) -> tuple[Outcome, ...]:
            """The outcomes that remain, strongest first."""

        @property
        def policy(self) -> PolicyRef:
            """Which policy decided."""

        @property
        def lead(self) -> Lead | None:
            """The finding that decides."""

        @property
        def requested(self) -> Requested | None:
            """What became of the request."""

        @property
        def remedies(self) -> tuple[Remedy, ...]:
            """What the consumer may choose now, strongest first."""

        @property
        def findings(self) -> tuple[Finding, ...]:
            """What became of every rule, in the policy's order."""

        @property
        def obligations(self) -> tuple[Obligation, ...]:
            """What comes along."""

        @property
        def dates(self) -> Dates:
            """The days that matter."""

        @property
        def provisional(self) -> tuple[str, ...]:
            """The dates that rest on a year whose rest days are not published."""

        @property
        def warnings(self) -> tuple[Warned, ...]:
            """What is odd but possible."""

        @property
        def needs(self) -> tuple[str, ...]:
            """The fields that settle what is open."""

        @property
        def case(self) -> Any:
            """The claim, the program and the facts that were decided by.

            Raises :class:`~sanbao.ValidationError` for a decision that does not hold its claim.
            """

    @property
    def verdicts(self) -> Mapping[Any, Verdict]:
        """The verdict of every rule by its id; what :attr:`findings` says in brief.

        Of several policies by :class:`RuleRef`; see :class:`Verdicts`.
        """
        if len(self.policy.ids) == 1:
            return MappingProxyType({finding.rule: finding.verdict for finding in self.findings})
        return Verdicts({finding.ref: finding.verdict for finding in self.findings})

    def finding(self, rule: RuleRef | str) -> Finding:
        """Return the finding on ``rule``. Raises :class:`KeyError` if there is none.

        An id alone is that of the first policy that has it; ``vivo-2016:art12.exchange`` names one.
        """
        meant = RuleRef.typed(rule) if isinstance(rule, str) else rule
        for finding in self.findings:
            if meant.means(finding.policy, finding.rule):
                return finding
        raise KeyError(rule)


class WholeDecision(DecisionParts, Record):
    """What a decision says, with the readings it depends on and its receipt: 完整的决定.

    Whatever says the same is equal.
    """

    __slots__ = ()

    if TYPE_CHECKING:

        @property
        def depends_on(self) -> tuple[Dependence, ...] | None:
            """The readings on which the decision hangs, ``None`` where nobody looked."""

        @property
        def receipt(self) -> ReceiptData:
            """What would reproduce the decision."""

    def __eq__(self, other: object) -> bool:
        return _alike(self, other, WholeDecision)

    def __hash__(self) -> int:
        return hash(tuple(self._values().values()))

    @classmethod
    def _record(cls) -> type[StoredDecision]:
        """Return as what record pydantic reads it."""
        return StoredDecision

    @classmethod
    def _viewing(cls, record: StoredDecision) -> WholeDecision:
        """Return what pydantic makes of the record it has read."""
        return record

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return how pydantic reads and writes a decision: as the record of its parts."""
        if issubclass(cls, StoredDecision):
            return handler(source)
        from pydantic_core import core_schema

        kind = cls._record()
        record: Any = {**handler.resolve_ref_schema(handler.generate_schema(kind))}
        del record["ref"]  # the name of the definition is that of the view
        read = core_schema.no_info_after_validator_function(cls._viewing, record)
        return core_schema.json_or_python_schema(
            json_schema=read,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), read]),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda decision: kind(*decision._values().values()), return_schema=record
            ),
            ref=f"{cls.__module__}.{cls.__qualname__}:{id(cls)}",
        )


@record
class StoredDecision(WholeDecision):
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
    receipt: ReceiptData

    @property
    def case(self) -> Any:
        """Raise :class:`~sanbao.ValidationError`: the claim is not held."""
        name = Reason("claim.decision_of", policy=self.receipt.policy)
        reason = Reason("claim.not_held")
        raise ValidationError.of("decision", name, reason)
