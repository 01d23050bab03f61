"""Write down where readings turn the facts of the laws that ship.

``python scripts/write_turned.py`` needs sanbao installed, and is run when a formula of a law, or a
reading, has changed. It writes ``src/sanbao/evaluation/facts/turned.py``. With ``--check`` it
writes nothing, and leaves with status 1 if that file is not what the formulas say.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from sanbao.evaluation.facts.turning import key_of, read_off
from sanbao.policies import library
from sanbao.rules.policy import Policy

ROOT: Final = Path(__file__).resolve().parent.parent
MODULE: Final = ROOT / "src" / "sanbao" / "evaluation" / "facts" / "turned.py"
WIDTH: Final = 84
"""So much of a formula stands in a line."""

HEAD: Final = '''"""Where readings turn the facts of the laws that ship: 解释何处改变事实.

``python scripts/write_turned.py`` writes this file. It holds what
:mod:`sanbao.evaluation.facts.turning` reads off the formulas of the laws and promises that ship, so
that a program which starts for one claim need not; the keys are made of these formulas.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["TURNED"]

'''

FOOT: Final = '''"""Of each reading the formula of where it matters, by what a law says."""
'''


def policies() -> Iterator[Policy]:
    """Yield every version of every policy that ships."""
    for name in library.ids():
        yield from library.versions(name)


def module() -> str:
    """Return the text of the module."""
    found = {key_of(policy): read_off(policy) for policy in policies()}
    different = list({tuple(one.items()): one for one in found.values()}.values())
    every = dict(set.intersection(*(set(one.items()) for one in different)))
    text = HEAD + f"_EVERY: Final = {{\n{_entries(every)}}}\n"
    for number, one in enumerate(different, start=1):
        own = {reading: by for reading, by in one.items() if reading not in every}
        text += f"_{number}: Final = {{\n    **_EVERY,\n{_entries(own)}}}\n"
    text += "TURNED: Final[Mapping[str, Mapping[str, str]]] = {\n"
    for key, one in sorted(found.items()):
        text += f'    "{key}": _{different.index(one) + 1},\n'
    return text + "}\n" + FOOT


def _entries(formulas: Mapping[str, str]) -> str:
    return "".join(_entry(reading, by) for reading, by in sorted(formulas.items()))


def _entry(reading: str, by: str) -> str:
    lines = [*_lines(by)]
    if len(lines) == 1:
        line = f'    "{reading}": "{by}",\n'
        if len(line) <= 101:
            return line
    texts = "".join(f'        "{line}"\n' for line in lines)
    return f'    "{reading}": (\n{texts}    ),\n'


def _lines(by: str) -> Iterator[str]:
    """Yield a formula in pieces that end between words."""
    while len(by) > WIDTH:
        end = by.rindex(" ", 0, WIDTH) + 1
        yield by[:end]
        by = by[end:]
    yield by


def main(arguments: list[str]) -> int:
    """Write or check the module and return the exit status."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    check = parser.parse_args(arguments).check
    text = module()
    if MODULE.read_text("utf-8") == text:
        return 0
    print(MODULE.relative_to(ROOT), "is not current" if check else "written")
    if not check:
        MODULE.write_text(text, "utf-8", newline="\n")
    return int(check)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
