"""The laws and promises that decide together with their days and places: 政策集.

A :class:`PolicySet` holds all versions of every law, the promises (经营者承诺, art. 4) and the
local regulations (地方性法规). What ships stands in this package: laws are modules, promises
``*.toml`` files in its folder, local regulations such files in its folder ``local``, all named
after their id: a file more is a promise more. A file is read when somebody asks for it, once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache, cached_property, partial
from importlib.resources import files
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from sanbao.base.errors import Problem, Reason, ValidationError, shown, suggestion
from sanbao.model.codes import NOT_STATED
from sanbao.model.facts import EVERY_LAW
from sanbao.policies.instruments import LAW
from sanbao.policies.mobile_2001 import MOBILE_2001, TERMS
from sanbao.policies.mobile_2024 import MOBILE_2024
from sanbao.rules.policy import Policy, Right, codes_of
from sanbao.rules.versions import Versions

if TYPE_CHECKING:
    from sanbao.rules.combined import Combined
    from sanbao.rules.conditions import Condition
    from sanbao.rules.policy_file.builder import OnDay
    from sanbao.rules.policy_file.reader import PolicyFile

__all__ = ["PolicySet"]

_SHIPPED: Final = Versions((MOBILE_2001, MOBILE_2024))

_OTHER_FILES: Final = ("checklist-",)
"""How the names of files begin that are no policies."""


class PolicySet:
    """Laws, promises and local regulations, each with its days and places: 政策集.

    A set is made by :meth:`load` or :meth:`shipped` and never changes. It is given to whatever
    decides or compares; nothing else knows of it.

    >>> PolicySet.shipped().ids()[0]
    'cn.mobile-2001'
    """

    def __init__(self, added: tuple[PolicyFile, ...] = ()) -> None:
        self._added = {file.policy.id: file for file in added}
        laws = {LAW: _SHIPPED}
        for file in added:
            if file.policy.kind == "regulation":
                known = laws.get(file.policy.id)
                versions = tuple(one.policy for one in file.versions)
                laws[file.policy.id] = Versions((*(known.versions if known else ()), *versions))
        self._laws: Final[Mapping[str, Versions]] = laws
        if problems := list(_listed_twice(tuple(laws.values()))):
            raise ValidationError(problems)

    @classmethod
    def load(cls, *paths: str | os.PathLike[str]) -> PolicySet:
        """Return what ships, and the laws and promises of files of one's own.

        Each is TOML or JSON; a promise comes after the law it stands beside. Raises
        :class:`~sanbao.ValidationError` naming file, line and key of every mistake, the file with
        the id of another policy, and both of two laws that list the same goods on the same day.
        """
        found = cls.shipped()
        for path in paths:
            file = found.read_file(path)
            if file.policy.id in found.ids() and file.policy.id not in found._laws:
                reason = Reason("policy.taken")
                problem = Problem("id", shown(file.policy.id), reason, file=os.fsdecode(path))
                raise ValidationError([problem])
            found = cls((*found._added.values(), file))
        return found

    @classmethod
    @cache
    def shipped(cls) -> PolicySet:
        """Return the laws, local regulations and promises that ship."""
        return cls()

    def __reduce__(self) -> tuple[Any, ...]:
        return PolicySet, (tuple(self._added.values()),)

    def __repr__(self) -> str:
        return f"PolicySet({', '.join((LAW, '…', *self._added))})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PolicySet):
            return NotImplemented
        return self._added == other._added

    def __hash__(self) -> int:
        return hash(tuple(self._added))

    # --- policies by id --------------------------------------------------------------------

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all policies: the regulations, local ones, then commitments."""
        return tuple(dict.fromkeys((*self._laws, *_files(), *self._added)))

    def get(self, policy: str) -> Policy:
        """Return the policy with this id; of a law the newest version.

        Raises :class:`~sanbao.ValidationError` naming the nearest id if there is none.

        >>> PolicySet.shipped().get("cn.mobile-2001").title_en
        'Mobile-phone three-guarantees regulation (2001)'
        """
        return self.versions(policy)[-1]

    def terms(self, policy: str) -> Mapping[str, Condition]:
        """Return the words that the policy with this id uses in its conditions, by name.

        Those of the newest version of a law.
        Raises :class:`~sanbao.ValidationError` naming the nearest id if there is none.
        """
        known = self._known(policy)
        law = self._laws.get(known)
        return self._file(known).terms if law is None else self._file_of(law.newest).terms

    def versions(self, policy: str) -> tuple[Policy, ...]:
        """Return the versions of the policy with this id, the oldest first.

        Raises :class:`~sanbao.ValidationError` naming the nearest id if there is none.
        """
        known = self._known(policy)
        law = self._laws.get(known)
        return (self._file(known).policy,) if law is None else law.versions

    def local(self, law: str = LAW) -> tuple[Policy, ...]:
        """Return the local regulations (地方性法规) for the law of this id."""
        shipped = (_read(name).policy for name in _local_files())
        found = (*shipped, *(file.policy for file in self._added.values()))
        return tuple(one for one in found if one.kind == "local" and one.beside == law)

    def in_force(self, day: date, policy: str = LAW) -> Policy:
        """Return the version of a law for goods delivered, and claimed for, on ``day``.

        What was sold before the first version falls under that one, which says itself that it
        does not reach the sale. Raises :class:`~sanbao.ValidationError` for an id of no law, for
        a day after the last version, and for what is no date.

        >>> PolicySet.shipped().in_force(date(2024, 6, 30)).version
        '2001-11-15'
        """
        if not isinstance(day, date):
            raise ValidationError.of("day", day, Reason("input.a_date"))
        return self.law(policy).in_force(day)

    def law(self, policy: str = LAW) -> Versions:
        """Return all versions of the law with this id. Raises :class:`~sanbao.ValidationError`."""
        found = self._laws.get(policy) if isinstance(policy, str) else None
        if found is None:
            reason = Reason("policy.no_law").then(suggestion(policy, self._laws))
            raise ValidationError.of("policy", policy, reason)
        return found

    def combined(self, regulation: Policy | str, *commitments: Policy | str) -> Combined:
        """Return a regulation combined with promises (art. 4).

        Each is a policy or the id of one; of a law the newest version. Of each remedy the
        consumer has the best that any of them gives. Raises :class:`~sanbao.ValidationError` for
        what does not stand together, and naming the nearest id where there is none.
        """
        from sanbao.rules.combined import Combined

        law, *promises = (
            self.get(one) if isinstance(one, str) else one for one in (regulation, *commitments)
        )
        return Combined(law, tuple(promises))

    def resolve(self, name: str) -> Policy | Versions | Combined:
        """Return the policy that a name of policies means.

        The id of a law stands for all its versions, of which the day of the sale chooses one, the
        id of a promise for that promise alone, and ids joined by ``+`` for a law with promises
        beside it. Only what is in the set is found, never a file. Raises
        :class:`~sanbao.ValidationError` naming the nearest id if there is none.

        >>> PolicySet.shipped().resolve("cn.mobile-2001+vivo-2016").id
        'cn.mobile-2001+vivo-2016'
        """
        parts = name.split("+")
        if len(parts) > 1:
            return self.combined(*parts)
        return self._laws[name] if name in self._laws else self.get(name)

    def _known(self, policy: str) -> str:
        if isinstance(policy, str) and any(
            policy in known for known in (self._laws, _files(), self._added)
        ):
            return policy
        reason = Reason("policy.unknown").then(suggestion(policy, self.ids()))
        raise ValidationError.of("policy", policy, reason)

    # --- goods -----------------------------------------------------------------------------

    @cached_property
    def codes(self) -> Mapping[str, tuple[str, ...]]:
        """The codes that claims may name, by the name of the field: those that any law knows."""
        return self.codes_with(())

    def codes_with(self, own: Iterable[Policy]) -> Mapping[str, tuple[str, ...]]:
        """Return :attr:`codes`, and those of policies that need not be in the set."""
        policies = (*(law.newest for law in self._laws.values()), *own)
        return {
            name: tuple(code for code in codes_of(policies, name) if code != NOT_STATED)
            for name in EVERY_LAW
        }

    @cached_property
    def readings(self) -> Mapping[str, tuple[str, ...]]:
        """The values of the readings that laws of files declare, by name, the default first."""
        return self.readings_with(())

    def readings_with(self, own: Iterable[Policy]) -> Mapping[str, tuple[str, ...]]:
        """Return :attr:`readings`, and those of policies that need not be in the set."""
        policies = (*(one for law in self._laws.values() for one in law.versions), *own)
        return {name: values for one in policies for name, values in one.declared.items()}

    @cached_property
    def other_goods(self) -> Mapping[str, tuple[Versions, ...]]:
        """The laws beside the mobile one by the goods that they list."""
        found: dict[str, tuple[Versions, ...]] = {}
        for name, law in self._laws.items():
            for kind in _goods(law) if name != LAW else ():
                found[kind] = (*found.get(kind, ()), law)
        return found

    @cached_property
    def words(self) -> Mapping[str, Mapping[str, str]]:
        """The codes that laws bring by their Chinese words, by the name of the field."""
        laws = [law.newest for law in self._laws.values()]
        symptoms = [one for law in laws for one in law.symptoms]
        causes = [one for law in laws for one in law.causes]
        goods = [(line.title, line.kind) for law in laws for line in law.catalogue]
        return {
            "kind": {title[0]: kind for title, kind in goods if title},
            "symptom": {one.zh: one.code for one in symptoms},
            "cause": {one.zh: one.code for one in causes},
        }

    def law_of(self, kind: str, day: date | None) -> Versions:
        """Return the law of goods: the one that lists them, or the mobile one if none does.

        Where several list them, each in its time, it is that of ``day``. Raises
        :class:`~sanbao.ValidationError` if that is not known then.
        """
        laws = self.other_goods.get(kind)
        if laws is None:
            return self.law()
        if kind in _goods(self.law()):
            laws = (*laws, self.law())
        if len(laws) > 1 and day is None:
            reason = Reason("policy.sale_needed")
            raise ValidationError.of("purchase.sold_on", None, reason)
        in_order = sorted(laws, key=lambda law: law.versions[0].in_force_from)
        begun = [law for law in in_order if day and law.versions[0].in_force_from <= day]
        return begun[-1] if begun else in_order[0]

    # --- files -----------------------------------------------------------------------------

    def read(self, path: str | os.PathLike[str]) -> Policy:
        """Return the policy of a file of one's own, TOML or JSON.

        It may stand beside any policy of the set: it is laid over the version of the law that is
        in force on its own first day, and has to stand beside every version of its days. Raises
        :class:`~sanbao.ValidationError` naming file, line and key of every mistake.
        """
        return self.read_file(path).policy

    def warnings_of(self, path: str | os.PathLike[str]) -> tuple[Problem, ...]:
        """Return what is odd about a file that :meth:`read` reads, with line and key.

        It is a bar that the file lifts for rights that have no period of their own. Raises as
        :meth:`read` does.
        """
        return self.read_file(path).warnings

    def read_file(self, path: str | os.PathLike[str]) -> PolicyFile:
        """Return the policy of a file with its named conditions, its warnings and its versions."""
        from sanbao.rules.policy_file.reader import read

        return self._standing(read(path, self._base))

    def _file(self, policy: str) -> PolicyFile:
        return self._added[policy] if policy in self._added else _read(policy)

    def _file_of(self, law: Policy) -> PolicyFile:
        """Return a version of a law with its named conditions, as the base of a file."""
        from sanbao.rules.policy_file.reader import PolicyFile

        added = self._added.get(law.id)
        for file in () if added is None else added.versions:
            if file.policy.version == law.version:
                return file
        return PolicyFile(law, TERMS)

    def _base(self, policy: str) -> PolicyFile | OnDay | None:
        """Return the policy a file may be based on, a law by day; none that is being read."""
        if policy in self._laws:
            return partial(self._version_on, self._laws[policy])
        if policy in self._added:
            return self._added[policy]
        if policy in _files() and policy not in _BEING_READ.get():
            return _read(policy)
        return None

    def _version_on(self, law: Versions, day: date | None) -> PolicyFile:
        """Return the version in force on ``day``; the newest if it is ``None`` or after the law."""
        governing = () if day is None else law.in_force_between(day, None)
        return self._file_of(governing[0] if governing else law.newest)

    def _standing(self, found: PolicyFile) -> PolicyFile:
        """Return a promise that can stand beside every version of the law on its days.

        Raises :class:`~sanbao.ValidationError` where a right that both have gives something else.
        """
        promise = found.policy
        law = self._laws.get(promise.beside or "")
        if law is not None:
            problems = [
                Problem("rights", shown(right.id), _other_remedy(right, own, version))
                for version in law.in_force_between(promise.in_force_from, promise.in_force_to)
                for right in promise.rights
                for own in version.rights
                if own.id == right.id and own.remedy != right.remedy
            ]
            if problems:
                raise ValidationError(problems)
        return found


