"""What a till or a service needs of a decision: 决定摘要.

Immutable records that carry the names of the JSON contract (*Summary*): what is decided, what is
owed, the days and the money, without the finding on every rule and without the readings.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sanbao.base.json_text import JsonRecord
from sanbao.base.records import Record, record
from sanbao.model.codes import Outcome, Owner, RemedyKind
from sanbao.model.decision import Dates, DecisionParts, PolicyRef, ReceiptData, Requested, Warned
from sanbao.model.rule_ref import OfRule

__all__ = [
    "Summary",
    "SummaryHashes",
    "SummaryLead",
    "SummaryObligation",
    "SummaryRemedy",
    "summary_of",
]


@record
class SummaryLead(OfRule):
    """The rule of ``policy`` that decides: 决定性依据. ``citations`` are short strings.

    They are as :class:`~sanbao.Citation` prints them, ``cn.mobile-2001 art. 24(4)``.
    """

    rule: str
    citations: tuple[str, ...]
    policy: str = ""


@record
class SummaryRemedy(OfRule):
    """Something the consumer may choose now: 可选方案. Money is in yuan, ``None`` if open.

    ``payable`` is what is paid back, ``fee`` what is kept of the price.
    """

    remedy: RemedyKind
    rule: str
    owed_by: Owner
    payable: Decimal | None = None
    fee: Decimal | None = None
    policy: str = ""


@record
class SummaryObligation(Record):
    """What comes along, and the day it is due: 附随义务."""

    id: str
    on: date


@record
class SummaryHashes(Record):
    """The hashes of the receipt: 回执摘要. SHA-256 of the canonical JSON of policy and claim."""

    policy_sha256: str
    claim_sha256: str


@record
class Summary(JsonRecord):
    """A decision in brief: 决定摘要.

    ``outcome`` is ``None`` where facts that decide are not known; ``possible`` then lists what
    remains and ``needs`` the fields of the claim that settle it. All of it is as the decision
    has it.
    """

    outcome: Outcome | None
    possible: tuple[Outcome, ...]
    policy: PolicyRef
    lead: SummaryLead | None
    requested: Requested | None
    remedies: tuple[SummaryRemedy, ...]
    obligations: tuple[SummaryObligation, ...]
    dates: Dates
    provisional: tuple[str, ...]
    warnings: tuple[Warned, ...]
    needs: tuple[str, ...]
    receipt: SummaryHashes


def summary_of(decision: DecisionParts, receipt: ReceiptData) -> Summary:
    """Return a decision in brief."""
    lead = decision.lead
    return Summary(
        outcome=decision.outcome,
        possible=decision.possible,
        policy=decision.policy,
        lead=None
        if lead is None
        else SummaryLead(lead.rule, tuple(map(str, lead.citations)), lead.policy),
        requested=decision.requested,
        remedies=tuple(
            SummaryRemedy(one.remedy, one.rule, one.owed_by, one.payable, one.fee, one.policy)
            for one in decision.remedies
        ),
        obligations=tuple(SummaryObligation(one.id, one.on) for one in decision.obligations),
        dates=decision.dates,
        provisional=decision.provisional,
        warnings=decision.warnings,
        needs=decision.needs,
        receipt=SummaryHashes(receipt.policy_sha256, receipt.claim_sha256),
    )
