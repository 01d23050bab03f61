"""Modules that have another place now: 已迁移的模块.

A module of an old name is the module of the new one: what was imported or pickled by the old name
is the same object.
"""

from __future__ import annotations

import sys
from warnings import warn

__all__ = ["moved"]


def moved(old: str, new: str, *, the_same: bool = True) -> None:
    """Make the module ``old`` the module ``new``, with a warning to the importer.

    ``the_same=False``: its parts went to several modules, and it keeps the names of all.
    """
    warn(f"{old} is {new} now", DeprecationWarning, stacklevel=3)
    if the_same:
        sys.modules[old] = sys.modules[new]
