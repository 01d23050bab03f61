"""Labels of the theme that stand in no catalogue: Chinese on Chinese pages.

Furo writes what a screen reader says of its buttons into its templates and its code, where no
translation is asked for. The pages are changed when all are written; a label that is on none of
them any more is an error, and so is one that is left in English.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from sphinx.errors import ExtensionError

__all__ = ["LABELS", "in_chinese", "setup"]

LABELS: Final = {
    "Toggle site navigation sidebar": "显示或隐藏导航",
    "Toggle table of contents sidebar": "显示或隐藏本页目录",
    "Toggle Light / Dark / Auto color theme": "切换浅色、深色或自动配色",
    "Toggle navigation of ": "展开或收起：",
    "Contents": "目录",
    "Menu": "菜单",
    "Expand": "展开",
    "Light mode": "浅色",
    "Dark mode": "深色",
    "Auto light/dark, in light mode": "自动（现为浅色）",
    "Auto light/dark, in dark mode": "自动（现为深色）",
}
"""What a label is in English, and in Chinese."""

_LABEL: Final = re.compile(r'((?:aria-label|title)="|<title>)([^"<]+)(?=["<])')
_ARIA: Final = re.compile(r'aria-label="([^"]+)"')


def in_chinese(page: str, met: set[str]) -> str:
    """Return a page with Chinese labels; those that were met go to ``met``."""

    def told(label: re.Match[str]) -> str:
        begin, words = label.groups()
        for english, chinese in LABELS.items():
            if words == english or (english.endswith(" ") and words.startswith(english)):
                met.add(english)
                return f"{begin}{chinese}{words.removeprefix(english)}"
        return label[0]

    return _LABEL.sub(told, page)


def _translate(app: Any, error: Exception | None) -> None:
    if error is not None or app.config.language != "zh_CN" or app.builder.format != "html":
        return
    met: set[str] = set()
    english: set[str] = set()
    for page in sorted(Path(app.outdir).rglob("*.html")):
        text = page.read_text("utf-8")
        text = in_chinese(text, met)
        page.write_text(text, "utf-8")
        english |= {label for label in _ARIA.findall(text) if label.isascii()}
    if gone := LABELS.keys() - met:
        raise ExtensionError(f"no page has these labels of the theme: {sorted(gone)}")
    if english:
        raise ExtensionError(f"labels of the theme without Chinese: {sorted(english)}")


def setup(app: Any) -> dict[str, Any]:
    """Translate the labels when the pages are written."""
    app.connect("build-finished", _translate)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
