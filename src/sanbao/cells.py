"""All claims there can be, as finitely many cells: 情形划分.

The thresholds of some policies cut every fact into finitely many values that no rule tells
apart. A *cell* is one value of each: all claims in it are treated alike by every policy. What
hangs on dates is joined beforehand: windows, periods and repairs are one *course* of events
where they can come together on one day, and only those courses make cells.

A :class:`Space` holds the cells of goods of one kind whose papers start the period alike, with
or without an exchange. Every set of cells is a diagram (:mod:`sanbao.diagrams`), and of every
cell real claims can be made. What is not known is not looked at: it is settled by cases, and
each case is a cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import Any, Final, NamedTuple, TypeAlias, get_args

from sanbao.calendar import Calendar
from sanbao.claim import Cause, CauseBasis, Invoice, Kind, Request, Symptom, Voucher
from sanbao.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Compare,
    Condition,
    Leaf,
    Not,
    Owed,
    Period,
    Window,
)
from sanbao.diagrams import Cell, Cells, Diagrams, spread
from sanbao.facts import Facts, derive
from sanbao.histories import REPAIR_FACTS, FactLeaf, History, histories, moved
from sanbao.policy import Policy
from sanbao.program import FALSE, TRUE, UNKNOWN, Program, Programs, opening
from sanbao.readings import Readings
from sanbao.stated import NOT_STATED, NOTHING, Stated
from sanbao.thresholds import DAYS, ClassKey, Column, Starts, Timed, alike_days, starts_of

__all__ = ["Member", "Space", "Spaces"]

_LONG_AGO: Final = 36_600
"""Days; a window or a period that began so long ago is over."""

_EARLY: Final = 30
"""Days by which something lies earlier than it has to."""

_DATE_FACTS: Final = ("claimed_on", "sale_dated_on", "windows_start", "period_start", "proof_start")
_TOGETHER: Final = ("exchanged", "received", "invoiced", "sold")
"""Days of a claim that are often one and the same; what settles most comes first."""
_SOURCES: Final = ("sold", "invoiced", "received", "made", "exchanged")


class Member(NamedTuple):
    """One of the policies that are looked at together, ready for goods of one kind."""

    policy: Policy
    program: Program
    starts: Starts


Place: TypeAlias = tuple[int, Leaf]
"""A leaf of the member with this number."""


# --- facts that are no dates ---------------------------------------------------------------


class Variable(NamedTuple):
    """Fields of a claim that decide some facts, with their values, the plainest first."""

    name: str
    facts: frozenset[str]
    values: tuple[dict[str, Any], ...]


def _values(**fields: Iterable[Any]) -> tuple[dict[str, Any], ...]:
    return tuple(dict(zip(fields, chosen, strict=True)) for chosen in product(*fields.values()))


_YES_NO: Final = (True, False)
_NO_YES: Final = (False, True)
_PRICES: Final = (Decimal("1000.00"), Decimal("0.00"))


def _variable(name: str, facts: str, **fields: Iterable[Any]) -> Variable:
    return Variable(name, frozenset(facts.split()), _values(**fields))


_PLAIN_VARIABLES: Final = (
    _variable("place", "sold_in_mainland", sold_in_mainland=_YES_NO),
    _variable(
        "papers",
        "invoice voucher factory_dated",
        invoice=get_args(Invoice),
        voucher=get_args(Voucher),
        made=_NO_YES,
    ),
    _variable("cause", "cause", cause=(NOT_STATED, *get_args(Cause))),
    _variable("basis", "cause_basis", cause_basis=("trader", *get_args(CauseBasis)[:-1])),
    _variable(
        "sale",
        "nothing_to_refund gift bought_with_phone",
        gift=_NO_YES,
        bought_with_phone=_NO_YES,
        price=_PRICES,
        standalone_price=_PRICES,
    ),
    _variable("plan", "plan_bundled", plan_bundled=_NO_YES),
    _variable("complete", "complete", complete=_YES_NO),
    _variable("worn", "housing_worn", housing_worn=_NO_YES),
    _variable("confirmed", "confirmed", confirmed=_YES_NO),
    _variable("stock", "same_model_in_stock", same_model_in_stock=_YES_NO),
    _variable("request", "request", request=(NOTHING, *get_args(Request))),
)


def _faults(members: Sequence[Member]) -> Variable:
    """Return what the fault can be, with the battery's capacity on both sides of a limit."""
    limits = {member.policy.sound_capacity for member in members}
    capacities = sorted({near for limit in limits for near in (limit - 1, limit) if near >= 0})
    values = [{"symptom": code, "battery_capacity": None} for code in get_args(Symptom)]
    values += [{"symptom": "battery_fault", "battery_capacity": near} for near in capacities]
    return Variable("fault", frozenset({"symptom", "capacity_sound"}), tuple(values))


