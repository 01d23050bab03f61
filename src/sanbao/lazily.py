"""Names of a package that are loaded when they are first asked for: 延迟加载."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

__all__ = ["named"]


def named(package: str, home: Mapping[str, str], name: str) -> Any:
    """Return a name of a package that needs the extra ``sanbao[audit]``, and keep it there.

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
        text = f'{package} needs {error.name}; install it with: pip install "sanbao[audit]"'
        raise ModuleNotFoundError(text, name=error.name) from None
    setattr(sys.modules[package], name, value)
    return value
