"""From the data of a file to a policy: 政策草案.

What a file says is laid over the policy it stands ``beside``: entries of a list replace those
of the same name, keys that are not given stay. Terms are written out, and the models of the
regulation check what comes of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime, time
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, TypeAlias, cast

from sanbao.base.errors import Problem, shown
from sanbao.base.json_text import reader_of
from sanbao.base.pydantic_errors import Detail, cause_of
from sanbao.base.records import Record, plain
from sanbao.base.renamed import RENAMED, renamed
from sanbao.model.citation import Citation
from sanbao.model.facts import FACTS
from sanbao.model.readings import reading_values
from sanbao.rules.conditions import AllOf, Condition, Expression, Not, Owed, Window, leaves
from sanbao.rules.policy import Article, Bar, Coverage, Exclusion, Grade, Obligation, Policy, Right
from sanbao.rules.policy_file.condition_reader import MOST_PARTS, NOTHING, ConditionReader, parts_of
from sanbao.rules.policy_file.diagnostics import Diagnostics, whole_number
from sanbao.rules.policy_file.source_map import Path

__all__ = ["Bases", "OnDay", "PolicyBuilder", "PolicyFile", "Real"]

MOST_ENTRIES: Final = 1000
"""The most entries of one list, such as the rights."""

MOST_IN_ALL: Final = 20_000
"""The most parts that all conditions of a policy have together."""


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A policy that was read, and the words its conditions use: 政策与用语.

    ``terms`` are those of the file and of the policy it stands beside, by name, ``warnings`` what
    is odd about a file that is in order.
    """

    policy: Policy
    terms: Mapping[str, Condition]
    warnings: tuple[Problem, ...] = ()


OnDay: TypeAlias = Callable[[date | None], PolicyFile]
"""A law by day: the version for a file from that day on; ``None``: it names none."""

Bases: TypeAlias = Callable[[str], PolicyFile | OnDay | None]
"""From an id to the policy that a file may stand beside, if there is one."""


@dataclass(frozen=True, slots=True)
class Real:
    """A number that is not whole, as it was written: 小数."""

    written: str

    def __repr__(self) -> str:
        return self.written


_LISTS: Final[Mapping[str, tuple[type[Record], str]]] = {
    "catalogue": (Coverage, "kind"),
    "exclusions": (Exclusion, "id"),
    "bars": (Bar, "id"),
    "grades": (Grade, "id"),
    "rights": (Right, "id"),
    "obligations": (Obligation, "id"),
    "articles": (Article, "number"),
}
"""The lists of a policy: of what, and by which key an entry is known."""

_CONDITIONS: Final = ("when", "alleged", "trader_proves", "doubted", "empty")

_EMPTIED: Final[Mapping[str, tuple[str, ...]]] = {
    "catalogue": ("daily_rate",),
    "exclusions": ("alleged", "trader_proves", "doubted"),
    "bars": ("alleged", "trader_proves", "doubted"),
    "grades": ("start",),
    "rights": ("refund", "note", "empty"),
    "obligations": ("when", "after"),
}
"""Keys that may say ``"none"``, which TOML has no other way to say."""

_DATES: Final = ("in_force_from", "in_force_to", "read_on")
_INHERITED: Final = ("factory_days", "sound_capacity", "counting")
_KEYS: Final = tuple(one.name for one in fields(Policy))
_REQUIRED: Final = tuple(one.name for one in fields(Policy) if one.default is MISSING)

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RATE: Final = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?")
_UNPRINTED: Final = "holds a character that is not printed"
_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_BEING_READ: Final[ContextVar[tuple[str, ...]]] = ContextVar("_BEING_READ", default=())


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class _Addition(Record):
    """What a promise adds to rights, but for the condition itself."""

    rights: tuple[str, ...]
    cites: tuple[Citation, ...]


@dataclass(slots=True)
class _Entry:
    """An entry of a list of the policy; ``path`` is where the file has it, if it does."""

    data: dict[str, Any]
    path: Path | None


