"""Finding the laws and promises that ship by their id: 政策库.

These are the methods of the set that ships (:meth:`~sanbao.PolicySet.shipped`).
"""

from __future__ import annotations

from typing import Final

from sanbao.policies.policy_set import PolicySet

__all__ = [
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

_SHIPPED: Final = PolicySet.shipped()

combined = _SHIPPED.combined
get = _SHIPPED.get
ids = _SHIPPED.ids
in_force = _SHIPPED.in_force
law = _SHIPPED.law
load = _SHIPPED.read
local = _SHIPPED.local
resolve = _SHIPPED.resolve
terms = _SHIPPED.terms
versions = _SHIPPED.versions
warnings_of = _SHIPPED.warnings_of
