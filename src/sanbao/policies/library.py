"""Finding laws and promises by their id: 政策库.

Laws are modules of this package, promises (经营者承诺, art. 4) are ``*.toml`` files in its
folder, local regulations (地方性法规) such files in its folder ``local``, all named after their
id: a file more is a promise more. A file is read when somebody
asks for it, once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from sanbao.base.errors import Problem, ValidationError, shown, suggestion
from sanbao.policies.mobile_2001 import LAW, MOBILE_2001, TERMS
from sanbao.policies.mobile_2024 import MOBILE_2024
from sanbao.rules.policy import Policy, Right
from sanbao.rules.versions import Versions

if TYPE_CHECKING:
    from sanbao.rules.combined import Combined
    from sanbao.rules.conditions import Condition
    from sanbao.rules.contested_reading import ContestedReading
    from sanbao.rules.policy_file.builder import OnDay
    from sanbao.rules.policy_file.reader import PolicyFile
    from sanbao.rules.provisions import Words

__all__ = [
    "combined",
    "get",
    "ids",
    "in_force",
    "law_of",
    "load",
    "local",
    "readings",
    "resolve",
    "terms",
    "versions",
    "warnings_of",
    "words",
]

_LAWS: Final[Mapping[str, Versions]] = {LAW: Versions((MOBILE_2001, MOBILE_2024))}
_TERMS: Final[Mapping[str, Mapping[str, Mapping[str, Condition]]]] = {
    LAW: {MOBILE_2001.version: TERMS, MOBILE_2024.version: TERMS}
}
"""The words of every version of a law, by its id and the version."""

_OTHER_FILES: Final = ("checklist-",)
"""How the names of files begin that are no policies."""


def ids() -> tuple[str, ...]:
    """Return the ids of all policies that ship: the regulation, local ones, then commitments.

    >>> ids()[0]
    'cn.mobile-2001'
    """
    return (*_LAWS, *_files())


def get(policy: str) -> Policy:
    """Return the policy with this id; of a law the newest version.

    Raises :class:`~sanbao.ValidationError` naming the nearest id if there is none.

    >>> get("cn.mobile-2001").title_en
    'Mobile-phone three-guarantees regulation (2001)'
    """
    return versions(policy)[-1]


def terms(policy: str) -> Mapping[str, Condition]:
    """Return the words that the policy with this id uses in its conditions, by name.

    Those of the newest version of a law.
    Raises :class:`~sanbao.ValidationError` naming the nearest id if there is none.
    """
    known = _known(policy)
    return _file_of(_LAWS[known].newest).terms if known in _LAWS else _read(known).terms


def versions(policy: str) -> tuple[Policy, ...]:
    """Return the versions of the policy with this id, the oldest first.

    Raises :class:`~sanbao.ValidationError` naming the nearest id if there is none.
    """
    known = _known(policy)
    return _LAWS[known].versions if known in _LAWS else (_read(known).policy,)


def local(law: str = LAW) -> tuple[Policy, ...]:
    """Return the local regulations (地方性法规) that ship for the law of this id."""
    found = (_read(name).policy for name in _local_files())
    return tuple(policy for policy in found if policy.beside == law)


def in_force(day: date, policy: str = LAW) -> Policy:
    """Return the version of a law for goods delivered, and claimed for, on ``day``.

    What was sold before the first version falls under that one, which says itself that it
    does not reach the sale. Raises :class:`~sanbao.ValidationError` for an id of no law, for
    a day after the last version, and for what is no date.

    >>> in_force(date(2024, 6, 30)).version
    '2001-11-15'
    """
    if not isinstance(day, date):
        raise ValidationError.of("day", day, "must be a date")
    return law(policy).in_force(day)


def law(policy: str = LAW) -> Versions:
    """Return all versions of the law with this id. Raises :class:`~sanbao.ValidationError`."""
    found = _LAWS.get(policy) if isinstance(policy, str) else None
    if found is None:
        reason = f"there is no law with this id{suggestion(policy, _LAWS)}"
        raise ValidationError.of("policy", policy, reason)
    return found


def law_of(policy: Policy) -> str:
    """Return the id of the law that a policy speaks of, whose words it uses where it has none.

    Of what stands beside a law that law; of a draft that changes a law that ships under an id of
    its own, the law by which the goods in its catalogue are covered.
    """
    law = policy.beside or policy.id
    if law in _LAWS or not policy.catalogue:
        return law
    return policy.catalogue[0].cites[0].law


def words(law: str) -> Mapping[str, Words]:
    """Return the words of the law with this id by their message; none of a law that has none."""
    from sanbao.policies.mobile_words import WORDS

    return WORDS if law == LAW else {}


def readings(law: str) -> Mapping[str, ContestedReading]:
    """Return the contested readings that the law with this id declares, by name."""
    from sanbao.policies.mobile_readings import READINGS

    return READINGS if law == LAW else {}


def load(path: str | os.PathLike[str]) -> Policy:
    """Return the policy of a file of one's own, TOML or JSON.

    It may stand beside any policy that ships: it is laid over the version of the law that is
    in force on its own first day, and has to stand beside every version of its days. Raises
    :class:`~sanbao.ValidationError` naming file, line and key of every mistake.
    """
    return _loaded(path).policy


def warnings_of(path: str | os.PathLike[str]) -> tuple[Problem, ...]:
    """Return what is odd about a file that :func:`load` reads, with line and key.

    It is a bar that the file lifts for rights that have no period of their own. Raises as
    :func:`load` does.
    """
    return _loaded(path).warnings


def _loaded(path: str | os.PathLike[str]) -> PolicyFile:
    from sanbao.rules.policy_file.reader import read

    return _standing(read(path, _base))


def combined(regulation: Policy | str, *commitments: Policy | str) -> Combined:
    """Return a regulation combined with promises (art. 4).

    Each is a policy or the id of one that ships; of a law the newest version. Of each remedy the
    consumer has the best that any of them gives. Raises :class:`~sanbao.ValidationError` for
    what does not stand together, and naming the nearest id where there is none.
    """
    from sanbao.rules.combined import Combined

    law, *promises = (
        get(one) if isinstance(one, str) else one for one in (regulation, *commitments)
    )
    return Combined(law, tuple(promises))


def resolve(name: str) -> Policy | Versions | Combined:
    """Return the policy that a name of shipped policies means.

    The id of a law stands for all its versions, of which the day of the sale chooses one, the id
    of a promise for that promise alone, and ids joined by ``+`` for a law with promises beside
    it. Only what ships is found, never a file: those are for :func:`load`. Raises
    :class:`~sanbao.ValidationError` naming the nearest id if there is none.

    >>> resolve("cn.mobile-2001+vivo-2016").id
    'cn.mobile-2001+vivo-2016'
    """
    parts = name.split("+")
    if len(parts) > 1:
        return combined(*parts)
    return _LAWS[name] if name in _LAWS else get(name)


# --- files -------------------------------------------------------------------------------


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


def _known(policy: str) -> str:
    if isinstance(policy, str) and (policy in _LAWS or policy in _files()):
        return policy
    reason = f"there is no policy with this id{suggestion(policy, ids())}"
    raise ValidationError.of("policy", policy, reason)


@cache
def _read(policy: str) -> PolicyFile:
    from sanbao.rules.policy_file.reader import parse

    entry = _files()[policy]
    with _reading(policy):
        found = _standing(parse(entry.read_bytes(), entry.name, _base))
    if found.policy.id != policy:
        reason = f"must be the name of its file ({policy})"
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


def _base(policy: str) -> PolicyFile | OnDay | None:
    """Return the policy a file may be based on, a law by day; none that is being read."""
    if policy in _LAWS:
        return partial(_version_on, _LAWS[policy])
    if policy in _files() and policy not in _BEING_READ.get():
        return _read(policy)
    return None


def _version_on(law: Versions, day: date | None) -> PolicyFile:
    """Return the version in force on ``day``; the newest if it is ``None`` or after the law."""
    governing = () if day is None else law.in_force_between(day, None)
    return _file_of(governing[0] if governing else law.newest)


def _file_of(law: Policy) -> PolicyFile:
    """Return a version of a law with its named conditions, as the base of a file."""
    from sanbao.rules.policy_file.reader import PolicyFile

    return PolicyFile(law, _TERMS[law.id][law.version])


def _standing(found: PolicyFile) -> PolicyFile:
    """Return a promise that can stand beside every version of the law on its days.

    Raises :class:`~sanbao.ValidationError` where a right that both have gives something else.
    """
    promise = found.policy
    law = _LAWS.get(promise.beside or "")
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


def _other_remedy(right: Right, own: Right, law: Policy) -> str:
    return f"gives {right.remedy}; in {law.id} of {law.version} this right gives {own.remedy}"
