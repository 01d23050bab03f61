"""Truth values, and the code that works them out: 真值.

They are small integers, so that Kleene's "and" is ``&`` and his "or" is ``|``: 0 is false, 2 is not
known, 3 is true.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = [
    "ALWAYS",
    "FALSE",
    "NEVER",
    "OPPOSITE",
    "TRUE",
    "UNKNOWN",
    "Code",
    "both",
    "either",
    "known",
    "opposite",
]

FALSE: Final = 0
UNKNOWN: Final = 2
TRUE: Final = 3
OPPOSITE: Final = (TRUE, -1, UNKNOWN, FALSE)


@dataclass(frozen=True, slots=True)
class Code:
    """A piece of generated code, or a truth value known beforehand."""

    text: str
    value: int | None = None


NEVER: Final = Code("0", FALSE)
ALWAYS: Final = Code("3", TRUE)


def known(truth: bool) -> Code:
    """Return the code of a truth value that is known beforehand."""
    return ALWAYS if truth else NEVER


def both(parts: list[Code]) -> Code:
    """Return the code of all of ``parts`` holding."""
    if NEVER in parts:
        return NEVER
    return _joined([part for part in parts if part != ALWAYS], " & ", ALWAYS)


def either(parts: list[Code]) -> Code:
    """Return the code of any of ``parts`` holding."""
    if ALWAYS in parts:
        return ALWAYS
    return _joined([part for part in parts if part != NEVER], " | ", NEVER)


def _joined(parts: list[Code], operator: str, empty: Code) -> Code:
    if len(parts) < 2:
        return parts[0] if parts else empty
    return Code(f"({operator.join(dict.fromkeys(part.text for part in parts))})")


def opposite(code: Code) -> Code:
    """Return the code of the contrary."""
    if code.value is not None:
        return NEVER if code.value == TRUE else ALWAYS
    return Code(f"OPPOSITE[{code.text}]")