def _exchanges(leaves: Iterable[FactLeaf], exchanged: bool) -> Variable:
    """Return how often the goods were exchanged, on both sides of each number asked."""
    asked = {
        leaf.value
        for leaf in leaves
        if isinstance(leaf, AtLeast) and leaf.fact == "exchanges_counted"
    }
    counts = {near for number in asked for near in (number - 1, number)} | {1}
    values = sorted(count for count in counts if count > 0) if exchanged else [0]
    return Variable("exchanges", frozenset({"exchanges_counted"}), _values(exchanges=values))


# --- where dates come from -----------------------------------------------------------------------


class Anchor(NamedTuple):
    """Where a date fact comes from: a day of the claim, and how many days after it."""

    source: str
    after: int


def _anchors(program: Program, base: Stated) -> dict[str, Anchor]:
    """Return from which day of the claim each date fact is counted, where it is known."""
    days = {name: base.claimed - 4000 + 800 * place for place, name in enumerate(_SOURCES)}
    stated = base._replace(
        sold=days["sold"],
        invoiced=days["invoiced"],
        received=days["received"],
        made=None if base.made is None else days["made"],
        exchanges=(days["exchanged"],) * len(base.exchanges),
    )
    facts = Facts._make(derive(stated, program.frame))
    names = {base.claimed: "claimed", **{day: name for name, day in days.items()}}
    found = {}
    for fact in _DATE_FACTS:
        day = getattr(facts, fact)
        if day is not None:
            source = names.get(day, "made")
            found[fact] = Anchor(source, day - {**days, "claimed": base.claimed}[source])
    return found


# --- courses of events -------------------------------------------------------------------------------


class Span(NamedTuple):
    """Days of one source on which its leaves are all as ``states`` says (ordinals)."""

    states: tuple[int, ...]
    first: int
    last: int


class Course(NamedTuple):
    """A history, and the days on which what it belongs to began: 经过."""

    history: int
    spans: tuple[Span, ...]


class When(NamedTuple):
    """A day of the claim, for all days on which dates fall alike, with what can be on it."""

    day: int
    era: tuple[int, ...]
    free: tuple[dict[tuple[int, ...], Span], ...]
    courses: dict[tuple[int, ...], Course]


@dataclass(slots=True)
class _Source:
    """One day of a claim from which leaves count, and those leaves by member."""

    name: str
    leaves: list[tuple[int, Timed | Compare, int]]
    """Member, leaf, days after the source."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which leaves hang on what, for one space."""

    members: tuple[Member, ...]
    anchors: tuple[dict[str, Anchor], ...]
    era: list[tuple[int, Compare]]
    free: list[_Source]
    bound: list[_Source]
    repairs: tuple[tuple[FactLeaf, ...], ...]

    @property
    def places(self) -> tuple[tuple[Place, ...], ...]:
        """The leaves of each factor: courses, free sources, the era; as its values have them."""
        of_repairs = [(m, leaf) for m, leaves in enumerate(self.repairs) for leaf in leaves]
        of_bound = [(m, leaf) for source in self.bound for m, leaf, _ in source.leaves]
        free = tuple(tuple((m, leaf) for m, leaf, _ in source.leaves) for source in self.free)
        return ((*of_repairs, *of_bound), *free, tuple(self.era))


