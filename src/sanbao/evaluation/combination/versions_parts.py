"""Decisions on a sale of a day not known, under a law that was amended: 销售日不明的决定.

The rules told are those of the newest version that the sale can fall under. What the versions
say differently of dates, duties and money is not told: the day of the sale decides it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final, TypeVar

from sanbao.evaluation.combination.parts import TogetherDecision
from sanbao.evaluation.combination.program import AnyCase, JointCase, naming
from sanbao.evaluation.parts import LiveDecision, obligations_with, possible_in
from sanbao.evaluation.remedies import remedy_of
from sanbao.model.decision import Dates, Obligation, Remedy

__all__ = ["live_undated"]

_SALE: Final = "purchase.sold_on"
_MONEY: Final = ("price", "used_days", "deducted_days", "rate_per_day", "fee", "payable")
_DAYS: Final = (
    "period_starts_on",
    "period_ends_on",
    "refund_until",
    "exchange_until",
    "deducted_days",
)

_Record = TypeVar("_Record", Dates, Remedy)


def live_undated(case: AnyCase) -> LiveDecision:
    """Return the decision of a case that several versions of a law may govern."""
    if isinstance(case, JointCase):
        return UndatedTogetherDecision.of(case)
    decision = object.__new__(UndatedDecision)
    object.__setattr__(decision, "case", case)
    return decision


class UndatedDecision(LiveDecision):
    """What the versions of a law decide of a sale on a day not known."""

    __slots__ = ()


class UndatedTogetherDecision(TogetherDecision):
    """The same with promises beside them."""

    __slots__ = ()


def _older(case: AnyCase) -> tuple[AnyCase, ...]:
    """Return the cases of all versions but the newest, whose rules are told."""
    versions: tuple[AnyCase, ...] = case.formed["versions"]
    return versions[:-1]


def _agreed(record: _Record, others: list[_Record], names: tuple[str, ...]) -> _Record:
    """Return ``record`` without what ``others`` say differently."""
    differing: dict[str, Any] = {
        name: None
        for name in names
        if any(getattr(record, name) != getattr(other, name) for other in others)
    }
    return replace(record, **differing)


def _parts(base: type[LiveDecision]) -> Mapping[str, Callable[[Any], Any]]:
    """Return how the parts of a decision are formed of what all versions say."""
    form = base.parts

    def remedies(case: AnyCase) -> tuple[Remedy, ...]:
        return tuple(_common_remedy(case, remedy) for remedy in form["remedies"](case))

    def needs(case: AnyCase) -> tuple[str, ...]:
        found: tuple[str, ...] = form["needs"](case)
        hangs = remedies(case) != form["remedies"](case)
        return tuple(dict.fromkeys((*found, _SALE))) if hangs else found

    def dates(case: AnyCase) -> Dates:
        own: Dates = form["dates"](case)
        others: list[Dates] = [form["dates"](version) for version in _older(case)]
        begins = tuple(one for one in own.begins if all(one in other.begins for other in others))
        return replace(_agreed(own, others, _DAYS), begins=begins)

    def provisional(case: AnyCase) -> tuple[str, ...]:
        told = dates(case)
        return tuple(name for name in form["provisional"](case) if getattr(told, name))

    def obligations(case: AnyCase) -> tuple[Obligation, ...]:
        others = [set(_duties(version, case)) for version in _older(case)]
        return tuple(
            duty
            for duty in form["obligations"](case)
            if all((duty.id, duty.on) in other for other in others)
        )

    return {
        **form,
        "remedies": remedies,
        "needs": needs,
        "dates": dates,
        "provisional": provisional,
        "obligations": obligations,
    }


def _common_remedy(case: AnyCase, remedy: Remedy) -> Remedy:
    """Return a remedy without the money on which the versions do not agree."""
    others = [
        remedy_of(member, right, ())
        for version in _older(case)
        for member in version.members
        for right in member.policy.rights
        if right.remedy == remedy.remedy and naming(version, member)(right.id) == remedy.rule
    ]
    return _agreed(remedy, others, _MONEY)


def _duties(version: AnyCase, case: AnyCase) -> Iterator[tuple[str, date]]:
    for member in version.members:
        for duty in obligations_with(member, possible_in(case)):
            yield duty.id, duty.on


UndatedDecision.parts = _parts(LiveDecision)
UndatedTogetherDecision.parts = _parts(TogetherDecision)
