"""What differs between two decisions on a claim: 差异.

A decision is laid out as paths with plain values; two layouts are compared path by path.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final, TypeAlias, get_args

from sanbao.base.records import to_plain
from sanbao.model.codes import Plain, RemedyKind
from sanbao.model.decision import DecisionParts, Difference, Remedy
from sanbao.model.rule_ref import RuleRef

__all__ = ["FlatView", "benefit_view", "compared", "differences"]

Value: TypeAlias = Plain | tuple[Plain, ...] | RuleRef
Path: TypeAlias = tuple[str, object]
"""A path in a decision; and of a rule its policy, of an obligation its number among those of one
id: which policy lays it down may change."""
FlatView: TypeAlias = dict[Path, Value]
"""Values by their path in a decision."""

_NO_POLICIES: Final[Mapping[Path, str]] = MappingProxyType({})


def differences(before: DecisionParts, after: DecisionParts) -> tuple[Difference, ...]:
    """Return all that differs between two decisions, in the order of the contract.

    Findings are compared by their verdict, lists of names as a whole; the receipt is not
    compared.
    """
    policies: dict[Path, str] = {}
    return compared(_layout(before, policies), _layout(after, policies), policies)


def compared(
    before: FlatView, after: FlatView, policies: Mapping[Path, str] = _NO_POLICIES
) -> tuple[Difference, ...]:
    """Return the paths whose values differ; a path that is missing has the value ``None``.

    ``policies`` are those of the rules and obligations that paths name.
    """
    return tuple(
        Difference(path[0], before.get(path), after.get(path), policies.get(path))
        for path in dict.fromkeys((*before, *after))
        if before.get(path) != after.get(path)
    )


def benefit_view(decision: DecisionParts) -> FlatView:
    """Return what the consumer gets: outcome, remedies with their policy, and money.

    Which rule gives a remedy makes no difference. Days of use stand for the money where a fee
    cannot be reckoned.
    """
    layout: FlatView = {
        ("outcome", None): decision.outcome,
        ("possible", None): decision.possible,
    }
    remedies = decision.remedies
    known = any(remedy.payable is not None or remedy.fee is not None for remedy in remedies)
    for path, value in _remedies(remedies):
        if not (path.endswith(".used_days") and known):
            layout[path, None] = value
    if len(decision.policy.ids) > 1:
        for kind in ("refund", "exchange", "free_repair"):
            giving = sorted({one.policy for one in remedies if one.remedy == kind})
            if giving:
                layout[f"remedies.{kind}", None] = tuple(giving) if len(giving) > 1 else giving[0]
    return layout


def _layout(decision: DecisionParts, policies: dict[Path, str]) -> FlatView:
    """Return all of a decision by path; ``policies`` is told of whose rules it speaks."""
    found: FlatView = {(path, None): value for path, value in _first(decision)}

    def add(path: Path, policy: str, value: Value) -> None:
        policies[path], found[path] = policy, value

    numbers = Counter[str]()
    for duty in decision.obligations:
        add((f"obligations.{duty.id}", numbers[duty.id]), duty.policy, duty.on.isoformat())
        numbers[duty.id] += 1
    for begins in decision.dates.begins:
        path = f"dates.begins.{begins.rule}", begins.policy
        add(path, begins.policy, begins.on.isoformat())
    found |= {(path, None): value for path, value in _then(decision)}
    alone = decision.policy.id
    for rule, verdict in decision.verdicts.items():
        ref = rule if isinstance(rule, RuleRef) else RuleRef(alone, rule)
        add((f"verdicts.{ref.rule}", ref.policy), ref.policy, verdict)
    return found


def _first(decision: DecisionParts) -> Iterator[tuple[str, Value]]:
    yield "outcome", decision.outcome
    yield "possible", decision.possible
    yield "lead", None if decision.lead is None else decision.lead.ref
    if decision.requested is not None:
        yield "requested.remedy", decision.requested.remedy
        yield "requested.available", decision.requested.available
    yield from _remedies(decision.remedies)


def _then(decision: DecisionParts) -> Iterator[tuple[str, Value]]:
    dates = to_plain(decision.dates)
    del dates["begins"]
    yield from ((f"dates.{name}", value) for name, value in dates.items())
    yield "provisional", decision.provisional
    for name in dict.fromkeys(odd.id for odd in decision.warnings):
        fields = tuple(odd.field for odd in decision.warnings if odd.id == name)
        yield f"warnings.{name}", fields[0] if len(fields) == 1 else fields
    yield "needs", decision.needs


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
