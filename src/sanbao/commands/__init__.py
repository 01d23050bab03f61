"""The commands of the command line, a module each: 命令.

Each has ``arguments`` that says how it is called, and ``run`` that does it and returns the
exit status. A module is loaded when its command is called, and only then.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["COMMANDS"]

COMMANDS: Final[Mapping[str, str]] = {
    "decide": "decide a claim given as JSON",
    "schema": "print a JSON Schema",
    "policy": "list, show, check and verify policies",
    "compare": "say where one policy gives less than another",
    "audit": "say where less was given to claims in tables than the law gives",
}
"""Every command by name, with what it does."""
