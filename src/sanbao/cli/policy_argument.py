"""Policies as the command line names them: by id, by file, several joined by ``+``: 选定政策."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sanbao.rules.combined import Combined
    from sanbao.rules.policy import Policy

__all__ = ["NAMED", "POLICY", "chosen", "chosen_one"]

POLICY: Final = "ID|FILE"
NAMED: Final = "the id of a policy that ships, or a policy file"

_FILES: Final = (".toml", ".json")


def chosen(text: str) -> Policy | Combined:
    """Return the policy that ``text`` names, or a regulation with commitments.

    Raises :class:`~sanbao.ValidationError` where there is none, or where they do not stand
    together.
    """
    from sanbao import policies

    if "+" not in text or os.path.exists(text):
        return chosen_one(text)
    regulation, *commitments = (chosen_one(part) for part in text.split("+"))
    return policies.combined(regulation, *commitments)


def chosen_one(text: str) -> Policy:
    """Return the one policy that ``text`` names. Raises :class:`~sanbao.ValidationError`."""
    from sanbao import policies

    if text not in policies.ids() and _is_path(text):
        return policies.load(text)
    return policies.get(text)


def _is_path(text: str) -> bool:
    return text.endswith(_FILES) or os.path.dirname(text) != "" or os.path.exists(text)
