"""The versions of a law in time: 法律版本.

A law is amended: every version governs the goods sold on certain days. :class:`Versions`
holds the versions of one law, none missing between them and no two for one day, and finds
the one that a sale falls under.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from sanbao.base.errors import Problem, Reason, ValidationError, shown
from sanbao.base.records import Record, canonical_json, record
from sanbao.rules.policy import Policy

if TYPE_CHECKING:
    from sanbao.rules.combined import Combined

__all__ = ["Possible", "Versions", "gaps_and_overlaps"]

_DAY = timedelta(days=1)


@record
class Versions(Record):
    """The versions of one law, the oldest first: 同一法律的各版本.

    Raises :class:`~sanbao.ValidationError` if there is none, if they are not all versions of
    one regulation, and naming every day for which there would be none or two of them.
    """

    versions: tuple[Policy, ...]

    def __post_init__(self) -> None:
        if not isinstance(self.versions, tuple | list) or not self.versions:
            raise ValidationError.of("versions", self.versions, Reason("policy.one_or_more"))
        for index, policy in enumerate(self.versions):
            if not isinstance(policy, Policy) or policy.kind != "regulation":
                raise ValidationError.of(f"versions[{index}]", policy, Reason("policy.regulation"))
        in_order = tuple(sorted(self.versions, key=lambda policy: policy.in_force_from))
        object.__setattr__(self, "versions", in_order)
        if problems := [*_strangers(in_order), *gaps_and_overlaps(in_order)]:
            raise ValidationError(problems)

    @property
    def id(self) -> str:
        """The id that all versions share."""
        return self.newest.id

    @property
    def newest(self) -> Policy:
        """The version that came into force last."""
        return self.versions[-1]

    @property
    def is_one_for_ever(self) -> bool:
        """Whether there is one version only, and no last day of it."""
        return len(self.versions) == 1 and self.newest.in_force_to is None

    def in_force_between(self, first: date, last: date | None) -> tuple[Policy, ...]:
        """Return the versions that govern any day from ``first`` to ``last`` (``None``: on)."""
        return tuple(
            policy
            for policy in self.versions
            if (last is None or policy.in_force_from <= last)
            and (policy.in_force_to is None or first <= policy.in_force_to)
        )

    def in_force(self, day: date) -> Policy:
        """Return the version for goods sold on ``day``.

        Which versions a sale on a day not known can fall under hangs on the claim
        (:mod:`sanbao.evaluation.programs.by_version`). What was sold before the first version
        falls under that one, whose own rule on its commencement says that it does not reach the
        sale. Raises :class:`~sanbao.ValidationError` for a day after the last one, and for what is
        no date.
        """
        if not isinstance(day, date) or isinstance(day, datetime):
            raise ValidationError.of("day", day, Reason("input.a_date"))
        found = self.versions[0]
        for policy in self.versions[1:]:
            if policy.in_force_from <= day:
                found = policy
        if found.in_force_to is not None and day > found.in_force_to:
            reason = Reason("policy.after_last", id=found.id, day=found.in_force_to)
            raise ValidationError.of("day", str(day), reason)
        return found


@record
class Possible(Record):
    """The versions of a law that a sale on a day not known can fall under: 可能适用的各版本.

    The oldest first; each with the commitments beside it, if a claim names any.
    """

    policies: tuple[Policy | Combined, ...]

    @property
    def id(self) -> str:
        """The id that all of them share."""
        return self.policies[-1].id

    @property
    def version(self) -> str:
        """All versions, like ``2001-11-15/2024-07-01``."""
        return "/".join(policy.version for policy in self.policies)

    def to_json(self) -> str:
        """Return all of them as canonical JSON."""
        return canonical_json(self)


def gaps_and_overlaps(versions: Iterable[Policy]) -> Iterator[Problem]:
    """Yield what is wrong between versions of a law: days with none of them, days with two.

    Both versions are named, and the first and the last such day.
    """
    in_order = sorted(versions, key=lambda policy: policy.in_force_from)
    for before, after in pairwise(in_order):
        last, first = before.in_force_to, after.in_force_from
        both = f"{before.version} and {after.version}"
        if last is None or last >= first:
            ends = [day for day in (last, after.in_force_to) if day is not None]
            to = Reason("input.until", last=min(ends)) if ends else Reason("input.from_on")
            reason = Reason("policy.both_in_force", first=first, to=to)
            yield Problem("in_force_to", shown(both), reason)
        elif last + _DAY < first:
            reason = Reason("policy.gap", first=last + _DAY, last=first - _DAY)
            yield Problem("in_force_from", shown(both), reason)


def _strangers(versions: tuple[Policy, ...]) -> Iterator[Problem]:
    for policy in versions[1:]:
        if policy.id != versions[0].id:
            reason = Reason("policy.no_version", id=versions[0].id)
            yield Problem("versions", shown(policy.id), reason)
