"""Draw the card of the example claim, for those who read the README.

``python scripts/draw_card.py`` needs sanbao installed. It writes ``docs/card.zh.svg`` and
``docs/card.en.svg``: what a notebook shows of ``examples/black-screen-on-day-3.json``, without the
folds, which a picture could not open. The card is HTML; a picture of it is SVG around that HTML,
so that words stay words, and light and dark follow the reader. With ``--check`` it writes
nothing, names the pictures that are not current, and leaves with status 1 if there are any.
"""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Final

import sanbao
from sanbao.explain.words.catalogue import LANGUAGES, Language

ROOT: Final = Path(__file__).resolve().parent.parent
CLAIM: Final = ROOT / "examples" / "black-screen-on-day-3.json"
FOLDER: Final = ROOT / "docs"

_SVG: Final = 'xmlns="http://www.w3.org/2000/svg"'
_SIZE: Final = {"zh": (880, 700), "en": (880, 745)}
"""Width and height of the pictures in CSS pixels, a little more than the words take."""


def main(arguments: list[str]) -> int:
    """Write or check both pictures and return the exit status."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    check = parser.parse_args(arguments).check
    stale = 0
    for lang in LANGUAGES:
        file, picture = FOLDER / f"card.{lang}.svg", drawing(lang)
        if file.is_file() and file.read_text("utf-8") == picture:
            continue
        stale += 1
        print(f"docs/{file.name}", "is not current" if check else "written")
        if not check:
            file.write_text(picture, "utf-8", newline="\n")
    return int(check and bool(stale))


def drawing(lang: Language) -> str:
    """Return the picture of the card in a language."""
    decision = sanbao.decide(sanbao.Claim.from_json(CLAIM.read_bytes()))
    card = re.sub(r"<details>.*?</details>\n?", "", decision.card(lang).html, flags=re.DOTALL)
    card = card.replace("<br>", "<br/>").replace(
        "<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '
    )
    width, height = _SIZE[lang]
    return (
        f'<svg {_SVG} width="{width}" height="{height}" viewBox="0 0 {width} {height}">\n'
        f'<foreignObject width="{width}" height="{height}">\n'
        f'<div xmlns="http://www.w3.org/1999/xhtml">\n{card}</div>\n'
        "</foreignObject>\n</svg>\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
