"""For PyInstaller: tables, in a program that imports :mod:`sanbao.audit`.

:mod:`sanbao.audit.spark` needs more than the extra ``audit``; a program imports it by name.
"""

from __future__ import annotations

from PyInstaller.utils.hooks import collect_submodules

from sanbao.cli.audit import EXTRA

hiddenimports = [
    *collect_submodules("sanbao.audit", filter=lambda module: module != "sanbao.audit.spark"),
    *EXTRA,
]
