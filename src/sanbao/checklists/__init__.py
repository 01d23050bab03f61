"""What businesses ask of one another when goods come back: 经销商核对清单.

A maker that takes an exchanged phone off a dealer's hands has a list of its own: stickers
complete, card unaltered, invoice legible. Whoever fails such a list bears the cost, and that
is all: the seller answers to the consumer whatever was agreed between businesses (art. 3), and
has recourse or not (art. 22). :func:`check` shows it item by item, with what the consumer has.

Lists are data, ``checklist-*.toml`` beside the promises; a file more is a list more.

>>> from sanbao import checklists
>>> checklists.ids()
('15-day-exchange', 'accessories', 'doa-exchange')
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, TypeAlias

from sanbao.base.display import Explained
from sanbao.base.errors import (
    Problem,
    ValidationError,
    given,
    name_of,
    reason_of,
    shown,
    suggestion,
    system_reason,
)
from sanbao.base.json_text import read_record, reader_of
from sanbao.base.records import Record, canonical_json
from sanbao.decision import Decision
from sanbao.engine import decide
from sanbao.model.citation import Citation
from sanbao.model.claim import Claim, Product, StoredClaim
from sanbao.rules.combined import Combined, qualified
from sanbao.rules.policy import Bar, Grade, Words
from sanbao.rules.policy_file.diagnostics import key_text
from sanbao.rules.policy_file.source_map import Path, Positions, toml_positions

__all__ = ["Checked", "CheckedItem", "Checklist", "Failure", "Item", "check", "get", "ids", "load"]

Party: TypeAlias = Literal["seller", "producer", "supplier", "repairer"]
"""Who may owe whom by art. 22: 销售者, 生产者, 供货者, 修理者."""

Standing: TypeAlias = Literal["stands", "fails", "open"]

MOST_BYTES: Final = 1 << 18
"""A larger file than this is no checklist."""

_ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_PREFIX: Final = "checklist-"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Failure(Record):
    """How an item that is not met shows in the claim: 不符的事实.

    ``field`` is a path of the claim (``evidence.voucher``), ``value`` what then stands there.
    """

    field: str
    value: str | bool


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Item(Record):
    """One thing that is asked for: 核对项目.

    ``cites`` say why it is no condition of the consumer's rights, and which article is about
    the same papers. ``failing`` is empty unless the item stands for a fact of the claim.
    """

    id: str
    title: Words
    cites: tuple[Citation, ...]
    failing: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Checklist(Record):
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
        reason = f"there is no item with this id in {self.id}{suggestion(name, known)}"
        raise ValidationError.of("item", name, reason)

    def to_json(self) -> str:
        """Return the list as canonical JSON; reading it back gives an equal one."""
        return canonical_json(self)

    @classmethod
    def from_json(cls, text: str | bytes) -> Checklist:
        """Return the list of a JSON text. Raises :class:`~sanbao.ValidationError`."""
        return read_record(cls, text, "checklist")


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class CheckedItem(Record):
    """What became of one item: 逐项结果.

    ``passed`` is ``None`` where nobody said. ``decision`` is what the consumer has where the
    item was not met and stands for a fact of the claim, ``by`` the articles that are about that
    fact; ``None`` and empty where the consumer's claim is untouched.
    """

    item: str
    passed: bool | None
    decision: Decision | None = None
    by: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Checked(Explained, Record):
    """A list held against what was found: 核对结果.

    ``standing``: the claim between the businesses ``stands`` (every item is met), ``fails``, or
    is ``open``. ``decision`` is what the consumer has by the claim as it is, ``together`` what
    is left where several items that are not met stand for facts of the claim, ``by_together``
    the articles that are about these; ``None`` and empty where fewer than two do.
    """

    checklist: Checklist
    claim: StoredClaim
    standing: Standing
    items: tuple[CheckedItem, ...]
    decision: Decision
    together: Decision | None = None
    by_together: tuple[Citation, ...] = ()

    @property
    def failed(self) -> tuple[str, ...]:
        """The ids of the items that are not met."""
        return tuple(one.item for one in self.items if one.passed is False)

    def left(self, item: str) -> Decision:
        """Return what the consumer has with this item as it was found.

        Raises :class:`~sanbao.ValidationError` naming the nearest id if there is none.
        """
        place = self.checklist.items.index(self.checklist.item(item))
        return self.items[place].decision or self.decision

    def explain(self, lang: Literal["zh", "en"] = "zh") -> str:
        """Return it in words, Chinese (``zh``) or English (``en``).

        Raises :class:`~sanbao.ValidationError` for another language.
        """
        from sanbao.checklists.text import checked_text

        return checked_text(self, lang)

    def to_json(self) -> str:
        """Return the result, the decisions in it included, as canonical JSON."""
        return canonical_json(self)

    def _repr_markdown_(self) -> str:
        from sanbao.checklists.text import checked_markdown

        return checked_markdown(self, "zh")


def check(
    checklist: Checklist, claim: Claim | Mapping[str, Any], passed: Mapping[str, bool | None]
) -> Checked:
    """Say whether a claim between businesses stands, and what the consumer has: 核对.

    ``passed`` tells by the ids of the items whether each is met; what is left out, or
    ``None``, nobody said. The consumer's claim is decided by the law and by the commitments
    it names, never by the list. Raises :class:`~sanbao.ValidationError` for an item nobody
    knows, and for a claim that cannot be.

    >>> found = check(
    ...     get("doa-exchange"),
    ...     {"claimed_on": "2025-07-04", "product": {"kind": "handset"}},
    ...     {"protective_film": False},
    ... )
    >>> found.standing, found.failed
    ('fails', ('protective_film',))
    """
    if not isinstance(checklist, Checklist):
        raise ValidationError.of("checklist", checklist, "must be a Checklist")
    answers = _answers(checklist, passed)
    stated = claim if isinstance(claim, Claim) else Claim.model_validate(claim)
    items = tuple(_checked(item, answers.get(item.id), stated) for item in checklist.items)
    found = {item.passed for item in items}
    standing: Standing = "fails" if False in found else "open" if None in found else "stands"
    told = Checked(checklist, stated, standing, items, decide(stated))
    touching = [checklist.item(one.item) for one in items if one.decision is not None]
    if len(touching) < 2:
        return told
    together = _decided(stated, *touching)
    return replace(told, together=together, by_together=_about_papers(together))


def _answers(checklist: Checklist, passed: object) -> Mapping[str, bool | None]:
    if not isinstance(passed, Mapping):
        raise ValidationError.of("passed", passed, "must be an object of items and true or false")
    known = [item.id for item in checklist.items]
    problems = []
    for name, value in passed.items():
        if name not in known:
            reason = f"there is no item with this id in {checklist.id}{suggestion(name, known)}"
            problems.append(Problem("passed", shown(name), reason))
        elif value is not None and not isinstance(value, bool):
            reason = "must be true, false, or null where nobody said"
            problems.append(Problem(f"passed.{name}", shown(value), reason))
    if problems:
        raise ValidationError(problems)
    return passed


def _checked(item: Item, passed: bool | None, claim: Claim) -> CheckedItem:
    if passed is not False or not item.failing:
        return CheckedItem(item.id, passed)
    decision = _decided(claim, item)
    return CheckedItem(item.id, passed, decision, _about_papers(decision))


def _decided(claim: Claim, *items: Item) -> Decision:
    """Return the decision on ``claim`` with the facts that failed items stand for."""
    from sanbao.model.claim_patch import changed_claim

    return decide(changed_claim(claim, _changes(*items)))


def _changes(*items: Item) -> dict[str, Any]:
    return {failure.field: failure.value for item in items for failure in item.failing}


def _about_papers(decision: Decision) -> tuple[Citation, ...]:
    """Return the articles of the bars and grades that hold of a decided claim."""
    policy = decision.case.policy
    together = isinstance(policy, Combined)
    members = policy.members if isinstance(policy, Combined) else (policy,)
    found: dict[Citation, None] = {}
    for member in members:
        rules: tuple[Bar | Grade, ...] = (*member.bars, *member.grades)
        for rule in rules:
            name = qualified(member, rule.id) if together else rule.id
            if decision.verdicts[name] == "holds":
                found |= dict.fromkeys(rule.cites)
    return tuple(found)


def _contradictions(checklist: Checklist) -> Iterator[Problem]:
    """Yield what does not fit together in a list whose parts are each in order."""
    if not _ID.fullmatch(checklist.id):
        yield Problem("id", shown(checklist.id), "must be lower case, like doa-exchange")
    if checklist.owed_by == checklist.owed_to:
        yield Problem("owed_to", shown(checklist.owed_to), "cannot be owed by itself")
    if not checklist.source:
        yield Problem("source", shown(checklist.source), "a list says where it was found")
    if not checklist.cites:
        yield Problem("cites", shown(()), "has no citation")
    if not checklist.items:
        yield Problem("items", shown(()), "a list has at least one item")
    seen: set[str] = set()
    for place, item in enumerate(checklist.items):
        here = f"items[{place}]"
        if not _ID.fullmatch(item.id):
            yield Problem(f"{here}.id", shown(item.id), "must be lower case, like card_unaltered")
        if item.id in seen:
            yield Problem(f"{here}.id", shown(item.id), "is used twice")
        seen.add(item.id)
        if not item.cites:
            yield Problem(f"{here}.cites", shown(()), "has no citation")
        if item.failing:
            yield from _wrong_failing(item, f"{here}.failing")


def _wrong_failing(item: Item, here: str) -> Iterator[Problem]:
    """Yield what no claim could state."""
    from sanbao.model.claim_patch import changed_claim

    ordinary = Claim(claimed_on=date(2025, 7, 4), product=Product(kind="handset"))
    try:
        changed_claim(ordinary, _changes(item))
    except ValidationError as error:
        for problem in error.problems:
            yield Problem(here, problem.value, f"{problem.field}: {problem.reason}")


# --- files ---------------------------------------------------------------------------------


def ids() -> tuple[str, ...]:
    """Return the ids of all checklists that ship."""
    return tuple(_files())


def get(checklist: str) -> Checklist:
    """Return the checklist with this id, read when it is first asked for.

    Raises :class:`~sanbao.ValidationError` naming the nearest id if there is none.

    >>> get("accessories").item("card").title[1]
    'the warranty card is there'
    """
    if isinstance(checklist, str) and checklist in _files():
        return _shipped(checklist)
    reason = f"there is no checklist with this id{suggestion(checklist, ids())}"
    raise ValidationError.of("checklist", checklist, reason)


def load(path: str | os.PathLike[str]) -> Checklist:
    """Return the checklist of a TOML file of one's own.

    Raises :class:`~sanbao.ValidationError` naming file, line and key of every mistake.
    """
    if not isinstance(path, str | os.PathLike):
        raise ValidationError.of("path", path, "must be the path of a checklist file")
    name = name_of(os.fspath(path))
    try:
        with open(path, "rb") as stream:
            text = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else "is no path"
        raise ValidationError([Problem("file", shown(name), reason, file=name)]) from None
    return _File(text, name).checklist()


@cache
def _files() -> Mapping[str, Any]:
    """Return the files of checklists by the id each is named after."""
    found = {
        entry.name.removeprefix(_PREFIX).removesuffix(".toml"): entry
        for entry in files("sanbao.policies").iterdir()
        if entry.name.startswith(_PREFIX) and entry.name.endswith(".toml")
    }
    return dict(sorted(found.items()))


@cache
def _shipped(checklist: str) -> Checklist:
    entry = _files()[checklist]
    return _File(entry.read_bytes(), entry.name).checklist()


class _File:
    """One file on its way to a checklist."""

    def __init__(self, text: bytes, name: str) -> None:
        self.text = text
        self.name = name
        self.positions = Positions()

    def checklist(self) -> Checklist:
        """Return the checklist, or raise all that is wrong with it."""
        from pydantic import ValidationError as PydanticError

        data = self._data()
        try:
            record: Checklist = reader_of(Checklist).validate_json(
                json.dumps(data, default=str), strict=True
            )
        except PydanticError as error:
            found = [p for d in error.errors(include_url=False) for p in self._problems(d)]
            raise ValidationError(dict.fromkeys(found)) from None
        return record

    def _data(self) -> dict[str, Any]:
        from sanbao.base.toml_text import NotTomlError, parse

        if len(self.text) > MOST_BYTES:
            raise self._wrong(f"{len(self.text)} bytes", "is too large for a checklist")
        try:
            written = self.text.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
            data = parse(written)
            self.positions = toml_positions(written)
        except UnicodeDecodeError as error:
            raise self._wrong(self.text[:40], f"is not UTF-8 (byte {error.start})") from None
        except NotTomlError as error:
            raise self._wrong(self.name, error.reason, error.line) from None
        entries = data.get("items")
        for entry in entries if isinstance(entries, list) else ():
            failing = entry.get("failing") if isinstance(entry, dict) else None
            if isinstance(failing, dict):
                changes = [{"field": name, "value": value} for name, value in failing.items()]
                entry["failing"] = changes
        return data

    def _wrong(self, value: object, reason: str, line: int | None = None) -> ValidationError:
        return ValidationError([Problem("file", shown(value), reason, file=self.name, line=line)])

    def _problems(self, detail: Any) -> Iterator[Problem]:
        """Yield what pydantic found, with the place in the file."""
        cause = detail.get("ctx", {}).get("error")
        path: Path = detail["loc"]
        if "failing" in path:  # a table in the file
            path = path[: path.index("failing") + 1]
        if not isinstance(cause, ValidationError):
            yield self._placed(path, given(detail), _reason(detail))
            return
        for problem in cause.problems:
            parts: Path = tuple(
                int(part) if part.isdigit() else part for part in re.findall(r"\w+", problem.field)
            )
            yield self._placed(path or parts, problem.value, problem.reason)

    def _placed(self, path: Path, value: str, reason: str) -> Problem:
        line = self.positions.line(path)
        return Problem(key_text(path), value, reason, file=self.name, line=line)


_KEYS: Final = tuple(
    dict.fromkeys(name for kind in (Checklist, Item, Citation) for name in kind.__match_args__)
)


def _reason(detail: Any) -> str:
    match detail["type"]:
        case "unexpected_keyword_argument":
            return f"is not a known key{suggestion(detail['loc'][-1], _KEYS)}"
        case "dataclass_type":
            return "must be a table"
        case "tuple_type" if detail["loc"][-1] == "failing":
            return "must be a table"
        case _:
            return reason_of(detail)
