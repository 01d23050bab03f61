"""How far an audit is, on a terminal: 进度条.

Drawn by tqdm: it is small, needs nothing else, and knows terminals, their width and their
silence better than we would. Where standard error is no terminal nothing is written.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Final, Self

from sanbao.audit.report.words import say
from sanbao.explain.words.catalogue import Language

__all__ = ["Progress"]

_BAR: Final = "{desc} {percentage:3.0f}%|{bar}| "
_KNOWN: Final = {"rows": "{rows:,}", "rate": "{rows_per_second:,.0f}", "left": "{remaining}"}
"""What the line says of rows and time, as tqdm fills it in."""


class Progress:
    """A line with rows, rate and time left; to be used with ``with``: 进度.

    The time left goes by bytes, since nobody knows the rows of a text file beforehand.
    """

    def __init__(self, paths: Sequence[str], lang: Language) -> None:
        self._paths, self._lang = paths, lang
        self._sizes = [os.path.getsize(path) for path in paths]
        self._bar: Any = None
        self._first: int | None = None

    def __enter__(self) -> Self:
        if sys.stderr is not None and sys.stderr.isatty():
            told = _BAR + say(self._lang, "progress.rows", **_KNOWN)
            self._bar = _bar(sum(self._sizes), told)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def __call__(self, file: int, share: float, rows: int) -> None:
        """Take note that this share of a file is done, and so many rows of all files."""
        if self._bar is None:
            return
        done = int(sum(self._sizes[:file]) + share * self._sizes[file])
        if self._first is None:  # an audit that is taken up has done some before
            self._first = rows
            self._bar.initial = done
            self._bar.n = done
        self._bar.rows, self._bar.new_rows = rows, rows - self._first
        name = os.path.basename(self._paths[file])
        place = {"number": file + 1, "files": len(self._paths)}
        told = say(self._lang, "progress.file", name=name, **place)
        self._bar.set_description_str(told, refresh=False)
        self._bar.update(done - self._bar.n)


def _bar(total: int, told: str) -> Any:
    from tqdm import tqdm

    class Bar(tqdm):  # type: ignore[type-arg]
        """A bar that also knows rows."""

        rows = 0
        new_rows = 0

        @property
        def format_dict(self) -> dict[str, Any]:
            """What the line may say."""
            known = dict(super().format_dict)
            elapsed = known["elapsed"]
            rate = self.new_rows / elapsed if elapsed else 0.0
            return {**known, "rows": self.rows, "rows_per_second": rate}

    return Bar(total=total, file=sys.stderr, bar_format=told, dynamic_ncols=True, mininterval=0.2)
