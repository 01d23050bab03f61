"""Decisions on a sale of a day not known, under a law that was amended: 销售日不明的决定.

The rules told are those of the newest version that the sale can fall under. What the versions
say differently of dates, duties and money is not told: the day of the sale decides it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, TypeVar

from sanbao.base.once import once_property
from sanbao.evaluation.parts.combined import CombinedParts
from sanbao.evaluation.parts.remedies import remedy_of
from sanbao.evaluation.parts.single import Parts
from sanbao.evaluation.programs.by_version import DatedCombinedEvaluation, DatedEvaluation
from sanbao.evaluation.programs.combined import AnyEvaluation, CombinedEvaluation
from sanbao.model.decision import Dates, Obligation, Remedy
from sanbao.model.rule_ref import RuleRef

__all__ = ["form_of"]

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


def form_of(case: DatedEvaluation | DatedCombinedEvaluation) -> type[Parts]:
    """Return how the parts are formed of a case that several versions of a law may govern."""
    return CombinedVersionsParts if isinstance(case, CombinedEvaluation) else VersionsParts


class _OfVersions(Parts):
    """What all versions say; what they say differently is not told."""

    @once_property
    def remedies(self) -> tuple[Remedy, ...]:
        """What the consumer may choose now; money only where the versions agree on it."""
        return tuple(_common_remedy(self.case, remedy) for remedy in super().remedies)

    @once_property
    def needs(self) -> tuple[str, ...]:
        """The fields that settle what is open; the day of the sale too if money hangs on it."""
        newest = _own_form(self.case)
        found = newest.needs
        hangs = self.remedies != newest.remedies
        return tuple(dict.fromkeys((*found, _SALE))) if hangs else found

    @once_property
    def dates(self) -> Dates:
        """The days that matter, as far as the versions agree on them."""
        own = super().dates
        others = [_own_form(version).dates for version in _older(self.case)]
        begins = tuple(one for one in own.begins if all(one in other.begins for other in others))
        return replace(_agreed(own, others, _DAYS), begins=begins)

    @once_property
    def provisional(self) -> tuple[str, ...]:
        """The dates told that rest on a year whose rest days are not published."""
        return tuple(name for name in super().provisional if getattr(self.dates, name))

    @once_property
    def duties(self) -> dict[object, Obligation]:
        """What comes along whichever version governs."""
        others = [
            {
                (self.same_duty(duty), due.on)
                for member in version.evaluations
                for duty, due in Parts(member).duties_with(self.possible)
            }
            for version in _older(self.case)
        ]
        return {
            same: due
            for same, due in super().duties.items()
            if all((same, due.on) in other for other in others)
        }


class VersionsParts(_OfVersions, Parts):
    """What the versions of a law decide of a sale on a day not known."""


class CombinedVersionsParts(_OfVersions, CombinedParts):
    """The same with promises beside them."""


def _own_form(case: AnyEvaluation) -> Parts:
    """Return the parts of one version's case, as it alone has them."""
    return CombinedParts(case) if isinstance(case, CombinedEvaluation) else Parts(case)


def _older(case: DatedEvaluation | DatedCombinedEvaluation) -> tuple[AnyEvaluation, ...]:
    """Return the cases of all versions but the newest, whose rules are told."""
    return case.versions[:-1]


def _agreed(record: _Record, others: list[_Record], names: tuple[str, ...]) -> _Record:
    """Return ``record`` without what ``others`` say differently."""
    differing: dict[str, Any] = {
        name: None
        for name in names
        if any(getattr(record, name) != getattr(other, name) for other in others)
    }
    return replace(record, **differing)


def _common_remedy(case: DatedEvaluation | DatedCombinedEvaluation, remedy: Remedy) -> Remedy:
    """Return a remedy without the money on which the versions do not agree."""
    others = [
        remedy_of(member, right)
        for version in _older(case)
        for member in version.evaluations
        for right in member.policy.rights
        if right.remedy == remedy.remedy and RuleRef(member.policy.id, right.id) == remedy.ref
    ]
    return _agreed(remedy, others, _MONEY)
