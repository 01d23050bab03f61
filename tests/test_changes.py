"""Single changes lead where they say, and no single change is missing.

Every value of every field and every day of every date is decided anew and compared with
what :meth:`Decision.nearest_changes` and :meth:`Decision.why_not` name. By default changes
of 1,000 known claims and of 20 with unknown facts are applied, and every neighbour of 200
of the known and of some of the others is decided. ``pytest tests/test_changes.py --claims
30000`` tries ten times as many.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import chain, product
from random import Random
from typing import Any, NamedTuple, TypeAlias, get_args

import pytest

from claims import handset, repair
from random_claims import nowhere, random_claim, with_unknowns
from sanbao import MOBILE_2001, Change, Claim, Decision, Engine, Readings, ValidationError, decide
from sanbao.base.records import canonical_json
from sanbao.evaluation.programs.evaluation import Evaluation
from sanbao.evaluation.programs.program import Program
from sanbao.evaluation.programs.skeleton import Skeleton, skeleton_of
from sanbao.model.claim_row import ClaimRow, RepairRow
from sanbao.model.codes import (
    NOT_STATED,
    NOTHING,
    Cause,
    CauseBasis,
    Delay,
    Invoice,
    Kind,
    RemedyKind,
    Request,
    Symptom,
    Voucher,
)
from sanbao.model.readings import reading_values
from sanbao.policies.mobile_2024 import MOBILE_2024
from sanbao.reasons import counterfactuals as changes
from sanbao.reasons.perturbations import perturbations

REMEDIES: tuple[RemedyKind, ...] = get_args(RemedyKind)
STRENGTH = ("refund", "exchange", "free_repair", "paid_repair", "excluded")
IN_FORCE = date(2001, 11, 15).toordinal()
BEFORE, AFTER = 430, 800
"""How many days before the first date of a claim, and after the claim, are tried."""


class Answer(NamedTuple):
    """A decision and everything the library says about single changes of its claim."""

    decision: Decision
    nearest: tuple[Change, ...]
    opening: dict[RemedyKind, tuple[Change, ...]]
    """The changes that would open each remedy that is not available."""

    @property
    def claim(self) -> Claim:
        """The claim that was decided."""
        return self.decision.case.claim

    @property
    def named(self) -> list[tuple[str, Change]]:
        """Every change that is named, with where it leads: an outcome or a remedy."""
        found = [(str(change.outcome), change) for change in self.nearest]
        for kind, named in self.opening.items():
            found += [(f"open:{kind}", change) for change in named]
        return found


def some_readings(seed: int) -> Readings:
    """Return the default readings with two to four of them changed."""
    rng = Random(seed)
    names = rng.sample(sorted(reading_values()), rng.choice((2, 3, 4)))
    return Readings.from_dict({name: rng.choice(reading_values()[name]) for name in names})


READINGS = (*[Readings()] * 5, *map(some_readings, range(5)))
"""What the claims are decided under: as often as not the default readings."""


def answer(claim: dict[str, Any] | Claim, readings: Readings | None = None) -> Answer:
    """Return what the library says about the single changes of a claim."""
    decision = decide(claim, readings=readings)
    open_ = {remedy.remedy for remedy in decision.remedies}
    opening = {
        kind: changes.changes_to(decision.case, kind) for kind in REMEDIES if kind not in open_
    }
    return Answer(decision, decision.nearest_changes(), opening)


# --- every change leads where it says ------------------------------------------------------


def flat(value: Any, path: str = "") -> dict[str, Any]:
    """Return the leaves of a claim's JSON by their path."""
    if isinstance(value, dict):
        parts = [flat(inner, f"{path}.{name}".removeprefix(".")) for name, inner in value.items()]
    elif isinstance(value, list):
        parts = [flat(inner, f"{path}[{place}]") for place, inner in enumerate(value)]
    else:
        return {path: value}
    return {name: inner for part in parts for name, inner in part.items()}


def as_json(claim: Claim) -> dict[str, Any]:
    """Return a claim as its JSON has it."""
    return claim.model_dump(mode="json", exclude_none=True)


