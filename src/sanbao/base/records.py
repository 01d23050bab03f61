"""Frozen objects as plain data and canonical JSON: 规范 JSON.

Dates become ISO strings, money and rates decimal strings, tuples lists. Canonical means
sorted keys and no spaces, so that equal objects give equal bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, FrozenInstanceError, dataclass, fields
from datetime import date
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any, ClassVar, Final, Self, TypeAlias, TypeVar, dataclass_transform

__all__ = ["Record", "canonical_json", "digest", "record", "short_repr", "to_plain"]

_Of = TypeVar("_Of")


@dataclass_transform(frozen_default=True, eq_default=False)
def record(cls: type[_Of]) -> type[_Of]:
    """Make a subclass of :class:`Record` a frozen dataclass with slots.

    It is what ``dataclass(frozen=True, slots=True, repr=False, eq=False)`` makes, but that nothing
    is generated for it except ``__init__``: a program that starts for one claim spends more time on
    generating code than on anything else of its own.
    """
    if hasattr(cls, "__dataclass_fields__"):  # one that adds fields to those of another
        return dataclass(frozen=True, slots=True, repr=False, eq=False)(cls)
    made: Any = dataclass(init=False, slots=True, repr=False, eq=False)(cls)
    made.__dataclass_params__.frozen = True
    made.__init__ = _init_of(made)
    return made  # type: ignore[no-any-return]


def _init_of(cls: type[Any]) -> Callable[..., None]:
    """Return an ``__init__`` that sets the fields of a class past its ``__setattr__``."""
    parts, values = fields(cls), [one.default for one in fields(cls) if one.default is not MISSING]
    names = [one.name if one.default is MISSING else f"{one.name}=None" for one in parts]
    lines = [f"    set_field(self, {one.name!r}, {one.name})" for one in parts]
    if hasattr(cls, "__post_init__"):
        lines.append("    self.__post_init__()")
    namespace = {"set_field": object.__setattr__, "__name__": cls.__module__}
    head = f"def __init__(self, {', '.join(names)}):"
    exec("\n".join([head, *lines]), namespace)  # noqa: S102
    made: Any = namespace["__init__"]
    made.__defaults__ = tuple(values)
    made.__annotations__ = {**{one.name: one.type for one in parts}, "return": None}
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made  # type: ignore[no-any-return]


class Record:
    """The base of frozen dataclasses that go to JSON and back.

    Unknown keys are refused on the way in. Equality, hash, ``repr``, copies and pickles are
    shared rather than generated for every class, which a program that starts for one claim
    would pay for. A record never changes, so a copy is the record itself; a pickle also keeps
    what is no part of its data, such as the policies a report is about.
    """

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}
    _silent: ClassVar[tuple[str, ...]] = ()
    """The fields that JSON leaves out where they are empty."""

    def __setattr__(self, name: str, value: object) -> None:
        if self._is_frozen(name):
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        if self._is_frozen(name):
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super().__delattr__(name)

    def _is_frozen(self, name: str) -> bool:
        """Say whether nothing may be set as ``name``; a subclass may have attributes of its own."""
        names = self.__dataclass_fields__  # type: ignore[attr-defined]
        return name in names or "__dataclass_fields__" in vars(type(self))

    def _values(self) -> dict[str, Any]:
        names = self.__dataclass_fields__  # type: ignore[attr-defined]
        return {name: getattr(self, name) for name in names}

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Record) or type(other) is not type(self):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), *self._values().values()))

    def _in_brief(self) -> dict[str, Any]:
        """Return the values that ``repr`` shows, by name; it cuts what is longer than a line."""
        return self._values()

    def __repr__(self) -> str:
        cls = next(cls for cls in type(self).__mro__ if "__dataclass_fields__" in vars(cls))
        return short_repr(cls.__name__, self._in_brief().items())

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: object) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        names = {name for cls in type(self).__mro__ for name in getattr(cls, "__slots__", ())}
        names -= {*self.__dataclass_fields__, "_hash"}  # type: ignore[attr-defined]
        beside = {name: getattr(self, name) for name in sorted(names) if hasattr(self, name)}
        return _made_again, (type(self), tuple(self._values().values()), beside)


def _made_again(cls: type[Record], values: tuple[Any, ...], beside: Mapping[str, Any]) -> Record:
    """Return a record from its pickle: its data, and what it holds beside them.

    What an older version held beside them and this one works out is left.
    """
    record = cls(*values)
    for name, value in beside.items():
        if hasattr(cls, name):
            object.__setattr__(record, name, value)
    return record


_LONGEST: Final = 160
_LONGEST_VALUE: Final = 70


def short_repr(name: str, fields: Iterable[tuple[str, object]]) -> str:
    """Return ``name(field=value, …)`` in one line of some 160 characters.

    Values that are ``None`` or empty are left out, days and money are written as in JSON, and long
    values are shortened to type and number.

    >>> short_repr("Remedy", [("remedy", "refund"), ("payable", Decimal("1599.00")), ("fee", None)])
    "Remedy(remedy='refund', payable=1599.00)"
    """
    text = f"{name}("
    for place, (field, value) in enumerate(_stated(fields)):
        part = f"{', ' if place else ''}{field}={_short(value)}"
        if len(text) + len(part) > _LONGEST:
            return f"{text}{', ' if place else ''}…)"
        text += part
    return f"{text})"


def _stated(fields: Iterable[tuple[str, object]]) -> Iterator[tuple[str, object]]:
    return ((name, value) for name, value in fields if value is not None and value not in ((), {}))


def _short(value: object) -> str:
    if isinstance(value, date | Decimal):
        return str(value)
    if isinstance(value, tuple):
        text = f"({', '.join(map(_short, value))}{',' if len(value) == 1 else ''})"
        if len(text) <= _LONGEST_VALUE:
            return text
        kinds = " or ".join(dict.fromkeys(type(part).__name__ for part in value))
        return f"<{len(value)} of {kinds}>"
    if isinstance(value, Mapping):
        return f"<{len(value)} by name>"
    text = repr(value)
    if len(text) <= _LONGEST_VALUE:
        return text
    if isinstance(value, str):
        return f"{text[: _LONGEST_VALUE - 2]}…{text[-1]}"
    return f"{text.partition('(')[0]}(…)"


_AS_IT_IS: Final = frozenset({str, int, bool, float, type(None)})


def to_plain(value: Any) -> Any:
    """Return ``value`` as what JSON knows: objects, lists, strings, numbers, null."""
    if type(value) in _AS_IT_IS:
        return value
    names = getattr(value, "__dataclass_fields__", None)
    if names is not None:
        plain = {name: to_plain(getattr(value, name)) for name in names}
        for name in getattr(value, "_silent", ()):
            if not plain[name]:
                del plain[name]
        return plain
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", exclude_none=True)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return [to_plain(part) for part in value]


def canonical_json(value: Any) -> str:
    """Return the canonical JSON of ``value``."""
    return _WRITERS[type(value)](value)


_Writer: TypeAlias = Callable[[Any], str]


class _Writers(dict[type, _Writer]):
    """What writes the values of a type as canonical JSON; of a type not seen yet it is made.

    Every value is written at once, rather than made plain, sorted and then written: a service
    writes a decision for every claim.
    """

    def __missing__(self, cls: type) -> _Writer:
        is_record = issubclass(cls, Record) and hasattr(cls, "__dataclass_fields__")
        made = self[cls] = _record_writer(cls) if is_record else _plainly
        return made


def _plainly(value: Any) -> str:
    """Return a value as canonical JSON by way of what JSON knows."""
    return json.dumps(to_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _record_writer(cls: type[Any]) -> _Writer:
    """Return what writes the records of a class."""
    names = sorted(cls.__dataclass_fields__)
    keyed = [(name, f'"{name}":', name in cls._silent) for name in names]

    def write(value: Any) -> str:
        parts = []
        for name, key, is_silent in keyed:
            part = getattr(value, name)
            if not is_silent or part:
                parts.append(key + _WRITERS[type(part)](part))
        return f"{{{','.join(parts)}}}"

    return write


def _list_writer(values: tuple[Any, ...]) -> str:
    return f"[{','.join([_WRITERS[type(value)](value) for value in values])}]"


_WRITERS: Final = _Writers(
    {
        str: encode_basestring,
        bool: {True: "true", False: "false"}.__getitem__,
        type(None): {None: "null"}.__getitem__,
        int: repr,
        date: '"{}"'.format,
        Decimal: '"{:f}"'.format,
        tuple: _list_writer,
    }
)


def digest(text: str) -> str:
    """Return the SHA-256 of ``text`` in UTF-8 as hexadecimal digits."""
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()
