"""Search for Chinese: every two neighbouring characters are a word of the index, and of a query.

Sphinx's own search cuts the pages into words by a dictionary (jieba) but not what the reader
types, so that a phrase which is no word of that dictionary ("修理两次") finds nothing. Pairs of
characters need no dictionary: whatever stands on a page is found, and a query finds the pages
that hold its pairs. Latin words are treated as Sphinx treats them for English.
"""

from __future__ import annotations

import re
from typing import Any, Final

from sphinx.search.en import SearchEnglish

__all__ = ["SearchChinese", "setup"]

_RUN: Final = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+")


class SearchChinese(SearchEnglish):
    """Cut texts into pairs of Chinese characters, and Latin words."""

    lang = "zh"
    language_name = "English"  # Sphinx names the stemmer's class of the browser by it
    js_splitter_code = r"""
var splitQuery = (query) =>
  (query.match(/[\u3400-\u9fff]+|[\p{Letter}\p{Number}_]+/gu) || []).flatMap((run) =>
    /[\u3400-\u9fff]/.test(run)
      ? (run.match(/[\u3400-\u9fff]+|[^\u3400-\u9fff]+/g) || []).flatMap((part) =>
          /[\u3400-\u9fff]/.test(part) && part.length > 2
            ? Array.from({ length: part.length - 1 }, (_, at) => part.slice(at, at + 2))
            : [part])
      : [run]);
"""

    def split(self, input: str) -> list[str]:  # noqa: A002  # Sphinx names it so
        """Return the words of a text."""
        return [word for run in _RUN.findall(input) for word in pairs(run)]


def pairs(run: str) -> list[str]:
    """Return the pairs of a run of Chinese characters; any other run is one word."""
    if len(run) <= 2 or not "\u3400" <= run[0] <= "\u9fff":
        return [run]
    return [run[at : at + 2] for at in range(len(run) - 1)]


def setup(app: Any) -> dict[str, Any]:
    """Make it Sphinx's search for Chinese."""
    app.add_search_language(SearchChinese)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
