"""The input variables of a claim other than its dates: 情形变量.

Papers, cause, request and the like are codes. Values that no rule distinguishes are merged into
one class (equivalence partitioning), for which the plainest value stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any, Final, NamedTuple, TypeAlias

from sanbao.base.errors import Reason, ValidationError
from sanbao.evaluation.facts.dependencies import rests_on
from sanbao.model.claim import Claim
from sanbao.model.claim_row import ClaimRow
from sanbao.model.facts import FACTS, NO_DETAIL
from sanbao.model.fields import FIELDS, ClaimField, fields_in
from sanbao.rules.conditions import AtLeast
from sanbao.rules.policy import Policy, codes_of, named_codes
from sanbao.statespace.regions.layout import FactLeaf, LoadedPolicy, Place
from sanbao.statespace.regions.repair_views import LONG_AGO
from sanbao.statespace.thresholds import DAYS

__all__ = [
    "PLAIN_VARIABLES",
    "Codes",
    "Variable",
    "causes",
    "code_classes",
    "details",
    "exchanges",
    "faults",
    "plain_claim",
    "prices",
    "with_value",
]


class Variable(NamedTuple):
    """Fields of a claim that decide some facts, with their values, the plainest first."""

    name: str
    facts: frozenset[str]
    values: tuple[dict[str, Any], ...]


def _values(**fields: Iterable[Any]) -> tuple[dict[str, Any], ...]:
    return tuple(dict(zip(fields, chosen, strict=True)) for chosen in product(*fields.values()))


_PRICES: Final = (Decimal("1000.00"), Decimal("0.00"))
_PAID: Final = (None, Decimal("800.00"), Decimal("1200.00"), Decimal("0.00"))
"""Prices really paid: not stated, below and above the price of the invoice, and nothing."""


def _plainest_first(field: ClaimField) -> tuple[Any, ...]:
    """Return what a field can be in a row, the value on which nothing hangs first."""
    is_yes_or_no = field.type == "yes/no" or field.whether is not None
    values: tuple[bool | str, ...] = (True, False) if is_yes_or_no else field.row_codes
    plain = False if field.whether else field.plain
    return tuple(sorted(values, key=lambda value: plain is not None and value != plain))


def _variable(name: str, facts: str, *fields: str, **others: Iterable[Any]) -> Variable:
    """Return some fields as one variable."""
    values = {FIELDS[path].row: _plainest_first(FIELDS[path]) for path in fields}
    return Variable(name, frozenset(facts.split()), _values(**values, **others))


_TOGETHER: Final = {
    "purchase.gift": _variable(
        "sale",
        "nothing_to_refund gift bought_with_phone",
        "purchase.gift",
        "product.bought_with_phone",
        price=_PRICES,
        standalone_price=_PRICES,
        paid_price=_PAID,
    ),
    "evidence.invoice": _variable(
        "papers",
        "invoice voucher factory_dated",
        "evidence.invoice",
        "evidence.voucher",
        made=(False, True),
    ),
}
"""Fields that only together decide some facts, by the field in whose place they stand."""

_APART: Final = {"kind", "symptom"}.union(*(one.values[0] for one in _TOGETHER.values()))

PLAIN_VARIABLES: Final = tuple(
    _TOGETHER.get(field.path) or _variable(field.row, field.row, field.path)
    for field in fields_in()
    if field.path in _TOGETHER
    or (field.tried and field.type in ("code", "yes/no") and field.row not in _APART)
)
"""In the order of the contract, the fault apart: it is cut by the limits of policies."""


def faults(policies: Sequence[LoadedPolicy]) -> Variable:
    """Return the fault, with battery capacities (percent) on both sides of each limit."""
    limits = {loaded.policy.sound_capacity for loaded in policies}
    capacities = sorted({near for limit in limits for near in (limit - 1, limit) if near >= 0})
    codes = codes_of((loaded.policy for loaded in policies), "symptom")
    values: list[dict[str, Any]] = [{"symptom": code, "battery_capacity": None} for code in codes]
    values += [{"symptom": "battery_fault", "battery_capacity": near} for near in capacities]
    return Variable("fault", frozenset({"symptom", "capacity_sound"}), tuple(values))


def causes(policies: Sequence[LoadedPolicy]) -> Variable:
    """Return the causes that the policies know, and none."""
    codes = codes_of((loaded.policy for loaded in policies), "cause")
    stated = (code for code in codes if code != FIELDS["fault.cause"].default)
    return _variable("cause", "cause", cause=(FIELDS["fault.cause"].default, *stated))


def details(policies: Sequence[LoadedPolicy]) -> Variable:
    """Return the details of a fault that rules name, and none."""
    named = {code for loaded in policies for code in named_codes(loaded.policy, "detail")}
    codes = sorted(named - {NO_DETAIL})
    return Variable("detail", frozenset({"detail"}), _values(detail=(None, *codes)))


def prices(policies: Sequence[LoadedPolicy], row: ClaimRow) -> tuple[Decimal | None, ...]:
    """Return the price that a refund of each policy goes by, in yuan."""
    return tuple(loaded.program.money(row).price for loaded in policies)


def exchanges(leaves: Iterable[FactLeaf], exchanged: bool) -> Variable:
    """Return the number of exchanges, with values on both sides of each threshold."""
    asked = {
        leaf.value
        for leaf in leaves
        if isinstance(leaf, AtLeast) and leaf.fact == "exchanges_counted"
    }
    counts = {near for number in asked for near in (number - 1, number)} | {1}
    values = sorted(count for count in counts if count > 0) if exchanged else [0]
    return Variable("exchanges", frozenset({"exchanges_counted"}), _values(exchanges=values))


def plain_claim(kind: str) -> ClaimRow:
    """Return a claim about goods of this kind with the plainest values, long after the sale."""
    claimed = date.fromordinal(DAYS[0])
    claim = Claim.model_validate({"claimed_on": claimed, "product": {"kind": kind}})
    row = claim.row._replace(sold=DAYS[0] - 3 * LONG_AGO)
    for variable in PLAIN_VARIABLES:
        row = with_value(row, variable.values[0])
    return row


def with_value(base: ClaimRow, value: Mapping[str, Any]) -> ClaimRow:
    """Return ``base`` with the fields of one value of a variable."""
    fields = dict(value)
    if "made" in fields:
        fields["made"] = base.claimed - 3 * LONG_AGO if fields["made"] else None
    if "exchanges" in fields:
        fields["exchanges"] = (base.claimed - 2 * LONG_AGO,) * fields["exchanges"]
    return base._replace(**fields)


Codes: TypeAlias = dict[Place, tuple[int, tuple[int, ...]]]
"""For a leaf about a code: its variable, and its truth for each class of values."""


def code_classes(
    policies: tuple[LoadedPolicy, ...],
    asked: Sequence[tuple[FactLeaf, ...]],
    variables: Sequence[Variable],
    base: ClaimRow,
) -> tuple[tuple[tuple[dict[str, Any], ...], ...], Codes]:
    """Return the classes of values of each variable, and the truth of leaves for each class."""
    classes: list[tuple[dict[str, Any], ...]] = []
    codes: Codes = {}
    own_facts = [_own_facts(loaded.policy, variables) for loaded in policies]
    for level, variable in enumerate(variables):
        about = [
            (number, tuple(leaf for leaf in leaves if leaf.fact in variable.facts | own[level]))
            for number, (leaves, own) in enumerate(zip(asked, own_facts, strict=True))
        ]
        found: dict[tuple[tuple[Any, ...], ...], dict[str, Any]] = {}
        for value in variable.values:
            row = with_value(base, value)
            states = []
            for number, leaves in about:
                program = policies[number].program
                known = program.leaf_states(program.facts_of(row))
                states.append(program.states_of(known, leaves))
            # the request distinguishes claims even if no condition asks for it: by the choice
            found.setdefault((*states, _beside_conditions(policies, value, row)), value)
        classes.append(tuple(found.values()))
        for (number, leaves), *states in zip(about, *found, strict=False):
            for leaf, *truths in zip(leaves, *states, strict=True):
                codes[number, leaf] = level, tuple(truths)
    return tuple(classes), codes


def _own_facts(policy: Policy, variables: Sequence[Variable]) -> list[frozenset[str]]:
    """Return for each variable the facts that the law has for itself and that follow from it.

    Raises :class:`~sanbao.ValidationError` for one that follows from no single variable: from
    days, from repairs, or from fields that are varied apart.
    """
    rows = [frozenset(variable.values[0]) for variable in variables]
    found: list[set[str]] = [set() for _ in variables]
    fields = rests_on(policy.derived, "field")
    for fact, spec in tuple(policy.facts.items())[len(FACTS) :]:
        needed = {FIELDS[path].row for path in fields[fact]}
        places = [place for place, row in enumerate(rows) if needed <= row]
        if spec.type not in ("yes/no", "code") or not places:
            stated = ", ".join(sorted(fields[fact]))
            raise ValidationError.of(f"derived.{fact}", stated, Reason("policy.undivided"))
        found[places[0]].add(fact)
    return list(map(frozenset, found))


def _beside_conditions(
    policies: Sequence[LoadedPolicy], value: Mapping[str, Any], row: ClaimRow
) -> tuple[Any, ...]:
    """Return what distinguishes values other than conditions: the request, the fee, the price.

    Of prices only their order matters, and whether there is one.
    """
    if "request" in value:
        return (value["request"],)
    if "used" in value:
        return (value["used"] if any(loaded.program.context.rate for loaded in policies) else None,)
    if "price" in value:
        found = prices(policies, row)
        ranks = sorted({price for price in found if price is not None})
        return tuple(price and ranks.index(price) for price in found)
    return ()
