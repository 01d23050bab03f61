"""The border: 输入边界.

Models here are checked by pydantic and speak the library's own error: what pydantic finds
wrong becomes a :class:`~sanbao.ValidationError` that names field, value and reason in plain
words, with the nearest known key or code.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Self, get_args

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic import ValidationError as PydanticError

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
        plain = self.model_dump(mode="json", exclude_none=True)
        return json.dumps(plain, sort_keys=True, separators=(",", ":"))

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Return the model of a JSON text. Raises :class:`~sanbao.ValidationError`."""
        return cls.model_validate(
            parse(
                bytes(json_data) if isinstance(json_data, bytearray) else json_data,
                cls.__name__.lower(),
                float,  # NaN is refused by the field it stands in
            ),
            **options,
        )


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
