"""Tables of claims to try things on: 测试用申请表 (the extra ``sanbao[audit]``).

:func:`claim_table` makes a table as a company might keep it, with underpayments that are known
to the row and the fen (:func:`claim_table_and_injected`); :func:`boundary_table` makes claims
that reach every rule and boundary, for comparing two ways of deciding. Both are seeded: the
same seed gives the same table on every machine.

>>> from sanbao.testing import claim_table
>>> table = claim_table(3, seed=1)
>>> table.select("claim_id", "kind", "company_outcome").height
3
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanbao.base.lazy_names import load

if TYPE_CHECKING:
    from sanbao.testing.boundary import boundary_table
    from sanbao.testing.closed import claim_table, claim_table_and_injected
    from sanbao.testing.company import Injected

__all__ = ["Injected", "boundary_table", "claim_table", "claim_table_and_injected"]

_HOME = {
    "Injected": "company",
    "boundary_table": "boundary",
    "claim_table": "closed",
    "claim_table_and_injected": "closed",
}


def __getattr__(name: str) -> Any:
    return load(__name__, _HOME, name)


def __dir__() -> list[str]:
    return __all__
