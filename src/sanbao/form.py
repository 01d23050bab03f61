"""The parts of a decision, formed when they are looked at: 决定的各部分.

The engine leaves a :class:`~sanbao.engine.Case`; here its parts are made of it: outcome,
remedies with their money, checks with their numbers, dates, obligations, warnings and the
receipt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sanbao._version import __version__
from sanbao.cases import Resolution, resolve, unknown_paths
from sanbao.conditions import (
    AtLeast,
    Compare,
    Elapsed,
    Leaf,
    Listed,
    OneOf,
    Owed,
    Period,
    Under,
    Window,
    evaluate,
    leaves,
    signed_leaves,
)
from sanbao.decision import (
    Check,
    Dates,
    Finding,
    Findings,
    Lead,
    Obligation,
    Outcome,
    PolicyRef,
    Receipt,
    Remedy,
    Requested,
    RightBegins,
    Verdict,
    Warned,
)
from sanbao.depreciation import depreciate, to_fen, used_days
from sanbao.facts import FACTS, deducted_days, exchange_days
from sanbao.plain import digest
from sanbao.policy import Right, Rule

if TYPE_CHECKING:
    from sanbao.engine import Case

__all__ = ["form_decision"]

_DAY: Final = date.fromordinal


def form_decision(case: Case, name: str) -> Any:
    """Return the part of the decision on ``case`` called ``name``."""
    return _PARTS[name](case)


class LiveFindings(Findings):
    """The findings of a case; each is formed when it is looked at."""

    __slots__ = ("case",)

    def __init__(self, case: Case) -> None:
        self.case = case

    def __len__(self) -> int:
        return len(self.case.shape.findings)

    def _at(self, index: int) -> Finding:
        shape = self.case.shape.findings[index]
        return Finding(
            rule=shape.rule.id,
            verdict=shape.verdict,
            citations=shape.rule.cites,
            checks=_checks(self.case, shape.rule),
            barred_by=shape.barred_by,
            notes=shape.notes,
        )

    @property
    def verdicts(self) -> Mapping[str, Verdict]:
        return self.case.shape.verdicts


# --- outcome -----------------------------------------------------------------------------


def _resolution(case: Case) -> Resolution:
    found: Resolution | None = case.formed.get("resolution")
    if found is None:
        found = case.formed["resolution"] = resolve(case)
    return found


def _possible(case: Case) -> tuple[Outcome, ...]:
    return _resolution(case).outcomes


def _outcome(case: Case) -> Outcome | None:
    possible = _possible(case)
    return possible[0] if len(possible) == 1 else None


def _leading(case: Case) -> Rule | None:
    """Return the rule that decides: one that holds before one that may hold."""
    outcome, policy = _outcome(case), case.engine.policy
    rules: tuple[Rule, ...]
    match outcome:
        case None:
            return None
        case "excluded":
            rules = policy.exclusions
        case "paid_repair":
            rules = policy.bars
        case _:
            open_ = (*case.shape.certain, *case.shape.candidates)
            return next(right for right in open_ if right.remedy == outcome)
    verdict = case.shape.verdicts
    for wanted in ("holds", "unknown"):
        for rule in rules:
            if verdict[rule.id] == wanted:
                return rule
    return None


def _lead(case: Case) -> Lead | None:
    rule = _leading(case)
    return None if rule is None else Lead(rule.id, rule.cites)


def _requested(case: Case) -> Requested | None:
    request = case.claim.request
    if request is None:
        return None
    wanted = "free_repair" if request == "repair" else request
    possible = _possible(case)
    if wanted in possible:
        available = True if len(possible) == 1 else None
    else:
        available = False
    because = () if available else tuple(dict.fromkeys(_because(case, wanted)))
    return Requested(request, available, because)


def _because(case: Case, wanted: str) -> Iterator[str]:
    """Yield the rules that keep ``wanted`` away, the nearest to it first."""
    policy = case.engine.policy
    for shape in case.shape.findings:
        if shape.verdict == "holds" and shape.rule in (*policy.exclusions, *policy.bars):
            yield shape.rule.id
    near: list[tuple[int, int, int, str]] = []
    for place, shape in enumerate(case.shape.findings):
        rule = shape.rule
        if isinstance(rule, Right) and rule.remedy == wanted and case.program.can_hold(rule.id):
            yield from shape.barred_by
            failed = [check for check in _checks(case, rule) if not check.holds]
            distance = sum(-check.margin for check in failed if check.margin is not None)
            near.append((len(failed), distance, place, rule.id))
    yield from (rule_id for *_, rule_id in sorted(near))


# --- remedies and money --------------------------------------------------------------------


def _remedies(case: Case) -> tuple[Remedy, ...]:
    outcome = _outcome(case)
    if outcome == "paid_repair":
        rule = _leading(case)
        if rule is None:
            return (Remedy("paid_repair", "", "repairer", ()),)
        return (Remedy("paid_repair", rule.id, "repairer", rule.cites),)
    remedies = {right.id: _remedy(case, right, ()) for right in case.shape.certain}
    if outcome is not None and outcome not in [remedy.remedy for remedy in remedies.values()]:
        for right in case.shape.candidates:
            if right.remedy == outcome:
                remedies[right.id] = _remedy(case, right, _open_questions(case, right))
    order = case.engine.policy.preference
    return tuple(remedies[rule] for rule in order if rule in remedies)


def _open_questions(case: Case, right: Right) -> tuple[str, ...]:
    """Return the fields of the claim that say whether ``right`` is the one that holds."""
    states = _states(case)
    paths: set[str] = set()
    for leaf in leaves(right.when):
        if not isinstance(leaf, Owed | Under):
            if case.program.leaf_value(states, leaf) is None:
                paths.update(FACTS[leaf.fact].paths)
    return tuple(path for path in unknown_paths(case) if _without_index(path) in paths)


def _without_index(path: str) -> str:
    head, _, tail = path.partition("[")
    return head + tail.partition("]")[2]


def _remedy(case: Case, right: Right, needs: tuple[str, ...]) -> Remedy:
    if right.refund is None:
        return Remedy(right.remedy, right.id, right.owed_by, right.cites, needs=needs)
    price = refund_price(case)
    if right.refund == "in_full":
        fee = None if price is None else to_fen(Decimal(0))
        money: dict[str, Any] = {"price": price, "fee": fee, "payable": price}
    else:
        money = _depreciated(case, price)
    return Remedy(right.remedy, right.id, right.owed_by, right.cites, **money, needs=needs)


def refund_price(case: Case) -> Decimal | None:
    """Return the price a refund goes by (arts. 11, 14, 18, 19), yuan.

    The invoice price; for an accessory bought with a phone its stand-alone price on the
    day of return. ``None`` where it is not known.
    """
    purchase = case.claim.purchase
    together = case.claim.product.bought_with_phone
    if case.facts.role == "main_unit" or together is False:
        return purchase.price
    if together or purchase.price == purchase.standalone_price:
        return purchase.standalone_price
    return None


def _depreciated(case: Case, price: Decimal | None) -> dict[str, Any]:
    """Return the money of a refund less depreciation (art. 19)."""
    readings, coverage = case.engine.readings, case.program.coverage
    rate = None if coverage is None else coverage.daily_rate
    start = _depreciation_start(case)
    money: dict[str, Any] = {"price": price, "rate_per_day": rate}
    if start is None or rate is None:
        return money
    elapsed = case.facts.claimed_on - start
    deducted = deducted_days(case.claim, start, readings)
    days = used_days(elapsed, deducted, both_ends=readings.depreciation_days == "inclusive")
    money |= {"used_days": days, "deducted_days": deducted}
    if price is not None:
        charged = rate if readings.depreciation == "charged" else Decimal(0)
        reckoned = depreciate(price, days, charged, readings.rounding)
        money |= {"fee": reckoned.fee, "payable": reckoned.payable}
    return money


def _depreciation_start(case: Case) -> int | None:
    if case.engine.readings.depreciation_start == "from_exchange":
        return case.facts.period_start
    purchase = case.claim.purchase
    invoiced = purchase.invoiced_on or purchase.sold_on
    return None if invoiced is None else invoiced.toordinal()


def _needs(case: Case) -> tuple[str, ...]:
    """Return the fields that settle what is open: the outcome, the rule, the money."""
    needs = list(_resolution(case).needs)
    for remedy in _remedies(case):
        needs += remedy.needs
        if remedy.remedy == "refund" and remedy.payable is None:
            needs += _missing_money(case, remedy)
    return tuple(dict.fromkeys(needs))


def _missing_money(case: Case, remedy: Remedy) -> Iterator[str]:
    purchase = case.claim.purchase
    if remedy.price is None:
        together = case.claim.product.bought_with_phone
        accessory = case.facts.role == "accessory"
        if accessory and together is None:
            yield "product.bought_with_phone"
        if purchase.price is None and not (accessory and together):
            yield "purchase.price"
        if purchase.standalone_price is None and accessory and together is not False:
            yield "purchase.standalone_price"
    elif remedy.used_days is None:
        yield "purchase.invoiced_on"


# --- checks ----------------------------------------------------------------------------------


def _checks(case: Case, rule: Rule) -> tuple[Check, ...]:
    made: dict[tuple[int, bool], Check] = case.formed.setdefault("checks", {})
    states = _states(case)
    found = []
    for place, leaf, wanted in case.program.leaves_of(rule):
        check = made.get((place, wanted))
        if check is None:
            check = made[place, wanted] = _check(case, states, leaf, wanted)
        found.append(check)
    return tuple(found)


def _states(case: Case) -> tuple[int, ...]:
    states: tuple[int, ...] | None = case.formed.get("states")
    if states is None:
        states = case.formed["states"] = case.program.leaf_states(case.facts)
    return states


def _check(case: Case, states: tuple[int, ...], leaf: Leaf, wanted: bool) -> Check:
    if isinstance(leaf, Owed):
        return _owed(case, leaf, wanted)
    value = case.program.leaf_value(states, leaf)
    holds = None if value is None else value == wanted
    match leaf:
        case Under(reading=reading, value=named):
            actual = getattr(case.engine.readings, reading)
            relation = "is" if wanted else "is_not"
            return Check(f"readings.{reading}", relation, named, actual, holds, None)
        case Compare(fact=name, value=threshold, relation="before") if isinstance(threshold, date):
            day: int | None = getattr(case.facts, name)
            margin = None if day is None else threshold.toordinal() - 1 - day
            relation = "before" if wanted else "not_before"
            return Check(
                name, relation, threshold.isoformat(), _iso(day), holds, _signed(margin, wanted)
            )
        case AtLeast(fact=name, value=number):
            count: int | None = getattr(case.facts, name)
            margin = None if count is None else count - number
            relation = "at_least" if wanted else "below"
            return Check(name, relation, number, count, holds, _signed(margin, wanted))
        case Window() | Period() | Elapsed():
            last = end_of(case, leaf)
            margin = None if last is None else last - case.facts.claimed_on
            relation = "not_after" if wanted else "after"
            return Check(
                "claimed_on",
                relation,
                _iso(last) or "",
                _iso(case.facts.claimed_on),
                holds,
                _signed(margin, wanted),
                counted_from=leaf.fact,
            )
        case _:
            return _membership(case, leaf, wanted, holds)


def _signed(margin: int | None, wanted: bool) -> int | None:
    """Return the margin by which a check holds; whole numbers, so "not" turns 0 into -1."""
    return margin if wanted or margin is None else -1 - margin


def _membership(
    case: Case, leaf: Compare | OneOf | Listed, wanted: bool, holds: bool | None
) -> Check:
    actual = getattr(case.facts, leaf.fact)
    relation = "one_of" if wanted else "none_of"
    match leaf:
        case OneOf(values=values):
            return Check(leaf.fact, relation, values, actual, holds, None)
        case Listed(column="kind"):
            kinds = tuple(line.kind for line in case.engine.policy.catalogue)
            return Check(leaf.fact, relation, kinds, actual, holds, None)
        case Listed():
            coverage = case.program.coverage
            faults = () if coverage is None else coverage.faults
            return Check(leaf.fact, relation, faults, actual, holds, None)
        case Compare(value=value):
            threshold: Any = value
            return Check(leaf.fact, "is" if wanted else "is_not", threshold, actual, holds, None)


def _owed(case: Case, leaf: Owed, wanted: bool) -> Check:
    certain = tuple(right.id for right in case.shape.certain if right.id in leaf.rules)
    may = any(right.id in leaf.rules for right in case.shape.candidates)
    value = True if certain else None if may else False
    relation = "one_of" if wanted else "none_of"
    holds = None if value is None else value == wanted
    return Check("rights", relation, leaf.rules, certain, holds, None)


def end_of(case: Case, leaf: Window | Period | Elapsed) -> int | None:
    """Return the last day on which ``leaf`` holds (an ordinal), if the facts tell it."""
    start: int | None = getattr(case.facts, leaf.fact)
    clock = case.program.clock
    match leaf:
        case Window(days=days):
            return None if start is None else clock.window_end(start, days)
        case Period():
            months, deducted = _months(case, leaf), getattr(case.facts, leaf.extended_by)
            if start is None or deducted is None or months is None:
                return None
            return clock.period_end(start, months, deducted)
        case Elapsed(days=days, months=months):
            if start is None:
                return None
            return clock.months_after(months)[start] if months else start + (days or 0)


def _months(case: Case, leaf: Period) -> int | None:
    coverage = case.program.coverage
    return leaf.months or (None if coverage is None else coverage.months)


def _iso(day: int | None) -> str | None:
    return None if day is None else _DAY(day).isoformat()


# --- dates -------------------------------------------------------------------------------------


def _leaf_days(
    case: Case, wanted_type: type[Window] | type[Period], remedy: str | None
) -> list[tuple[int, Any]]:
    """Return ``(last day, leaf)`` for the windows or periods of the rights there can be."""
    found = []
    for right in case.engine.policy.rights:
        if remedy in (None, right.remedy) and case.program.can_hold(right.id):
            for leaf, wanted in signed_leaves(right.when):
                if wanted and isinstance(leaf, wanted_type):
                    last = end_of(case, leaf)
                    if last is not None:
                        found.append((last, leaf))
    return found


def _last_days(case: Case) -> dict[str, tuple[int, Any]]:
    """Return the last day of the period and of each window, with its leaf."""
    found = {
        "period_ends_on": _leaf_days(case, Period, None),
        "refund_until": _leaf_days(case, Window, "refund"),
        "exchange_until": _leaf_days(case, Window, "exchange"),
    }
    return {name: max(days, key=lambda pair: pair[0]) for name, days in found.items() if days}


def _dates(case: Case) -> Dates:
    last = {name: _DAY(day) for name, (day, _) in _last_days(case).items()}
    start = case.facts.period_start
    return Dates(
        period_starts_on=None if start is None else _DAY(start),
        period_ends_on=last.get("period_ends_on"),
        refund_until=last.get("refund_until"),
        exchange_until=last.get("exchange_until"),
        deducted_days=case.facts.deducted_days,
        begins=tuple(_beginnings(case)),
    )


def _beginnings(case: Case) -> Iterator[RightBegins]:
    """Yield the day on which each right begins that needs a time to have passed."""
    for right in case.engine.policy.rights:
        if case.program.can_hold(right.id):
            for leaf, wanted in signed_leaves(right.when):
                if not wanted and isinstance(leaf, Elapsed):
                    last = end_of(case, leaf)
                    if last is not None:
                        yield RightBegins(right.id, _DAY(last + 1))


def _provisional(case: Case) -> tuple[str, ...]:
    clock, facts = case.program.clock, case.facts
    names = []
    for name, (_, leaf) in _last_days(case).items():
        start = getattr(facts, leaf.fact)
        if isinstance(leaf, Window):
            provisional = clock.window_is_provisional(start, leaf.days)
        else:
            deducted = getattr(facts, leaf.extended_by)
            provisional = clock.period_is_provisional(start, _months(case, leaf) or 0, deducted)
        if provisional:
            names.append(name)
    return tuple(names)


# --- what comes along -----------------------------------------------------------------------------


def _obligations(case: Case) -> tuple[Obligation, ...]:
    states = _states(case)
    possible = _possible(case)
    found = []
    for duty in case.engine.policy.obligations:
        arises = duty.when is None or evaluate(
            duty.when, lambda leaf: case.program.leaf_value(states, leaf)
        )
        if arises and all(outcome in duty.with_outcomes for outcome in possible):
            day = case.facts.claimed_on
            if duty.after is not None:
                day = getattr(case.facts, duty.after) + duty.days
            found.append(Obligation(duty.id, _DAY(day), duty.cites))
    return tuple(found)


def _warnings(case: Case) -> tuple[Warned, ...]:
    return tuple(
        Warned(code, field, day.isoformat()) for code, field, day in _odd(case) if day is not None
    )


def _odd(case: Case) -> Iterator[tuple[str, str, date | None]]:
    claim = case.claim
    purchase, evidence, claimed = claim.purchase, claim.evidence, claim.claimed_on
    for code, field, day, other in (
        ("activated_before_sale", "evidence.activated_on", evidence.activated_on, purchase.sold_on),
        ("invoice_before_sale", "purchase.invoiced_on", purchase.invoiced_on, purchase.sold_on),
        ("received_before_sale", "purchase.received_on", purchase.received_on, purchase.sold_on),
    ):
        if day is not None and other is not None and day < other:
            yield code, field, day
    sold_or_claimed = purchase.sold_on or claimed
    if evidence.manufactured_on is not None and evidence.manufactured_on > sold_or_claimed:
        yield "made_after_sale", "evidence.manufactured_on", evidence.manufactured_on
    for code, field, day in (
        ("received_after_claim", "purchase.received_on", purchase.received_on),
        ("activated_after_claim", "evidence.activated_on", evidence.activated_on),
    ):
        if day is not None and day > claimed:
            yield code, field, day
    for index, day in enumerate(exchange_days(claim)):
        if purchase.sold_on is not None and day < purchase.sold_on.toordinal():
            yield "exchange_before_sale", f"exchanges[{index}].exchanged_on", _DAY(day)
    open_before = False
    for index, repair in enumerate(claim.repairs):
        back = repair.handed_back_on
        if repair.handed_in_on > claimed:
            yield "repair_after_claim", f"repairs[{index}].handed_in_on", repair.handed_in_on
            continue
        if back is not None and back > claimed:
            yield "hand_back_after_claim", f"repairs[{index}].handed_back_on", back
        if back is None:
            if open_before:
                yield "two_open_repairs", f"repairs[{index}].handed_in_on", repair.handed_in_on
            open_before = True


def _receipt(case: Case) -> Receipt:
    engine = case.engine
    return Receipt(
        library=__version__,
        policy=f"{engine.policy.id}@{engine.policy.version}",
        policy_sha256=digest(engine.policy.to_json()),
        readings=engine.readings,
        calendar=engine.calendar.id,
        calendar_last_known_year=engine.calendar.last_known_year,
        claim_sha256=digest(case.claim.to_json()),
    )


_PARTS: Final[dict[str, Callable[[Case], Any]]] = {
    "outcome": _outcome,
    "possible": _possible,
    "policy": lambda case: PolicyRef(case.engine.policy.id, case.engine.policy.version),
    "lead": _lead,
    "requested": _requested,
    "remedies": _remedies,
    "findings": LiveFindings,
    "obligations": _obligations,
    "dates": _dates,
    "depends_on": lambda case: None,
    "provisional": _provisional,
    "warnings": _warnings,
    "needs": _needs,
    "receipt": _receipt,
}