def _layout(
    members: tuple[Member, ...], anchors: tuple[dict[str, Anchor], ...], live: list[list[FactLeaf]]
) -> _Layout:
    era: list[tuple[int, Compare]] = []
    by_source: dict[str, _Source] = {}
    bound: set[str] = set()
    repairs: list[tuple[FactLeaf, ...]] = []
    for number, leaves in enumerate(live):
        own = anchors[number]
        start = own.get("period_start")
        of_repairs = [leaf for leaf in leaves if leaf.fact in REPAIR_FACTS]
        repairs.append(tuple(of_repairs) if start else ())
        if of_repairs and start:
            bound.add(start.source)
            by_source.setdefault(start.source, _Source(start.source, []))
        for leaf in leaves:
            anchor = own.get(leaf.fact)
            if anchor is None or not isinstance(leaf, Timed | Compare):
                continue
            if anchor.source == "claimed" and isinstance(leaf, Compare):
                era.append((number, leaf))
                continue
            source = by_source.setdefault(anchor.source, _Source(anchor.source, []))
            source.leaves.append((number, leaf, anchor.after))
            if isinstance(leaf, Period):
                bound.add(anchor.source)
    return _Layout(
        members,
        anchors,
        era,
        [source for name, source in by_source.items() if name not in bound],
        [source for name, source in by_source.items() if name in bound],
        tuple(repairs),
    )


class _Courses:
    """Finds what can be on a day of the claim."""

    def __init__(self, layout: _Layout, found: tuple[History, ...]) -> None:
        self.layout = layout
        self.histories = found
        self.deductions = tuple(dict.fromkeys(history.deducted for history in found))

    # --- days that stand for others -------------------------------------------------------

    def days(self) -> list[int]:
        """Return days of the claim such that on any other day dates fall as on one of them."""
        ages = tuple(sorted({n for h in self.histories for n in h.since if n is not None}))
        keys: list[ClassKey] = []
        for source in self.layout.free:
            keys.append((self._columns(source, self.deductions[0]), ()))
        for source in self.layout.bound:
            several = len({self._counting(place) for place in source.leaves}) > 1
            for deducted in self.deductions if several else self.deductions[:1]:
                keys.append((self._columns(source, deducted), ages))
        limits = tuple(sorted({_ordinal(leaf) for _, leaf in self.layout.era}))
        return alike_days(tuple(dict.fromkeys(keys)), limits)

    def _counting(self, place: tuple[int, Timed | Compare, int]) -> object:
        number, leaf, after = place
        if not isinstance(leaf, Period):
            return None
        readings = self.layout.members[number].program.clock.readings
        same = {history.deducted[number] - history.deducted[0] for history in self.histories}
        counting = (readings.first_day, readings.rest_days)
        return self._months(number, leaf), after, counting, len(same) > 1 and number

    def _columns(self, source: _Source, deducted: tuple[int, ...]) -> tuple[Column, ...]:
        columns = []
        for number, leaf, after in source.leaves:
            if not isinstance(leaf, Compare):
                starts, months = self.layout.members[number].starts, self._months(number, leaf)
                days = self._deducted(leaf, number, deducted)
                columns.append(Column(starts, leaf, months, days, after))
        return tuple(dict.fromkeys(columns))

    def _months(self, number: int, leaf: Timed) -> int:
        if isinstance(leaf, Window):
            return 0
        coverage = self.layout.members[number].program.coverage
        return leaf.months or (coverage.months if coverage and isinstance(leaf, Period) else 0)

    @staticmethod
    def _deducted(leaf: Timed, number: int, deducted: tuple[int, ...]) -> int:
        return deducted[number] if isinstance(leaf, Period) else 0

    # --- what can be on a day ----------------------------------------------------------------

    def on(self, day: int) -> When:
        """Return what can be on this day of the claim (an ordinal)."""
        free = tuple(
            {span.states: span for span in self._spans(source, day, self.deductions[0], (1, day))}
            for source in self.layout.free
        )
        era = tuple(TRUE if day < _ordinal(leaf) else FALSE for _, leaf in self.layout.era)
        courses: dict[tuple[int, ...], Course] = {}
        known: dict[object, list[list[Span]]] = {}
        for number, history in enumerate(self.histories):
            bounds = tuple(self._bounds(source, day, history) for source in self.layout.bound)
            key = (history.deducted, bounds)
            if key not in known:
                known[key] = [
                    list(self._spans(source, day, history.deducted, bound))
                    for source, bound in zip(self.layout.bound, bounds, strict=True)
                ]
            told = tuple(state for own in history.states for state in own)
            for spans in product(*known[key]):
                states = (*told, *(state for span in spans for state in span.states))
                courses.setdefault(states, Course(number, spans))
        return When(day, era, free, courses)

    def _bounds(self, source: _Source, day: int, history: History) -> tuple[int, int]:
        """Return the first and the last day of ``source`` that ``history`` allows."""
        first, last = 1, day
        for number, anchors in enumerate(self.layout.anchors):
            start = anchors.get("period_start")
            if start is None or start.source != source.name:
                continue
            since, until = history.since[number], history.until[number]
            if since is not None:
                last = min(last, day - since - start.after)
            if until is not None:
                first = max(first, day - until - start.after)
        return first, last

    def _spans(
        self, source: _Source, day: int, deducted: tuple[int, ...], bound: tuple[int, int]
    ) -> Iterator[Span]:
        """Yield the stretches of days of ``source``, the latest first."""
        least, last = bound
        turns = []
        for number, leaf, after in source.leaves:
            if isinstance(leaf, Compare):
                turns.append((_ordinal(leaf) - after, False))
            else:
                starts = self.layout.members[number].starts
                months = self._months(number, leaf)
                days = self._deducted(leaf, number, deducted)
                turns.append((starts.first_start(leaf, months, days, day) - after, True))
        lowest = max(1, least, min([day, *(turn for turn, _ in turns)]) - _LONG_AGO)
        cuts = sorted({lowest, *(turn for turn, _ in turns if lowest < turn <= last)})
        ends = [*(cut - 1 for cut in cuts[1:]), last]
        for first, end in zip(reversed(cuts), reversed(ends), strict=True):
            if first <= end:
                states = tuple(TRUE if (first >= turn) == later else FALSE for turn, later in turns)
                yield Span(states, first, end)


