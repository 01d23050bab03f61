"""The border: 输入边界.

Models here are checked by pydantic and speak the library's own error: what pydantic finds
wrong becomes a :class:`~sanbao.ValidationError` that names field, value and reason in plain
words, with the nearest known key or code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self, get_args

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic import ValidationError as PydanticError
from pydantic_core import ErrorDetails

from sanbao.base.errors import Problem, ValidationError, given, name_of, reason_of, suggestion
from sanbao.base.json_text import parse
from sanbao.base.records import short_repr

__all__ = ["BorderModel"]


class BorderModel(BaseModel):
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
        """Return the model of a mapping. Raises :class:`~sanbao.ValidationError`."""
        try:
            return super().model_validate(obj, **options)
        except PydanticError as error:
            raise _translated(cls, error) from None

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
BorderModel.__init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]


_MOST_PROBLEMS = 100
"""An input with more problems than this is told how many there are."""


def _translated(model: type[BaseModel], error: PydanticError) -> ValidationError:
    problems: dict[Problem, None] = {}
    details = error.errors(include_url=False)
    whole = model.__name__.lower()
    for detail in details[:_MOST_PROBLEMS]:
        cause = detail.get("ctx", {}).get("error")
        if isinstance(cause, ValidationError):
            problems |= dict.fromkeys(cause.problems)
        else:
            field = _path(detail) or whole
            problems[Problem(field, given(detail), _reason(model, detail))] = None
    if len(details) > _MOST_PROBLEMS:
        number = f"{len(details)} problems"
        problems[Problem(whole, number, f"only the first {_MOST_PROBLEMS} are named")] = None
    return ValidationError(problems)


def _path(detail: ErrorDetails) -> str:
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


def _reason(model: type[BaseModel], detail: ErrorDetails) -> str:
    match detail["type"]:
        case "literal_error":
            codes = _codes(model, detail["loc"])
            return f"must be one of {', '.join(codes)}{suggestion(detail['input'], codes)}"
        case "extra_forbidden":
            known = _model_at(model, detail["loc"][:-1]).model_fields
            return f"is not a known key{suggestion(detail['loc'][-1], known)}"
        case "missing":
            return "is required"
        case "bool_type":
            return "must be true or false"
        case "model_type" | "model_attributes_type":
            return "must be a JSON object"
        case "tuple_type":
            return "must be a list"
        case "greater_than_equal" | "less_than_equal" | "int_type" | "float_type" | "finite_number":
            return "must be a number from 0 to 100"
        case _:
            return reason_of(detail)


def _model_at(model: type[BaseModel], loc: Sequence[int | str]) -> type[BaseModel]:
    for part in loc:
        if isinstance(part, str):
            model = _model_of(model.model_fields[part].annotation) or model
    return model


def _model_of(annotation: Any) -> type[BaseModel] | None:
    """Return the model that a field holds, perhaps many of them, perhaps none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_of(argument) for argument in get_args(annotation))
    return next((model for model in found if model is not None), None)


def _codes(model: type[BaseModel], loc: Sequence[int | str]) -> tuple[str, ...]:
    annotation = _model_at(model, loc[:-1]).model_fields[str(loc[-1])].annotation
    arms = [arm for arm in get_args(annotation) if get_args(arm)]
    return get_args(arms[0]) if arms else get_args(annotation)
