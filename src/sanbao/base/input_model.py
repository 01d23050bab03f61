"""The border: 输入边界.

Models here are checked by pydantic and speak the library's own error: what pydantic finds
wrong becomes a :class:`~sanbao.ValidationError` that names field, value and reason in plain
words, with the nearest known key or code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final, Self, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic import ValidationError as PydanticError
from pydantic_core import SchemaValidator, core_schema, to_json

from sanbao.base.errors import Problem, Reason, ValidationError, name_of, suggestion
from sanbao.base.json_text import parse
from sanbao.base.pydantic_errors import Detail, given, problems_of, reason_of
from sanbao.base.records import short_repr

__all__ = ["InputModel"]


class InputModel(BaseModel):
    """A frozen model that refuses unknown keys and speaks the library's own error."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    def __init__(self, /, **data: Any) -> None:
        try:
            super().__init__(**data)
        except PydanticError as error:
            raise _translated(type(self), error) from None

    def __repr__(self) -> str:
        fields = type(self).model_fields
        stated = ((name, getattr(self, name)) for name in fields if name in self.model_fields_set)
        return short_repr(type(self).__name__, stated)

    def __str__(self) -> str:
        return repr(self)

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, data: Any) -> Any:
        if isinstance(data, Mapping):
            known = cls.model_fields
            return {
                key: value for key, value in data.items() if value is not None or key not in known
            }
        return data

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """Return the model of a mapping. Raises :class:`~sanbao.ValidationError`.

        A ``context`` of codes by the name of the field says which of them are known, where a field
        takes any (:class:`Claim`).
        """
        try:
            return super().model_validate(obj, **options)
        except PydanticError as error:
            raise _translated(cls, error, options.get("context")) from None

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Return the model of a JSON text. Raises :class:`~sanbao.ValidationError`."""
        return cls.model_validate_json(text)

    def to_json(self) -> str:
        """Return this as canonical JSON: sorted keys, no spaces, nothing not known.

        Reading it back gives an equal object.
        """
        return _canonical(self)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Return the model of a JSON text. Raises :class:`~sanbao.ValidationError`."""
        found = _read_natively(cls, json_data, options)
        if found is not None:
            return found
        return cls.model_validate(
            parse(
                bytes(json_data) if isinstance(json_data, bytearray) else json_data,
                cls.__name__.lower(),
                float,  # NaN is refused by the field it stands in
            ),
            **options,
        )


# --- canonical JSON ------------------------------------------------------------------------------


_EXPONENT: Final = re.compile(rb"[:\[,]-?(?:0\.0000|[0-9.]+e)")
"""A number that one of the two writers of JSON writes with an exponent."""


def _canonical(model: InputModel) -> str:
    """Return a model as canonical JSON.

    ``json.dumps`` of what pydantic dumps says the same and takes ten times as long; every
    decision asks for it, because its receipt has the hash. Here the keys are put in order for
    pydantic's own writer. What that would write otherwise is left to ``json``: letters of other
    scripts, and numbers with an exponent.
    """
    written = to_json(_in_order(model))
    if written.isascii() and not _EXPONENT.search(written):
        return written.decode()
    dumped = model.model_dump(mode="json", exclude_none=True)
    return json.dumps(dumped, sort_keys=True, separators=(",", ":"))


def _in_order(model: InputModel) -> dict[str, Any]:
    """Return what a model states by name, in the order of the names."""
    stated = vars(model)
    values = {name: value for name in _names(type(model)) if (value := stated[name]) is not None}
    for name, is_list in _parts(type(model)):
        if part := values.get(name):
            values[name] = list(map(_in_order, part)) if is_list else _in_order(part)
    return values


@cache
def _names(cls: type[InputModel]) -> tuple[str, ...]:
    """Return the names of the fields of a model, sorted."""
    return tuple(sorted(cls.model_fields))


# --- JSON in which all is in order ----------------------------------------------------------------

NATIVE: Final = "sanbao_native"
"""The key under which the schema of a field says by what JSON is read where all is in order."""

_KEYS: Final = re.compile(r'"\s*:')
_KEYS_IN_BYTES: Final = re.compile(_KEYS.pattern.encode())

_Model = TypeVar("_Model", bound="InputModel")


def _read_natively(cls: type[_Model], text: object, options: Mapping[str, Any]) -> _Model | None:
    """Return the model of a JSON text in which all is in order, quickly; else nothing.

    pydantic's own reader takes ``null`` for a value and of two equal keys the last. A text with
    either, and one in which anything is wrong, is left to whoever can say what.
    """
    if not isinstance(text, str | bytes) or options.keys() - {"context"}:
        return None
    if isinstance(text, str):
        keys = 0 if "null" in text else len(_KEYS.findall(text))
    else:
        keys = 0 if b"null" in text else len(_KEYS_IN_BYTES.findall(text))
    if not keys:
        return None
    try:
        found: _Model = _native(cls).validate_json(text, context=options.get("context"))
    except (PydanticError, ValidationError):
        return None
    return found if _stated(found) == keys else None


