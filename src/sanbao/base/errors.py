"""The error of an input that cannot be taken: 输入错误.

One kind of error leaves this library, :class:`ValidationError`. It lists every
:class:`Problem` that was found, each with the field, the value and the reason, so
that a program can point at the field and a clerk can read the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final, Self

__all__ = ["Problem", "Reason", "ValidationError"]

_SHOWN = 60

CATALOGUES: Final[Mapping[str, str]] = {
    "input": "sanbao.base.refusals",
    "claim": "sanbao.model.refusals",
    "policy": "sanbao.rules.refusals",
    "paper": "sanbao.papers.refusals",
    "answer": "sanbao.reasons.refusals",
    "checklist": "sanbao.checklists.refusals",
    "table": "sanbao.audit.refusals",
    "call": "sanbao.cli.refusals",
}
"""Where the messages of each group of codes stand; loaded when something is refused."""


@cache
def refusals(group: str) -> Mapping[str, tuple[str, str]]:
    """Return the messages of one group by their code without it, each (Chinese, English)."""
    found: Mapping[str, tuple[str, str]] = import_module(CATALOGUES[group]).REFUSALS
    return found


class Reason(str):
    """Why an input cannot be taken: 拒收的理由.

    A message of a catalogue, by a stable ``code``, with its ``values``; perhaps with clauses
    behind it. As text it is the English; :meth:`text` gives either language.

    >>> reason = Reason("input.one_of", known=["zh", "en"])
    >>> reason
    'must be one of zh, en'
    >>> reason.text("zh")
    '必须是下列之一：zh、en'
    """

    __slots__ = ("_clauses", "code", "values")

    code: str
    values: Mapping[str, Any]
    _clauses: tuple[Reason, ...]

    def __new__(cls, code: str = "", /, **values: Any) -> Self:
        """Return the reason with this code; without one a clause that says nothing."""
        return cls._made(code, values, ())

    @classmethod
    def _made(cls, code: str, values: Mapping[str, Any], clauses: tuple[Reason, ...]) -> Self:
        made = super().__new__(cls, _text("en", code, values, clauses))
        made.code, made.values, made._clauses = code, values, clauses
        return made

    def then(self, clause: Reason) -> Self:
        """Return this reason with a clause behind it."""
        return self._made(self.code, self.values, (*self._clauses, clause)) if clause else self

    def text(self, lang: str) -> str:
        """Return the reason in Chinese (``zh``) or English (``en``)."""
        return str(self) if lang == "en" else _text(lang, self.code, self.values, self._clauses)

    @property
    def both(self) -> str:
        """The reason in Chinese, then in English, as a warning or an exception has it."""
        return f"{self.text('zh')}\n{self}"

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, __: Any) -> Any:
        from pydantic_core import core_schema

        # found by its name, as catalogues are: it reads what stands here
        reread = import_module("sanbao.base.reread").reread
        return core_schema.no_info_after_validator_function(reread, core_schema.str_schema())

    def __reduce__(self) -> tuple[Any, ...]:
        return Reason._made, (self.code, self.values, self._clauses)


def _text(lang: str, code: str, values: Mapping[str, Any], clauses: Iterable[Reason]) -> str:
    text = ""
    if code:
        group, _, name = code.partition(".")
        template = refusals(group)[name][lang == "en"]
        text = template.format(**{key: _value(lang, value) for key, value in values.items()})
    return text + "".join(in_language(lang, clause) for clause in clauses)


def _value(lang: str, value: object) -> str:
    if isinstance(value, str):
        return in_language(lang, value)
    if isinstance(value, Iterable):
        return ("、" if lang == "zh" else ", ").join(_value(lang, one) for one in value)
    return str(value)


def in_language(lang: str, text: str) -> str:
    """Return a text in a language, if it is one that has two."""
    return text.text(lang) if isinstance(text, Reason) else text


def shown(value: object) -> str:
    """Return ``value`` as one printable line of at most 60 characters or so.

    Control characters, lone surrogates and right-to-left marks come out escaped, so
    that an error message cannot rearrange the screen it is read on.
    """
    if isinstance(value, Reason):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 256:
        return Reason("input.bits", bits=value.bit_length())
    try:
        text = value if isinstance(value, str) else repr(value)
    except Exception:
        return Reason("input.value_of", type=type(value).__name__)
    cut = text if len(text) <= _SHOWN else text[:_SHOWN]
    printable = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in cut)
    if len(text) > _SHOWN:
        code = "input.long_text" if isinstance(value, str) else "input.long"
        return Reason(code, begin=printable, number=len(text))
    return f"'{printable}'" if isinstance(value, str) else printable


_SYSTEM: Final = (
    (FileNotFoundError, "input.no_file"),
    (IsADirectoryError, "input.directory"),
    (NotADirectoryError, "input.no_directory"),
    (PermissionError, "input.not_permitted"),
)


def system_reason(error: OSError) -> Reason:
    """Return why the system refused a file, in words that are the same on every system."""
    ours = next((code for kind, code in _SYSTEM if isinstance(error, kind)), None)
    if ours is not None:
        return Reason(ours)
    said = error.strerror
    if isinstance(said, Reason):
        return said
    return Reason("input.system", said=said) if said else Reason("input.not_opened")


def name_of(key: object) -> str:
    """Return a key of the input as it may stand in a path: printable and not too long."""
    return shown(key).removeprefix("'").removesuffix("'")


def suggestion(value: object, known: Iterable[str]) -> Reason:
    """Return the known code nearest to ``value`` as a clause, or nothing.

    >>> suggestion("handet", ["handset", "battery"])
    "; did you mean 'handset'?"
    """
    if not isinstance(value, str) or len(value) > _SHOWN:
        return Reason()
    from difflib import get_close_matches

    near = get_close_matches(value.lower(), list(known), n=1)
    return Reason("input.did_you_mean", near=near[0]) if near else Reason()


def choices(value: object, known: Iterable[str]) -> Reason:
    """Return all known codes as a clause, the nearest to ``value`` first, and the nearest alone.

    >>> choices("batery", ["handset", "battery"])
    "; did you mean 'battery'? (known: battery, handset)"
    """
    codes = list(known)
    if isinstance(value, str) and len(value) <= _SHOWN:
        from difflib import SequenceMatcher

        matcher = SequenceMatcher(b=value.lower())
        near = {}
        for code in codes:
            matcher.set_seq1(code)
            near[code] = matcher.ratio()
        codes.sort(key=near.__getitem__, reverse=True)
    return suggestion(value, codes).then(Reason("input.known", known=codes))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input: 一处错误.

    ``field`` is the path in the input (``repairs[0].handed_back_on``), ``value`` the
    value found there as printable text, ``reason`` what is wrong with it: as text in English,
    by :meth:`explain` in Chinese too. ``file`` and ``line`` say where, if the input was a file.
    """

    field: str
    value: str
    reason: Reason
    file: str | None = None
    line: int | None = None

    @property
    def code(self) -> str:
        """The stable code of the reason, such as ``claim.after_claim``."""
        return self.reason.code

    def explain(self, lang: str = "zh") -> str:
        """Return the problem in one line, in Chinese (``zh``) or English (``en``).

        Raises :class:`~sanbao.ValidationError` for another language.
        """
        colon = ": " if _language(lang) == "en" else "："
        where = "" if self.file is None else f"{self.file}: "
        if self.line is not None:
            where = f"{self.file}:{self.line}: "
        value = in_language(lang, self.value)
        return f"{where}{self.field} = {value}{colon}{self.reason.text(lang)}"

    def to_dict(self) -> dict[str, str]:
        """Return the problem as JSON has it; ``reason`` is ``reason_en``, as it was."""
        return {
            "code": self.code,
            "field": self.field,
            "value": str(self.value),
            "reason": str(self.reason),
            "reason_zh": self.reason.text("zh"),
            "reason_en": self.reason.text("en"),
        }

    def __str__(self) -> str:
        return self.explain("en")  # one line for logs; the error itself tells both


class ValidationError(ValueError):
    """An input that cannot be taken: 输入无效.

    Raised by everything that reads a claim, a policy, readings or a calendar year.
    ``problems`` holds every :class:`Problem` found, in the order of the input. ``str`` tells
    them in Chinese, then in English.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    @classmethod
    def of(cls, field: str, value: object, reason: Reason) -> ValidationError:
        """Return the error with one problem."""
        return cls([Problem(field, shown(value), reason)])

    def explain(self, lang: str = "zh") -> str:
        """Return every problem in a line of its own; see :meth:`Problem.explain`."""
        return "\n".join(problem.explain(lang) for problem in self.problems)

    def __str__(self) -> str:
        return f"{self.explain('zh')}\n{self.explain('en')}"


def _language(lang: str) -> str:
    if lang not in ("zh", "en"):
        raise ValidationError.of("lang", lang, Reason("input.one_of", known=("zh", "en")))
    return lang
