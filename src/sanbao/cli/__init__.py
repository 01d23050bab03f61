"""The command line, a module for each command: 命令行.

Each has ``arguments`` that says how it is called, and ``run`` that does it and returns the
exit status. A module is loaded when its command is called, and only then.
"""

from __future__ import annotations

from sanbao.cli.entry import main, run

__all__ = ["main", "run"]
