"""Draw the floors of the house from the import contracts.

    python3 scripts/draw_house.py

writes ``docs/house.svg``: the layers that ``pyproject.toml`` lays down, the highest on top, each
room with the first line of its docstring, and inside the rooms that have floors of their own
those. It needs Python 3.11 and nothing else.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "house.svg"
WIDTH, LEFT, GAP, FLOOR, INNER = 960, 20, 8, 44, 22
FONT = "font-family='system-ui, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif'"
PACKAGE = "sanbao"


def contracts() -> list[dict[str, Any]]:
    """Return the contracts of import-linter."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    found: list[dict[str, Any]] = project["tool"]["importlinter"]["contracts"]
    return found


def floors() -> list[list[str]]:
    """Return the floors of the package, the highest first, each with its rooms."""
    [layers] = [one["layers"] for one in contracts() if one["type"] == "layers" and _is_whole(one)]
    return [[room.strip() for room in floor.split("|")] for floor in layers]


def inside(room: str) -> list[str]:
    """Return the floors inside a room, the highest first; none where it has none."""
    for one in contracts():
        if one["type"] == "layers" and one.get("containers") == [room]:
            layers: list[str] = one["layers"]
            return layers
    return []


def _is_whole(contract: dict[str, Any]) -> bool:
    return "containers" not in contract


def about(room: str) -> str:
    """Return the first line of the docstring of a module or package."""
    path = ROOT / "src" / Path(*room.split("."))
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    said = ast.get_docstring(ast.parse(source.read_text("utf-8"))) or ""
    return said.partition("\n")[0].rstrip(".").replace("``", "")


def drawing() -> str:
    """Return the picture as SVG."""
    parts = list(_parts())
    height = parts.pop()
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {height}' role='img' "
        f"aria-label='The floors of {PACKAGE}: each uses only those below it' {FONT}>\n"
        f"<rect width='{WIDTH}' height='{height}' fill='#fff'/>\n" + "\n".join(parts) + "\n</svg>\n"
    )


def _parts() -> Iterator[str]:
    """Yield the pieces of the picture, and last its height."""
    y = LEFT
    for rooms in floors():
        width = (WIDTH - 2 * LEFT - GAP * (len(rooms) - 1)) / len(rooms)
        tall = FLOOR + (INNER + 4 if any(map(inside, rooms)) else 0)
        for number, room in enumerate(rooms):
            x = LEFT + number * (width + GAP)
            yield from _room(room, (x, y, width, tall))
        y += tall + GAP
    yield str(y + LEFT - GAP)


def _room(room: str, place: Sequence[float]) -> Iterator[str]:
    x, y, width, tall = place
    name = room.removeprefix(f"{PACKAGE}.")
    yield (
        f"<rect x='{x:g}' y='{y:g}' width='{width:g}' height='{tall:g}' rx='5' "
        "fill='#f3f6fa' stroke='#9db2c8'/>"
    )
    yield (
        f"<text x='{x + 12:g}' y='{y + 19:g}' font-size='14' font-weight='600' "
        f"fill='#14324f'>{escape(name)}</text>"
    )
    yield (
        f"<text x='{x + 12:g}' y='{y + 36:g}' font-size='12' fill='#43566b'>"
        f"{escape(about(room))}</text>"
    )
    rooms = inside(room)[::-1]
    for number, one in enumerate(rooms):
        each = (width - 24 - GAP * (len(rooms) - 1)) / len(rooms)
        left = x + 12 + number * (each + GAP)
        yield (
            f"<rect x='{left:g}' y='{y + FLOOR - 1:g}' width='{each:g}' height='{INNER}' rx='3' "
            "fill='#fff' stroke='#c5d2df'/>"
        )
        shown = one if number == 0 else f"▸ {one}"
        yield (
            f"<text x='{left + 8:g}' y='{y + FLOOR + 14:g}' font-size='12' fill='#43566b'>"
            f"{escape(shown)}</text>"
        )


if __name__ == "__main__":
    PICTURE.write_text(drawing(), "utf-8")
