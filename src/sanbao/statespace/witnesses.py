"""Describing a difference by conditions and real claims: 差别的说明.

A difference is explained by minimal lists of statements about facts, and for each list the
simplest real claim is found that shows it: the witness.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, islice
from typing import Final, NamedTuple

from sanbao.evaluation.advantage import Direction, Subject, advantages
from sanbao.evaluation.evaluator import Evaluator
from sanbao.evaluation.parts.forming import parts_of
from sanbao.model.claim import Claim
from sanbao.model.claim_row import ClaimRow, RepairRow
from sanbao.model.decision import DecisionParts
from sanbao.rules.conditions import Leaf, Owed, leaves
from sanbao.rules.policy import Exclusion, Obligation, Policy, Right, codes_of
from sanbao.statespace.comparison import Circumstance, Divergence, Terms
from sanbao.statespace.decision_diagram import Cells
from sanbao.statespace.entitlements import REMEDIES, Entitlement, Entitlements, is_as_good, order_of
from sanbao.statespace.shrink import claim_of, shrink
from sanbao.statespace.space import Space

__all__ = ["CandidateDifference", "DifferenceInSpace", "describe"]

_CLAIMS_TRIED: Final = 10
_CELLS_TRIED: Final = 6
_MOST_CLAIMS: Final = 40
_FIRST_LOOKED_AT: Final = 24
_MOST_LISTS: Final = 8


class DifferenceInSpace(NamedTuple):
    """What a right or obligation gives in one space: in cells of ``care``.

    In those where it ``differs`` the other side gives nothing, or what it has ``instead``.
    """

    space: Space
    subject: Subject
    given: Entitlement
    instead: Terms | None
    care: Cells
    differs: Cells


@dataclass(slots=True)
class CandidateDifference:
    """A right or obligation that one side has and the other has not, over all spaces: 候选差别.

    ``number`` is that of its policy. It becomes a :class:`Divergence` if a real claim shows it.
    """

    direction: Direction
    subject: Subject
    number: int
    rule: Right | Exclusion | Obligation
    given: Terms
    instead: Terms | None
    parts: list[DifferenceInSpace] = field(default_factory=list)

    @property
    def rate(self) -> Decimal | None:
        """The rate of the fee, where the difference is one of money with a fee on either side."""
        fees = self.instead is not None and self.instead.rate_per_day is not None
        return self.given.rate_per_day if fees else None

    @property
    def differing(self) -> list[DifferenceInSpace]:
        """The parts in which any cell differs."""
        return [part for part in self.parts if part.differs != part.space.diagrams.none]

    def policy(self, number: int) -> Policy:
        """Return the policy with this number."""
        return self.parts[0].space.policies[number].policy


class Statement(NamedTuple):
    """That a leaf of the policy with this number holds, or fails."""

    number: int
    leaf: Leaf
    holds: bool


def describe(
    found: CandidateDifference, losing: Sequence[int], evaluators: Sequence[Evaluator]
) -> Divergence | None:
    """Return the difference with its conditions and real claims, ``None`` if no claim shows it.

    ``losing`` are the numbers of the policies that give less, ``evaluators`` those of both sides.
    """
    search = _WitnessSearch(found, evaluators)
    ways: list[tuple[_Witness, tuple[Circumstance, ...]]] = []
    for few in _Conditions(found, losing).found():
        witness = search.simplest(
            part._replace(
                differs=part.space.diagrams.intersection(part.differs, _met(part.space, few))
            )
            for part in found.parts
        )
        if witness is not None:
            where = (Circumstance(found.policy(one.number).id, one.leaf, one.holds) for one in few)
            ways.append((witness, tuple(where)))
    if not ways:
        return None
    ways.sort(key=lambda way: way[0].odd)  # those without warnings first
    kinds = {kind for part in found.differing for kind in part.space.kinds}
    policies = [one.policy for one in found.differing[0].space.policies]
    return Divergence(
        direction=found.direction,
        subject=found.subject,
        policy=found.policy(found.number).id,
        rule=found.rule.id,
        citations=found.rule.cites,
        given=found.given,
        instead=found.instead,
        where=tuple(where for _, where in ways),
        cells=sum(part.space.count(part.differs) for part in found.differing),
        kinds=tuple(kind for kind in codes_of(policies, "kind") if kind in kinds),
        claims=tuple(witness.claim for witness, _ in ways),
        odd=all(witness.odd for witness, _ in ways),
    )


def _tried(parts: Sequence[DifferenceInSpace], *, apart: bool) -> Iterator[ClaimRow]:
    """Yield claims of the simplest cells that differ; ``apart`` as for :meth:`Space.claims`."""
    tried = 0
    for part in parts:
        diagrams, rest = part.space.diagrams, part.differs
        for _ in range(_CELLS_TRIED):
            if rest == diagrams.none or tried >= _MOST_CLAIMS:
                break
            cell = diagrams.simplest(rest)
            for row in islice(part.space.claims(cell, apart=apart), _CLAIMS_TRIED):
                tried += 1
                yield row
            rest = diagrams.difference(rest, diagrams.only(cell))


def _relevant_prices(rate: Decimal) -> Iterator[Decimal]:
    """Yield prices in yuan whose fee at ``rate`` a day has a fraction of a fen."""
    half = (Decimal("0.005") / rate).quantize(Decimal("0.01"))
    yield from (price for price in (half, 3 * half, Decimal("99.99")) if price)


def _repaired(row: ClaimRow) -> ClaimRow:
    """Return the claim with one more repair, of which only the days in repair count."""
    first = min(max([row.sold or row.claimed, *row.exchanges]) + 1, row.claimed)
    notified, back = (min(first + days, row.claimed) for days in (1, 2))
    repair = RepairRow(first, None, notified, back, None, False, False, None, False)
    return row._replace(repairs=(*row.repairs, repair))


def _is_refunded(decision: DecisionParts) -> bool:
    """True if a refund is payable, in a known sum or an unknown one."""
    return any(one.remedy == "refund" and one.payable != 0 for one in decision.remedies)


class _Witness(NamedTuple):
    """A claim that shows a difference, and whether its decision has warnings."""

    claim: Claim
    odd: bool


class _WitnessSearch:
    """Finds real claims that show a difference, by deciding candidates under both sides."""

    def __init__(self, found: CandidateDifference, evaluators: Sequence[Evaluator]) -> None:
        self.found = found
        self.more, self.less = evaluators if found.direction == "worse" else reversed(evaluators)

    def simplest(self, parts: Iterable[DifferenceInSpace]) -> _Witness | None:
        """Return the simplest claim of ``parts`` that shows it, if possible without warnings."""
        odd: Claim | None = None
        for claim in self._candidates(list(parts)):
            if self.shows(claim):
                if not parts_of(self.more.evaluate(claim)).warnings:
                    return _Witness(shrink(claim, self.shows_plainly), odd=False)
                odd = odd or claim
        return None if odd is None else _Witness(shrink(odd, self.shows), odd=True)

    def _candidates(self, parts: Sequence[DifferenceInSpace]) -> Iterator[Claim]:
        yield from map(claim_of, _tried(parts, apart=False))
        if self.found.rate is not None:  # what is reckoned otherwise may come to the same
            for row in _tried(parts, apart=True):
                yield claim_of(row)
                for price in _relevant_prices(self.found.rate):
                    yield claim_of(row._replace(price=price, standalone_price=price))
                yield claim_of(_repaired(row))

    def shows(self, claim: Claim) -> bool:
        """True if the decisions on ``claim`` under both sides differ in this way."""
        more, less = parts_of(self.more.evaluate(claim)), parts_of(self.less.evaluate(claim))
        wanted = self.found.given.what if self.found.subject == "duty" else None
        if more.outcome is None or less.outcome is None:
            return False
        if self.found.instead is None and self.found.subject == "refund" and _is_refunded(less):
            return False  # a lower refund is another difference than none at all
        return any(
            subject == self.found.subject and wanted in (None, what)
            for subject, what in advantages(more, less)
        )

    def shows_plainly(self, claim: Claim) -> bool:
        """True if ``claim`` shows it and its decision has no warnings."""
        return self.shows(claim) and not parts_of(self.more.evaluate(claim)).warnings


# --- the fewest statements ----------------------------------------------------------------------


class _Conditions:
    """Finds the lists of statements that hold exactly where a difference is, given the rule."""

    def __init__(self, difference: CandidateDifference, losing: Sequence[int]) -> None:
        self.difference = difference
        self.losing = losing
        self.parts = [part for part in difference.parts if part.care != part.space.diagrams.none]

    def found(self) -> list[tuple[Statement, ...]]:
        """Return the lists, or fewer that name rights alone where there would be too many."""
        if self.difference.given == self.difference.instead:  # only later: no statement says so
            return [()]
        rest = [part.differs for part in self.parts]
        found: list[tuple[Statement, ...]] = []
        while True:
            open_ = (n for n, part in enumerate(self.parts) if rest[n] != part.space.diagrams.none)
            place = next(open_, None)
            if place is None:
                return found
            if len(found) == _MOST_LISTS and self.difference.subject in REMEDIES:
                return self._by_rights()
            space = self.parts[place].space
            cell = space.diagrams.simplest(rest[place])
            known = [
                Statement(number, leaf, holds)
                for number, leaf in self._statements()
                for holds in (True, False)
                if space.diagrams.holds(space.where(number, leaf, holds=holds), cell)
            ]
            fewest = _MinimalExplanation(self.parts, known).found()
            found.append(fewest)
            for n, part in enumerate(self.parts):
                rest[n] = part.space.diagrams.difference(rest[n], _met(part.space, fewest))

    def _statements(self) -> Iterator[tuple[int, Leaf]]:
        """Yield the leaves of the policies that give less.

        First those that they count otherwise than the policy that gives more, then the others,
        and last which other rights are open.
        """
        winner = self.difference.number
        truths = self.parts[0].space.truths
        own: list[tuple[int, Leaf]] = []
        shared: list[tuple[int, Leaf]] = []
        for number, leaf in truths:
            if number in self.losing:
                alike = (winner, leaf) in truths and all(
                    part.space.truths[number, leaf] == part.space.truths[winner, leaf]
                    for part in self.parts
                )
                (shared if alike else own).append((number, leaf))
        yield from own
        yield from shared
        for number in self.losing:
            yield from ((number, owed) for owed in self._owed(number))

    def _owed(self, number: int) -> Iterator[Owed]:
        """Yield leaves about the open rights of a policy that gives less."""
        rule = self.difference.rule.id
        rights = self.difference.policy(number).rights
        for like in (right for right in rights if right.id == rule):
            yield from (leaf for leaf in leaves(like.when) if isinstance(leaf, Owed))
        others = {name: good for name, good in self._possible(number).items() if name != rule}
        for wanted in ((True,), (False,), (True, False)):
            chosen = tuple(name for name, good in others.items() if good in wanted)
            if chosen:
                yield Owed(chosen)

    def _possible(self, number: int) -> dict[str, bool]:
        """Return the rights to the same remedy that some cell has, and whether each is as good."""
        found = self.difference
        order = order_of(found.policy(number), lambda _: number)
        rights: dict[str, bool] = {}
        for part in self.parts:
            side = Entitlements(part.space, order)
            ranks = side.ranks_of(found.number, found.rule)
            for own in side.to(found.subject):
                if own.cells != part.space.diagrams.none:
                    good = all(is_as_good(own.rank, rank) for rank in ranks)
                    rights[own.rule.id] = rights.get(own.rule.id, True) and good
        return rights

    def _by_rights(self) -> list[tuple[Statement, ...]]:
        """Return statements about rights alone: none is as good, and which there is instead."""
        lacking: list[Statement] = []
        instead: list[Statement] = []
        for number in self.losing:
            rights = self._possible(number)
            if better := tuple(name for name, good in rights.items() if good):
                lacking.append(Statement(number, Owed(better), False))
            if lesser := tuple(name for name, good in rights.items() if not good):
                instead.append(Statement(number, Owed(lesser), True))
        if self.difference.instead is None:
            return [(*lacking, *(one._replace(holds=False) for one in instead))]
        return [(*lacking, one) for one in instead]


def _met(space: Space, statements: Iterable[Statement]) -> Cells:
    return space.diagrams.all_of(
        space.where(one.number, one.leaf, holds=one.holds) for one in statements
    )


class _MinimalExplanation:
    """Finds a minimal set of statements that implies the difference, given the rule.

    A set does if no cell fulfils all of it in which the rule gives and nothing differs.
    """

    def __init__(self, parts: Sequence[DifferenceInSpace], known: Sequence[Statement]) -> None:
        self.diagrams = [part.space.diagrams for part in parts]
        care = [part.care for part in parts]
        self.alike = [part.space.diagrams.difference(part.care, part.differs) for part in parts]
        self.left: dict[Statement, list[Cells]] = {}
        seen: list[list[Cells]] = []
        for one in known:
            where = [part.space.where(one.number, one.leaf, holds=one.holds) for part in parts]
            met = self._both(care, where)
            # a statement that holds wherever the rule gives excludes nothing
            if met != care and met not in seen:
                seen.append(met)
                self.left[one] = self._both(self.alike, where)

    def found(self) -> tuple[Statement, ...]:
        """Return a smallest set of one or two statements, else an irreducible one."""
        if not self._meet(self.alike, self.alike):
            return ()
        plain = [one for one in self.left if not isinstance(one.leaf, Owed)]
        owed = [one for one in self.left if isinstance(one.leaf, Owed)]
        for known in (plain, [*owed, *plain]):
            for size in (1, 2):
                for few in combinations(known[:_FIRST_LOOKED_AT], size):
                    if not self._meet(self.left[few[0]], self.left[few[-1]]):
                        return few
        return self._needed()

    def _needed(self) -> tuple[Statement, ...]:
        """Return an irreducible set: each statement in turn is left out if the others suffice."""
        later = [[diagrams.all for diagrams in self.diagrams]]
        for sets in reversed(self.left.values()):
            later.append(self._both(later[-1], sets))
        kept: list[Statement] = []
        met = self.alike
        for (one, sets), others in zip(self.left.items(), reversed(later[:-1]), strict=True):
            if self._meet(met, others):
                kept.append(one)
                met = self._both(met, sets)
        return tuple(kept)

    def _both(self, one: Sequence[Cells], other: Sequence[Cells]) -> list[Cells]:
        """Return the cells of every part that lie in both."""
        each = zip(self.diagrams, one, other, strict=True)
        return [diagrams.intersection(*sets) for diagrams, *sets in each]

    def _meet(self, one: Sequence[Cells], other: Sequence[Cells]) -> bool:
        """Say whether any cell of any part lies in both."""
        each = zip(self.diagrams, one, other, strict=True)
        return any(diagrams.intersects(*sets) for diagrams, *sets in each)
