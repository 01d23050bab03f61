"""What PyInstaller must know to freeze a program that uses sanbao: 打包钩子.

PyInstaller finds :func:`get_hook_dirs` by an entry point, and in that folder the hooks: files
named after the module they are for. They say which modules are loaded by name (PyInstaller sees
only ``import`` statements) and which files are read. Nothing else of sanbao loads this package.
"""

from __future__ import annotations

import os

__all__ = ["get_hook_dirs"]


def get_hook_dirs() -> list[str]:
    """Return the folders that hold hooks."""
    return [os.path.dirname(__file__)]