def check_only_that_changed(change: Change, value: Any, before: dict[str, Any], new: Claim) -> None:
    """Assert that ``new`` is the claim of this JSON but for the field of ``change``."""
    name, _, place = change.field.rstrip("]").partition("[")
    after = as_json(new)
    if change.action == "set":
        here, there = flat(before), flat(after)
        assert here.get(change.field) != there.get(change.field) == value
        assert {**here, change.field: None} == {**there, change.field: None}
    elif change.action == "remove":
        entries = before[name]
        assert {**before, name: [*entries[: int(place)], *entries[int(place) + 1 :]]} == after
    else:
        added = after[name].pop()
        assert before == after
        if name == "repairs":
            normal = {"recorded": True, "under_guarantee": True, "software_only": False}
            assert added == {"handed_in_on": value, "handed_back_on": value, **normal}
        else:
            assert added == {"exchanged_on": value}


class Led(NamedTuple):
    """Where a change of a claim really leads."""

    outcome: str | None
    remedies: tuple[str, ...]
    rule: str | None
    citations: tuple[Any, ...]


def led(change: Change, value: Any, decision: Decision, before: dict[str, Any]) -> Led:
    """Make a change with this value to the claim, and return where that leads."""
    changed = replace(change, after=value).apply(decision.case.claim)
    check_only_that_changed(change, value, before, changed)
    there = decide(changed, readings=decision.receipt.readings)
    open_ = {remedy.remedy for remedy in there.remedies}
    remedies = tuple(kind for kind in REMEDIES if kind in open_)
    if there.lead is None:
        return Led(there.outcome, remedies, None, ())
    return Led(there.outcome, remedies, there.lead.rule, there.lead.citations)


def is_day(change: Change) -> bool:
    """Say whether a change puts a date somewhere, rather than a code or nothing."""
    named = change.action == "add" or change.field.endswith("_on")
    return named and change.after is not None


def distance(change: Change, claim: Claim) -> tuple[bool, int]:
    """Return how far a change is; a date where there was none counts from the claim."""
    if not is_day(change):
        return False, 0
    if change.days is not None:
        return True, abs(change.days)
    return True, abs((date.fromisoformat(str(change.after)) - claim.claimed_on).days)


def check_answer(said: Answer) -> None:
    """Assert that every change that is named leads where it says, the nearest first."""
    decision, before = said.decision, as_json(said.claim)
    here = flat(before)
    seen: dict[tuple[Any, ...], Led] = {}
    for goal, change in said.named:
        assert change.after in change.values
        assert change.action == "set" or change.before is None
        assert change.action != "set" or change.before == here.get(change.field)
        assert (change.days is None) == (change.before is None or not is_day(change))
        if change.days is not None:
            first, last = (date.fromisoformat(str(day)) for day in (change.before, change.after))
            assert change.days == (last - first).days != 0
        for value in change.values:
            key = (change.field, change.action, value)
            there = seen.get(key) or seen.setdefault(key, led(change, value, decision, before))
            what = (said.claim.to_json(), decision.receipt.readings, change, value)
            assert (there.outcome, there.remedies) == (change.outcome, change.remedies), what
            if value == change.after:
                assert (there.rule, there.citations) == (change.rule, change.citations), what
        if goal.startswith("open:"):
            assert goal.removeprefix("open:") in change.remedies
        else:
            assert change.outcome not in (None, decision.outcome)
    ranks = [(STRENGTH.index(str(one.outcome)), *distance(one, said.claim)) for one in said.nearest]
    assert ranks == sorted(ranks)
    for named in said.opening.values():
        near = [distance(change, said.claim) for change in named]
        assert near == sorted(near)


# --- what comes of every neighbour -------------------------------------------------------------

Result: TypeAlias = tuple[str | None, tuple[str, ...]]
"""The outcome, where only one remains, and the remedies that are open."""


VERSIONS = (MOBILE_2001, MOBILE_2024)