def _ordinal(leaf: Compare) -> int:
    value: Any = leaf.value
    ordinal: int = value.toordinal()
    return ordinal


# --- the space ------------------------------------------------------------------------------------


@dataclass(slots=True)
class Space:
    """The cells of some goods under some policies: 情形空间.

    ``kinds`` are treated alike by all ``members``. ``diagrams`` holds the sets of cells over
    ``variables``, whose values stand for ``classes`` of field values, and over the courses of
    events. ``factors`` are what courses are put together from: repairs with the periods they
    belong to, each day of the claim that stands alone, and the law in time; ``places`` are the
    leaves of each, whose truth every value of it gives.
    """

    members: tuple[Member, ...]
    kinds: tuple[str, ...]
    base: Stated
    variables: tuple[Variable, ...]
    classes: tuple[tuple[dict[str, Any], ...], ...]
    diagrams: Diagrams
    truths: Mapping[Place, tuple[Cells, Cells]]
    histories: tuple[History, ...]
    sources: tuple[tuple[str, ...], tuple[str, ...]]
    places: tuple[tuple[Place, ...], ...]
    factors: tuple[tuple[tuple[int, ...], ...], ...]
    whens: tuple[When, ...]
    _opened: dict[tuple[int, str, bool], Cells] = field(default_factory=dict)
    _known: dict[tuple[int, int, bool], tuple[Condition, Cells]] = field(default_factory=dict)

    # --- sets of cells --------------------------------------------------------------------

    def where(self, member: int, condition: Condition, *, holds: bool = True) -> Cells:
        """Return the cells where a condition of a member is sure to hold (or to fail)."""
        key = (member, id(condition), holds)
        known = self._known.get(key)
        if known is None:  # the condition is kept, so that its number stays its own
            known = self._known[key] = (condition, self._where(member, condition, holds))
        return known[1]

    def _where(self, member: int, condition: Condition, holds: bool) -> Cells:
        diagrams = self.diagrams
        match condition:
            case AllOf(of=parts) | AnyOf(of=parts):
                sets = (self.where(member, part, holds=holds) for part in parts)
                together = isinstance(condition, AllOf) == holds
                return diagrams.all_of(sets) if together else diagrams.any_of(sets)
            case Not(of=part):
                return self.where(member, part, holds=not holds)
            case Owed(rules=rules):
                sets = (self.opened(member, rule, holds=holds) for rule in rules)
                return diagrams.any_of(sets) if holds else diagrams.all_of(sets)
            case leaf:
                return self.truths[member, leaf][0 if holds else 1]

    def opened(self, member: int, rule: str, *, holds: bool = True) -> Cells:
        """Return the cells where a right of a member is the consumer's (or is not)."""
        key = (member, rule, holds)
        found = self._opened.get(key)
        if found is None:
            policy = self.members[member].policy
            condition = opening(policy, policy.right(rule))
            found = self._opened[key] = self._where(member, condition, holds)
        return found

    def requests(self) -> Iterator[tuple[str, Cells]]:
        """Yield what may be asked for, where no rule tells it apart together, with its cells."""
        level = next(n for n, one in enumerate(self.variables) if one.name == "request")
        for value, fields in enumerate(self.classes[level]):
            yield fields["request"], self.diagrams.where(level, (value,))

    def count(self, cells: Cells) -> int:
        """Return how many cells there are; every kind of goods has its own."""
        return self.diagrams.count(cells) * len(self.kinds)

    def stride(self, factor: int) -> int:
        """Return how many bits lie between two neighbouring values of a factor."""
        return _strides(self.factors, factor)[0]

    def bits_of(self, factor: int, value: int) -> int:
        """Return the bits of all courses in which a factor has this value."""
        chosen = [place == value for place in range(len(self.factors[factor]))]
        return spread(chosen, *_strides(self.factors, factor))

    # --- real claims -------------------------------------------------------------------------

    def claims(self, cell: Cell) -> Iterator[Stated]:
        """Yield real claims that lie in ``cell``, made on different days.

        What the cell leaves open is as plain as it can be; windows and periods began as late
        as they can, then as early.
        """
        values, bit = cell
        chosen: dict[str, Any] = {}
        for classes, value in zip(self.classes, values, strict=True):
            chosen |= classes[value]
        places = []
        for factor in reversed(self.factors):
            bit, place = divmod(bit, len(factor))
            places.append(factor[place])
        course, *free, era = reversed(places)
        for when in self.whens:
            found = when.courses.get(course)
            spans = [own.get(states) for own, states in zip(when.free, free, strict=True)]
            if when.era == era and found is not None and None not in spans:
                own = dict(zip(self.sources[0], spans, strict=True))
                own |= dict(zip(self.sources[1], found.spans, strict=True))
                for late in (True, False):
                    stated = self._claim(when.day, own, found, chosen, late)
                    if stated is not None:
                        yield stated

    def _claim(
        self,
        day: int,
        spans: Mapping[str, Span | None],
        course: Course,
        chosen: Mapping[str, Any],
        late: bool,
    ) -> Stated | None:
        """Return the claim whose dates lie as late in ``spans`` as they can, or early.

        As many of them as can be are the same day.
        """
        fields = dict(chosen)
        number = fields.pop("exchanges")
        dated = fields.pop("made")
        days: dict[str, int] = {}
        first, last = 1, day
        for name in _TOGETHER:
            span = spans.get(name)
            if span is not None and span.first <= last and first <= span.last:
                first, last = max(first, span.first), min(last, span.last)
        together = last if late else max(first, last - _EARLY)
        for name, span in spans.items():
            if span is not None:
                own = span.last if late else max(span.first, span.last - _EARLY)
                apart = name not in _TOGETHER or not span.first <= together <= span.last
                days[name] = own if apart else together
        sold = days.get("sold", together)
        exchanged = days.get("exchanged", max(sold, together))
        if number and sold > exchanged:  # goods are exchanged after they are sold
            wide = spans.get("sold")
            sold = exchanged
            if wide is not None and not wide.first <= sold <= wide.last:
                return None
        return self.base._replace(
            **fields,
            claimed=day,
            sold=sold,
            invoiced=days.get("invoiced"),
            received=days.get("received"),
            made=days.get("made", sold) if dated else None,
            repairs=moved(self.histories[course.history], day),
            exchanges=(exchanged,) * number,
        )