def _goods(law: Versions) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.kind for one in law.versions for line in one.catalogue))


def _listed_twice(laws: tuple[Versions, ...]) -> Iterator[Problem]:
    """Yield the goods that two laws list on the same day."""
    for one, other in combinations(laws, 2):
        for mine in one.versions:
            for theirs in other.in_force_between(mine.in_force_from, mine.in_force_to):
                for line in mine.catalogue:
                    if theirs.coverage(line.kind) is not None:
                        both = Reason(
                            "policy.listed_by",
                            one=mine.id,
                            version=mine.version,
                            other=theirs.id,
                            other_version=theirs.version,
                        )
                        first = max(mine.in_force_from, theirs.in_force_from)
                        reason = Reason("policy.listed_twice", both=both, day=first)
                        yield Problem("catalogue", shown(line.kind), reason)


def _other_remedy(right: Right, own: Right, law: Policy) -> Reason:
    return Reason(
        "policy.other_remedy", remedy=right.remedy, law=law.id, version=law.version, own=own.remedy
    )


# --- what ships --------------------------------------------------------------------------------


@cache
def _files() -> Mapping[str, Any]:
    """Return the files of promises by the id each is named after."""
    return {**_local_files(), **_in_folder(files("sanbao.policies"))}


@cache
def _local_files() -> Mapping[str, Any]:
    """Return the files of local regulations by the id each is named after."""
    return _in_folder(files("sanbao.policies") / "local")


def _in_folder(folder: Any) -> dict[str, Any]:
    found = {
        entry.name.removesuffix(".toml"): entry
        for entry in folder.iterdir()
        if entry.name.endswith(".toml") and not entry.name.startswith(_OTHER_FILES)
    }
    return dict(sorted(found.items()))


@cache
def _read(policy: str) -> PolicyFile:
    from sanbao.rules.policy_file.reader import parse

    entry, shipped = _files()[policy], PolicySet.shipped()
    with _reading(policy):
        found = shipped._standing(parse(entry.read_bytes(), entry.name, shipped._base))
    if found.policy.id != policy:
        reason = Reason("policy.file_name", policy=policy)
        raise ValidationError.of("id", found.policy.id, reason)
    return found


_BEING_READ: Final[ContextVar[frozenset[str]]] = ContextVar("_BEING_READ", default=frozenset())


@contextmanager
def _reading(policy: str) -> Iterator[None]:
    token = _BEING_READ.set(_BEING_READ.get() | {policy})
    try:
        yield
    finally:
        _BEING_READ.reset(token)
