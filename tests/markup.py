"""HTML taken apart, for tests of pages and cards."""

from __future__ import annotations

from html.parser import HTMLParser

__all__ = ["Markup"]

_EMPTY_TAGS = {"meta", "br"}


class Markup(HTMLParser):
    """A page or a part of one: its tags, its attributes and its text; tags must balance."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down a tag that opens."""
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in _EMPTY_TAGS:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down a tag that is closed at once."""
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        """Check that a tag closes the one that was opened last."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Take down the text."""
        self.text += data
