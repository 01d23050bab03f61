"""The lists that businesses ask one another for: 核对清单."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from sanbao.base.errors import Problem, Reason, ValidationError, shown, suggestion
from sanbao.base.json_text import JsonRecord
from sanbao.base.records import Record, record
from sanbao.model.citation import Citation
from sanbao.model.claim import Claim, Product
from sanbao.model.claim_patch import changed_claim
from sanbao.rules.provisions import Words

__all__ = ["Checklist", "Failure", "Item", "Party", "changes_of"]

Party: TypeAlias = Literal["seller", "producer", "supplier", "repairer"]
"""Who may owe whom by art. 22: 销售者, 生产者, 供货者, 修理者."""

_ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")


@record
class Failure(Record):
    """How an item that is not met shows in the claim: 不符的事实.

    ``field`` is a path of the claim (``evidence.voucher``), ``value`` what then stands there.
    """

    field: str
    value: str | bool


@record
class Item(Record):
    """One thing that is asked for: 核对项目.

    ``cites`` say why it is no condition of the consumer's rights, and which article is about
    the same papers. ``failing`` is empty unless the item stands for a fact of the claim.
    """

    id: str
    title: Words
    cites: tuple[Citation, ...]
    failing: tuple[Failure, ...] = ()


@record
class Checklist(JsonRecord):
    """What one business asks of another before it pays: 核对清单.

    ``owed_by`` pays ``owed_to`` if every item is met. ``source`` and ``read_on`` say where the
    list was found and when, ``besides`` what else it says. Raises
    :class:`~sanbao.ValidationError` when its parts do not fit together.
    """

    id: str
    version: str
    title: Words
    owed_by: Party
    owed_to: Party
    source: str
    read_on: date
    cites: tuple[Citation, ...]
    items: tuple[Item, ...]
    besides: tuple[Words, ...] = ()

    def __post_init__(self) -> None:
        if problems := list(_contradictions(self)):
            raise ValidationError(problems)

    def item(self, name: str) -> Item:
        """Return the item with this id.

        Raises :class:`~sanbao.ValidationError` naming the nearest id if there is none.
        """
        known = {item.id: item for item in self.items}
        if isinstance(name, str) and name in known:
            return known[name]
        reason = Reason("checklist.no_item", id=self.id).then(suggestion(name, known))
        raise ValidationError.of("item", name, reason)


def changes_of(*items: Item) -> dict[str, Any]:
    """Return what the claim states where these items are not met, by path."""
    return {failure.field: failure.value for item in items for failure in item.failing}


def _contradictions(checklist: Checklist) -> Iterator[Problem]:
    """Yield what does not fit together in a list whose parts are each in order."""
    if not _ID.fullmatch(checklist.id):
        yield Problem("id", shown(checklist.id), Reason("checklist.id"))
    if checklist.owed_by == checklist.owed_to:
        yield Problem("owed_to", shown(checklist.owed_to), Reason("checklist.owed_by_itself"))
    if not checklist.source:
        yield Problem("source", shown(checklist.source), Reason("checklist.source"))
    if not checklist.cites:
        yield Problem("cites", shown(()), Reason("policy.no_citation"))
    if not checklist.items:
        yield Problem("items", shown(()), Reason("checklist.no_items"))
    seen: set[str] = set()
    for place, item in enumerate(checklist.items):
        here = f"items[{place}]"
        if not _ID.fullmatch(item.id):
            yield Problem(f"{here}.id", shown(item.id), Reason("checklist.item_id"))
        if item.id in seen:
            yield Problem(f"{here}.id", shown(item.id), Reason("policy.used_twice"))
        seen.add(item.id)
        if not item.cites:
            yield Problem(f"{here}.cites", shown(()), Reason("policy.no_citation"))
        if item.failing:
            yield from _wrong_failing(item, f"{here}.failing")


def _wrong_failing(item: Item, here: str) -> Iterator[Problem]:
    """Yield what no claim could state."""
    ordinary = Claim(claimed_on=date(2025, 7, 4), product=Product(kind="handset"))
    try:
        changed_claim(ordinary, changes_of(item))
    except ValidationError as error:
        for problem in error.problems:
            yield Problem(
                here,
                problem.value,
                Reason("input.part", field=problem.field, reason=problem.reason),
            )
