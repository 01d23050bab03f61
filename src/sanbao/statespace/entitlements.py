"""The entitlements of one side, a policy or several together, in a space: 应得.

For every remedy these are sets of cells, one for each right that gives it, the best terms first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, Literal, NamedTuple, TypeAlias, get_args

from sanbao.evaluation.programs.combined import ranking
from sanbao.evaluation.programs.skeleton import answers
from sanbao.model.codes import Outcome
from sanbao.rules.combined import Combined
from sanbao.rules.policy import Exclusion, Obligation, Policy, Right
from sanbao.statespace.comparison import Terms
from sanbao.statespace.decision_diagram import Cells
from sanbao.statespace.space import Space

__all__ = [
    "REMEDIES",
    "Entitlement",
    "Entitlements",
    "Order",
    "TermsRank",
    "is_as_good",
    "order_of",
]

REMEDIES: Final[tuple[Literal["refund", "exchange", "free_repair"], ...]] = (
    "refund",
    "exchange",
    "free_repair",
)

TermsRank: TypeAlias = tuple[Any, ...]
"""The rank of terms, the smaller the better; compared by :func:`is_as_good`."""

_FULL: Final = 0
_FEE: Final = 1
_UNKNOWN_FEE: Final = 2
"""First part of the rank of a refund: in full, less a known fee, less an unknown fee."""
_BEST: Final[TermsRank] = (_FULL, 0)


def is_as_good(one: TermsRank, other: TermsRank) -> bool:
    """True if terms of rank ``one`` are at least as good as ``other`` in every claim.

    A rank is how a refund is reckoned, then the rank of its price among those of all policies.
    Two refunds less a fee may not compare: each is better in some claims, as with different
    starts of the use, or a higher fee on a higher price.
    """
    kind, price, *terms = one
    other_kind, other_price, *other_terms = other
    if kind > other_kind or price > other_price:
        return False
    if kind == other_kind == _FEE:
        (rate, start, *ways), (other_rate, other_start, *other_ways) = terms, other_terms
        pairs = ((rate, other_rate), *zip(ways, other_ways, strict=True))
        return start == other_start and all(own <= theirs for own, theirs in pairs)
    return True


class Entitlement(NamedTuple):
    """What one rule of the policy with this number gives on terms of one rank, in these cells."""

    rank: TermsRank
    number: int
    rule: Right | Exclusion | Obligation
    terms: Terms
    cells: Cells


Order: TypeAlias = tuple[tuple[int, str], ...]
"""The rights of all policies of a side, each with its policy's number, the strongest first."""


