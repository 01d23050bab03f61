"""One result from the cases of a claim: what is the same in all of them, and the ranges."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from law_oracle.choice import OUTCOMES, Remedy, strength
from law_oracle.judgement import Judgement
from law_oracle.money import Refund


def merged(judgements: list[Judgement], request: str | None) -> dict[str, Any]:
    """Merge the judgements of a claim's cases; at least one."""
    possible = [name for name in OUTCOMES if any(one.outcome == name for one in judgements)]
    requested = None
    if request is not None:
        requested = {"remedy": request, "available": _same(one.requested for one in judgements)}
    rules = dict.fromkeys(rule for one in judgements for rule in one.verdicts)
    return {
        "outcome": possible[0] if len(possible) == 1 else None,
        "possible": possible,
        "lead_rule": _same(one.lead_rule for one in judgements),
        "lead_policy": _same(one.lead_policy for one in judgements),
        "payable": _money(_payable(one.lead_money) for one in judgements),
        "remedies": _remedies(judgements),
        "verdicts": {
            # A local regulation that governs in some cases only says nothing in the others.
            rule: _same(one.verdicts.get(rule, "fails") for one in judgements) or "unknown"
            for rule in rules
        },
        "requested": requested,
        "dates": {
            name: _plain(_same(one.dates[name] for one in judgements))
            for name in judgements[0].dates
        },
        "obligations": [
            {"id": name, "on": _plain(day)}
            for name, day in judgements[0].obligations
            if all((name, day) in one.obligations for one in judgements)
        ],
        "warnings": [
            code
            for code in judgements[0].warnings
            if all(code in one.warnings for one in judgements)
        ],
    }


def _same(values: Iterable[Any]) -> Any:
    """Return the one value, or None where they differ."""
    several = iter(values)
    first = next(several)
    return first if all(value == first for value in several) else None


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _yuan(value: Decimal) -> str:
    return f"{value:.2f}"


def _money(values: Iterable[Decimal | None]) -> str | list[str] | None:
    """Return one amount, or [least, most]; None where it is not known in some case."""
    known = []
    for value in values:
        if value is None:
            return None
        known.append(value)
    low, high = min(known), max(known)
    return _yuan(low) if low == high else [_yuan(low), _yuan(high)]


def _payable(money: Refund | None) -> Decimal | None:
    return None if money is None else money.payable


def _remedies(judgements: list[Judgement]) -> list[dict[str, Any]]:
    """Every remedy open in some case, strongest first."""
    groups: dict[tuple[str, str], list[Remedy]] = {}
    for judgement in judgements:
        for remedy in judgement.remedies:
            groups.setdefault((remedy.rule, remedy.policy), []).append(remedy)
    listed = sorted(groups.values(), key=lambda group: strength(group[0]))
    return [_one_remedy(group, len(judgements)) for group in listed]


def _one_remedy(group: list[Remedy], cases: int) -> dict[str, Any]:
    moneys = [one.money for one in group if one.money is not None]
    return {
        "remedy": group[0].remedy,
        "rule": group[0].rule,
        "policy": group[0].policy,
        "price": _money(one.price for one in moneys) if moneys else None,
        "fee": _money(one.fee for one in moneys) if moneys else None,
        "payable": _money(one.payable for one in moneys) if moneys else None,
        "used_days": _same(one.used_days for one in moneys) if moneys else None,
        "deducted_days": _same(one.deducted_days for one in moneys) if moneys else None,
        "available": _same(one.available for one in group),
        "sure": len(group) == cases,
    }
