"""What a claim can say beside its dates: 情形变量.

Papers, cause, request and the like are codes. Of each only those values are kept that some rule
tells apart, the plainest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import Any, Final, NamedTuple, TypeAlias, get_args

from sanbao.cells.histories import FactLeaf
from sanbao.cells.thresholds import DAYS, Starts
from sanbao.claim import Cause, CauseBasis, Invoice, Request, Symptom, Voucher
from sanbao.conditions import AtLeast, Leaf
from sanbao.facts import Facts, derive
from sanbao.policy import Policy
from sanbao.program import Program
from sanbao.stated import NOT_STATED, NOTHING, Stated

__all__ = [
    "PLAIN_VARIABLES",
    "Codes",
    "Member",
    "Place",
    "Variable",
    "code_classes",
    "exchanges",
    "faults",
    "plain_claim",
    "with_value",
]


class Member(NamedTuple):
    """One of the policies that are looked at together, ready for goods of one kind."""

    policy: Policy
    program: Program
    starts: Starts


Place: TypeAlias = tuple[int, Leaf]
"""A leaf of the member with this number."""


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


PLAIN_VARIABLES: Final = (
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


def faults(members: Sequence[Member]) -> Variable:
    """Return what the fault can be, with the battery's capacity on both sides of a limit."""
    limits = {member.policy.sound_capacity for member in members}
    capacities = sorted({near for limit in limits for near in (limit - 1, limit) if near >= 0})
    values = [{"symptom": code, "battery_capacity": None} for code in get_args(Symptom)]
    values += [{"symptom": "battery_fault", "battery_capacity": near} for near in capacities]
    return Variable("fault", frozenset({"symptom", "capacity_sound"}), tuple(values))


def exchanges(leaves: Iterable[FactLeaf], exchanged: bool) -> Variable:
    """Return how often the goods were exchanged, on both sides of each number asked."""
    asked = {
        leaf.value
        for leaf in leaves
        if isinstance(leaf, AtLeast) and leaf.fact == "exchanges_counted"
    }
    counts = {near for number in asked for near in (number - 1, number)} | {1}
    values = sorted(count for count in counts if count > 0) if exchanged else [0]
    return Variable("exchanges", frozenset({"exchanges_counted"}), _values(exchanges=values))


def plain_claim(kind: str) -> Stated:
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
        asked=None,
        appeared=None,
        used=True,
        second_hand=False,
        paid_price=None,
        province=None,
        trader_province=None,
        contested=False,
        found_unqualified=False,
        detail=None,
    )


def with_value(base: Stated, value: Mapping[str, Any]) -> Stated:
    """Return ``base`` with the fields of one value of a variable."""
    fields = dict(value)
    if "made" in fields:
        fields["made"] = base.claimed - 700 if fields["made"] else None
    if "exchanges" in fields:
        fields["exchanges"] = (base.claimed - 3000,) * fields["exchanges"]
    return base._replace(**fields)


Codes: TypeAlias = dict[Place, tuple[int, tuple[int, ...]]]
"""For a leaf about a code: its variable, and its truth for each class of values."""


def code_classes(
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
            stated = with_value(base, value)
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
