"""Finding the laws and promises that ship by their id: 政策库.

These are the methods of the set that ships (:meth:`~sanbao.PolicySet.shipped`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from sanbao.policies.instruments import LAW
from sanbao.policies.policy_set import PolicySet
from sanbao.rules.policy import Policy

if TYPE_CHECKING:
    from sanbao.rules.contested_reading import ContestedReading
    from sanbao.rules.provisions import Words

__all__ = [
    "combined",
    "get",
    "ids",
    "in_force",
    "law_of",
    "load",
    "local",
    "readings",
    "resolve",
    "terms",
    "versions",
    "warnings_of",
    "words",
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


def law_of(policy: Policy) -> str:
    """Return the id of the law that a policy speaks of, whose words it uses where it has none.

    Of what stands beside a law that law; of a draft that changes a law that ships under an id of
    its own, the law by which the goods in its catalogue are covered.
    """
    law = policy.beside or policy.id
    if law == LAW or not policy.catalogue:
        return law
    return policy.catalogue[0].cites[0].law


def words(law: str) -> Mapping[str, Words]:
    """Return the words of the law with this id by their message; none of a law that has none."""
    from sanbao.policies.mobile_words import WORDS

    return WORDS if law == LAW else {}


def readings(policy: Policy) -> Mapping[str, ContestedReading]:
    """Return the contested readings that a policy, or the law it speaks of, declares, by name."""
    from sanbao.policies.mobile_readings import READINGS
    from sanbao.rules.contested_reading import ContestedReading

    shipped = READINGS if law_of(policy) == LAW else {}
    if not policy.contested:
        return shipped
    return {**shipped, **{one.id: ContestedReading.of(one) for one in policy.contested}}
