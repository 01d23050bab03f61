"""Ids of rules that were wrong and have another now: 更正的规则编号.

Arts. 23 and 24 of the regulation once stood the wrong way round here, and two grounds of art. 10
under Appendix 3. Policies and stored results with such an id are refused with the new one:
read as it is written, the old one would name another article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from sanbao.base.errors import Problem, Reason, shown

__all__ = ["RENAMED", "renamed", "with_old_ids"]

_GROUNDS: Final = ("expired", "no_evidence", "voucher", "misuse", "opened", "force_majeure")

RENAMED: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{f"art23.{ground}": f"art24.{ground}" for ground in _GROUNDS},
        "art24.gift": "art23.gift",
        "art3.plan_no_excuse": "art4.plan_no_excuse",
        "app3.no_fault": "art10.no_fault",
        "app3.sim_data": "art10.sim_data",
    }
)
"""The new id of every rule and obligation whose id was corrected."""

_OLD: Final = re.compile(
    # alone, after the policy it belongs to, or after the part of a decision that differs
    rf"(?:[\w.+-]+[.:])?({'|'.join(map(re.escape, RENAMED))})"
)


def renamed(name: object) -> Reason | None:
    """Return what is wrong with an id that was corrected; ``None`` for any other.

    >>> renamed("art23.misuse")
    'is now art24.misuse'
    >>> renamed("art24.misuse")
    """
    found = _OLD.fullmatch(name) if isinstance(name, str) else None
    return None if found is None else Reason("input.renamed", id=RENAMED[found[1]])


def with_old_ids(data: Any, path: str = "") -> Iterator[Problem]:
    """Yield a problem for every key and text of JSON data at ``path`` that is an old id."""
    if isinstance(data, str):
        if (reason := renamed(data)) is not None:
            yield Problem(path, shown(data), reason)
        return
    if not isinstance(data, dict | list):
        return
    for key, part in data.items() if isinstance(data, dict) else enumerate(data):
        here = f"{path}.{key}" if path else str(key)
        if (reason := renamed(key)) is not None:
            yield Problem(here, shown(key), reason)
        yield from with_old_ids(part, here)
