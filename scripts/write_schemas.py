"""Write the JSON Schemas of all that comes in and goes out into ``src/sanbao/schemas``.

``python scripts/write_schemas.py`` needs sanbao installed, and is run when a model has
changed. With ``--check`` it writes nothing, names the files that are not what the models
say, and leaves with status 1 if there are any.

The schemas are made from the models that read and write. What they say of a field is its docstring,
which only the source has: so they are made here, and the package has the files.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from sanbao import Claim, Decision, Policy
from sanbao.schema import MODES, NAMES, Mode, Name
from sanbao.statespace.comparison import Comparison
from sanbao.statespace.verification import Verification

FOLDER: Final = Path(__file__).resolve().parent.parent / "src" / "sanbao" / "schemas"

_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_DECIMAL = r"^-?[0-9]+(\.[0-9]+)?$"
_KEYWORDS = {"ge": "minimum", "le": "maximum"}
"""Bounds of a union, which pydantic leaves under its own names."""


def main(arguments: list[str]) -> int:
    """Write or check all files and return the exit status."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    check = parser.parse_args(arguments).check
    texts = {
        FOLDER / f"{name}.{mode}.json": schema_text(name, mode) for name in NAMES for mode in MODES
    }
    stale = [
        file for file, text in texts.items() if not file.exists() or file.read_text("utf-8") != text
    ]
    for file in stale:
        print(f"{file.parent.name}/{file.name}", "is not current" if check else "written")
        if not check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(texts[file], "utf-8", newline="\n")
    return int(check and bool(stale))


def schema_text(name: Name, mode: Mode) -> str:
    """Return the JSON Schema that the models make."""
    made = TypeAdapter[Any](_MADE_FROM[name]).json_schema(mode=mode, schema_generator=_Generator)
    parts = made.pop("$defs")
    whole = {
        "$schema": _Generator.schema_dialect,
        "$id": f"urn:sanbao:schema:{name}:{mode}",
        "title": made.pop("title"),
        "description": made.pop("description"),
        **made,
        "$defs": parts,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


class _Generator(GenerateJsonSchema):
    """Makes the schemas, of claims otherwise than of records.

    Records are read strictly and written with every key; claims, the only models, take
    ``null`` for absent, and leave out what is ``null``.
    """

    _in_claim = False

    def generate_inner(self, schema: Any) -> JsonSchemaValue:
        made = super().generate_inner(schema)
        return {_KEYWORDS.get(keyword, keyword): value for keyword, value in made.items()}

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        with self._making(claim=True):
            return _described(super().model_schema(schema), schema["cls"])

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        with self._making(claim=False):
            made = _described(super().dataclass_schema(schema), schema["cls"])
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
