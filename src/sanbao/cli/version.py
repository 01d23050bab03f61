"""``sanbao --version``: library, laws, calendar: 版本."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

__all__ = ["version_lines"]


def version_lines(lang: Literal["zh", "en"]) -> Iterator[str]:
    """Yield the versions of the library, of every law that ships, and of the calendar."""
    from sanbao._version import __version__
    from sanbao.dates.calendar import chinese_calendar
    from sanbao.policies.policy_set import PolicySet

    yield f"sanbao {__version__}"
    policies = PolicySet.shipped()
    laws = (policies.get(name) for name in policies.ids())
    for law in laws:
        if law.kind == "regulation":
            versions = ", ".join(one.version for one in policies.law(law.id).versions)
            yield f"{law.id} {versions}"
    days = chinese_calendar()
    last = days.last_known_year
    known = f"节假日截至{last}年" if lang == "zh" else f"rest days known to the end of {last}"
    yield f"{days.id} ({known})" if lang == "en" else f"{days.id}（{known}）"
