"""Policies as files: 政策文件 (TOML, or JSON with the same keys).

A file holds data and nothing else: no code is run, nothing is imported. What it says is laid
over the policy it stands ``beside``, terms are put in, and the whole is read by the models of
the regulation itself. Every mistake is told with file, line and key; nothing is half-loaded.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any, Final, Literal, TypeAlias, cast

from sanbao import conditions
from sanbao.conditions import AllOf, AnyOf, Condition, Not, Owed, Under
from sanbao.errors import Problem, ValidationError, name_of, shown, suggestion
from sanbao.facts import FACTS
from sanbao.jsontext import parse as parse_json
from sanbao.jsontext import reader_of
from sanbao.plain import plain
from sanbao.policy import Obligation, Policy, Right
from sanbao.positions import Lines, Path, json_lines, line_of, toml_lines

__all__ = ["MOST_BYTES", "PolicyFile", "parse", "read", "to_toml"]

MOST_BYTES: Final = 1 << 20
"""A policy file is a few pages of text; a larger file than this is none."""

DEEPEST: Final = 50
"""Conditions nested deeper than this are refused."""

Bases: TypeAlias = Callable[[str], "PolicyFile | None"]

_LISTS: Final = ("catalogue", "exclusions", "bars", "grades", "rights", "obligations")
_NODES: Final[dict[str, type]] = {
    node.__dataclass_fields__["op"].default: node
    for node in vars(conditions).values()
    if isinstance(node, type) and "op" in getattr(node, "__dataclass_fields__", ())
}
_JOINED: Final = (AllOf, AnyOf, Not)


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A policy that was read from a file, with the words it uses: 政策文件.

    ``terms`` are conditions by their names, those of the policy it stands beside among them.
    """

    policy: Policy
    terms: Mapping[str, Condition]


def read(path: str | os.PathLike[str], bases: Bases) -> PolicyFile:
    """Return the policy of a file.

    ``bases`` gives the policy with the id that a file names as ``beside``, if there is one.
    Raises :class:`~sanbao.ValidationError` naming file, line and key of every mistake, also
    where there is no such file or it is larger than :data:`MOST_BYTES`.
    """
    name = _file_name(path)
    try:
        size = os.stat(path).st_size
        if size > MOST_BYTES:
            reason = f"is larger than {MOST_BYTES} bytes; a policy is a few pages"
            raise ValidationError([Problem("file", f"{size} bytes", reason, file=name)])
        with open(path, "rb") as stream:
            text = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "is no path"
        raise ValidationError([Problem("file", shown(name), reason, file=name)]) from None
    return parse(text, name, bases)


def _file_name(path: object) -> str:
    if not isinstance(path, str | os.PathLike):
        raise ValidationError.of("path", path, "must be the path of a policy file")
    return name_of(os.fspath(path))


def parse(text: str | bytes, name: str, bases: Bases) -> PolicyFile:
    """Return the policy of a text; ``name`` tells TOML from JSON and stands in errors.

    Raises :class:`~sanbao.ValidationError` naming file, line and key of every mistake.
    """
    data, lines = _read_text(text, name)
    return _Reading(name, data, lines, bases).policy_file()


# --- from text to data -------------------------------------------------------------------------


def _read_text(text: str | bytes, name: str) -> tuple[dict[str, Any], Lines]:
    kind = PurePath(name).suffix.lower()
    try:
        if kind not in (".toml", ".json"):
            raise ValidationError.of("file", name, "must end in .toml or .json")
        if not isinstance(text, str | bytes):
            raise ValidationError.of("file", text, "must be text")
        if len(text) > MOST_BYTES:
            raise ValidationError.of("file", f"{len(text)} bytes", "is too large for a policy")
        if kind == ".json":
            data = parse_json(text, "file")
            written = text if isinstance(text, str) else text.decode("utf-8-sig")
            lines = json_lines(written)
        else:
            written = _utf8(text)
            data, lines = _toml(written), toml_lines(written)
        if not isinstance(data, dict):
            raise ValidationError.of("file", data, "must hold an object with keys")
    except RecursionError:
        problem = Problem("file", shown(name), "is nested too deeply", file=name)
        raise ValidationError([problem]) from None
    except ValidationError as error:
        raise ValidationError(_placed(problem, name) for problem in error.problems) from None
    return data, lines


