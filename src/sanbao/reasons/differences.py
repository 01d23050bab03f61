"""What differs between two decisions on a claim: 差异.

A decision is laid out as paths with plain values; two layouts are compared path by path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TypeAlias, get_args

from sanbao.base.records import to_plain
from sanbao.model.codes import Plain, RemedyKind
from sanbao.model.decision import DecisionParts, Difference, Remedy

__all__ = ["FlatView", "benefit_view", "compared", "differences"]

FlatView: TypeAlias = dict[str, Plain | tuple[Plain, ...]]
"""Values by their path in a decision."""


def differences(before: DecisionParts, after: DecisionParts) -> tuple[Difference, ...]:
    """Return all that differs between two decisions, in the order of the contract.

    Findings are compared by their verdict, lists of names as a whole; the receipt is not
    compared.
    """
    return compared(dict(_layout(before)), dict(_layout(after)))


def compared(before: FlatView, after: FlatView) -> tuple[Difference, ...]:
    """Return the paths whose values differ; a path that is missing has the value ``None``."""
    return tuple(
        Difference(path, before.get(path), after.get(path))
        for path in dict.fromkeys((*before, *after))
        if before.get(path) != after.get(path)
    )


def benefit_view(decision: DecisionParts) -> FlatView:
    """Return what the consumer gets: outcome, remedies with their policy, and money.

    Which rule gives a remedy makes no difference. Days of use stand for the money where a fee
    cannot be reckoned.
    """
    layout: FlatView = {"outcome": decision.outcome, "possible": decision.possible}
    remedies = decision.remedies
    known = any(remedy.payable is not None or remedy.fee is not None for remedy in remedies)
    for path, value in _remedies(remedies):
        if not (path.endswith(".used_days") and known):
            layout[path] = value
    for kind in ("refund", "exchange", "free_repair"):
        giving = {one.policy for one in remedies if one.remedy == kind and one.policy is not None}
        if giving:
            layout[f"remedies.{kind}"] = tuple(sorted(giving)) if len(giving) > 1 else giving.pop()
    return layout


def _layout(decision: DecisionParts) -> Iterator[tuple[str, Plain | tuple[Plain, ...]]]:
    yield "outcome", decision.outcome
    yield "possible", decision.possible
    yield "lead", None if decision.lead is None else decision.lead.rule
    if decision.requested is not None:
        yield "requested.remedy", decision.requested.remedy
        yield "requested.available", decision.requested.available
    yield from _remedies(decision.remedies)
    for duty in decision.obligations:
        yield f"obligations.{duty.id}", duty.on.isoformat()
    dates = to_plain(decision.dates)
    for begins in dates.pop("begins"):
        yield f"dates.begins.{begins['rule']}", begins["on"]
    yield from ((f"dates.{name}", value) for name, value in dates.items())
    yield "provisional", decision.provisional
    for name in dict.fromkeys(odd.id for odd in decision.warnings):
        fields = tuple(odd.field for odd in decision.warnings if odd.id == name)
        yield f"warnings.{name}", fields[0] if len(fields) == 1 else fields
    yield "needs", decision.needs
    yield from ((f"verdicts.{rule}", verdict) for rule, verdict in decision.verdicts.items())


def _remedies(
    remedies: Iterable[Remedy],
) -> Iterator[tuple[str, Plain | tuple[Plain, ...]]]:
    for kind in get_args(RemedyKind):
        ways = [remedy for remedy in remedies if remedy.remedy == kind]
        if not ways:
            continue
        yield f"remedies.{kind}", True
        if kind == "refund":
            for name in ("payable", "fee", "used_days"):
                values = sorted({_told(getattr(remedy, name)) for remedy in ways}, key=str)
                yield f"remedies.{kind}.{name}", values[0] if len(values) == 1 else tuple(values)


def _told(value: Decimal | int | None) -> Plain:
    return format(value, "f") if isinstance(value, Decimal) else value
