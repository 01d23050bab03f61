"""Write the JSON Schemas of all that comes in and goes out into the folder ``schemas``.

``python scripts/write_schemas.py`` needs sanbao installed, and is run when a model has
changed. With ``--check`` it writes nothing, names the files that are not what the models
say, and leaves with status 1 if there are any.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path

from sanbao.schema import MODES, NAMES, schema_text

FOLDER = Path(__file__).resolve().parent.parent / "schemas"


def main(arguments: list[str]) -> int:
    """Write or check all files and return the exit status."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    check = parser.parse_args(arguments).check
    texts = {
        FOLDER / f"{name}.{mode}.json": schema_text(name, mode) for name in NAMES for mode in MODES
    }
    stale = [
        file for file, text in texts.items() if not file.exists() or file.read_text("utf-8") != text
    ]
    for file in stale:
        print(f"{file.parent.name}/{file.name}", "is not current" if check else "written")
        if not check:
            file.parent.mkdir(exist_ok=True)
            file.write_text(texts[file], "utf-8", newline="\n")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
