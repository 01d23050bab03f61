"""From the data of a file to a policy: 政策的构建.

What a file says is laid over the policy it stands ``beside``: entries of a list replace those
of the same name, keys that are not given stay. Terms are written out, and the models of the
regulation check what comes of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final, TypeAlias, cast

from pydantic import ValidationError as PydanticError

from sanbao.base.errors import Problem, Reason, shown
from sanbao.base.json_text import reader_of
from sanbao.base.pydantic_errors import Detail, cause_of
from sanbao.base.records import Record, record, to_plain
from sanbao.model.citation import Citation
from sanbao.model.codes import DETAIL_CODE, NO_DETAIL_CODE
from sanbao.model.facts import FACTS, FactSpec, facts_with
from sanbao.model.readings import Declared, reading_values
from sanbao.rules.conditions import Condition, Expression
from sanbao.rules.fact_check import wrong_formulas
from sanbao.rules.overlapping_windows import overlapping
from sanbao.rules.policy import Derived, Policy, own_facts
from sanbao.rules.policy_file.condition_reader import (
    MOST_PARTS,
    NOTHING,
    ConditionReader,
    parts_of,
)
from sanbao.rules.policy_file.contradictions import path_of, place_of
from sanbao.rules.policy_file.diagnostics import Diagnostics
from sanbao.rules.policy_file.overlay import (
    CONDITIONS,
    LISTS,
    RULES,
    Entry,
    add_condition,
    as_data,
    entry_of,
    in_order,
    leave_out,
    preference,
)
from sanbao.rules.policy_file.plain_data import as_json
from sanbao.rules.policy_file.source_map import Path

__all__ = ["Bases", "OnDay", "PolicyBuilder", "PolicyFile"]

MOST_ENTRIES: Final = 1000
"""The most entries of one list, such as the rights."""

MOST_IN_ALL: Final = 20_000
"""The most parts that all conditions of a policy have together."""


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A policy that was read, with its named conditions: 政策与用语.

    ``terms`` are those of the file and of its base regulation, by name, ``warnings`` what is
    suspicious in a valid file. Of a law whose file amends it ``policy`` is the newest version, and
    ``earlier`` are those before it, the oldest first.
    """

    policy: Policy
    terms: Mapping[str, Condition]
    warnings: tuple[Problem, ...] = ()
    earlier: tuple[PolicyFile, ...] = ()

    def __reduce__(self) -> tuple[Any, ...]:  # a read-only mapping cannot be pickled
        return PolicyFile, (self.policy, dict(self.terms), self.warnings, self.earlier)

    @property
    def versions(self) -> tuple[PolicyFile, ...]:
        """All versions of the policy, the oldest first."""
        return (*self.earlier, self)


OnDay: TypeAlias = Callable[[date | None], PolicyFile]
"""The versions of a law: by the first day of a file, ``None`` if it names none."""

Bases: TypeAlias = Callable[[str], PolicyFile | OnDay | None]
"""Finds a base regulation by its id; ``None`` if there is none."""

_EMPTIED: Final[Mapping[str, tuple[str, ...]]] = {
    "catalogue": ("daily_rate",),
    "exclusions": ("alleged", "trader_proves", "doubted"),
    "bars": ("alleged", "trader_proves", "doubted"),
    "grades": ("start",),
    "rights": ("refund", "note", "empty"),
    "obligations": ("when", "after"),
}
"""Keys that may say ``"none"``, which TOML has no other way to say."""

_INHERITED: Final = ("factory_days", "sound_capacity", "counting")
_KEYS: Final = tuple(one.name for one in fields(Policy))
_OF_A_LAW: Final = ("id", "kind", "beside")
"""Keys that all versions of a law share."""
_AMENDED: Final = tuple(
    key for key in _KEYS if key not in (*LISTS, "in_force_from", "in_force_to", "preference")
)
"""What an amendment that says nothing else leaves as it was, beside the lists."""
_REQUIRED: Final = tuple(one.name for one in fields(Policy) if one.default is MISSING)

_BEING_READ: Final[ContextVar[tuple[str, ...]]] = ContextVar("_BEING_READ", default=())


@record
class _Addition(Record):
    """What a promise adds to rights, but for the condition itself."""

    rights: tuple[str, ...]
    cites: tuple[Citation, ...]


