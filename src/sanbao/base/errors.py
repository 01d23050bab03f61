"""The error of an input that cannot be taken: 输入错误.

One kind of error leaves this library, :class:`ValidationError`. It lists every
:class:`Problem` that was found, each with the field, the value and the reason, so
that a program can point at the field and a clerk can read the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

__all__ = ["Problem", "ValidationError"]

_SHOWN = 60


def shown(value: object) -> str:
    """Return ``value`` as one printable line of at most 60 characters or so.

    Control characters, lone surrogates and right-to-left marks come out escaped, so
    that an error message cannot rearrange the screen it is read on.
    """
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 256:
        return f"an integer of {value.bit_length()} bits"
    try:
        text = value if isinstance(value, str) else repr(value)
    except Exception:
        text = f"a value of type {type(value).__name__}"
    cut = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(text)} characters)"
    printable = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in cut)
    return f"'{printable}'" if isinstance(value, str) else printable


_SYSTEM: Final = (
    (FileNotFoundError, "there is no such file"),
    (IsADirectoryError, "is a directory, not a file"),
    (NotADirectoryError, "lies in something that is no directory"),
    (PermissionError, "may not be opened"),
)


def system_reason(error: OSError) -> str:
    """Return why the system refused a file, in words that are the same on every system."""
    ours = next((reason for kind, reason in _SYSTEM if isinstance(error, kind)), None)
    return ours or error.strerror or "cannot be opened"


def name_of(key: object) -> str:
    """Return a key of the input as it may stand in a path: printable and not too long."""
    return shown(key).removeprefix("'").removesuffix("'")


def suggestion(value: object, known: Iterable[str]) -> str:
    """Return the known code nearest to ``value`` as a clause, or nothing.

    >>> suggestion("handet", ["handset", "battery"])
    "; did you mean 'handset'?"
    """
    if not isinstance(value, str) or len(value) > _SHOWN:
        return ""
    from difflib import get_close_matches

    near = get_close_matches(value.lower(), list(known), n=1)
    return f"; did you mean '{near[0]}'?" if near else ""


def choices(value: object, known: Iterable[str]) -> str:
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
    return f"{suggestion(value, codes)} (known: {', '.join(codes)})"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input: 一处错误.

    ``field`` is the path in the input (``repairs[0].handed_back_on``), ``value`` the
    value found there as printable text, ``reason`` what is wrong with it. ``file`` and
    ``line`` say where, if the input was a file.
    """

    field: str
    value: str
    reason: str
    file: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        where = "" if self.file is None else f"{self.file}: "
        if self.line is not None:
            where = f"{self.file}:{self.line}: "
        return f"{where}{self.field} = {self.value}: {self.reason}"


class ValidationError(ValueError):
    """An input that cannot be taken: 输入无效.

    Raised by everything that reads a claim, a policy, readings or a calendar year.
    ``problems`` holds every :class:`Problem` found, in the order of the input.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    @classmethod
    def of(cls, field: str, value: object, reason: str) -> ValidationError:
        """Return the error with one problem."""
        return cls([Problem(field, shown(value), reason)])

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)
