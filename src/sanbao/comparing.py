"""How two policies are held against each other: 比较方法.

In every space of cells each side gives, for every remedy, a set of cells. Where a right of one
side gives what the other side does not is a difference; it belongs to that right, and is told
by the fewest statements about facts that make it so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from sanbao.calendar import Calendar
from sanbao.cells import Space, Spaces
from sanbao.claim import Claim, Kind
from sanbao.combined import Combined
from sanbao.comparison import Circumstance, Comparison, Divergence, Terms
from sanbao.conditions import Leaf, Owed, leaves
from sanbao.decision import PolicyRef
from sanbao.diagrams import Cells
from sanbao.engine import Engine
from sanbao.joint import ranking
from sanbao.policy import Exclusion, Obligation, Outcome, Policy, Right
from sanbao.readings import Readings
from sanbao.shape import answers
from sanbao.simplest import claim_of, simplified
from sanbao.worth import Direction, Subject, worth_more

__all__ = ["REMEDIES", "Side", "compared", "order_of"]

Level: TypeAlias = tuple[object, ...]
"""How good something is; the smaller the better."""

_BEST: Final[Level] = (0,)
_CLAIMS_TRIED: Final = 10
_CELLS_TRIED: Final = 6
_FIRST_LOOKED_AT: Final = 24
_MOST_CLAIMS: Final = 40
_MOST_LISTS: Final = 4


class Gift(NamedTuple):
    """Something a side gives in a space: how good it is, by whom, by which rule."""

    level: Level
    member: int
    rule: Right | Exclusion | Obligation
    terms: Terms
    cells: Cells


Order: TypeAlias = tuple[tuple[int, str], ...]
"""The rights of all members, each with the number of its policy, the strongest first."""


class Side:
    """What one of the two gives in one space.

    ``order`` are the rights of its policies, the strongest first.
    """

    def __init__(self, space: Space, order: Order) -> None:
        self.space = space
        self.order = order
        self.members = tuple(dict.fromkeys(member for member, _ in order))
        self._gifts: dict[str, list[Gift]] = {}

    def gifts(self, remedy: str) -> list[Gift]:
        """Return the rights that give a remedy, the best first."""
        found = self._gifts.get(remedy)
        if found is None:
            found = sorted(self._of(remedy), key=lambda gift: gift.level)
            self._gifts[remedy] = found
        return found

    def _of(self, remedy: str) -> Iterator[Gift]:
        for member, name in self.order:
            right = self.space.members[member].policy.right(name)
            if right.remedy == remedy:
                level, terms = self._terms(member, right)
                yield Gift(level, member, right, terms, self.space.opened(member, name))

    def level_of(self, member: int, rule: Right | Exclusion | Obligation) -> Level:
        """Return how good what a right of a member gives is."""
        return self._terms(member, rule)[0] if isinstance(rule, Right) else _BEST

    def _terms(self, member: int, right: Right) -> tuple[Level, Terms]:
        if right.refund is None:
            return _BEST, Terms(right.remedy)
        program = self.space.members[member].program
        readings, coverage = program.clock.readings, program.coverage
        if right.refund == "in_full":
            return _BEST, Terms("in_full")
        rate = None if coverage is None else coverage.daily_rate
        if rate is None:
            return (2,), Terms("less_depreciation")
        if readings.depreciation == "not_charged" or not rate:
            return _BEST, Terms("in_full")
        ways = (
            rate,
            readings.depreciation_start == "from_invoice",
            readings.depreciation_days == "inclusive",
            ("down", "half_even", "half_up").index(readings.rounding),
        )
        return (1, *ways), Terms("less_depreciation", rate)

    def reach(self, remedy: str, level: Level | None = None) -> Cells:
        """Return the cells where a remedy is had, on terms at least so good."""
        gifts = self.gifts(remedy)
        return self.space.diagrams.any_of(
            gift.cells for gift in gifts if level is None or gift.level <= level
        )

    @property
    def nothing(self) -> Cells:
        """The cells where no remedy of the guarantees is had."""
        diagrams = self.space.diagrams
        return diagrams.outside(diagrams.any_of(self.reach(kind) for kind in REMEDIES))

    @property
    def excluded(self) -> Cells:
        """The cells that no policy of this side reaches."""
        return self.space.diagrams.all_of(
            self.space.diagrams.any_of(
                self.space.where(member, rule.when)
                for rule in self.space.members[member].policy.exclusions
            )
            for member in self.members
        )

    def exclusions(self) -> Iterator[Gift]:
        """Yield the exclusions, each with the cells it takes out."""
        for member in self.members:
            for rule in self.space.members[member].policy.exclusions:
                cells = self.space.where(member, rule.when)
                yield Gift(_BEST, member, rule, Terms("paid_repair"), cells)

    # --- what comes along -----------------------------------------------------------------

    def duties(self) -> dict[str, list[Gift]]:
        """Return the obligations by id, the earliest first, whatever the outcome."""
        found: dict[str, list[Gift]] = {}
        for member in self.members:
            for duty in self.space.members[member].policy.obligations:
                cells = self.space.diagrams.all
                if duty.when is not None:
                    cells = self.space.where(member, duty.when)
                gift = Gift((duty.days,), member, duty, Terms(duty.id), cells)
                found.setdefault(duty.id, []).append(gift)
        for gifts in found.values():
            gifts.sort(key=lambda gift: gift.level)
        return found

    def outcomes(self) -> dict[Outcome, Cells]:
        """Return the cells of every outcome, chosen as the request and the preference say."""
        diagrams = self.space.diagrams
        rights = [
            (self.space.members[member].policy.right(name), self.space.opened(member, name))
            for member, name in self.order
        ]
        found: dict[Outcome, Cells] = dict.fromkeys(get_args(Outcome), diagrams.none)
        for request, asked in self.space.requests():
            rest = asked
            for right, cells in sorted(rights, key=lambda entry: not answers(entry[0], request)):
                chosen = diagrams.both(rest, cells)
                found[right.remedy] = diagrams.either(found[right.remedy], chosen)
                rest = diagrams.without(rest, cells)
            out = diagrams.both(rest, self.excluded)
            found["excluded"] = diagrams.either(found["excluded"], out)
            paid = diagrams.without(rest, out)
            found["paid_repair"] = diagrams.either(found["paid_repair"], paid)
        return found


REMEDIES: Final[tuple[Literal["refund", "exchange", "free_repair"], ...]] = (
    "refund",
    "exchange",
    "free_repair",
)


def order_of(policy: Policy | Combined, number: Callable[[Policy], int]) -> Order:
    """Return the rights of a policy, or of several together, the strongest first.

    ``number`` gives the place of a policy among those that are looked at.
    """
    if isinstance(policy, Policy):
        return tuple((number(policy), rule) for rule in policy.preference)
    members = policy.members
    return tuple((number(members[one.member]), one.own) for one in ranking(policy))


# --- differences ------------------------------------------------------------------------------


class Part(NamedTuple):
    """One space: where a rule gives something, and where the other side does not."""

    space: Space
    care: Cells
    differs: Cells


@dataclass(slots=True)
class Found:
    """A difference in the making."""

    direction: Direction
    subject: Subject
    member: int
    rule: Right | Exclusion | Obligation
    given: Terms
    instead: Terms | None
    parts: list[Part] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        """Whether any cell differs."""
        return any(part.differs != part.space.diagrams.none for part in self.parts)


def compared(
    a: Policy | Combined, b: Policy | Combined, readings: Readings, calendar: Calendar
) -> Comparison:
    """Return the comparison of two policies; see :func:`sanbao.compare`."""
    sides = [policy.members if isinstance(policy, Combined) else (policy,) for policy in (a, b)]
    policies = list(dict.fromkeys([*sides[0], *sides[1]]))
    orders = [order_of(policy, policies.index) for policy in (a, b)]
    found: dict[object, Found] = {}
    total = {"cells": 0, "worse": 0, "better": 0}
    for space in Spaces(policies, readings, calendar):
        first, second = (Side(space, order) for order in orders)
        total["cells"] += space.count(space.diagrams.all)
        ways: tuple[tuple[Direction, Side, Side], ...]
        ways = (("worse", first, second), ("better", second, first))
        for direction, more, less in ways:
            sets = []
            for key, part in _differences(direction, more, less):
                entry = found.setdefault(_key(key), key)
                entry.parts.append(part)
                sets.append(part.differs)
            total[direction] += space.count(space.diagrams.any_of(sets))
    engines = [Engine(policy, readings, calendar) for policy in (a, b)]
    divergences = []
    for one in found.values():
        if one.differs:
            losing = {member for member, _ in orders[one.direction == "worse"]}
            divergence = _told(one, sorted(losing), engines)
            if divergence is not None:
                divergences.append(divergence)
    return Comparison(
        a=PolicyRef(a.id, a.version),
        b=PolicyRef(b.id, b.version),
        readings=readings,
        calendar=calendar.id,
        divergences=tuple(divergences),
        **total,
    ).of(*policies)


def _key(found: Found) -> object:
    instead = found.instead
    return (
        found.direction,
        found.subject,
        found.member,
        found.rule.id,
        (found.given.what, found.given.rate_per_day),
        instead and (instead.what, instead.rate_per_day),
    )


def _differences(direction: Direction, more: Side, less: Side) -> Iterator[tuple[Found, Part]]:
    """Yield where ``more`` gives what ``less`` does not, rule by rule."""
    space, diagrams = more.space, more.space.diagrams
    for remedy in REMEDIES:
        before = diagrams.none
        any_ = less.reach(remedy)
        for gift in more.gifts(remedy):
            care = diagrams.without(gift.cells, before)
            before = diagrams.either(before, gift.cells)
            lacking = diagrams.without(care, less.reach(remedy, gift.level))
            found = Found(direction, remedy, gift.member, gift.rule, gift.terms, None)
            yield found, Part(space, care, diagrams.without(lacking, any_))
            known = diagrams.none
            for lesser in less.gifts(remedy):
                if lesser.level > gift.level:
                    there = diagrams.without(diagrams.both(lacking, lesser.cells), known)
                    known = diagrams.either(known, lesser.cells)
                    found = Found(
                        direction, remedy, gift.member, gift.rule, gift.terms, lesser.terms
                    )
                    yield found, Part(space, care, there)
    paid = diagrams.without(more.nothing, more.excluded)
    out = diagrams.both(paid, less.excluded)
    for gift in less.exclusions():
        there = diagrams.both(out, gift.cells)
        out = diagrams.without(out, gift.cells)
        found = Found(direction, "standing", gift.member, gift.rule, gift.terms, Terms("excluded"))
        yield found, Part(space, paid, there)
    yield from _duties(direction, more, less)


def _duties(direction: Direction, more: Side, less: Side) -> Iterator[tuple[Found, Part]]:
    """Yield what comes along with ``more`` and not, or later, with ``less``."""
    space, diagrams = more.space, more.space.diagrams
    theirs = less.duties()
    alike: dict[Outcome, Cells] | None = None
    for name, gifts in more.duties().items():
        others = theirs.get(name, [])
        if _same_duty(gifts, others):
            continue
        if alike is None:
            mine, other = more.outcomes(), less.outcomes()
            alike = {outcome: diagrams.both(mine[outcome], other[outcome]) for outcome in mine}
        before = diagrams.none
        for gift in gifts:
            with_it = _along(gift, alike, diagrams.any_of)
            arises = diagrams.without(diagrams.both(gift.cells, with_it), before)
            before = diagrams.either(before, arises)
            lacking = arises
            for one in others:
                if one.level <= gift.level:
                    along = _along(one, alike, diagrams.any_of)
                    lacking = diagrams.without(lacking, diagrams.both(one.cells, along))
            found = Found(direction, "duty", gift.member, gift.rule, gift.terms, None)
            yield found, Part(space, arises, lacking)


def _same_duty(gifts: list[Gift], others: list[Gift]) -> bool:
    def terms(one: Gift) -> object:
        duty = one.rule
        assert isinstance(duty, Obligation)  # noqa: S101
        return one.level, one.cells, duty.with_outcomes, duty.after

    return [terms(one) for one in gifts] == [terms(one) for one in others]


def _along(
    gift: Gift, alike: dict[Outcome, Cells], any_of: Callable[[Iterable[Cells]], Cells]
) -> Cells:
    duty = gift.rule
    assert isinstance(duty, Obligation)  # noqa: S101
    outcomes = duty.with_outcomes or get_args(Outcome)
    return any_of(alike[outcome] for outcome in outcomes)


# --- told in words and by a claim -----------------------------------------------------------


class Statement(NamedTuple):
    """A leaf of the policy with this number holds, or does not."""

    member: int
    leaf: Leaf
    holds: bool


def _told(found: Found, losing: Sequence[int], engines: Sequence[Engine]) -> Divergence | None:
    """Return the difference with its conditions and real claims, if there are any."""
    shown = _Shown(found, engines)
    where: list[tuple[Circumstance, ...]] = []
    claims: list[Claim] = []
    for few in _conditions(found, losing):
        claim = shown.by_a_claim(
            part._replace(differs=part.space.diagrams.both(part.differs, _met(part.space, few)))
            for part in found.parts
        )
        if claim is not None:
            claims.append(claim)
            where.append(
                tuple(
                    Circumstance(_policy(found, one.member).id, one.leaf, one.holds) for one in few
                )
            )
    if not claims:
        return None
    differing = [part for part in found.parts if part.differs != part.space.diagrams.none]
    kinds = {kind for part in differing for kind in part.space.kinds}
    return Divergence(
        direction=found.direction,
        subject=found.subject,
        policy=_policy(found, found.member).id,
        rule=found.rule.id,
        citations=found.rule.cites,
        given=found.given,
        instead=found.instead,
        where=tuple(where),
        cells=sum(part.space.count(part.differs) for part in differing),
        kinds=tuple(kind for kind in get_args(Kind) if kind in kinds),
        claims=tuple(claims),
        odd=shown.all_odd,
    )


def _policy(found: Found, member: int) -> Policy:
    return found.parts[0].space.members[member].policy


class _Shown:
    """Finds real claims that show a difference."""

    def __init__(self, found: Found, engines: Sequence[Engine]) -> None:
        self.found = found
        self.more, self.less = engines if found.direction == "worse" else reversed(engines)
        self.all_odd = True

    def by_a_claim(self, parts: Iterable[Part]) -> Claim | None:
        """Return the simplest claim of ``parts`` that shows it; odd ones come last."""
        odd: Claim | None = None
        for claim in self._candidates(parts):
            if self.shows(claim):
                if not self.more.decide(claim).warnings:
                    self.all_odd = False
                    return simplified(claim, self.shows_plainly)
                odd = odd or claim
        return None if odd is None else simplified(odd, self.shows)

    @staticmethod
    def _candidates(parts: Iterable[Part]) -> Iterator[Claim]:
        tried = 0
        for part in parts:
            diagrams, rest = part.space.diagrams, part.differs
            for _ in range(_CELLS_TRIED):
                if rest == diagrams.none or tried == _MOST_CLAIMS:
                    break
                cell = diagrams.simplest(rest)
                for stated in islice(part.space.claims(cell), _CLAIMS_TRIED):
                    tried += 1
                    yield claim_of(stated)
                rest = diagrams.without(rest, diagrams.only(cell))

    def shows(self, claim: Claim) -> bool:
        """Say whether the two decisions on ``claim`` differ so."""
        more, less = self.more.decide(claim), self.less.decide(claim)
        wanted = self.found.given.what if self.found.subject == "duty" else None
        known = more.outcome is not None and less.outcome is not None
        return known and any(
            subject == self.found.subject and wanted in (None, what)
            for subject, what in worth_more(more, less)
        )

    def shows_plainly(self, claim: Claim) -> bool:
        """Say whether ``claim`` shows it and nothing in it is odd."""
        return self.shows(claim) and not self.more.decide(claim).warnings


# --- the fewest statements ----------------------------------------------------------------------


def _conditions(found: Found, losing: Sequence[int]) -> list[tuple[Statement, ...]]:
    """Return lists of statements; where the rule gives, they tell exactly where it differs."""
    parts = [part for part in found.parts if part.care != part.space.diagrams.none]
    rest = [part.differs for part in parts]
    told: list[tuple[Statement, ...]] = []
    while True:
        open_ = (n for n, part in enumerate(parts) if rest[n] != part.space.diagrams.none)
        place = next(open_, None)
        if place is None:
            return told
        if len(told) == _MOST_LISTS and found.subject in REMEDIES:
            return _by_rights(found, losing, parts)
        space = parts[place].space
        cell = space.diagrams.simplest(rest[place])
        known = [
            Statement(member, leaf, holds)
            for member, leaf in _statements(found, losing, parts)
            for holds in (True, False)
            if space.diagrams.holds(space.where(member, leaf, holds=holds), cell)
        ]
        fewest = _Fewest(parts, known).found()
        told.append(fewest)
        for n, part in enumerate(parts):
            rest[n] = part.space.diagrams.without(rest[n], _met(part.space, fewest))


def _statements(
    found: Found, losing: Sequence[int], parts: Sequence[Part]
) -> Iterator[tuple[int, Leaf]]:
    """Yield what can be said of a claim under the policies that give less.

    First what they count or list otherwise than the policy that gives more, then the rest,
    and last which other rights there are.
    """
    truths = parts[0].space.truths
    winning = {leaf for member, leaf in truths if member == found.member}
    own: list[tuple[int, Leaf]] = []
    shared: list[tuple[int, Leaf]] = []
    for member, leaf in truths:
        if member in losing:
            alike = leaf in winning and all(
                part.space.truths[member, leaf] == part.space.truths[found.member, leaf]
                for part in parts
            )
            (shared if alike else own).append((member, leaf))
    yield from own
    yield from shared
    for member in losing:
        yield from ((member, owed) for owed in _owed(found, member, parts))


def _owed(found: Found, member: int, parts: Sequence[Part]) -> Iterator[Owed]:
    """Yield what can be said of the rights of a policy that gives less."""
    policy = _policy(found, member)
    like = next((right for right in policy.rights if right.id == found.rule.id), None)
    if like is not None:
        yield from (leaf for leaf in leaves(like.when) if isinstance(leaf, Owed))
    others = [one for one in _possible(found, member, parts) if one[0] != found.rule.id]
    for chosen in (
        [rule for rule, better in others if better],
        [rule for rule, better in others if not better],
        [rule for rule, _ in others],
    ):
        if chosen:
            yield Owed(tuple(chosen))


def _possible(found: Found, member: int, parts: Sequence[Part]) -> list[tuple[str, bool]]:
    """Return the rights to the same remedy that there can be, and whether as good."""
    policy = _policy(found, member)
    rights: dict[str, bool] = {}
    for part in parts:
        side = Side(part.space, order_of(policy, lambda _: member))
        level = side.level_of(found.member, found.rule)
        for gift in side.gifts(found.subject):
            if gift.cells != part.space.diagrams.none:
                rights[gift.rule.id] = rights.get(gift.rule.id, True) and gift.level <= level
    return list(rights.items())


def _by_rights(
    found: Found, losing: Sequence[int], parts: Sequence[Part]
) -> list[tuple[Statement, ...]]:
    """Return the difference told by rights alone: none as good, and which instead."""
    lacking: list[Statement] = []
    instead: list[Statement] = []
    for member in losing:
        rights = _possible(found, member, parts)
        if good := tuple(rule for rule, better in rights if better):
            lacking.append(Statement(member, Owed(good), False))
        if lesser := tuple(rule for rule, better in rights if not better):
            instead.append(Statement(member, Owed(lesser), True))
    if found.instead is None:
        return [(*lacking, *(one._replace(holds=False) for one in instead))]
    return [(*lacking, one) for one in instead]


def _met(space: Space, statements: Iterable[Statement]) -> Cells:
    return space.diagrams.all_of(
        space.where(one.member, one.leaf, holds=one.holds) for one in statements
    )


class _Fewest:
    """Finds few statements that are enough: where the rule gives, they make the difference."""

    def __init__(self, parts: Sequence[Part], known: Sequence[Statement]) -> None:
        self.parts = parts
        self.cells: dict[Statement, list[Cells]] = {}
        for one in known:
            met = [
                part.space.diagrams.both(
                    part.care, part.space.where(one.member, one.leaf, holds=one.holds)
                )
                for part in parts
            ]
            # what is so wherever the rule gives tells nothing
            if met != [part.care for part in parts] and met not in self.cells.values():
                self.cells[one] = met
        self.known = list(self.cells)

    def found(self) -> tuple[Statement, ...]:
        """Return a smallest set of one or two, or else one from which nothing can be left out."""
        if self.enough(()):
            return ()
        plain = [one for one in self.known if not isinstance(one.leaf, Owed)]
        owed = [one for one in self.known if isinstance(one.leaf, Owed)]
        for known in (plain, [*owed, *plain]):
            for size in (1, 2):
                for few in combinations(known[:_FIRST_LOOKED_AT], size):
                    if self.enough(few):
                        return few
        kept = list(self.known)
        for one in self.known:
            rest = [other for other in kept if other is not one]
            if self.enough(rest):
                kept = rest
        return tuple(kept)

    def enough(self, few: Sequence[Statement]) -> bool:
        """Say whether all parts differ wherever the rule gives and these hold."""
        for place, part in enumerate(self.parts):
            diagrams = part.space.diagrams
            met = part.care
            for one in few:
                met = diagrams.both(met, self.cells[one][place])
            if diagrams.both(met, part.differs) != met:
                return False
        return True