class Judge:
    """Decides what is stated, trying out all that could be where facts are missing."""

    def __init__(self, case: Evaluation) -> None:
        self.programs = [Engine(version).programs_for(case.claim) for version in VERSIONS]
        self.readings = case.readings
        self.seen: dict[Any, Result] = {}

    def skeleton(self, row: ClaimRow) -> tuple[Any, Skeleton]:
        """Return what the rules see of a claim, and what they make of it."""
        delivered = row.sold if row.received is None else row.received
        decree = VERSIONS[1].in_force_from.toordinal()
        version = int(delivered is not None and min(delivered, row.claimed) >= decree)
        program = self.programs[version].of(row.kind, self.readings)
        assert isinstance(program, Program)
        abstraction = program.abstraction(program.derive(row))
        return (row.kind, version, abstraction), skeleton_of(program, abstraction)

    def __call__(self, row: ClaimRow) -> Result:
        """Return what comes of a claim that states this."""
        key, skeleton = self.skeleton(row)
        result = self.seen.get(key)
        if result is None:
            if len(skeleton.outcomes) > 1 or skeleton.candidates:
                return opened(dict(self.skeleton(way) for way in ways(row)).values())
            result = self.seen[key] = opened([skeleton])
        return result


def opened(skeletons: Iterable[Skeleton]) -> Result:
    """Return what remains, and is open, in all these cases."""
    cases = list(skeletons)
    outcomes = {outcome for skeleton in cases for outcome in skeleton.outcomes}
    outcome = outcomes.pop() if len(outcomes) == 1 else None
    certain = [right for right in cases[0].certain if all(right in one.certain for one in cases)]
    open_: set[str | None] = {right.remedy for right in certain}
    open_ = {"paid_repair"} if outcome == "paid_repair" else open_ | {outcome}
    return outcome, tuple(kind for kind in REMEDIES if kind in open_)


def ways(row: ClaimRow) -> Iterator[ClaimRow]:
    """Yield a claim with every value in the place of every fact that is not known."""
    unknown: dict[str, Iterable[Any]] = {}
    if row.invoice is None:
        unknown["invoice"] = get_args(Invoice)
    if row.voucher is None:
        unknown["voucher"] = ("intact", "lost", "not_issued")
    if row.symptom is None:
        unknown["symptom"] = get_args(Symptom)
    if row.same_model_in_stock is None:
        unknown["same_model_in_stock"] = (True, False)
    if row.bought_with_phone is None and row.gift:
        unknown["bought_with_phone"] = (True, False)
    if any(repair.delay is None for repair in row.repairs):
        each = [get_args(Delay) if one.delay is None else (one.delay,) for one in row.repairs]
        unknown["repairs"] = [
            tuple(one._replace(delay=delay) for one, delay in zip(row.repairs, said, strict=True))
            for said in product(*each)
        ]
    for values in product(*unknown.values()):
        yield row._replace(**dict(zip(unknown, values, strict=True)))


class Codes(NamedTuple):
    """Other values of a field, and what the claim then states.

    ``named``: a change of the field names each of them, not just one that does the same.
    """

    field: str
    action: str
    values: list[tuple[Any, ClaimRow]]
    named: bool = True