class Spaces:
    """All cells of some policies, one space after another: 全部情形.

    ``policies`` are those looked at together, each under ``readings`` (but for what it settles
    itself) and ``calendar``.
    """

    def __init__(self, policies: Sequence[Policy], readings: Readings, calendar: Calendar) -> None:
        self.policies = tuple(policies)
        self.programs = [Programs(policy, calendar) for policy in self.policies]
        self.readings = readings
        self._calendar = calendar

    def __iter__(self) -> Iterator[Space]:
        for kinds in self._kinds():
            members = tuple(self._member(number, kinds[0]) for number in range(len(self.policies)))
            yield from self._spaces(members, kinds)

    def _member(self, number: int, kind: str) -> Member:
        program = self.programs[number].of(kind, self.readings)
        starts = starts_of(self._calendar, program.clock.readings)
        return Member(self.policies[number], program, starts)

    def _kinds(self) -> list[tuple[str, ...]]:
        """Return the kinds of goods, those together that no policy tells apart."""
        alike: dict[object, list[str]] = {}
        named = {
            code for policy in self.policies for code in get_args(Kind) if _names_kind(policy, code)
        }
        for kind in get_args(Kind):
            lines = [policy.coverage(kind) for policy in self.policies]
            terms = tuple(
                line and (line.role, line.months, line.daily_rate, line.faults) for line in lines
            )
            alike.setdefault((terms, kind if kind in named else None), []).append(kind)
        return [tuple(kinds) for kinds in alike.values()]

    def _spaces(self, members: tuple[Member, ...], kinds: tuple[str, ...]) -> Iterator[Space]:
        faults = _faults(members)
        papers = next(one for one in _PLAIN_VARIABLES if one.name == "papers")
        families = _grouped(
            faults.values, lambda v: tuple(v["symptom"] in m.program.frame.faults for m in members)
        )
        modes = _grouped(
            papers.values,
            lambda v: tuple(
                m.program.frame.starts[v["invoice"], v["voucher"], v["made"]] for m in members
            ),
        )
        for exchanged in (False, True):
            for mode in modes:
                for family in families:
                    yield _space(
                        members,
                        kinds,
                        (faults._replace(values=family), papers._replace(values=mode)),
                        exchanged,
                    )


