"""The fields and codes of claims and decisions, with their words: made when the site is built.

:func:`page` gives it in the Markdown of the site, in Chinese or English. What each field means in
full stands in ``docs/en/reference.md``; here is what a Chinese reader looks up: which name and
which code stand for the word that they know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, get_args

from sanbao.audit.tables.input.schema import CLAIM, EXCHANGE, REPAIR, Field
from sanbao.explain.texts.conditions import rule_name
from sanbao.explain.texts.phrases import value_text
from sanbao.explain.words.catalogue import Language, say
from sanbao.model.codes import Outcome
from sanbao.policies import library
from sanbao.policies.instruments import LAW

__all__ = ["page", "table"]

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "title": ("字段与代码对照", "Fields and codes in words"),
    "about": (
        "由程序里的名称直接生成。表格的列名写“字段”的最后一段，或者“中文列名”中的任何一个。",
        "Made from the names in the program. A column of a table is named by the last part of a "
        "field, or by any of the Chinese names.",
    ),
    "claims": ("申请", "The claim"),
    "repairs": ("修理记录", "A repair"),
    "exchanges": ("换货记录", "An exchange"),
    "field": ("字段", "Field"),
    "names": ("中文列名", "Chinese columns"),
    "type": ("类型", "Type"),
    "codes": ("代码", "Codes"),
    "outcomes": ("结果", "Outcomes"),
    "rules": ("规则和义务", "Rules and obligations"),
    "code": ("代码", "Code"),
    "word": ("含义", "Meaning"),
}


def page(lang: Language) -> str:
    """Return the page of fields, outcomes and rules."""
    law = library.law().newest
    sections = [f"# {_w('title', lang)}", _w("about", lang)]
    for name, fields in (("claims", CLAIM), ("repairs", REPAIR), ("exchanges", EXCHANGE)):
        head = [_w(one, lang) for one in ("field", "names", "type", "codes")]
        rows = [_field(field, lang) for field in fields.values()]
        sections += [f"## {_w(name, lang)}", table(head, rows)]
    head = [_w("code", lang), _w("word", lang)]
    outcomes = [[f"`{one}`", say(lang, f"outcome.{one}")] for one in get_args(Outcome)]
    sections += [f"## {_w('outcomes', lang)}", table(head, outcomes)]
    parts = (*law.rules, *law.obligations)
    rules = [[f"`{part.id}`", rule_name(part.id, lang, law)] for part in parts]
    sections += [f"## {_w('rules', lang)} (`{LAW}@{law.version}`)", table(head, rules)]
    return "\n\n".join(sections) + "\n"


def _field(field: Field, lang: Language) -> list[str]:
    shown = "、".join(name for name in field.names if "." not in name)
    codes = (f"`{code}` {value_text(code, lang, field.name)}" for code in field.codes)
    return [f"`{field.path}`", shown, f"`{field.type}`", "<br>".join(codes)]


def _w(name: str, lang: Language) -> str:
    return _WORDS[name][lang != "zh"]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of Markdown; a bar in a cell would end it and is escaped."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)
