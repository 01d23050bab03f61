"""The laws and promises this library knows: 政策库.

>>> from sanbao import policies
>>> policies.get("cn.mobile-2001").version
'2024-07-01'

Importing this package reads no file; a promise is read when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanbao.policies.mobile_2001 import MOBILE_2001

if TYPE_CHECKING:
    from sanbao.policies.library import (
        combined,
        get,
        ids,
        in_force,
        load,
        local,
        resolve,
        terms,
        versions,
        warnings_of,
    )
    from sanbao.policies.summaries import article, articles

__all__ = [
    "MOBILE_2001",
    "article",
    "articles",
    "combined",
    "get",
    "ids",
    "in_force",
    "load",
    "local",
    "resolve",
    "terms",
    "versions",
    "warnings_of",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'sanbao.policies' has no attribute {name!r}")
    from sanbao.policies import library, summaries

    return getattr(summaries if name.startswith("article") else library, name)


def __dir__() -> list[str]:
    return __all__
