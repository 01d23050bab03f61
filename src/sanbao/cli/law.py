"""``sanbao law``: the laws article by article, in words of our own: 法规逐条说明."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from sanbao.cli.console import OK, add_lang, write

if TYPE_CHECKING:
    from sanbao.cli.parser import Parser

__all__ = ["arguments", "run"]


def arguments(parser: Parser) -> None:
    """Say how the command is called."""
    parser.description = parser.said(
        "以自己的话概述法规的条文，不是法规原文；有法律效力的只是原文。",
        "What the articles say, in words of our own and not those of the law, which alone bind.",
    )
    parser.add_argument(
        "article",
        nargs="?",
        metavar="ARTICLE",
        help=parser.said(
            "条号，如11，附录写作app3；不写则列出全部",
            "an article like 11, an appendix like app3; all of them unless said",
        ),
    )
    parser.add_argument(
        "--of",
        metavar="LAW",
        help=parser.said(
            "法规，如cn.consumer-protection-2013；默认手机三包规定",
            "the law, like cn.consumer-protection-2013; the mobile regulation unless said",
        ),
    )
    add_lang(parser)


def run(options: Namespace) -> int:
    """Print summaries of articles. Raises :class:`~sanbao.ValidationError`, :class:`OSError`."""
    from sanbao.explain.texts.policies import article_lines
    from sanbao.policies.instruments import LAW
    from sanbao.policies.summaries import article, articles

    one = options.article
    found = articles(options.of) if one is None else (article(one, options.of or LAW),)
    write(article_lines(found, options.lang))
    return OK
