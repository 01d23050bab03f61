"""Read the fragments in ``changelog.d``, and merge them into ``CHANGELOG.md``.

    python3 scripts/changelog.py            # name every fragment that cannot be used
    python3 scripts/changelog.py --merge    # put them under "Unreleased" and remove them

It needs Python 3.11 and nothing else. What a fragment is, ``changelog.d/README.md`` says. The exit
status is 1 where one cannot be used; nothing is merged then.
"""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "changelog.d"
CHANGELOG: Final = ROOT / "CHANGELOG.md"

CATEGORIES: Final[Mapping[str, str]] = {
    "legal-effect": "Law covered",
    "fixed": "Fixed",
    "added": "Added",
    "changed": "Changed",
}
"""The categories in the order of the changelog, each with its heading."""

_DAY: Final = r"(\d{4}-\d{2}-\d{2})"
_DAYS: Final = re.compile(rf"All (?:sales|claims)|(?:Sales|Claims) from {_DAY}(?: to {_DAY})?")


def main(arguments: list[str]) -> int:
    """Check or merge all fragments and return the exit status."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--merge", action="store_true", help="write them into CHANGELOG.md")
    merge = parser.parse_args(arguments).merge
    files = sorted(file for file in FOLDER.iterdir() if file.name != "README.md")
    wrong = [f"{file.name}: {reason}" for file in files if (reason := fault(file))]
    for line in wrong:
        print(line)
    if merge and not wrong and files:
        CHANGELOG.write_text(merged(CHANGELOG.read_text("utf-8"), files), "utf-8", newline="\n")
        for file in files:
            file.unlink()
    return int(bool(wrong))


def category(file: Path) -> str:
    """Return the category in a fragment's name, or what stands in its place."""
    return file.stem.rpartition(".")[2]


def fault(file: Path) -> str | None:
    """Say why a fragment cannot be used, if so."""
    if file.suffix != ".md" or category(file) not in CATEGORIES:
        return f"the name must end in one of {', '.join(f'.{one}.md' for one in CATEGORIES)}"
    lines = file.read_text("utf-8").strip().splitlines()
    if category(file) == "legal-effect":
        days = _DAYS.fullmatch(lines[0]) if lines else None
        if days is None or not all(map(_is_day, filter(None, days.groups()))):
            return "the first line must name the days of sale or claim (changelog.d/README.md)"
        lines = [line for line in lines[1:] if line]
    if not lines or not lines[0].startswith("- "):
        return "the text must be items that begin with '- '"
    return None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def items(file: Path) -> str:
    """Return the items of a fragment; those of legal effect below the days they are for."""
    text = file.read_text("utf-8").strip()
    if category(file) != "legal-effect":
        return text
    days, _, rest = text.partition("\n")
    below = "\n".join(f"  {line}".rstrip() for line in rest.strip().splitlines())
    return f"- **{days}**:\n{below}"


def merged(changelog: str, files: list[Path]) -> str:
    """Return the changelog with the items at the end of the sections of "Unreleased"."""
    head, start, rest = changelog.partition("## [Unreleased]\n")
    if not start:
        raise ValueError("CHANGELOG.md has no section '## [Unreleased]'")
    parts = re.split(r"(?m)^(?=## )", rest, maxsplit=1)
    section, others = parts[0], "".join(parts[1:])
    for name, heading in CATEGORIES.items():
        new = "\n".join(items(file) for file in files if category(file) == name)
        if not new:
            continue
        found = re.search(rf"(?m)^### {heading}\n(?:(?!### ).*\n?)*", section)
        if found is None:
            section = f"{section.rstrip()}\n\n### {heading}\n\n{new}\n\n"
        else:
            section = section.replace(found[0], f"{found[0].rstrip()}\n{new}\n\n")
    return f"{head}{start}{section.rstrip()}\n{chr(10) if others else ''}{others}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