def _stated(model: InputModel) -> int:
    """Return how many keys a model was made of, with those of its parts."""
    stated = model.model_fields_set
    number = len(stated)
    for name, is_list in _parts(type(model)):
        if name in stated:
            part = getattr(model, name)
            number += sum(map(_stated, part)) if is_list else _stated(part)
    return number


@cache
def _parts(cls: type[InputModel]) -> tuple[tuple[str, bool], ...]:
    """Return the fields that hold other models, and whether they hold a list of them."""
    return tuple(
        (name, get_origin(field.annotation) is tuple)
        for name, field in cls.model_fields.items()
        if _model_of(field.annotation) is not None
    )


@cache
def _native(cls: type[InputModel]) -> SchemaValidator:
    """Return pydantic's reader of a model, but for what makes ``null`` absent."""
    return SchemaValidator(_natively(cls.__pydantic_core_schema__))


def _natively(schema: Any) -> Any:
    if isinstance(schema, list | tuple):
        return type(schema)(map(_natively, schema))
    if not isinstance(schema, dict):
        return schema
    native = schema.get("metadata", {}).get(NATIVE) if "type" in schema else None
    if native is not None:
        return native
    if schema.get("type") == "model":
        fields = {**_natively(schema["schema"]), "extra_behavior": "forbid"}
        make, ref = _maker(schema["cls"]), schema.get("ref")
        return core_schema.no_info_after_validator_function(make, fields, ref=ref)
    if schema.get("type") == "function-before":
        function = getattr(schema["function"]["function"], "__func__", None)
        if function is InputModel._null_is_absent.__func__:
            inner = _natively(schema["schema"])
            return {**inner, "ref": schema["ref"]} if "ref" in schema else inner
    return {key: _natively(part) for key, part in schema.items()}


def _maker(cls: type[InputModel]) -> Callable[[tuple[dict[str, Any], None, set[str]]], InputModel]:
    """Return what makes a model of its values and the names of those stated.

    It does what pydantic does, several times as fast.
    """
    new, put = cls.__new__, object.__setattr__

    def make(read: tuple[dict[str, Any], None, set[str]]) -> InputModel:
        model = new(cls)
        values, _, stated = read
        put(model, "__dict__", values)
        put(model, "__pydantic_fields_set__", stated)
        put(model, "__pydantic_extra__", None)
        put(model, "__pydantic_private__", None)
        return model

    return make


# pydantic calls an ``__init__`` of one's own for nested models too, unless it is marked
# as doing no more than the base's; it would translate errors before their path is known.
InputModel.__init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]


_MOST_PROBLEMS: Final = 100
"""Problems reported per input, at most."""

_WORDS: Final = dict.fromkeys(
    ("greater_than_equal", "less_than_equal", "int", "float", "finite"),
    "input.percent",  # the only numbers of an input are percentages
)


def _translated(
    model: type[BaseModel], error: PydanticError, codes: Mapping[str, Iterable[str]] | None = None
) -> ValidationError:
    whole = model.__name__.lower()

    def problem(detail: Detail) -> Problem:
        if codes and detail["type"] == "literal_error" and detail["loc"][-1] in codes:
            detail = {**detail, "ctx": {"expected": ", ".join(codes[detail["loc"][-1]])}}
        known = _keys_at(model, detail["loc"][:-1]) if detail["type"] == "extra_forbidden" else ()
        reason = reason_of(detail, _WORDS, keys=known, near=suggestion)
        return Problem(_path(detail) or whole, given(detail), reason)

    problems = dict.fromkeys(problems_of(error, problem, _MOST_PROBLEMS))
    if error.error_count() > _MOST_PROBLEMS:
        number = Reason("input.problems", number=error.error_count())
        problems[Problem(whole, number, Reason("input.only_first", most=_MOST_PROBLEMS))] = None
    return ValidationError(problems)


def _path(detail: Detail) -> str:
    loc = detail["loc"]
    if detail["type"] != "extra_forbidden" and loc[-1:] in (("int",), ("float",)):
        loc = loc[:-1]  # the arm of a union is no part of the input
    path = ""
    for part in loc:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            path += ("." if path else "") + name_of(part)
    return path


def _keys_at(model: type[BaseModel], loc: Sequence[int | str]) -> Iterable[str]:
    """Return the keys of the model at a place of the input."""
    for part in loc:
        if isinstance(part, str):
            model = _model_of(model.model_fields[part].annotation) or model
    return model.model_fields


def _model_of(annotation: Any) -> type[BaseModel] | None:
    """Return the model that a field holds, perhaps many of them, perhaps none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_of(argument) for argument in get_args(annotation))
    return next((model for model in found if model is not None), None)