def _names_kind(policy: Policy, kind: str) -> bool:
    from sanbao.policy import named_codes

    return kind in named_codes(policy, "kind")


def _grouped(values: Sequence[dict[str, Any]], key: Any) -> list[tuple[dict[str, Any], ...]]:
    groups: dict[object, list[dict[str, Any]]] = {}
    for value in values:
        groups.setdefault(key(value), []).append(value)
    return [tuple(group) for group in groups.values()]


def _base(kind: str) -> Stated:
    """Return a plain claim about goods of this kind, made long after the sale."""
    return Stated(
        claimed=DAYS[0],
        kind=kind,
        sold_in_mainland=True,
        bought_with_phone=False,
        sold=DAYS[0] - 6000,
        invoiced=None,
        received=None,
        price=_PRICES[0],
        standalone_price=_PRICES[0],
        gift=False,
        plan_bundled=False,
        invoice="original",
        voucher="intact",
        made=None,
        symptom="function_fails",
        cause=NOT_STATED,
        cause_basis="trader",
        battery_capacity=None,
        repairs=(),
        exchanges=(),
        same_model_in_stock=True,
        request=NOTHING,
        complete=True,
        housing_worn=False,
        confirmed=True,
    )


def _space(
    members: tuple[Member, ...],
    kinds: tuple[str, ...],
    narrowed: tuple[Variable, Variable],
    exchanged: bool,
) -> Space:
    fault, papers = narrowed
    base = _with(_base(kinds[0]), fault.values[0])
    base = _with(base, papers.values[0])
    base = base._replace(exchanges=(base.claimed - 3000,) if exchanged else ())
    asked = [_asked(member) for member in members]
    counts = _exchanges((leaf for own in asked for leaf in own), exchanged)
    variables = (fault, *(papers if v.name == "papers" else v for v in _PLAIN_VARIABLES), counts)
    classes, codes = _code_classes(members, asked, variables, base)
    constant = {place: states[0] for place, (_, states) in codes.items() if len(set(states)) == 1}
    for number, member in enumerate(members):
        states = member.program.leaf_states(Facts._make(derive(base, member.program.frame)))
        for leaf in member.program.all_leaves:
            if member.program.is_fixed(leaf):
                constant[number, leaf] = member.program.states_of(states, (leaf,))[0]
    anchors = tuple(_anchors(member.program, base) for member in members)
    live = [_live(member, number, constant) for number, member in enumerate(members)]
    layout = _layout(members, anchors, live)
    begins = [own.get("period_start") for own in anchors]
    found = histories([m.program for m in members], layout.repairs, base, begins)
    courses = _Courses(layout, found)
    whens = tuple(courses.on(day) for day in courses.days())
    factors = (
        tuple(dict.fromkeys(states for when in whens for states in when.courses)),
        *(
            tuple(dict.fromkeys(states for when in whens for states in when.free[place]))
            for place in range(len(layout.free))
        ),
        tuple(dict.fromkeys(when.era for when in whens)),
    )
    diagrams = Diagrams([len(own) for own in classes], _universe(whens, factors))
    truths = dict(_constant_truths(diagrams, constant))
    for (number, leaf), (level, states) in codes.items():
        truths[number, leaf] = tuple(  # type: ignore[assignment]
            diagrams.where(level, [v for v, state in enumerate(states) if state == wanted])
            for wanted in (TRUE, FALSE)
        )
    truths |= dict(_course_truths(diagrams, layout, factors))
    for number, own in enumerate(asked):  # what nobody looks at here is neither
        for leaf in own:
            truths.setdefault((number, leaf), (diagrams.none, diagrams.none))
    return Space(
        members=members,
        kinds=kinds,
        base=base,
        variables=variables,
        classes=classes,
        diagrams=diagrams,
        truths=truths,
        histories=found,
        sources=(
            tuple(source.name for source in layout.free),
            tuple(source.name for source in layout.bound),
        ),
        places=layout.places,
        factors=factors,
        whens=whens,
    )


