"""Names of a package that are loaded when they are first asked for: 延迟加载."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from sanbao.base.errors import Reason

__all__ = ["lacking", "load"]


def load(package: str, home: Mapping[str, str], name: str) -> Any:
    """Load a name of a package that needs the extra ``audit``, and set it on the package.

    ``home`` says in which module of the package each name is. Raises :class:`AttributeError`
    for another name, :class:`ModuleNotFoundError` with what to install if that is missing.
    """
    if name not in home:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    try:
        value = getattr(import_module(f"{package}.{home[name]}"), name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("sanbao"):
            raise
        raise ModuleNotFoundError(lacking(package, error.name).both, name=error.name) from None
    setattr(sys.modules[package], name, value)
    return value


def lacking(what: str, missing: str) -> Reason:
    """Return the reason that ``what`` needs a package of the extra ``audit`` which is missing."""
    return Reason("input.lacking", what=what, missing=missing)