class PolicyBuilder:
    """A policy that is being put together from the data of a file."""

    def __init__(self, data: dict[str, Any], diagnostics: Diagnostics, bases: Bases) -> None:
        self.written = data
        self.diagnostics = diagnostics
        self.bases = bases
        self.data: dict[str, Any] = self._as_json(data, ())
        self.lists: dict[str, list[_Entry]] = {}

    def finished(self) -> PolicyFile:
        """Return the policy. Raises :class:`~sanbao.ValidationError` with all mistakes."""
        self._check_keys()
        base = self._base()
        own_terms = self.data.get("terms", {})
        if not isinstance(own_terms, dict):
            self.diagnostics.report(
                ("terms",), self.written["terms"], "must be a table of conditions"
            )
            own_terms = {}
        terms = ConditionReader(own_terms, {} if base is None else base.terms, self.diagnostics)
        words = terms.all()
        whole = base is None or all(key in self.data for key in _REQUIRED)
        under = None if base is None or whole else base.policy
        for name in _LISTS:
            self.lists[name] = self._merged(name, under, terms)
        self._leave_out()
        self._add_conditions(terms)
        policy = self._checked(under)
        self._check_windows(policy)
        self.diagnostics.stop_if_any()
        warnings: tuple[Problem, ...] = ()
        if base is not None and policy.kind == "commitment":
            warnings = tuple(self._lifted(policy, base.policy))
        return PolicyFile(policy, MappingProxyType(words), warnings)

    # --- plain data --------------------------------------------------------------------------

    def _as_json(self, value: Any, path: Path) -> Any:
        """Return the data as JSON has it, with stand-ins for what cannot be taken."""
        if isinstance(value, dict):
            for key in value:
                if _is_unclean(key):
                    self.diagnostics.report(
                        (*path, key), key, "holds a character that is not printed"
                    )
            return {key: self._as_json(part, (*path, key)) for key, part in value.items()}
        if isinstance(value, list):
            return [self._as_json(part, (*path, index)) for index, part in enumerate(value)]
        key = next((part for part in reversed(path) if isinstance(part, str)), "")
        if key == "daily_rate" and value is not None:
            return self._rate(value, path)
        if isinstance(value, str):
            if _is_unclean(value):
                self.diagnostics.report(path, value, _UNPRINTED)
                return ""
            if len(path) == 1 and key in _DATES and not _DAY.fullmatch(value):
                self.diagnostics.report(path, value, "must be a date, such as 2026-01-31")
                return "2001-01-01"
            if (reason := renamed(value)) is not None:
                self.diagnostics.report(path, value, reason)
                return RENAMED.get(value, value)  # so that nothing else is told of it
            return value
        if isinstance(value, Real):
            self.diagnostics.report(path, value, whole_number(key))
            return 0
        if isinstance(value, datetime | time):
            self.diagnostics.report(path, str(value), "must be a date without a time of day")
            return "2001-01-01"
        return value.isoformat() if isinstance(value, date) else value

    def _rate(self, value: object, path: Path) -> str:
        """Return a rate as a decimal text, exactly as it was written."""
        if value == "none":
            return "none"
        written = str(value).replace("_", "") if type(value) in (Real, int, str) else ""
        if not _RATE.fullmatch(written):
            reason = "must be a fraction of the price a day, such as 0.005 for 0.5 %"
            self.diagnostics.report(path, value, reason)
            return "0"
        rate = Decimal(written)
        if not 0 <= rate <= 1:
            self.diagnostics.report(path, value, "is a fraction of the price a day, from 0 to 1")
            return "0"
        return format(rate, "f")

    def _raw(self, path: Path) -> object:
        """Return what is written at a path, if anything is."""
        value: Any = self.written
        for part in path:
            if isinstance(value, dict):
                value = value.get(part)
            elif isinstance(value, list) and isinstance(part, int) and part < len(value):
                value = value[part]
            else:
                return None
        return str(value) if isinstance(value, date) else value

    # --- keys and what the file stands beside ------------------------------------------------

    def _check_keys(self) -> None:
        known = (*_KEYS, "terms", "conditions", "without")
        for key in self.data:
            if key not in known:
                reason = f"is no key of a policy{self.diagnostics.near(key, known)}"
                self.diagnostics.report((key,), self._raw((key,)), reason)

    def _base(self) -> PolicyFile | None:
        beside, own = self.data.get("beside"), self.data.get("id")
        if beside is None:
            return None
        if not isinstance(beside, str):
            self.diagnostics.report(
                ("beside",), self._raw(("beside",)), "must be the id of a policy"
            )
            raise self.diagnostics.error()
        before = (*_BEING_READ.get(), own) if isinstance(own, str) else _BEING_READ.get()
        if beside == own:
            self.diagnostics.report(("beside",), beside, "a policy cannot stand beside itself")
        elif beside in before:
            circle = " → ".join((*before[before.index(beside) :], beside))
            reason = f"stands beside what stands beside it ({circle})"
            self.diagnostics.report(("beside",), beside, reason)
        else:
            token = _BEING_READ.set(before)
            try:
                found = self.bases(beside)
                base = found(self._first_day()) if callable(found) else found
            finally:
                _BEING_READ.reset(token)
            if base is not None and base.policy.kind == "regulation":
                return base
            reason = "there is no policy with this id"
            if base is not None:
                reason = "stands beside a regulation itself; only a regulation can stand there"
            self.diagnostics.report(("beside",), beside, reason)
        # without it everything would be missing, and every term unknown
        raise self.diagnostics.error()

    def _first_day(self) -> date | None:
        """Return the first day of the file, if it has one that can be read."""
        try:
            return date.fromisoformat(self.data["in_force_from"])
        except (KeyError, TypeError, ValueError):  # told when the whole is checked
            return None

    # --- lists -------------------------------------------------------------------------------

    def _merged(self, name: str, base: Policy | None, terms: ConditionReader) -> list[_Entry]:
        """Return a list of the base with what the file says of its entries, and new ones."""
        _, known_by = _LISTS[name]
        inherited = () if base is None or name == "articles" else getattr(base, name)
        entries = [_Entry(_open(record), None) for record in inherited]
        by_key = {entry.data[known_by]: entry for entry in entries}
        new: list[_Entry] = []
        for path, written in self._tables(name):
            own = self._with_conditions(name, path, written, terms)
            before = by_key.get(own[known_by])
            if before is not None:
                before.data.update(own)
                before.path = path
            elif not inherited or self._is_complete(name, path, own, by_key):
                new.append(_Entry(own, path))
        return _in_order(entries, new) if name == "rights" and entries else [*entries, *new]

    def _leave_out(self) -> None:
        """Take out what the file says it does not have of what it stands beside (``without``)."""
        written = self.data.get("without", [])
        if not isinstance(written, list):
            reason = "must be a list of ids of rules"
            self.diagnostics.report(("without",), self._raw(("without",)), reason)
            return
        lists = ("exclusions", "bars", "grades", "rights", "obligations")
        known = {entry.data["id"] for name in lists for entry in self.lists[name]}
        for index, rule in enumerate(written):
            if rule not in known:
                reason = f"there is no such rule{self.diagnostics.near(rule, known)}"
                self.diagnostics.report(("without", index), self._raw(("without", index)), reason)
        for name in lists:
            self.lists[name] = [
                entry for entry in self.lists[name] if entry.data["id"] not in written
            ]
        for entry in (*self.lists["rights"], *self.lists["grades"]):
            if entry.data.get("despite"):
                entry.data["despite"] = [one for one in entry.data["despite"] if one not in written]
            if entry.data.get("carries_under"):
                entry.data["carries_under"] = [
                    pair for pair in entry.data["carries_under"] if pair[0] not in written
                ]

    def _tables(self, name: str) -> Iterator[tuple[Path, dict[str, Any]]]:
        """Yield the tables of a list with their places, but for those without a name."""
        known_by = _LISTS[name][1] if name in _LISTS else None
        tables = self.data.get(name, [])
        if not isinstance(tables, list) or len(tables) > MOST_ENTRIES:
            reason = f"must be a list of tables, at most {MOST_ENTRIES}"
            self.diagnostics.report((name,), self._raw((name,)), reason)
            return
        first: dict[object, int] = {}
        for index, table in enumerate(tables):
            path = (name, index)
            if not isinstance(table, dict):
                self.diagnostics.report(path, self._raw(path), "must be a table")
                continue
            if known_by is not None:
                place, key = (*path, known_by), table.get(known_by)
                if type(key) is not (int if known_by == "number" else str):
                    reason = "is missing" if key is None else f"is no {known_by}"
                    self.diagnostics.report(place, self._raw(place), reason)
                    continue
                if key in first:
                    line = self.diagnostics.source_map.line((name, first[key], known_by))
                    reason = f"stands twice in this file, first on line {line}"
                    self.diagnostics.report(place, key, reason)
                    continue
                first[key] = index
            yield path, table

    def _is_complete(
        self, name: str, path: Path, own: dict[str, Any], known: Mapping[object, _Entry]
    ) -> bool:
        """Say whether a new entry has what it needs, or else bears a mistyped name."""
        record, known_by = _LISTS[name]
        needed = [one.name for one in fields(cast(Any, record)) if one.default is MISSING]
        missing = [key for key in needed if key not in own]
        near = self.diagnostics.near(own[known_by], (key for key in known if isinstance(key, str)))
        if 2 * len(missing) < len(needed) or not near:
            return True
        reason = f"is not among the {name} it changes{near} (a new one needs {', '.join(missing)})"
        self.diagnostics.report((*path, known_by), own[known_by], reason)
        return False

    def _with_conditions(
        self, name: str, path: Path, written: dict[str, Any], terms: ConditionReader
    ) -> dict[str, Any]:
        """Return an entry with its conditions read."""
        own = dict(written)
        for key in _EMPTIED.get(name, ()):
            if own.get(key) == "none":
                own[key] = None
        if own.get("cites") == []:  # what is added to a right may cite more, but not instead
            self.diagnostics.report((*path, "cites"), [], "has no citation")
        if name == "catalogue":
            self._check_goods(path, own)
        elif name != "articles":
            for key in _CONDITIONS:
                if own.get(key) is not None:
                    own[key] = terms.condition(own[key], (*path, key))
        return own

    def _check_goods(self, path: Path, own: dict[str, Any]) -> None:
        kinds, symptoms = FACTS["kind"].codes, FACTS["symptom"].codes
        if own["kind"] not in kinds:
            reason = f"there are no such goods{self.diagnostics.among(own['kind'], kinds)}"
            self.diagnostics.report((*path, "kind"), own["kind"], reason)
        faults = own.get("faults", ())
        for index, fault in enumerate(faults if isinstance(faults, list) else ()):
            if isinstance(fault, str) and fault not in symptoms:
                reason = f"there is no such fault{self.diagnostics.among(fault, symptoms)}"
                self.diagnostics.report((*path, "faults", index), fault, reason)

    # --- conditions that are added -----------------------------------------------------------

    def _add_conditions(self, terms: ConditionReader) -> None:
        from pydantic import ValidationError as PydanticError

        rights = {entry.data["id"]: entry.data for entry in self.lists["rights"]}
        for path, written in self._tables("conditions"):
            added = NOTHING
            if "when" in written:
                added = terms.condition(written["when"], (*path, "when"))
            else:
                self.diagnostics.report((*path, "when"), None, "is missing")
            rest = json.dumps({key: part for key, part in written.items() if key != "when"})
            try:
                addition: _Addition = reader_of(_Addition).validate_json(rest, strict=True)
            except PydanticError as error:
                for detail in error.errors(include_url=False):
                    self._report(detail, (*path, *detail["loc"]), ("rights", "when", "cites"))
                continue
            for key, part in (("rights", addition.rights), ("cites", addition.cites)):
                if not part:
                    reason = "has no citation" if key == "cites" else "names no right"
                    self.diagnostics.report((*path, key), self._raw((*path, key)), reason)
            for index, name in enumerate(addition.rights):
                if name in rights:
                    _add(rights[name], added, addition.cites)
                else:
                    reason = f"there is no such right{self.diagnostics.near(name, rights)}"
                    self.diagnostics.report((*path, "rights", index), name, reason)

    # --- the whole ---------------------------------------------------------------------------

    def _readings(self) -> Any:
        """Return what the file settles as a policy has it."""
        settled = self.data.get("readings", [])
        if not isinstance(settled, dict):
            return settled
        known = reading_values()
        unders = []
        for name, value in settled.items():
            codes = known.get(name, ())
            if value in codes:
                unders.append({"op": "under", "reading": name, "value": value})
                continue
            reason = f"there is no such reading{self.diagnostics.near(name, known)}"
            if codes:
                reason = f"must be one of {', '.join(codes)}{self.diagnostics.near(value, codes)}"
            self.diagnostics.report(("readings", name), self._raw(("readings", name)), reason)
        return unders

    def _checked(self, base: Policy | None) -> Policy:
        """Return the policy, checked by its own model."""
        from pydantic import ValidationError as PydanticError

        whole = {key: self.data[key] for key in _KEYS if key in self.data}
        whole["readings"] = self._readings()
        for name, entries in self.lists.items():
            if base is not None or name in self.data:
                whole[name] = [_closed(entry.data) for entry in entries]
        if base is not None:
            whole = {key: plain(getattr(base, key)) for key in _INHERITED} | whole
            whole.setdefault("preference", _preference(base, self.lists["rights"]))
        self._check_length()
        try:
            # what cannot be taken was told above: here only mistakes of another kind are found
            policy: Policy = reader_of(Policy).validate_json(json.dumps(whole), strict=True)
        except PydanticError as error:
            for detail in error.errors(include_url=False):
                cause = cause_of(detail)
                if detail["loc"] or cause is None:
                    self._report(detail, self._path(detail["loc"]), self._known_at(detail["loc"]))
                elif not self.diagnostics:
                    for problem in cause.problems:
                        self._report_contradiction(problem)
            raise self.diagnostics.error() from None
        self.diagnostics.stop_if_any()
        return policy

    def _check_length(self) -> None:
        parts = 0
        for entries in self.lists.values():
            for entry in entries:
                for key in _CONDITIONS:
                    if isinstance(entry.data.get(key), Expression):
                        here = parts_of(entry.data[key])
                        parts += here
                        if here > MOST_PARTS and entry.path is not None:
                            reason = f"has more than {MOST_PARTS} parts with what is added to it"
                            self.diagnostics.report((*entry.path, key), here, reason)
        if parts > MOST_IN_ALL:
            reason = f"the conditions of a policy have at most {MOST_IN_ALL} parts together"
            self.diagnostics.report((), parts, reason)
            raise self.diagnostics.error()

    def _path(self, loc: tuple[str | int, ...]) -> Path:
        """Return where in the file stands what the model found wrong."""
        if len(loc) > 1 and loc[0] in self.lists:
            entry = self.lists[str(loc[0])][int(loc[1])]
            return (*(entry.path or (str(loc[0]),)), *loc[2:])
        return loc

    def _known_at(self, loc: tuple[str | int, ...]) -> tuple[str, ...]:
        record: Any = Policy
        if loc and loc[0] in _LISTS:
            record = Citation if "cites" in loc else _LISTS[str(loc[0])][0]
        return tuple(one.name for one in fields(record))

    def _report(self, detail: Detail, path: Path, known: tuple[str, ...]) -> None:
        """Note one thing that a model found wrong."""
        if (cause := cause_of(detail)) is not None:
            self.diagnostics.report_shown(path, cause.problems[0].value, cause.problems[0].reason)
            return
        key = path[-1] if path else ""
        reason = self.diagnostics.reason_of(detail, known)
        if key == "cites" and detail["type"] == "missing":
            reason = "has no citation; everything of legal effect says where it stands"
        self.diagnostics.report(path, self._raw(path), reason)

    # --- what does not fit together ----------------------------------------------------------

    def _report_contradiction(self, problem: Problem) -> None:
        """Note what the policy says of itself, at the key that says it."""
        path = self._place(problem)
        self.diagnostics.report_shown(path, problem.value, problem.reason)

    def _place(self, problem: Problem) -> Path:
        """Return the key that a contradiction is about.

        A policy names a rule, a kind of goods or an article; the file has it in a table. What is
        inherited has no line, and keeps its name.
        """
        head, *rest = problem.field.split(".")
        if head == "readings":
            return self._reading_place(problem)
        named = problem.field
        if head in ("rules", "catalogue", "articles"):
            named = rest[0] if rest else problem.value
        found: Path = ()
        for name, entries in self.lists.items():
            known_by = _LISTS[name][1]
            for entry in entries:
                key = entry.data[known_by]
                if entry.path is not None and named in (str(key), shown(key)):
                    found = (*entry.path, *self._key_within(problem, entry, known_by))
        return found or (problem.field,)

    def _reading_place(self, problem: Problem) -> Path:
        """Return the last entry of a list of readings that holds the value of a contradiction."""
        ways = (
            ("readings", index, *way)
            for index in reversed(range(len(self.data["readings"])))
            if (way := _search(self._raw(("readings", index)), problem.value)) is not None
        )
        return next(ways, ("readings",))

    def _key_within(self, problem: Problem, entry: _Entry, known_by: str) -> Path:
        """Return the key of an entry that a contradiction is about, as far as it can be told."""
        if problem.field in ("rules", "articles"):
            return (known_by,)
        if problem.field.startswith("catalogue."):
            return (problem.field.rpartition(".")[2],)
        if problem.reason.startswith("a refund says"):
            return ("refund",)
        written = cast(dict[str, object], self._raw(entry.path or ()))
        others = {key: part for key, part in written.items() if key != known_by}
        return _search(others, problem.value) or ()

    def _check_windows(self, policy: Policy) -> None:
        """Look for rights to one remedy that differ only in windows that overlap."""
        bare = [(right, _windowed(right.when)) for right in policy.rights]
        groups: dict[object, list[tuple[Right, int, int]]] = {}
        for right, windowed in bare:
            if windowed is not None:
                fact, first, last, rest = windowed
                key = (right.remedy, right.refund, right.needs_papers, fact, rest)
                groups.setdefault(key, []).append((right, first, last))
        paths = {entry.data["id"]: entry.path for entry in self.lists["rights"]}
        for group in groups.values():
            group.sort(key=lambda one: one[2])
            for index, (longer, first, last) in enumerate(group):
                for shorter, begins, ends in group[:index]:
                    if max(first, begins) < min(last, ends):
                        self._report_overlap(paths, (longer, last), (shorter, ends))

    def _lifted(self, policy: Policy, law: Policy) -> Iterator[Problem]:
        """Yield a warning for every bar that is lifted for rights that no day ends."""
        from sanbao.rules.unbounded_rights import opened

        for bar, rights in opened(policy, law).items():
            paths = [
                (*entry.path, key)
                for name, key in (("bars", "when"), ("rights", "despite"))
                for entry in self.lists[name]
                if entry.path is not None
                and (entry.data["id"] == bar or bar in entry.data.get("despite", ()))
            ]
            names = ", ".join(right.id for right in rights)
            reason = (
                f"opens rights for ever that have no period of their own: {names}; to lift it for "
                "one right alone, write 'despite' there, and in its condition the period it has"
            )
            yield self.diagnostics.problem((paths or [("bars",)])[0], bar, reason)

    def _report_overlap(
        self,
        paths: Mapping[str, Path | None],
        longer: tuple[Right, int],
        shorter: tuple[Right, int],
    ) -> None:
        own = longer[0] if paths[longer[0].id] is not None else shorter[0]
        reason = (
            f"the windows of {longer[0].id} ({longer[1]} days) and {shorter[0].id} "
            f"({shorter[1]} days) overlap; the longer must say 'not' the shorter"
        )
        path = paths[own.id]
        self.diagnostics.report(("rights",) if path is None else (*path, "when"), own.id, reason)