def _with(base: Stated, value: Mapping[str, Any]) -> Stated:
    """Return ``base`` with the fields of one value of a variable."""
    fields = dict(value)
    if "made" in fields:
        fields["made"] = base.claimed - 700 if fields["made"] else None
    if "exchanges" in fields:
        fields["exchanges"] = (base.claimed - 3000,) * fields["exchanges"]
    return base._replace(**fields)


def _asked(member: Member) -> tuple[FactLeaf, ...]:
    """Return the leaves of a policy that are not decided by the kind of goods alone."""
    program = member.program
    return tuple(
        leaf
        for leaf in program.all_leaves
        if isinstance(leaf, FactLeaf) and not program.is_fixed(leaf)
    )


Codes: TypeAlias = dict[Place, tuple[int, tuple[int, ...]]]
"""For a leaf about a code: its variable, and its truth for each class of values."""


def _code_classes(
    members: tuple[Member, ...],
    asked: Sequence[tuple[FactLeaf, ...]],
    variables: Sequence[Variable],
    base: Stated,
) -> tuple[tuple[tuple[dict[str, Any], ...], ...], Codes]:
    """Return the values of each variable that rules tell apart, and what leaves say of them."""
    classes: list[tuple[dict[str, Any], ...]] = []
    codes: Codes = {}
    for level, variable in enumerate(variables):
        about = [
            (number, tuple(leaf for leaf in own if leaf.fact in variable.facts))
            for number, own in enumerate(asked)
        ]
        found: dict[tuple[tuple[Any, ...], ...], dict[str, Any]] = {}
        for value in variable.values:
            stated = _with(base, value)
            # what is asked for tells claims apart also where no condition asks it: the choice
            told: list[tuple[Any, ...]] = [(value["request"],)] if "request" in value else []
            for number, leaves in about:
                program = members[number].program
                states = program.leaf_states(Facts._make(derive(stated, program.frame)))
                told.append(program.states_of(states, leaves))
            found.setdefault(tuple(told), value)
        classes.append(tuple(found.values()))
        for place, (number, leaves) in enumerate(about):
            for index, leaf in enumerate(leaves):
                codes[number, leaf] = (
                    level,
                    tuple(told[place - len(about)][index] for told in found),
                )
    return tuple(classes), codes


