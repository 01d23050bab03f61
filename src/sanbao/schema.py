"""What may come in and what comes out, as JSON Schema: 数据模式.

The schemas (draft 2020-12) are made from the models that read and write, when they are
asked for. ``validation`` describes what may come in: of a claim, a field that may be
absent may also be ``null``. ``serialization`` describes what ``to_json()`` writes: of a
claim, what is not known is absent; of everything else, every key is present.

A schema says which keys, types, codes and patterns there are. It cannot say what two
fields must be to each other (a sale is not after the claim) nor work out a check digit:
what it takes, the reader may still refuse. In a few places it is narrower than the reader,
as the JSON contract is: money and rates are decimal strings, never numbers, and days are
``YYYY-MM-DD``.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, Final, Literal, TypeAlias, get_args

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from sanbao.base.errors import Reason, ValidationError, suggestion
from sanbao.decision import Decision
from sanbao.model.claim import Claim
from sanbao.model.field_types import OPEN_CODES
from sanbao.model.summary import Summary
from sanbao.policies.policy_set import PolicySet
from sanbao.rules.policy import Policy
from sanbao.statespace.comparison import Comparison
from sanbao.statespace.verification import Verification

__all__ = ["MODES", "NAMES", "schema", "schema_text"]

Name: TypeAlias = Literal["claim", "decision", "summary", "policy", "comparison", "verification"]
Mode: TypeAlias = Literal["validation", "serialization"]

NAMES: Final[tuple[Name, ...]] = get_args(Name)
"""What there is a schema of."""

MODES: Final[tuple[Mode, ...]] = get_args(Mode)
"""What may come in, and what comes out."""

_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_DECIMAL = r"^-?[0-9]+(\.[0-9]+)?$"
_KEYWORDS = {"ge": "minimum", "le": "maximum"}
"""Bounds of a union, which pydantic leaves under its own names."""


def schema(
    name: Name, mode: Mode = "validation", policies: PolicySet | None = None
) -> dict[str, Any]:
    """Return the JSON Schema of a claim, a decision, its summary, a policy or a report: 数据模式.

    ``mode`` is ``validation`` for what may come in, ``serialization`` for what comes out. A claim
    names the codes that the laws of ``policies`` know, by default those that ship.
    Raises :class:`~sanbao.ValidationError` for a name or a mode there is none of.

    >>> schema("claim")["required"]
    ['claimed_on', 'product']
    """
    _check("schema", name, NAMES)
    _check("mode", mode, MODES)
    generator = _Generator()
    generator.codes = (PolicySet.shipped() if policies is None else policies).codes
    made = generator.generate(TypeAdapter[Any](_MADE_FROM[name]).core_schema, mode)
    parts = made.pop("$defs")
    return {
        "$schema": _Generator.schema_dialect,
        "$id": f"urn:sanbao:schema:{name}:{mode}",
        "title": made.pop("title"),
        "description": made.pop("description"),
        **made,
        "$defs": parts,
    }


def schema_text(name: Name, mode: Mode = "validation", policies: PolicySet | None = None) -> str:
    """Return the same as JSON text, as it stands in the folder ``schemas``.

    Raises :class:`~sanbao.ValidationError` for a name or a mode there is none of.
    """
    return json.dumps(schema(name, mode, policies), ensure_ascii=False, indent=2) + "\n"


def _check(field: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        reason = Reason("input.one_of", known=known).then(suggestion(value, known))
        raise ValidationError.of(field, value, reason)


class _Generator(GenerateJsonSchema):
    """Makes the schemas, of claims otherwise than of records.

    Records are read strictly and written with every key; claims, the only models, take
    ``null`` for absent, and leave out what is ``null``.
    """

    _in_claim = False
    codes: Mapping[str, tuple[str, ...]]
    """The codes of a claim that laws bring, by the name of the field."""

    def generate_inner(self, schema: Any) -> JsonSchemaValue:
        open_ = schema.get("metadata", {}).get(OPEN_CODES)
        if open_ is not None:
            return {"enum": list(self.codes[open_]), "type": "string"}
        made = super().generate_inner(schema)
        return {_KEYWORDS.get(keyword, keyword): value for keyword, value in made.items()}

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        with self._making(claim=True):
            return _described(super().model_schema(schema), schema["cls"])

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        with self._making(claim=False):
            made = _described(super().dataclass_schema(schema), schema["cls"])
        if silent := getattr(schema["cls"], "_silent", ()):
            required = made.pop("required", ())
            made["required"] = [name for name in required if name not in silent]
        return {**made, "additionalProperties": False}  # also where it is not the record's own

    @contextmanager
    def _making(self, *, claim: bool) -> Iterator[None]:
        before, self._in_claim = self._in_claim, claim
        yield
        self._in_claim = before

    def field_title_should_be_set(self, _: Any) -> bool:
        return False  # the name in other words says nothing

    def field_is_required(self, field: Any, total: bool) -> bool:
        if self.mode == "validation":
            return super().field_is_required(field, total)
        inner = field["schema"]
        if self._in_claim and inner["type"] == "default":
            return bool(inner["schema"]["type"] != "nullable")
        return True

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        inner = schema["schema"]
        if self.mode == "serialization":
            return self.generate_inner(inner)
        if self._in_claim and inner["type"] != "nullable":
            schema = {**schema, "schema": core_schema.nullable_schema(inner)}
        return super().default_schema(schema)

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        if self.mode == "serialization" and self._in_claim:
            return self.generate_inner(schema["schema"])
        return super().nullable_schema(schema)

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        # by the tag, as the reader chooses: a wrong part is then told of as what it is, and
        # nested conditions are looked at once, not once for every arm of a ``oneOf``
        tag = schema["discriminator"]
        arms = {code: self.generate_inner(arm) for code, arm in schema["choices"].items()}
        return {
            "type": "object",
            "required": [tag],
            "properties": {tag: {"enum": list(arms)}},
            "allOf": [
                {"if": {"required": [tag], "properties": {tag: {"const": code}}}, "then": arm}
                for code, arm in arms.items()
            ],
        }

    def date_schema(self, schema: core_schema.DateSchema) -> JsonSchemaValue:
        return {**super().date_schema(schema), "pattern": _DAY}

    def decimal_schema(self, _: core_schema.DecimalSchema) -> JsonSchemaValue:
        return {"type": "string", "pattern": _DECIMAL}


_MADE_FROM: Final[Mapping[Name, type]] = {
    "claim": Claim,
    "decision": Decision,
    "summary": Summary,
    "policy": Policy,
    "comparison": Comparison,
    "verification": Verification,
}


def _described(made: JsonSchemaValue, cls: type) -> JsonSchemaValue:
    """Return ``made`` with the docstrings of ``cls`` and of its fields as descriptions."""
    said = _docstrings(cls)
    fields = {
        name: {**field, "description": _in_words(said[name])} if name in said else field
        for name, field in made["properties"].items()
    }
    return {**made, "description": _in_words(cls.__doc__ or ""), "properties": fields}


def _docstrings(cls: type) -> dict[str, str]:
    """Return the docstrings under the fields of ``cls``; none where its source is not at hand."""
    try:
        module = ast.parse(inspect.getsource(cls))
    except OSError:
        return {}
    [lines] = [part.body for part in module.body if isinstance(part, ast.ClassDef)]
    found: dict[str, str] = {}
    for pair in pairwise(lines):
        match pair:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                found[name] = text
    return found


def _in_words(docstring: str) -> str:
    """Return a docstring for readers of JSON: without examples, errors and mark-up."""
    paragraphs = inspect.cleandoc(docstring).split("\n\n")
    kept = [" ".join(text.split()) for text in paragraphs if not text.startswith((">>>", "Raises"))]
    text = re.sub(r":[a-z]+:`~?([^`]+)`", r"`\1`", "\n".join(kept))
    return text.replace("``None``", "`null`").replace("``", "`")
