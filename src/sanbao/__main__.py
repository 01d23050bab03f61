"""``python -m sanbao``: the same as ``sanbao``."""

from sanbao.cli import run

if __name__ == "__main__":
    run()