_OPPOSITE: Final = {TRUE: FALSE, FALSE: TRUE, UNKNOWN: UNKNOWN}


def _live(member: Member, number: int, constant: Mapping[Place, int]) -> list[FactLeaf]:
    """Return the leaves that can still make a difference, beside those that are constant."""
    policy = member.policy
    known: dict[str, tuple[int | None, list[FactLeaf]]] = {}
    conditions: list[Condition] = [rule.when for rule in policy.exclusions]
    conditions += [bar.when for bar in policy.bars]
    conditions += [Owed((right.id,)) for right in policy.rights]
    conditions += [duty.when for duty in policy.obligations if duty.when is not None]
    found: dict[FactLeaf, None] = {}
    for condition in conditions:
        _, leaves = _rest(policy, condition, number, constant, known)
        found |= dict.fromkeys(leaves)
    return list(found)


def _rest(
    policy: Policy,
    condition: Condition,
    number: int,
    constant: Mapping[Place, int],
    known: dict[str, tuple[int | None, list[FactLeaf]]],
) -> tuple[int | None, list[FactLeaf]]:
    """Return the truth of a condition if it is constant, and the leaves it hangs on else."""
    match condition:
        case Not(of=part):
            value, leaves = _rest(policy, part, number, constant, known)
            return None if value is None else _OPPOSITE[value], leaves
        case AllOf(of=parts) | AnyOf(of=parts):
            settles = FALSE if isinstance(condition, AllOf) else TRUE
            rest: list[FactLeaf] = []
            values = set()
            for part in parts:
                value, leaves = _rest(policy, part, number, constant, known)
                if value == settles:
                    return settles, []
                values.add(value)
                rest += leaves
            if None in values:
                return None, rest
            return UNKNOWN if UNKNOWN in values else TRUE if settles == FALSE else FALSE, []
        case Owed(rules=(rule,)):
            if rule not in known:
                opened = opening(policy, policy.right(rule))
                known[rule] = _rest(policy, opened, number, constant, known)
            return known[rule]
        case Owed(rules=rules):
            owed = AnyOf(tuple(Owed((rule,)) for rule in rules))
            return _rest(policy, owed, number, constant, known)
        case leaf:
            if (number, leaf) in constant:
                return constant[number, leaf], []
            return None, [leaf]  # type: ignore[list-item]


def _constant_truths(
    diagrams: Diagrams, constant: Mapping[Place, int]
) -> Iterator[tuple[Place, tuple[Cells, Cells]]]:
    for place, state in constant.items():
        yield (
            place,
            (
                diagrams.all if state == TRUE else diagrams.none,
                diagrams.all if state == FALSE else diagrams.none,
            ),
        )


def _universe(whens: Sequence[When], factors: Sequence[Sequence[tuple[int, ...]]]) -> int:
    """Return the bits of all courses of events that can come together on one day."""
    universe = 0
    known: set[object] = set()
    for when in whens:
        own = (when.courses.keys(), *(spans.keys() for spans in when.free), {when.era})
        bits = -1
        for place, (factor, there) in enumerate(zip(factors, own, strict=True)):
            chosen = [states in there for states in factor]
            bits &= spread(chosen, *_strides(factors, place))
        if bits not in known:
            known.add(bits)
            universe |= bits
    return universe


def _strides(factors: Sequence[Sequence[object]], place: int) -> tuple[int, int]:
    """Return how often each value of a factor stands in a row, and how often all of them."""
    inner = outer = 1
    for factor in factors[place + 1 :]:
        inner *= len(factor)
    for factor in factors[:place]:
        outer *= len(factor)
    return inner, outer


def _course_truths(
    diagrams: Diagrams, layout: _Layout, factors: Sequence[Sequence[tuple[int, ...]]]
) -> Iterator[tuple[Place, tuple[Cells, Cells]]]:
    for place, (leaves, factor) in enumerate(zip(layout.places, factors, strict=True)):
        strides = _strides(factors, place)
        for index, leaf in enumerate(leaves):
            holds, fails = (
                diagrams.of_bits(spread([s[index] == wanted for s in factor], *strides))
                for wanted in (TRUE, FALSE)
            )
            yield leaf, (holds, fails)
