"""What the consumer may choose, and the money: 可选方案与金额.

A refund in full pays the price; a refund less depreciation (art. 19) keeps a fee for the
days of use. Where the facts leave open which of several rules gives a remedy, each is
listed with the facts that would tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from sanbao.depreciation import depreciate, to_fen
from sanbao.evaluation.programs.by_version import AnyRight
from sanbao.evaluation.programs.combined import AnyEvaluation
from sanbao.evaluation.programs.evaluation import Evaluation
from sanbao.evaluation.unknowns import CaseAnalysis
from sanbao.model.decision import Lead, Remedy

__all__ = [
    "FEE_READINGS",
    "MONEY_READINGS",
    "PRICE_READINGS",
    "charged_repair",
    "missing_money",
    "remedies_of",
    "remedy_of",
]

MONEY_READINGS: Final = frozenset(
    {"depreciation_start", "depreciation_days", "depreciation", "rounding"}
)
"""The readings that change how a refund less depreciation is reckoned, and nothing else."""

FEE_READINGS: Final = MONEY_READINGS | {"repair_end", "repair_days"}
"""All readings that change it: the days in repair are no days of use."""

PRICE_READINGS: Final = FEE_READINGS | {"built_in_battery"}
"""All readings that change what is paid back by a right: a battery has a price of its own."""


def remedies_of(
    case: Evaluation, case_analysis: CaseAnalysis, ground: Lead | None
) -> tuple[Remedy, ...]:
    """Return what the consumer may choose now, strongest first."""
    outcome = case_analysis.outcome
    if outcome == "paid_repair":
        return (charged_repair(case, ground),)
    remedies = {right.id: remedy_of(case, right) for right in case_analysis.certain}
    if outcome is not None and outcome not in [remedy.remedy for remedy in remedies.values()]:
        for right in case_analysis.candidates:
            if right.remedy == outcome:
                remedies[right.id] = remedy_of(case, right, case_analysis.needs_for(right))
    order = case.policy.preference
    return tuple(remedies[rule] for rule in order if rule in remedies)


def charged_repair(case: AnyEvaluation, ground: Lead | None) -> Remedy:
    """Return the repair at a charge that is left, by ``ground`` if any rule stands behind it."""
    law = case.evaluations[0].policy.id
    lead = Lead("", (), law) if ground is None else ground
    return Remedy("paid_repair", lead.rule, "repairer", lead.citations, policy=lead.policy)


def remedy_of(case: Evaluation, right: AnyRight, needs: tuple[str, ...] = ()) -> Remedy:
    """Return what ``right`` gives; ``needs`` are the fields on which it hangs."""
    money: dict[str, Any] = {}
    if right.refund is not None:
        price = case.program.money(case.claim.row).price
        if right.refund == "in_full":
            fee = None if price is None else to_fen(Decimal(0))
            money = {"price": price, "fee": fee, "payable": price}
        else:
            money = _depreciated(case, price)
    kind, policy = right.remedy, case.policy.id
    return Remedy(kind, right.id, right.owed_by, right.cites, **money, needs=needs, policy=policy)


def _depreciated(case: Evaluation, price: Decimal | None) -> dict[str, Any]:
    """Return the money of a refund less depreciation (art. 19)."""
    readings, coverage = case.readings, case.program.coverage
    rate = None if coverage is None else coverage.daily_rate
    money: dict[str, Any] = {"price": price, "rate_per_day": rate}
    if rate is None:
        return money
    use = case.program.money(case.claim.row)
    charged = rate if use.fee_is_due else Decimal(0)
    if not charged:
        money |= {"fee": to_fen(charged), "payable": None if price is None else to_fen(price)}
    if use.used_days is None:
        return money
    money |= {"used_days": use.used_days, "deducted_days": use.unused}
    if price is not None:
        reckoned = depreciate(price, use.used_days, charged, readings.rounding)
        money |= {"fee": reckoned.fee, "payable": reckoned.payable}
    return money


def missing_money(case: Evaluation, remedy: Remedy) -> Iterator[str]:
    """Yield the fields that are missing to reckon a refund."""
    purchase = case.claim.purchase
    if remedy.price is None:
        together = case.claim.product.bought_with_phone
        accessory = case.facts.role == "accessory"
        if case.program.money(case.claim.row).battery_apart:
            yield "purchase.standalone_price"
            return
        if accessory and together is None:
            yield "product.bought_with_phone"
        if purchase.price is None and not (accessory and together):
            yield "purchase.price"
        if purchase.standalone_price is None and accessory and together is not False:
            yield "purchase.standalone_price"
    elif remedy.payable is None and remedy.used_days is None and remedy.rate_per_day is not None:
        yield "purchase.invoiced_on"