class Entitlements:
    """The entitlements of one side in one space; ``order`` are its rights."""

    def __init__(self, space: Space, order: Order) -> None:
        self.space = space
        self.order = order
        self.numbers = tuple(dict.fromkeys(number for number, _ in order))
        self._by_remedy: dict[str, list[Entitlement]] = {}

    def to(self, remedy: str) -> list[Entitlement]:
        """Return the rights that give a remedy, the best first."""
        found = self._by_remedy.get(remedy)
        if found is None:
            found = sorted(self._of(remedy), key=lambda entitlement: entitlement.rank)
            self._by_remedy[remedy] = found
        return found

    def _of(self, remedy: str) -> Iterator[Entitlement]:
        diagrams = self.space.diagrams
        for number, name in self.order:
            right = self.space.policies[number].policy.right(name)
            if right.remedy == remedy:
                worth = self.space.worth(number, name)
                for rank, terms, where in self._ways(number, right):
                    yield Entitlement(
                        rank, number, right, terms, diagrams.intersection(worth, where)
                    )

    def ranks_of(self, number: int, rule: Right | Exclusion | Obligation) -> list[TermsRank]:
        """Return the ranks of the terms on which a right can give its remedy."""
        if not isinstance(rule, Right):
            return [_BEST]
        return [rank for rank, _, _ in self._ways(number, rule)]

    def _ways(self, number: int, right: Right) -> Iterator[tuple[TermsRank, Terms, Cells]]:
        """Yield the terms on which a right gives its remedy, with their rank and cells.

        Some goods pay no fee, such as by art. 19 those never used.
        """
        if right.refund is None:
            yield _BEST, Terms(right.remedy), self.space.diagrams.all
            return
        kind, terms, ways = self._terms(number, right)
        diagrams, used = self.space.diagrams, self.space.charged(number)
        for price_rank, sold in self.space.price_ranks(number):
            if kind == _FULL or used == diagrams.all:
                yield (kind, price_rank, *ways), terms, sold
            else:
                yield (kind, price_rank, *ways), terms, diagrams.intersection(sold, used)
                yield (_FULL, price_rank), Terms("in_full"), diagrams.difference(sold, used)

    def _terms(self, number: int, right: Right) -> tuple[int, Terms, tuple[Any, ...]]:
        """Return the terms of a refund of goods that pay a fee, with the parts of their rank."""
        program = self.space.policies[number].program
        readings, coverage = program.clock.readings, program.coverage
        if right.refund == "in_full":
            return _FULL, Terms("in_full"), ()
        rate = None if coverage is None else coverage.daily_rate
        if rate is None:
            return _UNKNOWN_FEE, Terms("less_depreciation"), ()
        if readings.depreciation == "not_charged" or not rate:
            return _FULL, Terms("in_full"), ()
        ways = (
            readings.depreciation_days == "inclusive",
            ("down", "half_even", "half_up").index(readings.rounding),
            readings.repair_end == "notified",
            readings.repair_days == "elapsed",
        )
        from_exchange = program.context.used_from_exchange and self.space.base.exchanges
        start = "exchange" if from_exchange else "invoice"
        return _FEE, Terms("less_depreciation", rate), (rate, start, *ways)

    def reach(self, remedy: str, rank: TermsRank | None = None) -> Cells:
        """Return the cells where a remedy is had, on terms of this rank or better."""
        entitlements = self.to(remedy)
        return self.space.diagrams.any_of(
            entitlement.cells
            for entitlement in entitlements
            if rank is None or is_as_good(entitlement.rank, rank)
        )

    @property
    def nothing(self) -> Cells:
        """The cells without any remedy of the guarantees."""
        diagrams = self.space.diagrams
        return diagrams.complement(diagrams.any_of(self.reach(kind) for kind in REMEDIES))

    @property
    def excluded(self) -> Cells:
        """The cells excluded from every policy of this side; a local one only adds rights."""
        policies = {number: self.space.policies[number].policy for number in self.numbers}
        national = [number for number, policy in policies.items() if policy.kind != "local"]
        return self.space.diagrams.all_of(
            self.space.diagrams.any_of(
                self.space.where(number, rule.when) for rule in policies[number].exclusions
            )
            for number in national or self.numbers
        )

    def exclusions(self) -> Iterator[Entitlement]:
        """Yield the exclusions with their cells."""
        for number in self.numbers:
            for rule in self.space.policies[number].policy.exclusions:
                cells = self.space.where(number, rule.when)
                yield Entitlement(_BEST, number, rule, Terms("paid_repair"), cells)

    # --- what comes along -----------------------------------------------------------------

    def duties(self) -> dict[str, list[Entitlement]]:
        """Return the obligations by id, the earliest first, whatever the outcome."""
        found: dict[str, list[Entitlement]] = {}
        for number in self.numbers:
            for duty in self.space.policies[number].policy.obligations:
                cells = self.space.diagrams.all
                if duty.when is not None:
                    cells = self.space.where(number, duty.when)
                entitlement = Entitlement((duty.days,), number, duty, Terms(duty.id), cells)
                found.setdefault(duty.id, []).append(entitlement)
        for entitlements in found.values():
            entitlements.sort(key=lambda entitlement: entitlement.rank)
        return found

    def outcomes(self) -> dict[Outcome, Cells]:
        """Return the cells of every outcome, chosen as the request and the preference say."""
        diagrams = self.space.diagrams
        rights = [
            (self.space.policies[number].policy.right(name), self.space.worth(number, name))
            for number, name in self.order
        ]
        found: dict[Outcome, Cells] = dict.fromkeys(get_args(Outcome), diagrams.none)
        for request, asked in self.space.requests():
            rest = asked
            for right, cells in sorted(rights, key=lambda entry: not answers(entry[0], request)):
                chosen = diagrams.intersection(rest, cells)
                found[right.remedy] = diagrams.union(found[right.remedy], chosen)
                rest = diagrams.difference(rest, cells)
            out = diagrams.intersection(rest, self.excluded)
            found["excluded"] = diagrams.union(found["excluded"], out)
            paid = diagrams.difference(rest, out)
            found["paid_repair"] = diagrams.union(found["paid_repair"], paid)
        return found


def order_of(policy: Policy | Combined, number: Callable[[Policy], int]) -> Order:
    """Return the rights of a policy, or of several together, the strongest first.

    ``number`` gives the place of a policy among those that are looked at.
    """
    if isinstance(policy, Policy):
        return tuple((number(policy), rule) for rule in policy.preference)
    members = policy.members
    return tuple((number(members[one.policy]), one.id) for one in ranking(policy))
