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

from importlib import import_module
from typing import TYPE_CHECKING, Any

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
    if name not in _HOME:
        raise AttributeError(f"module 'sanbao.testing' has no attribute {name!r}")
    try:
        value = getattr(import_module(f"sanbao.testing.{_HOME[name]}"), name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("sanbao"):
            raise
        text = f'sanbao.testing needs {error.name}; install it with: pip install "sanbao[audit]"'
        raise ModuleNotFoundError(text, name=error.name) from None
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