def codes(row: ClaimRow) -> Iterator[Codes]:
    """Yield every code of every field, and what may be left out or taken out."""
    for field, name, known in (
        ("product.kind", "kind", get_args(Kind)),
        ("product.sold_in_mainland", "sold_in_mainland", (True, False)),
        ("product.bought_with_phone", "bought_with_phone", (True, False)),
        ("product.used", "used", (True, False)),
        ("fault.contested", "contested", (True, False)),
        ("fault.found_unqualified", "found_unqualified", (True, False)),
        ("purchase.gift", "gift", (True, False)),
        ("purchase.plan_bundled", "plan_bundled", (True, False)),
        ("evidence.invoice", "invoice", get_args(Invoice)),
        ("evidence.voucher", "voucher", get_args(Voucher)),
        ("fault.symptom", "symptom", get_args(Symptom)),
        ("fault.cause", "cause", (*get_args(Cause), NOT_STATED)),
        ("fault.cause_basis", "cause_basis", get_args(CauseBasis)),
        ("same_model_in_stock", "same_model_in_stock", (True, False)),
        ("request", "request", (*get_args(Request), NOTHING)),
        ("evidence.manufactured_on", "made", (None,)),
    ):
        values = [value for value in known if value != getattr(row, name)]
        yield Codes(field, "set", [(plain(value), put(row, name, value)) for value in values])
    condition = "new" if row.second_hand else "second_hand"
    other = put(row, "second_hand", not row.second_hand)
    yield Codes("product.condition", "set", [(condition, other)])
    prices = (Decimal("0.00"), Decimal("0.01"), Decimal("999.50"), None)
    for field, name, numbers in (
        ("fault.battery_capacity", "battery_capacity", (*range(101), 79.5, None)),
        ("purchase.price", "price", prices),
        ("purchase.standalone_price", "standalone_price", prices),
        ("purchase.paid_price", "paid_price", prices),
        ("asked_on", "asked", (None,)),
        ("fault.appeared_on", "appeared", (None,)),
        ("purchase.invoiced_on", "invoiced", (None,)),
        ("purchase.received_on", "received", (None,)),
    ):
        there = [(plain(value), put(row, name, value)) for value in numbers]
        yield Codes(field, "set", [one for one in there if can_be(one[1])], named=False)
    for index, one in enumerate(row.repairs):
        yield from repair_codes(row, index, one)
        yield Codes(f"repairs[{index}]", "remove", [(None, with_repair(row, index))])
    for index in range(len(row.exchanges)):
        rest = (*row.exchanges[:index], *row.exchanges[index + 1 :])
        fewer = row._replace(exchanges=rest)
        if can_be(fewer):
            yield Codes(f"exchanges[{index}]", "remove", [(None, fewer)])


def repair_codes(row: ClaimRow, index: int, one: RepairRow) -> Iterator[Codes]:
    """Yield every code of a repair; of its dates only that there is none."""
    for name, known in (
        ("symptom", (*get_args(Symptom), None)),
        ("recorded", (True, False)),
        ("under_guarantee", (True, False)),
        ("software_only", (True, False)),
        ("delay", get_args(Delay)),
        ("ready", (None,)),
        ("notified", (None,)),
        ("handed_back", (None,)),
    ):
        values = [value for value in known if value != getattr(one, name)]
        other = [
            (value, with_repair(row, index, one._replace(**{name: value}))) for value in values
        ]
        suffix = "_on" if known == (None,) else ""
        yield Codes(f"repairs[{index}].{name}{suffix}", "set", other)


def with_repair(row: ClaimRow, index: int, *repair: RepairRow) -> ClaimRow:
    """Return what is stated with another repair in the place of one, or with none."""
    return row._replace(repairs=(*row.repairs[:index], *repair, *row.repairs[index + 1 :]))


def put(row: ClaimRow, name: str, value: Any) -> ClaimRow:
    """Return what is stated with another value of a field."""
    change: dict[str, Any] = {name: value}
    return row._replace(**change)