def _placed(problem: Problem, name: str, line: int | None = None) -> Problem:
    return Problem(problem.field, problem.value, problem.reason, file=name, line=line)


def _utf8(text: str | bytes) -> str:
    try:
        written = text if isinstance(text, str) else text.decode("utf-8")
    except UnicodeDecodeError as error:
        reason = f"is not UTF-8 (byte {error.start})"
        raise ValidationError.of("file", text[:40], reason) from None
    written = written.removeprefix("\ufeff")
    if not written.strip():
        raise ValidationError.of("file", "", "is empty; a policy is expected")
    return written.replace("\r\n", "\n")


def _toml(text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise ValidationError.of("file", "TOML", f"cannot be read: {error}") from None
    except (ValueError, ArithmeticError):
        raise ValidationError.of("file", "TOML", "holds a number nobody can read") from None


# --- from data to a policy ---------------------------------------------------------------------


class _Reading:
    """One file on its way to a policy; all its mistakes are gathered first."""

    def __init__(self, name: str, data: dict[str, Any], lines: Lines, bases: Bases) -> None:
        self.name = name
        self.data = data
        self.lines = lines
        self.bases = bases
        self.problems: list[Problem] = []
        self.base: PolicyFile | None = None
        self.terms: dict[str, Any] = {}
        self.known: dict[str, Any] = {}
        self.open: list[str] = []
        self.origin: dict[Path, Path] = {}
        """Where an entry of a merged list stands in the file."""

    def wrong(self, path: Path, value: object, reason: str) -> None:
        """Note a mistake at a path of the file."""
        line = line_of(self.lines, path)
        told = value if isinstance(value, str) else plain_shown(value)
        problem = Problem(_field(path), shown(told), reason, file=self.name, line=line)
        if problem not in self.problems:
            self.problems.append(problem)

    def policy_file(self) -> PolicyFile:
        """Return the policy, or raise all that is wrong with it."""
        self._find_base()
        data = dict(self.data)
        self.terms = self._own_terms(data.pop("terms", {}))
        for name in self.terms:
            self.term(name, ("terms", name))
        data = self._checked_keys(data)
        added = data.pop("conditions", [])
        settled = data.pop("readings", None)
        self._conditions_in(data)
        merged = self._over_base(data)
        self._add_conditions(merged, added)
        if settled is not None:
            merged["readings"] = self._readings(settled)
        if self.problems:
            raise ValidationError(self.problems)
        policy = self._validated(merged)
        self._overlaps(policy)
        if self.problems:
            raise ValidationError(self.problems)
        return PolicyFile(policy, self._terms(policy))

    def _find_base(self) -> None:
        beside = self.data.get("beside")
        if not isinstance(beside, str):
            return
        if beside == self.data.get("id"):
            self.wrong(("beside",), beside, "a policy cannot stand beside itself")
            return
        self.base = self.bases(beside)
        if self.base is None:
            self.wrong(("beside",), beside, "there is no such regulation to stand beside")

    # --- terms ----------------------------------------------------------------------------

    def _own_terms(self, terms: object) -> dict[str, Any]:
        if not isinstance(terms, dict):
            self.wrong(("terms",), terms, "must be a table of conditions by name")
            return {}
        return terms

    def term(self, name: str, path: Path) -> Any:
        """Return the condition that a name stands for, as plain data."""
        if name in self.known:
            return self.known[name]
        if name in self.open:
            circle = " → ".join((*self.open[self.open.index(name) :], name))
            self.wrong(path, name, f"is explained by itself ({circle})")
            return None
        if name in self.terms:
            self.open.append(name)
            self.known[name] = self.condition(self.terms[name], ("terms", name))
            self.open.pop()
            return self.known[name]
        if self.base is not None and name in self.base.terms:
            return plain(self.base.terms[name])
        fact = FACTS.get(name)
        if fact is not None and fact.type == "yes/no":
            return {"fact": name, "op": "compare", "relation": "equals", "value": True}
        names = [*self.terms, *(self.base.terms if self.base else ())]
        names += [fact.name for fact in FACTS.values() if fact.type == "yes/no"]
        self.wrong(path, name, f"is no term{suggestion(name, names)}")
        return None

    def _terms(self, policy: Policy) -> Mapping[str, Condition]:
        reader = reader_of(Condition)
        own = {name: reader.validate_json(json.dumps(data)) for name, data in self.known.items()}
        return {**(self.base.terms if self.base else {}), **own}

    # --- conditions ----------------------------------------------------------------------

    def condition(self, value: Any, path: Path, depth: int = 0) -> Any:
        """Return a condition, however it is written, as the JSON of a policy has it."""
        if depth > DEEPEST:
            self.wrong(path, "", f"is nested more than {DEEPEST} deep")
            return None
        if isinstance(value, str):
            words = value.split()
            if len(words) == 2 and words[0] == "not":
                return {"op": "not", "of": self.term(words[1], path)}
            return self.term(value, path)
        if isinstance(value, list):
            parts = [self.condition(v, (*path, n), depth + 1) for n, v in enumerate(value)]
            return parts[0] if len(parts) == 1 else {"op": "all", "of": _flat(parts)}
        if isinstance(value, dict):
            return self._node(value, path, depth)
        self.wrong(path, value, "must be a condition: a term, a list of them, or a table with op")
        return None

    def _node(self, value: dict[str, Any], path: Path, depth: int) -> Any:
        op = value.get("op")
        node = _NODES.get(op) if isinstance(op, str) else None
        if node is None:
            reason = f"must be one of {', '.join(_NODES)}{suggestion(op, _NODES)}"
            self.wrong((*path, "op"), op, reason)
            return None
        known = {field.name for field in fields(node)}
        for key in value:
            if key not in known:
                self.wrong((*path, key), value[key], _unknown_key(key, known, node))
        if node in _JOINED:
            of = value.get("of")
            if node is Not:
                return {"op": op, "of": self.condition(of, (*path, "of"), depth + 1)}
            if not isinstance(of, list):
                self.wrong((*path, "of"), of, "must be a list of conditions")
                return None
            inner = [self.condition(v, (*path, "of", n), depth + 1) for n, v in enumerate(of)]
            return {"op": op, "of": inner}
        leaf = {key: _json_value(part) for key, part in value.items() if key in known}
        self._check_leaf(leaf, node, path)
        return leaf

    def _check_leaf(self, leaf: dict[str, Any], node: type, path: Path) -> None:
        from pydantic import ValidationError as PydanticError

        try:
            read: Any = reader_of(node).validate_json(json.dumps(leaf), strict=True)
        except PydanticError as error:
            for detail in error.errors(include_url=False):
                at = tuple(part for part in detail["loc"] if part in leaf or part == detail["loc"][0])
                if detail["type"] != "extra_forbidden":
                    self.wrong((*path, *at[:1]), detail["input"], _reason(detail))
            return
        if isinstance(read, Owed | Under):
            return
        spec = FACTS.get(read.fact)
        if spec is None:
            reason = f"there is no fact '{name_of(read.fact)}'{suggestion(read.fact, FACTS)}"
            self.wrong((*path, "fact"), read.fact, reason)
        elif not spec.suits(read):
            self.wrong(path, read.fact, f"a {spec.type} cannot be asked this ({read.op})")

    def _conditions_in(self, data: dict[str, Any]) -> None:
        """Put every condition of a file into the form of a policy's JSON."""
        for name in _LISTS[1:]:
            for number, entry in enumerate(data.get(name, ())):
                for key in ("when", "alleged"):
                    if entry.get(key) is not None:
                        path = (name, number, key)
                        entry[key] = self.condition(entry[key], path)

    # --- the policy it stands beside --------------------------------------------------------

    def _checked_keys(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the data without keys that are unknown and lists that are none."""
        known = {field.name for field in fields(Policy)} | {"conditions"}
        kept: dict[str, Any] = {}
        for key, value in data.items():
            if key not in known:
                self.wrong((key,), value, f"is not a known key{suggestion(key, known)}")
            elif key in (*_LISTS, "conditions"):
                kept[key] = self._tables(key, value)
            else:
                kept[key] = value
        return kept

    def _tables(self, key: str, value: object) -> list[dict[str, Any]]:
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self.wrong((key,), value, f"must be a list of tables, [[{key}]]")
            return []
        return [dict(entry) for entry in value]

    def _over_base(self, data: dict[str, Any]) -> dict[str, Any]:
        if self.base is None:
            for name in _LISTS:
                for number in range(len(data.get(name, ()))):
                    self.origin[name, number] = (name, number)
            return {"articles": [], **data}
        base = self.base.policy
        merged: dict[str, Any] = {
            "factory_days": base.factory_days,
            "sound_capacity": base.sound_capacity,
            "articles": [],
            **data,
        }
        for name in _LISTS:
            merged[name] = self._merged(name, plain(getattr(base, name)), data.get(name, []))
        if "preference" not in data:
            merged["preference"] = _preference(base, merged["rights"])
        return merged

    def _merged(
        self, name: str, base: list[dict[str, Any]], own: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        key = "kind" if name == "catalogue" else "id"
        entries = list(base)
        places = {entry[key]: place for place, entry in enumerate(entries)}
        seen: dict[object, int] = {}
        new: list[tuple[int, dict[str, Any]]] = []
        replaced: dict[int, int] = {}
        for number, entry in enumerate(own):
            named = entry.get(key)
            if not isinstance(named, str):
                self.wrong((name, number, key), named, "is required and must be text")
                continue
            if named in seen:
                first = line_of(self.lines, (name, seen[named]))
                self.wrong((name, number, key), named, f"is used twice (first on line {first})")
                continue
            seen[named] = number
            if named in places:
                entries[places[named]] = {**entries[places[named]], **entry}
                replaced[places[named]] = number
            else:
                new.append((number, entry))
        at = len(entries)
        if name == "rights":
            resting = (n for n, entry in enumerate(entries) if _rests(entry.get("when")))
            at = next(resting, len(entries))
        merged = [*entries[:at], *(entry for _, entry in new), *entries[at:]]
        for place, number in replaced.items():
            moved = place if place < at else place + len(new)
            self.origin[name, moved] = (name, number)
        for offset, (number, _) in enumerate(new):
            self.origin[name, at + offset] = (name, number)
        return merged

    def _add_conditions(self, merged: dict[str, Any], added: list[dict[str, Any]]) -> None:
        """Add the conditions that a promise puts on rights to them."""
        by_id = {right["id"]: right for right in merged.get("rights", ()) if "id" in right}
        for number, entry in enumerate(added):
            path: Path = ("conditions", number)
            for key in entry:
                if key not in ("rights", "when", "cites"):
                    known = ("rights", "when", "cites")
                    self.wrong((*path, key), entry[key], f"is not a known key{suggestion(key, known)}")
            rights, cites = entry.get("rights"), entry.get("cites")
            if not isinstance(rights, list) or not rights:
                self.wrong((*path, "rights"), rights, "must name the rights it is added to")
                continue
            if not isinstance(cites, list) or not cites:
                self.wrong((*path, "cites"), cites, "has no citation")
                continue
            when = self.condition(entry.get("when"), (*path, "when"))
            for index, name in enumerate(rights):
                right = by_id.get(name) if isinstance(name, str) else None
                if right is None:
                    reason = f"is no right{suggestion(name, by_id)}"
                    self.wrong((*path, "rights", index), name, reason)
                    continue
                right["when"] = {"op": "all", "of": _flat([right.get("when"), when])}
                right["cites"] = [*right.get("cites", ()), *(c for c in cites if c not in right["cites"])]

    def _readings(self, settled: object) -> list[Any]:
        if isinstance(settled, list):  # as the JSON of a policy has them
            return settled
        if not isinstance(settled, dict):
            self.wrong(("readings",), settled, "must be a table of readings and values")
            return []
        from sanbao.readings import reading_values

        values = reading_values()
        for name, value in settled.items():
            if name not in values:
                reason = f"unknown reading{suggestion(name, values)}"
                self.wrong(("readings", name), value, reason)
            elif value not in values[name]:
                reason = f"must be one of {', '.join(values[name])}{suggestion(value, values[name])}"
                self.wrong(("readings", name), value, reason)
        return [{"op": "under", "reading": n, "value": v} for n, v in settled.items()]

    # --- the models of the regulation -----------------------------------------------------

    def _validated(self, merged: dict[str, Any]) -> Policy:
        from pydantic import ValidationError as PydanticError

        text = json.dumps(_json_value(_texts(merged)))
        try:
            return cast(Policy, reader_of(Policy).validate_json(text, strict=True))
        except PydanticError as error:
            for detail in error.errors(include_url=False):
                cause = detail.get("ctx", {}).get("error")
                if isinstance(cause, ValidationError):
                    for problem in cause.problems:
                        path = (*self._in_file(detail["loc"]), *self._named(problem))
                        if not detail["loc"] or self._named(problem):
                            path = self._named(problem)
                        self.wrong(path or (problem.field,), problem.value.strip("'"), problem.reason)
                else:
                    self.wrong(self._in_file(detail["loc"]), detail["input"], _reason(detail))
        raise ValidationError(self.problems)

    def _in_file(self, loc: tuple[int | str, ...]) -> Path:
        """Return where in the file stands what the models call ``loc``."""
        head = self.origin.get(loc[:2])
        return (*head, *loc[2:]) if head is not None else loc

    def _named(self, problem: Problem) -> Path:
        """Return where in the file stands the rule that a problem names, if it is there."""
        names = {problem.field, *problem.field.split("."), problem.value.strip("'")}
        names |= {problem.field.rpartition(".")[0], problem.field.partition(".")[2].rpartition(".")[0]}
        for name in (*_LISTS,):
            for number, entry in enumerate(self.data.get(name, ())):
                if isinstance(entry, dict) and {entry.get("id"), entry.get("kind")} & names - {None}:
                    last = problem.field.rpartition(".")[2]
                    return (name, number, last) if last in entry else (name, number)
        return (problem.field,) if problem.field in self.data else ()

    def _overlaps(self, policy: Policy) -> None:
        """Look for rights to one remedy that differ in nothing but windows that overlap."""
        rights = policy.rights
        for second, later in enumerate(rights):
            for earlier in rights[:second]:
                if later.remedy == earlier.remedy and _overlap(earlier, later):
                    number = next(
                        (n for n, e in enumerate(self.data.get("rights", ())) if e.get("id") == later.id),
                        0,
                    )
                    reason = (
                        f"its window overlaps that of {earlier.id}; say 'not' the shorter window"
                    )
                    self.wrong(("rights", number, "when"), later.id, reason)


def plain_shown(value: object) -> object:
    """Return a value of a file as it may stand in an error."""
    return str(value) if isinstance(value, Decimal | date) else value


def _field(path: Path) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else ("." if text else "") + name_of(part)
    return text or "file"


def _flat(parts: list[Any]) -> list[Any]:
    """Return the parts of a conjunction, those of inner ones among them."""
    flat: list[Any] = []
    for part in parts:
        if isinstance(part, dict) and part.get("op") == "all":
            flat += part["of"]
        else:
            flat.append(part)
    return flat


_UNITS: Final = {"window": "a window counts days", "period": "a period counts months"}


def _unknown_key(key: str, known: set[str], node: type) -> str:
    unit = _UNITS.get(node.__dataclass_fields__["op"].default, "")  # type: ignore[attr-defined]
    if unit and key in ("days", "months", "years", "weeks", "hours"):
        return f"is not a unit here: {unit}"
    return f"is not a known key{suggestion(key, known)}"


def _reason(detail: Any) -> str:
    match detail["type"]:
        case "missing":
            return "is required"
        case "extra_forbidden" | "unexpected_keyword_argument":
            return "is not a known key"
        case "int_type" | "int_from_float" | "int_parsing":
            return "must be a whole number"
        case "literal_error":
            return f"must be {detail['ctx']['expected']}"
        case "decimal_parsing" | "decimal_type":
            return 'must be a decimal number such as "0.005"; a rate is a fraction, 0.5 % is "0.005"'
        case _:
            message: str = detail["msg"]
            return message[:1].lower() + message[1:]


def _json_value(value: Any) -> Any:
    """Return a value of TOML as JSON has it."""
    if isinstance(value, datetime):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {str(key): _json_value(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_json_value(part) for part in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _texts(merged: dict[str, Any]) -> dict[str, Any]:
    """Return the data with its rates as text, exactly as they were written."""
    lines = []
    for line in merged.get("catalogue", []):
        rate = line.get("daily_rate")
        exact = isinstance(rate, Decimal) or (isinstance(rate, int) and not isinstance(rate, bool))
        lines.append({**line, "daily_rate": format(Decimal(rate), "f")} if exact else line)
    return {**merged, "catalogue": lines} if "catalogue" in merged else merged


def _rests(when: Any) -> bool:
    """Say whether a condition, as plain data, rests on other rights."""
    if isinstance(when, dict):
        return when.get("op") == "owed" or _rests(when.get("of"))
    return any(_rests(part) for part in when) if isinstance(when, list) else False


def _preference(base: Policy, rights: list[dict[str, Any]]) -> list[str]:
    """Return the rights from the strongest to the weakest, new ones behind their like."""
    order = list(base.preference)
    like = {right.id: (right.remedy, right.refund) for right in base.rights}
    for right in rights:
        name = right.get("id")
        if isinstance(name, str) and name not in order:
            own = (right.get("remedy"), right.get("refund"))
            places = [place for place, other in enumerate(order) if like.get(other) == own]
            order.insert(places[-1] + 1 if places else len(order), name)
            like[name] = cast(Any, own)
    return order


def _overlap(one: Right, other: Right) -> bool:
    """Say whether two rights differ in windows alone, and the windows overlap."""
    ours, theirs = _parts(one), _parts(other)
    windows = [part for part in ours if isinstance(part, conditions.Window)]
    longer = [part for part in theirs if isinstance(part, conditions.Window)]
    if len(windows) != 1 or len(longer) != 1 or windows[0].fact != longer[0].fact:
        return False
    first, second = windows[0], longer[0]
    if (one.needs_papers, one.refund) != (other.needs_papers, other.refund):
        return False
    without = [{p for p in part if p not in (first, second)} for part in (ours, theirs)]
    excluded = any(Not(w) in part for w in (first, second) for part in without)
    bare = [{p for p in part if not isinstance(p, Not)} for part in without]
    return not excluded and bare[0] == bare[1]


def _parts(right: Right) -> list[Condition]:
    return list(right.when.of) if isinstance(right.when, AllOf) else [right.when]
