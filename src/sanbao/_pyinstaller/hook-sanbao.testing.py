"""For PyInstaller: made tables, in a program that imports :mod:`sanbao.testing`."""

from __future__ import annotations

from PyInstaller.utils.hooks import collect_submodules

hiddenimports = [*collect_submodules("sanbao.testing"), "sanbao.audit"]