# --- parts -------------------------------------------------------------------------------------


def _is_unclean(text: str) -> bool:
    """Say whether a text holds what could rearrange the screen it is read on, or half a sign."""
    if text.isprintable():
        return False
    return any(
        sign in _BIDI
        or "\ud800" <= sign <= "\udfff"
        or (sign < " " and sign not in "\n\t\r")
        or "\x7f" <= sign < "\xa0"
        for sign in text
    )


def _open(record: Record) -> dict[str, Any]:
    """Return the entry of a base as data, but for its conditions."""
    data = cast(dict[str, Any], plain(record))
    for key in _CONDITIONS:
        if getattr(record, key, None) is not None:
            data[key] = getattr(record, key)
    return data


def _closed(data: dict[str, Any]) -> dict[str, Any]:
    """Return an entry as JSON has it."""
    return {
        key: plain(part) if isinstance(part, Expression) else part for key, part in data.items()
    }


def _add(right: dict[str, Any], condition: Condition, cites: tuple[Citation, ...]) -> None:
    """Add a condition and its citations to a right."""
    if isinstance(right.get("when"), Expression):
        right["when"] = right["when"] & condition
    if isinstance(right.get("cites"), list):
        cited = [_place_in_law(cite) for cite in right["cites"]]
        more = [plain(cite) for cite in cites]
        right["cites"] = [
            *right["cites"],
            *(cite for cite in more if _place_in_law(cite) not in cited),
        ]


