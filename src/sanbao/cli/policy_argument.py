"""Policies as the command line names them: by id, by file, several joined by ``+``: 选定政策."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sanbao.policies.policy_set import PolicySet
    from sanbao.rules.combined import Combined
    from sanbao.rules.policy import Policy

__all__ = ["NAMED", "POLICY", "chosen", "chosen_one"]

POLICY: Final = "ID|FILE"
NAMED: Final = ("自带政策的编号，或政策文件", "the id of a policy that ships, or a policy file")

_FILES: Final = (".toml", ".json")


def chosen(text: str, policies: PolicySet | None = None) -> Policy | Combined:
    """Return the policy that ``text`` names, or a regulation with commitments.

    Ids are those of ``policies``, by default of what ships.

    Raises :class:`~sanbao.ValidationError` where there is none, or where they do not stand
    together.
    """
    from sanbao.policies.policy_set import PolicySet

    if "+" not in text or os.path.exists(text):
        return chosen_one(text, policies)
    regulation, *commitments = (chosen_one(part, policies) for part in text.split("+"))
    return (policies or PolicySet.shipped()).combined(regulation, *commitments)


def chosen_one(text: str, policies: PolicySet | None = None) -> Policy:
    """Return the one policy that ``text`` names. Raises :class:`~sanbao.ValidationError`."""
    from sanbao.policies.policy_set import PolicySet

    known = policies or PolicySet.shipped()
    if text not in known.ids() and _is_path(text):
        return known.read(text)
    return known.get(text)


def _is_path(text: str) -> bool:
    return text.endswith(_FILES) or os.path.dirname(text) != "" or os.path.exists(text)