def plain(value: Any) -> Any:
    """Return a value as the claim's JSON has it."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return None if value in (NOT_STATED, NOTHING) else value


def can_be(row: ClaimRow) -> bool:
    """Say whether the day asked and that of the fault can be, as the contract has it."""
    sold, asked, appeared = row.sold or 0, row.asked, row.appeared
    swapped = max((day for day in row.exchanges if day >= sold), default=0)
    if asked is not None and not sold <= asked <= row.claimed:
        return False
    held = row.claimed if asked is None or asked < swapped else asked
    return appeared is None or sold <= appeared <= held


class Days(NamedTuple):
    """A date that can move: where it is, how far it may go, and what is then stated."""

    field: str
    action: str
    before: int | None
    first: int
    last: int
    on: Callable[[int], ClaimRow]


def movable(row: ClaimRow, start: int) -> Iterator[Days]:
    """Yield every date of a claim with its range; ``start`` is where the others begin."""
    claimed = row.claimed
    certain = [row.sold, row.invoiced, row.asked, row.appeared, *row.exchanges]
    first = max(day for day in certain if day is not None)
    last = claimed + AFTER
    yield Days("claimed_on", "set", claimed, first, last, lambda day: row._replace(claimed=day))
    for field, name in (("asked_on", "asked"), ("fault.appeared_on", "appeared")):
        yield Days(
            *(field, "set", getattr(row, name), start, claimed),
            lambda day, name=name: put(row, name, day),  # type: ignore[misc]
        )
    yield Days(
        *("purchase.sold_on", "set", row.sold, start, claimed),
        lambda day: row._replace(sold=day),
    )
    yield Days(
        *("purchase.invoiced_on", "set", row.invoiced, start, claimed),
        lambda day: row._replace(invoiced=day),
    )
    yield Days(
        *("purchase.received_on", "set", row.received, start, claimed),
        lambda day: row._replace(received=day),
    )
    yield Days(
        *("evidence.manufactured_on", "set", row.made, start, claimed),
        lambda day: row._replace(made=day),
    )
    for index, one in enumerate(row.repairs):
        yield from repair_days(row, index, one, start)
    more = RepairRow(0, None, None, 0, None, True, True, None, False)
    yield Days(
        *("repairs", "add", None, start, claimed),
        lambda day: row._replace(
            repairs=(*row.repairs, more._replace(handed_in=day, handed_back=day))
        ),
    )
    for index, day in enumerate(row.exchanges):
        yield Days(
            *(f"exchanges[{index}].exchanged_on", "set", day, start, claimed),
            exchanged(row, index),
        )
    yield Days("exchanges", "add", None, start, claimed, exchanged(row, len(row.exchanges)))


def exchanged(row: ClaimRow, index: int) -> Callable[[int], ClaimRow]:
    """Return what is stated when the exchange with this number was on another day."""
    before, after = row.exchanges[:index], row.exchanges[index + 1 :]
    return lambda day: row._replace(exchanges=(*before, day, *after))


def repair_days(row: ClaimRow, index: int, one: RepairRow, start: int) -> Iterator[Days]:
    """Yield the dates of a repair: handed in before all others, none after the claim."""
    claimed, field = row.claimed, f"repairs[{index}]"
    later = [day for day in (one.ready, one.notified, one.handed_back) if day is not None]
    yield Days(
        *(f"{field}.handed_in_on", "set", one.handed_in, start, min([*later, claimed])),
        lambda day: with_repair(row, index, one._replace(handed_in=day)),
    )
    yield Days(
        *(f"{field}.ready_on", "set", one.ready, one.handed_in, claimed),
        lambda day: with_repair(row, index, one._replace(ready=day)),
    )
    yield Days(
        *(f"{field}.notified_on", "set", one.notified, one.handed_in, claimed),
        lambda day: with_repair(row, index, one._replace(notified=day)),
    )
    yield Days(
        *(f"{field}.handed_back_on", "set", one.handed_back, one.handed_in, claimed),
        lambda day: with_repair(row, index, one._replace(handed_back=day)),
    )


# --- no change is missing ------------------------------------------------------------------------


def goals(here: Answer, result: Result) -> Iterator[str]:
    """Yield what a result would be named for: another outcome, a remedy not open now."""
    outcome, remedies = result
    if outcome not in (None, here.decision.outcome):
        yield str(outcome)
    yield from (f"open:{kind}" for kind in remedies if kind in here.opening)


def check_codes(said: Answer, judge: Judge) -> None:
    """Assert that the values that lead elsewhere are those that are named, and no others."""
    named: dict[tuple[Any, ...], list[Any]] = {}
    anywhere: set[tuple[str, str]] = {(goal, change.field) for goal, change in said.named}
    for goal, change in said.named:
        if not is_day(change):
            key = (goal, change.field, change.action, change.outcome, change.remedies)
            assert key not in named
            named[key] = list(change.values)
    for one in codes(said.claim.row):
        found: dict[tuple[Any, ...], list[Any]] = {}
        for value, row in one.values:
            result = judge(row)
            for goal in goals(said, result):
                found.setdefault((goal, one.field, one.action, *result), []).append(value)
        for key, values in found.items():
            if one.named:
                assert sorted(map(str, named.pop(key, ()))) == sorted(map(str, values)), (
                    said.claim.to_json(),
                    key,
                )
            elif key in named:
                assert set(named.pop(key)) <= set(values), (said.claim.to_json(), key)
            else:  # leaving a date out is the same as some other date
                assert (key[0], one.field) in anywhere, (said.claim.to_json(), key)
    assert not named, (said.claim.to_json(), named)


def check_days(said: Answer, judge: Judge, start: int) -> int:
    """Assert that the nearest days that lead elsewhere are those that are named.

    Returns how many days were decided.
    """
    named = {
        (goal, change.field, change.action, (change.days or 0) > 0): date.fromisoformat(
            str(change.after)
        ).toordinal()
        for goal, change in said.named
        if is_day(change)
    }
    tried = 0
    for one in movable(said.claim.row, start):
        for key, day in nearest(said, judge, one):
            what = (said.claim.to_json(), said.decision.receipt.readings, key, day)
            if day >= one.first:
                assert named.pop(key, None) == day, what
            else:  # not every day was tried up to here
                assert day <= named.pop(key) < one.first, what
        tried += one.last - one.first + 1
    # what is named beside this must lie where nothing was looked for
    for (_, field, *_), day in named.items():
        assert day < start or (field == "claimed_on" and day > said.claim.row.claimed + AFTER)
    return tried


def nearest(said: Answer, judge: Judge, one: Days) -> Iterator[tuple[tuple[Any, ...], int]]:
    """Yield the nearest day in each direction for everything that a date leads to."""
    near = said.claim.row.claimed + 1 if one.before is None else one.before
    first = IN_FORCE - 3 if one.field == "purchase.sold_on" else one.first
    early = range(min(first + 6, one.first) - 1, first - 1, -1)
    earlier = chain(range(min(near - 1, one.last), one.first - 1, -1), early)
    later = range(max(near + 1, one.first), one.last + 1)
    for is_later, days in ((False, earlier), (True, later)):
        results: set[Result] = set()
        found: set[str] = set()
        for day in days:
            if not can_be(one.on(day)):
                continue
            result = judge(one.on(day))
            if result not in results:
                results.add(result)
                for goal in goals(said, result):
                    if goal not in found:
                        found.add(goal)
                        yield (goal, one.field, one.action, is_later), day


def earliest(row: ClaimRow) -> int:
    """Return the earliest date of a claim."""
    days = [row.claimed, row.sold, row.invoiced, row.received, row.made]
    days += [row.asked, row.appeared]
    return min(
        day
        for day in (*days, *row.exchanges, *(one.handed_in for one in row.repairs))
        if day is not None
    )


def check_nothing_is_missing(said: Answer, before: int = BEFORE) -> int:
    """Assert that every neighbour of a claim leads where something named leads."""
    judge = Judge(said.decision.case.evaluations[0])
    row = said.claim.row
    assert judge(row) == (
        said.decision.outcome,
        tuple(kind for kind in REMEDIES if kind not in said.opening),
    )
    check_codes(said, judge)
    return check_days(said, judge, max(1, earliest(row) - before))


# --- random claims -------------------------------------------------------------------------------


@pytest.mark.untraced
@pytest.mark.parametrize("seed", range(4))
def test_changes_of_known_claims(seed: int, pytestconfig: pytest.Config) -> None:
    """Every change that is named leads where it says; of each fifth claim none is missing."""
    rng, number = Random(seed), pytestconfig.getoption("--claims") // 12
    led_to: dict[str, int] = {}
    tried = 0
    for place in range(number):
        claim = random_claim(rng)
        said = answer(claim if place % 5 else nowhere(claim), rng.choice(READINGS))
        check_answer(said)
        for goal, _ in said.named:
            led_to[goal] = led_to.get(goal, 0) + 1
        if place % 5 == 0:
            tried += check_nothing_is_missing(said)
        elif place % 25 == 1:
            for kind, named in said.opening.items():
                assert said.decision.why_not(kind).changes == named
    assert set(led_to) == {*STRENGTH, *(f"open:{kind}" for kind in REMEDIES)}
    assert sum(led_to.values()) > 10 * number
    assert tried > 200 * number


@pytest.mark.untraced
def test_changes_of_open_claims(pytestconfig: pytest.Config) -> None:
    """So it is where facts are not known; none is missing where the date of sale is known."""
    rng, number = Random(12), pytestconfig.getoption("--claims") // 150
    few = 0
    for _ in range(number):
        said = answer(nowhere(with_unknowns(rng, random_claim(rng))), rng.choice(READINGS))
        check_answer(said)
        if said.claim.purchase.sold_on and len(list(ways(said.claim.row))) <= 12:
            check_nothing_is_missing(said, before=40)
            few += 1
    assert few >= number // 4


def test_a_day_after_the_claim_is_not_named() -> None:
    """Dates move up to the day of the claim: no change is a thing that is yet to happen.

    Were the repair handed in on the day after, no day in repair would reach the claim.
    """
    claim = handset(claimed_on="2026-03-04", repairs=[repair("2026-03-02")])
    decision = decide(claim)
    assert decision.outcome == "free_repair"
    handed_in = [
        change for change in decision.nearest_changes() if change.field.startswith("repairs[0]")
    ]
    assert all(str(change.after) <= "2026-03-04" for change in handed_in if change.after)
    assert ("remove", "paid_repair") in {(one.action, one.outcome) for one in handed_in}
    later = decision.what_if({"repairs[0].handed_in_on": "2026-03-05"}).after
    assert later.outcome == "paid_repair"
    assert [warning.id for warning in later.warnings] == ["repair_after_claim"]


def test_values_that_do_the_same() -> None:
    """Both vouchers open a refund; that of art. 11 is the outcome with one of them only."""
    claim = handset(claimed_on="2025-03-05", voucher="mismatched", same_model_in_stock=False)
    named = {
        change.values: change.outcome
        for change in decide(claim).why_not("refund").changes
        if change.field == "evidence.voucher"
    }
    assert named == {("intact", "not_issued"): "refund", ("lost",): "exchange"}


def test_a_change_is_made_to_the_claim_it_is_for() -> None:
    """To a claim that has no such entry it cannot be made, and the claim itself stays."""
    claim = Claim(**handset(repairs=[repair("2025-04-07", "2025-04-09")], voucher="altered"))
    removed = Change("repairs[0]", "remove", None, None, None, (None,), None, (), None, ())
    assert removed.apply(claim).repairs == ()
    assert len(claim.repairs) == 1
    with pytest.raises(ValidationError, match=r"(?m)^repairs\[0\] = .*: there are 0 in the list$"):
        removed.apply(Claim(**handset()))
    change = next(one for one in decide(claim).nearest_changes() if one.field == "evidence.voucher")
    assert change.apply(claim).evidence.voucher == change.after
    data = json.loads(canonical_json(change))
    assert data["before"] == "altered"
    assert data["values"] == list(change.values)


def test_an_exchange_that_cannot_be_taken_away() -> None:
    """A fault of after the asking came in the unit got later: there is none without that one."""
    claim = handset(
        claimed_on="2025-07-01",
        sold_on="2025-05-01",
        asked_on="2025-06-01",
        exchanges=[{"exchanged_on": "2025-06-10"}],
    )
    earlier = {**claim, "fault": {**claim["fault"], "appeared_on": "2025-05-20"}}
    later = {**claim, "fault": {**claim["fault"], "appeared_on": "2025-06-20"}}
    taken = [
        {one.field for one in perturbations(decide(each).case) if one.action == "remove"}
        for each in (claim, earlier, later)
    ]
    assert taken == [{"exchanges[0]"}, {"exchanges[0]"}, set()]
