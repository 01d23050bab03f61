"""``python -m sanbao``: the same as ``sanbao``."""

from sanbao.cli import run

run()