def _place_in_law(cite: object) -> object:
    """Return what a citation names, however much of it is left out."""
    if not isinstance(cite, dict):
        return cite
    return {"number": "confirmed"} | {key: part for key, part in cite.items() if part is not None}


def _in_order(entries: list[_Entry], new: list[_Entry]) -> list[_Entry]:
    """Return the rights in the order in which they are weighed.

    A new one stands before the first that rests on others, unless it rests on others itself.
    """
    resting = [place for place, entry in enumerate(entries) if _rests(entry)]
    place = resting[0] if resting else len(entries)
    free = [entry for entry in new if not _rests(entry)]
    return [*entries[:place], *free, *entries[place:], *(entry for entry in new if _rests(entry))]


def _rests(entry: _Entry) -> bool:
    """Say whether a right rests on others."""
    when = entry.data.get("when")
    return isinstance(when, Expression) and any(
        isinstance(leaf, Owed) for leaf in leaves(cast(Condition, when))
    )


def _preference(base: Policy, rights: list[_Entry]) -> list[str]:
    """Return the order of the base, with each new right after the last of its like.

    Alike are rights to the same remedy; of these first those that rest on other rights, as art. 18
    does, or do not, as the new one.
    """
    like = {right.id: (right.remedy, right.refund) for right in base.rights}
    kept = {entry.data["id"] for entry in rights}
    resting = {entry.data["id"] for entry in rights if _rests(entry)}
    order = [name for name in base.preference if name in kept]
    for name, right in ((entry.data["id"], entry.data) for entry in rights):
        if name in like:
            continue
        same: Any = (right.get("remedy"), right.get("refund"))
        alike = [one for one in order if like[one] == same]
        nearer = [one for one in alike if (one in resting) == (name in resting)]
        after = (nearer or alike or order or [name])[-1]
        order.insert(order.index(after) + 1 if after in order else 0, name)
        like[name] = same
    return order