class PolicyBuilder:
    """Builds a policy from the data of a file."""

    def __init__(
        self,
        data: dict[str, Any],
        diagnostics: Diagnostics,
        bases: Bases,
        amended: PolicyFile | None = None,
    ) -> None:
        self.amended = amended
        self.data: dict[str, Any] = as_json(data, diagnostics)
        self.diagnostics = diagnostics
        self.report = diagnostics.report
        self.near = diagnostics.near
        self.bases = bases
        self.lists: dict[str, list[Entry]] = {}
        self.beside: Policy | None = None

    def build(self) -> PolicyFile:
        """Return the policy. Raises :class:`~sanbao.ValidationError` with all mistakes."""
        self._check_keys()
        base = self._base() if self.amended is None else self.amended
        own_terms = self.data.get("terms", {})
        if not isinstance(own_terms, dict):
            self.report(("terms",), Reason("policy.table_of_conditions"))
            own_terms = {}
        whole = base is None or all(key in self.data for key in _REQUIRED)
        under = None if base is None or whole else base.policy
        self.beside = None if base is None else base.policy
        self.lists["derived"] = self._merged("derived", under, None)
        self.facts = self._facts(None if base is None else base.policy)
        base_terms: Mapping[str, Condition] = {} if base is None else base.terms
        self.known_readings = self._known_readings(None if base is None else base.policy)
        reader = ConditionReader(
            own_terms, base_terms, self.diagnostics, self.facts, self.known_readings
        )
        terms = reader.all()
        for name in LISTS:
            if name != "derived":
                self.lists[name] = self._merged(name, under, reader)
        self._leave_out()
        self._add_conditions(reader)
        policy = self._checked(under)
        self._check_windows(policy)
        self.diagnostics.stop_if_any()
        warnings: tuple[Problem, ...] = ()
        if base is not None and policy.kind == "commitment":
            warnings = tuple(self._lifted(policy, base.policy))
        return self._in_time(PolicyFile(policy, MappingProxyType(terms), warnings))

    def _in_time(self, file: PolicyFile) -> PolicyFile:
        """Return the newest version of a law, after the amendments of its file."""
        for path, written in self._tables("amendments"):
            amendment = PolicyBuilder(written, self.diagnostics.inside(path), self.bases, file)
            later = amendment.build()
            before, first = file.policy, later.policy.in_force_from
            if first <= before.in_force_from:
                reason = Reason("policy.not_after", day=before.in_force_from)
                self.report((*path, "in_force_from"), reason)
                raise self.diagnostics.error()
            if before.in_force_to is None:
                before = replace(before, in_force_to=first - timedelta(days=1))
            earlier = (*file.earlier, replace(file, policy=before, earlier=()))
            file = replace(later, earlier=earlier)
        self.diagnostics.stop_if_any()
        return file

    # --- keys and what the file stands beside ------------------------------------------------

    def _check_keys(self) -> None:
        known = [*_KEYS, "terms", "conditions", "without"]
        if self.amended is not None:
            known = [key for key in known if key not in _OF_A_LAW]
        elif "beside" not in self.data:
            known += ["amendments", "facts_of"]
        for key in self.data:
            if key not in known:
                self.report((key,), Reason("policy.no_key").then(self.near(key, known)))

    def _base(self) -> PolicyFile | None:
        """Return the base regulation; without it everything would seem to be missing."""
        beside, own = self.data.get("beside"), self.data.get("id")
        if beside is None:
            return None
        before = (*_BEING_READ.get(), own) if isinstance(own, str) else _BEING_READ.get()
        if not isinstance(beside, str):
            reason = Reason("policy.must_be_id")
        elif beside == own:
            reason = Reason("policy.beside_itself")
        elif beside in before:
            circle = " → ".join((*before[before.index(beside) :], beside))
            reason = Reason("policy.circle", circle=circle)
        else:
            base = self._found(beside, before)
            if base is not None and base.policy.kind == "regulation":
                return base
            reason = Reason("policy.unknown")
            if base is not None:
                reason = Reason("policy.only_regulation")
        self.report(("beside",), reason)
        raise self.diagnostics.error()

    def _found(self, beside: str, before: tuple[str, ...]) -> PolicyFile | None:
        """Return the policy of an id, of a law the version for the first day of the file."""
        token = _BEING_READ.set(before)
        try:
            found = self.bases(beside)
            return found(self._first_day()) if callable(found) else found
        finally:
            _BEING_READ.reset(token)

    def _first_day(self) -> date | None:
        """Return the first day of the file, if it has one that can be read."""
        try:
            return date.fromisoformat(self.data["in_force_from"])
        except (KeyError, TypeError, ValueError):  # reported when the whole is checked
            return None

    def _facts(self, base: Policy | None) -> Mapping[str, FactSpec]:
        """Return the facts with the codes that the file names, else those of its base.

        The facts that it declares itself come after them.
        Goods that bring no words are those of the mobile law, or a mistake.
        """

        def named(name: str, key: str) -> tuple[str, ...]:
            tables = self.data.get(name)
            written = tables if isinstance(tables, list) else []
            own = [one for one in written if isinstance(one, dict) and type(one.get(key)) is str]
            if name == "catalogue":
                own = [one for one in own if FACTS["kind"].has(one[key]) or "title" in one]
            inherited = () if base is None else getattr(base, name)
            codes = (*(getattr(one, key) for one in inherited), *(one[key] for one in own))
            return tuple(dict.fromkeys(codes))

        return facts_with(
            named("catalogue", "kind"),
            named("symptoms", "code"),
            named("causes", "code"),
            own_facts(_declared(self.lists["derived"])),
        )

    def _known_readings(self, base: Policy | None) -> Declared:
        """Return the readings of every law, those of the base, and those that the file declares.

        What is wrong with one of these is reported when the whole is checked.
        """
        own = {}
        written = self.data.get("contested")
        for one in written if isinstance(written, list) else ():
            match one:
                case {"id": str(name), "answers": list(answers)}:
                    values = (part.get("value") for part in answers if isinstance(part, dict))
                    own[name] = tuple(value for value in values if isinstance(value, str))
        return {**reading_values(), **({} if base is None else base.declared), **own}

    # --- lists -------------------------------------------------------------------------------

    def _merged(
        self, name: str, base: Policy | None, reader: ConditionReader | None
    ) -> list[Entry]:
        """Return a list of the base with what the file says of its entries, and new ones.

        A list without conditions needs no ``reader`` of them.
        """
        _, known_by = LISTS[name]
        says_nothing = name == "articles" and self.amended is None
        inherited = () if base is None or says_nothing else getattr(base, name)
        if name in ("derived", "contested") and base is None:
            if self.beside is not None:
                inherited = getattr(self.beside, name)
            elif name == "derived":
                inherited = self._facts_of()
        entries = [entry_of(record) for record in inherited]
        by_key = {entry.data[known_by]: entry for entry in entries}
        new: list[Entry] = []
        for path, written in self._tables(name, known_by):
            own = self._with_conditions(name, path, written, reader)
            before = by_key.get(own[known_by])
            if before is not None:
                before.data.update(own)
                before.path = path
            elif not inherited or self._is_complete(name, path, own, by_key):
                new.append(Entry(own, path))
        return in_order(entries, new) if name == "rights" and entries else [*entries, *new]

    def _facts_of(self) -> tuple[Derived, ...]:
        """Return the facts of the law that a law takes over (``facts_of``)."""
        law = self.data.get("facts_of")
        if law is None:
            return ()
        found = self._found(law, _BEING_READ.get()) if isinstance(law, str) else None
        if found is None:
            self.report(("facts_of",), Reason("policy.unknown"))
            return ()
        return found.policy.derived

    def _leave_out(self) -> None:
        """Remove the rules of the base regulation that the file leaves out (``without``)."""
        written = self.data.get("without", [])
        if not isinstance(written, list):
            self.report(("without",), Reason("policy.rule_ids"))
            return
        known = [entry.data["id"] for name in RULES for entry in self.lists[name]]
        for place, rule in enumerate(written):
            if rule not in known:
                self.report(
                    ("without", place), Reason("policy.no_such_rule").then(self.near(rule, known))
                )
        leave_out(self.lists, written)

    def _tables(
        self, name: str, known_by: str | None = None
    ) -> Iterator[tuple[Path, dict[str, Any]]]:
        """Yield the tables of a list with their places, but for those without a name."""
        tables = self.data.get(name, [])
        if not isinstance(tables, list) or len(tables) > MOST_ENTRIES:
            self.report((name,), Reason("policy.list_of_tables", most=MOST_ENTRIES))
            return
        first: dict[object, Path] = {}
        for index, table in enumerate(tables):
            path = (name, index)
            if not isinstance(table, dict):
                self.report(path, Reason("policy.table"))
                continue
            if known_by is not None:
                place, key = (*path, known_by), table.get(known_by)
                if type(key) is not (int if known_by == "number" else str):
                    self.report(
                        place,
                        Reason("policy.missing")
                        if key is None
                        else Reason("policy.no_known_by", known_by=known_by),
                    )
                    continue
                if key in first:
                    line = self.diagnostics.line(first[key])
                    self.report(place, Reason("policy.stands_twice_first", line=line), key)
                    continue
                first[key] = place
            yield path, table

    def _is_complete(
        self, name: str, path: Path, own: dict[str, Any], known: Mapping[object, Entry]
    ) -> bool:
        """Say whether a new entry has what it needs, or else bears a mistyped name."""
        record, known_by = LISTS[name]
        needed = [one.name for one in fields(cast(Any, record)) if one.default is MISSING]
        missing = [key for key in needed if key not in own]
        near = self.near(own[known_by], (key for key in known if isinstance(key, str)))
        if 2 * len(missing) < len(needed) or not near:
            return True
        reason = Reason("policy.not_among", name=name, near=near, missing=missing)
        self.report((*path, known_by), reason, own[known_by])
        return False

    def _with_conditions(
        self, name: str, path: Path, written: dict[str, Any], reader: ConditionReader | None
    ) -> dict[str, Any]:
        """Return an entry with its conditions read."""
        own = dict(written)
        for key in _EMPTIED.get(name, ()):
            if own.get(key) == "none":
                own[key] = None
        if own.get("cites") == []:  # what is added to a right may cite more, but not instead
            self.report((*path, "cites"), Reason("policy.no_citation"))
        if name == "catalogue":
            self._check_goods(path, own)
        elif name != "articles" and reader is not None:
            for key in CONDITIONS:
                if own.get(key) is not None:
                    own[key] = reader.condition(own[key], (*path, key))
        return own

    def _check_goods(self, path: Path, own: dict[str, Any]) -> None:
        kinds, symptoms = self.facts["kind"].codes, self.facts["symptom"].codes
        if own["kind"] not in kinds:
            reason = Reason("policy.no_goods").then(self.diagnostics.among(own["kind"], kinds))
            self.report((*path, "kind"), reason, own["kind"])
        elif not DETAIL_CODE.fullmatch(own["kind"]):
            self.report((*path, "kind"), Reason(NO_DETAIL_CODE))
        faults = own.get("faults", ())
        for index, fault in enumerate(faults if isinstance(faults, list) else ()):
            if isinstance(fault, str) and fault not in symptoms:
                reason = Reason("policy.no_fault").then(self.diagnostics.among(fault, symptoms))
                self.report((*path, "faults", index), reason, fault)

    # --- conditions that are added -----------------------------------------------------------

    def _add_conditions(self, reader: ConditionReader) -> None:
        rights = {entry.data["id"]: entry.data for entry in self.lists["rights"]}
        for path, written in self._tables("conditions"):
            added = NOTHING
            if "when" in written:
                added = reader.condition(written["when"], (*path, "when"))
            else:
                self.report((*path, "when"), Reason("policy.missing"))
            rest = json.dumps({key: part for key, part in written.items() if key != "when"})
            try:
                addition: _Addition = reader_of(_Addition).validate_json(rest, strict=True)
            except PydanticError as error:
                for detail in error.errors(include_url=False):
                    self._report(detail, (*path, *detail["loc"]), ("rights", "when", "cites"))
                continue
            if not addition.rights:
                self.report((*path, "rights"), Reason("policy.names_no_right"))
            if not addition.cites:
                self.report((*path, "cites"), Reason("policy.no_citation"))
            for index, name in enumerate(addition.rights):
                if name in rights:
                    add_condition(rights[name], added, addition.cites)
                else:
                    reason = Reason("policy.no_such_right").then(self.near(name, rights))
                    self.report((*path, "rights", index), reason, name)

    # --- the whole ---------------------------------------------------------------------------

    def _readings(self) -> Any:
        """Return what the file settles as a policy has it."""
        settled = self.data.get("readings", [])
        if not isinstance(settled, dict):
            return settled
        known = self.known_readings
        unders = []
        for name, value in settled.items():
            codes = known.get(name, ())
            if value in codes:
                unders.append({"op": "under", "reading": name, "value": value})
                continue
            reason = Reason("policy.no_reading").then(self.near(name, known))
            if codes:
                reason = Reason("input.one_of", known=codes).then(self.near(value, codes))
            self.report(("readings", name), reason)
        return unders

    def _checked(self, base: Policy | None) -> Policy:
        """Return the policy, checked by its own model."""
        whole = {key: self.data[key] for key in _KEYS if key in self.data}
        if "readings" in self.data or self.amended is None:
            whole["readings"] = self._readings()
        for name, entries in self.lists.items():
            if base is not None or name in self.data or entries:
                whole[name] = [as_data(entry) for entry in entries]
        if base is not None:
            kept = _INHERITED if self.amended is None else _AMENDED
            whole = {key: to_plain(getattr(base, key)) for key in kept} | whole
            whole.setdefault("preference", preference(base, self.lists["rights"]))
        self._check_length()
        try:
            # what cannot be taken was told above: here only mistakes of another kind are found
            policy: Policy = reader_of(Policy).validate_json(json.dumps(whole), strict=True)
        except PydanticError as error:
            for detail in error.errors(include_url=False):
                self._report_model(detail)
            raise self.diagnostics.error() from None
        for wrong in wrong_formulas(policy.derived, self.known_readings):
            places = [entry.path for entry in self.lists["derived"]]
            place = places[[one.name for one in policy.derived].index(wrong.fact)]
            path = ("derived",) if place is None else (*place, "by")
            self.report(path, Reason("input.part", field=wrong.part, reason=wrong.reason))
        if policy.kind == "regulation" and not policy.derived:
            self.report(("derived",), Reason("policy.no_facts"))
        self.diagnostics.stop_if_any()
        return policy

    def _check_length(self) -> None:
        parts = 0
        for entry in (entry for entries in self.lists.values() for entry in entries):
            for key in CONDITIONS:
                if isinstance(entry.data.get(key), Expression):
                    here = parts_of(entry.data[key])
                    parts += here
                    if here > MOST_PARTS and entry.path is not None:
                        reason = Reason("policy.parts_added", most=MOST_PARTS)
                        self.report((*entry.path, key), reason, here)
        if parts > MOST_IN_ALL:
            reason = Reason("policy.parts_in_all", most=MOST_IN_ALL)
            self.report((), reason, parts)
            raise self.diagnostics.error()

    def _report_model(self, detail: Detail) -> None:
        """Note what the model of the policy found wrong with the whole."""
        loc, cause = detail["loc"], cause_of(detail)
        if loc or cause is None:
            record: Any = Policy
            if loc and loc[0] in LISTS:
                record = Citation if "cites" in loc else LISTS[str(loc[0])][0]
            known = tuple(one.name for one in fields(record))
            self._report(detail, path_of(loc, self.lists), known)
        elif not self.diagnostics:
            for problem in cause.problems:
                path = place_of(problem, self.lists, self.diagnostics)
                self.diagnostics.report_shown(path, problem.value, problem.reason)

    def _report(self, detail: Detail, path: Path, known: tuple[str, ...]) -> None:
        """Note one thing that a model found wrong."""
        cause = cause_of(detail)
        if cause is not None:
            self.diagnostics.report_shown(path, cause.problems[0].value, cause.problems[0].reason)
        elif path[-1:] == ("cites",) and detail["type"] == "missing":
            self.report(path, Reason("policy.effect_no_citation"))
        else:
            self.report(path, self.diagnostics.reason_of(detail, known))

    # --- what is lawful and odd --------------------------------------------------------------

    def _check_windows(self, policy: Policy) -> None:
        """Report rights to one remedy that differ only in windows that overlap."""
        paths = {entry.data["id"]: entry.path for entry in self.lists["rights"]}
        for longer, shorter in overlapping(policy.rights):
            own = longer.right if paths[longer.right.id] is not None else shorter.right
            path = paths[own.id]
            reason = Reason(
                "policy.overlap",
                longer=longer.right.id,
                longer_days=longer.last,
                shorter=shorter.right.id,
                shorter_days=shorter.last,
            )
            self.report(("rights",) if path is None else (*path, "when"), reason, own.id)

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
            reason = Reason("policy.for_ever", names=names)
            yield self.diagnostics.problem((paths or [("bars",)])[0], shown(bar), reason)


def _declared(entries: Iterable[Entry]) -> Iterator[Derived]:
    """Yield the facts of a file by name, type and title; mistakes in them are told elsewhere."""
    for data in (entry.data for entry in entries if entry.path is not None):
        title = data.get("title")
        if (
            isinstance(title, list)
            and [type(one) for one in (*title, data.get("type"))] == [str] * 3
        ):
            of = data.get("of", "claim")
            yield Derived(data["name"], data["type"], "", (), of, (title[0], title[1]))
