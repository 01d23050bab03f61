"""A parser of calls whose help and errors are Chinese or English: 命令行解析.

The language is looked for before anything else is read, so that a wrong call is told in it too;
Chinese unless ``--lang en`` is said. No locale is asked.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from typing import IO, Any, Literal, NoReturn

__all__ = ["Parser", "in_utf8", "language_of"]

_INVALID = 2
"""The exit status of a call that is not valid."""


def in_utf8(stream: object) -> None:
    """Make a stream of the process write UTF-8 whatever the locale, if it can."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8")


def language_of(given: Sequence[str]) -> Literal["zh", "en"]:
    """Return the language that a call asks for, however wrong the rest of it is.

    >>> language_of(["decide", "--lang=en"])
    'en'
    """
    asked = "zh"
    for before, text in zip(["", *given], given, strict=False):
        if text.startswith("--lang="):
            asked = text.partition("=")[2]
        elif before == "--lang":
            asked = text
    return "en" if asked == "en" else "zh"


class _Formatter(argparse.HelpFormatter):
    """Begins with 用法 where argparse begins with usage."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Add the line that says how the command is called."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that speaks one of two languages: 双语解析器."""

    def __init__(self, *, lang: Literal["zh", "en"], **options: Any) -> None:
        self.lang = lang
        if lang == "zh":
            options["formatter_class"] = _Formatter
        super().__init__(add_help=False, **options)
        if lang == "zh":
            self._positionals.title, self._optionals.title = "参数", "选项"
        shown = self.said("显示本帮助", "show this help and leave")
        self.add_argument("-h", "--help", action="help", help=shown)

    def commands(self, dest: str, metavar: str) -> Any:
        """Return where commands are added, whose parsers speak the same language."""
        same: Any = partial(Parser, lang=self.lang)
        return self.add_subparsers(dest=dest, required=True, metavar=metavar, parser_class=same)

    def said(self, zh: str, en: str) -> str:
        """Return one of two texts, by the language of the call."""
        return en if self.lang == "en" else zh

    def format_help(self) -> str:
        """Return the help; titles of groups end as the language has it."""
        text = super().format_help()
        if self.lang == "zh":
            for group in (self._positionals, self._optionals):
                text = text.replace(f"\n{group.title}:\n", f"\n{group.title}：\n")
        return text

    def print_help(self, file: Any = None) -> None:
        """Write the help, in UTF-8 whatever the locale."""
        in_utf8(sys.stdout)
        super().print_help(file)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call, and leave with status 2."""
        from sanbao.base.reread import reread

        stream: IO[str] = sys.stderr
        in_utf8(stream)
        self.print_usage(stream)
        reason = reread(message).text(self.lang)
        self.exit(_INVALID, f"{self.prog}{self.said('：错误：', ': error: ')}{reason}\n")