def _search(written: object, value: str, path: Path = ()) -> Path | None:
    """Return the way to what is shown as ``value`` inside what is written."""
    if isinstance(written, dict | list):
        inside = written.items() if isinstance(written, dict) else enumerate(written)
        found = (_search(part, value, (*path, key)) for key, part in inside)
        return next((way for way in found if way is not None), None)
    return path if shown(written) == value else None


_ONE_START: Final = {"refund_window_start": "windows_start"}
"""Starts of windows that only a reading tells apart, as one of them."""


def _start_of(window: Window) -> str:
    return _ONE_START.get(window.fact, window.fact)


def _windowed(when: Condition) -> tuple[str, int, int, frozenset[Condition]] | None:
    """Return the window of a conjunction that has exactly one, and the rest of it.

    Of the window: its fact, the day after which it begins and its last day.
    """
    parts = set(when.of) if isinstance(when, AllOf) else {when}
    windows = [part for part in parts if isinstance(part, Window)]
    if len(windows) != 1:
        return None
    [window] = windows
    before = {
        part
        for part in parts
        if isinstance(part, Not)
        and isinstance(part.of, Window)
        and _start_of(part.of) == _start_of(window)
    }
    first = max((cast(Window, part.of).days for part in before), default=0)
    return _start_of(window), first, window.days, frozenset(parts - before - {window})
