"""For PyInstaller: all of sanbao, but of tables (an extra) nothing that the program does not use.

``excludedimports`` is of what sanbao imports itself: the command ``audit`` does not bring Polars
into every program. A program that imports :mod:`sanbao.audit` has it.
"""

from __future__ import annotations

from PyInstaller.utils.hooks import collect_data_files, collect_submodules, is_module_or_submodule

excludedimports = ["sanbao.audit", "sanbao.testing"]


def _in_every_program(module: str) -> bool:
    apart = [*excludedimports, "sanbao._pyinstaller"]
    return not any(is_module_or_submodule(module, name) for name in apart)


hiddenimports = collect_submodules("sanbao", filter=_in_every_program)
datas = collect_data_files("sanbao")
module_collection_mode = "pyz+py"
